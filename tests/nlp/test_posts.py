"""Directives as web pages post them, without a letterhead: a title, the office in the first sentence.

Decided before the reader was run on them; schools and places are invented.
"""

from __future__ import annotations

import pytest

from corpus.facts import Header
from tests.nlp.texts import document, facts_of, reader


def header(text: str) -> Header:
    return reader().read(document(text)).header


@pytest.mark.parametrize(
    ("text", "doc_type", "issuer", "subject"),
    [
        (
            "Thông báo lịch kiểm tra học kỳ I năm học 2022-2023\n\nTrường THPT Cẩm Giang thông báo đến toàn thể giáo"
            " viên, học sinh lịch kiểm tra như sau:\n\n1. Khối 12: từ ngày 19/12/2022 đến ngày 24/12/2022.\n",
            "Thông báo",
            "Trường THPT Cẩm Giang",
            "Lịch kiểm tra học kỳ I năm học 2022-2023",
        ),
        (
            "Kế hoạch tuyển sinh vào lớp 10 năm học 2023 – 2024\n\nTrường THPT Lê Chân xây dựng kế hoạch tuyển sinh như"
            " sau:\n\n1. Thời gian\n- Nhận hồ sơ từ ngày 03/7/2023 đến ngày 07/7/2023.\n",
            "Kế hoạch",
            "Trường THPT Lê Chân",
            "Tuyển sinh vào lớp 10 năm học 2023-2024",
        ),
        (
            "Giấy mời họp cha mẹ học sinh đầu năm học\n\nTrường Tiểu học Kim Đồng trân trọng kính mời quý phụ huynh đến"
            " dự họp.\n\n- Thời gian: 8 giờ 00 ngày 10/9/2023.\n",
            "Giấy mời",
            "Trường Tiểu học Kim Đồng",
            "Họp cha mẹ học sinh đầu năm học",
        ),
        (
            "Thông báo về việc thu hồ sơ nhập học\n\nTrường Tiểu học và THCS Bãi Thơm thông báo đến phụ huynh học"
            " sinh việc thu hồ sơ như sau:\n\n1. Hồ sơ gồm giấy khai sinh.\n"
            "2. Thời gian: từ ngày 01/7/2023 đến ngày 15/7/2023.\n",
            "Thông báo",
            "Trường Tiểu học và THCS Bãi Thơm",
            "Thu hồ sơ nhập học",
        ),
        (
            "Trường Mầm non Hoa Sen xin thông báo đến quý phụ huynh:\n\n1. Trẻ nghỉ học từ 7 giờ ngày 12/02/2024.\n",
            None,
            "Trường Mầm non Hoa Sen",
            None,
        ),
        (
            "Thông báo nghỉ học do mưa bão\n\nSở Giáo dục và Đào tạo Hải Lâm thông báo đến các trường cho học sinh"
            " nghỉ học ngày 12/9/2023.\n\n1. Các trường trực bảo vệ cơ sở vật chất.\n",
            "Thông báo",
            "Sở Giáo dục và Đào tạo Hải Lâm",
            "Nghỉ học do mưa bão",
        ),
        (
            "Trường hợp học sinh chuyển trường thông báo cho nhà trường.\n\n1. Hồ sơ gồm đơn và học bạ.\n",
            None,
            None,
            None,
        ),
        (
            "Thông báo cho mọi người được biết.\n\n1. Các lớp học bình thường.\n",
            None,
            None,
            None,
        ),
    ],
)  # fmt: skip
def test_a_post(text: str, doc_type: str | None, issuer: str | None, subject: str | None) -> None:
    head = header(text)
    assert (head.doc_type, head.issuer, head.subject) == (doc_type, issuer, subject)
    if issuer and issuer.startswith("Trường"):
        assert head.issuer_level == "truong"


@pytest.mark.parametrize(
    "title",
    [
        "Nội dung toàn văn Công văn 1422/SGDĐT-GDTrH kiểm tra nhà vệ sinh trường học",
        "Công văn số 1422/SGDĐT-GDTrH năm 2021 kiểm tra nhà vệ sinh trường học",
        "Công văn 1422/SGDĐT-GDTrH 2021 kiểm tra nhà vệ sinh trường học",
    ],
)
def test_the_title_of_a_portal_tells_the_subject(title: str) -> None:
    head = header(
        f"{title}\nUBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 1422/SGDĐT-GDTrH\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nHải Lâm, ngày 05 tháng 10 năm 2021\nKính gửi: Các trường THPT\n"
        "Sở yêu cầu các trường kiểm tra, báo cáo về Sở trước ngày 20/10/2021.\n"
    )
    assert (head.number, head.subject) == ("1422/SGDĐT-GDTrH", "Kiểm tra nhà vệ sinh trường học")


def test_another_column_behind_a_tab_is_no_subject() -> None:
    head = header(
        "UBND HUYỆN TÂN AN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\tĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 215/PGDĐT\nV/v hướng dẫn tự đánh giá năm học 2020 - 2021\ttự đánh giá trường học năm học 2020-2021\n\n"
        "Tân An, ngày 12 tháng 10 năm 2020\nKính gửi: Hiệu trưởng các trường mầm non, tiểu học, THCS.\n"
        "Phòng GDĐT hướng dẫn như sau:\n1. Các trường gửi báo cáo trước ngày 20/10/2020.\n"
    )
    assert head.subject == "Hướng dẫn tự đánh giá năm học 2020-2021"


@pytest.mark.parametrize(
    ("tail", "recipients"),
    [
        (
            "- Như trên ;\n- Các đơn vị thuộc Sở;\n- WebSite Sở\n- VNPTioffice;\n- Lưu: VT; VP.",
            ("Như trên", "Các đơn vị thuộc Sở", "WebSite Sở", "VNPTioffice", "Lưu: VT; VP"),
        ),
        (
            "- Như trên;\n- Cổng TTĐT Sở;\n- Lưu: VT; QLCL; TTr.",
            ("Như trên", "Cổng TTĐT Sở", "Lưu: VT; QLCL; TTr"),
        ),
    ],
)
def test_systems_and_units_among_recipients(tail: str, recipients: tuple[str, ...]) -> None:
    tail = f"\n\nNơi nhận:\n{tail}\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nNguyễn Thế Bình\n"
    assert facts_of("1. Các trường báo cáo trước ngày 20/10/2023.", tail=tail).header.recipients == recipients
