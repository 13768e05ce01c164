"""To whom and through whom a dated duty goes: told beside its time, before or behind it in the item, or once for all.

What a clause does counts: one that opens with another verb than sending ("…; kiểm tra phòng thi trước ngày …"), or
in which other units act, takes nothing from the clauses before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from corpus.facts import Actor
from nlp.naming.recipients import PERSON, office_in, receiver_in, recipient_of, sends
from nlp.naming.ways import is_page, to_mailbox, via_of
from nlp.page.sent import DATED, THINGS, is_sent, lists_sent, sending_lead
from nlp.page.structure import Clause, Item
from nlp.when.titles import tells_sending
from nlp.whom.apart import for_its_own
from nlp.whom.bound import Bound
from nlp.whom.once import Told, told_by
from nlp.whom.subjects import subject_before
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

_FIGURES = re.compile(r"\d(?!\d)|ngày|tháng|năm")
#: How far back a lead is looked for, in characters.
LEAD = 1500
#: So many clauses behind a time may tell of it where what it ends goes.
_NEAR = 24
#: A clause of so few words names but a time, of what stands before it.
_THIN = 16
#: Recipients that in a row without cells are more often the unit of the next column.
_OF_OTHER_CELLS = ("văn phòng", "ban ", "phó hiệu trưởng", "hiệu trưởng", "giáo viên", "tổ ")
_JOINTS = pattern(
    r"(?:\s?\([^()]{1,60}\))?[\s,;:.)\-+]{0,4}(?:\d{1,2}[.)]\s|[a-z]\)\s)?(?:(?:va|dong thoi|sau do|roi)\s)?"
)
#: "cấp THCS", "kỳ II", "danh sách", which fold like verbs ("dành").
_RANK = pattern(
    r"danh (?:sach|muc|hieu)(?!\w)|ky (?:i{1,3}|[123])(?!\w)"
    r"|cap (?:mam non|tieu hoc|thcs|thpt|trung hoc|th|mn|truong|huyen|tinh|xa)(?!\w)"
)
_SENDING = pattern(r"(?:gui|nop|bao cao|trinh|chuyen|thong bao|bao|ban giao|dang ky|cung cap|phan anh|phan hoi)(?!\w)")
#: Sending in a row that names its own recipient.
_SENT_TO = pattern(r"(?<!\w)(?:gui|nop|bao cao|trinh)(?:\s\w+){0,6}?\s(?:ve|cho|toi|len|tai)\s")
_BARE_SENDING = pattern(r"[\s:,]{0,3}(?:thi\s)?(?:gui|nop|bao cao|hoan thanh|gui ho so|nop ho so|gui bao cao)\s{0,2}")
_AND = pattern(r"(?:\s\w+){0,7}[\s,]{0,3}(?:va|dong thoi|hoac)\s")
_WHERE = pattern(r"\s(?:ve|cho|toi|den)\s")
_REPORTS = pattern(r"(?<!\w)(?:gui|nop|bao cao)(?!\w)")
_WORDS = re.compile(r"\w+")
_PUT_BEFORE = re.compile(r"(?<!\w)trình\s")
_ASKS = pattern(r"(?:,|\s(?:va|dong thoi))\s(?:de nghi|kien nghi)\s(?=\w)")
#: Of which part of an office a person is.
_PART = re.compile(r"\s\((?P<part>[Bb]ộ phận [^()]{3,30})\)")
#: A column of those who receive.
_RECEIVERS = pattern(
    r"(?<!\w)(?:noi (?:nhan|gui|nop)|don vi (?:nhan|tiep nhan)|(?:gui|nop) (?:ve|cho)|bao cao (?:ve|cho))(?!\w)"
)
_TIME_TITLE = pattern(r"(?<!\w)(?:thoi (?:gian|han|diem)|han(?! che)|ngay|lich|ky han)(?!\w)")
#: A name whose short form stands in the next line, behind the words of other cells: "Phòng | Trung tâm ⏎ KHTC".
_CUT_HEAD = re.compile(r"(?P<head>Phòng|Sở|Ban|Vụ|Cục|Văn phòng)\s(?!GD|[A-ZĐ&]{3,})")
_SHORT_NAMES = re.compile(r"(?:[A-ZĐ][A-ZĐ&-]{2,}(?:, |\s?$)){1,3}$")
#: What a bracket cut by the time of its row ends with: "Sở GDĐT (qua | 20/7 ⏎ Phòng KHTC)".
_CUT_WAY = re.compile(r"(?P<way>(?:Phòng|Văn phòng|Vụ|Cục|Ban)\s[^()]{2,40})\)\s*$")
_FIRST_DAY = re.compile(r"\D{0,24}\d{1,2}/\d{1,2}(?:/\d{4})?\)? (?:và|đến|-) ")
_SET_APART = pattern(r"[\s,;]{0,3}(?:con|rieng)\s")
#: A time of some in brackets: "các trường: trước ngày 10/6 (riêng trường chuyên: 15/6)".
_ONLY_THEY = pattern(r"\s\((?:rieng|con)\s")
#: Another of several copies that goes elsewhere, without a verb of its own.
_OF_LEVEL_TO = pattern(r"[\s,;]{0,3}(?:va |con )?doi voi (?:cac )?(?:cap |bac |truong )?(?:\w+,? ){1,4}?ve\s")
_MORE_COPIES = pattern(r"[\s,;]{0,3}(?:va )?\d{1,2} (?:bo|ban|cuon|quyen|tap)(?: \w+){0,2}? (?:ve|cho|len) ")
_ALL = pattern(r"[\s\-+*]{0,3}(?:tat ca|toan bo|moi)\s")
_ALONE = pattern(r"[\s\-+*]{0,3}(?:rieng|truong hop|don vi nao|neu|khi)(?!\w)")
#: Offices by their actor, as recipients are named.
OFFICES = {str(Actor.BO_GDDT): "Bộ GDĐT", str(Actor.SO_GDDT): "Sở GDĐT", str(Actor.PHONG_GDDT): "Phòng GDĐT"}
#: By which department something goes to the office that writes, right before its time.
_THROUGH = pattern(
    r"\(qua (?P<way>(?:van phong|thanh tra|phong|bo phan)(?! (?:gd ?(?:&|va)? ?dt|giao duc va))[^()]{0,60})\)"
    r"\W{0,4}$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a time stands: ``text[start:end]`` in a clause.

    ``left`` is the end of the time before it or where the clause begins, ``last`` the end of the clause's last time;
    ``clauses`` are all of the item; ``title`` is that of its column in a table, folded, see ``title_of``.
    """

    clause: Clause
    start: int
    end: int
    left: int
    last: int
    clauses: list[Clause]
    title: str = ""


