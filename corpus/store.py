"""Where directives are kept: SQLAlchemy over SQLite (PostgreSQL by URL), originals under their hash.

A directive is stored whole or not at all: the original is written first (atomically, under its content id), then
document, facts and their rows in one transaction. Storing the same bytes again changes nothing but the reading.
"""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Engine,
    create_engine,
    delete,
    event,
    func,
    select,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from corpus.document import Decision, Document, content_id
from corpus.errors import BusyError, CongvanError, NotFoundError
from corpus.facts import Citation, Deadline, Duty, Facts, Header
from corpus.numbers import document_key, parse_number
from corpus.schema import SCHEMA_VERSION, Base, CitationRow, DeadlineRow, DocumentRow, JobRow, Meta
from corpus.text import fold, squeeze


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
class Job:
    """A piece of background work (nạp văn bản): status is queued, running, done or failed."""

    id: str
    created_at: datetime
    status: str
    payload: dict[str, Any]


class Store:
    """Documents, facts and jobs of one office. Make one with ``Store.open``; it may be shared by threads."""

    def __init__(self, engine: Engine, originals: Path) -> None:
        self._engine = engine
        self._originals = originals

    @classmethod
    def open(cls, url: str, originals: Path) -> Store:
        """Open, and make on first use, the store at a database URL with its folder of originals.

        Raises CongvanError when the tables were made by another schema, BusyError when the database is locked.
        """
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _sqlite_pragmas)
        originals.mkdir(parents=True, exist_ok=True)
        store = cls(engine, originals)
        with store._translated():
            Base.metadata.create_all(engine)
            with Session(engine) as session, session.begin():
                _check_schema(session)
        return store

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def save(self, document: Document, facts: Facts, original: bytes, now: datetime) -> None:
        """Store a directive with its facts, replacing an earlier reading of the same bytes.

        ``original`` must be the bytes the document was read from. Nothing is kept if anything fails, except the
        original itself, which is harmless: it is named by its content.
        """
        if content_id(original) != document.id:
            raise CongvanError("Nội dung tệp gốc không khớp với mã của văn bản.", "Hãy nạp lại tệp.")
        self._keep_original(document.id, original)
        with self._translated(), Session(self._engine) as session, session.begin():
            known = session.get(DocumentRow, document.id)
            received = known.received_at if known is not None else now
            if known is not None:
                self._delete(session, document.id)
            session.add(_row(document, facts, received, now))
            session.flush()
            session.add_all(_fact_rows(document.id, facts))

    def _delete(self, session: Session, document_id: str) -> None:
        for table in (CitationRow, DeadlineRow):
            session.execute(delete(table).where(table.document_id == document_id))
        session.execute(delete(DocumentRow).where(DocumentRow.id == document_id))
        session.expunge_all()

    def remove(self, document_id: str) -> None:
        """Take a directive out of the store; the original stays under its hash."""
        with self._translated(), Session(self._engine) as session, session.begin():
            if session.get(DocumentRow, document_id) is None:
                raise _unknown(document_id)
            self._delete(session, document_id)

    def get(self, document_id: str) -> Stored:
        """Return one stored directive by its full id. Raises NotFoundError."""
        with self._translated(), Session(self._engine) as session:
            row = session.get(DocumentRow, document_id)
            if row is None:
                raise _unknown(document_id)
            return _stored(row)

    def has(self, document_id: str) -> bool:
        """Whether these very bytes are stored."""
        with self._translated(), Session(self._engine) as session:
            return session.get(DocumentRow, document_id) is not None

    def find(self, reference: str) -> list[DocumentInfo]:
        """Return the directives that ``reference`` may mean: id or its beginning (8+ hex), number, or file name."""
        wanted = reference.strip()
        with self._translated(), Session(self._engine) as session:
            by_id = select(DocumentRow).where(DocumentRow.id.startswith(wanted.lower(), autoescape=True))
            by_number = select(DocumentRow).where(DocumentRow.number_folded == folded_number(wanted))
            by_source = select(DocumentRow).where(DocumentRow.source == wanted)
            for query in ([by_id] if len(wanted) >= 8 else []) + [by_number, by_source]:
                rows = session.scalars(query.order_by(DocumentRow.date.desc(), DocumentRow.id)).all()
                if rows:
                    return [_info(row) for row in rows]
        return []

    def documents(self) -> list[DocumentInfo]:
        """Return all directives, newest date first, undated last."""
        with self._translated(), Session(self._engine) as session:
            order = (DocumentRow.date.is_(None), DocumentRow.date.desc(), DocumentRow.id)
            return [_info(row) for row in session.scalars(select(DocumentRow).order_by(*order))]

    def stored(self) -> Iterator[Stored]:
        """Yield every directive with text and facts, one at a time, in order of id."""
        with self._translated(), Session(self._engine) as session:
            ids = session.scalars(select(DocumentRow.id).order_by(DocumentRow.id)).all()
        for document_id in ids:
            yield self.get(document_id)

    def headers(self) -> Iterator[tuple[DocumentInfo, Facts]]:
        """Yield every directive with its facts, without its text."""
        with self._translated(), Session(self._engine) as session:
            for row in session.scalars(select(DocumentRow).order_by(DocumentRow.id)):
                yield _info(row), _facts_adapter().validate_json(zlib.decompress(row.facts))

    def citing(self, folded: str) -> list[tuple[DocumentInfo, dict[str, Any]]]:
        """Return (citing directive, citation as data) for all citations of a folded number."""
        with self._translated(), Session(self._engine) as session:
            query = (
                select(DocumentRow, CitationRow.payload)
                .join(CitationRow, CitationRow.document_id == DocumentRow.id)
                .where(CitationRow.number_folded == folded)
                .order_by(DocumentRow.date.desc(), CitationRow.id)
            )
            return [(_info(row), payload) for row, payload in session.execute(query)]

    def deadlines(
        self, since: str | None = None, until: str | None = None
    ) -> list[tuple[DocumentInfo, dict[str, Any]]]:
        """Return (directive, deadline as data) by date; ISO bounds are inclusive; undated ones come last."""
        with self._translated(), Session(self._engine) as session:
            query = select(DocumentRow, DeadlineRow.payload).join(
                DeadlineRow, DeadlineRow.document_id == DocumentRow.id
            )
            if since is not None:
                query = query.where(DeadlineRow.due >= since)
            if until is not None:
                query = query.where(DeadlineRow.due <= until)
            query = query.order_by(DeadlineRow.due.is_(None), DeadlineRow.due, DocumentRow.id, DeadlineRow.id)
            return [(_info(row), payload) for row, payload in session.execute(query)]

    def clean_texts(self) -> Iterator[str]:
        """Yield the text of pages that were good as they came, to adapt the restorer to this office's words."""
        with self._translated(), Session(self._engine) as session:
            rows = session.scalars(
                select(DocumentRow).where(DocumentRow.decisions.contains(Decision.KEEP.value)).order_by(DocumentRow.id)
            )
            for row in rows:
                for page in _document(row).pages:
                    if page.decision is Decision.KEEP and page.error is None and page.text:
                        yield page.text

    def fingerprint(self) -> str:
        """Return a short string that changes whenever any directive is added, read anew or removed."""
        with self._translated(), Session(self._engine) as session:
            count, newest = session.execute(select(func.count(), func.max(DocumentRow.read_at))).one()
            return f"{count}:{newest.isoformat() if newest else ''}"

    def original(self, document_id: str) -> bytes:
        """Return the file as received. Raises NotFoundError."""
        path = self._original_path(document_id)
        if not path.is_file():
            raise _unknown(document_id)
        return path.read_bytes()

    def put_job(self, job: Job) -> None:
        """Insert or update a job."""
        with self._translated(), Session(self._engine) as session, session.begin():
            session.merge(JobRow(id=job.id, created_at=job.created_at, status=job.status, payload=job.payload))

    def job(self, job_id: str) -> Job:
        """Return a job. Raises NotFoundError."""
        with self._translated(), Session(self._engine) as session:
            row = session.get(JobRow, job_id)
            if row is None:
                raise NotFoundError("Không có công việc nào mang mã này.")
            return Job(row.id, row.created_at, row.status, row.payload)

    def unfinished_jobs(self) -> list[Job]:
        """Return the jobs that are queued or running, oldest first."""
        with self._translated(), Session(self._engine) as session:
            query = select(JobRow).where(JobRow.status.in_(["queued", "running"])).order_by(JobRow.created_at)
            return [Job(row.id, row.created_at, row.status, row.payload) for row in session.scalars(query)]

    def _original_path(self, document_id: str) -> Path:
        return self._originals / document_id[:2] / document_id

    def _keep_original(self, document_id: str, data: bytes) -> None:
        path = self._original_path(document_id)
        if not path.exists():
            write_atomically(path, data)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if "locked" in str(error):
                raise BusyError("Kho dữ liệu đang được chương trình khác ghi.", "Hãy thử lại sau ít phút.") from error
            raise CongvanError(
                f"Không mở được kho dữ liệu: {error.orig}.", "Hãy kiểm tra CONGVAN_HOME và CONGVAN_DATABASE_URL."
            ) from error


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file under a temporary name beside it, flush it to disk and rename it into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def folded_number(number: str) -> str:
    """Return the form under which numbers are looked up: repaired if it parses, folded, no blanks, no zeros ahead."""
    parsed = parse_number(number)
    text = str(replace(parsed, serial=parsed.serial.lstrip("0") or "0")) if parsed else number.lstrip("0")
    return "".join(fold(squeeze(text)).split())


