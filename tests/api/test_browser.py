"""A person's way through all pages in a real Chromium: keyboard, phone width, light and dark, no other host."""

# ruff: noqa: F811
# (fixtures of another file are imported, and are arguments by the same name)

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.test_server import DIRECTIVE, pdf, server  # noqa: F401  # the fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
]
UNIT = "unit=co_so_giao_duc&level=thpt&province=An+B%C3%ACnh&school_year=2023-2024"
PAGES = ("/", "/?q=han+nop+bao+cao+hoc+ky+1", f"/truong-toi?{UNIT}", f"/truong-toi/in?{UNIT}", "/van-ban", "/mang",
         "/mang/815/SGDĐT-GDTrH", "/can-xem-lai", "/nap")  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser") / "var"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def walked(server: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a directive that was taken in through the page, the whole way by hand."""
    file = tmp_path_factory.mktemp("files") / "báo cáo.pdf"
    file.write_bytes(pdf(DIRECTIVE))
    page = browser.new_page()
    page.goto(f"{server}/nap")
    page.set_input_files("input[type=file]", file)
    assert "báo cáo.pdf" in page.inner_text(".chosen")
    page.click("text=Nạp văn bản >> nth=-1")
    page.wait_for_selector("ul.job li.success a", timeout=90_000)
    page.wait_for_selector("#job[data-job]")
    page.click("ul.job li.success a")
    page.wait_for_selector(".side h1")
    assert page.inner_text(".side h1") == "815/SGDĐT-GDTrH"
    address = page.url
    page.close()
    return address


def watched(page: Page, server: str) -> list[str]:
    """Collect requests to other hosts and errors of scripts."""
    wrong: list[str] = []
    page.on("request", lambda r: None if r.url.startswith((server, "data:")) else wrong.append(r.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    return wrong


def test_search_without_marks_and_open_the_place(server: str, browser: Browser, walked: str) -> None:
    page = browser.new_page()
    wrong = watched(page, server)
    page.goto(server)
    page.keyboard.type("han nop bao cao hoc ky 1")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer .due")
    assert page.inner_text(".answer .due") == "12/01/2024"
    assert "2023-2024" in page.inner_text(".answer .where")
    page.click(".answer .where a")
    page.wait_for_selector("rect.mark.on")
    assert page.locator(".line.on").count() >= 1
    page.goto(walked)
    page.click("a.fact[data-fact^=d]")
    box = page.locator("rect.mark.on").first.bounding_box()
    assert box is not None and 0 <= box["y"] <= 720
    assert re.search(r"\?dau=d\d", page.url)
    assert wrong == []
    page.close()


def test_choose_a_unit_once_tick_and_undo(server: str, browser: Browser, walked: str) -> None:
    page = browser.new_page()
    wrong = watched(page, server)
    page.goto(f"{server}/truong-toi")
    page.select_option("select[name=unit]", "co_so_giao_duc")
    page.select_option("select[name=level]", "thpt")
    page.fill("input[name=province]", "An Bình")
    page.keyboard.press("Enter")
    page.wait_for_selector(".duty.late")
    page.goto(f"{server}/truong-toi")  # remembered
    page.click(".duty.late .tick summary")
    page.fill(".duty.late input[name=ghi_chu]", "đã gửi")
    page.keyboard.press("Enter")
    page.wait_for_selector(".duty.finished")
    assert "đã gửi" in page.inner_text(".duty.finished") and page.locator(".duty.late").count() == 0
    page.click(".duty.finished button")
    page.wait_for_selector(".duty.late")
    with page.expect_download() as got:
        page.click("text=Bảng Excel")
    assert got.value.suggested_filename == "theo-doi-nhiem-vu.xlsx"
    assert wrong == []
    page.close()


def test_a_correction_by_keystroke(server: str, browser: Browser, walked: str, home: Path) -> None:
    from dataclasses import replace

    from corpus.store import Store

    store = Store.open(f"sqlite:///{home}/congvan.db", home / "originals")
    document = store.find("815/SGDĐT-GDTrH")[0].id
    stored = store.get(document)
    first = stored.document.pages[0]
    at = first.text.index("Bình")
    words = tuple(replace(w, confidence=0.2) if w.start == at else w for w in first.words)
    if all(w.start != at for w in first.words):
        pytest.skip("the reader gave no words")
    changed = replace(stored.document, pages=(replace(first, words=words), *stored.document.pages[1:]))
    store.save(changed, stored.facts, None, stored.info.received_at)
    store.close()
    page = browser.new_page()
    wrong = watched(page, server)
    page.goto(f"{server}/can-xem-lai")
    page.wait_for_selector("[data-review].on")
    page.keyboard.press("2")
    page.keyboard.type("Bịnh")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    assert "“Bịnh”" in page.inner_text("[role=status]")
    page.goto(f"{server}/van-ban/{document}")
    assert page.locator('.restored[data-source^="Bình"]').count() == 1
    page.goto(f"{server}/can-xem-lai")
    page.click("text=Hoàn tác")
    page.wait_for_selector("[data-review].on")
    assert wrong == []
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_pages_fit_and_can_be_reached_by_keyboard(
    server: str,
    browser: Browser,
    walked: str,
    width: int,
    scheme: str,
) -> None:
    """Nothing runs out of the screen, every field has a name, texts have contrast, Tab comes to the content."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    page = context.new_page()
    wrong = watched(page, server)
    shots = os.environ.get("CONGVAN_SHOTS")
    for path in (*PAGES, walked.removeprefix(server)):
        page.goto(server + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(NAMELESS) == [], path
        assert page.evaluate(PALE) == [], path
        assert page.locator("h1").count() == 1, path
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body"), path
        if shots:
            name = re.sub(r"\W+", "-", path)[:40].strip("-") or "home"
            page.screenshot(path=f"{shots}/{name}-{width}-{scheme}.png", full_page=True)
    assert wrong == []
    context.close()


#: Controls without a name for people who hear the page, and pictures without a text.
NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), select, button, a[href], img, summary')]
  .filter(e => !e.closest('svg'))
  .filter(e => !(e.labels && e.labels.length) && !e.ariaLabel && !e.textContent.trim()
    && !(e.tagName === 'IMG' && e.hasAttribute('alt')) && !e.querySelector('img[alt]'))
  .map(e => e.outerHTML.slice(0, 120))"""

#: Texts whose contrast with what is behind them is under 4.5:1 (3:1 for large ones), as WCAG 2.2 AA counts it.
PALE = """() => {
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const lum = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, k) => sum + v * [.2126, .7152, .0722][k], 0);
  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > .99) return c; } return [255, 255, 255]; };
  const pale = [];
  for (const e of document.querySelectorAll('main *, header *, footer *')) {
    if (!e.offsetParent || e.closest('svg, [aria-hidden]') ) continue;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const s = getComputedStyle(e), a = lum(rgb(s.color)), b = lum(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const large = parseFloat(s.fontSize) >= 24 || (parseFloat(s.fontSize) >= 18.66 && s.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) pale.push(ratio.toFixed(2) + ' ' + e.tagName + ' ' + e.textContent.slice(0, 40));
  }
  return pale;
}"""
