"""Short names of units that only one directive knows: "(sau đây gọi là trung tâm)", "(viết tắt là CSNN)".

Names that mean something by themselves ("các đơn vị", "nhà trường") are units everywhere and only mean more here, see
``nlp.whom.defined``; those of this file are no units but in the directive that defines them, while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from corpus.text import UPPER
from nlp.words.folding import pattern

#: Words that stand for units only where a directive says so, folded; the name of one centre is none of them.
OPEN = ("trung tam", "co so")
#: Who stands before the short name where its units act.
_EACH = pattern(r"(?:(?:cac|moi|tung|nhung|tat ca|thu truong|giam doc|hieu truong|lanh dao)\s){0,3}")
_KIND_OR_NAME = re.compile(rf"\s(?:[{UPPER}]|y tế|văn hóa|ngoại ngữ|tin học|hỗ trợ|học tập|vật chất|dữ liệu|pháp)")


@dataclass(frozen=True, slots=True)
class Called:
    """Units by a short name: what they are, of which levels, and where the name ends.

    ``only``: their full name, where it is that of special schools.
    """

    actors: tuple[str, ...]
    levels: tuple[str, ...]
    only: str = ""
    end: int = 0


#: Short names as written or folded, each with its units.
Names = tuple[tuple[str, Called], ...]
_NAMES: ContextVar[Names] = ContextVar("short names of units", default=())


@contextmanager
def known(names: dict[str, Called]) -> Iterator[None]:
    """Read with the short names of one directive: words of ``OPEN``, folded, and abbreviations as written."""
    token = _NAMES.set(tuple(names.items()))
    try:
        yield
    finally:
        _NAMES.reset(token)


def names() -> Names:
    """Return the short names of the directive that is read."""
    return _NAMES.get()


def called_at(text: str, fold: str, at: int) -> Called | None:
    """Return the units whose short name stands at ``at``, with or without "các", "mỗi" before it."""
    if not (known_names := _NAMES.get()):
        return None
    lead = _EACH.match(fold, at)
    begin = lead.end() if lead is not None else at
    for name, units in known_names:
        end = begin + len(name)
        words = fold if name in OPEN else text
        if not words.startswith(name, begin) or text[end : end + 1].isalnum() or text[begin - 1 : begin].isalnum():
            continue
        if name not in OPEN or _KIND_OR_NAME.match(text, end) is None:
            return replace(units, end=end)
    return None
