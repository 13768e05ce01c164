"""Who does the steps of a course of time that name nobody ("Trình tự thực hiện: …"): whoever a step above names."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Actor
from corpus.named import named
from nlp.naming.actors import Group, group_at, in_turn, is_outside, named_in
from nlp.page.columns import Column, titles_of
from nlp.page.structure import Clause, Item
from nlp.when.described import Due
from nlp.whom.headings import place_units
from nlp.whom.rowunits import units_of_column
from nlp.whom.subjects import clauses_of, subject_before
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

_STEPS = pattern(r"(?<!\w)(?:moc thoi gian|trinh tu(?: thuc hien)?|cac buoc|quy trinh|tien do|lo trinh)(?!\w)")
_TEACH = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX)}
_GIVES = pattern(r"\s?(?:giao|de nghi|yeu cau|phan cong)(?: cho)? (?=truong |trung tam )")
#: Schools that stand above: "Các trường này hoàn thành …", "Các trường nói trên …".
_THESE = pattern(
    r"\W{0,4}(?:tat ca )?(?:cac|nhung) (?:nha )?(?:truong|co so giao duc|co so)"
    r" (?:nay|(?:noi|neu|ke) tren|tren day)(?!\w)"
)
#: Hosts among the schools told before: "Ba trường đăng cai báo kết quả …".
_HOSTS = pattern(r"(?:hai|ba|bon|nam|sau|cac|\d{1,2}) (?:nha )?truong (?:dang cai|chu nha)(?!\w)")
#: Those just named, whatever they are: "…; các đơn vị này còn gửi …".
THESE_UNITS = pattern(r"(?:cac |nhung )?don vi (?:nay|(?:noi|neu|ke) tren)(?!\w)")
_WHICHEVER = pattern(r"(?:nha )?truong nao(?!\w)")
_VISITED = pattern(r"(?<!\w)duoc (?:kiem tra|thanh tra|khao sat|danh gia|tham dinh)(?!\w)")
#: Until when something is taken in, and an item that is but its time.
_TAKEN_IN = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2})?(?:thoi (?:gian|han)|han(?: cuoi)?) (?:tiep )?"
    r"(?:nhan|nop|gui|dang ky)(?! (?:bao cao|don|ho so (?:thuyen|tuyen|du tuyen)))"
    r"(?: (?!tu |truoc |den )[\w-]{1,20}){0,5}"
    r"\W{0,2}(?=$|:|tu |truoc |den )"
)
_ONLY_TIME = pattern(
    r"\W{0,4}(?:thoi gian(?: nhan| nop)?(?: bai| tranh)? ?:? ?)?(?:tu|truoc|den het|den|cham nhat|ngay)\s"
)
_SENDS = pattern(r"(?<!\w)(?:gui|nop|dang ky)(?! (?:phieu|y kien))(?!\w)")
_DATED = pattern(r"\d{1,2}/\d{1,2}|(?<!\w)ngay \d")
#: Until when a list of reports is sent that stands above, and what its members do.
_TERM_OF_LIST = pattern(
    r"\W{0,3}(?:thoi (?:gian|han|diem)|han)(?: (?:cuoi|chot|cung|cuoi cung))? (?:gui|nop|bao cao|hoan thanh)"
    r"(?: (?!tu |truoc |cham |den )[\w-]{1,12}){0,6}?(?: la)?\W{0,2}(?=$|tu |truoc |cham |den |ngay )"
)
_GIVES_IN = pattern(r"(?<!\w)(?:gui|nop|bao cao|lap|tong hop|thong ke|cap nhat|dang ky)(?!\w)")
#: A line that is but a place, of units or not: "* Tại trường học", "* Tại ký túc xá".
_PLACE_LINE = pattern(r"\W{0,3}(?:tai|o)(?!\w)[^.;:\d]{3,60}:?")
_BULLETS = ("-", "+", "*", "•")
#: A step with its time in a bracket, over who does it: "Bước 3 (hoàn thành trước ngày 07/6): Phòng GDĐT kiểm tra …".
_STEP_OPENS = pattern(
    r"\W{0,4}(?:buoc|giai doan|dot|vong|lan|cong doan) (?:thu )?\w{1,4}(?: \w+){0,5}\s?[:.-]?\s?\("
    r"(?:(?:du kien|thuc hien|hoan thanh|xong|thoi gian|tu|trong|vao|den|han|chot|la)[\s:]{1,2}){0,4}(?:ngay )?"
)
_STEP_CLOSES = pattern(r"[^():;]{0,24}\)\s?[:,]?\s")
#: A list is no longer than this.
_LIST = 8
#: So many items above tell which.
_NEAR = 3
_TERM = pattern(r"\W{0,4}thoi han (?!nop|gui|bao cao|dang ky|nhan|hoan thanh|cuoi|chot)")


#: Some of those whom an item above names all: "Đơn vị nào chưa đăng ký thì hoàn thành báo cáo …".
_ALL_OF = pattern(r"\W{0,3}(?:\d{1,2}\.\s|[a-z]\)\s)?(?:tat ca|moi|toan bo|toan the)(?!\w)")
_SOME = pattern(r"\W{0,3}(?:\d{1,2}\.\s|[a-z]\)\s)?(?:(?:nhung|cac|rieng)\s){0,2}(?:don vi|noi) nao(?!\w)")


def some_of_those(items: list[Item]) -> dict[int, Group]:
    """Return the schools of the nearest item above that opens with them, for one that opens with some of its units.

    "1. Tất cả cơ sở giáo dục …. 3. Đơn vị nào chưa …"; keys are where the items begin.
    """
    found: dict[int, Group] = {}
    for k, item in enumerate(items):
        if item.table or _SOME.match(item.joined.fold) is None:
            continue
        for above in reversed(items[max(0, k - _NEAR) : k]):
            all_of = above.path == item.path and _ALL_OF.match(above.joined.fold) is not None
            group = group_at(above.text, above.joined.fold, len(above.label) + 1) if all_of else None
            if group is not None and set(group.actors) <= _TEACH and not group.levels:
                found[item.start] = group
                break
    return found


def step_units(items: list[Item]) -> dict[int, Group]:
    """Return who does the steps of a course of time that name nobody: who was named in a step above ("Trình tự: …").

    So does what only sets the term of the item above or stands below a schedule, and what stands in a list below one
    that names who acts. What is taken in until a day is sent by those schools that a paragraph near tells to send it.

    Keys are where the items begin.
    """
    found: dict[int, Group] = {}
    path: tuple[str, ...] = ()
    last: Group | None = None
    before: Item | None = None
    over: tuple[tuple[str, ...], Group | None] = ((), None)
    for k, item in enumerate(items):
        if _THESE.match(item.joined.fold, len(item.label)) is not None and (these := _schools_above(items, k)):
            found[item.start] = these
        if (
            not item.label
            and _TERM_OF_LIST.match(item.joined.fold)
            and (listed := _senders_listed(items, k)) is not None
        ):
            found[item.start] = listed
            continue
        if _is_taken_in(item) and (senders := _senders_near(items, k)) is not None:
            found[item.start] = senders
            continue
        mark = item.label.strip()
        if mark == "-":
            over = (item.path, _given(item))
        elif mark == "+" and over[0] == item.path and over[1] is not None:
            found[item.start] = over[1]
        if not item.label or not item.path or item.heading:
            continue
        last, before = (last, before) if item.path == path else (None, None)
        path = item.path
        if _STEPS.search(folded(path[-1])) is not None:
            if last is not None:
                found[item.start] = last
            last = _first_acting(item) or last
        elif before is not None and _TERM.match(item.joined.fold, len(item.label)) is not None:
            above = _first_acting(before)
            if above is not None:
                found[item.start] = above
        else:
            before = item
    return {**_below_schedules(items), **_at_places(items), **found}


def step_doer(item: Item, clause: Clause, due: Due) -> Group | None:
    """Return who does a step whose time stands in a bracket before: "Bước 3 (xong trước ngày …): Phòng GDĐT …"."""
    fold = item.joined.fold
    if item.table or _STEP_OPENS.fullmatch(fold, clause.start, due.start) is None:
        return None
    closed = _STEP_CLOSES.match(fold, due.end, clause.end)
    group = group_at(item.text, fold, closed.end()) if closed is not None else None
    return group if group is not None and opens_with_verb(fold, group.end + 1) else None


def _below_schedules(items: list[Item]) -> dict[int, Group]:
    """Return of whom a paragraph right below a schedule is, rows of units with a day each: "05/6 | Các trung tâm ⏎ Đơn
    vị nào không đi được đúng buổi thì báo …"."""
    found: dict[int, Group] = {}
    rows: list[Group] = []
    for item in items:
        if item.table:
            columns = titles_of(item.head)
            schedule = {Column.UNIT, Column.DUE} <= {*columns} and Column.TASK not in columns
            schedule = schedule and _VISITED.search(folded(item.head)) is None
            group = (units_of_column(item) or _first_named(item)) if schedule else None
            rows += [group] if group is not None and not is_outside(group) else []
            continue
        if rows and not (item.label or item.heading):
            found[item.start] = in_turn(rows)
        rows = []
    return found


