"""One machine, several programs: the folder is waited for, and a busy one is named as such."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import BusyError
from index.connection import embedded
from index.passages import passages
from index.search import SearchEngine
from index.vectors import VectorIndex
from tests.index.fixtures import HashEmbedder, shelf

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from pathlib import Path
from index.connection import embedded
with embedded(Path(sys.argv[1]), 20):
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
    with pytest.raises(ValueError, match="broken"), embedded(tmp_path / "qdrant", 1):
        raise ValueError("broken")
    with embedded(tmp_path / "qdrant", 1) as client:
        assert client.get_collections().collections == []
