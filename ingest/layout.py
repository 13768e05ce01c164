"""Words with places become text in reading order: words → visual rows → blocks → page text.

One text line per visual row, no blank lines. The letterhead and the sign-off stand in two columns side by side: the
left one is read to its end, then the right one. Everything else is read row by row, table rows included. Page numbers
are left out of the text. The layout rules are those of Nghị định 30/2020/NĐ-CP, annex I.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.document import Block, BlockKind, Box, Word
from corpus.text import fold
from ingest.pages import Token


@dataclass(frozen=True, slots=True)
class Laid:
    """The text of a page in reading order with its words and blocks (offsets into ``text``)."""

    text: str
    words: tuple[Word, ...]
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class Row:
    """A visual row: words from left to right on one height."""

    tokens: list[Token]
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        self.tokens.sort(key=lambda token: token.box.x0)
        self.box = _around(self.tokens)

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)

    @property
    def height(self) -> float:
        """The usual height of its words, in points."""
        return median(token.box.y1 - token.box.y0 for token in self.tokens)

    @property
    def middle(self) -> float:
        return (self.box.y0 + self.box.y1) / 2


def lay_out(tokens: Iterable[Token], width: float, height: float, number: int = 1) -> Laid:
    """Put the words of a page (size in points) into reading order. ``number`` is the page's number in the file."""
    rows = to_rows(tokens)
    rows = [row for row in rows if not _is_page_number(row, width, height)]
    if not rows:
        return Laid("", (), ())
    line_height = median(row.height for row in rows)
    ordered: list[tuple[BlockKind, Row]] = []
    top = _letterhead(rows, width, height) if rows else None
    start = 0
    if top is not None:
        ordered += _in_columns(rows[: top.end], top.gutter, BlockKind.LETTERHEAD, BlockKind.LETTERHEAD)
        start = top.end
    rest = rows[start:]
    while rest:
        band = _sign_off(rest, width, line_height)
        if band is None:
            ordered += _plain(rest, width, height, line_height)
            break
        ordered += _plain(rest[: band.start], width, height, line_height)
        ordered += _in_columns(rest[band.start : band.end], band.gutter, BlockKind.RECIPIENTS, BlockKind.SIGNATURE)
        rest = rest[band.end :]
    return _written(ordered)


def to_rows(tokens: Iterable[Token]) -> list[Row]:
    """Group words into visual rows, top to bottom.

    Words of one run stand on one line already; runs at the same height that do not lie over each other are one row:
    the two columns of a letterhead, the cells of a table row.
    """
    runs: dict[int, list[Token]] = {}
    for token in tokens:
        if token.text.strip():
            runs.setdefault(token.run, []).append(token)
    pieces = sorted((Row(run) for run in runs.values()), key=lambda row: row.middle)
    rows: list[Row] = []
    for piece in pieces:
        home = next((row for row in reversed(rows[-6:]) if _side_by_side(row, piece)), None)
        if home is None:
            rows.append(piece)
        else:
            rows[rows.index(home)] = Row([*home.tokens, *piece.tokens])
    return sorted(rows, key=lambda row: row.middle)


def _side_by_side(row: Row, piece: Row) -> bool:
    """Tell whether ``piece`` stands on the height of ``row``, measured at the words nearest to it, and free of them."""
    slack = 0.25 * min(row.height, piece.height)
    for token in row.tokens:
        for other in piece.tokens:
            if min(token.box.x1, other.box.x1) - max(token.box.x0, other.box.x0) > slack:
                return False
    pairs = ((token, other) for token in row.tokens for other in piece.tokens)
    near, mine = min(pairs, key=lambda pair: _gap(pair[0].box, pair[1].box))
    shared = min(near.box.y1, mine.box.y1) - max(near.box.y0, mine.box.y0)
    least = min(near.box.y1 - near.box.y0, mine.box.y1 - mine.box.y0)
    whole = min(row.box.y1, piece.box.y1) - max(row.box.y0, piece.box.y0)
    return max(shared / max(least, 0.1), whole / max(0.1, min(row.height, piece.height))) > 0.55


def _gap(one: Box, other: Box) -> float:
    return max(one.x0 - other.x1, other.x0 - one.x1)


