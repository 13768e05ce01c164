"""Dates and times in office Vietnamese: days, ranges, months, quarters, yearly days, times that are only described.

``due`` follows the project's gold: "trước ngày X" is X; a month its last day; a yearly day the one inside the
directive's school year; what is only described has no date. There is never a default date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nlp.words.folding import folded, pattern

#: A school year (năm học) begins in this month; June and July belong to the one that ends.
FIRST_MONTH = 8

_D = r"(?:0?[1-9]|[12]\d|3[01])"
_M = r"(?:1[0-2]|0?[1-9])"
_Y = r"(?:19|20)\d{2}"
_SEP = r"\s?[/.-]\s?"
_QUARTER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "l": 1, "ll": 2, "lll": 3, "1": 1, "2": 2, "3": 3, "4": 4}
_YEARLY = r"(?:hang|moi) nam"
_ROMAN = r"(?:iv|i{1,3}|l{1,3}|[1-4])"

#: A part of a month: only its end has a day of its own, the other parts are described.
_PART = (
    r"(?<!\w)(?:ngay cuoi(?: cung)?|tuan (?:dau|cuoi|thu (?:\w{2,4}|\d)|\d(?:(?:,| va|\s?-) ?\d(?= thang))?)"
    r"|nua (?:dau|cuoi)|dau|giua|cuoi"
    r"|thuong tuan|trung tuan|ha tuan)"
)
_MONTH_END = ("cuoi", "nua cuoi", "ngay cuoi", "ngay cuoi cung")

#: Half a day is no first of February: "Thời gian: 1/2 ngày, sáng 13/10".
_HALF = r"0?1\s?/\s?2\s(?:ngay(?!\s(?:\d|quoc|thanh|le|hoi|ky))|buoi)"

#: "lần 1 tháng 3" is no first of March, "tuần thứ 2 tháng 3" no second.
_UNCOUNTED = (
    r"(?<!lan )(?<!dot )(?<!vong )(?<!tuan )(?<!tuan thu )(?<!tuan \d, )(?<!tuan \d va )(?<!hoc ky )"
    r"(?<!ky thi )(?<!giai doan )"
)

#: Months in a row, of which the last tells the year: "tháng 4, 5 năm 2018"; a comma may have been read as a stop.
_MONTHS = (
    rf"(?:{_M}(?:\s?,\s?|\.(?=\d)|\sva\s)(?={_M}\s?(?:[,./]|va|nam)\s?(?:{_M}|{_Y}))){{1,4}}"
    rf"(?={_M}\s{{0,2}}(?:/|nam)\s{{0,2}}{_Y})"
)

#: What stands before a day: no part of a number, but days that share its month and year ("ngày 23,24,28/4/2020", "ngày
#: 11,12 tháng 3"), or the day from which a stretch runs, glued to its dash ("27/5-07/6/2024").
_FREE = (
    r"(?:(?<![\d/.,-])|(?:(?<=\D\d\d,)|(?<=\D\d,))(?=\d{1,2}/\d{1,2}/20\d\d|\d{1,2}\sthang\s\d)"
    r"|(?:(?<=\d/\d-)|(?<=\d/\d\d-)|(?<=/20\d\d-)|(?<=/\d\s-)|(?<=/\d\d\s-)|(?<=/20\d\d\s-))(?=\d{1,2}/\d{1,2}(?!\d)))"
)

_FORMS = pattern(
    rf"{_FREE}(?:"
    rf"(?:ngay\s{{0,2}}|{_UNCOUNTED})(?P<ld>{_D})\s{{0,2}}thang\s{{0,2}}(?P<lm>{_M})(?:\s{{0,2}}(?:nam|"
    rf",)\s{{0,2}}(?P<ly>{_Y})|\s{{0,2}}(?P<lyear>{_YEARLY})|/(?P<ly2>{_Y}))?(?!\d)"
    rf"|(?:ngay\s{{0,2}})?(?P<from>{_D}\s?[-+]\s?)?(?P<nd>{_D})(?:\s?//?\s?(?P<nm1>{_M})\s?//?\s?|"
    rf"\s?\.\s?(?P<nm2>{_M})\s?\.\s?|\s?-\s?(?P<nm3>{_M})\s?-\s?)(?P<ny>{_Y})(?![\d/])"
    rf"|ngay\s{{0,2}}(?P<dd>{_D})-(?P<dm>{_M})(?![\d/-]|\s?-\s?\d|\s?/)"
    rf"|(?!{_HALF})(?:ngay\s{{0,2}})?(?P<sfrom>{_D}\s?[-+]\s?)?(?P<sd>{_D})\s?/\s?(?P<sm>{_M})"
    rf"(?:/(?P<sy>\d{{2}})|\s{{0,2}}(?P<syear>{_YEARLY}))?(?![\d/%]|\s?/\s?\d|-[a-z])"
    rf"|(?:(?P<two>{_PART}(?:\sthang)?(?:,|\sva)\s)?(?P<part>{_PART})\s(?:cua\s)?)?(?:thang\s{{0,2}})(?:{_M}\s?-\s?|{_MONTHS})?(?P<mm>{_M})(?:\s?[/.-]\s?(?P<my>{_Y})|\s{{0,2}}nam\s{{0,2}}(?P<my2>{_Y})"
    rf"|\s{{0,2}}(?P<myear>{_YEARLY}))?(?![\d/])"
    rf"|(?<!\w)(?:quy\s{_ROMAN}(?:,|\sva|\sden|\s-)\s)?quy\s{{0,2}}(?P<q>{_ROMAN})(?:\s?[/-]\s?(?P<qy>{_Y})|\s{{0,2}}nam\s{{0,2}}(?P<qy2>{_Y}))(?!\w)"
    rf"|(?<!\w)(?:(?P<part0>{_PART})\s)?(?<!\w)(?P<m0>{_M})\s?/\s?(?P<my0>{_Y})(?![\d/]|\s?/\s?[a-z])"
    rf"|(?<!\w)(?:het|cuoi|trong|vao)\snam\s(?P<yy>{_Y})(?![\d/]|\s?-)"
    rf")"
)
_HOUR = r"(?:\d{1,2}\s?(?:(?:h|g|gio)\s?(?:\d{2})?|:\s?\d{2})(?:\s?phut)?(?:\s(?:sang|chieu|toi))?[\s,]{0,3}(?:cung )?)"
#: An arrow between two days, and "à", which converters make of one: "từ 07/12 à 19/12/2020".
_ARROW = r"(?:→|[-=]>|a(?=\s))"
_RANGE = pattern(
    rf"^\s{{0,2}}(?:den|-|toi|{_ARROW})\s{{0,2}}(?:het\s)?"
    r"(?:(?:truoc\s)?\d{1,2}\s?(?:h|g|gio|:)\s?\d{0,2}(?: phut)?\s)?"
    r"(?:(?:sang\s|chieu\s|toi\s)?(?:thu\s\w{2,4}|chu nhat),?\s)?(?:ngay\s)?(?:thang\s)?"
)
_RANGE_HEAD = pattern(
    rf"(?:tu\s{{0,2}}(?:ngay|thang)?\s{{0,2}}(?P<d>{_D})|ngay[,:]?\s{{0,2}}(?P<d2>{_D})"
    rf")\s?(?:,\s?\d{{1,2}}\s?){{0,4}}(?:(?:va|,)(?: ngay)?|den(?: het)?(?: ngay)?|-|{_ARROW})\s{{0,2}}$"
)
_BOTH = pattern(r"\s{0,2}(?:,|va)\s{0,2}")
#: Two days that follow one another: "chiều 12/10/2023 và sáng 13/10/2023", "ngày 15/3/2023 và cả ngày 16/3/2023".
_NEXT_DAY = pattern(r"\s{0,2}(?:,|va)\s{1,2}(?:(?:ca|het|buoi|sang|chieu|toi)\s){0,2}(?:ngay\s)?")
_DAYS = pattern(r"(?<!\w)(?:hai|ba|bon|02|03|cac|2|3)\s{1,2}(?:ngay[,:]?\s{1,2}(?:(?:thu\s\w{2,4}|chu nhat),?\s)?)?$")
_SCHOOL_YEAR = pattern(
    rf"nam\s{{0,2}}hoc\s{{0,2}}:?\s{{0,3}}(?:moi\s)?(?P<a>{_Y})\s{{0,2}}[-/]\s{{0,2}}"
    rf"(?P<b>{_Y}|\d{{2}})(?!\d)"
)


#: What is left of a year whose end was cut off, and how far a year of two digits may lie from the directive's own.
_CENTURY, _FAR_YEARS = "20", 3


class TimeKind(StrEnum):
    """What a time says."""

    DAY = "day"
    RANGE = "range"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year (năm học): ``first``-``first + 1``, August to July."""

    first: int

    def __str__(self) -> str:
        """Return it as written: "2023-2024"."""
        return f"{self.first}-{self.first + 1}"

    def year_of(self, month: int) -> int:
        """Return the calendar year in which a month of this school year lies."""
        return self.first if month >= FIRST_MONTH else self.first + 1


