"""Tables whose cells stand one a line, or between strokes, are the rows of the table as it is drawn."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.page.linecells import with_line_cells
from nlp.page.lines import lines_of
from nlp.page.strokerows import with_stroke_rows
from tests.nlp.texts import HEAD, TAIL, document, facts_of

_TEXT = (Path(__file__).parent / "line_tables.txt").read_text(encoding="utf-8")
TABLES = [block for block in re.split(r"\n{2,}", _TEXT) if not block.startswith("#")]
PLAN = """TT | Nhiệm vụ | Đơn vị thực hiện | Thời gian
1 | Nộp hồ sơ thi / đua về Sở GDĐT | Các trường THPT | Trước ngày 10/10/2023
2 | Tổng hợp danh sách gửi Sở | Phòng GDĐT | 20/10/2023
3 | Báo cáo sơ kết | Các trường THPT, TT GDTX | 15/01/2024"""


def rows_of(table: str) -> list[list[list[str]]]:
    """Return the rows of a drawn table as cells, each a list of lines; text around it as rows of one cell."""
    rows = list[list[list[str]]]()
    for row in table.strip().split("\n"):
        cells = [row[1:]] if row.startswith(">") else row.split("|")
        lines = [[cell.strip()] if row.startswith(">") else re.split(r" / ", cell.strip()) for cell in cells]
        rows.append([[line for line in cell if line] for cell in lines])
    return rows


def in_lines(table: str, between: str = "\n") -> str:
    """Return a drawn table with every line of every cell in a line of its own."""
    return between.join(line for row in rows_of(table) for cell in row for line in cell) + "\n"


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["close", "apart"])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table[:30])
def test_rows_are_those_of_the_table(table: str, between: str) -> None:
    found = [line.text for line in with_line_cells(lines_of(document(in_lines(table, between))))]
    assert found == ["\t".join(" ".join(cell) or " " for cell in row) for row in rows_of(table)]


@pytest.mark.parametrize("way", ["cells", "tabs", "strokes", "markdown"])
def test_duties_are_the_same_however_cells_are_parted(way: str) -> None:
    rows = [[" ".join(cell) for cell in row] for row in rows_of(PLAN)]
    ruled = ["|".join(["---"] * len(rows[0]))]
    body = {
        "cells": in_lines(PLAN),
        "tabs": "\n".join("\t".join(row) for row in rows) + "\n",
        "strokes": "\n".join(" | ".join(row) for row in rows) + "\n",
        "markdown": "".join(f"| {row} |\n" for row in (" | ".join(rows[0]), *ruled, *map(" | ".join, rows[1:]))),
    }[way]
    lead = "Sở GDĐT yêu cầu các đơn vị thực hiện các nội dung sau:\n"
    facts = facts_of(lead + body + "Trên đây là hướng dẫn của Sở./.\n")
    assert [(d.due, d.task, d.actor) for d in facts.deadlines] == [
        ("2023-10-10", "Nộp hồ sơ thi đua về Sở GDĐT.", ("co_so_giao_duc",)),
        ("2023-10-20", "Tổng hợp danh sách gửi Sở.", ("phong_gddt",)),
        ("2024-01-15", "Báo cáo sơ kết.", ("co_so_giao_duc", "trung_tam_gdtx")),
    ]
    whole = HEAD + lead + body
    for row in facts.deadlines:
        assert whole[row.due_evidence.start : row.due_evidence.end] == row.due_evidence.surface
    assert facts.header.recipients == ("Như trên", "Lưu: VT, GDTrH")


STAYS = {
    "persons": "TT | Họ và tên | Ngày sinh | Ghi chú\nA | Nguyễn Văn An | Nam | Lớp 10",
    "letterhead and sign-off": "> " + "\n> ".join(line for line in (HEAD + TAIL).split("\n") if line.strip()),
    "a list of contents": "> Nội dung\n> I. Mục đích\n> II. Yêu cầu\n> III. Thời gian\n> Tháng 9/2023",
    "items with numbers": "> Nội dung\n> Thời gian\n> 1. Nộp báo cáo trước 10/10/2023\n> 2. Nộp hồ sơ trước 11/10/2023",
    "numbers alone": "TT | Nội dung\n1 |\n2 |\n3 |\n> Đầu năm học",
    "one row": "TT | Nội dung | Thời gian\n1 | Nộp hồ sơ | 10/10/2023",
    "no time": "Nội dung | Ghi chú\nNộp hồ sơ | Bản giấy\nNộp báo cáo | Bản điện tử",
}


@pytest.mark.parametrize("name", STAYS)
def test_what_is_no_such_table_stays(name: str) -> None:
    lines = lines_of(document(in_lines(STAYS[name])))
    assert with_line_cells(lines) == lines


def test_strokes_that_part_no_cells_stay() -> None:
    for text in (
        "Nội dung thi | 90 phút\nĐiện thoại | 0254\n",  # one title that is known
        "TT | Nhiệm vụ | Thời gian\nNộp hồ sơ | 10/10/2023\n",  # another number of cells
        "TT | Nhiệm vụ | Thời gian\n",  # no rows
        "| Sở GDĐT yêu cầu các trường\n| nộp báo cáo |\n",  # ruling that an OCR read
    ):
        lines = lines_of(document(text))
        assert with_stroke_rows(lines) == lines


def test_hostile_tables_end_in_time() -> None:
    titles = "TT\nNội dung\nThời gian\n"
    for text in (
        titles * 2_000,
        titles + "1\nNộp hồ sơ\n" * 3_000,
        titles + "".join(f"{k}\nNộp hồ sơ\n10/10/2023\n" for k in range(1, 1_000)),
        "Thời gian\nNội dung\n" + "10/10/2023\nNộp hồ sơ\n" * 3_000,
        "TT\n" * 10_000,
        "Nội dung\n" * 5_000 + "10/10/2023\n" * 5_000,
        "TT | Nội dung | Thời gian\n" * 3_000,
        "|" * 60_000,
    ):
        lines = lines_of(document(text))
        start = time.process_time()
        with_line_cells(with_stroke_rows(lines))
        assert time.process_time() - start < 4


@given(
    st.lists(st.sampled_from([*"1234", "TT", "Nội dung", "Thời gian", "10/10/2023", "Các trường THPT", "Nộp báo cáo;"]))
)
def test_no_word_is_lost_or_moved(cells: list[str]) -> None:
    found = with_line_cells(lines_of(document("\n".join(cells))))
    assert " ".join(line.text for line in found).split() == " ".join(cells).split()
