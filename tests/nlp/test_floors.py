"""Figures on the yardstick directives and on our samples must not fall under the floors of ``floors.toml``."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from corpus.samples.gold import build_gold
from corpus.samples.layout import lay_out
from corpus.samples.source import load, names
from tests.bench.extraction import Tasks, by_page, of_pages, of_text
from tests.nlp.texts import reader

SHARED = Path(__file__).parents[3] / "shared"
SCORER = SHARED / "score" / "score_extract.py"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
SAMPLES = sorted((Path(__file__).parents[2] / "corpus" / "samples" / "gold").glob("*.json"))
SEEDS = {
    "000": SHARED / "gold" / "text" / "000.txt",
    "001": SHARED / "seeds" / "001.txt",
    "002": SHARED / "seeds" / "002.txt",
}
DIRECTIVES = Path(__file__).parents[1] / "directives"
#: Sets of directives by other hands, and the floors of each.
SETS = {
    "known": "known",
    "blind": "others",
    "sealed": "others",
    "unread": "messy",
    "untouched": "messy",
    "distant": "distant",
    "remote": "later",
    "reserve": "later",
    "strange": "later",
    "last": "latest",
    "closing": "latest",
    "afar": "tidy",
    "kindred": "tidy",
    "verge": "tidy",
    "margin": "rough",
    "brink": "rough",
    "outer": "fresh",
    "yearly": "fresh",
    "annual": "fresh",
    "homely": "fresh",
    "rugged": "ragged",
    "crumpled": "ragged",
    "inland": "ninth",
    "wayside": "sealed ninth",
    "fallow": "sealed tenth",
    "furrow": "post of a year",
    "gulf": "post of a year",
    "meadow": "post of a year",
    "orchard": "fourth post of a year",
    "lagoon": "post of 2026",
    "harbor": "fifth post of a year",
    "prairie": "sixth post of a year",
    "quarry": "seventh post of a year",
    "delta": "eighth post of a year",
    "island": "ninth post of a year",
    "canyon": "post of Thanh Hóa",
    "pasture": "post of 2019-22",
    "willow": "post of Cao Bằng",
}
needs_shared = pytest.mark.skipif(not SCORER.exists(), reason="the shared scorer is not at ../shared")


def figures(found: dict[str, Any], gold: dict[str, Any]) -> dict[str, float]:
    spec = importlib.util.spec_from_file_location("score_extract", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score, detail = module.score(found, gold)
    tasks = Tasks()
    tasks.add("", detail["deadlines"][0], found["duties"], gold["duties"])
    words = tasks.figures()
    cites, dues = score["citations"], score["deadlines"]
    return {
        "meta": score["meta"],
        "citations": cites["f1"],
        "citation_date": cites["date"],
        "relation": cites["relation"],
        "deadlines": dues["f1"],
        "actor": dues["actor"],
        "levels": dues["levels"],
        "recipient": dues["recipient"],
        "task": words["task"],
        "duties": words["duties"]["f1"],
    }


def below(got: dict[str, float], floors: dict[str, float]) -> dict[str, tuple[float, float]]:
    return {name: (got[name], floor) for name, floor in floors.items() if got[name] < floor}


@needs_shared
@pytest.mark.parametrize("name", sorted(SEEDS))
def test_yardstick_directives(name: str) -> None:
    document = of_text(name, SEEDS[name].read_text(encoding="utf-8"))
    gold = json.loads((SHARED / "gold" / "extract" / f"{name}.json").read_text(encoding="utf-8"))
    assert below(figures(reader().read(document).as_dict(), gold), FLOORS["seeds"]) == {}


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=[p.stem for p in SAMPLES])
def test_samples(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    if "pages" not in gold:
        pytest.skip("not a document's gold")
    facts = reader().read(of_pages(path.stem, gold["pages"])).as_dict()
    assert below(figures(by_page(facts), by_page(gold)), FLOORS["samples"]) == {}


@needs_shared
@pytest.mark.parametrize(("folder", "name"), [(f, name) for f in SETS for name in names(DIRECTIVES / f)])
def test_directives_of_another_hand(folder: str, name: str) -> None:
    source = load(name, DIRECTIVES / folder)
    gold = build_gold(source, lay_out(source))
    facts = reader().read(of_pages(name, gold["pages"])).as_dict()
    assert below(figures(by_page(facts), by_page(gold)), FLOORS[SETS[folder]]) == {}
