"""The frame of a school year (khung kế hoạch thời gian năm học): when schools open, close and rest, and which schools.

A people's committee or a Sở decides it each year, as a list, by level, or as a table of levels and times.
"""

from __future__ import annotations

from corpus.facts import Actor, SchoolLevel
from nlp.naming.levelnames import levels_in
from nlp.page.structure import Clause, Item
from nlp.whom.bound import Bound
from nlp.whom.handled import is_frame
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

#: Of whom a part of the frame is told, before it: "Học sinh lớp 9 và lớp 12 …", "| 3 | THCS, THPT |".
_WHOSE = (
    r"(?:[a-z]\)|[\W\d_]){0,6}(?:(?:rieng|doi voi|to chuc|thoi gian|ngay|le|cho|thuc hien|va|cac|cap|bac|hoc|con lai"
    r"|lop|khoi|(?:tre(?: em)?|hoc sinh|hoc vien)(?: (?:mau giao|nha tre))?|giao duc|mam non|tieu hoc|trung hoc|thcs"
    r"|thpt|gdtx|pho thong|co so|thuong xuyen|trung tam|\d{1,2}|\([^()]{1,100}\))[\s,:|]{1,3}){0,16}"
)
#: What a school year is made of.
_PARTS = (
    r"(?:tuu truong|khai giang|be giang|hoc k[yi] (?:i{1,2}|1|2)(?:\s?:| (?:bat dau|ket thuc|tu ngay))"
    r"|bat dau va ket thuc hoc k[yi]|bat dau thuc hien ke hoach day hoc"
    r"|hoan thanh (?:cong tac )?tuyen sinh(?! (?:lop|vao lop))"
    r"|tong ket nam hoc|(?<=le )tong ket(?! \w)|hoan thanh (?:chuong trinh(?! tieu)|ke hoach (?:giao duc|day hoc))"
    r"|(?<=\d )tuan thuc hoc"
    r"|(?:bat dau|ket thuc) (?:hoc k[yi]|nam hoc)|nghi (?:tet|le|he|hoc k[yi]|giua hoc k[yi]|dong)"
    r"|(?:di hoc|hoc|den truong|hoat dong)(?: tro)? lai|tro lai (?:truong|lop|hoc))(?!\w)"
)
_CLAUSE = pattern(_WHOSE + _PARTS)
#: A heading over parts of it, each of a level: "1. Ngày tựu trường", "3. Thời gian học kỳ".
_HEADING = pattern(_WHOSE + rf"(?:{_PARTS}|hoc k[yi]$|thuc hoc$)")
#: What schools decide of their own pupils at its end, whoever writes ("xét hoàn thành chương trình tiểu học trước ngày
#: 30/6"); what their councils find of THCS the Phòng decides (Quyết định 11/2006/QĐ-BGDĐT, Điều 14).
_RECOGNISED = pattern(
    r"\W{0,4}(?:(?:viec|cong tac|hoan thanh|to chuc|thoi gian|ngay)\s){0,2}xet,? (?:cong nhan )?"
    r"(?:hoan thanh chuong trinh (?:gd |giao duc )?(?:tieu hoc|mam non)|tot nghiep (?:thcs|trung hoc co so))"
)
_GRADUATES = pattern(r"(?<!\w)tot nghiep (?:thcs|trung hoc co so)(?!\w)")
#: How a part of it goes on behind a mark: "Học kỳ I: bắt đầu từ ngày …; kết thúc trước ngày …".
_GOES_ON = pattern(r"\W{0,3}(?:va )?(?:bat dau|ket thuc|hoan thanh|on tap|nghi|kiem tra)(?!\w)")
#: What stands in it and is the offices' own: exams, contests, what is sent.
_OFFICES_OWN = pattern(
    r"(?<!\w)(?:thi(?! dua| hanh| hoc k)|hoi (?:thi|thao|nghi|khoe|giang)|cap (?:tinh|huyen|quan|thanh pho|thi xa"
    r"|quoc gia)|bao cao|gui|nop|(?<!chuong )(?<!quy )(?<!lo )trinh|tong hop|phe duyet|ban hanh|huong dan|kiem tra cac"
    r"|thanh tra|tham muu)(?!\w)"
)
#: "Xét tuyển sinh lớp 1, lớp 6 và thi tuyển sinh lớp 10: hoàn thành trước ngày 31/7".
_ADMITS = pattern(r"\W{0,4}(?:(?:hoan thanh|cong tac|viec)\s){0,2}(?:xet )?tuyen sinh(?! (?:vao )?lop 10)(?!\w)")
_REACH = 200
_ALL = {level.value for level in SchoolLevel}
_PHONG = str(Actor.PHONG_GDDT)
_CENTRES, _GDTX = str(Actor.TRUNG_TAM_GDTX), str(SchoolLevel.GDTX)


def is_of_frame(item: Item, start: int, until: int, title: str = "") -> bool:
    """Tell whether a time is of the frame of a school year: "nghỉ Tết từ ngày …", "tổ chức khai giảng …".

    The words before it say so, the heading right above or, in a table, the ``title`` of its column.
    """
    if _CLAUSE.match(item.joined.fold, start, min(until, start + _REACH)) is not None:
        return True
    if _RECOGNISED.match(item.joined.fold, start) is not None:
        return True
    if start > len(item.label) and _GOES_ON.match(item.joined.fold, start) is not None:
        return _CLAUSE.match(item.joined.fold, len(item.label), min(start, len(item.label) + _REACH)) is not None
    if not item.table and opens_with_verb(item.joined.fold, start):
        return False
    heading = title if item.table else (item.path[-1] if item.path else "")
    return len(heading) <= _REACH and _HEADING.match(folded(heading.rstrip(" :."))) is not None


def stands_in_frame(item: Item, clause: Clause, *, whole: bool) -> bool:
    """Tell whether a clause that names nobody tells of what schools do, as it stands in a frame: that of a heading or
    of all the directive (``whole``). Exams, contests and reports in it are the offices'."""
    if not (whole or any(map(is_frame, item.path))):
        return False
    fold = item.joined.fold
    return _ADMITS.match(fold, clause.start) is not None or _OFFICES_OWN.search(fold, clause.start, clause.end) is None


def names_centres(words: str) -> bool:
    """Tell whether words name the level of the centres (GDTX)."""
    return _GDTX in levels_in(words)


def schools_of_frame(words: str, headings: tuple[str, ...], bound: Bound) -> tuple[str, ...]:
    """Return whose the frame is: schools; centres (GDTX) where words, the headings above or addressees name them; the
    Phòng with those whose pupils finish THCS."""
    phong = tuple(a for a in (*bound.own, *bound.actors) if a == _PHONG)[:1]
    if phong and _GRADUATES.search(folded(words)) is not None:
        return (*phong, *(a for a in bound.schools if a != _CENTRES or names_centres(words)))
    told = (levels_in(title, classes=True) for title in (words, *reversed(headings)) if len(title) <= _REACH)
    levels = next((levels for levels in told if levels), set[str]())
    if levels >= _ALL:  # the title of the whole frame
        return bound.schools
    if levels == {_GDTX}:
        return (_CENTRES,)
    schools = tuple(a for a in bound.schools if a != _CENTRES) if levels else bound.schools
    return (*schools, _CENTRES) if _GDTX in levels else schools
