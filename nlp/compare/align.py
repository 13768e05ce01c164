"""Which item of one directive answers to which of another: one to one first, the best sum of all; then what one item of
the other side was split into or merged with. Nothing is aligned that does not share enough words of its own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import numpy as np

from corpus.facts import DEPARTMENT, Deadline, Duty
from nlp.compare.items import Part
from nlp.compare.similarity import Alike, Matrix, goes_on
from nlp.words.folding import folded
from nlp.words.vocabulary import table

#: Two items answer to each other from this score on, and only if so much of it comes from their own words …
LEAST, LEAST_OWN = 0.13, 0.12
#: … and a further item joins them from a higher one on where it shares so much of its words, and so much of that is
#: not shared by those yet,
JOINS, COVERED, FRESH = 0.18, 0.2, 0.5
#: or where it stands beside them under one lead, or has other units do the same and is nearly as good.
JOINS_BESIDE = 0.13
#: or where nearly all of it stands in what they answer to, which is as long as all of them together, nearly.
CONTAINED, CONTAINED_SCORE, ROOM = 0.8, 0.4, 0.75
#: A link is worth making only beside links nearly as good: below this share of an item's best one it is chance.
NEARLY = 0.6
_CLAUSE = re.compile(r"[:;,.]\s")


@dataclass(frozen=True, slots=True)
class Link:
    """An old and a new item (positions among the items) that answer to each other, with their score."""

    old: int
    new: int
    score: float
    joined: bool = False


def align(old: Sequence[Part], new: Sequence[Part], likeness: Alike) -> list[Link]:
    """Return the links, by the new items' order; an item may be in several of them."""
    score = np.where((likeness.score >= LEAST) & (likeness.own >= LEAST_OWN), likeness.score, 0.0)
    if score.size:
        score[score < NEARLY * np.maximum(score.max(axis=1)[:, None], score.max(axis=0)[None, :])] = 0.0
    links = [Link(i, j, float(score[i, j])) for i, j in assigned(score) if score[i, j] > 0]
    links += _splits(links, old, new, likeness.score, likeness.own, likeness.old, likeness.new)
    turned = [Link(k.new, k.old, k.score, k.joined) for k in links]
    merged = _splits(turned, new, old, likeness.score.T, likeness.own.T, likeness.new, likeness.old)
    links += [Link(k.new, k.old, k.score, True) for k in merged]
    links += _leads(links, new)
    links += [Link(k.new, k.old, k.score, True) for k in _leads([Link(k.new, k.old, k.score) for k in links], old)]
    return sorted(links, key=lambda k: (k.new, k.old))


def _leads(links: list[Link], new: Sequence[Part]) -> list[Link]:
    """Return links of leads that nothing answers to ("… làm trước các phần việc:"): they go with their lines."""
    linked = {k.new for k in links}
    found: list[Link] = []
    for j, part in enumerate(new):
        if j in linked or not part.text.endswith(":"):
            continue
        depth = len(part.path)
        under = {part.order + 1 + k for k, p in enumerate(takewhile(goes_on, new[j + 1 :])) if len(p.path) > depth}
        of = [k for k in links if new[k.new].order in under]
        if of:
            old, _ = Counter(k.old for k in of).most_common(1)[0]
            found.append(Link(old, j, max(k.score for k in of if k.old == old), True))
    return found