def told_of(item: Item, place: Place, task_end: int, bound: Bound, once: Told) -> Told:
    """Return recipient and way of the duty that a time ends; ``once``: what is told for the item's whole list.

    Who sits in a part of the office that writes receives for it: "cho đ/c Lan (bộ phận Kế toán)".
    """
    told = _told_of(item, place, task_end, bound, once)
    at = item.text.find(told.recipient) if told.recipient is not None and PERSON.match(told.recipient) else -1
    part = _PART.match(item.text, at + len(told.recipient or "")) if at >= 0 else None
    office = OFFICES.get(bound.own[0]) if bound.own and not bound.school else None
    return Told(office, told.way or part["part"]) if part is not None and office is not None else told


def _way_elsewhere(item: Item, place: Place, own: str, once: Told) -> str | None:
    """Return the way to a recipient that is told beside its duty, for them or a person who sits there."""
    others = (_behind(item, place), _for_all(item, place), once)
    return next(
        (
            o.way
            for o in others
            if o.way is not None and (o.recipient in (None, own) or PERSON.match(o.recipient or "") is not None)
        ),
        None,
    )


def _told_of(item: Item, place: Place, task_end: int, bound: Bound, once: Told) -> Told:
    clause = place.clause
    words = item.text[clause.start : min(clause.end, clause.start + 2 * LEAD)]
    own = _beside(item, place) or _sent_next(item, clause.end, task_end)
    way = via_of(words)
    if item.table:
        return _in_table(item, place, Told(own, way), once)
    if own is not None:
        way = _own_way(item, place, own, way) or _way_before(item, place, own)
        if (way is None or is_page(way)) and sends(words):
            way = _way_elsewhere(item, place, own, once) or way
        return Told(own, way)
    if (own := _in_turn(item, place)) is not None:
        return Told(own, way)
    if (own := _asked(item, place)) is not None:
        return Told(own)
    lead = _lead(item, place)
    if lead.recipient is not None:
        return Told(lead.recipient, way or lead.way or _way_elsewhere(item, place, lead.recipient, once))
    alone = Told(None, way and via_of(item.text[place.left : clause.end if place.end >= place.last else place.end]))
    if lead.way is not None:
        return Told(None, alone.way or lead.way)
    through = _THROUGH.search(item.joined.fold, max(place.left, place.start - LEAD), place.start)
    if through is not None and bound.own and not bound.school:  # "tổng kết nhiệm vụ (qua Văn phòng Sở) trước ngày …"
        return Told(OFFICES.get(bound.own[0]), item.text[through.start("way") : through.end("way")].strip())
    if not _takes_over(item, place):
        return alone
    for told in (
        _for_all(item, place),
        _before(item, place, OFFICES.get(bound.own[0]) if bound.own else None),
        _behind(item, place),
        once if _is_report(item, place) or lists_sent(item) else Told(),
    ):
        if told.recipient is not None:
            return Told(told.recipient, way or told.way)
    here = sends(item.text[place.left : place.start]) or place.end >= place.last
    if here and to_mailbox(words) and bound.own and not bound.school:
        return Told(OFFICES.get(bound.own[0]), way)
    return alone


