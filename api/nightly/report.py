"""What a night did, as data: what came in, what was found, what is new for whom, what failed, how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api import wording
from api.nightly.collect import FromSource
from api.usecases.reviewing import items
from api.usecases.rows import IngestRow, Status, version_note
from corpus.errors import ExitCode
from corpus.facts import Deadline, Duty
from corpus.journal import Arrival, State
from corpus.store import Store

#: So many of what is only listed (duplicates, missing directives, waiting files) stand in a report.
LISTED = 200


@dataclass(slots=True)
class NightReport:
    """See the module. ``outcomes`` are the files that were worked on, each with its row as of ``congvan ingest``."""

    id: str
    started_at: datetime
    ended_at: datetime | None = None
    seconds: float = 0.0
    resumed: int = 0
    sources: list[FromSource] = field(default_factory=list)
    outcomes: list[tuple[Arrival, IngestRow]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    new_for: list[dict[str, Any]] = field(default_factory=list)
    missing: list[dict[str, Any]] = field(default_factory=list)
    waiting: Sequence[Arrival] = ()
    quarantine: int = 0
    stages: dict[str, dict[str, float | int]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    #: what kept the night from doing its work
    failing: list[str] = field(default_factory=list)
    letters: int | None = None

    @property
    def failed(self) -> list[tuple[Arrival, IngestRow]]:
        """The files that are not wholly read, stored and searchable."""
        return [(arrival, row) for arrival, row in self.outcomes if arrival.state is not State.DONE]

    @property
    def exit_code(self) -> ExitCode:
        """SOME_FAILED when a file or a source did not give what it should."""
        missed = any(not trouble.mishap.harmless for got in self.sources for trouble in got.troubles)
        return ExitCode.SOME_FAILED if self.failed or missed or self.failing else ExitCode.OK

    def describe(self, store: Store, ids: Sequence[str]) -> None:
        """Look up what was found in the directives that were stored."""
        earlier = store.earlier(ids)
        places = {row.document: arrival for arrival, row in self.outcomes if row.document is not None}
        for info, owed in store.owed(ids):
            arrival = places[info.id]
            before = store.find(earlier[info.id]) if info.id in earlier else []
            asked: dict[str, None] = {}
            duties: list[Deadline | Duty] = [*owed.deadlines, *owed.duties]
            for duty in duties:
                asked.setdefault(wording.for_whom(duty.actor, [str(v) for v in duty.levels] if duty.levels else None))
            self.documents.append(
                {
                    "document": info.id,
                    "number": info.number,
                    "issuer": info.issuer,
                    "date": info.date,
                    "doc_type": info.doc_type,
                    "subject": info.subject,
                    "school_year": info.school_year,
                    "pages": info.pages,
                    "status": info.status,
                    "source": arrival.source,
                    "place": arrival.place,
                    "name": arrival.name,
                    "citations": len({one.number for one in owed.citations}),
                    "deadlines": sum(one.due is not None for one in owed.deadlines),
                    "duties": len(duties),
                    "for": list(asked),
                    "unsure": len(items(store.get(info.id))),
                    "version_of": before[0].id if before else None,
                    "warning": version_note(before[0]) if before else None,
                }
            )
        order = {document_id: at for at, document_id in enumerate(ids)}
        self.documents.sort(key=lambda row: order[row["document"]])

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "night": self.id,
            "started_at": self.started_at.isoformat(),
            "ended_at": None if self.ended_at is None else self.ended_at.isoformat(),
            "seconds": round(self.seconds, 3),
            "exit_code": int(self.exit_code),
            "resumed": self.resumed,
            "counts": self.counts(),
            "sources": [got.as_dict() for got in self.sources],
            "documents": self.documents,
            "failed": [_failed(arrival, row) for arrival, row in self.failed],
            "waiting": [_waiting(arrival) for arrival in self.waiting[:LISTED]],
            "new_for": self.new_for,
            "missing": self.missing[:LISTED],
            "stages": self.stages,
            "letters": self.letters,
            "warnings": [*self.failing, *self.warnings],
        }

    def counts(self) -> dict[str, int]:
        """Return how many files came, and what became of them."""
        states = [arrival.state for arrival, _ in self.outcomes]
        return {
            "received": sum(got.taken for got in self.sources),
            "duplicates": sum(len(got.duplicates) for got in self.sources),
            "done": states.count(State.DONE),
            "partial": sum(row.status is Status.PARTIAL for _, row in self.outcomes),
            "quarantined": states.count(State.BAD),
            "to_retry": states.count(State.OPEN),
            "versions": sum(row["version_of"] is not None for row in self.documents),
            "troubles": sum(len(got.troubles) for got in self.sources),
            "missing": len(self.missing),
            "waiting": len(self.waiting),
            "in_quarantine": self.quarantine,
        }


def _failed(arrival: Arrival, row: IngestRow) -> dict[str, Any]:
    return {
        "name": arrival.name,
        "source": arrival.source,
        "place": arrival.place,
        "document": row.document,
        "id": arrival.id,
        "state": arrival.state.value,
        "stage": arrival.stage.value,
        "attempts": arrival.attempts,
        "next_at": None if arrival.next_at is None else arrival.next_at.isoformat(),
        "kind": arrival.kind,
        "reason": arrival.reason or row.reason,
    }


def _waiting(arrival: Arrival) -> dict[str, Any]:
    return {
        "name": arrival.name,
        "source": arrival.source,
        "stage": arrival.stage.value,
        "attempts": arrival.attempts,
        "next_at": None if arrival.next_at is None else arrival.next_at.isoformat(),
        "reason": arrival.reason,
    }
