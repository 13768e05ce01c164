"""What the pages and the API say of a directive's place among others: the chain, what is in force, contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import Settings
from corpus.document import Document
from corpus.facts import Citation, CitationPlace, Conflict, Facts, IssuerLevel, Relation, evidence
from corpus.numbers import document_key, parse_number
from corpus.store import Stored
from tests.api.conftest import NOW
from tests.api.test_duties import directive

Made = tuple[Document, Facts, bytes]
OFFICES = {
    IssuerLevel.BO: "Bộ Giáo dục và Đào tạo",
    IssuerLevel.SO: "Sở Giáo dục và Đào tạo Hà Giang",
    IssuerLevel.PHONG: "Phòng Giáo dục và Đào tạo huyện Vị Xuyên",
    IssuerLevel.TRUONG: "Trường THCS Minh Tân",
}


def made(number: str, day: str, level: IssuerLevel, *cited: tuple[str, Relation, IssuerLevel]) -> Made:
    """A directive that cites others of the offices above."""
    document, facts, data = directive(
        number, OFFICES[level], level, [("Báo cáo kết quả.", None)], " ".join(n for n, _, _ in cited),
        date=day, subject=f"Việc {number}",
    )  # fmt: skip
    citations = []
    for other, relation, of in cited:
        start = document.text.index(other)
        parsed = parse_number(other)
        assert parsed is not None
        at = evidence(document, start, start + len(other), "test")
        key = document_key(parsed, year=None, issuer=OFFICES[of])
        citations.append(Citation(at, other, key, None, None, OFFICES[of], relation, CitationPlace.BODY))
    return document, replace(facts, citations=tuple(citations)), data


BO, SO, PHONG, SCHOOL = OFFICES
DIRECTIVES = (
    made("301/BGDĐT-GDTrH", "2023-08-20", BO),
    made("52/SGDĐT-GDTrH", "2023-09-01", SO, ("301/BGDĐT-GDTrH", Relation.IMPLEMENTS, BO)),
    made("19/PGDĐT-CM", "2023-09-10", PHONG, ("52/SGDĐT-GDTrH", Relation.BASED_ON, SO)),
    made("7/KH-THCSMT", "2023-09-15", SCHOOL, ("19/PGDĐT-CM", Relation.IMPLEMENTS, PHONG)),
    made("60/SGDĐT-GDTrH", "2023-10-01", SO, ("52/SGDĐT-GDTrH", Relation.REPLACES, SO)),
    made("25/PGDĐT-CM", "2023-11-01", PHONG, ("52/SGDĐT-GDTrH", Relation.IMPLEMENTS, SO)),
)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    found = Library(settings, now=lambda: datetime(2024, 1, 10, tzinfo=UTC))
    for document, facts, data in DIRECTIVES:
        found.store.save(document, facts, data, NOW)
    yield found
    found.close()


@pytest.fixture
def client(settings: Settings, library: Library) -> TestClient:
    return TestClient(create_app(settings, library), base_url="http://127.0.0.1")


def test_the_chain_is_one_line_from_the_bo_to_the_school(client: TestClient) -> None:
    for number in ("301/BGDĐT-GDTrH", "7/KH-THCSMT"):
        chain = client.get(f"/v1/graph/{number}").json()["chain"]
        assert [step["level"] for step in chain] == ["bo", "so", "phong", "truong"]
    page = client.get("/mang/7/KH-THCSMT").text
    line = page.split('class="chain"')[1].split("</ol>")[0]
    places = [line.index(n) for n in ("301/BGDĐT-GDTrH", "52/SGDĐT-GDTrH", "19/PGDĐT-CM", "7/KH-THCSMT")]
    assert places == sorted(places) and 'aria-current="true">7/KH-THCSMT' in line


def test_pages_say_what_is_in_force_and_what_replaced_it(client: TestClient) -> None:
    old = client.get("/mang/52/SGDĐT-GDTrH").text
    assert "Đã bị thay thế hoặc bãi bỏ bởi" in old and 'href="/mang/60/SGD%C4%90T-GDTrH"' in old
    assert "Còn hiệu lực" in client.get("/mang/60/SGDĐT-GDTrH").text
    home = client.get("/mang").text
    valid = home.split("Còn hiệu lực theo các văn bản trong kho")[1].split("</details>")[0]
    assert "60/SGDĐT-GDTrH" in valid and "52/SGDĐT-GDTrH" not in valid
    before = client.get("/v1/graph/52/SGDĐT-GDTrH", params={"as_of": "2023-09-15"}).json()
    after = client.get("/v1/graph/52/SGDĐT-GDTrH", params={"as_of": "2023-10-02"}).json()
    assert (before["in_force"], after["in_force"]) == (True, False) and "60/SGDĐT-GDTrH" in after["force_reason"]


def test_pages_say_what_was_in_force_on_a_day(client: TestClient) -> None:
    def page(number: str, day: str) -> str:
        return client.get(f"/mang/{number}", params={"as_of": day}).text

    before = page("52/SGDĐT-GDTrH", "2023-09-15")
    assert "Còn hiệu lực vào ngày 15/09/2023" in before and "Về sau bị thay thế hoặc bãi bỏ bởi" in before
    assert "Đã bị thay thế hoặc bãi bỏ bởi" not in before
    assert "Đã bị thay thế hoặc bãi bỏ bởi" in page("52/SGDĐT-GDTrH", "01/10/2023")
    assert "Chưa được ban hành vào ngày 31/08/2023" in page("52/SGDĐT-GDTrH", "2023-08-31")
    home = client.get("/mang", params={"as_of": "2023-09-15"}).text
    valid = home.split("Còn hiệu lực theo các văn bản trong kho")[1].split("</details>")[0]
    assert "52/SGDĐT-GDTrH" in valid and "60/SGDĐT-GDTrH" not in valid
    wrong = client.get("/mang", params={"as_of": "2023-13-01"})
    assert wrong.status_code == 422 and "không phải là ngày" in wrong.text


def test_pages_say_from_which_day_a_directive_is_in_force(client: TestClient, library: Library) -> None:
    """Issued in December, in force from February: until then what it replaces still is; a person corrects that day."""
    document, facts, data = made("90/SGDĐT-VP", "2023-12-20", SO, ("60/SGDĐT-GDTrH", Relation.REPLACES, SO))
    library.store.save(document, replace(facts, header=replace(facts.header, effective="2024-02-01")), data, NOW)
    assert "Có hiệu lực từ" in (own := client.get(f"/van-ban/{document.id}").text) and "01/02/2024" in own
    assert "Đã ban hành, có hiệu lực từ ngày 01/02/2024" in client.get("/mang/90/SGDĐT-VP").text
    days = {"2023-12-19": "not_issued", "2023-12-20": "not_yet", "2024-01-31": "not_yet", "2024-02-01": "in_force"}
    for day, standing in days.items():
        told = client.get("/v1/graph/90/SGDĐT-VP", params={"as_of": day}).json()
        assert (told["standing"], told["in_force"]) == (standing, standing == "in_force")
    assert "chưa ban hành" in client.get("/openapi.json").text
    still = client.get("/mang/60/SGDĐT-GDTrH").text
    assert "Còn hiệu lực" in still and "Về sau bị thay thế hoặc bãi bỏ bởi" in still
    sent = {"van_ban": document.id, "loai": "header", "viec": "edit", "hieu_luc": "2024-01-05"}
    assert client.post("/can-xem-lai", data=sent).status_code == 200
    assert "Đã bị thay thế hoặc bãi bỏ bởi" in client.get("/mang/60/SGDĐT-GDTrH").text
    answer = client.get(f"/v1/documents/{document.id}").json()
    assert answer["facts"]["meta"]["effective"] == "2024-01-05"


def test_what_cannot_be_asked_is_told_in_vietnamese_and_for_the_web(client: TestClient) -> None:
    wrong = client.get("/v1/graph/52/SGDĐT-GDTrH", params={"format": "pdf"}).json()["detail"]
    assert wrong == "format: phải là một trong: json, svg, graphml."
    assert "trang Văn bản" in client.get("/mang/4711/QĐ-TTg", headers={"accept": "text/html"}).text


def test_pages_list_all_that_is_missing_and_what_is_cited_most(client: TestClient, library: Library) -> None:
    """More than the first twenty; each of them a way to who cites it, from the directive's own page, too."""
    wanted = [(f"{serial}/BGDĐT-VP", Relation.MENTIONS, BO) for serial in range(501, 531)]
    citing = made("70/SGDĐT-VP", "2023-12-01", SO, *wanted)
    library.store.save(*citing, NOW)
    home = client.get("/mang").text
    assert all(f'href="/mang/{serial}/BGD%C4%90T-VP"' in home for serial in range(501, 531))
    most = home.split("Được viện dẫn nhiều nhất")[1].split("</details>")[0]
    assert most.index("52/SGDĐT-GDTrH") < most.index("301/BGDĐT-GDTrH") and "3 văn bản viện dẫn" in most
    assert (
        'href="/mang/501/BGD%C4%90T-VP">501/BGDĐT-VP chưa có trong kho' in client.get(f"/van-ban/{citing[0].id}").text
    )
    around = client.get("/mang/52/SGDĐT-GDTrH").text
    assert "format=svg" in around and "format=graphml" in around


