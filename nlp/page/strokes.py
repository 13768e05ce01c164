"""Upright strokes between the columns of a table, as an OCR reads the few that it sees, and the words between them."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\s|]+?(?=_{0,4}\||_?_?(?:\s|$))")
#: A stroke with the litter that an OCR makes of the rest of the ruling: "=|", "‘|", "—_|", "| _"; "_" alone is one too,
#: and so is one right behind a name that goes on below: "Phòng GDMN-__| Trường mầm non".
_STROKE = re.compile(
    r"(?:(?<!\S)[=_~—‘’'`]{1,6}\s?|(?<=[\w-])(?<!_)_{1,4})*\|(?:\s?[_=~]{1,4}(?!\S))?|(?<!\S)__?(?!\S)|(?<=-)__?(?!\S)"
)


def words_between(text: str, start: int = 0) -> tuple[list[tuple[int, int]], tuple[int, ...]]:
    """Return the words of a line from ``start`` on, as offsets, and where strokes stand among them."""
    ruled = [match.span() for match in _STROKE.finditer(text)]
    words = [match.span() for match in _WORD.finditer(text, start)]
    return (
        [(a, b) for a, b in words if not any(lo <= a < hi for lo, hi in ruled)],
        tuple(lo for lo, _ in ruled if lo > start),
    )


def crossed(words: tuple[tuple[int, int], ...], strokes: tuple[int, ...]) -> int:
    """Return how many strokes stand among words that are to be one cell."""
    return sum(words[0][0] < at < words[-1][0] for at in strokes) if words else 0


def is_parted(words: tuple[tuple[int, int], ...], at: int, strokes: tuple[int, ...]) -> bool:
    """Tell whether a stroke stands right before word ``at``."""
    before = words[at - 1][0] if at else 0
    return at < len(words) and any(before < stroke < words[at][0] for stroke in strokes)
