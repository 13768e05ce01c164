"""Old codes to Unicode and back: every letter, every font name, and texts that must stay as they are."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.legacy import Encoding, Scheme, choose, decode, detect, of_font, plain, tables, unmixed
from tests.ingest import files
from tests.ingest.test_quality import ENGLISH_OCR, FOREIGN, without_marks, without_tones

FRENCH = "Les élèves de l'école doivent être présents à la rentrée, où ils reçoivent leurs livres."
TEXT = "\n".join(files.LINES)
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES] + ["đ"]
LETTERS = SMALL + [letter.upper() for letter in SMALL]
SCHEMES = list(Scheme)


def coded(text: str, scheme: Scheme) -> str:
    """Write Unicode text in an old scheme, as Windows shows it."""
    back: dict[str, str] = {}
    for code, letter in tables()[scheme].letters.items():
        back.setdefault(letter, code)
    small = {k: back.get(k.lower(), k) for k in text if k not in back}
    raw = "".join(back.get(c) or (small[c] if scheme is Scheme.TCVN3 else c) for c in text)
    return "".join(c if not 0x80 <= ord(c) < 0xA0 else c.encode("latin-1").decode("cp1252", "replace") for c in raw)


@pytest.mark.parametrize("name", SCHEMES)
def test_every_table_reads_its_example(name: Scheme) -> None:
    entry = tomllib.loads(resources.files("ingest").joinpath("tables", "legacy.toml").read_text("utf-8"))[name]
    assert decode(entry["example"]["coded"], Encoding(name)) == entry["example"]["text"]
    assert detect(entry["example"]["coded"]) == Encoding(name)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_small_letter_has_one_code_of_its_own(scheme: Scheme) -> None:
    letters = set(tables()[scheme].letters.values()) | set("aeiouy")
    assert set(SMALL) <= letters
    if scheme is not Scheme.TCVN3:
        missing = set(LETTERS) - letters - set("AEIOUY")
        assert missing == ({"Ẳ", "Ẵ", "Ẫ", "Ỷ", "Ỹ", "Ỵ"} if scheme is Scheme.VISCII else set())
    assert len({coded(letter, scheme) for letter in SMALL}) == len(SMALL)


@given(st.text(alphabet=[*SMALL, *"bcdghklmnpqrstvx 0123456789.,;:/-()"], max_size=60), st.sampled_from(SCHEMES))
def test_round_trip_of_small_letters(text: str, scheme: Scheme) -> None:
    assert decode(coded(text, scheme), Encoding(scheme)) == text


@given(st.text(alphabet=[*LETTERS, *"bcdghBCDGH /-"], max_size=60))
def test_round_trip_of_vni_with_capitals(text: str) -> None:
    assert decode(coded(text, Scheme.VNI), Encoding(Scheme.VNI)) == text


@given(st.text(alphabet=[*SMALL, *"bcdgh /-"], max_size=60))
def test_a_font_of_capitals_reads_as_capitals(text: str) -> None:
    assert decode(coded(text, Scheme.TCVN3), Encoding(Scheme.TCVN3, capitals=True)) == text.upper()


def test_codes_of_symbol_fonts_and_mixed_case_marks() -> None:
    symbols = "".join(chr(0xF000 + ord(c)) if ord(c) > 0x7F else c for c in "Céng hoµ")
    assert decode(symbols, Encoding(Scheme.TCVN3)) == "Cộng hoà"
    assert decode("Aùnh saùng AÙNH", Encoding(Scheme.VNI)) == "Ánh sáng ÁNH"


def test_a_hyphen_at_the_end_of_a_line_may_be_a_letter() -> None:
    tcvn = Encoding(Scheme.TCVN3)
    assert decode("nh\x02", tcvn) == "như"
    assert decode("15/2020/N§\x02", tcvn) == "15/2020/NĐ-"
    assert decode("th\xad\x02", Encoding(Scheme.VNI)).endswith("-")


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding(Scheme.TCVN3)),
        ("ABCDEF+.VnTime,Bold", Encoding(Scheme.TCVN3)),
        ("XYZABC+.VnTimeH-Bold", Encoding(Scheme.TCVN3, capitals=True)),
        (".VnArial NarrowH", Encoding(Scheme.TCVN3, capitals=True)),
        (".vntimeh bold".replace("h b", "H b"), Encoding(Scheme.TCVN3, capitals=True)),
        ("VnTime", Encoding(Scheme.TCVN3)),
        ("VNI-Times", Encoding(Scheme.VNI)),
        ("ABCDEF+VNI-Helve-Condense", Encoding(Scheme.VNI)),
        ("VNI Times", Encoding(Scheme.VNI)),
        ("Times New Roman", None),
        ("ABCDEF+TimesNewRomanPSMT", None),
        ("SVN-Arial", None),
        ("UVN Van", None),
        ("Vnaptitude", None),
        ("", None),
    ],
)
def test_fonts_tell_their_encoding(font: str, encoding: Encoding | None) -> None:
    assert of_font(font) == encoding


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_of_unknown_font_is_known_by_what_it_becomes(scheme: Scheme) -> None:
    assert detect(coded(TEXT, scheme)) == Encoding(scheme)


@pytest.mark.parametrize(
    "text",
    [TEXT, TEXT.upper(), FOREIGN, FRENCH, ENGLISH_OCR, without_marks(TEXT), without_tones(TEXT), "12/2022 ± 5 %", ""],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert detect(text) is None and unmixed(text) == (text, ())


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times"])
def test_unicode_text_under_an_old_font_stays(font: str) -> None:
    for line in files.LINES:
        assert choose(font, line) is None


def test_a_named_font_decides_where_the_text_is_too_short_to_tell() -> None:
    assert choose(".VnTime", "hoµ") == Encoding(Scheme.TCVN3)
    assert choose("VNI-Times", "Soá") == Encoding(Scheme.VNI)
    assert choose("", "Soá") is None


def test_words_in_capitals_without_a_font_of_capitals() -> None:
    tcvn = Encoding(Scheme.TCVN3)
    assert plain("CéNG HOµ X· HéI\nHµ Néi, ubnd tØnh QU¶NG NAM", tcvn) == "CỘNG HOÀ XÃ HỘI\nHà Nội, ubnd tỉnh QUẢNG NAM"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_only_the_coded_lines_of_a_mixed_text_change(scheme: Scheme) -> None:
    middle = "chịu trách nhiệm kiểm tra việc nhập dữ liệu\nquy định tại"
    mixed = f"{TEXT}\n{coded(middle, scheme)}\n{TEXT}\n© 2020, 5 m² × 3"
    text, schemes = unmixed(mixed)
    assert schemes == (scheme,)
    assert text == f"{TEXT}\n{middle}\n{TEXT}\n© 2020, 5 m² × 3"
