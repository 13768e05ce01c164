"""The iCalendar feed (RFC 5545) of a unit: one all-day event a dated duty, reminders 7 and 1 days before."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from api import wording
from api.usecases.asking import Owed
from api.usecases.dutyrows import DutyRow
from api.usecases.places import label
from api.usecases.units import unit_id

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

    from api.library import Library

MEDIA_TYPE = "text/calendar; charset=utf-8"
_ZONE = "Asia/Ho_Chi_Minh"
#: Days before the due day on which calendars remind.
_REMIND = (7, 1)


def feed(library: Library, owed: Owed) -> bytes:
    """Return the feed of the dated duties in ``owed``.

    A duty keeps its UID as long as it is read from the same place; what changes about it counts SEQUENCE up.
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
    rows = {f"{row.known.key}.{owner}@congvan": row for row in owed.rows if _day(row) is not None}
    digests = {uid: hashlib.sha256(repr(_says(row)).encode()).hexdigest() for uid, row in rows.items()}
    state = library.store.desk.events(digests, library.now().replace(microsecond=0)) if rows else {}
    for uid, row in rows.items():
        sequence, modified = state[uid]
        made.add_component(_event(uid, row, sequence, library.utc(modified)))
    return _bytes(made)


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
    title = f"✓ {plain['task']}" if row.done else plain["task"]
    lines = [
        f"Hạn: {wording.day(row.due)} ({plain['due_text']})" if plain["due_text"] else f"Hạn: {wording.day(row.due)}",
        f"Nơi nhận: {plain['recipient']}" if plain["recipient"] else "",
        f"Gửi qua: {plain['via']}" if plain["via"] else "",
        f"Văn bản: {plain['number'] or plain['source']}, trang {plain['page']}",
        f"Cơ quan ban hành: {plain['issuer']}" if plain["issuer"] else "",
        f"Vì sao: {row.reason}",
        *(f"Từ {step.number}: {step.task} (hạn {wording.day(step.due)})" for step in row.chain),
        f"Đã xong ngày {wording.day(row.done.day)}. {row.done.note}".strip() if row.done else "",
    ]
    return row.due or "", title, "\n".join(line for line in lines if line), plain["school_year"] or ""


def _event(uid: str, row: DutyRow, sequence: int, modified: datetime) -> Event:
    from icalendar import Alarm, Event

    _, title, text, year = _says(row)
    day = _day(row)
    assert day is not None  # only dated rows come here
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", modified)
    event.add("last-modified", modified)
    event.add("sequence", sequence)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", text)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if row.certain else "TENTATIVE")
    if year:
        event.add("categories", [f"Năm học {year}"])
    if row.done is None:
        for days in _REMIND:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", timedelta(days=-days))
            alarm.add("description", f"Còn {days} ngày: {title}")
            event.add_component(alarm)
    return event


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
