"""What was put on a page after it was printed to PDF: the number and the day that văn thư gives it, seal, signature.

Offices that sign electronically leave a gap for them ("Số:      /KH-PGD&ĐT, ngày     tháng 10") and fill it with form
fields, which PDFium gives neither as text nor in pictures. Seen in every signed directive of four offices that was
tried. Each field is a signature of its own: those of a number or a day are a line high or a few digits wide, those of
the seal and of whoever signs are boxes, whose words ("Ký bởi … Giờ ký …") are no text of the directive.
"""

from __future__ import annotations

from typing import Any

#: Fields up to this height, in points, hold one line; a line of 14 points with its margins has 20.
_LINE = 24.0

#: Fields up to this height and width, in points, hold a few digits with room around them: 22 of 239 signed directives
#: have their number in one of 30 by 23 to 38, and no box of a seal is less than 99 wide.
_DIGITS = (32.0, 60.0)

#: Pages with more annotations are read without them: no office puts so many on a page.
_MOST = 2000


def fix_fields(page: Any, *, seals: bool) -> bool:
    """Make what was put on a page a part of what is drawn on it, in memory; ``seals``: with the boxes of signatures.

    What is not on the printed page (notes, links, attached files) is left out. Return whether anything was made part of
    the page, which then has to be loaded anew.
    """
    import pypdfium2 as pdfium

    raw = pdfium.raw
    apart = {
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_POPUP,
        raw.FPDF_ANNOT_LINK,
        raw.FPDF_ANNOT_FILEATTACHMENT,
        raw.FPDF_ANNOT_SOUND,
        raw.FPDF_ANNOT_MOVIE,
        raw.FPDF_ANNOT_SCREEN,
    }
    count = raw.FPDFPage_GetAnnotCount(page)
    if not 0 < count <= _MOST:
        return False
    left = 0
    for index in reversed(range(count)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            drawn = kind not in apart and (seals or kind != raw.FPDF_ANNOT_WIDGET or _holds_digits(annotation))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
        left += drawn
        if not drawn:
            raw.FPDFPage_RemoveAnnot(page, index)
    return left > 0 and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS


def _holds_digits(annotation: Any) -> bool:
    """Tell whether a field is as low as a line, or as small as a few digits with room around them."""
    import pypdfium2 as pdfium

    box = pdfium.raw.FS_RECTF()
    if not pdfium.raw.FPDFAnnot_GetRect(annotation, box):
        return True
    height, width = float(abs(box.top - box.bottom)), float(abs(box.right - box.left))
    return height <= _LINE or (height <= _DIGITS[0] and width <= _DIGITS[1])
