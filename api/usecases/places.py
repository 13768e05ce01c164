"""Units as people name them: what is possible, what a name of before 2025-07-01 means today, the place in the tree."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from corpus.errors import BadInputError
from corpus.facts import Actor, SchoolLevel
from corpus.text import fold, nfc, squeeze
from corpus.units import UnitQuery, in_province

#: The kinds of unit that can ask, with their Vietnamese names.
UNIT_NAMES: dict[str, str] = {
    Actor.CO_SO_GIAO_DUC: "Cơ sở giáo dục (trường)",
    Actor.TRUNG_TAM_GDTX: "Trung tâm GDNN-GDTX",
    Actor.DON_VI_TRUC_THUOC: "Đơn vị trực thuộc Sở",
    Actor.PHONG_GDDT: "Phòng GDĐT",
    Actor.UBND_XA: "UBND xã, phường",
    Actor.SO_GDDT: "Sở GDĐT",
    Actor.BO_GDDT: "Bộ GDĐT",
}

LEVEL_NAMES: dict[str, str] = {
    SchoolLevel.MAM_NON: "Mầm non",
    SchoolLevel.TIEU_HOC: "Tiểu học",
    SchoolLevel.THCS: "THCS",
    SchoolLevel.THPT: "THPT",
    SchoolLevel.GDTX: "GDTX",
}

_KIND_OF_PLACE = re.compile(r"^(?:tinh|thanh pho|tp\.?)\s+")
#: What begins otherwise in the field of districts is one, also where people leave "huyện" out.
_COMMUNE = re.compile(r"^(?:xa|phuong|dac khu|thi tran)\s+")
_NAMED_DISTRICT = re.compile(r"^(?:huyen|quan|thi xa|thanh pho|tp\.?)\s+")
#: What people write instead of a province's name.
_SHORT = {"hcm": "ho chi minh", "tphcm": "ho chi minh", "sai gon": "ho chi minh", "hn": "ha noi"}
#: Units that have no school level.
_OFFICES = (Actor.PHONG_GDDT, Actor.UBND_XA, Actor.SO_GDDT, Actor.BO_GDDT)
_UNDER_SO = (SchoolLevel.THPT, SchoolLevel.GDTX)


@dataclass(frozen=True, slots=True)
class Profile:
    """The unit that asks: as ``UnitQuery``, with the commune (xã, phường) beside the district it had before."""

    query: UnitQuery = field(default_factory=UnitQuery)
    commune: str | None = None

    def queries(self) -> list[UnitQuery]:
        """Return the questions to put: one a place that local offices may name."""
        if self.commune is None:
            return [self.query]
        if self.query.district is None:
            return [replace(self.query, district=self.commune)]
        return [self.query, replace(self.query, district=self.commune)]


@dataclass(frozen=True, slots=True)
class _Map:
    """The provinces before (name → today's name) and from ``valid_from`` on; keys are bare folded names."""

    valid_from: str
    names: dict[str, str]
    successor: dict[str, str]


@lru_cache(maxsize=1)
def _map() -> _Map:
    data = json.loads((files("corpus") / "tables" / "provinces.json").read_text(encoding="utf-8"))
    successor: dict[str, str] = data["successor"]
    names = {_bare(name): name for name in [*successor.values(), *successor]}
    return _Map(data["valid_from"], names, {_bare(old): new for old, new in successor.items()})


def _bare(name: str) -> str:
    bare = _KIND_OF_PLACE.sub("", squeeze(re.sub(r"[-–,.]", " ", fold(name))))
    return _SHORT.get(bare, bare)


def profile(
    kind: str | None = None,
    level: str | None = None,
    province: str | None = None,
    district: str | None = None,
    commune: str | None = None,
    name: str | None = None,
    *,
    issuers: Sequence[str] = (),
) -> Profile:
    """Return the unit that a person described; empty strings count as not given.

    A province is known from the table, or because an office in ``issuers`` (of the stored directives) names it; places
    typed without marks get those that offices' names have. Raises BadInputError that lists what is possible.
    """
    return Profile(
        UnitQuery(
            kind=Actor(code(kind, UNIT_NAMES, "loại đơn vị")) if _given(kind) else None,
            level=SchoolLevel(code(level, LEVEL_NAMES, "cấp học")) if _given(level) else None,
            province=_province(province, issuers) if province and _given(province) else None,
            district=_as_written(_given(district), issuers),
            name=_given(name),
        ),
        _as_written(_given(commune), issuers),
    )


def _as_written(place: str | None, issuers: Sequence[str]) -> str | None:
    """Return a place typed without marks as the names of offices end with it ("tan an dong" → "Tân An Đông"); a list
    or table for others should not read as it was typed."""
    if place is None or fold(place) != place.lower():
        return place
    ending = f" {fold(place)}"
    found = Counter(issuer[-len(place) :] for issuer in map(nfc, issuers) if fold(issuer).endswith(ending))
    return found.most_common(1)[0][0] if found else place


def _given(text: str | None) -> str | None:
    return squeeze(nfc(text or "")) or None


def code(text: str | None, names: dict[str, str], what: str) -> str:
    """Return the code for a code or its Vietnamese name in any spelling."""
    wanted = fold(squeeze(text or ""))
    for code, name in names.items():
        if wanted in (str(code), fold(name)):
            return str(code)
    choices = ", ".join(f"{name} ({code})" for code, name in names.items())
    raise BadInputError(f"Không có {what} “{squeeze(text or '')[:60]}”.", f"Hãy chọn một trong: {choices}.")


def _province(text: str, issuers: Sequence[str]) -> str:
    known = _map().names.get(_bare(text))
    if known is not None:
        return known
    shown = squeeze(nfc(text))
    if _bare(text) and any(in_province(issuer, shown, None) for issuer in issuers):
        return _as_written(shown, issuers) or shown
    today, gone = province_names()
    raise BadInputError(
        f"Không có tỉnh, thành phố “{shown[:60]}”.",
        f"Hãy chọn một trong 34 tỉnh, thành phố từ 01/7/2025: {', '.join(today)}; "
        f"hoặc tên cũ đến 30/6/2025: {', '.join(gone)}.",
    )


def province_names() -> tuple[list[str], list[str]]:
    """Return the provinces of today, and the names that ended on 2025-06-30."""
    found = _map()
    today = sorted(set(found.successor.values()), key=fold)
    gone = sorted({name for key, name in found.names.items() if name not in today}, key=fold)
    return today, gone


_MERGED = "đến hết 30/6/2025; từ 01/7/2025 thuộc {new} (Nghị quyết số 202/2025/QH15)"
#: From which ISO day on a province bears another name that was not merged with others, and how that is told.
_RENAMED = {
    "thua thien hue": (
        "2025-01-01",
        "đến hết 31/12/2024; từ 01/01/2025 là thành phố {new} trực thuộc trung ương (Nghị quyết số 175/2024/QH15)",
    )
}


def explain(unit: Profile, as_of: str) -> list[str]:
    """Return what became of the unit's province and district, in Vietnamese, for ISO day ``as_of``."""
    found, query, out = _map(), unit.query, []
    if query.province is not None:
        new = found.successor.get(_bare(query.province))
        if new is not None and _bare(new) != _bare(query.province):
            became = _RENAMED.get(_bare(query.province), ("", _MERGED))[1].format(new=new)
            out.append(
                f"{query.province} là tên tỉnh, thành phố {became}. "
                "Văn bản trước ngày đó được tính theo tên cũ, từ ngày đó theo tên mới."
            )
    ended = as_of >= found.valid_from
    if query.kind is Actor.PHONG_GDDT and ended:
        out.append(
            "Phòng GDĐT cấp huyện tồn tại đến hết 30/6/2025; từ 01/7/2025 việc của Phòng chuyển về UBND xã, phường "
            "và Sở GDĐT (Luật số 72/2025/QH15)."
        )
    if query.district is not None and ended and _is_district(query.district):
        named = _NAMED_DISTRICT.match(fold(query.district))
        district = query.district if named else f"huyện, quận {query.district}"
        more = " Hãy nêu thêm xã, phường để thấy văn bản của cấp xã."
        out.append(
            f"{district[0].upper()}{district[1:]} thuộc cấp huyện, tồn tại đến hết 30/6/2025; từ 01/7/2025 "
            "không còn cấp huyện, trường do UBND xã, phường và Sở GDĐT quản lý."
            + ("" if unit.commune or query.level in _UNDER_SO else more)
        )
    return out


def successor(unit: Profile, as_of: str) -> dict[str, Any] | None:
    """Return today's place of a unit that existed until 2025-06-30; None where nothing changed."""
    if not explain(unit, as_of):
        return None
    query, new = unit.query, None
    if query.province is not None:
        new = _map().successor.get(_bare(query.province), query.province)
    kind = query.kind
    since = _map().valid_from
    if kind is Actor.PHONG_GDDT:
        kind = Actor.UBND_XA
    elif query.district is None:
        since = _RENAMED.get(_bare(query.province or ""), (since, ""))[0]
    return {
        "unit": kind.value if kind else None,
        "unit_name": UNIT_NAMES[kind] if kind else None,
        "province": new,
        "commune": unit.commune,
        "valid_from": since,
    }


def tree(unit: Profile, as_of: str) -> list[str]:
    """Return the offices above a unit and the unit itself, from the Bộ down, as they stand on ISO day ``as_of``."""
    query, merged = unit.query, as_of >= _map().valid_from
    province = query.province
    if province is not None and merged:
        province = _map().successor.get(_bare(province), province)
    out = ["Bộ GDĐT"]
    if query.kind is Actor.BO_GDDT:
        return out
    out.append(f"Sở GDĐT {province or '(chưa nêu tỉnh)'}")
    if query.kind is Actor.SO_GDDT:
        return out
    direct = query.kind in (Actor.DON_VI_TRUC_THUOC, Actor.TRUNG_TAM_GDTX) or query.level in _UNDER_SO
    if not direct:
        commune = unit.commune or (query.district if query.district and not _is_district(query.district) else None)
        if merged and query.kind is not Actor.PHONG_GDDT:
            out.append(f"UBND {commune or 'xã, phường (chưa nêu)'}")
        else:
            out.append(f"Phòng GDĐT {query.district or '(chưa nêu huyện)'}")
        if query.kind in (Actor.PHONG_GDDT, Actor.UBND_XA):
            return out
    return [*out, label(unit)]


def _is_district(name: str) -> bool:
    return _COMMUNE.match(fold(name)) is None


def label(unit: Profile) -> str:
    """Return the unit's name for people: its own, or kind, level and place."""
    query = unit.query
    if query.name:
        return query.name
    kind = UNIT_NAMES[query.kind] if query.kind else "Mọi đơn vị"
    if query.kind is Actor.CO_SO_GIAO_DUC and query.level:
        kind = f"Trường {LEVEL_NAMES[query.level]}" if query.level is not SchoolLevel.GDTX else "Trung tâm GDTX"
    commune = unit.commune
    if query.kind is Actor.UBND_XA and commune:
        told = _COMMUNE.match(fold(commune)) is not None
        kind, commune = f"UBND {commune[0].lower()}{commune[1:]}" if told else f"{kind} {commune}", None
    places = [place for place in (commune, query.district, query.province) if place]
    return ", ".join([kind, *places])


#: How the name of a commune begins where its kind is told.
_COMMUNE = re.compile(r"(?:xa|phuong|dac khu|thi tran) ")


def payload_of(unit: Profile) -> dict[str, Any]:
    """Return what is kept of a unit: what it is and where it stands."""
    query = unit.query
    return {
        "unit": query.kind.value if query.kind else None,
        "level": query.level.value if query.level else None,
        "province": query.province,
        "district": query.district,
        "commune": unit.commune,
        "name": query.name,
    }


def as_dict(unit: Profile, as_of: str) -> dict[str, Any]:
    """Return a unit as plain data, with its place in the tree and what became of it."""
    return {
        "label": label(unit),
        **payload_of(unit),
        "tree": tree(unit, as_of),
        "explanation": explain(unit, as_of),
        "successor": successor(unit, as_of),
    }
