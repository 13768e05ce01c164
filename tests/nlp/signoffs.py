"""Sign-offs of many offices, laid out as OCR reads them (two columns in one line) and littered as seals litter them.

Everything is invented: offices, persons, recipients. ``littered`` draws noise from a seeded source, so that a run can
be repeated; nothing in it is taken from a real scan.
"""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Signoff:
    """What a sign-off says: recipients (nơi nhận), the lines of the title in capitals, their reading, the name."""

    recipients: tuple[str, ...]
    title: tuple[str, ...]
    reading: str
    name: str
    degree: str = ""


SIGNOFFS = (
    Signoff(
        ("Như trên", "Bộ trưởng (để b/c)", "Các Thứ trưởng (để biết)", "Cổng thông tin điện tử", "Lưu: VT, GDTH (10)"),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "KT. Bộ trưởng, Thứ trưởng", "Trịnh Hoài Nam",
    ),
    Signoff(
        ("Như trên", "Thứ trưởng phụ trách (để b/c)", "Văn phòng Bộ", "Lưu: VT, Vụ GDMN"),
        ("TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ GIÁO DỤC MẦM NON"),
        "TL. Bộ trưởng, Vụ trưởng vụ giáo dục mầm non", "Đinh Thị Phương Lan",
    ),
    Signoff(
        ("Như trên", "Cục trưởng (để b/c)", "Lưu: VT, QLCL"),
        ("KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"), "KT. Cục trưởng, Phó Cục trưởng", "Lương Quốc Bảo", "TS.",
    ),
    Signoff(
        ("Như trên", "UBND tỉnh (để b/c)", "Giám đốc, các Phó Giám đốc Sở", "Website Sở GDĐT", "Lưu: VT, GDTrH"),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "KT. Giám đốc, Phó Giám đốc", "Phan Thị Thu Hằng",
    ),
    Signoff(
        ("Bộ GDĐT (để báo cáo)", "Tỉnh ủy, HĐND, UBND tỉnh (để báo cáo)", "Như kính gửi", "Lưu: VT, KHTC"),
        ("GIÁM ĐỐC",), "Giám đốc", "Võ Minh Khôi",
    ),
    Signoff(
        ("Như trên", "Lãnh đạo Sở (để b/c)", "Các phòng thuộc Sở", "Lưu: VT, VP"),
        ("TUQ. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"), "TUQ. Giám đốc, Chánh Văn phòng", "Đặng Ngọc Hân",
    ),
    Signoff(
        ("Như trên", "UBND tỉnh (để báo cáo)", "Lưu: VT, QLCL"),
        ("Q. GIÁM ĐỐC",), "Q. Giám đốc", "Huỳnh Văn Tâm", "ThS.",
    ),
    Signoff(
        ("Như Điều 3", "Sở Nội vụ", "Lưu: VT, TCCB"),
        ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ"),
        "TL. Giám đốc, Trưởng phòng tổ chức cán bộ", "Bùi Quang Vinh",
    ),
    Signoff(
        ("Như trên", "Sở GDĐT (để báo cáo)", "UBND huyện (để báo cáo)", "Lưu: VT"),
        ("TRƯỞNG PHÒNG",), "Trưởng phòng", "Hoàng Thị Kim Liên",
    ),
    Signoff(
        ("Như trên", "Lãnh đạo Phòng", "Lưu: VT, CM"),
        ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), "KT. Trưởng phòng, Phó Trưởng phòng", "Dương Văn Thành",
    ),
    Signoff(
        ("Như trên", "Thường trực Đảng ủy, HĐND xã", "Chủ tịch, các Phó Chủ tịch UBND xã", "Lưu: VT, VHXH"),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "TM. Ủy ban nhân dân, Chủ tịch", "Trương Công Định",
    ),
    Signoff(
        ("Như trên", "Sở GDĐT (để phối hợp)", "Trạm Y tế xã", "Lưu: VT"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "KT. Chủ tịch, Phó Chủ tịch", "Ngô Thị Bích Thủy",
    ),
    Signoff(
        ("Các trường trên địa bàn phường", "Chủ tịch UBND phường (để b/c)", "Lưu: VT"),
        ("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI"),
        "TL. Chủ tịch, Trưởng phòng văn hóa - xã hội", "Lý Minh Tuấn",
    ),
    Signoff(
        ("Phòng GDĐT (để báo cáo)", "Ban đại diện cha mẹ học sinh", "Các tổ chuyên môn (để thực hiện)", "Lưu: VT"),
        ("HIỆU TRƯỞNG",), "Hiệu trưởng", "Đỗ Thị Ngọc Mai",
    ),
    Signoff(
        ("Sở GDĐT (để báo cáo)", "Đảng ủy, BGH (để chỉ đạo)", "Như mục II (để thực hiện)", "Lưu: VT"),
        ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"), "KT. Hiệu trưởng, Phó Hiệu trưởng", "Mai Xuân Trường",
    ),
    Signoff(
        ("Sở GDĐT (để b/c)", "Các khoa, phòng (để thực hiện)", "Lưu: VT, ĐT"),
        ("GIÁM ĐỐC TRUNG TÂM",), "Giám đốc trung tâm", "Tạ Văn Hùng",
    ),
)  # fmt: skip

