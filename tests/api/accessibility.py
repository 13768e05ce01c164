"""What stands between a page and the people who open it, asked of the page in a real browser.

axe-core (MPL-2.0) comes as one file inside the package axe-playwright-python, pinned in ``constraints.txt``; the file
is run in the page and is not part of this project. Where it is missing, or is another file, the tests fail.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: axe-core 4.12.1 as axe-playwright-python 0.1.8 has it.
AXE_SHA256 = "84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc"


def axe_script() -> str:
    """Return axe-core as text."""
    data = (files("axe_playwright_python") / "axe.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == AXE_SHA256, "axe-core is not the pinned one"
    return data.decode()


def findings(page: Page, script: str) -> list[str]:
    """Return what axe-core finds on the page with everything unfolded: all of WCAG A and AA, and of the rest what is
    serious or critical."""
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    page.evaluate(script)
    result: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert result["testEngine"]["name"] == "axe-core" and len(result["passes"]) > 5
    return [
        f"{found['impact']} {found['id']}: {found['nodes'][0]['html'][:160]}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical") or any(tag.startswith("wcag") for tag in found["tags"])
    ]


#: Controls without a name for people who hear the page, and pictures without a text.
NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), select, button, a[href], img, summary')]
  .filter(e => !e.closest('svg'))
  .filter(e => !(e.labels && e.labels.length) && !e.ariaLabel && !e.textContent.trim()
    && !(e.tagName === 'IMG' && e.hasAttribute('alt')) && !e.querySelector('img[alt]'))
  .map(e => e.outerHTML.slice(0, 120))"""
