"""A person's way through all pages in a real Chromium on the sample directives: keyboard, phone width, light and dark.

Four samples lie in the store, the scan of a fifth is taken in through the page. No request may leave the machine, and
axe-core finds nothing on any page. CONGVAN_SHOTS=FOLDER keeps a picture of each.
"""

# ruff: noqa: F811
# (fixtures of another file are imported, and are arguments by the same name)

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.accessibility import NAMELESS, axe_script, findings
from tests.api.test_browser import CHROMIUM, browser, watched  # noqa: F401  # the fixture
from tests.api.test_server import server  # noqa: F401  # the fixture
from tests.bench import degrade
from tests.commandline import SAMPLES, congvan

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="needs Debian's chromium"),
]
STORED = ("2022-bo-y-te", "2023-so-y-te", "2024-so-tuyen-sinh", "2024-so-hoc-ba-so")
SCAN = "2022-so-y-te"
SCHOOL = "unit=co_so_giao_duc&level=thcs&province=Ph%C3%BA+L%C3%A2m&school_year=2022-2023"
PAGES = (
    "/", "/?q=han+nop+bao+cao+nam+y+te+truong+hoc", "/?q=xyzzy", "/?q=b%C3%A1o+c%C3%A1o&unit=thcs",
    "/truong-toi", f"/truong-toi?{SCHOOL}",
    "/truong-toi?unit=truong", f"/truong-toi/in?{SCHOOL}", "/van-ban", "/mang", "/mang/2096/SGDĐT-CTTT",
    "/mang/13/2016/TTLT-BYT-BGDĐT", "/can-xem-lai", "/nap", "/khong-co", "/docs",
    "/kiem-tra", "/so-sanh", "/so-sanh?a=2254/SGD%C4%90T-CTTT&b=4118/BGD%C4%90T-GDTC",
    "/du-thao", "/du-thao?document=4118/BGD%C4%90T-GDTC&unit=S%E1%BB%9F+GD%C4%90T+Ph%C3%BA+L%C3%A2m",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("walk") / "var"
    # A page so bad that words on it stay in doubt: the samples themselves are read without any.
    bad = next(degrade.cases("greyseal", 1))
    copy = made.with_name(f"ban-sao.{bad.form}")
    copy.write_bytes(bad.data)
    congvan(made, "ingest", copy, *(SAMPLES / f"{name}.pdf" for name in STORED))
    return made


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page that must reach no other host and whose scripts must not fail."""
    made = browser.new_page()
    wrong = watched(made, server)
    yield made
    made.close()
    assert wrong == []


@pytest.fixture(scope="module")
def scan(server: str, browser: Browser) -> tuple[str, str]:
    """The addresses of a scan's page and of its progress; it was taken in through the page (Nạp văn bản)."""
    page = browser.new_page()
    wrong = watched(page, server)
    page.goto(f"{server}/nap")
    page.set_input_files("input[type=file]", SAMPLES / f"{SCAN}.pdf")
    page.click("text=Nạp văn bản >> nth=-1")
    page.wait_for_selector("ul.job li.success a", timeout=240_000)
    progress = page.url
    page.wait_for_selector("#job[data-running='0'], #job:has-text('xong')", timeout=60_000)
    page.click("ul.job li.success a")
    page.wait_for_selector(".side h1")
    assert page.inner_text(".side h1") == "2096/SGDĐT-CTTT"
    assert page.locator("section.page img").count() == 3
    address = page.url
    page.goto(f"{server}/van-ban")
    assert "2096/SGDĐT-CTTT" in page.inner_text("table")
    page.close()
    assert wrong == []
    return address, progress


def _type(page: Page, server: str, words: str) -> None:
    """Open the search page and type: its box has the cursor by itself, a moment after the page is there."""
    page.goto(server)
    page.wait_for_selector("#q:focus")
    page.keyboard.type(words)


def test_a_question_without_marks_leads_to_the_place_on_the_scan(
    server: str, page: Page, scan: tuple[str, str]
) -> None:
    _type(page, server, "han nop bao cao nam ve y te truong hoc 2022-2023")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer .due")
    assert page.inner_text(".answer .due") == "31/05/2023"
    assert "2022-2023" in page.inner_text(".answer .where")
    page.click(".answer .where a")
    page.wait_for_selector("rect.mark.on")
    assert page.url.startswith(scan[0])
    box = page.locator("rect.mark.on").first.bounding_box()
    image = page.locator("section.page figure").nth(1).bounding_box()
    assert box is not None and image is not None
    assert image["y"] < box["y"] < image["y"] + image["height"], "the mark lies on page 2"


def test_more_filters_and_more_like_a_passage(server: str, page: Page, scan: tuple[str, str]) -> None:
    page.goto(f"{server}/?q=b%C3%A1o+c%C3%A1o+n%C4%83m+v%E1%BB%81+y+t%E1%BA%BF")
    assert not page.is_visible("select[name=unit]"), "the rarer filters are folded away"
    page.click("summary:has-text('Bộ lọc khác')")
    with page.expect_navigation():
        page.select_option("select[name=unit]", "phong_gddt")
    assert page.is_visible("select[name=unit]") and page.input_value("select[name=unit]") == "phong_gddt"
    first = page.inner_text(".hits .passage >> nth=0")
    page.click(".hits a:has-text('Đoạn tương tự') >> nth=0")
    page.wait_for_selector("[aria-label='Đoạn đem so']")
    assert page.inner_text("[aria-label='Đoạn đem so'] .task")[:60] == first[:60]
    assert first not in page.inner_text(".hits") and page.locator(".hits > li").count() >= 2


def test_suggestions_are_chosen_by_keyboard(server: str, page: Page, scan: tuple[str, str]) -> None:
    """Typed without marks; arrows choose and come back to what was typed, Enter searches, Escape closes."""
    _type(page, server, "y te tru")
    page.wait_for_selector("#goi-y li")
    page.keyboard.press("ArrowDown")
    chosen = page.input_value("#q")
    assert "tế trường học" in chosen and page.get_attribute("#q", "aria-activedescendant") == "goi-y-0"
    page.keyboard.press("ArrowUp")
    assert page.input_value("#q") == "y te tru"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits mark")
    assert page.input_value("#q") == chosen
    page.select_option("select[name=school_year]", "2022-2023")
    page.wait_for_url("**school_year=2022-2023**")
    assert set(page.locator(".hits .tag:not(.warn)").all_inner_texts()) == {"Năm học 2022-2023"}


def test_the_unit_is_saved_and_a_duty_ticked(server: str, page: Page, scan: tuple[str, str]) -> None:
    page.goto(f"{server}/truong-toi")
    page.select_option("select[name=unit]", "co_so_giao_duc")
    page.select_option("select[name=level]", "thcs")
    page.fill("input[name=province]", "Phú Lâm")
    page.select_option("select[name=school_year]", "2022-2023")
    page.keyboard.press("Enter")
    page.wait_for_selector(".timeline .late")
    before = page.locator(".duty.late").count()
    page.locator(".duty.late .tick summary").first.click()
    page.locator(".duty.late input[name=ghi_chu]").first.fill("đã gửi ngày 30/5")
    page.keyboard.press("Enter")
    page.wait_for_selector(".duty.finished")
    assert page.locator(".duty.late").count() == before - 1
    page.goto(f"{server}/truong-toi")  # remembered
    assert "đã gửi ngày 30/5" in page.inner_text(".duty.finished")
    assert page.locator(".duty a[href^='/van-ban/']").count() > 5
    assert "/calendar.ics" in page.inner_text("#da-luu code")


def test_the_graph_shows_the_chain_and_what_replaced_it(server: str, page: Page, scan: tuple[str, str]) -> None:
    page.goto(f"{server}/mang")
    page.fill("#so", "2096/SGDĐT-CTTT")
    page.keyboard.press("Enter")
    page.wait_for_selector(".drawing svg")
    text = page.inner_text("main")
    assert "4118/BGDĐT-GDTC" in text and "Đã bị thay thế hoặc bãi bỏ bởi: 2254/SGDĐT-CTTT" in text
    assert re.search(r"Bộ\s+4118/BGDĐT-GDTC.*Sở\s+2096/SGDĐT-CTTT", page.inner_text("ol.chain"), re.DOTALL)


def test_a_word_is_corrected_by_keystroke(server: str, page: Page, scan: tuple[str, str]) -> None:
    page.goto(f"{server}/can-xem-lai")
    page.wait_for_selector("[data-review].on")
    # how many directives one page looks at depends on how fast the machine is: it goes on with those of the next ones
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-review]").count() >= 25 or not page.locator("a[data-more]").count()
    word = "[data-review] input[name=loai][value=word]"
    while not page.locator(word).count():
        page.click("text=Xem tiếp các văn bản sau", timeout=5_000)
        page.wait_for_selector("[data-review].on")
        page.wait_for_load_state("networkidle")
    kinds = [
        field.get_attribute("value")
        for field in page.locator("[data-review] form:not([hidden]) input[name=loai]").all()
    ]
    for _ in range(kinds.index("word")):
        page.keyboard.press("ArrowDown")
    document = page.locator("[data-review].on input[name=van_ban]").first.get_attribute("value")
    page.keyboard.press("2")
    page.keyboard.type("Kiểmthử")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    assert "“Kiểmthử”" in page.inner_text("[role=status]")
    page.goto(f"{server}/van-ban/{document}")
    assert page.locator(".restored", has_text="Kiểmthử").count() == 1
    page.goto(f"{server}/?q=Kiểmthử")
    assert page.locator(".hits mark", has_text="Kiểmthử").count() >= 1, "search knows it at once"
    page.goto(f"{server}/can-xem-lai")
    page.click("text=Hoàn tác")
    page.wait_for_selector("[data-review].on")


