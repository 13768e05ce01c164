"""Items, headings, wrapped lines, page breaks and footnotes."""

from __future__ import annotations

import itertools

from corpus.facts import CitationPlace, Section
from tests.nlp.texts import HEAD, TAIL, document, facts_of, reader


def sections(text: str) -> list[Section]:
    return [s for s in facts_of(text).sections if s.place is CitationPlace.BODY]


def test_headings_make_the_path() -> None:
    text = (
        "I. NHIỆM VỤ CHUNG\n\n1. Dạy học\n\na) Tổ chức dạy học trực tuyến.\n\n- Lớp "
        "1 học hai buổi.\n\nb) Đổi mới kiểm tra.\n\nII. TỔ CHỨC\n\n1. Các trường báo "
        "cáo.\n"
    )
    found = sections(text)
    assert [s.label for s in found] == ["I.", "1.", "a)", "-", "b)", "II.", "1."]
    assert found[2].path == ("I. NHIỆM VỤ CHUNG", "1. Dạy học")
    assert found[4].path == found[2].path
    assert found[6].path == ("II. TỔ CHỨC",)
    assert [s.title for s in found[:2]] == ["NHIỆM VỤ CHUNG", "Dạy học"]
    assert found[6].title == ""


def test_a_short_title_that_ends_with_a_place_is_whole() -> None:
    """A line far shorter than a full one is not wrapped, though "tỉnh" may go on: the points below have their title."""
    text = (
        "III. PHÂN CÔNG NHIỆM VỤ\n1. Kho lưu trữ tỉnh\na) Chỉ đạo các kho tiếp nhận, phân loại, bảo quản bài dự thi "
        "của các\ntrường theo quy định của Ban Tổ chức cuộc thi.\nb) Thống kê số lượng bài dự thi.\n"
    )
    found = sections(text)
    assert [s.label for s in found] == ["III.", "1.", "a)", "b)"]
    assert found[3].path == ("III. PHÂN CÔNG NHIỆM VỤ", "1. Kho lưu trữ tỉnh")


def test_articles_and_points() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Quy chế này quy định việc quản "
        "lý, sử dụng học bạ số của học sinh tiểu học gồm:\na) Học bạ số;\nb) Sổ điểm.\n"
        "Điều 2. Đối tượng\nCác trường tiểu học trên địa bàn tỉnh và các cơ quan, tổ "
        "chức, cá nhân liên quan.\n"
    )
    found = sections(text)
    assert [s.label for s in found] == ["Chương I", "Điều 1.", "1.", "a)", "b)", "Điều 2.", ""]
    assert found[3].path[-1].startswith("Điều 1") or found[3].path[-1].startswith("1.")


def test_wrapped_lines_and_page_breaks_are_joined() -> None:
    one = HEAD + (
        "I. NHIỆM VỤ\n1. Các đơn vị triển khai có hiệu quả chương trình chuyển đổi "
        "số theo Quyết định\nsố 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ; "
        "thực hiện Nghị định số 73/2019/NĐ-"
    )
    two = (
        "CP ngày 05/9/2019 của Chính phủ về quản lý đầu tư ứng dụng công nghệ thông "
        "tin và\ncác văn bản có liên quan.\n2. Các trường báo cáo." + TAIL
    )
    facts = reader().read(document(one, two))
    assert [c.number for c in facts.citations] == ["749/QĐ-TTg", "73/2019/NĐ-CP"]
    assert [s.label for s in facts.sections if s.place is CitationPlace.BODY] == ["I.", "1.", "2."]


def test_a_footnote_between_the_halves_of_a_paragraph() -> None:
    one = HEAD + (
        "1. Phần mềm phải đáp ứng quy định kỹ thuật về dữ liệu của Bộ1 và gửi kết "
        "quả rà soát về\n1 Quyết định số 1904/QĐ-BGDĐT ngày 04/7/2019 của Bộ GDĐT."
    )
    two = "Sở GDĐT trước ngày 20/12/2023.\n2. Các trường báo cáo." + TAIL
    facts = reader().read(document(one, two))
    assert [(d.due, d.recipient) for d in facts.deadlines] == [("2023-12-20", "Sở GDĐT")]
    assert [c.place for c in facts.citations] == [CitationPlace.FOOTNOTE]


