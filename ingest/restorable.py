"""Repairing the text of a page while the place of every word stays known.

The restorer is handed in: it belongs to ``ingest.restore`` and is loaded only for pages that need it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from corpus.document import Block, Box, Edit, Page, Repaired, Word
from ingest.compounds import with_compounds

_WORD = re.compile(r"\S+")


class Restorer(Protocol):
    """Something that repairs damaged Vietnamese."""

    def restore(self, text: str, *, force: bool = False) -> Repaired:
        """Return the repaired text with its edits; good text comes back as it is unless ``force``."""
        ...


@runtime_checkable
class Corrector(Protocol):
    """Something that also puts right the few words that a Vietnamese OCR got wrong."""

    def correct(self, text: str, doubts: Sequence[tuple[int, int, float]]) -> Repaired:
        """Return the text with its edits; ``doubts`` are (start, end, confidence in 0..1) of the words as read."""
        ...


def repaired(page: Page, restorer: Restorer, *, force: bool = False) -> Page:
    """Return ``page`` with its text repaired and its words and blocks moved to where they now stand."""
    return _edited(page, restorer.restore(page.text, force=force))


def corrected(page: Page, corrector: Corrector) -> Page:
    """Return a page that was read from its picture with what the OCR got wrong put right, and say so in its reason."""
    doubts = [(word.start, word.end, word.confidence) for word in page.words if word.confidence is not None]
    better = with_compounds(_edited(page, corrector.correct(page.text, doubts)))
    if not better.edits:
        return page
    reason = f"{page.reason} Đã sửa {len(better.edits)} chỗ nhận dạng sai."
    return replace(better, reason=reason.strip())


def _edited(page: Page, result: Repaired) -> Page:
    if not result.edits:
        return page
    return replace(
        page,
        text=result.text,
        edits=result.edits,
        words=moved_words(page.words, result),
        blocks=moved_blocks(page.blocks, result),
    )


def moved_words(words: Iterable[Word], result: Repaired) -> tuple[Word, ...]:
    """Return ``words`` (offsets into the text before) as words of the repaired text.

    An edit counts as a whole: words that it merged become one word with the box around them all, and where it made
    several words out of what it touched, each of them gets that box.
    """
    moved: list[tuple[int, int, Box | None, float | None, int | None]] = []
    offsets = OffsetMap(result.edits)
    for word in words:
        start, end = _whole(result.text, *offsets.span(word.start, word.end))
        if moved and start < moved[-1][1]:
            first, last, box, confidence, column = moved.pop()
            start, end = min(first, start), max(last, end)
            moved.append((start, end, _joined(box, word.box), _lower(confidence, word.confidence), column))
        else:
            moved.append((start, end, word.box, word.confidence, word.column))
    return tuple(
        Word(found.start(), found.end(), box, confidence, column)
        for start, end, box, confidence, column in moved
        for found in _WORD.finditer(result.text, start, end)
    )


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to the ends of the words it cuts."""
    while start > 0 and start < end and not text[start - 1].isspace() and not text[start].isspace():
        start -= 1
    while end < len(text) and start < end and not text[end].isspace() and not text[end - 1].isspace():
        end += 1
    return start, end


def moved_blocks(blocks: Iterable[Block], result: Repaired) -> tuple[Block, ...]:
    """Return ``blocks`` (offsets into the text before) as blocks of the repaired text."""
    offsets = OffsetMap(result.edits)
    return tuple(
        replace(block, start=span[0], end=span[1]) for block in blocks if (span := offsets.span(block.start, block.end))
    )


class OffsetMap:
    """From offsets before the edits to offsets after them."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits: list[tuple[int, int, int, int]] = []
        shift = 0
        for edit in edits:
            before = edit.start - shift
            self._edits.append((before, before + len(edit.source), edit.start, edit.end))
            shift += (edit.end - edit.start) - len(edit.source)
        self._ends = [edit[1] for edit in self._edits]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands after the edits; an edit that it touches is taken in whole."""
        first = bisect_right(self._ends, start)
        shift = self._edits[first - 1][3] - self._edits[first - 1][1] if first else 0
        new_start, new_end = start + shift, end + shift
        for before_start, before_end, after_start, after_end in self._edits[first:]:
            if before_start >= end:
                break
            new_start = min(new_start, after_start)
            new_end = after_end if before_end >= end else end + after_end - before_end
        return new_start, new_end


def _joined(one: Box | None, other: Box | None) -> Box | None:
    if one is None or other is None:
        return one or other
    return one.union(other)


def _lower(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return one if other is None else other
    return min(one, other)
