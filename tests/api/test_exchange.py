"""Export and import: the same state gives the same bytes, wherever it went in between."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.keep import exchange
from api.keep.checking import check
from api.keep.records import FIELDS
from api.library import Library
from api.settings import Settings
from api.usecases.adding import Incoming
from corpus.document import Document, Page, content_id
from corpus.errors import BadInputError, DamagedFileError, NotFoundError
from corpus.facts import Facts, Header
from corpus.schema import Base
from corpus.store import Store
from tests.api.conftest import FIRST, NOW, SECOND
from tests.api.rooms import ToyRooms
from tests.api.test_backup import another, fill, rows
from tests.postgres import Server

__all__ = ["another"]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def other(request: pytest.FixtureRequest, another: Callable[..., Library]) -> Iterator[Library]:
    """An empty store elsewhere."""
    server: Server | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    yield another(database_url=server.database() if server is not None else None)


def test_exported_imported_exported_the_bytes_are_the_same(library: Library, other: Library, tmp_path: Path) -> None:
    fill(library)
    # corrected, failed and repaired pages, names in any script, and the same number in other bytes
    library.add_many([Incoming(n, t.encode) for n, t in (("ổ=1.txt", "han nop\fMỜ"), ("b\u2028.txt", FIRST + " "))])
    first = library.one("0.txt").id
    library.store.save(*library.store.reading(first), None, NOW, reading=library.store.reading(first))
    moved = exchange.export(library, tmp_path / "1")
    assert (moved.documents, moved.originals) == (4, 5)  # one is still on its way
    exchange.bring_in(other, tmp_path / "1")
    exchange.export(other, tmp_path / "2")
    assert files(tmp_path / "1") == files(tmp_path / "2")
    assert set(files(tmp_path / "1")) >= {"pages.jsonl", "ticks.jsonl", "records.csv", "manifest.json"}
    left_out = {"users", "api_keys", "sign_ins", "jobs", "revisions"}
    mine, theirs = rows(library), rows(other)
    for table in mine.keys() - left_out - {"documents", "readings", "citations", "deadlines"}:
        assert mine[table] == theirs[table], table
    assert list(other.store.stored()) == list(library.store.stored())
    assert other.store.deadlines() == library.store.deadlines()
    assert other.search("rà soát máy tính").hits and check(other).findings == ()
    other.store.desk.tick("u", "new", "", NOW)


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=4, unique=True))
@settings(max_examples=6)
def test_whatever_is_written_in_the_files_comes_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("x")
    stores = [Store.open(f"sqlite:///{folder}/{at}.db", folder / f"{at}") for at in (1, 2)]
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        shown = text.encode("utf-8", "replace").decode()
        document = Document(content_id(data), shown, "text/plain", (Page(1, shown, error=shown, width=1.5),))
        stores[0].save(document, Facts(Header(subject=shown, recipients=(shown,))), data, NOW)
    libraries = [Library(Settings(home=folder / f"h{at}"), ToyRooms(), now=lambda: NOW) for at in (1, 2)]
    for library, store in zip(libraries, stores, strict=True):
        library._opened = store
    exchange.export(libraries[0], folder / "e1")
    exchange.bring_in(libraries[1], folder / "e1")
    exchange.export(libraries[1], folder / "e2")
    assert files(folder / "e1") == files(folder / "e2")
    for library in libraries:
        library.close()


def test_every_table_is_thought_of() -> None:
    assert {*exchange.AS_THEY_ARE, *exchange.OTHERWISE, *exchange.STAYS} == set(Base.metadata.tables)


def test_nothing_of_who_may_come_in_goes_out(library: Library, tmp_path: Path) -> None:
    fill(library)
    exchange.export(library, tmp_path / "1")
    assert not [name for name in files(tmp_path / "1") if "users" in name or "key" in name or "sign" in name]


def test_what_is_there_is_never_mixed_with_what_comes(
    library: Library, other: Library, tmp_path: Path, folder: Path
) -> None:
    fill(library)
    exchange.export(library, tmp_path / "1")
    other.add(SECOND.encode(), "mine.txt")
    before = rows(other)
    with pytest.raises(BadInputError, match="trống"):
        exchange.bring_in(other, tmp_path / "1")
    assert rows(other) == before
    with pytest.raises(BadInputError, match="nội dung"):
        exchange.export(library, folder)


def test_an_export_of_before_a_table_was_there_comes_in(
    library: Library, another: Callable[..., Library], tmp_path: Path
) -> None:
    fill(library)
    exchange.export(library, folder := tmp_path / "1")
    told = json.loads((folder / "manifest.json").read_bytes())
    del told["files"]["former_names.jsonl"]
    (folder / "former_names.jsonl").unlink()
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    other = another()
    exchange.bring_in(other, folder)
    assert [info.id for info in other.documents()] == [info.id for info in library.documents()]


@pytest.mark.parametrize("name", ["pages.jsonl", "ticks.jsonl", "manifest.json"])
def test_a_changed_export_is_refused_whole(library: Library, other: Library, tmp_path: Path, name: str) -> None:
    fill(library)
    exchange.export(library, tmp_path / "1")
    path = tmp_path / "1" / name
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
    with pytest.raises((DamagedFileError, BadInputError)):
        exchange.bring_in(other, tmp_path / "1")
    path.unlink()
    with pytest.raises(NotFoundError):
        exchange.bring_in(other, tmp_path / "1")
    assert other.documents() == [] and list(other.store.originals.ids()) == []


def test_the_record_has_the_fields_of_the_annex(library: Library, tmp_path: Path) -> None:
    library.add(FIRST.encode(), "=cmd.txt")
    stored = next(library.store.stored())
    header = replace(stored.facts.header, signer="Trần A", signer_title="GIÁM ĐỐC", recipients=("Như trên", "Lưu: VT"))
    library.store.save(stored.document, replace(stored.facts, header=header), None, NOW)
    exchange.export(library, tmp_path / "1")
    (plain,) = [json.loads(line) for line in (tmp_path / "1" / "records.jsonl").read_text("utf-8").splitlines()]
    assert list(plain) == list(FIELDS)
    wanted = {
        "CodeNumber": "15",
        "CodeNotation": "SGDĐT-VP",
        "TypeName": "Công văn",
        "IssuedDate": "2023-09-01",
        "OrganName": "Sở Giáo dục và Đào tạo tỉnh An Bình",
        "PageAmount": 1,
        "FullName": "Trần A",
        "Position": "GIÁM ĐỐC",
        "ArrivalDate": "2024-01-10",
        "ToPlaces": ["Như trên", "Lưu: VT"],
        "TraceHeaderList": ["26/2019/TT-BGDĐT"],
        "DueDate": "2024-01-15",
        "ArrivalNumber": "",
    }
    assert {name: plain[name] for name in wanted} == wanted
    (row,) = csv.DictReader(io.StringIO((tmp_path / "1" / "records.csv").read_text("utf-8-sig")))
    assert row["ToPlaces"] == "Như trên; Lưu: VT" and row["FileName"].startswith("'=")


def test_the_commands_go_out_and_in(cli: Callable[..., int], folder: Path, tmp_path: Path, library: Library) -> None:
    assert cli("ingest", folder) == 0 and cli("export", tmp_path / "e") == 0
    assert cli("import", tmp_path / "e") == 7  # not empty
    library.settings.home.rename(tmp_path / "old")
    assert cli("import", tmp_path / "e") == 0 and cli("check") == 0
