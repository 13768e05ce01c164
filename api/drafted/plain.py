"""A draft as plain data for JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from api.compared.plain import document
from api.drafted.sentences import change_line, place_of
from api.usecases.drafting import Drafted
from nlp.drafting.draft import Line, Paragraph, Run, Source
from nlp.drafting.habits import Precedent


def as_dict(drafted: Drafted) -> dict[str, Any]:
    """Return the whole draft with its sources, open places, task table and precedents."""
    draft = drafted.draft
    return {
        "upper": document(drafted.upper),
        "office": {"name": drafted.office.full, "committee": drafted.office.committee},
        "kind": drafted.choices.kind,
        "issued": drafted.issued.isoformat(),
        "title": draft.title,
        "number": f"Số:      /{''.join(run.text for run in draft.letterhead.symbol)}",
        "about": draft.about.text,
        "to": [_line(line) for line in draft.to],
        "body": [_paragraph(p, drafted) for p in draft.body],
        "recipients": [_line(line) for line in draft.recipients],
        "power": [line.text for line in draft.power],
        "signer": draft.signer.text,
        "tasks": [
            {
                "task": t.task, "who": t.who, "due": t.due, "due_text": t.due_text, "recipient": t.recipient,
                "above": t.above, "above_text": t.above_text, "moved": t.moved, "source": _source(t.source, drafted),
            }
            for t in draft.tasks
        ],
        "left_out": [{"text": o.text, "why": o.why, "source": _source(o.source, drafted)} for o in draft.left_out],
        "gaps": [{"text": gap.text, "question": gap.question} for gap in draft.gaps],
        "notes": list(draft.notes),
    }  # fmt: skip


def _runs(runs: tuple[Run, ...]) -> list[dict[str, Any]]:
    return [{"text": run.text, "question": run.gap.question if run.gap else None} for run in runs]


def _line(line: Line) -> dict[str, Any]:
    return {"text": line.text, "runs": _runs(line.runs), "sources": [place_of(source) for source in line.sources]}


def _paragraph(paragraph: Paragraph, drafted: Drafted) -> dict[str, Any]:
    offered = drafted.precedents.get(paragraph.part, ()) if paragraph.part is not None else ()
    return {
        "kind": paragraph.kind.value,
        "label": paragraph.label,
        "text": paragraph.text,
        "runs": _runs(paragraph.runs),
        "sources": [_source(source, drafted) for source in paragraph.sources],
        "changes": [
            {"act": c.act.value, "before": c.before, "after": c.after, "why": c.why, "text": change_line(c)}
            for c in paragraph.changes
        ],
        "part": paragraph.part,
        "precedents": [precedent_row(paragraph.part or 0, one) for one in offered],
    }


def _source(source: Source, drafted: Drafted) -> dict[str, Any]:
    return {
        "name": source.name, "item": source.item, "page": source.page, "line": source.line,
        "text": place_of(source), "url": link(source, drafted),
    }  # fmt: skip


def link(source: Source, drafted: Drafted) -> str | None:
    """Return the page that shows a source, None for what is not stored."""
    stored = source.document != drafted.upper.document.id or drafted.upper.stored
    if source.document is None or source.page is None or not stored:
        return None
    line = source.line or 1
    return f"/van-ban/{quote(source.document)}?dong={source.page}-{line}-{line}#d{source.page}-{line}"


def precedent_row(order: int, one: Precedent) -> dict[str, Any]:
    """Return another wording of an item; ``take`` is what asks for it."""
    place = one.part.evidence
    header = one.earlier.facts.header
    return {
        "name": one.earlier.name,
        "issuer": header.issuer,
        "school_year": header.school_year,
        "own": one.earlier.own,
        "item": one.part.key,
        "text": one.part.text,
        "url": f"/van-ban/{quote(one.earlier.document.id)}?dong={one.part.lines}#d{place.page}-{place.line}",
        "take": f"{order}:{one.earlier.document.id}:{one.part.order}",
    }
