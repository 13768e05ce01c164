"""The sheet of paper in a photo: found on its desk and pulled straight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.pages import Pixels
from ingest.pixels import Cleaned, as_bytes, grey_of, smaller

#: How much brighter than the desk the paper must be along every edge of a photographed sheet.
_LEAST_SIDE_CONTRAST = 0.06


def cut_out_sheet(page: Cleaned) -> Cleaned:
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
    return replace(page, pixels=as_bytes(pixels), back=page.back @ np.linalg.inv(forth), steps=(*page.steps, "sheet"))


def _sheet_corners(pixels: Pixels) -> NDArray[np.float32] | None:
    """Return the four corners (top left, then clockwise) of a sheet that stands clear of its surroundings.

    Uneven light defeats any single threshold, so several are tried. Each gives at most one quadrilateral; the one
    whose weakest side stands out best is taken, None where a side of it does not stand out at all.
    """
    import cv2

    height, width = pixels.shape[:2]
    scale = 800.0 / max(height, width)
    small = smaller(grey_of(pixels), 800.0)
    # Closing away the letters leaves paper against desk.
    closed = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8)), (5, 5), 0)
    border = np.concatenate([closed[:6].ravel(), closed[-6:].ravel(), closed[:, :6].ravel(), closed[:, -6:].ravel()])
    desk, paper = float(np.median(border)), float(np.percentile(closed, 90))
    if paper - desk < 30:
        return None
    best, best_side = None, _LEAST_SIDE_CONTRAST
    for share in (0.2, 0.35, 0.5, 0.65, 0.8):
        corners = _quadrilateral(as_bytes((closed > desk + share * (paper - desk)) * np.uint8(255)))
        if corners is None:
            continue
        side = _weakest_side(as_bytes(closed), corners)
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