def test_what_is_changed_in_part_stays_in_force(client: TestClient, library: Library) -> None:
    """ "Bãi bỏ khoản 2 Điều 4 Quyết định …" changes that decision; the page of a directive that is gone says so."""
    document, facts, data = made("80/SGDĐT-VP", "2024-01-02", SO, ("60/SGDĐT-GDTrH", Relation.REPLACES, SO))
    partly = replace(facts, citations=(replace(facts.citations[0], provision="khoản 2 Điều 4"),))
    library.store.save(document, partly, data, NOW)
    around = client.get("/v1/graph/60/SGDĐT-GDTrH").json()
    assert (around["in_force"], around["replaced_by"], around["amended_by"]) == (True, [], ["80/SGDĐT-VP"])
    assert "được sửa đổi, bổ sung bởi 80/SGDĐT-VP" in around["force_reason"]
    assert "bãi bỏ một phần bởi" in client.get("/mang/60/SGDĐT-GDTrH").text
    ids = {row.number: row.id for row in library.documents()}
    assert "Hết hiệu lực theo" not in client.get(f"/van-ban/{ids['60/SGDĐT-GDTrH']}").text
    gone = client.get(f"/van-ban/{ids['52/SGDĐT-GDTrH']}").text
    assert 'Hết hiệu lực theo <a href="/mang/60/SGD%C4%90T-GDTrH">' in gone


