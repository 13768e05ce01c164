"""The lines of a table's row in its cells: which line stands in which, told by what the columns hold.

Of all ways to lay the lines into the cells, in their order, the one counts that costs least: a time under the title of
a task, words that are no unit under that of units, a cell without a line, a sentence torn by a cell's end all cost
something.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from nlp.page.columns import Column
from nlp.page.lines import Line
from nlp.page.wordcells import Tries
from nlp.words.folding import pattern

#: A line of a cell that is a time has no more characters, and so many words at most that are of no time.
_WIDE, _LEFT = 90, 1
A_TIME = pattern(
    r"(?<![\d/])\d{1,2}\s?/\s?\d{1,2}(?!\d)|(?<![\d/])\d{1,2}([./-])\d{1,2}\1\d{4}(?!\d)|(?<![\d/])\d{1,2}/\d{4}(?!\d)"
    r"|ngay \d|(?:thang|tuan|quy|hoc ky|hk|nam) (?:thu )?(?:\d|[ivx]{1,4}(?!\w))"
    r"|(?:hang|moi|trong|ca|dau|cuoi|giua) (?:ngay|tuan|thang|quy|nam)(?!\w)|thuong xuyen|dinh ky"
)
#: Words of a time: what is left of a cell without them tells whether it is one.
OF_TIMES = pattern(
    r"(?<!\w)(?:truoc|sau|tu|den|ngay|thang|quy|tuan|nam|hoc|ky|hk|cham|nhat|trong|hoan|thanh|xong|het|cuoi|dau|giua|hang"
    r"|thuong|xuyen|sang|chieu|toi|va|thu|hai|ba|bon|bay|chu|dinh|gio|phut|h|ca|moi|khoang|du|kien|vao|luc|muon|han|chot"
    r"|i|ii|iii|iv|v|dot|lan)(?!\w)|\d{1,2}[hg]\d{0,2}(?!\w)|[\d\W_]+"
)
#: Titles under which days stand, due or not: "Từ ngày | Đến ngày", "Ngày sinh".
OF_DAY = pattern(r"(?<!\w)(?:tu|den|bat dau|ket thuc|ngay|tuan|thang|thoi|han|nam)(?!\w)")
BULLETS = "-–+•*"

#: What a column without a line costs; of notes and helpers it often has none.
_NO_CELL = {Column.TASK: 3.0, Column.DUE: 1.5, Column.UNIT: 1.0, Column.PRODUCT: 0.8}
_NO_OTHER, _NO_NOTE = 0.6, 0.2
_OPTIONAL = pattern(r"(?:ghi chu|luu y|phoi hop|(?:don vi|nguoi|co quan) (?:phoi hop|tham gia))")
#: What a line costs under a title where it does not belong, a time by column.
_MISFIT, _NO_UNIT, _UNIT_IN_TASK, _IN_OTHER = 3.0, 1.2, 1.0, 0.4
_TIME_IN = {Column.DUE: 0.0, Column.TASK: 2.5, Column.OTHER: 1.5, Column.PRODUCT: 1.5}
#: What a second line of a cell costs, one that goes on with the first, and a cell that begins where a line goes on.
_MORE, _ON, _TORN = 0.6, 0.1, 0.5


@dataclass(frozen=True, slots=True)
class TableHead:
    """The titles of a table, what their columns hold, and the index of the line behind them."""

    titles: tuple[Line, ...]
    columns: tuple[Column, ...]
    end: int


def is_time(line: Line) -> bool:
    """Tell whether a line is a time and nothing else."""
    if len(line.text) > _WIDE or line.text[:1] in BULLETS or A_TIME.search(line.fold) is None:
        return False
    return len(OF_TIMES.sub(" ", line.fold).split()) <= _LEFT


def has_time(line: Line) -> bool:
    """Tell whether a time stands in a line that is no longer than one of a cell."""
    return len(line.text) <= _WIDE and A_TIME.search(line.fold) is not None


def in_cells(lines: list[Line], head: TableHead) -> tuple[float, list[list[Line]]]:
    """Return what the best way costs to lay the lines of a row into the cells behind its first, and that way."""
    tries = Tries()
    titled = list(zip(head.columns[1:], head.titles[1:], strict=True))
    fits = [[_misfit(line, column, title, tries) for column, title in titled] for line in lines]
    more = [_ON if k and goes_on(lines[k - 1], line) else _MORE for k, line in enumerate(lines)]
    # best[n]: the cost of the first n lines in the columns so far, and where each of these columns begins, below zero
    # so that of ways that cost the same the one counts that fills the first columns
    nothing: tuple[int, ...] = ()
    best = [(0.0 if n == 0 else math.inf, nothing) for n in range(len(lines) + 1)]
    for c, (column, title) in enumerate(titled):
        none = _NO_NOTE if _OPTIONAL.match(title.fold) else _NO_CELL.get(column, _NO_OTHER)
        after: list[tuple[float, tuple[int, ...]]] = []
        for n in range(len(lines) + 1):
            ways = [(best[n][0] + none, (*best[n][1], -n))]
            cost = 0.0
            for first in range(n - 1, -1, -1):
                cost += fits[first][c] + (more[first + 1] if first + 1 < n else 0.0)
                torn = _TORN if first and more[first] < _MORE else 0.0
                ways.append((best[first][0] + cost + torn, (*best[first][1], -first)))
            after.append(min(ways))
        best = after
    cost, below = best[len(lines)]
    starts = [-start for start in below]
    ends = [*starts[1:], len(lines)]
    return cost, [lines[a:b] for a, b in zip(starts, ends, strict=True)]


def goes_on(above: Line, line: Line) -> bool:
    """Tell whether a line goes on with the sentence or the list of the one above it."""
    listed = line.text[:1] in BULLETS and (above.text[:1] in BULLETS or above.text[-1:] in ":;")
    return line.text[:1].islower() or listed or above.text[-1:] in ",;:"


def _misfit(line: Line, column: Column, title: Line, tries: Tries) -> float:
    """Return how ill a line fits a column with this title."""
    if is_time(line):
        if OF_DAY.search(title.fold) is not None:
            return 0.0
        return _TIME_IN.get(column, _MISFIT)
    if column is Column.DUE:
        return _MISFIT
    units = tries.whole(line.text)
    if column in (Column.UNIT, Column.PARTNER, Column.RECEIVER):
        return 0.0 if units else _NO_UNIT
    if column is Column.TASK:
        return _UNIT_IN_TASK if units else 0.0
    return _IN_OTHER
