"""Dated duties: one row for each group of units and date, with who, what, when, to whom and through whom."""

from __future__ import annotations

from corpus.document import Document
from corpus.facts import Deadline, evidence
from nlp.actors import Bound, Group, ordered, spelled_out
from nlp.cells import Column
from nlp.dates import Calendar
from nlp.levels import levels_of
from nlp.phrases import sentence, tidy
from nlp.recipients import office_in, recipient_of, sends, via_of
from nlp.structure import Item
from nlp.subjects import (
    Clause,
    clauses_of,
    governing,
    is_event,
    partner_of,
    subject_after,
    subject_before,
    subject_beside,
    subject_next,
)
from nlp.times import Due, dues_of
from nlp.wording import Task, Timed, task_of

#: How far back a lead is looked for, in characters; times of one clause that are read with all that stands before.
_LEAD, _MANY = 1500, 24

#: Recipients that in a row without cells are more often the unit of the next column.
_OF_OTHER_CELLS = ("văn phòng", "ban ", "phó hiệu trưởng", "hiệu trưởng", "giáo viên", "tổ ")
#: Rules of times that name what is reported ("báo cáo kỳ cuối năm học") and stay in the task.
_NAMING = frozenset({"described:kỳ thống kê"})


def find_deadlines(
    document: Document, item: Item, known: Calendar, bound: Bound, taken: list[tuple[int, int]]
) -> list[Deadline]:
    """Return the dated duties of one item. ``taken``: stretches of the item that are citations."""
    if item.heading and not item.text.rstrip().endswith(":"):
        return []
    if any(cell.column is Column.DUE and cell.start < cell.end for cell in item.cells):
        return _of_cells(document, item, known, bound, taken)
    clauses = clauses_of(item)
    dues = [dues_of(item, clause, known, taken) for clause in clauses]
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
    dues = dues_of(item, cell[Column.DUE], known, taken)
    return [_deadline(document, item, task, words, due, group, bound) for due in dues]


def _groups(item: Item, clauses: list[Clause], dues: list[list[Due]]) -> list[list[Group | None]]:
    """Return the units of every time of every clause: named behind it, before it, or carried from the clause before."""
    found: list[list[Group | None]] = []
    carried: Group | None = None
    for clause, row in zip(clauses, dues, strict=True):
        leading = subject_before(item, clause, clause.end)
        event = is_event(item, clause)
        named: list[Group | None] = []
        for n, due in enumerate(row):
            left = row[n - 1].end if n else clause.start
            right = row[n + 1].start if n + 1 < len(row) else clause.end
            group = subject_after(item, due.end, right) or subject_beside(item, left, due.start)
            if group is None and not item.text[clause.start : due.start].strip(" -+,:"):
                group = subject_next(item, due.end, right)
            group = group or subject_before(item, Clause(left, due.start), due.start)
            near = Clause(clause.start if n < _MANY else left, clause.end)
            named.append(group or subject_before(item, near, due.start) or (None if event else carried))
        found.append(named)
        carried = leading or carried
    return found


def _deadline(
    document: Document, item: Item, clause: Clause, task: Task, due: Due, group: Group | None, bound: Bound
) -> Deadline:
    named = group if group is not None and not group.general else governing(item)
    actors = spelled_out(named.actors, bound) if named is not None and not named.general else None
    if actors == () and (partner := partner_of(item, clause)) is not None:
        actors = spelled_out(partner.actors, bound)  # an office outside education works with one of ours
    if named is None and bound.own and is_event(item, clause):
        actors = bound.own
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
