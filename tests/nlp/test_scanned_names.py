"""Names in the letterhead and sign-off of scans: districts, offices, what a seal leaves beside recipients."""

from __future__ import annotations

import pytest

from nlp.header.formulae import mended_recipients
from tests.nlp.test_pens import DAY, NUMBER, SIGNED, TEXT, read, scanned
from tests.nlp.texts import reader


@pytest.mark.parametrize(
    ("head", "place", "issuer"),
    [
        ("HUYỆN CHẦU THÀNH", "Châu Thành", "huyện Châu Thành"),
        ("HUYỆN CÂM LÊ", "Cẩm Lệ", "huyện Cẩm Lệ"),
        ("THỊ XÃ BÌNH LONG", "Bình Long", "thị xã Bình Long"),
        # the place of the date is another one, or the head's spelling stands in the text
        ("HUYỆN TỊNH BIÊN", "An Châu", "huyện Tịnh Biên"),
    ],
)
def test_a_district_is_spelled_as_in_the_date_line(head: str, place: str, issuer: str) -> None:
    text = TEXT.replace("UBND TỈNH HẢI LÂM", f"UBND {head}").replace("SỞ GIÁO", "PHÒNG GIÁO")
    got = reader().read(scanned(text.format(number=NUMBER, day=DAY.replace("Hải Lâm", place)), {})).header
    assert got.issuer == f"Phòng Giáo dục và Đào tạo {issuer}"


def test_what_the_text_writes_more_often_is_the_district() -> None:
    text = TEXT.replace("UBND TỈNH HẢI LÂM", "UBND HUYỆN CHÂU THÀNH").replace("SỞ GIÁO", "PHÒNG GIÁO")
    text = text.format(number=NUMBER, day=DAY.replace("Hải Lâm", "Chầu Thành"))
    told = "2. Các trường trên địa bàn huyện Châu Thành báo cáo; UBND huyện Châu Thành theo dõi.\n"
    assert reader().read(scanned(text + told, {})).header.issuer == "Phòng Giáo dục và Đào tạo huyện Châu Thành"


@pytest.mark.parametrize(
    ("office", "issuer"),
    [
        ("SỞ THÔNG TIN VÀ TRUY ÈN THÔNG", "Sở Thông tin và Truyền thông Hải Lâm"),
        ("SỞ VĂN HOÁ, TH THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch Hải Lâm"),
        ("SỞ KHOA HỌC VÀ CÔNG NGHẸ", "Sở Khoa học và Công nghệ Hải Lâm"),
        ("SỞ GIAO THÔNG VẬN TẢI", "Sở Giao thông vận tải Hải Lâm"),
    ],
)
def test_another_so_that_lost_a_letter(office: str, issuer: str) -> None:
    text = TEXT.replace("SỞ GIÁO DỤC VÀ ĐÀO TẠO", office)
    assert reader().read(scanned(text.format(number=NUMBER, day=DAY), {})).header.issuer == issuer


@pytest.mark.parametrize("seal", ["lsị GIÁO DỤC", "#¿v; cô Thị Thu", "öÒ VẢ ĐÀO", "Z§ot chủ"])
def test_what_a_seal_leaves_under_the_archive(seal: str) -> None:
    text = TEXT.format(number=NUMBER, day=DAY) + SIGNED.format(mark="")
    assert read(text.replace("- Lưu: VT.", f"- Lưu: VT, GDTH\n{seal}")).header.recipients[1:] == ("Lưu: VT, GDTH",)


@pytest.mark.parametrize("units", ["GDTrH, KHTC (02b)", "QLCL, Thanh tra", "Phòng GDTH"])
def test_units_under_the_archive_stay(units: str) -> None:
    text = TEXT.format(number=NUMBER, day=DAY) + SIGNED.format(mark="")
    assert read(text.replace("- Lưu: VT.", f"- Lưu: VT, VP,\n{units}.")).header.recipients[-1].endswith(units)


@pytest.mark.parametrize(("seen", "first"), [("Như kính sửi", "Như kính gửi"), ("Như kính mời", "Như kính mời")])
def test_the_first_recipient_s_last_word(seen: str, first: str) -> None:
    assert mended_recipients([seen, "Lưu: VT"]) == [first, "Lưu: VT"]
