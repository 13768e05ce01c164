"""How fast are page pictures read, beside bare ``tesseract -l vie --psm 3`` on the same images in the same run?

    python -m tests.bench.speed [--kind KIND]... [--count N] [--jobs N]
    python -m tests.bench.speed --whole [--count 40] [--jobs N]

Prints one JSON line for the clean 300-dpi pages and one for the whole degradation set: ``pages``, seconds of both by
the clock (``seconds``, ``raw_seconds``) and of processor time (``cpu``, ``raw_cpu``), and the ratios of pages a second
(``ratio``, ``cpu_ratio``: 1 is as fast as bare Tesseract). Both read in turn, a few pages each, so that other work on
the machine weighs on both; ``cpu_ratio`` hardly feels it. The restorer is loaded before the clock starts: it is loaded
once a run, not once a page.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from ingest.ocr import Tesseract
from ingest.pipeline import ReadOptions, read
from ingest.restore.restorer import Restorer
from tests.bench import degrade

AT_ONCE = 4


def bare(path: Path) -> None:
    """Let Tesseract read a file."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    command = ["tesseract", str(path), "stdout", "-l", "vie", "--psm", "3"]
    subprocess.run(command, capture_output=True, check=True, env=environment)


def timed(work: Callable[[Path], object], paths: Sequence[Path], jobs: int) -> tuple[float, float]:
    """Return seconds by the clock and of processor time, that of ended child processes included."""
    start, used = time.perf_counter(), _used()
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(work, paths))
    return time.perf_counter() - start, _used() - used


def _used() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def measure(kinds: Sequence[str], count: int, jobs: int) -> dict[str, object]:
    """Return the figures of ``count`` pages of each kind."""
    restorer = Restorer.load()
    restorer.correct("Xin chào các bạn", ())
    options = ReadOptions(engine=Tesseract(), restorer=lambda: restorer)

    def ours(path: Path) -> object:
        return read(path.read_bytes(), path.name, options=options)

    clock, raw_clock, cpu, raw_cpu, pages = 0.0, 0.0, 0.0, 0.0, 0
    with tempfile.TemporaryDirectory(prefix="congvan-speed-") as folder:
        paths: list[Path] = []
        for kind in kinds:
            for k, case in enumerate(degrade.cases(kind, count)):
                paths.append(Path(folder) / f"{kind}-{k}.{case.form}")
                paths[-1].write_bytes(case.data)
        ours(paths[0])  # what Python imports and compiles at the first page is no page's time
        for at in range(0, len(paths), AT_ONCE):
            batch = paths[at : at + AT_ONCE]
            (seconds, used), (raw_seconds, raw_used) = timed(ours, batch, jobs), timed(bare, batch, jobs)
            clock, cpu, raw_clock, raw_cpu = clock + seconds, cpu + used, raw_clock + raw_seconds, raw_cpu + raw_used
            pages += len(batch)
    return _figures(pages, jobs, (clock, cpu), (raw_clock, raw_cpu))


def whole(count: int, jobs: int) -> dict[str, object]:
    """Return the figures of the whole command on ``count`` clean pages."""
    with tempfile.TemporaryDirectory(prefix="congvan-speed-") as folder:
        home, scans = Path(folder) / "home", Path(folder) / "scans"
        scans.mkdir()
        paths = [scans / f"{k:03}.jpg" for k in range(count)]
        for path, data in zip(paths, clean_pages(count), strict=True):
            path.write_bytes(data)

        def ours(path: Path) -> None:
            command = [sys.executable, "-m", "api.cli", "ingest", str(path), "--jobs", str(jobs), "--json"]
            environment = {**os.environ, "CONGVAN_HOME": str(home), "OMP_NUM_THREADS": "1"}
            subprocess.run(command, capture_output=True, check=True, env=environment)

        raw_seconds, raw_cpu = timed(bare, paths[: count // 2], jobs)
        seconds, cpu = timed(ours, [scans], 1)
        more_seconds, more_cpu = timed(bare, paths[count // 2 :], jobs)
    return _figures(count, jobs, (seconds, cpu), (raw_seconds + more_seconds, raw_cpu + more_cpu))


def clean_pages(count: int) -> Iterator[bytes]:
    """Yield clean 300-dpi scans: the pages of the samples, again with other grain where there are too few."""
    from corpus.samples.source import load, names

    drawn = 0
    while True:
        for name in names():
            for page in degrade.draw(load(name)):
                if drawn == count:
                    return
                yield degrade.clean(page, np.random.default_rng([7, drawn]))
                drawn += 1


def _figures(pages: int, jobs: int, ours: tuple[float, float], raw: tuple[float, float]) -> dict[str, object]:
    return {
        "pages": pages,
        "jobs": jobs,
        "seconds": round(ours[0], 1),
        "raw_seconds": round(raw[0], 1),
        "ratio": round(raw[0] / ours[0], 3),
        "cpu": round(ours[1], 1),
        "raw_cpu": round(raw[1], 1),
        "cpu_ratio": round(raw[1] / ours[1], 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", action="append", choices=tuple(degrade.KINDS), help="default: clean, then all")
    parser.add_argument("--count", type=int, help="pages of each kind (8), of the whole batch (40)")
    parser.add_argument("--whole", action="store_true", help="the whole command on clean pages")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    if asked.whole:
        print(json.dumps({"kind": "whole", **whole(asked.count or 40, asked.jobs)}), flush=True)
        return
    groups = {kind: (kind,) for kind in asked.kind} if asked.kind else {"clean": ("clean",), "set": (*degrade.KINDS,)}
    for name, kinds in groups.items():
        print(json.dumps({"kind": name, **measure(kinds, asked.count or 8, asked.jobs)}), flush=True)


if __name__ == "__main__":
    main()
