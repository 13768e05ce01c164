"""Units that a duty binds and the school levels they stand for, as directives name them.

A group of units is read as a chain: "Các trường mầm non, tiểu học, THCS trên địa bàn" is one kind of unit with
three levels, "trường THPT và TT GDTX" two kinds with two levels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.facts import DEPARTMENT, Actor, SchoolLevel
from corpus.text import LOWER, UPPER
from nlp.naming import shortnames
from nlp.naming.departments import DEPARTMENTS, bare_departments, department_of, in_capitals
from nlp.naming.levelnames import CLASSES, ORDER, in_order, level_at, levels_in, levels_of_classes, part_end
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb
from nlp.words.vocabulary import entries, union

_GAP = pattern(
    r"(?:\)?\s?[,/&;]\s?(?:va\s|hoac\s)?|\s?[-–]\s?(?=(?:thcs|thpt|ptdt)(?!\w))|\)?\s(?:va|hoac|cung(?! co(?!\w)))\s"
    r"|\s\((?=ptdt|(?:(?:bao )?gom )?(?:ca )?(?:ngoai )?(?:cong lap|tu thuc))"
    r"|\s|\s?\(|\)\s?)(?:cac\s|moi\s(?=truong|trung tam|phong|so\s)|cap\s|truong\s|bac\s|tat ca\s"
    r"|giao duc\s(?=mam non|pho thong|tieu hoc|trung hoc|thuong xuyen)|co\s(?:cap\s)?)?"
)
#: Longer texts are not remembered: a file of one line would be kept whole.
_LONG = 20_000
_BARE_GAP = pattern(r"(?:\s?[,/&;]\s?(?:va\s)?|\s(?:va|hoac)\s|\s)")
#: For which schools an office acts, before others: "UBND xã (đối với các trường tiểu học, THCS), các trường THPT …".
_FOR_WHICH = pattern(r"(?P<aside>\s\((?:doi voi|danh cho|cho)\s[^()]{3,60}\))(?:,\s(?:va\s)?|\sva\s)")
_FILL = pattern(
    r"(?:(?:cac )?huyen(?: ?,| va| -)? (?:thanh(?: ?,| va)? thi|thi(?: ?,| va)? thanh)(?! (?:pho|xa))(?!\w)"
    r"|(?:cac )?(?:huyen|thi xa|thi tran|thanh pho|quan(?! (?:tam|ly|triet|trong|he)(?!\w))|xa|phuong|dac khu"
    r"|tinh)(?!\w)"
    r"(?:,? (?:va )?(?:huyen|thi xa|thi tran|thi(?=,? (?:va )?thanh pho)|thanh pho|quan|phuong|xa|dac khu)(?!\w)){0,3}|"
    r"tren dia ban(?: (?:tinh|huyen|xa|phuong|thanh pho|quan|thi xa|toan tinh))?|"
    r"toan tinh|trong (?:tinh|huyen)|(?:(?:bao )?gom )?(?:ca )?cong lap|ngoai cong lap|tu thuc|dan lap|"
    r"truc thuoc(?: so)?|thuoc (?:so|huyen|xa|phuong|tinh)|(?:pho thong )?dan toc (?:noi|ban) tru|ptdt(?:nt|bt)"
    r"|(?:pho thong |pt )?dt[nb]t"
    r"|chuyen(?: biet)?|lien cap"
    r"|(?:(?:pho thong|pt) )?(?:co )?(?:nhieu|hai|02) cap(?: hoc)?(?: co cap(?= thpt))?|truong hoc|cua so"
    r"|(?:con lai|khac)(?=(?:,| va)(?: cac)? (?:truong |trung tam |phong (?:gd|giao duc)))"
    r"|(?:thuoc )?(?:cum|khu vuc|vung)(?: (?:so )?\d{1,2}(?!/))(?:(?:,| va) (?:cum |vung )?\d{1,2}(?!/|\d)){0,6}"
    r")(?!\w)"
)
#: The own name of a unit in a chain: "Trường THPT chuyên Lê Quý Đôn, các trường THPT".
_OWN_NAME = re.compile(
    rf"(?:\s[{UPPER}][{LOWER}]{{0,7}}){{2,4}}(?:\s\d{{1,2}}(?=,? (?:và )?(?:[Tt]rung tâm|TT)\s))?(?=(?:,|;|\svà)\s)"
)
#: The place of an office in a chain: "Phòng GDĐT huyện Mường Lát, Trường THPT Mường Lát".
_OF_PLACE = re.compile(
    rf"(?:(?<=huyện)|(?<=quận)|(?<=thị xã)|(?<=thành phố))(?:\s[{UPPER}][{LOWER}]{{0,7}}){{1,4}}(?=(?:,|;|\svà)\s)"
)
#: A school by its name where no level tells its kind: "Trường Năng khiếu Thể dục Thể thao".
_NAMED_WITHIN = re.compile(rf"Trường\s[{UPPER}][^,;.:()\n]{{2,60}}?(?=(?:,|;|\svà)\s)")
_LEVEL_LEAD = pattern(r"(?:(?:cac )?(?:cap|bac|nganh)(?: hoc)?|khoi|cum|nhom)\s{1,2}")
_PARTNER = pattern(
    r"(?:\s?\([^()]{1,20}\))?,?\s(?:la don vi )?(?:chu tri,?\s)?phoi hop(?: chat che)?(?: voi|,)?\s{1,2}"
)


#: Centres without their kind, or who heads them, behind schools; not "trung tâm y tế", "trung tâm Anh ngữ".
_CENTRE = re.compile(
    r"[Gg]iám đốc(?: các đơn vị|(?= (?:chịu|có trách nhiệm|phân|tổ chức|chỉ đạo|công khai|thông báo|cử|ký|lập"
    r"|phải|không|báo)))"
    r"|(?:[Gg]iám đốc )?(?:(?:[Cc]ác|[Mm]ỗi|[Tt]ừng) )?[Tt]rung tâm(?! (?:y tế|văn hóa|ngoại ngữ|tin học"
    r"|hỗ trợ|hành chính|phục vụ|kiểm soát|học tập|thể thao|chính trị|công tác|dịch vụ|thành phố|huyện|tỉnh"
    r"|xã)(?!\w))(?!\w)"
)
_CENTRE_ACTS = re.compile(
    r"(?:[Cc]ác )?[Tt]rung tâm(?=[,;:)]|$| (?:nộp|gửi|duyệt|cử|lập|báo cáo|đăng ký|hoàn thành|tổ chức|nhận|rà soát"
    r"|trước|chậm nhất)(?!\w))"
)
#: A school of several levels in one: "THCS&THPT", "TH, THCS và THPT" behind "PTDTNT" or "liên cấp".
_UP_TO_THPT = re.compile(
    r"(?:(?:TH|[Tt]iểu học|THCS)\s?[-–&]\s?){1,2}THPT"
    r"|(?:PTDTNT|[Nn]ội trú|[Ll]iên cấp)(?:\s(?:TH|[Tt]iểu học|THCS)(?:,|\svà)?){1,2}\sTHPT"
)
#: "Các đơn vị còn lại (trường, trung tâm)": which these are.
_UNITS_IN_BRACKET = pattern(
    r"(?:(?:thu truong|hieu truong) )?(?:cac )?don vi(?: (?:con lai|khac|truc thuoc))?\s?\((?:(?:bao )?gom:?\s|la\s)?"
    r"(?=(?:cac )?(?:nha )?(?:truong|phong gd|phong giao|co so))"
)
_WORD_START = pattern(r"(?<!\w)(?=[a-z])")
_OF = pattern(r"\s(?:(?:\w{2,7}\s){0,3}?)(?:cua|thuoc|do)\s")
_OF_SCHOOL = pattern(r"\scap (?:truong|co so)(?!\w| giao duc)")
#: "Mỗi sở cử 02 người" of a Bộ; "các sở, ban, ngành" are others.
_BARE_SO = re.compile(
    r"(?:[Cc]ác|[Mm]ỗi|[Tt]ừng|[Qq]uý|[Nn]hững)\s(?:sở|Sở)"
    rf"(?=:|$|\s(?!ban|ngành|và|Tài|Nội|Y|liên|y tế|tài chính|nội vụ)(?:[{LOWER}]|(?:Từ|Trước|Ngày|Tháng|Trong|Quý)\s))"
)
#: Departments of the Bộ in short: "Cục HTQT", "Vụ GDTrH".
_OF_BO = re.compile(r"(?:Vụ|Cục)\s(?=[A-ZĐ]{2})[\wĐ&-]{2,10}(?!\w)")
_OF_SO = re.compile(r"\sSở(?:\s(?:GD\s?&?\s?ĐT|Giáo dục và Đào tạo))?(?!\w)")
_BARE_OFFICE = re.compile(r"(?:Bộ|Sở|Phòng)(?!\w)")
#: Boarding schools by where they are, and how far behind their kind it is told, in characters.
_OF_DISTRICTS = pattern(r"(?<!\w)(?:pt ?)?(?:dtnt|dan toc noi tru)(?: (?:cac|cap))? huyen(?!\w)")
_PLACED = 10
#: What a Phòng does with what comes in; a room does nothing.
_HANDLES = (
    r"\s(?:gửi|nộp|trình|tổng hợp|chấm(?= (?:cấp|bài|hồ|sáng|từ|vòng|chéo|chung))|thẩm định|duyệt|phê duyệt|báo cáo"
    r"|kiểm tra thực tế|ra đề|chuyển|thông báo|trả)"
    r"\s(?!thi(?!\w))"
)
#: An office by kind alone where a verb follows, or the next office: "Sở báo cáo Bộ …", "Sở, Phòng GDĐT cấp bản sao".
_OFFICE_ALONE = re.compile(
    rf"(?:(?:(?:Ban )?Giám đốc|Lãnh đạo|Trưởng) )?(?P<kind>Bộ|Sở|Phòng|(?<=Trưởng )phòng|(?<=[,;:] )phòng(?={_HANDLES})"
    rf"|(?<=(?:rên|này|nêu) )phòng(?={_HANDLES})|(?<!cơ )(?<!trụ )sở)(?!\w)"
    r"(?:(?= và Phòng (?:GD|Giáo dục))|(?=, Phòng (?:GD|Giáo dục))|\s(?P<then>(?:sẽ|trực tiếp|chủ trì|cũng)\s)?)"
)
#: Places that act are their offices: "Các huyện, thành phố rà soát …", "Mỗi xã, phường cử …", "…; xã, phường gửi …".
_PLACES = re.compile(
    r"(?:(?:[Cc]ác|[Mm]ỗi|[Tt]ừng|[Nn]hững)\s|(?<=[,;] )(?=xã, phường\s))"
    r"(?:(?P<low>xã|phường|đặc khu)|huyện|quận|thị xã"
    r"|(?P<high>tỉnh(?:\s?(?:/|và|,)\s?thành phố)?))"
    r"(?:(?:,\s|\svà\s|,\svà\s)(?:xã|phường|đặc khu|thị trấn|thị xã|thành phố|quận|huyện)){0,3}"
    rf"(?:(?:,|\svà)?\s[{UPPER}][{LOWER}]{{1,7}}){{0,18}}"
    r"(?:\s(?:còn lại|khác))?(?:(?:,\s|\s)[Pp]hòng\s(?:GD\s?&?\s?ĐT|[Gg]iáo dục và [Đđ]ào tạo))?"
    rf"(?=\s(?P<then>(?!phấn đấu|thực hiện)[{LOWER}]))"
)
_OFFICES = {"Bộ": str(Actor.BO_GDDT), "Sở": str(Actor.SO_GDDT), "Phòng": str(Actor.PHONG_GDDT)}
_SCHOOLS = (str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX))
_BESIDE_CENTRES = (*_SCHOOLS, str(Actor.PHONG_GDDT), str(Actor.DON_VI_TRUC_THUOC))
_OF_LANGUAGES = pattern(r"(?<!\w)trung tam (?:ngoai ngu|tin hoc)")
_SCHOOL = pattern(r"(?<!\w)(?:truong|co so|nhom tre|lop mau giao|thpt|thcs|tieu hoc|mam non)(?!\w)")
#: Words behind units that make them the rest of a list: "các đơn vị còn lại", "đơn vị đăng cai".
_REST = pattern(r"\s(?:con lai|khac(?! phuc)|dang cai|dat giai)(?!\w)")


@dataclass(frozen=True, slots=True)
class Group:
    """A chain of units: ``text[start:end]``; ``actors`` in the order named, ``levels`` in school order.

    ``bare``: only the level is named ("cấp THCS", "lớp 9"), the schools are meant; ``every``: "cơ sở giáo dục" of no
    level, which may be centres, too; ``joined`` are the lower levels of schools that go up to the THPT ("THCS&THPT");
    ``only``: by a short name that the directive gives special schools or units by name, these in full.
    """

    start: int
    end: int
    actors: tuple[str, ...]
    levels: tuple[str, ...]
    bare: bool = False
    every: bool = False
    joined: frozenset[str] = frozenset()
    only: str = ""

    @property
    def general(self) -> bool:
        """Whether it only says "các đơn vị": the addressees."""
        return self.actors == ("addressees",)


def is_outside(group: Group) -> bool:
    """Tell whether units are an office outside education alone, for which the facts have no name."""
    return group.actors in (("other",), ("room",))


#: A department outside education in small letters: "phòng Tài chính".
_NAMED_ROOM = re.compile(rf"\w{{5}} [{UPPER}]")
#: The offices of the chain from the Bộ down to the commune.
OFFICES = frozenset(map(str, (Actor.BO_GDDT, Actor.SO_GDDT, Actor.PHONG_GDDT, Actor.UBND_XA)))


def is_office(group: Group | None) -> bool:
    """Tell whether units are offices or departments, no schools."""
    offices = (str(Actor.BO_GDDT), str(Actor.SO_GDDT), str(Actor.PHONG_GDDT), "own", "council")
    return group is not None and all(a in offices or a.startswith(DEPARTMENT) for a in group.actors)


def stands_above(group: Group) -> bool:
    """Tell whether units are the Bộ, the Sở or departments alone, which are no "đơn vị" of their own directive."""
    return is_office(group) and str(Actor.PHONG_GDDT) not in group.actors


def group_at(text: str, fold: str, start: int) -> Group | None:
    """Return the chain of units that begins at ``start``, None where no unit stands."""
    if len(text) > _LONG:
        return _read_group(text, fold, start)
    return _known_group(text, fold, start, shortnames.names())


@lru_cache(maxsize=8192)  # several rules ask of the same place in turn
def _known_group(text: str, fold: str, start: int, _names: shortnames.Names) -> Group | None:
    """Return ``group_at`` while a directive with these short names is read."""
    return _read_group(text, fold, start)


def _read_group(text: str, fold: str, start: int) -> Group | None:
    if (told := _told_in_bracket(text, fold, start)) is not None:
        return told
    actors: list[str] = []
    of_names, only, asides = set[str](), "", list[tuple[int, int]]()
    at, end = start, start
    for _ in range(14):
        at = _behind_named(text, fold, at) if actors else at
        step = unit_at(text, fold, at) or _centre_at(text, at, actors)
        if step is not None and (called := shortnames.called_at(text, fold, at)) is not None:
            actors += [a for a in called.actors if a not in actors]
            of_names |= {*called.levels}
            only = called.only
        if actors and _PLACES.match(text, at) is not None:
            step = None  # "trường THPT các huyện báo cáo": where the units are
        if step is not None:
            stop, actor = step
            if actor not in actors:
                actors.append(actor)
        else:
            office = not actors or actors[-1].startswith(DEPARTMENT)  # a department's name bears levels of its own
            level = None if office else level_at(text, fold, at)
            fill = _FILL.match(fold, at) if actors and level is None else None
            fill = None if fill is not None and actors == ["addressees"] and _REST.match(fold, end) else fill
            fill = None if text.startswith("chuyển", at) else fill  # "trung tâm chuyển đơn" is no "trường chuyên"
            if level is not None:
                stop = level
            elif fill is not None:
                stop = fill.end()
            else:
                break
        end = stop
        form = _OWN_NAME if actors[-1] in _SCHOOLS else _OF_PLACE if actors[-1] == str(Actor.PHONG_GDDT) else None
        own_name = form.match(text, end) if form is not None else None
        end = own_name.end() if own_name and _goes_on_behind(text, fold, own_name.end()) else end
        aside = _FOR_WHICH.match(fold, end) if actors[-1] not in _SCHOOLS else None
        if aside is not None and unit_at(text, fold, aside.end()) is not None:
            end = aside.end("aside")
            asides.append(aside.span("aside"))
        gap = _GAP.match(fold, end)
        if gap is None or "\t" in text[end : gap.end()]:  # the next cell of a row
            break
        at = gap.end()
        plain = _BARE_GAP.match(fold, end)
        if plain is not None and plain.end() < at and unit_at(text, fold, plain.end()) is not None:
            at = plain.end()  # "Phòng GDĐT, trường THPT": "trường" is a unit here, not a part of the joint
        if fold.endswith("co ", gap.start(), at) and unit_at(text, fold, at) is not None:
            break  # "Phòng GDĐT có trường tham gia thí điểm gửi …": which offices act
        known = unit_at(text, fold, at) or _centre_at(text, at, actors) or level_at(text, fold, at)
        if known is None and _FILL.match(fold, at) is None:
            at = plain.end() if plain else at
    if not actors or (actors == ["addressees"] and _REST.match(fold, end)):
        return None
    if text.startswith(")", end) and text.count("(", start, end) > text.count(")", start, end):
        end += 1  # "Trường THPT (công lập và tư thục)"
    end = _with_partner(text, fold, part_end(text, start, end), actors)
    if {*_SCHOOLS} <= {*actors} and _OF_LANGUAGES.search(fold, start, end) and not _SCHOOL.search(fold, start, end):
        actors.remove(str(Actor.CO_SO_GIAO_DUC))  # "trung tâm GDNN-GDTX, trung tâm ngoại ngữ": no school beside them
    levels = levels_in(DEPARTMENTS.sub(" ", _without(text[start:end], start, asides))) | of_names
    if not levels and str(Actor.CO_SO_GIAO_DUC) in actors and _OF_DISTRICTS.search(fold, start, end + _PLACED):
        levels = {str(SchoolLevel.THCS)}  # boarding schools of districts; those of the province are THPT
    if actors == [str(Actor.BO_GDDT)]:
        levels = set()  # "Vụ Giáo dục Mầm non" is named so, whatever it does
    if str(Actor.TRUNG_TAM_GDTX) in actors:
        levels.add(str(SchoolLevel.GDTX))
    if "gdtx" in levels and str(Actor.CO_SO_GIAO_DUC) in actors and str(Actor.TRUNG_TAM_GDTX) not in actors:
        actors.append(str(Actor.TRUNG_TAM_GDTX))
    if levels == {str(SchoolLevel.GDTX)} and ({*_SCHOOLS} <= {*actors} or str(Actor.DON_VI_TRUC_THUOC) in actors):
        levels = set()  # "trung tâm GDTX, trường tư thục (đơn vị trực thuộc Sở)": schools of no level beside them
    every = actors == [str(Actor.CO_SO_GIAO_DUC)] and not levels and "co so giao duc" in fold[start:end]
    joined = frozenset(_joined_levels(text[start:end]))
    named_levels = in_order(levels)
    return Group(start, end, tuple(actors), named_levels, every=every, joined=joined, only=only)


def _told_in_bracket(text: str, fold: str, start: int) -> Group | None:
    """Return the units that a bracket says "các đơn vị" are, None without one: "các đơn vị (trường, trung tâm)"."""
    units = _UNITS_IN_BRACKET.match(fold, start)
    inner = group_at(text, fold, units.end()) if units is not None else None
    closed = inner is not None and not inner.general and fold.startswith(")", inner.end)
    return replace(inner, start=start, end=inner.end + 1) if inner is not None and closed else None


def _without(words: str, start: int, asides: list[tuple[int, int]]) -> str:
    """Return words that begin at ``start`` without the brackets that tell for which schools an office acts."""
    for begin, end in reversed(asides):
        words = words[: begin - start] + words[end - start :]
    return words


def units_act(text: str, fold: str, at: int) -> bool:
    """Tell whether units and what they do begin at ``at``: "Phòng QLCL công bố kết quả"."""
    group = group_at(text, fold, at)
    return group is not None and opens_with_verb(fold, group.end + 1)


def groups_in(text: str, fold: str, start: int, until: int) -> list[Group]:
    """Return all chains of units that a stretch of text names, in order."""
    found: list[Group] = []
    for match in _WORD_START.finditer(fold, start, until):
        group = group_at(text, fold, match.start()) if not found or match.start() >= found[-1].end else None
        if group is not None and group.end <= until:
            found.append(group)
    return found


def named_in(text: str, fold: str, start: int, until: int) -> list[Group]:
    """Return the chains of units that a stretch names itself, in order: no "các đơn vị", no outside office."""
    return [group for group in groups_in(text, fold, start, until) if not (group.general or is_outside(group))]


def together(groups: list[Group]) -> Group:
    """Return several chains of units as one; where one of them has all levels, all have."""
    actors = dict.fromkeys(a for g in groups for a in g.actors)
    levels = {level for g in groups for level in g.levels} if all(g.levels for g in groups) else set[str]()
    named = tuple(level for level in ORDER if level in levels) if levels < {*ORDER} else ()
    return replace(groups[-1], actors=tuple(actors), levels=named, joined=frozenset())


def in_turn(groups: list[Group]) -> Group:
    """Return units in turn as one: the levels are those of the schools among them."""
    schools = [g for g in groups if set(g.actors) & {*_SCHOOLS}]
    levels = {level for g in schools for level in g.levels} if all(g.levels for g in schools) else set[str]()
    actors = tuple(dict.fromkeys(a for g in groups for a in g.actors))
    return Group(groups[0].start, groups[-1].end, actors, in_order(levels))


def _joined_levels(words: str) -> set[str]:
    """Return the lower levels of schools that go up to the THPT, where those levels are named nowhere else."""
    chains = [m.group() for m in _UP_TO_THPT.finditer(words)]
    if not chains:
        return set()
    return levels_in(" ".join(chains)) - levels_in(_UP_TO_THPT.sub(" ", words)) - {str(SchoolLevel.THPT)}


def _centre_at(text: str, at: int, actors: list[str]) -> tuple[int, str] | None:
    """Return the centres that are only called so behind schools or the Phòng: "trường THPT, PTDTNT, trung tâm cử …",
    "các Phòng GDĐT và trung tâm nộp …"."""
    form = _CENTRE if str(Actor.CO_SO_GIAO_DUC) in actors else _CENTRE_ACTS
    match = form.match(text, at) if actors and actors[-1] in _BESIDE_CENTRES else None
    named = match is None or text[match.end() : match.end() + 2].strip()[:1].isupper()
    return None if match is None or named else (match.end(), str(Actor.TRUNG_TAM_GDTX))


def _behind_named(text: str, fold: str, at: int) -> int:
    """Return where a chain goes on behind a school named within it, ``at`` where none is: "…, Trường Năng khiếu Nghệ
    thuật và các Trung tâm GDTX". It acts, too, but stands for no kind of unit."""
    one = _NAMED_WITHIN.match(text, at)
    if one is None or levels_in(one.group()) or not _goes_on_behind(text, fold, one.end()):
        return at
    joint = _BARE_GAP.match(fold, one.end())
    return joint.end() if joint is not None else at


