"""Words with places become text in reading order: words → visual rows → blocks → page text.

One text line per visual row, no blank lines. The letterhead and the sign-off stand in two columns side by side: the
left one is read to its end, then the right one. Everything else is read row by row; of a row of a ruled table the
first lines of all cells come first, then the second lines. Page numbers are left out of the text. The layout rules are
those of Nghị định 30/2020/NĐ-CP, annex I.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.document import Block, BlockKind, Box, Stretch, Word
from corpus.text import UPPER
from ingest.columns import in_columns, letterhead, sign_off, without_scrawl
from ingest.grid import Table
from ingest.pages import Token
from ingest.rows import Row
from ingest.ruled import with_tables


@dataclass(frozen=True, slots=True)
class Laid:
    """The text of a page in reading order with its words and blocks (offsets into ``text``)."""

    text: str
    words: tuple[Word, ...]
    blocks: tuple[Block, ...]


def lay_out(
    tokens: Iterable[Token], width: float, height: float, number: int = 1, tables: Sequence[Table] = ()
) -> Laid:
    """Put the words of a page (size in points) into reading order. ``number`` is the page's number in the file.

    ``tables`` are the ruled tables on it, in points: their rows are kept together, whatever height the words of their
    cells stand at.
    """
    rows = with_tables(tokens, tables)
    rows = [row for row in rows if row.ruled is not None or not _is_page_number(row, width, height)]
    if not rows:
        return Laid("", (), ())
    line_height = median(row.height for row in rows)
    ordered: list[tuple[BlockKind, Row]] = []
    top = letterhead(rows, width, height)
    start = 0
    if top is not None:
        ordered += in_columns(rows[: top.end], top.gutter, BlockKind.LETTERHEAD, BlockKind.LETTERHEAD)
        start = top.end
    rest = rows[start:]
    while rest:
        band = sign_off(rest, width, line_height)
        if band is None:
            ordered += _plain(rest, width, height, line_height)
            break
        ordered += _plain(rest[: band.start], width, height, line_height)
        both = in_columns(rest[band.start : band.end], band.gutter, BlockKind.RECIPIENTS, BlockKind.SIGNATURE)
        ordered += without_scrawl(both)
        rest = rest[band.end :]
        if _goes_on_below(rest, height, line_height):
            ordered += [(BlockKind.FOOTNOTE, row) for row in rest]
            break
    return _written(ordered)


_PAGE_NUMBER = re.compile(r"[-–—.|~ ]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—.|~ ]*", re.IGNORECASE)


def _is_page_number(row: Row, width: float, height: float) -> bool:
    """A page number stands alone in the top or bottom margin, in the middle or at an outer edge."""
    if not _PAGE_NUMBER.fullmatch(row.text):
        return False
    centre = (row.box.x0 + row.box.x1) / 2
    at_edge = row.box.y1 < 0.085 * height or row.box.y0 > 0.925 * height
    return at_edge and (abs(centre - width / 2) < 0.12 * width or centre > 0.8 * width)


# Body, footnotes, tables ---------------------------------------------------------------------------------------------

#: The rows of a footnote are at most so high beside those of the text.
_NOTE_HEIGHT = 0.92
_NOTE_MARK = re.compile(rf"[¹²³⁰-⁹]|\(?\d{{1,2}}\)?[\s.]|\[\d{{1,2}}\]|\d{{1,2}}(?=[{UPPER}])|\*")


def _plain(rows: Sequence[Row], width: float, height: float, line_height: float) -> list[tuple[BlockKind, Row]]:
    """Name the rows between letterhead and sign-off; their order stays."""
    notes = _footnotes_from(rows, height, line_height)
    table = _table_rows(rows[:notes], line_height) | {k for k, row in enumerate(rows) if row.ruled is not None}
    kinds = [BlockKind.TABLE if k in table else BlockKind.BODY for k in range(notes)]
    kinds += [BlockKind.FOOTNOTE] * (len(rows) - notes)
    return list(zip(kinds, rows, strict=True))


def _footnotes_from(rows: Sequence[Row], height: float, line_height: float) -> int:
    """Return the index of the first footnote row: small rows at the bottom, the first with a mark; else ``len``.

    Small is less than is usual in these rows; a few rows, as under a sign-off, may all be notes and are measured by the
    page's ``line_height``.
    """
    few = len(rows) < 6
    usual, first = (line_height, 0) if few else (median(row.height for row in rows), 1)
    start = len(rows)
    while start > first and rows[start - 1].height < _NOTE_HEIGHT * usual and rows[start - 1].middle > 0.45 * height:
        if rows[start - 1].ruled is not None:
            break
        start -= 1
    while start < len(rows) and not _NOTE_MARK.match(rows[start].text):
        start += 1
    return start


def _goes_on_below(rows: Sequence[Row], height: float, line_height: float) -> bool:
    """Tell whether all rows below a sign-off are small: a footnote, whose mark stands on the page before."""
    small = all(row.ruled is None and row.height < _NOTE_HEIGHT * line_height for row in rows)
    return bool(rows) and small and rows[0].middle > 0.45 * height


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
    """Write rows one a line; blocks are runs of rows of one kind, in ruled tables the lines of one row."""
    parts: list[str] = []
    words: list[Word] = []
    spans: list[tuple[BlockKind, int, int, Box, tuple[Stretch, ...]]] = []
    last: int | None = None
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
            words.append(Word(at, at + len(token.text), token.box, token.confidence, token.column))
            at += len(token.text)
        if spans and spans[-1][0] is kind and row.ruled == last:
            _, first, _, box, cells = spans.pop()
            spans.append((kind, first, at, box.union(row.box), cells))
        else:
            spans.append((kind, begin, at, row.box, row.cells))
        last = row.ruled
    return Laid("".join(parts), tuple(words), tuple(Block(*span) for span in spans))
