"""Who a clause speaks of: the units at its start, behind "đề nghị", behind "đối với", or in the headings above."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Actor
from corpus.text import LOWER, UPPER
from nlp.naming.actors import Group, group_at, groups_in, is_office, is_outside, level_group
from nlp.naming.levelnames import in_order
from nlp.page.structure import Clause, Item
from nlp.whom.alongside import alongside
from nlp.whom.behind import (
    acts_itself,
    behind_condition,
    done_by,
    each_for_classes,
    in_brackets,
    in_middle,
    is_only_ruled,
)
from nlp.whom.doers import doer
from nlp.whom.led import LEADING
from nlp.whom.rowunits import DONE, units_in_row
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

_CLAUSE = re.compile(
    rf";\s{{1,3}}|(?<=[^\s.A-ZĐ\d][.!?])\s{{1,3}}(?=[{UPPER}“\"])|(?<=\d\.)\s{{1,3}}(?=[{UPPER}“\"][{LOWER}])"
    r"|(?:(?<=/\d{4}\.)|(?<=/\d{2}\.)|(?<=/\d\.))\s{1,3}(?=[A-ZĐ]{2})"
    rf"|(?:(?<=kỳ I\.)|(?<=kỳ II\.)|(?<=[Qq]uý I\.)|(?<=[Qq]uý II\.)|(?<=[Qq]uý III\.)|(?<=[Qq]uý IV\.))"
    rf"\s(?=[{UPPER}][{LOWER}])"
    rf"|(?<=[A-ZĐ]{{2}}\.)\s{{1,3}}(?=[{UPPER}“\"][{LOWER}])|(?<=\)\.)\s{{1,3}}(?=[{UPPER}“\"])"
)
#: "giao" (to assign), not "giáo viên", "giáo dục" …, which fold alike.
GIAO = "giao(?! (?:vien|duc|an|trinh|thong)(?!\\w))"
OPENER = pattern(
    r"(?:[\s“\"(]{0,3})(?:\d{1,2}\.\s|[a-z]\)\s)?"
    r"(?:(?:rieng|dac biet,?|ngoai ra,?|cu the,?|truoc mat,?|(?:sau|tiep) do,?|tiep theo,?|cuoi cung,?"
    r"|(?:tat ca|toan the|toan bo)(?= cac (?:co quan|don vi))"
    r"|khoi(?: thi dua)?(?= (?:cac |truong |trung tam |phong gd))"
    rf"|de nghi|yeu cau|{GIAO}|doi voi|doi(?= (?:so|phong|cac) )|ve phia|va|thi|"
    r"dong thoi|cung|trach nhiem cua|nhiem vu cua|o)\s{1,2}){0,3}"
    r"(?:cac\s(?=dong chi\s))?(?:dong chi\s|ong \(ba\)\s|ong/ba\s)?"
    r"(?:(?:hoc sinh|hs|cha me hoc sinh|cmhs|phu huynh)(?:,| va) (?=(?:cac )?(?:nha )?truong(?! (?:hop|khoa))\s))?"
)
_ASKED = pattern(
    rf"(?<!\w)(?:dong y cho|cho phep|de nghi|yeu cau|giao cho|{GIAO}|doi voi|danh cho"
    rf"|phan cong)\s{{1,2}}(?:ong \(ba\)\s)?"
)
#: What a commune is asked for: "các trường rà soát …, đề nghị UBND cấp xã hỗ trợ trước khi khai giảng".
_HELPS = pattern(r",? (?:ho tro|xem xet|quan tam|tao dieu kien|giup|phe duyet|giai quyet)(?!\w)")
_PHONG = (str(Actor.PHONG_GDDT),)
_ABOVE_PHONG = ((str(Actor.SO_GDDT),), (str(Actor.BO_GDDT),))
#: What is sent to an office asks something of it.
_BEGS = pattern(r"\w de nghi (?:cac )?$")
_PAPER_BEGS = pattern(
    r"(?<!\w)(?:lap|lam|gui|nop|trinh|hoan thien|hoan thanh|hoan chinh|chuan bi|xay dung|soan(?: thao)?|co|tong hop)"
    r" (?:\w+ ){0,2}(?:ho so|to trinh|danh sach|van ban|cong van|don|bao cao|de an) (?:de nghi|yeu cau) (?:cac )?$"
)
_ADVERB = pattern(
    r"^\W{0,3}(?:can cu|thuc hien(?! (?:bao cao|gui|nop)(?!\w))"
    r"|trien khai|huong ung|chao mung|nhan|ky niem|tren co so|dinh ky|cham nhat|nhan"
    r" duoc|ngoai"
    r"|ben canh|cung voi|song song|tren (?:csdl|co so du lieu|he thong|phan mem|trang|cong|nen tang)"
    r"|(?:ngoai )?tru (?=cac |nhung |truong |don vi |mot so )|rieng (?=cac |nhung |o |tai |dia |huyen |xa |noi )"
    r"|(?:nhung|cac) (?:huyen|xa|phuong|dia phuong|noi) (?:co|bi|dang|chua)(?!\w)"
    r"|truong hop|do (?:dieu kien|dac thu|tinh hinh)|vi ly do"
    r"|(?:doi voi|voi(?= (?:cap|bac|cac|nhung|moi|truong|xa) )|de(?! nghi)|khi|trong|sau|neu|truoc|tu|den|theo|hang)\s)"
)
#: What parts of those who send do: "…, trong đó các trường THPT, các trung tâm nộp trước …".
_OF_WHOM = pattern(r"(?<!\w)trong do:?,?\s(?=cac |phong |truong |moi )")
#: "Riêng tháng 9/2018 các trường nộp …".
_PERIOD = pattern(r"\W{0,3}(?:rieng|con)\s(?:thang|quy|nam(?: hoc)?|hoc ky|ky|dot|lan)\s[\w/-]{1,9},?\s")
#: "Ngày 28/5 Phòng QLCL công bố …, các trường nhận đơn …".
_DAY_FIRST = pattern(
    r"\W{0,4}(?:(?:vao|tu|den|trong|truoc|sang|chieu|het|chinh)\s){0,3}(?:ngay|thang|tuan|quy)\s[\d/.-]{1,10}"
    r"(?:\s?(?:-|den|va)\s(?:ngay\s)?[\d/.]{1,10})?,?\s(?=[a-z])"
    r"|\W{0,4}(?:hang (?:nam|thang|quy|tuan|ngay)|moi (?:nam hoc|hoc k[yi]|quy))\s(?=cac |moi |phong |truong |don vi )"
)
_FOR_WHOM = pattern(r"(?:doi voi|danh cho)\s{1,2}(?:cap\s|bac\s|khoi\s|cac cap\s)?$")
_DAY = pattern(r"(?<![\d/])\d{1,2}/\d{1,2}(?!\d)")
_SENT_ON = pattern(r"(?<!\w)(?:gui|nop|bao cao|trinh|tong hop|chi dao)(?!\w)")
#: "Khối mầm non: nộp tại …", "Cấp THCS nộp …".
_KIND = pattern(r"(?:khoi|cap|bac)\s")
_ITSELF = re.compile(r",?\s(?:(?:sẽ|thì)\s)?tự\s")
#: Whoever only helps whom the heading names: "1. Sở GDĐT ⏎ a) Cùng Công an tỉnh tập huấn …".
_HELPED_BY = re.compile(r"\W{0,3}(?:[a-zđ]\)|\d{1,2}[.)])?\s{0,2}Cùng(?: với)?\s")
#: What comes in, before those who send it: "2. Hồ sơ đăng ký: cấp THPT nộp về Sở trước …".
_TITLED = pattern(r"\W{0,3}(?:\d{1,2}\.\s)?(?:ho so|danh sach|dang ky|bao cao|bai du thi|san pham)(?: \w+){0,5}:\s")
#: How a bracket begins that tells the way or a person to ask.
_ASIDES = ("(qua ", "(thong qua ", "(ong ", "(ba ", "(d/c ", "(dong chi ")
_EACH_NEXT = pattern(r"[,;]\s(?:va\s)?(?P<each>moi\s)?(?=[a-z])")
_WORD = pattern(r"\s[a-z]+\s")
_PLACE_NAME = re.compile(rf"(?:\s[{UPPER}][{LOWER}]{{0,7}}){{1,4}}(?=\s[{LOWER}])")
#: How much each of several may send: "Mỗi Phòng GDĐT tối đa 05 dự án, mỗi trường THPT tối đa 03 dự án, đăng ký …".
_MOST = pattern(r",?\s(?:duoc )?(?:toi da|it nhat|toi thieu|khong qua|tu)\s(?=\d)")
#: The like of others: "mỗi xã chọn 02 sản phẩm, mỗi trường THPT 01 sản phẩm".
_COUNTED = pattern(r"(?:\s?:)?\s\d")
_ASSIGNED = pattern(r"(?<=phan cong )(?:cac )?(?:nhan vien|can bo|giao vien|vien chuc|ke toan|van thu|nguoi)(?!\w)")
_PERSONS = pattern(r"(?:cac |moi |nhung )?(?:giao vien|gvcn|can bo|vien chuc|nguoi)")
#: A share of those that act: "100 % các trường", "ít nhất 60% giáo viên"; pupils stand for their school.
_SHARE = pattern(
    r"(?:(?:it nhat|toi thieu|tren|khoang|phan dau)(?: dat)?\s)?\d{1,3}(?:[.,]\d{1,2})?\s?%\s(?:so\s|tong so\s)?"
)
_PUPILS = pattern(r"(?:hoc sinh|thi sinh(?! tu do)|hoc vien|tre(?: em)?|can bo quan ly|cbql)(?!\w)")
#: What pupils are or get, told of them: "học sinh lớp 5 được …", "trẻ mẫu giáo 5 tuổi phải …".
_BEING = pattern(
    r"(?:,? \w+){0,14} (?:duoc|phai|hoan thanh|dang ky|nop|gui bai|(?:den )?(?:nhap hoc|lam thu tuc)|(?:tam )?dung den"
    r"|nghi hoc|den truong|(?:di hoc )?tro lai"
    r"|tuu truong|tap trung(?! vao (?!ngay|sang|chieu)))(?!\w)"
)
_UNTIL = pattern(
    r"(?: (?:cac|mau giao|mam non|nha tre|lop|khoi|vao|con lai|dien|dung tuyen|trai tuyen|tuoi|tu|den|va|\d{1,2}))"
    r"{1,8}\s?"
)
#: A step's name before what pupils do in it: "Phúc khảo: thí sinh nộp đơn tại trường …".
_TITLE_OF = pattern(r"(?:[^\W\d]\w* ){0,3}[^\W\d]\w*:\s(?=(?:hoc sinh|thi sinh|hoc vien|tre)(?!\w))")
#: People who are urged, before a comma: "Triển khai và đôn đốc CBQL, GV các cơ sở giáo dục hoàn thành …".
_URGED = pattern(r"(?<!\w)(?:don doc|nhac nho)(?: \w+){1,4}$")
#: Whom units tell something at once, with no word between.
_TELLS = pattern(
    r"\s(?:(?:phai|can)\s)?(?:bao(?: cao)?|thong bao|dien bao)(?: (?:ngay|nhanh|kip thoi|gap))?(?: cho| voi| den)?\s"
)
#: Units that go on behind a comma with what others begin.
_MUST = pattern(r"\s(?:phai|can|khong|co trach nhiem|chu dong|tiep tuc|duoc)\s")
_LATER = pattern(r",\s(?:va |sau do |roi )?(?=\w)")
_NEAR = 200
#: How far before a time it is told by whom something is done, in characters.
_REACH = 400
#: Handing over is no asking: "giao cho trường THPT vào ngày …"; what is asked of units stands behind them.
_GIVEN = pattern(rf"(?<!\w){GIAO}\s{{1,2}}(?:cho\s{{1,2}})?$")
_TO_DO = pattern(
    r"\s{0,2}[:,]|(?:\s?\([^()]{1,30}\))?,?\s(?:(?:la don vi|co trach nhiem|chu tri|phoi hop|chu dong|can cu"
    r"|truc tiep"
    r"|tiep tuc|nghiem tuc|can|phai|so|phu trach|dau moi|lam)(?!\w)|tham muu)"
)
#: Units that stand so near a time hold for it.
BESIDE = 12
EACH = pattern(r"(?:cac|moi|nhung|rieng|khoi)\s")


def clauses_of(item: Item) -> list[Clause]:
    """Return the clauses of an item, split at semicolons and sentence ends outside brackets."""
    text = item.text
    start = len(item.label)
    found: list[Clause] = []
    if item.table:
        return [Clause(start, len(text))]
    for match in _CLAUSE.finditer(text, start):
        if in_brackets(text, start, match.start()):
            continue
        if text[match.start()] == ";" and _only_units(item, start, match.start()):
            continue
        if match.start() > start:
            found.append(Clause(start, match.start()))
        start = match.end()
    if start < len(text):
        found.append(Clause(start, len(text)))
    return found


def _only_units(item: Item, start: int, end: int) -> bool:
    """Tell whether a clause ends with the units it names: "Đề nghị Trưởng phòng GDĐT các huyện; Hiệu trưởng …"."""
    if end - start > 260:
        return False
    fold = item.joined.fold
    for at in _candidates(item.text, fold, Clause(start, end), end):
        group = group_at(item.text, fold, at)
        if group is not None and group.end >= end - 1:
            return True
    return False


def subject_before(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the units that a clause names as those who act, the nearest before ``until``."""
    text, fold = item.text, item.joined.fold
    best: Group | None = None
    places = _candidates(text, fold, clause, until)
    later = {m.end() for m in _LATER.finditer(fold, max(clause.start, until - _NEAR), until)} - {*places}
    parts = {m.end() for m in _OF_WHOM.finditer(fold, clause.start, until)} - {*places}
    done = done_by(text, fold, clause, until)
    parts |= done
    for at in sorted({*places, *later, *parts}):
        if best is not None and at < best.end:
            continue
        if _in_way(text, fold, clause.start, at):
            continue
        group = group_at(text, fold, at) or share_at(text, fold, at)
        if at in parts and (group is None or not acts_itself(text, fold, at)):
            continue
        if group is not None and at in done and is_only_ruled(fold, group.end + 1):
            continue
        if group is not None and at in later and not _takes_over(text, fold, best, group):
            continue
        if group is not None and (_is_given(fold, clause, group) or _is_listed(fold, clause, group)):
            continue
        if group is not None and not item.table and _HELPED_BY.fullmatch(text, clause.start, group.start):
            continue
        if group is not None and best is not None and _is_told(fold, best, group):
            continue  # "…, cơ sở giáo dục báo ngay Trạm Y tế, UBND cấp xã và Sở GDĐT trong vòng 01 giờ"
        if group is not None and best is not None and _ASSIGNED.match(fold, group.start):
            continue  # "Các đơn vị phân công nhân viên y tế phụ trách, gửi danh sách …"
        for_whom = _FOR_WHOM.search(fold, max(0, at - 16), at)
        if group is None and (itself := _level_itself(item, clause, at)) is not None:
            group = itself
        if group is None and (
            for_whom or _KIND.match(fold, at) or _is_label(item, clause, at) or _level_acts(item, clause, at)
        ):
            group = level_group(text, fold, at)
            begins = not fold[clause.start : at].strip(" -+") or (_TITLED.fullmatch(fold, clause.start, at) is not None)
            acts = group is not None and begins and opens_with_verb(fold, group.end + 1)
            group = group if for_whom or acts or (group is not None and fold.startswith(":", group.end)) else None
        inside = for_whom is not None and for_whom.start() > clause.start + 4
        if inside and group is not None and group.end + BESIDE < until:
            concerned = best is not None or _PERSONS.match(fold, group.start) is not None
            group = None if concerned else group  # "tổ chức sát hạch đối với giáo viên …" says not who acts
        if group is not None and for_whom and _PERSONS.match(fold, group.start) and fold.startswith(":", group.end):
            continue  # "Đối với giáo viên tiểu học: tách riêng …" is what it is about
        if group is not None and best is not None and group.bare and _is_taught_there(best, group):
            continue  # "Các trung tâm dạy chương trình … đối với lớp 10, lớp 11"
        if group is not None and _is_begged(fold, best, group):
            continue  # "các trường lập tờ trình đề nghị UBND huyện sửa chữa"
        if group is not None and group.end <= until + 1 and (at in parts or not _is_object(fold, group)):
            best = group
    if best is None and item.table:
        best = units_in_row(item, clause.start, clause.end)
    best = each_for_classes(item, best, until) if best is not None and not item.table else best
    return best or doer(item, clause, until) or in_middle(item, clause, until)


