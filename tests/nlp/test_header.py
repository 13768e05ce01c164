"""The header from each shape of letterhead and sign-off."""

from __future__ import annotations

import pytest

from corpus.facts import Header
from nlp.header.formulae import mended_recipients
from tests.nlp.texts import HEAD, TAIL, document, facts_of, reader


def header(text: str) -> Header:
    return reader().read(document(text)).header


def test_columns_one_after_the_other() -> None:
    head = facts_of("1. Các đơn vị thực hiện.").header
    assert head.as_dict() | {"evidence": None} == {
        "number": "1234/SGDĐT-GDTrH",
        "date": "2023-09-05",
        "place": "Hải Lâm",
        "issuer": "Sở Giáo dục và Đào tạo Hải Lâm",
        "issuer_level": "so",
        "doc_type": "Công văn",
        "subject": "Thực hiện nhiệm vụ năm học 2023-2024",
        "addressees": ["Phòng GDĐT các huyện, thành phố", "Các trường THPT, trung tâm GDTX"],
        "school_year": "2023-2024",
        "signer": "Lê Thị Minh",
        "signer_title": "KT. Giám đốc, Phó Giám đốc",
        "recipients": ["Như trên", "Lưu: VT, GDTrH"],
        "effective": None,
        "evidence": None,
    }


def test_two_columns_run_together_and_wrapped_subject() -> None:
    text = """UBND HUYỆN SƠN ĐÔNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO Độc lập - Tự do - Hạnh phúc
Số: 88/PGDĐT-THCS Sơn Đông, ngày 02 tháng 10 năm 2023
V/v khảo sát chất lượng
đầu năm học 2023 – 2024

Kính gửi: Hiệu trưởng các trường tiểu học, trung học cơ sở trên địa bàn
huyện.

Phòng GDĐT yêu cầu các trường thực hiện./.

Nơi nhận: TRƯỞNG PHÒNG
- Như trên;
- Lưu: VT.

Phạm Văn Hòa
"""
    head = header(text)
    assert (head.number, head.date, head.place) == ("88/PGDĐT-THCS", "2023-10-02", "Sơn Đông")
    assert head.issuer == "Phòng Giáo dục và Đào tạo huyện Sơn Đông"
    assert head.subject == "Khảo sát chất lượng đầu năm học 2023-2024"
    assert head.addressees == ("Hiệu trưởng các trường tiểu học, trung học cơ sở trên địa bàn huyện",)
    assert (head.signer_title, head.signer) == ("Trưởng phòng", "Phạm Văn Hòa")
    assert head.recipients == ("Như trên", "Lưu: VT")


def test_a_plan_with_its_subject_under_the_type() -> None:
    text = """SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH HẢI LÂM
TRƯỜNG THPT LÊ QUÝ ĐÔN
Số: 15/KH-THPTLQĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lâm, ngày 12 tháng 9 năm 2023
KẾ HOẠCH
Thực hiện nhiệm vụ chuyển đổi số
năm học 2023-2024
Căn cứ Công văn số 1234/SGDĐT-GDTrH ngày 05/9/2023 của Sở GDĐT;
Trường THPT Lê Quý Đôn xây dựng kế hoạch như sau:
I. MỤC TIÊU
1. Cập nhật dữ liệu trước ngày 30/9/2023.
Nơi nhận:
- Sở GDĐT (để báo cáo);
- Lưu: VT.
HIỆU TRƯỞNG
(Đã ký)
TS. Đỗ Thị Hồng Hà
"""
    facts = reader().read(document(text))
    head = facts.header
    assert (head.doc_type, head.subject) == ("Kế hoạch", "Thực hiện nhiệm vụ chuyển đổi số năm học 2023-2024")
    assert (head.issuer, head.issuer_level) == ("Trường THPT Lê Quý Đôn", "truong")
    assert (head.signer, head.signer_title) == ("Đỗ Thị Hồng Hà", "Hiệu trưởng")
    assert head.addressees == ()
    assert [(c.number, c.relation.value) for c in facts.citations] == [("1234/SGDĐT-GDTrH", "based_on")]
    assert [(d.due, list(d.levels or ())) for d in facts.deadlines] == [("2023-09-30", ["thpt"])]


