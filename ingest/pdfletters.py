"""The letters of a PDF page with their looks: font, size, bold, italic, colour. Runs in the process of a ``Worker``."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any

from corpus.document import Box
from corpus.typeset import Look
from ingest.pdfstrokes import strokes
from ingest.pdftext import page_to_top_left

_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_NAME = 128


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a page (``text``), each with the middle of its box, in points from the top left, and its look.

    ``strokes`` are the level lines that are drawn.
    """

    text: str
    middles: list[tuple[float, float]]
    looks: list[int]
    kinds: list[Look]
    strokes: list[Box]


def read_letters(page: Any, width: float, height: float) -> Letters:
    """Return the letters of a PDFium page of this size in points."""
    import pypdfium2 as pdfium

    raw = pdfium.raw
    place = page_to_top_left(page, width, height)
    textpage = page.get_textpage()
    middles: list[tuple[float, float]] = []
    looks: list[int] = []
    text: list[str] = []
    known: dict[Look, int] = {}
    edges = [ctypes.c_double() for _ in range(4)]
    fonts: dict[tuple[str, int], tuple[str, bool, bool]] = {}
    try:
        for k in range(raw.FPDFText_CountChars(textpage)):
            code = raw.FPDFText_GetUnicode(textpage, k)
            if not 32 < code < 0xFFFE:
                continue
            raw.FPDFText_GetCharBox(textpage, k, edges[0], edges[1], edges[2], edges[3])
            left, right, low, top = (edge.value for edge in edges)
            x0, y0, x1, y1 = place(left, low, right, top)
            look = _look(raw, textpage, k, fonts)
            middles.append(((x0 + x1) / 2, (y0 + y1) / 2))
            looks.append(known.setdefault(look, len(known)))
            text.append(chr(code))
    finally:
        textpage.close()
    level = [s for s in strokes(page, width, height) if s.y1 - s.y0 <= s.x1 - s.x0]
    return Letters("".join(text), middles, looks, list(known), level)


def _look(raw: Any, textpage: Any, k: int, fonts: dict[tuple[str, int], tuple[str, bool, bool]]) -> Look:
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(_NAME)
    length = raw.FPDFText_GetFontInfo(textpage, k, buffer, _NAME, flags)
    name = buffer.raw[: max(0, min(length, _NAME) - 1)].decode("utf-8", "replace")
    if (name, flags.value) not in fonts:
        bare = _SUBSET.sub("", name)
        low = bare.lower()
        bold = "bold" in low or "black" in low or bool(flags.value & _BOLD_FLAG)
        fonts[name, flags.value] = bare, bold, "italic" in low or "oblique" in low or bool(flags.value & _ITALIC_FLAG)
    bare, bold, italic = fonts[name, flags.value]
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(textpage, k))
    if raw.FPDFText_GetMatrix(textpage, k, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(textpage, k, red, green, blue, alpha)
    return Look(round(size * 4) / 4, bold, italic, bare, f"{red.value:02X}{green.value:02X}{blue.value:02X}")
