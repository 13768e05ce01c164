"""Recipient (nơi nhận báo cáo) and way ("qua …") of a duty."""

from __future__ import annotations

import re

from corpus.text import squeeze
from nlp.actors import DEPARTMENTS
from nlp.folding import folded, pattern
from nlp.verbs import opens_with_verb
from nlp.vocabulary import entries, union

_TO = pattern(r"(?<!\w)(?:ve|cho|toi|len|den|tai|(?:vao )?tai khoan cua)\s{1,2}(?:cho\s|cac\s)?")
#: One registers with somebody: "đăng ký câu lạc bộ với phó hiệu trưởng".
_WITH = pattern(r"(?<!\w)(?:ve|cho|toi|len|den|voi)\s{1,2}(?:cho\s|cac\s)?")
_FOR = pattern(r"(?<!\w)cho\s{1,2}(?:cac\s)?")
_SCHOOL = pattern(r"truong (?:mam non|tieu hoc|thcs|thpt)(?!\w)")
_BEFORE = pattern(r"(?<!\w)voi\s{1,2}")
_VIA = pattern(
    r"(?:\(\s{0,2}|\s|^)(?:thong\s)?qua\s{1,2}"
    r"(?!(?:mang|do|trinh|dem|so(?! (?:gd|giao duc|noi vu|tai chinh|y te))|lon|viec|cac|duong)(?!\w))"
)
_USED = re.compile(r"(?:đã|vừa|mới)\s?$")
#: A mailbox that something is sent to: "gửi về hộp thư …", "tới địa chỉ …".
_MAILBOX = pattern(
    r"(?<!\w)(?:ve|toi|vao|den|theo)\s(?:(?:dia chi|hop thu|email|e-mail|thu dien tu|hom thu)"
    r"(?: dien tu| email| thu(?!\w)| cong vu)?\s?:?\s?){1,2}"
    r"(?P<address>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
)
_VIA_END = pattern(
    r"\)|\s?\(|\sdoi voi\s|\sde\s|\struoc\s|\scham\s|;|\.(?=\s|$)|,(?! (?:sinh vien|tu tuong))"
    r"|\shoac\s|\svao\s|\strong\s|(?<! dien)\stu\s(?!tuong)"
    r"|\stheo\s|$"
)
#: Of a person the office and the address behind a comma belong to it: "qua cô Lê Thị Hoa, văn thư".
_PERSON = pattern(r"(?:ong|ba|co|thay|anh|chi|dong chi|d/c)\s")
_PERSON_END = pattern(r"\)|\sde\s|,?\struoc\s|,?\scham\s|;|\.(?=\s|$)|,?\svao\s|,?\strong\s|$")
_CALLED = pattern(
    r"(?<!\w)(?:(?P<phone>(?:so )?(?:dien thoai|dt|hotline)(?: so)?:?\s?0\d[\d. ]{6,14}\d)"
    r"|bang (?P<way>dien thoai))(?!\w)"
)
_MORE = pattern(r"(?:\s\([^()]{3,90}\))?\s{0,2}(?:va|hoac|,|dong thoi)\s{1,2}(?:gui\s|bao cao\s)?")
_DEPARTMENT_OF = re.compile(rf"(?:về|cho|tới|đến)\s(?P<name>{DEPARTMENTS.pattern}),\s(?:Sở GD|Sở Giáo dục)")
_LINK = re.compile(r"qua (?:đường dẫn|đường link|link|trang)\s?:?\s?(?P<address>https?://\S+)")
_BRACKET = re.compile(r"\s?\([^()]*\)")
_OFFICE = pattern(r"(?<!\w)(?P<kind>bo|so|phong) (?:giao duc va dao tao|gddt)(?!\w)")
_NAMED = re.compile(r"(?:đồng chí|đ/c|ông|bà|cô|thầy)\s[A-ZÀ-ỸĐ][a-zà-ỹđ]{0,7}(?:\s[A-ZÀ-ỸĐ][a-zà-ỹđ]{0,7}){0,4}")
_PHONG = re.compile(r"^([Pp])h(?:[oôóõồ]|ươ)ng")
#: What follows "sở" where it is the office: "… báo cáo sở trước ngày …"; "sở trẻ" is a misread "số trẻ".
_BARE_SO = re.compile(r"$|\s?[,.;:()]|\s(?:qua|trước|để|và|chậm|theo|trong|vào|hoặc|kết quả|tình hình|danh sách)(?!\w)")
#: An office whose name goes on in the next line of a row, behind words of other cells.
_CUT_OFFICE = re.compile(r"\s(?:về\s)?(?P<kind>Phòng|Sở|Bộ)\s(?!GDĐT|Giáo dục).{2,80}\sGDĐT(?!\w)")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_REACH = 110


