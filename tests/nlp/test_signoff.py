"""Sign-offs of many offices, clean and littered by seals: recipients, position, name; wrong is worse than none."""

from __future__ import annotations

import difflib

import pytest

from corpus.facts import Header
from nlp.header.formulae import mended_recipients
from nlp.header.header import read_header
from nlp.page.lines import lines_of
from nlp.page.positions import position_in
from nlp.page.scraps import is_scrap, known_name, name_in, without_scraps
from nlp.page.zones import zone
from nlp.words.vocabulary import table
from tests.nlp.signoffs import SIGNOFFS, Signoff, clean, littered
from tests.nlp.texts import HEAD, document, facts_of

BODY = "1. Các đơn vị tổ chức thực hiện nghiêm túc các nội dung trên.\n\nTrên đây là nội dung hướng dẫn của Sở./.\n\n"
ANNEX = "\nPHỤ LỤC\n(Kèm theo Công văn này)\n1. Trường Tiểu học Lê Văn Tám.\n"


def header(tail: str) -> Header:
    made = document(HEAD + BODY + tail + ANNEX)
    return read_header(made, zone(lines_of(made)))


def right(head: Header, sign: Signoff) -> tuple[bool, bool, bool]:
    words = " ".join(head.recipients).casefold()
    told = [
        difflib.SequenceMatcher(None, r.casefold(), words, autojunk=False).find_longest_match().size / len(r)
        for r in sign.recipients
    ]
    alike = difflib.SequenceMatcher(None, (head.signer_title or "").casefold(), sign.reading.casefold()).ratio()
    return min(told) >= 0.8, alike >= 0.92, head.signer == sign.name


@pytest.mark.parametrize("sign", SIGNOFFS, ids=[s.title[0] for s in SIGNOFFS])
def test_clean_sign_offs(sign: Signoff) -> None:
    for tail in (clean(sign), littered(sign, 1, level=1)):
        head = header(tail)
        assert right(head, sign) == (True, True, True)
        assert len(head.recipients) == len(sign.recipients)


@pytest.mark.parametrize(("level", "floors"), [(2, (0.95, 0.96, 0.97)), (3, (0.95, 0.93, 0.97))])
def test_littered_sign_offs(level: int, floors: tuple[float, float, float]) -> None:
    heads = [(header(littered(s, 1000 * k + n, level=level)), s) for k, s in enumerate(SIGNOFFS) for n in range(10)]
    rows = [right(head, sign) for head, sign in heads]
    shares = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    assert all(got >= floor for got, floor in zip(shares, floors, strict=True)), shares
    assert [h.signer for h, s in heads if h.signer not in (None, s.name)] == []


@pytest.mark.parametrize("level", [2, 3])
def test_an_unreadable_name_stays_unknown(level: int) -> None:
    for k, sign in enumerate(SIGNOFFS):
        for n in range(5):
            tail = littered(sign, 1000 * k + n, level=level).replace(sign.name, "Ïn \\/ăn _h")
            assert header(tail).signer is None, tail


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("KT.BỘ TRƯỞNG /—", "KT. Bộ trưởng"),
        ("KI, GIẢM DỐC", "KT. Giám đốc"),
        ("TL. CHỦ TỊCH", "TL. Chủ tịch"),
        ("TRƯỞNG PHÒNG GDTrH", "Trưởng phòng GDTrH"),
        ("PHÓ HIẸU TRƯONG \\ ¥", "Phó Hiệu trưởng"),
        ("Q. GIÁM ĐỐC ĐÀO", "Q. Giám đốc"),
        ("PHÓ GIÁM Đ0C", "Phó Giám đốc"),
        ("Giám đốc sở chỉ đạo các trường", None),
        ("GIÁO DỤC VÀ ĐÀO TẠO", None),
    ],
)
def test_positions(text: str, reading: str | None) -> None:
    found = position_in(text)
    assert (None if found is None else str(found)) == reading


