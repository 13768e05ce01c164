"""Days that a label tells: "Ngày khai giảng …: Ngày 05/9/2023", "Xét tốt nghiệp: tháng 12/2021", "cấp tỉnh, tháng 3";
or the heading: "1. Lễ kỷ niệm ⏎ - 7 giờ 30, ngày 20/11/2024"; and days behind what a list of things sent names: "Các
trường gửi Sở: ⏎ a) Bản thuyết minh: 20/12"."""

from __future__ import annotations

from datetime import date

from nlp.naming.dates import Calendar, Time, TimeKind
from nlp.page.sent import sending_lead
from nlp.page.structure import Clause, Item
from nlp.page.telling import tells_facts
from nlp.when.described import Due
from nlp.when.timewords import DAYS, SCHOOL_SUBJECT
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb
from nlp.words.vocabulary import union

#: The words of an item up to its time; what is said of the time stands between.
_LABEL = pattern(
    r"\W{0,4}(?P<label>[^:;]{4,160}):\s(?:-\s)?(?:\d{1,2} (?:buoi|ngay|dot)[,:]?\s)?"
    r"(?:(?:sang|chieu)\s)?(?:du kien,?\s)?(?:(?:vao|tu|trong|het)\s)?(?:ca )?(?:ngay\s)?$"
)
#: What else than an event a label names that is held, begun or handed in on a day.
_DATED = pattern(r"(?<!\w)(?:ngay|thoi (?:gian|diem|han)|lich|han|(?:khai|be) giang|tuu truong|cham|vong|dot)(?!\w)")
_TOLD = pattern(
    r"(?<!\w)(?:can cu|(?<!hoc )(?<!thi )sinh(?! vien)|ban hanh|(?<!hoc )ky(?! niem)|cap (?:ngay|lan)|so lieu"
    r"|quyet dinh|cong van|hieu luc|(?<!bong )da|ngay nghi|thanh lap|dien thoai|e-?mail)(?!\w)"
)
_ONLY = pattern(r"\s?(?:\([^()]{1,60}\)\s?)?(?:[.;,](?=\s|$)|$)")
#: A calendar of exams that goes through its sessions: "Lịch kiểm tra chung: sáng 18/12 Ngữ văn, chiều 18/12 Toán".
_SESSIONS = pattern(r"lich (?:thi|kiem tra|khao sat)(?!\w)")
_OF_SUBJECT = pattern(rf"\s?:?\s(?:thi |kiem tra |khao sat )?(?:(?:mon|bai) )?{SCHOOL_SUBJECT}(?!\w)")
#: A bracket of a time alone behind what is held: "giao lưu tin học tiểu học (dự kiến tháng 01 năm 2024)".
_BRACKET = pattern(r"\((?:du kien,? )?(?:(?:vao|trong) )?$")
_CLOSES = pattern(r"\)\s?(?:[.;,]|$)")
_REACH = 120
#: How a day stands behind what is sent: "Bản thuyết minh: 20/12", "Nhạc nền tiết mục, thứ Sáu 15/3".
_OF_LIST = pattern(r"[:,]\s(?:han\s)?(?:(?:sang|chieu|toi)\s)?(?:(?:thu \w{2,4}|chu nhat),?\s)?\(?(?:ngay\s)?$")
#: Which of several places, groups or turns a day is for: "…; cụm 2: ngày 23/10 tại …".
_OF_GROUP = pattern(
    r"\W{0,4}(?:[^:;]{4,80}: )?(?:(?:cum|dot|vong|bang|ca|khoi|doan|nhom|buoi|khoa) (?:so |thi )?(?:thu )?"
    r"(?:\d{1,2}|[ivx]{1,4}|[a-d]|nhat|hai|ba)|(?:(?:cac )?truong |cap |bac |khoi )?(?:mam non|mau giao|tieu hoc"
    r"|thcs|thpt|trung hoc (?:co so|pho thong)))(?: \([^()]{1,60}\))?[:,]?\s(?:vao |thi |kiem tra )?"
    r"(?:(?:sang|chieu) )?(?:(?:thu \w{2,4}|chu nhat),? )?\(?(?:ngay )?$"
)
#: A turn of what is held behind another: "Vòng sơ khảo: tháng 11/2023; vòng chung khảo: tháng 01/2024".
_TURN = pattern(
    r"\W{0,3}(?:(?:vong|dot|giai doan|buoc) [^:;]{1,40}"
    r"|(?:(?:so|chung) khao|chung ket|khai mac|be mac|tong ket|trao giai)[^:;]{0,40}):\s(?:trong |vao )?(?:ngay\s)?$"
)
_AT = pattern(r"\s(?:tai|o)\s")
#: A time behind a rank alone: "cấp tỉnh, tháng 12/2020", "…; cấp huyện: tháng 01/2022".
_RANK = pattern(
    r"\W{0,4}(?:[^:;]{4,60}: )?(?:cap|vong) (?:truong|xa|huyen|tinh|quoc gia|thanh pho|bo|khu vuc|\d|i{1,3})[,:]?"
    r"(?: du kien)? $"
)

