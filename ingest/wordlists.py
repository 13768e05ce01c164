"""Rows of Word tables whose cells hold lists: a month over what is done in it, a table drawn only to part a page.

A row is one line, its cells parted by tabs; but where a list stands beside a month, a week or a term, every item of it
is a line of its own ("9/2022 | - Khai giảng | BGH", "| - Hội nghị | Công đoàn"), and cells as long as a page are told
paragraph by paragraph, one cell after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.text import fold

#: What a list stands beside: "9/2022", "Tháng 9", "Tuần 2", "Học kỳ I", "Quý IV"; in a column of months its number.
_PERIOD = re.compile(
    r"thang\s?(?:\d{1,2}\s?[,+&-]\s?)?\d{1,2}(?:\s?[/.-]\s?(?:20)?\d{2})?(?: nam 20\d\d)?"
    r"|(?:\d{1,2}\s?[,+&-]\s?)?\d{1,2}\s?[/.-]\s?20\d{2}"
    r"|(?:tuan|quy|hoc ky|hk)(?: thu)?\s?[\divx]{1,4}(?:[ ,(/-].{0,24})?"
)
_MONTH = re.compile(r"(?:\d{1,2}\s?[,+&-]\s?)?\d{1,2}")
_ITEM = re.compile(r"(?:[-–+*•]|\d{1,2}[.)]|[a-zđ]\))\s?(?=\S)")
#: A cell of so many paragraphs in a table of so few columns is a page of its own.
_PAGE, _FEW = 12, 2


def lines_of_row(cells: list[list[str]], head: list[list[str]]) -> Iterator[str]:
    """Yield the lines of a row of a table; each cell is the list of its paragraphs, ``head`` the table's first row."""
    if len(cells) <= _FEW and max(map(len, cells), default=0) >= _PAGE:
        for cell in cells:
            yield from cell
        return
    k = _beside_period(cells, months=bool(head) and fold(" ".join(head[0])).startswith("thang"))
    if k is None:
        yield "\t".join(" ".join(cell) for cell in cells)
        return
    items = _items(cells[k])
    for n, item in enumerate(items):
        row = [""] * k if n else [" ".join(cell) for cell in cells[:k]]
        for cell in cells[k + 1 :]:
            paired = len(cell) == len(items)
            row.append(cell[n] if paired else "" if n else " ".join(cell))
        yield "\t".join([*row[:k], item, *row[k:]])


def _beside_period(cells: list[list[str]], *, months: bool) -> int | None:
    """Return the place of a list beside a month, a week or a term in one of the cells before it, None for none."""
    for k, cell in enumerate(cells):
        before = [fold(" ".join(other)).strip(" .:") for other in cells[:k]]
        period = any(_PERIOD.fullmatch(words) for words in before)
        period = period or (months and k > 0 and _MONTH.fullmatch(before[0]) is not None)
        if period and len(_items(cell)) > 1:
            return k
    return None


def _items(cell: list[str]) -> list[str]:
    """Return the items of a list; a paragraph without a mark goes on with the one before it."""
    found: list[str] = []
    for line in cell:
        if _ITEM.match(line) or not found:
            found.append(line)
        else:
            found[-1] += f" {line}"
    return found if len(found) > 1 and sum(_ITEM.match(one) is not None for one in found) > 1 else [" ".join(cell)]
