"""Every entry of the tables matches its own example."""

from __future__ import annotations

import re

import pytest

from corpus.numbers import parse_number
from nlp.words.folding import folded
from nlp.words.vocabulary import entries, table, union

FOLDED = [
    ("types", "type"),
    ("agencies", "agency"),
    ("agencies", "head"),
    ("relations", "cue"),
    ("events", "held"),
    ("times", "due"),
    ("times", "not_due"),
    ("times", "described"),
    ("times", "not_described"),
    ("units", "unit"),
    ("units", "level"),
    ("units", "topic"),
    ("offices", "office"),
    ("offices", "symbol"),
    ("recipients", "recipient"),
    ("recipients", "send"),
    ("titles", "title"),
    ("names", "dashed"),
]
ROWS = [(name, group, entry) for name, group in FOLDED for entry in entries(name, group)]


@pytest.mark.parametrize(
    ("name", "group", "entry"), ROWS, ids=[f"{n}-{g}-{e.name}-{k}" for k, (n, g, e) in enumerate(ROWS)]
)
def test_an_entry_matches_its_example(name: str, group: str, entry: object) -> None:
    assert entry.find.search(folded(entry.example)), (name, group, entry.name)  # type: ignore[attr-defined]  # an Entry


def test_short_levels_match_their_examples() -> None:
    for row in table("units")["level_case"]:
        assert re.search(rf"(?<!\w){row['pattern']}(?!\w)", row["example"])


def test_laws_have_numbers_that_are_laws() -> None:
    for row in table("laws")["law"]:
        number = parse_number(row["number"])
        assert number is not None and number.type_name == "Luật" and number.year == row["year"]
        assert re.search(row["pattern"], folded(row["example"])) and str(row["year"]) in row["example"]


def test_a_verb_of_each_group_opens_its_example() -> None:
    for row in table("verbs")["verb"]:
        assert any(row["example"].lower().startswith(word) for word in row["words"])


@pytest.mark.parametrize(
    "words", "phù hợp|tổng hợp số liệu|trường hợp F0|hợp đồng|điều lệ|tỷ lệ|thi hành|thị xã".split("|")
)
def test_words_that_fold_like_an_event_are_none(words: str) -> None:
    assert union("events", "held").search(folded(words)) is None
