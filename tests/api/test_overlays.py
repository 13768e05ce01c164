"""What one office corrected for itself: seen by it wherever it looks, and by nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.doors.person import Role
from api.letter import letter
from api.library import Library
from api.nightly.whom import new_for
from api.rooms.search import SearchRoom
from api.settings import Settings
from corpus.facts import Facts
from corpus.store import DocumentInfo
from tests.api.doorway import PASSWORD, Doorway, cheap, doorway  # noqa: F401  (fixtures)
from tests.api.rooms import ToyRooms
from tests.index.fixtures import HashEmbedder, shelf

BLURRED = (
    "Số: 15/SGDĐT-VP\nNăm học 2023-2024, thực hiện Thông tư 26/2019/TT-BGDĐT\n"
    "hạn 2024-01-15 nộp báo cao học kỳ 1 của trường THPT\nviệc rà soát máy tính\n"
)
SCHOOL = {"unit": "co_so_giao_duc", "level": "thpt", "province": "An Bình"}


@pytest.fixture
def corrected(doorway: Doorway) -> Iterator[Doorway]:  # noqa: F811
    """A directive that the Phòng "a" has corrected for itself: a word, a day, the number, without the citation."""
    library = doorway.library
    library.remove(doorway.things["document"])
    document = library.add(BLURRED.encode(), "một.pdf").document
    assert document is not None
    doorway.things["document"] = document
    client = doorway.with_key("editor", "a")
    url = f"/v1/documents/{document}/corrections"
    start = BLURRED.index("cao")
    for sent in (
        {"target": "word", "page": 1, "start": start, "end": start + 3, "action": "edit", "changes": {"text": "cáo"}},
        {"target": "header", "action": "edit", "changes": {"number": "51/SGDĐT-VP", "date": "2023-09-02"}},
    ):
        assert client.post(url, json=sent).status_code == 201
    (duty,) = client.get("/v1/duties", params=SCHOOL).json()["duties"]
    sent = {"target": "deadline", "key": duty["id"], "action": "edit", "changes": {"due": "2024-01-05"}}
    assert client.post(url, json=sent).status_code == 201
    yield doorway


def readers(doorway: Doorway) -> list[TestClient]:  # noqa: F811
    """Who else is there: another Phòng, their Sở, the server's own people."""
    return [doorway.with_key("editor", "b"), doorway.with_key("viewer", "so"), doorway.with_key("admin")]


def test_duties_are_those_that_the_office_reads(corrected: Doorway) -> None:
    (own,) = corrected.with_key("viewer", "a").get("/v1/duties", params=SCHOOL).json()["duties"]
    assert (own["due"], own["number"]) == ("2024-01-05", "51/SGDĐT-VP") and "báo cáo" in own["task"]
    for client in readers(corrected):
        (row,) = client.get("/v1/duties", params=SCHOOL).json()["duties"]
        assert (row["due"], row["number"], row["id"]) == ("2024-01-15", "15/SGDĐT-VP", own["id"])
        assert "báo cao" in row["task"]


def test_search_finds_and_answers_what_the_office_reads(corrected: Doorway) -> None:
    def found(client: TestClient) -> tuple[str, str, str, bool]:
        said = client.get("/v1/search", params={"q": "khi nao nop báo cáo"}).json()
        answer = said["answer"]
        page = client.get("/", params={"q": "khi nao nop báo cáo"}).text
        assert answer["due"][-2:] + "/01/2024" in page
        return answer["due"], answer["task"], answer["number"], "học kỳ 1" in said["hits"][0]["text"]

    own = found(corrected.with_key("viewer", "a"))
    assert own == ("2024-01-05", "nộp báo cáo học kỳ 1 của trường THPT", "51/SGDĐT-VP", True)
    for client in readers(corrected):
        assert found(client)[:3] == ("2024-01-15", "nộp báo cao học kỳ 1 của trường THPT", "15/SGDĐT-VP")


