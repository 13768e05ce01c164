"""Precision and recall of extracted facts against the samples' gold, by page and line."""

from typing import Any

Row = dict[str, Any]


def position(row: Row) -> int:
    """Return one number for page and line, so that nearby lines are near and pages are far apart."""
    return int(row.get("page") or 1) * 1000 + int(row["line"])


def f1(found: list[Row], gold: list[Row], field: str, within: int) -> float:
    """Return F1 of a greedy one-to-one match on ``field`` and place (at most ``within`` lines away)."""
    rest = list(found)
    hits = 0
    for row in gold:
        near = [f for f in rest if f.get(field) == row.get(field) and abs(position(f) - position(row)) <= within]
        if near:
            rest.remove(min(near, key=lambda f: abs(position(f) - position(row))))
            hits += 1
    return 2 * hits / (len(found) + len(gold)) if found or gold else 1.0


def pooled(pairs: list[tuple[list[Row], list[Row]]], field: str, within: int) -> float:
    """Return F1 over several documents, each row counting the same."""
    hits = total = 0.0
    for found, gold in pairs:
        weight = len(found) + len(gold)
        hits += f1(found, gold, field, within) * weight
        total += weight
    return hits / total if total else 1.0