def _around(tokens: Sequence[Token]) -> Box:
    box = tokens[0].box
    for token in tokens[1:]:
        box = box.union(token.box)
    return box


# Page numbers --------------------------------------------------------------------------------------------------------

_PAGE_NUMBER = re.compile(r"[-–—.|~ ]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—.|~ ]*", re.IGNORECASE)


def _is_page_number(row: Row, width: float, height: float) -> bool:
    """A page number stands alone in the top or bottom margin, in the middle or at an outer edge."""
    if not _PAGE_NUMBER.fullmatch(row.text):
        return False
    centre = (row.box.x0 + row.box.x1) / 2
    at_edge = row.box.y1 < 0.085 * height or row.box.y0 > 0.925 * height
    return at_edge and (abs(centre - width / 2) < 0.12 * width or centre > 0.8 * width)


# Two columns side by side --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows ``start:end`` stand in two columns parted at ``gutter`` (points from the left)."""

    start: int
    end: int
    gutter: float


_MOTTO = re.compile(r"c.{0,2}ng h.{0,2}a x.{0,2} h|d.{0,2}c l.{0,2}p ?[-–—~.] ?t.{0,3} do|viet nam$")
_DATED = re.compile(r"ng[aà]y.{0,12}th[aá]ng.{0,8}n[aă]m", re.IGNORECASE)
_NUMBERED = re.compile(r"^s.{0,2}\s*[:.;]|^s.{1,3}\d*\s*/|^v/v")
_ADDRESSED = re.compile(r"^\W{0,2}k.{0,2}nh g.{1,3}i\b")
_RECIPIENTS = re.compile(r"^\W{0,2}n.{1,2}i ?nh.{1,2}n\b")


def _letterhead(rows: Sequence[Row], width: float, height: float) -> _Band | None:
    """Find the letterhead: agency, number and V/v on the left; quốc hiệu, tiêu ngữ, place and date on the right.

    It begins with the first row and ends before the first row that crosses the gutter between the two columns.
    """
    first = next(
        (k for k, row in enumerate(rows[:6]) if row.middle < 0.4 * height and _widest_gap(row, width) is not None), None
    )
    if first is None or not any(_names_letterhead(row) for row in rows[first : first + 6]):
        return None
    free = _widest_gap(rows[first], width)
    assert free is not None
    end, sides = 0, [0, 0]
    for k, row in enumerate(rows):
        left, right = _split(row, sum(free) / 2)
        low = max([free[0], *(token.box.x1 for token in left)])
        high = min([free[1], *(token.box.x0 for token in right)])
        # Between two columns there is more room than between two words.
        least = 0.7 if left and right else 0.3
        if high - low < least * row.height or row.middle > 0.5 * height or _ADDRESSED.match(fold(row.text)):
            break
        # A short centred title (KẾ HOẠCH, QUYẾT ĐỊNH) may lie wholly on the right of the gutter: it ends the band.
        centred = abs((row.box.x0 + row.box.x1) / 2 - 0.52 * width) < 0.06 * width
        if k > first and not left and centred and row.box.x1 - row.box.x0 < 0.4 * width and not _names_letterhead(row):
            break
        if k > first and right and not left and row.box.x0 < free[0]:
            break
        free = (low, high)
        sides = [sides[0] + bool(left), sides[1] + bool(right)]
        end = k + 1
    return _Band(0, end, sum(free) / 2) if min(sides) >= 1 and end > 0 else None


def _names_letterhead(row: Row) -> bool:
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


def _sign_off(rows: Sequence[Row], width: float, line_height: float) -> _Band | None:
    """Find the sign-off: from the row that begins with Nơi nhận to the end of the list on the left and of the name
    on the right."""
    at = next((k for k, row in enumerate(rows) if _RECIPIENTS.match(fold(row.text)) and row.box.x0 < 0.4 * width), None)
    if at is None:
        return None
    gap = _widest_gap(rows[at], width)
    free = gap if gap is not None else (min(rows[at].box.x1, 0.45 * width), 0.9 * width)
    # Long recipients or a long title move the gutter; every row narrows it, a row that closes it is below the band.
    end = at + 1
    lowest = {"left": rows[at].box.y1, "right": rows[at].box.y1}
    for k, row in enumerate(rows[at + 1 :], at + 1):
        narrowed = _narrowed(row, free)
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
        if above.box.x0 < free[0] or abs((above.box.x0 + above.box.x1) / 2 - 0.72 * width) > 0.14 * width:
            break
        free, start = (free[0], min(free[1], above.box.x0)), start - 1
    return _Band(start, end, sum(free) / 2)


