"""Times that are only described ("sau khi kết thúc học kỳ I", "thứ Sáu hằng tuần"): no day, the words are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.naming.cues import ends_with
from nlp.naming.dates import Time, hour_before
from nlp.page.structure import Clause, Item
from nlp.when.endless import is_only_told
from nlp.words.folding import folded, pattern
from nlp.words.stretches import meets
from nlp.words.vocabulary import Entry, entries

_REPEATED = pattern(
    r"(?<!\w)(?:bao cao|gui|cap nhat|kiem tra|ra soat|sao luu|tong hop|nop|giao ban|thong ke|doi chieu"
    r"|(?:doi|thay) mat khau|lap (?:bang|bieu|danh sach)|kiem ke|can do|can,? do|ghi bieu do)(?!\w)"
)
#: What is done day by day or week by week, though nobody reports it.
_ROUTINE = pattern(
    r"(?<!\w)(?:niem yet|cong khai|diem danh|ghi chep|ve sinh|don dep|kiem thuc|do than nhiet|truc ban"
    r"|hop(?! dong| phap| tac| le| ly| voi))(?!\w)"
)
#: How often, no more: a rate, but for what is handed in or drawn up then ("báo cáo số liệu hằng ngày").
_RATE = pattern(r"(?:dinh ky )?hang (?:ngay|tuan|thang|quy)")
_HANDED_IN = pattern(
    r"(?<!\w)(?:bao cao|gui|nop|tong hop|sao luu|giao ban|thong ke|kiem ke|(?:doi|thay) mat khau"
    r"|lap (?:bang|bieu|danh sach)|can do|can,? do|ghi bieu do)(?!\w)"
)
#: What a repeated thing is called by: "thực đơn hằng tuần", "tài chính hằng tháng và từng bữa" are no points in time.
_CALLED = pattern(r"(?<!\w)(?:thuc don|lich|so|ke hoach|sinh hoat|bua an|chi phi|hoc phi)$")
#: What is paid by the month is a fee's period: "110.000 đồng/tháng, hằng tháng".
_FEE = pattern(r"\d{3} ?(?:dong|d)(?:/\w{2,5})?[ ,|]{0,3}$")
#: Daily life and its like, whatever follows: "phục vụ đời sống hằng ngày vào đề kiểm tra".
_DAILY = pattern(r"(?<!\w)(?:doi song|cuoc song|sinh hoat|nhu cau|giao tiep|lao dong)$")
_CALLS = pattern(r"\s{1,2}(?:va|cua|theo)(?!\w)")
_RECURS = pattern(r"(?:dinh ky )?(?:hang|moi) (?:thang|quy|tuan|ngay|hoc ky)")
#: Rates of every length in a row: "cập nhật tin tức hằng ngày, hằng tuần, hằng tháng".
_RATES = pattern(
    r"(?:hang|moi) (?:ngay|tuan|thang|quy)\s?(?:,|va|hoac)\s(?:hang |moi )(?:ngay|tuan|thang|quy|nam)(?!\w)"
)
_AFTER_EACH = pattern(r"(?:ngay )?(?:sau|cuoi) (?:moi|tung) (?:thang|quy|tuan|hoc ky)")
_OPENS_EACH = pattern(
    r"(?:ngay )?(?:sau|ket thuc|sau khi ket thuc) (?:moi|tung) (?:quy|hoc ky|ky|dot|nam hoc|nam|giai doan)(?!\w)"
)
#: A year or the number of a term behind a described time: "trước khai giảng năm học 2024-2025", "… kết thúc học kỳ I".
_YEAR_BEHIND = pattern(
    r"(?<=(?: hoc|.nam)) (?:19|20)\d\d(?:\s?-\s?(?:19|20)\d\d)?(?!\d)|(?<=hoc ky) (?:i{1,2}|l{1,2}|[12])(?![\w/])"
)
#: What is sent behind a described time: "trước khi thu | và báo cáo Phòng GDĐT".
AND_SENDS = pattern(r"\s(?:va|dong thoi)\s(?:bao cao|gui|nop|thong bao|trinh)(?!\w)")
#: What stands before an hour: "trước 10 giờ thứ Hai hằng tuần".
_CUE = pattern(r"(?<!\w)(?:truoc|cham nhat(?: la)?)\s$")
#: While people are off: what is then to be kept to has no time of its own, only what is sent or who is on duty.
_ON_LEAVE = pattern(r"trong(?: (?:suot|thoi gian|dip|ky|nhung ngay)){1,2} nghi(?!\w)")
_AT_WORK = pattern(r"(?<!\w)(?:bao cao|gui|nop|truc|thong ke|cap nhat|hoan thanh|to chuc (?:lop|day|on))(?!\w)")
#: What is done all the time, opening a clause and right before the time it begins.
_LASTS = pattern(
    r"\W{0,4}(?:\d{1,2}(?:\.\d{1,2})?[.)] ?)?(?:[a-z]\) )?(?:viec |can |phai |tiep tuc )?"
    r"(?:trien ?khai|thuc hien|thu thap|tap hop|ap dung|duy tri|day manh|tang cuong|chu trong|chu dong|su dung|quan ly"
    r"|theo doi|phat huy|so hoa|kien thuc)(?!\w)"
)
#: What is asked of everybody all year, however it is said: "Làm tốt công tác tuyên truyền, vận động … ngay từ đầu năm".
_LASTS_ALL = pattern(
    r"\W{0,4}(?:lam tot|thuc hien tot|on dinh|giu vung|tuyen truyen|van dong|dong vien|quan tam|nang cao|phoi hop"
    r"|thuong xuyen|xay dung ne nep|ren)(?!\w)"
)
#: In which term a subject is taught: "Môn Mỹ thuật lớp 9 dạy trong học kỳ I".
_TAUGHT = pattern(
    r"(?<!\w)(?:mon|phan mon|chuyen de|noi dung|mach kien thuc|am nhac|my thuat|mi thuat)(?!\w)(?: \w+){0,8}?"
    r" (?:day|hoc|giang day|bo tri|duoc day|duoc hoc) $"
)
_LASTS_HERE = pattern(
    r"(?<!\w)(?:thuc hien|trien ?khai|ap dung|su dung|duy tri|phat dong|kien thuc|hoc|so hoa)(?: \w+){0,2}(?: ngay)? $"
)
#: From when to when a door is open: "từ 8 giờ 00 đến 17 giờ 00 hằng ngày", "từ thứ Hai đến thứ Sáu hằng tuần".
_HOURS = pattern(
    r"(?<!\w)tu (?:thu \w{2,4}|\d{1,2} ?(?:gio|h|g|:)\s?(?:\d{2})?(?: phut)?) den (?:het )?"
    r"(?:(?:thu \w{2,4}|\d{1,2} ?(?:gio|h|g|:)\s?(?:\d{2})?(?: phut)?),? )(?:hang|moi|cac|trong) \w+(?: \w+)?$"
)
#: When something begins that goes on: "từ sau khai giảng"; what an office is to tell later by itself.
_SINCE = pattern(r"(?<!\w)tu\s$")
_WILL_GUIDE = pattern(r"(?<!\w)se (?:co|ban hanh|gui)?\s?(?:huong dan|van ban)(?: [^\W\d]\w{0,8}){0,8}\s$")
#: The lessons of weeks, and the heading over them.
_OF_LESSONS = pattern(r",? (?:theo|cua) (?:phan phoi chuong trinh|ppct|chuong trinh|ke hoach day hoc)")
_ASKED_OF = pattern(
    r"(?<!\w)(?:gioi han|noi dung|chuong trinh|kien thuc|pham vi|ra de|bai hoc|cac bai)(?: \w{1,9}){0,4}:?\s$"
)
_CONTENT = pattern(r"(?<!\w)(?:noi dung|gioi han|pham vi) (?:kiem tra|on tap|thi|khao sat|de)(?!\w)")
#: What is sent when others tell: "gửi Phòng Tài chính theo thời hạn do UBND huyện quy định"; the rest is followed.
_SENT = pattern(r"(?<!\w)(?:gui|nop|trinh(?! bay)|bao(?: cao)?)\s")
_FAR = 90
#: Of what a day without its month is: "báo cáo hằng tháng: trường mầm non ngày 18".
_MONTHLY = pattern(r"(?<!\w)(?:hang|moi|bao cao) thang(?! \d)|(?<=[a-z])/thang(?!\w)")
#: What was before, and what goes on all day: "trước khi vào lớp 1 đã được …", "24 giờ trong ngày".
_WAS = re.compile(r"^trước khi .*\sđã\s|^24 (?:giờ|/)", re.I)
#: What is looked at before something is done.
_GROUNDS = pattern(
    r"[\W\d]{0,6}(?:[a-z]\)\s)?(?:can cu(?: vao)?|tren co so|tu|truoc|theo)"
    r" (?:tinh hinh|ket qua|dien bien|thuc te|nhu cau|dieu kien|so lieu|chat luong)(?!\w)"
)
#: A case that opens a clause, up to what follows from it.
_CASE = pattern(
    r"[\W\d]{0,6}(?:[a-z]\)\s)?(?:neu|truong hop|khi|noi nao|lop nao)(?: \w+){0,3}?"
    r" (?:co|xuat hien|phat sinh|ghi nhan|xay ra)(?!\w)"
)
_THEN = pattern(r"(?<!\w)thi(?!\w)(?! (?:hoc|tot|cu|dua|tuyen))")
#: When people rest is nothing to be done: "Thời gian nghỉ phép năm … thực hiện trong thời gian nghỉ hè".
_LEAVE = pattern(r"(?<!\w)(?:(?<!trong )thoi gian nghi|nghi (?:phep|bu))(?!\w)")
#: What is never to be done then ends nothing: "không tổ chức dạy thêm trong thời gian nghỉ hè".
_NEVER = re.compile(r"(?<!\w)(?:không(?! quá| còn)|chưa(?! hoàn thành| có)|nghiêm cấm|cấm)(?: \w+){1,14} $", re.I)
#: Such times: of holidays, before something begins, the days on which all fees would be taken.
_BEFORE_IT = pattern(r"trong (?:\w+ ){0,4}nghi(?!\w)|(?:ngay |cham nhat )?truoc khi(?!\w)|vao (?:dau|cuoi)(?!\w)")
#: What one may do and what something helps to are no duties: "sau Lễ khai giảng, có thể tổ chức gặp mặt", "giúp cho
#: học sinh …".
_MAY = pattern(r"(?<!\w)co the\s")
_MUST = pattern(r"(?<!\w)phai\s")
_HELPS = pattern(r"\W{0,3}(?:nham )?(?:giup|tao dieu kien)\s")
#: What is to be done within the day; "đi về trong ngày" is none.
_HANDLED = pattern(
    r"(?<!\w)(?:bao(?: cao)?|gui|nop|thong bao|cap nhat|nhap|xu ly|giai quyet|khac phuc|hoan thanh|ban giao|tra loi"
    r"|tra ket qua|tong hop|doi chieu|niem yet|cong bo|chuyen|phan hoi|bo sung|xac minh|lien he|tiep nhan)(?!\w)"
)
#: How long something lasts, where nothing is sent: "trình bày trong 30 phút".
_LENGTH = pattern(r"trong \d{1,3} (?:phut|tiet)")
_SENDS_HERE = pattern(r"(?<!\w)(?:gui|nop|trinh)\s(?:kem\s)?$")


@dataclass(frozen=True, slots=True)
class Due:
    """A time that ends a duty: ``item.text[start:end]`` with its cue; ``time`` is None where it is only described."""

    start: int
    end: int
    time: Time | None
    rule: str
    confidence: float


#: What somebody did in a time that is over: "học sinh trong thời gian nghỉ Tết đã đến những địa phương …".
_PAST = pattern(r"\sda (?:den|di|tung|ve|o|ra|tiep xuc|tham gia|co mat)(?!\w)")
#: How long somebody stays apart, or a paper of his is good: no time of a unit. "Có kết quả âm tính trong 72 giờ".
_OF_HEALTH = pattern(
    r"(?<!\w)(?:am tinh|test nhanh|rt-pcr|khoi benh|lieu cuoi|cach ly (?:tap trung|tai nha|y te)"
    r"|theo doi suc khoe)(?!\w)"
)
_COUNT = pattern(r"(?:trong |con )?(?:vong |thoi (?:han|gian) )?\d{1,3} (?:gio|ngay|tuan|thang)(?!\w)")
_THIS_LESSON = pattern(r"(?:ngay )?trong (?:buoi|ca|tiet|tuan|gio)(?: \w+)? nay$")
#: A plan of a term that is looked through: "rà soát, điều chỉnh kế hoạch giáo dục của nhà trường trong học kỳ II".
_OF_PLAN = pattern(
    r"(?<!\w)(?:dieu chinh|ra soat|hoan thien|cap nhat)(?:,? \w+){0,3}?"
    r" (?:ke hoach|chuong trinh|phan phoi|thoi khoa bieu)(?: \w+){0,8} $"
)


def described_in(item: Item, clause: Clause, taken: list[tuple[int, int]]) -> Iterator[Due]:
    """Yield times that are only described ("sau khi kết thúc học kỳ I"); the longest of those that overlap."""
    fold = item.joined.fold
    if _HELPS.match(fold, clause.start) is not None:
        return
    may = _MAY.search(fold, clause.start, clause.end)
    if (
        may is not None
        and not _MUST.search(fold, may.end(), clause.end)
        and not _SENT.search(fold, clause.start, clause.end)
    ):
        return
    of_health = _OF_HEALTH.search(fold, clause.start, clause.end) is not None
    of_health = of_health and _SENT.search(fold, clause.start, clause.end) is None
    spans: list[tuple[int, int, str]] = []
    for entry in entries("times", "described"):
        for match in entry.find.finditer(fold, clause.start, clause.end):
            start, end = match.span()
            start += len(fold[start:end]) - len(fold[start:end].lstrip())
            hour = max(clause.start, hour_before(fold, start))
            cue = _CUE.search(fold, max(clause.start, hour - 12), hour) if hour < start else None
            start = cue.start() if cue else hour
            year = _YEAR_BEHIND.match(fold, end)
            end = year.end() if year else end
            sent = AND_SENDS.search(fold, start, end)
            end = sent.start() if sent else end
            if meets(taken, start, end) or is_only_told(item, clause, start) or _PAST.match(fold, end):
                continue
            if of_health and _COUNT.match(fold, start) is not None:
                continue
            if _stands_so(item, clause, entry, start, end) and not _ends_nothing(item, clause, entry, start, end):
                spans.append((start, end, entry.name))
    if _RATES.search(fold, clause.start, clause.end):
        spans = [s for s in spans if not _RECURS.fullmatch(fold, *s[:2])]
    exact = [s for s in spans if not _RECURS.fullmatch(fold, *s[:2])]
    spans = [
        s
        for s in spans
        if s in exact or not any(s[2] == e[2] and (_between(fold, s, e) or _leads(fold, clause, s, e)) for e in exact)
    ]
    last = -1
    for start, end, name in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start >= last:
            yield Due(start, end, None, f"described:{name}", 0.6)
            last = end


def _stands_so(item: Item, clause: Clause, entry: Entry, start: int, end: int) -> bool:
    """Tell whether what a rule asks of the words around a time is so: what stands before it, what is done then."""
    fold, row = item.joined.fold, entry.row
    if (after := row.get("after")) and not pattern(after).search(fold, clause.start, start):
        return False
    lo = max(clause.start, start - 40)
    before = fold[lo:start].rstrip()
    if not after and ends_with("not_described", before, text=item.text[lo : lo + len(before)].lower()) is not None:
        return False
    if item.text[start:end].lower().startswith(tuple(row.get("not", ()))) or (row.get("table") and not item.table):
        return False
    if row.get("opens") and fold[max(clause.start, len(item.label)) : start].strip(" -+*,:"):
        return False
    if row.get("inside") and not fold[clause.start : start].strip(" -+*,:"):
        return False
    if row.get("monthly") and not _MONTHLY.search(fold, clause.start, start):
        return False
    near = max(clause.start, start - _FAR)
    if row.get("handled") and not _HANDLED.search(fold, near, start):
        return False
    if row.get("sent") and not _SENDS_HERE.search(fold, max(clause.start, start - 12), start):
        return False
    if row.get("sent_near") and not _SENT.search(fold, near, start):
        return False
    rate = _RATE.fullmatch(fold, start, end) is not None  # "định kỳ hằng tháng", whichever rule found it
    return not (row.get("needs_verb") or rate) or _is_repeated(fold, clause, start, end)


def _ends_nothing(item: Item, clause: Clause, entry: Entry, start: int, end: int) -> bool:
    """Tell whether a time is but a circumstance, lasts, is never to be used, or what others do then."""
    fold, words = item.joined.fold, item.joined.fold[start:end]
    if _circumstance(fold, clause, start, end) or _in_case(fold, clause, start, end):
        return True
    if _ON_LEAVE.match(words) and not _AT_WORK.search(fold, clause.start, clause.end):
        return True
    if words.startswith("sau ") and (words.endswith(" phut") or _SINCE.search(fold, clause.start, start)):
        return True  # "Sau khi phun hóa chất 30 phút, tiến hành lau sạch" is a step
    if _HOURS.search(fold, clause.start, end) is not None or _LEAVE.search(fold, clause.start, start):
        return True
    if words.startswith(("sau ", "truoc ")) and _WILL_GUIDE.search(fold, clause.start, start):
        return True
    first_days = words.startswith("ngay dau ") and fold.endswith("tu nhung ", clause.start, start)
    if (words.startswith("tu dau ") or first_days) and (
        _goes_on(fold, clause, start) or fold.startswith(" den nay", end)
    ):
        return True
    if _THIS_LESSON.match(words) and _NEVER.search(item.text, max(clause.start, start - _FAR), start):
        return True  # "không dạy bài mới trong buổi này"
    if words.startswith("trong hoc k") and (
        _OF_PLAN.search(fold, clause.start, start) is not None or _TAUGHT.search(fold, clause.start, start) is not None
    ):
        return True
    if entry.name == "tuần" and _is_content(item, clause, start, end):
        return True
    if _BEFORE_IT.match(words) and _NEVER.search(item.text, max(clause.start, start - _FAR), start):
        return True
    if _LENGTH.fullmatch(words) and not _SENT.search(fold, clause.start, clause.end):
        return True
    return _WAS.search(item.text[start : end + 4]) is not None


def _goes_on(fold: str, clause: Clause, start: int) -> bool:
    """Tell whether what begins with a school year goes on: "Triển khai sổ điểm điện tử ngay từ đầu năm học"."""
    lasts = _LASTS.match(fold, clause.start) or _LASTS_ALL.match(fold, clause.start)
    return lasts is not None or _LASTS_HERE.search(fold, clause.start, start) is not None


def _is_content(item: Item, clause: Clause, start: int, end: int) -> bool:
    """Tell whether weeks are those whose lessons a test asks: under "Nội dung kiểm tra", "… theo phân phối chương
    trình"."""
    heading = folded(item.path[-1]) if item.path else ""
    if _ASKED_OF.search(item.joined.fold, clause.start, start) is not None:
        return True
    return _OF_LESSONS.match(item.joined.fold, end) is not None or _CONTENT.search(heading) is not None


