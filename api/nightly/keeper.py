"""What the nightly run keeps while files go through the stages: rows in the journal, results on the bench, times."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from api.nightly.bench import Bench, PagesOf
from api.seams import Restorer
from api.usecases.adding import Incoming
from corpus.document import Document, Repaired
from corpus.errors import BusyError, CongvanError
from corpus.facts import Facts
from corpus.journal import Journal, Stage


class Times:
    """Seconds and files by stage. Stages that run side by side count each for itself, so the sum may be longer than
    the night. Time in the restorer counts as restoring and not as reading."""

    def __init__(self) -> None:
        self._seconds: defaultdict[Stage, float] = defaultdict(float)
        self._files: Counter[Stage] = Counter()
        self._lock = threading.Lock()

    def add(self, stage: Stage, seconds: float, files: int = 0) -> None:
        """Count time and files to a stage."""
        with self._lock:
            self._seconds[stage] += seconds
            self._files[stage] += files

    @contextmanager
    def of(self, stage: Stage) -> Iterator[None]:
        """Count the time of the block."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.add(stage, time.monotonic() - start)

    def as_dict(self) -> dict[str, dict[str, float | int]]:
        """Return seconds and files by stage, in the order of the stages."""
        with self._lock:
            seconds = {stage: self._seconds[stage] for stage in Stage}
            seconds[Stage.READ] = max(0.0, seconds[Stage.READ] - seconds[Stage.RESTORED])
            return {stage.value: {"files": self._files[stage], "seconds": round(seconds[stage], 3)} for stage in Stage}


class NightKeeper:
    """See ``api.usecases.keeping.Keeper``. When the lock is lost the first that meets it says so in ``lost``."""

    def __init__(self, journal: Journal, bench: Bench, times: Times, now: Callable[[], datetime]) -> None:
        self._journal, self._bench, self._times, self._now = journal, bench, times, now
        #: why a file could not go on, by content id
        self.errors: dict[str, Exception] = {}
        #: what can be searched by now
        self.indexed: set[str] = set()
        self.lost: BusyError | None = None
        #: why the index could not be brought up to date, where it could not
        self.behind: CongvanError | None = None
        #: why the journal could not be written, where it could not
        self.unwritten: CongvanError | None = None

    def document(self, document_id: str) -> Document | None:
        """Return the document on the bench."""
        return self._bench.made(document_id, Document)

    def facts(self, document_id: str) -> Facts | None:
        """Return the facts on the bench."""
        return self._bench.made(document_id, Facts)

    def pages(self, document_id: str) -> PagesOf:
        """Return the pages on the bench."""
        return PagesOf(self._bench, document_id)

    def keep(self, document_id: str, made: Document | Facts) -> None:
        """Put a document or facts on the bench. One with failed pages is read again the next time, not kept."""
        if not (isinstance(made, Document) and made.failed_pages):
            self._bench.keep(document_id, made)

    def reached(self, stage: Stage, *ids: str) -> None:
        """Note the stage in the journal. Where that cannot be written the row says less than was done, and the next
        run does it again, to no other end."""
        if stage is Stage.INDEXED:
            self.indexed.update(ids)
        self._times.add(stage, 0.0, len(ids))
        try:
            self._journal.reach(stage, ids, self._now())
        except BusyError as error:
            self.lost = self.lost or error
            raise
        except CongvanError as error:
            self.unwritten = error

    def failed(self, file: Incoming, error: Exception) -> None:
        """Remember why a file cannot go on."""
        if file.id is not None:
            self.errors[file.id] = error

    def unindexed(self, error: CongvanError) -> None:
        """Remember why the index is behind."""
        self.behind = error

    def timed(self, stage: Stage) -> _Block:
        """Count the time of a block."""
        return _Block(self._times, stage)

    def watched(self, restorer: Callable[[], Restorer]) -> Callable[[], Restorer]:
        """Return a maker of the restorer that counts its time, that of making it included."""

        def make() -> Restorer:
            with self._times.of(Stage.RESTORED):
                return _Watched(restorer(), self._times)

        return make


class _Block:
    """The block whose time counts to a stage."""

    def __init__(self, times: Times, stage: Stage) -> None:
        self._times, self._stage, self._start = times, stage, 0.0

    def __enter__(self) -> None:
        self._start = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self._times.add(self._stage, time.monotonic() - self._start)


class _Watched:
    """A restorer whose time is counted."""

    def __init__(self, restorer: Restorer, times: Times) -> None:
        self._restorer, self._times = restorer, times

    def restore(self, text: str, *, force: bool = False) -> Repaired:
        """See ``api.seams.Restorer``."""
        with self._times.of(Stage.RESTORED):
            return self._restorer.restore(text, force=force)

    def correct(self, text: str, doubts: Sequence[tuple[int, int, float]]) -> Repaired:
        """See ``api.seams.Restorer``."""
        with self._times.of(Stage.RESTORED):
            return self._restorer.correct(text, doubts)

    def adapted(self, clean_texts: Iterable[str]) -> Restorer:
        """See ``api.seams.Restorer``."""
        return _Watched(self._restorer.adapted(clean_texts), self._times)