def _narrowed(row: Row, free: tuple[float, float]) -> tuple[float, float] | None:
    """Return what ``row`` leaves of the free strip between the columns, None when nothing."""
    best: tuple[float, float] | None = None
    edges = [(float("-inf"), row.tokens[0].box.x0)]
    edges += [(a.box.x1, b.box.x0) for a, b in zip(row.tokens, row.tokens[1:], strict=False)]
    edges.append((row.tokens[-1].box.x1, float("inf")))
    for low, high in edges:
        strip = max(low, free[0]), min(high, free[1])
        if strip[1] - strip[0] >= 0.4 * row.height and (best is None or strip[1] - strip[0] > best[1] - best[0]):
            best = strip
    return best


def _in_columns(
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


# Body, footnotes, tables ---------------------------------------------------------------------------------------------

_NOTE_MARK = re.compile(r"[¹²³⁰-⁹]|\(?\d{1,2}\)?[\s.]|\[\d{1,2}\]|\d{1,2}(?=[A-ZĐÀ-Ỹ])|\*")


def _plain(rows: Sequence[Row], width: float, height: float, line_height: float) -> list[tuple[BlockKind, Row]]:
    """Name the rows between letterhead and sign-off; their order stays."""
    notes = _footnotes_from(rows, height)
    table = _table_rows(rows[:notes], line_height)
    kinds = [BlockKind.TABLE if k in table else BlockKind.BODY for k in range(notes)]
    kinds += [BlockKind.FOOTNOTE] * (len(rows) - notes)
    return list(zip(kinds, rows, strict=True))


def _footnotes_from(rows: Sequence[Row], height: float) -> int:
    """Return the index of the first footnote row: small rows at the bottom, the first with a mark; else ``len``."""
    if len(rows) < 3:
        return len(rows)
    usual = median(row.height for row in rows)
    start = len(rows)
    while start > 1 and rows[start - 1].height < 0.92 * usual and rows[start - 1].middle > 0.45 * height:
        start -= 1
    while start < len(rows) and not _NOTE_MARK.match(rows[start].text):
        start += 1
    return start


def _table_rows(rows: Sequence[Row], line_height: float) -> set[int]:
    """Return the rows of tables: runs of at least three rows of which most have the same wide gaps."""
    gaps = [
        [
            (a.box.x1 + b.box.x0) / 2
            for a, b in zip(row.tokens, row.tokens[1:], strict=False)
            if b.box.x0 - a.box.x1 > 1.2 * line_height
        ]
        for row in rows
    ]
    found: set[int] = set()
    start = 0
    for k in range(len(rows) + 1):
        if k < len(rows) and gaps[k]:
            continue
        if k - start >= 3 and sum(len(gap) for gap in gaps[start:k]) >= 1.5 * (k - start):
            found.update(range(start, k))
        start = k + 1
    return found


# Writing it down -----------------------------------------------------------------------------------------------------


def _written(ordered: Sequence[tuple[BlockKind, Row]]) -> Laid:
    """Write rows one a line; blocks are runs of rows of one kind."""
    parts: list[str] = []
    words: list[Word] = []
    spans: list[tuple[BlockKind, int, int, Box]] = []
    at = 0
    for kind, row in ordered:
        if parts:
            parts.append("\n")
            at += 1
        begin = at
        for k, token in enumerate(row.tokens):
            if k:
                parts.append(" ")
                at += 1
            parts.append(token.text)
            words.append(Word(at, at + len(token.text), token.box, token.confidence))
            at += len(token.text)
        if spans and spans[-1][0] is kind:
            _, first, _, box = spans.pop()
            spans.append((kind, first, at, box.union(row.box)))
        else:
            spans.append((kind, begin, at, row.box))
    return Laid("".join(parts), tuple(words), tuple(Block(*span) for span in spans))
