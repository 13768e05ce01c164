"""Whom a duty binds: issuer above the unit, actor of its kind, the map of the day."""

import tomllib
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from corpus.facts import Actor, SchoolLevel
from corpus.units import UnitQuery, addressed, binds, directive_binds, in_province, meant_only, provinces, special

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
    assert directive_binds(SCHOOL, **SO).binds and not directive_binds(SCHOOL, **SO).certain
    assert not binds(UnitQuery(Actor.CO_SO_GIAO_DUC), **SO, actor=["don_vi_truc_thuoc"], levels=None).certain


def test_without_a_place_the_duties_of_every_place_count() -> None:
    anywhere = UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THCS)
    for issued in (SO, PHONG):
        answer = binds(anywhere, **issued, actor=["co_so_giao_duc"], levels=None)
        assert answer.binds and answer.certain


@pytest.mark.parametrize(
    ("issuer", "level", "known"),
    [
        ("Sở Giáo dục và Đào tạo", "so", False),
        ("Sở GD&ĐT", "so", False),
        ("Phòng Giáo dục và Đào tạo", "phong", False),
        ("Phòng GDĐT", "phong", False),
        ("Phòng Giáo dục và Đào tạo huyện Bàu Bàng", "phong", True),
        ("Sở GDĐT Bình Dương", "so", True),
    ],
)
def test_an_office_whose_name_tells_no_place_may_stand_above_any_unit(issuer: str, level: str, known: bool) -> None:
    issued = {"issuer": issuer, "issuer_level": level, "date": "2023-09-05"}
    answer = binds(SCHOOL, **issued, actor=["co_so_giao_duc"], levels=None)
    assert answer.binds and answer.certain is known
    elsewhere = replace(SCHOOL, province="Cà Mau", district="Năm Căn")
    assert binds(elsewhere, **issued, actor=["co_so_giao_duc"], levels=None).binds is not known


def test_a_schools_own_plan_binds_that_school_only() -> None:
    plan = {"issuer": "Trường THCS Nguyễn Du", "issuer_level": "truong", "date": "2023-09-20"}
    assert not binds(SCHOOL, **plan, actor=["co_so_giao_duc"], levels=None).binds
    own = UnitQuery(Actor.CO_SO_GIAO_DUC, name="Trường THCS Nguyễn Du")
    assert binds(own, **plan, actor=["co_so_giao_duc"], levels=None).binds


@pytest.mark.parametrize(
    ("issuer", "name", "own"),
    [
        ("Trường Trung học cơ sở Trần Phú", "Trường THCS Trần Phú", True),
        ("Trường THPT Lê Lợi", "trường trung học phổ thông Lê Lợi", True),
        ("Trường Phổ thông Dân tộc nội trú THCS và THPT Kon Rẫy", "Trường PTDTNT THCS&THPT Kon Rẫy", True),
        ("Trường Tiểu học và Trung học cơ sở Hoa Ban", "TH&THCS Hoa Ban", True),
        ("Trường Mầm non Sao Mai", "Trường MN Sao Mai", True),
        ("Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên Đăk Hà", "TT GDNN-GDTX Đăk Hà", True),
        ("Trường THCS Trần Phú", "Trường THPT Trần Phú", False),
        ("Trường Tiểu học Trần Phú", "Trường THCS Trần Phú", False),
        ("Trường TH&THCS Trần Phú", "Trường THCS Trần Phú", False),
        ("Trường THCS Trần Phú", "Trường THCS Trần Phú Thọ", False),
    ],
)
def test_a_schools_name_is_known_with_its_kind_written_out_or_not(issuer: str, name: str, own: bool) -> None:
    unit = UnitQuery(Actor.CO_SO_GIAO_DUC, name=name)
    plan: dict[str, Any] = {"issuer_level": "truong", "date": "2023-09-20", "actor": ["co_so_giao_duc"], "levels": None}
    assert binds(unit, issuer=issuer, **plan).binds is own


CENTRE = UnitQuery(Actor.TRUNG_TAM_GDTX, province="Bình Dương")
DIRECT = UnitQuery(Actor.DON_VI_TRUC_THUOC, province="Bình Dương")


