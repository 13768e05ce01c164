"""An own number (số) that was written by hand and that no reader of pictures can tell: what its line says all the same.

An office prints "Số:      /SGDĐT-VP" and its văn thư writes the number in; of "Số: 6Ø3/SGDĐT-VP" or "Sóz4@SGDĐT-VP" the
symbol can be read. The number then stays unknown, and no digit that is left of it is one; the symbol still tells that
this is a công văn, and the line where the V/v begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Document, Page, Word
from corpus.numbers import DocumentNumber, parse_number
from nlp.page.lines import Line
from nlp.words.folding import folded, pattern

#: "Số:" however it was read, what was made of the writing, and the symbol behind it.
_LINE = pattern(
    r"^\W{0,2}[s$][o60e]{0,2}\s?[:.;,]?(?P<written>[^\n]{0,14}?)"
    r"(?P<symbol>(?:[a-z]{2,4}\s?[-–]\s?)?(?:[bsp]gd\s?&?\s?dt|ubnd|th|thcs|thpt|mn)(?:\s?[-–]\s?[a-z&]{1,12}){0,4})(?![\w/])"
)
#: The same of any office, whose symbol is all that stands behind the stroke: "Sô: ÿ†0 /BĐHL".
_OTHER = re.compile(
    r"^\W{0,2}[S$][oôốồổỗộóòỏõọ60]{0,2}\s?[:.;,](?P<written>[^\n/]{0,14}?)\s?/\s?"
    r"(?P<symbol>[A-ZĐ]{2,8}(?:\s?[-–]\s?[A-ZĐ][A-Za-zĐ&]{0,9}){0,3})$"
)
#: The same before a number that was found in it.
_HEAD = pattern(r"(?:^\W{0,2}[s$][o60e]{1,2}\s?[:.;,]?|\s[s$][o60e]\s?[:;])(?=.{0,14}$)")
#: What may stand between "Số:" and a number that was typed: blanks, the dots of a form.
_TYPED = re.compile(r"[\s…_]*|\s*\.{2,}\s*")
#: What an empty place for the number looks like: nothing, blanks, dots; and what writing has left: digits, marks.
_EMPTY = re.compile(r"[\s.…_/|]*")
_TRACE = re.compile(r"[^\s\w.…_]|\d")
#: Tesseract's confidence in typed days, and in typed numbers apart from their symbol, is 0.93 and more, also on faxes
#: and photos; in those that a pen wrote 0.4 to 0.92, where it makes digits of them at all. Where digits and symbol are
#: one word, an unusual symbol alone makes it unsure, and ``ingest.ownnumber`` has looked twice.
_SURE, _JOINED_SURE = 0.93, 0.7
_JOINED = re.compile(r"\d\s?/")
#: Figures of a pen are taller than those of print, which differ by a tenth at most; away from its row so many must be
#: there to tell.
_TALL, _FEW = 1.2, 2
_READ_WELL = 0.9


@dataclass(frozen=True, slots=True)
class Unread:
    """The line of an own number that cannot be read; ``symbol`` with a serial of no meaning, ``end`` behind it."""

    line: Line
    symbol: DocumentNumber
    end: int


def is_doubted(document: Document, start: int, end: int) -> bool:
    """Tell whether the digits at ``document.text[start:end]`` were read from a picture without confidence, or are too
    tall for print."""
    page = document.page_at(start)
    base = document.page_start(page.number)
    return any(
        word.confidence is not None and (word.confidence < _sure(page, word) or _is_tall(page, word))
        for word in page.words
        if word.start < end - base and word.end > start - base
    )


def _sure(page: Page, word: Word) -> float:
    return _JOINED_SURE if _JOINED.search(page.text[word.start : word.end]) else _SURE


def _is_tall(page: Page, word: Word) -> bool:
    """Tell whether a word of nothing but digits is taller than print: than the lowest figures of its row, and of a row
    without others than all figures of the page, since tables and notes are set smaller."""
    height = _height_of_figures(page, word)
    if height is None or word.box is None:
        return False
    middle = (word.box.y0 + word.box.y1) / 2
    row: list[float] = []
    others: list[float] = []
    for other in page.words:
        high = _height_of_figures(page, other)
        if other.box is None or high is None or other.start == word.start:
            continue
        if (other.confidence or 0.0) >= _READ_WELL:
            (row if other.box.y0 < middle < other.box.y1 else others).append(high)
    if row:
        return height > _TALL * min(row)
    return len(others) >= _FEW and height > _TALL * max(others)


def _height_of_figures(page: Page, word: Word) -> float | None:
    """Return the height of two digits and more; the box of a single one may reach into its neighbours' lines."""
    if word.box is None or word.end - word.start < 2 or not page.text[word.start : word.end].isdigit():
        return None
    return word.box.y1 - word.box.y0


def is_marked(between: str) -> bool:
    """Tell whether marks stand between "Số:" and a number: it is then the rest of one written by hand ("Số: €25/…")."""
    return _TYPED.fullmatch(between) is None


def heads_own_number(before: str) -> bool:
    """Tell whether what stands before a number in a letterhead makes it the rest of an own number: "Số: €25/SGDĐT"."""
    head = _HEAD.search(folded(before))
    return head is not None and is_marked(before[head.end() :])


def unread_number(lines: list[Line]) -> Unread | None:
    """Return the line among those of a letterhead whose own number cannot be read, None where there is none."""
    for line in lines:
        known = _LINE.match(line.fold)
        match = known or _OTHER.match(line.text)
        if match is None:
            continue
        written = line.text[match.start("written") : match.end("written")]
        symbol = line.text[match.start("symbol") : match.end("symbol")]
        read = parse_number(f"1/{symbol.strip()}")
        if read is None and known is None:
            read = DocumentNumber("1", None, None, tuple(re.split(r"\s?[-–]\s?", symbol)))
        named = read is not None and bool(read.agencies or read.type or known is None)
        if read is None or not named or _TRACE.search(written) is None:
            continue
        if _EMPTY.fullmatch(written):
            return None  # a draft without a number, which is read elsewhere
        return Unread(line, read, match.end("symbol"))
    return None
