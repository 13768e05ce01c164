"""Whose people a training is for: they stand beside who holds it, where it has its days.

"Phòng KHTC tập huấn phần mềm cho kế toán các trường THPT ngày 12/10", "bồi dưỡng giáo viên mầm non từ … đến …". Posts
alone ("giáo viên cốt cán") name nobody, nor does what a training is about; a month or limit by which an office is to
train ("xong trước 30/11") is that office's own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import DEPARTMENT, Actor
from nlp.naming.actors import OFFICES, Group, group_at, in_turn, is_outside, level_group, named_in
from nlp.naming.levelnames import CLASSES, in_order, levels_in, levels_of_classes
from nlp.naming.people import names_unit, tells_whose
from nlp.page.structure import Clause, Item
from nlp.whom.bound import Bound, acting
from nlp.whom.headings import governing
from nlp.whom.ranks import level_before
from nlp.whom.reports import Place
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

#: What people are called together for to learn.
_TRAINS = pattern(
    r"(?<!\w)(?:tap huan|boi duong(?! (?:doi tuyen|hoc sinh|hsg))|(?<!thanh tra )(?<!kiem tra )chuyen de|hoi thao"
    r"|toa dam|(?:mo|to chuc) (?:\d{1,2} |cac |mot |hai |ba |bon )?lop"
    r"|hoi nghi(?= [^,;.:()]{0,60}?(?:cho|danh cho) ))(?!\w)"
)
#: Who learns, by post.
_POST = (
    r"(?:can bo|lanh dao|chuyen vien|van thu|cbql|(?:pho )?hieu truong|ban giam hieu|giao vien|gv|nguoi|cong chuc"
    r"|vien chuc|ke toan|thu quy|thu ky|nhan vien|(?:to|tong) (?:truong|phu trach)|tpt|dau moi|bao ve|doi ngu|cot can"
    r"|(?:pho )?giam doc|truong phong|phu trach)"
)
_SOME = r"(?:(?:cac|moi|tung|toan the|toan bo|tat ca|dai dien|nhung|doi ngu|\d{1,3}(?: ?%)?)\s){0,3}"
_UNIT = r"(?:phong|so|truong(?! hop)|trung tam|don vi|co so giao duc|ubnd|xa|cap|bac|tieu hoc|mam non|thcs|thpt)"
#: Others by whatever post, told by their units: "bí thư Đoàn trường các trường THPT"; no pupils, no aims.
_OTHERS = (
    r"(?!(?:viec|nam hoc|cong tac|hoc sinh|hoc vien|tre|phu huynh|cha me|mon|phep|thay)(?!\w))"
    r"(?:\w+ ){1,6}?(?:cua )?(?:cac|moi|tung) (?:truong|phong gd|trung tam|so gd|xa)"
)
_PEOPLE = rf"(?={_SOME}(?:{_POST}|{_UNIT})(?!\w)|{_OTHERS}(?!\w))"
#: For whom it is, behind what it is about; or whom an office trains.
_FOR = pattern(
    rf"(?<!\w)(?:(?:danh )?cho|doi voi)\s{_PEOPLE}"
    r"|(?<!\w)(?:tap huan|boi duong)(?: (?:lai|truc tuyen|nghiep vu|chuyen mon|dai tra)){0,3}"
    rf"\s(?={_SOME}{_POST}(?!\w))"
    rf"|\((?={_SOME}{_POST}(?!\w))"
    rf"|,\s(?=moi {_UNIT}(?!\w)[^,;.:()]{{0,40}}? (?:cu )?\d{{1,2}} {_POST}(?!\w))"
)
#: People in a bracket of a row: "Quản trị trường học (cán bộ phòng GDMN của sở GDĐT)".
_IN_BRACKET = pattern(rf"\((?={_SOME}{_POST}(?!\w))")
#: The same right behind a time: "sáng 11/9 cho công chức cấp xã", "ngày 12/10 (giáo viên các trường THCS)".
_FOR_BEHIND = pattern(
    rf"(?:\s?\([^()]{{1,40}}\))?(?:,? (?:tai|o) [^,;.:()]{{3,70}}?)?,?\s(?:(?:danh )?cho|doi voi)\s{_PEOPLE}"
    rf"|\s?\((?={_SOME}{_POST}(?!\w))"
)
#: Who takes part, behind the day: "… vào ngày 27/10, thành phần gồm lãnh đạo các phòng GDĐT".
_TAKE_PART = pattern(
    r"(?:,? (?:tai|o) [^,;.:()]{3,70}?)?,\s(?:thanh phan|doi tuong)(?: (?:tham du|du hop|du|tham gia))?"
    r"(?: gom| la|:)?:?\s(?=\w)"
)
#: What else people are told to take part in behind it.
_MEETS = pattern(r"(?<!\w)(?:(?<!phoi )(?<!tong )(?<!tich )hop|hoi nghi|giao ban|huong dan truc tiep|lam viec)(?!\w)")
#: Columns of those whom classes are for, and leads that call these or send them: they come by a row of their own.
_LEARNERS = pattern(r"(?<!\w)(?:doi tuong|hoc vien|nguoi (?:hoc|du)|thanh phan)(?!\w)")
_CALLS = pattern(r"(?<!\w)(?:cu|trieu tap|tham (?:du|gia)|du (?:cac )?lop|moi)(?!\w)")
_NEWLY = re.compile(r"(?<!\w)mới(?!\w)")  # folds like "mời"
_CLASSES_HELD = pattern(r"(?<!\w)(?:tap huan|boi duong|(?:mo|to chuc) (?:\d{1,2} |cac )?lop)(?!\w)")
#: A lead over days of its own: "… kính mời các đơn vị cử người tham dự, cụ thể:".
_INVITES = pattern(
    r"(?<!\w)(?:kinh moi|moi|de nghi|yeu cau|trieu tap)\s[^;.:]{2,80}?(?<!\w)(?:cu|tham du|du)\s[^;.]{0,80}:\s*$"
)
#: Others of the same training, named without it: "… (sáng 20/10) và văn thư các phòng GDĐT (chiều 20/10)".
_AND_FOR = pattern(rf"\)?,?\sva (?:cho )?{_PEOPLE}")
_JUST_FOR = pattern(r"(?:cho|doi voi|tap huan|boi duong)\s$")
#: Where the words end that name them.
_ENDS = pattern(
    r"[;.:()]|\s(?:(?<!bao )ve|tai(?! (?:cac|don vi))|trong|theo|vao|nham|de|do|su dung|thoi gian"
    r"|tu(?! van)|luc|bang|qua|truoc"
    r"|xong|hoan thanh|dot|lop thu|to chuc|ngay|sang|chieu|thu (?:hai|ba|tu|nam|sau|bay))(?!\w)|\s\d{1,2}[/.h-]\d?"
)
#: Who may come instead, told within: "hiệu trưởng (hoặc phó hiệu trưởng) các trường tiểu học".
_INSTEAD = pattern(r"\s?\((?:hoac|hay) [^()]{3,40}\)")
#: Who sends those that are chosen: "(giáo viên cốt cán do sở GDĐT cử)".
_SENT_BY = pattern(r"\sdo\s(?=(?:cac |moi )?(?:so|phong|truong|trung tam|ubnd))")
_JOINT = pattern(r"(?:,|/|;|\sva)\s")
#: How many of each, told within: "các phòng GDĐT (06 người/phòng), trường THPT (mỗi trường 01 người)".
_SO_MANY = pattern(r"\s?\((?:[^()\d]{0,24} )?\d{1,3} [^()]{2,30}\)")
#: Communes by their places: "công chức phụ trách giáo dục của các xã, phường".
_OF_COMMUNES = pattern(r"(?<!\w)(?:cua|cac|o|tai)\s(?:cac\s)?(?:xa|phuong)(?:, (?:xa|phuong|dac khu)){0,2}(?!\w)")
_CHOSEN = pattern(r"(?<!\w)cot can(?!\w)")
_AT_SCHOOL = pattern(
    rf"{_SOME}(?:can bo quan ly|cbql|giao vien|gv|(?:to|tong) (?:truong|phu trach)|nhan vien|ke toan)(?!\w)"
)
#: A day, or several: "12/10", "16 đến ngày 20-11-2020", "ngày 16 tháng 10", "chiều cùng ngày"; no month.
DAY = pattern(r"(?<![\d/.-])\d{1,2}\s?[/.-]\s?\d{1,2}(?!\d)|ngay \d{1,2} thang \d|(?<!\w)cung ngay(?!\w)")
_LIMIT = pattern(
    r"(?:(?:xong|hoan thanh|ket thuc)\s)?(?:truoc|cham nhat|muon nhat|han|den het|den ngay|khong qua"
    r"|trong vong|het)(?!\w)"
)
_DONE = pattern(r"(?<!\w)(?:xong|hoan thanh|hoan tat|ket thuc|truoc|cham nhat)\W{0,2}(?:(?:trong|vao|ngay)\s)?$")
#: What is handed in, which is no time of a training.
_SENT = pattern(r"(?<!\w)(?:gui|nop|dang ky|bao cao (?:ve|cho|so|phong|ubnd|bo|ket qua)|lap danh sach|danh sach)(?!\w)")
#: So little may stand between one day and the next of the same people.
_SHORT = 60
#: No more stands before a level that opens an item: "cấp học ".
_LABEL = 8


def with_trained(
    item: Item, place: Place, actors: tuple[str, ...], group: Group | None, bound: Bound, apart: frozenset[str]
) -> tuple[tuple[str, ...], Group | None] | None:
    """Return who holds a training and whose people it is for, and these; None where a time is none of a training.

    ``group``: who acts by the words beside the time, which may be those trained ("Tập huấn cho hiệu trưởng: ngày …");
    ``apart``: who is told to come in a sentence of its own.
    """
    if bound.school or not (bound.own or bound.committee) or not _has_days(item, place):
        return None
    if item.table and _is_of_classes(item):
        return _of_class(item, place, actors, group, bound)
    taught = _taught(item, place)
    if taught is None or _INVITES.search(item.joined.fold, place.end) is not None:
        return None
    if _are_offices(actors) or (not actors and group is not None and is_outside(group)):
        held = actors
    elif group is None or taught.start <= group.start < taught.end:
        above = governing(replace(item, above=item.path), bound.own, bound.defined)
        held = bound.own if above is None else acting(above, bound)
    else:
        return None
    if held and not _are_offices(held):
        return None  # schools that train their own people
    come = tuple(a for a in acting(taught, bound) if a not in apart)
    return (tuple(dict.fromkeys([*held, *come])), taught) if {*come} - {*held} else None


def _is_of_classes(item: Item) -> bool:
    """Tell whether a row is a class of a training that its lead says is held: "Lớp | Đối tượng | Thời gian"."""
    return _holds_classes(item) and _LEARNERS.search(folded(item.head)) is not None


def _holds_classes(item: Item) -> bool:
    """Tell whether the lead of a row says that trainings are held, not who is to come to them."""
    lead = (item.path or item.above or ("",))[-1]
    lead = lead[lead.rfind(". ", 0, -2) + 1 :]  # "… mỗi sở cử 05 người. Lịch tập huấn như sau:"
    lead = folded(_NEWLY.sub(" ", lead))
    return _CLASSES_HELD.search(lead) is not None and _CALLS.search(lead) is None


def _of_class(
    item: Item, place: Place, actors: tuple[str, ...], group: Group | None, bound: Bound
) -> tuple[tuple[str, ...], Group | None] | None:
    """Return the office and whose people a class is for, the office alone for posts; None where the row tells who
    holds it."""
    if group is not None and any(a in bound.own or a.startswith(DEPARTMENT) for a in actors):
        return None
    if (teachers := _of_classes(item, place.clause)) is not None:
        return tuple(dict.fromkeys([*bound.own, *teachers.actors])), teachers
    if group is None or not (group.general or tells_whose(item.joined.fold, group)):
        left = place.left if place.clause.start <= place.left < place.start else place.clause.start
        group = _whose(item, left, place.start if left < place.start else place.clause.end, within=True)
        return (
            (tuple(dict.fromkeys([*bound.own, *acting(group, bound)])), group)
            if group is not None
            else (bound.own, None)
        )
    whole = _whose(item, place.clause.start, place.clause.end, within=True)
    more = {*whole.actors} - {*group.actors} if whole is not None else set[str]()
    if whole is not None and more and more <= OFFICES and not group.general:
        return tuple(dict.fromkeys([*bound.own, *acting(whole, bound)])), whole
    return tuple(dict.fromkeys([*bound.own, *actors])), group


#: Whom they teach, in a cell, and centres beside their schools: "Giáo viên lớp 12 của trường THPT, trung tâm GDTX".
_TEACHERS = pattern(r"(?<!\w)(?:giao vien|gv)(?: (?:dang |se )?(?:day|chu nhiem))? (?=(?:khoi )?(?:lop )?lop \d)")
_CENTRES_TOO = pattern(r"(?<!\w)(?<!khong co )(?<!khong co cac )(?<!tru )(?<!tru cac )(?:trung tam|tt) (?=gd)")


def _of_classes(item: Item, clause: Clause) -> Group | None:
    """Return the schools whose teachers a row of classes tells by what they teach, None for others."""
    fold = item.joined.fold
    told = _TEACHERS.search(fold, clause.start, clause.end)
    classes = CLASSES.match(fold, told.end(), clause.end) if told is not None else None
    levels = levels_of_classes(classes.group()) if classes is not None else set[str]()
    if told is None or classes is None or not levels:
        return None
    centres = _CENTRES_TOO.search(fold, classes.end(), clause.end) is not None and "thpt" in levels
    levels |= {"gdtx"} if centres else set()
    actors = (str(Actor.CO_SO_GIAO_DUC), *((str(Actor.TRUNG_TAM_GDTX),) if centres else ()))
    return Group(told.start(), classes.end(), actors, in_order(levels))


def are_trained_offices(item: Item, clause: Clause, group: Group) -> bool:
    """Tell whether a clause says that a training is for people of offices, who have no levels of the next day's."""
    told = clause.start <= group.start < clause.end and _JUST_FOR.search(item.joined.fold, 0, group.start) is not None
    return told and _are_offices(group.actors)


