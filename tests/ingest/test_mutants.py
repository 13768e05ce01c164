"""Damaged PDFs end as success, partial or failure with a reason, within the limits; no one takes the program along."""

from __future__ import annotations

import random
import time

import pytest

from ingest.pages import Limits
from ingest.pipeline import ReadOptions
from tests.ingest.mutants import COMMON, LIMITS, bomb, ending, huge_image, mutant, nested_forms, sources
from tests.ingest.test_pipeline import Marks, Reader


def options(limits: Limits = LIMITS) -> ReadOptions:
    return ReadOptions(engine=Reader(), restorer=Marks, limits=limits)


def test_damaged_pdfs_end_with_a_reason() -> None:
    chance, whole = random.Random(20), sources()
    ends = {"success": 0, "partial": 0, "failure": 0}
    for _ in range(16):
        name, data = mutant(chance, whole, costly=0.0)
        end, reason = ending(data, options())
        ends[end] += 1
        assert end == "success" or (reason and "ngoài dự kiến" not in reason), f"{name}: {reason}"
    assert ends["success"] and ends["failure"] + ends["partial"], ends


@pytest.mark.parametrize("damage", COMMON, ids=lambda damage: damage.__name__)
def test_every_damage_does_damage(damage: object) -> None:
    whole = sources()[0]
    assert callable(damage)
    assert any(damage(whole, random.Random(seed)) != whole for seed in range(5))


@pytest.mark.slow
@pytest.mark.parametrize("damage", [bomb, nested_forms, huge_image], ids=lambda damage: damage.__name__)
def test_bombs_end_within_the_limits(damage: object) -> None:
    assert callable(damage)
    limits = Limits(call_seconds=3.0, page_seconds=5.0, memory=2 * 1024**3)
    for seed in range(2):
        data = damage(sources()[0], random.Random(seed))
        start = time.monotonic()
        end, reason = ending(data, options(limits))
        assert end == "success" or (reason and "ngoài dự kiến" not in reason)
        assert time.monotonic() - start < 40
