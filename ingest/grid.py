"""Tables by their ruling lines: which lines cross, and which cells they part, merged ones included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.document import Box

_Mask = NDArray[np.uint8]

#: A table is at least this wide and high (inches): smaller frames are boxes to tick, stamps, logos.
_LEAST_WIDTH, _LEAST_HEIGHT = 1.5, 0.2

#: Lines nearer to each other than this (inches) are one line, double or a little askew; no row of print is so low.
_ONE_LINE = 0.07

#: Ink within this distance (inches) of where a wall should be is that wall; cells keep more room than that at a side.
_WALL_REACH = 0.05

#: Lines that end this near to each other (inches) meet.
_CROSSING = 0.03

#: So much of a side must be drawn for there to be a wall.
_WALL_SHARE = 0.6

#: A table has so many cells; one row of them may be what a page's end left of it.
_LEAST_CELLS = 4

#: A table with more lines than this one way is a pattern, a plan or a page of squared paper.
_MOST_LINES = 120


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: it fills rows ``top:bottom`` and columns ``left:right`` of the grid, and stands in ``box``."""

    top: int
    bottom: int
    left: int
    right: int
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its level lines at ``ys``, its upright ones at ``xs``, and its cells by rows from left to right.

    All in the unit of what it was found on.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        """The outline of the table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def moved(self, factor: float, x: float = 0.0, y: float = 0.0) -> Table:
        """Return the table in a unit ``factor`` times as fine, then moved by ``x`` and ``y``."""
        xs, ys = tuple(v * factor + x for v in self.xs), tuple(v * factor + y for v in self.ys)
        return Table(xs, ys, tuple(replace(c, box=_box(xs, ys, c)) for c in self.cells))

    def cell_at(self, box: Box) -> int | None:
        """Return which cell the middle of ``box`` lies in, None where it lies in none."""
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        return next(
            (k for k, c in enumerate(self.cells) if c.box.x0 <= x < c.box.x1 and c.box.y0 <= y < c.box.y1), None
        )


def tables_of(level: _Mask, upright: _Mask, dpi: float) -> tuple[Table, ...]:
    """Return the tables of a page, from top to bottom, in pixels.

    ``level`` and ``upright`` are masks (0 or not) of its ruling lines.
    """
    import cv2

    if not level.any() or not upright.any():
        return ()
    reach = max(1, round(_CROSSING * dpi))
    joined = cv2.dilate(level | upright, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found: list[Table] = []
    for k in range(1, count):
        x, y, wide, high = (int(v) for v in stats[k, :4])
        if wide < _LEAST_WIDTH * dpi or high < _LEAST_HEIGHT * dpi:
            continue
        part = np.s_[y : y + high, x : x + wide]
        ours = labels[part] == k
        table = _table((level[part] > 0) & ours, (upright[part] > 0) & ours, dpi)
        if table is not None:
            found.append(table.moved(1.0, x, y))
    return tuple(sorted(found, key=lambda table: table.box.y0))


def _table(level: NDArray[np.bool_], upright: NDArray[np.bool_], dpi: float) -> Table | None:
    """Return the table whose lines these are, None where they part no cells."""
    ys = _lines(level, 0, dpi)
    xs = _lines(upright, 1, dpi)
    if len(ys) < 2 or len(xs) < 1 or len(ys) > _MOST_LINES or len(xs) > _MOST_LINES:
        return None
    columns = np.nonzero(level.any(axis=0))[0]
    # Tables are often open at the sides: there the ends of the level lines are the border.
    xs = _closed(xs, float(columns[0]), float(columns[-1]), dpi)
    rows, across = len(ys) - 1, len(xs) - 1
    if rows * across < _LEAST_CELLS or across < 2:
        return None
    reach = max(2, round(_WALL_REACH * dpi))
    beside = [[_drawn(upright, xs[k], (ys[r], ys[r + 1]), reach, 1) for k in range(1, across)] for r in range(rows)]
    below = [[_drawn(level, ys[r], (xs[k], xs[k + 1]), reach, 0) for k in range(across)] for r in range(1, rows)]
    cells = _cells(xs, ys, beside, below)
    if len(cells) < _LEAST_CELLS or not any(cell.left > 0 for cell in cells):
        return None
    return Table(tuple(xs), tuple(ys), tuple(cells))


def _lines(mask: NDArray[np.bool_], axis: int, dpi: float) -> list[float]:
    """Return where level (``axis`` 0) or upright lines run; what lies near each other is one line."""
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    low, size = (cv2.CC_STAT_TOP, cv2.CC_STAT_HEIGHT) if axis == 0 else (cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH)
    length = cv2.CC_STAT_WIDTH if axis == 0 else cv2.CC_STAT_HEIGHT
    pieces = sorted(
        (float(stats[k, low]) + float(stats[k, size]) / 2, float(stats[k, length]))
        for k in range(1, count)
        if stats[k, length] >= 0.2 * dpi
    )
    groups: list[list[tuple[float, float]]] = []
    for piece in pieces:
        if groups and piece[0] - groups[-1][-1][0] < _ONE_LINE * dpi:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [float(sum(at * long for at, long in group) / sum(long for _, long in group)) for group in groups]


def _closed(xs: list[float], left: float, right: float, dpi: float) -> list[float]:
    """Return the upright lines with the ends of the level ones where no line stands there."""
    near = 2 * _ONE_LINE * dpi
    first = [] if xs[0] - left < near else [left]
    last = [] if right - xs[-1] < near else [right]
    return [*first, *xs, *last]


def _drawn(mask: NDArray[np.bool_], at: float, span: tuple[float, float], reach: int, axis: int) -> bool:
    """Tell whether a line of the mask runs at ``at`` over most of ``span``."""
    around = slice(max(0, round(at) - reach), round(at) + reach + 1)
    along = slice(round(span[0]) + reach, max(round(span[0]) + reach + 1, round(span[1]) - reach))
    band = mask[around, along] if axis == 0 else mask[along, around]
    return bool(band.size) and float(band.any(axis=axis).mean()) >= _WALL_SHARE


def _cells(
    xs: Sequence[float], ys: Sequence[float], beside: Sequence[Sequence[bool]], below: Sequence[Sequence[bool]]
) -> list[Cell]:
    """Return the cells: fields of the grid that no wall parts are one; its outline is a rectangle."""
    rows, across = len(ys) - 1, len(xs) - 1
    taken = np.zeros((rows, across), dtype=bool)
    cells: list[Cell] = []
    for r in range(rows):
        for k in range(across):
            if taken[r, k]:
                continue
            right = k + 1
            while right < across and not beside[r][right - 1] and not taken[r, right]:
                right += 1
            bottom = r + 1
            while bottom < rows and not any(below[bottom - 1][k:right]) and not taken[bottom, k:right].any():
                bottom += 1
            taken[r:bottom, k:right] = True
            cells.append(Cell(r, bottom, k, right, Box(xs[k], ys[r], xs[right], ys[bottom])))
    return cells


def _box(xs: Sequence[float], ys: Sequence[float], cell: Cell) -> Box:
    return Box(xs[cell.left], ys[cell.top], xs[cell.right], ys[cell.bottom])


def ruled(strokes: Sequence[Box], width: float, height: float) -> tuple[Table, ...]:
    """Return the tables that the straight strokes of a drawing (thin boxes) rule on a page; all in points."""
    level = [box for box in strokes if box.x1 - box.x0 >= box.y1 - box.y0]
    if len(level) < 2 or len(strokes) - len(level) < 1 or max(width, height) > 32_000:
        return ()
    masks = np.zeros((2, round(height) + 2, round(width) + 2), np.uint8)
    for box in strokes:
        mask = masks[0 if box.x1 - box.x0 >= box.y1 - box.y0 else 1]
        mask[max(0, round(box.y0)) : round(box.y1) + 1, max(0, round(box.x0)) : round(box.x1) + 1] = 1
    return tables_of(masks[0], masks[1], 72.0)
