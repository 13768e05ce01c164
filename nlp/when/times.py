"""The times in a clause that end a duty: dates behind a cue, dates in rows of tables, times that are only described."""

from __future__ import annotations

import re

from corpus.text import UPPER
from nlp.naming.actors import units_act
from nlp.naming.cues import ends_still, ends_with
from nlp.naming.dates import Calendar, Time, TimeKind, find_dates, hour_before
from nlp.page.structure import Clause, Item, tells_aims, tells_facts
from nlp.when.described import AND_SENDS, Due, described_in
from nlp.when.endless import ends_nothing, in_closing
from nlp.when.labelled import labelled
from nlp.when.starts import FROM, begins, opens_letter, tells_what_was
from nlp.when.timewords import DAYS, of_one_row, whole
from nlp.words.folding import pattern
from nlp.words.stretches import meets
from nlp.words.verbs import opens_with_verb
from nlp.words.vocabulary import Entry, union

_WEEKDAY = pattern(
    r"(?:(?<!lui )(?<!hoan )(?:sang|chieu|toi)\s)?(?:thu\s\w{2,4}|chu nhat)?[\s,('’‘\"]{0,3}"
    r"(?:(?:\w?gay|hom nay|ngay mai|ngay kia)[\s,('’‘\"]{0,2})?$"
)
_JOINT = pattern(
    r"(?:\s\([^()]{1,30}\))?\s{0,2}(?:,|va|;|hoac)\s{1,2}"
    r"(?:(?:lan|dot|vong) (?:\d|i{1,3}|hai|ba|thu \w{2,4}):?\s)?(?:truoc\s)?(?:(?:sang|chieu)\s)?(?:ngay\s)?"
)
_REACH = 64
_SHORT_CUE = pattern(
    r"(?<!\w)(?:(?:cham|muon|tre) nhat|han (?:cuoi|chot)|du kien|truoc|trong|vao|luc|den|het"
    r"|(?<!thu )tu(?: nay)?)(?!\w)"
)
_CUE_CHAIN = pattern(
    r"(?: (?:la|vao|den|het|trong|truoc|ngay|cac|hai|ba|02|03|dip|thoi|diem|han|cuoi|chot|cung|cham|nhat|luc|nay)"
    r"|[\s,:(]){0,9}$"
)
_UNTIL = pattern(r"(?:den|truoc|vao)\s$")
_BEFORE_OPENING = pattern(r"[\s\-+*,]{0,4}(?P<part>(?:(?:sang|chieu|toi|thu \w{2,4}|chu nhat),?\s){0,2})")
_OF_WEEK = pattern(r"(?<!\w)(?:thu|chu nhat)(?!\w)")
_OPENING = pattern(r"ngay|thang|quy|tuan|cuoi|\d{1,2}\s?(?:gio|h|g|/|- ?\d{1,2} ?/)")
#: A short title before a row of steps, each behind its time: "Tổ chức thực hiện: Tháng 9/2023: khảo sát".
_TITLED = pattern(r"[\s\-+*,]{0,4}[a-z]\w*(?: \w+){0,6}:\s")
_OPENS = pattern(r"\s{0,2}[:,]\s")
#: For whom a day is that opens a clause behind another: "…; ngày 10/6/2016 đối với tiểu học và THCS".
_FOR = pattern(r"\s\(?(?:doi voi|danh cho|cho)\s")
_FRAME = pattern(r"trong (?:thoi gian|dip|nhung ngay|dot|ky)(?!\w)")
_CLOSES = pattern(r"\s{0,2}(?:[.;,)]|$)")
_TOLD = pattern(r"(?<!\w)(?:da|xay ra|dien ra|ghi nhan)(?!\w)")
_DONE = pattern(r"(?<!\w)(?:hoan thanh|hoan tat|xong|ket thuc)(?!\w)")
#: What an opening paragraph foretells, and what was reached by a day: "Đến hết tháng 6/2020, đã có 4.052 người".
_FORETOLD = pattern(r"(?<!\w)(?:du bao|co kha nang|co nguy co|co the xay ra|co the xuat hien)(?!\w)")
_REACHED = re.compile(
    r",?\s(?:(?:cả nước|toàn \w+(?: \w+)?|\w+ \w+)\s)?(?:đã\s|(?:mới|chỉ|vẫn|còn)(?: có| còn| đạt)? \d)", re.I
)
_WAS_DONE = re.compile(r"(?<!\w)[Đđ]ã\s\w")
#: Between two months that are one stretch of time: "trong tháng 3 và tháng 4/2025", "trong tháng 6, 7/2024".
_AND_MONTH = pattern(r"(?:,|\s(?:va|den))\s(?:thang\s)?")
#: "điện tử ngày 07/01/2024" is no "từ ngày".
_NO_FROM = ("tử", "tự", "tư")
#: An end that has no day: "từ 8 giờ 00 ngày 10/12 đến khi kiểm tra xong môn cuối cùng".
_OPEN_END = pattern(
    r",?\s(?:cho )?den (?:khi|luc)(?! co (?:thong bao|huong dan|van ban|chi dao))(?: [^\W\d]\w{0,8}){1,8}"
)
#: A day without its year and the words that show that it is only named: "chào mừng ngày 20/11", "đã phát ngày 20/9".
_AS_DAY = pattern(r"(?:(?:buoi |vao )?(?:sang|chieu|toi)(?: ngay)? |ngay )")
_KEPT_DAY = pattern(
    r"(?<!\w)nhan(?: dip| le){0,2}$|(?<!\w)(?:chao mung|ky niem|huong ung|dip|mung|truyen thong|cong van|quyet dinh"
    r"|thong bao|van ban|da|vua)(?: \w{2,8}){0,3},?\s?$"
)
#: Cells behind a day that opens a row of a schedule: "Thứ Hai 19/12 Ngữ văn 7h30".
_CELLS_BEHIND = re.compile(rf"\s[{UPPER}][^.]{{2,119}}$")
#: A day with a name that is kept: "hưởng ứng Ngày Pháp luật Việt Nam 09/11".
_NAMED_DAY = pattern(
    r"(?<!\w)(?:huong ung|to chuc|ky niem|chao mung|mit tinh|nhan|phat dong)(?: \w+){0,6}"
    r" ngay (?!\d)(?:[a-z]+,? ){2,9}\(?$"
)
#: A feast with its day is a name: "chào mừng Ngày Nhà giáo Việt Nam 20/11/2023".
_FEAST = pattern(
    r"(?<!\w)(?:chao mung|ky niem|nhan(?= ngay)|nhan dip|huong toi)(?: \w+){0,6} (?:ngay (?!\d)(?:\w+ ){1,8}"
    r"|quoc khanh |tet \w+ )[,(]?\s?$"
)
#: What feasts are greeted with: "thi đua lập thành tích chào mừng …, kỷ niệm ngày Nhà giáo Việt Nam 20/11".
_GOOD_WORK = pattern(r"(?<!\w)lap(?: \w+){0,3} thanh tich(?!\w)")
#: "Hưởng ứng Ngày Nước thế giới (22/3), các trường tổ chức … từ ngày 18 đến ngày 23/3": the day only has a name.
_DATE_AHEAD = pattern(r"\d{1,2}\s?/\s?\d{1,2}")
#: A part of a day before its date, and what shows that a day to come is only named: "từ ngày", "sau ngày", "của ngày".
_PART_OF_DAY = pattern(r"(?:(?:buoi |vao )?(?:sang|chieu|toi)(?: ngay)?,? |ngay )$")
#: What makes two numbers a day: "ngày 20/10", "7h30 sáng 20/10".
_DAY_WORD = pattern(r"ngay|(?<!\w)(?:sang|chieu|toi)\s|^\d{1,2} ?(?:gio|h|g)")
#: A day alone in a bracket that ends a clause: "Nộp kế hoạch cá nhân (15/9)"; "(9/10)" are points.
_IN_BRACKET = pattern(r"(?:[0-3]\d) ?/ ?\d{1,2}$")
_NAMED_IN_BRACKET = pattern(r"(?<!\w)(?:ngay|dip|le) (?!\d)(?:\w{2,8},? ){1,8}\($")
#: Times that a bracket behind a count tells: "đối chiếu số liệu 02 lần (31/12/2017 và 31/5/2018)".
_COUNT = pattern(r"\d{1,2} (?:lan|dot|vong|ky)$")
#: What happens at an hour of a day is to come, whatever follows: "bàn giao đề: 6 giờ ngày 18/12 tại Sở".
_HOUR = pattern(r"\d{1,2} ?(?:gio|h|g)\W?(?:\d{2})?(?:\D{0,24}ngay|,? thu \w{2,4},?|,? chu nhat,?) \(?\d")
#: What an aim is measured by, and the times that end it.
_MEASURED = pattern(r"\d\s?%")
_ENDS_OF_YEAR = ("đầu, cuối kỳ", "hết kỳ")
#: Described times that may stand beside a date, where each has an act of its own.
_APART = (
    "số ngày trước",
    "ngày trước khi",
    "trong vòng",
    "trước, sau mốc",
    "trước, sau ngày lễ",
    "trước khi vào kỳ",
    "ngay sau khi",
    "giờ nay",
)
_OR = pattern(r",? hoac(?: (?:la|chi|cung))?\s")
_SENDS = pattern(
    r"(?<!\w)(?:bao cao|gui|nop|thong bao|cap nhat|bao(?= (?:ngay|cho|ve|so|phong|ubnd|bo|cuc|hieu truong)))(?!\w)"
)
_COMMA = pattern(r"(?:,|\sva(?=\s))\s(?:(?:va|sau do|dong thoi|roi)\s)?")
#: What sets units against those before: "…, riêng lớp mẫu giáo độc lập chỉ báo cáo số trẻ, cùng hạn".
_OTHERS = pattern(r"[,;]\s(?:rieng|con)\s")
#: How often within a stretch of time: "từ 22/10 đến 15/12, 2 buổi/tuần vào chiều thứ Ba".
_TIMETABLE = pattern(r"\d{1,2} (?:buoi|tiet|lan|ca) ?/ ?tuan,?(?: vao)?\s$")
_AFTER = pattern(r"(?:ngay )?(?:sau|truoc) khi\s")
#: What else is held in a month: "tổ chức ngày hội hướng nghiệp tháng 3/2025".
_IS_HELD = pattern(r"(?<!\w)(?:to chuc|dien ra|tu van|phat dong|ky niem|mo lop)(?!\w)")
#: Things of a month: its report, its money.
_OF_MONTH = pattern(
    r"(?:kinh phi|hoc phi|luong|so lieu|bao cao|hoa don|ky|ke hoach|lich|diem|che do|phi|tien an|thuc don|tien|cua|tu"
    r"|den|giao ban|hop|so ket|trong|ban hanh|vao|chu diem)$"
)


