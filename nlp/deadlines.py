"""Dated duties: one row for each group of units and date, with who, what, when, to whom and through whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Document
from corpus.facts import DEPARTMENT, Deadline, evidence
from nlp.actors import DEPARTMENTS, Bound, Group, levels_in, ordered, spelled_out
from nlp.cells import Column
from nlp.dates import Calendar, Time, TimeKind, find_dates, hour_before
from nlp.folding import pattern
from nlp.recipients import office_in, recipient_of, sends, via_of
from nlp.structure import Item
from nlp.subjects import Clause, clauses_of, governing, subject_after, subject_before, subject_beside, subject_next
from nlp.vocabulary import Entry, entries, table
from nlp.wording import Task, Timed, sentence, task_of, tidy

_WEEKDAY = pattern(r"(?:(?:sang|chieu|toi)\s)?(?:thu\s\w{2,4}|chu nhat)?[\s,('’‘\"]{0,3}(?:\w?gay[\s'’‘\"]{0,2})?$")
_JOINT = pattern(r"\s{0,2}(?:,|va|;|hoac)\s{1,2}(?:truoc\s)?(?:ngay\s)?")
_REACH = 64
#: How far back a lead is looked for, in characters; times of one clause that are read with all that stands before.
_LEAD, _MANY = 1500, 24
_SHORT_CUE = pattern(r"(?<!\w)(?:(?:cham|muon|tre) nhat|truoc|trong|vao|luc|den|het|tu)(?!\w)")
_CUE_CHAIN = pattern(
    r"(?: (?:la|vao|den|het|trong|truoc|ngay|cac|hai|ba|02|03|dip|thoi|diem|han|cuoi|cham|nhat)|[\s,:(]){0,9}$"
)
_REPEATED = pattern(
    r"(?<!\w)(?:bao cao|gui|cap nhat|kiem tra|ra soat|sao luu|tong hop|nop|giao ban|thong ke|doi chieu)(?!\w)"
)


#: Recipients that in a row without cells are more often the unit of the next column.
_OF_OTHER_CELLS = ("văn phòng", "ban ", "phó hiệu trưởng", "hiệu trưởng", "giáo viên", "tổ ")
#: Rules of times that name what is reported ("báo cáo kỳ cuối năm học") and stay in the task.
_NAMING = frozenset({"described:kỳ thống kê"})


@dataclass(frozen=True, slots=True)
class Due:
    """A time that ends a duty: ``item.text[start:end]`` with its cue; ``time`` is None where it is only described."""

    start: int
    end: int
    time: Time | None
    rule: str
    confidence: float


def find_deadlines(
    document: Document, item: Item, known: Calendar, bound: Bound, taken: list[tuple[int, int]]
) -> list[Deadline]:
    """Return the dated duties of one item. ``taken``: stretches of the item that are citations."""
    if item.heading and not item.text.rstrip().endswith(":"):
        return []
    if any(cell.column is Column.DUE and cell.start < cell.end for cell in item.cells):
        return _of_cells(document, item, known, bound, taken)
    clauses = clauses_of(item)
    dues = [_dues(item, clause, known, taken) for clause in clauses]
    groups = _groups(item, clauses, dues)
    times = [
        [Timed(d.start, d.end, g, d.rule in _NAMING) for d, g in zip(row, named, strict=True)]
        for row, named in zip(dues, groups, strict=True)
    ]
    found: list[Deadline] = []
    for k, row in enumerate(dues):
        for n, due in enumerate(row):
            task = task_of(item, clauses, times, k, n)
            found.append(_deadline(document, item, clauses[k], task, due, groups[k][n], bound))
    return found


def _of_cells(
    document: Document, item: Item, known: Calendar, bound: Bound, taken: list[tuple[int, int]]
) -> list[Deadline]:
    """Return the dated duties of a row whose cells are known: time, task and units each from their own column."""
    cell = {c.column: Clause(c.start, c.end) for c in reversed(item.cells) if c.start < c.end}
    task = cell.get(Column.TASK)
    if task is None:
        return []
    unit = cell.get(Column.UNIT)
    group = subject_before(item, unit, unit.end) if unit is not None else None
    words = Task(sentence(tidy(item.text[task.start : task.end])), 0, len(item.text))
    dues = _dues(item, cell[Column.DUE], known, taken)
    return [_deadline(document, item, task, words, due, group, bound) for due in dues]


def _groups(item: Item, clauses: list[Clause], dues: list[list[Due]]) -> list[list[Group | None]]:
    """Return the units of every time of every clause: named behind it, before it, or carried from the clause before."""
    found: list[list[Group | None]] = []
    carried: Group | None = None
    for clause, row in zip(clauses, dues, strict=True):
        leading = subject_before(item, clause, clause.end)
        named: list[Group | None] = []
        for n, due in enumerate(row):
            left = row[n - 1].end if n else clause.start
            right = row[n + 1].start if n + 1 < len(row) else clause.end
            group = subject_after(item, due.end, right) or subject_beside(item, left, due.start)
            if group is None and not item.text[clause.start : due.start].strip(" -+,:"):
                group = subject_next(item, due.end, right)
            group = group or subject_before(item, Clause(left, due.start), due.start)
            near = Clause(clause.start if n < _MANY else left, clause.end)
            named.append(group or subject_before(item, near, due.start) or carried)
        found.append(named)
        carried = leading or carried
    return found


def _deadline(
    document: Document, item: Item, clause: Clause, task: Task, due: Due, group: Group | None, bound: Bound
) -> Deadline:
    named = group if group is not None and not group.general else governing(item)
    actors = spelled_out(named.actors, bound) if named is not None and not named.general else None
    if actors is None:
        actors = bound.addressed if named is not None else bound.actors
    words = item.text[clause.start : min(clause.end, clause.start + 2 * _LEAD)]
    if bound.school:
        actors = bound.actors
    levels = levels_of(named, item, clause, bound, actors)
    start, end = item.joined.span(task.start, task.end)
    date = due.time.due if due.time is not None else None
    return Deadline(
        evidence=evidence(document, start, end, f"deadline.{due.rule}", due.confidence),
        due_evidence=evidence(document, *item.joined.span(due.start, due.end), f"due.{due.rule}", due.confidence),
        task=task.words,
        due=date.isoformat() if date else None,
        due_text=item.text[due.start : due.end].strip(),
        actor=actors,
        levels=ordered(levels),
        recipient=_recipient(item, clause, due) or recipient_of(item.text[clause.end : task.end]),
        via=via_of(words)
        or (via_of(item.text[max(0, clause.start - _LEAD) : clause.start]) if not sends(words) else None),
        heading=item.path,
    )


def _recipient(item: Item, clause: Clause, due: Due) -> str | None:
    """Return the recipient: named before the date, else behind it, else in the lead above."""
    words = item.text[clause.start : clause.end]
    if item.cells and not clause.start <= due.start < clause.end:
        return recipient_of(words)
    cut, end = due.start - clause.start, due.end - clause.start
    far = max(0, cut - _LEAD)
    found = recipient_of(words[far : end + _LEAD], until=cut - far) or recipient_of(words[end : end + _LEAD])
    if item.table and sends(words) and (found is None or found.lower().startswith(_OF_OTHER_CELLS)):
        found = office_in(words) or found  # cells of other columns stand between
    if found is None and clause.start > len(item.label) + 2 and (sends(words) or len(words.split()) <= 16):
        found = recipient_of(item.text[max(0, clause.start - _LEAD) : clause.start])
    if found is None and item.path and item.path[-1].rstrip().endswith(":"):
        found = recipient_of(item.path[-1])
    return found


def levels_of(named: Group | None, item: Item, clause: Clause, bound: Bound, actors: tuple[str, ...]) -> set[str]:
    """Return the levels of a duty: of the units named, else of the schools in its words, else of the headings.

    A directive about one level binds that level only.
    """
    found = set(named.levels) if named is not None else set()
    if not found:
        before = max(_sentence_start(item, clause), clause.start - 2 * _LEAD)
        for words in (item.text[clause.start : clause.end], item.text[before : clause.start]):
            found = found or set(levels_said(words))
    if not found and not (named is not None and named.actors[0].startswith(DEPARTMENT)):
        for title in reversed(item.path):
            found = found or (set(levels_said(title)) if len(title) < 120 else set())
    if bound.levels and (not found or found & bound.levels):
        department = all(a.startswith(DEPARTMENT) for a in actors)
        return (found & bound.levels) or (set() if department else set(bound.levels))
    return found


@lru_cache(maxsize=256)
def levels_said(words: str) -> frozenset[str]:
    """Return the school levels that words name, those named by the way left out; the times of a clause share them."""
    return frozenset(levels_in(without_ways(words), classes=True))


def _sentence_start(item: Item, clause: Clause) -> int:
    """Return where the sentence of a clause begins, in the same item."""
    lo = max(len(item.label) + 1, clause.start - 2 * _LEAD)
    cut = item.text.rfind(". ", lo, clause.start)
    return max(len(item.label), cut + 1 if cut >= 0 else lo - 1)


def without_ways(words: str) -> str:
    """Return the words without brackets, departments and schools by name, which all name levels by the way."""
    bare = re.sub(r"\([^()]{0,200}\)", " ", words)
    bare = re.sub(r"tại (?:[Tt]rường|[Tt]rung tâm)\s\S{2,12}(?:\s[A-ZÀ-ỸĐ][a-zà-ỹđ]{0,7}){1,4}", " ", bare)
    return DEPARTMENTS.sub(
        " ", re.sub(r"(?:[Vv]ụ|TT|[Tt]rung tâm)\s(?:GD|Giáo dục)\s?[\wÀ-ỹ-]{1,12}(?:\s[A-ZÀ-Ỹa-zà-ỹ]{2,7})?", " ", bare)
    )


def _dues(item: Item, clause: Clause, known: Calendar, taken: list[tuple[int, int]]) -> list[Due]:
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
