"""School years and days as people type them."""

from __future__ import annotations

from datetime import date

from corpus.errors import BadInputError
from index.mentions import school_year as one_year


def school_year(text: str | None) -> str | None:
    """Return "2023-2024" for "2023 – 2024", "2023/24" and the like; None for nothing. Raises BadInputError."""
    return one_year(text) if text is not None and text.strip() else None


def day_of(text: str | None, what: str) -> date | None:
    """Return the day of "2024-01-31" or "31/01/2024". Raises BadInputError that says how to write it."""
    if text is None:
        return None
    parts = text.split("/")
    try:
        if len(parts) == 3:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        return date.fromisoformat(text)
    except ValueError as error:
        hint = "Hãy viết dạng 2024-01-31 hoặc 31/01/2024."
        raise BadInputError(f"{what} không phải là ngày: “{text[:40]}”.", hint) from error


#: What is due in these months belongs to the school year that begins then; what is issued in July prepares it already.
_BEGINS, _PREPARED = "08", "07"


def year_of(due: str | None, issued: str | None) -> str | None:
    """Return the school year of a duty whose directive names none: that of its ISO day, else of the directive's."""
    day, begins = (due, _BEGINS) if due else (issued, _PREPARED)
    if not day:
        return None
    first = int(day[:4]) - (day[5:7] < begins)
    return f"{first}-{first + 1}"


def year_after(stated: str, due: str | None) -> str | None:
    """Return the later school year in which a duty of a directive of the year ``stated`` is due, None for its own;
    in August reports of the year that has ended are still written."""
    return year_of(due, None) if due and due > f"{stated[5:]}-08-31" else None
