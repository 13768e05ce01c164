"""The tables of the store (SQLAlchemy ORM). Only ``corpus.store`` uses them.

A directive is one row of ``documents`` with text and facts as compressed JSON; citations and deadlines stand in
rows of their own as well, because they are asked for across directives.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from corpus.engine import Moment

#: Changes with the tables, by one step in ``corpus.migrations`` each. An older store is brought up to date when it is
#: opened (``corpus.upgrade``); a newer one is refused with a clear message.
#: 1: documents, citations, deadlines, jobs. 2: revisions, readings, corrections, units, ticks, audit, mails, events.
#: 3: versions, arrivals, sightings, locks, nights. 4: feeds.
#: 5: users, api_keys, sign_ins, origins; who, office and address in audit.
#: 6: since when users are shut out. 7: former_names.
SCHEMA_VERSION = 7


class Base(DeclarativeBase):
    """The registry of all tables."""


class Meta(Base):
    """Facts about the store itself, by name."""

    __tablename__ = "meta"
    name: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[str]


class DocumentRow(Base):
    """A directive; the columns beside the payloads are what lists show and filters ask."""

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    source: Mapped[str] = mapped_column(index=True)
    media_type: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(Moment)
    read_at: Mapped[datetime] = mapped_column(Moment)
    number: Mapped[str | None] = mapped_column(index=True)
    number_folded: Mapped[str | None] = mapped_column(index=True)
    key: Mapped[str | None] = mapped_column(index=True)
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    issuer_level: Mapped[str | None]
    doc_type: Mapped[str | None]
    subject: Mapped[str | None]
    school_year: Mapped[str | None] = mapped_column(index=True)
    pages: Mapped[int]
    failed_pages: Mapped[int]
    decisions: Mapped[str]
    document: Mapped[bytes] = mapped_column(LargeBinary)
    facts: Mapped[bytes] = mapped_column(LargeBinary)


class CitationRow(Base):
    """A citation of a directive, looked up by the cited number."""

    __tablename__ = "citations"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(index=True)
    number_folded: Mapped[str] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)


class DeadlineRow(Base):
    """A dated duty of a directive, looked up by its day."""

    __tablename__ = "deadlines"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    due: Mapped[str | None] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)


class JobRow(Base):
    """A piece of background work."""

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)


class RevisionRow(Base):
    """The state of a directive as one word that changes whenever it is read anew or corrected."""

    __tablename__ = "revisions"
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(String(32))


class ReadingRow(Base):
    """What the machine read of a directive that people have corrected; ``documents`` holds the corrected state."""

    __tablename__ = "readings"
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    facts: Mapped[bytes] = mapped_column(LargeBinary)


class CorrectionRow(Base):
    """A correction by a person. It outlives the directive's reading, hence no foreign key."""

    __tablename__ = "corrections"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    document_id: Mapped[str] = mapped_column(String(64), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)


class UnitRow(Base):
    """A saved unit (đơn vị) with its place in the tree; a removed one is kept so that it can come back."""

    __tablename__ = "units"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)


class TickRow(Base):
    """A duty that a unit has marked as done (đã xong), with its note; undone ones are kept."""

    __tablename__ = "ticks"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(32), index=True)
    duty: Mapped[str] = mapped_column(String(64), index=True)
    done_at: Mapped[datetime] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text)


class AuditRow(Base):
    """Who saw, changed or took away what (nhật ký); rows are only ever added."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    who: Mapped[str] = mapped_column(String(100), server_default="", index=True)
    office: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str] = mapped_column(String(60), server_default="")


class MailRow(Base):
    """A daily digest that was sent, so that nobody gets it twice on one day."""

    __tablename__ = "mails"
    unit_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(Moment)


class EventRow(Base):
    """An event of a calendar feed as it was last given out, so that a change counts its sequence up."""

    __tablename__ = "events"
    uid: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int]
    modified_at: Mapped[datetime] = mapped_column(Moment)


class FeedRow(Base):
    """What was told of an event to the calendars of its unit (``owner``), for when its duty has vanished."""

    __tablename__ = "feeds"
    uid: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(32), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)


class VersionRow(Base):
    """A directive that came again in other bytes: same number, issuer and year as ``earlier``, which came before."""

    __tablename__ = "versions"
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    earlier: Mapped[str] = mapped_column(String(64), index=True)


class FormerNamesRow(Base):
    """The names that a directive's duties had in copies of it that were taken out since: by duty, the oldest first."""

    __tablename__ = "former_names"
    document: Mapped[str] = mapped_column(String(64), primary_key=True)
    names: Mapped[dict[str, list[str]]] = mapped_column(JSON)


class ArrivalRow(Base):
    """How far a file from a source has come (tiến độ); its id is the content id, so the same bytes are one row."""

    __tablename__ = "arrivals"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    source: Mapped[str]
    place: Mapped[str] = mapped_column(Text)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    stage: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), index=True)
    received_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)
    attempts: Mapped[int]
    next_at: Mapped[datetime | None] = mapped_column(Moment)
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    program: Mapped[str]


class SightingRow(Base):
    """What lies at a place of a source and in which state it was taken, so that nothing is fetched twice.

    ``key`` is a hash of the place (path, address, message part); ``stamp`` changes with what lies there.
    """

    __tablename__ = "sightings"
    source: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    stamp: Mapped[str]
    document_id: Mapped[str | None] = mapped_column(String(64), index=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    note: Mapped[dict[str, Any]] = mapped_column(JSON)


class LockRow(Base):
    """Who may write (khóa): an owner with an expiry; ``token`` is another one for every taking."""

    __tablename__ = "locks"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str]
    token: Mapped[str] = mapped_column(String(32))
    taken_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class NightRow(Base):
    """A nightly run with its report."""

    __tablename__ = "nights"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Moment, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    report: Mapped[dict[str, Any]] = mapped_column(JSON)


class UserRow(Base):
    """A person who signs in (người dùng)."""

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    role: Mapped[str] = mapped_column(String(10))
    password: Mapped[str] = mapped_column(String(200))
    office: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)


class KeyRow(Base):
    """A key of a program (khóa API): known by its prefix, proven by its hash; a revoked one is kept."""

    __tablename__ = "api_keys"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    prefix: Mapped[str] = mapped_column(String(16), unique=True)
    hash: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(10))
    office: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInRow(Base):
    """A sign-in that holds (phiên đăng nhập); ``id`` is the SHA-256 of the token in the cookie."""

    __tablename__ = "sign_ins"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class OriginRow(Base):
    """Which office brought a directive in first, and who of it."""

    __tablename__ = "origins"
    document_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    office: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    who: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)
