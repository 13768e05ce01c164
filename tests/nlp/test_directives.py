"""Whole directives of many offices: header, citations with their relation, dated duties with units and recipient."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from corpus.facts import Facts
from tests.nlp.texts import document, reader

DIRECTIVES = tomllib.loads((Path(__file__).parent / "directives.toml").read_text(encoding="utf-8"))["directive"]
_HEADER = ("number", "date", "place", "issuer", "doc_type", "subject", "signer", "signer_title")


def dues(facts: Facts) -> list[list[str]]:
    """Return the dated duties as the table writes them."""
    return [
        [d.due or d.due_text, " ".join(d.actor), " ".join(level.value for level in d.levels or ()), d.recipient or ""]
        for d in facts.deadlines
    ]


@pytest.mark.parametrize("row", DIRECTIVES, ids=[r["name"] for r in DIRECTIVES])
def test_a_directive(row: dict[str, Any]) -> None:
    facts = reader().read(document(row["text"]))
    header = facts.header
    assert {n: getattr(header, n) for n in _HEADER} == {n: row.get(n) for n in _HEADER}
    assert (list(header.recipients), list(header.addressees)) == (row["recipients"], row["addressees"])
    assert [[c.number, c.relation.value] for c in facts.citations] == row["cites"]
    assert dues(facts) == row["due"]
    text = row["text"]
    assert all(text[c.evidence.start : c.evidence.end] == c.evidence.surface for c in facts.citations)
