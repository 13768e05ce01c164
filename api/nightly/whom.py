"""What the night's directives mean for the office: what is new for whom, and which cited directives are missing.

Only the night's own directives are looked at: what this costs depends on what is new, not on what is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from api.usecases.overlays import EVERYBODYS
from api.usecases.owing import Owing
from api.usecases.places import label
from api.usecases.units import office_of, profile_of
from corpus.store import DocumentInfo, Owed, Store, folded_number

if TYPE_CHECKING:
    from api.library import Library

#: So many duties of a directive are shown for a unit; the rest is counted.
_SHOWN = 5


class _Tonight:
    """The store as if it held only the night's directives; see ``api.usecases.owing.Kept``."""

    def __init__(self, store: Store, ids: Collection[str]) -> None:
        self._store, self._ids = store, ids

    def fingerprint(self) -> str:
        """It does not change."""
        return "tonight"

    def revisions(self) -> dict[str, str]:
        """Each is new."""
        return dict.fromkeys(self._ids, "tonight")

    def owed(self, ids: Collection[str]) -> Iterator[tuple[DocumentInfo, Owed]]:
        """See ``Store.owed``."""
        return self._store.owed(ids)


def new_for(library: Library, ids: Collection[str]) -> list[dict[str, Any]]:
    """Return for every saved unit that got something to do which directives ask what of it, as its office reads
    them: what was read again may be corrected already."""
    units = library.units.all()
    if not ids or not units:
        return []
    tonight = _Tonight(library.store, ids)
    owing, corrected = Owing(lambda: tonight), library.correcting.overlays.correctors(ids)
    found = []
    for saved in units:
        unit, office = profile_of(saved), office_of(saved)
        overlay = library.overlay(office) if office is not None and office.id in corrected else EVERYBODYS
        directives: dict[str, dict[str, Any]] = {}
        for row in owing.bound(unit, overlay=overlay).rows:
            info = row.info
            entry = directives.setdefault(
                info.id,
                {"document": info.id, "number": info.number, "subject": info.subject, "duties": 0, "first": []},
            )
            entry["duties"] += 1
            if len(entry["first"]) < _SHOWN:
                entry["first"].append({"due": row.due, "task": row.known.duty.task})
        if directives:
            found.append({"unit": saved.id, "name": label(unit), "directives": list(directives.values())})
    return found


def missing(store: Store, ids: Collection[str]) -> list[dict[str, Any]]:
    """Return the directives that the night's directives cite and the store lacks, most cited first."""
    cited: dict[str, dict[str, Any]] = {}
    for info, owed in store.owed(ids):
        for citation in owed.citations:
            entry = cited.setdefault(folded_number(citation.number), {"number": citation.number, "cited_by": []})
            if (info.number or info.source) not in entry["cited_by"]:
                entry["cited_by"].append(info.number or info.source)
    known = store.numbered([entry["number"] for entry in cited.values()]) if cited else {}
    lacking = [entry for folded, entry in cited.items() if folded not in known]
    return sorted(lacking, key=lambda entry: (-len(entry["cited_by"]), entry["number"]))
