"""Search over a real embedded Qdrant: hits with places, answers, filters, honest emptiness, staleness."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import BadInputError, IndexMismatchError
from index.filters import SearchFilters
from index.passages import Passage, PassageDeadline, PassageHeader, passages
from index.query import Kind, understand
from index.ranking import Ranked
from index.repeats import arranged
from index.results import NOTHING
from index.search import SearchEngine
from index.vectors import VectorIndex
from tests.index.fixtures import HashEmbedder, document, shelf
from tests.index.wire import qdrant_over_http

HEADER = PassageHeader("Sở GDĐT Phú Lâm", "so", "Công văn", None, None, None, "Phú Lâm")
DUTY = PassageDeadline("Gửi báo cáo năm", None, "", (), (), "Sở GDĐT", None)
PASSAGE = Passage(
    id="1", document="d", source="d.txt", number=None, page=1, page_to=1, line_from=1, line_to=2, start=0, end=1,
    text="", own=0, heading=(), place="body", header=HEADER,
)  # fmt: skip


@pytest.fixture(scope="module", params=["embedded", "client", "http"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorIndex]:
    """The same contract for the embedded Qdrant, for qdrant-client with its engine in memory, and over HTTP."""
    with ExitStack() as stack:
        if request.param == "embedded":
            made = VectorIndex(HashEmbedder, folder=tmp_path_factory.mktemp("index") / "qdrant")
        else:
            url = ":memory:" if request.param == "client" else stack.enter_context(qdrant_over_http())
            made = VectorIndex(HashEmbedder, url=url)
        for stored in shelf().stored():
            made.update(stored.document.id, passages(stored.document, stored.facts))
        yield made
        made.close()


def test_a_dated_question_is_answered_with_its_place(index: VectorIndex) -> None:
    result = SearchEngine(index).search("hạn nộp báo cáo học kỳ 1")
    assert result.kind is Kind.WHEN
    assert (result.hits[0].source, result.hits[0].line_from, result.hits[0].line_to) == ("so.txt", 8, 9)
    assert result.answer is not None
    assert (result.answer.deadline.due, result.answer.hit) == ("2024-01-12", 0)


def test_text_without_marks_finds_its_passage(index: VectorIndex) -> None:
    hit = SearchEngine(index).search("binh chua chay phong thi nghiem").hits[0]
    assert "bình chữa cháy" in hit.text


def test_office_talk_finds_official_words(index: VectorIndex) -> None:
    hit = SearchEngine(index).search("cho chuyển khoản tiền học được không").hits[0]
    assert "không dùng tiền mặt" in hit.text


@pytest.mark.parametrize(
    "query", ["văn bản nào nhắc công văn 88", "88/bgddt-gdth", "cv so 88", "88/bgd", "88/bgddt gdth"]
)
def test_a_number_finds_who_cites_it_and_the_directive_itself(index: VectorIndex, query: str) -> None:
    hits = SearchEngine(index).search(query).hits
    assert {(h.source, h.line_from) for h in hits} >= {("so.txt", 4), ("bo.txt", 1)}


def test_a_school_year_in_the_question_is_preferred(index: VectorIndex) -> None:
    engine = SearchEngine(index)
    assert engine.search("hạn gửi báo cáo năm học 2022-2023").hits[0].source == "bo.txt"
    assert engine.search("hạn gửi báo cáo năm học này", today=date(2023, 10, 1)).hits[0].source == "so.txt"


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("hạn gửi báo cáo năm về y tế", ["2024-05-31", "2023-05-31"]),
        ("hạn gửi báo cáo năm về y tế năm học 2022-2023", ["2023-05-31", "2024-05-31"]),
        ("hạn gửi báo cáo năm về y tế năm 2023", ["2023-05-31", "2024-05-31"]),
    ],
)
def test_of_what_an_office_writes_anew_every_year_the_newest_comes_first(query: str, days: list[str]) -> None:
    # the older one says "gửi về Sở" closer to the question, and would come first by its words
    old, new, other = (
        replace(
            PASSAGE,
            document=source,
            source=source,
            text=text,
            header=replace(HEADER, subject=subject, date=day, school_year=f"{int(day[:4])}-{int(day[:4]) + 1}"),
            deadlines=(replace(DUTY, due=due),),
        )
        for source, text, subject, day, due in (
            ("a", "3. Báo cáo năm về y tế gửi Sở trước 31/5/2023.", "Y tế năm học 2022", "2022-09-14", "2023-05-31"),
            ("b", "3. Gửi Sở báo cáo năm về y tế trước 31/5/2024.", "Y tế năm học 2023", "2023-09-18", "2024-05-31"),
            ("c", "3. Báo cáo năm gửi Sở trước 31/5/2025.", "Thư viện năm học 2024", "2024-09-18", "2025-05-31"),
        )
    )
    rows = arranged(understand(query), [Ranked(old, 1.5, 2.0), Ranked(other, 1.4, 2.0), Ranked(new, 1.3, 2.0)])
    assert [row.passage.deadlines[0].due for row in rows] == [days[0], "2025-05-31", days[1]]
    assert [row.score for row in rows] == [1.5, 1.4, 1.3]


def test_a_place_in_the_question_is_preferred(index: VectorIndex) -> None:
    assert SearchEngine(index).search("đọc sách trong trường ở phu lam").hits[0].source == "so.txt"


@pytest.mark.parametrize(
    ("filters", "source"),
    [
        (SearchFilters(issuer="Sở GDĐT"), "so.txt"),
        (SearchFilters(issuer="bo giao duc"), "bo.txt"),
        (SearchFilters(level="bo"), "bo.txt"),
        (SearchFilters(school_year="2023 – 2024"), "so.txt"),
        (SearchFilters(since="2023-01-01"), "so.txt"),
        (SearchFilters(until="2022-12-31"), "bo.txt"),
        (SearchFilters(units=("so_gddt",)), "bo.txt"),
        (SearchFilters(doc_type="công văn", level="so"), "so.txt"),
    ],
)
def test_filters(index: VectorIndex, filters: SearchFilters, source: str) -> None:
    hits = SearchEngine(index).search("gửi báo cáo", filters=filters).hits
    assert hits
    assert {h.source for h in hits} == {source}


def test_what_is_issued_and_not_in_force_yet_is_left_out(tmp_path: Path) -> None:
    so, bo = shelf().stored()
    with ExitStack() as stack:
        url = stack.enter_context(qdrant_over_http())
        for index in (VectorIndex(HashEmbedder, folder=tmp_path / "qdrant"), VectorIndex(HashEmbedder, url=url)):
            stack.callback(index.close)

            def found(day: str, effective: str | None, issued: str | None, index: VectorIndex = index) -> set[str]:
                facts = replace(so.facts, header=replace(so.facts.header, effective=effective, date=issued))
                index.update_all(
                    [(row.document.id, passages(row.document, row.facts)) for row in (replace(so, facts=facts), bo)]
                )
                hits = SearchEngine(index).search("gửi báo cáo", filters=SearchFilters(in_force_on=day)).hits
                return {hit.source for hit in hits}

            assert found("2023-09-09", None, "2023-09-10") == {"bo.txt"}  # not issued
            assert found("2023-09-10", None, "2023-09-10") == {"so.txt", "bo.txt"}
            assert found("2023-10-14", "2023-10-15", "2023-09-10") == {"bo.txt"}  # issued
            assert found("2023-10-15", "2023-10-15", "2023-09-10") == {"so.txt", "bo.txt"}
            assert found("2023-09-05", "2023-09-01", "2023-09-10") == {"bo.txt"}  # it holds for days before its own
            assert found("2023-10-15", "2023-10-15", None) == {"so.txt", "bo.txt"}
            assert found("2030-01-01", None, None) == {"bo.txt"}  # from which day, nobody knows
            assert found("2022-03-01", None, "2023-09-10") == set()


def test_hits_tell_from_when_they_are_in_force_while_that_is_to_come(tmp_path: Path) -> None:
    so = shelf().stored()[0]
    facts = replace(so.facts, header=replace(so.facts.header, effective="2023-10-15"))
    index = VectorIndex(HashEmbedder, folder=tmp_path / "qdrant")
    index.update(so.document.id, passages(so.document, facts))

    def told(today: date | None) -> set[str | None]:
        return {hit.in_force_from for hit in SearchEngine(index).search("gửi báo cáo", today=today).hits}

    assert told(date(2023, 10, 14)) == {"2023-10-15"}
    assert told(date(2023, 10, 15)) == told(None) == {None}


def test_an_office_is_found_in_either_spelling_of_its_name(index: VectorIndex) -> None:
    so = shelf().stored()[0]
    named = replace(so.facts, header=replace(so.facts.header, issuer="Phòng GDĐT huyện Mỹ Lý"))
    made = replace(document(so.document.text, "my.txt"), id="my")
    index.update("my", passages(made, named))
    try:
        for typed in ("Mĩ Lí", "my li", "huyện mỹ lí"):
            hits = SearchEngine(index).search("gửi báo cáo", filters=SearchFilters(issuer=typed)).hits
            assert {hit.source for hit in hits} == {"my.txt"}
    finally:
        index.remove("my")


def test_an_unknown_school_year_is_empty_and_says_so(index: VectorIndex) -> None:
    result = SearchEngine(index).search("gửi báo cáo", filters=SearchFilters(school_year="2098-2099"))
    assert (result.hits, result.message) == ((), NOTHING)


def test_a_school_year_that_is_not_there_is_told(index: VectorIndex) -> None:
    engine = SearchEngine(index)
    other = engine.search("hạn gửi báo cáo năm học 2098-2099")
    assert other.hits and other.message.startswith("Không tìm thấy đoạn nào của năm học 2098-2099")
    alone = engine.search("năm học 2098-2099")
    assert (alone.hits, alone.answer) == ((), None)
    assert "2098-2099" in alone.message


def test_what_nothing_fits_is_empty_and_says_so(index: VectorIndex) -> None:
    result = SearchEngine(index).search("xuất khẩu cà phê robusta sang châu âu")
    assert (result.hits, result.answer, result.message) == ((), None, NOTHING)


@pytest.mark.parametrize(
    "query",
    ["'; DROP TABLE documents; --", "<script>alert(1)</script>", "{{7*7}} ${jndi:x}", "%00%0a", "١٢٣ 漢字"],
)
def test_fragments_of_code_do_no_harm(index: VectorIndex, query: str) -> None:
    result = SearchEngine(index).search(query)
    assert result.hits or result.message


@pytest.mark.parametrize("filters", [SearchFilters(school_year="năm nay"), SearchFilters(since="hôm qua")])
def test_filters_that_cannot_be_used(index: VectorIndex, filters: SearchFilters) -> None:
    with pytest.raises(BadInputError):
        SearchEngine(index).search("gửi báo cáo", filters=filters)


def test_limit_is_checked(index: VectorIndex) -> None:
    assert len(SearchEngine(index).search("báo cáo", limit=1).hits) == 1
    with pytest.raises(BadInputError):
        SearchEngine(index).search("báo cáo", limit=0)


def test_highlights_are_the_words_asked_for(index: VectorIndex) -> None:
    hit = SearchEngine(index).search("binh chua chay").hits[0]
    assert "bình chữa cháy" in [hit.text[a:b] for a, b in hit.highlights]


def test_a_batch_gives_what_single_questions_give(index: VectorIndex) -> None:
    engine = SearchEngine(index)
    queries = ["hạn nộp báo cáo học kỳ 1", "đọc sách", "công văn 88"]
    assert engine.search_batch(queries) == [engine.search(q) for q in queries]


def test_updating_again_changes_nothing_and_a_new_reading_replaces_the_old(tmp_path: Path) -> None:
    index = VectorIndex(HashEmbedder, folder=tmp_path / "qdrant")
    stored = shelf().rows[0]
    found = passages(stored.document, stored.facts)
    index.update(stored.document.id, found)
    index.update(stored.document.id, found)
    assert index.count() == len(found)
    index.update(stored.document.id, found[:2])
    assert index.count(stored.document.id) == 2
    index.remove(stored.document.id)
    assert index.count() == 0


def test_an_index_of_another_model_is_stale_until_rebuilt(tmp_path: Path) -> None:
    folder = tmp_path / "qdrant"
    old = VectorIndex(HashEmbedder, folder=folder)
    assert not old.is_stale()
    assert old.rebuild(shelf()) == 2
    new = VectorIndex(lambda: HashEmbedder("hash-2", 32), folder=folder)
    assert new.is_stale() and not old.is_stale()
    with pytest.raises(IndexMismatchError):
        SearchEngine(new).search("báo cáo")
    with pytest.raises(IndexMismatchError):
        new.update("x", ())
    seen: list[int] = []
    new.rebuild(shelf(), seen.append)
    assert seen[-1] == 2
    assert SearchEngine(new).search("đọc sách").hits
    assert not new.is_stale() and old.is_stale()


def test_an_empty_index_is_empty_not_an_error(tmp_path: Path) -> None:
    index = VectorIndex(HashEmbedder, folder=tmp_path / "qdrant")
    assert SearchEngine(index).search("báo cáo").hits == ()
    assert index.count() == 0


def test_the_same_text_in_one_directive_is_shown_once(tmp_path: Path) -> None:
    text = "1. Kiểm tra thư viện trường học.\n2. Việc khác hẳn.\n3. Kiểm tra thư viện trường học."
    stored = shelf().rows[0]
    doc = document(text.replace("3. ", "1. "), "twice.txt")
    index = VectorIndex(HashEmbedder, folder=tmp_path / "qdrant")
    index.update(doc.id, passages(doc, replace(stored.facts, sections=(), deadlines=(), citations=())))
    hits = SearchEngine(index).search("kiểm tra thư viện").hits
    assert [h.line_from for h in hits] == [1]


def test_what_was_replaced_comes_later_unless_its_year_is_asked_for(index: VectorIndex) -> None:
    engine = SearchEngine(index)
    first = engine.search("gửi báo cáo").hits[0]
    gone = {first.document: "1/SGDĐT-VP"}
    (result,) = engine.search_batch(["gửi báo cáo"], replaced=gone)
    assert result.hits[0].document != first.document and result.hits[0].replaced_by is None
    assert {hit.replaced_by for hit in result.hits if hit.document == first.document} == {"1/SGDĐT-VP"}
    question = f"gửi báo cáo năm học {first.school_year}"
    (asked,) = engine.search_batch([question], replaced=gone)
    assert asked.hits[0].document == engine.search(question).hits[0].document == first.document
