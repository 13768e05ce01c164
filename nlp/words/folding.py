"""Matching text without its marks: patterns are written folded, so that a wrong tone does not hide a word.

Syllables with two spellings ("kì" and "kỳ") are folded to one.
"""

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
#: Syllables that are spelled with i as well as with y ("học kì", "quản lí", "mĩ thuật", "tỉ lệ", "qui định"): the Bộ's
#: Quyết định 240/QĐ of 1984 writes i, offices both. Patterns are written with y.
_WITH_I = re.compile(r"(?<!\w)([KkLlMmTt]|[Qq]u)([íìĩỉị])(?!\w)|(?<!\w)([Qq]u)(i)(?!\w)")
#: Words with i that are no spellings of others: "lì xì", "bột mì", "tí", "tì vết".
_ONLY_I = frozenset({"lì", "lỉ", "lị", "mì", "mí", "mỉ", "mị", "tí", "tì", "tĩ", "tị"})
#: Lines are asked for many times by many rules; what is longer is folded once, by who holds it.
_LINE = 300


def folded(text: str) -> str:
    """Return NFC ``text`` in lower case without marks, one character for each, breaks as blanks, dashes as "-"."""
    return _folded_line(text) if len(text) < _LINE else _fold(text)


@lru_cache(maxsize=4096)
def _folded_line(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    return _WITH_I.sub(_with_y, text).translate(_FOLDER)


def _with_y(match: re.Match[str]) -> str:
    """Return a syllable with y for its i; as many characters."""
    return match.group() if match.group().lower() in _ONLY_I else f"{match.group()[:-1]}y"


@lru_cache(maxsize=2048)
def pattern(expression: str) -> re.Pattern[str]:
    """Return the compiled pattern of an expression over folded text."""
    return re.compile(expression)
