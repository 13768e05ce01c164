"""The times in a clause that end a duty: dates behind a cue, dates in rows of tables, times that are only described."""

from __future__ import annotations

import re
from datetime import date

from nlp.naming.actors import level_group, units_act
from nlp.naming.cues import ends_still, ends_with
from nlp.naming.dates import FIRST_MONTH, Calendar, Time, TimeKind, find_dates, hour_before, parse_school_year
from nlp.page.structure import Clause, Item
from nlp.page.telling import tells_aims, tells_facts
from nlp.when.described import AND_SENDS, Due, described_in
from nlp.when.endless import ends_nothing, is_only_told
from nlp.when.labelled import labelled, labelled_year
from nlp.when.starts import FROM, begins, opens_letter, tells_what_was
from nlp.when.timewords import SCHOOL_SUBJECT, of_one_row, whole
from nlp.when.uncued import DONE, OPENS, PART_OF_DAY, PLANNED, REACH, TOLD, WEEKDAY, is_of_feasts, stands_alone, to_come
from nlp.when.years import calendar_here
from nlp.words.folding import pattern
from nlp.words.stretches import meets
from nlp.words.verbs import opens_with_verb
from nlp.words.vocabulary import Entry

_JOINT = pattern(
    r"(?:\s\([^()]{1,30}\))?\s{0,2}(?:,|va|;|hoac)\s{1,2}"
    r"(?:(?:lan|dot|vong) (?:\d|i{1,3}|hai|ba|thu \w{2,4}):?\s)?(?:truoc\s)?(?:(?:sang|chieu)\s)?(?:ngay\s)?"
)
#: The rule of a day that only goes on with the sessions before it.
SESSION = "date.session"
#: The next session of an exam or a survey: "… 24/4/2024 môn Ngữ văn, sáng 25/4 bài tổ hợp".
_SESSION = pattern(
    rf"\s?:?\s(?:thi |kiem tra |khao sat )?(?:(?:mon|bai|phan thi)(?: [^\W\d]\w*){{1,7}}"
    rf"|{SCHOOL_SUBJECT}(?:(?:,| va) {SCHOOL_SUBJECT}){{0,4}})(?!\w)"
)
_NEXT_SESSION = pattern(_SESSION.pattern + r"[,;]\s(?:(?:va|buoi|vao|sang|chieu|ngay)\s){0,3}")
_SHORT_CUE = pattern(
    r"(?<!\w)(?:(?:cham|muon|tre) nhat|khong (?:duoc )?(?:de )?(?:qua|sau|muon hon|cham hon|tre hon)"
    r"|han (?:cuoi|chot)|du kien|truoc|trong|vao|luc|den|het|(?<!thu )tu(?: nay)?)(?!\w)"
)
_CUE_CHAIN = pattern(
    r"(?: (?:la|vao|den|het|trong|truoc|ngay|cac|hai|ba|02|03|dip|thoi|diem|han|cuoi|chot|buoi|cung|cham|nhat|luc|nay)"
    r"|[\s,:(]){0,9}$"
)
_DAY_OF = pattern(
    r" (?:(?:cua )?(?:ngay|buoi|hom)|cung ngay) (?:thi|kiem tra|hop|khai mac|tap huan|hoi thi|hoi nghi|le)"
    r"(?: (?:dau tien|cuoi cung|thu nhat|thu hai|thu ba))?$"
)
#: What folds as "thứ Tư", "thứ Sáu" …: "đăng ký thử từ ngày 24/4", "thu sau ngày 15/9".
_TRIED = re.compile(r"(?<!\w)[Tt]h(?!ứ)[uưúùủũụừửữự](?=\s(?:từ|sau|tư|hai|ba|năm|bảy)(?!\w))")
_UNTIL = pattern(r"(?:den|truoc|vao)\s$")
_OF_WEEK = pattern(r"(?<!\w)(?:thu|chu nhat|sang|trua|chieu|toi)(?!\w)")
_FRAME = pattern(r"trong (?:thoi gian|dip|nhung ngay|dot|ky)(?!\w)")
#: What an opening paragraph foretells, and what was reached by a day: "Đến hết tháng 6/2020, đã có 4.052 người".
_FORETOLD = pattern(r"(?<!\w)(?:du bao|co kha nang|co nguy co|co the xay ra|co the xuat hien)(?!\w)")
_REACHED = re.compile(
    r",?\s(?:(?:cả nước|toàn \w+(?: \w+)?|\w+ \w+)\s)?(?:đã\s|(?:mới|chỉ|vẫn|còn)(?: có| còn| đạt)? \d)", re.I
)
_WAS_DONE = re.compile(r"(?<!\w)[Đđ]ã\s\w")
#: Between two months that are one stretch of time: "trong tháng 3 và tháng 4/2025", "trong tháng 6, 7/2024".
_AND_MONTH = pattern(r"(?:,|\s(?:va|den|hoac))\s(?:thang\s)?")
#: The name of a stage and its time, over what is done in it: "Giai đoạn 2 (tháng 4 - giữa tháng 5/2025)".
_STAGE = pattern(r"\W{0,4}(?:(?:[ivx]{1,4}|\d{1,2}|[a-z])[.)]\s)?giai doan \w{1,4}\s?\([^()]{4,60}\)[\s:.]{0,3}")
_LABELLED = pattern(r"(?<!\w)thoi gian(?:(?: \w+){0,3}:)?\s$")
#: "điện tử ngày 07/01/2024" is no "từ ngày".
_NO_FROM = ("tử", "tự", "tư")
#: An end that has no day: "từ 8 giờ 00 ngày 10/12 đến khi kiểm tra xong môn cuối cùng".
_OPEN_END = pattern(
    r",?\s(?:cho )?den (?:(?:khi|luc)(?! co (?:thong bao|huong dan|van ban|chi dao))"
    r"|(?:het )?ngay(?= (?:bat dau|khai giang|tuu truong|ket thuc|hoan thanh|hoc sinh)))(?: [^\W\d]\w{0,8}){1,8}"
    r"(?:(?<=nam hoc) 20\d\d\s?-\s?20\d\d)?"
)
#: What makes two numbers a day: "ngày 20/10", "7h30 sáng 20/10".
_DAY_WORD = pattern(r"ngay|(?<!\w)(?:sang|trua|chieu|toi)\s|^\d{1,2} ?(?:gio|h|g)")
#: What an aim is measured by, and the times that end it.
_MEASURED = pattern(r"\d\s?%|(?<!\w)phan dau (?:den |vao )?(?:cuoi|het)(?!\w)|(?<!\w)dat (?:cac )?chi tieu(?!\w)")
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
#: The time of what a sentence told, in the one behind it: "… trước khi tiến hành thanh tra. Thời gian tập huấn: 22/6".
_ITS_TIME = pattern(
    r"[\s.;*+-]{1,4}thoi (?:gian|diem)(?! (?:nop|gui|bao cao|nhan))(?: \w+){0,5}"
    r"(?::| ngay| tu| vao)[^.;]{0,24}\d{1,2}/\d"
)
#: What joins the schools of a next day to the day before.
_AND_LEVEL = pattern(r"[,;]\s(?:(?:va|con|rieng|khoi|cap|bac|cac truong|truong)\s){0,2}")
_SCHOOL_YEAR = pattern(r"(?:19|20)\d\d\s?-\s?(?:19|20)\d\d")
#: Days counted from something.
_COUNTED = ("số ngày sau", "trong vòng")
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


