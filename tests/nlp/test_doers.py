"""Who does what opens a clause as a thing: by whom, who comes, who holds it; and stretches that end it."""

from __future__ import annotations

import pytest

from tests.nlp.texts import due

_SCHOOLS, _SO, _PHONG = "co_so_giao_duc", "so_gddt", "phong_gddt"


@pytest.mark.parametrize(
    ("text", "last", "actors", "levels"),
    [
        ("1. Tuần lễ đọc sách được các trường tiểu học, THCS tổ chức từ ngày 16/10/2023 đến hết ngày 22/10/2023.",
         "2023-10-22", [_SCHOOLS], ["tieu_hoc", "thcs"]),
        ("2. Chiến dịch làm sạch thư viện được các nhà trường triển khai từ ngày 01/11/2023 đến ngày 30/11/2023.",
         "2023-11-30", [_SCHOOLS], []),
        ("3. Đợt 2: nội dung như đợt 1, các trường THPT thực hiện trong tuần từ 20/11 đến 24/11/2023.",
         "2023-11-24", [_SCHOOLS], ["thpt"]),
        ("4. Phòng GDTrH kiểm tra việc dạy thêm tại 10 trường THPT, thực hiện từ ngày 10/11 đến ngày 28/11/2023.",
         "2023-11-28", ["phong_chuyen_mon_so:Phòng GDTrH"], ["thpt"]),
        ("5. Các trường THCS gửi kết quả về Phòng GDĐT trước ngày 08/10/2023 (lần 1) và ngày 25/11/2023 (lần 2).",
         "2023-11-25", [_SCHOOLS], ["thcs"]),
        ("6. Các trường THPT nộp danh sách trước ngày 10/11/2023; Sở GDĐT tổ chức Hội thi ngày 20/11/2023. Các đội thi"
         " có mặt lúc 7h00 ngày 20/11/2023 để bốc thăm.", "2023-11-20", [_SCHOOLS], ["thpt"]),
        ("7. Phòng GDĐT, trường THPT đăng ký trước ngày 10/10/2023; Sở GDĐT tổ chức vòng chung khảo ngày 15/12. Các"
         " đoàn có dự án vào chung khảo có mặt trước 7h00 ngày 14/12/2023.", "2023-12-14", [_PHONG, _SCHOOLS],
         ["thpt"]),
        ("8. Chuyên đề “Dạy học theo trạm” cấp tỉnh tổ chức ngày 15/11/2023 tại Trường THPT Lê Lợi (thành phần: hiệu"
         " trưởng các trường THPT).", "2023-11-15", [_SO, _SCHOOLS], []),
        ("9. Hội thảo “Chuyển đổi số trong nhà trường” cấp tỉnh tổ chức vào ngày 17/11/2023 (thành phần: lãnh đạo phòng"
         " GDĐT).", "2023-11-17", [_SO, _PHONG], []),
    ],
)  # fmt: skip
def test_who_does_it(text: str, last: str, actors: list[str], levels: list[str]) -> None:
    row = due(text)[-1]
    assert (str(row.due), list(row.actor), [str(level) for level in row.levels or ()]) == (last, actors, levels)


@pytest.mark.parametrize(
    "text",
    [
        "1. Chế độ mới thực hiện từ ngày 01/01/2024.",
        "2. Mức thu mới áp dụng từ ngày 01/9/2023 đến ngày 31/5/2024.",
        "3. Các trường tổ chức kỷ niệm Ngày 20/11 gọn nhẹ.",
        "4. Các trường tổ chức các hoạt động chào mừng ngày 22/12 thiết thực.",
    ],
)
def test_what_ends_nothing(text: str) -> None:
    assert due(text) == []


def test_what_some_do_besides_does_not_limit_who_sends() -> None:
    (row,) = due(
        "1. Các trường báo cáo về Sở GDĐT trước ngày 29/11/2023 (các trường mầm non báo cáo thêm biểu bán trú)."
    )
    assert row.levels is None