def _level_acts(item: Item, clause: Clause, at: int) -> bool:
    """Tell whether a clause opens with a level alone that acts: "Mầm non nhập xong …"; the Phòng may send for it."""
    if item.table or at > max(clause.start, len(item.label)) + 2:
        return False
    group = level_group(item.text, item.joined.fold, at)
    dated = _DAY.search(item.joined.fold, clause.start, clause.end) is not None
    acts = dated and group is not None and opens_with_verb(item.joined.fold, group.end + 1)
    return acts and _SENT_ON.search(item.joined.fold, clause.start, clause.end) is None


def _is_label(item: Item, clause: Clause, at: int) -> bool:
    """Tell whether an item opens with a level alone, before what its schools do: "a) Mầm non: cập nhật …"."""
    fold = item.joined.fold
    if item.table or at > len(item.label) + 2 or at > clause.start + 2:
        return False
    group = level_group(item.text, fold, at)
    acts = group is not None and fold.startswith(": ", group.end) and opens_with_verb(fold, group.end + 2)
    return acts and not _SENT_ON.search(fold, clause.start, clause.end)


def _level_itself(item: Item, clause: Clause, at: int) -> Group | None:
    """Return the schools of a level that a sentence opens with, which do something themselves: "THPT và GDTX tự nhập
    điểm", whoever did it for others before."""
    if item.table or at != clause.start:
        return None
    group = level_group(item.text, item.joined.fold, at)
    itself = _ITSELF.match(item.text, group.end) if group is not None else None
    acts = itself is not None and opens_with_verb(item.joined.fold, itself.end())
    return replace(group, bare=False) if group is not None and acts else None