def test_a_decision_with_the_authority_line() -> None:
    text = """BỘ GIÁO DỤC VÀ ĐÀO TẠO
Số: 2345/QĐ-BGDĐT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 08 tháng 8 năm 2023
QUYẾT ĐỊNH
Ban hành Khung kế hoạch thời gian năm học 2023-2024
BỘ TRƯỞNG BỘ GIÁO DỤC VÀ ĐÀO TẠO
Căn cứ Luật Giáo dục số 43/2019/QH14;
QUYẾT ĐỊNH:
Điều 1. Ban hành Khung kế hoạch thời gian năm học.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Nơi nhận:
- Như Điều 2;
- Lưu: VT, GDTrH.
TL. BỘ TRƯỞNG
CHÁNH VĂN PHÒNG
Trần Quang Minh
"""
    head = header(text)
    assert (head.doc_type, head.number) == ("Quyết định", "2345/QĐ-BGDĐT")
    assert head.subject == "Ban hành Khung kế hoạch thời gian năm học 2023-2024"
    assert head.signer_title == "TL. Bộ trưởng, Chánh Văn phòng"


def test_no_letterhead_leaves_fields_empty() -> None:
    head = header("I. MỤC TIÊU\n\n1. Nâng cao chất lượng.\n\nII. NHIỆM VỤ\n\n1. Các trường tổ chức dạy học.\n")
    assert head.as_dict() == Header().as_dict()


def test_a_portal_footer_is_second_evidence() -> None:
    text = """Các trường tổ chức thực hiện nội dung sau.

1. Nâng cao chất lượng dạy học.

THUỘC TÍNH VĂN BẢN
Số hiệu: 77/KH-SGDĐT
Loại văn bản: Kế hoạch
Nơi ban hành: Sở Giáo dục và Đào tạo Hải Lâm
Ngày ban hành: 05/02/2024
Người ký: Lê Thị Minh
"""
    facts = reader().read(document(text))
    head = facts.header
    assert (head.number, head.doc_type, head.date) == ("77/KH-SGDĐT", "Kế hoạch", "2024-02-05")
    assert (head.issuer, head.issuer_level, head.signer) == ("Sở Giáo dục và Đào tạo Hải Lâm", "so", "Lê Thị Minh")
    assert facts.citations == ()


def test_the_symbol_names_the_office_where_no_line_does() -> None:
    head = header(
        "Số 12/SGDĐT-VP\nV/v báo cáo nhanh\n\nHải Lâm, ngày 05 tháng 3 năm 2024\n\n"
        "Kính gửi: Các trường THPT.\n\nCác trường báo cáo.\n"
    )
    assert (head.issuer, head.issuer_level) == ("Sở Giáo dục và Đào tạo Hải Lâm", "so")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG", "KT. Bộ trưởng, Thứ trưởng"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "TM. Ủy ban nhân dân, Chủ tịch"),
        ("Q. GIÁM ĐỐC", "Q. Giám đốc"),
        ("TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG GDTrH", "TL. Giám đốc, Trưởng phòng GDTrH"),
        ("PHÓ HIỆU TRƯỞNG", "Phó Hiệu trưởng"),
    ],
)
def test_titles_of_the_signer(title: str, expected: str) -> None:
    facts = facts_of("1. Các trường thực hiện.", tail=TAIL.replace("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", title))
    assert facts.header.signer_title == expected
    assert facts.header.signer == "Lê Thị Minh"


@pytest.mark.parametrize("mark", ["V/v", "V/V", "VW", "Vw", "Vvv", "Vụ", "VÀ", "về", "V:", "W/v", "Vv:", "v/v:"])
@pytest.mark.parametrize("number", ["Số: 815/SGDĐT-TCCB", "$6: 815/SGDĐT-TCCB", "S6: 815/SGDDT-TCCB"])
@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_an_about_that_was_misread(mark: str, number: str, apart: str) -> None:
    lines = [
        "UBND TỈNH HẢI LÂM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO Độc lập - Tự do - Hạnh phúc",
        number,
        f"{mark} rà soát đội ngũ giáo viên Hải Lâm, ngày 12 tháng 10 năm 2023",
        "năm học 2023-2024",
        "Kính gửi: Các trường trực thuộc.",
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 03/01/2023 của UBND tỉnh, Sở GDĐT yêu cầu các trường báo cáo.",
    ]
    head = header(apart.join(lines))
    assert (head.number, head.date) == ("815/SGDĐT-TCCB", "2023-10-12")
    assert head.subject == "Rà soát đội ngũ giáo viên năm học 2023-2024"
    assert head.addressees == ("Các trường trực thuộc",)


