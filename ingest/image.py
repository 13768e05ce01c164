"""Making a page picture fit for reading: the sheet cut out of a photo, even light, straight lines, stamps taken out.

Every step works on grey or RGB arrays of 8 bits and keeps the map back to the picture it started from, so that the
place of every word can be shown on the original. Steps that find nothing to do leave the picture alone.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.pages import Limits, Picture, Pixels
from ingest.reader import open_file

#: A map of the plane in homogeneous coordinates, 3 × 3.
Homography = NDArray[np.float64]

#: Stamps and signatures are at least this tall and wide, in inches; coloured text is not that tall.
_STAMP_INCHES = 0.42

#: Skew below this (degrees) costs Tesseract nothing; above the other it is no skew but a turned page.
_SKEW_DEGREES = (0.12, 12.0)

#: Tesseract reads best when small letters are some twenty pixels tall.
_GOOD_X_HEIGHT = 20.0
_SMALL_X_HEIGHT = 15.0

#: Colour (brightest less darkest channel) that paper may have, and by how much ink darkens the page for each step of
#: colour above it: seal red is bright, pen blue is dark.
_PAPER_COLOUR = 8.0
_RED_DARKENS, _BLUE_DARKENS = 1.4, 3.0
_GHOST = (40.0, 110.0)

#: Ruling lines are at least this long, in inches; no letter is.
_RULE_INCHES = 0.55

#: How much brighter than the desk the paper must be along every edge of a photographed sheet.
_LEAST_SIDE_CONTRAST = 0.06


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A grey picture ready for OCR; ``back`` maps its pixels to those of the picture that came in."""

    pixels: Pixels
    dpi: float
    back: Homography
    steps: tuple[str, ...] = ()


def clean(picture: Picture, limits: Limits | None = None) -> Cleaned:
    """Clean a page picture for OCR. The order matters: geometry of the sheet, colour, light, skew, size."""
    page = Cleaned(picture.pixels, picture.dpi, np.eye(3))
    page = _cut_out_sheet(page)
    page = _take_out_stamps(page)
    page = _even_light(page)
    page = _deskew(page)
    page = _take_out_rules(page)
    return _enlarge(page, limits or Limits())


def page_png(data: bytes, media_type: str, number: int, dpi: float = 110.0) -> bytes:
    """Return page ``number`` of a PDF or image file as a PNG for the web page.

    Raises ``NotFoundError`` for text files and for pages that are not there, and what ``reader.open_file`` raises.
    """
    from PIL import Image

    from corpus.errors import NotFoundError

    opened = open_file(data, "")
    try:
        if not 1 <= number <= opened.page_count:
            raise NotFoundError(f"Văn bản không có trang {number}.", f"Văn bản có {opened.page_count} trang.")
        picture = opened.picture(number, dpi)
    finally:
        opened.close()
    out = io.BytesIO()
    Image.fromarray(picture.pixels).save(out, "PNG", compress_level=6)
    return out.getvalue()


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


def _cut_out_sheet(page: Cleaned) -> Cleaned:
    """Find the sheet on a darker desk and pull it straight; scans have no such edge and stay as they are."""
    import cv2

    corners = _sheet_corners(page.pixels)
    if corners is None:
        return page
    top, right, bottom, left = (float(np.linalg.norm(corners[k] - corners[(k + 1) % 4])) for k in range(4))
    width, height = round(max(top, bottom)), round(max(right, left))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    forth = cv2.getPerspectiveTransform(corners, target)
    pixels = cv2.warpPerspective(
        page.pixels, forth, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return replace(page, pixels=_bytes(pixels), back=page.back @ np.linalg.inv(forth), steps=(*page.steps, "sheet"))


def _sheet_corners(pixels: Pixels) -> NDArray[np.float32] | None:
    """Return the four corners (top left, then clockwise) of a sheet that stands clear of its surroundings.

    Uneven light defeats any single threshold, so several are tried. Each gives at most one quadrilateral; the one
    whose weakest side stands out best is taken, None where a side of it does not stand out at all.
    """
    import cv2

    height, width = pixels.shape[:2]
    scale = 800.0 / max(height, width)
    small = cv2.resize(_grey(pixels), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Closing away the letters leaves paper against desk.
    closed = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8)), (5, 5), 0)
    border = np.concatenate([closed[:6].ravel(), closed[-6:].ravel(), closed[:, :6].ravel(), closed[:, -6:].ravel()])
    desk, paper = float(np.median(border)), float(np.percentile(closed, 90))
    if paper - desk < 30:
        return None
    best, best_side = None, _LEAST_SIDE_CONTRAST
    for share in (0.2, 0.35, 0.5, 0.65, 0.8):
        corners = _quadrilateral(_bytes((closed > desk + share * (paper - desk)) * np.uint8(255)))
        if corners is None:
            continue
        side = _weakest_side(_bytes(closed), corners)
        if side > best_side:
            best, best_side = corners, side
    return None if best is None else (best / scale).astype(np.float32)


