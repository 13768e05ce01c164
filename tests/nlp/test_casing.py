"""Names in capitals come back in ordinary spelling."""

import pytest

from nlp.words.casing import position_case, title_case


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("TRƯỜNG TRUNG HỌC CƠ SỞ NGUYỄN KHUYẾN", "Trường Trung học cơ sở Nguyễn Khuyến"),
        ("TRƯỜNG THPT NGUYỄN TRÃI", "Trường THPT Nguyễn Trãi"),
        ("TRƯỜNG TIỂU HỌC XÃ TÂN AN", "Trường Tiểu học xã Tân An"),
        ("TRƯỜNG PHỔ THÔNG DÂN TỘC NỘI TRÚ HUYỆN LẠC SƠN", "Trường Phổ thông dân tộc nội trú huyện Lạc Sơn"),
    ],
)
def test_names_of_schools(capitals: str, name: str) -> None:
    assert title_case(capitals) == name


def test_positions() -> None:
    assert position_case("PHÓ GIÁM ĐỐC") == "Phó Giám đốc"
