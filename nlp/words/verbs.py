"""Whether a verb of a task opens words: "lập danh sách", "gửi báo cáo" (tables/verbs.toml)."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.words.folding import folded
from nlp.words.vocabulary import table


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    words = {folded(w) for row in table("verbs")["verb"] for w in row["words"]}
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)")


def opens_with_verb(fold: str, at: int) -> bool:
    """Tell whether folded words have a verb of a task at ``at``."""
    return _verbs().match(fold, at) is not None
