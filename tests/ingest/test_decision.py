"""The decision about a page, held against its floor on a part of the pages of ``tests.bench.decision``."""

from __future__ import annotations

import pytest

from tests.bench.decision import figures
from tests.floors import assert_floor


@pytest.mark.slow
def test_pages_are_kept_repaired_or_read_anew_as_is_right() -> None:
    found, wrong = figures(every=16)
    assert len(found) > 15
    try:
        assert_floor("decision: right", found["all"])
    except AssertionError as error:
        raise AssertionError("\n".join([str(error), *wrong])) from error
