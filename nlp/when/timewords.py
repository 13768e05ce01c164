"""The words of a time: what stands around a date and belongs to it, and the times of one row of a table."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.text import UPPER
from nlp.naming.dates import TimeKind
from nlp.page.columns import Column, spans_period, titles_of
from nlp.page.structure import Item
from nlp.page.unitcolumns import columns_of_units
from nlp.when.described import Due
from nlp.words.folding import pattern

DAYS = (TimeKind.DAY, TimeKind.RANGE)
#: What is taught and examined in schools (môn học), over folded text.
SCHOOL_SUBJECT = (
    r"(?:(?:ngu )?van|toan|tieng (?:anh|viet|phap|trung|nhat)|ngoai ngu|vat l[iy]|hoa hoc|sinh hoc|lich su(?: (?:va|&)"
    r" dia l[iy])?|dia l[iy]|gdcd|gdktpl|khtn|khxh|khoa hoc (?:tu nhien|xa hoi)|tin hoc|cong nghe|giao duc cong dan)"
)
#: The part of a day and the weekday before a date.
_DAY_PART = re.compile(
    r"(?<!\w)(?:(?:vào |buổi |đầu giờ )*(?:sáng|trưa|chiều|tối)(?:(?:,| và) (?:sáng|chiều|tối))?[,:]? ?)?"
    r"(?:(?<!lần )(?<!đợt )(?<!vòng )(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn),? ?)?\(?(?:ngày )?$",
    re.IGNORECASE,
)
_BACK = 40
#: Words of a day that stand beside its date, by a comma or in brackets. "Lần thứ hai" is none.
_WEEKDAY = r"(?:[Tt]hứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy|[2-7])|[Cc]hủ [Nn]hật)"
_PART = r"(?:(?:[Cc]ả|[Bb]uổi|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối(?! đa| thiểu))(?!\w))"
_DAY_BEFORE = re.compile(
    rf"(?:(?<=\s)|(?<=^)|(?<=,)|(?<=\())(?:(?:{_PART}|{_WEEKDAY}|(?:hồi|lúc|tức(?: là)?|trong khoảng|trong các|khoảng"
    r"|bắt đầu|dự kiến)(?!\w))[\s,:]{0,3}){1,4}$"
)
_DAY_BEHIND = re.compile(
    rf"(?:[\s,]{{0,2}}(?:\((?:{_PART}\s?|{_WEEKDAY}){{1,2}}\)|\(từ \d{{1,2}}\s?(?:h|g|giờ)\s?\d{{0,2}}(?: phút)?\)"
    rf"|,\s?{_WEEKDAY}|(?<=\s){_PART}(?=\s?[,.;)]|$)))"
)
#: The hour in the cell behind a day: "10/01/2022 | 07 giờ 15 | Ngữ văn".
_HOUR_CELL = re.compile(
    rf"\s(?:{_PART}\s)?\d{{1,2}}\s?(?:h|g|giờ|:)\s?(?:\d{{2}})?(?: phút)?(?=\s(?:[{UPPER}]|\([{UPPER}]))"
)
#: What stands before the hour of a time: "Đúng 7 giờ 00 ngày …", "7h00 - 7h30 ngày …".
_BEFORE_HOUR = re.compile(
    r"(?<!\w)(?:(?:[Vv]ào |[Bb]ắt đầu )?(?:[Đđ]úng|[Ll]úc|[Hh]ồi|[Kk]hoảng|[Tt]ừ) )?"
    r"(?:\d{1,2}\s?(?:(?:h|g|giờ)\s?(?:\d{2})?|:\s?\d{2})(?: phút)?\s?(?:(?:[-–]|đến)\s?)?)?$"
)
#: Days that share month and year with the last of them, and how many there are: "các ngày 17, 18 và 19/4/2025",
#: "02 ngày (11, 12/3)", "01 buổi, sáng 15/5".
_DAYS_BEFORE = re.compile(
    r"(?<![\w/.,])(?:ngày )?(?P<days>\d{1,2}(?:(?:,|;| và|\s?[-–])\s?\d{1,2}){0,5}(?:,|;| và|\s?[-–])\s?)$", re.I
)
_SO_MANY = re.compile(
    r"(?<!\w)(?:(?:trong|vào) )?(?:(?<!thứ )(?<!lần )(?<!đợt )(?:các|hai|ba|bốn)\s"
    r"|(?:(?<=: )|(?<=trong )|(?<=vào )|(?<=^))0?[1-9]\s"
    r"|0?[1-9] (?:ngày|buổi)[,:]?\s?\(?)$",
    re.I,
)
_HAS_HOUR = re.compile(r"(?:đến )?\d{1,2}\s?(?:h|g|giờ|:)")
_LAST_DAY = 31
#: Days of one row that are no further apart are one stretch where one column holds times.
_NEAR = 3
#: What joins two days of a row.
_ROW_JOINT = pattern(r"\s?(?:va|-)\s")


def whole(text: str, due: Due, left: int) -> Due:
    """Return a time with the part of the day and the weekday before it, and the bracket that it stands in."""
    if due.time is None or due.time.kind not in DAYS:
        return due
    cued = text[due.start : due.start + 1] not in "0123456789(N" and not text.startswith("ngày", due.start)
    part = None if cued else _DAY_PART.search(text, max(left, due.start - _BACK), due.start)
    start = part.start() if part is not None and not part.group().startswith("(") else due.start
    start = _with_days(text, left, start)
    bracket = text.count("(", start, due.end) > text.count(")", start, due.end) and text[due.end : due.end + 1] == ")"
    return replace(due, start=start, end=due.end + bracket)


def _with_days(text: str, left: int, start: int) -> int:
    """Return where a day begins with the hours, the days and the count of days that stand before it."""
    lo = max(left, start - _BACK)
    if _HAS_HOUR.match(text, start):
        before = _BEFORE_HOUR.search(text, lo, start)
        return before.start() if before else start
    days = _DAYS_BEFORE.search(text, lo, start) if text[start : start + 1].isdigit() else None
    if days is not None:
        numbers = [int(n) for n in re.findall(r"\d+", f"{days['days']}{text[start : start + 2]}")]
        start = days.start() if numbers == sorted(set(numbers)) and 0 < numbers[-1] <= _LAST_DAY else start
    counted = (
        days is not None or text[start : start + 4].lower() == "ngày" or text[lo:start].rstrip().endswith(("(", ","))
    )
    many = _SO_MANY.search(text, lo, start) if counted else None
    return many.start() if many else start


def widened(item: Item, start: int, end: int) -> tuple[int, int]:
    """Return a time with the words of the day around it: "sáng thứ Sáu | ngày 05/4 | (từ 14h00)"."""
    before = _DAY_BEFORE.search(item.text, max(0, start - _BACK), start)
    after = _DAY_BEHIND.match(item.text, end)
    if after is None and item.table:
        after = _HOUR_CELL.match(item.text, end)
    return before.start() if before else start, after.end() if after else end


def of_one_row(item: Item, found: list[Due]) -> list[Due]:
    """Return the times of a row of a table, which other cells may part.

    A month that holds the day behind it is but its frame, unless the only column of a time is the first; what is
    joined is one stretch ("Từ ngày 03/10/2022 đến ngày ⏎ 10/10/2022", "T2 (22/10) và ⏎ sáng T3 (23/10)").
    """
    fold, titles = item.joined.fold, titles_of(item.head)
    framed = not (titles.count(Column.DUE) == 1 and titles[0] is Column.DUE)
    while framed and len(found) > 1 and _is_frame(found[0], found[1]):
        found = found[1:]
    if len(found) > 1:
        if len(found) == len(columns_of_units(item.head)):
            return found  # each column of units has a time of its own
        first, last = found[0], found[-1]
        if spans_period(item.head):
            return [Due(first.start, last.end, last.time, "table", 0.7)]
        only = titles.count(Column.DUE) == 1 and titles[-1] is Column.DUE and _is_day(last)
        if only and all(_is_bare_month(due) for due in found[:-1]):
            return [last]  # "Chi trả tiền ăn tháng 9, tháng 10 | Trường THPT | 15/11/2025"
        apart = _days_from(first, last) if titles.count(Column.DUE) == 1 else _NEAR + 1
        if apart < 0:
            return found[:-1]  # "28/4 (thứ Sáu) | số liệu chốt đến ⏎ 31/3/2023"
        if apart <= _NEAR or "den" in fold[first.end : last.end].split() or _ROW_JOINT.match(fold, first.end):
            return [Due(first.start, last.end, last.time, "table", 0.7)]
    return found


def _is_day(due: Due) -> bool:
    return due.time is not None and due.time.kind in DAYS


def _is_bare_month(due: Due) -> bool:
    """Tell whether a time is a month or a quarter without its year."""
    return due.time is not None and due.time.kind in (TimeKind.MONTH, TimeKind.QUARTER) and not due.time.stated_year


def _days_from(one: Due, other: Due) -> int:
    """Return how many days lie between two days, a great number where one of them is none."""
    days = [d.time.due for d in (one, other) if d.time is not None and d.time.kind in DAYS and d.time.due is not None]
    return (days[1] - days[0]).days if len(days) > 1 else 999


def _is_frame(one: Due, other: Due) -> bool:
    """Tell whether a time is the month that the next one lies in: "10/2025 | … | Trước 03/10"."""
    if one.time is None or other.time is None or one.time.kind is not TimeKind.MONTH or one.time.due is None:
        return False
    due = other.time.due
    same = due is not None and (due.year, due.month) == (one.time.due.year, one.time.due.month)
    return same and other.time.kind in DAYS
