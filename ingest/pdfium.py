"""PDFium and qpdf at work on one open file. All of it runs in the process of a ``Worker``, never in our own.

Scripts and embedded files inside a PDF are never run or opened: PDFium is built and started without them.
"""

from __future__ import annotations

import io
import pickle
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.errors import DamagedFileError, EmptyFileError, EncryptedFileError, LimitError
from ingest.grid import Table, ruled
from ingest.pages import POINTS_PER_INCH, Limits, Pixels
from ingest.pdffields import fix_fields
from ingest.pdfletters import Letters, read_letters
from ingest.pdfstrokes import strokes
from ingest.pdftext import TextLayer, text_layer

_AGAIN = "Hãy tải hoặc quét lại tệp rồi thử lại."

#: Resolution for pages without a scan, and the range inside which a scan is taken at its own resolution.
DEFAULT_DPI = 300.0
_OWN_DPI = (140.0, 420.0)
_LEAST_DPI = 70.0

#: Share of the page that images must cover for it to count as a scan. Digital pages carry logos and a few pictures.
PICTURED_SHARE = 0.6

#: No page tree is deeper, or has more nodes.
_MOST_DEPTH, _MOST_NODES = 60, 100_000


@dataclass(frozen=True, slots=True)
class PageLayer:
    """What is on a page: size in points, text layer, ruled tables; whether images cover it, whether it is empty."""

    width: float
    height: float
    text: TextLayer
    pictured: bool
    blank: bool
    partly: bool
    tables: tuple[Table, ...] = ()


@dataclass(slots=True)
class _Opened:
    """The open file: ``order`` gives for every page its index in ``document``, None where the page is lost.

    ``seals``: pages show the boxes of electronic signatures.
    ``objects`` is the same file in qpdf, which tells what cannot be unpacked where PDFium just draws less.
    """

    data: bytes
    document: Any
    order: list[int | None]
    limits: Limits
    rebuilt: bytes | None = None
    seals: bool = False
    objects: Any = None


_open: _Opened | None = None


def open_document(data: pickle.PickleBuffer, limits: Limits, *, seals: bool = False) -> int:
    """Open a file in this process and return its number of pages.

    ``seals``: its pages are shown to people, with the boxes of electronic signatures; else they are read without.
    Raises ``EncryptedFileError`` for files that want a password, ``EmptyFileError`` and ``DamagedFileError``.
    """
    global _open
    close_document()
    content = bytes(data)
    document, order, rebuilt = _load(content)
    _open = _Opened(content, document, order, limits, rebuilt, seals)
    return len(order)


def repaired_bytes() -> tuple[bytes, list[int | None]]:
    """Return the open file, mended where it was broken, and for every page its index in there (None: lost)."""
    assert _open is not None, "open_document comes first"
    return _open.rebuilt or _open.data, _open.order


def close_document() -> None:
    """Free the open file, if there is one."""
    global _open
    if _open is not None:
        _open.document.close()
        if _open.objects is not None:
            _open.objects.close()
        _open = None


def read_page(number: int) -> PageLayer:
    """Return what is on page ``number`` (from 1) of the open file."""
    opened, page = _page(number)
    try:
        width, height = page.get_size()
        covered = _covered(_images(page), width, height)
        blank = _is_blank(page)
        partly = _partly_lost(opened, number)
        if blank and partly:
            raise DamagedFileError(f"Nội dung trang {number} bị hỏng.", _AGAIN)
        text = text_layer(page, width, height, opened.limits)
        pictured = covered >= PICTURED_SHARE
        tables = () if pictured else ruled(strokes(page, width, height), width, height)
        return PageLayer(width, height, text, pictured, blank, partly, tables)
    finally:
        page.close()


def draw_page(number: int, dpi: float | None) -> tuple[Pixels, float]:
    """Draw a page: a scan at its own resolution, others at ``DEFAULT_DPI``; coarser where it would be too large."""
    opened, page = _page(number)
    pixels = opened.limits.pixels
    try:
        width, height = page.get_size()
        images = _images(page)
        if any(image.pixels > 2 * pixels for image in images):
            raise LimitError(f"Trang {number} chứa ảnh quá lớn.", "Hãy quét lại trang này ở 300 dpi.")
        wanted = dpi or _own_dpi(images, width * height)
        inches = max(width, 1.0) * max(height, 1.0) / POINTS_PER_INCH**2
        fitting = min(wanted, (pixels / inches) ** 0.5)
        if fitting < min(_LEAST_DPI, wanted):
            raise LimitError(f"Khổ giấy của trang {number} quá lớn.", "Hãy xuất lại tệp ở khổ A4.")
        bitmap = page.render(scale=fitting / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=False)
        drawn: Pixels = np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8)
        bitmap.close()
        return drawn, fitting
    finally:
        page.close()