@pytest.mark.parametrize(
    ("unit", "actor", "levels", "expected"),
    [
        (CENTRE, ["co_so_giao_duc"], None, True),
        (CENTRE, ["co_so_giao_duc"], ["thpt", "gdtx"], True),
        (CENTRE, ["co_so_giao_duc"], ["thcs", "thpt"], False),
        (CENTRE, ["so_gddt", "phong_gddt", "co_so_giao_duc"], ["mam_non"], False),
        (CENTRE, ["co_so_giao_duc", "trung_tam_gdtx"], ["thpt"], True),  # named itself: the levels are the schools'
        (CENTRE, ["don_vi_truc_thuoc"], None, True),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.GDTX), ["co_so_giao_duc", "trung_tam_gdtx"], ["thpt"], True),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THCS), ["co_so_giao_duc", "trung_tam_gdtx"], ["gdtx"], False),
        (DIRECT, ["co_so_giao_duc"], ["mam_non", "tieu_hoc"], False),
        (DIRECT, ["co_so_giao_duc"], ["thcs", "thpt"], True),
        (DIRECT, ["phong_gddt", "don_vi_truc_thuoc"], ["thcs"], True),
    ],
)
def test_centres_and_units_under_the_so_have_levels_of_their_own(
    unit: UnitQuery, actor: list[str], levels: list[str] | None, expected: bool
) -> None:
    """A centre of continuing education has the level gdtx, though nobody says so; a unit under the Sở is no crèche."""
    assert binds(unit, **SO, actor=actor, levels=levels).binds is expected


def test_a_duty_of_nobody_in_a_directive_to_nobody_binds_nobody() -> None:
    """Plans give other bodies' tasks (Kho bạc, Công an) and aims of the whole province: no office of ours does them."""
    for unit in (SCHOOL, CENTRE, UnitQuery(Actor.SO_GDDT), UnitQuery(Actor.PHONG_GDDT)):
        assert not binds(unit, **SO, actor=[], levels=None).binds
        assert binds(unit, **SO, actor=[], levels=None, addressees=["Các đơn vị"]).binds is False
    assert binds(UnitQuery(), **SO, actor=[], levels=None).binds, "who asks for everything sees it"
    assert binds(SCHOOL, **SO, actor=[], levels=None, addressees=["Các cơ sở giáo dục"]).binds


@pytest.mark.parametrize(
    ("issuer", "unit", "actor", "expected"),
    [
        ("Ủy ban nhân dân huyện Đăk Tô", UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THCS), ["co_so_giao_duc"], True),
        ("Ủy ban nhân dân huyện Đăk Tô", UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT), ["co_so_giao_duc"], False),
        ("Ủy ban nhân dân thị xã Hồng Lĩnh", UnitQuery(Actor.SO_GDDT), ["so_gddt", "phong_gddt"], True),
        ("Ủy ban nhân dân thị xã Hồng Lĩnh", UnitQuery(Actor.SO_GDDT), ["phong_gddt"], False),
        ("Ủy ban nhân dân huyện Đăk Tô", CENTRE, ["trung_tam_gdtx"], True),
        ("Ủy ban nhân dân xã Đăk Tô", CENTRE, ["co_so_giao_duc"], False),
        ("Ủy ban nhân dân huyện Đăk Tô", UnitQuery(Actor.PHONG_GDDT), ["phong_gddt"], True),
        ("Ủy ban nhân dân tỉnh Kon Tum", UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT), ["co_so_giao_duc"], True),
        ("Ủy ban nhân dân thành phố Đà Nẵng", UnitQuery(Actor.SO_GDDT), ["so_gddt"], True),
    ],
)
def test_a_committee_of_a_district_or_commune_stands_above_the_schools_of_its_own(
    issuer: str, unit: UnitQuery, actor: list[str], expected: bool
) -> None:
    unit = replace(unit, province=None)
    assert binds(unit, issuer=issuer, issuer_level=None, date="2024-03-01", actor=actor, levels=None).binds is expected


SPECIAL = tomllib.loads((files("corpus") / "tables" / "special_units.toml").read_text(encoding="utf-8"))["special"]


@pytest.mark.parametrize("row", SPECIAL, ids=[r["kind"] for r in SPECIAL])
def test_a_duty_of_a_special_school_is_known_by_its_first_words(row: dict[str, Any]) -> None:
    assert special(row["example"]) == row["kind"]
    ordinary = UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT)
    own = replace(ordinary, name=row["unit"])
    asked: dict[str, Any] = {"actor": ["co_so_giao_duc", "trung_tam_gdtx"], "levels": None, "only": row["kind"]}
    assert not binds(ordinary, **SO, **asked).binds and binds(own, **SO, **asked).binds
    office = UnitQuery(Actor.PHONG_GDDT)
    assert binds(office, **SO, **asked | {"actor": ["phong_gddt", "co_so_giao_duc"]}).binds


