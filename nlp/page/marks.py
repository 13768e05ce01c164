"""What a single line tells: quốc hiệu, own number, date, tên loại, Kính gửi, Nơi nhận, positions, annexes, tables."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.numbers import find_numbers
from corpus.text import UPPER
from nlp.page.lines import Line
from nlp.page.positions import one_slip, position_in
from nlp.page.scraps import is_scrap, name_in
from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import entries

NATION = pattern(
    r"co[nm]g\s{0,2}h.{0,2}a\s{1,2}xa\s{1,2}h.{1,2}i\s{1,2}chu\s{1,2}ngh.{1,2}a.{0,3}\s{0,2}vi.{1,3}t\s{1,2}nam"
)
SHORT_DATE_LINE = pattern(r"(?<=,)\s{0,2}ngay\s{0,2}\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}(?!\d)")
MOTTO = pattern(
    r"d.{1,2}c\s{1,2}l.{1,2}p\s{0,2}[-~=.]{0,2}\s{0,2}t.{1,2}\s{0,2}do\s{0,2}[-~=.]{0,2}\s{0,2}h.{1,3}nh\s{1,2}ph.{1,2}c"
)
OWN_NUMBER = pattern(r"(?<![\w/])[s$][o60ebd&]?\s{0,2}[:.;]?\s{0,3}(?=[\d.…]|[ol]\d)")
#: Day and month may be typed into a form or stamped ("ngày 10    tháng 10"), or be one sign that nobody can read.
DATE_LINE = pattern(
    r"ngay\s{0,8}(?:[\d.…]{0,4}|[0-3] \d|\S)\s{0,8}thang[!:;]?\s{0,8}(?:[\d.…]{0,4}|\S)\s{0,8}nam\s{0,3}\d{4}"
)
#: "Kính gửi", with its colon also where letters of it were misread ("Kính gif:", "Kinl giữ:").
#: A công điện is wired: "THỦ TƯỚNG CHÍNH PHỦ điện:".
TO = pattern(
    r"^\W{0,4}(?:k.nh\s{1,3}g.i\s{0,3}[:;.]?|k(?:.nh|i.h|in\w{0,2})\s{0,3}[gq9][iltrfjuvwn1y'’]{1,4}\s{0,3}[:;]"
    r"|(?:thu tuong|bo truong|chu tich|giam doc|u[yi] ban nhan dan|ubnd|bo|so|truong ban|ban chi)"
    r"(?: [a-z]+){1,9} dien\s?:)"
)
RECIPIENTS = pattern(
    r"^[\W_]{0,4}(?:noi\s{1,3}nh.n\W{1,5}$|noi\s{1,3}nh.n\s{0,2}[:;.]?"
    r"(?! (?:bao cao|ho so|san pham|bai|danh sach|ket qua|van ban|giay|phieu)(?!\w))"
    r"|[nm]\w{1,3}\s{1,3}nh.n\s{0,2}[:;])(?:\s|$)"
)
AS_ABOVE = pattern(r"^[\W_]{0,4}(?:\w\s)?nhu\s?(?:tren|dieu\s\d|k.nh\sg.i|muc\s|phan\s)")
FILED = pattern(
    r"(?<!\w)(?:luu\s{0,2}[:;.,]?\s{0,2}(?:vt|v\.t|vp|hs|hc)|l[iouvw]\w{0,3}\s{0,2}[:;]\s{0,2}(?:vt|v\.t))(?!\w)"
    r"|^[\W_]{0,4}(?!(?:phong|to|ban|so)\s)[a-z]{2,6}\s{0,2}[:;.,]?\s(?:vt|v\.t)(?=[,.;]|$)"
)
#: What may stand before a recipient: a dash, or what OCR makes of one.
BULLET = re.compile(
    r"\s*(?:(?:[-–—•+~*=_«»¬·°.,'‘’“”\":]{1,3}\s{0,3}){1,2}|[a-z]\s)"
    rf"(?=[{UPPER}(]|[$58]\w\sGD|\d{{1,3}}\s(?:tr|ph|đơn|xã|huyện|sở|S|P|T))"
)
ANNEX = pattern(r"^\W{0,4}(?:phu luc|bieu mau|mau so)(?:\s{1,2}(?:so\s)?[ivxl\d]{1,5})?\W{0,3}$")
#: The end of a line that names an annex only.
_LEADS_TO = pattern(r"(?:[,(]|(?<!\w)(?:tai|theo|cua|mau|cac|va|trong|o|xem|den|kem|bang|tu))$")
ANNEX_UPPER = re.compile(r"^\W{0,4}(?:PHỤ LỤC|BIỂU MẪU|MẪU SỐ)(?=\W|$)")
STARTER = pattern(
    r"^(?:can cu|thuc hien (?:cac |theo )?(?:luat|nghi|quyet|chi thi|cong|ke hoach|thong|van ban|chuong trinh)|"
    r"thuc hien (?:su |y kien )?(?:chi dao|lanh dao|chu truong|nhiem vu|tinh than|ket luan) |duoc su chi dao |"
    r"trien khai (?:thuc hien )?(?:nghi|quyet|chi thi|cong|ke hoach|thong|van ban)"
    r"|theo |tiep theo |trien khai thuc hien|"
    r"de |nham |tren co so|duoc su (?:dong y|nhat tri|thong nhat|cho phep|chap thuan|uy quyen)|xet de nghi|"
    r"ngay \d|vua qua|so giao duc|phong giao duc|bo giao duc|(?:phan |chuong )?[ivx]{1,4}[.)]\s|"
    r"(?:nam hoc|trong|trong nhung|thoi gian|nhung nam|hien nay|tu dau nam|tinh den|qua|sau khi|truoc|hang nam|nhan)"
    r"(?:\s[^,;.]{0,60})?,|a[.]\s|1[.]\s|dieu 1|giam doc so|bo truong bo|truong phong|chu tich|hieu truong|thi hanh|"
    r"uy ban nhan dan)"
)
#: What stands behind a tên loại that is in haste: "THÔNG BÁO KHẨN", "CÔNG ĐIỆN (HỎA TỐC)".
_URGENT = pattern(r"\s\(?(?:thuong )?(?:khan|hoa toc)\)?$")
_BLURRED = pattern(r"^[\W_]{0,4}(\w\S{1,3})\s{1,3}(\w{3,5})\s{0,2}[:;.,](?=\s|$)")
#: "TT" at a line's start that a document's number follows is a Thông tư.
_TABLE_HEAD = pattern(
    r"^\W{0,3}(?:stt|tt|st(?= \w)|so tt|so thu tu)(?!\w|[-/]|\s(?:so\s)?\d|\slien tich)|^\W{0,3}(?:noi dung|nhiem vu"
    r"|cong viec)(?: \w{1,8}){0,6}(?:thoi (?:gian|han)|tien do)"
    r"|^\W{0,3}(?:thoi (?:gian|han|diem)|thang|(?:thu ?[/,-]? ?)?ngay|tuan)(?:,? \w{1,8}){0,3}?"
    r" (?:noi dung|nhiem vu|cong viec|hoat dong)"
    r"(?:,? \w{1,8}){0,9}$"
    r"|^\W{0,3}(?:\w{1,8} ){1,4}(?:noi|don vi|nguoi|bo phan|phong)(?: \w{1,8}){1,3} (?:thoi (?:gian|han)|tien do)"
    r"(?: \w{1,8}){0,2}$"
    r"|^\W{0,3}(?:\w{1,8} )?viec(?: (?:can|phai) lam)? (?:\w{1,8} ){0,4}?(?:ai|khi nao|ngay|han)(?: \w{1,8}){0,6}$"
    r"|^\W{0,3}(?:cum|dot|ca|vong|khoa|buoi) (?:thanh phan|doi tuong|don vi|noi dung)(?: \w{1,8}){0,6} thoi gian$"
)
#: The head of a timetable with its cells apart: "Ngày thi ⇥ Buổi ⇥ Môn thi ⇥ Thời gian làm bài".
_TIMETABLE_HEAD = re.compile(
    r"(?i)\W{0,3}(?:(?:thứ ?[/,-]? ?)?ngày|thời gian)(?: (?:thi|kiểm tra))?\t(?:buổi|ca(?: thi)?|môn(?: thi| kiểm tra)?"
    r"|khối \d|tiết)(?:[\s,]{1,3}\w{1,8}){0,14}$"
)
#: "Thứ Hai (19/9): Chào cờ", "Thứ Ba ngày 20/9: …", "Chủ nhật, 25/9 …".
_DAY_ROW = re.compile(
    r"(?:(?:Thứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|Chủ nhật|THỨ (?:HAI|BA|TƯ|NĂM|SÁU|BẢY)|CHỦ NHẬT)"
    r"(?:,? (?:ngày |NGÀY )?| ?\()"
    r"|(?:Ngày|Buổi|NGÀY|BUỔI) (?:(?:thứ|THỨ) \w{2,4}|\d{1,2}) ?\((?:(?:sáng|chiều|tối) )?(?:ngày )?)"
    r"\d{1,2}/\d{1,2}(?:/\d{4})?\)?\s?(?::|$)"
)
_TABLE_TIME = pattern(
    r"(?<!\w)(?:thoi (?:gian|han|diem)|tien do|hoan thanh|ngay|nop|gui|han|lich|khi nao)(?!\w)|^\W{0,3}thang(?!\w)"
)
#: What a list item of addressees or recipients begins with; "~" is what OCR makes of a dash.
DASHES = "-–—•+~=«¬_*·"


def is_upper(text: str) -> bool:
    """Tell whether the letters of ``text`` are capitals (a few small ones, as in GDTrH, are allowed)."""
    letters, capitals = _letters(text)
    return letters >= 3 and capitals >= 0.85 * letters


def mostly_upper(text: str) -> bool:
    """Tell whether most letters of ``text`` are capitals: those of a heading with a misread number before it, too."""
    letters, capitals = _letters(text)
    return letters >= 5 and capitals >= 0.7 * letters


@lru_cache(maxsize=4096)
def _letters(text: str) -> tuple[int, int]:
    """Return how many letters a line has, and how many of them are capitals."""
    return sum(map(str.isalpha, text)), sum(map(str.isupper, text))


#: Before the day of a task, not of a letterhead: "a) Trước ngày 20 tháng 2 năm 2020:", "- Từ ngày …".
_TELLS_TIME = pattern(
    r"^\W{0,3}(?:\d{1,2}|[a-z])[.)]\s|^\W{0,3}-\s|:\s"
    r"|(?<!\w)(?:truoc|den|toi|tu|sau|vao|het|han|ke|la|thoi (?:gian|han))\W*$"
)


#: A day of a schedule, not of a letterhead: "Thứ hai, ngày 23/12/2019".
_WEEKDAY = pattern(r"\W{0,3}(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)(?!\w)")
#: What a school has schedules of; "Lịch sử" is a subject.
_SCHEDULE = pattern(
    r"(?:thong bao )?(?:lich (?:kiem tra|thi|khao sat|on tap|cong tac|lam viec|truc|hoc|day|nghi|sinh hoat|hop"
    r"|hoat dong|tap trung|tuu truong|len lop|phan cong|su dung|chuyen mon|ra de|coi thi)|thoi khoa bieu)(?!\w)"
)
_SCHEDULE_TIME = pattern(r"(?<!\w)(?:nam hoc \d{4}|hoc k[yi] |tuan \d|thang \d|cuoi nam|giua k[yi]|cuoi k[yi])")
_SCHEDULE_WIDE = 160


def is_signal(line: Line) -> bool:
    """Tell whether a line is quốc hiệu, tiêu ngữ, own number or place and date."""
    if len(line.text) > 160:
        return False
    fold = line.fold
    if NATION.search(fold) or MOTTO.search(fold):
        return True
    own = OWN_NUMBER.match(fold)
    if own and any(True for _ in find_numbers(line.text)):
        return True
    dated = DATE_LINE.search(fold) or SHORT_DATE_LINE.search(fold)
    if dated is None or _WEEKDAY.match(fold):
        return False
    return len(line.text) < 70 and not _TELLS_TIME.search(fold[: dated.start()])


def is_schedule_title(line: Line) -> bool:
    """Tell whether a line is the title of a page that is but a schedule: "LỊCH KIỂM TRA HỌC KÌ I - NĂM HỌC 2020-2021".

    In capitals, or with what it is a schedule of and its time.
    """
    found = _SCHEDULE.match(line.fold)
    if found is None or len(line.text) > _SCHEDULE_WIDE or line.text.endswith((".", ";", ":", ",")):
        return False
    return is_upper(line.text) or (line.text[:1].isupper() and _SCHEDULE_TIME.search(line.fold) is not None)


def title_type(line: Line) -> tuple[str, int] | None:
    """Return the tên loại that a line in capitals names, and where a trích yếu begins behind it in the same line.

    "KẾ HOẠCH" gives ("Kế hoạch", 0), "KẾ HOẠCH TỔ CHỨC HỘI THI" gives ("Kế hoạch", 9).
    """
    if len(line.text) > 200 or not is_upper(line.text):
        return None
    words = _URGENT.sub("", line.fold.strip(" .,:;*'`"))
    if (alone := _titles().get(words)) is not None:
        return alone, 0
    for fold, name in _names_of_types():
        if line.fold.startswith(f"{fold} ") and len(words.split()) >= len(name.split()) + 3:
            rest = line.text[len(name) :].lstrip()
            if not re.search(r"\d/|[.;]", rest):
                return name, len(line.text) - len(rest)
    return None


@lru_cache(maxsize=1)
def _names_of_types() -> tuple[tuple[str, str], ...]:
    """Return the tên loại that stand as titles, each folded and as written, in the order of the table."""
    names = (entry.name for entry in entries("types", "type") if entry.row.get("title"))
    return tuple((folded(name), name) for name in names)


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    """Return the tên loại by the folded title, those of two in one ("BÁO CÁO VÀ KẾ HOẠCH"), too: the first counts."""
    found: dict[str, str] = {}
    for fold, name in _names_of_types():
        found.setdefault(fold, name)
        for other, _ in _names_of_types():
            found.setdefault(f"{fold} va {other}", name)
    return found


def starts_body(text: str, fold: str) -> bool:
    return bool(STARTER.search(fold)) and (text[:1].isupper() or text[:1].isdigit())


def opens_schedule(text: str) -> bool:
    """Tell whether a line is a row of a schedule: cells between tabs, or a day of the week that tells what is done."""
    return "\t" in text or _DAY_ROW.match(text) is not None


def is_sign_title(line: Line) -> bool:
    """Tell whether a line is a signer's position in capitals, scraps of a seal at its ends aside."""
    found = position_in(line.text) if len(line.text) < 90 else None
    if found is None:
        return False
    return is_upper(line.text[found.start : found.end]) and is_scrap(line.text[: found.start] or "-")


