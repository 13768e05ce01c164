"""What changed in the wording of two texts, word by word, as spans on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from nlp.words.folding import folded

_TOKEN = re.compile(r"\w+(?:[/.,-]\w+)*%?|[^\w\s]")
#: Equal stretches of so few words between two changes are part of the change: such a diff is easier to read.
_ISLAND = 1
#: A text of more words is not set against another word by word.
_MOST = 4000


@dataclass(frozen=True, slots=True)
class Change:
    """``old[old_start:old_end]`` became ``new[new_start:new_end]``; an empty side means added or taken out.

    ``same``: both sides are the same words and only stand between changes.
    """

    same: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def compare_words(old: str, new: str) -> list[Change]:
    """Return the stretches of two texts in order, unchanged ones too; together they are all of both texts.

    Capitals, blanks and punctuation at the end of a stretch make no change of their own.
    """
    one, two = ([match.span() for match in _TOKEN.finditer(text)][:_MOST] for text in (old, new))
    words = [[_plain(text[a:b]) for a, b in spans] for text, spans in ((old, one), (new, two))]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    rows = list(_joined([(tag == "equal", i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]))
    found: list[Change] = []
    for k, (same, _, i2, _, j2) in enumerate(rows):
        last = k == len(rows) - 1
        start = (found[-1].old_end, found[-1].new_end) if found else (0, 0)
        end = (len(old), len(new)) if last else (_up_to(one, i2, len(old)), _up_to(two, j2, len(new)))
        found.append(Change(same, start[0], end[0], start[1], end[1]))
    return found


def _up_to(spans: list[tuple[int, int]], count: int, length: int) -> int:
    """Return where the token after the first ``count`` ones begins."""
    return spans[count][0] if count < len(spans) else length


def _plain(token: str) -> str:
    return token.lower() if token[0].isalnum() else folded(token)


def _joined(rows: list[tuple[bool, int, int, int, int]]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Join changes that only a word or so stands between."""
    held: tuple[bool, int, int, int, int] | None = None
    for k, row in enumerate(rows):
        same = row[0] and not (0 < k < len(rows) - 1 and row[2] - row[1] <= _ISLAND)
        if held is not None and held[0] == same:
            held = (same, held[1], row[2], held[3], row[4])
            continue
        if held is not None:
            yield held
        held = (same, *row[1:])
    if held is not None:
        yield held


def same_words(old: list[str], new: list[str], lead: str = "") -> bool:
    """Tell whether two lists of words (``terms.words_of``) say the same, apart from where clauses end.

    ``lead`` are the words of the heading above one of them, which the other may have as its own first words.
    """
    one, two = ([word for word in words if word != "."] for words in (old, new))
    if one == two:
        return True
    head = [word for word in lead.split() if word != "."]
    return bool(head) and (head + one == two or head + two == one)
