"""What comes back every year: passages of several directives that say the same, but for their days."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.text import fold
from index.passages import Passage
from index.query import Question, content_words
from index.ranking import Ranked
from index.words import one_spelling

#: Share of common words from which two passages say the same.
ALIKE = 0.75
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def arranged(question: Question, rows: list[Ranked]) -> list[Ranked]:
    """Return the rows, of those that one office wrote anew every year the newest first: they change places, nothing
    else moves. Who names no year means the one that holds now, and what differs between them is the day."""
    if question.years or _YEAR.search(question.text):
        return rows
    said = [_words(row.passage.text) for row in rows]
    about = [_words(row.passage.header.subject or "") for row in rows]
    found = list(rows)
    left = list(range(len(rows)))
    while left:
        first, *others = left
        one = rows[first].passage
        same = [first]
        for k in others:
            two = rows[k].passage
            if _same_office(one, two) and alike(said[first], said[k]) and alike(about[first], about[k]):
                same.append(k)
        left = [k for k in left if k not in same]
        by_day = sorted(same, key=lambda k: rows[k].passage.header.date or "", reverse=True)
        for place, k in zip(same, by_day, strict=True):
            found[place] = replace(rows[k], score=rows[place].score)
    return found


def _same_office(one: Passage, other: Passage) -> bool:
    """Whether two directives are of one office, however its name is spelled ("Hoà", "Hòa")."""
    names = [fold(one_spelling(passage.header.issuer or "")) for passage in (one, other)]
    return bool(names[0]) and names[0] == names[1] and one.document != other.document


def _words(text: str) -> frozenset[str]:
    """Return the words of a text without numbers."""
    return frozenset(word for word in content_words(text) if word.isalpha())


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two bags of words are of texts that say the same."""
    return len(one & other) >= ALIKE * max(1, len(one | other))
