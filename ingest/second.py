"""A second reading of the lines that the first left in doubt, by another model, and the better of both word by word.

The doubtful lines are cut out and set below each other on one small picture, so that a second pass costs one process
and only the time of those lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from corpus.errors import LimitError
from corpus.text import is_syllable
from ingest.ocr import OcrWord, SecondEngine
from ingest.pages import Pixels
from ingest.pixels import Cleaned
from ingest.plausible import EDGE, is_word
from ingest.quality import common_syllables

#: A line is read again when a word of it was read with less confidence than its kind has where it is read right:
#: common syllables, other syllables, numbers and codes, what is no word at all.
_COMMON_DOUBT, _RARE_DOUBT, _CODE_DOUBT, _ODD_DOUBT = 0.84, 0.89, 0.75, 0.9
_DOUBT = 0.65

#: A page is in doubt as a whole when that share of its words was read with less than this confidence: on a clean scan
#: it is 2 or 3 of 100. What the first model gets wrong on such pages is not always what it doubts.
_PAGE_DOUBT, _PAGE_SHARE = 0.9, 0.055

#: A word that is none counts so much. The second reading, by two models, may be less sure by so much, but it must be
#: sure enough, and surer in numbers, where no language model helps.
_NO_WORD, _MARGIN, _NUMBER_MARGIN, _LEAST = 0.55, -0.02, 0.03, 0.4

#: A gap wider than this (heights of letters) parts two columns.
_COLUMN_GAP = 2.5

#: So much of a word's height may lie above and below its box.
_OVER, _UNDER = 0.25, 0.12


@dataclass(frozen=True, slots=True)
class _Strip:
    """A stretch on the picture of doubtful ones: its place there and on the page (pixels).

    From ``top`` to ``bottom`` with room around it, from ``first`` to ``last`` what its words fill.
    """

    top: int
    bottom: int
    first: int
    last: int
    shift_x: int
    shift_y: int


def read_again(page: Cleaned, words: list[OcrWord], engine: SecondEngine, seconds: float) -> list[OcrWord]:
    """Return ``words`` with those of doubtful lines replaced where the second reading is better.

    What was read before is kept where the second reading takes longer than ``seconds``.
    """
    doubtful = _stretches(words)
    if not doubtful or seconds <= 0:
        return words
    picture, strips = _stacked(page, words, doubtful)
    try:
        read = engine.lines(picture, page.dpi, seconds)
    except LimitError:
        return words
    again: dict[int, list[OcrWord]] = {}
    for word in read:
        middle = (word.box[1] + word.box[3]) / 2
        at = next((k for k, strip in enumerate(strips) if strip.first <= middle < strip.last), None)
        if at is not None:
            x0, y0, x1, y1 = word.box
            dx, dy = strips[at].shift_x, strips[at].shift_y
            box = (x0 + dx, y0 + dy, x1 + dx, y1 + dy)
            again.setdefault(at, []).append(replace(word, box=box, line=doubtful[at][0].line))
    home = {id(word): at for at, stretch in enumerate(doubtful) if at in again for word in stretch}
    out: list[OcrWord] = []
    done: set[int] = set()
    for word in words:
        at = home.get(id(word))
        if at is None:
            out.append(word)
        elif at not in done:
            done.add(at)
            out += better(doubtful[at], again[at])
    return out


def _stretches(words: Sequence[OcrWord]) -> list[list[OcrWord]]:
    """Return the stretches of lines that are in doubt.

    Where two columns stand on one line it is parted: their type may be of another size and stand higher or lower, which
    an OCR that takes both for one line stumbles over.
    """
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    whole = _in_doubt_as_a_whole(words)
    found: list[list[OcrWord]] = []
    for line in lines.values():
        line.sort(key=lambda word: word.box[0])
        height = sorted(word.box[3] - word.box[1] for word in line)[len(line) // 2]
        stretch = line[:1]
        for before, word in pairwise(line):
            if word.box[0] - before.box[2] > _COLUMN_GAP * height:
                found.append(stretch)
                stretch = []
            stretch.append(word)
        found.append(stretch)
    return [stretch for stretch in found if whole or any(_in_doubt(word) for word in stretch)]


def doubtful_lines(words: Sequence[OcrWord]) -> set[int]:
    """Return the numbers of lines of which a word was read without confidence."""
    whole = _in_doubt_as_a_whole(words)
    return {word.line for word in words if whole or _in_doubt(word)}


def _in_doubt_as_a_whole(words: Sequence[OcrWord]) -> bool:
    return sum(word.confidence < _PAGE_DOUBT for word in words) >= _PAGE_SHARE * len(words)


def _in_doubt(word: OcrWord) -> bool:
    return word.confidence < _ODD_DOUBT and word.confidence < _expected(word.text)


def _expected(text: str) -> float:
    core = text.strip(EDGE).lower()
    if core in common_syllables():
        return _COMMON_DOUBT
    if not is_word(text):
        return _ODD_DOUBT
    return _RARE_DOUBT if is_syllable(core) and len(core) > 1 else _CODE_DOUBT


def better(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> list[OcrWord]:
    """Return a line put together from two readings of it: where they part, the one that reads better.

    Words that lie over each other are compared together, since one reading may part what the other joins.
    """
    line: list[OcrWord] = []
    # A short line on its own does not show how tall its letters are.
    alone = len(first) < 3
    for ours, theirs in _clusters(first, second):
        if not theirs:
            # Only one saw something here: it stays when it is surely something.
            line += [word for word in ours if is_word(word.text) or word.confidence > _DOUBT]
        elif not ours:
            line += [word for word in theirs if is_word(word.text) and word.confidence > _DOUBT]
        elif worth(theirs) > max(worth(ours) + _margin(ours), _LEAST) and not (alone and _same_but_case(ours, theirs)):
            line += theirs
        else:
            line += ours
    return line


def _margin(words: Sequence[OcrWord]) -> float:
    return _NUMBER_MARGIN if any(char.isdigit() for word in words for char in word.text) else _MARGIN


def _same_but_case(ours: Sequence[OcrWord], theirs: Sequence[OcrWord]) -> bool:
    return [word.text.lower() for word in ours] == [word.text.lower() for word in theirs]


def worth(words: Sequence[OcrWord]) -> float:
    """Return how well a stretch is read, 0..1: confidence of its words by length, less for what is no word."""
    letters = sum(len(word.text) for word in words)
    value = sum(len(w.text) * w.confidence * (1.0 if is_word(w.text) else _NO_WORD) for w in words)
    return value / letters if letters else 0.0


def _clusters(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> list[tuple[list[OcrWord], list[OcrWord]]]:
    """Part a line into the smallest stretches that both readings begin and end together."""
    marked = sorted([(w.box[0], w.box[2], 0, w) for w in first] + [(w.box[0], w.box[2], 1, w) for w in second],
                    key=lambda item: item[:3])  # fmt: skip
    found: list[tuple[list[OcrWord], list[OcrWord]]] = []
    end = float("-inf")
    for x0, x1, side, word in marked:
        # A few pixels of overlap are the slack of the boxes.
        if not found or x0 >= end - 0.25 * min(x1 - x0, word.box[3] - word.box[1]):
            found.append(([], []))
            end = x1
        found[-1][side].append(word)
        end = max(end, x1)
    return found


def _stacked(
    page: Cleaned, words: Sequence[OcrWord], stretches: Sequence[Sequence[OcrWord]]
) -> tuple[Pixels, list[_Strip]]:
    """Set the doubtful stretches below each other, with room between, on one white picture."""
    high, wide = page.pixels.shape[:2]
    around, gap = round(0.04 * page.dpi), round(0.1 * page.dpi)
    pieces: list[Pixels] = []
    strips: list[_Strip] = []
    at = gap
    for stretch in stretches:
        left, top = (min(word.box[side] for word in stretch) for side in (0, 1))
        right, bottom = (max(word.box[side] for word in stretch) for side in (2, 3))
        x0, x1 = max(0, int(left) - 2 * around), min(wide, int(right) + 2 * around)
        y0, y1 = max(0, int(top) - around), min(high, int(bottom) + around)
        pieces.append(_alone(page.pixels, words, stretch, (x0, y0, x1, y1)))
        strips.append(_Strip(at, at + y1 - y0, at + int(top) - y0, at + int(bottom) - y0, x0 - gap, y0 - at))
        at += y1 - y0 + gap
    picture = np.full((at, max(piece.shape[1] for piece in pieces) + 2 * gap), 255, np.uint8)
    for piece, strip in zip(pieces, strips, strict=True):
        picture[strip.top : strip.bottom, gap : gap + piece.shape[1]] = piece
    return picture, strips


def _alone(
    pixels: Pixels, words: Sequence[OcrWord], stretch: Sequence[OcrWord], part: tuple[int, int, int, int]
) -> Pixels:
    """Return a part of the page with all words but those of the stretch painted over."""
    ours = {id(word) for word in stretch}
    x0, y0, x1, y1 = part
    piece = pixels[y0:y1, x0:x1].copy()

    def inside(word: OcrWord, above: float = 0.0, below: float = 0.0) -> tuple[slice, slice]:
        left, top, right, bottom = word.box
        high = bottom - top
        rows = slice(max(0, round(top - above * high) - y0), max(0, round(bottom + below * high) - y0))
        return rows, slice(max(0, round(left) - x0), max(0, round(right) - x0))

    for word in words:
        if id(word) not in ours and word.box[3] > y0 and word.box[1] < y1:
            piece[inside(word)] = 255
    for word in stretch:
        # Boxes are sometimes drawn without the marks over and under the letters.
        own = inside(word, _OVER, _UNDER)
        piece[own] = pixels[y0:y1, x0:x1][own]
    return piece
