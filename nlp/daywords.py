"""Words of the day around a time: "sáng thứ Sáu | ngày 05/4/2024 | (từ 14h00)". They go with it out of a task."""

from __future__ import annotations

import re

from nlp.structure import Item

#: Words of a day that stand beside its date, by a comma or in brackets. "Lần thứ hai" is none.
_WEEKDAY = r"(?:[Tt]hứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy|[2-7])|[Cc]hủ [Nn]hật)"
_PART = r"(?:(?:[Cc]ả|[Bb]uổi|[Ss]áng|[Cc]hiều|[Tt]ối(?! đa| thiểu))(?!\w))"
_DAY_BEFORE = re.compile(
    rf"(?:(?<=\s)|(?<=^)|(?<=,)|(?<=\())(?:(?:{_PART}|{_WEEKDAY}|(?:hồi|lúc|tức(?: là)?|trong khoảng|trong các|khoảng"
    r"|bắt đầu|dự kiến)(?!\w))[\s,:]{0,3}){1,4}$"
)
_DAY_BEHIND = re.compile(
    rf"(?:[\s,]{{0,2}}(?:\((?:{_PART}\s?|{_WEEKDAY}){{1,2}}\)|\(từ \d{{1,2}}\s?(?:h|g|giờ)\s?\d{{0,2}}(?: phút)?\)"
    rf"|,\s?{_WEEKDAY}|(?<=\s){_PART}(?=\s?[,.;)]|$)))"
)


def widened(item: Item, start: int, end: int) -> tuple[int, int]:
    """Return a time with the words of the day around it: "sáng thứ Sáu | ngày 05/4 | (từ 14h00)"."""
    before = _DAY_BEFORE.search(item.text, max(0, start - 40), start)
    after = _DAY_BEHIND.match(item.text, end)
    return before.start() if before else start, after.end() if after else end
