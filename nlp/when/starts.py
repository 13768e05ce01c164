"""Days on which something stops or begins: "tạm dừng đến trường từ 0 giờ 00 ngày …", "phát sóng … từ ngày …"."""

from __future__ import annotations

from nlp.naming.dates import Calendar, Time
from nlp.page.structure import Clause, Item
from nlp.when.closures import keeps_home
from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import union

#: What begins or stops on a day: "tạm dừng đến trường từ 0 giờ 00 ngày …", "phát sóng … từ ngày …".
_BEGINS = pattern(
    r"(?<!\w)(?:(?:tam|tiep tuc) nghi hoc|tam dung|dung (?:hoat dong|to chuc|den truong|day|hoc|thu)|ngung|cam"
    r"|phat song|khai truong|tuu truong|trung bay|trien lam"
    r"|van hanh|mo(?: cua)?(?=\s*$)|mo cua|(?:hoat dong|hoc|day hoc|lam viec|den truong) tro lai"
    r"|di hoc lai|tro lai (?:truong|lop|hoc|hoat dong|lam viec)|mo (?:cac |\d{1,2} )?lop"
    r"|bat dau (?:thuc )?(?:day|hoc)|(?:(?:tiep )?nhan|phat(?: hanh)?|thu) (?:ho so|don|phieu)"
    r"|ket thuc (?:viec )?(?:(?:tiep )?nhan|chuyen|thu|giai quyet|dang ky) (?:ho so|don|phieu)"
    r"|hoc k[yi] (?:i{1,2}|[12]),?:? (?:se )?bat dau(?=\s*$)|truc (?:ban|chi huy)|dong cua"
    r"|(?:cham|coi)(?: bai)? thi:?(?: (?:se )?bat dau)?(?=\s*$)|(?:di hoc"
    r"|hoc truc (?:tiep|tuyen)|den truong(?: hoc)?|hoc (?:tap trung |truc tiep )?tai (?:truong|lop))(?=\s*$))(?!\w)"
)
#: Pupils who come back to school, and a clause of but further pupils, who do so later: "Các lớp còn lại: từ 04/5".
_BACK = pattern(
    r"(?<!\w)(?:(?:di hoc|den truong|hoc truc tiep) (?:tro )?lai|tro lai (?:truong|lop|hoc)(?! k)|hoc (?:tap trung"
    r" |truc tiep )?tai truong|den truong(?= (?:hoc )?tu ))(?!\w)"
)
_FIRST_PUPILS = pattern(
    r"\W{0,4}(?:cho (?:phep )?)?(?:toan the |tat ca )?(?:cac )?(?:(?:em )?hoc sinh|tre(?: em)?|hoc vien|lop|khoi)(?!\w)"
)
_PUPILS = pattern(
    r"\W{0,4}(?:(?:va|con|rieng|doi voi|cac|khoi|lop|cap|bac|hoc|sinh|vien|tre|em|con lai|cua|mam non|mau giao"
    r"|nha tre|tieu|thcs|thpt|gdtx|trung|co so|pho thong|thuong xuyen|giao duc|sau do|cham hon|mot|hai|\d{1,2}|tuan"
    r"|ngay|di|den|truong)[\s,:]{1,2}){1,20}"
)
#: What is opened or put up for others once, and what shows that it is done again and again: "niêm yết … mỗi ngày".
_OPENED = pattern(
    r"(?<!\w)(?:mo (?:cong|he thong|tai khoan|phan mem|duong (?:link|truyen)|chuyen (?:muc|trang)|link)"
    r"|kich hoat|niem yet|dang(?: tai)?(?= (?!ky|vien|uy|bo)\w)"
    r"|(?:cong (?:bo|khai)|dang)(?: [\w,]+){1,14}? (?:tren|len|tai|o)"
    r" (?:trang|cong|website|bang tin|fanpage|he thong|loa|phong|tru so))(?!\w)"
)
_EACH = pattern(r"(?<!\w)(?:moi|hang|tung) (?:ngay|tuan|thang|buoi|bua|quy)(?!\w)|(?<!\w)thuong xuyen(?!\w)")
#: Others, of whom the same holds from a later day on: "…; học sinh các lớp còn lại từ ngày 25/9".
_OTHERS = pattern(
    r"\W{0,3}(?:va |con |rieng )?(?:hoc sinh|hoc vien|tre(?: em)?|(?:cac )?(?:lop|khoi|cap|bac|truong))"
    r"(?: [\w,-]+){0,10} $"
)
#: What titles say that begins.
_OPENS = pattern(
    r"(?<!\w)(?:tuu truong|(?:ngay|lich|thoi gian)(?: (?!sau )\w+){0,4} (?:di hoc|den truong) (?:tro )?lai)(?!\w)"
    r"|(?<!\w)bat dau (?:nam hoc|hoc k[yi]|hoc(?!\w))"
)
#: What begins at an hour, beside what is held: days off and days back without one are but told.
_BEGINS_AT = pattern(
    r"(?<!\w)(?:nghi (?:hoc|tet|le|he|day)|tro lai|don (?:tre|hoc sinh|hoc vien)|day hoc|hoc truc tuyen"
    r"|bat dau|(?:den )?lam thu tuc|dang ky|(?:tiep )?nhan ho so|mo (?:he thong|cong)"
    r"|thoi gian|lich|to chuc|tap trung|co mat|ban giao)(?!\w)"
)
#: What must be so from a day on, right behind it: "từ ngày 20/11/2023 bảo đảm các trang … đáp ứng quy định".
_MUST_BE = pattern(r",?\s(?:phai |can )?(?:bao|dam) (?:dam|bao)(?!\w)")
#: How an opening paragraph begins, what asks somebody in it, and what else is told to be done in a plain one.
_OPENS_LETTER = pattern(
    r"\W{0,3}(?:can cu|thuc hien|theo|trien khai|nham|de(?! nghi)|ngay|sau|qua|trong|hien nay|vua qua|nam hoc|nhan duoc"
    r"|tiep theo|duoc su|xet|tu|nhan dip|du bao|thoi gian qua|tinh den|tinh hinh|kinh gui|tren co so)(?!\w)"
)
_LEADS = pattern(
    r"(?<!\w)(?:(?:mot so|cac) (?:viec|noi dung|nhiem vu|cong viec|yeu cau)"
    r" (?:sau|can|trong tam|chinh|cu the)|du bao)(?!\w)"
)
_ASKS = pattern(
    r"(?<!\w)(?:de nghi|yeu cau|giao(?= (?:cho |phong|cac|so|ubnd|truong))|phan cong|cho phep|quyet dinh)(?!\w)"
)
_ACTS = pattern(
    r"(?<!\w)(?:cho (?:toan the |tat ca )?(?:hoc sinh|tre|hoc vien)|cac (?:truong|don vi|phong|co so|trung tam)"
    r"|truong|don vi"
    r"|hieu truong|thu truong|phong gd|to chuc|hoan thanh|gui|nop|bao cao|thoi gian"
    r"|thi|tham gia|tap huan|khai mac|cham(?! (?:nhat|hon|soc|dut|tre))|trao|cong bo|kiem tra)(?!\w)"
)
_HOUR = pattern(r"\d{1,2}\s?(?:h|g|gio|:)")
_ON = pattern(
    r"(?:\s?\([^()]{1,60}\))?,?\s(?:den(?! khi co (?:thong bao|van ban|huong dan|chi dao)(?!\w))|-"
    r"|(?:va )?ket thuc(?= (?:truoc|vao|ngay)))\s"
)
#: What one is free to do: "Các đoàn có thể tập kết thiết bị từ 14 giờ ngày 27/11".
_MAY = pattern(r"(?<!\w)co the(?: \w+){1,8} $")
#: What stands before such a day.
FROM = pattern(r"(?:ke )?tu(?: (?:sang|chieu|toi|thoi diem))?(?: ngay)?$")
_REACH = 64


