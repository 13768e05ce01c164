"""What the office that writes does itself with what comes in: receiving, appraising, visiting, deciding, making known.

A directive on transfers, recruitment, promotions, awards, inspections or the recognition of schools tells two sides'
days in one list that names nobody: "Nhận hồ sơ từ …", "Ra quyết định …" are the office's, "Nộp hồ sơ …" is not.
"""

from __future__ import annotations

from nlp.page.columns import Column
from nlp.page.sent import lists_sent
from nlp.page.structure import Item
from nlp.words.folding import folded, pattern

#: What an office decides on that others apply for, and its visits; not what schools check of themselves or of pupils.
_PROCEDURE = pattern(
    r"(?<!\w)(?:tuyen dung|thuyen chuyen|dieu dong|luan chuyen|chuyen (?:cong tac|vien chuc|giao vien|ngach)"
    r"|tiep nhan (?:vien chuc|giao vien|nhan su)|thang hang|nang (?:bac )?luong|sang kien|danh gia ngoai|tham dinh"
    r"|khen thuong|phong tang|xet (?:tang|cong nhan|chon|duyet)|cong nhan (?:truong|co so|dat|danh hieu)"
    r"|dat chuan quoc gia|(?<!tu )(?<!cong tac )(?:kiem tra|thanh tra)(?! (?:noi bo|hoc k|giua|cuoi|dinh ky"
    r"|thuong xuyen|khao sat|danh gia|chat luong|ket qua))|tinh gian bien che|tham tra"
    r"|duyet (?:du toan|quyet toan|ke hoach|bien che)|sat hach)(?!\w)"
)
#: Schools and pupils, who have admissions, exams and checks of their own.
_OF_SCHOOLS = pattern(
    r"(?<!\w)(?:tuyen sinh|nhap hoc|thi (?:thu|lai)|hoc sinh|hoc vien|tre|thi sinh|lop \d{1,2}|cap (?:truong"
    r"|co so)|nha truong"
    r"|hieu truong|noi bo|to (?:truong|chuyen mon)|(?:tai|o|trong|cua) (?:tung )?(?:don vi|truong|co so|lop))(?!\w)"
)
#: What only the office that decides does, whatever its directive is about.
_DECIDES = pattern(
    r"(?:(?:bat dau|ket thuc|du kien|hoan thanh)\s)?(?:"
    r"(?:ra|ban hanh|ky) (?:cac )?quyet dinh (?:thuyen chuyen|dieu dong|luan chuyen|tuyen dung|tiep nhan|bo nhiem|nang"
    r"|cong nhan|phan cong|chuyen|trung tuyen)"
    r"|(?:tiep |thu )?nhan (?:phieu dang ky du tuyen|(?:ho so|don) (?:du tuyen|thuyen chuyen|chuyen cong tac"
    r"|xin chuyen))"
    r"|(?:truc tiep )?(?:kiem tra|thanh tra|phuc tra|khao sat|giam sat)(?: (?:thuc te|toi thieu|it nhat)){0,2}"
    r" \d{1,3} (?:truong|don vi|co so|trung tam|phong gd|xa|phuong)"
    r"|(?:kiem tra|tham dinh)(?:,| va)? (?:va )?(?:ra quyet dinh )?cong nhan (?:dat chuan )?(?:cap|don vi|xa|huyen)"
    r"|thong bao (?:\w+ ){0,3}tuyen dung|phong van|sat hach"
    r"|cap (?:giay )?chung nhan (?:\w+ ){0,3}(?:dat (?:kiem dinh|chuan)|kiem dinh chat luong))(?!\w)"
)
#: Its steps where it is about such a matter.
_STEP = pattern(
    r"(?:(?:bat dau|ket thuc|du kien|hoan thanh|to chuc|tien hanh|thuong truc)\s){0,2}(?:"
    r"(?:tiep |thu )?nhan (?:phieu|ho so|don|san pham|sang kien|de tai|bao cao|de nghi)"
    r"|(?:kiem tra|ra soat|xet|xet duyet|tham dinh|duyet|tong hop) (?:\w+ ){0,3}?(?:ho so|dieu kien|sang kien|don"
    r"|de tai)"
    r"|(?:kiem tra|thanh tra|khao sat|lam viec)(?: (?:thuc te|truc tiep|chinh thuc|so bo))? (?:tai|o) (?:cac|\d+) "
    r"|kiem tra (?:thuc te|thuc dia)|xet (?:thang hang|cong nhan|chon|tang)"
    r"|tham dinh|cham(?! (?:nhat|dut))|danh gia ngoai|xet duyet|phe duyet|tra (?:ket qua|ho so)"
    r"|ban hanh (?:thong bao|ket luan)|hop (?:hoi dong|xet|thong qua|to|doan)"
    r"|(?:cong bo|thong bao|niem yet) (?:\w+ ){0,3}?(?:ket qua|danh sach|quyet dinh|lich)"
    r"|(?:(?<=ket thuc )chuyen|giai quyet) (?:ho so|don)|(?:ra|ban hanh) quyet dinh"
    r"|thanh lap (?:cac )?(?:hoi dong|doan|to|ban))(?!\w)"
    r"|thoi gian (?:(?:tien hanh|to chuc|du kien)\s){0,2}(?:kiem tra|thanh tra|cham|xet|tham dinh|danh gia ngoai"
    r"|phong van|khao sat|hop)(?!\w)"
)
_SENT = pattern(r"(?<!\w)(?:gui|nop|(?<!phieu )dang ky|tu danh gia|tu kiem tra|chuan bi)(?!\w)")
#: Titles of columns of units: those visited, those of which nothing is said, those who do something.
_VISITED = pattern(
    r"(?<!\w)(?:don vi|truong|co so)? ?duoc (?:kiem tra|thanh tra|danh gia|tham dinh|khao sat|phuc tra|giam sat)(?!\w)"
)
#: Where teams go, and these in a column of their own: "Đoàn | Thời gian | Nơi kiểm tra | Trưởng đoàn".
_WHERE_TO = pattern(
    r"(?<!\w)(?:noi|dia diem|don vi)(?: den)? (?:kiem tra|thanh tra|khao sat|lam viec|giam sat|phuc tra)(?!\w)"
)
#: A heading over the days of teams: "Lịch của các đoàn", "Phân công các tổ kiểm tra".
_TEAMS_OVER = pattern(
    r"(?<!\w)(?:cua|cac) (?:(?:cac )?doan(?! the| vien| thanh nien| hoc sinh)|to (?:kiem tra|cong tac|khao sat))(?!\w)"
)
_TEAM = pattern(r"(?<!\w)(?:doan|to truong|to (?:kiem tra|khao sat))(?!\w)")
_BARE_UNITS = pattern(
    r"(?<!\w)(?:ten )?(?:don vi|truong|co so(?: giao duc)?)(?! (?!ngay|thoi|noi|lich|dia|so|ghi|buoi)[a-z])"
)
_DOERS = pattern(
    r"(?<!\w)(?:thuc hien|chu tri|phu trach|phoi hop|bao cao|gui|nop|phan cong|thanh vien|truong doan"
    r"|nguoi|trach nhiem)(?!\w)"
)
_DOES = pattern(r"(?<!\w)(?:thuc hien|chu tri|phu trach|phoi hop|bao cao|gui|nop)(?!\w)")
_VISIT = pattern(
    r"(?<!\w)(?:kiem tra|thanh tra|danh gia ngoai|tham dinh|doan (?:khao sat|cong tac|giam sat|danh gia))(?!\w)"
)
#: A lead to the days on which the office that writes sees units; where they are, behind their names.
_CALLS = pattern(
    r"\W{0,3}(?:[\divx]{1,4}[.)]\s)?lich (?:lam viec|(?:xet )?duyet|kiem tra|thanh tra|tham dinh|tham tra"
    r"|khao sat)(?!\w)"
)
#: A trích yếu that is of visits from its first word, whatever of schools it names behind: "Thanh tra thi tốt nghiệp …".
_VISITS = pattern(
    r"(?:ke hoach |to chuc |thuc hien |lich )*(?:thanh tra|giam sat|kiem tra(?! (?:noi bo|hoc k|giua|cuoi|dinh ky"
    r"|danh gia|thuong xuyen|khao sat|chat luong|ket qua|tap trung|hoc sinh|hsg)))"
    r"(?:,? (?:thanh tra|kiem tra|giam sat)){0,2}"
    r" (?:cong tac|viec|ky thi|thi|chuyen (?:nganh|de)|cac|toan dien|trach nhiem|hoat dong|tinh hinh|nam|hoc k)(?!\w)"
)
#: A heading of one visit, over when it is.
_ONE_VISIT = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2})?(?:to chuc )?(?:thanh tra|kiem tra|giam sat"
    r"|phuc tra|tham dinh)(?!\w)(?! so(?!\w))(?! (?:noi bo|hoc k))"
)
_VISIT_TIME = pattern(
    r"\W{0,4}(?:doi voi (?:cac )?[\w -]{3,40}:? ?)?(?:thoi gian|lich|ngay)(?: (?:truc|to chuc|tien hanh"
    r"|du kien|thanh tra|kiem tra|giam sat|lam viec"
    r"|thi)){0,4}\W{0,3}(?:\d{1,2} (?:ngay|buoi)\W{0,3})?(?:(?:bat dau|du kien)\s)?"
    r"(?:(?:tu )?(?:ngay )?[\d/]{3,10}, (?:ket thuc )?)?"
)
#: A heading over the rounds of visits, and one of them before its time.
_ROUNDS_OVER = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2})?(?:thoi gian|lich|ke hoach|tien do)"
    r"(?:,? (?:va )?(?:dia diem|thoi gian|lich|to chuc|du kien|kiem tra|thanh tra|danh gia ngoai|tham dinh|khao sat"
    r"|thuc hien)){0,4}\s?:?"
)
_ROUND = pattern(
    r"\W{0,4}(?:dot|lan|vong|giai doan) (?:\d|[ivx]{1,3})(?!\w)\s?[:(,-]?\s?(?:tu |du kien |trong |ngay |:)*\s?"
)
#: A heading that is but the time of the visits that a whole plan is about, and a line that tells no more than when.
_WHEN_TITLE = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2})?(?:thoi gian|lich)"
    r"(?:,? (?:va )?(?:doi tuong|dia diem|thoi han|noi dung|kiem tra|thanh tra|giam sat|to chuc|thuc hien|tien hanh"
    r"|du kien)){0,5}\W{0,3}"
)
_WHEN_ALONE = pattern(
    r"(?:(?:thoi gian|lich|ngay|du kien|tien hanh|thuc hien|to chuc|(?<!tu )(?:kiem tra|thanh tra|giam sat)|lam viec"
    r"|bat dau|moi|tu|trong|vao|dau|giua|cuoi|thang|va|don vi|truong|co so|mam non|tieu hoc|thcs|thpt"
    r"|buoi|\d{1,2}(?:/\d{4})?)"
    r"[\s:;,/.()-]{1,3}){0,16}"
)
_REST = pattern(r"tren dia ban(?: \w+)?|trong (?:huyen|xa|quan)|cong lap|tu thuc|(?:tai|o) [\w ]{3,40}")
#: What an office does with its own plan: "Sơ kết 02 năm thực hiện Kế hoạch", not one of a unit nor a report of it.
_REVIEW = pattern(
    r"(?:(?:thuc hien|to chuc|tien hanh|hop|hoi nghi|du kien|va|le)\s){0,3}(?:so|tong) ket(?!\w)"
    r"(?:,? (?:va )?(?:danh gia|tong ket|rut kinh nghiem|bieu duong|khen thuong)){0,3}"
    r"(?: (?!gui|nop|bao cao|nam hoc|hoc k|tai|o)[\w,-]+){0,8}? (?:ke hoach|de an|chuong trinh|du an|giai doan)(?!\w)"
    r"(?! (?:cua (?:cac |tung )?(?:don vi|truong|nha truong|phong)|giao duc|day hoc|nam hoc))"
)
_BY_SCHOOLS = pattern(r"(?<!\w)(?:cap truong|(?:tai|o|trong) (?:cac |tung )?(?:don vi|truong|nha truong|co so))(?!\w)")
_JOINED = pattern(r"(?<!\w)va (?=tong ket)|, (?=tong ket)")
#: A title of a clause is no longer than this.
_TITLE = 80
#: How an item and its clause may begin.
_OPENS = pattern(r"[\s\-+*•:,]{0,5}")
#: The whole frame, as a trích yếu or as the heading of an annex: "KHUNG THỜI GIAN NĂM HỌC 2022-2023".
_FRAME = pattern(r"(?<!\w)(?:khung (?:ke hoach )?thoi gian|(?:ke hoach|khung) thoi gian(?: thuc hien)? nam hoc)(?!\w)")


