"""The check of layout and wording as its users meet it: command, HTTP, page. Files are really read, in toy rooms."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.rooms.local import LocalRooms
from api.settings import Settings
from api.usecases import linting
from corpus.document import Document
from corpus.errors import LimitError
from corpus.facts import Facts
from ingest.pipeline import read
from tests.api.conftest import NOW
from tests.api.rooms import ToyRooms
from tests.lint.checked import facts_of
from tests.lint.drafts import as_docx, letter, swapped
from tests.lint.faults import spoiled


class ReadingRooms(ToyRooms):
    """Toy rooms that really read files."""

    def read_file(self, data: bytes, source: str, **more: Any) -> Document:
        document = read(data, source)
        progress = more.get("progress")
        if progress is not None:
            progress(len(document.pages) - 1, len(document.pages))
            progress(len(document.pages), len(document.pages))
        return document

    def read_facts(self, document: Document) -> Facts:
        return facts_of(document)


@pytest.fixture
def rooms() -> ToyRooms:
    return ReadingRooms()


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    found = tmp_path / "dự thảo"
    found.mkdir()
    (found / "tốt.docx").write_bytes(as_docx(letter()))
    (found / "sai.docx").write_bytes(as_docx(spoiled("letter without zeros")[0]))
    gap = letter()
    (found / "hở.docx").write_bytes(as_docx(gap.but(body=swapped(gap.body, "Văn phòng Sở", "[phòng đầu mối]"))))
    (found / "hỏng.docx").write_bytes(b"PK\x03\x04word/ BAD")
    return found


@pytest.fixture
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as made:
        yield made


def test_exit_codes(cli: Callable[..., int], drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("lint", drafts / "tốt.docx") == 0
    assert "không thấy lỗi thể thức" in capsys.readouterr().out
    assert cli("lint", drafts / "hở.docx") == 0  # advice alone does not hold a draft up
    assert "1 gợi ý" in capsys.readouterr().out
    assert cli("lint", drafts / "sai.docx") == 3
    shown = capsys.readouterr().out
    assert "Bình Sơn, ngày 05 tháng 9 năm 2023" in shown and "Trang 1, đoạn" in shown and "Nghị định 30" in shown
    assert cli("lint", drafts / "hỏng.docx") == 7
    assert cli("lint", drafts / "không có.docx") == 4
    capsys.readouterr()
    assert cli("lint", drafts / "tốt.docx", drafts / "hỏng.docx") == 3
    assert "không kiểm tra được" in capsys.readouterr().out


def test_json_has_place_and_fix(
    cli: Callable[..., int], drafts: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("lint", drafts / "sai.docx", "--json") == 3
    (row,) = json.loads(capsys.readouterr().out)
    assert not row["clean"] and row["counts"]["loi"] == 1
    by_rule = {one["rule"]: one for one in row["findings"]}
    assert by_rule["date.form"]["surface"] == "Bình Sơn, ngày 5 tháng 9 năm 2023"
    assert by_rule["date.form"]["page"] == 1 and by_rule["date.form"]["paragraph"] > 1
    assert not (settings.home / "congvan.db").exists()  # nothing is stored


def test_over_http(client: TestClient, drafts: Path) -> None:
    def post(name: str, data: bytes | None = None) -> Any:
        return client.post("/v1/lint", files={"file": (name, data or (drafts / name).read_bytes())})

    assert post("tốt.docx").json() == {
        "source": "tốt.docx", "number": "2415/SGDĐT-VP", "clean": True,
        "counts": {"loi": 0, "nen_sua": 0, "goi_y": 0}, "findings": [], "notes": [],
    }  # fmt: skip
    found = post("sai.docx").json()
    assert {one["rule"] for one in found["findings"]} == {fault.rule for fault in spoiled("letter without zeros")[1]}
    assert post("hỏng.docx").status_code == 422
    assert post("thơ.exe", b"MZ").status_code == 415
    assert client.post("/v1/lint").status_code == 422


def test_uploads_have_limits(settings: Settings, rooms: ToyRooms, drafts: Path) -> None:
    small = Settings(home=settings.home, max_file_mb=1)
    library = Library(small, rooms, now=lambda: NOW)
    with TestClient(create_app(small, library), base_url="http://127.0.0.1") as client:
        answer = client.post("/v1/lint", files={"file": ("a.docx", b"x" * (2**20 + 1))})
        assert answer.status_code == 413 and "1 MB" in answer.text
    library.close()


def test_who_waits_is_told_when_it_takes_too_long(
    library: Library, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linting, "PATIENCE", -1.0)
    with pytest.raises(LimitError, match="DOCX"):
        linting.check_upload(library, (drafts / "tốt.docx").read_bytes(), "tốt.docx")


NEWER = """BỘ GIÁO DỤC VÀ ĐÀO TẠO
Số: 4250/BGDĐT-GDTrH
V/v hướng dẫn lại hội thi thiết bị dạy học tự làm
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 25 tháng 8 năm 2023
Kính gửi: Các sở giáo dục và đào tạo
Công văn này thay thế Công văn số 4120/BGDĐT-GDTrH ngày 15 tháng 8 năm 2023 của Bộ Giáo dục và Đào tạo./.
"""


def test_what_the_store_knows_to_be_replaced(
    library: Library, rooms: ToyRooms, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer text in the store is told where it was out on the draft's day; the graph is the real one."""
    real = LocalRooms(settings)
    monkeypatch.setattr(rooms, "citing", real.citing)
    monkeypatch.setattr(rooms, "graph", real.graph)
    library.add(NEWER.encode(), "mới.txt")
    early = letter().but(right=swapped(letter().right, "05 tháng 9", "20 tháng 8"))
    for draft, rule in ((letter(), {"content.replaced"}), (early, set())):
        report = linting.check(library, as_docx(draft), "dự thảo.docx").report
        assert report is not None and {one.rule.id for one in report.findings} == rule


def test_the_page(client: TestClient, drafts: Path) -> None:
    form = client.get("/kiem-tra")
    assert form.status_code == 200 and 'type="file"' in form.text
    shown = client.post("/kiem-tra", files={"file": ("sai.docx", (drafts / "sai.docx").read_bytes())}).text
    assert "Cách sửa" in shown and "<h3>Lỗi" in shown and "Bình Sơn, ngày 5 tháng 9 năm 2023" in shown
    assert len(re.findall(r'<ol class="findings (?:loi|nen_sua|goi_y)">', shown)) == 3
    broken = client.post("/kiem-tra", files={"file": ("hỏng.docx", (drafts / "hỏng.docx").read_bytes())})
    assert broken.status_code == 422 and 'role="alert"' in broken.text
