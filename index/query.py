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
from index.mentions import levels_named, months_named, units_named, without, years_named
from index.opening import begins_with_day
from index.references import Reference, find_references
from index.typed import abbreviated, written_out
from index.words import (
    Term,
    has_marks,
    loosely,
    one_spelling,
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
    bare = written_out(without(given, [(r.start, r.end) for r in references]))
    years, bare = years_named(bare, today) if steps.years else ((), bare)
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
    actors, receives = units_named(corrected or readings[-1]) if steps.units else (frozenset(), frozenset())
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
        levels=levels_named(readings[-1]) if steps.units else frozenset(),
        months=months_named(given) if steps.years else frozenset(),
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
