"""Keeping the index what the store says: the store is the truth, the index is made from it and repaired from it.

Beside the index lies a manifest: which index it is (model, schema), the store's fingerprint when both last agreed,
and the directives that are in. A crash between storing and indexing leaves the manifest behind the store; the next
search or run sees that from its first line and indexes what is missing. Indexing twice changes nothing.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.seams import SearchIndex
from corpus.errors import BusyError, CongvanError
from corpus.store import Store, write_atomically

#: The index is not written with less than this free on its disk, in bytes: it is mapped into memory, and a program that
#: writes there when the disk is full is ended by the system.
LEAST_FREE = 64 * 2**20
#: So many directives are written in one turn at the index.
TOGETHER = 16
#: A search looks whether the index lags behind the store at most this often, in seconds.
LOOK_EVERY = 60.0


def batched(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield items, some at a time."""
    for at in range(0, len(items), size):
        yield items[at : at + size]


@dataclass(frozen=True, slots=True)
class _Manifest:
    state: str = ""
    documents: frozenset[str] = frozenset()


class Indexing:
    """Brings the index up to date with the store, at once where nothing has changed."""

    def __init__(self, store: Callable[[], Store], index: Callable[[], SearchIndex], manifest: Path) -> None:
        self._store = store
        self._index = index
        self._path = manifest
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._looked = -LOOK_EVERY

    def is_current(self) -> bool:
        """Whether nothing was stored or removed since index and store last agreed."""
        return self._state() == self._wanted_state()

    def repair(self, now: float) -> None:
        """Update before a search, at most once a minute, and not while somebody else is at it."""
        with self._looking:
            if now - self._looked < LOOK_EVERY:
                return
            self._looked = now
        with contextlib.suppress(BusyError):
            self.update(wait=False)

    def update(self, *, wait: bool = True) -> int:
        """Index what the store has and the index lacks, drop what the store no longer has; return how many.

        Raises BusyError instead of waiting for another thread or process that does the same, unless ``wait``.
        """
        if self.is_current() and not self._broken(self._read()):
            return 0
        with self._alone(wait):
            # taken before the comparison: what another process stores meanwhile makes the manifest stale again
            state = self._wanted_state()
            known = self._read()
            broken = self._broken(known)
            if known.state == state and not broken:
                return 0
            index, store = self._index(), self._store()
            self._look_for_room()
            if broken or known.state.partition(" ")[0] != index.identity:
                done = index.rebuild(store)
                self._write(_Manifest(state, store.ids()))
                return done
            wanted = store.ids()
            for document_id in sorted(known.documents - wanted):
                index.drop(document_id)
            for group in batched(sorted(wanted - known.documents), TOGETHER):
                found = [store.get(document_id) for document_id in group]
                index.put_all([(stored.document, stored.facts) for stored in found])
            self._write(_Manifest(state, wanted))
            return len(wanted ^ known.documents)

    def get_ready(self) -> None:
        """Load what the next update needs; what is missing is told by that update."""
        with contextlib.suppress(CongvanError):
            self._index().get_ready()

    def _look_for_room(self) -> None:
        if shutil.disk_usage(self._path.parent).free < LEAST_FREE:
            raise CongvanError(
                f"Đĩa chứa chỉ mục còn dưới {LEAST_FREE // 2**20} MB.",
                "Hãy giải phóng đĩa; chỉ mục sẽ tự được bổ sung.",
            )

    def forget(self, document_id: str) -> None:
        """Take a directive out of the index; the next update puts it back if the store still has it."""
        with self._alone(wait=True):
            known = self._read()
            if document_id in known.documents:
                self._forget(known, [document_id])

    def redo(self, ids: Collection[str]) -> None:
        """Index directives anew, whatever is known of them; those that the store lacks are taken out."""
        with self._alone(wait=True):
            self._forget(self._read(), ids)
        self.update()

    def _forget(self, known: _Manifest, ids: Collection[str]) -> None:
        identity = known.state.partition(" ")[0]
        self._write(_Manifest(f"{identity} -", known.documents - set(ids)))
        for document_id in ids:
            self._index().drop(document_id)

    def _broken(self, known: _Manifest) -> bool:
        """Whether the index itself says that it is not what the manifest says: a write broke off, or it was lost."""
        return self._index().is_stale(len(known.documents))

    def _wanted_state(self) -> str:
        return f"{self._index().identity} {self._store().fingerprint()}"

    def _state(self) -> str:
        try:
            with self._path.open(encoding="utf-8") as file:
                return file.readline().rstrip("\n")
        except FileNotFoundError:
            return ""

    def _read(self) -> _Manifest:
        try:
            state, *documents = self._path.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, ValueError):
            return _Manifest()
        return _Manifest(state, frozenset(documents))

    def _write(self, manifest: _Manifest) -> None:
        lines = [manifest.state, *sorted(manifest.documents)]
        write_atomically(self._path, "".join(f"{line}\n" for line in lines).encode())

    @contextmanager
    def _alone(self, wait: bool) -> Iterator[None]:
        """Hold a lock that threads and other processes on this state folder respect; it ends with the process."""
        import portalocker

        busy = BusyError("Chỉ mục đang được chương trình khác cập nhật.", "Hãy thử lại sau ít phút.")
        how = portalocker.LockFlags.EXCLUSIVE
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if not self._lock.acquire(blocking=wait):
            raise busy
        try:
            with self._path.with_suffix(".lock").open("a") as file:
                try:
                    portalocker.lock(file, how if wait else how | portalocker.LockFlags.NON_BLOCKING)
                except portalocker.exceptions.LockException as error:
                    raise busy from error
                yield
        finally:
            self._lock.release()
