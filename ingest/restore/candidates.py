"""What a noisy word may have been: candidate readings with their cost under the kind of damage at hand.

Results are remembered by noisy word; words repeat so much that the memory answers most questions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np

from corpus.text import fold, strip_tone
from ingest.restore import kernel
from ingest.restore.kernel import Array
from ingest.restore.model import Model
from ingest.restore.tokens import LOWER, MIXED, NUMBER, SURE_EDGE, TITLE, UNKNOWN, UNSURE_EDGE, UPPER, shape_of


class Damage(StrEnum):
    """How the text lost its Vietnamese; each kind has its own channel."""

    OCR = "ocr"  #: read by an OCR that knows only English letters
    STRIPPED = "stripped"  #: typed or stored without any marks
    MIXED = "mixed"  #: typed with some marks and without others
    TONELESS = "toneless"  #: tones lost, ă â đ ê ô ơ ư kept
    TONES = "tones"  #: some tones wrong, letters right


class Reading(NamedTuple):
    """One reading of a noisy word: the model's words (one, or two where it is split), case shapes, cost and text."""

    words: tuple[int, int]
    shapes: tuple[int, int]
    cost: float
    text: str


class Options:
    """The readings of a place in the text: as rows, and as columns for the compiled decoder, reckoned once."""

    __slots__ = ("rows", "surest", "table")

    def __init__(self, rows: Sequence[Reading]) -> None:
        self.rows = tuple(rows)
        #: word1, shape1, word2, shape2 (whole numbers) and cost, a row each
        self.table = np.array([(*r.words, *r.shapes, r.cost) for r in rows], dtype=np.float32).reshape(-1, 5)
        #: the cost of the cheapest reading that is a word
        self.surest = min((r.cost for r in rows if r.words[0] != UNKNOWN), default=9.0)


#: How far, in nats, a reading may lie behind the best one (with its frequency counted in), and how many are kept.
_SPREAD, _MOST = 8.0, 32
_WIDTH = np.float32(9.0)
#: Costs in nats; set on the held-out pages.
_COPY, _COPY_LETTER = 5.0, 1.8
_COPY_ABBREVIATION = 10.0
_SPLIT, _JOIN = 4.5, 6.0
#: What it costs to leave a doubtful sign at the edge of a word as punctuation, and to drop it as a speck.
_KEEP_SIGN = {**dict.fromkeys('“”"', 0.5), **dict.fromkeys("[]{}<>()«»", 1.0), "!": 2.0, "?": 4.0}
_DROP_SIGN = {**dict.fromkeys('“”"', 5.0), **dict.fromkeys("[]{}<>()«»", 3.0), "!": 1.5, "?": 1.0}
_KEEP_SPECK, _DROP_SPECK = 3.0, 0.7
_POOR = 5.0
#: A syllable within this cost, its rarity counted in, makes the dear search for lost and added letters needless.
_SOUND = 10.0
_WRONG_TONE = 0.3
#: Another abbreviation than the one that a text writes again and again costs so much more, where its letters are not
#: what an OCR makes of the ones that stand there.
_OTHER_ABBREVIATION, _SLIP = 8.0, 5.0
#: In a query with some marks, what a word without any costs that should have had them.
_LEFT_OUT = 2.0

