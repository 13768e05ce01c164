"""Dated duties: one row for each group of units and date, with who, what, when, to whom and through whom."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.document import Document
from corpus.facts import Deadline, evidence
from nlp.actors import Bound, Group, ordered, spelled_out
from nlp.cells import Column
from nlp.dates import Calendar
from nlp.levels import levels_of
from nlp.phrases import sentence, tidy
from nlp.ranks import held_by, is_event, rank_beside
from nlp.recipients import office_in, recipient_of, sends, via_of
from nlp.structure import Item
from nlp.subjects import (
    Clause,
    clauses_of,
    governing,
    partner_of,
    subject_after,
    subject_before,
    subject_beside,
    subject_next,
)
from nlp.times import Due, dues_of
from nlp.wording import Task, Timed, task_of

_DATED = re.compile(r"\d/\d|ngày \d|tháng \d|hằng (?:tháng|tuần|quý|ngày)")
#: How far back a lead is looked for, in characters; times of one clause that are read with all that stands before.
_LEAD, _MANY = 1500, 24

#: Recipients that in a row without cells are more often the unit of the next column.
_OF_OTHER_CELLS = ("văn phòng", "ban ", "phó hiệu trưởng", "hiệu trưởng", "giáo viên", "tổ ")
#: Rules of times that name what is reported ("báo cáo kỳ cuối năm học") and stay in the task.
_NAMING = frozenset({"described:kỳ thống kê"})


def find_deadlines(
    document: Document,
    item: Item,
    known: Calendar,
    bound: Bound,
    taken: list[tuple[int, int]],
    above: Group | None = None,
) -> list[Deadline]:
    """Return the dated duties of one item.

    ``taken``: stretches of the item that are citations; ``above``: who did the step above, see ``step_units``.
    """
    if item.heading and not item.text.rstrip().endswith(":"):
        return []
    if any(cell.column is Column.DUE and cell.start < cell.end for cell in item.cells):
        return _of_cells(document, item, known, bound, taken)
    clauses = clauses_of(item)
    dues = _same_times([dues_of(item, clause, known, taken) for clause in clauses])
    groups = _groups(item, clauses, dues, above)
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


def _same_times(dues: list[list[Due]]) -> list[list[Due]]:
    """Give "cùng thời hạn" the date before it."""
    found: list[list[Due]] = []
    last = None
    for row in dues:
        found.append([])
        for due in row:
            same = due.rule.endswith("cùng thời hạn")
            found[-1].append(replace(due, time=last) if same else due)
            last = last if same else due.time
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
    dues = dues_of(item, cell[Column.DUE], known, taken)
    return [_deadline(document, item, task, words, due, group, bound) for due in dues]


def _groups(item: Item, clauses: list[Clause], dues: list[list[Due]], above: Group | None) -> list[list[Group | None]]:
    """Return the units of every time of every clause: named behind it, before it, or carried from the clause before."""
    found: list[list[Group | None]] = []
    carried = above
    for clause, row in zip(clauses, dues, strict=True):
        leading = subject_before(item, clause, clause.end)
        event = is_event(item, clause.start)
        named: list[Group | None] = []
        for n, due in enumerate(row):
            left = row[n - 1].end if n else clause.start
            right = row[n + 1].start if n + 1 < len(row) else clause.end
            group = subject_after(item, due.end, right) or rank_beside(item, left, due.start)
            group = group or _beside(item, left, due.start, leading or carried)
            if group is None and not item.text[clause.start : due.start].strip(" -+,:"):
                group = subject_next(item, due.end, right)
            group = group or subject_before(item, Clause(left, due.start), due.start)
            near = Clause(clause.start if n < _MANY else left, clause.end)
            group = group or subject_before(item, near, due.start)
            if group is None or (carried and _goes_on(item, group)):
                group = None if event else carried
            named.append(group)
        found.append(named)
        carried = carried if leading is None or (carried and _goes_on(item, leading)) else leading
    return found


def _beside(item: Item, left: int, until: int, leading: Group | None) -> Group | None:
    """Return the units right before a time; where only their level is named, those who lead the clause act."""
    group = subject_beside(item, left, until)
    if group is None or not group.bare or leading is None or leading.general or leading.bare:
        return group
    return replace(group, actors=leading.actors)


def _goes_on(item: Item, group: Group) -> bool:
    """Tell whether units are some of those named before: "Các trường nhập hồ sơ. Đơn vị chưa hoàn thành gửi …"."""
    return group.general and item.joined.fold.startswith("don vi", group.start)


def _deadline(
    document: Document, item: Item, clause: Clause, task: Task, due: Due, group: Group | None, bound: Bound
) -> Deadline:
    named = group if group is not None and not group.general else governing(item)
    actors = spelled_out(named.actors, bound) if named is not None and not named.general else None
    whole = Clause(len(item.label), clause.end)
    if actors == () and (partner := partner_of(item, clause) or partner_of(item, whole)) is not None:
        actors = spelled_out(partner.actors, bound)  # an office outside education works with one of ours
    event = is_event(item, clause.start)
    if named is None and (holder := held_by(item, clause.start, clause.end)) is not None:
        actors = spelled_out(holder.actors, bound)
    elif event and bound.own and (named is None or named.bare or (group is None and "addressees" in named.actors)):
        actors = bound.own
    if actors is None:
        actors = bound.actors if group is None else spelled_out(group.actors, bound)
    words = item.text[clause.start : min(clause.end, clause.start + 2 * _LEAD)]
    if bound.school:
        actors = bound.actors
    here = group is not None and clause.start <= group.start < clause.end
    levels = levels_of(named, item, clause, bound, actors, here=here)
    start, end = item.joined.span(task.start, task.end)
    date = due.time.due if due.time is not None else None
    recipient = _recipient(item, clause, due) or recipient_of(item.text[clause.end : task.end])
    later = _told_behind(item, clause) if recipient is None and sends(words) else (None, None)
    return Deadline(
        evidence=evidence(document, start, end, f"deadline.{due.rule}", due.confidence),
        due_evidence=evidence(document, *item.joined.span(due.start, due.end), f"due.{due.rule}", due.confidence),
        task=task.words,
        due=date.isoformat() if date else None,
        due_text=item.text[due.start : due.end].strip(),
        actor=actors,
        levels=ordered(levels),
        recipient=recipient or later[0],
        via=_via(item, clause, words, recipient) or later[1],
        heading=item.path,
    )


def _via(item: Item, clause: Clause, words: str, recipient: str | None) -> str | None:
    """Return the way of a report: its own, or that of the report before it where that has named the recipient, too."""
    own = via_of(words)
    if own is not None or (sends(words) and (recipient is None or recipient_of(words) is not None)):
        return own
    return via_of(item.text[max(0, clause.start - _LEAD) : clause.start])


def _told_behind(item: Item, clause: Clause) -> tuple[str | None, str | None]:
    """Return recipient and way that a sentence without a date behind the dated ones names for all of them."""
    for other in clauses_of(item):
        words = item.text[other.start : min(other.end, other.start + _LEAD)]
        if other.start < clause.end or item.table or _DATED.search(words) or not sends(words):
            continue
        found = recipient_of(words)
        if found is not None:
            return found, via_of(words)
    return None, None


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
