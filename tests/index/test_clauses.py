"""Which words of a passage tell of which of its days."""

from dataclasses import replace

import pytest

from index.clauses import clauses, leads
from index.passages import Passage
from tests.index.test_search import DUTY, PASSAGE


def passage(text: str, *days: str, own: int = 0) -> Passage:
    return replace(PASSAGE, text=text, own=own, deadlines=tuple(replace(DUTY, due_text=day) for day in days))


@pytest.mark.parametrize(
    ("text", "days", "told"),
    [
        (  # the day stands behind what it is of
            "2. Báo cáo học kỳ I trước ngày 10/01/2024, báo cáo cả năm trước ngày 05/6/2024; nơi nhận như trên.",
            ("trước ngày 10/01/2024", "trước ngày 05/6/2024"),
            ("Báo cáo học kỳ I trước ngày 10/01/2024", ", báo cáo cả năm trước ngày 05/6/2024;"),
        ),
        (
            "+ Khảo sát lớp 5: đợt 1 ngày 12/3, đợt 2 ngày 14/5",
            ("ngày 12/3", "ngày 14/5"),
            ("Khảo sát lớp 5: đợt 1 ngày 12/3", ", đợt 2 ngày 14/5"),
        ),
        (  # it stands before
            "- Trước ngày 15/10 gửi danh sách, trước ngày 20/10 gửi bài thi. Các cụm chấm chéo.",
            ("Trước ngày 15/10", "trước ngày 20/10"),
            ("Trước ngày 15/10 gửi danh sách, ", "trước ngày 20/10 gửi bài thi."),
        ),
        (
            "a) Sáng thứ Hai ngày 03/3: khai mạc; chiều ngày 05/3: bế mạc",
            ("ngày 03/3", "ngày 05/3"),
            ("Sáng thứ Hai ngày 03/3: khai mạc;", " chiều ngày 05/3: bế mạc"),
        ),
        (  # one before, the next behind
            "Ngày 28/5 Sở công bố kết quả trên trang của ngành, các trường nhận đơn đến hết ngày 04/6.",
            ("Ngày 28/5", "đến hết ngày 04/6"),
            ("Ngày 28/5 Sở công bố kết quả trên trang của ngành", ", các trường nhận đơn đến hết ngày 04/6."),
        ),
        (  # clause by clause
            "Trường gửi hồ sơ trước 01/4; Phòng thẩm định xong trước 15/4. Danh sách niêm yết ngày 20/4.",
            ("trước 01/4", "trước 15/4", "ngày 20/4"),
            ("Trường gửi hồ sơ trước 01/4;", " Phòng thẩm định xong trước 15/4.", " Danh sách niêm yết ngày 20/4."),
        ),
        (  # a clause without a day goes with the next
            "Nộp bài trước 01/4. Bài đóng quyển, có bìa. Kết quả công bố ngày 20/4.",
            ("trước 01/4", "ngày 20/4"),
            ("Nộp bài trước 01/4.", " Bài đóng quyển, có bìa. Kết quả công bố ngày 20/4."),
        ),
        (  # two duties of one day
            "Gửi danh sách và nộp lệ phí trước 01/4, chốt số liệu ngày 03/4",
            ("trước 01/4", "trước 01/4", "ngày 03/4"),
            ("Gửi danh sách và nộp lệ phí trước 01/4",) * 2 + (", chốt số liệu ngày 03/4",),
        ),
    ],
)
def test_each_day_has_its_own_words(text: str, days: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert tuple(clauses(passage(text, *days))) == told


def test_a_day_that_is_not_in_the_text_is_told_by_its_duty() -> None:
    found = clauses(passage("1. Nộp báo cáo trước ngày 05/6, nộp minh chứng.", "trước ngày 05/6", "cuối tháng 6"))
    assert found == ["Nộp báo cáo trước ngày 05/6, nộp minh chứng.", "Gửi báo cáo năm . cuối tháng 6"]


def test_headings_shown_with_an_item_are_no_words_of_a_day() -> None:
    text = "II. LỊCH THI ngày 01/3\n1. Thi ngày 01/3, phát thưởng ngày 02/3."
    found = clauses(passage(text, "ngày 01/3", "ngày 02/3", own=text.index("1.")))
    assert found == ["Thi ngày 01/3", ", phát thưởng ngày 02/3."]


def test_one_day_has_all_words() -> None:
    assert clauses(passage("Nộp trước 01/4.", "trước 01/4")) == ["Nộp trước 01/4."]


@pytest.mark.parametrize(
    ("text", "days", "before"),
    [
        (  # a clause that only tells its day from the one before
            "+ Khảo sát lớp 5 tại trường: đợt 1 ngày 12/3, đợt 2 ngày 14/5",
            ("ngày 12/3", "ngày 14/5"),
            ("", " . Khảo sát lớp 5 tại trường"),
        ),
        (  # one with a step of its own goes on from nothing
            "1. Gửi danh sách trước ngày 12/3, nộp bài thi trước ngày 14/5",
            ("trước ngày 12/3", "trước ngày 14/5"),
            ("", ""),
        ),
        (  # nor does a sentence
            "1. Gửi danh sách trước ngày 12/3. Sở khóa hệ thống ngày 14/5.",
            ("trước ngày 12/3", "ngày 14/5"),
            ("", ""),
        ),
        (  # what an item is called is of all its days
            "3. Kiểm tra nội bộ. Các trường gửi kế hoạch trước ngày 12/3, báo cáo kết quả trước ngày 14/5.",
            ("trước ngày 12/3", "trước ngày 14/5"),
            ("Kiểm tra nội bộ", "Kiểm tra nội bộ"),
        ),
    ],
)
def test_what_several_days_share(text: str, days: tuple[str, ...], before: tuple[str, ...]) -> None:
    assert tuple(leads(passage(text, *days))) == before
