"""Characters: folding keeps offsets, syllables are told from OCR rubble."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import LOWER, TONES, UPPER, fold, is_syllable, nfc, squeeze, strip_tone


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


def test_folding_takes_marks_and_case() -> None:
    assert fold("ĐẨY MẠNH chuyển đổi số") == "day manh chuyen doi so"


def test_folding_accepts_decomposed_text() -> None:
    assert fold(unicodedata.normalize("NFD", "Nghị quyết")) == "nghi quyet"


def test_classes_of_letters_hold_one_case_each() -> None:
    small, capital = re.compile(f"[{LOWER}]"), re.compile(f"[{UPPER}]")
    letters = [chr(code) for code in range(0x41, 0x1EFA) if unicodedata.name(chr(code), "").startswith("LATIN ")]
    assert not [c for c in letters if (small.match(c) and not c.islower()) or (capital.match(c) and not c.isupper())]
    vowels = {nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *TONES)}
    assert not [c for c in {*vowels, "đ"} if not (small.match(c) and capital.match(c.upper()))]


@pytest.mark.parametrize(
    "word",
    "Triển khai có hiệu quả chương trình chuyển đổi số quốc gia nghiêng giếng gì quyển khuỷu thuở hoặc xoong uống "
    "yêu ý ngoằn khuya rượu tuyến giáo dục thường xuyên phổ thông huyện ĐẶNG".split(),
)
def test_syllables_of_the_language(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["hudng", "tmg", "ctia", "dui1", "qudc", "thp", "ngàý", "cat", "khuyeenx", "wifi", "", "bc"]
)
def test_rubble_and_foreign_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_tone_is_split_from_the_syllable() -> None:
    assert strip_tone("trường") == ("trương", "\u0300")
    assert strip_tone("ba") == ("ba", "")


@given(st.text(alphabet="aăâbđêôơưnghtcáàảãạ\n "))
def test_squeezing_leaves_single_spaces(text: str) -> None:
    assert "  " not in squeeze(text) and squeeze(text) == squeeze(squeeze(text))
