"""What a contradiction is about: the facts and words of which one must be wrong, to put it right there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.corrections import Anchor, Target, citation_keys, duty_keys, fact_anchor, word_anchor
from corpus.document import Document
from corpus.facts import Citation, Conflict, Evidence
from corpus.store import Stored

#: Rules of contradictions between a place in the text and the letterhead, or within the letterhead.
_OF_HEADER = frozenset({"conflict.own-number", "conflict.own-date", "conflict.late", "conflict.cited-date"})
#: Those between two citations of one document.
_OF_TWO = frozenset({"conflict.two-dates", "conflict.two-subjects", "conflict.replaced"})
#: So many facts are offered; of words so many letters.
_MOST, _LONGEST = 4, 200


@dataclass(frozen=True)
class About:
    """A fact, the letterhead or some words that a contradiction is about; ``now`` has the fields that can be changed
    as they are read now, by the names that a correction's ``changes`` have."""

    target: Target
    anchor: Anchor
    line: int
    now: dict[str, Any]

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return self.anchor.key or str(self.target)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"target": self.target, "key": self.key, "line": self.line, "now": self.now}


def about(stored: Stored, conflict: Conflict) -> tuple[About, ...]:
    """Return what can be put right about a contradiction, likeliest first; its own words come last."""
    found: dict[tuple[str, str], About] = {}
    for one in (*_facts(stored, conflict), *_words(stored.document, conflict.evidence)):
        found.setdefault((one.target, one.key), one)
    return tuple(found.values())


def _facts(stored: Stored, conflict: Conflict) -> Iterator[About]:
    document, facts, place = stored.document, stored.facts, conflict.evidence
    keyed = list(zip(citation_keys(document.id, facts), facts.citations, strict=True))
    met = [row for row in keyed if _touch(row[1].evidence, place)]
    if place.rule in _OF_TWO:
        numbers = {one.number for _, one in met}
        met += [row for row in keyed if row[1].number in numbers]
    for key, one in met[:_MOST]:
        yield _about(document, "citation", key, one.evidence, _said(one))
    dated, _ = duty_keys(document.id, facts)
    for key, row in zip(dated, facts.deadlines, strict=True):
        if _touch(row.due_evidence, place):
            yield _about(document, "deadline", key, row.evidence, {"task": row.task, "due": row.due})
    if place.rule in _OF_HEADER:
        header = facts.header
        yield About("header", Anchor(1, ""), 1, {"number": header.number, "date": header.date})


def _said(citation: Citation) -> dict[str, Any]:
    return {"number": citation.number, "date": citation.date, "subject": citation.subject}


def _about(document: Document, target: Target, key: str, place: Evidence, now: dict[str, Any]) -> About:
    return About(target, fact_anchor(document, place, key), place.line, now)


def _touch(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end


def _words(document: Document, place: Evidence) -> Iterator[About]:
    """Yield the words on the first line of a place."""
    page = document.page_at(place.start)
    start = place.start - document.page_start(page.number)
    text = page.text[start : start + place.end - place.start].split("\n", 1)[0][:_LONGEST].rstrip()
    if text:
        yield About("word", word_anchor(page, start, start + len(text)), place.line, {"text": text})
