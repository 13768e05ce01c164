"""Tables whose rows stand each in one line, strokes between the cells: "TT | Nội dung | Thời gian", also in Markdown.

Strokes are read as tabs are, so that a table means the same however a text file parts its cells. Only what is surely a
table is taken: a head of known titles, or strokes at both ends of every line; the rows have as many cells as the head.
The strokes that an OCR makes of a table's ruling stay as they are (``nlp.page.strokes``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from nlp.page.columns import is_known_title
from nlp.page.lines import Line, join, piece
from nlp.page.portalrows import row_line

_STROKE = re.compile(r"\|")
#: The line between head and rows in Markdown: "|---|:--:|".
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
#: So many cells and so many known titles make a head.
_CELLS, _TITLES = 2, 2
#: A row goes over so many lines at the most.
_LINES = 8


def with_stroke_rows(lines: list[Line]) -> list[Line]:
    """Return ``lines`` with the cells of such tables parted by tabs, lines that are but ruling left out."""
    if not any("|" in line.text for line in lines):
        return lines
    lines = _whole_rows(lines)
    found, at = list[Line](), 0
    while at < len(lines):
        rows, end = _table(lines, at) if "|" in lines[at].text else ([], at)
        found += [row_line([[cell] if cell else [] for cell in row]) for row in rows] or [lines[at]]
        at = max(end, at + 1)
    return found


def is_stroke_head(line: Line) -> bool:
    """Tell whether a line is the head of such a table: known titles between strokes."""
    cells = _cells(line) if "|" in line.text else []
    return len(cells) >= _CELLS and sum(cell is not None and is_known_title(cell.text) for cell in cells) >= _TITLES


def _whole_rows(lines: list[Line]) -> list[Line]:
    """Return ``lines`` with the rows under a framed head, each of which lines' ends cut, as lines of their own."""
    found, at, strokes = list[Line](), 0, 0
    while at < len(lines):
        line = lines[at]
        if strokes and line.text.startswith("|") and line.text.count("|") < strokes:
            end = _row_end(lines, at, strokes)
            if end > at:
                whole = join(lines[at:end])
                line, at = replace(line, end=lines[end - 1].end, text=whole.text, parts=whole.parts), end - 1
        strokes = line.text.count("|") if _is_framed(line) else 0
        found.append(line)
        at += 1
    return found


def _row_end(lines: list[Line], at: int, strokes: int) -> int:
    """Return the index behind the lines of a row with so many ``strokes``, ``at`` where it has not as many."""
    many = 0
    for k in range(at, min(len(lines), at + _LINES)):
        if k > at and lines[k].text.startswith("|") and many + lines[k].text.count("|") > strokes:
            return at
        many += lines[k].text.count("|")
        if many == strokes and lines[k].text.endswith("|"):
            return k + 1
    return at


def _table(lines: list[Line], start: int) -> tuple[list[list[Line | None]], int]:
    """Return the rows, head first, of the table that begins at ``start``, and its end; none for none."""
    head = _cells(lines[start])
    framed = _is_framed(lines[start])
    titles = sum(cell is not None and is_known_title(cell.text) for cell in head)
    if len(head) < _CELLS or None in head or not (framed or titles >= _TITLES):
        return [], start
    rows, at = [head], start + 1
    while at < len(lines) and "|" in lines[at].text:
        line = lines[at]
        if _RULE.fullmatch(line.text) is None:
            row = _cells(line)
            if len(row) != len(head) or _is_framed(line) != framed or not any(row):
                break
            rows.append(row)
        at += 1
    return (rows, at) if len(rows) > 1 else ([], start)


def _is_framed(line: Line) -> bool:
    return line.text.startswith("|") and line.text.endswith("|") and len(line.text) > _CELLS


def _cells(line: Line) -> list[Line | None]:
    """Return the cells of a line, None for one without words."""
    inner = (1, len(line.text) - 1) if _is_framed(line) else (0, len(line.text))
    cuts = [inner[0] - 1, *(m.start() for m in _STROKE.finditer(line.text, *inner)), inner[1]]
    return [piece(line, a + 1, b) if line.text[a + 1 : b].strip() else None for a, b in pairwise(cuts)]
