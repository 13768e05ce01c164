"""Short names that a directive gives its units, and who is meant where they are used."""

from __future__ import annotations

import pytest

from tests.nlp.texts import HEAD, due, facts_of

CASES = [
    (
        "Sở GDĐT yêu cầu các trường tiểu học, THCS, trung tâm GDNN-GDTX (sau đây gọi chung là các nhà trường):\n"
        "1. Các nhà trường rà soát mã định danh xong trước ngày 30/9/2023.\n"
        "2. Trường tiểu học ký số học bạ trước ngày 20/12/2023.\n"
        "3. Trường nào còn sai lệch thì báo cáo trước ngày 05/10/2023.",
        [
            ["co_so_giao_duc trung_tam_gdtx", "tieu_hoc thcs gdtx"],
            ["co_so_giao_duc", "tieu_hoc"],
            ["co_so_giao_duc trung_tam_gdtx", "tieu_hoc thcs gdtx"],
        ],
    ),
    (
        "1. Trường THPT, trung tâm GDTX có học sinh, học viên lớp 12 (gọi tắt là đơn vị ĐKDT) mở tài khoản trước ngày "
        "24/4/2024.\n2. Đơn vị ĐKDT in danh sách thí sinh trước ngày 20/5/2024.\n3. Phòng KTQLCL giao phôi cho đơn vị "
        "ĐKDT trước ngày 30/5/2024.",
        [
            ["co_so_giao_duc trung_tam_gdtx", "thpt gdtx"],
            ["co_so_giao_duc trung_tam_gdtx", "thpt gdtx"],
            ["phong_chuyen_mon_so:Phòng KTQLCL", ""],
        ],
    ),
    (
        "1. Các trường mầm non, tiểu học công lập do Phòng GDĐT quản lý (sau đây gọi là trường thuộc huyện).\n"
        "2. Trường tư thục có cấp THCS, THPT (sau đây gọi là cơ sở ngoài công lập).\n"
        "3. Công khai: trường thuộc huyện trước ngày 15/9/2023; cơ sở ngoài công lập trước ngày 20/9/2023.",
        [["co_so_giao_duc", "mam_non tieu_hoc"], ["co_so_giao_duc", "thcs thpt"]],
    ),
    (
        "1. Sở GDĐT, Sở Giáo dục, Khoa học và Công nghệ (sau đây gọi chung là sở GDĐT) họp trước ngày 01/10/2023.\n"
        "2. Các trường mầm non nộp hồ sơ trước ngày 05/10/2023.",
        [["so_gddt", ""], ["co_so_giao_duc", "mam_non"]],
    ),
    (
        "1. Các trường THPT, trung tâm GDNN-GDTX được chọn (sau đây gọi là đơn vị thí điểm) nhận tài khoản trước ngày "
        "10/10/2023.\n2. Đối với đơn vị thí điểm\na) Nhập dữ liệu xong trước ngày 20/10/2023.",
        [["co_so_giao_duc trung_tam_gdtx", "thpt gdtx"], ["co_so_giao_duc trung_tam_gdtx", "thpt gdtx"]],
    ),
    (
        "Sở GDĐT thông báo đến các trường tiểu học, THCS đóng trên địa bàn (các trường) những nội dung sau:\n"
        "1. Các trường đăng ký số lượng trước ngày 10/10/2023.",
        [["co_so_giao_duc", "tieu_hoc thcs"]],
    ),
    (
        "1. Trường có nhiều cấp học (THCS, THPT), cơ sở mầm non tư thục (sau đây viết tắt là “các đơn vị”) nộp hồ sơ "
        "trước ngày 10/10/2023.\n2. Các đơn vị công khai học phí trước ngày 20/10/2023.",
        [["co_so_giao_duc", "mam_non thcs thpt"], ["co_so_giao_duc", "mam_non thcs thpt"]],
    ),
    (
        "2. Các trường đặt điểm thi (THCS Lê Lợi, TH Kim Đồng)\na) Chuẩn bị phòng thi trước ngày 12/4/2024.",
        [["co_so_giao_duc", "tieu_hoc thcs"]],
    ),
]


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_short_names_stand_for_the_units_that_they_were_given_to(text: str, rows: list[list[str]]) -> None:
    found = [[" ".join(r.actor), " ".join(r.levels or ())] for r in due(text, head=HEAD)]
    assert found == rows


def test_a_sentence_behind_units_in_turn_is_all_of_theirs() -> None:
    text = (
        "1. Kiểm tra học kỳ: các trường tiểu học trước ngày 20/12/2023; các trường THCS trước ngày 25/12/2023. Đề nộp "
        "trước ngày 01/12/2023.\n2. Trường mầm non nộp trước ngày 05/10/2023. Biên bản lưu trước ngày 10/10/2023."
    )
    levels = [" ".join(r.levels or ()) for r in due(text, head=HEAD)]
    assert levels == ["tieu_hoc", "thcs", "tieu_hoc thcs", "mam_non", "mam_non"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Phòng GDĐT chọn 02 trường tiểu học, 01 trường THCS dự hội thi trước ngày 15/11/2023.", "tieu_hoc thcs"),
        ("Thanh tra Sở kiểm tra 03 phòng GDĐT, 05 trường THPT trước ngày 15/11/2023.", ""),
        ("Thanh tra Sở kiểm tra tại 06 trường THPT trước ngày 15/11/2023.", "thpt"),
        ("Các trường gửi báo cáo về Phòng GDĐT trước ngày 10/01/2024.", "mam_non tieu_hoc thcs"),
        ("Các cơ sở giáo dục nộp phiếu về UBND xã trước ngày 20/10/2023.", "mam_non tieu_hoc thcs"),
        ("Các trường báo cáo Phòng GDĐT hoặc Sở GDĐT trước ngày 20/10/2023.", ""),
        ("Các trường tiểu học gửi biên bản về Phòng GDĐT trước ngày 20/10/2023.", "tieu_hoc"),
    ],
)
def test_levels_of_what_is_counted_and_of_what_is_sent_to_an_office_below(text: str, row: str) -> None:
    assert [" ".join(r.levels or ()) for r in due(f"1. {text}", head=HEAD)] == [row]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        (
            "1. Các trường THPT đặt điểm thi chuẩn bị phòng thi.\n"
            "2. Trường đặt điểm thi gửi chứng từ về Phòng KHTC trước ngày 20/3/2024.\n",
            ["thpt"],
        ),
        (
            "1. Các trường THCS đăng cai chuẩn bị sân bãi.\n"
            "2. Các trường đăng cai báo cáo Phòng GDĐT trước ngày 20/3/2024.\n",
            ["thcs"],
        ),
        (
            "1. Các trường THPT đăng cai bảng A, các trường THCS đăng cai bảng B.\n"
            "2. Trường đăng cai gửi lịch thi đấu trước ngày 20/3/2024.\n",
            [],
        ),
    ],
)
def test_schools_that_are_chosen_for_something_have_their_levels(text: str, levels: list[str]) -> None:
    (row,) = facts_of(text).deadlines
    assert [str(level) for level in row.levels or ()] == levels
