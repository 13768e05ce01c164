"""What a directive (văn bản chỉ đạo) is once it has been read: pages of text with the place of every word.

Offsets are character offsets into NFC text. ``Document.text`` joins the pages with form feeds, so one pair of
offsets names a place in the whole document. Boxes are in PDF points (1/72 inch) from the top left of the page.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

PAGE_BREAK = "\f"


class Decision(StrEnum):
    """How the text of a page was come by."""

    KEEP = "keep"  #: the text layer is good as it is
    REPAIR = "repair"  #: the text layer is broken Vietnamese and was restored
    OCR = "ocr"  #: the page image was read


class BlockKind(StrEnum):
    """The parts of a page that layout analysis tells apart."""

    LETTERHEAD = "letterhead"  #: tên cơ quan, số ký hiệu, quốc hiệu, địa danh và ngày
    BODY = "body"
    FOOTNOTE = "footnote"
    TABLE = "table"
    RECIPIENTS = "recipients"  #: nơi nhận
    SIGNATURE = "signature"  #: quyền hạn, chức vụ, họ tên người ký
    MARGIN = "margin"  #: running heads and page numbers


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points from the top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page: ``page.text[start:end]``, its box and the OCR's confidence in 0..1 (None: not from OCR).

    ``column``: it stands in a cell of a ruled table that begins in this column, from 0; None outside of such tables.
    """

    start: int
    end: int
    box: Box | None = None
    confidence: float | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Columns ``left:right`` of a row of a ruled table that are one cell; ``above``: it began in a row above."""

    left: int
    right: int
    above: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page: ``page.text[start:end]``; ``cells`` are those of a row of a ruled table, from left to right."""

    kind: BlockKind
    start: int
    end: int
    box: Box | None = None
    cells: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A repair: ``text[start:end]`` stands where the source had ``source``.

    ``confidence`` is in 0..1; ``alternatives`` are other readings that came close, best first.
    ``rule`` says what changed it: ``restored`` (language model) or ``number`` (form of a document number or date).
    """

    start: int
    end: int
    source: str
    confidence: float
    rule: str = "restored"
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text after repair with every edit in order; the untouched text is ``Repaired(text)``."""

    text: str
    edits: tuple[Edit, ...] = ()

    def source(self) -> str:
        """Return the text as it was before the repair."""
        return source_of(self.text, self.edits, 0, len(self.text))


def source_of(text: str, edits: tuple[Edit, ...], start: int, end: int) -> str:
    """Return what ``text[start:end]`` was before ``edits``; an edit that is touched counts as a whole."""
    out, at = [], start
    for edit in edits:
        if edit.end <= start and not (edit.start == edit.end == start):
            continue
        deleted_last = edit.start == edit.end == end == len(text)
        if edit.start >= end and not deleted_last:
            break
        out.append(text[at : max(at, edit.start)])
        out.append(edit.source)
        at = max(at, edit.end)
    out.append(text[at : max(at, end)])
    return "".join(out)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands for a person: page and line, both from 1.

    For plain text ``line`` counts through the whole file, for pages it is the line of that page's text.
    """

    page: int
    line: int


@dataclass(frozen=True)
class Page:
    """One page. ``error`` is set, and the text empty, when the page could not be read."""

    number: int
    text: str
    first_line: int = 1
    width: float | None = None
    height: float | None = None
    words: tuple[Word, ...] = ()
    blocks: tuple[Block, ...] = ()
    edits: tuple[Edit, ...] = ()
    decision: Decision = Decision.KEEP
    reason: str = ""
    error: str | None = None

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(k + 1 for k, c in enumerate(self.text) if c == "\n")]

    def line_at(self, offset: int) -> int:
        """Return the line number (see ``Place``) of a character offset of this page."""
        return self.first_line + bisect_right(self._line_starts, offset) - 1

    def box_of(self, start: int, end: int) -> Box | None:
        """Return the box around the words that ``text[start:end]`` touches, None where places are unknown."""
        box: Box | None = None
        for word in self.words:
            if word.end > start and word.start < end and word.box is not None:
                box = word.box if box is None else box.union(word.box)
        return box


@dataclass(frozen=True)
class Document:
    """A directive as read from one file.

    ``id`` is the SHA-256 of the file's bytes in hex; ``source`` is the file name as ingested.
    """

    id: str
    source: str
    media_type: str
    pages: tuple[Page, ...]
    reader: str = ""
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def text(self) -> str:
        """The text of all pages, joined by form feeds."""
        return PAGE_BREAK.join(page.text for page in self.pages)

    @cached_property
    def _page_starts(self) -> list[int]:
        starts, at = [], 0
        for page in self.pages:
            starts.append(at)
            at += len(page.text) + len(PAGE_BREAK)
        return starts

    def page_start(self, number: int) -> int:
        """Return the offset in ``text`` at which page ``number`` (from 1) begins."""
        return self._page_starts[number - 1]

    def page_at(self, offset: int) -> Page:
        """Return the page on which the character at ``offset`` stands."""
        return self.pages[max(0, bisect_right(self._page_starts, offset) - 1)]

    def place(self, offset: int) -> Place:
        """Return page and line of a character offset of ``text``."""
        page = self.page_at(offset)
        return Place(page.number, page.line_at(offset - self.page_start(page.number)))

    def source_text(self, start: int, end: int) -> str:
        """Return what ``text[start:end]`` was before any repair, page breaks as form feeds."""
        parts = []
        for page, lo, hi in self._on_pages(start, end):
            parts.append(source_of(page.text, page.edits, lo, hi))
        return PAGE_BREAK.join(parts)

    def boxes(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Return (page number, box) for every line that ``text[start:end]`` touches, where places are known."""
        found = []
        for page, lo, hi in self._on_pages(start, end):
            at = lo
            for piece in page.text[lo:hi].split("\n"):
                box = page.box_of(at, at + len(piece))
                if box is not None and piece.strip():
                    found.append((page.number, box))
                at += len(piece) + 1
        return found

    def _on_pages(self, start: int, end: int) -> Iterator[tuple[Page, int, int]]:
        for page, begin in zip(self.pages, self._page_starts, strict=True):
            if begin < end and start <= begin + len(page.text):
                yield page, max(0, start - begin), min(len(page.text), end - begin)

    @property
    def failed_pages(self) -> tuple[Page, ...]:
        """The pages that could not be read."""
        return tuple(page for page in self.pages if page.error is not None)


def content_id(data: bytes) -> str:
    """Return the id of a file: SHA-256 of its bytes in hex, so that doing it again changes nothing."""
    return hashlib.sha256(data).hexdigest()
