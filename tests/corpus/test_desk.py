"""The desk: units, duties done, corrections, calendar events and the log, the same on every database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.corrections import Anchor, Correction
from corpus.desk import Desk, Told
from corpus.errors import NotFoundError
from corpus.store import Store

NOW = datetime(2024, 1, 10, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
PHU_LAM = {"kind": "phong", "name": "Phòng GDĐT Phú Lâm", "places": ["Phú Lâm", None]}


@pytest.fixture
def desk(tmp_path: Path, address: str) -> Iterator[Desk]:
    store = Store.open(address, tmp_path / "originals")
    yield store.desk
    store.close()


def test_a_removed_unit_comes_back_as_it_was(desk: Desk) -> None:
    desk.save_unit("b", PHU_LAM, LATER)
    desk.save_unit("a", {"kind": "truong"}, NOW)
    assert [(unit.id, unit.saved_at) for unit in desk.units()] == [("a", NOW), ("b", LATER)]
    desk.remove_unit("b", LATER)
    assert [unit.id for unit in desk.units()] == ["a"]
    with pytest.raises(NotFoundError):
        desk.unit("b")
    desk.restore_unit("b", LATER)
    assert desk.unit("b").payload == PHU_LAM


def test_a_duty_is_done_once_until_the_mark_is_taken_back(desk: Desk) -> None:
    first = desk.tick("u", "d", "đã gửi", NOW)
    assert desk.tick("u", "d", "đã gửi lại", LATER).id == first.id
    assert {key: (tick.note, tick.done_at) for key, tick in desk.ticks("u").items()} == {"d": ("đã gửi lại", NOW)}
    assert desk.untick("u", "d", LATER) and not desk.untick("u", "d", LATER)
    assert desk.ticks("u") == {} and desk.tick("u", "d", "", LATER).id != first.id


def test_corrections_hold_until_they_are_undone(desk: Desk) -> None:
    made = Correction("c1", "d" * 64, NOW, "edit", "word", Anchor(2, "bo", "", "Bộ ", " dục"), {"text": "bộ"})
    desk.put_correction(made)
    assert desk.corrections() == desk.corrections("d" * 64) == [made] and desk.corrections("e" * 64) == []
    assert desk.undo_correction("c1", LATER) == made
    assert desk.corrections() == []
    with pytest.raises(NotFoundError):
        desk.undo_correction("c1", LATER)


def test_an_event_counts_its_changes_and_is_told_as_gone_for_a_while(desk: Desk) -> None:
    given = desk.events("u", {"e1": Told("x", {"day": "2024-02-01"}), "e2": Told("y", {})}, NOW)
    assert {uid: one.sequence for uid, one in given.items()} == {"e1": 0, "e2": 0}
    assert desk.events("u", {"e1": Told("z", {"day": "2024-02-02"})}, LATER)["e1"].sequence == 1
    gone = desk.vanished("u", ["e2"], LATER, timedelta(days=60))
    assert {uid: (one.sequence, one.payload, one.modified_at) for uid, one in gone.items()} == {
        "e1": (2, {"day": "2024-02-02"}, LATER)
    }
    assert desk.vanished("u", ["e2"], LATER + timedelta(days=60), timedelta(days=60)).keys() == {"e1"}
    assert desk.vanished("u", ["e2"], LATER + timedelta(days=61), timedelta(days=60)) == {}


def test_the_log_has_a_row_for_every_change_newest_first(desk: Desk) -> None:
    desk.save_unit("a", PHU_LAM, NOW)
    desk.save_unit("a", PHU_LAM, NOW)  # nothing changes
    desk.tick("a", "d", "", NOW)
    desk.note_mail("a", "2024-01-10", LATER)
    desk.note_mail("a", "2024-01-10", LATER)
    assert desk.mailed("a") == [("2024-01-10", LATER)]
    rows = [(row.action, row.at) for row in desk.audit()]
    assert rows == [("digest.sent", LATER)] * 2 + [("duty.done", NOW), ("unit.save", NOW)]
