"""Tables of a law portal whose cells stand each in lines of their own, closed by a stroke alone: rows made of them.

How many columns there are is told by the running number (TT): from its title to the first "1". A table without one, or
with merged cells, stays as it is. A row becomes one line with its cells parted by tabs, as in text files.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.page.lines import Line, join, piece
from nlp.page.marks import recipients_head
from nlp.words.folding import pattern

#: A line that is but the stroke behind a cell.
STROKE_ALONE = re.compile(r"[\s|:_-]*\|[\s|:_-]*")
_TITLE = pattern(r"\W{0,2}(?:tt|stt|so tt|so thu tu)\W{0,2}")
_FIRST = re.compile(r"(?:0?1|I|A)[.)]?")
_NUMBER = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[A-E])[.)]?")
#: A table has no more columns, a cell no more lines.
_COLUMNS, MOST_LINES = 12, 40

#: A line that holds so many marks of a next recipient is a table's row.
_FOLDED = 2
#: Where the next recipient begins in a row of a portal's table.
_NEXT = re.compile(r"(?<=[;.)])\s{1,2}(?=[-–]\s)")

_Row = list[list[Line]]


def with_rows(lines: list[Line]) -> list[Line]:
    """Return ``lines`` with the rows of such tables as lines of their own."""
    found: list[Line] = []
    lines, at = list(lines), 0
    while at < len(lines):
        rows, end = _rows(lines, at) if _TITLE.fullmatch(lines[at].fold) else ([], at)
        found += map(row_line, rows)
        if not rows:
            found.append(lines[at])
            end = at + 1
        elif end < len(lines):
            lines[end] = replace(lines[end], gap=True)
        at = end
    return found


def _rows(lines: list[Line], start: int) -> tuple[list[_Row], int]:
    """Return the rows of the table that begins at ``start`` with the title of its running number, and its end."""
    head: _Row = []
    at = start
    while len(head) <= _COLUMNS:
        cell, end = cell_at(lines, at)
        if cell is None:
            return [], start
        if head and len(cell) == 1 and _FIRST.fullmatch(cell[0].text):
            break
        head.append(cell)
        at = end
    width = len(head)
    rows = [head]
    while 1 < width <= _COLUMNS:
        row: _Row = []
        end = at
        while len(row) < width:
            cell, end = cell_at(lines, end)
            if cell is None or (not row and not (len(cell) == 1 and _NUMBER.fullmatch(cell[0].text))):
                break
            row.append(cell)
        if len(row) < width:
            break
        rows.append(row)
        at = end
    return (rows, at) if len(rows) > 1 else ([], start)


def cell_at(
    lines: list[Line], start: int, most: int = MOST_LINES, widest: int | None = None
) -> tuple[list[Line] | None, int]:
    """Return the lines of the cell that begins at ``start`` and where its stroke ends; None where none ends, within
    ``most`` lines with the stroke's and before one longer than ``widest``."""
    for k in range(start, min(len(lines), start + most)):
        if STROKE_ALONE.fullmatch(lines[k].text):
            return lines[start:k], k + 1
        if widest is not None and len(lines[k].text) > widest:
            break
    return None, start


def row_line(cells: _Row) -> Line:
    """Return a row as one line, its cells parted by tabs."""
    made = cells[0][0] if cells[0] else next(line for cell in cells for line in cell)
    text, parts, end = "", list[tuple[int, int]](), made.end
    for k, cell in enumerate(cells):
        text += "\t" if k else ""
        whole = join(cell)
        parts += [(len(text) + a, b) for a, b in whole.parts] if cell else []
        text += whole.text if cell else " "
        end = cell[-1].end if cell else end
    return replace(made, end=end, text=text, parts=tuple(parts), gap=True)


def with_recipients(lines: list[Line]) -> list[Line]:
    """Return the lines of a text, one for each recipient of a table's row: "| Nơi nhận: - A; - B | CHỦ TỊCH …"."""
    found: list[Line] = []
    for k, line in enumerate(lines):
        head = recipients_head(line, lines[k + 1] if k + 1 < len(lines) else None)
        cuts = [m.span() for m in _NEXT.finditer(line.text)] if head is not None else []
        if len(cuts) < _FOLDED:
            found.append(line)
            continue
        ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(line.text)]
        found += [piece(line, a, b) for a, b in zip(*ends, strict=True) if line.text[a:b].strip()]
    return found
