"""Several directives side by side (three years of one office): items that answer to each other from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.compare.comparison import Comparison, Kind, Row
from nlp.compare.items import Part

_NOTHING = Row(Kind.NEW, (), ())


@dataclass(frozen=True)
class ChainRow:
    """An item through the years: ``cells`` has its items in each directive (empty: not there), ``steps`` the row of
    each comparison that ties two neighbours (None where an item comes or goes)."""

    cells: tuple[tuple[Part, ...], ...]
    steps: tuple[Row | None, ...]

    @property
    def changed(self) -> bool:
        """Whether anything changed between any two years."""
        return any(step is None or step.changed for step in self.steps)


def chain(comparisons: Sequence[Comparison]) -> list[ChainRow]:
    """Return the rows of comparisons of neighbours (first with second, second with third), in the last one's order.

    What ended earlier stands where it last stood, by the order of its row.
    """
    started: list[list[Row]] = []
    for at, comparison in enumerate(comparisons):
        ends: dict[int, list[Row]] = {}
        for run in started:
            if len(run) == at:
                ends.update({part.order: run for part in run[-1].new})
        for row in comparison.rows:
            before = next((ends[part.order] for part in row.old if part.order in ends), None)
            if before is None or len(before) > at:
                before = [_NOTHING] * at
                started.append(before)
            before.append(row)
    count = len(comparisons) + 1
    found = [_row(run, count) for run in started]
    return sorted(found, key=_place)


def _row(run: list[Row], count: int) -> ChainRow:
    cells: list[tuple[Part, ...]] = [()] * count
    steps: list[Row | None] = [None] * (count - 1)
    for at, row in enumerate(run):
        if row.old or row.new:
            cells[at] = _both(cells[at], row.old)
            cells[at + 1] = _both(cells[at + 1], row.new)
            steps[at] = row if row.old and row.new else None
    return ChainRow(tuple(cells), tuple(steps))


def _both(one: tuple[Part, ...], other: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(sorted({part.order: part for part in (*one, *other)}.values(), key=lambda part: part.order))


def _place(row: ChainRow) -> tuple[float, int]:
    """Return where a row stands: by its share of the way through the latest directive that has it."""
    for back, cell in enumerate(reversed(row.cells)):
        if cell:
            return cell[0].order + 0.5 * (back > 0), -back
    return 0.0, 0
