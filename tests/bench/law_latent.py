"""Latent semantic analysis of law lines, to stand beside the search: 300 dimensions from 120,000 lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.training.lawtext import law_lines, read_lines
from index.words import syllables

LINES, DIMENSIONS, SHORTEST = 120_000, 300, 40


class Latent:
    """Vectors of texts by their syllables (TF-IDF, singular values), learnt from lines of laws not held out."""

    def __init__(self, path: Path, seed: int = 1) -> None:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        lines = [x.text for x in law_lines(read_lines(path)) if not x.held_out and len(x.text) > SHORTEST]
        chosen = np.random.default_rng(seed).permutation(len(lines))[:LINES]
        self._counts = TfidfVectorizer(
            tokenizer=_tokens, token_pattern=None, lowercase=False, min_df=3, sublinear_tf=True
        )
        self._axes = TruncatedSVD(DIMENSIONS, n_iter=2, random_state=seed)
        self._axes.fit(self._counts.fit_transform([lines[k] for k in chosen]))

    def scores(self, texts: list[str], asked: list[str]) -> NDArray[np.float64]:
        """Return cosines, questions × texts."""
        left, right = (self._unit(rows) for rows in (asked, texts))
        found: NDArray[np.float64] = left @ right.T
        return found

    def _unit(self, texts: list[str]) -> NDArray[np.float64]:
        vectors = self._axes.transform(self._counts.transform(texts))
        unit: NDArray[np.float64] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return unit


def _tokens(text: str) -> list[str]:
    return [word for run in syllables(text) for word in run]
