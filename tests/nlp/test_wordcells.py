"""Rows of text tables whose columns nothing parts: each cell by what it holds, over all lines of the row."""

from __future__ import annotations

import time

import pytest

from nlp.page.columns import Column, titles_of
from nlp.page.lines import lines_of
from nlp.page.wordcells import row_by_words
from tests.nlp.texts import document

LEADS = "TT Nội dung công việc Đơn vị chủ trì Đơn vị phối hợp Thời gian"
DOES = "STT Nhiệm vụ Đơn vị thực hiện Thời hạn hoàn thành"
SENDS = "TT Loại việc Công việc Cơ quan thực hiện Nơi nhận Thời gian"
FIRST = "TT Thời gian Nội dung Đơn vị thực hiện"
MIDDLE = "TT Nội dung Đơn vị thực hiện Thời gian Sản phẩm"
BEFORE = "TT Nhiệm vụ Thời gian Đơn vị thực hiện Ghi chú"
MONTH = "Thời gian Nội dung Thực hiện Ghi chú"
STEPS = "Bước Việc phải làm Ai làm Khi nào Ghi chú"
UPPER = "STT NỘI DUNG CÔNG VIỆC ĐƠN VỊ THỰC HIỆN THỜI GIAN"

# head, lines, task, units, others, time: decided before the reader was run
ROWS = [
    (
        LEADS,
        "1 Rà soát hồ sơ cán bộ quản lý của Phòng Tổ chức Văn phòng Sở Trước\ncác trường THPT cán bộ 15/4/2024",
        "Rà soát hồ sơ cán bộ quản lý của các trường THPT",
        "Phòng Tổ chức cán bộ",
        "Văn phòng Sở",
        "Trước 15/4/2024",
    ),
    (
        LEADS,
        "2 Khám sức khỏe cho học sinh đầu Các trường mầm Trạm y tế xã Tháng 9/2024\ncấp non, tiểu học",
        "Khám sức khỏe cho học sinh đầu cấp",
        "Các trường mầm non, tiểu học",
        "Trạm y tế xã",
        "Tháng 9/2024",
    ),
    (
        LEADS,
        "3 Tổ chức Ngày hội đọc sách Phòng GDĐT; các Thư viện tỉnh Từ 15/4 đến\nđơn vị trực thuộc 30/4/2024",
        "Tổ chức Ngày hội đọc sách",
        "Phòng GDĐT; các đơn vị trực thuộc",
        "Thư viện tỉnh",
        "Từ 15/4 đến 30/4/2024",
    ),
    (
        LEADS,
        "4 Kiểm tra bếp ăn tại các trường Thanh tra Sở Phòng Kế hoạch Quý II/2024\nbán trú - Tài chính",
        "Kiểm tra bếp ăn tại các trường bán trú",
        "Thanh tra Sở",
        "Phòng Kế hoạch - Tài chính",
        "Quý II/2024",
    ),
    (
        LEADS,
        "5 Ký cam kết bảo đảm an toàn Các trường Công an huyện Trong tháng\ngiao thông THPT, trung tâm 10/2024\nGDTX",
        "Ký cam kết bảo đảm an toàn giao thông",
        "Các trường THPT, trung tâm GDTX",
        "Công an huyện",
        "Trong tháng 10/2024",
    ),
    (
        DOES,
        "1 Nộp sổ theo dõi về kho lưu trữ của Trung tâm GDNN- Trước ngày\nSở GDTX 20/6/2025",
        "Nộp sổ theo dõi về kho lưu trữ của Sở",
        "Trung tâm GDNN-GDTX",
        "",
        "Trước ngày 20/6/2025",
    ),
    (
        DOES,
        "2 Đối chiếu số liệu dự thi lớp 10 với các Phòng GDĐT Trước 30/4/2025\ntrường",
        "Đối chiếu số liệu dự thi lớp 10 với các trường",
        "Phòng GDĐT",
        "",
        "Trước 30/4/2025",
    ),
    (
        DOES,
        "3 Xét hoàn thành chương trình lớp 5, lớp Các trường tiểu Chậm nhất\n9 học, THCS 31/5/2025",
        "Xét hoàn thành chương trình lớp 5, lớp 9",
        "Các trường tiểu học, THCS",
        "",
        "Chậm nhất 31/5/2025",
    ),
    (
        DOES,
        "4 Thẩm định hồ sơ đề nghị hỗ trợ UBND các xã, Hoàn thành trước\nphường 12/11/2025",
        "Thẩm định hồ sơ đề nghị hỗ trợ",
        "UBND các xã, phường",
        "",
        "Hoàn thành trước 12/11/2025",
    ),
    (
        FIRST,
        "1 Trước ngày Gửi danh sách đội tuyển về Phòng Trường THCS\n03/3/2025 GDĐT",
        "Gửi danh sách đội tuyển về Phòng GDĐT",
        "Trường THCS",
        "",
        "Trước ngày 03/3/2025",
    ),
    (
        FIRST,
        "2 Từ 05/5 đến Thu nhận hồ sơ nhập học của học Các trường THPT\n12/5/2025 sinh lớp 10",
        "Thu nhận hồ sơ nhập học của học sinh lớp 10",
        "Các trường THPT",
        "",
        "Từ 05/5 đến 12/5/2025",
    ),
    (
        MIDDLE,
        "1 Kiểm kê đồ dùng, thiết bị thí Các trường tiểu Trước ngày Biên bản kiểm kê\nnghiệm hóa học học, THCS"
        " 10/11/2024",
        "Kiểm kê đồ dùng, thiết bị thí nghiệm hóa học",
        "Các trường tiểu học, THCS",
        "Biên bản kiểm kê",
        "Trước ngày 10/11/2024",
    ),
    (
        MIDDLE,
        "2 Tổ chức Ngày hội đọc sách cấp huyện Phòng GDĐT Ngày 21/4/2025 Kế hoạch",
        "Tổ chức Ngày hội đọc sách cấp huyện",
        "Phòng GDĐT",
        "Kế hoạch",
        "Ngày 21/4/2025",
    ),
    (
        MIDDLE,
        "3 Bồi dưỡng giáo viên cốt cán Phòng GDTrH, Từ ngày Tài liệu\nmôn Tin học Phòng GDTH 12/8/2024 đến\nngày"
        " 16/8/2024",
        "Bồi dưỡng giáo viên cốt cán môn Tin học",
        "Phòng GDTrH, Phòng GDTH",
        "Tài liệu",
        "Từ ngày 12/8/2024 đến ngày 16/8/2024",
    ),
    (
        BEFORE,
        "1 Nộp hồ sơ đăng ký dự thi Trước 15/3/2025 Trường THPT, trung tâm Hồ sơ giấy\nGDTX",
        "Nộp hồ sơ đăng ký dự thi",
        "Trường THPT, trung tâm GDTX",
        "Hồ sơ giấy",
        "Trước 15/3/2025",
    ),
    (
        UPPER,
        "1 Lập dự toán sửa chữa trường, lớp Phòng KHTC Tháng 7/2025\nhọc",
        "Lập dự toán sửa chữa trường, lớp học",
        "Phòng KHTC",
        "",
        "Tháng 7/2025",
    ),
    (
        MONTH,
        "05/12 Họp giao ban hiệu trưởng Lãnh đạo Phòng GDĐT; 14 giờ 00\nhiệu trưởng các trường\nTHCS",
        "Họp giao ban hiệu trưởng",
        "Lãnh đạo Phòng GDĐT; hiệu trưởng các trường THCS",
        "14 giờ 00",
        "05/12",
    ),
    (
        MONTH,
        "Trước 20/12 Nộp báo cáo tài chính quý Các trường mầm 01 bộ\nIV non, tiểu học",
        "Nộp báo cáo tài chính quý IV",
        "Các trường mầm non, tiểu học",
        "01 bộ",
        "Trước 20/12",
    ),
    (
        STEPS,
        "1 Rà soát danh sách giáo viên Các trường THPT; 01/10 - 15/10 Theo mẫu 1\ntrung tâm GDTX",
        "Rà soát danh sách giáo viên",
        "Các trường THPT; trung tâm GDTX",
        "Theo mẫu 1",
        "01/10 - 15/10",
    ),
    (
        STEPS,
        "2 Thẩm định hồ sơ của các Phòng TCCB Trong tháng Không thu phí\ntrường tiểu học 11/2024",
        "Thẩm định hồ sơ của các trường tiểu học",
        "Phòng TCCB",
        "Không thu phí",
        "Trong tháng 11/2024",
    ),
]


