"""Clauses whose times end nothing that is to be done: rows of persons and of lessons, the day data are counted at, when
somebody can be reached, what a month's results tell, the closing of a plan, reasons, examples, the weather."""

from __future__ import annotations

import re

from corpus.text import LOWER, UPPER
from nlp.naming.recipients import sends
from nlp.page.structure import Clause, Item
from nlp.page.telling import tells_results
from nlp.words.folding import folded, pattern

#: The day up to which data are counted.
_CUT_OFF = pattern(r"(?<!\w)thoi diem (?:chot|lay|tinh) so lieu(?! (?:ve|va))(?:[^.;]{0,60}?\s(?:la|ngay|:)|:)")
#: By what somebody is reached: "Email: …", "Hỗ trợ qua điện thoại", "Đường dây nóng 0277…".
_REACHED_AT = pattern(
    r"(?:^|[-+*:;]\s?)\W*(?:(?:e-?mail|dien thoai)(?: ho tro)?\s?:|(?:duong day nong|hotline|tong dai)(?!\w))"
    r"|(?<!\w)(?:ho tro|tu van|giai dap)(?: \w+){0,6}?"
    r" (?:qua|bang) (?:dien thoai|e-?mail|so)"
)
#: What a section of results asks for all the same: "đề nghị các trường nộp bổ sung trước ngày …".
_ASKS = pattern(r"(?<!\w)(?:yeu cau|de nghi|phai|can (?!bo|cu)|khac phuc|bo sung|nghiem tuc)(?!\w)")
#: "Trên đây là kế hoạch công tác tháng 11 năm 2018", which names itself.
_CLOSING = pattern(r"\W{0,4}tren day la(?: \w+){1,16}")


