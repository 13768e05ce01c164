"""The parts of a symbol (ký hiệu): types, agencies and units as they are known, and how a damaged one is repaired.

Repair moves a part only to a known part (``tables/symbols.toml``) that is near by the cost of OCR confusions and has
no rival; everything else is left as it is written.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.text import fold

#: A repair may cost at most this much (one unlike letter costs 1, a known OCR confusion less).
MAX_REPAIR_COST = 0.9
#: The runner-up must cost at least this much more, or the part stays as it is.
MIN_REPAIR_MARGIN = 0.25
#: One letter too many ("GDTrTH") is taken out of a part of at least this length that has no other neighbour.
LONG_PART = 5
#: What the repair of an office that stands alone behind the slash may cost.
MAX_LONE_COST = 0.35

#: Two letters of a part that changed places in typing cost this much.
_SWAPPED = 0.6
_CLASS = {"Đ": "D", "Ð": "D", "đ": "D", "P": "D", "B": "D", "b": "D", "O": "O", "0": "O", "Q": "O"}
_TERM = re.compile(r"(?P<code>[A-ZĐ]+?)(?P<term>\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of ``tables/symbols.toml``."""

    code: str
    name: str
    level: str
    party: bool = False


@dataclass(frozen=True)
class Symbols:
    """The vocabulary of symbol parts: tên loại by code, agencies by code, units as a set."""

    types: dict[str, str]
    agencies: dict[str, Agency]
    units: frozenset[str]


@lru_cache(maxsize=1)
def symbols() -> Symbols:
    """Return the vocabulary in ``corpus/tables/symbols.toml``."""
    data = tomllib.loads((files("corpus") / "tables" / "symbols.toml").read_text(encoding="utf-8"))
    agencies = (Agency(r["code"], r["name"], r["level"], r.get("party", False)) for r in data["agency"])
    return Symbols(
        types={row["code"]: row["name"] for row in data["type"]},
        agencies={a.code: a for a in agencies},
        units=frozenset(row["code"] for row in data["unit"]),
    )


def is_known_part(part: str) -> bool:
    """Tell whether a part of a symbol is a type, an agency or a unit of the vocabulary ("&" and a term aside)."""
    known, bare = symbols(), without_term(part.replace("&", ""))
    return bare in known.units or bare in known.agencies or bare in known.types


#: What is read for "TTg" behind a type, its small g in italics: "QĐ-TTe", "CT-TTE", "QĐ-T'Te".
_PRIME_MINISTER = re.compile(r"T['’]?T[eEqc8]")


def repair_first(part: str, with_year: bool, more: bool) -> tuple[str | None, float, list[str]]:
    """Repair the first part of a symbol: a type, an agency, or a law's agency with its term. None: no symbol."""
    vocabulary = symbols()
    bare = part.replace("&", "")
    if without_term(bare) in vocabulary.agencies and bare != without_term(bare):
        return bare, 0.0, []
    offices = {code: agency for code, agency in vocabulary.agencies.items() if agency.level != "school"}
    if not more and not with_year and bare not in offices:
        # a lone office ("207/PGDĐT") is a number only if nothing but its marks was lost
        fixed, cost, rivals = nearest(bare, offices)
        lone = fixed in offices and len(bare) >= LONG_PART - 1 and cost <= MAX_LONE_COST
        return (fixed, cost, rivals) if lone else (None, 0.0, [])
    known = {**vocabulary.types, **offices}
    fixed, cost, rivals = nearest(bare, known)
    if fixed in known:
        return fixed, cost, rivals
    capitals = sum(c.isupper() for c in bare)
    plausible = more and capitals >= 2 and capitals * 2 >= len(bare)
    return (part if plausible else None), 0.0, []


