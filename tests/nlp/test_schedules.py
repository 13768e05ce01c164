"""Days of schedules: tables without numbers, months over rows, lines of meetings; decided before the reader was run."""

from __future__ import annotations

import pytest

from tests.nlp.texts import due, facts_of

TABLES = [
    # the first column counts, the time stands in the middle
    (
        "1. Học theo cụm, mỗi cụm 02 buổi:\nCụm Thành phần Thời gian Địa điểm\n"
        "Cụm 1 Giáo viên các trường phía bắc (từ Sáng, chiều T3 (17/10) Trường TH Suối Đá\nthị trấn trở lên)\n"
        "Cụm 2 Giáo viên các trường còn lại Sáng, chiều T5 (19/10) Trường TH Bàu Ké\n"
        "Cụm 3 Giáo viên THCS Sáng T2 (23/10) và Trường THCS Hưng\nsáng T3 (24/10) Thuận\n"
        "2. Các trường chuẩn bị phòng học trước ngày 15/10.",
        ["2023-10-17", "2023-10-19", "2023-10-24", "2023-10-15"],
    ),
    (
        "1. Lịch tập huấn\nĐợt Đối tượng Thời gian Địa điểm\nĐợt 1 Hiệu trưởng 10/10/2023 Trường THPT Sông Đà\n"
        "Đợt 2 Tổ trưởng chuyên môn 12/10/2023 Trường THPT Bình Minh\nĐợt 3 Giáo viên 14/10/2023 Trực tuyến\n"
        "2. Đăng ký trước ngày 05/10/2023.",
        ["2023-10-10", "2023-10-12", "2023-10-14", "2023-10-05"],
    ),
    (
        "a) Lịch kiểm tra\nBuổi Nội dung Thời gian Ghi chú\nBuổi 1 Hồ sơ chuyên môn 7h30, 24/10/2023 Tại phòng họp\n"
        "Buổi 2 Dự giờ 13h30, 24/10/2023\nb) Các trường nộp hồ sơ trước ngày 20/10/2023.",
        ["2023-10-24", "2023-10-24", "2023-10-20"],
    ),
    (
        "1. Phân công\nĐơn vị Nội dung Thời hạn Ghi chú\n"
        "Các phòng GDĐT Lập danh sách đội tuyển 10/11/2023\nTrường THPT Cử giáo viên chấm thi 15/11/2023 02 người\n"
        "2. Kinh phí lấy từ nguồn chi thường xuyên.",
        ["2023-11-10", "2023-11-15"],
    ),
    # a month in the first column and the day in another
    (
        "1. Học kỳ I\nTháng Nội dung Phụ trách Thời gian\n9/2023 Thành lập Ban Hiệu trưởng 12/9\n"
        "9/2023 Khảo sát học sinh khối 12 GVCN khối 12 Từ 15/9 đến 20/9\n"
        "10/2023 Nộp kết quả khảo sát cho Ban GVCN khối 12 Trước 03/10\n"
        "11/2023 Tham quan nhà máy GVCN khối 11 Tuần 2\n"
        "12/2023 Sơ kết học kỳ I Phó hiệu trưởng Trước ngày\n26/12/2023\n"
        "2. Học kỳ II",
        ["2023-09-12", "2023-09-20", "2023-10-03", "~Tuần 2", "2023-12-26"],
    ),
    (
        "1. Kế hoạch\nTháng Công việc Người thực hiện Thời gian\n"
        "Tháng 9/2023 Kiểm tra vệ sinh Tổ y tế Từ 18/9 đến\n22/9\n"
        "Tháng 10/2023 Khám sức khỏe Trạm y tế Tuần 3\n2. Kinh phí: theo dự toán.",
        ["2023-09-22", "~Tuần 3"],
    ),
    # a stretch of time cut by the end of a cell's line
    (
        "1. Lịch\nTT Công việc Đơn vị thực hiện Thời gian\n1 Phát sóng các bài giảng Các sở Từ ngày 25/10/2023\n"
        "đợt 1 trên truyền hình đến ngày 26/11/2023\n2 Thẩm định bài giảng Các sở Trước 15/12/2023",
        ["2023-11-26", "2023-12-15"],
    ),
    (
        "1. Lịch\nSTT Nội dung Chủ trì Thời gian\n1 Chấm vòng sơ khảo Phòng GDTrH Từ 06/11/2023\n"
        "tại các cụm đến 10/11/2023\n2 Vòng chung khảo Phòng GDTrH 20/11/2023",
        ["2023-11-10", "2023-11-20"],
    ),
    # nothing but the time in its column marks a row
    (
        "1. Các mốc cụ thể\nNội dung Thời gian Đơn vị thực hiện Ghi chú\nLập danh mục hồ sơ năm 2023, 10/10"
        " Các trường\n"
        "hiệu trưởng ký ban hành\nChỉnh lý xong tài liệu từ năm Hết tháng 11 Trường tiểu học, Ưu tiên sổ\n"
        "học 2015-2016 đến năm học trường THCS học bạ\n2020-2021\n"
        "Kiểm tra chéo trong cụm Thứ Năm 14/12 Các trường Lập biên bản\n(theo danh sách cụm và thứ Sáu\n"
        "chuyên môn) 15/12, từ 7 giờ\nNộp tài liệu bảo quản vĩnh viễn Từ 25/12 đến Phòng GDĐT\nLưu trữ huyện 27/12\n"
        "2. Trường có tài liệu hết giá trị không được tự tiêu hủy.",
        ["2023-10-10", "2023-11-30", "2023-12-15", "2023-12-27"],
    ),
    (
        "1. Sở kiểm tra thực tế theo lịch:\nĐoàn Địa bàn Thời gian Phòng chủ trì\n"
        "Đoàn 1 Ba Tri, Giồng Trôm Sáng thứ Ba 17/10, sáng thứ Văn phòng Sở\nNăm 19/10 (7 giờ 30 đến 11\ngiờ)\n"
        "Đoàn 2 Bình Đại, Châu Thành Thứ Tư 18/10, cả ngày Phòng Giáo dục Tiểu\nhọc\n"
        "Đoàn 3 Thạnh Phú, Mỏ Cày Chiều thứ Hai 23/10 đến hết Phòng Giáo dục Trung\nNam sáng thứ Tư 25/10 học\n"
        "2. Các huyện còn lại tự kiểm tra, xong trong tháng 11.",
        ["2023-10-19", "2023-10-18", "2023-10-25", "2023-11-30"],
    ),
    (
        "1. Bảng việc\nTT Nội dung Thời gian Ghi chú\n1 Báo cáo số liệu trung tâm theo Biểu 1 và 27/10 (thứ Sáu)"
        " số liệu chốt đến\nBiểu 2 30/9/2023, có ký số\n"
        "2 Cử 01 lãnh đạo phòng và 01 sáng thứ Ba 17/10 dự cả hai buổi, đường\n"
        "chuyên viên dự tập huấn về (8h00) và chiều thứ dẫn gửi sau\nquản lý trung tâm Năm 19/10 (14h00)",
        ["2023-10-27", "2023-10-19"],
    ),
    (
        "1. Lịch thu hồ sơ\nNội dung Hạn nộp Người nhận\nHồ sơ thi đua 20/5 Văn phòng Sở\n"
        "Sáng kiến kinh nghiệm cấp cơ sở Chậm nhất 15/4 Phòng GDTrH\n"
        "Danh sách học sinh giỏi Trong tháng 3 Phòng GDTrH\n"
        "2. Hồ sơ nộp muộn không được xét.",
        ["2024-05-20", "2024-04-15", "2024-03-31"],
    ),
    (
        "1. Lịch\nCông việc Thời gian Địa điểm Phụ trách\n"
        "Họp hội đồng coi thi 14h00 thứ Ba 21/5 Trường THPT A Thanh tra\n"
        "Coi thi 22/5 và 23/5 Các điểm thi Hội đồng coi thi\nChấm thi Từ 27/5 đến hết 31/5 Trường THPT B Ban chấm thi\n"
        "2. Kinh phí theo quy định.",
        ["2024-05-21", "2024-05-23", "2024-05-31"],
    ),
    # months over lists, without a colon
    (
        "1. Học kỳ II\nTháng 1/2024\n- Ban tư vấn tư vấn trực tiếp cho khối 12, chiều 09/01.\n"
        "- Tổ Tin học hoàn thành chuyên mục trên trang của trường, chậm nhất 23/01.\n"
        "Tháng 3/2024\n- Ngày hội tư vấn tuyển sinh: sáng Chủ nhật 10/3/2024.\n- Nộp bài thu hoạch.",
        ["2024-01-09", "2024-01-23", "2024-03-10", "2024-03-31"],
    ),
    (
        "III. Công việc từng tháng\n1. Học kỳ I\nTháng 10/2023\n+ Khảo sát thư viện trước 20/10.\n"
        "+ Trang bị sách giáo khoa.\nTháng 11/2023\n+ Ngày hội đọc sách: sáng 18/11.",
        ["2023-10-20", "2023-10-31", "2023-11-18"],
    ),
]


