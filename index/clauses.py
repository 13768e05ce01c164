"""Which words of a passage tell of which of its dated duties.

"Báo cáo học kỳ I trước ngày 10/01, báo cáo cả năm trước ngày 05/6": what a day is of stands before it, up to the day
before or the end of a sentence; where a clause begins with a day ("Trước 15/10 nộp danh sách, trước 20/10 nộp bài"),
behind it, up to the next day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import squeeze
from index.passages import Passage

_END = re.compile(r"[;.](?=\s|$)")
#: Numbers and dashes before the first word of an item, and words before a day that belong to it.
_LABEL = re.compile(r"\s*(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s|[-+•*]\s)*")
_OF_DAYS = re.compile(
    r"(?<!\w)(?:ngày|tháng|tuần|thứ|trước|sau|từ|đến|vào|trong|chậm nhất|hạn cuối|hạn chót|hết|sáng|chiều|lúc|giờ)"
    r"(?!\w)|[\W\d]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Day:
    """Where the day of a duty stands in the passage."""

    start: int
    end: int


def clauses(passage: Passage) -> list[str]:
    """Return for each dated duty of a passage the words that are of it alone; the whole text where there is one."""
    if len(passage.deadlines) == 1:
        return [passage.text]
    told = tuple((deadline.task, deadline.due_text) for deadline in passage.deadlines)
    return list(_clauses(passage.text, passage.own, told))


@lru_cache(maxsize=4096)
def _clauses(text: str, own: int, told: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    begin = len(squeeze(text[:own])) if own else 0
    text = squeeze(text)
    label = _LABEL.match(text, begin)
    begin = label.end() if label else begin  # its number is none of what a day is of ("2." of "đợt 2")
    found: list[_Day | None] = []
    at = begin
    for _, said in told:
        day = _day(text, said, at) or _day(text, said, begin)
        at = day.end if day is not None else at
        found.append(day)
    days = sorted({day for day in found if day is not None}, key=lambda day: day.start)
    spans = {day: text[a:b] for day, (a, b) in zip(days, _spans(text, begin, days), strict=True)}
    return tuple(
        spans[day] if day is not None else f"{task} . {said}" for day, (task, said) in zip(found, told, strict=True)
    )


def _day(text: str, said: str, begin: int) -> _Day | None:
    at = text.find(said, begin) if said else -1
    return None if at < 0 else _Day(at, at + len(said))


def _spans(text: str, begin: int, days: Sequence[_Day]) -> Iterator[tuple[int, int]]:
    """Yield where the words of each day stand, in order; a clause without a day goes with the one behind it."""
    start, opens, leads = begin, True, False
    for k, day in enumerate(days):
        last = k + 1 == len(days)
        after = len(text) if last else days[k + 1].start
        end = _END.search(text, day.end, after)
        if opens:
            leads = not _OF_DAYS.sub("", text[start : day.start])
        stop = end.end() if end else after if leads or last else day.end
        comma = text.rfind(",", day.end, after) if leads and not end and not last else -1
        if comma >= 0 and _OF_DAYS.sub("", text[comma:after]):  # "ngày 28/5 công bố, nhận đơn đến ngày 04/6"
            stop, leads = comma, False
        yield start, stop
        start, opens = stop, end is not None
