"""A duty as it is shown: with its directive, why it binds the unit, how near it is, and the chain it came down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from pydantic_core import to_json

from api.placing import has_pages, short
from corpus.facts import Deadline, Duty
from corpus.quickfold import quick_fold
from corpus.store import DocumentInfo
from corpus.text import squeeze
from corpus.units import meant_only

#: Whom a duty names: actor, levels, the kind or names of schools it is for alone, to whom what it asks for goes. Plain
#: text, quick to look up.
Whom = tuple[tuple[str, ...], tuple[str, ...] | None, str | None, str | None]

#: How near a duty is on the day of asking, with the Vietnamese names.
STATUS_NAMES = {"overdue": "quá hạn", "soon": "sắp đến hạn", "later": "còn thời gian", "undated": "không ghi ngày"}


@dataclass(frozen=True)
class Origin:
    """The stored directive that duties come from; ``sure`` is how surely it is one (``corpus.facts.Facts``)."""

    info: DocumentInfo
    sure: float = 1.0

    @cached_property
    def topic(self) -> str:
        """What undated duties are grouped by: the subject (trích yếu) of the directive."""
        return squeeze(self.info.subject or "") or self.info.number or self.info.source

    @property
    def plain(self) -> dict[str, Any]:
        """The fields of a duty that are its directive's."""
        return {
            "source": self.info.source,
            "number": self.info.number,
            "issuer": self.info.issuer,
            "date": self.info.date,
            "school_year": self.info.school_year,
            "topic": self.topic,
            "document": self.info.id,
            "document_confidence": round(self.sure, 4),
        }

    @cached_property
    def json(self) -> bytes:
        """``plain`` as JSON without the braces."""
        return to_json(self.plain)[1:-1]


@dataclass(frozen=True)
class Known:
    """A duty of a stored directive; ``key`` is its stable name (see ``corpus.corrections.duty_keys``), ``earlier`` are
    the names it had in copies of the directive that came before, the oldest first."""

    key: str
    origin: Origin
    duty: Deadline | Duty
    earlier: tuple[str, ...] = ()

    @property
    def info(self) -> DocumentInfo:
        """The directive it comes from."""
        return self.origin.info

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
        return duty.actor, levels, meant_only(duty.task, duty.evidence.surface), self.recipient

    @property
    def where(self) -> str:
        """Where it stands, in words for lists."""
        at = self.duty.evidence
        return short(has_pages(self.info.media_type), at.page, at.line, self.duty.heading)

    def prepare(self) -> None:
        """Work out what every question looks at, so that the first one need not."""
        _ = self.whom, self.order

    @property
    def topic(self) -> str:
        """What undated duties are grouped by."""
        return self.origin.topic

    @cached_property
    def words(self) -> str:
        """What the topic filter looks in: subject, headings and task, folded."""
        return quick_fold(" ".join((self.topic, *self.duty.heading, self.duty.task)))

    @property
    def recipient(self) -> str | None:
        """To whom it goes (nơi nhận)."""
        return self.duty.recipient if isinstance(self.duty, Deadline) else None

    def _own(self) -> dict[str, Any]:
        """Return the fields that are not the directive's."""
        duty = self.duty
        dated = duty if isinstance(duty, Deadline) else None
        return {
            "due": self.due,
            "task": duty.task,
            "recipient": self.recipient,
            "via": dated.via if dated else None,
            "page": duty.evidence.page,
            "line": duty.evidence.line,
            "where": self.where,
            "due_text": dated.due_text if dated else None,
            "target": duty.target if isinstance(duty, Duty) else None,
            "actor": list(duty.actor),
            "levels": None if duty.levels is None else [str(level) for level in duty.levels],
            "heading": list(duty.heading),
            "id": self.key,
            "confidence": round(duty.evidence.confidence, 4),
            "evidence": duty.evidence.as_dict(),
        }

    @property
    def plain(self) -> dict[str, Any]:
        """The fields that are the same whoever asks; made anew each time, for they take three times the memory of
        the JSON."""
        return {**self._own(), **self.origin.plain}

    @cached_property
    def json(self) -> bytes:
        """What is the duty's own of ``plain``, as JSON without the closing brace."""
        return to_json(self._own())[:-1]


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


class DutyRow(NamedTuple):
    """A duty with why it binds the unit that asked; ``status``, ``days`` and ``replaced_by`` (the number of what
    replaced or abolished its directive by the day of asking) are set by a ``Judging``. A tuple, because a question
    makes thousands."""

    known: Known
    reason: str
    certain: bool
    chain: tuple[Step, ...] = ()
    status: str = ""
    days: int | None = None
    done: Done | None = None
    replaced_by: str | None = None

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

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain data, the fields scripts rely on first."""
        given = _asked(self.reason, self.certain, self.status, self.days, self.replaced_by, self.done, self.chain)
        return {**self.known.plain, **given}

    def written(self) -> tuple[bytes, ...]:
        """Return ``as_dict`` as JSON in pieces, most of them written once for all who ask."""
        known = self.known
        if self.done is None and not self.chain:
            asked = _asked_by_many(self.reason, self.certain, self.status, self.days, self.replaced_by)
        else:
            given = _asked(self.reason, self.certain, self.status, self.days, self.replaced_by, self.done, self.chain)
            asked = to_json(given)[1:]
        return known.json, b",", known.origin.json, b",", asked


def _asked(
    reason: str,
    certain: bool,
    status: str,
    days: int | None,
    replaced_by: str | None,
    done: Done | None = None,
    chain: Sequence[Step] = (),
) -> dict[str, Any]:
    """Return the fields that depend on who asks and when."""
    return {
        "reason": reason,
        "certain": certain,
        "status": status or None,
        "days": days,
        "replaced_by": replaced_by,
        "done": None if done is None else {"day": done.day, "note": done.note},
        "chain": [step.as_dict() for step in chain],
    }


@lru_cache(maxsize=8192)
def _asked_by_many(reason: str, certain: bool, status: str, days: int | None, replaced_by: str | None) -> bytes:
    """Return these as the end of a row's JSON: all duties of an office that are due on a day have the same."""
    return to_json(_asked(reason, certain, status, days, replaced_by))[1:]


class Judging:
    """How rows stand on a day: what is due within ``soon`` days is soon; ``replaced`` are directives (by id) that are
    in force no more, with the number of what replaced them."""

    def __init__(self, as_of: date, soon: int, replaced: Mapping[str, str]) -> None:
        self._as_of = as_of
        self._soon = soon
        self._replaced = replaced
        self._days: dict[str | None, tuple[str, int | None]] = {None: ("undated", None)}

    def judged(self, row: DutyRow, done: Done | None = None) -> DutyRow:
        """Return the row as it stands on the day; days are counted once a date."""
        known, due = row.known, row.known.due
        found = self._days.get(due)
        if found is None:
            found = self._days[due] = self._counted(due)
        return DutyRow(known, row.reason, row.certain, row.chain, *found, done, self._replaced.get(known.info.id))

    def _counted(self, due: str | None) -> tuple[str, int | None]:
        try:
            days = (date.fromisoformat(due or "") - self._as_of).days
        except ValueError:
            return "undated", None
        return "overdue" if days < 0 else "soon" if days <= self._soon else "later", days


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
