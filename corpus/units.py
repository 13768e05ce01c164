"""Who a directive binds: issuers above units, kinds of unit, school levels, provinces over time.

A duty binds a unit when the issuer stands above the unit (Bộ → Sở → Phòng → trường) and the duty's actor is the
unit's kind. Units change: on 2025-07-01 the 63 provinces became 34 and the district level ended
(``tables/provinces.json``); a directive is judged by the map of its own day. People's committees (UBND) of a province,
district or commune stand above the units of their place; a Sở with a name of its own (Bạc Liêu's Sở Giáo dục, Khoa học
và Công nghệ) is known by its level and its place.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.facts import DEPARTMENT, Actor, IssuerLevel, SchoolLevel
from corpus.text import fold, squeeze

_PREFIX = re.compile(r"^(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\s+")

_DASH = re.compile(r"[-–,]")
_WORD = re.compile(r"\w+")
#: So many names of offices and places are remembered in their folded forms; a country has some 700 offices a year.
_REMEMBERED = 32_768

_COMMITTEE = re.compile(
    r"(?:chu tich )?(?:ubnd|uy ban nhan dan)"
    r"(?:\s(?P<kind>tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|dac khu|thi tran)\s(?P<place>.+))?$"
)
_CENTRAL = re.compile(
    r"(?:thu tuong|chinh phu|quoc hoi|uy ban thuong vu quoc hoi|bo (?!phan)|ban chap hanh trung uong|bo chinh tri)"
)

_SO = re.compile(r"so (?:giao duc va dao tao|giao duc khoa hoc va cong nghe|gddt) (?P<place>.+)$")
_KINDS = re.compile(r"(?<=\s)(?:tinh|thanh pho|tp\.?)\s(?=\S)")

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
) -> Binding:
    """Tell whether a duty binds ``unit``.

    ``issuer``, ``issuer_level``, ISO ``date`` and ``addressees`` (kính gửi, as written) are those of the directive;
    ``actor`` and ``levels`` those of the duty (see ``corpus.facts``). A duty that names nobody falls on the
    addressees. Where the text leaves a point open, the duty is shown with ``certain`` False.
    """
    above = _issuer_above(unit, issuer, issuer_level, date)
    if not above.binds:
        return above
    if _beside(unit, issuer_level) and not _named(unit, actor, levels):
        return Binding(False, True, f"{issuer or 'Cơ quan ban hành'} không phải cấp trên của đơn vị này")
    ended = _ended(unit, date)
    if ended is not None:
        return ended
    if not actor and addressees:
        told = addressed(addressees)
        actor = [a.kind for a in told]
        levels = levels or _shared_levels(told)
    named = _actor_named(unit, actor)
    if not named.binds:
        return named
    if not _of_its_level(unit, actor, levels):
        return Binding(False, True, "nhiệm vụ dành cho cấp học khác")
    return Binding(True, above.certain and named.certain, f"{above.reason}; {named.reason}")


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
    lines = [_plain(a) for a in addressees]
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
    match = _COMMITTEE.match(_plain(issuer))
    if match is None:
        return None
    kind, place = match["kind"], match["place"]
    if not kind or not place:
        return Binding(True, False, f"{issuer}: chưa rõ địa bàn")
    of_province = kind == "tinh" or (kind in ("thanh pho", "tp") and _bare(place) in _CITIES)
    stated = unit.province if of_province else unit.district
    if stated is None:
        return Binding(True, True, f"{issuer} quản lý địa bàn")
    inside = in_province(issuer, stated, date) if of_province else _names(issuer, stated)
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
        if stated is not None and not (in_province(issuer, stated, date) if of_province else _names(issuer, stated)):
            if of_province and _before_merger(issuer, stated, date):
                return Binding(True, False, f"{name} quản lý một phần địa bàn này trước khi sáp nhập ngày 01/7/2025")
            return Binding(False, True, f"{name} không quản lý địa bàn này")
        return Binding(True, True, f"{name} quản lý trực tiếp")
    if issuer_level == IssuerLevel.TRUONG:
        own = issuer is not None and unit.name is not None and _is_school(issuer, unit.name)
        return Binding(own, True, f"văn bản nội bộ của {name}")
    if issuer is not None:
        committee = _committee_above(unit, issuer, date)
        if committee is not None:
            return committee
        if _CENTRAL.match(_plain(issuer)):
            return Binding(True, True, f"{issuer} là cơ quan trung ương")
        if _plain(issuer).startswith("so ") and unit.province and not in_province(issuer, unit.province, date):
            return Binding(False, True, f"{issuer} không quản lý địa bàn này")
    return Binding(True, False, "chưa rõ cơ quan ban hành")


def _beside(unit: UnitQuery, issuer_level: str | None) -> bool:
    """Tell whether a unit does not stand under offices of this level.

    A Phòng has mầm non, tiểu học and THCS; trường THPT and trung tâm GDTX stand under the Sở (Nghị định
    127/2018/NĐ-CP). No Sở stands above the Bộ, no Phòng above a Sở.
    """
    if issuer_level == IssuerLevel.PHONG:
        under_so = unit.kind in (Actor.TRUNG_TAM_GDTX, Actor.DON_VI_TRUC_THUOC) or unit.level in _UNDER_SO
        return under_so or unit.kind in (Actor.SO_GDDT, Actor.BO_GDDT)
    return issuer_level == IssuerLevel.SO and unit.kind is Actor.BO_GDDT


def _named(unit: UnitQuery, actor: Sequence[str], levels: Sequence[str] | None) -> bool:
    """Tell whether a duty names just such a unit: its own kind where that tells enough, else its level."""
    if unit.kind is Actor.CO_SO_GIAO_DUC or unit.kind is None:
        return unit.level is not None and unit.level.value in (levels or ())
    return unit.kind.value in actor


def _of_its_level(unit: UnitQuery, actor: Sequence[str], levels: Sequence[str] | None) -> bool:
    """Tell whether a duty is for schools of the unit's level.

    A centre of continuing education has the level gdtx without saying so, and a unit under the Sở that does not say
    its level has one of the upper ones. Where such a unit's own kind is named, the levels are those of the schools that
    are named beside it.
    """
    if not levels:
        return True
    centre = unit.kind is Actor.TRUNG_TAM_GDTX or unit.level is SchoolLevel.GDTX
    if centre and Actor.TRUNG_TAM_GDTX in actor:
        return True
    if unit.kind is Actor.DON_VI_TRUC_THUOC and unit.level is None:
        return Actor.DON_VI_TRUC_THUOC in actor or any(level.value in levels for level in _UNDER_SO)
    level = SchoolLevel.GDTX if centre else unit.level
    return level is None or level.value in levels


def _actor_named(unit: UnitQuery, actor: Sequence[str]) -> Binding:
    if unit.kind is None:
        return Binding(True, True, "mọi đơn vị")
    if not actor:
        return Binding(True, False, "văn bản không nêu rõ đơn vị thực hiện")
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


def in_province(issuer: str | None, province: str, date: str | None) -> bool:
    """Tell whether a local issuer manages ``province`` on ISO ``date``: by its own name or, since the merger, by
    the name of the province it went into."""
    if issuer is None:
        return False
    if _names(issuer, province):
        return True
    merged = provinces()
    today = merged.successor.get(_bare(province))
    return today is not None and date is not None and date >= merged.valid_from and _names(issuer, today)


#: Cities under the centre (thành phố trực thuộc trung ương), folded: what elsewhere is a tỉnh is a thành phố there.
_CITIES = frozenset({"ha noi", "ho chi minh", "da nang", "hai phong", "can tho", "hue"})


def _before_merger(issuer: str | None, province: str, date: str | None) -> bool:
    """Tell whether an office of before the merger had a part of what ``province`` is today: which unit lay in which
    of the old provinces, its new name does not tell."""
    merged = provinces()
    if date is None or date >= merged.valid_from:
        return False
    return any(_names(issuer, old) for old in merged.parts.get(_bare(province), ()))


def same_office(one: str | None, other: str | None, *, on: str | None = None) -> bool:
    """Tell whether two names are of one office: the same with or without "tỉnh", or, on an ISO day from the merger of
    2025-07-01 on, a Sở and the one that the Sở of its province went into."""
    if one is None or other is None:
        return False
    first, second = (_KINDS.sub("", _plain(name)) for name in (one, other))
    if first == second:
        return True
    merged = provinces()
    a, b = (_SO.match(name) for name in (first, second))
    if a is None or b is None or on is None or on < merged.valid_from:
        return False
    return merged.successor.get(a["place"], a["place"]) == merged.successor.get(b["place"], b["place"])


def is_city(province: str) -> bool:
    """Tell whether a province-level unit is a city under the centre ("Hà Nội", "TP. Hồ Chí Minh")."""
    return _bare(province) in _CITIES


def _names(office: str | None, place: str) -> bool:
    """Tell whether a place's name stands in an office's, as whole words."""
    return office is not None and f" {_words(_bare(place))} " in f" {_words(office)} "


def _is_school(issuer: str, name: str) -> bool:
    """Tell whether a school that issues is the one called ``name``, its kind written out or not.

    A name without a kind ("Nguyễn Du") is one of any kind.
    """
    wanted, own = _school(name), _school(issuer)
    if wanted.split(" ", 1)[0] in _SCHOOL_CODES:
        return f"{own} ".startswith(f"{wanted} ")
    return f" {wanted} " in f" {own} "


@lru_cache(maxsize=4096)
def _school(name: str) -> str:
    """Return a school's name folded, kinds by their codes ("thcs nguyen du"), without "trường", "và"."""
    text = _words(name)
    for written, code in _SCHOOL_KINDS:
        text = re.sub(rf"(?<!\w){written}(?!\w)", code, text)
    return " ".join(word for word in text.split() if word not in ("truong", "va"))


