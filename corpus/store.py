"""Where directives are kept: SQLAlchemy over SQLite (PostgreSQL by URL), originals under their hash.

A directive is stored whole or not at all: the original is written first (atomically, under its content id), then
document, facts and their rows in one transaction. Storing the same bytes again changes nothing but the reading.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session, defer

from corpus.accounts import Accounts
from corpus.desk import Desk
from corpus.document import Decision, Document, content_id
from corpus.dump import Dump
from corpus.engine import open_engine, translated
from corpus.errors import CongvanError, NotFoundError
from corpus.facts import Facts, Relation
from corpus.journal import Journal
from corpus.originals import Originals, is_whole, open_originals, write_atomically
from corpus.rows import (
    CHANGED,
    NO_BLOBS,
    Cited,
    DocumentInfo,
    Owed,
    Stored,
    document_of,
    document_row,
    fact_rows,
    facts_of,
    folded_number,
    info_of,
    note_change,
    owed_of,
    packed,
    stored_of,
)
from corpus.schema import (
    CitationRow,
    DeadlineRow,
    DocumentRow,
    FormerNamesRow,
    JobRow,
    Meta,
    ReadingRow,
    RevisionRow,
    VersionRow,
)
from corpus.upgrade import bring_up_to_date
from corpus.upkeep import Upkeep
from corpus.versions import FormerNames, bridge_version, earlier_versions, note_version

#: By date, those without one last, on every database.
_NEWEST_FIRST = (DocumentRow.date.desc().nulls_last(), DocumentRow.id)

__all__ = ["Cited", "DocumentInfo", "Job", "Owed", "Store", "Stored", "folded_number", "write_atomically"]


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of background work (nạp văn bản): status is queued, running, done or failed."""

    id: str
    created_at: datetime
    status: str
    payload: dict[str, Any]