def is_frame(words: str) -> bool:
    """Tell whether words are the trích yếu or the heading of a frame: "Khung kế hoạch thời gian năm học 2021-2022"."""
    return _FRAME.search(folded(words)) is not None


def is_procedure(folded_title: str) -> bool:
    """Tell whether a folded trích yếu or heading names a matter that an office decides on."""
    return _PROCEDURE.search(folded_title) is not None and _OF_SCHOOLS.search(folded_title) is None


def is_handled(item: Item, start: int, time: tuple[int, int], end: int, *, procedure: bool) -> bool:
    """Tell whether a clause that names nobody, from ``start`` to ``end``, is what the office that writes does.

    ``time``: where its time stands, which may open it ("20/5: công bố kết quả"); ``procedure``: all of the directive
    is about such a matter.
    """
    fold = item.joined.fold
    told = fold[start:end]
    if lists_sent(item) or _SENT.search(told) is not None or _OF_SCHOOLS.search(told) is not None:
        return False
    about = procedure or any(is_procedure(folded(title)) for title in item.path[-2:])
    begins = [_after(fold, start)]
    if begins[0] >= time[0] or not fold[start : time[0]].strip(" -+*•:,"):
        begins.append(_after(fold, time[1]))
    return any(_DECIDES.match(fold, at) or (about and _STEP.match(fold, at)) for at in begins)


