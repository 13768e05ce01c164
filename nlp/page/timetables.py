"""Timetables of exams on a school's site whose cells stand each in lines of their own, closed by a stroke alone.

"NGÀY ⏎ | ⏎ BUỔI ⏎ | ⏎ MÔN THI ⏎ | … THỨ 7 (19/12/2020) ⏎ | ⏎ SÁNG ⏎ | ⏎ TOÁN 12 ⏎ | …": no running number tells the
columns, and the cell of a day holds for all of its parts and subjects, so that rows differ in length. What begins with
a day becomes one line with its cells parted by tabs; hours and lengths alone tell nothing of what is done.
"""

from __future__ import annotations

from nlp.page.columns import Column, column_of
from nlp.page.lines import Line
from nlp.page.portalrows import STROKE_ALONE, cell_at, row_line
from nlp.page.rowfit import is_time
from nlp.words.folding import pattern

#: So many cells a row has at most, so many lines a cell, so many letters a line; so many columns and rows at least.
_CELLS, _LINES, _WIDE, _LEAST = 60, 6, 90, 2
#: A cell of hours and lengths: "90 phút", "7g30 à 9g00", "45'".
_HOURS = pattern(
    r"(?:(?:tu |den |luc )?\d{1,2}\s?(?:g|h|:|gio)\s?(?:\d{2})?(?: phut)?|\d{2,3}\s?(?:phut|'|’)|\s|[-–—à,;/]|den|a)+"
)

_Cell = list[Line]


def with_day_rows(lines: list[Line]) -> list[Line]:
    """Return ``lines`` with what begins with a day in such a table as lines of their own."""
    found: list[Line] = []
    at = 0
    while at < len(lines):
        rows, end = _rows(lines, at)
        found += map(row_line, rows)
        if not rows:
            found.append(lines[at])
            end = at + 1
        at = end
    return found


def _rows(lines: list[Line], start: int) -> tuple[list[list[_Cell]], int]:
    """Return the head and the rows of the table whose first title, of days, stands at ``start``, and its end."""
    under = start + 1 < len(lines) and STROKE_ALONE.fullmatch(lines[start + 1].text) is not None
    if not under or column_of(lines[start].text) is not Column.DUE or is_time(lines[start]):
        return [], start
    rows: list[list[_Cell]] = [[]]
    at = start
    while len(rows[-1]) < _CELLS:
        cell, end = cell_at(lines, at, _LINES + 1, _WIDE)
        if cell is None:
            break
        if cell and is_time(row_line([cell])) and not _tells_hours(cell):
            rows.append([])
        rows[-1].append(cell)
        at = end
    whole = len(rows[0]) >= _LEAST and len(rows) > _LEAST and all(len(row) > 1 for row in rows)
    if not whole:
        return [], start
    return [rows[0], *([row[0], *(c for c in row[1:] if c and not _tells_hours(c))] for row in rows[1:])], at


def _tells_hours(cell: _Cell) -> bool:
    return all(_HOURS.fullmatch(line.fold.strip()) for line in cell)
