"""Who a directive binds: issuers above units, kinds of unit, school levels, provinces over time.

A duty binds a unit when the issuer stands above the unit (Bộ → Sở → Phòng → trường) and the duty's actor is the
unit's kind. Units change: on 2025-07-01 the 63 provinces became 34 and the district level ended
(``tables/provinces.json``); a directive is judged by the map of its own day. People's committees (UBND) of a province,
district or commune stand above the units of their place; a Sở with a name of its own (Bạc Liêu's Sở Giáo dục, Khoa học
và Công nghệ) is known by its level and its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.facts import DEPARTMENT, Actor, IssuerLevel, SchoolLevel
from corpus.named import SCHOOLS, TEACHING, is_named, meant_only
from corpus.places import (
    CITIES,
    Provinces,
    bare,
    before_merger,
    in_province,
    is_city,
    names_place,
    plain,
    province_names,
    provinces,
    same_office,
)
from corpus.schools import is_school, is_special, special, special_kinds

__all__ = [
    "Addressed",
    "Binding",
    "Provinces",
    "UnitQuery",
    "addressed",
    "binds",
    "directive_binds",
    "in_province",
    "is_city",
    "meant_only",
    "province_names",
    "provinces",
    "same_office",
    "special",
    "stands_above",
]

#: A people's committee, or a room of one of a district that is none of education: "Phòng Nội vụ huyện Tam Sơn".
_COMMITTEE = re.compile(
    r"(?:(?:chu tich )?(?:ubnd|uy ban nhan dan)"
    r"|phong (?!giao duc|gd)[a-z-]+(?: [a-z-]+){0,6}?(?= (?:huyen|quan|thi xa|thanh pho) ))"
    r"(?:\s(?P<kind>tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|dac khu|thi tran)\s(?P<place>.+))?$"
)
_CENTRAL = re.compile(
    r"(?:thu tuong|chinh phu|quoc hoi|uy ban thuong vu quoc hoi|bo (?!phan)|ban chap hanh trung uong|bo chinh tri)"
)
#: An office whose name tells no place: the letterhead is lost, or a page of its own site leaves it out.
_NO_PLACE = re.compile(r"(?:so|phong) (?:giao duc (?:va |& ?)?dao tao|gd ?(?:&|va )? ?dt)")

#: Schools that stand directly under the Sở (đơn vị trực thuộc Sở), by level.
_UNDER_SO = (SchoolLevel.THPT, SchoolLevel.GDTX)


@dataclass(frozen=True, slots=True)
class UnitQuery:
    """The unit that asks what it must do; None means any: without a place, duties of every place are its own.

    ``province`` and ``district`` are names with or without "tỉnh", "huyện" …; ``name`` is the unit's own name
    (a school's plan binds that school only).
    """

    kind: Actor | None = None
    level: SchoolLevel | None = None
    province: str | None = None
    district: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """Whether a duty binds a unit, whether the directive leaves that open, and why, as a Vietnamese phrase."""

    binds: bool
    certain: bool
    reason: str


def binds(
    unit: UnitQuery,
    *,
    issuer: str | None,
    issuer_level: str | None,
    date: str | None,
    actor: Sequence[str],
    levels: Sequence[str] | None,
    addressees: Sequence[str] = (),
    only: str | None = None,
    recipient: str | None = None,
) -> Binding:
    """Tell whether a duty binds ``unit``.

    ``issuer``, ``issuer_level``, ISO ``date`` and ``addressees`` (kính gửi, as written) are those of the directive;
    ``actor`` and ``levels`` those of the duty (see ``corpus.facts``), ``only`` the special kind of school or the
    names of those that it is for alone (see ``meant_only``), ``recipient`` the office that it goes to. What names
    nobody falls on the addressees, where they are told: so a whole directive is asked about (``directive_binds``). A
    duty is asked about without them: extraction gives it those whom the text means by naming nobody, and what it leaves
    open is an aim of all or the task of a body outside. Where the text leaves a point open, ``certain`` is False.
    """
    above = stands_above(unit, issuer=issuer, issuer_level=issuer_level, date=date, actor=actor, levels=levels)
    if not above.binds:
        return above
    if only == SCHOOLS:
        if not levels and _is_centre(unit) and all(a in _BESIDE_SCHOOLS or a.startswith(DEPARTMENT) for a in actor):
            return Binding(False, True, "nhiệm vụ của các trường")
    elif only is not None and not _is_meant(unit, only):
        kind = special_kinds().get(only)
        return Binding(False, True, f"nhiệm vụ dành riêng cho {only if kind is None else kind.label}")
    if not actor and addressees:
        told = addressed(addressees)
        actor = [a.kind for a in told]
        levels = levels or _shared_levels(told)
    if not actor and unit.kind is not None:
        return Binding(False, True, "văn bản không giao việc này cho đơn vị nào trong ngành")
    named = _actor_named(unit, actor)
    if not named.binds:
        return named
    if not _of_its_level(unit, actor, levels) or _goes_below(unit, issuer_level, actor, levels, recipient):
        return Binding(False, True, "nhiệm vụ dành cho cấp học khác")
    return Binding(True, above.certain and named.certain, f"{above.reason}; {named.reason}")


def _is_centre(unit: UnitQuery) -> bool:
    return unit.kind is Actor.TRUNG_TAM_GDTX or unit.level is SchoolLevel.GDTX


def _is_meant(unit: UnitQuery, only: str) -> bool:
    """Tell whether a unit is of the special kind of school, or among the units by name, that alone a duty is for."""
    if only in special_kinds():
        return unit.kind not in TEACHING or is_special(unit.name, only)
    return unit.kind is None or is_named(
        only, unit.kind, name=unit.name, province=unit.province, district=unit.district
    )


def stands_above(
    unit: UnitQuery,
    *,
    issuer: str | None,
    issuer_level: str | None,
    date: str | None,
    actor: Sequence[str] = (),
    levels: Sequence[str] | None = None,
) -> Binding:
    """Tell whether an office stands above ``unit`` on a day, or beside it and a duty names just such a unit."""
    above = _issuer_above(unit, issuer, issuer_level, date)
    if not above.binds:
        return above
    if _beside(unit, issuer, issuer_level) and not _named(unit, actor, levels):
        return Binding(False, True, f"{issuer or 'Cơ quan ban hành'} không phải cấp trên của đơn vị này")
    return _ended(unit, date) or above


def directive_binds(
    unit: UnitQuery,
    *,
    issuer: str | None,
    issuer_level: str | None,
    date: str | None,
    addressees: Sequence[str] = (),
) -> Binding:
    """Tell whether a directive as a whole is for ``unit``: its issuer stands above it and its addressees include it.

    Without addressees (a plan, a decision) it is for all units under its issuer, which is not certain.
    """
    if not addressees:
        above = stands_above(unit, issuer=issuer, issuer_level=issuer_level, date=date)
        return Binding(above.binds, False, above.reason)
    return binds(
        unit, issuer=issuer, issuer_level=issuer_level, date=date, actor=(), levels=None, addressees=addressees
    )


@dataclass(frozen=True, slots=True)
class Addressed:
    """A kind of unit that addressees name, with the school levels that the name tells (none: all)."""

    kind: str
    levels: tuple[str, ...]


@lru_cache(maxsize=1)
def _addressees() -> tuple[tuple[re.Pattern[str], Addressed], ...]:
    data = tomllib.loads((files("corpus") / "tables" / "addressees.toml").read_text(encoding="utf-8"))
    return tuple(
        (re.compile(rf"(?<!\w)(?:{r['pattern']})"), Addressed(r["kind"], tuple(r.get("levels", ()))))
        for r in data["addressee"]
    )


def addressed(addressees: Sequence[str]) -> tuple[Addressed, ...]:
    """Return the kinds of unit that addressees name (``tables/addressees.toml``)."""
    lines = [plain(a) for a in addressees]
    return tuple(told for find, told in _addressees() if any(find.search(line) for line in lines))


def _shared_levels(told: Sequence[Addressed]) -> tuple[str, ...] | None:
    """Return the levels of the schools addressed, None where some are addressed whatever their level."""
    schools = [a for a in told if a.kind in (Actor.CO_SO_GIAO_DUC, Actor.TRUNG_TAM_GDTX)]
    if not schools or any(not a.levels for a in schools) or any(a.kind == Actor.DON_VI_TRUC_THUOC for a in told):
        return None
    return tuple(dict.fromkeys(level for a in schools for level in a.levels))


def _ended(unit: UnitQuery, date: str | None) -> Binding | None:
    """Tell that a district office no longer exists on the day of a directive (cấp huyện ended on 2025-07-01)."""
    if unit.kind is Actor.PHONG_GDDT and date is not None and date >= provinces().valid_from:
        return Binding(False, True, "không còn Phòng GDĐT cấp huyện từ ngày 01/7/2025")
    return None


def _committee_above(unit: UnitQuery, issuer: str, date: str | None) -> Binding | None:
    """Tell whether a people's committee stands above ``unit``; None for an issuer that is none."""
    match = _COMMITTEE.match(plain(issuer))
    if match is None:
        return None
    kind, place = match["kind"], match["place"]
    if not kind or not place:
        return Binding(True, False, f"{issuer}: chưa rõ địa bàn")
    of_province = kind == "tinh" or (kind in ("thanh pho", "tp") and bare(place) in CITIES)
    stated = unit.province if of_province else unit.district
    if stated is None:
        return Binding(True, True, f"{issuer} quản lý địa bàn")
    inside = in_province(issuer, stated, date) if of_province else names_place(issuer, stated)
    if not inside:
        return Binding(False, True, f"{issuer} không quản lý địa bàn này")
    return Binding(True, True, f"{issuer} quản lý địa bàn")


def _issuer_above(unit: UnitQuery, issuer: str | None, issuer_level: str | None, date: str | None) -> Binding:
    name = issuer or "Cơ quan ban hành"
    if issuer_level == IssuerLevel.BO:
        return Binding(True, True, f"{name} là cơ quan cấp trên của cả ngành")
    if issuer_level in (IssuerLevel.SO, IssuerLevel.PHONG):
        of_province = issuer_level == IssuerLevel.SO
        stated = unit.province if of_province else unit.district
        if stated is not None and _NO_PLACE.fullmatch(plain(name)) is not None:
            return Binding(True, False, f"{name}: chưa rõ địa bàn")
        if stated is not None and not (
            in_province(issuer, stated, date) if of_province else names_place(issuer, stated)
        ):
            if of_province and before_merger(issuer, stated, date):
                return Binding(True, False, f"{name} quản lý một phần địa bàn này trước khi sáp nhập ngày 01/7/2025")
            return Binding(False, True, f"{name} không quản lý địa bàn này")
        return Binding(True, True, f"{name} quản lý trực tiếp")
    if issuer_level == IssuerLevel.TRUONG:
        own = issuer is not None and unit.name is not None and is_school(issuer, unit.name)
        return Binding(own, True, f"văn bản nội bộ của {name}")
    if issuer is not None:
        committee = _committee_above(unit, issuer, date)
        if committee is not None:
            return committee
        if _CENTRAL.match(plain(issuer)):
            return Binding(True, True, f"{issuer} là cơ quan trung ương")
        if plain(issuer).startswith("so ") and unit.province and not in_province(issuer, unit.province, date):
            return Binding(False, True, f"{issuer} không quản lý địa bàn này")
    return Binding(True, False, "chưa rõ cơ quan ban hành")


def _in_district(issuer: str | None, district: str, _date: str | None) -> bool:
    return names_place(issuer, district)


def _beside(unit: UnitQuery, issuer: str | None, issuer_level: str | None) -> bool:
    """Tell whether a unit does not stand under such an office.

    A Phòng, a committee of a district or commune has mầm non, tiểu học and THCS; trường THPT and trung tâm GDTX stand
    under the Sở (Nghị định 127/2018/NĐ-CP), though many centres stood under their district (Thông tư liên tịch
    39/2015/TTLT-BLĐTBXH-BGDĐT-BNV). No Sở stands above the Bộ, no Phòng above a Sở.
    """
    if issuer_level == IssuerLevel.SO:
        return unit.kind is Actor.BO_GDDT
    local = issuer_level == IssuerLevel.PHONG or _local_committee(issuer)
    if local and unit.kind in (Actor.SO_GDDT, Actor.BO_GDDT):
        return True
    under_so = unit.kind in (Actor.TRUNG_TAM_GDTX, Actor.DON_VI_TRUC_THUOC) or unit.level in _UNDER_SO
    return local and under_so


def _local_committee(issuer: str | None) -> bool:
    """Tell whether an office is the committee of a district or a commune."""
    match = _COMMITTEE.match(plain(issuer or ""))
    if match is None or not match["kind"] or match["kind"] == "tinh":
        return False
    return not (match["kind"] in ("thanh pho", "tp", "tp.") and bare(match["place"]) in CITIES)


def _named(unit: UnitQuery, actor: Sequence[str], levels: Sequence[str] | None) -> bool:
    """Tell whether a duty names just such a unit: its own kind where that tells enough, else its level."""
    if unit.kind is Actor.CO_SO_GIAO_DUC or unit.kind is None:
        return unit.level is not None and unit.level.value in (levels or ())
    departments = unit.kind is Actor.SO_GDDT and any(a.startswith(DEPARTMENT) for a in actor)
    return unit.kind.value in actor or departments


def _of_its_level(unit: UnitQuery, actor: Sequence[str], levels: Sequence[str] | None) -> bool:
    """Tell whether a duty is for schools of the unit's level.

    A centre of continuing education has the level gdtx without saying so, and a unit under the Sở that does not say
    its level has one of the upper ones. Where such a unit's own kind is named, the levels are those of the schools that
    are named beside it.
    """
    if not levels:
        return True
    centre = _is_centre(unit)
    if centre and Actor.TRUNG_TAM_GDTX in actor:
        return True
    if centre and Actor.DON_VI_TRUC_THUOC in actor and Actor.CO_SO_GIAO_DUC in actor:
        return True  # "các trường mầm non, phổ thông và đơn vị trực thuộc": the levels are those of the schools
    if unit.kind is Actor.DON_VI_TRUC_THUOC and unit.level is None:
        return Actor.DON_VI_TRUC_THUOC in actor or any(level.value in levels for level in _UNDER_SO)
    level = SchoolLevel.GDTX if centre else unit.level
    return level is None or level.value in levels


def _goes_below(
    unit: UnitQuery, issuer_level: str | None, actor: Sequence[str], levels: Sequence[str] | None, recipient: str | None
) -> bool:
    """Tell whether "các trường" of a Sở or the Bộ are not such units, since what they send goes to an office below it.

    To a Phòng, a committee of a district or commune only the schools under these report.
    """
    if levels or recipient is None or set(actor) != {Actor.CO_SO_GIAO_DUC}:
        return False
    if issuer_level not in (IssuerLevel.BO, IssuerLevel.SO) or _BELOW.fullmatch(plain(recipient)) is None:
        return False
    return unit.kind in (Actor.TRUNG_TAM_GDTX, Actor.DON_VI_TRUC_THUOC) or unit.level in _UNDER_SO


#: Offices below the Sở as recipients.
_BELOW = re.compile(
    r"(?:truong )?(?:cac )?(?:phong (?:gd ?(?:&|va|-)? ?dt|giao duc (?:va )?dao tao)"
    r"|(?:ubnd|uy ban nhan dan) (?:cac |cap )?(?:xa|phuong|dac khu|huyen|quan))"
    r"(?!.*(?<!\w)(?:so|bo)(?!\w)).*"
)
#: Who acts where the centres are not named; schools right under a Sở are "đơn vị trực thuộc", too.
_BESIDE_SCHOOLS = {
    Actor.CO_SO_GIAO_DUC, Actor.DON_VI_TRUC_THUOC, Actor.PHONG_GDDT, Actor.SO_GDDT, Actor.BO_GDDT, Actor.UBND_XA,
}  # fmt: skip


def _actor_named(unit: UnitQuery, actor: Sequence[str]) -> Binding:
    if unit.kind is None:
        return Binding(True, True, "mọi đơn vị")
    if unit.kind.value in actor:
        return Binding(True, True, "đơn vị được nêu tên trong nhiệm vụ")
    school = unit.kind in (Actor.CO_SO_GIAO_DUC, Actor.TRUNG_TAM_GDTX, Actor.DON_VI_TRUC_THUOC)
    if unit.kind is Actor.CO_SO_GIAO_DUC:
        if Actor.DON_VI_TRUC_THUOC in actor and (unit.level is None or unit.level in _UNDER_SO):
            return Binding(True, unit.level is not None, "trường THPT, trung tâm GDTX là đơn vị trực thuộc Sở")
        if Actor.TRUNG_TAM_GDTX in actor and unit.level in (None, SchoolLevel.GDTX):
            return Binding(True, unit.level is not None, "trung tâm GDTX được nêu tên trong nhiệm vụ")
    elif school and Actor.CO_SO_GIAO_DUC in actor:
        return Binding(True, True, "đơn vị thuộc các cơ sở giáo dục được nêu trong nhiệm vụ")
    elif unit.kind is Actor.TRUNG_TAM_GDTX and Actor.DON_VI_TRUC_THUOC in actor:
        return Binding(True, True, "trung tâm GDTX là đơn vị trực thuộc Sở")
    elif unit.kind is Actor.SO_GDDT and any(a.startswith(DEPARTMENT) for a in actor):
        return Binding(True, True, "nhiệm vụ của phòng chuyên môn thuộc Sở")
    return Binding(False, True, "nhiệm vụ dành cho đơn vị khác")
