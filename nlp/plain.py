"""Numbers whose symbol no table knows, where the words around them say that they are one: "Số: 415/THCS".

Until about 2006 offices wrote only the drafting unit behind the stroke, and schools, associations and clubs still write
what they like; ``corpus.numbers`` leaves such marks alone, as "khối 2/THCS" looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numbers import DocumentNumber, NumberMatch, symbols
from nlp.folding import UPPER, pattern

_JOINT = re.compile(r"\s?[-–]\s?")
_PLAIN = re.compile(
    rf"(?P<serial>\d{{1,5}})(?:/(?P<year>(?:19|20)\d\d))?-?\s?/\s?"
    rf"(?P<symbol>[{UPPER}][\w&]{{1,9}}(?:\s?[-–]\s?[{UPPER}][\w&]{{1,9}}){{0,3}})(?=[\s,;.)]|$)"
)
#: In a sentence it takes a type word and "số" before it and its day or its office behind it.
_SO = pattern(r"(?<!\w)so\s?[:.]?\s{0,2}$")
_TOLD_BEHIND = pattern(r"\s?[,(]?\s?(?:ngay \d|cua |ky ngay|v/v|ve viec)")


def plain_number(text: str, at: int = 0) -> NumberMatch | None:
    """Return the number of any symbol that stands in ``text`` at ``at``, None for none."""
    found = _PLAIN.match(text, at)
    if found is None:
        return None
    parts = _JOINT.split(found["symbol"])
    kind = parts.pop(0) if parts[0] in symbols().types else None
    number = DocumentNumber(found["serial"], int(found["year"]) if found["year"] else None, kind, tuple(parts))
    return NumberMatch(at, found.end(), found.group(), number, False, 0.7)


def plain_numbers(text: str, fold: str) -> Iterator[NumberMatch]:
    """Yield the numbers of any symbol that a sentence tells with "số" and with their day or their office."""
    for serial in _PLAIN.finditer(text):
        if _SO.search(fold, max(0, serial.start() - 6), serial.start()) and _TOLD_BEHIND.match(fold, serial.end()):
            found = plain_number(text, serial.start())
            if found is not None:
                yield found
