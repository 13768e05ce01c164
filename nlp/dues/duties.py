"""Concrete duties without a date: clauses that open with a task verb or say "phải", with who, which schools, target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from corpus.document import Document
from corpus.facts import Duty, evidence
from nlp.dues.wording import plain
from nlp.naming.actors import Group, ordered
from nlp.naming.recipients import sends
from nlp.page.marks import is_upper
from nlp.page.structure import Clause, Item, tells_aims, tells_facts
from nlp.page.zones import Zone
from nlp.whom.bound import Bound, acting, in_schools
from nlp.whom.defined import meant
from nlp.whom.headings import governing
from nlp.whom.levels import levels_of
from nlp.whom.openings import (
    MUST,
    contents_at,
    is_act_of_writing,
    is_closing,
    is_decision,
    is_noun,
    lists_contents,
    opening_until,
    stands_alone,
    tells_of_thing,
    tells_trouble,
)
from nlp.whom.subjects import clauses_of, led_in, subject_before
from nlp.words.folding import folded, pattern
from nlp.words.language import UNITS_COMPONENT, VERBS, may_hold_verbs
from nlp.words.phrases import sentence, tidy
from nlp.words.stretches import apart, meets

if TYPE_CHECKING:
    from spacy.language import Language

_TARGET = re.compile(
    r"(?:(?:tối thiểu|ít nhất|trên|từ|đạt|khoảng)\s)?\d{1,3}(?:[.,]\d{1,2})?\s?%|"
    r"\d{1,3}\s(?:học sinh|giáo viên|học viên)/\s?\d{1,2}\s(?:máy(?: tính)?|lớp|phòng)"
    r"|mức độ \d(?:,?\s(?:và\s)?mức độ \d)*|(?:ít nhất|tối thiểu)\s\d{1,4}\s\w+(?:\s\w+){0,3}"
)
_NOT = re.compile(r"(?:tuyệt đối |nghiêm túc |chỉ )?không\s(?!có(?!\w)|phải|chỉ|những|còn|bị)", re.I)
#: Whom a measure binds one by one: "mỗi trường chọn …", "ít nhất 60 % trường THCS đo …".
_EACH = re.compile(r"\W{0,4}(?:mỗi|tất cả|toàn bộ|\d{1,3}\s?%|(?:ít nhất|tối thiểu)\s\d)", re.I)
#: A bound that is set for something: "tỷ lệ giải không quá 60 %", "mỗi lớp không quá 30 học viên".
_LIMIT = re.compile(
    r"(?:không quá|tối đa|không vượt quá|không thấp hơn|không dưới|ít nhất|tối thiểu)\s(?:\d|một|hai)", re.I
)
#: A measure of its own in a clause: "…; phấn đấu 60 % trường tiểu học được đánh giá ngoài".
_ANEW = pattern(r"\W{0,4}(?:phan dau|(?:bao|dam) dam|dat|huy dong)(?: \w+){0,6}? \d{1,3}(?:[.,]\d{1,2})?\s?%")
#: A bound of what stands before: "…; có ít nhất 1/3 số thành viên là giáo viên".
_HAS_OF_IT = re.compile(r"\W{0,4}(?:trong đó,? )?có (?:ít nhất|tối thiểu|không quá)\s", re.I)
_WHOM = pattern(r"(?<!\w)(?:doi tuong|pham vi)(?!\w)")
#: Words that only join a clause to what stands before it.
_JOINTS = pattern(r"\W{0,4}(?:(?:dong thoi|ngoai ra|ben canh do|sau do|hang nam|rieng)\W{1,3}){0,2}")
#: How something is done, before what is done: "Chủ động xây dựng …", "Khẩn trương rà soát …".
_MANNER = pattern(
    r"(?:(?:chu dong|khan truong|kip thoi|tich cuc|truc tiep|nghiem tuc|thuong xuyen|dinh ky|khong ngung|tap trung"
    r"|phoi hop chat che)(?:,? (?:va )?)){1,2}(?=\w)"
)
_BESIDES = pattern(r"\W{0,4}dong thoi\s")
_HAS = re.compile(r"\s?(?:có|gồm)\s(?:một|hai|ba|\d)")
_ASKS_OTHERS = pattern(r"\s(?:de nghi|yeu cau) (?:cac|thu truong|hieu truong|quy|moi)\s")
#: What stands between units and what they do.
_GAP = pattern(r"\s?[:,]?\s{0,2}(?:can(?! cu)|phai|tiep tuc|chu dong|tich cuc)?\s{0,2}")
_BEHIND = 110
_NO_ACT = re.compile(r"(?:được|đã|để|việc|bị|về|của|các|và)\s$")
_TOPIC = re.compile(r"[^:;.]{3,70}:\s(?=\S)")
#: A section of what matters most says in short what the section of details says again, where there is one.
_FOCUS = pattern(r"(?<!\w)(?:nhiem vu|cong tac|noi dung) trong tam(?!\w)")
_DETAILS = pattern(r"(?<!\w)(?:nhiem vu|noi dung|giai phap|cong viec)(?: \w+){0,3} cu the(?!\w)")
#: What exhorts without a thing to do, at a clause's start.
_EXHORTS = pattern(
    r"\W{0,4}(?:(?:tiep tuc|thuong xuyen|tich cuc|chu dong)\s)?(?:nang cao|khuyen khich|phan dau|quan tam|chu trong"
    r"|nghiem tuc|phat huy|doi moi|quan triet|(?:day manh|tang cuong)\s(?:cac\s|cong tac\s|huy dong\s)?"
    r"(?:thong tin|tuyen truyen|nguon luc|xa hoi hoa|nhan thuc|vai tro|lanh dao|trach nhiem|hieu qua|ung dung)"
    r"|bao dam moi|dam bao moi|phoi hop co hieu qua|phoi hop chat che)(?!\w)"
)
#: The article that charges offices with carrying the directive out.
_CHARGES = pattern(r"(?<!\w)thi hanh (?:quyet dinh|ke hoach|van ban|cong van|chi thi) nay")
_OTHERS = pattern(
    r"\W{0,4}(?:cha me|phu huynh|ket qua|viec \w+ nay|day la|hien nay|thoi gian qua|nhieu|mot so|qua"
    r"|(?:huong dan|ke hoach|cong van|thong tu|nghi dinh|quyet dinh|chi thi|to trinh|thong bao) so(?= \d)"
    r"|doi tuong(?: \w+){0,3}:|ban hanh kem theo|(?:bao )?gom\s?:"
    # what somebody must have reached to take part
    r"|de (?:duoc )?(?:du thi|tham gia|tham du|du xet|xet) [^.;:]{1,120}?, (?:hoc sinh|thi sinh|hoc vien|nguoi hoc"
    r"|doi thi|ung vien)"
    r"|(?:cong van|ke hoach|huong dan|quyet dinh|chi thi|thong bao|van ban|thong tu) nay)(?!\w)"
)
#: What something is made of: "Đối với cấp THPT: Bao gồm: hội thi cấp trường, …".
_CONSISTS = pattern(r"[^:;.]{3,70}:\s{1,2}(?:bao )?gom\s?:")
#: What is told of a thing and asked of people: "Việc thuê dịch vụ thực hiện đúng trình tự …", "học bạ được quản lý
#: bằng phần mềm".
_ASKED_OF = pattern(
    r"\W{0,4}(?:viec (?:\S+\s){1,22}?(?:duoc )?(?:thuc hien|ap dung|tuan thu|tien hanh)\s"
    r"(?:(?:theo|dung)(?: dung)? (?:quy dinh|huong dan|trinh tu|luat)|tren he thong)"
    r"|(?:\S+\s){2,14}?duoc (?:quan ly|giu nguyen|luu tru|bao quan|boi duong)\s(?:bang|theo|tren|qua|khi|tai)\s)"
)
#: What is to be done as a document says: "Học bạ thực hiện theo Thông tư số 27/2020/TT-BGDĐT"; not what it costs, what
#: else there is, what befalls whoever does otherwise.
_AS_RULED = pattern(
    r"\W{0,4}(?!can cu|thuc hien|quyet dinh"
    r"|(?:cac |nhung )?(?:muc|kinh phi|(?:le )?phi|mau|doi tuong|tieu chuan|noi dung)(?!\w))"
    r"(?P<thing>(?:(?!bi (?:xu|tru|phat|dinh)|van |vao |se )\S+\s){2,24}?)(?<!kem )(?<!luc )theo (?:dung )?"
    r"(?:(?:quy dinh|huong dan|yeu cau|muc|khung) (?:tai|cua|trong|o) )?(?:(?:khoan|dieu|diem) \S+ (?:\S+ ){0,6})?"
    r"(?:thong tu(?: lien tich)?|ttlt|tt|nghi dinh|nd|quyet dinh|qd|luat|cong van|chi thi|nghi quyet|huong dan"
    r"|ke hoach) (?:so )?\d"
)
#: "…, nếu có khó khăn, vướng mắc, các đơn vị phản ánh kịp thời về Sở GDĐT (qua Phòng GDTrH) để được giải quyết".
_TELL_TROUBLE = re.compile(
    r"(?P<what>(?<!cảnh )(?<!vùng )(?<!biệt )(?<!hộ )(?:khó khăn|vướng mắc|phát sinh)(?:(?:,| và| hoặc|,? hay)?"
    r" (?:khó khăn|vướng mắc|phát sinh))*)"
    r"[^.;]*?(?<!\w)(?P<verb>phản ánh|báo cáo|liên hệ|trao đổi|thông tin"
    r"|gửi)(?: \w+){0,4}? (?P<to>(?:trực tiếp )?(?:(?:về|với|cho|tới|đến) |(?=(?:Phòng|Sở|Bộ|UBND|lãnh đạo) ))"
    r"[^,.;()]{2,60}?)(?P<way> \(qua [^(),;]{2,40})?(?=[,.;()]| để| xem xét| tổng hợp|$)"
)
#: Whom to ask is nothing to do: "Mọi chi tiết xin liên hệ …".
_CONTACT = pattern(
    r"\W{0,4}(?:moi (?:chi tiet|thong tin)|(?:khi |neu )?can (?:trao doi|biet|lien he|them)|chi tiet"
    r"|thong tin chi tiet)"
)
#: What somebody may do, need not: "các phòng GDĐT ở xa có thể dự trực tuyến".
_MAY = re.compile(r"(?P<who>[^.;:(]{0,90}?)(?<!\w)(?:có thể|được phép)\s")
#: How an attached plan begins, and the annexes behind it.
_PLAN = pattern(r"\W{0,3}(?:ke hoach|quy che|quy dinh|de an|chuong trinh|phuong an|huong dan|noi quy)(?!\w)")
_ANNEX = pattern(r"\W{0,3}(?:phu luc|bieu|mau)(?!\w)")
_MIN_WORDS = 5
#: A bound counts where it stands among the first words of a clause; units that act stand near its start, in characters.
_EARLY, _NEAR = 9, 24
#: Clauses of a sentence are one duty up to so many words; longer ones are duties of their own.
_LONG = 45
#: A clause that only bounds what stands before it has at most so many words.
_SHORT = 14


def has_details(items: list[Item]) -> bool:
    """Tell whether a directive has a section of details ("NHIỆM VỤ CỤ THỂ")."""
    return any(item.heading and _DETAILS.search(item.joined.fold) for item in items)


def find_duties(
    document: Document,
    item: Item,
    bound: Bound,
    nlp: Language,
    skip: list[tuple[int, int]],
    *,
    detailed: bool = False,
    lead: int | None = None,
) -> list[Duty]:
    """Return the undated duties of one item: sentences that ask for something, less what dated duties cover.

    ``skip`` are the stretches of the dated duties; ``detailed``: see ``has_details``; ``lead`` is where the paragraph
    begins that leads to what is asked, see ``lead_of``.
    A sentence's clauses are one duty, unless one names other units.
    """
    contents = contents_at(item.text)
    if (item.heading and contents is None) or item.table or tells_facts(item) or lists_contents(item):
        return []
    aims, thing = tells_aims(item), tells_of_thing(item)
    if detailed and any(_FOCUS.search(folded(title)) for title in item.path):
        return []
    skip = apart(skip)
    if all(_covered(item, clause, skip) for clause in clauses_of(item)):
        return []  # segmentation is what costs most here
    verbs: list[int] = []
    if may_hold_verbs(item.text):
        doc = nlp(item.text, disable=[UNITS_COMPONENT])
        verbs = [span.start_char for span in doc.spans[VERBS]]
    found: list[Duty] = []
    carried: Group | None = None
    opens = opening_until(item, lead)
    for run in _runs(item, skip, verbs, opens, len(item.text) if contents is None else contents):
        groups = [_acts_in(item, Clause(c.start, min(c.end, c.start + 220)), c.end) for c in run]
        groups = [meant(item.joined.fold, group, bound.defined) for group in groups]
        carried = next((g for g in groups if g is not None), carried)
        whole = Clause(run[0].start, run[-1].end)
        words = item.text[whole.start : whole.end]
        if len(words.split()) < _MIN_WORDS or (
            is_noun(words) and not _ASKED_OF.match(item.joined.fold, whole.start) and not _is_ruled(item, whole, verbs)
        ):
            continue
        if not any(_is_task(item, clause, group, verbs) for clause, group in zip(run, groups, strict=True)):
            continue
        if thing and not (any(groups) and MUST.search(words)):
            continue
        if aims and not any(_is_measured(item, clause, group) for clause, group in zip(run, groups, strict=True)):
            continue
        if not item.label and not item.path and not stands_alone(item, run[0], groups[0], opens):
            continue
        named = carried if carried is not None and not carried.general else governing(item, bound.own, bound.defined)
        found.append(_duty(document, item, whole, named, bound))
    return found


def _duty(document: Document, item: Item, whole: Clause, named: Group | None, bound: Bound) -> Duty:
    """Return the duty that some clauses of an item tell ``named``, else those whom the directive binds."""
    words = item.text[whole.start : whole.end]
    actors = _unnamed(words, bound) if named is None or named.general else acting(named, bound)
    if not actors and (led := led_in(item, whole, whole.end)) is not None:
        actors = acting(led, bound)  # an office outside education leads one of ours
    actors = bound.actors if bound.school else actors
    target = _TARGET.search(words)
    start, end = item.joined.span(whole.start, whole.end)
    return Duty(
        evidence=evidence(document, start, end, "duty.verb", 0.6),
        task=_told_trouble(words) or sentence(tidy(plain(item, whole))),
        actor=actors,
        levels=ordered(levels_of(named, item, whole, bound, actors)),
        target=target.group().strip() if target else None,
        heading=item.path,
    )


def _acts_in(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the units that act in a clause, not the office that asks them: "Sở GDĐT đề nghị các đơn vị …"."""
    group = subject_before(item, clause, until)
    return None if group is not None and _ASKS_OTHERS.match(item.joined.fold, group.end) else group


