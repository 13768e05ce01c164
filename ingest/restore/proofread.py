"""Proofreading what a Vietnamese OCR wrote: a word here and there is wrong, the rest is right.

The reading as it stands is the strong hypothesis. Other readings come from the confusions of a Vietnamese OCR
(``confusions``), the language model weighs them in their sentence, and one is taken only where it wins by a clear
margin. Numbers, codes, addresses and abbreviations are never words to be read otherwise.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpus.text import fold, is_syllable
from ingest.restore import lattice
from ingest.restore.candidates import FIXED, Damage, Reading
from ingest.restore.confusions import is_worn, letters_for, marks_cost
from ingest.restore.decoder import Found, best_way
from ingest.restore.model import Model
from ingest.restore.places import Place, places_of
from ingest.restore.tokens import BREAK, LOWER, NUMBER, TITLE, UNKNOWN, UPPER, shape_of

#: A doubtful word: its place in the text and the OCR's confidence in 0..1.
Doubt = tuple[int, int, float]

#: How far (nats) behind the best way a state is dropped: farther than in broken text, for the words are nearly right.
_DROP = np.float32(16.0)
#: By how many nats another reading must win; more for names, which no language model knows, and for
#: what no wear explains of words in capitals, which it knows hardly ("TOÁN").
MARGIN, COMMON_MARGIN, NAME_MARGIN, _CAPITAL_MARGIN = 2.0, 1.0, 5.0, 4.0
#: What a lost hook costs at first; then what its rate on the page says, within limits.
_COMMON, _RARE, _COMMON_LEAST, _COMMON_MOST = 2.5, 0.1, 0.3, 4.0
#: What any other mark costs less where the page has lost such marks, too (a worn copy: "tô chức", "thành phó"): as far
#: as their rate in the first pass says, never below the least; and the rate at which nothing changes (``_OTHER_MARK``).
_OTHER_LEAST, _OTHER_RATE = 3.0, math.exp(-7.0)
#: What a word that is no Vietnamese syllable and not known costs as it stands, and one that is a syllable.
_STRANGE, _UNKNOWN_SYLLABLE = 3.0, 1.0
#: At this confidence Tesseract means what it says; costs shrink below it, to this share at the least.
_SURE, _UNSURE, _LEAST_SHARE = 0.9, 0.3, 0.55
_MOST = 12
#: A page with fewer words tells no rate of its own.
_LEAST_WORDS = 120
#: Readings whose share is larger are told as alternatives.
_CHANCE = 0.005


class Option(NamedTuple):
    """Another reading of a word: the model's word, its letters, what it costs, whether its confusion is common, and
    whether the word as read is this one worn."""

    word: int
    text: str
    cost: float
    common: bool
    worn: bool


class _Costs(NamedTuple):
    """What a lost hook costs on a page, and how much less any other mark that wore off."""

    common: float
    other_less: float


class Change(NamedTuple):
    """A word to be read otherwise, whether by a common confusion, and whether it has the same letters."""

    found: Found
    common: bool
    marks: bool


class Proofreader:
    """Proofreads under one model; remembers words as it goes. Not shared between threads."""

    def __init__(self, model: Model, memory: int = 60_000) -> None:
        self.model = model
        self._memory = memory
        self._known: dict[str, tuple[Option, ...]] = {}

    def proofread(self, lines: list[str], confidences: Confidences) -> list[Change]:
        """Return the words to be read otherwise, in order."""
        places = places_of(lines, Damage.TONES)
        if not places:
            return []
        sure = [confidences.of(place.line, place.slot.start) for place in places]
        found = self._pass(places, sure, _Costs(_COMMON, 0.0))
        hooks = sum(place.core.lower().count(c) for place in places for c in "ểổẩ")
        lost = sum(1 for f in found if f.common)
        price = -math.log((lost + 0.5 * _RARE) / (lost + hooks + 0.5))
        common = min(_COMMON_MOST, max(_COMMON_LEAST, price))
        return self._pass(places, sure, _Costs(common, _other_less(places, found)))

    def _pass(self, places: list[Place], sure: list[float], costs: _Costs) -> list[Change]:
        options = [self._readings(p, c, costs) for p, c in zip(places, sure, strict=True)]
        built = lattice.of_words([[reading for reading, _ in part] for part in options])
        taken, scores = best_way(built, places, self.model, _DROP)
        share = lattice.shares(scores, built.start)
        told = lattice.likeliest(share, built, _CHANCE)
        found = []
        for k, place in enumerate(places):
            own, chosen = int(built.start[k]), int(taken[k])
            if chosen == own:
                continue
            first = place.fresh or place.slot.before == BREAK or (k > 0 and places[k - 1].slot.after == BREAK)
            name = shape_of(place.core) == TITLE and not first
            reading, common = options[k][chosen - own]
            margin = NAME_MARGIN if name else COMMON_MARGIN if common else MARGIN
            if not (name or common) and shape_of(place.core) == UPPER and fold(place.core) == fold(reading.text):
                margin = MARGIN if is_worn(place.core.lower(), reading.text.lower(), swaps=False) else _CAPITAL_MARGIN
            if scores[chosen] - scores[own] < margin or (name and not common):
                continue
            others = tuple(text for text in told[k] if text != reading.text)
            slot = place.slot
            change = Found(place.line, slot.start, slot.end, reading.text, float(share[chosen]), others, "proofread")
            found.append(Change(change, common, fold(place.core) == fold(reading.text)))
        return found

    def _readings(self, place: Place, confidence: float, costs: _Costs) -> list[tuple[Reading, bool]]:
        """Return the readings of a word with what each costs; the first is the word as it stands."""
        core = place.core
        word, cost = self._own(core)
        shape = shape_of(core) if word > UNKNOWN else LOWER
        rows = [(Reading((word, -1), (shape, LOWER), cost, core), True)]
        if word == NUMBER:
            return rows
        share = min(1.0, max(_LEAST_SHARE, (confidence - _UNSURE) / (_SURE - _UNSURE)))
        for option in self.options(core):
            cost = max(_OTHER_LEAST, option.cost - costs.other_less) if option.worn else option.cost
            price = costs.common if option.common else min(option.cost, cost) * share
            rows.append((Reading((option.word, -1), (shape_of(core), LOWER), price, option.text), option.common))
        return rows

    def _own(self, core: str) -> tuple[int, float]:
        if any(c.isdigit() for c in core):
            return NUMBER, 0.0
        word = self.model.number.get(core.lower())
        if word is not None:
            return word, 0.0
        return UNKNOWN, _UNKNOWN_SYLLABLE if is_syllable(core) else _STRANGE

    def options(self, core: str) -> tuple[Option, ...]:
        """Return the other words that a Vietnamese OCR may have read as ``core``, cheapest first."""
        found = self._known.get(core)
        if found is None:
            if len(self._known) > self._memory:
                self._known.clear()
            found = self._known[core] = self._options(core)
        return found

    def _options(self, core: str) -> tuple[Option, ...]:
        lower = core.lower()
        if len(lower) != len(core) or not lower.isalpha() or len(core) > 8 or FIXED.search(core):
            return ()
        shape = shape_of(core)
        if shape not in (LOWER, TITLE, UPPER) or (shape == UPPER and not is_syllable(lower)):
            return ()
        model, found = self.model, dict[int, Option]()
        # The model hardly knows common words in capitals ("NGÀY"): there only what was lost is put back.
        swaps = shape != UPPER
        plain, _ = model.by_form
        for word in plain.get(fold(core), []):
            text = model.words[word]
            if text != lower and len(text) == len(lower):
                cost, common = marks_cost(lower, text)
                found[word] = Option(word, _cased(text, core), cost, common, is_worn(lower, text, swaps=swaps))
        letters = letters_for()
        for at, letter in enumerate(lower):
            for row in letters.get(letter, ()):
                text = lower[:at] + row.true + lower[at + 1 :]
                word = model.number.get(text, UNKNOWN)
                if word > UNKNOWN and model.is_syllable[word]:
                    found.setdefault(word, Option(word, _cased(text, core), row.cost, row.common, False))
        return tuple(sorted(found.values(), key=lambda o: (o.cost, o.text))[:_MOST])


def _other_less(places: Sequence[Place], changes: Sequence[Change]) -> float:
    """Return how many nats less another mark costs on a page where so many words were changed in the first pass."""
    lost = sum(change.marks and not change.common for change in changes)
    words = sum(place.core.isalpha() and len(place.core) > 1 for place in places)
    return max(0.0, math.log((lost - 1) / max(words, _LEAST_WORDS) / _OTHER_RATE)) if lost > 1 else 0.0


class Confidences:
    """The OCR's confidence in the word at a place; 1 where nothing was handed in."""

    def __init__(self, lines: list[str], doubts: Sequence[Doubt]) -> None:
        self._line_starts = [0]
        for line in lines:
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)
        self._doubts = sorted(doubts)
        self._starts = [start for start, _, _ in self._doubts]

    def of(self, line: int, column: int) -> float:
        """Return the confidence of the word at a place."""
        at = self._line_starts[line] + column
        k = bisect_right(self._starts, at) - 1
        if k < 0:
            return 1.0
        _, end, confidence = self._doubts[k]
        return confidence if at < end else 1.0


def _cased(text: str, like: str) -> str:
    return "".join(t.upper() if c.isupper() else t for t, c in zip(text, like, strict=True))
