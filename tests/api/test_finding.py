"""Searching with filters, more like a passage, and what comes back every year shown once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import Settings
from api.usecases import finding
from corpus.errors import BadInputError
from index.filters import SearchFilters
from tests.api.conftest import FIRST, SECOND


@pytest.fixture
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as made:
        yield made


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, SearchFilters()),
        ({"school_year": "2023/24", "issuer": "  "}, SearchFilters(school_year="2023-2024")),
        ({"unit": "Phòng GDĐT", "issuer_level": "so"}, SearchFilters(units=("phong_gddt",), level="so")),
        ({"unit": "thcs", "doc_type": "Kế hoạch"}, SearchFilters(units=("thcs",), doc_type="Kế hoạch")),
        ({"from": "01/8/2023", "to": "2024-05-31"}, SearchFilters(since="2023-08-01", until="2024-05-31")),
        (
            {"to": "2024-05-31", "in_force_on": "10/01/2024"},
            SearchFilters(until="2024-05-31", in_force_on="2024-01-10"),
        ),
    ],
)
def test_what_people_type_becomes_filters(library: Library, given: dict[str, str], wanted: SearchFilters) -> None:
    assert finding.filters(library, given) == wanted


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"unit": "bệnh viện"}, "Phòng GDĐT (phong_gddt)"),
        ({"issuer_level": "quận"}, "Bộ (bo)"),
        ({"from": "hôm qua"}, "2024-01-31"),
        ({"in_force_on": "31/02/2024"}, "Còn hiệu lực"),
        ({"school_year": "năm nay"}, "2023-2024"),
    ],
)
def test_what_cannot_be_understood_is_said(library: Library, given: dict[str, str], said: str) -> None:
    with pytest.raises(BadInputError) as raised:
        finding.filters(library, given)
    assert said.lower() in str(raised.value).lower()


def added(library: Library, **texts: str) -> dict[str, str]:
    """Take directives in; return their ids by name."""
    return {name: library.add(text.encode(), f"{name}.txt").document or "" for name, text in texts.items()}


def test_what_was_replaced_is_marked_and_left_out_on_request(client: TestClient, library: Library) -> None:
    # the toy dates every directive 2023-09-01
    ids = added(library, first=FIRST + "thay thế 20/SGDĐT-VP\n", second=SECOND)
    for day, without in (("2023-08-31", ()), ("2023-09-01", (ids["second"],))):
        assert finding.filters(library, {"in_force_on": day}).without == without
    asked = {"q": "nộp báo cáo"}
    marked = {hit["source"]: hit["replaced_by"] for hit in client.get("/v1/search", params=asked).json()["hits"]}
    assert marked == {"first.txt": None, "second.txt": "15/SGDĐT-VP"}
    assert "Hết hiệu lực theo 15/SGDĐT-VP" in client.get("/", params=asked).text
    valid = client.get("/v1/search", params=asked | {"in_force_on": "2024-01-01"}).json()["hits"]
    assert {hit["source"] for hit in valid} == {"first.txt"}
    library.remove(ids["first"])
    assert library.replaced(date(2024, 1, 1)) == {}


@pytest.mark.parametrize("field", [name for name in finding.FIELDS if name not in ("issuer", "doc_type")])
def test_a_bad_filter_is_a_422_and_said_on_the_page(client: TestClient, field: str) -> None:
    asked = {"q": "báo cáo", field: "không có"}
    answer = client.get("/v1/search", params=asked)
    assert answer.status_code == 422 and "Hãy" in answer.json()["detail"]
    page = client.get("/", params=asked)
    assert page.status_code == 422 and 'class="notice bad"' in page.text


def test_more_like_a_passage(client: TestClient, library: Library) -> None:
    added(library, first=FIRST, second=SECOND)
    hit = client.get("/v1/search", params={"q": "nộp báo cáo học kỳ"}).json()["hits"][0]
    found = client.get(f"/v1/similar/{hit['passage']}", params={"limit": 3}).json()
    assert found["like"]["text"] == hit["text"] and len(found["hits"]) <= 3
    assert found["hits"][0]["source"] == "second.txt" and hit["passage"] not in {h["passage"] for h in found["hits"]}
    shown = client.get("/", params={"q": "nộp báo cáo học kỳ"}).text
    assert f'href="/?giong={hit["passage"]}"' in shown
    page = client.get("/", params={"giong": hit["passage"]}).text
    assert "Những đoạn tương tự" in page and "second.txt" not in page.partition("<ol")[0] and "20/SGDĐT-VP" in page


def test_more_like_what_is_not_there(client: TestClient, library: Library) -> None:
    added(library, first=FIRST)
    assert client.get("/v1/similar/khong-co").status_code == 404
    page = client.get("/", params={"giong": "khong-co"})
    assert page.status_code == 404 and "Không có đoạn văn bản này" in page.text


def test_what_says_the_same_in_other_directives_stands_once(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(library, first=FIRST, second=FIRST.replace("15/SG", "16/SG"), third=SECOND)
    found = library.search("nộp báo cáo")
    one, two, other = found.hits[:3]
    assert (one.source, two.source, other.source) == ("first.txt", "second.txt", "third.txt")
    hits = (one, replace(two, same_as=0), other)
    assert [(row.hit, row.repeats) for row in finding.grouped(hits)] == [(one, [hits[1]]), (other, [])]
    monkeypatch.setattr(Library, "search", lambda *_, **__: replace(found, hits=hits))
    page = client.get("/", params={"q": "nộp báo cáo"}).text
    assert "Nói gần như vậy:" in page and page.count('class="passage"') == 2 and "16/SGDĐT-VP" in page


def test_the_command_line_has_the_same_filters(
    cli: Callable[..., int], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("ingest", folder) == 0
    capsys.readouterr()
    assert cli("search", "báo cáo", "--school-year", "2022-2023", "--unit", "thpt", "--in-force-on", "2024-01-01") == 0
    assert "20/SGDĐT-VP" in capsys.readouterr().out
    assert cli("search", "báo cáo", "--unit", "bệnh viện") != 0
    assert "Hãy chọn một trong" in capsys.readouterr().err
