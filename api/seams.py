"""What the use cases need from the rooms below, as small Protocols.

``api.rooms.local.LocalRooms`` joins the real ingest, nlp and index rooms to these; the tests have one more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus.document import Document, Page, Repaired
from corpus.facts import Facts
from corpus.store import DocumentInfo, Store

if TYPE_CHECKING:
    from index.filters import SearchFilters
    from index.lineage import Replacement
    from index.results import SearchResult
    from ingest.drawn import DrawnPage, Placed

#: Called with (pages done, pages in all) while a file is read. It may raise to stop the reading.
Progress = Callable[[int, int], None]


class Restorer(Protocol):
    """Repairs broken Vietnamese. May be shared by threads."""

    def restore(self, text: str, *, force: bool = False) -> Repaired:
        """Repair a wrecked text; good text comes back as it is unless ``force``."""
        ...

    def correct(self, text: str, doubts: Sequence[tuple[int, int, float]]) -> Repaired:
        """Put right what a Vietnamese OCR got wrong; ``doubts`` are (start, end, confidence) of its words."""
        ...

    def adapted(self, clean_texts: Iterable[str]) -> Restorer:
        """Return a restorer that has also learnt the words of these texts."""
        ...


class PageShelf(Protocol):
    """Keeps the pages of one file as they are read, so that reading it again begins after them. For threads."""

    def get(self, number: int) -> Page | None:
        """Return a page that was kept."""
        ...

    def put(self, page: Page) -> None:
        """Keep a page."""
        ...


class SearchIndex(Protocol):
    """Finds passages. Safe to be used by several threads and processes."""

    @property
    def identity(self) -> str:
        """One word that changes whenever model, schema or word analysis do; another one means: rebuild."""
        ...

    def is_stale(self, directives: int) -> bool:
        """Whether the index must be made again though its identity is right: its last change broke off, or it holds
        nothing where so many ``directives`` should be in it. Raises BusyError."""
        ...

    def get_ready(self) -> None:
        """Load what taking directives in needs: a model, seconds. Raises MissingDependencyError."""
        ...

    def put(self, document: Document, facts: Facts) -> None:
        """Take a directive in, replacing what was there of it."""
        ...

    def put_all(self, directives: Sequence[tuple[Document, Facts]]) -> None:
        """Take several in at once: whoever searches waits once for it."""
        ...

    def drop(self, document_id: str) -> None:
        """Take a directive out; nothing happens if it is not there."""
        ...

    def rebuild(self, store: Store) -> int:
        """Make the index anew from the store; return the number of directives."""
        ...

    def held(self) -> dict[str, int]:
        """Return for every directive that is in it how many passages it has."""
        ...

    def wanted(self, document: Document, facts: Facts) -> int:
        """Return how many passages a directive has when it is in."""
        ...

    def sheet(self, document: Document, facts: Facts) -> Any:
        """Return the passages of a directive as one office reads it, for ``over`` of a search; nothing is kept in the
        index and no model is loaded before that search."""
        ...

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
        """Return for each question the passages that answer it, best first; what the index has of the directives in
        ``over`` is left out. ``replaced`` are directives that are in force no more, with the number that replaced
        them."""
        ...

    def similar(self, passage: str, *, limit: int, over: Sequence[Any] = ()) -> SearchResult:
        """Return the passages that say something like the one of this id. Raises NotFoundError."""
        ...

    def suggest(self, typed: str, limit: int) -> list[dict[str, str]]:
        """Return what the typed beginning may become: text, kind (number, issuer, topic), about."""
        ...

    def suggest_among(
        self, typed: str, limit: int, headers: Sequence[Mapping[str, str | None]], topics: Mapping[str, int]
    ) -> list[dict[str, str]]:
        """Return the same of these headers (number, issuer, subject) and topics alone."""
        ...

    def topics(self, document: Document, facts: Facts) -> Mapping[str, int]:
        """Return how often each heading and task of a directive would be in the index, by which they are suggested."""
        ...

    def topics_held(self) -> Mapping[str, int]:
        """Return the same of all directives that are in it."""
        ...


class Graph(Protocol):
    """Who cites whom."""

    def around(self, number: str, on: str) -> dict[str, Any]:
        """Return a directive with ``cites`` and ``cited_by`` (rows with number, document, relation, page, line …),
        ``above``, ``below`` and ``replaced_by`` (numbers), ``in_force`` on ISO day ``on`` (None: not known), how it
        stands then (``standing``, a code; ``force_reason``, words), and ``last_year``, the number of its counterpart
        of another school year. Raises NotFoundError for a number nobody knows."""
        ...

    def overview(self, on: str) -> dict[str, Any]:
        """Return what the whole graph says: ``most_cited`` and ``to_fetch`` (rows), ``in_force`` on ISO day ``on``
        (rows), and ``findings``: citations as in force of what had been replaced."""
        ...

    def earlier(self, number: str) -> list[str]:
        """Return the ids of the same office's stored directives on the same matter of earlier years, latest first."""
        ...

    def replacements(self) -> list[Replacement]:
        """Return which stored directives others replaced, the latest replacement last."""
        ...

    def replacing(self, number: str) -> list[str]:
        """Return the numbers of the directives that replace one. Raises NotFoundError for a number nobody knows."""
        ...

    def on_matter(self, subject: str | None, level: str) -> list[dict[str, Any]]:
        """Return the stored directives of one level of office (so, phong …) with a subject like this one, as rows
        (document, number, date, issuer …), the likest first."""
        ...

    def in_place_of(self, key: str, number: str, on: str) -> dict[str, Any] | None:
        """Return the directive that took another's place by ISO day ``on`` as a row, None where nothing is known."""
        ...

    def svg(self, number: str) -> str:
        """Return the same as a picture."""
        ...

    def graphml(self) -> str:
        """Return the whole graph as GraphML."""
        ...

    def held(self) -> dict[str, int]:
        """Return for every stored directive that is a node how many citations lead out of it."""
        ...


