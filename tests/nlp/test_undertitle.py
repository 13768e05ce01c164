"""Where a trích yếu stands under a tên loại, and where the body does."""

from __future__ import annotations

import pytest

from tests.nlp.test_pens import DAY, SIGNED, TEXT, read


@pytest.mark.parametrize(
    ("under", "subject"),
    [
        (
            "GIẤY MỜI\nThực hiện nhiệm vụ năm học 2023-2024 của ngành Giáo dục; Sở Giáo\n"
            "dục và Đào tạo tổ chức Hội nghị Hiệu trưởng các trường trung học phổ thông:\n1. Nội dung hội nghị:\n",
            None,
        ),
        (
            "GIẤY MỜI\nNhằm đánh giá kết quả thực hiện nhiệm vụ học kỳ I năm học 2023-2024, Sở Giáo dục\n"
            "và Đào tạo tổ chức hội nghị sơ kết, cụ thể như sau:\n",
            None,
        ),
        ("GIẤY MỜI\nSở Giáo dục và Đào tạo kính mời:\n- Trưởng phòng Giáo dục và Đào tạo các huyện;\n", None),
        (
            "THÔNG BÁO\nThực hiện chương trình công tác tháng 9 năm 2023, Sở Giáo dục và Đào tạo thông báo lịch\n"
            "tiếp công dân của lãnh đạo Sở như sau:\n",
            None,
        ),
        (
            "GIẤY MỜI\nDự Hội nghị tổng kết năm học 2022-2023\nSở Giáo dục và Đào tạo trân trọng kính mời:\n",
            "Dự Hội nghị tổng kết năm học 2022-2023",
        ),
        (
            "KẾ HOẠCH\nThực hiện Chương trình phối hợp giữa Sở Giáo dục và Đào tạo và Tỉnh đoàn\n"
            "tổ chức các hoạt động hè năm 2023\n"
            "Thực hiện Chương trình số 12/CTr-SGDĐT ngày 01/5/2023, Sở xây dựng kế hoạch như sau:\n",
            "Thực hiện Chương trình phối hợp giữa Sở Giáo dục và Đào tạo và Tỉnh đoàn tổ chức các hoạt động hè "
            "năm 2023",
        ),
    ],
)
def test_a_body_right_under_its_title_is_no_subject(under: str, subject: str | None) -> None:
    head = TEXT.format(number="Số: 45/GM-SGDĐT", day=DAY).partition("Kính gửi")[0].split("V/v")[0]
    text = f"{head.rstrip()}\n{under}1. Thời gian: 13h30 ngày 26/10/2023.\n" + SIGNED.format(mark="")
    assert read(text).header.subject == subject
