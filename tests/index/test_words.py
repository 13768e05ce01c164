"""The analysis of words: one spelling, folded beside exact, numbers in all spellings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbers import parse_number
from corpus.text import fold
from index.query import Kind, understand
from index.words import (
    model_tokens,
    normal,
    number_terms,
    one_bare_spelling,
    one_spelling,
    prepare,
    school_years,
    spell_out,
    table,
    term_id,
    term_texts,
    terms,
)

SYLLABLES = st.lists(
    st.sampled_from("học phí trường thầy giáo viên dục nộp báo cáo kỳ hoà thuý và của".split()), max_size=12
)


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("hoà", "hòa"),
        ("hòa", "hòa"),
        ("thuý", "thúy"),
        ("kỹ", "kĩ"),
        ("quý", "quí"),
        ("lý", "lí"),
        ("toán", "toán"),
        ("quà", "quà"),
    ],
)
def test_one_spelling(written: str, one: str) -> None:
    assert normal(written) == one


def test_abbreviations_are_written_out_but_not_inside_numbers() -> None:
    assert spell_out("CNTT theo 2310/SGDĐT-CNTT") == "công nghệ thông tin theo 2310/SGDĐT-CNTT"
    assert spell_out("TT Tên lớp") == "TT Tên lớp"
    assert spell_out("TT số 09/2021/TT-BGDĐT").startswith("thông tư số")
    assert spell_out("sơ kết học kỳ I") == spell_out("sơ kết HK1") == "sơ kết học kỳ 1"


def test_a_number_is_found_in_every_spelling() -> None:
    number = parse_number("09/2021/TT-BGDĐT")
    assert number is not None
    assert {"9/2021/tt-bgddt", "9/2021", "9/tt", "9"} <= set(number_terms(number))
    letter = parse_number("3417/BGDĐT-GDTC")
    assert letter is not None
    assert {"3417/bgddt-gdtc", "3417/cv", "3417"} <= set(number_terms(letter))


def test_pairs_do_not_reach_over_punctuation() -> None:
    found = {t.text for t in terms("nộp học phí. Ngân hàng")}
    assert "p:học phí" in found
    assert "p:phí ngân" not in found


def test_school_years() -> None:
    assert school_years("năm học 2020 – 2021, giai đoạn 2016-2020") == ["2020-2021"]


@given(SYLLABLES)
def test_every_exact_term_has_its_folded_one(words: list[str]) -> None:
    found = [t.text for t in terms(" ".join(words))]
    assert [fold(t[2:]) for t in found if t.startswith("x:")] == [t[2:] for t in found if t.startswith("f:")]
    assert [fold(t[2:]) for t in found if t.startswith("p:")] == [t[2:] for t in found if t.startswith("g:")]


@given(st.text(max_size=200))
def test_any_text_has_terms_and_tokens_without_fault(text: str) -> None:
    for term in terms(text):
        assert term.weight > 0
        assert 0 <= term_id(term.text) < 2**32
    assert prepare(text).split() == model_tokens(text)


def test_text_without_marks_has_tokens_of_its_own() -> None:
    assert model_tokens("hoc phi") == ["~hoc", "~phi", "~hoc_phi"]
    assert model_tokens("học phí") == ["học", "phí", "học_phí"]


@pytest.mark.parametrize("row", table("abbreviations")["abbreviation"], ids=lambda r: str(r["short"]))
def test_every_abbreviation_matches_its_example(row: dict[str, str]) -> None:
    assert row["full"] in spell_out(row["example"])


@pytest.mark.parametrize("row", table("talk")["talk"], ids=lambda r: str(r["said"][0]))
def test_every_row_of_office_talk_matches_its_example(row: dict[str, list[str]]) -> None:
    official = understand(str(row["example"])).official
    assert set(official) & set(row["official"])


@pytest.mark.parametrize("row", table("kinds")["kind"], ids=lambda r: str(r["name"]))
def test_every_kind_matches_its_example(row: dict[str, str]) -> None:
    assert understand(row["example"]).kind is Kind(row["name"])


@pytest.mark.parametrize("row", table("units")["unit"], ids=lambda r: str(r["level"]))
def test_every_unit_matches_its_example(row: dict[str, str]) -> None:
    question = understand(row["example"])
    assert question.actors.issuperset(row["actors"]) or row["receives"] in question.receives


@pytest.mark.parametrize("row", table("stopwords")["group"], ids=lambda r: str(r["name"]))
def test_every_group_of_stop_words_matches_its_example(row: dict[str, object]) -> None:
    words = row["words"]
    assert isinstance(words, list)
    held = [w for w in words if re.search(rf"(?<!\w){w}(?!\w)", str(row["example"]))]
    assert held
    assert not {f"x:{normal(w)}" for w in held} & {t.text for t in terms(str(row["example"]))}


@pytest.mark.parametrize("row", table("units")["level"], ids=lambda r: str(r["level"]))
def test_every_level_matches_its_example(row: dict[str, str]) -> None:
    assert understand(row["example"]).levels == {row["level"]}


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Học kì II, quản lí", "Học kỳ II, quản lý"),
        ("quí IV, qui định, tỉ lệ, mĩ thuật, kỉ luật, kí số", "quý IV, quy định, tỷ lệ, mỹ thuật, kỷ luật, ký số"),
        ("sỹ số, hy vọng, bác sỹ", "sĩ số, hi vọng, bác sĩ"),
        ("UỶ BAN, Hoà Bình, khoẻ, thuý", "ỦY BAN, Hòa Bình, khỏe, thúy"),
        ("hoc ki, quan li", "hoc ky, quan ly"),
        *((text, text) for text in ("kiểm tra, liên hệ", "quý, quả, qua", "hỏa hoạn, toán", "vi phạm, y tế")),
    ],
)  # fmt: skip
def test_one_spelling_of_text(text: str, one: str) -> None:
    assert one_spelling(text) == one == one_spelling(one)
    assert len(one) == len(text)
    assert [*map(one_bare_spelling, re.findall(r"\w+", fold(text)))] == re.findall(r"\w+", fold(one))


@given(st.lists(st.sampled_from("kỳ lý quý mỹ tỷ hỉ sĩ vỹ hoà thuý khoẻ Uỷ ma tuý".split()), max_size=8))
def test_what_is_one_spelling_is_one_term(words: list[str]) -> None:
    text = " ".join(words)
    assert list(term_texts(one_spelling(text))) == list(term_texts(text))
