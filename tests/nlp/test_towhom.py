"""To whom and through whom a dated duty goes: wordings decided before the reader was run on them (towhom.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.test_whom import OFFICES
from tests.nlp.texts import due

SENTENCES = tomllib.loads(Path(__file__).with_name("towhom.toml").read_text(encoding="utf-8"))["sentence"]


@pytest.mark.parametrize("row", SENTENCES, ids=[r["text"][:48] for r in SENTENCES])
def test_to_whom(row: dict[str, Any]) -> None:
    rows = due(row["text"], head=OFFICES[row["office"]])
    assert [[(r.recipient or "").lower(), (r.via or "").lower()] for r in rows] == [
        [to.lower(), via.lower()] for to, via in row["to"]
    ]