def dues_of(item: Item, clause: Clause, known: Calendar, taken: list[tuple[int, int]]) -> list[Due]:
    """Return the deadlines of one clause; described times count only where the clause has no date.

    ``taken``: stretches of the item that are citations, in order and apart.
    """
    fold = item.joined.fold
    found: list[Due] = []
    if ends_nothing(item, clause) or _STAGE.fullmatch(fold, clause.start, clause.end):
        return found
    for time in find_dates(item.text[clause.start : clause.end], calendar_here(item, clause, known)):
        start, end = clause.start + time.start, clause.start + time.end
        if meets(taken, start, end) or is_only_told(item, clause, start):
            continue
        due = _with_cue(item, clause, start, end, time, known, found)
        if due is not None and found and _is_one_stretch(fold, found[-1], due):
            due = Due(found[-1].start, due.end, due.time, due.rule, found.pop().confidence)
        if due is not None and found and _is_vague(found[-1]) and _or(fold, found[-1], due):
            found.pop()
        if due is not None:
            found.append(whole(item.text, due, found[-1].end if found else clause.start))
    dates = [d.time.due if d.time is not None else None for d in found]  # mornings and afternoons are one day
    found = [d for k, d in enumerate(found) if d.rule != SESSION or not k or dates[k] != dates[k - 1]]
    if not found and (year := labelled_year(item, clause, known)) is not None:
        found.append(year)
    if item.table:
        found = of_one_row(item, found)
    if _is_opening(item) and (opens_letter(item) or tells_what_was(item, clause.start, clause.end)):
        return found
    described = [] if tells_facts(item) else list(described_in(item, clause, taken))
    described = [d for d in described if not _is_over(fold[d.start : d.end], known)]
    if _ITS_TIME.match(fold, clause.end) is not None:
        described = [d for d in described if not fold.startswith("truoc khi", d.start)]
    if tells_aims(item):  # of aims, what is measured by an end: "Đến cuối năm học 100% học viên …"
        measured = _MEASURED.search(fold, clause.start, clause.end) is not None
        described = [d for d in described if (measured and d.rule.endswith(_ENDS_OF_YEAR)) or _ordered(item, clause, d)]
    days = [clause.start + time.end for time in find_dates(item.text[clause.start : clause.end], known)]
    described = [d for d in described if not (fold.startswith(" (", d.start - 2) and d.start - 2 in days)]
    counted = {d.start for d in described if d.rule.endswith(_COUNTED)}
    described = [d for d in described if not (fold.startswith(", ", d.end) and d.end + 2 in counted)]
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
    if len(described) > 1 and _FRAME.match(fold, described[0].start) and OPENS.match(fold, described[0].end):
        return described[1:]  # "Trong thời gian nghỉ Tết, … trước 15 giờ 00 hằng ngày"
    return described


