"""Units of a row whose cell goes on behind another cell."""

from __future__ import annotations

import pytest

from tests.nlp.texts import HEAD, due

HEADS = "PHỤ LỤC\nChế độ báo cáo\nTT Loại báo cáo Đơn vị báo cáo Thời hạn/nơi nhận\n"


@pytest.mark.parametrize(
    ("row", "actors", "levels"),
    [
        (
            "1 Báo cáo nhanh tỷ lệ tham gia Phòng GDĐT, trường 15/01/2024; Phòng\nTHPT, Trung tâm KHTC",
            "phong_gddt co_so_giao_duc trung_tam_gdtx",
            "thpt gdtx",
        ),
        (
            "1 Báo cáo kết quả đợt 1 Các trường THPT và 17/11/2023; Phòng\nTrung tâm KHTC",
            "co_so_giao_duc trung_tam_gdtx",
            "thpt gdtx",
        ),
        (
            "1 Báo cáo kết quả đợt 1 Trường tiểu học, 17/11/2023; Phòng\ntrường THCS KHTC",
            "co_so_giao_duc",
            "tieu_hoc thcs",
        ),
        ("1 Báo cáo kết quả đợt 1 Các trường THPT 17/11/2023; Phòng\nKHTC", "co_so_giao_duc", "thpt"),
    ],
)
def test_a_cell_goes_on_in_its_next_line(row: str, actors: str, levels: str) -> None:
    found = due(f"{HEADS}{row}\n2 Báo cáo tổng kết Phòng GDĐT 05/6/2024; Phòng\nKHTC", head=HEAD)
    assert [" ".join(found[0].actor), " ".join(found[0].levels or ())] == [actors, levels]
