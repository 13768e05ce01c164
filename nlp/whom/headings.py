"""The units that headings, leads and openings name: those of a section, of a plan's parts, of an invitation."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Actor, SchoolLevel
from corpus.named import meant_only, named
from corpus.schools import special
from nlp.naming.actors import Group, group_at, level_group, named_in
from nlp.naming.levelnames import in_order, levels_in
from nlp.page.structure import Clause, Item
from nlp.page.zones import Zone
from nlp.whom.defined import Defined, meant
from nlp.whom.rowunits import DONE
from nlp.whom.subjects import EACH, OPENER
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

_LEADS = pattern(
    r"(?:\W|\d{1,2}(?:\.\d{1,2})?[.)]|[a-z]\)){0,4}\s?(?:chi dao|huong dan|don doc)"
    r"(?:,? (?:va )?(?:chi dao|huong dan|don doc))?\s{1,2}"
)
_LABEL = re.compile(
    r"(?:Điều \d{1,2}\.|[IVXLl]{1,6}[.)/-]|\d{1,2}(?:\.\d{1,2}){0,2}[.),/-]?|[a-zA-ZđĐ][.)]|[-+•*])\s{0,3}"
)
_LED = pattern(
    r"[^:;.]{0,90}?(?<!\w)(?:chi dao|huong dan|don doc)(?:,? (?:va )?(?:chi dao|huong dan|don doc))?\s{1,2}(?=\w)"
)
_INVITES = pattern(r"(?<!\w)(?P<moi>(?:kinh|tran trong) moi)(?:\s?:|\s[^.;]{3,400}?(?=\s(?:toi |den )?(?:tham )?du\s))")
#: What follows those who are invited: "Tới dự Hội nghị …", "Thời gian: …".
_INVITED = pattern(r"(?:toi|den)?\s?(?:du|tham (?:du|gia))\s|thoi gian|dia diem|noi dung")
#: A section of those who are invited: "1. Thành phần", "I. ĐẠI BIỂU MỜI".
_COMERS_TITLE = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,4}|\d{1,2}|[a-d])[.)]\s{0,2})?(?:thanh phan|doi tuong|dai bieu)"
    r"(?: (?:tham du|du|tham gia|moi|du hop|duoc moi|hoi nghi|khach moi)){0,3}\s?(?::|$)"
)
#: How an office leads to what it writes of: "Phòng GDĐT triển khai báo cáo … như sau:".
_SAYS = pattern(r"(?<!\w)(?:nhu sau|sau day|sau|cu the)\s?:\s?$")
_CHIEF = pattern(r"\s{1,2}(?:chi dao|can |phai |thuc hien|trien khai|to chuc)")
#: Persons and parts of schools that name no school: those of the units that the heading names.
_PERSONS = pattern(
    r"(?:cac |moi |tung )?(?:pho )?(?:hieu truong|giam doc|ban giam hieu|to (?:truong )?(?:chuyen mon|van phong)"
    r"|(?:can bo|giao vien|nhan vien|vien chuc|gv|cbql|gvcn|nguoi lao dong)(?:,? (?:va )?(?:can bo|giao vien"
    r"|nhan vien"
    r"|vien chuc|gv|nguoi lao dong)){0,3}|giao vien chu nhiem|tong phu trach(?: doi)?|ke toan|thu quy|van thu)"
)
_ANY_SCHOOL = pattern(r"(?:cac |moi |tung )?(?:nha truong|truong(?: hoc)?)")
#: A heading that is for a level; "Giáo dục mầm non" is a field, in which offices act, too.
_LEVEL = pattern(
    r"(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[a-h])[.):]?\s{1,3}|[-+*]\s{0,3})?"
    r"(?:(?:doi voi|ve)\s(?:cac\s)?(?:(?:cap|bac)(?: hoc)?\s|giao duc\s(?!thuong xuyen))?|(?:cap|bac|khoi)(?: hoc)?\s)"
)
#: A short name in a bracket: "đề nghị UBND các xã, phường (UBND cấp xã), yêu cầu các trường …".
_SHORT = re.compile(r"^\s?\([^()]{1,60}\)")
#: A heading of what units have to do: "II. LỊCH LÀM VIỆC CỦA CÁC TRƯỜNG THPT", "4. Công việc của Sở".
_WORK_OF = pattern(
    r"(?:lich(?: lam viec| cong tac)?|(?:cac |phan )?(?:cong )?viec|nhiem vu|trach nhiem"
    r"|cac moc(?: thoi gian)?)(?: \w+){0,3} cua\s{1,2}"
)
#: A heading that is but a place, whose people do what stands below: "2. Tại trường học", "II. Ở UBND cấp xã".
_PLACE = pattern(
    r"\s?(?:tai|o)\s(?P<units>(?:cac |tung )?(?:truong(?: hoc)?|nha truong|co so giao duc|don vi truong hoc"
    r"|trung tam gd\S*|phong (?:gd\S*|giao duc va dao tao)|(?:ubnd|uy ban nhan dan) (?:cap )?(?:cac )?(?:xa|phuong)"
    r"(?:, phuong)?)"
    r"(?: (?:mam non|mau giao|tieu hoc|thcs|thpt|pho thong|trung hoc co so|trung hoc pho thong))?)\s?[:.]?\s?"
)
#: A place before units, and what may follow them in a heading of nothing else.
_AT_UNITS = pattern(r"(?:tai|o)\s(?:cac\s|tung\s)?")
_NO_MORE = pattern(r"(?:\s?\((?:sau day|goi)[^()]{3,80}\))?[\s.:]{0,3}")
#: What may stand between two orders of a lead: "đề nghị UBND các xã, phường và yêu cầu các đơn vị …".
_JOINS = pattern(r"[\s,;]{0,3}(?:(?:va|dong thoi)\s?)?")
#: A bracket at the end of a heading.
_AT_END = re.compile(r"\((?P<units>[^()]{4,90})\)[\s.:]{0,3}$")
_PUPILS = pattern(r"(?<!\w)(?:hoc sinh|hoc vien|thi sinh)(?!\w)")
_UNDER_SO = re.compile(r"[Cc]ác trường(?: phổ thông)? trực thuộc(?: Sở[^,;.:]{0,24})?")
#: What centres teach, too, and units told in a bracket of a heading.
_TAUGHT = {str(SchoolLevel.THCS), str(SchoolLevel.THPT)}
_BRACKETED = pattern(r"don vi(?: \w+){0,2} \((?:cac )?(?:nha )?truong")
_TEACH = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX), str(Actor.DON_VI_TRUC_THUOC)}
#: How far before a comma a chain of units may begin.
#: A heading over who holds something, who helps with it.
_ORGANISERS = pattern(
    r"(?:cac )?(?:don vi|co quan|ban) (?:dong )?(?:to chuc|dang cai|bao tro|tai tro|dong hanh)"
    r"(?!\w)(?! (?:cac|cho|thuc hien|trien khai|day hoc)(?!\w))"
)
_NEAR_UNITS = 80


def governing(item: Item, own: tuple[str, ...] = (), defined: Defined = ()) -> Group | None:
    """Return the units that the headings above name, the innermost first; of the opening only those it asks.

    ``own`` is the office that writes: where it leads to what follows, others do that; ``defined`` are the short names
    that the directive gives units.
    """
    for k in range(len(item.path) - 1, -1, -1):
        group = meant(folded(item.path[k]), heading_units(item.path[k]), defined)
        if group is not None and group.actors == own and _SAYS.search(folded(item.path[k])) is not None:
            group = _asked_units(item.path[k][group.end :])
        if group is not None:
            return group
        if (level := _of_level(item.path[k])) is not None:
            return _level_of(level, [title for title in item.path[:k] if _BRACKETED.search(folded(title)) is not None])
        led = _led(item.path[k])
        if led is not None:
            above = next((g for g in map(heading_units, reversed(item.path[:k])) if g is not None), None)
            above = above or (_asked_units(item.above[0]) if len(item.above) > len(item.path) else None)
            outer = above.actors if above is not None and not above.general else ()
            return Group(led.start, led.end, tuple(dict.fromkeys([*outer, *led.actors])), led.levels)
    opening = _asked_units(item.above[0]) if len(item.above) > len(item.path) else None
    return None if opening is None or opening.actors == own else _without(opening, own)


def _level_of(level: Group, above: list[str]) -> Group:
    """Return the schools of a heading that is but a level, with the centres that a heading above names in a bracket:
    "2. Các đơn vị còn lại (Trường/Trung tâm) ⏎ 2.2. Đối với lớp 12"."""
    outer = heading_units(above[-1]) if above else None
    centres = str(Actor.TRUNG_TAM_GDTX)
    if outer is None or centres not in outer.actors or not set(outer.actors) <= _TEACH or centres in level.actors:
        return level
    levels = (*level.levels, str(SchoolLevel.GDTX)) if set(level.levels) & _TAUGHT else level.levels
    return replace(level, actors=outer.actors, levels=levels, bare=False)


def _without(group: Group, own: tuple[str, ...]) -> Group:
    """Return the units of a lead without the office that writes: "Bộ chỉ đạo các sở …"."""
    return replace(group, actors=tuple(a for a in group.actors if a not in own))


def _of_level(title: str) -> Group | None:
    """Return the schools of a heading that is but a level: "2. Đối với cấp THCS", "b) Cấp tiểu học"."""
    fold = folded(title).split(":")[0].rstrip(" .")
    lead = _LEVEL.match(fold)
    group = level_group(title, fold, lead.end()) if lead is not None else None
    return group if group is not None and group.end >= len(fold) else None


def is_pupils(item: Item, group: Group) -> bool:
    """Tell whether units are told by their pupils: "100% học sinh, học viên lớp 12"."""
    return _PUPILS.search(group_words(item, group)) is not None


def are_persons(item: Item, group: Group) -> bool:
    """Tell whether units are told by their staff alone: "giáo viên", "cán bộ quản lý"."""
    return _PERSONS.fullmatch(group_words(item, group)) is not None


def in_heading(item: Item, group: Group, *, alone: bool = True) -> Group:
    """Return the schools that a heading names for their own people: "Đối với đơn vị trực thuộc: Viên chức nộp …".

    Under a heading of units directly below the Sở "nhà trường" is one of them. ``alone``: no schools lead the clause,
    so classes and pupils are also those of the centres that the heading names.
    """
    words = group_words(item, group)
    if group.bare or is_pupils(item, group):
        return _with_centres(item, group) if alone else group
    if not _PERSONS.fullmatch(words) and not _ANY_SCHOOL.fullmatch(words):
        return group
    above = governing(item)
    if above is None or not set(above.actors) <= _TEACH or set(group.actors) == set(above.actors):
        return group
    if _ANY_SCHOOL.fullmatch(words) and str(Actor.DON_VI_TRUC_THUOC) not in above.actors:
        return group
    return replace(group, actors=above.actors, levels=group.levels or above.levels)


def _with_centres(item: Item, group: Group) -> Group:
    """Return schools of classes or pupils with the centres that the heading names beside them."""
    above = governing(item)
    centres = str(Actor.TRUNG_TAM_GDTX)
    if above is None or not set(above.actors) <= _TEACH or centres not in above.actors or centres in group.actors:
        return group
    if not set(group.levels) <= _TAUGHT:
        return group
    levels = (*group.levels, str(SchoolLevel.GDTX)) if group.levels else above.levels
    return replace(group, actors=(*group.actors, centres), levels=levels, bare=False)


def group_words(item: Item, group: Group) -> str:
    """Return the words of units, folded."""
    return item.joined.fold[group.start : group.end].strip()


def special_schools(item: Item, task: str) -> str | None:
    """Return the words of a heading that tell of a special kind of school, or of schools by name, where a task below
    it says nothing of one.

    "2. Đối với các cơ sở giáo dục tư thục" over "Thông báo mức thu …": who reads the task alone must know.
    """
    if meant_only(task, "") is not None:
        return None
    for title in reversed(item.path):
        group = heading_units(title)
        if group is not None:
            words, whole = title[group.start : group.end], title[group.start :].strip(" :.;")
            return words if special(words) is not None else whole if named(whole) is not None else None
    return None


def for_schools(item: Item, task: str, group: Group | None, clause: Clause) -> str:
    """Return a task with the special kind of school that is named for it: "Cơ sở tư thục thông báo …".

    It stands in the heading above, or at the head of a row of tasks: "Trường chuyên biệt: tư vấn …; mở lớp …". Parts of
    those who act ("gửi UBND xã (cấp tiểu học)") are of the heading's schools.
    """
    if group is not None and group.only and meant_only(task, "") is None:
        return f"{group.only[:1].upper()}{group.only[1:]} {task[:1].lower()}{task[1:]}"
    units = item.text[group.start : group.end] if group is not None and not group.general else ""
    part = group is not None and item.text.rfind("(", 0, group.start) > item.text.rfind(")", 0, group.start)
    schools = units if special(units) and not special(task) and not _behind_others(task, units) else None
    if units and group is not None and group.start < clause.start:
        schools = schools or _one_school(item, group, clause)
    if schools is None and group is not None and group.start < clause.start and _UNDER_SO.fullmatch(units):
        schools = units  # "Các trường trực thuộc Sở tổ chức …. Báo cáo về Sở trước …": not the centres
    if schools is None and (not units or part):
        schools = special_schools(item, task)
    return task if schools is None else f"{schools[:1].upper()}{schools[1:]} {task[:1].lower()}{task[1:]}"


def _behind_others(task: str, units: str) -> bool:
    """Tell whether a task begins with other schools than some special ones that it names behind: "Trường THPT các huyện
    còn lại; trường ngoài công lập có cấp THPT"."""
    first = group_at(task, folded(task), 0)
    return first is not None and bool(first.levels) and task.lower().find(units.lower()) > 0


