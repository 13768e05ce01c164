"""What the index needs of a vector store, so that the embedded Qdrant and a server are one to the rest of the code.

An engine keeps collections of points (dense vector ``meaning``, sparse vector ``words``, payload) and one alias that
names the collection in use. All work is done in a turn: ``with engine.turn() as turn``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

SparseTerms = tuple[list[int], list[float]]

#: Names of the vectors of a point.
MEANING, WORDS = "meaning", "words"
#: Payload fields that conditions may name, all of them exact words, and those that are numbers: the day of issue, and
#: the day from which a directive is in force.
KEYWORDS = ("document", "level", "doc_type", "school_year", "issuer_words", "units", "numbers", "role")
NUMBERS = DAY, SINCE = "day", "since"


@dataclass(frozen=True, slots=True)
class Condition:
    """What points must be: each field of ``equal`` has the value, each of ``among`` one of the values, ``day`` lies
    between ``since`` and ``until`` (inclusive, like 20230130), each is in force from ``in_force_by`` at the latest, and
    none is of the documents ``without``."""

    equal: tuple[tuple[str, str], ...] = ()
    among: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: int | None = None
    until: int | None = None
    in_force_by: int | None = None
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.equal or self.among or self.without) or bool(self.ranges())

    def ranges(self) -> tuple[tuple[str, int | None, int | None], ...]:
        """Return the numbers that have bounds: field, least, most (inclusive, None: any)."""
        given = (DAY, self.since, self.until), (SINCE, None, self.in_force_by)
        return tuple(row for row in given if row[1:] != (None, None))

    def and_among(self, key: str, values: Sequence[str]) -> Condition:
        """Return the condition that also wants one of ``values`` in ``key``."""
        return replace(self, among=(*self.among, (key, tuple(values))))

    def met_by(self, payload: Mapping[str, Any]) -> bool:
        """Whether a point of this payload meets the condition, as an engine would decide."""

        def has(key: str, values: tuple[str, ...]) -> bool:
            held = payload.get(key)
            return any(value in values for value in (held if isinstance(held, list) else [held]))

        if not all(has(key, (value,)) for key, value in self.equal):
            return False
        if not all(has(key, values) for key, values in self.among):
            return False
        for key, least, most in self.ranges():
            day = payload.get(key)
            if day is None or not (least or 0) <= day <= (most or day):
                return False
        return payload.get("document") not in self.without


@dataclass(frozen=True, slots=True)
class Point:
    """A point to store; ``id`` is a UUID."""

    id: str
    meaning: list[float]
    words: SparseTerms
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to a collection: the points nearest to a dense vector, or to a sparse one."""

    limit: int
    meaning: Sequence[float] | None = None
    words: SparseTerms | None = None
    condition: Condition = field(default_factory=Condition)


@dataclass(frozen=True, slots=True)
class Found:
    """A point that came back with its score, payload and dense vector."""

    id: str
    score: float
    payload: dict[str, Any]
    meaning: Sequence[float]


class Turn(Protocol):
    """A turn at the engine."""

    def current(self) -> str | None:
        """Return the collection in use."""
        ...

    def names(self) -> list[str]:
        """Return all collections."""
        ...

    def create(self, name: str, dimension: int) -> None:
        """Make an empty collection, in place of one of that name."""
        ...

    def drop(self, name: str) -> None:
        """Delete a collection."""
        ...

    def switch(self, name: str) -> None:
        """Put a collection in use."""
        ...

    def put(self, name: str, points: Sequence[Point]) -> None:
        """Store points; those of the same id are replaced."""
        ...

    def delete(self, name: str, condition: Condition, keep: Sequence[str] = ()) -> None:
        """Delete the points that meet the condition, but for those of the ids in ``keep``."""
        ...

    def settle(self, name: str) -> None:
        """Bring a collection that was filled into the form in which it is searched fastest."""
        ...

    def count(self, name: str, condition: Condition | None = None) -> int:
        """Return the number of points that meet the condition."""
        ...

    def ask(self, name: str, ask: Ask) -> list[Found]:
        """Return the nearest points, best first."""
        ...

    def get(self, name: str, ids: Sequence[str]) -> list[Found]:
        """Return the points of those ids that are there, score 0."""
        ...

    def payloads(
        self, name: str, fields: Sequence[str], *, limit: int, condition: Condition | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield those fields of up to ``limit`` points."""
        ...


class Engine(Protocol):
    """A vector store."""

    def turn(self, *, writes: bool = False) -> AbstractContextManager[Turn]:
        """Take a turn. Raises BusyError when it does not come in time."""
        ...

    def close(self) -> None:
        """Give back what is held open."""
        ...


def dense(vector: Any) -> Sequence[float]:
    """Return the vector of meaning among those that an engine gives back of a point, () for none."""
    found: Sequence[float] = vector[MEANING] if isinstance(vector, dict) else ()
    return found
