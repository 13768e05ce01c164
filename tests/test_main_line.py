"""The main job through the real command line: a folder of directives in; search, duties and citations out.

Everything is real: the sample PDFs of all four kinds, Tesseract, the models, SQLite and the embedded Qdrant.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import SAMPLES, congvan
from tests.floors import assert_floor
from tests.samples import ReadSamples
from tests.scoring import pooled

pytestmark = pytest.mark.slow

GOLD = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((SAMPLES / "gold").glob("*.json"))}


Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def ingested(read_samples: ReadSamples) -> Rows:
    return read_samples.rows


@pytest.fixture(scope="module")
def home(read_samples: ReadSamples, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return read_samples.copy(tmp_path_factory.mktemp("main-line") / "home")


@pytest.fixture(scope="module")
def shown(home: Path, ingested: Rows) -> Rows:
    """What ``congvan show`` says of each sample."""
    return [congvan(home, "show", row["document"], "--json").data for row in ingested]


def test_every_sample_is_read(ingested: Rows) -> None:
    assert {Path(row["source"]).stem for row in ingested} == set(GOLD)
    assert {row["status"] for row in ingested} == {"success"}
    numbers = {Path(row["source"]).stem: row["number"] for row in ingested}
    assert numbers == {name: gold["meta"]["number"] for name, gold in GOLD.items()}


def test_the_facts_are_those_a_clerk_reads(shown: Rows) -> None:
    citations, deadlines = [], []
    for row in shown:
        facts, gold = row["facts"], GOLD[Path(row["source"]).stem]
        citations.append((facts["citations"], gold["citations"]))
        deadlines.append((facts["deadlines"], gold["deadlines"]))
    assert_floor("samples: citations F1", pooled(citations, "number", 3))
    assert_floor("samples: deadlines F1", pooled(deadlines, "due", 4))


def test_every_fact_shows_its_evidence(shown: Rows) -> None:
    for document in shown:
        text = "\f".join(page["text"] for page in document["page_list"])
        for group in ("citations", "deadlines", "duties"):
            for fact in document["facts"][group]:
                proof = fact["evidence"]
                assert text[proof["start"] : proof["end"]] == proof["surface"] != ""
                assert proof["boxes"], f"{document['source']}: {proof['surface']} has no place on the page"


def test_a_question_finds_the_date_on_its_page(home: Path, ingested: Rows) -> None:
    asked = ("--school-year", "2022-2023", "--json")
    hits = congvan(home, "search", "hạn nộp báo cáo đợt 1 về y tế trường học", *asked).data
    best = hits[0]
    gold = GOLD[Path(best["source"]).stem]["deadlines"]
    lines = range(best["line_from"] - 2, best["line_to"] + 3)
    assert any(row["page"] == best["page"] and row["line"] in lines and row["due"] for row in gold)
    assert set(best) >= {"source", "document", "number", "page", "line_from", "line_to", "text", "score"}
    plain = congvan(home, "search", "han nop bao cao dot 1 ve y te truong hoc", *asked).data
    assert {hit["source"] for hit in plain[:3]} & {hit["source"] for hit in hits[:3]}


def test_a_school_sees_its_own_duties_only(home: Path, ingested: Rows) -> None:
    asked = ("duties", "--unit", "co_so_giao_duc", "--level", "thcs", "--school-year", "2022-2023", "--json")
    rows = congvan(home, *asked).data
    dated = [row["due"] for row in rows if row["due"]]
    assert dated and dated == sorted(dated)
    assert not [row for row in rows if row["actor"] == ["so_gddt"]]
    assert not [row for row in rows if row["levels"] == ["thpt"]]
    wanted = {
        (name, row["due"])
        for name, gold in GOLD.items()
        for row in gold["deadlines"]
        if gold["meta"]["school_year"] == "2022-2023"
        and gold["meta"]["issuer_level"] != "truong"
        and row["due"]
        and "co_so_giao_duc" in row["actor"]
        and "thcs" in (row["levels"] or ["thcs"])
    }
    found = {(Path(row["source"]).stem, row["due"]) for row in rows}
    assert_floor("samples: duties of a lower secondary school", len(wanted & found) / len(wanted))


def test_the_graph_knows_who_cites_whom(home: Path, ingested: Rows, tmp_path: Path) -> None:
    cited = {row["number"]: name for name, gold in GOLD.items() for row in gold["citations"]}
    inside = {gold["meta"]["number"] for gold in GOLD.values()} & set(cited)
    assert inside, "the samples form a chain"
    wanted, found = set(), set()
    for number in sorted(inside):
        rows = congvan(home, "graph", number, "--json").data["cited_by"]
        found |= {(row["number"], number) for row in rows}
        wanted |= {
            (g["meta"]["number"], number) for g in GOLD.values() if number in {c["number"] for c in g["citations"]}
        }
    assert_floor("samples: citations between samples", len(wanted & found) / len(wanted))
    picture = tmp_path / "graph.svg"
    congvan(home, "graph", sorted(inside)[0], "--svg", picture)
    assert picture.read_text(encoding="utf-8").lstrip().startswith("<?xml")


def test_doing_it_again_changes_nothing(home: Path, ingested: Rows) -> None:
    again = congvan(home, "ingest", SAMPLES, "--json")
    assert [row["document"] for row in again.data] == [row["document"] for row in ingested]
    assert {row["status"] for row in again.data} == {"success"}


def test_a_bad_file_never_stops_a_batch(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    whole = next(path for path in sorted(SAMPLES.glob("*.pdf")) if GOLD[path.stem] and path.stat().st_size < 200_000)
    shutil.copy(whole, folder / "tốt.pdf")
    (folder / "rỗng.pdf").write_bytes(b"")
    (folder / "cụt.pdf").write_bytes(whole.read_bytes()[:3000])
    (folder / "không phải.pdf").write_bytes(b"PK\x03\x04 not a pdf at all")
    (folder / "ảnh.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    done = congvan(tmp_path / "home", "ingest", folder, "--json", expect=3)
    status = {Path(row["source"]).name: row["status"] for row in done.data}
    assert status.pop("tốt.pdf") == "success"
    assert len(status) == 4 and set(status.values()) == {"failure"}
    assert all(row["reason"].endswith(".") for row in done.data if row["status"] == "failure")
    assert not list((tmp_path / "home").rglob(".writing-*"))


def test_removing_is_the_undo_of_ingest(tmp_path: Path) -> None:
    source = tmp_path / "kế hoạch.txt"
    source.write_text(
        "Số: 12/KH-SGDĐT\nCác trường gửi báo cáo thư viện xanh trước ngày 15/10/2023.\n", encoding="utf-8"
    )
    home = tmp_path / "home"
    (row,) = congvan(home, "ingest", source, "--json").data
    assert congvan(home, "search", "báo cáo thư viện xanh", "--json").data[0]["document"] == row["document"]
    congvan(home, "remove", row["document"])
    assert congvan(home, "search", "báo cáo thư viện xanh", "--json").data == []
    congvan(home, "show", row["document"], expect=4)
    assert source.exists()
