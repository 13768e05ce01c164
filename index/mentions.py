"""What a question names besides its topic: school years, months, units, school levels. They are preferences, no
filters."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from corpus.errors import BadInputError
from corpus.text import fold, squeeze
from index.words import level_words, one_spelling, school_years, spell_out, table

#: Month in which a school year begins, for "năm học này".
FIRST_MONTH = 8


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return ``text`` with the spans blanked."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_YEAR_PHRASE = re.compile(
    r"(?:(?:trong|của)\s+)?(?:năm học|nam hoc)?\s*(?P<a>(?:2[01])?\d\d)\s?[-–/]\s?(?P<b>(?:2[01])?\d\d)(?![\d/])",
    re.IGNORECASE,
)
_NAMED_YEARS = (
    (
        re.compile(
            r"(?:trong )?(?:năm học|nam hoc) (?:này|nay|hiện tại|hien tai)\b|\b(?:năm nay|nam nay)\b", re.IGNORECASE
        ),
        0,
    ),
    (
        re.compile(
            r"(?:năm học|nam hoc) (?:ngoái|ngoai|qua|(?:trước|truoc)(?! (?:ngày|ngay|tháng|thang|khi|lúc|luc)\b))\b"
            r"|\b(?:năm ngoái|nam ngoai)\b",
            re.IGNORECASE,
        ),
        -1,
    ),
    (re.compile(r"(?:năm học|nam hoc) (?:tới|toi|sau|mới|moi)\b|\b(?:sang năm|sang nam)\b", re.IGNORECASE), 1),
)


def years_named(text: str, today: date | None) -> tuple[tuple[str, ...], str]:
    """Return the school years that are named, and the text without them."""
    found: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _YEAR_PHRASE.finditer(text):
        a, b = (int(y) if len(y) == 4 else 2000 + int(y) for y in (match["a"], match["b"]))
        named = "h" in match[0].lower() or len(match["a"]) == len(match["b"]) == 4
        if b == a + 1 and named:
            found.append(f"{a}-{b}")
            spans.append(match.span())
    if today is not None:
        begins = today.year if today.month >= FIRST_MONTH else today.year - 1
        for pattern, shift in _NAMED_YEARS:
            for match in pattern.finditer(text):
                found.append(f"{begins + shift}-{begins + shift + 1}")
                spans.append(match.span())
    return tuple(dict.fromkeys(found)), without(text, spans)


_MONTH = re.compile(
    r"(?:tháng|thang)\s+(?P<month>\d{1,2})(?:\s*(?:/|-|năm|nam)\s*(?P<year>20\d\d))?(?!\d)", re.IGNORECASE
)
_DAY = re.compile(r"(?<!\d)\d{1,2}[/.-](?P<month>\d{1,2})[/.-](?P<year>20\d\d)(?!\d)")


def months_named(text: str) -> frozenset[str]:
    """Return the months that are named, as the beginning of an ISO date ("2024-01"), or "-01" where no year is."""
    found = [m for pattern in (_MONTH, _DAY) for m in pattern.finditer(text)]
    return frozenset(f"{m['year'] or ''}-{int(m['month']):02d}" for m in found if 1 <= int(m["month"]) <= 12)


_TOWARDS = re.compile(r"(?:về|cho|lên|tới|đến|gửi|với|trình|qua)\s+(?:các\s+)?$")


@lru_cache(maxsize=1)
def _unit_words() -> list[tuple[str, tuple[str, ...], str]]:
    """Return (words, kinds of actor, receiver), longest first; without kinds and receiver what only looks like one."""
    units = table("units")
    rows = [(word, tuple(row["actors"]), row["receives"]) for row in units["unit"] for word in row["words"]]
    rows += [(word, (), "") for word in units["never"]["words"]]
    rows = [(one_spelling(word), kinds, receiver) for word, kinds, receiver in rows]
    return sorted(rows, key=lambda row: -len(row[0]))


def units_named(reading: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the units that are named as doing something, and those named as receiving."""
    text = f" {spell_out(reading).lower()} "
    actors: set[str] = set()
    receives: set[str] = set()
    for word, kinds, receiver in _unit_words():
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            if kinds and _TOWARDS.search(text[: match.start()]):
                receives.add(receiver)
            else:
                actors.update(kinds)
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "·", text)
    return frozenset(actors), frozenset(receives)


@lru_cache(maxsize=1)
def _level_patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"(?<!\w){re.escape(fold(word))}(?!\w)"), level) for word, level in level_words()]


def levels_named(reading: str) -> frozenset[str]:
    """Return the school levels that are named, abbreviations written out or not."""
    text = f"{fold(reading)} . {fold(spell_out(reading))}"
    return frozenset(level for pattern, level in _level_patterns() if pattern.search(text))


_SHORT_YEARS = re.compile(r"(?:năm học )?(?P<a>20\d\d) ?[-–/] ?(?P<b>\d\d)")


def school_year(text: str) -> str:
    """Return a school year given as a filter ("2023 – 2024", "2023/24") in its one form. Raises BadInputError for
    anything else."""
    found = school_years(text)
    short = _SHORT_YEARS.fullmatch(squeeze(text).lower())
    if short is not None:
        found = school_years(f"{short['a']}-{short['a'][:2]}{short['b']}")
    if len(found) != 1:
        raise BadInputError(f"“{text[:40]}” không phải là một năm học.", "Hãy viết như 2023-2024.")
    return found[0]
