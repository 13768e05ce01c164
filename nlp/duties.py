"""Concrete duties without a date: clauses that open with a task verb or say "phải", with who, which schools, target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.facts import Duty, evidence
from nlp.actors import Bound, Group, ordered, spelled_out
from nlp.deadlines import levels_of
from nlp.folding import pattern
from nlp.structure import Item
from nlp.subjects import Clause, clauses_of, governing, subject_before
from nlp.wording import sentence, tidy

if TYPE_CHECKING:
    from spacy.language import Language

_TARGET = re.compile(
    r"(?:(?:tối thiểu|ít nhất|trên|từ|đạt|khoảng)\s)?\d{1,3}(?:[.,]\d{1,2})?\s?%|"
    r"\d{1,3}\s(?:học sinh|giáo viên|học viên)/\s?\d{1,2}\s(?:máy(?: tính)?|lớp|phòng)"
    r"|mức độ \d(?:,?\s(?:và\s)?mức độ \d)*|(?:ít nhất|tối thiểu)\s\d{1,4}\s[\wÀ-ỹ]+(?:\s[\wÀ-ỹ]+){0,3}"
)
_MUST = pattern(r"(?<!\w)(?:phai|can|khong duoc|co trach nhiem|chiu trach nhiem)(?!\w)")
_MIN_WORDS = 5


def find_duties(document: Document, item: Item, bound: Bound, nlp: Language, skip: list[tuple[int, int]]) -> list[Duty]:
    """Return the undated duties of one item; ``skip`` are stretches that dated duties cover."""
    if item.heading or item.table or (not item.label and not item.path):
        return []
    doc = nlp(item.text)
    verbs = [span.start_char for span in doc.spans["verbs"]]
    found: list[Duty] = []
    carried: Group | None = None
    for clause in clauses_of(item):
        group = subject_before(item, Clause(clause.start, min(clause.end, clause.start + 220)), clause.end)
        carried = group or carried
        start, end = item.joined.span(clause.start, clause.end)
        if any(a < end and start < b for a, b in skip):
            continue
        words = item.text[clause.start : clause.end]
        if len(words.split()) < _MIN_WORDS or not _is_task(item, clause, group, verbs):
            continue
        named = carried if carried is not None and not carried.general else governing(item)
        actors = bound.actors if named is None or named.general else spelled_out(named.actors, bound)
        actors = bound.actors if bound.school else actors
        target = _TARGET.search(words)
        found.append(
            Duty(
                evidence=evidence(document, start, end, "duty.verb", 0.6),
                task=sentence(tidy(words)),
                actor=actors,
                levels=ordered(levels_of(named, item, clause, bound, actors)),
                target=target.group().strip() if target else None,
                heading=item.path,
            )
        )
    return found


def _is_task(item: Item, clause: Clause, group: Group | None, verbs: list[int]) -> bool:
    """Tell whether a clause asks for something: a verb at its start or right behind the units, or a "phải"."""
    fold = item.joined.fold
    starts = [
        clause.start + len(m.group()) for m in [re.compile(r"\W{0,4}").match(item.text[clause.start : clause.end])] if m
    ]
    if group is not None:
        gap = re.compile(r"(?:\s?[:,]?\s{0,2}(?:can|phai|tiep tuc|chu dong|tich cuc)?\s{0,2})").match(fold, group.end)
        starts.append(gap.end() if gap else group.end)
    if any(any(s <= v <= s + 3 for v in verbs) for s in starts):
        return True
    return bool(_MUST.search(fold, clause.start, min(clause.end, clause.start + 160)))
