"""How well a dated duty answers a question, and which of those of one passage does best."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from index.answering import unit_fit
from index.clauses import clauses, leads
from index.passages import Passage, PassageDeadline
from index.query import Question, content_words
from index.steps import asks_for_event, is_another, is_step, of_what_is_asked, other_round
from index.words import plain, spell_out, syllables

#: What a word counts that is there with other marks ("sở" for "số").
OTHER_MARKS = 0.3
#: Share of a dated duty's own clause in how well it fits the topic, and what a duty without a day counts, and one that
#: is only a step before or after the event that is asked for, or of another round of it.
IN_CLAUSE, UNDATED, STEP = 0.6, 0.8, 0.4
#: Of several days of one item, what one more counts that is of the event or step that is asked for, and one whose words
#: have all pairs of words of the question.
NAMED_STEP, IN_PAIRS = 0.15, 0.3


def beside(question: Question, deadline: PassageDeadline) -> bool:
    """Whether a duty is only a step before or after the event whose day is asked for."""
    return asks_for_event(question.said) and is_step(deadline.task)


def counts(question: Question, deadline: PassageDeadline) -> float:
    """Return what a dated duty counts beside one that has a day, is no such step and of no other round ("cấp tỉnh")."""
    other = beside(question, deadline) or other_round(question.said, deadline.task)
    return (1.0 if deadline.due else UNDATED) * (STEP if other else 1.0)


def duty_fit(question: Question, passage: Passage, deadline: PassageDeadline, clause: str) -> float:
    """Return how much of the topic the duty itself holds, in 0..1, its clause more than the rest of the passage;
    official words for office talk count, too."""
    own = content_words(f"{clause} . {deadline.recipient or ''}")
    around = content_words(f"{deadline.task} . {deadline.due_text} . {passage.text}") | own

    def share(words: frozenset[str]) -> float:
        return IN_CLAUSE * held_share(words, own) + (1 - IN_CLAUSE) * held_share(words, around)

    extra = question.official_content - question.content
    held = share(question.content)
    return 0.7 * held + 0.3 * (share(extra) if extra else held)


def best_deadline(question: Question, passage: Passage) -> PassageDeadline | None:
    """Return the dated duty of a passage that fits the question best, None where there is none."""
    rows = list(zip(passage.deadlines, clauses(passage), leads(passage), strict=True))
    if not rows:
        return None

    asked = _pairs(question.topic[-1], question.marked)
    told = any(_is_named(question, deadline) for deadline in passage.deadlines)

    def of_row(row: tuple[PassageDeadline, str, str]) -> float:
        deadline, clause, lead = row
        own = f"{lead} . {clause} . {deadline.task}"
        worth = duty_fit(question, passage, deadline, own)
        worth += IN_PAIRS * len(asked & _pairs(own, question.marked)) / max(1, len(asked))
        worth += NAMED_STEP * _is_named(question, deadline)
        worth *= counts(question, deadline)
        if told and not beside(question, deadline) and is_another(question.said, deadline.task):
            worth *= STEP
        # of two that are the same but for a hair the first answers
        return round(worth + 0.3 * unit_fit(question, deadline), 2)

    return max(rows, key=of_row)[0]


def _is_named(question: Question, deadline: PassageDeadline) -> bool:
    """Whether a duty has a day and begins with the event or step that the question names."""
    return bool(deadline.due) and of_what_is_asked(question.said, deadline.task)


@lru_cache(maxsize=4096)
def _pairs(text: str, marked: bool) -> frozenset[tuple[str, str]]:
    """Return the pairs of words that stand side by side ("cả năm", "lớp 1"), with those that name no topic alone;
    without their marks unless ``marked``."""
    runs = syllables(spell_out(text))
    return frozenset(pair for run in runs for pair in pairwise(run if marked else [*map(plain, run)]))


def held_share(wanted: frozenset[str], words: frozenset[str]) -> float:
    """Return the share of the wanted words among ``words``, 0..1; a word typed without marks fits any marks."""
    if not wanted:
        return 0.0
    folded = plain_words(words)
    found = 0.0
    for word in wanted:
        if word in words:
            found += 1
        elif plain(word) in folded:
            found += 1 if word.isascii() else OTHER_MARKS
    return found / len(wanted)


@lru_cache(maxsize=8192)
def plain_words(words: frozenset[str]) -> frozenset[str]:
    return frozenset(plain(w) for w in words)
