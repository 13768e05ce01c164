"""A second look at the first hits of a question: boosted trees weigh what a weighted sum cannot.

A sum gives each sign its weight whatever the others say. The trees have learnt from questions about many laws
(``tests/bench/law_rerank.py``, docs/models/rerank.md) when a sign counts: that the best sentence of all candidates says
more than a good one, that near words help where the words themselves are missing. They need the vectors of single
syllables and pairs, so they come with our own static model only (``model/rerank.json``); with another one the first
order stays.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, SentenceEmbedder, TokenTable
from index.nearness import Held, Rarity
from index.payload import CONTEXT
from index.query import Question
from index.trees import Trees
from index.weighting import K1, B
from index.words import spell_out, stop_words, syllables

Columns = NDArray[np.float64]

#: Hits that are looked at again; words of a question that are looked for.
LOOKED_AT, MOST = 30, 24
#: Passages by what they hold of a question, one column each; first what the first order says, from the best one down.
SIGNS = (
    "words", "meaning", "cover", "phrase", "sentence", "near", "close", "pairs", "pair_share", "triples", "soft_12",
    "soft_30", "soft", "exact_30", "missing", "stretch", "exact_stretch",
)  # fmt: skip
COLUMNS = ("score", *SIGNS, *(f"{sign}, from the best" for sign in SIGNS))
#: Lengths of the stretches, in syllables; their beginnings are this far apart, passages laid in a row at least GAP.
NARROW, WIDE, STRIDE, GAP = 14, 30, 4, 32
#: A word as like as this to one of the question counts nothing; one that is not the same counts less than one that is.
UNLIKE, LIKE = 0.35, 0.95
FILE = "rerank.json"


class Rows(Protocol):
    """A candidate as ``rank`` has it before the second look."""

    @property
    def tokens(self) -> Sequence[str]:
        """Its words (``index.payload.tokens``)."""
        ...

    @property
    def signs(self) -> tuple[float, float, float]:
        """Its score, BM25 relative to the best, cosine."""
        ...

    @property
    def held(self) -> Held:
        """What it holds of the question."""
        ...


@dataclass(frozen=True, slots=True)
class Looked:
    """A candidate to be looked at again (see ``Rows``)."""

    tokens: Sequence[str]
    signs: tuple[float, float, float]
    held: Held


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of the law: how tightly two syllables are bound, and in how many of ``counted`` articles a word stands."""

    bonds: Mapping[tuple[str, str], float]
    seen: Mapping[str, int]
    counted: int

    def words(self, runs: Sequence[Sequence[str]]) -> list[str]:
        """Return the words of content in runs of syllables, those of two syllables whole: the strongest bonds first."""
        found: list[str] = []
        for run in runs:
            taken: set[int] = set()
            second: set[int] = set()
            drawn = ((self.bonds.get(pair, 0.0), at) for at, pair in enumerate(pairwise(run)))
            for bond, at in sorted(drawn, reverse=True):
                if bond and not taken & {at, at + 1}:
                    taken |= {at, at + 1}
                    second.add(at + 1)
            for at, word in enumerate(run):
                if at in second:
                    found[-1] += f" {word}"
                else:
                    found.append(word)
        stop = stop_words()
        return [word for word in found if word not in stop and not word.isdigit() and len(word) > 1]

    def rarity(self, word: str) -> float:
        """Return the weight of a word, about 0.02 to 1 by its rarity in the law."""
        seen = min(self.seen.get(word, 0), self.counted)
        return 0.02 + _rarity(seen, self.counted) / math.log(2 * self.counted + 2)


