"""Qdrant in this process (Qdrant Edge) in a folder that several processes share, one at a time.

One collection is one shard in a folder of its own; the file ``NAME.alias`` names the one in use. Opening a shard of
200,000 passages takes most of a second, so a process keeps it open, and the lock of the folder with it, until another
process says that it waits or nothing was asked for a while: no process ever holds an older state of the files than
they have. A turn that was killed while it wrote leaves its mark, and the collection counts as lost: the index is made
again from the store.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from corpus.errors import BusyError, CongvanError, MissingDependencyError
from index.engine import KEYWORDS, MEANING, NUMBERS, WORDS, Ask, Condition, Found, Point, dense

if TYPE_CHECKING:
    import qdrant_edge

#: Pause between two tries for the folder, in seconds.
PAUSE = 0.02
#: How often the holder looks whether somebody waits, how long a wish counts, and when an idle holder lets go.
WATCH, WISH, IDLE = 0.05, 2.0, 300.0
#: Points read at a time.
PAGE = 1000
#: Opening a shard writes an empty segment of 16 MB, mapped into memory: with 24 MB free the process ended by SIGBUS,
#: with 32 it did not (measured on a tmpfs). Qdrant Edge 0.9 does not look itself.
ROOM = 48 * 2**20


class EmbeddedEngine:
    """The engine in a folder. ``patience`` is how long to wait for a turn, in seconds."""

    def __init__(self, folder: Path, alias: str, patience: float) -> None:
        self._folder, self._alias, self._patience = folder, alias, patience
        self._guard = threading.RLock()
        self._shards: dict[str, qdrant_edge.EdgeShard] = {}
        self._counts: dict[str, int] = {}
        self._lock: IO[str] | None = None
        self._wish = folder.parent / f"{folder.name}.wanted"
        self._used = 0.0
        self._watcher: threading.Thread | None = None

    @contextmanager
    def turn(self, *, writes: bool = False) -> Iterator[EmbeddedTurn]:
        """See ``Engine.turn``."""
        with self._guard:
            if self._lock is None:
                self._acquire()
                if self._watcher is None:
                    self._watcher = threading.Thread(target=self._watch, name="congvan-index", daemon=True)
                    self._watcher.start()
            turn = EmbeddedTurn(self._folder, self._alias, self._shards, self._counts)
            try:
                yield turn
                if writes:
                    turn.flush()
                    turn.done()
            except BaseException:
                self._release()
                raise
            self._used = time.monotonic()
            if self._is_wanted():
                self._release()

    def close(self) -> None:
        """Close the shards and give the folder free."""
        with self._guard:
            self._release()

    def _acquire(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = (self._folder.parent / f"{self._folder.name}.lock").open("a")
        until = time.monotonic() + self._patience
        try:
            if self._is_wanted():
                time.sleep(2 * PAUSE)  # who was given way to a moment ago comes first
            waited = False
            while not _taken(file):
                if time.monotonic() > until:
                    raise BusyError(
                        "Chỉ mục tìm kiếm đang được một chương trình congvan khác dùng.",
                        "Hãy thử lại sau ít phút; nếu nhiều máy dùng chung, hãy chạy máy chủ Qdrant và đặt"
                        " CONGVAN_QDRANT_URL.",
                    )
                self._wish.touch()
                waited = True
                time.sleep(PAUSE)
            if waited:
                self._wish.unlink(missing_ok=True)
        except BaseException:
            file.close()
            raise
        self._lock = file

    def _release(self) -> None:
        for shard in self._shards.values():
            shard.close()
        self._shards.clear()
        self._counts.clear()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _is_wanted(self) -> bool:
        """Whether another process waits; an old mark is that of one that has ended."""
        try:
            return time.time() - self._wish.stat().st_mtime < WISH
        except FileNotFoundError:
            return False

    def _watch(self) -> None:
        """Give the folder free when another process waits, or when nothing was asked for a while."""
        while True:
            time.sleep(WATCH)
            with self._guard:
                if self._is_wanted() or time.monotonic() - self._used > IDLE:
                    self._release()
                if self._lock is None:
                    self._watcher = None
                    return


class EmbeddedTurn:
    """A turn at the folder; see ``index.engine.Turn``."""

    def __init__(
        self, folder: Path, alias: str, shards: dict[str, qdrant_edge.EdgeShard], counts: dict[str, int]
    ) -> None:
        self._folder, self._alias, self._shards, self._counts = folder, alias, shards, counts
        self._written: set[str] = set()

    def current(self) -> str | None:
        """Return the collection in use; one whose last change was broken off counts as none of ours."""
        name = _read(self._folder / f"{self._alias}.alias")
        if name and (self._mark(name).exists() and name not in self._written):
            return f"{self._alias}-broken"
        if not name:
            # what an earlier version, with another engine, left here
            return f"{self._alias}-old" if (self._folder / "meta.json").exists() else None
        return name

    def names(self) -> list[str]:
        """Return the collections in the folder."""
        return sorted(p.name for p in self._folder.iterdir() if p.is_dir())

    def create(self, name: str, dimension: int) -> None:
        """Make an empty shard. Dense vectors are compared one by one: exact, and fast enough for an office."""
        edge = _edge()
        self.drop(name)
        self._begin(name)
        plain = edge.HnswIndexConfig(m=0, ef_construct=100, full_scan_threshold=10_000, max_indexing_threads=1)
        dense = edge.EdgeVectorParams(
            size=dimension, distance=edge.Distance.Cosine, datatype=edge.VectorStorageDatatype.Float16
        )
        shard = edge.EdgeShard.create(
            str(self._folder / name),
            edge.EdgeConfig(
                vectors={MEANING: dense},
                sparse_vectors={WORDS: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
                hnsw_config=plain,
                wal_enabled=False,
            ),
        )
        for field in KEYWORDS:
            shard.update(edge.UpdateOperation.create_field_index(field, edge.PayloadSchemaType.Keyword))
        for field in NUMBERS:
            shard.update(edge.UpdateOperation.create_field_index(field, edge.PayloadSchemaType.Integer))
        self._shards[name] = shard

    def drop(self, name: str) -> None:
        """Delete a shard with its folder."""
        self._counts.pop(name, None)
        shard = self._shards.pop(name, None)
        if shard is not None:
            shard.close()
        shutil.rmtree(self._folder / name, ignore_errors=True)
        self._mark(name).unlink(missing_ok=True)
        self._written.discard(name)

    def switch(self, name: str) -> None:
        """Write the alias; an earlier engine's files go."""
        if name in self._shards:
            self._shards[name].flush()
        _write(self._folder / f"{self._alias}.alias", name)
        (self._folder / "meta.json").unlink(missing_ok=True)

    def put(self, name: str, points: Sequence[Point]) -> None:
        """Store points."""
        edge = _edge()
        self._begin(name)
        rows = [
            edge.Point(
                id=p.id,
                vector={MEANING: p.meaning, WORDS: edge.SparseVector(indices=p.words[0], values=p.words[1])},
                payload=p.payload,
            )
            for p in points
        ]
        if rows:
            self._shard(name).update(edge.UpdateOperation.upsert_points(rows))

    def delete(self, name: str, condition: Condition, keep: Sequence[str] = ()) -> None:
        """Delete points."""
        edge = _edge()
        self._begin(name)
        self._shard(name).update(edge.UpdateOperation.delete_points_by_filter(_filter(condition, keep)))

    def settle(self, name: str) -> None:
        """Merge what was written into one segment that is read from disk as it is needed."""
        self._begin(name)
        self._shard(name).optimize()

    def count(self, name: str, condition: Condition | None = None) -> int:
        """Count points. All of a shard are counted once (13 ms at 200,000) as long as nobody writes: only who holds
        the folder can."""
        if condition is not None:
            return int(self._shard(name).count(_edge().CountRequest(exact=True, filter=_filter(condition))))
        if name not in self._counts:
            self._counts[name] = int(self._shard(name).count(_edge().CountRequest(exact=True)))
        return self._counts[name]

    def ask(self, name: str, ask: Ask) -> list[Found]:
        """Ask the shard."""
        edge = _edge()
        query: Any
        if ask.words is not None:
            query = edge.Query.Nearest(edge.SparseVector(indices=ask.words[0], values=ask.words[1]), using=WORDS)
        else:
            query = edge.Query.Nearest(list(ask.meaning or ()), using=MEANING)
        rows = self._shard(name).query(
            edge.QueryRequest(
                limit=ask.limit,
                query=query,
                with_payload=True,
                with_vector=[MEANING],
                filter=_filter(ask.condition) if ask.condition else None,
            )
        )
        return [Found(str(r.id), float(r.score), r.payload or {}, dense(r.vector)) for r in rows]

    def get(self, name: str, ids: Sequence[str]) -> list[Found]:
        """Fetch points."""
        rows = self._shard(name).retrieve(list(ids), with_payload=True, with_vector=[MEANING])
        return [Found(str(r.id), 0.0, r.payload or {}, dense(r.vector)) for r in rows]

    def payloads(
        self, name: str, fields: Sequence[str], *, limit: int, condition: Condition | None = None
    ) -> Iterator[dict[str, Any]]:
        """Read payloads page by page."""
        edge = _edge()
        offset, left = None, limit
        chosen = _filter(condition) if condition else None
        while left > 0:
            rows, offset = self._shard(name).scroll(
                edge.ScrollRequest(
                    offset=offset,
                    limit=min(PAGE, left),
                    filter=chosen,
                    with_payload=list(fields),
                    with_vector=False,
                )
            )
            yield from (row.payload or {} for row in rows)
            left -= len(rows)
            if offset is None or not rows:
                return

    def flush(self) -> None:
        """Bring all changes to disk."""
        for name in self._written:
            if name in self._shards:
                self._shards[name].flush()

    def done(self) -> None:
        """Take the marks of unfinished changes away."""
        for name in self._written:
            self._mark(name).unlink(missing_ok=True)

    def _begin(self, name: str) -> None:
        self._counts.pop(name, None)
        if name not in self._written:
            self._written.add(name)
            _write(self._mark(name), "")

    def _mark(self, name: str) -> Path:
        return self._folder / f"{name}.writing"

    def _shard(self, name: str) -> qdrant_edge.EdgeShard:
        if name not in self._shards:
            if shutil.disk_usage(self._folder).free < ROOM:
                raise CongvanError(
                    f"Đĩa chứa chỉ mục còn dưới {ROOM // 2**20} MB nên không mở được chỉ mục tìm kiếm.",
                    "Hãy giải phóng đĩa.",
                )
            self._shards[name] = _edge().EdgeShard.load(str(self._folder / name))
        return self._shards[name]


