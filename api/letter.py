"""What stands in a unit's letter of the day (thư nhắc việc): what is due in 14 days, what is overdue, what is new.

What became overdue since the last letter is listed at once; what was overdue before is listed in the first letter of
a week and counted in the others, so that the news of the day is not lost in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from api import wording
from api.lettertext import Entry, Part, Told, html, plain
from api.usecases.asking import MOST, SOON, Asking, answer
from api.usecases.dutyrows import DutyRow
from api.usecases.places import Profile, label, payload_of
from api.usecases.units import office_of, profile_of
from api.usecases.years import year_of
from corpus.desk import SavedUnit
from corpus.text import fold

if TYPE_CHECKING:
    from api.library import Library

#: Overdue duties are listed from the beginning of the school year on, and from so many days ago at least: in August the
#: reports of the year that has ended are still owed. Older ones are only counted.
_LOOK_BACK = timedelta(days=90)


def letter(library: Library, saved: SavedUnit) -> EmailMessage | None:
    """Return today's letter for a unit; None where it has no address or there is nothing to tell today."""
    to = saved.payload.get("email")
    if not to:
        return None
    unit, today = profile_of(saved), library.today()
    owed = answer(library, Asking(unit=unit, as_of=today, unit_id=saved.id, office=office_of(saved), limit=MOST))
    sent = library.store.desk.mailed(saved.id)
    last = sent[0][0] if sent else ""
    since = library.utc(sent[0][1] if sent else library.now() - timedelta(days=1))
    fresh: dict[str, list[DutyRow]] = {}
    for row in owed.rows:
        if library.utc(row.info.received_at) > since:
            fresh.setdefault(row.info.id, []).append(row)
    open_rows = [row for row in owed.rows if row.done is None]
    soon = [row for row in open_rows if row.status == "soon"]
    overdue = [row for row in open_rows if row.status == "overdue"][::-1]
    first = _listed_from(today).isoformat()
    whole_list = last < (today - timedelta(days=today.weekday())).isoformat()
    listed = [
        row for row in overdue
        if (row.due or "") >= first and (whole_list or (row.due or "") >= last or row.info.id in fresh)
    ]  # fmt: skip
    current = [rows for rows in fresh.values() if _is_current(rows, first, today)]
    if not (current or soon or listed):
        return None
    title = f"Quá hạn chưa đánh dấu xong, tính từ {wording.day(first)}" if whole_list else "Mới quá hạn"
    address = (library.settings.public_url or "").rstrip("/")
    parts = (
        Part(f"Đến hạn trong {SOON} ngày", tuple(_entry(row, today, address) for row in soon)),
        Part(title, tuple(_entry(row, today, address) for row in listed)),
        Part("Văn bản mới có việc cho đơn vị", tuple(_directives(current, today, address))),
    )
    notes = _notes(len(current), len(fresh) - len(current), len(overdue) - len(listed), whole_list)
    told = Told(label(unit), today, tuple(part for part in parts if part.entries), notes, _list(address, unit))
    made = EmailMessage()
    made["Subject"] = f"Nhắc việc {today:%d/%m/%Y}: {_summary(len(current), len(soon), len(listed), whole_list)}"
    made["To"] = to
    made.set_content(plain(told))
    made.add_alternative(html(told), subtype="html")
    return made


def _is_current(rows: list[DutyRow], first: str, today: date) -> bool:
    """Whether a new directive is of this school year, or has a duty that is still to come."""
    issued = rows[0].info.date
    return issued is None or issued >= first or any((row.due or "") >= today.isoformat() for row in rows)


def _listed_from(today: date) -> date:
    year = year_of(today.isoformat(), None) or str(today.year)
    return min(date(int(year[:4]), 8, 1), today - _LOOK_BACK)


def _summary(fresh: int, soon: int, late: int, whole_list: bool) -> str:
    late_words = "việc quá hạn" if whole_list else "việc mới quá hạn"
    told = ((soon, "việc sắp đến hạn"), (late, late_words), (fresh, "văn bản mới"))
    return ", ".join(f"{count} {words}" for count, words in told if count)


def _notes(fresh: int, old: int, late: int, whole_list: bool) -> tuple[str, ...]:
    """Return what is said of that which is only counted."""
    notes = []
    if old:
        told = f"{old} văn bản mới nạp của những năm học trước, không còn việc nào sắp đến hạn."
        notes.append(f"Ngoài ra có {told}" if fresh else f"Có {told}")
    if late:
        when = "; thư đầu tuần liệt kê lại những việc của năm học này" if not whole_list else ""
        notes.append(f"Ngoài ra còn {late} việc quá hạn từ trước chưa đánh dấu xong{when}.")
    return tuple(notes)


def _directives(found: Iterable[list[DutyRow]], today: date, address: str) -> list[Entry]:
    """Return an entry for each new directive, the newest first: what it is, how many duties, the next day."""
    entries = []
    for rows in sorted(found, key=lambda rows: rows[0].info.date or "", reverse=True):
        info = rows[0].info
        day = f" ngày {wording.day(info.date)}" if info.date else ""
        due = min((row.due for row in rows if row.due and row.due >= today.isoformat()), default=None)
        first = f", hạn gần nhất {wording.day(due)}" if due else ""
        link = f"{address}/van-ban/{info.id}" if address else ""
        text = f": {info.subject}" if info.subject else ""
        entries.append(Entry(f"{info.number or info.source}{day}", f"{text} ({len(rows)} việc{first})", "", link))
    return entries


def _entry(row: DutyRow, today: date, address: str) -> Entry:
    duty = row.known.plain
    recipient = duty["recipient"]
    to = f" (gửi {recipient})" if recipient and fold(recipient) not in fold(duty["task"]) else ""
    left = (date.fromisoformat(row.due) - today).days if row.due else 0
    near = {0: "hôm nay", 1: "ngày mai"}.get(left, f"còn {left} ngày" if left > 0 else wording.late(-left))
    gone = f" ({wording.gone(row.replaced_by)})" if row.replaced_by else ""
    line = f"{duty['page']}-{duty['line']}"
    link = f"{address}/van-ban/{duty['document']}?dong={line}-{duty['line']}#d{line}" if address else ""
    task = f": {duty['task'].rstrip('.')}{to}"
    source = f"{duty['number'] or duty['source']}{gone}"
    return Entry(f"{wording.day(row.due)} ({near})", task, source, link, late=left < 0)


def _list(address: str, unit: Profile) -> str:
    """Return where all duties of the unit can be seen and ticked, "" where nobody knows."""
    fields = {name: value for name, value in payload_of(unit).items() if value}
    return f"{address}/truong-toi?{urlencode(fields)}" if address else ""
