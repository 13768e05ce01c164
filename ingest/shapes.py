"""Seals and stamps in the black of the print, told by their shape: rings, the star inside, frames set askew.

On black-and-white copies colour and darkness say nothing. What can be taken out without the print is what has a form
that no letter has; the legend of a seal stays.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.pages import Pixels
from ingest.pixels import Cleaned, as_bytes, halved, paper_of

#: What is darker than this share of the paper's brightness is ink.
_INK_SHARE = 0.62

#: Radius of round seals, inches: 36 mm across for most, up to 42 mm, less on reduced copies.
_RADII = (0.48, 0.9)

#: So much of a ring must be there, and of the thinner rings inside it.
_RING_SHARE, _INNER_SHARE = 0.75, 0.55

#: Frames of stamps have sides of at least this length (inches), up to so many degrees askew.
_SIDE_INCHES, _ASKEW = 0.6, 7.0

#: Solid shapes thicker than this (inches) are no strokes of letters.
_SOLID_INCHES = 0.045


def take_out_shapes(page: Cleaned) -> Cleaned:
    """Return the grey page without rings, their stars and slanted frames; ``steps`` says "shapes" if there were any."""
    import cv2

    paper = paper_of(page.pixels)
    darkest = np.ceil(_INK_SHARE * np.arange(256)).astype(np.uint8)
    ink = as_bytes(cv2.compare(page.pixels, cv2.LUT(paper, darkest), cv2.CMP_LT))
    out = np.zeros_like(ink)
    for x, y, radius in _rings(page.pixels, ink, page.dpi):
        _mark_ring(out, ink, x, y, radius, page.dpi)
    _mark_frames(out, ink, page.dpi)
    if not out.any():
        return page
    mask = cv2.dilate(out & ink, np.ones((3, 3), np.uint8))
    pixels = as_bytes(cv2.copyTo(paper, mask, page.pixels.copy()))
    return replace(page, pixels=pixels, steps=(*page.steps, "shapes"))


def _rings(grey: Pixels, ink: Pixels, dpi: float) -> list[tuple[float, float, float]]:
    """Return centre and radius (pixels) of the outer rings of seals."""
    import cv2

    scale = 75.0 / dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    least, most = (round(75 * inches) for inches in _RADII)
    found = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT_ALT, 1.5, 20, param1=150, param2=0.4, minRadius=least, maxRadius=most
    )
    rings: list[tuple[float, float, float]] = []
    for x, y, radius in [] if found is None else found.reshape(-1, found.shape[-1])[:6, :3] / scale:
        shifts = [(dx, dy, dr) for dx in (-3, 0, 3) for dy in (-3, 0, 3) for dr in range(-6, 7)]
        share, dx, dy, dr = max((_share(ink, x + dx, y + dy, radius + dr), dx, dy, dr) for dx, dy, dr in shifts)
        if share >= _RING_SHARE:
            rings.append((x + dx, y + dy, radius + dr))
    return rings


def _share(ink: Pixels, x: float, y: float, radius: float) -> float:
    """Return the share of a circle that is ink."""
    turns = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    columns = np.round(x + radius * np.cos(turns)).astype(int).clip(0, ink.shape[1] - 1)
    rows = np.round(y + radius * np.sin(turns)).astype(int).clip(0, ink.shape[0] - 1)
    return float((ink[rows, columns] > 0).mean())


def _mark_ring(out: Pixels, ink: Pixels, x: float, y: float, radius: float, dpi: float) -> None:
    """Mark the rings around a centre and the solid shape in their middle."""
    import cv2

    shares = {r: _share(ink, x, y, r) for r in range(round(0.5 * radius), round(1.06 * radius))}
    centre = round(x), round(y)
    for r, share in shares.items():
        if share >= _INNER_SHARE:
            cv2.circle(out, centre, r, (255,), 3)
    solid = max(3, round(_SOLID_INCHES * dpi)) | 1
    middle = np.zeros_like(ink)
    cv2.circle(middle, centre, round(0.5 * radius), (255,), -1)
    core = cv2.morphologyEx(ink & middle, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (solid, solid)))
    if core.any():
        # The points of the star are thin: it is grown back to its tips, not along the letters it touches.
        out |= as_bytes(cv2.dilate(core, np.ones((solid, solid), np.uint8))) & ink


def _mark_frames(out: Pixels, ink: Pixels, dpi: float) -> None:
    """Mark straight lines that are level or upright but for a few degrees; exactly level ones went as rules."""
    import cv2

    length = _SIDE_INCHES * dpi / 2
    half = _wide(as_bytes(halved(ink) > 100) * np.uint8(255), 0.8 * length)
    if not half.any():
        return
    lines = cv2.HoughLinesP(half, 1, np.pi / 720, round(0.8 * length), minLineLength=length, maxLineGap=2)
    if lines is None:
        return
    for x0, y0, x1, y1 in 2 * np.asarray(lines).reshape(-1, 4):
        angle = abs(float(np.degrees(np.arctan2(y1 - y0, x1 - x0)))) % 90
        if min(angle, 90 - angle) <= _ASKEW and _thin(ink, (x0, y0), (x1, y1), dpi):
            cv2.line(out, (int(x0), int(y0)), (int(x1), int(y1)), (255,), max(3, round(0.022 * dpi)))


def _wide(ink: Pixels, length: float) -> Pixels:
    """Return the ink without what is less than so many pixels wide and tall, gaps of two pixels not counted: nearly all
    of the print, which would take far longer to be searched for lines than to be left out."""
    import cv2

    joined = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    kept = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= length
    kept[0] = False
    return ink & as_bytes(kept[labels] * np.uint8(255))


def _thin(ink: Pixels, start: tuple[int, int], end: tuple[int, int], dpi: float) -> bool:
    """Tell whether beside the line there is mostly paper: a row of letters or a black edge has ink there."""
    along = np.linspace(0.02, 0.98, 80)[:, None]
    points = np.array(start) + along * (np.array(end) - np.array(start))
    across = np.array([start[1] - end[1], end[0] - start[0]], np.float64)
    across *= 0.03 * dpi / max(1e-6, float(np.linalg.norm(across)))
    free: list[NDArray[np.bool_]] = []
    for shift in (across, -across):
        at = np.round(points + shift).astype(int)
        free.append(ink[at[:, 1].clip(0, ink.shape[0] - 1), at[:, 0].clip(0, ink.shape[1] - 1)] == 0)
    return bool((free[0] & free[1]).mean() > 0.6)