def _sent_next(item: Item, start: int, until: int) -> str | None:
    """Return who receives in the clauses that a task goes on with, but for what is put before somebody ("trình …")."""
    words = item.text[start:until]
    return None if _PUT_BEFORE.search(words) else recipient_of(words)


def _own_way(item: Item, place: Place, own: str, way: str | None) -> str | None:
    """Return the way of a clause; of several times that go to several recipients each has its own."""
    clause = place.clause
    if way is None or (place.left <= clause.start and place.end >= place.last):
        return way
    if recipient_of(item.text[place.left : place.start]) != own:
        return way
    before = item.text[clause.start : place.left]
    others = {first := recipient_of(before), recipient_of(item.text[clause.start : clause.end])}
    shared = others <= {None, own} and (first is not None or via_of(before) is None)
    return way if shared else via_of(item.text[place.left : place.end])


def _in_turn(item: Item, place: Place) -> str | None:
    """Return to whom units send whose verb stands before the list: "gửi: trường A về UBND xã …; trường B về Sở …"."""
    words = item.text[place.left : place.start]
    group = subject_before(item, place.clause, place.start)
    if group is None or sends(words) or _acts_otherwise(item, place.left, place.start):
        return None
    to = _WHERE.match(item.joined.fold, group.end, place.start)
    if to is None or not sends(item.text[max(0, place.clause.start - LEAD) : place.clause.start]):
        return None
    return recipient_of(f"gửi {item.text[group.end : place.start].strip()}")


def _asked(item: Item, place: Place) -> str | None:
    """Return whom units ask for what they want by a time: "Các trường rà soát …, đề nghị UBND xã hỗ trợ trước …"."""
    for asks in _ASKS.finditer(item.joined.fold, place.left, place.start):
        group = subject_before(item, Clause(place.clause.start, asks.start()), asks.start())
        found = recipient_of(f"gửi {item.text[asks.end() : place.start]}")
        if group is not None and found is not None and found.startswith(("UBND", "Chủ tịch")):
            return found
    return None


