"""Schools and offices that a duty names: it is theirs alone."""

from __future__ import annotations

import pytest

from corpus.facts import Actor, SchoolLevel
from corpus.named import meant_only, named
from corpus.units import UnitQuery, binds

NAMED = [
    ("Trường THCS thị trấn Phồn Hưng chuẩn bị hội trường.", "Trường THCS thị trấn Phồn Hưng"),
    ("- Trường TH Thị trấn số 1 chuẩn bị 08 phòng.", "Trường TH Thị trấn số 1"),
    ("Hiệu trưởng Trường THPT Ia Pa báo cáo Sở.", "Trường THPT Ia Pa"),
    (
        "Các trường THPT Nguyễn Du, Lê Lợi và Trần Phú chuẩn bị phòng thi.",
        "trường THPT Nguyễn Du; trường THPT Lê Lợi; trường THPT Trần Phú",
    ),
    (
        "Trường TH Lộc An A (cụm 1), trường TH Bàu Ké nhận thiết bị.",
        "Trường TH Lộc An A; trường TH Bàu Ké",
    ),
    ("Trường Phổ thông liên cấp Hoa Sen gửi báo cáo.", "Trường Phổ thông liên cấp Hoa Sen"),
    ("Trường TH, THCS và THPT Lê Thánh Tông nộp hồ sơ.", "Trường TH, THCS và THPT Lê Thánh Tông"),
    ("Trường PTDTBT TH Pa Vệ Sủ 1 nhận gạo.", "Trường PTDTBT TH Pa Vệ Sủ 1"),
    ("Trung tâm GDNN-GDTX huyện Krông Bông mở lớp.", "Trung tâm GDNN-GDTX huyện Krông Bông"),
    ("Các trường đặt lớp (TH Đông Phú, THCS Lê Văn Hưu) báo cáo.", "TH Đông Phú; THCS Lê Văn Hưu"),
    ("Các trường vùng cao chưa có mạng (Pá Khoang, Mường Lạn) nhập liệu tại Phòng.", "Pá Khoang; Mường Lạn"),
    ("Các trường được chọn thí điểm (gồm: Hoa Sen, Bình Minh, Lê Lợi) gửi kế hoạch.", "Hoa Sen; Bình Minh; Lê Lợi"),
    ("Sở GDĐT Hà Nội, Thành phố Hồ Chí Minh ghi hình.", "Sở Hà Nội; Sở Thành phố Hồ Chí Minh"),
    ("Phòng GDĐT huyện Đức Cơ gửi hồ sơ trước.", "Phòng huyện Đức Cơ"),
]


@pytest.mark.parametrize(("task", "names"), NAMED, ids=[task[:40] for task, _ in NAMED])
def test_names_at_the_beginning_of_a_duty(task: str, names: str) -> None:
    assert named(task) == names


@pytest.mark.parametrize(
    "task",
    [
        "Các trường THCS, TH&THCS đến Phòng GDĐT duyệt số liệu.",
        "Các trường THPT Báo cáo kết quả.",
        "Các trường THPT Hòa Bình gửi danh sách.",
        "Các trường Tiểu học, Trung học cơ sở rà soát.",
        "Trường THPT Nguyễn Du và các trường THPT còn lại gửi báo cáo.",
        "Trường THCS Kim Đồng, Phòng GDĐT kiểm tra.",
        "Sở Giáo dục và Đào tạo chủ trì.",
        "Phòng GDĐT các huyện, thành phố gửi.",
        "Các trường tư thục (TH, THCS) nộp.",
        "Cử giáo viên dự tập huấn tại Trường THPT Nguyễn Du.",
        "Các trường thuộc cụm (Vĩnh Long, Long Hồ, Mang Thít) thi trước.",
        "Các trường trên địa bàn khó khăn (Pá Khoang, Mường Lạn) gửi danh sách.",
        "Các trường có học sinh bán trú (Tiểu học, Mầm non) báo cáo.",
        "Trường học đặt điểm bỏ phiếu bàn giao phòng.",
        "Các trường THPT Sáng thứ Hai nộp.",
    ],
)
def test_kinds_of_unit_are_no_names(task: str) -> None:
    assert named(task) is None


