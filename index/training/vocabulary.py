"""The vocabulary of our static model: syllables, pairs of syllables, and both without marks.

Row 0 is for unknown tokens and stays zero. Then come the syllables (row = syllable id), the pairs, the syllables
without marks and the pairs without marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold
from index.training.lawtext import BREAK, Ids, LawText

Keys = NDArray[np.int64]


@dataclass(frozen=True)
class Vocabulary:
    """Token rows. ``pairs`` are sorted keys a * base + b of syllable ids; ``plain`` maps syllable id → id of its
    form without marks; ``plain_pairs`` are sorted keys of those."""

    words: list[str]
    plain_words: list[str]
    plain: Ids
    pairs: Keys
    plain_pairs: Keys

    @property
    def size(self) -> int:
        """The number of rows, the unknown one included."""
        return 1 + len(self.words) + len(self.pairs) + len(self.plain_words) + len(self.plain_pairs)

    def tokens(self) -> list[str]:
        """Return the tokens by row, in the spelling of ``index.words.model_tokens``."""
        base, plain_base = len(self.words) + 1, len(self.plain_words) + 1
        pairs = [f"{self.words[k // base - 1]}_{self.words[k % base - 1]}" for k in self.pairs]
        plain = [f"~{word}" for word in self.plain_words]
        plain_pairs = [
            f"~{self.plain_words[k // plain_base - 1]}_{self.plain_words[k % plain_base - 1]}" for k in self.plain_pairs
        ]
        return ["[UNK]", *self.words, *pairs, *plain, *plain_pairs]

    def rows(self, ids: Ids) -> Ids:
        """Return the rows of a text given as syllable ids: its syllables, then its pairs."""
        base = len(self.words) + 1
        keys = ids[:-1].astype(np.int64) * base + ids[1:]
        found = _look_up(self.pairs, keys[(ids[:-1] != BREAK) & (ids[1:] != BREAK)])
        return np.concatenate([ids[ids != BREAK], found + base]).astype(np.int32)

    def plain_rows(self, ids: Ids) -> Ids:
        """Return the rows of the same text typed without marks."""
        bare = self.plain[ids]
        first = 1 + len(self.words) + len(self.pairs)
        base = len(self.plain_words) + 1
        keys = bare[:-1].astype(np.int64) * base + bare[1:]
        found = _look_up(self.plain_pairs, keys[(bare[:-1] != BREAK) & (bare[1:] != BREAK)])
        return np.concatenate([bare[bare != BREAK] - 1 + first, found + first + base - 1]).astype(np.int32)


def _look_up(known: Keys, keys: Keys) -> Keys:
    at = np.searchsorted(known, keys)
    at[at == len(known)] = 0
    found: Keys = at[known[at] == keys]
    return found


def build(law: LawText, *, pairs: int, plain_pairs: int) -> Vocabulary:
    """Choose the pairs: frequent ones whose syllables are drawn to each other, scored by count * log of the lift."""
    shown = law.shown
    chosen = _strong_pairs(shown, len(law.words) + 1, pairs)
    bare_names: dict[str, int] = {}
    plain = np.zeros(len(law.words) + 1, dtype=np.int32)
    for k, word in enumerate(law.words, start=1):
        plain[k] = bare_names.setdefault(fold(word), len(bare_names) + 1)
    chosen_plain = _strong_pairs(plain[shown], len(bare_names) + 1, plain_pairs)
    return Vocabulary(law.words, list(bare_names), plain, chosen, chosen_plain)


def _strong_pairs(ids: Ids, base: int, count: int) -> Keys:
    inside = (ids[:-1] != BREAK) & (ids[1:] != BREAK)
    keys, counts = np.unique(ids[:-1][inside].astype(np.int64) * base + ids[1:][inside], return_counts=True)
    singles = np.bincount(ids, minlength=base).astype(np.float64)
    total = float(singles[1:].sum())
    lift = counts * total / (singles[keys // base] * singles[keys % base])
    score = np.where((counts >= 15) & (lift > 2), np.sqrt(counts) * np.log(lift), 0)
    best = np.argsort(-score, kind="stable")[:count]
    chosen: Keys = np.sort(keys[best[score[best] > 0]])
    return chosen