def test_lists_pages_and_graph_are_those_of_the_office(corrected: Doorway) -> None:
    document, own = corrected.things["document"], corrected.with_key("viewer", "a")
    assert own.get("/v1/documents").json()[0]["number"] == "51/SGDĐT-VP"
    assert own.get(f"/v1/documents/{document}").json()["date"] == "2023-09-02"
    assert "51/SGDĐT-VP" in own.get("/van-ban").text and "báo cáo" in own.get(f"/van-ban/{document}").text
    assert own.get("/v1/graph/26/2019/TT-BGDĐT").json()["cited_by"][0]["number"] == "51/SGDĐT-VP"
    with corrected.acting("viewer", "a"):
        assert corrected.library.one("51/SGDĐT-VP").id == document
        with pytest.raises(Exception, match="15/SGDĐT-VP"):
            corrected.library.one("15/SGDĐT-VP")
        assert corrected.library.numbered({"51/sgddt-vp"}) == {"51/sgddt-vp": document}
    for client in readers(corrected):
        assert client.get("/v1/documents").json()[0]["number"] == "15/SGDĐT-VP"
        assert "báo cao" in client.get(f"/van-ban/{document}").text
        assert client.get("/v1/graph/26/2019/TT-BGDĐT").json()["cited_by"][0]["number"] == "15/SGDĐT-VP"


def test_suggestions_have_the_numbers_that_the_office_reads(corrected: Doorway) -> None:
    def suggested(client: TestClient, typed: str) -> list[str]:
        return [row["text"] for row in client.get("/v1/suggest", params={"q": typed}).json()]

    own = corrected.with_key("viewer", "a")
    assert (suggested(own, "51"), suggested(own, "15")) == (["51/SGDĐT-VP"], [])
    for client in readers(corrected):
        assert (suggested(client, "51"), suggested(client, "15")) == ([], ["15/SGDĐT-VP"])
    # another directive that has the number as well goes on being suggested
    corrected.library.add(BLURRED.replace("rà soát", "kiểm kê").encode(), "hai.pdf")
    assert suggested(own, "15") == ["15/SGDĐT-VP"]


def test_suggestions_have_the_tasks_that_the_office_reads(corrected: Doorway) -> None:
    def suggested(client: TestClient) -> list[str]:
        return [row["text"] for row in client.get("/v1/suggest", params={"q": "nộp báo"}).json()]

    own = corrected.with_key("viewer", "a")
    wrong, right = (f"nộp báo {word} học kỳ 1 của trường THPT" for word in ("cao", "cáo"))
    assert suggested(own) == [right]
    for client in readers(corrected):
        assert suggested(client) == [wrong]
    # another directive with the same words goes on being suggested
    corrected.library.add(BLURRED.replace("rà soát", "kiểm kê").encode(), "hai.pdf")
    assert suggested(own) == [right, wrong]


def test_the_real_index_counts_a_directives_topics_as_it_holds_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from api.rooms.local import LocalRooms

    monkeypatch.setattr("index.embedding.load_embedder", lambda _model: HashEmbedder())
    index = LocalRooms(Settings(home=tmp_path)).index()
    told: Counter[str] = Counter()
    for stored in shelf().stored():
        index.put(stored.document, stored.facts)
        told.update(index.topics(stored.document, stored.facts))
    assert told and dict(told) == dict(index.topics_held())
    topic = next(iter(told))
    assert topic in [row["text"] for row in index.suggest_among(topic[:12], 20, [], told)]


