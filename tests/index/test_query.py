"""Understanding questions: numbers in any spelling, kinds, years, units, marks, and bad input."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import BadInputError
from index.mentions import school_year
from index.query import Kind, content_words, understand
from index.references import find_references
from index.steps import asks_for_event, of_what_is_asked
from index.words import table


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("quyết định 1660", "1660/qd"),
        ("quyet dinh 85/qd-ttg", "85/qd-ttg"),
        ("thông tư 31/2017 tư vấn", "31/2017"),
        ("CV 3417", "3417/cv"),
        ("qd1660", "1660/qd"),
        ("tt 05/2018/tt-bgddt", "5/2018/tt-bgddt"),
        ("công văn số 4118/BGDĐT-GDTC", "4118/bgddt-gdtc"),
        ("nghị quyết 20-NQ/TW", "20/nq-tw"),
        ("luật 55/2010/QH12", "55/2010/qh12"),
        ("85/qđ", "85/qd"),
        ("2254 sgddt cttt", "2254/sgddt-cttt"),
        ("16 2022 tt bgddt", "16/2022/tt-bgddt"),
        ("1660 qd ttg", "1660/qd-ttg"),
        ("20 nq tw", "20/nq-tw"),
        ("26/2011/ttlt bgddt bkhcn byt", "26/2011/ttlt-bgddt-bkhcn-byt"),
        ("đánh giá theo TT22", "22/tt"),
        ("tt 27 tieu hoc", "27/tt"),
        ("congvan 3417", "3417/cv"),
        ("3417", "3417"),
        ("số 3417/bgd", "3417/cv"),
        ("3417 bgddt", "3417/cv"),
        ("quyết định 1043 sgddt", "1043/qd"),
    ],
)
def test_numbers_in_any_spelling(text: str, spelling: str) -> None:
    assert [r.spelling for r in find_references(text)] == [spelling]


@pytest.mark.parametrize(
    "text",
    ["tháng 1/2024", "30/6", "15/10/2023", "2020-2021", "học kỳ 1", "lớp 12", "100% học", "2024",
     "63 SGDĐT nộp báo cáo", "2024 sgddt", "năm 2024 bgddt", "10 hd tu thien", "tt 1", "khối 10 gdtx"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert find_references(text) == []


def test_a_number_with_its_office_means_that_office_first() -> None:
    [typed] = find_references("2254/sgddt")
    assert typed.among(("2254/sgddt-cttt", "2254/cv", "2254")) == 1
    assert typed.among(("2254/bgddt-gdtc", "2254/cv", "2254")) == 0.5
    assert typed.among(("2255/sgddt-cttt", "2255/cv", "2255")) == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bao giờ nộp báo cáo", Kind.WHEN),
        ("han chot gui danh sach", Kind.WHEN),
        ("ai phụ trách thư viện", Kind.WHO),
        ("văn bản nào nhắc quyết định 1660", Kind.WHICH),
        ("quyết định 1660", Kind.WHICH),
        ("dạy học trực tuyến", Kind.WHAT),
        ("lịch thi vào lớp 10", Kind.WHEN),
        ("ngày thi lớp 10 năm 2024", Kind.WHEN),
        ("ngay chuyen doi so quoc gia", Kind.WHEN),
        ("Thời gian nghỉ hè", Kind.WHEN),
        ("cong bo diem thi lop 10", Kind.WHEN),
        ("Công bố kết quả hội thi văn nghệ", Kind.WHEN),
        ("ai công bố kết quả", Kind.WHO),
        ("Đà Nẵng công bố điểm thi lớp 10", Kind.WHEN),
        ("da nang cong bo diem thi lop 10", Kind.WHEN),
        ("Phòng GDĐT Hòa Giang: lịch kiểm tra các trường", Kind.WHEN),
        ("Sở Sơn La công bố danh sách tốt nghiệp", Kind.WHEN),
        ("Đà Nẵng tổ chức ngày hội đọc sách thế nào", Kind.WHAT),
        ("phòng chống đuối nước", Kind.WHAT),
        ("lịch sử địa phương", Kind.WHAT),
        ("ngay khi có dịch phải báo cho ai", Kind.WHO),
        ("tổ chức ngày hội đọc sách thế nào", Kind.WHAT),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    assert understand(text).kind is kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kì hạn nộp báo cáo học kì II", "kỳ hạn nộp báo cáo học kỳ II"),
        ("bao giờ đóng tiền học kì 2", "bao giờ đóng tiền học kỳ 2"),
        ("uỷ ban nhân dân xã quản lí trường", "ủy ban nhân dân xã quản lý trường"),
        ("sỹ số, tỉ lệ, qui chế, mĩ thuật, khoẻ", "sĩ số, tỷ lệ, quy chế, mỹ thuật, khỏe"),
        ("hoc ki 1 quan li qui dinh", "hoc ky 1 quan ly quy dinh"),
        ("ngày thi kì thi lớp 10", "ngày thi kỳ thi lớp 10"),
    ],
)
def test_either_spelling_is_the_same_question(one: str, other: str) -> None:
    assert understand(one) == understand(other)
    assert asks_for_event(one) == asks_for_event(other)


def test_roman_terms_without_marks() -> None:
    assert understand("hoc ki II").content == understand("hoc ky 2").content


def test_words_that_ask_are_not_the_topic() -> None:
    assert understand("bao giờ nộp báo cáo").content == {"nộp", "báo", "cáo"}


@pytest.mark.parametrize("text", ["CNTT", "cntt"])
def test_abbreviations_in_small_letters(text: str) -> None:
    assert understand(f"nhiệm vụ {text}").content >= {"công", "nghệ", "thông", "tin"}


@pytest.mark.parametrize("row", table("abbreviations")["typed"], ids=lambda row: str(row["full"]))
def test_what_people_type_small_is_read_as_its_words(row: dict[str, Any]) -> None:
    assert any(f" {form} " in f" {row['example']} " for form in row["said"])
    assert content_words(row["full"]) <= content_words(understand(row["example"]).text)


@pytest.mark.parametrize("row", table("abbreviations")["beside"], ids=lambda row: str(row["short"]))
def test_what_the_words_beside_it_tell_is_written_out(row: dict[str, Any]) -> None:
    assert content_words(row["full"]) <= understand(row["example"]).content


def test_short_forms_are_written_out_only_where_their_neighbours_tell_them() -> None:
    assert understand("số hs lớp 1").content == {"học", "sinh", "lớp", "1"}
    assert "sơ" in understand("NỘP HS DỰ THI").content
    assert "tn" in understand("giáo viên tn").content
    assert [r.spelling for r in understand("684/pgd").references] == [r.spelling for r in find_references("684/pgd")]


def test_steps_are_looked_for_in_what_was_meant_too() -> None:
    asked = understand("hạn đang kí tập huấn", correct=lambda topic: topic.replace("đang", "đăng"))
    assert of_what_is_asked(asked.said, "Đăng ký dự tập huấn.")
    assert not of_what_is_asked(asked.text, "Đăng ký dự tập huấn.")


def test_school_years_named_and_told() -> None:
    assert understand("thu học phí năm học 2020 - 2021").years == ("2020-2021",)
    assert understand("thu học phí năm học 22-23").years == ("2022-2023",)
    assert understand("hạn báo cáo năm học này", today=date(2024, 3, 1)).years == ("2023-2024",)
    assert understand("hạn báo cáo năm ngoái", today=date(2024, 9, 1)).years == ("2023-2024",)
    assert understand("hạn báo cáo năm học này").years == ()
    assert understand("hạn báo cáo năm học 2099-2100").years == ("2099-2100",)
    before = understand("báo cáo tổng kết năm học trước ngày nào", today=date(2024, 9, 1))
    assert before.years == () and {"năm", "tổng", "kết"} <= before.content
    assert understand("tổng kết năm học trước", today=date(2024, 9, 1)).years == ("2023-2024",)


def test_who_asks_for_a_person_means_no_machine() -> None:
    said = [said for said, _ in understand("ai dạy thêm ở trường").told]
    assert "AI" not in said and "dạy thêm" in said
    assert "AI" in [said for said, _ in understand("quy định về AI").told]


def test_what_an_answer_may_say_too_stays_in_the_topic() -> None:
    assert understand("ai chịu trách nhiệm dạy thêm").content == {"chịu", "trách", "nhiệm", "dạy", "thêm"}
    assert "cơ quan" in understand("cơ quan nào cấp giấy phép dạy thêm").topic[0]
    assert understand("ai dạy thêm").content == {"dạy", "thêm"}


def test_units_that_act_and_that_receive() -> None:
    question = understand("hạn các sở gửi báo cáo về Bộ")
    assert question.actors == {"so_gddt"}
    assert question.receives == {"bộ"}
    assert understand("trường nộp gì trong tháng 9").actors == {"co_so_giao_duc", "don_vi_truc_thuoc"}


@pytest.mark.parametrize(
    "query", ["hạn báo cáo y tế trường học", "phòng, chống đuối nước", "cơ sở vật chất phòng học bộ môn", "hạn cán bộ"]
)
def test_words_that_only_look_like_a_unit_name_none(query: str) -> None:
    question = understand(query)
    assert not question.actors and not question.receives


def test_marks_are_restored_and_both_readings_kept() -> None:
    question = understand("hoc phi", restore=lambda text: text.replace("hoc phi", "học phí"))
    assert question.topic == ("hoc phi", "học phí")
    assert {"f:hoc", "x:học"} <= {t.text for t in question.terms}


def test_text_with_marks_is_not_restored() -> None:
    def fail(text: str) -> str:
        raise AssertionError(text)

    assert understand("học phí", restore=fail).topic == ("học phí",)


def test_exact_terms_weigh_more_than_folded_ones() -> None:
    weights = {t.text: t.weight for t in understand("học phí").terms}
    assert weights["x:phí"] > weights["f:phi"] > 0


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!…", "“”--//", "x" * 10_000])
def test_questions_that_cannot_be_used(text: str) -> None:
    with pytest.raises(BadInputError) as caught:
        understand(text)
    assert caught.value.http_status == 422


@pytest.mark.parametrize("text", ["abc", "2020", "2020-2022", "'; DROP TABLE"])
def test_school_years_that_are_none(text: str) -> None:
    with pytest.raises(BadInputError):
        school_year(text)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        question = understand(text, restore=str.upper, today=date(2024, 1, 1))
    except BadInputError:
        return
    assert all(term.weight > 0 for term in question.terms)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("báo cáo tháng 1/2024", {"2024-01"}),
        ("nop thang 9 nam 2023", {"2023-09"}),
        ("việc trong tháng 11", {"-11"}),
        ("sau ngày 15/8/2024", {"2024-08"}),
        ("tháng 13/2024", set()),
        ("năm học 2023-2024", set()),
    ],
)
def test_months_that_are_named(text: str, months: set[str]) -> None:
    assert understand(text).months == months
