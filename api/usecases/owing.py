"""What a unit must do: the duties of all stored directives that bind it."""

from __future__ import annotations

import threading
from collections import ChainMap, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Protocol, runtime_checkable

from api.usecases.chains import Chains
from api.usecases.copies import linked, renamed
from api.usecases.dutyrows import DutyRow, Known, Origin, Whom
from api.usecases.overlays import EVERYBODYS, Overlay
from api.usecases.places import LEVEL_NAMES, UNIT_NAMES, Profile, profile
from api.usecases.years import year_after, year_of
from corpus.corrections import duty_keys
from corpus.facts import Facts
from corpus.store import DocumentInfo, Owed
from corpus.units import Binding, UnitQuery, binds, provinces, stands_above
from corpus.versions import FormerNames

__all__ = ["LEVEL_NAMES", "UNIT_NAMES", "DutyRow", "Owing", "unit_query"]

#: So many units are remembered with what binds them, until the store changes.
_UNITS = 256
#: So many offices' own duties are remembered, until the store changes.
_OFFICES = 64
_NO = Binding(False, True, "")
_EVERYBODY = Binding(True, True, "mọi đơn vị")


@dataclass(frozen=True)
class Bound:
    """The rows of one unit by date, and the days of the dated ones, which stand first."""

    rows: list[DutyRow]
    days: list[str]

    @classmethod
    def of(cls, rows: list[DutyRow]) -> Bound:
        """Return rows that are in order with their days."""
        return cls(rows, [due for row in rows if (due := row.known.due) is not None])


