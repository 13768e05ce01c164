"""Reading ruled tables cell by cell.

Left to itself Tesseract takes a row of a table for one line of text: the wide blanks between the cells become dots and
dashes, single numbers are lost. The cells are cut out and set below each other on one picture, as wide as they are;
those of one short line, numbers above all, stand side by side, because alone they are too little to be read.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.grid import Cell
from ingest.ocr import CellEngine, NumberEngine, OcrEngine, OcrWord
from ingest.pages import Pixels
from ingest.pixels import Cleaned, as_bytes, paper_of
from ingest.plausible import is_word

#: Ink is darker than this share of the paper.
_INK = 0.7

#: What remains of a line at the sides of a cell is no wider than this (inches).
_SIDE = 0.03

#: A speck has sides up to the first (inches), and nothing but paper around it as far as the second.
_SPECK, _ALONE = 0.042, 0.045

#: A dash is no higher than the first (inches), and as wide as from the second to the third.
_STROKE = (0.035, 0.035, 0.15)
_DASH_CONFIDENCE = 0.9

#: A cell is short where its ink is no higher and no wider than this (inches). Among others with wide gaps between
#: them Tesseract overlooks the blanks and points of longer ones (1.204): those are read alone, too, and so preferred.
_SHORT = (0.3, 1.0)
_LONG, _FOR_LONG = 0.32, 0.1

#: Where so large a share of a column's cells, and at least so many, hold one number each, the others do, too.
_OF_NUMBERS, _LEAST_NUMBERS = 0.6, 3
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*%?")

#: Room between the cells on the picture, and around each (inches).
_GAP, _ROOM = 0.2, 0.035

#: Short cells stand side by side up to this width (inches).
_LINE = 6.0

#: Letters of one form, small and large; small ones are lower than this share of a digit, whose height so many show.
_ONE_FORM = "cosuvwxz"
_SMALL, _TELLING = 0.84, 3

#: A short cell that is read with less confidence is read again.
_SURE = 0.75

#: Tesseract takes pictures of up to 32,767 pixels; a part of a large table is read at once.
_HIGHEST = 12_000


@dataclass(frozen=True, slots=True)
class _Piece:
    """The ink of a cell on the page: ``pixels`` from the point ``x``, ``y`` on; ``table`` counts from 0."""

    pixels: Pixels
    x: int
    y: int
    table: int
    cell: Cell

    @property
    def at(self) -> tuple[int, int]:
        return self.x, self.y

    @property
    def high(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def wide(self) -> int:
        return int(self.pixels.shape[1])


@dataclass(frozen=True, slots=True)
class _Set:
    """A piece on the picture: its left top corner there."""

    piece: _Piece
    left: int
    top: int


def read_page(engine: OcrEngine, page: Cleaned, seconds: float) -> list[OcrWord]:
    """Return the words of a cleaned page, its tables read cell by cell; raises what ``engine.words`` raises."""
    if not page.tables or not isinstance(engine, CellEngine):
        return engine.words(page.pixels, page.dpi, seconds)
    pieces = _pieces(page)
    if not pieces:
        return engine.words(page.pixels, page.dpi, seconds)
    until = time.monotonic() + seconds
    dashes = {piece.at: [dash] for piece in pieces if (dash := _dash(piece, page.dpi)) is not None}
    pieces = [piece for piece in pieces if piece.at not in dashes]
    words = engine.words(_without(page), page.dpi, seconds)
    read = _read(engine, _beside(pieces, page.dpi), page.dpi, until) if pieces else {}
    long = {piece.at for piece in pieces if piece.wide > _LONG * page.dpi}
    short = [piece for piece in pieces if _short(piece, page.dpi)]
    again = [piece for piece in short if piece.at in long or _worth(read.get(piece.at, [])) < _SURE]
    if again:
        # What is lost in a line of others may be read alone, and the other way round.
        alone = _read(engine, [[piece] for piece in again], page.dpi, until)
        for at, found in alone.items():
            if _worth(found) > _worth(read.get(at, [])) - (_FOR_LONG if at in long else 0.0):
                read[at] = found
    if isinstance(engine, NumberEngine):
        read |= _numbers(engine, _no_numbers(pieces, read), page.dpi, until)
    in_cells = _numbered(_cased(read, words) | dashes, 1 + max((word.line for word in words), default=-1))
    return [*words, *in_cells]


def _read(
    engine: CellEngine, lines: Sequence[list[_Piece]], dpi: float, until: float
) -> dict[tuple[int, int], list[OcrWord]]:
    """Return what is read in every piece, by where it is on the page; pieces in a line stand side by side."""
    found: dict[tuple[int, int], list[OcrWord]] = {}
    for placed, picture in _pictures(lines, dpi):
        for at, word in _home(engine.cells(picture, dpi, max(1.0, until - time.monotonic())), placed):
            found.setdefault(at, []).append(word)
    return found


def _no_numbers(pieces: Sequence[_Piece], read: dict[tuple[int, int], list[OcrWord]]) -> list[_Piece]:
    """Return the cells in columns of numbers (their heads left out) that do not read as one."""
    columns: dict[tuple[int, int, int], list[_Piece]] = {}
    for piece in pieces:
        columns.setdefault((piece.table, piece.cell.left, piece.cell.right), []).append(piece)
    found: list[_Piece] = []
    for column in columns.values():
        first = min(piece.cell.top for piece in column)
        below = [piece for piece in column if piece.cell.top > first]
        others = [piece for piece in below if not _is_number(read.get(piece.at, []))]
        if len(below) - len(others) >= max(_LEAST_NUMBERS, _OF_NUMBERS * len(below)):
            found += others
    return found


def _is_number(words: Sequence[OcrWord]) -> bool:
    return len(words) == 1 and _NUMBER.fullmatch(words[0].text) is not None


def _numbers(
    engine: NumberEngine, pieces: Sequence[_Piece], dpi: float, until: float
) -> dict[tuple[int, int], list[OcrWord]]:
    """Return the numbers of cells that are known to hold one; without those that read as none even so."""
    found: dict[tuple[int, int], list[OcrWord]] = {}
    for placed, picture in _pictures([[piece] for piece in pieces], dpi) if pieces else ():
        for at, word in _home(engine.numbers(picture, dpi, max(1.0, until - time.monotonic())), placed):
            found.setdefault(at, []).append(word)
    return {at: words for at, words in found.items() if _is_number(words)}


def _cased(
    read: dict[tuple[int, int], list[OcrWord]], words: Sequence[OcrWord]
) -> dict[tuple[int, int], list[OcrWord]]:
    """Give letters that stand alone in their cells the size that they have: beside nothing, a tick "x" reads X."""
    inside = [word for found in read.values() for word in found]
    digits = [word.box[3] - word.box[1] for word in inside if word.text.isdigit()]
    if len(digits) < _TELLING:
        digits += [word.box[3] - word.box[1] for word in words if word.text.isdigit()]
    if len(digits) < _TELLING:
        return read
    least = _SMALL * float(np.median(digits))

    def cased(word: OcrWord) -> OcrWord:
        small = word.box[3] - word.box[1] < least
        return replace(word, text=word.text.lower() if small else word.text.upper())

    alone = {at for at, found in read.items() if len(found) == 1 and found[0].text.lower() in tuple(_ONE_FORM)}
    return {at: [cased(found[0])] if at in alone else found for at, found in read.items()}


def _dash(piece: _Piece, dpi: float) -> OcrWord | None:
    """Return the dash that is all there is in a cell (none, not so); Tesseract passes over a lone stroke."""
    dark = piece.pixels < _INK * np.median(piece.pixels)
    rows, columns = np.nonzero(dark.any(axis=1))[0], np.nonzero(dark.any(axis=0))[0]
    if not len(rows):
        return None
    high, wide = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    filled = float(dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].mean())
    if not _like_a_dash(high, wide, dpi) or filled < 0.6:
        return None
    x, y = piece.x + int(columns[0]), piece.y + int(rows[0])
    return OcrWord("-", (float(x), float(y), float(x + wide), float(y + high)), _DASH_CONFIDENCE, 0)


def _numbered(read: dict[tuple[int, int], list[OcrWord]], first: int) -> Iterator[OcrWord]:
    """Yield the words with the lines of every piece as lines of their own, from ``first`` on."""
    lines: dict[tuple[tuple[int, int], int], int] = {}
    for at, words in read.items():
        for word in words:
            yield replace(word, line=lines.setdefault((at, word.line), first + len(lines)))


def _worth(words: Sequence[OcrWord]) -> float:
    """Return how surely a short cell is read, 0..1; what can be no word is doubtful."""
    return min((word.confidence * (1.0 if is_word(word.text) else 0.5) for word in words), default=0.0)


def _without(page: Cleaned) -> Pixels:
    """Return the page with nothing in its tables."""
    pixels, around = page.pixels.copy(), round(_SIDE * page.dpi)
    paper = np.uint8(np.median(pixels))
    for table in page.tables:
        box = table.box
        rows = slice(max(0, round(box.y0) - around), round(box.y1) + around + 1)
        pixels[rows, max(0, round(box.x0) - around) : round(box.x1) + around + 1] = paper
    return pixels


def _pieces(page: Cleaned) -> list[_Piece]:
    """Return what stands in the cells of all tables, column by column in each, without the specks."""
    found: list[_Piece] = []
    for number, table in enumerate(page.tables):
        box = table.box
        x, y = max(0, round(box.x0)), max(0, round(box.y0))
        part = page.pixels[y : round(box.y1) + 1, x : round(box.x1) + 1]
        part = without_specks(part, page.dpi)
        dark = part < _INK * paper_of(part)
        for cell in sorted(table.cells, key=lambda cell: (cell.left, cell.top)):
            ink = _ink(part, dark, cell, (x, y), page.dpi)
            if ink is not None:
                found.append(_Piece(*ink, number, cell))
    return found


def _ink(
    part: Pixels, dark: NDArray[np.bool_], cell: Cell, at: tuple[int, int], dpi: float
) -> tuple[Pixels, int, int] | None:
    """Return the ink of a cell with a little room around it, and where that begins; None for an empty cell.

    ``at``: where ``part`` begins.
    """
    side, room = round(_SIDE * dpi), round(_ROOM * dpi)
    x0, x1 = round(cell.box.x0) - at[0] + side, round(cell.box.x1) - at[0] - side
    y0, y1 = round(cell.box.y0) - at[1] + side, round(cell.box.y1) - at[1] - side
    x0, y0 = max(0, x0), max(0, y0)
    inside = dark[y0:y1, x0:x1]
    rows, columns = np.nonzero(inside.any(axis=1))[0], np.nonzero(inside.any(axis=0))[0]
    if not len(rows):
        return None
    high, wide = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    if max(high, wide) <= _SPECK * dpi and not _like_a_dash(high, wide, dpi):
        return None
    top, bottom = max(0, rows[0] - room), min(inside.shape[0], rows[-1] + 1 + room)
    left, right = max(0, columns[0] - room), min(inside.shape[1], columns[-1] + 1 + room)
    pixels = part[y0 + top : y0 + bottom, x0 + left : x0 + right]
    return pixels, int(at[0] + x0 + left), int(at[1] + y0 + top)


def _like_a_dash(high: int, wide: int, dpi: float) -> bool:
    return high <= _STROKE[0] * dpi and max(_STROKE[1] * dpi, 1.7 * high) <= wide <= _STROKE[2] * dpi


def without_specks(pixels: Pixels, dpi: float) -> Pixels:
    """Return a picture without the specks that stand apart from all print; what may be a dash stays."""
    import cv2

    paper = paper_of(pixels)
    reach = 2 * max(1, round(_ALONE * dpi)) + 1
    grown = cv2.dilate(as_bytes(pixels < 0.85 * paper), np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(grown)
    sides = stats[:, [cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH]] - (reach - 1)
    specks = np.array(
        [max(high, wide) <= _SPECK * dpi and not _like_a_dash(high, wide, dpi) for high, wide in sides.tolist()]
    )
    specks[0] = False
    return np.where(specks[labels], paper, pixels) if specks.any() else pixels


def _short(piece: _Piece, dpi: float) -> bool:
    return piece.high <= _SHORT[0] * dpi and piece.wide <= _SHORT[1] * dpi


def _beside(pieces: Sequence[_Piece], dpi: float) -> list[list[_Piece]]:
    """Set short pieces side by side in lines, the others in lines of their own."""
    lines: list[list[_Piece]] = []
    used, widest = 0.0, max([_LINE * dpi, *(piece.wide for piece in pieces)])
    for piece in (piece for piece in pieces if _short(piece, dpi)):
        if not lines or used + piece.wide > widest:
            lines.append([])
            used = 0
        lines[-1].append(piece)
        used += piece.wide + _GAP * dpi
    return lines + [[piece] for piece in pieces if not _short(piece, dpi)]


def _pictures(lines: Sequence[list[_Piece]], dpi: float) -> list[tuple[list[_Set], Pixels]]:
    """Return the lines below each other on as few pictures as may be."""
    gap = round(_GAP * dpi)
    wide = max(sum(piece.wide + gap for piece in line) for line in lines) + gap
    return [_picture(part, wide, gap) for part in _parts(lines, gap)]


def _parts(lines: Sequence[list[_Piece]], gap: int) -> list[list[list[_Piece]]]:
    parts: list[list[list[_Piece]]] = [[]]
    high = 0
    for line in lines:
        tall = max(piece.high for piece in line) + gap
        if parts[-1] and high + tall > _HIGHEST:
            parts.append([])
            high = 0
        parts[-1].append(line)
        high += tall
    return parts


def _picture(lines: Sequence[Sequence[_Piece]], wide: int, gap: int) -> tuple[list[_Set], Pixels]:
    """Return one picture of lines of pieces, and where each piece lies on it."""
    placed: list[_Set] = []
    top = gap
    for line in lines:
        high, left = max(piece.high for piece in line), gap
        for piece in line:
            placed.append(_Set(piece, left, top + _lowered(piece, high)))
            left += piece.wide + gap
        top += high + gap
    paper = int(np.median([np.median(at.piece.pixels) for at in placed]))
    picture = np.full((top, wide), paper, np.uint8)
    for at in placed:
        picture[at.top : at.top + at.piece.high, at.left : at.left + at.piece.wide] = at.piece.pixels
    return placed, picture


def _lowered(piece: _Piece, high: int) -> int:
    """Return how far below the top of its line a piece stands: letters and numbers at its foot, dashes half-way."""
    free = high - piece.high
    return free // 2 if piece.high < 0.6 * high else free


def _home(words: Sequence[OcrWord], placed: Sequence[_Set]) -> Iterator[tuple[tuple[int, int], OcrWord]]:
    """Yield the words of the picture at their places on the page, each with the piece that it belongs to."""
    for word in words:
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        at = min(placed, key=lambda one: _off(one, x, y))
        dx, dy = at.piece.x - at.left, at.piece.y - at.top
        box = word.box[0] + dx, word.box[1] + dy, word.box[2] + dx, word.box[3] + dy
        yield at.piece.at, replace(word, box=box)


def _off(at: _Set, x: float, y: float) -> float:
    """Return how far from a piece a point lies, 0 inside."""
    dx = max(at.left - x, 0.0, x - at.left - at.piece.wide)
    dy = max(at.top - y, 0.0, y - at.top - at.piece.high)
    return dx + 4 * dy
