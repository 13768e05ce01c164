"""Days moved earlier: working days, public holidays of Viet Nam, and how a day is written.

Public holidays (Bộ luật Lao động 2019, Điều 112, with Tết by the moon and days swapped by the Government) come from the
library ``holidays``; Saturdays and Sundays are no working days of offices.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlp.words.folding import folded

#: What makes a time a limit; a time without one is when something takes place.
_LIMIT = re.compile(
    r"(?<!\w)(?:truoc|cham nhat|muon nhat|han|den het|het|xong|hoan thanh|trong (?:thang|quy|nam))(?!\w)"
)
_EVENT = re.compile(r"^(?:tu|vao|luc|du kien|ngay)(?!\w)")
_WORDS = r"(?P<wd>\d{1,2}) tháng (?P<wm>\d{1,2})(?: năm (?P<wy>\d{4}))?"
_DIGITS = r"(?P<dd>\d{1,2})(?P<sep>[/.-])(?P<dm>\d{1,2})(?:(?P=sep)(?P<dy>\d{4}))?"
_DAY = re.compile(f"(?:{_WORDS}|{_DIGITS})(?![/\\d])")
_YEARLY = re.compile(r"h[ằà]ng năm")
_MONTHLY = re.compile(r"h[ằà]ng (?:tháng|quý|tuần)|mỗi (?:tháng|quý|tuần)")


class WorkingDays:
    """Working days of offices in Viet Nam."""

    def __init__(self) -> None:
        self._off: dict[int, frozenset[date]] = {}

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        return day.weekday() < 5 and day not in self._holidays(day.year)

    def before(self, day: date, count: int) -> date:
        """Return the working day that lies ``count`` working days before ``day``; 0: that day or the last before."""
        found = day if count else day + timedelta(days=1)
        for _ in range(max(count, 1)):
            found -= timedelta(days=1)
            while not self.is_working(found):
                found -= timedelta(days=1)
        return found

    def after(self, day: date, count: int) -> date:
        """Return the working day that lies ``count`` working days after ``day``."""
        found = day
        for _ in range(count):
            found += timedelta(days=1)
            while not self.is_working(found):
                found += timedelta(days=1)
        return found

    def between(self, early: date, late: date) -> int:
        """Count the working days from ``early`` (not counted) to ``late``."""
        days = (late - early).days
        return sum(self.is_working(early + timedelta(days=k)) for k in range(1, days + 1))

    def _holidays(self, year: int) -> frozenset[date]:
        if year not in self._off:
            from holidays import country_holidays

            self._off[year] = frozenset(country_holidays("VN", years=year))
        return self._off[year]


def is_limit(words: str) -> bool:
    """Tell whether a time is a limit ("trước ngày …") and not the time of an event ("vào ngày …", "từ … đến …")."""
    fold = folded(words)
    return _LIMIT.search(fold) is not None and not (
        _EVENT.match(fold) and "truoc" not in fold and "cham nhat" not in fold
    )


def comes_back(words: str) -> bool:
    """Tell whether a time comes back every month or so, so that no single day can be moved."""
    return _MONTHLY.search(words.lower()) is not None


def earlier(due: date, lead: int, issued: date, days: WorkingDays, *, least: int = 3) -> tuple[date, bool] | None:
    """Return the day ``lead`` working days before ``due``, and whether the lead had to be cut short.

    Units are given ``least`` working days from the day of issue on, if so many are left; None where none is.
    """
    wanted = days.before(due, lead)
    floor = days.after(issued, least)
    if wanted >= floor:
        return wanted, False
    soonest = min(floor, days.before(due, 1))
    return (soonest, True) if soonest > issued else None


def rewrite(words: str, day: date) -> str:
    """Return a time's words with another day in it, in the same form; a month, quarter or end of year becomes a day."""
    found = list(_DAY.finditer(words))
    if len(found) != 1:
        return f"trước ngày {short(day)}"
    match = found[0]
    yearly = _YEARLY.search(words.lower()) is not None
    if match["wd"]:
        text = long(day) if not yearly else long(day).partition(" năm")[0]
    else:
        text = short(day) if not yearly else short(day).rpartition("/")[0]
    before = words[: match.start()].rstrip()
    if not folded(before).endswith("ngay"):
        before = f"{before} ngày".strip()
    return f"{before} {text}{words[match.end() :]}"


def short(day: date) -> str:
    """Return a day as "05/01/2026", "09/6/2026": 0 before days under 10 and months 1 and 2 (as for the date line)."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def long(day: date) -> str:
    """Return a day as "05 tháng 01 năm 2026"."""
    return f"{day.day:02d} tháng {_month(day)} năm {day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)
