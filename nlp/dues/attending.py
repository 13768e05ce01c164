"""Who comes to what an office holds: teams and pupils who are told to come, those it meets or trains, those whom a line
or a bracket beside its time names. Who is told to come in a sentence behind it: ``nlp.dues.comers``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nlp.naming.actors import Group, groups_in, in_turn, is_office, is_outside, level_group, named_in, together
from nlp.naming.levelnames import in_order
from nlp.naming.people import tells_whose
from nlp.page.structure import Clause, Item
from nlp.page.unitcolumns import columns_of_units
from nlp.whom.bound import Bound, acting
from nlp.whom.reports import Place
from nlp.words.folding import pattern

#: "Các đoàn có dự án vào chung khảo có mặt trước …", "đúng 7h00 ngày 27/01/2024 học sinh … đến bốc thăm".
_TEAMS_COME = pattern(
    r"\W{0,4}(?:(?:(?:dung|luc|vao|tu) )?(?:\d{1,2} ?(?:h|gio|g) ?(?:\d{2} )?(?:phut )?)?(?:(?:sang|chieu) )?(?:ngay )?"
    r"\d{1,2}/\d{1,2}(?:/20\d\d)?,? )?"
    r"(?:(?:tat ca|toan bo|cac|moi|nhung)\s){0,2}(?:doan|doi(?: tuyen)?|thi sinh|hoc sinh|giam thi|giam khao"
    r"|can bo|giao vien|dai bieu|nguoi (?:du|tham gia)|hoc vien|van dong vien|vdv|truong doan)(?!\w)"
    r"[^;.]{0,80}?(?<!\w)(?:co mat|tap trung|bao danh|den (?:nhan|lam thu tuc|boc tham|lap dat|du)"
    r"|(?:tham )?du (?:tap huan|khai mac|le|hop|hoi nghi))(?!\w)"
)
#: Who is to come, in a bracket behind the time: "… tổ chức ngày 14/11 (thành phần: hiệu trưởng các trường)".
COMERS_IN = pattern(r"\((?:thanh phan|doi tuong)(?: (?:tham du|du|tham gia|trieu tap))?\s?:(?P<who>[^()]{1,160})\)")
#: Titles of columns of those who come to what is held.
COMERS_TITLE = pattern(
    r"(?<!\w)(?:thanh phan|(?:don vi|doi|doan|truong) (?:tham gia|tham du|du(?: thi)?|thi dau))(?!\w)(?!.*chu tri)"
)
#: With whom an office meets, whom it trains, and where the next of several days begins.
_WITH_THOSE = pattern(
    r"(?<!\w)(?:(?:(?<!phoi )(?<!ket )(?<!tich )hop|lam viec|giao ban|gap mat|doi thoai)(?: truc tuyen)? voi"
    r"|trieu tap)\s"
)
#: Whose teams' heads it meets, in a bracket: "họp lãnh đội (trưởng đoàn của các phòng GDĐT, trường THPT)".
_HEADS_OF = pattern(
    r"(?<!\w)(?:hop|hoi y)(?: \w+){0,3}? (?:truong doan|lanh doi|chi dao vien|huan luyen vien|doi truong|hlv)"
    r"\s?\((?P<who>[^()]{4,140})\)"
)
_FOR_THOSE = pattern(
    r"(?:\s?\([^()]{1,30}\))?,?\s(?:doi voi|danh cho)\s(?=(?:can bo|lanh dao|cac|hieu truong|giao vien|cbql)\s)"
)
#: Whom its words invite behind the time: "Hội đồng họp ngày 09/6 và mời hiệu trưởng các trường cùng dự".
_INVITES = pattern(
    r"(?:,|\sva)\s(?:(?:tran trong )?kinh )?moi\s(?=(?P<who>[^;:.()]{3,120}?)\s(?:(?:cung|den|toi|ve) )?"
    r"(?:tham )?du(?! (?:thao|toan|an|kien|phong|tuyen))(?!\w))"
)
_NEXT_DAY = pattern(r"(?:,|;|\sva)\s(?:sang |chieu )?ngay \d")
#: Who is to send whom: "(mỗi phòng GDĐT cử 03 người)".
_SENDS = pattern(r"(?: (?:chon|phai|se))? cu(?= (?:\d|it nhat|toi da|khong qua|tu ))")
#: Who competes: of those the writing is to, whatever school they are from.
_ENTRANTS = pattern(
    r"(?<!\w)(?:giao vien|thi sinh|hoc sinh|van dong vien|vdv|(?:cac )?doi(?: tuyen)?|(?:cac )?doan|truong doan"
    r"|huan luyen vien|hlv)(?: (?!truong|phong|thuoc|tai)\w+){0,4}? (?:du thi|tham (?:du|gia)|thi dau)(?!\w)"
)
#: Teams that are told to come behind a time.
_TEAMS_BEHIND = pattern(
    r"(?:\s?\([^()]{1,30}\))?[,;.]\s(?:yeu cau |de nghi |moi )?(?:cac )?(?:truong doan|lanh doi|doi(?: tuyen)?"
    r"|doan|thi sinh|van dong vien|vdv|huan luyen vien|giao vien du thi)(?!\w)[^;.,]{0,60}?(?<!\w)(?:co mat|tap trung"
    r"|den (?:boc tham|lam thu tuc|du))(?!\w)"
)
#: Teams and competitors by their level alone.
_ALL_TEAMS = pattern(
    r"(?:tat ca |toan bo )?cac (?:doan|doi)"
    r"(?= (?:nha|san|be|tai|trung tam|hoi truong|khu|truong)(?!\w)|[\s|]*$)"
)
_TEAM_OF = pattern(
    r"(?<!\w)(?:doi(?: tuyen)?|vdv|van dong vien|thi sinh|hoc sinh|doan|em|tre)\s"
    r"(?=(?:mam non|tieu hoc|thcs|thpt)(?!\w))"
)
#: What stands before a place, where nobody acts.
AT_PLACE = pattern(r"(?<!\w)(?:tai|o)(?: hoi truong| san| phong hop)?(?: cua)?\s$")
_UNIT_WORD = pattern(r"(?<!\w)(?:truong|phong|trung tam|so|don vi|co so)(?!\w)")
#: Lines that tell who comes, and when: "- Thành phần: …", "- Thời gian: …".
_COMERS = pattern(r"\s?(?:thanh phan|doi tuong)(?: (?:tham du|du|tham gia|du hop|trieu tap|du thi|[\w ]{1,16}))?\s?:")
WHEN = pattern(r"\s?(?:thoi gian|khai mac|ngay|lich)(?: [\w,]+){0,4}?\s?:")
#: How many items before or behind may tell the time.
_BESIDE = 4
#: What units hold themselves.
_AT_HOME = pattern(
    r"(?<!\w)(?:(?:o|tai) (?:cac |tung |moi )?(?:don vi|nha truong|truong|co so|xa|huyen)"
    r"(?! (?:thpt|thcs|tieu hoc|mam non))|(?:cap|vong)(?: thi)? (?:truong|co so|xa|phuong|huyen|cum))(?!\w)"
)
#: A meeting for one level.
_OF_LEVEL = pattern(
    r"(?<!\w)(?:hop|giao ban|tap huan|hoi nghi)(?: \w+){0,4}? (?=(?:bac|cap|khoi) (?:mam|tieu|thcs|thpt|trung))"
)


def teams_come(item: Item, clause: Clause) -> bool:
    """Tell whether a clause tells teams, pupils or examiners to come; rows of tables tell so in columns."""
    return not item.table and _TEAMS_COME.match(item.joined.fold, clause.start) is not None


def teams_behind(item: Item, place: Place) -> Group | None:
    """Return those whom the writing is to, where their teams are told to come behind a time: "Bốc thăm: 8 giờ ngày
    06/3, trưởng đoàn các đội có mặt tại …"."""
    told = None if item.table else _TEAMS_BEHIND.match(item.joined.fold, place.end, place.clause.end)
    return Group(told.start(), told.end(), ("addressees",), ()) if told is not None else None


