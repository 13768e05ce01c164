"""The same duties in another copy of a directive: what was said of the older copy's duties holds for the newer one's.

A copy is the same number, issuer and year in other bytes (``corpus.versions``): scanned again, sent again, put right.
Its duties are the older one's where they were read from the same letters, or from nearly the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from api.usecases.dutyrows import Known
from corpus.corrections import ALIKE
from corpus.quickfold import quick_fold
from corpus.versions import FormerNames

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def linked(later: Sequence[Known], earlier: Sequence[Known]) -> list[Known]:
    """Return the duties of a later copy with the names that they had in the copies before, the oldest first; those
    that they have from copies that were taken out they keep."""
    same = dict(_pairs(later, earlier))
    return [_named(one, earlier[same[at]].names) if at in same else one for at, one in enumerate(later)]


def renamed(duties: Sequence[Known], former: FormerNames) -> list[Known]:
    """Return the duties of a copy with the names, and no others, that they had in copies that were taken out."""
    return [replace(one, earlier=former.get(one.key, ())) for one in duties]


def _named(known: Known, names: Sequence[str]) -> Known:
    every = dict.fromkeys((*names, *known.earlier))
    every.pop(known.key, None)
    return replace(known, earlier=tuple(every))


def _pairs(later: Sequence[Known], earlier: Sequence[Known]) -> list[tuple[int, int]]:
    """Return which duty of the later copy is which of the earlier one: the same letters first, then the most alike."""
    one, other = [_letters(k) for k in later], [_letters(k) for k in earlier]
    free: dict[str, list[int]] = {}
    for at, letters in enumerate(other):
        free.setdefault(letters, []).append(at)
    pairs = [(at, free[letters].pop(0)) for at, letters in enumerate(one) if free.get(letters)]
    left, right = set(range(len(one))) - {a for a, _ in pairs}, set(range(len(other))) - {b for _, b in pairs}
    alike = [(_likeness(one[a], other[b]), a, b) for a in left for b in right]
    for share, a, b in sorted(alike, key=lambda row: (-row[0], row[1], row[2])):
        if share >= ALIKE and a in left and b in right:
            pairs.append((a, b))
            left.discard(a)
            right.discard(b)
    return pairs


def _letters(known: Known) -> str:
    return _NOT_LETTERS.sub("", quick_fold(known.duty.evidence.surface))


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