def _is_told(fold: str, first: Group, group: Group) -> bool:
    """Tell whether units are but one of several in a row whom others tell something."""
    told = _TELLS.match(fold, first.end)
    acts = opens_with_verb(fold, group.end + 1) and not fold.startswith("trong ", group.end + 1)
    if told is None or told.end() > group.start or acts:
        return False
    row = fold[told.end() : group.start].rstrip()
    return row.endswith(",") and not any(
        opens_with_verb(f" {part}", 1) for part in row.replace(" va ", ",").split(", ")
    )


def _takes_over(text: str, fold: str, first: Group | None, group: Group) -> bool:
    """Tell whether units go on with what others begin: "mỗi trường chọn một video, sở tập hợp gửi trước ngày …"."""
    apart = first is not None and not set(group.actors) <= {*first.actors, "other", "room"}
    # "Các trường họp cha mẹ học sinh …, trường mầm non, tiểu học, THCS trình UBND xã …"
    apart = apart or (first is not None and first.actors == group.actors and bool(group.levels) and not first.levels)
    general = group.general and not is_office(first)  # "Phòng KTQLCLGD công bố …, đơn vị nhận đơn đến hết ngày …"
    if first is None or not apart or general or group.bare or _PERSONS.match(fold, group.start):
        return False
    verb = _WORD.match(fold, first.end)
    if verb is None or LEADING.match(fold, verb.start() + 1) or fold.startswith(verb.group(), group.end):
        return False
    before = [g for g in groups_in(text, fold, first.end, group.end) if g.start < group.start]
    joined = bool(before) and _LATER.fullmatch(fold, min(before[-1].end, group.start), group.start) is not None
    joined = joined or (bool(before) and before[-1].end >= group.end)
    return not joined and opens_with_verb(fold, group.end + 1) and not in_brackets(text, first.end, group.start)


