"""One name, one spelling: a name that a text spells in several ways is read as it is mostly spelled there.

The language model knows few names of communes and schools, and reads each on its own: "Phú Lâm" in the body and "PHÚ
LÀM" in the letterhead. Names are taken by neighbouring words in capitals; how sure each reading is weighs its vote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from corpus.text import fold
from ingest.restore.decoder import Found

#: The winner's votes against the runner-up's.
_MAJORITY = 1.05

Pair = tuple[str, str]


def agreed(found: Sequence[Found], lines: Sequence[str]) -> list[Found]:
    """Return the readings of a text with those of its names agreed; only marks ever change."""
    votes: dict[Pair, dict[Pair, float]] = defaultdict(lambda: defaultdict(float))
    pairs: list[tuple[int, Pair, Pair]] = []
    for k in range(len(found) - 1):
        one, other = found[k], found[k + 1]
        if _neighbours(one, other, lines) and _name(one.text) and _name(other.text):
            read = one.text.lower(), other.text.lower()
            key = fold(read[0]), fold(read[1])
            votes[key][read] += one.confidence * other.confidence
            pairs.append((k, key, read))
    out = list(found)
    for k, key, read in pairs:
        best = _winner(votes[key])
        if best is None or best == read:
            continue
        for at, old, new in zip((k, k + 1), read, best, strict=True):
            if old != new and len(new) == len(out[at].text):
                out[at] = _spelled(out[at], new)
    return out


def _winner(votes: dict[Pair, float]) -> Pair | None:
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    if len(ranked) < 2:
        return None
    return ranked[0][0] if ranked[0][1] >= _MAJORITY * ranked[1][1] else None


def _neighbours(one: Found, other: Found, lines: Sequence[str]) -> bool:
    return (
        one.line == other.line
        and one.rule == other.rule == "restored"
        and lines[one.line][one.end : other.start] == " "
    )


def _name(text: str) -> bool:
    return len(text) > 1 and text.isalpha() and text[0].isupper() and (text[1:].islower() or text.isupper())


def _spelled(item: Found, word: str) -> Found:
    text = word.upper() if item.text.isupper() else word[0].upper() + word[1:]
    return item._replace(text=text, alternatives=(item.text, *(a for a in item.alternatives if a != text)))
