"""Titles over signatures that a stroke made part of a picture."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.samples.fonts import file_of
from ingest.ocr import OcrWord, Tesseract
from ingest.pages import Pixels
from ingest.pixels import Cleaned
from ingest.signtitle import TITLES, nearest_title, with_title

DPI = 200


@pytest.mark.parametrize(
    ("read", "title"),
    [
        ("KT.GIÁMĐỌC", "KT. GIÁM ĐỐC"),
        ("PHÓGLÁMĐỌC", "PHÓ GIÁM ĐỐC"),
        ("TRƯƠNG PHÒNG", "TRƯỞNG PHÒNG"),
        ("HIỆUTRƯỚNG", "HIỆU TRƯỞNG"),
        ("KT.CHỦ TỊCH", "KT. CHỦ TỊCH"),
        ("PHÒNG GIÁO DỤC VÀ", None),
        ("CỘNG HÒA XHCN", None),
        ("ĐÀO TẠO", None),
        ("ĐỐC", None),
    ],
)
def test_a_line_that_is_nearly_a_title(read: str, title: str | None) -> None:
    assert nearest_title(read) == title


@pytest.mark.parametrize("title", TITLES)
def test_every_title_is_its_own(title: str) -> None:
    assert nearest_title(title) == title


@dataclass
class Cells:
    """Counts how often it is asked and reads nothing."""

    asked: list[tuple[int, ...]] = field(default_factory=list)

    def cells(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        self.asked.append(pixels.shape)
        return []


def signed(title: str, ring: bool) -> tuple[Cleaned, list[OcrWord]]:
    """Return the lower part of a page with a title under a ring, and the words that were read of it."""
    image = Image.new("L", (round(8.27 * DPI), 600), 255)
    pen = ImageDraw.Draw(image)
    plain, bold = (ImageFont.truetype(str(file_of(kind)), round(13 / 72 * DPI)) for kind in ("regular", "bold"))
    pen.text((150, 200), "Nơi nhận:", 0, plain)
    pen.text((1000, 195), title, 0, bold)
    if ring:
        pen.ellipse((960, 205, 1210, 455), outline=0, width=3)
        pen.line((1180, 430, 1420, 150), fill=0, width=3)
    words = [OcrWord("Nơi", (150, 205, 205, 235), 0.95, 1), OcrWord("nhận:", (215, 205, 310, 235), 0.95, 1)]
    return Cleaned(np.asarray(image), DPI, np.eye(3)), words


def test_a_title_under_a_ring_is_read() -> None:
    page, words = signed("TRƯỞNG PHÒNG", ring=True)
    found = with_title(page, words, Tesseract(), 20)
    assert [word.text for word in found] == ["Nơi", "nhận:", "TRƯỞNG", "PHÒNG"]
    left, right = found[-2].box, found[-1].box
    assert 950 < left[0] < left[2] < right[0] < right[2] < 1400 and 180 < left[1] < left[3] < 260


def test_a_title_that_was_read_is_not_read_again() -> None:
    page, words = signed("GIÁM ĐỐC", ring=False)
    engine = Cells()
    read = [*words, OcrWord("GIÁM", (1000, 200, 1100, 230), 0.9, 1), OcrWord("ĐỐC", (1110, 200, 1190, 230), 0.9, 1)]
    assert with_title(page, read, engine, 20) is read and not engine.asked


def test_without_ink_or_recipients_nothing_is_read() -> None:
    page, words = signed("", ring=False)
    engine = Cells()
    assert with_title(page, words, engine, 20) is words
    page, _ = signed("GIÁM ĐỐC", ring=True)
    other = [OcrWord("Kính", (150, 205, 205, 235), 0.95, 1), OcrWord("gửi:", (215, 205, 310, 235), 0.95, 1)]
    assert with_title(page, other, engine, 20) is other and not engine.asked
