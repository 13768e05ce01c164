"""A page picture becomes text in reading order: clean, read, turn if it was upside down, lay out, map back."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from corpus.document import Box, Word
from corpus.errors import LimitError
from ingest.cells import read_page
from ingest.dirt import without_dirt
from ingest.doubles import once
from ingest.grid import Table
from ingest.image import clean, turned, x_height
from ingest.layout import Laid, lay_out
from ingest.notes import with_note_marks
from ingest.ocr import CellEngine, DigitEngine, OcrEngine, OcrWord, SecondEngine
from ingest.ownnumber import with_confirmed_number
from ingest.pages import POINTS_PER_INCH, Limits, Picture, Token
from ingest.pixels import Cleaned, Homography, one_thread
from ingest.plausible import is_word
from ingest.second import doubtful_lines, read_again
from ingest.shapes import take_out_shapes
from ingest.signtitle import with_title

#: Below this mean confidence a page may lie on its side or upside down; above the other it surely does not.
_DOUBTFUL, _SURE = 0.55, 0.8

#: Lines in doubt from which on a page is looked at for black seals.
_DOUBTFUL_LINES = 3

#: So many neighbouring words must agree on where the lines run.
_PAIRS = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the page as laid out, the mean confidence of its words in 0..1, and what cleaning did.

    ``late``: the time ran out while it was in doubt which way up the page is; the text may be nonsense.
    """

    laid: Laid
    confidence: float
    steps: tuple[str, ...]
    late: bool = False


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The words and ruled tables of a picture before layout, in points of the cleaned page of this size."""

    tokens: list[Token]
    width: float
    height: float
    confidence: float
    cleaned: Cleaned
    tables: tuple[Table, ...] = ()
    late: bool = False


def recognise(picture: Picture, engine: OcrEngine, limits: Limits, number: int = 1) -> Reading:
    """Read one page picture; word boxes are in points of the picture as it came in.

    All attempts together have ``limits.page_seconds``. Raises ``LimitError`` when the first one takes longer and
    ``MissingDependencyError`` when the engine is not installed.
    """
    page = read_tokens(picture, engine, limits)
    laid = lay_out(page.tokens, page.width, page.height, number, page.tables)
    placed = tuple(_placed(word, page.cleaned, picture.dpi) for word in laid.words)
    blocks = tuple(replace(block, box=_around(placed, block.start, block.end)) for block in laid.blocks)
    return Reading(replace(laid, words=placed, blocks=blocks), page.confidence, page.cleaned.steps, page.late)


def read_tokens(picture: Picture, engine: OcrEngine, limits: Limits) -> ReadPage:
    """Clean and read a picture as often as it needs; ``recognise`` says what is raised."""
    one_thread()
    until = time.monotonic() + limits.page_seconds
    cleaned = clean(picture, limits)
    words = read_page(engine, cleaned, limits.page_seconds)
    late = False
    # The back of a sheet has no print whichever way it is turned.
    if _doubtful(words) and x_height(cleaned.pixels) is not None:
        cleaned, words, broken_off = _best_turn(picture, cleaned, words, engine, limits, until)
        late = broken_off and _doubtful(words)
    else:
        cleaned, words = _best_ink(picture, cleaned, words, engine, limits, until)
    if isinstance(engine, SecondEngine):
        words = read_again(cleaned, words, engine, until - time.monotonic())
    if isinstance(engine, CellEngine) and not late:
        words = with_title(cleaned, words, engine, until - time.monotonic())
    if isinstance(engine, DigitEngine):
        words = with_confirmed_number(cleaned, words, engine, until - time.monotonic())
        words = with_note_marks(cleaned, words, engine, until - time.monotonic())
    words = without_dirt(once(words), cleaned.tables)
    scale = POINTS_PER_INCH / cleaned.dpi
    tokens = [Token(word.text, _scaled(word.box, scale), word.line, word.confidence) for word in words]
    height, width = cleaned.pixels.shape[:2]
    tables = tuple(table.moved(scale) for table in cleaned.tables)
    return ReadPage(tokens, width * scale, height * scale, _confidence(words), cleaned, tables, late)


def _doubtful(words: Sequence[OcrWord]) -> bool:
    """Whether a page that was read like this may lie on its side or upside down."""
    return _confidence(words) < _DOUBTFUL or _running(words) != 0


def _best_turn(
    picture: Picture, cleaned: Cleaned, words: list[OcrWord], engine: OcrEngine, limits: Limits, until: float
) -> tuple[Cleaned, list[OcrWord], bool]:
    """Try other orientations and keep the one that reads best: many words, surely read, from left to right.

    The last value tells whether the time was up before all were tried; what was read before is kept then.
    """
    best = cleaned, words
    for quarters in (2, 1, 3):
        upright, back = turned(picture, quarters)
        page = clean(upright, limits)
        left = until - time.monotonic()
        if left <= 0:
            return *best, True
        try:
            read = read_page(engine, page, left)
        except LimitError:
            return *best, True
        if _yield(read) > 1.5 * _yield(best[1]):
            best = replace(page, back=back @ page.back, steps=(f"turn {90 * quarters}", *page.steps)), read
        if _confidence(best[1]) > _SURE and _running(best[1]) == 0:
            break
    return *best, False


def _best_ink(
    picture: Picture, cleaned: Cleaned, words: list[OcrWord], engine: OcrEngine, limits: Limits, until: float
) -> tuple[Cleaned, list[OcrWord]]:
    """Read the page with other ink on it where that may help, and keep what reads best.

    Pale ink that was taken out may be print, after all; and what is in doubt may lie under a seal as black as print.
    """
    best = cleaned, words
    if "faint" in cleaned.steps:
        best = _better_of(best, clean(picture, limits, whole=True), engine, until)
    if len(doubtful_lines(best[1])) >= _DOUBTFUL_LINES:
        best = _better_of(best, take_out_shapes(best[0]), engine, until)
    return best


def _better_of(
    best: tuple[Cleaned, list[OcrWord]], other: Cleaned, engine: OcrEngine, until: float
) -> tuple[Cleaned, list[OcrWord]]:
    """Return what reads better, ``best`` or the ``other`` page; what was read before stays when time is up."""
    left = until - time.monotonic()
    if other is best[0] or left <= 0:
        return best
    try:
        read = read_page(engine, other, left)
    except LimitError:
        return best
    return (other, read) if _yield(read) > _yield(best[1]) else best


def _running(words: Sequence[OcrWord]) -> int:
    """Return by how many quarters counter-clockwise the page must be turned for its words to run to the right.

    Tesseract reads lines that run downwards or upside down, too, but then the lines come out of order.
    """
    votes = Counter[int]()
    for before, after in pairwise(words):
        if before.line == after.line:
            right = (after.box[0] + after.box[2] - before.box[0] - before.box[2]) / 2
            down = (after.box[1] + after.box[3] - before.box[1] - before.box[3]) / 2
            votes[(0 if right > 0 else 2) if abs(right) >= abs(down) else (1 if down > 0 else 3)] += 1
    return votes.most_common(1)[0][0] if votes.total() >= _PAIRS else 0


def _confidence(words: Sequence[OcrWord]) -> float:
    """Mean confidence, every word counted by its length; 0 for an empty page."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _yield(words: Sequence[OcrWord]) -> float:
    sure = sum(
        len(word.text) * word.confidence
        for word in words
        if word.confidence > 0.5 and len(word.text) > 1 and is_word(word.text)
    )
    return sure if _running(words) == 0 else 0.5 * sure


