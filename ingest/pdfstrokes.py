"""The straight strokes that a PDF page draws: ruling lines of tables, as lines, thin rectangles or frames."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from corpus.document import Box
from ingest.pdftext import page_to_top_left

#: What is thinner than this (points) is a line, and what is shorter is none.
_THICK, _SHORT = 3.0, 6.0

#: A page with more strokes is a drawing; a path with more corners is no frame.
_MOST_PATHS, _MOST_CORNERS = 4000, 12


def strokes(page: Any, width: float, height: float) -> list[Box]:
    """Return the level and upright strokes of a page as thin boxes in points from its top left corner.

    What is drawn inside of form objects is left out: their places are not those of the page.
    """
    import pypdfium2 as pdfium

    found: list[Box] = []
    place = page_to_top_left(page, width, height)
    for count, item in enumerate(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if count >= _MOST_PATHS:
            return []
        left, low, right, top = item.get_bounds()
        if min(right - left, top - low) <= _THICK:
            found.append(Box(*place(left, low, right, top)))
        elif _is_stroked(item):
            found += (Box(*place(*side)) for side in _sides(item))
    return [box for box in found if max(box.x1 - box.x0, box.y1 - box.y0) >= _SHORT]


def _is_stroked(item: Any) -> bool:
    import pypdfium2 as pdfium

    filled, stroked = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.raw.FPDFPath_GetDrawMode(item, filled, stroked)) and bool(stroked.value)


def _sides(item: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the level and upright sides of a path, left, low, right and top in points of the page."""
    import pypdfium2 as pdfium

    raw, x, y = pdfium.raw, ctypes.c_float(), ctypes.c_float()
    count = raw.FPDFPath_CountSegments(item)
    if not 2 <= count <= _MOST_CORNERS:
        return
    matrix = item.get_matrix()
    corners: list[tuple[float, float]] = []
    for k in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, k)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO:
            return
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        corners.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            corners.append(corners[0])
    for (ax, ay), (bx, by) in pairwise(corners):
        if min(abs(ax - bx), abs(ay - by)) <= 0.5:
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