@pytest.mark.parametrize("head_line", ["CHỈ THỊ", "KẾ HOẠCH"])
@pytest.mark.parametrize(
    "first",
    [
        "Năm học 2022-2023, toàn ngành đã nỗ lực",
        "Thời gian qua, công tác giáo dục đạt kết quả",
        "Trong những năm qua, cấp ủy, chính quyền đã quan tâm",
        "Hiện nay, dịch bệnh diễn biến phức tạp",
        "Tính đến ngày 31/12/2023, toàn tỉnh có 312 trường",
    ],
)
def test_a_subject_ends_where_the_body_begins(head_line: str, first: str) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH HẢI LÂM\nSố: 5/CT-UBND\nHải Lâm, ngày 12 tháng 10 năm 2023\n"
        f"{head_line}\nVề tăng cường giáo dục đạo đức, lối sống\ncho học sinh\n{first}\ncủa các cấp học.\n"
    )
    assert header(text).subject == "Tăng cường giáo dục đạo đức, lối sống cho học sinh"


@pytest.mark.parametrize(
    "line", ["sở GIÁO DỤC VÀ ĐÀO TẠO", "$0 GIÁO DỤC VÀ ĐÀO TẠO", "5Ở GIÁO DỤC VÀ ĐÀO TẠO", "Sơ Y TẾ"]
)
def test_an_office_whose_so_was_misread(line: str) -> None:
    text = f"UBND TỈNH HẢI LÂM\n{line}\nSố: 8/KH-SGDĐT\nHải Lâm, ngày 12 tháng 10 năm 2023\nKẾ HOẠCH\nÔn tập cuối năm\n"
    want = "Sở Y tế Hải Lâm" if "TẾ" in line else "Sở Giáo dục và Đào tạo Hải Lâm"
    assert header(text).issuer == want


@pytest.mark.parametrize(
    "name",
    [
        "Giấy triệu tập", "Kế hoạch liên tịch", "Hướng dẫn liên ngành", "Hướng dẫn liên tịch", "Chương trình phối hợp",
        "Quy chế phối hợp", "Giấy giới thiệu", "Phiếu chuyển", "Bản ghi nhớ", "Thông tri", "Bản thỏa thuận",
    ],
)  # fmt: skip
def test_less_usual_types_above_the_subject(name: str) -> None:
    head = HEAD.replace("V/v thực hiện nhiệm vụ năm học 2023 - 2024\n", "")
    head = head.replace("năm 2023\n", f"năm 2023\n\n{name.upper()}\nVề việc tổ chức hội thi năm học 2023-2024\n")
    found = facts_of("1. Các trường gửi danh sách.\n", head=head).header
    assert (found.doc_type, found.subject) == (name, "Tổ chức hội thi năm học 2023-2024")


def test_short_forms_keep_their_crossed_d() -> None:
    got = mended_recipients(["Như trên", "Sở LDTBXH, Sở KHDT (để p/h)", "Ban TDKT tỉnh", "Lưu: VT, GDTX"])
    assert got == ["Như trên", "Sở LĐTBXH, Sở KHĐT (để p/h)", "Ban TĐKT tỉnh", "Lưu: VT, GDTX"]


@pytest.mark.parametrize(
    ("about", "day", "year"),
    [
        ("V/v giới thiệu sách giáo khoa lớp 5 sử dụng từ năm học 2024-2025", "06 tháng 3 năm 2024", "2023-2024"),
        ("V/v lựa chọn sách giáo khoa áp dụng từ năm học 2025-2026", "20 tháng 02 năm 2025", "2024-2025"),
        ("V/v tuyển sinh đầu cấp năm học 2024-2025", "06 tháng 3 năm 2024", "2024-2025"),
        ("V/v thực hiện chính sách học phí từ năm học 2025-2026", "24 tháng 9 năm 2025", "2025-2026"),
        ("V/v bảo đảm an toàn dịp nghỉ lễ", "24 tháng 4 năm 2024", None),
    ],
)
def test_a_school_year_that_something_holds_from_is_not_the_directives(about: str, day: str, year: str | None) -> None:
    head = HEAD.replace("V/v thực hiện nhiệm vụ năm học 2023 - 2024", about).replace("05 tháng 9 năm 2023", day)
    assert facts_of("1. Các trường thực hiện nghiêm túc.", head=head).header.school_year == year


