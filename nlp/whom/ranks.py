"""Who holds an event, and who does what is told by its rank: "cấp trường", "cấp huyện", "Hội thi cấp tỉnh"."""

from __future__ import annotations

from corpus.facts import Actor
from nlp.naming.actors import Group, level_group
from nlp.page.sent import lists_sent
from nlp.page.structure import Clause, Item
from nlp.words.folding import folded, pattern

_EVENT = pattern(
    r"\W{0,4}(?:cac )?(?:(?:ky|hoi|cuoc|vong|bai) thi|hoi (?:nghi|thao|khoe|giang)|ngay hoi|lop tap huan"
    r"|giai (?:the thao|boi|bong|co|cau|da|dien|vo|keo|viet|ban|chay)(?! ket)"
    r"|hop (?:giao ban|trien khai|truc tuyen|so ket|tong ket|rut kinh nghiem|chuyen mon"
    r"|ban (?:to chuc|giam khao|ve|cong tac))"
    r"|vong (?:so khao|chung khao|chung ket|loai)|thi (?:tuyen|chon|hsg|hoc sinh gioi|nghe|tot nghiep)"
    r"|le (?:khai mac|be mac|mit tinh|vieng|dang huong|xuat quan|chao mung"
    r"|trao giai|tong ket|phat dong|tuyen duong|ton vinh|cong bo|ky niem|ra quan))(?!\w)"
)
#: Steps of what an office holds, where the directive or the heading above is about it: "Chấm bài: từ ngày …".
_STEP = pattern(
    r"\W{0,4}(?:(?:to chuc|ngay|lich|du kien|le)\s)?(?:vong\s|dot \d{1,2}(?![\w/])|khai mac|be mac"
    r"|tong (?:ket|duyet)|trao (?:giai|thuong)|(?:chung|ban) ket|(?:so|chung) khao|cham(?! nhat)|boc tham"
    r"|hoi (?:nghi|thao)|cong bo ket qua|hop"
    r" (?:ban|(?:cac )?hoi dong|bgk|btc|(?:cac )?truong doan|lanh (?:doi|dao (?:cac )?doan)|chuyen mon"
    r"|ky thuat)|tap huan|phat dong"
    r"|thi\s|(?<!lich )thi:|coi (?:thi|kiem tra|khao sat)(?!\w)|khao sat (?:cac )?mon(?!\w)"
    r"|tham dinh|xet giai"
    r"|(?<=to chuc )(?:lien hoan|hoi (?:thi|dien|khoe|giang|trai)|giai|cuoc thi|ky thi|ngay hoi|giao luu)(?!\w)"
    r"(?!(?: [\w“”\"]+,?){0,12}? cap (?:truong|co so|huyen|xa|cum))"
    r"|trung bay|cong nhan ket qua|thoi gian(?! (?:nop|gui|nhan|dang ky|hoan thanh|bao cao)))"
)
#: A clause that is but its time.
_ONLY_TIME = pattern(r"\W{0,4}(?:(?:du kien|bat dau|vao|tu|luc|trong|ngay|to chuc|vong)\s{0,2}){0,4}:?\s?")
#: When and where an event is held, and what a training begins with.
_OF_EVENT = pattern(r"\s?(?:thoi gian|dia diem)(?! (?:nop|gui|nhan|dang ky|hoan thanh|bao cao))")
_TRAINS = pattern(r"(?<!\w)(?:tap huan|boi duong|khai mac)(?!\w)")
#: A heading or lead over the times of what is held.
_TIMES = pattern(
    r"\W{0,3}(?:thoi gian|lich)(?:(?:,| va| -)? (?:dia diem|noi dung|mon thi)){0,2}(?: (?:to chuc|thi|du thi"
    r"|thi dau))?\W{0,3}$"
)
#: A part of what is held, with a time of its own: "1.1. Môn Điền kinh: khai mạc 7h30 ngày …".
_PART = pattern(r"\s?(?:mon|noi dung|bang|phan|luot)\s(?:\w+,?\s?){1,8}(?:\([^()]{1,40}\)\s?)?:\s")
#: A heading over the times of an exam or contest; those of a term are the schools'.
_TIMES_OF_EVENT = pattern(
    r"\W{0,3}(?:thoi gian|lich)(?:(?:,| va| -)? dia diem)?(?: to chuc)? (?:(?:hoi|ky|cuoc) )?thi"
    r"(?! (?:hoc k|thu|lai|cap truong))(?!\w)"
)
_LABEL = pattern(r"(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.),]\s{0,2}|[-+*]\s{0,2})?")
#: What is held at a time that stands right behind it: "… để phục vụ Hội nghị giao ban tổ chức lúc 14 giờ …".
_HELD_AT = pattern(
    r"(?<!\w)(?:phuc vu|chuan bi)(?: cho)? (?:hoi (?:nghi|thao|thi)|le|(?:ky|cuoc) thi|cuoc hop|phien hop)"
    r"(?:\s[\w/-]+){1,14}?\s(?:du kien\s)?(?:se\s)?(?:duoc\s)?(?:to chuc|dien ra|khai mac)(?:\s\w+){0,3}\W{0,2}$"
)
#: The ranks of what is held, and who holds it; a thành phố is the place of a Sở or of a Phòng: of the issuing office.
_RANKS = (
    (str(Actor.BO_GDDT), pattern(r"(?:cap|vong) (?:quoc gia|toan quoc|bo)(?!\w)")),
    (str(Actor.SO_GDDT), pattern(r"(?:cap|vong) (?:tinh|so(?! (?:dinh|luong|lieu|hieu|tien|bao|do|\d)))(?!\w)")),
    ("own", pattern(r"(?:cap|vong) thanh pho(?!\w)")),
    (str(Actor.PHONG_GDDT), pattern(r"(?:cap|vong) (?:huyen|quan|thi xa|phong)(?!\w)")),
    (str(Actor.UBND_XA), pattern(r"(?:cap|vong) (?:xa|phuong|dac khu)(?!\w)")),
    (str(Actor.CO_SO_GIAO_DUC), pattern(r"(?:cap|vong) (?:truong|co so)(?!\w)")),
)
#: What may stand before a rank where it is the rank of what is held, and between the rank and its time.
_HOLDS = pattern(
    r"[\s\-+*,;:.(]{0,4}(?:\d{1,2}(?:\.\d{1,2})?[.)]\s|[a-z]\)\s|va\s|o\s|(?:thoi gian\s)?to chuc\s|doi voi\s"
    r"|thoi gian\s(?=thi\s|hoi\s|ky\s))?"
    r"(?:(?:ky|hoi|cuoc|vong|bai|ngay|giai|dot|hoi khoe|hkpd|thi|xet|cham|khao sat|giao luu|tap huan|so ket|tong ket"
    r"|kiem tra|chuyen de|sinh hoat|le|hoat dong)\s(?:(?!cong nhan )[\w“”\"]+\s){0,8}?(?=(?:cap|vong)\s))?"
)
#: "Chuyên đề “…” cấp huyện tổ chức ngày 14/11".
_RANK_HELD = pattern(
    r"(?<!\w)(?:cap|vong) (?:tinh|thanh pho|so|huyen|quan|thi xa|phong|xa|phuong|cum|truong|quoc gia)"
    r" (?:du kien )?(?:se )?(?:duoc )?to chuc(?: (?:vao|tu|trong|luc))?(?: (?:sang|chieu))?\s{0,2}$"
)
_SENT = pattern(r"(?<!\w)(?:gui|nop|bao cao|dang ky|tham gia|tham du|du thi|trinh(?! (?:bay|dien|do)))(?!\w)")
#: How an item begins that says when something is held.
_HELD = pattern(
    r"(?:^|(?<=[.):])|(?<=[\-+*]))\s{0,2}(?:thoi gian|dia diem|giai doan|lich thi)(?!\w)"
    r"(?! (?:gui|nop|bao cao|dang ky))"
)
#: What only those right below can do: of the Bộ the Sở ("tham mưu UBND tỉnh", "ở địa phương", "do Bộ tổ chức").
_OF_FIRST = pattern(
    r"(?<!\w)(?:dia phuong (?:con|chua|co|da|nao|phai)(?!\w)"
    r"|tham muu (?:cho |voi )?(?:ubnd|uy ban|hdnd|hoi dong nhan dan|tinh|cap uy|cap co tham quyen)"
    r"|(?:tai|o|cac|cua) (?:cac )?dia phuong|do (?:bo|cuc|vu)(?: \w+){0,4} to chuc|cap tinh|toan tinh)(?!\w)"
)
#: Reports of an office on all its schools, not of a school or of statistics.
_OWN_REPORT = pattern(r"(?<!\w)bao cao (?:so ket|tong ket|dot xuat|dinh ky|ket qua|nam hoc|hoc ky|hoc ki)(?!\w)")
_SCHOOLS_OWN = pattern(r"(?<!\w)(?:cap truong|nha truong|hieu truong|thong ke)(?!\w)")
_COLON = pattern(r"(?: \([^()]{1,40}\))?\s?:")
#: To whom the people of an office report, not the units below it: "trình lãnh đạo Phòng", "báo cáo Giám đốc Sở".
_TO_CHIEF = {
    str(Actor.PHONG_GDDT): pattern(
        r"(?<!\w)(?:trinh|bao cao|tham muu|xin y kien)(?: voi| cho)?(?: (?:dong chi|d/c))? (?:lanh dao|truong)"
        r" phong(?!\w| gd| giao duc)"
    ),
    str(Actor.UBND_XA): pattern(
        r"(?<!\w)(?:trinh|tham muu)(?: cho)? (?:lanh dao|chu tich)(?: ubnd)?(?: (?:xa|phuong))?(?!\w)"
    ),
    str(Actor.SO_GDDT): pattern(
        r"(?<!\w)(?:trinh|tham muu|xin y kien)(?: voi| cho)? (?:(?:ban )?giam doc(?: so)?|lanh dao so)(?!\w)"
    ),
}
#: What may stand before and behind a time that opens a clause: "Sáng 19/11/2023: Toán", "Ngày 05/12 (thứ Ba): …".
_BARE = pattern(r"\W{0,4}(?:(?:vao|luc|buoi|sang|chieu|toi|thu \w{2,4}|chu nhat),?\s){0,4}\W{0,2}")
_THEN = pattern(r"(?:\s?\([^()]{1,40}\))?\s?(?:[:,]|[-–]\s)\s?(?:(?:buoi )?(?:sang|chieu)\W{1,3})?")
#: Tests of a term and what else the schools hold themselves, in a heading.
OF_SCHOOLS = pattern(
    r"(?<!\w)(?:kiem tra (?:\w+ )?(?:hoc k[yi]|cuoi|giua|dinh ky|hk)|thi (?:thu|lai)|cap truong)(?!\w)"
)
#: What units do at home; a venue has a name ("tại Trường THPT Lê Lợi").
_AT_UNITS = pattern(
    r"(?<!\w)(?:tai|o) (?:cac |tung |moi )?(?:don vi|nha truong|truong|co so)(?! (?:thpt|thcs|tieu hoc|mam non|mau giao"
    r"|th|mn|pt|dai hoc|cao dang|chinh tri|trung|dang cai|so)(?!\w))(?!\w)"
)
_TO_LEVEL = pattern(r"[\s\-+*;,:]{0,4}(?:va )?(?:(?:doi voi )?(?:cap|bac|khoi)(?: hoc)? )?")
_NEAR_HEAD, _NEAR, _TITLE = 80, 48, 60
#: How much of a clause is read, in characters.
_REACH = 600
_MARKS = (": ", "; ", ", ")


