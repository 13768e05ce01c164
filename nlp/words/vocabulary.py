"""Vocabularies and patterns in ``tables/*.toml``, read once; every entry carries an example that it matches."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from nlp.words.folding import folded


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """Return the data of ``tables/<name>.toml``."""
    return tomllib.loads((files("nlp") / "tables" / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule: ``name`` is what it tells, ``find`` its pattern over folded text, ``row`` the whole entry."""

    name: str
    find: re.Pattern[str]
    example: str
    row: dict[str, Any]


@lru_cache(maxsize=64)
def entries(name: str, group: str) -> tuple[Entry, ...]:
    """Return the rules of a group of ``tables/<name>.toml`` in the order of the file."""
    return tuple(
        Entry(row["name"], re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)"), row["example"], row)
        for row in table(name)[group]
    )


def first_entry(name: str, group: str, text: str) -> Entry | None:
    """Return the first rule of a group that matches somewhere in ``text``."""
    fold = folded(text)
    return next((e for e in entries(name, group) if e.find.search(fold)), None)


@lru_cache(maxsize=64)
def union(name: str, group: str) -> re.Pattern[str]:
    """Return one pattern for all rules of a group; ``lastgroup`` is ``_<index of the rule>``."""
    rows = table(name)[group]
    parts = "|".join(f"(?P<_{k}>{row['pattern']})" for k, row in enumerate(rows))
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)")


def rule_of(name: str, group: str, match: re.Match[str]) -> Entry:
    """Return the rule that made a match of ``union``."""
    assert match.lastgroup is not None
    return entries(name, group)[int(match.lastgroup[1:])]
