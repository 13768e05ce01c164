"""The way of a duty ("qua …"): a department, a person, a mailbox, a form, a system."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import squeeze
from nlp.naming.bodies import department_at, office_behind
from nlp.naming.recipients import OF_BODY, PERSON, receiver_at, sends
from nlp.words.folding import folded, pattern

_VIA = pattern(
    r"(?:\(\s{0,2}|\s|^)(?:thong\s)?qua\s{1,2}"
    r"(?!(?:mang|do|tai|trinh|dem|so(?! (?:gd|giao duc|noi vu|tai chinh|y te|thong tin|khoa hoc|tu phap|van hoa"
    r"|ke hoach|lao dong))|lon|viec|cac|duong|truoc|trong|ngay|sau)(?!\w))"
)
_SYSTEM = pattern(r"he thong quan ly van ban")
#: Where something is entered; the office gets it all the same.
_NO_WAYS = ("mang", "duong buu", "dien thoai", "so dien thoai", "duong day nong")
_USED = re.compile(r"(?:đã|vừa|mới)\s?$")
#: A mailbox that something is sent to: "gửi về hộp thư …", "tới địa chỉ …".
_MAILBOX = pattern(
    r"(?<!\w)(?:(?:ve|toi|vao|den|theo|gui|va|qua|tai)\s|\()(?:(?:dia chi|hop thu|e-?mail|mail|thu dien tu|hom thu)"
    r"(?: dien tu| e-?mail| mail| thu(?!\w)| cong vu)?\s?:?\s?){1,2}"
    r"(?P<address>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
)
_VIA_END = pattern(
    r"\)|\s?\(|\sdoi voi\s|\scho\s(?=(?:dong chi|d/c|ong|ba|co|thay|so|phong|bo|ubnd)\s)"
    r"|\sve\s(?=(?:so|phong|bo|ubnd|van phong|ban)\s)|:\s(?=(?:cac |moi )?(?:phong gd|truong |trung tam |so gd|khoi ))"
    r"|\sde\s|\struoc\s|\scham\s|\s(?:it|muon) nhat\s|\stoi thieu\s|;|\.(?=\s|$)|,(?! (?:sinh vien|tu tuong))"
    r"|\shoac\s|(?<! va)\svao\s|\strong\s|(?<! dien)\stu\s(?!tuong)"
    r"|\stheo\s|\scung\s(?:voi\s)?(?=(?:bao cao|ho so|danh sach|ke hoach|ket qua)(?!\w))|$"
)
#: Of a person the office and the address behind a comma belong to it: "qua cô Lê Thị Hoa, văn thư".
_PERSON = pattern(r"(?:ong|ba|co|thay|anh|chi|dong chi|d/c)\s")
_PERSON_END = pattern(r"\)|\sde\s|,?\struoc\s|,?\scham\s|;|\.(?=\s|$)|,?\svao\s|,?\strong\s|$")
#: A telephone is told beside who receives; it is no way, and what is reported by it goes nowhere else.
_PHONE = pattern(r"(?<!\w)(?:(?:so )?(?:dien thoai|dt|hotline)(?: so)?:?\s?0\d|(?:qua|bang) dien thoai(?!\w))")
#: A department that stands before its office: "về Phòng KHTC, Sở GDĐT", "tại bộ phận Chuyên môn Phòng GDĐT".
_AT = pattern(
    r"(?<!\w)(?:(?:noi|dia diem|dia chi) (?:nhan|nop|gui)(?: \w+){0,2}:"
    r"|ve|cho|toi|den|tai|gui|nop|bao|truc tiep)\s(?:cho\s)?(?=\w)"
)
#: A form or a page that is filled in: "tại địa chỉ https://…", "theo đường link …", "vào biểu mẫu …".
_LINK = pattern(
    r"(?<!\w)(?:(?:qua|tai|theo|vao|tren|len|o|bang)\s(?:(?:dia chi|duong (?:dan|link)|link|trang|website"
    r"|bieu(?: mau)?|mau|form|phieu|google forms?|truc tuyen|online|web|dang ky|khao sat|phan mem|he thong|cong"
    r"|tai|tren)\s?:?\s?){0,5}"
    r"|(?:dia chi|duong (?:dan|link)|truc tuyen)\s?:?\s)"
    r"(?P<address>https?://\S+|(?:[\w-]{2,40}\.){1,4}(?:vn|com|net|org|gle|ly|me)(?:/\S*)?(?![\w@]))"
)
_FILLS = pattern(
    r"(?<!\w)(?:dien|nhap(?! hoc)|khai(?! (?:giang|mac|truong))|khao sat|tra loi|binh chon|gop y|cap nhat|dang ky"
    r"|du thi|tham gia|thi)(?!\w)"
)
#: What a bracket behind who receives opens with, or a comma before a section ("Phòng GDĐT, Tổ Phổ thông"), and
#: what joins who receives to a verb.
_BRACKET = pattern(r"(?:\s?\(|,\s(?=(?:to|bo phan) \w))(?:truc tiep |tai |nop tai )?")
JOINT = pattern(
    r"(?<!\w)(?:ve|cho|toi|len|den|tai|gui|nop|bao cao|bao(?= (?:so|phong|ubnd) )|voi|va|hoac)\s"
    r"(?:truc tiep\s)?(?:cho\s)?(?:cac\s)?(?=\w)"
)
#: A mailbox told behind a comma: "về Cục Quản lý chất lượng, địa chỉ email …"; not whom to ask.
_MAIL_TOO = pattern(
    r",\s(?:dia chi\s)?(?:e-?mail|mail|hop thu|thu dien tu)(?: dien tu| cong vu)?\s?:?\s?(?=[\w.+-]{1,64}@)"
)
_ASK = pattern(r"(?<!\w)(?:lien he|trao doi|hoi|lien lac)(?!\w)")
#: Whom to ask, at the end of the words before a "qua": "… liên hệ với Sở GDĐT (qua Phòng GDTrH)".
_CONTACT = pattern(r"(?<!\w)(?:lien he|lien lac)(?:(?! (?:va )?(?:nop|gui|dang ky|bao cao) )[^.;:]){0,80}$")
_ALSO = pattern(
    r"(?:(?:so )?(?:dien thoai|dt)[^,;()]{4,24}[,;]\s)?(?:(?:qua\s)?(?:dia chi\s)?(?:e-?mail|mail|hop thu|thu dien tu)"
    r"\s?:?\s?)?(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
)
#: A group of people on a telephone: "báo vào nhóm Zalo CBQL trước 11 giờ".
_GROUP = pattern(
    r"(?<!\w)(?:vao|tren|len|toi|trong)\s(?P<group>(?:nhom|group) (?:zalo|messenger|viber|facebook)"
    r"(?: (?!(?:truoc|cham|trong|vao|de|va|ngay|sau|cua|hang)(?!\w))[\w&-]+){0,4})"
)
_NEXT = pattern(r"[,;]\s(?:(?:va|thong)\s)?(?:qua\s)?(?=\w)|\s(?:(?:va|hoac)\s)?qua\s(?=\w)")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PAGE = re.compile(r"https?://\S+|(?:[\w-]{2,40}\.){1,4}(?:vn|com|net|org|gle|ly|me)(?:/\S*)?(?![\w@])")
#: A short name that a line end cut: "Phòng GDTrH- GDTX".
_CUT = re.compile(r"(?<=\w)-\s(?=[A-ZĐ])")
_REACH = 110


def by_phone(text: str) -> bool:
    """Tell whether something is reported by telephone."""
    return _PHONE.search(folded(text)) is not None


def to_mailbox(text: str) -> bool:
    """Tell whether something is sent to a mailbox: the office's that writes, where no other is named.

    A form, a page or a system that is filled in names nobody.
    """
    return _MAILBOX.search(folded(text)) is not None and sends(text)


def is_page(way: str) -> bool:
    """Tell whether a way is the address of a page: a department told for all goes before it."""
    return "@" not in way and " " not in way and "." in way


def _link(text: str, fold: str) -> str | None:
    """Return the address of a form that is filled in, or of a page that something is sent by."""
    link = _LINK.search(fold)
    if link is None or not (sends(text[: link.start()]) or _FILLS.search(fold, 0, link.start())):
        return None
    return text[link.start("address") : link.end("address")].rstrip(".,;:)")


def _in_bracket(text: str, fold: str) -> str | None:
    """Return the department or mailbox in the bracket behind an office: "Sở GDĐT (Phòng KHTC)"."""
    for bracket in _BRACKET.finditer(fold):
        at = bracket.end()
        if not _receives(text, fold, bracket.start()):
            continue
        end = department_at(text, fold, at)
        if end is not None:
            return squeeze(text[at:end])
        mail = _ALSO.match(fold, at)
        if mail is not None:
            return text[mail.start("mail") : mail.end("mail")]
    return None


def _receives(text: str, fold: str, until: int) -> bool:
    """Tell whether who receives is named right before ``until``."""
    starts = (joint.end() for joint in JOINT.finditer(fold, max(0, until - _REACH), until))
    ends = (found[1] for at in starts if PERSON.match(text, at) is None and (found := receiver_at(text, fold, at)))
    return until in ends and sends(text[:until])


def _others(text: str, fold: str, at: int) -> list[str]:
    """Return the other departments of a bracket: "(qua Phòng A đối với THPT; Phòng B đối với tiểu học)"."""
    close = text.find(")", at)
    if close < 0 or text.rfind("(", 0, at) < text.rfind(")", 0, at):
        return []
    found = []
    for joint in _NEXT.finditer(fold, at, close):
        end = department_at(text, fold, joint.end())
        if end is not None:
            found.append(squeeze(text[joint.end() : end]))
    return found


def mailbox_in(text: str) -> str | None:
    """Return the first mailbox that words name."""
    mail = _MAIL.search(text)
    return mail.group() if mail is not None else None


@lru_cache(maxsize=256)
def via_of(text: str) -> str | None:
    """Return the unit or address that a report goes through ("qua Cục CNTT"), None where it says nothing."""
    fold = folded(text)
    bracket = _in_bracket(text, fold)
    if bracket is not None:
        return bracket
    for match in _VIA.finditer(fold):
        if "qua" not in text[match.start() : match.end()].lower() or _USED.search(text, 0, match.start() + 1):
            continue  # "quả", as in "kết quả"; "đã qua sử dụng"
        if _CONTACT.search(fold, max(0, match.start() - _REACH), match.start()) is not None:
            continue
        person = _PERSON.match(fold, match.end())
        end = (_PERSON_END if person else _VIA_END).search(fold, match.end())
        stop = end.start() if end else len(fold)
        words = squeeze(text[match.end() : stop])
        if person and len(words) <= _REACH:
            return words
        mail = _MAIL.search(words)
        if mail:
            return mail.group()
        page = _PAGE.search(words)
        if page:
            return page.group().rstrip(".,;:)")  # "qua biểu mẫu https://…"
        words = re.sub(r"^(?:địa chỉ\s)?(?:email|e-mail|thư điện tử|hộp thư)?\s?:?\s?", "", words)
        words = _CUT.sub("-", words.replace(" và vào ", " và "))
        if 2 < len(words) <= 70 and (_SYSTEM.match(folded(words)) or not folded(words).startswith(_NO_WAYS)):
            return ", ".join([words, *_others(text, fold, stop)])
    box = _MAILBOX.search(fold)
    if box is not None:
        return text[box.start("address") : box.end("address")]
    too = _MAIL_TOO.search(fold)
    if too is not None and sends(text[: too.start()]) and _ASK.search(fold, 0, too.start()) is None:
        mail = _MAIL.match(text, too.end())
        return mail.group() if mail is not None else None
    group = _GROUP.search(fold)
    if group is not None and sends(text[: group.start()]):
        return squeeze(text[slice(*group.span("group"))])
    for joint in _AT.finditer(fold):
        person = PERSON.match(text, joint.end())
        if person is not None and OF_BODY.match(text, person.end()) and sends(text[: joint.end()]):
            return squeeze(person.group())
        behind = department_at(text, fold, joint.end())
        if behind is not None and office_behind(fold, behind) is not None and sends(text[: joint.end()]):
            return squeeze(text[joint.end() : behind])
    return _link(text, fold)
