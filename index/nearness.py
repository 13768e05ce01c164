"""How much of a question one stretch of a passage holds, rare words and pairs of words more than common ones.

BM25 counts words wherever they stand; a passage that has them side by side in one sentence answers more often than
one that has them scattered over a page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from index.payload import CONTEXT
from index.query import Question, content_words
from index.stretches import best_stretches
from index.words import plain, spell_out, stop_words, syllables

Key = TypeVar("Key")

#: Words of a question so few syllables apart are of one phrase.
PHRASE = 5
#: Words, pairs and mates of a question that are looked for, the heaviest of each.
MOST = 64
#: What a word counts that is there with other marks ("sở" for "số").
OTHER_MARKS = 0.3
#: What a word counts that stands only in the headings above or in the directive's subject.
IN_CONTEXT = 0.6
#: What a word of office talk counts where the passage has the official words for it.
BRIDGED = 0.8
#: What a word loses that is there, but without any of its neighbours in the question.
LOOSE = 0.3
#: Two syllables are a word where so large a share of the rarer one's passages has them side by side; such a word is
#: telling that stands in so many passages at least and in so small a share of all at most. Only where it is so large a
#: part of the question is a passage without it no good answer: of a sentence one word may be said otherwise.
BOUND, TOLD, TELLING, PART = 0.2, 2, 0.02, 0.25
#: Of a question of three words to so many this share stands beside words that it is asked with, else it is another
#: matter.
TIED, FEW = 0.35, 4
#: What a pair counts beside the mean of its words, what a stop word counts inside a pair.
PAIR, STOPPED = 1.4, 0.25


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of ``counted`` passages each word stands."""

    counted: int
    words: Mapping[str, int]

    def of(self, word: str) -> float:
        """Return the weight of a word: 1 for all where nothing is counted, else about 0.3 to 1 by its rarity."""
        if not self.counted:
            return 1.0
        seen = min(self.words.get(word, 0), self.counted)
        return math.log(1 + (self.counted - seen + 0.5) / (seen + 0.5)) / math.log(2 * self.counted + 2)

    def share(self, word: str) -> float:
        """Return the share of the passages that have the word, 0 where nothing is counted."""
        return self.words.get(word, 0) / self.counted if self.counted else 0.0

    def is_telling(self, first: str, second: str) -> bool:
        """Whether two syllables are a word that few passages have: what is asked about, if a question has it."""
        seen = self.words.get(f"{first} {second}", 0)
        if not TOLD <= seen <= TELLING * self.counted:
            return False
        return seen >= BOUND * min(self.words.get(first, 0), self.words.get(second, 0))


