"""Does anything get lost when ``congvan nightly`` is killed at random moments?

    python -m tests.bench.nightly_kills [--kills 100] [--files 60] [--seed 1] [--texts] [--command]

Files (texts and, unless ``--texts``, sample PDFs) arrive bit by bit while the run, a process of its own on the embedded
stores, is ended with SIGKILL again and again: half of the times somewhere between its start and the time that the last
run took that came to its end, half of the times shortly after one of the files that it has done. Then it runs once to
its end. The processes are forks of one that has imported everything, which spares a hundred starts; with ``--command``
they are the installed command. Prints one JSON line: ``killed``, at which stages the unfinished files stood when it was
killed, ``wrong`` (what is not as it should be: every file stored and indexed exactly once, with the same facts as an
undisturbed ``congvan ingest`` finds, nothing left over) and the seconds it took.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from api.keep.checking import check
from api.library import Library
from api.settings import Settings
from corpus.document import Decision, Document, content_id
from corpus.journal import State
from index.embedding import load_embedder
from index.passages import passages
from index.vectors import VectorIndex
from tests.bench.forked import Forked, load
from tests.commandline import ROOT, SAMPLES

_SUBJECTS = ("kiểm tra nội bộ", "thư viện trường học", "an toàn giao thông", "tuyển sinh", "hội khỏe Phù Đổng")


def write(number: int, folder: Path, with_samples: bool) -> Path:
    """Write a made-up directive, or a sample PDF in the place of every sixth one."""
    samples = sorted(SAMPLES.glob("*.pdf")) if with_samples else []
    if number % 6 == 5 and number // 6 < len(samples):
        path = folder / samples[number // 6].name
        waiting = path.with_name(f".{path.name}")
        shutil.copy(samples[number // 6], waiting)
    else:
        path = folder / f"văn bản {number}.txt"
        waiting = path.with_name(f".{path.name}")
        waiting.write_text(directive(number), encoding="utf-8")
    waiting.rename(path)
    return path


def directive(number: int) -> str:
    """Return the text of a made-up directive; every number makes another one."""
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    return (
        f"SỞ GIÁO DỤC VÀ ĐÀO TẠO PHÚ LÂM\nSố: {300 + number}/SGDĐT-VP\n"
        f"Phú Lâm, ngày {1 + number % 28} tháng {1 + number // 28 % 12} năm {2000 + number // 336 % 24}\n"
        f"V/v {subject} lần {number}\n\nKính gửi: Các phòng giáo dục và đào tạo; các trường trung học phổ thông.\n\n"
        f"Thực hiện Công văn số {200 + number}/SGDĐT-VP, Sở Giáo dục và Đào tạo yêu cầu các đơn vị:\n"
        f"1. Rà soát công tác {subject} của đơn vị.\n"
        f"2. Gửi báo cáo về {subject} (mẫu số {number}) về Sở trước ngày 15 tháng 12 năm 2023.\n\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\nNguyễn Văn An\n"
    )


@dataclass
class Trial:
    """A state folder, a watched folder, and what was seen."""

    place: Path
    files: int
    rng: random.Random
    forked: bool = False
    samples: bool = True
    killed: int = 0
    ended: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    #: how long the last run took that came to its end, with files to do and with none
    lasts: dict[bool, float] = field(default_factory=dict)
    paths: list[Path] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.place / "var"

    def prepare(self) -> None:
        """Write the settings."""
        (self.place / "in").mkdir(parents=True)
        self.home.mkdir()
        (self.home / "nightly.toml").write_text(
            "[nightly]\nstable_seconds = 0.05\nretry_minutes = 0\n"
            f'[[folder]]\nname = "quét"\npath = "{self.place / "in"}"\n'
            f'after = "move"\nmove_to = "{self.place / "out"}"\n',
            encoding="utf-8",
        )

    def arrive(self, count: int) -> None:
        """Let so many files have arrived in all."""
        while len(self.paths) < min(count, self.files):
            self.paths.append(write(len(self.paths), self.place / "in", self.samples))

    def kill(self, longest: float) -> None:
        """Run the command and kill it at a random moment: every other time counted from its start, and else from one
        of the files that it has done, so that kills fall into all of its work however slow the machine is. ``longest``
        is how long a run takes of which nothing is known."""
        waiting = sum(1 for path in (self.place / "in").iterdir() if not path.name.startswith("."))
        busy = waiting > 0 or self._open() != ["nothing"]
        lasts = self.lasts.get(busy, longest)
        chosen = self.rng.randint(1, max(1, waiting))
        began = time.monotonic()
        with self.start() as process:
            assert process.stderr is not None
            done = threading.Event()
            watching = threading.Thread(target=_watch, args=(process.stderr, done, chosen), daemon=True)
            watching.start()
            try:
                if busy and self.rng.random() < 0.5:
                    done.wait(120)
                    process.wait(self.rng.uniform(0.0, lasts / 5))
                else:
                    process.wait(self.rng.uniform(0.01, lasts))
                self.ended += 1
                self.lasts[busy] = time.monotonic() - began
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                self.killed += 1
                self.stages.update(self._open())
            watching.join()

    def finish(self) -> tuple[int, dict[str, Any]]:
        """Run the command to its end; return exit code and report."""
        with self.start() as process:
            process.communicate(timeout=900)
        report = json.loads((self.home / "reports" / "latest.json").read_text(encoding="utf-8"))
        return process.wait(), report

    def start(self) -> Forked | subprocess.Popen[bytes]:
        """Start a run."""
        return Forked(["nightly", "--jobs", "2"], self.home) if self.forked else self.command()

    def command(self) -> subprocess.Popen[bytes]:
        """Start the command."""
        return subprocess.Popen(
            [str(Path(sys.executable).with_name("congvan")), "nightly", "--jobs", "2"],
            env=os.environ | {"CONGVAN_HOME": str(self.home), "OMP_NUM_THREADS": "1"},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def _open(self) -> list[str]:
        library = Library(Settings(home=self.home))
        try:
            if not library.has_store():
                return ["nothing"]
            found = [row.stage.value for row in library.store.journal.arrivals(State.OPEN)]
            return found or ["nothing"]
        finally:
            library.close()


def _watch(lines: IO[bytes], done: threading.Event, chosen: int) -> None:
    """Wait for the chosen file to be done; a program that has ended does no more."""
    for line in lines:
        chosen -= line.startswith(b"[")
        if chosen <= 0:
            done.set()
    done.set()


def wrong(trial: Trial) -> Iterator[str]:
    """Yield what is not as it should be after the last run."""
    moved = {content_id(path.read_bytes()) for path in (trial.place / "out").rglob("*") if path.is_file()}
    if len(moved) != trial.files:
        yield f"{len(moved)} files were moved away, not {trial.files}"
    if left := list((trial.place / "in").iterdir()):
        yield f"{len(left)} files were left at the source"
    library = Library(Settings(home=trial.home))
    stored = {info.id for info in library.documents()}
    if stored != moved:
        yield f"{len(stored)} directives are stored; {len(moved - stored)} are missing"
    rows = {row.id: row.state for row in library.store.journal.arrivals()}
    if set(rows) != moved or set(rows.values()) != {State.DONE}:
        yield f"the journal says {Counter(state.value for state in rows.values())}"
    originals = [path for path in (trial.home / "originals").rglob("*") if path.is_file()]
    yield from (f"{path.name} is no original" for path in originals if content_id(path.read_bytes()) != path.name)
    if {path.name for path in originals} != stored:
        yield f"{len(originals)} originals"
    for folder in ("work", "quarantine"):
        yield from (f"{path} is left over" for path in (trial.home / folder).glob("*"))
    yield from (f"{path} is left over" for path in trial.home.rglob(".writing-*"))
    if not library.index_is_current():
        yield "the index is not current"
    yield from (f"check: {one.text} {one.subject}" for one in check(library).findings)
    library.close()
    yield from _index_wrong(trial.home, stored)


def _index_wrong(home: Path, stored: set[str]) -> Iterator[str]:
    library = Library(Settings(home=home))
    index = VectorIndex(load_embedder, folder=home / "index" / "qdrant")
    expected = 0
    for document_id in stored:
        found = library.store.get(document_id)
        wanted = len(passages(found.document, found.facts))
        expected += wanted
        if index.count(document_id) != wanted:
            yield f"{found.info.source} has {index.count(document_id)} passages in the index, not {wanted}"
    if index.count() != expected:
        yield f"the index has {index.count()} passages, not {expected}"
    index.close()
    library.close()


def differing(trial: Trial) -> Iterator[str]:
    """Yield the directives whose facts differ from those of an undisturbed ``congvan ingest`` of the same files.

    Pages that were repaired or read from a picture are left out: the restorer knows the words of what was stored before
    them, and the order is another one here.
    """
    calm = Library(Settings(home=trial.place / "calm", jobs=1))
    calm.add_paths([trial.place / "out"])
    killed = Library(Settings(home=trial.home))
    wanted = {one.info.id: one.facts.as_dict() for one in calm.store.stored() if _as_it_came(one.document)}
    found = {info.id: facts.as_dict() for info, facts in killed.store.headers()}
    yield from (f"{key[:12]} has other facts" for key in wanted if found.get(key) != wanted[key])
    calm.close()
    killed.close()


def _as_it_came(document: Document) -> bool:
    return all(page.decision is Decision.KEEP for page in document.pages)


def measure(
    place: Path, kills: int, files: int, seed: int, *, forked: bool = True, samples: bool = True
) -> dict[str, Any]:
    """Kill ``kills`` runs over ``files`` files in an empty folder; return the figures. ``samples``: PDFs among them."""
    start = time.monotonic()
    if forked:
        load()
    trial = Trial(place, files, random.Random(seed), forked, samples)
    trial.prepare()
    longest = _undisturbed(place / "first", forked)
    while trial.killed < kills:
        # at least one file is new to every run until the last has come
        trial.arrive(max(2, files * (trial.killed + 1) // kills))
        trial.kill(longest)
        if trial.ended > 3 * kills + 10:
            break
    trial.arrive(files)
    code, report = trial.finish()
    found = [*wrong(trial), *differing(trial)]
    if code != 0:
        found.append(f"the last run ended with {code}: {report['failed']} {report['sources']}")
    return {
        "kills": trial.killed,
        "runs_that_ended_first": trial.ended,
        "files": files,
        "open_files_by_stage_when_killed": dict(trial.stages),
        "longest_wait_seconds": round(longest, 1),
        "wrong": found,
        "seconds": round(time.monotonic() - start, 1),
    }


def _undisturbed(place: Path, forked: bool) -> float:
    """Return how long a run over three files takes on this machine as it is now."""
    trial = Trial(place, 3, random.Random(0), forked)
    trial.prepare()
    trial.arrive(3)
    start = time.monotonic()
    trial.finish()
    return time.monotonic() - start


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("--command", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(
            Path(folder) / "trial",
            given.kills,
            given.files,
            given.seed,
            forked=not given.command,
            samples=not given.texts,
        )
        print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
