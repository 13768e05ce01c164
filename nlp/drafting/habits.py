"""What an office's earlier directives teach: whom it writes to, who collects reports, how it splits by kind of unit,
who signs; and how it and others worded the same item (precedents)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.document import Document
from corpus.facts import DEPARTMENT, Deadline, Duty, Facts
from corpus.numbers import parse_number
from nlp.compare.align import align
from nlp.compare.items import Part, Parts, parts_of
from nlp.compare.similarity import Alike, alike
from nlp.naming.departments import DEPARTMENTS
from nlp.words.folding import folded

#: A department's name, not an address or a person.
_DEPARTMENT = re.compile(r"^(?:[Pp]hòng|[Vv]ăn phòng|[Tt]hanh tra)\s?\S")
#: So many wordings are offered beside an item, of at least such a likeness.
OFFERED, LIKE = 5, 0.16


@dataclass(frozen=True)
class Earlier:
    """An earlier directive of the office, or one of another office on the same matter; ``own`` tells which."""

    document: Document
    facts: Facts
    own: bool = True

    @property
    def name(self) -> str:
        """How people call it."""
        return self.facts.header.number or self.document.source


@dataclass(frozen=True)
class Precedent:
    """How another directive worded an item."""

    earlier: Earlier
    part: Part
    score: float


@dataclass(frozen=True)
class Group:
    """Units of their own day for one report: who, to whom, and when that year."""

    actors: tuple[str, ...]
    levels: tuple[str, ...] | None
    recipient: str | None
    due: date
    source: Precedent


@dataclass(frozen=True)
class Habits:
    """What was learnt; empty where there is nothing to learn from. ``latest`` is the newest directive of the office."""

    latest: Earlier | None = None
    department: str = ""
    unit_code: str = ""
    via: dict[int, tuple[str, Precedent]] = field(default_factory=dict)
    in_charge: dict[int, tuple[str, Precedent]] = field(default_factory=dict)
    groups: dict[int, tuple[Group, ...]] = field(default_factory=dict)
    precedents: dict[int, tuple[Precedent, ...]] = field(default_factory=dict)


def learn(upper: Parts, earlier: Sequence[Earlier]) -> Habits:
    """Return what earlier directives teach for a draft from ``upper``; those of the office itself newest first."""
    precedents: dict[int, list[Precedent]] = defaultdict(list)
    via: dict[int, tuple[str, Precedent]] = {}
    in_charge: dict[int, tuple[str, Precedent]] = {}
    groups: dict[int, tuple[Group, ...]] = {}
    own = [one for one in earlier if one.own]
    for one in earlier:
        parts = parts_of(one.document, one.facts)
        if not parts.items or not upper.items:
            continue
        linked = _linked(upper, parts, one, precedents)
        for order, found in linked.items() if one.own else ():
            _departments(order, found, via, in_charge)
            split = _groups(found) if one is own[0] else ()
            if split:
                groups[order] = split
    latest = own[0] if own else None
    return Habits(
        latest, _usual(own), _unit_code(latest), via, in_charge, groups,
        {order: _best(found) for order, found in precedents.items()},
    )  # fmt: skip


def _linked(
    upper: Parts, parts: Parts, one: Earlier, precedents: dict[int, list[Precedent]]
) -> dict[int, list[Precedent]]:
    """Return the items that answer to each upper item, and put what is like it among its precedents."""
    likeness = alike(upper.items, parts.items)
    linked: dict[int, list[Precedent]] = defaultdict(list)
    for link in align(upper.items, parts.items, likeness):
        linked[upper.items[link.old].order].append(Precedent(one, parts.items[link.new], link.score))
    for order, found in linked.items():
        precedents[order] += found
    _also_like(upper, parts, one, likeness, precedents, linked)
    return linked


def _also_like(
    upper: Parts,
    parts: Parts,
    one: Earlier,
    likeness: Alike,
    precedents: dict[int, list[Precedent]],
    linked: dict[int, list[Precedent]],
) -> None:
    for i, part in enumerate(upper.items):
        if part.order in linked or not len(parts.items):
            continue
        j = int(likeness.score[i].argmax())
        if likeness.score[i, j] >= LIKE and likeness.own[i, j] >= LIKE:
            precedents[part.order].append(Precedent(one, parts.items[j], float(likeness.score[i, j])))


def _best(found: list[Precedent]) -> tuple[Precedent, ...]:
    """Return the wordings to offer: the office's own first, the likest first, each text once."""
    ranked = sorted(found, key=lambda p: (not p.earlier.own, -p.score))
    once = {folded(p.part.text): p for p in reversed(ranked)}
    return tuple(p for p in ranked if once[folded(p.part.text)] is p)[:OFFERED]


def _departments(
    order: int,
    found: list[Precedent],
    via: dict[int, tuple[str, Precedent]],
    in_charge: dict[int, tuple[str, Precedent]],
) -> None:
    for one in found:
        for deadline in one.part.deadlines:
            if deadline.via and _DEPARTMENT.match(deadline.via):
                via.setdefault(order, (deadline.via, one))
        # a heading may be the department's: "3. Phòng Chính trị tư tưởng"
        facts: list[Deadline | Duty] = [*one.part.deadlines, *one.part.duties]
        named = [a.removeprefix(DEPARTMENT) for fact in facts for a in fact.actor if a.startswith(DEPARTMENT)]
        if named:
            in_charge.setdefault(order, (named[0], one))


def _groups(found: list[Precedent]) -> tuple[Group, ...]:
    """Return the groups of units that had days of their own; nothing where all had the same."""
    rows: dict[tuple[tuple[str, ...], str | None, str], Group] = {}
    for one in found:
        for deadline in one.part.deadlines:
            if deadline.due and deadline.recipient and deadline.actor and not _by_department(deadline):
                levels = tuple(str(level) for level in deadline.levels) if deadline.levels else None
                key = (tuple(deadline.actor), deadline.recipient, str(levels))
                day = date.fromisoformat(deadline.due)
                rows.setdefault(key, Group(tuple(deadline.actor), levels, deadline.recipient, day, one))
    found_groups = tuple(rows.values())
    apart = len({group.actors for group in found_groups} | {str(group.levels) for group in found_groups}) > 1
    return found_groups if len(found_groups) > 1 and apart else ()


def _by_department(deadline: Deadline) -> bool:
    return any(actor.startswith(DEPARTMENT) for actor in deadline.actor)


def _usual(own: Sequence[Earlier]) -> str:
    """Return the department through which most reports of the newest directive that has one go, "" for none."""
    for one in own:
        counts = Counter(d.via for d in one.facts.deadlines if d.via and _DEPARTMENT.match(d.via))
        if counts:
            return counts.most_common(1)[0][0]
        match = next((m for m in DEPARTMENTS.finditer(one.document.text) if m["short"] or m["long"]), None)
        if match is not None:
            return " ".join(match[0].split())
    return ""


def _unit_code(latest: Earlier | None) -> str:
    """Return the code of the department in the number of the newest directive ("SGDĐT-CTTT" → "CTTT")."""
    number = parse_number(latest.facts.header.number) if latest and latest.facts.header.number else None
    if number is None or len(number.parts) < 2 or number.parts[-1].startswith("SGD"):
        return ""
    return str(number.parts[-1])
