"""Backup: everything in one file, checked, back on another machine and another database, whole or not at all."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.keep import archive, backup
from api.library import Library
from api.settings import Settings
from api.usecases.adding import Incoming
from corpus.corrections import Anchor, Correction
from corpus.document import content_id
from corpus.errors import BadInputError, BusyError, DamagedFileError, NotFoundError
from corpus.journal import Arrival, Night, Sight, Stage
from corpus.upgrade import HEAD
from tests.api.conftest import FIRST, NOW, SECOND
from tests.api.rooms import ToyRooms
from tests.postgres import Server

#: A file that is on its way.
WAITS = content_id(b"abc")
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Callable[..., Library]]:
    """Makes libraries of other machines."""
    made: list[Library] = []

    def make(name: str = "other", **more: object) -> Library:
        given: dict[str, Any] = {"home": tmp_path / name, "jobs": 2, **more}
        made.append(Library(Settings(**given), ToyRooms(), now=lambda: NOW + timedelta(days=1)))
        return made[-1]

    yield make
    for library in made:
        library.close()


def fill(library: Library) -> None:
    """Put something of every kind in."""
    library.add_many([Incoming(f"{at}.txt", text.encode) for at, text in enumerate((FIRST, SECOND))])
    store = library.store
    first = library.one("15/SGDĐT-VP").id
    store.desk.put_correction(Correction("c", first, NOW, "reject", "duty", Anchor(1, "x", "k"), {}))
    store.desk.save_unit("u", {"kind": "phong", "name": "Phòng GDĐT"}, NOW)
    store.desk.tick("u", "duty", "xong rồi", NOW)
    store.journal.receive(
        Arrival(WAITS, "quet", "/in/a", "a.txt", 3, NOW), Sight("quet", "k" * 64, "s", WAITS, NOW, {"n": [1]})
    )
    store.journal.reach(Stage.READ, [WAITS], NOW)
    store.journal.begin(Night("n", NOW, NOW, {"counts": {"done": 1}}))
    home = library.settings.home
    (home / "nightly.toml").write_text("[nightly]\n", encoding="utf-8")
    (home / "work" / WAITS).mkdir(parents=True)
    (home / "work" / WAITS / "file").write_bytes(b"abc")


def rows(library: Library) -> Rows:
    """Return all that the store holds, but for the two words that are another in every store."""
    with library.store.dump.moment() as sheets:
        return {sheet.name: list(sheet.rows) for sheet in sheets if sheet.name != "meta"}


def test_all_comes_back_on_another_machine_and_can_be_found(
    library: Library, another: Callable[..., Library], tmp_path: Path
) -> None:
    fill(library)
    kept = backup.make(library, tmp_path / "b.zip")
    assert (kept.documents, kept.originals, kept.damaged) == (2, 2, ())
    assert kept.path.stat().st_mode & 0o077 == 0
    other = another()
    backup.put_back(other, tmp_path / "b.zip", replace=False)
    assert rows(other) == rows(library)
    assert other.store.original(content_id(FIRST.encode())) == FIRST.encode()
    assert other.search("rà soát máy tính").hits[0].number == "15/SGDĐT-VP"
    assert (other.settings.home / "work" / WAITS / "file").read_bytes() == b"abc"
    assert (other.settings.nightly).read_text(encoding="utf-8") == "[nightly]\n"
    # what is added from here on has a number of its own
    other.store.desk.tick("u", "another", "", NOW)
    assert len(other.store.desk.audit()) == len(library.store.desk.audit()) + 1


@pytest.mark.slow
def test_from_sqlite_to_postgresql_and_back(
    library: Library, another: Callable[..., Library], tmp_path: Path, postgres: Server
) -> None:
    fill(library)
    backup.make(library, tmp_path / "1.zip")
    server = another("server", database_url=postgres.database())
    backup.put_back(server, tmp_path / "1.zip", replace=False)
    assert rows(server) == rows(library)
    server.store.desk.tick("u", "another", "", NOW)
    server.add(b"S\xe1\xbb\x91: 9/SG\xc4\x90\xc4\x90T-VP\nh\xe1\xba\xa1n 2024-02-02 x", "3.txt")
    backup.make(server, tmp_path / "2.zip")
    home = another("home again")
    backup.put_back(home, tmp_path / "2.zip", replace=False)
    assert rows(home) == rows(server) and len(home.documents()) == 3
    home.store.desk.tick("u", "third", "", NOW)


def test_what_is_there_is_replaced_only_when_asked(
    library: Library, another: Callable[..., Library], tmp_path: Path
) -> None:
    fill(library)
    backup.make(library, tmp_path / "b.zip")
    other = another()
    other.add(b"S\xe1\xbb\x91: 1/UBND\nkh\xc3\xa1c", "other.txt")
    before = rows(other)
    with pytest.raises(BadInputError, match="--replace"):
        backup.put_back(other, tmp_path / "b.zip", replace=False)
    assert rows(other) == before
    backup.put_back(other, tmp_path / "b.zip", replace=True)
    assert rows(other) == rows(library)
    assert not other.search("khác").hits and other.search("rà soát máy tính").hits


def test_no_night_is_disturbed(library: Library, another: Callable[..., Library], tmp_path: Path) -> None:
    fill(library)
    backup.make(library, tmp_path / "b.zip")
    other = another()
    other.store.journal.take("nightly", "another machine", other.now(), timedelta(minutes=2), lambda _: False)
    with pytest.raises(BusyError):
        backup.put_back(other, tmp_path / "b.zip", replace=True)


def changed(path: Path, how: Callable[[dict[str, bytes]], None]) -> Path:
    """Return the archive after a change of its members."""
    with zipfile.ZipFile(path) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    how(members)
    found = path.with_name("changed.zip")
    with zipfile.ZipFile(found, "w") as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return found


def _other_row(members: dict[str, bytes]) -> None:
    members["tables/units.jsonl"] = members["tables/units.jsonl"].replace(b"phong", b"truong")


def _lost(members: dict[str, bytes]) -> None:
    del members[next(name for name in members if name.startswith("originals/"))]


def _added(members: dict[str, bytes]) -> None:
    members["home/extra"] = b"x"


def _leads_out(members: dict[str, bytes]) -> None:
    members["home/../../out"] = members.pop("home/nightly.toml")
    about = json.loads(members[archive.MANIFEST])
    about["members"]["home/../../out"] = about["members"].pop("home/nightly.toml")
    members[archive.MANIFEST] = json.dumps(about).encode()


def _no_list(members: dict[str, bytes]) -> None:
    del members[archive.MANIFEST]


@pytest.mark.parametrize("how", [_other_row, _lost, _added, _leads_out, _no_list])
def test_an_archive_that_is_not_as_it_was_written_changes_nothing(
    library: Library, another: Callable[..., Library], tmp_path: Path, how: Callable[[dict[str, bytes]], None]
) -> None:
    fill(library)
    backup.make(library, tmp_path / "b.zip")
    other = another()
    with pytest.raises(DamagedFileError):
        backup.put_back(other, changed(tmp_path / "b.zip", how), replace=True)
    assert other.documents() == [] and not (other.settings.home / "nightly.toml").exists()


def test_a_damaged_disk_is_noticed(library: Library, another: Callable[..., Library], tmp_path: Path) -> None:
    fill(library)
    path = tmp_path / "b.zip"
    backup.make(library, path)
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedFileError):
        backup.put_back(another(), path, replace=False)
    path.write_bytes(b"PK no zip")
    with pytest.raises(DamagedFileError):
        backup.put_back(another(), path, replace=False)
    with pytest.raises(NotFoundError):
        backup.put_back(another(), tmp_path / "nothing.zip", replace=False)


def test_rows_that_do_not_fit_leave_all_as_it_was(
    library: Library, another: Callable[..., Library], tmp_path: Path
) -> None:
    fill(library)
    other = another()
    other.add(b"S\xe1\xbb\x91: 1/UBND\nkh\xc3\xa1c", "other.txt")
    before = rows(other)
    with library.store.dump.moment() as sheets:
        broken = [sheet for sheet in sheets if sheet.name != "documents"]  # citations of nothing
        with pytest.raises(Exception, match="lạc dòng"):
            other.store.dump.put_back(HEAD, broken)
    assert rows(other) == before


def test_a_backup_of_an_older_program_is_brought_up_to_date(
    library: Library, another: Callable[..., Library], tmp_path: Path
) -> None:
    fill(library)
    wanted = rows(library)

    def older(members: dict[str, bytes]) -> None:
        about = json.loads(members[archive.MANIFEST])
        about["step"] = "0004"
        for name in ("users", "api_keys", "sign_ins", "origins", "former_names"):
            about["tables"].pop(name)
            about["members"].pop(f"tables/{name}.jsonl")
            members.pop(f"tables/{name}.jsonl")
        for column in ("who", "office", "address"):
            about["tables"]["audit"]["columns"].pop(column)
        members[archive.MANIFEST] = json.dumps(about).encode()

    backup.make(library, tmp_path / "b.zip")
    other = another()
    backup.put_back(other, changed(tmp_path / "b.zip", older), replace=False)
    assert rows(other) == wanted


def test_a_backup_is_of_one_moment_while_others_write(
    library: Library, another: Callable[..., Library], tmp_path: Path
) -> None:
    fill(library)
    stop = threading.Event()

    def write() -> None:
        at = 0
        while not stop.is_set():
            at += 1
            library.add(f"Số: {at}/SGDĐT-VP\nhạn 2024-01-15 việc {at}".encode(), f"w{at}.txt")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        kept = [backup.make(library, tmp_path / f"{at}.zip") for at in range(3)]
    finally:
        stop.set()
        writer.join()
    for at, one in enumerate(kept):
        other = another(f"o{at}")
        backup.put_back(other, one.path, replace=False)
        ids = other.store.ids()
        assert len(ids) == one.documents and ids <= library.store.ids()
        assert all(other.store.original(document_id) for document_id in ids)
        assert set(other.store.revisions()) == ids
    assert kept[-1].documents > 2


def test_an_archive_is_there_whole_or_not_at_all(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(library)
    (tmp_path / "out").mkdir()
    monkeypatch.setattr("api.keep.backup.is_whole", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        backup.make(library, tmp_path / "out" / "b.zip")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_commands_say_what_they_did(
    cli: Callable[..., int], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("ingest", folder) == 0
    assert cli("backup", tmp_path / "b.zip") == 0
    assert cli("restore-backup", tmp_path / "b.zip") == 7
    capsys.readouterr()
    assert cli("restore-backup", tmp_path / "b.zip", "--replace", "--json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["documents"] == 2 and "Đã khôi phục 2 văn bản" in told.err