class Reranker:
    """Adds to the scores of the first hits what the trees say."""

    def __init__(self, lexicon: Lexicon, table: TokenTable, trees: Trees, scale: float) -> None:
        self._lexicon, self._table, self._trees, self._scale = lexicon, table, trees, scale

    def added(self, question: Question, rarity: Rarity, rows: Sequence[Rows]) -> list[float]:
        """Return what to add to the score of each of ``rows``; nothing for a question typed without marks."""
        if len(rows) < 2 or not question.marked or not question.content or not rarity.counted:
            return [0.0] * len(rows)
        found: list[float] = (self._trees.sums(self.columns(question, rarity, rows)) / self._scale).tolist()
        return found

    def columns(self, question: Question, rarity: Rarity, rows: Sequence[Rows]) -> Columns:
        """Return ``COLUMNS`` for each of ``rows``."""
        signs = np.concatenate(
            [_first(rows), _counted(question, rarity, rows), self._stretched(question, rarity, rows)], 1
        )
        score = np.array([row.signs[0] for row in rows])
        return np.concatenate([(score - score.max())[:, None], signs, signs - signs.max(axis=0)], axis=1)

    def _stretched(self, question: Question, rarity: Rarity, rows: Sequence[Rows]) -> Columns:
        """Return what stretches of the passages hold of the words of a question, alike ones counted, too."""
        runs = syllables(spell_out(question.topic[-1]))
        words = list(dict.fromkeys(self._lexicon.words(runs)))[:MOST] or [""]
        rare = np.array([self._lexicon.rarity(word) for word in words])
        here = np.array([_idf(word, rarity) + 0.1 for word in words])
        laid = _Laid([_own(row.tokens) for row in rows], self._table)
        exact = laid.exact(words)
        like = np.minimum(laid.like(words), LIKE)
        soft = np.clip((np.where(exact, 1.0, like) - UNLIKE) / (1 - UNLIKE), 0, 1)
        total = rare.sum()
        narrow, _ = laid.best(soft, rare, NARROW)
        wide, at = laid.best(soft, rare, WIDE)
        held, _ = laid.best(exact, rare, WIDE)
        _, exact_at = laid.best(exact, here, WIDE)
        most = np.maximum.reduceat(soft, laid.firsts, axis=1)
        asked = self._table.sum([word for run in runs for word in run])
        near, exact_near = (laid.cosines(places, asked) for places in (at, exact_at))
        syllable = {w: self._lexicon.rarity(w) for run in runs for w in run if w not in stop_words()}
        missing = [max((x for w, x in syllable.items() if w not in text), default=0.0) for text in laid.sets]
        shares = narrow / total, wide / total, rare @ most / total, held / total
        return np.stack([*shares, np.array(missing), near, exact_near], axis=1)


