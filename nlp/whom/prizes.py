"""The rules of a contest (thể lệ) that an office holds: what its organisers do with prizes, and what winners do.

Rows of them name no unit, and none of them is a school's: "Giải thưởng được trao …", "Tuần 1 | 16/11 | 19/11".
"""

from __future__ import annotations

from nlp.page.sent import lists_sent
from nlp.page.structure import Clause, Item
from nlp.words.folding import folded, pattern

#: Who won is no unit.
_WINNERS = pattern(
    r"\W{0,4}(?:(?:trong|truoc|sau|qua|cham nhat)[^,;.]{0,80}, )?(?:cac |nhung |moi )?nguoi(?: choi| tham gia)?"
    r" (?:thang|trung|dat|doat) (?:giai|thuong|cuoc)(?!\w)"
)
#: What the organisers do, told of them or in the passive.
_ORGANISERS = pattern(
    r"(?<!\w)(?:duoc|do) (?:ban to chuc|btc)(?!\w)"
    r"|(?<!\w)(?:ban to chuc|btc)(?: (?:cuoc|hoi) thi)? (?:se|co trach nhiem|tien hanh|cong bo|trao|lien he"
    r"|gui (?:qua|giai|thuong)|cham|tong hop|lua chon|xet)(?!\w)"
    r"|(?<!\w)(?:giai thuong|phan thuong|qua tang)(?: \w+){0,3}? (?:se )?duoc (?:\w+ ){0,3}?(?:trao|gui|chuyen)(?!\w)"
)
#: A heading over prizes, or over how they are given.
_PRIZES = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[a-h])[.)]\s{0,2})?(?:(?:co cau|cach thuc|ke hoach|the thuc"
    r"|quy dinh|tieu chi)(?: va)? )?(?:cham |trao |nhan |xet |cong bo )?(?:giai(?: thuong)?"
    r"|phan thuong|qua tang|ket qua)(?!\w)"
)
#: A heading over when, where and before whom something is held.
_WHEN_HELD = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[a-h])[.)]\s{0,2})?(?:thoi gian|lich)"
    r"(?:(?:,| va| -){1,2} (?:dia diem|thanh phan|dai bieu|noi dung|hinh thuc)(?: tham (?:du|gia))?){1,3}"
    r"(?: to chuc)?\W{0,3}"
)
_SENT = pattern(r"(?<!\w)(?:gui|nop|dang ky|nhan (?:bai|ho so|tac pham|san pham)|du thi|bao cao)(?!\w)")


def won(item: Item, clause: Clause) -> bool:
    """Tell whether a clause is of those who won: "Người thắng giải gửi thông tin cá nhân cho Ban Tổ chức …"."""
    return _WINNERS.match(item.joined.fold, clause.start) is not None


def of_organisers(item: Item, clause: Clause) -> bool:
    """Tell whether a clause, or a row of a table that names nobody, is what those do who hold a contest."""
    if item.table:
        return _SENT.search(folded(item.head) + item.joined.fold) is None and not lists_sent(item)
    if _ORGANISERS.search(item.joined.fold, clause.start, clause.end) is not None:
        return True
    titled = any(_PRIZES.match(folded(title)) for title in item.path[-2:])
    titled = titled or (bool(item.path) and _WHEN_HELD.fullmatch(folded(item.path[-1])) is not None)
    return titled and _SENT.search(item.joined.fold, clause.start, clause.end) is None
