"""Of several days of one item the one that is asked for."""

from dataclasses import replace

import pytest

from index.dutyfit import best_deadline
from index.query import understand
from tests.index.test_search import DUTY, PASSAGE

#: Text of an item, and its duties: day, words of the day, task.
ITEMS: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "rounds": (
        "4. Phòng Khảo thí khảo sát năng lực lớp 11: đợt 1 ngày 12/3/2025, đợt 2 ngày 14/5/2025.",
        [
            ("2025-03-12", "ngày 12/3/2025", "Khảo sát năng lực lớp 11: đợt 1."),
            ("2025-05-14", "ngày 14/5/2025", "Khảo sát năng lực lớp 11: đợt 2."),
        ],
    ),
    "reports": (
        "2.4. Báo cáo học kỳ 1 trước ngày 20/12/2024, báo cáo cả năm trước ngày 25/5/2025; nơi nhận như trên.",
        [
            ("2024-12-20", "trước ngày 20/12/2024", "Gửi báo cáo học kỳ 1."),
            ("2025-05-25", "trước ngày 25/5/2025", "Gửi báo cáo cả năm."),
        ],
    ),
    "classes": (
        "- Mỗi khối có ít nhất một buổi tại thư viện tỉnh: khối 6 trong tháng 10/2024, khối 7 trong tháng 11/2024, "
        "khối 9 trước ngày 15/01/2025.",
        [
            ("2024-10-31", "trong tháng 10/2024", "Có ít nhất một buổi tại thư viện tỉnh: khối 6."),
            ("2024-11-30", "trong tháng 11/2024", "Có ít nhất một buổi tại thư viện tỉnh: khối 7."),
            ("2025-01-15", "trước ngày 15/01/2025", "Có ít nhất một buổi tại thư viện tỉnh: khối 9."),
        ],
    ),
    "steps": (
        "- Hội thi văn nghệ ngành: vòng sơ khảo ngày 03/4; chung khảo ngày 24/4. Các trường đăng ký tiết mục với Công "
        "đoàn ngành trước 20/3.",
        [
            ("2025-04-03", "ngày 03/4", "Hội thi văn nghệ ngành: vòng sơ khảo."),
            ("2025-04-24", "ngày 24/4", "Hội thi văn nghệ ngành: chung khảo."),
            ("2025-03-20", "trước 20/3", "Đăng ký tiết mục với Công đoàn ngành."),
        ],
    ),
    "one school": (
        "+ Các trường THCS: trước ngày 08/6/2025 (riêng Trường THCS Nguyễn Trãi: 12/6/2025);",
        [
            ("2025-06-08", "trước ngày 08/6/2025", "Nộp hồ sơ thi đua về Phòng."),
            ("2025-06-12", "12/6/2025", "Nộp hồ sơ thi đua về Phòng."),
        ],
    ),
    "chain": (
        "c) Các trường nhận đơn đến hết ngày 10/9, xét và niêm yết danh sách trước ngày 18/9; xã phê duyệt trước ngày "
        "30/9.",
        [
            ("2025-09-10", "đến hết ngày 10/9", "Nhận đơn."),
            ("2025-09-18", "trước ngày 18/9", "Xét và niêm yết danh sách."),
            ("2025-09-30", "trước ngày 30/9", "Phê duyệt."),
        ],
    ),
    "days first": (
        "Trước ngày 05/11 nộp tiểu phẩm bằng văn bản, trước ngày 19/11 nộp đoạn phim.",
        [
            ("2025-11-05", "Trước ngày 05/11", "Nộp tiểu phẩm bằng văn bản."),
            ("2025-11-19", "trước ngày 19/11", "Nộp đoạn phim."),
        ],
    ),
}


@pytest.mark.parametrize(
    ("item", "asked", "due"),
    [
        ("rounds", "khảo sát lớp 11 đợt 1 ngày nào", "2025-03-12"),
        ("rounds", "khảo sát lớp 11 đợt 2 ngày nào", "2025-05-14"),
        ("rounds", "khao sat lop 11 dot 2 khi nao", "2025-05-14"),
        ("reports", "hạn báo cáo cả năm", "2025-05-25"),
        ("reports", "báo cáo học kỳ 1 nộp khi nào", "2024-12-20"),
        ("reports", "bao cao ca nam han ngay nao", "2025-05-25"),
        ("classes", "khối 9 học ở thư viện tỉnh trước ngày nào", "2025-01-15"),
        ("classes", "khối 7 đến thư viện tỉnh khi nào", "2024-11-30"),
        ("classes", "khối 6 khi nào có buổi tại thư viện", "2024-10-31"),
        ("steps", "đăng ký hội thi văn nghệ hạn cuối khi nào", "2025-03-20"),
        ("steps", "chung khảo hội thi văn nghệ ngày nào", "2025-04-24"),
        ("steps", "khi nào sơ khảo văn nghệ ngành", "2025-04-03"),
        ("one school", "trường THCS Nguyễn Trãi nộp hồ sơ thi đua khi nào", "2025-06-12"),
        ("one school", "trường THCS nộp hồ sơ thi đua khi nào", "2025-06-08"),
        ("chain", "niêm yết danh sách trước ngày nào", "2025-09-18"),
        ("chain", "nhận đơn đến ngày nào", "2025-09-10"),
        ("chain", "xã phê duyệt danh sách khi nào", "2025-09-30"),
        ("days first", "nộp đoạn phim hạn nào", "2025-11-19"),
        ("days first", "nộp tiểu phẩm trước ngày mấy", "2025-11-05"),
    ],
)
def test_the_day_of_the_words_that_are_asked_for(item: str, asked: str, due: str) -> None:
    text, rows = ITEMS[item]
    duties = tuple(replace(DUTY, task=task, due=day, due_text=said, recipient=None) for day, said, task in rows)
    found = best_deadline(understand(asked), replace(PASSAGE, text=text, deadlines=duties))
    assert found is not None and found.due == due
