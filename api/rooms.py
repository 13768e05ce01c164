"""The real rooms behind the seams: ingest, nlp and index, each imported and loaded when first needed, and once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from api.seams import Check, Graph, PageShelf, Progress, Restorer, SearchIndex
from api.settings import Settings
from api.usecases.cluster import Cluster
from corpus.document import Document
from corpus.facts import Facts
from corpus.store import DocumentInfo, Store

if TYPE_CHECKING:
    from index.filters import SearchFilters
    from index.graph import CitationGraph
    from index.lineage import Replacement
    from index.search import SearchEngine, SearchResult
    from index.suggest import Suggestion
    from index.vectors import VectorIndex
    from ingest.drawn import DrawnPage, Placed
    from ingest.ocr import OcrEngine
    from ingest.pages import Limits, Picture
    from ingest.pipeline import PageProgress
    from ingest.recognise import Reading

T = TypeVar("T")
#: So many pictures of the graph are remembered until a directive changes.
_PICTURES = 64


class LocalRooms:
    """The rooms of this installation. Safe to be used by several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.RLock()
        self._nlp = threading.Lock()
        self._made: dict[str, Any] = {}
        self._cluster = Cluster(settings.dask_scheduler) if settings.dask_scheduler else None

    def hands(self) -> int:
        """Return how many files or pages are read at a time: as set, or as many as other machines have hands."""
        return self._settings.jobs or max(self._settings.workers, self._cluster.hands if self._cluster else 0)

    def notes(self) -> list[str]:
        """Return what went wrong on other machines since the last call."""
        return self._cluster.notes() if self._cluster else []

    def close(self) -> None:
        """Let the other machines go."""
        if self._cluster is not None:
            self._cluster.close()

    def _once(self, name: str, make: Callable[[], T]) -> T:
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            made: T = self._made[name]
            return made

    def files(self, paths: Iterable[Path]) -> list[Path]:
        """Return the files that paths name; folders are searched."""
        from ingest.batch import expand

        return expand(paths)

    def left_out(self, paths: Iterable[Path]) -> list[Path]:
        """Return the files in folders that are of no kind that is read."""
        from ingest.batch import left_out

        return left_out(paths)

    def read_file(
        self,
        data: bytes,
        source: str,
        *,
        restorer: Callable[[], Restorer],
        jobs: int = 1,
        progress: Progress | None = None,
        mode: str = "auto",
        shelf: PageShelf | None = None,
    ) -> Document:
        """Read a file; see ``ingest.pipeline.read`` for the errors."""
        from ingest.pipeline import ReadOptions, read
        from ingest.textlayer import Mode

        limits = limits_of(self._settings)
        options = ReadOptions(mode=Mode(mode), limits=limits, restorer=restorer, jobs=jobs, shelf=shelf)
        if self._cluster is not None:
            options = replace(options, recogniser=partial(_spread, self._cluster))

        def tell(step: PageProgress) -> None:
            if progress is not None:
                progress(step.done, step.total)

        return read(data, source, options=options, progress=tell)

    def read_facts(self, document: Document) -> Facts:
        """Read the facts of a document, one document at a time: the language pipeline is not made for threads."""
        from nlp.pipeline import Reader

        reader = self._once("nlp", Reader.load)
        with self._nlp:
            return reader.read(document)

    def restorer(self) -> Restorer:
        """Return the restorer as it comes. Raises MissingDependencyError without its model."""
        from ingest.restore.restorer import Restorer as Real

        return self._once("restorer", lambda: Real.load(self._settings.restore_model))

    def index(self) -> SearchIndex:
        """Return the index in the state folder, or on the Qdrant server that is set."""
        return self._once("index", lambda: _Index(self._settings, self.restorer))

    def citing(self, info: DocumentInfo, facts: Facts) -> Any:
        """Return what the graph is to know of a directive."""
        from index.tying import Citing

        return Citing.of(info, facts)

    def graph(self, citing: Iterable[Any]) -> Graph:
        """Return the citation graph of these directives."""
        from index.graph import CitationGraph

        return _Graph(CitationGraph.of(citing))

    def searchable_pdf(self, document: Document, data: bytes) -> bytes:
        """Return the file with a text layer of what was read."""
        from ingest.outputs import searchable_pdf

        return searchable_pdf(document, data, limits_of(self._settings))

    def page_png(self, data: bytes, media_type: str, number: int, dpi: float) -> bytes:
        """Draw a page, within the limits that are set."""
        from ingest.pagepng import page_png

        return page_png(data, media_type, number, dpi, limits_of(self._settings))

    def printable(self, media_type: str) -> bool:
        """Whether LibreOffice can print it."""
        from ingest.drawn import PRINTABLE

        return media_type in PRINTABLE

    def printed(self, document: Document, data: bytes) -> bytes:
        """Print a Word or HTML file, within the limits that are set."""
        from ingest.drawn import printed

        return printed(data, document, limits_of(self._settings))

    def drawn(self, pdf: bytes) -> tuple[DrawnPage, ...]:
        """Return the pages of a print with their words."""
        from ingest.drawn import drawn_pages

        return drawn_pages(pdf, limits_of(self._settings))

    def placed(self, document: Document, pages: tuple[DrawnPage, ...]) -> Placed:
        """Lay the words of a print over the text."""
        from ingest.drawn import placed

        return placed(document, pages)

    def checks(self) -> list[Check]:
        """Look at what is installed."""
        from api.checkup import installed

        return installed(self._settings)


