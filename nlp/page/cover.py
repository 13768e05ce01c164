"""A title page before a directive: office, tên loại, trích yếu, place and year, and the letterhead on the next page."""

from __future__ import annotations

from corpus.numbers import find_numbers
from nlp.page.lines import Line
from nlp.page.marks import NATION, OWN_NUMBER, title_type

#: A title page has no more lines, none longer, in characters; the letterhead stands so far down the next page at most.
_LINES, _LONG, _DOWN = 16, 110, 10


def cover_end(lines: list[Line]) -> int:
    """Return how many lines a title page has, 0 where the directive begins with its letterhead."""
    end = next((k for k, line in enumerate(lines) if k and line.page != lines[0].page), 0)
    first, below = lines[:end], lines[end : end + _DOWN]
    if not 0 < end <= _LINES or any(len(line.text) > _LONG for line in first):
        return 0
    if any(OWN_NUMBER.match(line.fold) and any(True for _ in find_numbers(line.text)) for line in first):
        return 0
    titled = any(title_type(line) is not None for line in first)
    again = any(NATION.search(line.fold) for line in below)
    return end if titled and again and any(title_type(line) is not None for line in lines[end : end + 2 * _DOWN]) else 0
