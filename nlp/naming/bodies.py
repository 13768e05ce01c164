"""Names of bodies as they are written: "Ban Chỉ đạo phòng, chống dịch bệnh tỉnh", "Cục Nhà giáo và Cán bộ quản lý …".

A name is its head ("Ban Chỉ đạo", "Tổ", "Vụ") and what follows up to a mark, a time, a way or an act; a comma belongs
to it only within a known pair ("phòng, chống", "học sinh, sinh viên").
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import UPPER
from nlp.naming.departments import DEPARTMENTS
from nlp.words.folding import pattern
from nlp.words.vocabulary import table

_HEAD = pattern(
    r"(?:phong(?! (?:gd\w*|giao duc|pho|hieu|truong|ong|ba|ke toan|giao vien|chuyen vien|to|ban)(?!\w))"
    r"|thuong truc (?:hoi dong|ban chi dao|uy ban)|cum truong|truong cum|tong cuc|chi cuc|cuc|vu|vien|to"
    r"|nhom|ban chi (?:dao|huy)|bo phan|tieu ban|hoi dong|trung tam|uy ban mat tran"
    r"|dai phat thanh|ban(?! (?:giam (?:doc|hieu)|to chuc))|van phong|cung|bao tang|thu vien"
    r"|nha (?:van hoa|thieu nhi)|toa soan|bao(?! cao)|tap chi|cong ty|nha xuat ban|ngan hang|benh vien|doan"
    r"|lien doan|hoi lien hiep|hoi(?! nghi| thi| thao)|hoc vien|dai hoc|quy)\s{1,2}(?=\w)"
)
#: Short heads that fold like other words: "bản", "bảo", "quý".
_SPELLED = {"ban": "ban", "bao": "báo", "quy": "quỹ", "hoi": "hội", "doan": "đoàn", "cung": "cung"}
#: Heads that a small letter may follow where they begin with a capital: "Bảo tàng tỉnh", "Đoàn xã, phường".
_OF_PLACE = pattern(r"(?:tinh|huyen|thanh pho|thi xa|xa|phuong|quan|cap|cac|truong|co phan)(?!\w)")
#: Heads that are a name with small letters behind them, too: "bộ phận một cửa".
_SMALL = ("bo phan", "ban chi dao", "ban chi huy", "hoi dong", "cum truong", "truong cum")
_NEED_CAPITAL = ("phong",)
#: The office that a department stands before: "Phòng GDTrH - Sở GDĐT", "bộ phận Chuyên môn Phòng GDĐT".
_ITS_OFFICE = pattern(r"(?:,|\s-|\s(?:cua|thuoc))?\s(?=(?:bo|so|phong) (?:giao duc|gd ?(?:&|va)? ?dt))")
_BOARD = pattern(r"ban chi (?:dao|huy)|hoi dong")
#: Where a name ends.
_END = re.compile(
    r"\s?[;:()]|(?<=[Xx]ã hội)\s(?=(?:cấp |các )?(?:xã|phường)(?!\w))|\s(?=(?:Phòng|Sở|Bộ) (?:GD|Giáo dục))|\.(?=\s|$)"
    r"|,(?!\s(?:chống|sinh viên|tư tưởng|tìm kiếm|phường|thị trấn|đặc khu)(?!\w))|\s[-–]\s(?=Sở|Bộ|Phòng G)"
    r"|\s(?:trước|chậm|muộn|ngày|để|qua|theo|vào|trong|từ|đến|kèm|về|bằng|hạn|tại|xem xét|hoặc"
    r"|khi|sau|nếu|do|ngay|định kỳ|hằng|hàng"
    r"|trực tiếp|đối với|cùng|thời|danh sách|kết quả|báo cáo|hồ sơ|kế hoạch|số liệu|tình hình|duyệt|phê duyệt"
    r"|không|chưa|đã|sẽ|phải|cần|thì|bản (?:sao|gốc|chính|mềm|cứng|giấy|điện tử)"
    r"|ký|thẩm định|quyết định|cho|được|gồm|là|của(?!\s(?:Sở|Bộ|tỉnh|huyện|trường)))(?!\w)"
    r"|\svà\s(?:email|e-mail|hộp thư|địa chỉ|gửi|nộp|báo cáo|Sở|Phòng|UBND|Ủy ban|Bộ|Ban|Công (?:an|đoàn)|Tổ|các)(?!\w)"
    r"|\s\d"
)
_PLACE = re.compile(rf"(?:\s(?:cấp\s)?(?:tỉnh|huyện|thành phố|xã(?!\shội)|phường|quận)(?=\s(?!(?:và|[{UPPER}]))))")
_MOST = 90


#: Offices within others that are named by their own rules elsewhere; in a bracket they are departments.
_WITHIN = pattern(r"(?:phong|ban|van phong|thanh tra|van thu|cong doan|khoa)\s{1,2}(?=\w)")


def body_at(text: str, fold: str, at: int, heads: re.Pattern[str] = _HEAD) -> int | None:
    """Return where the name of a body that begins at ``at`` ends, None where none begins there."""
    head = heads.match(fold, at)
    if head is None:
        return None
    kind, capital = head.group().strip(), text[head.end()].isupper()
    if text[at : at + len(kind)].lower() != _SPELLED.get(kind, text[at : at + len(kind)].lower()):
        return None
    capital = capital or (text[at].isupper() and _OF_PLACE.match(fold, head.end()) is not None)
    known = kind in _SMALL or (capital and (text[at].isupper() or kind in _NEED_CAPITAL))
    if not (known or _is_abbreviation(text, head.end())):
        return None
    stop = min(len(text), at + _MOST)
    end = _END.search(text, head.end() - 1, stop)
    if end is not None and end.start() < head.end():
        return None  # "gửi cho cụm trưởng trước khi dạy": nothing follows the head
    stop = end.start() if end is not None else stop
    place = _PLACE.search(text, head.end(), stop)
    stop = place.end() if place is not None else stop
    return _before_verb(text, fold, head.end(), stop)


def _is_abbreviation(text: str, at: int) -> bool:
    """Tell whether a name begins with capitals only: "tổ KTNB", "cục CNTT"."""
    return text[at : at + 2].isupper()


def _before_verb(text: str, fold: str, start: int, stop: int) -> int | None:
    """Return ``stop``, or the blank before the act that follows the name: "Tổ Văn phòng | tổng hợp"."""
    for match in re.finditer(r"\s", text[start:stop]):
        at = start + match.end()
        paired = text[start : match.start() + start].endswith(_BEFORE_ACT)  # "Dịch vụ việc làm", "giáo dục hòa nhập"
        if text[at : at + 1].islower() and at < stop and not paired and _acts(text, fold, at):
            return start + match.start()
    end = stop - (len(text[start:stop]) - len(text[start:stop].rstrip()))
    return end if end > start else None


#: Words that a verb makes a noun with.
_BEFORE_ACT = ("việc", "hòa", "hoà")
#: Verbs that stand in names as well: "Cán bộ quản lý giáo dục", "Hội đồng tuyển sinh".
_IN_NAMES = pattern(
    r"(?:quan ly|tuyen sinh|thi dua|kiem tra|xet|thi|cham|ra de|to chuc|giam sat|huong dan|tu van|phong|chong"
    r"|cuu nan|chi dao|dieu hanh|bao ve|phuc vu|tiep nhan|danh gia|phat trien|xay dung|thuc hien|doi moi"
    r"|kiem soat|ho tro)(?!\w)"
)


def _acts(text: str, fold: str, at: int) -> bool:
    """Tell whether an act begins at ``at``; verbs are told by their marks: "giáo" is not "giao"."""
    return _verbs().match(text, at) is not None and _IN_NAMES.match(fold, at) is None


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    words = {w for row in table("verbs")["verb"] for w in row["words"]}
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)")


def is_board(fold: str, at: int) -> bool:
    """Tell whether a body that begins at ``at`` decides for its office, not as a part of it: a board, a council."""
    return _BOARD.match(fold, at) is not None


def office_behind(fold: str, end: int) -> int | None:
    """Return where the office begins that a department, which ends at ``end``, stands before; None for none."""
    at = end - 3 if fold[end - 3 : end] == " so" else end  # "Văn phòng Sở GDĐT"
    match = _ITS_OFFICE.match(fold, at)
    return match.end() if match is not None else None


def department_at(text: str, fold: str, at: int) -> int | None:
    """Return where the name of a department, a section or a body that begins at ``at`` ends, None for none."""
    department = DEPARTMENTS.match(text, at)
    if department is not None:
        return department.end()
    return body_at(text, fold, at) or body_at(text, fold, at, _WITHIN)
