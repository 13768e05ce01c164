"""Directives as one office has corrected them for itself, laid over the index while that office asks.

The index holds what holds for everybody, and is not copied for anybody: the passages of the few directives that an
office has corrected are kept in memory, compete with what the index finds for the rest, and take the place of those
directives' own passages, which are left out of the question. They are scored as the index would score them: BM25 with
the rarity of words in the index, cosine of the same vectors.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from index.engine import Point
from index.passages import Passage
from index.payload import from_payload
from index.vectors import Candidate, Overview, Probe
from index.words import Term, plain, term_id


class Sheet:
    """The passages of one directive as an office reads it; ``points`` is called at first need, for it takes a model."""

    def __init__(self, document: str, points: Callable[[], Sequence[Point]]) -> None:
        self.document = document
        self._make = points

    @cached_property
    def points(self) -> Sequence[Point]:
        """The passages with their vectors."""
        return self._make()

    @cached_property
    def _postings(self) -> Mapping[int, list[tuple[int, float]]]:
        found: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for row, point in enumerate(self.points):
            for term, weight in zip(*point.words, strict=True):
                found[term].append((row, weight))
        return found

    @cached_property
    def _vectors(self) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.asarray([point.meaning for point in self.points], dtype=np.float32)

    def get(self, passage: str) -> tuple[Passage, Sequence[float]] | None:
        """Return a passage by its id with its vector, None where it is none of this directive's."""
        rows = ((from_payload(point.payload), point.meaning) for point in self.points)
        return next((row for row in rows if row[0].id == passage), None)

    def candidates(self, probe: Probe, rarity: Mapping[int, float]) -> Iterator[Candidate]:
        """Yield the passages that meet the condition and have a word of the question, or a meaning to compare."""
        if not self.points:
            return
        words = [0.0] * len(self.points)
        for term, weight in zip(*probe.terms, strict=True):
            for row, own in self._postings.get(term, ()):
                words[row] += weight * own * rarity[term]
        meaning = [0.0] * len(self.points)
        if probe.vector is not None:
            meaning = (self._vectors @ np.asarray(probe.vector, dtype=np.float32)).tolist()
        for point, one, other in zip(self.points, words, meaning, strict=True):
            if (one > 0 or probe.vector is not None) and probe.condition.met_by(point.payload):
                tokens = tuple(str(point.payload.get("tokens", "")).split())
                yield Candidate(from_payload(point.payload), one, other, tokens)


class TermRarity:
    """How rare the terms of questions are in an index (IDF), from what its overview counts."""

    def __init__(self, overview: Overview) -> None:
        self._overview = overview

    @cached_property
    def _folded(self) -> Mapping[str, int]:
        """In how many passages a word or a pair stands whatever its marks, at most."""
        found: dict[str, int] = defaultdict(int)
        for word, seen in self._overview.words.items():
            found[" ".join(map(plain, word.split(" ")))] += seen
        return found

    @cached_property
    def _years(self) -> Mapping[str, float]:
        """The share of the directives that are of a school year."""
        found: dict[str, float] = defaultdict(float)
        for row in self._overview.directives:
            found[str(row.get("school_year"))] += 1 / len(self._overview.directives)
        return found

    def of(self, terms: Sequence[Term]) -> dict[int, float]:
        """Return for the terms of a question, by their ids, what a passage that has them gets for their rarity."""
        return {term_id(term.text): self._of(term.text) for term in terms}

    def _of(self, term: str) -> float:
        overview = self._overview
        field, _, text = term.partition(":")
        if field == "y":
            seen = self._years.get(text, 0.0) * overview.counted
        else:
            # what is no word ("n:", document numbers) is not counted: it is rare
            seen = {"x": overview.words, "p": overview.words, "f": self._folded, "g": self._folded}.get(field, {}).get(
                text, 1 if field == "n" else 0
            )
        seen = min(seen, overview.counted)
        return math.log(1 + (overview.counted - seen + 0.5) / (seen + 0.5))


def laid_over(sheets: Sequence[Sheet], probe: Probe, rarity: Mapping[int, float]) -> list[Candidate]:
    """Return the best passages of the sheets by words and by meaning, as many of each as the index is asked for."""
    found = [candidate for sheet in sheets for candidate in sheet.candidates(probe, rarity)]
    best = heapq.nlargest(probe.limit, found, key=lambda candidate: candidate.words)
    near = heapq.nlargest(probe.limit, found, key=lambda candidate: candidate.meaning)
    return list({candidate.passage.id: candidate for candidate in (*best, *near)}.values())