def _are_offices(actors: tuple[str, ...]) -> bool:
    return bool(actors) and all(a in OFFICES or a.startswith(DEPARTMENT) for a in actors)


def _has_days(item: Item, place: Place) -> bool:
    """Tell whether a time is the days of something, no month, limit or what is handed in until then."""
    fold = item.joined.fold
    if DAY.search(fold, place.start, place.end) is None or _LIMIT.match(fold, place.start) is not None:
        return False
    inside = place.clause.start <= place.start < place.clause.end
    left = max(place.left, place.clause.start) if inside else place.clause.start
    right = place.start if inside else place.clause.end
    return _DONE.search(fold, left, right) is None and _SENT.search(fold, left, right) is None


def _taught(item: Item, place: Place) -> Group | None:
    """Return whose people the training of a time is for, told before or behind it; of several days each its own."""
    return _taught_by_words(item, place) or _taught_by_level(item, place)


def _taught_by_level(item: Item, place: Place) -> Group | None:
    """Return the schools of a level that stands alone before a time of a training: "Tập huấn phần mềm: cấp tiểu học
    sáng 30/8, cấp THCS chiều 30/8", also where the heading is about it."""
    fold, begin = item.joined.fold, len(item.label)
    if item.table or not place.clause.start <= place.start < place.clause.end:
        return None
    heading = folded(item.path[-1]) if item.path else ""
    left = max(place.left, place.clause.start)
    colon = fold.rfind(": ", left, place.start)
    if (level := level_before(item, left, place.start)) is None and colon > 0:
        level = level_before(item, colon + 1, place.start)
    if level is None:
        return None
    before = fold[begin : level.start] if level.start > begin + _LABEL else heading
    return level if _TRAINS.search(before) is not None and _SENT.search(before) is None else None