def _quadrilateral(mask: Pixels) -> NDArray[np.float32] | None:
    """Return the corners of the largest white shape when it is four-sided and most of the picture, but not all."""
    import cv2

    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    sheet = max(contours, key=cv2.contourArea, default=None)
    if sheet is None or not 0.25 <= cv2.contourArea(sheet) / mask.size <= 0.985:
        return None
    hull = cv2.convexHull(sheet)
    around = cv2.arcLength(hull, True)
    shapes = (cv2.approxPolyDP(hull, tolerance * around, True) for tolerance in (0.01, 0.02, 0.03, 0.05))
    shape = next((shape for shape in shapes if len(shape) == 4), None)
    if shape is None or cv2.contourArea(shape) < 0.93 * cv2.contourArea(hull):
        return None
    points = shape.reshape(4, 2).astype(np.float32)
    sums, differences = points.sum(axis=1), points[:, 0] - points[:, 1]
    order = [int(sums.argmin()), int(differences.argmax()), int(sums.argmax()), int(differences.argmin())]
    return points[order] if len(set(order)) == 4 else None


def _weakest_side(grey: Pixels, corners: NDArray[np.float32]) -> float:
    """Return by how much (share of brightness) the inside is brighter than the outside along the weakest side."""
    height, width = grey.shape
    middle = corners.mean(axis=0)
    weakest = 1.0
    for k in range(4):
        start, end = corners[k], corners[(k + 1) % 4]
        along = np.linspace(0.05, 0.95, 60)[:, None]
        points = start + along * (end - start)
        inward = np.array([start[1] - end[1], end[0] - start[0]], np.float64)
        inward /= max(1e-6, float(np.linalg.norm(inward)))
        inward *= np.sign(np.dot(inward, middle - (start + end) / 2)) * 7
        sides = []
        for shift in (inward, -inward):
            at = np.round(points + shift).astype(int)
            at[:, 0], at[:, 1] = at[:, 0].clip(0, width - 1), at[:, 1].clip(0, height - 1)
            sides.append(grey[at[:, 1], at[:, 0]].astype(float))
        contrast = (sides[0] - sides[1]) / np.maximum(sides[0] + sides[1], 1.0)
        weakest = min(weakest, float(np.percentile(contrast, 25)))
    return weakest


