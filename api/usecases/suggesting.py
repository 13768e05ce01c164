"""Suggestions while typing as one office reads the directives: what it corrected in headers, headings and tasks takes
the place of what the index has."""

from __future__ import annotations

from collections.abc import Iterable

from api.seams import SearchIndex
from api.usecases.overlays import Overlay
from corpus.store import DocumentInfo
from corpus.text import squeeze


def as_read(
    typed: str, limit: int, index: SearchIndex, infos: Iterable[DocumentInfo], overlay: Overlay
) -> list[dict[str, str]]:
    """Return what the typed beginning may become; ``infos`` are all directives as everybody reads them."""
    own = overlay.headers(infos) if overlay else []
    topics = overlay.topics() if overlay else {}
    if not own and not topics:
        return index.suggest(typed, limit)
    held = index.topics_held() if topics else {}
    gone = {text for before, after in own for text in _texts(before) - _texts(after)}
    gone |= {topic for topic, more in topics.items() if more < 0 and held.get(topic, 0) + more <= 0}
    changed = {before.id for before, _ in own}
    for info in infos:
        if gone and info.id not in changed:
            gone -= _texts(info)
    fields = [{"number": row.number, "issuer": row.issuer, "subject": row.subject} for _, row in own]
    rows = index.suggest_among(typed, limit, fields, {topic: more for topic, more in topics.items() if more > 0})
    known = {row["text"] for row in rows}
    rows += [row for row in index.suggest(typed, limit + len(gone) + len(rows)) if row["text"] not in gone | known]
    return rows[:limit]


def _texts(info: DocumentInfo) -> set[str]:
    return {squeeze(text) for text in (info.number, info.issuer, info.subject) if text}
