"""A day that stands alone in a line, over what is done on it: "Thứ hai, ngày 23/12/2019", "NGÀY 28/10/2024"."""

from __future__ import annotations

import re

from nlp.page.labels import label_of, open_end
from nlp.page.lines import Line
from nlp.page.marks import is_annex_heading

_WEEKDAY = r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
#: Which day of a programme it is: "NGÀY 2: THỨ BA, NGÀY 25/8/2026".
_OF_PROGRAMME = r"(?:ngày|buổi) (?:thứ )?\d{1,2}\s?[:–-]\s"
_DAY = re.compile(
    rf"(?i)(?:{_OF_PROGRAMME})?(?:(?:buổi )?(?:sáng|chiều|tối)[,\s]{{1,2}})?(?:{_WEEKDAY}[,\s(]{{1,3}}(?:ngày\s)?"
    rf"|ngày[:\s]{{1,2}})"
    rf"\d{{1,2}}\s?/\s?\d{{1,2}}(?:\s?/\s?20\d\d)?\)?(?:\s?[-–,(]\s?{_WEEKDAY}\)?)?"
)
_NUMBERED = re.compile(rf"(?i){_OF_PROGRAMME}")
#: What has its days behind a colon, over parts that have theirs: "a) Coi thi: Ngày 12 và 13/5/2016 ⏎ - Sáng …".
_TOLD = re.compile(
    r"(?i)[^:;.]{3,90}:\s(?:(?:từ )?ngày )?\d{1,2}(?:/\d{1,2}(?:/\d{4})?)?(?:(?:, | và | đến (?:ngày )?"
    r"|-)\d[\d/]{0,9})*"
    r"(?: \([^()]{2,24}\))?\W{0,2}"
)
_PART = re.compile(r"(?i)[-+*]\s?(?:(?:sáng|chiều|tối),?\s)?(?:ngày\s)?\d{1,2}/\d{1,2}")
#: A line below a day is no longer than this.
_LONG = 120


def is_day(text: str) -> bool:
    """Tell whether a line is but a day."""
    return _DAY.fullmatch(text) is not None


def opens_day(line: Line, before: Line) -> bool:
    """Tell whether a day alone opens an item: the line before does not lead to it."""
    return is_day(line.text) and line.text[:1].isupper() and not open_end(before.text)


def is_of_day(line: Line) -> bool:
    """Tell whether a line tells what is done on the day alone above it: no list, no heading, no prose."""
    if len(line.text) > _LONG or is_day(line.text) or line.text[:1] in "-–+*•":
        return False
    return label_of(line.text) is None and not is_annex_heading(line) and not line.text.endswith(".")


def tells_days(words: str, below: str) -> bool:
    """Tell whether a line tells the days of something itself, so that it only seems to head its parts, or what is said
    of all, below."""
    return _TOLD.fullmatch(words) is not None and (_PART.match(below) is not None or below[:1].isupper())


def is_day_of_programme(text: str) -> bool:
    """Tell whether a line is but a day of a programme with its number, over what is done hour by hour."""
    return _NUMBERED.match(text) is not None and is_day(text)