def _goes_on_behind(text: str, fold: str, end: int) -> bool:
    """Tell whether a chain of units goes on behind a name: "…, các trường THPT"."""
    joint = _BARE_GAP.match(fold, end)
    return joint is not None and unit_at(text, fold, joint.end()) is not None


def _with_partner(text: str, fold: str, end: int, actors: list[str]) -> int:
    """Add the department that a department works with: "Thanh tra Sở phối hợp với Phòng KHTC …"."""
    joint = _PARTNER.match(fold, end)
    other = unit_at(text, fold, joint.end()) if joint and actors[-1].startswith(DEPARTMENT) else None
    if other is None or not other[1].startswith(DEPARTMENT):
        return end
    actors.append(other[1])
    return other[0]


def unit_at(text: str, fold: str, at: int) -> tuple[int, str] | None:
    """Return the end and the kind of the unit named at ``at``, None where none is."""
    department = DEPARTMENTS.match(text, at)
    if department is not None:
        of = _OF_SO.match(text, department.end())  # "Phòng GDTX Sở theo dõi, đôn đốc"
        return of.end() if of is not None else department.end(), DEPARTMENT + department_of(department)
    capitals = in_capitals(text, at)
    if capitals is not None:
        return capitals[0], DEPARTMENT + capitals[1]
    called = shortnames.called_at(text, fold, at)
    if called is not None:
        return called.end, called.actors[0]
    match = union("units", "unit").match(fold, at)
    if match is None or match.end() == at:
        bare, part = _BARE_SO.match(text, at), _OF_BO.match(text, at)
        if part is not None:
            return part.end(), str(Actor.BO_GDDT)
        return (bare.end(), str(Actor.SO_GDDT)) if bare is not None else _office_alone(text, fold, at)
    entry = entries("units", "unit")[int(str(match.lastgroup)[1:])]
    if entry.name == "department":
        return match.end(), DEPARTMENT + bare_departments(text[at : match.end()])
    capital = text[at : at + 1].isupper() or (entry.name == "room" and _NAMED_ROOM.match(text, at) is not None)
    if entry.row.get("capital") and not capital:
        return None
    if entry.name in ("own", "council"):
        end, office = _body(text, fold, match.end())
        return end, entry.name if office == "own" else office
    return match.end(), entry.name