#: An abbreviation as offices form them: capitals without a vowel.
ABBREVIATION = re.compile(r"[BCDĐGHKLMNPQRSTVX]{3,7}")
#: Signs that an OCR writes for S and for ở where a plainer one would stand: "$6", "S86", "S&6", "S8@" are like "S6".
_UNUSUAL = re.compile(r"\$(?=[A-Za-z6&0]{1,2}$)|(?<=^[S$])[8&][6@](?=$)")
_UNUSUAL_FEE = 1.5
#: Giáo dục và đào tạo in an abbreviation (PGDĐT, GD&ĐT), its Đ read as D, DP, DB …
_OFFICE = re.compile(r"^(?P<head>[A-Z]GD&?|GD&)D?[DPB]T")
_OFFICE_FEE, _LOST_AND = 0.5, 3.0
#: The same with no letter before it, its Đ read as DB or DP, and behind a word to which it is glued ("B6GDDT").
_BARE_OFFICE = re.compile(r"GD(?:D[PB]|[PB]D|[PB]{2})T")
_GLUED_OFFICE = re.compile(r"^(?P<word>[A-Z][^\W_]{0,2}[&@¢]?[^\W_]?)(?P<office>GD&?(?:D[DPB]?|[PB]D|[PB]{2})T)$")
#: Words that are never Vietnamese to repair: addresses, dates, amounts, document numbers.
FIXED = re.compile(
    r"^(?-i:[A-ZĐ]{1,3})-\d{1,3}$|\w@\w+\.\w|://|www\.|\.(?:vn|com|net|org|edu|gov)\b|^[\d.,:/%\-–+xX()]+$|^\d+[A-Za-z]{0,2}[./\-].*\d|^\d+/",
    re.IGNORECASE,
)


