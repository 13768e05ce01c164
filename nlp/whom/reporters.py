"""Who sends what a line tells only the time of: the units of a paragraph before a list of reports, or behind the line.

"4. Chế độ báo cáo ⏎ Phòng GDĐT, các trường THPT thực hiện chế độ báo cáo …. ⏎ - Báo cáo sơ kết … trước ngày 15/01";
"1. Thời gian nộp hồ sơ: trước ngày 25/10. … 3. Mỗi phòng GDĐT, trường THPT nộp 01 bộ hồ sơ".
"""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.naming.actors import Group, group_at, is_outside
from nlp.page.structure import Item
from nlp.words.folding import folded, pattern

#: A heading over reports, what its units do, and a report in the list below.
_REPORTS = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2})?(?:ve )?(?:che do |cong tac )?(?:thong tin,? )?"
    r"(?:va )?bao cao(?!\w)"
)
_REPORT_TO = pattern(
    r"\s(?:(?:co trach nhiem|phai|can|nghiem tuc|thuc hien|day du|dung|tot) ){0,4}"
    r"(?:che do )?(?:thong tin,? )?bao cao(?!\w)"
)
_REPORT = pattern(r"\W{0,4}bao cao(?!\w)")
#: A line that is but when something is sent, and what its units do in a paragraph behind it.
_SENDING = pattern(
    r"\W{0,4}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2})?(?:thoi (?:gian|han)|han) (?:nop|gui|dang ky)"
    r"(?: [\w ]{1,40})?\s?:"
)
_EACH = pattern(r"\W{0,4}(?:(?:\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2})?(?:moi(?: don vi)? |cac don vi \()?")
_SENDS = pattern(
    r"\s(?:(?:chu dong|co trach nhiem|phai) )?(?:lua chon|lap danh sach|tong hop|dang ky|gui|nop)(?!\w)[^.]{0,80}?"
)
#: So many items behind such a line are read.
_NEXT = 4


def reporters_told(items: list[Item]) -> dict[int, Group]:
    """Return who sends what an item tells the time of; keys are where such items begin."""
    found: dict[int, Group] = {}
    told: tuple[tuple[str, ...], Group] | None = None
    for k, item in enumerate(items):
        if item.table or item.heading:
            told = None
            continue
        if item.path and _REPORTS.match(folded(item.path[-1])) is not None:
            group = _opener(item, _REPORT_TO)
            if group is not None and not item.text.rstrip().endswith(":"):
                told = (item.path, group)
            elif told is not None and told[0] == item.path and _REPORT.match(item.joined.fold) is not None:
                found[item.start] = _at(item, told[1])
        elif _SENDING.match(item.joined.fold) is not None:
            others = (_opener(one, _SENDS) for one in items[k + 1 : k + 1 + _NEXT] if not one.table)
            sender = next((one for one in others if one is not None), None)
            if sender is not None:
                found[item.start] = _at(item, sender)
    return found


def _opener(item: Item, does: re.Pattern[str]) -> Group | None:
    """Return the units that an item opens with where they do what ``does`` finds behind them."""
    fold = item.joined.fold
    each = _EACH.match(fold)
    group = group_at(item.text, fold, each.end() if each is not None else 0)
    if group is None or group.general or is_outside(group):
        return None
    return group if does.match(fold, group.end) is not None else None


def _at(item: Item, group: Group) -> Group:
    at = len(item.label)
    return replace(group, start=at, end=at, bare=False)
