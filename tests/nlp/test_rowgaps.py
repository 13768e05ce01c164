"""Tables as an English OCR leaves them: numbers lost, heads lost, strokes here and there, litter before a stroke."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

HEADED = "TT Nội dung công việc Đơn vị thực hiện Thời gian\n"

#: Rows: (table, [(start of the task, day, one of the actors)]).
TABLES = {
    "numbers lost between two that were read": (
        HEADED + "1 | Rà soát phòng học, bàn ghế hư hỏng | Các trường THCS Trước 12/9\n"
        "Lập dự toán sửa chữa, gửi phòng Tài chính | Phòng GDĐT Trước 20/9\n"
        "kế hoạch của huyện\n"
        "Nghiệm thu phòng học đã sửa chữa | Các trường THCS | 30/9\n"
        "4 | Báo cáo kết quả sửa chữa trường lớp Phòng GDĐT | 10/10\n",
        [("Rà soát", "09-12", "co_so"), ("Lập dự toán", "09-20", "phong"), ("Nghiệm thu", "09-30", "co_so"),
         ("Báo cáo kết quả", "10-10", "phong")],
    ),
    "the rest of a row with a time of its own": (
        HEADED + "1 | Đăng ký đội bóng, danh sách vận động viên | Các trường THPT | Trước 05/10\n"
        "Bốc thăm, xếp lịch thi đấu vòng bảng, gồm cả | Phòng CTTT Từ 12/10 đến\n"
        "các trận bù 15/10\n"
        "3 | Thi đấu chung kết | Sở GDĐT | 28/10\n",
        [("Đăng ký", "10-05", "co_so"), ("Bốc thăm", "10-15", "phong_chuyen"), ("Thi đấu", "10-28", "so_gddt")],
    ),
    "the head lost": (
        "Lịch thực hiện như sau:\n"
        "1 | Tuyên truyền đến cha mẹ trẻ Các trường mầm non | Trước 08/9\n"
        "2 | Điều tra trẻ 5 tuổi trên địa bàn | Các trường mầm non | Trước 20/9\n"
        "3 | Tổng hợp số liệu toàn huyện Phòng GDĐT | 30/9\n",
        [("Tuyên truyền", "09-08", "co_so"), ("Điều tra", "09-20", "co_so"), ("Tổng hợp", "09-30", "phong")],
    ),
    "the title of the numbers lost and all numbers with it": (
        "Nội dung báo cáo Đơn vị báo cáo Nơi nhận Thời hạn\n"
        "Kế hoạch dạy học hai buổi Các trường THPT Sở GDĐT Trước\n"
        "15/9/2023\n"
        "Tình hình đội ngũ nhà giáo Phòng GDĐT Sở GDĐT Trước\n"
        "22/9/2023\n",
        [("Kế hoạch", "09-15", "co_so"), ("Tình hình", "09-22", "phong")],
    ),
    "litter of strokes": (
        HEADED + "1 | Tập huấn cho giáo viên ‘| Phòng GDTrH | Trước 18/9\n"
        "2 | Mua sắm thiết bị dạy học =| Các trường THPT | Trước 30/9\n"
        "3 | Kiểm tra việc mua sắm thiết bị —_| Thanh tra Sở | Trước 15/11\n",
        [("Tập huấn", "09-18", "phong_chuyen"), ("Mua sắm", "09-30", "co_so"), ("Kiểm tra", "11-15", "phong_chuyen")],
    ),
    "rows behind the last number that was read": (
        HEADED + "1 | Thành lập đoàn kiểm tra | Phòng GDĐT | Trước 02/10\n"
        "Chuẩn bị hồ sơ phục vụ kiểm tra | Các trường tiểu học | Trước 09/10\n"
        "Kiểm tra tại các trường | Phòng GDĐT | Từ 16/10\n"
        "đến 20/10\n",
        [("Thành lập", "10-02", "phong"), ("Chuẩn bị", "10-09", "co_so"), ("Kiểm tra", "10-20", "phong")],
    ),
    "letters that are left of a number": (
        HEADED + "1 | Khảo sát nhu cầu học nghề | Các trường THCS | Trước 25/9/2023\n"
        "a Mở lớp, khai giảng khóa đầu | Các trung tâm GDTX | 09/10/2023\n"
        "ew kiểm tra việc dạy nghề | Phòng GDTX-CN | 20/11/2023\n",
        [("Khảo sát", "09-25", "co_so"), ("Mở lớp", "10-09", "trung_tam"), ("kiểm tra", "11-20", "phong_chuyen")],
    ),
    "strokes alone": (
        "2. Các mốc thời gian:\n"
        "Thành lập đội tuyển, lập danh sách | Trước 02/10 | Các trường THPT\n"
        "Bồi dưỡng đội tuyển tại các cụm | Đến hết 30/11 | Các trường THPT\n"
        "Duyệt danh sách thí sinh | Trước 05/12 | Phòng QLCL\n"
        "Tổ chức thi tại hai điểm thi | 16/12 | Sở GDĐT\n"
        "3. Kinh phí theo quy định hiện hành.\n",
        [("Thành lập", "10-02", "co_so"), ("Bồi dưỡng", "11-30", "co_so"), ("Duyệt", "12-05", "phong_chuyen"),
         ("Tổ chức thi", "12-16", "so_gddt")],
    ),
    "a first row without its day": (
        "Nội dung Đơn vị thực hiện Thời gian\n"
        "Họp ban tổ\n"
        "chức hội khỏe Sở GDĐT\n"
        "Bốc thăm chia bảng Phòng CTTT 12/10/2023\n"
        "Thi đấu các môn Sở GDĐT 25/10/2023\n",
        [("Bốc thăm", "10-12", "phong_chuyen"), ("Thi đấu", "10-25", "so_gddt")],
    ),
    "the numbers lost up to one in the middle, read wrong": (
        HEADED + "Khảo sát cơ sở vật chất các trường Các trường THCS 20/9/2023\n"
        "kê khai theo mẫu\n"
        "Kiểm kê thiết bị phòng thí nghiệm Các trường THCS Trước ngày\n"
        "hỏng hoặc thiếu 29/9/2023\n"
        "4 Tổng hợp danh mục đề nghị mua sắm Phòng GDĐT Trước ngày\n"
        "của toàn huyện 06/10/2023\n"
        "Nghiệm thu, bàn giao thiết bị Phòng GDĐT Trước ngày\n"
        "15/12/2023\n",
        [("Khảo sát", "09-20", "co_so"), ("Kiểm kê", "09-29", "co_so"), ("Tổng hợp", "10-06", "phong"),
         ("Nghiệm thu", "12-15", "phong")],
    ),
    "a class that a line's end cut is no number": (
        HEADED + "Ôn tập cho học sinh thi lại lớp Các trường THPT 15/7/2023\n"
        "10 THPT và lớp 11\n"
        "Tổ chức thi lại, xét lên lớp Các trường THPT 28/7/2023\n",
        [("Ôn tập", "07-15", "co_so"), ("Tổ chức thi lại", "07-28", "co_so")],
    ),
    "prose as wide as the rows with strokes": (
        "Các mốc cụ thể:\n"
        "1 | Kê khai phương tiện đưa đón học sinh | Các trường THCS | 09/10/2023\n"
        "2 | Kiểm tra giấy phép của nhà xe | Phòng GDĐT | 16/10/2023\n"
        "3 | Ký lại hợp đồng đưa đón | Các trường THCS 23/10/2023\n"
        "Xe nào quá hạn kiểm định thì không được ký hợp đồng đưa đón, nhà\n"
        "trường báo ngay cho công an xã biết.\n"
        "3. Kiểm tra đột xuất\n"
        "Ngày 20/11/2023, Phòng GDĐT kiểm tra việc đưa đón ở các trường.\n",
        [("Kê khai", "10-09", "co_so"), ("Ký lại", "10-23", "co_so"), ("Kiểm tra giấy phép", "10-16", "phong"),
         ("đưa đón", "11-20", "phong")],
    ),
    "a table that lost nothing": (
        HEADED + "1 Rà soát nhu cầu thiết bị Các trường THPT 15/10/2023\n"
        "Sở tổng hợp trong tháng 11/2023\n"
        "2 Mua sắm thiết bị tối thiểu Phòng KHTC 20/12/2023\n",
        [("Rà soát", "10-15", "co_so"), ("Mua sắm", "12-20", "phong_chuyen")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_rows_of_damaged_tables(name: str) -> None:
    table, rows = TABLES[name]
    found = facts_of(f"III. TIẾN ĐỘ THỰC HIỆN\n{table}IV. TỔ CHỨC THỰC HIỆN\n").deadlines
    for task, day, actor in rows:
        near = [d for d in found if d.due == f"2023-{day}"]
        assert near, (task, [(d.task, d.due) for d in found])
        told = [d for d in near if task.lower() in d.task.lower() and "|" not in d.task]
        assert any(d.actor and d.actor[0].startswith(actor) for d in told), near
