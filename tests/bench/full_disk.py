"""A disk that is full: nights on a small tmpfs which something else fills up. Prints one JSON line.

    python -m tests.bench.full_disk [--free 0 100 300 600 1200] [--files 12]

For each number of free kilobytes: a night on a disk with room, a night with so much left, a night with room again. The
second one must end by itself, and its report must name every file that was not stored, or its source; after the third
one everything is stored and indexed once and ``check`` is clean. The tmpfs is mounted where nobody else sees it
(``unshare``); where the machine does not let anybody do that, ``unshare`` says so and nothing is tried.

Database, originals, work and the embedded index are the real ones; what reads the files is a toy.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from api.keep.checking import check
from api.library import Library
from api.nightly.run import NightRun, Plan
from api.rooms.search import SearchRoom
from api.settings import Settings
from corpus.errors import CongvanError
from ingest.sources.folders import FolderSource, Watch
from tests.api.rooms import ToyRooms
from tests.commandline import ROOT
from tests.index.fixtures import HashEmbedder

#: Of the tmpfs, in MiB: more than the index wants to see free before it writes.
DISK = 300
APART = ("unshare", "--user", "--map-root-user", "--mount")


def text(number: int) -> str:
    """A directive of some 6 kB, so that a few of them fill what is left."""
    lines = "".join(f"việc rà soát máy tính số {number} lần {line}\n" for line in range(150))
    return f"Số: {number}/SGDĐT-VP\nhạn 2024-01-15 nộp báo cáo lần {number}\n{lines}"


class Trial:
    """One disk: ``night`` runs over what is in the folder, which lies elsewhere."""

    def __init__(self, disk: Path, folder: Path) -> None:
        self.disk, self.folder = disk, folder
        self.now = datetime(2024, 1, 10, 19, 0, tzinfo=UTC)

    def arrive(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            (self.folder / f"{number}.txt").write_text(text(number), encoding="utf-8")

    def fill(self, free: int) -> None:
        """Leave so many bytes free."""
        space = os.statvfs(self.disk)
        with (self.disk / "ballast").open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(4096, space.f_bavail * space.f_frsize - free))

    def empty(self) -> None:
        (self.disk / "ballast").unlink()

    def open(self) -> Library:
        settings, rooms = Settings(home=self.disk / "var", jobs=2), ToyRooms()
        rooms.toy = SearchRoom(settings, rooms.restorer)  # type: ignore[assignment]  # the real one in the toy's place
        return Library(settings, rooms, now=lambda: self.now)

    def night(self) -> dict[str, Any]:
        """Run the night of a new day in a library of its own, and return its report."""
        self.now += timedelta(days=1)
        library = self.open()
        try:
            source = FolderSource("quét", self.folder, Watch(stable_seconds=0), library.today())
            return NightRun(library, Plan([("folder", source)], "1", "v1")).go().as_dict()
        finally:
            library.close()


def tried(disk: Path, folder: Path, free: int, files: int) -> tuple[dict[str, Any], list[str]]:
    """Return what the night without room told, and what went wrong."""
    trial = Trial(disk, folder)
    wrong: list[str] = []
    trial.arrive(range(2))
    if trial.night()["exit_code"]:
        wrong.append("the first night failed")
    trial.arrive(range(2, files))
    trial.fill(free)
    told: dict[str, Any] = {"free": free}
    try:
        report = trial.night()
    except CongvanError as error:  # not even the lock could be written: the command tells so and ends
        told["ended"] = str(error)
    else:
        counts = report["counts"]
        told |= {"done": counts["done"], "failed": len(report["failed"]), "troubles": counts["troubles"]}
        named = {row["name"] for row in [*report["failed"], *report["waiting"]]}
        hidden = [n for n in range(2, files) if f"{n}.txt" not in named]
        # a source whose files could not be taken in any more is broken off, which is told once for all that are left
        if (len(hidden) > counts["done"] and not counts["troubles"]) or not report["exit_code"]:
            wrong.append(f"not told: {hidden}")
        told["reasons"] = sorted(
            {row["reason"] for row in report["failed"]}
            | {trouble["message"] for got in report["sources"] for trouble in got["troubles"]}
            | set(report["warnings"])
        )
    trial.empty()
    report = trial.night()
    library = trial.open()
    if report["exit_code"] or report["counts"]["waiting"]:
        wrong.append(f"the last night: {report['failed']}, {report['warnings']}")
    if sorted(info.source for info in library.documents()) != sorted(f"{n}.txt" for n in range(files)):
        wrong.append("not every file is stored once")
    wrong += [f"check: {one.kind} {one.text}" for one in check(library).findings]
    library.close()
    return told, wrong


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--free", type=int, nargs="+", default=[0, 100, 300, 600, 1200], help="kilobytes")
    parser.add_argument("--files", type=int, default=12)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside is None:
        with TemporaryDirectory() as folder:
            command = [*APART, sys.executable, "-m", "tests.bench.full_disk", *sys.argv[1:], "--inside", folder]
            sys.exit(subprocess.run(command, check=False, cwd=ROOT).returncode)
    figures: dict[str, Any] = {"trials": [], "wrong": []}
    with mock.patch("index.embedding.load_embedder", lambda _: HashEmbedder()):
        for at, free in enumerate(given.free):
            disk, folder = given.inside / f"disk{at}", given.inside / f"in{at}"
            disk.mkdir()
            folder.mkdir()
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(disk)], check=True)
            told, wrong = tried(disk, folder, free * 1024, given.files)
            figures["trials"].append(told)
            figures["wrong"] += [f"{free} kB free: {one}" for one in wrong]
            subprocess.run(["umount", "--lazy", str(disk)], check=True)
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
