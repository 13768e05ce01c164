"""The day that a directive tells in another item than the one that names its matter.

A short công văn says in its opening what it is about and ends "Các đơn vị thực hiện trước ngày 24/3/2016.", or has
"4. Thời gian đăng ký: …" four items below. A question for that day finds the opening, which has no day; the item that
has it holds hardly a word of the question. So where the best hit opens its directive and tells no day, the items do;
where it is an item itself, those of its section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from corpus.facts import CitationPlace
from index.answering import unit_fit
from index.clauses import clauses
from index.dutyfit import beside
from index.nearness import Wanted
from index.passages import Passage, PassageDeadline
from index.payload import CONTEXT
from index.query import Kind, Question, content_words
from index.ranking import Ranked
from index.sameday import goes_elsewhere
from index.steps import is_another, of_what_is_asked, other_round
from index.vectors import Candidate

_NUMBERED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)]\s")
_LABEL = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,5})[.)]\s|\s*[-+•*]\s")
#: A directive of more passages than this is a plan of many matters: its days are not those of what the best hit says.
SMALL = 40
#: So much of the question the items of the directive hold together.
TOGETHER = 0.75
#: So much more of the question than any other duty the one that answers holds, where there are several days.
CLEARLY = 0.15


def asks_elsewhere(question: Question, ranked: Sequence[Ranked]) -> bool:
    """Whether the directive of the best hit is to be looked through: a day is asked for, the hit has none."""
    if question.kind is not Kind.WHEN or not ranked or not ranked[0].fits_well:
        return False
    return not ranked[0].passage.deadlines


def day_elsewhere(question: Question, best: Ranked, items: Sequence[Candidate], wanted: Wanted) -> Passage | None:
    """Return the item of the best hit's directive that tells the day asked for, None where none clearly does."""
    said = {token for item in items for token in item.tokens} - {CONTEXT}
    if wanted.share(said) < TOGETHER:
        return None
    rows = [
        (item, deadline, clause)
        for item in _of_the_same(best.passage, items)
        if item.passage.place == CitationPlace.BODY
        for deadline, clause in zip(item.passage.deadlines, clauses(item.passage), strict=True)
        if deadline.due and _may_answer(question, item.passage, deadline)
    ]
    if not rows:
        return None
    same = [row for row in rows if of_what_is_asked(question.said, row[1].task)]
    rows = same or rows
    if len({row[1].due for row in rows}) == 1:
        return rows[0][0].passage
    held = [_held(wanted, row[0].passage, row[1], row[2]) for row in rows]
    order = sorted(range(len(rows)), key=lambda k: -held[k])
    first = rows[order[0]]
    other = next((held[k] for k in order if rows[k][1].due != first[1].due), 0.0)
    return first[0].passage if held[order[0]] - other >= CLEARLY else None


def _of_the_same(best: Passage, items: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return the items of what the best hit speaks of. A paragraph, or a form in the annex, speaks of all that its
    directive does; an item of a list of what stands below the same heading or follows it up to the next number, and the
    paragraphs behind a list speak of each item."""
    if best.place == CitationPlace.APPENDIX or _is_paragraph(best):
        return items
    after = [item for item in items if item.passage.start > best.start]
    own = list(takewhile(lambda item: _NUMBERED.match(item.passage.text) is None, after))
    rest = (item for item in items if item not in own)
    return [
        *own,
        *(item for item in rest if _is_beside(best, item.passage) or (item in after and _is_paragraph(item.passage))),
    ]


def _is_paragraph(passage: Passage) -> bool:
    """Whether a passage is no item of a list and stands below no heading."""
    return not passage.heading and _LABEL.match(passage.text) is None


def _is_beside(one: Passage, other: Passage) -> bool:
    return bool(one.heading) and one.heading == other.heading


def _may_answer(question: Question, passage: Passage, deadline: PassageDeadline) -> bool:
    """Whether a duty is not plainly another: a step beside the event, another step, round, unit or receiver."""
    if beside(question, deadline) or other_round(question.said, f"{deadline.task} . {' . '.join(passage.heading)}"):
        return False
    if unit_fit(question, deadline) < 0 or goes_elsewhere(question, deadline.recipient):
        return False
    return not is_another(question.said, deadline.task)


def _held(wanted: Wanted, passage: Passage, deadline: PassageDeadline, clause: str) -> float:
    """Return how much of the question the duty holds itself, with the headings it stands below."""
    texts = [deadline.task, clause, deadline.recipient or "", *passage.heading]
    return wanted.share(set(content_words(" . ".join(texts))))
