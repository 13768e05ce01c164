"""What pens and seals leave of a scan's header: own numbers nobody can read, worn positions, commas read as stops."""

from __future__ import annotations

import pytest

from corpus.facts import Facts
from nlp.header.formulae import mended_recipients
from nlp.page.positions import worn
from nlp.page.unread import is_marked
from tests.nlp.texts import document, reader

LETTER = "Kính gửi: Các trường trực thuộc.\n"
PLAN = "KẾ HOẠCH\nTổ chức hội thi\n"
#: Line of the own number, the line under it, the rest; own number, tên loại and trích yếu that a clerk reads.
NUMBERS = [
    ("Số: €4 7 /SGDĐT-TCCB", "V/v rà soát đội ngũ", LETTER, None, "Công văn", "Rà soát đội ngũ"),
    ("SốÁ12Ÿ/KH-PGDĐT", "", PLAN, None, "Kế hoạch", "Tổ chức hội thi"),
    ("Só:⁄43/UBND-VHXH", "V/v rà soát đội ngũ", LETTER, None, "Công văn", "Rà soát đội ngũ"),
    ("Số: 1#6/SGDĐT-GDTrH", "v: rà soát đội ngũ", LETTER, None, "Công văn", "Rà soát đội ngũ"),
    ("$ố 9Ø/SGDĐT-VP", "V' v phối hợp kiểm tra", LETTER, None, "Công văn", "Phối hợp kiểm tra"),
    ("Sóz@7SGDĐT-GDTX", "V/ hướng dẫn tuyển sinh", LETTER, None, "Công văn", "Hướng dẫn tuyển sinh"),
    ("Số:, 7 /SGDĐT-KHTC", "v/ rà soát đội ngũ", LETTER, None, "Công văn", "Rà soát đội ngũ"),
    ("Số:. 7 /SGDĐT-KHTC", "v/v rà soát đội ngũ", LETTER, None, "Công văn", "Rà soát đội ngũ"),
    ("Số: 12/ /SGDĐT-KHTC", "V/v rà soát đội ngũ", LETTER, None, "Công văn", "Rà soát đội ngũ"),
    ("Số: 2{5/SGDĐT-CTTT", "v. Rà soát đội ngũ", LETTER, None, "Công văn", "Rà soát đội ngũ"),
    ("Số: 1 82 /SGDĐT-VP", "V/v rà soát đội ngũ", LETTER, None, "Công văn", "Rà soát đội ngũ"),
    ("Số: .. /SGDĐT-VP", "V/v rà soát đội ngũ", LETTER, None, "Công văn", "Rà soát đội ngũ"),
    ("Số: 412/SGDĐT-VP", "V/v rà soát đội ngũ", LETTER, "412/SGDĐT-VP", "Công văn", "Rà soát đội ngũ"),
    ("Số: ..... 412/SGDĐT-VP", "V/v rà soát đội ngũ", LETTER, "412/SGDĐT-VP", "Công văn", "Rà soát đội ngũ"),
    ("Số: 4l2/SGDĐT-VP", "V/v rà soát đội ngũ", LETTER, "412/SGDĐT-VP", "Công văn", "Rà soát đội ngũ"),
    ("Số:  15 /PGDĐT-THCS", "V/v rà soát đội ngũ", LETTER, "15/PGDĐT-THCS", "Công văn", "Rà soát đội ngũ"),
]
TEXT = """UBND TỈNH HẢI LÂM
SỞ GIÁO DỤC VÀ ĐÀO TẠO
{}
{}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lâm, ngày 05 tháng 9 năm 2023
{}
Thực hiện Kế hoạch số 12/KH-UBND ngày 03/01/2023 của UBND tỉnh, đơn vị thông báo như sau:
1. Các đơn vị tổ chức thực hiện nghiêm túc.
"""


def read(text: str) -> Facts:
    return reader().read(document(*text.split("\f")))


@pytest.mark.parametrize(("line", "below", "rest", "number", "kind", "subject"), NUMBERS)
def test_a_number_written_by_hand(
    line: str, below: str, rest: str, number: str | None, kind: str, subject: str
) -> None:
    facts = read(TEXT.format(line, below, rest).replace("\n\n", "\n"))
    head = facts.header
    assert (head.number, head.doc_type, head.subject) == (number, kind, subject)
    assert head.issuer == "Sở Giáo dục và Đào tạo Hải Lâm"
    assert [c.number for c in facts.citations] == ["12/KH-UBND"], "what is left of the own number is cited by nobody"


def test_dots_of_a_form_are_no_marks_of_a_pen() -> None:
    assert not any(map(is_marked, ("", " ", "…", " ..... ", "___")))
    assert all(map(is_marked, ("€", ". ", "/", "{", "1 ")))


