"""What a watcher sees: readiness with its reasons in the log, figures that Prometheus can read, log lines as JSON."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.keep import watching
from api.keep.logs import JsonLines
from api.library import Library
from api.settings import Settings
from corpus.errors import BusyError, MissingDependencyError
from corpus.journal import Arrival, Night
from tests.api.conftest import FIRST, NOW
from tests.api.rooms import ToyRooms


@pytest.fixture
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as found:
        yield found


def figures(client: TestClient) -> dict[tuple[str, frozenset[str]], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, frozenset(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_figures_of_documents_work_night_and_requests(client: TestClient, library: Library) -> None:
    library.add(FIRST.encode(), "a.txt")
    library.add("MỜ\fhan nop".encode(), "b.txt")
    library.store.journal.receive(Arrival("a" * 64, "quet", "/in/a", "a.txt", 3, NOW))
    report = {"exit_code": 3, "counts": {"done": 7}, "stages": {"read": {"files": 7, "seconds": 12.5}}}
    library.store.journal.begin(Night("n", NOW, NOW, report))
    library.store.journal.begin(Night("m", NOW, None, {}))  # is at work
    client.get("/v1/search", params={"q": "bí mật"})
    client.get("/khong-co/bi-mat")
    found = figures(client)
    wanted = {
        ("congvan_up", ""): 1,
        ("congvan_documents", "success"): 1,
        ("congvan_documents", "partial"): 1,
        ("congvan_pages", "keep"): 1,
        ("congvan_pages", "keep,repair"): 2,
        ("congvan_failed_pages", ""): 1,
        ("congvan_waiting_files", "received"): 1,
        ("congvan_queued_uploads", ""): 0,
        ("congvan_index_current", ""): 1,
        ("congvan_night_exit_code", ""): 3,
        ("congvan_night_files", "done"): 7,
        ("congvan_night_stage_seconds", "read"): 12.5,
        ("congvan_night_ended_timestamp_seconds", ""): NOW.timestamp(),
    }
    assert {key: found[key[0], frozenset({key[1]} - {""})] for key in wanted} == wanted
    assert found["congvan_requests_total", frozenset({"GET", "/v1/search", "200"})] == 1
    assert found["congvan_request_seconds_count", frozenset({"GET", "/v1/search"})] == 1
    assert found["congvan_requests_total", frozenset({"GET", "none", "404"})] == 1
    assert "mat" not in client.get("/metrics").text  # nothing that was asked for
    library.remove("b.txt")
    assert figures(client)["congvan_documents", frozenset({"partial"})] == 0


def test_an_empty_state_is_ready_and_counted_without_being_made(client: TestClient, settings: Settings) -> None:
    assert figures(client)["congvan_up", frozenset()] == 1
    assert not (settings.home / "congvan.db").exists()


def test_ready_when_all_that_is_needed_is_there(
    client: TestClient, rooms: ToyRooms, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("ingest.ocr.available", lambda _: "vie")
    monkeypatch.setattr("ingest.ocr.installed_version", lambda: "5")
    assert client.get("/readyz").json() == {
        "ready": True,
        "checks": [{"name": name, "ok": True} for name in ("store", "index", "disk", "tesseract")],
    }

    def fails(*_: object) -> object:
        raise BusyError("khóa ở máy-bí-mật", "đợi")

    for target, name, broken in (
        ("corpus.store.Store.ids", "store", fails),
        ("tests.api.rooms.ToyIndex.is_stale", "index", fails),
        ("api.keep.watching.LEAST_FREE", "disk", 2**70),
        ("ingest.ocr.available", "tesseract", lambda _: (_ for _ in ()).throw(MissingDependencyError("x", "y"))),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(target, broken)
            answer = client.get("/readyz")
        assert answer.status_code == 503 and "bí-mật" not in answer.text
        assert [check["name"] for check in answer.json()["checks"] if not check["ok"]] == [name]
    assert "máy-bí-mật" in caplog.text


def test_log_lines_are_json_with_the_reason_of_an_error(tmp_path: Path) -> None:
    try:
        raise ValueError("dòng 1\ndòng 2")
    except ValueError as error:
        record = logging.LogRecord("api.x", logging.WARNING, "f.py", 1, "việc %s", ("“a”\n",), None)
        record.exc_info = (type(error), error, error.__traceback__)
    line = JsonLines().format(record)
    assert "\n" not in line
    plain = json.loads(line)
    assert (plain["level"], plain["logger"], plain["message"]) == ("warning", "api.x", "việc “a”\n")
    assert plain["at"].endswith("+00:00") and "ValueError: dòng 1" in plain["error"]


def test_nothing_below_opens_a_store_that_cannot_be_opened(tmp_path: Path) -> None:
    library = Library(Settings(home=tmp_path, database_url=f"postgresql://x@/y?host={tmp_path}"), ToyRooms())
    text = watching.Meter(library).text().decode()
    assert "congvan_up 0.0" in text and "congvan_documents" not in text
