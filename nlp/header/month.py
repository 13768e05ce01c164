"""The month in which a directive was issued whose day, written by hand, nobody can read: "Hải Lâm, ngày #5 tháng 9 …".

The date stays unknown and a person is asked for it; days of the text without a year need no more than the month. The
same holds for the calendar of a week, which has no date but tells its week.
"""

from __future__ import annotations

from datetime import date

from corpus.facts import Header
from nlp.page.zones import Zone, Zoned
from nlp.words.folding import pattern

_NO_DAY = pattern(
    r"ng\w{1,2}[^\n]{0,12}?thang[!:;]?\s{0,8}(?P<month>1[0-2]|0?[1-9])\s{0,8}nam\s{0,3}(?P<year>20\d\d)\W{0,4}$"
)
_LONGEST = 120
#: The week under the name of its calendar: "LỊCH CÔNG TÁC TUẦN 12 ⏎ (Từ ngày 21/11 đến ngày 26/11/2022)".
_WEEK = pattern(
    r"\W{0,3}(?:(?:lich|ke hoach)? ?(?:cong tac |hoat dong )?(?:tuan(?: thu)? \d{1,2})?\W{0,3})?(?:tu )?(?:ngay )?"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/20\d\d)?\s?(?:den|-)(?: het)?(?: ngay)?\s?"
    r"\d{1,2}/\d{1,2}/(?P<year>20\d\d)\W{0,3}"
)
_FIRST = 12


def issued_about(header: Header, zoned: Zoned) -> date | None:
    """Return the day on which a directive was issued, else the first day of the month that its letterhead tells."""
    if header.date:
        return date.fromisoformat(header.date)
    for line in zoned.of(Zone.LETTERHEAD):
        match = _NO_DAY.search(line.fold) if len(line.text) < _LONGEST else None
        if match is not None:
            return date(int(match["year"]), int(match["month"]), 1)
    return None if zoned.of(Zone.LETTERHEAD) and header.number else _week(zoned)


def _week(zoned: Zoned) -> date | None:
    """Return the first day of the week that the head of a calendar tells."""
    for line in zoned.lines[:_FIRST]:
        match = _WEEK.fullmatch(line.fold.strip()) if len(line.text) < _LONGEST else None
        if match is not None:
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                return None
    return None
