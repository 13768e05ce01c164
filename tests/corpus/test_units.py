"""Whom a duty binds: issuer above the unit, actor of its kind, the map of the day."""

import pytest

from corpus.facts import Actor, SchoolLevel
from corpus.units import UnitQuery, binds, in_province, provinces

BO = {"issuer": "Bộ Giáo dục và Đào tạo", "issuer_level": "bo", "date": "2022-08-31"}
SO = {"issuer": "Sở Giáo dục và Đào tạo tỉnh Bình Dương", "issuer_level": "so", "date": "2023-09-01"}
PHONG = {"issuer": "Phòng Giáo dục và Đào tạo huyện Bàu Bàng", "issuer_level": "phong", "date": "2023-09-05"}
SCHOOL = UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THCS, "tỉnh Bình Dương", "huyện Bàu Bàng")


@pytest.mark.parametrize(
    ("unit", "issued", "actor", "levels", "expected"),
    [
        (SCHOOL, BO, ["so_gddt"], None, False),
        (SCHOOL, BO, ["co_so_giao_duc"], None, True),
        (SCHOOL, SO, ["co_so_giao_duc"], ["thpt"], False),
        (SCHOOL, SO, ["co_so_giao_duc"], ["thcs", "tieu_hoc"], True),
        (SCHOOL, SO, ["don_vi_truc_thuoc"], None, False),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT, "Bình Dương"), SO, ["don_vi_truc_thuoc"], None, True),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT, "Bình Phước"), SO, ["co_so_giao_duc"], None, False),
        (SCHOOL, PHONG, ["co_so_giao_duc"], None, True),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, district="huyện Dầu Tiếng"), PHONG, ["co_so_giao_duc"], None, False),
        (UnitQuery(Actor.PHONG_GDDT, province="Bình Dương"), SO, ["phong_gddt", "co_so_giao_duc"], None, True),
        (UnitQuery(Actor.SO_GDDT), BO, ["so_gddt"], None, True),
        (UnitQuery(Actor.TRUNG_TAM_GDTX, province="Bình Dương"), SO, ["don_vi_truc_thuoc"], None, True),
    ],
)
def test_binding(
    unit: UnitQuery, issued: dict[str, str], actor: list[str], levels: list[str] | None, expected: bool
) -> None:
    answer = binds(unit, **issued, actor=actor, levels=levels)
    assert answer.binds is expected and answer.reason


def test_what_the_directive_leaves_open_is_uncertain() -> None:
    assert not binds(SCHOOL, **SO, actor=[], levels=None).certain
    assert not binds(UnitQuery(Actor.CO_SO_GIAO_DUC), **SO, actor=["don_vi_truc_thuoc"], levels=None).certain


def test_without_a_place_the_duties_of_every_place_count() -> None:
    anywhere = UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THCS)
    for issued in (SO, PHONG):
        answer = binds(anywhere, **issued, actor=["co_so_giao_duc"], levels=None)
        assert answer.binds and answer.certain


def test_a_schools_own_plan_binds_that_school_only() -> None:
    plan = {"issuer": "Trường THCS Nguyễn Du", "issuer_level": "truong", "date": "2023-09-20"}
    assert not binds(SCHOOL, **plan, actor=["co_so_giao_duc"], levels=None).binds
    own = UnitQuery(Actor.CO_SO_GIAO_DUC, name="Trường THCS Nguyễn Du")
    assert binds(own, **plan, actor=["co_so_giao_duc"], levels=None).binds


def test_provinces_follow_the_merger_of_2025() -> None:
    merged = "Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh"
    assert in_province(merged, "Bình Dương", "2025-09-01")
    assert not in_province(merged, "Bình Dương", "2024-09-01")
    assert in_province("Sở Giáo dục và Đào tạo Bà Rịa - Vũng Tàu", "tỉnh Bà Rịa-Vũng Tàu", "2023-01-01")
    assert not in_province("Sở GDĐT Hà Nam", "Hà Nội", None)


def test_the_map_has_63_old_and_34_new_provinces() -> None:
    assert (len(provinces().successor), len(set(provinces().successor.values()))) == (63, 34)
