"""Typing slips: keys of Telex and VNI, other marks, a wrong letter; what is right stays."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import understand
from index.spelling import Speller, typed_keys

WORDS = {
    "tuyển": 9, "sinh": 20, "lớp": 30, "tuyển sinh": 9, "sinh lớp": 5, "ánh": 2, "sáng": 4, "ánh sáng": 2, "nước": 5,
    "uống": 3, "nước uống": 3, "sang": 2, "khám": 8, "sức": 8, "khỏe": 8, "khám sức": 8, "sức khỏe": 8, "học": 50,
    "học sinh": 40, "giáo": 10, "viên": 10, "giáo viên": 10,
}  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("truowngf", "trường"),
        ("hocj", "học"),
        ("soos", "số"),
        ("dduoosi", "đuối"),
        ("chuyeenr", "chuyển"),
        ("phofng", "phòng"),
        ("quyeets", "quyết"),
        ("nghieepj", "nghiệp"),
        ("hoaf", "hòa"),
        ("tru7o7ng2", "trường"),
        ("ba1o", "báo"),
    ],
)
def test_keys_of_telex_and_vni(keys: str, word: str) -> None:
    assert typed_keys(f"nộp {keys} 1", {}) == f"nộp {word} 1"


@pytest.mark.parametrize("text", ["hk1", "THPT", "cntt", "lop6", "k12", "hoc phi", "85/qd-ttg", "2020-2021", "bao cao"])
def test_what_is_no_keys_stays(text: str) -> None:
    assert typed_keys(text, {}) == text


def test_a_word_of_the_collection_is_no_keys() -> None:
    assert typed_keys("test", {"test": 3}) == "test"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tuyển sịnh lớp", "tuyển sinh lớp"),
        ("ánh sang", "ánh sáng"),
        ("nứoc uống", "nước uống"),
        ("khám sức khẻo", "khám sức khỏe"),
    ],
)
def test_slips_are_mended(typed: str, meant: str) -> None:
    assert Speller(WORDS).corrected(typed) == meant


@pytest.mark.parametrize("text", ["tuyển sinh", "nước ngọt", "robusta", "cho học sinh", "", "?!", "số 12/2020"])
def test_what_is_right_or_unknown_stays(text: str) -> None:
    assert Speller(WORDS).corrected(text) is None


def test_a_word_of_the_language_is_not_taken_for_another_by_its_letters() -> None:
    words = {"dưỡng giáo": 4, "dưỡng": 4, **WORDS}
    assert Speller(words).corrected("lưỡng giáo viên") == "dưỡng giáo viên"
    assert Speller(words, frozenset(["lưỡng"])).corrected("lưỡng giáo viên") is None


def test_a_neighbour_that_belongs_to_the_next_word_tells_nothing() -> None:
    words = {"lương": 9, "chất lượng": 40, "lượng": 40, "lượng giáo": 30, "giáo viên": 60, "giáo": 90, "viên": 70}
    assert Speller(words).corrected("lương giáo viên") is None
    assert Speller({**words, "tăng lượng": 3, "tăng": 5}).corrected("tăng lưong giáo viên") == "tăng lượng giáo viên"


def test_a_little_word_gives_way_only_to_a_word_of_the_collection() -> None:
    words = {"đăng kí": 30, "đăng": 31, "kí": 60, "đang": 20, "được": 90, "dược": 4, "dược phẩm": 1, "phẩm": 40}
    assert Speller(words).corrected("đang kí dự thi") == "đăng kí dự thi"
    assert Speller({**words, "đang kí": 1}).corrected("đang kí dự thi") is None
    assert Speller(words).corrected("được phẩm") is None


def test_the_typed_reading_stays_beside_the_mended_one() -> None:
    question = understand("tuyển sịnh lớp", correct=Speller(WORDS).corrected)
    assert question.topic == ("tuyển sịnh lớp", "tuyển sinh lớp")
    assert question.corrected == "tuyển sinh lớp"
    assert {"x:sịnh", "x:sinh"} <= {t.text for t in question.terms}


@given(st.text(max_size=80))
def test_any_text_is_mended_or_left(text: str) -> None:
    typed_keys(text, {})
    mended = Speller(WORDS).corrected(text)
    assert mended is None or mended != text


def test_two_words_as_likely_as_each_other_are_decided_the_same_way_every_time() -> None:
    words = {"bàn": 3, "ghế": 9, "ghé": 9, "bàn ghế": 3, "bàn ghé": 3}
    several = {Speller(dict(order)).corrected("bàn ghẽ") for order in permutations(words.items())}
    assert several == {"bàn ghế"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thi bricmath", "thi bricsmath"),
        ("sim mobifon", "sim mobifone"),
        ("thi olympic", None),
        ("sim mobi", None),
        ("thi trường", None),
    ],
)
def test_names_are_told_by_their_letters(typed: str, meant: str | None) -> None:
    words = {"thi": 5, "sim": 2, "bricsmath": 1, "mobifone": 3, "trương": 1}
    assert Speller(words, frozenset({"thi", "sim", "trường"})).corrected(typed) == meant


def test_abbreviations_are_no_slips() -> None:
    words = {"giáo": 9, "viên": 9, "giáo viên": 9, "thật": 3, "viên thật": 2}
    assert Speller(words).corrected("giáo viên THPT") is None
