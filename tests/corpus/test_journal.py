"""The journal: one writer, rows that survive, versions of a directive."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.document import Document, Page, content_id
from corpus.errors import BusyError
from corpus.facts import Facts, Header
from corpus.journal import Arrival, Night, Sight, Stage, State
from corpus.leftovers import beginning
from corpus.store import Store

NOW = datetime(2024, 1, 10, 1, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
LONGEST = timedelta(days=2)


def alive(_: str) -> bool:
    return False


@pytest.fixture
def another(tmp_path: Path, address: str) -> Iterator[Callable[[], Store]]:
    """Opens the same store, each time as another program would."""
    opened: list[Store] = []

    def open_it() -> Store:
        opened.append(Store.open(address, tmp_path / "originals"))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(another: Callable[[], Store]) -> Store:
    return another()


def arrival(name: str = "a", **more: object) -> Arrival:
    given = {"id": name * 64, "source": "quet", "place": f"/in/{name}", "name": name, "size": 3, "received_at": NOW}
    return Arrival(**(given | more))  # type: ignore[arg-type]  # the tests give what fits


def test_one_writer_at_a_time_who_is_named(store: Store, another: Callable[[], Store]) -> None:
    store.journal.take("nightly", "may-1:10", NOW, LEASE, alive)
    other = another().journal
    with pytest.raises(BusyError, match="may-1:10"):
        other.take("nightly", "may-2:11", NOW + timedelta(minutes=4), LEASE, alive)
    store.journal.release()
    other.take("nightly", "may-2:11", NOW + timedelta(minutes=4), LEASE, alive)
    assert store.journal.holder("nightly") == "may-2:11"


@pytest.mark.parametrize(
    ("later", "gone"),
    [(timedelta(minutes=6), False), (timedelta(0), True), (timedelta(days=-30), False)],
    ids=["expired", "owner is dead", "clock was put back"],
)
def test_who_took_over_is_the_only_one_that_writes(
    store: Store, another: Callable[[], Store], later: timedelta, gone: bool
) -> None:
    old, other = store.journal, another().journal
    old.take("nightly", "may-1:10", NOW, LEASE, alive)
    old.receive(arrival())
    other.take("nightly", "may-2:11", NOW + later, LEASE, lambda _: gone)
    writes: list[Callable[[], None]] = [
        lambda: old.reach(Stage.READ, ["a" * 64], NOW),
        lambda: old.receive(arrival("b")),
        lambda: old.renew(NOW, LEASE),
        lambda: old.see(Sight("quet", "k", "1", None, NOW)),
    ]
    for write in writes:
        with pytest.raises(BusyError):
            write()
    old.release()
    assert other.holder("nightly") == "may-2:11"
    assert [row.stage for row in other.arrivals()] == [Stage.RECEIVED]


def test_renewing_holds_the_lock_longer(store: Store, another: Callable[[], Store]) -> None:
    store.journal.take("nightly", "may-1:10", NOW, LEASE, alive)
    store.journal.renew(NOW + timedelta(minutes=4), LEASE)
    with pytest.raises(BusyError):
        another().journal.take("nightly", "may-2:11", NOW + timedelta(minutes=8), LEASE, alive)


def test_rows_keep_how_far_a_file_has_come(store: Store, another: Callable[[], Store]) -> None:
    seen = Sight("quet", "k1", "3:99", "a" * 64, NOW, {"etag": "x"})
    store.journal.receive(arrival(), seen)
    store.journal.reach(Stage.EXTRACTED, ["a" * 64], NOW + timedelta(minutes=1))
    other = another().journal
    found = other.arrival("a" * 64)
    assert found is not None and (found.stage, found.state, found.received_at) == (Stage.EXTRACTED, State.OPEN, NOW)
    assert other.sight("quet", "k1") == seen
    assert other.stamps("quet") == {"k1": ("3:99", "a" * 64)} and other.stamps("khac") == {}
    assert other.newest() == NOW + timedelta(minutes=1)


def test_what_is_due(store: Store) -> None:
    journal = store.journal
    rows = [
        arrival("a"),
        arrival("b", next_at=NOW + timedelta(hours=1)),
        arrival("c", next_at=NOW - timedelta(hours=1)),
        arrival("d", next_at=NOW + timedelta(days=400)),
        arrival("e", state=State.BAD, program="1"),
        arrival("f", state=State.BAD, program="2"),
        arrival("1", state=State.PARTIAL, program="1"),
        arrival("2", state=State.DONE, program="1"),
    ]
    for row in rows:
        journal.settle(row, NOW)
    assert [row.name for row in journal.due(NOW, "2", LONGEST)] == ["a", "c", "d", "1", "e"]
    assert [row.name for row in journal.due(NOW + timedelta(hours=2), "1", LONGEST)] == ["a", "b", "c", "d", "f"]


def test_nights_newest_first(store: Store) -> None:
    store.journal.begin(Night("one", NOW, None, {}))
    store.journal.begin(Night("two", NOW + timedelta(days=1), None, {}))
    store.journal.begin(Night("one", NOW, NOW + timedelta(hours=1), {"taken": 3}))
    assert [(night.id, night.report) for night in store.journal.nights()] == [("two", {}), ("one", {"taken": 3})]


def save(store: Store, body: str, now: datetime, **header: str | None) -> str:
    given: dict[str, str | None] = {"number": "15/SGDĐT-VP", "date": "2024-01-05", "issuer": "Sở GDĐT Phú Lâm"}
    document = Document(content_id(body.encode()), f"{body}.txt", "text/plain", (Page(1, body),))
    store.save(document, Facts(Header(**(given | header))), body.encode(), now)  # type: ignore[arg-type]
    return document.id


def test_the_same_number_issuer_and_year_in_other_bytes_is_a_later_version(store: Store) -> None:
    first = save(store, "bản một", NOW)
    second = save(store, "bản hai", NOW + timedelta(days=1), number="015/SGDĐT-VP", issuer="SỞ GDĐT PHÚ LÂM")
    third = save(store, "bản ba", NOW + timedelta(days=2), date="2024-12-31")
    others = [
        save(store, "năm khác", NOW + timedelta(days=3), date="2023-01-05"),
        save(store, "cơ quan khác", NOW + timedelta(days=3), issuer="Sở GDĐT Tân An"),
        save(store, "không rõ ngày", NOW + timedelta(days=3), date=None),
        save(store, "không rõ cơ quan", NOW + timedelta(days=3), issuer=None),
    ]
    assert store.earlier([first, second, third, *others]) == {second: first, third: second}
    save(store, "bản một", NOW + timedelta(days=9))  # read again: still the first
    assert store.earlier([first, second, third]) == {second: first, third: second}
    store.remove(first)
    assert store.earlier([second, third]) == {third: second}


def test_beginnings_of_programs_that_have_ended_are_swept(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "originals" / "ab"
    folder.mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, mine, elsewhere, old = (
        folder / name
        for name in (
            beginning().replace(str(os.getpid()), str(ended.pid)) + "x",
            beginning() + "x",
            ".writing-00000000-1-x",
            ".writing-00000000-1-y",
        )
    )
    for path in (dead, mine, elsewhere, old, folder / ("ab" * 32)):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    assert store.sweep() == 2
    assert {path.name for path in folder.iterdir()} == {mine.name, elsewhere.name, "ab" * 32}
