"""How a question begins that asks for a day without saying so: "lịch thi …", "Đà Nẵng công bố điểm …"."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.places import province_names
from corpus.text import UPPER, fold, squeeze
from index.words import one_spelling, table

_OFFICE = re.compile(
    r"(?:(?:so|phong|bo|ubnd|truong)(?: (?:gddt|gd|gd&dt|giao duc(?: va dao tao)?))? )?"
    r"(?:(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong) )?"
)
#: A name with its capitals; what stands between a place and the rest.
_CAPITALS = re.compile(rf"(?:[{UPPER}][^\W\d_]+ ?){{1,4}}")
_GAP = re.compile(r"\s*[,:–-]?\s*")


def begins_with_day(text: str) -> bool:
    """Whether a question begins with words that ask for a day; the office or place before them counts for nothing."""
    return any(_begins().match(part) for part in (fold(squeeze(text)), behind_place(text)))


def behind_place(text: str) -> str:
    """Return a question without marks and without the office or place that it begins with: a province in any letters,
    another name with its capitals ("Phòng Hòa Giang: lịch …"). Without one it is returned as it stands."""
    text = squeeze(text)
    plain = fold(text)
    if len(plain) != len(text):
        return plain
    office = _OFFICE.match(plain)
    at = office.end() if office else 0
    named = _provinces().match(plain, at) or (_CAPITALS.match(text, at) if at else None)
    end = named.end() if named else at
    gap = _GAP.match(plain, end)
    return plain[gap.end() :] if gap else plain[end:]


@lru_cache(maxsize=1)
def _provinces() -> re.Pattern[str]:
    names = sorted({fold(one_spelling(name)) for name in province_names().values()}, key=lambda name: -len(name))
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?!\w)")


@lru_cache(maxsize=1)
def _begins() -> re.Pattern[str]:
    """Return what a question begins with, without marks, that asks for a day without saying so ("lịch thi …")."""
    row = next(row for row in table("kinds")["kind"] if "begins" in row)
    never, words = ("|".join(re.escape(fold(word)) for word in row[name]) for name in ("never", "begins"))
    return re.compile(rf"(?!(?:{never})\b)(?:{words})\s+\w")
