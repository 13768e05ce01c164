"""What carries a directive out, what replaced it, what is in force, last year's counterpart; the picture, GraphML."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from corpus.document import Document
from corpus.facts import Citation, Facts, Header, IssuerLevel, Relation
from corpus.numbers import document_key, parse_number
from index import lineage, picture
from index.export import as_data, graphml
from index.graph import CitationGraph
from index.lineage import Standing
from tests.index.fixtures import citation, document

BO, SO, PHONG, SCHOOL = IssuerLevel.BO, IssuerLevel.SO, IssuerLevel.PHONG, IssuerLevel.TRUONG
OFFICES = {
    BO: "Bộ Giáo dục và Đào tạo",
    SO: "Sở Giáo dục và Đào tạo Phú Lâm",
    PHONG: "Phòng Giáo dục và Đào tạo huyện Tân An",
    SCHOOL: "Trường THCS Nguyễn Du",
}


@dataclass(frozen=True)
class Info:
    id: str
    source: str


def directive(
    number: str, day: str, level: IssuerLevel, subject: str, *cited: tuple[str, int | None, Relation], issuer: str = ""
) -> tuple[Info, Facts]:
    text = f"{number}\n" + "\n".join(f"{r.value} {n}" for n, _, r in cited)
    doc: Document = document(text, f"{number[:4]}-{day}.txt".replace("/", "-"))
    header = Header(
        number=number, date=day, issuer=issuer or OFFICES[level], issuer_level=level, doc_type="Công văn",
        subject=subject,
    )  # fmt: skip
    return Info(doc.id, doc.source), Facts(header, tuple(of_office(doc, n, y, r) for n, y, r in cited))


def of_office(doc: Document, number: str, year: int | None, relation: Relation) -> Citation:
    """Return a citation that names the office of its symbol."""
    made, parsed = citation(doc, number, number, year, relation), parse_number(number)
    assert parsed is not None
    office = next((OFFICES[level] for code, level in (("SGDĐT", SO), ("PGDĐT", PHONG)) if code in parsed.parts), None)
    return replace(made, key=document_key(parsed, year=year, issuer=office))


CHAIN = [
    directive("88/BGDĐT-GDTC", "2021-08-20", BO, "Hướng dẫn y tế trường học năm học 2021-2022"),
    directive(
        "95/BGDĐT-GDTC", "2022-08-22", BO, "Hướng dẫn công tác y tế trường học năm học 2022-2023",
        ("26/2019/TT-BGDĐT", None, Relation.BASED_ON), ("88/BGDĐT-GDTC", 2021, Relation.REPLACES),
    ),
    directive(
        "210/SGDĐT-CTTT", "2022-09-05", SO, "Công tác y tế trường học năm học 2022-2023",
        ("95/BGDĐT-GDTC", 2022, Relation.IMPLEMENTS), ("26/2019/TT-BGDĐT", None, Relation.PURSUANT_TO),
    ),
    directive(
        "31/PGDĐT-CM", "2022-09-12", PHONG, "Y tế trường học năm học 2022-2023",
        ("210/SGDĐT-CTTT", 2022, Relation.IMPLEMENTS), ("88/BGDĐT-GDTC", 2021, Relation.PURSUANT_TO),
    ),
    directive(
        "12/KH-THCSND", "2022-09-20", SCHOOL, "Chăm sóc sức khỏe học sinh", ("31/PGDĐT-CM", 2022, Relation.BASED_ON)
    ),
    directive("190/SGDĐT-CTTT", "2021-09-06", SO, "Hướng dẫn thực hiện công tác y tế trường học năm học 2021-2022"),
    directive("205/SGDĐT-KHTC", "2021-09-07", SO, "Các khoản thu năm học 2021-2022"),
]  # fmt: skip


def graph() -> CitationGraph:
    return CitationGraph.build(CHAIN)


@pytest.mark.parametrize("number", ["95/BGDĐT-GDTC", "210/SGDĐT-CTTT", "31/PGDĐT-CM", "12/KH-THCSND"])
def test_the_line_from_the_bo_to_the_school_is_the_same_from_wherever_it_is_asked(number: str) -> None:
    line = [(level, [node.number for node in nodes]) for level, nodes in lineage.chain(graph(), number)]
    assert line == [
        ("bo", ["95/BGDĐT-GDTC"]), ("so", ["210/SGDĐT-CTTT"]), ("phong", ["31/PGDĐT-CM"]),
        ("truong", ["12/KH-THCSND"]),
    ]  # fmt: skip


def test_the_line_follows_the_closest_tie_and_stays_alone_without_one() -> None:
    """Carrying out counts more than "theo", what is missing is in it, and offices beside do not belong to it."""
    extra = [
        directive(
            "220/SGDĐT-CTTT", "2023-09-05", SO, "Y tế trường học năm học 2023-2024",
            ("26/2019/TT-BGDĐT", None, Relation.PURSUANT_TO), ("4770/BGDĐT-GDTC", 2023, Relation.IMPLEMENTS),
            ("210/SGDĐT-CTTT", 2022, Relation.BASED_ON),
        ),
        directive(
            "40/PGDĐT-CM", "2022-09-14", PHONG, "Y tế trường học", ("210/SGDĐT-CTTT", 2022, Relation.BASED_ON),
            issuer="Phòng Giáo dục và Đào tạo huyện Tân Bình",
        ),
    ]  # fmt: skip
    made = CitationGraph.build([*CHAIN, *extra])

    def line(number: str) -> list[list[str]]:
        return [[node.number for node in nodes] for _, nodes in lineage.chain(made, number)]

    assert line("220/SGDĐT-CTTT") == [["4770/BGDĐT-GDTC"], ["220/SGDĐT-CTTT"]]
    assert line("210/SGDĐT-CTTT")[2] == ["31/PGDĐT-CM", "40/PGDĐT-CM"]
    assert line("205/SGDĐT-KHTC") == [["205/SGDĐT-KHTC"]]


def test_findings_about_one_directive_are_those_of_all_that_name_it() -> None:
    made = graph()
    every = lineage.findings(made)
    assert every
    for node in made.nodes.values():
        about = [row for row in every if node.number in (row["number"], row["cited"])]
        assert lineage.findings(made, node.key) == about


def test_what_replaced_it_and_what_is_in_force_on_a_day() -> None:
    made = graph()
    before, after = (
        lineage.force(made, "88/BGDĐT-GDTC", "2022-08-21"),
        lineage.force(made, "88/BGDĐT-GDTC", "2022-08-22"),
    )
    assert (before.in_force, after.in_force) == (True, False)
    assert (before.standing, after.standing) == (Standing.IN_FORCE, Standing.REPLACED)
    assert lineage.force(made, "95/BGDĐT-GDTC", "2022-01-01").standing is Standing.NOT_ISSUED
    assert lineage.force(made, "26/2019/TT-BGDĐT", "2022-01-01").standing is Standing.UNKNOWN
    assert "95/BGDĐT-GDTC" in after.reason and [n.number for n in after.replaced_by] == ["95/BGDĐT-GDTC"]
    assert lineage.force(made, "95/BGDĐT-GDTC", "2022-01-01").in_force is False
    assert lineage.force(made, "26/2019/TT-BGDĐT", "2022-01-01").in_force is None
    stored = made.find("88/BGDĐT-GDTC")[0].document or ""
    assert lineage.Replacement(stored, "95/BGDĐT-GDTC", "2022-08-22") in lineage.replacements(made)
    valid = {n.number for n in lineage.in_force(made, "2022-09-06")}
    assert {"95/BGDĐT-GDTC", "210/SGDĐT-CTTT", "205/SGDĐT-KHTC"} <= valid
    assert not valid & {"88/BGDĐT-GDTC", "31/PGDĐT-CM", "26/2019/TT-BGDĐT"}


def test_the_day_that_a_directive_says_it_is_in_force_from_counts() -> None:
    newer_info, newer = CHAIN[1]
    later = (newer_info, replace(newer, header=replace(newer.header, effective="2022-10-15")))
    made = CitationGraph.build([CHAIN[0], later, *CHAIN[2:]])
    issued = lineage.force(made, "95/BGDĐT-GDTC", "2022-09-30")
    assert (issued.standing, issued.in_force, "15/10/2022" in issued.reason) == (Standing.NOT_YET, False, True)
    assert lineage.force(made, "95/BGDĐT-GDTC", "2022-10-15").in_force is True
    still = lineage.force(made, "88/BGDĐT-GDTC", "2022-10-14")
    assert (still.in_force, "15/10/2022" in still.reason) == (True, True)
    assert lineage.force(made, "88/BGDĐT-GDTC", "2022-10-15").in_force is False
    valid = {n.number for n in lineage.in_force(made, "2022-09-04")}
    assert valid & {"88/BGDĐT-GDTC", "95/BGDĐT-GDTC"} == {"88/BGDĐT-GDTC"}
    assert [row.since for row in lineage.replacements(made)] == ["2022-10-15"]
    assert not lineage.findings(made)  # cited in September, when it was in force
    assert lineage.findings(CitationGraph.build(CHAIN))


def test_last_years_counterpart_is_of_the_same_office_and_subject() -> None:
    made = graph()
    found = lineage.last_year(made, "210/SGDĐT-CTTT")
    assert found is not None and found.number == "190/SGDĐT-CTTT"
    assert lineage.last_year(made, "190/SGDĐT-CTTT") is None
    assert [n.number for n in lineage.counterparts(made, "190/SGDĐT-CTTT")] == ["210/SGDĐT-CTTT"]
    assert lineage.counterparts(made, "31/PGDĐT-CM") == []


def test_a_merged_office_goes_on_in_the_new_one() -> None:
    rows = [
        directive("10/SGDĐT-VP", "2024-09-05", SO, "Thi giáo viên giỏi", issuer="Sở Giáo dục và Đào tạo Bạc Liêu"),
        directive("11/SGDĐT-VP", "2025-09-05", SO, "Thi giáo viên giỏi", issuer="Sở Giáo dục và Đào tạo Cà Mau"),
        directive("12/SGDĐT-VP", "2023-09-05", SO, "Thi giáo viên giỏi", issuer="Sở Giáo dục và Đào tạo Cà Mau"),
    ]
    made = CitationGraph.build(rows)
    found = lineage.last_year(made, "11/SGDĐT-VP")
    assert found is not None and found.number == "10/SGDĐT-VP"
    assert lineage.last_year(made, "10/SGDĐT-VP") is None


def test_most_cited_and_what_to_fetch() -> None:
    made = graph()
    assert lineage.most_cited(made, 1)[0][1] == 2
    (row,) = lineage.to_fetch(made)
    assert (row["number"], row["missing"], row["cited_by_count"]) == ("26/2019/TT-BGDĐT", True, 2)
    assert row["cited_by"] == ["210/SGDĐT-CTTT", "95/BGDĐT-GDTC"]


def test_what_was_replaced_is_cited_as_in_force() -> None:
    (row,) = lineage.findings(graph())
    assert (row["number"], row["cited"], row["replaced_by"]) == ("31/PGDĐT-CM", "88/BGDĐT-GDTC", "95/BGDĐT-GDTC")
    assert row["line"] == 3 and "ngày 22/08/2022" in row["what"]


def test_the_graph_as_json_and_graphml() -> None:
    made = graph()
    data = json.loads(json.dumps(as_data(made)))
    assert len(data["nodes"]) == len(made.nodes) and len(data["edges"]) == len(made.edges)
    assert {e["citing"] for e in data["edges"]} <= {n["key"] for n in data["nodes"]}
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.fromstring(graphml(made))
    assert len(root.findall(f".//{space}node")) == len(made.nodes)
    assert len(root.findall(f".//{space}edge")) == len(made.edges)
    assert any("26/2019/TT-BGDĐT" in (d.text or "") for d in root.iter(f"{space}data"))


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_a_picture_of_many_citations_is_no_wider_than_a_page() -> None:
    many = [(f"{k}/2020/TT-BGDĐT", None, Relation.PURSUANT_TO) for k in range(1, 41)]
    made = CitationGraph.build([directive("1/SGDĐT-VP", "2022-09-05", SO, "Nhiều căn cứ", *many)])
    drawn = picture.svg(made, "1/SGDĐT-VP")
    size = re.search(r'width="(\d+)pt" height="(\d+)pt"', drawn)
    assert size is not None and int(size[1]) < 1000
    node, nodes, edges = made.neighbourhood("1/SGDĐT-VP")
    source = picture.dot(node, nodes, edges)
    rows = Counter(re.findall(r'pos="[-\d.]+,([-\d.]+)!"', source))
    assert max(rows.values()) <= picture.PER_ROW and rows.total() == 41
    assert source.count("rounded,dashed,filled") == 40 and "chưa có trong kho" in drawn


def test_two_relations_of_two_directives_are_one_line() -> None:
    rows = [
        directive("1/BGDĐT-VP", "2022-01-05", BO, "A"),
        directive(
            "2/BGDĐT-VP", "2022-02-05", BO, "B",
            ("1/BGDĐT-VP", 2022, Relation.LISTED), ("1/BGDĐT-VP", 2022, Relation.REPLACES),
        ),
    ]  # fmt: skip
    node, nodes, edges = CitationGraph.build(rows).neighbourhood("2/BGDĐT-VP")
    source = picture.dot(node, nodes, edges)
    assert source.count("dir=back") == 1 and "thay thế" in source and "danh mục" not in source