def _taught_by_words(item: Item, place: Place) -> Group | None:
    """Return whose people the words of a training name, beside its time."""
    fold, clause = item.joined.fold, place.clause
    trains = _TRAINS.search(fold, clause.start, clause.end)
    begin = clause.start
    part = None if item.table else _TAKE_PART.search(fold, clause.start, clause.end)
    if trains is None and part is not None:
        trains = _MEETS.search(fold, clause.start, part.start())
    if trains is None and item.table and _holds_classes(item) and (told := _IN_BRACKET.search(fold, begin, clause.end)):
        return _whose(item, told.end(), clause.end)
    if trains is None:
        begin = max(fold.rfind(". ", 0, clause.start) + 1, len(item.label))
        trains = None if item.table else _TRAINS.search(fold, begin, clause.start)
        if trains is None or opens_with_verb(fold, clause.start):
            return None
    if not clause.start <= place.start < clause.end:  # the time has a cell of its own
        return _first(item, begin, clause.end)
    behind = _FOR_BEHIND.match(fold, place.end, clause.end) or _TAKE_PART.match(fold, place.end, clause.end)
    if behind is not None and not (
        "," in behind.group() and _first(item, max(place.left, begin), place.start) is not None
    ):  # "… cho A sáng 14/5, cho B chiều 15/5": whoever stands before a day has it
        return _whose(item, behind.end(), clause.end)
    if part is not None and part.end() < place.start:  # "…, thành phần dự là kế toán các trường: cụm Bắc ngày 11/11, …"
        return _whose(item, part.end(), place.start)
    if place.left > clause.start:
        if (more := _AND_FOR.match(fold, place.left, place.start)) is not None:
            return _whose(item, more.end(), place.start)
        own = _first(item, place.left, place.start)
        far = place.start - place.left > _SHORT or opens_with_verb(fold, place.left + 1)
        return own if own is not None or far else _first(item, begin, place.left)
    return _first(item, begin, place.start) or (
        _first(item, place.end, clause.end) if trains.end() > place.end else None
    )


