"""Who does something beside those that lead a clause: "A lập danh sách, B tự rà soát, gửi Sở …", "A giao, B nhận"."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Actor
from nlp.naming.actors import Group, group_at, is_outside
from nlp.naming.levelnames import in_order
from nlp.page.structure import Clause, Item
from nlp.words.folding import pattern

_SCHOOLS = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX)}
_PHONG = (str(Actor.PHONG_GDDT),)
#: How others are named behind a comma, and that they do their own part or send together with the first.
_NEXT = pattern(r"[,;]\s(?:va\s|con\s|rieng\s)?(?P<together>cung(?: voi)?\s)?(?=[a-z])")
_ITSELF = pattern(r",?\s(?:thi\s)?tu\s(?!chu |thuc |nguyen |ngay |thang )(?=[a-z])")
_SENDS = pattern(r"(?:,? (?:va|dong thoi))?\s(?:gui|nop|bao cao|trinh)(?!\w)")
#: What one hands over and the other takes.
_HANDS = pattern(r"\s(?:ban giao|giao|chuyen(?: giao)?|trao)(?!\w)")
_TAKES = pattern(r"\s(?:tiep nhan|nhan)(?! xet| dinh| thuc| dang)(?!\w)")
_TAKER = pattern(r"(?:[,;]| va)\s(?=[a-z])")
#: That a part of the same duty is others': "…; đối với trường THPT, trách nhiệm này thuộc về hiệu trưởng".
_SAME_DUTY = pattern(r"(?:\s?(?:rieng|con|va)\s)?(?:\s?(?:doi voi|voi|o|tai|cua)\s)?")
_IS_THEIRS = pattern(
    r"(?: [^,;.]{1,40})?,? (?:thi )?(?:trach nhiem|viec|cong viec|nhiem vu|noi dung|yeu cau) (?:nay|do|tren)"
    r" (?:thuoc(?: ve| trach nhiem)?|la (?:cua|trach nhiem)|do|duoc giao|giao)(?!\w)"
)
#: How far behind the first the others may stand.
_REACH = 300


def alongside(item: Item, leading: Group, until: int) -> Group:
    """Return those who lead a clause with the others who do their own part of it before a time, ``leading`` alone where
    there are none: who only works on what the first did ("…, phòng GDĐT chấm, gửi Sở") takes over instead."""
    fold = item.joined.fold
    stop = min(until, leading.end + _REACH)
    hands = _HANDS.match(fold, leading.end) is not None
    for joint in _TAKER.finditer(fold, leading.end, stop) if hands else ():
        group = _units(item, joint.end(), stop)
        if group is not None and _TAKES.match(fold, group.end) is not None:
            return _both(leading, group)
    for joint in _NEXT.finditer(fold, leading.end, stop):
        group = _units(item, joint.end(), stop)
        if group is None or {*group.actors} <= {*leading.actors}:
            continue
        itself = _ITSELF.match(fold, group.end)
        own = itself is not None and item.text[itself.start() : itself.end()].rstrip().endswith("tự")
        if own or (joint["together"] and _SENDS.match(fold, group.end) is not None):
            return _both(leading, group)
    return leading


def with_others_duty(item: Item, clause: Clause, group: Group | None) -> Group | None:
    """Return who does something with those whose duty a clause behind it says it is, too."""
    begins = _SAME_DUTY.match(item.joined.fold, clause.start) if group is not None else None
    if begins is None or group is None:
        return group
    others = _units(item, begins.end(), clause.end)
    theirs = others is not None and _IS_THEIRS.match(item.joined.fold, others.end, clause.end) is not None
    return _both(group, others) if theirs and others is not None else group


def _units(item: Item, at: int, until: int) -> Group | None:
    group = group_at(item.text, item.joined.fold, at)
    return group if group is not None and group.end < until and not (group.general or is_outside(group)) else None


def _both(one: Group, other: Group) -> Group:
    """Return two kinds of units as one, where the first stands; the levels are those of the schools among them."""
    actors = tuple(dict.fromkeys([*one.actors, *other.actors]))
    return replace(one, actors=actors, levels=in_order({*one.levels, *other.levels}), bare=False, every=False)


def takes_turn(fold: str, group: Group, until: int, turn: list[Group]) -> bool:
    """Tell whether units do what others do, each by a day of their own: schools, an office where nothing but its day
    follows ("trường THPT gửi trước 10/10, phòng GDĐT trước 15/10"), else it works on what they sent."""
    if group in turn:
        return False
    if set(group.actors) <= _SCHOOLS:
        return True
    return bool(turn) and group.actors == _PHONG and not fold[group.end : until].strip()
