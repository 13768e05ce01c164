"""The page "Người dùng": what an admin does there, and what nobody else can."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.doors.person import Role
from tests.api.doorway import PASSWORD, Doorway, cheap, doorway  # noqa: F401  (fixtures)

OTHER = "sáu bảy từ ghép lại"


def send(client: TestClient, **fields: Any) -> Any:
    """Send a form of the page with its token."""
    token = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get("/").text)
    assert token is not None
    return client.post("/nguoi-dung", data={"csrf": token[1], **fields})


def add(client: TestClient, name: str = "van.thu", **more: str) -> Any:
    given = {"vai_tro": "editor", "mat_khau": OTHER, "lai": OTHER, "cua_toi": PASSWORD, **more}
    return send(client, viec="them", ten=name, **given)


def logged(doorway: Doorway, action: str) -> list[tuple[str, str, str]]:  # noqa: F811
    rows = doorway.library.store.desk.audit(action=action)
    return [(row.action, row.subject, row.who) for row in rows]


def test_a_user_is_added_moved_and_given_another_role(doorway: Doorway) -> None:  # noqa: F811
    admin = doorway.browser()
    place = {"unit": "phong_gddt", "province": "An Bình", "district": "huyện Tân An"}
    made = add(admin, **place)
    assert made.status_code == 303 and made.headers["location"] == "/nguoi-dung/van.thu?xong=them"
    shown = admin.get(made.headers["location"]).text
    assert "Đã thêm người dùng van.thu." in shown and "huyện Tân An, An Bình" in shown
    person = doorway.browser("van.thu", OTHER)
    assert person.get("/nap").status_code == 200 and person.get("/nguoi-dung").status_code == 403
    assert send(admin, viec="vai-tro", ten="van.thu", vai_tro="viewer", cua_toi=PASSWORD).status_code == 303
    assert person.get("/nap").status_code == 403
    assert send(admin, viec="co-quan", ten="van.thu", cua_toi=PASSWORD).status_code == 303
    assert doorway.accounts.one("van.thu").office is None
    actions = [("user.office", "van.thu"), ("user.role", "van.thu"), ("user.add", "van.thu")]
    assert logged(doorway, "user.") == [(*row, "quan.tri") for row in actions]


def test_a_user_is_shut_out_and_let_in_again(doorway: Doorway) -> None:  # noqa: F811
    admin = doorway.browser()
    add(admin)
    person = doorway.browser("van.thu", OTHER)
    assert send(admin, viec="tam-khoa", ten="van.thu").status_code == 303
    assert person.get("/v1/documents").status_code == 401
    refused = doorway.client().post("/dang-nhap", data={"ten": "van.thu", "mat_khau": OTHER})
    wrong = doorway.client().post("/dang-nhap", data={"ten": "nguoi.khac", "mat_khau": OTHER})
    assert refused.status_code == wrong.status_code == 401
    assert refused.text.replace("van.thu", "") == wrong.text.replace("nguoi.khac", "")
    assert "tạm khóa" in admin.get("/nguoi-dung").text
    assert send(admin, viec="mo-lai", ten="van.thu").status_code == 422  # without the admin's password
    assert send(admin, viec="mo-lai", ten="van.thu", cua_toi=PASSWORD).status_code == 303
    assert person.get("/v1/documents").status_code == 401  # the old sign-in stays ended
    doorway.browser("van.thu", OTHER)
    history = admin.get("/nguoi-dung/van.thu").text
    assert history.count("<td>đăng nhập</td>") == 2 and "đăng nhập sai" in history
    assert (
        send(admin, viec="mat-khau", ten="van.thu", mat_khau="x" * 12, lai="y" * 12, cua_toi=PASSWORD).status_code
        == 422
    )
    assert send(admin, viec="bo", ten="van.thu").headers["location"] == "/nguoi-dung?xong=bo&ve=van.thu"
    assert [user.name for user in doorway.accounts.users()] == ["quan.tri"]


def test_the_last_admin_stays_and_nobody_locks_oneself_out(doorway: Doorway) -> None:  # noqa: F811
    admin = doorway.browser()
    for viec in ("vai-tro", "tam-khoa", "bo"):
        answer = send(admin, viec=viec, ten="Quan.Tri", vai_tro="viewer", cua_toi=PASSWORD)
        assert answer.status_code == 422 and "chính mình" in answer.text
    doorway.accounts.add("pho", OTHER, Role.ADMIN, None)
    assert send(admin, viec="tam-khoa", ten="pho").status_code == 303
    with pytest.raises(Exception, match="cuối cùng"):  # who is shut out does not count
        doorway.accounts.set_disabled("quan.tri", True)
    with pytest.raises(Exception, match="cuối cùng"):
        doorway.accounts.remove("quan.tri")


def test_a_key_is_shown_once_and_revoked(doorway: Doorway) -> None:  # noqa: F811
    admin = doorway.browser()
    place = {"unit": "so_gddt", "province": "An Bình", "office_name": ""}
    made = send(admin, viec="khoa", ten="lịch", vai_tro="viewer", ngay="30", cua_toi=PASSWORD, **place)
    text = re.search(r"cv_[0-9a-f]{10}_[\w-]+", made.text)
    assert made.status_code == 200 and text is not None and made.headers["cache-control"] == "no-store"
    assert doorway.client(headers={"x-api-key": text[0]}).get("/v1/documents").status_code == 200
    (key,) = filter(lambda key: key.name == "lịch", doorway.accounts.keys())
    again = admin.get("/nguoi-dung").text
    assert key.prefix in again and text[0] not in again and "Sở GDĐT, An Bình" in again
    assert send(admin, viec="thu-hoi", ten=key.prefix).status_code == 303
    assert doorway.client(headers={"x-api-key": text[0]}).get("/v1/documents").status_code == 401
    assert [row[0] for row in logged(doorway, "key.")] == ["key.revoke", "key.add"]
    assert not any(text[0] in str(row) for row in doorway.library.store.desk.audit(1000))


def test_a_stolen_cookie_opens_no_lasting_door(doorway: Doorway) -> None:  # noqa: F811
    admin = doorway.browser()
    doorway.accounts.add("van.thu", OTHER, Role.VIEWER, None)
    for fields in (
        {"viec": "them", "ten": "la", "mat_khau": OTHER, "lai": OTHER, "vai_tro": "admin"},
        {"viec": "khoa", "ten": "lạ", "vai_tro": "admin"},
        {"viec": "vai-tro", "ten": "van.thu", "vai_tro": "admin"},
        {"viec": "mat-khau", "ten": "van.thu", "mat_khau": PASSWORD, "lai": PASSWORD},
        {"viec": "co-quan", "ten": "van.thu", "unit": "bo_gddt"},
    ):
        answer = send(admin, cua_toi="sai rồi nhé", **fields)
        assert answer.status_code == 422 and "Mật khẩu hiện tại không đúng" in answer.text
        assert OTHER not in answer.text and PASSWORD not in answer.text
    assert send(admin, viec="khoa", ten="lạ", cua_toi=PASSWORD).status_code == 429  # five wrong ones shut the name
    assert doorway.accounts.keys() == [] and len(doorway.accounts.users()) == 2
    assert doorway.accounts.one("van.thu").role == "viewer"


def test_keys_change_nothing_here(doorway: Doorway) -> None:  # noqa: F811
    program = doorway.with_key("admin")
    assert program.get("/nguoi-dung").status_code == 200
    answer = program.post("/nguoi-dung", data={"viec": "tam-khoa", "ten": "quan.tri", "cua_toi": PASSWORD})
    assert answer.status_code == 422 and "đăng nhập bằng mật khẩu" in answer.text
    assert doorway.browser().get("/nguoi-dung/khong.co").status_code == 404


def test_names_are_only_text(doorway: Doorway) -> None:  # noqa: F811
    admin = doorway.browser()
    made = send(admin, viec="khoa", ten="<script>x</script>", cua_toi=PASSWORD)
    assert "<script>x" not in made.text and "&lt;script&gt;" in made.text
    bad = send(admin, viec="them", ten='"><b>', mat_khau=OTHER, lai=OTHER, cua_toi=PASSWORD)
    assert bad.status_code == 422 and '"><b>' not in bad.text
    assert "<b>" not in admin.get("/nguoi-dung", params={"xong": "bo", "ve": "<b>"}).text.split("<main")[1]