def limits_of(settings: Settings) -> Limits:
    """Return what is refused because it is too much, as set."""
    from ingest.pages import Limits

    return Limits(
        bytes=settings.max_file_bytes,
        pages=settings.max_pages,
        pixels=settings.max_page_megapixels * 1_000_000,
        characters=settings.max_page_characters,
        page_seconds=settings.page_seconds,
        call_seconds=settings.call_seconds,
        convert_seconds=settings.convert_seconds,
        memory=settings.worker_memory_mb * 2**20,
        unpacked_bytes=settings.max_unpacked_mb * 2**20,
    )


def _spread(cluster: Cluster, picture: Picture, engine: OcrEngine, limits: Limits, number: int) -> Reading:
    """Read the picture of a page on another machine: its pixels go there, the words come back."""
    import cv2

    # losslessly; a page is some ten megabytes else
    packed = cv2.imencode(".png", picture.pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
    # a page may wait until the one before it is read
    seconds = 3 * limits.page_seconds
    return cluster.call(_there, _reader(engine), packed, picture.dpi, engine, limits, number, seconds=seconds)


def _there(wanted: str, packed: bytes, dpi: float, engine: OcrEngine, limits: Limits, number: int) -> Reading:
    """Read a picture where this runs. Raises OSError where another program or another Tesseract would read it."""
    import cv2
    import numpy as np

    from ingest.pages import Picture
    from ingest.recognise import recognise

    if _reader(engine) != wanted:
        raise OSError(f"another reader: {_reader(engine)}")
    pixels = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise OSError("no picture")
    return recognise(Picture(pixels.astype(np.uint8, copy=False), dpi), engine, limits, number)


def _reader(engine: OcrEngine) -> str:
    from ingest.pipeline import READER_VERSION

    return f"{READER_VERSION} {engine.version}"


class _Graph:
    """The citation graph with its picture."""

    def __init__(self, graph: CitationGraph) -> None:
        self._graph = graph
        self._overview: dict[str, dict[str, Any]] = {}
        self._pictures: dict[str, str] = {}

    def around(self, number: str, on: str) -> dict[str, Any]:
        """Return the neighbourhood of a directive."""
        from index import lineage

        force = lineage.force(self._graph, number, on)
        before = lineage.last_year(self._graph, number)
        return {
            **self._graph.as_json(number),
            "standing": force.standing.value,
            "in_force": force.in_force,
            "force_reason": force.reason,
            "last_year": before.number if before else None,
            "chain": [
                {"level": level, "documents": [node.as_dict() for node in nodes]}
                for level, nodes in lineage.chain(self._graph, number)
            ],
            "findings": lineage.findings(self._graph, self._graph.find(number)[0].key),
        }

    def overview(self, on: str) -> dict[str, Any]:
        """Return what the whole graph says; asked again for the same day it is remembered."""
        from index import lineage

        if on in self._overview:
            return self._overview[on]
        cited = lineage.most_cited(self._graph)
        found = {
            "most_cited": [{**node.as_dict(), "cited_by_count": count} for node, count in cited],
            "to_fetch": lineage.to_fetch(self._graph),
            "in_force": [node.as_dict() for node in lineage.in_force(self._graph, on)],
            "findings": lineage.findings(self._graph),
        }
        self._overview = {on: found}
        return found

    def earlier(self, number: str) -> list[str]:
        """Return the ids of counterparts of earlier years, latest first."""
        from index import lineage

        own = lineage.year_of(self._graph.find(number)[0]) or ""
        found = lineage.counterparts(self._graph, number)
        return [node.document for node in found if node.document and (lineage.year_of(node) or "") < own]

    def replacements(self) -> list[Replacement]:
        """Return what was replaced."""
        from index import lineage

        return lineage.replacements(self._graph)

    def replacing(self, number: str) -> list[str]:
        """Return the numbers of what replaces a directive."""
        return [node.number for node in self._graph.replaced_by(number)]

    def on_matter(self, subject: str | None, level: str) -> list[dict[str, Any]]:
        """Return the stored directives of a level of office on the same matter."""
        from index import lineage

        return [node.as_dict() for node in lineage.on_matter(self._graph, subject, level)]

    def in_place_of(self, key: str, number: str, on: str) -> dict[str, Any] | None:
        """Return what has taken a directive's place."""
        from index import lineage

        node = lineage.in_place_of(self._graph, key, number, on)
        return None if node is None else node.as_dict()

    def svg(self, number: str) -> str:
        """Draw it, and remember some pictures. Raises MissingDependencyError without Graphviz."""
        from index.picture import svg

        key = self._graph.find(number)[0].key
        if key not in self._pictures:
            if len(self._pictures) >= _PICTURES:
                self._pictures.pop(next(iter(self._pictures)), None)
            self._pictures[key] = svg(self._graph, key)
        return self._pictures[key]

    def held(self) -> dict[str, int]:
        """Count the citations that lead out of each stored directive."""
        out = Counter(edge.document for edge in self._graph.edges)
        return {node.document: out[node.document] for node in self._graph.nodes.values() if node.document}

    def graphml(self) -> str:
        """Return the whole graph."""
        from index.export import graphml

        return graphml(self._graph)


class _Index:
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