def _first_named(item: Item) -> Group | None:
    return next(iter(named_in(item.text, item.joined.fold, len(item.label), len(item.text))), None)


def _at_places(items: list[Item]) -> dict[int, Group]:
    """Return who does what stands below a line that is but a place and no heading: "* Tại trường học ⏎ a) …"."""
    found: dict[int, Group] = {}
    path: tuple[str, ...] = ()
    there: Group | None = None
    for item in items:
        line = not item.heading and not item.table and item.label.strip() in ("", *_BULLETS)
        if line and _PLACE_LINE.fullmatch(item.joined.fold, len(item.label)) is not None:
            path, there = item.path, place_units(item.text)
        elif item.path[: len(path)] != path:
            there = None
        elif there is not None:
            found[item.start] = there
    return found


def _is_taken_in(item: Item) -> bool:
    """Tell whether an item is but until when something is taken in: "4. Thời gian đăng ký: từ …", or the heading."""
    fold, begin = item.joined.fold, len(item.label)
    if item.heading or item.table:
        return False
    titled = bool(item.path) and _TAKEN_IN.match(folded(item.path[-1])) is not None
    return _TAKEN_IN.match(fold, begin) is not None or (titled and _ONLY_TIME.match(fold, begin) is not None)


def _senders_near(items: list[Item], k: int) -> Group | None:
    """Return the schools that a paragraph near one tells to send what is taken in, no others; None for none."""
    near = [one for one in items[max(0, k - _NEAR) : k + _NEAR + 1] if one is not items[k] and not one.table]
    found: list[Group] = []
    for one in near:
        for clause in clauses_of(one):
            group = subject_before(one, clause, clause.end)
            fold = one.joined.fold
            schools = group is not None and set(group.actors) <= _TEACH and not group.bare
            if group is None or not schools or _DATED.search(fold, clause.start, clause.end) is not None:
                continue
            found += [group] if _SENDS.search(fold, group.end, clause.end) is not None else []
    return found[0] if len({(g.actors, g.levels) for g in found}) == 1 else None