#: Why something is so, up to what follows from it: "Do ngày 13/02 trùng vào thứ Bảy nên …". Words that fold like "do"
#: and "vì" are told apart as written.
_REASON = re.compile(r"[\W\d]{0,6}(?:(?:tuy nhiên|nhưng|hiện nay|năm nay),?\s)?(?:do|vì|bởi)\s(?!vậy|đó|thế)", re.I)
#: The same in brackets: "nghỉ 03 ngày (do ngày 01/01 trùng vào thứ Bảy)".
_REASON_BESIDE = re.compile(r"\((?:do|vì|bởi)\s[^()]{0,120}$", re.I)
#: A jubilee, the same day of two years: "kỷ niệm ngày Quốc khánh (02/9/1945 - 02/9/2021)".
_JUBILEE = re.compile(
    r"(?<!\d)(?P<day>\d{1,2}\s?/\s?\d{1,2})\s?/\s?\d{4}\s?[-–]\s?(?:ngày )?(?P=day)\s?/\s?\d{4}(?!\d)"
)
#: A heading over slogans: "1.2. Các khẩu hiệu:", "Thông điệp truyền thông".
_SLOGANS = pattern(
    r"(?:[\divx.]{1,6}[.)]?\s|[a-z]\)\s)?(?:(?:mot so|cac|noi dung)\s){0,2}"
    r"(?:khau hieu|thong diep|chu de(?: va|,) khau hieu)"
    r"(?: (?:tuyen truyen|truyen thong|chinh|huong ung|nam \d{4}|va (?:khau hieu|thong diep)|cua (?:thang|tuan le|ngay)"
    r"(?: \w+){0,4}))*"
)
#: A slogan behind its label: "Khẩu hiệu: “Hưởng ứng Ngày Chuyển đổi số quốc gia 10/10”.".
_SLOGAN = pattern(
    r"[\W\d]{0,6}(?:(?:mot so|cac|noi dung)\s)?(?:khau hieu|thong diep|chu de)(?: \w+){0,5}:"
    r"\s?[“\"][^”\"]{1,200}[”\"]\W*"
)
#: What somebody found: "Các nghiên cứu cho thấy ngay khi đã …"; as written, for "cho thầy" folds like it.
_FOUND = re.compile(r"(?<!\w)(?:chỉ ra|cho thấy|cho biết)(?: là| rằng)? [^.;]{0,160}$")
_THEN = pattern(r",\s(?!ngay|va |\d)|(?<!\w)(?:nen|vi vay|do do|do vay|vi the)(?!\w)")
#: "ví dụ: nghỉ ốm từ ngày 12/10 đến ngày 13/10", "có thể ghi như sau: …".
_EXAMPLE = pattern(r"(?<!\w)(?:vi du|chang han|(?:ghi|viet|dien) (?:la|nhu sau|nhu))\s?(?:,|:|nhu)\s")
#: Days that are named as such, up to the end of their sentence: "tổ chức tốt các ngày cao điểm như 20/11, 22/12".
_SUCH_AS = pattern(r"(?<!\w)(?:cac|nhung) (?:ngay|dip|le)(?: \w+){0,5}? nhu+:?\s[^.;]*$")
#: The day of a document in a list of such: "144 1450/SGDĐT-GDTrH- 28/10/2019 Học tiếng Anh …".
_LISTED = re.compile(
    rf"\W{{0,2}}(?:\d{{1,3}}[.)]?\s)?\d{{1,5}}\s?/\s?(?:20\d\d\s?/\s?)?[{UPPER}][{UPPER}\w&/.-]*-?\s(?:ngày )?"
)
#: What is there up to a day, as written: "co" is "cố" and "cơ", too.
_THERE = re.compile(
    r"(?<!\w)(?:có|(?:hiện|đang) (?:công tác|giảng dạy|học tập|theo học|quản lý))"
    r"\s(?P<to>(?:tính )?đến\s(?:hết\s)?(?:ngày\s)?)?$"
)
#: A paragraph that is an example: "Ví dụ 1: Học sinh A …".
_EXAMPLES = pattern(r"\W{0,3}vi du(?: (?:so )?\d{1,2})?\s?[:.,]\s")
#: What the weather does until a day, where nobody is told to do anything.
_WEATHER = pattern(
    r"(?<!\w)(?:co|xuat hien|xay ra|tiep tuc)(?: \w+){0,3}? (?:mua|nang nong|ret|giong|lu|ngap|gio manh|suong)(?!\w)"
)
#: So many characters a day and what names it stand beside each other.
_NEAR = 60
#: The head of a list of persons ("TT | Họ và tên | Đơn vị | Ngày đi | Ngày về"); what makes it one of who does what.
_PERSONS = pattern(r"(?<!\w)ho(?: va)?(?: chu dem(?: va)?)? ten(?!\w)")
_DOES_WHAT = pattern(
    r"(?<!\w)(?:noi dung|cong viec|nhiem vu|hoat dong|phan cong|phu trach|truc|lich(?! su)|tiep cong dan|san pham)"
    r"(?!\w)"
)
#: The head of a timetable of lessons ("Ngày phát sóng | Giờ | Môn học | Tên bài | Giáo viên"), of what is to be learned
#: each day ("Thứ | Ngày | Nội dung ôn tập"), and of procedures ("Tên thủ tục hành chính | Thời hạn giải quyết | …").
_LESSONS = pattern(
    r"(?<!\w)(?:ten bai|(?:ngay|gio) phat (?:song|hinh)|tiet (?:ppct|theo ppct)|noi dung (?:on tap|bai (?:hoc|tap|day))"
    r"|ten thu tuc|(?:thoi (?:han|gian)) giai quyet)(?!\w)"
)
#: The same head within a paragraph, where the table has no ruling: "Ngày phát hình Thời gian phát sóng Môn Kênh".
_BROADCAST = pattern(
    r"(?<!\w)(?:ngay|gio) phat (?:song|hinh)"
    r" (?:(?:thoi gian|gio)(?: phat (?:song|hinh))?|mon|kenh|lop|tiet|noi dung|ten bai)(?!\w)"
)
#: Place and date over the signatures of a form that goes with a directive: "…. Hải Lâm, ngày 30 tháng 6 năm 2021".
_SIGNED_AT = re.compile(rf"[./]\s(?:TP\.?\s?)?[{UPPER}][{LOWER}]+(?:[\s-][{UPPER}][{LOWER}]+){{0,3}},\s$")
_FULL_DATE = pattern(r"ngay \d{1,2} thang \d{1,2} nam \d{4}(?!\d)\W{0,3}(?:$|(?=\w))")
#: The heading of a week's rows: "+ Tuần từ ngày 6/4/2020 đến 11/4/2020".
_WEEK = pattern(
    r"\W{0,3}tuan(?: (?:thu )?\d{1,2})?\W{0,3}(?:tu )?(?:ngay )?[\d/.]{3,10} ?(?:den|-)(?: het)?(?: ngay)? ?"
    r"[\d/.]{3,10}\W{0,3}"
)
#: What was: "Trước đây, việc xét tuyển được tổ chức vào tháng 7", "Khóa trước bế giảng ngày 30/6".
_FORMERLY = re.compile(r"[\W\d]{0,6}(?:Trước (?:đây|kia)|(?:Lần|Khóa|Khoá|Đợt|Năm(?: học)?) trước)(?!\w| khi)")
#: The head of a timetable, days beside each other: "TT Thứ Tư (08/9/2021) Thứ Năm (09/9/2021) Thứ Sáu (10/9/2021)".
_WEEK_HEAD = pattern(
    r"(?:(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),? \(?\d{1,2}/\d{1,2}(?:/\d{4})?\)?[\s|]{1,4}){3}"
)
#: What a directive goes with: "(Kèm theo Công văn số    /SGDĐT-GDTrH, ngày 14/9/2021)".
_GOES_WITH = pattern(r"\((?:ban hanh )?(?:kem(?: theo)?|dinh kem)\s[^()]{0,160}$")
#: The grounds of a directive, told with a dash or a number: "- Căn cứ kịch bản lễ khai mạc … ngày 12/10/2018."
_GROUND = pattern(r"\W{0,4}(?:\d{1,2}[.)] ?)?can cu (?!cua|ngay)")
_THEN_ASKED = pattern(
    r"(?<!\w)(?:de nghi|yeu cau|giao|xay dung|bao cao|hoan thanh|gui|nop|thuc hien|trien khai)(?!\w)"
    r"|, (?:cac |so |phong |truong |nha truong|don vi|ubnd|uy ban|hieu truong|to chuc |thoi gian)"
)
#: A time of what is reported, which the report's own comes behind: "báo cáo kết quả … trong dịp cao điểm 30/4 - 01/5".
_OF_REPORTED = pattern(
    r"(?<!\w)bao cao (?:ket qua|tinh hinh|so lieu)[^;.]{0,120}?(?<!\w)(?:trong )?(?:dip|dot|thang|tuan)"
    r"(?: le| tet| nghi| cao diem){1,3}(?:,? tu)?(?: ngay)? ?$"
)
_REPORT_DUE = pattern(r"[^;.]{1,160}?(?<!\w)(?:truoc|cham nhat|muon nhat|han cuoi|xong)(?!\w)")
#: When a holiday or a watch is, told in a bracket where something is to be done about it by a day of its own:
#: "Thông báo lịch nghỉ Tết (từ ngày 09/02 đến hết ngày 22/02) đến cha mẹ học sinh trước ngày 31/01".
_OF_HOLIDAY = pattern(
    r"(?<!\w)(?:lich|danh sach|thoi gian|phuong an|ke hoach|phan cong|ky|dip|dot)(?: [\w/]+){0,6}? (?:nghi|truc|le|tet)"
    r"(?: [\w/-]+){0,8} \((?:tu )?(?:ngay )?$"
)
#: The stretch of time that a report is about, before how it is to be made or its own day:
#: "thống kê số học sinh chuyển đi từ ngày 05/9 đến ngày 15/10, gửi về Phòng trước ngày …".
_DATA_OF = pattern(
    r"(?<!\w)(?:bao cao|thong ke|tong hop|cap nhat)(?: nhanh)?"
    r" (?:tinh hinh|bien dong|so(?= (?:luong|lieu|hoc|tre|luot|ca|vu)))"
    r"[^.;]{0,120}?(?<!\w)(?:tu|tinh tu)(?:(?: dau nam(?: hoc)?| khi [\w ]{3,30}| (?:ngay )?[\d/]{3,10}) den)?"
    r"(?: het)?(?: ngay)? $"
)
_AS_ASKED = pattern(r"[^.;]{0,60}?(?<!\w)(?:theo (?:cac |mau|noi dung|bieu|bang|phu luc)|nhu sau)")
#: What was so on a day: "Học sinh thời điểm khai giảng", the title of a column.
_COUNTED_AT = pattern(r"\W{0,4}(?:so )?(?:hoc sinh|tre|hoc vien|si so|so lieu|giao vien)(?: tai)? thoi diem(?!\w)")
#: The period of a form or a calendar, in brackets under its title: "(Từ ngày 01/9/2022 đến ngày 31/5/2023)".
_PERIOD = pattern(
    r"\(?(?:tu )?(?:ngay )?\d{1,2}/\d{1,2}(?:/20\d\d)?\s?(?:den|-)(?: het)?(?: ngay)?\s?\d{1,2}/\d{1,2}/20\d\d\)[\s.]*"
)
#: What another document asked for: "… đã ban hành Công văn N, trong đó yêu cầu … trước ngày …", "đã quy định các …".
_WAS_ASKED = pattern(
    r"(?<!\w)(?:ban hanh|co|gui|ky)\s(?:cong van|van ban|ke hoach|thong bao|quyet dinh|huong dan)[^;]{0,200}?"
    r"(?<!\w)(?:trong do|theo do),?\s[^;.]{0,60}?(?P<told>yeu cau|de nghi|quy dinh|chi dao|giao)\s[^;.]{0,160}$"
    r"|(?<!\w)da (?P<asked>quy dinh|yeu cau|de nghi|chi dao)(?: (?:doi voi|tat ca))?"
    r" (?:cac |don vi|truong|phong)[^;.]{0,160}$"
)
_ASKED_NOW = pattern(r"[,;]\s(?:nay |so |phong |ubnd )?[^,;]{0,30}(?<!da )(?:yeu cau|de nghi)\s[^,;]{0,120}$")
#: What something is done for, up to who is asked to do it: "Để có số liệu cho hội nghị vào đầu tháng 6, Sở đề nghị …".
_PURPOSE = re.compile(r"[\W\d]{0,6}(?:Để|để|Nhằm|Chuẩn bị cho) (?=\w)")
_WHO_ASKS = pattern(
    r",\s(?!du kien)(?:\w+ ){0,9}?(?:de nghi|yeu cau|thong bao|to chuc|giao|huong dan|tong hop|phan cong|bao cao)(?!\w)"
)
#: By what prizes are given: nobody is to do it by the time that the words name.
_CRITERIA = pattern(
    r"\W{0,4}(?:(?:\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s)?(?:(?:tieu chi|dieu kien|cach thuc|co cau)"
    r" (?:va )?(?:cham|xet|tinh|binh chon|trao)[^:;.]{0,40}(?:giai|diem|thuong|chon)[^:;.]{0,60}:"
    r"|(?:giai|giai thuong)(?: \w+){0,4}\s?:?\s?(?:danh cho|trao cho)\s)"
)
#: Papers of before a day that go on being good: "Bằng công nhận cấp trước ngày 01/7/2025 vẫn có giá trị đến hết hạn".
_STAYS = pattern(
    r"(?:ngay )?\d{1,2}[/.-]\d{1,2}[/.-]20\d\d (?:(?:thi|deu|se|nay) )?(?=(?:van|con|(?:duoc )?tiep tuc)(?!\w))"
    r"(?:(?:van|con|duoc|tiep tuc|co|nguyen) ){1,4}(?:gia tri|hieu luc|su dung|luu hanh|cong nhan)(?!\w)"
)
#: For how long a rate holds ("Mức hỗ trợ áp dụng từ ngày …"), when works were made ("Tác phẩm được sáng tác trong
#: khoảng thời gian từ …"), what some have not done that was due ("còn 12 trường chưa nộp báo cáo (hạn 05/9)").
_OF_RATE = pattern(
    r"(?<!\w)(?:muc|don gia|che do|dinh muc|he so|phu cap)(?: (?!truoc|cham)[\w,]+){0,8}? "
    r"(?:duoc (?:ap dung|huong|tinh)|ap dung)(?: ke)?(?: tu)?(?: ngay| thang)? ?(?:[\d/]{3,10} )?(?:den(?: het)? )?"
    r"(?:ngay )?$"
)
_OF_WORKS = pattern(
    r"(?<!\w)(?:tac pham|san pham|bai viet|cong trinh|de tai|sach|anh)(?: (?!gui|nop)[\w,]+){0,4}? (?:duoc )?"
    r"(?:sang tac|cong bo|xuat ban|dang tai|thuc hien|hoan thanh|chup) trong (?:khoang )?thoi gian (?:tu )?(?:ngay )?$"
)
_OVERDUE = pattern(r"(?<!\w)chua (?:nop|gui|bao cao|hoan thanh|dang ky|cap nhat)[^.;]{0,60}\((?:thoi )?han[^()]{0,16}$")
#: A share that reads like a day: "không quá 1/3 tổng số".
_SHARE = pattern(
    r"\d{1,2}/\d{1,2} (?:tong(?: so)?|so (?=luong|bai|nguoi|hoc|giao|tiet|thanh)|dinh muc|thoi (?:gian|luong))(?!\w)"
)
#: What a day was before it was moved: "điều chỉnh từ ngày 15/9 sang ngày 22/9".
_MOVED = pattern(
    r"(?<!\w)(?:dieu chinh|doi|chuyen|lui|thay doi)(?: \w+){0,8}?"
    r" (?P<old>tu (?:ngay )?[\w/]{3,10}(?: (?:nam|thang) \d{1,4}){0,2}) (?:sang|thanh) "
)
_TOLD_TO = pattern(r"(?<!\w)(?:phai|yeu cau|de nghi|truong|don vi|phong|trung tam|bao cao|nghi hoc|truc)(?!\w)")


