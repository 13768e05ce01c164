"""The times in a clause that end a duty: dates behind a cue, dates in rows of tables, times that are only described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.dates import Calendar, Time, TimeKind, find_dates, hour_before
from nlp.folding import pattern
from nlp.structure import Item
from nlp.subjects import Clause
from nlp.vocabulary import Entry, entries, table

_WEEKDAY = pattern(r"(?:(?:sang|chieu|toi)\s)?(?:thu\s\w{2,4}|chu nhat)?[\s,('’‘\"]{0,3}(?:\w?gay[\s'’‘\"]{0,2})?$")
_JOINT = pattern(r"\s{0,2}(?:,|va|;|hoac)\s{1,2}(?:truoc\s)?(?:ngay\s)?")
_REACH = 64
_SHORT_CUE = pattern(r"(?<!\w)(?:(?:cham|muon|tre) nhat|truoc|trong|vao|luc|den|het|tu)(?!\w)")
_CUE_CHAIN = pattern(
    r"(?: (?:la|vao|den|het|trong|truoc|ngay|cac|hai|ba|02|03|dip|thoi|diem|han|cuoi|cham|nhat)|[\s,:(]){0,9}$"
)
_REPEATED = pattern(
    r"(?<!\w)(?:bao cao|gui|cap nhat|kiem tra|ra soat|sao luu|tong hop|nop|giao ban|thong ke|doi chieu)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Due:
    """A time that ends a duty: ``item.text[start:end]`` with its cue; ``time`` is None where it is only described."""

    start: int
    end: int
    time: Time | None
    rule: str
    confidence: float


def dues_of(item: Item, clause: Clause, known: Calendar, taken: list[tuple[int, int]]) -> list[Due]:
    """Return the deadlines of one clause; described times count only where the clause has no date."""
    fold = item.joined.fold
    found: list[Due] = []
    for time in find_dates(item.text[clause.start : clause.end], known):
        start, end = clause.start + time.start, clause.start + time.end
        if any(a < end and start < b for a, b in taken):
            continue
        due = _with_cue(item, clause, start, end, time, known, found)
        if due is not None:
            found.append(due)
    if item.table and len(found) > 1 and "den" in fold[found[0].end : found[-1].end].split():
        first, last = found[0], found[-1]  # "Từ ngày 03/10/2022 đến ngày ⏎ 10/10/2022" with other cells between
        return [Due(first.start, last.end, last.time, "table", 0.7)]
    if not item.label and not item.path:
        return found  # an opening paragraph tells what was
    described = list(_described(item, clause, taken))
    if found:
        apart = (d for d in described if not any(f.start < d.end and d.start < f.end for f in found))
        return sorted([*found, *(d for d in apart if d.rule.endswith("định kỳ"))], key=lambda d: d.start)
    exact = [d for d in described if d.rule.endswith("định kỳ")]
    return [d for d in described if not (exact and d.rule.endswith("hằng tháng"))]


def _with_cue(
    item: Item, clause: Clause, start: int, end: int, time: Time, known: Calendar, before: list[Due]
) -> Due | None:
    fold = item.joined.fold
    begin = max(clause.start, hour_before(fold, start))
    lo = max(clause.start, begin - _REACH)
    window = fold[lo:begin]
    filler = _WEEKDAY.search(window)
    bare = window[: filler.start()].rstrip(" ,(") if filler else window.rstrip()
    negative = _ends_with("not_due", bare)
    if negative is not None:
        words = item.text[lo + len(bare) - negative[1] : lo + len(bare)].lower()
        if not any(other in words for other in negative[0].row.get("not", ())):
            return None
    cue = _ends_with("due", bare)
    if cue is None and time.kind is TimeKind.RANGE and fold.startswith(("tu ngay", "tu "), start):
        weak = time.due is not None and known.issued is not None and time.due < known.issued
        return None if weak else Due(begin, end, time, "date", 0.85)
    if cue is None:
        joint = before and _JOINT.fullmatch(fold[before[-1].end : begin])
        if joint:
            return Due(begin, end, time, before[-1].rule, 0.85)
        if item.table and time.kind is not TimeKind.DESCRIBED:
            return _of_row(item, clause, begin, end, time)
        return None
    entry, length = cue
    first = _words_start(fold, lo + len(bare) - length, begin)
    strong = bool(entry.row.get("strong"))
    weak_date = time.due is not None and known.issued is not None and time.due < known.issued
    if entry.row.get("needs_end") and time.kind is not TimeKind.RANGE:
        return None  # "từ ngày 01/4/2024" says when something begins
    if not strong and (weak_date or _no_year_word(fold, begin, time, entry)):
        return None
    return Due(first, end, time, "date", 1.0 if strong and time.stated_year else 0.85)


def _words_start(fold: str, first: int, begin: int) -> int:
    """Return where the wording of a time begins: at "trong", not at the "hoàn thành việc …" of the task."""
    for match in _SHORT_CUE.finditer(fold, first, begin):
        rest = _WEEKDAY.sub("", fold[match.end() : begin])
        if _CUE_CHAIN.fullmatch(rest):
            return match.start()
    return begin


def _no_year_word(fold: str, begin: int, time: Time, entry: Entry) -> bool:
    """Tell whether a bare "1/8" without "ngày" follows a weak cue: a ratio or a lesson, not a day."""
    return (
        time.kind is TimeKind.DAY
        and not time.stated_year
        and not fold.startswith("ngay", begin)
        and entry.name in ("vào", "trong", "từ … đến", "đến")
    )


def _of_row(item: Item, clause: Clause, begin: int, end: int, time: Time) -> Due:
    """A date in a row of a table of tasks: its cue may stand at another line's end ("Trước ngày ⏎ THPT 15/3/2024")."""
    fold = item.joined.fold
    cue = None
    for match in pattern(r"(?<!\w)(?:truoc(?: ngay)?|tu ngay|trong thang|cham nhat(?: ngay)?|den ngay)(?!\w)").finditer(
        fold, clause.start, begin
    ):
        cue = match
    near = cue is not None and begin - cue.end() <= 60
    return Due(cue.start() if cue and near else begin, end, time, "table", 0.8)


