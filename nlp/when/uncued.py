"""Days without a cue that end a duty all the same: they open a line, fill a bracket, or are to come at an act's end."""

from __future__ import annotations

import re

from corpus.text import UPPER
from nlp.naming.actors import units_act
from nlp.naming.cues import ends_with
from nlp.naming.dates import Calendar, Time, TimeKind
from nlp.page.structure import Clause, Item
from nlp.page.telling import tells_aims, tells_facts
from nlp.when.starts import tells_what_was
from nlp.when.timewords import DAYS
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb
from nlp.words.vocabulary import union

REACH = 64
WEEKDAY = pattern(
    r"(?:(?<!lui )(?<!hoan )(?:sang|trua|chieu|toi)\s)?(?:thu\s\w{2,4}|chu nhat)?[\s,('’‘\"]{0,3}"
    r"(?:(?:\w?gay|hom nay|ngay mai|ngay kia)[\s,('’‘\"]{0,2})?$"
)
OPENS = pattern(r"\s{0,2}[:,]\s")
#: A bracket of hours may stand between: "Ngày 03/10/2023 (từ 7h30'), tại hội trường …".
_OPENS_ALL = pattern(
    r"(?:\s?\((?:(?:tu |luc )?\d{1,2} ?(?:h|g|gio)[^()]{0,24}|thu \w{2,4}|chu nhat)\))?\s{0,2}\)?[:,]\s"
)
TOLD = pattern(r"(?<!\w)(?:(?<!bong )(?<!cau )da|xay ra|dien ra|ghi nhan)(?!\w)")
DONE = pattern(r"(?<!\w)(?:hoan thanh|hoan tat|xong|ket thuc)(?!\w)")
#: What ends in a year: "sơ kết vào năm 2023 và tổng kết vào năm 2025"; not "phê duyệt vào năm 2019".
_SUMS_UP = pattern(r"(?<!\w)(?:(?:so|tong) ket|hoan thanh|hoan tat)(?!\w)(?:(?! (?:duoc|da) )[^.;]){0,60}$")
_BEFORE_OPENING = pattern(
    r"[\s\-+*,]{0,4}(?:du kien )?(?P<part>(?:dau gio )?(?:(?:sang|trua|chieu|toi|thu \w{2,4}|chu nhat"
    r"|(?:ngay|buoi) (?:thu \w{2,4}|\d)),?\s){0,2}"
    r"\(?(?:(?:sang|trua|chieu|toi)\s)?)"
)
#: What a day is the time of, behind it and a colon, in a paragraph of its own: "Ngày 01/11/2023: 7h30 kiểm tra …".
_DOES_BEHIND = pattern(
    r"\s{0,2}\)?:\s(?:[-+*]\s?)?(?:(?:luc |tu |vao )?\d{1,2} ?(?:h|g|gio|:)|(?:sang|chieu|toi)(?!\w)|khai mac|be mac"
    r"|thi(?!\w)|kiem tra|cham (?:thi|bai)|hop(?!\w)|tap huan|tap trung|tong ket|cong bo"
    r"|tong duyet|tham quan|trao giai)"
)
#: A row of a week or a course: "Thứ Hai (19/9): …", "Buổi 1 (sáng 24/8): …".
_WEEKDAY_ROW = pattern(
    r"[\s\-+*,]{0,4}(?:thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat)(?!\w)"
    r"|[\s\-+*,]{0,4}(?:ngay|buoi) (?:\d{1,2}|thu \w{2,4}) ?\("
)
_OPENING = pattern(r"ngay|thang|quy|tuan|cuoi|\d{1,2}\s?(?:gio|h|g|/|- ?\d{1,2} ?/)")
#: A short title before a row of steps, each behind its time: "Tổ chức thực hiện: Tháng 9/2023: khảo sát".
_TITLED = pattern(r"[\s\-+*,]{0,4}[a-z]\w*(?: \w+){0,6}:\s")
#: What says of a day that opens a line that it only is so: "Ngày 20/11 là dịp …", "Ngày 30/4 trùng vào …".
_IS_SO = pattern(
    r"\s(?:la|trung|duoc|da|co|hang|moi|cua|va|hoac|nham|thuoc|roi|van|khong|nay|cac|theo|neu|thi|vi|do|sau|truoc)(?!\w)"
)
#: What leads from one day to the next, and a day with its place.
_THEN_ON = pattern(r"\s?(?:truoc do|sau do|tiep do|tiep theo),?\s")
_AT_PLACE, _DAY_AT = pattern(r" (?:tai|o) "), pattern(r"(?<!\w)ngay \d{1,2}/\d{1,2}(?:/\d{4})? (?:tai|o) ")
#: Those of a school and what they do on a day: "các lớp kiểm tra …", "cán bộ, giáo viên và học sinh trở lại làm việc".
_PERSONS_ACT = pattern(
    r"(?: \((?:thu \w{2,4}|chu nhat)\))?"
    r" (?:toan (?:truong|the)|tat ca|cac (?:lop|khoi|to|doan|em)|can bo|vien chuc|giao vien"
    r"|nhan vien|nguoi lao dong|hoc sinh|hoc vien|cb|gv|thi sinh)(?:[\s,]{1,2}[\w-]{1,8}){0,12}?"
    r" (?:tro lai|duoc nghi|nghi|di lam|den truong|lam viec|hoc (?:truc|binh|chinh|theo)|kiem tra|du thi|tap trung"
    r"|tuu truong|di hoc|tham gia|co mat)(?!\w)"
)
#: For whom a day is that opens a clause behind another: "…; ngày 10/6/2016 đối với tiểu học và THCS".
_FOR = pattern(r"\s\(?(?:doi voi|danh cho|cho)\s")
_TRAINS = pattern(r"(?<!\w)(?:tap huan|boi duong|mo (?:\w+ ){0,2}lop|hop|hoi nghi|giao ban)(?!\w)")
_CLOSES = pattern(r"\s{0,2}(?:[.;,)]|$)")
#: The same behind the day's name: "các trường mầm non dự ngày 18/11 (thứ Ba), các trường tiểu học …".
_CLOSES_DAY = pattern(r"(?:\s\((?:thu \w{2,4}|chu nhat)\))?\s{0,2}(?:[.;,)]|$)")
#: What closes a clause behind a bracket that says more: "… dự kiến tháng 01/2022 (có văn bản hướng dẫn sau)."
_CLOSES_ALL = pattern(r"\s{0,2}(?:\((?:co|theo|se|kem) [^()]{2,80}\)\s?)?(?:[.;,)]|$)")
#: A day without its year and the words that show that it is only named: "chào mừng ngày 20/11", "đã phát ngày 20/9".
_AS_DAY = pattern(r"(?:(?:buoi |vao |dau gio )?(?:sang|trua|chieu|toi)(?: ngay)? |ngay )")
_KEPT_DAY = pattern(
    r"(?<!\w)nhan(?: dip| le){0,2}$|(?<!\w)(?:chao mung|ky niem|huong ung|dip|mung|truyen thong|cong van|quyet dinh"
    r"|thong bao|van ban|da|vua)(?: \w{2,8}){0,3},?\s?$"
)
#: Cells behind a day that opens a row of a schedule: "Thứ Hai 19/12 Ngữ văn 7h30".
_CELLS_BEHIND = re.compile(rf"(?:\s\((?:[Tt]hứ \w{{2,4}}|Chủ nhật)\))?\s[{UPPER}][^.]{{2,119}}$")
#: The same where the day was a line of its own over others: "Thứ hai, ngày 23/12/2019 Tiết 1: Toán khối 4 …".
_LINES_BEHIND = re.compile(
    rf"\)?(?:\s?[-–,(]\s?(?:(?i:thứ \w{{1,4}}|chủ nhật))\)?)?\s(?:[{UPPER}]|\d{{1,2}}(?:h|g|:| giờ))[^.]{{2,600}}$"
)
#: The number of a day in a programme: "NGÀY 2: THỨ BA, NGÀY 25/8/2026" over its hours.
_OF_PROGRAMME = pattern(r"(?:ngay|buoi) (?:thu )?\d{1,2}\s?[:-]\s(?:(?:thu \w{2,4}|chu nhat),?\s)?")
#: A day with a name that is kept: "hưởng ứng Ngày Pháp luật Việt Nam 09/11".
_NAMED_DAY = pattern(
    r"(?<!\w)(?:huong ung|to chuc|ky niem|chao mung|mit tinh|nhan|phat dong)(?: \w+){0,6}"
    r" ngay (?!\d)(?:[a-z]+,? ){2,9}\(?$"
)
#: A feast with its day is a name: "chào mừng Ngày Nhà giáo Việt Nam 20/11/2023".
_FEAST = pattern(
    r"(?<!\w)(?:chao mung|ky niem|nhan(?= ngay)|nhan dip|huong toi)(?: \w+){0,6}"
    r" (?:ngay (?!\d)(?:\w+ ){1,8}"
    r"|quoc khanh |tet \w+ )[,(]?\s?$"
)
#: What is told of a feast: "các thông điệp về ngày Quốc tế Hạnh phúc 20/3/2017", "ý nghĩa Ngày Sách … 21/4".
_ABOUT = pattern(r"(?<!\w)(?:ve(?= ngay)|y nghia|lich su|thong diep)(?: \w+){0,4} ngay (?!\d)(?:\w+ ){1,8}[,(]?\s?$")
#: What is for a feast, or hung up for it: "kinh phí cho các hoạt động hưởng ứng Ngày …", "băng rôn chào mừng Ngày …".
_FOR_FEAST = pattern(
    r"(?<!\w)(?:(?:cho|cua|ve|tu|trong|nguon|lap|theo) (?:cac |nhung )?(?:hoat dong|phong trao|chuong trinh)"
    r"|bang ron|khau hieu|pa ?no|ap phich|bao tuong|thiep|chu diem|chu de|tiet muc)(?:,? \w+){0,3}?"
    r" (?:huong ung|chao mung|ky niem|mung)(?: \w+){0,6} ngay (?!\d)(?:[a-z]+,? ){2,9}\(?$"
)
#: What feasts are greeted with: "thi đua lập thành tích chào mừng …, kỷ niệm ngày Nhà giáo Việt Nam 20/11".
_GOOD_WORK = pattern(r"(?<!\w)lap(?: \w+){0,3} thanh tich(?!\w)")
#: "Hưởng ứng Ngày Nước thế giới (22/3), các trường tổ chức … từ ngày 18 đến ngày 23/3": the day only has a name.
_DATE_AHEAD = pattern(r"\d{1,2}\s?/\s?\d{1,2}")
#: A greeting before what is done: "Chào mừng 35 năm ngày Nhà giáo Việt Nam 20/11, các đơn vị tiếp tục vận động …".
_GREETS = pattern(r"\W{0,4}(?:\d{1,2}[.)]\s)?(?:chao mung|nhan dip|nhan|ky niem|huong toi)(?!\w)")
#: A day alone in a bracket that ends a clause: "Nộp kế hoạch cá nhân (15/9)"; "(9/10)" are points.
_IN_BRACKET = pattern(r"(?:[0-3]\d) ?/ ?\d{1,2}$")
_NAMED_IN_BRACKET = pattern(r"(?<!\w)(?:ngay|dip|le) (?!\d|thu \w{2,4} \()(?:\w{2,8},? ){1,8}\($")
#: The same of weeks and months with a name, where they stand in a row of such: "Ngày … (07/4); Tuần lễ … (09-15/5)".
_NAMED_PERIOD = pattern(r"(?<!\w)(?:ngay|thang|tuan le|tuan) (?!\d)(?:[\w/]{2,10},? ?){1,14}\((?:tu )?$")
_NAMED_TIME = pattern(r"(?<!\w)(?:ngay|thang|tuan le) (?!\d)(?:[\w/]{2,10},? ?){1,10}\((?:tu )?(?:ngay |thang )?\d")
_ROW_OF_NAMES = 3
#: Times that a bracket behind a count tells: "đối chiếu số liệu 02 lần (31/12/2017 và 31/5/2018)".
_COUNT = pattern(r"\d{1,2} (?:lan|dot|vong|ky)$")
#: What happens at an hour of a day is to come, whatever follows: "bàn giao đề: 6 giờ ngày 18/12 tại Sở".
_HOUR = pattern(
    r"\d{1,2} ?(?:gio|h|g)\W?(?:\d{2})?(?:\D{0,24}ngay|,? thu \w{2,4},?|,? chu nhat,?|(?: phut)? (?:sang|chieu|toi),?)"
    r" \(?\d"
)
#: What a month is the time of, before a colon; of a stage of something, or under "b) Thời gian".
_LABEL = pattern(
    r"\W{0,4}(?:(?P<stage>(?:giai doan|dot|vong|lan)\s\w{1,3}(?:\s?\([^()]{1,40}\))?)|[^:;.()]{2,60})\s?:\s"
    r"(?:du kien(?: vao| trong| khoang)?:?\s)?(?P<nth>(?:lan|dot) \d:?\s)?"
)
_TIMES = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-hd])[.)]\s{0,2})?(?:thoi (?:gian|diem|han)|lich)(?!\w)"
)
#: What else is held in a month: "tổ chức ngày hội hướng nghiệp tháng 3/2025".
_IS_HELD = pattern(r"(?<!\w)(?:to chuc|dien ra|tu van|phat dong|ky niem|mo lop)(?!\w)")
#: Things of a month: its report, its money.
_OF_MONTH = pattern(
    r"(?:kinh phi|hoc phi|luong|so lieu|bao cao|hoa don|ky|ke hoach|lich|diem|che do|phi|tien an|thuc don|tien|cua|tu"
    r"|den|giao ban|hop|so ket|trong|ban hanh|vao|chu diem)$"
)
#: What stands before a time that is planned.
PLANNED = "du kien "
#: A part of a day before its date, and what shows that a day to come is only named: "từ ngày", "sau ngày", "của ngày".
PART_OF_DAY = pattern(r"(?:(?:buoi |vao |dau gio )?(?:sang|trua|chieu|toi)(?: ngay)?,? |ngay )$")


