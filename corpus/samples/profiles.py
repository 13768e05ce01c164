"""Who owes what: the units of ``sources/profiles.yaml`` with the exact list of duties that each of them has.

On whose list a duty stands was decided by reading the directives and is said at the duty (``for`` in the sources,
``units`` in the gold); duties that came down from office to office are shown once, at the lowest (``chains``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from corpus.samples.gold import UNITS, Flow
from corpus.samples.source import SOURCES, Source, SourceError

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, order=True)
class Owed:
    """A duty on a unit's list: the sample, page and line where it stands, its ISO day (empty: none), its wording."""

    doc: str
    page: int
    line: int
    due: str
    task: str


def build_profiles(sources: Mapping[str, Source], flows: Mapping[str, Flow]) -> dict[str, Any]:
    """Return the units as they ask, and the chains with the places of their duties.

    Raises:
        SourceError: a unit is not one of the agreed ones, or a chain names what is no dated duty.
    """
    raw = yaml.safe_load((SOURCES / "profiles.yaml").read_text(encoding="utf-8"))
    if tuple(raw["units"]) != UNITS:
        raise SourceError(f"profiles: units {list(raw['units'])}, not {list(UNITS)}")
    return {
        "units": raw["units"],
        "chains": [
            [_step(step, sources[step["doc"]], flows[step["doc"]]) for step in chain] for chain in raw["chains"]
        ],
    }


def _step(step: dict[str, Any], source: Source, flow: Flow) -> dict[str, Any]:
    named = [row for row in source.gold["deadlines"] if row["at"] == step["at"]]
    if len(named) != 1 or named[0]["due"] is None:
        raise SourceError(f"profiles: {step} is no dated duty")
    spot = flow.find(step["at"])
    return {"doc": step["doc"], "page": spot.page, "line": spot.line, "due": named[0]["due"].isoformat()}


def units(folder: Path = HERE) -> dict[str, dict[str, str]]:
    """Return the units: the fields of a question for duties, by name."""
    found: dict[str, dict[str, str]] = json.loads((folder / "profiles.json").read_text(encoding="utf-8"))["units"]
    return found


def expected(unit: str, folder: Path = HERE) -> tuple[list[Owed], dict[Owed, list[Owed]]]:
    """Return the list of a unit, and for what came down to it the duties above, the highest first."""
    rows = [
        Owed(path.stem, row["page"], row["line"], row.get("due") or "", row["task"])
        for path in sorted((folder / "gold").glob("*.json"))
        for gold in [json.loads(path.read_text(encoding="utf-8"))]
        for row in [*gold["deadlines"], *gold["duties"]]
        if unit in row["units"]
    ]
    at = {(row.doc, row.page, row.line, row.due): row for row in rows}
    hidden: set[Owed] = set()
    chained: dict[Owed, list[Owed]] = {}
    for chain in json.loads((folder / "profiles.json").read_text(encoding="utf-8"))["chains"]:
        own = [row for step in chain if (row := at.get((step["doc"], step["page"], step["line"], step["due"])))]
        if len(own) > 1:
            chained[own[-1]] = own[:-1]
            hidden.update(own[:-1])
    return sorted(row for row in rows if row not in hidden), chained
