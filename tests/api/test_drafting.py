"""Drafting as its users do it: HTTP, page, command; on stored directives with the facts that are read from them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.app import create_app
from api.library import Library
from api.settings import Settings
from api.usecases.drafting import Asked, choices_of, draft, issued_on
from corpus.document import content_id
from corpus.errors import BadInputError
from tests.bench.drafts import directive

NOW = datetime(2026, 9, 10, 2, 0, tzinfo=UTC)
UNIT = "Sở GDĐT tỉnh Phú Lâm"
ASKED = {"document": "4118/BGDĐT-GDTC", "unit": UNIT, "to": "phong,truong"}
#: The Bộ's directive, those of the Sở of the year before, of the same and of a later year, and one on another matter.
STORED = ("2022-bo-y-te", "2021-so-y-te", "2022-so-y-te", "2023-so-y-te", "2022-so-thu-chi")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library whose rooms are real and whose index nobody needs."""
    made = Library(Settings(home=tmp_path_factory.mktemp("draft") / "var"), now=lambda: NOW)
    for name in STORED:
        document, facts = directive(name)
        made.store.save(replace(document, id=content_id(name.encode())), facts, name.encode(), NOW)
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(shelf: Library) -> Iterator[TestClient]:
    yield TestClient(create_app(shelf.settings, shelf), base_url="http://127.0.0.1")


def test_the_draft_learns_from_the_year_before_only(client: TestClient) -> None:
    answer = client.get("/v1/draft", params=ASKED)
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert made["number"].endswith("/SGDĐT-CTTT")
    assert "Cách giao việc, nơi nhận, người ký học từ 1985/SGDĐT-CTTT." in made["notes"]
    assert [line["text"] for line in made["to"]][1] == "Các trường trung học phổ thông"
    names = {row["name"] for p in made["body"] for row in p["precedents"]}
    assert names == {"1985/SGDĐT-CTTT"}, "of the same and later years nothing is offered as the own earlier one"
    assert all(p["sources"] for p in made["body"])
    assert any(task["moved"] and task["due"] < task["above"] for task in made["tasks"])


def test_sources_lead_to_the_stored_page(client: TestClient) -> None:
    made = client.get("/v1/draft", params=ASKED).json()
    urls = [s["url"] for p in made["body"] for s in p["sources"] if s["url"]]
    assert urls
    assert client.get(urls[0].split("#")[0]).status_code == 200


def test_a_wording_is_taken_with_one_more_request(client: TestClient) -> None:
    made = client.get("/v1/draft", params=ASKED).json()
    paragraph = next(p for p in made["body"] if p["precedents"] and p["text"].startswith("Kiểm tra sức khỏe"))
    row = paragraph["precedents"][0]
    again = client.post("/v1/draft", json={**ASKED, "taken": [row["take"]]})
    assert again.status_code == 200, again.text
    taken = next(p for p in again.json()["body"] if p["part"] == paragraph["part"])
    assert taken["text"] == row["text"]
    assert taken["sources"][0]["name"] == row["name"]


def test_word_and_workbook(client: TestClient) -> None:
    for answer in (
        client.get("/v1/draft.docx", params=ASKED),
        client.post("/v1/draft", json={**ASKED, "output": "docx"}),
    ):
        assert answer.status_code == 200
        assert "du-thao-4118-bgddt-gdtc.docx" in answer.headers["content-disposition"]
        assert len(list(Word(io.BytesIO(answer.content)).comments)) > 20
    answer = client.get("/v1/draft.xlsx", params=ASKED)
    sheet: Any = load_workbook(io.BytesIO(answer.content)).active
    assert sheet["B4"].value == "Nhiệm vụ"


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"document": "2096/SGDĐT-CTTT"}, 422, "văn bản của Sở"),
        ({"document": "khong-co"}, 404, "Không có văn bản"),
        ({"unit": "Phòng GDĐT huyện X"}, 422, "không phải tên một sở"),
        ({"unit": "Sở GDĐT tỉnh Không Có"}, 422, "Không có tỉnh"),
        ({"to": "phong,abc"}, 422, "nhóm đơn vị"),
        ({"kind": "to-trinh"}, 422, "Không soạn được loại"),
        ({"day": "31/02/2022"}, 422, "không phải một ngày"),
        ({"day": "2022-01-01"}, 422, "trước ngày của văn bản cấp trên"),
        ({"taken": "1:../../etc:2"}, 422, "không phải một cách viết"),
        ({"lead": "99"}, 422, ""),
    ],
)
def test_what_cannot_be_drafted_is_told(client: TestClient, change: dict[str, str], status: int, says: str) -> None:
    answer = client.get("/v1/draft", params={**ASKED, **change})
    assert answer.status_code == status, answer.text
    assert says in answer.json()["detail"]