def stands_alone(item: Item, clause: Clause, begin: int, end: int, time: Time) -> bool:
    """Tell whether a time without a cue ends a duty: by its form, or because it opens a clause or fills a bracket."""
    fold = item.joined.fold
    words = fold[begin:end]
    if time.kind is TimeKind.RANGE and words.startswith("tu "):
        return bool(item.label or item.path) or TOLD.search(fold, end, min(clause.end, end + REACH)) is None
    first = _BEFORE_OPENING.fullmatch(fold, clause.start, begin) or _TITLED.fullmatch(fold, clause.start, begin)
    scheduled = first is not None and _WEEKDAY_ROW.match(fold, clause.start) and _OPENS_ALL.match(fold, end)
    ordered = scheduled or _orders_behind(item, clause, begin, end)
    ordered = ordered or (first is not None and time.kind in DAYS and _DOES_BEHIND.match(fold, end) is not None)
    heads = clause.start == 0 and not item.label and time.kind is TimeKind.DAY
    heads = heads and _BEFORE_OPENING.fullmatch(fold, 0, begin) is not None
    if heads and time.stated_year and item.text[:1].isupper() and _LINES_BEHIND.match(item.text, end) is not None:
        return True
    if clause.start == 0 and time.kind in DAYS and _OF_PROGRAMME.fullmatch(fold, 0, begin) is not None:
        return True
    if time.kind in DAYS and (_is_next(item, clause, begin, end) or _is_held_again(item, clause, begin, end)):
        return True
    if not ordered and tells_what_was(item, clause.start, begin):
        return False
    if time.kind is TimeKind.YEAR and words.startswith("vao"):
        return _SUMS_UP.search(fold, max(clause.start, begin - REACH), begin) is not None
    if time.kind is TimeKind.YEAR:
        return not words.startswith("trong") or DONE.search(fold, max(clause.start, begin - 40), begin) is not None
    if TOLD.search(fold, end, min(clause.end, end + 60)):
        return False
    opens = first is not None and _OPENING.match(fold, begin) is not None
    goes_on = item.text[: clause.start].rstrip().endswith((";", ",")) and _FOR.match(fold, end) is not None
    full = time.kind in DAYS or (time.kind in (TimeKind.MONTH, TimeKind.QUARTER) and time.stated_year)
    if opens and full and fold.startswith(" ", end) and units_act(item.text, fold, end + 1):
        return True  # "ngày 28/5 Phòng QLCL công bố kết quả"
    if opens and time.kind in DAYS and _PERSONS_ACT.match(fold, end) is not None:
        return True  # "Ngày 04/01/2022 (Thứ Ba) viên chức, người lao động và học sinh trở lại làm việc"
    if opens and full and fold.startswith(PLANNED, begin - len(PLANNED)) and _acts_later(item, clause, end):
        return True  # "Dự kiến quý I/2024 trên cơ sở …, Sở GDĐT tổ chức hội nghị"
    if opens and time.kind in DAYS and _heads_line(item, clause, begin, end):
        return True
    if time.kind in DAYS and _is_between(item, clause, begin, end):
        return True
    if opens and (
        _OPENS_ALL.match(fold, end) or goes_on or (time.kind in DAYS and _CELLS_BEHIND.match(item.text, end))
    ):
        return True
    if time.kind is TimeKind.MONTH and not words.startswith("thang") and not words[:1].isdigit():
        return _CLOSES.match(fold, end) is not None and fold[max(0, begin - 5) : begin].strip() not in ("tu", "cua")
    if time.kind is TimeKind.MONTH and _CLOSES.match(fold, end) and _is_labelled(item, clause, begin):
        return True
    if time.kind is TimeKind.MONTH and time.stated_year and _CLOSES_ALL.match(fold, end):
        lead = fold[max(clause.start, begin - 2 * REACH) : begin].rstrip()
        held = _IS_HELD.search(lead) or union("events", "held").search(lead)
        return held is not None and _OF_MONTH.search(lead) is None
    dated = words.startswith(("ngay", "thang", "quy", "tu ")) or (time.kind is TimeKind.RANGE and words[:1].isdigit())
    feast = _NAMED_IN_BRACKET.search(fold, max(clause.start, begin - REACH), begin)
    if feast is not None and item.text[feast.start() : feast.start() + 2].lower() != "lệ":
        return False  # "hưởng ứng Ngày Nước thế giới (22/3)"
    dated = dated or (_IN_BRACKET.match(words) is not None and _CLOSES.match(fold, end + 1) is not None)
    named = fold[begin - 1 : begin] == "(" and dated
    return named and fold[end : end + 1] == ")"


