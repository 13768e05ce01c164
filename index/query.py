"""Understanding a question: its kind, its topic in every reading, numbers, school year, units and places.

Nothing is decided for the user: school year, unit and place are preferences, filters are given apart. A question
typed without marks is searched as it stands and with its marks restored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from corpus.errors import BadInputError
from corpus.text import fold, squeeze
from index.opening import begins_with_day
from index.references import Reference, find_references
from index.typed import abbreviated, written_out
from index.words import (
    Term,
    has_marks,
    level_words,
    loosely,
    one_spelling,
    school_years,
    spell_out,
    stop_words,
    syllables,
    table,
    terms,
)

#: Longest question, in characters.
MAX_QUERY = 2000

#: Weights of the fields of ``index.words.terms`` for a question with marks, and for one without.
MARKED = {"x": 1.0, "p": 0.9, "f": 0.15, "g": 0.15, "n": 1.0, "y": 0.3}
UNMARKED = {"x": 0.0, "p": 0.0, "f": 1.0, "g": 0.9, "n": 1.0, "y": 0.3}
#: Share of a restored reading, of the official words for office talk, and of question words that also name things.
RESTORED, OFFICIAL, ASKING = 0.6, 0.5, 0.5
#: Month in which a school year begins, for "năm học này".
FIRST_MONTH = 8


_WORD = re.compile(r"[^\W_]+")
# abbreviations bear their Đ even where nothing else is typed with marks
_SHORT = re.compile(r"\b[A-ZĐ&]{2,}\b")


class Kind(StrEnum):
    """What a question wants."""

    WHEN = "when"
    WHO = "who"
    WHICH = "which"
    WHAT = "what"


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps of query understanding, each of which can be left out to measure what it earns."""

    official: bool = True
    restore: bool = True
    kinds: bool = True
    numbers: bool = True
    years: bool = True
    units: bool = True
    meaning: bool = True
    words: bool = True
    nearness: bool = True
    typos: bool = True
    #: the second look (index/rerank.py); without words, meaning or nearness there is none either
    again: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    ``topic``: what remains when kind, year and numbers are taken out, in every reading; ``official``: the words that
    directives use for office talk in it; ``years``: school years wanted; ``actors``/``receives``: units named as doing
    and as receiving; ``levels``: school levels named; ``months``: months named ("2024-01", "-01"); ``told``: office
    talk with its official words; ``corrected``: the topic with typing slips mended; ``folded``: the whole question
    without marks, for names of places; ``marked``: typed with marks; ``said``: the question and, where slips were
    mended, its topic once more, in which events and steps are looked for.
    """

    text: str
    said: str
    kind: Kind
    topic: tuple[str, ...]
    official: tuple[str, ...]
    references: tuple[Reference, ...]
    years: tuple[str, ...]
    actors: frozenset[str]
    receives: frozenset[str]
    levels: frozenset[str]
    months: frozenset[str]
    told: tuple[tuple[str, tuple[str, ...]], ...]
    folded: str
    corrected: str | None
    marked: bool
    terms: tuple[Term, ...] = field(repr=False)
    content: frozenset[str] = field(repr=False)
    official_content: frozenset[str] = field(repr=False)


def understand(
    text: str,
    *,
    restore: Callable[[str], str] | None = None,
    correct: Callable[[str], str | None] | None = None,
    today: date | None = None,
    steps: Steps | None = None,
) -> Question:
    """Return what a question asks. ``restore`` gives marks to text without them; ``correct`` mends typing slips (None
    where there are none); ``today`` dates "năm học này".

    Raises BadInputError for a question that is empty, too long, or without a letter or digit.
    """
    steps = steps or Steps()
    given = one_spelling(squeeze(text))
    _check(given, text)
    marked = has_marks(_SHORT.sub(" ", given))
    given = abbreviated(given)
    references = tuple(find_references(given)) if steps.numbers else ()
    bare = written_out(_without(given, [(r.start, r.end) for r in references]))
    years, bare = _years(bare, today) if steps.years else ((), bare)
    readings = [bare]
    if not marked and steps.restore and restore is not None and bare.strip():
        # without the words that ask: in "khi nao thi" the exam would become "khi nào thì"
        topic = _kind([bare], bool(references), marked)[1][0] if steps.kinds else bare
        readings.append(one_spelling(squeeze(restore(topic if content_words(topic) else bare))))
    kind, topics = _kind(readings, bool(references), marked) if steps.kinds else (Kind.WHAT, readings)
    corrected = correct(topics[-1]) if correct is not None and steps.typos else None
    if corrected:
        corrected = one_spelling(corrected)
        topics = [*topics, squeeze(corrected)]
    told = _told([*readings, *topics]) if steps.official else ()
    present = " ".join([*readings, *topics]).lower()
    phrases = dict.fromkeys(phrase for _, official in told for phrase in official)
    official = tuple(phrase for phrase in phrases if phrase.lower() not in present)
    actors, receives = _units(corrected or readings[-1]) if steps.units else (frozenset(), frozenset())
    weighted = [
        *_topic_terms(topics, marked),
        *_asking_terms(readings[0], topics[0], marked),
        *_official_terms(official),
    ]
    weighted += [Term(f"n:{r.spelling}", 3.0) for r in references]
    weighted += [Term(f"y:{year}", UNMARKED["y"]) for year in years]
    return Question(
        text=given,
        said=f"{given} . {corrected}" if corrected else given,
        kind=kind,
        topic=tuple(topics),
        official=official,
        references=references,
        years=years,
        actors=actors,
        receives=receives,
        folded=f" {' '.join(_WORD.findall(fold(given)))} ",
        levels=_levels(readings[-1]) if steps.units else frozenset(),
        months=_months(given) if steps.years else frozenset(),
        told=told,
        corrected=corrected,
        marked=marked,
        terms=tuple(weighted),
        content=content_words(topics[-1]),
        official_content=content_words(" . ".join(official)),
    )


def _check(given: str, text: str) -> None:
    if not given:
        raise BadInputError("Câu hỏi còn trống.", "Hãy gõ vài từ về điều cần tìm, ví dụ: hạn nộp báo cáo học kỳ 1.")
    if len(text) > MAX_QUERY:
        raise BadInputError(f"Câu hỏi dài quá {MAX_QUERY} ký tự.", "Hãy hỏi ngắn lại trong một, hai câu.")
    if not any(c.isalnum() for c in given):
        raise BadInputError("Câu hỏi không có chữ hay số nào.", "Hãy gõ vài từ về điều cần tìm.")


@lru_cache(maxsize=8192)
def content_words(text: str) -> frozenset[str]:
    """Return the words of a text in their one spelling, without stop words: how much of a topic it holds."""
    stop = stop_words()
    return frozenset(w for run in syllables(spell_out(text)) for w in run if w not in stop)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
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


def _years(text: str, today: date | None) -> tuple[tuple[str, ...], str]:
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
    return tuple(dict.fromkeys(found)), _without(text, spans)


@lru_cache(maxsize=1)
def _kind_phrases() -> list[tuple[str, Kind, str]]:
    """Return the asking phrases, longest first, each with its kind and those of its words that stay in the topic."""
    rows = [
        (phrase, Kind(row["name"]), next((words for words in row.get("stays", ()) if words in phrase), ""))
        for row in table("kinds")["kind"]
        for phrase in map(one_spelling, row["phrases"])
    ]
    return sorted(rows, key=lambda row: -len(row[0]))


def _kind(readings: list[str], numbered: bool, marked: bool) -> tuple[Kind, list[str]]:
    """Return the kind of the question and its readings without the words that only ask."""
    kinds: list[Kind] = []
    topics = []
    for reading in readings:
        folded = not has_marks(_SHORT.sub(" ", reading)) and not marked
        text = f" {reading} "
        for phrase, kind, stays in _kind_phrases():
            wanted = fold(phrase) if folded else phrase
            if folded and len(wanted) < 3:
                continue
            # of several words some may be typed with marks, some without
            spelled = loosely(phrase) if not folded and " " in phrase else re.escape(wanted)
            pattern = rf"(?<=[\s,.;:?!]){spelled}(?=[\s,.;:?!])"
            if re.search(pattern, text, re.IGNORECASE):
                kinds.append(kind)
                left = f" , {fold(stays) if folded else stays} , " if stays else " , "
                text = re.sub(pattern, left, text, flags=re.IGNORECASE)
        topics.append(squeeze(text))
    if not kinds and any(begins_with_day(reading) for reading in readings):
        kinds.append(Kind.WHEN)
    order = [Kind.WHEN, Kind.WHICH, Kind.WHO]
    found = next((k for k in order if k in kinds), Kind.WHAT)
    if numbered and found is Kind.WHAT and not any(content_words(t) for t in topics):
        found = Kind.WHICH
    return found, topics


@lru_cache(maxsize=1)
def _talk() -> list[tuple[str, str, list[str]]]:
    """Return (said, said without marks, official words) in order of length, longest first."""
    rows = [
        (said, fold(said), row["official"]) for row in table("talk")["talk"] for said in map(one_spelling, row["said"])
    ]
    return sorted(rows, key=lambda row: -len(row[0]))


def _told(readings: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the office talk in a question, each with the words that directives use for it."""
    found: dict[str, tuple[str, ...]] = {}
    for reading in readings:
        marked = has_marks(reading)
        written = f" {spell_out(reading)} "
        text = written.lower()
        for said, plain, official in _talk():
            # "AI" is no "ai"
            wanted, where = (said, written) if said.isupper() else (said.lower() if marked else plain, text)
            if wanted in where and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", where):
                found[said] = tuple(official)
    return tuple(found.items())