def test_a_footnote_behind_a_line_that_ends_with_schools() -> None:
    """ "cơ sở" folds as "số" does, which a number must follow."""
    one = HEAD + (
        "1. Giữ danh mục đã được phê duyệt của tỉnh1. Văn phòng Sở đăng danh mục trước ngày 12/12/2023. Các cơ sở\n"
        "1 Lớp 4, lớp 8, lớp 11 theo danh mục cũ của tỉnh."
    )
    two = "giáo dục thông báo danh mục đến cha mẹ học sinh chậm nhất ngày 20/12/2023.\n2. Các trường báo cáo." + TAIL
    facts = reader().read(document(one, two))
    rows = [(d.due, d.actor) for d in facts.deadlines]
    assert rows[1] == ("2023-12-20", ("co_so_giao_duc",)), rows


def test_markdown_marks_are_not_text() -> None:
    text = "### **I. NHIỆM VỤ**\n\n**1.** Gửi báo cáo về Sở GDĐT **trước ngày 15/11/2023**.\n"
    facts = facts_of(text)
    assert [s.label for s in facts.sections if s.place is CitationPlace.BODY] == ["I.", "1."]
    assert facts.deadlines[0].due == "2023-11-15"
    assert "**" not in facts.deadlines[0].task


def test_sections_are_stretches_of_the_text_in_order() -> None:
    doc = document(HEAD + "I. NHIỆM VỤ\n\n1. Dạy học.\n\n2. Báo cáo." + TAIL)
    found = [s for s in reader().read(doc).sections if s.place is CitationPlace.BODY]
    assert all(doc.text[s.start : s.end].startswith(s.label) for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_a_name_with_a_dash_is_cut_by_a_line_end() -> None:
    text = (
        "1. Các trường phối hợp với Ban Thi đua\n- Khen thưởng tỉnh và Sở Lao động\n- Thương binh và Xã hội "
        "rà soát hồ sơ đề nghị khen thưởng của học sinh.\n- Gửi hồ sơ về Sở.\n"
    )
    assert [s.label for s in sections(text)] == ["1.", "-"]


def test_a_footnote_whose_raised_mark_touches_its_first_word() -> None:
    one = HEAD + (
        "1. Tổ chức dạy học trực tuyến đảm bảo yêu cầu cần đạt1 và dạy học qua truyền hình theo từng điều\n"
        "1Thông tư số 09/2021/TT-BGDĐT ngày 30/3/2021 của Bộ trưởng Bộ GDĐT quy định về dạy học trực tuyến.\n"
        "2Lịch phát sóng bắt đầu từ ngày 06/9/2023 trên kênh VTV7."
    )
    facts = reader().read(document(one, "kiện của nhà trường.\n2. Báo cáo trước ngày 15/11/2023." + TAIL))
    assert [c.place for c in facts.citations] == [CitationPlace.FOOTNOTE]
    assert [d.due for d in facts.deadlines] == ["2023-11-15"]


def test_a_list_that_ends_with_a_comma_is_over_where_the_items_count_on() -> None:
    lines = (
        "1. Đợt 1 (nhóm 1): từ ngày 11/8 đến ngày 13/8/2023, gồm các trường trung học phổ thông trong tỉnh.",
        "- Trung tâm GDNN-GDTX cấp huyện: Việt An (01 người), Phú An (02 người), Hòa An (02 người), Tân",
        "An (02 người), Yên An (02 người),",
        "2. Đợt 2 (nhóm 2): từ ngày 18/8 đến ngày 20/8/2023, gồm các trường trung học phổ thông còn lại.",
    )
    assert [s.label for s in sections("\n".join(lines) + "\n")] == ["1.", "-", "2."]


def test_a_bracket_at_the_head_of_a_page_goes_on_with_the_sentence_before() -> None:
    one = HEAD + (
        "1. Tổ chức truyền thông hưởng ứng Ngày Sức khỏe thế giới (07/4), Ngày Môi trường thế giới (05/6); Ngày vệ sinh"
    )
    two = "(02/7); Ngày toàn dân phòng cháy (04/10) và các sự kiện khác.\n2. Các trường báo cáo." + TAIL
    facts = reader().read(document(one, two))
    assert [s.label for s in facts.sections if s.place is CitationPlace.BODY] == ["1.", "2."]
    assert not facts.deadlines