def ends_nothing(item: Item, clause: Clause) -> bool:
    """Tell whether the times of a clause end no duty."""
    fold = item.joined.fold
    if not item.table and not any(map(str.isalpha, item.text)):
        return True  # the weeks of a calendar: "27 28 29 30 31 01/01/2022 02"
    if item.table and (_is_of_person(item) or _LESSONS.search(folded(item.head)) is not None):
        return True
    broadcast = _BROADCAST.search(fold)
    if _WEEK.fullmatch(fold) is not None or (broadcast is not None and clause.end > broadcast.start()):
        return True
    if _FORMERLY.match(item.text, clause.start) is not None and _ASKS.search(fold, clause.start, clause.end) is None:
        return True
    if _WEEK_HEAD.search(fold) is not None:
        return True
    ground = None if item.table else _GROUND.match(fold)
    if ground is not None and _THEN_ASKED.search(fold, ground.end()) is None:
        return True
    if tells_results(item) and _ASKS.search(fold, clause.start, clause.end) is None:
        return True
    if _CUT_OFF.search(fold, clause.start, clause.end) is not None or _is_slogan(item):
        return True
    if _WEATHER.search(fold, clause.start, clause.end) and not _TOLD_TO.search(fold, clause.start, clause.end):
        return True
    if not (item.label or item.table) and _PERIOD.fullmatch(fold) is not None and _is_title(item):
        return True
    if _COUNTED_AT.match(fold, clause.start) is not None and _ASKS.search(fold, clause.start, clause.end) is None:
        return True
    if not item.table and _CRITERIA.match(fold, clause.start) is not None:
        return True
    return _tells_address(item, clause) or _is_question(item, clause)


