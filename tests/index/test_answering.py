"""What an answer holds beside its topic, and what opens a directive and answers nothing."""

from dataclasses import replace
from typing import Any

import pytest

from index.answering import closes, opens, wish
from index.ranking import Weights
from index.words import table
from tests.index.test_ranking import HEADER, passage, ranked

ANSWERS = table("answers")
TOLD = replace(HEADER, subject="Tổ chức hội thi hùng biện tiếng Anh")
GROUNDS = passage(
    "Thực hiện Công văn số 1186/SGDĐT-GDTrH ngày 04/10/2018 của Sở GDĐT về hội thi hùng biện tiếng Anh, Phòng GDĐT tổ"
    " chức hội thi hùng biện tiếng Anh dành cho học sinh như sau:",
    numbers=("1186/sgddt-gdtrh",),
    header=TOLD,
)
ITEM = passage("Các trường gửi danh sách dự thi hùng biện tiếng Anh về Phòng GDĐT.", heading=("2. Đăng ký dự thi",))


@pytest.mark.parametrize("row", ANSWERS["way"], ids=lambda row: str(row["name"]))
def test_every_way_matches_its_example(row: dict[str, Any]) -> None:
    assert wish(row["example"]).way(passage(row["answer"])) == 1
    assert wish(row["example"]).way(passage("1. Các trường tổ chức hội thi gọn nhẹ, an toàn.")) == 0


@pytest.mark.parametrize("row", ANSWERS["counted"], ids=lambda row: str(row["said"][0]))
def test_every_noun_that_is_counted_matches_its_example(row: dict[str, Any]) -> None:
    assert wish(row["example"]).count(passage(row["answer"])) == 1
    assert wish(row["example"]).count(passage("1. Các trường tổ chức hội thi gọn nhẹ, an toàn, Điều 5.")) == 0


@pytest.mark.parametrize(
    ("query", "text", "counted"),
    [
        ("được ghi mấy nguyện vọng", "đăng ký không quá 03 nguyện vọng", 1),
        ("một kế toán làm mấy trường", "một kế toán không kiêm nhiệm quá 02 trường", 1),
        ("tổng số tiền bao nhiêu", "mức chi không quá 210 triệu đồng", 1),
        ("moi lop may hoc sinh", "mỗi lớp không quá 25 HS", 1),
        ("may hoc cu", "01 học kỳ", 0),
        ("máy nào hỏng", "kiểm tra 02 máy chiếu", 0),
        ("cv mấy của sở", "gửi 02 của phòng", 0),
        ("mỗi lớp mấy em", "học sinh lớp 5 từ 20/12", 0),
    ],
)
def test_what_is_counted(query: str, text: str, counted: int) -> None:
    assert wish(query).count(passage(text)) == counted


@pytest.mark.parametrize("query", ["nộp hồ sơ về đâu", "nop ho so ve dau", "nộp hồ sơ ve đâu"])
def test_ways_are_asked_for_with_marks_and_without(query: str) -> None:
    assert wish(query).way(passage("Các trường nộp hồ sơ về Phòng TCCB trước ngày 20/5/2016.")) == 1


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Sở GDĐT hướng dẫn các đơn vị thực hiện như sau:", True),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT.", True),
        ("Thực hiện tốt việc dạy học hai buổi, không ép học sinh học thêm.", False),
        ("Các trường nộp hồ sơ trước ngày 20/5/2016.", False),
    ],
)
def test_what_opens_and_closes_a_directive(text: str, opening: bool) -> None:
    assert opens(passage(text, header=TOLD)) is opening
    assert not opens(passage(text))
    assert not opens(passage(text, header=TOLD, heading=("I. NHIỆM VỤ",)))
    assert not opens(passage(text, header=TOLD, place="appendix"))
    assert opens(GROUNDS) and not opens(replace(GROUNDS, place="header"))


def test_an_item_comes_before_the_grounds_that_name_the_subject_in_full() -> None:
    first = ranked("gửi danh sách dự thi hùng biện tiếng Anh", GROUNDS, ITEM)[0]
    assert first.passage is ITEM
    named = ranked("công văn nào về hội thi hùng biện tiếng Anh", GROUNDS, ITEM)[0]
    assert named.passage is GROUNDS


def test_the_passage_with_the_number_that_was_asked_for_comes_first() -> None:
    without = passage("a) Mỗi trường cử giáo viên dạy giỏi tham gia hội thi giáo viên dạy giỏi.")
    with_number = passage("b) Trường đăng ký không quá 02 giáo viên tham gia hội thi.")
    query = "mỗi trường cử mấy giáo viên tham gia hội thi"
    assert ranked(query, without, with_number)[0].passage is with_number
    assert Weights().count > 0


def test_the_school_level_asked_about_comes_first() -> None:
    primary = passage("- Các trường tiểu học: nộp hồ sơ tự đánh giá tại Phòng.")
    upper = passage("- Các trường THPT: nộp hồ sơ tự đánh giá tại Sở.")
    assert ranked("trường cấp ba nộp hồ sơ tự đánh giá", primary, upper)[0].passage is upper
    assert ranked("trường cấp một nộp hồ sơ tự đánh giá", primary, upper)[0].passage is primary


def test_which_document_is_answered_by_its_letterhead() -> None:
    head = passage("SỞ GDĐT PHÚ LÂM\nSố: 417/SGDĐT-KHTC\nV/v thu không dùng tiền mặt", place="header")
    item = passage("1. Các trường thu không dùng tiền mặt, niêm yết mã QR ở bảng tin.")
    assert ranked("thu không dùng tiền mặt là công văn số mấy", item, head)[0].passage is head
    assert ranked("thu không dùng tiền mặt ở trường", head, item)[0].passage is item


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("Sở GDĐT yêu cầu các đơn vị triển khai thực hiện kịp thời./.", True),
        (
            "Trên đây là hướng dẫn thực hiện Đề án giai đoạn 2017 - 2020, các trường căn cứ xây dựng kế hoạch./.",
            True,
        ),
        ("Nhận được công văn này, đề nghị các trường nghiêm túc triển khai thực hiện./.", True),
        ("Đề nghị các đơn vị nghiêm túc thực hiện./.", True),
        ("Đề nghị các đơn vị thực hiện và gửi báo cáo về Sở./.", False),
        ("Trên đây là kế hoạch năm học; có vướng mắc thì liên hệ Phòng GDTrH.", False),
        ("Yêu cầu các trường thực hiện 02 tiết mỗi tuần.", False),
        ("Các trường triển khai thực hiện chương trình mới.", False),
        ("Sở chủ trì tập huấn cho giáo viên.", False),
    ],
)
def test_what_only_ends_a_directive(text: str, closing: bool) -> None:
    assert closes(passage(text, heading=("6. Cơ cấu giải thưởng",))) is closing


def test_a_closing_sentence_is_no_item_of_its_section() -> None:
    heading = ("6. Cơ cấu giải thưởng",)
    item = passage("Thí sinh đạt kết quả cao được nhận giấy khen.", id="item", heading=heading)
    close = passage("Sở GDĐT yêu cầu các đơn vị triển khai thực hiện kịp thời./.", id="close", heading=heading)
    assert ranked("cơ cấu giải thưởng", close, item)[0].passage.id == "item"
