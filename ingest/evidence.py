"""How a text speaks for damage, word by word: were marks or tones lost, or set wrong?

Every syllable has a frequency in law text. Damage turns one syllable into another, so a damaged page has words that
are rare in good text and would be common before the damage ("duc" for "đức" and "dục"). The logarithms of how much
likelier a word is in a damaged text than in a good one are added up; foreign words and codes say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from math import log

from corpus.text import TONES, fold, is_syllable, strip_tone


class Loss(StrEnum):
    """What may have happened to the letters of a page."""

    MARKS = "marks"  #: all marks lost: giáo dục → giao duc
    TONES = "tones"  #: tones lost, ă â ê ô ơ ư đ kept: thực hiện → thưc hiên
    WRONG = "wrong"  #: tones there, but others: thực hiện → thức hiễn


#: Shares of the words that the damage may have hit.
_SHARES = (0.3, 0.8)

#: Zipf's law with this offset gives frequencies from ranks; syllables beyond the table have about this one.
_RANK_OFFSET, _RARE = 5.0, 1e-5

#: No single word says more than this; names and foreign words would outvote a page.
_MOST = 2.5


@lru_cache(maxsize=1)
def common_syllables() -> Mapping[str, float]:
    """Return the commonest syllables of Vietnamese law text, lower case, NFC, with their frequencies (sum 1)."""
    table = resources.files("ingest.restore").joinpath("tables", "common_syllables.txt")
    rows = table.read_text(encoding="utf-8").splitlines()
    words = [word for row in rows if not row.startswith("#") for word in row.split()]
    weights = {word: 1 / (rank + _RANK_OFFSET) for rank, word in enumerate(words)}
    total = sum(weights.values())
    return {word: weight / total for word, weight in weights.items()}


@lru_cache(maxsize=1)
def foreign_words() -> frozenset[str]:
    """Return the common short words of English and French."""
    table = resources.files("ingest").joinpath("tables", "foreign_words.txt")
    rows = table.read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


@lru_cache(maxsize=1)
def common_folded() -> Mapping[str, float]:
    """Return the same syllables without marks, with their frequencies."""
    return _summed((fold(word), weight) for word, weight in common_syllables().items())


@lru_cache(maxsize=1)
def _toneless() -> Mapping[str, float]:
    return _summed((strip_tone(word)[0], weight) for word, weight in common_syllables().items())


@lru_cache(maxsize=1)
def _toned() -> Mapping[str, float]:
    """Return by toneless form how frequent syllables with a tone are."""
    tones = ((strip_tone(word), weight) for word, weight in common_syllables().items())
    return _summed((bare, weight) for (bare, tone), weight in tones if tone)


def _summed(pairs: Iterable[tuple[str, float]]) -> Mapping[str, float]:
    out: dict[str, float] = {}
    for key, weight in pairs:
        out[key] = out.get(key, 0.0) + weight
    return out


@lru_cache(maxsize=65536)
def of_word(word: str) -> tuple[float, ...]:
    """Return how a word (lower case, NFC) speaks for every kind of loss, twice each: hitting few words, or most."""
    if not is_syllable(word) or (word.isascii() and word in foreign_words()) or fold(word) not in common_folded():
        return (0.0,) * (len(Loss) * len(_SHARES))
    good = common_syllables().get(word, _RARE)
    bare, tone = strip_tone(word)
    plain = fold(word) == word
    after = {
        Loss.MARKS: common_folded().get(word, 0.0) if plain else 0.0,
        Loss.TONES: _toneless().get(word, 0.0) if not tone else 0.0,
        Loss.WRONG: _toned().get(bare, 0.0) / len(TONES) if tone else good,
    }
    return tuple(min(_MOST, log(1 - share + share * after[loss] / good)) for loss in Loss for share in _SHARES)


def strongest(words: Iterable[str]) -> tuple[Loss, float]:
    """Return the loss that a text's words (lower case) speak for most, and how strongly: above 0 for, below against."""
    totals = [sum(column) for column in zip(*map(of_word, words), strict=True)]
    if not totals:
        return Loss.MARKS, 0.0
    best = max(range(len(totals)), key=totals.__getitem__)
    return list(Loss)[best // len(_SHARES)], totals[best]
