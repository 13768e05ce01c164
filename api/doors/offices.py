"""Offices (cơ quan, đơn vị): a place in the tree Bộ → Sở → Phòng, UBND xã → trường, and who stands above whom.

An upper office reads what the offices under it keep (units, ticks, corrections) and changes none of it. Where a place
is not told, nobody but the Bộ stands above: what is open is not guessed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from corpus.facts import Actor, SchoolLevel
from corpus.text import fold, squeeze
from corpus.units import provinces, same_office

#: The place of each kind of unit in the tree; smaller stands higher.
_RANK = {
    Actor.BO_GDDT: 0,
    Actor.SO_GDDT: 1,
    Actor.PHONG_GDDT: 2,
    Actor.UBND_XA: 2,
    Actor.DON_VI_TRUC_THUOC: 3,
    Actor.TRUNG_TAM_GDTX: 3,
    Actor.CO_SO_GIAO_DUC: 3,
}
#: Schools and centres that stand directly under the Sở.
_UNDER_SO_KINDS = (Actor.DON_VI_TRUC_THUOC, Actor.TRUNG_TAM_GDTX)
_UNDER_SO_LEVELS = (SchoolLevel.THPT, SchoolLevel.GDTX)
_FIELDS = ("unit", "level", "province", "district", "commune", "name")


@dataclass(frozen=True, slots=True)
class Office:
    """An office by what it is; the fields are those of a saved unit. Equal where it is the same office, however it is
    spelled."""

    id: str
    unit: str
    level: str | None
    province: str | None
    district: str | None
    commune: str | None
    name: str | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Office) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    @classmethod
    def of(cls, payload: dict[str, Any] | None) -> Office | None:
        """Return the office that is kept as ``payload``, None for the server's own."""
        if payload is None:
            return None
        return _office(*(payload.get(field) for field in _FIELDS))

    def payload(self) -> dict[str, Any]:
        """Return what is kept of the office."""
        return {field: getattr(self, field) for field in _FIELDS}

    def label(self) -> str:
        """Return the office's name for people."""
        from api.usecases.places import UNIT_NAMES

        places = [place for place in (self.commune, self.district, self.province) if place]
        return self.name or ", ".join([UNIT_NAMES[Actor(self.unit)], *places])

    def stands_above(self, other: Office) -> bool:
        """Whether ``other`` stands under this office, on today's map where it changed on 2025-07-01."""
        kind, theirs = Actor(self.unit), Actor(other.unit)
        if _RANK[kind] >= _RANK[theirs]:
            return False
        if kind is Actor.BO_GDDT:
            return True
        if not _same_province(self.province, other.province):
            return False
        if kind is Actor.SO_GDDT:
            return True
        if theirs in _UNDER_SO_KINDS or other.level in _UNDER_SO_LEVELS:
            return False
        if kind is Actor.PHONG_GDDT:
            return _same(self.district, other.district)
        return _same(self.commune or self.district, other.commune or other.district)

    def issued(self, issuer: str | None, on: str | None) -> bool:
        """Whether a directive of ``issuer`` is surely this office's own: the Bộ's and a Sở's names are unique in the
        country; a Phòng's and a commune's are not (nine districts are called Châu Thành)."""
        if self.unit == Actor.BO_GDDT:
            return same_office(issuer, "Bộ Giáo dục và Đào tạo")
        if self.unit == Actor.SO_GDDT and self.province:
            return same_office(issuer, f"Sở Giáo dục và Đào tạo {self.province}", on=on)
        return False


@lru_cache(maxsize=4096)
def _office(unit: str, *rest: str | None) -> Office:
    folded = "|".join(squeeze(fold(str(value or ""))) for value in (unit, *rest))
    level, province, district, commune, name = rest
    return Office(hashlib.sha256(folded.encode()).hexdigest()[:16], unit, level, province, district, commune, name)


def _same(one: str | None, other: str | None) -> bool:
    return bool(one and other) and squeeze(fold(one or "")) == squeeze(fold(other or ""))


@lru_cache(maxsize=4096)
def _same_province(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return False
    start = "Sở Giáo dục và Đào tạo "
    return same_office(start + one, start + other, on=provinces().valid_from)