def _office_alone(text: str, fold: str, at: int) -> tuple[int, str] | None:
    """Return an office that is named by its kind alone and does something."""
    place = _PLACES.match(text, at)
    if place is not None:
        acts = opens_with_verb(fold, place.start("then"))
        kind = str(Actor.UBND_XA) if place["low"] else str(Actor.SO_GDDT) if place["high"] else "districts"
        return (place.end(), kind) if acts else None
    office = _OFFICE_ALONE.match(text, at)
    if office is None or (text[office.end() - 1].isspace() and not _does(text, fold, office.end(), office["then"])):
        return None
    return office.end("kind"), _OFFICES[office["kind"].capitalize()]


def _does(text: str, fold: str, at: int, then: str | None) -> bool:
    return text[at : at + 1].islower() and (then is not None or opens_with_verb(fold, at))


def _body(text: str, fold: str, end: int) -> tuple[int, str]:
    """Return the end and the kind of a body ("Hội đồng thi", "Tổ công tác …"): of the office named behind it."""
    joint = _OF.match(fold, end)
    if _OF_SCHOOL.match(fold, end) is not None:
        return end, str(Actor.CO_SO_GIAO_DUC)
    if joint is None:
        schools = unit_at(text, fold, end + 1)
        return schools if schools is not None and schools[1] in _SCHOOLS else (end, "own")
    office = unit_at(text, fold, joint.end())
    if office is not None and (office[1] in tuple(Actor) or office[1] == "addressees"):
        return office
    bare = _BARE_OFFICE.match(text, joint.end())
    return (bare.end(), _OFFICES[bare.group()]) if bare else (end, "own")


