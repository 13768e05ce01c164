"""Duties that a clerk can read alone: with the heading, the column or the trích yếu where their own words say too
little."""

from __future__ import annotations

import pytest

from nlp.words.content import tells
from tests.nlp.texts import facts_of

SAYS = [
    "Nộp hồ sơ dự thi",
    "Gửi báo cáo tổng kết về Sở GDĐT",
    "Họp bậc mầm non",
    "Vòng trường",
    "Hoàn thành kiểm kê",
]
SAYS_NOTHING = [
    "Hoàn thành",
    "Gửi về Sở Giáo dục và Đào tạo",
    "Nộp Phòng GD&ĐT (bản giấy)",
    "Các trường tiểu học, THCS",
    "Trường mầm non: đợt 2",
    "Gửi như sau: các trung tâm GDTX",
    "theo Thông tư số 15/2009/TT-BGDĐT và Thông tư số 16/2011/TT-BGDĐT",
    "Học kỳ II",
    "buổi sáng thứ Hai",
]


@pytest.mark.parametrize(("words", "says"), [*((w, True) for w in SAYS), *((w, False) for w in SAYS_NOTHING)])
def test_words_that_say_what_is_to_be_done(words: str, says: bool) -> None:
    assert tells(words) is says


LETTERHEAD = """\
UBND HUYỆN PHÚ XUÂN                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO               Độc lập - Tự do - Hạnh phúc

Số: 118/PGDĐT-CM                    Phú Xuân, ngày 04 tháng 9 năm 2023
V/v kiểm tra sổ sách thư viện năm học 2023-2024

Kính gửi: Hiệu trưởng các trường tiểu học, THCS trong huyện.

"""


def tasks(body: str) -> list[str]:
    return [row.task for row in facts_of(body, head=LETTERHEAD).deadlines]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # units alone: the trích yếu says what for
        (
            "1. Thời gian\n\n- Trường tiểu học: ngày 12/9/2023.\n\n- Trường THCS: ngày 13/9/2023.\n",
            ["Kiểm tra sổ sách thư viện: trường tiểu học.", "Kiểm tra sổ sách thư viện: trường THCS."],
        ),
        # the heading is nearer than the trích yếu
        (
            "1. Thanh lý sách cũ\n\n- Trường tiểu học: trước ngày 12/9/2023.\n",
            ["Thanh lý sách cũ: Trường tiểu học."],
        ),
        # a verb alone takes its object from the heading
        ("1. Vòng trường\n\n- Các trường tổ chức xong trước ngày 12/10/2023.\n", ["Tổ chức vòng trường."]),
        # the clause before says what is completed
        (
            "1. Các trường phân loại sách theo danh mục; hoàn thành trước ngày 15/9/2023.\n",
            ["Phân loại sách theo danh mục."],
        ),
        (
            "1. Các trường phân loại sách theo danh mục; trường tiểu học hoàn thành trước ngày 15/9/2023, trường THCS"
            " hoàn thành trước ngày 20/9/2023.\n",
            [
                "Phân loại sách theo danh mục: trường tiểu học.",
                "Phân loại sách theo danh mục: trường THCS.",
            ],
        ),
        # what one office gets the other gets too, not both
        (
            "1. Trường tiểu học gửi phiếu tự đánh giá về Phòng GDĐT trước ngày 15/9/2023; trường THPT gửi về Sở GDĐT"
            " trước ngày 20/9/2023.\n",
            ["Gửi phiếu tự đánh giá về Phòng GDĐT.", "Gửi phiếu tự đánh giá về Sở GDĐT."],
        ),
        # the sentence before says what is sent
        (
            "1. Các trường lập bảng kê sách mất. Thời hạn gửi như sau: trường tiểu học trước ngày 15/9/2023.\n",
            ["Lập bảng kê sách mất: gửi như sau: trường tiểu học."],
        ),
        (
            "1. Trường THCS nộp một bài giới thiệu sách trước ngày 15/9/2023; trường tiểu học nộp trước ngày"
            " 20/9/2023, có thể gửi bản mềm.\n",
            [
                "Nộp một bài giới thiệu sách.",
                "Nộp một bài giới thiệu sách: nộp, có thể gửi bản mềm.",
            ],
        ),
        # the members of a list keep what leads to them
        (
            "1. Hội thi kể chuyện theo sách: vòng trường ngày 15/9/2023; vòng cụm ngày 20/9/2023 tại thư viện huyện.\n",
            ["Hội thi kể chuyện theo sách: vòng trường.", "Hội thi kể chuyện theo sách: vòng cụm tại thư viện huyện."],
        ),
        # words of the day go with it
        ("1. Các trường kiểm kê sách vào sáng thứ Sáu, ngày 15/9/2023 (từ 8h00).\n", ["Kiểm kê sách."]),
        ("1. Nộp bảng kê lần thứ hai trước ngày 15/9/2023.\n", ["Nộp bảng kê lần thứ hai."]),
        # what says enough stays as it is
        ("1. Nộp bảng kê sách mất trước ngày 15/9/2023.\n", ["Nộp bảng kê sách mất."]),
    ],
)
def test_a_duty_can_be_read_alone(body: str, expected: list[str]) -> None:
    assert tasks(body) == expected


def test_a_column_says_what_is_done_by_its_time() -> None:
    body = (
        "Thời gian thực hiện:\n\nTT Cấp học Số trường Hạn gửi bảng kê Ngày duyệt bảng kê\n"
        "1 Tiểu học 05 15/9/2023 20/9/2023\n2 THCS 03 16/9/2023 21/9/2023\n"
    )
    found = [row.task.split(":")[0] for row in facts_of(body, head=LETTERHEAD).deadlines]
    assert found == ["Gửi bảng kê", "Duyệt bảng kê"] * 2
