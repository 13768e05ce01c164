"""The order of hits, and which of several dated duties of one passage answers."""

from dataclasses import replace
from typing import Any

import pytest

from corpus.numbers import parse_number
from index.dutyfit import best_deadline
from index.nearness import Rarity, Wanted
from index.passages import Passage, PassageDeadline, PassageHeader
from index.payload import tokens
from index.query import Kind, Steps, understand
from index.ranking import WELL, Ranked, rank
from index.vectors import Candidate
from index.words import number_terms

HEADER = PassageHeader("Sở GDĐT Phú Lâm", "so", "Công văn", "2023-2024", "2023-09-10", None, "Phú Lâm")
TASK = "Gửi kế hoạch năm học về Sở"
PASSAGE = Passage(
    id="1", document="d", source="d.txt", number=None, page=1, page_to=1, line_from=1, line_to=2, start=0, end=1,
    text="", own=0, heading=(), place="body", header=HEADER,
)  # fmt: skip


def passage(text: str, *dues: tuple[str, str | None], **more: Any) -> Passage:
    """Return a passage; each of ``dues`` is the text of a date and its day, all of one task."""
    found = tuple(PassageDeadline(TASK, due, said, (), (), None, None) for said, due in dues)
    return replace(PASSAGE, text=text, end=len(text), deadlines=found, **more)


def ranked(query: str, *passages: Passage, meaning: float = 0.5) -> list[Ranked]:
    rows = [Candidate(p, 1.0, meaning, tuple(tokens(p).split())) for p in passages]
    return rank(understand(query), rows, Steps())


REPORTS = passage(
    "1. Gửi kế hoạch năm học trước ngày 15/10/2023; báo cáo sơ kết học kỳ I trước ngày 10/01/2024; báo cáo tổng kết"
    " trước ngày 05/6/2024; báo cáo đột xuất khi có yêu cầu.",
    ("trước ngày 15/10/2023", "2023-10-15"),
    ("trước ngày 10/01/2024", "2024-01-10"),
    ("trước ngày 05/6/2024", "2024-06-05"),
    ("khi có yêu cầu", None),
)


@pytest.mark.parametrize(
    ("query", "due"),
    [
        ("hạn nộp báo cáo học kỳ 1", "2024-01-10"),
        ("hạn gửi kế hoạch năm học", "2023-10-15"),
        ("báo cáo tổng kết chậm nhất khi nào", "2024-06-05"),
        ("khi nào báo cáo đột xuất", None),
    ],
)
def test_the_clause_that_fits_answers(query: str, due: str | None) -> None:
    question = understand(query)
    found = best_deadline(question, REPORTS)
    assert question.kind is Kind.WHEN
    assert found is not None and found.due == due


def test_a_duty_with_a_day_answers_before_one_without() -> None:
    open_end = passage("Phê duyệt kế hoạch trước khi khai giảng.", ("trước khi khai giảng", None))
    dated = passage("Tổ chức khai giảng ngày 05/9/2023.", ("ngày 05/9/2023", "2023-09-05"), source="e.txt")
    assert ranked("khai giảng ngày mấy", open_end, dated)[0].passage is dated


def test_of_a_long_question_what_stands_in_one_place_counts_more_than_a_word_more() -> None:
    query = "cơ quan nào cấp giấy phép hoạt động cho trung tâm ngoại ngữ tin học"
    filler = " các đơn vị rà soát số liệu và gửi về đúng mẫu" * 2
    apart = passage(f"Cơ quan cấp giấy phép.{filler} hoạt động cho trung tâm ngoại ngữ tin học.", source="a.txt")
    whole = passage(f"{filler}{filler} cơ quan cấp giấy hoạt động cho trung tâm ngoại ngữ tin học.", source="b.txt")
    assert [row.passage.source for row in ranked(query, apart, whole)] == ["b.txt", "a.txt"]


def test_a_dated_duty_about_something_else_does_not_answer_before_the_topic() -> None:
    duty = passage(
        "Trường nộp danh sách giáo viên có thiết kế bài giảng trước ngày 30/9.", ("trước ngày 30/9", "2023-09-30")
    )
    topic = passage("Nhà trường thống nhất việc kê khai và mua sắm cho thư viện.", source="e.txt")
    assert ranked("thống kê thiết bị thư viện khi nào", duty, topic)[0].passage is topic


def test_newer_directives_come_first_where_all_else_is_alike() -> None:
    old = passage("Học sinh nghỉ Tết 10 ngày.", source="a.txt", header=replace(HEADER, date="2019-01-05"))
    new = passage("Học sinh nghỉ Tết 10 ngày.", source="b.txt", header=replace(HEADER, date="2024-01-05"))
    assert [row.passage.source for row in ranked("nghỉ Tết mấy ngày", old, new)] == ["b.txt", "a.txt"]


def test_an_item_whose_heading_alone_fits_comes_after_one_that_says_it() -> None:
    heading = ("II. SƠ KẾT HỌC KỲ I",)
    row = passage("Tỷ lệ phòng học kiên cố", heading=heading)
    item = passage("Các trường sơ kết học kỳ I gọn nhẹ", heading=heading, source="e.txt")
    assert ranked("sơ kết học kỳ 1", row, item)[0].passage is item


