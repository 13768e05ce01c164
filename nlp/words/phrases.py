"""Words of a duty made a sentence: no joints that a cut left, cited documents by number, a capital, a full stop."""

from __future__ import annotations

import re

from corpus.text import LOWER, UPPER, squeeze

_MAX = 600
_EDGE = re.compile(r"^[\s,;:.\-–+/]+|[\s,;:\-–+(]+$")
_HANGING = re.compile(
    r"(?:[,:]?\s(?:và|[Hh]oàn thành|[Hh]oàn tất|vào|trong|từ|đến|chậm nhất|là|hạn|"
    r"thời hạn|thời gian|trước|hoặc|[Xx]ong|lúc|định kỳ|từ nay|dự kiến|(?:bao )?gồm|theo|(?:cụ thể )?như sau))+$"
)
_EMPTY = re.compile(r"\(\s*(?:(?:và|hoặc|hay|cùng|xong|hoàn thành|hạn|,|;|-|/)\s*)*\)")
_WEEKDAY = re.compile(r"\s?\((?:[Tt]hứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|[Cc]hủ nhật)\)")
_IN_BRACKETS = re.compile(r"\(\s*(?:và|hoặc|,|;)\s+|\s+(?:và|hoặc)\s*(?=\))|\s*[,;]\s*(?=\))|(?<=\()\s+|\s+(?=\))")
_BEFORE_MARK = re.compile(r"\s+(?=[,;:.)](?:\s|$))")
_TWICE = re.compile(r"([,;:])(?:\s*[,;:])+")
_LABEL = re.compile(
    r"^(?:[IVX]{1,6}[.)/]|\([ivx]{1,4}\)|\d{1,2}(?:\.\d{1,2}){0,2}(?:[.)]|/(?=\s)|(?![\d%/]))|[a-zđA-ZĐ]\d?\)|[a-zđ]\.|[-–+•*])\s{0,3}(?=\S)"
)
#: The month of a row of a plan, before what is done in it.
_MONTH = re.compile(r"^(?:[Tt]háng\s)?\d{1,2}/\d{4}\s(?=\w)")
_NUMBERED = r"(?<!\w)(?P<number>\d{1,5}(?:/\d{4})?/[A-ZĐ0-9][\w/.&\-]{1,30}\w|\d{1,4}-[A-ZĐ]{2,5}/[A-ZĐ]{2,4})"
_AGENCY = (
    r"(?:(?:Bộ trưởng|Chủ tịch|Giám đốc)\s)?(?:Bộ (?:GD\s?&?\s?ĐT|Giáo dục và Đào tạo|Tài chính|Nội vụ|Y tế|Công an"
    r"|Tư pháp|Xây dựng|Khoa học và Công nghệ|Quốc phòng|Chính trị)|Thủ tướng(?: Chính phủ)?|Chính phủ|Quốc hội"
    r"|Sở GD\s?&?\s?ĐT|Sở Giáo dục và Đào tạo|PGDĐT|Phòng GDĐT|(?:UBND|HĐND|Hội đồng nhân dân) (?:tỉnh|thành phố|huyện)"
    rf"(?:\s[{UPPER}][{LOWER}]{{1,6}}){{0,3}})"
)
#: A number that a line end cut: "15/2018/NĐ- CP".
_CUT_NUMBER = re.compile(r"(?<=[A-ZĐ])-\s(?=[A-ZĐ]{2,})")
#: A short form that is introduced by the way: "Phòng Giáo dục Trung học (GDTrH)".
_SHORT_FORM = re.compile(r"\s\((?=[^()a-z]{0,3}[A-ZĐ]{2})[A-ZĐa-z&-]{2,12}\)")
_CITED = re.compile(
    _NUMBERED + r"(?P<date>,?\s(?:ngày\s)?\d{1,2}(?:[/.-]\d{1,2}[/.-]|\stháng\s\d{1,2}\snăm\s)\d{4})?"
    rf"(?P<from>\scủa\s{_AGENCY}(?:(?:,|\svà)\s{_AGENCY})*(?!\w))?"
)


def whole_numbers(text: str) -> str:
    """Return text whose numbers no line's end cuts: "15/2018/NĐ- CP" → "15/2018/NĐ-CP"."""
    return _CUT_NUMBER.sub("-", text)


def clean(words: str) -> str:
    """Return words without the marks and joints that a cut left."""
    bare = _EMPTY.sub(" ", _WEEKDAY.sub("", squeeze(words)))
    bare = _IN_BRACKETS.sub(lambda m: "(" if m.group().startswith("(") else "", bare)
    bare = _TWICE.sub(r"\1", _BEFORE_MARK.sub("", squeeze(_EMPTY.sub(" ", bare))))
    return _LABEL.sub("", bare.strip())


def tidy(words: str) -> str:
    """Return words without marks at the edges and without what hung on the date; cited documents by number only."""
    bare = _MONTH.sub("", squeeze(words).strip()).removesuffix("./.").strip()
    bare = _SHORT_FORM.sub("", whole_numbers(bare))
    bare = _CITED.sub(lambda m: m["number"] if m["date"] else m.group(), bare)
    for _ in range(3):
        bare = _EDGE.sub("", bare).rstrip(".")
        bare = _HANGING.sub("", bare)
        if bare.endswith(("”", '"')) and "“" not in bare and bare.count('"') % 2 == (bare[-1] == '"'):
            bare = bare[:-1]
    return bare + (")" if bare.count("(") > bare.count(")") else "")


def bare_title(title: str) -> str:
    """Return a heading without its label."""
    return _LABEL.sub("", title).strip(" :")


def sentence(words: str) -> str:
    """Return words as a sentence: capital first, full stop last."""
    words = words[:_MAX].strip()
    return words[:1].upper() + words[1:] + "." if words else ""