def is_of_feasts(fold: str, start: int, begin: int) -> bool:
    """Tell whether a time in a bracket tells when a feast is, in a row of feasts: all they are is named."""
    if (
        "(" not in fold[max(0, begin - 4) : begin]
        or _NAMED_PERIOD.search(fold, max(start, begin - 2 * REACH), begin) is None
    ):
        return False
    return sum(1 for _ in _NAMED_TIME.finditer(fold)) >= _ROW_OF_NAMES


def _orders_behind(item: Item, clause: Clause, begin: int, end: int) -> bool:
    """Tell whether a time opens a later sentence of a paragraph, and who does what follows: "… Tháng 11/2018, Sở kiểm
    tra …"."""
    fold = item.joined.fold
    later = clause.start > len(item.label) and not fold[clause.start : begin].strip(" -+*,")
    comma = OPENS.match(fold, end) if later else None
    return comma is not None and units_act(item.text, fold, comma.end())


def _is_next(item: Item, clause: Clause, begin: int, end: int) -> bool:
    """Tell whether a day behind a semicolon comes before or after the one above it: "…; trước đó, ngày 20/5, trường mầm
    non gửi …"."""
    fold = item.joined.fold
    if _THEN_ON.fullmatch(fold, clause.start, begin) is None or not item.text[: clause.start].rstrip().endswith(";"):
        return False
    comma = OPENS.match(fold, end)
    return comma is not None and units_act(item.text, fold, comma.end())


