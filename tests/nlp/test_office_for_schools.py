"""An office does for schools what stands with "đối với"; who gathers, who begs, districts by name."""

from __future__ import annotations

import pytest

from tests.nlp.texts import due

CASES = [
    (
        "1. Phòng GDĐT tổng hợp, lập danh sách gửi Sở GDĐT chậm nhất ngày 08/11/2023 đối với mầm non; ngày"
        " 10/11/2023 đối"
        " với tiểu học và THCS.",
        [("phong_gddt",), ("phong_gddt",)],
    ),
    ("1. Sở GDĐT thẩm định hồ sơ trước ngày 15/11/2023 đối với các trường THPT.", [("so_gddt",)]),
    ("1. Các trường gửi báo cáo trước ngày 15/11/2023 đối với cấp THPT.", [("co_so_giao_duc",)]),
    (
        "II. Đối với Phòng GDĐT\n1. Thẩm định phương án của các trường công lập trước ngày 30/9/2023; đối với"
        " trường tư"
        " thục hoàn thành trước ngày 14/10/2023.",
        [("phong_gddt",), ("phong_gddt",)],
    ),
    (
        "1. Phòng GDĐT báo cáo về Sở GDĐT trước ngày 12/12/2023 để tổng hợp, báo cáo UBND tỉnh trước ngày 20/12/2023.",
        [("phong_gddt",), ("so_gddt",)],
    ),
    (
        "1. Các huyện Tân An, Hòa Bình, Phú Lộc tổ chức Ngày hội cấp huyện trước ngày 20/12/2023.",
        [("phong_gddt",)],
    ),
    (
        "1. Phòng GDĐT cập nhật số liệu xong trước ngày 30/9/2023 và đề nghị UBND tỉnh kiểm tra công nhận trong tháng"
        " 11/2023.",
        [("phong_gddt",), ("phong_gddt",)],
    ),
]


@pytest.mark.parametrize(("text", "actors"), CASES)
def test_who_does_it(text: str, actors: list[tuple[str, ...]]) -> None:
    assert [row.actor for row in due(text)] == actors