def _lead(item: Item, place: Place) -> Told:
    """Return what the lead of a list in one sentence tells: "Danh sách gửi về Sở (Phòng KHTC): trường A …; …"."""
    text, until = item.text, place.left
    start = max(text.rfind(". ", len(item.label) + 1, until), text.rfind("./.", 0, until), len(item.label))
    colon = text.find(": ", start, until)
    lead = text[max(start, colon - LEAD) : colon] if colon >= 0 else ""
    return told_by(lead) if sends(lead) and DATED.search(lead) is None else Told()


def _in_table(item: Item, place: Place, own: Told, once: Told) -> Told:
    """Return what is told in a row, else of its table; a unit of the next column receives nothing."""
    if place.title and not tells_sending(place.title):
        return Told()
    title = _RECEIVERS.search(folded(item.head)) if not item.cells else None
    if title is not None:
        behind = _behind_time(item, place) if _TIME_TITLE.search(folded(item.head), 0, title.start()) else None
        if behind is not None:
            return received(behind, Told(None, own.way))
        before = item.text[len(item.label) : place.start].rstrip()
        if before.endswith((" -", " –")):
            return Told()
        cut = _CUT_WAY.search(item.text, place.end) if before.endswith("(qua") else None
        own = Told(receiver_in(before) or own.recipient, cut["way"] if cut else own.way)
    if once.recipient is None or _SENT_TO.search(item.joined.fold, place.clause.start) is not None or not is_sent(item):
        return own
    return Told(once.recipient, own.way or once.way)


def received(cell: str, told: Told) -> Told:
    """Return what the cell of a column of receivers tells: "Sở GDĐT (qua Phòng KHTC)"; ``told`` where it is empty."""
    words = f"gửi về {cell.strip(' ;,.|-')}"
    to = recipient_of(words)
    return told if to is None else Told(to, via_of(words) or told.way)


def _behind_time(item: Item, place: Place) -> str | None:
    """Return the words of a receiver's cell behind a time; where a line cut "Phòng ⏎ KHTC", its end closes the row."""
    row = item.text[place.end :].strip(" ;,.|-)")
    inside = _FIRST_DAY.match(item.text, place.start, place.end)
    if inside is not None and recipient_of(f"gửi về {row}") is None:  # "Chiều 02/3 và | Phòng KHTC ⏎ ngày 03/3"
        row = item.text[inside.end() : place.end].strip(" ;,.|-)")
    cut = _CUT_HEAD.match(row)
    tail = _SHORT_NAMES.search(row)
    if cut is not None and tail is not None and tail.start() >= cut.end():
        return f"{cut['head']} {tail.group().strip()}"
    return row if recipient_of(f"gửi về {row}") is not None else None


def _beside(item: Item, place: Place) -> str | None:
    """Return the recipient in the clause: named before the time, else behind it, but not for the next time."""
    clause = place.clause
    words = item.text[clause.start : clause.end]
    if item.cells and not clause.start <= place.start < clause.end:
        return recipient_of(words)
    if item.table:
        return _of_row(words, place.start - clause.start, place.end - clause.start)
    far = max(clause.start, place.start - LEAD)
    left = max(far, place.left)
    own = item.text[left : place.start]
    behind = item.text[place.last : min(clause.end, place.last + LEAD)]  # what is behind the last time holds for all
    found = recipient_of(own + item.text[place.start : place.end] + behind, until=len(own))
    if found is None and _MORE_COPIES.match(item.joined.fold, place.left, place.start):
        found = recipient_of(f"gửi {own.strip()}")  # "…; 01 bộ về UBND huyện (qua …) trước ngày …"
    office = for_its_own(item, Clause(left, clause.end), place.start)
    if office is not None:  # "các trường báo chuyên viên để Phòng chốt, gửi lên Sở trước …"
        return recipient_of(item.text[office.end : place.start])
    if found is not None:
        return found
    if place.left > clause.start and _OF_LEVEL_TO.match(item.joined.fold, place.left, place.start):
        found = recipient_of(f"gửi {own.strip(' ,;')}")  # "…, đối với cấp THCS về Phòng GDTrH trước ngày …"
        if found is not None:
            return found
    group = subject_before(item, Clause(place.left, place.start), place.start)
    first = group.end + 1 if group is not None and group.start <= place.left + 4 and group.end < place.start else left
    otherwise = _acts_otherwise(item, max(place.left, first), place.start)  # who does it may stand before the verb
    otherwise = otherwise or (_SET_APART.match(item.joined.fold, place.left) is not None and not sends(own))
    if left > far and not otherwise:
        found = recipient_of(item.text[far : place.start])
    if found is None and (place.end >= place.last or not otherwise):
        found = recipient_of(behind)
    if found is None and not otherwise and _WHERE.match(item.joined.fold, place.last):
        # "gửi báo cáo sơ kết trước ngày …, báo cáo tổng kết trước ngày … về Bộ GDĐT"
        found = recipient_of(f"gửi{behind}") if sends(item.text[clause.start : place.start]) else None
    if found is None and _REPORTS.search(folded(own)) and _AND.match(item.joined.fold, place.end):
        # "báo cáo nhanh hằng ngày và báo cáo chính thức về Sở GDĐT trước ngày …"
        found = recipient_of(item.text[place.end : min(clause.end, place.end + LEAD)])
    return found


