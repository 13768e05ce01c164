"""Ruling lines of tables and headings: seen, for the cells that they part, and painted over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ingest.grid import Table, tables_of
from ingest.pages import Pixels
from ingest.pixels import Cleaned, as_bytes, paper_of

#: Ruling lines are at least this long, in inches; no letter is.
_RULE_INCHES = 0.55

#: What is at least this thick (inches; 2.5 points) is no line.
_THICK_INCHES = 0.035

#: Where the lines of a table run, as near as this, shorter pieces belong to them: the sides of a single row, what is
#: left of a line that is worn or curved. Level strokes of letters are shorter, and upright ones.
_BESIDE_INCHES, _SHORT_LEVEL, _SHORT_UPRIGHT = 0.03, 0.2, 0.18


def take_out_rules(page: Cleaned) -> Cleaned:
    """Paint over the ruling lines of tables and under headings: next to them Tesseract overlooks short cells.

    The tables that they rule are kept in ``tables``.
    """
    import cv2

    ink = as_bytes(cv2.adaptiveThreshold(page.pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 25))
    length = max(30, round(_RULE_INCHES * page.dpi))
    level, upright = _lines(ink, length, page.dpi, level=True), _lines(ink, length, page.dpi, level=False)
    if not level.any() and not upright.any():
        return page
    tables = tables_of(level, upright, page.dpi)
    for table in tables:
        _add_short(level, upright, ink, table, page.dpi)
    if tables:
        tables = tables_of(level, upright, page.dpi)
    mask = cv2.dilate(level | upright, np.ones((3, 3), np.uint8))
    pixels = as_bytes(cv2.copyTo(paper_of(page.pixels), mask, page.pixels.copy()))
    return replace(page, pixels=pixels, steps=(*page.steps, "rules"), tables=tables)


def _lines(ink: Pixels, length: int, dpi: float, *, level: bool) -> Pixels:
    """Return a mask of the straight lines of ``ink`` that run to the right or downwards and are so long (pixels)."""
    import cv2

    # A slight slope breaks a line into steps: close those first.
    bridge, thick = max(30, round(_RULE_INCHES * dpi)) // 60 + 1, max(3, round(_THICK_INCHES * dpi))
    along, across, closing = (1, length), (thick, 1), (bridge, 1)
    if not level:
        along, across, closing = (length, 1), (1, thick), (1, bridge)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(closing, np.uint8))
    lines = as_bytes(cv2.erode(closed, np.ones(along, np.uint8)))
    x, y, wide, high = cv2.boundingRect(lines)
    if not wide:
        return lines
    # Most pages have a line or two: the rest of the page need not be gone over again.
    part = np.s_[max(0, y - length) : y + high + length, max(0, x - length) : x + wide + length]
    found = as_bytes(cv2.dilate(lines[part], np.ones(along, np.uint8)))
    # Bold blocks and the black edge of a scan are long, too, but thick.
    lines[part] = found & ~as_bytes(cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones(across, np.uint8)))
    return lines


def _add_short(level: Pixels, upright: Pixels, ink: Pixels, table: Table, dpi: float) -> None:
    """Add to the masks the short lines that lie where the lines of the table run."""
    beside = max(1, round(_BESIDE_INCHES * dpi))
    box = table.box
    y0, x0 = max(0, round(box.y0) - beside), max(0, round(box.x0) - beside)
    part = np.s_[y0 : round(box.y1) + beside + 1, x0 : round(box.x1) + beside + 1]
    on_level, on_upright = np.zeros_like(ink[part]), np.zeros_like(ink[part])
    for y in table.ys:
        on_level[max(0, round(y) - y0 - beside) : round(y) - y0 + beside + 1] = 255
    for x in table.xs:
        on_upright[:, max(0, round(x) - x0 - beside) : round(x) - x0 + beside + 1] = 255
    level[part] |= _lines(ink[part], round(_SHORT_LEVEL * dpi), dpi, level=True) & on_level
    upright[part] |= _lines(ink[part], round(_SHORT_UPRIGHT * dpi), dpi, level=False) & on_upright
