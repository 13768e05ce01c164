"""The files as received: whole or not there, the same in a folder, a mounted one and a far store."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from corpus.document import Document, Page, content_id
from corpus.engine import open_engine
from corpus.errors import BadInputError, CongvanError, MissingDependencyError, NotFoundError
from corpus.facts import Facts, Header
from corpus.originals import FarOriginals, FolderOriginals, Originals, open_originals
from corpus.store import Store
from tests.corpus.test_store import NOW

DATA = b"%PDF-1.7 \x00\xff"
ID = content_id(DATA)


@pytest.fixture(params=["folder", "file", "memory", "local behind fsspec", pytest.param("s3", marks=pytest.mark.slow)])
def originals(request: pytest.FixtureRequest, tmp_path: Path) -> Originals:
    if request.param == "s3":
        return open_originals(tmp_path, request.getfixturevalue("s3").bucket())
    url = {"folder": None, "file": f"file://{tmp_path}/far", "memory": f"memory://{uuid.uuid4().hex}/originals"}
    if request.param == "local behind fsspec":
        return FarOriginals(f"file://{tmp_path}/behind")
    return open_originals(tmp_path / "near", url[request.param])


def test_kept_once_found_again_listed_in_order(originals: Originals) -> None:
    assert originals.get(ID) is None and list(originals.ids()) == []
    for data in (DATA, b"b", b"", DATA):
        originals.keep(content_id(data), data)
    assert originals.get(ID) == DATA and originals.get(content_id(b"")) == b""
    assert list(originals.ids()) == sorted(content_id(data) for data in (DATA, b"b", b""))
    assert originals.sweep() == 0


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "a" * 63, ID.upper(), f"{ID}/x"])
def test_no_other_name_leads_anywhere(originals: Originals, name: str) -> None:
    originals.keep(ID, DATA)
    assert originals.get(name) is None


def test_a_damaged_file_makes_room_for_the_good_one(originals: Originals) -> None:
    originals.keep(ID, b"damaged")
    originals.set_aside(ID)
    assert originals.get(ID) is None and list(originals.ids()) == []
    originals.keep(ID, DATA)
    assert originals.get(ID) == DATA


def test_the_store_notices_a_damaged_file(originals: Originals, tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path}/a.db", tmp_path / "x").close()
    store = Store(open_engine(f"sqlite:///{tmp_path}/a.db"), originals)
    store.save(Document(ID, "a.pdf", "application/pdf", (Page(1, "x"),)), Facts(Header()), DATA, NOW)
    assert store.original(ID) == DATA
    originals.set_aside(ID)
    originals.keep(ID, b"other bytes")
    with pytest.raises(CongvanError, match="hỏng"):
        store.original(ID)
    with pytest.raises(NotFoundError):
        store.original("f" * 64)


def test_a_file_that_was_cut_short_is_written_again(originals: Originals) -> None:
    originals.keep(ID, DATA[:3])
    originals.keep(ID, DATA)
    assert originals.get(ID) == DATA


def test_a_file_that_is_whole_is_not_touched(tmp_path: Path) -> None:
    near = FolderOriginals(tmp_path)
    near.keep(ID, DATA)
    before = (tmp_path / ID[:2] / ID).stat().st_mtime_ns
    near.keep(ID, DATA)
    assert (tmp_path / ID[:2] / ID).stat().st_mtime_ns == before


@pytest.mark.parametrize("url", ["", "nothing", "file://", "file://not/absolute", "s3://", "gibtesnicht://x/y"])
def test_what_is_no_address_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises((BadInputError, MissingDependencyError, CongvanError), match=r"ORIGINALS_URL|gibtesnicht"):
        open_originals(tmp_path, url).keep(ID, DATA)


def test_a_far_store_that_fails_says_so_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    class Broken:
        def invalidate_cache(self) -> None:
            raise ConnectionError("down")

    monkeypatch.setattr(fsspec.core, "url_to_fs", lambda url: (Broken(), "x"))
    with pytest.raises(CongvanError, match="CONGVAN_ORIGINALS_URL") as caught:
        FarOriginals("sftp://user:geheim@host/x?key=geheim").keep(ID, DATA)
    assert "geheim" not in str(caught.value) and "sftp://host/x" in str(caught.value)