def attendants(items: list[Item]) -> dict[int, Group]:
    """Return who comes to an event, told beside its time: "- Thời gian: …", "- Thành phần: lãnh đạo phòng GDĐT, …".

    Keys are where the items begin that tell the time.
    """
    found: dict[int, Group] = {}
    for k, item in enumerate(items):
        told = _COMERS.match(item.joined.fold, len(item.label))
        if told is None:
            continue
        named = _called_in(item, told.end())
        for other in items[max(0, k - _BESIDE) : k + _BESIDE + 1] if named is not None else ():
            if named is not None and other.path == item.path and WHEN.match(other.joined.fold, len(other.label)):
                found[other.start] = named
    return found


def of_meeting(item: Item, place: Place) -> Group | None:
    """Return the schools of a meeting for one level, whose heads come to it: "Họp bậc Mầm non tại trường …"."""
    fold = item.joined.fold
    meeting = _OF_LEVEL.search(fold, place.clause.start, place.clause.end)
    return level_group(item.text, fold, meeting.end()) if meeting is not None else None


def met(item: Item, place: Place) -> Group | None:
    """Return those whom an office meets or trains by the words of its clause: "họp với hiệu trưởng các trường", "tập
    huấn … vào ngày 28/11 đối với cán bộ Phòng GDĐT"; whom a training is for: ``nlp.dues.trained``."""
    fold = item.joined.fold
    behind = _FOR_THOSE.match(fold, place.end)
    stretches = [(behind.end(), place.clause.end)] if behind is not None else []
    stretches += [(m.end(), place.start) for m in _WITH_THOSE.finditer(fold, place.clause.start, place.start)]
    for heads in _HEADS_OF.finditer(fold, place.clause.start, place.start):
        groups = named_in(item.text, fold, *heads.span("who"))  # "trưởng đoàn" folds like "trường"
        if groups := [g for g in groups if item.text[g.start : g.start + 6].lower() != "trưởng"]:
            return _of_schools_told(groups)
    invites = None if item.table else _INVITES.search(fold, place.end, place.clause.end)
    if invites is not None and item.text.startswith("mời", invites.start("who") - 4):
        stretches.append(invites.span("who"))
    for start, stop in stretches:
        until = _NEXT_DAY.search(fold, start, stop)
        named = named_in(item.text, fold, start, until.start() if until is not None else stop)
        if named:
            return together(named)
    return None


