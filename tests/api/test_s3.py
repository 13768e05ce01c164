"""Files as received in an S3-compatible store (moto's server, ``tests/s3.py``), through the whole product."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import fsspec
import pytest

from api.keep import backup
from api.keep.checking import check
from api.library import Library
from api.settings import Settings
from corpus.document import content_id
from corpus.errors import CongvanError, ExitCode, NotFoundError
from corpus.journal import State
from corpus.originals import open_originals
from tests.api.conftest import FIRST, NOW, SECOND
from tests.api.rooms import ToyRooms
from tests.api.test_nightly import Office
from tests.s3 import S3

pytestmark = pytest.mark.slow


@pytest.fixture
def office(s3: S3, tmp_path: Path, rooms: ToyRooms) -> Iterator[Office]:
    made = Office(Settings(home=tmp_path / "var", jobs=2, originals_url=s3.bucket()), rooms, tmp_path / "vào")
    made.folder.mkdir()
    yield made
    made.library.close()


def at(office: Office, document_id: str) -> str:
    """Where an object lies."""
    assert office.settings.originals_url is not None
    return f"{office.settings.originals_url.removeprefix('s3://')}/{document_id[:2]}/{document_id}"


def elsewhere() -> Any:
    """The store as another machine sees it: nothing that this one remembers."""
    return fsspec.filesystem("s3", skip_instance_cache=True)


def test_a_night_a_check_a_backup_and_back_into_another_bucket(office: Office, s3: S3, tmp_path: Path) -> None:
    first, second = office.put("một.txt", FIRST), office.put("hai.txt", SECOND)
    assert office.night().exit_code is ExitCode.OK
    assert elsewhere().cat_file(at(office, first)) == FIRST.encode()
    assert list(office.library.store.originals.ids()) == sorted((first, second))
    assert office.library.store.original(second) == SECOND.encode()
    # nothing of it lies on this machine
    assert not [path for path in office.settings.home.rglob("*") if first in path.name]
    found = check(office.library)
    assert (found.findings, found.figures.originals) == ((), 2)
    assert found.figures.bytes == len((FIRST + SECOND).encode())

    kept = backup.make(office.library, tmp_path / "b.zip")
    assert (kept.originals, kept.damaged) == (2, ())
    other = Settings(home=tmp_path / "other", jobs=2, originals_url=s3.bucket())
    library = Library(other, ToyRooms(), now=lambda: NOW)
    backup.put_back(library, tmp_path / "b.zip", replace=False)
    assert library.store.original(first) == FIRST.encode() and check(library).findings == ()
    library.close()


def test_objects_that_are_missing_or_damaged_are_named_and_brought_back(office: Office) -> None:
    first, second = office.put("một.txt", FIRST), office.put("hai.txt", SECOND)
    office.night()
    elsewhere().rm_file(at(office, first))
    elsewhere().pipe_file(at(office, second), b"damaged")
    store = office.library.store
    with pytest.raises(NotFoundError):
        store.original(first)
    with pytest.raises(CongvanError, match="hỏng"):
        store.original(second)
    found = check(office.library)
    assert found.exit_code is ExitCode.SOME_FAILED
    assert {(one.kind, one.subject) for one in found.findings} == {("original", first), ("original", second)}
    # an upload whose bytes are still here is where they come back from
    for name, text in (("0", FIRST), ("1", SECOND)):
        path = office.settings.home / "inbox" / "j" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert all(one.mended for one in check(office.library, repair=True).findings)
    assert store.original(first) == FIRST.encode() and store.original(second) == SECOND.encode()
    assert elsewhere().cat_file(f"{at(office, second)}.damaged") == b"damaged"


def test_what_another_machine_took_away_is_kept_again(s3: S3) -> None:
    url = s3.bucket()
    originals, data = open_originals(Path(), url), b"%PDF-1.7"
    name = content_id(data)
    originals.keep(name, data)
    assert list(originals.ids()) == [name]
    elsewhere().rm_file(f"{url.removeprefix('s3://')}/{name[:2]}/{name}")
    assert originals.get(name) is None
    originals.keep(name, data)
    assert originals.get(name) == data


def test_a_store_that_is_gone_for_a_moment_is_told_and_nothing_is_lost(office: Office, s3: S3) -> None:
    first = office.put("một.txt", FIRST)
    office.night()
    second = office.put("hai.txt", SECOND)
    s3.gate.open = False
    try:
        with pytest.raises(CongvanError, match="Kho tệp gốc s3://"):
            office.library.store.original(first)
        with pytest.raises(CongvanError, match="Kho tệp gốc s3://"):
            check(office.library)
        report = office.night()
    finally:
        s3.gate.open = True
    assert s3.gate.turned_away and report.exit_code is ExitCode.SOME_FAILED
    assert any("Kho tệp gốc s3://" in str(one) for one in report.as_dict()["failed"]), report.as_dict()
    assert office.state(second) is State.OPEN and {info.id for info in office.library.documents()} == {first}

    office.now += timedelta(hours=1)
    assert office.night().exit_code is ExitCode.OK
    assert office.state(second) is State.DONE
    assert office.library.store.original(second) == SECOND.encode()
    assert check(office.library).findings == ()