@pytest.mark.parametrize(("head", "lines", "task", "units", "others", "due"), ROWS)
def test_cells_by_what_they_hold(head: str, lines: str, task: str, units: str, others: str, due: str) -> None:
    row = row_by_words(head, lines_of(document(lines)))
    assert row is not None
    text = row.joined.text
    cells = {cell.column: text[cell.start : cell.end] for cell in row.cells}
    known = (Column.NUMBER, Column.TASK, Column.UNIT, Column.DUE)
    other = next((words for column, words in cells.items() if column not in known), "")
    assert (cells[Column.TASK], cells[Column.UNIT], other, cells[Column.DUE]) == (task, units, others, due)


def test_words_lead_back_to_the_page() -> None:
    text = ROWS[0][1]
    row = row_by_words(ROWS[0][0], lines_of(document(text)))
    assert row is not None
    for cell in row.cells:
        for word in row.joined.text[cell.start : cell.end].split():
            at = row.joined.text.index(word, cell.start)
            lo, hi = row.joined.span(at, at + len(word))
            assert text[lo:hi] == word


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (SENDS, "1 Báo cáo Gửi báo cáo tháng Phòng GDĐT Sở GDĐT Trước 05/5/2024"),  # a title nobody knows
        (LEADS, "1 Duy trì đường dây nóng Văn phòng Sở Các trường Thường xuyên"),  # no day
        (LEADS, "1 Trước 05/5/2024"),  # no task
        (DOES, "1 Tập huấn cho giáo viên cốt cán Tháng 8/2024"),  # nobody is named
    ],
)
def test_rows_that_cannot_be_parted_are_left(head: str, lines: str) -> None:
    assert row_by_words(head, lines_of(document(lines))) is None


@pytest.mark.parametrize("times", [4, 5, 40])
def test_rows_of_many_units_cost_little(times: int) -> None:
    line = "1 " + "Các trường THPT, Phòng GDĐT " * times + "Trước 05/5/2024"
    rest = "trường THPT và phòng GDĐT, " * times
    clock = time.process_time()
    row_by_words(LEADS, lines_of(document(f"{line}\n{rest}\n{rest}\n{rest}\n{rest}")))
    assert time.process_time() - clock < 1.0


def test_titles_of_a_head() -> None:
    assert titles_of(LEADS) == [Column.NUMBER, Column.TASK, Column.UNIT, Column.PARTNER, Column.DUE]
    assert titles_of(UPPER) == [Column.NUMBER, Column.TASK, Column.UNIT, Column.DUE]
    assert titles_of("TT Nhiệm vụ Cơ quan chủ trì Cơ quan phối Hoàn thành hợp") == titles_of(LEADS)
