"""Stamps, seals and signatures taken out by their ink, without the print under them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.pages import Pixels
from ingest.pixels import Cleaned, as_bytes, colour_of, grey_of, paper_of

#: Stamps and signatures are at least this tall and wide, in inches; coloured text is not that tall.
_STAMP_INCHES = 0.42

#: Ink is coloured by so much more than the page in general (brightest less darkest channel, seen at 75 dpi), and so
#: few dots of half as much are none.
_COLOURED, _FEW = 28, 12

#: Print itself is coloured (a copier with a purple drum) where three in ten dots of dark ink have this much
#: colour for each step of darkness: on scans of black print it is 0 to 0.15, on purple ones 0.2. Then as much, and for
#: thick strokes as much again, is no stamp's.
_DARK, _THREE_IN_TEN, _PRINT_TINT = 60, 30.0, 0.16

#: Colour that paper may have, and by how much ink darkens the page for each step of
#: colour above it: seal red is bright, pen blue is dark.
_PAPER_COLOUR = 8.0
_RED_DARKENS, _BLUE_DARKENS = 1.4, 3.0
_GHOST = (40.0, 110.0)


def in_grey(page: Cleaned) -> Cleaned:
    """Return a page without colour in grey, which takes a third of the work from there on; others stay as they are.

    Every fourth dot or so is looked at: no stamp slips through.
    """
    if page.pixels.ndim == 2:
        return page
    step = max(1, round(page.dpi / 75))
    vivid = colour_of(np.ascontiguousarray(page.pixels[::step, ::step]))
    coloured = int(np.count_nonzero(vivid > np.median(vivid) + 0.5 * _COLOURED))
    return page if coloured >= _FEW else replace(page, pixels=grey_of(page.pixels))


def take_out_stamps(page: Cleaned) -> Cleaned:
    """Return the page in grey, with large coloured shapes (con dấu đỏ, dấu ĐẾN xanh, chữ ký) faded to paper.

    Small coloured shapes are print (links, headings, a number written by hand) and stay.
    """
    import cv2

    if page.pixels.ndim == 2:
        return page
    grey = grey_of(page.pixels)
    vivid = colour_of(page.pixels)
    scale = 75.0 / page.dpi if page.dpi > 75 else 1.0
    small = as_bytes(cv2.resize(vivid, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    # Paper itself may be tinted: colour counts against what the page has in general.
    coloured = (small > np.median(small) + _COLOURED + _of_print(grey, small)).astype(np.uint8)
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
    paper, pixels = paper_of(grey)[part], grey.copy()
    pixels[part] = np.where(mask[part] > 0, _without_ink(page.pixels[part], grey[part], paper), grey[part])
    return replace(page, pixels=pixels, steps=(*page.steps, "stamps"))


def _of_print(grey: Pixels, vivid: Pixels) -> NDArray[np.float32]:
    """Return the colour that the print may have at every dot of the small picture; none where print is black."""
    import cv2

    small = as_bytes(cv2.resize(grey, vivid.shape[::-1], interpolation=cv2.INTER_AREA))
    darkness = paper_of(small).astype(np.float32) - small
    ink = darkness > _DARK
    if not ink.any():
        return np.zeros_like(darkness)
    tint = float(np.percentile((vivid[ink] - np.median(vivid)) / darkness[ink], _THREE_IN_TEN))
    return 2 * tint * np.maximum(darkness, 0) if tint >= _PRINT_TINT else np.zeros_like(darkness)


def _without_ink(pixels: Pixels, grey: Pixels, paper: Pixels) -> Pixels:
    """Return a grey part of the page as it would be without coloured ink.

    Colour tells how much ink lies on a pixel, and ink of that hue how much it darkens; what is darker is print.
    """
    import cv2

    # White balance first: lamp light is a colour, too.
    levels = np.median(pixels.reshape(-1, 3)[::97], axis=0)
    balanced = np.minimum(pixels * (240.0 / np.maximum(levels, 60.0)), 255.0).astype(np.uint8)
    # JPEG stores colour at half the resolution: thin strokes lose theirs to their neighbours.
    colour = as_bytes(cv2.dilate(colour_of(balanced), np.ones((3, 3), np.uint8)))
    blue = balanced[..., 2] >= balanced[..., 0]
    darkening = np.maximum(colour.astype(np.float32) - _PAPER_COLOUR, 0) * np.where(blue, _BLUE_DARKENS, _RED_DARKENS)
    left = paper.astype(np.float32) - grey - darkening
    # What little is left at the edges of ink is not print: print is black.
    left *= np.clip((left - _GHOST[0]) / (_GHOST[1] - _GHOST[0]), 0, 1)
    return as_bytes(np.maximum(paper - left, grey))
