"""What goes up: to the office that writes, to those above it, to an office below it that its schools report to."""

from __future__ import annotations

from corpus.facts import Actor
from nlp.page.structure import Clause
from nlp.whom.bound import Bound
from nlp.words.folding import folded, pattern

#: What is reported at once when something happens, by whomever it happens to.
_INCIDENT = pattern(
    r"\W{0,3}(?:khi|neu|truong hop)\s(?:xay ra|co(?! (?:ket qua|huong dan|thong bao|quyet dinh|yeu cau|thay doi))|phat"
    r" hien|phat sinh)[^;.]{3,80}?,\s(?:phai )?(?:thong )?bao(?: cao)?(?: khan| nhanh| ngay| kip thoi| gap)(?!\w)"
)
_TO_BO = pattern(r"(?<!\w)(?:ve|gui|cho|nop) (?:bo(?: gd| giao duc)|vu|cuc)(?!\w)|(?<!\w)ve (?:bo|vu|cuc)(?!\w)")
#: What a Phòng or a commune sends to the Sở or the Bộ.
_TO_ABOVE = pattern(
    r"(?<!\w)(?:gui|nop|bao cao|trinh|chuyen)(?: [^\W\d]\w*){0,12}?(?<! cua)(?<! theo) (?:so|bo) (?:gd|giao duc)"
)
#: What a Sở itself sends to the Bộ, to the province's committee or an office of it, or asks of them.
_ABOVE_SO = (
    r"(?:bo (?:gd\w*|giao duc)|vu (?:gd\w*|giao duc)|cuc (?:nha giao|quan ly chat luong|co so vat chat|cong nghe)"
    r"|thanh tra bo"
    r"|(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|chu tich ubnd|van phong ubnd|thuong truc|bch dang bo) tinh"
    r"|tinh uy|thanh tra tinh|ban tuyen giao tinh)(?!\w)"
)
_FROM_SO = pattern(
    r"(?<!\w)(?:(?:gui|nop|bao cao|trinh|chuyen)(?: [^\W\d]\w*){0,12}?(?<! cua)(?<! theo)(?: (?:ve|cho|den|len))?"
    r"|tham muu(?: cho| voi| trinh)?|(?:ho so|to trinh) de nghi) " + _ABOVE_SO
)
#: What the office that gets it does with it: "gửi về Sở trước … để tổng hợp, báo cáo Bộ GDĐT".
_AIM = pattern(
    r"(?<!\w)de (?:(?:so|phong|ubnd|pgd|sgd)[\w&]* )?(?:\w+ ){0,3}?(?:tong hop|bao cao|trinh|tham muu|theo doi|xem xet)"
)
#: What a Phòng does before the committee of its district.
_TO_DISTRICT = pattern(
    r"(?<!\w)(?<!de )(?:tham muu|trinh|bao cao)(?: cho| voi)? (?:(?:chu tich )?(?:ubnd|uy ban nhan dan)|hdnd"
    r"|thuong truc) (?:huyen|quan|thi xa|thanh pho)(?!\w)"
    r"|(?<!\w)(?<!de )(?:tham muu|trinh|bao cao)(?: cho| voi)? (?:huyen|quan|thi) uy(?!\w)"
)
#: Offices that report to others above them, which nobody else does for them.
_REPORTS_UP = ((str(Actor.PHONG_GDDT),), (str(Actor.UBND_XA),), (str(Actor.SO_GDDT),))
#: An office and its departments, as recipients are named.
_PARTS = {
    str(Actor.BO_GDDT): pattern(r"bo (?:gd|giao duc)|(?:cuc|vu) |(?:van phong|thanh tra) bo"),
    str(Actor.SO_GDDT): pattern(
        r"so (?:gd|giao duc)|phong (?!gd(?:&|va)?\s?dt|giao duc va|van hoa|noi vu|tai chinh)|(?:van phong|thanh"
        r" tra) so"
    ),
    str(Actor.PHONG_GDDT): pattern(r"(?:phong gd|pgd) ?(?:&|va|-)? ?dt|phong giao duc (?:va )?dao tao"),
    str(Actor.UBND_XA): pattern(r"(?:ubnd|uy ban nhan dan)(?: (?:xa|phuong|dac khu)|$)|phong van hoa"),
}
_ALL_OF_PHONG = {"mam_non", "tieu_hoc", "thcs"}


def tells_incident(fold: str, clause: Clause) -> bool:
    """Tell whether a clause asks for word at once when something happens: "Khi xảy ra ngộ độc, báo ngay …"."""
    return _INCIDENT.match(fold, clause.start, clause.end) is not None


def goes_above(words: str, bound: Bound) -> bool:
    """Tell whether folded words of an office send something to those above it, which it does itself: of a Phòng or a
    commune to the Sở or the Bộ, of a Sở to the Bộ or the province's committee."""
    above = _FROM_SO if bound.own == (str(Actor.SO_GDDT),) else _TO_ABOVE
    aim = _AIM.search(words)
    words = words[: aim.start()] if aim is not None else words
    if bound.own == (str(Actor.PHONG_GDDT),) and _TO_DISTRICT.search(words) is not None:
        return True
    return bound.own in _REPORTS_UP and above.search(words) is not None


def is_sent_up(words: str, bound: Bound) -> bool:
    """Tell whether folded words send something to the Bộ or its Vụ, where the Bộ writes."""
    return bound.own == (str(Actor.BO_GDDT),) and _TO_BO.search(words) is not None


def goes_up(recipient: str, bound: Bound) -> bool:
    """Tell whether a recipient is the office that writes, or a department of it."""
    return bool(bound.own) and bound.own[0] in _PARTS and _PARTS[bound.own[0]].match(folded(recipient)) is not None


def levels_below(recipient: str, bound: Bound) -> set[str]:
    """Return the levels of the schools that send something to a Phòng or a commune, none where it is not sent there.

    ("gửi phòng GDĐT hoặc Sở": schools of every level)
    """
    fold = folded(recipient)
    offices = (str(Actor.PHONG_GDDT), str(Actor.UBND_XA))
    if bound.school or set(bound.own) & {*offices} or " hoac " in fold:
        return set()
    if not any(_PARTS[office].match(fold) for office in offices):
        return set()
    return set((bound.levels & _ALL_OF_PHONG) or bound.below or _ALL_OF_PHONG)
