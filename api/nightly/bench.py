"""The workbench of the nightly run: files and what the stages made of them, by content id, until they are stored.

    HOME/work/<id>/file            the bytes as received
    HOME/work/<id>/pages/3.<v>.z   a page that was read
    HOME/work/<id>/document.<v>.z  all of them, repaired and put together
    HOME/work/<id>/facts.<v>.z     what was found in it
    HOME/quarantine/<id>/NAME      a file that cannot be read, and beside it
    HOME/quarantine/<id>/ly-do.txt why

``<v>`` names the program that made it: what an older one left is not used.
"""

from __future__ import annotations

import contextlib
import shutil
import zlib
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.document import Document, Page
from corpus.errors import NotFoundError
from corpus.facts import Facts
from corpus.journal import Arrival
from corpus.store import Store, write_atomically
from ingest.inbox import safe_name

T = TypeVar("T", Document, Facts, Page)

#: The file in which the reason stands beside a file in quarantine.
REASON = "ly-do.txt"


class Bench:
    """See the module. ``version`` names the program that makes documents and facts."""

    def __init__(self, home: Path, version: str) -> None:
        self._work, self._quarantine = home / "work", home / "quarantine"
        self._version = version

    def put(self, document_id: str, data: bytes) -> None:
        """Keep the bytes of a file; after this they are ours."""
        path = self._work / document_id / "file"
        if not path.exists():
            write_atomically(path, data)

    def data(self, document_id: str, store: Store) -> bytes:
        """Return the bytes of a file, wherever they are by now. Raises NotFoundError."""
        for path in (self._work / document_id / "file", self._bad(document_id)):
            with contextlib.suppress(FileNotFoundError):
                if path is not None:
                    return path.read_bytes()
        try:
            return store.original(document_id)
        except NotFoundError as error:
            raise NotFoundError("Tệp đã nhận không còn trong kho.", "Tệp sẽ được lấy lại từ nguồn.") from error

    def keep(self, document_id: str, made: Document | Facts | Page) -> None:
        """Keep what a stage made."""
        data = zlib.compress(_adapters()[type(made).__name__].dump_json(made), 1)
        write_atomically(self._path(document_id, type(made), made.number if isinstance(made, Page) else 0), data)

    def made(self, document_id: str, kind: type[T], number: int = 0) -> T | None:
        """Return what a stage made, None where it did not, or where another program did."""
        try:
            data = zlib.decompress(self._path(document_id, kind, number).read_bytes())
            found: T = _adapters()[kind.__name__].validate_json(data)
        except (OSError, zlib.error, ValidationError):
            return None
        return found

    def clear(self, document_id: str) -> None:
        """Throw away what is not needed any more once a directive is stored; leaving quarantine is part of it."""
        for folder in (self._work, self._quarantine):
            shutil.rmtree(folder / document_id, ignore_errors=True)

    def set_apart(self, arrival: Arrival, data: bytes) -> Path:
        """Put a file that cannot be read into quarantine (cách ly) with the reason beside it; return where it is."""
        folder = self._quarantine / arrival.id
        name = safe_name(arrival.name)
        path = folder / (name if name != REASON else f"_{name}")
        if not path.exists():
            write_atomically(path, data)
        lines = [
            f"Tệp: {arrival.name}",
            f"Nguồn: {arrival.source}",
            f"Nơi lấy: {arrival.place}",
            f"Nhận lúc: {arrival.received_at.isoformat(timespec='seconds')}",
            f"Số lần thử: {arrival.attempts}",
            f"Lý do: {arrival.reason}",
            "Tệp được đọc lại khi phần mềm có bộ đọc mới, hoặc khi chạy: congvan nightly --retry",
        ]
        write_atomically(folder / REASON, "".join(f"{line}\n" for line in lines).encode())
        shutil.rmtree(self._work / arrival.id, ignore_errors=True)
        return path

    def sweep(self, wanted: Collection[str], settled: Callable[[str], bool]) -> None:
        """Throw away what a killed run left half done: files on the bench that no row wants, files in quarantine that
        are settled by now, and beginnings of writes."""
        for path in self._work.iterdir() if self._work.is_dir() else ():
            if path.name not in wanted:
                shutil.rmtree(path, ignore_errors=True)
        for path in self._quarantine.iterdir() if self._quarantine.is_dir() else ():
            if len(path.name) == 64 and settled(path.name):
                shutil.rmtree(path, ignore_errors=True)
        for folder in (self._work, self._quarantine):
            for left in folder.rglob(".writing-*"):
                left.unlink(missing_ok=True)

    def _bad(self, document_id: str) -> Path | None:
        folder = self._quarantine / document_id
        if not folder.is_dir():
            return None
        return next((p for p in sorted(folder.iterdir()) if p.name != REASON and not p.name.startswith(".")), None)

    def _path(self, document_id: str, kind: type[Document] | type[Facts] | type[Page], number: int) -> Path:
        name = f"pages/{number}" if kind is Page else kind.__name__.lower()
        return self._work / document_id / f"{name}.{self._version}.z"


class PagesOf:
    """The pages of one file on the bench; see ``api.seams.PageShelf``."""

    def __init__(self, bench: Bench, document_id: str) -> None:
        self._bench, self._id = bench, document_id

    def get(self, number: int) -> Page | None:
        """Return a page that was kept."""
        return self._bench.made(self._id, Page, number)

    def put(self, page: Page) -> None:
        """Keep a page."""
        self._bench.keep(self._id, page)


@lru_cache(maxsize=1)
def _adapters() -> dict[str, TypeAdapter[Any]]:
    return {"Document": TypeAdapter(Document), "Facts": TypeAdapter(Facts), "Page": TypeAdapter(Page)}
