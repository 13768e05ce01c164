"""Suggestions while typing: document numbers, offices, and what the directives are about, most frequent first."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold, squeeze
from index.vectors import Overview
from index.words import one_bare_spelling, spell_out

#: Most that one asks for, and words of a suggestion that can be typed first.
MOST, STARTS = 20, 12
_WORD = re.compile(r"[^\W_]+")
#: Words that may have two spellings.
_ALONE = re.compile(r"(?<![^\W_])(?:[klmthsv]|qu)[iy](?![^\W_])")


class SuggestionKind(StrEnum):
    """What a suggestion is."""

    NUMBER = "number"
    ISSUER = "issuer"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text to search for; ``about`` tells more (the subject of a numbered directive)."""

    text: str
    kind: SuggestionKind
    about: str = ""


class Suggester:
    """Finds what begins with the typed words, at the start of any word, with or without marks."""

    def __init__(self, overview: Overview) -> None:
        weights: Counter[Suggestion] = Counter()
        for row in overview.directives:
            if row.get("number"):
                weights[Suggestion(str(row["number"]), SuggestionKind.NUMBER, squeeze(row.get("subject") or ""))] += 1
            if row.get("issuer"):
                weights[Suggestion(squeeze(str(row["issuer"])), SuggestionKind.ISSUER)] += 1
            if row.get("subject"):
                weights[Suggestion(squeeze(str(row["subject"])), SuggestionKind.TOPIC)] += 2
        for topic, seen in overview.topics.items():
            weights[Suggestion(topic, SuggestionKind.TOPIC)] += seen
        merged = _merged(weights)
        # what begins with the typed words comes before what has them in its middle, then the frequent before the rare
        order = sorted(
            ((begins, text) for text in merged for begins in (True, False)),
            key=lambda row: (not row[0], -merged[row[1]], len(row[1].text), row[1].text, row[1].kind, row[1].about),
        )
        places = {row: place for place, row in enumerate(order)}
        self._suggestions = [suggestion for _, suggestion in order]
        rows: list[tuple[str, int]] = []
        for suggestion in merged:
            begin = _folded(suggestion.text)[:40]
            rows += ((key, places[begin.startswith(key[:40]), suggestion]) for key in _keys(suggestion.text))
        rows.sort()
        self._keys = [key for key, _ in rows]
        self._places = np.fromiter((place for _, place in rows), np.int32, len(rows))

    def suggest(self, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return up to ``limit`` suggestions; nothing for less than two letters or digits."""
        wanted = _folded(typed)
        if len(wanted.replace(" ", "")) < 2:
            return ()
        limit = max(1, min(limit, MOST))
        # what is typed last may be a word ("quản lí") or the beginning of one ("li" of "liên hệ")
        begins = {wanted, " ".join([*wanted.split()[:-1], *_words(typed)[-1:]])}
        places = np.concatenate([self._beginning(begin) for begin in begins])
        # a suggestion may stand there under each of its keys, so this many hold enough different ones
        if len(places) > (enough := 2 * STARTS * limit):
            places = np.partition(places, enough)[:enough]
        best = dict.fromkeys(self._suggestions[place] for place in np.sort(places).tolist())
        return tuple(islice(best, limit))

    def _beginning(self, wanted: str) -> NDArray[np.int32]:
        """Return the places of the suggestions that have a key beginning so."""
        begin = bisect.bisect_left(self._keys, wanted)
        end = bisect.bisect_left(self._keys, wanted + "\uffff", lo=begin)
        return self._places[begin:end]


def _merged(weights: Counter[Suggestion]) -> dict[Suggestion, int]:
    """Return the suggestions without those that differ only in capitals, marks or spelling ("Hoà", "Hòa"; "kì", "kỳ");
    of their forms that with the fewest capitals stays, of these the most frequent."""
    forms: dict[tuple[str, SuggestionKind], list[Suggestion]] = {}
    for suggestion in weights:
        alike = _ALONE.sub(lambda match: one_bare_spelling(match[0]), fold(suggestion.text))
        forms.setdefault((alike, suggestion.kind), []).append(suggestion)
    return {
        min(same, key=lambda s: (_capitals(s.text), -weights[s], s.text)): sum(weights[s] for s in same)
        for same in forms.values()
    }


def _capitals(text: str) -> int:
    return sum(c.isupper() for c in text)


def _keys(text: str) -> set[str]:
    """Return the folded text from each of its first words on, as written and with abbreviations written out."""
    found = set()
    for form in {_folded(text), _folded(spell_out(text))}:
        words = form.split()
        found |= {" ".join(words[k:])[:60] for k in range(min(len(words), STARTS))}
    return found


def _folded(text: str) -> str:
    return " ".join(map(one_bare_spelling, _words(text)))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
