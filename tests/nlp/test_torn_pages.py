"""Pages whose edge is torn or folded away: marks of notes read as signs, sign-offs without "Nơi nhận:"."""

from __future__ import annotations

import pytest

from nlp.pipeline import Reader
from tests.bench.extraction import of_text

_HEAD = """UBND HUYỆN AN LÃO CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO Độc lập - Tự do - Hạnh phúc
Số: 214/PGDĐT-CM An Lão, ngày 06 tháng 9 năm 2022
V/v tổ chức ngày hội đọc sách
Kính gửi: Hiệu trưởng các trường mầm non, tiểu học, THCS.
Phòng GDĐT đề nghị các trường thực hiện một số nội dung sau:
1. Các trường chọn sách, lập danh mục và gửi về Phòng GDĐT theo mẫu của bộ
"""
_REST = """phận Chuyên môn, chậm nhất ngày 20/9/2022.
2. Các trường tổ chức ngày hội trước ngày 15/10/2022./.
"""


def due(text: str) -> list[tuple[str | None, str]]:
    """Return the dated duties of a text as day and task."""
    return [(str(d.due), d.task) for d in Reader.load().read(of_text("x", text)).deadlines if d.due]


@pytest.mark.parametrize(
    "note",
    [
        "' Danh mục theo Quyết định số 88/QĐ-SGDĐT ngày 12/8/2022 của Sở GDĐT.\n",
        "' Không kể sách giáo khoa; các trường có thư viện xanh\nghi thêm số đầu sách.\n",
        "? Mẫu do bộ phận Chuyên môn gửi qua hộp thư.\n",
        "! Theo khoản 2 Điều 4 Thông tư số 16/2022/TT-BGDĐT.\n",
        "° Riêng trường Tiểu học An Hòa gửi bản giấy.\n",
        "’ Trường có điểm lẻ gửi danh mục của từng điểm.\n",
    ],
)
def test_a_note_at_the_foot_parts_no_sentence(note: str) -> None:
    found = due(f"{_HEAD}{note}\n2\n{_REST}")
    assert found[0][0] == "2022-09-20"
    assert "danh mục" in found[0][1] and "chuyên môn" in found[0][1].lower()
    assert all(word not in found[0][1] for word in ("hộp thư", "bản giấy", "điểm lẻ", "sách giáo khoa", "Điều 4"))


def test_a_sign_in_the_middle_of_a_page_opens_no_note() -> None:
    text = (
        f"{_HEAD}{_REST}"
        + "! Các trường tiểu học nộp bài dự thi trước ngày 01/11/2022.\n"
        + "3. Kinh phí tự túc.\n" * 8
    )
    assert any(day == "2022-11-01" for day, _ in due(text))


@pytest.mark.parametrize(
    ("signed", "title"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", "TM. Ủy ban nhân dân, KT. Chủ tịch, Phó Chủ tịch"),
        ("KT. TRƯỞNG PHÒNG\như trên;\nPHÓ TRƯỞNG PHÒNG\n", "KT. Trưởng phòng, Phó Trưởng phòng"),
        ("TUQ. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n", "TUQ. Giám đốc, Chánh Văn phòng"),
        ("KT. HIỆU TRƯỞNG\nmôn (t/h); PHÓ HIỆU TRƯỞNG\n", "KT. Hiệu trưởng, Phó Hiệu trưởng"),
    ],
)
def test_who_signs_stands_right_under_the_end(signed: str, title: str) -> None:
    assert Reader.load().read(of_text("x", f"{_HEAD}{_REST}{signed}")).header.signer_title == title


@pytest.mark.parametrize(
    ("foot", "recipients"),
    [
        (
            "án: KT. TRƯỞNG PHÒNG\ntrường MN, TH (t/h); PHÓ TRƯỞNG PHÒNG\nUBND huyện (b/c);\nVT.\n",
            "trường MN, TH (t/h)",
        ),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nphòng, ban thuộc huyện;\nVT.\n", "phòng, ban thuộc huyện"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\ncác xã, phường (để phối hợp);\n", "các xã, phường (để phối hợp)"),
    ],
)
def test_recipients_that_lost_their_dash(foot: str, recipients: str) -> None:
    assert recipients in Reader.load().read(of_text("x", f"{_HEAD}{_REST}{foot}")).header.recipients


