"""To whom a directive is written (Kính gửi), in the layouts that offices use."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

_TOP = """UBND TỈNH HẢI LÂM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ GIÁO DỤC VÀ ĐÀO TẠO Độc lập - Tự do - Hạnh phúc
Số: 1234/SGDĐT-GDTrH Hải Lâm, ngày 05 tháng 9 năm 2023
V/v thực hiện nhiệm vụ năm học
2023 - 2024
"""
_BODY = """
Thực hiện Công văn số 12/UBND-VX ngày 01/9/2023 của UBND tỉnh, Sở GDĐT yêu cầu:
1. Báo cáo trước ngày 10/10/2023.
"""


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("Kính gửi: Các trường THPT trên địa bàn tỉnh", ["Các trường THPT trên địa bàn tỉnh"]),
        (
            "Kính gửi: Trưởng phòng GDĐT các huyện;\nHiệu trưởng các trường THPT;\nGiám đốc các trung tâm GDTX.",
            ["Trưởng phòng GDĐT các huyện", "Hiệu trưởng các trường THPT", "Giám đốc các trung tâm GDTX"],
        ),
        (
            "Kính gửi:\n1. Phòng GDĐT các huyện;\n2. Các trường THPT, PTDTNT;\n3. Trung tâm GDTX tỉnh.",
            ["Phòng GDĐT các huyện", "Các trường THPT, PTDTNT", "Trung tâm GDTX tỉnh"],
        ),
        (
            "Kính gửi:\n- Ủy ban nhân dân các xã (Phòng Văn hóa - Xã\nhội);\n- Các trường THPT.",
            ["Ủy ban nhân dân các xã (Phòng Văn hóa - Xã hội)", "Các trường THPT"],
        ),
        ("Kính gửi: - Các phòng GDĐT;\n- Các trường trực thuộc.", ["Các phòng GDĐT", "Các trường trực thuộc"]),
        (
            "Kính gửi: Hiệu trưởng các trường: THPT Lê Lợi, THPT Trần Phú,\nTHPT Ba Đình",
            ["Hiệu trưởng các trường: THPT Lê Lợi, THPT Trần Phú, THPT Ba Đình"],
        ),
        (
            "Kính gửi:\n- Các phòng GDĐT;\n- Trường THPT; trung tâm GDTX có học sinh lớp 12.\n",
            ["Các phòng GDĐT", "Trường THPT; trung tâm GDTX có học sinh lớp 12"],
        ),
    ],
)
def test_addressees(lines: str, wanted: list[str]) -> None:
    assert list(facts_of(_BODY, head=_TOP + lines).header.addressees) == wanted


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        ("Kính gửi: Hiệu trưởng các trường TH, THCS", ["tieu_hoc", "thcs"]),
        ("Kính gửi:\n- Các trường MN - MG (CL - NCL),\n- Các trường Tiểu học.", ["mam_non", "tieu_hoc"]),
        ("Kính gửi: Các trường MN-MG", ["mam_non"]),
        ("Kính gửi: Hiệu trưởng các trường THCS, TH&THCS", ["tieu_hoc", "thcs"]),
    ],
)
def test_levels_of_addressees_in_short(lines: str, levels: list[str]) -> None:
    [deadline] = facts_of(_BODY, head=_TOP + lines + "\n").deadlines
    assert list(deadline.levels or ()) == levels
