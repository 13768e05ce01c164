"""Where two columns stand side by side: the letterhead and the sign-off of Nghị định 30/2020/NĐ-CP, annex I."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.document import BlockKind
from corpus.text import fold
from ingest.pages import Token
from ingest.plausible import is_word
from ingest.rows import Row


@dataclass(frozen=True, slots=True)
class Band:
    """Rows ``start:end`` stand in two columns parted at ``gutter`` (points from the left)."""

    start: int
    end: int
    gutter: float


#: Between two columns there is more room than so many blanks of the line; so few gaps do not tell what a blank is.
_GUTTER_BLANKS, _FEW_GAPS = 1.5, 4

_NATION = re.compile(r"c.{0,2}ng h.{0,2}a x.{0,2} h|d.{0,2}c l.{0,2}p ?[-–—~.] ?t.{0,3} do")
_MOTTO = re.compile(rf"{_NATION.pattern}|viet nam$")
_DATED = re.compile(r"ng[aà]y.{0,12}th[aá]ng.{0,8}n[aă]m", re.IGNORECASE)
_NUMBERED = re.compile(r"^s.{0,2}\s*[:.;]|^s.{1,3}\d*\s*/|^v/v")
_ADDRESSED = re.compile(r"^\W{0,2}k.{0,2}nh g.{1,3}i\b")
_RECIPIENTS = re.compile(r"^\W{0,2}n.{1,2}i ?nh.{1,2}n\b")


def letterhead(rows: Sequence[Row], width: float, height: float) -> Band | None:
    """Find the letterhead: agency, number and V/v on the left; quốc hiệu, tiêu ngữ, place and date on the right.

    It begins with the first row and ends before the first row that crosses the gutter between the two columns.
    """
    first = next(
        (k for k, row in enumerate(rows[:6]) if row.middle < 0.4 * height and _widest_gap(row, width) is not None), None
    )
    if first is None or not any(_namesletterhead(row) for row in rows[first : first + 6]):
        return None
    free = _widest_gap(rows[first], width)
    assert free is not None
    end, sides = 0, [0, 0]
    for k, row in enumerate(rows):
        if row.ruled is not None:
            break
        left, right = _split(row, sum(free) / 2)
        low = max([free[0], *(token.box.x1 for token in left)])
        high = min([free[1], *(token.box.x0 for token in right)])
        # Between two columns there is more room than between two words.
        least = 0.7 if left and right else 0.3
        if high - low < least * row.height or row.middle > 0.5 * height or _ADDRESSED.match(fold(row.text)):
            break
        # A short centred title (KẾ HOẠCH, QUYẾT ĐỊNH) may lie wholly on the right of the gutter: it ends the band.
        centred = abs((row.box.x0 + row.box.x1) / 2 - 0.52 * width) < 0.06 * width
        if k > first and not left and centred and row.box.x1 - row.box.x0 < 0.4 * width and not _namesletterhead(row):
            break
        if k > first and right and not left and row.box.x0 < free[0]:
            break
        free = (low, high)
        sides = [sides[0] + bool(left), sides[1] + bool(right)]
        end = k + 1
    return Band(0, end, sum(free) / 2) if min(sides) >= 1 and end > 0 else None


def names_nation(row: Row) -> bool:
    """Tell whether a row has words of quốc hiệu or tiêu ngữ."""
    return _NATION.search(fold(row.text)) is not None


def _namesletterhead(row: Row) -> bool:
    folded = fold(row.text)
    return bool(_MOTTO.search(folded) or _DATED.search(row.text) or _DATED.search(folded) or _NUMBERED.match(folded))


def _widest_gap(row: Row, width: float) -> tuple[float, float] | None:
    """Return the widest gap between neighbours of a row if it is wide, and in the middle part of the page."""
    gaps = [
        (after.box.x0 - before.box.x1, before.box.x1, after.box.x0)
        for before, after in zip(row.tokens, row.tokens[1:], strict=False)
    ]
    wide = max(gaps, default=(0.0, 0.0, 0.0))
    if wide[0] < max(1.0 * row.height, 0.015 * width) or not 0.2 * width < (wide[1] + wide[2]) / 2 < 0.72 * width:
        return None
    return wide[1], wide[2]


def _split(row: Row, at: float) -> tuple[list[Token], list[Token]]:
    left = [token for token in row.tokens if (token.box.x0 + token.box.x1) / 2 < at]
    return left, row.tokens[len(left) :]


def sign_off(rows: Sequence[Row], width: float, line_height: float) -> Band | None:
    """Find the sign-off: from the row that begins with Nơi nhận to the end of the list on the left and of the name
    on the right."""
    at = next((k for k, row in enumerate(rows) if begins_recipients(row) and row.box.x0 < 0.4 * width), None)
    if at is None:
        return None
    gap = _widest_gap(rows[at], width)
    free = gap if gap is not None else (min(rows[at].box.x1, 0.45 * width), 0.9 * width)
    # Long recipients or a long title move the gutter; every row narrows it, a row that closes it is below the band.
    end = at + 1
    lowest = {"left": rows[at].box.y1, "right": rows[at].box.y1}
    for k, row in enumerate(rows[at + 1 :], at + 1):
        narrowed = _narrowed(row, free) if row.ruled is None else None
        if narrowed is None:
            break
        left, right = _split(row, sum(narrowed) / 2)
        far = 2.2 * line_height
        # After the list of recipients a gap on the left means that something else begins (footnotes, an annex).
        if left and not right and row.box.y0 - lowest["left"] > far and row.box.y0 > lowest["right"]:
            break
        if left:
            lowest["left"] = max(lowest["left"], row.box.y1)
        if right:
            lowest["right"] = max(lowest["right"], row.box.y1)
        free, end = narrowed, k + 1
    start = at
    while start > 0 and rows[start].box.y0 - rows[start - 1].box.y1 < 1.5 * line_height:
        above = rows[start - 1]
        aside = abs((above.box.x0 + above.box.x1) / 2 - 0.72 * width) > 0.14 * width
        if above.ruled is not None or above.box.x0 < free[0] or aside:
            break
        free, start = (free[0], min(free[1], above.box.x0)), start - 1
    return Band(start, end, sum(free) / 2)


def begins_recipients(row: Row) -> bool:
    """Tell whether a row begins with Nơi nhận, outside of a ruled table."""
    return row.ruled is None and _RECIPIENTS.match(fold(row.text)) is not None


def _narrowed(row: Row, free: tuple[float, float]) -> tuple[float, float] | None:
    """Return what ``row`` leaves of the free strip between the columns, None when nothing."""
    best: tuple[float, float] | None = None
    edges = [(float("-inf"), row.tokens[0].box.x0)]
    gaps = [(a.box.x1, b.box.x0) for a, b in pairwise(row.tokens)]
    blank = median(high - low for low, high in gaps) if len(gaps) >= _FEW_GAPS else 0.0
    edges += [(low, high) for low, high in gaps if high - low >= _GUTTER_BLANKS * blank]
    edges.append((row.tokens[-1].box.x1, float("inf")))
    for low, high in edges:
        strip = max(low, free[0]), min(high, free[1])
        if strip[1] - strip[0] >= 0.4 * row.height and (best is None or strip[1] - strip[0] > best[1] - best[0]):
            best = strip
    return best


def in_columns(
    rows: Sequence[Row], gutter: float, left_kind: BlockKind, right_kind: BlockKind
) -> list[tuple[BlockKind, Row]]:
    left: list[tuple[BlockKind, Row]] = []
    right: list[tuple[BlockKind, Row]] = []
    for row in rows:
        ours, theirs = _split(row, gutter)
        if ours:
            left.append((left_kind, Row(ours)))
        if theirs:
            right.append((right_kind, Row(theirs)))
    return left + right


# What a pen left among the words -------------------------------------------------------------------------------------

#: Words under a signature are read with less confidence than this.
_SCRAWL = 0.6


def without_scrawl(rows: Sequence[tuple[BlockKind, Row]]) -> list[tuple[BlockKind, Row]]:
    """Return the rows of a sign-off without what an OCR made of the signature between the title and the name.

    Rows of the right column without a single readable word go, and marks at the ends of the others. Text that was not
    read from a picture stays.
    """
    kept: list[tuple[BlockKind, Row]] = []
    for kind, row in rows:
        if kind is not BlockKind.SIGNATURE or any(token.confidence is None for token in row.tokens):
            kept.append((kind, row))
        elif any(_readable(token) for token in row.tokens):
            marks = [any(char.isalnum() for char in token.text) for token in row.tokens]
            first, last = marks.index(True), len(marks) - marks[::-1].index(True)
            kept.append((kind, Row(row.tokens[first:last])))
    return kept


def _readable(token: Token) -> bool:
    letters = sum(char.isalpha() for char in token.text)
    return letters >= 2 and (token.confidence or 0.0) >= _SCRAWL and is_word(token.text)
