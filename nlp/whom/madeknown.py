"""What the office that writes makes known or sends out itself, told in the passive."""

from __future__ import annotations

from dataclasses import replace

from nlp.naming.actors import Group
from nlp.page.structure import Clause, Item
from nlp.whom.bound import Bound
from nlp.whom.exams import tells_results
from nlp.whom.headings import governing
from nlp.whom.ranks import OF_SCHOOLS
from nlp.words.folding import pattern

#: What the office that writes makes known or sends out itself: "Kết quả sẽ được công bố trước ngày …".
_MADE_KNOWN = pattern(
    r"(?<!\w)se duoc (?:\w+ ){0,4}?(?:thong bao|cong bo|dang tai|ban hanh|tra loi"
    r"|(?:gui|chuyen|cap)(?: \w+){0,2}? (?:den|toi|cho|ve) (?:cac |tung )?"
    r"(?:don vi|truong|phong|co so|diem thi|thi sinh))"
    r"|duoc (?:thong bao|cong bo|dang tai)(?: \w+){0,6}? tren (?:cong|trang|website|he thong)"
    r"(?!(?: \w+){0,4} cua (?:nha truong|truong|don vi))"
)


def is_made_known(item: Item, clause: Clause, bound: Bound, named: Group | None) -> bool:
    """Tell whether the office that writes makes something known or sends it out, told in the passive.

    Whomever its lead asks (``named``); below a heading of units it is theirs.
    """
    fold = item.joined.fold
    if named is not None and (
        governing(replace(item, above=item.path), bound.own, bound.defined) is not None
        or OF_SCHOOLS.search(fold, clause.start, clause.end) is not None
    ):
        return False
    said = _MADE_KNOWN.search(fold, clause.start, clause.end) is not None
    return said or tells_results(item, clause, holds=bound.holds)
