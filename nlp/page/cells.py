"""The cells of a table of tasks: what stands under "Nhiệm vụ", under "Đơn vị thực hiện", under "Thời hạn".

Where words have places on the page, a column is what lies between two gaps that the lines of the table share, and the
words of a row are read column by column; in text files tabs or upright strokes part the cells. The header decides
which column is what; a table without a column for the task and one for the time has no cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import Box, Document
from nlp.page.columns import (
    JOINT,
    Cell,
    Column,
    Row,
    column_of,
    ends_told,
    head_of,
    helpers_told,
    titles_of,
    with_months,
)
from nlp.page.lines import Joined, Line, join
from nlp.page.losthead import rows_without_head
from nlp.page.marks import is_table_head
from nlp.page.months import begins_with_month, has_lists, is_calendar, titles_under_month
from nlp.page.months import with_months as with_calendar
from nlp.page.unitcolumns import columns_of_units, times_at_end
from nlp.page.unitfirst import row_from_units
from nlp.page.widthcells import rows_by_width
from nlp.page.wordcells import is_ditto, joined_cells, row_by_words

_PARTS = re.compile(r"[^\t|]+")
#: Words nearer than this, in heights of the line, stand in one cell; header cells are further apart than _APART.
_NEAR = 0.55
_APART = 0.8
#: Share of a table's lines that may run across the gap between two columns.
_ACROSS = 0.15
#: A row whose words went to the one above.
GONE = Row(Joined("", ((0, 0),)), ())


@dataclass(frozen=True, slots=True)
class _Placed:
    start: int
    end: int
    box: Box


def rows_of(document: Document, head: list[Line], rows: list[list[Line]], lead: str = "") -> list[Row | None]:
    """Return for every group of lines of a table the row that begins there, None where its cells cannot be told.

    Lines that have neither a number nor a time go on with the row before them. Where neither marks nor places of words
    part the cells, what they hold does. ``lead``: the line above the head.
    """
    found = _rows_of(document, head, rows, lead)
    for k in range(1, len(found)):
        row, above = found[k], found[k - 1]
        if row is not None and above is not None:
            found[k] = _with_units_above(row, above)
    return found


def _with_units_above(row: Row, above: Row) -> Row:
    """Return a row with the units of the one above where its own cell says "Như trên"."""
    own = next((c for c in row.cells if c.column is Column.UNIT), None)
    told = next((c for c in above.cells if c.column is Column.UNIT), None)
    if own is None or told is None or not is_ditto(row.joined.text[own.start : own.end]):
        return row
    words, text = above.joined.text[told.start : told.end], row.joined.text
    more = len(words) - (own.end - own.start)
    inside = [(told.start, above.joined.at(told.start))]
    inside += [part for part in above.joined.parts if told.start < part[0] < told.end]
    parts = [part for part in row.joined.parts if part[0] < own.start]
    parts += [(own.start + at - told.start, source) for at, source in inside]
    parts += [(own.end + more, row.joined.at(own.end))] if own.end < len(text) else []
    parts += [(at + more, source) for at, source in row.joined.parts if at > own.end]
    cells = [
        replace(c, start=c.start + more * (c.start >= own.end), end=c.end + more * (c.end >= own.end))
        for c in row.cells
    ]
    return replace(row, joined=Joined(text[: own.start] + words + text[own.end :], tuple(parts)), cells=tuple(cells))


def _rows_of(document: Document, head: list[Line], rows: list[list[Line]], lead: str) -> list[Row | None]:
    """Return the rows of a table as they stand."""
    if len(head) > 1 and titles_under_month(head[1], head[:1]):
        columns = [column_of(m.group()) for m in _PARTS.finditer(head[1].text) if m.group().strip()]
        found = [_parted(row, columns, calendar=True) for row in rows]
        return with_calendar(found, rows, head[1].text, join(head[:1]))
    found = _parted_rows(document, head[0], rows)
    if is_calendar(head[0].text) and (any(found) or has_lists(rows)):
        return with_calendar(found, rows, head[0].text)
    if any(found):
        return found
    titles = head_of([line.text for line in head])
    if columns_of_units(titles):
        return [_times_behind(row) for row in rows]
    if is_table_head(head[0]) or (Column.DUE in titles_of(titles) and not titles.endswith((":", "."))):
        known = [row_by_words(titles, row) or row_from_units(titles, row) for row in rows]
        return rows_by_width(titles, rows, known)
    return rows_without_head(f"{lead} {titles}", head, rows)


def _times_behind(row: list[Line]) -> Row | None:
    """Return a row of columns of units with its times behind all words of what is done: "Xét hoàn thành chương 20/5
    24/5 ⏎ trình"."""
    at = times_at_end(row[0].text) if len(row) > 1 else None
    if at is None:
        return None
    first = row[0]
    pieces = [(first, 0, at), *((line, 0, len(line.text)) for line in row[1:]), (first, at + 1, len(first.text))]
    return Row(joined_cells([(Column.OTHER, pieces)]).joined, ())


