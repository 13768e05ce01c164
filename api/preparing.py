"""What pages stand on is made anew right after a change, so that the first reader after it does not wait.

The store is asked every few seconds whether it changed, which takes less than a millisecond and tells of other
processes' changes, too (nightly run, command line, a second server). While changes go on coming, a batch of files for
one, nothing is made; and between two times at least so long passes that it takes a twentieth of one core at most.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from api.library import Library
from api.memory import settle
from corpus.errors import CongvanError

_LOG = logging.getLogger(__name__)
#: The store is looked at so often, in seconds; making ready may take this share of the time.
LOOK_EVERY, SHARE = 2.0, 0.05


class Preparing:
    """Looks after the library of a server until it is stopped."""

    def __init__(self, library: Library, every: float = LOOK_EVERY) -> None:
        self._library = library
        self._every = every
        self._stop = threading.Event()
        self._ready = self._seen = ""
        self._rest_until = 0.0

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._work, name="congvan-prepare", daemon=True).start()

    def stop(self) -> None:
        """End at the next look."""
        self._stop.set()

    def look(self) -> bool:
        """Make ready what changed since the last time, where it did and is done changing; return whether it did."""
        if not self._library.has_store():
            return False
        now = self._library.store.fingerprint()
        quiet, self._seen = now == self._seen, now
        if now == self._ready or not quiet or time.monotonic() < self._rest_until:
            return False
        began = time.thread_time()
        self._library.warm_up()
        self._rest_until = time.monotonic() + (time.thread_time() - began) / SHARE
        self._ready = now
        return True

    def first(self) -> None:
        """Load what the first questions need, and set it aside from the garbage collector."""
        self._ready = self._seen = self._library.store.fingerprint() if self._library.has_store() else ""
        self._library.warm_up()
        settle()

    def _work(self) -> None:
        self._try(self.first)
        while not self._stop.wait(self._every):
            self._try(self.look)

    def _try(self, step: Callable[[], object]) -> None:
        try:
            step()
        except CongvanError as error:
            _LOG.warning("prepare: %s", error)
        except Exception:  # noqa: BLE001  # the border of the background work: the next reader makes it ready
            _LOG.exception("prepare")
