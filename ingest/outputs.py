"""What people take away from a document that was read: its text, its words with their places, a searchable PDF."""

from __future__ import annotations

import pickle
from typing import Any

from corpus.document import Box, Document, Page
from ingest.pages import Limits
from ingest.pdf import in_worker
from ingest.searchable import build

#: Making a searchable PDF may take so many seconds, and so many more for every page.
_SECONDS, _PAGE_SECONDS = 60.0, 5.0


def as_json(document: Document) -> dict[str, Any]:
    """Return the document as plain data: per page its text, decision, reason and the words with box and confidence.

    Boxes are [x0, y0, x1, y1] in points from the top left of the page; ``start`` and ``end`` count characters of the
    page's text. What is not known is None.
    """
    return {
        "id": document.id,
        "source": document.source,
        "media_type": document.media_type,
        "reader": document.reader,
        "warnings": list(document.warnings),
        "pages": [_page(page) for page in document.pages],
    }


def searchable_pdf(document: Document, data: bytes, limits: Limits | None = None) -> bytes:
    """Return a PDF that looks like ``data`` (the bytes that the document was read from) and holds the text as read.

    Pages whose own text is right stay untouched. On scans the picture stays and a wrong invisible layer goes; a
    digital page whose own letters say something wrong becomes a picture of itself. Raises ``UnsupportedFileError``
    for text and Word files and what ``reader.open_file`` raises.
    """
    limits = limits or Limits()
    seconds = _SECONDS + _PAGE_SECONDS * len(document.pages)
    return in_worker(limits, seconds, build, document, pickle.PickleBuffer(data), limits)


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "decision": str(page.decision),
        "reason": page.reason,
        "error": page.error,
        "text": page.text,
        "words": [
            {
                "text": page.text[word.start : word.end],
                "start": word.start,
                "end": word.end,
                "box": _box(word.box),
                "confidence": word.confidence,
            }
            for word in page.words
        ],
        "blocks": [
            {"kind": str(block.kind), "start": block.start, "end": block.end, "box": _box(block.box)}
            for block in page.blocks
        ],
        "edits": [
            {
                "start": edit.start,
                "end": edit.end,
                "text": page.text[edit.start : edit.end],
                "source": edit.source,
                "confidence": edit.confidence,
                "rule": edit.rule,
            }
            for edit in page.edits
        ],
    }


def _box(box: Box | None) -> list[float] | None:
    return None if box is None else [round(value, 2) for value in (box.x0, box.y0, box.x1, box.y1)]