_MONTH = re.compile(
    r"(?:tháng|thang)\s+(?P<month>\d{1,2})(?:\s*(?:/|-|năm|nam)\s*(?P<year>20\d\d))?(?!\d)", re.IGNORECASE
)
_DAY = re.compile(r"(?<!\d)\d{1,2}[/.-](?P<month>\d{1,2})[/.-](?P<year>20\d\d)(?!\d)")


def _months(text: str) -> frozenset[str]:
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


def _units(reading: str) -> tuple[frozenset[str], frozenset[str]]:
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


def _levels(reading: str) -> frozenset[str]:
    """Return the school levels that are named, abbreviations written out or not."""
    text = f"{fold(reading)} . {fold(spell_out(reading))}"
    return frozenset(level for pattern, level in _level_patterns() if pattern.search(text))


def _topic_terms(topics: list[str], marked: bool) -> list[Term]:
    weighted = [_scaled(term, MARKED if marked else UNMARKED) for term in terms(topics[0])]
    for reading in topics[1:]:
        weighted += [_scaled(term, MARKED, RESTORED) for term in terms(reading) if term.text[0] in "xp"]
    return [term for term in weighted if term.weight > 0]


def _asking_terms(reading: str, topic: str, marked: bool) -> list[Term]:
    """Return the terms of the words that ask ("thời hạn", "cơ quan nào"), and of the pairs they are part of: in a
    long question they may be the topic itself."""
    left = Counter(term.text for term in terms(topic))
    found = []
    for term in terms(reading):
        if left[term.text]:
            left[term.text] -= 1
        elif term.text[0] in "xpfg":
            found.append(_scaled(term, MARKED if marked else UNMARKED, ASKING))
    return [term for term in found if term.weight > 0]


def _official_terms(official: tuple[str, ...]) -> list[Term]:
    """Return the terms of the official words; a term of several phrases counts once."""
    seen: dict[str, Term] = {}
    for phrase in official:
        for term in terms(phrase):
            if term.text[0] in "xp":
                seen.setdefault(term.text, _scaled(term, MARKED, OFFICIAL))
    return list(seen.values())


def _scaled(term: Term, weights: dict[str, float], share: float = 1.0) -> Term:
    return Term(term.text, term.weight * weights[term.text[0]] * share)


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
