"""Places and sources: offsets name the same characters whatever was repaired."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Box, Document, Edit, Page, Repaired, Word, source_of

WORDS = st.lists(st.tuples(st.text("abđế", min_size=1, max_size=4), st.booleans()), min_size=1, max_size=12)


@given(WORDS)
def test_the_source_comes_back_whole(words: list[tuple[str, bool]]) -> None:
    text, source, edits, at = "", "", [], 0
    for word, broken in words:
        old = f"x{word}x" if broken else word
        if broken:
            edits.append(Edit(at, at + len(word), old, 0.9))
        text, source, at = f"{text}{word} ", f"{source}{old} ", at + len(word) + 1
    repaired = Repaired(text, tuple(edits))
    assert repaired.source() == source
    for edit in edits:
        assert source_of(text, repaired.edits, edit.start, edit.end) == edit.source


def test_lines_count_through_a_text_file_and_anew_on_pages() -> None:
    file = Document("x", "a.txt", "text/plain", (Page(1, "một\nhai", 1), Page(2, "hai nữa\nba", 2)))
    assert [
        (file.place(file.text.index(w)).page, file.place(file.text.index(w)).line) for w in ("một", "nữa", "ba")
    ] == [
        (1, 1),
        (2, 2),
        (2, 3),
    ]
    scan = Document("x", "a.pdf", "application/pdf", (Page(1, "một\nhai"), Page(2, "ba\nbốn")))
    assert (scan.place(scan.text.index("bốn")).page, scan.place(scan.text.index("bốn")).line) == (2, 2)


def test_boxes_come_one_a_line() -> None:
    words = (Word(0, 2, Box(0, 0, 10, 10)), Word(3, 5, Box(12, 0, 20, 10)), Word(6, 9, Box(0, 12, 15, 22)))
    document = Document("x", "a.pdf", "application/pdf", (Page(1, "ab cd\nefg", words=words),))
    assert document.boxes(3, 9) == [(1, Box(12, 0, 20, 10)), (1, Box(0, 12, 15, 22))]
    assert document.boxes(0, 5) == [(1, Box(0, 0, 20, 10))]


def test_the_text_before_repair_spans_pages() -> None:
    first = Page(1, "đến năm", edits=(Edit(0, 3, "dén", 0.9),))
    second = Page(2, "2025 nhé", edits=(Edit(5, 8, "nhe", 0.8),))
    document = Document("x", "a.pdf", "application/pdf", (first, second))
    assert document.source_text(0, len(document.text)) == "dén năm\f2025 nhe"
    assert document.source_text(4, 7) == "năm"
