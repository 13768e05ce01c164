"""Dated duties in office language: when, who, which schools, to whom, through whom; and what is no deadline."""

from __future__ import annotations

import pytest

from tests.nlp.texts import HEAD, due, facts_of

DUES = [
    ("Các trường gửi kế hoạch về Sở GDĐT trước ngày 25/9/2023.", "2023-09-25", "trước ngày 25/9/2023"),
    ("Gửi báo cáo chậm nhất là ngày 25/5/2024.", "2024-05-25", "chậm nhất là ngày 25/5/2024"),
    ("Gửi danh sách về Sở chậm nhất ngày 05 tháng 10 năm 2023.", "2023-10-05", "chậm nhất ngày 05 tháng 10 năm 2023"),
    ("Hoàn thành trước 30/9.", "2023-09-30", "trước 30/9"),
    ("Các trường nộp hồ sơ. Thời gian gửi: 15/12/2023.", "2023-12-15", "15/12/2023"),
    ("Gửi đăng ký về Sở trước 16h00 ngày 12/10/2023.", "2023-10-12", "trước 16h00 ngày 12/10/2023"),
    ("Tổ chức hội thi từ ngày 01/10 đến hết ngày 15/10/2023.", "2023-10-15", "đến hết ngày 15/10/2023"),
    ("Báo cáo kết quả về Sở trong tháng 11/2023.", "2023-11-30", "trong tháng 11/2023"),
    ("Hoàn thành việc mua sắm trong quý I năm 2024.", "2024-03-31", "quý I năm 2024"),
    ("Hạn cuối nhận báo cáo: 20/01/2024.", "2024-01-20", "20/01/2024"),
    ("Thời hạn nộp báo cáo là ngày 20/01/2024.", "2024-01-20", "20/01/2024"),
    ("Tổ chức Ngày hội đọc sách vào ngày 21 tháng 4 hằng năm.", "2024-04-21", "vào ngày 21 tháng 4 hằng năm"),
    ("Treo băng rôn hưởng ứng vào ngày 10/10/2023.", "2023-10-10", "vào ngày 10/10/2023"),
    ("Nhập dữ liệu lên hệ thống, hoàn thành trong tháng 9.", "2023-09-30", "trong tháng 9"),
    ("Nộp ảnh dự thi muộn nhất vào thứ Sáu, ngày 17/11/2023.", "2023-11-17", "muộn nhất vào thứ Sáu, ngày 17/11/2023"),
    ("Gửi về Sở GDĐT (qua Phòng GDTrH)\ntrước ngày\n20/10/2023.", "2023-10-20", "trước ngày 20/10/2023"),
    ("Gửi danh sách học sinh trước ngày 25/9/2023.", "2023-09-25", "trước ngày 25/9/2023"),
    (
        "Công bố kết quả tuyển sinh trước 17 giờ 00 phút ngày 30/6/2024.",
        "2024-06-30",
        "trước 17 giờ 00 phút ngày 30/6/2024",
    ),
    ("Gửi hồ sơ về UBND tỉnh đến hết ngày 15/10/2023.", "2023-10-15", "đến hết ngày 15/10/2023"),
    ("Báo cáo số liệu vào ngày 25/10/2023.", "2023-10-25", "vào ngày 25/10/2023"),
    ("Gửi bao cáo về Sơ GDĐT trươc ngay 20/10/2023.", "2023-10-20", "trươc ngay 20/10/2023"),
]


@pytest.mark.parametrize(("text", "day", "words"), DUES, ids=[d[0][:40] for d in DUES])
def test_a_date_with_its_wording(text: str, day: str, words: str) -> None:
    [row] = due(text)
    assert row.due == day
    assert words in row.due_text
    assert row.task and row.task.endswith(".") and row.task[0].isupper()


