"""Pages of the degradation set held against floors, so that no step of cleaning is lost unnoticed.

The whole set with its figures is ``python -m tests.bench.reading``.
"""

from __future__ import annotations

from collections import Counter

import pytest

from ingest.ocr import Tesseract
from ingest.pages import Limits
from ingest.reader import open_file
from ingest.recognise import recognise
from tests.bench import degrade
from tests.bench.reading import words
from tests.floors import assert_floor


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "step"), [("bleed", "faint"), ("greyseal", "faint"), ("seal", "stamps")])
def test_a_spoiled_page_is_read(kind: str, step: str) -> None:
    (case,) = degrade.cases(kind, 1)
    opened = open_file(case.data, f"{case.name}.{case.form}")
    reading = recognise(opened.picture(1), Tesseract(), Limits())
    opened.close()
    assert step in reading.steps
    wanted, found = Counter(words(case.gold)), Counter(words(reading.laid.text))
    assert_floor(f"read {kind}", (wanted & found).total() / wanted.total())


def test_the_set_is_the_same_every_time() -> None:
    (one,), (other,) = degrade.cases("fax", 1), degrade.cases("fax", 1)
    assert one == other and one.form == "png" and len(one.gold.split()) > 100
