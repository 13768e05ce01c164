"""The sample directives: sources, gold and PDFs belong together and the pages can be read."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from corpus.samples.builder import HERE, build_pdf, page_images
from corpus.samples.gold import UNITS, Flow, build_gold, dumps
from corpus.samples.layout import Sheet, lay_out
from corpus.samples.pairs import build_pairs
from corpus.samples.profiles import build_profiles
from corpus.samples.queries import KINDS, build_queries
from corpus.samples.source import Source, SourceError, load, names

NAMES = names()
EDGE = ".,;:()“”\"'-–/"
#: Share of a page's words that Tesseract `vie` must find; the seal hides part of the signature block.
FLOOR = {"digital": 0.96, "scan": 0.95, "photo": 0.90}
FLOOR_ENGLISH = (0.05, 0.60)


@cache
def built(name: str) -> tuple[Source, list[Sheet], dict[str, Any]]:
    source = load(name)
    sheets = lay_out(source)
    return source, sheets, build_gold(source, sheets)


def bag(text: str) -> Counter[str]:
    return Counter(word for raw in text.split() if (word := raw.strip(EDGE)))


def found(read: str, truth: str) -> float:
    """Share of the true words that were read, wherever on the page."""
    want = bag(truth)
    return (want & bag(read)).total() / want.total()


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(load(name).kind for name in NAMES)
    assert len(NAMES) >= 12
    assert set(kinds) == {"digital", "scan", "ocr_eng", "photo"}
    assert min(kinds.values()) >= 3


def test_ingesting_the_folder_finds_the_pdfs_only() -> None:
    taken = {".pdf", ".docx", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt"}
    files = [path for path in HERE.rglob("*") if path.suffix.lower() in taken]
    assert sorted(path.name for path in files) == [f"{name}.pdf" for name in NAMES]
    assert sum(path.stat().st_size for path in files) <= 14 * 2**20


@pytest.mark.parametrize("name", NAMES)
def test_committed_gold_is_what_the_source_says(name: str) -> None:
    assert (HERE / "gold" / f"{name}.json").read_text(encoding="utf-8") == dumps(built(name)[2])


def test_committed_queries_are_what_the_source_says() -> None:
    queries = build_queries({name: Flow(built(name)[1]) for name in NAMES})
    assert (HERE / "queries.json").read_text(encoding="utf-8") == dumps(queries)
    assert len(queries) >= 30
    assert {query["kind"] for query in queries} == set(KINDS)
    assert len({query["id"] for query in queries}) == len(queries)


def test_committed_pairs_are_what_the_source_says() -> None:
    pairs = build_pairs({name: Flow(built(name)[1]) for name in NAMES})
    assert (HERE / "pairs.json").read_text(encoding="utf-8") == dumps(pairs)
    kinds = Counter(item["kind"] for item in pairs[0]["items"])
    assert (kinds["new"], kinds["dropped"], kinds["reworded"], kinds["moved"]) == (3, 2, 4, 1)
    dates = [item["due"] for item in pairs[0]["items"] if "due" in item]
    assert sum(old[5:] != new[5:] for old, new in dates) == 2


def test_committed_profiles_are_what_the_source_says() -> None:
    profiles = build_profiles({name: built(name)[0] for name in NAMES}, {name: Flow(built(name)[1]) for name in NAMES})
    assert (HERE / "profiles.json").read_text(encoding="utf-8") == dumps(profiles)
    assert tuple(profiles["units"]) == UNITS
    rows = [row for name in NAMES for group in ("deadlines", "duties") for row in built(name)[2][group]]
    assert all("units" in row for row in rows), "every duty says on whose lists it stands"
    assert {unit for row in rows for unit in row["units"]} == set(UNITS)


def test_tables_can_be_written_a_row_a_line() -> None:
    written = 0
    for name in NAMES:
        source = built(name)[0]
        texts = [line.text for sheet in lay_out(source, cell_mark="¦") for line in sheet.lines]
        tables = [block.table for block in source.body if block.table is not None]
        for row in (row for table in tables for row in table.rows):
            assert " ".join(" ¦ ".join(row).split()) in {" ".join(text.split()) for text in texts}
            written += 1
    assert written > 10


def test_pairs_same_and_moved_have_the_same_words() -> None:
    (pair, _) = build_pairs({name: Flow(built(name)[1]) for name in NAMES})

    def words(side: str, item: dict[str, Any]) -> str:
        lines = Flow(built(pair[side])[1]).lines
        spot = item[side]["page"], item[side]["from"]
        block = next(line.block for page, number, line in lines if (page, number) == spot)
        text = " ".join(line.text for _, _, line in lines if line.block == block)
        return re.sub(r"[\d/:]+|(?<=\w-) (?=\w)", "", text.split(maxsplit=1)[1])

    for item in pair["items"]:
        if item["from"] and item["to"]:
            ratio = SequenceMatcher(None, words("from", item), words("to", item), autojunk=False).ratio()
            assert (ratio > 0.85) is (item["kind"] != "reworded"), item


@pytest.mark.parametrize("name", NAMES)
def test_facts_stand_where_the_gold_says(name: str) -> None:
    source, _, gold = built(name)
    flow = [page.split("\n") for page in gold["pages"]]
    for row in gold["citations"]:
        rest = [*flow[row["page"] - 1][row["line"] - 1 :], *(flow[row["page"]] if row["page"] < len(flow) else [])]
        at = " ".join(rest[:4])
        at = re.sub(r"(?<=\w-) (?=\w)", "", at)
        assert re.sub(r"(?<=\w-) (?=\w)", "", row["raw"]) in at
    anchors = [raw["at"] for group in ("deadlines", "duties", "conflicts") for raw in source.gold.get(group, [])]
    rows = [row for group in ("deadlines", "duties", "conflicts") for row in gold[group]]
    for anchor, row in zip(anchors, rows, strict=True):
        assert anchor.split()[0] in flow[row["page"] - 1][row["line"] - 1].split()


@pytest.mark.parametrize("name", NAMES)
def test_values_follow_from_the_text(name: str) -> None:
    _, _, gold = built(name)
    text = re.sub(r"(?<=\w-)\s(?=\w)", "", " ".join("\n".join(gold["pages"]).split()))
    assert gold["meta"]["number"] in text
    assert gold["meta"]["signer"] in text
    for row in gold["citations"]:
        assert row["number"] in text
        given = re.search(r"ngày (\d+)(?:/| tháng )(\d+)(?:/| năm )(\d{4})", row["raw"])
        if given:
            day, month, year = map(int, given.groups())
            assert row["date"] == date(year, month, day).isoformat()
    for row in gold["deadlines"]:
        if row["due"] is not None:
            year, month, day = row["due"].split("-")
            months = re.findall(r"tháng (\d+)|/(\d+)/|[ ](\d+)/\d{4}|quý (I|II)\b", row["due_text"])
            assert months, row
            numbers = {int(m) for hit in months for m in hit[:3] if m} | {
                {"I": 3, "II": 6}[h[3]] for h in months if h[3]
            }
            assert int(month) in numbers
            if re.search(r"\d/\d+/\d{4}|ngày \d+ tháng", row["due_text"]):
                assert re.search(rf"\b{day}\b|\b{int(day)}\b", row["due_text"])
            assert row["due"] >= gold["meta"]["date"]


@pytest.mark.parametrize("name", NAMES)
def test_a_signature_never_stands_alone_on_its_page(name: str) -> None:
    _, sheets, _ = built(name)
    (page,) = (sheet for sheet in sheets if sheet.signature is not None)
    assert not page.reading[0].text.startswith("Nơi nhận")


def test_the_chain_is_closed() -> None:
    numbers = {built(name)[2]["meta"]["number"]: name for name in NAMES}
    for upper, lower in [
        ("4118/BGDĐT-GDTC", "2022-so-y-te"),
        ("2096/SGDĐT-CTTT", "2022-phong-y-te"),
        ("518/PGDĐT-CM", "2022-truong-y-te"),
        ("3946/BGDĐT-GDTC", "2021-so-y-te"),
        ("1987/SGDĐT-KHTC", "2023-so-thu-chi"),
    ]:
        assert upper in numbers
        assert upper in {row["number"] for row in built(lower)[2]["citations"]}


def test_digital_pdfs_hold_the_words_of_the_source() -> None:
    import pdfplumber

    for name in ("2022-truong-y-te", "2024-so-tuyen-sinh"):
        source, sheets, gold = built(name)
        with pdfplumber.open(BytesIO(build_pdf(source, sheets, "digital"))) as pdf:
            for sheet, page, truth in zip(sheets, pdf.pages, gold["pages"], strict=True):
                # Footnote marks stand higher than their word, so letters are compared, not words.
                chars = Counter(c["text"] for c in page.chars if not c["text"].isspace())
                assert chars == Counter("".join((truth + sheet.folio).split()))
                assert found(page.extract_text(), truth) >= 0.97


def test_digital_builds_are_the_same_bytes() -> None:
    source, sheets, _ = built("2022-bo-y-te")
    assert build_pdf(source, sheets, "digital") == build_pdf(source, lay_out(source), "digital")


def test_shipped_pdfs_are_of_their_kind() -> None:
    import pdfplumber

    for name in NAMES:
        source, sheets, _ = built(name)
        with pdfplumber.open(HERE / f"{name}.pdf") as pdf:
            assert len(pdf.pages) == len(sheets)
            assert bool(pdf.pages[0].chars) is (source.kind in ("digital", "ocr_eng"))
            assert bool(pdf.pages[0].images) is (source.kind != "digital")


def test_shipped_digital_pdfs_are_up_to_date() -> None:
    for name in NAMES:
        source, sheets, _ = built(name)
        if source.kind == "digital":
            assert (HERE / f"{name}.pdf").read_bytes() == build_pdf(source, sheets, "digital")


def test_an_ambiguous_or_missing_quote_is_an_error() -> None:
    flow = Flow(built("2022-so-y-te")[1])
    with pytest.raises(SourceError, match="times"):
        flow.find("Phòng GDĐT")
    with pytest.raises(SourceError, match="not found"):
        flow.find("không có trong văn bản này")
    assert flow.find("Phòng GDĐT", 2) != flow.find("Phòng GDĐT", 1)


def test_a_quote_is_found_over_a_hyphen_at_the_line_end() -> None:
    flow = Flow(built("2022-so-thu-chi")[1])
    spot = flow.find("81/2021/NĐ-CP")
    line = next(line for page, number, line in flow.lines if (page, number) == (spot.page, spot.line))
    assert line.glued and line.text.endswith("NĐ-")


def test_a_stray_key_in_the_gold_is_an_error() -> None:
    source, sheets, _ = built("2022-so-y-te")
    rows = [{"at": "Kính gửi:", "task": "x", "actor": ["so_gddt"], "y": None}]
    broken = Source(**{**vars(source), "gold": {**source.gold, "duties": rows}})
    with pytest.raises(SourceError, match="unknown fields"):
        build_gold(broken, sheets)


def test_a_font_without_vietnamese_letters_is_refused() -> None:
    from corpus.samples.fonts import draws, file_of

    assert draws(file_of("italic"))
    old = Path("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf")
    if not old.exists():
        pytest.skip("the font without ế, ố, ữ (fonts-liberation 1.x) is not installed")
    assert not draws(old)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind"), [("2023-so-y-te", "digital"), ("2025-so-pho-cap", "scan"), ("2022-phong-y-te", "photo")]
)
def test_tesseract_reads_a_page_of_each_kind(name: str, kind: str) -> None:
    import pytesseract
    from PIL import Image

    image = page_images(name, kind)[0]
    read = pytesseract.image_to_string(Image.fromarray(image), lang="vie")
    assert found(read, built(name)[2]["pages"][0]) >= FLOOR[kind]


@pytest.mark.slow
def test_the_english_layer_is_broken_vietnamese() -> None:
    import pdfplumber

    with pdfplumber.open(HERE / "2021-bo-y-te.pdf") as pdf:
        share = found(pdf.pages[0].extract_text(), built("2021-bo-y-te")[2]["pages"][0])
    assert FLOOR_ENGLISH[0] <= share <= FLOOR_ENGLISH[1]


def test_gold_files_are_valid_json_for_each_sample() -> None:
    assert sorted(path.stem for path in (HERE / "gold").glob("*.json")) == NAMES
    for path in (HERE / "gold").glob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8"))["doc"] == path.stem