def opens_letter(item: Item) -> bool:
    """Tell whether a paragraph opens as those do that say why something is written: "Căn cứ …", "Thực hiện …"."""
    fold = item.joined.fold
    return _OPENS_LETTER.match(fold) is not None or _LEADS.search(fold) is not None


def tells_what_was(item: Item, start: int, until: int) -> bool:
    """Tell whether words of a plain paragraph tell what was or why: it opens so, and nobody is asked before ``until``.

    A short công văn has no numbers: "Cho toàn thể học sinh nghỉ học ngày 26/11/2018" orders all the same.
    """
    if item.label or item.path:
        return False
    fold = item.joined.fold
    return _ASKS.search(fold, start, until) is None and (opens_letter(item) or _ACTS.search(fold, start, until) is None)


def begins(item: Item, clause: Clause, begin: int, hour: int, end: int, time: Time, known: Calendar) -> bool:
    """Tell whether something stops or begins on a day to come: "tạm dừng đến trường từ ngày …".

    ``begin`` is where "từ" stands, ``hour`` where a time of day or the date begins.
    """
    unknown = known.issued is None and not time.stated_year and known.school_year is None
    if time.due is None or unknown or (known.issued is not None and time.due < known.issued):
        return False
    if keeps_home(item, begin):
        return True
    if tells_what_was(item, clause.start, hour):
        return False
    fold = item.joined.fold
    if _ON.match(fold, end) or _MAY.search(fold, clause.start, begin):
        return False
    verbs = [_BEGINS]
    if _HOUR.match(fold, hour) is not None:
        verbs += [_BEGINS_AT, union("events", "held")]
    lo, hi = max(clause.start, begin - 2 * _REACH), min(clause.end, end + _REACH)
    opens = not fold[clause.start : begin].strip(" -+*,:")
    if _MUST_BE.match(fold, end) and (opens or fold[clause.start : begin].rstrip().endswith((",", ";"))):
        return True
    if _OPENED.search(fold, lo, begin) is not None and not _EACH.search(fold, clause.start, clause.end):
        return True
    if are_back(item, clause, begin):
        return True
    goes_on = item.text[: clause.start].rstrip().endswith(";") and _OTHERS.match(fold, clause.start, begin) is not None
    if goes_on and _BEGINS.search(fold, max(0, clause.start - 4 * _REACH), clause.start) is not None:
        return True
    return _titled(item, clause, begin) or any(
        verb.search(fold, lo, begin) is not None or (opens and verb.search(fold, end, hi) is not None) for verb in verbs
    )


