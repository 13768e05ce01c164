"""What a unit must do: the duties of all stored directives that bind it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from api.usecases.chains import Chains
from api.usecases.dutyrows import DutyRow, Known
from api.usecases.places import LEVEL_NAMES, UNIT_NAMES, Profile, profile
from corpus.corrections import duty_keys
from corpus.store import DocumentInfo, Owed
from corpus.units import Binding, UnitQuery, binds

__all__ = ["LEVEL_NAMES", "UNIT_NAMES", "DutyRow", "Owing", "unit_query"]

#: So many units are remembered with what binds them, until the store changes.
_UNITS = 256
_NO = Binding(False, True, "")


@dataclass(frozen=True)
class Bound:
    """The rows of one unit by date, and the days of the dated ones, which stand first."""

    rows: list[DutyRow]
    days: list[str]

    @classmethod
    def of(cls, rows: list[DutyRow]) -> Bound:
        """Return rows that are in order with their days."""
        return cls(rows, [row.due for row in rows if row.due is not None])


class Kept(Protocol):
    """What is needed of a store (``corpus.store.Store`` is one)."""

    def fingerprint(self) -> str:
        """Return a word that changes whenever any directive does."""
        ...

    def revisions(self) -> dict[str, str]:
        """Return for every directive a word that changes whenever it does."""
        ...

    def owed(self, ids: Collection[str]) -> Iterator[tuple[DocumentInfo, Owed]]:
        """Yield directives with what they ask for."""
        ...


@runtime_checkable
class Versioned(Protocol):
    """What knows versions besides (``corpus.store.Store`` does; the list of one night has none)."""

    def earlier(self, ids: Collection[str]) -> dict[str, str]:
        """Return for later versions of a directive the id of the one before."""
        ...


class Owing:
    """The use case of asking for duties.

    Kept in memory: the duties of every directive, read again only where its revision changed, and for the units
    that asked last what binds them.
    """

    def __init__(self, store: Callable[[], Kept]) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._fingerprint: str | None = None
        self._tokens: dict[str, str] = {}
        self._known: dict[str, list[Known]] = {}
        self._chains = Chains()
        self._years: dict[str | None, list[list[Known]]] = {}
        self._bound: OrderedDict[tuple[Profile, str | None], Bound] = OrderedDict()
        self._issuers: list[str] = []

    def duties(self, unit: UnitQuery | Profile, school_year: str | None = None) -> list[DutyRow]:
        """Return what ``unit`` must do, dated duties by date first; an empty query asks for everything."""
        return list(self.bound(unit, school_year).rows)

    def bound(self, unit: UnitQuery | Profile, school_year: str | None = None) -> Bound:
        """Return the same with the days, to be looked into only."""
        asked = unit if isinstance(unit, Profile) else Profile(unit)
        with self._lock:
            self._refresh()
            question = (asked, school_year)
            found = self._bound.get(question)
            if found is None:
                found = self._bound[question] = Bound.of(self._binding(asked, school_year))
                if len(self._bound) > _UNITS:
                    self._bound.popitem(last=False)
            self._bound.move_to_end(question)
        return found

    def one(self, key: str) -> Known | None:
        """Return a duty by its key."""
        with self._lock:
            self._refresh()
            return next((known for rows in self._known.values() for known in rows if known.key == key), None)

    def issuers(self) -> list[str]:
        """Return the offices that issued the stored directives."""
        with self._lock:
            self._refresh()
            return self._issuers

    def _refresh(self) -> None:
        store = self._store()
        fingerprint = store.fingerprint()
        if fingerprint == self._fingerprint:
            return
        tokens = store.revisions()
        for gone in self._known.keys() - tokens.keys():
            del self._known[gone]
        changed = [key for key, token in tokens.items() if self._tokens.get(key) != token]
        for info, owed in store.owed(changed):
            self._known[info.id] = _duties(info, owed)
            self._chains.learn(info, owed)
        self._chains.keep(tokens.keys())
        self._issuers = sorted({info.issuer for info in self._chains.infos() if info.issuer})
        self._tokens, self._fingerprint = tokens, fingerprint
        self._bound.clear()
        replaced = _replaced(store, list(tokens))
        shown = [known for document, known in self._known.items() if document not in replaced]
        self._years = {None: shown}
        for known in shown:
            if known and known[0].info.school_year is not None:
                self._years.setdefault(known[0].info.school_year, []).append(known)

    def _binding(self, unit: Profile, school_year: str | None) -> list[DutyRow]:
        everything = unit == Profile()
        judge = _Judge(unit.queries())
        found: list[DutyRow] = []
        for known in self._years.get(school_year, ()):
            if not known:
                continue
            if everything:
                found += [DutyRow(one, "mọi đơn vị", True) for one in known]
            elif judge.above(known[0]):
                for one in known:
                    binding = judge.binding(one)
                    if binding.binds:
                        found.append(DutyRow(one, binding.reason, binding.certain))
        found.sort(key=_by_date)
        return found if everything else self._chains.folded(found, self._known)


def _replaced(store: Kept, ids: list[str]) -> set[str]:
    """Return the directives that came again in other bytes: the same duties must not be listed twice."""
    found: set[str] = set()
    if not isinstance(store, Versioned):
        return found
    for at in range(0, len(ids), 500):  # a database takes only so many values in one question
        found |= set(store.earlier(ids[at : at + 500]).values())
    return found


class _Judge:
    """Asks ``corpus.units.binds``, each question once.

    The map of places changes on 1 January or 1 July, so that all days of half a year are one question.
    """

    def __init__(self, units: Sequence[UnitQuery]) -> None:
        self._units = units
        self._answers: dict[tuple[Any, ...], Binding] = {}

    def above(self, known: Known) -> bool:
        """Whether the issuer of a directive may bind the unit at all: with a duty that names nobody, for nobody."""
        return self._ask(known, (), None, ()).binds

    def binding(self, known: Known) -> Binding:
        """Return whether a duty binds the unit; addressees count where the duty names nobody."""
        duty = known.duty
        return self._ask(known, duty.actor, duty.levels, () if duty.actor else known.addressees)

    def _ask(
        self, known: Known, actor: tuple[str, ...], levels: tuple[Any, ...] | None, addressees: tuple[str, ...]
    ) -> Binding:
        info = known.info
        half = None if info.date is None else f"{info.date[:4]}-{'07' if info.date[5:7] >= '07' else '01'}-01"
        question = (info.issuer, info.issuer_level, half, actor, levels, addressees)
        answer = self._answers.get(question)
        if answer is None:
            found = [
                binds(
                    unit, issuer=info.issuer, issuer_level=info.issuer_level, date=half, actor=actor, levels=levels,
                    addressees=addressees,
                )
                for unit in self._units
            ]  # fmt: skip
            answer = self._answers[question] = max(found, key=lambda b: (b.binds, b.certain), default=_NO)
        return answer


def _duties(info: DocumentInfo, owed: Owed) -> list[Known]:
    dated, undated = duty_keys(info.id, owed)
    pairs: Iterable[tuple[str, Any]] = zip([*dated, *undated], [*owed.deadlines, *owed.duties], strict=True)
    return [Known(key, info, duty, owed.header.addressees) for key, duty in pairs]


def _by_date(row: DutyRow) -> tuple[bool, str, bool, str, str, int]:
    known = row.known
    return (
        row.due is None,
        row.due or "",
        not known.dated,
        row.info.date or "",
        row.info.id,
        known.duty.evidence.start,
    )


def unit_query(
    kind: str | None = None,
    level: str | None = None,
    province: str | None = None,
    district: str | None = None,
    name: str | None = None,
) -> UnitQuery:
    """Return the query for codes that are known to be good; see ``places.profile`` for what people type."""
    found = profile(kind, level, None, district, None, name).query
    return UnitQuery(found.kind, found.level, (province or "").strip() or None, found.district, found.name)
