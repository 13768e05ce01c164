"""Marks of items that a bad OCR misread: what neighbours tell of them, and what is left alone."""

from __future__ import annotations

import pytest

from ingest.restore.itemmarks import item_marks
from ingest.restore.specks import rulings


def marked(text: str) -> str:
    """Return a text with the marks of its items put right."""
    lines = text.split("\n")
    for item in sorted(item_marks(lines), key=lambda f: (f.line, -f.start)):
        line = lines[item.line]
        lines[item.line] = line[: item.start] + item.text + line[item.end :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("1. Phong GDDT\n- 2. Cac truong THCS", "1. Phong GDDT\n2. Cac truong THCS"),
        ("2. Giao So Noi vu\n--—s-3. Giao S@ Tai chinh", "2. Giao So Noi vu\n3. Giao S@ Tai chinh"),
        ("3. Cac phong\n_ 4. Hiéu truong", "3. Cac phong\n4. Hiéu truong"),
        ("3. Cac phong\n4, Cac co so giao duc", "3. Cac phong\n4. Cac co so giao duc"),
        ("1. Phong GDDT\nj 2. Cac truong", "1. Phong GDDT\n2. Cac truong"),
        ("b) Phong mau\nTT) Bo GDDT tap huan\nd) Can bo", "b) Phong mau\nc) Bo GDDT tap huan\nd) Can bo"),
        ("g) Thu vién\niy) Y té\ni) Ban tru", "g) Thu vién\nh) Y té\ni) Ban tru"),
        (
            "gti vé So (qua Van phong So, hop\nm) truéc ngay 14/8/2026",
            "gti vé So (qua Van phong So, hop\ntruéc ngay 14/8/2026",
        ),
        (
            "d) Can bo phu trach\nb4o cdo vé Phong GDDT\nm) truéc ngay 14/8/2026",
            "d) Can bo phu trach\nb4o cdo vé Phong GDDT\ntruéc ngay 14/8/2026",
        ),
        ("theo Thong tu sé\nR 06/2019/TT-BGDDT ngay 12/4/2019", "theo Thong tu sé\n06/2019/TT-BGDDT ngay 12/4/2019"),
        ("Can ctr Quyét dinh s6 14/2023/QD-\nj UBND ngay 05/6", "Can ctr Quyét dinh s6 14/2023/QD-\nUBND ngay 05/6"),
        (
            "Cac don vi hoan thanh xong truéc ngay\nt 15/3/2025, gti",
            "Cac don vi hoan thanh xong truéc ngay\n15/3/2025, gti",
        ),
        (
            "Cac don vi hoan thanh viéc ra soat va gti bao cao vé Phong\n: truéc ngay 20/11/2024",
            "Cac don vi hoan thanh viéc ra soat va gti bao cao vé Phong\ntruéc ngay 20/11/2024",
        ),
    ],
)
def test_what_neighbours_tell(read: str, printed: str) -> None:
    assert marked(read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "1. Phong GDDT\n| 2. | Cac truong THCS",  # a row of a table
        "1. Phong GDDT\n- 3. Cac truong",  # not the next
        "1. Cac truong lop 1,\n2, lop 3 va lop 4",  # goes on in small letters
        "- 2. Cac truong",  # nothing before it
        "1. Chi tiéu\n2.1. Cac truong",
        "a) Phong mau\nTT) Bo GDDT\ne) Can bo",  # more than one letter is missing
        "b) Phong mau\n(THCS) va cac truong\nd) Can bo",
        "1. Phong GDDT\nngay 2. Cac truong",
        "a) phong mau;\nb) thu vién",
        "bao gom\na) phong mau",
        "a) phong mau va\nb) thu vién",
        "k) phong hoc va cac cong trinh\nl) nha vé sinh",
        "Cac truong c6 phong thi s6\nB 12 va B 13",
        "gom phong hoc, nha bép\n: nha vé sinh",  # a list of few words
        "| Phong GDDT cac huyén, thanh phé va cac truong THPT truc thuéc |\n: thang 9",
        "Cac truong tiéu hoc, THCS, cac trung tam hoc tap cong dong\no cac xa ven bién",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert marked(text) == text


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("4 |Trung tam | Truéc ngay 05/3 ‘| Van phong", "4 | Trung tam | Truéc ngay 05/3 | Van phong"),
        ("bao ~—_—'| Phong Ké hoach _| Van phong", "bao | Phong Ké hoach | Van phong"),
        ("nam =| Truc khai", "nam | Truc khai"),
        ("| 9 | Cong bo két qua |", "| 9 | Cong bo két qua |"),
        ("thuc hanh cua |dp 12", "thuc hanh cua |dp 12"),  # a letter l
        ("vé So a|b", "vé So a|b"),
    ],
)
def test_strokes_of_tables_lose_their_litter(read: str, told: str) -> None:
    line = read
    for item in sorted(rulings([line]), key=lambda f: -f.start):
        line = line[: item.start] + item.text + line[item.end :]
    assert line == told
