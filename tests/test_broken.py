"""Directives that nobody tuned on, drawn, read by an English OCR, restored and read for facts: figures keep floors."""

from pathlib import Path

import pytest

from corpus.samples.source import load
from tests.bench.broken import Scores, make
from tests.commandline import SHARED
from tests.floors import assert_floor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared scorers are not beside the project"),
]

FOLDER = Path(__file__).parent / "directives"
#: A school's plan with a table, a Sở's letter to communes, a Phòng's guidance.
TEXTS = (
    ("sealed", "2021-truong-tieu-hoc-cong-nghe-thong-tin"),
    ("known", "2025-so-ban-giao"),
    ("blind", "2025-phong-day-them"),
)


def test_broken_directives_come_back_with_their_facts() -> None:
    scores = Scores()
    for folder, name in TEXTS:
        broken = make(load(name, FOLDER / folder))
        scores.add(name, "\n".join(broken.lines), "\n".join(broken.gold), broken.facts)
    total = scores.total()
    assert_floor("broken: words", total["words"])
    assert_floor("broken: words with digits", total["digits"])
    assert_floor("broken: header", total["header"])
    assert_floor("broken: citations F1", total["citations"][0])
    assert_floor("broken: deadlines F1", total["deadlines"][0])