@pytest.mark.parametrize(
    ("piece", "alone", "name"),
    [
        ("--Bũi Thị Ngọc Diễm", True, "Bũi Thị Ngọc Diễm"),
        ("~ .Lê Văn An", True, "Lê Văn An"),
        ("Nguyễn Thị Minh Khai", True, "Nguyễn Thị Minh Khai"),
        ("/— Trần Văn Bình }", False, "Trần Văn Bình"),
        ("- Lưu: VT, VP. Lê Hoàng Yến", False, "Lê Hoàng Yến"),
        ("- Trường THPT Lê Quý Đôn;", False, None),
        ("- Trường THPT Lê Quý Đôn", False, None),
        ("(; In Vân Anh", False, None),
        ("Ksor Y Thu", True, "Ksor Y Thu"),
        ("Như Điều", True, None),
        ("Tỉnh Bạc Lâm", True, None),
        ("Sở Hải Lâm Giang", True, None),
        ("H'Nuôn Mlô", True, "H'Nuôn Mlô"),
        ("H’ Duyên Êban", True, "H’ Duyên Êban"),
        ("K'Thế", True, "K'Thế"),
        ("Giàng A Páo", True, "Giàng A Páo"),
        ("- Lưu: VT, TCCB.      Cil Pam Ha Niên", False, None),
        ("Cil Pam Ha Niên", True, "Cil Pam Ha Niên"),
        ("Rmah H'Bé Nét", True, "Rmah H'Bé Nét"),
        ("A Lưới", True, None),
    ],
)
def test_names(piece: str, alone: bool, name: str | None) -> None:
    found = name_in(piece, alone=alone)
    assert (None if found is None else piece[slice(*found)]) == name


def test_surnames_are_mended_by_their_marks_only() -> None:
    words = table("surnames")["surnames"]
    assert set(words["common"]) <= set(words["words"])
    assert known_name("Nguyên Văn An") == "Nguyễn Văn An"
    assert known_name("Vọ Văn An") == "Võ Văn An"
    assert known_name("Ly Văn An") == "Lý Văn An"
    assert known_name("Xyz Văn An") == "Xyz Văn An"


def test_scraps_and_words() -> None:
    assert all(is_scrap(s) for s in ("", "/— ee", "Ss 7 ¥", "| \\ ~", "ra", "N iG"))
    assert not any(is_scrap(s) for s in ("Lãnh đạo Sở", "Các phòng chuyên môn", "UBND tỉnh (để b/c)"))
    assert without_scraps("Lãnh đạo Sở (để b/c); ® YS") == "Lãnh đạo Sở (để b/c)"
    assert without_scraps("Lưu: VT, GDTrH, nvt") == "Lưu: VT, GDTrH, nvt"
    assert without_scraps("Lưu: VT. ^ ee") == "Lưu: VT."


def test_purposes_are_read_as_the_nearest_or_left() -> None:
    assert mended_recipients(["Sở Y tế (đề p/h)"]) == ["Sở Y tế (để p/h)"]
    assert mended_recipients(["A (để p/h c/đ)", "B (de p/h/d)"]) == ["A (để p/h c/đ)", "B (để p/h c/đ)"]
    assert mended_recipients(["Ban Dân tộc (để nghiên cứu)"]) == ["Ban Dân tộc (để nghiên cứu)"]


RECIPIENTS = "Nơi nhận:\n- Như trên;\n- Công đoàn Giáo dục tỉnh;\n- Lưu: VT, VP.\n"


@pytest.mark.parametrize(
    "title, expected",
    [
        (
            "TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG\nCHÍNH TRỊ TƯ TƯỞNG\nVÀ HỌC SINH, SINH VIÊN",
            "TUQ. Giám đốc, Trưởng phòng Chính trị tư tưởng và Học sinh, sinh viên",
        ),
        (
            "TL. BỘ TRƯỞNG\nKT. VỤ TRƯỞNG VỤ GIÁO DỤC CHÍNH TRỊ\nVÀ CÔNG TÁC HỌC SINH, SINH VIÊN\nPHÓ VỤ TRƯỞNG",
            "TL. Bộ trưởng, KT. Vụ trưởng Vụ Giáo dục Chính trị và Công tác học sinh, sinh viên, Phó Vụ trưởng",
        ),
        (
            "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG QUẢN LÝ CHẤT LƯỢNG\nVÀ CÔNG NGHỆ THÔNG TIN",
            "TL. Giám đốc, Trưởng phòng Quản lý chất lượng và Công nghệ thông tin",
        ),
        ("TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG CHÍNH TRỊ, TƯ TƯỞNG", "TL. Giám đốc, Trưởng phòng Chính trị, tư tưởng"),
    ],
)
def test_a_position_of_several_lines(title: str, expected: str) -> None:
    head = header(f"{RECIPIENTS}\n{title}\n\nKa Ngọc Hường\n")
    assert (head.signer_title, head.signer, len(head.recipients)) == (expected, "Ka Ngọc Hường", 3)


@pytest.mark.parametrize("cut", ["nhận:", "n:", "ơi nhận:", "i nhận:"])
def test_a_sign_off_whose_head_is_cut(cut: str) -> None:
    head = header(f"{cut} KT. GIÁM ĐỐC\n- UBND tỉnh (để b/c); PHÓ GIÁM ĐỐC\n- Lưu: VT, VP.\n\nLê Thị Minh\n")
    assert head.signer_title == "KT. Giám đốc, Phó Giám đốc" and head.signer == "Lê Thị Minh"
    assert head.recipients == ("UBND tỉnh (để b/c)", "Lưu: VT, VP")


