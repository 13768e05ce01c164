"""The training of the restorer, all steps in order, on a little text and a few pages."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from corpus.errors import MissingDependencyError
from ingest.restore import pack
from ingest.restore.restorer import Restorer
from ingest.restore.training import pages
from ingest.restore.training.corpora import lines
from tests.ingest.test_restore import BROKEN, CLEAN, accuracy

LAW = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "law_sentences.txt.xz"


def test_a_missing_typeface_is_named_with_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.need_fonts()
    monkeypatch.setitem(pages.FONT_DIRS, "LiberationSerif", tmp_path)
    with pytest.raises(MissingDependencyError, match="fonts-liberation2"):
        pages.need_fonts()


@pytest.mark.slow
@pytest.mark.skipif(not LAW.is_file(), reason="needs the law text of ../shared")
def test_the_build_makes_a_model_that_restores(tmp_path: Path) -> None:
    law = tmp_path / "law.txt"
    law.write_text("\n".join(islice(lines(LAW), 0, 60_000, 40)) + "\n", encoding="utf-8")
    model = tmp_path / "model" / pack.FILE
    command = [
        sys.executable,
        "-m",
        "ingest.restore.training.build",
        "--law",
        str(law),
        "--work",
        str(tmp_path / "work"),
    ]
    done = subprocess.run([*command, "--out", str(model), "--share", "0.01"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    restorer = Restorer.load(model.parent)
    assert accuracy(restorer.restore(BROKEN).text, CLEAN) >= 0.85, restorer.restore(BROKEN).text
    assert restorer.restore(CLEAN).text == CLEAN
