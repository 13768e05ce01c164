"""Who sits an exam, told by level in the last column of its calendar: "Ngày Giờ Việc Thí sinh" over "… THPT, GDTX"."""

from __future__ import annotations

from corpus.facts import Actor, SchoolLevel
from nlp.naming.actors import Group
from nlp.naming.levelnames import in_order, levels_in
from nlp.page.structure import Item
from nlp.words.folding import folded, pattern

#: A last title of those who are examined.
_TITLE = pattern(
    r"\s(?:thi sinh|nguoi (?:du )?thi|(?:hoc sinh|hoc vien|doi tuong) (?:du thi|du khao sat|du kiem tra))$"
)
#: The last cell of a row that is but levels.
_LEVELS = pattern(
    r"\s(?P<levels>(?:(?:mam non|tieu hoc|thcs|thpt|gdtx|trung hoc (?:co so|pho thong))"
    r"(?:, | va |; | \+ |(?=$))){1,5})$"
)


def sitting(item: Item) -> Group | None:
    """Return the schools, and centres, whose pupils a row of an exam's calendar says are examined."""
    if not item.table or _TITLE.search(folded(item.head).rstrip(" .:")) is None:
        return None
    cell = _LEVELS.search(item.joined.fold.rstrip())
    if cell is None:
        return None
    start, end = cell.span("levels")
    levels = in_order(levels_in(item.text[start:end]))
    gdtx = str(SchoolLevel.GDTX)
    schools = (str(Actor.CO_SO_GIAO_DUC),) if set(levels) - {gdtx} else ()
    return Group(start, end, (*schools, *((str(Actor.TRUNG_TAM_GDTX),) if gdtx in levels else ())), levels)
