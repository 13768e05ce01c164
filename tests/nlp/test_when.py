"""Which deadlines a sentence holds, and when they end: many wordings, decided before the reader was run on them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.texts import due

SENTENCES = tomllib.loads((Path(__file__).parent / "when.toml").read_text(encoding="utf-8"))["sentence"]


@pytest.mark.parametrize("row", SENTENCES, ids=[r["text"][:40] for r in SENTENCES])
def test_when(row: dict[str, Any]) -> None:
    assert [found.due or f"~{found.due_text}" for found in due(row["text"])] == row["due"]
