"""A page as a PNG for people's browsers, drawn in the process of a ``Worker``, which has limits of time and memory."""

from __future__ import annotations

import io
import pickle

from corpus.errors import NotFoundError
from ingest.imagefile import ImageFile
from ingest.pages import Limits, Pixels
from ingest.pdf import PdfFile, in_worker
from ingest.pdfium import draw_page, open_document


def page_png(data: bytes, media_type: str, number: int, dpi: float = 110.0, limits: Limits | None = None) -> bytes:
    """Return page ``number`` of a PDF or image file as a PNG for the web page.

    Raises ``NotFoundError`` for text files and for pages that are not there, ``LimitError`` for what takes too long or
    too much memory, and what ``reader.open_file`` raises.
    """
    if media_type != PdfFile.media_type and not media_type.startswith("image/"):
        raise NotFoundError(f"Văn bản không có hình trang {number}.")
    limits = limits or Limits()
    return in_worker(limits, limits.call_seconds, _draw, pickle.PickleBuffer(data), media_type, number, dpi, limits)


def _draw(data: pickle.PickleBuffer, media_type: str, number: int, dpi: float, limits: Limits) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    if media_type == PdfFile.media_type:
        pixels = _of_pdf(data, number, dpi, limits)
    else:
        pixels = _of_image(bytes(data), media_type, number, dpi, limits)
    Image.fromarray(pixels).save(out, "PNG", compress_level=6)
    return out.getvalue()


def _of_pdf(data: pickle.PickleBuffer, number: int, dpi: float, limits: Limits) -> Pixels:
    _check(number, open_document(data, limits, seals=True))
    return draw_page(number, dpi)[0]


def _of_image(data: bytes, media_type: str, number: int, dpi: float, limits: Limits) -> Pixels:
    opened = ImageFile(data, media_type, limits)
    try:
        _check(number, opened.page_count)
        return opened.picture(number, dpi).pixels
    finally:
        opened.close()


def _check(number: int, pages: int) -> None:
    if not 1 <= number <= pages:
        raise NotFoundError(f"Văn bản không có trang {number}.", f"Văn bản có {pages} trang.")