DESCRIBED = [
    ("Tổng kết và gửi báo cáo về Sở vào thời điểm kết thúc năm học.", "vào thời điểm kết thúc năm học"),
    ("Gửi báo cáo sơ kết về Sở sau khi kết thúc học kỳ I.", "sau khi kết thúc học kỳ I"),
    ("Báo cáo Sở trong vòng 10 ngày kể từ ngày nhận được văn bản.", "trong vòng 10 ngày kể từ ngày nhận được văn bản"),
    ("Thực hiện báo cáo thống kê kỳ đầu năm học đúng biểu mẫu.", "kỳ đầu năm học"),
    ("Báo cáo số liệu vào ngày 25 hằng tháng.", "vào ngày 25 hằng tháng"),
    ("Gửi báo cáo định kỳ trước ngày 25 của tháng cuối quý.", "trước ngày 25 của tháng cuối quý"),
    ("Cập nhật dữ liệu trước khi kết thúc học kỳ II.", "trước khi kết thúc học kỳ II"),
]


@pytest.mark.parametrize(("text", "words"), DESCRIBED, ids=[d[1] for d in DESCRIBED])
def test_a_described_time_has_no_date(text: str, words: str) -> None:
    [row] = due(text)
    assert row.due is None
    assert row.due_text == words


NONE = [
    "Thực hiện Công văn số 12/SGDĐT-VP ngày 15/11/2023 của Sở GDĐT.",
    "Số liệu tính đến ngày 30/9/2023 lấy từ hệ thống.",
    "Quyết định có hiệu lực kể từ ngày 15/10/2023.",
    "Mô hình của giai đoạn 2021-2025, định hướng đến năm 2030.",
    "Liên hệ số điện thoại 024.3869.5144 để được hướng dẫn.",
    "Sở đã gửi dự thảo cho các đơn vị ngày 12/8/2023.",
    "Bộ GDĐT đang xây dựng phần mềm, dự kiến hoàn thành trong tháng 12/2023.",
    "Trang bị máy tính đạt tỷ lệ 24 học sinh/1 máy tính, phấn đấu 1/3 số trường.",
    "Tiếp nhận trẻ sinh từ ngày 01/01/2018 vào lớp 1.",
    "Từ ngày 01/4/2024, 100% văn bản đi phải ký số.",
    "Đổi mật khẩu ít nhất hai lần trong năm học.",
    "Báo cáo nêu rõ những việc làm tốt trong năm học và kiến nghị.",
    "Thống kê số liệu đủ 02 kỳ trong năm học.",
    "Tổ chuyên môn đánh giá học liệu trước khi đưa vào sử dụng.",
]


@pytest.mark.parametrize("text", NONE, ids=[t[:40] for t in NONE])
def test_what_is_no_deadline(text: str) -> None:
    assert due(text) == []


ACTORS = [
    ((
        "Các trường mầm non, tiểu học, THCS gửi báo cáo trước ngày 05/10/2023."
    ), ["co_so_giao_duc"], ["mam_non", "tieu_hoc", "thcs"]),
    ("Phòng GDĐT các huyện, thành phố gửi báo cáo trước ngày 05/10/2023.", ["phong_gddt"], None),
    ((
        "Các trường THPT và TT GDTX gửi báo cáo trước ngày 05/10/2023."
    ), ["co_so_giao_duc", "trung_tam_gdtx"], ["thpt", "gdtx"]),
    ("Đề nghị các phòng GDĐT tổng hợp, gửi Sở trước ngày 05/10/2023.", ["phong_gddt"], None),
    ("Yêu cầu Hiệu trưởng các trường THPT nộp hồ sơ trước ngày 05/10/2023.", ["co_so_giao_duc"], ["thpt"]),
    ("Phòng GDTrH tổng hợp, tham mưu trước ngày 05/10/2023.", ["phong_chuyen_mon_so:Phòng GDTrH"], None),
    ("Phòng GDMN- GDTH tổng hợp, tham mưu trước ngày 05/10/2023.", ["phong_chuyen_mon_so:Phòng GDMN-GDTH"], None),
    ((
        "Thanh tra Sở phối hợp với Phòng KHTC kiểm tra trước ngày 05/10/2023."
    ), ["phong_chuyen_mon_so:Thanh tra Sở", "phong_chuyen_mon_so:Phòng KHTC"], None),
    ("UBND các xã, phường gửi danh sách về Sở trước ngày 05/10/2023.", ["ubnd_xa"], None),
    ("Đối với các trường tiểu học: gửi báo cáo trước ngày 05/10/2023.", ["co_so_giao_duc"], ["tieu_hoc"]),
    ((
        "Gửi báo cáo trước ngày 05/10/2023 đối với các trường MN, TH và THCS."
    ), ["co_so_giao_duc"], ["mam_non", "tieu_hoc", "thcs"]),
    ("Gửi báo cáo về Sở GDĐT trước ngày 05/10/2023.", ["phong_gddt", "don_vi_truc_thuoc", "trung_tam_gdtx"], None),
    ((
        "Thủ trưởng các đơn vị gửi báo cáo về Sở GDĐT trước ngày 05/10/2023."
    ), ["phong_gddt", "don_vi_truc_thuoc", "trung_tam_gdtx"], None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "actor", "levels"), ACTORS, ids=[a[0][:44] for a in ACTORS])
