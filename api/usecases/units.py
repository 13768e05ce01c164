"""Saved units: asked for by their id, with the duties they have done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from api.doors.offices import Office
from api.doors.person import acting
from api.usecases import places
from api.usecases.places import Profile, payload_of
from corpus.desk import SavedUnit, Tick
from corpus.errors import BadInputError, NotAllowedError, NotFoundError
from corpus.text import fold, nfc, squeeze

if TYPE_CHECKING:
    from api.library import Library

_LONGEST_NOTE = 1000


class Units:
    """The use case of saving units and ticking their duties.

    A saved unit is its office's own: the offices above may look at it, only the office itself and admins change it.
    """

    def __init__(self, library: Library, now: Callable[[], datetime]) -> None:
        self._library = library
        self._now = now

    def save(self, unit: Profile, email: str | None = None) -> SavedUnit:
        """Save a unit. The same unit saved again is the same unit: its id is made of what it is."""
        if unit.query.kind is None:
            raise BadInputError("Chưa chọn loại đơn vị.", "Hãy chọn loại đơn vị rồi lưu lại.")
        office = acting().office
        payload = payload_of(unit) | {"email": _email(email)} | ({"office": office.payload()} if office else {})
        return self._library.store.desk.save_unit(unit_id(unit), payload, self._now())

    def all(self) -> list[SavedUnit]:
        """Return the saved units that may be seen, oldest first."""
        saved = self._library.store.desk.units() if self._library.has_store() else []
        person = acting()
        return [row for row in saved if person.sees(office_of(row))]

    def one(self, unit: str) -> SavedUnit:
        """Return a saved unit. Raises NotFoundError, NotAllowedError for another office's."""
        if not self._library.has_store():
            raise NotFoundError("Không có đơn vị nào mang mã này.", "Hãy xem danh sách đơn vị đã lưu.")
        return _checked(self._library.store.desk.unit(unit), acting().sees)

    def profile(self, unit: str) -> Profile:
        """Return what a saved unit is."""
        return profile_of(self.one(unit))

    def remove(self, unit: str) -> SavedUnit:
        """Take a unit off the list; ``restore`` brings it back. Raises NotFoundError, NotAllowedError."""
        self._own(unit)
        return self._library.store.desk.remove_unit(unit, self._now())

    def restore(self, unit: str) -> SavedUnit:
        """Bring a removed unit back. Raises NotFoundError, NotAllowedError."""
        if not self._library.has_store():
            raise NotFoundError("Không có đơn vị nào mang mã này.", "Hãy xem danh sách đơn vị đã lưu.")
        _checked(self._library.store.desk.unit(unit, removed=True), acting().changes)
        return self._library.store.desk.restore_unit(unit, self._now())

    def tick(self, unit: str, duty: str, note: str = "") -> Tick:
        """Mark a duty of a saved unit as done. Raises NotFoundError for a unit or a duty nobody knows, NotAllowedError
        for another office's unit."""
        known = self._library.duty(duty, office_of(self._own(unit)))
        if known is None:
            raise NotFoundError("Không có nhiệm vụ nào mang mã này.", "Hãy tải lại danh sách nhiệm vụ.")
        clean = squeeze(nfc(note))[:_LONGEST_NOTE]
        return self._library.store.desk.tick(unit, duty, clean, self._now(), known.names)

    def untick(self, unit: str, duty: str) -> None:
        """Take the mark back. Raises NotFoundError where there is none, NotAllowedError."""
        known = self._library.duty(duty, office_of(self._own(unit)))
        names = known.names if known is not None else (duty,)  # it may have been ticked on an older copy
        if not self._library.store.desk.untick(unit, duty, self._now(), names):
            raise NotFoundError("Nhiệm vụ này chưa được đánh dấu xong.")

    def _own(self, unit: str) -> SavedUnit:
        return _checked(self.one(unit), acting().changes)


def office_of(saved: SavedUnit) -> Office | None:
    """Return the office that keeps a unit, None for the server's own."""
    return Office.of(saved.payload.get("office"))


def _checked(saved: SavedUnit, may: Callable[[Office | None], bool]) -> SavedUnit:
    if not may(office_of(saved)):
        raise NotAllowedError("Đơn vị này do cơ quan khác lưu.", "Hãy lưu đơn vị ấy trong danh sách của mình.")
    return saved


def unit_id(unit: Profile) -> str:
    """Return the id of a unit: the same for the same unit, however it is spelled; every office has its own."""
    parts = [fold(str(value or "")) for value in payload_of(unit).values()]
    office = acting().office
    parts += [office.id] if office is not None else []
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def profile_of(saved: SavedUnit) -> Profile:
    """Return the unit that was saved."""
    from corpus.facts import Actor, SchoolLevel
    from corpus.units import UnitQuery

    kept = saved.payload
    query = UnitQuery(
        Actor(kept["unit"]) if kept["unit"] else None,
        SchoolLevel(kept["level"]) if kept["level"] else None,
        kept["province"],
        kept["district"],
        kept["name"],
    )
    return Profile(query, kept["commune"])


def as_dict(saved: SavedUnit, as_of: str) -> dict[str, Any]:
    """Return a saved unit as plain data, with its place in the tree."""
    return {
        "id": saved.id,
        "url": f"/v1/units/{saved.id}",
        "calendar": f"/v1/units/{saved.id}/calendar.ics",
        "saved_at": saved.saved_at.isoformat(),
        "email": saved.payload.get("email"),
        **places.as_dict(profile_of(saved), as_of),
    }


def _email(text: str | None) -> str | None:
    clean = squeeze(text or "")
    if not clean:
        return None
    name, at, host = clean.partition("@")
    odd = any(c.isspace() or ord(c) < 33 or c in '<>,;:"()[]\\' for c in clean)
    if not (name and at and "." in host) or "@" in host or odd or len(clean) > 254:
        raise BadInputError(f"Địa chỉ thư điện tử không hợp lệ: “{clean[:60]}”.", "Hãy viết dạng ten@coquan.edu.vn.")
    return clean
