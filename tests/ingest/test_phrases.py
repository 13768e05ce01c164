"""Phrases of offices that the language model reads otherwise, and what only looks like them."""

from __future__ import annotations

import re

import pytest

from ingest.restore.decoder import Found
from ingest.restore.phrases import phrased, phrases
from ingest.restore.specks import fringe


def put_right(text: str, source: str | None = None) -> str:
    """Return a text, all words of which were restored from ``source`` (the same words), with its phrases put right."""
    lines = (source or text).split("\n")
    found = [
        Found(number, seen.start(), seen.end(), read, 0.7, ())
        for number, (line, words) in enumerate(zip(lines, text.split("\n"), strict=True))
        for seen, read in zip(re.finditer(r"[\w&@]+", line), re.findall(r"[\w&@]+", words), strict=True)
    ]
    out: list[str] = []
    for number, line in enumerate(lines):
        at, told = 0, ""
        for item in phrased(found, lines):
            if item.line == number:
                told += line[at : item.start] + item.text
                at = item.end
        out.append(told + line[at:])
    return "\n".join(out)


@pytest.mark.parametrize(
    ("read", "printed", "source"), sorted({(*p.example, p.source or "") for rows in phrases().values() for p in rows})
)
def test_every_phrase_puts_its_example_right(read: str, printed: str, source: str) -> None:
    assert put_right(read, source or None) == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Trường THPT, Phong\nGDĐT", "Trường THPT, Phong\nGDĐT"),  # the next line may be another cell
        ("chấm xong thì giữ\nthắng về Thư viện", "chấm xong thì gửi\nthắng về Thư viện"),
        ("tổ chức Hội thi cấp\ntính vào tháng 3", "tổ chức Hội thi cấp\ntỉnh vào tháng 3"),
    ],
)
def test_case_and_lines(read: str, printed: str) -> None:
    assert put_right(read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "bệnh tiêu chảy cấp tính ở trẻ em",
        "viêm hô hấp cấp tính",
        "bảo vệ môi trường tiểu học xanh",
        "vệ sinh môi trường lập kế hoạch riêng",
        "nhà trường giữ gìn vệ sinh",
        "cán bộ ghi biên bản cuộc họp",
        "chuyển sang thứ Hai tuần sau",
        "quỹ lớp năm học 2023",
        "hợp đồng với trung tâm",
        "trưởng phòng GDĐT các huyện",
        "tổ trưởng chuyên môn",
        "Sổ theo dõi chất lượng",
        "trên địa bàn tỉnh tính đến ngày 31/12",
        "số liệu của UBND tính đến hết tháng 6",
        "Tiền Phong, Phong Điền",
        "lớp 6 các trường",
        "phương pháp dạy học",
        "số thứ tự 15/30",
        "danh sách theo thứ tự từ 1/3",
        "GV dạy Ngữ văn",
        "16 chức danh nghề nghiệp",
        "bộ phận Một cửa Sở GDĐT",
        "học sinh trường chuyên đi thi",
        "theo đối tượng, theo vùng",
        "bảo vệ an toàn tính mạng",
        "đề tài THCS cấp huyện",
        "chuyển lịch sang 13/3/2026",
        "tổ chức xã hội thì lập riêng",
        "gửi trẻ sau giờ học",
        "các số điện thoại",
        "để các trường thực hiện",
        "học kỳ II năm học 2022-2023",
        "kỹ 2 lần trong năm",
        "ký 02 bản",
        "giữ vững kết quả phổ cập",
        "giữ bộ hồ sơ tại trường",
        "Sổ theo dõi sức khỏe",
        "Sổ điểm điện tử",
        "mỗi số báo in 500 bản",
        "theo đúng Kế hoạch đã duyệt",
        "báo cáo ngày 15 hằng tháng",
        "thanh tra 15/5 đến 20/5",
        "điều tra 20/7 xong",
        "cấp bằng THCS cho học sinh",
        "phù hợp với đối tượng",
        "Thủ trưởng các đơn vị",
        "cập nhật hồ sơ",
        "thứ Tư 05/01 đến",
        "thư mời từ 05/01 đến",
        "nhân đôi số lượng",
        "Ca hát, múa",
    ],
)
def test_what_only_looks_like_a_phrase_stays(text: str) -> None:
    assert put_right(text) == text


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("E Noi nhan: KT. GIAM DOC", "Noi nhan: KT. GIAM DOC"),
        (": S6: 1032/PGDDT", "S6: 1032/PGDDT"),
        ("I - Nhu trén;", "- Nhu trén;"),
        ("| Kinh gti: Cac truong", "Kinh gti: Cac truong"),
        ("a UBND HUYEN", "UBND HUYEN"),
        ("Cc. TO CHUC THUC HIEN", " TO CHUC THUC HIEN"),
        ("C. TO CHUC THUC HIEN", "C. TO CHUC THUC HIEN"),
        ("- Nhu trén;", "- Nhu trén;"),
        ("A. MUC DICH", "A. MUC DICH"),
        ("a) Cac truong", "a) Cac truong"),
        ("6 - 8 tuoi", "6 - 8 tuoi"),
        ("o cac truong - noi nhan hoc sinh", "o cac truong - noi nhan hoc sinh"),
    ],
)
def test_what_the_edge_of_a_sheet_leaves_before_a_line(line: str, left: str) -> None:
    found = list(fringe([line]))
    assert (line[found[0].end :] if found else line) == left
