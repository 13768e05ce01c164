"""Comparing two directives: gold pairs, and what must hold of any two texts."""

from __future__ import annotations

import re
import time
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.facts import Facts
from nlp.compare.align import assigned
from nlp.compare.chain import chain
from nlp.compare.cited import citation_changes
from nlp.compare.compare import compare
from nlp.compare.comparison import Fate, Kind, What
from nlp.compare.items import Role, parts_of
from nlp.compare.moves import _longest_rising
from nlp.compare.quantities import changed_quantities, quantities
from nlp.compare.words import compare_words
from nlp.words.folding import folded
from nlp.words.vocabulary import table
from tests.bench.compare import long_directives, strangers
from tests.bench.pairs import Score, pairs, score, side
from tests.floors import assert_floor
from tests.nlp.texts import HEAD, TAIL, document, reader

Side = tuple[Document, Facts]


def read(text: str, head: str = HEAD) -> Side:
    made = document(head + text + TAIL)
    return made, reader().read(made)


def sample(name: str) -> Side:
    found = side(name)
    return found.document, found.facts


def scores() -> list[Score]:
    return [score(pair, compare(sample(pair["from"]), sample(pair["to"]))) for pair in pairs()]


def test_gold_pairs_are_aligned_and_their_changed_facts_found() -> None:
    found = scores()
    total = sum(s.found + s.gold for s in found)
    assert_floor("compare: alignment F1", 2 * sum(s.hits for s in found) / total)
    assert_floor("compare: alignment F1, worst pair", min(s.f1 for s in found))
    assert_floor("compare: kinds", sum(s.kinds for s in found) / sum(s.hits for s in found))
    assert [s.missed for s in found] == [[]] * len(found)
    assert [s.extra for s in found] == [[]] * len(found)


@pytest.mark.slow
def test_no_two_of_eleven_directives_on_other_matters_are_compared() -> None:
    assert strangers() == []


def test_directives_on_other_matters_are_told_to_be() -> None:
    one, two = sample("2022-so-thu-chi"), sample("2024-phong-duoi-nuoc")
    found = compare(one, two)
    assert (found.related, found.rows, found.citations) == (False, (), ())
    assert "không cùng chủ đề" in found.note


@pytest.mark.parametrize(
    ("one", "two"),
    [("2021-bo-y-te", "2021-so-y-te"), ("2022-so-y-te", "2022-phong-y-te"), ("2022-phong-y-te", "2022-truong-y-te"),
     ("2022-so-thu-chi", "2023-so-thu-chi"), ("2021-so-y-te", "2023-so-y-te")],
)  # fmt: skip
def test_directives_of_one_chain_are(one: str, two: str) -> None:
    found = compare(sample(one), sample(two))
    assert found.related
    assert any(row.old and row.new for row in found.rows)


def test_a_directive_beside_itself_is_the_same_throughout() -> None:
    found = compare(sample("2022-bo-y-te"), sample("2022-bo-y-te"))
    assert set(found.counts()) == {Kind.SAME}
    assert not found.facts()
    assert not found.citations
    assert not found.lists


@pytest.mark.slow
def test_two_directives_of_twenty_pages_take_less_than_three_seconds() -> None:
    one, two = long_directives(20)
    began = time.process_time()
    found = compare(one, two)
    assert time.process_time() - began < 3
    assert len(found.old.items) == 200


def test_twins_of_which_one_went_were_not_merged() -> None:
    lines = [
        f"{k}. Kiểm tra bình chữa cháy ở tầng {name}, ghi số bình đã thay."
        for k, name in enumerate(("trệt", "áp mái"), 1)
    ]
    old = read("\n".join(lines) + "\n3. Tưới cây trong vườn trường mỗi sáng.\n")
    new = read(lines[0] + "\n2. Tưới cây trong vườn trường mỗi sáng.\n")
    assert [row.kind for row in compare(old, new).rows] == [Kind.SAME, Kind.DROPPED, Kind.SAME]