@pytest.mark.parametrize(
    "task",
    [
        "Tuyển chọn học sinh lớp 9 dự thi vào trường THPT chuyên.",
        "Cử giáo viên dự tập huấn tại Trường Phổ thông dân tộc nội trú tỉnh.",
        "Các trường phổ thông dân tộc nội trú, trường THPT báo cáo số học sinh.",
        "Các trường THPT, trường phổ thông dân tộc nội trú nộp hồ sơ.",
        "Trường có học sinh bán trú công khai thực đơn.",
        "Chuyên môn nhà trường rà soát kế hoạch.",
        "Trường chuyển đi bàn giao học bạ cho trường chuyển đến.",
        "Trường THPT chuyển danh sách về Sở GDĐT.",
        "Các cơ sở giáo dục công lập và ngoài công lập công khai các khoản thu.",
        "Các trường mầm non, nhóm trẻ độc lập báo cáo số trẻ ra lớp.",
        "Trung tâm GDNN-GDTX mở lớp ngoại ngữ, tin học.",
        "Nhóm nghiên cứu bài học gửi sản phẩm về Sở GDĐT.",
    ],
)
def test_other_duties_are_for_every_school(task: str) -> None:
    assert special(task) is None


@pytest.mark.parametrize(
    ("task", "only"),
    [
        ("Các trường THPT trực thuộc Bộ GDĐT báo cáo.", "thuoc_bo"),
        ("Các đơn vị trực thuộc Bộ nộp báo cáo.", "thuoc_bo"),
        ("Trường trực thuộc Sở gửi.", None),
        ("Các trường bộ phận lưu trú nộp.", "truong"),
        ("Trường Mầm non tư thục Sao Mai và các nhóm trẻ độc lập nộp hồ sơ.", "Trường Mầm non tư thục Sao Mai"),
        ("Trường Mầm non Hoa Mai, các lớp mẫu giáo độc lập báo cáo.", "Trường Mầm non Hoa Mai"),
        ("Trường THPT Lê Lợi và trung tâm tin học Sao Việt nộp hồ sơ.", "Trường THPT Lê Lợi"),
        ("Trường Tiểu học Kim Đồng và các trường tư thục gửi báo cáo.", "Trường Tiểu học Kim Đồng"),
        ("Trường Mầm non Hoa Mai và các trường mầm non khác nộp.", None),
    ],
)
def test_schools_of_the_ministry_and_special_ones_beside_a_name(task: str, only: str | None) -> None:
    assert meant_only(task, "") == only


def test_provinces_follow_the_merger_of_2025() -> None:
    merged = "Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh"
    assert in_province(merged, "Bình Dương", "2025-09-01")
    assert not in_province(merged, "Bình Dương", "2024-09-01")
    assert in_province("Sở Giáo dục và Đào tạo Bà Rịa - Vũng Tàu", "tỉnh Bà Rịa-Vũng Tàu", "2023-01-01")
    assert not in_province("Sở GDĐT Hà Nam", "Hà Nội", None)


def test_the_map_has_63_old_and_34_new_provinces() -> None:
    assert (len(provinces().successor), len(set(provinces().successor.values()))) == (63, 34)


ADDRESSEES = tomllib.loads((files("corpus") / "tables" / "addressees.toml").read_text(encoding="utf-8"))["addressee"]


@pytest.mark.parametrize("row", ADDRESSEES, ids=[f"{r['kind']}-{k}" for k, r in enumerate(ADDRESSEES)])
def test_every_kind_of_addressee_is_read_in_its_example(row: dict[str, Any]) -> None:
    told = addressed([row["example"]])
    assert any(a.kind == row["kind"] and a.levels == tuple(row.get("levels", ())) for a in told)


@pytest.mark.parametrize(
    ("unit", "addressees", "expected"),
    [
        (SCHOOL, ["Trưởng phòng GDĐT các huyện"], False),
        (SCHOOL, ["Hiệu trưởng các trường tiểu học, THCS"], True),
        (SCHOOL, ["Hiệu trưởng các trường THPT"], False),
        (SCHOOL, ["Các cơ sở giáo dục"], True),
        (SCHOOL, ["Các đơn vị trực thuộc Sở"], False),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT, "Bình Dương"), ["Các đơn vị trực thuộc Sở"], True),
        (UnitQuery(Actor.PHONG_GDDT, province="Bình Dương"), ["Phòng GDĐT các huyện"], True),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THCS, "Long An"), ["Các trường THCS"], False),
    ],
)
def test_a_directive_is_for_those_it_is_addressed_to(unit: UnitQuery, addressees: list[str], expected: bool) -> None:
    assert directive_binds(unit, **SO, addressees=addressees).binds is expected
    assert binds(unit, **SO, actor=[], levels=None, addressees=addressees).binds is expected


