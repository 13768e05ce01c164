"""Systems that something is entered into: "hệ thống PMIS", "CSDL ngành", "kho học bạ số của Sở", as they are written.

A system is the way (via) of what is entered, uploaded, approved or sent there; one without a name ("trên hệ thống") and
what stands in it already ("danh sách trên phần mềm, đối chiếu với hồ sơ") are none.
"""

from __future__ import annotations

import re

from corpus.text import UPPER, squeeze
from nlp.naming.recipients import sends
from nlp.words.folding import folded, pattern

_INTO = re.compile(
    r"(?<!\w)(?:vào|lên|trên|qua|tại|về|bằng)\s"
    r"(?P<system>(?P<head>(?:[Hh]ệ thống|[Pp]hần mềm|[Cc]ơ sở dữ liệu|CSDL|[Kk]ho (?:học bạ|dữ liệu|học liệu)"
    r"|[Cc]ổng (?:thông tin điện tử|dịch vụ công|tuyển sinh))(?!\w))"
    # a name of capitals: "EMIS", "LMS", "SMAS", "vnEdu"
    r"|(?:[A-Z]{1,4}MIS|[A-Z]{1,4}MS|SMAS|vnEdu|VNPT [A-Z]\w+|iDesk)(?![\w.]))"
)
#: What a name goes on to.
_END = re.compile(
    r"\s?[;:()“”\"]|\shttps?:|\.(?=\s|$)|,(?=\s|$)(?!\s(?:xóa mù chữ|xoá mù chữ|XMC))|\s[-–]\s"
    r"|\s(?:trước|chậm|muộn|ngày|để|qua|theo|vào|trong|từ|đến|kèm|về|(?<!văn )bằng|hạn|khi|sau|nếu|do|ngay"
    r"|định kỳ|hằng|hàng|trực tiếp|đối với|cùng|và(?!\s[Đđ]ào tạo)|hoặc|xong|đúng|đầy đủ|tại|ở|thì|phải|có|được"
    r"|là|gồm|nhưng|chính xác|hoàn thành|cho|với|đảm bảo|bảo đảm|làm|tuần|tháng|năm|giờ|lúc|cuối|đầu(?! cấp)"
    r"|giữa|kịp|nhằm|gửi|nộp|báo cáo|(?:một|hai|ba) lần"
    rf"|các|của(?!\s(?:[{UPPER}]|tỉnh|ngành|huyện|xã)))(?!\w)|\s\d"
)
#: What is no place to enter something, though it is called a system.
_NO_SYSTEM = pattern(
    r"\s(?:mang|camera|loa|dien|nuoc|wifi|truyen thanh|phong|day|cay|giao duc(?! \w)|truong|nha|cac|bang|van ban quy"
    r"|so sach|ho so|thong gio|chieu sang|phat thanh|luat|chinh tri|thiet bi|may|ban|sach|den)(?!\w)"
)
#: What the words that only point say: "hệ thống này", "phần mềm nêu trên".
_POINTS = pattern(r"^(?:he thong|phan mem) cua\s|\s(?:nay|tren|neu tren|noi tren|do|chung|moi|cu|truc tuyen)$")
_ENTERS = pattern(
    r"(?<!\w)(?:nhap(?! hoc)|vao (?:diem|so)|khai(?! (?:giang|mac|truong|thac))|cap nhat|dang (?:ky|tai)|tai|dua|day"
    r"|dong bo|duyet|xac nhan|ky so|khoi tao|thong ke|hoan thanh|hoan thien|bo sung|cong bo|phat hanh|chuyen|tra loi"
    r"|khai bao|theo doi|nop|lap|bao so|bao si so)(?!\w)"
)
_SENDS = pattern(r"(?<!\w)(?:gui|nop|chuyen|bao cao|dang ky|trinh)(?!\w)")
#: The address of a system, in a bracket behind it: "CSDL ngành (csdl.moet.gov.vn)".
_ADDRESS = re.compile(
    r"\s?\(?(?:tại |tại địa chỉ |địa chỉ )?(?P<page>https?://[^\s)]+|(?:[\w-]{2,40}\.){2,4}vn)(?!\w|@)"
)
#: A name is no longer than this.
_LONGEST = 70


def system_in(text: str) -> str | None:
    """Return the named system that words have something entered into, None for none."""
    for match in _INTO.finditer(text):
        at = match.end()
        before = text[: match.start()]
        portal = match["head"] is not None and match["head"].lower().startswith("cổng")
        if (_SENDS if portal else _ENTERS).search(folded(before)) is None and (portal or not sends(before)):
            continue  # what is made known on a portal goes in nowhere
        if match["head"] is None:
            return match["system"]
        if _NO_SYSTEM.match(folded(text[at : at + 24])) is not None:
            continue
        end = _END.search(text, at)
        stop = end.start() if end is not None else len(text)
        address = _ADDRESS.match(text, stop)
        if address is not None:
            return address["page"].rstrip(".,;")
        name = squeeze(text[match.start("system") : stop])
        named = len(name.split()) > len(match["head"].split()) or match["head"].lower().startswith(("kho", "cổng"))
        if named and len(name) <= _LONGEST and _POINTS.search(folded(name)) is None:
            return name
    return None
