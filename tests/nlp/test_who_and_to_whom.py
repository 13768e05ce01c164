"""Who acts and who receives, as offices put it: bodies, short names, departments, offices outside education."""

from __future__ import annotations

import pytest

from tests.nlp.texts import HEAD, due

PHONG = HEAD.replace("UBND TỈNH HẢI LÂM", "UBND HUYỆN AN TRẠCH").replace(
    "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"
).replace("1234/SGDĐT-GDTrH", "321/PGDĐT-CM").replace(
    "- Phòng GDĐT các huyện, thành phố;\n- Các trường THPT, trung tâm GDTX.",
    "- Hiệu trưởng các trường mầm non, tiểu học, THCS.",
)  # fmt: skip

ACTORS = [
    (HEAD, "Hội đồng thi của Sở tổ chức coi thi vào ngày 12/3/2024.", ["so_gddt"]),
    (HEAD, "Hội đồng xét tuyển công bố kết quả trước ngày 12/3/2024.", ["so_gddt"]),
    (HEAD, "Ban Tổ chức hội thi công bố danh sách đội vào vòng hai trước ngày 20/11/2023.", ["so_gddt"]),
    (HEAD, "Đoàn kiểm tra của Phòng GDĐT làm việc với các trường từ ngày 02/10 đến ngày 13/10/2023.", ["phong_gddt"]),
    (HEAD, "Phòng KT&KĐCLGD in sao đề trước ngày 01/3/2024.", ["phong_chuyen_mon_so:Phòng KT&KĐCLGD"]),
    (
        HEAD,
        "Phòng Khảo thí và Kiểm định chất lượng giáo dục in sao đề trước ngày 01/3/2024.",
        ["phong_chuyen_mon_so:Phòng Khảo thí và Kiểm định chất lượng giáo dục"],
    ),
    (HEAD, "PGDĐT các huyện tổng hợp danh sách trước ngày 01/3/2024.", ["phong_gddt"]),
    (PHONG, "PGDĐT tổng hợp, báo cáo Sở GDĐT trước ngày 15/01/2024.", ["phong_gddt"]),
    (PHONG, "Tổ công tác của PGDĐT kiểm tra bếp ăn từ ngày 09/10/2023 đến ngày 20/10/2023.", ["phong_gddt"]),
    (PHONG, "Ban Giám khảo chấm bài dự thi trước ngày 20/10/2023.", ["phong_gddt"]),
    (HEAD, "Sở Tài chính thẩm định dự toán trước ngày 15/12/2023.", []),
    (HEAD, "Đề nghị Hội Khuyến học tỉnh trao học bổng trước ngày 15/12/2023.", []),
    (HEAD, "Đề nghị UBND các huyện, thành phố chỉ đạo Phòng GDĐT rà soát trước ngày 15/12/2023.", ["phong_gddt"]),
    (HEAD, "Nhân viên thư viện lập danh mục sách thanh lý trước ngày 15/12/2023.", ["co_so_giao_duc"]),
    (HEAD, "Trường lập tờ trình đề nghị UBND huyện sửa chữa trước ngày 15/12/2023.", ["co_so_giao_duc"]),
    (HEAD, "Kỳ thi tổ chức vào ngày 12/12/2023.", ["so_gddt"]),
    (HEAD, "Vụ Giáo dục Trung học tổ chức hội thảo vào ngày 14/3/2024.", ["bo_gddt"]),
    (
        HEAD,
        "Các trường THPT nộp hồ sơ tại Sở theo lịch: khu vực phía Bắc trước ngày 01/3/2024; "
        "các đơn vị còn lại trước ngày 05/3/2024.",
        ["co_so_giao_duc"],
    ),
]


@pytest.mark.parametrize(("head", "text", "actor"), ACTORS, ids=[f"{a[1][:32]}" for a in ACTORS])
def test_who_acts(head: str, text: str, actor: list[str]) -> None:
    rows = due(text, head=head)
    assert rows
    assert [list(row.actor) for row in rows] == [actor] * len(rows)


CENTRE = """SỞ GIÁO DỤC VÀ ĐÀO TẠO
TRUNG TÂM GDNN-GDTX AN TRẠCH
Số: 45/KH-TTGDNN-GDTX
An Trạch, ngày 08 tháng 9 năm 2023
KẾ HOẠCH
Kiểm tra nội bộ năm học 2023-2024

Trung tâm xây dựng kế hoạch như sau:
"""


@pytest.mark.parametrize(
    "text",
    [
        "1. Kiểm tra hồ sơ giáo viên dạy lớp 12 trước ngày 15/11/2023.",
        "1. Giáo viên chủ nhiệm nộp sổ gọi tên và ghi điểm cho Tổ Giáo vụ trước ngày 20/12/2023.",
        "1. Tư vấn tuyển sinh tại các trường THCS trên địa bàn từ ngày 04/3/2024 đến ngày 15/3/2024.",
    ],
)
def test_a_centre_acts_for_itself(text: str) -> None:
    rows = due(text, head=CENTRE)
    assert [(list(row.actor), row.levels) for row in rows] == [(["trung_tam_gdtx"], ("gdtx",))]


def test_an_office_in_a_heading_leaves_no_actor() -> None:
    [row] = due("2. Sở Tài chính\nThông báo dự toán cho các địa phương chậm nhất ngày 15/12/2023.")
    assert row.actor == ()


