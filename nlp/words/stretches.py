"""Stretches of a text as (start, end): what lies apart, and whether a place meets one of many, in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

Stretch = tuple[int, int]


def apart(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches in order, those that overlap or touch as one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def meets(stretches: list[Stretch], start: int, end: int) -> bool:
    """Tell whether ``start``-``end`` shares a character with one of ``stretches``, which lie apart and in order."""
    before = bisect_left(stretches, end, key=lambda one: one[0])
    return before > 0 and start < stretches[before - 1][1]