def school_year_of(day: date) -> SchoolYear:
    """Return the school year in which ``day`` lies; July looks ahead to the one that offices prepare."""
    return SchoolYear(day.year if day.month >= FIRST_MONTH - 1 else day.year - 1)


def parse_school_year(text: str) -> SchoolYear | None:
    """Return the first school year named in ``text`` ("năm học 2023 - 2024"), None if there is none that can be."""
    for match in _SCHOOL_YEAR.finditer(folded(text)):
        first = int(match["a"])
        last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
        if last == first + 1:
            return SchoolYear(first)
    return None


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a directive's own words give for dates without a year: its date and its school year (each may be None)."""

    issued: date | None = None
    school_year: SchoolYear | None = None

    def _is_ahead(self) -> bool:
        """Tell whether the directive was issued before its school year: a day without a year is the next such day."""
        return (
            self.issued is not None
            and self.school_year is not None
            and self.issued < date(self.school_year.first, FIRST_MONTH, 1)
        )

    def year_for(self, month: int, day: int, *, yearly: bool = False) -> int | None:
        """Return the year of a day without one: in the directive's school year, else the next such day, else None.

        A ``yearly`` day ("ngày 30 tháng 6 hằng năm") is the one in a school year to come as well.
        """
        if self.school_year is not None and (yearly or not self._is_ahead()):
            year = self.school_year.year_of(month)
            last = self.school_year.first + 1
            if self.issued and year < last and (year, month, day) < _ymd(self.issued) <= (last, month, day):
                return last
            return year
        if self.issued is not None:
            year = self.issued.year
            return year if (year, month, day) >= _ymd(self.issued) else year + 1
        return None


