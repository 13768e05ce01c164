"""A question for duties as people and programs ask it: which unit, which time, which of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from api.doors.offices import Office
from api.doors.person import acting
from api.usecases import places
from api.usecases.dutyrows import STATUS_NAMES, Done, DutyRow, Judging, grouped
from api.usecases.owing import Bound
from api.usecases.places import Profile
from api.usecases.units import office_of, profile_of
from api.usecases.years import day_of
from api.usecases.years import school_year as parse_year
from corpus.errors import BadInputError
from corpus.quickfold import quick_fold
from corpus.text import nfc, squeeze
from index.words import bare_name

if TYPE_CHECKING:
    from api.library import Library

#: What is due within so many days is "sắp đến hạn" unless the question says otherwise.
SOON = 14
#: So many rows an answer has unless the question says otherwise, and at most.
LIMIT, MOST = 1000, 10_000
#: The farthest "within n days" that makes sense.
MOST_DAYS = 3660


@dataclass(frozen=True)
class Asking:
    """Which duties: of ``unit``, on the day ``as_of`` (only what was issued by then, where ``dated_back``), and
    the filters. ``since`` and ``until`` are due days; undated duties are left out where one of them is given."""

    unit: Profile = field(default_factory=Profile)
    as_of: date = date.min
    dated_back: bool = False
    school_year: str | None = None
    since: date | None = None
    until: date | None = None
    status: str | None = None
    days: int = SOON
    recipient: str | None = None
    issuer: str | None = None
    topic: str | None = None
    unit_id: str | None = None
    #: as whom the directives are read: the office that keeps the saved unit, else the office of who asks
    office: Office | None = None
    limit: int = LIMIT
    offset: int = 0

    def rows(self, bound: Bound) -> list[DutyRow]:
        """Return the rows that are asked for, not yet judged; days are looked up in their order."""
        first, last, undated = 0, len(bound.days), True
        soon = self.as_of + timedelta(days=self.days)
        since, until = _iso(self.since), _iso(self.until)
        if self.status == "overdue":
            last, undated = bisect_left(bound.days, _iso(self.as_of)), False
        elif self.status == "soon":
            first, last = bisect_left(bound.days, _iso(self.as_of)), bisect_right(bound.days, _iso(soon))
            undated = False
        elif self.status == "later":
            first, undated = bisect_right(bound.days, _iso(soon)), False
        elif self.status == "undated":
            last = 0
        if since or until:
            undated = False
            first = max(first, bisect_left(bound.days, since)) if since else first
            last = min(last, bisect_right(bound.days, until)) if until else last
        rows = bound.rows[first : max(first, last)]
        if undated:
            rows += bound.rows[len(bound.days) :]
        if self.dated_back:
            day = _iso(self.as_of)
            rows = [row for row in rows if row.info.date is None or row.info.date <= day]
        if self.recipient is not None or self.issuer is not None or self.topic is not None:
            rows = [row for row in rows if self._words(row)]
        return rows

    def _words(self, row: DutyRow) -> bool:
        return (
            _has(row.known.recipient, self.recipient)
            and _has(row.info.issuer, self.issuer)
            and (self.topic is None or quick_fold(self.topic) in row.known.words)
        )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _has(text: str | None, wanted: str | None) -> bool:
    return wanted is None or (text is not None and bare_name(wanted) in bare_name(text))


def asking(library: Library, given: Mapping[str, Any], unit: Profile | None = None) -> Asking:
    """Return the question for what a person typed (``given``: the query's fields as text, empty for not given).

    ``unit_id`` asks for a saved unit; fields of a unit then are not looked at. Raises BadInputError and
    NotFoundError, in Vietnamese.
    """

    def text(name: str) -> str | None:
        return squeeze(nfc(str(given.get(name) or ""))) or None

    unit_id, office = text("unit_id"), acting().office
    if unit_id is not None:
        saved = library.units.one(unit_id)
        unit, office = profile_of(saved), office_of(saved)
    elif unit is None:
        unit = library.profile(**{name: text(name) for name in UNIT_FIELDS})
    as_of, since, until = (day_of(text(name), what) for name, what in _DAYS.items())
    if since and until and since > until:
        raise BadInputError("Ngày bắt đầu đứng sau ngày kết thúc.", "Hãy đổi lại from và to.")
    status = text("status")
    if status is not None and status not in STATUS_NAMES:
        choices = ", ".join(f"{code} ({name})" for code, name in STATUS_NAMES.items())
        raise BadInputError(f"Không có tình trạng “{status[:40]}”.", f"Hãy chọn một trong: {choices}.")
    return Asking(
        unit=unit,
        as_of=as_of or library.today(),
        dated_back=as_of is not None,
        school_year=parse_year(text("school_year")),
        since=since,
        until=until,
        status=status,
        days=_number(text("days"), "Số ngày (days)", SOON, MOST_DAYS),
        recipient=text("recipient"),
        issuer=text("issuer"),
        topic=text("topic"),
        unit_id=unit_id,
        office=office,
        limit=_number(text("limit"), "Số việc (limit)", LIMIT, MOST),
        offset=_number(text("offset"), "Vị trí (offset)", 0, 10**8),
    )


#: The fields of a unit in questions and in saved units.
UNIT_FIELDS = ("unit", "level", "province", "district", "commune", "name")
_DAYS = {"as_of": "Ngày hỏi (as_of)", "from": "Từ ngày (from)", "to": "Đến ngày (to)"}


def _number(text: str | None, what: str, default: int, most: int) -> int:
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= most):
        raise BadInputError(f"{what} không hợp lệ: “{text[:40]}”.", f"Hãy cho một số từ 0 đến {most}.")
    return int(text)


def whole(asked: Asking) -> Asking:
    """Return the question for files: all rows up to the most there can be, unless fewer were asked for."""
    return replace(asked, limit=MOST) if asked.limit == LIMIT else asked


@dataclass(frozen=True)
class Owed:
    """The answer: the question, how many duties there are by status, and the rows of this answer by date."""

    asked: Asking
    counts: dict[str, int]
    rows: list[DutyRow]

    @property
    def count(self) -> int:
        """How many duties there are in all."""
        return sum(self.counts.values())

    def head(self) -> dict[str, Any]:
        """Return all but the rows as plain data."""
        as_of = self.asked.as_of.isoformat()
        unit = {"id": self.asked.unit_id, **places.as_dict(self.asked.unit, as_of)}
        place = {"offset": self.asked.offset, "limit": self.asked.limit}
        return {
            "count": self.count, **place, "as_of": as_of, "days": self.asked.days, "counts": self.counts, "unit": unit
        }  # fmt: skip

    def as_json(self) -> bytes:
        """Return the whole answer as JSON: flat and in groups; every row is written once and used in both, and the
        pieces become one text in one go."""
        rows = {id(row): row.written() for row in self.rows}
        days, topics = grouped(self.rows)
        groups = {"dated": ("due", days), "undated": ("topic", topics)}
        out = [to_json(self.head())[:-1], b',"duties":[', *_listed(rows.values())]
        for name, (key, found) in groups.items():
            out.append(f'],"{name}":['.encode())
            for at, (value, members) in enumerate(found):
                out += (b"," if at else b"", to_json({key: value})[:-1], b',"duties":[')
                out += _listed([rows[id(row)] for row in members])
                out.append(b"]}")
        out.append(b"]}")
        return b"".join(out)


def _listed(rows: Iterable[tuple[bytes, ...]]) -> list[bytes]:
    """Return the pieces of rows with commas between them."""
    return [piece for row in rows for piece in (*row, b",")][:-1]


def answer(library: Library, asked: Asking) -> Owed:
    """Return the duties that are asked for; those of a saved unit say which are done."""
    done: dict[str, Done] = {}
    if asked.unit_id is not None and library.has_store():
        done = {
            duty: Done(library.local(tick.done_at).date().isoformat(), tick.note)
            for duty, tick in library.store.desk.ticks(asked.unit_id).items()
        }
    if not library.has_store():
        return Owed(asked, dict.fromkeys(STATUS_NAMES, 0), [])
    found = asked.rows(library.bound(asked.unit, asked.school_year, asked.office))
    shown = found[asked.offset : asked.offset + asked.limit]
    judging = Judging(asked.as_of, asked.days, library.replaced(asked.as_of))
    rows = [judging.judged(row, _done(row, done) if done else None) for row in shown]
    return Owed(asked, _counts(asked, found), rows)


def _done(row: DutyRow, done: Mapping[str, Done]) -> Done | None:
    """Return that a duty is done, also where it was said of an older copy of the directive."""
    return next((done[name] for name in reversed(row.known.names) if name in done), None)


def _counts(asked: Asking, rows: list[DutyRow]) -> dict[str, int]:
    today, soon = _iso(asked.as_of), _iso(asked.as_of + timedelta(days=asked.days))
    days = [row.due for row in rows if row.due is not None]
    overdue, near = bisect_left(days, today), bisect_right(days, soon)
    return {
        "overdue": overdue, "soon": near - overdue, "later": len(days) - near, "undated": len(rows) - len(days)
    }  # fmt: skip
