"""Whole tables of tasks, their cells wrapped side by side: with the ruling that a reader of files saw, and without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Block, Document, Page, Stretch
from corpus.facts import Deadline
from nlp.page.ruledrows import lines_and_rows
from tests.bench.extraction import likeness
from tests.nlp.drawn import Drawn, Right, document, tables
from tests.nlp.texts import reader

TABLES = tables(Path(__file__).with_name("drawn_tables.toml"))


def rows_right(table: Drawn, document: Document) -> list[str]:
    """Return the rows of a table that are read right, by their words."""
    left = list(reader().read(document).deadlines)
    found = []
    for cells, right in zip(table.rows, table.right, strict=True):
        same = [d for d in left if right is not None and (d.due or "") == right.due]
        best = max(same, key=lambda d: max(likeness(d.task, cell) for cell in cells), default=None)
        if right is not None and best is not None and is_right(best, right):
            left.remove(best)
            found.append(" | ".join(cells))
    return found


def is_right(row: Deadline, right: Right) -> bool:
    acts = bool({str(a) for a in row.actor} & right.actors) or not right.actors
    return acts and {str(level) for level in row.levels or ()} == right.levels and row.recipient == right.recipient


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_of_a_ruled_table_are_read_cell_by_cell(table: Drawn) -> None:
    wanted = [" | ".join(cells) for cells, right in zip(table.rows, table.right, strict=True) if right is not None]
    assert rows_right(table, document(table, ruled=True)) == wanted


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_whose_cells_nothing_parts(table: Drawn) -> None:
    assert len(rows_right(table, document(table, ruled=False))) >= table.plain


def with_rows(*pages: list[tuple[str, tuple[Stretch, ...]]]) -> Document:
    """Return pages of rows, their cells parted by strokes: the words of a ruled table, cell by cell."""
    made = []
    for number, rows in enumerate(pages, 1):
        at, lines, words, blocks = 0, list[str](), [], []
        for row, stretches in rows:
            start = at
            for line in row.split(" / "):
                for one, cell in zip((s for s in stretches if not s.above), line.split("|"), strict=True):
                    for word in cell.split():
                        words.append((at, word, one.left))
                        at += len(word) + 1
                lines.append(" ".join(line.replace("|", " ").split()))
            blocks.append((start, at - 1, stretches))
        made.append(page(number, lines, words, blocks))
    return Document("0" * 64, "table.pdf", "application/pdf", tuple(made))


def page(
    number: int,
    lines: list[str],
    words: list[tuple[int, str, int]],
    blocks: list[tuple[int, int, tuple[Stretch, ...]]],
) -> Page:
    from corpus.document import BlockKind, Word

    return Page(
        number,
        "\n".join(lines),
        words=tuple(Word(at, at + len(word), None, None, column) for at, word, column in words),
        blocks=tuple(Block(BlockKind.TABLE, a, b, None, stretches) for a, b, stretches in blocks),
    )


def cells(count: int) -> tuple[Stretch, ...]:
    return tuple(Stretch(k, k + 1) for k in range(count))


HEAD = ("TT|Nội dung|Đơn vị thực hiện|Thời gian", cells(4))


def lines_of(document: Document) -> list[str]:
    return [line.text for line in lines_and_rows(document)]


def test_lines_of_a_row_become_one_with_its_cells() -> None:
    found = lines_of(with_rows([HEAD, ("1|Rà soát hồ sơ|Trung tâm GDNN-|Trước / |của trẻ|GDTX|20/9", cells(4))]))
    assert found[1] == "1\tRà soát hồ sơ của trẻ\tTrung tâm GDNN-GDTX\tTrước 20/9"


def test_a_row_that_a_page_cuts_is_one_and_the_head_stands_once() -> None:
    found = lines_of(
        with_rows(
            [HEAD, ("1|Rà soát|Trường|Tháng 9", cells(4)), ("2|Nộp báo cáo về|Các trường|Trước", cells(4))],
            [HEAD, ("|phòng văn hóa|tiểu học|20/9", cells(4)), ("3|Họp|Phòng|Tháng 10", cells(4))],
        )
    )
    rows = ["1\tRà soát\tTrường\tTháng 9", "2\tNộp báo cáo về phòng văn hóa\tCác trường tiểu học\tTrước 20/9"]
    assert found[1:] == [*rows, "3\tHọp\tPhòng\tTháng 10"]


def test_a_row_alone_on_the_next_page_belongs_to_the_table() -> None:
    pages = [HEAD, ("1|Rà soát|Trường|Tháng 9", cells(4))], [("2|Họp|Phòng|Tháng 10", cells(4))]
    assert lines_of(with_rows(*pages))[-1] == "2\tHọp\tPhòng\tTháng 10"


@pytest.mark.parametrize(
    "head",
    ["| TT | Nội dung | .Đơn vị thực hiện | Thời gian", "TT Nội dung .Đơn vị thực hiện Thời gian"],
    ids=["strokes", "plain"],
)
def test_a_head_alone_at_the_foot_of_a_page_is_that_of_the_rows_on_the_next(head: str) -> None:
    rows = with_rows([("1|Rà soát|Trường|Tháng 9", cells(4)), ("2|Họp|Phòng|Tháng 10", cells(4))])
    before = Page(1, f"Thực hiện theo các bước dưới đây:\n{head}")
    found = lines_of(replace(rows, pages=(before, replace(rows.pages[0], number=2))))
    told = "TT\tNội dung\tĐơn vị thực hiện\tThời gian"
    assert found[1:] == [told, "1\tRà soát\tTrường\tTháng 9", "2\tHọp\tPhòng\tTháng 10"]


def test_a_line_that_is_no_head_makes_no_table_of_rows_without_one() -> None:
    rows = with_rows([("1|Lê Văn An|THCS Kim|5/2010", cells(4))])
    before = Page(1, "Danh sách học sinh có tên dưới đây")
    assert lines_of(replace(rows, pages=(before, replace(rows.pages[0], number=2))))[1] == "1 Lê Văn An THCS Kim 5/2010"


def test_a_cell_over_several_rows_stands_in_each_of_them() -> None:
    below = (Stretch(0, 1, True), Stretch(1, 2), Stretch(2, 3, True), Stretch(3, 4))
    found = lines_of(with_rows([HEAD, ("1|Họp|Các trường|Tháng 9", cells(4)), ("Báo cáo|Tháng 10", below)]))
    assert found[-1] == " \tBáo cáo\tCác trường\tTháng 10"


def test_titles_of_two_rows_are_joined() -> None:
    over = (Stretch(0, 1), Stretch(1, 2), Stretch(2, 4))
    under = (Stretch(0, 1, True), Stretch(1, 2, True), Stretch(2, 3), Stretch(3, 4))
    found = lines_of(with_rows([("TT|Nội dung|Thời gian", over), ("Từ|Đến", under), ("1|Thi thử|05/5|07/5", cells(4))]))
    assert found == ["TT\tNội dung\tThời gian Từ\tThời gian Đến", "1\tThi thử\t05/5\t07/5"]


def test_what_is_no_table_of_tasks_stays_as_its_lines() -> None:
    rows = [("TT|Họ và tên|Trường|Ghi chú", cells(4)), ("1|Lê Văn An|THCS Kim|Đạt / ||Đồng|", cells(4))]
    assert lines_of(with_rows(rows)) == ["TT Họ và tên Trường Ghi chú", "1 Lê Văn An THCS Kim Đạt", "Đồng"]


def test_a_calendar_whose_cells_hold_lists_is_left_to_the_calendars() -> None:
    head = ("Tháng|Nội dung|Người thực hiện", cells(3))
    rows = [head, ("9/2023|- Khai giảng năm học|BGH / |- Họp phụ huynh|", cells(3))]
    assert lines_of(with_rows(rows))[1].startswith("9/2023 - Khai giảng")
