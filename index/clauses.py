"""Which words of a passage tell of which of its dated duties.

"Báo cáo học kỳ I trước ngày 10/01, báo cáo cả năm trước ngày 05/6": what a day is of stands before it, up to the day
before or the end of a sentence; where a clause begins with a day ("Trước 15/10 nộp danh sách, trước 20/10 nộp bài"),
behind it, up to the next day. What several days share is said once ("nộp báo cáo: đợt 1 trước 31/10, đợt 2 trước
15/12"): ``leads`` tells what a day's own words go on from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import squeeze
from index.passages import Passage
from index.steps import names_step

_END = re.compile(r"[;.](?=\s|$)")
#: Numbers and dashes before the first word of an item, and words before a day that belong to it.
_LABEL = re.compile(r"\s*(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s|[-+•*]\s)*")
_OF_DAYS = re.compile(
    r"(?<!\w)(?:ngày|tháng|tuần|thứ|trước|sau|từ|đến|vào|trong|chậm nhất|hạn cuối|hạn chót|hết|sáng|chiều|lúc|giờ)"
    r"(?!\w)|[\W\d]+",
    re.IGNORECASE,
)
#: The name of an item before its first sentence ("2. CSDL ngành. Các trường …") has so many words at most, as has what
#: tells one day from another ("đợt 1", "các trường ở xã đảo thì").
_NAME, _APART = 8, 10
_SENTENCE = re.compile(r"[.:](?=\s)")


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


def leads(passage: Passage) -> list[str]:
    """Return for each dated duty of a passage what its clause says with others: the item's name, and what goes before a
    clause that only tells this day from the one before ("…, đợt 2 trước ngày 15/12")."""
    found: list[str] = []
    name = _name_of(squeeze(passage.text[passage.own :]))
    before = ""
    said = clauses(passage)
    for k, (clause, deadline) in enumerate(zip(said, passage.deadlines, strict=True)):
        apart = clause.rpartition(deadline.due_text)[0]
        if k and clause == said[k - 1]:
            found.append(found[-1])
            continue
        if k and not said[k - 1].endswith(".") and _only_tells_apart(apart):
            found.append(f"{name} . {before}")
            continue
        found.append(name)
        before = _lead_of(apart)
    return found


def _name_of(text: str) -> str:
    label = _LABEL.match(text)
    text = text[label.end() :] if label else text
    ends = _SENTENCE.search(text)
    name = text[: ends.start()] if ends else ""
    return name if name and len(name.split()) <= _NAME and not any(c.isdigit() for c in name) else ""


def _only_tells_apart(text: str) -> bool:
    """Whether the words before a day only tell it from the day before: few of them, and no step."""
    words = _OF_DAYS.sub(" ", text).split()
    return 0 < len(words) <= _APART and not names_step(text)


def _lead_of(text: str) -> str:
    """Return what is before the words that are of the first of several days alone ("…: lớp 1 từ ngày …")."""
    at = max(text.rfind(mark) for mark in ",:;(")
    return text[:at] if at >= 0 and _only_tells_apart(text[at:]) else text


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