def dues_of(item: Item, clause: Clause, known: Calendar, taken: list[tuple[int, int]]) -> list[Due]:
    """Return the deadlines of one clause; described times count only where the clause has no date.

    ``taken``: stretches of the item that are citations, in order and apart.
    """
    fold = item.joined.fold
    found: list[Due] = []
    if ends_nothing(item, clause):
        return found
    for time in find_dates(item.text[clause.start : clause.end], known):
        start, end = clause.start + time.start, clause.start + time.end
        if meets(taken, start, end) or in_closing(item, clause, start):
            continue
        due = _with_cue(item, clause, start, end, time, known, found)
        if due is not None and found and _is_one_stretch(fold, found[-1], due):
            due = Due(found[-1].start, due.end, due.time, due.rule, found.pop().confidence)
        if due is not None and found and _is_vague(found[-1]) and _or(fold, found[-1], due):
            found.pop()
        if due is not None:
            found.append(whole(item.text, due, found[-1].end if found else clause.start))
    if item.table:
        found = of_one_row(item, found)
    if _is_opening(item) and (opens_letter(item) or tells_what_was(item, clause.start, clause.end)):
        return found
    described = [] if tells_facts(item) else list(described_in(item, clause, taken))
    if tells_aims(item):  # of aims, what is measured by an end: "Đến cuối năm học 100% học viên …"
        measured = _MEASURED.search(fold, clause.start, clause.end) is not None
        described = [d for d in described if measured and d.rule.endswith(_ENDS_OF_YEAR)]
    weeks = [d for d in described if d.rule.endswith("tuần của tháng")]
    if weeks and [f.time.kind for f in found if f.time is not None] == [TimeKind.MONTH]:
        return weeks  # "11/2025 | … | Tuần 2"
    if found:
        apart = (
            d
            for d in described
            if not any(f.start < d.end and d.start < f.end for f in found)
            and not any(_or(fold, d, f) or _lasts(fold, d, f) for f in found)
        )
        return sorted([*found, *(d for d in apart if _is_another(fold, clause, found, d))], key=lambda d: d.start)
    exact = [d for d in described if d.rule.endswith("định kỳ")]
    described = [d for d in described if not (exact and d.rule.endswith("hằng tháng"))]
    if len(described) > 1 and _FRAME.match(fold, described[0].start) and _OPENS.match(fold, described[0].end):
        return described[1:]  # "Trong thời gian nghỉ Tết, … trước 15 giờ 00 hằng ngày"
    return described