@dataclass(frozen=True, slots=True)
class Held:
    """What a passage holds of a question, shares in 0..1.

    ``cover``: the share of its words; ``above``: what headings and the directive's subject add to that; ``phrase``,
    ``sentence``, ``near``: the share of words and pairs in the best stretch of 12, 25 and 40 syllables; ``close``: how
    close words of one phrase stand; ``whole``: no telling word of it is missing; ``tied``: 1, or 0 where nearly none of
    its words stands beside a word that it stands beside in the question.
    """

    cover: float
    above: float
    phrase: float
    sentence: float
    near: float
    close: float
    whole: bool
    tied: float = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words and pairs of a question with their weights, ``mates`` those of one phrase; ``telling``: its words of
    two syllables that few passages have; ``folded``: typed without marks, any marks fit."""

    words: dict[str, float]
    pairs: dict[tuple[str, str], float]
    mates: dict[tuple[str, str], float]
    covered: dict[str, float]
    bridges: tuple[tuple[frozenset[str], tuple[frozenset[str], ...]], ...]
    telling: frozenset[tuple[str, str]]
    folded: bool

    @classmethod
    def of(cls, question: Question, rarity: Rarity) -> Wanted:
        """Take the topic of a question apart."""
        stop = stop_words()
        weights: dict[str, float] = {}
        pairs: dict[tuple[str, str], float] = {}
        mates: dict[tuple[str, str], float] = {}
        form = str if question.marked else plain
        for run in syllables(spell_out(question.topic[-1] if question.topic else "")):
            for word in run:
                weights[form(word)] = rarity.of(word) * (STOPPED if word in stop else 1.0)
            for a, b in pairwise(run):
                if not (a in stop and b in stop):
                    pairs[form(a), form(b)] = PAIR * (weights[form(a)] + weights[form(b)]) / 2
            told = [form(word) if word not in stop else "" for word in run]
            for at, a in enumerate(told):
                for b in told[at + 1 : at + PHRASE]:
                    if a and b and a != b:
                        mates[a, b] = math.sqrt(weights[a] * weights[b])
        covered = {w: weights.get(form(w), rarity.of(w)) for w in question.content}
        bridges = tuple(
            (content_words(said), tuple(frozenset(content_words(phrase)) for phrase in official))
            for said, official in question.told
        )
        words = _heaviest(weights)
        pairs, mates = (
            _heaviest({(a, b): weight for (a, b), weight in found.items() if a in words and b in words})
            for found in (pairs, mates)
        )
        talk = frozenset[str]().union(*(said for said, _ in bridges))
        part = PART * sum(covered.values())
        telling = frozenset(
            (a, b)
            for a, b in pairs
            if {a, b} <= covered.keys() - talk and covered[a] + covered[b] >= part and rarity.is_telling(a, b)
        )
        return cls(words, pairs, mates, covered, bridges, telling, not question.marked)

    def held(self, texts: Sequence[Sequence[str]]) -> list[Held]:
        """Return what each of the passages, given as tokens (``index.payload.tokens``), holds of the question."""
        ends = [tokens.index(CONTEXT) if CONTEXT in tokens else len(tokens) for tokens in texts]
        own = [tokens[:end] for tokens, end in zip(texts, ends, strict=True)]
        typed = [[*map(plain, tokens)] for tokens in own] if self.folded else own
        near = best_stretches(typed, self.words, self.pairs, self.mates).tolist()
        loose, tied = self._loose(typed), self._tied(typed, texts)
        found = []
        for tokens, end, lost, bound, shares in zip(texts, ends, loose, tied, near, strict=True):
            cover, above = self.share(set(tokens[:end])), 0.0
            if end + 1 < len(tokens) and cover < 1:
                above = IN_CONTEXT * (self.share(set(tokens)) - cover)
            whole = self.telling <= set(pairwise(tokens)) if self.telling else True
            phrase, sentence, close_by, close = shares
            found.append(Held(max(0.0, cover - LOOSE * lost), above, phrase, sentence, close_by, close, whole, bound))
        return found

    def _loose(self, texts: Sequence[Sequence[str]]) -> list[float]:
        """Return the share of the words that are there, but in none of the pairs that they are asked for in: most words
        of Vietnamese are of two syllables, and "bàn ghế … giao" is no "bàn giao"."""
        total = sum(self.covered.values())
        asked = {w if not self.folded else plain(w): weight for w, weight in self.covered.items()}
        pairs = {pair for pair in self.pairs if pair[0] in asked and pair[1] in asked}
        if not pairs or not total:
            return [0.0] * len(texts)
        in_pairs = {word for pair in pairs for word in pair}
        found = []
        for given in texts:
            bound = {word for pair in pairs.intersection(pairwise(given)) for word in pair}
            found.append(sum(asked[word] for word in (in_pairs - bound).intersection(given)) / total)
        return found

    def _tied(self, typed: Sequence[Sequence[str]], texts: Sequence[Sequence[str]]) -> list[float]:
        """Return 0 for a passage in which less than ``TIED`` of the words of a short question stand beside one that
        they are asked with, else 1: "Nhật Bản" is not there with "cập nhật" and "cơ bản". Office talk counts where
        its official words are there."""
        total = sum(self.covered.values())
        asked = {w if not self.folded else plain(w): weight for w, weight in self.covered.items()}
        pairs = [pair for pair in self.pairs if pair[0] in asked or pair[1] in asked]
        if not 3 <= len(asked) <= FEW or not pairs or not total:
            return [1.0] * len(typed)
        alone = asked.keys() - {word for pair in pairs for word in pair}
        found = []
        for given, tokens in zip(typed, texts, strict=True):
            beside, have = set(pairwise(given)), set(tokens)
            held = {word for pair in pairs if pair in beside for word in pair} | alone.intersection(given)
            for said, phrases in self.bridges:
                if any(phrase <= have for phrase in phrases):
                    held |= said if not self.folded else {*map(plain, said)}
            found.append(float(sum(asked[word] for word in held & asked.keys()) >= TIED * total))
        return found

    def share(self, given: set[str]) -> float:
        """Return the share of the question's words that are among the given ones, rare words more than common ones."""
        total = sum(self.covered.values())
        if not total:
            return 0.0
        found, others = 0.0, {w: x for w, x in self.covered.items() if w not in given}
        found = total - sum(others.values())
        bridged = [said for said, phrases in self.bridges if others and any(p <= given for p in phrases)]
        for word in [
            word for word in others if any(word in said or plain(word) in map(plain, said) for said in bridged)
        ]:
            found += BRIDGED * others.pop(word)
        if others:
            folded = {*map(plain, given)}
            for word, weight in others.items():
                if plain(word) in folded:
                    found += weight * (1.0 if word.isascii() else OTHER_MARKS)
        return found / total


def _heaviest(weights: dict[Key, float]) -> dict[Key, float]:
    if len(weights) <= MOST:
        return weights
    return dict(sorted(weights.items(), key=lambda row: -row[1])[:MOST])
