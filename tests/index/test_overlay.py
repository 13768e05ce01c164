"""Directives as one office reads them, over an index that holds what everybody reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

import pytest

from index.engine import Condition
from index.filters import SearchFilters
from index.overlay import Sheet
from index.passages import passages
from index.search import SearchEngine
from index.vectors import VectorIndex
from tests.index.fixtures import HashEmbedder, Stored, document, shelf
from tests.index.wire import qdrant_over_http

QUERIES = (
    "hạn nộp báo cáo học kỳ 1", "binh chua chay phong thi nghiem", "văn bản nào nhắc công văn 88",
    "báo cáo tổng kết năm học 2023-2024", "cho chuyển khoản tiền học được không", "Sở Phú Lâm đọc sách",
)  # fmt: skip


@pytest.fixture(scope="module", params=["embedded", "http"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorIndex]:
    with ExitStack() as stack:
        if request.param == "embedded":
            made = VectorIndex(HashEmbedder, folder=tmp_path_factory.mktemp("index") / "qdrant")
        else:
            made = VectorIndex(HashEmbedder, url=stack.enter_context(qdrant_over_http()))
        made.update_all([(row.document.id, passages(row.document, row.facts)) for row in shelf().stored()])
        yield made
        made.close()


def sheet(index: VectorIndex, row: Stored) -> Sheet:
    return Sheet(row.document.id, partial(index.points, passages(row.document, row.facts)))


def corrected() -> Stored:
    """The directive of the Sở as an office has corrected it: another word, another day."""
    so = shelf().stored()[0]
    text = so.document.text.replace("bình chữa cháy", "tủ thuốc y tế")
    made = replace(document(text, so.document.source), id=so.document.id)
    dues = [replace(d, due="2024-01-05") if d.due == "2024-01-12" else d for d in so.facts.deadlines]
    return Stored(made, replace(so.facts, deadlines=tuple(dues), sections=()))


@pytest.mark.parametrize("query", QUERIES)
def test_what_nobody_changed_is_found_as_the_index_finds_it(index: VectorIndex, query: str) -> None:
    engine = SearchEngine(index)
    over = [sheet(index, row) for row in shelf().stored()]
    for chosen in (over[:1], over[1:], over):
        plain, laid = engine.search_batch([query])[0], engine.search_batch([query], over=chosen)[0]
        assert [hit.passage for hit in laid.hits] == [hit.passage for hit in plain.hits]
        # how rare document numbers are is not counted
        assert [hit.score for hit in laid.hits] == pytest.approx([hit.score for hit in plain.hits], abs=0.1)
        assert laid.answer == plain.answer


def test_an_office_finds_and_is_answered_what_it_corrected(index: VectorIndex) -> None:
    engine, over = SearchEngine(index), [sheet(index, corrected())]
    (laid,) = engine.search_batch(["tủ thuốc y tế cho phòng thí nghiệm"], over=over)
    assert "tủ thuốc y tế" in laid.hits[0].text
    assert not any("tủ thuốc" in hit.text for hit in engine.search("tủ thuốc y tế cho phòng thí nghiệm").hits)
    (gone,) = engine.search_batch(["bình chữa cháy"], over=over)
    assert not any("bình chữa cháy" in hit.text for hit in gone.hits)
    (dated,) = engine.search_batch(["hạn nộp báo cáo học kỳ 1"], over=over)
    assert dated.answer is not None and dated.answer.deadline.due == "2024-01-05"
    alone = engine.search("hạn nộp báo cáo học kỳ 1").answer
    assert alone is not None and alone.deadline.due == "2024-01-12"


def test_filters_hold_for_what_an_office_corrected(index: VectorIndex) -> None:
    engine, over = SearchEngine(index), [sheet(index, corrected())]
    for filters, found in (
        (SearchFilters(school_year="2023-2024", level="so", issuer="sở phú lâm"), {"so.txt"}),
        (SearchFilters(school_year="2022-2023"), {"bo.txt"}),
        (SearchFilters(since="2023-09-11"), set()),
        (SearchFilters(until="2023-09-10", since="2023-01-01", units=("thcs",)), {"so.txt"}),
    ):
        (result,) = engine.search_batch(["báo cáo"], filters=filters, over=over)
        assert {hit.source for hit in result.hits} == found


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (Condition(), True),
        (Condition(equal=(("level", "so"),)), True),
        (Condition(equal=(("level", "bo"),)), False),
        (Condition(among=(("units", ("so_gddt", "phong_gddt")),)), True),
        (Condition(among=(("units", ("so_gddt",)),)), False),
        (Condition(since=20240101, until=20240101), True),
        (Condition(since=20240102), False),
        (Condition(until=20231231), False),
        (Condition(without=("a", "b")), False),
        (Condition(without=("b",)), True),
    ],
)
def test_conditions_are_met_in_memory_as_in_the_engine(condition: Condition, met: bool) -> None:
    payload = {"document": "a", "level": "so", "units": ["phong_gddt"], "day": 20240101}
    assert condition.met_by(payload) is met


def test_a_day_that_is_not_known_meets_no_time() -> None:
    assert not Condition(since=20240101).met_by({"document": "a", "day": None})
