"""The frame of a school year: its days, and whose they are (tests/nlp/frames.toml)."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.nlp.texts import HEAD, TAIL, due, facts_of

FRAMES = tomllib.loads(Path(__file__).with_name("frames.toml").read_text(encoding="utf-8"))["frame"]
_LETTER = HEAD.replace("05 tháng 9", "10 tháng 8")
_PROVINCE = """UBND TỈNH HẢI LÂM
Số: 1420/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lâm, ngày 10 tháng 8 năm 2023

QUYẾT ĐỊNH
Ban hành Kế hoạch thời gian năm học 2023-2024 đối với giáo dục mầm non, giáo dục phổ thông và giáo dục thường xuyên
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẢI LÂM
Căn cứ Quyết định số 2171/QĐ-BGDĐT ngày 28 tháng 7 năm 2023 của Bộ Giáo dục và Đào tạo;
QUYẾT ĐỊNH:
"""
_PHONG = (
    _LETTER.replace("UBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC", "UBND HUYỆN TÂN KHÊ\nPHÒNG GIÁO DỤC")
    .replace("1234/SGDĐT-GDTrH", "312/PGDĐT")
    .replace("- Phòng GDĐT các huyện, thành phố;\n- Các trường THPT, trung tâm GDTX.", "- Trường mầm non, TH, THCS.")
)
_BO = (
    _LETTER.replace("UBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC", "BỘ GIÁO DỤC")
    .replace("1234/SGDĐT-GDTrH", "1650/BGDĐT-VP")
    .replace("- Phòng GDĐT các huyện, thành phố;\n- Các trường THPT, trung tâm GDTX.", "- Các sở giáo dục và đào tạo.")
)
_OFFICES = {"so": _LETTER, "phong": _PHONG, "bo": _BO, "province": _PROVINCE, "none": "Kế hoạch thời gian năm học\n"}


@pytest.mark.parametrize("frame", FRAMES, ids=[frame["name"] for frame in FRAMES])
def test_frame(frame: dict[str, str | list[str]]) -> None:
    office, text = str(frame["office"]), str(frame["text"])
    found = facts_of(text, head=_OFFICES[office], tail="" if office == "none" else TAIL).deadlines
    wanted = [[part.strip() for part in row.split("|")] for row in frame["rows"]]
    assert Counter(row.due for row in found) == Counter(row[0] for row in wanted)
    left = [(str(row.due), " ".join(sorted(row.actor)), " ".join(row.levels or ())) for row in found]
    for day, actors, levels in wanted:
        whose = " ".join(sorted(actors.split()))
        fits = [r for r in left if r[0] == day and r[1] and whose in ("*", r[1]) and levels in ("*", r[2])]
        assert fits, (day, actors, levels, left)
        left.remove(fits[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- Đối với mầm non: Thứ Sáu, ngày 15/9/2023.", "Thứ Sáu, ngày 15/9/2023"),  # "sáu" folds as "sau" does
        ("- Đối với lớp 1: Thứ Hai, ngày 11/9/2023.", "Thứ Hai, ngày 11/9/2023"),  # "1:" is no hour
        ("- Lớp 9: 8:00, ngày 11/9/2023.", "8:00, ngày 11/9/2023"),
    ],
)
def test_a_day_and_what_stands_before_it(text: str, told: str) -> None:
    assert [row.due_text for row in due(f"1. Ngày tựu trường\n{text}")] == [told]


@pytest.mark.parametrize(
    ("text", "day", "actors", "levels"),
    [
        ("Bậc học mầm non (gồm trường công lập và nhóm trẻ) hoạt động trở lại từ ngày 16/10/2023.", "2023-10-16",
         "co_so_giao_duc", "mam_non"),
        ("Bậc trung học cơ sở đi học trở lại từ ngày 16/10/2023.", "2023-10-16", "co_so_giao_duc", "thcs"),
        ("Giao lưu tiếng Anh tiểu học (dự kiến tháng 01 năm 2024).", "2024-01-31", None, "tieu_hoc"),
        ("Sinh hoạt chuyên đề theo Tập san (tháng 01 năm 2024).", None, None, None),  # a bracket of what is held only
    ],
)  # fmt: skip
def test_what_begins_again_and_months_in_a_bracket(
    text: str, day: str | None, actors: str | None, levels: str | None
) -> None:
    found = [(row.due, " ".join(row.actor), " ".join(row.levels or ())) for row in due(f"1. Công việc\n- {text}")]
    assert [row[0] for row in found] == ([day] if day else [])
    assert all((actors or row[1]) == row[1] and levels == row[2] for row in found)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1. Thi học sinh giỏi cấp tỉnh: đề theo cấu trúc của Sở GDĐT: thi ngày 06/3/2024.", ["2024-03-06"]),
        ("1. Thực hiện Quy chế tại Quyết định của Bộ ngày 29/11/2019 về quản lý văn bằng.", []),
    ],
)
def test_a_day_at_the_end_where_the_letterhead_has_none(text: str, days: list[str]) -> None:
    head = HEAD.replace("ngày 05 tháng 9 năm 2023", "ngày    tháng    năm")
    assert [row.due for row in facts_of(f"I. Các kỳ thi\n{text}\n", head=head).deadlines] == days