def _is_held_again(item: Item, clause: Clause, begin: int, end: int) -> bool:
    """Tell whether a day and its place follow another with its own: "hai chuyên đề: ngày 12/10 tại A; ngày 19/10 tại
    B"."""
    fold = item.joined.fold
    at_place = fold.startswith("ngay ", begin) and _AT_PLACE.match(fold, end) is not None
    if not at_place or fold[clause.start : begin].strip() or not item.text[: clause.start].rstrip().endswith(";"):
        return False
    return _DAY_AT.search(fold, max(0, clause.start - 4 * REACH), clause.start) is not None


def _acts_later(item: Item, clause: Clause, end: int) -> bool:
    """Tell whether a comma behind a time has units behind it that act."""
    fold = item.joined.fold
    commas = (m.end() for m in OPENS.finditer(fold, end, clause.end))
    return any(units_act(item.text, fold, at) for at in commas)


def _is_labelled(item: Item, clause: Clause, begin: int) -> bool:
    """Tell whether a month stands behind what it is the time of, in a list of such: "- Hệ GDTX: Tháng 12/2022"."""
    label = _LABEL.fullmatch(item.joined.fold, clause.start, begin)
    if label is None or not item.label or tells_facts(item):
        return False
    return (label["stage"] or label["nth"]) is not None or bool(item.path and _TIMES.match(folded(item.path[-1])))


