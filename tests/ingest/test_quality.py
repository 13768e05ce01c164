"""The judgement of text quality on small texts written here, clean and damaged in each known way."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import TONES, nfc
from ingest.evidence import common_syllables
from ingest.quality import Verdict, assess

CLEAN = (
    "Các cơ sở giáo dục chủ động xây dựng kế hoạch ứng dụng công nghệ thông tin của đơn vị mình, bảo đảm an toàn dữ "
    "liệu cá nhân của học sinh và giáo viên, định kỳ hằng quý báo cáo kết quả thực hiện về phòng quản lý để tổng hợp."
)
ENGLISH_OCR = (
    "Cac co sé gido duc chu dong xdy dyng ké hoach tmg dung cong nghé théng tin cua don vi minh, bao dam an toan dit "
    "liéu cd nhan cua hoc sinh va gido vién, dinh ky hang quy bdo cdo két qua thuc hién vé phong quan ly dé tong hgp."
)
FOREIGN = "The school shall keep a written record of every visit and send a copy of it to the office within a week."


def without_marks(text: str) -> str:
    """Return ``text`` without any mark, as people type queries."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def without_tones(text: str) -> str:
    """Return ``text`` with letter marks kept and tones lost."""
    return nfc("".join(c for c in unicodedata.normalize("NFD", text) if c not in TONES))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (CLEAN, Verdict.GOOD),
        (CLEAN.upper(), Verdict.GOOD),
        (ENGLISH_OCR, Verdict.BROKEN),
        (without_marks(CLEAN), Verdict.BROKEN),
        (without_tones(CLEAN), Verdict.BROKEN),
        (CLEAN.translate(str.maketrans("ếữảơáộ", "ềừạờãổ")), Verdict.BROKEN),
        (FOREIGN, Verdict.FOREIGN),
        ("", Verdict.EMPTY),
        (" \n\f\t ", Verdict.EMPTY),
        ("12/2022\n31/5 1.250 99,5%", Verdict.GOOD),
        ("Sở GDĐT, UBND, THPT", Verdict.GOOD),
    ],
)
def test_verdict(text: str, verdict: Verdict) -> None:
    quality = assess(text)
    assert quality.verdict is verdict, quality
    assert quality.reason.endswith(".")


def test_shares_count_only_words_that_can_be_judged() -> None:
    quality = assess("Công văn số 5807/BGDĐT-CNTT gửi https://example.edu.vn và UBND tỉnh")
    assert quality.words == 6  # Công văn số gửi và tỉnh
    assert quality.valid == 1.0


def test_common_syllables_are_syllables() -> None:
    from corpus.text import is_syllable

    assert len(common_syllables()) > 1000
    assert all(is_syllable(word) for word in common_syllables())


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    quality = assess(text)
    assert quality.verdict in Verdict
    assert 0 <= quality.common <= quality.familiar + 1e-9 <= 1 + 1e-9
