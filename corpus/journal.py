"""The journal of the nightly work: how far each file has come, what was seen where, who may write, what each night did.

A file from a source is one row of ``arrivals`` under its content id. Its stage only says what need not be done again:
what a stage made lies beside the store until the directive is stored, and the store itself is asked for the rest. All
changes of one step are one transaction, so a killed program leaves the row at the last step that was finished.

The lock is a row as well, with an owner and an expiry, so that it holds between machines. Every write of the journal
looks whether the lock is still its own: a program that was stopped for so long that another one took over changes
nothing any more.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, func, select, update
from sqlalchemy.orm import Session

from corpus.errors import BusyError
from corpus.fields import columns, record
from corpus.schema import ArrivalRow, LockRow, NightRow, SightingRow


class Stage(StrEnum):
    """How far a file has come; each stage is finished when the row says so."""

    RECEIVED = "received"  #: its bytes are ours
    READ = "read"  #: every page was read
    RESTORED = "restored"  #: the Vietnamese is repaired, the document is put together
    EXTRACTED = "extracted"  #: its facts are found
    STORED = "stored"  #: it is in the store
    INDEXED = "indexed"  #: it can be searched


class State(StrEnum):
    """Whether anything is left to do for a file."""

    OPEN = "open"  #: on its way, or waiting for the next try
    DONE = "done"  #: stored and indexed
    PARTIAL = "partial"  #: stored and indexed, some pages could not be read in all tries
    BAD = "bad"  #: cannot be read; it lies in quarantine (cách ly) until the program is newer


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file on its way: ``source`` and ``place`` tell where it came from, ``name`` is its file name.

    ``attempts`` counts the tries that ended without success, ``next_at`` is when the next one may begin (None: now),
    ``kind`` is the name of the error with ``reason`` in Vietnamese, ``program`` the reader that met it.
    """

    id: str
    source: str
    place: str
    name: str
    size: int
    received_at: datetime
    stage: Stage = Stage.RECEIVED
    state: State = State.OPEN
    attempts: int = 0
    next_at: datetime | None = None
    kind: str = ""
    reason: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen at a place of a source: ``stamp`` changes with what lies there, ``note`` is the source's own."""

    source: str
    key: str
    stamp: str
    document: str | None
    seen_at: datetime
    note: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """A lock that is held."""

    name: str
    owner: str
    token: str


@dataclass(frozen=True, slots=True)
class Night:
    """A nightly run: ``ended_at`` is None for one that was broken off."""

    id: str
    started_at: datetime
    ended_at: datetime | None
    report: dict[str, Any]


