"""The use cases: what the command line, the HTTP API and the pages all call.

A document's way is ``path → ingest → nlp → store → index`` and stands in ``usecases.adding``. Everything heavy is
made when it is first needed, and once, whatever number of threads ask for it.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from api.doors.offices import Office
from api.doors.person import acting
from api.placing import has_pages
from api.rooms.local import LocalRooms
from api.seams import Check, Graph, Progress, Restorer, Rooms
from api.settings import Settings
from api.usecases import adding, doctor, finding, suggesting
from api.usecases.adding import Adding, Incoming, Step
from api.usecases.correcting import Correcting, Review
from api.usecases.dutyrows import DutyRow, Known
from api.usecases.graphing import Graphing
from api.usecases.indexing import Indexing
from api.usecases.keeping import NOTHING, Keeper
from api.usecases.listing import Listing
from api.usecases.overlays import EVERYBODYS, Overlay
from api.usecases.owing import Bound, Owing
from api.usecases.places import Profile, profile
from api.usecases.printing import Printing
from api.usecases.replacing import Replacing
from api.usecases.rows import IngestRow
from api.usecases.units import Units
from corpus.corrections import Correction
from corpus.desk import By
from corpus.document import Document, Repaired
from corpus.engine import utc
from corpus.errors import BadInputError, CongvanError, IndexMismatchError, NotFoundError
from corpus.facts import Facts
from corpus.store import DocumentInfo, Store, Stored
from corpus.units import UnitQuery

if TYPE_CHECKING:
    from index.filters import SearchFilters
    from index.results import SearchResult

T = TypeVar("T")

#: Where the offices are: the day changes there at midnight.
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
#: The restorer learns this office's words anew when the store has grown by this share, from so many pages at most.
LEARN_AT_GROWTH, LEARN_PAGES = 0.1, 3000


class Library:
    """One office's directives. May be shared by threads; ``close`` gives back what it holds."""

    def __init__(
        self, settings: Settings, rooms: Rooms | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.settings = settings
        self.rooms: Rooms = rooms or LocalRooms(settings)
        self.now = now
        self._lock = threading.RLock()
        self._opened: Store | None = None
        self._adapted: tuple[int, Restorer] | None = None
        self._graphing = Graphing(lambda: self.store, self.rooms)
        self._indexing = Indexing(lambda: self.store, self.rooms.index, settings.index / "documents")
        self._adding = Adding(lambda: self.store, self.rooms, self._indexing, self.restorer, now)
        #: decisions about unsure places
        self.correcting = Correcting(lambda: self.store, self.rooms, self._indexing, now)
        self._replacing = Replacing(lambda: self.store, self.rooms)
        self._owing = Owing(lambda: self.store)
        self._listing = Listing(lambda: self.store)
        #: pages of what has none of its own
        self.printing = Printing(settings.prints, self.rooms, lambda key: self.store.original(key))
        #: the saved units
        self.units = Units(self, now)

    @property
    def store(self) -> Store:
        """The store; the state folder is made on first use."""
        with self._lock:
            if self._opened is None:
                try:
                    self.settings.home.mkdir(parents=True, exist_ok=True)
                    self._opened = Store.open(
                        self.settings.store_url, self.settings.originals, self.settings.originals_url
                    )
                    self._opened.desk.by = _by
                except OSError as error:
                    raise BadInputError(
                        f"Không ghi được vào thư mục {self.settings.home} ({error.strerror}).",
                        "Hãy đặt CONGVAN_HOME là một thư mục ghi được.",
                    ) from error
            return self._opened

    def has_store(self) -> bool:
        """Whether anything was ever stored here; asking makes no folder."""
        return (
            self._opened is not None or bool(self.settings.database_url) or (self.settings.home / "congvan.db").exists()
        )

    def close(self) -> None:
        """Give back the store's connections, and other machines."""
        self.printing.close()
        self.rooms.close()
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    # taking in and taking out

    def add(self, data: bytes, source: str, progress: Progress | None = None) -> IngestRow:
        """Take one file in. Raises CongvanError when it cannot be read."""
        return self._adding.add(data, source, self.rooms.hands(), progress)

    def add_many(
        self,
        files: Sequence[Incoming],
        jobs: int | None = None,
        tell: Callable[[Step], None] = lambda _: None,
        mode: str = "auto",
        keeper: Keeper = NOTHING,
    ) -> list[IngestRow]:
        """Take many files in; a bad one gives a row of status failure and the rest goes on."""
        return self._adding.add_many(files, jobs or self.rooms.hands(), tell, mode, keeper)

    def add_paths(
        self,
        paths: Sequence[Path],
        jobs: int | None = None,
        tell: Callable[[Step], None] = lambda _: None,
        mode: str = "auto",
    ) -> list[IngestRow]:
        """Take in files and folders; rows in the order of the paths."""
        found = list(adding.expand(self.rooms, paths))
        read = iter(self.add_many([item for item in found if isinstance(item, Incoming)], jobs, tell, mode))
        return [next(read) if isinstance(item, Incoming) else item for item in found]

    def remove(self, reference: str) -> DocumentInfo:
        """Take a directive out of store and index; the file as received stays under its hash."""
        info = self.one(reference)
        self.store.remove(info.id, self._owing.former(info.id))
        self.store.accounts.forget_origin(info.id)
        self.update_index()
        self.printing.drop(info.id)
        return info

    def update_index(self) -> int:
        """Repair the index from the store where they differ; return how many directives that took."""
        return self._indexing.update()

    def reindex(self, ids: Collection[str]) -> None:
        """Index these directives anew; those that are not stored are taken out of the index."""
        self._indexing.redo(ids)

    def index_is_current(self) -> bool:
        """Whether the index holds what the store holds."""
        return self._indexing.is_current()

    # reading without storing

    def restorer(self) -> Restorer:
        """Return the restorer, which has learnt this office's words where the store has clean text.

        It learns anew when the store has grown by a tenth, or shrunk, since: learning takes seconds, and a
        directive more or less does not change an office's words.
        """
        if not self.has_store():
            return self.rooms.restorer()
        with self._lock:
            size = len(self.store.ids())
            if self._adapted is None or not self._adapted[0] <= size <= self._adapted[0] * (1 + LEARN_AT_GROWTH):
                texts = list(islice(self.store.clean_texts(), LEARN_PAGES))
                plain = self.rooms.restorer()
                self._adapted = (size, plain.adapted(texts) if texts else plain)
            return self._adapted[1]

    def restore_text(self, text: str, *, adapt: bool = True) -> Repaired:
        """Repair the Vietnamese of a text, line for line."""
        restorer = self.restorer() if adapt else self.rooms.restorer()
        return restorer.restore(text)

    def extract(self, data: bytes, source: str, progress: Progress | None = None) -> tuple[Document, Facts]:
        """Read one file and its facts; nothing is stored."""
        document = self.rooms.read_file(
            data, source, restorer=self.restorer, jobs=self.rooms.hands(), progress=progress
        )
        return document, self.rooms.read_facts(document)

    def print_ahead(self, ids: Collection[str]) -> None:
        """Make the pictures of those of the directives that have no pages of their own, beside whatever goes on."""
        store = self.store
        without = [info.id for info in store.infos(ids) if self.printing.has(info)]
        self.printing.ahead(without, store.get)

    # asking

    def search(self, text: str, *, limit: int = 10, filters: SearchFilters = finding.ALL) -> SearchResult:
        """Return the passages that answer a question, best first; ``usecases.finding`` makes the filters."""
        return self.search_batch([text], limit=limit, filters=filters)[0]

    def search_batch(
        self, texts: Sequence[str], *, limit: int = 10, filters: SearchFilters = finding.ALL
    ) -> list[SearchResult]:
        """Return the results of many questions, in order; models are loaded and the index is opened once."""
        over = self.overlay(acting().office).passages
        ask = partial(
            self.rooms.index().search,
            texts, limit=limit, filters=filters, today=self.today(), replaced=self.replaced(self.today()), over=over,
        )  # fmt: skip
        return [self._paged(finding.checked(result)) for result in self._asked(ask)]

    def replaced(self, day: date) -> Mapping[str, str]:
        """Return by id the stored directives that were replaced by a day, with the number of what replaced them."""
        return self._replacing.by(day.isoformat()) if self.has_store() else {}

    def similar(self, passage: str, *, limit: int = 10) -> SearchResult:
        """Return the passages that say something like the one of this id (``Hit.passage``). Raises NotFoundError."""
        over = self.overlay(acting().office).passages
        return self._paged(self._asked(partial(self.rooms.index().similar, passage, limit=limit, over=over)))

    def _paged(self, result: SearchResult) -> SearchResult:
        """Return a result whose hits tell which of them stand in files without pages of their own."""
        shown = [*result.hits, *([result.like] if result.like else [])]
        infos = self.store.infos({hit.document for hit in shown}) if shown else ()
        without = {info.id for info in infos if not has_pages(info.media_type)}
        if not without:
            return result
        hits = tuple(replace(hit, paged=hit.document not in without) for hit in result.hits)
        like = result.like and replace(result.like, paged=result.like.document not in without)
        return replace(result, hits=hits, like=like)

    def _asked(self, ask: Callable[[], T]) -> T:
        """Return what the index answers, repaired before where a change of it broke off."""
        self._indexing.repair(time.monotonic())
        try:
            return ask()
        except IndexMismatchError:  # a change broke off since the last look
            self._indexing.update()
            return ask()

    def duties(self, unit: UnitQuery | Profile, school_year: str | None = None) -> list[DutyRow]:
        """Return what a unit must do, by date, undated last, as who asks reads it; ``usecases.asking``
        has the filters."""
        return list(self.bound(unit, school_year, acting().office).rows) if self.has_store() else []

    def bound(self, unit: UnitQuery | Profile, school_year: str | None = None, office: Office | None = None) -> Bound:
        """Return the same without a copy, with the days beside the rows, as ``office`` reads the directives."""
        return self._owing.bound(unit, school_year, self.overlay(office))

    def duty_years(self) -> list[str]:
        """Return the school years that have duties, newest first."""
        return self._owing.years() if self.has_store() else []

    def duty(self, key: str, office: Office | None = None) -> Known | None:
        """Return a duty by its key, as ``office`` reads it, None where nobody knows it."""
        return self._owing.one(key, self.overlay(office)) if self.has_store() else None

    def overlay(self, office: Office | None) -> Overlay:
        """Return what an office reads otherwise than everybody, by its own corrections."""
        return self.correcting.overlays.of(office) if self.has_store() else EVERYBODYS

    def review(self, start: int = 0, most: int = 50) -> Review:
        """Return what the machine is unsure of, newest directives first."""
        return self.correcting.look(self.documents(), start, most) if self.has_store() else Review([], None)

    def corrections(self, reference: str | None = None) -> list[Correction]:
        """Return the corrections that hold and may be seen, of one directive or of all."""
        if not self.has_store():
            return []
        return self.correcting.visible(None if reference is None else self.one(reference).id)

    def undo_correction(self, correction: str) -> Correction:
        """Take a correction back. Raises NotFoundError."""
        if not self.has_store():
            raise NotFoundError("Không có chỗ sửa nào mang mã này.")
        return self.correcting.undo(correction)

    def profile(
        self,
        unit: str | None = None,
        level: str | None = None,
        province: str | None = None,
        district: str | None = None,
        commune: str | None = None,
        name: str | None = None,
    ) -> Profile:
        """Return the unit that a person described. Raises BadInputError that lists what is possible."""
        issuers = self._owing.issuers() if province and self.has_store() else []
        return profile(unit, level, province, district, commune, name, issuers=issuers)

    def local(self, moment: datetime) -> datetime:
        """Return a moment on the clocks of Viet Nam; what the store gives back without a zone is UTC."""
        return self.utc(moment).astimezone(HANOI)

    def utc(self, moment: datetime) -> datetime:
        """Return a moment in UTC; what the store gives back without a zone is that."""
        return utc(moment)

    def today(self) -> date:
        """Return the day it is in Viet Nam."""
        return self.local(self.now()).date()

    def graph(self) -> Graph:
        """Return the citation graph of all stored directives, as who asks reads them."""
        return self._graphing.graph(self.overlay(acting().office))

    def documents(self) -> list[DocumentInfo]:
        """Return all stored directives as who asks reads them, newest first."""
        if not self.has_store():
            return []
        found = list(self._listing.documents())
        return self.overlay(acting().office).infos(found)

    def one(self, reference: str) -> DocumentInfo:
        """Return the directive that an id, its beginning, a number or a file name means.

        Raises NotFoundError; BadInputError when several directives could be meant.
        """
        found = self.overlay(acting().office).found(reference, self.store.find(reference)) if self.has_store() else []
        if not found:
            raise NotFoundError(
                f"Không có văn bản nào là “{reference}”.", "Hãy xem danh sách ở trang Văn bản (lệnh congvan show)."
            )
        if len(found) > 1:
            ids = ", ".join(f"{info.id[:12]} ({info.source})" for info in found[:10])
            raise BadInputError(f"“{reference}” có thể là {len(found)} văn bản: {ids}.", "Hãy dùng mã văn bản.")
        return found[0]

    def show(self, reference: str) -> Stored:
        """Return one stored directive with text and facts, as the office of who asks has corrected it."""
        return self.correcting.seen(self.store.get(self.one(reference).id))

    def numbered(self, numbers: Collection[str]) -> dict[str, str]:
        """Return for the folded numbers that are stored the id of their directive, as who asks reads them."""
        return self.overlay(acting().office).numbered(self.store.numbered(numbers))

    def page_image(self, document_id: str, number: int, dpi: float = 110.0) -> bytes:
        """Return a page as PNG, of Word and HTML files one of their print.

        Raises NotFoundError for text files and pages that are not there, MissingDependencyError without LibreOffice.
        """
        stored = self.store.get(document_id)
        info = stored.info
        if self.printing.has(info):
            return self.rooms.page_png(self.printing.pdf(stored), "application/pdf", number, dpi)
        return self.rooms.page_png(self.store.original(document_id), info.media_type, number, dpi)

    def searchable_pdf(self, reference: str) -> tuple[DocumentInfo, bytes]:
        """Return a directive as a PDF whose text can be searched and copied. Raises BadInputError."""
        stored = self.show(reference)
        if self.printing.has(stored.info):
            return stored.info, self.printing.pdf(stored)
        return stored.info, self.rooms.searchable_pdf(stored.document, self.store.original(stored.info.id))

    def suggest(self, typed: str, limit: int = 8) -> list[dict[str, str]]:
        """Return what the typed beginning of a question may become, as who asks reads the directives."""
        if not typed.strip() or not self.has_store() or not (infos := self._listing.documents()):
            return []
        return suggesting.as_read(typed, limit, self.rooms.index(), infos, self.overlay(acting().office))

    def warm_up(self) -> None:
        """Load what the first search needs, so that nobody waits for it; what is missing shows when it is used."""
        with contextlib.suppress(CongvanError):
            if self.documents():
                self.make_ready()
                self.search("báo cáo", limit=1)

    def make_ready(self) -> None:
        """Make what pages stand on: lists, duties, graph, what offices read otherwise."""
        self.documents()
        self.load_duties()
        self.graph().overview(self.today().isoformat())
        for office in self.correcting.overlays.offices():
            self.overlay(office)

    def load_duties(self) -> None:
        """Load what the first question for duties needs."""
        self._owing.load()

    def doctor(self) -> list[Check]:
        """Return what is installed, what is missing and how to get it."""
        return [*self.rooms.checks(), *doctor.state(self)]


def _by() -> By:
    """Return who acts as the log of the desk has it."""
    person = acting()
    return By(person.name, person.office.label() if person.office else "", person.address)
