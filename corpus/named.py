"""Schools and offices by name ("Trường THCS Lê Lợi", "Sở GDĐT Hà Nội"): a duty that begins with them is theirs."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.facts import Actor
from corpus.places import REMEMBERED, names_place, province_names
from corpus.schools import is_school, special
from corpus.text import LOWER, UPPER, fold, nfc, squeeze

#: Between names where several stand in one text ("Trường TH Hoa Sen; Trường THCS Lê Lợi").
JOINT = "; "

_SCHOOL = r"(?:[Tt]rường|[Tt]rung tâm|TT(?=\s?GD))"
#: Kinds of school in a name: never its own name.
_KIND = (
    r"(?:TH|THCS|THPT|PTDT(?:NT|BT)?|DTNT|DTBT|MN|MG|PT|[Mm]ầm non|[Mm]ẫu giáo|[Tt]iểu học|[Tt]ư thục"
    r"|[Tt]rung học(?: cơ sở| phổ thông)?|[Pp]hổ thông|[Dd]ân tộc|[Nn]ội trú|[Bb]án trú|[Ll]iên cấp|[Cc]huyên"
    r"|[Dd]ân lập|GDTX|GDNN|[Nn]hiều cấp học)"
)
_KINDS = rf"(?>(?:\s{_KIND}(?!\w)(?:\s?(?:[&,–-]|và)\s?{_KIND}(?!\w))*)*)"
_PLACE = r"(?:[Tt]hị trấn|[Xx]ã|[Pp]hường|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Tt]ỉnh|[Ss]ố)"
#: What opens a word of its own sentence and no name.
_NO_NAME = (
    r"(?!(?:Sáng|Chiều|Tối|Ngày|Thứ|Tháng|Trước|Từ|Trong|Đến|Các|Phòng|Sở|Bộ|UBND|Trường|Trung|Văn phòng|Thanh tra"
    r"|Đợt|Lớp)(?!\w))"
)
_CAPITAL = rf"{_NO_NAME}(?!{_KIND}(?!\w))[{UPPER}](?:[{LOWER}’']{{1,8}}|(?![\w.]))"
_NAME = (
    rf"(?:{_PLACE}\s(?:{_CAPITAL}(?:\s(?:{_CAPITAL}|\d{{1,2}}))*(?:\ssố\s\d{{1,2}})?|số\s\d{{1,2}}|\d{{1,2}}(?:\s{_CAPITAL})*)"
    rf"|{_CAPITAL}(?:\s(?:{_CAPITAL}|\d{{1,2}}(?![/\d])|số\s\d{{1,2}}))+)"
)
_LEAD = re.compile(
    r"(?:[-+*•]\s?|\w{1,3}[.)]\s|\|?\s?(?:[Cc]ụm\s)?\w{1,4}\s\|\s)?"
    r"(?:(?:[Rr]iêng|[Đđ]ối với|[Gg]iao|[Đđ]ề nghị|[Yy]êu cầu|(?:[Pp]hó )?[Hh]iệu trưởng"
    r"|[Tt]hủ trưởng|[Gg]iám đốc|[Bb]an [Gg]iám hiệu|[Ll]ãnh đạo|[Cc]ác|[Hh]ai|[Bb]a|0\d|Đ/c|[Đđ]ồng chí)\s){0,3}"
)
_FIRST = re.compile(rf"(?P<kind>{_SCHOOL}{_KINDS}):?\s(?P<name>{_NAME})")
_NEXT = re.compile(
    r"(?:\s?\([^()]{1,80}\))?(?:,|;|,? và)\s"
    rf"(?:(?P<kind>(?:{_SCHOOL}{_KINDS}|{_KIND}(?:\s?[&-]\s?{_KIND})*)\s))?(?P<name>{_NAME})"
)
#: A centre or an office of the place that writes, or of a commune, by its kind alone beside those named.
_ONE_OF_KIND = re.compile(
    r"(?P<name>(?P<kind>)(?:[Tt]rung tâm|TT)\s?(?:GDNN|GDTX|[Gg]iáo dục)"
    rf"[^\s,;.:()]*(?:\s(?:huyện|quận|thị xã|thành phố))?(?![\w-])(?!\s[{UPPER}]))"
)
_JOINED = re.compile(r"(?:\s?\([^()]{1,80}\))?(?:,|;|,? và|,? cùng(?: với)?)\s")
#: Schools told by what they do, with their names in a bracket: "các trường đặt lớp (TH Đông Phú, THCS Lê Lợi)".
_LISTED = re.compile(rf"{_SCHOOL}(?:\s[^\W\d{UPPER}]\w*){{1,8}}\s\((?:gồm:?\s)?(?=[{UPPER}])(?P<names>[^()]+)\)")
_MEMBER = re.compile(rf"(?:{_SCHOOL}\s)?{_KIND}(?:\s?[&-]\s?{_KIND})*\s(?:{_NAME}|[Tt]hị trấn)")
#: Names alone in such a bracket ("(Nậm Ét, Pá Ma, Chiềng Khừa)"), and words of schools by where they are: these names
#: are of places, and each of the schools there may be meant.
_NAMES_ALONE = re.compile(rf"{_CAPITAL}(?:\s{_CAPITAL})+")
_WHERE = re.compile(r"(?<!\w)(?:cụm|khu vực|địa bàn|thuộc|huyện|quận|xã|phường|tỉnh|miền|khối|nhóm|phía|đóng)(?!\w)")
#: The row of a group of schools by name: "Cụm 2 TH Hoài Thanh, TH Hoài Hương", "Nhóm I: Trường MN Hoa Sen, …".
_GROUPED = re.compile(
    r"(?:[-+*•]\s?|\w{1,3}[.)]\s)?(?:[Cc]ụm|[Nn]hóm|[Kk]hối thi đua|[Bb]ảng)\s(?:trường\s)?(?:số\s)?"
    r"(?:\d{1,2}|[IVX]{1,4}|[A-H])(?!\w)\s?[:(–-]?\s?(?:gồm(?: có)?:?\s)?(?:(?:các\s)?trường:\s)?"
)
_MARK = re.compile(r"[,;]\s|\svà\s")
_PLACE_NAME = (
    rf"(?:(?:huyện|quận|thị xã|thành phố|tỉnh|TP\.?|Thành phố)\s)?{_NO_NAME}[{UPPER}][{LOWER}]{{0,7}}"
    rf"(?:\s(?:{_NO_NAME}[{UPPER}][{LOWER}]{{0,7}}|\d{{1,2}}(?![/\d])))*"
)
_GDDT = r"(?:GDĐT|GD\s?(?:&|và|-)\s?ĐT|(?:Giáo dục|giáo dục) và (?:Đào tạo|đào tạo))"
_OFFICE = re.compile(
    rf"(?P<kind>(?P<so>[Ss]ở)|[Pp]hòng)\s{_GDDT}:?\s(?:(?:của )?(?:các|hai|ba|bốn|0\d)\s(?=\S))?"
    rf"(?:(?:huyện|quận|thị xã|thành phố|tỉnh|địa phương):\s)?(?P<name>{_PLACE_NAME})"
)
_NEXT_PLACE = re.compile(rf"(?:,|;|,? và)\s(?:(?:[Ss]ở|[Pp]hòng)\s{_GDDT}\s)?(?P<name>{_PLACE_NAME})")
#: Behind the names others are told to do it, too: "Trường THPT Nguyễn Du và các trường THPT còn lại".
_OTHERS = re.compile(
    r"(?:\s?\([^()]{1,80}\))?\s?(?:,|;|,? và|,? cùng(?: với)?)\s(?:(?:các|những|mỗi|từng|tất cả)\s"
    r"|[Tt]rường|[Tt]rung tâm|[Pp]hòng|[Ss]ở|UBND|đơn vị|cơ sở)"
)
#: The rest of those named, who have a time of their own: "Trường THPT A nộp hồ sơ: các đơn vị còn lại nộp".
_REST = re.compile(
    r"[:;,]\s(?:riêng\s|còn\s)?(?:các|những|số)\s(?:đơn vị|trường|phòng|sở|cơ sở|trung tâm|huyện|xã|địa phương)"
    r"[^,;:.]{0,40}?\s(?:còn lại|khác)(?!\w)"
)
#: A duty of schools without a word of their level, and of nobody beside them.
SCHOOLS = "truong"
_OF_SCHOOLS = re.compile(
    r"(?:\W|\w{1,3}[.)]\s)?(?:[Rr]iêng\s|[Đđ]ối với\s|(?:[Hh]ọc sinh|[Pp]hụ huynh|[Cc]ha mẹ học sinh)(?:,|\svà)\s)?"
    r"(?:(?:(?:[Tt]ất cả|[Tt]oàn bộ)\s(?=các\s))?(?:[Cc]ác|[Mm]ỗi|[Tt]ừng)\s(?:đơn vị\s)?[Tt]rường(?:\shọc(?!\w))?"
    r"|[Nn]hà [Tt]rường|[Tt]rường(?=\s(?:có|được|bị|chưa|đã|còn|nào|thiếu|nằm)\s))"
    r"(?!\w|\shọc(?!\w)|\shợp(?!\w)|\s(?:mầm|tiểu|trung|phổ(?!\sthông\strực thuộc)|TH|MN|PT|DT|[Cc]huyên|liên cấp))"
    r"(?!(?:,|\svà)\s(?:các\s)?(?:trung tâm|đơn vị|TT))"
)
#: Whose people a training is for: "Tập huấn phần mềm cho kế toán các trường".
_TRAINED = re.compile(
    r"[^.;:]{0,60}?(?:[Tt]ập huấn|[Bb]ồi dưỡng)\s[^.;:]{0,90}?cho\s[^.;:,]{0,40}?(?=(?:các|mỗi|từng) trường\s?)"
)
#: Heads of schools of any level: "Tập huấn cho công chức cấp xã và hiệu trưởng."; those of centres are "giám đốc".
_HEADS_TRAINED = re.compile(
    r"[^.;:]{0,60}?(?:[Tt]ập huấn|[Bb]ồi dưỡng)\s[^.;:]{0,90}?cho\s[^.;:]{0,60}?hiệu trưởng"
    r"(?=[.;]|\s(?:vào|ngày|về|từ|tại)\s|$)"
)
#: A time that opens a duty before those who act: "Sau khai giảng, các trường ổn định nền nếp".
_WHEN_FIRST = re.compile(r"^(?:Sau|Trước|Từ|Trong|Đến|Chậm nhất|Định kỳ|Hằng|Hàng|Ngày|Vào)\s[^,;.:]{2,50},\s")
#: Offices before the schools that do it with them: "UBND cấp xã và Trường Mẫu giáo thực hành gửi báo cáo".
_WITH_OFFICES = re.compile(
    r"^(?:[Cc]ác\s)?(?:UBND|[Pp]hòng\sG(?:DĐT|D\s?&\s?ĐT|iáo dục và Đào tạo)|[Ss]ở\sG(?:DĐT|D\s?&\s?ĐT))"
    r"(?:\s[^\s,;.:()]+){0,6}?(?:,|\svà|;)\s(?=[Tt]rường\s)"
)
#: Whose duty it is stands in so many of its first letters.
_OPENING = 120
#: Kinds of unit that teach.
TEACHING = (Actor.CO_SO_GIAO_DUC, Actor.TRUNG_TAM_GDTX, Actor.DON_VI_TRUC_THUOC)


def named(task: str) -> str | None:
    """Return the schools or local offices that a duty begins with by name, None where it tells kinds of unit."""
    return _names(task) or None


@lru_cache(maxsize=REMEMBERED)
def _names(task: str) -> str | None:
    """Return the names that a duty begins with, empty where others are to do it, too, None where it names nobody."""
    text = squeeze(nfc(task))
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    listed = _LISTED.match(text, at)
    if listed is not None:
        members = [part.strip() for part in _MARK.split(listed["names"])]
        alone = len(members) > 1 and _WHERE.search(text, at, listed.start("names")) is None
        form = _NAMES_ALONE if alone and all(_NAMES_ALONE.fullmatch(one) for one in members) else _MEMBER
        return JOINT.join(members) if all(form.fullmatch(one) for one in members) else None
    grouped = _GROUPED.match(text)
    members = [m.group() for m in _MEMBER.finditer(text, grouped.end())] if grouped is not None else []
    if grouped is not None and len(members) > 1 and text.startswith(members[0], grouped.end()):
        return JOINT.join(members)
    bare = [m.group() for m in _MEMBER.finditer(text, at)] if _MEMBER.match(text, at) else []
    if len(bare) > 1 and _MARK.match(text, at + len(bare[0])) is not None:  # "THPT Nguyễn Du, THPT Lê Lợi gửi …"
        return JOINT.join(bare)
    schools, offices = _FIRST.match(text, at), _OFFICE.match(text, at)
    if schools is not None and "các " in text[:at].lower() and fold(schools["name"]) in province_names():
        return None  # "các trường THPT Bắc Giang": where they are
    first = schools or offices
    return None if first is None else _chain(text, first, _NEXT if schools else _NEXT_PLACE)


def _chain(text: str, first: re.Match[str], following: re.Pattern[str]) -> str:
    """Return a name and those joined to it, empty where others are told to do it, too."""
    kind, found, end = first["kind"], [f"{first['kind']} {first['name']}"], first.end()
    while (more := following.match(text, end) or _of_other_kind(text, end)) is not None:
        told = more.groupdict().get("kind")
        kind = told or kind
        found.append(f"{kind.strip() if told != '' else ''} {more['name']}".strip())
        end = more.end()
        following = _NEXT_PLACE if "so" in more.re.groupindex else _NEXT if more.re is _FIRST else following
    others = _OTHERS.match(text, end) is not None and not _are_special(text, end)
    return "" if others else JOINT.join(found)


def _are_special(text: str, end: int) -> bool:
    """Tell whether those told beside names are special, too: "Trường Mầm non Hoa Mai và các nhóm trẻ độc lập …"."""
    joint = _JOINED.match(text, end)
    return joint is not None and special(text[joint.end() :]) is not None


def _of_other_kind(text: str, end: int) -> re.Match[str] | None:
    """Return the next of units named in turn that is of another kind: "Trường THPT A, Phòng GDĐT huyện B và …"."""
    joint = _JOINED.match(text, end)
    if joint is None:
        return None
    return _FIRST.match(text, joint.end()) or _OFFICE.match(text, joint.end()) or _ONE_OF_KIND.match(text, joint.end())


def is_named(names: str, kind: Actor, *, name: str | None, province: str | None, district: str | None) -> bool:
    """Tell whether a unit is among the names of ``named``; kinds of unit that these do not tell are not left out.

    A school without a name is any other one; an office without a place is an office of any place.
    """
    told = names.split(JOINT)
    of_so = [one for one in told if one.lower().startswith("sở ")]
    of_phong = [one for one in told if one.lower().startswith("phòng ")]
    schools = [one for one in told if one not in of_so and one not in of_phong]
    if kind in TEACHING and schools:
        alone = kind is Actor.TRUNG_TAM_GDTX and any(_ONE_OF_KIND.fullmatch(one) for one in schools)
        return alone or (name is not None and any(is_school(one, name) for one in schools))
    offices = of_so if kind is Actor.SO_GDDT else of_phong if kind is Actor.PHONG_GDDT else []
    place = province if kind is Actor.SO_GDDT else district
    return not offices or place is None or any(names_place(one, place) for one in offices)


def meant_only(task: str, surface: str) -> str | None:
    """Return the special kind of school (``special``) or the names of units (``named``) that alone a duty is for.

    ``surface`` is how the directive words it, where the task lost those who act. ``SCHOOLS`` are all schools, but not
    the centres, which "cơ sở giáo dục" means, too.
    """
    for opening in (task, surface[:_OPENING]):
        words = _WITH_OFFICES.sub("", squeeze(opening), count=1)
        names = _names(words)
        if names and _REST.search(words) is not None:
            continue
        only = names or (special(words) if names is None else None)
        if only is not None:
            return only
        if _HEADS_TRAINED.match(words) is not None:
            return SCHOOLS
        trained = _TRAINED.match(words)
        starts = (words, _WHEN_FIRST.sub("", words), words[trained.end() :] if trained is not None else "")
        if any(_OF_SCHOOLS.match(one) for one in starts):
            return SCHOOLS
    return None