def _is_vague(due: Due) -> bool:
    return due.time is not None and due.time.due is None


def _lasts(fold: str, one: Due, other: Due) -> bool:
    """Tell whether what comes back does so through a stretch of time: "thứ Sáu hằng tuần, từ 15/9 đến 27/10/2017"."""
    if not one.rule.endswith(("định kỳ", "hằng tháng")) or other.time is None or one.end > other.start:
        return False
    between = fold[one.end : other.start].strip(" ,(")
    return not between and other.time.kind is TimeKind.RANGE and fold.startswith("tu ", other.start)


def _or(fold: str, one: Due, other: Due) -> bool:
    """Tell whether two times are two ways to tell one: "trong tuần thứ nhất … hoặc chậm nhất ngày 10/10/2023"."""
    return _OR.fullmatch(fold, one.end, max(one.end, other.start)) is not None


def _is_opening(item: Item) -> bool:
    """Tell whether an item stands before what has to be done: an opening paragraph tells what was."""
    return not item.label and not item.path and not item.above


def _is_one_stretch(fold: str, one: Due, other: Due) -> bool:
    """Tell whether two months are one stretch of time, named by its months: "trong tháng 3 và tháng 4/2025"."""
    if one.time is None or other.time is None or one.time.kind is not TimeKind.MONTH:
        return False
    together = other.time.kind is TimeKind.MONTH and fold.startswith(("trong ", "vao "), one.start)
    together = together and not one.time.stated_year and fold.startswith(("thang", *"0123456789"), other.start)
    return together and _AND_MONTH.fullmatch(fold, one.end, max(one.end, other.start)) is not None


