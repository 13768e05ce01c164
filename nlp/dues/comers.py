"""Who is told to come to what is held, in a sentence behind its time: a duty of theirs on the same day.

"Sở tập huấn giáo viên cốt cán từ ngày 14/7 đến ngày 16/7. Mỗi trường THPT cử 03 giáo viên, mỗi xã cử 02 giáo viên về
dự." Who only stands beside the time, or behind a semicolon, is bound by the same duty as the holder (``nlp.dues.who``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.facts import Actor, SchoolLevel
from nlp.dues.trained import DAY
from nlp.naming.actors import Group, group_at, is_office, is_outside, named_in, together
from nlp.page.structure import Clause, Item
from nlp.when.described import Due
from nlp.whom.subjects import opening_units, subject_before
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

#: What is held, in the words before its time or right behind it.
_HELD = pattern(
    r"(?<!\w)(?:tap huan|boi duong|(?<!tong )(?<!phoi )(?<!truong )(?<!ket )(?<!phu )(?<!thich )hop(?! dong)|giao ban"
    r"|hoi (?:nghi|thao|thi|khoe|giang|dien)|to chuc thi|ky thi|mo (?:\d{1,2} )?lop|khai mac|be mac|toa dam|dien dan"
    r"|chu tri (?:hop|hoi nghi|tai (?:hoi truong|diem cau|phong hop|tru so))"
    r"|to chuc (?:cac )?giai (?:the thao|bong|co|cau|viet|dien|chay|boi|vo|keo|da)|trien lam|hoi cho"
    r"|ngay hoi|le (?!te|phep)\w+|so ket|tong ket|sinh hoat chuyen mon|giao luu|lien hoan|boc tham)(?!\w)"
)
#: A time until which something is handed in, no time of something held; and what is handed in.
_UNTIL = pattern(r"(?:truoc|cham nhat|muon nhat|han|xong|hoan thanh|den het|trong vong)(?!\w)")
_SENT = pattern(r"(?<!\w)(?:gui|nop|dang ky|bao cao (?:ve|cho|so|phong|ubnd|bo)|lap danh sach)(?!\w)")
_HOLDS = pattern(r"[,:]? (?:so|phong) (?:gd|giao duc)[^,;.]{0,40}?(?:to chuc|chu tri)(?! hoc)(?!\w)")
#: How those who are told to come are told.
_COME = pattern(
    r"(?:(?!dang ky|lap danh sach|gui |nop |ve viec)[^;.]){0,90}?(?<!\w)"
    r"(?:(?:ve |den )?(?:tham )?du(?! (?:thao|toan|kien|phong|an|tuyen|thi \w+ (?:gui|nop)))|tham gia day du"
    r"|co mat|den dung gio"
    r"|(?:thanh lap|lap|cu) (?:it nhat |toi da )?(?:\d{1,2}|mot) (?:doan|doi(?: tuyen)?)"
    r"|tham gia (?:it nhat |toi thieu |toi da |khong qua |du )?(?:\d{1,2}|mot|hai|ba) (?:gian|tiet muc|doi|doan"
    r"|san pham|du an|mo hinh|bai thi|van dong vien|hoc sinh|thi sinh|nguoi|dai bieu|phan thi|mon|noi dung|trai|xe hoa)"
    r"|(?:chuan bi|bo tri) (?:diem cau|duong truyen)"
    r"|(?:dua|cu|phan cong|bo tri) (?:\d{1,2} )?(?:hoc sinh|doi tuyen|doan|doi|thi sinh|tre|giao vien|nguoi|can bo"
    r"|dai dien|nhan vien|vien chuc|ke toan|dau moi)[^;.]{0,30}? (?:den(?! (?:ngay|het|truoc (?:ngay|gio)))|du|tham"
    r"|(?:ve )?(?:cham(?! (?:dut|nhat|tre))|coi(?= (?:thi|kiem tra|khao sat))))"
    r"|(?:cu|phan cong|bo tri) (?:\d{1,2} )?(?:nguoi|can bo|nhan vien|giao vien|dai dien|phuong tien)"
    r"(?: (?:va|cung|phuong tien|xe)){0,3}(?: (?:den|toi|ra|di))? nhan(?! vien| xet))(?!\w)"
)
#: Words as written that only fold like "dự".
_NOT_COMING = re.compile(r"(?<!đầy )(?<!\w)(?:đủ|dữ|đu|dụ)$", re.I)
#: Who only invites others to it holds it, too: "Tại điểm cầu địa phương, sở GDĐT mời đại diện UBND tỉnh".
_INVITES = pattern(r"[^;.]{0,30}?(?<!\w)moi (?:dai dien|dai bieu|lanh dao|hieu truong)(?!\w)")
#: How a clause invites: "mời lãnh đạo …", "Kính mời …".
_ASKS_TO = pattern(r"\W{0,3}(?:(?:kinh|tran trong|tran trong kinh) )?moi\s")
#: What the invited are told to do, behind their names.
_TOLD_MORE = pattern(
    r"(?<!\w)(?:du|tham|gui|nop|dang ky|viet|phat bieu|bao cao|chuan bi|cu|den|mang|trao|ho tro)(?!\w)"
)
_SOME_OF_THEM = pattern(r"\W{0,3}(?:noi|don vi|dai bieu|truong|xa,? phuong) nao(?!\w)")
#: What those do who do not come, a duty of its own.
_ELSE = pattern(r",\s(?:neu |truong hop )?(?:vang|khong|khi vang|co viec)(?!\w)")
#: Where the next of several begins, and how little may stand between units and their coming there.
_IN_TURN = pattern(r"(?:^|[,;]\s(?:va )?)(?=moi |cac |rieng |phong |truong |so )|(?<!\w)(?=moi )")
_COMES = pattern(r"\s(?:(?:tham )?du|tham gia)(?!\w)")
#: Who takes part, listed: "Thành phần tham dự gồm: …".
_TAKE_PART = pattern(
    r"\W{0,3}(?:thanh phan|doi tuong)(?: (?:tham du|du|tham gia|trieu tap|du hop|cua \w+))?\s?(?::|gom:?|la)\s"
)
#: Who takes part in what a lead says the office holds: "Sở tổ chức …, các đơn vị cử học sinh dự thi theo lịch sau".
_LEAD_GOES_ON = pattern(r"(?<!\w)to chuc(?! thuc)[^;:]{3,120}?[,;] (?:de nghi |yeu cau )?(?=cac |moi |nha truong)")
#: That the times follow.
_SCHEDULE = pattern(r"(?<!\w)(?:theo|lich|cu the|nhu|thoi gian)(?: \w+){0,4} sau(?!\w)")
_IN_LEAD = pattern(
    r" (?:[^;:.,]{1,40} )?(?:(?:tham gia|tham du|du thi)(?! y kien)"
    r"|cu [^;:.,]{2,40}?(?:du(?! kien| toan)|tham gia))(?!\w)"
)
#: Where the words behind a time may go on with who comes, and how they list these.
_THEN = pattern(r",\s(?:(?:de nghi|yeu cau)\s)?")
_PRESENT = pattern(r"(?:thanh phan )?(?:tham du|du(?: hop| hoi nghi| le| tap huan)?) (?:co|gom(?: co)?|la)\s")
#: What is handed out to those who come for it.
_GIVEN = pattern(
    r"(?<!\w)(?:giao|cap phat|ban giao|tra|phat)(?! (?:vien|duc|an|luu|thong|cho (?:giao|hoc)))"
    r"(?: (?!(?:danh sach|ho so|bao cao)\b)\w+){0,3}? (?:tai|cho|the|sach|gao|bang|thiet bi|phoi|de thi|giay)(?!\w)"
)
#: Centres that come with the schools: "các trường THPT đóng tại thành phố và trung tâm đưa học sinh đến dự".
_AND_CENTRES = pattern(r"[^;:.,]{0,60}? va (?:cac )?trung tam(?= (?:dua|cu|to chuc|chuan bi|tham|bo tri)(?!\w))")
#: So many words that only fold like "dự" may stand before it: "cử đủ thành phần tham dự".
_TRIES = 3
_SCHOOLS = (str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX))
#: So many clauses behind the time may tell who comes.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Come:
    """Units that a clause tells to come; ``beside``: the duty of who holds it is theirs, too."""

    clause: Clause
    group: Group
    beside: bool


def told_to_come(
    item: Item, clauses: list[Clause], k: int, due: Due, dues: list[list[Due]], *, invites: bool = False
) -> list[Come]:
    """Return those whom the sentences behind a time tell to come; ``k`` is its clause.

    ``invites``: all of the directive is an invitation, whose times are those of what is held.

    A sentence with a time of its own tells another day, and ends what is said of this one.
    """
    fold = item.joined.fold
    clause = clauses[k]
    held = invites or _HELD.search(fold, clause.start, clause.end) is not None or _is_in_heading(item, clause, due)
    held = held or _GIVEN.search(fold, clause.start, due.start) is not None
    sent = _SENT.search(fold, clause.start, due.start) is not None
    if item.table or sent or _UNTIL.match(fold, due.start) is not None:
        return []
    later = [one.start for one in dues[k] if one.start > due.start]
    day = DAY.search(fold, due.start, due.end) is not None  # a month in which an office is to train adds nobody
    until = fold.rfind(",", due.end, later[0]) if later else clause.end  # "A dự ngày 06/10, B dự ngày 07/10"
    here = _beside(item, Clause(due.end, until)) if day and until > due.end else None
    found: list[Come] = [here] if here is not None else []
    if not held:
        return found
    sentence = False
    for n in range(k + 1, min(len(clauses), k + 1 + _NEAR)):
        sentence = sentence or not item.text.startswith(";", clauses[n - 1].end)
        if dues[n]:
            break
        take_part = _part_taken(item, clauses[n])
        found += [Come(clauses[n], take_part, beside=True)] if take_part is not None else []
        for group, part, holds in _coming(item, clauses[n]):
            named = fold.find(fold[group.start : group.end], clause.start, clause.end) >= 0
            beside = not sentence or holds or (named and not is_office(group)) or _just_invited(item, part, group)
            found.append(Come(part, group, beside))
    return found


def _beside(item: Item, rest: Clause) -> Come | None:
    """Return those whom the words behind a time tell to come, behind a comma: "…, mỗi Phòng GDĐT cử 01 đội tham gia",
    "…, dự họp có hiệu trưởng các trường THPT"."""
    fold = item.joined.fold
    for comma in _THEN.finditer(fold, rest.start, rest.end):
        part = Clause(comma.end(), rest.end)
        present = _PRESENT.match(fold, part.start, part.end)
        groups = named_in(item.text, fold, present.end(), part.end) if present is not None else []
        if groups:
            return Come(part, together(groups), beside=True)
        group = opening_units(item, part)
        if group is not None and not is_outside(group):
            comes = _does(item, group) and _come(item, group.end, part.end) is not None
            return Come(part, group, beside=True) if comes else None
    return None


def _is_in_heading(item: Item, clause: Clause, due: Due) -> bool:
    """Tell whether a clause says when what its heading names is held: "2. Ngày hội STEM ⏎ b) Cấp tỉnh: ngày …, Sở GDĐT
    tổ chức tại …"."""
    title = folded(item.path[-1]) if item.path else ""
    held = _HELD.search(title) is not None and _SENT.search(title) is None
    return held and _HOLDS.search(item.joined.fold, due.end, clause.end) is not None


