"""Calendars of a plan: a table whose first column is of months or weeks, each over the list of what is done in it.

``month_tables.txt`` holds blocks as ``school_plans.txt`` does; the answers were decided first.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.nlp.test_school_plans import check

BLOCKS = Path(__file__).with_name("month_tables.txt").read_text(encoding="utf-8").strip("\n").split("\n===\n")


@pytest.mark.parametrize("block", BLOCKS, ids=[b[:60].replace("\n", " ") for b in BLOCKS])
def test_month_tables(block: str) -> None:
    check(block)