def _heads_line(item: Item, clause: Clause, begin: int, end: int) -> bool:
    """Tell whether a day opens a line of a list, and what is done on it follows: "- Ngày 12/10/2023 nhận hồ sơ …",
    "- 7 giờ sáng 12/3 Hội thi khai mạc"."""
    fold = item.joined.fold
    hour = _HOUR.match(fold, begin) is not None
    if hour and fold.startswith(")", end) and "(" in fold[begin:end]:
        end += 1  # "14 giờ 00, thứ Sáu (ngày 22/11/2024) họp giao ban"
    if not (item.label or hour) or not item.path or tells_facts(item):
        return False
    if not (item.text[end + 1 : end + 2].islower() or (hour and item.text[end + 1 : end + 2].isupper())):
        return False
    named = hour or fold.startswith("ngay ", begin) or bool(fold[clause.start : begin].strip(" -+*,"))
    return named and fold.startswith(" ", end) and _IS_SO.match(fold, end) is None


def _is_between(item: Item, clause: Clause, begin: int, end: int) -> bool:
    """Tell whether a day stands between a mark and what is done on it, or for whom something is held: "…; trưa 22/5 gửi
    danh sách", "tập huấn: sáng 11/9 cho kế toán, sáng 12/9 cho công chức".
    """
    fold = item.joined.fold
    part = PART_OF_DAY.search(fold, max(clause.start, begin - 24), begin)
    at = part.start() if part is not None else begin
    if (part is None and not fold.startswith("ngay ", begin)) or not fold.startswith(" ", end) or tells_facts(item):
        return False
    before = item.text[:at].rstrip()
    if before[-1:] not in tuple(",;:") or at <= len(item.label) + 1:
        return False
    if _FOR.match(fold, end) is not None:
        return _TRAINS.search(fold, max(0, at - 3 * REACH), at) is not None
    return before[-1:] != ":" and opens_with_verb(fold, end + 1) and _IS_SO.match(fold, end) is None


