"""Passages in Qdrant: words (BM25) and meaning (dense) in one collection, embedded in a folder or on a server by URL.

The collection's name carries the identity of everything that decides its content (schema, word analysis, model); an
alias points to the one in use. An index of another identity is stale and is rebuilt from the store beside the old
one, then the alias moves: searches go on meanwhile. Which Qdrant it is, ``index.engine`` hides.
"""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus.document import Document
from corpus.errors import CongvanError, IndexMismatchError
from corpus.facts import Facts
from index.embedded import EmbeddedEngine
from index.embedding import Embedder, Vectors
from index.engine import Ask, Condition, Engine, Found, Point, SparseTerms, Turn
from index.passages import Passage, passages
from index.payload import CONTEXT, from_payload, to_payload
from index.server import ServerEngine
from index.weighting import dense_text, passage_terms
from index.words import WORDS_VERSION

#: Changes whenever the payload or the way texts are put together changes.
SCHEMA_VERSION = "6"
#: Passages written in one turn while the index is rebuilt: about a second's work.
GROUP = 400
#: Passages that the words of the collection are counted over, at most.
COUNTED = 20_000

_SPACE = uuid.UUID("6f1d4a58-6c0e-4d47-9d0e-0f6a0f1b7c11")


class Reading(Protocol):
    """A stored directive: text and facts (``corpus.store.Stored`` is one)."""

    @property
    def document(self) -> Document:
        """The text with its places."""
        ...

    @property
    def facts(self) -> Facts:
        """What was read from it."""
        ...


class Readings(Protocol):
    """Where directives come from when the index is rebuilt (``corpus.store.Store`` is one)."""

    def stored(self) -> Iterable[Reading]:
        """Yield every stored directive."""
        ...


@dataclass(frozen=True, slots=True)
class Probe:
    """What is looked for: weighted term ids, a dense vector (None: words only), and a condition."""

    terms: SparseTerms
    vector: Sequence[float] | None
    numbers: tuple[str, ...] = ()
    condition: Condition = field(default_factory=Condition)
    limit: int = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that came back: ``words`` is its BM25 score, ``meaning`` its cosine (0 where unknown), ``tokens`` its
    words in their one spelling in order, ``|`` at breaks."""

    passage: Passage
    words: float
    meaning: float
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What the index holds: in how many of the ``counted`` passages each word and each pair ("a b") stands, what each
    directive is (number, issuer, subject, school year), and how often each heading and task occurs."""

    counted: int
    words: Mapping[str, int]
    directives: tuple[dict[str, str | None], ...]
    topics: Mapping[str, int]


