"""Held-out measuring: the title of an article must find its body among the bodies of all articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.training.lawtext import Ids, LawText
from index.training.pairs import BODY_SYLLABLES
from index.training.vocabulary import Vocabulary

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Trial:
    """Questions (token rows of titles), the same without marks, candidate bodies and the right body of each."""

    questions: list[Ids]
    unmarked: list[Ids]
    bodies: list[Ids]
    right: NDArray[np.int64]


def trial(law: LawText, vocabulary: Vocabulary, *, questions: int, candidates: int, seed: int) -> Trial:
    """Draw questions from the held-out articles whose title no other article has; the rest are distractors."""
    random = np.random.default_rng(seed)
    titles = Counter(law.line(a).tobytes() for a, _, _ in law.articles)
    asked = [k for k, (a, _, _) in enumerate(law.articles) if law.held_out[a] and titles[law.line(a).tobytes()] == 1]
    asked = sorted(random.permutation(asked)[:questions].tolist())
    others = sorted(set(range(len(law.articles))) - set(asked))
    chosen = asked + random.permutation(others)[: max(0, candidates - len(asked))].tolist()
    heads = [law.line(law.articles[k][0]) for k in asked]
    bodies = [vocabulary.rows(law.lines(law.articles[k][1], law.articles[k][2])[: 2 * BODY_SYLLABLES]) for k in chosen]
    rows = [vocabulary.rows(h) for h in heads]
    return Trial(rows, [vocabulary.plain_rows(h) for h in heads], bodies, np.arange(len(asked)))


def embed(rows: list[Ids], weights: Matrix) -> Matrix:
    """Return the unit vectors of texts given as token rows."""
    starts = np.concatenate([[0], np.cumsum([len(r) for r in rows])])
    flat = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
    bag = sparse.csr_matrix((np.ones(len(flat), dtype=np.float32), flat, starts), shape=(len(rows), len(weights)))
    vectors = np.asarray(bag @ weights, dtype=np.float32)
    unit: Matrix = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def dense_scores(questions: list[Ids], bodies: list[Ids], weights: Matrix) -> Matrix:
    """Return cosines, questions × bodies."""
    scores: Matrix = embed(questions, weights) @ embed(bodies, weights).T
    return scores


def bm25_scores(questions: list[Ids], bodies: list[Ids], size: int, *, k1: float = 1.2, b: float = 0.75) -> Matrix:
    """Return BM25 scores over the same tokens, questions × bodies."""

    def bag(rows: list[Ids]) -> sparse.csr_matrix:
        starts = np.concatenate([[0], np.cumsum([len(r) for r in rows])])
        matrix = sparse.csr_matrix((np.ones(starts[-1], np.float32), np.concatenate(rows), starts), (len(rows), size))
        matrix.sum_duplicates()
        return matrix

    counts = bag(bodies)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    seen = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log(1 + (len(bodies) - seen + 0.5) / (seen + 0.5)).astype(np.float32)
    norm = np.repeat(k1 * (1 - b + b * lengths / lengths.mean()), np.diff(counts.indptr))
    counts.data = (counts.data * (k1 + 1) / (counts.data + norm)).astype(np.float32)
    scores: Matrix = np.asarray((bag(questions) @ sparse.diags(idf) @ counts.T).todense(), dtype=np.float32)
    return scores


def measure(scores: Matrix, right: NDArray[np.int64]) -> dict[str, float]:
    """Return recall@10 and MRR@10."""
    own = scores[np.arange(len(right)), right]
    rank = (scores > own[:, None]).sum(axis=1) + 1
    return {
        "recall10": round(float((rank <= 10).mean()), 4),
        "mrr10": round(float(np.where(rank <= 10, 1 / rank, 0).mean()), 4),
    }


def fused(dense: Matrix, lexical: Matrix, share: float) -> Matrix:
    """Return the weighted sum of cosine and BM25, each scaled by its best for the question."""
    scaled = lexical / np.maximum(lexical.max(axis=1, keepdims=True), 1e-9)
    total: Matrix = (share * dense + (1 - share) * scaled).astype(np.float32)
    return total
