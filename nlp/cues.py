"""Rules of times that are anchored where a window ends: the words right before a date (tables/times.toml)."""

from __future__ import annotations

import re

from nlp.dates import TimeKind
from nlp.vocabulary import Entry, entries, table

_DAYS = (TimeKind.DAY, TimeKind.RANGE)


def ends_with(group: str, window: str, kind: TimeKind = TimeKind.DAY, text: str = "") -> tuple[Entry, int] | None:
    """Return the rule of a group whose pattern ends the window, the longest match first, and its length.

    ``text``: the window as written, in small letters, where words that only fold alike are told apart.
    """
    best: tuple[Entry, int] | None = None
    for entry, find in _anchored(group):
        if entry.row.get("days") and kind not in _DAYS:
            continue
        match = find.search(window)
        if match is not None and any(other in text[match.start() :] for other in entry.row.get("not", ())):
            continue
        if match is not None and (best is None or len(match.group()) > best[1]):
            best = (entry, len(match.group()))
    return best


_ANCHORED: dict[str, list[tuple[Entry, re.Pattern[str]]]] = {}


def _anchored(group: str) -> list[tuple[Entry, re.Pattern[str]]]:
    if group not in _ANCHORED:
        _ANCHORED[group] = [
            (e, re.compile(rf"(?<!\w)(?:{row['pattern']})\s?[:,(]{{0,2}}$"))
            for e, row in zip(entries("times", group), table("times")[group], strict=True)
        ]
    return _ANCHORED[group]
