"""Specks that an OCR took for signs and letters go; stops, dashes, bullets and the marks of notes stay."""

from __future__ import annotations

import pytest

from ingest.dirt import without_dirt
from ingest.grid import Table
from ingest.ocr import OcrWord

Box = tuple[float, float, float, float]


def line(text: str, sure: float = 0.95, left: float = 100.0, top: float = 100.0) -> list[OcrWord]:
    """Return words 20 pixels high on one line, ten pixels a letter."""
    found: list[OcrWord] = []
    for word in text.split():
        found.append(OcrWord(word, (left, top, left + 10.0 * len(word), top + 20.0), sure, 7))
        left += 10.0 * len(word) + 8.0
    return found


@pytest.mark.parametrize(
    ("text", "box", "sure", "kept"),
    [
        ("4", (40.0, 112.0, 46.0, 120.0), 0.39, False),
        ("<6", (40.0, 112.0, 60.0, 119.0), 0.27, False),
        ("4", (40.0, 112.0, 46.0, 120.0), 0.9, True),
        ("4", (40.0, 96.0, 46.0, 104.0), 0.39, True),  # raised: the mark of a note
        ("4", (40.0, 100.0, 50.0, 120.0), 0.39, True),
        ("-", (40.0, 109.0, 46.0, 112.0), 0.9, True),
    ],
)
def test_specks_read_as_letters(text: str, box: tuple[float, float, float, float], sure: float, kept: bool) -> None:
    words = [*line("thực hiện các biện pháp", 0.95), OcrWord(text, box, sure, 7)]
    assert (words[-1] in without_dirt(words)) is kept


#: Behind "biện pháp", which ends at 288.
@pytest.mark.parametrize(
    ("text", "box", "kept"),
    [
        (":", (300.0, 108.0, 303.0, 111.0), False),  # a colon is two dots
        ("^", (300.0, 104.0, 303.0, 106.0), False),
        ("l", (300.0, 108.0, 303.0, 111.0), False),
        ("Ẻ", (300.0, 108.0, 303.0, 111.0), False),
        ("-", (300.0, 109.0, 303.5, 112.0), False),
        ("-", (300.0, 109.0, 307.0, 112.0), True),
        (":", (300.0, 106.0, 303.0, 118.0), True),
        (".", (291.0, 117.0, 294.0, 120.0), True),  # a stop that a blank parts from its word
        (".", (340.0, 108.0, 343.0, 111.0), False),
        ("...", (300.0, 117.0, 330.0, 120.0), True),
        ("1", (290.0, 100.0, 293.0, 109.0), True),  # the mark of a note
    ],
)
def test_what_is_too_small_for_its_sign(text: str, box: Box, kept: bool) -> None:
    words = [*line("thực hiện các biện pháp"), OcrWord(text, box, 0.95, 7)]
    assert (words[-1] in without_dirt(words)) is kept


@pytest.mark.parametrize(
    ("text", "box", "kept"),
    [
        (".", (80.0, 117.0, 83.0, 120.0), False),
        ("„", (80.0, 110.0, 83.0, 114.0), False),
        ("_", (80.0, 117.0, 82.0, 118.0), False),
        ("•", (80.0, 108.0, 84.0, 112.0), True),
        ("-", (80.0, 109.0, 87.0, 112.0), True),
    ],
)
def test_what_stands_before_a_line(text: str, box: Box, kept: bool) -> None:
    words = [OcrWord(text, box, 0.95, 7), *line("Hiệu trưởng các trường")]
    assert (words[0] in without_dirt(words)) is kept


def test_dots_that_lead_to_a_blank_stay() -> None:
    dots = [OcrWord(".", (300.0 + 8 * k, 117.0, 303.0 + 8 * k, 120.0), 0.9, 7) for k in range(4)]
    words = [*line("Họ và tên người"), OcrWord("....", (270.0, 117.0, 296.0, 120.0), 0.9, 7), *dots]
    assert without_dirt(words) == words


def test_a_cell_may_hold_a_dash_alone() -> None:
    dash = OcrWord("-", (300.0, 109.0, 307.0, 112.0), 0.9, 7)
    assert without_dirt([dash]) == [dash]


@pytest.mark.parametrize(
    ("text", "sure", "kept"), [("se", 0.42, False), ("se", 0.9, True), ("II", 0.42, True), ("3", 0.42, True)]
)
def test_a_scrap_alone_on_its_line(text: str, sure: float, kept: bool) -> None:
    words = [OcrWord(text, (100.0, 100.0, 120.0, 120.0), sure, 1)]
    assert bool(without_dirt(words)) is kept


def test_what_stands_alone_in_a_cell_is_no_scrap() -> None:
    table = Table((90.0, 200.0), (90.0, 130.0), ())
    assert without_dirt([OcrWord("có", (100.0, 100.0, 120.0, 120.0), 0.42, 1)], [table])
