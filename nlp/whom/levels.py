"""Which schools a duty binds (cấp học): of the units named, else in its words, else in the headings above."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.facts import DEPARTMENT, Actor, SchoolLevel
from corpus.schools import special
from corpus.text import LOWER, UPPER, squeeze
from nlp.naming.actors import Group, group_at, is_outside, level_group
from nlp.naming.departments import DEPARTMENTS
from nlp.naming.levelnames import ORDER, levels_in
from nlp.page.structure import Clause, Item
from nlp.page.unitcolumns import marked_levels
from nlp.whom.bound import Bound
from nlp.whom.upward import levels_below
from nlp.words.folding import folded, pattern

#: How far back the sentence of a clause is read, in characters.
_REACH = 1500
#: Offices that do their own work, whatever level of school it is about.
_ABOVE = (str(Actor.BO_GDDT), str(Actor.SO_GDDT))
_SCHOOLS = (str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX), str(Actor.DON_VI_TRUC_THUOC))
#: Times and units that stand between the words of another cell, where rows are read line by line.
_CELLS = re.compile(
    r"(?:(?:[Tt]rước|[Tt]ừ|[Đđ]ến)\s)?(?:ngày\s)?\d{1,2}/\d{1,2}(?:/\d{4})?(?:\s?[-–])?"
    r"|(?:Văn phòng|Thanh tra|Phòng|Sở|Bộ)\s(?:Sở|GDĐT|GD&ĐT)|(?<=\s)(?:Trước(?: ngày)?|Chậm nhất|Trong|Từ|Đến)(?=\s)"
)
#: Names of levels that a cell's line ends within: "Các trường mầm | 30/6 ⏎ non", "mầm non, tiểu | Phòng ⏎ học".
_CUT_WORDS = (
    (re.compile(r"\bmầm (?!non).*(?<!mầm )\bnon\b"), " mầm non"),
    (re.compile(r"\btiểu (?!học|ban|phẩm|khu|mục|sử|luận|thương).*(?<!tiểu )\bhọc\b"), " tiểu học"),
)
#: A title at the head of an item is no longer than this.
_TITLE = 100
_COMMITTEE = (str(Actor.UBND_XA),)
#: What an item says that has its words from the heading.
_TIMED = re.compile(r"\s?(?:Thời gian|Ngày|Lịch)(?: [^\W\d]+){0,4}\s?:")
#: The number of a heading, and the words of one that is but a level: "Đối với bậc học mầm non".
_NUMBER = re.compile(r"(?:[IVXL]{1,6}|\d{1,2}(?:\.\d{1,2}){0,2}|[a-zA-ZđĐ])[.):/-]\s{0,3}|[-+*]\s{0,3}")
_MORE = pattern(
    r"(?<!\w)(?:doi voi|ve|cac|va|cap|bac|khoi|hoc|giao duc|truong|mam non|mau giao|nha tre|tieu hoc|thcs|thpt"
    r"|trung hoc|co so|pho thong|lop|\d{1,2})(?!\w)"
)
#: Units that are not the schools of the sentence before.
_NAMED_APART = {str(Actor.UBND_XA), str(Actor.DON_VI_TRUC_THUOC), str(Actor.PHONG_GDDT)}
_PHONG = (str(Actor.PHONG_GDDT),)
#: The levels that a Phòng looks after; with schools of other levels beside it all are meant.
_OF_PHONG = {"mam_non", "tieu_hoc", "thcs"}
#: "Thi môn chuyên", which no centre does; not "chuyên môn".
_SPECIALISED = re.compile(r"(?:môn|lớp|trường|THPT) chuyên(?! môn| đề| biệt)(?!\w)")
#: What centres teach, too.
_TAUGHT = {str(SchoolLevel.THCS), str(SchoolLevel.THPT)}
#: Of "trường phổ thông".
_GENERAL = {"tieu_hoc", "thcs", "thpt"}
_ALL = {"mam_non", "tieu_hoc", "thcs", "thpt"}
#: Schools that a Sở names by whom they stand under: "các trường thuộc huyện", "đơn vị trực thuộc phòng GDĐT".
_OF_DISTRICT = pattern(
    r"(?:hieu truong |thu truong )?(?:cac )?(?:truong(?: hoc)?|don vi|co so giao duc|nha truong) (?:cong lap )?"
    r"(?:(?:truc )?thuoc|do) (?:cac )?(?:huyen|quan|thi xa|phong (?:gd|giao duc))"
)
_GOES_TO = re.compile(r"\(qua (?P<to>[^()]{0,120}đối với [^()]{3,60})\)")
_COUNTED = re.compile(
    r"(?:ít nhất |tối thiểu )?\b\d{1,3} (?:trường|cơ sở|lớp)(?: học)? (?:mầm non|mẫu giáo|tiểu học|THCS|THPT"
    r"|trung học (?:cơ sở|phổ thông))"
)
#: Schools that a duty is not for: "(trừ trường mầm non)", "…, trừ cấp THPT".
_BUT = re.compile(
    r"(?<!\w)(?:(?:ngoại )?trừ|không (?:bao gồm|gồm|kể|áp dụng (?:đối )?với))\s(?:(?:đối )?với\s)?"
    r"(?P<who>[^();:.,]{2,60})"
)
_OWN_NAME = re.compile(rf"(?<!\w)[{UPPER}][{LOWER}]{{1,7}}\s[{UPPER}][{LOWER}]{{1,7}}")
_ONE_KIND = re.compile(r"chuyên|nội trú|ptdt|tư thục|ngoài công lập|năng khiếu|lớp \d|học sinh|trường hợp|điểm")
#: Some of the schools that have a time of their own behind that of all.
_APART = pattern(r"\s?[(,;]\s?(?:rieng|con)\s(?:doi voi\s)?(?:cac\s(?!truong))?")
_OWN_TIME = pattern(
    r"(?: (?:thi|gui|nop|bao cao|hoan thanh|xong|thuc hien|han|ve|gui ve|nop ve)){0,3},?"
    r" ?(?:cham nhat )?(?:truoc|ngay|den|trong|\d)"
)
#: Children under six are those of nurseries: "rà soát trẻ 5 tuổi", "trẻ từ 3 đến 5 tuổi".
_CHILDREN = re.compile(
    r"(?<!\w)(?:[Tt]rẻ|[Cc]háu)(?: em)?(?: từ)? (?:0?[0-5]|24 tháng)(?:\s?(?:-|đến|và|,)\s?0?[1-5])*(?: tuổi| tháng|T)?"
    r"(?! đến (?:[6-9]|1\d))(?<=tuổi)(?!\w)"
)
#: What schools of two levels do together: "bàn giao học sinh giữa trường tiểu học và trường THCS".
_BETWEEN = pattern(
    r"(?<!\w)giua (?:cac )?(?:truong )?(?:mam non|mau giao|mn|tieu hoc|th|thcs) (?:va|voi) (?:cac )?(?:truong )?"
    r"(?:tieu hoc|th|thcs|thpt)(?!\w)"
    r"|(?<!\w)truong (?:mam non|mau giao|tieu hoc|thcs) (?:ban giao|giao|chuyen(?: giao)?)(?! vien)(?: \w+){1,8}"
    r"(?:,| va) (?:con )?(?:cac )?truong (?:tieu hoc|thcs|thpt) (?:tiep )?nhan(?!\w)"
)
#: The Đội is of pupils from 9 to 15 (Điều lệ Đội TNTP Hồ Chí Minh): no nursery and no THPT has one.
_OF_DOI = pattern(r"(?:(?:cac|moi) )?(?:giao vien )?(?:tong phu trach|tpt)(?: doi)?(?!\w)|(?:cac )?lien doi(?!\w)")
_WITH_DOI = {"tieu_hoc", "thcs"}
#: All classes of schools, of which centres have but the upper ones.
_FROM_FIRST = pattern(r"(?<!\w)(?:tu )?(?:khoi )?lop 1 den (?:khoi )?(?:lop )?(?:5|9|12)(?!\d|/)")
_COUNTED_OFFICES = re.compile(r"(?<!\d)\d{1,3} (?:[Pp]hòng|[Ss]ở)(?!\w)")
_BY_THE_WAY = re.compile(
    r"\((?!(?:[Bb]ậc|[Cc]ấp|[Kk]hối|[Tt]rường có cấp|[Ll]ớp)\s[^()]{1,30}\)|(?:(?:mầm non|tiểu học|THCS|THPT"
    r"|GDTX)(?:, | và )?){1,4}\))[^()]{0,200}\)|\S+@\S+|(?:https?:|www\.)\S+"
    r"|(?<!\w)\d{1,5}/(?:\d{4}/)?[A-ZĐ][\w\-/&.]{2,30}"
    r"|[Tt]rẻ(?: em)? (?:mầm non|mẫu giáo)(?:,| và) học sinh(?! (?:tiểu|THCS|THPT|lớp|phổ|trung|cấp))"
    r"|(?:giao|gửi|nộp|chuyển|trả)[^,;.()]{0,60}? cho (?:các )?trường (?:mầm non|tiểu học|THCS|THPT)"
    r"|(?:(?:tại|ở|địa điểm:?)\s(?:[^;.:()]{2,30},\s)?|Địa điểm:?\s)(?:[Tt]rường|[Tt]rung tâm)\s(?:(?:[Mm]ầm non"
    rf"|[Tt]iểu học|\S{{2,12}})\s)(?:số \d{{1,2}}\s|chuyên\s)?"
    rf"[{UPPER}][{LOWER}]{{0,7}}(?:\s[{UPPER}][{LOWER}]{{0,7}}){{0,3}}"
)
_CENTRE = re.compile(
    rf"(?:[Vv]ụ|TT|[Tt]rung tâm)\s(?:GD|Giáo dục)\s?[\w-]{{1,12}}(?:\s?&\s?[\w-]{{2,8}})?(?:\s[{UPPER}{LOWER}]{{2,7}})?"
)


def levels_of(
    named: Group | None,
    item: Item,
    clause: Clause,
    bound: Bound,
    actors: tuple[str, ...],
    *,
    here: bool = False,
    recipient: str | None = None,
) -> set[str]:
    """Return the levels of a duty: of the units named, else of the schools in its words, else of the headings.

    A directive about one level binds the schools of that level, not the offices named in it; what schools send to an
    office below the Sở (``recipient``), those of that office. ``here``: the units stand in the clause itself.
    """
    if named is not None and str(Actor.DON_VI_TRUC_THUOC) in named.actors and _SCHOOLS[0] not in actors:
        # units right below a Sở have the levels that their own words name, else those of the whole directive
        own = _own_levels(named) or set(levels_said(item.text[clause.start : clause.end]))
        own = own if own and own != _GENERAL else set(bound.levels)
        return own if own != _GENERAL else set()  # "trường phổ thông trực thuộc Sở" names none
    if here and named is not None and actors == _SCHOOLS[:1] and _OF_DOI.match(item.joined.fold, named.start):
        return _WITH_DOI & (bound.levels or _WITH_DOI) or _WITH_DOI
    if actors == _SCHOOLS[:1] and (between := _BETWEEN.search(item.joined.fold, clause.start, clause.end)) is not None:
        return levels_in(item.text[between.start() : between.end()])
    if actors[:1] == _SCHOOLS[:1] and not bound.school and _tells_classes_of_centres(item, clause):
        return set(_OF_CENTRES)
    found = _levels_told(named, item, clause, bound, actors, here=here)
    specialised = _SPECIALISED.search(item.text, clause.start, clause.end) is not None
    both = named is not None and {*_SCHOOLS[:2]} <= {*named.actors} and {*_SCHOOLS[:2]} <= {*actors}
    if both and found & _TAUGHT and not specialised:
        return found | {str(SchoolLevel.GDTX)}  # centres beside schools have their own level
    if actors == _SCHOOLS[:1] and not bound.school:
        found = _but_for(item, clause, found) or _of_age(item, clause, found, bound) or found
    if not found and actors == _SCHOOLS[:2] and bound.general:
        return {*bound.general, str(SchoolLevel.GDTX)}
    if found or actors != _SCHOOLS[:1]:
        return found
    return (levels_below(recipient, bound) if recipient is not None else set()) or set(bound.general)


#: So far behind a clause its classes may stand.
_CLASSES = 60
_OF_CENTRES = frozenset({str(SchoolLevel.GDTX)})
#: What parts the cells of a row.
_PARTED = re.compile(r"[|\t]")
#: A sentence that tells but the time of the one before it.
_TIME_ONLY = pattern(r"\W{0,3}thoi (?:gian|diem)(?: (?:du kien|to chuc|thi|thuc hien)){0,2}\s?:")


def _levels_told(
    named: Group | None, item: Item, clause: Clause, bound: Bound, actors: tuple[str, ...], *, here: bool
) -> set[str]:
    """Return the levels of a duty that its words, its units and the headings tell."""
    marked = marked_levels(item.head, item.text) if item.table and _PARTED.search(item.head) else set[str]()
    if marked:
        return marked
    if not actors and named is not None and is_outside(named):  # classes tell nothing of who acts
        return set(levels_said(item.text[clause.start : clause.end], classes=False))
    called = bound.summons and {*bound.own} < {*actors} and named is None
    if called and bound.levels:
        return set(bound.levels)  # those written to come, whatever classes they examine
    if bound.school and not {*_SCHOOLS, *bound.own} & {*actors}:
        return set()  # what an office holds, in a school's plan
    if bound.school and len(bound.levels) == 1:
        return set(bound.levels)  # a school's own plan is its own, whatever schools and classes it speaks of
    words = item.text[clause.start : clause.end]
    if item.table:
        words = squeeze(_CELLS.sub(" ", words))
        words += "".join(level for cut, level in _CUT_WORDS if cut.search(words))
    if actors == _COMMITTEE:  # of schools only what is said of it
        return set(_own_levels(named) or levels_said(words))
    found = _own_levels(named)
    if not found and named is not None and actors == _SCHOOLS[:1] and bound.own == _ABOVE[1:]:
        found = set(_OF_PHONG) if _OF_DISTRICT.match(item.joined.fold, named.start) is not None else found
    if named is not None and named.bare and (narrower := levels_said(words)) and narrower <= found:
        found = set(narrower)  # "Phổ thông: … học sinh lớp 3"
    if not found and _covers_more(named):
        return set(bound.levels)
    offices = not any(a in _SCHOOLS for a in actors)
    if not found:
        begun = _sentence_start(item, clause)
        if _TIME_ONLY.match(item.joined.fold, clause.start) is not None:  # "Thi … THPT. Thời gian dự kiến: …"
            begun = len(item.label)
        before = max(begun, clause.start - 2 * _REACH)
        found = set(levels_of_office(words) if offices else levels_said(words)) | (
            _levels_dealt(words) if actors == _PHONG else set()
        )
        named_here = here and (offices or _NAMED_APART & {*actors})
        if not found and not named_here:  # an office that the clause names begins anew
            found = _levels_before(item.text[before : clause.start])
    if not found and not (named is not None and named.actors[0].startswith(DEPARTMENT)):
        for title in reversed(item.path if offices else (*item.path, _own_title(item, clause))):
            found = found or (set(_of_title(title, item, offices=offices)) if len(title) < 120 else set())
    if bound.levels and actors == bound.own and not bound.school:
        own_words = set(levels_said(words)) if bound.own == _PHONG else set[str]()
        headed = found & bound.levels  # a Phòng has what headings say, where it is not all that it has
        return own_words or (headed if bound.own != _PHONG or headed != bound.levels else set())
    if bound.levels and (not found or found & bound.levels):
        above = all(a in (*_ABOVE, *_PHONG) or a.startswith(DEPARTMENT) for a in actors)
        centres = found & {"gdtx"} if str(Actor.TRUNG_TAM_GDTX) in actors else set[str]()  # a topic limits schools
        schools = bound.levels - {"gdtx"} if actors == _SCHOOLS[:1] and not (named and named.every) else set[str]()
        return (found & bound.levels) | centres or (set() if above else set(schools or bound.levels))
    return found


def without_centres(
    actors: tuple[str, ...], named: Group | None, item: Item, words: Clause, bound: Bound
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return whom a Sở binds where nobody is named, without the centres in what is of pupils whom they have not, and
    the levels of these: "khám mắt cho học sinh từ lớp 1 đến lớp 9"; no levels where nobody is left out.
    """
    none = frozenset[str]()
    centres = str(Actor.TRUNG_TAM_GDTX)
    if bound.own != _ABOVE[1:] or actors not in (bound.actors, bound.schools) or not (named is None or named.general):
        return actors, none
    said = levels_said(item.text[max(_sentence_start(item, words), words.start - _REACH) : words.end])
    from_first = _FROM_FIRST.search(item.joined.fold, max(words.start - _REACH, 0), words.end) is not None
    young = bool(said) and (from_first or said <= {str(SchoolLevel.MAM_NON), str(SchoolLevel.TIEU_HOC)})
    left = tuple(a for a in actors if a != centres)
    return (left, said) if young and left and left != actors else (actors, none)


