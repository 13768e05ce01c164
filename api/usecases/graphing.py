"""The citation graph of the stored directives, made anew when one of them changes, from what is still known."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from api.seams import Graph, Rooms
from corpus.errors import NotFoundError
from corpus.facts import Facts
from corpus.store import DocumentInfo, Store

#: From so many changed directives on all are read in one go, which is quicker than one by one.
_MANY = 200


class Graphing:
    """Keeps headers and citations of every directive in memory; reads again only those whose revision changed."""

    def __init__(self, store: Callable[[], Store], rooms: Rooms) -> None:
        self._store = store
        self._rooms = rooms
        self._lock = threading.Lock()
        self._made: tuple[str, Graph] | None = None
        self._tokens: dict[str, str] = {}
        self._rows: dict[str, tuple[DocumentInfo, Facts]] = {}

    def graph(self) -> Graph:
        """Return the graph as the store is now."""
        store = self._store()
        fingerprint = store.fingerprint()
        with self._lock:
            if self._made is None or self._made[0] != fingerprint:
                self._refresh(store)
                self._made = fingerprint, self._rooms.graph(self._rows[key] for key in sorted(self._rows))
            return self._made[1]

    def _refresh(self, store: Store) -> None:
        tokens = store.revisions()
        changed = [key for key, token in tokens.items() if self._tokens.get(key) != token]
        fresh = {info.id: (info, _slim(facts)) for info, facts in _read(store, changed)}
        self._rows = {key: row for key, row in (self._rows | fresh).items() if key in tokens}
        self._tokens = tokens


def _read(store: Store, ids: list[str]) -> Iterator[tuple[DocumentInfo, Facts]]:
    if len(ids) >= _MANY:
        yield from store.headers()
        return
    for key in ids:
        try:
            found = store.get(key)
        except NotFoundError:  # taken out meanwhile
            continue
        yield found.info, found.facts


def _slim(facts: Facts) -> Facts:
    """Return what the graph is made of: the header and the citations."""
    return Facts(facts.header, facts.citations)
