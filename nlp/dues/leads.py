"""Headings and the trích yếu as the lead of a task: without number, year and place, none that say nothing of it."""

from __future__ import annotations

import re

from corpus.text import UPPER
from nlp.page.columns import Column, titles_of
from nlp.page.marks import is_upper
from nlp.whom.headings import heading_units
from nlp.words.casing import sentence_case, with_names
from nlp.words.content import telling, tells
from nlp.words.folding import folded, pattern
from nlp.words.phrases import bare_title

#: Headings that say nothing of what stands below them.
_GENERAL = pattern(
    r"\W*(?:(?:cac |mot so )?(?:nhiem vu|noi dung|cong viec|giai phap|yeu cau|muc dich|phan cong|thoi gian|thoi han"
    r"|dia diem|tien do|lich|to chuc thuc hien)(?:(?:,| va|,? cac)? (?:nhiem vu|noi dung|giai phap|yeu cau|trong tam"
    r"|cu the|chung|chu yeu|thuc hien|thoi gian|thoi han|dia diem|tien do|thanh phan|hinh thuc|trien khai|tung thang"
    r"|thi|kiem tra)){0,4}"
    r"|phu luc(?: \w{1,4})?|quyet dinh|thong bao|ke hoach|(?:che do )?(?:thong tin,? )?bao cao"
    r"|hoc ky \w{1,2}|(?:nam hoc|thang|quy|tuan)\W.{0,24})\W*"
)
_ATTACHED = re.compile(r"\((?:[Bb]an hành )?[Kk]èm theo .*")
#: The number of an annex, an article or a part before its title.
_NUMBERED = re.compile(r"^(?:(?:PHỤ LỤC|Phụ lục)(?: (?:[IVX]{1,5}|\d{1,2})(?!\w))?|Điều \d{1,3}\.|[A-ZĐ]\.)[\s:.-]*")
#: What a trích yếu says at its end of its year, its place and its levels, which every row shows anyway.
_LEVEL = r"(?:[Mm]ầm non|[Mm]ẫu giáo|[Tt]iểu học|THCS|THPT|GDTX|[Tt]rung học (?:cơ sở|phổ thông)|lớp \d{1,2})"
_AT_END = re.compile(
    r"(?:,?\s(?:(?:(?:sử dụng |áp dụng )?từ |trong )?(?<!đầu )(?<!cuối )(?<!giữa )năm học \d{4}\s?[-–]\s?\d{4}"
    r"|(?:trên|tại) địa bàn (?:tỉnh|thành phố|huyện|quận|xã|phường)[^,;]{0,30}"
    r"|(?:(?:dành )?cho học sinh |đối với (?:cấp )?|cấp (?:học )?|bậc (?:học )?)?"
    rf"{_LEVEL}(?:(?:,|,? và) {_LEVEL}){{0,5}}))+$"
)
_LEADS_TO = re.compile(r",?\s(?:cụ thể\s)?(?:như sau|sau đây|sau)\s?:?\s?$")
#: The act of issuing is not what is to be done: "Điều 1. Ban hành Kế hoạch …".
_ISSUES = re.compile(rf"^(?:Ban hành(?: kèm theo [^,;]{{3,30}})?|Phê duyệt|Công bố)\s(?=[{UPPER}])")
#: How units are asked, which is not what is to be done: "Đề nghị các đơn vị lưu ý mốc thời gian:".
_ASKS = pattern(
    r"(?<!\w)(?:chi dao|huong dan|luu y|trien khai|noi dung|nhu sau|sau day|thoi han|moc thoi gian)(?!\w)[^;.]*"
)
#: The titles of a table are no more words than this, and no sentence.
_HEAD, _SENTENCE = 16, re.compile(r"[.,;()]")
_LEVELS = re.compile(r"(?:Cấp|Bậc),? (?:bậc )?học(?!\w)")
#: A lead of more words is no title; behind units it tells something with more than so many.
_LONG, _TOLD = 30, 2
#: The number of a term, a quarter, a round, which capitals hide.
_ROMAN = re.compile(r"(?<=học kỳ )(?:i{1,2})(?!\w)|(?<=quý )(?:i{1,3}|iv)(?!\w)|(?<=lần thứ )[ivx]{1,5}(?!\w)")


def lead_of_title(title: str, *, whole: bool = False) -> str:
    """Return a heading or trích yếu as the lead of a task, "" where it names but units or says nothing.

    ``whole``: a sentence that leads to a list is one, too, with all it says.
    """
    bare = _LEADS_TO.sub("", _ATTACHED.sub("", bare_title(title)).strip()).rstrip(" .:;")
    bare = _without_head(_ISSUES.sub("", _NUMBERED.sub("", bare)))
    bare = bare if whole else _AT_END.sub("", bare).rstrip(" -–")
    if not tells(bare) or (len(bare.split()) > _LONG and not whole) or _GENERAL.fullmatch(folded(bare)):
        return ""
    units = heading_units(title)
    if units is not None and not (whole and len(telling(_ASKS.sub(" ", folded(title[units.end :])))) > _TOLD):
        return ""
    return title_words(bare)


def _without_head(title: str) -> str:
    """Return a heading without the head of the table below it: "Thời gian tựu trường: Cấp học Ngày tựu trường"."""
    lead, colon, head = title.partition(": ")
    if not colon or not tells(lead) or _SENTENCE.search(head) or len(head.split()) > _HEAD:
        return title
    known = [column for column in titles_of(head) if column is not Column.OTHER]
    return lead if len(known) > 1 or _LEVELS.match(head) else title


def title_words(title: str) -> str:
    """Return a heading as words of a sentence: where all of it stands in capitals, only those of names stay."""
    return _ROMAN.sub(lambda m: m.group().upper(), with_names(sentence_case(title))) if is_upper(title) else title
