"""Pages of Word and HTML files as pictures: printed once, after an upload or when somebody first opens it, and kept.

One file is printed at a time, in a thread of its own: LibreOffice takes a second or two of a core, a long file more,
and nobody is to wait for it who wants to read the text.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from api.seams import Rooms
from corpus.errors import CongvanError, MissingDependencyError
from corpus.originals import write_atomically
from corpus.store import DocumentInfo, Stored

if TYPE_CHECKING:
    from ingest.drawn import DrawnPage, Placed

K = TypeVar("K")
V = TypeVar("V")

_LOG = logging.getLogger(__name__)

#: Counts up whenever a print of the same file would look otherwise.
_VERSION = 1
#: The words of so many prints, and so many texts laid over them, are kept in memory.
_KEPT = 24


@dataclass(frozen=True, slots=True)
class Print:
    """How the print of a directive stands: where its words are, or why there is none (yet)."""

    placed: Placed | None = None
    problem: str = ""

    @property
    def working(self) -> bool:
        """Whether it will be there soon."""
        return self.placed is None and not self.problem


class Printing:
    """The prints of directives that have no pages of their own, in ``folder`` by their id."""

    def __init__(self, folder: Path, rooms: Rooms, original: Callable[[str], bytes]) -> None:
        self._folder = folder
        self._rooms = rooms
        self._original = original
        self._lock = threading.Lock()
        self._one = threading.Lock()
        self._closed = threading.Event()
        self._running: dict[str, threading.Thread] = {}
        self._failed: dict[str, CongvanError] = {}
        self._pages: OrderedDict[str, tuple[DrawnPage, ...]] = OrderedDict()
        self._placed: OrderedDict[tuple[str, int], Placed] = OrderedDict()

    def has(self, info: DocumentInfo) -> bool:
        """Whether a directive's pages are known only from a print."""
        return self._rooms.printable(info.media_type)

    def of(self, stored: Stored, wait: float) -> Print:
        """Return the print of a directive, waiting ``wait`` seconds at most for one that is not there yet."""
        pages = self._begin(stored, wait)
        if pages is None:
            failed = self._failed.get(stored.info.id)
            return Print(problem=str(failed) if failed else "")
        key = stored.info.id, hash(stored.document.text)
        with self._lock:
            found = self._placed.get(key)
        if found is None:
            found = self._rooms.placed(stored.document, pages)
            self._keep(self._placed, key, found)
        return Print(found)

    def pdf(self, stored: Stored) -> bytes:
        """Return the print itself, however long it takes. Raises what the printing raises."""
        document_id = stored.info.id
        if self._begin(stored, None) is not None and not self._path(document_id).exists():
            with self._lock:  # somebody has cleared the folder
                self._pages.pop(document_id, None)
        if self._begin(stored, None) is None:
            raise self._failed.get(document_id) or CongvanError("Không dựng được hình trang.")
        return self._path(document_id).read_bytes()

    def ahead(self, ids: Sequence[str], stored: Callable[[str], Stored]) -> None:
        """Print what was just taken in, one after the other beside whatever else goes on, so that who opens it first
        finds its pages; ``stored`` reads a directive when its turn comes."""
        if ids:
            threading.Thread(target=self._ahead, args=(ids, stored), name="congvan-print-ahead", daemon=True).start()

    def _ahead(self, ids: Sequence[str], stored: Callable[[str], Stored]) -> None:
        for document_id in ids:
            if self._closed.is_set():
                return
            try:
                self._begin(stored(document_id), None)
            except CongvanError as error:  # somebody has removed it by now
                _LOG.info("%s is not printed: %s", document_id[:12], error)
            if isinstance(self._failed.get(document_id), MissingDependencyError):
                return  # nor would the others be

    def close(self) -> None:
        """Print nothing ahead any more."""
        self._closed.set()

    def drop(self, document_id: str) -> None:
        """Forget the print of a directive."""
        self._clear(document_id)
        with self._lock:
            self._pages.pop(document_id, None)
            self._failed.pop(document_id, None)

    def _begin(self, stored: Stored, wait: float | None) -> tuple[DrawnPage, ...] | None:
        """Return the pages of a print, None while it is made and where that failed."""
        document_id = stored.info.id
        with self._lock:
            pages = self._pages.get(document_id)
            failed = self._failed.get(document_id)
            if isinstance(failed, MissingDependencyError):  # somebody may have installed it by now
                failed = self._failed.pop(document_id) and None
            if pages is not None or failed is not None:
                return pages
            thread = self._running.get(document_id)
            if thread is None:
                thread = threading.Thread(target=self._make, args=(stored,), name="congvan-print", daemon=True)
                self._running[document_id] = thread
                thread.start()
        thread.join(wait)
        with self._lock:
            return self._pages.get(document_id)

    def _make(self, stored: Stored) -> None:
        document_id = stored.info.id
        try:
            with self._one:
                path = self._path(document_id)
                if not path.exists():
                    self._clear(document_id)
                    write_atomically(path, self._rooms.printed(stored.document, self._original(document_id)))
                pages = self._rooms.drawn(path.read_bytes())
            # before the pages, by which others know that all is there
            key = document_id, hash(stored.document.text)
            self._keep(self._placed, key, self._rooms.placed(stored.document, pages))
            self._keep(self._pages, document_id, pages)
        except CongvanError as error:
            self._fail(document_id, error)
        except Exception as error:  # noqa: BLE001  the border of the file: its text can still be read
            _LOG.exception("%s could not be printed", stored.info.source)
            self._fail(document_id, CongvanError(f"Lỗi ngoài dự kiến khi dựng hình trang ({type(error).__name__})."))
        finally:
            with self._lock:
                self._running.pop(document_id, None)

    def _fail(self, document_id: str, error: CongvanError) -> None:
        with self._lock:
            self._failed[document_id] = error

    def _keep(self, kept: OrderedDict[K, V], key: K, value: V) -> None:
        with self._lock:
            kept[key] = value
            kept.move_to_end(key)
            while len(kept) > _KEPT:
                kept.popitem(last=False)

    def _path(self, document_id: str) -> Path:
        return self._folder / document_id[:2] / f"{document_id}-{_VERSION}.pdf"

    def _clear(self, document_id: str) -> None:
        """Delete the prints of a directive, those of older versions, too."""
        for path in self._path(document_id).parent.glob(f"{document_id}*.pdf"):
            path.unlink(missing_ok=True)
