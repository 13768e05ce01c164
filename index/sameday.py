"""The row of the very day that is asked for: its own words name the event or the step, its directive names the rest.

"Các ngày thi là 27/6 và 28/6" says nothing of which exam; the heading and the directive's subject do. A question for
"thi tốt nghiệp THPT" finds every item that spells the exam out before it, each with a day of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.answering import unit_fit
from index.nearness import Wanted
from index.passages import Passage
from index.query import Kind, Question
from index.steps import of_what_is_asked, other_round, step_words
from index.words import normal, spell_out, syllables

#: So much of the question do the duty, the headings above it and what its directive is about hold together.
NAMED = 0.85
_CLASS = re.compile(r"\b(?:lớp|khối) \d{1,2}\b")


def named_day(
    question: Question, passage: Passage, clauses: list[str], wanted: Wanted, beside: frozenset[str] = frozenset()
) -> float:
    """Return how much of the question (``NAMED`` to 1) a dated duty of the passage holds with its headings and its
    directive, where it is the event or the step that is asked for; 0 where none is. ``beside`` are the classes that the
    rows beside it name ("lớp 10"), which it is of where it names none."""
    if question.kind is not Kind.WHEN or question.references or not question.content:
        return 0.0
    year = passage.header.school_year
    if question.years and year and year not in question.years:
        return 0.0
    header = passage.header
    numbers = {word for word in question.content if word.isdigit()}
    years = {word for word in numbers if len(word) == 4}
    of_years = {*_words([header.subject or "", header.school_year or ""])} & years
    around = [*passage.heading, header.subject or "", header.issuer or "", header.place or ""]
    if beside and not classes(passage.text[passage.own :]):
        around += sorted(beside)
    best = 0.0
    for deadline, clause in zip(passage.deadlines, clauses, strict=True):
        if deadline.due and of_what_is_asked(question.said, deadline.task):
            if other_round(question.said, f"{deadline.task} . {' . '.join(passage.heading)}"):
                continue
            steps = map(normal, step_words(question.said, deadline.task))
            words = {*steps, *_words([deadline.task, clause, deadline.recipient or "", *around])} | of_years
            # neither another year (that of a cited circular is none) or class nor another unit
            same = years <= of_years | {deadline.due[:4]} and numbers - years <= words
            if same and unit_fit(question, deadline) >= 0 and not goes_elsewhere(question, deadline.recipient):
                best = max(best, wanted.share(words))
    return best if best >= NAMED else 0.0


def classes(text: str) -> frozenset[str]:
    """Return the classes that a text names ("lớp 10", "khối 9")."""
    return frozenset(_CLASS.findall(text.lower()))


def goes_elsewhere(question: Question, recipient: str | None) -> bool:
    """Whether something is sent to another office than the one that the question names ("gửi Bộ khi nào")."""
    to = (recipient or "").lower()
    return bool(question.receives and to) and not any(to.startswith(office) for office in question.receives)


def _words(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from _spelled(text)


@lru_cache(maxsize=8192)
def _spelled(text: str) -> frozenset[str]:
    return frozenset(word for run in syllables(spell_out(text)) for word in run)
