"""Who must do something and which schools, in plans, invitations and telegrams of many offices (whose.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.test_whom import OFFICES as LETTERS
from tests.nlp.test_whom import named
from tests.nlp.texts import due

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("whose.toml").read_text(encoding="utf-8"))["case"]

_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
_SO = "UBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\n"


def _plan(office: str, number: str, date: str, kind: str, subject: str, opening: str) -> str:
    """Return the head of a directive that is not a công văn."""
    return f"{office}Số: {number}\n{_NATION}{date}\n\n{kind}\n{subject}\n\n{opening}\n"


OFFICES = LETTERS | {
    "phong_hoi_thi": _plan(
        "UBND HUYỆN AN TRẠCH\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\n",
        "41/KH-PGDĐT",
        "An Trạch, ngày 05 tháng 10 năm 2023",
        "KẾ HOẠCH",
        "Tổ chức Hội thi giáo viên dạy giỏi cấp huyện bậc Mầm non, Tiểu học, THCS\nnăm học 2023-2024",
        "Phòng GDĐT xây dựng kế hoạch tổ chức Hội thi như sau:",
    ),
    "so_cuoc_thi": _plan(
        _SO,
        "58/KH-SGDĐT",
        "Hải Lâm, ngày 12 tháng 9 năm 2023",
        "KẾ HOẠCH",
        "Tổ chức Cuộc thi sáng tạo trẻ cấp tỉnh năm học 2023-2024",
        "Sở GDĐT ban hành kế hoạch tổ chức Cuộc thi như sau:",
    ),
    "so_giay_moi": _plan(
        _SO,
        "31/GM-SGDĐT",
        "Hải Lâm, ngày 02 tháng 10 năm 2023",
        "GIẤY MỜI",
        "Dự Hội nghị chuyên đề công tác thư viện",
        "Sở Giáo dục và Đào tạo trân trọng kính mời:\n- Đại diện lãnh đạo Ban Tuyên giáo Tỉnh ủy;\n"
        "- Trưởng phòng GDĐT các huyện, thành phố;\n- Hiệu trưởng các trường THPT, Giám đốc các TT GDNN-GDTX;\n"
        "- Mỗi trường tiểu học, THCS cử 01 cán bộ quản lý.",
    ),
    "so_ptdtnt": LETTERS["so"].replace(
        "- Các trường THPT, trung tâm GDTX.", "- Các trường THPT, PTDTNT THCS&THPT;\n- Trung tâm GDTX tỉnh."
    ),
    "so_tu_thuc": LETTERS["so"]
    .replace("05 tháng 9 năm 2023", "24 tháng 9 năm 2025")
    .replace("V/v thực hiện nhiệm vụ năm học 2023 - 2024", "V/v thực hiện chính sách học phí năm học 2025 - 2026")
    .replace(
        "- Phòng GDĐT các huyện, thành phố;\n- Các trường THPT, trung tâm GDTX.",
        "- UBND các xã, phường, đặc khu;\n- Thủ trưởng các đơn vị trực thuộc;\n"
        "- Các cơ sở giáo dục mầm non, phổ thông tư thục.",
    ),
    "tinh_cong_dien": _plan(
        "ỦY BAN NHÂN DÂN\nTỈNH HẢI LÂM\n",
        "09/CĐ-CTUBND",
        "Hải Lâm, ngày 09 tháng 5 năm 2021",
        "CÔNG ĐIỆN",
        "Về việc tạm dừng đến trường và tổ chức dạy học trong điều kiện phòng, chống dịch",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẢI LÂM điện:\n- Giám đốc các sở: Giáo dục và Đào tạo, Y tế, Tài chính;\n"
        "- Chủ tịch UBND các huyện, thành phố.\nChủ tịch UBND tỉnh yêu cầu:",
    ),
    "lien_tich": _plan(
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO - TỈNH ĐOÀN HẢI LÂM\n",
        "77/HDLT-SGDĐT-TĐ",
        "Hải Lâm, ngày 10 tháng 9 năm 2024",
        "HƯỚNG DẪN LIÊN TỊCH",
        "Công tác phối hợp phòng, chống bạo lực học đường năm học 2024-2025",
        "Sở GDĐT và Ban Thường vụ Tỉnh đoàn hướng dẫn như sau:",
    ),
    "cuc": LETTERS["bo"]
    .replace("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nCỤC QUẢN LÝ CHẤT LƯỢNG")
    .replace("4512/BGDĐT-GDTrH", "412/QLCL-QLT")
    .replace("ngày 23 tháng 8 năm 2024", "ngày 03 tháng 4 năm 2024"),
}


@pytest.mark.parametrize("case", CASES, ids=[f"{c['cause']}: {c['text'][:44]}" for c in CASES])
def test_whose(case: dict[str, Any]) -> None:
    rows = due(case["text"], head=OFFICES[case["office"]])
    found = [[" ".join(sorted(r.actor)), " ".join(r.levels or ())] for r in rows]
    assert found == [[named(actors), levels] for actors, levels in case["rows"]]
