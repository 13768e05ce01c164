"""Days that a label tells or on which something begins again, times that end nothing; decided before the reader ran."""

from __future__ import annotations

import pytest

from tests.nlp.texts import due, facts_of

FRAME = (
    "1. Ngày tựu trường của các cấp học: Ngày 01/9/2023 (thứ Sáu).\n"
    "2. Ngày khai giảng năm học mới thống nhất trong toàn tỉnh cho các cấp học: Ngày 05/9/2023 (thứ Ba).\n"
    "3. Ngày bắt đầu thực hiện kế hoạch dạy học đối với các cấp học: Ngày 06/9/2023.\n"
    "4. Ngày kết thúc học kỳ I: trước ngày 15/01/2024.\n"
)


def test_a_label_tells_its_day_without_a_letterhead() -> None:
    head = "Kế hoạch thời gian năm học 2023-2024 của tỉnh như sau:\nCăn cứ Quyết định số 2171/QĐ-BGDĐT;\n"
    rows = facts_of(FRAME, head=head, tail="").deadlines
    assert [row.due for row in rows] == ["2023-09-01", "2023-09-05", "2023-09-06", "2024-01-15"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # a label and its time
        ("- Thời gian: Dự kiến tháng 12/2023 (thời gian cụ thể thông báo sau).", ["2023-12-31"]),
        ("- Thời gian tổ chức: dự kiến trong tháng 3/2024.", ["2024-03-31"]),
        ("- Lịch thi: Ngày 01, 02/7/2024.", ["2024-07-02"]),
        ("- Ngày hội đọc sách: ngày 21/4/2024 (Chủ nhật).", ["2024-04-21"]),
        ("- Thời gian chấm: 12/3/2024.", ["2024-03-12"]),
        ("- Tổ chức thi: cấp huyện, tháng 11/2023; cấp tỉnh, tháng 12/2023; cấp quốc gia, tháng 3/2024.",
         ["2023-11-30", "2023-12-31", "2024-03-31"]),
        ("- Thi chọn học sinh giỏi cấp tỉnh: Đối tượng dự thi là học sinh lớp 9 theo hướng dẫn của Sở: Thi ngày"
         " 06/3/2024.", ["2024-03-06"]),
        # what begins again
        ("- Bậc học mầm non hoạt động trở lại từ ngày 16/10/2023.", ["2023-10-16"]),
        ("- Học sinh lớp 9, lớp 12 đi học trở lại từ ngày 17/10/2023.", ["2023-10-17"]),
        ("- Trẻ mẫu giáo trở lại trường từ thứ Hai, ngày 16/10/2023.", ["2023-10-16"]),
        # times that end nothing
        ("- Học kỳ II: bắt đầu ngay sau khi kết thúc học kỳ I.", []),
        ("- Thời gian nghỉ phép năm của giáo viên được thực hiện trong thời gian nghỉ hè.", []),
        ("- Giáo viên nghỉ phép trong thời gian nghỉ hè hoặc xen kẽ vào thời gian khác trong năm.", []),
        ("- Các trường gửi báo cáo ngay sau khi kết thúc học kỳ I.", ["~ngay sau khi kết thúc học kỳ I"]),
        ("- Email: hotro@hailam.edu.vn; từ ngày 20/9/2023 đến ngày 20/10/2023.", []),
        ("- Hỗ trợ qua điện thoại theo số 024.32181386: từ ngày 20/9/2023 đến ngày 20/10/2023.", []),
        ("- Đường dây nóng 0277.385.1588 trực từ ngày 20/9/2023 đến ngày 20/10/2023.", []),
        ("- Các trường gửi hồ sơ qua email hotro@hailam.edu.vn từ ngày 20/9/2023 đến ngày 20/10/2023.", ["2023-10-20"]),
        # a feast is a name
        ("- Thăm hỏi giáo viên nhân ngày Nhà giáo Việt Nam 20/11/2023, như sau.", []),
        ("- Phát động thi đua hướng tới ngày thành lập Đoàn 26/3/2024.", []),
        # told of the past, or how far data go
        ("- Qua rà soát, đến hết ngày 30/8/2023 mới có 29 trường gửi số liệu.", []),
        ("- Đến hết tháng 8/2023 còn 05 trường chưa có nhà vệ sinh đạt chuẩn.", []),
        ("- Báo cáo theo mẫu (số liệu chốt đến ngày 30/9/2023) gửi trước ngày 10/10/2023.", ["2023-10-10"]),
        ("- Lập danh sách học sinh (tính đến hết tháng 9/2023) gửi Sở trước 15/10/2023.", ["2023-10-15"]),
        # a rate within the year
        ("- Mỗi trường tổ chức ít nhất 01 buổi ngoại khóa trong năm học.", []),
        ("- Mỗi giáo viên dự ít nhất 02 tiết trong một học kỳ.", []),
    ],
)  # fmt: skip
def test_days(text: str, days: list[str]) -> None:
    assert [found.due or f"~{found.due_text}" for found in due(f"1. Công việc\n{text}")] == days
