"""What a watcher of the server asks: is it ready (``/readyz``), how does it go (``/metrics``, for Prometheus).

Counting costs next to nothing: requests are counted as they pass, everything else is looked up when somebody asks, and
what has to be read from the store for it is remembered until the store changes.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter as Count
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.doors.rules import find
from api.seams import Check
from api.usecases.indexing import LEAST_FREE
from corpus.errors import CongvanError
from corpus.journal import State

if TYPE_CHECKING:
    from api.library import Library

#: What an answer's seconds are sorted into: a search should be in the first half.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


def ready(library: Library) -> list[Check]:
    """Look at what a request needs: store, index, disk, Tesseract."""
    return [_store(library), _index(library), _disk(library), _tesseract()]


def _store(library: Library) -> Check:
    def look() -> str:
        return f"{len(library.store.ids())} văn bản"

    return _looked_at("store", look)


def _index(library: Library) -> Check:
    def look() -> str:
        library.rooms.index().is_stale(0)
        return "khớp với kho" if library.index_is_current() else "đang chờ bổ sung"

    return _looked_at("index", look)


def _disk(library: Library) -> Check:
    home = library.settings.home
    try:
        free = shutil.disk_usage(home if home.exists() else home.absolute().parent).free
    except OSError as error:
        return Check("disk", False, error.strerror or "?")
    return Check("disk", free >= LEAST_FREE, f"còn {free / 2**30:.1f} GB", "Hãy giải phóng đĩa.")


def _tesseract() -> Check:
    def look() -> str:
        from ingest.ocr import DEFAULT_LANGUAGES, available, installed_version

        return f"{installed_version()} ({available(DEFAULT_LANGUAGES)})"

    return _looked_at("tesseract", look)


def _looked_at(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except (CongvanError, OSError) as error:
        remedy = error.remedy if isinstance(error, CongvanError) else ""
        return Check(name, False, error.message if isinstance(error, CongvanError) else str(error), remedy)


class Meter:
    """The figures of one server; ``text`` is what Prometheus reads."""

    def __init__(self, library: Library) -> None:
        self._registry = CollectorRegistry()
        self.latency = Histogram(
            "congvan_request_seconds",
            "Seconds until a request was answered, by route.",
            ["method", "route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.answers = Counter(
            "congvan_requests", "Requests answered, by route and status.", ["method", "route", "status"],
            registry=self._registry,
        )  # fmt: skip
        self._registry.register(_Stored(library))

    def text(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        return generate_latest(self._registry)


class _Stored(Collector):
    """What store, journal and the last night say, looked up when it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._known: tuple[str, list[Metric]] | None = None

    def describe(self) -> list[Metric]:
        """Return nothing: being registered must not open the store."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; a store that cannot be opened gives ``congvan_up 0`` alone."""
        up = GaugeMetricFamily("congvan_up", "Whether the store can be read.")
        try:
            found = [*self._documents(), *self._work(), *self._night()] if self._library.has_store() else []
            up.add_metric([], 1)
        except CongvanError:
            found = []
            up.add_metric([], 0)
        yield up
        yield from found
        yield from _free(self._library)

    def _documents(self) -> list[Metric]:
        """Count directives and pages: from the columns only, and again only when the store has changed."""
        state = self._library.store.fingerprint()
        with self._lock:
            if self._known is None or self._known[0] != state:
                counted = self._library.store.upkeep.figures()
                documents = GaugeMetricFamily("congvan_documents", "Stored directives.", labels=["status"])
                for status in ("success", "partial"):
                    documents.add_metric([status], counted.statuses.get(status, 0))
                pages = GaugeMetricFamily(
                    "congvan_pages", "Pages of stored directives, by how each directive was read.", labels=["decisions"]
                )
                for decisions, number in sorted(counted.pages.items()):
                    pages.add_metric([decisions], number)
                failed = GaugeMetricFamily("congvan_failed_pages", "Pages that could not be read.")
                failed.add_metric([], counted.failed_pages)
                self._known = (state, [documents, pages, failed])
            return self._known[1]

    def _work(self) -> list[Metric]:
        """Count what waits: files on their way, in quarantine, uploads; and whether the index is behind."""
        store = self._library.store
        waiting = Count(arrival.stage.value for arrival in store.journal.arrivals(State.OPEN))
        arrivals = GaugeMetricFamily("congvan_waiting_files", "Files on their way, by stage.", labels=["stage"])
        for stage, number in sorted(waiting.items()):
            arrivals.add_metric([stage], number)
        quarantine = GaugeMetricFamily("congvan_quarantined_files", "Files that cannot be read.")
        quarantine.add_metric([], len(store.journal.arrivals(State.BAD)))
        jobs = GaugeMetricFamily("congvan_queued_uploads", "Uploads that are queued or running.")
        jobs.add_metric([], len(store.unfinished_jobs()))
        index = GaugeMetricFamily("congvan_index_current", "Whether the index holds what the store holds.")
        index.add_metric([], int(self._library.index_is_current()))
        return [arrivals, quarantine, jobs, index]

    def _night(self) -> list[Metric]:
        """Tell of the last night that came to its end."""
        ended = next((night for night in self._library.store.journal.nights(5) if night.ended_at is not None), None)
        if ended is None or ended.ended_at is None:
            return []
        report = ended.report
        at = GaugeMetricFamily("congvan_night_ended_timestamp_seconds", "When the last nightly run ended.")
        at.add_metric([], ended.ended_at.timestamp())
        code = GaugeMetricFamily("congvan_night_exit_code", "How it ended: 0 is well, 3 that something failed.")
        code.add_metric([], float(report.get("exit_code", 1)))
        files = GaugeMetricFamily("congvan_night_files", "What became of its files.", labels=["outcome"])
        for outcome, number in report.get("counts", {}).items():
            files.add_metric([outcome], float(number))
        seconds = GaugeMetricFamily("congvan_night_stage_seconds", "Seconds of its stages.", labels=["stage"])
        for stage, told in report.get("stages", {}).items():
            seconds.add_metric([stage], float(told.get("seconds", 0)))
        return [at, code, files, seconds]


def _free(library: Library) -> Iterator[Metric]:
    home = library.settings.home
    if home.exists():
        found = GaugeMetricFamily("congvan_disk_free_bytes", "Free bytes on the disk of the state folder.")
        found.add_metric([], shutil.disk_usage(home).free)
        yield found


class Metering:
    """Counts every request with its route's pattern, never with what stands in its address."""

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self._app, self._meter = app, meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            route = _route(scope)
            self._meter.latency.labels(method, route).observe(time.perf_counter() - began)
            self._meter.answers.labels(method, route, str(status)).inc()


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _route(scope: Scope) -> str:
    """Return the pattern of the address, one name for all that the server does not know."""
    found = find(scope["method"], scope["path"])
    return "none" if found is None else found[0].path
