"""What people note beside the directives: saved units, duties done, corrections, and the audit log of all of it.

Nothing here is ever deleted: what is taken back keeps its row with the time, and every change has a row in the log.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from corpus.corrections import Correction
from corpus.errors import NotFoundError
from corpus.fields import record
from corpus.rows import CHANGED_FOR_ONE, note_change_for_one
from corpus.schema import AuditRow, CorrectionRow, EventRow, FeedRow, MailRow, Meta, TickRow, UnitRow


@dataclass(frozen=True, slots=True)
class SavedUnit:
    """A unit (đơn vị) with its id and what it is: kind, level, province, district, commune, name, e-mail."""

    id: str
    saved_at: datetime
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tick:
    """A duty that a unit has done, with its note."""

    id: str
    unit_id: str
    duty: str
    done_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Audit:
    """A row of the log: when, what was done, to what, with which values, by whom of which office, from where.

    ``who`` is empty for the server's own command line and for the time before anybody had to sign in.
    """

    at: datetime
    action: str
    subject: str
    payload: dict[str, Any]
    who: str = ""
    office: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """Who makes a change: name, office and network address as they stand in the log."""

    who: str = ""
    office: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed tells of an event: a digest of all of it, and what is kept for when its duty has vanished."""

    digest: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """An event as it is given out: how often it has changed since it was first told, and when it last did.

    ``payload`` is what was told of it last.
    """

    sequence: int
    modified_at: datetime
    payload: dict[str, Any]


#: Marks that were put at the same time have so much of their ids in common.
_ACT = 28
#: Stands in place of the digest of an event whose duty has vanished.
_GONE = "gone"


