"""Versions of a directive: the same number, issuer and year in other bytes.

An office gives a number once a year (Nghị định 30/2020/NĐ-CP, Điều 15): two files that carry the same one are the same
directive, scanned again, sent again or put right. Neither takes the place of the other: both are kept, the later one
says which came before it, and a person decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from corpus.numbers import parse_number
from corpus.rows import NO_BLOBS
from corpus.schema import DocumentRow, VersionRow
from corpus.text import fold, squeeze

#: By the name of a duty those it had in other copies of its directive, the oldest first.
FormerNames = Mapping[str, tuple[str, ...]]
#: Later versions are few: of so many directives all of them are read. A database takes only so many values in one
#: question besides.
_MANY = 500


def note_version(session: Session, row: DocumentRow) -> None:
    """Note the directive that ``row`` is a later version of, if there is one.

    What is not known (no number, issuer or year) is the same as nothing.
    """
    identity = _identity(row)
    if identity is None:
        return
    query = select(DocumentRow).options(*NO_BLOBS)
    query = query.where(DocumentRow.number_folded == row.number_folded, DocumentRow.id != row.id)
    before = or_(
        DocumentRow.received_at < row.received_at,
        (DocumentRow.received_at == row.received_at) & (DocumentRow.id < row.id),
    )
    for other in session.scalars(query.where(before).order_by(DocumentRow.received_at.desc(), DocumentRow.id.desc())):
        if _identity(other) == identity:
            session.merge(VersionRow(document_id=row.id, earlier=other.id))
            return


def bridge_version(session: Session, document_id: str) -> None:
    """Let what came after a directive follow on what came before it, because the directive is taken out."""
    own = session.get(VersionRow, document_id)
    after = VersionRow.earlier == document_id
    if own is None:
        session.execute(delete(VersionRow).where(after))
    else:
        session.execute(update(VersionRow).where(after).values(earlier=own.earlier))


def earlier_versions(session: Session, ids: Collection[str]) -> dict[str, str]:
    """Return for those of the directives that are later versions the id of the one before."""
    query = select(VersionRow.document_id, VersionRow.earlier)
    if len(ids) <= _MANY:
        query = query.where(VersionRow.document_id.in_(ids))
    wanted = frozenset(ids)
    return {row[0]: row[1] for row in session.execute(query) if row[0] in wanted}


def _identity(row: DocumentRow) -> tuple[str, str, str] | None:
    number = parse_number(row.number) if row.number else None
    year = row.date[:4] if row.date else number.year if number is not None else None
    if row.number_folded is None or not row.issuer or not year:
        return None
    return row.number_folded, fold(squeeze(row.issuer)), str(year)
