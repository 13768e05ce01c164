"""Plans and notices of schools, campaigns, described times: which days bind whom, page by page.

``school_plans.txt`` holds blocks: a head ("#phong"), lines of a body, and of every deadline in it a line "> day whom",
"-" for a time that is only described. Nothing else may be read. Offices are invented; the answers were decided first.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.pipeline import read
from tests.bench.extraction import of_text

BLOCKS = Path(__file__).with_name("school_plans.txt").read_text(encoding="utf-8").strip("\n").split("\n===\n")
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
SO = "UBND TỈNH VĨNH HÒA\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 1422/SGDĐT-CTTT\nV/v triển khai một số nội dung\n"
PHONG = "UBND HUYỆN TAM SƠN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 301/PGDĐT\nV/v triển khai một số nội dung\n"
XA = "UBND TỈNH VĨNH HÒA\nUBND XÃ AN BÌNH\nSố: 88/UBND-VHXH\nV/v triển khai một số nội dung\n"
BO = "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 4422/BGDĐT-GDCTHSSV\nV/v triển khai một số nội dung\n"
THCS = "PHÒNG GD&ĐT TAM SƠN\nTRƯỜNG THCS HÒA AN\nSố: 45/KH-THCSHA\n"
THPT = "SỞ GD&ĐT VĨNH HÒA\nTRƯỜNG THPT LÊ LỢI\nSố: 45/KH-THPTLL\n"
MAM_NON = "UBND XÃ AN BÌNH\nTRƯỜNG MẦM NON HOA SEN\nSố: 12/KH-MNHS\n"
ASKS = "thực hiện một số nội dung như sau:\n"
#: What stands above a body, and the signer's position.
HEADS = {
    "so": (
        f"{SO}{NATION}Vĩnh Hòa, ngày 15 tháng 9 năm 2022\nKính gửi:\n- Phòng Giáo dục và Đào tạo các huyện, thị xã, "
        f"thành phố;\n- Các đơn vị trực thuộc Sở.\nSở Giáo dục và Đào tạo yêu cầu các đơn vị {ASKS}",
        "GIÁM ĐỐC",
    ),
    "sopt": (
        f"{SO}{NATION}Vĩnh Hòa, ngày 15 tháng 9 năm 2022\nKính gửi: Hiệu trưởng các trường trung học phổ thông.\n"
        f"Sở Giáo dục và Đào tạo yêu cầu các trường {ASKS}",
        "GIÁM ĐỐC",
    ),
    "phong": (
        f"{PHONG}{NATION}Tam Sơn, ngày 15 tháng 9 năm 2022\nKính gửi: Hiệu trưởng các trường mầm non, tiểu học, THCS.\n"
        f"Phòng Giáo dục và Đào tạo yêu cầu các trường {ASKS}",
        "TRƯỞNG PHÒNG",
    ),
    "xa": (
        f"{XA}{NATION}An Bình, ngày 15 tháng 9 năm 2025\nKính gửi: Hiệu trưởng các trường mầm non, tiểu học, THCS trên "
        f"địa bàn.\nUBND xã yêu cầu các trường {ASKS}",
        "CHỦ TỊCH",
    ),
    "bo": (
        f"{BO}{NATION}Hà Nội, ngày 15 tháng 9 năm 2022\nKính gửi: Các sở giáo dục và đào tạo.\nBộ Giáo dục và Đào tạo "
        f"đề nghị các sở giáo dục và đào tạo {ASKS}",
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG",
    ),
    "truong": (
        f"{THCS}{NATION}Hòa An, ngày 05 tháng 9 năm 2022\nKẾ HOẠCH\nThực hiện nhiệm vụ của nhà trường\n",
        "HIỆU TRƯỞNG",
    ),
    "thpt": (
        f"{THPT}{NATION}Vĩnh Hòa, ngày 20 tháng 8 năm 2026\nKẾ HOẠCH\nTổ chức các hoạt động đầu năm học 2026-2027\n",
        "HIỆU TRƯỞNG",
    ),
    "mn": (
        f"{MAM_NON}{NATION}An Bình, ngày 28 tháng 9 năm 2025\nKẾ HOẠCH\nCông tác tháng 10 năm 2025\n",
        "HIỆU TRƯỞNG",
    ),
}
ACTORS = {
    "phong_gddt": "ph",
    "don_vi_truc_thuoc": "dv",
    "co_so_giao_duc": "cs",
    "trung_tam_gdtx": "tt",
    "so_gddt": "so",
    "bo_gddt": "bo",
    "ubnd_xa": "xa",
}
LEVELS = {"mam_non": "mn", "tieu_hoc": "th", "thcs": "cs", "thpt": "pt", "gdtx": "tx"}


def _key(row: str) -> tuple[str, str]:
    """Return a row without the order of its units and levels; no units are all units."""
    due, _, whom = row.partition(" ")
    units, _, levels = whom.partition(":")
    return due, f"{' '.join(sorted(units.split()))}:{' '.join(sorted(levels.split()))}"


def check(block: str) -> None:
    """Hold what is read of the body of a block against its marks."""
    lines = block.split("\n")
    head, position = HEADS[lines[0].lstrip("#")]
    body = "\n".join(line for line in lines[1:] if not line.startswith("> "))
    wanted = sorted(_key(line[2:]) for line in lines if line.startswith("> "))
    text = f"{head}{body}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n{position}\nNguyễn Văn An\n"
    found = []
    for row in read(of_text("plan", text)).deadlines:
        units = " ".join(ACTORS.get(str(actor), str(actor)) for actor in row.actor)
        levels = " ".join(LEVELS[level.value] for level in row.levels or ())
        found.append(_key(f"{row.due or '-'} {units}:{levels}"))
    assert sorted(found) == wanted


@pytest.mark.parametrize("block", BLOCKS, ids=[b[:60].replace("\n", " ") for b in BLOCKS])
def test_school_plans(block: str) -> None:
    check(block)