def _of_row(words: str, cut: int, end: int) -> str | None:
    """Return the recipient in a row of a table whose cells stand between each other."""
    far = max(0, cut - LEAD)
    found = recipient_of(words[far : end + LEAD], until=cut - far) or recipient_of(words[end : end + LEAD])
    found = found or recipient_of(words[far : end + LEAD])  # "Ký cam kết … | Trong tháng 9 ⏎ với phòng GDĐT"
    if sends(words) and (found is None or found.lower().startswith(_OF_OTHER_CELLS)):
        return office_in(words) or found
    return found


def _acts_otherwise(item: Item, start: int, until: int) -> bool:
    """Tell whether words open with a verb that is none of sending, and do not send: "tổ chức kiểm tra trước ngày …"."""
    fold = item.joined.fold
    joint = _JOINTS.match(fold, start, until)
    at = joint.end() if joint else start
    if fold.startswith("co ", at) and not sends(item.text[start:until]):
        return True  # "…; có phương án dạy bù trong vòng …"
    if _RANK.match(fold, at) or _SENDING.match(fold, at) or not opens_with_verb(fold, at):
        return False
    return not sends(item.text[start:until])


def _takes_over(item: Item, place: Place) -> bool:
    """Tell whether a duty goes where others of its item or list go: it sends, or names but a time."""
    if item.table or _acts_otherwise(item, place.left, place.start):
        return False
    last = place.end >= place.last
    words = item.text[place.left : min(place.clause.end, place.left + LEAD) if last else place.start]
    group = subject_before(item, Clause(place.left, place.start), place.start)
    if place.left <= len(item.label) + 2 and (group is None or group.start > len(item.label) + 2) and lists_sent(item):
        return True  # "Danh sách người nghỉ việc (cả các trường và UBND xã): trong vòng 05 ngày …"
    if lists_sent(item) and _ONLY_THEY.match(item.joined.fold, place.left):
        return True
    acts = group is not None and len(_WORDS.findall(item.text, group.end, place.start)) > 1
    if acts and not sends(words) and not to_mailbox(words):
        return False  # "…; Phòng KHTC phối hợp với BHXH tỉnh đối chiếu số liệu …": an act of its own
    whole = item.text[place.clause.start : min(place.clause.end, place.clause.start + LEAD)]
    near = len(item.text[place.left : place.start].split()) <= _THIN // 3
    next_units = group is not None and place.left > place.clause.start and near
    return sends(words) or next_units or len(whole.split()) <= _THIN


def _is_report(item: Item, place: Place) -> bool:
    words = item.text[place.left : place.start]
    return sends(words) or len(words.split()) <= _THIN // 2