class Kept(Protocol):
    """What is needed of a store (``corpus.store.Store`` is one)."""

    def fingerprint(self) -> str:
        """Return a word that changes whenever any directive does."""
        ...

    def revisions(self) -> Mapping[str, str]:
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

    def former_names(self) -> dict[str, FormerNames]:
        """Return for copies that stayed the names that their duties had in those that were taken out."""
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
        self._tokens: Mapping[str, str] = {}
        self._known: dict[str, Duties] = {}
        self._chains = Chains()
        self._years = _Years()
        self._before: dict[str, str] = {}
        self._former: dict[str, FormerNames] = {}
        self._bound: OrderedDict[tuple[str, Profile, str | None], Bound] = OrderedDict()
        self._otherwise: OrderedDict[str, _Otherwise] = OrderedDict()
        self._issuers: list[str] = []

    def duties(
        self, unit: UnitQuery | Profile, school_year: str | None = None, overlay: Overlay = EVERYBODYS
    ) -> list[DutyRow]:
        """Return what ``unit`` must do, dated duties by date first; an empty query asks for everything. ``overlay``
        are directives as the office reads them whose duties are asked for."""
        return list(self.bound(unit, school_year, overlay).rows)

    def bound(self, unit: UnitQuery | Profile, school_year: str | None = None, overlay: Overlay = EVERYBODYS) -> Bound:
        """Return the same with the days, to be looked into only."""
        asked = unit if isinstance(unit, Profile) else Profile(unit)
        with self._lock:
            self._refresh()
            question = (overlay.token, asked, school_year)
            found = self._bound.get(question)
            if found is None:
                rows = self._binding(asked, school_year, self._own(overlay))
                found = self._bound[question] = Bound.of(rows)
                if len(self._bound) > _UNITS:
                    self._bound.popitem(last=False)
            self._bound.move_to_end(question)
        return found

    def load(self) -> None:
        """Load all duties and write them as JSON, so that no question waits for it."""
        with self._lock:
            self._refresh()
            every = list(self._known.values())
        for directive in every:
            for known in directive:
                _ = known.json, known.origin.json

    def one(self, key: str, overlay: Overlay = EVERYBODYS) -> Known | None:
        """Return a duty by its key."""
        with self._lock:
            self._refresh()
            every = self._own(overlay).known
            return next((known for rows in every.values() for known in rows if known.key == key), None)

    def issuers(self) -> list[str]:
        """Return the offices that issued the stored directives."""
        with self._lock:
            self._refresh()
            return self._issuers

    def years(self) -> list[str]:
        """Return the school years that have duties, newest first."""
        with self._lock:
            self._refresh()
            return self._years.named()

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
        self._otherwise.clear()
        self._look_at_copies(store, list(tokens))
        replaced = set(self._before.values())
        self._years = _Years(known for document, known in self._known.items() if document not in replaced)

    def _look_at_copies(self, store: Kept, ids: list[str]) -> None:
        """Give duties of directives that came again the names that they had before: none must be listed twice, and
        what was said of it must not be lost."""
        if not isinstance(store, Versioned):
            return
        before, former = store.earlier(ids), store.former_names()
        again = before.keys() | former.keys() | self._before.keys() | self._former.keys()
        self._before, self._former = before, former
        for document in sorted(again & self._known.keys(), key=lambda document: _depth(document, before)):
            self._known[document] = self._named(document, self._known)

    def _named(self, document: str, known: Mapping[str, Duties]) -> Duties:
        """Return a directive's duties with the names that they had in other copies, all of which are in ``known``."""
        own = renamed(known[document], self._former.get(document, {}))
        return Duties(linked(own, known.get(self._before.get(document, ""), [])))

    def former(self, document: str) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return by copy that came later the names that its duties have from a directive, which is to be taken out."""
        with self._lock:
            store = self._store()
            if not isinstance(store, Versioned) or document not in store.earlier(store.revisions()).values():
                return {}
            self._refresh()
            gone = {known.key for known in self._known.get(document, [])}
            found = {
                later: {known.key: known.earlier for known in self._known.get(later, ()) if gone & {*known.earlier}}
                for later in self._before
            }
            return {later: names for later, names in found.items() if names}

    def _own(self, overlay: Overlay) -> _Otherwise:
        """Return the duties as an office reads them."""
        if not overlay:
            return _Otherwise(self._known, _Years(), self._chains, frozenset())
        made = self._otherwise.get(overlay.token)
        if made is None:
            made = self._otherwise[overlay.token] = self._read_otherwise(overlay)
            if len(self._otherwise) > _OFFICES:
                self._otherwise.popitem(last=False)
        self._otherwise.move_to_end(overlay.token)
        return made

    def _read_otherwise(self, overlay: Overlay) -> _Otherwise:
        rows = [(own.info, own.facts) for own in overlay.own.values() if own.info.id in self._tokens]
        fresh = {info.id: _duties(info, facts) for info, facts in rows}
        known = ChainMap(fresh, self._known)
        again = self._before.keys() | (fresh.keys() & self._former.keys())
        for later in sorted(again & known.keys(), key=lambda document: _depth(document, self._before)):
            if later in fresh or self._before.get(later) in fresh:
                fresh[later] = self._named(later, known)
        replaced = set(self._before.values())
        years = _Years(duties for document, duties in fresh.items() if document not in replaced)
        return _Otherwise(known, years, self._chains.overlaid(rows), frozenset(fresh))

    def _binding(self, unit: Profile, school_year: str | None, own: _Otherwise) -> list[DutyRow]:
        everything = unit == Profile()
        judge = _Judge(unit.queries())
        found: list[DutyRow] = []
        for office, hidden in own.offices(self._years, school_year):
            if not everything and not judge.above(office):
                continue
            answers: dict[Whom, Binding] = {}
            for directive in office.directives:
                if directive[0].info.id in hidden:
                    continue
                for whom, duties in directive.by_whom.items():
                    answer = answers.get(whom)
                    if answer is None:
                        answer = answers[whom] = _EVERYBODY if everything else judge.asked(office, whom)
                    if answer.binds:
                        reason, certain = answer.reason, answer.certain
                        found += [DutyRow(one, reason, certain) for one in duties]
        found.sort(key=_by_date)
        return found if everything else own.chains.folded(found, own.known)


@dataclass(frozen=True)
class _Otherwise:
    """The duties of all directives, some of them as one office reads them: these take the place of everybody's, which
    are ``hidden``, and stand in ``years`` of their own."""

    known: Mapping[str, Duties]
    years: _Years
    chains: Chains
    hidden: frozenset[str]

    def offices(self, everybodys: _Years, year: str | None) -> Iterator[tuple[_Office, frozenset[str]]]:
        """Yield the issuing offices of a school year, each with the directives whose duties are not to be shown."""
        yield from ((office, self.hidden) for office in everybodys.of(year))
        yield from ((office, frozenset()) for office in self.years.of(year))


class _Years:
    """Directives by school year, and all of them under None; those of a year are put in order by the office that issued
    them when that year is first asked for."""

    def __init__(self, rows: Iterable[Duties] = ()) -> None:
        self._directives: dict[str | None, list[Duties]] = {None: []}
        self._offices: dict[str | None, list[_Office]] = {}
        for known in rows:
            if known:
                self._directives[None].append(known)
            for year, duties in known.by_year.items():
                self._directives.setdefault(year, []).append(duties)

    def named(self) -> list[str]:
        """Return the school years that have duties, newest first."""
        return sorted((year for year in self._directives if year is not None), reverse=True)

    def of(self, year: str | None) -> list[_Office]:
        """Return the offices of a school year with its directives."""
        if year not in self._offices:
            self._offices[year] = _by_office(self._directives.get(year, ()))
        return self._offices[year]


def _depth(document: str, before: dict[str, str]) -> int:
    """Return how many copies of a directive came before one."""
    seen = {document}
    while document in before and before[document] not in seen:
        document = before[document]
        seen.add(document)
    return len(seen)


@dataclass(frozen=True)
class _Office:
    """All directives of one office while the map of places was the same; ``day`` is one of these days, None for
    directives without a date."""

    issuer: str | None
    level: str | None
    day: str | None
    directives: list[Duties]


def _by_office(rows: Iterable[Duties]) -> list[_Office]:
    """Return directives by the office that issued them, before the day on which the map of places changed or since."""
    found: dict[tuple[str | None, str | None, bool | None], _Office] = {}
    changed = provinces().valid_from
    for known in rows:
        info = known[0].info
        since = None if info.date is None else info.date >= changed
        office = found.setdefault(
            (info.issuer, info.issuer_level, since), _Office(info.issuer, info.issuer_level, info.date, [])
        )
        office.directives.append(known)
    return list(found.values())


class _Judge:
    """Asks ``corpus.units``, each question once an office."""

    def __init__(self, units: Sequence[UnitQuery]) -> None:
        self._units = units
        self._named = [((u.kind.value,) if u.kind else (), (u.level.value,) if u.level else None) for u in units]

    def above(self, office: _Office) -> bool:
        """Whether an office may bind the unit at all, with a duty that names units like it where it stands beside."""
        return any(
            stands_above(
                unit, issuer=office.issuer, issuer_level=office.level, date=office.day, actor=actor, levels=levels
            ).binds
            for unit, (actor, levels) in zip(self._units, self._named, strict=True)
        )

    def asked(self, office: _Office, whom: Whom) -> Binding:
        """Return whether an office's duties that name these bind the unit."""
        actor, levels, only, recipient = whom
        found = [
            binds(
                unit, issuer=office.issuer, issuer_level=office.level, date=office.day, actor=actor, levels=levels,
                only=only, recipient=recipient,
            )
            for unit in self._units
        ]  # fmt: skip
        return max(found, key=lambda b: (b.binds, b.certain), default=_NO)