def _senders_listed(items: list[Item], k: int) -> Group | None:
    """Return all who send something by the list right above its term: "- Trường THPT báo cáo …; - Phòng GDĐT báo cáo
    …. Hạn cuối gửi báo cáo: …"; None where a member of the list names nobody, or has a time of its own."""
    found: list[Group] = []
    mark = ""
    for one in reversed(items[max(0, k - _LIST) : k]):
        label = one.label.strip()
        if label not in _BULLETS or (mark and label != mark) or one.table:
            break
        mark, fold = label, one.joined.fold
        group = _first_acting(one)
        if group is None or _GIVES_IN.search(fold, group.end) is None or _DATED.search(fold, group.end) is not None:
            return None
        found.insert(0, group)
    return in_turn(found) if len(found) > 1 else None


def _first_acting(item: Item) -> Group | None:
    """Return the first units that act in an item."""
    groups = (subject_before(item, clause, clause.end) for clause in clauses_of(item))
    return next((g for g in groups if g is not None and not g.general and not is_outside(g)), None)


def _given(item: Item) -> Group | None:
    """Return the school by name that an item gives a task, of which the list below it tells the parts."""
    given = _GIVES.match(item.joined.fold, len(item.label))
    group = group_at(item.text, item.joined.fold, given.end()) if given is not None else None
    names = named(item.text[group.start :]) if group is not None else None
    return replace(group, only=names) if group is not None and names is not None else None


def are_these(fold: str, group: Group) -> bool:
    """Tell whether schools are but those named above: "Các trường này", "Trường nào chưa có thì …"."""
    these = any(find.match(fold, group.start) is not None for find in (_THESE, _WHICHEVER, _HOSTS))
    return not group.levels and these


def _schools_above(items: list[Item], k: int) -> Group | None:
    """Return the schools of some levels that act in the nearest of a few items above one."""
    for item in reversed(items[max(0, k - _NEAR) : k]):
        group = _first_acting(item)
        if group is not None and group.levels and set(group.actors) <= _TEACH:
            return group
    return None
