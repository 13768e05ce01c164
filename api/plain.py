"""Stored directives as plain data, the same for ``congvan show --json`` and the HTTP API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.placing import where
from corpus.document import Page
from corpus.store import DocumentInfo, Stored

if TYPE_CHECKING:
    from index.results import Hit, SearchResult


def info(row: DocumentInfo) -> dict[str, Any]:
    """Return what a list of directives shows."""
    return {
        "id": row.id,
        "source": row.source,
        "media_type": row.media_type,
        "received_at": row.received_at.isoformat(),
        "number": row.number,
        "date": row.date,
        "issuer": row.issuer,
        "issuer_level": row.issuer_level,
        "doc_type": row.doc_type,
        "subject": row.subject,
        "school_year": row.school_year,
        "pages": row.pages,
        "status": row.status,
    }


def page(row: Page) -> dict[str, Any]:
    """Return a page: text, how it was come by, and what was repaired (offsets into the page's text)."""
    return {
        "number": row.number,
        "first_line": row.first_line,
        "width": row.width,
        "height": row.height,
        "decision": row.decision.value,
        "reason": row.reason,
        "error": row.error,
        "text": row.text,
        "edits": [
            {
                "start": edit.start,
                "end": edit.end,
                "text": row.text[edit.start : edit.end],
                "source": edit.source,
                "confidence": round(edit.confidence, 4),
                "rule": edit.rule,
                "alternatives": list(edit.alternatives),
            }
            for edit in row.edits
        ],
    }


def stored(row: Stored) -> dict[str, Any]:
    """Return one directive: what lists show, the facts with their evidence, the pages."""
    return {
        **info(row.info),
        "reader": row.document.reader,
        "warnings": list(row.document.warnings),
        "facts": {
            "confidence": round(row.facts.confidence, 4),
            **row.facts.as_dict(),
            "meta_evidence": {name: e.as_dict() for name, e in row.facts.header.evidence.items()},
        },
        "page_list": [page(p) for p in row.document.pages],
    }


def found(result: SearchResult) -> dict[str, Any]:
    """Return a search result: the answer to a dated question with its place, and the hits."""
    answer = None
    if result.answer is not None:
        hit = result.hits[result.answer.hit]
        place = {
            name: getattr(hit, name) for name in ("source", "document", "number", "page", "school_year", "subject")
        }
        answer = {**result.answer.as_dict(), **place, "line": hit.line_from, "where": placed(hit)}
    return {
        "kind": result.kind.value,
        "answer": answer,
        "message": result.message,
        "weak": result.weak,
        "hits": [_hit(hit) for hit in result.hits],
    }


def placed(hit: Hit) -> str:
    """Return where a hit stands, in words."""
    return where(hit.paged, hit.page, (hit.line_from, hit.line_to), hit.heading, hit.text)


def _hit(hit: Hit) -> dict[str, Any]:
    return {**hit.as_dict(), "where": placed(hit)}


def alike(result: SearchResult) -> dict[str, Any]:
    """Return what is like a passage, with the passage itself."""
    like = None if result.like is None else _hit(result.like)
    return {"like": like, "message": result.message, "hits": [_hit(hit) for hit in result.hits]}
