"""A night on one screen: what is left → what is new → all stages → outcomes → what may go → the report.

Everything that is finished is in the journal at once, so a run that is killed anywhere is taken up by the next one.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from api.nightly import whom
from api.nightly.bench import Bench
from api.nightly.collect import Collecting
from api.nightly.keeper import NightKeeper, Times
from api.nightly.owner import gone, owner
from api.nightly.report import NightReport
from api.usecases.adding import Incoming, Step
from api.usecases.rows import IngestRow, Status
from corpus.errors import BadInputError, BusyError, CongvanError, NotFoundError
from corpus.journal import Arrival, Night, Stage, State
from corpus.leftovers import sweep
from ingest.inbox import Source

if TYPE_CHECKING:
    from api.library import Library

LOCK = "nightly"
#: A lock that is not renewed for so long is free; it is renewed four times in that time.
LEASE = timedelta(minutes=2)
#: No file waits longer than this for its next try.
LONGEST_WAIT = timedelta(days=1)
#: Clocks that differ by less than this are the same.
_JUMP = 60.0


@dataclass(frozen=True)
class Plan:
    """What a night does: the sources with their kinds in order, and how often and when what failed is tried again.

    ``program`` names the reader; what another one could not read is tried again. ``retry``: so is everything else
    that waits. With less than ``least_free`` bytes on the disk of the state folder nothing is taken.
    """

    sources: Sequence[tuple[str, Source]]
    program: str
    version: str
    attempts: int = 5
    first_wait: timedelta = timedelta(minutes=30)
    retry: bool = False
    least_free: int = 0


@dataclass(frozen=True)
class Tell:
    """Whom to tell how far the night is: a line at a time, and a step of the reading."""

    line: Callable[[str], None] = lambda _: None
    step: Callable[[Step], None] = lambda _: None


class NightRun:
    """One run. Make one for each."""

    def __init__(self, library: Library, plan: Plan, tell: Tell | None = None) -> None:
        self._library, self._plan, self._tell = library, plan, tell or Tell()
        self._store, self._journal = library.store, library.store.journal
        self._bench = Bench(library.settings.home, plan.version)
        self._times = Times()
        self._keeper = NightKeeper(self._journal, self._bench, self._times, library.now)
        self._collecting = Collecting(self._store, self._bench, self._times, library.now, self._tell.line)
        self._report = NightReport(uuid.uuid4().hex, library.now())

    def go(self, finish: Callable[[NightReport], None] = lambda _: None) -> NightReport:
        """Do the night's work. ``finish`` is called with the report before it is noted that the night has ended.

        Raises BusyError when another program is at it, or took over.
        """
        began = time.monotonic()
        self._journal.take(LOCK, owner(), self._library.now(), LEASE, gone)
        beat = _Heartbeat(lambda: self._journal.renew(self._library.now(), LEASE))
        try:
            self._look_at_the_clock()
            self._note_start()
            if not self._has_room():
                self._look_back(began, finish)
                return self._report
            self._bench.sweep({arrival.id for arrival in self._journal.arrivals(State.OPEN)}, self._settled)
            self._store.sweep()
            for folder in (self._library.settings.index, self._library.settings.home / "reports"):
                sweep(folder)
            self._report.resumed = len(self._due())
            self._report.sources = [self._collecting.take(source, kind) for kind, source in self._plan.sources]
            self._work(self._due())
            self._collecting.put_away(self._settled)
            self._look_back(began, finish)
        finally:
            for _, source in self._plan.sources:
                source.close()
            beat.stop()
            with contextlib.suppress(CongvanError):  # the lock expires; what was done is worth more
                self._journal.release()
        return self._report

    # one part after the other

    def _look_at_the_clock(self) -> None:
        newest = self._journal.newest()
        if newest is not None and (newest - self._report.started_at).total_seconds() > _JUMP:
            self._report.warnings.append(
                "Đồng hồ của máy chạy lùi: lần ghi trước mang giờ "
                f"{self._library.local(newest):%H:%M %d/%m/%Y}. Hãy kiểm tra ngày giờ của máy chủ."
            )

    def _note_start(self) -> None:
        for night in self._journal.nights(1):
            if night.ended_at is None:
                self._report.warnings.append(
                    f"Lần chạy lúc {self._library.local(night.started_at):%H:%M %d/%m/%Y} bị ngắt giữa chừng;"
                    " lần này làm tiếp."
                )
        self._note(Night(self._report.id, self._report.started_at, None, {}))

    def _note(self, night: Night) -> None:
        try:
            self._journal.begin(night)
        except BusyError:
            raise
        except CongvanError as error:
            self._report.failing.append(f"Không ghi được nhật ký: {error}")

    def _has_room(self) -> bool:
        free = shutil.disk_usage(self._library.settings.home).free
        if free >= self._plan.least_free:
            return True
        self._report.failing.append(
            f"Đĩa của {self._library.settings.home} chỉ còn {free / 2**20:.0f} MB nên không nhận văn bản."
            " Hãy giải phóng đĩa; lần chạy sau làm tiếp."
        )
        return False

    def _due(self) -> list[Arrival]:
        now = self._library.now()
        if not self._plan.retry:
            return self._journal.due(now, self._plan.program, LONGEST_WAIT)
        return [row for state in (State.OPEN, State.BAD, State.PARTIAL) for row in self._journal.arrivals(state)]

    def _work(self, arrivals: Sequence[Arrival]) -> None:
        """Take the files through all stages and write down what became of each."""
        files = [Incoming(a.name, partial(self._bench.data, a.id, self._store), a.id) for a in arrivals]
        rows = self._library.add_many(files, tell=self._tell.step, keeper=self._keeper) if files else []
        self._report.warnings += self._library.rooms.notes()
        if self._keeper.lost is not None:
            raise self._keeper.lost
        for arrival, row in zip(arrivals, rows, strict=True):
            self._write_down(arrival, row)

    def _write_down(self, arrival: Arrival, row: IngestRow) -> None:
        try:
            outcome = self._outcome(arrival, row)
        except BusyError:
            raise
        except (CongvanError, OSError) as error:  # the disk is full, say: the row stays as it is and is tried again
            outcome = replace(arrival, kind=type(error).__name__, reason=str(error))
        self._report.outcomes.append((outcome, row))

    def _outcome(self, arrival: Arrival, row: IngestRow) -> Arrival:
        now = self._library.now()
        error, reason = self._keeper.errors.get(arrival.id), row.reason
        searchable = arrival.id in self._keeper.indexed
        if not searchable and row.status is not Status.FAILURE:
            error, reason = self._keeper.behind, f"đã lưu, chưa lập được chỉ mục: {self._keeper.behind or '?'}"
        stage = self._stage(arrival)
        if row.status is Status.SUCCESS and searchable:
            done = replace(arrival, state=State.DONE, stage=Stage.INDEXED, next_at=None, kind="", reason="")
            self._journal.settle(replace(done, program=self._plan.program), now)
            self._bench.clear(arrival.id)
            return done
        if isinstance(error, NotFoundError):
            self._journal.forget(arrival.id)
            return replace(arrival, kind="NotFoundError", reason=row.reason)
        tried = replace(
            arrival,
            stage=stage,
            attempts=arrival.attempts + 1,
            kind=type(error).__name__ if error is not None else "",
            reason=reason,
            program=self._plan.program,
        )
        last = tried.attempts >= self._plan.attempts or isinstance(error, BadInputError)
        if row.status is not Status.FAILURE:
            # stored: pages that failed, or an index that could not be written, which has no last try
            end = last and searchable
            tried = replace(
                tried, state=State.PARTIAL if end else State.OPEN, next_at=None if end else self._next(tried)
            )
        elif last:
            tried = replace(tried, state=State.BAD, next_at=None)
            self._bench.set_apart(tried, self._bench.data(arrival.id, self._store))
        else:
            tried = replace(tried, state=State.OPEN, next_at=self._next(tried))
        self._journal.settle(tried, now)
        if tried.state is State.PARTIAL:
            self._bench.clear(arrival.id)
        return tried

    def _stage(self, arrival: Arrival) -> Stage:
        found = self._journal.arrival(arrival.id)
        return arrival.stage if found is None else found.stage

    def _next(self, arrival: Arrival) -> datetime:
        wait = self._plan.first_wait * (1 << min(arrival.attempts - 1, 16))
        return self._library.now() + min(wait, LONGEST_WAIT)

    def _settled(self, document_id: str) -> bool:
        """Whether nothing needs a file at its source any more: it is stored and can be searched."""
        found = self._journal.arrival(document_id)
        if found is None:
            return self._store.has(document_id)
        return found.state in (State.DONE, State.PARTIAL)

    def _look_back(self, began: float, finish: Callable[[NightReport], None]) -> None:
        report, library = self._report, self._library
        start = time.monotonic()
        stored = [row.document for _, row in report.outcomes if row.document is not None]
        report.describe(self._store, stored)
        report.new_for = whom.new_for(library, stored)
        report.missing = whom.missing(self._store, stored)
        report.waiting = self._journal.arrivals(State.OPEN)
        report.quarantine = len(self._journal.arrivals(State.BAD))
        report.ended_at = library.now()
        lasted = time.monotonic() - began
        if abs((report.ended_at - report.started_at).total_seconds() - lasted) > _JUMP:
            report.warnings.append("Đồng hồ của máy bị chỉnh trong lúc chạy; giờ ghi trong báo cáo có thể sai.")
        report.seconds = lasted
        report.stages = {
            **self._times.as_dict(),
            "report": {"files": len(stored), "seconds": round(time.monotonic() - start, 3)},
        }
        if self._keeper.unwritten is not None:
            report.failing.append(f"Có lúc không ghi được nhật ký: {self._keeper.unwritten}")
        finish(report)
        self._note(Night(report.id, report.started_at, report.ended_at, report.as_dict()))


class _Heartbeat:
    """Renews the lock while the night goes on. A lock that is lost is met by the next write of the journal."""

    def __init__(self, renew: Callable[[], None]) -> None:
        self._renew = renew
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="congvan-lock", daemon=True)
        self._thread.start()

    def _beat(self) -> None:
        while not self._stop.wait(LEASE.total_seconds() / 4):
            try:
                self._renew()
            except BusyError:
                return
            except CongvanError:
                continue  # the store may be back at the next beat

    def stop(self) -> None:
        """End; the lock is not renewed any more when this returns."""
        self._stop.set()
        self._thread.join()
