"""Where words of a draft come from, as a source that people can open."""

from __future__ import annotations

from corpus.document import Document
from corpus.facts import Facts
from corpus.layout30 import DECREE
from nlp.compare.items import Part
from nlp.drafting.draft import Source

#: Words that no directive gave: those of the decree's forms, and what the officer chose.
FORM = Source(f"{DECREE}, Phụ lục I")
CHOSEN = Source("Lựa chọn khi soạn")


def part_of(document: Document, facts: Facts, part: Part) -> Source:
    """Return the source that a part of a directive is."""
    name = facts.header.number or document.source
    return Source(name, document.id, part.key, part.evidence.page, part.evidence.line, part.order)


def field_of(document: Document, facts: Facts, *fields: str) -> Source:
    """Return the source that a field of the header is, the first of ``fields`` whose place is known; else page 1."""
    name = facts.header.number or document.source
    place = next((facts.header.evidence[field] for field in fields if field in facts.header.evidence), None)
    return Source(name, document.id, "", place.page if place else 1, place.line if place else 1)
