"""Making a page picture fit for reading: the sheet cut out of a photo, even light, straight lines, stamps taken out.

Every step works on grey or RGB arrays of 8 bits and keeps the map back to the picture it started from, so that the
place of every word can be shown on the original. Steps that find nothing to do leave the picture alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.faint import take_out_faint
from ingest.pages import Limits, Picture, Pixels
from ingest.pixels import Cleaned, Homography, as_bytes, grey_of, halved, small_paper_of, smaller, spread
from ingest.rules import take_out_rules
from ingest.sheet import cut_out_sheet
from ingest.stamps import in_grey, take_out_stamps

#: Coordinates of pixels along one side.
Places = NDArray[np.intp]

#: Skew below this (degrees) costs Tesseract nothing; above the other it is no skew but a turned page.
_SKEW_DEGREES = (0.12, 12.0)

#: Print is not made smaller than it is at this resolution.
_LEAST_DPI = 200.0

#: Tesseract reads best when small letters are some twenty pixels tall.
_GOOD_X_HEIGHT = 20.0
_SMALL_X_HEIGHT, _LARGE_X_HEIGHT = 15.0, 23.5


def clean(picture: Picture, limits: Limits | None = None, *, whole: bool = False) -> Cleaned:
    """Clean a page picture for OCR. The order matters: geometry of the sheet, colour, light, skew, size.

    ``whole`` leaves in what is paler than the print.
    """
    page = Cleaned(picture.pixels, picture.dpi, np.eye(3))
    page = in_grey(page)
    page = cut_out_sheet(page)
    page = _shrink(page)
    page = take_out_stamps(page)
    page = _even_light(page)
    page = _deskew(page)
    if not whole:
        page = take_out_faint(page)
    page = take_out_rules(page)
    return _enlarge(page, limits or Limits())


def turned(picture: Picture, quarters: int) -> tuple[Picture, Homography]:
    """Return the picture turned counter-clockwise by quarters of a full turn, and the map back."""
    height, width = picture.pixels.shape[:2]
    back: Homography = np.eye(3)
    if quarters % 4 == 1:
        back = np.array([[0.0, -1, width - 1], [1, 0, 0], [0, 0, 1]])
    elif quarters % 4 == 2:
        back = np.array([[-1.0, 0, width - 1], [0, -1, height - 1], [0, 0, 1]])
    elif quarters % 4 == 3:
        back = np.array([[0.0, 1, 0], [-1, 0, height - 1], [0, 0, 1]])
    return replace(picture, pixels=np.ascontiguousarray(np.rot90(picture.pixels, quarters))), back


def _even_light(page: Cleaned) -> Cleaned:
    """Divide by the brightness of the paper, so that shadows and grey paper turn white."""
    import cv2

    paper = small_paper_of(page.pixels)
    if float(np.percentile(paper, 2)) >= 232:
        return page
    even = cv2.divide(page.pixels, np.maximum(spread(paper, page.pixels), 40), scale=250.0)
    return replace(page, pixels=as_bytes(even), steps=(*page.steps, "light"))


def _deskew(page: Cleaned) -> Cleaned:
    """Turn the page by the small angle that makes its lines level."""
    import cv2

    angle = skew(page.pixels)
    if not _SKEW_DEGREES[0] <= abs(angle) <= _SKEW_DEGREES[1]:
        return page
    height, width = page.pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    pixels = cv2.warpAffine(
        page.pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,)
    )
    forth = np.vstack([turn, [0.0, 0.0, 1.0]])
    return replace(page, pixels=as_bytes(pixels), back=page.back @ np.linalg.inv(forth), steps=(*page.steps, "skew"))


def skew(grey: Pixels) -> float:
    """Return the angle in degrees by which the page must be turned counter-clockwise for its lines to be level.

    Projection profile: ink summed along lines of the right angle is all peaks and gaps. Coarse search, then fine.
    """
    import cv2

    small = smaller(grey, 1000.0)
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    # The outer edge holds scanner shadows, whose straight border would outvote the text.
    edge = round(0.03 * min(ink.shape))
    ink = ink[edge:-edge, edge:-edge]
    rows, columns = np.nonzero(ink)
    if len(rows) < 200:
        return 0.0
    coarse = max(np.arange(-5.0, 5.01, 0.25), key=_sharpness(rows, columns, 15_000))
    return float(max(np.arange(coarse - 0.25, coarse + 0.26, 0.05), key=_sharpness(rows, columns, 60_000)))


def _sharpness(rows: Places, columns: Places, most: int) -> Callable[[float], float]:
    """Return the function that tells how sharp the profile of so many of these points of ink is at an angle."""
    if len(rows) > most:
        chosen = np.linspace(0, len(rows) - 1, most).astype(int)
        rows, columns = rows[chosen], columns[chosen]
    down, right = rows.astype(np.float32), columns.astype(np.float32)

    def sharpness(angle: float) -> float:
        places = np.rint(down - right * np.float32(np.tan(np.radians(angle)))).astype(np.int32)
        profile = np.bincount(places - places.min()).astype(float)
        return float(np.sum(np.diff(profile) ** 2))

    return sharpness


def _shrink(page: Cleaned) -> Cleaned:
    """Make print that is larger than need be smaller: every later step, reading above all, takes less time."""
    import cv2

    if page.dpi < 1.1 * _LEAST_DPI:
        return page
    # Print that is too large is tall enough to be measured at half the size.
    height = x_height(grey_of(halved(page.pixels)))
    if height is None or 2 * height < _LARGE_X_HEIGHT:
        return page
    height *= 2
    # Blurred letters grow together with their marks and pass for larger ones.
    factor = max(0.25, _GOOD_X_HEIGHT / height, _LEAST_DPI / page.dpi)
    if factor > 0.9:
        return page
    pixels = cv2.resize(page.pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    back = page.back @ np.diag([1 / factor, 1 / factor, 1.0])
    return Cleaned(as_bytes(pixels), page.dpi * factor, back, (*page.steps, f"shrink {factor:.2f}"))


def _enlarge(page: Cleaned, limits: Limits) -> Cleaned:
    """Enlarge small print to the size that Tesseract was trained on."""
    import cv2

    if any(step.startswith("shrink") for step in page.steps):
        return page
    height = x_height(page.pixels)
    if height is None or height >= _SMALL_X_HEIGHT:
        return page
    factor = min(3.0, _GOOD_X_HEIGHT / height, (limits.pixels / page.pixels.size) ** 0.5)
    if factor < 1.15:
        return page
    pixels = cv2.resize(page.pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    forth = np.diag([factor, factor, 1.0])
    return replace(
        page,
        pixels=as_bytes(pixels),
        dpi=page.dpi * factor,
        back=page.back @ np.linalg.inv(forth),
        tables=tuple(table.moved(factor) for table in page.tables),
        steps=(*page.steps, f"enlarge {factor:.1f}"),
    )


def x_height(grey: Pixels) -> float | None:
    """Return the height in pixels of small letters, None where too little print is found."""
    import cv2

    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(as_bytes(ink))
    heights, widths = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    areas = stats[1:, cv2.CC_STAT_AREA]
    letters = heights[(heights >= 5) & (heights <= 120) & (widths >= 3) & (widths <= 3 * heights) & (areas >= 10)]
    if len(letters) < 60:
        return None
    # Letters without ascender are the commonest height by far.
    counts = np.bincount(letters).astype(float)
    return float(np.convolve(counts, np.ones(3), mode="same").argmax())
