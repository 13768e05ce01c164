"""Who acts: a person, a program with a key, or the house itself (command line, background work, no users set up)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from api.doors.offices import Office


class Role(StrEnum):
    """What one may do, in rising order."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def covers(self, least: Role) -> bool:
        """Whether this role may do what ``least`` may."""
        return _ORDER.index(self) >= _ORDER.index(least)


_ORDER = (Role.VIEWER, Role.EDITOR, Role.ADMIN)

ROLE_NAMES = {
    Role.VIEWER: "người xem",
    Role.EDITOR: "người biên tập",
    Role.ADMIN: "người quản trị",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. ``name`` stands in the log: a user's name, or a key's name with its prefix; the house has none.

    ``office`` is None for the server's own office. ``ident`` is what rates are counted by. ``sign_in`` is the hash of
    the sign-in's token, "" for keys and the house.
    """

    name: str
    role: Role
    office: Office | None = None
    ident: str = ""
    sign_in: str = ""
    csrf: str = ""
    address: str = ""

    @property
    def is_house(self) -> bool:
        """Whether nobody signed in because nobody needs to."""
        return not self.name

    def sees(self, office: Office | None) -> bool:
        """Whether what belongs to ``office`` may be read: one's own, and that of the offices below."""
        if self.role is Role.ADMIN or office == self.office:
            return True
        return self.office is not None and office is not None and self.office.stands_above(office)

    def changes(self, office: Office | None) -> bool:
        """Whether what belongs to ``office`` may be changed: one's own; an admin changes everything."""
        return self.role is Role.ADMIN or (self.role.covers(Role.EDITOR) and office == self.office)


HOUSE = Person("", Role.ADMIN)
#: Somebody who has not signed in, at an address that is open to everybody.
STRANGER = Person("khách", Role.VIEWER)

_ACTING: ContextVar[Person] = ContextVar("congvan_acting", default=HOUSE)


def acting() -> Person:
    """Return who acts now: whom the gate let in for this request, the house elsewhere."""
    return _ACTING.get()


@contextmanager
def acting_as(person: Person) -> Iterator[None]:
    """Let ``person`` act for as long as the block takes, and for threads and tasks that it starts."""
    token = _ACTING.set(person)
    try:
        yield
    finally:
        _ACTING.reset(token)