def without_later(item: Item, end: int, levels: set[str], actors: tuple[str, ...]) -> set[str]:
    """Return the levels of schools whose time ends at ``end`` without those that have a time of their own behind it:
    "… trước ngày 20/11 (riêng mầm non, mẫu giáo trước ngày 12/12)"."""
    fold = item.joined.fold
    apart = _APART.match(fold, end) if actors == _SCHOOLS[:1] and levels else None
    if apart is None:
        return levels
    group = group_at(item.text, fold, apart.end()) or level_group(item.text, fold, apart.end())
    if group is None or not set(group.actors) <= {*_SCHOOLS} or _OWN_TIME.match(fold, group.end) is None:
        return levels
    if _OWN_NAME.match(item.text, group.end + 1) is not None or special(item.text[group.start : group.end]) is not None:
        return levels
    return levels - {*group.levels} or levels


def of_centres(actors: tuple[str, ...], levels: set[str]) -> tuple[str, ...]:
    """Return who acts with the centres, where it is schools and the level is GDTX alone, which centres teach."""
    told = actors == _SCHOOLS[:1] and levels == _OF_CENTRES
    return (*actors, str(Actor.TRUNG_TAM_GDTX)) if told else actors


def _tells_classes_of_centres(item: Item, clause: Clause) -> bool:
    """Tell whether the classes that a clause names are of GDTX: it says so before them, or the heading above does:
    "Giáo dục thường xuyên: - Đối với lớp 9, 12: từ ngày …"."""
    words = item.text[len(item.label) : clause.end + _CLASSES]  # "…: ngày 13/9 đối với khối lớp 9, 12"
    plain = without_ways(words)
    if not levels_in(plain, classes=True) - levels_in(plain, classes=False):
        return False
    titles = (words, *reversed(item.path))
    said = next((found for title in titles if (found := levels_said(title, classes=False))), frozenset[str]())
    return said == _OF_CENTRES