def _first(item: Item, start: int, stop: int) -> Group | None:
    """Return those whom a stretch of words says that a training is for."""
    found = (_whose(item, told.end(), stop) for told in _FOR.finditer(item.joined.fold, start, stop))
    return next((group for group in found if group is not None), None)


def _whose(item: Item, start: int, stop: int, *, within: bool = False) -> Group | None:
    """Return the units whose people are named from ``start``, or anywhere in a cell, None for posts alone."""
    fold = item.joined.fold
    ends = None if within else _ENDS.search(fold, start, stop)
    instead = _INSTEAD.match(fold, ends.start(), stop) if ends is not None else None
    ends = _ENDS.search(fold, instead.end(), stop) if instead is not None else ends
    if ends is not None and (sender := _SENT_BY.match(fold, ends.start(), stop)) is not None:
        sends = group_at(item.text, fold, sender.end())
        return replace(sends, start=start) if sends is not None and fold.startswith(" cu", sends.end) else None
    while ends is not None and (many := _SO_MANY.match(fold, ends.start(), stop)) is not None:
        ends = _ENDS.search(fold, many.end(), stop)
    stop = ends.start() if ends is not None else stop
    chosen = _CHOSEN.search(fold, start, stop) is not None
    groups: list[Group] = []
    for group in named_in(item.text, fold, start, stop):
        if not tells_whose(fold, group) or (chosen and not names_unit(fold, group)):
            continue
        apart = groups and _JOINT.search(fold, groups[-1].end, group.start) is None
        of_office = fold.startswith(" cua ", group.end)  # "phòng GDMN của sở GDĐT"
        if apart or (any(a.startswith(DEPARTMENT) or a == "own" for a in group.actors) and not of_office):
            break
        if of_office and any(a.startswith(DEPARTMENT) for a in group.actors):
            continue
        groups.append(group)
    if groups:
        return replace(in_turn(groups), start=start)
    communes = _OF_COMMUNES.search(fold, start, stop)
    if communes is not None:
        return Group(start, communes.end(), (str(Actor.UBND_XA),), ())
    return None if chosen else _by_level(item, start, stop)


def _by_level(item: Item, start: int, stop: int) -> Group | None:
    """Return the schools whose people are named by level or class alone: "giáo viên dạy lớp 9", "cho cấp THCS"."""
    alone = level_group(item.text, item.joined.fold, start)
    if alone is not None and alone.end <= stop:
        return alone
    if _AT_SCHOOL.match(item.joined.fold, start, stop) is None:
        return None
    levels = levels_in(item.text[start:stop], classes=True)
    schools = (str(Actor.CO_SO_GIAO_DUC),)
    return Group(start, stop, schools, in_order(levels)) if levels else None