def for_addressees(task: str, only: str) -> str:
    """Return a task with the special kind of school (``only``) that alone a directive is written to."""
    told = only and meant_only(task, "") is None
    return f"{only[:1].upper()}{only[1:]} {task[:1].lower()}{task[1:]}" if told else task


def _one_school(item: Item, group: Group, clause: Clause) -> str | None:
    """Return the school by name that a sentence tells to do it: "Giao trường THCS Lê Lợi chuẩn bị …; kết nối …"."""
    words = item.text[group.start : clause.start]
    names = named(words) if ". " not in words else None
    if names is None or not words.startswith(names):
        return None
    ends = [group.start + m.start() for m in re.finditer(r"\S+$", names)]
    return None if any(opens_with_verb(item.joined.fold, at) for at in ends) else names


def assigned_units(items: list[Item]) -> tuple[str, ...]:
    """Return the units under whose names the tasks of a plan stand, none for less than two."""
    groups = (heading_units(item.text) for item in items if item.heading)
    kinds = [g.actors for g in groups if g is not None and not g.bare]
    units = tuple(dict.fromkeys(a for actors in kinds for a in actors if a in tuple(Actor)))
    return units if len(kinds) > 1 else ()  # offices outside education count, too


def invited(items: list[Item]) -> tuple[str, ...]:
    """Return whom a directive invites, in a row or one by one: "… trân trọng kính mời: - Trưởng phòng GDĐT …"."""
    for k, item in enumerate(items):
        opens = _INVITES.search(item.joined.fold) if item.zone is Zone.BODY else None
        if opens is None:
            continue
        found = [item.text[opens.end("moi") : opens.end()].strip(" :")]
        if found == [""] and k + 1 < len(items) and (told := _COMERS_TITLE.match(items[k + 1].joined.fold)):
            return _under_title(items[k + 1 :], told.end())
        if found == [""] and (inline := item.text[opens.end() :].strip(" .;")):
            return (inline,)  # "… trân trọng kính mời: Hiệu trưởng các trường trong huyện."
        kind = items[k + 1].rank if k + 1 < len(items) else 0.0
        for one in items[k + 1 :] if found == [""] else ():
            bare = one.text[len(one.label) :].strip(" ;.")
            if one.heading or one.rank != kind or _INVITED.match(folded(bare)):
                break
            found.append(bare)
        return tuple(words for words in found if words)
    return ()