def test_what_stands_below_the_heading_that_was_typed_comes_before_the_rest_of_its_directive() -> None:
    header = replace(HEADER, subject="Tăng cường phòng, chống đuối nước, y tế trường học dịp hè")
    below = passage("Ký cam kết giữa nhà trường và gia đình.", heading=("1. Phòng, chống đuối nước",), header=header)
    other = passage("Kiểm tra tủ thuốc.", heading=("2. Y tế trường học",), source="e.txt", header=header)
    for typed in ("phòng chống đuối nước", "phong chong duoi nuoc"):
        first = ranked(typed, other, below, meaning=0.2)[0]
        assert first.passage is below
        assert first.fits_well  # the section is called so: nothing is only near


def test_syllables_of_a_word_that_stand_apart_are_not_the_word() -> None:
    wanted = Wanted.of(understand("bàn giao tài sản"), Rarity(0, {}))
    together, apart = wanted.held(["bàn giao tài sản cho xã".split(), "bàn ghế là tài sản công giao cho xã".split()])
    assert together.cover == 1.0
    assert 0.5 < apart.cover < 1.0


def test_what_lacks_a_telling_word_of_the_question_does_not_fit_well() -> None:
    # "bàn giao" stands in 3 of 1000 passages; "báo cáo" is everywhere, "cáo tài" no word
    seen = {"bàn": 9, "giao": 8, "bàn giao": 3, "báo": 300, "cáo": 300, "báo cáo": 300, "tài": 90, "cáo tài": 2}
    rarity = Rarity(1000, seen)
    question = understand("bàn giao báo cáo tài sản")
    desks = passage("Báo cáo tài sản: bàn ghế, máy tính giao cho các lớp.")
    handed = passage("Bàn giao và báo cáo số tài sản còn lại.", source="e.txt")
    rows = [Candidate(p, 1.0, 0.9, tuple(tokens(p).split())) for p in (desks, handed)]
    found = {row.passage.source: row for row in rank(question, rows, Steps(), rarity=rarity)}
    assert found["d.txt"].fit >= WELL and not found["d.txt"].fits_well
    assert found["e.txt"].fits_well


def test_fit_tells_what_is_only_near() -> None:
    (weak,) = ranked("hôm nay ăn cơm gì", passage("Bữa ăn của trẻ bán trú niêm yết từ hôm trước."), meaning=0.2)
    (well,) = ranked("bữa ăn bán trú", passage("Bữa ăn bán trú của trẻ được niêm yết."), meaning=0.2)
    assert weak.fit < 0.95 <= well.fit


OWN = passage(
    "SỞ GDĐT PHÚ LÂM Số: 58/KH-SGDĐT Phú Lâm, ngày 22/02/2024", id="own", place="header", number="58/KH-SGDĐT"
)
CITING = passage(
    "Căn cứ Kế hoạch số 58/KH-SGDĐT ngày 22/02/2024 của Sở GDĐT Phú Lâm", id="citing", number="90/KH-PGDĐT"
)


@pytest.mark.parametrize(
    ("query", "first"),
    [("58/KH-SGDĐT", "own"), ("kế hoạch 58 của Sở Phú Lâm", "own"), ("văn bản nào căn cứ kế hoạch 58", "citing")],
)
def test_a_number_means_the_document_itself_unless_who_cites_it_is_asked_for(query: str, first: str) -> None:
    number = parse_number("58/KH-SGDĐT")
    assert number is not None
    numbers = tuple(number_terms(number))
    rows = [replace(row, numbers=numbers) for row in (CITING, OWN)]
    assert ranked(query, *rows)[0].passage.id == first


@pytest.mark.parametrize(
    ("query", "text", "well"),
    [
        ("du học Nhật Bản", "Cập nhật dữ liệu học sinh, du lịch; một số lỗi cơ bản chưa khắc phục.", False),
        ("du học Nhật Bản", "Tư vấn du học Nhật Bản cho học sinh lớp 12.", True),
        ("lịch thi lái xe", "Trường có lịch trông xe cho học sinh đi thi.", False),
    ],
)
def test_words_far_from_those_they_are_asked_with_are_another_matter(query: str, text: str, well: bool) -> None:
    (row,) = ranked(query, passage(text))
    assert row.fits_well is well


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ai phải nộp biên bản họp tổ", "b"),
        ("đơn vị nào gửi biên bản họp tổ", "b"),
        ("ai chuẩn bị biên bản họp tổ", "a"),
    ],
)
def test_who_takes_a_step_is_told_by_the_duty_of_that_step(query: str, first: str) -> None:
    """Both name a unit and the thing; the duty that begins with the step answers."""
    duties = (
        ("a", "Chuẩn bị mẫu biên bản họp tổ.", "văn thư"),
        ("b", "Nộp biên bản họp tổ cho văn thư.", "to_chuyen_mon"),
    )
    rows = [
        replace(
            passage(f"2. {task} trước ngày 15/10/2023.", source=f"{name}.txt", id=name),
            deadlines=(PassageDeadline(task, "2023-10-15", "trước ngày 15/10/2023", (actor,), (), None, None),),
        )
        for name, task, actor in duties
    ]
    assert ranked(query, *rows)[0].passage.id == first