@pytest.mark.parametrize(
    "named",
    [
        "đơn vị lập bảng kê (theo mẫu tại\nPhụ lục 3).",
        "gửi danh sách theo mẫu tại\nPhụ lục 2.",
        "thực hiện theo Phụ lục 1,\nPhụ lục 2.",
        "(chi tiết xem\nPhụ lục II)",
        "biểu thống kê theo\nMẫu số 05.",
    ],
)
def test_an_annex_named_at_a_line_s_start_opens_none(named: str) -> None:
    made = document(f"{HEAD}1. Hằng tháng, {named}\n2. Các trường báo cáo.\n\n{RECIPIENTS}\nGIÁM ĐỐC\n\nLê Thị Minh\n")
    head = read_header(made, zone(lines_of(made)))
    assert (head.signer, head.signer_title, len(head.recipients)) == ("Lê Thị Minh", "Giám đốc", 3)


def test_a_school_year_that_a_line_end_cuts() -> None:
    text = (
        HEAD.replace(" năm học 2023 - 2024", "")
        + "Căn cứ Kế hoạch thời gian năm\nhọc 2025-2026, Sở yêu cầu:\n1. Báo cáo.\n"
    )
    made = document(text)
    assert read_header(made, zone(lines_of(made))).school_year == "2025-2026"


def test_what_a_decision_issues_is_read_though_nobody_seems_to_sign() -> None:
    """A seal hid position and name, so that nothing but the title of the plan ends the sign-off."""
    head = HEAD.split("Kính gửi")[0]
    tail = "Nơi nhận: GIÁM ĐỐC\n- Như Điều 3;\n- UBND tỉnh (để báo cáo);\n- Lưu: VT, GDTrH.\n"
    plan = (
        "\nKẾ HOẠCH\nPhòng, chống đuối nước cho học sinh\ntrong ngành Giáo dục năm học 2023 - 2024\n"
        "(Ban hành kèm theo Quyết định số 1234/QĐ-SGDĐT ngày 05 tháng 9 năm 2023 của Sở GDĐT)\nI. NHIỆM VỤ\n"
        "1. Các trường THPT gửi danh sách lớp bơi về Sở GDĐT trước ngày 20/10/2023.\n"
    )
    decision = (
        "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n"
        "Điều 2. Các đơn vị chịu trách nhiệm thi hành./.\n"
    )
    found = facts_of(f"{decision}{tail}{plan}", head=head, tail="").deadlines
    assert [row.due for row in found] == ["2023-10-20"]


@pytest.mark.parametrize(
    ("tail", "signer", "title"),
    [
        ("\n\t\tHIỆU TRƯỞNG\n    NGUYỄN BÁ LÂM\n", "Nguyễn Bá Lâm", "Hiệu trưởng"),
        ("\nHiệu trưởng\n\nNguyễn Bá Lâm\n", "Nguyễn Bá Lâm", "Hiệu trưởng"),
        ("\nTrưởng phòng\nTrần Văn Bình", "Trần Văn Bình", "Trưởng phòng"),
        ("\nNơi nhận:\n- Lưu: VT.\nHIỆU TRƯỞNG\n(Đã ký)\nTRẦN THỊ HỒNG NHUNG\n", "Trần Thị Hồng Nhung", "Hiệu trưởng"),
        ("\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nĐOÀN THANH NIÊN\nLê Văn Bình\n", "Lê Văn Bình", "Chủ tịch"),
        ("\nNơi nhận:\n- Lưu: VT.\nHIỆU TRƯỞNG\nTRƯỜNG THCS LÊ LỢI\nNguyễn Văn An\n", "Nguyễn Văn An", "Hiệu trưởng"),
        ("\nCác trường gửi báo cáo cho Hiệu trưởng\nNguyễn Bá Lâm\n", None, None),
    ],
)
def test_names_in_capitals_and_positions_in_small_letters(tail: str, signer: str | None, title: str | None) -> None:
    header = facts_of("1. Các trường thực hiện.\n2. Các trường báo cáo.\n", tail=tail).header
    assert (header.signer, header.signer_title) == (signer, title)


def test_why_a_recipient_gets_it_may_stand_on_the_next_line() -> None:
    tail = (
        "\nNơi nhận:\n- UBND tỉnh (b/c);\n- Các trường THPT, trung tâm GDNN-GDTX\n(t/h);\n- Lưu: VT.\n"
        "GIÁM ĐỐC\nLê Văn An\n"
    )
    recipients = facts_of("1. Các trường báo cáo trước ngày 15/10/2023.\n", tail=tail).header.recipients
    assert recipients == ("UBND tỉnh (b/c)", "Các trường THPT, trung tâm GDNN-GDTX (t/h)", "Lưu: VT")