def _coming(item: Item, clause: Clause) -> list[tuple[Group, Clause, bool]]:
    """Return the units of a clause that come: one group, or each of those in turn ("mỗi trường …, mỗi xã …").

    With each its part of the clause, and whether it only invites others.
    """
    fold = item.joined.fold
    invited = _invited(item, clause)
    if invited is not None:
        return [(invited, clause, False)]
    opens = opening_units(item, clause)
    group = opens if opens is not None and _does(item, opens) else subject_before(item, clause, clause.end)
    ends = sorted({m.end() for m in _IN_TURN.finditer(fold, clause.start, clause.end)})
    starts = [at for at in ends if not item.text.startswith("mời", at)]
    named = [g for at in starts if (g := group_at(item.text, fold, at)) and not is_outside(g)]
    turn = [g for g in named if _does(item, g) and not any(o.start < g.start < o.end for o in named)]
    first = group if group is not None and not any(g.start <= group.start < g.end for g in turn) else None
    turn = [first, *(g for g in turn if g.start > first.end)] if first is not None else turn
    if len(turn) > 1 and _COME.match(fold, turn[-1].end, clause.end):
        stops = [*(g.start for g in turn[1:]), clause.end]
        return [(g, Clause(g.start, stop), False) for g, stop in zip(turn, stops, strict=True)]
    group = group or (turn[0] if turn else None)
    if group is None or is_outside(group):
        return []
    if set(group.actors) <= {_SCHOOLS[0]} and (more := _AND_CENTRES.match(fold, group.end, clause.end)) is not None:
        levels = (*group.levels, str(SchoolLevel.GDTX)) if group.levels else ()
        group = replace(group, end=more.end(), actors=_SCHOOLS, levels=levels)
    come = _come(item, group.end, clause.end)
    if come is None:
        return [(group, clause, True)] if _INVITES.match(fold, group.end, clause.end) else []
    other = _ELSE.search(fold, come.end(), clause.end)
    return [(group, Clause(clause.start, other.start() if other is not None else clause.end), False)]


