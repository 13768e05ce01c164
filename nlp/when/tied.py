"""Times that another of the same item gives: "hạn như đợt 1"; a count from a day ("trước đó một ngày") has none."""

from __future__ import annotations

from nlp.naming.dates import Time
from nlp.page.structure import Item
from nlp.when.described import Due
from nlp.words.folding import pattern

#: The name of a round right behind its day, and where another time names it.
_ROUND = pattern(r"\s?\((?P<name>(?:dot|lan|vong|giai doan) (?:\d{1,2}|[ivx]{1,3}))\)")
_AS_ROUND = pattern(r"(?:han|thoi) .*(?P<name>(?:dot|lan|vong|giai doan) (?:\d{1,2}|[ivx]{1,3}))")


def tied_time(item: Item, due: Due, rounds: dict[str, Time]) -> Time | None:
    """Return the time of a described one that names a round, None for others."""
    named = _AS_ROUND.fullmatch(item.joined.fold, due.start, due.end) if due.time is None and rounds else None
    return rounds.get(named["name"]) if named is not None else None


def named_round(item: Item, due: Due) -> dict[str, Time]:
    """Return the round whose name stands behind a day: "trước ngày 30/11/2025 (đợt 1)"."""
    name = _ROUND.match(item.joined.fold, due.end)
    return {name["name"]: due.time} if name is not None and due.time is not None else {}
