"""Whose people somebody is: "kế toán các trường", "hiệu trưởng", not "giáo viên cốt cán", whom nobody need have."""

from __future__ import annotations

from corpus.facts import Actor
from nlp.naming.actors import Group
from nlp.words.folding import pattern

_UNIT = pattern(r"(?<!\w)(?:truong(?! nhom)|phong|trung tam|so|don vi|co so|nha truong|hieu truong)(?!\w)")
_OFFICES = frozenset(map(str, (Actor.BO_GDDT, Actor.SO_GDDT, Actor.PHONG_GDDT, Actor.UBND_XA)))


def tells_whose(fold: str, group: Group) -> bool:
    """Tell whether a group says whose people it means: by a unit, an office, a level, or as heads of schools."""
    named = _UNIT.search(fold, group.start, group.end) is not None
    return bool(group.levels) or named or bool(_OFFICES & {*group.actors})
