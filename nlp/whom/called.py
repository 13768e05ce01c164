"""Rows of times, units and places: "Thời gian | Đơn vị | Địa điểm".

Under "Lịch duyệt kế hoạch", "Lịch làm việc" the units come to the office that writes, and both are bound; where the
paper tells when something is handed in, the units alone.
"""

from __future__ import annotations

import re

from corpus.facts import DEPARTMENT, Actor, SchoolLevel
from nlp.naming.actors import Group, group_at, is_office
from nlp.naming.levelnames import ORDER, levels_in
from nlp.page.columns import Column, titles_of
from nlp.page.structure import Item
from nlp.whom.bound import Bound
from nlp.whom.ranks import level_before
from nlp.words.folding import folded, pattern

_PLACE = pattern(r"(?<!\w)(?:dia diem|noi (?:lam viec|hop|duyet)|phong (?:hop|lam viec)|hoi truong)(?!\w)")
_UNITS = pattern(r"(?<!\w)(?:don vi|thanh phan|truong|phong gd\S*)(?!\w)(?! (?:duoc|thuc hien|chu tri|phoi hop))")
#: What the units come for: their plans, estimates and accounts are looked at, or a meeting, a training.
_MEETS = pattern(
    r"(?<!\w)(?:lich|thoi gian|moi|theo lich|lam viec)(?: (?!nop |nhan |gui )\w+){0,6}?"
    r" (?:lam viec(?! cua (?:doan|to|ban))|hop|(?:xet )?duyet|bao ve|doi chieu|tham (?:dinh|tra)|giao ban"
    r"|ra soat|theo lich)(?!\w)"
    r"|(?<!\w)(?:to chuc|mo|lich)(?: \w+){0,4}? (?:tap huan|boi duong)(?!\w)"
)
#: What may stand between a row's number or time and its units.
_BETWEEN = pattern(r"\s?(?:\((?:thu \w{2,4}|chu nhat|[^()]{1,24})\)\s?)?\|?\s?")
#: Where a cell of places begins.
_ROOM = re.compile(r"(?<=[^\s,;(] )(?:Phòng|Hội trường|HT|Trường|Trung tâm|Văn phòng)(?!\w)")
#: A heading or line that tells when it is.
_WHEN = pattern(r"\W{0,4}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2})?(?:thoi gian|lich|ngay gio)(?!\w)")
#: The levels of those whom it may call.
_OF = {
    str(Actor.PHONG_GDDT): {"mam_non", "tieu_hoc", "thcs"},
    str(Actor.UBND_XA): {"mam_non", "tieu_hoc", "thcs"},
    str(Actor.CO_SO_GIAO_DUC): {*ORDER} - {"gdtx"},
    str(Actor.DON_VI_TRUC_THUOC): {"thpt", "gdtx"},
    str(Actor.TRUNG_TAM_GDTX): {"gdtx"},
}
#: Centres whose name the end of a line cuts: "… trung tâm GDNN- | Trường THPT A ⏎ GDTX".
_CUT = pattern(r",?\s(?:va\s)?(?:cac\s)?(?:trung tam|tt)\s(?:gdnn|gdktth|gdnn\s)-(?=\s)")


def units_called(item: Item, start: int, end: int) -> Group | None:
    """Return the units of a row whose day is ``text[start:end]``, where its columns are but times, units and places."""
    if not item.table or not item.head:
        return None
    head = folded(item.head)
    if _PLACE.search(head) is None or _UNITS.search(head) is None or Column.TASK in titles_of(item.head):
        return None
    return _units_of_row(item, start, end)


def comes_to_office(item: Item) -> bool:
    """Tell whether the units of such rows come to the office that writes: "Lịch duyệt kế hoạch", not "… nộp hồ sơ"."""
    return any(_MEETS.search(folded(title)) for title in (*item.path[-2:], *item.above[-1:]))


def _units_of_row(item: Item, start: int, end: int) -> Group | None:
    """Return the units that a row names right behind its time, or at its start where the time is another column."""
    fold = item.joined.fold
    first = not fold[len(item.label) : start].strip(" .|")
    between = _BETWEEN.match(fold, end if first else len(item.label))
    if between is None:
        return None
    room = _ROOM.search(item.text, between.end() + 1)
    group = group_at(item.text[: room.start()] if room is not None else item.text, fold, between.end())
    cut = _CUT.match(fold, group.end) if group is not None else None
    if group is None or cut is None:
        return group
    levels = (*group.levels, *((str(SchoolLevel.GDTX),) if group.levels else ()))
    return Group(group.start, cut.end(), tuple(dict.fromkeys([*group.actors, str(Actor.TRUNG_TAM_GDTX)])), levels)


def _is_of(actor: str, levels: set[str]) -> bool:
    """Tell whether units have to do with some levels; departments of a Sở with any."""
    return not levels or actor.startswith(DEPARTMENT) or bool(_OF.get(actor, set()) & levels)


def invited_to(item: Item, start: int, group: Group | None, bound: Bound) -> Group | None:
    """Return whom an invitation calls to the time that begins at ``start``: those it lists under "kính mời:", of one
    for a level ("- Cấp tiểu học: 7 giờ 30 ngày …") the schools of that level and the offices that lead them.

    Not where ``group``, who acts by the words of the time, is the office that holds it: sentences then tell who comes.
    """
    title = folded(item.path[-1] if item.path else "")
    fold = item.joined.fold
    begins = (len(item.label), fold.rfind(". ", 0, start) + 1)
    told = _WHEN.match(title) is not None or any(_WHEN.match(fold, at) for at in begins)
    told = told or level_before(item, len(item.label), start) is not None
    if not bound.invites or not told or is_office(group):
        return None
    levels = levels_in(item.text[:start]) or {*(bound.levels or (bound.below if bound.committee else ()))}
    actors = tuple(a for a in bound.addressed if a not in bound.own and _is_of(a, levels))
    named = tuple(level for level in ORDER if level in levels)
    return Group(start, start, actors, named) if actors else None
