"""Lists and tables of days and units below a lead that says who sees them: a team at schools, an office at its own.

"Đoàn kiểm tra làm việc tại các trường theo lịch: ⏎ + Ngày 17/10: Trường THCS A" is what the office does, the schools
are only visited. "Phòng KHTC thẩm định quyết toán tại Phòng họp 2 theo lịch" is done with those who come there.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import DEPARTMENT
from nlp.naming.actors import Group, is_office, named_in
from nlp.page.columns import Column, titles_of
from nlp.page.structure import Item
from nlp.whom.bound import Bound, acting
from nlp.whom.reports import Place
from nlp.whom.rowunits import units_of_column
from nlp.words.folding import folded, pattern

#: What is done with units, or where they are, by those who look at something.
_LOOKS = (
    r"(?:(?:kiem tra|khao sat|thanh tra|giam sat|lam viec|tham dinh|tham tra|(?:xet )?duyet|doi chieu|phuc tra"
    r"|danh gia ngoai|quyet toan)(?!\w))"
)
#: A lead over days: "… theo lịch sau:", "… như sau:", also with what is to be brought behind it in a bracket.
_BY_DAYS = pattern(
    r"(?<!\w)(?:theo (?:lich|thoi gian|ke hoach)|lich(?: cu the)?|nhu sau|cu the)(?!\w)[^.;]{0,160}:\s{0,2}$"
)
#: The office goes to them.
_GOES = pattern(
    rf"(?<!\w)(?<!tu ){_LOOKS}[^.;:()]{{0,90}}?(?<!\w)(?:tai|o) (?:cac |mot so |\d{{1,2}} )"
    r"(?:don vi|(?:diem )?truong|co so|trung tam|phong gd\S*|bep an|huyen|quan|xa|phuong|dia phuong)(?!\w)"
)
#: Teams go to whom they look at, also where no place is told: "Các đoàn đến kiểm tra trực tiếp theo lịch".
_TEAM_GOES = pattern(
    rf"(?<!\w)(?:doan|to)(?!\w)[^.;:()]{{0,60}}?(?<!\w)(?:den|xuong|ve) (?:\w+ )?{_LOOKS}"
    rf"|(?<!\w)(?:doan|to) {_LOOKS}[^.;:()]{{0,60}}?(?<!\w)(?:den|xuong|ve) (?:tung |cac |mot so )?"
    r"(?:truong|don vi|co so|trung tam|phong gd\S*)(?!\w)"
)
#: A lead over rows that may say more behind: "… theo lịch dưới đây, thời gian ở mỗi trường không quá 1,5 ngày."
_OVER_ROWS = pattern(r"(?<!\w)(?:theo )?lich (?:sau|duoi day|sau day)(?!\w)[^.;]{0,90}[.:]\s{0,2}$")
#: A column of where they go: "Ngày | Nơi làm việc | Ghi chú", "Nơi đến".
_WHERE_TO = pattern(
    r"(?<!\w)(?:(?:noi|don vi|truong) den(?!\w)|(?:noi|dia diem)(?: den)? (?:kiem tra|thanh tra|khao sat|lam viec"
    r"|giam sat|phuc tra)(?!\w))"
)
#: They come to the office, to a room of it.
_AT_OFFICE = pattern(
    rf"(?<!\w)(?<!tu ){_LOOKS}[^.;:()]{{0,90}}?(?<!\w)(?:tai|o) (?:phong (?:hop|lam viec|gd\S*|giao duc)|hoi truong"
    r"|tru so|van phong|so(?: gd\S*| giao duc)?)(?!\w)"
)
#: Who looks: a team of the office, which has no name of its own among actors.
_TEAM = pattern(r"(?<!\w)(?:(?:cac )?doan|to)(?: (?:cong tac|kiem tra|thanh tra|khao sat|giam sat|tham dinh))?(?!\w)")
#: What stands before a day that opens a line.
_JUST_DAY = pattern(r"[\W_]{0,6}(?:(?:sang|chieu|ca|buoi|tu|vao|trong|ngay|thu|luc|cac|moi)\s){0,4}")
#: The rest of a school's name, and what parts it from its day.
_NAME = pattern(r"(?: \w+){0,5}[\s:,(-]{0,3}(?:(?:sang|chieu|buoi|tu|vao|ngay)\s){0,3}")
#: What units do themselves on a day of the list; an office's visit is but a day and a unit.
_ACTS = pattern(
    r"(?<!\w)(?:gui|nop|bao cao|tu kiem tra|tu danh gia|hoan thanh|chuan bi|dang ky|cap nhat|to chuc|xong)(?!\w)"
)


def by_schedule(
    item: Item, place: Place, group: Group | None, bound: Bound
) -> tuple[tuple[str, ...], Group | None] | None:
    """Return who sees units on a day of a list or table, and the units where these come to it; None elsewhere.

    ``group``: the units that stand at the time.
    """
    goes_to = item.table and _WHERE_TO.search(folded(item.head)) is not None
    acts = None if goes_to else _ACTS.search(item.joined.fold, place.clause.start, place.clause.end)
    if not bound.own or bound.school or acts is not None:
        return None
    if not item.table and not _is_day_of_units(item, place, group):
        return None
    titles = {*titles_of(item.head)} if item.table else set()
    if item.table and not goes_to and not {Column.UNIT, Column.DUE} <= titles:
        return None
    if item.table and Column.TASK in titles:
        return None
    for lead in (*item.above[-1:], *item.path[-1:]):
        last = lead[lead.rfind(". ", 0, -2) + 1 :]
        fold = folded(last)
        if _BY_DAYS.search(fold) is None and not (item.table and _OVER_ROWS.search(fold)):
            continue
        goes, stays = _GOES.search(fold) or _TEAM_GOES.search(fold), _AT_OFFICE.search(fold)
        seen = goes or stays
        if seen is None:
            continue
        holder = _holder(last, fold, seen, bound)
        if holder is None:
            return None
        if stays is None:
            return holder, None
        called = (units_of_column(item) if item.table else group) or _first_named(item, place)
        return (tuple(dict.fromkeys([*holder, *acting(called, bound)])), called) if called is not None else None
    return None


def under_visits(items: list[Item]) -> list[Item]:
    """Return items with the paragraph that says who goes where by the rows below it as the lead of these rows."""
    found: list[Item] = []
    lead = ""
    for item in items:
        if not item.table:
            fold = folded(item.text)
            over = _OVER_ROWS.search(fold) is not None or _BY_DAYS.search(fold) is not None
            goes = over and _TEAM_GOES.search(fold) is not None
            lead = item.text if goes else lead if not (item.label or item.heading) else ""
        told = item.table and lead and lead not in (*item.above[-1:], *item.path[-1:])
        found.append(replace(item, above=(*item.above, lead)) if told else item)
    return found


def _holder(lead: str, fold: str, seen: re.Match[str], bound: Bound) -> tuple[str, ...] | None:
    """Return who a lead says looks: the office that writes, a department or a team of it; None for others."""
    first = next(iter(named_in(lead, fold, 0, seen.start())), None)
    team = _TEAM.search(fold, 0, seen.end()) is not None
    if first is not None and any(a.startswith(DEPARTMENT) for a in first.actors):
        return acting(first, bound)
    ours = first is not None and is_office(first) and acting(first, bound) == bound.own
    return bound.own if ours or (team and first is None) or (team and is_office(first)) else None


def _is_day_of_units(item: Item, place: Place, group: Group | None) -> bool:
    """Tell whether a member of a list is but a day and units: "- Sáng ngày 17/10: Trường THCS A", "Trường B: 18/10"."""
    fold, clause = item.joined.fold, place.clause
    if not item.label.strip() or group is None:
        return False
    if _JUST_DAY.fullmatch(fold, clause.start, place.start) is not None:
        return place.end <= group.start
    opens = _JUST_DAY.fullmatch(fold, clause.start, group.start) is not None
    return opens and _NAME.fullmatch(fold, group.end, place.start) is not None


def _first_named(item: Item, place: Place) -> Group | None:
    clause = place.clause
    return next(iter(named_in(item.text, item.joined.fold, clause.start, clause.end)), None)
