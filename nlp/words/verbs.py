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


@lru_cache(maxsize=1)
def _written() -> re.Pattern[str]:
    listed = {w for row in table("verbs")["verb"] for w in row["words"]} | set(table("verbs")["written"]["words"])
    return re.compile(rf"\W{{0,3}}{_NO_COMPOUND}(?:{_any(listed)})(?!\w)".replace("NOUNS", _nouns()), re.I)


@lru_cache(maxsize=1)
def _written_alone() -> re.Pattern[str]:
    words = _any(set(table("verbs")["written"]["words"]))
    return re.compile(rf"(?<!\w){_NO_COMPOUND}(?:{words})(?!\w)".replace("NOUNS", _nouns()), re.I)


_NO_COMPOUND = r"(?!(?:NOUNS)(?!\w))"


def _nouns() -> str:
    return _any(set(table("verbs")["compounds"]["words"]))


def _any(words: set[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def is_written_verb(text: str, at: int) -> bool:
    """Tell whether words as written open with a verb of a task at ``at``, no compound that only begins so ("thu nhập").

    Segmentation joins a verb to what stands beside it where it does not know the words: "THCS cử 03 em", "lưu mẫu".
    """
    return _written().match(text, at) is not None


def written_verbs(text: str) -> set[int]:
    """Return where the verbs begin that are told as written alone: "nắm danh sách", "sửa 06 máy tính"."""
    return {match.start() for match in _written_alone().finditer(text)}


def opens_with_verb(fold: str, at: int) -> bool:
    """Tell whether folded words have a verb of a task at ``at``."""
    return _verbs().match(fold, at) is not None
