"""When something is due, to whom and through whom it goes: sentences of many offices, decided before the reader ran."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.test_whom import OFFICES
from tests.nlp.texts import due

SENTENCES = [
    row
    for name in ("sent.toml", "where.toml", "receivers.toml")
    for row in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["sentence"]
]


@pytest.mark.parametrize("row", SENTENCES, ids=[r["text"][:48] for r in SENTENCES])
def test_sent(row: dict[str, Any]) -> None:
    found = due(row["text"], head=OFFICES[row["office"]])
    assert [[r.due or f"~{r.due_text}", (r.recipient or "").lower(), (r.via or "").lower()] for r in found] == [
        [when, to.lower(), via.lower()] for when, to, via in row["rows"]
    ]
