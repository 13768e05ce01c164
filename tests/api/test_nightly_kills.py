"""The real ``congvan nightly``, killed again and again; ``tests.bench.nightly_kills`` does it a hundred times."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from api.library import Library
from api.settings import Settings
from tests.bench.nightly_kills import Trial
from tests.commandline import ROOT


@pytest.mark.slow
def test_runs_that_are_killed_at_random_moments_lose_nothing() -> None:
    # in a process of its own: it forks, which a process with threads should not
    command = [sys.executable, "-m", "tests.bench.nightly_kills", "--kills", "5", "--files", "8", "--texts"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    figures = json.loads(done.stdout)
    assert figures["wrong"] == []
    assert figures["kills"] == 5


@pytest.mark.slow
def test_a_run_that_is_asked_to_end_gives_its_lock_back(tmp_path: Path) -> None:
    trial = Trial(tmp_path / "trial", 12, random.Random(1), samples=False)
    trial.prepare()
    trial.arrive(12)
    with trial.command() as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(b"["):
                break
        process.terminate()
        _, told = process.communicate(timeout=120)
    assert process.returncode == 130 and "Đã dừng theo yêu cầu" in told.decode()
    library = Library(Settings(home=trial.home))
    assert library.store.journal.holder("nightly") is None
    assert 0 < len(library.documents()) < 12
    library.close()
