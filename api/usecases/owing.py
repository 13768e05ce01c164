"""What a unit must do, by date: the duties of all stored directives that bind it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from corpus.errors import BadInputError
from corpus.facts import Actor, Deadline, Duty, Facts, SchoolLevel
from corpus.store import DocumentInfo, Store
from corpus.units import UnitQuery, binds

#: The kinds of unit that can ask, with their Vietnamese names.
UNIT_NAMES: dict[str, str] = {
    Actor.CO_SO_GIAO_DUC: "Cơ sở giáo dục (trường)",
    Actor.TRUNG_TAM_GDTX: "Trung tâm GDNN-GDTX",
    Actor.DON_VI_TRUC_THUOC: "Đơn vị trực thuộc Sở",
    Actor.PHONG_GDDT: "Phòng GDĐT",
    Actor.UBND_XA: "UBND xã, phường",
    Actor.SO_GDDT: "Sở GDĐT",
    Actor.BO_GDDT: "Bộ GDĐT",
}

LEVEL_NAMES: dict[str, str] = {
    SchoolLevel.MAM_NON: "Mầm non",
    SchoolLevel.TIEU_HOC: "Tiểu học",
    SchoolLevel.THCS: "THCS",
    SchoolLevel.THPT: "THPT",
    SchoolLevel.GDTX: "GDTX",
}


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with the directive it comes from, and why it binds the unit that asked."""

    info: DocumentInfo
    duty: Deadline | Duty
    reason: str
    certain: bool

    @property
    def due(self) -> str | None:
        """The ISO date, None for duties without one."""
        return self.duty.due if isinstance(self.duty, Deadline) else None

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain data, the fields scripts rely on first."""
        duty, dated = self.duty, self.duty if isinstance(self.duty, Deadline) else None
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
            "reason": self.reason,
            "certain": self.certain,
            "evidence": duty.evidence.as_dict(),
        }


class Owing:
    """The use case of asking for duties. Facts are kept in memory until the store changes."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._seen: tuple[str, list[tuple[DocumentInfo, Facts]]] | None = None

    def duties(self, unit: UnitQuery, school_year: str | None = None) -> list[DutyRow]:
        """Return what ``unit`` must do, dated duties by date first; an empty query asks for everything."""
        everything = unit == UnitQuery()
        found = []
        for info, facts in self._facts():
            if school_year is not None and info.school_year != school_year:
                continue
            duties: list[Deadline | Duty] = [*facts.deadlines, *facts.duties]
            for duty in duties:
                if everything:
                    found.append(DutyRow(info, duty, "mọi đơn vị", True))
                    continue
                binding = binds(
                    unit,
                    issuer=info.issuer,
                    issuer_level=info.issuer_level,
                    date=info.date,
                    actor=duty.actor,
                    levels=duty.levels,
                )
                if binding.binds:
                    found.append(DutyRow(info, duty, binding.reason, binding.certain))
        return sorted(found, key=_by_date)

    def _facts(self) -> list[tuple[DocumentInfo, Facts]]:
        fingerprint = self._store().fingerprint()
        with self._lock:
            if self._seen is None or self._seen[0] != fingerprint:
                self._seen = (fingerprint, list(self._store().headers()))
            return self._seen[1]


def _by_date(row: DutyRow) -> tuple[bool, str, bool, str, str, int]:
    duty = row.duty
    return (
        row.due is None,
        row.due or "",
        isinstance(duty, Duty),
        row.info.date or "",
        row.info.id,
        duty.evidence.start,
    )


def unit_query(
    kind: str | None = None,
    level: str | None = None,
    province: str | None = None,
    district: str | None = None,
    name: str | None = None,
) -> UnitQuery:
    """Return the query for what a person typed; empty strings count as not given.

    Raises BadInputError that lists what is possible.
    """
    if kind and kind not in UNIT_NAMES:
        raise BadInputError(f"Không có loại đơn vị “{kind}”.", f"Hãy chọn một trong: {_choices(UNIT_NAMES)}.")
    if level and level not in LEVEL_NAMES:
        raise BadInputError(f"Không có cấp học “{level}”.", f"Hãy chọn một trong: {_choices(LEVEL_NAMES)}.")
    return UnitQuery(
        kind=Actor(kind) if kind else None,
        level=SchoolLevel(level) if level else None,
        province=(province or "").strip() or None,
        district=(district or "").strip() or None,
        name=(name or "").strip() or None,
    )


def _choices(names: dict[str, str]) -> str:
    return ", ".join(f"{value} ({name})" for value, name in names.items())
