"""Every route of the application, tried by nobody, a viewer, an editor, and an editor of another office."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.doors.rules import RULES, Rule, Scope, find, forgotten, routes
from api.settings import Settings
from tests.api.doorway import Doorway, cheap, doorway, furnish, opened  # noqa: F401  # fixtures

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "security.md").read_text(encoding="utf-8")

#: What a request must carry beside its address to be a good one; {names} are filled in.
BODIES: dict[str, dict[str, Any]] = {
    "POST /dang-nhap": {"data": {"ten": "{anybody}", "mat_khau": "x"}},
    "POST /v1/documents": {"files": {"files": ("ba.txt", b"chu")}},
    "POST /nap": {"files": {"files": ("ba.txt", b"chu")}},
    "POST /v1/lint": {"files": {"file": ("ba.txt", b"chu")}},
    "POST /kiem-tra": {"files": {"file": ("ba.txt", b"chu")}},
    "POST /v1/units": {"json": {"unit": "co_so_giao_duc", "level": "thcs", "province": "An Bình"}},
    "PUT /v1/units/{unit}/duties/{duty}/done": {"json": {"note": ""}},
    "POST /v1/documents/{document}/corrections": {
        "json": {"target": "header", "action": "edit", "changes": {"signer": "Lê Thị Bình"}}
    },
    "POST /truong-toi/xong": {"data": {"don_vi": "unit=co_so_giao_duc&level=thpt&province=An+Bình", "viec": "{duty}"}},
    "POST /truong-toi/bo-luu": {"data": {"don_vi": "unit=co_so_giao_duc&level=thpt&province=An+Bình"}},
    "POST /truong-toi/luu": {"data": {"don_vi": "unit=co_so_giao_duc&level=thpt&province=An+Bình"}},
    "POST /truong-toi/chua-xong": {
        "data": {"don_vi": "unit=co_so_giao_duc&level=thpt&province=An+Bình", "viec": "{duty}"}
    },
    "POST /can-xem-lai": {"data": {"van_ban": "{document}", "muc": "{item}", "viec": "accept"}},
    "POST /can-xem-lai/hoan-tac": {"data": {"ma": "{correction}"}},
    "POST /mat-khau": {"data": {"cu": "x", "moi": "y", "lai": "z"}},
    "POST /nguoi-dung": {"data": {"viec": "khoa", "ten": "lịch"}},
}
QUERIES: dict[str, dict[str, str]] = {
    "GET /v1/search": {"q": "báo cáo"},
    "GET /v1/duties": {"unit_id": "{unit}"},
    "GET /v1/duties.ics": {"unit_id": "{unit}"},
    "GET /v1/duties.xlsx": {"unit_id": "{unit}"},
    "GET /v1/duties.csv": {"unit_id": "{unit}"},
    "GET /truong-toi": {"unit": "co_so_giao_duc"},
    "GET /truong-toi/in": {"unit": "co_so_giao_duc"},
}
#: Good requests that are answered otherwise than with success: a key has no password of its own to change.
OTHERWISE = {"POST /mat-khau": 422, "POST /nguoi-dung": 422, "POST /dang-nhap": 401}
#: What the toy rooms have nothing for; it must get as far as being told so.
NOTHING_THERE = {"GET /v1/compare", "GET /v1/compare.docx", "GET /so-sanh"}
#: These are about the saved unit that the form names; another office has none there.
NOT_THERE = {"POST /truong-toi/chua-xong", "POST /truong-toi/bo-luu"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    from api.app import create_app

    yield create_app(Settings(home=tmp_path_factory.mktemp("routes") / "var"))


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doorway]:
    """A doorway that is looked at only."""
    for made in opened(Settings(home=tmp_path_factory.mktemp("seen") / "var", jobs=1, requests_per_minute=0)):
        furnish(made, "a")
        made.things["item"] = item_of(made, "a")
        yield made


@pytest.fixture
def furniture(request: pytest.FixtureRequest, furnished: Doorway, tmp_path: Path) -> Iterator[Doorway]:
    """The doorway for the rule of a test: one of its own where the rule is about changing something."""
    if request.getfixturevalue("rule").method == "GET":
        yield furnished
        return
    home = tmp_path / "var"
    shutil.copytree(furnished.settings.home, home)
    yield from opened(Settings(home=home, jobs=1), furnished.things)


def name_of(rule: Rule) -> str:
    return f"{rule.method} {rule.path}"


def test_no_route_is_without_a_rule(app: FastAPI) -> None:
    assert forgotten(app) == []
    assert {(rule.method, rule.path) for rule in RULES} - set(routes(app)) == set(), "rules for nothing"
    assert len(RULES) == len(set(map(name_of, RULES))) >= 50


def test_a_forgotten_route_would_be_found_and_shut(doorway: Doorway) -> None:  # noqa: F811
    doorway.app.add_api_route("/v1/moi/{ten}", lambda ten: {"ten": ten}, methods=["GET"])
    assert forgotten(doorway.app) == [("GET", "/v1/moi/{ten}")]
    assert doorway.client().get("/v1/moi/x").status_code == 401
    assert doorway.with_key("editor").get("/v1/moi/x").status_code == 403
    assert doorway.with_key("admin").get("/v1/moi/x").status_code == 200
    assert doorway.with_key("viewer").get("/v1/khong-co").status_code == 404


def test_the_rules_find_what_the_router_finds(doorway: Doorway) -> None:  # noqa: F811
    """The gate and the router read an address alike, also one that is written oddly."""
    viewer, seen = doorway.with_key("viewer"), 0
    for rule in RULES:
        found = find(rule.method, re.sub(r"\{\w+(:path)?\}", "x", rule.path))
        assert found is not None and found[0] is rule
    for path in ("/v1/audit", "/v1/audit%0A", "/v1/audit/", "//v1/audit", "/v1/./audit", "/v1/x/../audit", "/V1/AUDIT"):
        answer = viewer.get(path)
        assert answer.status_code in (307, 403, 404), path
        seen += answer.status_code == 403
    assert seen >= 2


def test_the_table_in_the_documents_is_the_table(app: FastAPI) -> None:
    rows = re.findall(r"^\| `(GET|POST|PUT|DELETE) (\S+)` \| (\w+) \| (\w+) \| (\S*) ?\|$", DOCS, re.MULTILINE)
    told = [(m, p, None if least == "anybody" else least, scope, act.strip("`")) for m, p, least, scope, act in rows]
    assert told == [(r.method, r.path, r.least, r.scope, r.act) for r in RULES]


def ask(client: TestClient, rule: Rule, things: dict[str, str], **more: Any) -> Any:
    things = things | {"anybody": uuid.uuid4().hex}  # a name that failed too often is answered otherwise

    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)(?::path)?\}", lambda m: things[m[1]], text)

    path = re.sub(
        r"\{(\w+)(:path)?\}",
        lambda m: quote(things[m[1]], safe="/" if m[2] else ""),
        rule.path.replace("{number}.png", "1.png"),
    )
    if rule.path.startswith("/docs/assets"):
        path = "/docs/assets/swagger-ui.css"
    query = urlencode({key: filled(value) for key, value in QUERIES.get(name_of(rule), {}).items()})
    body = dict(BODIES.get(name_of(rule), {}))
    if "data" in body:
        body["data"] = {key: filled(value) for key, value in body["data"].items()}
    return client.request(rule.method, f"{path}?{query}" if query else path, **body, **more)


def item_of(doorway: Doorway, office: str) -> str:  # noqa: F811
    with doorway.acting("editor", office):
        return doorway.library.review().items[0].id


@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_every_route_for_everybody(rule: Rule, furniture: Doorway) -> None:
    there = furniture
    good = OTHERWISE.get(name_of(rule))
    # nobody: 401, unless the address is for everybody
    answer = ask(there.client(), rule, there.things)
    assert answer.status_code == (401 if rule.least else good or 200), answer.text
    # another server's key, and a key that was revoked
    revoked = there.key("admin", "a")
    there.accounts.revoke(revoked)
    for key in (revoked, revoked[:-1], "cv_0123456789_x", "x", ""):
        answer = ask(there.client(headers={"x-api-key": key}), rule, there.things)
        assert (answer.status_code == 401) == (rule.least is not None or good == 401), key
    # who may not: 403; another office's things: 403
    others = [("viewer", "a", False), ("editor", "a", False), ("editor", "b", rule.scope is Scope.OFFICE)]
    for role, office, foreign in sorted(others, key=lambda row: row[1] == "a" and row[0] == "editor"):
        lacks = rule.least == "admin" or (rule.least == "editor" and role == "viewer")
        answer = ask(there.with_key(role, office), rule, there.things)
        if lacks or foreign:
            assert answer.status_code == 403, (role, office, answer.text)
        elif name_of(rule) in NOT_THERE and office == "b":
            assert answer.status_code == 404
        elif good:
            assert answer.status_code == good, (role, office, answer.text)
        elif name_of(rule) in NOTHING_THERE or (answer.status_code == 422 and name_of(rule) not in BODIES):
            assert answer.status_code in (200, 404, 422), (role, office, answer.text)
        else:
            assert answer.status_code < 400, (role, office, answer.text)
            assert "loi=" not in answer.headers.get("location", ""), "a page sent back with a problem"


@pytest.mark.parametrize("rule", [r for r in RULES if r.scope is Scope.OFFICE], ids=name_of)
def test_the_office_above_looks_and_changes_nothing(rule: Rule, furniture: Doorway) -> None:
    there = furniture
    above, elsewhere = there.with_key("editor", "so"), there.with_key("editor", "xa")
    assert ask(elsewhere, rule, there.things).status_code == 403
    answer = ask(above, rule, there.things)
    assert answer.status_code == (200 if rule.method == "GET" else 403), answer.text
    if "restore" not in rule.path:  # a unit that was not removed is there to be restored by the admin all the same
        assert ask(there.with_key("admin", "xa"), rule, there.things).status_code < 400


@pytest.mark.parametrize("rule", [r for r in RULES if r.method != "GET" and r.least], ids=name_of)
def test_a_cookie_alone_changes_nothing(rule: Rule, furniture: Doorway) -> None:
    """Every change that comes with a cookie needs the token of our own form, in the form or as a header."""
    there = furniture
    there.accounts.add("bien.tap", "năm sáu từ khác nữa", least_role(rule), there.office("a"))
    browser = there.browser("bien.tap", "năm sáu từ khác nữa")
    token = re.search(r'name="csrf" value="([0-9a-f]{64})"', browser.get("/").text)
    assert token is not None
    assert ask(browser, rule, there.things).status_code == 403
    assert ask(browser, rule, there.things, headers={"x-csrf-token": "0" * 64}).status_code == 403
    answer = ask(browser, rule, there.things, headers={"x-csrf-token": token[1]})
    assert answer.status_code == OTHERWISE.get(name_of(rule), answer.status_code)
    assert answer.status_code not in (401, 403), answer.text


def least_role(rule: Rule) -> Any:
    from api.doors.person import Role

    return Role.ADMIN if rule.least == "admin" else Role.EDITOR
