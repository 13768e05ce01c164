"""The school year that a directive is for: of its subject, else the one that its text names most often."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, zip_longest

from nlp.header.draft import Draft
from nlp.naming.dates import SchoolYear, parse_school_year, school_year_of
from nlp.page.lines import Line
from nlp.page.zones import Zone, Zoned
from nlp.words.folding import folded, pattern

_FROM_YEAR = pattern(r"(?<!\w)(?:(?:bat dau |ke |ap dung |su dung )?tu)\s{1,2}nam hoc")
#: A subject that names a time of several years: "giai đoạn 2020 - 2022", "đến năm 2025, định hướng đến năm 2030".
_PERIOD = pattern(
    r"(?<!\w)(?:giai doan|nhiem ky|thoi ky)\s{1,2}20\d\d\s?[-–]\s?20\d\d|(?<!\w)den\s{1,2}nam\s{1,2}20\d\d"
)
#: A subject of a calendar year: "Công tác phổ cập bơi năm 2021".
_CALENDAR = pattern(r"(?<!hoc )(?<!\w)nam\s{1,2}20\d\d(?!\d|\s?[-–])")
#: A school year that is another's: a past one that is told of, that of a document cited.
_OTHERS_YEAR = pattern(
    r"^nam hoc \d{4}\s?-\s?\d{4},[^.;]{0,60} da (?!\w* nghi)|\d/\w[^;.]{0,80} ve [^;.]{0,120} nam hoc \d"
)
#: Months in which a text may be of the school year to come, and what is but prepared earlier.
_NEXT_IS_NEAR = range(3, 9)
_PREPARES = pattern(r"(?<!\w)(?:chuan bi|tuyen sinh|du kien|chieu sinh)(?!\w)")
#: So many school years, each named once, are those of a plan.
_SEVERAL = 3
_CUT_YEAR = pattern(r"(?<!\w)nam(?: hoc)?(?: 20\d\d ?[-–]?)?$")


def read_school_year(draft: Draft, zoned: Zoned) -> None:
    """Read the school year: of the subject, else the one that the text names most often."""
    subject = draft.places.get("subject")
    about = draft.text("subject") or ""
    year = parse_school_year(about)
    if year is not None and subject is not None:
        own = _before(about, year, draft.text("date"))
        draft.put("school_year", str(own), (subject.start, subject.end), "school-year", 1.0 if own == year else 0.7)
        return
    counts: dict[str, int] = {}
    first: dict[str, tuple[int, int]] = {}
    day = draft.text("date")
    current = str(school_year_of(date.fromisoformat(day))) if day is not None else None
    far = day is not None and date.fromisoformat(day).month not in _NEXT_IS_NEAR
    lines = zoned.of(Zone.SUBJECT, Zone.ADDRESSEES, Zone.BODY)
    cited = _cited(lines)
    for line, after in zip_longest(lines, lines[1:]):
        cut = after is not None and _CUT_YEAR.search(line.fold)  # "năm ⏎ học 2025-2026"
        found = parse_school_year(f"{line.text} {after.text[:24]}" if after is not None and cut else line.text)
        later = str(found) != current and _FROM_YEAR.search(line.fold) is not None  # from which on something holds
        ahead = far and found is not None and str(found) > str(current)
        later = later or (ahead and _PREPARES.search(line.fold) is not None)
        past = found is not None and current is not None and str(found) < current
        if (
            found is not None
            and not later
            and not past
            and line.start not in cited
            and _OTHERS_YEAR.search(line.fold) is None
        ):
            counts[str(found)] = counts.get(str(found), 0) + 1
            first.setdefault(str(found), (line.start, line.end))
    named = folded(about)
    if current is None and _PERIOD.search(named) is not None:
        return  # of a plan of several years no one is its own
    if current is not None and (_PERIOD.search(named) is not None or _CALENDAR.search(named) is not None):
        # of a plan of several years, of a calendar year, a later one is but named
        counts = {year: n for year, n in counts.items() if year <= current}
    if len(counts) >= _SEVERAL and max(counts.values()) == 1 and current not in counts:
        return  # "năm học 2020-2021 đối với lớp 1, 2021-2022 đối với lớp 2 …": a plan of all of them
    if counts:
        best = max(counts, key=lambda k: (counts[k], k))
        draft.put("school_year", best, first[best], "school-year", 0.8)


def _cited(lines: list[Line]) -> frozenset[int]:
    """Return where the lines begin on which a document's subject, wrapped, names its school year."""
    found = []
    for above, line in pairwise(lines):
        both = f"{above.fold} {line.fold}"
        if _OTHERS_YEAR.search(both) is not None and _OTHERS_YEAR.search(above.fold) is None:
            found.append(line.start)
    return frozenset(found)


def _before(about: str, year: SchoolYear, issued: str | None) -> SchoolYear:
    """Return the school year that a subject names; that of its date where it prepares a later one ("từ năm học …")."""
    if issued is None or _FROM_YEAR.search(folded(about)) is None:
        return year
    return min(year, school_year_of(date.fromisoformat(issued)), key=lambda one: one.first)
