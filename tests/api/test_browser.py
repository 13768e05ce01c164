"""What a person does on single pages in a real Chromium, on a directive made for it; ``test_walk`` walks all pages."""

# ruff: noqa: F811
# (fixtures of another file are imported, and are arguments by the same name)

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest import soffice
from tests.api.accessibility import axe_script, findings
from tests.api.test_server import DIRECTIVE, pdf, server  # noqa: F401  # the fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium"),
]


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


@pytest.mark.skipif(soffice.program() is None, reason=f"LibreOffice is not installed: {soffice.PACKAGE}")
def test_a_word_file_called_doc_that_is_html_has_pictures_and_marks(
    server: str, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "kế hoạch.doc"
    body = "".join(f"<p>{line}</p>" for line in DIRECTIVE.replace("815/", "817/").split("\n") if line)
    file.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    wrong = watched(page, server)
    page.goto(f"{server}/nap")
    page.set_input_files("input[type=file]", file)
    page.click("text=Nạp văn bản >> nth=-1")
    page.wait_for_selector("ul.job li.success a", timeout=90_000)
    page.click("ul.job li.success a")
    page.wait_for_selector("figure img", timeout=90_000)  # at once or as soon as LibreOffice has made it
    page.locator("figure img").first.evaluate("image => image.decode()")  # an image that never comes is an error
    fact = page.locator("a.fact", has_text="12/01/2024")
    assert "hình trang 1" in fact.inner_text()
    fact.click()
    box, frame = page.locator("rect.mark.on").first.bounding_box(), page.locator("figure").first.bounding_box()
    assert box and frame and box["width"] > 20
    assert frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert findings(page, axe_script()) == []
    assert wrong == []
    page.close()


def test_a_contradiction_is_put_right_by_keystrokes(server: str, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "hạn đã qua.pdf"
    file.write_bytes(pdf(DIRECTIVE.replace("815/", "818/").replace("12/01/2024", "12/01/2023")))
    page = browser.new_page()
    wrong = watched(page, server)
    page.goto(f"{server}/nap")
    page.set_input_files("input[type=file]", file)
    page.click("text=Nạp văn bản >> nth=-1")
    page.wait_for_selector("ul.job li.success a", timeout=90_000)
    page.click("ul.job li.success a")
    page.click("text=Xác nhận, sửa hoặc bỏ ở Cần xem lại")
    place = page.locator("li[data-review]", has_text="trước ngày ban hành văn bản")
    place.focus()
    page.keyboard.press("2")
    assert page.evaluate("document.activeElement.name") == "han"
    assert page.evaluate("document.activeElement.value") == "2023-01-12"
    assert findings(page, axe_script()) == []
    page.locator("li[data-review].on input[name=han]").fill("2024-01-12")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đã ghi: Sửa")
    assert page.locator("li[data-review]", has_text="trước ngày ban hành văn bản").count() == 0
    page.click(".notice >> text=Hoàn tác")
    page.wait_for_selector("li[data-review] >> text=trước ngày ban hành văn bản")
    assert wrong == []
    page.close()
