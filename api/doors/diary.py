"""The audit log's rows of what was seen, exported and refused: gathered, and written by a thread of their own.

What is changed is logged by the desk in the same transaction. Looking at a page must not wait for a disk, so rows about
looking wait half a second at most; the same look by the same person counts once in ten minutes. Rows about exports,
sign-ins and refusals are written before the answer ends.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from corpus.accounts import Accounts
from corpus.desk import Audit
from corpus.errors import CongvanError

_LOG = logging.getLogger(__name__)
_EVERY, _MOST = 0.5, 20_000
_ONCE_IN, _REMEMBERED = 600.0, 20_000


class Diary:
    """Takes entries and has them written."""

    def __init__(self, accounts: Callable[[], Accounts]) -> None:
        self._accounts = accounts
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: list[Audit] = []
        self._seen: OrderedDict[tuple[str, str, str], float] = OrderedDict()
        self._timer: threading.Timer | None = None

    def now(self, entry: Audit) -> None:
        """Write an entry at once. Raises CongvanError where the store does not take it."""
        self._accounts().log([entry])

    def soon(self, entry: Audit, detail: str = "") -> None:
        """Write an entry within half a second, unless the same was seen a short while ago."""
        key, now = (entry.who, f"{entry.action} {entry.subject}", detail), time.monotonic()
        with self._lock:
            if now - self._seen.get(key, -_ONCE_IN) < _ONCE_IN:
                return
            self._seen[key] = now
            self._seen.move_to_end(key)
            while len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
            self._waiting.append(entry)
            if self._timer is None:
                self._timer = threading.Timer(_EVERY, self.flush)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what waits, and come back when it is written, also by another thread; what the store does not take
        now is tried again with the next."""
        with self._writing:
            with self._lock:
                taken, self._waiting, self._timer = self._waiting, [], None
            if not taken:
                return
            try:
                self._accounts().log(taken)
            except CongvanError as error:
                _LOG.warning("audit log: %s", error)
                with self._lock:
                    self._waiting = (taken + self._waiting)[-_MOST:]