@pytest.mark.parametrize(
    ("line", "issuer"),
    [
        ("TRƯỜNG THPT NGUYỄN BỈNH KHIÊM Sa aa eee alse", "Trường THPT Nguyễn Bỉnh Khiêm"),
        ("TRƯỜNG THPT CHU VĂN AN oe — ee", "Trường THPT Chu Văn An"),
        ("TRƯỜNG THPT CHU VĂN AN", "Trường THPT Chu Văn An"),
        ("TRƯỜNG THPT Chu Văn An", None),  # a name in small letters is no litter
    ],
)
def test_litter_beside_the_name_of_a_school(line: str, issuer: str | None) -> None:
    head = f"SỞ GIÁO DỤC VÀ ĐÀO TẠO CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nGIA LAI Độc lập - Tự do - Hạnh phúc\n{line}\n"
    rest = (
        "Số: 31/KH-THPT Gia Lai, ngày 08 tháng 9 năm 2025\nKẾ HOẠCH\nTư vấn học đường năm học 2025-2026\n1. Mục đích\n"
    )
    read = Reader.load().read(of_text("x", head + rest)).header.issuer
    assert read == issuer if issuer is not None else read is None or "Sa" not in read


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ("Các tổ hoàn thành trang tin hướng nghiệp của trường, chậm nhất trước ngày\n\n12/01/2023.", "2023-01-12"),
        ("Phòng GDĐT chọn và lập danh mục điểm đến, gửi báo cáo về Sở trước 17 giờ ngày\n\n5/12/2022.", "2022-12-05"),
    ],
)
def test_a_day_goes_on_behind_a_page_without_a_number(lines: str, day: str) -> None:
    assert any(one == day for one, _ in due(f"{_HEAD}{lines}\n{_REST}"))


def test_a_list_that_lost_its_end_is_no_heading() -> None:
    torn = (
        "3. Báo cáo sơ kết gửi về Phòng GDĐT trước ngày 06/01/2023; báo cáo\ntổng kết trước ngày 25/5/2023. Phòng GDĐT"
        " tổng hợp, báo cáo Sở GDĐT\nqua Phòng T a\nCông văn này thay cho Công văn số 377/PGDĐT-CM ngày 14/9/2021 của\n"
        "Phòng GDĐT.\n"
    )
    days = [day for day, _ in due(f"{_HEAD}{_REST.replace('./.', '.')}{torn}")]
    assert {"2023-01-06", "2023-05-25"} <= set(days)


def test_a_sentence_that_opens_at_a_short_line_goes_on() -> None:
    torn = (
        "Qua kiểm tra, nhiều chứng thư số của các trường mang tên cơ quan cũ, một số chưa\nđược thu hồi. Thực hiện\n"
        "Nghị định số 68/2024/NĐ-CP ngày 25/6/2024 của Chính phủ, Phòng GDĐT đề nghị các trường rà soát toàn bộ chứng\n"
        "thư số, gửi danh sách về Phòng GDĐT trước ngày 15/10/2022.\n"
    )
    read = Reader.load().read(of_text("x", _HEAD.split("Phòng GDĐT đề nghị")[0] + torn))
    assert [str(c.relation) for c in read.citations] == ["implements"]


_OPENING = """UBND HUYỆN AN LÃO CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO Độc lập - Tự do - Hạnh phúc
Số: 214/PGDĐT-CM An Lão, ngày 06 tháng 9 năm 2022
V/v tổ chức ngày hội đọc sách
Kính gửi: Hiệu trưởng các trường mầm non, tiểu học, THCS.
Phòng GDĐT đề nghị các trường thực hiện một số nội dung sau đây trong năm học:
"""


