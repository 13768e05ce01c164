"""Who holds an event, who does the next step, times tied to another time, recipients told once for all dates."""

from __future__ import annotations

import pytest

from tests.nlp.texts import HEAD, due

TIMES = [
    ("Các trường ký hợp đồng xe đưa đón trước khi đón học sinh bán trú.", "trước khi đón học sinh bán trú"),
    ("Các trường kiểm tra sân khấu trước ngày biểu diễn ít nhất 02 ngày.", "trước ngày biểu diễn ít nhất 02 ngày"),
    ("Các trường hoàn thành việc tặng quà trước Tết Trung thu.", "trước Tết Trung thu"),
    (
        "Các trường báo cáo sĩ số về Sở GDĐT trước 08 giờ 00 và 16 giờ 00 hằng ngày.",
        "trước 08 giờ 00 và 16 giờ 00 hằng ngày",
    ),
    ("Các trường báo cáo Phòng GDĐT ngay trong buổi chiều hôm đó.", "ngay trong buổi chiều hôm đó"),
    ("Các trường hoàn thành việc tặng quà trước Tết Dương lịch.", "trước Tết Dương lịch"),
]


@pytest.mark.parametrize(("text", "words"), TIMES, ids=[t[1] for t in TIMES])
def test_times_that_are_only_described(text: str, words: str) -> None:
    [row] = due(text)
    assert (row.due, row.due_text) == (None, words)


def test_the_same_time_once_more() -> None:
    rows = due("Các trường nộp kế hoạch trước ngày 10/10/2023; gửi danh sách đội tuyển về Sở GDĐT cùng thời hạn.")
    assert [(r.due, r.due_text) for r in rows] == [
        ("2023-10-10", "trước ngày 10/10/2023"),
        ("2023-10-10", "cùng thời hạn"),
    ]


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("Các trường khảo sát thư viện trong tháng 10 và tháng 11/2023.", ["2023-11-30"]),
        ("Các trường tập huấn trong tháng 10/2023 và trong tháng 3/2024.", ["2023-10-31", "2024-03-31"]),
    ],
)
def test_two_months_are_one_stretch_or_two(text: str, dues: list[str]) -> None:
    assert [r.due for r in due(text)] == dues


@pytest.mark.parametrize(
    "text",
    [
        "Theo dự báo, dịch sốt xuất huyết có khả năng tăng mạnh vào tháng 11/2023.\nCác trường chủ động phòng bệnh.",
        "1. Đến hết tháng 6/2023, toàn tỉnh đã có 215 trường đạt chuẩn.",
    ],
)
def test_what_is_foretold_or_was_reached_is_no_deadline(text: str) -> None:
    assert due(text) == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("2. Hội thi cấp tỉnh\na) Thời gian, địa điểm: từ ngày 04/12/2023 đến ngày 08/12/2023.", [["so_gddt"]]),
        (
            "2. Hội thi cấp tỉnh\na) Hồ sơ: các trường nộp trước ngày 01/12/2023.",
            [["co_so_giao_duc"]],
        ),
        (
            "2. Trình tự thực hiện:\na) Phòng GDĐT nhận hồ sơ trước ngày 05/10/2023;\n"
            "b) Xét hồ sơ vòng 1 xong trước ngày 12/10/2023.",
            [["phong_gddt"], ["phong_gddt"]],
        ),
        (
            "2. Nhiệm vụ:\na) Phòng GDĐT nhận hồ sơ trước ngày 05/10/2023;\n"
            "b) Tổng kết công tác thư viện trước ngày 12/10/2023.",
            [["phong_gddt"], ["phong_gddt", "co_so_giao_duc", "trung_tam_gdtx"]],
        ),
        (
            "1. Các trường THPT nhập hồ sơ trên hệ thống. Đơn vị chưa hoàn thành gửi báo cáo trước ngày 05/10/2023.",
            [["co_so_giao_duc"]],
        ),
        (
            "1. Ngoài các giải thường niên, Sở GDĐT tổ chức giải bơi trong tháng 5/2024.",
            [["so_gddt"]],
        ),
        (
            "1. Phòng Chính trị, tư tưởng: ban hành điều lệ trước ngày 05/10/2023.",
            [["phong_chuyen_mon_so:Phòng Chính trị, tư tưởng"]],
        ),
    ],
)
def test_who_holds_it_and_who_does_the_next_step(text: str, actors: list[list[str]]) -> None:
    assert [list(r.actor) for r in due(text)] == actors


