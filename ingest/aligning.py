"""The words of one text laid over those of another that says nearly the same, in linear time.

Runs of words that stand once in each hold the two together; what lies between is compared word by word and, where words
are cut otherwise ("Số:12" and "Số:", "12"), letter by letter. What stands in another order (the columns of a
letterhead) is found by what is left over on both sides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from corpus.quickfold import quick_fold
from corpus.text import nfc

_WORD = re.compile(r"\S+")

#: Runs of so many words are looked for, longer ones first: they are surer, shorter ones find more.
_RUNS = (5, 3, 2, 1)
#: Stretches of so many words on each side are compared word by word, of so many letters letter by letter.
_MOST_WORDS, _MOST_LETTERS = 2000, 400
#: Every word is looked at so often on average and no more; texts that are made to take longer stay unplaced.
_MOST_LOOKS = 100

#: Doubly open: words ``a0`` to ``a1`` of one side, ``b0`` to ``b1`` of the other.
_Gap = tuple[int, int, int, int]


def aligned(text: str, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, k) where ``text[start:end]`` is the word ``words[k]`` or a part of it, in no order."""
    found = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    ours = [_key(text[start:end]) for start, end in found]
    theirs = [_key(word) for word in words]
    pairs = dict(_in_order(ours, theirs))
    pairs |= _left_over(ours, theirs, pairs)
    yield from ((*found[a], b) for a, b in pairs.items())
    taken = set(pairs.values())
    for a0, a1, b0, b1 in _gaps(pairs, len(ours), len(theirs)):
        free = [b for b in range(b0, b1) if b not in taken]
        yield from _by_letters([(*found[a], ours[a]) for a in range(a0, a1) if a not in pairs], free, theirs)


def _key(word: str) -> str:
    """Return a word as it is compared: print may show other marks, hyphens and capitals than the text."""
    return quick_fold(nfc(word).replace("\xad", "")) or word


def _in_order(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs of words that follow each other on both sides."""
    waiting: list[tuple[_Gap, int]] = [((0, len(ours), 0, len(theirs)), 0)]
    looks = _MOST_LOOKS * (len(ours) + len(theirs))
    while waiting and looks > 0:
        (a0, a1, b0, b1), level = waiting.pop()
        while a0 < a1 and b0 < b1 and ours[a0] == theirs[b0]:
            yield a0, b0
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and ours[a1 - 1] == theirs[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            yield a1, b1
        if a0 == a1 or b0 == b1:
            continue
        looks -= a1 - a0 + b1 - b0
        anchors: list[tuple[int, int]] = []
        while level < len(_RUNS) and not anchors:
            anchors = _anchors(ours, theirs, (a0, a1, b0, b1), _RUNS[level])
            level += 0 if anchors else 1
        if anchors:
            ends = [*anchors, (a1, b1)]
            at = a0, b0
            for a, b in ends:
                waiting.append(((at[0], a, at[1], b), level))
                at = a, b
        elif a1 - a0 <= _MOST_WORDS and b1 - b0 <= _MOST_WORDS:
            yield from ((a0 + a, b0 + b) for a, b in _common(ours[a0:a1], theirs[b0:b1]))


def _anchors(ours: Sequence[str], theirs: Sequence[str], gap: _Gap, run: int) -> list[tuple[int, int]]:
    """Return the starts of runs that stand once on each side, the most of them that follow each other on both.

    The gap's own beginning is none, or the same gap would come again.
    """
    a0, a1, b0, b1 = gap
    once, again = _once(ours, a0, a1, run), _once(theirs, b0, b1, run)
    pairs = sorted((a, again[key]) for key, a in once.items() if key in again and (a, again[key]) != (a0, b0))
    return _rising(pairs)


def _once(words: Sequence[str], first: int, last: int, run: int) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for at in range(first, last - run + 1):
        key = tuple(words[at : at + run])
        found[key] = -1 if key in found else at
    return {key: at for key, at in found.items() if at >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs in which the second number rises, too."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for k, (_, b) in enumerate(pairs):
        at = bisect_left(tails, b)
        before.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(b)
            last.append(k)
        else:
            tails[at], last[at] = b, k
    found = []
    k = last[-1] if last else -1
    while k >= 0:
        found.append(pairs[k])
        k = before[k]
    return found[::-1]


def _common(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a longest common subsequence, last ones first (Hyyrö 2004: a row of the table is one number,
    in which a bit that is not set says that the subsequence grows in this column)."""
    places: dict[str, int] = {}
    for at, item in enumerate(left):
        places[item] = places.get(item, 0) | 1 << at
    every = (1 << len(left)) - 1
    rows, row = [], every
    for item in right:
        hits = row & places.get(item, 0)
        row = ((row + hits) | (row - hits)) & every
        rows.append(row)
    a, b = len(left), len(right)
    while a and b:
        if rows[b - 1] >> (a - 1) & 1:
            a -= 1
            continue
        b -= 1
        if not b or rows[b - 1] >> (a - 1) & 1:
            a -= 1
            yield a, b


def _left_over(ours: Sequence[str], theirs: Sequence[str], pairs: dict[int, int]) -> dict[int, int]:
    """Return pairs among what has no partner, in whatever order: runs first, then single words that stand once."""
    found: dict[int, int] = {}
    taken = set(pairs.values())
    for run in _RUNS:
        mine = [a for a in range(len(ours)) if a not in pairs and a not in found]
        yours = [b for b in range(len(theirs)) if b not in taken]
        once, again = _runs(ours, mine, run), _runs(theirs, yours, run)
        for key, at in once.items():
            other = again.get(key)
            if at is None or other is None:
                continue
            for a, b in zip(at, other, strict=True):
                if a not in found and b not in taken:
                    found[a] = b
                    taken.add(b)
    return found


def _runs(words: Sequence[str], free: Sequence[int], run: int) -> dict[tuple[str, ...], Sequence[int] | None]:
    """Return the runs of free words that stand once and next to each other, with where they are."""
    found: dict[tuple[str, ...], Sequence[int] | None] = {}
    for k in range(len(free) - run + 1):
        at = free[k : k + run]
        if at[-1] - at[0] != run - 1:
            continue
        key = tuple(words[a] for a in at)
        if run == 1 and len(key[0]) < 2:
            continue
        found[key] = None if key in found else at
    return found


def _gaps(pairs: dict[int, int], ours: int, theirs: int) -> Iterator[_Gap]:
    """Yield what lies between neighbours that follow each other on both sides."""
    at = -1, -1
    for a, b in [*sorted(pairs.items()), (ours, theirs)]:
        if a > at[0] + 1 and b > at[1] + 1:
            yield at[0] + 1, a, at[1] + 1, b
        at = a, b


def _by_letters(
    mine: Sequence[tuple[int, int, str]], yours: Sequence[int], theirs: Sequence[str]
) -> Iterator[tuple[int, int, int]]:
    """Yield the words on each side that share most letters of a stretch."""
    left, right = "".join(key for _, _, key in mine), "".join(theirs[b] for b in yours)
    if not left or not right or max(len(left), len(right)) > _MOST_LETTERS:
        return
    of_left = [k for k, (_, _, key) in enumerate(mine) for _ in key]
    of_right = [b for b in yours for _ in theirs[b]]
    shared: dict[tuple[int, int], int] = {}
    for a, b in _common(left, right):
        pair = of_left[a], of_right[b]
        shared[pair] = shared.get(pair, 0) + 1
    for (k, b), count in shared.items():
        start, end, key = mine[k]
        if 2 * count > min(len(key), len(theirs[b])):
            yield start, end, b
