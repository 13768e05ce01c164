"""The doors on toy rooms: signing in and out, keys, what each office keeps to itself, the log."""

# ruff: noqa: F811
# (fixtures of another file are imported, and are arguments by the same name)

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.doors import hashing
from api.doors.accounts import Accounts, known_role
from api.doors.hashing import good_password
from api.doors.limits import Lockout, Rate
from api.doors.offices import Office
from api.doors.person import HOUSE, Role, acting
from api.library import Library
from api.settings import Settings
from corpus.errors import BadInputError, ExitCode, NotAllowedError
from tests.api.conftest import FIRST
from tests.api.doorway import OFFICES, PASSWORD, Doorway, cheap, doorway, furnish, office_of, unsure  # noqa: F401
from tests.api.rooms import ToyRooms

Cli = Callable[..., int]


def token_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


# without users, and the first one


def test_without_users_everything_is_open_on_this_machine(library: Library, settings: Settings) -> None:
    from api.app import create_app

    client = TestClient(create_app(settings, library), base_url="http://127.0.0.1")
    assert client.get("/v1/documents").status_code == 200
    assert client.post("/v1/units", json={"unit": "phong_gddt", "province": "Lâm Đồng"}).status_code == 201
    assert "Đăng xuất" not in client.get("/").text and acting() is HOUSE
    assert "congvan user add" in client.get("/dang-nhap").text
    for header in ("x-forwarded-for", "forwarded", "via"):  # a proxy lets in whoever asks it
        assert client.get("/v1/documents", headers={header: "10.0.0.7"}).status_code == 401


@pytest.mark.parametrize(
    "more", [{"host": "0.0.0.0"}, {"allowed_hosts": "congvan.example.vn"}, {"trusted_proxies": "::1"}]
)
def test_without_users_nobody_comes_in_from_elsewhere(tmp_path: Path, more: dict[str, str]) -> None:
    from api.app import create_app
    from api.server import serve

    settings = Settings(home=tmp_path / "var", port=0, **more)  # type: ignore[arg-type]  # texts of settings
    with pytest.raises(BadInputError, match="congvan user add") as refused:
        serve(settings)
    assert refused.value.exit_code == ExitCode.BAD_INPUT
    client = TestClient(create_app(settings, Library(settings, ToyRooms())), base_url="http://127.0.0.1")
    answer = client.get("/v1/documents")  # also where the last user was removed while the server ran
    assert answer.status_code == 401 and "congvan user add" in answer.json()["detail"]


def test_the_first_user_is_an_admin_and_an_admin_stays(doorway: Doorway, tmp_path: Path) -> None:
    empty = Accounts(Library(Settings(home=tmp_path / "leer"), ToyRooms()))
    with pytest.raises(BadInputError, match="admin"):
        empty.add("van.thu", PASSWORD, Role.EDITOR, None)
    accounts = doorway.accounts
    accounts.add("van.thu", PASSWORD, Role.VIEWER, None)
    for change in (lambda: accounts.remove("quan.tri"), lambda: accounts.set_role("quan.tri", Role.EDITOR)):
        with pytest.raises(BadInputError, match="cuối cùng"):
            change()
    with pytest.raises(BadInputError, match="Đã có"):
        accounts.add("VAN.THU ", PASSWORD, Role.VIEWER, None)
    accounts.set_role("van.thu", Role.ADMIN)
    accounts.remove("quan.tri")
    accounts.remove("van.thu")  # the very last one: the doors are open again, on this machine
    assert doorway.client().get("/v1/documents").status_code == 200


@pytest.mark.parametrize(
    "bad", ["ngắn", "a" * 201, "1234567890", "aaaaaaaaaaaa", "van.thu2024", "MatKhau123", "Mật Khẩu123"]
)
def test_passwords_that_anybody_guesses_are_refused(bad: str) -> None:
    with pytest.raises(BadInputError):
        good_password("van.thu", bad)
    assert good_password("van.thu", PASSWORD) == PASSWORD


@pytest.mark.parametrize("name", ["", "ab", "có dấu", "a b c", "-abc", "x" * 61, "a\0bc", "../abc", "<b>abc"])
def test_names_that_will_not_do(doorway: Doorway, name: str) -> None:
    with pytest.raises(BadInputError):
        doorway.accounts.add(name, PASSWORD, Role.VIEWER, None)


