"""Passages in Qdrant: words (BM25) and meaning (dense) in one collection, embedded in a folder or on a server by URL.

The collection's name carries the identity of everything that decides its content (schema, word analysis, model); an
alias points to the one in use. An index of another identity is stale and is rebuilt from the store beside the old
one, then the alias moves: searches go on meanwhile.

The embedded Qdrant belongs to one process at a time. Every operation therefore opens it, works and closes it, and
waits for its turn, so that the server and the command line can work on one machine at the same time.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus.document import Document
from corpus.errors import CongvanError, IndexMismatchError
from corpus.facts import Facts
from index.connection import embedded, server
from index.embedding import Embedder, Vectors
from index.passages import Passage, passages
from index.payload import from_payload, to_payload
from index.weighting import SparseTerms, dense_text, passage_terms
from index.words import WORDS_VERSION

if TYPE_CHECKING:
    from qdrant_client import QdrantClient, models

#: Changes whenever the payload or the way texts are put together changes.
SCHEMA_VERSION = "1"
#: Passages written at a time.
BATCH = 256
#: Passages written in one opening of the folder while the index is rebuilt: about a second's work.
GROUP = 400

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
    """What is looked for: weighted term ids, a dense vector (None: words only), and a filter of Qdrant's."""

    terms: SparseTerms
    vector: Sequence[float] | None
    numbers: tuple[str, ...] = ()
    condition: models.Filter | None = None
    limit: int = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that came back: ``words`` is its BM25 score, ``meaning`` its cosine (0 where unknown)."""

    passage: Passage
    words: float
    meaning: float


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
        self._folder, self._url, self._key = folder, url, api_key
        self._name, self._patience = name, patience
        self._server: QdrantClient | None = None

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

    def close(self) -> None:
        """Give back the connection to a server; an embedded index is never left open."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def is_stale(self) -> bool:
        """Whether an index exists that another model, schema or word analysis made."""
        wanted = self.collection
        with self._client() as client:
            current = self._current(client)
        return current is not None and not current.startswith(wanted)

    def count(self, document: str | None = None) -> int:
        """Return the number of passages, of one directive or of all."""
        with self._client() as client:
            current = self._current(client)
            if current is None:
                return 0
            condition = _of_document(document) if document else None
            return int(client.count(current, count_filter=condition, exact=True).count)

    def update(self, document: str, found: Sequence[Passage]) -> None:
        """Put a directive's passages in the place of those it had. Doing it again changes nothing.

        Raises IndexMismatchError when the index is stale, BusyError when another program holds it.
        """
        vectors = self.embedder.encode([dense_text(p) for p in found])
        wanted = self.collection
        with self._client() as client:
            current = self._current(client)
            if current is None:
                current = self._create(client, wanted)
                self._switch(client, current)
            _check(current, wanted)
            self._replace(client, current, document, found, vectors)

    def remove(self, document: str) -> None:
        """Take a directive's passages out."""
        with self._client() as client:
            current = self._current(client)
            if current is not None:
                client.delete(current, points_selector=_selector(_of_document(document)))

    def rebuild(self, store: Readings, progress: Callable[[int], None] | None = None) -> int:
        """Make the index anew from the store beside the old one, then switch. Return the number of directives.

        The folder is given free between groups of directives, so that searches in other processes go on.
        """
        fresh = f"{self.collection}-{uuid.uuid4().hex[:8]}"
        with self._client() as client:
            self._create(client, fresh)
        done = 0
        for group in _groups(store):
            vectors = [self.embedder.encode([dense_text(p) for p in found]) for _, found in group]
            with self._client() as client:
                for (document, found), rows in zip(group, vectors, strict=True):
                    self._replace(client, fresh, document, found, rows)
            done += len(group)
            if progress is not None:
                progress(done)
        with self._client() as client:
            self._switch(client, fresh)
            for other in client.get_collections().collections:
                if other.name.startswith(f"{self._name}-") and other.name != fresh:
                    client.delete_collection(other.name)
        return done

    def search(self, probes: Sequence[Probe]) -> list[list[Candidate]]:
        """Return candidates for each probe, unordered, in one opening of the index.

        Raises IndexMismatchError when the index is stale, BusyError when another program holds it.
        """
        wanted = self.collection
        with self._client() as client:
            current = self._current(client)
            if current is None:
                return [[] for _ in probes]
            _check(current, wanted)
            return [list(_candidates(client, current, probe)) for probe in probes]

    @contextmanager
    def _client(self) -> Iterator[QdrantClient]:
        if self._folder is not None:
            with embedded(self._folder, self._patience) as client:
                yield client
            return
        if self._server is None:
            assert self._url is not None
            self._server = server(self._url, self._key)
        yield self._server

    def _current(self, client: QdrantClient) -> str | None:
        for alias in client.get_aliases().aliases:
            if alias.alias_name == self._name:
                return str(alias.collection_name)
        return None

    def _switch(self, client: QdrantClient, target: str) -> None:
        from qdrant_client import models

        steps: list[Any] = []
        if self._current(client) is not None:
            steps.append(models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=self._name)))
        create = models.CreateAlias(collection_name=target, alias_name=self._name)
        steps.append(models.CreateAliasOperation(create_alias=create))
        client.update_collection_aliases(change_aliases_operations=steps)

    def _create(self, client: QdrantClient, name: str) -> str:
        from qdrant_client import models

        if client.collection_exists(name):
            client.delete_collection(name)
        client.create_collection(
            name,
            vectors_config={
                "meaning": models.VectorParams(size=self.embedder.dimension, distance=models.Distance.COSINE)
            },
            sparse_vectors_config={"words": models.SparseVectorParams(modifier=models.Modifier.IDF)},
        )
        if self._url is not None:
            for field in ("document", "level", "doc_type", "school_year", "issuer_words", "kinds", "numbers"):
                client.create_payload_index(name, field, models.PayloadSchemaType.KEYWORD)
            client.create_payload_index(name, "day", models.PayloadSchemaType.INTEGER)
        return name

    def _replace(
        self, client: QdrantClient, collection: str, document: str, found: Sequence[Passage], vectors: Vectors
    ) -> None:
        from qdrant_client import models

        points = []
        for passage, vector in zip(found, vectors, strict=True):
            indices, values = passage_terms(passage)
            words = models.SparseVector(indices=indices, values=values)
            points.append(
                models.PointStruct(
                    id=str(uuid.uuid5(_SPACE, passage.id)),
                    vector={"meaning": vector.tolist(), "words": words},
                    payload=to_payload(passage),
                )
            )
        kept = [point.id for point in points]
        old = models.Filter(
            must=[models.FieldCondition(key="document", match=models.MatchValue(value=document))],
            must_not=[models.HasIdCondition(has_id=kept)] if kept else None,
        )
        for at in range(0, len(points), BATCH):
            client.upsert(collection, points=points[at : at + BATCH], wait=True)
        client.delete(collection, points_selector=_selector(old))


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
            "Chỉ mục tìm kiếm do một mô hình hoặc phiên bản khác tạo ra.",
            "Chương trình cần lập lại chỉ mục từ kho văn bản.",
        )


