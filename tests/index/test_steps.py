"""What a day is asked for: the event itself, one of its steps, one of its rounds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from index.dutyfit import best_deadline
from index.passages import PassageDeadline
from index.query import Kind, understand
from index.ranking import Ranked
from index.search import _answer as answered
from index.steps import asks_for_event, is_another, is_step, of_what_is_asked, other_round
from index.words import table
from tests.index.test_ranking import passage, ranked

STEPS = table("steps")


@pytest.mark.parametrize("row", STEPS["step"], ids=lambda row: str(row["name"]))
def test_every_step_matches_its_example(row: dict[str, Any]) -> None:
    assert not asks_for_event(row["example"])
    assert is_step(row["answer"])


def test_an_event_matches_its_example() -> None:
    assert asks_for_event(STEPS["event"]["example"])
    assert not is_step(STEPS["event"]["answer"])


@pytest.mark.parametrize(
    "question",
    [
        "ngày thi lớp 10 năm 2024",
        "ngay thi lop 10",
        "lịch thi tuyển sinh lớp 10",
        "hội thi giáo viên dạy giỏi cấp huyện tổ chức ngày nào",
        "bao giờ khám sức khỏe đầu năm",
        "tập huấn chuyển đổi số hôm nào",
        "tập huấn báo cáo viên khi nào",
        "khi nào họp cha mẹ học sinh",
        "kiểm tra cuối kỳ 1 vào ngày nào",
        "khai giảng năm nay ngày mấy",
    ],
)
def test_questions_for_an_event(question: str) -> None:
    assert asks_for_event(question)


@pytest.mark.parametrize(
    "question",
    [
        "hạn đăng ký thi học sinh giỏi",
        "hạn nộp báo cáo tập huấn",
        "bao giờ công bố điểm thi lớp 10",
        "bao giờ có điểm thi",
        "nộp đề thi khi nào",
        "khi nào chấm thi xong",
        "hạn nộp báo cáo thi đua",
        "bao gio co ket qua thi",
        "khi nào nộp kế hoạch năm học",
        "tiết học thực thi thế nào",
    ],
)
def test_questions_for_something_else(question: str) -> None:
    assert not asks_for_event(question)


@pytest.mark.parametrize(
    ("task", "step"),
    [
        ("Công bố điểm thi lớp 10.", True),
        ("Các trường gửi danh sách học sinh dự thi về Phòng GDĐT.", True),
        ("Nộp hồ sơ.", True),
        ("Chuyển bộ cài phần mềm khảo sát cho các sở.", True),
        ("Lịch công tác kỳ thi tốt nghiệp: đối sánh kết quả thi.", True),
        ("Thi tuyển ba môn và công bố kết quả.", False),
        ("Coi thi, chấm thi: Các ngày thi.", False),
        ("Đăng ký và dự thi: Trường tổ chức thi môn chuyên.", False),
        ("Tập huấn chuyển đổi số cho giáo viên.", False),
        ("Học sinh tựu trường.", False),
    ],
)
def test_what_is_a_step(task: str, step: bool) -> None:
    assert is_step(task) is step


@pytest.mark.parametrize(
    ("asked", "task", "other"),
    [
        ("ngày thi học sinh giỏi cấp tỉnh", "Thi chọn học sinh giỏi cấp huyện.", True),
        ("hội thi cap huyen ngay nao", "Hội thi cấp trường xong.", True),
        ("ngày thi học sinh giỏi cấp tỉnh", "Thi cấp huyện và cấp tỉnh.", False),
        ("ngày thi học sinh giỏi", "Thi cấp huyện.", False),
        ("ngày thi học sinh giỏi cấp tỉnh", "Kỳ thi tổ chức.", False),
    ],
)
def test_rounds(asked: str, task: str, other: bool) -> None:
    assert other_round(asked, task) is other


def due(task: str, day: str) -> PassageDeadline:
    return PassageDeadline(task, day, f"ngày {day}", (), (), None, None)


def test_the_event_comes_before_its_steps() -> None:
    results = passage("5. Công bố điểm thi lớp 10: trước ngày 20/6/2024.")
    results = replace(results, deadlines=(due("Công bố điểm thi lớp 10.", "2024-06-20"),))
    exam = passage("2. Lớp 10 trung học phổ thông\na) Thi tuyển ba môn trong hai ngày 05/6/2024 và 06/6/2024.", id="2")
    exam = replace(exam, deadlines=(due("Thi tuyển ba môn.", "2024-06-06"),))
    assert ranked("ngày thi lớp 10", results, exam)[0].passage == exam
    assert ranked("ngày công bố điểm thi lớp 10", results, exam)[0].passage == results


def test_of_one_item_the_event_answers() -> None:
    text = "Các trường đăng ký học sinh dự thi học sinh giỏi cấp tỉnh đến 17/11/2023; kỳ thi tổ chức 12/12/2023."
    tasks = {"2023-11-17": "Đăng ký học sinh dự thi chọn học sinh giỏi cấp tỉnh.", "2023-12-12": "Kỳ thi tổ chức."}
    item = replace(passage(text), deadlines=tuple(due(task, day) for day, task in tasks.items()))
    for query, day in (
        ("thi học sinh giỏi cấp tỉnh ngày nào", "2023-12-12"),
        ("hạn đăng ký thi học sinh giỏi tỉnh", "2023-11-17"),
    ):
        found = best_deadline(understand(query), item)
        assert found is not None and found.due == day


def test_a_day_of_announcing_is_asked_for_as_a_day() -> None:
    assert understand("ngày công bố kết quả thi").kind is Kind.WHEN
    assert understand("ngày công của giáo viên").kind is Kind.WHAT


def test_a_heading_is_compared_with_its_marks() -> None:
    survey = passage("1. Chuyển phần mềm", heading=("LỊCH CÔNG VIỆC CHU KỲ 2022",), id="2")
    signature = passage("b) Quản lý, sử dụng chữ ký số đúng quy định.")
    assert ranked("chữ ký số", survey, signature)[0].passage == signature
    assert ranked("chữ ký", survey)[0].fit < 1 < ranked("chu ky", survey)[0].fit


def test_a_hit_without_a_telling_word_gives_no_date_where_the_best_one_has_it() -> None:
    question = understand("hội thi giáo viên dạy giỏi tổ chức ngày nào")
    plan = passage("Căn cứ Thông tư về hội thi giáo viên dạy giỏi.")
    other = replace(passage("Thi học sinh giỏi 31/01/2024."), deadlines=(due("Thi học sinh giỏi.", "2024-01-31"),))
    rows = [Ranked(plan, 1.8, 2.0), Ranked(other, 1.5, 1.7, whole=False)]
    assert answered(question, rows) is None
    found = answered(question, rows[1:])
    assert found is not None and found.deadline.due == "2024-01-31"


def test_days_of_steps_give_no_date_nor_does_another_directive() -> None:
    question = understand("ngày thi lớp 10")
    results = replace(passage("Công bố điểm 20/6."), deadlines=(due("Công bố điểm thi lớp 10.", "2024-06-20"),))
    exam = replace(passage("Thi tuyển 06/6."), deadlines=(due("Thi tuyển ba môn.", "2024-06-06"),))
    other = replace(exam, document="another")
    assert answered(question, [Ranked(results, 2.0, 2.0), Ranked(other, 1.9, 2.0)]) is None
    found = answered(question, [Ranked(results, 2.0, 2.0), Ranked(exam, 1.9, 2.0)])
    assert found is not None and found.deadline.due == "2024-06-06" and found.hit == 1


@pytest.mark.parametrize(
    ("task", "other"),
    [("Đăng kí dự thi", "Đăng ký dự thi"), ("Tổ chức kì thi", "Tổ chức kỳ thi"), ("Khám sức khoẻ", "Khám sức khỏe")],
)
def test_either_spelling_is_the_same_duty(task: str, other: str) -> None:
    assert is_step(task) == is_step(other)
    for question in ("ngày thi vào lớp 10", "hạn đăng ký thi", "khi nào khám sức khỏe"):
        assert of_what_is_asked(question, task) == of_what_is_asked(question, other)


@pytest.mark.parametrize(
    ("asked", "task", "another"),
    [
        ("hạn nộp hồ sơ xét thăng hạng", "Nhận hồ sơ tại Phòng Nội vụ", False),
        ("hạn nộp hồ sơ dự thi", "Tổ chức thi tại trường", True),
        ("tập huấn nghị định 30 ngày nào", "Tổ chức triệu tập đại biểu dự Hội nghị tập huấn", False),
        ("tập huấn nghị định 30 ngày nào", "Gửi câu hỏi về nội dung tập huấn", True),
        ("ngày thi lớp 10", "Họp hội đồng", True),
        ("thu quỹ xong trước ngày nào", "Gửi báo cáo", False),
        ("hạn nộp báo cáo", "Thực hiện.", False),
        ("góp ý quy chế thi trước ngày nào", "Gửi ý kiến về Phòng Khảo thí", False),
    ],
)
def test_what_is_plainly_another_duty(asked: str, task: str, another: bool) -> None:
    assert is_another(asked, task) is another