def page_letters(number: int) -> Letters:
    """Return how the letters of a page of the open file look, and the level lines drawn on it."""
    _, page = _page(number)
    try:
        width, height = page.get_size()
        return read_letters(page, width, height)
    finally:
        page.close()


def _page(number: int) -> tuple[_Opened, Any]:
    import pypdfium2 as pdfium

    assert _open is not None, "open_document comes first"
    try:
        index = _open.order[number - 1]
        if index is not None:
            page = _open.document[index]
            if fix_fields(page, seals=_open.seals):  # once: a page that has them in it has no fields any more
                page.close()
                page = _open.document[index]
            return _open, page
    except (pdfium.PdfiumError, IndexError) as error:
        raise DamagedFileError(f"Trang {number} bị hỏng.", _AGAIN) from error
    raise DamagedFileError(f"Trang {number} bị mất trong tệp PDF hỏng.", _AGAIN)


# Opening, and mending what is broken ---------------------------------------------------------------------------------


def _load(data: bytes) -> tuple[Any, list[int | None], bytes | None]:
    """Open with PDFium; where that fails or the end of the file is missing, let qpdf rebuild the file first."""
    import pypdfium2 as pdfium

    if not _is_cut_short(data):
        try:
            document = pdfium.PdfDocument(data)
            if len(document) == 0:
                raise EmptyFileError("Tệp PDF không có trang nào.", _AGAIN)
            return document, list(range(len(document))), None
        except pdfium.PdfiumError as error:
            asks = getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD or "password" in str(error).lower()
            # PDFium keeps what it said of the file before: one without a key to it asks for no password
            if asks and b"/Encrypt" in data:
                raise _locked() from error
    rebuilt, order = _rebuilt(data)
    try:
        return pdfium.PdfDocument(rebuilt), order, rebuilt
    except pdfium.PdfiumError as error:
        raise DamagedFileError("Tệp PDF bị hỏng, không mở được.", _AGAIN) from error


def _locked() -> EncryptedFileError:
    return EncryptedFileError("Tệp PDF được đặt mật khẩu.", "Hãy mở bằng mật khẩu rồi lưu lại bản không có mật khẩu.")


def _is_cut_short(data: bytes) -> bool:
    """Tell whether the end is missing: every PDF ends with %%EOF, and no object begins after the last of them.

    PDFium would open such a file with the pages it finds, and the missing ones would go unnoticed.
    """
    end = data.rfind(b"%%EOF")
    return end < 0 or re.search(rb"\d+ \d+ obj\b", data[end:]) is not None


def _rebuilt(data: bytes) -> tuple[bytes, list[int | None]]:
    """Return the file as qpdf mends it, and for every page that it had its index in there, None where it is lost."""
    import pikepdf

    out = io.BytesIO()
    try:
        with _mended(data) as document:
            order = _order(document)
            if not order:
                raise EmptyFileError("Tệp PDF không có trang nào.", _AGAIN)
            if order.count(None) == len(order):
                raise DamagedFileError("Tệp PDF bị cắt cụt, không còn trang nào đọc được.", _AGAIN)
            document.save(out)
    except pikepdf.PasswordError as error:
        raise _locked() from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError, OSError) as error:
        raise DamagedFileError("Tệp PDF bị hỏng, không mở được.", _AGAIN) from error
    return out.getvalue(), order


_CATALOG = re.compile(rb"(\d+)\s+(\d+)\s+obj\b(?:(?!endobj).){0,2000}?/Type\s*/Catalog\b", re.DOTALL)


def _mended(data: bytes) -> Any:
    """Open with qpdf; a file without its end gets a new one that points to its catalog."""
    import pikepdf

    candidates = [data]
    catalogs = _CATALOG.findall(data)
    if catalogs:
        root = b" ".join(catalogs[-1])
        candidates.append(data + b"\nendobj\ntrailer\n<< /Root %s R >>\nstartxref\n0\n%%%%EOF\n" % root)
    # The new end says nothing about encryption, and without it qpdf gives up the last object that is whole.
    if _is_cut_short(data) and b"/Encrypt" not in data:
        candidates.reverse()
    for last, candidate in enumerate(candidates, 1 - len(candidates)):
        try:
            return pikepdf.open(io.BytesIO(candidate))
        except pikepdf.PasswordError:
            raise
        except pikepdf.PdfError:
            if last == 0:
                raise
    raise AssertionError("the last candidate is returned or raises")


