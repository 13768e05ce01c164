"""The opening of a directive, the order that may stand in it, and leads to what something consists of."""

from __future__ import annotations

import re

from nlp.naming.actors import Group, group_at, stands_above
from nlp.naming.recipients import sends
from nlp.page.marks import is_upper
from nlp.page.structure import Clause, Item
from nlp.page.zones import Zone
from nlp.whom.subjects import clauses_of
from nlp.words.folding import folded, pattern

_OFFICE = (
    r"(?<!\w)(?:Phòng|Sở|Bộ|Vụ|Cục|UBND|Ủy ban nhân dân|Trường|Nhà trường|Trung tâm|Thành phố|Công đoàn|BTV|Ban)"
    r"(?: (?:[\w&-]+|\([\wĐ&-]+\))){0,9}?(?<!theo) "
)
#: An office asks, or leads to what it asks: the opening of a directive ends there.
_ASKS = re.compile(
    rf"{_OFFICE}(?:đề nghị|yêu cầu|thông báo|hướng dẫn|lưu ý|tổ chức|ban hành|xây dựng|giao)(?!\w)"
    r"|^\W{0,4}(?:Kính )?(?:[Đđ]ề nghị|[Yy]êu cầu)(?!\w)"
    r"|(?:như sau|sau đây|dưới đây|nội dung sau|việc sau|cụ thể)\W*$"
)
#: What asks units to do something, where they stand behind it.
_ORDERS = re.compile(r"(?<!\w)(?:[Đđ]ề nghị|[Yy]êu cầu|hướng dẫn|giao|lưu ý)\s")
#: A lead to a list, and what an office will do itself.
_LEADS_ON = re.compile(
    r"(?:như sau|sau đây|dưới đây|(?:nội dung|việc|nhiệm vụ|vấn đề|công việc) sau|thực hiện)"
    r"\s?:?(?:\s[IVX\d]{1,3})?[.\s]*$"
    r"|(?:Phòng|Sở|Bộ)(?: [\w&]+){0,6}? sẽ (?!không)|:$"
    r"|^(?: (?:thực hiện|triển khai|quan tâm|chú ý|lưu ý)){0,2} (?:một số|các) (?:nội dung|việc|nhiệm vụ|vấn đề|điểm"
    r"|công việc)"
)
_WHY = pattern(
    r"\W{0,4}(?:can cu|thuc hien|theo|tiep theo|trien khai|nham|de(?! nghi)|qua|tren co so|sau khi|nam hoc|trong khi"
    r"|ngay|hien nay|xet|vua qua|thoi gian qua)(?!\w)"
)
#: What describes an event, or tells by which way papers go: paragraphs of their own.
_DESCRIBES = pattern(
    r"\W{0,4}(?:thanh phan|noi dung|dia diem|thoi gian|doi tuong|so luong|hinh thuc)(?: [\w,]+){0,6}\s?:"
    r"|\W{0,4}(?:(?:cac )?(?:danh sach|bao cao|van ban|bieu|ban|ho so|du thao|thong tin|y kien|tat ca)(?! can| phai)"
    r"(?: \S+){0,8}?|tat ca) (?:duoc )?(?:gui|nop|qua)(?!\w)"
)
#: What an office tells of itself: "Phòng GDĐT sẽ báo lại", "Sở GDĐT đã dự thảo".
_NEWS = re.compile(r"\s(?:sẽ|đã|không|chỉ|xin|mong|trân trọng)\s")
_TROUBLE = pattern(
    r"(?<!\w)(?:vuong mac|(?<=co )vuong(?= thi|,)|(?<!canh )(?<!vung )(?<!biet )(?<!ho )kho khan|phat sinh)(?!\w)"
)
#: With which office it is to be talked over: "Nếu có khó khăn, các đơn vị trao đổi với Văn phòng Sở".
_TALKS = pattern(
    r"(?<!\w)(?:trao doi|bao cao|phan anh|bao(?= (?:ve|cho)))(?: \w+){0,3}? (?:(?:voi|ve|cho) )?"
    r"(?:phong|so|bo|vu|cuc|ubnd|van phong|thanh tra)\s"
)
# as written: folded, "cần" is "căn" and "phải" is also "phái"
MUST = re.compile(r"(?<!\w)(?:(?<!không )phải(?! là)|cần|không được|có trách nhiệm|chịu trách nhiệm)(?!\w)", re.I)
_MANNER = r"(?:,? (?:va )?(?:dung(?: quy dinh)?|tot|nghiem(?: tuc)?|kip thoi|day du|hieu qua|theo dung|nhanh chong))"
_CLOSING = pattern(
    r"nghiem tuc (?:trien khai )?thuc hien|(?<!to chuc )trien khai,? thuc hien\W*$"
    rf"|(?:thuc hien|chap hanh){_MANNER}{{1,3}}\W*$"
    r"|quan tam (?:chi dao|trien khai)|to chuc thuc hien \w+ \w+ nay"
    r"|(?:quan tam|(?<!bien phap )phoi hop|trien khai|chi dao|(?<!ban )to chuc)(?:,? (?:va )?(?:trien khai"
    r"|phoi hop|chi dao|to chuc))?(?: thuc hien)?"
    rf"{_MANNER}{{0,3}}\W*$"
    r"|(?:trien khai|thuc hien)(?:,? (?:va )?thuc hien)?(?: (?:nghiem tuc|tot|day du|kip thoi))? (?:(?:cac|nhung) )?"
    r"(?:noi dung|yeu cau)(?: neu)? tren\W*$"
    r"|(?:trien khai|thuc hien|quan tam),? (?:thuc hien )?(?:va )?(?:(?:gui|nop) )?bao cao dung(?: \w+){0,4}\W*$"
    r"|trien khai (?:thuc hien )?(?:ngay )?(?:noi dung )?"
    r"(?:cong van|ke hoach|thong bao|van ban|huong dan) nay(?! (?:den|toi|cho) (?:cac |tung |toan |100%))"
)
#: Longer clauses say more than that something is to be carried out, in words.
_CLOSES = 22
#: What leads to what something is made of or about: "… nội dung báo cáo gồm hai phần:", "… theo các nội dung sau:".
_CONTENTS = pattern(
    r"(?:[,.;]?\s)?(?:(?:ho so|noi dung|thanh phan|tai lieu|bao cao)(?: \w+){0,4} )?(?:bao )?gom"
    r"(?: (?!sau khi)[\w ]{1,24})?\s?:$"
    r"|,? trong do,? (?:tap trung|neu ro|chu y|luu y|lam ro)(?: \w+){0,4} (?:noi dung|van de|diem)(?: \w+){0,3}\s?:$"
    r"|(?<=\w) (?:theo|ve|voi) (?:cac |mot so |nhung )?(?:noi dung|van de|tieu chi|de muc|phan)(?: \w+){0,3}\s?:$"
)
#: An article of a decision sets rules, whatever they are made of; what it approves or sets up is its own act.
_ARTICLE = pattern(r"dieu \d{1,3}[.:]")
_DECIDES = pattern(
    r"\W{0,4}(?:phe duyet|ban hanh|thanh lap|cong nhan|cong bo|kien toan|bai bo|tang|bo nhiem|thu hoi)(?!\w)"
)
#: Headings over what a thing is, over faults that were found.
_OF_THING = pattern(
    r"\W{0,3}(?:\d{1,2}(?:\.\d{1,2})?[.)]?\s|[a-z]\)\s|[-+*]\s)?(?:ve\s)?(?:dinh huong\s)?"
    r"(?:(?:noi dung(?=\s?:| (?:hop|hoi nghi|cuoc hop|bao cao|bai|du thi|thi)(?!\w))|hinh thuc|doi tuong|thanh phan"
    r"|chu de|the le|tieu chuan|dieu kien|ho so|co cau giai(?: thuong)?|the thuc)"
    r"(?:,? (?:va )?|(?: (?!thuc hien|cong viec|nhiem vu|trong tam|va|cong tac|trien khai|chu yeu|giao duc)\w+){0,8}"
    r"\W{0,3}$)){1,4}$"
)
_FAULTS = pattern(
    r"(?<!\w)(?:mot so|cac|nhung|con) (?:loi|sai sot|ton tai|thieu sot|khuyet diem|han che)(?! ich)(?!\w)"
)
_MENDED = pattern(r"(?<!chua duoc )(?<!chua )(?:khac phuc|chan chinh|xu ly|sua chua|tranh|han che)(?: \w+){0,2}?\s$")
#: What the office does by writing: "Sở ban hành khung … (kèm theo công văn này)".
_BY_WRITING = pattern(r"(?<!\w)kem theo (?:cong van|van ban|huong dan|ke hoach|quyet dinh|thong bao) nay(?!\w)")
_NOUN = re.compile(
    r"\W{0,4}(?:Việc|Những|Công tác|Các biện pháp)\s(?!.*(?:thực hiện|bảo đảm|đảm bảo|không|được|do|triển khai)\s)"
)
_ABOUT = pattern(r"(?<!\w)(?:bao cao|kiem tra|danh gia|thong ke|gop y|gom|trong do)(?!\w)")