@pytest.mark.parametrize(
    ("text", "recipient", "via"),
    [
        (
            "1. Danh sách sơ bộ gửi trước ngày 05/10/2023. Bản giấy gửi về Phòng Công nghệ thông tin, Sở GDĐT.",
            "Sở GDĐT",
            "Phòng Công nghệ thông tin",
        ),
        (
            "1. Các trường báo cáo cấp quản lý trực tiếp trước ngày 05/10/2023.",
            "cấp quản lý trực tiếp",
            None,
        ),
        (
            "1. Các trường gửi báo cáo về Phòng GDĐT (qua bộ phận Tiểu học) và UBND hai xã trước ngày 05/10/2023.",
            "Phòng GDĐT và UBND hai xã",
            "bộ phận Tiểu học",
        ),
    ],
)
def test_to_whom(text: str, recipient: str, via: str | None) -> None:
    [row] = due(text)
    assert (row.recipient, row.via) == (recipient, via)


def test_the_way_is_told_once_for_all_reports() -> None:
    rows = due(
        "1. Các trường gửi báo cáo đợt 1 về Sở GDĐT (qua Phòng GDTrH) trước ngày 05/10/2023; "
        "gửi báo cáo đợt 2 trước ngày 05/11/2023."
    )
    assert [(r.recipient, r.via) for r in rows] == [("Sở GDĐT", "Phòng GDTrH")] * 2


_OFFICE = HEAD.replace("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO").replace("SGDĐT-GDTrH", "PGDĐT-GDTH")


def test_schools_of_the_lead_where_nobody_is_addressed() -> None:
    head = _OFFICE[: _OFFICE.index("Kính gửi")]
    text = "Phòng GDĐT hướng dẫn các trường tiểu học, THCS trên địa bàn huyện một số nội dung như sau:\n"
    [row] = due(text + "1. Nhà trường công khai kế hoạch trước ngày 05/10/2023.", head=head)
    assert row.levels == ("tieu_hoc", "thcs")


def test_a_table_of_groups_and_their_days() -> None:
    rows = due(
        "1. Lịch tập huấn\nĐợt Đối tượng Địa điểm Thời gian\n"
        "1 Các trường tiểu học Trường TH Hoa Sữa 12/10/2023\n"
        "2 Các trường THCS Trường THCS Gò Me 13/10/2023\n"
    )
    assert [r.due for r in rows] == ["2023-10-12", "2023-10-13"]


def test_a_fee_by_the_month_is_no_deadline() -> None:
    assert due("1. Các trường công khai tiền vệ sinh 15.000 đồng/tháng, hằng tháng thu theo thỏa thuận.") == []


def test_an_address_is_the_way() -> None:
    [row] = due("Các trường đăng ký qua đường dẫn https://dangky.hailam.edu.vn trước ngày 12/10/2023.")
    assert row.via == "https://dangky.hailam.edu.vn"


@pytest.mark.parametrize(
    ("text", "task"),
    [
        (
            "2. Đối với các cơ sở giáo dục tư thục\na) Thông báo mức thu trước ngày 10/10/2023.",
            "Các cơ sở giáo dục tư thục thông báo mức thu.",
        ),
        ("2. Đối với các trường THPT\na) Thông báo mức thu trước ngày 10/10/2023.", "Thông báo mức thu."),
    ],
)
def test_a_special_kind_of_school_in_the_heading_is_told_in_the_task(text: str, task: str) -> None:
    [row] = due(text)
    assert row.task == task


def test_what_is_only_done_by_a_day_begins_with_its_sentence() -> None:
    [row] = due("a) Trường mầm non: kiểm kê thiết bị theo danh mục; hoàn thành trước ngày 10/10/2023.")
    assert row.evidence.surface.startswith("a) Trường mầm non")


def test_later_duties_of_a_sentence_begin_with_their_own_units() -> None:
    rows = due("1. Trường THPT gửi dự toán trước ngày 10/10/2023, trường THCS gửi chậm nhất ngày 15/10/2023.")
    assert [r.evidence.surface[:11] for r in rows] == ["Trường THPT", "trường THCS"]
