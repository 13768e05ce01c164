"""Marks that a PDF draws as glyphs of their own come onto the letters under which they stand."""

from __future__ import annotations

import pytest

from ingest.pdftext import _Char, with_marks

WIDE = 6.0


def drawn(text: str, at: dict[int, float]) -> list[_Char | None]:
    """Return characters side by side; ``at`` gives the place of a mark (by its index) in letters from the left."""
    chars: list[_Char | None] = []
    x = 0.0
    for k, letter in enumerate(text):
        left = at[k] * WIDE + 2.0 if k in at else x
        right = left + (1.0 if k in at else WIDE)
        chars.append(None if letter == "\n" else _Char(letter, left, 0.0, right, 10.0, 9.0, 10.0, k))
        x += 0.0 if k in at else WIDE
    return chars


@pytest.mark.parametrize(
    ("text", "at", "wanted"),
    [
        ("hoac\u0323 h", {4: 2}, "hoạc h"),  # whether a gap is there is told by the boxes, not here
        ("h\u00ea \u0323thong", {3: 1}, "hệ thong"),
        ("ca\u0300\ni", {2: 1}, "cà\ni"),
        ("giuo\u031bng", {4: 3}, "giuơng"),
        ("ta\u0302\u0323p", {2: 1, 3: 1}, "tập"),
        ("t\u1eadp\u0323", {3: 1}, "tập"),  # drawn twice
        ("t\u1eadp\u0323", {3: 7}, "tập"),  # drawn where no letter stands
        ("e\u0301", {1: 9}, "é"),  # a layer over a scan, whose boxes are rough
        ("\u0323 a", {0: 0}, " a"),
    ],
)
def test_a_mark_comes_onto_its_letter(text: str, at: dict[int, float], wanted: str) -> None:
    found = "".join("\n" if char is None else char.text for char in with_marks(drawn(text, at)))
    assert found == wanted
