"""Suggestions while typing as one office reads the directives: what it corrected in a header takes the place of what
the index has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from api.usecases.overlays import Overlay
from corpus.store import DocumentInfo
from corpus.text import squeeze

Row = dict[str, str]


def as_read(
    typed: str,
    limit: int,
    everybodys: Callable[[str, int], list[Row]],
    among: Callable[[str, int, Sequence[Mapping[str, str | None]]], list[Row]],
    infos: Iterable[DocumentInfo],
    overlay: Overlay,
) -> list[Row]:
    """Return what the typed beginning may become. ``everybodys`` are the index's suggestions, ``among`` those of a few
    directives' headers, ``infos`` all directives as everybody reads them."""
    own = overlay.headers(infos) if overlay else []
    if not own:
        return everybodys(typed, limit)
    changed = {before.id for before, _ in own}
    gone = {text for before, after in own for text in _texts(before) - _texts(after)}
    for info in infos:
        if gone and info.id not in changed:
            gone -= _texts(info)
    fields = [{"number": row.number, "issuer": row.issuer, "subject": row.subject} for _, row in own]
    rows = among(typed, limit, fields)
    known = {row["text"] for row in rows}
    rows += [row for row in everybodys(typed, limit + len(gone) + len(rows)) if row["text"] not in gone | known]
    return rows[:limit]


def _texts(info: DocumentInfo) -> set[str]:
    return {squeeze(text) for text in (info.number, info.issuer, info.subject) if text}
