"""School years as people type them."""

from __future__ import annotations

from index.query import school_year as one_year


def school_year(text: str | None) -> str | None:
    """Return "2023-2024" for "2023 – 2024", "2023/24" and the like; None for nothing. Raises BadInputError."""
    return one_year(text) if text is not None and text.strip() else None


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
