"""Letterhead, body, footnotes and sign-off of every sample in the order of its source, as read from signed scans.

``test_samples`` asks the same of the digital PDFs, letter by letter.
"""

from __future__ import annotations

import difflib
from functools import lru_cache

import pytest

from corpus.document import BlockKind
from corpus.samples.gold import build_gold
from corpus.samples.layout import lay_out as set_pages
from corpus.samples.source import load, names
from ingest.layout import Laid, lay_out
from ingest.ocr import Tesseract
from ingest.pages import Limits
from ingest.recognise import recognise
from tests.ingest import scanned

#: Lines of a scan are alike to those of the source at least so much; of any two lines of a sample few are.
ALIKE = 0.72


@lru_cache(maxsize=1)
def recorded() -> dict[str, list[Laid]]:
    return {
        name: [lay_out(words, width, height, number) for number, (words, width, height) in enumerate(pages, 1)]
        for name, pages in scanned.tokens().items()
    }


def gold(name: str) -> list[str]:
    source = load(name)
    pages: list[str] = build_gold(source, set_pages(source))["pages"]
    return pages


def places(found: list[str], wanted: list[str]) -> list[int | None]:
    """Return for each wanted line the first place not before the last one where a line like it was found."""
    at, out = 0, list[int | None]()
    for line in wanted:
        here = next((k for k in range(at, len(found)) if like(found[k], line)), None)
        out.append(here)
        at = at if here is None else here + 1
    return out


def like(one: str, other: str) -> bool:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def check(laid: Laid, wanted: str) -> None:
    found, lines = laid.text.split("\n"), wanted.split("\n")
    missing = [line for line, place in zip(lines, places(found, lines), strict=True) if place is None]
    assert missing == [], f"not in this order: {missing}"
    # A stroke of the pen may pass for a line, but not more.
    assert len(found) <= len(lines) + 1, found


@pytest.mark.parametrize("name", names())
def test_a_signed_scan_reads_in_the_order_of_its_source(name: str) -> None:
    pages = recorded()[name]
    for laid, wanted in zip(pages, gold(name), strict=True):
        check(laid, wanted)


@pytest.mark.parametrize("name", names())
def test_the_parts_of_a_signed_scan_are_blocks_of_their_own(name: str) -> None:
    source, pages = load(name), recorded()[name]
    blocks = [(block.kind, laid.text[block.start : block.end]) for laid in pages for block in laid.blocks]
    kinds = [kind for kind, _ in blocks]
    assert kinds[0] is BlockKind.LETTERHEAD and kinds.count(BlockKind.LETTERHEAD) == 1
    assert kinds.count(BlockKind.RECIPIENTS) == kinds.count(BlockKind.SIGNATURE) == 1
    signature = next(text for kind, text in blocks if kind is BlockKind.SIGNATURE).split("\n")
    assert like(signature[-1], source.sign_name)
    recipients = next(text for kind, text in blocks if kind is BlockKind.RECIPIENTS).split("\n")
    assert like(recipients[-1].lstrip("-~ "), source.recipients[-1])


def test_lines_in_another_order_are_noticed() -> None:
    laid = recorded()["2022-so-thu-chi"][0]
    lines = gold("2022-so-thu-chi")[0].split("\n")
    with pytest.raises(AssertionError, match="not in this order"):
        check(laid, "\n".join([*lines[5:], *lines[:5]]))


@pytest.mark.slow
def test_a_sign_off_read_live() -> None:
    reading = recognise(scanned.picture("2022-so-thu-chi", 1), Tesseract(), Limits())
    check(reading.laid, gold("2022-so-thu-chi")[0])