def are_visited(item: Item, *, visits: bool) -> bool:
    """Tell whether a row of a table names whom the office that writes visits: "Đơn vị được kiểm tra | Thời gian".

    ``visits``: all of the directive is about its visits; then units under a bare title ("Đơn vị") are visited.
    """
    head = folded(item.head)
    if _VISITED.search(head) is not None or (_WHERE_TO.search(head) and _TEAM.search(head)):
        return True
    about = visits or any(is_visit(folded(title)) for title in item.path[-2:])
    if _WHERE_TO.search(head) is not None and _DOES.search(head) is None:
        return about or any(_TEAMS_OVER.search(folded(title)) for title in item.path[-1:])
    if any(_SENT.match(item.joined.fold, cell.start) for cell in item.cells if cell.column is Column.TASK):
        return False  # "12/10 | Nộp phiếu điều tra | Các trường mầm non"
    return about and _BARE_UNITS.search(head) is not None and _DOERS.search(head) is None


def is_time_of_visit(item: Item, start: int, until: int, *, visits: bool) -> bool:
    """Tell whether a clause is but when the office visits, below a heading of one visit: "1. Thanh tra công tác coi
    thi ⏎ Thời gian: từ ngày …"; whoever a heading between names is visited.

    ``until``: where its time begins; ``visits``: all of the directive is about visits.
    """
    if not visits or item.table:
        return False
    fold = item.joined.fold
    if item.path and _ROUNDS_OVER.fullmatch(folded(item.path[-1])) and _ROUND.fullmatch(fold, start, until):
        return True  # "II. Lịch kiểm tra ⏎ - Đợt 1: tháng 10/2022"
    plain = fold[max(start, len(item.label)) : until].lstrip(" -+*")
    titled = bool(item.path) and _WHEN_TITLE.fullmatch(folded(item.path[-1])) is not None
    if (titled or plain.startswith(("thoi gian", "lich "))) and _WHEN_ALONE.fullmatch(plain) is not None:
        return True  # "2.1. Thời gian ⏎ 02 ngày/trường, dự kiến tiến hành trong tháng 11/2018"
    if (own := _ONE_VISIT.match(fold, len(item.label))) is not None:  # the heading and its time in one paragraph
        return _VISIT_TIME.fullmatch(fold, max(own.end(), fold.rfind("thoi gian", own.end(), until)), until) is not None
    titled = any(_ONE_VISIT.match(folded(title)) for title in item.path[-3:])
    return titled and _VISIT_TIME.fullmatch(fold, start, until) is not None


