"""Everything an office has as files that other programs read, and back to the very same state.

    documents.jsonl  pages.jsonl  facts.jsonl     what was read, one directive, page, set of facts a line
    readings.jsonl                                what the machine had read where people have corrected it
    corrections.jsonl  ticks.jsonl  …             what people noted, and how the files came
    records.jsonl  records.csv                    the record fields of Nghị định 30/2020, Phụ lục VI
    originals/ab/ab…                              the files as received
    manifest.json                                 every file with its SHA-256

The same state gives the same bytes, on SQLite and on PostgreSQL. Who may come in (users, keys) stays where it is: a
backup has it, an export is for others to read.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import shutil
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from api.keep import records
from api.nightly.bench import Bench
from corpus.dump import Row, plain_value, sheet_of
from corpus.errors import BadInputError, DamagedFileError, NotFoundError
from corpus.journal import State
from corpus.originals import is_whole, write_atomically
from corpus.rows import (
    document_from,
    document_row,
    fact_rows,
    facts_from,
    info_of,
    packed,
    plain_json,
)

if TYPE_CHECKING:
    from api.library import Library

FORMAT = 1
MANIFEST = "manifest.json"
#: Tables that go out as they are.
AS_THEY_ARE = (
    *("corrections", "units", "ticks", "audit", "mails", "events", "feeds", "origins", "former_names"),
    *("versions", "arrivals", "sightings", "nights"),
)
#: Tables that go out in another form, or that follow from what does.
OTHERWISE = frozenset({"documents", "readings", "citations", "deadlines", "revisions"})
#: Tables that stay: who may come in, what goes on just now, what the store says of itself.
STAYS = frozenset({"users", "api_keys", "sign_ins", "jobs", "locks", "meta"})

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many directives, pages and files as received went out or came in."""

    documents: int
    pages: int
    originals: int


def export(library: Library, folder: Path, tell: Tell = lambda _: None) -> Moved:
    """Write everything into a new folder, which appears when all is there. Raises BadInputError where one is."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError(f"{folder} đã có nội dung.", "Hãy chọn một thư mục mới.")
    part = folder.absolute().with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}")
    try:
        part.mkdir(parents=True)
        out = _Out(part)
        with library.store.dump.moment() as sheets:
            _write_rows(library, out, {sheet.name: sheet.rows for sheet in sheets})
        tell(f"Đã ghi {out.lines['documents.jsonl']} văn bản; đang chép tệp gốc…")
        kept = 0
        for document_id, data in _files(library):
            if is_whole(document_id, data):
                out.file(f"originals/{document_id[:2]}/{document_id}", data)
                kept += 1
        out.finish()
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
    except OSError as error:
        raise BadInputError(f"Không ghi được {folder} ({error.strerror}).", "Hãy chọn thư mục ghi được.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Moved(out.lines["documents.jsonl"], out.lines["pages.jsonl"], kept)


def bring_in(library: Library, folder: Path, tell: Tell = lambda _: None) -> Moved:
    """Put an export into a store that holds no directive yet. Raises BadInputError, DamagedFileError before anything
    is touched."""
    listed = _looked_at(folder, tell)
    store = library.store
    there = store.dump.filled({*OTHERWISE, *AS_THEY_ARE} - {"audit"})
    if there:
        raise BadInputError(
            f"Kho này đã có dữ liệu ({', '.join(there[:3])}…).", "Hãy nhập vào một CONGVAN_HOME còn trống."
        )
    files = [name for name in listed if name.startswith("originals/")]
    for name in files:
        store.originals.keep(name.rpartition("/")[2], (folder / name).read_bytes())
    try:
        there = [name for name in AS_THEY_ARE if f"{name}.jsonl" in listed]  # an older export lacks newer tables
        made = {**_directives(folder), **{name: _lines(folder / f"{name}.jsonl") for name in there}}
        store.dump.add(sheet_of(name, rows) for name, rows in made.items())
    except (ValidationError, KeyError, ValueError, TypeError) as error:
        raise DamagedFileError(f"{folder} có dòng không đọc được.", "Hãy xuất lại từ kho cũ.") from error
    tell("Đang lập chỉ mục…")
    library.update_index()
    pages = sum(1 for _ in _lines(folder / "pages.jsonl"))
    return Moved(len(store.ids()), pages, len(files))


def _files(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield the files as received: those that are stored, those on their way and those that could not be read."""
    store, bench = library.store, Bench(library.settings.home, "")
    stored = list(store.originals.ids())
    waiting = {row.id for state in (State.OPEN, State.BAD) for row in store.journal.arrivals(state)}
    for document_id in [*stored, *sorted(waiting.difference(stored))]:
        with contextlib.suppress(NotFoundError):
            yield document_id, store.originals.get(document_id) or bench.data(document_id, store)


