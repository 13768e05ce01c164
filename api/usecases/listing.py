"""The list of all stored directives, kept in memory; read again is only what has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping

from corpus.store import DocumentInfo, Store


class Listing:
    """Keeps what lists show of every directive."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._fingerprint: str | None = None
        self._tokens: Mapping[str, str] = {}
        self._rows: dict[str, DocumentInfo] = {}
        self._listed: list[DocumentInfo] = []

    def documents(self) -> list[DocumentInfo]:
        """Return all directives, newest date first, undated last; the list is not to be changed."""
        store = self._store()
        fingerprint = store.fingerprint()
        with self._lock:
            if fingerprint != self._fingerprint:
                tokens = store.revisions()
                changed = [key for key, token in tokens.items() if self._tokens.get(key) != token]
                fresh = {info.id: info for info in store.infos(changed)}
                self._rows = {key: row for key, row in (self._rows | fresh).items() if key in tokens}
                self._tokens, self._fingerprint = tokens, fingerprint
                self._listed = newest_first(self._rows.values())
            return self._listed


def newest_first(infos: Iterable[DocumentInfo]) -> list[DocumentInfo]:
    """Return directives by date, the newest first and undated ones last, those of a day by id."""
    found = sorted(infos, key=lambda info: info.id)
    found.sort(key=lambda info: info.date or "", reverse=True)
    return found