def _is_another(fold: str, clause: Clause, dated: list[Due], due: Due) -> bool:
    """Tell whether a described time in a clause with dates is one more: it comes back, or something is sent by it."""
    if due.rule.endswith("cùng thời hạn") and _OTHERS.search(fold, clause.start, due.start) is not None:
        return True
    if _TIMETABLE.search(fold, clause.start, due.start) is not None:
        return False
    if due.rule.endswith(("định kỳ", "cùng một ngày")) or "hang ngay" in fold[due.start : due.end]:
        return True
    if not due.rule.endswith(_APART) or _FRAME.match(fold, due.start):
        return False
    if AND_SENDS.match(fold, due.end) and _AFTER.match(fold, due.start):
        return False  # "sơ kết sau khi kết thúc học kỳ I và gửi về Bộ GDĐT trước ngày …" is due on that day
    left = max((d.end for d in dated if d.end <= due.start), default=due.start)
    sent = "," in fold[left : due.start] or fold.rfind("(", left, due.start) > fold.rfind(")", left, due.start)
    if _acts_apart(fold, left, due.start) or (sent and _SENDS.search(fold, left, due.start) is not None):
        return True
    right = min((d.start for d in dated if d.start >= due.end), default=due.end)
    return _acts_apart(fold, due.end, right) and _has_words(fold, clause.start, due.start)


