"""What an item says is sent: whether a list is one of things that are sent, and whether a member of it is."""

from __future__ import annotations

import re

from nlp.naming.recipients import sends
from nlp.page.structure import Item
from nlp.words.folding import folded, pattern

#: What is dated: a sentence for all of a list has no time of its own.
DATED = re.compile(
    r"\d/\d|ngày \d|tháng \d|hằng (?:tháng|tuần|quý|ngày)|ngay (?:sau|khi)"
    r"|\d (?:ngày|giờ|tuần) (?:làm việc )?(?:kể |sau |từ )"
)
#: What a sentence for a whole list is about: "Các báo cáo gửi về Sở GDĐT (qua …)", "Bản mềm gửi vào …".
THINGS = pattern(
    r"[\s\-+*]{0,3}(?:luu y:\s)?(?:\d{1,2}[.)]\s|[a-z]\)\s)?(?:(?:tat ca|toan bo|moi)\s)?(?:cac\s)?(?:loai\s)?"
    r"(?:bao cao|ho so|van ban|danh sach|san pham|bai (?:du thi|viet)|ket qua|so lieu|ke hoach|du lieu|de nghi|y kien"
    r"|ban (?:dang ky|dien tu|giay|mem|cung|pdf|scan|tong hop|gop y)|file|bieu (?:mau|tong hop|so lieu)|phieu"
    r"|noi (?:nhan|nop|gui)|dia (?:chi|diem) (?:nhan|nop|gui)"
    r"|(?:tiep )?nhan (?:bao cao|ho so|bai|tac pham|san pham))\d{0,2}(?!\w)"  # the mark of a footnote
)
#: A paragraph that tells but the time of what the one before it sends: "Thời gian nộp danh sách: trước ngày …".
TIME_OF = pattern(
    r"\W{0,3}(?:(?:\d{1,2}|[a-z])[.)]\s)?(?:thoi (?:gian|han)|han(?: cuoi| chot)?)"
    r" (?:gui|nop|(?:tiep )?nhan|bao cao)(?!\w)"
)
#: What rows of a table are done with that nobody sends: meetings, attendance, what an office does with what it got.
_NOT_SENT = pattern(
    r"\W{0,3}(?:\d{1,3}[.)]?[\s|]{1,3})?(?:hop|cu(?= )|to chuc|trao|du(?= )|tham (?:du|gia)|tap huan"
    r"|hoi (?:nghi|thao)|phat thuong|cong bo)(?!\w)"
)
_SENT_LATER = re.compile(r"gửi (?:sau|kèm)(?!\w)")
#: Leads by which an office tells all others something: "Sở thông báo tới các trường lịch công tác như sau:".
_TELLS_ALL = pattern(
    r"(?<!\w)(?:thong bao|(?:gui|chuyen)(?: den| toi| cho)? (?:cac|quy) (?:truong|don vi|phong|so|co so|ong))(?!\w)"
)


def sending_lead(item: Item) -> str:
    """Return the lead of an item's list that tells what is sent, without a time of its own, "" for none.

    "Các trường gửi về Sở GDĐT (qua …) các nội dung sau:", also where it opens the directive.
    """
    lead = item.above[-1].rstrip() if item.above else ""
    if not lead.endswith(":") or _TELLS_ALL.search(folded(lead)) is not None:
        return ""
    return lead if sends(lead) and DATED.search(lead) is None else ""


def lists_sent(item: Item) -> bool:
    """Tell whether an item stands in a list of what is sent, under its lead or under "5. Thời gian nộp báo cáo"."""
    return bool(sending_lead(item)) or (bool(item.path) and TIME_OF.match(folded(item.path[-1])) is not None)


def is_sent(item: Item) -> bool:
    """Tell whether a row of a table, or a member of a list, may be something that is sent."""
    return _NOT_SENT.match(item.joined.fold) is None or sends(_SENT_LATER.sub("", item.text))
