"""Keep, repair or read anew: right on every kind of page that offices have."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from corpus.document import Decision, Page
from corpus.text import TONES, nfc
from ingest.legacy import Scheme
from ingest.ocr import OcrWord
from ingest.pages import Pixels
from ingest.pipeline import ReadOptions, read
from ingest.textlayer import Mode
from tests.ingest import files
from tests.ingest.test_legacy import coded
from tests.ingest.test_pipeline import Marks
from tests.ingest.test_quality import FOREIGN, without_marks, without_tones

GOOD = (
    *files.LINES,
    "Các phòng chuyên môn theo dõi, đôn đốc và tổng hợp tình hình gửi về",
    "Văn phòng trước ngày 20 hằng tháng để trình lãnh đạo Sở xem xét.",
)
MIXED = (
    "Giáo viên dùng Google Classroom, Microsoft Teams và Zoom để tổ chức",
    "lớp học trực tuyến; cài đặt app Padlet, Quizizz, Kahoot trên smartphone",
    "theo hướng dẫn tại website, gửi file Excel qua email trước ngày 5/10.",
    "Học sinh H'Hen Niê, Y Ban Kpă, Ksor Hnhan đạt giải cuộc thi Robotics",
    "và STEM Day cấp tỉnh năm học 2022-2023 do nhà trường tổ chức.",
)
TABLE = tuple(f"{k}   THPT số {k}   {k * 37}   {k * 1.5:.1f}%   12/9/2022   {k}.250.000" for k in range(1, 12))


def wrong_tones(lines: Sequence[str], share: float = 0.5) -> list[str]:
    """Return the lines with other tones on a share of the syllables that have one."""
    chance = random.Random(4)

    def word(text: str) -> str:
        if chance.random() > share:
            return text
        parts = unicodedata.normalize("NFD", text)
        return nfc("".join(chance.choice(TONES) if c in TONES else c for c in parts))

    return [" ".join(map(word, line.split())) for line in lines]


@dataclass
class Eyes:
    """An engine that reads given lines from every picture, one below the other."""

    lines: Sequence[str]
    version: str = "eyes 1"

    def words(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        return [
            OcrWord(word, (50.0 * k, 40.0 * row, 50.0 * k + 45, 40.0 * row + 30), 0.9, row)
            for row, line in enumerate(self.lines)
            for k, word in enumerate(line.split())
        ]


def decided(data: bytes, seen: Sequence[str], mode: Mode = Mode.AUTO) -> Page:
    """Return the page as read; ``seen`` is what its picture says."""
    options = ReadOptions(engine=Eyes(seen), restorer=Marks, mode=mode)
    return read(data, "a.pdf", options=options).pages[0]


@pytest.mark.parametrize("lines", [GOOD, MIXED, TABLE, [FOREIGN] * 4, ["PHỤ LỤC I"], ["12"], wrong_tones(GOOD, 0.0)])
def test_good_digital_pages_are_kept(lines: Sequence[str]) -> None:
    assert decided(files.pdf([lines], size=11), ["đã đọc lại từ hình"]).decision is Decision.KEEP


DAMAGED = {
    "marks lost": [without_marks(line) for line in GOOD],
    "tones lost": [without_tones(line) for line in GOOD],
    "tones lost in every other line": [without_tones(line) if k % 2 else line for k, line in enumerate(GOOD)],
    "wrong tones": wrong_tones(GOOD),
    "tones lost among foreign words": [without_tones(line) for line in MIXED],
}


@pytest.mark.parametrize("lines", DAMAGED.values(), ids=DAMAGED)
def test_damaged_text_that_looks_as_it_reads_is_repaired(lines: Sequence[str]) -> None:
    page = decided(files.pdf([lines], size=11), lines)
    assert page.decision is Decision.REPAIR and "phục hồi dấu" in page.reason


@pytest.mark.parametrize("lines", DAMAGED.values(), ids=DAMAGED)
def test_damaged_text_that_looks_right_is_read_anew(lines: Sequence[str]) -> None:
    page = decided(files.pdf([lines], size=11), GOOD)
    assert page.decision is Decision.OCR and page.text.split() == " ".join(GOOD).split()
    assert decided(files.pdf([lines], size=11), GOOD, Mode.REPAIR).decision is Decision.REPAIR


@pytest.mark.parametrize("lines", DAMAGED.values(), ids=DAMAGED)
def test_a_scan_under_a_damaged_layer_is_read_anew(lines: Sequence[str]) -> None:
    assert decided(files.scanned_pdf(GOOD, lines), GOOD).decision is Decision.OCR


def test_a_scan_under_a_good_layer_is_kept() -> None:
    assert decided(files.scanned_pdf(GOOD, GOOD), ["khác"]).decision is Decision.KEEP
    assert decided(files.scanned_pdf(MIXED, MIXED), ["khác"]).decision is Decision.KEEP
    assert decided(files.scanned_pdf([FOREIGN] * 3, [FOREIGN] * 3), ["khác"]).decision is Decision.KEEP


def test_a_scan_without_a_layer_or_with_a_signature_only_is_read() -> None:
    assert decided(files.scanned_pdf(GOOD), GOOD).decision is Decision.OCR
    signed = ["Người ký: SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Email: vanthu@so.example.vn", "Ngày ký: 12-09-2022 10:20:30 +07:00"]
    for layer in (signed, signed * 2):
        page = decided(files.scanned_pdf(GOOD * 3, layer, top=200), GOOD)
        assert page.decision is Decision.OCR and "Sở" in page.text


SHIFTED: dict[str, Callable[[str], str] | None] = {
    "private use": lambda c: chr(0xE100 + ord(c) % 256) if c.isalpha() else c,
    "shifted letters": lambda c: chr(0x21 + (ord(c) * 7) % 90) if c.isalpha() else c,
    "greek": lambda c: chr(0x391 + ord(c) % 40) if c.isalpha() else c,
    "unmapped": lambda c: "\ufffd" if c.isalpha() else c,
    "nothing": None,
}


@pytest.mark.parametrize("label", SHIFTED.values(), ids=SHIFTED)
def test_letters_in_no_known_code_are_read_from_the_picture(label: Callable[[str], str] | None) -> None:
    page = decided(files.relabelled(files.pdf([GOOD], size=11), label), GOOD)
    assert page.decision is Decision.OCR
    assert page.text.split() == " ".join(GOOD).split()


def blanks(letters: str) -> Callable[[str], str]:
    """Return what a font says that calls these letters blanks."""
    return lambda c: " " if c in letters else c


def test_letters_that_the_font_calls_blanks_are_read_from_the_picture() -> None:
    page = decided(files.relabelled(files.pdf([GOOD], size=11), blanks("lđảôổộ")), GOOD)
    assert page.decision is Decision.OCR and "mất nhiều chữ cái" in page.reason
    assert page.text.split() == " ".join(GOOD).split()


def test_a_few_lost_letters_are_shown_and_a_sign_alone_says_nothing() -> None:
    lines = [*GOOD * 3, "• Zulu", "• Zulu", "• Zulu", "• Zulu", "• Zulu"]
    page = decided(files.relabelled(files.pdf([lines], size=9), blanks("•")), ["khác"])
    assert page.decision is Decision.KEEP and page.text.split("\n")[-1] == "Zulu" and "\ufffd" not in page.text
    page = decided(files.relabelled(files.pdf([[*GOOD * 3, "Zulu"]], size=9), blanks("Z")), ["khác"])
    assert page.decision is Decision.KEEP and page.text.split("\n")[-1] == "\ufffdulu"


@pytest.mark.parametrize(
    ("scheme", "font"),
    [
        (Scheme.TCVN3, ".VnTime"),
        (Scheme.VNI, "VNI-Times"),
        (Scheme.TCVN3, "F1"),
        (Scheme.VNI, "F1"),
        (Scheme.VISCII, "F1"),
    ],
)
def test_old_codes_become_unicode_with_every_word_in_its_place(scheme: Scheme, font: str) -> None:
    plain = files.pdf([GOOD], size=11)
    before = decided(plain, ["khác"])
    after = decided(files.relabelled(plain, lambda c: coded(c, scheme), font), ["khác"])
    assert after.decision is Decision.KEEP and after.text == before.text
    assert [word.box for word in after.words] == [word.box for word in before.words]
    assert "Unicode" in after.reason


def test_only_the_words_in_the_old_font_change() -> None:
    """A page of two fonts: the second line is drawn by an old one."""
    first, second = files.pdf([GOOD[:4]], size=11), files.pdf([["", "", "", "", "", *GOOD[4:]]], size=11)
    old = files.relabelled(second, lambda c: coded(c, Scheme.TCVN3), ".VnTimeH")
    page = decided(files.overlaid(first, old), ["khác"])
    assert page.text == "\n".join([*GOOD[:4], *(line.upper() for line in GOOD[4:])])


@pytest.mark.slow
def test_a_page_with_wrong_labels_is_read_by_tesseract() -> None:
    data = files.relabelled(files.pdf([GOOD]), lambda c: without_tones(c))
    page = read(data, "a.pdf", options=ReadOptions(restorer=Marks)).pages[0]
    assert page.decision is Decision.OCR
    right = set(" ".join(GOOD).split())
    assert sum(word in right for word in page.text.split()) >= 0.95 * len(page.text.split())
