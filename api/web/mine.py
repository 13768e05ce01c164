"""The page "Trường tôi": the unit is chosen once, then the school year is a timeline of what it must do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.library import Library
from api.routes.deps import TheLibrary
from api.usecases import places, units
from api.usecases.asking import UNIT_FIELDS, Asking, Owed, answer, asking
from api.usecases.dutyrows import STATUS_NAMES, DutyRow, grouped
from api.usecases.places import LEVEL_NAMES, UNIT_NAMES
from api.usecases.units import unit_id
from api.web.rendering import page, years_of
from corpus.errors import CongvanError, NotFoundError
from corpus.facts import IssuerLevel
from corpus.text import fold

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_COOKIE = "congvan_unit"
#: Where the page says that the unit is saved.
_SAVED = "da-luu"
_A_YEAR = 365 * 24 * 3600
_FIELDS = (*UNIT_FIELDS, "school_year")
_FILTERS = ("status", "topic", "as_of", "from", "to")
#: So many duties stand on one page.
_PER_PAGE = 200

#: Committees of districts and communes.
_LOCAL = re.compile(r"(?:ubnd|uy ban nhan dan) (?:xa|phuong|dac khu|huyen|quan|thi xa)\b")

_Text = Annotated[str, Form(max_length=4000)]


@dataclass
class Month:
    """A month of the timeline: how many duties fall into it, and how many of them are overdue and not done."""

    key: str
    count: int = 0
    overdue: int = 0
    now: bool = False

    @property
    def label(self) -> str:
        """The month as people write it: 9/2023."""
        return f"{int(self.key[5:])}/{self.key[:4]}"


@dataclass(frozen=True)
class Shown:
    """What the page shows of one unit's duties."""

    owed: Owed
    days: list[tuple[str, list[DutyRow]]]
    topics: list[tuple[str, list[DutyRow]]]
    months: list[Month]
    query: str
    explanation: list[str] = field(default_factory=list)
    successor: str = ""
    saved: dict[str, Any] | None = None

    @property
    def unfiltered(self) -> str:
        """The question for all duties of the unit, of every school year."""
        return urlencode([pair for pair in parse_qsl(self.query) if pair[0] in UNIT_FIELDS])

    def of_status(self, status: str) -> str:
        """The same question for the duties of one status only."""
        return urlencode([*(pair for pair in parse_qsl(self.query) if pair[0] != "status"), ("status", status)])

    @property
    def any_district(self) -> bool:
        """Whether duties of several districts or communes may be among these, for the unit does not say its own."""
        unit = self.owed.asked.unit
        if unit.query.district or unit.commune:
            return False
        issuers = {row.info.issuer: row.info.issuer_level for row in self.owed.rows}
        return any(
            level == IssuerLevel.PHONG or _LOCAL.match(fold(issuer or "")) is not None
            for issuer, level in issuers.items()
        )


@router.get("/truong-toi")
def my_unit(request: Request, library: TheLibrary) -> HTMLResponse:
    """Việc phải làm của một đơn vị; đơn vị được nhớ trong cookie."""
    given, asked = _given(request, library)
    shown, problem = None, ""
    if given["unit"]:
        try:
            shown = _shown(library, given, request.query_params)
        except CongvanError as error:
            problem = str(error)
    response = page(
        request,
        "duties.html",
        422 if problem else 200,
        given=given,
        filters={name: request.query_params.get(name, "")[:200] for name in _FILTERS},
        shown=shown,
        today=library.today().isoformat(),
        problem=problem,
        units=UNIT_NAMES,
        levels=LEVEL_NAMES,
        statuses=STATUS_NAMES,
        provinces=places.province_names(),
        years=library.duty_years(),
        here=str(request.url.query),
        stored=len(library.documents()),
        server=str(request.base_url).rstrip("/"),
    )
    if asked and shown is not None:
        value = urlencode({name: text for name, text in given.items() if text})
        response.set_cookie(_COOKIE, value, max_age=_A_YEAR, httponly=True, samesite="lax")
    return response


@router.get("/truong-toi/in")
def printable(request: Request, library: TheLibrary) -> HTMLResponse:
    """Bảng theo dõi nhiệm vụ để in."""
    from api import tables

    given, _ = _given(request, library)
    owed = answer(library, replace(_question(library, given, request.query_params), limit=2000))
    return page(request, "print.html", owed=owed, unit=places.label(owed.asked.unit), state=tables.status)


@router.post("/truong-toi/xong", response_model=None)
def done(library: TheLibrary, don_vi: _Text, viec: _Text, ghi_chu: _Text = "", ve: _Text = "") -> RedirectResponse:
    """Đánh dấu một việc đã xong; đơn vị được lưu nếu chưa lưu."""
    unit = _unit(library, don_vi)
    known = unit_id(unit)
    try:
        library.units.one(known)
    except NotFoundError:
        library.units.save(unit)
    library.units.tick(known, viec, ghi_chu)
    return _back(ve, viec)


