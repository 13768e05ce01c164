"""Footnote marks on pictures: raised numbers at the end of words and at the beginning of notes."""

from __future__ import annotations

import io

import numpy as np
import pytest

from corpus.document import BlockKind
from corpus.samples import degrade
from corpus.samples.builder import page_images
from ingest.notes import _agreed, _noted
from ingest.ocr import OcrWord, Tesseract
from ingest.pages import Limits, Picture, Pixels
from ingest.recognise import Reading, recognise


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        ([1, 2, 3], [1, 2, 3], [1, 2, 3, 1, 2, 3]),
        ([1, 8, 3], [1, 2, None], [1, 2, 3, 1, 2, 3]),  # notes count up, and there are as many marks
        ([4, 5], [4, 5, 6], [4, 5, 4, 5, 6]),
        ([7, None], [4, 5, 6], [None, None, 4, 5, 6]),  # a 7 that no note has
        ([5, 4], [4, 5, 6], [5, None, 4, 5, 6]),  # marks do not go back
        ([1, 2], [None, None], [None, None, None, None]),
    ],
)
def test_a_number_counts_where_the_notes_have_it(
    ours: list[int | None], theirs: list[int | None], wanted: list[int | None]
) -> None:
    assert _agreed(ours, theirs) == wanted


@pytest.mark.parametrize(("signs", "wanted"), [([True], [1, 1]), ([False], [None, 1])])
def test_a_mark_that_cannot_be_read_counts_where_a_sign_was_read_for_it(
    signs: list[bool], wanted: list[int | None]
) -> None:
    assert _agreed([None], [1], signs) == wanted


@pytest.mark.parametrize(
    ("text", "number", "covers", "wanted"),
    [
        ("định!", 1, True, "định1"),
        ("định", 1, False, "định1"),
        ("định,", 12, False, "định12,"),
        ("kỳ?:", 3, True, "kỳ3:"),
        ("7”;", 2, True, "72;"),
        ("72;", 2, True, "72;"),
        ("2022", 3, False, "20223"),
        ("QH142", 2, True, "QH142"),
        ("địnhl", 1, True, "định1"),
        ("“quy”'", 4, True, "“quy”4"),
    ],
)
def test_the_mark_takes_the_place_of_what_was_read_for_it(text: str, number: int, covers: bool, wanted: str) -> None:
    word = OcrWord(text, (10.0, 10.0, 60.0, 30.0), 0.9, 0)
    assert _noted(word, number, "", covers=covers, right=64.0).text == wanted


def drawn(first: int) -> Pixels:
    """Return a page of text with two notes, and with signs that stand as high as marks and are none."""
    from reportlab.pdfgen.canvas import Canvas

    from corpus.samples.drawing import render
    from corpus.samples.fonts import register

    font = register()["regular"]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595.28, 841.89))

    def line(parts: list[str], y: float, size: float) -> None:
        x = 85.0
        for k, part in enumerate(parts):
            small = size * 0.62 if k % 2 else size
            canvas.setFont(font, small)
            canvas.drawString(x, 841.89 - y + (0.55 * small if k % 2 else 0), part)
            x += canvas.stringWidth(part, font, small)

    body = [
        ["Nhà trường tổ chức khám sức khỏe cho học sinh theo quy định", str(first), " hiện hành, bảo đảm"],
        ["đúng thời gian; 100% học sinh được khám, phòng học giữ ở 25°C, “thoáng mát” và đủ"],
        ["ánh sáng. Kết quả khám được gửi về Phòng Giáo dục và Đào tạo", str(first + 1), "; hồ sơ lưu tại trường."],
        ["Hiệu trưởng các trường chịu trách nhiệm kiểm tra việc thực hiện và báo cáo kịp thời."],
    ]
    for k in range(12):
        line(body[k] if k < len(body) else body[3], 90 + 22 * k, 13.5)
    line(["", str(first), " Thông tư số 13/2016/TTLT-BYT-BGDĐT về công tác y tế trường học."], 720, 10.5)
    line(["", str(first + 1), " Theo mẫu kèm theo Công văn của Sở Giáo dục và Đào tạo."], 736, 10.5)
    canvas.save()
    return degrade.scan(render(buffer.getvalue())[0], np.random.default_rng(first))


def read(pixels: Pixels) -> Reading:
    return recognise(Picture(pixels, 200.0), Tesseract(), Limits())


@pytest.mark.slow
@pytest.mark.parametrize("first", [1, 6, 11])
def test_marks_are_read_and_tied_to_their_notes(first: int) -> None:
    laid = read(drawn(first)).laid
    assert f"định{first} hiện" in laid.text and f"tạo{first + 1};" in laid.text
    assert "100%" in laid.text and "mát”" in laid.text and "°C" in laid.text
    (notes,) = (laid.text[b.start : b.end] for b in laid.blocks if b.kind is BlockKind.FOOTNOTE)
    assert [note.split()[:2] for note in notes.split("\n")] == [[str(first), "Thông"], [str(first + 1), "Theo"]]


@pytest.mark.slow
def test_the_marks_of_a_scanned_sample() -> None:
    text = read(page_images("2022-truong-y-te", "scan")[0]).laid.text
    assert "quy định1 từ" in text and "lớp 72;" in text and "học kỳ3" in text
    assert [line[:2] for line in text.split("\n")[-5:] if line[1] == " "] == ["1 ", "2 ", "3 "]
