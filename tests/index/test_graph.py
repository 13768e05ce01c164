"""The citation graph: ties by key, open where several fit, the chain, what is missing, the picture."""

import shutil
from dataclasses import dataclass, replace

import pytest

from corpus.errors import MissingDependencyError, NotFoundError
from corpus.facts import Facts, Header, IssuerLevel, Relation
from index import picture
from index.graph import CitationGraph
from tests.index.fixtures import citation, document, shelf


@dataclass(frozen=True)
class Info:
    id: str
    source: str


def graph() -> CitationGraph:
    return CitationGraph.build([(Info(s.document.id, s.document.source), s.facts) for s in shelf().stored()])


def directive(text: str, number: str, day: str, *cited: tuple[str, int | None, Relation]) -> tuple[Info, Facts]:
    doc = document(text, f"{number[:3]}.txt")
    header = Header(number=number, date=day, issuer="Bộ Giáo dục và Đào tạo", issuer_level=IssuerLevel.BO)
    citations = tuple(citation(doc, n, n, year, relation) for n, year, relation in cited)
    return Info(doc.id, doc.source), Facts(header, citations)


def test_a_citation_is_tied_to_the_stored_directive_with_its_evidence() -> None:
    (edge,) = graph().cited_by("88/BGDĐT-GDTH")
    assert (edge.relation, edge.page, edge.line) == (Relation.IMPLEMENTS, 1, 4)
    assert edge.surface == "Công văn số 88/BGDĐT-GDTH"
    assert [n.number for n in graph().above("310/SGDĐT-VP")] == ["88/BGDĐT-GDTH"]
    assert [n.number for n in graph().below("88")] == ["310/SGDĐT-VP"]


def test_what_is_only_cited_is_a_missing_node() -> None:
    made = CitationGraph.build(
        [
            directive(
                "Theo 26/2019/TT-BGDĐT và 749/QĐ-TTg",
                "10/BGDĐT-VP",
                "2024-01-05",
                ("26/2019/TT-BGDĐT", None, Relation.PURSUANT_TO),
            )
        ]
    )
    (node, count), *_ = made.missing_most_cited()
    assert (node.number, node.missing, count) == ("26/2019/TT-BGDĐT", True, 1)


def test_two_that_fit_stay_open_with_candidates() -> None:
    made = CitationGraph.build(
        [
            directive("a", "12/BGDĐT-VP", "2022-01-05"),
            directive("b", "12/BGDĐT-VP", "2023-01-05"),
            directive("xem 12/BGDĐT-VP", "99/BGDĐT-VP", "2024-01-05", ("12/BGDĐT-VP", None, Relation.MENTIONS)),
        ]
    )
    (edge,) = made.cites("99/BGDĐT-VP")
    assert len(edge.candidates) == 2
    assert made.nodes[edge.cited].missing
    assert edge in made.cited_by(edge.candidates[0])


def test_a_year_decides() -> None:
    made = CitationGraph.build(
        [
            directive("a", "12/BGDĐT-VP", "2022-01-05"),
            directive("b", "12/BGDĐT-VP", "2023-01-05"),
            directive("xem 12/BGDĐT-VP", "99/BGDĐT-VP", "2024-01-05", ("12/BGDĐT-VP", 2023, Relation.REPLACES)),
        ]
    )
    (edge,) = made.cites("99/BGDĐT-VP")
    assert made.nodes[edge.cited].date == "2023-01-05"
    assert [n.number for n in made.replaced_by(edge.cited)] == ["99/BGDĐT-VP"]


def test_an_undated_mention_joins_the_only_dated_one() -> None:
    made = CitationGraph.build(
        [
            directive("theo 749/QĐ-TTg", "10/BGDĐT-VP", "2024-01-05", ("749/QĐ-TTg", 2020, Relation.BASED_ON)),
            directive("và 749/QĐ-TTg", "11/BGDĐT-VP", "2024-01-06", ("749/QĐ-TTg", None, Relation.MENTIONS)),
        ]
    )
    assert [n.number for n in made.find("749")] == ["749/QĐ-TTg"]
    assert len(made.cited_by("quyết định 749")) == 2


def test_a_local_number_of_an_unnamed_office_is_not_guessed() -> None:
    stored = shelf().rows[0]
    other = document("Theo Công văn số 310/SGDĐT-VP", "other.txt")
    facts = Facts(
        replace(stored.facts.header, number="5/SGDĐT-TC", issuer="Sở Giáo dục và Đào tạo tỉnh Bình Lạc"),
        (citation(other, "Công văn số 310/SGDĐT-VP", "310/SGDĐT-VP", None, Relation.PURSUANT_TO),),
    )
    made = CitationGraph.build(
        [(Info(stored.document.id, "so.txt"), stored.facts), (Info(other.id, "other.txt"), facts)]
    )
    (edge,) = made.cites("5/SGDĐT-TC")
    assert made.nodes[edge.cited].missing
    assert len(edge.candidates) == 1


def test_circles_end() -> None:
    made = CitationGraph.build(
        [
            directive("xem 2/BGDĐT-VP", "1/BGDĐT-VP", "2022-01-05", ("2/BGDĐT-VP", 2022, Relation.IMPLEMENTS)),
            directive("xem 1/BGDĐT-VP", "2/BGDĐT-VP", "2022-01-06", ("1/BGDĐT-VP", 2022, Relation.IMPLEMENTS)),
        ]
    )
    assert [n.number for n in made.above("1/BGDĐT-VP")] == ["2/BGDĐT-VP"]


def test_an_unknown_number_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        graph().cites("4711/QĐ-TTg")


@pytest.mark.parametrize("typed", ["88/BGDĐT", "88/bgd", "cv 88 bgddt", "88/bgddt gdth"])
def test_a_number_is_found_without_its_department(typed: str) -> None:
    assert [n.number for n in graph().find(typed)] == ["88/BGDĐT-GDTH"]


def test_as_json_has_both_sides() -> None:
    plain = graph().as_json("88/BGDĐT-GDTH")
    assert plain["cites"] == []
    assert [(row["number"], row["line"]) for row in plain["cited_by"]] == [("310/SGDĐT-VP", 4)]


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_the_picture_is_svg_with_vietnamese() -> None:
    drawn = picture.svg(graph(), "310")
    assert drawn.lstrip().startswith("<?xml")
    assert "310/SGDĐT" in drawn and "thực hiện" in drawn


def test_without_graphviz_the_error_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingDependencyError, match="graphviz"):
        picture.svg(graph(), "310")
