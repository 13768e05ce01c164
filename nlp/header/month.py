"""The month in which a directive was issued whose day, written by hand, nobody can read: "Hải Lâm, ngày #5 tháng 9 …".

The date stays unknown and a person is asked for it; days of the text without a year need no more than the month.
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


def issued_about(header: Header, zoned: Zoned) -> date | None:
    """Return the day on which a directive was issued, else the first day of the month that its letterhead tells."""
    if header.date:
        return date.fromisoformat(header.date)
    for line in zoned.of(Zone.LETTERHEAD):
        match = _NO_DAY.search(line.fold) if len(line.text) < _LONGEST else None
        if match is not None:
            return date(int(match["year"]), int(match["month"]), 1)
    return None