def is_event(item: Item, start: int) -> bool:
    """Tell whether a clause speaks of an event that the issuing office holds: "Kỳ thi tổ chức vào ngày …".

    What is sent for several of them is no event: "Thời gian nộp báo cáo: ⏎ - Cuộc thi viết: …".
    """
    return _EVENT.match(item.joined.fold, start) is not None and not lists_sent(item)


def level_before(item: Item, start: int, until: int) -> Group | None:
    """Return the schools of a level that is all that stands from ``start`` to a time: "- Cấp THCS: ngày 18/7"."""
    fold = item.joined.fold
    lead = _TO_LEVEL.match(fold, start, until)
    level = level_group(item.text, fold, lead.end()) if lead is not None else None
    alone = level is not None and level.end <= until and _BARE.fullmatch(fold, level.end, until) is not None
    return level if alone else None


def is_step(item: Item, start: int, until: int, *, holds: bool) -> bool:
    """Tell whether a clause is a step of what the office holds, unless something is sent by ``until``.

    ``holds``: all of the directive is about what is held, else the heading above is: "Vòng 1: tiểu học từ …; THCS từ
    …", "Thời gian, địa điểm: cấp THCS ngày …".
    """
    fold = item.joined.fold
    titles = [folded(title) for title in item.path[-2:]]
    held = any(find.match(title, _label_end(title)) for title in titles for find in (_EVENT, _TIMES_OF_EVENT))
    if any(map(OF_SCHOOLS.search, titles)):
        return False
    if lists_sent(item) or not (holds or held) or _SENT.search(fold, start, min(until, start + _REACH)) is not None:
        return False
    if _AT_UNITS.search(fold, start, until) is not None:
        return False
    begins = len(item.label)
    bare = start + len(fold[start:until]) - len(fold[start:until].lstrip(" -+*;,"))
    level = level_group(item.text, fold, bare)
    part = _PART.match(fold, bare) is not None
    if (level is not None or (part and holds)) and titles and _TIMES.match(titles[-1], _label_end(titles[-1])):
        return True
    if level is not None and held and level_before(item, start, until) is not None:
        return True  # "2. Hội nghị chuyên môn từng cấp: - Mầm non: 8 giờ ngày …"
    told = _OF_EVENT.match(fold, begins) is not None
    titled = _PART.match(fold, begins)
    titled_end = titled.end() if titled is not None and start <= titled.end() <= until else None
    starts = (start, begins) if (level is not None or told) and start > begins else (start,)
    if told and holds and _TRAINS.search(folded(" ".join(item.path[-1:])) + fold[begins:until]) is not None:
        return True  # "a) Thời gian tập huấn: 05 ngày; từ ngày …", "b) Địa điểm: khai mạc 8 giờ ngày …"
    if titles and _ONLY_TIME.fullmatch(fold, start, until) and _STEP.match(titles[-1], _label_end(titles[-1])):
        return True  # "III. TỔNG KẾT HỘI THI ⏎ Dự kiến vào tuần cuối tháng 01/2017"
    return any(_STEP.match(fold, at) for at in (*starts, *([] if titled_end is None else [titled_end])))


