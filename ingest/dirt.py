"""Dirt on a page that an OCR took for signs or letters: told by how surely it was read, and by how small it is.

What is too small for the sign it was read as is a speck, however sure Tesseract is: of 300 pages of scans no letter or
digit was lower than 0.39 of its line (the marks of notes), and no dash narrower than 0.28.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ingest.grid import Table
from ingest.ocr import OcrWord

#: Marks read with less confidence than this, without a letter or digit in them, are dirt on the page.
_DIRT_CONFIDENCE = 0.5
#: A speck read as letters or digits has at most so many, and at most this share of its line's height.
_SPECK_LETTERS, _SPECK_HEIGHT = 2, 0.5
#: What is neither wider nor taller than this share of its line is a speck, whatever it was read as; a stop is as small,
#: but stands no further from its word than the second.
_DOT, _BESIDE = 0.22, 0.5
_STOPS, _LEADERS = frozenset(".,"), frozenset(".…·")
#: Bullets that are no more than a dot, at the beginning of a line.
_BULLETS = frozenset("·•∙")
#: A letter or two alone on their line that were read with less confidence are no words.
_SCRAP_CONFIDENCE = 0.6
#: What may stand alone in the cell of a table.
_CELL_MARKS = ("-", "–", "+", "x", "*")


def without_dirt(words: Sequence[OcrWord], tables: Sequence[Table] = ()) -> list[OcrWord]:
    """Return the words without what is specks: marks read unsurely or alone on their line, what is too small for any
    sign, specks read as a letter, a scrap of writing alone on its line outside of ``tables`` (in the words' unit)."""
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    dirt: set[int] = set()
    for line in lines.values():
        dirt |= _dirt_of(line)
        if len(line) == 1 and _is_scrap(line[0], tables):
            dirt.add(id(line[0]))
    return [word for word in words if id(word) not in dirt]


def _dirt_of(line: Sequence[OcrWord]) -> set[int]:
    """Return the ids of the words of a line that are none."""
    written = [word for word in line if _is_written(word)]
    middle = median((w.box[1] + w.box[3]) / 2 for w in line)
    height = median(w.box[3] - w.box[1] for w in written or line)
    found: set[int] = set()
    before: OcrWord | None = None
    for word in line:
        if _is_written(word):
            is_dirt = _is_speck(word, middle, height) or _is_dot(word, height)
        else:
            lost = word.confidence < _DIRT_CONFIDENCE or (not written and word.text not in _CELL_MARKS)
            is_dirt = lost or (bool(written) and _is_dot(word, height) and not _may_be_dot(word, before, height))
        if is_dirt:
            found.add(id(word))
        else:
            before = word
    return found


def _is_scrap(word: OcrWord, tables: Sequence[Table]) -> bool:
    """Tell whether a word alone on its line is a scrap of a pen or a fold: a letter or two, read unsurely."""
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    few = len(word.text) <= _SPECK_LETTERS and word.text.isalpha() and word.text.islower()
    inside = any(t.box.x0 <= x <= t.box.x1 and t.box.y0 <= y <= t.box.y1 for t in tables)
    return few and word.confidence < _SCRAP_CONFIDENCE and not inside


def _is_written(word: OcrWord) -> bool:
    return any(char.isalnum() for char in word.text)


def _is_speck(word: OcrWord, middle: float, height: float) -> bool:
    """Tell whether a letter or digit read unsurely is half as tall as its line or less, and stands low in it.

    A raised one may be the mark of a footnote.
    """
    low = (word.box[1] + word.box[3]) / 2 > middle
    small = word.box[3] - word.box[1] < _SPECK_HEIGHT * height
    return low and small and len(word.text) <= _SPECK_LETTERS and word.confidence < _DIRT_CONFIDENCE


def _is_dot(word: OcrWord, height: float) -> bool:
    """Tell whether a word is no larger than a dot."""
    left, top, right, bottom = word.box
    return max(right - left, bottom - top) <= _DOT * height


def _may_be_dot(word: OcrWord, before: OcrWord | None, height: float) -> bool:
    """Tell whether what is no larger than a dot may be one: a stop beside its word, dots that lead somewhere, a
    bullet."""
    if word.text[:1] in _BULLETS and before is None:
        return True
    if before is None or not set(word.text) <= _STOPS | _LEADERS:
        return False
    return word.box[0] - before.box[2] <= _BESIDE * height or set(before.text) <= _LEADERS
