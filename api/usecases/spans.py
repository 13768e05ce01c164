"""Questions for all that is due in a month or a week ("trường THCS phải làm gì tháng 10"): no passage answers them, the
duties do."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from api.usecases.asking import UNIT_FIELDS, Owed, answer, asking
from api.usecases.units import unit_id
from api.usecases.years import school_year as parse_year
from corpus.text import fold, nfc, squeeze
from index.query import understand
from index.words import school_years

if TYPE_CHECKING:
    from api.library import Library

#: So many duties stand in an answer.
SHOWN = 8
#: So many years back a month without a year is looked for, where the school year of today has nothing due in it.
_BACK = 10
#: Month in which a school year begins.
_FIRST = 8
#: What asks for everything, not for one thing; matched without marks.
_ALL = re.compile(
    r"\b(?:lam (?:nhung )?gi|(?:nhung|cac|co|mot so) viec|viec gi|viec (?:phai|can) lam"
    r"|(?:nop|gui|bao cao) (?:nhung )?gi|(?:nhung|cac) bao cao|den han)\b"
)
_MONTH = re.compile(r"\bthang (?P<month>1[0-2]|0?[1-9])(?:\s*(?:[/-]|nam)\s*(?P<year>20\d\d))?(?!\s*[/-]?\d)")
_NEAR = re.compile(r"\b(?P<what>thang|tuan) (?P<which>nay|sau|toi)\b")
#: Kinds of unit that a question may name, the most telling first.
_KINDS = ("ubnd_xa", "phong_gddt", "co_so_giao_duc", "so_gddt")


@dataclass(frozen=True)
class Span:
    """The days that are asked for and what they are called; ``fixed``: the year is named or follows from today."""

    since: date
    until: date
    label: str
    fixed: bool


@dataclass(frozen=True)
class Due:
    """What is due in a span; ``note`` says that it is another year than one would think."""

    span: Span
    owed: Owed
    query: str
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain data."""
        return {
            "label": self.span.label,
            "from": self.span.since.isoformat(),
            "to": self.span.until.isoformat(),
            "note": self.note,
            "unit": self.owed.head()["unit"]["label"],
            "count": self.owed.count,
            "duties": [row.as_dict() for row in self.owed.rows],
        }


def due_in(
    library: Library, text: str, *, school_year: str | None = None, unit: Mapping[str, str] | None = None
) -> Due | None:
    """Return what is due in the month or week that a question asks about, None for any other question.

    ``school_year`` is the one chosen beside the question, ``unit`` the fields of the unit that asks, if known; the unit
    that the question names goes before it. Raises BadInputError for a unit that cannot be.
    """
    span = asked_span(text, library.today(), school_year)
    if span is None or not library.has_store():
        return None
    fields = {name: value for name, value in (unit or {}).items() if name in UNIT_FIELDS and value}
    fields |= _named_unit(text, fields)
    found = _due(library, fields, span)
    if found.owed.count or span.fixed:
        return found
    for back in range(1, _BACK + 1):
        year = span.since.year - back
        earlier = _due(library, fields, _month(span.since.month, year, fixed=False))
        if earlier.owed.count:
            note = f"Trong {span.label} chưa có việc nào; dưới đây là {earlier.span.label}, gần nhất có việc."
            return Due(earlier.span, earlier.owed, earlier.query, note)
    return found


def asked_span(text: str, today: date, school_year: str | None = None) -> Span | None:
    """Return the days for which a question asks what is to be done, None where it asks something else."""
    asked = squeeze(fold(nfc(text)))
    if not _ALL.search(asked):
        return None
    near = _NEAR.search(asked)
    if near is not None:
        return _near(near["what"], near["which"] != "nay", today)
    month = _MONTH.search(asked)
    if month is None:
        return None
    number, year = int(month["month"]), month["year"]
    named = next(iter(school_years(text)), None) or parse_year(school_year)
    if year is None and named is not None:
        year = named[:4] if number >= _FIRST else named[5:]
    if year is not None:
        return _month(number, int(year), fixed=True)
    begins = today.year if today.month >= _FIRST else today.year - 1
    return _month(number, begins if number >= _FIRST else begins + 1, fixed=False)


def _near(what: str, following: bool, today: date) -> Span:
    if what == "thang":
        year, month = divmod(today.year * 12 + today.month - 1 + following, 12)
        return _month(month + 1, year, fixed=True)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=following)
    sunday = monday + timedelta(days=6)
    return Span(monday, sunday, f"tuần từ {monday:%d/%m} đến {sunday:%d/%m/%Y}", fixed=True)


def _month(month: int, year: int, *, fixed: bool) -> Span:
    return Span(
        date(year, month, 1), date(year, month, monthrange(year, month)[1]), f"tháng {month}/{year}", fixed
    )  # fmt: skip


def _named_unit(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return the kind and level that a question names; where that is what the unit that asks is, it stays as it is."""
    question = understand(text)
    kinds = question.actors | ({"co_so_giao_duc"} if question.levels else set())
    kind = next((kind for kind in _KINDS if kind in kinds), None)
    if kind is None:
        return {}
    if not question.levels:
        return {} if known.get("unit") == kind else {"unit": kind, "level": "", "name": ""}
    level = next(iter(question.levels)) if len(question.levels) == 1 else ""
    if (known.get("unit"), known.get("level")) == (kind, level):
        return {}
    return {"unit": kind, "level": level, "name": ""}


def _due(library: Library, fields: Mapping[str, str], span: Span) -> Due:
    given = {**fields, "from": span.since.isoformat(), "to": span.until.isoformat()}
    asked = asking(library, {**given, "limit": str(SHOWN)})
    known = unit_id(asked.unit)
    if any(saved.id == known for saved in library.units.all()):
        asked = replace(asked, unit_id=known)  # so that what is done is told
    owed = answer(library, asked)
    return Due(span, owed, urlencode({name: value for name, value in given.items() if value}))
