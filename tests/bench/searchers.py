"""Fifty people search while an ingest runs: does anybody get an error, and how much longer does it take?

    python -m tests.bench.searchers [--searchers 50] [--pause 0] [--stored 500] [--files 60] [--seconds 20] [--upload]

A real server on loopback over a store of made-up directives. All searchers ask at the same time, each with one question
after the other and ``--pause`` seconds of reading between them: first with nothing else at work, then while a real
``congvan ingest`` (with ``--upload``: an upload to the same server) takes new files in. Prints one JSON line: answers,
errors, median and 95th percentile of both, and the ratio of the 95th percentiles.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.bench.nightly_cost import fill
from tests.bench.nightly_kills import directive
from tests.commandline import ROOT

#: Each has an answer in the made-up directives.
_QUESTIONS = (
    "gửi báo cáo về Sở trước ngày 15 tháng 12",
    "gui bao cao ve so",
    "rà soát công tác của đơn vị",
    "các trường trung học phổ thông gửi báo cáo",
    "công văn số 10100/SGDĐT-VP",
    "Sở Giáo dục và Đào tạo yêu cầu các đơn vị",
)


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, int]]:
    """Run a server on a free port of loopback."""
    environment = _environment(home) | {"CONGVAN_REQUESTS_PER_MINUTE": "0"}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", "0"]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        found = re.search(r"http://([\d.]+):(\d+)", process.stderr.readline())
        assert found is not None
        # whatever else it says must not fill the pipe
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield found[1], int(found[2])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {"CONGVAN_HOME": str(home), "OMP_NUM_THREADS": "1"}


class Searchers:
    """So many people at a time, until ``stop``."""

    def __init__(self, address: tuple[str, int], count: int, pause: float) -> None:
        self._address, self._pause = address, pause
        self.seconds: list[float] = []
        self.errors: list[str] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._search, args=(seed,)) for seed in range(count)]

    def during(self, work: Callable[[], None]) -> dict[str, Any]:
        """Search while ``work`` is done, and return what came of it."""
        for thread in self._threads:
            thread.start()
        try:
            work()
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join()
        self.seconds.sort()
        p95 = self.seconds[int(len(self.seconds) * 0.95)]
        return {
            "answers": len(self.seconds),
            "errors": len(self.errors),
            "first_error": self.errors[0] if self.errors else None,
            "p50_ms": round(1000 * statistics.median(self.seconds), 1),
            "p95_ms": round(1000 * p95, 1),
        }

    def _search(self, seed: int) -> None:
        draw = random.Random(seed)
        self._stop.wait(draw.random() * self._pause)
        while not self._stop.is_set():
            asked = urllib.parse.quote(draw.choice(_QUESTIONS))
            # a connection that was left idle while somebody read may be closed by then
            connection = http.client.HTTPConnection(*self._address, timeout=60)
            began = time.perf_counter()
            try:
                connection.request("GET", f"/v1/search?q={asked}")
                answer = connection.getresponse()
                told = answer.read()
                if answer.status != 200 or not json.loads(told)["hits"]:
                    self.errors.append(f"{answer.status} {told[:200]!r}")
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.errors.append(repr(error))
            self.seconds.append(time.perf_counter() - began)
            connection.close()
            self._stop.wait(self._pause * (0.5 + draw.random()))


def measure(home: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Return the figures."""
    fill(home, given.stored)
    folder = home.parent / "in"
    folder.mkdir()
    for number in range(given.files):
        (folder / f"{number}.txt").write_text(directive(number), encoding="utf-8")
    with serving(home) as address:
        Searchers(address, 4, 0).during(lambda: time.sleep(3))  # models are loaded
        idle = Searchers(address, given.searchers, given.pause).during(lambda: time.sleep(given.seconds))
        took: list[float] = []

        def ingest() -> None:
            began = time.perf_counter()
            (_upload if given.upload else _ingest)(home, folder, address)
            took.append(time.perf_counter() - began)

        busy = Searchers(address, given.searchers, given.pause).during(ingest)
    ratio = round(busy["p95_ms"] / idle["p95_ms"], 2)
    how = {"searchers": given.searchers, "pause_s": given.pause, "stored": given.stored, "files": given.files}
    return {**how, "upload": given.upload, "ingest_s": round(took[0], 1), "idle": idle, "ingest": busy, "ratio": ratio}


def _ingest(home: Path, folder: Path, _: tuple[str, int]) -> None:
    command = [sys.executable, "-m", "api.cli", "ingest", "--jobs", "1", str(folder)]
    subprocess.run(command, env=_environment(home), cwd=ROOT, check=True, capture_output=True)


def _upload(home: Path, folder: Path, address: tuple[str, int]) -> None:
    base = f"http://{address[0]}:{address[1]}"
    files = [("files", (path.name, path.read_bytes(), "text/plain")) for path in sorted(folder.iterdir())]
    job = httpx.post(f"{base}/v1/documents", files=files, timeout=120).raise_for_status().json()
    while httpx.get(f"{base}/v1/jobs/{job['id']}", timeout=60).json()["status"] not in ("done", "failed"):
        time.sleep(0.5)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--searchers", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0.0)
    parser.add_argument("--stored", type=int, default=500)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--upload", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="congvan-searchers-") as folder:
        print(json.dumps(measure(Path(folder) / "home", given)))


if __name__ == "__main__":
    main()
