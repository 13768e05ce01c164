"""Which kinds of unit the duties of a passage bind, for the filter "what concerns units like ours"."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.facts import Actor, Deadline, Duty, Header, SchoolLevel
from corpus.named import meant_only
from corpus.units import UnitQuery, binds

#: The units that can ask: schools by their level, all others by their kind.
_UNITS: dict[str, UnitQuery] = {
    **{level.value: UnitQuery(Actor.CO_SO_GIAO_DUC, level) for level in SchoolLevel if level is not SchoolLevel.GDTX},
    **{
        kind.value: UnitQuery(kind)
        for kind in (
            Actor.TRUNG_TAM_GDTX, Actor.DON_VI_TRUC_THUOC, Actor.PHONG_GDDT, Actor.UBND_XA, Actor.SO_GDDT, Actor.BO_GDDT
        )
    },
}  # fmt: skip
#: A centre is asked for by its level as well as by its kind.
_SAME = {SchoolLevel.GDTX.value: Actor.TRUNG_TAM_GDTX.value}


def units(header: Header, duties: Iterable[Deadline | Duty]) -> tuple[str, ...]:
    """Return the kinds of unit (a school's is its level) of which at least one duty binds a unit somewhere under the
    issuer; places and names of units are not looked at: the filter is for kinds."""
    level = header.issuer_level.value if header.issuer_level else None
    rows = list(duties)
    return tuple(
        name
        for name, unit in _UNITS.items()
        if any(
            binds(
                unit, issuer=header.issuer, issuer_level=level, date=header.date, actor=row.actor, levels=row.levels,
                only=meant_only(row.task, row.evidence.surface), recipient=getattr(row, "recipient", None),
            ).binds
            for row in rows
        )
    )  # fmt: skip


def asked(unit: str) -> tuple[str, ...]:
    """Return the names of ``units`` that a kind of unit or a school level goes by: any school is one of a level."""
    if unit == Actor.CO_SO_GIAO_DUC:
        return tuple(name for name in _UNITS if name in set(SchoolLevel))
    return (_SAME.get(unit, unit),)