def told_behind(item: Item, clause: Clause, start: int, end: int) -> int | None:
    """Return where the words of a clause begin that its time ``[start, end)`` opens: "- Ngày 16/11: Tổ chức thi …"."""
    fold = item.joined.fold
    if item.table or _BARE.fullmatch(fold, clause.start, start) is None:
        return None
    then = _THEN.match(fold, end, clause.end)
    return then.end() if then is not None else None


def _label_end(title: str) -> int:
    """Return where the words of a heading begin."""
    label = _LABEL.match(title)
    return label.end() if label else 0


def is_of_first(item: Item, clause: Clause) -> bool:
    """Tell whether what names nobody is for those right below the office that writes.

    It is their report, or done before the committee beside them, for their place, or with what that office holds.
    """
    fold, end = item.joined.fold, min(clause.end, clause.start + _REACH)
    if _OF_FIRST.search(fold, clause.start, end) or any(_OF_FIRST.search(folded(title)) for title in item.path[-1:]):
        return True
    report = _OWN_REPORT.search(fold, max(len(item.label), clause.start - _NEAR), end)
    return report is not None and _SCHOOLS_OWN.search(fold, clause.start, end) is None


def is_inside(item: Item, start: int, end: int, own: tuple[str, ...]) -> bool:
    """Tell whether what names no unit is done within the office that writes: "Tổ Mầm non …, trình lãnh đạo Phòng"."""
    to_chief = _TO_CHIEF.get(own[0]) if own else None
    return to_chief is not None and to_chief.search(item.joined.fold, start, min(end, start + _REACH)) is not None