def _unnamed(words: str, bound: Bound) -> tuple[str, ...]:
    """Return who does what names nobody: those whom an office writes to, and all for what is done in schools."""
    return bound.actors if not bound.first or in_schools(folded(words)) else bound.first


def _told_trouble(words: str) -> str | None:
    """Return what a closing asks in short: "Phản ánh vướng mắc về Sở GDĐT", None for other words."""
    told = _TELL_TROUBLE.search(words)
    if told is None:
        return None
    way = f"{told['way']})" if told["way"] else ""
    return sentence(f"{told['verb']} {told['what']} {told['to'].removeprefix('trực tiếp ')}{way}")


def _covered(item: Item, clause: Clause, skip: list[tuple[int, int]]) -> bool:
    """Tell whether a clause is part of a dated duty; ``skip`` are the stretches of those, in order and apart."""
    return meets(skip, *item.joined.span(clause.start, clause.end))


def _runs(item: Item, skip: list[tuple[int, int]], verbs: list[int], opens: int, contents: int) -> list[list[Clause]]:
    """Return the clauses of an item that no dated duty covers, those of one sentence together.

    An order that the opening holds begins at ``opens``; from ``contents`` on an item tells what something is made of.
    """
    runs: list[list[Clause]] = []
    last = -1
    dated = False
    for whole in clauses_of(item):
        clause = Clause(opens if whole.start < opens < whole.end else whole.start, min(whole.end, contents))
        if clause.start >= clause.end:
            break
        words = item.text[clause.start : clause.end]
        if _covered(item, clause, skip):
            last, dated = -1, True
            continue
        if dated and _BESIDES.match(item.joined.fold, clause.start) and sends(words):
            continue  # "…; đồng thời gửi bản mềm": the dated duty once more
        joined = last >= 0 and item.text[last : clause.start].startswith(";")
        if joined and _goes_on(item, clause, item.text[runs[-1][0].start : clause.end], verbs):
            runs[-1].append(clause)
        else:
            runs.append([clause])
        last, dated = clause.end, False
    return runs