def _take_out_stamps(page: Cleaned) -> Cleaned:
    """Return the page in grey, with large coloured shapes (con dấu đỏ, dấu ĐẾN xanh, chữ ký) faded to paper.

    Small coloured shapes are print (links, headings, a number written by hand) and stay.
    """
    import cv2

    if page.pixels.ndim == 2:
        return page
    grey = _grey(page.pixels)
    vivid = _colour(page.pixels)
    scale = 75.0 / page.dpi if page.dpi > 75 else 1.0
    small = cv2.resize(vivid, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Paper itself may be tinted: colour counts against what the page has in general.
    coloured = (small > np.median(small) + 28).astype(np.uint8)
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    least = _STAMP_INCHES * min(75.0, page.dpi)
    stamps = [k for k in range(1, count) if min(stats[k, cv2.CC_STAT_WIDTH], stats[k, cv2.CC_STAT_HEIGHT]) >= least]
    if not stamps or sum(stats[k, cv2.CC_STAT_AREA] for k in stamps) > 0.4 * small.size:
        return replace(page, pixels=grey)
    chosen = cv2.dilate(np.isin(labels, stamps).astype(np.uint8), np.ones((3, 3), np.uint8))
    mask = cv2.resize(chosen, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    x, y, wide, high = cv2.boundingRect(mask)
    part = np.s_[y : y + high, x : x + wide]
    paper, pixels = _paper(grey)[part], grey.copy()
    pixels[part] = np.where(mask[part] > 0, _without_ink(page.pixels[part], grey[part], paper), grey[part])
    return replace(page, pixels=pixels, steps=(*page.steps, "stamps"))


def _without_ink(pixels: Pixels, grey: Pixels, paper: Pixels) -> Pixels:
    """Return a grey part of the page as it would be without coloured ink.

    Colour tells how much ink lies on a pixel, and ink of that hue how much it darkens; what is darker is print.
    """
    import cv2

    # White balance first: lamp light is a colour, too.
    levels = np.median(pixels.reshape(-1, 3)[::97], axis=0)
    balanced = np.minimum(pixels * (240.0 / np.maximum(levels, 60.0)), 255.0).astype(np.uint8)
    # JPEG stores colour at half the resolution: thin strokes lose theirs to their neighbours.
    colour = _bytes(cv2.dilate(_colour(balanced), np.ones((3, 3), np.uint8)))
    blue = balanced[..., 2] >= balanced[..., 0]
    darkening = np.maximum(colour.astype(np.float32) - _PAPER_COLOUR, 0) * np.where(blue, _BLUE_DARKENS, _RED_DARKENS)
    left = paper.astype(np.float32) - grey - darkening
    # What little is left at the edges of ink is not print: print is black.
    left *= np.clip((left - _GHOST[0]) / (_GHOST[1] - _GHOST[0]), 0, 1)
    return _bytes(np.maximum(paper - left, grey))


def _even_light(page: Cleaned) -> Cleaned:
    """Divide by the brightness of the paper, so that shadows and grey paper turn white."""
    import cv2

    paper = _paper(page.pixels)
    if float(np.percentile(paper, 2)) >= 232:
        return page
    even = cv2.divide(page.pixels, np.maximum(paper, 40), scale=250.0)
    return replace(page, pixels=_bytes(even), steps=(*page.steps, "light"))


def _paper(grey: Pixels) -> Pixels:
    """Return the brightness of the paper under every pixel: the letters closed away, smoothed."""
    import cv2

    height, width = grey.shape
    scale = 400.0 / max(height, width)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    smooth = cv2.GaussianBlur(cv2.medianBlur(closed, 15), (0, 0), 5)
    return _bytes(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR))


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
    return replace(page, pixels=_bytes(pixels), back=page.back @ np.linalg.inv(forth), steps=(*page.steps, "skew"))


def _take_out_rules(page: Cleaned) -> Cleaned:
    """Paint over the ruling lines of tables and under headings: next to them Tesseract overlooks short cells."""
    import cv2

    ink = _bytes(cv2.adaptiveThreshold(page.pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 25))
    length = max(30, round(_RULE_INCHES * page.dpi))
    thick = max(3, round(0.025 * page.dpi))
    rules = np.zeros_like(ink)
    for kernel, across in (((length, 1), (1, thick)), ((1, length), (thick, 1))):
        # A slight slope breaks a line into steps: close those first.
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((kernel[0] // 60 + 1, kernel[1] // 60 + 1), np.uint8))
        lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((kernel[1], kernel[0]), np.uint8))
        # Bold blocks and the black edge of a scan are long, too, but thick.
        blocks = cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones((across[1], across[0]), np.uint8))
        rules |= _bytes(lines) & ~_bytes(blocks)
    if not rules.any():
        return page
    mask = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    pixels = np.where(mask > 0, _paper(page.pixels), page.pixels).astype(np.uint8)
    return replace(page, pixels=pixels, steps=(*page.steps, "rules"))


def skew(grey: Pixels) -> float:
    """Return the angle in degrees by which the page must be turned counter-clockwise for its lines to be level.

    Projection profile: ink summed along lines of the right angle is all peaks and gaps. Coarse search, then fine.
    """
    import cv2

    scale = 1000.0 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    # The outer edge holds scanner shadows, whose straight border would outvote the text.
    edge = round(0.03 * min(ink.shape))
    ink = ink[edge:-edge, edge:-edge]
    rows, columns = np.nonzero(ink)
    if len(rows) < 200:
        return 0.0
    if len(rows) > 60_000:
        chosen = np.linspace(0, len(rows) - 1, 60_000).astype(int)
        rows, columns = rows[chosen], columns[chosen]

    def sharpness(angle: float) -> float:
        slope = np.tan(np.radians(angle))
        places = np.round(rows - columns * slope).astype(int)
        profile = np.bincount(places - places.min()).astype(float)
        return float(np.sum(np.diff(profile) ** 2))

    coarse = max(np.arange(-5.0, 5.01, 0.25), key=sharpness)
    return float(max(np.arange(coarse - 0.25, coarse + 0.26, 0.05), key=sharpness))


def _enlarge(page: Cleaned, limits: Limits) -> Cleaned:
    """Enlarge small print to the size that Tesseract was trained on."""
    import cv2

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
        pixels=_bytes(pixels),
        dpi=page.dpi * factor,
        back=page.back @ np.linalg.inv(forth),
        steps=(*page.steps, f"enlarge {factor:.1f}"),
    )


def x_height(grey: Pixels) -> float | None:
    """Return the height in pixels of small letters, None where too little print is found."""
    import cv2

    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(_bytes(ink))
    heights, widths = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    areas = stats[1:, cv2.CC_STAT_AREA]
    letters = heights[(heights >= 5) & (heights <= 120) & (widths >= 3) & (widths <= 3 * heights) & (areas >= 10)]
    if len(letters) < 60:
        return None
    # Letters without ascender are the commonest height by far.
    counts = np.bincount(letters).astype(float)
    return float(np.convolve(counts, np.ones(3), mode="same").argmax())


def _grey(pixels: Pixels) -> Pixels:
    import cv2

    return pixels if pixels.ndim == 2 else _bytes(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def _colour(pixels: Pixels) -> Pixels:
    """Return how coloured every pixel is: brightest less darkest channel."""
    import cv2

    red, green, blue = cv2.split(pixels)
    return _bytes(cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)))


def _bytes(array: object) -> Pixels:
    return np.asarray(array, dtype=np.uint8)