# signing in


def test_signing_in_and_out(doorway: Doorway) -> None:
    client = doorway.client()
    page = client.get("/van-ban?school_year=2023-2024", headers={"accept": "text/html"})
    assert page.status_code == 303
    assert page.headers["location"] == "/dang-nhap?ve=%2Fvan-ban%3Fschool_year%3D2023-2024"
    form = client.get(page.headers["location"]).text
    assert 'name="ve" value="/van-ban?school_year=2023-2024"' in form
    wrong = client.post("/dang-nhap", data={"ten": "quan.tri", "mat_khau": "sai"})
    assert wrong.status_code == 401 and "không đúng" in wrong.text and "set-cookie" not in wrong.headers
    answer = client.post("/dang-nhap", data={"ten": " Quan.Tri", "mat_khau": PASSWORD, "ve": "/van-ban"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/van-ban")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie and "Secure" not in cookie
    home = client.get("/")
    assert "quan.tri" in home.text and home.headers["cache-control"] == "no-store"
    kept = dict(client.cookies)
    assert client.post("/dang-xuat", data={"csrf": token_of(home.text)}).status_code == 303
    again = doorway.client(cookies=kept)
    assert again.get("/v1/documents").status_code == 401, "the old cookie opens nothing"


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/a\nb",
        "van-ban",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(doorway: Doorway, back: str) -> None:
    answer = doorway.client().post("/dang-nhap", data={"ten": "quan.tri", "mat_khau": PASSWORD, "ve": back})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_sign_in_ends(doorway: Doorway) -> None:
    browser = doorway.browser()
    for _ in range(5):  # in use all day
        doorway.now[0] += timedelta(hours=1.9)
        assert browser.get("/v1/documents").status_code == 200
    doorway.now[0] += timedelta(hours=2.6)  # twelve hours are over
    assert browser.get("/v1/documents").status_code == 401
    idle = doorway.browser()
    doorway.now[0] += timedelta(hours=2)
    assert idle.get("/v1/documents").status_code == 401


def test_an_old_cookie_never_becomes_a_new_sign_in(doorway: Doorway) -> None:
    """Whoever plants a cookie before somebody signs in has nothing after."""
    client = doorway.client(cookies={"congvan_phien": "geschenkt"})
    client.post("/dang-nhap", data={"ten": "quan.tri", "mat_khau": PASSWORD})
    assert doorway.client(cookies={"congvan_phien": "geschenkt"}).get("/v1/documents").status_code == 401
    browser = doorway.browser()
    first = dict(browser.cookies)
    browser.post("/dang-nhap", data={"ten": "quan.tri", "mat_khau": PASSWORD})
    assert browser.get("/v1/documents").status_code == 200
    assert doorway.client(cookies=first).get("/v1/documents").status_code == 401, "signing in again ends the first"


def test_changing_ones_password(doorway: Doorway) -> None:
    one, other = doorway.browser(), doorway.browser()
    token = token_of(one.get("/mat-khau").text)

    def change(old: str, new: str, again: str) -> Any:
        return one.post("/mat-khau", data={"csrf": token, "cu": old, "moi": new, "lai": again})

    assert "không giống nhau" in change(PASSWORD, "một mật khẩu mới", "một mật khẩu khác").text
    assert "Mật khẩu hiện tại không đúng" in change("sai", "một mật khẩu mới", "một mật khẩu mới").text
    assert "ký tự" in change(PASSWORD, "ngắn", "ngắn").text
    done = change(PASSWORD, "một mật khẩu mới", "một mật khẩu mới")
    assert done.status_code == 200 and "Đã đổi mật khẩu" in done.text
    assert one.get("/v1/documents").status_code == 200 and other.get("/v1/documents").status_code == 401
    assert doorway.client().post("/dang-nhap", data={"ten": "quan.tri", "mat_khau": PASSWORD}).status_code == 401
    doorway.browser(password="một mật khẩu mới")


def test_role_and_removal_count_at_once(doorway: Doorway) -> None:
    doorway.accounts.add("van.thu", PASSWORD, Role.ADMIN, None)
    browser = doorway.browser("van.thu")
    assert browser.get("/v1/audit").status_code == 200
    doorway.accounts.set_role("van.thu", Role.VIEWER)
    assert browser.get("/v1/audit").status_code == 403
    refused = browser.get("/nap", headers={"accept": "text/html"})
    assert refused.status_code == 403 and "<h1>Không được phép</h1>" in refused.text and "Đăng xuất" in refused.text
    doorway.accounts.remove("van.thu")
    assert browser.get("/v1/documents").status_code == 401


def test_names_are_shut_for_longer_and_longer(doorway: Doorway) -> None:
    """Known and unknown names alike, whatever the password is while they are shut."""

    def tried(name: str, password: str = "sai") -> tuple[int, str]:
        doorway.clock[0] += 3.1  # not so fast that the address is stopped
        answer = doorway.client().post("/dang-nhap", data={"ten": name, "mat_khau": password})
        return answer.status_code, answer.headers.get("retry-after", "")

    seen = {}
    for name in ("quan.tri", "khong.ai"):
        seen[name] = [tried(name)[0] for _ in range(6)]
        assert tried(name, PASSWORD)[0] == 429, "shut for the right password too"
        doorway.clock[0] += 30
        assert tried(name)[0] == 401
        waits = int(tried(name)[1])
        assert 30 < waits <= 60, "twice as long"
    assert seen["quan.tri"] == seen["khong.ai"] == [401] * 5 + [429]
    doorway.clock[0] += 900
    assert doorway.browser("quan.tri").get("/v1/documents").status_code == 200


def test_an_address_cannot_try_many_names(doorway: Doorway) -> None:
    statuses = [
        doorway.client().post("/dang-nhap", data={"ten": f"ten{k}", "mat_khau": "x"}).status_code for k in range(14)
    ]
    assert statuses[:10] == [401] * 10 and set(statuses[10:]) == {429}


def test_an_unknown_name_takes_as_long_as_a_wrong_password(doorway: Doorway, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash is made for both; its cost is counted, since a clock lies on a busy machine."""
    monkeypatch.setattr(hashing, "COST", hashing.Cost(4, 16384, 1))
    doorway.accounts.set_password("quan.tri", PASSWORD)
    hashing.fits(None, "x")  # what nobody fits is made once

    def spent(name: str) -> float:
        start = time.process_time()
        doorway.clock[0] += 1000
        assert doorway.client().post("/dang-nhap", data={"ten": name, "mat_khau": "sai"}).status_code == 401
        return time.process_time() - start

    # the least of several, in turn: what else a busy machine does only adds
    known, unknown = (
        min(times) for times in zip(*((spent("quan.tri"), spent("khong.ai")) for _ in range(6)), strict=True)
    )
    assert 0.5 < known / unknown < 2, (known, unknown)


def test_buckets_and_lockouts_by_a_clock() -> None:
    clock = [0.0]
    rate = Rate(60, 3, lambda: clock[0])
    assert [rate.take("a") for _ in range(4)] == [0, 0, 0, 1.0] and rate.take("b") == 0
    clock[0] = 1.0
    assert rate.take("a") == 0 and rate.take("a") > 0
    assert Rate(0, 1, lambda: clock[0]).take("a") == 0, "0 is no limit"
    lockout = Lockout(free=2, first=10, longest=35, clock=lambda: clock[0])
    waits = []
    for _ in range(6):
        lockout.failed("a")
        waits.append(lockout.wait("a"))
    assert waits == [0, 10, 20, 35, 35, 35] and lockout.wait("b") == 0
    lockout.passed("a")
    assert lockout.wait("a") == 0


# keys


def test_keys_open_until_they_end_or_are_revoked(doorway: Doorway) -> None:
    made = doorway.accounts.add_key("lịch", Role.VIEWER, None, 30)
    assert re.fullmatch(r"cv_[0-9a-f]{10}_[\w-]{43}", made.text) and made.text not in repr(made)
    client = doorway.client()
    for headers in ({"authorization": f"Bearer {made.text}"}, {"x-api-key": made.text}):
        assert client.get("/v1/documents", headers=headers).status_code == 200
    assert client.get("/v1/documents", auth=("ai-cung-duoc", made.text)).status_code == 200, "as calendars send it"
    assert client.get(f"/v1/documents?key={made.text}").status_code == 401, "never in an address"
    other = doorway.accounts.add_key("khác", Role.VIEWER, None, None)
    mixed = f"cv_{made.key.prefix}_{other.text.split('_', 2)[2]}"
    assert client.get("/v1/documents", headers={"x-api-key": mixed}).status_code == 401
    doorway.now[0] += timedelta(days=30)
    assert client.get("/v1/documents", headers={"x-api-key": made.text}).status_code == 401
    assert client.get("/v1/documents", headers={"x-api-key": other.text}).status_code == 200
    Accounts(doorway.library).revoke(other.key.prefix)  # as another process would
    assert client.get("/v1/documents", headers={"x-api-key": other.text}).status_code == 401


def test_a_key_is_hashed_once_in_a_while(doorway: Doorway, monkeypatch: pytest.MonkeyPatch) -> None:
    made, asked = [0], hashing.fits

    def counted(known: str | None, secret: str) -> bool:
        made[0] += 1
        return asked(known, secret)

    monkeypatch.setattr(hashing, "fits", counted)
    client = doorway.with_key("viewer")
    for _ in range(20):
        assert client.get("/v1/documents").status_code == 200
    assert made[0] == 1
    wrong = doorway.client(headers={"x-api-key": client.headers["authorization"][7:] + "x"})
    assert [wrong.get("/v1/documents").status_code for _ in range(3)] == [401] * 3 and made[0] == 4
    unknown = doorway.client(headers={"x-api-key": "cv_0123456789_x"})
    assert unknown.get("/v1/documents").status_code == 401 and made[0] == 4, "a prefix nobody has costs nothing"


def test_calendars_are_asked_for_a_name_and_a_password(doorway: Doorway) -> None:
    furnish(doorway, "a")
    url = f"/v1/units/{doorway.things['unit']}/calendar.ics"
    assert doorway.client().get(url).headers["www-authenticate"].startswith("Basic ")
    assert doorway.client().get("/v1/documents").headers["www-authenticate"].startswith("Bearer ")
    assert doorway.client().get(url, auth=("lich", doorway.key("viewer", "a"))).text.startswith("BEGIN:VCALENDAR")


def test_too_many_requests_are_told_to_wait(tmp_path: Path) -> None:
    from tests.api.doorway import opened

    for narrow in opened(Settings(home=tmp_path / "var", requests_per_minute=20)):
        client, other = narrow.with_key("viewer"), narrow.with_key("editor")
        statuses = [client.get("/v1/units").status_code for _ in range(8)]
        assert statuses == [200] * 5 + [429] * 3 and other.get("/v1/units").status_code == 200
        assert int(client.get("/v1/units").headers["retry-after"]) >= 1
        strangers = [narrow.client().get("/v1/units").status_code for _ in range(70)]
        assert strangers[:60] == [401] * 60 and strangers[-1] == 429
        assert narrow.client().get("/static/style.css").status_code == 200


# offices


def test_who_stands_above_whom(library: Library) -> None:
    def office(kind: str, **place: str) -> Office:
        return office_of(library, kind, **place)

    bo, so = office("bo_gddt"), office("so_gddt", province="Lâm Đồng")
    phong = office("phong_gddt", province="Lâm Đồng", district="huyện Đức Trọng")
    xa = office("ubnd_xa", province="Lâm Đồng", commune="xã Đức Trọng")
    thcs = office("co_so_giao_duc", level="thcs", province="Lâm Đồng", district="huyện Đức Trọng", name="THCS A")
    thpt = office("co_so_giao_duc", level="thpt", province="Lâm Đồng", district="huyện Đức Trọng", name="THPT B")
    today = office("co_so_giao_duc", level="thcs", province="Lâm Đồng", commune="Xã Đức Trọng", name="THCS A")
    for upper, lower in (
        (bo, so),
        (bo, thpt),
        (so, phong),
        (so, xa),
        (so, thcs),
        (so, thpt),
        (phong, thcs),
        (xa, today),
    ):
        assert upper.stands_above(lower) and not lower.stands_above(upper)
    elsewhere = office("phong_gddt", province="Lâm Đồng", district="huyện Lạc Dương")
    for one, other in ((phong, thpt), (phong, elsewhere), (phong, phong), (elsewhere, thcs), (phong, xa), (xa, thcs)):
        assert not one.stands_above(other)
    assert not office("so_gddt", province="Bắc Ninh").stands_above(phong)
    assert not office("so_gddt").stands_above(phong), "a place that is not told is nobody's"
    # since 2025-07-01 Đắk Nông and Bình Thuận lie in Lâm Đồng
    assert so.stands_above(office("phong_gddt", province="Đắk Nông", district="huyện Krông Nô"))
    assert office("so_gddt", province="lâm đồng") == so and len({so, office("so_gddt", province="LÂM ĐỒNG")}) == 1


def test_what_an_office_saves_is_its_own(doorway: Doorway) -> None:
    school = {"unit": "co_so_giao_duc", "level": "thpt", "province": "An Bình"}
    clients = {name: doorway.with_key("editor", name) for name in OFFICES}
    ids = {name: clients[name].post("/v1/units", json=school).json()["id"] for name in ("a", "b")}
    assert ids["a"] != ids["b"], "the same school twice, each with the ticks of one office"
    duty = clients["a"].get("/v1/duties", params={"unit_id": ids["a"]}).json()["duties"][0]["id"]
    put = f"/v1/units/{ids['a']}/duties/{duty}/done"
    assert clients["a"].put(put, json={"note": "xong từ hôm qua"}).status_code == 200
    done = {
        name: [row["done"] for row in clients[name].get("/v1/duties", params={"unit_id": ids[name]}).json()["duties"]]
        for name in ("a", "b")
    }
    assert any(done["a"]) and not any(done["b"])
    listed = {name: {row["id"] for row in client.get("/v1/units").json()} for name, client in clients.items()}
    assert listed == {"a": {ids["a"]}, "b": {ids["b"]}, "so": set(ids.values()), "xa": set()}
    page = clients["b"].get("/truong-toi", params=school).text
    assert "xong từ hôm qua" not in page
    assert "xong từ hôm qua" in clients["a"].get("/truong-toi", params=school).text
    assert {row["id"] for row in doorway.with_key("admin").get("/v1/units").json()} >= set(ids.values())


def test_a_corrections_reach(doorway: Doorway) -> None:
    """For all where an admin, the issuing Sở or who brought it in makes it; else for one's own office alone."""
    document = doorway.things["document"]
    url, change = f"/v1/documents/{document}/corrections", {"target": "header", "action": "edit"}

    def signer(name: str, role: str = "viewer") -> Any:
        return doorway.with_key(role, name).get(f"/v1/documents/{document}").json()["facts"]["meta"]["signer"]

    def correct(role: str, office: str, signer: str) -> dict[str, Any]:
        answer = doorway.with_key(role, office).post(url, json=change | {"changes": {"signer": signer}})
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    own = correct("editor", "a", "Nguyễn Văn A")
    assert [signer(name) for name in ("a", "b", "so", "")] == ["Nguyễn Văn A", None, None, None]
    correct("editor", "so", "Giám đốc Sở")  # the directive is of the Sở An Bình
    assert [signer(name) for name in ("a", "b", "xa", "")] == ["Nguyễn Văn A"] + ["Giám đốc Sở"] * 3
    listed = {
        name: {row["changes"]["signer"] for row in doorway.with_key("viewer", name).get("/v1/corrections").json()}
        for name in OFFICES
    }
    assert listed == {"a": {"Nguyễn Văn A"}, "b": set(), "so": {"Nguyễn Văn A", "Giám đốc Sở"}, "xa": set()}
    undo = f"/v1/corrections/{own['id']}"
    assert [doorway.with_key("editor", name).delete(undo).status_code for name in ("b", "so", "a")] == [403, 403, 200]
    assert signer("a") == "Giám đốc Sở"
    # a second reading keeps what holds for all, and what is an office's own
    correct("editor", "b", "Riêng của B")
    doorway.library.add_many([incoming(FIRST)], mode="repair")
    assert [signer(name) for name in ("a", "b")] == ["Giám đốc Sở", "Riêng của B"]
    assert correct("admin", "xa", "Quản trị") and signer("a") == "Quản trị"


def incoming(text: str) -> Any:
    from api.usecases.adding import Incoming

    return Incoming("một.pdf", lambda: text.encode())


def test_who_brought_a_directive_in_corrects_it_for_all(doorway: Doorway) -> None:
    text = b"vi\xe1\xbb\x87c r\xc3\xa0 so\xc3\xa1t s\xc6\xa1 s\xc3\xa0i\n"
    with doorway.with_key("editor", "a") as client:
        job = client.post("/v1/documents", files={"files": ("riêng.txt", text)}).json()
        until = time.monotonic() + 20
        while (state := client.get(job["url"]).json())["status"] not in ("done", "failed"):
            assert time.monotonic() < until
            time.sleep(0.02)
        document = state["files"][0]["document"]
        assert doorway.with_key("viewer", "b").get(job["url"]).status_code == 403
        again = doorway.with_key("editor", "b").post("/v1/documents", files={"files": ("lại.txt", text)})
        assert again.status_code == 202
        until = time.monotonic() + 20
        while doorway.with_key("admin").get(again.json()["url"]).json()["status"] not in ("done", "failed"):
            assert time.monotonic() < until
            time.sleep(0.02)
    library = doorway.library
    given = {"target": "header", "action": "edit", "changes": {"subject": "Rà soát"}}
    with doorway.acting("editor", "b"):  # the same bytes again bring nothing in
        assert not library.correcting.correct(document, given).shared
    with doorway.acting("editor", "a"):
        assert library.correcting.correct(document, given).shared
    library.remove(document)
    assert library.store.accounts.origin(document) is None


def test_a_word_that_an_office_has_corrected_is_gone_from_its_list_only(doorway: Doorway) -> None:
    document = doorway.things["document"]
    unsure(doorway.library, document)
    clients = {name: doorway.with_key("editor", name) for name in ("a", "b")}
    item = clients["a"].get("/v1/review").json()["items"][0]
    edit = {"item": item["id"], "action": "edit", "changes": {"text": "Sô"}}
    assert clients["a"].post(f"/v1/documents/{document}/corrections", json=edit).status_code == 201
    # its own number was read with the word that is gone
    assert [row["target"] for row in clients["a"].get("/v1/review").json()["items"]] == ["header"]
    assert [row["id"] for row in clients["b"].get("/v1/review").json()["items"]] == [item["id"]]
    texts = {name: client.get(f"/v1/documents/{document}/text").text for name, client in clients.items()}
    assert texts["a"].startswith("Sô:") and texts["b"].startswith("Số:")
    assert (
        "Sô" in clients["a"].get(f"/van-ban/{document}").text
        and "Sô" not in clients["b"].get(f"/van-ban/{document}").text
    )


def test_another_offices_unit_is_not_told_by_the_use_case(doorway: Doorway) -> None:
    furnish(doorway, "a")
    units, unit = doorway.library.units, doorway.things["unit"]
    with doorway.acting("editor", "b"):
        for ask in (units.one, units.profile, units.remove, units.restore):
            with pytest.raises(NotAllowedError):
                ask(unit)
    with doorway.acting("viewer", "a"), pytest.raises(NotAllowedError):
        units.tick(unit, doorway.things["duty"])


# the log


def test_the_log_says_who_saw_changed_and_took_away(doorway: Doorway) -> None:
    furnish(doorway, "a")
    document = doorway.things["document"]
    doorway.accounts.add("van.thu", PASSWORD, Role.EDITOR, doorway.office("a"))
    browser = doorway.browser("van.thu")
    for _ in range(3):
        browser.get(f"/van-ban/{document}")
        browser.get(f"/v1/documents/{document}/pages/1.png")
    browser.get(f"/v1/documents/{document}/original")
    browser.get("/v1/duties.xlsx", params={"unit": "co_so_giao_duc"})
    browser.get("/v1/audit")
    browser.get("/v1/documents/0123456789abcdef")  # is not there: nothing was seen
    doorway.app.state.diary.flush()
    desk = doorway.library.store.desk
    rows = desk.audit(who="van.thu")
    assert [row.action for row in rows if row.action.startswith("see.")] == ["see.page", "see.document"], "once each"
    assert {row.action for row in rows} == {
        "signin", "see.document", "see.page", "export.original", "export.table", "refused"
    }  # fmt: skip
    seen = next(row for row in rows if row.action == "see.page")
    assert (seen.subject, seen.payload) == (document, {"number": "1"})
    assert seen.office == "Phòng GDĐT, huyện Tân An, An Bình" and seen.address
    changed = desk.audit(action="correct.")[0]
    assert changed.who == "editor-a" and changed.address == "10.0.0.9"
    assert {row.action for row in desk.audit(subject=document[:8])} >= {"see.document", "correct.edit"}
    assert desk.audit(since=doorway.now[0] + timedelta(seconds=1)) == []


def test_what_cannot_be_logged_is_not_given_out(doorway: Doorway, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.errors import BusyError

    client = doorway.with_key("viewer")

    def busy(_: object) -> None:
        raise BusyError("Kho đang bận.")

    monkeypatch.setattr(doorway.library.store.accounts, "log", busy)
    answer = client.get(f"/v1/documents/{doorway.things['document']}/original")
    assert answer.status_code == 503 and FIRST not in answer.text
    assert client.get(f"/v1/documents/{doorway.things['document']}").status_code == 200
    doorway.app.state.diary.flush()  # a look is written when the store is free again
    monkeypatch.undo()
    doorway.app.state.diary.flush()
    assert doorway.library.store.desk.audit(action="see.")


# the command line


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def give(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return give


def test_users_keys_and_the_log_on_the_command_line(
    cli: Cli, typed: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("key", "add", "lịch") == ExitCode.BAD_INPUT, "nobody needs a key yet"
    typed(f"{PASSWORD}\n")
    assert cli("user", "add", "van.thu", "--role", "editor") == ExitCode.BAD_INPUT
    assert "--role admin" in capsys.readouterr().err
    typed(f"{PASSWORD}\n")
    assert cli("user", "add", "quan.tri", "--role", "admin") == 0
    typed(f"{PASSWORD}\n")
    assert cli("user", "add", "van.thu", "--role", "người biên tập", "--unit", "so_gddt", "--province", "lam dong") == 0
    assert cli("user", "add", "x.y.z", "--province", "Lâm Đồng") == ExitCode.BAD_INPUT
    capsys.readouterr()
    assert cli("user", "list", "--json") == 0
    users = json.loads(capsys.readouterr().out)
    assert [(u["name"], u["role"]) for u in users] == [("quan.tri", "admin"), ("van.thu", "editor")]
    assert users[1]["office"]["province"] == "Lâm Đồng" and "password" not in users[0]
    assert cli("key", "add", "=lịch", "--days", "7") == 0
    key = capsys.readouterr().out.strip()
    assert cli("key", "list") == 0
    listed = capsys.readouterr().out
    assert key.split("_")[1] in listed and key not in listed and key.split("_", 2)[2] not in listed
    assert cli("key", "revoke", key) == 0 and cli("key", "revoke", "nichts") == ExitCode.NOT_FOUND
    typed("mot mat khau moi\n")
    assert cli("user", "password", "van.thu") == 0 and cli("user", "role", "van.thu", "viewer") == 0
    assert cli("user", "role", "van.thu", "chef") == ExitCode.BAD_INPUT
    assert cli("user", "remove", "van.thu") == 0 and cli("user", "remove", "van.thu") == ExitCode.NOT_FOUND
    capsys.readouterr()
    assert cli("audit", "--csv", "--limit", "50") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["action"] for row in rows] == [
        "user.remove", "user.role", "user.password", "key.revoke", "key.add", "user.add", "user.add",
    ]  # fmt: skip
    assert cli("audit", "--action", "key", "--from", "10/01/2024", "--to", "2099-01-01", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {row["payload"]["name"] for row in told} == {"=lịch"}
    assert cli("audit", "--from", "mai") == ExitCode.BAD_INPUT and cli("audit") == 0
    assert known_role("người quản trị") is Role.ADMIN


def test_a_password_is_typed_twice_on_a_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([PASSWORD, "khác đi rồi nhé", PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda *_: next(answers))
    assert cli("user", "add", "quan.tri", "--role", "admin") == ExitCode.BAD_INPUT
    assert cli("user", "add", "quan.tri", "--role", "admin") == 0
    assert PASSWORD not in "".join(capsys.readouterr())
