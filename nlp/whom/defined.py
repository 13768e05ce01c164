"""Short names that a directive gives units: "các trường tiểu học, THCS (sau đây gọi chung là các nhà trường)"."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Actor, SchoolLevel
from corpus.named import named as named_only
from corpus.schools import special
from nlp.naming.actors import Group, group_at, groups_in, is_outside, together
from nlp.naming.levelnames import in_order, levels_in
from nlp.naming.shortnames import OPEN, Called
from nlp.page.structure import Item
from nlp.words.folding import pattern

_CALLED = pattern(
    r"\((?:(?:sau|duoi) (?:day|nay),? )?(?:duoc )?(?:goi|viet)(?: chung| tat| gon)*(?: la)?:? \W?(?:cac |nhung )?"
    r"(?P<name>(?:nha truong|truong|co so|don vi|trung tam)(?! so| truc thuoc)[\w &/-]{0,30}?|[a-z]{2,8})\W?\s?\)"
    r"|\(\W?cac (?P<bare>nha truong|truong|co so|don vi)\W?\)"
)
#: Words that may stand before a short name where it is used.
_EACH = pattern(r"(?:(?:cac|moi|tung|nhung|tat ca|thu truong|hieu truong|giam doc|lanh dao)\s)*")
#: Names of schools that mean the same: whoever defines "các nhà trường" goes on with "các trường".
_SCHOOLS = pattern(r"(?:nha )?truong(?: hoc)?|(?:cac )?co so(?: giao duc)?|don vi truong hoc")
_BESIDE = pattern(r"(?:nha )?truong(?:,| va) (?=(?:cac )?truong )")
#: What may stand between units of one chain, and before their short name: where they are, whom they have.
_JOINT = pattern(
    r"(?:\s?\([^()]{1,60}\)| khac| con lai)?"
    r"(?:,? (?:co|do|dong|tren|thuoc|truc thuoc|cua|duoc|tham gia|to chuc|dang ky)(?: [\w,()&]+){0,10}?)?"
    r"[,;]?(?: va)?\s{0,2}"
)
#: Schools of two levels: "TH&THCS", "THCS và THPT" in one name.
_OF_TWO = re.compile(r"(?<!\w)(?:TH|[Tt]iểu học)\s?[&-]\s?THCS(?!\w)|(?<!\w)THCS\s?[&-]\s?THPT(?!\w)")
#: How far before its name a chain of units may begin, in characters.
_REACH = 400

#: What schools of some levels are chosen for or have not done; "trường đặt điểm thi" are these wherever they stand.
_WHICH = pattern(r"(?<=\w )(?:dat (?:cac )?(?:diem|hoi dong|dia diem)(?: (?:coi|cham))? thi|dang cai|chua)(?!\w)")
_NAME = 80
#: Who leads a cluster, in the sentence that says so.
_LEADS_CLUSTER = pattern(
    r"(?<!\w)(?:do|co|giao(?: cho)?|chon)\s(?P<who>"
    r"(?P<commune>ubnd (?:cua )?(?:mot |\d{1,2} )?(?:xa|phuong)(?: hoac (?:xa|phuong))?)"
    r"|[^.;:]{4,50}?) (?:lam|la) (?P<name>cum truong|truong cum)(?!\w)"
)

_OF_SCHOOLS = (str(Actor.CO_SO_GIAO_DUC),)
_TEACH = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX), str(Actor.DON_VI_TRUC_THUOC)}
#: A short name, folded, and the units that it stands for.
Defined = tuple[tuple[str, Group], ...]


def defined_in(items: list[Item]) -> Defined:
    """Return the short names that a directive gives units, with those units."""
    found = []
    for item in items:
        fold = item.joined.fold
        for match in _CALLED.finditer(fold):
            begin = max(0, match.start() - _REACH, fold.rfind(". ", 0, match.start()) + 1)
            named = _chain(item, groups_in(item.text, fold, begin, match.start()), match.start())
            if named:
                name = (match["name"] or match["bare"]).strip()
                only = _only(item.text[named[0].start : match.start()].strip())
                words = item.text[named[0].start : match.start()]
                found.append((name, replace(_of_level(_of_kind(name, together(named)), words), only=only)))
    return (*found, *_described(items), *_chosen(items))


def _of_kind(name: str, units: Group) -> Group:
    """Return the centres alone of what stands before "(gọi tắt là trung tâm)": schools and offices are none; nor is an
    office one of "(gọi chung là trường)"."""
    teach = tuple(a for a in units.actors if a in _TEACH)
    if teach and name.endswith(("truong", "co so")):
        return replace(units, actors=teach)
    if name != OPEN[0] or str(Actor.TRUNG_TAM_GDTX) not in units.actors:
        return units
    return replace(units, actors=(str(Actor.TRUNG_TAM_GDTX),), levels=(str(SchoolLevel.GDTX),))


def _of_level(units: Group, words: str) -> Group:
    """Return units of one level where only schools of two levels stand beside them: "các trường tiểu học, TH&THCS"."""
    told = levels_in(_OF_TWO.sub(" ", words))
    return replace(units, levels=in_order(told)) if len(told) == 1 and told < {*units.levels} else units


def _only(words: str) -> str:
    """Return the words that define a short name where they are of special schools or of units by name, else ""."""
    if named_only(words) is not None:
        return words
    return words.split(",")[0] if special(words) is not None else ""


def called_in(defined: Defined, items: list[Item]) -> dict[str, Called]:
    """Return the short names that stand for units only here: "trung tâm", "cơ sở", abbreviations ("CSNN").

    ``defined`` are all of the directive's; of these the ones that teach.
    """
    found: dict[str, Called] = {}
    for name, units in defined:
        written = name.upper() if " " not in name else name
        if not set(units.actors) <= _TEACH or (name not in OPEN and not _is_abbreviation(written, items)):
            continue
        found[name if name in OPEN else written] = Called(units.actors, units.levels, units.only)
    return found


def _is_abbreviation(written: str, items: list[Item]) -> bool:
    """Tell whether a directive writes a short name in capitals, which name no unit or level by themselves."""
    bare = written.isalpha() and written.isascii() and not levels_in(written)
    bare = bare and group_at(written, written.lower(), 0) is None
    return bare and any(re.search(rf"(?<!\w){written}\W?\s?\)", item.text) for item in items)


def _described(items: list[Item]) -> Defined:
    """Return schools by what they are chosen for, where all that a directive says so of are of the same levels.

    "Các trường THPT đặt điểm thi" in one place makes "Trường đặt điểm thi" in another schools of that level.
    """
    found: dict[str, set[Group]] = {}
    for item in items:
        fold = item.joined.fold
        for match in _WHICH.finditer(fold):
            groups = groups_in(item.text, fold, max(0, match.start() - _NAME), match.start())
            last = groups[-1] if groups and match.start() - groups[-1].end <= 1 else None
            if last is not None and last.levels and set(last.actors) == {str(Actor.CO_SO_GIAO_DUC)}:
                bare = replace(last, start=0, end=0, joined=frozenset())
                found.setdefault(f"truong {match.group()}", set()).add(bare)
    return tuple((name, next(iter(groups))) for name, groups in found.items() if len(groups) == 1)


def _chosen(items: list[Item]) -> Defined:
    """Return who leads clusters, where a directive says it: "mỗi cụm do UBND một xã làm cụm trưởng"."""
    found: dict[str, Group] = {}
    for item in items:
        fold = item.joined.fold
        for match in _LEADS_CLUSTER.finditer(fold):
            if match["commune"]:
                found[match["name"]] = Group(0, 0, (str(Actor.UBND_XA),), ())
                continue
            groups = groups_in(item.text, fold, match.start("who"), match.end("who"))
            if groups and not groups[-1].general:
                found[match["name"]] = replace(groups[-1], start=0, end=0, joined=frozenset())
    return tuple(found.items())


def _chain(item: Item, groups: list[Group], end: int) -> list[Group]:
    """Return the last of several units and those before it that are joined to it."""
    fold = item.joined.fold
    found: list[Group] = []
    for group in reversed(groups):
        if not _JOINT.fullmatch(fold, group.end, end):
            if found:
                break
            continue  # "… do Phòng GDĐT quản lý (sau đây gọi là …)"
        if group.general or is_outside(group):
            break
        levels = group.levels or levels_in(item.text[group.start : end])  # "trường có nhiều cấp học (TH, THCS&THPT)"
        found.insert(0, replace(group, levels=in_order(levels)))
        end = group.start
    return found


def meant(fold: str, group: Group | None, defined: Defined) -> Group | None:
    """Return units with what their short name stands for, others as they are; ``fold`` are the words they are of."""
    if group is None or not defined:
        return group
    lead = _EACH.match(fold, group.start)
    at = lead.end() if lead is not None else group.start
    schools = _SCHOOLS.match(fold, at)
    bare = schools is not None and schools.end() >= group.end
    beside = _BESIDE.match(fold, at) if group.levels and set(group.actors) == {*_OF_SCHOOLS} else None
    for name, units in defined if beside is not None and beside.end() < group.end else ():
        if _SCHOOLS.fullmatch(name) is not None and units.levels:  # "Trường và trường THCS nhận học sinh"
            return replace(group, levels=in_order({*group.levels, *units.levels}))
    for name, units in defined if not group.levels else ():
        end = at + len(name)
        same = fold.startswith(name, at) and end >= group.end and not fold[end : end + 1].isalnum()
        if same or (bare and not units.only and _SCHOOLS.fullmatch(name) is not None):
            return replace(group, actors=units.actors, levels=units.levels, every=False, only=units.only)
        if group.actors == units.actors == _OF_SCHOOLS and not (units.only or group.every) and name.endswith("truong"):
            return replace(group, levels=units.levels)  # "Hiệu trưởng", "Trường tư thục" are of the same schools
    return group