def _edge() -> Any:
    try:
        import qdrant_edge
    except ImportError as error:
        raise MissingDependencyError(
            "Thiếu thư viện qdrant-edge-py cho chỉ mục tìm kiếm.",
            "Hãy cài lại: pip install congvan; hoặc chạy máy chủ Qdrant và đặt CONGVAN_QDRANT_URL.",
        ) from error
    return qdrant_edge


def _filter(condition: Condition, keep: Sequence[str] = ()) -> Any:
    edge = _edge()
    must: list[Any] = [edge.FieldCondition(key=k, match=edge.MatchValue(value=v)) for k, v in condition.equal]
    must += [edge.FieldCondition(key=k, match=edge.MatchAny(any=list(v))) for k, v in condition.among]
    for key, least, most in condition.ranges():
        must.append(edge.FieldCondition(key=key, range=edge.RangeFloat(gte=least, lte=most)))
    never: list[Any] = [edge.HasIdCondition({*keep})] if keep else []
    if condition.without:
        never.append(edge.FieldCondition(key="document", match=edge.MatchAny(any=list(condition.without))))
    return edge.Filter(must=must, must_not=never or None)


def _taken(file: IO[str]) -> bool:
    import portalocker

    try:
        portalocker.lock(file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
    except portalocker.exceptions.LockException:
        return False
    return True


def _read(path: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8")
    return ""


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.part")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
