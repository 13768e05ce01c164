"""Days told in the order of the duties before them: "Với đợt 2, các mốc tương ứng là 10/02, 28/02 và 21/02/2025"."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.document import Document
from corpus.facts import Deadline, evidence
from nlp.naming.dates import Calendar, find_dates
from nlp.page.structure import Clause, Item
from nlp.when.described import Due
from nlp.whom.subjects import subject_before
from nlp.words.folding import pattern

#: How such days are led to, behind the round that they are of.
_LEADS = pattern(
    r"(?P<round>[^;.:]{0,60}?)[,:]?\s?(?:(?:thi )?(?:cac )?(?:moc(?: thoi gian)?|thoi (?:han|gian|diem)|han|ngay)"
    r"(?: (?:nop|gui|bao cao|hoan thanh))? )?(?:tuong ung|lan luot)(?: (?:cua|voi|cho)(?: \w+){1,5})? (?:la|vao):? "
)
#: What may stand between and behind them.
_JOINTS = re.compile(r"[\s,]*(?:(?:và|trước|ngày|vào)\s)*[\s,.]*")
_FROM = re.compile(r"(?<!\w)(?:trước )?(?:ngày )?$")


def days_in_order(item: Item, clauses: list[Clause], dues: list[list[Due]], known: Calendar) -> dict[int, list[Due]]:
    """Return the days of each clause that is but days for as many duties told right before it; keys are its place."""
    found: dict[int, list[Due]] = {}
    for k, clause in enumerate(clauses):
        leads = _LEADS.match(item.joined.fold, clause.start, clause.end) if k and not item.table else None
        if leads is None or subject_before(item, clause, leads.end()) is not None:
            continue
        days, at = list[Due](), leads.end()
        for time in find_dates(item.text[leads.end() : clause.end], known):
            start, end = leads.end() + time.start, leads.end() + time.end
            if _JOINTS.fullmatch(item.text, at, start) is None:
                break
            days.append(Due(start, end, time, "in order", 0.8))
            at = end
        before = sum(len(found.get(n, dues[n])) for n in range(k))
        if len(days) > 1 and before >= len(days) and _JOINTS.fullmatch(item.text, at, clause.end) is not None:
            found[k] = days
    return found


def as_before(document: Document, item: Item, clause: Clause, due: Due, before: Deadline) -> Deadline:
    """Return the duty of such a day: what was told before of the first round."""
    leads = _LEADS.match(item.joined.fold, clause.start, clause.end)
    of = item.text[leads.start("round") : leads.end("round")].strip(" ,") if leads is not None else ""
    start, end = item.joined.span(clause.start, clause.end)
    day = due.time.due if due.time is not None else None
    return replace(
        before,
        evidence=evidence(document, start, end, "deadline.in order", due.confidence),
        due_evidence=evidence(document, *item.joined.span(due.start, due.end), "due.in order", due.confidence),
        task=f"{of}: {before.task[:1].lower()}{before.task[1:]}" if of else before.task,
        due=day.isoformat() if day else None,
        due_text=item.text[due.start : due.end].strip(),
    )
