"""Units of a clause that those near it tell more of: people of the schools named before, the next level, what an office
of a heading only decides on."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Actor, SchoolLevel
from nlp.naming.actors import Group, is_office, level_group
from nlp.page.structure import Clause, Item
from nlp.whom.bound import Bound
from nlp.whom.headings import are_persons, governing
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

_LEVEL_KIND = pattern(r"(?:cap|bac|khoi) ")
#: Who learns the same at centres.
_WITH_LEARNERS = pattern(r",?\s(?:ke ca|gom ca|va|bao gom(?: ca)?)\s(?:cac )?(?:hoc vien|gdtx)(?!\w)")
#: What an office decides on, right before units.
_DEALT_WITH = pattern(r"\w doi voi (?:(?:cac|tung|nhung) )?$")


def is_dealt_with(item: Item, clause: Clause, group: Group, bound: Bound) -> bool:
    """Tell whether units are but what the office of a heading decides on: "2. Phòng GDPT ⏎ a) Thẩm định đề án đối với
    trường THPT …"."""
    fold = item.joined.fold
    lead = max(clause.start, len(item.label))
    behind = _DEALT_WITH.search(fold, lead, group.start) is not None
    if item.table or not behind or is_office(group) or not opens_with_verb(fold, lead + (fold[lead : lead + 1] == " ")):
        return False
    above = governing(item, bound.own, bound.defined)
    return above is not None and is_office(above)


def next_level(item: Item, clause: Clause, carried: Group | None) -> Group | None:
    """Return the schools of the level that a clause opens with, behind those of another that did the same: "Mầm non
    nhập xong … trước ngày …; tiểu học và THCS xong … trước ngày …"."""
    if carried is None or not carried.bare or item.table:
        return None
    fold = item.joined.fold
    start = clause.start + len(fold[clause.start : clause.end]) - len(fold[clause.start : clause.end].lstrip(" -+"))
    kind = _LEVEL_KIND.match(fold, start)
    group = level_group(item.text, fold, kind.end() if kind is not None else start)
    if group is not None and _WITH_LEARNERS.match(fold, group.end, clause.end) is not None:
        centres = (str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX))
        return replace(group, actors=centres, levels=(*group.levels, str(SchoolLevel.GDTX)), bare=False)
    return group


def levels_above(item: Item, clause: Clause, group: Group, carried: Group | None) -> Group:
    """Return the people of schools with the levels of the schools named right before: "Trường tiểu học ký số xong ….
    Hiệu trưởng báo …"."""
    if carried is None or item.table or group.levels or group.start < clause.start or not are_persons(item, group):
        return group
    schools = set(carried.actors) == set(group.actors) == {str(Actor.CO_SO_GIAO_DUC)}
    return replace(group, levels=carried.levels) if schools and carried.levels else group
