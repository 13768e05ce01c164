"""Directives as rows of the store's tables and back. Only ``corpus.store`` uses it; what it returns is public there."""

from __future__ import annotations

import json
import uuid
import zlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session, defer

from corpus.document import Document
from corpus.facts import Citation, Deadline, Duty, Facts, Header, Relation, sureness
from corpus.fields import record
from corpus.numbers import document_key, parse_number
from corpus.schema import Base, CitationRow, DeadlineRow, DocumentRow, Meta, ReadingRow
from corpus.text import fold, squeeze

#: The name under which ``meta`` keeps a word that changes with every change of the directives.
CHANGED = "changed"
#: The name of the word that changes with every correction that holds for one office alone.
CHANGED_FOR_ONE = "changed for one"
#: What leaves the payloads of directives in the database where only the other columns are asked for.
NO_BLOBS = (defer(DocumentRow.document), defer(DocumentRow.facts))


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a list of documents shows; ``status`` is success or partial (some pages could not be read)."""

    id: str
    source: str
    media_type: str
    received_at: datetime
    number: str | None
    date: str | None
    issuer: str | None
    issuer_level: str | None
    doc_type: str | None
    subject: str | None
    school_year: str | None
    pages: int
    status: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored directive: what lists show, the text with its places, and the facts."""

    info: DocumentInfo
    document: Document
    facts: Facts


@dataclass(frozen=True, slots=True)
class Sureness:
    """How surely something was read; the rest of its evidence is left out."""

    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Cited:
    """A number that a directive cites, what the citation does and how surely it was read; the rest is left out."""

    number: str
    relation: Relation
    evidence: Sureness = Sureness()


@dataclass(frozen=True, slots=True)
class HeaderSureness:
    """How surely the fields of a directive's header were read; the rest of the header is left out."""

    evidence: dict[str, Sureness] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Owed:
    """The part of a directive's facts that says who must do what, and which directives it carries out."""

    header: HeaderSureness = field(default_factory=HeaderSureness)
    deadlines: tuple[Deadline, ...] = ()
    duties: tuple[Duty, ...] = ()
    citations: tuple[Cited, ...] = ()

    @property
    def confidence(self) -> float:
        """How surely the text is a directive; see ``corpus.facts.Facts.confidence``."""
        return sureness(self)


@lru_cache(maxsize=1)
def _owed_adapter() -> TypeAdapter[Owed]:
    return TypeAdapter(Owed)


def folded_number(number: str) -> str:
    """Return the form under which numbers are looked up: repaired if it parses, folded, no blanks, no zeros ahead."""
    parsed = parse_number(number)
    text = str(replace(parsed, serial=parsed.serial.lstrip("0") or "0")) if parsed else number.lstrip("0")
    return "".join(fold(squeeze(text)).split())


@lru_cache(maxsize=1)
def _document_adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@lru_cache(maxsize=1)
def _facts_adapter() -> TypeAdapter[Facts]:
    return TypeAdapter(Facts)


def document_row(document: Document, facts: Facts, received: datetime, now: datetime) -> DocumentRow:
    """Return the row of a directive."""
    header = facts.header
    return DocumentRow(
        id=document.id,
        source=document.source,
        media_type=document.media_type,
        received_at=received,
        read_at=now,
        number=header.number,
        number_folded=folded_number(header.number) if header.number else None,
        key=_own_key(header),
        date=header.date,
        issuer=header.issuer,
        issuer_level=header.issuer_level,
        doc_type=header.doc_type,
        subject=header.subject,
        school_year=header.school_year,
        pages=len(document.pages),
        failed_pages=len(document.failed_pages),
        decisions=",".join(sorted({page.decision.value for page in document.pages})),
        document=packed(document),
        facts=packed(facts),
    )


def packed(part: Document | Facts) -> bytes:
    """Return a document or facts as compressed JSON."""
    plain = _document_adapter().dump_json(part) if isinstance(part, Document) else _facts_adapter().dump_json(part)
    return zlib.compress(plain)


def _own_key(header: Header) -> str | None:
    number = parse_number(header.number) if header.number else None
    if number is None:
        return None
    return document_key(number, year=int(header.date[:4]) if header.date else None, issuer=header.issuer)


def fact_rows(document_id: str, facts: Facts) -> list[Base]:
    """Return the rows of what is asked for across directives."""
    return [*(_citation_row(document_id, c) for c in facts.citations), *_deadline_rows(document_id, facts)]


def _citation_row(document_id: str, citation: Citation) -> CitationRow:
    return CitationRow(
        document_id=document_id,
        key=citation.key,
        number_folded=folded_number(citation.number),
        payload=_plain(citation),
    )


def _deadline_rows(document_id: str, facts: Facts) -> list[DeadlineRow]:
    return [DeadlineRow(document_id=document_id, due=d.due, payload=_plain(d)) for d in facts.deadlines]


def _plain(fact: Citation | Deadline | Duty) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(fact.as_dict(), ensure_ascii=False))
    return plain


def document_from(data: bytes) -> Document:
    """Return a document from its JSON. Raises ValidationError."""
    return _document_adapter().validate_json(data)


def facts_from(data: bytes) -> Facts:
    """Return facts from their JSON. Raises ValidationError."""
    return _facts_adapter().validate_json(data)


def plain_json(part: Document | Facts) -> dict[str, Any]:
    """Return a document or facts as JSON has them; ``document_from`` and ``facts_from`` are the way back."""
    adapter: TypeAdapter[Any] = _document_adapter() if isinstance(part, Document) else _facts_adapter()
    plain: dict[str, Any] = adapter.dump_python(part, mode="json")
    return plain


def document_of(row: DocumentRow | ReadingRow) -> Document:
    """Return the document in a row."""
    return document_from(zlib.decompress(row.document))


def stored_of(row: DocumentRow) -> Stored:
    """Return the directive in a row."""
    return Stored(info_of(row), document_of(row), facts_of(row))


def info_of(row: DocumentRow) -> DocumentInfo:
    """Return what lists show of a row."""
    return record(DocumentInfo, row, status="partial" if row.failed_pages else "success")


def facts_of(row: DocumentRow | ReadingRow) -> Facts:
    """Return the facts in a row."""
    return facts_from(zlib.decompress(row.facts))


def owed_of(row: DocumentRow) -> Owed:
    """Return who must do what according to a row; faster than all of its facts."""
    return _owed_adapter().validate_json(zlib.decompress(row.facts))


def note_change(session: Session) -> None:
    """Say that a directive has been added, read anew, corrected, mended or removed."""
    session.merge(Meta(name=CHANGED, value=uuid.uuid4().hex))


def note_change_for_one(session: Session) -> None:
    """Say that an office has corrected a directive for itself, or taken that back."""
    session.merge(Meta(name=CHANGED_FOR_ONE, value=uuid.uuid4().hex))