class VectorIndex:
    """The passages of all directives. Give a folder for the embedded Qdrant, or the URL of a server."""

    def __init__(
        self,
        embedder: Callable[[], Embedder],
        *,
        folder: Path | None = None,
        url: str | None = None,
        api_key: str | None = None,
        name: str = "congvan",
        patience: float = 20.0,
    ) -> None:
        """``embedder`` is called at first need; ``patience`` is how long to wait for the folder, in seconds."""
        if (folder is None) == (url is None):
            raise CongvanError("Chỉ mục cần đúng một trong hai: thư mục hoặc địa chỉ máy chủ Qdrant.")
        self._load, self._embedder = embedder, None
        self._name = name
        self._engine: Engine = ServerEngine(url, name, api_key) if url else _embedded(folder, name, patience)
        self._overview: tuple[tuple[str, int], Overview] | None = None
        self._looking = threading.Lock()

    _embedder: Embedder | None

    @property
    def embedder(self) -> Embedder:
        """The embedder, loaded at first need."""
        if self._embedder is None:
            self._embedder = self._load()
        return self._embedder

    @property
    def collection(self) -> str:
        """The name of the collection that this schema, word analysis and model make."""
        identity = "|".join([SCHEMA_VERSION, WORDS_VERSION, self.embedder.identity])
        return f"{self._name}-{hashlib.sha256(identity.encode()).hexdigest()[:12]}"

    def get_ready(self) -> None:
        """Load the embedding model, which the first text would have to wait for."""
        self.embedder.encode([])

    def close(self) -> None:
        """Give back what is held open: the connection, or the folder's files."""
        self._engine.close()

    def is_stale(self) -> bool:
        """Whether an index exists that another model, schema or word analysis made, or whose last change broke off."""
        wanted = self.collection
        with self._engine.turn() as turn:
            current = turn.current()
        return current is not None and not current.startswith(wanted)

    def count(self, document: str | None = None) -> int:
        """Return the number of passages, of one directive or of all."""
        with self._engine.turn() as turn:
            current = turn.current()
            if current is None or current not in turn.names():
                return 0
            return turn.count(current, _of_document(document) if document else None)

    def held(self) -> dict[str, int]:
        """Return for every directive in the index the number of its passages."""
        with self._engine.turn() as turn:
            current = turn.current()
            if current is None or current not in turn.names():
                return {}
            rows = turn.payloads(current, ["document"], limit=turn.count(current))
            return dict(Counter(str(row.get("document", "")) for row in rows))

    def update(self, document: str, found: Sequence[Passage]) -> None:
        """Put a directive's passages in the place of those it had. Doing it again changes nothing.

        Raises IndexMismatchError when the index is stale, BusyError when another program holds it.
        """
        self.update_all([(document, found)])

    def update_all(self, directives: Sequence[tuple[str, Sequence[Passage]]]) -> None:
        """Put the passages of several directives in, as ``update`` does, in one turn: whoever searches waits once."""
        rows = [(document, self.points(found)) for document, found in directives]
        wanted = self.collection
        with self._engine.turn(writes=True) as turn:
            current = turn.current()
            if current is None:
                current = wanted
                turn.create(current, self.embedder.dimension)
                turn.switch(current)
            _check(current, wanted)
            for document, points in rows:
                _replace(turn, current, document, points)

    def remove(self, document: str) -> None:
        """Take a directive's passages out."""
        with self._engine.turn(writes=True) as turn:
            current = turn.current()
            if current is not None and current in turn.names():
                turn.delete(current, _of_document(document))

    def rebuild(self, store: Readings, progress: Callable[[int], None] | None = None) -> int:
        """Make the index anew from the store beside the old one, then switch. Return the number of directives.

        The folder is given free between groups of directives, so that searches in other processes go on.
        """
        fresh = f"{self.collection}-{uuid.uuid4().hex[:8]}"
        with self._engine.turn(writes=True) as turn:
            turn.create(fresh, self.embedder.dimension)
        done = 0
        for group in _groups(store):
            rows = [(document, self.points(found)) for document, found in group]
            with self._engine.turn(writes=True) as turn:
                for document, points in rows:
                    _replace(turn, fresh, document, points)
            done += len(group)
            if progress is not None:
                progress(done)
        with self._engine.turn(writes=True) as turn:
            turn.settle(fresh)
        with self._engine.turn(writes=True) as turn:
            turn.switch(fresh)
            for other in turn.names():
                if other.startswith(f"{self._name}-") and other != fresh:
                    turn.drop(other)
        return done

    def search(self, probes: Sequence[Probe]) -> list[list[Candidate]]:
        """Return candidates for each probe, unordered, in one turn.

        Raises IndexMismatchError when the index is stale, BusyError when another program holds it.
        """
        wanted = self.collection
        with self._engine.turn() as turn:
            current = turn.current()
            if current is None:
                return [[] for _ in probes]
            _check(current, wanted)
            return [list(_candidates(turn, current, probe)) for probe in probes]

    def get(self, passage: str) -> tuple[Passage, Sequence[float]] | None:
        """Return a passage by its id with its vector, None when it is not there."""
        wanted = self.collection
        with self._engine.turn() as turn:
            current = turn.current()
            if current is None:
                return None
            _check(current, wanted)
            rows = turn.get(current, [_point_id(passage)])
        return (from_payload(rows[0].payload), rows[0].meaning) if rows else None

    def of_directive(self, document: str, condition: Condition, limit: int) -> list[Candidate]:
        """Return the passages of a directive that meet the condition, in order, as candidates without scores; none
        where it has more than ``limit``.

        Raises IndexMismatchError when the index is stale, BusyError when another program holds it.
        """
        wanted = self.collection
        with self._engine.turn() as turn:
            current = turn.current()
            if current is None:
                return []
            _check(current, wanted)
            own = replace(condition, equal=(*condition.equal, ("document", document)))
            rows = list(turn.payloads(current, ["passage", "tokens"], limit=limit + 1, condition=own))
        return in_order(rows, limit)

    def overview(self) -> Overview:
        """Return what the index holds; read again only when the number of passages has changed."""
        with self._looking, self._engine.turn() as turn:
            current = turn.current()
            if current is None or current not in turn.names():
                return Overview(0, {}, (), {})
            state = (current, turn.count(current))
            if self._overview is None or _differs(self._overview[0], state):
                self._overview = (state, _overview(turn, current))
            return self._overview[1]

    def points(self, found: Sequence[Passage]) -> list[Point]:
        """Return a directive's passages as they are kept; this takes the model."""
        vectors: Vectors = self.embedder.encode([dense_text(p) for p in found])
        return [
            Point(_point_id(passage.id), vector.tolist(), passage_terms(passage), to_payload(passage, first=at == 0))
            for at, (passage, vector) in enumerate(zip(found, vectors, strict=True))
        ]


