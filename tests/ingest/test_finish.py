"""Running heads and page numbers go where the pages prove them, cut words are joined, places stay right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, BlockKind, Box, Document, Edit, Page, Word
from ingest.finish import finished

HEIGHT = 842.0


def page(number: int, *lines: tuple[str, float], edits: tuple[Edit, ...] = ()) -> Page:
    """Return a page of lines at given heights, in one body block."""
    text, words = "", list[Word]()
    for line, y in lines:
        text += "\n" if text else ""
        for k, word in enumerate(line.split(" ")):
            start = len(text) + (1 if k else 0)
            text += (" " if k else "") + word
            words.append(Word(start, len(text), Box(80.0 + 40 * k, y, 110.0 + 40 * k, y + 12)))
    blocks = (Block(BlockKind.BODY, 0, len(text), Box(80, 30, 500, 800)),)
    return Page(number, text, width=595.0, height=HEIGHT, words=tuple(words), blocks=blocks, edits=edits)


def right(pages: list[Page]) -> None:
    for one in pages:
        assert [one.text[word.start : word.end] for word in one.words] == one.text.split()
        for block in one.blocks:
            assert 0 <= block.start <= block.end <= len(one.text)


BODY = [("Điều một quy định", 100.0), ("về việc dạy học", 120.0), ("và thi cử", 400.0)]
TEXT = "\n".join(line for line, _ in BODY)


def test_heads_and_numbers_that_run_through_the_pages_go() -> None:
    heads = ["Sở GDĐT - Hướng dẫn năm học", "Sở GDĐT - Hưóng dẫn năm học"]
    pages = [
        page(k, *([] if k == 1 else [(heads[k % 2], 30.0)]), *BODY, (f"Trang {k + 6}/20", 800.0)) for k in range(1, 7)
    ]
    out = finished(pages)
    assert [one.text for one in out] == [TEXT] * 6
    margins = [block for block in out[3].blocks if block.kind is BlockKind.MARGIN]
    assert [(block.box.y0, block.start == block.end) for block in margins if block.box] == [(30.0, True), (800.0, True)]
    right(out)


def test_a_number_alone_must_count_with_the_pages() -> None:
    counting = [page(k, (str(k + 3), 30.0), *BODY) for k in range(1, 5)]
    assert [one.text for one in finished(counting)] == [TEXT] * 4
    years = [page(k, (str(year), 30.0), *BODY) for k, year in enumerate([2019, 2022, 2020, 2031], 1)]
    assert finished(years) == years


def test_what_is_on_two_pages_only_or_inside_the_page_stays() -> None:
    twice = [page(1, ("Phụ lục", 30.0), *BODY), page(2, ("Phụ lục", 30.0), *BODY), page(3, *BODY), page(4, *BODY)]
    assert finished(twice) == twice
    table = [page(k, ("TT Nội dung Hạn", 95.0), *BODY) for k in range(1, 6)]
    assert finished(table) == table


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("dùng infor-\nmation technology", "dùng information\ntechnology"),
        ("dùng soft-\nware.", "dùng software."),
        ("Nghị định 30/2020/NĐ-\nCP về", None),
        ("số 5/TT-\nbgdđt", None),
        ("kinh tế-\nxã hội", None),
        ("tư-\nthục", None),
        ("năm 2020-\nmai", None),
        ("gồm -\nmation", None),
    ],
)
def test_only_words_that_were_cut_are_joined(before: str, after: str | None) -> None:
    lines = [(line, 100.0 + 20 * k) for k, line in enumerate(before.split("\n"))]
    out = finished([page(1, *lines)])
    assert out[0].text == (after or before)
    right(out)
    assert Document("id", "a.pdf", "application/pdf", tuple(out)).source_text(0, len(out[0].text)) == before


def test_edits_move_along() -> None:
    edits = (Edit(0, 4, "dung", 0.9), Edit(19, 22, "hoc", 0.8))
    one = page(1, ("dùng infor-", 100.0), ("mation học ngay", 120.0), edits=edits)
    assert one.text[19:22] == "học"
    out = finished([one])[0]
    assert out.text == "dùng information\nhọc ngay" and len(out.edits) == 3
    assert out.text[out.edits[2].start : out.edits[2].end] == "học"


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(["2", "Đầu", "infor-", "mation xa"]), st.floats(0, 830)), max_size=6),
        max_size=6,
    )
)
def test_any_pages_stay_consistent(found: list[list[tuple[str, float]]]) -> None:
    out = finished([page(k, *lines) for k, lines in enumerate(found, 1)])
    right(out)