WORN = {
    "CITAM ĐỤC": "Giám đốc", "LÁM ĐỘC": "Giám đốc", "GIẤM BỐG": "Giám đốc", "GIÁM ĐỐ": "Giám đốc",
    "IRƯỞNG PHÖNC": "Trưởng phòng", "ƯỞNG PHÒNG": "Trưởng phòng", "HIỆL TRƯƠNC": "Hiệu trưởng",
    "CHỦ TỊGI": "Chủ tịch", "PHÓ CHỦ TÍC": "Phó Chủ tịch", "PHO GIÁIM ĐOC": "Phó Giám đốc",
    # another position is as near
    "HÓ HIỆU TRƯỞNC": None,
}  # fmt: skip
#: Of the seal, and headings of annexes.
NO_POSITION = (
    "SỞ GIÁO DỤC", "GIÁO DỤC", "VÀ ĐÀO TẠO", "ĐÀO TẠO", "TỈNH PHÚ LÂM", "CỘNG HÒA", "PHÒNG GIÁO DỤC", "NGUYỄN VĂN AN",
    "UBND HUYỆN", "PHỤ LỤC", "DANH SÁCH", "VĂN PHÒNG", "TRƯỜNG THCS", "CHI TIẾT", "HIỆN TRẠNG", "HỌC PHÍ", "TỔNG CỘNG",
    "Giám đốc",
)  # fmt: skip


def test_positions_that_a_seal_has_worn() -> None:
    assert {line: found.name if (found := worn(line)) else None for line in WORN} == WORN
    assert [line for line in NO_POSITION if worn(line)] == []


SIGNED = (
    TEXT.format("Số: 412/SGDĐT-VP", "V/v rà soát đội ngũ", LETTER)
    + """
Nơi nhận:
- Như trên;
- Website Sở;
- Lưu: VP, KHTC.
{}
Lê Minh Hoàng"""
)


@pytest.mark.parametrize("line", ["LÁM ĐỘC", "CITAM ĐỤC", "ễ GIÁ. ĐỐC"])
@pytest.mark.parametrize("after", ["", "\fMẫu 1 (dành cho các phòng GDĐT)\nUBND HUYỆN ……\nNơi nhận:\nTRƯỞNG PHÒNG\n"])
def test_a_name_under_a_worn_position_signs(line: str, after: str) -> None:
    head = read(SIGNED.format(line) + after).header
    assert (head.signer, head.signer_title) == ("Lê Minh Hoàng", "Giám đốc")
    assert head.recipients == ("Như trên", "Website Sở", "Lưu: VP, KHTC")


def test_a_seal_alone_is_no_position() -> None:
    head = read(SIGNED.format("GIÁO DỤC")).header
    assert head.signer_title is None


RECIPIENTS = {
    "Ông Trần Hà. PCT UBND tỉnh (để b/c)": "Ông Trần Hà, PCT UBND tỉnh (để b/c)",
    "Các trường tỉnh. huyện để thực hiện)": "Các trường tỉnh, huyện (để thực hiện)",
    "Đ/c Lê An. Chủ tịch UBND huyện": "Đ/c Lê An, Chủ tịch UBND huyện",
    "Sở Y tế để p/h)": "Sở Y tế (để p/h)",
    "Lưu: GDTH. VP": "Lưu: GDTH, VP",
    **{as_is: as_is for as_is in ("Lưu: VT. Hoa", "TP. Hồ Chí Minh", "Các Tr. mầm non", "GS. Nguyễn Văn Phó",
                                  "Các trường (để th/h)", "Phòng GDĐT (để t/h)", "UBND huyện (để báo cáo)")},
}  # fmt: skip


def test_commas_of_recipients_that_were_read_as_stops() -> None:
    got = {read: mended_recipients(["Bộ GDĐT (để b/c)", read])[1] for read in RECIPIENTS}
    assert got == RECIPIENTS


def cited(sentence: str) -> list[str]:
    return [c.number for c in read(TEXT.format("Số: 412/SGDĐT-VP", "V/v rà soát", LETTER) + sentence).citations][1:]


def test_the_word_before_a_number_tells_its_type() -> None:
    assert cited("2. Thực hiện Thông tư số 5/2020/PT-BGDĐT ngày 03/02/2020 của Bộ GDĐT.") == ["5/2020/TT-BGDĐT"]
    assert cited("2. Thực hiện Chỉ thị số 10/GT-UBND ngày 03/02/2020 của UBND tỉnh.") == ["10/CT-UBND"]
    assert cited("2. Thực hiện Công văn số 10/HTPT-TV ngày 03/02/2020 của Học viện.") == ["10/HTPT-TV"]


BODY = "2. Các trường báo cáo kết quả về Sở GDĐT trước ngày 30/11 và trước ngày 20/3.\n"


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("ngày #5 tháng 9 năm 2023", ["2023-11-30", "2024-03-20"]),
        ("ngày tháng 9 năm 2023", ["2023-11-30", "2024-03-20"]),
        ("ngày-9K tháng 9 năm 2023", ["2023-11-30", "2024-03-20"]),
        ("ngàyđƑtháng 9 năm 2023", ["2023-11-30", "2024-03-20"]),
        ("ngày ¿ / tháng 01 năm 2024", ["2024-11-30", "2024-03-20"]),
        ("ngày … tháng … năm 2023", [None, None]),
        ("ngày 05 tháng 9 năm 2023", ["2023-11-30", "2024-03-20"]),
    ],
)
def test_a_day_of_issue_written_by_hand(day: str, due: list[str | None]) -> None:
    """The date is for a person to fill in; days of the text without a year need no more than the month."""
    text = TEXT.format("Số: 412/SGDĐT-VP", "V/v rà soát", LETTER).replace("ngày 05 tháng 9 năm 2023", day, 1)
    facts = read(text + BODY)
    assert facts.header.date == ("2023-09-05" if "05" in day else None)
    assert [row.due for row in facts.deadlines] == due
