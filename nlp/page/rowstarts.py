"""Rows of a table that begin with a word of their own: the first cell of the row above told again, the next rank."""

from __future__ import annotations

import re

from corpus.text import UPPER
from nlp.page.lines import Line
from nlp.words.folding import pattern

#: A first cell that is that of the row above: "-nt- Nhập hồ sơ …", "Như trên Công bố kết quả …".
_SAME = re.compile(rf"\W{{0,2}}-\s?[Nn][Tt]\s?-(?=\s)|-\s?//\s?-(?=\s)|\|?\s?Như trên\s(?=[{UPPER}])")
#: Ranks, one a row: "Vòng | Người tổ chức | Thời gian" over "Trường …", "Huyện …", "Tỉnh …".
_RANKS_HEAD = pattern(r"\W{0,3}(?:vong(?: thi)?|cap(?: thi| to chuc)?)\s(?!hoc)")
_RANK = re.compile(
    rf"(?:(?:[Cc]ấp|[Vv]òng)\s)?(?:(?:Trường|trường)(?=\s(?:Trường|Các|Nhà trường|Mỗi|Đơn vị|Hiệu trưởng))"
    rf"|(?:[Cc]ơ sở|[Cc]ụm|[Xx]ã|[Pp]hường|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]ỉnh|[Tt]hành phố|[Qq]uốc gia|[Tt]oàn quốc)"
    rf"(?=\s[{UPPER}]))"
)
#: Words that a number follows within a cell: "HSG tỉnh lớp ⏎ 12 THPT", "đợt ⏎ 4 Các trường".
_NUMBERS = pattern(
    r"(?:^|\s)(?:lop|khoi|dot|vong|lan|cum|so|mau|bieu|phu luc|tang|phong|ca|nhom|bang|tuan|thang|quy|ngay"
    r"|khoan|dieu|diem|muc|hoc ky|truoc|tu|den|va|cac|toi da|toi thieu|it nhat|\W)$"
)
#: What a number counts or tells the class of: "12 THPT", "4 Phòng".
_COUNTED = re.compile(r"(?:THPT|THCS|TH|GDTX|MN|CBQL|GV|HS|Phòng|Trường|Sở)(?!\w)")
_DAY = re.compile(r"(?<![\d/])\d{1,2}/(?:\d{1,2}|\d{4})(?!\d)")


def is_first_number(line: Line, end: int, row: list[Line]) -> bool:
    """Tell whether a number, read up to ``end``, is that of a row though none above it had one that was read.

    A stroke parts it from the words behind, or the row above has its day and goes on with no number.
    """
    if "|" in line.text[:end] or line.text[end:].lstrip()[:1] == "|":
        return True
    if _NUMBERS.search(row[-1].fold) or _COUNTED.match(line.text, end):
        return False
    return line.text[end : end + 1].isupper() and any(_DAY.search(part.text) for part in row)


def heads_ranks(head: Line) -> bool:
    """Tell whether a head's first title is of ranks: "Vòng | Người tổ chức | Thời gian"."""
    return _RANKS_HEAD.match(head.fold) is not None


def begins_anew(line: Line, *, ranked: bool) -> bool:
    """Tell whether a row begins whose first cell is that of the row above, or, under a head of ranks, the next rank."""
    return _SAME.match(line.text) is not None or (ranked and _RANK.match(line.text) is not None)
