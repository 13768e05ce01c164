"""Many machines: the same facts from SQLite and threads as from PostgreSQL and workers, though one is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.keep.checking import check
from api.library import Library
from api.rooms.local import LocalRooms
from api.settings import Settings
from api.usecases.cluster import Cluster
from corpus.errors import BadInputError, LimitError
from tests.postgres import Server

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
#: A scan of one page, and one with a text layer.
FILES = [SAMPLES / name for name in ("2022-so-thu-chi.pdf", "2024-so-hoc-ba-so.pdf")]
NOW = datetime(2024, 1, 10, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def workers() -> Iterator[Cluster]:
    found = Cluster("local:2")
    yield found
    found.close()


def kill_who_reads(cluster: Cluster, done: threading.Event) -> None:
    """Kill the first worker that is seen with a page in hand."""
    while not done.wait(0.05):
        busy = [address for address, keys in cluster._client.processing().items() if keys] if cluster._client else []
        pids = {nanny.worker_address: nanny.pid for nanny in cluster._local.workers.values()} if busy else {}
        if busy and pids.get(busy[0]):
            time.sleep(0.5)
            os.kill(pids[busy[0]], signal.SIGKILL)
            return


def everything(library: Library) -> dict[str, Any]:
    """Return all rows that reading makes, but for the numbers that a database gives them and the word of revisions."""
    with library.store.dump.moment() as sheets:
        rows = {sheet.name: list(sheet.rows) for sheet in sheets}
    found = {name: rows[name] for name in ("documents", "citations", "deadlines", "versions", "readings")}
    for name in ("citations", "deadlines"):
        found[name] = sorted(
            ({k: v for k, v in row.items() if k != "id"} for row in found[name]),
            key=lambda row: repr(sorted(row.items())),
        )
    return found


@pytest.mark.slow
def test_the_same_facts_row_for_row_though_a_worker_is_killed_mid_page(
    tmp_path: Path, postgres: Server, workers: Cluster
) -> None:
    here = Library(Settings(home=tmp_path / "here", jobs=2), now=lambda: NOW)
    assert [row.status for row in here.add_paths(FILES)] == ["success"] * 2
    settings = Settings(home=tmp_path / "there", database_url=postgres.database(), jobs=2)
    rooms = LocalRooms(settings)
    # the models are those that are loaded already
    rooms._made = {name: made for name, made in here.rooms._made.items() if name != "index"}  # type: ignore[attr-defined]
    rooms._cluster = workers
    there = Library(settings, rooms, now=lambda: NOW)
    done = threading.Event()
    killer = threading.Thread(target=kill_who_reads, args=(workers, done))
    killer.start()
    assert [row.status for row in there.add_paths(FILES)] == ["success"] * 2
    done.set()
    killer.join()
    assert everything(there) == everything(here)
    assert len(everything(here)["citations"]) > 5 and len(everything(here)["deadlines"]) > 1
    assert check(there).findings == check(here).findings == ()
    assert there.rooms.notes() == ["1 tiến trình đọc trang bị mất giữa chừng; 1 trang được đọc lại ở nơi khác."]
    assert there.rooms.notes() == []
    for library in (here, there):
        library.store.close()


def pid_of(sleep: float) -> int:
    time.sleep(sleep)
    return os.getpid()


def refuses() -> None:
    raise LimitError("quá lâu")


@pytest.mark.slow
def test_work_goes_to_others_errors_come_back_and_what_nobody_can_do_is_done_here(workers: Cluster) -> None:
    assert workers.hands == 2 and workers.call(pid_of, 0.0, seconds=30) != os.getpid()
    with pytest.raises(LimitError, match="quá lâu"):
        workers.call(refuses, seconds=30)
    workers.notes()
    # too slow out there: it is done here
    assert workers.call(pid_of, 0.3, seconds=0.05) == os.getpid()
    assert "1 trang được đọc trên máy này" in "".join(workers.notes())


def test_without_a_scheduler_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.usecases.cluster._CONNECT", 0.3)
    nobody = Cluster("tcp://127.0.0.1:9")
    assert nobody.hands == 0 and nobody.call(pid_of, 0.0, seconds=5) == os.getpid()
    assert any("CONGVAN_DASK_SCHEDULER" in note for note in nobody.notes())
    nobody.close()


@pytest.mark.parametrize("address", ["local:", "local:0", "local:x", "http://a", "8786", ""])
def test_an_address_that_is_none_is_named(address: str) -> None:
    with pytest.raises(BadInputError, match="CONGVAN_DASK_SCHEDULER"):
        Cluster(address)
