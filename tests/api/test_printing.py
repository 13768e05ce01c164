"""Word and HTML files beside their pictures: printed once and kept, never in the way of who wants to read."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import Settings
from api.usecases import printing
from api.web import views
from tests.api.conftest import FIRST
from tests.api.rooms import PNG, ToyRooms


@pytest.fixture
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as made:
        yield made


@pytest.fixture
def document(library: Library) -> str:
    row = library.add(FIRST.encode(), "công văn.htm")
    assert row.document
    return row.document


def test_a_fact_has_its_place_on_the_picture(client: TestClient, document: str, rooms: ToyRooms) -> None:
    page = client.get(f"/van-ban/{document}", params={"dau": "d0"}).text
    assert re.findall(r'id="trang-(\d)"', page) == ["1", "2", "3"]
    assert f"/v1/documents/{document}/pages/2.png" in page and "LibreOffice dựng" in page
    first, second = page.split('id="trang-2"')
    assert "Số: 15/SGDĐT-VP" in first and 'id="d1-3"' in second.split('id="trang-3"')[0]
    marks = re.findall(r'<rect class="mark on" data-fact="d0"', second)
    assert marks and 'class="mark on"' not in first
    assert "dòng 3, hình trang 2" in page
    hit = client.get(f"/van-ban/{document}", params={"dong": "1-1-1"}).text.split('id="trang-2"')[0]
    assert '<rect class="mark on" data-fact=""' in hit
    assert client.get(f"/v1/documents/{document}/pages/2.png").content == PNG
    assert client.get(f"/v1/documents/{document}/pages/9.png").status_code == 404
    assert client.get(f"/v1/documents/{document}/searchable.pdf").content.startswith(b"%PDF")
    assert rooms.prints == 1


def test_a_print_is_kept_and_goes_with_its_directive(
    client: TestClient,
    library: Library,
    settings: Settings,
    rooms: ToyRooms,
    document: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.get(f"/van-ban/{document}")
    kept = [path.name for path in settings.prints.rglob("*.pdf")]
    assert kept == [f"{document}-1.pdf"]
    again = Library(settings, rooms, now=library.now)
    assert again.printing.of(again.show(document), 10).placed is not None and rooms.prints == 1
    monkeypatch.setattr(printing, "_VERSION", 2)  # prints that would look otherwise are made anew
    newer = Library(settings, rooms, now=library.now)
    assert newer.printing.of(newer.show(document), 10).placed is not None and rooms.prints == 2
    assert [path.name for path in settings.prints.rglob("*.pdf")] == [f"{document}-2.pdf"]
    again.close()
    newer.close()
    client.delete(f"/v1/documents/{document}")
    assert not list(settings.prints.rglob("*.pdf"))


def test_an_upload_is_printed_before_anybody_opens_it(client: TestClient, library: Library, rooms: ToyRooms) -> None:
    files = [("files", (name, FIRST.encode() + name.encode())) for name in ("một.htm", "hai.htm", "ba.txt")]
    assert client.post("/v1/documents", files=files).status_code < 300
    for _ in range(200):
        if rooms.prints == 2:
            break
        time.sleep(0.05)
    ids = [info.id for info in library.documents() if info.source.endswith(".htm")]
    assert len(ids) == 2 and all(library.printing.of(library.show(key), 10).placed is not None for key in ids)
    assert rooms.prints == 2


def test_nothing_is_printed_ahead_without_libreoffice_or_after_the_end(
    library: Library, rooms: ToyRooms, document: str
) -> None:
    rooms.without_office = True
    library.print_ahead([document])
    assert library.printing.of(library.show(document), 10).placed is None
    rooms.without_office = False
    tried = rooms.prints
    library.printing.close()
    library.print_ahead([document])
    time.sleep(0.1)
    assert rooms.prints == tried


def test_results_name_the_item_of_what_has_no_pages(client: TestClient, document: str) -> None:
    found = client.get("/v1/search", params={"q": "báo cáo"}).json()["hits"][0]
    assert found["document"] == document and not found["where"].startswith("trang")
    page = client.get("/", params={"q": "báo cáo"}).text
    assert found["where"] in page and "trang 1," not in page


def test_prints_may_be_deleted_while_the_server_runs(
    client: TestClient, settings: Settings, rooms: ToyRooms, document: str
) -> None:
    client.get(f"/van-ban/{document}")
    shutil.rmtree(settings.prints)
    assert client.get(f"/v1/documents/{document}/pages/1.png").content == PNG
    assert rooms.prints == 2


def test_nobody_waits_for_a_long_print(
    client: TestClient, library: Library, rooms: ToyRooms, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_PATIENCE", 0.05)
    rooms.press = threading.Event()
    for _ in range(3):
        page = client.get(f"/van-ban/{document}").text
        assert "Đang dựng hình trang" in page and "Số: 15/SGDĐT-VP" in page and "<figure" not in page
    rooms.press.set()
    assert library.printing.of(library.show(document), 10).placed is not None
    page = client.get(f"/van-ban/{document}").text
    assert "Đang dựng hình trang" not in page and "/pages/1.png" in page
    assert rooms.prints == 1


def test_what_cannot_be_printed_is_told_and_not_tried_again(
    client: TestClient, library: Library, rooms: ToyRooms
) -> None:
    row = library.add(f"{FIRST}KHONG IN".encode(), "công văn.htm")
    for _ in range(2):
        page = client.get(f"/van-ban/{row.document}").text
        assert "Chưa có hình trang, chỉ có phần chữ. LibreOffice không mở được tệp." in page
        assert "Số: 15/SGDĐT-VP" in page and "searchable.pdf" not in page
    assert client.get(f"/v1/documents/{row.document}/pages/1.png").status_code == 422
    assert rooms.prints == 1


def test_without_libreoffice_the_page_says_what_to_install(client: TestClient, rooms: ToyRooms, document: str) -> None:
    rooms.without_office = True
    assert "sudo apt install libreoffice-writer-nogui" in client.get(f"/van-ban/{document}").text
    assert client.get(f"/v1/documents/{document}/pages/1.png").status_code in (501, 503)
    rooms.without_office = False  # somebody has installed it
    assert "/pages/1.png" in client.get(f"/van-ban/{document}").text


def test_an_unforeseen_error_costs_the_picture_only(
    client: TestClient, rooms: ToyRooms, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "drawn", lambda _: 1 // 0)
    page = client.get(f"/van-ban/{document}").text
    assert "Lỗi ngoài dự kiến khi dựng hình trang" in page and "Số: 15/SGDĐT-VP" in page


def test_only_so_much_is_kept_in_memory(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_KEPT", 2)
    for k in range(4):
        row = library.add(f"{FIRST}{k}".encode(), "a.htm")
        assert library.printing.of(library.show(str(row.document)), 10).placed is not None
    assert len(library.printing._pages) == len(library.printing._placed) == 2


def test_lines_stay_with_their_neighbours() -> None:
    from api.web.reading import _rising

    assert _rising([1, 1, 9, 2, 0, 2, 1, 3]) == [1, 1, 1, 2, 2, 2, 2, 3]
    assert _rising([0, 0]) == [1, 1] and _rising([]) == []
