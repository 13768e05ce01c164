"""Forms with one reading: GD&ĐT, ones that were read as letters; what nothing bears out stays."""

from __future__ import annotations

import pytest

from ingest.restore.forms import forms
from ingest.restore.restorer import Restorer
from ingest.restore.specks import specks, without_overlaps

MENDED = {
    "Phòng GD&DĐT các huyện": "Phòng GD&ĐT các huyện",
    "của Sở GID&ĐT' về": "của Sở GD&ĐT về",
    "- PGD&DT huyện Hòa An;": "- PGD&ĐT huyện Hòa An;",
    "Số 412/SGD&DĐT-VP": "Số 412/SGD&ĐT-VP",
    "(qua Bộ GDDĐT)": "(qua Bộ GDĐT)",
    "- Phòng GI2&ĐF các huyện": "- Phòng GD&ĐT các huyện",
    "số 21/2010/TT-BGDbT": "số 21/2010/TT-BGDĐT",
    "số 725/SGDĐT-GDIrH-GDTX": "số 725/SGDĐT-GDTrH-GDTX",
    "gửi Phòng GDTTH, GDÍTTH - GDTX": "gửi Phòng GDTrH, GDTrH - GDTX",
    "số 1733/BGDĐT-GDTTH ngày": "số 1733/BGDĐT-GDTrH ngày",
    "Các trung tâm GIDTX, GIDNN": "Các trung tâm GDTX, GDNN",
    "phòng, chống dịch Covid-l9; COVID-I19, Covid-]9 và Covid-1 9": (
        "phòng, chống dịch Covid-19; COVID-19, Covid-19 và Covid-19"
    ),
    "báo cáo học kỳ l trước ngày 10/01/2024": "báo cáo học kỳ 1 trước ngày 10/01/2024",
    "Đợt | từ ngày 05/9/2023": "Đợt 1 từ ngày 05/9/2023",
    "theo Điều l, Điều 2": "theo Điều 1, Điều 2",
    "1.L Phòng Trung học\n- Theo dõi.\n1.2. Thanh tra": "1.1 Phòng Trung học\n- Theo dõi.\n1.2. Thanh tra",
    "3.l. Các trường\n3.2. Phòng": "3.1. Các trường\n3.2. Phòng",
    "l. Các trường tổng hợp\n2. Phòng": "1. Các trường tổng hợp\n2. Phòng",
    "I. MỤC ĐÍCH\nl. Yêu cầu\n2. Nội dung": "I. MỤC ĐÍCH\n1. Yêu cầu\n2. Nội dung",
    "14. Bà Lan\nl5. Ông Nam": "14. Bà Lan\n15. Ông Nam",
    "lớp tập huấn cụm I và\ngồm các trường tập huấn cụm 2": "lớp tập huấn cụm 1 và\ngồm các trường tập huấn cụm 2",
}
LEFT = (
    "VHTT&DL, KT&KĐCLGD, VH&TT",
    "Sở GD&ĐT, Phòng GDĐT, TTGDTX, GDTrH",
    "Phòng GDTH, GDMN-GDTH, VGDTTHX",
    "học kỳ I và học kỳ II",
    "Covid-19, COVID-19; COVID-1 và 9 trường",
    "1.L Phòng Trung học\n2. Thanh tra",
    "I. MỤC ĐÍCH\n1. Các trường\n2. Phòng",
    "I. Đối tượng\nII. Thời gian",
    "l. Các trường",
    "phụ lục I và phụ lục II, phụ lục 2",
    "nhóm tuổi I và các nhóm khác",
    "l5. Ông Nam",
    "1, Nội dung | hội nghị:",
    "kiểm tra giữa học kỳ I, giữa học kỳ 2 và học kì II",
)


def mended(text: str) -> str:
    lines = text.split("\n")
    for found in sorted(forms(lines), key=lambda f: (f.line, -f.start)):
        lines[found.line] = lines[found.line][: found.start] + found.text + lines[found.line][found.end :]
    return "\n".join(lines)


@pytest.mark.parametrize(("read", "printed"), MENDED.items())
def test_what_has_one_reading_is_mended(read: str, printed: str) -> None:
    assert mended(read) == printed


@pytest.mark.parametrize("text", LEFT)
def test_the_rest_stays(text: str) -> None:
    assert mended(text) == text


def test_the_stop_of_an_item_that_stands_apart_is_no_speck() -> None:
    lines = ["5 . Kinh phí: theo quy định", "b . Thư ký", "các trường . tổng hợp"]
    found = without_overlaps(list(specks(lines, lambda _line, _at: 0.6)))
    assert [(f.line, f.text) for f in found] == [(0, "."), (1, "."), (2, "")]


def test_a_dash_that_joins_two_lines_is_no_speck() -> None:
    lines = [
        "Công an xã 15/9 -",
        "lớp 6 xã, phường 10/10/2025",
        "gửi về Phòng GDTrH -",
        "GDTX; các trường -",
        "báo cáo về Sở -",
    ]
    found = without_overlaps(list(specks(lines, lambda _line, _at: 0.6)))
    assert [f.line for f in found] == [3, 4]


def test_the_restorer_mends_them_on_a_page() -> None:
    page = "Các trường báo cáo kết quả học kỳ l về Phòng GD&DĐT trước ngày 12/01/2024 qua email thongke(@tanan.edu.vn."
    right = page.replace("kỳ l", "kỳ 1").replace("GD&DĐT", "GD&ĐT").replace("(@", "@")
    assert Restorer.load().correct(page, []).text == right
