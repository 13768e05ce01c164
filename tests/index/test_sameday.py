"""The row of the very day that is asked for, where only its directive says of what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.passages import Passage, PassageDeadline
from index.query import Steps, understand
from index.ranking import Ranked
from index.search import _answer as answered
from index.steps import of_what_is_asked
from tests.index.test_ranking import HEADER, passage, ranked

ABOUT = replace(HEADER, subject="Tổ chức Kỳ thi tốt nghiệp THPT năm 2024", school_year=None, date="2024-04-09")


def row(text: str, task: str, day: str, **more: object) -> Passage:
    deadline = PassageDeadline(task, day, f"ngày {day}", (), (), None, None)
    return replace(passage(text, header=ABOUT, **more), deadlines=(deadline,))


DAYS = row("3.1. Các ngày thi là 27/6 và 28/6/2024.", "Các ngày thi.", "2024-06-28", id="days", heading=("3. Coi thi",))
RESULTS = row("11 Công bố kết quả 17/7/2024", "Công bố kết quả.", "2024-07-17", id="results")
PASSED = row(
    "5 Xét công nhận tốt nghiệp THPT: chậm nhất 19/7/2024", "Xét công nhận tốt nghiệp THPT.", "2024-07-19", id="passed",
    heading=("LỊCH CÔNG TÁC KỲ THI TỐT NGHIỆP THPT NĂM 2024",),
)  # fmt: skip
OTHER = replace(
    row(
        "1. Kỳ thi tốt nghiệp THPT năm 2026 tổ chức ngày 11/6.", "Kỳ thi tốt nghiệp THPT tổ chức.", "2026-06-11", id="o"
    ),
    header=replace(ABOUT, subject="Chuẩn bị thi tốt nghiệp THPT theo Quy chế", date="2026-01-07"),
)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("thi tốt nghiệp THPT năm 2024 ngày nào", DAYS),
        ("thi tot nghiep thpt nam 2024 ngay nao", DAYS),
        ("ngày công bố kết quả thi tốt nghiệp THPT 2024", RESULTS),
        ("bao giờ công bố điểm thi tốt nghiệp THPT", RESULTS),
        ("xét công nhận tốt nghiệp THPT khi nào", PASSED),
        ("thi tốt nghiệp THPT năm 2026 ngày nào", OTHER),
    ],
)
def test_the_day_itself_stands_first_and_answers(query: str, first: Passage) -> None:
    rows = ranked(query, PASSED, DAYS, RESULTS, OTHER)
    assert rows[0].passage.id == first.id
    found = answered(understand(query), rows)
    assert found is not None and found.deadline.due == first.deadlines[0].due


CALENDAR = [
    row("1 Thi tuyển lớp 10 ngày 03/6/2024", "Thi tuyển lớp 10.", "2024-06-03", id="exam", heading=("II. LỊCH",)),
    row("2 Thông báo điểm ngày 15/6/2024", "Thông báo điểm.", "2024-06-15", id="marks", heading=("II. LỊCH",)),
    row(
        "3 Thông báo điểm lớp 6 ngày 20/6/2024", "Thông báo điểm lớp 6.", "2024-06-20", id="six", heading=("II. LỊCH",)
    ),
    row("1 Thông báo điểm ngày 28/6/2024", "Thông báo điểm.", "2024-06-28", id="else", heading=("III. THI NGHỀ",)),
]


def test_a_row_is_of_the_class_that_the_rows_beside_it_name() -> None:
    rows = [
        replace(one, header=replace(ABOUT, subject="Thi tuyển vào các lớp đầu cấp", place="Phú Lâm"))
        for one in CALENDAR
    ]
    for query, first in (("bao giờ có điểm thi lớp 10 Phú Lâm", "marks"), ("bao giờ có điểm thi lớp 6 Phú Lâm", "six")):
        assert ranked(query, *rows)[0].passage.id == first


def test_what_goes_to_another_office_is_not_what_is_asked_for() -> None:
    phong = row(
        "4. Tổng kết chuyên đề, gửi Sở GDĐT 10/10/2020.", "Gửi tổng kết chuyên đề về Sở GDĐT.", "2020-10-10", id="p"
    )
    phong = replace(phong, deadlines=(replace(phong.deadlines[0], recipient="Sở GDĐT"),))
    so = row("5. Gửi báo cáo tổng kết, 15/11/2020.", "Gửi báo cáo tổng kết chuyên đề.", "2020-11-15", id="s")
    so = replace(so, deadlines=(replace(so.deadlines[0], recipient="Bộ GDĐT"),))
    assert ranked("tổng kết chuyên đề gửi bộ khi nào", phong, so)[0].passage.id == "s"
    assert ranked("tổng kết chuyên đề gửi sở khi nào", phong, so)[0].passage.id == "p"


@pytest.mark.parametrize(
    ("question", "task", "same"),
    [
        ("hội khỏe phù đổng khai mạc ngày nào", "Lễ khai mạc tổ chức.", True),
        ("hạn đăng kí thi vào 10", "Tiếp nhận hồ sơ.", False),
        ("hạn nộp đơn phúc khảo", "Thu nhận đơn phúc khảo.", True),
        ("hạn nộp hồ sơ dự thi", "Công bố kết quả thi.", False),
        ("ngày thi lớp 10", "Khảo sát chất lượng lớp 12.", False),
        ("ngày thi lớp 10", "Trường chuyên Phú Lâm tổ chức thi.", False),
        ("khi nào họp phụ huynh", "Họp CMHS đầu năm.", True),
        ("khi nào có quyết định", "Họp CMHS đầu năm.", False),
        # how people ask for results; a duty of two steps
        ("bao giờ có điểm thi học kỳ", "Thông báo điểm cho phụ huynh.", True),
        ("khi nao biet ket qua xet tuyen", "Niêm yết danh sách trúng tuyển.", True),
        ("xem kết quả thi hùng biện ngày nào", "Tổng hợp kết quả thi hùng biện.", False),
        ("bao giờ có điểm thi", "Chấm bài và công bố kết quả.", True),
        ("chấm bài xong khi nào", "Chấm bài và công bố kết quả.", True),
        ("nộp bài thi khi nào", "Chấm bài và công bố kết quả.", False),
        ("nộp đơn xin phúc khảo đến ngày nào", "Nhận đơn phúc khảo tại trường.", True),
        ("thi lớp 9 ngày nào", "Có điểm thi lớp 9.", False),
    ],
)
def test_a_duty_that_begins_with_what_is_asked_for(question: str, task: str, same: bool) -> None:
    assert of_what_is_asked(question, task) is same


def test_marks_are_restored_to_what_is_asked_about_only() -> None:
    given: list[str] = []
    understand("khi nao thi hsg", restore=lambda text: given.append(text) or text, steps=Steps())  # type: ignore[func-returns-value]
    assert given and "nao" not in given[0] and "thi" in given[0]


def test_a_short_question_of_which_half_is_said_is_not_answered() -> None:
    holidays = passage("3. Thời gian nghỉ Tết Nguyên đán của học sinh có văn bản riêng.")
    (near,) = ranked("thưởng tết bảo vệ", holidays, meaning=0.9)
    (well,) = ranked("nghỉ tết học sinh", holidays, meaning=0.9)
    assert not replace(near, fit=2.0).fits_well
    assert well.fits_well and Ranked(holidays, 1.0, 2.0).fits_well
