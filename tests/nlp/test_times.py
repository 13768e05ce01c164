"""Times that end a duty, in wordings without the usual cue, and those that come back."""

from __future__ import annotations

import pytest

from tests.nlp.texts import due

DATED = [
    ("Tháng 10/2023: Thi cấp trường, chọn đội tuyển.", "2023-10-31", "Thi cấp trường, chọn đội tuyển."),
    ("Ngày 20/10/2023: Khai mạc hội thi tại Nhà thi đấu tỉnh.", "2023-10-20", "Khai mạc hội thi tại Nhà thi đấu tỉnh."),
    ("I. LỊCH\n- 7 giờ 30 phút ngày 28/10/2023: khai mạc hội thi.", "2023-10-28", "Khai mạc hội thi."),
    ("Chiều 28/10/2023: tổng kết, trao giải hội thi.", "2023-10-28", "Tổng kết, trao giải hội thi."),
    ("Dự trù kinh phí cho hội thi, hoàn thành ngày 10/10/2023.", "2023-10-10", "Dự trù kinh phí cho hội thi."),
    ("Các trường tổ chức thi cấp trường (tháng 11/2023).", "2023-11-30", "Tổ chức thi cấp trường."),
    ("Tổ chức tổng kết cuối tháng 5/2024.", "2024-05-31", "Tổ chức tổng kết."),
    ("Tổ chức hội thi ngày 20/11/2023.", "2023-11-20", "Tổ chức hội thi."),
    ("Tổ chức hội nghị sơ kết, dự kiến ngày 15/01/2024.", "2024-01-15", "Tổ chức hội nghị sơ kết."),
    ("Tổ chức hội nghị, dự kiến lúc 14 giờ 00 ngày 06/3/2024.", "2024-03-06", "Tổ chức hội nghị."),
    ("Hoàn thành tuyển dụng giáo viên trong năm 2024.", "2024-12-31", "Hoàn thành tuyển dụng giáo viên."),
    ("Đến hết năm 2024, 100% xã có lớp xóa mù chữ.", "2024-12-31", "100% xã có lớp xóa mù chữ."),
    ("Bồi dưỡng đội tuyển tại Trường THPT Đà Rằng từ 07/11 đến 30/12/2023.", "2023-12-30", None),
    ("Đăng ký về Sở (qua Phòng GDTrH), hạn chót 30/10/2023.", "2023-10-30", "Đăng ký về Sở (qua Phòng GDTrH)."),
    ("Các trường nhập dữ liệu từ nay đến hết ngày 30/11/2023.", "2023-11-30", "Nhập dữ liệu."),
]


@pytest.mark.parametrize(("text", "day", "task"), DATED, ids=[d[0][:40] for d in DATED])
def test_dates_without_the_usual_cue(text: str, day: str, task: str | None) -> None:
    [row] = due(text)
    assert row.due == day
    assert task is None or row.task == task


DESCRIBED = [
    ("Tìm hiểu về ngộ độc trong giờ chào cờ tuần thứ nhất của tháng 12/2023.", "tuần thứ nhất của tháng 12/2023"),
    ("Gửi báo cáo bằng văn bản trước 17 giờ cùng ngày.", "trước 17 giờ cùng ngày"),
    ("Báo cáo sĩ số trước 16 giờ hằng ngày.", "trước 16 giờ hằng ngày"),
    ("Gửi báo cáo ngay trong ngày xảy ra vụ việc.", "ngay trong ngày xảy ra vụ việc"),
    ("Sao lưu dữ liệu điểm hằng ngày.", "hằng ngày"),
    ("Hiệu trưởng tiếp công dân vào sáng thứ Hai tuần thứ nhất của tháng.", "vào sáng thứ Hai tuần thứ nhất của tháng"),
    ("Tổ chuyên môn họp chiều thứ Sáu tuần cuối của tháng.", "chiều thứ Sáu tuần cuối của tháng"),
    ("Báo cáo hằng tháng trước ngày 20.", "hằng tháng trước ngày 20"),
    (
        "Định kỳ hằng quý, trước ngày 25 của tháng cuối quý, báo cáo Sở.",
        "Định kỳ hằng quý, trước ngày 25 của tháng cuối quý",
    ),
    ("Báo cáo số liệu trước ngày 15 các tháng 3, 6, 9, 12.", "trước ngày 15 các tháng 3, 6, 9, 12"),
    ("Báo cáo lãnh đạo Sở vào 16 giờ thứ Năm hằng tuần.", "16 giờ thứ Năm hằng tuần"),
    ("Sửa chữa phòng học trước thềm năm học mới.", "trước thềm năm học mới"),
]


@pytest.mark.parametrize(("text", "words"), DESCRIBED, ids=[d[1] for d in DESCRIBED])
def test_times_that_come_back_or_are_only_described(text: str, words: str) -> None:
    [row] = due(text)
    assert (row.due, row.due_text) == (None, words)


NONE = [
    "Công khai thực đơn hằng tuần và chi phí từng bữa.",
    "Hợp đồng hết hạn ngày 31/12/2023 không được gia hạn.",
    "Ba tồn tại về hồ sơ tài chính đã được khắc phục trước ngày 30/6/2023.",
    "Các trường đăng ký đánh giá ngoài trong năm 2024 gửi công văn về Sở.",
    "Đến năm 2025, 100% trường đạt chuẩn quốc gia.",
    "Chi trả tiền lương tháng 9/2023 cho giáo viên hợp đồng.",
    "Ngày 01/10/2023, mưa lớn đã làm sập cổng trường.",
]


@pytest.mark.parametrize("text", NONE, ids=[t[:40] for t in NONE])
def test_what_is_no_deadline(text: str) -> None:
    assert due(text) == []