def _scaled(box: tuple[float, float, float, float], scale: float) -> Box:
    return Box(box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)


def _placed(word: Word, cleaned: Cleaned, dpi: float) -> Word:
    """Return the word with its box (points of the cleaned page) in points of the original picture."""
    return word if word.box is None else replace(word, box=_back(word.box, cleaned.back, cleaned.dpi, dpi))


def _back(box: Box, back: Homography, cleaned_dpi: float, dpi: float) -> Box:
    zoom = cleaned_dpi / POINTS_PER_INCH
    corners = np.array(
        [[box.x0 * zoom, box.x1 * zoom, box.x1 * zoom, box.x0 * zoom],
         [box.y0 * zoom, box.y0 * zoom, box.y1 * zoom, box.y1 * zoom],
         [1.0, 1.0, 1.0, 1.0]]
    )  # fmt: skip
    x, y, w = back @ corners
    shrink = POINTS_PER_INCH / dpi
    xs, ys = x / w * shrink, y / w * shrink
    return Box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))


def _around(words: Sequence[Word], start: int, end: int) -> Box | None:
    boxes = [word.box for word in words if start <= word.start < end and word.box is not None]
    if not boxes:
        return None
    box = boxes[0]
    for other in boxes[1:]:
        box = box.union(other)
    return box
