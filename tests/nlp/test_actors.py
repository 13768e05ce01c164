"""Chains of units as directives name them: where the name ends, which units and levels it stands for."""

from __future__ import annotations

import pytest

from nlp.naming.actors import group_at
from nlp.naming.levelnames import levels_in
from nlp.words.folding import folded


@pytest.mark.parametrize(
    ("name", "rest", "levels"),
    [
        ("Các trường trung học phổ thông", " gửi báo cáo", ("thpt",)),
        ("Hiệu trưởng các trường trung học cơ sở", " nộp danh sách", ("thcs",)),
        ("Các trường trung học cơ sở và trung học phổ thông", " lập kế hoạch", ("thcs", "thpt")),
        ("Trường trung học", " lập kế hoạch", ("thcs", "thpt")),
        ("Trường phổ thông dân tộc nội trú", " gửi số liệu", ()),
        ("Các trường tiểu học, THCS", " báo cáo", ("tieu_hoc", "thcs")),
        ("Trường PTDTNT các huyện", " nhận hồ sơ", ("thcs",)),
        ("Các trường PTDTNT cấp huyện", " tiếp nhận học sinh", ("thcs",)),
        ("Trường PTDTNT tỉnh", " báo cáo, phòng GDĐT huyện tổng hợp", ()),
    ],
)
def test_a_schools_name_is_read_to_its_end(name: str, rest: str, levels: tuple[str, ...]) -> None:
    group = group_at(name + rest, folded(name + rest), 0)
    assert group is not None
    assert (group.end, group.actors, group.levels) == (len(name), ("co_so_giao_duc",), levels)


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("học sinh từ lớp 1 đến lớp 12", {"tieu_hoc", "thcs", "thpt"}),
        ("khối lớp 4 đến 8", {"tieu_hoc", "thcs"}),
        ("lớp 5 và lớp 9", {"tieu_hoc", "thcs"}),
        ("lớp 1 - 12", {"tieu_hoc", "thcs", "thpt"}),
        ("lớp 5, lớp 12", {"tieu_hoc", "thpt"}),
    ],
)
def test_a_range_of_classes_has_the_levels_between(words: str, levels: set[str]) -> None:
    assert levels_in(words, classes=True) == levels


def test_the_name_of_a_vu_tells_no_levels() -> None:
    text = "Vụ Giáo dục Mầm non dự thảo kế hoạch"
    group = group_at(text, folded(text), 0)
    assert group is not None and group.actors == ("bo_gddt",) and group.levels == ()


@pytest.mark.parametrize(
    "name",
    [
        "Trưởng phòng Phòng GDĐT",
        "Trưởng phòng các Phòng Giáo dục và Đào tạo",
        "Trưởng phòng các phòng GDĐT",
        "Trưởng các phòng GDĐT",
        "Trưởng phòng GDĐT",
    ],
)
def test_the_head_of_an_office_stands_for_it(name: str) -> None:
    group = group_at(f"{name} chỉ đạo", folded(f"{name} chỉ đạo"), 0)
    assert group is not None and (group.actors, group.end) == (("phong_gddt",), len(name))
