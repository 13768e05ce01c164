"""Numbers whose symbol no table knows, where the words around them say that they are one: "Số: 415/THCS".

Until about 2006 offices wrote only the drafting unit behind the stroke, and schools, associations and clubs still write
what they like; ``corpus.numbers`` leaves such marks alone, as "khối 2/THCS" looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numbers import DocumentNumber, NumberMatch
from corpus.symbols import is_known_part, symbols
from corpus.text import UPPER
from nlp.words.folding import pattern

_JOINT = re.compile(r"\s?[-–]\s?")
_PLAIN = re.compile(
    rf"(?P<serial>\d{{1,5}})(?:/(?P<year>(?:19|20)\d\d))?-?\s?/\s?"
    rf"(?P<symbol>[{UPPER}][\w&]{{1,9}}(?:\s?[-–]\s?[{UPPER}][\w&]{{1,9}}){{0,3}})(?=[\s,;.)]|$)"
)
#: As decisions were numbered until about 1994: "Quyết định số 167-HĐBT ngày …".
_OLD = re.compile(r"(?P<serial>\d{1,4})\s?[-–]\s?(?P<office>HĐBT|HĐCP|TTg|CP)(?![\w/-])")
#: In a sentence it takes a type word and "số" before it and its day or its office behind it.
_SO = pattern(r"(?<!\w)so\s?[:.]?\s{0,2}$")
#: Behind a type word a known unit is enough: "đã trả lời Công văn số 74/GDTX".
_TYPED = pattern(
    r"(?<!\w)(?:cong van|ke hoach|quyet dinh|thong bao|huong dan|bao cao|to trinh|giay moi)\sso\s?[:.]?\s{0,2}$"
)
#: The same behind the abbreviation of a type, also without "số": "theo KH 112/PGD ngày …".
_ABBREVIATED = re.compile(r"(?<!\w)(?:CV|KH|QĐ|TB|HD|BC|TTr|GM)\s(?:số\s?:?\s?)?$")
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
    """Yield the numbers of any symbol that a sentence tells with "số" and with type, day or office."""
    for serial in _PLAIN.finditer(text):
        short = _ABBREVIATED.search(text, max(0, serial.start() - 10), serial.start()) is not None
        if not short and not _SO.search(fold, max(0, serial.start() - 6), serial.start()):
            continue
        found = plain_number(text, serial.start())
        if found is None:
            continue
        typed = short or _TYPED.search(fold, max(0, serial.start() - 24), serial.start()) is not None
        if _TOLD_BEHIND.match(fold, serial.end()) or (typed and all(map(is_known_part, found.number.parts))):
            yield found
    for old in _OLD.finditer(text):
        if _SO.search(fold, max(0, old.start() - 6), old.start()) and _TOLD_BEHIND.match(fold, old.end()):
            number = DocumentNumber(old["serial"], None, None, (old["office"],), party=True)
            yield NumberMatch(old.start(), old.end(), old.group(), number, False, 0.9)
