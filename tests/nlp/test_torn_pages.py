"""Pages whose edge is torn or folded away: marks of notes read as signs, sign-offs without "Nơi nhận:"."""

from __future__ import annotations

import pytest

from nlp.pipeline import Reader
from tests.bench.extraction import of_text

_HEAD = """UBND HUYỆN AN LÃO CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO Độc lập - Tự do - Hạnh phúc
Số: 214/PGDĐT-CM An Lão, ngày 06 tháng 9 năm 2022
V/v tổ chức ngày hội đọc sách
Kính gửi: Hiệu trưởng các trường mầm non, tiểu học, THCS.
Phòng GDĐT đề nghị các trường thực hiện một số nội dung sau:
1. Các trường chọn sách, lập danh mục và gửi về Phòng GDĐT theo mẫu của bộ
"""
_REST = """phận Chuyên môn, chậm nhất ngày 20/9/2022.
2. Các trường tổ chức ngày hội trước ngày 15/10/2022./.
"""


def due(text: str) -> list[tuple[str | None, str]]:
    """Return the dated duties of a text as day and task."""
    return [(str(d.due), d.task) for d in Reader.load().read(of_text("x", text)).deadlines if d.due]


@pytest.mark.parametrize(
    "note",
    [
        "' Danh mục theo Quyết định số 88/QĐ-SGDĐT ngày 12/8/2022 của Sở GDĐT.\n",
        "' Không kể sách giáo khoa; các trường có thư viện xanh\nghi thêm số đầu sách.\n",
        "? Mẫu do bộ phận Chuyên môn gửi qua hộp thư.\n",
        "! Theo khoản 2 Điều 4 Thông tư số 16/2022/TT-BGDĐT.\n",
        "° Riêng trường Tiểu học An Hòa gửi bản giấy.\n",
        "’ Trường có điểm lẻ gửi danh mục của từng điểm.\n",
    ],
)
def test_a_note_at_the_foot_parts_no_sentence(note: str) -> None:
    found = due(f"{_HEAD}{note}\n2\n{_REST}")
    assert found[0][0] == "2022-09-20"
    assert "danh mục" in found[0][1] and "chuyên môn" in found[0][1].lower()
    assert all(word not in found[0][1] for word in ("hộp thư", "bản giấy", "điểm lẻ", "sách giáo khoa", "Điều 4"))


def test_a_sign_in_the_middle_of_a_page_opens_no_note() -> None:
    text = (
        f"{_HEAD}{_REST}"
        + "! Các trường tiểu học nộp bài dự thi trước ngày 01/11/2022.\n"
        + "3. Kinh phí tự túc.\n" * 8
    )
    assert any(day == "2022-11-01" for day, _ in due(text))


@pytest.mark.parametrize(
    ("signed", "title"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", "TM. Ủy ban nhân dân, KT. Chủ tịch, Phó Chủ tịch"),
        ("KT. TRƯỞNG PHÒNG\như trên;\nPHÓ TRƯỞNG PHÒNG\n", "KT. Trưởng phòng, Phó Trưởng phòng"),
        ("TUQ. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n", "TUQ. Giám đốc, Chánh Văn phòng"),
        ("KT. HIỆU TRƯỞNG\nmôn (t/h); PHÓ HIỆU TRƯỞNG\n", "KT. Hiệu trưởng, Phó Hiệu trưởng"),
    ],
)
def test_who_signs_stands_right_under_the_end(signed: str, title: str) -> None:
    assert Reader.load().read(of_text("x", f"{_HEAD}{_REST}{signed}")).header.signer_title == title


@pytest.mark.parametrize(
    ("foot", "recipients"),
    [
        (
            "án: KT. TRƯỞNG PHÒNG\ntrường MN, TH (t/h); PHÓ TRƯỞNG PHÒNG\nUBND huyện (b/c);\nVT.\n",
            "trường MN, TH (t/h)",
        ),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nphòng, ban thuộc huyện;\nVT.\n", "phòng, ban thuộc huyện"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\ncác xã, phường (để phối hợp);\n", "các xã, phường (để phối hợp)"),
    ],
)
def test_recipients_that_lost_their_dash(foot: str, recipients: str) -> None:
    assert recipients in Reader.load().read(of_text("x", f"{_HEAD}{_REST}{foot}")).header.recipients
