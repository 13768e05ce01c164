"""Matching text without its marks: patterns are written folded, so that a wrong tone does not hide a word."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold


class _Folder(dict[int, str]):
    """A translation table that folds a character the first time it is met (``str.translate`` is many times faster)."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # line and page breaks inside a paragraph are blanks to every pattern
        folded = " " if char in "\n\f\r\t\u00a0" else "-" if char in "–—−" else fold(char)
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_FOLDER = _Folder()
#: Lines are asked for many times by many rules; what is longer is folded once, by who holds it.
_LINE = 300


def folded(text: str) -> str:
    """Return NFC ``text`` in lower case without marks, one character for each, breaks as blanks, dashes as "-"."""
    return _folded_line(text) if len(text) < _LINE else text.translate(_FOLDER)


@lru_cache(maxsize=4096)
def _folded_line(text: str) -> str:
    return text.translate(_FOLDER)


@lru_cache(maxsize=2048)
def pattern(expression: str) -> re.Pattern[str]:
    """Return the compiled pattern of an expression over folded text."""
    return re.compile(expression)
