"""Pairs of texts that mean the same, for the contrastive training: question side and passage side.

Four kinds: the title of an article with its body; a line with the next one; a few words out of a line, shuffled and
thinned as people type them, with the line; and our own table of office talk ("nộp tiền qua ngân hàng") with the
words of directives. A part of the question sides is typed without marks.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.training.lawtext import BREAK, Ids, LawText
from index.training.vocabulary import Vocabulary
from index.words import spell_out, syllables

BODY_SYLLABLES = 120


@dataclass(frozen=True)
class Mixture:
    """The share of each kind of pair in a batch, and of question sides without marks."""

    titles: float = 0.40
    neighbours: float = 0.15
    snippets: float = 0.35
    talk: float = 0.10
    unmarked: float = 0.25


class PairMaker:
    """Draws batches of pairs as token rows. Held-out articles are never drawn from."""

    def __init__(
        self, law: LawText, vocabulary: Vocabulary, talk: list[tuple[str, str]], mixture: Mixture, seed: int
    ) -> None:
        self._law, self._vocabulary, self._mixture = law, vocabulary, mixture
        self._random = np.random.default_rng(seed)
        self._articles = [a for a in law.articles if not law.held_out[a[0]]]
        lengths = np.diff(law.starts)
        usable = (lengths >= 12) & ~law.held_out
        self._lines = np.flatnonzero(usable)
        self._line_weights = _weights(law.school[self._lines])
        self._article_weights = _weights(np.array([bool(law.school[a:c].any()) for a, _, c in self._articles]))
        ids = {word: k for k, word in enumerate(vocabulary.words, start=1)}
        self._talk = [(_ids(a, ids), _ids(b, ids)) for a, b in talk]

    def batch(self, size: int) -> tuple[list[Ids], list[Ids]]:
        """Return ``size`` pairs as (question rows, passage rows)."""
        mix = self._mixture
        numbers = [round(size * share) for share in (mix.titles, mix.neighbours, mix.snippets)]
        talk = min(size - sum(numbers), len(self._talk))
        pairs = [self._title(k) for k in self._draw(len(self._articles), numbers[0], self._article_weights)]
        drawn = self._draw(len(self._lines), sum(numbers[1:]), self._line_weights)
        pairs += [self._neighbour(int(self._lines[k])) for k in drawn[: numbers[1]]]
        pairs += [self._snippet(int(self._lines[k])) for k in drawn[numbers[1] :]]
        pairs += [self._talk[k] for k in self._random.permutation(len(self._talk))[:talk]]
        return [self._question(q) for q, _ in pairs], [self._vocabulary.rows(p) for _, p in pairs]

    def _draw(self, population: int, count: int, weights: np.ndarray) -> np.ndarray:
        return np.searchsorted(weights, self._random.random(count)).clip(max=population - 1)

    def _question(self, ids: Ids) -> Ids:
        if self._random.random() < self._mixture.unmarked:
            return self._vocabulary.plain_rows(ids)
        return self._vocabulary.rows(ids)

    def _title(self, k: int) -> tuple[Ids, Ids]:
        head, first, end = self._articles[k]
        start = int(self._random.integers(first, end)) if self._random.random() < 0.5 else first
        return self._law.line(head), self._law.lines(start, min(end, start + 3))[:BODY_SYLLABLES]

    def _neighbour(self, k: int) -> tuple[Ids, Ids]:
        after = min(k + 1, len(self._law.starts) - 2)
        return self._law.line(k)[:BODY_SYLLABLES], self._law.line(after)[:BODY_SYLLABLES]

    def _snippet(self, k: int) -> tuple[Ids, Ids]:
        line = self._law.line(k)[:BODY_SYLLABLES]
        length = int(self._random.integers(4, 12))
        at = int(self._random.integers(0, max(1, len(line) - length)))
        snippet = line[at : at + length]
        thinned = snippet[self._random.random(len(snippet)) > 0.2]
        hidden = line if self._random.random() < 0.5 else np.concatenate([line[:at], line[at + length :]])
        return thinned, hidden


def _weights(school: np.ndarray) -> np.ndarray:
    """Return cumulative weights; what is about schools is drawn five times as often."""
    weights = np.where(school, 5.0, 1.0)
    total: np.ndarray = np.cumsum(weights / weights.sum())
    return total


def _ids(text: str, known: dict[str, int]) -> Ids:
    found: list[int] = []
    for run in syllables(spell_out(text)):
        found += [known[w] for w in run if w in known] + [BREAK]
    return np.array(found, dtype=np.int32)


def read_talk(path: Path) -> list[tuple[str, str]]:
    """Return (as people say it, as directives say it) for every combination in a table of ``index/training``."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["talk"]
    return [(said, official) for row in rows for said in row["said"] for official in row["official"]]