def test_one_key_accepts_and_one_rejects(server: str, page: Page, scan: tuple[str, str]) -> None:
    for key, said in (("1", "Xác nhận đúng"), ("3", "Bỏ")):
        page.goto(f"{server}/can-xem-lai")
        place = page.locator("[data-review].on input[name=muc]").first.get_attribute("value")
        page.keyboard.press(key)
        page.wait_for_selector("[role=status]")
        assert said in page.inner_text("[role=status]")
        assert page.locator(f"input[name=muc][value='{place}']").count() == 0, "it is decided and gone"
        page.locator("[role=status] button").click()
        page.wait_for_selector(f"input[name=muc][value='{place}']", state="attached")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_every_page_can_be_used_by_everybody(
    server: str, browser: Browser, scan: tuple[str, str], width: int, scheme: str
) -> None:
    """Nothing runs out of the screen, axe-core finds nothing, every control has a name, Tab comes to the content."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    page = context.new_page()
    expected = re.compile(r"status of (404|422)")
    wrong = watched(page, server)
    shots, axe = os.environ.get("CONGVAN_SHOTS"), axe_script()
    for path in (*PAGES, *(url.removeprefix(server) for url in scan)):
        page.goto(server + path)
        if path == "/docs":
            page.wait_for_selector(".opblock")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").count() == 1, path
        if path != "/docs":
            assert page.evaluate(NAMELESS) == [], path
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement !== document.body"), path
        if shots:
            name = re.sub(r"\W+", "-", path)[:40].strip("-") or "home"
            page.screenshot(path=f"{shots}/{name}-{width}-{scheme}.png", full_page=True)
        assert findings(page, axe) == [], path
    assert [said for said in wrong if not expected.search(said)] == []
    context.close()


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    """The check itself can fail: a pale text, a picture and a field without a name."""
    page = browser.new_page()
    page.set_content(
        "<html lang=vi><title>t</title><main><h1>a</h1><p style='color:#bbb;background:#fff'>mờ</p>"
        "<details><summary>s</summary><img src='data:,'></details><input></main>"
    )
    found = " ".join(findings(page, axe_script()))
    assert all(rule in found for rule in ("color-contrast", "image-alt", "label"))
    page.close()