def _before(item: Item, place: Place, own: str | None) -> Told:
    """Return what the clauses before tell, else the lead above; other units that send go their own way."""
    clause = place.clause
    if clause.start > len(item.label) + 2 and (_is_bare(item, place) or not _is_others(item, place)):
        before = item.text[max(0, clause.start - LEAD) : clause.start]
        found = recipient_of(before)
        if found is not None:
            return Told(found, via_of(before))
    elif own is not None and (_ALONE.match(item.joined.fold, clause.start) or clause.start > len(item.label) + 2):
        found = recipient_of(item.text[max(0, clause.start - LEAD) : clause.start])
        if found == own:
            return Told(found)  # "Riêng các trường … báo cáo ngay": to the office that writes, as those before
    if item.path and item.path[-1].rstrip().endswith(":"):
        return Told(recipient_of(item.path[-1]), via_of(item.path[-1]))
    return told_by(sending_lead(item))


def _is_bare(item: Item, place: Place) -> bool:
    """Tell whether a clause but sends, what and to whom told before: "…; các trường THPT báo cáo trước ngày …"."""
    group = subject_before(item, place.clause, place.start)
    start = place.left if group is None else max(place.left, group.end)
    return _BARE_SENDING.fullmatch(item.joined.fold, start, place.start) is not None


def _is_others(item: Item, place: Place) -> bool:
    """Tell whether a clause has the office for its sender that those before send to: "…; Phòng GDĐT báo cáo …"."""
    group = subject_before(item, place.clause, place.clause.end)
    if group is None or not sends(item.text[place.clause.start : place.clause.end]):
        return False
    before = recipient_of(item.text[max(0, place.clause.start - LEAD) : place.clause.start]) or ""
    return any(OFFICES.get(actor, "") in before.split(", ") for actor in group.actors)


def _way_before(item: Item, place: Place, recipient: str) -> str | None:
    """Return the way of the report before that goes to the same recipient."""
    clause = place.clause
    if recipient_of(item.text[clause.start : clause.end]) is not None:
        return None
    return via_of(item.text[max(0, clause.start - LEAD) : clause.start])


def _following(place: Place) -> list[Clause]:
    """Return the next clauses behind that of a time."""
    first = bisect_left(place.clauses, place.clause.end, key=lambda clause: clause.start)
    return place.clauses[first : first + _NEAR]


def _for_all(item: Item, place: Place) -> Told:
    """Return what a sentence behind tells for all before it: "Tất cả gửi về phòng Chính trị, email …"."""
    for clause in _following(place):
        if _ALL.match(item.joined.fold, clause.start):
            words = item.text[clause.start : min(clause.end, clause.start + LEAD)]
            if sends(words) and DATED.search(words) is None:
                return Told(recipient_of(words), via_of(words))
    return Told()


def _goes_on(item: Item, place: Place) -> bool:
    """Tell whether a clause but names the next units and their day for what the clauses before send: "trường THCS nộp
    ngày 28/9; trường tiểu học ngày 29/9"."""
    clause = place.clause
    listed = clause.start > len(item.label) and item.text[: clause.start].rstrip().endswith(";")
    thin = len(item.text[clause.start : clause.end].split()) <= _THIN
    return listed and thin and sends(item.text[max(0, clause.start - LEAD) : clause.start])


def _behind(item: Item, place: Place) -> Told:
    """Return what a sentence without a date behind the dated ones tells, or the end of the list itself."""
    clause = place.clause
    if not sends(item.text[clause.start : min(clause.end, clause.start + LEAD)]) and not _goes_on(item, place):
        return Told()
    for other in _following(place):
        if other.start >= clause.end + LEAD:
            break
        words = item.text[other.start : min(other.end, other.start + LEAD)]
        if not sends(words):
            continue
        if DATED.search(words):
            last = max((m.end() for m in _FIGURES.finditer(words)), default=0)
            words = words[last:] if item.text[: other.start].rstrip().endswith(";") else ""
            words = f"gửi {words}"
        told = Told(recipient_of(words), via_of(words))
        if told.recipient is not None or (told and THINGS.match(folded(words))):
            return told
    return Told()
