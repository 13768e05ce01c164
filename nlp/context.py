"""Duties whose own words do not say what is to be done: they take the heading above them, else the trích yếu."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Deadline
from nlp.content import tells
from nlp.folding import folded, pattern
from nlp.headings import heading_units
from nlp.order import without_term
from nlp.phrases import bare_title, sentence
from nlp.structure import Item
from nlp.titles import done_in_last
from nlp.verbs import opens_with_verb
from nlp.wording import title_words

#: Headings that say nothing of what stands below them.
_GENERAL = pattern(
    r"\W*(?:(?:cac )?(?:nhiem vu|noi dung|cong viec|giai phap|yeu cau|muc dich|phan cong|thoi gian|thoi han|dia diem"
    r"|tien do|lich|to chuc thuc hien)(?:(?:,| va|,? cac)? (?:nhiem vu|noi dung|giai phap|yeu cau|trong tam|cu the"
    r"|chung|chu yeu|thuc hien|thoi gian|thoi han|dia diem|tien do|thanh phan|hinh thuc|trien khai|tung thang|thi"
    r"|kiem tra)){0,4}"
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
#: The label of a time, over what it is the time of: "Thời gian thi dự kiến: mầm non".
_LABELLED = re.compile(r"^(?:Thời (?:gian|hạn|điểm)|Lịch)(?:\s\w+){0,3}:\s(?=\S)")
_LEADS_TO = re.compile(r",?\s(?:cụ thể\s)?(?:như sau|sau đây|sau)\s?:?\s?$")
#: What a row is that needs no verb: something held, something sent.
_NOUN = pattern(
    r"\W*(?:\d{1,2}\W+)?(?:hop|hoi|le|ngay hoi|cuoc thi|ky thi|vong|tap huan|bao cao|ho so|danh sach|ke hoach|bien ban"
    r"|du toan|phieu|ban|so (?:lieu|luong|lop)|thong ke|bieu|tuan le|chuyen de|so ket|tong ket)(?!\w)"
)
#: A lead of more words is no title; a verb alone has at most so many.
_LONG, _BARE = 30, 2


def in_context(item: Item, row: Deadline, subject: str | None) -> Deadline:
    """Return a dated duty that can be read alone: "Các trường TH" → "Duyệt số liệu đầu năm học: các trường TH"."""
    task = _LABELLED.sub("", row.task)
    if _stands(item, task):
        return row
    above = (*map(_lead, reversed(item.path)), _lead(subject or ""))
    lead = done_in_last(item, row.due_text) or next(filter(None, above), "")
    words = task.rstrip(" .")
    if not lead or folded(lead) in folded(words):
        return row
    if folded(words) in folded(lead):
        return replace(row, task=sentence(without_term(lead)))  # "Tổ chức" under "Tổ chức Hội thi …"
    rest = words[:1].lower() + words[1:] if words[1:2].islower() else words
    if len(rest.split()) <= _BARE and opens_with_verb(folded(rest), 0) and not opens_with_verb(folded(lead), 0):
        return replace(row, task=sentence(f"{rest} {lead[:1].lower()}{lead[1:]}"))  # "Tổ chức vòng trường"
    return replace(row, task=sentence(f"{lead}: {rest}"))


def _stands(item: Item, task: str) -> bool:
    """Tell whether a task says what is to be done; a row of a table does with a verb or with what is held or sent."""
    if not tells(task):
        return False
    fold = folded(task)
    by_column = fold.partition(":")[0] in folded(item.head)  # "Duyệt bảng kê: tiểu học", see titles.done_by
    return not item.table or by_column or _NOUN.match(fold) is not None or _holds_verb(fold)


def _holds_verb(fold: str) -> bool:
    return any(opens_with_verb(fold, match.start()) for match in re.finditer(r"(?<!\w)[a-z]", fold))


def _lead(title: str) -> str:
    """Return a heading or trích yếu as the lead of a task, "" where it names but units or says nothing."""
    bare = _LEADS_TO.sub("", _ATTACHED.sub("", bare_title(title)).strip()).rstrip(" .:;")
    bare = _AT_END.sub("", _NUMBERED.sub("", bare))
    if not tells(bare) or len(bare.split()) > _LONG or heading_units(title) is not None:
        return ""
    return "" if _GENERAL.fullmatch(folded(bare)) else title_words(bare)