class Candidates:
    """Readings of noisy words under one model and one kind of damage, remembered. Not shared between threads."""

    def __init__(self, model: Model, damage: Damage, memory: int = 60_000) -> None:
        self.model = model
        self.damage = damage
        self._memory = memory
        self._known: dict[str, Options] = {}
        self._joined: dict[str, Options] = {}
        self._steady: dict[str, Options] = {}

    @cached_property
    def _scratch(self) -> tuple[Array, Array, Array]:
        return self.model.scratch()

    @cached_property
    def _prior(self) -> list[list[float]]:
        rows: list[list[float]] = self.model.prior.tolist()
        return rows

    def readings(self, core: str) -> Options:
        """Return the readings of a noisy word, never none: the word itself is always one."""
        found = self._known.get(core)
        if found is None:
            if len(self._known) > self._memory:
                self._known.clear()
                self._steady.clear()
            found = self._known[core] = Options(self._read(core))
        return found

    def steady(self, core: str) -> Options:
        """Return the readings of an abbreviation that the text writes again and again: CTTT is then hardly CNTT, but
        GDDT is still GDĐT."""
        found = self._steady.get(core)
        if found is None:
            rows = self.readings(core).rows
            kept = [r if r.text == core or r.cost < _SLIP else _dearer(r, _OTHER_ABBREVIATION) for r in rows]
            found = self._steady[core] = Options(kept)
        return found

    def joined(self, left: str, right: str) -> Options:
        """Return the readings of two noisy words as one word that the OCR broke; mostly none."""
        if self.damage is not Damage.OCR or len(left) + len(right) > 9:
            return _NONE
        both = left + right
        if not both.isalpha() or self.readings(left).surest + self.readings(right).surest < _POOR:
            return _NONE
        found = self._joined.get(both)
        if found is None:
            if len(self._joined) > self._memory:
                self._joined.clear()
            rows = [r for r in self._search(both, loose=False) if r.cost < 3.0]
            found = self._joined[both] = Options([_dearer(r, _JOIN) for r in rows[:6]])
        return found

    def _read(self, core: str) -> tuple[Reading, ...]:
        if len(core) > 40 or FIXED.search(core):
            kind = NUMBER if any(c.isdigit() for c in core) else UNKNOWN
            rows = [self._copy(core, kind)]
            if len(core) <= 2 and self.damage is Damage.OCR:
                rows += self._search(core, loose=False)
            return self._best(rows)
        if self.damage is not Damage.OCR:
            return self._best(self._by_form(core))
        return self._best(self._through_channel(core))

    def _copy(self, core: str, kind: int | None = None) -> Reading:
        """Return the reading that leaves the word alone."""
        if kind is None:
            kind = NUMBER if any(c.isdigit() for c in core) else UNKNOWN
        known = self.model.number.get(core.lower())
        if known is not None:
            return Reading((known, -1), (shape_of(core), LOWER), 12.0, core)
        if kind == NUMBER:
            small = sum(c.islower() for c in core)
            fee = sum(5.0 if c.islower() else 7.0 if len(core) == 2 else 1.2 for c in core if c.isalpha())
            fee += 3.0 if small > 1 else 0.0
            fee += sum(3.0 for c in core if c in UNSURE_EDGE or not (c.isalnum() or c in SURE_EDGE + "%"))
            return Reading((NUMBER, -1), (LOWER, LOWER), 0.1 + fee, core)
        fee = _COPY_ABBREVIATION if ABBREVIATION.fullmatch(core) else _COPY + _COPY_LETTER * min(len(core), 12)
        return Reading((UNKNOWN, -1), (LOWER, LOWER), fee, core)

    def _search(self, core: str, loose: bool) -> list[Reading]:
        model = self.model
        found, cost = kernel.search(model.encode(core), model.trie, model.channel, *self._scratch, _WIDTH, loose)
        if len(found) > 1:
            score = cost - model.spelling_prior[found]
            kept = np.flatnonzero(score < score.min() + _SPREAD)
            if len(kept) > _MOST:
                kept = kept[np.argsort(score[kept], kind="stable")[:_MOST]]
            found, cost = found[kept], cost[kept]
        spellings = model.spellings
        rows = []
        for at, price in zip(found.tolist(), cost.tolist(), strict=True):
            spelling = spellings[at]
            rows.append(Reading((spelling.word, -1), (spelling.shape, LOWER), price, spelling.text))
        rows.sort(key=lambda r: (r.cost, r.text))
        return rows

    def _through_channel(self, core: str) -> list[Reading]:
        rows = self._search(core, loose=False)
        sound = (r.cost - self._frequency(r) for r in rows if self.model.is_syllable[r.words[0]])
        abbreviation = len(core) > 2 and core.isupper() and any(r.text == core for r in rows)
        long = len(core) >= 2 or core.isupper()  # of one letter only a capital may be the rest of a word: "B trưởng"
        if long and not abbreviation and min(sound, default=_SOUND) >= _SOUND:
            rows += self._search(core, loose=True)
        inner = core.strip(UNSURE_EDGE)
        if inner != core and inner:
            at = core.find(inner)
            lead, trail = core[:at], core[at + len(inner) :]
            keep = sum(_KEEP_SIGN.get(c, _KEEP_SPECK) for c in lead + trail)
            drop = sum(_DROP_SIGN.get(c, _DROP_SPECK) for c in lead + trail)
            for r in self.readings(inner).rows:
                rows.append(Reading(r.words, r.shapes, r.cost + keep, lead + r.text + trail))
                if r.words[0] > UNKNOWN:
                    rows.append(Reading(r.words, r.shapes, r.cost + drop, r.text))
        if not rows or rows[0].cost > _POOR:
            rows += self._splits(core)
        usual = _UNUSUAL.sub(lambda m: "S" if m.group() == "$" else "6", core)
        if usual != core:
            rows += [_dearer(r, _UNUSUAL_FEE) for r in self.readings(usual).rows if r.words[0] > UNKNOWN]
        if not any(r.text == core for r in rows):
            rows.append(self._copy(core))
        if _BARE_OFFICE.fullmatch(core):
            rows.append(self._office_of("GDĐT"))
        if (glued := _GLUED_OFFICE.match(core)) is not None and not ABBREVIATION.fullmatch(core):
            rows = self._behind_word(glued["word"]) or rows
        if _OFFICE.search(core):
            rows = [*(_dearer(r, _LOST_AND) for r in rows), self._office(core)]
        return rows

    def _office(self, core: str) -> Reading:
        """Return the reading of an abbreviation that holds giáo dục và đào tạo; "&" stays, and counts as not there."""
        return self._office_of(_OFFICE.sub(r"\g<head>ĐT", core))

    def _office_of(self, text: str) -> Reading:
        word = self.model.number.get(text.replace("&", "").lower(), UNKNOWN)
        return Reading((word, -1), (UPPER if word != UNKNOWN else LOWER, LOWER), _OFFICE_FEE, text)

    def _behind_word(self, left: str) -> list[Reading]:
        """Return the readings of a word to which "GDĐT" is glued, as two words."""
        office = self._office_of("GDĐT")
        rows = [r for r in self.readings(left).rows if r.words[0] > UNKNOWN and r.shapes[0] == TITLE]
        return [
            Reading(
                (r.words[0], office.words[0]), (r.shapes[0], UPPER), r.cost + _OFFICE_FEE, f"{r.text} {office.text}"
            )
            for r in rows
        ]

    def _splits(self, core: str) -> list[Reading]:
        """Return readings of one noisy word as two words between which the blank was lost."""
        rows: list[Reading] = []
        if not 4 <= len(core) <= 14:
            return rows
        for k in range(1, len(core)):
            left, right = core[:k], core[k:]
            border = left[-1].isdigit() != right[0].isdigit()
            if not border and (k < 2 or len(core) - k < 2):
                continue
            fee = _SPLIT - (3.0 if border else 0.0)
            halves = [self._halves(left), self._halves(right)]
            rows += [
                Reading(
                    (a.words[0], b.words[0]), (a.shapes[0], b.shapes[0]), a.cost + b.cost + fee, f"{a.text} {b.text}"
                )
                for a in halves[0]
                for b in halves[1]
            ]
        rows.sort(key=lambda r: (r.cost - self._frequency(r), r.text))
        return rows[:12]

    def _halves(self, part: str) -> list[Reading]:
        if part.isdigit():
            return [Reading((NUMBER, -1), (LOWER, LOWER), 0.1, part)]
        rows = [r for r in self._search(part, loose=False) if r.cost < 6.0]
        rows.sort(key=lambda r: (r.cost - self._frequency(r), r.text))
        return rows[:8]

    def _by_form(self, core: str) -> list[Reading]:
        """Return the words with the same letters: without marks, without tones, or with any tone."""
        lower = core.lower()
        shape = shape_of(core)
        plain, toneless = self.model.by_form
        bare, tone = strip_tone(lower)
        if self.damage in (Damage.STRIPPED, Damage.MIXED):
            marked = any(ord(c) > 127 for c in lower)
            group = plain.get(fold(core), []) if not marked or lower not in self.model.number else []
            price = dict.fromkeys(group, _LEFT_OUT if self.damage is Damage.MIXED else 0.0)
        elif self.damage is Damage.TONELESS:
            price = dict.fromkeys(toneless.get(bare, []) if not tone else [], 0.0)
        else:
            price = dict.fromkeys(toneless.get(bare, []), -math.log(_WRONG_TONE / 5))
        own = self.model.number.get(lower)
        if own is not None:
            price[own] = -math.log(1 - _WRONG_TONE) if self.damage is Damage.TONES else 0.0
        rows = [
            Reading((word, -1), (shape, LOWER), cost, self._written(word, core, shape)) for word, cost in price.items()
        ]
        if own is None:
            rows.append(self._copy(core))
        return rows

    def _written(self, word: int, core: str, shape: int) -> str:
        text = self.model.words[word]
        if shape == UPPER:
            return text.upper()
        if shape == TITLE:
            return text[0].upper() + text[1:]
        if shape == MIXED and len(text) == len(core):
            return "".join(t.upper() if c.isupper() else t for t, c in zip(text, core, strict=True))
        return text

    def _frequency(self, reading: Reading) -> float:
        prior = self._prior
        first = prior[reading.words[0]][reading.shapes[0]]
        return first if reading.words[1] < 0 else first + prior[reading.words[1]][reading.shapes[1]]

    def _best(self, rows: list[Reading]) -> tuple[Reading, ...]:
        """Return the readings worth decoding, one for each text."""
        unique: dict[str, Reading] = {}
        for row in rows:
            if row.text not in unique or row.cost < unique[row.text].cost:
                unique[row.text] = row
        scored = sorted(((r.cost - self._frequency(r), r.text, r) for r in unique.values()), key=lambda s: s[:2])
        kept = [r for score, _, r in scored[:_MOST] if score < scored[0][0] + _SPREAD]
        return tuple(kept)


def _dearer(reading: Reading, cost: float) -> Reading:
    return reading._replace(cost=reading.cost + cost)


_NONE = Options(())
