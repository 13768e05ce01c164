"""Relations in office language: what the words before, behind and around a citation say it does."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.texts import cited

SENTENCES = tomllib.loads((Path(__file__).parent / "relations.toml").read_text(encoding="utf-8"))["sentence"]


@pytest.mark.parametrize("row", SENTENCES, ids=[r["text"][:40] for r in SENTENCES])
def test_relations(row: dict[str, Any]) -> None:
    assert [c.relation.value for c in cited(row["text"])] == row["relations"]