def _but_for(item: Item, clause: Clause, found: set[str]) -> set[str]:
    """Return the levels of schools without those that a clause excepts, none where it excepts none: "các cơ sở giáo
    dục (trừ trường mầm non)"; schools by name and special ones are no level."""
    words = item.text[clause.start : clause.end]
    but = _BUT.search(words)
    said = levels_in(but["who"]) if but is not None and _OWN_NAME.search(but["who"]) is None else set[str]()
    if but is None or not said or _ONE_KIND.search(but["who"].lower()) is not None:
        return set()
    outside = levels_said(words[: but.start()] + words[but.end() :])
    every = {*ORDER} if "cơ sở giáo dục" in words[: but.start()].lower() else _ALL
    return ((found if outside or found - said else set()) or set(every)) - said


def _of_age(item: Item, clause: Clause, found: set[str], bound: Bound) -> set[str]:
    """Return the nurseries for what schools of no level of their own do for children under six, else none."""
    words = without_ways(item.text[clause.start : clause.end])
    small = found in (set(), bound.levels) and _CHILDREN.search(words) is not None and not levels_said(words)
    return {"mam_non"} if small and (not bound.levels or "mam_non" in bound.levels) else set()


def _of_title(title: str, item: Item, *, offices: bool) -> frozenset[str]:
    """Return the levels of a heading; those of offices alone have them of one that is but a level or classes, or
    names what a time is of: "1. Bậc học mầm non", "2.4. Lớp 10", "Điều 1. Tổ chức Hội thi cấp THPT. ⏎ Thời gian: …".

    "I. Thực hiện chương trình GDTX" is a field, in which they act.
    """
    said = levels_said(title)
    if not said or not offices or not _MORE.sub(" ", folded(_label_of(title))).strip(" .:,;-"):
        return said
    timed = bool(item.path) and title == item.path[-1] and _TIMED.match(item.text, len(item.label)) is not None
    return said if timed or not levels_said(title, classes=False) else frozenset()


