"""Pages of schools' own sites: whose they are and what they are about, without a letterhead or around a broken one.

The pages are invented, of offices and schools that do not exist; the answers were decided before the reader was run.
"""

from __future__ import annotations

import pytest

from corpus.document import Document, Page
from nlp.page.lines import lines_of
from nlp.page.stamps import stamped_title, stamps
from nlp.pipeline import read

GROUNDS = "Thực hiện Công văn số 112/PGDĐT-TV ngày 20/3/2019 của Phòng Giáo dục và Đào tạo huyện Tam Sơn, "
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

#: A page, its issuer and its trích yếu.
PAGES = {
    "library": (
        f"KẾ HOẠCH\nTổ chức Ngày hội đọc sách\n{GROUNDS}Thư viện trường THCS Trần Quốc Toản xây dựng kế hoạch như sau:"
        "\n1. Trưng bày sách.",
        "Trường THCS Trần Quốc Toản", "Tổ chức Ngày hội đọc sách",
    ),
    "post with its day": (
        "Phát động Cuộc thi vẽ tranh năm 2023\nThứ năm - 16/03/2023 10:22 | Lượt xem: 33\n"
        f"{GROUNDS}trường Tiểu học Lê Lợi phát động Cuộc thi vẽ tranh năm 2023 như sau:\n1. Đối tượng: học sinh.",
        "Trường Tiểu học Lê Lợi", "Phát động Cuộc thi vẽ tranh năm 2023",
    ),
    "letter with its day": (
        "Cử giáo viên coi thi học sinh giỏi lớp 5\nCập nhật lúc : 08:30 12/03/2018\n"
        "Kính gửi: Hiệu trưởng các trường tiểu học\n"
        "Phòng Giáo dục và Đào tạo huyện An Phú đề nghị các trường cử giáo viên.",
        "Phòng Giáo dục và Đào tạo huyện An Phú", "Cử giáo viên coi thi học sinh giỏi lớp 5",
    ),
    "an office whose place only its grounds tell": (
        "Giới thiệu giáo viên coi thi lớp 5\nKính gửi: Hiệu trưởng các trường THCS\n"
        "Căn cứ kế hoạch năm học 2015 - 2016 của Phòng GD&ĐT TP Lam Sơn,\n"
        "Phòng GD&ĐT đề nghị các trường giới thiệu giáo viên như sau:\n1. Coi thi: Ngày 12/5/2016",
        "Phòng Giáo dục và Đào tạo thành phố Lam Sơn", "Giới thiệu giáo viên coi thi lớp 5",
    ),
    "schedule under a letterhead": (
        f"UBND QUẬN BÌNH SƠN\nTRƯỜNG THCS LÊ VĂN TÁM\n{NATION}LỊCH KIỂM TRA CUỐI HỌC KÌ I\nNĂM HỌC 2022-2023\n"
        "Thứ hai, ngày 19/12/2022\nTiết 1: Toán 9",
        "Trường THCS Lê Văn Tám", "Lịch kiểm tra cuối học kì I năm học 2022-2023",
    ),
    "schedule alone": (
        "LỊCH CÔNG TÁC TUẦN 12\nThứ Hai, 21/11/2022: Chào cờ.\nThứ Ba, 22/11/2022: Dự giờ.",
        None, "Lịch công tác tuần 12",
    ),
    "title above the letterhead": (
        f"KẾ HOẠCH CÔNG TÁC THÁNG 8 TRƯỜNG MẦM NON HOA CÚC\nUBND HUYỆN TAM SƠN\nTRƯỜNG MẦM NON HOA CÚC\n{NATION}"
        "Tam Sơn, ngày 29 tháng 7 năm 2022\nKẾ HOẠCH\nThực hiện nhiệm vụ tháng 8 năm 2022\n1. Họp phụ huynh.",
        "Trường Mầm non Hoa Cúc", "Thực hiện nhiệm vụ tháng 8 năm 2022",
    ),
    "lines run together": (
        f"PHÒNG GDĐT TAM SƠNTRƯỜNG TIỂU HỌC KIM ĐỒNGSố:     /KH-TH\n{NATION}"
        "Tam Sơn, ngày      tháng 02 năm 2022\nKẾ HOẠCH\nTổ chức kiểm tra học kì I\n1. Kiểm tra: ngày 14/02/2022.",
        "Trường Tiểu học Kim Đồng", "Tổ chức kiểm tra học kì I",
    ),
    "two offices": (
        f"UBND TỈNH VĨNH HÒA\nSỞ GIÁO DỤC VÀ ĐÀO TẠO - TỈNH ĐOÀN\nSố: 61/KHLT-SGDĐT-TĐTN\n{NATION}"
        "Vĩnh Hòa, ngày 02 tháng 12 năm 2024\nKẾ HOẠCH\nTổ chức Ngày hội Khởi nghiệp\n1. Thời gian: ngày 22/12/2024.",
        "Sở Giáo dục và Đào tạo Vĩnh Hòa", "Tổ chức Ngày hội Khởi nghiệp",
    ),
}  # fmt: skip


def _document(text: str) -> Document:
    return Document("page", "page", "text/plain", (Page(1, text + "\n", 1),))


@pytest.mark.parametrize(("text", "issuer", "subject"), PAGES.values(), ids=PAGES)
def test_whose_page_it_is(text: str, issuer: str | None, subject: str) -> None:
    header = read(_document(text)).header
    assert (header.issuer, header.subject) == (issuer, subject)


@pytest.mark.parametrize(
    "stamp",
    [
        "Cập nhật lúc : 14:09 22/04/2016", "Thứ năm - 14/04/2022 10:57 | Số lần đọc: 807", "11/05/2022 402",
        "Cập nhật: 08 Tháng Tám 2020 3:02:02 CH", "Đăng lúc: Thứ tư, 12/04/2023 08:15", "Lượt xem: 33",
        "A- A A+ | Tăng tương phản Giảm tương phản",
    ],
)  # fmt: skip
def test_stamps_of_a_site(stamp: str) -> None:
    assert stamped_title(lines_of(_document(f"Kế hoạch công tác tháng 9\n{stamp}\nNội dung"))) == 0


@pytest.mark.parametrize(
    "line",
    [
        "Thứ Hai, 19/9/2022 7h30", "Thời gian đăng ký: từ ngày 05/10/2022 đến hết ngày 15/10/2022.",
        "Ngày đăng ký: 12/10/2022", "Lịch sử và Địa lí 4, 5",
    ],
)  # fmt: skip
def test_days_of_a_page_are_no_stamps(line: str) -> None:
    assert stamps(lines_of(_document(f"Kế hoạch\n{line}\nNội dung"))) == ()
