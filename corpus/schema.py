"""The tables of the store (SQLAlchemy ORM). Only ``corpus.store`` uses them.

A directive is one row of ``documents`` with text and facts as compressed JSON; citations and deadlines stand in
rows of their own as well, because they are asked for across directives.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, LargeBinary, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

#: Changes with the tables; a store of another number is refused with a clear message.
SCHEMA_VERSION = 1


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
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    read_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
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
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    status: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