@pytest.mark.parametrize(
    ("above", "below", "recipient"),
    [
        (
            "Các trường lập danh mục sách mua thêm, gửi về Phòng GDĐT (bộ phận",
            "TH) trước ngày 20/9/2022.",
            "Phòng GDĐT",
        ),
        ("Hiệu trưởng nộp hồ sơ xét thư viện cho Sở GDĐT (qua Phòng", "GDTrH, cô Hạnh) trước 14/10/2022.", "Sở GDĐT"),
        ("Các trường tiểu học tổng hợp số học sinh, báo cáo kết quả về", "Phòng GDĐT trước 28/10/2022.", "Phòng GDĐT"),
        ("Các trường cần mượn thêm sách của huyện làm giấy đề nghị, nộp về", "Phòng GDĐT trước 10/10.", "Phòng GDĐT"),
    ],
)
def test_a_blank_line_inside_a_phrase_parts_no_sentence(above: str, below: str, recipient: str) -> None:
    facts = Reader.load().read(of_text("x", f"{_OPENING}{above}\n\n{below}\n{_REST}"))
    assert facts.deadlines[0].recipient == recipient
    assert "Hiệu trưởng" in facts.deadlines[0].task or len(facts.deadlines[0].task) > 30


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Sách mua bằng quỹ khuyến học (nếu có", "Các trường (mầm non, tiểu học) gửi danh mục trước ngày 20/9/2022."),
        ("Danh mục sách khuyên đọc của năm học (kèm theo)", "Các trường gửi danh mục trước ngày 20/9/2022."),
    ],
)
def test_a_blank_line_between_paragraphs_parts_them(above: str, below: str) -> None:
    found = due(f"{_OPENING}{above}\n\n{below}\n{_REST}")
    assert found[0][0] == "2022-09-20"
    assert "quỹ" not in found[0][1] and "khuyên đọc" not in found[0][1]


def test_strokes_of_a_table_far_below_are_none_of_the_letterhead() -> None:
    text = (
        _OPENING.replace("Kính gửi: Hiệu trưởng các trường mầm non, tiểu học, THCS.\n", "trường mầm non, tiểu học\n")
        + "1. Thư viện các trường mở cửa từ thứ Hai đến thứ Sáu, mỗi học sinh mượn không\n"
        + "quá hai cuốn một lần; giáo viên chủ nhiệm theo dõi sổ mượn của lớp mình và\n" * 9
        + "nhắc trả sách. Giáo viên phụ trách thư viện các trường tiểu học, các trường THCS gửi\n"
        + "Phòng GDĐT danh mục sách mới trước ngày 20/9/2022.\n"
        + "Bộ phận theo dõi Hộp thư\nTiểu học | tieuhoc@anlao.edu.vn\nTHCS | thcs@anlao.edu.vn\n"
        + _REST
    )
    facts = Reader.load().read(of_text("x", text))
    row = next(d for d in facts.deadlines if str(d.due) == "2022-09-20")
    assert row.recipient == "Phòng GDĐT"
    assert "co_so_giao_duc" in row.actor


_SENTENCE = "1. Các trường đã đăng ký chọn sách, lập danh mục theo mẫu, có chữ ký\n"


@pytest.mark.parametrize(
    ("note", "behind"),
    [
        ("1 Gồm 12 trường tiểu học, 04 trường THCS.\n", "của hiệu trưởng, gửi Phòng GDĐT chậm nhất ngày 20/9/2022."),
        ("1 Riêng trường THCS Hồng Thái tính cả điểm lẻ.\n", "hiệu trưởng, gửi Phòng GDĐT trước ngày 20/9/2022."),
        (
            "1 Theo báo cáo của các trường đến hết ngày 31/8/2022: 12 trường tiểu học đã có, 04 trường THCS chưa.\n",
            "Hiệu trưởng, gửi về Phòng GDĐT trước ngày 20/9/2022.",
        ),
    ],
)
def test_a_note_whose_mark_is_lost_is_no_text(note: str, behind: str) -> None:
    found = due(f"{_OPENING}{_SENTENCE}{note}\n2\n{behind}\n")
    assert [day for day, _ in found] == ["2022-09-20"]
    assert "THCS" not in found[0][1] and "chọn sách" in found[0][1]


def test_an_item_without_its_stop_at_a_pages_foot_stays_text() -> None:
    found = due(f"{_OPENING}1. Các trường chọn sách.\n2 Các trường gửi danh mục trước ngày 20/9/2022.\n\n2\n{_REST}")
    assert "2022-09-20" in [day for day, _ in found]