def _of_document(document: str) -> models.Filter:
    from qdrant_client import models

    return models.Filter(must=[models.FieldCondition(key="document", match=models.MatchValue(value=document))])


def _selector(condition: models.Filter) -> models.FilterSelector:
    from qdrant_client import models

    return models.FilterSelector(filter=condition)


def _candidates(client: QdrantClient, collection: str, probe: Probe) -> Iterator[Candidate]:
    """Yield the best by words, by meaning, and all that name a wanted document number."""
    from qdrant_client import models

    found: dict[str, tuple[Any, float, float | None]] = {}

    def ask(query: Any, using: str, condition: models.Filter | None) -> list[Any]:
        answer = client.query_points(
            collection,
            query=query,
            using=using,
            query_filter=condition,
            limit=probe.limit,
            with_payload=True,
            with_vectors=["meaning"],
        )
        return list(answer.points)

    indices, values = probe.terms
    sparse = models.SparseVector(indices=indices, values=values)
    if indices:
        for point in ask(sparse, "words", probe.condition):
            found[str(point.id)] = (point, float(point.score), None)
        if probe.numbers:
            named = models.FieldCondition(key="numbers", match=models.MatchAny(any=list(probe.numbers)))
            both = models.Filter(must=[named, *([probe.condition] if probe.condition else [])])
            for point in ask(sparse, "words", both):
                found.setdefault(str(point.id), (point, float(point.score), None))
    if probe.vector is not None:
        for point in ask(list(probe.vector), "meaning", probe.condition):
            words = found[str(point.id)][1] if str(point.id) in found else 0.0
            found[str(point.id)] = (point, words, float(point.score))
    for point, words, cosine in found.values():
        if cosine is None and probe.vector is not None:
            cosine = sum(a * b for a, b in zip(point.vector["meaning"], probe.vector, strict=True))
        yield Candidate(from_payload(point.payload), words, cosine or 0.0)
