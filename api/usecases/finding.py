"""Searching as people do it: what they may filter by, how sure the answer is, what says the same in other years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from api import wording
from api.usecases.places import LEVEL_NAMES, UNIT_NAMES, code
from api.usecases.years import day_of, school_year
from corpus.text import nfc, squeeze
from index import bound
from index.filters import SearchFilters

if TYPE_CHECKING:
    from api.library import Library
    from index.results import Hit, SearchResult

#: So many hits stand open where none fits well; the others are folded away.
NEAREST = 3
#: What people may do then.
ADVICE = (
    "Có thể các văn bản đã nạp không nói về việc này. Hãy thử nêu tên công việc, số ký hiệu hoặc cơ quan ban hành, "
    "hoặc bỏ bớt bộ lọc."
)
#: No filter.
ALL = SearchFilters()
#: The kinds of unit and school levels that can be asked for, with their Vietnamese names.
UNITS = LEVEL_NAMES | UNIT_NAMES
#: What a search may be filtered by, as questions name it; ``from`` and ``to`` are days of issue.
FIELDS = ("school_year", "issuer", "issuer_level", "doc_type", "unit", "from", "to", "in_force_on")


def filters(library: Library, given: Mapping[str, Any]) -> SearchFilters:
    """Return the filters for what a person typed (``FIELDS`` as text, empty for not given).

    ``unit`` is a kind of unit or a school level: hits hold a duty that binds one like it.
    ``in_force_on`` leaves out what was not issued or not in force yet on that day, or replaced by then, as far as the
    stored directives tell. Raises BadInputError, in Vietnamese, for what is no year, day, level or kind.
    """

    def text(name: str) -> str | None:
        return squeeze(nfc(str(given.get(name) or ""))) or None

    unit, level = text("unit"), text("issuer_level")
    since, until = day_of(text("from"), "Ngày ban hành từ (from)"), day_of(text("to"), "Ngày ban hành đến (to)")
    on = day_of(text("in_force_on"), "Ngày còn hiệu lực (in_force_on)")
    return SearchFilters(
        school_year=school_year(text("school_year")),
        issuer=text("issuer"),
        level=code(level, wording.ISSUER_LEVELS, "cấp ban hành") if level else None,
        doc_type=text("doc_type"),
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        in_force_on=on.isoformat() if on else None,
        units=bound.asked(code(unit, UNITS, "loại đơn vị")) if unit else (),
        without=tuple(sorted(library.replaced(on))) if on else (),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with those of other directives that say nearly the same, which need no place of their own."""

    hit: Hit
    repeats: list[Hit] = field(default_factory=list)


def grouped(hits: Sequence[Hit]) -> list[Found]:
    """Return the hits in their order, what comes back every year once."""
    found: dict[int, Found] = {}
    for k, hit in enumerate(hits):
        if hit.same_as is None:
            found[k] = Found(hit)
        else:
            found[hit.same_as].repeats.append(hit)
    return list(found.values())


def checked(result: SearchResult) -> SearchResult:
    """Return a result without the date on top where no hit fits well: a day that answers something else misleads."""
    return replace(result, answer=None) if result.weak else result
