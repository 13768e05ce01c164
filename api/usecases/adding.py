"""Taking files in: path → ingest → nlp → store → index, for one file and for many."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.seams import Progress, Restorer, Rooms
from api.usecases import rows
from api.usecases.correcting import shared
from api.usecases.executors import executor
from api.usecases.indexing import Indexing
from api.usecases.keeping import NOTHING, Keeper
from api.usecases.overlays import corrected
from api.usecases.rows import IngestRow
from corpus.document import Document, content_id
from corpus.errors import BadInputError, CongvanError, NotFoundError
from corpus.facts import Facts
from corpus.journal import Stage
from corpus.lazy import once
from corpus.store import DocumentInfo, Store
from corpus.text import nfc

#: So many directives are stored between two updates of the index, so that a long batch can be searched on the way.
INDEX_EVERY = 16


class Stopped(Exception):  # noqa: N818  # not an error: a person asked for it
    """Raised inside a reading thread when the batch has been stopped."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is to be taken in: its bytes are fetched when its turn comes; ``source`` is its name, ``id`` its
    content id where that is known before."""

    source: str
    fetch: Callable[[], bytes]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """How far a batch is: the page that was just read, or (``row`` set) the file that is done."""

    source: str
    page: int
    pages: int
    row: IngestRow | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    file: Incoming
    data: bytes
    document: Document
    facts: Facts


#: How a file can be read, with what each does; the words of ``ingest.textlayer.Mode``.
MODES = {
    "auto": "tự chọn cho từng trang",
    "keep": "giữ lớp chữ có sẵn",
    "repair": "phục hồi dấu cho lớp chữ có sẵn",
    "ocr": "nhận dạng lại từ ảnh",
}


def known_mode(mode: str) -> str:
    """Return a way of reading. Raises BadInputError that lists them."""
    if mode not in MODES:
        choices = ", ".join(f"{name} ({what})" for name, what in MODES.items())
        raise BadInputError(f"Không có cách đọc “{mode[:40]}”.", f"Hãy chọn một trong: {choices}.")
    return mode


def from_path(path: Path) -> Incoming:
    """Return the file at ``path``; it is read when its turn comes."""
    return Incoming(nfc(path.name), lambda: read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file. Raises NotFoundError and BadInputError, which say what to do."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"Không tìm thấy tệp {path}.", "Hãy kiểm tra lại đường dẫn.") from error
    except OSError as error:
        raise BadInputError(
            f"Không mở được tệp {path} ({error.strerror}).", "Hãy kiểm tra đường dẫn và quyền đọc."
        ) from error


class Adding:
    """The use case of taking files in."""

    def __init__(
        self,
        store: Callable[[], Store],
        rooms: Rooms,
        indexing: Indexing,
        restorer: Callable[[], Restorer],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._indexing = indexing
        self._restorer = restorer
        self._now = now
        self._writing = threading.Lock()

    def add(
        self, data: bytes, source: str, jobs: int, progress: Progress | None = None, mode: str = "auto"
    ) -> IngestRow:
        """Take one file in, ``jobs`` pages at a time, so that it can be searched.

        Raises CongvanError when it cannot be read.
        """
        found = self._known(data, mode)
        if found is not None:
            return rows.known(found, source)
        document = self._rooms.read_file(data, source, restorer=self._restorer, jobs=jobs, progress=progress, mode=mode)
        facts = self._rooms.read_facts(document)
        self._save(_Read(Incoming(source, lambda: data), data, document, facts))
        return self._indexed([self._taken_in(document, facts)])[0]

    def add_many(
        self,
        files: Sequence[Incoming],
        jobs: int,
        tell: Callable[[Step], None] = lambda _: None,
        mode: str = "auto",
        keeper: Keeper = NOTHING,
    ) -> list[IngestRow]:
        """Take many files in, ``jobs`` at a time; rows in the order of ``files``.

        With another ``mode`` than auto a file that is known is read again in that way. ``keeper`` is told how far each
        file is and asked for what an earlier batch has left.

        A file that fails gives a row and the rest goes on. ``tell`` is called from several threads. Ctrl-C stops
        the reading at the next page; what is stored by then stays and is complete.
        """
        done: dict[int, IngestRow] = {}
        stop = threading.Event()
        waiting: list[str] = []
        fresh = 0
        try:
            # the workers that a short list of files leaves over read pages side by side
            spare = max(1, jobs // max(1, len(files)))
            # the whole batch is read with one restorer, made when the first file needs it
            read = self._reader(
                stop, tell, once(keeper.watched(self._restorer)), spare, mode, keeper, once(self._ahead)
            )
            for position, outcome in executor(jobs, len(files)).over(read, files):
                row = self._stored(outcome, mode, keeper) if isinstance(outcome, _Read) else outcome
                done[position] = row
                tell(Step(row.source, row.pages, row.pages, row))
                waiting += [] if row.document is None else [row.document]
                fresh += isinstance(outcome, _Read)
                if fresh >= INDEX_EVERY:
                    self._indexed([], waiting, keeper)
                    waiting, fresh = [], 0
        finally:
            stop.set()
        return self._indexed([done[position] for position in range(len(files))], waiting, keeper)

    def _ahead(self) -> None:
        """Let the index load its model while the next files are being read by Tesseract, a process of its own."""
        threading.Thread(target=self._indexing.get_ready, name="congvan-index").start()

    def _indexed(self, taken: list[IngestRow], ids: Sequence[str] = (), keeper: Keeper = NOTHING) -> list[IngestRow]:
        """Update the index; should that fail, what is stored stays stored and its rows say so."""
        try:
            with keeper.timed(Stage.INDEXED):
                self._indexing.update()
        except CongvanError as error:
            keeper.unindexed(error)
            return [rows.unindexed(row, error) for row in taken]
        keeper.reached(Stage.INDEXED, *ids)
        return taken

    def _reader(
        self,
        stop: threading.Event,
        tell: Callable[[Step], None],
        restorer: Callable[[], Restorer],
        jobs: int,
        mode: str,
        keeper: Keeper,
        ahead: Callable[[], None],
    ) -> Callable[[Incoming], _Read | IngestRow]:
        def read(file: Incoming) -> _Read | IngestRow:
            def progress(page: int, pages: int) -> None:
                if stop.is_set():
                    raise Stopped
                tell(Step(file.source, page, pages))

            try:
                data = file.fetch()
                found = self._known(data, mode)
                if found is not None:
                    return rows.known(found, file.source)
                document = self._document(data, file.source, restorer, jobs, progress, mode, keeper)
                facts = self._facts(document, keeper)
                ahead()
                return _Read(file, data, document, facts)
            except (CongvanError, OSError) as error:
                keeper.failed(file, error)
                return rows.failed(file.source, error)
            except Stopped:
                raise
            except Exception as error:  # noqa: BLE001  # the border of the file: the others go on
                keeper.failed(file, error)
                return rows.crashed(file.source, error)

        return read

    def _document(
        self,
        data: bytes,
        source: str,
        restorer: Callable[[], Restorer],
        jobs: int,
        progress: Progress,
        mode: str,
        keeper: Keeper,
    ) -> Document:
        """Return the document of a file: the one that was kept, or read from its pages that were kept and the rest."""
        document_id = content_id(data)
        document = keeper.document(document_id)
        if document is None:

            def read(page: int, pages: int) -> None:
                progress(page, pages)
                if page == pages:
                    keeper.reached(Stage.READ, document_id)

            with keeper.timed(Stage.READ):
                document = self._rooms.read_file(
                    data,
                    source,
                    restorer=restorer,
                    jobs=jobs,
                    progress=read,
                    mode=mode,
                    shelf=keeper.pages(document_id),
                )
            keeper.keep(document_id, document)
        keeper.reached(Stage.RESTORED, document_id)
        return document

    def _facts(self, document: Document, keeper: Keeper) -> Facts:
        facts = keeper.facts(document.id)
        if facts is None:
            with keeper.timed(Stage.EXTRACTED):
                facts = self._rooms.read_facts(document)
            keeper.keep(document.id, facts)
        keeper.reached(Stage.EXTRACTED, document.id)
        return facts

    def _stored(self, read: _Read, mode: str, keeper: Keeper) -> IngestRow:
        # The same bytes may have come twice in one batch; the second one finds the first one stored.
        with self._writing:
            found = self._known(read.data, mode)
            if found is not None:
                return rows.known(found, read.file.source)
            try:
                with keeper.timed(Stage.STORED):
                    self._save(read)
            except (CongvanError, OSError) as error:
                keeper.failed(read.file, error)
                return rows.failed(read.file.source, error)
        keeper.reached(Stage.STORED, read.document.id)
        return self._taken_in(read.document, read.facts)

    def _taken_in(self, document: Document, facts: Facts) -> IngestRow:
        """Return the row of a directive that was stored, with a warning where it came before in other bytes."""
        earlier = self._store().earlier([document.id]).get(document.id)
        return rows.taken_in(document, facts, self._store().find(earlier)[0] if earlier else None)

    def _save(self, read: _Read) -> None:
        # A second reading takes the first out of the index before it is stored: should the program end in between,
        # the index lacks the directive, which is noticed, and does not show old text, which would not be.
        if self._store().has(read.document.id):
            self._indexing.forget(read.document.id)
        held = shared(self._store().desk.corrections(read.document.id))
        if not held:
            self._store().save(read.document, read.facts, read.data, self._now())
            return
        document, facts = corrected(read.document, read.facts, held, self._rooms.read_facts)
        self._store().save(document, facts, read.data, self._now(), (read.document, read.facts))

    def _known(self, data: bytes, mode: str) -> DocumentInfo | None:
        """Return what is stored of these bytes; pages that could not be read are worth another try, and so is a
        way of reading that a person chose."""
        document_id = content_id(data)
        if mode != "auto" or not data or not self._store().has(document_id):
            return None
        found = self._store().find(document_id)[0]
        if found.status != "success":
            return None
        # what a person does whom ``congvan check`` told that the file as received is lost
        self._store().originals.keep(document_id, data)
        return found


def expand(rooms: Rooms, paths: Iterable[Path]) -> Iterator[Incoming | IngestRow]:
    """Yield the files that the paths of a command line name; a folder without any gives a failed row."""
    for path in paths:
        try:
            found = list(rooms.files([path]))
        except OSError as error:
            yield rows.failed(str(path), error)
            continue
        if not found:
            nothing = NotFoundError(
                "Thư mục không có tệp nào đọc được.", "Cần PDF, Word, RTF, ODT, HTML, ảnh hoặc TXT."
            )
            yield rows.failed(str(path), nothing)
        yield from (from_path(file) for file in found)