def _ends_with(group: str, window: str) -> tuple[Entry, int] | None:
    """Return the rule of a group whose pattern ends the window, the longest match first, and its length."""
    best: tuple[Entry, int] | None = None
    for entry, find in _anchored(group):
        match = find.search(window)
        if match is not None and (best is None or len(match.group()) > best[1]):
            best = (entry, len(match.group()))
    return best


_ANCHORED: dict[str, list[tuple[Entry, re.Pattern[str]]]] = {}


def _anchored(group: str) -> list[tuple[Entry, re.Pattern[str]]]:
    if group not in _ANCHORED:
        _ANCHORED[group] = [
            (e, re.compile(rf"(?<!\w)(?:{row['pattern']})\s?[:,(]{{0,2}}$"))
            for e, row in zip(entries("times", group), table("times")[group], strict=True)
        ]
    return _ANCHORED[group]


def _described(item: Item, clause: Clause, taken: list[tuple[int, int]]) -> Iterator[Due]:
    """Yield times that are only described ("sau khi kết thúc học kỳ I"); the longest of those that overlap."""
    fold = item.joined.fold
    spans: list[tuple[int, int, str]] = []
    for entry in entries("times", "described"):
        for match in entry.find.finditer(fold, clause.start, clause.end):
            start, end = match.span()
            start += len(fold[start:end]) - len(fold[start:end].lstrip())
            if any(a < end and start < b for a, b in taken):
                continue
            before = fold[max(clause.start, start - 24) : start].rstrip()
            if _ends_with("not_described", before) is not None:
                continue
            if entry.row.get("needs_verb") and not _REPEATED.search(
                fold, max(clause.start, start - 60), min(clause.end, end + 24)
            ):
                continue
            spans.append((start, end, entry.name))
    last = -1
    for start, end, name in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start >= last:
            yield Due(start, end, None, f"described:{name}", 0.6)
            last = end