RECIPIENTS = [
    ("Các trường nộp báo cáo về PGDĐT trước ngày 05/01/2024.", "Phòng GDĐT"),
    ("Phòng TCCB tổng hợp, báo cáo lãnh đạo Sở trước ngày 05/01/2024.", "lãnh đạo Sở"),
    ("Các trường THPT nộp hồ sơ trực tiếp tại Sở GDĐT trước ngày 05/01/2024.", "Sở GDĐT"),
    ("Dự toán kinh phí gửi Phòng Kế hoạch - Tài chính trước ngày 05/01/2024.", "Phòng Kế hoạch - Tài chính"),
    ("Gửi danh sách giám khảo về Phòng KT&KĐCLGD trước ngày 05/01/2024.", "Phòng KT&KĐCLGD"),
    ("Giáo viên nộp hồ sơ về đơn vị đang công tác trước ngày 05/01/2024.", "đơn vị đang công tác"),
    ("Nhóm trẻ nộp 01 bản về trường mầm non công lập trước ngày 05/01/2024.", "trường mầm non công lập"),
    ("Giáo viên có dạy thêm cam kết với hiệu trưởng trước ngày 05/10/2023.", "hiệu trưởng"),
    ("Các đơn vị chuyển kinh phí vào tài khoản của Sở GDĐT trước ngày 05/01/2024.", "Sở GDĐT"),
    ("Báo cho trạm y tế xã và PGDĐT trong vòng 30 phút.", "trạm y tế xã và Phòng GDĐT"),
    ("Tổ trưởng nộp kế hoạch về Ban KTNB trước ngày 05/10/2023.", "Ban KTNB"),
    ("Các trường gửi bản mềm qua hộp thư điện tử trước ngày 05/01/2024.", None),
]


@pytest.mark.parametrize(("text", "recipient"), RECIPIENTS, ids=[r[0][:40] for r in RECIPIENTS])
def test_who_receives(text: str, recipient: str | None) -> None:
    [row] = due(text)
    assert row.recipient == recipient


LEVELS = [
    ("Phòng GDĐT và các trường THPT gửi báo cáo trước ngày 05/01/2024.", [["thpt"]]),
    ("Các trường mầm non, tiểu học gửi báo cáo trước ngày 05/01/2024.", [["mam_non", "tieu_hoc"]]),
    ("Mỗi phòng GDĐT chọn 05 trường tiểu học, 03 trường THCS thí điểm trước ngày 05/01/2024.", [["tieu_hoc", "thcs"]]),
    ("Gửi danh sách qua hộp thư gdtx.so@hailam.edu.vn trước ngày 05/01/2024.", [None]),
    ("Lập kế hoạch theo Công văn số 1437/SGDĐT-GDTX trước ngày 05/01/2024.", [None]),
    (
        "Công bố kết quả lớp 12 trước ngày 05/01/2024; nhận đơn phúc khảo trước ngày 15/01/2024.",
        [["thpt", "gdtx"], None],
    ),
    (
        "Các trường mầm non gửi báo cáo về Phòng GDĐT trước ngày 05/10/2023; cấp tiểu học trước ngày 07/10/2023.",
        [["mam_non"], ["tieu_hoc"]],
    ),
    (
        "Hiệu trưởng trường tiểu học, THCS lập danh sách gửi Phòng GDĐT trước ngày 21/3/2024. Phòng GDĐT thẩm định, "
        "gửi Sở GDĐT trước ngày 04/4/2024.",
        [["tieu_hoc", "thcs"], None],
    ),
    ("Các trường nộp hồ sơ dự thi chọn đội tuyển quốc gia trước ngày 26/10/2023.", [["thpt"]]),
    ("Danh sách gửi trước ngày 26/10/2023 (chỉ áp dụng đối với trường THPT).", [["thpt"]]),
]


@pytest.mark.parametrize(("text", "levels"), LEVELS, ids=[row[0][:40] for row in LEVELS])
def test_which_schools(text: str, levels: list[list[str] | None]) -> None:
    assert [row.levels and list(row.levels) for row in due(text)] == levels


VIAS = [
    ("Gửi về Sở GDĐT (qua cô Lê Thị Hoa, văn thư) trước ngày 05/01/2024.", "cô Lê Thị Hoa, văn thư"),
    ("Gửi về Sở GDĐT qua Phòng Giáo dục Trung học (GDTrH) trước ngày 05/01/2024.", "Phòng Giáo dục Trung học"),
    ("Gửi về Bộ GDĐT (qua Vụ Công tác học sinh, sinh viên) trước ngày 05/01/2024.", "Vụ Công tác học sinh, sinh viên"),
    ("Báo cáo nhanh về Sở GDĐT bằng điện thoại trong vòng 12 giờ.", None),
    ("Báo cáo Phòng GDĐT (điện thoại 0220.3778.215) trong vòng 30 phút.", None),
    ("Nộp về Sở GDĐT qua hộp thư điện tử gdth@hailam.edu.vn trước ngày 05/01/2024.", "gdth@hailam.edu.vn"),
]


@pytest.mark.parametrize(("text", "via"), VIAS, ids=[v[0][:40] for v in VIAS])
def test_the_way(text: str, via: str | None) -> None:
    [row] = due(text)
    assert row.via == via
