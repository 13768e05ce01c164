"""Which school year a day without its year lies in, where that is not the directive's own: that of a stage in whose
section it stands ("Giai đoạn 2: Từ năm học 2017-2018 …"), or from which something is done every year."""

from __future__ import annotations

from nlp.naming.dates import Calendar, SchoolYear, parse_school_year
from nlp.page.structure import Clause, Item
from nlp.words.folding import folded, pattern

_YEAR = r"nam hoc (?:19|20)\d\d\s?[-/]\s?(?:19|20)?\d\d"
#: A heading that is but a stage: "2. Giai đoạn 2: Từ năm học 2017-2018 đến năm học 2018-2019", "b) Năm học 2024-2025:".
_STAGE = pattern(
    rf"\W{{0,3}}(?:(?:\d{{1,2}}(?:\.\d{{1,2}})?|[ivx]{{1,4}}|[a-z])[.)] ?)?(?:(?:giai doan|buoc|nam thu) \w{{1,4}}\s?"
    rf"[:(,.-]{{0,2}} ?)?\(?(?:tu )?{_YEAR}(?: (?:den|-) (?:het )?{_YEAR})?[)\s.:]{{0,3}}"
)
#: From which year on something is done: "Triển khai từ năm học 2024-2025, báo cáo … trước ngày 15/6 hằng năm".
_SINCE = pattern(rf"(?<!\w)(?:ke )?tu {_YEAR}")
_YEARLY = pattern(r"(?<!\w)(?:hang|moi) nam(?!\w)")


def calendar_here(item: Item, clause: Clause, known: Calendar) -> Calendar:
    """Return what gives days of a clause their year: the directive's own calendar, or that of a later school year."""
    own = known.school_year.first if known.school_year is not None else None
    stage = next((title for title in reversed(item.path) if _STAGE.fullmatch(folded(title))), None)
    year = parse_school_year(stage) if stage is not None else _since(item, clause)
    if year is None or (own is not None and stage is not None and year.first <= own):
        return known
    return Calendar(school_year=year) if own is None or year.first >= own else known


def _since(item: Item, clause: Clause) -> SchoolYear | None:
    """Return the school year from which a clause tells that something is done yearly."""
    fold = item.joined.fold
    if _YEARLY.search(fold, clause.start, clause.end) is None:
        return None
    since = _SINCE.search(fold, 0, clause.end)
    return parse_school_year(since.group()) if since is not None else None
