"""Work on other machines: a Dask scheduler by its address, or as many processes of this machine as wished.

What is sent is the work itself (the pixels of a page), never a path, so that a worker needs nothing but the program. A
worker that dies gives its page to another one; where none is left, the page is read here. Nothing is lost by that, and
``notes`` tells of it.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from corpus.errors import BadInputError, CongvanError, MissingDependencyError

R = TypeVar("R")
#: How ``CONGVAN_DASK_SCHEDULER`` asks for processes of this machine: ``local:4``.
LOCAL = "local:"
#: The schemes of an address.
_SCHEMES = ("tcp://", "tls://", "ucx://", "ws://", "wss://")
#: A scheduler that does not answer within so many seconds is not there.
_CONNECT = 10


class Cluster:
    """Workers behind a scheduler; nothing is connected before the first call. Threads may share one."""

    def __init__(self, address: str) -> None:
        """Raises BadInputError for an address that is none."""
        self._address = address
        self._own = _count(address)
        self._lock = threading.Lock()
        self._client: Any = None
        self._local: Any = None
        self._gone = False
        self._here = 0
        self._told: set[Any] = set()

    @property
    def hands(self) -> int:
        """How many calls run side by side; 0 where the scheduler cannot be reached."""
        if self._own:
            return self._own
        client = self._connected()
        if client is None:
            return 0
        with contextlib.suppress(Exception):  # the scheduler went away in this very moment
            return sum(worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values())
        return 0

    def call(self, function: Callable[..., R], *args: Any, seconds: float) -> R:
        """Return ``function(*args)`` from a worker, or from here where no worker gives it within ``seconds``.

        Raises what the function raises.
        """
        client = self._connected()
        if client is not None:
            try:
                found: R = self._far(client, function, args, seconds)
                return found
            except _NoWorkerError:
                with self._lock:
                    self._here += 1
        return function(*args)

    def _far(self, client: Any, function: Callable[..., R], args: tuple[Any, ...], seconds: float) -> R:
        from distributed.client import FutureCancelledError
        from distributed.comm.core import CommClosedError
        from distributed.scheduler import KilledWorker, NoValidWorkerError

        future = None
        try:
            future = client.submit(function, *args, pure=False)
            result: R = future.result(timeout=seconds)
            return result
        except CongvanError:
            raise
        except (
            FutureCancelledError,
            CommClosedError,
            KilledWorker,
            NoValidWorkerError,
            TimeoutError,
            OSError,
        ) as error:
            if future is not None:
                with contextlib.suppress(Exception):
                    future.cancel()
            raise _NoWorkerError from error

    def notes(self) -> list[str]:
        """Return what went wrong since the last call, as sentences for the report."""
        found = []
        with self._lock:
            here, self._here = self._here, 0
            gone, self._gone = self._gone, False
        if gone:
            found.append("Không nối được tới các máy đọc trang (CONGVAN_DASK_SCHEDULER); trang được đọc trên máy này.")
        workers, pages = self._lost()
        if workers:
            found.append(f"{workers} tiến trình đọc trang bị mất giữa chừng; {pages} trang được đọc lại ở nơi khác.")
        if here:
            found.append(f"{here} trang được đọc trên máy này vì không máy nào khác đọc được.")
        return found

    def _lost(self) -> tuple[int, int]:
        """Count the workers that went without being asked to, and the pages that they had in hand."""
        if self._client is None:
            return 0, 0
        workers = pages = 0
        with contextlib.suppress(Exception):  # the scheduler went away: that is told otherwise
            for at, event in self._client.get_events("all"):
                if event.get("action") == "remove-worker" and not event.get("expected", True):
                    key = (at, event.get("worker"))
                    if key not in self._told:
                        self._told.add(key)
                        workers += 1
                        pages += len(event.get("processing-tasks", ()))
        return workers, pages

    def _connected(self) -> Any:
        """Return the client, None where there is no scheduler (asked again by the next call)."""
        with self._lock:
            if self._client is not None and self._client.status == "running":
                return self._client
            try:
                from distributed import Client, LocalCluster
            except ImportError as error:
                raise MissingDependencyError(
                    "Chưa cài thư viện chia việc cho nhiều máy.", 'Hãy chạy: pip install "congvan[dask]"'
                ) from error
            try:
                if self._own and self._local is None:
                    self._local = LocalCluster(  # type: ignore[no-untyped-call]  # the library has no types
                        n_workers=self._own,
                        threads_per_worker=1,
                        processes=True,
                        host="127.0.0.1",
                        dashboard_address=None,
                        silence_logs=50,
                    )
                given = {"timeout": _CONNECT, "set_as_default": False}
                self._client = Client(self._local or self._address, **given)  # type: ignore[no-untyped-call]  # as above
            except OSError:  # a timeout is one
                self._gone = True
                return None
            # what happened before is not this program's to tell
            self._told = set()
            self._lost()
            return self._client

    def close(self) -> None:
        """Give everything back."""
        with self._lock:
            client, local, self._client, self._local = self._client, self._local, None, None
        for one in (client, local):
            if one is not None:
                with contextlib.suppress(Exception):  # whoever ends does not care why the other end is gone
                    one.close()


class _NoWorkerError(Exception):
    """No worker gave an answer."""


def _count(address: str) -> int:
    """Return how many processes of this machine are asked for, 0 for the address of a scheduler."""
    if address.startswith(_SCHEMES):
        return 0
    number = address.removeprefix(LOCAL)
    if address.startswith(LOCAL) and number.isdecimal() and 1 <= int(number) <= 256:
        return int(number)
    raise BadInputError(
        "CONGVAN_DASK_SCHEDULER không hợp lệ.", "Hãy viết tcp://máy:8786 (máy điều phối Dask) hoặc local:4."
    )
