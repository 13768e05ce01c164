"""The one door to how a file is set: a Word file says it, a digital PDF is measured, other files do not tell."""

from __future__ import annotations

import logging

from corpus.document import Document
from corpus.typeset import Typeset
from ingest.officefile import converted
from ingest.pages import Limits
from ingest.reader import Kind, sniff

_LOG = logging.getLogger(__name__)

_BLIND = {
    Kind.TEXT: "Tệp văn bản thuần không có cách trình bày; chỉ kiểm tra lời văn.",
    Kind.HTML: "Tệp HTML không cho biết trang in: không kiểm tra cỡ chữ, kiểu chữ và lề; chỉ kiểm tra lời văn.",
    Kind.IMAGE: "Tệp là ảnh: không biết cỡ chữ, kiểu chữ, lề; chỉ kiểm tra những gì nhận dạng được.",
}
_BROKEN = "Định dạng trong tệp Word bị hỏng: chỉ kiểm tra lời văn. Hãy mở bằng Word và lưu lại."
_SCANNED = "Trang {} là ảnh quét: không kiểm tra cỡ chữ, kiểu chữ, dấu câu và lề của các trang này."
_ALL_SCANNED = "Tệp là bản quét: không kiểm tra cỡ chữ, kiểu chữ, dấu câu và lề."


def typeset(data: bytes, document: Document, limits: Limits | None = None) -> Typeset:
    """Return how a file is set; ``document`` is what was read from the same bytes.

    What cannot be told is said in ``notes``, in Vietnamese. Raises the errors of the file's reader.
    """
    from ingest.pdflook import pdf_typeset
    from ingest.wordlook import word_typeset

    limits = limits or Limits()
    found_kind = sniff(data)
    kind = found_kind.kind
    if kind is Kind.OFFICE:
        data = converted(data, found_kind.media_type, limits)
    if kind in (Kind.DOCX, Kind.OFFICE):
        try:
            return word_typeset(data, document, limits)
        except (SyntaxError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
            # its words could be read; what it says of styles and sections is not what it should be
            _LOG.warning("%s: how it is set could not be read: %r", document.source, error)
            return Typeset((), notes=(_BROKEN,))
    if kind is Kind.PDF:
        found = pdf_typeset(data, document, limits)
        return found if not found.blind else _with_note(found)
    everything = frozenset(page.number for page in document.pages)
    return Typeset((), blind=everything if kind is Kind.IMAGE else frozenset(), notes=(_BLIND[kind],))


def _with_note(found: Typeset) -> Typeset:
    numbers = ", ".join(map(str, sorted(found.blind)))
    note = _ALL_SCANNED if len(found.blind) == found.pages else _SCANNED.format(numbers)
    return Typeset(
        found.settings, found.papers, found.numbers, found.measured, found.pages, found.blind, (*found.notes, note)
    )