_BULLETS = ("- ", "– ", "~ ", "- ", "— ", "= ", "« ", ". ", "_ ", "* ", "-", "¬ ", "+ ")
_HEADS = ("Nơi nhận:", "Noi nhận:", "Nơi nhân:", "Nới nhận :", "Mơi nhận:", "Nơi nhận;", "Nơi nhận.", "Nai nhận:",
          "Nơi nhậm:", "Nơi nh4n:", "Nơ¡ nhận:", "\"Nơi nhận:", "Nơi nhận", "Mai nhạn:")  # fmt: skip
_SEAL = ("/—", "a", "(;", "ee", "Ss", "*", "¥", "|", "\\", "~", "<", "7", "©", "®", "»", "N", "iG", "À", "ở", '^"',
         "fe", "li", "v", "ra", "=a", "YS", "CH", "..", "{", "}", "1%", "Ề", "ĐÀO", "DỤC", "Vn", "q.", "°")  # fmt: skip
_TONES = {
    "Ộ": "ỌÔO", "Ở": "ỞỚƠỜ", "Ứ": "ỨƯỪU", "Á": "ÁÀẢ", "Ố": "ỐÓÔ", "Ò": "ÒÓO", "Ủ": "ỦUÙ", "Ị": "ỊIÍ", "Ó": "ÓỎÔ",
    "Ệ": "ỆÊẸ", "Đ": "ĐDĐ", "Ư": "ƯUƯ", "Ụ": "ỤUỰ",
}  # fmt: skip


def clean(sign: Signoff) -> str:
    """Return a sign-off as plain text gives it: left column, then right column."""
    left = "\n".join(f"- {r}{'.' if r is sign.recipients[-1] else ';'}" for r in sign.recipients)
    return f"Nơi nhận:\n{left}\n\n" + "\n".join(sign.title) + f"\n\n\n{sign.degree} {sign.name}".rstrip() + "\n"


def littered(sign: Signoff, seed: int, *, level: int = 2) -> str:
    """Return a sign-off as OCR reads it, two columns in one text line.

    ``level`` 1: the columns run together; 2: misread marks and tones, scraps of the seal beside and between the
    lines; 3: a word of the last line of the title is lost to the seal, too.
    """
    draw = random.Random(seed)
    left = [draw.choice(_HEADS) if level > 1 else "Nơi nhận:"]
    for one in sign.recipients:
        bullet = draw.choice(_BULLETS) if level > 1 else "- "
        end = "." if one is sign.recipients[-1] else draw.choice(";;;;;,:") if level > 1 else ";"
        left.append(f"{bullet}{one}{end}")
    title = [_damaged(line, draw) if level > 1 else line for line in sign.title]
    if level > 2 and len(title) > 1:
        words = title[-1].split()
        words[0] = draw.choice(_SEAL)
        title[-1] = " ".join(words)
    gap = draw.randint(2, 4)
    name = f"{sign.degree} {sign.name}".strip()
    if level > 1 and draw.random() < 0.4:
        name = draw.choice((f"{_scrap(draw)} {name}", f"{name} {draw.choice(',.;~|}')}", f"“ {name}", f"_— {name}"))
    right = [*title, *[""] * gap, name]
    rows = []
    for k in range(max(len(left), len(right))):
        a, b = left[k] if k < len(left) else "", right[k] if k < len(right) else ""
        if level > 1 and not b and draw.random() < 0.6:
            b = _scrap(draw)
        rows.append(f"{a} {b}".strip())
        if level > 1 and len(title) <= k < len(right) - 1 and draw.random() < 0.3:
            rows.append(_scrap(draw))
    return "\n".join(r for r in rows if r) + "\n"


def _scrap(draw: random.Random) -> str:
    return " ".join(draw.choice(_SEAL) for _ in range(draw.randint(1, 4)))


def _damaged(title: str, draw: random.Random) -> str:
    """Return a line of the title with wrong tones and a misread mark behind KT, TL …"""
    out = "".join(draw.choice(_TONES[c]) if c in _TONES and draw.random() < 0.3 else c for c in title)
    if ". " in out[:5]:
        out = out.replace(". ", draw.choice((". ", ".", ", ", ",", " ", ". ", ": ")), 1)
    if draw.random() < 0.25:
        out = f"{draw.choice(_SEAL)} {out}"
    if draw.random() < 0.25:
        out = f"{out} {_scrap(draw)}"
    return out
