"""Texts as people paste them: blank lines behind every line, a day put on at the signing, nơi nhận in one cell."""

from __future__ import annotations

import pytest

from corpus.facts import Header
from nlp.page.lines import _is_double_spaced
from tests.nlp.texts import document, reader

LINES = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
HUYỆN ĐÔNG SƠN HẠ
Số: 214/PGDĐT-CM
V/v tổ chức chuyên đề và báo cáo
sơ kết học kỳ I năm học 2022-2023
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đông Sơn Hạ, ngày 05 tháng 12 năm 2022
Kính gửi: Hiệu trưởng các trường tiểu học, trung học cơ sở
trong huyện.
Thực hiện Công văn số 1822/SGDĐT-GDTH ngày 28 tháng 11 năm 2022 của Sở
Giáo dục và Đào tạo về việc sơ kết học kỳ I, Phòng Giáo dục và Đào tạo yêu cầu
các trường thực hiện các nội dung sau:
1. Tổ chức chuyên đề cấp trường trước ngày 20/12/2022, gửi biên bản về
Phòng Giáo dục và Đào tạo trước ngày 24/12/2022; nhập điểm học kỳ I trước
ngày 07/01/2023.
2. Báo cáo sơ kết học kỳ I gửi về Phòng Giáo dục và Đào tạo (bộ phận
chuyên môn) chậm nhất ngày 13/01/2023.
Nơi nhận:
- Như trên;
- Lưu: VT.
TRƯỞNG PHÒNG
Lê Quang Thịnh
"""
HEAD = """UBND TỈNH GIA SƠN
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 77/SGDĐT-VP
V/v trực Tết
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
"""
BODY = "\nKính gửi: Các trường THPT.\n\n1. Các trường trực Tết nghiêm túc, báo cáo trước ngày 30/11/2024./.\n\n"


def header(text: str) -> Header:
    return reader().read(document(text)).header


@pytest.mark.parametrize("end", ["\n\n", " \n\n", "\n \n"])
def test_a_blank_line_behind_every_line_parts_no_paragraph(end: str) -> None:
    facts = reader().read(document(LINES.replace("\n", end)))
    assert facts.header.subject == "Tổ chức chuyên đề và báo cáo sơ kết học kỳ I năm học 2022-2023"
    assert [(c.number, c.date) for c in facts.citations] == [("1822/SGDĐT-GDTH", "2022-11-28")]
    assert [d.due for d in facts.deadlines] == ["2022-12-20", "2022-12-24", "2023-01-07", "2023-01-13"]


def test_blank_lines_between_paragraphs_are_kept() -> None:
    assert not _is_double_spaced(LINES)
    paragraphs = "\n\n".join(f"{k}. Các trường báo cáo kết quả\nthực hiện về Phòng." for k in range(1, 20))
    assert not _is_double_spaced(paragraphs)
    assert not _is_double_spaced("\n\n".join(f"{k}. Các trường báo cáo về Phòng." for k in range(1, 40)))


@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("15\nGia Sơn, ngày tháng 10 năm 2023", "2023-10-15"),
        ("Gia Sơn, ngày     tháng 02 năm 2023\n08", "2023-02-08"),
        ("Gia Sơn, ngày tháng 10 năm 2023", None),
        ("45\nGia Sơn, ngày tháng 10 năm 2023", None),
    ],
)
def test_a_day_in_a_line_of_its_own(date: str, read: str | None) -> None:
    assert header(HEAD + date + BODY).date == read


@pytest.mark.parametrize(
    ("cell", "signer", "title"),
    [
        (
            "| Nơi nhận: - Như trên; - UBND tỉnh (để b/c); - Lưu: VT, VP. | GIÁM ĐỐC Trần Văn Lực |",
            "Trần Văn Lực",
            "Giám đốc",
        ),
        (
            "Nơi nhận: - Như trên; - UBND tỉnh (để b/c); - Lưu: VT, VP. | KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lê Thị Hòa",
            "Lê Thị Hòa",
            "KT. Giám đốc, Phó Giám đốc",
        ),
    ],
)
def test_recipients_in_one_cell(cell: str, signer: str, title: str) -> None:
    found = header(f"{HEAD}Gia Sơn, ngày 03 tháng 01 năm 2024\n{BODY}{cell}\n")
    assert found.recipients == ("Như trên", "UBND tỉnh (để b/c)", "Lưu: VT, VP")
    assert (found.signer, found.signer_title) == (signer, title)


@pytest.mark.parametrize("opening", ["Được sự đồng ý của Giám đốc Sở", "Xét đề nghị của Chánh Văn phòng"])
def test_a_title_ends_where_the_body_opens(opening: str) -> None:
    head = HEAD.replace("77/SGDĐT-VP\nV/v trực Tết", "77/TB-SGDĐT")
    title = "THÔNG BÁO\nLịch tiếp công dân của lãnh đạo Sở năm 2024\n"
    text = f"{head}Gia Sơn, ngày 03 tháng 4 năm 2024\n{title}{opening}, Văn phòng Sở thông báo:\n1. Sáng thứ Năm.\n"
    assert header(text).subject == "Lịch tiếp công dân của lãnh đạo Sở năm 2024"


def test_a_blurred_title_and_a_date_of_the_grounds() -> None:
    """An OCR's comma before the tên loại, its own date unreadable: the day of what it is based on is not taken."""
    head = HEAD.replace("77/SGDĐT-VP\nV/v trực Tết", "77/QĐ-SGDĐT")
    grounds = "Căn cứ Quyết định số 02/2022/QĐ-UBND ngày 03 tháng 6 năm 2022 của UBND tỉnh;\n"
    title = ",QUYẾT ĐỊNH\nVề việc thành lập Hội đồng chấm thi giáo viên dạy giỏi\nGIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO\n"
    text = f"{head}Gia Sơn, ngày 4 tháng 4ô năm 2023\n{title}{grounds}QUYẾT ĐỊNH:\nĐiều 1. Thành lập Hội đồng.\n"
    found = header(text)
    assert (found.date, found.doc_type) == (None, "Quyết định")
    assert found.subject == "Thành lập Hội đồng chấm thi giáo viên dạy giỏi"