def test_duties_of_what_is_in_force_no_more_say_so(client: TestClient) -> None:
    """52 was replaced on 2023-10-01: in the answer, on the page, in the table and in print; not the day before."""
    unit = {"unit": "co_so_giao_duc", "level": "thcs", "province": "Hà Giang"}

    def told(day: str) -> dict[str, str | None]:
        found = client.get("/v1/duties", params=unit | {"as_of": day}).json()["duties"]
        return {row["number"]: row["replaced_by"] for row in found if row["replaced_by"]}

    assert (told("2023-09-30"), told("2023-10-01")) == ({}, {"52/SGDĐT-GDTrH": "60/SGDĐT-GDTrH"})
    says = "văn bản đã hết hiệu lực theo 60/SGDĐT-GDTrH"
    for path in ("/truong-toi", "/truong-toi/in", "/v1/duties.csv"):
        assert client.get(path, params=unit).text.count(says) == 1, path


def test_pages_show_where_directives_contradict(client: TestClient, library: Library) -> None:
    """One cites as in force what was replaced a month before; another contradicts itself."""
    for page in ("/mang", "/mang/25/PGDĐT-CM", "/mang/52/SGDĐT-GDTrH"):
        assert "vẫn được 25/PGDĐT-CM viện dẫn như còn hiệu lực" in client.get(page).text, page
    assert "còn 1 chỗ viện dẫn văn bản đã bị thay thế" in client.get("/can-xem-lai").text
    assert "như còn hiệu lực" not in client.get("/mang/19/PGDĐT-CM").text
    document, facts, data = DIRECTIVES[2]
    found = Conflict(facts.duties[0].evidence, "Ngày họp ở mục 1 và mục 3 khác nhau.")
    library.store.save(document, replace(facts, conflicts=(found,)), data, NOW + timedelta(days=1))
    for page in ("/mang/19/PGDĐT-CM", f"/van-ban/{document.id}", "/can-xem-lai"):
        assert "Ngày họp ở mục 1 và mục 3 khác nhau." in client.get(page).text, page
    assert "Không mâu thuẫn" in client.get("/can-xem-lai").text


def test_the_graph_follows_each_change_and_reads_only_what_changed(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/v1/graph/60/SGDĐT-GDTrH").json()["in_force"]
    asked: list[str] = []
    get = library.store.get

    def counted(key: str) -> Stored:
        asked.append(key)
        return get(key)

    monkeypatch.setattr(library.store, "get", counted)
    newest = made("61/SGDĐT-GDTrH", "2024-01-05", SO, ("60/SGDĐT-GDTrH", Relation.REPLACES, SO))
    library.store.save(*newest, NOW)
    assert client.get("/v1/graph/60/SGDĐT-GDTrH").json()["replaced_by"] == ["61/SGDĐT-GDTrH"]
    assert asked == [newest[0].id]
    library.store.remove(newest[0].id)
    assert client.get("/v1/graph/60/SGDĐT-GDTrH").json()["in_force"]