def _label_of(title: str) -> str:
    """Return the words of a heading behind its number."""
    label = _NUMBER.match(title)
    return title[label.end() :] if label is not None else title


def _own_title(item: Item, clause: Clause) -> str:
    """Return what an item is about, where it opens with that: "- Tuyển sinh lớp 10: …. Môn thứ ba công bố …"."""
    end = item.text.find(":", 0, min(clause.start, _TITLE))
    return item.text[:end] if end >= 0 and "(" not in item.text[:end] else ""


def _levels_before(words: str) -> set[str]:
    """Return the levels that the sentence names before a clause; its classes only where they say more of a level."""
    named = levels_said(words, classes=False)
    narrower = levels_said(words) if named else named
    return set(narrower if narrower < named else named)


def _own_levels(named: Group | None) -> set[str]:
    """Return the levels of units, none where a department beside them deals with all: "Phòng GDTrH, TTGDTX tỉnh"."""
    return set() if named is None or _covers_more(named) else set(named.levels)


def _covers_more(named: Group | None) -> bool:
    if named is None or len(named.actors) < 2 or not named.levels:
        return False
    return any(a.startswith(DEPARTMENT) for a in named.actors)


def _levels_dealt(words: str) -> set[str]:
    """Return the levels told apart by whom they go to: "gửi UBND xã (cấp tiểu học), gửi Sở (trường có cấp THPT)"."""
    return {level for bracket in _GOES_TO.finditer(words) for level in levels_said(bracket["to"])}