def are_back(item: Item, clause: Clause, begin: int) -> bool:
    """Tell whether but pupils who come back to school stand before "từ" in a clause, whoever is told so."""
    fold = item.joined.fold
    if _PUPILS.fullmatch(fold, clause.start, begin) is not None:
        return _BACK.search(fold, 0, begin) is not None or _titled(item, clause, begin)
    back = _BACK.search(fold, clause.start, begin)
    return back is not None and _FIRST_PUPILS.match(fold, clause.start, back.start()) is not None


def _titled(item: Item, clause: Clause, begin: int) -> bool:
    """Tell whether the item's title, the heading or a table's head says what begins, each part on a day of its own.

    "Tựu trường: lớp 1 từ ngày …; các lớp khác từ ngày …", "Cấp học | Ngày tựu trường" over "Mầm non | Từ 25/8/2023".
    """
    if item.table:
        return item.text[begin : begin + 1] == "T" and _OPENS.search(folded(item.head)) is not None
    title = item.joined.fold[len(item.label) : clause.end].split(":")[0]
    heading = folded(item.path[-1]) if item.path else ""
    short = len(item.joined.fold[clause.start : begin]) <= _REACH
    return short and any(_OPENS.search(one) is not None for one in (title, heading) if len(one) <= _REACH)