def held_at(item: Item, left: int, until: int) -> Group | None:
    """Return the issuing office as who holds what a clause only names last: "… phục vụ Hội nghị tổ chức ngày …"."""
    held = _HELD_AT.search(item.joined.fold, max(left, until - _REACH), until)
    return None if held is None else Group(held.start(), held.end(), ("own",), ())


def held_by(item: Item, start: int, end: int, *, event: bool = False, named: bool = False) -> Group | None:
    """Return who holds the event whose time a clause tells, by its rank: "2. Hội thi cấp tỉnh. Thời gian: …".

    ``event``: the column of a table tells that it is one; ``named``: units act in the clause.
    """
    fold = item.joined.fold
    held = _HELD.search(fold, len(item.label), len(item.label) + _NEAR_HEAD)
    opened = None if named else opening_rank(item)
    sent = _SENT.search(fold, start, min(end, start + _REACH)) is not None
    if opened is not None and (not sent or opened.actors == (str(Actor.CO_SO_GIAO_DUC),)):
        return opened
    if sent:
        return None
    if held is not None:
        own = _of_rank(fold, 0, held.start())
        if own is not None:
            return own
    for title in reversed(item.path[-2:]):
        told = folded(title)
        if (held is not None or ((event or len(told.split(":")[0]) <= _TITLE) and _holds(told))) and _SENT.search(
            told
        ) is None:
            group = _of_rank(told, 0, len(told))
            if group is not None:
                return group
    return None