def _is_taught_there(acting: Group, level: Group) -> bool:
    """Tell whether a level or classes are what centres teach, who have a level of their own, or schools and centres."""
    both = {*level.levels} == {"thpt"} == {*acting.levels} - {"gdtx"} != {*acting.levels}  # "… đối với khối 12"
    return both or (acting.actors == (str(Actor.TRUNG_TAM_GDTX),) and not set(level.levels) & set(acting.levels))


def _is_begged(fold: str, acting: Group | None, group: Group) -> bool:
    """Tell whether an office is only asked in what others send: "các trường gửi danh sách đề nghị Sở khen thưởng"."""
    if acting is None:  # "lập hồ sơ đề nghị Sở công nhận" is done by those of the heading
        asked = is_office(group) or group.actors == (str(Actor.UBND_XA),)
        return asked and _PAPER_BEGS.search(fold, max(0, group.start - 60), group.start) is not None
    above = not is_office(acting) or (acting.actors == _PHONG and group.actors in _ABOVE_PHONG)
    begs = is_office(group) and above and _BEGS.search(fold, acting.end, group.start) is not None
    commune = group.actors == (str(Actor.UBND_XA),) and not is_office(acting)
    helps = commune and acting.actors != group.actors and _HELPS.match(fold, group.end) is not None
    return begs or helps or is_outside(group)


