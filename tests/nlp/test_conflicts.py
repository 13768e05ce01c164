"""Contradictions inside one directive."""

from __future__ import annotations

import pytest

from tests.nlp.texts import HEAD, TAIL, facts_of


def what(text: str, head: str = HEAD) -> list[str]:
    return [c.what for c in facts_of(text, head=head).conflicts]


def test_a_sound_directive_has_none() -> None:
    assert what("1. Gửi báo cáo theo Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2020 trước ngày 15/12/2023.") == []


def test_one_document_with_two_dates() -> None:
    [text] = what(
        "1. Theo Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2020.\n\n2. Theo Thông tư số 32/2020/TT-BGDĐT ngày 05/9/2020."
    )
    assert "32/2020/TT-BGDĐT" in text and "15/09/2020" in text and "05/09/2020" in text


def test_a_number_that_restarts_each_year_is_another_document() -> None:
    assert (
        what("1. Theo Kế hoạch số 12/KH-SGDĐT ngày 15/9/2021.\n\n2. Theo Kế hoạch số 12/KH-SGDĐT ngày 05/9/2022.") == []
    )


def test_the_own_number_misspelt() -> None:
    [text] = what("1. Các trường báo cáo.", head=HEAD.replace("1234/SGDĐT-GDTrH", "1234/SGDDĐT-GDTrH"))
    assert "1234/SGDDĐT-GDTrH" in text and "1234/SGDĐT-GDTrH" in text


def test_type_word_and_symbol_disagree() -> None:
    [text] = what("1. Thực hiện theo Nghị định số 66/NQ-CP.")
    assert "Nghị định" in text and "66/NQ-CP" in text


def test_a_deadline_before_the_directive() -> None:
    [text] = what("1. Gửi báo cáo về Sở GDĐT trước ngày 15/8/2023.")
    assert "15/08/2023" in text


def test_the_own_date_differs() -> None:
    [text] = what("1. Nội dung kèm theo Công văn số 1234/SGDĐT-GDTrH ngày 05 tháng 8 năm 2023 của Sở.")
    assert "05/08/2023" in text and "05/09/2023" in text


def test_a_section_number_twice() -> None:
    [text] = what("I. NHIỆM VỤ\n\n1. Dạy học.\n\n2. Kiểm tra.\n\n2. Báo cáo.\n")
    assert "2." in text


def test_one_document_with_two_subjects() -> None:
    law = "Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2020 của Bộ GDĐT"
    rows = what(
        f"1. Thực hiện {law} ban hành Điều lệ trường trung học nhiều cấp học.\n\n"
        f"2. Thực hiện {law} quy định chế độ làm việc đối với giáo viên mầm non."
    )
    assert len(rows) == 1 and "hai trích yếu" in rows[0]
    same = what(
        f"1. Thực hiện {law} ban hành Điều lệ trường trung học nhiều cấp học.\n\n"
        f"2. Thực hiện {law} ban hành Điều lệ trường trung học cơ sở, trường trung học phổ thông nhiều cấp học."
    )
    assert same == []


def test_a_replaced_document_cited_as_in_force() -> None:
    old = "Công văn số 987/SGDĐT-KHTC ngày 05/9/2022 của Sở GDĐT"
    rows = what(f"1. Thu học phí theo quy định tại {old}.\n\n2. Công văn này thay thế {old}.")
    assert len(rows) == 1 and "còn hiệu lực" in rows[0] and "987/SGDĐT-KHTC" in rows[0]
    assert what(f"1. Công văn này thay thế {old}.") == []
    part = f"1. Thu học phí theo quy định tại {old}.\n\n2. Bãi bỏ khoản 2 Điều 4 {old}."
    assert what(part) == []


def test_a_named_annex_that_is_not_there() -> None:
    [text] = what("1. Lập danh sách theo mẫu tại Phụ lục II.")
    assert "Phụ lục II" in text
    assert what("1. Lập danh sách theo Phụ lục II ban hành kèm theo Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2020.") == []


@pytest.mark.parametrize("text", ["(phụ lục 1, 2 đính kèm)", "theo Phụ lục 3 (file đính kèm)", "(Phụ lục 2 gửi kèm)"])
def test_an_annex_that_comes_as_a_file(text: str) -> None:
    assert what(f"1. Thể lệ của cuộc thi: {text}.") == []


@pytest.mark.parametrize("number", ["865/GDĐT –KT&KĐCL", "865/GDĐT – KTKĐCL", "865 /GDĐT-KT&KĐCL"])
def test_another_dash_in_the_own_number_is_none(number: str) -> None:
    made = HEAD.replace("1234/SGDĐT-GDTrH", number)
    assert made != HEAD and [c.what for c in facts_of("1. Thực hiện.", head=made).conflicts] == []


def test_a_joint_programme_is_a_programme() -> None:
    assert what("1. Theo Chương trình phối hợp số 205/CTr-BGDĐT ngày 19/8/2022 của Bộ GDĐT.") == []


