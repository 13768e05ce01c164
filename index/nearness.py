"""How much of a question one stretch of a passage holds, rare words and pairs of words more than common ones.

BM25 counts words wherever they stand; a passage that has them side by side in one sentence answers more often than
one that has them scattered over a page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.payload import CONTEXT
from index.query import Question, content_words
from index.words import plain, spell_out, stop_words, syllables

#: Length of a stretch, in syllables.
STRETCH = 40
#: What a word counts that is there with other marks ("sở" for "số").
OTHER_MARKS = 0.3
#: What a word counts that stands only in the headings above or in the directive's subject.
IN_CONTEXT = 0.6
#: What a word of office talk counts where the passage has the official words for it.
BRIDGED = 0.8
#: What a word loses that is there, but without any of its neighbours in the question.
LOOSE = 0.3
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words and pairs of a question with their weights; ``folded``: typed without marks, any marks fit."""

    words: dict[str, float]
    pairs: dict[tuple[str, str], float]
    covered: dict[str, float]
    bridges: tuple[tuple[frozenset[str], tuple[frozenset[str], ...]], ...]
    folded: bool

    @classmethod
    def of(cls, question: Question, rarity: Rarity) -> Wanted:
        """Take the topic of a question apart."""
        stop = stop_words()
        weights: dict[str, float] = {}
        pairs: dict[tuple[str, str], float] = {}
        form = str if question.marked else plain
        for run in syllables(spell_out(question.topic[-1] if question.topic else "")):
            for word in run:
                weights[form(word)] = rarity.of(word) * (STOPPED if word in stop else 1.0)
            for a, b in pairwise(run):
                if not (a in stop and b in stop):
                    pairs[form(a), form(b)] = PAIR * (weights[form(a)] + weights[form(b)]) / 2
        covered = {w: weights.get(form(w), rarity.of(w)) for w in question.content}
        bridges = tuple(
            (content_words(said), tuple(frozenset(content_words(phrase)) for phrase in official))
            for said, official in question.told
        )
        return cls(weights, pairs, covered, bridges, not question.marked)

    def held(self, tokens: Sequence[str]) -> tuple[float, float, float]:
        """Return the share of the words that the passage holds, what the headings above and the directive's subject
        add to it, and the share of words and pairs in one stretch."""
        end = tokens.index(CONTEXT) if CONTEXT in tokens else len(tokens)
        own = tokens[:end]
        typed = [plain(token) for token in own] if self.folded else own
        near = self._nearness(typed)
        given = set(own)
        cover, above = self._coverage(given), 0.0
        if end + 1 < len(tokens) and cover < 1:
            above = IN_CONTEXT * (self._coverage(set(tokens)) - cover)
        return max(0.0, cover - LOOSE * self._loose(typed)), above, near

    def _loose(self, given: Sequence[str]) -> float:
        """Return the share of the words that are there, but in none of the pairs that they are asked for in: most words
        of Vietnamese are of two syllables, and "bàn ghế … giao" is no "bàn giao"."""
        total = sum(self.covered.values())
        asked = {w if not self.folded else plain(w): weight for w, weight in self.covered.items()}
        pairs = [pair for pair in self.pairs if pair[0] in asked and pair[1] in asked]
        if not pairs or not total:
            return 0.0
        there = set(pairwise(given))
        bound = {word for pair in pairs if pair in there for word in pair}
        single = {word for pair in pairs for word in pair} - bound
        return sum(asked[word] for word in single.intersection(given)) / total

    def _coverage(self, given: set[str]) -> float:
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
            folded = {plain(word) for word in given}
            for word, weight in others.items():
                if plain(word) in folded:
                    found += weight * (1.0 if word.isascii() else OTHER_MARKS)
        return found / total

    def _nearness(self, given: Sequence[str]) -> float:
        """Slide a stretch over the passage; what enters and leaves it changes the sum."""
        words, pairs = self.words, self.pairs
        total = sum(words.values()) + sum(pairs.values())
        spots = [at for at, token in enumerate(given) if token in words]
        if not total or not spots:
            return 0.0
        inside: dict[str | tuple[str, str], int] = {}
        best = score = 0.0
        first = 0
        for at in spots:
            while spots[first] <= at - STRETCH:
                gone = spots[first]
                for key, worth in self._worth(given, gone):
                    inside[key] -= 1
                    if not inside[key]:
                        score -= worth
                first += 1
            for key, worth in self._worth(given, at):
                seen = inside.get(key, 0)
                if not seen:
                    score += worth
                inside[key] = seen + 1
            best = max(best, score)
        return min(1.0, best / total)

    def _worth(self, given: Sequence[str], at: int) -> Iterator[tuple[str | tuple[str, str], float]]:
        """Yield the word at a place and the pair that ends there, where wanted, with their weights."""
        yield given[at], self.words[given[at]]
        if at:
            pair = (given[at - 1], given[at])
            if pair in self.pairs:
                yield pair, self.pairs[pair]