class _Laid:
    """Passages laid in a row, with the rows of their syllables and pairs in a table of vectors."""

    def __init__(self, texts: Sequence[Sequence[str]], table: TokenTable) -> None:
        self._table = table
        self.sets = [frozenset(text) for text in texts]
        tokens: list[str] = []
        firsts = []
        for text in texts:
            firsts.append(len(tokens))
            tokens += text
            tokens += [""] * (GAP + -len(text) % STRIDE)
        self.firsts = np.array(firsts)
        begins = np.arange(0, len(tokens), STRIDE)
        owner = np.searchsorted(self.firsts, begins, side="right") - 1
        # a stretch that began between two passages would reach into the next
        self._inside = begins - self.firsts[owner] < np.maximum(1, np.array([len(text) for text in texts]))[owner]
        self._tokens = tokens
        self._rows = np.array([table.row(token) for token in tokens])
        self._pairs = np.array([*(table.row(f"{a}_{b}") if a and b else 0 for a, b in pairwise(tokens)), 0])

    def exact(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Return where each of the words begins, words × places."""
        parts = [word.split() or [""] for word in words]
        numbers = {part: k for k, part in enumerate(dict.fromkeys(p for split in parts for p in split if p))}
        places = np.array([numbers.get(token, -1) for token in self._tokens])
        after = np.append(places[1:], -1)
        rows = []
        for first, *rest in parts:
            found = places == numbers.get(first, -2)
            rows.append(found & (after == numbers[rest[0]]) if rest else found)
        return np.array(rows)

    def like(self, words: Sequence[str]) -> Columns:
        """Return how like each word is to the syllable and the pair at each place, words × places."""
        used, back = np.unique(np.concatenate([self._rows, self._pairs]), return_inverse=True)
        cosines = np.array([self._table.word(word) for word in words]) @ self._table.unit(used).T
        found: Columns = np.maximum(*np.split(cosines[:, back], 2, axis=1)).astype(np.float64)
        return found

    def best(self, held: NDArray[np.generic], weights: Columns, length: int) -> tuple[Columns, NDArray[np.int64]]:
        """Return of each passage what its best stretch of ``length`` syllables holds, and where that begins."""
        padded = np.pad(held.astype(np.float64), ((0, 0), (0, length)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, length, axis=1)[:, : held.shape[1] : STRIDE]
        sums = np.where(self._inside, weights @ windows.max(axis=2), 0.0)
        firsts = self.firsts // STRIDE
        best = np.maximum.reduceat(sums, firsts)
        ends = np.append(firsts[1:], len(sums))
        at = [a + int(sums[a:b].argmax()) for a, b in zip(firsts, ends, strict=True)]
        return best, np.array(at) * STRIDE

    def cosines(self, at: NDArray[np.int64], asked: NDArray[np.float32]) -> Columns:
        """Return how like the stretch of ``WIDE`` syllables from each place is to the whole question."""
        places = np.minimum(at[:, None] + np.arange(WIDE), len(self._rows) - 1)
        sums = self._table.of(np.concatenate([self._rows[places], self._pairs[places]], axis=1)).sum(axis=1)
        found: Columns = (sums @ asked / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)).astype(np.float64)
        return found


def _own(tokens: Sequence[str]) -> Sequence[str]:
    return tokens[: tokens.index(CONTEXT)] if CONTEXT in tokens else tokens


def _first(rows: Sequence[Rows]) -> Columns:
    """Return the signs that the first order has worked out."""
    return np.array(
        [
            [*row.signs[1:], row.held.cover, row.held.phrase, row.held.sentence, row.held.near, row.held.close]
            for row in rows
        ]
    )


def _counted(question: Question, rarity: Rarity, rows: Sequence[Rows]) -> Columns:
    """Return BM25 over the pairs of the whole question, what share of them and of its triples a passage has."""
    stop = stop_words()
    runs = syllables(spell_out(question.text))
    pairs = {pair: _idf(" ".join(pair), rarity) for run in runs for pair in pairwise(run) if not stop.issuperset(pair)}
    triples = {t for run in runs for t in zip(run, run[1:], run[2:], strict=False) if sum(w in stop for w in t) < 2}
    texts = [_own(row.tokens) for row in rows]
    usual = sum(map(len, texts)) / len(texts) or 1.0
    found = []
    for text in texts:
        counts = Counter(pairwise(text))
        norm = K1 * (1 - B + B * len(text) / usual)
        score = sum(idf * counts[p] * (K1 + 1) / (counts[p] + norm) for p, idf in pairs.items() if p in counts)
        share = sum(idf for p, idf in pairs.items() if p in counts) / max(0.1, sum(pairs.values()))
        have = triples & set(zip(text, text[1:], text[2:], strict=False)) if triples else triples
        found.append([score, share, len(have) / max(1, len(triples))])
    return np.array(found)


def _idf(term: str, rarity: Rarity) -> float:
    return _rarity(min(rarity.words.get(term, 0), rarity.counted), rarity.counted)


def _rarity(seen: int, counted: int) -> float:
    return math.log(1 + (counted - seen + 0.5) / (seen + 0.5))


def load_reranker(embedder: Embedder) -> Reranker | None:
    """Return the trees that come with the embedder's model, None where it has none."""
    if not isinstance(embedder, SentenceEmbedder):
        return None
    path = Path(embedder.name) / FILE
    return _load(path, embedder) if path.is_file() else None


@lru_cache(maxsize=2)
def _load(path: Path, embedder: SentenceEmbedder) -> Reranker:
    about = json.loads(path.read_text(encoding="utf-8"))
    lexicon = read_lexicon(about["lexicon"])
    return Reranker(lexicon, embedder.table(), Trees.read(about["trees"]), about["scale"])


def read_lexicon(rows: Mapping[str, object]) -> Lexicon:
    """Return the lexicon of a file: bonds as {"a b": bond}, words as {word: articles}, the number of articles."""
    bonds, seen, counted = rows["bonds"], rows["words"], rows["counted"]
    assert isinstance(bonds, dict) and isinstance(seen, dict) and isinstance(counted, int)
    pairs = {(first, second): float(bond) for pair, bond in bonds.items() for first, second in [pair.split(" ")]}
    return Lexicon(pairs, seen, counted)