def is_closing(words: str) -> bool:
    """Tell whether a clause asks only that the directive be carried out: "… nghiêm túc triển khai thực hiện."."""
    return len(words.split()) < _CLOSES and _CLOSING.search(folded(words)) is not None


def tells_trouble(words: str) -> bool:
    """Tell whether words say to whom trouble is to be told."""
    fold = folded(words)
    return _TROUBLE.search(fold) is not None and (bool(sends(words)) or _TALKS.search(fold) is not None)


def contents_at(words: str) -> int | None:
    """Return where words begin that lead to what something is made of or about, None where none do."""
    fold = folded(words).rstrip()
    found = _CONTENTS.search(fold) if fold.endswith(":") and _ARTICLE.match(fold) is None else None
    return found.start() if found is not None and _ABOUT.search(fold, 0, len(fold)) else None


def is_decision(item: Item, clause: Clause) -> bool:
    """Tell whether a clause is what a decision itself does: "Điều 1. Phê duyệt Kế hoạch …"."""
    article = item.label or (item.path[-1] if item.path else "")
    first = clause.start == len(item.label) and _ARTICLE.fullmatch(folded(article.strip())) is not None
    return first and _DECIDES.match(item.joined.fold, clause.start) is not None


def lists_contents(item: Item) -> bool:
    """Tell whether an item stands under what leads to no duty: what a thing is made of, what went wrong."""
    if not item.above:
        return False
    title = item.above[-1]
    fold = folded(title).rstrip(" :.")
    faults = _FAULTS.finditer(fold) if title.rstrip().endswith(":") else ()
    if any(_MENDED.search(fold, max(0, m.start() - 24), m.start()) is None for m in faults):
        return True
    return bool(item.label) and contents_at(title) is not None