def _ordered(item: Item, clause: Clause, due: Due) -> bool:
    """Tell whether a time opens a clause, and who does what then: "Đầu năm học, hiệu trưởng phân công …"."""
    fold = item.joined.fold
    if fold[max(clause.start, len(item.label)) : due.start].strip(" -+*,"):
        return False
    return fold.startswith(", ", due.end) and units_act(item.text, fold, due.end + 2)


def _is_over(words: str, known: Calendar) -> bool:
    """Tell whether a described time lies in a school year that was over when the directive was issued."""
    year = parse_school_year(f"nam hoc {found.group()}") if (found := _SCHOOL_YEAR.search(words)) is not None else None
    return year is not None and known.issued is not None and date(year.first + 1, FIRST_MONTH, 1) <= known.issued


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
    framed = fold.startswith(("trong ", "vao "), one.start) or _LABELLED.search(fold, 0, one.start) is not None
    together = other.time.kind is TimeKind.MONTH and framed and not one.time.stated_year
    together = together and fold.startswith(("thang", "dau ", "giua ", "cuoi ", *"0123456789"), other.start)
    return together and _AND_MONTH.fullmatch(fold, one.end, max(one.end, other.start)) is not None


def _is_another(fold: str, clause: Clause, dated: list[Due], due: Due) -> bool:
    """Tell whether a described time in a clause with dates is one more: it comes back, or something is sent by it."""
    if due.rule.endswith(("cùng thời hạn", *_COUNTED)) and _OTHERS.search(fold, clause.start, due.start) is not None:
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
    return any(opens_with_verb(fold, at) and not DONE.match(fold, at) for at in ats)


def _has_words(fold: str, start: int, end: int) -> bool:
    """Tell whether a clause has words of its own before a time."""
    return bool(fold[start:end].strip(" -+*,:"))


