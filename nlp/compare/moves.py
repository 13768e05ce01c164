"""Which items stand at another place than their counterparts: under another heading, or in another order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from nlp.compare.items import Part
from nlp.words.folding import folded

_WORD = re.compile(r"[^\W\d_]{2,}")
#: Two headings name the same where so large a share of the shorter one's words stands in the other.
_ALIKE = 0.5


def moved(pairs: Sequence[tuple[Part, Part]]) -> set[int]:
    """Return the positions of the pairs (old, new) whose new item stands elsewhere.

    Where the others under the old heading went tells where the heading went; a heading with one item is followed by its
    words, else by the heading above it. Under one heading, the fewest items that break the order have moved.
    """
    found = {k for k in range(len(pairs)) if _elsewhere(k, pairs)}
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    for k, (old, new) in enumerate(pairs):
        if k not in found:
            groups.setdefault((old.path, new.path), []).append(k)
    for group in groups.values():
        ranked = sorted(group, key=lambda k: pairs[k][0].order)
        kept = _longest_rising([pairs[k][1].order for k in ranked])
        found |= {k for position, k in enumerate(ranked) if position not in kept}
    return found


def _elsewhere(at: int, pairs: Sequence[tuple[Part, Part]]) -> bool:
    old, new = pairs[at]
    for depth in range(len(old.path), 0, -1):
        above = old.path[:depth]
        others = Counter(
            two.path[:depth] for k, (one, two) in enumerate(pairs) if k != at and one.path[:depth] == above
        )
        here = new.path[:depth]
        if sum(others.values()) >= 2:
            return others[here] == 0
        if here and _same_heading(above[-1], here[-1]):
            return False
    return bool(old.path) != bool(new.path) and not old.path


def _same_heading(one: str, other: str) -> bool:
    a, b = (frozenset(_WORD.findall(folded(title))) for title in (one, other))
    return bool(a and b) and len(a & b) >= _ALIKE * min(len(a), len(b))


def _longest_rising(values: Sequence[int]) -> set[int]:
    """Return the positions of a longest rising run of values, the one with the earliest members among several."""
    best: list[list[int]] = []  # the best run that begins at each position, from the last one back
    for k in range(len(values) - 1, -1, -1):
        tails = [run for run in best if values[run[0]] > values[k]]
        longest = max(map(len, tails), default=0)
        best.append([k, *min((run for run in tails if len(run) == longest), default=[])])
    longest = max(map(len, best), default=0)
    return set(min((run for run in best if len(run) == longest), default=[]))
