"""How sure a search is of what it found: a question of something else (weather, football) has hits, too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.search import SearchResult

#: So many hits stand open where none fits well; the others are folded away.
NEAREST = 3
#: What people may do then.
ADVICE = (
    "Có thể các văn bản đã nạp không nói về việc này. Hãy thử nêu tên công việc, số ký hiệu hoặc cơ quan ban hành, "
    "hoặc bỏ bớt bộ lọc."
)


def checked(result: SearchResult) -> SearchResult:
    """Return a result without the date on top where no hit fits well: a day that answers something else misleads."""
    return replace(result, answer=None) if result.weak else result
