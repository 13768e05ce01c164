"""What an office itself holds where it speaks of an exam: its sessions, marking and results, which name nobody.

A term's tests (kiểm tra học kỳ) and what is held in a school (thi thử, cấp trường) are none: those are the schools'.
"""

from __future__ import annotations

from corpus.facts import Actor
from nlp.page.sent import lists_sent
from nlp.page.structure import Clause, Item
from nlp.when.titles import tells_sending
from nlp.whom.ranks import OF_SCHOOLS, rank_beside, told_behind
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

_LABEL = r"\W{0,4}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-hd])[.)]\s{0,2})?"
#: Exams that are the schools' own.
_OF_SCHOOLS = r"(?! (?:hoc k|thu|lai|cap truong|giua|cuoi|dua|hanh|diem))"
#: How a clause begins that tells when an exam is held, is marked or what came of it.
_OPENS = pattern(
    _LABEL + r"(?:(?:ke )?(?:tu )?nam hoc \d{4}\s?[-–]\s?\d{4},? )?(?:du kien )?(?:"
    rf"(?:(?:to chuc )?(?:ngay|lich|thoi gian)(?: to chuc)?|to chuc(?: ky)?) thi(?:{_OF_SCHOOLS})(?!\w)(?! sinh)"
    r"|(?:(?:to chuc )?(?:ra de|in sao|sao in|coi|cham|phuc khao|lam phach|hoi phach|len diem|nhap diem)"
    r"(?:,? (?:va |in sao |sao in |coi |cham |hoi phach |len diem )?)?){1,3} ?(?:bai thi|de thi|thi|phuc khao)(?!\w)"
    r"|coi thi|duyet (?:\w+ ){1,5}cua (?:cac )?(?:truong|don vi|phong gd)(?!\w)"
    r"|cong bo (?:ket qua|diem)(?: cac)? (?:(?:bai |ky )?thi|phuc khao|cham)(?!\w))"
)
#: The next cell of a timetable that has no marks: "05/6/2025 Sáng Ngữ văn 8 giờ 00".
_CELL = pattern(r"\s(?:\(?thu \w{2,4}\)? )?(?=sang|chieu|buoi|[a-z]{2,6} [a-z])")
#: A heading or lead right above the sessions of an exam: "I. LỊCH THI", "Sở thông báo lịch thi như sau:".
_SESSIONS = pattern(
    rf"(?<!\w)(?:(?:ngay|lich)(?: to chuc)?(?: \w+){{0,3}}? thi|thoi gian(?: to chuc)? thi)(?!\w){_OF_SCHOOLS}"
)
#: Titles of the columns of an exam's timetable.
_HEAD = pattern(
    r"(?<!\w)(?:(?:mon|bai|ngay|buoi|lich|gio) thi|gio (?:phat de|bat dau lam bai|mo de)|ten (?:hoi|cuoc|ky) thi)(?!\w)"
)
_LENGTH = pattern(r"(?<!\w)(?:thoi gian lam bai|gio bat dau)(?!\w)")
#: What goes on with the sessions that an item began: "Ngày thi: sáng 15/5 thi lý thuyết; thi thực hành từ …".
_PART = pattern(
    r"\W{0,3}(?:tu |vao )?(?:thi|mon|bai|phan|vong|sang|chieu|ngay|khoi|lop|cham|coi|cum|bang|dot|buoi"
    r"|ca)(?! sinh)(?!\w)"
)
#: A stage of a contest over its sessions: "2. Phần thi thực hành: ⏎ + Cụm 1: từ …".
_STAGE = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2})?(?:phan|bai|noi dung|vong) thi(?!\w)"
)
#: Who hands in what they marked: a council of the exam.
_COUNCIL = pattern(
    r"(?<!\w)(?:hoi dong|ban|to) (?:coi|cham|phuc khao|ra de|lam phach|thi)(?!\w)|(?<!\w)cac hoi dong(?!\w)"
)
_TESTS = pattern(r"(?<!\w)(?:kiem tra|hoc k[yi]|cap truong|thi (?:thu|lai)|tai truong)(?!\w)")
#: What is made known in the passive, and what an exam's is: "Kết quả thi được thông báo chậm nhất ngày …".
_RESULTS = pattern(
    _LABEL + r"(?:ket qua|diem|danh sach|thoi khoa bieu|so do|lich)(?: [\w,]+){0,9}? (?:se )?(?:duoc )?(?:so )?"
    r"(?:(?:thong bao|cong bo|dang tai|niem yet)(?!\w)|(?:gui|chuyen) (?:ve|den|toi|cho) (?:cac "
    r"|tung )?(?:don vi|truong|phong (?:gd ?(?:&|va|-)? ?dt|giao duc va dao tao)))"
)
_OF_EXAM = pattern(
    r"(?<!\w)(?:thi|phuc khao|so khao|chung (?:khao|ket)|vong|du an|doi tuyen|thoi khoa bieu|diem thi|website"
    r"|trang web)(?!\w)"
)
_SENT = pattern(r"(?<!\w)(?:gui|nop|bao cao|dang ky|tham gia|tham du|du thi|nhan|trinh(?! (?:bay|dien|do)))(?!\w)")
#: Exams of a province, which its Sở holds, whoever writes of them.
_OF_PROVINCE = pattern(
    r"(?<!\w)(?:thi (?:tuyen sinh|tuyen) (?:vao )?(?:cac )?lop 10|thi (?:vao|tuyen vao) lop 10|thi (?:thpt"
    r"|trung hoc pho thong) quoc gia|thi tot nghiep (?:thpt|trung hoc pho thong))(?!\w)"
)
_BELOW_SO = ((str(Actor.PHONG_GDDT),), (str(Actor.UBND_XA),))
_HOLDERS = ({str(Actor.SO_GDDT)}, {str(Actor.PHONG_GDDT)}, {str(Actor.UBND_XA)})


