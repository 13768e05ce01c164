"""Days of what is held, told by an hour, a row of days, a heading alone; decided before the reader was run."""

from __future__ import annotations

import pytest

from tests.nlp.texts import due

#: A heading, an item under it, and of every deadline its day and its task.
EVENTS = [
    # a line that opens with an hour
    ("1. Khai mạc\n- 7 giờ sáng 12/3/2024 Hội thi chính thức khai mạc.", ["2024-03-12 Hội thi chính thức khai mạc."]),
    ("1. Khai mạc\n- 7 giờ 30 ngày 12/3/2024 khai mạc hội thi.", ["2024-03-12 Khai mạc hội thi."]),
    (
        "1. Họp giao ban\n14 giờ 00, thứ Sáu (ngày 24/11/2023) họp giao ban hiệu trưởng tại Phòng GDĐT.",
        ["2023-11-24 Họp giao ban hiệu trưởng tại Phòng GDĐT."],
    ),
    (
        "1. Lễ khai giảng\n- Đúng 7 giờ 00 ngày 05/9/2024 cử hành lễ chào cờ.",
        ["2024-09-05 Cử hành lễ chào cờ."],
    ),
    (
        "1. Lễ khai giảng\n- 7h00 - 7h30 ngày 05/9/2024: đón đại biểu.",
        ["2024-09-05 Lễ khai giảng: đón đại biểu."],
    ),
    # a paragraph of its own, without a number
    (
        "Ngày 01/11/2023: - 7h30' kiểm tra môn Tiếng Việt lớp 3, - 14h00' kiểm tra môn Toán lớp 1.",
        ["2023-11-01 7h30' kiểm tra môn Tiếng Việt lớp 3, - 14h00' kiểm tra môn Toán lớp 1."],
    ),
    ("Sáng 12/12/2023: khai mạc giải bóng đá học sinh.", ["2023-12-12 Khai mạc giải bóng đá học sinh."]),
    ("Ngày 01/7/2023: thi tốt nghiệp THPT xong, các trường tổng kết.", []),
    # what was, or only happened, is no duty
    ("2. Tình hình\n- 7 giờ ngày 04/9/2023 đã xảy ra sự cố tại điểm trường.", []),
    ("2. Tình hình\n- Lúc 10 giờ ngày 01/9/2023 mưa lớn làm sập tường rào.", []),
    # a day is all that stands under a heading
    ("1. Lễ kỷ niệm\n- Ngày 20 tháng 11 năm 2023.", ["2023-11-20 Lễ kỷ niệm."]),
    ("1. Lễ kỷ niệm\n- Từ 7 giờ 30, ngày thứ Hai, 20 tháng 11 năm 2023.", ["2023-11-20 Lễ kỷ niệm."]),
    ("1. Hội khỏe Phù Đổng\nNgày 20/12/2023.", ["2023-12-20 Hội khỏe Phù Đổng."]),
    ("1. Kiểm tra học kỳ I\n- Ngày 20, 21/12/2023.", ["2023-12-21 Kiểm tra học kỳ I."]),
    (
        "1. Thời gian nhận hồ sơ\n- Từ 8 giờ 00 ngày 10/01/2024 đến 17 giờ 00 ngày 12/01/2024.",
        ["2024-01-12 Nhận hồ sơ."],
    ),
    ("1. Căn cứ\n- Ngày 20 tháng 9 năm 2023.", []),
    ("1. Phạm vi áp dụng\n- Từ ngày 20/11/2023.", []),
    # days that share their month, and how many they are
    ("1. Hội khỏe\n- Thi đấu vòng loại: 17, 18, 19/4/2024.", ["2024-04-19 Thi đấu vòng loại."]),
    ("1. Hội khỏe\n- Các ngày 17, 18/4/2024 thi đấu bán kết.", ["2024-04-18 Thi đấu bán kết."]),
    ("1. Hội khỏe\n- Thời gian: 02 ngày (ngày 11,12 tháng 3 năm 2024)", ["2024-03-12 Hội khỏe."]),
    ("1. Ngày thi: 10, 11 và 12/4/2024.", ["2024-04-12 Ngày thi."]),
    ("1. Đại hội cháu ngoan Bác Hồ\n- Thời gian: 01 buổi, sáng 15/5/2024.", ["2024-05-15 Đại hội cháu ngoan Bác Hồ."]),
    ("1. Khảo sát\n- Đợt 2 ngày 15/3/2024 khảo sát môn Toán.", ["2024-03-15 Đợt 2 khảo sát môn Toán."]),
]


@pytest.mark.parametrize(("body", "expected"), EVENTS, ids=[body[:48] for body, _ in EVENTS])
def test_days_of_events(body: str, expected: list[str]) -> None:
    assert [f"{found.due} {found.task}" for found in due(body)] == expected
