"""Tasks that are read alone: in a calendar, in a table."""

from __future__ import annotations

import pytest

from nlp.dues.aloud import read_alone
from nlp.dues.leads import lead_of_title


@pytest.mark.parametrize(
    ("task", "recipient", "via", "alone"),
    [
        ("Và cập nhật kết quả vào phần mềm.", None, None, "Cập nhật kết quả vào phần mềm."),
        ("Đồng thời gửi bản mềm về Sở.", "Sở GDĐT", None, "Gửi bản mềm về Sở."),
        ("Sau đó tổng hợp toàn huyện.", None, None, "Tổng hợp toàn huyện."),
        ("Họp tổ trưởng vào tại phòng họp số 2.", None, None, "Họp tổ trưởng tại phòng họp số 2."),
        ("Nhập điểm khảo sát đầu vào tại trường.", None, None, "Nhập điểm khảo sát đầu vào tại trường."),
        ("Vòng huyện: Tiểu học..", None, None, "Vòng huyện: Tiểu học."),
        ("Ghi hình bài giảng: Đài tỉnh .).", None, None, "Ghi hình bài giảng: Đài tỉnh."),
        ("Nộp hồ sơ (bản giấy và bản mềm).", None, None, "Nộp hồ sơ (bản giấy và bản mềm)."),
        ("Tổ chức hội thảo: từ 8h30.", None, None, "Tổ chức hội thảo."),
        ("Ra đề chung cho các.", None, None, "Ra đề chung cho."),
        ("Gửi văn bản nêu rõ lý do.", "Sở GDĐT", None, "Gửi văn bản nêu rõ lý do."),
        ("Nộp nộp bài dự thi.", None, None, "Nộp bài dự thi."),
        ("Chi trả đợt 1: đợt 2.", None, None, "Chi trả đợt 2."),
        ("Kiểm tra định kì cuối học kì I: cuối năm học.", None, None, "Kiểm tra định kì cuối năm học."),
        ("Báo cáo sơ kết: báo cáo tổng kết.", "Sở Y tế", "Phòng KH", "Gửi báo cáo tổng kết về Sở Y tế (qua Phòng KH)."),
        (
            "Báo cáo kết quả sáp nhập trường về Sở: báo cáo lần 2.", "Sở GDĐT", None,
            "Báo cáo lần 2 kết quả sáp nhập trường về Sở.",
        ),
        ("Báo cáo học kỳ I: Báo cáo sơ kết công tác Đội.", None, None, "Báo cáo sơ kết công tác Đội."),
        ("Báo cáo quý III.", "UBND huyện", "Phòng Nội vụ", "Gửi báo cáo quý III về UBND huyện (qua Phòng Nội vụ)."),
        ("Sơ kết học kỳ I.", "Phòng GDĐT", None, "Gửi báo cáo sơ kết học kỳ I về Phòng GDĐT."),
        ("Danh sách cốt cán.", "Vụ GDTX", "taphuan@moet.gov.vn", "Gửi danh sách cốt cán về Vụ GDTX."),
        ("Báo cáo khám sức khỏe đầu năm học.", "Sở GDĐT", None, "Báo cáo khám sức khỏe đầu năm học."),
        ("Báo cáo Giám đốc Sở kết quả.", "Giám đốc Sở", None, "Báo cáo Giám đốc Sở kết quả."),
        ("Danh sách gửi về Sở.", "Sở GDĐT", None, "Danh sách gửi về Sở."),
        ("Kế hoạch năm học.", "cha mẹ học sinh", None, "Kế hoạch năm học."),
        ("Tổng kết năm học.", None, None, "Tổng kết năm học."),
    ],
)  # fmt: skip
def test_a_task_is_read_alone(task: str, recipient: str | None, via: str | None, alone: str) -> None:
    assert read_alone(task, recipient, via) == alone
    assert read_alone(alone, recipient, via) == alone


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("1. Thời gian nghỉ hè của học sinh: Cấp học Ngày nghỉ Ngày trở lại", "Thời gian nghỉ hè của học sinh"),
        ("2. Lịch thi học sinh giỏi: STT Nội dung Thời gian", "Lịch thi học sinh giỏi"),
        ("3. Thi học sinh giỏi: vòng trường và vòng huyện", "Thi học sinh giỏi: vòng trường và vòng huyện"),
    ],
)
def test_the_head_of_a_table_is_no_lead(title: str, lead: str) -> None:
    assert lead_of_title(title) == lead
