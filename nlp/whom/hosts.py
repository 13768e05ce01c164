"""Whether what a directive is about is held by others: "Đơn vị tổ chức: Viện Khoa học Giáo dục Việt Nam"."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Actor
from nlp.naming.actors import Group, group_at
from nlp.page.structure import Clause, Item
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
#: By whom something is held, behind its time.
_BEHIND = pattern(r"(?:\s?\([^()]{1,30}\))?,\s(?:tai [^,;.:()\d]{3,60},? )?do\s")
_HOLD = pattern(
    r"(?: (?:huyen|so tai|tu|truc tiep|se|cung))?(?: (?:ra de|chi dao|chu tri)(?:,| va)?){0,2}"
    r" (?:to chuc|chu tri|dang cai|thuc hien|tien hanh|coi|cham|ra de)(?!\w)(?! phan cong)"
)
_TEACH = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX)}
#: Where something is held that all units of a kind do, and what only has its place there.
_HELD_IN = pattern(
    r"(?<!\w)(?:(?:duoc|dong loat|cung) )*(?:to chuc|dien ra|phat dong|trien khai)(?: dong loat)? (?:tai|o)\s"
    r"(?:tat ca\s|toan bo\s|100 ?%\s)?(?=(?:cac|tung|moi|truong) )"
)
_OF_OFFICE = pattern(
    r"(?<!\w)(?:tap huan|boi duong|hoi nghi|hoi thao|ky thi|chung khao|chung ket|so khao|lop hoc|chuyen de"
    r"|(?:cap|vong) (?:tinh|thanh pho|huyen|quan|so|phong|cum|quoc gia)|kiem tra|khao sat|thanh tra)(?!\w)"
)


def held_by_office(item: Item, start: int, until: int) -> Group | None:
    """Return the office that holds what a clause names right before its time, which ends at ``until``."""
    fold = item.joined.fold
    held = None if item.table else _HELD_BY_OFFICE.search(fold, max(start, until - _NEAR), until)
    return group_at(item.text, fold, held.start() + len("do ")) if held is not None else None


def held_behind(item: Item, at: int) -> Group | None:
    """Return by whom a clause says behind its time that it is held: "ngày 07/5/2024, do Phòng GDĐT tổ chức tại …"."""
    fold = item.joined.fold
    by = None if item.table else _BEHIND.match(fold, at)
    group = group_at(item.text, fold, by.end()) if by is not None else None
    return group if group is not None and _HOLD.match(fold, group.end) is not None else None


def held_in(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the schools and centres in all of which something is held: "Tuần lễ được tổ chức tại các trường học"."""
    fold = item.joined.fold
    at = None if item.table else _HELD_IN.search(fold, clause.start, until)
    group = group_at(item.text, fold, at.end()) if at is not None else None
    if at is not None and group is not None and group.actors == ("sector",) and "truong" in fold[at.end() : group.end]:
        group = replace(group, actors=(str(Actor.CO_SO_GIAO_DUC),))  # "tất cả các trường học trong tỉnh"
    if at is None or group is None or not set(group.actors) <= _TEACH or group.end > until:
        return None
    named = item.text[group.end : group.end + 2].strip().isupper()
    return None if named or _OF_OFFICE.search(fold, clause.start, at.end()) is not None else group


def is_held_by_others(items: list[Item]) -> bool:
    """Tell whether a body outside the office holds the contest that its directive is about."""
    return any(_HOST.match(item.joined.fold) or _HELD_BY.search(item.joined.fold) for item in items)
