"""The title over a signature ("KT. GIÁM ĐỐC ⏎ PHÓ GIÁM ĐỐC") where the OCR passed it over: a pen stroke or a ring of
the seal that runs through it makes one picture of the whole block.

The band beside "Nơi nhận" is read on its own then, as it is and without its thin strokes: titles are bold. What comes
out counts only where it is nearly one of the few titles that there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

import numpy as np

from corpus.errors import LimitError
from corpus.text import fold
from ingest.ocr import CellEngine, OcrWord
from ingest.pages import Pixels
from ingest.pixels import Cleaned, as_bytes

_HEADS = ("GIÁM ĐỐC", "TRƯỞNG PHÒNG", "HIỆU TRƯỞNG", "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "CHÁNH THANH TRA", "BỘ TRƯỞNG",
          "VỤ TRƯỞNG", "CỤC TRƯỞNG")  # fmt: skip
#: Titles over signatures; "THỨ TRƯỞNG" signs for the minister.
TITLES = (
    *(f"{before}{head}" for head in _HEADS for before in ("", "PHÓ ", "KT. ", "TL. ", "TUQ. ")),
    "THỨ TRƯỞNG",
    "TM. ỦY BAN NHÂN DÂN",
)
#: How like a title a line must be, and how many letters it must have.
_LIKE, _LETTERS = 0.8, 6
_SURE = 0.3
#: The band: from so many inches over the top of "Nơi nhận" to so many under it; right of so much of the width.
_OVER, _UNDER, _RIGHT = 0.3, 0.52, 0.48
#: Fewer dark dots than this share of the band are no print.
_DARK, _LEAST_INK = 140, 0.012
#: Strokes thinner than these, in inches, are taken out before the second and third reading.
_THIN = (0.0, 0.014, 0.0187)


def with_title(page: Cleaned, words: list[OcrWord], engine: CellEngine, seconds: float) -> list[OcrWord]:
    """Return ``words`` with those of the title over the signature, where none was read beside "Nơi nhận"."""
    band = _band(page, words)
    if band is None or seconds <= 0:
        return words
    left, top, right, bottom = band
    piece = page.pixels[top:bottom, left:right]
    if np.count_nonzero(piece < _DARK) < _LEAST_INK * piece.size:
        return words
    around = round(0.1 * page.dpi)
    best: list[OcrWord] = []
    for thin in _THIN:
        bare = _without_thin(piece, round(thin * page.dpi)) if thin else piece
        try:
            read = engine.cells(np.pad(bare, around, constant_values=255), page.dpi, seconds)
        except LimitError:
            break
        first = max(word.line for word in words) + 1
        found = list(_titles(read, (left - around, top - around), first))
        best = max(best, found, key=len)
    return [*(word for word in words if not any(_over(word, other) for other in best)), *best]


def _band(page: Cleaned, words: Sequence[OcrWord]) -> tuple[int, int, int, int] | None:
    """Return the stretch of the page where the title must stand, None where it was read or there is no Nơi nhận."""
    high, wide = page.pixels.shape[:2]
    at = [
        word
        for word, other in pairwise(words)
        if fold(word.text).lower() == "noi" and fold(other.text).lower().startswith("nhan") and word.line == other.line
    ]
    if not at or at[-1].box[0] > 0.4 * wide:
        return None
    top = max(0, round(at[-1].box[1] - _OVER * page.dpi))
    bottom = min(high, round(at[-1].box[1] + _UNDER * page.dpi))
    beside = [word for word in words if word.box[3] > top and word.box[1] < bottom]
    if any(_names_title(word) for word in beside if word.box[0] > 0.4 * wide):
        return None
    left = round(max([_RIGHT * wide, *(w.box[2] + 0.1 * page.dpi for w in beside if w.box[0] < 0.4 * wide)]))
    return (left, top, wide, bottom) if left < 0.8 * wide else None


def _names_title(word: OcrWord) -> bool:
    """Tell whether a word was read that only titles have beside Nơi nhận: "GIÁM", "TRƯỞNG", "Thủ trưởng"."""
    return fold(word.text).lower().strip(".,:") in {"giam", "doc", "truong", "chu", "tich", "chanh", "kt", "tl", "tm"}


def _without_thin(piece: Pixels, width: int) -> Pixels:
    """Return a piece of the page without strokes of fewer dots than ``width``."""
    import cv2

    core = cv2.morphologyEx(
        as_bytes(piece < _DARK), cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    )
    near = cv2.dilate(core, np.ones((width, width), np.uint8))
    return as_bytes(np.where(near > 0, piece, 255))


def _titles(read: Sequence[OcrWord], shift: tuple[int, int], first: int) -> Iterator[OcrWord]:
    """Yield the words of the titles among the lines read, at their place on the page; lines count from ``first``."""
    rows: dict[int, list[OcrWord]] = {}
    for word in read:
        if word.confidence >= _SURE and word.text.isupper():
            rows.setdefault(word.line, []).append(word)
    for k, row in enumerate(rows.values()):
        title = nearest_title("".join(word.text for word in row))
        if title is None:
            continue
        x0, y0 = (min(word.box[side] for word in row) + shift[side] for side in (0, 1))
        x1, y1 = (max(word.box[side] for word in row) + shift[side - 2] for side in (2, 3))
        at, step = x0, (x1 - x0) / len(title)
        confidence = min(word.confidence for word in row)
        for text in title.split():
            yield OcrWord(text, (at, y0, at + step * len(text), y1), confidence, first + k)
            at += step * (len(text) + 1)


def nearest_title(text: str) -> str | None:
    """Return the title that a line nearly is: "GLÁM ĐỌC" is "GIÁM ĐỐC", "HỘI ĐỒNG" none.

    "KT." and its like, which are short enough to come of a stroke, must be there letter for letter.
    """
    letters = _letters(text)
    if len(letters) < _LETTERS:
        return None
    can_be = [t for t in TITLES if "." not in t or letters.startswith(_letters(t.partition(".")[0]))]
    like, title = max((SequenceMatcher(None, letters, _letters(t), autojunk=False).ratio(), t) for t in can_be)
    return title if like >= _LIKE else None


@lru_cache(maxsize=256)
def _letters(text: str) -> str:
    return "".join(c for c in fold(text).lower() if c.isalpha())


def _over(word: OcrWord, other: OcrWord) -> bool:
    """Tell whether a word lies where another does: it is another reading of it."""
    across = min(word.box[2], other.box[2]) - max(word.box[0], other.box[0])
    down = min(word.box[3], other.box[3]) - max(word.box[1], other.box[1])
    return across > 0 and down > 0.3 * min(word.box[3] - word.box[1], other.box[3] - other.box[1])
