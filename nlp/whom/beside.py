"""Units named right at a time: before it ("…, các trường mầm non trước ngày …"), behind it ("… đối với THPT")."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Actor
from nlp.naming.actors import Group, group_at, is_office, is_outside, level_group
from nlp.naming.recipients import TOLD_TO_DO
from nlp.page.structure import Clause, Item
from nlp.page.unitcolumns import unit_columns, units_of
from nlp.when.described import Due
from nlp.whom.bound import Bound
from nlp.whom.headings import governing
from nlp.whom.subjects import BESIDE, EACH, GIAO, opening_units, share_at
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

_FOR = pattern(
    r"[\s,(]{0,4}(?:chi\s)?(?:doi voi|cho|danh cho|(?:chi\s)?ap dung (?:doi voi|cho)|\((?:bang \w{1,2}:\s?)?)\s{0,2}"
)
_COUNTED = pattern(r"(?: (?:cu|chon))?(?: (?:it nhat|toi da|khong qua|tu))? \d{1,3} (?!buoi|ngay|lan|dot|ban|tiet)\w")
#: Units in a bracket of their own: "(trường THPT)", not "(tiểu học: 02 ngày đầu)".
_CLOSED = pattern(r"[^:;()]{0,40}\)")
#: A part of those who act, whose members stand in a bracket.
_SHARE_NAME = pattern(r"(?<!\w)(?:nhom|dot|cum|ca|bang|lop|buoi|luot|phien|khu vuc|vung|doan)(?: so| thu)? \w{1,4}\s?$")
_IN_BRACKET = pattern(r"\((?:(?:bao )?gom|danh cho|cho|doi voi|ca(?= ))?\s?(?:cac\s(?=don vi))?")
#: "Báo cáo sơ kết học kỳ I (Phòng GDĐT): 19/01/2024".
_COLON = pattern(r"\)\s?:")
_BESIDE_LEAD = pattern(r"(?:rieng|doi voi|cap|bac|giao duc)\s{1,2}")
#: What may stand before a time that opens a clause.
#: What may stand before a time that opens a clause behind another: "Sau đợt này, trước ngày … các đơn vị …".
BEHIND_TIME = pattern(
    r"\W{0,4}(?:sau|truoc|trong|khi|ngay|ben canh|ngoai|tren co so|can cu(?: vao)?|tu ket qua|theo ket qua"
    r"|nhan duoc|co ket qua)\s[^.;:,()]{2,60},\s(?:va\s)?(?:trong tuan\s)?"
)
OPENING = pattern(
    r"[\s\-+,:]*(?:(?:luu y|ghi chu|chu y"
    r"|(?:che do |thoi gian |thong tin,? )?bao cao(?: (?:dinh ky|ket qua|thuc hien))*)\s?:\s)?"
    r"(?:(?:phan dau|dinh ky|hang nam|hang thang|rieng),?\s)?(?:ngay\s)?"
)
#: For whom something is done at a time, and an office that only asks.
_DONE_FOR = pattern(r"[\s,]{1,3}(?:(?:danh )?cho|doi voi)\s")
_ASKS = pattern(r",? (?:de nghi|yeu cau|thong bao|huong dan|giao|luu y)(?!\w)")
_LETS = pattern(
    r"(?: [^;.,]{1,40})? (?:thong bao|quyet dinh|dong y|cho phep|cho)(?: viec)?(?: cho)? (?:toan bo |tat ca |cac )?"
    r"(?:tre(?: em| mam non)?|hoc sinh|hoc vien|sinh vien)(?!\w)[^;.]{0,160}?(?<!\w)(?:nghi hoc|(?:di hoc|den truong)"
    r" tro lai|tro lai truong|(?:tam )?dung den truong|hoc truc tuyen)(?!\w)"
)
_TOLD = pattern(r"(?: [^;.,]{1,40}?)? thong bao")
_SENT = pattern(r"(?<!\w)(?:gui|nop|bao cao|chuyen|ban giao)(?!\w)")
#: What a bracket says of who is in charge: "(Phòng GDTrH chủ trì)", "(do Sở tổ chức)".
_CHARGE = pattern(
    r"\s(?:chu tri|chiu trach nhiem|phu trach|to chuc|thuc hien)"
    r"(?:,? phoi hop[^()]{0,80}|, [^()]{2,60}? phoi hop(?: thuc hien)?)?\)"
)
#: A bracket behind a time, or behind where it is held: "ngày 18/5/2024 tại bãi biển Nhật Lệ (Sở … chủ trì)".
_BRACKET = pattern(r"(?: tai(?: [\w-]+){1,12})? \((?:do )?")
#: Where a chain of units may begin, and how far before its last comma.
_UNIT = pattern(r"(?<!\w)(?:cac (?=truong|phong|so|trung tam)|(?:truong|phong|trung tam|ttgd)(?!\w))")
_CHAIN = 60
_WHERE = pattern(r"(?:cac )?don vi (?:o|thuoc|tren dia ban|con lai|khac|dong tai)(?!\w)")
_SCHOOLS = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX)}
#: A time is that of the units before it that stands no further behind them than this.
_NEXT_TIME = 32
#: How much of a row's cells is read, in characters and words, and how units in them begin.
_CELL, _REST_WORDS = 80, 6
_UNITS_BEGIN = pattern(r"(?<!\w)(?:cac |phong |so |truong |don vi |trung tam |tt |ubnd |hieu truong |co so )")
#: What may stand between units and what they do: "Trong tháng 11 Sở sẽ kiểm tra …".
_WILL = pattern(r"\s(?:(?:se|phai|chu dong|tiep tuc)\s)?(?:di\s)?")
#: What an office hands out, and others who get it by a day of their own: "… cho các trường A trước 10/5, các trường B
#: trước 17/5".
_HANDS_TO = pattern(
    r"(?<!\w)(?:ban giao|cap phat|cap(?! nhat)|phan bo|trang bi|phat|trao|chuyen giao|giao tra)\s(?:\w+\s){0,8}?cho\s"
    r"(?:cac\s)?(?:phong|truong|trung tam|don vi|xa|co so)(?!\w)"
)
_ALSO_GET = pattern(
    r"(?:\s(?:thuoc|o|tai|vung|khu vuc|con lai|khac|tren dia ban)(?!\w)[^;:.]{0,60}?)?\s(?:xong\s)?(?:vao\s)?"
)
#: What the office that receives does with it; what is asked of others by who acts.
_TO_GATHER = pattern(r"[\s,]{0,2}(?:de|nham) (?:kip (?:thoi )?)?(?:tong hop|bao cao|trinh|xem xet)(?!\w)")
_SO_THAT = pattern(r"[\s,]{0,2}(?:de|cho)\s")
_IN_TIME = pattern(r"\s(?:kip(?: thoi)?\s)?")
_AND_BEGS = pattern(r"(?:(?<!\w)va|dong thoi|,) (?:de nghi|kien nghi)\s$")
_ABOUT = pattern(r"(?:\W|rieng|con){0,5}doi voi\s(?:cac\s)?$")
#: "…, các trường THPT thực hiện trong tuần …".
_JUST_DONE = pattern(
    r"\s(?:thuc hien|to chuc(?: thuc hien)?|trien khai|tien hanh|hoan thanh)\s{1,2}(?:trong (?:tuan )?)?"
)
#: From when it is so: "Chiều thứ Năm hằng tuần (bắt đầu từ tháng 4) phòng GDĐT cập nhật …".
_ASIDE = pattern(r"\s\((?:bat dau|ke|tinh)? ?tu [^()]{3,60}\)(?=,? )")
#: What joins a day that opens a clause to who acts; its weekday or hour may stand in a bracket before.
_NEXT = pattern(
    r"(?:\s?\((?:thu \w{2,4}|chu nhat|sang|chieu|ca ngay|(?:luc |tu |vao )?\d{1,2} ?(?:h|g|gio)[^()]{0,20})\))?"
    r"(?:,\s(?:tai|o)\s[^,;.:()]{3,80})?"
    rf"\s?[,:]\s{{1,2}}(?:(?:de nghi|yeu cau|{GIAO})\s{{1,2}})?"
)


def subject_after(item: Item, at: int, until: int) -> Group | None:
    """Return the units named behind a date: "… trước ngày 10/10/2023 đối với trường THPT và TT GDTX"."""
    fold = item.joined.fold
    lead = _FOR.match(fold, at, min(len(fold), at + 24))
    if lead is None:
        return None
    start = lead.end()
    group = group_at(item.text, fold, start) or level_group(item.text, fold, start)
    if group is None or group.start >= until:
        return None
    bracket = "(" in lead.group() and "ap dung" not in lead.group()  # "(chỉ áp dụng đối với …)" says whom it binds
    if bracket and (not _CLOSED.match(fold, group.end) or opens_with_verb(fold, group.end + 1)):
        return None  # "(các trường mầm non báo cáo thêm biểu bán trú)"
    if bracket and _COUNTED.match(fold, group.end) is not None:
        return None  # "(mỗi trường 01 người)" says how many come
    return group


def subject_beside(item: Item, start: int, until: int) -> Group | None:
    """Return the units named right before a time, behind a comma: "…, các trường mầm non trước ngày 05/01/2024".

    ``start`` is the end of the time before it, or where the clause begins.
    """
    fold = item.joined.fold
    opening = start
    while opening < until and (not fold[opening].isalnum() or fold.startswith("va ", opening)):
        opening += 3 if fold.startswith("va ", opening) else 1
    for opens in (_levels_beside(item, opening), _schools_beside(item, opening)):
        if opens is not None and opens.end <= until <= opens.end + BESIDE:
            return opens
    inside = _in_bracket(item, start, until)
    if inside is not None:
        return inside
    cut = max(fold.rfind(mark, start, until) for mark in (", ", "; ", ": "))
    while cut >= start:
        lead = EACH.match(fold, cut + 2)
        group = group_at(item.text, fold, cut + 2) if lead else _levels_beside(item, cut + 2)
        if group is None and (fold[cut] in ":;" or fold.startswith(("truong ", "trung tam "), cut + 2)):
            group = _schools_beside(item, cut + 2)
            done = group is not None and _JUST_DONE.fullmatch(fold, group.end, until) is not None
            group = group if fold[cut] in ":;" or done else None  # "…, trường tiểu học tổ chức ngày …"
        rest = fold[group.end : until] if group is not None and group.end <= until else ""
        if group is not None and group.end <= until <= group.end + 12 and len(rest.split()) <= 1:
            return _whole_chain(item, group, max(start, cut - _CHAIN), cut)
        if group is not None and _JUST_DONE.fullmatch(rest) is not None and set(group.actors) <= _SCHOOLS:
            return group
        if until - cut > 160:
            return None
        cut = max(fold.rfind(mark, start, cut) for mark in (", ", "; ", ": "))
    return None


def _whole_chain(item: Item, last: Group, start: int, until: int) -> Group:
    """Return the chain of units that ends with ``last``: "các trường THPT, các trung tâm nộp trước …"."""
    fold = item.joined.fold
    for match in _UNIT.finditer(fold, start, until):
        chain = group_at(item.text, fold, match.start())
        if chain is not None and chain.end == last.end and set(chain.actors) > set(last.actors):
            return chain
    return last


def _in_bracket(item: Item, start: int, until: int) -> Group | None:
    """Return the schools that a bracket right before a time names: "nhóm 1 (các trường THPT Quận 1, 3) ngày 12/8"."""
    fold = item.joined.fold
    close = fold.rfind(")", max(start, until - BESIDE), until)
    opened = fold.rfind("(", max(start, close - _CELL), close) if close >= 0 else -1
    named = close >= 0 and _COLON.match(fold, close) is not None
    if opened < 0 or not (named or _SHARE_NAME.search(fold, start, opened)):
        return None
    lead = _IN_BRACKET.match(fold, opened)
    group = group_at(item.text, fold, lead.end()) if lead is not None else None
    if group is None or group.end > close or ":" in fold[group.end : close]:
        return None
    if named and fold[group.end : close].strip(" ,"):
        return group if set(group.actors) <= _SCHOOLS and not opens_with_verb(fold, group.end + 1) else None
    if not named and not set(group.actors) <= _SCHOOLS:
        return None
    return group if not opens_with_verb(fold, group.end + 1) else None


def _levels_beside(item: Item, at: int) -> Group | None:
    """Return schools named by their level: "…: cấp mầm non và tiểu học trước ngày …, cấp THCS trước ngày …"."""
    fold = item.joined.fold
    leads = ("cap ", "bac ", "nganh hoc ", "khoi ", "cum ", "nhom ")
    return level_group(item.text, fold, at) if fold.startswith(leads, at) else None


def _schools_beside(item: Item, at: int) -> Group | None:
    """Return schools, or their level alone, that open what a time ends: "…: tiểu học trước …, trường THCS"
    " trước …"."""
    lead = _BESIDE_LEAD.match(item.joined.fold, at)
    at = lead.end() if lead else at
    group = group_at(item.text, item.joined.fold, at)
    if group is None:
        return level_group(item.text, item.joined.fold, at)
    return group if set(group.actors) <= _SCHOOLS else None


def subject_wrapped(item: Item, left: int, start: int, end: int) -> Group | None:
    """Return the units of a row whose cell goes on behind the time: "Các trường THPT, trung | 21/11 | tâm GDTX".

    Lines of a row are read one after the other, so the rest of the last cell but one stands behind the time, at the
    end of what is left of the row's first cell.
    """
    lo = max(left, start - _CELL)
    head, tail = item.text[lo:start].rstrip(), item.text[end : end + _CELL].split()
    if not item.table or not tail or not head:
        return None
    for n in range(min(len(tail), _REST_WORDS), 0, -1):
        words = f"{head} {' '.join(tail[-n:])}"
        fold = folded(words)
        for match in _UNITS_BEGIN.finditer(fold):
            if match.start() >= len(head):
                break
            group = group_at(words, fold, match.start())
            whole = group_at(head, folded(head), match.start())
            if whole is not None and whole.levels and whole.end == len(head):
                continue  # "Các trường THCS | 12/5 | THPT": what is behind the time is of another cell
            if group is not None and group.end == len(words):
                return replace(group, start=lo + match.start(), end=start)
    return None


def subject_of_column(item: Item, n: int, times: int) -> Group | None:
    """Return the units that head the column of a row's ``n``-th time: "Kỳ báo cáo | UBND xã | Đơn vị trực thuộc".

    Schools may stand there by their level: "Nội dung | Mầm non | THCS, THPT | GDTX".
    """
    titles = unit_columns(item.head) if times > 1 else []
    return units_of(titles[n]) if len(titles) == times else None


def subject_next(item: Item, at: int, until: int) -> Group | None:
    """Return the units named behind a time that opens a clause: "Trước ngày 05/10/2023, các phòng GDĐT gửi …"."""
    fold = item.joined.fold
    aside = _ASIDE.match(fold, at)
    at = aside.end() if aside is not None else at
    comma = _NEXT.match(fold, at)
    if comma is not None:
        group = group_at(item.text, fold, comma.end()) or share_at(item.text, fold, comma.end())
    else:
        group = group_at(item.text, fold, at + 1)
        will = _WILL.match(fold, group.end) if group is not None else None
        group = group if will is not None and opens_with_verb(fold, will.end()) else None
    return group if group is not None and group.end < until else None


def of_pupils_let(item: Item, clause: Clause, group: Group | None) -> Group | None:
    """Return the schools of pupils whom an office lets stay at home ("Sở thông báo cho học sinh … nghỉ học từ …"), and
    those it tells to let them ("Sở thông báo đến các trường THCS cho học sinh …")."""
    if group is None or not is_office(group):
        return group
    fold = item.joined.fold
    told = _TOLD.match(fold, group.end, clause.end)
    told = TOLD_TO_DO.match(fold, told.end(), clause.end) if told is not None else None
    units = group_at(item.text, fold, told.start("units")) if told is not None else None
    if units is not None and not is_office(units):
        return replace(units, start=group.start, end=group.end)
    let = _LETS.match(fold, group.end, clause.end) is not None
    return replace(group, actors=(str(Actor.CO_SO_GIAO_DUC),), levels=()) if let else group


def leading_units(item: Item, clause: Clause, group: Group | None) -> Group | None:
    """Return the units that lead a clause: the office it opens with, where the schools are those it deals with."""
    if group is None or is_office(group) or _DONE_FOR.search(item.joined.fold, group.start - 10, group.start) is None:
        return group
    opener = opening_units(item, clause)
    asks = opener is None or _ASKS.match(item.joined.fold, opener.end) is not None
    return group if asks or not is_office(opener) else opener


def for_whom(
    item: Item, clause: Clause, due: Due, until: int, leading: Group | None, carried: Group | None
) -> Group | None:
    """Return the units behind a time; an office before it does it for them: "Sở mở lớp … cho trường THPT"."""
    if (holder := _in_charge(item, due.end)) is not None:
        return holder
    group = subject_after(item, due.end, until)
    to_it = group is not None and is_office(group) and item.joined.fold[due.end : group.start].strip() == "cho"
    if to_it and _SENT.search(item.joined.fold, clause.start, due.start) is not None:
        group = None  # "Báo cáo tiến độ vào chiều thứ Sáu hằng tuần cho Sở GDĐT"
    if (
        group is not None
        and leading is not None
        and _WHERE.match(item.joined.fold, group.start)
        and not leading.general
    ):
        return leading  # "… đối với đơn vị ở thành phố, thị xã": some of those who act
    fold = item.joined.fold
    if group is not None and until < clause.end and _of_next(fold, clause, due, group, until):
        return None
    only_time = carried is not None and OPENING.fullmatch(fold, clause.start, due.start) is not None
    office = carried if only_time and not is_office(leading) else leading
    if group is None or office is None or is_office(group) or not is_office(office):
        return group
    asks = _ASKS.match(fold, office.end) is not None
    return group if asks or _DONE_FOR.match(fold, due.end) is None else replace(office, levels=group.levels)


def _in_charge(item: Item, at: int) -> Group | None:
    """Return who a bracket behind a time says is in charge: "… đến ngày 17/3 (Sở GDĐT chủ trì)"."""
    fold = item.joined.fold
    opened = None if item.table else _BRACKET.match(fold, at)
    group = group_at(item.text, fold, opened.end()) if opened is not None else None
    charge = _CHARGE.match(fold, group.end) if group is not None else None
    if group is None or charge is None:
        return None
    helps = item.text.find(", ", group.end, charge.end())  # "(Sở Y tế chủ trì, Sở GDĐT phối hợp)"
    ours = group_at(item.text, fold, helps + 2) if helps > 0 and is_outside(group) else None
    return ours or group


def _of_next(fold: str, clause: Clause, due: Due, group: Group, until: int) -> bool:
    """Tell whether units behind a time are those of the next: "… cho lớp 12 trước 20/2, cho giáo viên trước 10/3"."""
    parted = fold.startswith((", ", "; "), due.end) and until - group.end <= _NEXT_TIME
    return parted and _DONE_FOR.search(fold, clause.start, due.start) is not None


def same_office(
    item: Item, group: Group | None, clause: Clause, begin: int, until: int, named: list[Group | None], bound: Bound
) -> Group | None:
    """Return the office that acts where a clause names others: who gathers what was sent, who asks an office outside,
    who hands out, the office of the heading that deals with schools ("đối với trường tư thục …").

    ``begin`` is where the words of a time begin, ``until`` where it stands; ``named`` are the units of the times before
    it in the clause.
    """
    fold = item.joined.fold
    sends_on = group is not None and group.end <= begin and group.actors != bound.own
    sends_on = sends_on and group is not None and (is_office(group) or group.actors == (str(Actor.UBND_XA),))
    if named and bound.own and not (bound.school or sends_on) and _TO_GATHER.match(fold, begin) is not None:
        return Group(begin, begin, ("own",), ())
    next_office = _so_that(item, begin) if named else None
    if next_office is not None:
        return next_office
    if group is None or (is_office(group) and not _also_gets(fold, group, clause, begin, until)):
        return group
    if named and named[-1] is not None and is_office(named[-1]) and _also_gets(fold, group, clause, begin, until):
        return replace(named[-1], levels=group.levels)
    if named and is_outside(group) and _AND_BEGS.search(fold, max(0, group.start - 24), group.start):
        return named[-1]
    about = _ABOUT.search(fold, max(clause.start, group.start - 16), group.start)
    above = governing(item, bound.own) if about is not None and clause.start > len(item.label) + 1 else None
    return replace(above, levels=group.levels) if above is not None and is_office(above) else group


def _also_gets(fold: str, group: Group, clause: Clause, begin: int, until: int) -> bool:
    """Tell whether units right before a time are but the next to get what a clause hands out."""
    return (
        clause.start < begin <= group.start
        and _HANDS_TO.search(fold, clause.start, begin) is not None
        and _ALSO_GET.fullmatch(fold, group.end, until) is not None
    )


def _so_that(item: Item, at: int) -> Group | None:
    """Return the office that goes on with what was sent to it: "…, để UBND cấp xã tổng hợp gửi Sở trước ngày …"."""
    fold = item.joined.fold
    lead = _SO_THAT.match(fold, at)
    group = group_at(item.text, fold, lead.end()) if lead is not None else None
    if group is None or not (is_office(group) or group.actors == (str(Actor.UBND_XA),)):
        return None
    return group if opens_with_verb(fold, _verb_at(fold, group.end)) else None


def _verb_at(fold: str, at: int) -> int:
    late = _IN_TIME.match(fold, at)
    return late.end() if late is not None else at