def _is_title(item: Item) -> bool:
    """Tell whether the lines above an item are the title of a form, in capitals, or nothing."""
    return not item.path or item.path[-1].isupper()


def _is_of_person(item: Item) -> bool:
    """Tell whether a row is one of a list of persons, whose days tell of each: when he left, when he is back."""
    above = item.path[-1] if item.path else ""
    return _PERSONS.search(folded(item.head)) is not None and _DOES_WHAT.search(folded(f"{above} {item.head}")) is None


def _is_slogan(item: Item) -> bool:
    """Tell whether an item is called out, no duty: "Hưởng ứng Ngày Pháp luật 09/11!", a line under "Khẩu hiệu:"."""
    called = item.text.rstrip(" .”\"’'*").endswith("!") or _SLOGAN.fullmatch(item.joined.fold) is not None
    return called or (bool(item.path) and _SLOGANS.fullmatch(folded(item.path[-1].strip(" .:-+*"))) is not None)


#: Places that are named after a day: "Quảng trường 16 tháng 4", "Trường THPT 19 tháng 5", "đường 30-4".
_PLACE_NAMED = re.compile(
    r"(?<!\w)(?:(?P<plain>quảng trường|đường(?: phố)?|phố|công viên|đại lộ|cầu|bến xe|bảo tàng|rạp|sân vận động"
    r"|khách sạn|nhà (?:máy|văn hóa|thi đấu|hát)|bệnh viện|hợp tác xã|tổ dân phố|khu phố|phường)|hội trường|trường"
    r"|tiểu học|thcs|thpt|mầm non|mẫu giáo) $",
    re.I,
)
_DAY_NAMED = pattern(r"\d{1,2} thang \d{1,2}(?! ?nam|\d)")
_SHORT_DAY = pattern(r"\d{1,2}\s?[-/]\s?\d{1,2}(?!\s?[-/\d])")