class Store:
    """Documents, facts and jobs of one office. Make one with ``Store.open``; it may be shared by threads."""

    def __init__(self, engine: Engine, originals: Originals) -> None:
        self._engine = engine
        self._revisions: tuple[str, Mapping[str, str]] = ("", {})
        #: the files as received
        self.originals = originals
        #: all rows, for a backup and back
        self.dump = Dump(engine)
        #: whether the rows agree
        self.upkeep = Upkeep(engine)
        #: what people noted and corrected
        self.desk = Desk(engine, translated)
        #: who may come in
        self.accounts = Accounts(engine, translated)
        #: how far the files from the sources have come, and who may write
        self.journal = Journal(engine, translated)

    @classmethod
    def open(cls, url: str, originals: Path, originals_url: str | None = None) -> Store:
        """Open, and make on first use, the store at a database URL with its folder of originals, or with those at a
        URL that fsspec knows.

        Raises CongvanError when the tables are newer than the program, BusyError when the database is locked.
        """
        engine = open_engine(url)
        store = cls(engine, open_originals(originals, originals_url))
        with translated():
            bring_up_to_date(engine)
        return store

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def save(
        self,
        document: Document,
        facts: Facts,
        original: bytes | None,
        now: datetime,
        reading: tuple[Document, Facts] | None = None,
    ) -> None:
        """Store a directive with its facts, replacing an earlier state of the same bytes.

        ``original`` must be the bytes the document was read from; None where they are stored already. ``reading``
        is what the machine read, where people's corrections are in ``document`` and ``facts``. Nothing is kept if
        anything fails, except the original itself, which is harmless: it is named by its content.
        """
        if original is not None:
            if content_id(original) != document.id:
                raise CongvanError("Nội dung tệp gốc không khớp với mã của văn bản.", "Hãy nạp lại tệp.")
            self.originals.keep(document.id, original)
        with translated(), Session(self._engine) as session, session.begin():
            known = session.get(DocumentRow, document.id)
            received = known.received_at if known is not None else now
            if known is not None:
                self._delete(session, document.id)
            row = document_row(document, facts, received, now)
            session.add(row)
            session.flush()
            note_version(session, row)
            session.add_all(fact_rows(document.id, facts))
            session.add(RevisionRow(document_id=document.id, token=uuid.uuid4().hex))
            if reading is not None:
                session.add(ReadingRow(document_id=document.id, document=packed(reading[0]), facts=packed(reading[1])))
            note_change(session)

    def _delete(self, session: Session, document_id: str) -> None:
        for table in (CitationRow, DeadlineRow, RevisionRow, ReadingRow, VersionRow):
            session.execute(delete(table).where(table.document_id == document_id))
        session.execute(delete(DocumentRow).where(DocumentRow.id == document_id))
        session.expunge_all()

    def remove(self, document_id: str, former: Mapping[str, FormerNames] | None = None) -> None:
        """Take a directive out of the store; the original stays under its hash. ``former`` are, by later copy, the
        names that its duties have from this one and those before."""
        with translated(), Session(self._engine) as session, session.begin():
            if session.get(DocumentRow, document_id) is None:
                raise _unknown(document_id)
            bridge_version(session, document_id)
            self._delete(session, document_id)
            for later, names in (former or {}).items():
                known = session.get(FormerNamesRow, later)
                kept = {} if known is None else known.names
                fresh = {duty: list(every) for duty, every in names.items()}
                session.merge(FormerNamesRow(document=later, names={**kept, **fresh}))
            note_change(session)

    def former_names(self) -> dict[str, FormerNames]:
        """Return for copies that stayed the names that their duties had in those that were taken out."""
        with translated(), Session(self._engine) as session:
            rows = session.scalars(select(FormerNamesRow))
            return {row.document: {duty: tuple(names) for duty, names in row.names.items()} for row in rows}

    def earlier(self, ids: Collection[str]) -> dict[str, str]:
        """Return for those of the directives that came before in other bytes (same number, issuer and year) the id of
        the version before."""
        with translated(), Session(self._engine) as session:
            return earlier_versions(session, ids)

    def reading(self, document_id: str) -> tuple[Document, Facts]:
        """Return what the machine read of a directive, before any correction. Raises NotFoundError."""
        with translated(), Session(self._engine) as session:
            row = session.get(ReadingRow, document_id) or session.get(DocumentRow, document_id)
            if row is None:
                raise _unknown(document_id)
            return document_of(row), facts_of(row)

    def get(self, document_id: str) -> Stored:
        """Return one stored directive by its full id. Raises NotFoundError."""
        with translated(), Session(self._engine) as session:
            row = session.get(DocumentRow, document_id)
            if row is None:
                raise _unknown(document_id)
            return stored_of(row)

    def has(self, document_id: str) -> bool:
        """Whether these very bytes are stored."""
        with translated(), Session(self._engine) as session:
            return session.get(DocumentRow, document_id) is not None

    def find(self, reference: str) -> list[DocumentInfo]:
        """Return the directives that ``reference`` may mean: id or its beginning (8+ hex), number, or file name."""
        wanted = reference.strip()
        with translated(), Session(self._engine) as session:
            by_id = select(DocumentRow).where(DocumentRow.id.startswith(wanted.lower(), autoescape=True))
            by_number = select(DocumentRow).where(DocumentRow.number_folded == folded_number(wanted))
            by_source = select(DocumentRow).where(DocumentRow.source == wanted)
            for query in ([by_id] if len(wanted) >= 8 else []) + [by_number, by_source]:
                rows = session.scalars(query.order_by(*_NEWEST_FIRST)).all()
                if rows:
                    return [info_of(row) for row in rows]
        return []

    def numbered(self, numbers: Collection[str]) -> dict[str, str]:
        """Return for the folded numbers that are stored the id of the newest directive of that number."""
        with translated(), Session(self._engine) as session:
            query = select(DocumentRow.number_folded, DocumentRow.id).where(
                DocumentRow.number_folded.in_({folded_number(number) for number in numbers})
            )
            rows = session.execute(query.order_by(DocumentRow.date.nulls_first(), DocumentRow.id))
            return {row[0]: row[1] for row in rows if row[0] is not None}

    def documents(self) -> list[DocumentInfo]:
        """Return all directives, newest date first, undated last."""
        with translated(), Session(self._engine) as session:
            query = select(DocumentRow).options(*NO_BLOBS).order_by(*_NEWEST_FIRST)
            return [info_of(row) for row in session.scalars(query)]

    def infos(self, ids: Collection[str]) -> Iterator[DocumentInfo]:
        """Yield what lists show of directives, in order of id."""
        wanted = sorted(ids)
        for at in range(0, len(wanted), 500):
            with translated(), Session(self._engine) as session:
                query = select(DocumentRow).options(*NO_BLOBS).where(DocumentRow.id.in_(wanted[at : at + 500]))
                yield from map(info_of, session.scalars(query.order_by(DocumentRow.id)))

    def ids(self) -> frozenset[str]:
        """Return the ids of all directives."""
        with translated(), Session(self._engine) as session:
            return frozenset(session.scalars(select(DocumentRow.id)))

    def revisions(self) -> Mapping[str, str]:
        """Return for the id of every directive the word that changes whenever it is read anew or corrected.

        Read from the database once for every change of the store: all that is kept in memory asks for it after one.
        """
        fingerprint = self.fingerprint()
        known = self._revisions
        if known[0] != fingerprint:
            with translated(), Session(self._engine) as session:
                rows = session.execute(select(RevisionRow.document_id, RevisionRow.token))
                known = self._revisions = fingerprint, {row[0]: row[1] for row in rows}
        return known[1]

    def revision(self, document_id: str) -> str:
        """Return that word of one directive, empty where it is not stored."""
        with translated(), Session(self._engine) as session:
            row = session.get(RevisionRow, document_id)
            return "" if row is None else row.token

    def owed(self, ids: Collection[str]) -> Iterator[tuple[DocumentInfo, Owed]]:
        """Yield directives with what they ask for, without text and the other facts, in order of id."""
        wanted = sorted(ids)
        for at in range(0, len(wanted), 200):
            with translated(), Session(self._engine) as session:
                query = select(DocumentRow).options(defer(DocumentRow.document))
                query = query.where(DocumentRow.id.in_(wanted[at : at + 200])).order_by(DocumentRow.id)
                for row in session.scalars(query):
                    yield info_of(row), owed_of(row)

    def stored(self) -> Iterator[Stored]:
        """Yield every directive with text and facts, one at a time, in order of id."""
        with translated(), Session(self._engine) as session:
            ids = session.scalars(select(DocumentRow.id).order_by(DocumentRow.id)).all()
        for document_id in ids:
            yield self.get(document_id)

    def headers(self, ids: Collection[str] | None = None) -> Iterator[tuple[DocumentInfo, Facts]]:
        """Yield every directive, or those of ``ids``, with its facts, without its text."""
        query = select(DocumentRow).options(defer(DocumentRow.document)).order_by(DocumentRow.id)
        wanted = None if ids is None else sorted(ids)
        for some in [None] if wanted is None else [wanted[at : at + 500] for at in range(0, len(wanted), 500)]:
            with translated(), Session(self._engine) as session:
                asked = query if some is None else query.where(DocumentRow.id.in_(some))
                for row in session.scalars(asked):
                    yield info_of(row), facts_of(row)

    def tied_by(self, relation: Relation) -> set[str]:
        """Return the ids of the directives that cite a stored one in this relation, by its number, and of these."""
        cites = CitationRow.payload["relation"].as_string() == relation.value
        with translated(), Session(self._engine) as session:
            query = (
                select(CitationRow.document_id, DocumentRow.id)
                .join(DocumentRow, DocumentRow.number_folded == CitationRow.number_folded)
                .where(cites)
            )
            return {key for pair in session.execute(query) for key in pair}

    def citing(self, folded: str) -> list[tuple[DocumentInfo, dict[str, Any]]]:
        """Return (citing directive, citation as data) for all citations of a folded number."""
        with translated(), Session(self._engine) as session:
            query = (
                select(DocumentRow, CitationRow.payload)
                .join(CitationRow, CitationRow.document_id == DocumentRow.id)
                .where(CitationRow.number_folded == folded)
                .order_by(*_NEWEST_FIRST, CitationRow.id)
            )
            return [(info_of(row), payload) for row, payload in session.execute(query)]

    def deadlines(
        self, since: str | None = None, until: str | None = None
    ) -> list[tuple[DocumentInfo, dict[str, Any]]]:
        """Return (directive, deadline as data) by date; ISO bounds are inclusive; undated ones come last."""
        with translated(), Session(self._engine) as session:
            query = select(DocumentRow, DeadlineRow.payload).join(
                DeadlineRow, DeadlineRow.document_id == DocumentRow.id
            )
            if since is not None:
                query = query.where(DeadlineRow.due >= since)
            if until is not None:
                query = query.where(DeadlineRow.due <= until)
            query = query.order_by(DeadlineRow.due.nulls_last(), DocumentRow.id, DeadlineRow.id)
            return [(info_of(row), payload) for row, payload in session.execute(query)]

    def clean_texts(self) -> Iterator[str]:
        """Yield the text of pages that were good as they came, to adapt the restorer to this office's words."""
        with translated(), Session(self._engine) as session:
            rows = session.scalars(
                select(DocumentRow).where(DocumentRow.decisions.contains(Decision.KEEP.value)).order_by(DocumentRow.id)
            )
            for row in rows:
                for page in document_of(row).pages:
                    if page.decision is Decision.KEEP and page.error is None and page.text:
                        yield page.text

    def fingerprint(self) -> str:
        """Return a short string that changes whenever any directive is added, read anew, corrected or removed."""
        with translated(), Session(self._engine) as session:
            changed = session.get(Meta, CHANGED)
            if changed is not None:
                return changed.value
            count, newest = session.execute(select(func.count(), func.max(DocumentRow.read_at))).one()
            return f"{count}:{newest.isoformat() if newest else ''}"

    def original(self, document_id: str) -> bytes:
        """Return the file as received. Raises NotFoundError, CongvanError when it is not what was received."""
        data = self.originals.get(document_id)
        if data is None:
            raise _unknown(document_id)
        if not is_whole(document_id, data):
            raise CongvanError(
                f"Tệp gốc của văn bản “{document_id[:16]}” đã hỏng trên đĩa.",
                "Hãy chạy congvan check để biết cách sửa.",
            )
        return data

    def sweep(self) -> int:
        """Delete what killed programs left half written among the originals; return how many files that were."""
        return self.originals.sweep()

    def put_job(self, job: Job) -> None:
        """Insert or update a job."""
        with translated(), Session(self._engine) as session, session.begin():
            session.merge(JobRow(id=job.id, created_at=job.created_at, status=job.status, payload=job.payload))

    def job(self, job_id: str) -> Job:
        """Return a job. Raises NotFoundError."""
        with translated(), Session(self._engine) as session:
            row = session.get(JobRow, job_id)
            if row is None:
                raise NotFoundError("Không có công việc nào mang mã này.")
            return Job(row.id, row.created_at, row.status, row.payload)

    def unfinished_jobs(self) -> list[Job]:
        """Return the jobs that are queued or running, oldest first."""
        with translated(), Session(self._engine) as session:
            query = select(JobRow).where(JobRow.status.in_(["queued", "running"])).order_by(JobRow.created_at)
            return [Job(row.id, row.created_at, row.status, row.payload) for row in session.scalars(query)]


def _unknown(document_id: str) -> NotFoundError:
    return NotFoundError(
        f"Không có văn bản nào mang mã “{document_id[:16]}”.", "Hãy xem danh sách ở trang Văn bản (lệnh congvan show)."
    )