def test_the_command_line_reads_as_the_office_of_a_user(
    corrected: Doorway, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from api import cli

    monkeypatch.setenv("CONGVAN_HOME", str(corrected.settings.home))
    monkeypatch.setattr("api.library.LocalRooms", lambda _settings: corrected.library.rooms)
    corrected.accounts.add("van.thu", PASSWORD, Role.VIEWER, corrected.office("a"))

    def ran(*args: str) -> str:
        assert cli.run(args) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    asked = ("duties", "--unit", "co_so_giao_duc", "--level", "thpt", "--province", "An Bình", "--as-of", "2024-01-01")
    assert "05/01/2024" in ran("--as", "van.thu", *asked)
    assert "15/01/2024" in ran(*asked), "the house again: nobody acts any longer"
    for command in (("show", "51/SGDĐT-VP", "--text"), ("search", "báo cáo học kỳ")):
        assert "báo cáo" in ran("--as", "van.thu", *command)
    assert ran("--as", "van.thu", "graph", "26/2019/TT-BGDĐT").count("51/SGDĐT-VP") == 1
    for args, said in (
        (("--as", "nobody", "show"), "nobody"),
        (("--as", "van.thu", "ingest", "a.txt"), "--as"),
        (("--as", "van.thu", "units", "--unit", "so_gddt"), "chỉ được xem"),
    ):
        assert cli.run(args) != 0
        assert said in capsys.readouterr().err


def test_the_nights_report_tells_a_unit_what_its_office_reads(corrected: Doorway) -> None:
    document = corrected.things["document"]
    units = {}
    for office in ("a", "b"):
        with corrected.acting("editor", office):
            units[office] = corrected.library.units.save(corrected.library.profile(**SCHOOL)).id
    told = {row["unit"]: row["directives"][0] for row in new_for(corrected.library, [document])}
    found = {office: (told[unit]["number"], told[unit]["first"][0]["due"]) for office, unit in units.items()}
    assert found == {"a": ("51/SGDĐT-VP", "2024-01-05"), "b": ("15/SGDĐT-VP", "2024-01-15")}


def test_a_units_calendar_and_letter_are_its_offices_whoever_asks(corrected: Doorway) -> None:
    library = corrected.library
    with corrected.acting("editor", "a"):
        unit = library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "a@truong.edu.vn")
    url = f"/v1/units/{unit.id}/calendar.ics"
    first = corrected.with_key("viewer", "a").get(url).text
    assert "DTSTART;VALUE=DATE:20240105" in first and "20240115" not in first
    assert corrected.with_key("viewer", "so").get(url).text == first  # nothing goes back and forth
    assert corrected.with_key("viewer", "a").get(url).text == first
    other = corrected.with_key("editor", "b").get("/v1/duties.ics", params=SCHOOL).text
    assert "DTSTART;VALUE=DATE:20240115" in other and "20240105" not in other
    sent = letter(library, unit)
    parts = [part.get_content() for part in sent.iter_parts()] if sent is not None else []
    assert len(parts) == 2 and all("05/01/2024" in part for part in parts)
    owed = corrected.with_key("viewer", "so").get("/v1/duties", params={"unit_id": unit.id}).json()
    assert owed["duties"][0]["due"] == "2024-01-05"


def test_taken_back_it_reads_as_for_everybody(corrected: Doorway) -> None:
    client = corrected.with_key("editor", "a")
    made = client.get("/v1/corrections").json()
    for row in made:
        assert client.delete(f"/v1/corrections/{row['id']}").status_code == 200
    (duty,) = client.get("/v1/duties", params=SCHOOL).json()["duties"]
    assert (duty["due"], duty["number"]) == ("2024-01-15", "15/SGDĐT-VP") and "báo cao" in duty["task"]
    assert client.get("/v1/graph/26/2019/TT-BGDĐT").json()["cited_by"][0]["number"] == "15/SGDĐT-VP"


def test_what_everybody_reads_changes_below_what_the_office_corrected(corrected: Doorway) -> None:
    document = corrected.things["document"]
    sent = {"target": "header", "action": "edit", "changes": {"subject": "Báo cáo", "number": "16/SGDĐT-VP"}}
    assert corrected.with_key("admin").post(f"/v1/documents/{document}/corrections", json=sent).status_code == 201
    own = corrected.with_key("viewer", "a").get("/v1/documents").json()[0]
    assert (own["number"], own["subject"]) == ("51/SGDĐT-VP", "Báo cáo")
    (duty,) = corrected.with_key("viewer", "a").get("/v1/duties", params=SCHOOL).json()["duties"]
    assert duty["due"] == "2024-01-05" and duty["topic"] == "Báo cáo"
    corrected.library.remove(document)
    assert corrected.with_key("viewer", "a").get("/v1/documents").json() == []
    corrected.library.add(BLURRED.encode(), "một.pdf")
    (duty,) = corrected.with_key("viewer", "a").get("/v1/duties", params=SCHOOL).json()["duties"]
    assert duty["due"] == "2024-01-05"


def test_a_duty_that_an_office_rejected_cannot_be_ticked_by_it(corrected: Doorway) -> None:
    library, document = corrected.library, corrected.things["document"]
    client = corrected.with_key("editor", "a")
    rows = client.get("/v1/duties", params={"unit": "phong_gddt", "province": "An Bình"}).json()["duties"]
    undated = next(row for row in rows if row["due"] is None)
    sent = {"target": "duty", "key": undated["id"], "action": "reject"}
    assert client.post(f"/v1/documents/{document}/corrections", json=sent).status_code == 201
    with corrected.acting("editor", "a"):
        unit = library.units.save(library.profile("phong_gddt", province="An Bình", district="huyện Tân An"))
    url = f"/v1/units/{unit.id}/duties/{undated['id']}/done"
    assert client.put(url, json={"note": ""}).status_code == 404  # it is rejected here
    assert library.duty(undated["id"]) is not None


