"""What tells of a thing, of faults, of the office's own act, or closes a directive asks nobody for anything."""

from __future__ import annotations

import pytest

from tests.nlp.texts import facts_of

LEAD = "Sở GDĐT yêu cầu các đơn vị thực hiện các nội dung sau:\n"
NONE = [
    "2. Thời gian: 14 giờ 00 tại hội trường.\n3. Nội dung:\n- Triển khai hướng dẫn thu, chi đầu năm học;\n- Phổ"
    " biến quy chế.",
    "2. Hình thức dự thi:\n- Bài viết phải do tác giả tự viết, chưa đăng ở báo nào.\n- Mỗi bài không quá 05 trang A4.",
    "2. Đối tượng dự thi:\n- Giáo viên tiểu học, giáo viên THCS đang dạy trong các trường công lập.",
    "2. Tiêu chuẩn, điều kiện, hồ sơ:\n- Giáo viên mầm non: Thực hiện theo Kế hoạch số 12/KH-UBND.",
    "2. Một số lỗi chưa được khắc phục, cụ thể:\n- Cập nhật không đúng trình độ của giáo viên;\n- Nhập sai số"
    " phòng học.",
    "2. Còn các sai sót sau:\n- Lập biểu thiếu chữ ký của kế toán;\n- Gửi báo cáo không đúng mẫu quy định.",
    "2. Sở GDĐT ban hành khung phân phối chương trình môn Tin học (kèm theo công văn này) thay cho khung năm 2019.",
    "2. Sở GDĐT yêu cầu thủ trưởng các đơn vị triển khai thực hiện nghiêm túc các nội dung nêu trên.",
    "2. Nhận được công văn này, đề nghị thủ trưởng các đơn vị triển khai, thực hiện và nộp báo cáo đúng thời gian"
    " quy định.",
    "2. Hướng dẫn số 18/HD-SGDĐT của Sở (gửi kèm).",
    "2. Định hướng chủ đề:\n- Việc đổi mới công tác thi, kiểm tra; tổ chức dạy học theo dự án của các trường.",
]
ASKED = [
    "2. Nội dung và giải pháp:\n- Rà soát đội ngũ giáo viên dạy Tin học.",
    "2. Khắc phục các tồn tại, sai sót:\n- Bổ sung chữ ký của kế toán vào biểu mẫu đã nộp.",
    "2. Việc mua sắm thiết bị phải thực hiện đúng quy định của Luật Đấu thầu.",
    "2. Đối với các trường tiểu học:\n- Lập danh sách học sinh chưa hoàn thành chương trình lớp học.",
]


@pytest.mark.parametrize("text", NONE)
def test_nothing_is_asked(text: str) -> None:
    assert not facts_of(f"{LEAD}1. Các mục.\n{text}\n").duties


@pytest.mark.parametrize("text", ASKED)
def test_something_is_asked(text: str) -> None:
    assert len(facts_of(f"{LEAD}1. Các mục.\n{text}\n").duties) == 1


PHONG = (
    "UBND HUYỆN TÂN AN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 215/PGDĐT\n"
    "Tân An, ngày 12 tháng 10 năm 2020\nKính gửi: Hiệu trưởng các trường tiểu học, THCS\n"
)


def test_whose_matter_it_is_does_not_do_it() -> None:
    text = (
        "Phòng GDĐT triển khai báo cáo số liệu đầu năm học 2020-2021 với các nội dung cụ thể như sau:\n"
        "- Truy cập hệ thống cơ sở dữ liệu ngành và rà soát thông tin học sinh.\n"
        "- Lập báo cáo gửi trên hệ thống trước ngày 16/10/2020.\n"
    )
    facts = facts_of(text, head=PHONG)
    actors = [duty.actor for duty in facts.duties] + [deadline.actor for deadline in facts.deadlines]
    assert actors == [("co_so_giao_duc",)] * 2


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("1. Trong tháng 11/2020 Phòng GDĐT sẽ kiểm tra việc thu, chi của các trường.", "phong_gddt"),
        ("1. Từ ngày 02/11/2020 đến ngày 06/11/2020 Phòng GDĐT kiểm tra hồ sơ của các trường.", "phong_gddt"),
        ("1. Trước ngày 25/10/2020 các trường gửi danh sách về Phòng GDĐT.", "co_so_giao_duc"),
        ("1. Chậm nhất ngày 25/10/2020 trường tiểu học gửi báo cáo về Phòng GDĐT.", "co_so_giao_duc"),
    ],
)
def test_units_right_behind_a_time_act(text: str, actor: str) -> None:
    assert [row.actor for row in facts_of(f"{text}\n", head=PHONG).deadlines] == [(actor,)]


BO = (
    "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 3120/BGDĐT-GDTC\nHà Nội, ngày 12 tháng 10 năm 2020\n"
    "Kính gửi: Các sở giáo dục và đào tạo\n"
)


def test_those_who_are_directed_act() -> None:
    text = (
        "Để phòng, chống dịch trong các trường học, Bộ Giáo dục và Đào tạo chỉ đạo các sở giáo dục và đào tạo"
        " phối hợp với"
        " ngành y tế triển khai một số nội dung sau:\n1. Lập danh sách học sinh chưa tiêm chủng tại địa phương.\n"
    )
    assert [duty.actor for duty in facts_of(text, head=BO).duties] == [("so_gddt",)]


def test_who_joins_a_week_does_not_hold_it() -> None:
    head = PHONG.replace("Số: 215/PGDĐT\n", "Số: 215/PGDĐT\nV/v hưởng ứng Tuần lễ An toàn giao thông năm 2020\n")
    [row] = facts_of("1. Thời gian: từ ngày 16/11/2020 đến ngày 20/11/2020.\n2. Hết.\n", head=head).deadlines
    assert row.actor == ("co_so_giao_duc",)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("1. Hội đồng thi hoàn thành chấm thi trước ngày 13/7/2021.", "so_gddt"),
        ("1. Hội đồng coi thi bàn giao bài thi trước ngày 10/7/2021.", "so_gddt"),
        ("1. Ban Tổ chức công bố kết quả Hội thi trước ngày 13/7/2021.", "bo_gddt"),
    ],
)
def test_councils_of_exams_are_of_the_office_that_holds_them(text: str, actor: str) -> None:
    assert [row.actor for row in facts_of(f"{text}\n2. Hết.\n", head=BO).deadlines] == [(actor,)]


def test_both_offices_of_a_joint_directive_are_told_by_the_one_that_writes() -> None:
    [row] = facts_of("1. Hai ngành tổ chức hội nghị sơ kết vào ngày 29/5/2021.\n2. Hết.\n", head=PHONG).deadlines
    assert row.actor == ("phong_gddt",)


def test_a_training_is_held_by_the_office_that_writes() -> None:
    head = BO.replace("Hà Nội, ngày", "V/v tập huấn chương trình xóa mù chữ\nHà Nội, ngày")
    text = (
        "Bộ Giáo dục và Đào tạo tổ chức tập huấn cho giáo viên cốt cán các sở. Cụ thể như sau:\n"
        "I. THỜI GIAN VÀ ĐỊA ĐIỂM\n1. Khu vực phía Bắc:\na) Thời gian tập huấn: 05 ngày; từ ngày 23 đến 27/11/2020.\n"
        "b) Địa điểm: Khai mạc 08h00 ngày 23/11/2020 tại Hà Nội.\nII. KINH PHÍ\n1. Do địa phương cấp.\n"
    )
    assert [row.actor for row in facts_of(text, head=head).deadlines] == [("bo_gddt",)] * 2