def test_every_changed_fact_shows_where_it_stands() -> None:
    for pair in pairs():
        old, new = sample(pair["from"]), sample(pair["to"])
        for _, fact in compare(old, new).facts():
            for (text, _), place in ((old, fact.old_evidence), (new, fact.new_evidence)):
                assert place is None or text.text[place.start : place.end] == place.surface
            if fact.what is What.TARGET and fact.new and fact.new_evidence:
                assert fact.new.rstrip("%") in fact.new_evidence.surface


def test_words_of_the_rows_are_those_of_the_items() -> None:
    found = compare(sample("2022-so-y-te"), sample("2023-so-y-te"))
    for row in found.rows:
        for text, spans in (
            (row.old_text, [(c.old_start, c.old_end) for c in row.words]),
            (row.new_text, [(c.new_start, c.new_end) for c in row.words]),
        ):
            assert not spans or "".join(text[a:b] for a, b in spans) == text


def test_a_directive_without_days_has_no_changed_days() -> None:
    body = (
        "1. Rà soát tủ thuốc của phòng y tế, bổ sung băng gạc và nước muối.\n"
        "2. Mở cửa thư viện vào giờ ra chơi để học sinh đọc truyện.\n"
    )
    found = compare(read(body), read(body.replace("băng gạc và ", "") + "3. Trồng cây xanh quanh sân trường.\n"))
    assert found.related
    assert not found.facts(What.DUE)
    assert [row.kind for row in found.rows] == [Kind.REWORDED, Kind.SAME, Kind.NEW]


def test_a_text_without_items_is_said_to_have_none() -> None:
    found = compare(read(""), read("1. Rà soát tủ thuốc của phòng y tế.\n"))
    assert not found.related
    assert "Không tìm thấy mục nào" in found.note


def test_the_opening_the_closing_and_headings_are_no_items() -> None:
    made = read(
        "Căn cứ Thông tư số 13/2016/TTLT-BYT-BGDĐT;\n"
        "Sở GDĐT hướng dẫn các đơn vị thực hiện như sau:\n"
        "I. NHIỆM VỤ\n1. Rà soát tủ thuốc của phòng y tế.\n"
        "2. Thủ tục: mở cửa tiếp nhận hồ sơ cả sáng thứ Bảy ở phòng văn thư, làm ngay các thủ tục sau:\n"
        "- Chuyển trường;\n- Cấp bản sao văn bằng.\n"
        "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo về Sở./.\n"
    )
    found = parts_of(*made)
    roles = [(part.role, part.text.split()[0]) for part in found.parts]
    assert roles == [
        (Role.OPENING, "Căn"), (Role.OPENING, "Sở"), (Role.HEADING, "NHIỆM"), (Role.ITEM, "Rà"), (Role.HEADING, "Thủ"),
        (Role.ITEM, "Chuyển"), (Role.ITEM, "Cấp"), (Role.CLOSING, "Trong"),
    ]  # fmt: skip
    assert [part.key for part in found.items] == ["I.1", "I.2.-", "I.2.-"]


def test_a_heading_and_its_first_item_on_one_line_end_are_parted() -> None:
    made = read(
        "1. Rèn luyện hằng ngày\na) Tập thể dục giữa giờ.\nb) Chạy bộ quanh sân trường.\n"
        "2. Bữa ăn bán trú\na) Niêm yết giá.\n"
    )
    assert [(part.key, part.path) for part in parts_of(*made).items] == [
        ("1.a", ("1. Rèn luyện hằng ngày",)), ("1.b", ("1. Rèn luyện hằng ngày",)), ("2.a", ("2. Bữa ăn bán trú",)),
    ]  # fmt: skip


