"""What breaks while a night runs: nothing is lost, it shows in the report, the next run completes.

A journal that cannot be written is in ``test_nightly``, a worker killed mid-page in ``test_cluster``, files as received
on another machine in ``test_s3``.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.keep.checking import check
from api.nightly.report import NightReport
from api.rooms.search import SearchRoom
from api.seams import PageShelf, Progress, Restorer
from api.settings import Settings
from corpus.document import Document
from corpus.errors import BusyError
from tests.api.rooms import ToyRooms
from tests.api.test_nightly import Office, office
from tests.bench.full_disk import APART
from tests.commandline import ROOT
from tests.gate import Gate
from tests.index.fixtures import HashEmbedder
from tests.index.wire import qdrant_over_http

__all__ = ["office"]

TEXT = "Số: {0}/SGDĐT-VP\nhạn 2024-01-15 nộp báo cáo lần {0}\nviệc rà soát máy tính số {0}\n"


def completes(office: Office, count: int) -> NightReport:
    """Run the next night, a day later: everything is stored and indexed once, and there is nothing for check."""
    office.now += timedelta(days=1)
    report = office.night()
    assert report.counts()["waiting"] == 0 and len(office.library.documents()) == count
    assert check(office.library).findings == ()
    assert office.left_behind() == []
    return report


# the index's server


@pytest.fixture
def gate() -> Iterator[Gate]:
    with qdrant_over_http() as url:
        found = Gate(int(url.rpartition(":")[2].strip("/")))
        yield found
        found.close()


def test_the_index_server_gone_for_a_while(
    settings: Settings, tmp_path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.embedding.load_embedder", lambda _: HashEmbedder())
    settings = settings.model_copy(update={"qdrant_url": gate.url})
    rooms = ToyRooms()
    rooms.toy = SearchRoom(settings, rooms.restorer)  # type: ignore[assignment]  # the real one in the toy's place
    office = Office(settings, rooms, tmp_path / "vào")
    office.folder.mkdir()
    for number in range(3):
        office.put(f"{number}.txt", TEXT.format(number))
    assert office.night().counts()["done"] == 3
    for number in range(3, 8):
        office.put(f"{number}.txt", TEXT.format(number))
    gate.open = False
    report = office.night()
    assert gate.turned_away and len(office.library.documents()) == 8  # all is stored
    assert report.exit_code and report.counts()["to_retry"] == 5
    assert all("Qdrant" in row["reason"] for row in report.as_dict()["failed"])
    gate.open = True
    assert completes(office, 8).counts()["done"] == 5
    assert office.library.search("rà soát máy tính số 7").hits
    office.library.close()


# the store


def test_the_store_locked_by_somebody_else(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.engine.WAIT", 1)
    office.library.close()
    for number in range(4):
        office.put(f"{number}.txt", TEXT.format(number))
    other: list[sqlite3.Connection] = []
    read = office.rooms.read_file

    def locked(*given: Any, **more: Any) -> Document:
        if len(office.rooms.read) >= 2 and not other:
            other.append(sqlite3.connect(office.settings.home / "congvan.db", check_same_thread=False))
            other[0].execute("BEGIN IMMEDIATE")
        return read(*given, **more)

    monkeypatch.setattr(office.rooms, "read_file", locked)
    with pytest.raises(BusyError):
        office.night()
    other[0].close()
    report = completes(office, 4)
    assert any("bị ngắt giữa chừng" in warning for warning in report.warnings)
    assert report.resumed == 4 and report.counts()["done"] == 4


# the disk


@pytest.mark.slow
def test_a_disk_that_is_full() -> None:
    if subprocess.run([*APART, "true"], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here (unshare --user --mount)")
    # with 100 kB the first file is too much; with 1,200 it depends on what both workers write first how many are
    # stored; with 20,000 all are, and none can be put into the index
    command = [sys.executable, "-m", "tests.bench.full_disk", "--free", "100", "1200", "20000"]
    figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout)
    assert figures["wrong"] == []
    little, _, more = ("\n".join(trial["reasons"]) for trial in figures["trials"])
    assert "disk is full" in little
    assert "đã lưu, chưa lập được chỉ mục" in more and "disk is full" not in more


# Tesseract

_CRASHES = """#!/bin/sh
# every tenth page that is read for the first time (--psm 3) ends Tesseract as a fault of its own would
case "$*" in *"--psm 3"*)
    exec 9>>"{folder}/lock"; flock 9
    n=$(($(cat "{folder}/count" 2>/dev/null || echo 0) + 1)); echo $n >"{folder}/count"
    exec 9>&-
    [ -e "{folder}/crash" ] && [ $((n % 10)) = 0 ] && kill -SEGV $$ ;;
esac
exec "{real}" "$@"
"""


class Scanning(ToyRooms):
    """Reads files as they really are read, but for the restorer; facts and index stay toys."""

    def read_file(
        self,
        data: bytes,
        source: str,
        *,
        restorer: Callable[[], Restorer],
        jobs: int = 1,
        progress: Progress | None = None,
        mode: str = "auto",
        shelf: PageShelf | None = None,
    ) -> Document:
        from ingest.pipeline import ReadOptions, read

        return read(data, source, options=ReadOptions(jobs=jobs, shelf=shelf))


def scan(pages: int, number: int) -> bytes:
    """A TIFF of small pages with one line each."""
    from PIL import Image, ImageDraw, ImageFont

    from corpus.samples import fonts

    font = ImageFont.truetype(str(fonts.file_of("regular")), 40)
    made = []
    for page in range(pages):
        image = Image.new("L", (900, 260), 255)
        ImageDraw.Draw(image).text((40, 60), f"So: {number}{page}/SGDDT-VP bao cao", font=font, fill=0)
        made.append(image.convert("1"))
    out = io.BytesIO()
    made[0].save(out, "TIFF", save_all=True, append_images=made[1:], compression="group4", dpi=(200, 200))
    return out.getvalue()


@pytest.mark.slow
def test_tesseract_crashing_on_every_tenth_page(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("tesseract")
    if real is None:
        pytest.skip("Tesseract is not installed: apt-get install tesseract-ocr")
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "tesseract").write_text(_CRASHES.format(folder=folder, real=real))
    (folder / "tesseract").chmod(0o755)
    (folder / "crash").touch()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    office = Office(settings, Scanning(), tmp_path / "vào")
    office.folder.mkdir()
    for number in range(2):
        (office.folder / f"{number}.tif").write_bytes(scan(6, number))
    report = office.night()
    documents = [office.library.store.get(info.id).document for info in office.library.documents()]
    failed = [page for document in documents for page in document.failed_pages]
    assert len(documents) == 2 and 1 <= len(failed) <= 2  # of 12 pages; some are looked at twice
    assert report.counts()["partial"] == report.counts()["to_retry"] >= 1 and report.exit_code
    assert any("Tesseract" in row["reason"] for row in report.as_dict()["failed"])
    (folder / "crash").unlink()
    completes(office, 2)
    assert all(info.status == "success" for info in office.library.documents())
    office.library.close()