def to_come(item: Item, clause: Clause, begin: int, end: int, time: Time, known: Calendar) -> bool:
    """Tell whether a day is one to come in what has to be done: "…, niêm yết danh sách trúng tuyển ngày 15/7/2024".

    Of a day without a year only one with a name is: "hưởng ứng Ngày Pháp luật Việt Nam 09/11".
    """
    fold = item.joined.fold
    if time.due is None or (known.issued is not None and time.due < known.issued):
        return False
    listed = bool(time.stated_year and item.label and item.path and _CLOSES.match(fold, end))
    if known.issued is None and not listed:
        return False  # without a letterhead a day at a clause's end in a list is one to come
    if tells_what_was(item, clause.start, begin) or (not time.stated_year and tells_aims(item)):
        return False
    if time.kind not in DAYS or tells_facts(item) or TOLD.search(fold, end, min(clause.end, end + 60)):
        return False
    before = fold[max(clause.start, begin - REACH) : begin]
    if time.stated_year:
        bare = WEEKDAY.sub("", before).rstrip(" ,(").removesuffix(" ngay")  # "thứ Sáu" is no "sau"
        if _FEAST.search(before) is not None or _ABOUT.search(before) is not None:
            return False
        named = None if before.endswith("(") and _COUNT.search(bare) else ends_with("not_alone", bare)
        return named is None and bool(before.strip(" -+*,:("))
    if _GOOD_WORK.search(fold, clause.start, begin) is not None:
        return False
    named_only = _ABOUT.search(before) is not None or (before.endswith("(") and _FEAST.search(before) is not None)
    named_only = named_only or _FOR_FEAST.search(fold, max(clause.start, begin - 2 * REACH), begin) is not None
    named_only = named_only or fold.endswith("nhu sau:", 0, clause.end)
    kept = _NAMED_DAY.search(before) is not None and not named_only
    greets = _GREETS.match(fold, clause.start, begin) is not None and fold.startswith(",", end)
    kept = kept and not greets and _DATE_AHEAD.search(fold, end, clause.end) is None
    return kept or _ends_act(item, clause, begin, end, before)


def _ends_act(item: Item, clause: Clause, begin: int, end: int, before: str) -> bool:
    """Tell whether a day without its year ends what is to be done: "…, niêm yết danh sách phòng thi ngày 20/12"."""
    fold = item.joined.fold
    part = PART_OF_DAY.search(fold, max(clause.start, begin - 20), begin)
    at_hour = _HOUR.match(fold, begin) is not None
    as_day = _AS_DAY.match(fold, part.start() if part else begin) is not None
    as_day = as_day and _CLOSES_DAY.match(fold, end) is not None
    if not (at_hour or as_day):
        return False
    before = before[: part.start() - max(clause.start, begin - REACH)] if part else before
    before = before.rstrip(" ,(").removesuffix(" ngay")
    named = _KEPT_DAY.search(before) is not None or ends_with("not_alone", before) is not None
    return not named and len(before.split()) > 2