def _order(document: Any) -> list[int | None]:
    """Return the index of every page that the page tree promises, None for those that are lost or half there."""
    import pikepdf

    whole: list[bool] = []
    nodes = 0

    def walk(node: Any, depth: int) -> None:
        nonlocal nodes
        nodes += 1
        if nodes > _MOST_NODES or depth > _MOST_DEPTH or node.objgen in seen:
            return
        seen.add(node.objgen)
        for kid in node.get("/Kids", ()):
            if not isinstance(kid, pikepdf.Dictionary):
                whole.append(False)
            elif "/Kids" in kid:
                walk(kid, depth + 1)
            else:
                whole.append(True)

    seen: set[tuple[int, int]] = set()
    root = document.Root.get("/Pages")
    if not isinstance(root, pikepdf.Dictionary):
        raise DamagedFileError("Tệp PDF bị cắt cụt, thiếu phần cuối.", _AGAIN)
    walk(root, 0)
    promised = root.get("/Count", 0)
    missing = int(promised) - len(whole) if isinstance(promised, int) else 0
    if 0 < missing <= _MOST_NODES:
        at = len(whole) - whole[::-1].index(False) if False in whole else len(whole)
        whole[at:at] = [False] * missing
    pages = document.pages
    if len(pages) != sum(whole):
        return [index if _readable(page) else None for index, page in enumerate(pages)]
    index = iter(range(len(pages)))
    places = [next(index) if there else None for there in whole]
    return [place if place is not None and _readable(pages[place]) else None for place in places]


def _readable(page: Any, mended: bool = True) -> bool:
    """Tell whether what is drawn on the page is there and can be unpacked.

    A page without contents is blank, but in a file whose end is lost its contents are far more likely lost, too.
    """
    import pikepdf

    contents = page.obj.get("/Contents")
    if contents is None:
        return not mended
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    try:
        return all(isinstance(part, pikepdf.Stream) and part.read_bytes() is not None for part in parts)
    except (pikepdf.PdfError, RuntimeError):
        return False


def _partly_lost(opened: _Opened, number: int) -> bool:
    """Tell whether something of what is drawn on a page cannot be unpacked: there is less on it than there was."""
    import pikepdf

    if opened.rebuilt is not None:
        return False  # its pages were looked at when it was mended
    try:
        if opened.objects is None:
            opened.objects = pikepdf.open(io.BytesIO(opened.data))
        pages = opened.objects.pages
        return len(pages) != len(opened.order) or not _readable(pages[number - 1], mended=False)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError):
        return False


# What is on a page ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Image:
    area: float
    pixels: int
    dpi: float
    box: tuple[float, float, float, float]


def _images(page: Any) -> list[_Image]:
    """Return the images drawn on the page, clipped to it: area in square points, number of pixels, resolution."""
    import pypdfium2 as pdfium

    found = []
    x_low, y_low, x_high, y_high = page.get_bbox()
    for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        box = max(left, x_low), max(bottom, y_low), min(right, x_high), min(top, y_high)
        width, height = box[2] - box[0], box[3] - box[1]
        columns, rows = item.get_px_size()
        if width <= 0 or height <= 0:
            continue
        # A scan placed sideways has its pixel columns along the height.
        dpi = POINTS_PER_INCH * (columns * rows / max(1.0, (right - left) * (top - bottom))) ** 0.5
        found.append(_Image(width * height, columns * rows, dpi, box))
    return found


def _covered(images: list[_Image], width: float, height: float) -> float:
    """Return the share of the page under images; images over each other count once, to a hundredth of the page."""
    if not images or width <= 0 or height <= 0:
        return 0.0
    if len(images) == 1:
        return images[0].area / (width * height)
    left, low = min(image.box[0] for image in images), min(image.box[1] for image in images)
    grid = np.zeros((100, 100), dtype=bool)
    for image in images:
        x0, y0, x1, y1 = image.box
        columns = slice(int((x0 - left) / width * 100 + 0.5), int((x1 - left) / width * 100 + 0.5))
        rows = slice(int((y0 - low) / height * 100 + 0.5), int((y1 - low) / height * 100 + 0.5))
        grid[rows, columns] = True
    return float(grid.mean())


def _own_dpi(images: list[_Image], page_area: float) -> float:
    large = max(images, key=lambda image: image.area, default=None)
    if large is None or large.area < PICTURED_SHARE * page_area:
        return DEFAULT_DPI
    return large.dpi if _OWN_DPI[0] <= large.dpi <= _OWN_DPI[1] else DEFAULT_DPI


def _is_blank(page: Any) -> bool:
    import pypdfium2 as pdfium

    return int(pdfium.raw.FPDFPage_CountObjects(page)) == 0 and int(pdfium.raw.FPDFPage_GetAnnotCount(page)) == 0
