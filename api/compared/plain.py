"""A comparison as plain data for JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from api.compared.sentences import citation_line, fact_line, summary
from api.usecases.comparing import Compared, Outcome
from corpus.facts import Evidence
from nlp.compare.chain import ChainRow
from nlp.compare.comparison import Comparison, FactChange, Row
from nlp.compare.items import Part


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """Return the whole outcome: ``documents``, a comparison for each neighbours, ``chain`` for three."""
    ids = {id(comparison): pair for comparison, pair in zip(outcome.comparisons, _neighbours(outcome), strict=True)}
    return {
        "documents": [document(side) for side in outcome.sides],
        "found_counterpart": outcome.found,
        "comparisons": [_comparison(c, *ids[id(c)]) for c in outcome.comparisons],
        "chain": [_chain_row(row, outcome.sides) for row in outcome.chain],
    }


def _neighbours(outcome: Outcome) -> list[tuple[Compared, Compared]]:
    return list(zip(outcome.sides, outcome.sides[1:], strict=False))


def document(side: Compared) -> dict[str, Any]:
    """Return how a directive is named."""
    header = side.facts.header
    return {
        "id": side.document.id if side.stored else None,
        "source": side.document.source,
        "number": header.number,
        "date": header.date,
        "issuer": header.issuer,
        "subject": header.subject,
        "school_year": header.school_year,
    }


def link(side: Compared, part: Part) -> str | None:
    """Return the page that shows an item on its page image, None for what is not stored."""
    if not side.stored:
        return None
    place = part.evidence
    return f"/van-ban/{quote(side.document.id)}?dong={part.lines}#d{place.page}-{place.line}"


def spot(side: Compared, place: Evidence | None) -> str | None:
    """Return the page that shows a fact, None for what is not stored or not there."""
    if place is None or not side.stored:
        return None
    return f"/van-ban/{quote(side.document.id)}?dong={place.page}-{place.line}-{place.line}#d{place.page}-{place.line}"


def _comparison(comparison: Comparison, old: Compared, new: Compared) -> dict[str, Any]:
    return {
        "levels": comparison.levels,
        "related": comparison.related,
        "note": comparison.note,
        "summary": summary(comparison),
        "share": round(comparison.share, 4),
        "counts": {kind.value: count for kind, count in comparison.counts().items()},
        "rows": [_row(row, old, new) for row in comparison.rows],
        "citations": [
            {
                "fate": c.fate.value, "old": c.old, "new": c.new, "certain": c.certain, "why": c.why,
                "text": citation_line(c),
                "old_place": _place(c.old_evidence, old), "new_place": _place(c.new_evidence, new),
            }
            for c in comparison.citations
        ],
        "lists": [{"field": c.field, "added": list(c.added), "dropped": list(c.dropped)} for c in comparison.lists],
    }  # fmt: skip


def _row(row: Row, old: Compared, new: Compared) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "moved": row.moved,
        "score": round(row.score, 4),
        "certain": row.certain,
        "old": [_part(part, old) for part in row.old],
        "new": [_part(part, new) for part in row.new],
        "words": [
            {"same": c.same, "old": row.old_text[c.old_start : c.old_end], "new": row.new_text[c.new_start : c.new_end]}
            for c in row.words
        ],
        "facts": [_fact(fact, old, new) for fact in row.facts],
    }


def _part(part: Part, side: Compared) -> dict[str, Any]:
    return {
        "key": part.key, "label": part.label, "text": part.text, "path": list(part.path), "page": part.evidence.page,
        "line": part.evidence.line, "url": link(side, part),
    }  # fmt: skip


def _fact(fact: FactChange, old: Compared, new: Compared) -> dict[str, Any]:
    return {
        "what": fact.what.value, "task": fact.task, "old": fact.old, "new": fact.new, "days": fact.days,
        "yearly": fact.yearly, "earlier": fact.earlier, "text": fact_line(fact),
        "old_place": _place(fact.old_evidence, old), "new_place": _place(fact.new_evidence, new),
    }  # fmt: skip


def _place(place: Evidence | None, side: Compared) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "page": place.page, "line": place.line, "start": place.start, "end": place.end, "surface": place.surface,
        "url": spot(side, place),
    }  # fmt: skip


def _chain_row(row: ChainRow, sides: tuple[Compared, ...]) -> dict[str, Any]:
    cells = [[_part(part, side) for part in cell] for cell, side in zip(row.cells, sides, strict=True)]
    steps = [[{"kind": r.kind.value, "facts": [fact_line(f) for f in r.facts]} for r in step] for step in row.steps]
    return {"cells": cells, "steps": steps, "changed": row.changed}