def _acts_apart(fold: str, start: int, end: int) -> bool:
    """Tell whether one more act lies between two times: "…, điều chỉnh sau khi", "… để góp ý, trình … trước"."""
    ats = (comma.end() for comma in _COMMA.finditer(fold, start, end))
    return any(opens_with_verb(fold, at) and not _DONE.match(fold, at) for at in ats)


def _has_words(fold: str, start: int, end: int) -> bool:
    """Tell whether a clause has words of its own before a time."""
    return bool(fold[start:end].strip(" -+*,:"))


def _with_cue(
    item: Item, clause: Clause, start: int, end: int, time: Time, known: Calendar, before: list[Due]
) -> Due | None:
    fold = item.joined.fold
    begin = max(clause.start, hour_before(fold, start))
    lo = max(clause.start, begin - _REACH)
    window = fold[lo:begin]
    filler = _WEEKDAY.search(window)
    bare = window[: filler.start()].rstrip(" ,(") if filler else window.rstrip()
    timed = bare.removesuffix(" ngay") if filler else bare  # "24 giờ ngày thứ Sáu, 30/10"
    hour = hour_before(timed, len(timed)) if filler else len(bare)
    if hour < len(timed):  # "08 giờ 00, thứ Sáu ngày 20/10/2023"
        begin, bare = lo + hour, bare[:hour].rstrip(" ,(")
    weak_date = time.due is not None and known.issued is not None and time.due < known.issued
    text = item.text[lo : lo + len(bare)].lower()
    begun = (
        FROM.search(bare) if time.kind is TimeKind.DAY and not text.removesuffix(" ngày").endswith(_NO_FROM) else None
    )
    if begun is not None and begins(item, clause, lo + begun.start(), begin, end, time, known):
        return Due(lo + begun.start(), end, time, "date", 0.7)
    if begun is not None and not weak_date and (until := _OPEN_END.match(fold, end, clause.end)) is not None:
        return Due(lo + begun.start(), until.end(), None, "described:đến khi", 0.6)
    untold = ends_with("not_due", bare, text=text)
    if untold is not None and not ends_still(untold, fold, clause.start, begin, end):
        return None
    cue = ends_with("due", bare, time.kind, text)
    if cue is None or time.kind is TimeKind.YEAR:
        joint = before and _JOINT.fullmatch(fold[before[-1].end : begin])
        if joint:
            foretold = not item.label and not item.path and _FORETOLD.search(fold, clause.start, clause.end)
            return None if foretold else Due(begin, end, time, before[-1].rule, 0.85)
        if item.table and time.kind is not TimeKind.YEAR:
            return _of_row(item, clause, begin, end, time)
        if labelled(item, clause, begin, end, time, known):
            return Due(begin, end, time, "date", 0.7)
        if weak_date or not (_alone(item, clause, begin, end, time) or _to_come(item, clause, begin, end, time, known)):
            return None
        part = _PART_OF_DAY.search(fold, max(clause.start, begin - 20), begin)
        begin = part.start() if part else begin
        to = _UNTIL.search(fold, max(clause.start, begin - 6), begin)
        return Due(to.start() if to else begin, end, time, "date", 0.7)
    entry, length = cue
    first = _words_start(fold, lo + len(bare) - length, begin)
    told = item.text[clause.start : first].strip(" -+:")
    if _REACHED.match(item.text, end) and (not told or told.endswith(",")):
        return None
    strong = bool(entry.row.get("strong"))
    if weak_date and _WAS_DONE.search(item.text, clause.start, first):
        return None  # "Trường nào đã nhập xong trước ngày …": a day that is over
    if not item.label and not item.path and _TOLD.search(fold, end, min(clause.end, end + _REACH)):
        return None
    if entry.row.get("needs_end") and time.kind is not TimeKind.RANGE:
        return None  # "từ ngày 01/4/2024" says when something begins
    weekday = filler is not None and _OF_WEEK.search(filler.group()) is not None
    if not strong and (weak_date or (not weekday and _no_year_word(fold[begin:end], time, entry))):
        return None
    if not strong and not item.label and not item.path and _FORETOLD.search(fold, clause.start, clause.end):
        return None  # an opening paragraph tells what is to come
    return Due(first, end, time, "date", 1.0 if strong and time.stated_year else 0.85)


