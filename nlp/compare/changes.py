"""Facts that changed between items that answer to each other: days, measures, recipients, who does it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

import numpy as np

from corpus.document import Document
from corpus.facts import Deadline, Duty, Evidence, evidence
from nlp.compare.align import assigned
from nlp.compare.comparison import FactChange, What
from nlp.compare.items import Part
from nlp.compare.quantities import Quantity, changed_quantities
from nlp.words.folding import folded

#: Two duties are the same where their words are so much alike; of deadlines the last ones left are, from less on.
_DUTY, _DEADLINE = 0.6, 0.25
_TASK = 90
#: So many characters around a measure say of what it is one.
_BEFORE, _BEHIND = 40, 44
_Fact = TypeVar("_Fact", Deadline, Duty)
_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\d{1,2}(?:[/.-]\d{1,2})?(?:[/.-]\d{4})?|thang \d{1,2}|nam \d{4}")


def fact_changes(
    old: Sequence[Part], new: Sequence[Part], documents: tuple[Document, Document], *, levels: bool = False
) -> list[FactChange]:
    """Return the facts that changed between old and new items that answer to each other.

    ``levels``: the new items are of an office below; then only days are set against each other, each with whether it
    lies before the upper one's: who does it and who receives it are others by their nature.
    """
    before = [d for part in old for d in part.deadlines]
    after = [d for part in new for d in part.deadlines]
    found: list[FactChange] = []
    if levels:
        for one, two in _answers(before, after):
            found += _days(one, two, levels=True)
        return found
    pairs, gone, come = _paired(before, after, _DEADLINE)
    for one, two in pairs:
        found += _days(one, two)
        found += _others(one, two)
    found += [_only(d, old_side=True) for d in gone if d.due] + [_only(d, old_side=False) for d in come if d.due]
    same, _, _ = _paired([d for p in old for d in p.duties], [d for p in new for d in p.duties], _DUTY)
    for duty, other in same:
        found += _who(duty, other)
    texts = [" ".join(part.text for part in side) for side in (old, new)]
    return found + list(_measures(old, new, changed_quantities(*texts), documents))


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(folded(_DAY.sub(" ", folded(text)))))


def _alike(one: Deadline | Duty, two: Deadline | Duty) -> float:
    a, b = _words(one.task), _words(two.task)
    share = 2 * (a & b).total() / max(a.total() + b.total(), 1)
    if isinstance(one, Deadline) and isinstance(two, Deadline):
        share += 0.1 * (one.recipient == two.recipient) + 0.1 * (one.actor == two.actor and one.levels == two.levels)
    return share


def _paired(
    old: list[_Fact], new: list[_Fact], least: float
) -> tuple[list[tuple[_Fact, _Fact]], list[_Fact], list[_Fact]]:
    """Return facts one to one by the likeness of their tasks, and what is left on each side."""
    score = np.array([[_alike(a, b) for b in new] for a in old], dtype=np.float32).reshape(len(old), len(new))
    alone = len(old) == len(new) == 1
    found = [(i, j) for i, j in assigned(score) if alone or score[i, j] >= least]
    left = [a for i, a in enumerate(old) if i not in {i for i, _ in found}]
    right = [b for j, b in enumerate(new) if j not in {j for _, j in found}]
    return [(old[i], new[j]) for i, j in sorted(found)], left, right


def _answers(old: list[Deadline], new: list[Deadline]) -> Iterator[tuple[Deadline, Deadline]]:
    """Yield each lower day with the upper one that it answers to: one to one first, then the most alike for the rest
    (a day for each kind of school)."""
    dated, theirs = [d for d in old if d.due], [d for d in new if d.due]
    pairs, _, rest = _paired(dated, theirs, _DEADLINE)
    for two in rest:
        ranked = sorted(dated, key=lambda one: -_alike(one, two))
        if ranked and (len(dated) == 1 or _alike(ranked[0], two) >= _DEADLINE):
            pairs.append((ranked[0], two))
    yield from sorted(pairs, key=lambda pair: pair[1].evidence.start)


def _days(one: Deadline, two: Deadline, *, levels: bool = False) -> Iterator[FactChange]:
    task = _short(two.task)
    places = (one.due_evidence, two.due_evidence)
    if one.due and two.due:
        first, second = date.fromisoformat(one.due), date.fromisoformat(two.due)
        yearly = (first.month, first.day) == (second.month, second.day) and first.year != second.year
        earlier = second < first if levels else None
        if first != second or levels:
            days = (second - first).days
            yield FactChange(What.DUE, task, one.due, two.due, *places, days=days, yearly=yearly, earlier=earlier)
    elif one.due or two.due or _said(one.due_text) != _said(two.due_text):
        yield FactChange(What.DUE, task, one.due or one.due_text, two.due or two.due_text, *places)


def _said(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))


def _only(deadline: Deadline, *, old_side: bool) -> FactChange:
    task, day, place = _short(deadline.task), deadline.due, deadline.due_evidence
    return FactChange(What.DUE, task, day, None, place, None) if old_side else FactChange(
        What.DUE, task, None, day, None, place
    )  # fmt: skip


def _others(one: Deadline, two: Deadline) -> Iterator[FactChange]:
    places = (one.evidence, two.evidence)
    for what, old, new in ((What.RECIPIENT, one.recipient, two.recipient), (What.VIA, one.via, two.via)):
        if _said(old or "") != _said(new or ""):
            yield FactChange(what, _short(two.task), old, new, *places)
    yield from _who(one, two)


def _who(one: Deadline | Duty, two: Deadline | Duty) -> Iterator[FactChange]:
    task, places = _short(two.task), (one.evidence, two.evidence)
    if set(one.actor) != set(two.actor):
        yield FactChange(What.ACTOR, task, ",".join(one.actor), ",".join(two.actor), *places)
    if set(one.levels or ()) != set(two.levels or ()):
        old, new = (",".join(fact.levels or ()) or None for fact in (one, two))
        yield FactChange(What.LEVELS, task, old, new, *places)


def _short(task: str) -> str:
    if len(task) <= _TASK:
        return task
    return task[: task.rfind(" ", 0, _TASK)] + " …"


def _measures(
    old: Sequence[Part],
    new: Sequence[Part],
    changed: Iterable[tuple[Quantity | None, Quantity | None]],
    documents: tuple[Document, Document],
) -> Iterator[FactChange]:
    for one, two in changed:
        told = two or one
        assert told is not None
        place = _place(old, one, documents[0]), _place(new, two, documents[1])
        unit = _unit_of(new if two is not None else old, told)
        yield FactChange(What.TARGET, unit, one.written if one else None, two.written if two else None, *place)


def _unit_of(parts: Sequence[Part], quantity: Quantity) -> str:
    """Return the words around a measure: what it is a measure of."""
    text = " ".join(part.text for part in parts)
    at = quantity.start
    clause = max(text.rfind(mark, 0, at) for mark in (". ", "; ", ": ", ", "))
    near = text.rfind(" ", 0, max(0, at - _BEFORE)) + 1
    start = max(near, clause + 2) if clause >= 0 else near
    end = text.find(" ", min(len(text), at + _BEHIND))
    shown = text[start : end if end >= 0 else len(text)]
    cut = re.search(r"[;:.](?=\s)", shown[at - start :])
    return (shown[: at - start + cut.start()] if cut else shown).strip(" ,;:.")


def _place(parts: Sequence[Part], quantity: Quantity | None, document: Document) -> Evidence | None:
    """Return where a measure stands in its document, the whole item where the words there cannot be told."""
    if quantity is None:
        return None
    at = 0
    for part in parts:
        if at + len(part.text) >= quantity.start:
            break
        at += len(part.text) + 1
    else:
        part = parts[-1]
    number = quantity.written.rstrip("%").strip()
    count = len(re.findall(rf"(?<!\w){re.escape(number)}(?!\w)", part.text[: max(0, quantity.start - at)]))
    start, end = part.evidence.start, part.evidence.end
    found = list(re.finditer(rf"(?<!\w){re.escape(number)}(?!\w)(?:\s?%)?", document.text[start:end]))
    if count >= len(found):
        return part.evidence
    return evidence(document, start + found[count].start(), start + found[count].end(), "measure")