def _circumstance(fold: str, clause: Clause, start: int, end: int) -> bool:
    """Tell whether a time belongs to the grounds that open a clause: "Căn cứ tình hình … sau kỳ nghỉ Tết, các Sở …"."""
    opens = _GROUNDS.match(fold, clause.start)
    return opens is not None and "," not in fold[opens.end() : start] and "," in fold[end : clause.end]


def _in_case(fold: str, clause: Clause, start: int, end: int) -> bool:
    """Tell whether a stretch of time is a part of the case: "Trường hợp có từ 02 ca bệnh trong vòng 14 ngày thì …"."""
    case = _CASE.match(fold, clause.start)
    return case is not None and case.end() <= start and _THEN.search(fold, end, clause.end) is not None


def _between(fold: str, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Tell whether nothing but a comma stands between two times: "hằng quý, trước ngày 25 của tháng cuối quý"."""
    gap = fold[one[1] : other[0]] if one[1] <= other[0] else fold[other[1] : one[0]]
    return len(gap) < 4 and not gap.strip(" ,(")


def _leads(fold: str, clause: Clause, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Tell whether how often opens a clause that tells the day later: "Định kỳ hằng quý, phòng GDĐT tổng hợp …, gửi
    trước ngày 05 tháng cuối quý"."""
    return not fold[clause.start : one[0]].strip(" -+*") and fold.startswith(",", one[1]) and one[1] < other[0]


def _is_repeated(fold: str, clause: Clause, start: int, end: int) -> bool:
    """Tell whether "hằng tuần" says when something is done, not what it is called: "công khai thực đơn hằng tuần"."""
    if _CALLED.search(fold[clause.start : start].rstrip()) and _CALLS.match(fold, end):
        return False
    if fold.startswith(("hang ngay", "hang tuan"), start) and _DAILY.search(fold[clause.start : start].rstrip()):
        return False
    if _FEE.search(fold[clause.start : start].rstrip()):
        return False
    each = _OPENS_EACH.match(fold, start) is not None and "," in fold[end : end + 24]
    if each and not fold[clause.start : start].strip(" -+*"):
        return True  # "Kết thúc mỗi đợt, các trường tự đánh giá …"
    near = max(clause.start, start - 60), min(clause.end, end + 24)
    if _RATE.fullmatch(fold, start, end) is not None:
        return _HANDED_IN.search(fold, *near) is not None
    recurs = _RECURS.fullmatch(fold, start, end) or _AFTER_EACH.fullmatch(fold, start, end)
    routine = recurs is not None and _ROUTINE.search(fold, *near) is not None
    return routine or _REPEATED.search(fold, *near) is not None
