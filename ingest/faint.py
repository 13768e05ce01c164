"""Ink that is paler than the print: the back of the sheet shining through, seals on copies without colour.

Print is black, and what lies under or over it is not: a page of which a good part is pale ink has two inks. The pale
one is faded to paper, and print that it darkens gets its edges back. Pages of one ink stay as they are.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.pages import Pixels
from ingest.pixels import Cleaned, as_bytes, halved, paper_of

#: Darkness (0..255, against the paper) from which on something is ink at all, and share of the print's darkness below
#: which ink is pale.
_INK, _PALE = 30.0, 0.7

#: Pale ink nearer to print than this (inches) is the soft edge of a letter.
_EDGE_INCHES = 0.012

#: Pale pieces smaller than this (inches) are noise.
_CRUMB_INCHES = 0.06

#: Less pale ink than this (times the resolution, counted in pixels of half the size) is none.
_FEW = 11.0

#: Pale shapes at least this tall and wide (inches) are something of their own; that share of a page's ink is its back.
_SHAPE_INCHES = 0.42
_BACK_SHARE = 0.25


def take_out_faint(page: Cleaned) -> Cleaned:
    """Return the grey page without pale ink; ``steps`` says "faint" where something was taken out."""
    import cv2

    if not _two_inks(page):
        return page
    paper = paper_of(page.pixels)
    dark = cv2.subtract(paper, page.pixels).astype(np.float32)
    print_dark = _print_darkness(dark)
    if print_dark is None:
        return page
    ink, strong = dark > _INK, dark > _PALE * print_dark
    reach = 2 * max(1, round(_EDGE_INCHES * page.dpi)) + 1
    near = cv2.dilate(strong.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    pale = _letters(ink & ~near, page.dpi)
    where = _where(pale, strong, page.dpi)
    if where is None:
        return page
    level = float(np.median(dark[pale & where]))
    # Now that the darkness of the pale ink is known, the line is drawn between it and the print.
    near = cv2.dilate((dark > (level + print_dark) / 2).astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    pale = ink & ~near
    # Print over pale ink stands on it: what the pale ink darkens goes, the rest is stretched back.
    left = np.where(pale, 0.0, np.clip((dark - level) / max(1.0, print_dark - level), 0, 1) * print_dark)
    pixels = as_bytes(np.where(where, np.clip(paper - left, 0, 255), page.pixels))
    return replace(page, pixels=pixels, steps=(*page.steps, "faint"))


def _two_inks(page: Cleaned) -> bool:
    """Tell at half the size, where it takes a quarter of the time, whether a page may have pale ink at all."""
    import cv2

    half = halved(page.pixels)
    dark = as_bytes(cv2.subtract(paper_of(half), half))
    print_dark = _print_darkness(dark)
    if print_dark is None:
        return False
    ink, strong = dark > _INK, as_bytes(dark > _PALE * print_dark)
    pale = ink & (cv2.dilate(strong, np.ones((3, 3), np.uint8)) == 0)
    return int(cv2.morphologyEx(as_bytes(pale), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)).sum()) > _FEW * page.dpi


def _print_darkness(dark: NDArray[np.float32] | Pixels) -> float | None:
    """Return how dark print is on this page, None where there is next to none.

    The darkest tenth of the ink: the middle of the strokes of letters, and of bold ones.
    """
    ink = dark[dark > 60]
    return float(np.percentile(ink, 85)) if len(ink) > 2000 else None


def _letters(pale: NDArray[np.bool_], dpi: float) -> NDArray[np.bool_]:
    """Return the pale pixels without the crumbs that JPEG and grain leave around print."""
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(pale.astype(np.uint8))
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    kept = (sides.max(axis=1) >= _CRUMB_INCHES * dpi) & (sides.min(axis=1) >= 0.3 * _CRUMB_INCHES * dpi)
    kept[0] = False
    return np.asarray(kept[labels])


def _where(pale: NDArray[np.bool_], strong: NDArray[np.bool_], dpi: float) -> NDArray[np.bool_] | None:
    """Return where pale ink is taken out: everywhere for a back that shines through, else around pale shapes."""
    import cv2

    if pale.sum() > _BACK_SHARE * strong.sum():
        return np.ones_like(pale)
    scale = 75.0 / dpi if dpi > 75 else 1.0
    small = cv2.resize(pale.astype(np.float32), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Lines of print cut a seal to pieces: they are joined over the height of a line.
    joined = cv2.morphologyEx((small > 0.08).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    least = _SHAPE_INCHES * min(75.0, dpi)
    shapes = [k for k in range(1, count) if min(stats[k, cv2.CC_STAT_WIDTH], stats[k, cv2.CC_STAT_HEIGHT]) >= least]
    if not shapes:
        return None
    chosen = cv2.dilate(np.isin(labels, shapes).astype(np.uint8), np.ones((9, 9), np.uint8))
    return np.asarray(cv2.resize(chosen, pale.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0)