def is_only_told(item: Item, clause: Clause, at: int) -> bool:
    """Tell whether a time stands where it ends nothing: in a closing, a reason, an example, as a jubilee, in the name
    of a place."""
    place = _PLACE_NAMED.search(item.text, max(clause.start, at - _NEAR), at)
    short = place is not None and place["plain"] and not item.table and _SHORT_DAY.match(item.joined.fold, at)
    if place is not None and (short or _DAY_NAMED.match(item.joined.fold, at)):
        return True
    if _GOES_WITH.search(item.joined.fold, max(clause.start, at - 3 * _NEAR), at) is not None:
        return True
    if _is_signed_at(item, at) or _STAYS.match(item.joined.fold, at) is not None:
        return True
    if any(m.start() <= at < m.end() for m in _JUBILEE.finditer(item.text, max(0, at - _NEAR), at + _NEAR)):
        return True
    if _LISTED.fullmatch(item.text, 0, at) is not None:
        return True
    near = max(clause.start, at - 3 * _NEAR)
    if any(find.search(item.joined.fold, near, at) is not None for find in (_OF_RATE, _OF_WORKS, _OVERDUE)):
        return True
    if _SHARE.match(item.joined.fold, at) is not None:
        return True
    moved = _MOVED.finditer(item.joined.fold, near, min(clause.end, at + _NEAR))
    if any(m.start("old") <= at < m.end("old") for m in moved):
        return True
    reported = _OF_REPORTED.search(item.joined.fold, clause.start, at) is not None
    reported = reported or _OF_HOLIDAY.search(item.joined.fold, max(clause.start, at - 2 * _NEAR), at) is not None
    if reported and _REPORT_DUE.match(item.joined.fold, at, clause.end) is not None:
        return True
    of_data = _DATA_OF.search(item.joined.fold, clause.start, at) is not None
    if of_data and any(find.match(item.joined.fold, at) for find in (_REPORT_DUE, _AS_ASKED)):
        return True
    if _was_asked(item, at) or _in_purpose(item, clause, at) or _is_stock_of(item, at):
        return True
    if _SUCH_AS.search(item.joined.fold, clause.start, at) or _FOUND.search(item.text, clause.start, at):
        return True
    return _in_closing(item, clause, at) or _in_reason(item, clause, at) or _in_example(item, at)


