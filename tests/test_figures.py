"""The yardstick texts: what the shared scorers say of the real command line, held against the floors."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.restore.restorer import Restorer
from tests.bench.restore import law_figures
from tests.bench.scorers import shared_scorer
from tests.commandline import SHARED, congvan
from tests.floors import assert_floor
from tests.samples import ReadSamples

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared yardstick texts are not beside the project"),
]

NAMES = ("000", "001", "002")


def gold(path: str) -> Any:
    return json.loads((SHARED / "gold" / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


def assert_restored(home: Path, name: str) -> None:
    truth = (SHARED / "gold/text/000.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    restored = congvan(home, "restore", SHARED / "seeds/000.txt").out.rstrip("\n").split("\n")
    figures, _ = shared_scorer("score_text").score(restored, truth)
    assert_floor(f"{name}: words", figures["word_accuracy"])
    assert_floor(f"{name}: words with digits", figures["digit_word_accuracy"])


def test_broken_vietnamese_comes_back(empty: Path) -> None:
    assert_restored(empty, "restore 000")


def test_clean_directives_in_the_store_teach_the_restorer(tmp_path: Path) -> None:
    congvan(tmp_path, "ingest", SHARED / "seeds/001.txt", SHARED / "seeds/002.txt")
    assert_restored(tmp_path, "restore 000 adapted")


def test_other_kinds_of_damage_come_back_and_clean_law_text_stays() -> None:
    figures = law_figures(Restorer.load(), 300)
    assert_floor("restore law lines, marks stripped", figures["stripped"])
    assert_floor("restore law lines, tones lost", figures["toneless"])
    gain = figures["wrong_tones"] - figures["wrong_tones_input"]
    assert_floor("restore law lines, 30 % wrong tones: gain", gain)
    assert_floor("restore law lines, clean: unchanged", 1 - figures["clean_changed"])


@pytest.mark.parametrize("name", NAMES[1:])
def test_clean_text_comes_back_byte_for_byte(empty: Path, name: str) -> None:
    source = (SHARED / f"seeds/{name}.txt").read_text(encoding="utf-8")
    assert congvan(empty, "restore", SHARED / f"seeds/{name}.txt").out == source


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_of_the_real_directives(empty: Path, name: str) -> None:
    found = congvan(empty, "extract", SHARED / f"seeds/{name}.txt", "--json").data
    figures, _ = shared_scorer("score_extract").score(found, gold(f"extract/{name}.json"))
    assert_floor(f"extract {name}: citations F1", figures["citations"]["f1"])
    assert_floor(f"extract {name}: deadlines F1", figures["deadlines"]["f1"])
    assert_floor(f"extract {name}: header", figures["meta"])


def test_search_over_the_real_directives_and_the_samples(read_samples: ReadSamples, tmp_path: Path) -> None:
    home = read_samples.copy(tmp_path / "home")
    seeds = [SHARED / f"seeds/{name}.txt" for name in NAMES]
    rows = congvan(home, "ingest", *seeds, "--json").data
    assert {row["status"] for row in rows} == {"success"}
    queries = SHARED / "gold/search.json"
    results = congvan(home, "search", "--batch", queries, "--json").data
    figures, _ = shared_scorer("score_search").score(results, gold("search.json"))
    assert_floor("search: success5", figures["success5"])
    assert_floor("search: mrr10", figures["mrr10"])
    hits = congvan(home, "search", "hạn nộp báo cáo học kỳ 1", "--json").data
    right = next(query["relevant"] for query in gold("search.json") if query["id"] == "d01")
    assert any(
        Path(hits[0]["source"]).stem == row["doc"]
        and hits[0]["line_from"] <= row["to"]
        and hits[0]["line_to"] >= row["from"]
        for row in right
    )
