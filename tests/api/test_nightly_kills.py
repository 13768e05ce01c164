"""The real ``congvan nightly``, killed again and again; ``tests.bench.nightly_kills`` does it a hundred times."""

from pathlib import Path

import pytest

from tests.bench.nightly_kills import measure


@pytest.mark.slow
def test_runs_that_are_killed_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    figures = measure(tmp_path / "trial", kills=5, files=8, seed=3, longest=10.0)
    assert figures["wrong"] == []
    assert figures["kills"] == 5