def _of_schools_told(groups: list[Group]) -> Group:
    """Return several units as one, with the levels of the schools among them where each tells its own."""
    schools = [g for g in groups if not is_office(g)]
    levels = {level for g in schools for level in g.levels} if all(g.levels for g in schools) else set[str]()
    return replace(in_turn(groups), levels=in_order(levels))


def entrants_of_row(item: Item) -> Group | None:
    """Return all whose teams a row of a contest's schedule names as those who come: "08 đội tiểu học", "VĐV các trường
    THCS", "Trưởng đoàn các đơn vị"; None for nobody or where the office itself stands among them."""
    fold = item.joined.fold
    groups = [g for g in groups_in(item.text, fold, len(item.label), len(fold)) if not is_outside(g)]
    groups = [g for g in groups if g.general or tells_whose(fold, g)]  # "Trung tâm GDNN-GDTX: 02 giáo viên"
    groups = [g for g in groups if AT_PLACE.search(fold, max(0, g.start - 24), g.start) is None]
    teams = (level_group(item.text, fold, m.end()) for m in _TEAM_OF.finditer(fold, len(item.label)))
    groups += [g for g in teams if g is not None and not any(o.start <= g.start < o.end for o in groups)]
    if not groups and (teams_all := _ALL_TEAMS.search(fold, len(item.label))) is not None:
        return Group(*teams_all.span(), ("addressees",), ())
    if not groups or any(is_office(g) for g in groups):
        return None
    general = [g for g in groups if g.general]
    return replace(general[0], levels=()) if general else in_turn(sorted(groups, key=lambda g: g.start))


def attending(item: Item, place: Place, bound: Bound) -> tuple[str, ...]:
    """Return who is to come to what the office holds, in a bracket behind its time."""
    found: list[str] = []
    fold = item.joined.fold
    told = COMERS_IN.search(fold, place.end, place.clause.end)
    for group in groups_in(item.text, fold, told.start("who"), told.end("who")) if told is not None else ():
        found += [] if is_outside(group) else acting(group, bound)
    return tuple(found)


def in_unit_columns(item: Item, start: int, until: int) -> bool:
    """Tell whether a row's times stand in columns of units, who come to what it tells of, not what each holds at home.

    "Họp trưởng đoàn | 03/02 | 09/12" under "Công việc | UBND xã | Trường THPT", but not "Thi ở cơ sở | …".
    """
    return item.table and bool(columns_of_units(item.head)) and _AT_HOME.search(item.joined.fold, start, until) is None


def _called_in(item: Item, start: int) -> Group | None:
    """Return all units that the rest of an item names."""
    fold = item.joined.fold
    groups = named_in(item.text, fold, start, len(fold))
    sending = [g for g in groups if _SENDS.match(fold, g.end) is not None]
    groups = sending or groups  # "giáo viên dạy Tin học lớp 6 (mỗi phòng GDĐT cử 03 người)"
    if not sending and _ENTRANTS.search(fold, start) is not None and not any(map(_tells_whose(item), groups)):
        return Group(start, len(fold), ("addressees",), ())
    actors = dict.fromkeys(a for g in groups for a in g.actors)
    levels = {level for g in groups for level in g.levels}
    return Group(start, len(fold), tuple(actors), in_order(levels)) if groups else None


def _tells_whose(item: Item) -> Callable[[Group], bool]:
    """Return what tells whether units say whose people come: "giáo viên các trường THCS dự thi", not "giáo viên"."""

    def told(group: Group) -> bool:
        words = item.joined.fold[group.start : group.end]
        return bool(group.levels) or _UNIT_WORD.search(words.replace("hieu truong", "")) is not None

    return told
