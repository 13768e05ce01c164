"""Clauses whose times end nothing that is to be done: the day data are counted at, when somebody can be reached."""

from __future__ import annotations

from nlp.folding import folded, pattern
from nlp.recipients import sends
from nlp.structure import Clause, Item

#: The day up to which data are counted.
_CUT_OFF = pattern(r"(?<!\w)thoi diem (?:chot|lay|tinh) so lieu(?! (?:ve|va))(?:[^.;]{0,60}?\s(?:la|ngay|:)|:)")
#: By what somebody is reached: "Email: …", "Hỗ trợ qua điện thoại", "Đường dây nóng 0277…".
_REACHED_AT = pattern(
    r"(?:^|[-+*:;]\s?)\W*(?:(?:e-?mail|dien thoai)(?: ho tro)?\s?:|(?:duong day nong|hotline|tong dai)(?!\w))"
    r"|(?<!\w)(?:ho tro|tu van|giai dap)(?: \w+){0,6}?"
    r" (?:qua|bang) (?:dien thoai|e-?mail|so)"
)


def ends_nothing(item: Item, clause: Clause) -> bool:
    """Tell whether the times of a clause end no duty."""
    return _CUT_OFF.search(item.joined.fold, clause.start, clause.end) is not None or _tells_address(item, clause)


def _tells_address(item: Item, clause: Clause) -> bool:
    """Tell whether a clause tells by what address or telephone somebody can be reached, and sends nothing.

    "Hỗ trợ qua điện thoại …: Đợt 1: từ ngày …": the lead above may tell it.
    """
    above = item.path[-1] if item.path and item.path[-1].endswith(":") else ""
    words = f"{above} {item.text[len(item.label) : clause.end]}"
    return _REACHED_AT.search(folded(words)) is not None and not sends(words)