class Desk:
    """Units, ticks, corrections and the audit log of one store; part of ``corpus.store.Store``."""

    def __init__(self, engine: Engine, guarded: Callable[[], AbstractContextManager[None]]) -> None:
        self._engine = engine
        self._guarded = guarded
        #: tells who makes a change; whoever opens the store puts in what knows
        self.by: Callable[[], By] = By

    # units

    def save_unit(self, unit_id: str, payload: dict[str, Any], now: datetime) -> SavedUnit:
        """Save a unit, or bring back a removed one of the same id."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = session.get(UnitRow, unit_id)
            known = row is not None and row.removed_at is None and row.payload == payload
            if row is None:
                row = UnitRow(id=unit_id, saved_at=now, removed_at=None, payload=payload)
                session.add(row)
            else:
                row.removed_at, row.payload = None, payload
            if not known:
                self._log(session, now, "unit.save", unit_id, payload)
            return SavedUnit(row.id, row.saved_at, row.payload)

    def units(self) -> list[SavedUnit]:
        """Return the saved units, oldest first."""
        with self._guarded(), Session(self._engine) as session:
            query = select(UnitRow).where(UnitRow.removed_at.is_(None)).order_by(UnitRow.saved_at, UnitRow.id)
            return [SavedUnit(row.id, row.saved_at, row.payload) for row in session.scalars(query)]

    def unit(self, unit_id: str, *, removed: bool = False) -> SavedUnit:
        """Return a saved unit; with ``removed`` also one that was taken off the list. Raises NotFoundError."""
        with self._guarded(), Session(self._engine) as session:
            row = session.get(UnitRow, unit_id)
            if row is None or (row.removed_at is not None and not removed):
                raise _no_unit()
            return SavedUnit(row.id, row.saved_at, row.payload)

    def remove_unit(self, unit_id: str, now: datetime) -> SavedUnit:
        """Take a saved unit off the list; its ticks stay. Raises NotFoundError."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = session.get(UnitRow, unit_id)
            if row is None or row.removed_at is not None:
                raise _no_unit()
            row.removed_at = now
            self._log(session, now, "unit.remove", unit_id, row.payload)
            return SavedUnit(row.id, row.saved_at, row.payload)

    def restore_unit(self, unit_id: str, now: datetime) -> SavedUnit:
        """Bring a removed unit back. Raises NotFoundError."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = session.get(UnitRow, unit_id)
            if row is None:
                raise _no_unit()
            if row.removed_at is not None:
                row.removed_at = None
                self._log(session, now, "unit.restore", unit_id, row.payload)
            return SavedUnit(row.id, row.saved_at, row.payload)

    # duties done

    def tick(self, unit_id: str, duty: str, note: str, now: datetime, names: Sequence[str] = ()) -> Tick:
        """Mark a duty as done; doing it again only changes the note. ``names`` are those that it has in other copies of
        its directive: it is done under these as well, whichever copy stays."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            act = uuid.uuid4().hex[:_ACT]
            every = enumerate(dict.fromkeys((duty, *names)))
            rows = [_ticked(session, unit_id, name, f"{act}{at:04x}", now) for at, name in every]
            for row in rows:
                row.note = note
            self._log(session, now, "duty.done", duty, {"unit": unit_id, "note": note})
            return _tick(rows[0])

    def untick(self, unit_id: str, duty: str, now: datetime, names: Sequence[str] = ()) -> bool:
        """Take the mark back, under all ``names`` and those that it was put under at the same time; tell whether there
        was one."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            query = select(TickRow).where(TickRow.unit_id == unit_id, TickRow.undone_at.is_(None))
            marks = session.scalars(query).all()
            acts = {row.id[:_ACT] for row in marks if row.duty in (duty, *names)}
            rows = [row for row in marks if row.id[:_ACT] in acts]
            for row in rows:
                row.undone_at = now
            if rows:
                self._log(session, now, "duty.undone", duty, {"unit": unit_id, "note": rows[0].note})
            return bool(rows)

    def ticks(self, unit_id: str) -> dict[str, Tick]:
        """Return what a unit has done, by duty."""
        with self._guarded(), Session(self._engine) as session:
            query = select(TickRow).where(TickRow.unit_id == unit_id, TickRow.undone_at.is_(None))
            return {row.duty: _tick(row) for row in session.scalars(query)}

    # corrections

    def put_correction(self, correction: Correction) -> None:
        """Keep a correction."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            session.add(
                CorrectionRow(
                    id=correction.id,
                    document_id=correction.document,
                    made_at=correction.made_at,
                    undone_at=None,
                    payload=correction.payload(),
                )
            )
            if not correction.shared:
                note_change_for_one(session)
            action, told = f"correct.{correction.action}", correction.as_dict()
            self._log(session, correction.made_at, action, correction.document, told)

    def corrections(self, document_id: str | None = None) -> list[Correction]:
        """Return the corrections that hold, of one directive or of all, oldest first."""
        with self._guarded(), Session(self._engine) as session:
            query = select(CorrectionRow).where(CorrectionRow.undone_at.is_(None))
            if document_id is not None:
                query = query.where(CorrectionRow.document_id == document_id)
            return [
                _correction(row) for row in session.scalars(query.order_by(CorrectionRow.made_at, CorrectionRow.id))
            ]

    def changed_for_one(self) -> str:
        """Return a word that changes with every correction that holds for one office alone; empty before the first."""
        with self._guarded(), Session(self._engine) as session:
            row = session.get(Meta, CHANGED_FOR_ONE)
            return "" if row is None else row.value

    def undo_correction(self, correction_id: str, now: datetime) -> Correction:
        """Take a correction back. Raises NotFoundError when it does not hold."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = session.get(CorrectionRow, correction_id)
            if row is None or row.undone_at is not None:
                raise NotFoundError("Không có chỗ sửa nào mang mã này, hoặc chỗ sửa đã được hoàn tác.")
            row.undone_at = now
            found = _correction(row)
            if not found.shared:
                note_change_for_one(session)
            self._log(session, now, "correct.undo", found.document, found.as_dict())
            return found

    # calendar feeds

    def events(self, owner: str, told: dict[str, Told], now: datetime) -> dict[str, Given]:
        """Return how the events of a unit's feed, given by UID, are given out; a change counts SEQUENCE up."""
        found: dict[str, Given] = {}
        with self._guarded(), Session(self._engine) as session, session.begin():
            events, feeds = _rows(session, EventRow, list(told)), _rows(session, FeedRow, list(told))
            for uid, said in told.items():
                row = events.get(uid)
                if row is None:
                    row = EventRow(uid=uid, digest=said.digest, sequence=0, modified_at=now)
                    session.add(row)
                elif row.digest != said.digest:
                    row.digest, row.sequence, row.modified_at = said.digest, row.sequence + 1, now
                feed = feeds.get(uid)
                if feed is None:
                    session.add(FeedRow(uid=uid, owner=owner, payload=said.payload))
                elif feed.payload != said.payload:
                    feed.payload = said.payload
                found[uid] = Given(row.sequence, row.modified_at, said.payload)
        return found

    def vanished(self, owner: str, alive: Collection[str], now: datetime, keep: timedelta) -> dict[str, Given]:
        """Return the events once told to a unit that are not among the UIDs ``alive``, for ``keep`` from when that
        was first seen; it counts SEQUENCE up once."""
        found: dict[str, Given] = {}
        with self._guarded(), Session(self._engine) as session, session.begin():
            feeds = session.scalars(select(FeedRow).where(FeedRow.owner == owner))
            gone = {row.uid: row for row in feeds if row.uid not in alive}
            for uid, row in _rows(session, EventRow, list(gone)).items():
                if row.digest != _GONE:
                    row.digest, row.sequence, row.modified_at = _GONE, row.sequence + 1, now
                elif row.modified_at + keep < now:
                    continue
                found[uid] = Given(row.sequence, row.modified_at, gone[uid].payload)
        return found

    # the log, the digest

    def audit(
        self,
        limit: int = 200,
        *,
        who: str | None = None,
        action: str | None = None,
        subject: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[Audit]:
        """Return the newest rows of the log, newest first: of one who, of actions and subjects that begin so, from
        ``since`` until before ``until``."""
        query = select(AuditRow)
        if who is not None:
            query = query.where(AuditRow.who == who)
        if action is not None:
            query = query.where(AuditRow.action.startswith(action, autoescape=True))
        if subject is not None:
            query = query.where(AuditRow.subject.startswith(subject, autoescape=True))
        if since is not None:
            query = query.where(AuditRow.at >= since)
        if until is not None:
            query = query.where(AuditRow.at < until)
        with self._guarded(), Session(self._engine) as session:
            rows = session.scalars(query.order_by(AuditRow.id.desc()).limit(limit))
            return [record(Audit, row) for row in rows]

    def _log(self, session: Session, now: datetime, action: str, subject: str, payload: dict[str, Any]) -> None:
        by = self.by()
        session.add(
            AuditRow(
                at=now, action=action, subject=subject, payload=payload,
                who=by.who, office=by.office, address=by.address,
            )
        )  # fmt: skip

    def mailed(self, unit_id: str) -> list[tuple[str, datetime]]:
        """Return the days on which a unit got its digest with the time of sending, newest first."""
        with self._guarded(), Session(self._engine) as session:
            query = select(MailRow).where(MailRow.unit_id == unit_id).order_by(MailRow.day.desc())
            return [(row.day, row.sent_at) for row in session.scalars(query)]

    def note_mail(self, unit_id: str, day: str, now: datetime) -> None:
        """Remember that a unit has got the digest of a day."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            session.merge(MailRow(unit_id=unit_id, day=day, sent_at=now))
            self._log(session, now, "digest.sent", unit_id, {"day": day})


_Row = TypeVar("_Row", EventRow, FeedRow)


def _rows(session: Session, kind: type[_Row], uids: Sequence[str]) -> dict[str, _Row]:
    """Return rows by UID; a database takes only so many values in one question."""
    rows: dict[str, _Row] = {}
    for at in range(0, len(uids), 500):
        rows |= {row.uid: row for row in session.scalars(select(kind).where(kind.uid.in_(uids[at : at + 500])))}
    return rows


def _open_tick(unit_id: str, duty: str) -> Any:
    return select(TickRow).where(TickRow.unit_id == unit_id, TickRow.duty == duty, TickRow.undone_at.is_(None))


def _ticked(session: Session, unit_id: str, duty: str, fresh: str, now: datetime) -> TickRow:
    """Return the mark of a duty, one with the id ``fresh`` where there is none."""
    row = session.scalars(_open_tick(unit_id, duty)).first()
    if row is None:
        row = TickRow(id=fresh, unit_id=unit_id, duty=duty, done_at=now, undone_at=None, note="")
        session.add(row)
    return row


def _tick(row: TickRow) -> Tick:
    return record(Tick, row)


def _correction(row: CorrectionRow) -> Correction:
    return Correction.from_payload(row.id, row.document_id, row.made_at, row.payload)


def _no_unit() -> NotFoundError:
    return NotFoundError("Không có đơn vị nào mang mã này.", "Hãy xem danh sách đơn vị đã lưu.")
