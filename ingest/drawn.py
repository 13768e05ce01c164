"""Pages of Word and HTML files as pictures: the PDF that LibreOffice prints of them, and where each word stands on it.

The text stays what was read of the file itself; the PDF only shows it. Its words are laid over the text's
(``aligning``), so that a fact has its place on the picture.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Box, Document
from ingest.aligning import aligned
from ingest.htmlfile import html_as_word
from ingest.markup import HTML, markup_type
from ingest.officefile import DOC, ODT, RTF, check_archive, converted, suffix_of
from ingest.pages import Limits, Token
from ingest.pdf import PdfFile
from ingest.soffice import as_pdf
from ingest.wordfile import OLD_CODES, WordFile, check_docx, unicoded

#: What has no pages of its own and can be printed.
PRINTABLE = frozenset({WordFile.media_type, DOC, RTF, ODT, HTML})

#: Words of one row of print overlap by so much of the lower one's height.
_SAME_ROW = 0.5


@dataclass(frozen=True, slots=True)
class DrawnWord:
    """``document.text[start:end]`` stands in ``box`` of page ``page`` (from 1) of the print."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page of the print: its size in points and its words."""

    width: float
    height: float
    tokens: tuple[Token, ...]


class Placed:
    """Where the words of a text stand on the pages of its print."""

    def __init__(self, pages: tuple[DrawnPage, ...], words: list[DrawnWord]) -> None:
        self.pages = pages
        self._words = sorted(words, key=lambda word: word.start)
        self._starts = [word.start for word in self._words]
        self._ends = [word.end for word in self._words]

    def __len__(self) -> int:
        return len(self._words)

    def words(self, start: int, end: int) -> list[DrawnWord]:
        """Return the words with a place that ``text[start:end]`` touches, in the order of the text."""
        return self._words[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def boxes(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Return (page, box) for every row of print that ``text[start:end]`` stands on."""
        rows: list[tuple[int, Box]] = []
        for word in self.words(start, end):
            if rows and rows[-1][0] == word.page and _one_row(rows[-1][1], word.box):
                rows[-1] = word.page, rows[-1][1].union(word.box)
            else:
                rows.append((word.page, word.box))
        return rows


def _one_row(row: Box, box: Box) -> bool:
    shared = min(row.y1, box.y1) - max(row.y0, box.y0)
    return shared > _SAME_ROW * min(row.y1 - row.y0, box.y1 - box.y0) and box.x0 - row.x1 < 3 * (box.y1 - box.y0)


def printed(data: bytes, document: Document, limits: Limits) -> bytes:
    """Return the PDF of a file of one of the ``PRINTABLE`` types; ``document`` is what was read of it.

    Raises ``MissingDependencyError`` without LibreOffice, ``DamagedFileError``, ``EncryptedFileError``, ``LimitError``.
    """
    media_type = document.media_type
    if media_type == HTML:
        data, media_type = html_as_word(data, markup_type(data) or HTML, limits), WordFile.media_type
    elif media_type == WordFile.media_type:
        check_docx(data, limits)
    elif media_type == ODT:
        check_archive(data, limits)
    if any(OLD_CODES in page.reason for page in document.pages):  # the old fonts are on hardly any machine
        if media_type != WordFile.media_type:
            data, media_type = converted(data, media_type, limits), WordFile.media_type
        data = unicoded(data, limits)
    return as_pdf(data, suffix_of(media_type), limits)


def drawn_pages(pdf: bytes, limits: Limits) -> tuple[DrawnPage, ...]:
    """Return the pages of a print with their words. Raises what ``PdfFile`` raises."""
    opened = PdfFile(pdf, limits)
    try:
        found = (opened.page(number) for number in range(1, min(opened.page_count, limits.pages) + 1))
        return tuple(DrawnPage(page.width or 0.0, page.height or 0.0, page.tokens) for page in found)
    finally:
        opened.close()


def placed(document: Document, pages: tuple[DrawnPage, ...]) -> Placed:
    """Lay the words of a print over the text of its document."""
    return Placed(pages, list(_placed(document.text, pages)))


def _placed(text: str, pages: tuple[DrawnPage, ...]) -> Iterator[DrawnWord]:
    tokens = [(number, token) for number, page in enumerate(pages, 1) for token in page.tokens]
    for start, end, at in aligned(text, [token.text for _, token in tokens]):
        number, token = tokens[at]
        yield DrawnWord(start, end, number, token.box)
