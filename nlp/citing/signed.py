"""The day on which a cited document was signed: behind its number, before the office that signed it, or shared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.text import LOWER, UPPER
from nlp.naming.dates import Time, TimeKind, find_dates
from nlp.words.folding import pattern

_TO_DATE = pattern(r"\s{0,2}[,(]?\s{0,2}(?:(?:duoc\s|cung\s)?(?:ban hanh|ky|ra)\s)?(?:cung\s(?=ngay))?(?=ngay|\d)")
#: What a speck or a fold leaves between a number and its day: "số 24/2018/NĐ-CP. ngày 28/02/2018", "ỳ 24/9/2025".
_BLOT = re.compile(r"[.;:*_'’](?=\sngày\s\d)|\s[^\W\d_](?=\s\d{1,2}/\d{1,2}/\d{4})")
#: The place of the office before the day: "Công văn 603/UBND huyện Tân Mỹ ngày 16 tháng 7", "12/NQ-HĐND tỉnh ngày …".
_PLACE = re.compile(
    rf"\s(?:huyện|tỉnh|thành phố|TP\.?|thị xã|quận|xã|phường)(?:\s[{UPPER}][{LOWER}]{{0,7}}){{0,4}},?(?=\sngày\s\d)"
)
#: The term of the committee between number and day: "Nghị quyết số 29-NQ/TW khóa XI ngày 04/11/2013".
_TERM = re.compile(r"\s{1,2}\(?[Kk]h(?:óa|oá)\s[IVX]{1,5}\)?,?(?=\sngày\s\d)")
#: A short name given between number and day: "Thông tư số 30/2014/TT-BGDĐT (Thông tư 30) ngày 28/8/2014".
_SHORT_NAME = re.compile(
    r"\s\((?:(?:sau đây )?(?:gọi|viết)(?: tắt| chung)? là |gọi tắt |viết tắt )?[“\"]?"
    r"(?:Thông tư|Nghị định|Quyết định|Nghị quyết|Chỉ thị|Kế hoạch|Công văn|Hướng dẫn|Quy chế|TT|NĐ|QĐ|NQ|KH|CV)"
    r"(?: số)?\s?\d{0,5}[”\"]?\),?(?=\sngày\s\d)"
)
#: "Gia hạn thời gian tại Công văn số … ngày 18/8 đến ngày 30/9": the second day is not the document's.
_UNTIL = re.compile(r"\s(?:đến|tới|sang)\s", re.IGNORECASE)
#: A year with the mark of a footnote behind it: "ngày 04/12/20192".
_NOTED_YEAR = re.compile(r"(?:ngày )?\d{1,2}/\d{1,2}/(?:19|20)\d\d(?=[1-9]\d?(?![\d/]))")
#: Who signed what, behind its day: "Ngày 18/7/2022, Bộ Chính trị ban hành …".
_SIGNED = pattern(
    r",?\s(?:\(?[\w&-]+\)?\s){1,11}?(?:da\s|vua\s)?(?:(?:ky\s)?ban hanh|ky|co|ra|thong qua|phe duyet|cong bo)\s"
    r"(?:(?:cac|ke hoach|van ban)\s)?$"
)
_REACH = 110


@dataclass(frozen=True, slots=True)
class Signed:
    """What stands behind a number: ``end`` of the day, its value, or month and day where the year is left out; the
    ``place`` of the office where it stands before the day without "của"."""

    end: int
    date: date | None = None
    day: tuple[int, int] | None = None
    place: str | None = None


def signed_after(text: str, fold: str, at: int) -> Signed:
    """Return the day that follows a number at ``at``; one without a day ends at ``at``."""
    placed = _PLACE.match(text, at)
    blot = placed or _TERM.match(text, at) or _SHORT_NAME.match(text, at) or _BLOT.match(text, at)
    lead = _TO_DATE.match(fold, blot.end() if blot is not None else at)
    if lead is None:
        return Signed(at)
    time = next(_dates_from(text, lead.end()), None)
    if time is None or time.start != 0 or time.kind is not TimeKind.DAY:
        return Signed(at)
    end = lead.end() + time.end
    if not time.stated_year:
        day = _month_and_day(text[lead.end() : end]) if fold.startswith("ngay", lead.end()) else None
        return Signed(end, day=day) if day is not None and not {",", "("} & set(lead.group()) else Signed(at)
    if "(" in lead.group() and text[end : end + 1] == ")":
        end += 1
    return Signed(end, time.due, place=placed.group().strip(" ,") if placed is not None else None)


def signed_before(text: str, fold: str, start: int) -> date | None:
    """Return the day told before the office that signed what begins at ``start``, None for none."""
    lo = max(0, start - _REACH)
    opening = fold.rfind("ngay ", lo, start)
    if opening < 0 or (opening > 1 and fold[opening - 2 : opening].strip(" -+(,;:.")):
        return None
    time = next(find_dates(text[opening:start]), None)
    if time is None or time.start or time.kind is not TimeKind.DAY or not time.stated_year:
        return None
    return time.due if _SIGNED.fullmatch(fold, opening + time.end, start) else None


def last_such(day: tuple[int, int], year: int | None, issued: date | None) -> date | None:
    """Return the day of ``year``, else the last such day up to the day on which the directive was issued."""
    if year is None and issued is None:
        return None
    month, number = day
    first = year if year is not None else issued.year if issued is not None else 0
    for known in (first, first - 1):
        try:
            found = date(known, month, number)
        except ValueError:
            continue
        if year is not None or issued is None or found <= issued:
            return found
    return None


def _dates_from(text: str, at: int) -> Iterator[Time]:
    near = _UNTIL.split(text[at : at + 48], maxsplit=1)[0]
    noted = _NOTED_YEAR.match(near)
    return find_dates(near[: noted.end()] if noted else near)


def _month_and_day(words: str) -> tuple[int, int] | None:
    figures = [int(figure) for figure in re.findall(r"\d{1,2}", words)]
    return (figures[1], figures[0]) if len(figures) == 2 else None
