"""Who must come to what an office holds: in a sentence of their own a row of their own, else beside the holder.

Decided by corpus/samples/README.md before the reader was run on them; offices and places are invented.
"""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

SO, PHONG, SCHOOL, CENTRE = "so_gddt", "phong_gddt", "co_so_giao_duc", "trung_tam_gdtx"
ROWS = [
    (
        "1. Sở GDĐT tổ chức hội nghị triển khai vào 8 giờ 00 ngày 22/9/2023 tại hội trường Sở. Trưởng phòng GDĐT, Hiệu"
        " trưởng các trường THPT dự đúng thành phần.",
        [("2023-09-22", (SO,)), ("2023-09-22", (PHONG, SCHOOL))],
    ),
    (
        "2. Sở GDĐT tập huấn phần mềm theo hình thức trực tuyến từ 14 giờ ngày 10/10/2023. Các phòng GDĐT bố trí điểm"
        " cầu, cử 02 chuyên viên tham dự.",
        [("2023-10-10", (SO,)), ("2023-10-10", (PHONG,))],
    ),
    (
        "3. Phòng QLCL tổ chức tập huấn tự đánh giá ngày 18/11/2023. Mỗi trường THPT cử 02 người dự.",
        [("2023-11-18", ("phong_chuyen_mon_so:Phòng QLCL",)), ("2023-11-18", (SCHOOL,))],
    ),
    (
        "4. Sở GDĐT tổ chức hội nghị giao ban ngày 29/9/2023; Hiệu trưởng các trường THPT dự đầy đủ.",
        [("2023-09-29", (SO, SCHOOL))],
    ),
    (
        "5. Sở GDĐT mở lớp bồi dưỡng cốt cán ngày 14/10/2023. Phòng GDĐT gửi danh sách giáo viên tham dự trước ngày"
        " 30/9/2023.",
        [("2023-10-14", (SO,)), ("2023-09-30", (PHONG,))],
    ),
    (
        "6. Sở GDĐT tổ chức hội thảo ngày 20/12/2023. Mỗi trường THPT cử 01 đại biểu dự và đăng ký danh sách trước ngày"
        " 10/12/2023.",
        [("2023-12-20", (SO,)), ("2023-12-10", (SCHOOL,))],
    ),
    (
        "7. Sở GDĐT tổ chức lễ tổng kết ngày 25/5/2024. Trân trọng mời đại diện cha mẹ học sinh dự.",
        [("2024-05-25", (SO,))],
    ),
    (
        "8. Sở GDĐT họp rút kinh nghiệm vào 14h00 ngày 05/01/2024. Yêu cầu Hiệu trưởng các trường THPT dự họp đúng giờ,"
        " vắng phải xin phép.",
        [("2024-01-05", (SO,)), ("2024-01-05", (SCHOOL,))],
    ),
    (
        "9. Sở GDĐT tổ chức hội nghị trực tuyến vào 14h00 ngày 16/4/2024. Phòng GDĐT bố trí điểm cầu; hiệu trưởng các"
        " trường mầm non, tiểu học, THCS dự tại điểm cầu của huyện, các trung tâm GDTX dự tại đơn vị.",
        [("2024-04-16", (SO,)), ("2024-04-16", (PHONG,)), ("2024-04-16", (SCHOOL,)), ("2024-04-16", (CENTRE,))],
    ),
    (
        "10. Sở GDĐT tập huấn giáo viên cốt cán trong các ngày 19, 20 và 21/9/2023 (từ 8h00). Các phòng GDĐT cử mỗi môn"
        " 02 giáo viên dự đủ thời gian; danh sách gửi về Sở trước ngày 12/9/2023.",
        [("2023-09-21", (SO,)), ("2023-09-21", (PHONG,)), ("2023-09-12", (PHONG,))],
    ),
    (
        "11. Sở GDĐT tập huấn giáo viên trong 03 ngày, từ ngày 14/7 đến ngày 16/7/2024. Mỗi trường THPT cử 03 giáo"
        " viên, mỗi phòng GDĐT cử 02 giáo viên về dự.",
        [("2024-07-16", (SO,)), ("2024-07-16", (SCHOOL,)), ("2024-07-16", (PHONG,))],
    ),
    (
        "12. Sở GDĐT tổ chức tập huấn vào ngày 12/10/2023. Nội dung: kiểm tra, đánh giá theo chương trình mới. Các"
        " trường THPT tiếp tục dự giờ, rút kinh nghiệm.",
        [("2023-10-12", (SO,))],
    ),
    (
        "13. Các trường THPT tổ chức hội nghị viên chức xong trước ngày 30/9/2023. Phòng GDĐT dự hội nghị của các"
        " trường THCS.",
        [("2023-09-30", (SCHOOL,))],
    ),
    (
        "14. Sở GDĐT khai giảng lớp bồi dưỡng lúc 7 giờ 30 ngày 09/10/2023 tại Trường THPT Cẩm Lý. Đề nghị giám đốc các"
        " trung tâm GDTX cử giáo viên tham gia đầy đủ.",
        [("2023-10-09", (SO,)), ("2023-10-09", (CENTRE,))],
    ),
    (
        "21. Ngày hội đọc sách cấp tỉnh: ngày 22/4/2024, Sở GDĐT tổ chức tại Quảng trường 2 tháng 4. Mỗi phòng GDĐT,"
        " mỗi trường THPT tham gia ít nhất 01 gian trưng bày.",
        [("2024-04-22", (SO,)), ("2024-04-22", (PHONG, SCHOOL))],
    ),
    (
        "22. Sở GDĐT tổ chức giải việt dã vào ngày 26/3/2024 tại đường 3 tháng 2. Mỗi phòng GDĐT thành lập 01 đoàn.",
        [("2024-03-26", (SO,)), ("2024-03-26", (PHONG,))],
    ),
    (
        "23. Sở GDĐT tổ chức hội diễn ngày 18/11/2023. Mỗi trường THPT tham gia 02 tiết mục; đăng ký tiết mục trước"
        " ngày 05/11/2023.",
        [("2023-11-18", (SO,)), ("2023-11-18", (SCHOOL,)), ("2023-11-05", (SCHOOL,))],
    ),
    (
        "24. Sở GDĐT tổ chức hội thảo ngày 18/11/2023. Các trường THPT tham gia góp ý dự thảo bằng văn bản.",
        [("2023-11-18", (SO,))],
    ),
]


@pytest.mark.parametrize(("text", "rows"), ROWS, ids=[r[0][:12] for r in ROWS])
def test_who_must_come(text: str, rows: list[tuple[str, tuple[str, ...]]]) -> None:
    found = sorted((row.due or "", row.actor) for row in facts_of(text).deadlines)
    assert found == sorted(rows)


def test_the_row_of_those_who_come_reads_alone() -> None:
    row = facts_of(ROWS[7][0]).deadlines[1]
    assert (row.task, row.recipient, row.due_text) == (
        "Yêu cầu Hiệu trưởng các trường THPT dự họp đúng giờ.",
        None,
        "vào 14h00 ngày 05/01/2024",
    )
