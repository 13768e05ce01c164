"""Ruled tables: which lines part which cells, and cells read one by one, on drawn pages and on pictures of them."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.document import BlockKind, Box
from ingest.cells import without_specks
from ingest.grid import ruled, tables_of
from ingest.layout import lay_out
from ingest.pages import Token
from tests.floors import assert_floor
from tests.ingest import tables


def strokes(xs: list[float], ys: list[float]) -> list[Box]:
    """Return the lines of a full grid."""
    level = [Box(xs[0], y - 0.3, xs[-1], y + 0.3) for y in ys]
    return level + [Box(x - 0.3, ys[0], x + 0.3, ys[-1]) for x in xs]


def token(text: str, x: float, y: float, run: int) -> Token:
    return Token(text, Box(x, y, x + 6.0 * len(text), y + 12), run)


def test_lines_that_cross_part_cells() -> None:
    (table,) = ruled(strokes([60, 100, 300, 500], [100, 140, 200]), 595, 842)
    assert [(c.top, c.left) for c in table.cells] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert table.cell_at(Box(110, 150, 130, 160)) == 4
    assert table.cell_at(Box(20, 150, 40, 160)) is None


def test_a_missing_wall_makes_one_cell_of_two() -> None:
    lines = [box for box in strokes([60, 100, 300, 500], [100, 140, 200, 240]) if box.x1 - box.x0 > 1 or box.x0 > 101]
    lines += [Box(59.7, 100, 60.3, 240), Box(99.7, 140, 100.3, 240)]
    (table,) = ruled(lines, 595, 842)
    first = table.cells[0]
    assert (first.left, first.right, first.top, first.bottom) == (0, 2, 0, 1)
    assert len(table.cells) == 8


def test_a_table_open_at_its_sides_is_closed_by_the_ends_of_its_lines() -> None:
    lines = [box for box in strokes([60, 100, 300, 500], [100, 140, 200]) if box.x1 - box.x0 > 1 or 61 < box.x0 < 499]
    (table,) = ruled(lines, 595, 842)
    assert len(table.cells) == 6 and table.box.x0 < 62 and table.box.x1 > 498


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [Box(200, 100, 300, 100.6), Box(350, 120, 450, 120.6)],  # under the names of the letterhead
        strokes([60, 500], [100, 700]),  # a frame around the page
        strokes([60, 200], [100, 130, 160]),  # a stamp: one column
        [Box(60, 100, 200, 100.6), Box(300, 300, 300.6, 500), Box(60, 700, 200, 700.6)],  # lines that do not meet
    ],
)
def test_what_is_no_table(lines: list[Box]) -> None:
    assert ruled(lines, 595, 842) == ()


def test_a_solid_mask_is_no_table() -> None:
    solid = np.ones((400, 400), np.uint8)
    assert tables_of(solid, solid, 100.0) == ()


def test_a_number_half_way_down_its_row_comes_first() -> None:
    (table,) = ruled(strokes([60, 100, 300, 500], [100, 160, 220]), 595, 842)
    tokens = [
        token("1", 76, 124, 0), token("Rà", 110, 106, 1), token("soát", 110, 124, 2), token("xong", 110, 142, 3),
        token("Văn", 310, 115, 4), token("thư", 310, 133, 5),
        token("2", 76, 184, 6), token("Họp", 110, 184, 7), token("Tổ", 310, 184, 8),
        token("Sau", 60, 240, 9), token("đó", 90, 240, 9),
    ]  # fmt: skip
    laid = lay_out(tokens, 595, 842, tables=(table,))
    assert laid.text.split("\n") == ["1 Rà Văn", "soát thư", "xong", "2 Họp Tổ", "Sau đó"]
    assert [block.kind for block in laid.blocks] == [BlockKind.TABLE, BlockKind.TABLE, BlockKind.BODY]
    assert lay_out(tokens, 595, 842).text.split("\n")[0] != "1 Rà Văn"


def test_a_letterhead_in_a_frame_is_still_a_letterhead() -> None:
    (table,) = ruled(strokes([40, 290, 560], [40, 80, 120]), 595, 842)
    left, right = ("SỞ GIÁO DỤC", "Số: 5/SGDĐT"), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "Độc lập - Tự do - Hạnh phúc")
    tokens = []
    for k in range(2):
        for run, (text, x) in enumerate(((left[k], 60.0), (right[k], 310.0)), 2 * k):
            for word in text.split():
                tokens.append(token(word, x, 52 + 40 * k, run))
                x += 6.0 * len(word) + 4
    laid = lay_out(tokens, 595, 842, tables=(table,))
    assert laid.text.split("\n") == [*left, *right]
    assert laid.blocks[0].kind is BlockKind.LETTERHEAD


def test_specks_go_and_points_and_dashes_stay() -> None:
    page = np.full((200, 400), 250, np.uint8)
    page[90:110, 40:52] = 20  # a letter,
    page[106:110, 55:59] = 20  # its full stop,
    page[98:101, 150:162] = 20  # a dash
    wanted = page.copy()
    page[60:64, 300:304] = 20
    assert (without_specks(page, 200.0) < 100).sum() == (wanted < 100).sum()


def test_drawn_tables_come_out_cell_by_cell() -> None:
    for case in tables.cases("digital"):
        assert [(text, found) for text, found in tables.cells_read(case) if text != found] == []
        right, rows = tables.rows_right(case.page, case.cells)
        assert right == rows, case.name


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["scan", "photo"])
def test_pictures_of_tables_are_read_cell_by_cell(kind: str) -> None:
    found = [pair for case in tables.cases(kind, samples=False) for pair in tables.cells_read(case)]
    assert_floor(f"tables {kind}: cells", sum(text == read_as for text, read_as in found) / len(found))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, _ in tables.SAMPLES])
def test_the_table_of_a_scanned_sample_has_its_rows(name: str) -> None:
    (case,) = tables.cases("scan", only=name)
    right, rows = tables.rows_right(case.page, case.cells)
    assert right >= rows - 1