def test_the_page_asks_shows_and_offers(client: TestClient) -> None:
    empty = client.get("/du-thao")
    assert empty.status_code == 200
    assert "Kính gửi (bỏ trống: như văn bản năm trước của Sở)" in empty.text
    shown = client.get("/du-thao", params={**ASKED, "to": ["phong", "truong"]}).text
    for words in (
        "Cần quyết định",
        "Tìm cách viết khác trong kho",
        "Lấy cách viết này",
        "Không đưa vào dự thảo",
        "Nguồn:",
    ):
        assert (words in shown) == (words != "Không đưa vào dự thảo"), words
    link = re.search(r'href="\?([^"]*taken=[^"#]*)#', shown)
    assert link is not None
    taken = client.get("/du-thao?" + link[1].replace("&amp;", "&")).text
    assert "Trở lại cách viết từ văn bản của Bộ" in taken
    assert "Lấy cách viết: " in taken
    refused = client.get("/du-thao", params={**ASKED, "unit": "<b>x</b>"})
    assert refused.status_code == 422
    assert "&lt;b&gt;x" in refused.text
    assert "<b>x" not in refused.text
    assert client.get("/du-thao", params={**ASKED, "lead": "nhiều"}).status_code == 422


def test_replaced_documents_are_known_from_the_store(shelf: Library) -> None:
    row = shelf.graph().in_place_of("", "2096/SGDĐT-CTTT", "2023-12-31")
    assert row is not None
    assert row["number"] == "2254/SGDĐT-CTTT"
    assert shelf.graph().in_place_of("", "2096/SGDĐT-CTTT", "2022-12-31") is None, "not yet"
    assert shelf.graph().in_place_of("", "2254/SGDĐT-CTTT", "2023-12-31") is None
    assert shelf.graph().in_place_of("", "1/KHONG-CO", "2023-12-31") is None


def test_on_the_matter_are_those_with_a_subject_alike(shelf: Library) -> None:
    subject = directive("2022-bo-y-te")[1].header.subject
    numbers = {row["number"] for row in shelf.graph().on_matter(subject, "so")}
    assert {"1985/SGDĐT-CTTT", "2096/SGDĐT-CTTT"} <= numbers
    assert "1987/SGDĐT-KHTC" not in numbers
    assert shelf.graph().on_matter(None, "so") == []


def test_the_day_whose_world_counts() -> None:
    from datetime import date

    facts = directive("2022-bo-y-te")[1]
    own = date(2022, 8, 30)
    assert issued_on(facts, None, date(2022, 9, 14)) == date(2022, 9, 14)
    assert issued_on(facts, None, date(2026, 9, 14)) == own, "long over: as on its own day"
    assert issued_on(facts, date(2022, 9, 20), date(2026, 9, 14)) == date(2022, 9, 20)
    with pytest.raises(BadInputError):
        issued_on(facts, date(2022, 8, 1), date(2026, 9, 14))


def test_leads_are_settings() -> None:
    chosen = choices_of(Asked(), Settings(draft_report_days=10, draft_school_days=2, draft_work_days=1))
    assert (chosen.leads.report, chosen.leads.school, chosen.leads.work) == (10, 2, 1)
    assert choices_of(Asked(lead=2), Settings()).leads.report == 2


def test_nothing_of_another_office_is_own(shelf: Library) -> None:
    made = draft(shelf, "4118/BGDĐT-GDTC", "Sở GDĐT tỉnh Phú Thọ", choices_of(Asked(), shelf.settings))
    assert made.draft.letterhead.parent == "UBND TỈNH PHÚ THỌ"
    assert not any(one.own for one in made.earlier)
    offered = {p.earlier.name for rows in made.precedents.values() for p in rows}
    assert "2096/SGDĐT-CTTT" in offered, "how another Sở worded it is offered"


@pytest.mark.slow
def test_the_command_writes_each_kind_of_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from api.cli import run

    monkeypatch.setenv("CONGVAN_HOME", str(tmp_path / "var"))
    sample = "corpus/samples/2022-bo-y-te.pdf"

    def call(*more: str) -> int:
        return run(["draft", sample, "--unit", "Sở GDĐT tỉnh Phú Thọ", *more])

    for name in ("d.docx", "d.xlsx", "d.json"):
        assert call("--to", "phong,truong", "-o", str(tmp_path / name)) == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert "chỗ cần quyết định" in capsys.readouterr().err
    assert json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))["to"][0]["text"].startswith("Phòng")
    assert call("-o", str(tmp_path / "d.odt")) == 7
    assert call("--to", "x") == 7
    assert call("--type", "ke-hoach") == 0
    assert "KẾ HOẠCH (dự thảo)" in capsys.readouterr().out
    assert not (tmp_path / "var").exists(), "nothing is stored"