def level_group(text: str, fold: str, start: int) -> Group | None:
    """Return schools named by their level alone: "đối với cấp THCS", "đối với THPT, trung tâm GDTX", "lớp 9"."""
    classes = CLASSES.match(fold, start)
    if classes is not None and (of_classes := levels_of_classes(classes.group())):
        return Group(start, classes.end(), _SCHOOLS[:1], in_order(of_classes), True)
    lead = _LEVEL_LEAD.match(fold, start)
    start = at = lead.end() if lead else start
    for _ in range(8):
        end = level_at(text, fold, at)
        if end is None:
            break
        gap = _GAP.match(fold, end)
        start_next = gap.end() if gap else end
        if gap is None or level_at(text, fold, start_next) is None:
            more = group_at(text, fold, start_next) if gap is not None and gap.group().strip() else None
            more = more if more is not None and set(more.actors) <= set(_SCHOOLS) else None
            end = more.end if more else end
            said = levels_in(text[start:end])
            schools = _SCHOOLS[1:] if said == {"gdtx"} else _SCHOOLS if "gdtx" in said else _SCHOOLS[:1]
            actors = dict.fromkeys([*schools, *(more.actors if more else ())])
            levels = in_order(said)
            return Group(start, end, tuple(actors), levels, more is None)
        at = start_next
    return None
