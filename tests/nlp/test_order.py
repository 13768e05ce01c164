"""The order of a task's words: verb first, topics and units that act left out, what is sent named."""

from __future__ import annotations

import pytest

from nlp.dues.order import asked, without_topic
from tests.nlp.texts import due

TOPICS = [
    ("Chế độ báo cáo: các sở GDĐT gửi báo cáo học kỳ I về Bộ GDĐT", "Gửi báo cáo học kỳ I về Bộ GDĐT"),
    ("An toàn giao thông: kiểm tra xe đưa đón học sinh", "Kiểm tra xe đưa đón học sinh"),
    ("Báo cáo năm về thư viện: các đơn vị gửi về Sở GDĐT", "Gửi báo cáo năm về thư viện về Sở GDĐT"),
    ("Báo cáo thu chi: các trường tiểu học báo cáo Phòng GDĐT", "Báo cáo thu chi"),
    ("Hưởng ứng Ngày sách: các trường tổ chức hội sách", "Hưởng ứng Ngày sách: tổ chức hội sách"),
    ("Tổ trưởng chuyên môn: nộp kế hoạch tự kiểm tra của tổ", "Tổ trưởng chuyên môn nộp kế hoạch tự kiểm tra của tổ"),
    ("Lớp 10 giáo dục thường xuyên: các trung tâm GDTX xét tuyển", "Xét tuyển lớp 10 giáo dục thường xuyên"),
    ("Báo cáo kết quả sắp xếp về Sở GDĐT: báo cáo lần 1", "Báo cáo kết quả sắp xếp về Sở GDĐT: báo cáo lần 1"),
    ("Gửi tệp về địa chỉ: van-thu@hailam.edu.vn", "Gửi tệp về địa chỉ: van-thu@hailam.edu.vn"),
]


@pytest.mark.parametrize(("words", "bare"), TOPICS, ids=[t[0][:40] for t in TOPICS])
def test_topics(words: str, bare: str) -> None:
    assert without_topic(words) == bare


SENT = [
    ("Danh sách đội tuyển gửi về Sở GDĐT", "Gửi danh sách đội tuyển về Sở GDĐT"),
    ("Báo cáo tổng kết năm học nộp", "Nộp báo cáo tổng kết năm học"),
    ("Hồ sơ thi đua đề nghị nộp về Sở GDĐT", "Nộp hồ sơ thi đua về Sở GDĐT"),
    ("Báo cáo kết quả cho cha mẹ học sinh", "Báo cáo kết quả cho cha mẹ học sinh"),
]


@pytest.mark.parametrize(("words", "ordered"), SENT, ids=[s[0] for s in SENT])
def test_what_is_sent_stands_behind_its_verb(words: str, ordered: str) -> None:
    assert asked(words) == ordered


TASKS = [
    (
        "Phân công giáo viên phụ trách thư viện; gửi danh sách về Sở GDĐT trước ngày 05/10/2023.",
        ["Phân công giáo viên phụ trách thư viện; gửi danh sách về Sở GDĐT."],
    ),
    (
        "Củng cố thư viện; tập huấn cho nhân viên thư viện trước ngày 05/10/2023.",
        ["Tập huấn cho nhân viên thư viện."],
    ),
    (
        "Phòng KHTC hướng dẫn việc thu phí; quyết toán phí trước ngày 30/6/2024.",
        ["Quyết toán phí."],
    ),
    (
        "Các trường báo cáo kết quả sắp xếp về Sở GDĐT: báo cáo lần 1 trước ngày 29/9/2023; báo cáo tổng kết trước "
        "ngày 30/01/2024.",
        [
            "Báo cáo lần 1 kết quả sắp xếp về Sở GDĐT.",
            "Báo cáo tổng kết kết quả sắp xếp về Sở GDĐT.",
        ],
    ),
    (
        "Các trường gửi báo cáo học kỳ I trước ngày 15/01/2024, báo cáo năm học trước ngày 10/6/2024 về Sở GDĐT (qua "
        "Phòng GDTrH).",
        [
            "Gửi báo cáo học kỳ I về Sở GDĐT (qua Phòng GDTrH).",
            "Báo cáo năm học về Sở GDĐT (qua Phòng GDTrH).",
        ],
    ),
    (
        "Danh sách thi gửi về Sở GDĐT trước ngày 26/10/2023 (chỉ áp dụng đối với Trường THPT chuyên Đà Rằng).",
        # a kind of school told apart leads the task: only such schools are bound (corpus.units.special)
        ["Trường THPT chuyên gửi danh sách thi về Sở GDĐT."],
    ),
    (
        "Xét nghiệm nước (đối với các trường dùng nước giếng), gửi phiếu về Sở GDĐT trước ngày 20/12/2023.",
        ["Xét nghiệm nước (đối với các trường dùng nước giếng), gửi phiếu về Sở GDĐT."],
    ),
    (
        "Bố trí kinh phí theo Thông tư số 66/2012/TTLT-BTC-BGDĐT ngày 26/4/2012 của Bộ Tài chính và Bộ Giáo dục và Đào "
        "tạo trước ngày 20/12/2023.",
        ["Bố trí kinh phí theo Thông tư số 66/2012/TTLT-BTC-BGDĐT."],
    ),
]


@pytest.mark.parametrize(("text", "tasks"), TASKS, ids=[t[0][:40] for t in TASKS])
def test_tasks_in_their_own_words(text: str, tasks: list[str]) -> None:
    assert [row.task for row in due(text)] == tasks