def test_a_duty_of_named_units_is_on_no_other_list() -> None:
    def bound(unit: UnitQuery, task: str, *actors: str) -> bool:
        only = meant_only(task, "")
        return binds(
            unit, issuer="Bộ Giáo dục và Đào tạo", issuer_level="bo", date="2024-03-01", actor=actors, levels=None,
            only=only,
        ).binds  # fmt: skip

    own = UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.TIEU_HOC, name="Trường Tiểu học Bàu Ké")
    other = UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.TIEU_HOC)
    task = "Trường TH Lộc An A, trường TH Bàu Ké chuẩn bị sân tập."
    assert bound(own, task, "co_so_giao_duc") and not bound(other, task, "co_so_giao_duc")
    assert bound(UnitQuery(Actor.PHONG_GDDT), task, "phong_gddt", "co_so_giao_duc")
    task = "Sở GDĐT Hà Nội, Đà Nẵng ghi hình bài giảng."
    assert bound(UnitQuery(Actor.SO_GDDT, province="Đà Nẵng"), task, "so_gddt")
    assert not bound(UnitQuery(Actor.SO_GDDT, province="Lai Châu"), task, "so_gddt")
    assert bound(UnitQuery(Actor.SO_GDDT), task, "so_gddt")
    task = "Phòng GDĐT huyện Đức Cơ gửi hồ sơ."
    assert not bound(UnitQuery(Actor.PHONG_GDDT, district="Chư Sê"), task, "phong_gddt")


@pytest.mark.parametrize(
    ("words", "centre"),
    [
        ("Các trường trồng cây bổ sung, dọn vệ sinh.", False),
        ("Riêng các trường có khiếu nại báo cáo ngay trong ngày.", False),
        ("Nhà trường tổ chức lễ tổng kết.", False),
        ("Trường thiếu phòng học có lộ trình bổ sung.", False),
        ("Các cơ sở giáo dục nhập số liệu.", True),
        ("Các trường, trung tâm rà soát hồ sơ.", True),
        ("Các trường học công khai thực đơn.", False),
        ("Các trường học và trung tâm công khai thực đơn.", True),
        ("Treo băng rôn, khẩu hiệu hưởng ứng.", True),
    ],
)
def test_schools_are_no_centres(words: str, centre: bool) -> None:
    asked = {"issuer": "Bộ Giáo dục và Đào tạo", "issuer_level": "bo", "date": "2024-03-01"}
    only = meant_only(words, words)
    found = binds(UnitQuery(Actor.TRUNG_TAM_GDTX), **asked, actor=["co_so_giao_duc"], levels=None, only=only)
    assert found.binds is centre
    both = ["co_so_giao_duc", "trung_tam_gdtx"]
    assert binds(UnitQuery(Actor.TRUNG_TAM_GDTX), **asked, actor=both, levels=None, only=only).binds
    assert binds(UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT), **asked, actor=both, levels=None, only=only).binds


def test_names_beside_others_are_no_special_kind() -> None:
    assert meant_only("Trường THPT chuyên Thoại Hưng và các trường THPT gửi danh sách.", "") is None


@pytest.mark.parametrize(
    ("words", "only"),
    [
        ("các phòng GD&ĐT, Trường Phổ thông liên cấp Hoa Sen gửi Sở.", "Trường Phổ thông liên cấp Hoa Sen"),
        ("UBND cấp xã và Trường Mẫu giáo thực hành gửi báo cáo.", "thuc_hanh"),
        ("Phòng GDĐT và Trường THCS Kim Đồng, các trường TH gửi.", None),
        ("Phòng GDĐT, trường THPT gửi báo cáo.", None),
    ],
)
def test_schools_beside_an_office(words: str, only: str | None) -> None:
    assert meant_only("Gửi báo cáo.", words) == only


@pytest.mark.parametrize(
    ("task", "only"),
    [
        ("Tập huấn phần mềm cho kế toán các trường.", "truong"),
        ("PC06 tập huấn sử dụng VNeID cho đầu mối các trường vào ngày 06/3.", "truong"),
        ("Bồi dưỡng nghiệp vụ cho nhân viên các trường, trung tâm.", None),
        ("Phòng GDPT tập huấn cho công chức cấp xã và hiệu trưởng vào ngày 16/9.", "truong"),
        ("Tập huấn cho hiệu trưởng, giám đốc trung tâm.", None),
        ("Tập huấn cho hiệu trưởng các trường THCS.", None),
        ("Tập huấn cho kế toán các trường THPT.", None),
    ],
)
def test_trained_people_of_schools_are_no_people_of_centres(task: str, only: str | None) -> None:
    assert meant_only(task, task) == only
