"""How much of a question stands close together, for all candidates at once.

A stretch is a run of so many syllables of a passage. What counts in it is every word and every pair of words of the
question once; of a passage its best stretch counts. Narrow stretches hold a phrase, wide ones a sentence or two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]

#: Lengths of the stretches that are looked through, in syllables.
LENGTHS = (12, 25, 40)
#: Words further apart than this are not close.
APART = 10
#: Places between two passages laid in a row: no stretch reaches over them.
_BETWEEN = 1000
_NEVER = -(10**9)


def best_stretches(
    texts: Sequence[Sequence[str]],
    words: Mapping[str, float],
    pairs: Mapping[tuple[str, str], float],
    mates: Mapping[tuple[str, str], float],
) -> Shares:
    """Return for each text, in a row, the share of ``words`` and ``pairs`` in its best stretch of each of ``LENGTHS``,
    then how close ``mates`` (words of one phrase of the question, in either order) stand: 1 side by side."""
    shares = np.zeros((len(texts), len(LENGTHS) + 1))
    numbers = {word: k for k, word in enumerate(words)}
    ids, places, owner = _hits(texts, numbers)
    total = sum(words.values()) + sum(pairs.values())
    if not len(ids) or not total:
        return shares
    last = np.maximum.accumulate(np.where(ids == np.arange(len(words))[:, None], places, _NEVER), axis=1)
    follows = np.zeros(len(ids), dtype=np.int64) - 1
    side = places[1:] == places[:-1] + 1
    follows[1:][side] = ids[:-1][side]
    known = [(numbers[a], numbers[b], weight) for (a, b), weight in pairs.items()]
    ends = [np.where((follows == a) & (ids == b), places, _NEVER) for a, b, _ in known]
    rows = np.concatenate([last, np.maximum.accumulate(np.array(ends), axis=1)]) if ends else last
    weights = np.array([*words.values(), *(weight for _, _, weight in known)])
    firsts = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    away = places - rows
    for k, length in enumerate(LENGTHS):
        held = weights @ (away < length)
        shares[owner[firsts], k] = np.minimum(1.0, np.maximum.reduceat(held, firsts) / total)
    shares[owner[firsts], -1] = _closeness(last, places, firsts, numbers, mates)
    return shares


def _hits(
    texts: Sequence[Sequence[str]], numbers: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the words of the question in the texts laid in a row: which word, its place, and whose text it is."""
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    found = np.array([numbers.get(token, -1) for text in texts for token in text], dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), lengths)
    places = np.arange(len(found)) + owner * _BETWEEN
    hit = found >= 0
    return found[hit], places[hit], owner[hit]


def _closeness(
    last: NDArray[np.int64],
    places: NDArray[np.int64],
    firsts: NDArray[np.int64],
    numbers: Mapping[str, int],
    mates: Mapping[tuple[str, str], float],
) -> Shares:
    total = sum(mates.values())
    if not total:
        return np.zeros(len(firsts))
    first, second = (np.array([numbers[pair[k]] for pair in mates]) for k in (0, 1))
    apart = np.maximum(1, places - np.minimum(last[first], last[second]))
    close = np.where(apart <= APART, 1 / np.sqrt(apart), 0.0)
    found: Shares = np.array(list(mates.values())) @ np.maximum.reduceat(close, firsts, axis=1) / total
    return found