def _embedded(folder: Path | None, name: str, patience: float) -> Engine:
    assert folder is not None
    return EmbeddedEngine(folder, name, patience)


def _differs(old: tuple[str, int], new: tuple[str, int]) -> bool:
    """Whether words are to be counted again: any change in a small index, one in fifty in a large one."""
    return old[0] != new[0] or abs(old[1] - new[1]) > (new[1] // 50 if new[1] > COUNTED // 4 else 0)


def _overview(turn: Turn, collection: str) -> Overview:
    words: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    counted = 0
    for payload in turn.payloads(collection, ["tokens", "topics"], limit=COUNTED):
        counted += 1
        own = str(payload.get("tokens", "")).partition(CONTEXT)[0].split()
        words.update({*own, *(f"{a} {b}" for a, b in pairwise(own))})
        topics.update(payload.get("topics") or ())
    first = Condition(among=(("role", ("first",)),))
    rows = turn.payloads(collection, ["number", "issuer", "subject", "school_year"], limit=COUNTED, condition=first)
    directives = tuple({k: row.get(k) for k in ("number", "issuer", "subject", "school_year")} for row in rows)
    return Overview(counted, {word: seen for word, seen in words.items() if "|" not in word}, directives, dict(topics))


def in_order(payloads: Sequence[Mapping[str, Any]], limit: int) -> list[Candidate]:
    """Return passages of one directive as candidates without scores, in order; none where there are more than
    ``limit``."""
    if len(payloads) > limit:
        return []
    rows = [Candidate(from_payload(dict(row)), 0.0, 0.0, tuple(str(row.get("tokens", "")).split())) for row in payloads]
    return sorted(rows, key=lambda row: row.passage.start)


def _point_id(passage: str) -> str:
    return str(uuid.uuid5(_SPACE, passage))


def _replace(turn: Turn, collection: str, document: str, points: Sequence[Point]) -> None:
    turn.put(collection, points)
    turn.delete(collection, _of_document(document), keep=[point.id for point in points])


def _groups(store: Readings) -> Iterator[list[tuple[str, tuple[Passage, ...]]]]:
    """Yield the directives with their passages, as many together as make ``GROUP`` passages."""
    group: list[tuple[str, tuple[Passage, ...]]] = []
    for stored in store.stored():
        group.append((stored.document.id, passages(stored.document, stored.facts)))
        if sum(len(found) for _, found in group) >= GROUP:
            yield group
            group = []
    if group:
        yield group


def _check(current: str, wanted: str) -> None:
    if not current.startswith(wanted):
        raise IndexMismatchError(
            "Chỉ mục tìm kiếm do một mô hình hoặc phiên bản khác tạo ra, hoặc chưa ghi xong.",
            "Chương trình cần lập lại chỉ mục từ kho văn bản.",
        )


def _of_document(document: str) -> Condition:
    return Condition(equal=(("document", document),))


def _candidates(turn: Turn, collection: str, probe: Probe) -> Iterator[Candidate]:
    """Yield the best by words, by meaning, and all that name a wanted document number."""
    found: dict[str, tuple[Found, float]] = {}
    if probe.terms[0]:
        for row in turn.ask(collection, Ask(probe.limit, words=probe.terms, condition=probe.condition)):
            found[row.id] = (row, row.score)
        if probe.numbers:
            named = probe.condition.and_among("numbers", probe.numbers)
            for row in turn.ask(collection, Ask(probe.limit, words=probe.terms, condition=named)):
                found.setdefault(row.id, (row, row.score))
    if probe.vector is not None:
        for row in turn.ask(collection, Ask(probe.limit, meaning=probe.vector, condition=probe.condition)):
            found.setdefault(row.id, (row, 0.0))
    cosines = _cosines([row.meaning for row, _ in found.values()], probe.vector)
    for (row, words), cosine in zip(found.values(), cosines, strict=True):
        yield Candidate(from_payload(row.payload), words, cosine, tuple(str(row.payload.get("tokens", "")).split()))


def _cosines(rows: Sequence[Sequence[float]], vector: Sequence[float] | None) -> list[float]:
    if vector is None or not rows:
        return [0.0] * len(rows)
    found: list[float] = (np.asarray(rows, dtype=np.float32) @ np.asarray(vector, dtype=np.float32)).tolist()
    return found