@router.post("/truong-toi/luu", response_model=None)
def save(library: TheLibrary, don_vi: _Text, thu: _Text = "", ve: _Text = "") -> RedirectResponse:
    """Lưu đơn vị, để có địa chỉ lịch tự cập nhật và thư nhắc việc."""
    unit = _unit(library, don_vi)
    library.units.save(unit, thu)
    return _back(ve, _SAVED)


@router.post("/truong-toi/bo-luu", response_model=None)
def forget(library: TheLibrary, don_vi: _Text, ve: _Text = "") -> RedirectResponse:
    """Thôi lưu đơn vị; lưu lại thì việc đã đánh dấu có như cũ."""
    unit = _unit(library, don_vi)
    library.units.remove(unit_id(unit))
    return _back(ve, _SAVED)


@router.post("/truong-toi/chua-xong", response_model=None)
def not_done(library: TheLibrary, don_vi: _Text, viec: _Text, ve: _Text = "") -> RedirectResponse:
    """Bỏ đánh dấu đã xong."""
    unit = _unit(library, don_vi)
    library.units.untick(unit_id(unit), viec)
    return _back(ve, viec)


def _unit(library: Library, query: str) -> places.Profile:
    """Return the unit that a form of the page is about."""
    return library.profile(**{name: value[:200] for name, value in parse_qsl(query) if name in UNIT_FIELDS})


def _back(query: str, key: str) -> RedirectResponse:
    # the query is taken apart and put together again, so that it can only be a query
    clean = urlencode([pair for pair in parse_qsl(query) if pair[0] in (*_FIELDS, *_FILTERS, "trang")])
    place = key if key == _SAVED else f"v-{''.join(c for c in key if c.isalnum() or c == '-')}"
    return RedirectResponse(f"/truong-toi?{clean}#{place}", 303)


def remembered(request: Request) -> dict[str, str]:
    """Return the unit (and school year) that was chosen on this page, nothing where none was."""
    return {name: value[:200] for name, value in parse_qsl(request.cookies.get(_COOKIE, "")) if name in _FIELDS}


def _given(request: Request, library: Library) -> tuple[dict[str, str], bool]:
    """Return the unit that is asked for, or else the remembered one, and whether it was asked for."""
    asked = any(name in request.query_params for name in _FIELDS)
    source: Mapping[str, str] = request.query_params
    if not asked:
        years = years_of(library)
        # whoever comes for the first time most likely asks about the newest school year
        source = remembered(request) or {"school_year": years[0] if years else ""}
    return {name: source.get(name, "")[:200] for name in _FIELDS}, asked


def _question(library: Library, given: Mapping[str, str], query: Mapping[str, str]) -> Asking:
    made = asking(library, {**given, **{name: query.get(name, "")[:200] for name in _FILTERS}})
    number = query.get("trang", "1")
    at = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 6 else 0
    known = unit_id(made.unit)
    if library.has_store() and any(saved.id == known for saved in library.units.all()):
        made = replace(made, unit_id=known)
    return replace(made, limit=_PER_PAGE, offset=max(0, at) * _PER_PAGE)


def _shown(library: Library, given: Mapping[str, str], query: Mapping[str, str]) -> Shown:
    asked = _question(library, given, query)
    owed = answer(library, asked)
    days, topics = grouped(owed.rows)
    fields = {name: given[name] for name in _FIELDS if given[name]}
    fields |= {name: query[name][:200] for name in _FILTERS if query.get(name)}
    as_of = asked.as_of.isoformat()
    return Shown(
        owed,
        days,
        topics,
        _months(owed, given),
        urlencode(fields),
        places.explain(asked.unit, as_of),
        _successor(asked.unit, as_of),
        units.as_dict(library.units.one(asked.unit_id), as_of) if asked.unit_id else None,
    )


def _successor(unit: places.Profile, as_of: str) -> str:
    """Return the question for what became of the unit, empty where it is what it was."""
    found = places.successor(unit, as_of)
    if found is None:
        return ""
    fields = {"unit": found["unit"], "province": found["province"], "commune": found["commune"]}
    fields |= {"level": unit.query.level, "name": unit.query.name}
    return urlencode({name: str(value) for name, value in fields.items() if value})


def _months(owed: Owed, given: Mapping[str, str]) -> list[Month]:
    """Return the months of the chosen school year, August to August, or all that have duties."""
    months: dict[str, Month] = {}
    year = owed.asked.school_year
    if year is not None:
        first = int(year[:4])
        for at in range(13):
            key = f"{first + (7 + at) // 12}-{(7 + at) % 12 + 1:02d}"
            months[key] = Month(key)
    for row in owed.rows:
        if row.due is not None:
            month = months.setdefault(row.due[:7], Month(row.due[:7]))
            month.count += 1
            month.overdue += row.status == "overdue" and row.done is None
    now = owed.asked.as_of.isoformat()[:7]
    if now in months:
        months[now].now = True
    return [months[key] for key in sorted(months)]