def _under_title(items: list[Item], at: int) -> tuple[str, ...]:
    """Return who is invited in a section of its own: behind its title, which ends at ``at``, or one by one below it."""
    title, *below = items
    lines = [title.text[at:]] if title.text[at:].strip(" :.") else []
    for one in () if lines else below:
        if one.rank <= title.rank or one.heading:
            break
        lines.append(one.text[len(one.label) :])
    found: list[str] = []
    for words in lines:
        groups = named_in(
            words, folded(words), 0, len(words)
        )  # behind posts: "Phó Chủ tịch phụ trách văn xã UBND các xã"
        found += [words[g.start : g.end] for g in groups] or [words.strip(" :.;")]
    return tuple(found)


def _led(title: str) -> Group | None:
    """Return the units that others are to lead in what follows: "Chỉ đạo các nhà trường:"."""
    fold = folded(title)
    lead = _LEADS.match(fold)
    if lead is None or not title.rstrip().endswith(":"):
        return None
    group = group_at(title, fold, lead.end())
    return group if group is not None and not group.general and len(fold) - group.end < 40 else None


def heading_units(title: str) -> Group | None:
    """Return the units of a heading: "7. Phòng GDĐT các huyện", "Giám đốc sở GDĐT chỉ đạo:", "Đối với các"
    " trường:"."""
    fold = folded(title)
    label = _LABEL.match(title)
    start = label.end() if label else 0
    if _ORGANISERS.match(fold, start) is not None:
        return None  # "II. ĐƠN VỊ TỔ CHỨC - THỜI GIAN - ĐỊA ĐIỂM"
    opener = _WORK_OF.match(fold, start) or OPENER.match(fold, start)
    at = opener.end() if opener else start
    place = _PLACE.fullmatch(fold, start)
    group = group_at(title, fold, at if place is None else place.start("units"))
    if group is not None and not group.levels and (names := named(title[group.start :])) is not None:
        of_names = in_order(levels_in(names))  # "Các trường đặt lớp (TH Đông Phú, THCS Lê Lợi)"
        return replace(group, levels=of_names)
    if group is not None and (len(fold) - group.end < 60 or title.rstrip().endswith(":")):
        return group
    if (others := units_at(title, fold, start) or _units_in_bracket(title, fold)) is not None:
        return others
    return _asked_units(title) if title.rstrip().endswith(":") else None