#: A year that is all a label tells: "Thời gian thực hiện: Năm 2024 (theo kế hoạch của Sở Tài chính)".
_YEAR = pattern(
    r"(?<!\w)thoi gian(?: (?:thuc hien|hoan thanh|to chuc|trien khai|tien hanh)){0,2}: (?:du kien,? )?"
    r"(?P<time>(?:trong |ca )?nam (?P<year>20\d\d))(?=\s?(?:[.;(]|$))"
)
#: What may stand before a day that is all an item tells under a heading: "- Từ 7 giờ 30, ngày …", "- Dự kiến ngày …".
_BARE = pattern(
    r"[\s\-+*•,(]{0,5}(?:du kien,?\s)?(?:(?:vao|luc|dung|bat dau)\s){0,2}(?P<since>(?:bat dau )?tu\s)?"
    r"(?:(?:sang|chieu|toi)\s)?(?:(?:ngay )?(?:thu \w{2,4}|chu nhat),?\s)?\(?(?:ngay\s)?"
)
_AT_HOUR = pattern(r"\d{1,2}\s?(?:h|g|gio|:)")
#: A month for which something is planned: "môn bơi dự kiến tháng 5/2024 (có lịch sau)".
_PLANNED = pattern(
    r"(?<!\w)du kien(?P<does> (?:tien hanh|to chuc|thuc hien|dien ra))?(?: khoang| vao| trong)? "
    r"(?:(?:(?:dau|giua|cuoi) )?thang \d{1,2}(?:,| va) )?$"
)
_HELD = pattern(r"(?<!\w)(?:to chuc|dien ra|khai mac|be mac|giai|thi dau)(?!\w)")


def labelled(item: Item, clause: Clause, begin: int, end: int, time: Time, known: Calendar) -> bool:
    """Tell whether a time is all that an item tells behind its label (what is held or done then), or
    behind the rank of what is held."""
    if time.due is None or (known.issued is not None and time.due < known.issued) or tells_facts(item):
        return False
    if time.kind not in DAYS and not (time.kind is TimeKind.MONTH and time.stated_year):
        return False
    fold = item.joined.fold
    month = time.kind is TimeKind.MONTH
    if month and fold.startswith(")", end) and _BRACKET.search(fold, clause.start, begin) and _CLOSES.match(fold, end):
        words = fold[max(clause.start, begin - _REACH) : begin]
        return time.stated_year and _is_dated(words)
    closes = _ONLY.match(fold, end) is not None or _AT.match(fold, end) is not None
    if month and closes and _is_planned(item, clause, begin):
        return True
    if time.kind in DAYS and closes and _OF_GROUP.fullmatch(fold, clause.start, begin) is not None:
        return True
    label = _LABEL.fullmatch(fold, clause.start, begin)
    first = label is not None and _SESSIONS.search(label["label"]) is not None
    if first and time.kind in DAYS and _OF_SUBJECT.match(fold, end) is not None:
        return True
    if _ONLY.match(fold, end) is None or (known.issued is None and not time.stated_year):
        return False
    if time.kind in DAYS and sending_lead(item) and _OF_LIST.search(fold, clause.start, begin) is not None:
        return True
    if _RANK.fullmatch(fold, clause.start, begin) is not None:
        return True
    if (
        item.text[: clause.start].rstrip().endswith((";", "."))
        and _TURN.fullmatch(fold, clause.start, begin) is not None
    ):
        return True
    if clause.start > len(item.label) + 1:
        return False
    if label is None:
        return time.kind in DAYS and _is_all_under_heading(item, clause, begin)
    does = opens_with_verb(fold, label.start("label")) and _TOLD.search(label["label"]) is None
    return does or _is_dated(label["label"])


def labelled_year(item: Item, clause: Clause, known: Calendar) -> Due | None:
    """Return the year that is all a label of time tells, due on its last day; None where it is over or tells facts."""
    found = _YEAR.search(item.joined.fold, clause.start, clause.end)
    if found is None or tells_facts(item):
        return None
    day = date(int(found["year"]), 12, 31)
    if known.issued is not None and day < known.issued:
        return None
    start, end = found.span("time")
    return Due(start, end, Time(start - clause.start, end - clause.start, TimeKind.YEAR, day), "date", 0.7)


def _is_all_under_heading(item: Item, clause: Clause, begin: int) -> bool:
    """Tell whether a day is all that an item says under a heading that names what is held, or its time: "1. Lễ kỷ niệm
    ⏎ - 7 giờ 30, ngày 20/11/2024."; what only begins on a day without an hour is told elsewhere."""
    fold = item.joined.fold
    bare = _BARE.fullmatch(fold, clause.start, begin)
    if bare is None or not item.path or item.heading or item.table:
        return False
    return not (bare["since"] and _AT_HOUR.match(fold, begin) is None) and _is_dated(folded(item.path[-1]))


def _is_planned(item: Item, clause: Clause, begin: int) -> bool:
    """Tell whether what is held is planned for the month that begins at ``begin`` of an item's joined text."""
    fold = item.joined.fold
    planned = _PLANNED.search(fold, max(clause.start, begin - _REACH), begin)
    if planned is None:
        return False
    words = fold[max(len(item.label), begin - 2 * _REACH) : begin]
    held = (planned["does"] or _HELD.search(words)) is not None and _TOLD.search(fold, clause.start, begin) is None
    return held or _is_dated(words)


def _is_dated(words: str) -> bool:
    """Tell whether folded words name what takes place on a day, and no day that is only told."""
    named = _DATED.search(words) or union("events", "held").search(words)
    return named is not None and _TOLD.search(words) is None
