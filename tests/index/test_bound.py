"""Which kinds of unit the duties of a passage bind: the filter of searches."""

from __future__ import annotations

import pytest

from corpus.facts import Actor, Deadline, Duty, Evidence, Header, IssuerLevel, SchoolLevel
from index.bound import asked, units

PLACE = Evidence(0, 11, "gửi báo cáo", "gửi báo cáo", 1, 1, "test")
SO = Header(issuer="Sở GDĐT Phú Lâm", issuer_level=IssuerLevel.SO, date="2023-09-10")
PHONG = Header(issuer="Phòng GDĐT huyện Sơn Hạ", issuer_level=IssuerLevel.PHONG, date="2023-09-10")


def dated(actor: str, *levels: SchoolLevel) -> Deadline:
    return Deadline(PLACE, PLACE, "Gửi báo cáo.", None, "cuối kỳ", (actor,), levels or None)


@pytest.mark.parametrize(
    ("header", "duty", "wanted"),
    [
        (SO, dated(Actor.PHONG_GDDT), {"phong_gddt"}),
        (SO, dated(Actor.CO_SO_GIAO_DUC, SchoolLevel.THCS), {"thcs"}),
        (SO, Duty(PLACE, "Rà soát sổ sách.", (Actor.CO_SO_GIAO_DUC,), (SchoolLevel.MAM_NON,)), {"mam_non"}),
        (SO, Duty(PLACE, "Theo dõi.", (Actor.SO_GDDT,)), {"so_gddt"}),
        (SO, dated(Actor.TRUNG_TAM_GDTX), {"trung_tam_gdtx"}),
        # a Phòng has no upper secondary schools below it
        (PHONG, dated(Actor.CO_SO_GIAO_DUC), {"mam_non", "tieu_hoc", "thcs"}),
    ],
)
def test_units_that_a_duty_binds(header: Header, duty: Deadline | Duty, wanted: set[str]) -> None:
    assert set(units(header, [duty])) == wanted


def test_duties_of_a_passage_add_up_and_none_binds_nobody() -> None:
    rows = [dated(Actor.PHONG_GDDT), dated(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT)]
    # upper secondary schools are units under the Sở (đơn vị trực thuộc)
    assert set(units(SO, rows)) == {"phong_gddt", "thpt", "don_vi_truc_thuoc"}
    assert units(SO, []) == ()


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        ("phong_gddt", ("phong_gddt",)),
        ("thcs", ("thcs",)),
        ("co_so_giao_duc", ("mam_non", "tieu_hoc", "thcs", "thpt")),
        ("gdtx", ("trung_tam_gdtx",)),
    ],
)
def test_a_school_goes_by_its_level(unit: str, names: tuple[str, ...]) -> None:
    assert asked(unit) == names
