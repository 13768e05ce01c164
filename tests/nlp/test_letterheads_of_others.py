"""Letterheads of offices beside education, title pages, a trích yếu that a line's end cuts within a day."""

from __future__ import annotations

import pytest

from corpus.document import Document, Page
from nlp.pipeline import read
from tests.bench.extraction import of_text

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "I. NHIỆM VỤ\n1. Các trường nộp hồ sơ trước ngày 20/9/2021.\nNơi nhận:\n- Lưu: VT.\nTRƯỞNG PHÒNG\nLê Văn An\n"


@pytest.mark.parametrize(
    ("offices", "number", "issuer"),
    [
        ("BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI TỈNH LÂM ĐỒNG", "12/BHXH-QLT", "Bảo hiểm xã hội tỉnh Lâm Đồng"),
        ("BẢO HIỂM XÃ HỘI TỈNH BẾN TRE\nBẢO HIỂM XÃ HỘI HUYỆN BA TRI", "12/BHXH", "Bảo hiểm xã hội huyện Ba Tri"),
        ("BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI VĨNH LONG", "12/BHXH-QLT", "Bảo hiểm xã hội Vĩnh Long"),
        ("UBND HUYỆN SƠN HÀ\nPHÒNG NỘI VỤ", "12/PNV", "Phòng Nội vụ huyện Sơn Hà"),
        ("UBND QUẬN TÂN HÒA\nPHÒNG TÀI CHÍNH - KẾ HOẠCH", "12/PTCKH", "Phòng Tài chính - Kế hoạch quận Tân Hòa"),
        ("UBND HUYỆN VĨNH AN\nPHÒNG Y TẾ", "12/PYT", "Phòng Y tế huyện Vĩnh An"),
        (
            "UBND THÀNH PHỐ CAO SƠN\nPHÒNG VĂN HÓA VÀ THÔNG TIN",
            "12/VHTT",
            "Phòng Văn hóa và Thông tin thành phố Cao Sơn",
        ),
        ("HỘI ĐỒNG NHÂN DÂN\nTỈNH ĐỒNG LÂM", "12/NQ-HĐND", "Hội đồng nhân dân tỉnh Đồng Lâm"),
        ("UBND HUYỆN VĨNH AN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "12/PGDĐT", "Phòng Giáo dục và Đào tạo huyện Vĩnh An"),
        (
            "SỞ GIÁO DỤC VÀ ĐÀO TẠO CAO SƠN\nPHÒNG GIÁO DỤC TRUNG HỌC",
            "12/TB-GDTrH",
            "Sở Giáo dục và Đào tạo Cao Sơn",
        ),
    ],
)
def test_offices_beside_education(offices: str, number: str, issuer: str) -> None:
    text = f"{offices}\nSố: {number}\n{NATION}Vĩnh An, ngày 12 tháng 9 năm 2021\nTHÔNG BÁO\nVề việc nộp hồ sơ\n{BODY}"
    assert read(of_text("x", text)).header.issuer == issuer


LETTERHEAD = (
    f"PHÒNG GD&ĐT VĨNH AN\nTRƯỜNG THCS HÒA BÌNH\nSố: 25/KH-THCSHB\n{NATION}Vĩnh An, ngày 10 tháng 9 năm 2021\n"
    f"KẾ HOẠCH\nThực hiện nhiệm vụ năm học 2021-2022\n{BODY}"
)


@pytest.mark.parametrize(
    "cover",
    [
        f"TRƯỜNG THCS HÒA BÌNH\nHUYỆN VĨNH AN\n{NATION}KẾ HOẠCH\nThực hiện nhiệm vụ năm học 2021-2022\n"
        "Vĩnh An, tháng 9 năm 2021",
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO VĨNH AN\nTRƯỜNG THCS HÒA BÌNH\n*****\nKẾ HOẠCH\nNĂM HỌC 2021 - 2022\n"
        "Hiệu trưởng: Lê Văn An\nVĩnh An, tháng 9/2021",
    ],
)
def test_a_title_page_is_no_letterhead(cover: str) -> None:
    document = Document("x", "x", "application/pdf", (Page(1, cover), Page(2, LETTERHEAD)))
    header = read(document).header
    assert (header.number, header.date, header.issuer) == ("25/KH-THCSHB", "2021-09-10", "Trường THCS Hòa Bình")
    assert header.subject == "Thực hiện nhiệm vụ năm học 2021-2022"


def test_a_short_letter_before_its_annex_is_no_title_page() -> None:
    letter = (
        f"UBND HUYỆN VĨNH AN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 30/PGDĐT\n{NATION}Vĩnh An, ngày 01 tháng 9 năm 2021\n"
        "THÔNG BÁO\nVề việc gửi kế hoạch"
    )
    document = Document("x", "x", "application/pdf", (Page(1, letter), Page(2, LETTERHEAD)))
    assert read(document).header.number == "30/PGDĐT"


def test_a_subject_goes_on_behind_a_day_that_a_line_cuts() -> None:
    text = (
        f"HỘI ĐỒNG NHÂN DÂN\nTỈNH ĐỒNG LÂM\nSố: 12/NQ-HĐND\n{NATION}Đồng Lâm, ngày 12 tháng 9 năm 2021\nNGHỊ QUYẾT\n"
        "Về việc sửa đổi Nghị quyết số 34/2020/NQ-HĐND ngày\n10 tháng 7 năm 2020 của Hội đồng nhân dân tỉnh\n"
        f"Căn cứ Luật Tổ chức chính quyền địa phương;\n{BODY}"
    )
    facts = read(of_text("x", text))
    assert (facts.header.subject or "").endswith("ngày 10 tháng 7 năm 2020 của Hội đồng nhân dân tỉnh")
    assert facts.citations[0].date == "2020-07-10"


def test_the_head_of_a_table_under_a_plan_of_a_month_is_no_subject() -> None:
    text = (
        f"PHÒNG GD&ĐT VĨNH AN\nTRƯỜNG THCS HÒA BÌNH\n{NATION}KẾ HOẠCH THÁNG 8 NĂM 2021\n"
        "NỘI DUNG CÔNG VIỆC\tNGƯỜI THỰC HIỆN\n- Báo cáo danh sách lớp về Phòng GDĐT trước ngày 20/8.\tVăn thư\n"
    )
    assert read(of_text("x", text)).header.subject == "Tháng 8 năm 2021"
