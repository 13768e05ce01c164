"""What hits of a search must be, given apart from the question, and as a condition for the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.errors import BadInputError
from index.engine import Condition
from index.mentions import school_year
from index.payload import day_number, folded, folded_words


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What hits must be: document id, issuer (words of its name), level, type, school year, day of issue (ISO,
    inclusive); ``in_force_on`` is a day on which they are in force by what they say themselves; ``units`` are kinds of
    unit or school levels of which a duty in the passage binds one (see ``index.bound``); ``without`` are ids of
    directives that are left out."""

    document: str | None = None
    issuer: str | None = None
    level: str | None = None
    doc_type: str | None = None
    school_year: str | None = None
    since: str | None = None
    until: str | None = None
    in_force_on: str | None = None
    units: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def condition(filters: SearchFilters) -> Condition:
    """Return the condition of the filters. Raises BadInputError for a school year or day that is none."""
    equal: list[tuple[str, str]] = []
    if filters.document:
        equal.append(("document", filters.document))
    if filters.level:
        equal.append(("level", filters.level))
    if filters.doc_type:
        equal.append(("doc_type", folded(filters.doc_type)))
    if filters.school_year:
        equal.append(("school_year", school_year(filters.school_year)))
    equal += [("issuer_words", word) for word in folded_words(filters.issuer or "")]
    among = (("units", filters.units),) if filters.units else ()
    return Condition(
        tuple(equal), among, _day(filters.since), _day(filters.until), _day(filters.in_force_on), filters.without
    )


def _day(iso: str | None) -> int | None:
    if iso is None:
        return None
    try:
        return day_number(date.fromisoformat(iso).isoformat())
    except ValueError as error:
        raise BadInputError(f"“{iso[:40]}” không phải là một ngày.", "Hãy viết như 2023-09-15.") from error
