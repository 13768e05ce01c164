"""Places of words survive a repair."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, BlockKind, Box, Edit, Page, Repaired, Word
from ingest.restorable import moved_words, repaired


class Fixed:
    """A restorer with given edits of (old text, new text), applied from left to right."""

    def __init__(self, *changes: tuple[str, str]) -> None:
        self.changes = changes

    def restore(self, text: str, *, force: bool = False) -> Repaired:
        out, edits, at = "", [], 0
        for old, new in self.changes:
            found = text.index(old, at)
            out += text[at:found]
            edits.append(Edit(len(out), len(out) + len(new), old, 0.9))
            out += new
            at = found + len(old)
        return Repaired(out + text[at:], tuple(edits))


def words_of(text: str) -> tuple[Word, ...]:
    words, at = [], 0
    for k, word in enumerate(text.split()):
        at = text.index(word, at)
        words.append(Word(at, at + len(word), Box(k * 10, 0, k * 10 + 9, 5), 0.5))
        at += len(word)
    return tuple(words)


def test_a_word_keeps_its_box_and_merged_words_share_one() -> None:
    text = "gido ducva dao ta o"
    page = Page(1, text, words=words_of(text), blocks=(Block(BlockKind.BODY, 0, len(text)),))
    fixed = repaired(page, Fixed(("gido", "giáo"), ("ducva", "dục và"), ("dao", "đào"), ("ta o", "tạo")))
    assert fixed.text == "giáo dục và đào tạo"
    found = {fixed.text[word.start : word.end]: word.box for word in fixed.words}
    assert found["giáo"] == Box(0, 0, 9, 5)
    assert found["dục"] == found["và"] == Box(10, 0, 19, 5)
    assert found["tạo"] == Box(30, 0, 49, 5)
    assert (fixed.blocks[0].start, fixed.blocks[0].end) == (0, len(fixed.text))
    assert len(fixed.edits) == 4


def test_without_edits_the_page_is_the_same_object() -> None:
    page = Page(1, "giáo dục")
    assert repaired(page, Fixed()) is page


texts = st.lists(st.text("abcđ", min_size=1, max_size=5), min_size=1, max_size=12).map(" ".join)
news = st.text("xyzw ", max_size=5)


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), news), max_size=6))
def test_words_are_words_of_the_new_text(text: str, cuts: list[tuple[int, int, str]]) -> None:
    out, edits, at = "", [], 0
    for start, length, new in sorted(cuts):
        start = min(max(start, at), len(text))
        end = min(start + length, len(text))
        out += text[at:start]
        edits.append(Edit(len(out), len(out) + len(new), text[start:end], 1.0))
        out += new
        at = end
    out += text[at:]
    moved = moved_words(words_of(text), Repaired(out, tuple(edits)))
    found = [out[word.start : word.end] for word in moved]
    whole = out.split()
    rest = iter(whole)
    assert all(word in rest for word in found), "whole words of the new text, in order, each at most once"
    assert all(word.box is not None for word in moved)
