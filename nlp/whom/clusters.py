"""Groups of units with a time each, told in a bracket: "Cụm 1, 2 (các phòng GDĐT) lúc 7h30 ngày 20/6; cụm 3 (…) …"."""

from __future__ import annotations

from dataclasses import replace

from nlp.naming.actors import Group, in_turn, is_outside, named_in
from nlp.page.structure import Clause, Item
from nlp.whom.bound import Bound, acting
from nlp.words.folding import pattern

_NUMBER = r"(?:\d{1,2}|[ivx]{1,4}|[a-h])"
#: A group and its units, right before a time: "khối 2 (trường THPT) lúc 14h00", "Nhóm A (phòng GDĐT): 7h30".
_CLUSTER = pattern(
    r"(?<!\w)(?:cum|khoi|nhom|to|dot|ca|bang)(?: (?:thi dua|so))?"
    rf" {_NUMBER}(?:(?:,| va|-) ?{_NUMBER}(?!\w)){{0,5}}\s?\((?P<units>[^()]{{4,140}})\)"
    r"\s?[:,]?(?: (?:hop|lam viec|tap huan|noi tiep|bat dau|tiep theo|vao|luc|tu|sang|chieu|ngay)){0,4}\s{0,2}$"
)
#: What units are called together for.
_MEETS = pattern(r"(?<!\w)(?:hop|hoi nghi|giao ban|ban giao|lam viec|tap huan|boi duong|duyet|bao ve)(?!\w)")
#: Who alone comes to something: "chỉ gồm thành viên Hội đồng và trưởng các phòng thuộc Sở".
_ONLY = pattern(r",\s(?:chi )?(?:gom|co)\s(?=(?:toan the )?(?:thanh vien|uy vien|lanh dao so|truong cac phong))")
#: Whoever leads such a group: "Cụm trưởng", "Trưởng nhóm".
_LEADER = pattern(r"\W{0,3}(?:cac )?(?:(?:cum|nhom|khoi) truong|truong (?:cac )?(?:cum|nhom|khoi))(?: thi dua)?(?!\w)")


def of_cluster(item: Item, place_start: int, left: int) -> Group | None:
    """Return the units that a bracket behind a group's name tells right before a time."""
    told = _CLUSTER.search(item.joined.fold, left, place_start)
    if item.table or told is None:
        return None
    groups = [g for g in named_in(item.text, item.joined.fold, *told.span("units")) if not is_outside(g)]
    return replace(in_turn(groups), start=told.start("units"), end=told.end("units")) if groups else None


def met_by_cluster(
    item: Item, clause: Clause, left: int, start: int, bound: Bound
) -> tuple[tuple[str, ...], Group] | None:
    """Return the office that holds a meeting and the units of the group that comes at a time, and these."""
    group = of_cluster(item, start, max(left, clause.start)) if bound.own and not bound.school else None
    if group is None:
        return None
    begin = max(item.joined.fold.rfind(". ", 0, clause.start) + 1, 0)
    if not bound.meets and _MEETS.search(item.joined.fold, begin, start) is None:
        return acting(group, bound), group
    return tuple(dict.fromkeys([*bound.own, *acting(group, bound)])), group


def comes_alone(item: Item, end: int) -> bool:
    """Tell whether but those of the office that writes come to a time which ends at ``end``."""
    return _ONLY.match(item.joined.fold, end) is not None


def led_by_any(item: Item, clause: Clause, bound: Bound) -> tuple[str, ...]:
    """Return all those invited where whoever leads a group of them does something, () where a clause tells others."""
    told = bound.meets and _LEADER.match(item.joined.fold, clause.start) is not None
    return bound.addressed if told else ()
