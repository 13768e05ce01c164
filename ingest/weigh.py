"""Two readings of one page: what its text layer says and what its picture says. Which one is right?"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from corpus.document import Box, Page
from ingest.ocr import OcrEngine
from ingest.pages import POINTS_PER_INCH, Limits, Picture, Pixels
from ingest.quality import TextQuality, Verdict, assess

#: The lines that are read to see what the picture says hold about so many words.
_PROBE_WORDS = 45
_LEAST_WORDS = 6

#: A coarse picture is enough to see where print is: darker than this share of the paper, on so much of a row's width.
LOOK_DPI = 60.0
_INK, _INKED_ROW = 0.75, 0.01

#: So many of the rows with ink on them must be under words for a layer to be that of the page.
_COVERED = 0.6


def picture_is_better(page: Page, picture: Picture, engine: OcrEngine, limits: Limits) -> bool:
    """Tell whether the picture of a page has good Vietnamese where its text layer is broken, by a few of its lines.

    A font that maps its letters wrongly draws them rightly; a text typed without marks is drawn without them, too.
    """
    band = _band(page)
    if band is None:
        return False
    words = engine.words(_cut(picture, band), picture.dpi, limits.page_seconds)
    read = " ".join(word.text for word in words)
    quality = assess(read)
    return quality.words >= _LEAST_WORDS and quality.verdict is Verdict.GOOD and quality.marked > 0.5


def layer_covers(page: Page, picture: Picture) -> bool:
    """Tell whether the words of the text layer stand where the picture has its print, and not just on a part of it.

    ``picture`` may be coarse. Counted are rows of pixels with ink on them.
    """
    grey = picture.pixels.mean(axis=2) if picture.pixels.ndim == 3 else picture.pixels
    inked = (grey < _INK * float(np.median(grey))).mean(axis=1) > _INKED_ROW
    covered = np.zeros(len(inked), dtype=bool)
    scale = picture.dpi / POINTS_PER_INCH
    for word in page.words:
        if word.box is not None:
            covered[max(0, int(word.box.y0 * scale) - 1) : int(word.box.y1 * scale) + 2] = True
    return bool((inked & covered).sum() >= _COVERED * inked.sum())


def better(layer: str, reading: str) -> bool:
    """Tell whether ``reading`` (from the picture) is at least as good a text as ``layer``."""
    before, after = assess(layer), assess(reading)
    if after.verdict is Verdict.EMPTY:
        return False
    return after.verdict is Verdict.GOOD or _rank(after) >= _rank(before)


def _rank(quality: TextQuality) -> float:
    return quality.valid + quality.common - quality.odd


def _band(page: Page) -> Box | None:
    """Return the part of the page, over its whole width, that holds some lines of the middle of its text."""
    boxes = [word.box for word in page.words if word.box is not None]
    if len(boxes) < _LEAST_WORDS:
        return None
    start = max(0, (len(boxes) - _PROBE_WORDS) // 2)
    return _around(boxes[start : start + _PROBE_WORDS])


def _around(boxes: Iterable[Box]) -> Box:
    first, *others = boxes
    for box in others:
        first = first.union(box)
    return first


def _cut(picture: Picture, band: Box) -> Pixels:
    scale, margin = picture.dpi / POINTS_PER_INCH, 6.0
    top, bottom = (band.y0 - margin) * scale, (band.y1 + margin) * scale
    return picture.pixels[max(0, round(top)) : max(1, round(bottom))]