#: Kinds of school in their names, folded, longest first, with the codes that offices write for them.
_SCHOOL_KINDS = (
    ("(?:trung tam )?giao duc nghe nghiep", "gdnn"),
    ("(?:trung tam )?giao duc thuong xuyen", "gdtx"),
    ("(?:trung tam|ttgdnn|tt)(?= gd)", ""),
    ("ttgdtx", "gdtx"),
    ("pho thong dan toc noi tru", "ptdtnt"),
    ("pho thong dan toc ban tru", "ptdtbt"),
    ("trung hoc co so", "thcs"),
    ("trung hoc pho thong", "thpt"),
    ("tieu hoc", "th"),
    ("mam non", "mn"),
    ("mau giao", "mg"),
)
_SCHOOL_CODES = frozenset({"gdnn", "gdtx", "ptdtnt", "ptdtbt", "thcs", "thpt", "th", "mn", "mg"})


@lru_cache(maxsize=_REMEMBERED)
def _plain(text: str) -> str:
    return squeeze(_DASH.sub(" ", fold(text)))


@lru_cache(maxsize=_REMEMBERED)
def _words(text: str) -> str:
    return " ".join(_WORD.findall(_plain(text)))


@lru_cache(maxsize=_REMEMBERED)
def _bare(place: str) -> str:
    return _PREFIX.sub("", _plain(place))


@dataclass(frozen=True, slots=True)
class Provinces:
    """Which province went into which: folded bare names, and the ISO day from which the new map holds; ``parts`` are
    the old provinces of each new one."""

    valid_from: str
    successor: dict[str, str]
    parts: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def provinces() -> Provinces:
    """Return the map of provinces in ``corpus/tables/provinces.json``."""
    data = json.loads((files("corpus") / "tables" / "provinces.json").read_text(encoding="utf-8"))
    successor = {_bare(old): _bare(new) for old, new in data["successor"].items()}
    parts = {new: tuple(old for old in successor if successor[old] == new) for new in set(successor.values())}
    return Provinces(data["valid_from"], successor, parts)


@lru_cache(maxsize=1)
def province_names() -> dict[str, str]:
    """Return the names of all provinces, old and new, as they are spelled, by their folded forms."""
    data = json.loads((files("corpus") / "tables" / "provinces.json").read_text(encoding="utf-8"))
    bare = (name.removeprefix("Thành phố ") for pair in data["successor"].items() for name in pair)
    return {fold(name): name for name in bare}