@pytest.mark.parametrize("number", ["23/GM-SGDĐT-VP.GDTrH", "1702/SGDĐT-GDTrH.GDTX", "12/KH-UBND.VX"])
def test_a_number_whose_units_a_dot_parts(number: str) -> None:
    head = HEAD.replace("1234/SGDĐT-GDTrH", number)
    assert facts_of("1. Các trường thực hiện nghiêm túc.", head=head).header.number == number


def test_recipients_that_are_counted() -> None:
    tail = "\n\nNơi nhận:\n- Sở GDĐT (báo cáo);\n- 09 trường THCS (phối hợp);\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Thị Minh\n"
    header = facts_of("1. Các trường thực hiện nghiêm túc.", tail=tail).header
    assert header.recipients == ("Sở GDĐT (báo cáo)", "09 trường THCS (phối hợp)", "Lưu: VT")


@pytest.mark.parametrize(
    ("about", "day", "year"),
    [
        ("kế hoạch phát triển trường lớp giai đoạn 2023 - 2025", "05 tháng 6 năm 2023", None),
        ("xóa phòng học tạm đến năm 2025", "05 tháng 6 năm 2023", None),
        ("phổ cập bơi cho học sinh năm 2023", "05 tháng 6 năm 2023", None),
        ("công tác tháng 9 năm 2023", "05 tháng 9 năm 2023", "2023-2024"),
        ("dạy học ngoại ngữ giai đoạn 2023-2030", "05 tháng 9 năm 2023", "2023-2024"),
        ("vệ sinh trường học", "05 tháng 6 năm 2023", "2023-2024"),
    ],
)
def test_a_later_school_year_is_but_named_in_a_plan_of_several_years(about: str, day: str, year: str | None) -> None:
    head = HEAD.replace("thực hiện nhiệm vụ năm học 2023 - 2024", about).replace("05 tháng 9 năm 2023", day)
    text = "1. Các trường tổng vệ sinh trước khi khai giảng năm học 2023-2024."
    assert facts_of(text, head=head).header.school_year == year


def test_where_it_is_filed_goes_on_behind_a_bracket() -> None:
    tail = TAIL.replace("- Lưu: VT, GDTrH.", "- Lưu: VP (HC), KHTC.")
    assert facts_of("1. Các trường thực hiện nghiêm túc.", tail=tail).header.recipients[-1] == "Lưu: VP (HC), KHTC"


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("Phú Mỹ, ngày 14    tháng 10 năm 2021", "Phú Mỹ", "2021-10-14"),
        ("Phú Mỹ, ngày 14 tháng! năm 2021", "Phú Mỹ", None),
        ("Phú Mỹ, ngày ‡ tháng Š năm 2021", "Phú Mỹ", None),
    ],
)
def test_the_place_stands_before_a_day_that_cannot_be_read(line: str, place: str, day: str | None) -> None:
    head = f"PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN PHÚ MỸ\nSố: 22/PGDĐT\n{line}\nV/v báo cáo\nKính gửi: Các trường\n"
    header = facts_of("1. Nộp báo cáo trước ngày 05/12/2021.", head=head).header
    assert (header.place, header.date) == (place, day)


def test_the_school_year_of_a_cited_document_is_not_its_own() -> None:
    body = (
        "Căn cứ Công văn số 1290/SGDĐT-GDTrH ngày 30/8/2021 của Sở Giáo dục và Đào tạo về\n"
        "nhiệm vụ giáo dục trung học năm học 2021-2022, Phòng yêu cầu:\n1. Nộp báo cáo trước ngày 05/12/2021."
    )
    head = "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN PHÚ MỸ\nSố: 22/PGDĐT\nV/v báo cáo\nKính gửi: Các trường THCS\n"
    assert facts_of(body, head=head).header.school_year is None