def test_an_annex_that_is_there() -> None:
    body = "1. Lập danh sách theo mẫu tại Phụ lục 2."
    annex = "\nPHỤ LỤC II\nDANH SÁCH HỌC SINH\n(Kèm theo Công văn số 1234/SGDĐT-GDTrH)\n"
    assert [c.what for c in facts_of(body, tail=TAIL + annex).conflicts] == []


@pytest.mark.parametrize(
    ("text", "surface", "words"),
    [
        ("Các trường báo cáo trước ngày 31/11/2023.", "ngày 31/11/2023", "không có trong lịch"),
        ("Theo Thông tư số 32/2020/TT-BGDĐT ngày 29 tháng 02 năm 2021.", "ngày 29 tháng 02 năm 2021", "không có"),
        (
            "Tổ chức từ ngày 20/10/2023 đến ngày 10/10/2023.",
            "từ ngày 20/10/2023 đến ngày 10/10/2023",
            "kết thúc trước khi bắt đầu",
        ),
        ("Nộp vào thứ Hai, ngày 20/10/2023.", "thứ Hai, ngày 20/10/2023", "thứ Sáu"),
        ("Kế hoạch năm học 2023-2025 của trường.", "năm học 2023-2025", "không phải là một năm học"),
        (
            "Theo Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2019.",
            "Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2019",
            "mang năm 2020",
        ),
        (
            "Theo Công văn số 99/UBND-VX ngày 15/12/2023 của UBND tỉnh.",
            "Công văn số 99/UBND-VX ngày 15/12/2023 của UBND tỉnh",
            "sau ngày ban hành",
        ),
    ],
)
def test_dates_that_cannot_be(text: str, surface: str, words: str) -> None:
    (finding,) = facts_of(f"1. {text}").conflicts
    assert finding.evidence.surface == surface and words in finding.what


@pytest.mark.parametrize(
    "text",
    [
        "Nộp vào thứ Sáu, ngày 20/10/2023.",
        "Từ ngày 10/10/2023 đến ngày 20/10/2023, các trường tổ chức.",
        "Ngày 29/02/2024 tổng kết năm học 2023-2024.",
        "Đạt tỉ lệ 35/40/2023 phiếu.",
        "Theo Luật Giáo dục số 43/2019/QH14 ngày 14/6/2019.",
    ],
)
def test_dates_that_can_be(text: str) -> None:
    assert facts_of(f"1. {text}").conflicts == ()


def test_a_roman_section_twice() -> None:
    body = "I. MỤC ĐÍCH\n1. Các trường dạy học.\nII. NỘI DUNG\n1. Các trường kiểm tra.\nII. TỔ CHỨC\n1. Phòng chỉ đạo."
    (finding,) = facts_of(body).conflicts
    assert finding.evidence.surface == "II."


def test_a_form_that_is_asked_for_must_be_attached() -> None:
    asked = (
        "1. Các trường lập danh sách (theo biểu 01) gửi Phòng GDĐT, tự kiểm tra theo Mẫu số 02 kèm theo công văn này.\n"
    )
    assert [told.split("”")[0] for told in what(asked)] == ["Văn bản yêu cầu “biểu 01", "Văn bản yêu cầu “Mẫu số 02"]
    assert what("1. Đơn theo Mẫu số 01 của Thông tư số 29/2022/TT-BGDĐT, biên bản theo Mẫu số 03.") == []
    assert what("1. Lập biểu 3 cột theo mẫu TS-03, mẫu 2/3 số trường.") == []


def test_one_day_in_two_years_is_a_slip() -> None:
    lead = "Căn cứ Quyết định số 732/QĐ-TTg ngày 29/4/2016 của Thủ tướng Chính phủ, Sở yêu cầu:\n"
    [told] = what(lead + "1. Thực hiện theo Quyết định số 732/QĐ-TTg ngày 29 tháng 4 năm 2015.")
    assert "hai ngày khác nhau" in told
    assert what(lead + "1. Thực hiện theo Quyết định số 732/QĐ-TTg ngày 15/6/2018.") == []


def test_a_joint_circular_is_no_circular() -> None:
    assert len(what("1. Chi theo Thông tư số 200/2011/TTLT-BTC-BVHTTDL ngày 30/12/2011.")) == 1
    assert what("1. Chi theo Thông tư liên tịch số 200/2011/TTLT-BTC-BVHTTDL ngày 30/12/2011.") == []


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("Đối với các môn còn lại, các đơn vị tiếp tục thực hiện Khung ban hành kèm theo", 0),
        ("Các nội dung khác vẫn thực hiện theo", 0),
        ("Việc báo cáo thực hiện theo", 1),
    ],
)
def test_what_is_left_of_a_replaced_document_stays_in_force(rest: str, told: int) -> None:
    old = "Công văn số 824/SGDĐT-GDTrH ngày 06/12/2019"
    facts = facts_of(f"1. Khung chương trình này thay thế cho Khung ban hành kèm theo {old}.\n2. {rest} {old}.")
    assert sum("bị thay thế" in conflict.what for conflict in facts.conflicts) == told
