"""Paragraphs whose first line is set in begin there, though the line above is full and ends no sentence."""

from __future__ import annotations

import pytest

from corpus.document import Box, Document, Page, Word
from nlp.page.lines import lines_of
from nlp.pipeline import read

HEAD = """UBND TỈNH VĨNH HÒA
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 1422/SGDĐT-CTTT
V/v triển khai một số nội dung
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Vĩnh Hòa, ngày 15 tháng 9 năm 2022
Kính gửi: Hiệu trưởng các trường trung học phổ thông.
>Sở Giáo dục và Đào tạo thông báo đến các trường một số nội dung về công tác
của năm học 2022-2023 và yêu cầu các trường thực hiện các nội dung như sau:
"""
TAIL = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nNguyễn Văn An\n"
#: A body, its lines set in marked by ">" (the first lines) and ">>" (what hangs under them); the tasks in it.
BODIES = [
    (
        ">- Buổi chiều thi các môn: Lịch sử, Địa lí, Sinh học, Tin học, bắt đầu từ 14h00\n"
        ">Đề nghị các trường lập danh sách học sinh dự thi, gửi về Sở GDĐT trước ngày\n"
        "20/11/2022.\n",
        {"2022-11-20": "Lập danh sách học sinh dự thi, gửi về Sở GDĐT."},
    ),
    (
        ">- Đường dẫn của phiếu khảo sát dành cho học sinh: https://khaosat.vinhhoa.edu.vn\n"
        ">Các trường báo cáo kết quả khảo sát về Sở GDĐT chậm nhất ngày 22/10/2022 để Sở\n"
        "tổng hợp.\n",
        {"2022-10-22": "Báo cáo kết quả khảo sát về Sở GDĐT để Sở tổng hợp."},
    ),
    (
        ">1. Thành phần dự họp: lãnh đạo và giáo viên phụ trách công tác Đoàn của mỗi trường\n"
        ">Danh sách người dự họp gửi về Văn phòng Sở trước ngày 05/10/2022 để chuẩn bị tài\n"
        "liệu.\n",
        {"2022-10-05": "Gửi danh sách người dự họp về Văn phòng Sở để chuẩn bị tài liệu."},
    ),
    (  # what goes on in the next line stands at the left edge, though it is a name
        ">Các trường hoàn thành việc cài đặt phần mềm quản lí trường học do Trung tâm của\n"
        "Sở GDĐT cung cấp trước ngày 30/9/2022, bảo đảm thông tin của giáo viên và học\n"
        "sinh đầy đủ.\n",
        {
            "2022-09-30": "Hoàn thành việc cài đặt phần mềm quản lí trường học do Trung tâm của Sở GDĐT cung "
            "cấp, bảo đảm thông tin của giáo viên và học sinh đầy đủ."
        },
    ),
    (  # a list that hangs under its dashes
        "- Các trường gửi danh sách học sinh khuyết tật học hòa nhập về Phòng Công tác\n"
        ">>Sinh viên kèm bản mềm trước ngày 12/10/2022 để tổng hợp chung số liệu của toàn\n"
        ">>tỉnh.\n"
        "- Các trường lưu hồ sơ theo quy định của pháp luật về lưu trữ và chịu trách nhiệm\n"
        ">>về số liệu.\n",
        {
            "2022-10-12": "Gửi danh sách học sinh khuyết tật học hòa nhập về Phòng Công tác Sinh viên kèm bản mềm để "
            "tổng hợp chung số liệu của toàn tỉnh."
        },
    ),
]


def drawn(text: str) -> Document:
    """Return a document of one page whose lines begin where their marks say."""
    out, words, y = "", [], 60.0
    for line in text.splitlines():
        x = 85.0 + 36.0 * (len(line) - len(line.lstrip(">")))
        for word in line.lstrip(">").split():
            words.append(Word(len(out), len(out) + len(word), Box(x, y, x + 5 * len(word), y + 11)))
            out += word + " "
            x += 5 * len(word) + 3
        out = out[:-1] + "\n"
        y += 16
    return Document("0" * 64, "van-ban.pdf", "application/pdf", (Page(1, out, words=tuple(words)),))


@pytest.mark.parametrize(("body", "tasks"), BODIES, ids=[body[:40] for body, _ in BODIES])
def test_paragraphs_begin_where_they_are_set_in(body: str, tasks: dict[str, str]) -> None:
    found = {row.due: row.task for row in read(drawn(HEAD + body + TAIL)).deadlines}
    assert found == tasks


def test_only_first_lines_are_set_in() -> None:
    lines = lines_of(drawn(HEAD + BODIES[0][0] + TAIL))
    assert [line.text[:12] for line in lines if line.indent is not None] == [
        "Sở Giáo dục ", "- Buổi chiều", "Đề nghị các ",
    ]  # fmt: skip


def test_a_page_without_places_tells_no_indents() -> None:
    page = Page(1, "Căn cứ Luật Giáo dục;\n    Các trường báo cáo.\n" * 4)
    assert all(line.indent is None for line in lines_of(Document("0" * 64, "a.txt", "text/plain", (page,))))
