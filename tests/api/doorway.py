"""A server with users of several offices, for tests of the doors; hashes are made cheap."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.doors import hashing
from api.doors.accounts import Accounts
from api.doors.offices import Office
from api.doors.person import Person, Role, acting_as
from api.library import Library
from api.settings import Settings
from api.usecases.places import payload_of
from corpus.document import Edit
from tests.api.conftest import FIRST, NOW
from tests.api.rooms import ToyRooms

PASSWORD = "bốn năm từ ghép lại"
ADDRESS = "http://127.0.0.1"
#: Who stands where: two Phòng and their Sở, and a Sở elsewhere.
OFFICES: dict[str, dict[str, str]] = {
    "a": {"unit": "phong_gddt", "province": "An Bình", "district": "huyện Tân An"},
    "b": {"unit": "phong_gddt", "province": "An Bình", "district": "huyện Phú Mỹ"},
    "so": {"unit": "so_gddt", "province": "An Bình"},
    "xa": {"unit": "so_gddt", "province": "Lâm Đồng"},
}


@dataclass
class Doorway:
    """The application with its users; ``key`` gives a program's key, ``browser`` a client that has signed in."""

    app: FastAPI
    library: Library
    settings: Settings
    accounts: Accounts
    now: list[Any]
    clock: list[float]
    things: dict[str, str] = field(default_factory=dict)

    def office(self, name: str) -> Office | None:
        given = OFFICES.get(name)
        if given is None:
            return None
        fields = {"kind": given["unit"], **{k: v for k, v in given.items() if k != "unit"}}
        return office_of(self.library, **fields)

    def key(self, role: str, office: str = "") -> str:
        """Return a new key."""
        return self.accounts.add_key(f"{role} {office}", Role(role), self.office(office), None).text

    def client(self, **more: Any) -> TestClient:
        return TestClient(self.app, base_url=more.pop("base_url", ADDRESS), follow_redirects=False, **more)

    def with_key(self, role: str, office: str = "") -> TestClient:
        """Return a client with a key of its own, the same key for the same role and office."""
        known = self.things.get(f"{role} {office}") or self.key(role, office)
        self.things[f"{role} {office}"] = known
        return self.client(headers={"authorization": f"Bearer {known}"})

    def browser(self, name: str = "quan.tri", password: str = PASSWORD, **more: Any) -> TestClient:
        made = self.client(**more)
        answer = made.post("/dang-nhap", data={"ten": name, "mat_khau": password})
        assert answer.status_code == 303, answer.text
        return made

    @contextmanager
    def acting(self, role: str, office: str = "") -> Iterator[None]:
        with acting_as(Person(f"{role}-{office}", Role(role), self.office(office), address="10.0.0.9")):
            yield


def office_of(library: Library, kind: str, **place: str) -> Office:
    made = Office.of(payload_of(library.profile(kind, **place)))
    assert made is not None
    return made


@pytest.fixture(scope="module", autouse=True)
def cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "COST", hashing.Cost(1, 8, 1))
        yield


@pytest.fixture
def doorway(tmp_path: Path) -> Iterator[Doorway]:
    """A directive of the Sở An Bình that the house has taken in, and an admin."""
    yield from opened(Settings(home=tmp_path / "var", jobs=1))


def opened(settings: Settings, things: dict[str, str] | None = None) -> Iterator[Doorway]:
    """Open a doorway; with ``things`` on a state folder that another one has left."""
    now, clock = [NOW], [1000.0]
    library = Library(settings, ToyRooms(), now=lambda: now[0])
    app = create_app(settings, library)
    accounts = Accounts(library, clock=lambda: clock[0])
    app.state.accounts = accounts
    made = Doorway(app, library, settings, accounts, now, clock, dict(things or {}))
    if things is None:
        row = library.add(FIRST.encode(), "một.pdf")
        assert row.document is not None
        accounts.add("quan.tri", PASSWORD, Role.ADMIN, None)
        made.things |= {"document": row.document, "number": "15/SGDĐT-VP", "path": "app.js", "name": "quan.tri"}
        made.things["passage"] = f"{row.document[:8]}-1"
    yield made
    app.state.diary.flush()
    library.close()


def unsure(library: Library, document: str) -> None:
    """Let one restored word of a directive be unsure."""
    from dataclasses import replace

    stored = library.store.get(document)
    page = stored.document.pages[0]
    read = replace(stored.document, pages=(replace(page, edits=(Edit(0, 2, "So", 0.2, alternatives=("Sổ",)),)),))
    library.store.save(read, stored.facts, None, NOW)


def furnish(doorway: Doorway, office: str) -> None:
    """Let an editor of an office save a unit, tick a duty, correct the header and upload."""
    library = doorway.library
    unsure(library, doorway.things["document"])
    with doorway.acting("editor", office):
        unit = library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"))
        duty = library.duties(library.units.profile(unit.id))[0].known.key
        library.units.tick(unit.id, duty, "đã gửi")
        made = library.correcting.correct(
            doorway.things["document"], {"target": "header", "action": "edit", "changes": {"signer": "Trần Văn An"}}
        )
    client = doorway.with_key("editor", office)
    with client:
        job = client.post("/v1/documents", files={"files": ("hai.txt", b"BAD")}).json()["id"]
    doorway.things |= {"unit": unit.id, "duty": duty, "correction": made.id, "job": job}
