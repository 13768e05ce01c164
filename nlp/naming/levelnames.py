"""School levels as directives name them: "tiểu học", "THPT", "các cấp học còn lại", "lớp 9"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.facts import SchoolLevel
from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import entries, table, union

ORDER = [level.value for level in SchoolLevel]
_GENERAL = {"pho_thong": ("tieu_hoc", "thcs", "thpt"), "trung_hoc": ("thcs", "thpt")}
#: "Các trường phổ thông trực thuộc Sở" are told by where they stand, not by their levels.
_OF_ANY_LEVEL = re.compile("phổ thông(?= trực thuộc)")
#: What centres teach, and what only says that it is not taught there: "tốt nghiệp THCS hệ GDTX", "… THCS hệ phổ thông".
_AS_PROGRAMME = re.compile(
    r"(?<!\w)(?:THCS|THPT|trung học (?:cơ sở|phổ thông))(?=,? \(?(?:hệ|chương trình|đối với) (?:GDTX|BTVH"
    r"|giáo dục thường xuyên))"
)
_IN_GENERAL = re.compile(r"(?<=THCS )\(?(?:hệ|chương trình|đối với) (?:GDPT|phổ thông|giáo dục phổ thông)(?!\w)")
#: Classes by number: "khối lớp 9", "lớp 1 đến lớp 3", "lớp 6, 7 và lớp 10".
CLASSES = pattern(
    r"(?<!\w)(?:khoi(?: lop)?|lop) (?:(?P<a>\d{1,2})"
    r"(?:(?:,| va|(?P<to> den|\s?[-–]))(?: lop)?\s?(?P<b>\d{1,2}))?(?:(?:,| va)(?: lop)? (?P<c>\d{1,2}))?"
    r"(?P<more>(?:(?:,| va)(?: lop)? \d{1,2}(?!\d|/)){0,8}))(?!\d|/)"
)
#: Which part of a school of several levels is meant: "trường TH&THCS (khối tiểu học)", "THCS - THPT (cấp THPT)".
_ONE_PART = re.compile(
    r"(?<!\w)(?:(?:TH|[Tt]iểu học|THCS)\s?[-–&]\s?){1,2}(?:THCS|THPT)"
    r"(?=\s?\((?:chỉ |riêng )?(?:khối|cấp|bậc|phần)(?: học)? "
    r"(?:tiểu học|TH|THCS|THPT|trung học cơ sở|trung học phổ thông)\)?)"
)
_PART = re.compile(rf"(?:{_ONE_PART.pattern})\s?\([^()]*\)")
_NUMBER = re.compile(r"\d+")
#: "70 % ở cấp THPT và 50 % ở các cấp học còn lại": all of them.
_OTHER_LEVELS = pattern(r"(?<!\w)cac (?:cap|bac)(?: hoc)? (?:con lai|khac)(?!\w)")


def level_at(text: str, fold: str, at: int) -> int | None:
    """Return where a school level that is named at ``at`` ends: "tiểu học", "THPT"."""
    match = union("units", "level").match(fold, at) or _short_levels().match(text, at)
    return match.end() if match else None


def part_end(text: str, start: int, end: int) -> int:
    """Return where a name that ends at ``end`` does with the bracket that tells which part of a school of several
    levels is meant: "các trường tiểu học, trường TH&THCS (khối tiểu học)"."""
    part = next((m for m in _PART.finditer(text, start) if m.start() < end <= m.end()), None)
    return part.end() if part is not None else end


@lru_cache(maxsize=1)
def _short_levels() -> re.Pattern[str]:
    rows = "|".join(f"(?P<{r['name']}>{r['pattern']})" for r in table("units")["level_case"])
    return re.compile(rf"(?<!\w)(?:{rows})(?!\w)")


def _short_name(match: re.Match[str]) -> str:
    return str(match.lastgroup)


def levels_in(text: str, *, classes: bool = False) -> set[str]:
    """Return the school levels named in ``text``; with ``classes`` also those of "lớp 9"."""
    return set(_levels_in(text, classes=classes))


@lru_cache(maxsize=4096)  # many rules ask of the same words
def _levels_in(text: str, *, classes: bool) -> frozenset[str]:
    text = _AS_PROGRAMME.sub(" ", _OF_ANY_LEVEL.sub(" ", text))
    text = _ONE_PART.sub(" ", _IN_GENERAL.sub(" ", text))
    fold = folded(text)
    named = {entry.name for entry in entries("units", "level") if entry.find.search(fold)}
    named |= {_short_name(m) for m in _short_levels().finditer(text)}
    of_classes = levels_of_classes(fold) if classes else set()
    for general, levels in _GENERAL.items():
        if general in named and not (of_classes and of_classes <= set(levels)):  # classes say more
            named |= set(levels)
    found = of_classes | named - set(_GENERAL)
    return frozenset(found | {*ORDER[:4]} if found and _OTHER_LEVELS.search(fold) is not None else found)


def levels_of_classes(fold: str) -> set[str]:
    """Return the school levels of the classes named in folded text: "lop 6, 7 va 10" is THCS and THPT."""
    found = set[str]()
    for match in CLASSES.finditer(fold):
        numbers = [int(g) for g in match.group("a", "b", "c") if g and 1 <= int(g) <= 12]
        numbers += [n for n in map(int, _NUMBER.findall(match["more"])) if 1 <= n <= 12]
        if match["to"] and len(numbers) > 1:  # "từ lớp 1 đến lớp 12"
            numbers += range(numbers[0], numbers[1])
        if len(numbers) == 1 and fold.startswith(" tro len", match.end()):
            numbers = list(range(numbers[0], 13))
        found |= {_level_of_class(number) for number in numbers}
    return found


def _level_of_class(number: int) -> str:
    return "tieu_hoc" if number <= 5 else "thcs" if number <= 9 else "thpt"


def in_order(levels: Iterable[str]) -> tuple[str, ...]:
    """Return levels in school order."""
    return tuple(sorted(levels, key=ORDER.index))


def ordered(levels: set[str]) -> tuple[SchoolLevel, ...] | None:
    """Return levels in school order, None for none."""
    return tuple(SchoolLevel(v) for v in in_order(levels)) or None