def _invited(item: Item, clause: Clause) -> Group | None:
    """Return all units that a clause opens with inviting: "mời lãnh đạo UBND xã, hiệu trưởng trường THPT dự tại …"."""
    begin = _asks_to(item, clause)
    if begin is None:
        return None
    groups = named_in(item.text, item.joined.fold, begin, clause.end)
    if not groups:
        return None
    comes = _come(item, groups[-1].end, clause.end) is not None or _just_invited(item, clause, groups[-1])
    return together(groups) if comes else None


def _just_invited(item: Item, clause: Clause, last: Group) -> bool:
    """Tell whether a clause says no more than who is invited: "Mời hiệu trưởng các trường THPT."."""
    return _asks_to(item, clause) is not None and _TOLD_MORE.search(item.joined.fold, last.end, clause.end) is None


def _asks_to(item: Item, clause: Clause) -> int | None:
    """Return where the words of a clause that invites begin behind "mời", None for another ("mỗi" folds alike)."""
    asks = _ASKS_TO.match(item.joined.fold, clause.start)
    invites = asks is not None and item.text[: asks.end()].rstrip().endswith(("mời", "Mời"))
    return asks.end() if asks is not None and invites else None


def guests_before(item: Item, clauses: list[Clause], k: int) -> Group | None:
    """Return who is invited in the clause before one that speaks of some of them: "… mời lãnh đạo UBND các xã, hiệu
    trưởng các trường THPT đến dự; nơi nào phát biểu tham luận gửi bài về …"."""
    if not k or _SOME_OF_THEM.match(item.joined.fold, clauses[k].start) is None:
        return None
    return _invited(item, clauses[k - 1])


