"""Pairs of samples, item by item: quotes in ``sources/pairs.yaml`` become page and line ranges in ``pairs.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from corpus.samples.gold import Flow
from corpus.samples.source import SOURCES, SourceError

#: Which sides an alignment of that kind has.
KINDS = {
    **dict.fromkeys(("same", "reworded", "moved", "taken_over"), ("from", "to")),
    **dict.fromkeys(("new", "added"), ("to",)),
    **dict.fromkeys(("dropped", "left_out"), ("from",)),
}


def build_pairs(flows: Mapping[str, Flow]) -> list[dict[str, Any]]:
    """Return the alignments; each side of an item is the paragraph's ``page``, ``from`` line and ``to`` line.

    Raises:
        SourceError: a quote is not found or not unique, or an item has not the sides that its kind asks for.
    """
    pairs = yaml.safe_load((SOURCES / "pairs.yaml").read_text(encoding="utf-8"))
    return [
        {"from": pair["from"], "to": pair["to"], "items": [_item(pair, item, flows) for item in pair["items"]]}
        for pair in pairs
    ]


def _item(pair: dict[str, Any], item: dict[str, Any], flows: Mapping[str, Flow]) -> dict[str, Any]:
    if set(item) - {"kind", "due"} != set(KINDS.get(item["kind"], ())):
        raise SourceError(f"pair {pair['from']}, {pair['to']}: wrong sides or kind in {item}")
    out: dict[str, Any] = {"kind": item["kind"], "from": None, "to": None}
    for side in KINDS[item["kind"]]:
        spot = flows[pair[side]].find(item[side])
        out[side] = {"page": spot.page, "from": spot.first, "to": spot.last}
    if "due" in item:
        out["due"] = [day.isoformat() for day in item["due"]]
    return out