def sends(text: str) -> bool:
    """Tell whether a clause speaks of sending something."""
    return any(not _other_word(text, m, "send") for m in union("recipients", "send").finditer(folded(text)))


def office_in(text: str) -> str | None:
    """Return the education office that a row of a table names after its verb of sending, None for none."""
    fold = folded(text)
    verbs = [verb.end() for verb in union("recipients", "send").finditer(fold)]
    offices = list(_OFFICE.finditer(fold, verbs[0] if verbs else 0))
    if offices:
        match = next((o for o in offices if _TO.search(fold, max(0, o.start() - 6), o.start()) is not None), offices[0])
        return {"bo": "Bộ GDĐT", "so": "Sở GDĐT", "phong": "Phòng GDĐT"}[match["kind"]]
    cuts = (_CUT_OFFICE.match(text, at) for at in verbs)
    return next((f"{cut['kind']} GDĐT" for cut in cuts if cut is not None), None)


def recipient_of(text: str, *, until: int | None = None) -> str | None:
    """Return who receives what a clause asks for, in the short form of the gold; None where it says nothing.

    Of several the last verb of sending before ``until`` counts.
    """
    fold = folded(text)
    end = len(text) if until is None else until
    best: str | None = None
    for verb in union("recipients", "send").finditer(fold, 0, end):
        if _other_word(text, verb, "send"):
            continue
        at = verb.end()
        direct = re.compile(r"\s{1,2}(?:cac\s|truc tiep\s)?").match(fold, at)
        found = _chain(text, fold, direct.end()) if direct else None
        if found is None:
            stop = min(len(fold), at + _REACH)
            cut = re.compile(r"[;.](?=\s)").search(fold, at, stop)
            joints = _WITH if verb.group().startswith("dang ky") else _TO
            for to in joints.finditer(fold, at, cut.start() if cut else stop):
                found = _chain(text, fold, to.end())
                if found is not None:
                    break
        best = found or best
    return best or _declared_to(text, fold, end) or _handed_to(text, fold, end)


def is_phone(way: str) -> bool:
    """Tell whether a way is the telephone."""
    return _CALLED.search(folded(f"bằng {way}")) is not None


def to_mailbox(text: str) -> bool:
    """Tell whether something is sent to a mailbox: that of the office that writes, where no other is named."""
    return _MAILBOX.search(folded(text)) is not None and sends(text)


def _handed_to(text: str, fold: str, end: int) -> str | None:
    """Return to which schools something is handed over: "giao phiếu đăng ký cho trường THPT"."""
    for verb in union("recipients", "hand").finditer(fold, 0, end):
        if _other_word(text, verb, "hand"):
            continue
        stop = min(end, verb.end() + _REACH)
        to = _FOR.search(fold, verb.end(), stop)
        found = _school_at(text, fold, to.end()) if to is not None else None
        if found is not None:
            return found
    return None


def _school_at(text: str, fold: str, at: int) -> str | None:
    school = _SCHOOL.match(fold, at)
    if school is None or opens_with_verb(fold, school.end() + 1):
        return None
    return squeeze(text[at : school.end()])


def _declared_to(text: str, fold: str, end: int) -> str | None:
    """Return before whom something is declared: "kê khai, cam kết với hiệu trưởng"."""
    for verb in union("recipients", "declare").finditer(fold, 0, end):
        for joint in _BEFORE.finditer(fold, verb.end(), min(end, verb.end() + _REACH)):
            found = _chain(text, fold, joint.end())
            if found is not None:
                return found
    return None


