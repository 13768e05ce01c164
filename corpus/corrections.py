"""Corrections by people (chỗ sửa): words and facts that the machine got wrong, kept apart from what it read.

A correction names its place by what stood there, not by offsets, so that it finds the place again after another
reading of the same file: a word by its page and the text around it, a duty by the letters it was read from.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, Literal, Protocol, TypeVar

from corpus.document import Document, Edit, Page, Word, source_of
from corpus.facts import Actor, Citation, Conflict, Deadline, Duty, Evidence, Facts, Header, IssuerLevel, SchoolLevel
from corpus.numbers import document_key, parse_number
from corpus.quickfold import quick_fold
from corpus.text import fold

Action = Literal["accept", "edit", "reject"]
Target = Literal["word", "deadline", "duty", "citation", "conflict", "header"]

#: The rule of an edit that a person made.
CORRECTED = "corrected"
#: So much of the text around a word is kept, and so alike two wordings of a duty must be to be the same one.
CONTEXT, ALIKE = 24, 0.8
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place of a correction: ``key`` of the fact, page, the text that stood there, the text around it."""

    page: int
    text: str
    key: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about one place: ``accept`` it as read, ``edit`` it (``changes``), ``reject`` it.

    ``changes`` has ``text`` for words; for facts the fields of ``corpus.facts`` with ISO dates and codes; for an edited
    contradiction ``about``: target, anchor and changes of what was wrong in it. ``office``
    is the office it is of, None for the server's own; one that is not ``shared`` holds for that office alone.
    """

    id: str
    document: str
    made_at: datetime
    action: Action
    target: Target
    anchor: Anchor
    changes: dict[str, Any] = field(default_factory=dict)
    office: dict[str, Any] | None = None
    shared: bool = True

    def payload(self) -> dict[str, Any]:
        """Return what the store keeps as JSON."""
        plain = {"action": self.action, "target": self.target, "anchor": asdict(self.anchor)}
        whose = {} if self.office is None else {"office": self.office, "shared": self.shared}
        return plain | {"changes": self.changes} | whose

    def as_dict(self) -> dict[str, Any]:
        """Return the correction as plain data."""
        return {"id": self.id, "document": self.document, "made_at": self.made_at.isoformat(), **self.payload()}

    @classmethod
    def from_payload(cls, id: str, document: str, made_at: datetime, payload: dict[str, Any]) -> Correction:
        """Return the correction that the store kept."""
        anchor = Anchor(**payload["anchor"])
        whose = payload.get("office"), payload.get("shared", True)
        return cls(id, document, made_at, payload["action"], payload["target"], anchor, payload["changes"], *whose)


def meant(correction: Correction) -> tuple[Correction, ...]:
    """Return the correction; of an edited contradiction what was put right and, where other words are not read anew
    for it, that the contradiction is gone."""
    about = correction.changes.get("about") if correction.target == "conflict" and correction.action == "edit" else None
    if about is None:
        return (correction,)
    inner = replace(
        correction, target=about["target"], anchor=Anchor(**about["anchor"]), changes=dict(about["changes"])
    )
    gone = replace(correction, action="reject", changes={})
    return (inner,) if inner.target == "word" else (inner, gone)


class _Owing(Protocol):
    @property
    def deadlines(self) -> tuple[Deadline, ...]: ...

    @property
    def duties(self) -> tuple[Duty, ...]: ...


def duty_keys(document_id: str, facts: _Owing) -> tuple[list[str], list[str]]:
    """Return stable keys of the dated and the undated duties, in order.

    A key is made of the letters that the duty was read from, before any repair, and a count where several duties
    were read from the same ones: another date, task or actor in the same place keeps the key.
    """
    seen: dict[str, int] = {}
    return (
        [_key(document_id, d.evidence, seen) for d in facts.deadlines],
        [_key(document_id, d.evidence, seen) for d in facts.duties],
    )


def citation_keys(document_id: str, facts: Facts) -> list[str]:
    """Return stable keys of the citations, in order."""
    seen: dict[str, int] = {}
    return [_key(document_id, c.evidence, seen) for c in facts.citations]


def conflict_keys(document_id: str, facts: Facts) -> list[str]:
    """Return stable keys of the contradictions, in order."""
    seen: dict[str, int] = {}
    return [_key(document_id + c.what, c.evidence, seen, document_id) for c in facts.conflicts]


def _key(salt: str, found: Evidence, seen: dict[str, int], document_id: str | None = None) -> str:
    letters = _letters(found.source)
    seen[letters] = seen.get(letters, 0) + 1
    digest = hashlib.sha256(f"{salt}|{letters}|{seen[letters]}".encode()).hexdigest()
    return f"{(document_id or salt)[:12]}-{digest[:12]}"


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", quick_fold(text))


def fact_anchor(document: Document, found: Evidence, key: str) -> Anchor:
    """Return the place of a fact: its key, its page, the letters it was read from."""
    text = document.text
    before, after = text[max(0, found.start - CONTEXT) : found.start], text[found.end : found.end + CONTEXT]
    return Anchor(found.page, found.source, key, before, after)


# words


def word_anchor(page: Page, start: int, end: int) -> Anchor:
    """Return the place of ``page.text[start:end]``."""
    text = page.text
    return Anchor(page.number, text[start:end], "", text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def with_words(document: Document, corrections: Iterable[Correction]) -> Document:
    """Return ``document`` with corrected words. A word that is no longer found stays as it is now read."""
    pages = {page.number: page for page in document.pages}
    for correction in (part for whole in corrections for part in meant(whole)):
        if correction.target != "word":
            continue
        page = pages.get(correction.anchor.page)
        place = None if page is None else _find(page.text, correction.anchor)
        if page is None or place is None:
            continue
        new = correction.anchor.text if correction.action == "accept" else str(correction.changes.get("text", ""))
        pages[page.number] = _replaced(page, *place, new)
    if all(pages[page.number] is page for page in document.pages):
        return document
    return replace(document, pages=tuple(pages[page.number] for page in document.pages))


def _find(text: str, anchor: Anchor) -> tuple[int, int] | None:
    if not anchor.text:
        return None
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(anchor.text)}(?!\w)", text)]
    if not places:
        return None

    def fit(at: int) -> int:
        end = at + len(anchor.text)
        behind, ahead = text[max(0, at - CONTEXT) : at], text[end : end + CONTEXT]
        return _common(behind[::-1], anchor.before[::-1]) + _common(ahead, anchor.after)

    best = max(places, key=fit)
    return best, best + len(anchor.text)


def _common(one: str, other: str) -> int:
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _replaced(page: Page, start: int, end: int, new: str) -> Page:
    """Return the page with ``text[start:end]`` as ``new``; everything behind moves along."""
    touched = [e for e in page.edits if e.end > start and e.start < end]
    start, end, new = _widened(page, touched, start, end, new)
    shift = len(new) - (end - start)

    def move(at: int) -> int:
        return at if at <= start else at + shift if at >= end else start + len(new)

    made = Edit(start, start + len(new), source_of(page.text, page.edits, start, end), 1.0, CORRECTED)
    others = [replace(e, start=move(e.start), end=move(e.end)) for e in page.edits if e not in touched]
    words = tuple(_moved(word, start, end, len(new), shift) for word in page.words)
    blocks = tuple(replace(b, start=move(b.start), end=move(b.end)) for b in page.blocks)
    return replace(
        page,
        text=page.text[:start] + new + page.text[end:],
        words=words,
        blocks=blocks,
        edits=tuple(sorted([*others, made], key=lambda e: (e.start, e.end))),
    )


def _widened(page: Page, touched: Sequence[Edit], start: int, end: int, new: str) -> tuple[int, int, str]:
    """Return the stretch and its new text so that no edit of the machine is cut in two."""
    first = min([start, *(e.start for e in touched)])
    last = max([end, *(e.end for e in touched)])
    return first, last, page.text[first:start] + new + page.text[end:last]


def _moved(word: Word, start: int, end: int, length: int, shift: int) -> Word:
    if word.end <= start:
        return word
    if word.start >= end:
        return replace(word, start=word.start + shift, end=word.end + shift)
    first, last = min(word.start, start), word.end + shift if word.end > end else start + length
    sure = None if word.confidence is None else 1.0
    return replace(word, start=min(max(first, 0), last), end=last, confidence=sure)


# facts

T = TypeVar("T", Deadline, Duty, Citation, Conflict)


def with_facts(document: Document, facts: Facts, corrections: Iterable[Correction]) -> Facts:
    """Return ``facts`` with what people decided about them. What is no longer found changes nothing."""
    for correction in (part for whole in corrections for part in meant(whole)):
        if correction.target in ("deadline", "duty"):
            facts = _with_duty(document, facts, correction)
        elif correction.target == "citation":
            keys = citation_keys(document.id, facts)
            at = _at(keys, [c.evidence for c in facts.citations], correction.anchor)
            facts = replace(facts, citations=_with(facts.citations, at, correction, _citation))
        elif correction.target == "conflict":
            keys = conflict_keys(document.id, facts)
            at = _at(keys, [c.evidence for c in facts.conflicts], correction.anchor)
            if correction.action == "reject" and at is not None:
                facts = replace(facts, conflicts=facts.conflicts[:at] + facts.conflicts[at + 1 :])
        elif correction.target == "header" and correction.action == "edit":
            facts = replace(facts, header=_header(facts.header, correction.changes))
    return facts


#: How the name of an office that issues directives begins, without marks, and its level.
_LEVELS = (
    (re.compile(r"bo (?!phan)"), IssuerLevel.BO),
    (re.compile(r"so\b"), IssuerLevel.SO),
    (re.compile(r"phong (?:giao duc|gd)"), IssuerLevel.PHONG),
    (re.compile(r"(?:truong|trung tam)\b"), IssuerLevel.TRUONG),
)


def _header(header: Header, changes: dict[str, Any]) -> Header:
    """Return a header with the fields that a person changed; another office has the level that its name tells."""
    if changes.get("issuer") not in (None, header.issuer):
        name = fold(changes["issuer"])
        level = next((level for begins, level in _LEVELS if begins.match(name)), None)
        return replace(header, **{**changes, "issuer_level": level})
    return replace(header, **changes)


def _at(keys: Sequence[str], places: Sequence[Evidence], anchor: Anchor) -> int | None:
    """Return which fact an anchor means: the one of its key, or the one on its page that is nearly worded so."""
    if anchor.key in keys:
        return keys.index(anchor.key)
    wanted = _letters(anchor.text)
    likeness = [
        SequenceMatcher(None, wanted, _letters(e.source)).ratio() if e.page == anchor.page else 0.0 for e in places
    ]
    best = max(range(len(likeness)), key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


def _with(facts: tuple[T, ...], at: int | None, correction: Correction, change: Any) -> tuple[T, ...]:
    if at is None:
        return facts
    new = () if correction.action == "reject" else (change(facts[at], correction.changes),)
    return facts[:at] + new + facts[at + 1 :]


def _with_duty(document: Document, facts: Facts, correction: Correction) -> Facts:
    dated, undated = duty_keys(document.id, facts)
    every: list[Deadline | Duty] = [*facts.deadlines, *facts.duties]
    at = _at([*dated, *undated], [d.evidence for d in every], correction.anchor)
    if at is None:
        return facts
    if correction.action == "reject":
        every.pop(at)
    else:
        every[at] = _duty(every[at], correction.changes)
    return replace(
        facts,
        deadlines=tuple(d for d in every if isinstance(d, Deadline)),
        duties=tuple(d for d in every if isinstance(d, Duty)),
    )


def _duty(duty: Deadline | Duty, changes: dict[str, Any]) -> Deadline | Duty:
    """Return a duty with the fields that a person changed; an undated one that is given a day becomes a dated one."""
    sure = replace(duty.evidence, confidence=1.0)
    fields: dict[str, Any] = {k: changes[k] for k in ("task", "recipient", "via") if k in changes}
    if "actor" in changes:
        fields["actor"] = tuple(changes["actor"])
    if "levels" in changes:
        levels = changes["levels"]
        fields["levels"] = tuple(SchoolLevel(level) for level in levels) if levels else None
    due = changes.get("due")
    if isinstance(duty, Duty):
        if due is None:
            plain = {k: v for k, v in fields.items() if k in ("task", "actor", "levels")}
            return replace(duty, evidence=sure, **plain)
        duty = Deadline(sure, sure, duty.task, due, "", duty.actor, duty.levels, None, None, duty.heading)
    if "due" in changes:
        fields["due"] = due
    return replace(duty, evidence=sure, due_evidence=replace(duty.due_evidence, confidence=1.0), **fields)


def _citation(citation: Citation, changes: dict[str, Any]) -> Citation:
    sure = replace(citation, evidence=replace(citation.evidence, confidence=1.0), alternatives=())
    sure = replace(sure, **{name: changes[name] for name in ("date", "subject") if name in changes})
    number = parse_number(str(changes.get("number") or sure.number))
    if number is None or not changes.keys() & {"number", "date"}:
        return sure
    key = document_key(number, year=int(sure.date[:4]) if sure.date else None, issuer=sure.issuer)
    return replace(sure, number=str(number), key=key)


#: The codes that ``changes`` may have for actors, beside departments of a Sở.
ACTORS = tuple(actor.value for actor in Actor)
