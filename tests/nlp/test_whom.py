"""Who must do a duty, which schools, to whom and through whom, in many wordings (whom.toml)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.texts import HEAD, due

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("whom.toml").read_text(encoding="utf-8"))["case"]

_TO = "- Phòng GDĐT các huyện, thành phố;\n- Các trường THPT, trung tâm GDTX."
_ABOUT = "V/v thực hiện nhiệm vụ năm học 2023 - 2024"


def _head(*changes: tuple[str, str]) -> str:
    head = HEAD
    for old, new in changes:
        assert old in head
        head = head.replace(old, new)
    return head


_PHONG = (
    ("UBND TỈNH HẢI LÂM", "UBND HUYỆN AN TRẠCH"),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"),
    ("1234/SGDĐT-GDTrH", "321/PGDĐT-CM"),
)
_BO = (
    ("UBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", "BỘ GIÁO DỤC VÀ ĐÀO TẠO"),
    ("1234/SGDĐT-GDTrH", "4512/BGDĐT-GDTrH"),
    ("Hải Lâm, ngày 05 tháng 9 năm 2023", "Hà Nội, ngày 23 tháng 8 năm 2024"),
)
OFFICES = {
    "so": HEAD,
    "so_all": _head((_ABOUT, "V/v tuyển sinh đầu cấp mầm non, phổ thông, giáo dục thường xuyên năm học 2024-2025")),
    "so_truc_thuoc": _head((_TO, "- Phòng GDĐT các huyện, thành phố;\n- Các đơn vị trực thuộc Sở.")),
    "phong": _head(*_PHONG, (_TO, "- Hiệu trưởng các trường mầm non, tiểu học, THCS.")),
    "phong_tieu_hoc": _head(*_PHONG, (_TO, "- Hiệu trưởng các trường tiểu học.")),
    "bo": _head(*_BO, (_TO, "- Các sở giáo dục và đào tạo."), (_ABOUT, "V/v thực hiện nhiệm vụ năm học 2024 - 2025")),
    "bo_trung_hoc": _head(
        *_BO,
        (_TO, "- Các sở giáo dục và đào tạo;\n- Các đại học, trường đại học có trường trung học phổ thông chuyên."),
        (_ABOUT, "V/v hướng dẫn thực hiện nhiệm vụ giáo dục trung học năm học 2024 - 2025"),
    ),
    "bo_viec": _head(*_BO, (_TO, "- Các sở giáo dục và đào tạo."), (_ABOUT, "V/v rà soát thiết bị dạy học tối thiểu")),
    "xa": _head(
        ("05 tháng 9 năm 2023", "05 tháng 9 năm 2025"),
        (_ABOUT, "V/v thực hiện nhiệm vụ năm học 2025 - 2026"),
        (_TO, "- UBND các xã, phường;\n- Các đơn vị trực thuộc Sở;\n- Các trường mầm non, tiểu học, THCS."),
    ),
    "xa_centres": _head(
        ("05 tháng 9 năm 2023", "05 tháng 9 năm 2025"),
        (_ABOUT, "V/v bảo đảm an toàn trường học năm học 2025 - 2026"),
        (
            _TO,
            "- Ủy ban nhân dân các xã, phường, đặc khu;\n- Các trường THPT, PTDTNT;\n- Các trung tâm GDTX, GDNN-GDTX;\n"
            "- Các cơ sở giáo dục mầm non, tiểu học, THCS trên địa bàn tỉnh.",
        ),
    ),
    "so_thong_bao": """UBND TỈNH HẢI LÂM
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 2417/TB-SGDĐT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lâm, ngày 10 tháng 10 năm 2024

THÔNG BÁO
Kết luận của Giám đốc Sở tại Hội nghị giao ban tháng 10 năm 2024

Giám đốc Sở kết luận như sau:
""",
    "huyen": """ỦY BAN NHÂN DÂN
HUYỆN AN TRẠCH
Số: 88/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Trạch, ngày 15 tháng 8 năm 2017

KẾ HOẠCH
Kiên cố hóa trường, lớp học giai đoạn 2017-2020

UBND huyện ban hành Kế hoạch như sau:
""",
    "phuong": """ỦY BAN NHÂN DÂN
PHƯỜNG NAM KHÊ
Số: 88/UBND-VHXH
V/v tổng kết năm học và hoạt động hè
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nam Khê, ngày 05 tháng 5 năm 2026

Kính gửi: Các trường mầm non, tiểu học, THCS trên địa bàn phường.

""",
    "headless": "Ngày 05/9/2023 là ngày khai giảng của các cấp học trong tỉnh\nTheo Quyết định số 1511/QĐ-UBND ngày"
    " 30/7/2023 của UBND tỉnh, các mốc thời gian năm học 2023-2024 được nêu cụ thể như sau:\n",
    "tinh": """ỦY BAN NHÂN DÂN
TỈNH HẢI LÂM
Số: 5216/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lâm, ngày 15 tháng 11 năm 2018

KẾ HOẠCH
Thực hiện Đề án dạy và học ngoại ngữ trên địa bàn tỉnh giai đoạn 2018-2025

UBND tỉnh ban hành Kế hoạch như sau:
""",
    "truong": """PHÒNG GDĐT AN TRẠCH
TRƯỜNG THCS NAM KHÊ
Số: 46/KH-THCSNK
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nam Khê, ngày 20 tháng 9 năm 2023

KẾ HOẠCH
Công tác chuyên môn năm học 2023-2024

Trường THCS Nam Khê xây dựng Kế hoạch như sau:
""",
}


def _rows(case: dict[str, Any]) -> list[list[str]]:
    return [
        [" ".join(sorted(r.actor)), " ".join(r.levels or ()), (r.recipient or "").lower(), (r.via or "").lower()]
        for r in due(case["text"], head=OFFICES[case["office"]])
    ]


def _wanted(case: dict[str, Any]) -> list[list[str]]:
    return [[named(actor), levels, to.lower(), via.lower()] for actor, levels, to, via in case["rows"]]


def named(actors: str) -> str:
    """Return the actors of a row in order; a department's name has spaces of its own."""
    return " ".join(sorted(re.split(r" (?=[a-z]+_[a-z])", actors)))


@pytest.mark.parametrize("case", CASES, ids=[f"{c['cause']}: {c['text'][:44]}" for c in CASES])
def test_whom(case: dict[str, Any]) -> None:
    assert _rows(case) == _wanted(case)


@pytest.mark.parametrize(("day", "office"), [("15 tháng 5", "phong_gddt"), ("15 tháng 9", "ubnd_xa")])
def test_what_a_plan_asks_of_nobody_is_that_of_the_offices_of_its_day(day: str, office: str) -> None:
    head = HEAD.split("Kính gửi")[0].replace("05 tháng 9 năm 2023", f"{day} năm 2025")
    head = head.replace(_ABOUT, "") + "KẾ HOẠCH\nTriển khai học bạ số\nI. NHIỆM VỤ\n"
    (row,) = due("1. Rà soát dữ liệu học bạ, hoàn thành trước ngày 30/10/2025.", head=head)
    assert office in row.actor