@lru_cache(maxsize=256)
def levels_said(words: str, *, classes: bool = True) -> frozenset[str]:
    """Return the school levels that words name, those named by the way left out; the times of a clause share them."""
    return frozenset(levels_in(without_ways(words), classes=classes))


def levels_of_office(words: str) -> frozenset[str]:
    """Return the school levels that an office's own words name: of schools that it counts, too ("chọn 05 trường THCS").

    Not where it counts offices beside them, nor of schools of all levels.
    """
    said = levels_said(words)
    if said or _COUNTED_OFFICES.search(words) is not None:
        return said
    counted = frozenset(levels_in(_plain(words)))
    return counted if not counted >= _ALL else frozenset()


def _sentence_start(item: Item, clause: Clause) -> int:
    """Return where the sentence of a clause begins, in the same item."""
    lo = max(len(item.label) + 1, clause.start - 2 * _REACH)
    cut = item.text.rfind(". ", lo, clause.start)
    return max(len(item.label), cut + 1 if cut >= 0 else lo - 1)


def without_ways(words: str) -> str:
    """Return the words without what names levels by the way: brackets, addresses, numbers, departments, one school.

    Schools that are counted ("chọn 05 trường THCS") are what is chosen, not who is bound.
    """
    return _COUNTED.sub(" ", _plain(words))


def _plain(words: str) -> str:
    return DEPARTMENTS.sub(" ", _CENTRE.sub(" ", _BY_THE_WAY.sub(" ", words)))