def test_a_replaced_document_is_told_by_the_graph_and_by_the_directive_itself() -> None:
    old = read(
        "1. Niêm yết mức thu theo Thông tư số 10/2015/TT-BGDĐT ngày 02/3/2015.\n2. Theo Công văn số 77/SGDĐT-VP.\n"
    )
    new = read("1. Niêm yết mức thu theo Thông tư số 12/2021/TT-BGDĐT ngày 05/4/2021.\n")
    told = citation_changes(
        old[1], new[1], {"10/2015/TT-BGDĐT": ["12/2021/TT-BGDĐT"], "77/SGDĐT-VP": ["1234/SGDĐT-GDTrH"]}
    )
    assert [(c.fate, c.old, c.new, c.certain) for c in told] == [
        (Fate.REPLACED, "10/2015/TT-BGDĐT", "12/2021/TT-BGDĐT", True),
        (Fate.REPLACED, "77/SGDĐT-VP", "1234/SGDĐT-GDTrH", True),
    ]
    assert {c.fate for c in citation_changes(old[1], new[1])} == {Fate.ADDED, Fate.DROPPED}


def test_three_years_follow_an_item_through() -> None:
    names = ("2021-so-y-te", "2022-so-y-te", "2023-so-y-te")
    rows = chain([compare(sample(a), sample(b)) for a, b in pairwise(names)])
    through = [row for row in rows if all(row.cells)]
    assert any("Báo cáo năm" in row.cells[2][0].text for row in through)
    for k, name in enumerate(names):
        seen = sorted(part.order for row in rows for part in row.cells[k])
        assert seen == sorted({part.order for part in parts_of(*sample(name)).items})


def test_measures_are_told_from_numbers_that_only_order() -> None:
    text = (
        "Lớp 8 đạt mức độ 1; ít nhất 02 tiết, 80% học sinh, hai buổi, điện thoại 02438695144, ngày 12/3/2024, năm 2023"
    )
    assert [(q.value, q.limit) for q in quantities(text)] == [("2", True), ("80%", False), ("2", False)]
    changed = changed_quantities(
        "tối đa 03 dự án; mỗi trường tối đa 02 dự án", "tối đa 05 dự án; mỗi trường tối đa 02 dự án"
    )
    assert [(a and a.written, b and b.written) for a, b in changed] == [("03", "05")]


@pytest.mark.parametrize("group", ["closing", "base", "lead", "round"])
def test_every_pattern_matches_its_example(group: str) -> None:
    for row in table("compare")[group]:
        assert re.search(row["pattern"], folded(row["example"])), row


_TEXT = st.lists(st.sampled_from("trường học sinh báo cáo 80% trước ngày 30/9/2022 , ; ( ) Sở".split()), max_size=25)


@given(_TEXT, _TEXT)
@settings(max_examples=60, deadline=None)
def test_laid_words_are_all_of_both_texts(one: list[str], two: list[str]) -> None:
    old, new = " ".join(one), " ".join(two)
    changes = compare_words(old, new)
    assert "".join(old[c.old_start : c.old_end] for c in changes) == old
    assert "".join(new[c.new_start : c.new_end] for c in changes) == new
    for c in changes:
        if c.same:
            assert old[c.old_start : c.old_end].split() == new[c.new_start : c.new_end].split()


@given(st.integers(1, 4), st.integers(1, 5), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_no_other_assignment_is_better(rows: int, columns: int, chance: object) -> None:
    numbers = np.array([[chance.randrange(100) / 100 for _ in range(columns)] for _ in range(rows)], dtype=np.float32)  # type: ignore[attr-defined]  # hypothesis gives a Random
    found = assigned(numbers)
    assert len(found) == min(rows, columns)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    wide = numbers if rows <= columns else numbers.T
    best = max(
        sum(float(wide[i, j]) for i, j in enumerate(order))
        for order in permutations(range(wide.shape[1]), wide.shape[0])
    )
    assert sum(float(numbers[i, j]) for i, j in found) == pytest.approx(best, abs=1e-4)


def test_the_fewest_that_break_an_order_have_moved() -> None:
    assert _longest_rising([0, 1, 5, 2, 3, 4]) == {0, 1, 3, 4, 5}
    assert _longest_rising([2, 1, 3]) == {0, 2}
    assert _longest_rising([]) == set()
