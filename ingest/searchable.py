"""A searchable PDF: every page as it came, with the text as it was read as an invisible layer at the words' places.

Runs in the process of a ``Worker`` like everything that opens foreign PDFs.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np

from corpus.document import Box, Decision, Document, Page
from corpus.errors import UnsupportedFileError
from ingest.glyphless import WIDTH, add_font, encoded
from ingest.imagefile import ImageFile
from ingest.pages import POINTS_PER_INCH, Limits, Pixels
from ingest.pdfium import draw_page, open_document, repaired_bytes
from ingest.unlayered import without_text

_FONT = "/CongvanText"
_IMAGE = "/CongvanPage"

#: Between words at least so much of their height is left free: pdftotext does not take a blank for one.
_GAP = 0.2

#: Coarse pictures before and after are enough to see that taking text away has taken nothing away.
_COMPARE_DPI = 60.0


def build(document: Document, data: pickle.PickleBuffer, limits: Limits) -> bytes:
    """Return the searchable PDF of a document; ``data`` are the bytes that it was read from."""
    content = bytes(data)
    if document.media_type == "application/pdf":
        return _from_pdf(document, content, limits)
    if document.media_type.startswith("image/"):
        return _from_images(document, content, limits)
    raise UnsupportedFileError(
        "Chỉ làm được PDF tìm kiếm được từ tệp PDF và tệp ảnh.", "Hãy lưu văn bản thành PDF trước."
    )


def _from_pdf(document: Document, data: bytes, limits: Limits) -> bytes:
    import pikepdf

    open_document(pickle.PickleBuffer(data), limits)
    whole, order = repaired_bytes()
    with pikepdf.open(io.BytesIO(whole)) as out:
        font = add_font(out, set(document.text) | {" "})
        for page in document.pages:
            index = order[page.number - 1] if page.number <= len(order) else None
            if page.error is not None or index is None or _says_so_already(page):
                continue
            target = out.pages[index]
            if page.decision is Decision.OCR:
                _take_layer_away(out, target)
            else:
                # Its letters are drawn by the very text that is wrong: the picture of it stays, the text goes.
                _show(out, target, page, draw_page(page.number, None)[0])
            _add_layer(out, target, page, font)
        return _saved(out)


def _says_so_already(page: Page) -> bool:
    """Tell whether the page's own text layer gives what was read: kept, not repaired, in no old code."""
    return page.decision is Decision.KEEP and not page.edits and "bảng mã" not in page.reason


def _take_layer_away(out: Any, target: Any) -> None:
    """Take the old text away: what is invisible, and all of it where the page looks the same without (text under a
    scan)."""
    before = _drawn(target)
    contents = target.obj.get("/Contents")
    resources = target.obj.get("/Resources")
    for hidden_only in (False, True):
        without_text(out, target, hidden_only=hidden_only)
        if hidden_only or np.array_equal(before, _drawn(target)):
            return
        target.obj.Contents = contents
        if resources is not None:
            target.obj.Resources = resources


def _drawn(target: Any) -> Pixels:
    """Return one page of a document that is being made, as pixels."""
    import pikepdf
    import pypdfium2 as pdfium

    buffer = io.BytesIO()
    with pikepdf.new() as single:
        single.pages.append(target)
        single.save(buffer)
    with pdfium.PdfDocument(buffer.getvalue()) as drawn:
        bitmap = drawn[0].render(scale=_COMPARE_DPI / POINTS_PER_INCH)
        return np.array(bitmap.to_numpy())


def _show(out: Any, target: Any, page: Page, pixels: Pixels) -> None:
    """Make the page a picture of itself."""
    from pikepdf import Array, Dictionary

    width, height = page.width or 1.0, page.height or 1.0
    target.obj.MediaBox = Array([0, 0, round(width, 2), round(height, 2)])
    for key in ("/CropBox", "/Rotate", "/Annots", "/TrimBox", "/BleedBox", "/ArtBox"):
        if key in target.obj:
            del target.obj[key]
    image = _image(out, pixels)
    target.obj.Resources = Dictionary(XObject=Dictionary({_IMAGE: image}))
    shown = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm {_IMAGE} Do Q\n"
    target.obj.Contents = out.make_stream(shown.encode("ascii"))


def _image(out: Any, pixels: Pixels) -> Any:
    """Return pixels as an image of the document, without loss; grey where there is no colour."""
    from pikepdf import Dictionary, Name

    grey = pixels.ndim == 2 or bool(
        (pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 1] == pixels[..., 2]).all()
    )
    if grey and pixels.ndim == 3:
        pixels = pixels[..., 0]
    image = out.make_stream(np.ascontiguousarray(pixels).tobytes())
    image.stream_dict.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=pixels.shape[1], Height=pixels.shape[0], BitsPerComponent=8,
            ColorSpace=Name.DeviceGray if grey else Name.DeviceRGB,
        )
    )  # fmt: skip
    return image


