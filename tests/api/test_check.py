"""``congvan check``: it finds what is wrong, puts right what it can, and says so."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from api.keep.checking import Checked, check
from api.library import Library
from api.usecases.adding import Incoming
from api.usecases.rows import Status
from corpus.document import content_id
from corpus.journal import Arrival, Stage
from corpus.leftovers import beginning
from corpus.store import Job
from tests.api.conftest import FIRST, NOW, SECOND
from tests.api.rooms import ToyRooms

ID = content_id(FIRST.encode())


@pytest.fixture
def filled(library: Library) -> Library:
    library.add_many([Incoming(f"{at}.txt", text.encode) for at, text in enumerate((FIRST, SECOND))])
    return library


def kinds(found: Checked) -> list[tuple[str, bool]]:
    return [(one.kind, one.mended) for one in found.findings]


def sql(library: Library, *commands: str) -> None:
    engine = create_engine(library.settings.store_url)
    with engine.begin() as connection:
        for command in commands:
            connection.execute(text(command))
    engine.dispose()


def original(library: Library) -> Path:
    return library.settings.originals / ID[:2] / ID


def test_all_is_well(filled: Library) -> None:
    found = check(filled)
    assert (found.findings, found.notes) == ((), ())
    told = found.as_dict()
    assert (told["documents"], told["originals"], told["pages"]) == (2, 2, 2)
    assert (told["facts"], told["citations"]) == (5, 2)
    assert told["bytes"] == len((FIRST + SECOND).encode())
    assert told["passages"] == sum(len(text.split("\n")) for text in (FIRST, SECOND))
    assert set(told["seconds"]) == {"rows", "originals", "half_done", "index", "graph", "all"}
    assert told["seconds"]["all"] > 0
    assert "2 văn bản, 2 trang, 5 thông tin, 2 tệp gốc (0 MB)" in found.figures.told()


def test_nothing_is_made_where_nothing_is(library: Library) -> None:
    assert check(library).exit_code == 0 and not library.settings.home.exists()


def _facts_lost(library: Library, rooms: ToyRooms) -> None:
    sql(library, "DELETE FROM deadlines", "DELETE FROM citations")


def _column(library: Library, rooms: ToyRooms) -> None:
    sql(library, "UPDATE documents SET number = '99/UBND', school_year = NULL")


def _revision(library: Library, rooms: ToyRooms) -> None:
    sql(library, "DELETE FROM revisions")


def _orphan(library: Library, rooms: ToyRooms) -> None:
    sql(library, f"INSERT INTO versions VALUES ('{ID}', '{'0' * 64}')")


def _not_indexed(library: Library, rooms: ToyRooms) -> None:
    del rooms.toy.lines[ID]


def _half_indexed(library: Library, rooms: ToyRooms) -> None:
    rooms.toy.lines[ID] = rooms.toy.lines[ID][1:]


def _index_has_more(library: Library, rooms: ToyRooms) -> None:
    rooms.toy.lines["f" * 64] = rooms.toy.lines[ID]


def _bytes_lost(library: Library, rooms: ToyRooms) -> None:
    library.store.journal.receive(Arrival("a" * 64, "quet", "/in/a", "a.txt", 3, NOW))


def _nobody_waits(library: Library, rooms: ToyRooms) -> None:
    for name in ("work", "inbox"):
        (library.settings.home / name / ("b" * 64)).mkdir(parents=True)


def _half_written(library: Library, rooms: ToyRooms) -> None:
    (original(library).parent / beginning()).write_bytes(b"")  # by this program, which still writes
    left = original(library).parent / ".writing-00000000-1-x"
    left.write_bytes(b"x")
    os.utime(left, (0, 0))


def _spoilt_with_a_copy(library: Library, rooms: ToyRooms) -> None:
    original(library).write_bytes(b"damaged")
    (library.settings.home / "inbox" / "j").mkdir(parents=True)
    (library.settings.home / "inbox" / "j" / "0").write_bytes(FIRST.encode())
    library.store.put_job(Job("j", NOW, "running", {"files": []}))


def _spoilt_of_none(library: Library, rooms: ToyRooms) -> None:
    library.store.originals.keep("c" * 64, b"not what its name says")


@pytest.mark.parametrize(
    ("breaks", "kind"),
    [
        (_facts_lost, "rows"),
        (_column, "rows"),
        (_revision, "rows"),
        (_orphan, "rows"),
        (_not_indexed, "index"),
        (_half_indexed, "index"),
        (_index_has_more, "index"),
        (_bytes_lost, "work"),
        (_nobody_waits, "work"),
        (_half_written, "work"),
        (_spoilt_with_a_copy, "original"),
        (_spoilt_of_none, "original"),
    ],
)
def test_what_can_be_put_right_is_found_and_put_right(
    filled: Library, rooms: ToyRooms, breaks: Callable[[Library, ToyRooms], None], kind: str
) -> None:
    before = filled.store.get(ID)
    breaks(filled, rooms)
    found = check(filled)
    # where rows are wrong the graph may be as well, which is made of them
    assert set(kinds(found)) - {("graph", False)} == {(kind, False)} and found.exit_code == 3
    mended = check(filled, repair=True)
    assert set(kinds(mended)) == {(kind, True)} and mended.exit_code == 0
    assert check(filled).findings == ()
    assert filled.store.get(ID) == before and filled.store.original(ID) == FIRST.encode()
    assert filled.search("rà soát máy tính").hits and len(filled.store.deadlines()) == 2


def test_what_a_person_must_do_is_said(filled: Library) -> None:
    original(filled).write_bytes(b"damaged")
    (one,) = check(filled, repair=True).findings
    assert (one.kind, one.mended) == ("original", False) and "nạp lại" in one.remedy
    # the damaged file lies beside, so that the good one finds its place
    (one,) = check(filled, repair=True).findings
    assert "Thiếu" in one.text and original(filled).with_name(f"{ID}.damaged").exists()
    assert filled.add_many([Incoming("0.txt", FIRST.encode)])[0].status is Status.SUCCESS
    assert check(filled).findings == ()
    assert filled.store.original(ID) == FIRST.encode()


def test_a_payload_that_cannot_be_read_stops_nothing(filled: Library) -> None:
    sql(filled, f"UPDATE documents SET facts = x'00' WHERE id = '{ID}'")
    found = check(filled, repair=True)
    assert kinds(found) == [("rows", False)] and found.findings[0].subject == ID


def test_what_waits_is_no_fault(filled: Library) -> None:
    filled.store.journal.receive(Arrival("a" * 64, "quet", "/in/a", "a.txt", 3, NOW, Stage.READ))
    (filled.settings.home / "work" / ("a" * 64)).mkdir(parents=True)
    (filled.settings.home / "work" / ("a" * 64) / "file").write_bytes(b"abc")
    filled.remove(ID)
    found = check(filled)
    assert found.findings == () and len(found.notes) == 2


def test_the_command_lists_and_ends_with_its_code(
    cli: Callable[..., int], folder: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("ingest", folder) == 0 and cli("check") == 0
    home = settings.home  # type: ignore[attr-defined]  # Settings
    shutil.rmtree(home / "originals" / content_id((folder / "một.txt").read_bytes())[:2])
    capsys.readouterr()
    assert cli("check", "--repair", "--json") == 3
    (one,) = json.loads(capsys.readouterr().out)["findings"]
    assert one["kind"] == "original"
    assert cli("check") == 3 and "Thiếu tệp gốc" in capsys.readouterr().out
