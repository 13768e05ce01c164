"""Ruled tables whose cells are known: those of the samples, and made ones as offices draw them.

    python -m tests.ingest.tables

prints one JSON line a kind of page: how many cells come out word for word, from the words whose middle lies in them,
and how many rows come out as blocks of their own, in order.
"""

from __future__ import annotations

import io
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.document import BlockKind, Box, Page
from ingest.ocr import OcrEngine, Tesseract
from ingest.pages import Pixels
from ingest.pipeline import ReadOptions, read, read_page
from ingest.reader import open_file

SAMPLES = (("2022-truong-y-te", 2), ("2024-so-tuyen-sinh", 2))
KINDS = ("digital", "scan", "photo")

#: Rows of made tables; None goes on with the cell on its left, "^" with the one above.
MADE: dict[str, tuple[Sequence[float], Sequence[Sequence[str | None]]]] = {
    # Numbers and units stand half-way down their rows, which is how a word processor centres them.
    "centred": (
        (30, 190, 110, 95),
        [
            ["TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian"],
            ["1", "Rà soát hồ sơ học sinh chuyển trường, lập danh sách gửi Phòng Giáo dục và Đào tạo để theo dõi",
             "Bộ phận văn thư", "Trước ngày 12/9/2023"],
            ["2", "Kiểm tra thiết bị dạy học", "Tổ trưởng các tổ chuyên môn, nhân viên thiết bị, bảo vệ nhà trường",
             "Trong tháng 10/2023"],
            ["3", "Họp cha mẹ học sinh đầu năm", "Giáo viên chủ nhiệm", "16/9/2023"],
        ],
    ),
    "merged": (
        (30, 120, 60, 60, 60, 95),
        [
            ["TT", "Trường", "Số học sinh", None, None, "Ghi chú"],
            ["^", "^", "Tổng số", "Nữ", "Dân tộc", "^"],
            ["1", "THCS Hòa Bình", "1.204", "598", "37", ""],
            ["2", "THCS Lê Lợi", "865", "431", "5", "Có hai điểm trường"],
            ["3", "THCS Kim Đồng", "97", "48", "90", ""],
            ["Cộng", None, "2.166", "1.077", "132", ""],
        ],
    ),
    "numbers": (
        (30, 60, 45, 45, 45, 45, 45, 45, 70),
        [
            ["TT", "Lớp", "Sĩ số", "Giỏi", "Khá", "Đạt", "Chưa", "Vắng", "Tỉ lệ"],
            *[
                [str(k), f"{6 + k // 4}A{k % 4 + 1}", str(31 + k), str(k % 7 + 3), str(14 - k % 5), str(9 + k % 6),
                 str(k % 3), "x" if k % 4 == 0 else "-", f"{97.5 - k:.1f}%"]
                for k in range(1, 15)
            ],
        ],
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell: its text and where it stands on the page (points); ``row`` counts from 0."""

    text: str
    box: Box
    row: int


def sample(name: str, number: int) -> list[Drawn]:
    """Return the cells of the table on a page of a sample."""
    from corpus.samples.layout import lay_out
    from corpus.samples.source import load

    source = load(name)
    rules = lay_out(source)[number - 1].rules
    xs = sorted({x0 for x0, y0, x1, y1, _ in rules if x0 == x1})
    ys = sorted({y0 for x0, y0, x1, y1, _ in rules if y0 == y1 and (x0, x1) == (xs[0], xs[-1])})
    (table,) = (block.table for block in source.body if block.table is not None)
    return [
        Drawn(text, Box(xs[k], ys[r], xs[k + 1], ys[r + 1]), r)
        for r, row in enumerate(table.rows)
        for k, text in enumerate(row)
    ]


def made(name: str) -> tuple[bytes, list[Drawn]]:
    """Return a digital page with a made table below a line of text, and its cells."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph, Table

    from corpus.samples.fonts import register

    font = register()["regular"]
    widths, rows = MADE[name]
    spans = _spans(rows)
    style = ParagraphStyle("cell", fontName=font, fontSize=12, leading=14.4)
    centred = ParagraphStyle("centred", style, alignment=1)
    cells = [[Paragraph(t, style if len(t) > 24 else centred) if t and t != "^" else "" for t in row] for row in rows]
    table: Any = Table(cells, colWidths=list(widths))
    commands: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    table.setStyle([*commands, *(("SPAN", (c, r), (c1 - 1, r1 - 1)) for r, c, r1, c1 in spans)])
    buffer = io.BytesIO()
    first: Any = font  # the stubs want a number here
    canvas = Canvas(buffer, pagesize=(595.28, 841.89), initialFontName=first)
    canvas.setFont(font, 13)
    canvas.drawString(85, 760, "Phân công nhiệm vụ cho các bộ phận trong năm học như sau:")
    _, high = table.wrapOn(canvas, 480, 600)
    table.drawOn(canvas, 85, 740 - high)
    canvas.setFont(font, 13)
    canvas.drawString(85, 715 - high, "Các bộ phận thực hiện nghiêm túc, đúng thời gian nêu trên.")
    canvas.save()
    xs = [85 + sum(widths[:k]) for k in range(len(widths) + 1)]
    ys = [101.89]
    for tall in table._rowHeights:
        ys.append(ys[-1] + tall)
    drawn = [Drawn(str(rows[r][c]), Box(xs[c], ys[r], xs[c1], ys[r1]), r) for r, c, r1, c1 in spans]
    return buffer.getvalue(), drawn


def _spans(rows: Sequence[Sequence[str | None]]) -> list[tuple[int, int, int, int]]:
    """Return (row, column, row after, column after) of every cell."""
    found = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None or text == "^":
                continue
            right = c + 1
            while right < len(row) and row[right] is None:
                right += 1
            below = r + 1
            while below < len(rows) and rows[below][c] == "^":
                below += 1
            found.append((r, c, below, right))
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """A page with a table: as read from its picture, as its digital original has it, and the cells of the table."""

    name: str
    page: Page
    original: Page
    cells: list[Drawn]


def cases(kind: str, *, samples: bool = True, only: str = "") -> Iterator[Case]:
    """Yield all pages in one kind, or those of one name, or the made ones."""
    from corpus.samples import degrade
    from corpus.samples.builder import build_pdf, page_images
    from corpus.samples.drawing import render
    from corpus.samples.layout import lay_out
    from corpus.samples.source import load

    for name, number in SAMPLES if samples else ():
        if only not in ("", name):
            continue
        source = load(name)
        original = read(build_pdf(source, lay_out(source), "digital"), f"{name}.pdf").pages[number - 1]
        page = original if kind == "digital" else picture_read(page_images(name, kind)[number - 1])
        yield Case(name, page, original, sample(name, number))
    for name in MADE:
        if only not in ("", name):
            continue
        data, cells = made(name)
        page = original = read(data, f"{name}.pdf").pages[0]
        if kind != "digital":
            rng = np.random.default_rng(zlib.crc32(name.encode()))
            spoil = degrade.scan if kind == "scan" else degrade.photo
            page = picture_read(spoil(render(data)[0], rng))
        yield Case(name, page, original, cells)


def picture_read(pixels: Pixels, engine: OcrEngine | None = None) -> Page:
    """Read a page picture of 200 dpi as a file of its own."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", dpi=(200, 200))
    opened = open_file(buffer.getvalue(), "a.png")
    try:
        return read_page(opened, 1, options=ReadOptions(engine=engine or Tesseract()))
    finally:
        opened.close()


def cells_read(case: Case) -> list[tuple[str, str]]:
    """Return every cell's text as drawn and as read: the words of the page whose middle lies in it.

    A picture shows the page moved, turned or bent; where to is found from words that the page has once.
    """
    place = _places(case.page, case.original)
    found: list[list[str]] = [[] for _ in case.cells]
    for text, at in _middles(case.page):
        x, y = at if case.page is case.original else place(at)
        for k, cell in enumerate(case.cells):
            if cell.box.x0 <= x < cell.box.x1 and cell.box.y0 <= y < cell.box.y1:
                found[k].append(text)
    return [(cell.text, " ".join(words)) for cell, words in zip(case.cells, found, strict=True)]


def rows_right(page: Page, cells: Sequence[Drawn]) -> tuple[int, int]:
    """Return how many rows of the table are a block with the words of all their cells, and how many there are."""
    wanted: dict[int, list[str]] = {}
    for cell in cells:
        wanted.setdefault(cell.row, []).extend(cell.text.split())
    blocks = [page.text[b.start : b.end].split() for b in page.blocks if b.kind is BlockKind.TABLE]
    at = right = 0
    for _, words in sorted(wanted.items()):
        here = next((k for k in range(at, len(blocks)) if sorted(blocks[k]) == sorted(words)), None)
        if here is not None:
            at, right = here + 1, right + 1
    return right, len(wanted)


def _middles(page: Page) -> list[tuple[str, tuple[float, float]]]:
    return [
        (page.text[w.start : w.end], ((w.box.x0 + w.box.x1) / 2, (w.box.y0 + w.box.y1) / 2))
        for w in page.words
        if w.box is not None
    ]


def _places(page: Page, original: Page) -> Callable[[tuple[float, float]], tuple[float, float]]:
    """Return the way from a point of the page to that of its original."""
    import cv2

    counts = [Counter(text for text, _ in _middles(one)) for one in (page, original)]
    ours, theirs = dict(_middles(page)), dict(_middles(original))
    common = [text for text in ours if counts[0][text] == counts[1][text] == 1]
    pairs = np.array([ours[text] for text in common]), np.array([theirs[text] for text in common])
    plane, _ = cv2.findHomography(*pairs, cv2.RANSAC, 2.0)

    def place(at: tuple[float, float]) -> tuple[float, float]:
        x, y, w = np.asarray(plane) @ np.array([*at, 1.0])
        return float(x / w), float(y / w)

    return place


def main() -> None:
    """Measure and print."""
    for kind in KINDS:
        cells = rows = all_rows = 0
        wrong: list[tuple[str, str, str]] = []
        for case in cases(kind):
            found = cells_read(case)
            wrong += [(case.name, text, read_as) for text, read_as in found if text != read_as]
            good, of = rows_right(case.page, case.cells)
            cells, rows, all_rows = cells + len(found), rows + good, all_rows + of
        line = {"kind": kind, "cells": cells, "right": cells - len(wrong), "rows": all_rows, "rows_right": rows}
        print(json.dumps(line | {"wrong": wrong}, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
