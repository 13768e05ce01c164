"""PDF files through PDFium: the words of the text layer with their places, and pages as pictures.

PDFium must not be entered by two threads at once, so every call into it is made under one lock of the process.
Scripts and embedded files inside a PDF are never run or opened: PDFium is built and started without them.
"""

from __future__ import annotations

import ctypes
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.document import Box
from corpus.errors import DamagedFileError, EmptyFileError, EncryptedFileError, LimitError
from corpus.text import nfc
from ingest.pages import POINTS_PER_INCH, Limits, Picture, Pixels, RawPage, Token

_LOCK = threading.RLock()
_DAMAGED = "Hãy tải hoặc quét lại tệp rồi thử lại."

#: Resolution for pages without a scan, and the range inside which a scan is taken at its own resolution.
DEFAULT_DPI = 300.0
_OWN_DPI = (140.0, 420.0)
_LEAST_DPI = 70.0

#: Share of the page that images must cover for it to count as a scan. Digital pages carry logos and a few pictures.
PICTURED_SHARE = 0.6

# PDFium gives U+0002 for a hyphen at a line end and U+FFFE or U+FFFF where a glyph has no Unicode value.
_HYPHENS = {0x02, 0xAD}
_UNMAPPED = {0x00, 0xFFFE, 0xFFFF}
_SPACES = {0x09, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x200B, 0x202F, 0x3000, 0xFEFF}
_BREAKS = {0x0A, 0x0D}


class PdfFile:
    """An open PDF. Raises on opening what ``_load`` raises."""

    media_type = "application/pdf"

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        with _LOCK:
            self._document = _load(data)
            self.page_count = len(self._document)
        if self.page_count == 0:
            self.close()
            raise EmptyFileError("Tệp PDF không có trang nào.", _DAMAGED)

    def page(self, number: int) -> RawPage:
        """Return the text layer of a page and what else is on it."""
        with self._open(number) as page:
            width, height = page.get_size()
            images = _images(page)
            covered = sum(image.area for image in images) / max(1.0, width * height)
            return RawPage(
                number=number,
                width=width,
                height=height,
                tokens=tuple(_tokens(page, width, height)),
                pictured=covered >= PICTURED_SHARE,
                blank=_is_blank(page),
            )

    def picture(self, number: int, dpi: float | None = None) -> Picture:
        """Draw a page: a scan at its own resolution, others at ``DEFAULT_DPI``; coarser where it would be too large."""
        with self._open(number) as page:
            width, height = page.get_size()
            images = _images(page)
            if any(image.pixels > 2 * self._limits.pixels for image in images):
                raise LimitError(f"Trang {number} chứa ảnh quá lớn.", "Hãy quét lại trang này ở 300 dpi.")
            wanted = dpi or _own_dpi(images, width * height)
            inches = max(width, 1.0) * max(height, 1.0) / POINTS_PER_INCH**2
            fitting = min(wanted, (self._limits.pixels / inches) ** 0.5)
            if fitting < min(_LEAST_DPI, wanted):
                raise LimitError(f"Khổ giấy của trang {number} quá lớn.", "Hãy xuất lại tệp ở khổ A4.")
            bitmap = page.render(scale=fitting / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=False)
            pixels: Pixels = np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8)
            bitmap.close()
        return Picture(pixels, fitting)

    def close(self) -> None:
        """Free what PDFium holds."""
        with _LOCK:
            self._document.close()

    @contextmanager
    def _open(self, number: int) -> Iterator[Any]:
        import pypdfium2 as pdfium

        with _LOCK:
            try:
                page = self._document[number - 1]
            except (pdfium.PdfiumError, IndexError) as error:
                raise DamagedFileError(f"Trang {number} bị hỏng.", _DAMAGED) from error
            try:
                yield page
            except pdfium.PdfiumError as error:
                raise DamagedFileError(f"Trang {number} bị hỏng.", _DAMAGED) from error
            finally:
                page.close()


def _load(data: bytes) -> Any:
    """Open with PDFium; where that fails, let pikepdf (qpdf) rebuild the file first.

    Raises ``EncryptedFileError`` for files that want a password and ``DamagedFileError`` for what cannot be opened.
    """
    import pypdfium2 as pdfium

    if _is_cut_short(data):
        raise DamagedFileError("Tệp PDF bị cắt cụt, thiếu phần cuối.", _DAMAGED)
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise EncryptedFileError(
                "Tệp PDF được đặt mật khẩu.", "Hãy mở bằng mật khẩu rồi lưu lại bản không có mật khẩu."
            ) from error
    try:
        return pdfium.PdfDocument(_rebuilt(data))
    except pdfium.PdfiumError as error:
        raise DamagedFileError("Tệp PDF bị hỏng, không mở được.", _DAMAGED) from error


def _rebuilt(data: bytes) -> bytes:
    import pikepdf

    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if len(document.pages) == 0:
                raise EmptyFileError("Tệp PDF không có trang nào.", _DAMAGED)
            document.save(out)
    except pikepdf.PasswordError as error:
        raise EncryptedFileError(
            "Tệp PDF được đặt mật khẩu.", "Hãy mở bằng mật khẩu rồi lưu lại bản không có mật khẩu."
        ) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise DamagedFileError("Tệp PDF bị hỏng, không mở được.", _DAMAGED) from error
    return out.getvalue()


def _is_cut_short(data: bytes) -> bool:
    """Tell whether the end is missing: every PDF ends with %%EOF, and no object begins after the last of them.

    PDFium and qpdf would open such a file with the pages they find, and the missing ones would go unnoticed.
    """
    end = data.rfind(b"%%EOF")
    return end < 0 or re.search(rb"\d+ \d+ obj\b", data[end:]) is not None


