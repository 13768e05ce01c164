"""All units of a cell, also where it goes on in the row's next line: "Các trường THPT và | 15/01 ⏎ Trung tâm"."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.facts import Actor, SchoolLevel
from nlp.naming.actors import Group, group_at, is_outside, level_group, named_in, together
from nlp.naming.levelnames import CLASSES, in_order, levels_in, levels_of_classes
from nlp.page.structure import Clause, Item
from nlp.whom.subjects import subject_before
from nlp.words.folding import pattern

_NEXT = re.compile(r";\s")
_SCHOOLS = {str(Actor.CO_SO_GIAO_DUC), str(Actor.TRUNG_TAM_GDTX)}
#: Where a chain of units breaks off.
_OPEN = re.compile(r"(?:,|;|\svà)(?=\s)")
#: How the rest of such a cell begins: with a level, a centre, or a school by its level.
_REST = pattern(
    r"(?<!\w)(?:(?:cac )?truong (?=mam non|tieu hoc|thcs|thpt|th\s))?"
    r"(?=thpt|thcs|tieu hoc|mam non|(?:cac )?trung tam(?!\w)|tt ?gd)"
)
#: Centres without their kind, alone in a cell.
_CENTRES = pattern(r"(?:giam doc )?(?:(?:cac|moi) )?trung tam")
#: Who is none of the units that a directive of an office of education binds: "Thí sinh", "Các trường đại học", "CSĐT".
_CANDIDATES = pattern(
    r"(?:cac )?(?:thi sinh|phu huynh|cha me hoc sinh|csdt|co so dao tao|(?:truong )?dai hoc|(?:truong )?cao dang)(?!\w)"
)
_CENTRE = pattern(r"(?:trung tam|tt ?gd)")
#: How far behind the first part the rest is looked for, in characters.
_REACH = 160
#: So many characters behind a level may begin the centres beside it: "THPT, Trung tâm".
_AFTER = 12
#: Boarding schools, whose levels stand in the cell's next line still: "THPT, PTDTNT | 14/6 ⏎ THCS&THPT".
_BOARDING = pattern(r",? ?(?:va )?ptdt(?:nt|bt)(?!\w)")


def whole_cell(item: Item, group: Group | None) -> Group | None:
    """Return units of a row with those that their cell goes on with behind another cell."""
    if not item.table or group is None or not set(group.actors) & _SCHOOLS or group.bare:
        return group
    text, fold = item.text, item.joined.fold
    breaks = _OPEN.match(text, group.end)
    if breaks is None and not (fold.endswith("truong", group.start, group.end) and not group.levels):
        return group
    begin = breaks.end() if breaks is not None else group.end
    rest = _REST.search(fold, begin + 1, begin + _REACH)
    if rest is None:
        return group
    more = level_group(text, fold, rest.end())
    centre = _CENTRE.match(fold, rest.end()) is not None
    if more is None and not centre:
        return group
    actors = dict.fromkeys([*group.actors, *(more.actors if more else ())])
    levels = {*group.levels, *(more.levels if more else ())}
    if more is not None and _BOARDING.match(fold, more.end):
        levels |= levels_in(text[more.end : begin + _REACH])
    if centre or (more is not None and _CENTRE.search(fold, more.start, more.end + _AFTER) is not None):
        actors[str(Actor.TRUNG_TAM_GDTX)] = None
        if levels or str(Actor.CO_SO_GIAO_DUC) not in actors:
            levels.add(str(SchoolLevel.GDTX))  # "Các trường, trung tâm": the schools beside them have no level
    return replace(group, actors=tuple(actors), levels=in_order(levels))


#: Schools told by the classes that they have: "Nơi có học sinh lớp 5".
_WITH_CLASSES = re.compile(r"(?<![^\s|])(?:Nơi|Đơn vị|Trường|Cơ sở) (?:có|dạy) (?:học sinh |trẻ )?(?=(?:khối )?lớp \d)")


def of_classes(item: Item, start: int, end: int) -> Group | None:
    """Return the schools that a cell tells by the classes that they have, None for others."""
    told = _WITH_CLASSES.search(item.text, start, end)
    classes = CLASSES.match(item.joined.fold, told.end(), end) if told is not None else None
    levels = levels_of_classes(classes.group()) if classes is not None else set[str]()
    if told is None or classes is None or not levels:
        return None
    return Group(told.start(), classes.end(), (str(Actor.CO_SO_GIAO_DUC),), in_order(levels))


def units_of_cell(item: Item, cell: Clause) -> Group | None:
    """Return the units of a cell: "PGDĐT (tổ phổ thông); mỗi trường TH cử 02 GV dự" are both."""
    centres = _CENTRES.fullmatch(item.joined.fold[cell.start : cell.end].strip(" .;"))
    if centres is not None:
        return Group(cell.start, cell.end, (str(Actor.TRUNG_TAM_GDTX),), (str(SchoolLevel.GDTX),))
    if _CANDIDATES.match(item.joined.fold, cell.start, cell.end) is not None:
        return Group(cell.start, cell.end, ("other",), ())
    if (by_classes := of_classes(item, cell.start, cell.end)) is not None and by_classes.start == cell.start:
        return by_classes
    whole = group_at(item.text[: cell.end], item.joined.fold[: cell.end], cell.start)
    if whole is not None and whole.end >= cell.end - 1:
        return whole
    starts = [cell.start, *(m.end() for m in _NEXT.finditer(item.text, cell.start, cell.end))]
    ends = [*starts[1:], cell.end]
    named = [subject_before(item, Clause(a, b), b) for a, b in zip(starts, ends, strict=True)]
    found = list[Group]()
    for group in named:
        if group is not None and not (found and (is_outside(group) or group.start < found[-1].end)):
            found.append(group)
    if len(found) < 2:
        people = _of_people(item, cell)
        first = found[0] if found else people
        of_schools = first is not None and not first.levels and people is not None and people.actors == first.actors
        return people if of_schools else first
    levels = {level for g in found for level in g.levels}
    schools = all(g.levels for g in found if set(g.actors) & _SCHOOLS)
    named_levels = in_order(levels) if schools else ()
    return replace(together(found), start=found[0].start, levels=named_levels)


def _of_people(item: Item, cell: Clause) -> Group | None:
    """Return the units of the people of a cell: "GVCN, giáo viên bộ môn các trường THCS", "Hội đồng của Phòng GDĐT"."""
    named = named_in(item.text[: cell.end], item.joined.fold[: cell.end], cell.start, cell.end)
    told = {g.actors for g in named if g.levels}
    units = [g for g in named if g.levels or g.actors not in told]  # teachers stand before the schools that they are of
    return together(units) if units else None
