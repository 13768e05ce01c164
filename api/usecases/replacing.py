"""Which stored directives are in force no more, because others replaced them: asked with every search."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from api.seams import Rooms
from corpus.facts import Relation
from corpus.store import Store

if TYPE_CHECKING:
    from index.lineage import Replacement

#: The answers of so many days are remembered.
_DAYS = 64


class Replacing:
    """Remembers the replacements among the stored directives until one of these changes.

    Only the directives that cite a stored one as replaced, and these, are tied together: the graph of all of them
    takes seconds where there are thousands, and a search on the command line should not wait for it.
    """

    def __init__(self, store: Callable[[], Store], rooms: Rooms) -> None:
        self._store = store
        self._rooms = rooms
        self._lock = threading.Lock()
        self._known: tuple[str, list[Replacement]] | None = None
        self._days: tuple[list[Replacement], dict[str, dict[str, str]]] = ([], {})

    def by(self, day: str) -> Mapping[str, str]:
        """Return by id the directives that were replaced by ISO ``day``, with the number of what replaced them last;
        as everybody reads them."""
        rows = self._all()
        known, days = self._days
        if known is not rows or len(days) > _DAYS:
            known, days = self._days = rows, {}
        if day not in days:
            days[day] = {row.document: row.by for row in known if row.since is not None and row.since <= day}
        return days[day]

    def _all(self) -> list[Replacement]:
        store = self._store()
        fingerprint = store.fingerprint()
        with self._lock:
            if self._known is None or self._known[0] != fingerprint:
                self._known = fingerprint, self._found(store)
            return self._known[1]

    def _found(self, store: Store) -> list[Replacement]:
        tied = store.tied_by(Relation.REPLACES)
        if not tied:
            return []
        return self._rooms.graph(
            [self._rooms.citing(info, facts) for info, facts in store.headers(tied)]
        ).replacements()
