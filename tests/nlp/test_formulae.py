"""Formulae of the layout that were misread: taken for what they are, and nothing else for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.header.formulae import mended_recipients, reads_as_above, with_own_unit
from nlp.page.marks import TO
from nlp.words.folding import folded
from nlp.words.shapes import distance
from nlp.words.vocabulary import table
from tests.nlp.signoffs import SIGNOFFS
from tests.nlp.test_signoff import header

#: First recipients of many offices that are not "Như trên", misread ones among them.
OTHERS = [
    "Như Điều 3", "Như kính gửi", "Nhà trường", "Nội vụ", "Niêm yết", "Nhà xuất bản", "NHCSXH", "Ngân hàng", "Nhân dân",
    "Nam Trực", "Ninh Bình", "Mầm non", "Mặt trận", "Nhtr", "Nôi vu tinh", "Mttq tinh", "Nôngthôn mớ1", "Nhóm trẻ",
]  # fmt: skip


@pytest.mark.parametrize("text", ["Như trên", "Nhủ trên;", "Nhuiren", "Nbut trens", "Nhưtrên,", "Nhu tr&n"])
def test_the_first_recipient_is_read_by_its_shape(text: str) -> None:
    assert reads_as_above(text)
    assert mended_recipients([text, "UBND tỉnh"])[0] == "Như trên"


@pytest.mark.parametrize("text", [*OTHERS, *sorted({s.recipients[0] for s in SIGNOFFS} - {"Như trên"})])
def test_no_other_recipient_is_as_near(text: str) -> None:
    assert not reads_as_above(text)


@pytest.mark.parametrize("text", table("recipients")["heads"]["names"])
@given(data=st.data())
def test_an_office_with_a_misread_letter_is_not_taken_for_it(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    assert not reads_as_above(text[:at] + data.draw(st.sampled_from("abceilnortu1")) + text[at + 1 :])


@pytest.mark.parametrize(
    "line",
    ["Kính gửi:", "Kính gif: Các trường", "Kính giữ: Các trường", "Kinl gửi:", "Kính 9ửi:", "Kính gwi;", "Kinh gti: A"],
)
def test_kinh_gui_with_misread_letters(line: str) -> None:
    assert TO.match(folded(line))


@pytest.mark.parametrize(
    "line",
    ["Kinh phí: do ngân sách cấp", "Kinh nghiệm:", "Kinh tế - xã hội:", "Kính mời:", "Kinh phí gửi về:", "Khinh khí:",
     "Kính báo:", "Bình Giang:", "Kinh giới:", "Kinh Bắc:", "Kính trọng!", "Tính gộp:"],
)  # fmt: skip
def test_what_is_not_kinh_gui(line: str) -> None:
    assert not TO.match(folded(line))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Thường trực HÚ, HĐND huyện (b/c)", "Thường trực HU, HĐND huyện (b/c)"),
        ("Các Sổ: Y tế, Tài chính (độ p/h)", "Các Sở: Y tế, Tài chính (để p/h)"),
        ("Giám đốc, các PGĐ Sé (đề b/c)", "Giám đốc, các PGĐ Sở (để b/c)"),
        ("Trường THPT Số 2 Tân Lập", "Trường THPT Số 2 Tân Lập"),
        ("Sở GDĐT Hai Đường", "Sở GDĐT Hải Dương"),
        ("Bản Dân tộc tỉnh", "Ban Dân tộc tỉnh"),
        ("Chi ủy, Đoàn trưởng (để phối hợp)", "Chi ủy, Đoàn trường (để phối hợp)"),
        ("Vũ Thị Hạnh (để t/h)", "Vũ Thị Hạnh (để t/h)"),
        ("Vu GDTH (để p/h)", "Vụ GDTH (để p/h)"),
        ("Hội Khuyến học (để nghiên cứu)", "Hội Khuyến học (để nghiên cứu)"),
        ("86 GDĐT (để b/c)", "Sở GDĐT (để b/c)"),
        ("$6 GD&ĐT", "Sở GD&ĐT"),
        ("Lừa: VT, CM", "Lưu: VT, CM"),
        ("Liru; VT", "Lưu: VT"),
        ("Sở Nội vụ (đã ký)", "Sở Nội vụ (đã ký)"),
        ("S80 GDĐT (b/c)", "Sở GDĐT (b/c)"),
        ("S¢ LD-TB&XH (p/h)", "Sở LĐ-TB&XH (p/h)"),
        ("Các sở, ban, ngành tính", "Các sở, ban, ngành tỉnh"),
        ("UBND các huyện, IP, TX", "UBND các huyện, TP, TX"),
        ("GD, các PGĐ Sở", "GĐ, các PGĐ Sở"),
        ("Ga, các Phó Giám đốc", "GĐ, các Phó Giám đốc"),
        ("BGD trường", "BGĐ trường"),
        ("Vụ Giáo dục Đại học, BGDĐT", "Vụ Giáo dục Đại học, BGDĐT"),
        ("Đề/cử Giám đốc và các đ/c PGĐ Sở", "Đ/c Giám đốc và các đ/c PGĐ Sở"),
        ("Các tổ C, tổ VP (t/h)", "Các tổ CM, tổ VP (t/h)"),
        ("Ban DDCMHS (để phù hợp thông báo)", "Ban ĐDCMHS (để phối hợp thông báo)"),
        ("UBND các xã (để phủ chỉ đạo)", "UBND các xã (để p/h chỉ đạo)"),
        ("Công TTĐT của Sở", "Cổng TTĐT của Sở"),
        ("Các trường trực thuộc (v/h)", "Các trường trực thuộc (t/h)"),
        ("Lưu: VT, GDTrH (h)", "Lưu: VT, GDTrH (h)"),
        ("Sở Y tế (2b)", "Sở Y tế (2b)"),
        ("UBND các huyện, TP (để ph/h)", "UBND các huyện, TP (để ph/h)"),
        ("Các Phó GĐ Sở (để ch/đ)", "Các Phó GĐ Sở (để ch/đ)"),
        ("Trưởng các phòng CMNV Sở (để k/t)", "Trưởng các phòng CMNV Sở (để k/t)"),
        ("Như trên (t/h)", "Như trên (t/h)"),
        ("Nhu tr&n (t/h)", "Như trên (t/h)"),
    ],
)
def test_offices_and_purposes_as_they_are_spelled(read: str, meant: str) -> None:
    assert mended_recipients([read]) == [meant]


def test_recipients_that_are_right_stay() -> None:
    for sign in SIGNOFFS:
        assert mended_recipients(list(sign.recipients)) == list(sign.recipients)


@given(st.text("abcdn", max_size=8), st.text("abcdn", max_size=8))
def test_distance_is_a_metric(a: str, b: str) -> None:
    assert distance(a, b) == distance(b, a) <= max(len(a), len(b))
    assert (distance(a, b) == 0) == (a == b)


@pytest.mark.parametrize(
    ("first", "second", "recipient"),
    [
        ("UBND các xã (để p/h", "t/h);", "UBND các xã (để p/h t/h)"),
        ("UBND các xã, phường thuộc huyện (để", "b/c);", "UBND các xã, phường thuộc huyện (để b/c)"),
        ("Hội Khuyến học tỉnh (để phối", "hợp); © ee", "Hội Khuyến học tỉnh (để phối hợp)"),
        ("Ban Văn hóa HĐND huyện (để giám", "sát);", "Ban Văn hóa HĐND huyện (để giám sát)"),
        ("Vụ Giáo dục Đại học, Bộ GDĐT (để báo", "cáo).", "Vụ Giáo dục Đại học, Bộ GDĐT (để báo cáo)"),
    ],
)
def test_a_bracket_goes_on_in_the_next_line(first: str, second: str, recipient: str) -> None:
    head = header(f"Nơi nhận:\n- Như trên;\n- {first}\n{second}\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Thị Minh\n")
    assert head.recipients == ("Như trên", recipient, "Lưu: VT")
    assert head.signer == "Lê Thị Minh"


@pytest.mark.parametrize(
    ("title", "reading"),
    [
        (("KHI GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "KT. Giám đốc, Phó Giám đốc"),
        (("KT. BỘ TRƯỞNG", "VỤ TRƯỞNG"), "KT. Bộ trưởng, Thứ trưởng"),
        (("KT. GIÁM ĐỐC", "PHO GIẢM p6C"), "KT. Giám đốc, Phó Giám đốc"),
        (("TL. GIÁM ĐỐC", "ỚNG PHÒNG GDMN-PT"), "TL. Giám đốc, Trưởng phòng GDMN-PT"),
        (
            ("TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ GIÁO DỤC QUỐC", "PHÒNG VÀ AN NINH"),
            "TL. Bộ trưởng, Vụ trưởng Vụ Giáo dục Quốc phòng và An ninh",
        ),
        (
            ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG KHẢO THÍ VÀ KIỂM", "ĐỊNH CHẤT LƯỢNG GIÁO", "DỤC"),
            "TUQ. Giám đốc, Trưởng phòng Khảo thí và Kiểm định chất lượng giáo dục",
        ),
        (("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG KINH TẾ", "ĐÀO"), "TL. Chủ tịch, Trưởng phòng kinh tế"),
    ],
)
def test_positions_over_lines(title: tuple[str, ...], reading: str) -> None:
    lines = "\n".join(title)
    head = header(f"Nơi nhận:\n- Như trên;\n- Lưu: VT.\n{lines}\n\nLê Thị Minh\n")
    assert (head.signer_title, head.signer) == (reading, "Lê Thị Minh")


def test_a_short_purpose_is_read_by_those_beside_it() -> None:
    assert mended_recipients(["Phòng GDĐT (b/c)", "GVCN các lớp (h)", "Các tổ (t/h)"])[1] == "GVCN các lớp (t/h)"
    assert mended_recipients(["Phòng GDĐT (b/c)", "Hội CMHS (h)", "Các tổ (p/h)"])[1] == "Hội CMHS (p/h)"
    assert mended_recipients(["Phòng GDĐT (b/c)", "Hội CMHS (h)"])[1] == "Hội CMHS (h)"


def test_the_drafting_unit_is_spelled_as_in_the_own_number() -> None:
    own = ("BGDĐT", "NGCBQLGD")
    assert with_own_unit(("Như trên", "Lưu: VT, NGCBQL (5b)"), own) == ("Như trên", "Lưu: VT, NGCBQLGD (5b)")
    assert with_own_unit(("Như trên", "Lưu: VT, GDĐT"), ("SGDĐT", "GDDT")) == ("Như trên", "Lưu: VT, GDDT")
    assert with_own_unit(("Như trên", "Lưu: VT, GDTrH"), own) == ("Như trên", "Lưu: VT, GDTrH")
    assert with_own_unit(("Như trên", "Vụ NGCBQL"), own) == ("Như trên", "Vụ NGCBQL")


def test_a_first_recipient_that_nobody_can_read_under_kinh_gui() -> None:
    tail = "Nơi nhận: KT. GIÁM ĐỐC\n“b =7PHÓ GIÁM ĐỐC\n- UBND tỉnh (để b/c);\n- Lưu: VT.\n\nLê Thị Minh\n"
    assert header(tail).recipients == ("Như trên", "UBND tỉnh (để b/c)", "Lưu: VT")


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Lou: VT", "Lưu: VT"),
        ("Lũ VT, GDTX,__", "Lưu: VT, GDTX"),
        ("Tatar VT, KHTC", "Lưu: VT, KHTC"),
        ("Luy; VT", "Lưu: VT"),
        ("Bộ trưởng (48 b/c)", "Bộ trưởng (để b/c)"),
        ("UBND tỉnh (đê báo cáo)", "UBND tỉnh (để báo cáo)"),
        ("Các phòng (dé thực hiện)", "Các phòng (để thực hiện)"),
        ("Phòng VT", "Phòng VT"),
        ("Sở GTVT", "Sở GTVT"),
        ("Ban VT, LT", "Ban VT, LT"),
        ("Hội Khuyến học (xin ý kiến)", "Hội Khuyến học (xin ý kiến)"),
    ],
)
def test_the_archive_and_purposes_however_they_were_read(read: str, meant: str) -> None:
    assert mended_recipients(["Như trên", read])[1] == meant


def test_a_body_that_bears_his_name_is_no_signer() -> None:
    found = header("- Như trên;\n- Trung ương Đoàn TNCS Hồ Chí Minh (để\np/h);\n- Lưu: VT, CTHS.")
    assert found.signer is None
    assert "Trung ương Đoàn TNCS Hồ Chí Minh (để p/h)" in found.recipients
