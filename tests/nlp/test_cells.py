"""Rows of task tables: cells from the words' places on the page, from tabs, from upright strokes."""

from __future__ import annotations

import pytest

from corpus.document import Box, Document, Page, Word
from nlp.page.columns import Column, column_of
from nlp.words.vocabulary import entries
from tests.nlp.texts import HEAD, TAIL, due, reader

#: Where the columns of the drawn table begin, in points.
LEFT = {"TT": 60.0, "task": 90.0, "unit": 300.0, "due": 430.0}


def drawn(rows: list[list[tuple[float, str]]]) -> Document:
    """Return a document whose table has its words at given places: each row a visual line of (x, words)."""
    text, words, y = HEAD + "IV. PHÂN CÔNG\n", [], 300.0
    for row in rows:
        for k, (x, phrase) in enumerate(row):
            for word in phrase.split():
                words.append(Word(len(text), len(text) + len(word), Box(x, y, x + 5 * len(word), y + 11)))
                text += word + " "
                x += 5 * len(word) + 3
            if k + 1 == len(row):
                text = text[:-1] + "\n"
        y += 14
    return Document("0" * 64, "bảng.pdf", "application/pdf", (Page(1, text + TAIL, words=tuple(words)),))


def rows_of_plan(unit_first: bool) -> list[list[tuple[float, str]]]:
    a, b = ("unit", "task") if unit_first else ("task", "unit")
    left = dict(LEFT) if not unit_first else {"TT": 60.0, "unit": 90.0, "task": 200.0, "due": 430.0}
    title = {"task": "Nội dung công việc", "unit": "Đơn vị", "due": "Thời gian"}
    plan = [
        ("1", {"task": ["Kiểm kê sách giáo khoa cho các", "trường chưa có thư viện"], "unit": ["Phòng KHTC"],
               "due": ["Trước ngày", "15/10/2023"]}),
        ("2", {"task": ["Báo cáo kết quả kiểm kê về Sở", "GDĐT"], "unit": ["Các trường", "THPT"],
               "due": ["31/12/2023"]}),
    ]  # fmt: skip
    rows = [[(60.0, "TT"), *((left[c], title[c]) for c in (a, b, "due"))]]
    for number, cells in plan:
        for n in range(2):
            line = [(60.0, number)] if n == 0 else []
            line += [(left[c], cells[c][n]) for c in (a, b, "due") if n < len(cells[c])]
            rows.append(line)
    return rows


@pytest.mark.parametrize("unit_first", [False, True])
def test_cells_from_the_places_of_words(unit_first: bool) -> None:
    found = reader().read(drawn(rows_of_plan(unit_first))).deadlines
    assert [(r.task, r.due, r.due_text, r.recipient) for r in found] == [
        ("Kiểm kê sách giáo khoa cho các trường chưa có thư viện.", "2023-10-15", "Trước ngày 15/10/2023", None),
        ("Báo cáo kết quả kiểm kê về Sở GDĐT.", "2023-12-31", "31/12/2023", "Sở GDĐT"),
    ]
    assert [r.actor for r in found] == [("phong_chuyen_mon_so:Phòng KHTC",), ("co_so_giao_duc",)]
    assert list(found[1].levels or ()) == ["thpt"]


def test_evidence_of_cells_is_the_text() -> None:
    document = drawn(rows_of_plan(False))
    for row in reader().read(document).deadlines:
        for place in (row.evidence, row.due_evidence):
            assert place.start < place.end
            assert document.text[place.start : place.end] == place.surface


TABLES = [
    "TT\tNội dung công việc\tĐơn vị chủ trì\tThời gian hoàn thành\n"
    "1\tRà soát phòng học bộ môn\tPhòng KHTC\tTrước ngày 15/10/2023\n"
    "2\tBáo cáo kết quả về Sở\tPhòng GDĐT\t31/12/2023\n",
    "| STT | Nhiệm vụ | Thời hạn | Người thực hiện | Sản phẩm |\n|---|---|---|---|---|\n"
    "| 1 | Rà soát phòng học bộ môn | Trước ngày 15/10/2023 | Phòng KHTC | Biên bản |\n"
    "| 2 | Báo cáo kết quả về Sở | 31/12/2023 | Phòng GDĐT | Báo cáo |\n",
]


@pytest.mark.parametrize("text", TABLES, ids=["tabs", "strokes"])
def test_cells_of_text_files(text: str) -> None:
    rows = due(f"IV. PHÂN CÔNG\n{text}")
    assert [(r.task, r.due, r.actor, r.recipient) for r in rows] == [
        ("Rà soát phòng học bộ môn.", "2023-10-15", ("phong_chuyen_mon_so:Phòng KHTC",), None),
        ("Báo cáo kết quả về Sở.", "2023-12-31", ("phong_gddt",), "Sở GDĐT"),
    ]


@pytest.mark.parametrize(
    ("title", "column"),
    [("STT", "number"), ("Nội dung thực hiện", "task"), ("Đơn vị thực hiện", "unit"), ("Thời gian thực hiện", "due"),
     ("Đơn vị phối hợp", "partner"), ("Chủ trì", "unit"), ("Sản phẩm", "product"), ("Ghi chú", "other"),
     ("Mã", "other")],
)  # fmt: skip
def test_the_header_decides_what_a_column_is(title: str, column: str) -> None:
    assert column_of(title) is Column(column)


def test_every_example_is_its_column() -> None:
    for entry in entries("columns", "column"):
        assert column_of(entry.example) is Column(entry.name)
