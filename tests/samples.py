"""The samples in a store, read through the real command line once a test run, whichever worker needs them first."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import SAMPLES, congvan


class ReadSamples:
    """A home folder with all samples, which nobody changes: ``copy`` gives one of one's own. ``rows`` is what the
    command said of each file."""

    def __init__(self, home: Path, rows: list[dict[str, Any]]) -> None:
        self._home = home
        self.rows = rows

    def copy(self, to: Path) -> Path:
        """Return a home folder at ``to`` in which the samples are."""
        return Path(shutil.copytree(self._home, to))


@pytest.fixture(scope="session")
def read_samples(tmp_path_factory: pytest.TempPathFactory) -> ReadSamples:
    """Tesseract takes a minute for them; workers of one run wait for whoever reads them."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home, said = shared / "read-samples", shared / "read-samples.json"
    with (shared / "read-samples.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            shutil.rmtree(home, ignore_errors=True)  # left by a worker that failed
            said.write_text(congvan(home, "ingest", SAMPLES, "--jobs", "2", "--json").out, encoding="utf-8")
    return ReadSamples(home, json.loads(said.read_text(encoding="utf-8")))