def units_at(title: str, fold: str, start: int) -> Group | None:
    """Return the units at which a heading's matter is done: "2. Tại trường THPT, trung tâm GDTX (sau đây …)"; None
    where words from ``start`` say more, or no place."""
    at = _AT_UNITS.match(fold, start)
    group = group_at(title, fold, at.end()) if at is not None else None
    alone = group is not None and not group.general and _NO_MORE.fullmatch(fold, group.end) is not None
    return group if alone else None


def _units_in_bracket(title: str, fold: str) -> Group | None:
    """Return the units that are all that a bracket at a heading's end tells: "B. LỚP 12 (CÁC TRƯỜNG THPT, TT GDTX)"."""
    bracket = _AT_END.search(title)
    group = group_at(title, fold, bracket.start("units")) if bracket is not None else None
    if bracket is None or group is None or group.general or group.end < bracket.end("units"):
        return None
    return group


def place_units(line: str) -> Group | None:
    """Return the units of a line that is but a place, whose people do what stands below: "* Tại trường học:"."""
    label = _LABEL.match(line)
    fold = folded(line)
    place = _PLACE.fullmatch(fold, label.end() if label else 0)
    return group_at(line, fold, place.start("units")) if place is not None else None


def _asked_units(title: str) -> Group | None:
    """Return the units that a lead asks: "…, Giám đốc sở GDĐT chỉ đạo:", "… đề nghị các phòng GDĐT thực hiện:"."""
    fold = folded(title)
    best = None
    for match in re.finditer(r"[,;.]\s{1,2}|(?<!\w)(?:de nghi|yeu cau|giao|doi voi)\s{1,2}", fold):
        group = _chain_around(title, fold, match) if best is None or match.end() >= best.end else None
        if group is None:
            continue
        asked = any(word in match.group() for word in ("nghi", "cau", "voi"))
        if best is not None and asked and _JOINS.fullmatch(_SHORT.sub("", fold[best.end : match.start()])):
            best = _both(best, _with_led(title, fold, group))  # "đề nghị UBND các xã, yêu cầu các trường …"
        elif asked or _CHIEF.match(fold, group.end) or not fold[group.end :].strip(" :"):
            best = _with_led(title, fold, group)
    return best


