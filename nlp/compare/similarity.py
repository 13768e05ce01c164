"""How alike the items of two directives are, as a matrix with a row for each old item and a column for each new one.

Words weigh by how few items have them; the words of the heading right above count with an item's own, less. Numbers,
cited documents and names are words among these, and rare. A model of meaning can be handed in; it only adds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.compare.items import Part
from nlp.compare.terms import abbreviations_of, terms_of, words_of
from nlp.words.folding import folded
from nlp.words.vocabulary import table

Matrix = NDArray[np.float32]

#: What the likeness of the headings above, and of the places in the two directives, adds to that of the words.
_HEADS, _PLACE = 0.12, 0.02
#: What likeness of meaning above the usual adds; what a report and a thing to do lose beside each other.
_MEANING, _OTHER_SORT, _OTHER_ROUND = 0.1, 0.7, 0.5
#: Weights of terms: one word beside a pair; the words of a heading or lead for the item that stands under it.
_SINGLE, _LEAD = 0.6, 0.3


class Embedder(Protocol):
    """Turns texts into unit vectors (``index.embedding.Embedder`` is one)."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return an array (texts, dimension)."""
        ...


@dataclass(frozen=True)
class Alike:
    """``score`` of each old item (rows) with each new one (columns), from 0 up: 1 and more is the same text; ``own``
    the part of it that the items' own words give.

    ``old`` and ``new`` are the weighted terms (items, terms), for asking which part of an item another answers;
    ``words`` the items' words in order.
    """

    score: Matrix
    own: Matrix
    old: Matrix
    new: Matrix
    words: tuple[list[list[str]], list[list[str]]]


def alike(old: Sequence[Part], new: Sequence[Part], embedder: Embedder | None = None) -> Alike:
    """Compare every old item with every new one."""
    short = abbreviations_of(part.text for part in (*old, *new))
    words = [[words_of(part.text, short) for part in side] for side in (old, new)]
    own = [[terms_of(words_of(_telling(part), short)) for part in side] for side in (old, new)]
    leads = [[terms_of(words_of(part.heading, short)) for part in side] for side in (old, new)]
    heads = [[_heads(part, short) for part in side] for side in (old, new)]
    vocabulary = {
        term: k for k, term in enumerate(dict.fromkeys(t for side in (*own, *heads) for c in side for t in c))
    }
    weights = _weights(vocabulary, [c for side in own for c in side])
    a, b = (
        np.maximum(_counts(texts, vocabulary), _leading(side)[:, None] * _counts(above, vocabulary)) * weights
        for texts, above, side in zip(own, leads, (old, new), strict=True)
    )
    told = _share(a, b)
    under = _share(*(_counts(side, vocabulary) * weights for side in heads))
    score = (told + _HEADS * under + _PLACE * _nearness(len(old), len(new))) * _sorts(old, new)
    if embedder is not None and len(old) and len(new):
        score += _MEANING * _meaning(old, new, embedder)
    return Alike(score.astype(np.float32), told, a, b, (words[0], words[1]))


def _telling(part: Part) -> str:
    """Return an item's words without those to whom it is to be sent, which say nothing of what is to be done."""
    text = part.text
    for deadline in part.deadlines:
        for name in (deadline.recipient, deadline.via):
            if name:
                text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def _leading(parts: Sequence[Part]) -> Matrix:
    """Return what the words right above each item count: all, where it only goes on with what a lead begins."""
    return np.array([1.0 if goes_on(part) else _LEAD for part in parts], dtype=np.float32)


def goes_on(part: Part) -> bool:
    """Tell whether an item is a dash under a lead ("2. Báo cáo đợt 1:" with a line for each kind of school)."""
    return part.heading.endswith(":") and part.label[:1] in tuple("-–+*•·")


