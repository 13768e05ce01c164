"""A contradiction is put right where it is found: the citation, the day, the letterhead or the words it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import Settings
from corpus.facts import Conflict, evidence
from corpus.store import Stored
from tests.api.conftest import NOW

TEXT = (
    "Số: 15/SGDĐT-VP\nNăm học 2023-2024, thực hiện Thông tư 26/2019/TT-BGDĐT\n"
    "hạn 2024-01-15 nộp báo cáo học kỳ 1 của trường THPT\ntheo Thông tư 26/2019/TT-BGDĐT\nngày 31/4/2024\n"
)


@pytest.fixture
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as made:
        yield made


@pytest.fixture
def contradicting(library: Library) -> Callable[[str, str], Stored]:
    """Store the directive with a contradiction of this rule at these words."""

    def make(rule: str, words: str) -> Stored:
        row = library.add(TEXT.encode(), "một.txt")
        stored = library.show(str(row.document))
        start = stored.document.text.rindex(words)
        found = evidence(stored.document, start, start + len(words), rule, 0.9)
        first, second = stored.facts.citations
        citations = (replace(first, date="2019-12-30"), replace(second, date="2019-12-20"))
        facts = replace(stored.facts, citations=citations, conflicts=(Conflict(found, "Hai ngày khác nhau."),))
        library.store.save(stored.document, facts, None, NOW)
        return library.show(str(row.document))

    return make


def item(client: TestClient) -> dict[str, Any]:
    """Return the contradiction as the API tells it."""
    rows = client.get("/v1/review").json()["items"]
    found: dict[str, Any] = next(row for row in rows if row["target"] == "conflict")
    return found


def conflicts(client: TestClient, document: str) -> list[Any]:
    rows: list[Any] = client.get(f"/v1/documents/{document}").json()["facts"]["conflicts"]
    return rows


def test_a_citation_gets_its_day(
    client: TestClient, library: Library, contradicting: Callable[[str, str], Stored]
) -> None:
    document = contradicting("conflict.two-dates", "26/2019/TT-BGDĐT").info.id
    found = item(client)
    assert [part["target"] for part in found["about"]] == ["citation", "citation", "word"]
    assert found["about"][0]["now"] == {"number": "26/2019/TT-BGDĐT", "date": "2019-12-20", "subject": None}
    assert found["about"][0]["line"] == 4 and found["about"][1]["line"] == 2
    change = {"item": found["id"], "action": "edit", "about": found["about"][0]["key"]}
    made = client.post(
        f"/v1/documents/{document}/corrections", json=change | {"changes": {"date": "30/12/2019"}}
    ).json()
    assert made["target"] == "conflict" and made["changes"]["about"]["changes"] == {"date": "2019-12-30"}
    dates = [row["date"] for row in client.get(f"/v1/documents/{document}").json()["facts"]["citations"]]
    assert dates == ["2019-12-30", "2019-12-30"] and conflicts(client, document) == []
    assert all(row["target"] != "conflict" for row in client.get("/v1/review").json()["items"])
    log = client.get("/v1/audit").json()[0]
    assert log["action"] == "correct.edit" and "2019-12-30" in str(log["payload"])
    page = client.get("/can-xem-lai").text
    assert "Sửa “26/2019/TT-BGDĐT” → “2019-12-30”" in unescape(page)
    client.delete(f"/v1/corrections/{made['id']}")
    assert len(conflicts(client, document)) == 1 and library.corrections() == []
    assert item(client)["id"] == found["id"]


def test_by_the_form_of_the_page(
    client: TestClient, library: Library, contradicting: Callable[[str, str], Stored]
) -> None:
    document = contradicting("conflict.late", "2024-01-15").info.id
    found = item(client)
    assert [part["target"] for part in found["about"]] == ["deadline", "header", "word"]
    assert 'href="/can-xem-lai?tu=0"' in client.get(f"/van-ban/{document}").text
    page = unescape(client.get("/can-xem-lai").text)
    assert "2 · Sửa" in page and "Việc có hạn, dòng 3" in page and "Phần đầu của văn bản" in page
    sent = {
        "van_ban": document, "muc": found["id"], "loai": "conflict", "viec": "edit", "ve_loai": "deadline",
        "ve": found["about"][0]["key"], "chu": found["about"][0]["now"]["task"],
    }  # fmt: skip
    same = client.post("/can-xem-lai", data=sent | {"han": "2024-01-15"})
    assert "Chưa có nội dung sửa." in same.text and library.corrections() == []
    told = client.post("/can-xem-lai", data=sent | {"han": "2024-02-15"})
    assert "Đã ghi: Sửa" in told.text and "Hoàn tác" in told.text
    assert [row.due for row in library.duties(library.profile())] == ["2024-02-15"]
    assert conflicts(client, document) == []
    (made,) = library.corrections()
    client.post("/can-xem-lai/hoan-tac", data={"ma": made.id})
    assert [row.due for row in library.duties(library.profile())] == ["2024-01-15"]


def test_the_letterhead_and_words_can_be_what_is_wrong(
    client: TestClient, library: Library, contradicting: Callable[[str, str], Stored]
) -> None:
    document = contradicting("conflict.late", "2024-01-15").info.id
    change = {"item": item(client)["id"], "action": "edit", "about": "header", "changes": {"date": "2023-10-01"}}
    made = client.post(f"/v1/documents/{document}/corrections", json=change).json()
    assert library.show(document).info.date == "2023-10-01" and conflicts(client, document) == []
    client.delete(f"/v1/corrections/{made['id']}")
    assert library.show(document).info.date == "2023-09-01"


def test_other_words_are_read_anew(
    client: TestClient, library: Library, contradicting: Callable[[str, str], Stored]
) -> None:
    document = contradicting("conflict.date", "31/4/2024").info.id
    found = item(client)
    assert found["about"] == [{"target": "word", "key": "word", "line": 5, "now": {"text": "31/4/2024"}}]
    sent = {"item": found["id"], "action": "edit", "about": "word", "changes": {"text": "30/4/2024"}}
    assert client.post(f"/v1/documents/{document}/corrections", json=sent).status_code == 201
    stored = library.show(document)
    assert "ngày 30/4/2024" in stored.document.text and stored.document.source_text(0, 400).count("31/4/2024")
    assert stored.facts.conflicts == (), "the facts were read of the new words"


def test_an_office_puts_right_for_itself(library: Library, contradicting: Callable[[str, str], Stored]) -> None:
    from api.doors.offices import Office
    from api.doors.person import Person, Role, acting_as
    from api.usecases.contradicting import about

    stored = contradicting("conflict.late", "2024-01-15")
    (part, *_) = about(stored, stored.facts.conflicts[0])
    office = Office.of({"unit": "phong_gddt", "province": "An Bình", "district": "Hoà Bình"})
    with acting_as(Person("van-thu", Role.EDITOR, office)):
        (found,) = [row for row in library.correcting.of(stored.info.id) if row.target == "conflict"]
        given = {"item": found.id, "action": "edit", "about": part.key, "changes": {"due": "2024-02-15"}}
        made = library.correcting.correct(stored.info.id, given)
        assert not made.shared and library.show(stored.info.id).facts.deadlines[0].due == "2024-02-15"
        assert library.show(stored.info.id).facts.conflicts == ()
    assert library.show(stored.info.id).facts.deadlines[0].due == "2024-01-15"
    assert len(library.show(stored.info.id).facts.conflicts) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"changes": {"due": "2024-02-15"}},
        {"about": "nichts", "changes": {"due": "2024-02-15"}},
        {"about": "header", "changes": {"date": "mai"}},
        {"about": "header"},
        {"about": "word", "changes": {"text": "x" * 201}},
    ],
)
def test_what_does_not_fit_is_refused(
    client: TestClient, library: Library, contradicting: Callable[[str, str], Stored], wrong: dict[str, Any]
) -> None:
    document = contradicting("conflict.late", "2024-01-15").info.id
    answer = client.post(
        f"/v1/documents/{document}/corrections", json={"item": item(client)["id"], "action": "edit", **wrong}
    )
    assert answer.status_code == 422 and answer.json()["detail"] and library.corrections() == []
