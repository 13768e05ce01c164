"""One archive of all an office has, and the way back: on another machine, from SQLite to PostgreSQL or the other way.

In it are all rows of the store as of one moment, every file as received, and of the state folder what no other place
has: the sources' settings, files on their way or in quarantine, uploads that wait, reports. The index is not: it is
made anew from the store. Whoever has the archive has the office's directives and the hashes of its passwords: it is
written so that only its owner may read it.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.keep import archive
from api.nightly.owner import gone, owner
from api.nightly.run import LEASE, LOCK
from corpus.dump import Sheet
from corpus.errors import BadInputError, BusyError, DamagedFileError
from corpus.originals import is_whole, write_atomically
from corpus.upgrade import HEAD

if TYPE_CHECKING:
    from api.library import Library

FORMAT = 1
#: Files of the state folder that are kept, as patterns; pages on the bench are read again.
_HOME = ("nightly.toml", "work/*/file", "quarantine/*/*", "inbox/*/*", "reports/*")
#: Folders that hold only what is kept: what lies there is put aside before another state comes.
_REPLACED = ("work", "quarantine", "inbox")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an archive holds: directives, files as received, its own bytes. Files whose bytes were no longer what was
    received (``damaged``, ids) are not in it."""

    path: Path
    documents: int
    originals: int
    size: int
    damaged: tuple[str, ...] = ()


def make(library: Library, path: Path, tell: Tell = lambda _: None) -> Kept:
    """Write everything into one archive, while a server or a night may be at work. Raises BadInputError."""
    store, home = library.store, library.settings.home
    damaged: list[str] = []
    kept = 0
    with archive.writing(path) as out:
        # the rows first: what they name is there by then, and files as received are never taken away
        with store.dump.moment() as sheets:
            rows = {sheet.name: _write(out, sheet) for sheet in sheets}
            tables = {sheet.name: {"columns": dict(sheet.columns), "rows": rows[sheet.name]} for sheet in sheets}
        tell(f"Đã ghi {rows['documents']} văn bản; đang ghi tệp gốc…")
        for document_id in store.originals.ids():
            data = store.originals.get(document_id)
            if data is None or not is_whole(document_id, data):
                damaged.append(document_id)
                continue
            out.add(f"originals/{document_id}", [data], pack=False)
            kept += 1
        for file in _files(home):
            with contextlib.suppress(FileNotFoundError):  # settled meanwhile: it is in the store
                out.add(f"home/{file.relative_to(home).as_posix()}", [file.read_bytes()], pack=True)
        about = {"format": FORMAT, "program": version("congvan"), "step": HEAD}
        out.finish({**about, "made_at": library.utc(library.now()).isoformat(), "tables": tables})
    return Kept(path, rows["documents"], kept, path.stat().st_size, tuple(damaged))


def put_back(library: Library, path: Path, *, replace: bool, tell: Tell = lambda _: None) -> Kept:
    """Make the state that an archive holds this state folder's and this database's.

    Raises DamagedFileError before anything is touched, BadInputError where something is there and ``replace`` is not
    given, BusyError while a night is at work.
    """
    home = library.settings.home
    with archive.reading(path, tell) as found:
        sheets = _sheets(found, path)
        store = library.store
        there = store.dump.filled()
        if there and not replace:
            raise BadInputError(
                f"Kho này đã có dữ liệu ({', '.join(there[:3])}…).",
                "Hãy khôi phục vào một CONGVAN_HOME mới, hoặc thêm --replace để thay toàn bộ dữ liệu đang có.",
            )
        store.journal.take(LOCK, owner(), library.now(), LEASE, gone)
        try:
            for name in found.names("originals"):
                store.originals.keep(name.removeprefix("originals/"), found.read(name))
            tell(f"Đã chép {len(found.names('originals'))} tệp gốc; đang ghi kho dữ liệu…")
            store.dump.put_back(str(found.about["step"]), sheets)
            _home(found, home)
        finally:
            with contextlib.suppress(BusyError):
                store.journal.release()
        (library.settings.index / "documents").unlink(missing_ok=True)
        tell("Đang lập lại chỉ mục…")
        library.update_index()
        return Kept(path, len(store.ids()), len(found.names("originals")), path.stat().st_size)


def _write(out: archive.Writer, sheet: Sheet) -> int:
    rows = 0

    def lines() -> Iterator[bytes]:
        nonlocal rows
        for row in sheet.rows:
            rows += 1
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    out.add(f"tables/{sheet.name}.jsonl", lines(), pack=True)
    return rows


def _files(home: Path) -> list[Path]:
    found = {path for pattern in _HOME for path in home.glob(pattern) if path.is_file() and not path.is_symlink()}
    return sorted(path for path in found if not path.name.startswith("."))


def _sheets(found: archive.Reader, path: Path) -> list[Sheet]:
    """Return the tables of an archive, in the order in which rows point to each other. Raises BadInputError."""
    try:
        if found.about["format"] != FORMAT:
            raise BadInputError(
                f"{path.name} do một phiên bản congvan khác ghi ({str(found.about['program'])[:20]}).",
                "Hãy cài phiên bản congvan đó hoặc mới hơn.",
            )
        tables: dict[str, Any] = found.about["tables"]
        return [Sheet(name, told["columns"], _lines(found, name)) for name, told in tables.items()]
    except (KeyError, TypeError, AttributeError) as error:
        raise DamagedFileError(f"{path.name} thiếu phần mô tả.", "Hãy dùng một bản sao lưu khác.") from error


def _lines(found: archive.Reader, name: str) -> Iterator[dict[str, Any]]:
    with found.open(f"tables/{name}.jsonl") as file:
        for line in file:
            yield json.loads(line)


def _home(found: archive.Reader, home: Path) -> None:
    for folder in _REPLACED:
        shutil.rmtree(home / folder, ignore_errors=True)
    for name in found.names("home"):
        write_atomically(home / name.removeprefix("home/"), found.read(name))
