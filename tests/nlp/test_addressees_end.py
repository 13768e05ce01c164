"""Where a Kính gửi without marks at its ends stops: before the words that open the text of a directive."""

from __future__ import annotations

import pytest

from nlp.pipeline import read
from tests.bench.extraction import of_text

HEAD = """UBND HUYỆN TAM SƠN
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
Số: 301/PGDĐT
V/v họp chuyên môn
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tam Sơn, ngày 15 tháng 9 năm 2022
Kính gửi: - Hiệu trưởng các trường THCS
- Các đồng chí cụm trưởng các cụm chuyên môn
"""
OPENINGS = [
    "Thực hiện sự chỉ đạo của Liên đoàn Lao động tỉnh, Phòng GDĐT tổ chức hội nghị",
    "Thực hiện ý kiến chỉ đạo của UBND huyện về công tác phòng, chống dịch, Phòng GDĐT yêu cầu các trường",
    "Được sự chỉ đạo của UBND huyện, Phòng GDĐT đề nghị các trường",
    "Thực hiện nhiệm vụ năm học 2022-2023, Phòng GDĐT yêu cầu các trường",
    "Thực hiện chủ trương của Huyện ủy, Phòng GDĐT yêu cầu các trường",
    "Thực hiện kết luận của Chủ tịch UBND huyện tại buổi làm việc, Phòng GDĐT đề nghị các trường",
]


@pytest.mark.parametrize("opening", OPENINGS)
def test_addressees_end_before_the_text(opening: str) -> None:
    text = (
        f"{HEAD}{opening} thực hiện một số nội dung như sau:\n1. Gửi báo cáo trước ngày 20/9/2022.\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTRƯỞNG PHÒNG\nNguyễn Văn An\n"
    )
    assert list(read(of_text("hop", text)).header.addressees) == [
        "Hiệu trưởng các trường THCS",
        "Các đồng chí cụm trưởng các cụm chuyên môn",
    ]
