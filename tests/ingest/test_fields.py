"""What văn thư puts on a page at its signing: number and day are text, seals are seen by people, notes are neither."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from ingest.pagepng import page_png
from ingest.pages import Limits
from ingest.pdf import PdfFile
from ingest.pdffields import fix_fields
from ingest.pipeline import ReadOptions, read
from tests.ingest.files import pdf, with_field

#: A letterhead with gaps, lines 18.2 points apart, the first at 742.
LINES = (
    "Số:        /KH-PGDĐT",
    "Phú Lâm, ngày        tháng 10 năm 2024",
    "Kính gửi: Hiệu trưởng các trường tiểu học, trung học cơ sở.",
    "Phòng Giáo dục và Đào tạo đề nghị các trường gửi báo cáo trước ngày 20/10/2024.",
)
NUMBER = (105.0, 738.0, 125.0, 755.0)
DAY = (163.0, 719.5, 181.0, 736.5)
SEAL = (360.0, 500.0, 500.0, 580.0)
NOTE = (360.0, 300.0, 380.0, 320.0)


@pytest.fixture(scope="module")
def signed() -> bytes:
    """A page with a number, a day, the box of a signature and a note stuck on it."""
    data = with_field(with_field(pdf([LINES]), NUMBER, "20"), DAY, "07")
    data = with_field(data, SEAL, "Signed by Phong GDDT\nTime: 2024-10-07T08:25:50")
    return with_field(data, NOTE, "", "/Text")


def test_a_number_and_a_day_stand_in_their_lines(signed: bytes) -> None:
    text = read(signed, "ke-hoach.pdf", options=ReadOptions()).pages[0].text
    assert "20 /KH-PGDĐT" in text and "ngày 07 tháng 10 năm 2024" in text


def test_a_number_in_a_field_with_room_around_it_stands_in_its_line() -> None:
    data = with_field(pdf([LINES]), (101.0, 725.0, 132.0, 755.0), "138")
    assert "138 /KH-PGDĐT" in read(data, "ke-hoach.pdf", options=ReadOptions()).pages[0].text


def test_the_words_of_a_signature_are_no_text(signed: bytes) -> None:
    text = read(signed, "ke-hoach.pdf", options=ReadOptions()).pages[0].text
    assert "Signed" not in text and "2024-10-07" not in text


def _inked(pixels: np.ndarray, box: tuple[float, float, float, float], dpi: float) -> bool:
    left, bottom, right, top = (round(v * dpi / 72) for v in box)
    height = round(842 * dpi / 72)
    part = pixels[height - top : height - bottom, left:right]
    return bool((part.min(axis=-1) < 128).sum() > 20)


def test_pictures_for_people_show_seals_those_for_reading_do_not(signed: bytes) -> None:
    with Image.open(io.BytesIO(page_png(signed, PdfFile.media_type, 1, dpi=100))) as image:
        shown = np.array(image.convert("RGB"))
    opened = PdfFile(signed, Limits())
    try:
        opened.page(1)
        drawn = opened.picture(1, 100)
        again = opened.picture(1, 100)
    finally:
        opened.close()
    places = (NUMBER, DAY, SEAL, NOTE)
    assert [_inked(shown, box, 100) for box in places] == [True, True, True, False]
    assert [_inked(drawn.pixels, box, 100) for box in places] == [True, True, False, False]
    assert np.array_equal(drawn.pixels, again.pixels)


def test_what_is_drawn_by_hand_on_an_empty_page_makes_it_one_with_something() -> None:
    opened = PdfFile(with_field(pdf([[]]), SEAL, "", "/Ink"), Limits())
    try:
        assert not opened.page(1).blank
    finally:
        opened.close()


def test_pages_without_fields_stay_as_they_are() -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf([LINES]))
    assert fix_fields(document[0], seals=True) is False


def test_letters_that_only_look_vietnamese_become_so() -> None:
    opened = PdfFile(pdf([["Các trƣờng chất lƣợng cao, Ðội tuyển"]]), Limits())
    try:
        words = " ".join(token.text for token in opened.page(1).tokens)
    finally:
        opened.close()
    assert words == "Các trường chất lượng cao, Đội tuyển"