def _parted_rows(document: Document, head: Line, rows: list[list[Line]]) -> list[Row | None]:
    """Return the rows whose cells are parted by tabs, strokes or the gaps between columns."""
    if "\t" in head.text or "|" in head.text:
        titles = [m.group() for m in _PARTS.finditer(head.text) if m.group().strip()]
        columns = ends_told([column_of(title) for title in titles], titles)
        columns = helpers_told(with_months(columns, head.text))
        calendar = is_calendar(head.text)
        return [_parted(row, columns, calendar) for row in rows] if _is_complete(columns) else [None] * len(rows)
    header = _header(document, head)
    columns = with_months([column for column, _ in header], head.text)
    if not _is_complete(columns):
        return [None] * len(rows)
    placed = [[_words(document, line) for line in row] for row in rows]
    cuts = _cuts([box for _, box in header], [words for row in placed for words in row if words])
    if cuts is None:
        return [None] * len(rows)
    if is_calendar(head.text):
        return _boxed_months(document, placed, columns, cuts)
    found = [_boxed(document, row, columns, cuts) for row in placed]
    if Column.NUMBER not in columns:
        return found
    for k in range(len(found) - 1, 0, -1):
        row, before = found[k], found[k - 1]
        if row is None or before is None or _has(row, Column.NUMBER) or _has(row, Column.DUE):
            continue
        placed[k - 1] += placed[k]
        whole = _boxed(document, placed[k - 1], columns, cuts)
        found[k - 1] = None if whole is None else replace(whole, groups=row.groups + 1)
    return found


def _has(row: Row, column: Column) -> bool:
    return any(cell.column is column and cell.start < cell.end for cell in row.cells)


def _is_complete(columns: list[Column]) -> bool:
    return Column.TASK in columns and Column.DUE in columns


def _boxed_months(
    document: Document, placed: list[list[list[_Placed]]], columns: list[Column], cuts: list[float]
) -> list[Row | None]:
    """Return the rows of a calendar by the places of words; what has neither month nor task goes on with the one above.

    A bullet at a line's start may be one of another column: "… | | - Lãnh đạo Sở".
    """
    found = [_boxed(document, row, columns, cuts) for row in placed]
    owner = 0
    for k in range(1, len(found)):
        opens = _boxed(document, placed[k][:1], columns, cuts)
        if opens is None or _has(opens, Column.TASK) or _has(opens, Column.DUE):
            owner = k
            continue
        placed[owner] += placed[k]
        found[owner], found[k] = _boxed(document, placed[owner], columns, cuts), GONE
    return found


def _parted(row: list[Line], columns: list[Column], calendar: bool = False) -> Row | None:
    """Return the cells of a row of a text file; one of a ``calendar`` may lack its month and what stands before the
    task, and cells at its end."""
    joined = join(row)
    parts = [m for m in _PARTS.finditer(joined.text) if m.group().strip() or "\t" in joined.text]
    if calendar and 0 < len(parts) < len(columns):
        timed = begins_with_month(joined.text[parts[0].start() : parts[0].end()])
        columns = columns[0 if timed else columns.index(Column.TASK) :][: len(parts)]
    if len(parts) != len(columns):
        return None
    cells = (Cell(c, *_bare(joined.text, m.start(), m.end())) for c, m in zip(columns, parts, strict=True))
    return Row(joined, tuple(cells))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _words(document: Document, line: Line) -> list[_Placed]:
    """Return the words of a line that have a place, as offsets in the document, from left to right."""
    page = document.pages[line.page - 1]
    base = document.page_start(line.page)
    at = bisect_left(page.words, line.start - base, key=lambda word: word.start)
    found = []
    for word in page.words[at:]:
        if word.start + base >= line.end:
            break
        if word.box is not None:
            found.append(_Placed(word.start + base, min(word.end + base, line.end), word.box))
    return sorted(found, key=lambda word: word.box.x0)


def _runs(words: list[_Placed], near: float) -> list[Box]:
    """Return the stretches of a line whose words stand together."""
    found: list[Box] = []
    for word in words:
        height = word.box.y1 - word.box.y0
        if found and word.box.x0 - found[-1].x1 < near * height:
            found[-1] = found[-1].union(word.box)
        else:
            found.append(word.box)
    return found


def _header(document: Document, head: Line) -> list[tuple[Column, Box]]:
    """Return the columns that the header names, with the places of their titles."""
    words = _words(document, head)
    found = []
    for box in _runs(words, _APART):
        title = " ".join(document.text[w.start : w.end] for w in words if box.x0 <= w.box.x0 < box.x1)
        found.append((column_of(title), box))
    return found


def _cuts(titles: list[Box], lines: list[list[_Placed]]) -> list[float] | None:
    """Return where columns part: between two titles the widest gap that nearly all lines leave free."""
    runs = [_runs(words, _NEAR) for words in lines]
    cuts: list[float] = []
    for left, right in pairwise(titles):
        lo, hi = int((left.x0 + left.x1) / 2), int((right.x0 + right.x1) / 2) + 1
        free = [sum(any(r.x0 <= x <= r.x1 for r in row) for row in runs) <= _ACROSS * len(runs) for x in range(lo, hi)]
        best = (0, 0)
        at = 0
        while at < len(free):
            end = at
            while end < len(free) and free[end]:
                end += 1
            best = max(best, (end - at, at))
            at = end + 1
        if best[0] < 2:
            return None
        cuts.append(lo + best[1] + best[0] / 2)
    return cuts


def _boxed(document: Document, row: list[list[_Placed]], columns: list[Column], cuts: list[float]) -> Row | None:
    """Return the words of a row column by column; None for a line of prose, which runs across the columns."""
    if any(run.x0 < cut - 2 and cut + 2 < run.x1 for words in row for run in _runs(words, _NEAR) for cut in cuts):
        return None
    text: list[str] = []
    parts: list[tuple[int, int]] = []
    cells: list[Cell] = []
    at = 0
    for k, column in enumerate(columns):
        start = at
        for words in row:
            for word in words:
                if sum((word.box.x0 + word.box.x1) / 2 > cut for cut in cuts) != k:
                    continue
                if at > start:
                    text.append(" ")
                    at += 1
                parts.append((at, word.start))
                text.append(document.text[word.start : word.end])
                at += word.end - word.start
        cells.append(Cell(column, start, at))
        if k + 1 < len(columns):
            text.append(JOINT)
            at += len(JOINT)
    return Row(Joined("".join(text), tuple(parts)), tuple(cells)) if parts else None
