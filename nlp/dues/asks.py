"""Whether a clause asks for something: a task's verb at its start or behind the units, a "phải", a measure."""

from __future__ import annotations

import re
from typing import TypeGuard

from nlp.dues.idle import asks_nothing
from nlp.dues.implied import is_implied
from nlp.naming.actors import Group
from nlp.page.structure import Clause, Item
from nlp.whom.openings import MUST, is_act_of_writing, is_closing, is_decision, tells_trouble
from nlp.words.folding import folded, pattern
from nlp.words.verbs import is_written_verb

TARGET = re.compile(
    r"(?:(?:tối thiểu|ít nhất|trên|từ|đạt|khoảng)\s)?\d{1,3}(?:[.,]\d{1,2})?\s?%|"
    r"\d{1,3}\s(?:học sinh|giáo viên|học viên)/\s?\d{1,2}\s(?:máy(?: tính)?|lớp|phòng)"
    r"|mức độ \d(?:,?\s(?:và\s)?mức độ \d)*|(?:ít nhất|tối thiểu)\s\d{1,4}\s\w+(?:\s\w+){0,3}"
)
NOT = re.compile(r"(?:tuyệt đối |nghiêm túc |chỉ )?không\s(?!có(?!\w)|phải|chỉ|những|còn|bị)", re.I)
#: Whom a measure binds one by one: "mỗi trường chọn …", "ít nhất 60 % trường THCS đo …".
EACH = re.compile(r"\W{0,4}(?:mỗi|tất cả|toàn bộ|\d{1,3}\s?%|(?:ít nhất|tối thiểu)\s\d)", re.I)
#: A bound that is set for something: "tỷ lệ giải không quá 60 %", "mỗi lớp không quá 30 học viên".
LIMIT = re.compile(
    r"(?:không quá|tối đa|không vượt quá|không thấp hơn|không dưới|ít nhất|tối thiểu)\s(?:\d|một|hai)", re.I
)
_WHOM = pattern(r"(?<!\w)(?:doi tuong|pham vi)(?!\w)")
#: Words that only join a clause to what stands before it.
_JOINTS = pattern(r"\W{0,4}(?:(?:dong thoi|ngoai ra|ben canh do|sau do|hang nam|rieng)\W{1,3}){0,2}")
#: How something is done, before what is done: "Chủ động xây dựng …", "Khẩn trương rà soát …".
_MANNER = pattern(
    r"(?:(?:chu dong|khan truong|kip thoi|tich cuc|truc tiep|nghiem tuc|thuong xuyen|dinh ky|khong ngung"
    r"|tap trung|quan tam|phoi hop chat che)(?:,? (?:va )?)){1,2}(?=\w)"
)
_ONLY = re.compile(r"\s(?:chỉ|đều|cùng)\s(?=\w)")
#: For whom or when something is to be done, before its verb: "Đối với lớp buổi tối, bố trí lịch phù hợp".
_FOR_OR_WHEN = re.compile(
    r"\W{0,4}(?:Riêng )?(?:đối với|với|trong|khi|nếu|sau|trước|trường hợp|ngoài|tại|ở)\s[^,;:.]{3,90},\s(?=\w)", re.I
)
_BUT = re.compile(r"[,;]?\s(?:nhưng|song|chỉ(?! đạo| tiêu| thị)|tuy nhiên)\s")
_GIVES = re.compile(r"\s(?:cấp|ban hành|quản lý|ký|phát hành|thành lập|công nhận|tổ chức|phê duyệt)(?!\w)")
_IS_CALLED = re.compile(r"\((?:sau đây )?(?:gọi|viết)(?: chung| tắt)?(?: là)?:? [^()]{2,60}\)[\s.;]*$")
#: So many of something each, within bounds: "Mỗi đội có từ 12 đến 20 em".
_BETWEEN = re.compile(
    r"\W{0,4}Mỗi (?!huyện|xã|tỉnh|phường|thôn|năm|cụm)(?:\S+ ){1,4}?(?:có|gồm) (?:từ )?\d{1,3} (?:đến|-) \d", re.I
)
#: What is aimed at, told of a share: "Tỷ lệ tuyển vào GDTX phấn đấu đạt 15%".
_AIMED = re.compile(r"(?<!\w)phấn đấu (?:đạt|có|từ|trên)?\s?(?:tối thiểu |ít nhất |trên )?\d{1,3}(?:[.,]\d)?\s?%", re.I)
_HAS = re.compile(r"\s?(?:có|gồm)\s(?:một|hai|ba|\d)")
#: What stands between units and what they do.
_GAP = pattern(r"\s?[:,]?\s{0,2}(?:can(?! cu)|phai|tiep tuc|chu dong|tich cuc)?\s{0,2}")
_BEHIND = 110
NO_ACT = re.compile(r"(?:được|đã|để|việc|bị|về|của|các|và)\s$")
_TOPIC = re.compile(r"[^:;.]{3,70}:\s(?=\S)")
#: What exhorts without a thing to do, at a clause's start.
_EXHORTS = pattern(
    r"\W{0,4}(?:(?:tiep tuc|thuong xuyen|tich cuc|chu dong)\s)?(?:nang cao|khuyen khich|phan dau|quan tam|chu trong"
    r"|nghiem tuc|phat huy|doi moi|quan triet|day manh|lam tot|lam cho|giu vung|gan (?:cong tac|viec|gio|bai|hoat dong)"
    r"|thuc hien (?:co )?hieu qua|tang cuong\s(?:cac\s|cong tac\s|huy dong\s)?"
    r"(?:thong tin|tuyen truyen|nguon luc|xa hoi hoa|nhan thuc|vai tro|lanh dao|trach nhiem|hieu qua|ung dung)"
    r"|bao dam moi|dam bao moi|phoi hop co hieu qua|phoi hop chat che)(?!\w)"
)
_WITH_DOCUMENT = re.compile(r"(?:số|Thông tư|Nghị định|Quyết định) \d")
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
ASKED_OF = pattern(
    r"\W{0,4}(?:(?:viec|cong tac) (?:\S+\s){1,22}?(?:duoc )?(?:(?:thuc hien|ap dung|tuan thu|tien hanh)\s"
    r"(?:(?:theo|dung)(?: dung)? (?:quy (?:dinh|chuan|che|trinh)|huong dan|trinh tu|luat)|tren he thong)"
    r"|tuan (?:thu|theo)\s(?:cac )?(?:quy (?:dinh|chuan|che|trinh)|huong dan|trinh tu))"
    r"|(?:\S+\s){2,14}?duoc (?:quan ly|giu nguyen|luu tru|bao quan|boi duong)\s(?:bang|theo|tren|qua|khi|tai)\s)"
)
#: What is to be done as a document says: "Học bạ thực hiện theo Thông tư số 27/2020/TT-BGDĐT"; not what it costs, what
#: else there is, what befalls whoever does otherwise.
_AS_RULED = pattern(
    r"\W{0,4}(?!can cu|thuc hien|quyet dinh"
    r"|(?:cac |nhung )?(?:muc|kinh phi|(?:le )?phi|mau|doi tuong|tieu chuan|noi dung)(?!\w))"
    r"(?P<thing>(?:(?!bi (?:xu|tru|phat|dinh)|van (?!thuc hien|ap dung|lam )|vao |se )\S+\s){2,24}?)"
    r"(?:(?<!kem )(?<!luc )theo (?:dung )?|(?P<kept>(?:bao|dam) dam (?:theo |dung )?|tuan (?:thu|theo) )"
    r"(?=(?:quy dinh|yeu cau|tieu chuan) ))"
    r"(?:(?:quy (?:dinh|chuan)|huong dan|yeu cau|muc|khung|tieu chuan) (?:(?:tai|cua|trong|o)|ban hanh kem theo) )?"
    r"(?:(?:khoan|dieu|diem) \S+ (?:\S+ ){0,6})?"
    r"(?:thong tu(?: lien tich)?|ttlt|tt|nghi dinh|nd|quyet dinh|qd|luat|cong van|chi thi|nghi quyet|huong dan"
    r"|ke hoach) (?:so )?\d"
)
#: Whom to ask is nothing to do: "Mọi chi tiết xin liên hệ …".
_CONTACT = pattern(
    r"\W{0,4}(?:(?:trong qua trinh [^,]{3,40}, )?(?:neu )?co (?:dieu |van de |noi dung )?(?:gi )?(?:nao )?chua ro"
    r"|(?:dieu|van de|noi dung) (?:gi|nao) chua ro|moi (?:chi tiet|thong tin)"
    r"|(?:khi |neu )?can (?:trao doi|biet|lien he|them)|chi tiet|thong tin chi tiet)"
)
#: What somebody may do, need not: "các phòng GDĐT ở xa có thể dự trực tuyến".
_MAY = re.compile(r"(?P<who>[^.;:(]{0,90}?)(?<!\w)(?:có thể|được phép)\s")
#: A bound counts where it stands among the first words of a clause; units that act stand near its start, in characters.
_EARLY, _NEAR = 9, 24