def _with_cue(
    item: Item, clause: Clause, start: int, end: int, time: Time, known: Calendar, before: list[Due]
) -> Due | None:
    fold = item.joined.fold
    begin = max(clause.start, hour_before(fold, start))
    lo = max(clause.start, begin - REACH)
    window = _without_tries(item.text[lo:begin], fold[lo:begin])
    filler = WEEKDAY.search(window)
    bare = window[: filler.start()].rstrip(" ,(") if filler else window.rstrip()
    timed = bare.removesuffix(" ngay") if filler else bare  # "24 giờ ngày thứ Sáu, 30/10"
    if window.endswith("(") and (day := _DAY_OF.search(timed)) is not None:
        timed = bare = timed[: day.start()]  # "trước 6h45 ngày thi (21/3)"
    hour = hour_before(timed, len(timed)) if filler else len(bare)
    if hour < len(timed):  # "08 giờ 00, thứ Sáu ngày 20/10/2023"
        begin, bare = lo + hour, bare[:hour].rstrip(" ,(")
    if is_of_feasts(fold, clause.start, start):
        return None
    weak_date = time.due is not None and known.issued is not None and time.due < known.issued
    text = item.text[lo : lo + len(bare)].lower()
    begun = (
        FROM.search(bare) if time.kind is TimeKind.DAY and not text.removesuffix(" ngày").endswith(_NO_FROM) else None
    )
    if begun is not None and (
        begins(item, clause, lo + begun.start(), begin, end, time, known)
        or (begin < start and labelled(item, clause, begin, end, time, known))
    ):
        return Due(lo + begun.start(), end, time, "date", 0.7)
    if begun is not None and (until := _OPEN_END.match(fold, end, clause.end)) is not None:
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
        if before and not item.table and _is_next_session(item, before[-1], begin, end):
            part = PART_OF_DAY.search(fold, max(clause.start, begin - 20), begin)
            return Due(part.start() if part else begin, end, time, SESSION, 0.7)
        if item.table and time.kind is not TimeKind.YEAR:
            return _of_row(item, clause, begin, end, time)
        if labelled(item, clause, begin, end, time, known):
            return Due(begin, end, time, "date", 0.7)
        if before and time.kind is TimeKind.DAY and _is_next_level(item, before[-1].end, begin):
            return Due(begin, end, time, before[-1].rule, 0.7)
        if weak_date or not (
            stands_alone(item, clause, begin, end, time) or to_come(item, clause, begin, end, time, known)
        ):
            return None
        part = PART_OF_DAY.search(fold, max(clause.start, begin - 20), begin)
        begin = part.start() if part else begin
        begin -= len(PLANNED) if fold.startswith(PLANNED, begin - len(PLANNED), begin) else 0
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
    if not item.label and not item.path and TOLD.search(fold, end, min(clause.end, end + REACH)):
        return None
    if entry.row.get("needs_end") and time.kind is not TimeKind.RANGE:
        return None  # "từ ngày 01/4/2024" says when something begins
    weekday = filler is not None and _OF_WEEK.search(filler.group()) is not None
    if not strong and (weak_date or (not weekday and _no_year_word(fold[begin:end], time, entry))):
        return None
    if not strong and not item.label and not item.path and _FORETOLD.search(fold, clause.start, clause.end):
        return None  # an opening paragraph tells what is to come
    return Due(first, end, time, "date", 1.0 if strong and time.stated_year else 0.85)


def _is_next_level(item: Item, at: int, begin: int) -> bool:
    """Tell whether but other schools stand between two days, by level alone: "mầm non ngày 27/5, tiểu học và THCS ngày
    29/5 (buổi sáng)"."""
    joint = _AND_LEVEL.match(item.joined.fold, at, begin)
    group = level_group(item.text, item.joined.fold, joint.end()) if joint is not None else None
    return group is not None and group.end <= begin and item.joined.fold[group.end : begin].strip() in ("", "vao")


def _is_next_session(item: Item, before: Due, begin: int, end: int) -> bool:
    """Tell whether a day stands between two sessions: "sáng 24/4/2024 môn Ngữ văn, sáng 25/4 môn Toán"."""
    fold = item.joined.fold
    return _NEXT_SESSION.fullmatch(fold, before.end, begin) is not None and _SESSION.match(fold, end) is not None


def _without_tries(text: str, fold: str) -> str:
    """Return folded words in which "thử từ ngày", "thu từ" are no Wednesday; of the same length."""
    for tried in _TRIED.finditer(text):
        fold = f"{fold[: tried.start()]}{'-' * len(tried.group())}{fold[tried.end() :]}"
    return fold


def _words_start(fold: str, first: int, begin: int) -> int:
    """Return where the wording of a time begins: at "trong", not at the "hoàn thành việc …" of the task."""
    for match in _SHORT_CUE.finditer(fold, first, begin):
        rest = WEEKDAY.sub("", fold[match.end() : begin])
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
