"""The rows of a page that has ruled tables: words by the cell that they stand in, rows as the lines part them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.document import Stretch
from ingest.columns import begins_recipients, names_nation
from ingest.grid import Table
from ingest.pages import Token
from ingest.rows import Row, to_rows


def with_tables(tokens: Iterable[Token], tables: Sequence[Table]) -> list[Row]:
    """Group words into rows, top to bottom, those of ruled tables cell by cell.

    A row of a table becomes as many rows as its tallest cell has lines: the first lines of all its cells, then the
    second ones. So a number that stands half-way down its row comes first, and a line of one cell never comes between
    two rows of the table. A frame around a letterhead or a sign-off is no table.
    """
    left = [token for token in tokens if token.text.strip()]
    ruled: list[tuple[float, Row]] = []
    count = 0
    for table in tables:
        inside: dict[int, list[Token]] = {}
        outside: list[Token] = []
        for token in left:
            cell = table.cell_at(token.box)
            if cell is None:
                outside.append(token)
            else:
                inside.setdefault(cell, []).append(replace(token, column=table.cells[cell].left))
        cells = {k: to_rows(words) for k, words in inside.items()}
        if len(cells) < 2 or any(_official(row) for lines in cells.values() for row in lines):
            continue
        left = outside
        found: list[Row] = []
        for top in range(len(table.ys) - 1):
            ours = [cells[k] for k, cell in enumerate(table.cells) if cell.top == top and k in cells]
            across = _across(table, top)
            for lines in zip_longest(*ours):
                found.append(Row([token for line in lines if line is not None for token in line.tokens], count, across))
            count += bool(ours)
        # Their places between the other rows are those of the table, whatever stands at which height in its cells.
        step = (table.box.y1 - table.box.y0) / (len(found) + 1)
        ruled += [(table.box.y0 + k * step, row) for k, row in enumerate(found, 1)]
    rows = to_rows(left)
    if not ruled:
        return rows
    placed = [(row.middle, row) for row in rows] + ruled
    return [row for _, row in sorted(placed, key=lambda item: item[0])]


def _across(table: Table, row: int) -> tuple[Stretch, ...]:
    """Return the cells of a row of a table, those that go on from rows above it with them."""
    crossing = sorted((c for c in table.cells if c.top <= row < c.bottom), key=lambda cell: cell.left)
    return tuple(Stretch(c.left, c.right, c.top < row) for c in crossing)


def _official(row: Row) -> bool:
    return begins_recipients(row) or names_nation(row)