def tells_of_thing(item: Item) -> bool:
    """Tell whether an item stands under what a thing is: "Hình thức", "Đối tượng, điều kiện", "Nội dung họp"."""
    title = item.path[-1] if item.path else ""
    fold = folded(title).rstrip(" :.") + (":" if title.rstrip().endswith(":") else "")
    return bool(title) and not is_upper(title) and _OF_THING.match(fold) is not None


def is_act_of_writing(item: Item, clause: Clause, group: Group | None) -> bool:
    """Tell whether a clause tells what the office that writes does by it: "Sở ban hành … (kèm theo công văn này)"."""
    by = _BY_WRITING.search(item.joined.fold, clause.start, clause.end)
    return by is not None and group is not None and stands_above(group)


def is_noun(words: str) -> bool:
    """Tell whether words only name a thing: "Việc đổi mới công tác thi, kiểm tra; …"."""
    return _NOUN.match(words) is not None and MUST.search(words) is None


def lead_of(items: list[Item]) -> int | None:
    """Return where the paragraph begins that leads to what a directive asks: "…, Sở GDĐT đề nghị các đơn vị …".

    It is the last before the first label or heading that tells why something is asked, else the first that asks.
    """
    plain = [item for item in items if item.zone is Zone.BODY and not item.label]
    asks = [item for item in plain if _ASKS.search(item.text)]
    opening = [item for item in asks if not item.path and _WHY.match(item.joined.fold) is not None]
    return opening[-1].start if opening else asks[0].start if asks else None


def opening_until(item: Item, lead: int | None) -> int:
    """Return where the opening of a directive ends in an item: what stands before only tells why.

    An order may stand in the sentence that tells why: "Thực hiện Kế hoạch …, Sở GDĐT yêu cầu các trường rà soát …".
    """
    why = _WHY.match(item.joined.fold) is not None
    if lead is None:
        return len(item.text) if why else 0
    if item.start < lead:
        return len(item.text)
    for clause in clauses_of(item) if why or item.start == lead else ():
        asked = _ASKS.search(item.text, clause.start, clause.end)
        if asked is None:
            continue
        order = _order_at(item, clause, asked.start())
        if order is not None:
            return order
        if not item.text.startswith(";", clause.end):
            return clause.end if item.text[: asked.start()].strip(" -") else 0
    return len(item.text) if item.start == lead else 0


def _order_at(item: Item, clause: Clause, start: int) -> int | None:
    """Return where an order to units begins in a clause that says more than to carry something out."""
    for ask in _ORDERS.finditer(item.text, start, clause.end):
        group = group_at(item.text, item.joined.fold, ask.end())
        if group is None or group.end >= clause.end:
            continue
        contents = contents_at(item.text)
        rest = item.text[group.end : clause.end if contents is None else contents]
        return None if _LEADS_ON.search(rest) or is_closing(rest) else ask.start()
    return None


def stands_alone(item: Item, clause: Clause, group: Group | None, opens: int) -> bool:
    """Tell whether a paragraph under no heading asks for something.

    Behind the opening, which ends at ``opens``, all may that does not tell what the office itself will do; else only
    what units must, or whom to tell of trouble.
    """
    words, fold = item.text[clause.start : clause.end], item.joined.fold
    leads = _LEADS_ON.search(words) or (_WHY.match(fold, clause.start) and _ASKS.search(words))
    news = group is not None and stands_above(group) and _NEWS.match(item.text, group.end)
    if clause.start >= opens and not (leads or news or _DESCRIBES.match(fold, clause.start)):
        return True
    return tells_trouble(words) or (group is not None and not leads and bool(MUST.search(words)))
