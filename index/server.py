"""Qdrant on a server or cluster by URL, through qdrant-client."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from corpus.errors import CongvanError
from index.engine import KEYWORDS, MEANING, NUMBERS, WORDS, Ask, Condition, Found, Point, dense

if TYPE_CHECKING:
    from qdrant_client import QdrantClient, models

#: Points written and read at a time.
BATCH, PAGE = 256, 1000


class ServerEngine:
    """The engine at a URL; connected at the first turn. ``:memory:`` is qdrant-client's own engine, for tests."""

    def __init__(self, url: str, alias: str, api_key: str | None = None) -> None:
        self._url, self._alias, self._key = url, alias, api_key
        self._client: QdrantClient | None = None
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, *, writes: bool = False) -> Iterator[ServerTurn]:
        """See ``Engine.turn``; a server takes many at a time. Raises CongvanError when it does not answer."""
        from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

        with self._guard:
            if self._client is None:
                self._client = _connect(self._url, self._key)
        try:
            yield ServerTurn(self._client, self._alias, remote=self._url != ":memory:")
        except (ResponseHandlingException, UnexpectedResponse) as error:
            raise CongvanError(
                f"Máy chủ Qdrant tại {self._url} không trả lời.", "Hãy kiểm tra máy chủ và CONGVAN_QDRANT_URL."
            ) from error

    def close(self) -> None:
        """Give back the connection."""
        with self._guard:
            if self._client is not None:
                self._client.close()
                self._client = None


def _connect(url: str, api_key: str | None) -> QdrantClient:
    from qdrant_client import QdrantClient
    from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

    if url == ":memory:":
        return QdrantClient(location=url)
    client = QdrantClient(url=url, api_key=api_key, check_compatibility=False, timeout=30)
    try:
        client.get_collections()
    except (ResponseHandlingException, UnexpectedResponse, OSError) as error:
        raise CongvanError(
            f"Không kết nối được máy chủ Qdrant tại {url}.", "Hãy kiểm tra máy chủ và CONGVAN_QDRANT_URL."
        ) from error
    return client


class ServerTurn:
    """A turn at the server; see ``index.engine.Turn``."""

    def __init__(self, client: QdrantClient, alias: str, *, remote: bool) -> None:
        self._client, self._alias, self._remote = client, alias, remote

    def current(self) -> str | None:
        """Return the collection that the alias names."""
        for alias in self._client.get_aliases().aliases:
            if alias.alias_name == self._alias:
                return str(alias.collection_name)
        return None

    def names(self) -> list[str]:
        """Return the collections on the server."""
        return sorted(c.name for c in self._client.get_collections().collections)

    def create(self, name: str, dimension: int) -> None:
        """Make a collection with its payload indexes."""
        from qdrant_client import models

        self.drop(name)
        self._client.create_collection(
            name,
            vectors_config={MEANING: models.VectorParams(size=dimension, distance=models.Distance.COSINE)},
            sparse_vectors_config={WORDS: models.SparseVectorParams(modifier=models.Modifier.IDF)},
        )
        if self._remote:
            for field in KEYWORDS:
                self._client.create_payload_index(name, field, models.PayloadSchemaType.KEYWORD)
            for field in NUMBERS:
                self._client.create_payload_index(name, field, models.PayloadSchemaType.INTEGER)

    def drop(self, name: str) -> None:
        """Delete a collection."""
        if self._client.collection_exists(name):
            self._client.delete_collection(name)

    def switch(self, name: str) -> None:
        """Move the alias in one step."""
        from qdrant_client import models

        steps: list[Any] = []
        if self.current() is not None:
            steps.append(models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=self._alias)))
        create = models.CreateAlias(collection_name=name, alias_name=self._alias)
        steps.append(models.CreateAliasOperation(create_alias=create))
        self._client.update_collection_aliases(change_aliases_operations=steps)

    def put(self, name: str, points: Sequence[Point]) -> None:
        """Store points in batches."""
        from qdrant_client import models

        rows = [
            models.PointStruct(
                id=p.id,
                vector={MEANING: p.meaning, WORDS: models.SparseVector(indices=p.words[0], values=p.words[1])},
                payload=p.payload,
            )
            for p in points
        ]
        for at in range(0, len(rows), BATCH):
            self._client.upsert(name, points=rows[at : at + BATCH], wait=True)

    def delete(self, name: str, condition: Condition, keep: Sequence[str] = ()) -> None:
        """Delete points."""
        from qdrant_client import models

        self._client.delete(name, points_selector=models.FilterSelector(filter=_filter(condition, keep)))

    def settle(self, name: str) -> None:
        """Leave it to the server, which does so by itself."""

    def count(self, name: str, condition: Condition | None = None) -> int:
        """Count points."""
        return int(self._client.count(name, count_filter=_filter(condition) if condition else None, exact=True).count)

    def ask(self, name: str, ask: Ask) -> list[Found]:
        """Ask the server."""
        from qdrant_client import models

        query: Any = list(ask.meaning or ())
        if ask.words is not None:
            query = models.SparseVector(indices=ask.words[0], values=ask.words[1])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # for developers: on local mode, on versions
            answer = self._client.query_points(
                name,
                query=query,
                using=WORDS if ask.words is not None else MEANING,
                query_filter=_filter(ask.condition) if ask.condition else None,
                limit=ask.limit,
                with_payload=True,
                with_vectors=[MEANING],
            )
        return [Found(str(p.id), float(p.score), p.payload or {}, dense(p.vector)) for p in answer.points]

    def get(self, name: str, ids: Sequence[str]) -> list[Found]:
        """Fetch points."""
        rows = self._client.retrieve(name, ids=list(ids), with_payload=True, with_vectors=[MEANING])
        return [Found(str(r.id), 0.0, r.payload or {}, dense(r.vector)) for r in rows]

    def payloads(
        self, name: str, fields: Sequence[str], *, limit: int, condition: Condition | None = None
    ) -> Iterator[dict[str, Any]]:
        """Read payloads page by page."""
        offset: Any = None
        left = limit
        while left > 0:
            rows, offset = self._client.scroll(
                name,
                scroll_filter=_filter(condition) if condition else None,
                limit=min(PAGE, left),
                offset=offset,
                with_payload=list(fields),
                with_vectors=False,
            )
            yield from (row.payload or {} for row in rows)
            left -= len(rows)
            if offset is None or not rows:
                return


def _filter(condition: Condition, keep: Sequence[str] = ()) -> models.Filter:
    from qdrant_client import models

    must: list[Any] = [models.FieldCondition(key=k, match=models.MatchValue(value=v)) for k, v in condition.equal]
    must += [models.FieldCondition(key=k, match=models.MatchAny(any=list(v))) for k, v in condition.among]
    for key, least, most in condition.ranges():
        must.append(models.FieldCondition(key=key, range=models.Range(gte=least, lte=most)))
    never: list[Any] = [models.HasIdCondition(has_id=list(keep))] if keep else []
    if condition.without:
        never.append(models.FieldCondition(key="document", match=models.MatchAny(any=list(condition.without))))
    return models.Filter(must=must, must_not=never or None)