class _Out:
    """The folder that is being written: every file with its hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, dict[str, Any]] = {}
        self.lines: dict[str, int] = {}

    def file(self, name: str, data: bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._files[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}

    def rows(self, name: str, rows: Iterable[Row]) -> None:
        digest, size, count = hashlib.sha256(), 0, 0
        with (self._folder / name).open("wb") as file:
            for row in rows:
                line = _line(row)
                file.write(line)
                digest.update(line)
                size += len(line)
                count += 1
        self._files[name] = {"sha256": digest.hexdigest(), "bytes": size}
        self.lines[name] = count

    def finish(self) -> None:
        about = {"format": FORMAT, "files": dict(sorted(self._files.items()))}
        write_atomically(self._folder / MANIFEST, json.dumps(about, ensure_ascii=False, indent=1).encode())


def _line(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _write_rows(library: Library, out: _Out, tables: dict[str, Iterable[Row]]) -> None:
    """Write the directives, going over their rows once: pages and facts are kept beside until their turn."""
    written: list[dict[str, Any]] = []
    with (out._folder / ".pages").open("wb") as pages, (out._folder / ".facts").open("wb") as facts_file:

        def documents() -> Iterator[Row]:
            for row in tables["documents"]:
                document = document_from(zlib.decompress(base64.b64decode(row["document"])))
                facts = facts_from(zlib.decompress(base64.b64decode(row["facts"])))
                plain = plain_json(document)
                for page in plain.pop("pages"):
                    pages.write(_line({"document": document.id, **page}))
                facts_file.write(_line({"document": document.id, **plain_json(facts)}))
                arrived = library.local(datetime.fromisoformat(row["received_at"])).date().isoformat()
                info = info_of(document_row(document, facts, library.now(), library.now()))
                written.append(records.record(info, facts, arrived))
                yield {**plain, "received_at": row["received_at"], "read_at": row["read_at"], "pages": info.pages}

        out.rows("documents.jsonl", documents())
    for name in ("pages", "facts"):
        out.rows(f"{name}.jsonl", _lines(out._folder / f".{name}"))
        (out._folder / f".{name}").unlink()
    out.rows("readings.jsonl", (_reading(row) for row in tables["readings"]))
    for name in AS_THEY_ARE:
        out.rows(f"{name}.jsonl", tables[name])
    out.rows("records.jsonl", written)
    out.file("records.csv", records.as_csv(written))


def _reading(row: Row) -> Row:
    document = document_from(zlib.decompress(base64.b64decode(row["document"])))
    facts = facts_from(zlib.decompress(base64.b64decode(row["facts"])))
    return {"id": row["document_id"], "document": plain_json(document), "facts": plain_json(facts)}


def _looked_at(folder: Path, tell: Tell) -> list[str]:
    """Return the files of an export, each as it was written."""
    try:
        about = json.loads((folder / MANIFEST).read_bytes())
        if about["format"] != FORMAT:
            raise BadInputError(f"{folder} do một phiên bản congvan khác xuất.", "Hãy cài phiên bản mới hơn.")
        tell(f"Đang kiểm tra {len(about['files'])} tệp…")
        for name, told in about["files"].items():
            path = folder / name
            if not path.resolve().is_relative_to(folder.resolve()):
                raise ValueError(name)
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != told["sha256"] or (name.startswith("originals/") and not name.endswith(f"/{found}")):
                raise ValueError(name)
        return sorted(about["files"])
    except FileNotFoundError as error:
        raise NotFoundError(f"{folder} không có đủ tệp của một lần xuất.", "Hãy kiểm tra lại đường dẫn.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedFileError(f"{folder} không còn nguyên như khi xuất.", "Hãy xuất lại từ kho cũ.") from error


def _lines(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        for line in file:
            yield json.loads(line)


def _directives(folder: Path) -> dict[str, Iterable[Row]]:
    """Return the rows of the directives' tables, each read from the files when its turn comes."""
    return {
        "documents": (_columns(row) for row, _ in _whole(folder)),
        "readings": (_packed(row) for row in _lines(folder / "readings.jsonl")),
        "citations": _numbered(folder, "citations"),
        "deadlines": _numbered(folder, "deadlines"),
        "revisions": (
            {"document_id": row["id"], "token": uuid.uuid4().hex} for row in _lines(folder / "documents.jsonl")
        ),
    }


def _whole(folder: Path) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the row of every directive with the rows of its facts; the three files have the same order."""
    pages = groupby(_lines(folder / "pages.jsonl"), key=lambda page: page["document"])
    for plain, told in zip(_lines(folder / "documents.jsonl"), _lines(folder / "facts.jsonl"), strict=True):
        key, mine = next(pages)
        if not key == plain["id"] == told.pop("document"):
            raise ValueError(key)
        times = [datetime.fromisoformat(plain.pop(name)) for name in ("received_at", "read_at")]
        plain["pages"] = [{name: value for name, value in page.items() if name != "document"} for page in mine]
        document, facts = document_from(_line(plain)), facts_from(_line(told))
        yield document_row(document, facts, *times), fact_rows(document.id, facts)


def _columns(row: Any) -> Row:
    found = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return {name: plain_value(value) for name, value in found.items()}


def _numbered(folder: Path, table: str) -> Iterator[Row]:
    wanted = (row for _, rows in _whole(folder) for row in rows if row.__tablename__ == table)
    for number, row in enumerate(wanted, 1):
        yield _columns(row) | {"id": number}


def _packed(row: Row) -> Row:
    parts = document_from(_line(row["document"])), facts_from(_line(row["facts"]))
    document, facts = (base64.b64encode(packed(part)).decode() for part in parts)
    return {"document_id": row["id"], "document": document, "facts": facts}
