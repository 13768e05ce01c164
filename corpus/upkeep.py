"""Whether the rows of the store agree with each other, and putting right what can be made from what is there.

A directive's payload (text and facts) is the truth; the columns that lists and filters use, its citations and dated
duties in rows of their own and its revision follow from it.
"""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Engine, delete, func, select
from sqlalchemy.orm import Session

from corpus.engine import translated
from corpus.rows import NO_BLOBS, document_of, document_row, fact_rows, facts_of, note_change
from corpus.schema import (
    CitationRow,
    DeadlineRow,
    DocumentRow,
    ReadingRow,
    RevisionRow,
    VersionRow,
)

#: Columns of a directive that are no payload and no time.
_COLUMNS = [
    column.name
    for column in DocumentRow.__table__.columns
    if column.name not in ("document", "facts", "received_at", "read_at")
]
_OF_DOCUMENT = (CitationRow, DeadlineRow, RevisionRow, ReadingRow, VersionRow)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many directives of each status, pages by how their directive was read (keep, repair, ocr, joined by commas),
    and pages that could not be read."""

    statuses: dict[str, int]
    pages: dict[str, int]
    failed_pages: int


class Upkeep:
    """The rows of one store; part of ``corpus.store.Store``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def damage(self) -> list[str]:
        """Return what the database says of its own file, nothing where that is sound; a server looks after itself."""
        with translated(), self._engine.connect() as connection:
            if connection.dialect.name != "sqlite":
                return []
            said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
            return [] if said == ["ok"] else said

    def wrong(self) -> Iterator[tuple[str, str]]:
        """Yield (directive, what is wrong): ``unreadable`` (its payload), ``rows``, ``revision``."""
        with translated(), Session(self._engine) as session:
            ids = session.scalars(select(DocumentRow.id).order_by(DocumentRow.id)).all()
        for document_id in ids:
            with translated(), Session(self._engine) as session:
                row = session.get(DocumentRow, document_id)
                what = None if row is None else _wrong(session, row)
            if what is not None:
                yield document_id, what

    def put_right(self, document_id: str) -> bool:
        """Make the rows of a directive from its payload again; tell whether that could be done."""
        with translated(), Session(self._engine) as session, session.begin():
            row = session.get(DocumentRow, document_id)
            if row is None:
                return True
            try:
                document, facts = document_of(row), facts_of(row)
            except (zlib.error, ValidationError):
                return False
            right = document_row(document, facts, row.received_at, row.read_at)
            for name in _COLUMNS:
                setattr(row, name, getattr(right, name))
            for table in (CitationRow, DeadlineRow):
                session.execute(delete(table).where(table.document_id == document_id))
            session.add_all(fact_rows(document_id, facts))
            session.merge(RevisionRow(document_id=document_id, token=uuid.uuid4().hex))
            note_change(session)
        return True

    def orphans(self, *, remove: bool = False) -> int:
        """Return how many rows belong to a directive that is not there; ``remove`` them."""
        found = 0
        known = select(DocumentRow.id)
        with translated(), Session(self._engine) as session, session.begin():
            lost: list[tuple[Any, ColumnElement[bool]]] = [(one, one.document_id.not_in(known)) for one in _OF_DOCUMENT]
            for table, which in [*lost, (VersionRow, VersionRow.earlier.not_in(known))]:
                found += session.scalar(select(func.count()).select_from(table).where(which)) or 0
                if remove:
                    session.execute(delete(table).where(which))
        return found

    def figures(self) -> Figures:
        """Count the directives and their pages."""
        with translated(), Session(self._engine) as session:
            failed = DocumentRow.failed_pages > 0
            statuses = session.execute(select(failed, func.count()).group_by(failed))
            named = {"partial" if partial else "success": number for partial, number in statuses}
            pages = session.execute(
                select(DocumentRow.decisions, func.sum(DocumentRow.pages)).group_by(DocumentRow.decisions)
            )
            lost = session.scalar(select(func.sum(DocumentRow.failed_pages)))
            return Figures(named, {row[0]: int(row[1]) for row in pages}, int(lost or 0))

    def cited(self) -> dict[str, int]:
        """Return for every directive how many citations it has in rows of their own."""
        with translated(), Session(self._engine) as session:
            counts = dict.fromkeys((row.id for row in session.scalars(select(DocumentRow).options(*NO_BLOBS))), 0)
            for document_id in session.scalars(select(CitationRow.document_id)):
                counts[document_id] = counts.get(document_id, 0) + 1
            return counts


def _wrong(session: Session, row: DocumentRow) -> str | None:
    try:
        document, facts = document_of(row), facts_of(row)
    except (zlib.error, ValidationError):
        return "unreadable"
    right = document_row(document, facts, row.received_at, row.read_at)
    if any(getattr(row, name) != getattr(right, name) for name in _COLUMNS):
        return "rows"
    wanted = fact_rows(row.id, facts)
    for table in (CitationRow, DeadlineRow):
        there = session.scalars(select(table).where(table.document_id == row.id).order_by(table.id)).all()
        if [_told(one) for one in there] != [_told(one) for one in wanted if isinstance(one, table)]:
            return "rows"
    return None if session.get(RevisionRow, row.id) is not None else "revision"


def _told(row: Any) -> list[Any]:
    return [getattr(row, column.name) for column in row.__table__.columns if column.name != "id"]