def _alone(item: Item, clause: Clause, begin: int, end: int, time: Time) -> bool:
    """Tell whether a time without a cue ends a duty: by its form, or because it opens a clause or fills a bracket."""
    fold = item.joined.fold
    words = fold[begin:end]
    if time.kind is TimeKind.RANGE and words.startswith("tu "):
        return bool(item.label or item.path) or _TOLD.search(fold, end, min(clause.end, end + _REACH)) is None
    if tells_what_was(item, clause.start, begin):
        return False
    if time.kind is TimeKind.YEAR:
        return not words.startswith("trong") or _DONE.search(fold, max(clause.start, begin - 40), begin) is not None
    if _TOLD.search(fold, end, min(clause.end, end + 60)):
        return False
    first = _BEFORE_OPENING.fullmatch(fold, clause.start, begin) or _TITLED.fullmatch(fold, clause.start, begin)
    opens = first is not None and _OPENING.match(fold, begin) is not None
    goes_on = item.text[: clause.start].rstrip().endswith((";", ",")) and _FOR.match(fold, end) is not None
    if opens and time.kind in DAYS and fold.startswith(" ", end) and units_act(item.text, fold, end + 1):
        return True  # "ngày 28/5 Phòng QLCL công bố kết quả"
    if opens and (_OPENS.match(fold, end) or goes_on or (time.kind in DAYS and _CELLS_BEHIND.match(item.text, end))):
        return True
    if time.kind is TimeKind.MONTH and not words.startswith("thang") and not words[:1].isdigit():
        return _CLOSES.match(fold, end) is not None and fold[max(0, begin - 5) : begin].strip() not in ("tu", "cua")
    if time.kind is TimeKind.MONTH and time.stated_year and _CLOSES.match(fold, end):
        lead = fold[max(clause.start, begin - 2 * _REACH) : begin].rstrip()
        held = _IS_HELD.search(lead) or union("events", "held").search(lead)
        return held is not None and _OF_MONTH.search(lead) is None
    dated = words.startswith(("ngay", "thang", "quy", "tu ")) or (time.kind is TimeKind.RANGE and words[:1].isdigit())
    feast = _NAMED_IN_BRACKET.search(fold, max(clause.start, begin - _REACH), begin)
    if feast is not None and item.text[feast.start() : feast.start() + 2].lower() != "lệ":
        return False  # "hưởng ứng Ngày Nước thế giới (22/3)"
    dated = dated or (_IN_BRACKET.match(words) is not None and _CLOSES.match(fold, end + 1) is not None)
    named = fold[begin - 1 : begin] == "(" and dated
    return named and fold[end : end + 1] == ")"