class Journal:
    """The journal of one store; part of ``corpus.store.Store``. Threads may share it."""

    def __init__(self, engine: Engine, guarded: Callable[[], AbstractContextManager[None]]) -> None:
        self._engine = engine
        self._guarded = guarded
        self._held: Held | None = None

    # the lock

    def take(self, name: str, owner: str, now: datetime, lease: timedelta, gone: Callable[[str], bool]) -> Held:
        """Take a lock for ``lease``. Raises BusyError that names the owner when another one holds it.

        A lock is free when it has expired, when ``gone`` says that its owner is no more, and when its expiry lies
        farther ahead than any lease reaches: then the clock has been put back.
        """
        held = Held(name, owner, uuid.uuid4().hex)
        fresh = {"owner": owner, "token": held.token, "taken_at": now, "expires_at": now + lease}
        with self._guarded(), Session(self._engine) as session, session.begin():
            row = session.get(LockRow, name)
            if row is None:
                session.add(LockRow(name=name, **fresh))
            else:
                until = row.expires_at
                if now < until <= now + 2 * lease and not gone(row.owner):
                    raise _busy(row.owner)
                # somebody else may take it in this very moment: only one of the two meets the old token
                changed = session.execute(
                    update(LockRow).where(LockRow.name == name, LockRow.token == row.token).values(**fresh)
                )
                if _rows(changed) != 1:
                    raise _busy(row.owner)
        self._held = held
        return held

    def renew(self, now: datetime, lease: timedelta) -> None:
        """Hold the lock for another ``lease`` from now. Raises BusyError when it was lost."""
        with self._writing() as session:
            if self._held is not None:
                session.execute(update(LockRow).where(LockRow.token == self._held.token).values(expires_at=now + lease))

    def release(self) -> None:
        """Give the lock back; one that was lost is left alone."""
        held, self._held = self._held, None
        if held is not None:
            with self._guarded(), Session(self._engine) as session, session.begin():
                row = session.get(LockRow, held.name)
                if row is not None and row.token == held.token:
                    session.delete(row)

    def holder(self, name: str) -> str | None:
        """Return the owner that is written at a lock."""
        with self._guarded(), Session(self._engine) as session:
            row = session.get(LockRow, name)
            return None if row is None else row.owner

    # files on their way

    def receive(self, arrival: Arrival, sight: Sight | None = None) -> None:
        """Note that the bytes of a file are ours, and where they were seen, in one step."""
        with self._writing() as session:
            session.merge(_row(arrival, arrival.received_at))
            if sight is not None:
                session.merge(_sighting(sight))

    def arrival(self, document_id: str) -> Arrival | None:
        """Return the row of a file."""
        with self._guarded(), Session(self._engine) as session:
            row = session.get(ArrivalRow, document_id)
            return None if row is None else _arrival(row)

    def arrivals(self, state: State | None = None) -> list[Arrival]:
        """Return the rows of all files, or of those in a state, in the order they came."""
        return self._arrivals() if state is None else self._arrivals(ArrivalRow.state == state.value)

    def _arrivals(self, *which: ColumnElement[bool]) -> list[Arrival]:
        with self._guarded(), Session(self._engine) as session:
            query = select(ArrivalRow).where(*which).order_by(ArrivalRow.received_at, ArrivalRow.id)
            return [_arrival(row) for row in session.scalars(query)]

    def reach(self, stage: Stage, ids: Collection[str], now: datetime) -> None:
        """Note that files have finished a stage; one that is not in the journal is left alone."""
        with self._writing() as session:
            which = update(ArrivalRow).where(ArrivalRow.id.in_(ids))
            session.execute(which.values(stage=stage.value, changed_at=now))

    def settle(self, arrival: Arrival, now: datetime) -> None:
        """Write the whole row of a file: its state, its tries, its reason."""
        with self._writing() as session:
            session.merge(_row(arrival, now))

    def due(self, now: datetime, program: str, longest: timedelta) -> list[Arrival]:
        """Return the files that are to be worked on: those on their way whose time has come, and those that another
        program than ``program`` could not read wholly. A time farther ahead than ``longest`` is that of a clock that
        was wrong."""
        found = []
        for arrival in self.arrivals(State.OPEN):
            if arrival.next_at is None or not now < arrival.next_at <= now + longest:
                found.append(arrival)
        older = (ArrivalRow.state.in_([State.BAD.value, State.PARTIAL.value]), ArrivalRow.program != program)
        return found + self._arrivals(*older)

    def newest(self) -> datetime | None:
        """Return the time of the newest change of any row; one in the future tells that the clock went back."""
        with self._guarded(), Session(self._engine) as session:
            return session.scalar(select(func.max(ArrivalRow.changed_at)))

    def forget(self, document_id: str) -> None:
        """Forget a file whose bytes are lost, so that its source offers it again."""
        with self._writing() as session:
            session.execute(delete(SightingRow).where(SightingRow.document_id == document_id))
            session.execute(delete(ArrivalRow).where(ArrivalRow.id == document_id))

    # what was seen where

    def see(self, *sights: Sight) -> None:
        """Note what was seen at places."""
        with self._writing() as session:
            for sight in sights:
                session.merge(_sighting(sight))

    def sight(self, source: str, key: str) -> Sight | None:
        """Return what was seen at a place."""
        with self._guarded(), Session(self._engine) as session:
            row = session.get(SightingRow, (source, key))
            return None if row is None else _sight(row)

    def stamps(self, source: str) -> dict[str, tuple[str, str | None]]:
        """Return for every place of a source where something was taken its key with stamp and document."""
        with self._guarded(), Session(self._engine) as session:
            query = select(SightingRow.key, SightingRow.stamp, SightingRow.document_id)
            return {row[0]: (row[1], row[2]) for row in session.execute(query.where(SightingRow.source == source))}

    # nights

    def begin(self, night: Night) -> None:
        """Note that a night begins, or has ended."""
        with self._writing() as session:
            session.merge(NightRow(**columns(night)))

    def nights(self, limit: int = 30) -> list[Night]:
        """Return the newest nights, newest first."""
        with self._guarded(), Session(self._engine) as session:
            query = select(NightRow).order_by(NightRow.started_at.desc(), NightRow.id).limit(limit)
            return [record(Night, row) for row in session.scalars(query)]

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """Begin a transaction in which the lock is ours, where one was taken. Raises BusyError where it is lost."""
        with self._guarded(), Session(self._engine) as session, session.begin():
            held = self._held
            if held is not None:
                query = select(LockRow).where(LockRow.name == held.name).with_for_update()
                row = session.scalars(query).one_or_none()
                if row is None or row.token != held.token:
                    raise _busy(row.owner if row is not None else "?")
            yield session


def _busy(owner: str) -> BusyError:
    return BusyError(
        f"Việc nạp đêm đang do một chương trình khác làm ({owner}).",
        "Hãy đợi chương trình đó xong; nếu nó đã chết trên máy khác, khóa tự hết hạn sau ít phút.",
    )


def _rows(result: Any) -> int:
    return int(result.rowcount)


def _row(arrival: Arrival, now: datetime) -> ArrivalRow:
    return ArrivalRow(**columns(arrival), changed_at=now)


def _arrival(row: ArrivalRow) -> Arrival:
    return record(Arrival, row, stage=Stage(row.stage), state=State(row.state))


def _sighting(sight: Sight) -> SightingRow:
    kept = columns(sight)
    return SightingRow(document_id=kept.pop("document"), **kept)


def _sight(row: SightingRow) -> Sight:
    return record(Sight, row, document=row.document_id)
