"""What looks like a contradiction and is none: lists within titles that are numbered alike, annexes sent as files."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of


@pytest.mark.parametrize(
    "text",
    [
        "I. TỔ CHỨC THỰC HIỆN\n1. Trường trung học cơ sở\n1. Triển khai hướng dẫn này.\n2. Xây dựng kế hoạch.\n"
        "2. Phòng Giáo dục và Đào tạo\n1. Hằng tháng kiểm tra các trường.\n2. Giải quyết khó khăn.",
        "I. NHIỆM VỤ\na) Các trường\na) Rà soát thiết bị.\nb) Sửa phòng học.\nb) Phòng GDĐT\na) Tổng hợp.",
        "1. Các trường đăng ký.\n(Gửi kèm theo Kế hoạch 02 Phụ lục. Phụ lục 1: Bảng đăng ký; Phụ lục 2: Tổng hợp).",
        "1. Các trường báo cáo.\n(Đính kèm theo công văn 03 phụ lục: Phụ lục 1 cho trường, Phụ lục 2 cho phòng).",
        "d) Các khoản khác.d.1. Bảo hiểm tai nạn.\nd.2. Kinh phí hoạt động của Ban đại diện cha mẹ học sinh.",
    ],
)
def test_no_conflict(text: str) -> None:
    assert facts_of(text).conflicts == ()


@pytest.mark.parametrize(
    "text",
    [
        "I. NHIỆM VỤ\n1. Các trường rà soát thiết bị.\n1. Các trường sửa chữa phòng học.\n2. Báo cáo kết quả.",
        "I. NHIỆM VỤ\n1. Rà soát thiết bị.\n4. Tiến hành kiểm tra\n5. Kết thúc kiểm tra\n5. Lưu hồ sơ kiểm tra",
        "1. Các trường đăng ký theo Phụ lục 2 của Công văn này.\nPHỤ LỤC 1\nBẢNG ĐĂNG KÝ\n1. Tên trường",
    ],
)
def test_a_conflict(text: str) -> None:
    assert len(facts_of(text).conflicts) == 1
