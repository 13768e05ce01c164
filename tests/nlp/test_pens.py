"""What a pen writes into a letterhead and beside it: numbers and days read without confidence, litter before words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.document import Box, Document, Page, Word
from corpus.facts import Facts, Header
from nlp.header.formulae import mended_addressees, mended_recipients
from nlp.page.litter import is_litter
from tests.nlp.texts import document, reader

TEXT = """UBND TỈNH HẢI LÂM
SỞ GIÁO DỤC VÀ ĐÀO TẠO
{number}
V/v rà soát đội ngũ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{day}
Kính gửi: Các trường trực thuộc.
Thực hiện Kế hoạch số 12/KH-UBND ngày 03/01/2023 của UBND tỉnh, Sở GDĐT thông báo như sau:
1. Các trường báo cáo kết quả về Sở GDĐT trước ngày 30/11.
"""
NUMBER, DAY = "Số: 412/SGDĐT-VP", "Hải Lâm, ngày 05 tháng 9 năm 2023"


def scanned(text: str, doubts: dict[str, float]) -> Document:
    """Return a page as read from its picture: every word with the confidence 0.95, those of ``doubts`` with theirs."""
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append(Word(at, at + len(word), None, doubts.get(word, 0.95)))
        at += len(word)
    plain = document(text)
    return replace(plain, pages=(Page(1, text, words=tuple(words)),))


def head(number: str = NUMBER, day: str = DAY, doubts: dict[str, float] | None = None) -> Header:
    return reader().read(scanned(TEXT.format(number=number, day=day), doubts or {})).header


def test_a_typed_number_and_day_are_read() -> None:
    read = head()
    assert (read.number, read.date, read.place) == ("412/SGDĐT-VP", "2023-09-05", "Hải Lâm")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Số: 420 /SGDĐT-VP", "420"),
        ("Số:52/GM-SGDĐT", "Số:52/GM-SGDĐT"),
        ("Số: 17/KH-SGDĐT", "17/KH-SGDĐT"),
        ("Số 1288 /UBND-VHXH", "1288"),
    ],
)
@pytest.mark.parametrize("sure", [0.4, 0.68])
def test_a_number_read_without_confidence_stays_unknown(line: str, word: str, sure: float) -> None:
    facts = reader().read(scanned(TEXT.format(number=line, day=DAY), {word: sure}))
    assert facts.header.number is None
    assert [c.number for c in facts.citations] == ["12/KH-UBND"]
    assert reader().read(scanned(TEXT.format(number=line, day=DAY), {})).header.number is not None


def test_an_unusual_symbol_alone_leaves_the_number() -> None:
    assert head("Số: 420/TTLT-VP", doubts={"420/TTLT-VP": 0.75}).number == "420/TTLT-VP"
    assert head("Số: 234 /SGDĐT-VP", doubts={"234": 0.89}).number is None


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("Hải Lâm, ngày3 tháng 3 năm 2023", "ngày3"),
        ("Hải Lâm, ngày 04 tháng 02 năm 2023", "04"),
        ("Hải Lâm, ngày 5 /9/2023", "5"),
    ],
)
@pytest.mark.parametrize("sure", [0.47, 0.91])
def test_a_day_read_without_confidence_stays_unknown(day: str, word: str, sure: float) -> None:
    facts = reader().read(scanned(TEXT.format(number=NUMBER, day=day), {word: sure}))
    assert (facts.header.date, facts.header.place) == (None, "Hải Lâm")
    assert facts.conflicts == ()


def with_heights(text: str, heights: dict[str, tuple[float, float]]) -> Document:
    """Return a scan whose words have these tops and heights in points, 9.2 in one row where none are given."""
    read = scanned(text, {})
    page = read.pages[0]
    words = []
    for word in page.words:
        top, high = heights.get(page.text[word.start : word.end], (100, 9.2))
        words.append(replace(word, box=Box(100, top, 120, top + high)))
    return replace(read, pages=(replace(page, words=tuple(words)),))


@pytest.mark.parametrize(
    ("heights", "read"),
    [
        ({"412": (100, 9.3)}, True),
        ({"412": (100, 10.4)}, True),
        ({"412": (100, 12.3)}, False),
        # the day is of a pen, too
        ({"412": (100, 12.3), "05": (100, 12.0)}, False),
        # alone in its row, beside smaller type of notes and of a table
        ({"412": (60, 9.3), "05": (100, 7), "9": (100, 7), "2023": (100, 7), "30": (300, 9)}, True),
        ({"412": (60, 12.3), "30": (300, 9)}, False),
    ],
)
def test_figures_taller_than_print_are_a_pen_s(heights: dict[str, tuple[float, float]], read: bool) -> None:
    text = TEXT.format(number="Số: 412 /SGDĐT-VP", day=DAY) + "2. Mỗi trường cử 30 học sinh.\n"
    number = reader().read(with_heights(text, heights)).header.number
    assert number == ("412/SGDĐT-VP" if read else None)


def test_days_without_a_year_go_by_the_month_all_the_same() -> None:
    facts = reader().read(scanned(TEXT.format(number=NUMBER, day="Hải Lâm, ngày3 tháng 9 năm 2023"), {"ngày3": 0.5}))
    assert [row.due for row in facts.deadlines] == ["2023-11-30"]


@pytest.mark.parametrize(
    "day",
    [
        "ngày #5 tháng 9 năm 2023", "ngày-9K tháng 9 năm 2023", "ngàyđƑtháng 9 năm 2023", "ngày ¿ / tháng Ñ năm 2023",
        "ngày O4 tháng .Ý năm 2023", "ngày tháng 9 năm 2023", "ngày2 © tháng 02 năm 2023", "ngày ol† tháng Ñ năm 2023",
        "ngày tháng JPnăm 2023", "ngà» tháng 10 năm 2023", "ngày 20 tháng|Ö năm 2023", "ngày 3† tháng |",
    ],
)  # fmt: skip
def test_the_place_before_a_day_that_nobody_can_read(day: str) -> None:
    read = head(day=f"Hải Lâm, {day}")
    assert (read.place, read.date) == ("Hải Lâm", None)


def read(text: str) -> Facts:
    return reader().read(document(text))


LETTER = """{office}
Số: 8?0 /{symbol}
V/v phát hành sách giáo khoa
cho học sinh
{scrap}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lâm, ngày 05 tháng 9 năm 2023
{litter}Kính gửi: Sở Giáo dục và Đào tạo tỉnh Hải Lâm
công văn số 3501/BGDĐT-CSVC của Bộ Giáo dục và Đào tạo ngày 17/8/2023 về tạo điều kiện phát hành;
Chúng tôi đề nghị Sở thông báo đến các trường.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Lê Minh Hoàng
"""


@pytest.mark.parametrize(
    ("office", "symbol", "issuer"),
    [
        ("TỔNG CÔNG TY\nBƯU ĐIỆN VIỆT NAM\nBƯU ĐIỆN TỈNH HẢI LÂM", "BĐHL", "Bưu điện tỉnh Hải Lâm"),
        ("CÔNG TY CỔ PHẦN SÁCH HẢI LÂM", "CTS-KD", "Công ty cổ phần sách Hải Lâm"),
        ("UBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", "SGDĐT-VP", "Sở Giáo dục và Đào tạo Hải Lâm"),
    ],
)
@pytest.mark.parametrize("litter", ["", "%fe-IX u ", "4t (9 "])
def test_a_letter_that_a_pen_has_written_on(office: str, symbol: str, issuer: str, litter: str) -> None:
    """The first word of the body is lost under the writing, so that its line begins in small letters."""
    got = read(LETTER.format(office=office, symbol=symbol, scrap="TA J ị", litter=litter)).header
    assert (got.issuer, got.number) == (issuer, None)
    assert got.addressees == ("Sở Giáo dục và Đào tạo tỉnh Hải Lâm",)
    assert got.subject == "Phát hành sách giáo khoa cho học sinh"
    assert (got.signer, got.signer_title) == ("Lê Minh Hoàng", "Giám đốc")


def test_short_words_of_a_subject_are_no_litter() -> None:
    assert not any(map(is_litter, ("năm", "19", "THPT", "lớp 10", "2023-2024", "cơ sở")))
    assert all(map(is_litter, ("TA J ị", "} ^ f", "Ẵ Ấ `")))


@pytest.mark.parametrize(
    ("parent", "issuer", "place"),
    [
        ("UBND TÍNH ĐÓNG THÁP", "Sở Giáo dục và Đào tạo Đồng Tháp", "Đồng Tháp"),
        ("UBND TỈNH HÀ GIANG", "Sở Giáo dục và Đào tạo Hà Giang", "Hà Giang"),
    ],
)
def test_a_province_is_spelled_as_it_is(parent: str, issuer: str, place: str) -> None:
    day = "Đẳng Tháp, ngày 05 tháng 9 năm 2023" if "THÁP" in parent else "Hà Giang, ngày 05 tháng 9 năm 2023"
    text = TEXT.format(number=NUMBER, day=day).replace("UBND TỈNH HẢI LÂM", parent)
    got = reader().read(scanned(text, {})).header
    assert (got.issuer, got.place) == (issuer, place)


def test_a_district_keeps_its_name() -> None:
    text = TEXT.replace("UBND TỈNH HẢI LÂM", "UBND HUYỆN TỊNH BIÊN").replace("SỞ GIÁO", "PHÒNG GIÁO")
    assert read(text.format(number=NUMBER, day=DAY)).header.issuer == "Phòng Giáo dục và Đào tạo huyện Tịnh Biên"


def test_brackets_and_purposes_of_recipients() -> None:
    got = mended_recipients(["Như trên (hực hiện}", "Thanh tra tính {báo cáo)", "Phòng GDĐT [để phối hợp]", "Luu: VP"])
    assert got == ["Như trên (thực hiện)", "Thanh tra tỉnh (báo cáo)", "Phòng GDĐT (để phối hợp)", "Lưu: VP"]


def test_a_purpose_that_lost_its_bracket() -> None:
    assert mended_recipients(["Như trên lực hiện)", "Lưu: VT"]) == ["Như trên (để thực hiện)", "Lưu: VT"]


@pytest.mark.parametrize("line", ["Nơi nhận?”", "Nơi nhận .;", "Nơi nhận"])
def test_marks_behind_noi_nhan(line: str) -> None:
    text = TEXT.format(number=NUMBER, day=DAY) + f"{line}\n- Lãnh đạo Sở (để báo cáo);\n- Lưu: VT.\nGIÁM ĐỐC\n"
    assert read(text).header.recipients == ("Lãnh đạo Sở (để báo cáo)", "Lưu: VT")


def test_offices_among_the_addressees() -> None:
    got = mended_addressees(("Thủ trưởng các đơn vị thuộc Sớ GDĐI", "Các trường THPT số 1", "Phòng GDĐT các huyện"))
    assert got == ("Thủ trưởng các đơn vị thuộc Sở GDĐT", "Các trường THPT số 1", "Phòng GDĐT các huyện")


SIGNED = """Nơi nhận: {mark}
- Như trên (để thực hiện);
- Lưu: VT.
GIÁM ĐỐC
Lê Minh Hoàng
"""


def test_the_first_recipient_is_told_once() -> None:
    got = read(TEXT.format(number=NUMBER, day=DAY) + SIGNED.format(mark="_")).header
    assert got.recipients == ("Như trên (để thực hiện)", "Lưu: VT")


def test_a_note_goes_on_under_the_sign_off() -> None:
    note = "181/QĐ-BYT ngày 21/01/2023 về việc ban hành hướng dẫn giám sát và phòng bệnh trong trường học;\n"
    facts = read(TEXT.format(number=NUMBER, day=DAY) + SIGNED.format(mark="") + note)
    assert [c.number for c in facts.citations] == ["12/KH-UBND", "181/QĐ-BYT"]


def test_numbers_that_offices_write_or_readers_misread() -> None:
    said = (
        "2. Căn cứ Kế hoạch số 43-KH/UBND ngày 17/7/2023 của UBND tỉnh; Quyết định số 404/QĐ-TTe ngày 27/3/2015; "
        "Công văn số 847/TTr-VP ngày 26/10/2022 của Thanh tra tỉnh, các trường thực hiện.\n"
    )
    facts = read(TEXT.format(number=NUMBER, day=DAY) + said)
    assert [(c.doc_type, c.number) for c in facts.citations][1:] == [
        ("Kế hoạch", "43-KH/UBND"), ("Quyết định", "404/QĐ-TTg"), ("Công văn", "847/TTr-VP"),
    ]  # fmt: skip


def test_school_years_of_a_plan_are_none_of_its_own() -> None:
    years = "2. Lộ trình: năm học 2024-2025 lớp 1;\n- năm học 2025-2026 lớp 2;\n- năm học 2026-2027 lớp 3.\n"
    text = TEXT.format(number=NUMBER, day="Hải Lâm, ngày #5 tháng 9 năm 2023")
    assert read(text + years).header.school_year is None


@pytest.mark.parametrize(
    ("office", "issuer"),
    [
        ("BỘ GIÁO DỤC VÀ ĐÀO TẠO\nNHÀ XUẤT BẢN GIÁO DỤC VIỆT NAM", "Nhà xuất bản Giáo dục Việt Nam"),
        ("UBND TỈNH HẢI LÂM\nBAN TỔ CHỨC CUỘC THI\nSÁNG TÁC CA KHÚC", "Ban Tổ chức Cuộc thi sáng tác ca khúc"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO\nHỘI ĐỒNG XÉT TUYỂN VIÊN CHỨC\nNĂM HỌC 2021-2022", "Hội đồng Xét tuyển viên chức"),
    ],
)
def test_issuers_below_an_office(office: str, issuer: str) -> None:
    text = TEXT.format(number=NUMBER, day=DAY).replace("UBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", office)
    assert read(text).header.issuer == issuer


def test_columns_that_run_together_before_the_date() -> None:
    text = TEXT.format(number=NUMBER, day="").replace(
        "UBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO",
        "BAN TỔ CHỨC CUỘC THI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSÁNG TÁC CA KHÚC Hải Lâm, ngày }5 tháng 7 năm 2023",
    )
    got = read(text).header
    assert (got.issuer, got.place, got.date) == ("Ban Tổ chức Cuộc thi sáng tác ca khúc", "Hải Lâm", None)


NOTICE = """UBND TỈNH HẢI LÂM
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: #5/TL-SGDĐT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lâm, ngày 05 tháng 9 năm 2023
{title}
Kết quả xét tuyển của các đơn vị thuộc
Sở Giáo dục và Đào tạo năm học 2023-2024
{opening}
1. Các đơn vị thông báo cho người dự tuyển.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. HỘI ĐỒNG XÉT TUYỂN
CHỦ TỊCH
GIÁM ĐỐC SỞ GDĐT
Lê Minh Hoàng
"""


@pytest.mark.parametrize("title", ["Thông báo", "Thể lệ", "Kế hoạch"])
@pytest.mark.parametrize("opening", ["Thực hiện Kế hoạch số 63/KH-BTC ngày 01/7/2023 về xét tuyển;", "Căn cứ:"])
def test_a_subject_goes_on_behind_an_open_word(title: str, opening: str) -> None:
    got = read(NOTICE.format(title=title.upper(), opening=opening)).header
    assert got.subject == "Kết quả xét tuyển của các đơn vị thuộc Sở Giáo dục và Đào tạo năm học 2023-2024"
    assert (got.doc_type, got.number) == (title, None)
    assert got.signer_title == "TM. Hội đồng xét tuyển, Chủ tịch, Giám đốc Sở GDĐT"


def test_a_cong_dien_is_wired() -> None:
    text = (
        "CHỦ TỊCH ỦY BAN NHÂN DÂN\nTỈNH HẢI LÂM\nSố: 05/CĐ-CTUBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Hải Lâm, ngày 05 tháng 9 năm 2023\nCÔNG ĐIỆN\nVề việc phòng, chống bão\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n- Các sở, ban, ngành;\n- Sở Giáo dục và Đào tạo.\n"
        "Để chủ động ứng phó với bão, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n1. Các trường kiểm tra cây xanh.\n"
    )
    got = read(text).header
    assert (got.doc_type, got.addressees) == ("Công điện", ("Các sở, ban, ngành", "Sở Giáo dục và Đào tạo"))


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ("Ngày 23,24,28,29/9/2023", "2023-09-29"),
        ("ngày 5,6/10/2023", "2023-10-06"),
        ("ngày 23, 24/9/2023", "2023-09-24"),
    ],
)
def test_days_that_share_their_month(days: str, due: str) -> None:
    rows = read(TEXT.format(number=NUMBER, day=DAY) + f"2. Sở GDĐT kiểm tra các trường. Thời gian: {days}.\n").deadlines
    assert due in [row.due for row in rows]


@pytest.mark.parametrize(
    "told",
    [
        "2. Lịch phát sóng cụ thể như sau:\n+ Tuần từ ngày 6/11/2023 đến 11/11/2023\n",
        "2. Các nghiên cứu cho thấy ngay khi đã tiêm đủ 2 mũi thì nguy cơ nhiễm bệnh vẫn cao.\n",
        "2. Lịch phát sóng:\n+ Tuần từ ngày 6/11/2023 đến 11/11/2023\nNgày phát hình Thời gian phát sóng Môn Kênh\n"
        "Thứ hai 6/11/2023 14g00-14g30 Toán 12 HLTV\n14g30-15g00 Ngữ văn 9 HLTV\n",
        "2. Danh sách xếp theo tổng điểm từ cao xuống thấp./.\nHải Lâm, ngày 30 tháng 10 năm 2023\nHIỆU TRƯỞNG\n",
        "2. Rà soát danh sách học sinh trong thời gian nghỉ Tết Nguyên đán đã đến vùng có dịch.\n",
    ],
)
def test_times_of_what_is_told_end_nothing(told: str) -> None:
    rows = read(TEXT.format(number=NUMBER, day=DAY) + told).deadlines
    assert [row.due for row in rows] == ["2023-11-30"]


@pytest.mark.parametrize(
    ("told", "due"),
    [
        (
            "2. Các trường báo cáo Sở trước ngày 15/12/2023.\nNgày phát sóng Môn Kênh\nThứ hai 6/11/2023 Toán HLTV\n",
            "2023-12-15",
        ),
        ("2. Tổ chức hội nghị tại thành phố Hải Lâm, ngày 30 tháng 10 năm 2023.\n", "2023-10-30"),
        ("2. Hội thi cấp tỉnh được tổ chức tại Nhà văn hóa. Thời gian: ngày 30 tháng 10 năm 2023.\n", "2023-10-30"),
    ],
)
def test_what_stands_near_is_due(told: str, due: str) -> None:
    assert due in [row.due for row in read(TEXT.format(number=NUMBER, day=DAY) + told).deadlines]


@pytest.mark.parametrize("line", ["Số;‡7/SGDĐT-VP", "Số: {25/SGDĐT", "Só:€4/SGDĐT-TCCB"])
def test_what_a_pen_left_of_the_own_number_is_no_citation(line: str) -> None:
    facts = reader().read(scanned(TEXT.format(number=line, day=DAY), {}))
    assert facts.header.number is None
    assert [c.number for c in facts.citations] == ["12/KH-UBND"]
