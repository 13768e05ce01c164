"""Names in capitals come back in ordinary spelling."""

import pytest

from nlp.words.casing import position_case, sentence_case, title_case


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


def test_roman_figures_stay() -> None:
    assert sentence_case("BÁO CÁO SƠ KẾT HỌC KỲ II VÀ QUÝ IV") == "Báo cáo sơ kết học kỳ II và quý IV"
    assert sentence_case("GIÁO DỤC VÀ ĐÀO TẠO VI PHẠM") == "Giáo dục và đào tạo vi phạm"
