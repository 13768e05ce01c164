"""Abbreviations that lost the stroke of their Đ, put right by what the text itself says they stand for.

No form tells whether "TTHTCD" ends in D or Đ, and most abbreviations of an office are in no vocabulary. But a directive
explains them where they first stand, "trung tâm học tập cộng đồng (TTHTCĐ)", and the letters are the first ones of the
words before the bracket.
"""

from __future__ import annotations

import re

from corpus.text import fold

_EXPLAINED = re.compile(
    r"(?P<words>(?:[^\W\d_]+[ \n]){2,16})\((?:(?:sau đây )?(?:gọi|viết) tắt là:? )?(?P<short>[A-ZĐ&]{2,12})\)"
)
#: Words between the others that give an abbreviation no letter.
_PASSED = {"và", "của", "các", "về", "cho", "thuộc"}


def explained(text: str) -> dict[str, str]:
    """Return the abbreviations of a restored text that lack a Đ, as they stand → as the words before them spell them.

    An abbreviation that is explained in two ways is left out.
    """
    found: dict[str, set[str]] = {}
    for match in _EXPLAINED.finditer(text):
        short = match["short"]
        if "D" in short and (spelled := _spelled(match["words"].split(), short)) is not None:
            found.setdefault(short, set()).add(spelled)
    return {short: next(iter(ways)) for short, ways in found.items() if len(ways) == 1 and ways != {short}}


def _spelled(words: list[str], short: str) -> str | None:
    """Return ``short`` with the letters that its words begin with, read from the last word on; None if they differ."""
    letters = [c for c in short if c != "&"]
    read: list[str] = []
    for word in reversed(words):
        if len(read) == len(letters):
            break
        first = "Đ" if word[0] in "đĐ" else fold(word[0]).upper()
        if fold(first) == fold(letters[-1 - len(read)]):
            read.append(first)
        elif word not in _PASSED:
            return None
    if len(read) < len(letters):
        return None
    ordered = iter(reversed(read))
    return "".join(c if c == "&" else next(ordered) for c in short)
