"""Whom a clause of the upper directive concerns: units below, the Sở itself, the office above, or others outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from corpus.text import LOWER
from nlp.naming.actors import group_at
from nlp.words.folding import folded
from nlp.words.vocabulary import table


class Scope(StrEnum):
    """Whom a clause concerns."""

    UNITS = "units"  #: what the Sở hands on to its units
    OWN = "own"  #: what the Sở does itself
    ABOVE = "above"  #: what the Bộ does
    OUTSIDE = "outside"  #: what others do: universities


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[start:end]`` with what it concerns; the white space behind it is its own."""

    start: int
    end: int
    scope: Scope


_BREAK = re.compile(rf"(?<=[;:])\s+(?!\d)|(?<=[.])\s+(?=[^\W\d{LOWER}])")
_SENTENCE = re.compile(r"[.]\s*$")
_LEAD = re.compile(r"^(?:dong thoi|rieng|ngoai ra|trong do|hang nam|sau [^,;]{3,40}|doi voi [^,;:]{3,120}),?\s(?=\S)")


@lru_cache(maxsize=8)
def _begins(group: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("drafting")[group]))


def clauses(text: str, default: Scope) -> list[Clause]:
    """Return the clauses of an item; one that names nobody goes on with the one before it in its sentence."""
    found: list[Clause] = []
    at, current = 0, default
    ends = [match.end() for match in _BREAK.finditer(text)] + [len(text)]
    for end in ends:
        if end <= at:
            continue
        told = told_by(text[at:end])
        current = told if told is not None else current
        found.append(Clause(at, end, current))
        if _SENTENCE.search(text[at:end]):
            current = default
        at = end
    return found


def told_by(clause: str) -> Scope | None:
    """Return whom a clause or heading names as acting at its start, None where it names nobody."""
    fold = folded(clause).lstrip()
    skipped = len(folded(clause)) - len(fold)
    for text in (fold, _LEAD.sub("", fold)):
        if _begins("outside").match(text):
            return Scope.OUTSIDE
        if _begins("above").match(text):
            return Scope.ABOVE
        if _begins("own").match(text):
            return Scope.OWN
    if _begins("own_within").search(fold):
        return Scope.OWN
    lead = _LEAD.match(fold)
    start = skipped + (lead.end() if lead else 0)
    if group_at(clause, folded(clause), start) is not None:
        return Scope.UNITS
    return None
