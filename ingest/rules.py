"""Ruling lines of tables and headings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ingest.pixels import Cleaned, as_bytes, paper_of

#: Ruling lines are at least this long, in inches; no letter is.
_RULE_INCHES = 0.55


def take_out_rules(page: Cleaned) -> Cleaned:
    """Paint over the ruling lines of tables and under headings: next to them Tesseract overlooks short cells."""
    import cv2

    ink = as_bytes(cv2.adaptiveThreshold(page.pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 25))
    length = max(30, round(_RULE_INCHES * page.dpi))
    thick = max(3, round(0.025 * page.dpi))
    rules = np.zeros_like(ink)
    for kernel, across in (((length, 1), (1, thick)), ((1, length), (thick, 1))):
        # A slight slope breaks a line into steps: close those first.
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((kernel[0] // 60 + 1, kernel[1] // 60 + 1), np.uint8))
        lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((kernel[1], kernel[0]), np.uint8))
        # Bold blocks and the black edge of a scan are long, too, but thick.
        blocks = cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones((across[1], across[0]), np.uint8))
        rules |= as_bytes(lines) & ~as_bytes(blocks)
    if not rules.any():
        return page
    mask = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    pixels = np.where(mask > 0, paper_of(page.pixels), page.pixels).astype(np.uint8)
    return replace(page, pixels=pixels, steps=(*page.steps, "rules"))