class Duties(list[Known]):
    """The duties of a directive, as it has them."""

    @cached_property
    def by_whom(self) -> dict[Whom, list[Known]]:
        """The same by whom they name."""
        found: dict[Whom, list[Known]] = {}
        for one in self:
            found.setdefault(one.whom, []).append(one)
        return found

    @cached_property
    def by_year(self) -> dict[str, Duties]:
        """The same by school year: the directive's, or each duty's own where the directive names none; what is due
        after its end is in the year of its day as well."""
        stated = self[0].info.school_year if self else None
        found: dict[str, Duties] = {} if stated is None else {stated: self}
        for one in self:
            year = year_of(one.due, one.info.date) if stated is None else year_after(stated, one.due)
            if year is not None:
                found.setdefault(year, Duties()).append(one)
        return found


def _duties(info: DocumentInfo, owed: Owed | Facts) -> Duties:
    dated, undated = duty_keys(info.id, owed)
    pairs: Iterable[tuple[str, Any]] = zip([*dated, *undated], [*owed.deadlines, *owed.duties], strict=True)
    origin = Origin(info, owed.confidence)
    found = Duties(Known(key, origin, duty) for key, duty in pairs)
    for known in found:
        known.prepare()
    return found


_by_date = attrgetter("known.order")


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
