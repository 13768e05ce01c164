"""Small files made on the spot for the tests of ``ingest``."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Sequence

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from corpus.samples.fonts import file_of

LINES = (
    "Các cơ sở giáo dục báo cáo kết quả thực hiện nhiệm vụ năm học về Sở",
    "Giáo dục và Đào tạo trước ngày 15 tháng 6 năm 2023 theo quy định tại",
    "Thông tư số 26/2019/TT-BGDĐT của Bộ trưởng Bộ Giáo dục và Đào tạo.",
    "Hiệu trưởng các trường trung học cơ sở chịu trách nhiệm kiểm tra việc",
    "nhập dữ liệu lên hệ thống và bảo đảm tính chính xác của số liệu.",
)


def pdf(pages: Sequence[Sequence[str]] = (LINES,), size: float = 13) -> bytes:
    """Return a digital PDF, one line below the other on every page."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("body", str(file_of("regular"))))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for lines in pages:
        canvas.setFont("body", size)
        for k, line in enumerate(lines):
            canvas.drawString(85, 742 - k * 1.4 * size, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_field(data: bytes, box: tuple[float, float, float, float], text: str = "", kind: str = "/Widget") -> bytes:
    """Return a PDF with an annotation on its first page: ``text`` in Helvetica, or a filled box without one.

    ``box``: left, bottom, right and top in points. Widgets are fields of signatures, as văn thư's software makes them.
    """
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    with pikepdf.open(io.BytesIO(data)) as document:
        lines = "".join(f"1 0 0 1 2 {height - 13 * k:g} Tm ({line}) Tj " for k, line in enumerate(text.split("\n"), 1))
        drawn = f"BT /F 12 Tf {lines}ET" if text else f"1 0 0 rg 0 0 {width:g} {height:g} re f"
        look = document.make_stream(drawn.encode("ascii"))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, width, height])
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(kind),
            Rect=pikepdf.Array([left, bottom, right, top]),
            F=132,
            AP=pikepdf.Dictionary(N=look),
        )
        if kind == "/Widget":
            field.FT, field.T = pikepdf.Name.Sig, f"signature{len(document.objects)}"
        page = document.pages[0].obj
        field = document.make_indirect(field)
        page["/Annots"] = pikepdf.Array([*page.get("/Annots", []), field])
        if kind == "/Widget":
            form = document.Root.get("/AcroForm", pikepdf.Dictionary(Fields=pikepdf.Array()))
            document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([*form.Fields, field]))
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


def empty_pdf() -> bytes:
    """Return a PDF of 0 pages."""
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.save(buffer)
    return buffer.getvalue()


def locked_pdf() -> bytes:
    """Return a PDF that wants a password."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(buffer, encryption=pikepdf.Encryption(owner="chủ", user="khách"))
    return buffer.getvalue()


def drawing(lines: Sequence[str] = LINES, dpi: int = 150) -> Image.Image:
    """Return the lines drawn on an A4 page."""
    image = Image.new("RGB", (round(8.27 * dpi), round(11.69 * dpi)), "white")
    font = ImageFont.truetype(str(file_of("regular")), round(13 / 72 * dpi))
    pen = ImageDraw.Draw(image)
    for k, line in enumerate(lines):
        pen.text((1.1 * dpi, (1.2 + 0.3 * k) * dpi), line, "black", font)
    return image


def image_bytes(image: Image.Image, kind: str = "PNG", dpi: int = 150, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, dpi=(dpi, dpi), **options)
    return buffer.getvalue()


def huge_png() -> bytes:
    """Return a PNG of a few bytes that claims to have 40,000 × 40,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def docx(paragraphs: Sequence[str] = LINES) -> bytes:
    import docx as word

    document = word.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def relabelled(data: bytes, label: Callable[[str], str] | None, font: str | None = None) -> bytes:
    """Return a PDF that looks the same but says of every letter that it is ``label(letter)``; None: says nothing.

    ``font`` is what its fonts are then called. This is what PDFs from old fonts and bad converters are like.
    """
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for entry in page.Resources.Font.values():
                if "/ToUnicode" not in entry or entry.get("/Seen"):
                    continue
                entry["/Seen"] = True
                table = entry.ToUnicode.read_bytes().decode("ascii")
                if label is None:
                    del entry["/ToUnicode"]
                else:
                    entry.ToUnicode = document.make_stream(_relabelled(table, label).encode("ascii"))
                if font is not None:
                    entry.BaseFont = pikepdf.Name(f"/ABCDEF+{font}")
                    if "/FontDescriptor" in entry:
                        entry.FontDescriptor.FontName = pikepdf.Name(f"/ABCDEF+{font}")
        document.save(buffer)
    return buffer.getvalue()


def _relabelled(table: str, label: Callable[[str], str]) -> str:
    def one(found: re.Match[str]) -> str:
        letter = chr(int(found[2], 16))
        codes = label(letter).encode("utf-16-be").hex().upper() if letter.isprintable() else found[2]
        return f"<{found[1]}> <{codes}>"

    return re.sub(r"<([0-9A-F]{2})> <([0-9A-F]{4})>(?! <)", one, table)


def scanned_pdf(lines: Sequence[str] = LINES, layer: Sequence[str] = (), dpi: int = 110, top: float = 742) -> bytes:
    """Return a scan as PDF: the picture of ``lines``, with ``layer`` as invisible text over it."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("body", str(file_of("regular"))))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.drawImage(ImageReader(io.BytesIO(image_bytes(drawing(lines, dpi), "JPEG", dpi))), 0, 0, 595, 842)
    text = canvas.beginText(79, top)
    text.setTextRenderMode(3)
    text.setFont("body", 13, 0.3 * 72)
    for line in layer:
        text.textLine(line)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def overlaid(under: bytes, over: bytes) -> bytes:
    """Return the first page of one PDF with that of the other drawn over it."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(under)) as document, pikepdf.open(io.BytesIO(over)) as layer:
        document.pages[0].add_overlay(layer.pages[0], pikepdf.Rectangle(0, 0, 595, 842))
        document.save(buffer)
    return buffer.getvalue()