def _chain(text: str, fold: str, at: int) -> str | None:
    """Return the recipients that begin at ``at``: "UBND cấp xã và Sở GDĐT"."""
    names: list[str] = []
    out = ""
    while len(names) < 4:
        found = _one(text, fold, at)
        if found is None:
            break
        name, end = found
        names.append(name)
        out += name
        more = _MORE.match(fold, end)
        if more is None or _one(text, fold, more.end()) is None:
            break
        joint = squeeze(_BRACKET.sub("", text[more.start() : more.end()])).removesuffix(" gửi").removesuffix(" báo cáo")
        out += ", " if joint.startswith(",") else f" {joint} "
        at = more.end()
    if len(names) == 2 and names[1] == "Sở GDĐT" and names[0].lower().startswith("phòng ") and ", " in out:
        return names[1]  # "gửi về Phòng Công nghệ, Sở GDĐT": the office, through its department
    return out or None


def _one(text: str, fold: str, at: int) -> tuple[str, int] | None:
    """Return the recipient that begins at ``at`` and where it ends; a department of the Sở goes by its name."""
    department = DEPARTMENTS.match(text, at)
    if department is not None:  # an OCR lost the tone of "Phong KTQLCL"
        return _PHONG.sub(lambda m: f"{m[1]}hòng", squeeze(department.group())), department.end()
    person = _NAMED.match(text, at)
    if person is not None:
        return squeeze(person.group()), person.end()
    match = union("recipients", "recipient").match(fold, at)
    if match is None or match.end() == at or _other_word(text, match, "recipient"):
        return None
    if text[match.start() : match.end()] == "sở" and _BARE_SO.match(text, match.end()) is None:
        return None
    return _name(text, match), match.end()


def _other_word(text: str, match: re.Match[str], group: str) -> bool:
    """Tell whether the match is another word that only folds alike ("số" for "Sở", "bảo" for "báo")."""
    entry = entries("recipients", group)[int(str(match.lastgroup)[1:])]
    words = text[match.start() : match.end()].lower()
    return any(words == other or words.startswith(f"{other} ") for other in entry.row.get("not", ()))


def _name(text: str, match: re.Match[str]) -> str:
    entry = entries("recipients", "recipient")[int(str(match.lastgroup)[1:])]
    surface = squeeze(text[match.start() : match.end()])
    if "{}" not in entry.name:
        return entry.name
    if entry.name == "{}":
        return surface
    tail = re.sub(r"(?i)^(?:chủ tịch\s)?(?:ubnd|[uủ][yỷ] ban nhân dân)\s?", "", surface)
    return entry.name.format(tail).strip()


def _more_ways(text: str, at: int) -> list[str]:
    """Return the other departments of a bracket: "(qua Phòng A đối với THPT; qua Phòng B đối với tiểu học)"."""
    end = text.find(")", at)
    if end < 0 or text.rfind("(", 0, at) < text.rfind(")", 0, at):
        return []
    found = (DEPARTMENTS.match(text, way.end()) for way in _VIA.finditer(folded(text), at, end))
    return [squeeze(match.group()) for match in found if match is not None]


def via_of(text: str) -> str | None:
    """Return the unit or address that a report goes through ("qua Cục CNTT"), None where it says nothing."""
    fold = folded(text)
    for match in _VIA.finditer(fold):
        if "qua" not in text[match.start() : match.end()].lower() or _USED.search(text, 0, match.start() + 1):
            continue  # "quả", as in "kết quả"; "đã qua sử dụng"
        person = _PERSON.match(fold, match.end())
        end = (_PERSON_END if person else _VIA_END).search(fold, match.end())
        stop = end.start() if end else len(fold)
        words = squeeze(text[match.end() : stop])
        if person and len(words) <= _REACH:
            return words
        mail = _MAIL.search(words)
        if mail:
            return mail.group()
        words = re.sub(r"^(?:địa chỉ\s)?(?:email|e-mail|thư điện tử|hộp thư)?\s?:?\s?", "", words)
        if 2 < len(words) <= 60 and not folded(words).startswith(("he thong", "mang", "phan mem", "duong buu")):
            return ", ".join([words, *_more_ways(text, stop)])
    box = _MAILBOX.search(fold)
    if box is not None:
        return text[box.start("address") : box.end("address")]
    link = _LINK.search(text)
    if link is not None:
        return link["address"].rstrip(".,;")
    joint = _DEPARTMENT_OF.search(text)
    if joint is not None and sends(text[: joint.start()]):
        return squeeze(joint["name"])
    called = _CALLED.search(fold)
    if called is not None and sends(text[: called.start()]):
        return squeeze(text[called.start(called.lastgroup or 0) : called.end()])
    return None