def _was_asked(item: Item, at: int) -> bool:
    """Tell whether a time is one that another document set, and nobody is asked for now."""
    fold, lo = item.joined.fold, max(0, at - 6 * _NEAR)
    asked = _WAS_ASKED.search(fold, lo, at)
    return asked is not None and _ASKED_NOW.search(fold, asked.end(asked.lastgroup or 0), at) is None


def _is_stock_of(item: Item, at: int) -> bool:
    """Tell whether a day is that up to which something is there: "danh sách viên chức có đến ngày 31/12"."""
    there = _THERE.search(item.text, max(0, at - _NEAR), at)
    return there is not None and (there["to"] is not None or item.text.startswith("đến ", at))


def _in_purpose(item: Item, clause: Clause, at: int) -> bool:
    """Tell whether a time belongs to what something is done for, which opens a clause before who is asked."""
    start = max(clause.start, len(item.label))
    aim = _PURPOSE.match(item.text, start, at)
    if aim is None or _WHO_ASKS.search(item.joined.fold, aim.end(), at) is not None:
        return False
    return _WHO_ASKS.search(item.joined.fold, at, clause.end) is not None


def _is_signed_at(item: Item, at: int) -> bool:
    """Tell whether the day at ``at`` is that of a form's signatures: place and day alone behind a sentence."""
    date = _FULL_DATE.match(item.joined.fold, at)
    if date is None or _SIGNED_AT.search(item.text, max(0, at - _NEAR), at) is None:
        return False
    rest = item.text[date.end() :].lstrip()
    return not rest or rest.split()[0].isupper()


