"""Whether what a directive is about is held by others: "Đơn vị tổ chức: Viện Khoa học Giáo dục Việt Nam"."""

from __future__ import annotations

from nlp.naming.actors import Group, group_at
from nlp.page.structure import Item
from nlp.words.folding import pattern

#: Who holds an event, told in a line of its own or by "do … tổ chức"; outside the offices of education of a place.
_OTHERS = (
    r"(?:vien |bao |dai (?:truyen|phat)|cong ty|tap doan|trung uong|hoi (?!dong|nghi|thi|thao|khoe|giang)|bo |to chuc "
    r"|quy |nha (?:xuat|thieu|van)|ngan hang|tong (?:cong ty|cuc|lien)|hoc vien|truong dai hoc|dai hoc |tinh doan"
    r"|doan thanh nien|so (?!gd|giao duc))"
)
#: How far before a time its holder may stand.
_NEAR = 120
_HOST = pattern(
    r"\W{0,4}(?:\d{1,2}(?:\.\d{1,2})?[.)]\s|[a-h][.)]\s)?(?:don vi|co quan|ban)(?: (?:chu tri|to chuc|dang cai|phoi hop"
    r"|thuc hien|va)){1,4}(?: (?:cuoc|hoi|ky) thi)?\s?:\s?" + _OTHERS
)
_HELD_BY = pattern(
    r"(?<!\w)(?:cuoc|hoi|ky) thi(?! dua)[^.;:]{0,160}? do "
    + _OTHERS
    + r"[^.;:]{0,110}?(?<!\w)(?:to chuc|phat dong)(?!\w)"
)
#: An office of education that holds something, right before its time: "… cấp tỉnh do Sở GDĐT tổ chức vào tháng 4".
_HELD_BY_OFFICE = pattern(
    r"(?<!\w)do (?=(?:so|bo|phong) (?:giao duc|gd))[^.;:,]{4,60}? (?:chu tri )?to chuc"
    r"(?: (?:vao|trong|tu|luc|du kien)){0,2}(?: (?:sang|chieu))?(?: ngay)?[\s(]{0,3}$"
)


def held_by_office(item: Item, start: int, until: int) -> Group | None:
    """Return the office that holds what a clause names right before its time, which ends at ``until``."""
    fold = item.joined.fold
    held = None if item.table else _HELD_BY_OFFICE.search(fold, max(start, until - _NEAR), until)
    return group_at(item.text, fold, held.start() + len("do ")) if held is not None else None


def is_held_by_others(items: list[Item]) -> bool:
    """Tell whether a body outside the office holds the contest that its directive is about."""
    return any(_HOST.match(item.joined.fold) or _HELD_BY.search(item.joined.fold) for item in items)