@pytest.mark.parametrize(("text", "days"), TABLES, ids=[t.split("\n")[1][:40] for t, _ in TABLES])
def test_rows_of_schedules(text: str, days: list[str]) -> None:
    assert [found.due or f"~{found.due_text}" for found in due(text)] == days


WORDS = [
    ("- Họp giao ban: 7h30, thứ Sáu (13/10/2023), tại Hội trường.", "7h30, thứ Sáu (13/10/2023)"),
    ("- Các trường gửi báo cáo trước 11h00 thứ Tư (11/10).", "trước 11h00 thứ Tư (11/10)"),
    ("- Vòng lý thuyết tổ chức sáng thứ Tư ngày 25/10.", "sáng thứ Tư ngày 25/10"),
    ("- Tập huấn cho giáo viên cốt cán: sáng Chủ nhật 08/10/2023.", "sáng Chủ nhật 08/10/2023"),
    ("- Vòng thực hành tổ chức chiều thứ Sáu (03/11).", "chiều thứ Sáu (03/11)"),
    ("- Hội nghị tổ chức vào 14h00, thứ Năm, ngày 19/10/2023.", "vào 14h00, thứ Năm, ngày 19/10/2023"),
    ("- Khai mạc: buổi sáng ngày 20/10/2023.", "buổi sáng ngày 20/10/2023"),
    ("- Họp rút kinh nghiệm: 8 giờ 00 ngày 21/10/2023 (thứ Bảy).", "8 giờ 00 ngày 21/10/2023"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_of_a_day(text: str, words: str) -> None:
    """The hour, the part of the day and the weekday belong to the words of a day, with the bracket around it."""
    assert [found.due_text for found in due(f"1. Công việc\n{text}")] == [words]


ROSTER = """1. Báo cáo trước ngày 10/10/2023.

DANH SÁCH
TT Họ và tên Trường Nơi về Ngày đi Ngày trở lại
1 Đặng Thị Giang THCS Tân Sơn Xã Minh Tân, tỉnh Hòa Lâm 26/9/2023 01/11/2023
2 Đỗ Văn Phong THCS Thanh Bình Thôn Đông, tỉnh Hòa Lâm 20/9/2023 15/11/2023
"""
LESSONS = """1. Báo cáo trước ngày 10/10/2023.

LỊCH PHÁT HÌNH
TT Ngày phát sóng Giờ phát Môn học Tên bài Giáo viên thực hiện
1 Thứ hai 18:30 Toán Tập hợp số tự nhiên Tống Thị Diệp
18/9/2023
2 Thứ ba 18:30 Ngữ văn Đọc truyền thuyết Nguyễn Thị Yến
19/9/2023
"""
WATCH = """1. Báo cáo trước ngày 10/10/2023.

LỊCH TRỰC
TT Họ và tên Chức vụ Ngày trực
1 Đặng Thị Giang Phó Hiệu trưởng 26/9/2023
2 Đỗ Văn Phong Kế toán 28/9/2023
"""


@pytest.mark.parametrize(
    ("text", "days"),
    [(ROSTER, ["2023-10-10"]), (LESSONS, ["2023-10-10"]), (WATCH, ["2023-10-10", "2023-09-26", "2023-09-28"])],
)
def test_days_of_persons_and_of_lessons_are_no_duties(text: str, days: list[str]) -> None:
    assert [row.due for row in facts_of(text).deadlines] == days


CLASSES = """1. Báo cáo trước ngày 10/10/2023.

THỜI KHÓA BIỂU
Sáng Thứ Hai Thứ Ba Thứ Tư
9/1 Oanh Diễm Oanh
9/2 Trường Nguyệt Trường
9/3 Sơn Thấm Sơn
"""
EXAMS = """1. Lịch kiểm tra
1.1. Môn Ngữ văn, Toán lớp 9: kiểm tra theo lịch thống nhất:
Ngày Giờ bắt đầu làm bài Môn kiểm tra Thời gian làm bài
10/01/2024 07 giờ 15 Ngữ văn 90 phút
12/01/2024 07 giờ 15 Toán 90 phút
1.2. Đối với lớp 12
Ngày Giờ bắt đầu Môn kiểm tra Thời gian làm bài
làm bài
11/01/2024 07 giờ 15 Ngữ văn 90 phút
13/01/2024 07 giờ 15 Toán 90 phút
"""
MONTHS = "1. Các trường báo cáo vào các ngày 5/1, 5/2, 5/3/2024.\n"


def test_names_of_classes_are_no_days() -> None:
    assert [row.due for row in facts_of(CLASSES).deadlines] == ["2023-10-10"]
    assert "2024-03-05" in [row.due for row in due(MONTHS)]


def test_a_timetable_of_exams_with_the_hour_behind_the_day() -> None:
    rows = facts_of(EXAMS).deadlines
    assert [row.due for row in rows] == ["2024-01-10", "2024-01-12", "2024-01-11", "2024-01-13"]
    assert [row.levels for row in rows] == [("thcs",), ("thcs",), ("thpt",), ("thpt",)]
    assert "giờ" not in rows[-1].task
