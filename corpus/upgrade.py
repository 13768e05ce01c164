"""Bringing the tables of an older store up to date, one version at a time, in the transaction that opens it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from corpus.errors import CongvanError
from corpus.rows import NO_BLOBS
from corpus.schema import DocumentRow, Meta, RevisionRow
from corpus.versions import note_version


def check(session: Session, wanted: int) -> None:
    """Note the version of a new store, upgrade an older one. Raises CongvanError where no upgrade leads there."""
    known = session.get(Meta, "schema")
    if known is None:
        session.add(Meta(name="schema", value=str(wanted)))
        return
    version = known.value
    while version != str(wanted):
        step = _STEPS.get(version)
        if step is None:
            raise CongvanError(
                f"Kho dữ liệu thuộc phiên bản {known.value}, chương trình cần phiên bản {wanted}.",
                "Hãy dùng đúng phiên bản chương trình hoặc nạp lại văn bản vào một CONGVAN_HOME mới.",
            )
        version = step(session)
    known.value = version


def _to_2(session: Session) -> str:
    """Give every directive a revision; the other tables of version 2 begin empty and are made by then."""
    have = set(session.scalars(select(RevisionRow.document_id)))
    for document_id in session.scalars(select(DocumentRow.id)):
        if document_id not in have:
            session.add(RevisionRow(document_id=document_id, token=uuid.uuid4().hex))
    return "2"


def _to_3(session: Session) -> str:
    """Find which directives came in other bytes before; the tables of progress begin empty and are made by then."""
    for row in session.scalars(select(DocumentRow).options(*NO_BLOBS).order_by(DocumentRow.received_at)):
        note_version(session, row)
    return "3"


def _to_4(_: Session) -> str:
    """The table of what feeds have told begins empty and is made by then."""
    return "4"


#: By version as stored: what brings a store from there to the version it returns.
_STEPS: dict[str, Callable[[Session], str]] = {"1": _to_2, "2": _to_3, "3": _to_4}