def are_called(item: Item, units: tuple[int, int], end: int) -> bool:
    """Tell whether units alone, at ``units``, are whom the office that writes sees on a day: "Lịch duyệt quyết toán: ⏎
    - Ngày 19/9: các trường mầm non". ``end``: where their clause ends."""
    titles = [*item.path[-1:], *item.above[-1:]]
    about = any(_CALLS.match(folded(title)) is not None and is_procedure(folded(title)) for title in titles)
    rest = item.joined.fold[units[1] : end]
    return about and not _REST.sub("", rest).strip(" .;,()")


def is_review(item: Item, start: int, end: int) -> bool:
    """Tell whether a clause that names nobody sums up the plan that it stands in, which is for whoever made it."""
    fold = item.joined.fold
    if (
        _SENT.search(fold, start, end) is not None
        or lists_sent(item)
        or _BY_SCHOOLS.search(fold, start, end) is not None
    ):
        return False
    begins = [_after(fold, start), _after(fold, fold.rfind(":", start, min(end, start + _TITLE)) + 1)]
    begins += [m.end() for m in _JOINED.finditer(fold, start, end)]
    return any(_REVIEW.match(fold, at, end) for at in begins if start <= at < end)


def is_visit(folded_title: str) -> bool:
    """Tell whether a folded trích yếu or heading names visits of the office: "Kiểm tra …", "Lịch làm việc của đoàn"."""
    if _VISITS.match(folded_title) is not None:
        return True
    return _VISIT.search(folded_title) is not None and is_procedure(folded_title)


def _after(fold: str, at: int) -> int:
    opened = _OPENS.match(fold, at)
    return opened.end() if opened else at


#: Whom an office calls to what it holds: "Triệu tập …", "Cử giáo viên coi thi, chấm thi …".
_SUMMONS = pattern(
    r"trieu tap|^(?:v/v )?(?:viec )?(?:cu|gioi thieu|dieu dong|huy dong|trung tap)(?: \w+,?){0,3}?"
    r" (?:giao vien|gv|can bo|nhan su)[^.;]{0,60}?(?<!\w)(?:coi|cham|lam (?:nhiem vu|cong tac))"
    r"(?:(?:,| va) (?:coi|cham))? ?(?:thi|kiem tra|bai|khao sat|kscl)(?!\w)"
)


def is_summons(subject: str) -> bool:
    """Tell whether a folded trích yếu calls people of those it is written to to what the office holds."""
    return _SUMMONS.search(subject) is not None
