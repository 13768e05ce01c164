"""N-grams of an office's own clean texts, counted while the program runs.

They lie in an open hash table that ``kernel.logp`` asks: n-grams of two to four words, and their contexts of one to
three.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from ingest.restore import kernel
from ingest.restore.kernel import Array

#: Keys (-1 where a place is free), counts, and the strengths of the general model.
Table = tuple[Array, Array, Array]

#: Strengths of the general model against these counts after 1, 2 and 3 words of context: a part that is fixed, and a
#: part in proportion to how often the context was seen (so that the general model always has a say).
STRENGTHS = np.array([40.0, 4.0, 1.0, 2.0, 0.5, 0.2], dtype=np.float32)
#: The table has room for so many times its entries.
_ROOM = 1.7


def empty() -> Table:
    """Return the table without counts."""
    return np.full(1, -1, np.int64), np.zeros(1, np.float32), np.zeros(6, np.float32)


def table(lines: Iterable[list[int]]) -> Table:
    """Count the n-grams (orders 2 to 4) of lines of word numbers; every line begins after a break."""
    grams = [part for line in lines if line for part in _grams(line)]
    if not grams:
        return empty()
    keys, times = np.unique(np.concatenate(grams), return_counts=True)
    size = 1 << max(4, math.ceil(math.log2(len(keys) * _ROOM)))
    slots, weights = np.full(size, -1, np.int64), np.zeros(size, np.float32)
    kernel.domain_add(keys, times.astype(np.float32), slots, weights)
    return slots, weights, STRENGTHS


def _grams(line: list[int]) -> Iterator[Array]:
    """Yield the keys of the n-grams that end in a word of the line, and those of their contexts."""
    ids = np.array([kernel.BREAK] * 3 + line, dtype=np.int64)
    for n in (2, 3, 4):
        gram = np.zeros(len(line), dtype=np.int64)
        for k in range(4 - n, 4):
            gram = (gram << kernel.BITS) | ids[k : k + len(line)]
        yield gram | (np.int64(n + 3) << 56)
        yield (gram >> kernel.BITS) | (np.int64(n) << 56)
