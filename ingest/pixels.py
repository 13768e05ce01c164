"""Small operations on page pixels that several cleaning steps share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.grid import Table
from ingest.pages import Pixels

#: A map of the plane in homogeneous coordinates, 3 × 3.
Homography = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture on its way to OCR; ``back`` maps its pixels to those of the picture that came in.

    ``tables`` are the ruled tables that were seen on it, in its pixels, before their lines were painted over.
    """

    pixels: Pixels
    dpi: float
    back: Homography
    steps: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@lru_cache(maxsize=1)
def one_thread() -> None:
    """Let OpenCV work on one thread from now on: its own are waited for longer than they save on one page, measured by
    the clock as by processor time; several pages are read side by side instead. The pixels are the same."""
    import cv2

    cv2.setNumThreads(1)


def paper_of(grey: Pixels) -> Pixels:
    """Return the brightness of the paper under every pixel: the letters closed away, smoothed."""
    return spread(small_paper_of(grey), grey)


def small_paper_of(grey: Pixels) -> Pixels:
    """Return the same on a picture whose longer side has 400 pixels."""
    import cv2

    closed = cv2.morphologyEx(smaller(grey, 400.0), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    return as_bytes(cv2.GaussianBlur(cv2.medianBlur(closed, 15), (0, 0), 5))


def spread(small: Pixels, page: Pixels) -> Pixels:
    """Return a small picture at the size of the page."""
    import cv2

    return as_bytes(cv2.resize(small, page.shape[1::-1], interpolation=cv2.INTER_LINEAR))


def smaller(pixels: Pixels, longest: float) -> Pixels:
    """Return the picture with so many pixels at its longer side.

    Halving it takes a tenth of the time of any other factor, and so it is halved first, as often as it can be.
    """
    import cv2

    scale = longest / max(pixels.shape[:2])
    while scale <= 0.5:
        pixels, scale = halved(pixels), 2 * scale
    return as_bytes(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def halved(pixels: Pixels) -> Pixels:
    """Return the picture at half the size, each pixel the mean of four."""
    import cv2

    return as_bytes(cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def grey_of(pixels: Pixels) -> Pixels:
    import cv2

    return pixels if pixels.ndim == 2 else as_bytes(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def colour_of(pixels: Pixels) -> Pixels:
    """Return how coloured every pixel is: brightest less darkest channel."""
    import cv2

    red, green, blue = cv2.split(pixels)
    return as_bytes(cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)))


def as_bytes(array: object) -> Pixels:
    return np.asarray(array, dtype=np.uint8)