def _in_reason(item: Item, clause: Clause, at: int) -> bool:
    """Tell whether a time belongs to the reason that opens a clause."""
    start = max(clause.start, len(item.label))
    if _REASON_BESIDE.search(item.text, max(clause.start, at - 2 * _NEAR), at) is not None:
        return True
    reason = _REASON.match(item.text, start)
    return reason is not None and reason.end() <= at and not _THEN.search(item.joined.fold, reason.end(), at)


def _in_example(item: Item, at: int) -> bool:
    """Tell whether a time stands in an example, which goes on to the end of its sentence or bracket."""
    if _EXAMPLES.match(item.joined.fold) is not None:
        return True
    start = item.text.rfind(". ", 0, at) + 1
    found = list(_EXAMPLE.finditer(item.joined.fold, start, at))
    return bool(found) and item.text.count(")", found[-1].end(), at) <= item.text.count("(", found[-1].end(), at)


def _in_closing(item: Item, clause: Clause, at: int) -> bool:
    """Tell whether a time stands in the name of what a closing has told: "Trên đây là kế hoạch tháng 11 năm 2018"."""
    closing = _CLOSING.match(item.joined.fold, clause.start, clause.end)
    return closing is not None and at < closing.end()


def _is_question(item: Item, clause: Clause) -> bool:
    """Tell whether a clause is a question, as forms ask it: "Em sẽ làm gì sau khi kết thúc dự án?"."""
    return item.text[clause.start : clause.end + 2].rstrip().endswith("?")


def _tells_address(item: Item, clause: Clause) -> bool:
    """Tell whether a clause tells by what address or telephone somebody can be reached, and sends nothing.

    "Hỗ trợ qua điện thoại …: Đợt 1: từ ngày …": the lead above may tell it.
    """
    above = item.path[-1] if item.path and item.path[-1].endswith(":") else ""
    words = f"{above} {item.text[len(item.label) : clause.end]}"
    return _REACHED_AT.search(folded(words)) is not None and not sends(words)
