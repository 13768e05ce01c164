"""The index as the doors ask it: passages in Qdrant and the engine over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from api.seams import Restorer
from api.settings import Settings
from corpus.document import Document
from corpus.facts import Facts
from corpus.store import Store

if TYPE_CHECKING:
    from index.filters import SearchFilters
    from index.results import SearchResult
    from index.search import SearchEngine
    from index.suggest import Suggestion
    from index.vectors import VectorIndex


class SearchRoom:
    """The passages in Qdrant and the engine that asks them."""

    def __init__(self, settings: Settings, restorer: Callable[[], Restorer]) -> None:
        from index.embedding import load_embedder
        from index.search import SearchEngine
        from index.vectors import VectorIndex

        place: dict[str, Any] = (
            {"url": settings.qdrant_url} if settings.qdrant_url else {"folder": settings.index / "qdrant"}
        )
        self._vectors: VectorIndex = VectorIndex(lambda: load_embedder(settings.embedding_model), **place)
        self._engine: SearchEngine = SearchEngine(
            self._vectors, restore=lambda text: restorer().restore(text, force=True).text
        )

    @property
    def identity(self) -> str:
        """The collection's name, which model, schema and word analysis decide."""
        return self._vectors.collection

    def is_stale(self, directives: int) -> bool:
        """Whether the index must be made again."""
        return self._vectors.is_stale() or (directives > 0 and self._vectors.count() == 0)

    def get_ready(self) -> None:
        """Load the embedding model and its library."""
        self._vectors.get_ready()

    def put(self, document: Document, facts: Facts) -> None:
        """Index a directive anew."""
        self.put_all([(document, facts)])

    def put_all(self, directives: Sequence[tuple[Document, Facts]]) -> None:
        """Index directives anew, in one turn at the index."""
        from index.passages import passages

        self._vectors.update_all([(document.id, passages(document, facts)) for document, facts in directives])

    def drop(self, document_id: str) -> None:
        """Take a directive out."""
        self._vectors.remove(document_id)

    def held(self) -> dict[str, int]:
        """Count the passages of each directive."""
        return self._vectors.held()

    def wanted(self, document: Document, facts: Facts) -> int:
        """Count the passages that a directive makes."""
        from index.passages import passages

        return len(passages(document, facts))

    def rebuild(self, store: Store) -> int:
        """Make the index anew."""
        return self._vectors.rebuild(store)

    def sheet(self, document: Document, facts: Facts) -> Any:
        """Return the passages of a directive as one office reads it."""
        from index.overlay import Sheet
        from index.passages import passages

        found = passages(document, facts)
        return Sheet(document.id, lambda: self._vectors.points(found))

    def search(
        self,
        texts: Sequence[str],
        *,
        limit: int,
        filters: SearchFilters,
        today: date,
        replaced: Mapping[str, str],
        over: Sequence[Any] = (),
    ) -> list[SearchResult]:
        """Ask."""
        return self._engine.search_batch(texts, limit=limit, filters=filters, today=today, over=over, replaced=replaced)

    def similar(self, passage: str, *, limit: int, over: Sequence[Any] = ()) -> SearchResult:
        """Ask for more like a passage."""
        return self._engine.similar(passage, limit=limit, over=over)

    def suggest(self, typed: str, limit: int) -> list[dict[str, str]]:
        """Complete what is typed."""
        return list(map(_suggestion, self._engine.suggest(typed, limit=limit)))

    def suggest_among(
        self, typed: str, limit: int, headers: Sequence[Mapping[str, str | None]], topics: Mapping[str, int]
    ) -> list[dict[str, str]]:
        """Complete what is typed with these headers and topics."""
        from index.suggest import Suggester
        from index.vectors import Overview

        few = Suggester(Overview(0, {}, tuple(dict(row) for row in headers), topics))
        return list(map(_suggestion, few.suggest(typed, limit)))

    def topics(self, document: Document, facts: Facts) -> Mapping[str, int]:
        """Count a directive's headings and tasks, a passage at a time as the index does."""
        from index.passages import passages
        from index.payload import topics

        return Counter(topic for passage in passages(document, facts) for topic in topics(passage))

    def topics_held(self) -> Mapping[str, int]:
        """Count those of all directives."""
        return self._vectors.overview().topics


def _suggestion(found: Suggestion) -> dict[str, str]:
    return {"text": found.text, "kind": found.kind.value, "about": found.about}