def _goes_on(item: Item, clause: Clause, whole: str, verbs: list[int]) -> bool:
    """Tell whether a clause belongs to the sentence's duty: no units of its own act in it, or it only bounds them."""
    words = item.text[clause.start : clause.end]
    if _HAS_OF_IT.match(words):
        return True
    if (
        len(words.split()) <= _SHORT
        and _LIMIT.search(words)
        and not any(
            clause.start < v < clause.end and _NO_ACT.search(item.text[max(0, v - 6) : v]) is None for v in verbs
        )
    ):
        return True
    if _EACH.match(words) or _ANEW.match(item.joined.fold, clause.start) or len(whole.split()) > _LONG:
        return False
    if _is_ruled(item, clause, verbs):
        return False
    return subject_before(item, Clause(clause.start, min(clause.end, clause.start + 60)), clause.end) is None


def _is_measured(item: Item, clause: Clause, group: Group | None) -> bool:
    """Tell whether a clause among aims is to be done: units act, a measure is set, or something must or must not be."""
    words = item.text[clause.start : clause.end]
    if _TARGET.search(words) or _LIMIT.search(words):
        return True
    if MUST.search(words) or _NOT.match(words.lstrip(" -+")):
        return True
    return group is not None and not any(_WHOM.search(folded(title)) for title in item.path)


