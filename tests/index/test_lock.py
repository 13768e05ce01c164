"""One machine, several programs: the folder is waited for, and a busy one is named as such."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import BusyError, CongvanError, IndexMismatchError
from index.embedded import EmbeddedEngine
from index.passages import passages
from index.search import SearchEngine
from index.vectors import VectorIndex
from tests.index.fixtures import HashEmbedder, shelf

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from pathlib import Path
from index.embedded import EmbeddedEngine
with EmbeddedEngine(Path(sys.argv[1]), "congvan", 20).turn():
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""
WRITE = """
import sys
from pathlib import Path
from index.passages import passages
from index.vectors import VectorIndex
from tests.index.fixtures import HashEmbedder, shelf
index = VectorIndex(HashEmbedder, folder=Path(sys.argv[1]), patience=60)
for _ in range(5):
    for stored in shelf().stored():
        index.update(stored.document.id, passages(stored.document, stored.facts))
"""


def holder(folder: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(folder), str(seconds)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.slow
def test_a_search_waits_until_another_program_is_done(tmp_path: Path) -> None:
    index = VectorIndex(HashEmbedder, folder=tmp_path / "qdrant", patience=30)
    index.rebuild(shelf())
    with holder(tmp_path / "qdrant", 1.0):
        started = time.monotonic()
        assert SearchEngine(index).search("đọc sách").hits
        assert time.monotonic() - started > 0.5


@pytest.mark.slow
def test_a_folder_that_stays_busy_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with holder(tmp_path / "qdrant", 30.0) as process:
        index = VectorIndex(HashEmbedder, folder=tmp_path / "qdrant", patience=0.3)
        with pytest.raises(BusyError, match="CONGVAN_QDRANT_URL"):
            index.count()
        process.kill()


@pytest.mark.slow
def test_without_room_on_the_disk_it_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening it would end the process; ``tests.bench.full_disk`` fills a real disk."""
    index = VectorIndex(HashEmbedder, folder=tmp_path / "qdrant", patience=1)
    count = index.rebuild(shelf()) and index.count()
    index.close()
    with monkeypatch.context() as patch:
        patch.setattr("index.embedded.ROOM", 2**62)
        with pytest.raises(CongvanError, match="giải phóng đĩa"):
            index.count()
    assert index.count() == count > 0


@pytest.mark.slow
def test_two_programs_write_while_a_third_searches(tmp_path: Path) -> None:
    folder = tmp_path / "qdrant"
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, str(folder)], cwd=ROOT) for _ in range(2)]
    index = VectorIndex(HashEmbedder, folder=folder, patience=60)
    while any(writer.poll() is None for writer in writers):
        SearchEngine(index).search("đọc sách")
        time.sleep(0.1)
    assert [writer.returncode for writer in writers] == [0, 0]
    wanted = sum(len(passages(s.document, s.facts)) for s in shelf().stored())
    assert index.count() == wanted


def test_the_folder_is_free_after_an_error(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "qdrant", "congvan", 1)
    with pytest.raises(ValueError, match="broken"), engine.turn(writes=True):
        raise ValueError("broken")
    with engine.turn() as turn:
        assert turn.names() == []


def test_what_another_program_wrote_is_seen_at_once(tmp_path: Path) -> None:
    first, second = (VectorIndex(HashEmbedder, folder=tmp_path / "qdrant") for _ in range(2))
    so, bo = shelf().rows
    first.update(so.document.id, passages(so.document, so.facts))
    assert SearchEngine(second).search("đọc sách").hits
    second.update(bo.document.id, passages(bo.document, bo.facts))
    assert {h.source for h in SearchEngine(first).search("đọc sách").hits} == {"so.txt", "bo.txt"}
    second.rebuild(shelf())
    assert {h.source for h in SearchEngine(first).search("đọc sách").hits} == {"so.txt", "bo.txt"}
    first.remove(so.document.id)
    assert second.count() == len(passages(bo.document, bo.facts))


def test_passages_are_counted_anew_after_every_change_whoever_made_it(tmp_path: Path) -> None:
    first, second = (VectorIndex(HashEmbedder, folder=tmp_path / "qdrant") for _ in range(2))
    so, bo = shelf().rows
    sizes = [len(passages(row.document, row.facts)) for row in (so, bo)]
    assert first.count() == 0
    first.update(so.document.id, passages(so.document, so.facts))
    assert first.count() == second.count() == sizes[0]
    second.update(bo.document.id, passages(bo.document, bo.facts))
    assert second.count() == first.count() == sum(sizes)
    first.remove(so.document.id)  # by who has just counted
    assert first.count() == second.count() == sizes[1]
    second.rebuild(shelf())
    assert first.count() == second.count() == sum(sizes)


def test_a_change_that_was_broken_off_makes_the_index_stale_until_rebuilt(tmp_path: Path) -> None:
    index = VectorIndex(HashEmbedder, folder=tmp_path / "qdrant")
    index.rebuild(shelf())
    engine = EmbeddedEngine(tmp_path / "qdrant", "congvan", 1)
    with pytest.raises(KeyboardInterrupt), engine.turn(writes=True) as turn:
        current = turn.current()
        assert current is not None
        turn.put(current, [])
        raise KeyboardInterrupt
    assert index.is_stale()
    with pytest.raises(IndexMismatchError):
        SearchEngine(index).search("đọc sách")
    index.rebuild(shelf())
    assert not index.is_stale()
    assert SearchEngine(index).search("đọc sách").hits


def test_the_folder_of_an_earlier_engine_is_stale_until_rebuilt(tmp_path: Path) -> None:
    (tmp_path / "qdrant").mkdir()
    (tmp_path / "qdrant" / "meta.json").write_text("{}", encoding="utf-8")
    index = VectorIndex(HashEmbedder, folder=tmp_path / "qdrant")
    assert index.is_stale() and index.count() == 0
    index.rebuild(shelf())
    assert SearchEngine(index).search("đọc sách").hits
