"""Who answers what comes in: the office it is sent to, within so many days of getting it.

"Trường gửi hồ sơ về Phòng GDĐT để thẩm định trong vòng 10 ngày kể từ ngày nhận được hồ sơ": the school sends at its own
time, the days are those of the Phòng.
"""

from __future__ import annotations

from nlp.naming.actors import OFFICES, Group, groups_in
from nlp.page.structure import Clause, Item
from nlp.when.described import Due
from nlp.words.folding import pattern

#: What the office that receives does with it, right before a time.
_AIM = pattern(
    r"(?<!\w)de (?:(?:so|phong|ubnd) (?:gd\S* )?)?(?:duoc )?(?=(?:xem xet|tham (?:dinh|tra)|phe duyet|duyet|tra loi"
    r"|(?:cho|co|gop) y kien|phan hoi|giai quyet|quyet dinh|cong nhan|cap (?:phep|giay)|chap thuan)(?!\w))"
    r"[^;.:]{3,90}$"
)
#: So many days from when it got what was sent; not what those who sent do when they hear of it.
_ON_RECEIPT = pattern(
    r"(?:trong|cham nhat|toi da|khong qua|sau)(?!\w)[^;.:]{0,40}?\d{1,3} ngay[^;.:]{0,40}?(?<!\w)(?:tiep )?nhan"
    r" (?:duoc |du )?(?:cac |day du )?(?:ho so|de nghi|bao cao|ke hoach|to trinh|don|danh muc|van ban|du toan|de an"
    r"|phuong an|phieu|san pham|danh sach)(?!\w)"
)
_SENT = pattern(r"(?<!\w)(?:gui|nop|trinh|bao cao|chuyen)(?!\w)")
#: How far behind a time it may tell from when the days are counted, and how far before it is told to whom.
_BEHIND, _REACH = 60, 600


def answering(item: Item, clause: Clause, due: Due) -> Group | None:
    """Return the offices that answer within a time what a clause sends them, None where it is no such time."""
    fold = item.joined.fold
    if item.table or _ON_RECEIPT.match(fold, due.start, min(due.end + _BEHIND, clause.end)) is None:
        return None
    begin = max(clause.start, due.start - _REACH)
    aim = _AIM.search(fold[begin : due.start])
    sent = _SENT.search(fold, begin, begin + aim.start()) if aim is not None else None
    if aim is None or sent is None:
        return None
    until = begin + aim.start()
    told = [a for group in groups_in(item.text, fold, sent.end(), until) for a in group.actors]
    offices = tuple(dict.fromkeys(a for a in told if a in OFFICES))
    return Group(until, due.start, offices or ("own",), ())