def _to_come(item: Item, clause: Clause, begin: int, end: int, time: Time, known: Calendar) -> bool:
    """Tell whether a day is one to come in what has to be done: "…, niêm yết danh sách trúng tuyển ngày 15/7/2024".

    Of a day without a year only one with a name is: "hưởng ứng Ngày Pháp luật Việt Nam 09/11".
    """
    fold = item.joined.fold
    if time.due is None or (known.issued is not None and time.due < known.issued):
        return False
    listed = bool(time.stated_year and item.label and item.path and _CLOSES.match(fold, end))
    if known.issued is None and not listed:
        return False  # without a letterhead a day at a clause's end in a list is one to come
    if tells_what_was(item, clause.start, begin):
        return False
    if time.kind not in DAYS or tells_facts(item) or _TOLD.search(fold, end, min(clause.end, end + 60)):
        return False
    before = fold[max(clause.start, begin - _REACH) : begin]
    if time.stated_year:
        bare = _WEEKDAY.sub("", before).rstrip(" ,(").removesuffix(" ngay")  # "thứ Sáu" is no "sau"
        if _FEAST.search(before) is not None:
            return False
        named = None if before.endswith("(") and _COUNT.search(bare) else ends_with("not_alone", bare)
        return named is None and bool(before.strip(" -+*,:("))
    if _GOOD_WORK.search(fold, clause.start, begin) is not None:
        return False
    kept = _NAMED_DAY.search(before) is not None and _DATE_AHEAD.search(fold, end, clause.end) is None
    return kept or _ends_act(item, clause, begin, end, before)


def _ends_act(item: Item, clause: Clause, begin: int, end: int, before: str) -> bool:
    """Tell whether a day without its year ends what is to be done: "…, niêm yết danh sách phòng thi ngày 20/12"."""
    fold = item.joined.fold
    part = _PART_OF_DAY.search(fold, max(clause.start, begin - 20), begin)
    at_hour = _HOUR.match(fold, begin) is not None
    as_day = _AS_DAY.match(fold, part.start() if part else begin) is not None and _CLOSES.match(fold, end) is not None
    if not (at_hour or as_day):
        return False
    before = before[: part.start() - max(clause.start, begin - _REACH)] if part else before
    before = before.rstrip(" ,(").removesuffix(" ngay")
    named = _KEPT_DAY.search(before) is not None or ends_with("not_alone", before) is not None
    return not named and len(before.split()) > 2


def _words_start(fold: str, first: int, begin: int) -> int:
    """Return where the wording of a time begins: at "trong", not at the "hoàn thành việc …" of the task."""
    for match in _SHORT_CUE.finditer(fold, first, begin):
        rest = _WEEKDAY.sub("", fold[match.end() : begin])
        if _CUE_CHAIN.fullmatch(rest):
            return match.start()
    return begin


def _no_year_word(words: str, time: Time, entry: Entry) -> bool:
    """Tell whether a bare "1/8" without "ngày" follows a weak cue: a ratio or a lesson, not a day."""
    return (
        time.kind is TimeKind.DAY
        and not time.stated_year
        and _DAY_WORD.search(words) is None
        and entry.name in ("vào", "trong", "từ … đến", "đến")
    )


def _of_row(item: Item, clause: Clause, begin: int, end: int, time: Time) -> Due:
    """A date in a row of a table of tasks: its cue may stand at another line's end ("Trước ngày ⏎ THPT 15/3/2024")."""
    fold = item.joined.fold
    cue = None
    for match in pattern(r"(?<!\w)(?:truoc(?: ngay)?|tu ngay|trong thang|cham nhat(?: ngay)?|den ngay)(?!\w)").finditer(
        fold, clause.start, begin
    ):
        cue = match
    near = cue is not None and begin - cue.end() <= 60
    return Due(cue.start() if cue and near else begin, end, time, "table", 0.8)