def attached_plan(items: list[Item]) -> set[int]:
    """Return where the items begin of a plan or rules that a decision attaches: their duties are its own."""
    found: set[int] = set()
    plan = False
    for item in items:
        if item.zone is not Zone.ANNEX:
            continue
        if _ANNEX.match(item.joined.fold):
            plan = False
        elif is_upper(item.text.split("(")[0]) and _PLAN.match(item.joined.fold):
            plan = True
        elif plan and not item.table:
            found.add(item.start)
    return found


def _is_task(item: Item, clause: Clause, group: Group | None, verbs: list[int]) -> bool:
    """Tell whether a clause asks for something: a verb at its start or right behind the units, or a "phải"."""
    text, fold = item.text, item.joined.fold
    words = text[clause.start : clause.end]
    if (
        _OTHERS.match(fold, clause.start)
        or _CONSISTS.match(fold, clause.start)
        or _CHARGES.search(folded(words))
        or is_decision(item, clause)
        or is_act_of_writing(item, clause, group)
        or is_closing(item.text[group.end : clause.end] if _is_in(group, clause) else words)
    ):
        return False
    if tells_trouble(words):
        return True
    may = _MAY.match(words)
    may_not = may is None or any(clause.start < v < clause.start + may.end("who") for v in verbs)
    if _CONTACT.match(fold, clause.start) or not (may_not or MUST.search(words)):
        return False
    if group is not None and item.text.startswith((" đã ", " có thể "), group.end):
        return False  # what was done, or may be
    if _ASKED_OF.match(fold, clause.start, clause.end) or _is_ruled(item, clause, verbs):
        return True
    lead = _JOINTS.match(fold, clause.start)
    starts = [lead.end() if lead else clause.start]
    manner = _MANNER.match(fold, starts[0])
    if manner is not None:
        starts.append(manner.end())
    limit = _LIMIT.search(words)
    if limit is not None and len(words[: limit.start()].split()) <= _EARLY:
        return True
    if group is not None:
        gap = _GAP.match(fold, group.end)
        starts.append(gap.end() if gap else group.end)
        if group.start - clause.start <= _NEAR and _acts_behind(text, group.end, clause.end, verbs):
            return True
    topic = _TOPIC.match(words)
    if topic is not None:
        starts.append(clause.start + topic.end())
        words = words[topic.end() :] if _EACH.match(words[topic.end() :]) else words
    each = _EACH.match(words)
    if each is not None and any(clause.start + each.end() < v <= clause.start + 90 for v in verbs):
        return True
    starts = [s for s in starts if not _EXHORTS.match(fold, s) or _TARGET.search(words)]
    if any(any(s <= v <= s + 3 for v in verbs) or _NOT.match(text, s) for s in starts):
        return True
    return bool(MUST.search(words[:160]))


def _is_ruled(item: Item, clause: Clause, verbs: list[int]) -> bool:
    """Tell whether a clause tells how a thing is to be done, by a verb and the document that says so."""
    ruled = _AS_RULED.match(item.joined.fold, clause.start, clause.end)
    return ruled is not None and any(ruled.start("thing") < v < ruled.end("thing") for v in verbs)


def _is_in(group: Group | None, clause: Clause) -> TypeGuard[Group]:
    return group is not None and clause.start <= group.start and group.end < clause.end


def _acts_behind(text: str, at: int, end: int, verbs: list[int]) -> bool:
    """Tell whether a verb follows units that are described first: "các trường trên địa bàn thị xã … ký hợp đồng"."""
    if _HAS.match(text, at):
        return False
    near = (v for v in verbs if at < v <= min(end, at + _BEHIND))
    return any(_NO_ACT.search(text[max(0, v - 6) : v]) is None for v in near)