@dataclass(frozen=True, slots=True)
class Check:
    """One line of ``congvan doctor``: what was looked at, whether it is in order, what was found, how to get it."""

    name: str
    ok: bool
    found: str
    remedy: str = ""
    required: bool = True


class Rooms(Protocol):
    """The rooms below, each loaded when it is first needed, and once."""

    def files(self, paths: Iterable[Path]) -> list[Path]:
        """Return the files that paths name: folders are searched for the kinds of files that are read."""
        ...

    def left_out(self, paths: Iterable[Path]) -> list[Path]:
        """Return the files in those folders that are of no kind that is read."""
        ...

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
        """Read a file, ``jobs`` pages at a time. ``mode``: auto, or keep, repair or ocr for every page. Pages on the
        ``shelf`` are taken from there, the others are put there."""
        ...

    def hands(self) -> int:
        """Return how many files or pages are read at a time, here and on other machines."""
        ...

    def notes(self) -> list[str]:
        """Return what went wrong with other machines since the last call, though nothing was lost by it."""
        ...

    def close(self) -> None:
        """Give back what is held on other machines."""
        ...

    def read_facts(self, document: Document) -> Facts: ...

    def restorer(self) -> Restorer: ...

    def index(self) -> SearchIndex: ...

    def citing(self, info: DocumentInfo, facts: Facts) -> Any:
        """Return what the graph is to know of a directive, for ``graph``; it need not be worked out again."""
        ...

    def graph(self, citing: Iterable[Any]) -> Graph:
        """Return the citation graph of directives, each as ``citing`` gave it."""
        ...

    def searchable_pdf(self, document: Document, data: bytes) -> bytes:
        """Return the file with a text layer of what was read. Raises BadInputError for what has no pages."""
        ...

    def page_png(self, data: bytes, media_type: str, number: int, dpi: float) -> bytes: ...

    def printable(self, media_type: str) -> bool:
        """Whether a file of this type has no pages of its own and can be printed."""
        ...

    def printed(self, document: Document, data: bytes) -> bytes:
        """Return the PDF of such a file. Raises BadInputError and MissingDependencyError."""
        ...

    def drawn(self, pdf: bytes) -> tuple[DrawnPage, ...]:
        """Return the pages of such a PDF with their words."""
        ...

    def placed(self, document: Document, pages: tuple[DrawnPage, ...]) -> Placed:
        """Return where the words of the document's text stand on these pages."""
        ...

    def checks(self) -> list[Check]: ...
