"""A second reading of the lines that the first left in doubt, by another model, and the better of both word by word.

The doubtful lines are cut out and set below each other on one small picture, so that a second pass costs one process
and only the time of those lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.errors import LimitError
from corpus.text import is_syllable
from ingest.ocr import OcrWord, SecondEngine
from ingest.pages import Pixels
from ingest.pixels import Cleaned

#: A line is read again when a word of it was read with less confidence than the first, or is no word and has less than
#: the second.
_DOUBT, _ODD_DOUBT = 0.65, 0.9

#: A word that is none counts so much, and the second reading must be better by so much.
_NO_WORD, _MARGIN = 0.55, 0.0

_EDGE = "\"'“”‘’«».,;:!?…()[]{}<>*/\\|-–—_=+#•·"
_NUMBER = re.compile(r"[\dIVXLC]+(?:[./,:-]\d+)*%?|\d+[a-zđ]|[a-zđA-ZĐ]\d{0,2}")
_CODE = re.compile(r"(?:\d+[/-])*(?:\d+/)?[A-ZĐƯÔ]{2,}(?:[-/&][A-ZĐƯÔ0-9]+)*(?:[-/]\d+)*")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_COMMON_SHORT = frozenset("tt stt gd đt th thcs thpt gdđt ubnd tp kt tl tm q vt".split())


@dataclass(frozen=True, slots=True)
class _Strip:
    """A line on the picture of doubtful lines: its place there and on the page (pixels)."""

    line: int
    top: int
    bottom: int
    shift_x: int
    shift_y: int


def read_again(page: Cleaned, words: list[OcrWord], engine: SecondEngine, seconds: float) -> list[OcrWord]:
    """Return ``words`` with those of doubtful lines replaced where the second reading is better.

    What was read before is kept where the second reading takes longer than ``seconds``.
    """
    doubtful = doubtful_lines(words)
    if not doubtful or seconds <= 0:
        return words
    picture, strips = _stacked(page, words, doubtful)
    try:
        read = engine.lines(picture, page.dpi, seconds)
    except LimitError:
        return words
    by_line: dict[int, list[OcrWord]] = {}
    for word in read:
        middle = (word.box[1] + word.box[3]) / 2
        strip = next((s for s in strips if s.top <= middle < s.bottom), None)
        if strip is not None:
            x0, y0, x1, y1 = word.box
            box = (x0 + strip.shift_x, y0 + strip.shift_y, x1 + strip.shift_x, y1 + strip.shift_y)
            by_line.setdefault(strip.line, []).append(replace(word, box=box, line=strip.line))
    out: list[OcrWord] = []
    done: set[int] = set()
    for word in words:
        if word.line not in by_line:
            out.append(word)
        elif word.line not in done:
            done.add(word.line)
            first = [other for other in words if other.line == word.line]
            out += better(first, by_line[word.line])
    return out


def doubtful_lines(words: Sequence[OcrWord]) -> set[int]:
    """Return the numbers of lines of which a word was read without confidence."""
    return {word.line for word in words if word.confidence < (_DOUBT if is_word(word.text) else _ODD_DOUBT)}


def better(first: Sequence[OcrWord], second: Sequence[OcrWord]) -> list[OcrWord]:
    """Return a line put together from two readings of it: where they part, the one that reads better.

    Words that lie over each other are compared together, since one reading may part what the other joins.
    """
    line: list[OcrWord] = []
    for ours, theirs in _clusters(first, second):
        if not theirs:
            # Only one saw something here: it stays when it is surely something.
            line += [word for word in ours if is_word(word.text) or word.confidence > _DOUBT]
        elif not ours:
            line += [word for word in theirs if is_word(word.text) and word.confidence > _DOUBT]
        elif worth(theirs) > worth(ours) + _MARGIN:
            line += theirs
        else:
            line += ours
    return line


def worth(words: Sequence[OcrWord]) -> float:
    """Return how well a stretch is read, 0..1: confidence of its words by length, less for what is no word."""
    letters = sum(len(word.text) for word in words)
    value = sum(len(w.text) * w.confidence * (1.0 if is_word(w.text) else _NO_WORD) for w in words)
    return value / letters if letters else 0.0


def is_word(text: str) -> bool:
    """Tell whether this can stand in a directive: a Vietnamese syllable, a number, a code, an address, a mark."""
    core = text.strip(_EDGE)
    if not core:
        return len(text) == 1
    if is_syllable(core.lower()):
        return core.islower() or core.isupper() or core.istitle()
    if _NUMBER.fullmatch(core) or _CODE.fullmatch(core) or _ADDRESS.fullmatch(core):
        return True
    parts = re.split(r"[-/&,;:]", core)
    return len(parts) > 1 and all(part.isdigit() or is_syllable(part.lower()) for part in parts if part)


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


def _stacked(page: Cleaned, words: Sequence[OcrWord], lines: set[int]) -> tuple[Pixels, list[_Strip]]:
    """Set the doubtful lines below each other, with room between, on one white picture."""
    boxes: dict[int, tuple[float, float, float, float]] = {}
    for word in words:
        if word.line in lines:
            x0, y0, x1, y1 = boxes.get(word.line, word.box)
            a0, b0, a1, b1 = word.box
            boxes[word.line] = (min(x0, a0), min(y0, b0), max(x1, a1), max(y1, b1))
    high, wide = page.pixels.shape[:2]
    around, gap = round(0.04 * page.dpi), round(0.1 * page.dpi)
    pieces: list[Pixels] = []
    strips: list[_Strip] = []
    at = gap
    for line, (left, top, right, bottom) in boxes.items():
        x0, x1 = max(0, int(left) - 2 * around), min(wide, int(right) + 2 * around)
        y0, y1 = max(0, int(top) - around), min(high, int(bottom) + around)
        pieces.append(page.pixels[y0:y1, x0:x1])
        strips.append(_Strip(line, at, at + y1 - y0, x0 - gap, y0 - at))
        at += y1 - y0 + gap
    picture = np.full((at, max(piece.shape[1] for piece in pieces) + 2 * gap), 255, np.uint8)
    for piece, strip in zip(pieces, strips, strict=True):
        picture[strip.top : strip.bottom, gap : gap + piece.shape[1]] = piece
    return picture, strips
