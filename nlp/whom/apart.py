"""Units told apart from those of their clause: in a bracket with a time of its own, in an aim ("để Phòng tổng hợp, báo
cáo Sở trước …"), the next of several, the office of a heading for what it sends of a level."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Actor
from nlp.naming.actors import Group, group_at, level_group
from nlp.naming.levelnames import in_order, levels_in
from nlp.page.structure import Clause, Item
from nlp.whom.subjects import subject_before
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

#: "(học viên thì trung tâm lập hồ sơ …)".
_THEN = pattern(r"(?<!\w)thi\s(?!\w+ sinh)")
#: What an office that receives does with it, and to whom above it that goes.
_SO_THAT = pattern(r"(?<!\w)de\s(?=(?:phong|so|bo|pgd|sgd|ubnd)(?!\w))")
_SENDS_ON = {
    office: pattern(rf"(?<!\w)(?:bao cao|trinh|chuyen|gui|nop)(?: \w+){{0,6}}? (?:{above})(?!\w)")
    for office, above in (
        (str(Actor.SO_GDDT), "bo|bgd|ubnd tinh|ubnd thanh pho|thu tuong"),
        (str(Actor.PHONG_GDDT), "so|sgd|ubnd"),
        (str(Actor.UBND_XA), "so|sgd|ubnd (?:tinh|huyen|thanh pho)|phong gd"),
    )
}
#: An aim without an office: "… về Phòng GDĐT trước 18/9 để tổng hợp, báo cáo Sở trước 25/9", and where it went.
_TO_SUM_UP = pattern(r"(?<!\w)de (?:kip )?tong hop(?: chung)?(?:,| va)? ")
_WENT_TO = pattern(r"(?<!\w)(?:ve|cho|den|len|toi|tai)\s(?=(?:phong|so|bo|pgd|sgd|ubnd)(?!\w))")
#: How far before a time an office's aim may be told, in characters.
_REACH = 160
#: The next of several whose people come, and of what level something is.
_OF_NEXT = pattern(r",\s(?:va |con )?cua\s(?=(?:cac|moi) )")
#: Of which classes or level the next is, before who does it: "…, của lớp 12 Phòng KTQLCL lập, trình …".
_OF_CLASSES = pattern(
    r"[,;]\s(?:va |con )?(?:cua|doi voi)\s(?P<level>(?:(?:hoc sinh|hoc vien|tre)\s)?(?:(?:cap|bac|khoi)\s)?"
    r"(?:mam non|tieu hoc|thcs|thpt|gdtx|(?:lop )?\d{1,2}(?:(?:, | va |-)(?:lop )?\d{1,2}){0,3}))"
    r",?\s(?:thi\s)?(?:do\s)?(?=[a-z])"
)
_ABOUT_LEVEL = pattern(r"(?<!\w)doi voi\s(?:cap |bac )?")


def in_aside(item: Item, left: int, until: int) -> Group | None:
    """Return who acts in a bracket with a time of its own, behind the time of others: "… nộp trước 29/5 (học viên thì
    trung tâm lập hồ sơ, nộp trước 28/5)"."""
    fold = item.joined.fold
    opened = fold.startswith(" (", left) and fold.find(")", left, until) < 0 and not item.table
    if not opened:
        return None
    found = (group_at(item.text, fold, then.end()) for then in _THEN.finditer(fold, left, until))
    acts = (g for g in found if g is not None and opens_with_verb(fold, g.end + 1))
    return next(acts, None) or subject_before(item, Clause(left + 2, until), until)


def for_its_own(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the office that sends on what comes in: "các trường gửi số liệu để Phòng tổng hợp, báo cáo Sở trước"."""
    fold = item.joined.fold
    for aim in _SO_THAT.finditer(fold, max(clause.start, until - _REACH), until):
        office = group_at(item.text, fold, aim.end()) if item.text.startswith("để", aim.start()) else None
        above = _SENDS_ON.get(office.actors[0]) if office is not None and len(office.actors) == 1 else None
        if office is None or above is None or not opens_with_verb(fold, office.end + 1):
            continue
        if above.search(fold, office.end, until) is not None:
            return office
    summed = _TO_SUM_UP.search(fold, max(clause.start, until - _REACH), until)
    if summed is None or not item.text.startswith("để", summed.start()):
        return None
    went = [group_at(item.text, fold, m.end()) for m in _WENT_TO.finditer(fold, clause.start, summed.start())]
    office = went[-1] if went else None
    above = _SENDS_ON.get(office.actors[0]) if office is not None and len(office.actors) == 1 else None
    sends = above is not None and above.search(fold, summed.end(), until) is not None
    return replace(office, levels=()) if office is not None and sends else None


def of_those(item: Item, left: int) -> Group | None:
    """Return the next of several units whose people come: "…, của các Phòng GDĐT lúc 14 giờ 00 ngày 20/3", or who does
    it for the next classes: "…, của lớp 12 Phòng KTQLCL lập"."""
    fold = item.joined.fold
    of = _OF_NEXT.match(fold, left)
    if of is not None:
        return group_at(item.text, fold, of.end())
    of = None if item.table else _OF_CLASSES.match(fold, left)
    group = group_at(item.text, fold, of.end()) if of is not None else None
    if of is None or group is None or not opens_with_verb(fold, group.end + 1):
        return None
    schools = group.actors == (str(Actor.CO_SO_GIAO_DUC),) and not group.levels
    return replace(group, levels=in_order(levels_in(of["level"], classes=True))) if schools else group


def of_office(
    item: Item, clause: Clause, span: tuple[int, int], group: Group | None, carried: Group | None
) -> Group | None:
    """Return the Phòng named before for what it sends of a level: "Tại Phòng GDĐT. … Gửi tờ trình đối với cấp tiểu học
    về …"; ``span`` are the words of a time, where the level may be another than that of the time before."""
    fold = item.joined.fold
    if group is None or not group.bare or carried is None or carried.actors != (str(Actor.PHONG_GDDT),):
        return None
    about = _ABOUT_LEVEL.search(fold, max(clause.start, group.start - 16), group.end)
    bare = clause.start + len(fold[clause.start : clause.end]) - len(fold[clause.start : clause.end].lstrip(" -+*"))
    if about is None or not opens_with_verb(fold, bare):
        return None
    own = [level_group(item.text, fold, m.end()) for m in _ABOUT_LEVEL.finditer(fold, *span)]
    return replace(carried, levels=next((g.levels for g in own if g is not None), group.levels))
