"""Pairs of directives with gold for comparing: the samples' and those of tests/directives/pairs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from corpus.document import Document
from corpus.facts import Facts
from corpus.samples.gold import Flow
from corpus.samples.layout import lay_out
from corpus.samples.source import SOURCES, load
from nlp.compare.comparison import Comparison, Kind, What
from nlp.compare.items import Part, parts_of
from tests.bench.extraction import of_pages
from tests.nlp.texts import reader

OWN = Path(__file__).resolve().parents[1] / "directives" / "pairs"


@dataclass(frozen=True)
class Side:
    """A directive as its source lays it out, read."""

    flow: Flow
    document: Document
    facts: Facts

    def item(self, quote: str) -> Part:
        """Return the item that holds a quote."""
        spot = self.flow.find(quote)
        place = (spot.page, spot.line)
        for part in parts_of(self.document, self.facts).items:
            if (part.evidence.page, part.evidence.line) <= place <= (part.last.page, part.last.line):
                return part
        raise AssertionError(f"no item at {quote!r}")


@lru_cache(maxsize=64)
def side(name: str) -> Side:
    """Return a sample or a directive of tests/directives/pairs."""
    sheets = lay_out(load(name, OWN if (OWN / f"{name}.yaml").exists() else SOURCES))
    document = of_pages(name, ["\n".join(line.text for line in sheet.reading) for sheet in sheets])
    return Side(Flow(sheets), document, reader().read(document))


@lru_cache(maxsize=1)
def pairs() -> list[dict[str, Any]]:
    """Return the gold of all pairs, the samples' first."""
    found: list[dict[str, Any]] = []
    for folder in (SOURCES, OWN):
        found += yaml.safe_load((folder / "pairs.yaml").read_text(encoding="utf-8"))
    return found


@dataclass
class Score:
    """How a comparison stands against its gold: links and single items, kinds, changed facts, citations."""

    hits: int = 0
    found: int = 0
    gold: int = 0
    kinds: int = 0
    facts: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """F1 over links and items that nothing answers to."""
        return 2 * self.hits / (self.found + self.gold) if self.found + self.gold else 1.0


Unit = tuple[int | None, int | None]


def units_of(comparison: Comparison) -> dict[Unit, Kind]:
    """Return links and single items by the order of their parts."""
    found: dict[Unit, Kind] = {}
    for row in comparison.rows:
        for one in row.old or (None,):
            for two in row.new or (None,):
                found[one.order if one else None, two.order if two else None] = row.kind
    return found


def score(pair: dict[str, Any], comparison: Comparison) -> Score:
    """Score a comparison; items that the gold leaves out on purpose count on neither side."""
    one, two = side(pair["from"]), side(pair["to"])
    gold: dict[Unit, str] = {}
    for item in pair["items"]:
        a = one.item(item["from"]).order if "from" in item else None
        b = two.item(item["to"]).order if "to" in item else None
        gold[a, b] = item["kind"]
    known = [{unit[k] for unit in gold} | {None} for k in (0, 1)]
    units = {unit: kind for unit, kind in units_of(comparison).items() if unit[0] in known[0] and unit[1] in known[1]}
    out = Score(found=len(units), gold=len(gold))
    for unit, kind in gold.items():
        if unit in units:
            out.hits += 1
            out.kinds += units[unit] == kind
            if units[unit] != kind:
                out.wrong.append(f"{kind} ({units[unit]}): {_name(comparison, unit)}")
        else:
            out.wrong.append(f"missed {kind}: {_name(comparison, unit)}")
    out.wrong += [f"extra: {_name(comparison, unit)}" for unit in units if unit not in gold]
    _score_facts(pair, comparison, out)
    return out


def _name(comparison: Comparison, unit: Unit) -> str:
    sides = zip(unit, (comparison.old, comparison.new), strict=True)
    return " | ".join(f"{s.parts[k].key} {s.parts[k].text[:40]}" if k is not None else "-" for k, s in sides)


def _score_facts(pair: dict[str, Any], comparison: Comparison, out: Score) -> None:
    wanted = [("due", *(day.isoformat() for day in row["due"])) for row in pair["items"] if "due" in row]
    wanted += [(row["what"], str(row["from"]), str(row["to"])) for row in pair.get("changes", [])]
    got = [(fact.what.value, str(fact.old), str(fact.new)) for _, fact in comparison.facts()]
    for row in wanted:
        if row in got:
            got.remove(row)
            out.facts.append(" ".join(row))
        else:
            out.missed.append(" ".join(row))
    complete = "changes" in pair
    exact = {What.DUE, What.VIA, What.RECIPIENT, What.ACTOR}
    out.extra = [" ".join(map(str, row)) for row in got if complete and row[0] in exact]
    if "citations" in pair:
        added = sorted(c.new for c in comparison.citations if c.new)
        dropped = sorted(c.old for c in comparison.citations if c.old)
        for name, found in (("added", added), ("dropped", dropped)):
            if found != sorted(pair["citations"][name]):
                out.missed.append(f"citations {name}: {found}")
