"""Names of offices and places: folded, bare, compared; the provinces before and after the merger of 2025-07-01."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.text import fold, squeeze

_PREFIX = re.compile(r"^(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\s+")

_DASH = re.compile(r"[-–,]")
_WORD = re.compile(r"\w+")
#: So many names of offices and places are remembered in their folded forms; a country has some 700 offices a year.
REMEMBERED = 32_768

_SO = re.compile(r"so (?:giao duc va dao tao|giao duc khoa hoc va cong nghe|gddt) (?P<place>.+)$")
_KINDS = re.compile(r"(?<=\s)(?:tinh|thanh pho|tp\.?)\s(?=\S)")


def in_province(issuer: str | None, province: str, date: str | None) -> bool:
    """Tell whether a local issuer manages ``province`` on ISO ``date``: by its own name or, since the merger, by
    the name of the province it went into."""
    if issuer is None:
        return False
    if names_place(issuer, province):
        return True
    merged = provinces()
    today = merged.successor.get(bare(province))
    return today is not None and date is not None and date >= merged.valid_from and names_place(issuer, today)


#: Cities under the centre (thành phố trực thuộc trung ương), folded: what elsewhere is a tỉnh is a thành phố there.
CITIES = frozenset({"ha noi", "ho chi minh", "da nang", "hai phong", "can tho", "hue"})


def before_merger(issuer: str | None, province: str, date: str | None) -> bool:
    """Tell whether an office of before the merger had a part of what ``province`` is today: which unit lay in which
    of the old provinces, its new name does not tell."""
    merged = provinces()
    if date is None or date >= merged.valid_from:
        return False
    return any(names_place(issuer, old) for old in merged.parts.get(bare(province), ()))


def same_office(one: str | None, other: str | None, *, on: str | None = None) -> bool:
    """Tell whether two names are of one office: the same with or without "tỉnh", or, on an ISO day from the merger of
    2025-07-01 on, a Sở and the one that the Sở of its province went into."""
    if one is None or other is None:
        return False
    first, second = (_KINDS.sub("", plain(name)) for name in (one, other))
    if first == second:
        return True
    merged = provinces()
    a, b = (_SO.match(name) for name in (first, second))
    if a is None or b is None or on is None or on < merged.valid_from:
        return False
    return merged.successor.get(a["place"], a["place"]) == merged.successor.get(b["place"], b["place"])


def is_city(province: str) -> bool:
    """Tell whether a province-level unit is a city under the centre ("Hà Nội", "TP. Hồ Chí Minh")."""
    return bare(province) in CITIES


def names_place(office: str | None, place: str) -> bool:
    """Tell whether a place's name stands in an office's, as whole words."""
    return office is not None and _wanted(place) in _among(office)


@lru_cache(maxsize=REMEMBERED)
def _wanted(place: str) -> str:
    return f" {words(bare(place))} "


@lru_cache(maxsize=REMEMBERED)
def _among(office: str) -> str:
    return f" {words(office)} "


@lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    return squeeze(_DASH.sub(" ", fold(text)))


@lru_cache(maxsize=REMEMBERED)
def words(text: str) -> str:
    return " ".join(_WORD.findall(plain(text)))


@lru_cache(maxsize=REMEMBERED)
def bare(place: str) -> str:
    return _PREFIX.sub("", plain(place))


@dataclass(frozen=True, slots=True)
class Provinces:
    """Which province went into which: folded bare names, and the ISO day from which the new map holds; ``parts`` are
    the old provinces of each new one."""

    valid_from: str
    successor: dict[str, str]
    parts: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def provinces() -> Provinces:
    """Return the map of provinces in ``corpus/tables/provinces.json``."""
    data = json.loads((files("corpus") / "tables" / "provinces.json").read_text(encoding="utf-8"))
    successor = {bare(old): bare(new) for old, new in data["successor"].items()}
    parts = {new: tuple(old for old in successor if successor[old] == new) for new in set(successor.values())}
    return Provinces(data["valid_from"], successor, parts)


@lru_cache(maxsize=1)
def province_names() -> dict[str, str]:
    """Return the names of all provinces, old and new, as they are spelled, by their folded forms."""
    data = json.loads((files("corpus") / "tables" / "provinces.json").read_text(encoding="utf-8"))
    bare = (name.removeprefix("Thành phố ") for pair in data["successor"].items() for name in pair)
    return {fold(name): name for name in bare}
