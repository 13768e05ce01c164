"""Signing in, working and signing out in a real Chromium, with two offices; CONGVAN_SHOTS=FOLDER keeps pictures."""

# ruff: noqa: F811
# (fixtures of another file are imported, and are arguments by the same name)

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.doors.accounts import Accounts
from api.doors.person import Role
from api.library import Library
from api.settings import Settings
from tests.api.accessibility import axe_script, findings
from tests.api.conftest import FIRST
from tests.api.doorway import office_of
from tests.api.rooms import ToyRooms
from tests.api.test_browser import CHROMIUM, browser, watched  # noqa: F401  # the fixture
from tests.api.test_server import server  # noqa: F401  # the fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="needs Debian's chromium"),
]
PASSWORD, NEW = "bốn năm từ ghép lại", "năm sáu từ khác nữa"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with a directive, an admin, an editor and a viewer of two Phòng."""
    made = tmp_path_factory.mktemp("doors") / "var"
    library = Library(Settings(home=made), ToyRooms())
    library.add(FIRST.encode(), "báo cáo.txt")
    accounts = Accounts(library)
    accounts.add("quan.tri", PASSWORD, Role.ADMIN, None)
    for name, role, district in (("tan.an", Role.EDITOR, "huyện Tân An"), ("phu.my", Role.VIEWER, "huyện Phú Mỹ")):
        accounts.add(name, PASSWORD, role, office_of(library, "phong_gddt", province="An Bình", district=district))
    library.close()
    return made


def shot(page: Page, name: str) -> None:
    folder = os.environ.get("CONGVAN_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/door-{name}.png", full_page=True)


def sign_in(page: Page, server: str, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{server}/dang-nhap")
    page.fill("input[name=ten]", name)
    page.fill("input[name=mat_khau]", password)
    page.keyboard.press("Enter")


def test_a_day_at_the_office(server: str, browser: Browser) -> None:
    """Sent to the sign-in and back, a wrong password, a tick with the form's token, another password, signed out."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    wrong, axe = watched(page, server), axe_script()
    page.goto(f"{server}/van-ban?school_year=2023-2024")
    assert page.url.startswith(f"{server}/dang-nhap?ve=") and findings(page, axe) == []
    assert page.evaluate("document.activeElement.name") == "ten", "one can type at once"
    shot(page, "1-sign-in")
    page.keyboard.type("tan.an")
    page.keyboard.press("Tab")
    page.keyboard.type("sai")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert "không đúng" in page.inner_text("[role=alert]") and page.input_value("input[name=ten]") == "tan.an"
    assert findings(page, axe) == []
    shot(page, "2-wrong-password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}/van-ban?school_year=2023-2024")
    assert "15/SGDĐT-VP" in page.inner_text("table") and "tan.an" in page.inner_text(".whoami")
    assert findings(page, axe) == []
    shot(page, "3-inside")
    cookie = next(c for c in context.cookies() if c["name"] == "congvan_phien")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    page.goto(f"{server}/truong-toi?unit=co_so_giao_duc&level=thpt&province=An+B%C3%ACnh")
    page.locator(".duty .tick summary").first.click()
    page.locator(".duty input[name=ghi_chu]").first.fill("đã gửi từ Tân An")
    page.keyboard.press("Enter")
    page.wait_for_selector(".duty.finished")
    shot(page, "4-ticked")
    page.goto(f"{server}/docs")
    page.wait_for_selector(".opblock")  # the documentation, under the same policy
    shot(page, "5-docs")
    page.goto(f"{server}/mat-khau")
    assert findings(page, axe) == []
    for field, text in (("cu", PASSWORD), ("moi", NEW), ("lai", NEW)):
        page.fill(f"input[name={field}]", text)
    shot(page, "6-password")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    page.goto(f"{server}/van-ban")
    page.click("text=Đăng xuất")
    page.wait_for_url(f"{server}/dang-nhap")
    page.go_back()
    page.wait_for_selector("input[name=ten]")  # nothing of what was seen comes back
    sign_in(page, server, "tan.an", NEW)
    page.wait_for_selector(".whoami")
    context.close()
    assert [said for said in wrong if not re.search(r"status of 401", said)] == []


def test_another_office_sees_nothing_of_it(server: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    wrong = watched(page, server)
    sign_in(page, server, "phu.my")
    page.wait_for_selector(".whoami")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shot(page, "7-phone")
    page.goto(f"{server}/truong-toi?unit=co_so_giao_duc&level=thpt&province=An+B%C3%ACnh")
    page.wait_for_selector(".duty")
    assert page.locator(".duty.finished").count() == 0 and "đã gửi từ Tân An" not in page.content()
    answer = page.goto(f"{server}/nap")
    assert answer is not None and answer.status == 403 and "không được phép" in page.inner_text("main")
    shot(page, "8-not-allowed")
    page.close()
    assert [said for said in wrong if not re.search(r"status of 403", said)] == []


def test_a_form_of_another_site_changes_nothing(server: str, browser: Browser, tmp_path: Path) -> None:
    """A page from elsewhere sends a form with the person's own cookie in the browser."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, server, "quan.tri")
    page.wait_for_selector(".whoami")
    evil = tmp_path / "evil.html"
    fields = "<input name=don_vi value='unit=phong_gddt'><input name=viec value=x>"
    evil.write_text(f"<form method=post action='{server}/truong-toi/xong'>{fields}<button>Quà</button></form>")
    page.goto(evil.as_uri())
    with page.expect_response(lambda r: r.url.endswith("/truong-toi/xong")) as answer:
        page.click("button")
    assert answer.value.status == 403
    page.goto(f"{server}/")
    page.wait_for_selector(".whoami")  # still signed in
    context.close()


def test_an_admin_adds_a_user_and_a_key(server: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    wrong, axe = watched(page, server), axe_script()
    sign_in(page, server, "quan.tri")
    page.click("text=Người dùng")
    page.wait_for_url(f"{server}/nguoi-dung")
    assert "tan.an" in page.inner_text("table") and findings(page, axe) == []
    shot(page, "8-people")
    form = page.locator("form", has=page.locator("input[name=viec][value=them]"))
    form.locator("input[name=ten]").fill("van.thu")
    form.locator("select[name=unit]").select_option("phong_gddt")
    form.locator("input[name=province]").fill("An Bình")
    form.locator("input[name=district]").fill("huyện Tân An")
    for name in ("mat_khau", "lai"):
        form.locator(f"input[name={name}]").fill(NEW)
    form.locator("input[name=cua_toi]").fill(PASSWORD)
    form.locator("button").click()
    page.wait_for_url(f"{server}/nguoi-dung/van.thu?xong=them")
    assert "Chưa đăng nhập lần nào" in page.inner_text("main") and findings(page, axe) == []
    shot(page, "9-person")
    page.goto(f"{server}/nguoi-dung")
    page.click("text=Tạo khóa")
    form = page.locator("form", has=page.locator("input[name=viec][value=khoa]"))
    form.locator("input[name=ten]").fill("lịch phòng GDTrH")
    form.locator("input[name=cua_toi]").fill(PASSWORD)
    form.locator("button").click()
    page.wait_for_selector("code.secret")
    assert page.inner_text("code.secret").startswith("cv_") and findings(page, axe) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shot(page, "10-people-phone")
    page.goto(f"{server}/nguoi-dung")
    assert page.locator("code.secret").count() == 0 and wrong == []
    context.close()