def asks(item: Item, clause: Clause, group: Group | None, verbs: set[int]) -> bool:
    """Tell whether a clause asks for something: a verb at its start or right behind the units, or a "phải"."""
    fold = item.joined.fold
    if tells_trouble(item.text[clause.start : clause.end]):
        return True
    if _asks_not(item, clause, group, verbs):
        return False
    if ASKED_OF.match(fold, clause.start, clause.end) or is_ruled(item, clause, verbs) or is_implied(item, clause):
        return True
    return _opens_so(item, clause, group, verbs)


def _asks_not(item: Item, clause: Clause, group: Group | None, verbs: set[int]) -> bool:
    """Tell whether a clause is something else: a title, an act of the directive itself, a closing, what may be done."""
    fold, words = item.joined.fold, item.text[clause.start : clause.end]
    if (
        _OTHERS.match(fold, clause.start)
        or _CONSISTS.match(fold, clause.start)
        or _CHARGES.search(folded(words))
        or is_decision(item, clause)
        or is_act_of_writing(item, clause, group)
        or is_closing(item.text[group.end : clause.end] if _is_in(group, clause) else words)
        or asks_nothing(words)
        or _CONTACT.match(fold, clause.start)
    ):
        return True
    may = _MAY.match(words)
    may_not = may is None or any(clause.start < v < clause.start + may.end("who") for v in verbs)
    if not (may_not or MUST.search(words)):
        return True
    if _IS_CALLED.search(words) is not None and words.rstrip(" .;").endswith(")"):
        return True  # "Các trường do Phòng GDĐT quản lý (sau đây gọi là trường thuộc huyện)"
    if group is not None and item.text.startswith((" không phải ", " không cần "), group.end):
        return _BUT.search(item.text, group.end, clause.end) is None  # what need not be done
    return group is not None and item.text.startswith((" đã ", " có thể "), group.end)  # what was done, or may be


def _opens_so(item: Item, clause: Clause, group: Group | None, verbs: set[int]) -> bool:
    """Tell whether a verb of a task opens a clause or follows its units, a measure stands early, or it says "phải"."""
    text, fold = item.text, item.joined.fold
    words = text[clause.start : clause.end]
    lead = _JOINTS.match(fold, clause.start)
    starts = [lead.end() if lead else clause.start]
    manner = _MANNER.match(fold, starts[0])
    if manner is not None:
        starts.append(manner.end())
    opener = _FOR_OR_WHEN.match(text, clause.start, clause.end)
    if opener is not None:
        starts.append(opener.end())
    if _BETWEEN.match(words) or _AIMED.search(words):
        return True
    limit = LIMIT.search(words)
    if limit is not None and len(words[: limit.start()].split()) <= _EARLY:
        return True
    if group is not None and _GIVES.match(text, group.end) is not None and text.endswith("do ", 0, group.start):
        group = None  # "Văn bằng do Giám đốc Sở cấp từ năm 2010": which of them
    if group is not None:
        gap = _GAP.match(fold, group.end)
        starts.append(gap.end() if gap else group.end)
        only = _ONLY.match(text, group.end)
        starts += [only.end()] if only is not None else []
        if group.start - clause.start <= _NEAR and _acts_behind(text, group.end, clause.end, verbs):
            return True
    topic = _TOPIC.match(words)
    if topic is not None:
        starts.append(clause.start + topic.end())
        words = words[topic.end() :] if EACH.match(words[topic.end() :]) else words
    each = EACH.match(words)
    if each is not None and any(clause.start + each.end() < v <= clause.start + 90 for v in verbs):
        return True
    starts = [s for s in starts if not _only_exhorts(item, s) or TARGET.search(words)]
    if any(any(s <= v <= s + 3 for v in verbs) or NOT.match(text, s) or is_written_verb(text, s) for s in starts):
        return True
    return bool(MUST.search(words[:160]))


def exhorts(item: Item, run: list[Clause]) -> bool:
    """Tell whether a sentence only exhorts: "Đẩy mạnh tuyên truyền …; vận động các tổ chức chung tay …"."""
    lead = _JOINTS.match(item.joined.fold, run[0].start)
    first = _EXHORTS.match(item.joined.fold, lead.end() if lead else run[0].start)
    words = item.text[run[0].start : run[-1].end]
    if first is None or first.group().endswith("quan triet") or not _only_exhorts(item, first.start()):
        return False  # "Quán triệt Kế hoạch này tới …"
    if TARGET.search(words) or LIMIT.search(words) or _WITH_DOCUMENT.search(words):
        return False
    return not any(_orders(item.text[clause.start : clause.end]) for clause in run)


def _only_exhorts(item: Item, start: int) -> bool:
    """Tell whether words that exhort begin at ``start``, no "Quan tâm bố trí kinh phí …"."""
    found = _EXHORTS.match(item.joined.fold, start)
    cares = found is not None and found.group().endswith("quan tam") and is_written_verb(item.text, found.end())
    return found is not None and not cares


def _orders(words: str) -> bool:
    return MUST.search(words) is not None or NOT.match(words.lstrip(" -+")) is not None


def is_measured(item: Item, clause: Clause, group: Group | None) -> bool:
    """Tell whether a clause among aims is to be done: units act, a measure is set, or something must or must not be."""
    words = item.text[clause.start : clause.end]
    if TARGET.search(words) or LIMIT.search(words):
        return True
    if MUST.search(words) or NOT.match(words.lstrip(" -+")):
        return True
    return group is not None and not any(_WHOM.search(folded(title)) for title in item.path)


def is_ruled(item: Item, clause: Clause, verbs: set[int]) -> bool:
    """Tell whether a clause tells how a thing is to be done, by a verb and the document that says so."""
    ruled = _AS_RULED.match(item.joined.fold, clause.start, clause.end)
    if ruled is None:
        return False
    return bool(ruled["kept"]) or any(ruled.start("thing") < v < ruled.end("thing") for v in verbs)


def _is_in(group: Group | None, clause: Clause) -> TypeGuard[Group]:
    return group is not None and clause.start <= group.start and group.end < clause.end


def _acts_behind(text: str, at: int, end: int, verbs: set[int]) -> bool:
    """Tell whether a verb follows units that are described first: "các trường trên địa bàn thị xã … ký hợp đồng"."""
    if _HAS.match(text, at):
        return False
    near = (v for v in verbs if at < v <= min(end, at + _BEHIND))
    return any(NO_ACT.search(text[max(0, v - 6) : v]) is None for v in near)
