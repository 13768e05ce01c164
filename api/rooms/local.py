"""All rooms of this installation, as the seams ask for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from api.rooms.graph import GraphRoom
from api.rooms.limits import limits_of
from api.rooms.search import SearchRoom
from api.rooms.spread import spread
from api.seams import Check, Graph, PageShelf, Progress, Restorer, SearchIndex
from api.settings import Settings
from api.usecases.cluster import Cluster
from corpus.document import Document
from corpus.facts import Facts
from corpus.store import DocumentInfo

if TYPE_CHECKING:
    from ingest.drawn import DrawnPage, Placed
    from ingest.pipeline import PageProgress

T = TypeVar("T")


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
            options = replace(options, recogniser=partial(spread, self._cluster))

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
        return self._once("index", lambda: SearchRoom(self._settings, self.restorer))

    def citing(self, info: DocumentInfo, facts: Facts) -> Any:
        """Return what the graph is to know of a directive."""
        from index.tying import Citing

        return Citing.of(info, facts)

    def graph(self, citing: Iterable[Any]) -> Graph:
        """Return the citation graph of these directives."""
        from index.graph import CitationGraph

        return GraphRoom(CitationGraph.of(citing))

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