def share_at(text: str, fold: str, at: int) -> Group | None:
    """Return those of whom a share acts: "100% các trường THCS", "90% học sinh lớp 3" (their schools)."""
    share = _SHARE.match(fold, at)
    if share is None:
        return None
    pupils = _PUPILS.match(fold, share.end())
    if pupils is not None:
        return Group(at, pupils.end(), (str(Actor.CO_SO_GIAO_DUC),), ())
    group = group_at(text, fold, share.end())
    return group if group is None else replace(group, start=at)


def _in_way(text: str, fold: str, start: int, at: int) -> bool:
    """Tell whether a bracket that tells the way or whom to ask is open: "(qua Phòng GDTH đối với tiểu học, Phòng GDTrH
    …)", "(ông Đạo, Phòng GDTX, điện thoại …)"."""
    opened = fold.rfind("(", start, at)
    return opened >= 0 and fold.startswith(_ASIDES, opened) and in_brackets(text, opened, at)


def pupils_of(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the schools of pupils that a clause opens with: "Học sinh lớp 5 được bàn giao … trước ngày …", or that are
    all that stands before a time: "…; trẻ mẫu giáo 5 tuổi từ ngày …"."""
    fold = item.joined.fold
    opener = OPENER.match(fold, clause.start)
    bare = clause.start + len(fold[clause.start : clause.end]) - len(fold[clause.start : clause.end].lstrip(" -+*"))
    title = _TITLE_OF.match(fold, bare, until)
    after = title.end() if title is not None else bare
    for at in (bare, after, opener.end() if opener else bare):  # "thí sinh" opens as "thì" does
        pupils = _PUPILS.match(fold, at)
        if pupils is not None and (_BEING.match(fold, pupils.end()) or _UNTIL.fullmatch(fold, pupils.end(), until)):
            return Group(at, pupils.end(), (str(Actor.CO_SO_GIAO_DUC),), ())
    return None


def _is_given(fold: str, clause: Clause, group: Group) -> bool:
    """Tell whether something is handed to units, not asked of them: "thu phiếu, giao cho trường THPT vào ngày …"."""
    given = _GIVEN.search(fold, max(clause.start, group.start - 12), group.start)
    if given is None or not fold[clause.start : given.start()].strip(" -+.:,0123456789)"):
        return False
    return _TO_DO.match(fold, group.end) is None and not opens_with_verb(fold, group.end + 1)


def _is_listed(fold: str, clause: Clause, group: Group) -> bool:
    """Tell whether persons are but one of several behind a comma: "sức khỏe của học sinh, giáo viên, nhân viên".

    Those right behind the time of others ("giáo viên lớp 1 trước 03/11, giáo viên lớp 6 trước 24/11") are not.
    """
    if 0 < group.start <= clause.start + 1 and fold[: group.start].rstrip(" ,")[-1:].isdigit():
        return False
    behind = fold[: group.start].endswith(", ") and _PERSONS.match(fold, group.start) is not None
    acts = _MUST.match(fold, group.end) is not None or opens_with_verb(fold, group.end + 1)
    return behind and not acts


def each_of(item: Item, leading: Group, until: int) -> Group:
    """Return all units of a clause of shares: "Mỗi phòng GDĐT cử 12 đại biểu, mỗi trường THPT cử 03 đại biểu".

    Units that do the same in turn share what follows, too: "phòng GDĐT chọn 15 bài, trường THPT chọn 10 bài nộp về …".
    """
    fold = item.joined.fold
    leading = alongside(item, leading, until)
    shares = fold.startswith("moi ", leading.start)
    verb = _WORD.match(fold, leading.end) or _MOST.match(fold, leading.end)
    if verb is None or not (opens_with_verb(fold, leading.end + 1) or _MOST.match(fold, leading.end)):
        return leading
    for joint in _EACH_NEXT.finditer(fold, leading.end, min(until, leading.end + _REACH)):
        at = joint.end() - len("moi ") if joint["each"] else joint.end()
        group = group_at(item.text, fold, at) or group_at(item.text, fold, joint.end())
        if group is None or group.end >= until:
            continue
        if (place := _PLACE_NAME.match(item.text, group.end)) is not None and is_office(group):
            group = replace(group, end=place.end())  # "phòng GDĐT huyện A chọn …"
        counted = bool(joint["each"]) and _COUNTED.match(fold, group.end) is not None
        if not (counted or opens_with_verb(fold, group.end + 1) or _MOST.match(fold, group.end)):
            continue
        if (shares and joint["each"]) or fold.startswith(verb.group(), group.end):
            actors = tuple(dict.fromkeys([*leading.actors, *group.actors]))
            levels = {*leading.levels, *group.levels}
            leading = replace(leading, actors=actors, levels=in_order(levels))
    return leading


def opening_units(item: Item, clause: Clause) -> Group | None:
    """Return the units that a clause opens with."""
    opener = OPENER.match(item.joined.fold, clause.start)
    group = group_at(item.text, item.joined.fold, opener.end() if opener else clause.start)
    return group if group is not None and group.end < clause.end else None


def _candidates(text: str, fold: str, clause: Clause, until: int) -> list[int]:
    """Return the offsets at which units that act can stand, in order."""
    opener = OPENER.match(fold, clause.start)
    found = [opener.end() if opener else clause.start]
    period = _PERIOD.match(fold, clause.start, until)
    found += [period.end()] if period is not None else []
    day = _DAY_FIRST.match(fold, clause.start, until)
    found += [day.end()] if day is not None else []
    found += behind_condition(text, fold, clause, until)
    for match in _ASKED.finditer(fold, clause.start, until):
        if not fold.endswith("khong ", clause.start, match.start()):
            found.append(match.end())
    for match in re.finditer(r":\s{1,2}", fold[clause.start : until]):
        at = clause.start + match.end()
        led = OPENER.match(fold, at)
        found += [at, led.end() if led else at]
    for at in [clause.start, *(f for f in found if fold[f - 2 : f] == ": ")]:
        first = fold[at:until]
        if _ADVERB.match(first):
            commas = re.finditer(r",\s{1,2}", first)
            found += [at + m.end() for m in commas if not _URGED.search(first, 0, m.start())]
    return sorted(set(found))


def _is_object(fold: str, group: Group) -> bool:
    """Tell whether "Các trường" is only the place or the object of what follows it ("Các trường được …")."""
    before = fold[max(0, group.start - 10) : group.start]
    if before.endswith(("sau do ", "tiep do ")):
        return False  # "Sau đó Phòng GDĐT kiểm tra …" is not done by it in the passive
    return DONE.search(before) is not None and not _asked(fold, group.start)


def _asked(fold: str, start: int) -> bool:
    return any(m.end() == start for m in _ASKED.finditer(fold, max(0, start - 24), start))
