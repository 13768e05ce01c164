"""Days of meetings: what is held begins at an hour of a day, and a time that stands alone is named by what is held."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

PHONG = (
    "UBND HUYỆN TÂN AN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 215/PGDĐT\nV/v họp giao ban hiệu trưởng tháng 10\n"
    "Tân An, ngày 12 tháng 10 năm 2020\nKính gửi: Hiệu trưởng các trường mầm non, tiểu học, THCS.\n"
    "Phòng GDĐT thông báo lịch làm việc như sau:\n"
)


@pytest.mark.parametrize(
    ("text", "due", "task"),
    [
        ("- Từ 7h30, ngày 19/10/2020: Họp bậc mầm non.", "2020-10-19", "Họp bậc mầm non."),
        ("- Từ 14 giờ 00 ngày 20/10/2020: Tập huấn giáo viên.", "2020-10-20", "Tập huấn giáo viên."),
        ("- Họp giao ban: từ 8 giờ 00 ngày 21/10/2020.", "2020-10-21", "Họp giao ban."),
        ("- Thời gian: Từ 7h30, ngày 22/10/2020.", "2020-10-22", "Họp giao ban hiệu trưởng tháng 10."),
        ("- Thời gian, địa điểm: 14h00, ngày 23/10/2020.", "2020-10-23", "Họp giao ban hiệu trưởng tháng 10."),
    ],
)
def test_what_is_held_has_its_day(text: str, due: str, task: str) -> None:
    rows = facts_of(f"1. Nội dung\n{text}\n", head=PHONG).deadlines
    assert [(row.due, row.task) for row in rows] == [(due, task)]


def test_a_heading_that_says_what_is_held_names_its_time() -> None:
    rows = facts_of("2. Hội thi cấp huyện\na) Thời gian: 14h00, ngày 19/11/2020.\n", head=PHONG).deadlines
    assert [row.task for row in rows] == ["Hội thi cấp huyện."]


def test_what_others_begin_at_an_hour_is_no_meeting() -> None:
    text = "1. Nội dung\n- Điện lực cắt điện từ 8 giờ 00 ngày 25/10/2020 trên địa bàn thị trấn.\n"
    assert facts_of(text, head=PHONG).deadlines == ()


def test_what_was_won_in_an_exam_has_no_time() -> None:
    text = "1. Tuyển thẳng học sinh đạt giải Nhất, Nhì trong kỳ thi học sinh giỏi cấp huyện.\n"
    assert facts_of(text, head=PHONG).deadlines == ()