@dataclass(frozen=True, slots=True)
class _Image:
    area: float
    pixels: int
    dpi: float


def _images(page: Any) -> list[_Image]:
    """Return the images drawn on the page, clipped to it: area in square points, number of pixels, resolution."""
    import pypdfium2 as pdfium

    found = []
    x_low, y_low, x_high, y_high = page.get_bbox()
    for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        width = min(right, x_high) - max(left, x_low)
        height = min(top, y_high) - max(bottom, y_low)
        columns, rows = item.get_px_size()
        if width <= 0 or height <= 0:
            continue
        # A scan placed sideways has its pixel columns along the height.
        dpi = POINTS_PER_INCH * (columns * rows / max(1.0, (right - left) * (top - bottom))) ** 0.5
        found.append(_Image(width * height, columns * rows, dpi))
    return found


def _own_dpi(images: list[_Image], page_area: float) -> float:
    large = max(images, key=lambda image: image.area, default=None)
    if large is None or large.area < PICTURED_SHARE * page_area:
        return DEFAULT_DPI
    return large.dpi if _OWN_DPI[0] <= large.dpi <= _OWN_DPI[1] else DEFAULT_DPI


def _is_blank(page: Any) -> bool:
    import pypdfium2 as pdfium

    return int(pdfium.raw.FPDFPage_CountObjects(page)) == 0 and int(pdfium.raw.FPDFPage_GetAnnotCount(page)) == 0


@dataclass(frozen=True, slots=True)
class _Char:
    """A character with its box in points from the top left; ``base`` is the height of its baseline."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float


def _tokens(page: Any, width: float, height: float) -> Iterator[Token]:
    """Group the characters of the text layer into words and into runs on one baseline."""
    letters: list[_Char] = []
    previous: _Char | None = None
    run, spaced, guessed = 0, False, False
    for char in _chars(page, width, height):
        if char is None or char.text == " ":
            spaced, guessed = spaced or (char is not None and char.size > 0), True
            continue
        if previous is not None:
            step = _step(previous, char, 0.1 if guessed else 0.22)
            if (step or spaced) and letters:
                yield _token(letters, run)
                letters = []
            run += step == "run"
        letters.append(char)
        previous, spaced, guessed = char, False, False
    if letters:
        yield _token(letters, run)


def _step(before: _Char, after: _Char, least_gap: float) -> str:
    """Say what lies between two drawn characters: "run" another line or column, "word" a gap, "" nothing.

    A gap is at least ``least_gap`` of the letters' height; less of it is asked for where PDFium guessed a space.
    """
    size = max(before.size, after.size, 1.0)
    gap = after.x0 - before.x1
    # A raised footnote mark stays in its word: its baseline is up to half a letter higher.
    if abs(after.base - before.base) > 0.6 * size or gap > 1.5 * size or gap < -1.2 * size:
        return "run"
    return "word" if gap > least_gap * size else ""


def _token(letters: list[_Char], run: int) -> Token:
    box = Box(
        min(c.x0 for c in letters), min(c.y0 for c in letters), max(c.x1 for c in letters), max(c.y1 for c in letters)
    )
    return Token(nfc("".join(c.text for c in letters)), box, run)


def _chars(page: Any, width: float, height: float) -> Iterator[_Char | None]:
    """Yield the characters in the order they are drawn, None for line breaks that PDFium put in."""
    import pypdfium2 as pdfium

    raw = pdfium.raw
    textpage = page.get_textpage()
    try:
        place = _page_to_top_left(page, width, height)
        rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        for k in range(raw.FPDFText_CountChars(textpage)):
            code = raw.FPDFText_GetUnicode(textpage, k)
            if code in _BREAKS:
                yield None
                continue
            if code in _SPACES:
                # PDFium also makes spaces up, after every raised footnote mark for one; those have no size here.
                yield _Char(" ", 0, 0, 0, 0, 0, 0 if raw.FPDFText_IsGenerated(textpage, k) == 1 else 1)
                continue
            if not raw.FPDFText_GetLooseCharBox(textpage, k, rect):
                continue
            raw.FPDFText_GetCharOrigin(textpage, k, x, y)
            x0, y0, x1, y1 = place(rect.left, rect.top, rect.right, rect.bottom)
            _, base, _, _ = place(x.value, y.value, x.value, y.value)
            if x1 < 0 or y1 < 0 or x0 > width or y0 > height:
                continue
            yield _Char(_letter(code), x0, y0, x1, y1, base, max(1.0, y1 - y0))
    finally:
        textpage.close()


def _letter(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code in _UNMAPPED or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def _page_to_top_left(page: Any, width: float, height: float) -> Any:
    """Return a function from PDF user space to points from the top left of the page as it is shown.

    PDFium knows page rotation and crop box; asked for three points it gives the whole affine map.
    """
    import pypdfium2 as pdfium

    fine = 64.0
    columns, rows = round(width * fine), round(height * fine)
    out_x, out_y = ctypes.c_int(), ctypes.c_int()

    def shown(x: float, y: float) -> tuple[float, float]:
        pdfium.raw.FPDF_PageToDevice(page, 0, 0, columns, rows, 0, x, y, out_x, out_y)
        return out_x.value / fine, out_y.value / fine

    far = 1000.0
    ox, oy = shown(0.0, 0.0)
    ax, ay = shown(far, 0.0)
    bx, by = shown(0.0, far)
    axx, axy, ayx, ayy = (ax - ox) / far, (ay - oy) / far, (bx - ox) / far, (by - oy) / far

    def place(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        xa, ya = ox + axx * left + ayx * top, oy + axy * left + ayy * top
        xb, yb = ox + axx * right + ayx * bottom, oy + axy * right + ayy * bottom
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    return place
