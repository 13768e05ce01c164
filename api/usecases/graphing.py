"""The citation graph of the stored directives, made anew when one of them changes, from what is still known."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from api.seams import Graph, Rooms
from api.usecases.overlays import EVERYBODYS, Overlay
from corpus.errors import NotFoundError
from corpus.facts import Facts
from corpus.store import DocumentInfo, Store

#: From so many changed directives on all are read in one go, which is quicker than one by one.
_MANY = 200
#: So many graphs are remembered: everybody's, and those of offices that asked last.
_GRAPHS = 8


class Graphing:
    """Keeps what the graph is made of in memory for every directive; reads again only those whose revision changed.

    An office that reads a header or a citation otherwise has a graph of its own, made of the same parts.
    """

    def __init__(self, store: Callable[[], Store], rooms: Rooms) -> None:
        self._store = store
        self._rooms = rooms
        self._lock = threading.Lock()
        self._fingerprint: str | None = None
        self._made: OrderedDict[str, Graph] = OrderedDict()
        self._tokens: Mapping[str, str] = {}
        self._parts: dict[str, Any] = {}

    def graph(self, overlay: Overlay = EVERYBODYS) -> Graph:
        """Return the graph as the store is now, and as the office of ``overlay`` reads it."""
        store = self._store()
        fingerprint = store.fingerprint()
        otherwise = [own for own in overlay.own.values() if own.tied_otherwise]
        token = overlay.token if otherwise else ""
        with self._lock:
            if self._fingerprint != fingerprint:
                if self._refresh(store):
                    self._made.clear()
                self._fingerprint = fingerprint
            if token not in self._made:
                own = {row.info.id: self._rooms.citing(row.info, row.facts) for row in otherwise}
                parts = self._parts | {key: part for key, part in own.items() if key in self._parts}
                self._made[token] = self._rooms.graph(parts[key] for key in sorted(parts))
                if len(self._made) > _GRAPHS:
                    self._made.popitem(last=False)
            self._made.move_to_end(token)
            return self._made[token]

    def _refresh(self, store: Store) -> bool:
        """Read what has changed; return whether any of it is of the graph: a corrected duty is not."""
        tokens = store.revisions()
        changed = [key for key, token in tokens.items() if self._tokens.get(key) != token]
        fresh = {info.id: self._rooms.citing(info, facts) for info, facts in _read(store, changed)}
        gone = self._parts.keys() - tokens.keys()
        otherwise = bool(gone) or any(self._parts.get(key) != part for key, part in fresh.items())
        self._parts = {key: part for key, part in (self._parts | fresh).items() if key in tokens}
        self._tokens = tokens
        return otherwise


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
