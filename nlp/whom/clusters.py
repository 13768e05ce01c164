"""Groups of units with a time each, told in a bracket: "Cụm 1, 2 (các phòng GDĐT) lúc 7h30 ngày 20/6; cụm 3 (…) …"."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Actor
from corpus.named import JOINT as JOINT_OF_NAMES
from corpus.named import named as named_only
from nlp.naming.actors import Group, group_at, in_turn, is_outside, named_in
from nlp.naming.levelnames import ORDER, in_order, levels_in
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
#: Kinds of school that names in a cluster begin with, and of centres.
_KINDS = ("THPT", "THCS", "TH", "MN", "MG", "PT", "Trường", "Tiểu học", "Mầm non", "Mẫu giáo", "TT", "Trung tâm", "GD")
_CENTRES = ("TT", "Trung tâm", "GD")
#: A group told by its places right before its days: "cụm 1 gồm các trường huyện A, thị xã B thi đấu từ … đến …".
_MADE_OF = pattern(
    rf"(?<!\w)(?:cum|khu vuc|khoi|nhom|bang|vung)(?: (?:thi dua|so))? {_NUMBER}\s?[:,]?\s"
    r"(?:(?:bao )?gom|la)\s(?=(?:cac )?truong)"
)
_HOST = pattern(r"(?:hai|ba|bon|nam|sau|cac|\d{1,2}) (?:nha )?truong (?:dang cai|chu nha)(?!\w)")
_COMPETES = pattern(r"(?<!\w)(?:thi(?: dau)?|tranh tai|bieu dien|so tai|tham du|du thi|sinh hoat|giao luu)(?!\w)")
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


def made_of(item: Item, left: int, until: int) -> Group | None:
    """Return the schools of a group that competes at a time, told by their places; their levels stand before them
    ("3. Vòng cụm (THPT): …") where their own words tell none."""
    fold = item.joined.fold
    told = None if item.table else next(iter(_MADE_OF.finditer(fold, left, until)), None)
    group = group_at(item.text, fold, told.end()) if told is not None else None
    if told is None or group is None or _COMPETES.search(fold, group.start, until) is None:
        return None
    levels = {*group.levels} or levels_in(item.text[: item.text.find(":") + 1])
    schools = (str(Actor.CO_SO_GIAO_DUC),)
    return replace(group, actors=schools, levels=in_order(levels), bare=False)


def of_round(item: Item, group: Group, before: Group | None) -> Group | None:
    """Return the schools told before for some of them; hosts of a round have its level, which stands before its colon:
    "3. Vòng cụm (THPT): …. Ba trường đăng cai báo …"."""
    hosts = before is not None and not before.levels and _HOST.match(item.joined.fold, group.start) is not None
    if before is None or not hosts:
        return before
    return replace(before, levels=in_order(levels_in(item.text[: item.text.find(":") + 1])))


def cluster_by_name(item: Item, clause: Clause) -> Group | None:
    """Return the schools that a clause or row begins with by name: "Cụm số 1 gồm THPT A, THPT B: gửi đề trước …"."""
    names = named_only(item.text[clause.start : clause.end])
    if names is None or not names.startswith(_KINDS):
        return None
    centres = any(one.startswith(_CENTRES) for one in names.split(JOINT_OF_NAMES))
    levels = levels_in(names)
    actors = (str(Actor.CO_SO_GIAO_DUC), *((str(Actor.TRUNG_TAM_GDTX),) if centres else ()))
    return Group(clause.start, clause.start, actors, tuple(level for level in ORDER if level in levels))


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