def test_nothing_is_copied_for_an_office(corrected: Doorway) -> None:
    rooms, library = corrected.library.rooms, corrected.library
    assert isinstance(rooms, ToyRooms)
    other = library.add("Số: 20/SGDĐT-VP\nhạn 2024-02-01 nộp báo cáo tổng kết\n".encode(), "hai.pdf").document
    library.search("báo cáo")
    before = list(rooms.toy.calls)
    with corrected.acting("viewer", "a"):
        own = library.duties(library.profile())
        library.search("báo cáo")
        assert list(library.overlay(corrected.office("a")).own) == [corrected.things["document"]]
    everybodys = {row.known.key: row.known for row in library.duties(library.profile())}
    assert all(row.known is everybodys[row.known.key] for row in own if row.info.id == other)
    assert rooms.toy.calls == before
    with corrected.acting("viewer", "b"):
        assert not library.overlay(corrected.office("b"))


def test_another_process_sees_it_at_once(corrected: Doorway) -> None:
    second = Library(corrected.settings, ToyRooms(), now=lambda: corrected.now[0])
    second.update_index()
    with corrected.acting("viewer", "a"):
        assert second.documents()[0].number == "51/SGDĐT-VP"
        held = second.corrections()
        with corrected.acting("editor", "a"):
            for row in corrected.library.corrections():
                corrected.library.undo_correction(row.id)
        assert second.documents()[0].number == "15/SGDĐT-VP" and held
    second.close()


def test_the_graph_works_out_only_what_changed(corrected: Doorway, monkeypatch: pytest.MonkeyPatch) -> None:
    library, asked = corrected.library, list[str | None]()
    citing = library.rooms.citing

    def counted(info: DocumentInfo, facts: Facts) -> Any:
        asked.append(info.number)
        return citing(info, facts)

    monkeypatch.setattr(library.rooms, "citing", counted)
    library.graph()
    added = library.add("Số: 20/SGDĐT-VP\nhạn 2024-02-01 nộp báo cáo tổng kết\n".encode(), "hai.pdf")
    library.graph()
    assert asked[-1] == added.number and len(asked) <= 2
    with corrected.acting("viewer", "a"):
        asked.clear()
        library.graph()
        library.graph()
        assert asked == ["51/SGDĐT-VP"]
    with corrected.acting("viewer", "b"):
        library.graph()
    assert asked == ["51/SGDĐT-VP"]


@pytest.mark.parametrize(("role", "office"), [("editor", "a"), ("admin", "")])
def test_a_corrected_day_of_effect_counts_at_once_in_search(doorway: Doorway, role: str, office: str) -> None:  # noqa: F811
    """In a real index: what an office corrects for itself, what an admin corrects for everybody."""
    rooms = doorway.library.rooms
    assert isinstance(rooms, ToyRooms)
    rooms.toy = SearchRoom(doorway.settings, rooms.restorer)  # type: ignore[assignment]  # the real one in the toy's place
    doorway.library.remove(doorway.things["document"])
    document = doorway.library.add(BLURRED.encode(), "một.pdf").document
    own, other = doorway.with_key(role, office), doorway.with_key("viewer", "b")

    def found(client: TestClient, day: str) -> list[str | None]:
        answer = client.get("/v1/search", params={"q": "nộp báo cáo học kỳ 1", "in_force_on": day})
        return [hit["in_force_from"] for hit in answer.json()["hits"]]

    assert found(own, "2023-08-31") == [] and set(found(own, "2023-09-01")) == {None}
    sent = {"target": "header", "action": "edit", "changes": {"effective": "2098-10-15"}}
    assert own.post(f"/v1/documents/{document}/corrections", json=sent).status_code == 201
    assert found(own, "2098-10-14") == [] and set(found(own, "2098-10-15")) == {"2098-10-15"}
    assert bool(found(other, "2098-10-14")) == (role == "editor")
    assert "Có hiệu lực từ ngày 15/10/2098" in own.get("/", params={"q": "nộp báo cáo học kỳ 1"}).text
