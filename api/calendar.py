"""The iCalendar feed (RFC 5545) of a unit: one all-day event a dated duty, reminders 7 and 1 days before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from api import wording
from api.usecases.asking import MOST, Asking, Owed
from api.usecases.dutyrows import DutyRow
from api.usecases.places import label
from api.usecases.units import unit_id
from corpus.desk import Given, Told

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event, Timezone

    from api.library import Library

MEDIA_TYPE = "text/calendar; charset=utf-8"
_ZONE = "Asia/Ho_Chi_Minh"
#: Days before the due day on which calendars remind.
_REMIND = (7, 1)
#: So long a duty that has vanished is told as cancelled; whoever looks less often than that keeps it.
_TELL_GONE = timedelta(days=60)
_NO_MORE = (
    "Việc này không còn trong danh sách của đơn vị: văn bản đã được đọc lại, sửa, thay bằng việc của cấp dưới "
    "hoặc lấy ra khỏi kho."
)


def feed(library: Library, owed: Owed) -> bytes:
    """Return the feed of the dated duties in ``owed``.

    A duty keeps its UID as long as it is read from the same place; what changes about it counts SEQUENCE up. A duty
    that was told once and has vanished is told as cancelled for a while, since calendars keep what only stays away.
    """
    from icalendar import Calendar

    unit = owed.asked.unit
    made = Calendar()
    made.add("prodid", "-//congvan//Viec phai lam//VI")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    name = f"Việc phải làm: {label(unit)}"
    for key in ("name", "x-wr-calname"):
        made.add(key, name)
    made.add("x-wr-timezone", _ZONE)
    made.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    made.add_component(_timezone())
    owner = owed.asked.unit_id or unit_id(unit)
    rows = {_uid(row, owner): row for row in owed.rows if _day(row) is not None}
    now = library.now().replace(microsecond=0)
    given = library.store.desk.events(owner, {uid: _told(row) for uid, row in rows.items()}, now) if rows else {}
    for uid, row in rows.items():
        event = _event(uid, _says(row), given[uid], library)
        event.add("status", "CONFIRMED" if row.certain else "TENTATIVE")
        for alarm in _alarms(row):
            event.add_component(alarm)
        made.add_component(event)
    if library.has_store() and _unfiltered(owed.asked):
        alive = {_uid(row, owner) for row in library.bound(unit, None, owed.asked.office).rows if _day(row) is not None}
        for uid, gone in library.store.desk.vanished(owner, alive, now, _TELL_GONE).items():
            says = gone.payload["day"], gone.payload["title"], _NO_MORE, gone.payload["year"]
            if owed.asked.school_year in (None, gone.payload["year"]):
                event = _event(uid, says, gone, library)
                event.add("status", "CANCELLED")
                made.add_component(event)
    return _bytes(made)


def _uid(row: DutyRow, owner: str) -> str:
    """Return the name of an event: that of the duty in the first copy of its directive, so that it stays the same."""
    return f"{row.known.names[0]}.{owner}@congvan"


def _told(row: DutyRow) -> Told:
    day, title, _, year = says = _says(row)
    return Told(hashlib.sha256(repr(says).encode()).hexdigest(), {"day": day, "title": title, "year": year})


def _unfiltered(asked: Asking) -> bool:
    """Whether all of a unit's duties are asked for, of one school year or of all: only then something can be gone."""
    narrow = (asked.since, asked.until, asked.status, asked.recipient, asked.issuer, asked.topic)
    return not asked.dated_back and not asked.offset and asked.limit == MOST and not any(narrow)


def _bytes(made: Calendar) -> bytes:
    written: bytes = made.to_ical()
    return written


def _day(row: DutyRow) -> date | None:
    try:
        return date.fromisoformat(row.due) if row.due else None
    except ValueError:
        return None


def _says(row: DutyRow) -> tuple[str, str, str, str]:
    """Return what people see of an event: day, title, text, category."""
    plain = row.known.plain
    title = f"✓ {_title(row)}" if row.done else _title(row)
    lines = [
        f"Hạn: {wording.day(row.due)} ({plain['due_text']})" if plain["due_text"] else f"Hạn: {wording.day(row.due)}",
        f"Nơi nhận: {plain['recipient']}" if plain["recipient"] else "",
        f"Gửi qua: {plain['via']}" if plain["via"] else "",
        f"Văn bản: {plain['number'] or plain['source']}, {plain['where']}",
        f"Trích yếu: {row.info.subject}" if row.info.subject else "",
        f"Cơ quan ban hành: {plain['issuer']}" if plain["issuer"] else "",
        f"Lưu ý: {wording.gone(row.replaced_by)}." if row.replaced_by else "",
        f"Vì sao: {row.reason}",
        *(f"Từ {step.number}: {step.task} (hạn {wording.day(step.due)})" for step in row.chain),
        f"Đã xong ngày {wording.day(row.done.day)}. {row.done.note}".strip() if row.done else "",
    ]
    return row.due or "", title, "\n".join(line for line in lines if line), plain["school_year"] or ""


def _title(row: DutyRow) -> str:
    """Return what a month's view shows: the duty; of a few words ("Nộp hồ sơ.") with what its directive is about."""
    task = str(row.known.plain["task"])
    if not wording.says_little(task) or not row.info.subject:
        return task
    return f"{task.rstrip('. ')} – {row.info.subject}"


def _event(uid: str, says: tuple[str, str, str, str], given: Given, library: Library) -> Event:
    from icalendar import Event

    iso, title, text, year = says
    day, modified = date.fromisoformat(iso), library.utc(given.modified_at)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", modified)
    event.add("last-modified", modified)
    event.add("sequence", given.sequence)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", text)
    event.add("transp", "TRANSPARENT")
    if year:
        event.add("categories", [f"Năm học {year}"])
    return event


def _alarms(row: DutyRow) -> Iterator[Alarm]:
    from icalendar import Alarm

    for days in _REMIND if row.done is None else ():
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(days=-days))
        alarm.add("description", f"Còn {days} ngày: {_title(row)}")
        yield alarm


def _timezone() -> Timezone:
    """Return the time zone for calendars that want it: +07:00 all year."""
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _ZONE)
    standard.add("dtstart", datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone
