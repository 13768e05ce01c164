"""Units that act behind something else: behind a condition, in the passive, behind what they deal with."""

from __future__ import annotations

from nlp.naming.actors import Group, group_at, in_turn, is_office, is_outside
from nlp.page.structure import Clause, Item
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

#: How units begin that may act behind something: one list for all such places; ``group_at`` tells what they are.
UNITS = (
    r"(?:(?:cac |moi |tung )?(?:phong (?=gd|giao duc|van hoa|ql|td|tc|kh|ct|to chuc"
    r"|(?:gui|nop|trinh|tong hop|cham|tham dinh|duyet|chuyen) )|so (?=gd|giao duc)"
    r"|(?<!khan )(?<!chu )(?<!hien )truong (?!hop)|trung tam|co so|nha truong|hieu truong)"
    r"|thu truong|(?:chu tich )?(?:cac )?ubnd|uy ban nhan dan|van phong so|thanh tra so|cac don vi)"
)
#: Who acts where something else holds: "Cơ sở nào chưa đủ điều kiện thì Phòng GDĐT tham mưu …".
_THEN = pattern(rf",?\sthi\s(?=(?:{UNITS}|don vi|moi don vi))")
#: The same behind a comma: "…; em nào chưa có mã định danh, trường tiểu học báo …", "Nơi nào chưa đạt, phòng GDĐT …".
_WHICHEVER = pattern(
    r"\W{0,4}(?:(?:nhung|cac|con|rieng|voi|doi voi)\s){0,2}(?:tre|em|chau|hoc sinh|hoc vien|thi sinh"
    r"|giao vien|can bo|ho so|bai|lop|truong hop|giay to|noi dung|mon|thiet bi"
    r"|noi|don vi|co so|truong|diem truong|trung tam|xa|phuong|huyen|dia phuong)(?: \w+){0,2} nao"
    r" (?:\w+ ){1,9}?\w+,\s(?:thi\s)?"
    rf"(?={UNITS})"
)
#: What follows from what a clause tells first: "Tác giả phải trình bày, vì vậy trường có tác giả báo tên đề tài".
_SO = pattern(rf"(?<=, )(?:(?:vi vay|vi the|do do|do vay|boi vay|cho nen),?|nen)\s(?=(?:{UNITS}|cac don vi))")
#: Whose work something is, in the passive: "Số liệu do các trường nhập trên hệ thống".
_DONE_BY = pattern(rf"\W{{0,4}}(?:[^\W\d]\w*\s|(?<=lop )\d{{1,2}}\s|(?<=khoi )\d{{1,2}}\s){{1,12}}?do\s(?={UNITS})")
_BY = pattern(rf"(?:\s?\([^()]{{1,60}}\))?,?\s(?:thi\s)?do\s(?={UNITS})")
#: The same of people, told by what they teach: "Giáo viên dạy lớp 4 do phòng GDĐT tập huấn".
_PEOPLE_BY = pattern(
    r"\W{0,4}(?:cac )?(?:giao vien|can bo|nhan vien|hoc vien|hoc sinh|doi ngu)(?: (?:se|dang|moi|duoc phan cong))?"
    r"(?: (?:day|phu trach|chu nhiem|coi thi|cham thi)(?: (?:lop|khoi|mon|tieng))?(?: \w+){0,4}?)?"
    rf" do\s(?={UNITS})"
)
#: What units deal with, told before them: "Kết luận kiểm tra Sở GDĐT gửi trường …", "Minh chứng các trường lưu …".
_MATTER_FIRST = pattern(
    r"\W{0,4}(?:(?:toan bo|cac|moi)\s)?(?:ket luan|ket qua|minh chung|ho so|danh sach|bien ban|so lieu|phieu"
    r"|bai (?:thi|lam|du thi)|de (?:thi|kiem tra)|du lieu|giay (?:chung nhan|bao|moi)|chung chi|van bang|thiet bi"
    r"|phuong an|thong bao|hoc ba)"
    r"(?:\s(?:(?!(?:cua|ve|cho|tai|tu|den|do|gui|nop|doi|voi|theo|trong|va|duoc|len|de)\s)[^\W\d]\w*"
    r"|(?<=lop )\d{1,2}|(?<=khoi )\d{1,2})){0,6}?\s"
    rf"(?={UNITS})"
)
#: Of which classes or level something is, told before who does it: "lớp 9 phòng GDĐT chấm …, lớp 5 các trường tự chấm".
_OF_LEVEL = pattern(
    r"(?:(?:khoi|lop|khoi lop) \d{1,2}(?:(?:,| va|-)(?: (?:khoi|lop))? ?\d{1,2}){0,4}"
    r"|(?:cap|bac|khoi)(?: hoc)? (?:mam non|tieu hoc|thcs|thpt))"
    rf",?\s(?:thi\s)?(?={UNITS})"
)
_LABEL_END = pattern(r":\s{1,2}(?=(?:khoi|lop|cap|bac) )")
_ASIDE = pattern(r"\s\([^()]{2,80}\)")
_ITSELF = pattern(r"\s(?:tu|se|truc tiep|chu dong)(?=\s)")
#: What is only ruled: "Hồ sơ do trung tâm quản lý", "kinh phí do đơn vị tự chi trả".
_BY_RULE = pattern(
    r"(?:tu )?(?:quan ly|luu|chi(?! dao)|to chuc|chu tri|dam bao|bao dam|quyet dinh|quy dinh|chiu|cap)(?!\w)"
)
#: Units that may act behind what they deal with, and what stands before units that do not.
_THING = pattern(
    r"\W{0,4}(?:cong bo ket qua: )?(?P<scrap>(?!))?"
    r"(?:(?:rieng|va|con|ca|toan bo|cac|nhung|moi|\d{1,2})\s){0,2}(?:danh sach|so lieu|ket qua"
    r"|ho so|bai|san pham|lich|ma tran|dap an"
    r"|ke hoach|du lieu|thong tin|van ban|bien ban|bao cao|de (?:thi|xuat)|phieu|chung tu|viec|noi dung|kinh phi"
    r"|nhu cau|vi pham|su co|kho khan|sai sot|thieu sot|vuong mac|thac mac|kien nghi(?! voi)|khieu nai"
    r"|ban|tai lieu|don(?! doc)|mau|giay|hinh thuc|thu tuc|du toan|quyet toan|thoi gian)(?!\w)"
)
#: Papers whose name folds like a verb's: "danh sách" (dành).
_LISTED = pattern(r"danh (?:sach|muc)(?!\w)")
#: A few words before a comma, what is left of a sentence that a page cut: "Tết, các trường vận động …".
_SCRAP = pattern(r"\W{0,4}(?P<scrap>)(?:\w+\s){0,5}\w+,\s(?=cac )")
#: Words that open a clause before a commune or a Sở's department and no act: "Phôi bằng hỏng UBND xã lập …".
_NOUNS = pattern(
    r"\W{0,4}(?P<scrap>)(?=(?:[^\W\d]\w*,?\s){2,14}?(?:cac )?"
    r"(?:ubnd|phong (?:van hoa|ql|td|tc|kh|ct)|van phong so)(?!\w))"
)
#: For which classes units do something, and what joins the next units to them.
_FOR_CLASSES = pattern(
    r"\s\(?(?:doi voi|o|voi) (?:(?:hoc sinh|hoc vien|hs|tre)(?: (?:cac|cua))? ?)?(?:(?:cac )?(?:khoi|lop) )?(?:lop )?"
    r"(?:cuoi cap|[5-9]|1[0-2]|[1-4]|\d tuoi)(?:(?:, | va |-)(?:lop )?\d{1,2}){0,4}\)?"
    rf"(?P<joint>(?:, (?:va |cac )?|; | va )?(?={UNITS}|trung tam|cac trung tam)|)"
)
_MAY_ACT = pattern(
    rf"(?:(?<=\w\s)|(?<=\w,\s))(?:{UNITS}|don vi|btc|bgk|ban (?:to chuc|giam khao)|hoi dong|giao vien chu nhiem|gvcn)"
)
_NOT_BY = pattern(
    r"(?<!\w)(?:cua|cho|voi|tai|o|tu|den|ve|qua|bang|theo|trong|va|giua|thuoc|ho tro|giup|chi dao|huong dan|don doc"
    r"|yeu cau"
    r"|de nghi|giao|cung|kiem tra|gui|nop|trinh|doi voi|bao cao|moi|hoac|hay|boi|do|la|de|tap huan|bao dam|dam bao|goi"
    r"|(?<!lop )(?<!khoi )(?<!mon )tren)\s$"
)
#: How far behind such words units may stand, in characters.
_NEAR = 200
#: So many words may tell which of the units do it: "trường nơi đi ký số", "hiệu trưởng trường tiếp nhận kiểm tra".
_WHICH = 4


def behind_condition(text: str, fold: str, clause: Clause, until: int) -> list[int]:
    """Return where units stand behind "thì" and do something: "Cơ sở nào chưa đủ điều kiện thì Phòng GDĐT tham mưu
    …", "Học sinh chuyển trường thì trường nơi đi ký số …"; not behind "thi", which folds alike."""
    if (so := _SO.search(fold, clause.start, until)) is not None and _act(text, fold, so.end()):
        return [so.end()]
    whichever = _WHICHEVER.match(fold, clause.start, until)
    at = [whichever.end()] if whichever is not None and _act(text, fold, whichever.end()) else []
    return at + [
        then.end()
        for then in _THEN.finditer(fold, clause.start, until)
        if text[then.start() : then.end()].lower().rstrip().endswith("thì") and _act(text, fold, then.end())
    ]


def _act(text: str, fold: str, at: int) -> bool:
    """Tell whether units at an offset do something, also behind a few words that tell which of them."""
    group = group_at(text, fold, at)
    end = group.end if group is not None else -1
    for _ in range(_WHICH + 1 if group is not None else 0):
        if opens_with_verb(fold, end + 1):
            return True
        following = fold.find(" ", end + 1)
        if following < 0 or any(mark in fold[end:following] for mark in ",;:.("):
            return False
        end = following
    return False


def done_by(text: str, fold: str, clause: Clause, until: int) -> set[int]:
    """Return where units stand by whom what a clause opens with is done, none where it opens with an act."""
    matter = _MATTER_FIRST.match(fold, clause.start, until)
    if matter is not None:
        return {matter.end()}
    if of_levels := _behind_levels(text, fold, clause, until):
        return of_levels
    bare = clause.start + len(fold[clause.start : until]) - len(fold[clause.start : until].lstrip(" -+*"))
    opening = group_at(text, fold, bare)  # "Hiệu trưởng trường trực thuộc do Sở GDĐT đánh giá"
    done = _BY.match(fold, opening.end, until) if opening is not None else _DONE_BY.match(fold, clause.start, until)
    if (people := _PEOPLE_BY.match(fold, clause.start, until)) is not None:
        return {people.end()}
    acts = opens_with_verb(fold, bare) and _LISTED.match(fold, bare) is None
    return set() if done is None or acts else {done.end()}


def _behind_levels(text: str, fold: str, clause: Clause, until: int) -> set[int]:
    """Return where units stand that do something right behind its classes or level, at the head of a clause or behind
    a colon."""
    starts = [clause.start, *(m.end() for m in _LABEL_END.finditer(fold, clause.start, until))]
    found = (_OF_LEVEL.match(fold, _bare(fold, at), until) for at in starts)
    return {m.end() for m in found if m is not None and acts_itself(text, fold, m.end())}


def _bare(fold: str, at: int) -> int:
    return at + len(fold[at : at + 8]) - len(fold[at : at + 8].lstrip(" -+*"))


def acts_itself(text: str, fold: str, at: int) -> bool:
    """Tell whether units at an offset do something, also "tự" or "trực tiếp"."""
    group = group_at(text, fold, at)
    if group is None:
        return False
    aside = _ASIDE.match(fold, group.end)  # "do các trường THCS (kể cả trường tư thục) tổ chức"
    end = aside.end() if aside is not None else group.end
    itself = _ITSELF.match(fold, end)
    return opens_with_verb(fold, (itself.end() if itself is not None else end) + 1)


def is_only_ruled(fold: str, at: int) -> bool:
    """Tell whether a verb at ``at`` says who is in charge, and asks nothing: "hồ sơ do trung tâm quản lý"."""
    return _BY_RULE.match(fold, at) is not None


def in_middle(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the units that stand behind what they deal with: "danh sách học sinh dự thi các trường gửi về"
    " Phòng …", "Phôi bằng hỏng UBND xã lập biên bản hủy"."""
    text, fold = item.text, item.joined.fold
    thing = _THING.match(fold, clause.start, until) or _SCRAP.match(fold, clause.start, until)
    thing = thing or _NOUNS.match(fold, clause.start, until)
    if item.table or thing is None or (thing["scrap"] is not None and opens_with_verb(fold, thing.start("scrap"))):
        return None
    begin = thing.end()
    for match in _MAY_ACT.finditer(fold, begin, min(until, begin + _NEAR)):
        if _NOT_BY.search(fold, max(begin, match.start() - 14), match.start()) or in_brackets(
            text, begin, match.start()
        ):
            continue
        group = group_at(text, fold, match.start())
        if group is not None and group.end < until and opens_with_verb(fold, group.end + 1):
            return group
    return None


def each_for_classes(item: Item, first: Group, until: int) -> Group:
    """Return all units in a row that a clause opens with, each with the classes for which it does what follows:
    "Các trường THCS đối với lớp 9, trường THPT và trung tâm GDTX đối với lớp 12 hoàn thành …"."""
    fold, found = item.joined.fold, [first]
    if is_outside(first):
        return first
    while (joint := _FOR_CLASSES.match(fold, found[-1].end, until)) is not None and joint["joint"]:
        group = group_at(item.text, fold, joint.end())
        if group is None or group.end > until or is_office(group) or is_outside(group):
            break
        found.append(group)
    last = _FOR_CLASSES.match(fold, found[-1].end, until)
    end = last.start("joint") if last is not None else found[-1].end
    return in_turn(found) if len(found) > 1 and opens_with_verb(fold, end + 1) else first


def in_brackets(text: str, start: int, at: int) -> bool:
    """Tell whether a bracket that opened shortly before ``at`` is still open there."""
    lo = max(start, at - 160)
    return text.count("(", lo, at) > text.count(")", lo, at) and ")" in text[at : at + 160]
