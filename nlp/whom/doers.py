"""Who does a thing that opens a clause: by whom it is done, whose it is."""

from __future__ import annotations

from corpus.facts import Actor
from nlp.naming.actors import Group, group_at, in_turn, is_outside
from nlp.page.structure import Clause, Item
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

#: Whoever something is done by: "trường hợp trái tuyến do Trưởng phòng GDĐT quyết định"; not where others attend it.
_BY = pattern(
    r"(?<!\w)(?:do|duoc)\s(?=(?:(?:tat ca )?cac |nha truong |truong"
    r" |hieu truong |giam doc |phong |so |ubnd |trung tam |don vi |vu |cuc ))"
)
_DOES = pattern(
    r"(?:\s(?:tren dia ban|truc tiep|chiu trach nhiem|chu tri|cac huyen|huyen|tinh|quan|xa))*(?:,? phoi hop(?:"
    r" \w+){1,9}?)?\s(?:quyet dinh"
    r"|thuc hien"
    r"|to chuc|lap|chu tri|dam nhiem|tham dinh|phe duyet|chiu trach nhiem|xay dung|ban hanh|cap|xet|bien soan|ra de"
    r"|xem xet|tra loi|giai quyet|danh gia|xac nhan|cham|tong hop|in|trien khai|tien hanh|phat dong|dong loat)(?!\w)"
)
#: What an office only has a test's papers made for: "môn Toán do Phòng GDĐT ra đề, kiểm tra tập trung vào ngày …".
_PAPERS = pattern(r"\s(?:ra de|bien soan de|cap de|in de)(?: chung)?(?:,| va)\s(?:kiem tra|to chuc kiem tra)(?!\w)")
_ATTENDS = pattern(r"(?<!\w)(?:tham gia|tham du|du|cu|nhan|dang ky|su dung|theo)\s")
_THEN = pattern(r",\s(?:con |roi |sau do |va )?(?=\w)")
#: A thing and what may stand between it and whose it is, and how it is sent.
_THING_OF = pattern(
    r"\W{0,4}(?:(?:rieng|con)\s)?cua\s"  # "Hồ sơ của trường … nộp …; của đơn vị trực thuộc nộp …"
    r"|\W{0,4}(?:(?:rieng|va|con|toan bo|cac|nhung)\s){0,2}(?:danh sach|so lieu|ket qua|ho so|bai|san pham|lich"
    r"|ke hoach|du lieu|van ban|bien ban|bao cao|ban dang ky|phieu|de an|phuong an|du toan|quyet toan|to trinh)"
    r"(?:,?\s[^\W\d]+){0,10}?\scua\s"
)
_IS_SENT = pattern(
    r"(?:\s?\([^()]{1,60}\))?,?\s(?:(?:(?:phai|duoc|can)\s)?(?:gui|nop|chuyen)"
    r"|(?:phai )?duoc (?:ban hanh|xay dung|lap|cong khai|niem yet))(?!\w)"
)
#: People of units, by what they do there, who come: "Nhân viên TV, TB các trường tiểu học, THCS có mặt lúc …".
_PEOPLE_OF = pattern(
    r"\W{0,4}(?:(?:cac|toan the|moi)\s)?(?:nhan vien|can bo|chuyen vien|giao vien|gv|cbql|tong phu trach|tpt|ke toan"
    r"|hoc sinh|thi sinh|dai bieu|doi tuyen|truong doan|lanh doi|to truong|cong chuc|vien chuc|van thu|huan luyen vien)"
    r"(?!\w)[^;.:]{0,50}?\s(?=(?:cac|moi) (?:truong|trung tam|phong gd\w*|phong giao duc|so gd\w*|don vi|co so giao"
    r" duc|xa|ubnd)(?!\w))"
)
#: Teams of units in turn: "Lãnh đạo đoàn của các trường THPT họp lúc …, của các Phòng GDĐT lúc …".
_TEAMS_OF = pattern(
    r"\W{0,4}(?:(?:cac|dai dien)\s)?(?:(?:lanh dao|truong|pho truong) doan|huan luyen vien|hlv|doi tuyen|can bo coi thi"
    r"|giam thi|thi sinh)(?: du thi)? cua\s(?=(?:cac|moi) )"
)
_MEETS = pattern(r"\s(?:hop|boc tham|du hop|lam thu tuc|tap huan|co mat|tap trung)(?!\w)")
#: What a body of the office holds, whoever the sentence before speaks of: "Lễ trao giải của Ban Tổ chức".
_OF_BODY = pattern(
    r"\W{0,4}(?:le|vong|buoi|phien|hoi nghi|cuoc)(?:,? [^\W\d]\w*){1,6}? cua\s(?=ban (?:to chuc|giam khao|thu ky)|btc"
    r"|bgk|hoi dong (?:giam khao|thi(?! dua)|cham|tham dinh))"
)
#: What heads of schools sign, of pupils and of teachers' own work: "Học bạ được thủ trưởng đơn vị ký duyệt".
_SIGNED = pattern(
    r"\W{0,4}(?:(?:cac|moi|so)\s)?(?:ke hoach (?:giao duc ca nhan|bai day|ca nhan|day hoc|giang day|giao duc cua"
    r" (?:giao vien|to))|hoc ba|giao an|so (?:diem|chu nhiem|dau bai|ke hoach|theo doi (?:hoc sinh|suc khoe))"
    r"|phieu theo doi|ho so (?:hoc sinh|ca nhan))(?:,? \w+){0,9}?,? (?:(?:phai|can) )?(?P<by>duoc|do) (?:thu truong"
    r"|hieu truong|giam doc|to truong(?: chuyen mon)?|nguoi dung dau|ban giam hieu)"
    r"(?: (?:don vi|nha truong|co so giao duc))? (?:phe duyet|ky|duyet|xac nhan|kiem tra)(?!\w)"
)
#: "Tại các cơ sở giáo dục, giáo viên tự đánh giá …".
_AT = pattern(r"\W{0,4}tai\s(?=(?:(?:cac|moi|tung) )?(?:co so giao duc|truong|nha truong|trung tam|don vi)(?!\w))")
_PERSONS = pattern(
    r",\s(?:cac |moi |tung )?(?:giao vien|to (?:truong )?chuyen mon|to truong|can bo|cbql|hoc sinh|hoc vien|hieu truong"
    r"|thu truong|nguoi dung dau|nhan vien|vien chuc|ban giam hieu)(?!\w)"
)
#: "Người có nghĩa vụ kê khai ở các đơn vị tự ghi …".
_THOSE_OF = pattern(
    r"\W{0,4}(?:nhung )?nguoi (?:co|duoc|thuoc)\s[^;.:,]{3,50}?\s(?:o|tai|cua|thuoc)\s(?=(?:cac|moi) (?:don vi|truong"
    r"|trung tam|phong gd|co so giao duc)(?!\w))"
)
#: How a clause begins that sends people of several units, and each of these.
_SENDS = pattern(r"\W{0,4}(?:chon )?cu\s(?=\d|moi |it nhat )")
_EACH = pattern(r"(?<!\w)moi\s")
_DISTRICT = pattern(r"huyen(?!\w)(?:, (?:thi xa|thanh pho|quan)){0,3}")
_SELF = pattern(r"\s(?:tu\s)?")
_COME = pattern(
    r"(?: (?:phai|can|dung gio|day du)){0,2}\s(?:co mat|tap trung|(?:tham )?du(?! (?:thao|toan|kien)))(?!\w)"
)
_PLACES = pattern(
    r"(?P<place>(?:cac|moi) (?:xa|phuong)(?:(?:, | va )(?:xa|phuong|dac khu)){0,2})(?!\w)"
    r"(?:(?:, (?:va )?| va )(?=(?:cac |moi )?(?:truong|trung tam|don vi|phong)(?!\w)))?"
)
_SCHOOLS = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX), str(Actor.DON_VI_TRUC_THUOC)}
#: How far before a time it is told by whom something is done, in characters.
_REACH = 400