def is_name(text: str) -> bool:
    """Tell whether a line is the name of a person and nothing else, marks of a signature aside."""
    found = name_in(text, alone=True)
    return found is not None and is_scrap(text[: found[0]])


def recipients_head(line: Line, after: Line | None) -> int | None:
    """Return where "Nơi nhận:" ends that opens a line, however it was misread; None for another line.

    Two words as short as these are taken for it where the first recipient ("Như trên") stands under them.
    """
    match = RECIPIENTS.match(line.fold)
    if match:
        return match.end()
    blurred = _BLURRED.match(line.fold)
    if blurred is None:
        return None
    alike = one_slip(blurred[1], "noi") and one_slip(blurred[2], "nhan")
    below = after is not None and AS_ABOVE.match(after.fold) is not None
    near = sum(a == b for a, b in zip(blurred[1] + blurred[2], "noinhan", strict=False)) >= 3
    return blurred.end() if alike or (below and (near or blurred[2].startswith("n"))) else None


def is_annex_heading(line: Line, before: Line | None = None) -> bool:
    """Tell whether a line opens an annex (phụ lục, biểu mẫu).

    One that ends a sentence of the line ``before`` is none: "(theo mẫu tại ⏎ Phụ lục 3)."
    """
    if len(line.text) > 150 or (")" in line.text and "(" not in line.text):
        return False
    if before is not None and not is_upper(line.text) and _LEADS_TO.search(before.fold):
        return False
    return bool(ANNEX.search(line.fold)) or (bool(ANNEX_UPPER.match(line.text)) and is_upper(line.text))


def is_table_head(line: Line) -> bool:
    """Tell whether a line is the head of a table (TT, Nhiệm vụ …)."""
    if len(line.text) >= 200:
        return False
    return _TABLE_HEAD.search(line.fold) is not None or _TIMETABLE_HEAD.match(line.text) is not None


def is_task_table_head(line: Line) -> bool:
    """Tell whether a line is the head of a table of tasks: one with a column for the time."""
    return is_table_head(line) and _TABLE_TIME.search(line.fold) is not None
