"""School years as people type them."""

from __future__ import annotations

from index.query import school_year as one_year


def school_year(text: str | None) -> str | None:
    """Return "2023-2024" for "2023 – 2024", "2023/24" and the like; None for nothing. Raises BadInputError."""
    return one_year(text) if text is not None and text.strip() else None