def doer(item: Item, clause: Clause, until: int) -> Group | None:
    """Return who does what ends at ``until``."""
    ways = (_signed, _held_by_body, _done_by, _owner, _people, _those_at, _sent_by_each)
    return next((group for way in ways if (group := way(item, clause, until)) is not None), None)


def _done_by(item: Item, clause: Clause, until: int) -> Group | None:
    """Return by whom something is done: "việc thẩm định do Phòng GDĐT thực hiện, xong trước ngày …"."""
    fold = item.joined.fold
    begin = max(clause.start, until - _REACH)
    for by in _BY.finditer(fold, begin, until):
        if not item.text.startswith(("do ", "được "), by.start()) or _ATTENDS.search(fold, begin, by.start()):
            continue
        group = group_at(item.text, fold, by.end())
        passive = fold.startswith("duoc", by.start())  # "… được UBND tỉnh phê duyệt" is what others have from it
        if group is not None and passive and not set(group.actors) <= _SCHOOLS:
            continue
        if group is not None and _PAPERS.match(fold, group.end, until):
            continue
        if group is not None and _DOES.match(fold, group.end):
            return _goes_on(item, group, until) or group
    return None


def _signed(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the schools whose heads sign what a clause tells of, whoever the directive is written to."""
    signed = _SIGNED.match(item.joined.fold, clause.start, until)
    if signed is None or not item.text.startswith(("được ", "do "), signed.start("by")):
        return None
    return Group(signed.start("by"), signed.end(), (str(Actor.CO_SO_GIAO_DUC),), ())


def _held_by_body(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the body whose event a clause opens with."""
    held = _OF_BODY.match(item.joined.fold, clause.start, until)
    return group_at(item.text, item.joined.fold, held.end()) if held is not None else None


def _goes_on(item: Item, first: Group, until: int) -> Group | None:
    """Return the last units that go on with a thing: "kỳ thi do Sở GDĐT ra đề, các trường THPT tổ chức thi từ …"."""
    fold, last, end = item.joined.fold, None, first.end
    for joint in _THEN.finditer(fold, first.end, until):
        if joint.end() < end:
            continue
        group = group_at(item.text, fold, joint.end())
        if group is not None and group.end < until and opens_with_verb(fold, group.end + 1):
            last, end = group, group.end
    return last


def _owner(item: Item, clause: Clause, until: int) -> Group | None:
    """Return whose thing is sent: "Kế hoạch của các trung tâm gửi về Sở trước ngày …", "Báo cáo của trường nộp …"."""
    fold = item.joined.fold
    thing = _THING_OF.match(fold, clause.start, until)
    group = group_at(item.text, fold, thing.end()) if thing is not None else None
    sent = group is not None and not is_outside(group) and _IS_SENT.match(fold, group.end) is not None
    return group if sent and group is not None and group.end < until else None


def _people(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the units whose people are to come."""
    fold = item.joined.fold
    people = _PEOPLE_OF.match(fold, clause.start, until)
    group = (_communes(item, people.end()) or group_at(item.text, fold, people.end())) if people is not None else None
    if group is not None and _COME.match(fold, group.end):
        return group
    teams = _TEAMS_OF.match(fold, clause.start, until)
    group = group_at(item.text, fold, teams.end()) if teams is not None else None
    if group is not None and _MEETS.match(fold, group.end):
        return group
    those = _THOSE_OF.match(fold, clause.start, until)
    group = group_at(item.text, fold, those.end()) if those is not None else None
    self = _SELF.match(fold, group.end) if group is not None else None
    return group if self is not None and opens_with_verb(fold, self.end()) else None


def _communes(item: Item, at: int) -> Group | None:
    """Return communes whose people are spoken of, and the units in a row with them: "… các xã, phường, các trường
    THPT"; without persons such places are no units."""
    fold = item.joined.fold
    place = _PLACES.match(fold, at)
    if place is None:
        return None
    first = Group(at, place.end("place"), (str(Actor.UBND_XA),), ())
    others = group_at(item.text, fold, place.end()) if place.end() > place.end("place") else None
    return in_turn([first, others]) if others is not None else first


def _sent_by_each(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the units of whom each sends some people: "Cử 02 giáo viên của mỗi huyện và 01 giáo viên của mỗi trường
    THPT dự tập huấn"."""
    fold = item.joined.fold
    sends = _SENDS.match(fold, clause.start, until)
    found: list[Group] = []
    for each in _EACH.finditer(fold, sends.end(), until) if sends is not None else ():
        place = _DISTRICT.match(fold, each.end())
        group = group_at(item.text, fold, each.start())
        if place is not None:
            group = Group(each.start(), place.end(), (str(Actor.PHONG_GDDT),), ())
        found += [group] if group is not None and (not found or group.start >= found[-1].end) else []
    return in_turn(found) if len(found) > 1 else None


def _those_at(item: Item, clause: Clause, until: int) -> Group | None:
    """Return the units at which their own people do something."""
    fold = item.joined.fold
    place = _AT.match(fold, clause.start, until)
    group = group_at(item.text, fold, place.end()) if place is not None else None
    comma = fold.find(",", place.end(), until) if place is not None else -1
    return group if group is not None and comma >= 0 and _PERSONS.match(fold, comma) else None