def _ymd(day: date) -> tuple[int, int, int]:
    return (day.year, day.month, day.day)


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a text: ``text[start:end]``. ``due`` is its last day; None where it cannot be told."""

    start: int
    end: int
    kind: TimeKind
    due: date | None
    stated_year: bool = True


def find_dates(text: str, known: Calendar | None = None) -> Iterator[Time]:
    """Yield the dates, months, quarters and ends of years of ``text`` in order; a range is one time, its last day."""
    fold = folded(text)
    known = known or Calendar()
    pending: Time | None = None
    for match in _FORMS.finditer(fold):
        time = _time(match, known)
        if time is None:
            continue
        if pending is not None:
            gap = fold[pending.end : time.start]
            if _BOTH.fullmatch(gap) and _DAYS.search(fold[max(0, pending.start - 30) : pending.start]):
                gap = "-"
            if _is_next_day(pending, time) and _NEXT_DAY.fullmatch(gap):
                gap = "-"
            if (
                len(gap) < 28
                and _RANGE.fullmatch(gap)
                and (pending.due is None or time.due is None or time.due >= pending.due)
            ):
                pending = Time(pending.start, time.end, TimeKind.RANGE, time.due, time.stated_year)
                continue
            yield pending
        head = _RANGE_HEAD.search(fold, max(0, time.start - 30), time.start)
        begin = head.start() if head and time.kind is TimeKind.DAY else time.start
        pending = Time(begin, time.end, TimeKind.RANGE if begin < time.start else time.kind, time.due, time.stated_year)
    if pending is not None:
        yield pending


def _is_next_day(one: Time, other: Time) -> bool:
    if one.kind is not TimeKind.DAY or other.kind is not TimeKind.DAY or one.due is None:
        return False
    return other.due == one.due + timedelta(days=1)


def _time(match: re.Match[str], known: Calendar) -> Time | None:
    found = match.groupdict()
    get = found.get
    month = get("lm") or get("nm1") or get("nm2") or get("nm3") or get("sm") or get("dm")
    day = get("ld") or get("nd") or get("sd") or get("dd")
    start, end = match.span()
    if get("dd") and int(str(day)) <= int(str(month)) and not (day and day[0] == "0" and month and month[0] != "0"):
        return None  # "ngày 5-7" may be two days
    since = get("from") or get("sfrom")
    if since and int(since.strip(" -+")) >= int(str(day)):
        since, start = None, match.start("nd" if get("nd") else "sd")  # "điểm 8 - 5/10": no stretch of days
    if month and day:
        year = get("ly") or get("ly2") or get("ny") or _full_year(get("sy"), known)
        if get("sy") and year is None and get("sy") != _CENTURY:
            return None
        if get("sy") and match.string.startswith(("..", "…"), end):
            return None  # "ngày 05/9/20...." is left for others to fill in
        number = (
            int(year)
            if year
            else known.year_for(int(month), int(day), yearly=get("lyear") is not None or get("syear") is not None)
        )
        due = _day(number, int(month), int(day))
        if number is not None and due is None:
            return None
        return Time(start, end, TimeKind.RANGE if since else TimeKind.DAY, due, year is not None)
    if get("q"):
        year = get("qy") or get("qy2")
        last = 3 * _QUARTER[str(get("q"))]
        return Time(start, end, TimeKind.QUARTER, _last_day(int(str(year)), last))
    if get("yy"):
        return Time(start, end, TimeKind.YEAR, date(int(str(get("yy"))), 12, 31))
    month, year = (get("mm"), get("my") or get("my2")) if get("mm") else (get("m0"), get("my0"))
    number = int(year) if year else known.year_for(int(str(month)), 28, yearly=get("myear") is not None)
    part = get("part") or get("part0")
    if get("two") or (part and part not in _MONTH_END):
        return Time(start, end, TimeKind.MONTH, None, year is not None)
    return Time(start, end, TimeKind.MONTH, _last_day(number, int(str(month))), year is not None)


def _full_year(short: str | None, known: Calendar) -> str | None:
    """Return the year that two digits tell ("15/9/23"); None where it is far from the directive's own.

    "20/11/20" may be a year of which an OCR read but the century; such a day goes by the directive's year.
    """
    issued = known.issued.year if known.issued is not None else None
    if short is None or issued is None or abs(issued % 100 - int(short)) > _FAR_YEARS:
        return None
    return f"20{short}" if short != _CENTURY or issued % 100 == int(_CENTURY) else None


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _last_day(year: int | None, month: int) -> date | None:
    return date(year, month, calendar.monthrange(year, month)[1]) if year is not None else None


def hour_before(fold: str, start: int) -> int:
    """Return where a time of day that stands right before ``start`` begins ("16h00 ngày …"), else ``start``."""
    match = re.search(_HOUR + "$", fold[max(0, start - 28) : start])
    return start - len(match.group()) if match else start
