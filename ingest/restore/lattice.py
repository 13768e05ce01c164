"""The lattice of a stretch of text: every reading of every place, as rows and as columns for the compiled decoder."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

import numpy as np

from ingest.restore.candidates import Candidates, Options, Reading
from ingest.restore.kernel import Array
from ingest.restore.numerals import Fixed
from ingest.restore.places import Place, adjacent
from ingest.restore.tokens import LOWER, NUMBER, UNKNOWN

#: So many readings of a slot are told at most.
_TOLD = 4


class Lattice(NamedTuple):
    """Arcs as rows and as columns (span, word1, shape1, word2, shape2, cost); those of slot i begin at ``start[i]``."""

    rows: list[Reading]
    start: Array
    table: tuple[Array, ...]


def build(places: list[Place], lines: list[str], candidates: Candidates, steady: Set[str]) -> Lattice:
    """Return the lattice of places: the readings of each, and of two neighbours as one word that was broken.

    ``steady`` are the abbreviations that the text writes again and again.
    """
    rows: list[Reading] = []
    start, spans, parts = [0], [], []
    for k, place in enumerate(places):
        if place.fixed is not None:
            options = _fixed(place.fixed)
        else:
            options = candidates.steady(place.core) if place.core in steady else candidates.readings(place.core)
        rows += options.rows
        parts.append(options.table)
        spans += [1] * len(options.rows)
        if k + 1 < len(places) and adjacent(place, places[k + 1], lines):
            options = candidates.joined(place.core, places[k + 1].core)
            if options.rows:
                rows += options.rows
                parts.append(options.table)
                spans += [2] * len(options.rows)
        start.append(len(rows))
    return Lattice(rows, np.array(start, dtype=np.int32), _columns(spans, np.concatenate(parts)))


def of_words(options: list[list[Reading]]) -> Lattice:
    """Return the lattice of places whose readings are at hand; all of one place each."""
    rows = [row for part in options for row in part]
    start = np.cumsum([0, *(len(part) for part in options)]).astype(np.int32)
    return Lattice(rows, start, _columns([1] * len(rows), Options(rows).table))


def _columns(spans: list[int], flat: Array) -> tuple[Array, ...]:
    word1, word2, shape1, shape2 = (flat[:, k].astype(np.int32) for k in range(4))
    return np.array(spans, dtype=np.int32), word1, shape1, word2, shape2, np.ascontiguousarray(flat[:, 4])


def _fixed(part: Fixed) -> Options:
    word = NUMBER if any(c.isdigit() for c in part.reading) else UNKNOWN
    return Options((Reading((word, -1), (LOWER, LOWER), 0.0, part.reading),))


def shares(scores: Array, start: Array) -> Array:
    """Return the softmax of the scores over the arcs of each slot; every slot has one."""
    sizes = np.diff(start)
    best = np.repeat(np.maximum.reduceat(scores, start[:-1]), sizes)
    weight = np.exp(np.clip(scores - best, -50, 0))
    found: Array = weight / np.repeat(np.add.reduceat(weight, start[:-1]), sizes)
    return found


def likeliest(share: Array, lattice: Lattice, chance: float) -> dict[int, list[str]]:
    """Return the up to four readings of each slot whose share is larger than ``chance``, the likeliest first."""
    arcs = np.flatnonzero(share > chance)
    slot = np.searchsorted(lattice.start, arcs, side="right") - 1
    found: dict[int, list[str]] = {}
    for k in np.lexsort((-share[arcs], slot)).tolist():
        texts = found.setdefault(int(slot[k]), [])
        if len(texts) < _TOLD:
            texts.append(lattice.rows[int(arcs[k])].text)
    return found
