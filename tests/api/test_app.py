"""The HTTP API on toy rooms: jobs that survive, problems in Vietnamese, doors that are shut."""

from __future__ import annotations

import html
import re
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.jobs import JobRunner
from api.library import Library
from api.routes.docs import as_openapi_30
from api.routes.documents import clean_name
from api.settings import Settings
from api.web.rendering import offices_of
from corpus.store import Job
from tests.api.conftest import BROKEN, FIRST, NOW, SECOND
from tests.api.rooms import PNG, ToyRooms


@pytest.fixture
def client(settings: Settings, library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as made:
        yield made


def finished(client: TestClient, url: str) -> dict[str, Any]:
    """Wait until a job has ended."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(url).json()
        if job["status"] in ("done", "failed"):
            return job
        time.sleep(0.02)
    raise AssertionError(f"job did not end: {job}")


def upload(client: TestClient, *files: tuple[str, str]) -> dict[str, Any]:
    answer = client.post("/v1/documents", files=[("files", (name, text.encode())) for name, text in files])
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == answer.json()["url"]
    return finished(client, answer.json()["url"])


def test_uploads_become_documents(client: TestClient, settings: Settings) -> None:
    job = upload(client, ("một.txt", FIRST), ("x.pdf", "BAD"), ("thơ.txt", "Trăm năm trong cõi người ta"))
    assert job["status"] == "done"
    good, bad, poem = job["files"]
    assert (good["status"], good["number"], bad["status"]) == ("success", "15/SGDĐT-VP", "failure")
    assert "Hãy tải lại tệp." in bad["reason"]
    read = "Đọc được 1 việc có hạn, 1 việc không ghi hạn, 1 lần viện dẫn văn bản khác."
    assert (good["found"], bad["found"]) == (f"Ngày 01/09/2023: Về việc thử. {read}", "")
    assert poem["found"].startswith("Chưa thấy đây là văn bản chỉ đạo")
    assert good["found"] in client.get(f"/nap/{job['id']}").text
    shown = client.get(f"/v1/documents/{good['document']}").json()
    assert shown["facts"]["meta"]["number"] == "15/SGDĐT-VP"
    assert shown["facts"]["meta_evidence"]["number"]["surface"] == "15/SGDĐT-VP"
    assert shown["page_list"][0]["text"] == FIRST
    original = client.get(f"/v1/documents/{good['document']}/original")
    assert original.content == FIRST.encode()
    assert "filename*=UTF-8''m%E1%BB%99t.txt" in original.headers["content-disposition"]
    assert list(settings.inbox.iterdir()) == []


def test_search_duties_graph_health(client: TestClient) -> None:
    upload(client, ("một.txt", FIRST), ("hai.txt", SECOND))
    found = client.get("/v1/search", params={"q": "khi nào nộp báo cáo học kỳ"}).json()
    assert found["answer"]["due"] == "2024-01-15" and found["answer"]["line"] == 3
    card = client.get("/", params={"q": "khi nào nộp báo cáo học kỳ"}).text.partition('class="answer"')[2]
    assert "15/01/2024" in card and "Đơn vị thực hiện: cơ sở giáo dục" in card and "Văn bản ghi: “" in card
    assert found["hits"][0]["source"] == "một.txt"
    duties = client.get("/v1/duties", params={"unit": "co_so_giao_duc", "level": "thpt"}).json()
    assert [row["due"] for row in duties["duties"]] == ["2023-05-30", "2024-01-15"] and duties["count"] == 2
    graph = client.get("/v1/graph/15/SGDĐT-VP").json()
    assert [c["number"] for c in graph["cites"]] == ["26/2019/TT-BGDĐT"]
    svg = client.get("/v1/graph/15/SGDĐT-VP", params={"format": "svg"})
    assert svg.headers["content-type"] == "image/svg+xml" and svg.text.startswith("<svg")
    health = client.get("/v1/healthz").json()
    assert health["status"] == "ok" and health["documents"] == 2 and health["index_current"]
    listed = client.get("/v1/documents", params={"school_year": "2022-2023"}).json()
    assert [row["source"] for row in listed] == ["hai.txt"]


def test_documents_can_be_removed(client: TestClient) -> None:
    document = upload(client, ("một.txt", FIRST))["files"][0]["document"]
    assert client.delete(f"/v1/documents/{document}").json()["number"] == "15/SGDĐT-VP"
    assert client.get(f"/v1/documents/{document}").status_code == 404
    assert client.get("/v1/search", params={"q": "báo cáo"}).json()["hits"] == []


def test_page_images_are_cached(client: TestClient) -> None:
    document = upload(client, ("a.pdf", FIRST))["files"][0]["document"]
    url = f"/v1/documents/{document}/pages/1.png"
    image = client.get(url)
    assert image.content == PNG and image.headers["content-type"] == "image/png"
    assert client.get(url, headers={"if-none-match": image.headers["etag"]}).status_code == 304
    assert client.get(url.replace("1.png", "9.png")).status_code == 404
    assert client.get(url, params={"dpi": 5000}).status_code == 422


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/v1/documents/0123456789abcdef", 404),
        ("GET", "/v1/jobs/nichts", 404),
        ("GET", "/v1/nichts", 404),
        ("PUT", "/v1/documents", 405),
        ("GET", "/v1/search", 422),
        ("GET", "/v1/search?q=a&limit=0", 422),
        ("GET", "/v1/search?q=a&school_year=nay", 422),
        ("GET", "/v1/duties?unit=truong", 422),
        ("GET", "/v1/graph/1/Q%C4%90-TTg", 404),
        ("POST", "/v1/documents", 422),
        ("GET", "/v1/documents/..%2F..%2Fetc%2Fpasswd/original", 404),
    ],
)
def test_errors_are_problems_in_vietnamese(client: TestClient, method: str, url: str, status: int) -> None:
    answer = client.request(method, url)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status and problem["type"] == "about:blank"
    assert re.search("[àáảãạăâđêôơưýỳếềểốồộớờợứừựắặấầậ]", problem["title"]) and problem["detail"]


def test_a_bug_is_a_500_without_details(
    settings: Settings, library: Library, rooms: ToyRooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "graph", lambda _: 1 / 0)
    app = create_app(settings, library)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/v1/graph/1")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text and answer.json()["title"] == "Lỗi máy chủ"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_large_uploads_are_refused(tmp_path: Any, rooms: ToyRooms) -> None:
    settings = Settings(home=tmp_path / "var", max_file_mb=1, max_upload_mb=2, max_upload_files=2)
    library = Library(settings, rooms, now=lambda: NOW)
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as client:
        one = client.post("/v1/documents", files=[("files", ("a.txt", b"a" * (2**20 + 1)))])
        assert one.status_code == 413 and "1 MB" in one.json()["detail"]
        all_of_it = client.post("/v1/documents", files=[("files", ("a.txt", b"a" * (2**21 + 1)))])
        assert all_of_it.status_code == 413

        def unannounced() -> Iterator[bytes]:
            yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
            for _ in range(3):
                yield b"a" * 2**20
            yield b"\r\n--x--\r\n"

        headers = {"content-type": "multipart/form-data; boundary=x"}
        chunked = client.post("/v1/documents", content=unannounced(), headers=headers)
        assert chunked.status_code == 413
        many = client.post("/v1/documents", files=[("files", (f"{k}.txt", b"a")) for k in range(3)])
        assert many.status_code == 413
    assert not settings.inbox.exists() or list(settings.inbox.iterdir()) == []


def test_other_sites_cannot_change_anything(client: TestClient) -> None:
    files = [("files", ("a.txt", FIRST.encode()))]
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}):
        assert client.post("/v1/documents", files=files, headers=headers).status_code == 403
        assert client.post("/nap", files=files, headers=headers).status_code == 403
    assert client.get("/v1/healthz", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/v1/documents").json() == []


def test_responses_carry_security_headers(client: TestClient) -> None:
    for url in ("/", "/v1/healthz", "/v1/nichts", "/docs", "/static/app.js"):
        headers = client.get(url).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src 'self'" in headers["content-security-policy"]


def test_docs_need_no_internet(client: TestClient) -> None:
    page = client.get("/docs").text
    assets = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(assets) >= 4 and all(url.startswith("/") for url in assets)
    for url in assets:
        assert client.get(url).status_code == 200, url
    schema = client.get("/docs/openapi.json").json()
    assert schema["openapi"] == "3.0.3" and "/v1/search" in schema["paths"]
    assert '"type":"null"' not in client.get("/docs/openapi.json").text


def test_the_schema_describes_answers(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            answer = next(
                answer for status, answer in operation["responses"].items() if status in ("200", "201", "202")
            )
            assert answer["content"], path
            if "application/json" in answer["content"]:
                assert answer["content"]["application/json"]["schema"], path
    assert "due" in schema["components"]["schemas"]["DutyOut"]["properties"]


def test_openapi_30_says_nullable() -> None:
    given = {"anyOf": [{"type": "string"}, {"type": "null"}], "examples": ["a", "b"], "title": "T"}
    assert as_openapi_30(given) == {"type": "string", "nullable": True, "example": "a", "title": "T"}


def test_unfinished_jobs_go_on_at_the_next_start(settings: Settings, rooms: ToyRooms) -> None:
    library = Library(settings, rooms, now=lambda: NOW)
    rooms.gate = threading.Event()
    app = create_app(settings, library)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        files = [("files", (name, text.encode())) for name, text in (("một.txt", FIRST), ("hai.txt", SECOND))]
        url = client.post("/v1/documents", files=files).json()["url"]
        time.sleep(0.1)
        app.state.jobs._stopping.set()
        rooms.gate.set()
    rooms.gate = None
    again = Library(settings, rooms, now=lambda: NOW)
    with TestClient(create_app(settings, again), base_url="http://127.0.0.1") as client:
        job = finished(client, url)
        assert [file["status"] for file in job["files"]] == ["success", "success"]
        assert len(client.get("/v1/documents").json()) == 2


def test_a_job_whose_files_are_gone_says_so(settings: Settings, rooms: ToyRooms) -> None:
    library = Library(settings, rooms, now=lambda: NOW)
    entry = {
        "name": "một.txt",
        "status": "running",
        "document": None,
        "number": None,
        "page": 0,
        "pages": 0,
        "reason": "",
    }
    library.store.put_job(Job("a" * 32, NOW, "running", {"files": [entry], "reason": ""}))
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as client:
        job = finished(client, f"/v1/jobs/{'a' * 32}")
    assert job["files"][0]["status"] == "failure" and "nạp lại" in job["files"][0]["reason"]


def test_an_index_that_fails_ends_the_job_with_a_reason(settings: Settings, rooms: ToyRooms) -> None:
    rooms.toy.fails = True
    library = Library(settings, rooms, now=lambda: NOW)
    runner = JobRunner(library)
    runner.start()
    with TestClient(create_app(settings, library), base_url="http://127.0.0.1") as client:
        answer = client.post("/v1/documents", files=[("files", ("một.txt", FIRST.encode()))])
        job = finished(client, answer.json()["url"])
    runner.stop()
    assert job["status"] == "failed" and job["reason"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\van ban\\a.pdf", "a.pdf"),
        ("a\u202efdp.txt\0", "afdp.txt"),
        ("", "tep-1"),
        ("..", "tep-1"),
        ("Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("x" * 500 + ".pdf", "x" * 180 + ".pdf"),
    ],
)
def test_names_are_never_paths(given: str, kept: str) -> None:
    assert clean_name(given, 1) == kept


def test_what_is_to_be_said_of_hits_stands_above_them(client: TestClient) -> None:
    upload(client, ("một.pdf", FIRST))
    asked = {"q": "báo cáo giá vàng"}
    found = client.get("/v1/search", params=asked).json()
    assert found["hits"] and found["message"]
    page = client.get("/", params=asked).text
    assert page.index(found["message"]) < page.index('<ol class="hits">')


def test_a_question_of_something_else_gets_no_day_and_its_far_hits_are_folded_away(client: TestClient) -> None:
    upload(client, *((f"{number}.pdf", FIRST.replace("15/SG", f"{number}/SG")) for number in range(1, 6)))
    asked = {"q": "khi nào nộp vàng"}
    found = client.get("/v1/search", params=asked).json()
    assert found["weak"] and found["answer"] is None and len(found["hits"]) == 5
    page = client.get("/", params=asked).text
    assert 'class="answer"' not in page
    near, far = page.split('<details class="far">')
    assert (near.count('class="passage"'), far.count('class="passage"')) == (3, 2)
    assert "Xem thêm 2 đoạn" in far and 'start="4"' in far and "số ký hiệu" in near
    well = client.get("/", params={"q": "khi nào nộp báo cáo học kỳ 1"}).text
    assert 'class="answer"' in well and 'class="far"' not in well


def test_pages_show_what_is_stored(client: TestClient) -> None:
    assert "Chưa có văn bản nào" in client.get("/").text
    job = upload(client, ("một.pdf", FIRST), ("hỏng.txt", BROKEN))
    document, broken = (file["document"] for file in job["files"])
    home = client.get("/", params={"q": "khi nào nộp báo cáo <b>học</b> kỳ"}).text
    assert "15/01/2024" in home and "<mark>nộp</mark>" in home and "<b>học" not in home
    page = client.get(f"/van-ban/{document}", params={"dau": "d0"}).text
    assert '<rect class="mark on" data-fact="d0"' in page
    assert 'id="d1-3"' in page and 'class="line on"' in page
    hit = client.get(f"/van-ban/{document}", params={"dong": "1-3-3"}).text
    assert hit.count('<rect class="mark on"') == 1 and hit.count('class="line on"') == 1
    repaired = client.get(f"/van-ban/{broken}").text
    assert 'data-source="han"' in repaired
    assert "15/SGDĐT-VP" in client.get("/van-ban").text
    assert "26/2019/TT-BGDĐT" in client.get("/mang/15/SGDĐT-VP").text
    missing = client.get("/van-ban/0123456789", headers={"accept": "text/html"})
    assert missing.status_code == 404 and "<h1>Không tìm thấy</h1>" in missing.text


def test_documents_are_listed_by_what_is_chosen(client: TestClient) -> None:
    upload(client, ("một.txt", FIRST), ("hai.txt", FIRST.replace("15/SGDĐT-VP", "31/SGDĐT-KT")))
    every = client.get("/v1/documents").json()
    for asked, count in (
        ({"q": "31 sgd"}, 1),
        ({"issuer": every[0]["issuer"]}, 2),
        ({"issuer_level": "so"}, 2),
        ({"issuer_level": "bo"}, 0),
        ({"doc_type": "x"}, 0),
    ):
        rows = [row["number"] for row in client.get("/v1/documents", params=asked).json()]
        page = client.get("/van-ban", params=asked).text
        assert [row["number"] for row in every if f">{row['number']}</a>" in page] == rows
        assert len(rows) == count
    assert "Không có văn bản nào theo điều kiện lọc" in page and "Xem cả 2 văn bản" in page
    wrong = client.get("/v1/documents", params={"issuer_level": "huyen"})
    assert wrong.status_code == 422 and "Bộ (bo), Sở (so)" in wrong.text


def test_pages_name_no_other_host(client: TestClient) -> None:
    document = upload(client, ("một.pdf", FIRST))["files"][0]["document"]
    for url in (
        "/",
        "/?q=báo+cáo",
        "/van-ban",
        f"/van-ban/{document}",
        "/truong-toi",
        "/mang",
        "/mang/15/SGDĐT-VP",
        "/nap",
    ):
        text = client.get(url).text
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', text), url
        assert " style=" not in text and "onclick" not in text, url  # the policy forbids both


def test_the_unit_is_remembered(client: TestClient) -> None:
    upload(client, ("một.txt", FIRST))
    assert "Chọn đơn vị một lần" in client.get("/truong-toi").text
    chosen = client.get("/truong-toi", params={"unit": "co_so_giao_duc", "level": "thpt", "province": "An Bình"})
    assert "nộp báo cáo học kỳ 1" in chosen.text and "15/01/2024" in chosen.text
    link = re.search(
        r'href="(/truong-toi\?[^"]*status=(?:overdue|soon|later))"', chosen.text
    )  # the counts lead to them
    assert link is not None and "nộp báo cáo học kỳ 1" in client.get(html.unescape(link[1])).text
    again = client.get("/truong-toi").text
    assert "nộp báo cáo học kỳ 1" in again and 'value="An Bình"' in again
    wrong = client.get("/truong-toi", params={"unit": "truong"})
    assert wrong.status_code == 422 and "co_so_giao_duc" in wrong.text


def test_upload_through_the_page(client: TestClient) -> None:
    answer = client.post("/nap", files=[("files", ("một.txt", FIRST.encode()))], follow_redirects=False)
    assert answer.status_code == 303
    finished(client, answer.headers["location"].replace("/nap/", "/v1/jobs/"))
    page = client.get(answer.headers["location"]).text
    assert "15/SGDĐT-VP" in page and "đạt" in page


def test_downloads_of_one_document(client: TestClient) -> None:
    scan = upload(client, ("một.pdf", FIRST))["files"][0]["document"]
    text = client.get(f"/v1/documents/{scan}/text")
    assert text.text == FIRST and "m%E1%BB%99t.txt" in text.headers["content-disposition"]
    layered = client.get(f"/v1/documents/{scan}/searchable.pdf")
    assert layered.content.startswith(b"%PDF") and layered.headers["content-type"] == "application/pdf"
    plain = upload(client, ("hai.txt", SECOND))["files"][0]["document"]
    refused = client.get(f"/v1/documents/{plain}/searchable.pdf")
    assert refused.status_code == 422 and refused.json()["detail"]
    assert "tệp gốc" in client.get(f"/van-ban/{scan}").text


def test_a_way_of_reading_can_be_chosen(client: TestClient, rooms: ToyRooms) -> None:
    upload(client, ("một.txt", FIRST))
    again = client.post("/v1/documents", files=[("files", ("một.txt", FIRST.encode()))], data={"mode": "ocr"})
    assert finished(client, again.json()["url"])["files"][0]["status"] == "success"
    assert rooms.read == ["một.txt", "một.txt (ocr)"]
    wrong = client.post("/v1/documents", files=[("files", ("a.txt", b"a"))], data={"mode": "magic"})
    assert wrong.status_code == 422 and "repair" in wrong.json()["detail"]


def test_suggestions_and_the_whole_graph(client: TestClient) -> None:
    assert client.get("/v1/suggest", params={"q": "15"}).json() == []
    upload(client, ("một.txt", FIRST))
    assert client.get("/v1/suggest", params={"q": "15"}).json()[0]["text"] == "15/SGDĐT-VP"
    graph = client.get("/v1/graph/15/SGDĐT-VP", params={"format": "graphml"})
    assert graph.headers["content-type"].startswith("application/graphml+xml")


def test_an_office_stands_once_in_the_filter_as_most_directives_spell_it() -> None:
    names = ["Phòng GDĐT huyện Hiệp Hoà", None, "Bộ GDĐT", "Phòng GDĐT huyện Hiệp Hòa", "Phòng GDĐT huyện Hiệp Hòa"]
    library = cast("Library", SimpleNamespace(documents=lambda: [SimpleNamespace(issuer=name) for name in names]))
    assert offices_of(library) == ["Bộ GDĐT", "Phòng GDĐT huyện Hiệp Hòa"]