def _share(a: Matrix, b: Matrix) -> Matrix:
    """Return how much of their weight rows of ``a`` and rows of ``b`` have in common, 1 where all of it."""
    mass = np.sqrt(np.maximum(a.sum(axis=1)[:, None] * b.sum(axis=1)[None, :], 1e-6))
    found: Matrix = _overlap(a, b) / mass
    return found


def _heads(part: Part, short: dict[str, str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for depth, title in enumerate(reversed(part.path)):
        for term in terms_of(words_of(title, short)):
            found[term] = max(found[term], 2 if depth == 0 else 1)
    return found


def _weights(vocabulary: dict[str, int], items: Sequence[Counter[str]]) -> Matrix:
    frequency = np.ones(len(vocabulary), dtype=np.float32)
    for counts in items:
        for term in counts:
            frequency[vocabulary[term]] += 1
    weights: Matrix = np.log((len(items) + 2) / frequency).astype(np.float32)
    single = np.fromiter((" " not in term for term in vocabulary), dtype=bool, count=len(vocabulary))
    weights[single] *= _SINGLE
    return weights


def _counts(rows: Sequence[Counter[str]], vocabulary: dict[str, int]) -> Matrix:
    found = np.zeros((len(rows), len(vocabulary)), dtype=np.float32)
    for k, counts in enumerate(rows):
        for term in counts:
            found[k, vocabulary[term]] = 1.0
    return found


def _overlap(a: Matrix, b: Matrix) -> Matrix:
    """Return the summed smaller weights of every row of ``a`` with every row of ``b``."""
    found = np.zeros((len(a), len(b)), dtype=np.float32)
    for k, row in enumerate(a):
        has = row > 0
        found[k] = np.minimum(row[has], b[:, has]).sum(axis=1)
    return found


def _nearness(old: int, new: int) -> Matrix:
    at_old = (np.arange(old, dtype=np.float32) + 0.5) / max(old, 1)
    at_new = (np.arange(new, dtype=np.float32) + 0.5) / max(new, 1)
    found: Matrix = 1 - np.abs(at_old[:, None] - at_new[None, :])
    return found


def _sorts(old: Sequence[Part], new: Sequence[Part]) -> Matrix:
    """Return the factors by which a report is less like a thing to do, or like a report of another round."""
    a, b = (np.array([is_report(part) for part in side], dtype=bool) for side in (old, new))
    found = np.where(a[:, None] == b[None, :], 1.0, _OTHER_SORT).astype(np.float32)
    rounds = [[_rounds(part) for part in side] for side in (old, new)]
    for i, first in enumerate(rounds[0]):
        for j, second in enumerate(rounds[1]):
            if first and second and not first & second:
                found[i, j] *= _OTHER_ROUND
    return found


def is_report(part: Part) -> bool:
    """Tell whether an item asks for a report."""
    if part.text[:60].lower().startswith("báo cáo") or "báo cáo" in part.heading[:60].lower():
        return True
    return any(d.recipient and "báo cáo" in d.task.lower() for d in part.deadlines)


def _rounds(part: Part) -> frozenset[str]:
    """Return which rounds a report is of ("đợt 1", "học kỳ I", "cả năm"); nothing for what is no report."""
    if not is_report(part):
        return frozenset()
    fold = folded(f"{part.heading if goes_on(part) else ''} {part.text}")
    rows = ((re.compile(row["pattern"]), row["name"]) for row in table("compare")["round"])
    return frozenset(match.expand(name) for find, name in rows for match in find.finditer(fold))


def _meaning(old: Sequence[Part], new: Sequence[Part], embedder: Embedder) -> Matrix:
    """Return the likeness of meaning, above what any two items of these directives have in common."""
    vectors = embedder.encode([f"{part.heading} {part.text}" for part in (*old, *new)])
    cosines = vectors[: len(old)] @ vectors[len(old) :].T
    usual = float(np.median(cosines))
    found: Matrix = np.clip((cosines - usual) / max(1 - usual, 1e-3), 0, 1)
    return found