def opening_rank(item: Item) -> Group | None:
    """Return who holds all that an item tells, which opens with a rank: "1. Cấp trường: phát động …, chấm xong …"."""
    fold, begin = item.joined.fold, len(item.label)
    lead = _HOLDS.match(fold, begin)
    group = _of_rank(fold, lead.end(), lead.end() + 1) if lead is not None and not item.table else None
    return group if group is not None and _COLON.match(fold, group.end) is not None else None


def _holds(title: str) -> bool:
    """Tell whether a title names a rank alone or what is held: "- Cấp trường:", "1. Hội thi cấp huyện"."""
    lead = _HOLDS.match(title)
    return lead is not None and any(find.match(title, lead.end()) for _, find in _RANKS)


def rank_beside(item: Item, start: int, until: int) -> Group | None:
    """Return who holds what a time ends by the rank before it: "…: cấp trường xong trước ngày …, cấp huyện …"."""
    fold = item.joined.fold
    cuts = [start, *(fold.rfind(mark, start, until) + 1 for mark in _MARKS)]
    for cut in sorted({c for c in cuts if c >= start}, reverse=True):
        lead = _HOLDS.match(fold, cut, until)
        if lead is None:
            continue
        group = _of_rank(fold, lead.end(), lead.end() + 1)
        near = group is not None and until - group.end <= _NEAR
        if group is not None and near and _SENT.search(fold, cut, until) is None:
            return group
    held = _RANK_HELD.search(fold, max(start, until - _NEAR), until)
    return _of_rank(fold, held.start(), held.start() + 1) if held is not None else None


def holder_in(fold: str, start: int) -> Group | None:
    """Return who holds what has the rank that stands at ``start`` of a heading."""
    return _of_rank(fold, start, start + 1)


def _of_rank(fold: str, start: int, last: int) -> Group | None:
    """Return who holds what has the rank that begins between ``start`` and ``last``."""
    for actor, find in _RANKS:
        match = find.search(fold, start, min(len(fold), last + 20))
        if match is not None and match.start() < max(last, start + 1):
            return Group(match.start(), match.end(), (actor,), ())
    return None