def _come(item: Item, start: int, end: int) -> re.Match[str] | None:
    """Return what tells that units come whose name ends at ``start``."""
    for _ in range(_TRIES):
        come = _COME.match(item.joined.fold, start, end)
        if come is None:
            return None
        sits_in = item.text.startswith(" giờ", come.end())  # "dự giờ": at a lesson
        if not sits_in and _NOT_COMING.search(item.text, max(0, come.end() - 8), come.end()) is None:
            return come
        start = come.end()
    return None


def _does(item: Item, group: Group) -> bool:
    """Tell whether what units do or that they come stands right behind them."""
    fold = item.joined.fold
    return opens_with_verb(fold, group.end + 1) or _COMES.match(fold, group.end) is not None


def _part_taken(item: Item, clause: Clause) -> Group | None:
    """Return all units that a clause lists as those who take part: "thành phần gồm lãnh đạo các phòng GDĐT, …"."""
    fold = item.joined.fold
    told = _TAKE_PART.match(fold, clause.start)
    groups = named_in(item.text, fold, told.end(), clause.end) if told is not None else []
    return together(groups) if groups else None


def taking_part(item: Item) -> Group | None:
    """Return who takes part in all that a list or table tells, by its lead: "Phòng GDĐT tổ chức các hội thi theo lịch
    sau, các trường tham gia đầy đủ: …"."""
    return _taking_part(item.above[-1]) if item.above else None


def _taking_part(lead: str) -> Group | None:
    fold = folded(lead)
    for comma in _LEAD_GOES_ON.finditer(fold):
        group = group_at(lead, fold, comma.end())
        if group is not None and not is_outside(group) and _IN_LEAD.match(fold, group.end) is not None:
            return group
    return None


def led_to_take_part(items: list[Item]) -> dict[int, Group]:
    """Return who takes part in what the rows of a table tell, by the paragraph before it; keys are where rows begin."""
    found: dict[int, Group] = {}
    before: Item | None = None
    for item in items:
        if not item.table:  # between the paragraph and the rows stands the head of the table
            led = _SCHEDULE.search(item.joined.fold) is not None
            before = item if led else before if not (item.label or item.heading) else None
            continue
        group = _taking_part(before.text) if before is not None else None
        if group is not None:
            found[item.start] = group
    return found
