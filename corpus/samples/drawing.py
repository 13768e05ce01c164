"""Drawing laid-out pages as a digital PDF with embedded fonts, and page images as an image PDF."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from corpus.samples.fonts import register
from corpus.samples.layout import HEIGHT, WIDTH, Line, Sheet
from corpus.samples.typeset import string_width

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DPI = 200


def digital_pdf(sheets: list[Sheet], title: str) -> bytes:
    """Return a PDF with a real text layer; the same pages always give the same bytes."""
    canvas, buffer = _canvas(title)
    fonts = register()
    for sheet in sheets:
        if sheet.folio:
            width = string_width(sheet.folio, "regular", 13)
            canvas.setFont(fonts["regular"], 13)
            canvas.drawString((WIDTH - width) / 2, HEIGHT - 42, sheet.folio)
        for x0, y0, x1, y1, weight in sheet.rules:
            canvas.setLineWidth(weight)
            canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
        for line in sheet.reading:
            _draw_line(canvas, line, fonts)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def image_pdf(jpegs: list[bytes], title: str) -> bytes:
    """Return a PDF of one JPEG a page on A4, without any text."""
    from reportlab.lib.utils import ImageReader

    canvas, buffer = _canvas(title)
    for jpeg in jpegs:
        image = ImageReader(BytesIO(jpeg))
        wide, high = image.getSize()
        page = (WIDTH, WIDTH * high / wide)
        canvas.setPageSize(page)
        canvas.drawImage(image, 0, 0, *page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def render(pdf: bytes, dpi: int = DPI) -> list[NDArray[np.uint8]]:
    """Return the pages of a PDF as RGB images of shape (height, width, 3)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_numpy()[:, :, :3][:, :, ::-1].copy() for page in document]
    finally:
        document.close()


def _canvas(title: str) -> tuple[Any, BytesIO]:
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    first: Any = register()["regular"]  # else reportlab lists Helvetica on every page; its stubs want a number here
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1, initialFontName=first)
    canvas.setTitle(title)
    canvas.setCreator("")
    canvas.setProducer("")
    return canvas, buffer


def _draw_line(canvas: Any, line: Line, fonts: dict[str, str]) -> None:
    for piece in line.pieces:
        x = piece.x
        for run in piece.runs:
            # A rise of the baseline would outlast the text object, so the mark is set higher instead.
            rise = run.size * 0.55 if run.note else 0.0
            text = canvas.beginText(x, HEIGHT - line.y + rise)
            text.setFont(fonts[run.style], run.size)
            text.setWordSpace(piece.word_space)
            text.textOut(run.text)
            canvas.drawText(text)
            x += run.width + run.text.count(" ") * piece.word_space
