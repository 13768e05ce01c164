"""Dates that cannot be: days that no calendar has, ranges that run backwards, weekdays and years that disagree."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from corpus.document import Document
from corpus.facts import Citation, Conflict, Header, evidence
from corpus.numbers import parse_number
from corpus.text import shown_day
from nlp.naming.dates import TimeKind, find_dates
from nlp.page.structure import Item
from nlp.page.zones import Zone
from nlp.words.folding import pattern

_DAY = pattern(
    r"(?<![\d/.-])(?:ngay\s{1,2})?(?P<d>\d{1,2})\s?(?:/|-|\.|\s{0,2}thang\s{0,2})\s?(?P<m>\d{1,2})"
    r"\s?(?:/|-|\.|\s{0,2}nam\s{0,2})\s?(?P<y>(?:19|20)\d\d)(?![\d/])"
)
_RANGE = pattern(r"tu ngay\s{1,2}(?=\d)")
_TO = pattern(r"\s{0,2}(?:den|-)(?: het)?(?: ngay)?\s{0,2}")
_WEEKDAY = pattern(r"(?P<day>thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),?\s{0,2}\(?\s?(?:ngay\s{1,2})?$")
_WEEKDAYS = {
    "thu hai": 0, "thu 2": 0, "thu ba": 1, "thu 3": 1, "thu tu": 2, "thu 4": 2, "thu nam": 3, "thu 5": 3, "thu sau": 4,
    "thu 6": 4, "thu bay": 5, "thu 7": 5, "chu nhat": 6,
}  # fmt: skip
_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_YEARS = pattern(r"nam hoc\s{1,2}(?P<a>20\d\d)\s{0,2}-\s{0,2}(?P<b>20\d\d)(?!\d)")
#: How much later than the directive a cited document may be dated: drafts are numbered before what they cite is out.
_LATER = 3


def impossible_dates(document: Document, items: list[Item]) -> Iterator[Conflict]:
    """Yield days that do not exist, ranges that run backwards, weekdays and school years that cannot be."""
    for item in items:
        if item.zone not in (Zone.BODY, Zone.ANNEX, Zone.FOOTNOTE):
            continue
        fold = item.joined.fold
        for start, end, what in (*_no_days(item.text, fold), *_backwards(item.text, fold), *_years(item.text, fold)):
            yield Conflict(evidence(document, *item.joined.span(start, end), "conflict.date", 0.8), what)


def _no_days(text: str, fold: str) -> Iterator[tuple[int, int, str]]:
    for match in _DAY.finditer(fold):
        day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            if day > 31 or month > 12 or not day or not month:
                continue  # a number, a ratio, a date cut by a line end
            words = text[match.start() : match.end()]
            yield match.start(), match.end(), f"Ngày “{words}” không có trong lịch."
            continue
        told = _WEEKDAY.search(fold, max(0, match.start() - 24), match.start("d"))
        weekday = date(year, month, day).weekday()
        if told and "năm học" not in text[told.start() : match.end()] and _WEEKDAYS[told["day"]] != weekday:
            words = text[told.start() : match.end()]
            yield told.start(), match.end(), f"“{words}”: ngày này là {_NAMES[weekday]}."


def _backwards(text: str, fold: str) -> Iterator[tuple[int, int, str]]:
    for lead in _RANGE.finditer(fold):
        window = text[lead.end() : lead.end() + 60]
        days = [t for t in find_dates(window) if t.kind is TimeKind.DAY and t.due and t.stated_year]
        if len(days) < 2 or days[0].start > 1:
            continue
        if not _TO.fullmatch(fold[lead.end() + days[0].end : lead.end() + days[1].start]):
            continue
        first, last = days[0].due, days[1].due
        if first and last and last < first:
            words = text[lead.start() : lead.end() + days[1].end]
            yield lead.start(), lead.end() + days[1].end, f"Khoảng thời gian “{words}” kết thúc trước khi bắt đầu."


def _years(text: str, fold: str) -> Iterator[tuple[int, int, str]]:
    for match in _YEARS.finditer(fold):
        if int(match["b"]) != int(match["a"]) + 1:
            words = text[match.start() : match.end()]
            yield match.start(), match.end(), f"“{words}” không phải là một năm học (hai năm liền nhau)."


def cited_dates(header: Header, citations: tuple[Citation, ...]) -> Iterator[Conflict]:
    """Yield citations whose date is not in the year of their number, or lies after the directive's own day."""
    told: set[tuple[str, str | None]] = set()
    for one in citations:
        number = parse_number(one.number)
        if number is None or one.date is None or (one.number, one.date) in told:
            continue
        told.add((one.number, one.date))
        shown = shown_day(one.date)
        place = replace(one.evidence, rule="conflict.cited-date")
        if number.year is not None and int(one.date[:4]) != number.year:
            yield Conflict(place, f"Văn bản số {one.number} mang năm {number.year} nhưng được ghi ngày {shown}.")
        elif header.date is not None and _days(one.date, header.date) > _LATER:
            own = shown_day(header.date)
            yield Conflict(
                place, f"Văn bản số {one.number} ghi ngày {shown}, sau ngày ban hành của văn bản này ({own})."
            )


def _days(later: str, earlier: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