@pytest.mark.parametrize("number", ["Số:        /KH-THCS", "Số :     / QĐ-THCS", "Số: …../KH-THCS"])
def test_a_number_left_open_is_no_part_of_the_office(number: str) -> None:
    head = (
        f"PHÒNG GD-ĐT PHÚ MỸ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTRƯỜNG THCS TÂN AN Độc lập - Tự do - Hạnh phúc\n"
        f"{number}\nTân An, ngày     tháng     năm 2021\nKẾ HOẠCH\nDạy học trực tuyến\n"
    )
    header = facts_of("1. Nộp báo cáo trước ngày 05/12/2021.", head=head).header
    assert (header.issuer, header.number) == ("Trường THCS Tân An", None)


@pytest.mark.parametrize("office", ["Phòng GDĐT Pleiku", "UBND huyện Krông Pắc", "Phòng GDĐT huyện Cư M’gar"])
def test_recipients_in_places_with_names_of_other_languages(office: str) -> None:
    tail = TAIL.replace("- Lưu: VT, GDTrH.", f"- {office};\n- Lưu: VT, GDTrH.")
    assert office in facts_of("1. Các trường thực hiện nghiêm túc.", tail=tail).header.recipients


@pytest.mark.parametrize(
    ("lines", "number", "day"),
    [
        ("Số:     /QĐ-SGDĐT\n550\nHải Lâm, ngày    tháng 8 năm 2020\n11", "550/QĐ-SGDĐT", "2020-08-11"),
        ("550\nSố: /QĐ-SGDĐT\nHải Lâm, ngày 11 tháng 8 năm 2020", "550/QĐ-SGDĐT", "2020-08-11"),
        ("Số:     /QĐ-SGDĐT Hải Lâm, ngày    tháng 8 năm 2020\n550 11", "550/QĐ-SGDĐT", "2020-08-11"),
        ("Số:     /QĐ-SGDĐT\nHải Lâm, ngày 11 tháng 8 năm 2020", None, "2020-08-11"),
    ],
)
def test_a_number_put_there_at_the_signing_stands_in_a_line_of_its_own(
    lines: str, number: str | None, day: str
) -> None:
    head = f"UBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\n{lines}\nQUYẾT ĐỊNH\nVề việc giao chỉ tiêu\n"
    header = facts_of("Điều 1. Giao chỉ tiêu cho các trường.", head=head).header
    assert (header.number, header.date) == (number, day)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Nộp hồ sơ thi tốt nghiệp THPT", "Nộp hồ sơ thi tốt nghiệp THPT"),
        (
            "Về phối hợp tổ chức cuộc thi vẽ tranh\nnăm học 2021-2022",
            "Phối hợp tổ chức cuộc thi vẽ tranh năm học 2021-2022",
        ),
        ("Báo cáo công tác chuẩn bị sách đầu năm học", "Báo cáo công tác chuẩn bị sách đầu năm học"),
    ],
)
def test_the_words_above_kinh_gui_are_the_subject_where_the_letterhead_is_lost(title: str, subject: str) -> None:
    got = header(f"{title}\nKính gửi: Các Sở Giáo dục và Đào tạo\nBộ GDĐT đề nghị các Sở gửi danh sách về Bộ.\n")
    assert (got.doc_type, got.subject, got.number) == ("Công văn", subject, None)


@pytest.mark.parametrize(
    "above", ["1. Nội dung", "Căn cứ Công văn số 12/SGDĐT-VP;", "Các trường thực hiện như sau:", "THƯ NGỎ"]
)
def test_what_stands_above_kinh_gui_and_is_no_subject(above: str) -> None:
    assert header(f"{above}\nKính gửi: Hiệu trưởng các trường Tiểu học.\nCác trường nộp báo cáo.\n").subject is None


def test_a_council_writes_a_letter_and_no_contract() -> None:
    assert facts_of("1. Các trường họp.", head=HEAD.replace("1234/SGDĐT-GDTrH", "32 /HĐ")).header.doc_type == "Công văn"


@pytest.mark.parametrize(("day", "own"), [("ngày 0 7 tháng", "2023-09-07"), ("ngày 1 7 tháng", "2023-09-17")])
def test_the_figures_of_a_day_that_a_converter_parted(day: str, own: str) -> None:
    head = HEAD.replace("ngày 05 tháng", day)
    assert facts_of("1. Các trường thực hiện.", head=head).header.date == own
