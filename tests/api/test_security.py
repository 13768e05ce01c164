"""What docs/security.md promises beside the doors themselves: headers, cookies, logs, names, hostile requests."""

# ruff: noqa: F811
# (fixtures of another file are imported, and are arguments by the same name)

from __future__ import annotations

import io
import logging
import re
import sqlite3
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api.doors import hashing
from api.doors.csrf import with_field
from api.doors.person import Role
from api.settings import Settings
from tests.api.doorway import PASSWORD, Doorway, cheap, doorway, furnish, opened  # noqa: F401
from tests.api.test_doors import token_of

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
#: Pages with forms that change something, and what an editor sees there.
FORMS = {
    "/nap": 1,
    "/can-xem-lai": 2,
    "/truong-toi?unit=co_so_giao_duc&level=thpt&province=An+Bình": 1,
    "/mat-khau": 1,
}


def test_every_threat_names_a_test_that_is_there() -> None:
    rows = [line for line in DOCS.split("## Threats")[1].splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 25
    for row in rows:
        named = re.findall(r"`((?:tests/[\w/]+/)?(?:test_)?\w+\.py)(?:::(\w+))?`", row.split(" | ")[2])
        assert named, row
        for file, function in named:
            path = ROOT / file if "/" in file else ROOT / "tests" / "api" / file
            assert path.is_file(), file
            assert not function or f"def {function}(" in path.read_text(encoding="utf-8"), (file, function)


def test_headers_on_every_answer(doorway: Doorway) -> None:
    document = doorway.things["document"]
    answers = [doorway.client().get(url) for url in ("/", "/dang-nhap", "/v1/documents", "/khong-co", "/static/app.js")]
    known = doorway.with_key("admin")
    answers += [
        known.get(url)
        for url in (
            "/",
            "/docs",
            "/openapi.json",
            f"/v1/documents/{document}/pages/1.png",
            "/v1/search",
            "/v1/khong-co",
        )
    ]
    answers.append(doorway.client().get("/", headers={"host": "evil.example"}))
    assert {answer.status_code for answer in answers} >= {200, 400, 401, 404, 422}
    for answer in answers:
        headers, at = answer.headers, str(answer.url)
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy, at
        for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
            assert part in policy, at
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY", at
        assert headers["referrer-policy"] == "same-origin" and "camera=()" in headers["permissions-policy"], at
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin", at
        assert "strict-transport-security" not in headers and "server" not in headers, at


def test_https_through_a_proxy_that_is_known(doorway: Doorway) -> None:
    """What a proxy says comes through uvicorn as the scheme of the request."""
    client = doorway.client(base_url="https://127.0.0.1")
    answer = client.post("/dang-nhap", data={"ten": "quan.tri", "mat_khau": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-congvan_phien=") and "Secure" in cookie and "HttpOnly" in cookie
    assert answer.headers["strict-transport-security"] == "max-age=15552000"
    assert client.get("/v1/documents").status_code == 200
    plain = doorway.client(cookies={"__Host-congvan_phien": client.cookies["__Host-congvan_phien"]})
    assert plain.get("/v1/documents").status_code == 401, "the secure cookie counts over https only"


def test_nobody_else_says_where_a_request_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server takes forwarded headers from named proxies only, whatever the environment says."""
    import uvicorn

    from api import server

    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    made: list[uvicorn.Config] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: made.append(self.config))
    for narrow in opened(Settings(home=tmp_path / "var", jobs=1)):
        assert narrow.accounts.needed()
    for proxies in ("", "10.0.0.1"):
        server.serve(Settings(home=tmp_path / "var", port=0, trusted_proxies=proxies))
    seen: list[tuple[str, str]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append((scope["client"][0], scope["scheme"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

    for config in made:
        trusted: Any = ProxyHeadersMiddleware(app, config.forwarded_allow_ips) if config.proxy_headers else app  # type: ignore[arg-type]  # uvicorn's types are stricter than what it takes
        for peer in ("10.0.0.1", "10.0.0.2"):
            forged = {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"}
            TestClient(trusted, client=(peer, 1)).get("/", headers=forged)
    assert seen == [("10.0.0.1", "http"), ("10.0.0.2", "http"), ("192.0.2.7", "https"), ("10.0.0.2", "http")]


def test_a_name_that_was_not_allowed_is_refused(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "var", jobs=1, allowed_hosts="Congvan.Example.vn, ")
    for narrow in opened(settings):
        client = narrow.with_key("viewer")
        for name, status in (
            ("congvan.example.vn", 200),
            ("CONGVAN.example.vn:443", 200),
            ("evil.example", 400),
            ("[", 400),
        ):
            assert client.get("/v1/documents", headers={"host": name}).status_code == status, name


def test_every_form_that_changes_something_has_the_token(doorway: Doorway) -> None:
    furnish(doorway, "")
    browser = doorway.browser()
    for url, least in FORMS.items():
        page = browser.get(url).text
        forms = re.findall(r"<form\b[^>]*method=\"post\"[^>]*>(.{0,120})", page, re.DOTALL)
        assert len(forms) > least, url  # one more: signing out stands on every page
        assert all(form.startswith('<input type="hidden" name="csrf" value="') for form in forms), url
    assert with_field("<FORM class=x METHOD=post>", "t").endswith('name="csrf" value="t">')
    assert with_field('<form action="/van-ban">', "t") == '<form action="/van-ban">'
    home = browser.get("/").text
    assert home.count("csrf") == 1, "forms that only ask put nothing into the address"


def test_a_form_with_files_is_checked_before_they_are_taken_in(doorway: Doorway) -> None:
    browser = doorway.browser()
    token = token_of(browser.get("/nap").text)
    file = ("a.txt", b"x" * 200_000)
    good = browser.post("/nap", data={"csrf": token}, files={"files": file})
    assert good.status_code == 303 and good.headers["location"].startswith("/nap/")
    read = [0]

    def body() -> Any:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(1000):
            read[0] += 1
            yield b"x" * 10_000
        yield b'\r\n--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + token.encode() + b"\r\n--x--\r\n"

    late = browser.post("/nap", content=body(), headers={"content-type": "multipart/form-data; boundary=x"})
    assert late.status_code == 403, "the token stands in front of the files"
    for kind in ("text/plain", "application/json", ""):
        answer = browser.post("/nap", content=f"csrf={token}", headers={"content-type": kind})
        assert answer.status_code == 403, kind


def test_what_was_seen_is_not_left_in_the_browser(doorway: Doorway) -> None:
    image = f"/v1/documents/{doorway.things['document']}/pages/1.png"
    browser = doorway.browser()
    first = browser.get(image)
    assert first.headers["cache-control"] == "private, no-cache"
    assert browser.get(image, headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert doorway.client().get(image, headers={"if-none-match": first.headers["etag"]}).status_code == 401
    for url in ("/van-ban", "/v1/documents", "/v1/khong-co"):
        assert browser.get(url).headers["cache-control"] == "no-store", url


def test_text_of_directives_is_only_text(doorway: Doorway) -> None:
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    row = doorway.library.add(f"Số: 99/SGDĐT-VP\nhạn 2024-02-02 {nasty}\n".encode(), f"{nasty}.txt")
    client = doorway.with_key("admin")
    places = (
        "/van-ban",
        f"/van-ban/{row.document}",
        "/truong-toi?unit=co_so_giao_duc",
        f"/?q={nasty}",
        f"/mang/{nasty}",
    )
    for url in places:
        found = Active()
        found.feed(client.get(url, headers={"accept": "text/html"}).text)
        assert found.tags > 10 and found.wrong == [], url


class Active(HTMLParser):
    """Collects what could run in a page: scripts in the page, handlers, styles in attributes, addresses that run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.wrong = 0, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        names = dict(attrs)
        runs = any(name.startswith("on") or name == "style" for name in names)
        odd = any((names.get(name) or "").lower().startswith("javascript:") for name in ("href", "src", "action"))
        if runs or odd or (tag == "script" and "src" not in names) or names.get("src") == "x":
            self.wrong.append(self.get_starttag_text() or tag)


def test_originals_are_given_out_as_files_only(doorway: Doorway) -> None:
    page = b"<html><script>alert(1)</script></html>"
    row = doorway.library.add(page, "a.txt")
    answer = doorway.with_key("viewer").get(f"/v1/documents/{row.document}/original")
    assert answer.content == page and answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_no_secret_is_kept_or_logged(
    doorway: Doorway,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Passwords, keys and tokens: not in any log, whatever goes wrong, nor in any file of the state folder."""
    other, new = "mật khẩu gõ nhầm đây", "một mật khẩu hoàn toàn mới"
    with caplog.at_level(logging.DEBUG):
        key = doorway.key("editor")
        client = doorway.client()
        client.post("/dang-nhap", data={"ten": other, "mat_khau": PASSWORD})
        client.post("/dang-nhap", data={"ten": "quan.tri", "mat_khau": other})
        browser = doorway.browser()
        token = browser.cookies["congvan_phien"]
        form = token_of(browser.get("/mat-khau").text)
        browser.post("/mat-khau", data={"csrf": form, "cu": other, "moi": new, "lai": new})
        browser.post("/mat-khau", data={"csrf": form, "cu": PASSWORD, "moi": new, "lai": new})
        doorway.client(headers={"authorization": f"Bearer {key}"}).get("/v1/documents")
        doorway.client(headers={"authorization": f"Bearer {key}x"}).get("/v1/documents")
        # a bug and a store that fails, in the middle of signing in
        angry = TestClient(doorway.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
        monkeypatch.setattr(hashing, "fits", lambda *_: 1 / 0)
        assert angry.post("/dang-nhap", data={"ten": "quan.tri", "mat_khau": new}).status_code == 500
        monkeypatch.undo()
        monkeypatch.setattr(hashing, "COST", hashing.Cost(1, 8, 1))
        with sqlite3.connect(doorway.settings.home / "congvan.db") as raw:
            raw.execute("DROP TABLE sign_ins")
        answer = angry.post("/dang-nhap", data={"ten": "quan.tri", "mat_khau": new})
        assert answer.status_code >= 500 and new not in answer.text
    assert "ZeroDivisionError" in caplog.text, "what went wrong is logged"
    said = caplog.text + "".join(capfd.readouterr())
    hashes = [row[1] for row in (doorway.library.store.accounts.user("quan.tri"),) if row is not None]
    for secret in (PASSWORD, other, new, key, key.split("_", 2)[2], token, form, *hashes):
        assert secret not in said
    doorway.library.close()
    kept = b"".join(path.read_bytes() for path in doorway.settings.home.rglob("*") if path.is_file())
    for secret in (PASSWORD, other, new, key, key.split("_", 2)[2], token, form):
        assert secret.encode() not in kept
    assert hashing.fingerprint(token).encode() in kept or b"argon2id" in kept, "hashes are"


def test_the_logs_csv_has_no_formulas(doorway: Doorway, monkeypatch: pytest.MonkeyPatch) -> None:
    import csv

    from api import clidoors

    made = doorway.accounts.add_key("=HYPERLINK(1)", Role.VIEWER, None, None)
    client = doorway.client(headers={"x-api-key": made.text})
    client.get(f"/v1/documents/{doorway.things['document']}/text")
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    clidoors._csv(doorway.library, doorway.library.store.desk.audit())
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert len(rows) == 2 and not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_server_says_who_can_come_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import uvicorn

    from api import server

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uvicorn.Server, "run", lambda *_, **__: None)
        server.serve(Settings(home=tmp_path / "leer", port=0))
        assert "chỉ máy này vào được" in capsys.readouterr().err
        for narrow in opened(Settings(home=tmp_path / "var", jobs=1)):
            assert narrow.accounts.needed()
        server.serve(Settings(home=tmp_path / "var", port=0, host="0.0.0.0"))
        assert "chưa có HTTPS" in capsys.readouterr().err
        server.serve(Settings(home=tmp_path / "var", port=0, trusted_proxies="127.0.0.1"))
        assert "Chú ý" not in capsys.readouterr().err


@pytest.mark.slow
def test_hostile_uploads_and_queries(tmp_path: Path) -> None:
    from tests.bench.fuzz_http import fuzz

    told = fuzz(uploads=15, queries=120, seed=5, folder=tmp_path, patience=120)
    assert told["server_errors"] == 0 and told["outside"] == 0, told
    assert sum(told["answers"].values()) > 90 and sum(told["files"].values()) >= 5
    assert told["answers"].get(200, 0) > 10 and told["answers"].get(422, 0) > 10


@pytest.mark.slow
def test_the_watch_sees_what_it_must(tmp_path: Path) -> None:
    """The check itself can fail: a file beside, a folder beside, another host."""
    import os
    import subprocess
    import sys

    (tmp_path / "ours").mkdir()
    code = (
        "import os, shutil, socket\n"
        "os.makedirs('ours/a/b'); open('ours/a/x', 'w').close(); shutil.rmtree('ours/a')\n"
        "open('beside', 'w').close(); os.mkdir('folder'); os.rename('ours', 'moved')\n"
        "s = socket.socket(); s.settimeout(0.05); s.connect_ex(('127.0.0.1', 9)); s.connect_ex(('192.0.2.1', 9))\n"
    )
    watch = {"PYTHONPATH": str(ROOT / "tests/bench/guarded"), "WATCH_LOG": str(tmp_path / "log")}
    environment = os.environ | watch | {"WATCH_ROOTS": str(tmp_path / "ours")}
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, check=True)
    told = (tmp_path / "log").read_text().split("\n")
    assert [line.split(" ")[0] for line in told if line] == ["open", "os.mkdir", "os.rename", "socket.connect"]