def is_session(item: Item, clause: Clause, start: int, end: int, title: str, own: tuple[str, ...]) -> bool:
    """Tell whether a time, ``[start, end)``, is one of an exam that the office (``own``) holds.

    ``title`` is that of its column. Another rank beside it ("cấp trường") says that others hold it.
    """
    if {*own} not in _HOLDERS or tells_sending(title) or lists_sent(item):
        return False
    fold = item.joined.fold
    if rank_beside(item, clause.start, start) is not None or _TESTS.search(fold, clause.start, start) is not None:
        return False
    then = told_behind(item, clause, start, end)
    told = then is not None and _OPENS.match(fold, then) is not None and _SENT.search(fold, then, clause.end) is None
    if told and then is not None and _TESTS.search(fold, then, clause.end) is None:
        return True  # "6. Ngày 17, 18/7/2020: Coi thi."
    opens = _OPENS.match(fold, clause.start) is not None
    goes_on = _OPENS.match(fold, len(item.label)) is not None and _PART.match(fold, clause.start) is not None
    council = opens and _COUNCIL.search(fold, clause.start, start) is not None
    if not council and _SENT.search(fold, clause.start, start) is not None:
        return False
    if opens or goes_on:
        return True
    above = folded(item.above[-1]) if item.above else ""
    if _TESTS.search(above) is not None:
        return False
    under = _SESSIONS.search(above) is not None
    if item.table:
        head = folded(item.head)
        if not title and tells_sending(item.head):
            return False
        named = _HEAD.search(head) is not None or (under and _LENGTH.search(head) is not None)
        return named and _TESTS.search(head) is None
    over = [folded(title) for title in item.path[-2:]]
    staged = any(_SESSIONS.search(title) or _STAGE.match(title) for title in over)
    if staged and _PART.match(fold, clause.start) is not None and not any(map(_TESTS.search, over)):
        return True
    then = then if under else None
    cell = _CELL.match(fold, end) if under and not item.label and start == clause.start else None
    then = cell.end() if then is None and cell is not None else then
    if then is None or _SENT.search(fold, then, clause.end) is not None:
        return False
    return not opens_with_verb(fold, then)


def holder_of(item: Item, clause: Clause, own: tuple[str, ...]) -> tuple[str, ...]:
    """Return who holds an exam that an office (``own``) writes of: the Sở those of a province, of which a Phòng or a
    commune only tells; the words of the item, up to the end of the clause, or the heading right above name it."""
    told = (item.joined.fold[: clause.end], *(folded(title) for title in item.path[-1:]))
    of_province = own in _BELOW_SO and any(map(_OF_PROVINCE.search, told))
    return (str(Actor.SO_GDDT),) if of_province else own


def tells_results(item: Item, clause: Clause, *, holds: bool) -> bool:
    """Tell whether a clause makes known in the passive what came of an exam, or what belongs to it.

    ``holds``: all of the directive is about what its office holds, so that any list or result is of that.
    """
    fold = item.joined.fold
    told = _RESULTS.match(fold, clause.start)
    if told is None or _TESTS.search(fold, clause.start, clause.end) is not None:
        return False
    if any(OF_SCHOOLS.search(folded(title)) for title in item.path[-2:]):
        return False
    return holds or _OF_EXAM.search(fold, clause.start, clause.end) is not None