def repair_part(part: str, agency: bool, central: bool) -> tuple[str, float, list[str]]:
    """Repair a later part of a symbol; ``central``: the type is one that only central agencies issue."""
    vocabulary = symbols()
    bare = part.replace("&", "")
    term = _TERM.match(bare)
    if term and term["code"] in vocabulary.agencies:
        return bare, 0.0, []
    known: dict[str, object] = {
        code: found for code, found in vocabulary.agencies.items() if not central or found.level == "central"
    }
    if not agency:
        known |= dict.fromkeys(vocabulary.units)
    if agency and _PRIME_MINISTER.fullmatch(part):
        return "TTg", 0.45, []
    fixed, cost, rivals = nearest(bare, known)
    if fixed not in known and bare != part:
        fixed, cost, rivals = nearest(part, known)
    return (fixed, cost, rivals) if fixed in known else (part, 0.0, [])


def nearest(part: str, known: dict[str, object] | dict[str, str] | dict[str, Agency]) -> tuple[str, float, list[str]]:
    """Return the known part nearest to ``part``, its cost and its rivals; ``part`` itself if none is near enough."""
    if part in known:
        return part, 0.0, []
    if part == "TƯ" and "TW" in known:
        return "TW", 0.0, []
    ranked = sorted(((_cost(part, k), k) for k in known if abs(len(k) - len(part)) <= 2), key=lambda r: (r[0], r[1]))
    if not ranked:
        return part, 0.0, []
    best = ranked[0]
    if best[0] > MAX_REPAIR_COST:
        one_more = best[0] <= 1.0 and len(part) == len(best[1]) + 1 > LONG_PART
        alone = len(ranked) == 1 or ranked[1][0] - best[0] >= MAX_REPAIR_COST
        return (best[1], best[0], []) if one_more and alone else (part, 0.0, [])
    rivals = [k for c, k in ranked[1:] if c - best[0] < MIN_REPAIR_MARGIN]
    if rivals:
        return part, 0.0, [best[1], *rivals][:3]
    return best[1], best[0], []


@lru_cache(maxsize=65536)
def _cost(written: str, known: str) -> float:
    """Weighted edit distance from a known part to what was written.

    Letters of one shape class (Đ D P B; O 0 Q) cost little, a letter of the class too many beside another one
    (Đ read as "DP", or typed "DĐ") the same, a T read as I or torn into "IT" somewhat more, an r read as I or an
    apostrophe ("GDT'H") and case alone less, everything else one each.
    """
    n, m = len(written), len(known)
    row = [0.0] * (m + 1)
    for j in range(1, m + 1):
        row[j] = row[j - 1] + 1.0
    for i in range(1, n + 1):
        above, row = row, [0.0] * (m + 1)
        row[0] = above[0] + _extra(written, i - 1)
        for j in range(1, m + 1):
            row[j] = min(
                above[j - 1] + _swap(written[i - 1], known[j - 1]),
                row[j - 1] + 1.0,
                above[j] + _extra(written, i - 1),
            )
    return min(row[m], _SWAPPED) if _are_swapped(written, known) else row[m]


def _are_swapped(written: str, known: str) -> bool:
    """Tell whether two neighbouring letters changed places: "BDGĐT" for BGDĐT."""
    if len(written) != len(known) or len(known) < LONG_PART:
        return False
    wrong = [k for k, (a, b) in enumerate(zip(written, known, strict=True)) if a != b]
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and written[wrong[0]] + written[wrong[1]] == (known[wrong[1]] + known[wrong[0]])
    )


def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if b in "ĐD" and _CLASS.get(a) == "D":
        return 0.15 if b == "Đ" else 0.5
    if a.lower() == b.lower():
        return 0.2
    if fold(a) == fold(b):
        return 0.3
    if a == "I" and b == "T":
        return 0.45
    if a in "I'’" and b == "r":
        return 0.2
    return 0.45 if a in _CLASS and _CLASS.get(a) == _CLASS.get(b) else 1.0


def _extra(written: str, at: int) -> float:
    beside = written[max(0, at - 1) : at] + written[at + 1 : at + 2]
    doubled = _CLASS.get(written[at]) == "D" and any(_CLASS.get(c, c) == "D" for c in beside)
    if written[at] == "I" and "T" in beside:
        return 0.45
    return 0.25 if doubled else 1.0


def without_term(part: str) -> str:
    term = _TERM.match(part)
    return term["code"] if term else part