def _from_images(document: Document, data: bytes, limits: Limits) -> bytes:
    import pikepdf

    opened = ImageFile(data, document.media_type, limits)
    with pikepdf.new() as out:
        font = add_font(out, set(document.text) | {" "})
        for page in document.pages:
            raw = opened.page(page.number)
            width, height = page.width or raw.width or 595.0, page.height or raw.height or 842.0
            out.add_blank_page(page_size=(round(width, 2), round(height, 2)))
            target = out.pages[-1]
            image = _jpeg(out, data, document.media_type)
            if image is None:
                image = _image(out, opened.picture(page.number).pixels)
            target.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({_IMAGE: image}))
            shown = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm {_IMAGE} Do Q\n"
            target.obj.Contents = out.make_stream(shown.encode("ascii"))
            if page.error is None:
                _add_layer(out, target, page, font)
        opened.close()
        return _saved(out)


def _jpeg(out: Any, data: bytes, media_type: str) -> Any:
    """Return a JPEG as an image of the document, byte for byte; None for others, and for those to be turned first."""
    from pikepdf import Dictionary, Name
    from PIL import Image

    if media_type != "image/jpeg":
        return None
    with Image.open(io.BytesIO(data)) as picture:
        if picture.getexif().get(0x0112, 1) != 1 or picture.mode not in ("L", "RGB"):
            return None
        width, height = picture.size
        space = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    image = out.make_stream(data)
    image.stream_dict.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, BitsPerComponent=8,
            ColorSpace=space, Filter=Name.DCTDecode,
        )
    )  # fmt: skip
    return image


# The invisible layer -------------------------------------------------------------------------------------------------


def _add_layer(out: Any, target: Any, page: Page, font: Any) -> None:
    """Write the words over the page, in reading order."""
    import pikepdf

    # Pages share resources; what is added here belongs to this page only.
    resources = _copy(target.obj.get("/Resources"))
    fonts = _copy(resources.get("/Font"))
    fonts[_FONT] = font
    resources["/Font"] = pikepdf.Dictionary(fonts)
    target.obj.Resources = pikepdf.Dictionary(resources)
    target.contents_add(b"q\n", prepend=True)
    target.contents_add(b"\nQ\n" + _written(page, _to_user_space(target)))


def _copy(dictionary: Any) -> dict[str, Any]:
    return {} if dictionary is None else dict(dictionary.items())


def _to_user_space(target: Any) -> tuple[float, float, float, float, float, float]:
    """Return the matrix from points from the top left of the page as shown to the page's own coordinates."""
    box = target.cropbox
    x0, y0, x1, y1 = (float(value) for value in box)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    turn = int(target.obj.get("/Rotate", 0) or 0) % 360
    if turn == 90:
        return 0.0, 1.0, 1.0, 0.0, x0, y0
    if turn == 180:
        return -1.0, 0.0, 0.0, 1.0, x1, y0
    if turn == 270:
        return 0.0, -1.0, -1.0, 0.0, x1, y1
    return 1.0, 0.0, 0.0, -1.0, x0, y1


def _written(page: Page, matrix: tuple[float, float, float, float, float, float]) -> bytes:
    a, b, c, d, e, f = matrix
    rows = [b"q BT 3 Tr"]
    for text, box in _placed(page):
        size = max(1.0, box.y1 - box.y0)
        stretch = 100 * max(0.1, box.x1 - box.x0) / (len(text.rstrip()) * WIDTH / 1000 * size)
        x, y = a * box.x0 + c * box.y1 + e, b * box.x0 + d * box.y1 + f
        # The text's own vertical axis points up, that of the boxes down.
        place = f"{a:g} {b:g} {-c:g} {-d:g} {x:.2f} {y:.2f} Tm"
        shown = f"{_FONT} {size:.2f} Tf {stretch:.1f} Tz {place} <{encoded(text).hex()}> Tj"
        rows.append(shown.encode("ascii"))
    rows.append(b"ET Q")
    return b"\n".join(rows)


def _placed(page: Page) -> Iterator[tuple[str, Box]]:
    """Yield words with their boxes, a blank after each; where boxes nearly touch, the word in front gives way."""
    words = list(_apart(page))
    for (text, box), following in zip(words, [*words[1:], None], strict=True):
        end = box.x1
        if following is not None:
            other = following[1]
            beside = min(box.y1, other.y1) - max(box.y0, other.y0) > 0.3 * (box.y1 - box.y0)
            free = other.x0 - _GAP * max(box.y1 - box.y0, other.y1 - other.y0)
            if beside and box.x0 < free < end:
                end = free
        # PDFium passes over pieces of a single character, so the last word of a line has a blank, too.
        yield f"{text} ", Box(box.x0, box.y0, end, box.y1)


def _apart(page: Page) -> Iterator[tuple[str, Box]]:
    """Yield words with their boxes; words that share a box share it out."""
    words = [word for word in page.words if word.box is not None and word.end > word.start]
    for box, group in groupby(words, key=lambda word: word.box):
        assert box is not None
        together = list(group)
        letters = sum(word.end - word.start for word in together) + len(together) - 1
        at = box.x0
        for word in together:
            end = at + (box.x1 - box.x0) * (word.end - word.start) / letters
            yield page.text[word.start : word.end], Box(at, box.y0, end, box.y1)
            at = end + (box.x1 - box.x0) / letters


def _saved(out: Any) -> bytes:
    import pikepdf

    buffer = io.BytesIO()
    out.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, deterministic_id=True)
    return buffer.getvalue()