def _splits(
    links: list[Link], old: Sequence[Part], new: Sequence[Part], score: Matrix, own: Matrix, a: Matrix, b: Matrix
) -> list[Link]:
    """Return links of new items that nothing answers to yet with old ones that others answer to, too."""
    linked = {k.new for k in links}
    of = defaultdict(list)
    for k in links:
        of[k.old].append(k.new)
    found: list[Link] = []
    for j in range(len(new)):
        if j in linked:
            continue
        best: tuple[float, int] | None = None
        for i in np.argsort(-score[:, j])[:5]:
            others = of.get(int(i))
            if not others or own[i, j] < LEAST_OWN:
                continue
            covered = float(np.minimum(a[i], b[j]).sum() / max(float(b[j].sum()), 1e-6))
            part = score[i, j] >= JOINS and covered >= COVERED and _fresh(a[i], b[others], b[j]) >= FRESH
            whole = score[i, j] >= CONTAINED_SCORE and covered >= CONTAINED and _has_room(old[i], new[j], new, others)
            beside = score[i, j] >= JOINS_BESIDE and any(
                _beside(new[j], new[k], score[i, j] / score[i, k]) for k in others
            )
            if part or whole or beside:
                best = float(score[i, j]), int(i)
                break
        if best is not None:
            found.append(Link(best[1], j, best[0], True))
    return found


def _has_room(whole: Part, one: Part, parts: Sequence[Part], others: Sequence[int]) -> bool:
    """Tell whether an item is long enough to say what all of the others say, not only what each of two twins says."""
    needed = len(one.text) + sum(len(parts[k].text) for k in others)
    return len(whole.text) >= ROOM * needed


def _fresh(whole: Matrix, others: Matrix, one: Matrix) -> float:
    """Return how much of what ``one`` shares with ``whole`` the others do not share with it."""
    shared = np.minimum(whole, one)
    left = np.clip(shared - others.max(axis=0), 0, None)
    return float(left.sum() / max(float(shared.sum()), 1e-6))


def _beside(one: Part, other: Part, nearly: float) -> bool:
    """Tell whether two items do the same thing for different units: lines under one lead, or the same verb."""
    if one.path == other.path and goes_on(one) and goes_on(other):
        return True
    first, second = units_of(one), units_of(other)
    apart = bool(first and second) and not first & second
    return apart and nearly >= NEARLY and bool(_verbs(one) & _verbs(other))


def _verbs(part: Part) -> frozenset[str]:
    """Return the first task verb of each clause of an item."""
    fold = folded(part.text)
    for unit in units_of(part):
        fold = fold.replace(folded(unit.removeprefix(DEPARTMENT)), " ")  # "Thanh tra Sở" has a verb in its name
    found = (_verb_pattern().search(clause) for clause in _CLAUSE.split(fold))
    return frozenset(match[0] for match in found if match is not None)


@lru_cache(maxsize=1)
def _verb_pattern() -> re.Pattern[str]:
    words = {folded(word) for row in table("verbs")["verb"] for word in row["words"]}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)")


def units_of(part: Part) -> frozenset[str]:
    """Return the units that do what an item says, as far as its facts tell."""
    facts: list[Deadline | Duty] = [*part.deadlines, *part.duties]
    return frozenset(name for fact in facts for name in fact.actor)


def assigned(score: Matrix) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of the one-to-one assignment with the greatest sum.

    The Hungarian method by shortest augmenting paths, rows × rows × columns steps, of which numpy does the last.
    """
    if 0 in score.shape:
        return []
    if score.shape[0] > score.shape[1]:
        return [(i, j) for j, i in assigned(score.T)]
    cost = float(score.max()) - score.astype(np.float64)
    rows, columns = cost.shape
    of_row, of_column = np.zeros(rows + 1), np.zeros(columns + 1)
    owner = np.zeros(columns + 1, dtype=int)  # row of a column, from 1; 0 is none
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        least, before = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=int)
        seen = np.zeros(columns + 1, dtype=bool)
        while owner[at]:
            seen[at] = True
            reached = np.concatenate(([np.inf], cost[owner[at] - 1] - of_row[owner[at]] - of_column[1:]))
            better = ~seen & (reached < least)
            least[better], before[better] = reached[better], at
            nearest = int(np.argmin(np.where(seen, np.inf, least)))
            step = least[nearest]
            of_row[owner[seen]] += step
            of_column[seen] -= step
            least[~seen] -= step
            at = nearest
        while at:
            owner[at] = owner[before[at]]
            at = int(before[at])
    return [(int(owner[j]) - 1, j - 1) for j in range(1, columns + 1) if owner[j]]
