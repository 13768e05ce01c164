"""Marks that text copied out of a PDF has lost: told by the spelling alone."""

from __future__ import annotations

import pytest

from ingest.loosemarks import with_marks_back


@pytest.mark.parametrize(
    ("copied", "meant"),
    [
        ("kế hoac\u0323 h đào tao\u0323", "kế hoạch đào tạo"),
        ("các đơn vị trưc\u0323 thuôc\u0323", "các đơn vị trực thuộc"),
        ("hê \u0323thống thông tin điên\u0323 tử", "hệ thống thông tin điện tử"),
        ("xây dưn\u0323 g, ứng dun\u0323 g", "xây dựng, ứng dụng"),
        ("nhiêm\u0323 vu \u0323của năm hoc\u0323", "nhiệm vụ của năm học"),
        ("cán bô ,\u0323 giáo viên", "cán bô , giáo viên"),  # nothing tells whose it is
        ("thoai\u0323 hoc\u0323 thuyêt\u0323", "thoại học thuyệt"),
        ("tap\u0323 huấn vớ i ngườ i dạy", "tạp huấn với người dạy"),
        (
            "đaọ taọ, taị trường, hiêụ quả, lưạ choṇ, dâñ dắt, hoaṭ động",
            "đạo tạo, tại trường, hiệu quả, lựa chọn, dẫn dắt, hoạt động",
        ),
        ("xã Ia Ñút, España", "xã Ia Ñút, España"),
        ("hoa\u0323 t quý báu, thuý, quạ, giạ", "hoạ t quý báu, thuý, quạ, giạ"),
        ("trƣờng THCS, Ðội viên", "trường THCS, Đội viên"),
        ("Thông tư số 32/2017/TT\ufffeBGDĐT", "Thông tư số 32/2017/TT-BGDĐT"),
        ("Các trường báo cáo trước ngày 20/10.\ni) đúng hạn", "Các trường báo cáo trước ngày 20/10.\ni) đúng hạn"),
    ],
)
def test_marks_come_back(copied: str, meant: str) -> None:
    assert with_marks_back(copied) == meant
