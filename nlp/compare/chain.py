"""Several directives side by side (three years of one office): items that answer to each other from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.compare.comparison import Comparison, Row
from nlp.compare.items import Part

#: A directive's position and the order of a part in it.
_Spot = tuple[int, int]


@dataclass(frozen=True)
class ChainRow:
    """An item through the years: ``cells`` has its items in each directive (empty: not there), ``steps`` the rows of
    each comparison that tie two neighbours (empty where nothing does)."""

    cells: tuple[tuple[Part, ...], ...]
    steps: tuple[tuple[Row, ...], ...]

    @property
    def changed(self) -> bool:
        """Whether anything changed between any two years."""
        return any(not step or any(row.changed for row in step) for step in self.steps)


def chain(comparisons: Sequence[Comparison]) -> list[ChainRow]:
    """Return what hangs together by the rows of comparisons of neighbours (first with second, second with third).

    Every item stands in one row. Rows are in the latest directive's order; what ended earlier stands behind the item
    that stood before it.
    """
    count = len(comparisons) + 1
    group: dict[_Spot, set[_Spot]] = {}
    parts: dict[_Spot, Part] = {}
    for at, comparison in enumerate(comparisons):
        for row in comparison.rows:
            spots = {(at, part.order): part for part in row.old} | {(at + 1, part.order): part for part in row.new}
            joined = set(spots).union(*(group.get(spot, set()) for spot in spots))
            parts |= spots
            group |= dict.fromkeys(joined, joined)
    found = [_row(sorted(spots), parts, comparisons, count) for spots in {id(s): s for s in group.values()}.values()]
    return _ordered(found, count)


def _row(spots: Sequence[_Spot], parts: dict[_Spot, Part], comparisons: Sequence[Comparison], count: int) -> ChainRow:
    cells = tuple(tuple(parts[spot] for spot in spots if spot[0] == k) for k in range(count))
    steps = []
    for at, comparison in enumerate(comparisons):
        here = {part.order for part in cells[at]}
        steps.append(tuple(r for r in comparison.rows if r.old and r.new and r.old[0].order in here))
    return ChainRow(cells, tuple(steps))


def _ordered(rows: list[ChainRow], count: int) -> list[ChainRow]:
    """Put rows in the order of the latest directive that has them, what ended earlier among its neighbours."""
    found: list[ChainRow] = []
    for k in range(count - 1, -1, -1):
        ended = [(row.cells[k][0].order, row) for row in rows if row.cells[k] and not any(row.cells[k + 1 :])]
        for order, row in sorted(ended, key=lambda one: one[0]):
            before = [(r.cells[k][0].order, at) for at, r in enumerate(found) if r.cells[k]]
            found.insert(max((b for b in before if b[0] < order), default=(0, -1))[1] + 1, row)
    return found
