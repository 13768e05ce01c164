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
    "shared lead": (
        "BHYT học sinh năm 2024: các trường tiểu học chuyển tiền đã thu cho BHXH quận làm hai đợt, đợt 1 trước ngày "
        "30/10, đợt 2 trước ngày 18/12/2023.",
        [
            ("2023-10-30", "trước ngày 30/10", "BHYT học sinh năm 2024: chuyển tiền đã thu cho BHXH quận: đợt 1."),
            ("2023-12-18", "trước ngày 18/12/2023", "BHYT học sinh năm 2024: đợt 2."),
        ],
    ),
    "far schools": (
        "2. Các trường mầm non xây dựng kế hoạch giáo dục, trình Phòng GDĐT phê duyệt trước ngày 12/9/2024, các trường "
        "ở vùng cao thì trước ngày 20/9/2024.",
        [
            ("2024-09-12", "trước ngày 12/9/2024", "Trình Phòng GDĐT phê duyệt kế hoạch giáo dục."),
            ("2024-09-20", "trước ngày 20/9/2024", "Các trường ở vùng cao."),
        ],
    ),
    "named item": (
        "3. Học bạ điện tử. Nhà trường phân công một người phụ trách, gửi tên về Sở trước ngày 05/3/2025. Sở cấp tài "
        "khoản xong trước ngày 12/3/2025.",
        [
            ("2025-03-05", "trước ngày 05/3/2025", "Phân công một người phụ trách, gửi tên về Sở."),
            ("2025-03-12", "trước ngày 12/3/2025", "Cấp tài khoản xong."),
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
        ("shared lead", "bhyt học sinh đợt 2 chuyển tiền khi nào", "2023-12-18"),
        ("shared lead", "bhyt học sinh chuyển tiền đợt 1 trước ngày nào", "2023-10-30"),
        ("shared lead", "hạn chuyển tiền bhyt học sinh", "2023-10-30"),
        ("far schools", "trường vùng cao trình kế hoạch giáo dục mầm non ngày nào", "2024-09-20"),
        ("far schools", "hạn trình kế hoạch giáo dục mầm non", "2024-09-12"),
        ("named item", "học bạ điện tử sở cấp tài khoản khi nào", "2025-03-12"),
        ("named item", "học bạ điện tử gửi tên người phụ trách hạn nào", "2025-03-05"),
        ("days first", "nộp đoạn phim hạn nào", "2025-11-19"),
        ("days first", "nộp tiểu phẩm trước ngày mấy", "2025-11-05"),
    ],
)
def test_the_day_of_the_words_that_are_asked_for(item: str, asked: str, due: str) -> None:
    text, rows = ITEMS[item]
    duties = tuple(replace(DUTY, task=task, due=day, due_text=said, recipient=None) for day, said, task in rows)
    found = best_deadline(understand(asked), replace(PASSAGE, text=text, deadlines=duties))
    assert found is not None and found.due == due
