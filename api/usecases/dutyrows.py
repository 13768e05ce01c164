"""A duty as it is shown: with its directive, why it binds the unit, how near it is, and the chain it came down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from corpus.facts import Deadline, Duty
from corpus.quickfold import quick_fold
from corpus.store import DocumentInfo
from corpus.text import squeeze
from corpus.units import special

#: Whom a duty names: actor, levels, the addressees where it names nobody, the special kind of school it is for. Plain
#: text, quick to look up.
Whom = tuple[tuple[str, ...], tuple[str, ...] | None, tuple[str, ...], str | None]
#: Whose duty it is stands in so many of its first letters.
_OPENING = 120

#: How near a duty is on the day of asking, with the Vietnamese names.
STATUS_NAMES = {"overdue": "quá hạn", "soon": "sắp đến hạn", "later": "còn thời gian", "undated": "không ghi hạn"}


@dataclass(frozen=True)
class Known:
    """A duty of a stored directive; ``key`` is its stable name (see ``corpus.corrections.duty_keys``), ``earlier`` are
    the names it had in copies of the directive that came before, the oldest first; ``sure`` is how surely its source
    is a directive (``corpus.facts.Facts.confidence``)."""

    key: str
    info: DocumentInfo
    duty: Deadline | Duty
    addressees: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    sure: float = 1.0

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the duty, the first one that it had first."""
        return *self.earlier, self.key

    @property
    def dated(self) -> bool:
        """Whether it is a duty with a time, described or given."""
        return isinstance(self.duty, Deadline)

    @cached_property
    def due(self) -> str | None:
        """The ISO date, None for duties without one."""
        return self.duty.due if isinstance(self.duty, Deadline) else None

    @cached_property
    def order(self) -> tuple[bool, str, bool, str, str, int]:
        """Where it stands in lists: by date, undated ones last, then as the directives have them."""
        info = self.info
        return self.due is None, self.due or "", not self.dated, info.date or "", info.id, self.duty.evidence.start

    @cached_property
    def whom(self) -> Whom:
        """Whom it names."""
        duty = self.duty
        levels = None if duty.levels is None else tuple(str(level) for level in duty.levels)
        only = special(duty.task) or special(duty.evidence.surface[:_OPENING])
        return duty.actor, levels, () if duty.actor else self.addressees, only

    def prepare(self) -> None:
        """Work out what every question looks at, so that the first one need not."""
        _ = self.whom, self.order

    @cached_property
    def topic(self) -> str:
        """What undated duties are grouped by: the subject (trích yếu) of the directive."""
        return squeeze(self.info.subject or "") or self.info.number or self.info.source

    @cached_property
    def words(self) -> str:
        """What the topic filter looks in: subject, headings and task, folded."""
        return quick_fold(" ".join((self.topic, *self.duty.heading, self.duty.task)))

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The fields that are the same whoever asks, those scripts rely on first."""
        duty = self.duty
        dated = duty if isinstance(duty, Deadline) else None
        return {
            "due": self.due,
            "task": duty.task,
            "recipient": dated.recipient if dated else None,
            "via": dated.via if dated else None,
            "source": self.info.source,
            "number": self.info.number,
            "page": duty.evidence.page,
            "line": duty.evidence.line,
            "due_text": dated.due_text if dated else None,
            "target": duty.target if isinstance(duty, Duty) else None,
            "actor": list(duty.actor),
            "levels": None if duty.levels is None else [str(level) for level in duty.levels],
            "heading": list(duty.heading),
            "document": self.info.id,
            "issuer": self.info.issuer,
            "date": self.info.date,
            "school_year": self.info.school_year,
            "id": self.key,
            "topic": self.topic,
            "confidence": round(duty.evidence.confidence, 4),
            "document_confidence": round(self.sure, 4),
            "evidence": duty.evidence.as_dict(),
        }

    @cached_property
    def json(self) -> bytes:
        """``plain`` as JSON without the closing brace."""
        return json.dumps(self.plain, ensure_ascii=False)[:-1].encode()


@dataclass(frozen=True, slots=True)
class Step:
    """A duty further up that led to this one: Bộ before Sở before Phòng."""

    number: str | None
    document: str
    issuer: str | None
    due: str | None
    task: str
    page: int
    line: int

    @classmethod
    def of(cls, known: Known) -> Step:
        """Return the step that a duty is."""
        place = known.duty.evidence
        info = known.info
        return cls(info.number, info.id, info.issuer, known.due, known.duty.task, place.page, place.line)

    def as_dict(self) -> dict[str, Any]:
        """Return the step as plain data."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Done:
    """That the unit has marked a duty as done: ISO day and note."""

    day: str
    note: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with why it binds the unit that asked; ``status`` is set by ``judged``."""

    known: Known
    reason: str
    certain: bool
    chain: tuple[Step, ...] = ()
    status: str = ""
    days: int | None = None
    done: Done | None = None

    @property
    def info(self) -> DocumentInfo:
        """The directive it comes from."""
        return self.known.info

    @property
    def duty(self) -> Deadline | Duty:
        """The fact itself."""
        return self.known.duty

    @property
    def due(self) -> str | None:
        """The ISO date, None for duties without one."""
        return self.known.due

    def judged(self, as_of: date, soon: int, done: Done | None = None) -> DutyRow:
        """Return the row as it stands on ``as_of``; what is due within ``soon`` days is soon."""
        try:
            days = (date.fromisoformat(self.due) - as_of).days if self.due else None
        except ValueError:
            days = None
        status = "undated" if days is None else "overdue" if days < 0 else "soon" if days <= soon else "later"
        return DutyRow(self.known, self.reason, self.certain, self.chain, status, days, done)

    def _asked(self) -> dict[str, Any]:
        """The fields that depend on who asks and when."""
        return {
            "reason": self.reason,
            "certain": self.certain,
            "status": self.status or None,
            "days": self.days,
            "done": None if self.done is None else {"day": self.done.day, "note": self.done.note},
            "chain": [step.as_dict() for step in self.chain],
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain data, the fields scripts rely on first."""
        return {**self.known.plain, **self._asked()}

    def as_json(self) -> bytes:
        """Return ``as_dict`` as JSON; most of it was written once for all who ask."""
        if self.done is not None or self.chain or not self.status:
            return self.known.json + b", " + json.dumps(self._asked(), ensure_ascii=False)[1:].encode()
        days = "null" if self.days is None else self.days
        certain = "true" if self.certain else "false"
        asked = f', "certain": {certain}, "status": "{self.status}", "days": {days}, "done": null, "chain": []}}'
        return self.known.json + b', "reason": ' + _quoted(self.reason) + asked.encode()


@lru_cache(maxsize=4096)
def _quoted(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode()


def grouped(rows: Sequence[DutyRow]) -> tuple[list[tuple[str, list[DutyRow]]], list[tuple[str, list[DutyRow]]]]:
    """Return dated duties by day, and undated ones by topic in the order in which topics first come."""
    days: dict[str, list[DutyRow]] = {}
    topics: dict[str, list[DutyRow]] = {}
    for row in rows:
        if row.due is not None:
            days.setdefault(row.due, []).append(row)
        else:
            topics.setdefault(row.known.topic, []).append(row)
    return sorted(days.items()), list(topics.items())