def test_committees_stand_above_the_units_of_their_place() -> None:
    commune = UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.TIEU_HOC, "Tây Ninh", "xã Tân Lập")
    plan: dict[str, Any] = {"issuer_level": None, "date": "2025-08-15", "actor": ["co_so_giao_duc"], "levels": None}
    assert binds(commune, issuer="Ủy ban nhân dân xã Tân Lập", **plan).certain
    assert not binds(commune, issuer="Ủy ban nhân dân xã Mỹ Hạnh", **plan).binds
    assert binds(commune, issuer="Ủy ban nhân dân tỉnh Tây Ninh", **plan).binds
    assert not binds(commune, issuer="Ủy ban nhân dân thành phố Hà Nội", **plan).binds
    assert binds(commune, issuer="Thủ tướng Chính phủ", **plan).binds
    assert not binds(commune, issuer="Sở Y tế Cà Mau", **plan).binds
    hall = UnitQuery(Actor.UBND_XA, province="Tây Ninh", district="xã Tân Lập")
    sent: dict[str, Any] = {"issuer": "Sở Giáo dục và Đào tạo Tây Ninh", "issuer_level": "so", "date": "2025-08-15"}
    assert directive_binds(hall, **sent, addressees=["UBND các xã, phường"]).binds


def test_the_district_level_ended_in_july_2025() -> None:
    office = UnitQuery(Actor.PHONG_GDDT, province="Bình Dương")
    before: dict[str, Any] = {
        "issuer": "Sở Giáo dục và Đào tạo Bình Dương",
        "issuer_level": "so",
        "actor": ["phong_gddt"],
        "levels": None,
    }
    assert binds(office, date="2025-06-30", **before).binds
    answer = binds(office, date="2025-07-01", **before)
    assert not answer.binds


def test_bac_lieus_office_has_its_own_name_and_goes_into_ca_mau() -> None:
    old: dict[str, Any] = {
        "issuer": "Sở Giáo dục, Khoa học và Công nghệ Bạc Liêu",
        "issuer_level": "so",
        "date": "2024-09-01",
    }
    new: dict[str, Any] = {"issuer": "Sở Giáo dục và Đào tạo Cà Mau", "issuer_level": "so", "date": "2025-09-01"}
    school = UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT, "Bạc Liêu")
    assert binds(school, **old, actor=["co_so_giao_duc"], levels=None).certain
    assert binds(school, **new, actor=["co_so_giao_duc"], levels=None).certain
    renamed = UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT, "Cà Mau")
    assert binds(renamed, **old, actor=["co_so_giao_duc"], levels=None).certain is False
    assert not binds(school, **new | {"date": "2024-09-01"}, actor=["co_so_giao_duc"], levels=None).binds


@pytest.mark.parametrize(
    ("kind", "level", "levels", "expected"),
    [
        (Actor.CO_SO_GIAO_DUC, SchoolLevel.THCS, None, True),
        (Actor.CO_SO_GIAO_DUC, SchoolLevel.MAM_NON, None, True),
        (Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT, None, False),
        (Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT, ("thcs", "thpt"), True),
        (Actor.CO_SO_GIAO_DUC, None, None, True),
        (Actor.TRUNG_TAM_GDTX, None, None, False),
        (Actor.SO_GDDT, None, None, False),
    ],
)
def test_a_phong_stands_above_its_own_schools_only(
    kind: Actor, level: SchoolLevel | None, levels: tuple[str, ...] | None, expected: bool
) -> None:
    unit = UnitQuery(kind=kind, level=level)
    assert binds(unit, **PHONG, actor=("co_so_giao_duc",), levels=levels).binds is expected


@pytest.mark.parametrize(
    ("unit", "recipient", "expected"),
    [
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT), "Phòng GDĐT", False),
        (UnitQuery(Actor.TRUNG_TAM_GDTX), "UBND xã, phường", False),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THCS), "Phòng GDĐT", True),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT), "Phòng GDĐT hoặc Sở GDĐT", True),
        (UnitQuery(Actor.CO_SO_GIAO_DUC, SchoolLevel.THPT), "Phòng GDTrH", True),
    ],
)
def test_what_goes_to_an_office_below_the_so_comes_from_the_schools_under_it(
    unit: UnitQuery, recipient: str, expected: bool
) -> None:
    found = binds(
        unit, issuer="Sở Giáo dục và Đào tạo Phú Thọ", issuer_level="so", date="2024-09-01",
        actor=["co_so_giao_duc"], levels=None, recipient=recipient,
    )  # fmt: skip
    assert found.binds is expected