def test_who_it_binds(text: str, actor: list[str], levels: list[str] | None) -> None:
    [row] = due(text)
    assert list(row.actor) == actor
    assert (None if row.levels is None else list(row.levels)) == levels


RECIPIENTS = [
    ("Gửi báo cáo về Sở GDĐT (qua Phòng GDTrH) trước ngày 05/10/2023.", "Sở GDĐT", "Phòng GDTrH"),
    ("Gửi báo cáo về Sở Giáo dục và Đào tạo trước ngày 05/10/2023.", "Sở GDĐT", None),
    ("Gửi về Bộ GDĐT (qua Cục CNTT để tổng hợp) trước ngày 05/10/2023.", "Bộ GDĐT", "Cục CNTT"),
    ("Nộp về Phòng GD&ĐT trước ngày 05/10/2023.", "Phòng GDĐT", None),
    ("Báo cáo UBND tỉnh trước ngày 05/10/2023.", "UBND tỉnh", None),
    ("Lập kế hoạch, trình Sở phê duyệt trước ngày 05/10/2023.", "Sở GDĐT", None),
    ("Trước ngày 05/10/2023, gửi báo cáo về Sở GDĐT.", "Sở GDĐT", None),
    ((
        "Gửi số liệu kết quả khảo sát về Sở GDĐT qua địa chỉ email khaothi@hailam.edu.vn "
        "trước ngày 05/10/2023."
    ), "Sở GDĐT", "khaothi@hailam.edu.vn"),
    ("Đề nghị các phòng GDĐT hoàn thành việc rà soát trước ngày 05/10/2023.", None, None),
    ("Hoàn thành chương trình của Sở và bảo đảm số lượng trước ngày 05/10/2023.", None, None),
    ("Hoàn thành việc cập nhật cơ sở dữ liệu trước ngày 05/10/2023.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "recipient", "via"), RECIPIENTS, ids=[r[0][:44] for r in RECIPIENTS])
def test_recipient_and_way(text: str, recipient: str | None, via: str | None) -> None:
    [row] = due(text)
    assert (row.recipient, row.via) == (recipient, via)


def test_one_row_for_each_group_and_date() -> None:
    rows = due(
        "Các trường tổ chức sơ kết học kỳ I, gửi về Sở GDĐT trước ngày 10/10/2023 đối với trường THPT và TT GDTX; "
        "gửi về Phòng GDĐT trước ngày 05/10/2023 đối với các trường Mầm non, TH và THCS."
    )
    assert [(r.due, r.recipient, list(r.levels or ())) for r in rows] == [
        ("2023-10-10", "Sở GDĐT", ["thpt", "gdtx"]),
        ("2023-10-05", "Phòng GDĐT", ["mam_non", "tieu_hoc", "thcs"]),
    ]


def test_groups_by_level_before_their_dates() -> None:
    rows = due("Gửi báo cáo về Sở: đối với cấp THCS trước ngày 05/10/2023; đối với cấp THPT trước ngày 10/10/2023.")
    assert [(r.due, list(r.levels or ())) for r in rows] == [("2023-10-05", ["thcs"]), ("2023-10-10", ["thpt"])]


def test_groups_in_a_row_keep_their_own_levels() -> None:
    rows = due("Đối với các trường THPT: nộp hồ sơ trước ngày 22/3/2024; các trung tâm GDTX: trước ngày 24/3/2024.")
    assert [(list(r.actor), list(r.levels or ())) for r in rows] == [
        (["co_so_giao_duc"], ["thpt"]),
        (["trung_tam_gdtx"], ["gdtx"]),
    ]


def test_two_dates_of_one_duty_are_two_rows() -> None:
    rows = due("Phòng GDĐT gửi báo cáo về Sở GDĐT trước ngày 31/12/2023 và trước ngày 30/6/2024.")
    assert [r.due for r in rows] == ["2023-12-31", "2024-06-30"]
    assert {r.actor for r in rows} == {("phong_gddt",)}


def test_the_actor_stands_far_above() -> None:
    text = (
        "III. TỔ CHỨC THỰC HIỆN\n\n7. Phòng GDĐT các huyện\n\na) Chỉ đạo các trường thực hiện.\n\n"
        "b) Tổng hợp, gửi báo cáo về Sở GDĐT trước ngày 20/12/2023.\n\n8. Các trường THPT\n\n"
        "a) Gửi báo cáo trước ngày 15/12/2023.\n"
    )
    rows = facts_of(text).deadlines
    assert [(r.due, list(r.actor), list(r.levels or ())) for r in rows] == [
        ("2023-12-20", ["phong_gddt"], []),
        ("2023-12-15", ["co_so_giao_duc"], ["thpt"]),
    ]
    assert rows[0].heading == ("III. TỔ CHỨC THỰC HIỆN", "7. Phòng GDĐT các huyện")


def test_a_lead_names_the_actor() -> None:
    head = HEAD.replace("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "").replace("UBND TỈNH HẢI LÂM", "BỘ GIÁO DỤC VÀ ĐÀO TẠO")
    head = head.replace("1234/SGDĐT-GDTrH", "1234/BGDĐT-GDTrH")
    text = "Trên cơ sở hướng dẫn này, Giám đốc sở GDĐT chỉ đạo:\n\n1. Gửi kế hoạch về Bộ GDĐT trước ngày 30/9/2023.\n"
    [row] = facts_of(text, head=head).deadlines
    assert row.actor == ("so_gddt",)


def test_a_table_of_tasks() -> None:
    text = (
        "IV. PHÂN CÔNG\nTT Nhiệm vụ Đơn vị thực hiện Thời hạn\n"
        "1 Giao chỉ tiêu cho các trường Phòng KHTC Trước ngày\nTHPT 15/3/2024\n"
        "2 Tập huấn phần mềm tuyển sinh Phòng QLCL Trong tháng\n4/2024\n"
        "3 Báo cáo kết quả tuyển sinh về Sở Phòng GDĐT 15/7/2024\nV. KẾT LUẬN\nCác đơn vị thực hiện.\n"
    )
    rows = facts_of(text).deadlines
    assert [(r.due, r.actor[0]) for r in rows] == [
        ("2024-03-15", "phong_chuyen_mon_so:Phòng KHTC"),
        ("2024-04-30", "phong_chuyen_mon_so:Phòng QLCL"),
        ("2024-07-15", "phong_gddt"),
    ]


def test_a_part_of_a_plan_without_letterhead() -> None:
    [row] = facts_of(
        "I. NHIỆM VỤ\n\n1. Các trường THCS gửi báo cáo trước ngày 25/9/2023.\n", head="", tail=""
    ).deadlines
    assert (row.due, row.actor) == ("2023-09-25", ("co_so_giao_duc",))


def test_evidence_is_the_text() -> None:
    facts = facts_of("1. Gửi kế hoạch về Sở\nGDĐT trước ngày 25/9/2023.\n\n2. Các trường tổ chức dạy học trực tuyến.")
    for row in facts.deadlines:
        assert "25/9/2023" in row.due_evidence.surface
        assert row.evidence.start <= row.due_evidence.start < row.due_evidence.end <= row.evidence.end
    assert [d.task for d in facts.duties] == ["Tổ chức dạy học trực tuyến."]


def test_undated_duties_have_targets_and_actors() -> None:
    facts = facts_of(
        "1. Bảo đảm 100% các trường tiểu học có phòng Tin học.\n\n2. Hiệu trưởng phân "
        "công người phụ trách CNTT của trường."
    )
    assert next((d.target, list(d.actor)) for d in facts.duties) == (
        "100%",
        ["phong_gddt", "co_so_giao_duc", "trung_tam_gdtx"],
    )
    assert facts.duties[1].actor == ("co_so_giao_duc",)


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Các trường gửi danh sách tiêm chủng cho trạm y tế xã trước ngày 05/10/2023.", "trạm y tế xã"),
        ("Nhà trường thông báo các khoản thu đến cha mẹ học sinh trước ngày 15/9/2023.", "cha mẹ học sinh"),
        ("Giáo viên nộp hồ sơ về tổ chuyên môn trước ngày 10/10/2023.", "tổ chuyên môn"),
        ("Giáo viên chủ nhiệm gửi danh sách cho phó hiệu trưởng trước ngày 12/10/2023.", "phó hiệu trưởng"),
        (
            "Nhà trường gửi dự toán cho Ban đại diện cha mẹ học sinh trước ngày 30/9/2023.",
            "Ban đại diện cha mẹ học sinh",
        ),
        ("Các trường nộp về Bảo hiểm xã hội huyện trước ngày 30/10/2023.", "Bảo hiểm xã hội huyện"),
        ("Các trường gửi danh sách về Huyện đoàn trước ngày 30/10/2023.", "Huyện đoàn"),
        ("Báo cáo cả năm (trước ngày 15/12) về Sở GDĐT.", "Sở GDĐT"),
    ],
)
def test_recipients_outside_the_education_offices(text: str, recipient: str) -> None:
    (row,) = due(text)
    assert row.recipient == recipient


@pytest.mark.parametrize(
    ("text", "due_text"),
    [
        ("Các trường báo cáo số liệu về Phòng GDĐT sau mỗi quý.", "sau mỗi quý"),
        ("Hằng tháng, các trường gửi báo cáo trước ngày 25 hằng tháng.", "trước ngày 25 hằng tháng"),
        ("Các đơn vị báo cáo vào ngày 15 của tháng cuối quý.", "vào ngày 15 của tháng cuối quý"),
        (
            "Báo cáo chậm nhất 05 ngày làm việc kể từ ngày kết thúc đợt kiểm tra.",
            "chậm nhất 05 ngày làm việc kể từ ngày kết thúc đợt kiểm tra",
        ),
        ("Chậm nhất ngày 05 của tháng đầu quý sau, các trường báo cáo.", "Chậm nhất ngày 05 của tháng đầu quý sau"),
        (
            "Gửi báo cáo sơ kết sau 03 ngày kể từ ngày kết thúc học kỳ I.",
            "sau 03 ngày kể từ ngày kết thúc học kỳ I",
        ),
        ("Hoàn thành trước ngày khai giảng năm học mới.", "trước ngày khai giảng năm học mới"),
        ("Hoàn thành trong tuần đầu tháng 9/2023.", "trong tuần đầu tháng 9/2023"),
        ("Sau mỗi học kỳ, các trường tổng hợp, báo cáo Sở GDĐT.", "Sau mỗi học kỳ"),
    ],
)
def test_recurring_and_described_times_have_no_date(text: str, due_text: str) -> None:
    (row,) = due(text)
    assert (row.due, row.due_text) == (None, due_text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Các trường hoàn thành chậm nhất cuối tháng 10/2023.", "2023-10-31"),
        ("Từ ngày 01 đến ngày 15 tháng 10 năm 2023, các trường tổ chức hội thảo.", "2023-10-15"),
        ("Các trường đăng ký trong các ngày 05, 06/10/2023.", "2023-10-06"),
    ],
)
def test_ends_of_months_and_lists_of_days(text: str, date: str) -> None:
    assert [row.due for row in due(text)] == [date]


def test_a_recurring_and_a_dated_report_are_two() -> None:
    rows = due("Các trường báo cáo quý trước ngày 20 tháng cuối quý, báo cáo năm trước ngày 15/12.")
    assert [(r.due, r.task) for r in rows] == [(None, "Báo cáo quý."), ("2023-12-15", "Báo cáo năm.")]


def test_teachers_are_not_what_is_assigned() -> None:
    (row,) = due("Trước ngày 25 hằng tháng, giáo viên chủ nhiệm nộp sổ theo dõi cho phó hiệu trưởng.")
    assert row.actor == ("co_so_giao_duc",)
