"""Whose people somebody is: "kế toán các trường", "hiệu trưởng", not "giáo viên cốt cán", whom nobody need have."""

from __future__ import annotations

from nlp.naming.actors import OFFICES, Group
from nlp.words.folding import pattern

_UNIT = pattern(r"(?<!\w)(?:(?<!to )truong(?! nhom)|phong|trung tam|so|don vi|co so|nha truong|hieu truong)(?!\w)")


#: People who are counted before their units.
_COUNTED = pattern(r"\d{1,2} (?:chuyen vien|can bo|lanh dao|giao vien|cbql|nhan vien)(?: \([^()]{1,30}\))?\s")


def behind_count(fold: str, at: int) -> int:
    """Return where the units stand whose people are counted: "02 chuyên viên (tiểu học, THCS) phòng GDĐT các huyện"."""
    posts = _COUNTED.match(fold, at)
    return posts.end() if posts is not None else at


def names_unit(fold: str, group: Group) -> bool:
    """Tell whether a group names a unit, not only people of a level: "giáo viên các trường THCS"."""
    return _UNIT.search(fold, group.start, group.end) is not None or bool(OFFICES & {*group.actors})


def tells_whose(fold: str, group: Group) -> bool:
    """Tell whether a group says whose people it means: by a unit, an office, a level, or as heads of schools."""
    return bool(group.levels) or names_unit(fold, group)
