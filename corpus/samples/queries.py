"""Search questions over the samples: quotes in ``sources/queries.yaml`` become page and line ranges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from corpus.samples.gold import Flow
from corpus.samples.source import SOURCES, SourceError

KINDS = ("deadline", "topic", "citation", "no_diacritics", "typos", "who")


def build_queries(flows: Mapping[str, Flow]) -> list[dict[str, Any]]:
    """Return the questions with ``relevant`` ranges: the lines of the quoted paragraph on the page of the quote.

    Raises:
        SourceError: a quote is not found or not unique.
    """
    rows = yaml.safe_load((SOURCES / "queries.yaml").read_text(encoding="utf-8"))
    return [_query(row, flows) for row in rows]


def _query(row: dict[str, Any], flows: Mapping[str, Flow]) -> dict[str, Any]:
    if row["kind"] not in KINDS:
        raise SourceError(f"query {row['id']}: unknown kind {row['kind']!r}")
    relevant = []
    for item in row["relevant"]:
        try:
            spot = flows[item["doc"]].find(item["at"], item.get("nth"))
        except (SourceError, KeyError) as error:
            raise SourceError(f"query {row['id']}: {error}") from error
        place = {"doc": item["doc"], "page": spot.page, "from": spot.first, "to": spot.last}
        relevant.append(place | {"grade": item.get("grade", 2)})
    return {"id": row["id"], "query": row["query"], "kind": row["kind"], "relevant": relevant}
