"""Words with places become visual rows, from top to bottom and in each from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.document import Box, Stretch
from ingest.pages import Token


@dataclass(slots=True)
class Row:
    """A visual row: words from left to right on one height.

    ``ruled`` counts the rows of ruled tables on a page (lines of one row have one number), None outside of them;
    ``cells`` are those of that row.
    """

    tokens: list[Token]
    ruled: int | None = None
    cells: tuple[Stretch, ...] = ()
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        self.tokens.sort(key=lambda token: token.box.x0)
        self.box = _around(self.tokens)

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)

    @property
    def height(self) -> float:
        """The usual height of its words, in points."""
        return median(token.box.y1 - token.box.y0 for token in self.tokens)

    @property
    def middle(self) -> float:
        return (self.box.y0 + self.box.y1) / 2


def to_rows(tokens: Iterable[Token]) -> list[Row]:
    """Group words into visual rows, top to bottom.

    Words of one run stand on one line already; runs at the same height that do not lie over each other are one row:
    the two columns of a letterhead, the cells of a table row.
    """
    runs: dict[int, list[Token]] = {}
    for token in tokens:
        if token.text.strip():
            runs.setdefault(token.run, []).append(token)
    pieces = sorted((Row(run) for run in runs.values()), key=lambda row: row.middle)
    rows: list[Row] = []
    for piece in pieces:
        home = next((row for row in reversed(rows[-6:]) if _side_by_side(row, piece)), None)
        if home is None:
            rows.append(piece)
        else:
            rows[rows.index(home)] = Row([*home.tokens, *piece.tokens])
    return sorted(rows, key=lambda row: row.middle)


def _side_by_side(row: Row, piece: Row) -> bool:
    """Tell whether ``piece`` stands on the height of ``row``, measured at the words nearest to it, and free of them."""
    slack = 0.25 * min(row.height, piece.height)
    for token in row.tokens:
        for other in piece.tokens:
            if min(token.box.x1, other.box.x1) - max(token.box.x0, other.box.x0) > slack:
                return False
    pairs = ((token, other) for token in row.tokens for other in piece.tokens)
    near, mine = min(pairs, key=lambda pair: _gap(pair[0].box, pair[1].box))
    shared = min(near.box.y1, mine.box.y1) - max(near.box.y0, mine.box.y0)
    least = min(near.box.y1 - near.box.y0, mine.box.y1 - mine.box.y0)
    whole = min(row.box.y1, piece.box.y1) - max(row.box.y0, piece.box.y0)
    return max(shared / max(least, 0.1), whole / max(0.1, min(row.height, piece.height))) > 0.55


def _gap(one: Box, other: Box) -> float:
    return max(one.x0 - other.x1, other.x0 - one.x1)


def _around(tokens: Sequence[Token]) -> Box:
    box = tokens[0].box
    for token in tokens[1:]:
        box = box.union(token.box)
    return box
