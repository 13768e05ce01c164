"""First vectors: latent semantic analysis of the law text (tokens × lines, randomised singular values)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from index.training.lawtext import LawText
from index.training.vocabulary import Vocabulary

Matrix = NDArray[np.float32]


def counts(law: LawText, vocabulary: Vocabulary, lines: NDArray[np.int64]) -> sparse.csr_matrix:
    """Return how often each marked token stands in each of the given lines, damped by the square root."""
    width = 1 + len(vocabulary.words) + len(vocabulary.pairs)
    columns = [vocabulary.rows(law.line(int(k))) for k in lines]
    starts = np.concatenate([[0], np.cumsum([len(c) for c in columns])])
    flat = np.concatenate(columns)
    matrix = sparse.csr_matrix((np.ones(len(flat), dtype=np.float32), flat, starts), shape=(len(lines), width))
    matrix.sum_duplicates()
    matrix.data = np.sqrt(matrix.data)
    return matrix


def latent(law: LawText, vocabulary: Vocabulary, lines: NDArray[np.int64], dimension: int, seed: int) -> Matrix:
    """Return one vector per row of the vocabulary, of mean length about 1 and longer for rare tokens (IDF)."""
    matrix = counts(law, vocabulary, lines)
    seen = np.asarray((matrix > 0).sum(axis=0)).ravel()
    idf = np.log((1 + len(lines)) / (1 + seen)).astype(np.float32)
    weighted = matrix @ sparse.diags(idf, dtype=np.float32)
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted = sparse.diags(1 / np.maximum(lengths, 1e-6), dtype=np.float32) @ weighted
    _, values, right = randomized_svd(
        weighted.astype(np.float32), dimension, n_iter=2, n_oversamples=16, random_state=seed, flip_sign=False
    )
    # a line's place is the sum of its tokens' vectors; the root of the values keeps the first axes from ruling
    tokens = (right.T * (idf[:, None] / np.sqrt(values)[None, :])).astype(np.float32)
    tokens /= np.sqrt((tokens**2).sum(axis=1).mean())
    return _with_plain(tokens, seen.astype(np.float64), vocabulary)


def _with_plain(tokens: Matrix, seen: NDArray[np.float64], vocabulary: Vocabulary) -> Matrix:
    """Append the rows without marks: the mean of the marked forms by how often each is seen."""
    base = len(vocabulary.words) + 1
    rows = np.zeros((vocabulary.size, tokens.shape[1]), dtype=np.float32)
    rows[: len(tokens)] = tokens
    weights = np.zeros(vocabulary.size)
    first = len(tokens)
    _add_means(rows, weights, first - 1 + vocabulary.plain[1:base], tokens[1:base], seen[1:base])
    bare_base = len(vocabulary.plain_words) + 1
    keys = vocabulary.plain[vocabulary.pairs // base].astype(np.int64) * bare_base
    keys += vocabulary.plain[vocabulary.pairs % base]
    at = np.searchsorted(vocabulary.plain_pairs, keys)
    at[at == len(vocabulary.plain_pairs)] = 0
    hit = vocabulary.plain_pairs[at] == keys
    _add_means(rows, weights, first + bare_base - 1 + at[hit], tokens[base:][hit], seen[base:][hit])
    rows[first:] /= np.maximum(weights[first:, None], 1e-9)
    rows[0] = 0
    return rows


def _add_means(
    rows: Matrix, weights: NDArray[np.float64], at: NDArray[np.integer[Any]], vectors: Matrix, seen: NDArray[np.float64]
) -> None:
    np.add.at(rows, at, vectors * seen[:, None].astype(np.float32))
    np.add.at(weights, at, seen)
