"""Rows of tables of tasks in text without places: where they begin, and where the table ends."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

TIMED = """I. LỊCH KIỂM TRA
Thời gian Nội dung kiểm tra Người thực hiện
Tháng 9/2023 Thành lập ban kiểm tra; kiểm tra công tác Hiệu trưởng
tuyển sinh lớp 10
Từ 09/10/2023 Kiểm tra hồ sơ, sổ sách của tổ văn phòng Ban kiểm tra
đến 20/10/2023 và tổ hành chính
Tháng 12/2023 Kiểm tra việc ra đề kiểm tra học kỳ I; kiểm kê Phó hiệu trưởng
tài sản, xong trước ngày 28/12/2023
II. TỔ CHỨC THỰC HIỆN
1. Các trường thực hiện nghiêm túc.
"""

NUMBERED = """1. Lịch thi cụ thể:
TT Nội dung Đơn vị thực hiện Thời gian
1 Thi cấp huyện Phòng GDĐT các huyện Trước ngày 15/02/2024
2 Thi cấp tỉnh Hội đồng thi của Sở, đặt tại Ngày 08 và 09/3/2024
03 cụm
3 Trao giải Phòng GDTrH Tháng 4/2024
2. Thí sinh có mặt trước giờ thi 30 phút, mang theo thẻ dự thi và giấy tờ tùy thân có ảnh.
3. Các trường gửi danh sách thí sinh về Sở GDĐT trước ngày 20/01/2024 để tổng hợp chung.
"""


def test_a_table_whose_first_column_is_the_time() -> None:
    rows = [(row.due, row.due_text) for row in facts_of(TIMED).deadlines]
    assert [day for day, _ in rows] == ["2023-09-30", "2023-10-20", "2023-12-31", "2023-12-28"]


def test_a_numbered_table_ends_where_the_numbers_no_longer_go_on() -> None:
    facts = facts_of(NUMBERED)
    assert [row.due for row in facts.deadlines] == ["2024-02-15", "2024-03-09", "2024-04-30", "2024-01-20"]
    assert facts.deadlines[1].actor == ("so_gddt",)
    assert facts.deadlines[-1].task == "Gửi danh sách thí sinh về Sở GDĐT để tổng hợp chung."
    assert "Thí sinh có mặt" not in facts.deadlines[2].task


@pytest.mark.parametrize("word", ["Điều 8", "Mục 2", "Phụ lục I", "Chương II"])
def test_a_part_of_another_document_at_a_lines_start_begins_no_item(word: str) -> None:
    facts = facts_of(
        f"1. Các trường tiểu học, THCS xây dựng phương án sắp xếp lớp học theo quy định tại\n"
        f"{word} Nghị định số 125/2024/NĐ-CP, lấy ý kiến cha mẹ học sinh, gửi Sở GDĐT\n"
        "trước ngày 31/10/2023.\n"
    )
    [row] = facts.deadlines
    assert row.task.startswith("Xây dựng phương án sắp xếp lớp học")
    assert row.levels == ("tieu_hoc", "thcs")


def test_a_number_that_a_line_end_cut_off_is_no_footnote() -> None:
    facts = facts_of(
        "1. Các trường xây dựng phương án sắp xếp lớp học theo quy định tại Điều 5 và Điều\n"
        "8 Nghị định số 125/2024/NĐ-CP ngày 05/10/2022, gửi Sở GDĐT trước ngày 31/10/2023.\n"
    )
    [row] = facts.deadlines
    assert row.due == "2023-10-31" and row.actor == ("co_so_giao_duc",)


HEADLESS = """1. Lịch thi cụ thể:
e
Thi cấp huyện | Phòng GDĐT các huyện, thị | Trước ngày 15/02/2024
xã, thành phố
Thi cấp tỉnh Hội đồng thi của Sở, đặt tại | Ngày 08 và 09/3/2024
03 cụm
Trao giải Phòng GDTrH Trước ngày
20/4/2024
2. Thí sinh có mặt tại địa điểm thi trước giờ thi 30 phút, mang theo thẻ dự thi.
"""


def test_a_table_whose_head_was_not_read() -> None:
    rows = facts_of(HEADLESS).deadlines
    assert [(row.due, row.actor[0]) for row in rows] == [
        ("2024-02-15", "phong_gddt"),
        ("2024-03-09", "so_gddt"),
        ("2024-04-20", "phong_chuyen_mon_so:Phòng GDTrH"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "TT 27/2020/TT-BGDĐT ngày 04/9/2020 của Bộ GDĐT; mỗi cụm chọn 02 môn.",
        "TT số 32/2020/TT-BGDĐT ngày 15/9/2020 về quản lý hồ sơ, sổ sách.",
        "TT-BGDĐT ngày 26/8/2020 của Bộ Giáo dục và Đào tạo; không tự đặt thêm điểm.",
    ],
)
def test_a_thong_tu_at_a_lines_start_is_no_head_of_a_table(line: str) -> None:
    text = f"""1. Nội dung
- Tiểu học: đánh giá học sinh theo
{line}
2. Mốc thời gian
- Các trường lập danh sách gửi về Phòng GDĐT trước ngày 20/9/2023. Trường cụm trưởng
gửi kế hoạch trước ngày 22/9/2023.
- Cụm trưởng nộp biên bản trước ngày 22/12/2023."""
    found = facts_of(text).deadlines
    assert [d.due for d in found] == ["2023-09-20", "2023-09-22", "2023-12-22"]
    assert [d.heading[-1:] for d in found] == [("2. Mốc thời gian",)] * 3


def test_a_word_that_has_the_time_above_hold() -> None:
    text = (
        "III. LỊCH THI\nNgày Giờ Việc Phòng\n25/3 14h00 Họp Hội đồng coi thi -\n26/3 7h30 Thi môn Ngữ văn 101\n"
        "nt 14h00 Thi môn Toán 101\n-nt- 16h00 Họp rút kinh nghiệm 105\n27/3 7h30 Thi bài tự chọn 101\n"
        "Sở GDĐT tổ chức thi thử.\n"
    )
    days = [row.due for row in facts_of(f"Kế hoạch năm 2024\n{text}").deadlines]
    assert [(day or "")[5:] for day in days] == ["03-25", "03-26", "03-26", "03-26", "03-27"]
