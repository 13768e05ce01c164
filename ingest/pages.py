"""What the kinds of files have in common: numbered pages that hold text, placed words or a picture.

``reader.open_file`` gives an ``OpenFile`` for whatever came in; everything after it does not care which kind it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.document import Box
from ingest.grid import Table

#: Pixels of a picture: (height, width) grey or (height, width, 3) red-green-blue, 8 bits each.
Pixels = NDArray[np.uint8]

POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused because it is too much for an office server. Each passed limit is a ``LimitError``.

    ``pixels`` and ``characters`` count those of one page, ``unpacked_bytes`` is what a DOCX (a zip archive) may unpack
    to. ``page_seconds`` is for reading one page's picture, ``call_seconds`` for one call into the PDF libraries
    (opening a file, one page's text, drawing one page), ``convert_seconds`` for what LibreOffice has to open;
    ``memory`` is the address space in bytes of the process that makes these calls, 0 for no limit.
    """

    bytes: int = 200 * 1024 * 1024
    pages: int = 1000
    pixels: int = 80_000_000
    characters: int = 200_000
    page_seconds: float = 120.0
    call_seconds: float = 30.0
    convert_seconds: float = 120.0
    memory: int = 4 * 1024**3
    unpacked_bytes: int = 400 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it was found, before layout: its text and its box in points from the top left of the page.

    ``run`` numbers the runs of words that the source itself put on one line (Tesseract's line, or neighbours on one
    baseline in a PDF). ``confidence`` is in 0..1, None where the word was not read from a picture. ``column`` is that
    of its cell in a ruled table, see ``corpus.document.Word``.
    """

    text: str
    box: Box
    run: int
    confidence: float | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels; ``dpi`` says how many of them make an inch of the page."""

    pixels: Pixels
    dpi: float


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as the file has it.

    Text files and DOCX fill ``text``; PDF pages fill ``tokens`` (the text layer, may be empty) and the size in points.
    ``pictured``: images cover most of the page, as in a scan. ``hidden``: its text is invisible. ``blank``: nothing is
    drawn on it at all. ``tables`` are those that its strokes rule. ``partly``: some of it is broken and missing.
    ``note`` says in Vietnamese how its text was come by, "" where nothing is to be said.
    """

    number: int
    text: str | None = None
    first_line: int = 1
    width: float | None = None
    height: float | None = None
    tokens: tuple[Token, ...] = ()
    pictured: bool = False
    hidden: bool = False
    blank: bool = False
    note: str = ""
    partly: bool = False
    tables: tuple[Table, ...] = ()


class OpenFile(Protocol):
    """An open file; safe to be used by several threads at once."""

    @property
    def media_type(self) -> str: ...

    @property
    def page_count(self) -> int: ...

    def page(self, number: int) -> RawPage:
        """Return page ``number`` (from 1) without drawing it. Raises ``DamagedFileError`` where it is broken."""
        ...

    def picture(self, number: int, dpi: float | None = None) -> Picture:
        """Return the page as pixels, at its own resolution where ``dpi`` is None.

        Raises ``NotFoundError`` for kinds of files without pictures, ``LimitError`` for pages that are too large.
        """
        ...

    def close(self) -> None: ...
