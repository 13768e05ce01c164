"""The documents that a sentence cites, and what it says of each: many wordings, decided before the reader was run."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.texts import cited

SENTENCES = [
    row
    for name in ("cites.toml", "cites_of_others.toml")
    for row in tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))["sentence"]
]


@pytest.mark.parametrize("row", SENTENCES, ids=[r["text"][:40] for r in SENTENCES])
def test_cites(row: dict[str, Any]) -> None:
    assert [[c.number, c.date or "", c.relation.value] for c in cited(row["text"])] == row["cites"]
