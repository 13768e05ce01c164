"""Boosted trees as plain arrays: what LightGBM has learnt is read here with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees with their nodes in a row. Node k goes to ``left[k]`` where column ``column[k]`` is at most ``limit[k]``,
    else to ``right[k]``; a leaf goes to itself. ``roots`` are the nodes to begin at, ``value`` what a leaf adds."""

    column: NDArray[np.int64]
    limit: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]
    roots: NDArray[np.int64]
    depth: int

    @classmethod
    def read(cls, rows: Mapping[str, Sequence[float]]) -> Trees:
        """Return the trees of ``rows``, as ``as_dict`` gives them."""
        column, left, right, roots = (
            np.array(rows[name], dtype=np.int64) for name in ("column", "left", "right", "roots")
        )
        limit, value = (np.array(rows[name], dtype=np.float64) for name in ("limit", "value"))
        return cls(column, limit, left, right, value, roots, _depth(left, right, roots))

    def as_dict(self) -> dict[str, list[Any]]:
        """Return the trees as plain data, numbers rounded to what the order of hits can tell apart."""
        whole = {name: getattr(self, name).tolist() for name in ("column", "left", "right", "roots")}
        return {**whole, **{name: np.round(getattr(self, name), 5).tolist() for name in ("limit", "value")}}

    def sums(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return for each row of columns what the leaves it comes to add up to."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        line = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            at = np.where(rows[line, self.column[at]] <= self.limit[at], self.left[at], self.right[at])
        total: NDArray[np.float64] = self.value[at].sum(axis=1)
        return total


def _depth(left: NDArray[np.int64], right: NDArray[np.int64], roots: NDArray[np.int64]) -> int:
    """Return how many steps lead from any root to its farthest leaf."""
    at, steps = np.unique(roots), 0
    while True:
        below = np.unique(np.concatenate([left[at], right[at]]))
        if np.array_equal(below, at) or steps > 64:
            return steps
        at = below
        steps += 1