def _both(one: Group, other: Group) -> Group:
    """Return the units of two orders in a row; the levels are those of the schools among them."""
    actors = tuple(dict.fromkeys([*one.actors, *other.actors]))
    return replace(other, start=one.start, actors=actors, levels=other.levels or one.levels)


def _chain_around(title: str, fold: str, cut: re.Match[str]) -> Group | None:
    """Return the units behind a mark, or the chain in whose middle it stands: "các đơn vị, trường học thực hiện:"."""
    for opening in EACH.finditer(fold, max(0, cut.start() - _NEAR_UNITS), cut.start()):
        if DONE.search(fold, max(0, opening.start() - 10), opening.start()) is not None:
            continue  # "… tại các trường học, Bộ GDĐT chỉ đạo …"
        chain = group_at(title, fold, opening.start())
        if chain is not None and chain.end > cut.end():
            return chain
    return group_at(title, fold, cut.end())


def _with_led(title: str, fold: str, group: Group) -> Group:
    """Add those whom the units that are asked are to lead: "đề nghị các sở GDĐT chỉ đạo các phòng GDĐT thực"
    " hiện:"."""
    lead = _LED.match(fold, group.end)
    led = group_at(title, fold, lead.end()) if lead and not group.general else None
    if led is None or led.general:
        return group
    return Group(group.start, led.end, tuple(dict.fromkeys([*group.actors, *led.actors])), led.levels)
