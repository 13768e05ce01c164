"""Pairs of texts that mean the same, for the contrastive training: question side and passage side.

Four kinds: the title of an article with its body; a line with the next one; a few words out of a line, thinned as
people type them, with the line or with the lines around it; and our own table of office talk ("nộp tiền qua ngân
hàng") with the words of directives. A part of the question sides stands in the words of a question ("ai …", "… như
thế nào"), a part is typed without marks. Half the batches are drawn from a few stretches of the law: what is wrong
there is near to what is right, as among the directives of one office.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.training.lawtext import BREAK, Ids, LawText
from index.training.vocabulary import Vocabulary
from index.words import spell_out, syllables

BODY_SYLLABLES = 128
#: Share of the syllables of a question side that is left out.
THINNED = 0.2
#: A near batch is drawn from this many stretches of so many lines.
STRETCHES, STRETCH = 12, 4000
#: What questions are put in: before and behind the topic.
BEFORE = (
    "ai", "ai có", "ai phải", "cơ quan nào", "khi nào", "bao giờ", "hạn", "thế nào là", "theo quy định", "cho hỏi",
    "trường hợp nào", "có được", "có phải", "vì sao", "muốn", "làm sao để", "đơn vị nào", "những ai", "nếu", "mức",
)  # fmt: skip
BEHIND = (
    "là gì", "như thế nào", "thế nào", "ra sao", "khi nào", "bao giờ", "được không", "không", "là bao nhiêu", "ở đâu",
    "bao lâu", "gồm những gì", "thì sao", "bao nhiêu", "cần gì", "là ai", "trong trường hợp nào", "phải làm gì",
)  # fmt: skip


@dataclass(frozen=True)
class Mixture:
    """The share of each kind of pair in a batch, and of question sides without marks."""

    titles: float = 0.40
    neighbours: float = 0.15
    snippets: float = 0.35
    talk: float = 0.10
    unmarked: float = 0.25
    near: float = 0.5
    asking: float = 0.4


class PairMaker:
    """Draws batches of pairs as token rows. Held-out laws are never drawn from."""

    def __init__(
        self, law: LawText, vocabulary: Vocabulary, talk: list[tuple[str, str]], mixture: Mixture, seed: int
    ) -> None:
        self._law, self._vocabulary, self._mixture = law, vocabulary, mixture
        self._random = np.random.default_rng(seed)
        self._articles = [a for a in law.articles if not law.held_out[a[0]]]
        lengths = np.diff(law.starts)
        usable = (lengths >= 12) & ~law.held_out
        self._lines = np.flatnonzero(usable)
        self._last = len(law.starts) - 1
        self._line_weights = _weights(law.school[self._lines])
        self._article_weights = _weights(np.array([bool(law.school[a:c].any()) for a, _, c in self._articles]))
        ids = {word: k for k, word in enumerate(vocabulary.words, start=1)}
        self._talk = [(_ids(a, ids), _ids(b, ids)) for a, b in talk]
        self._before, self._behind = ([_ids(t, ids) for t in texts] for texts in (BEFORE, BEHIND))
        self._heads = np.array([a for a, _, _ in self._articles])

    def batch(self, size: int) -> tuple[list[Ids], list[Ids]]:
        """Return ``size`` pairs as (question rows, passage rows)."""
        mix = self._mixture
        numbers = [round(size * share) for share in (mix.titles, mix.neighbours, mix.snippets)]
        talk = min(size - sum(numbers), len(self._talk))
        near = self._random.random() < mix.near
        stretches = self._stretches() if near else None
        drawn = self._draw(self._heads, numbers[0], self._article_weights, stretches)
        pairs = [self._title(k) for k in drawn]
        drawn = self._draw(self._lines, sum(numbers[1:]), self._line_weights, stretches)
        pairs += [self._neighbour(int(self._lines[k])) for k in drawn[: numbers[1]]]
        pairs += [self._snippet(int(self._lines[k])) for k in drawn[numbers[1] :]]
        pairs += [self._talk[k] for k in self._random.permutation(len(self._talk))[:talk]]
        return [self._question(q) for q, _ in pairs], [self._vocabulary.rows(p) for _, p in pairs]

    def _stretches(self) -> np.ndarray:
        return self._random.integers(0, len(self._law.school) - STRETCH, STRETCHES)

    def _draw(self, lines: np.ndarray, count: int, weights: np.ndarray, starts: np.ndarray | None) -> np.ndarray:
        """Return indices into ``lines`` (rising line numbers): by weight, or from the stretches that begin there."""
        if starts is not None:
            bounds = np.searchsorted(lines, np.stack([starts, starts + STRETCH]))
            inside = np.unique(np.concatenate([np.arange(a, b) for a, b in bounds.T]))
            if len(inside) >= 2 * count:
                return self._random.choice(inside, count, replace=False)
        return np.searchsorted(weights, self._random.random(count)).clip(max=len(lines) - 1)

    def _question(self, ids: Ids) -> Ids:
        if self._random.random() < self._mixture.asking:
            before, behind = (options[self._random.integers(len(options))] for options in (self._before, self._behind))
            parts = ([before, ids], [ids, behind], [before, ids, behind])[self._random.integers(3)]
            ids = np.concatenate(parts)
        if self._random.random() < self._mixture.unmarked:
            return self._vocabulary.plain_rows(ids)
        return self._vocabulary.rows(ids)

    def _title(self, k: int) -> tuple[Ids, Ids]:
        head, first, end = self._articles[k]
        start = int(self._random.integers(first, end)) if self._random.random() < 0.5 else first
        length = int(self._random.integers(1, 9))
        title = self._law.line(head)
        if self._random.random() < 0.5:
            title = title[self._random.random(len(title)) > THINNED]
        return title, self._law.lines(start, min(end, start + length))[:BODY_SYLLABLES]

    def _neighbour(self, k: int) -> tuple[Ids, Ids]:
        after = min(k + 1, self._last - 1)
        if self._law.held_out[after]:
            after = k
        return self._law.line(k)[:BODY_SYLLABLES], self._law.line(after)[:BODY_SYLLABLES]

    def _snippet(self, k: int) -> tuple[Ids, Ids]:
        line = self._law.line(k)[:BODY_SYLLABLES]
        length = int(self._random.integers(4, 12))
        at = int(self._random.integers(0, max(1, len(line) - length)))
        snippet = line[at : at + length]
        thinned = snippet[self._random.random(len(snippet)) > THINNED]
        chance = self._random.random()
        if chance < 0.35:
            around = max(0, k - int(self._random.integers(0, 4))), min(k + int(self._random.integers(1, 4)), self._last)
            if not self._law.held_out[around[0] : around[1]].any():
                return thinned, self._law.lines(*around)[:BODY_SYLLABLES]
        return thinned, line if chance < 0.6 else np.concatenate([line[:at], line[at + length :]])


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