def _sqlite_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _check_schema(session: Session) -> None:
    known = session.get(Meta, "schema")
    if known is None:
        session.add(Meta(name="schema", value=str(SCHEMA_VERSION)))
    elif known.value != str(SCHEMA_VERSION):
        raise CongvanError(
            f"Kho dữ liệu thuộc phiên bản {known.value}, chương trình cần phiên bản {SCHEMA_VERSION}.",
            "Hãy dùng đúng phiên bản chương trình hoặc nạp lại văn bản vào một CONGVAN_HOME mới.",
        )


@lru_cache(maxsize=1)
def _document_adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@lru_cache(maxsize=1)
def _facts_adapter() -> TypeAdapter[Facts]:
    return TypeAdapter(Facts)


def _row(document: Document, facts: Facts, received: datetime, now: datetime) -> DocumentRow:
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
        document=zlib.compress(_document_adapter().dump_json(document)),
        facts=zlib.compress(_facts_adapter().dump_json(facts)),
    )


def _own_key(header: Header) -> str | None:
    number = parse_number(header.number) if header.number else None
    if number is None:
        return None
    return document_key(number, year=int(header.date[:4]) if header.date else None, issuer=header.issuer)


def _fact_rows(document_id: str, facts: Facts) -> list[Base]:
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


def _document(row: DocumentRow) -> Document:
    return _document_adapter().validate_json(zlib.decompress(row.document))


def _stored(row: DocumentRow) -> Stored:
    return Stored(_info(row), _document(row), _facts_adapter().validate_json(zlib.decompress(row.facts)))


def _info(row: DocumentRow) -> DocumentInfo:
    return DocumentInfo(
        id=row.id,
        source=row.source,
        media_type=row.media_type,
        received_at=row.received_at,
        number=row.number,
        date=row.date,
        issuer=row.issuer,
        issuer_level=row.issuer_level,
        doc_type=row.doc_type,
        subject=row.subject,
        school_year=row.school_year,
        pages=row.pages,
        status="partial" if row.failed_pages else "success",
    )


def _unknown(document_id: str) -> NotFoundError:
    return NotFoundError(
        f"Không có văn bản nào mang mã “{document_id[:16]}”.", "Hãy xem danh sách bằng lệnh congvan show."
    )
