"""Footnote marks on pictures: small raised numbers at the end of words, tied to the notes at the foot of the page.

An OCR that reads a line as a whole takes them for exclamation and quotation marks or passes over them. Here they are
found by where they stand: small, above the baseline with nothing under them, at the end of a word or at the beginning
of a note. What is found is read on its own, enlarged, as digits only; a number counts where the notes of the page have
it, too. In the text a mark follows its word without a blank, as on digital pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LimitError
from corpus.text import is_syllable
from ingest.ocr import DigitEngine, OcrWord
from ingest.pages import Pixels
from ingest.pixels import Cleaned, as_bytes

_Box = tuple[float, float, float, float]

#: Lines of notes are lower than this share of the usual line, and stand below this share of the page.
_NOTE_HEIGHT, _NOTE_FROM = 0.92, 0.45

#: Height of a mark, and how high its foot stands above the baseline, both in heights of small letters of its line.
_MARK_HIGH, _MARK_RAISED = (0.65, 1.3), (0.35, 1.25)

#: Parts of one mark (12) are no further apart, and a mark from its word (heights of small letters).
_NEAR, _BESIDE = 0.5, 0.7

#: More marks than this on a page are none.
_MOST = 24

#: Height in pixels at which marks are read, and the room between them.
_TALL, _GAP = 26, 40

#: What an OCR makes of a mark, and what may follow one.
_TAIL = re.compile(r"(?P<sign>[^\w\s;,.:)\]]?)(?P<rest>[;,.:)\]]*)$")
_SIGN = re.compile(r"[^\W\d][!*¹²³]$")
_ONLY_MARK = re.compile(r"[^\w\s]{0,2}[0-9¹²³Il]{0,2}[^\w\s]{0,2}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of words with its baseline and the height of its small letters (pixels)."""

    words: list[OcrWord]
    base: float
    letter: float


@dataclass(frozen=True, slots=True)
class _Mark:
    """A raised mark: its box, the word that it follows (None at the beginning of a note) and its line."""

    box: _Box
    line: _Line
    word: OcrWord | None


def with_note_marks(page: Cleaned, words: list[OcrWord], engine: DigitEngine, seconds: float) -> list[OcrWord]:
    """Return ``words`` with the marks of footnotes as they are printed; pages without footnotes stay as they are."""
    if seconds <= 0 or not words:
        return words
    body, notes = _parts(words, page.pixels.shape[0])
    if not notes:
        return words
    stats = _components(page.pixels)
    ours = [mark for line in _lines(body, stats) for mark in _after_words(line, stats)]
    theirs = [mark for line in _lines(notes, stats) if (mark := _before(line, stats)) is not None]
    if not ours or not theirs or len(ours) + len(theirs) > _MOST:
        return words
    try:
        read = _read(page, [*ours, *theirs], engine, seconds)
    except LimitError:
        return words
    # A lone figure is easily passed over; at the beginning of a note the page as a whole may have read it.
    at_notes = [
        _as_read(mark) if number is None else number for mark, number in zip(theirs, read[len(ours) :], strict=True)
    ]
    numbers = _agreed(read[: len(ours)], at_notes, [_for_mark(mark) for mark in ours])
    return _written(words, [(mark, number) for mark, number in zip([*ours, *theirs], numbers, strict=True) if number])


def _parts(words: Sequence[OcrWord], height: int) -> tuple[list[list[OcrWord]], list[list[OcrWord]]]:
    """Return the lines of the body and those of the notes: small type at the foot of the page."""
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    ordered = sorted(lines.values(), key=lambda line: median(word.box[3] for word in line))
    heights = [median(word.box[3] - word.box[1] for word in line) for line in ordered]
    start = len(ordered)
    usual = median(heights)
    while (
        start > 1 and heights[start - 1] < _NOTE_HEIGHT * usual and ordered[start - 1][0].box[1] > _NOTE_FROM * height
    ):
        start -= 1
    return ordered[:start], ordered[start:]


def _components(pixels: Pixels) -> NDArray[np.int32]:
    """Return left, top, right and bottom of all pieces of ink."""
    import cv2

    _, ink = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(as_bytes(ink))
    left, top, wide, high, area = np.asarray(stats[1:], np.int32).T
    return np.asarray(np.stack([left, top, left + wide, top + high], axis=1)[area >= 6], np.int32)


def _lines(lines: Sequence[list[OcrWord]], stats: NDArray[np.int32]) -> list[_Line]:
    """Return lines of one size with their measures; those with too little on them are left out."""
    found: list[tuple[list[OcrWord], float]] = []
    heights: list[int] = []
    for line in lines:
        words = sorted(line, key=lambda word: word.box[0])
        top, bottom = min(w.box[1] for w in words), max(w.box[3] for w in words)
        middle = (stats[:, 1] + stats[:, 3]) / 2
        inside = stats[(middle > top) & (middle < bottom) & (stats[:, 0] >= words[0].box[0] - 3)]
        inside = inside[inside[:, 2] <= words[-1].box[2] + 3]
        letters = inside[inside[:, 3] - inside[:, 1] > 0.28 * (bottom - top)]
        if len(letters) >= 6:
            base = float(np.median(letters[:, 3]))
            found.append((words, base))
            standing = letters[np.abs(letters[:, 3] - base) <= 0.08 * (bottom - top)]
            heights += (standing[:, 3] - standing[:, 1]).tolist()
    if not heights:
        return []
    # Letters without marks and ascenders are the commonest by far.
    letter = float(np.convolve(np.bincount(heights), np.ones(3), mode="same").argmax())
    return [_Line(words, base, letter) for words, base in found]


def _raised(line: _Line, stats: NDArray[np.int32]) -> list[_Box]:
    """Return what stands raised in a line with nothing under it, parts of one mark together."""
    first, last = line.words[0].box[0] - 1.5 * line.letter, line.words[-1].box[2] + 1.5 * line.letter
    high, foot = stats[:, 3] - stats[:, 1], line.base - stats[:, 3]
    chosen = (high >= _MARK_HIGH[0] * line.letter) & (high <= _MARK_HIGH[1] * line.letter)
    chosen = chosen & (foot >= _MARK_RAISED[0] * line.letter) & (foot <= _MARK_RAISED[1] * line.letter)
    chosen = chosen & (stats[:, 2] - stats[:, 0] <= line.letter) & (stats[:, 0] > first) & (stats[:, 2] < last)
    near = stats[(stats[:, 3] > line.base - 0.5 * line.letter) & (stats[:, 1] < line.base)]
    found: list[_Box] = []
    for x0, y0, x1, y1 in sorted(map(tuple, stats[chosen].tolist())):
        shared = np.minimum(near[:, 2], x1) - np.maximum(near[:, 0], x0)
        if bool(((shared > 0.25 * (x1 - x0)) & (near[:, 3] > y1 + 1)).any()):
            continue  # the tone mark of the letter under it
        if found and x0 - found[-1][2] < _NEAR * line.letter:
            box = found.pop()
            x0, y0, y1 = box[0], min(box[1], y0), max(box[3], y1)
        found.append((x0, y0, x1, y1))
    return found


def _after_words(line: _Line, stats: NDArray[np.int32]) -> list[_Mark]:
    """Return the marks that follow a word of a line."""
    found: list[_Mark] = []
    for box in _raised(line, stats):
        middle = (box[0] + box[2]) / 2
        before = [word for word in line.words if word.box[0] < box[0] - 0.3 * line.letter and _letters(word.text)]
        if not before or "%" in (word := max(before, key=lambda word: word.box[0])).text:
            continue
        standing = stats[(stats[:, 3] > line.base - 0.2 * line.letter) & (stats[:, 1] < line.base - 0.5 * line.letter)]
        standing = standing[standing[:, 2] <= box[0] + 2]
        standing = standing[standing[:, 0] >= word.box[0] - 2]
        if not len(standing) or box[0] - standing[:, 2].max() > _BESIDE * line.letter:
            continue
        # Letters after it in the same word: it is a quotation mark or a degree, not the mark of a note.
        after = stats[(stats[:, 0] >= box[2] - 1) & (stats[:, 0] < middle + 1.2 * line.letter)]
        after = after[(after[:, 3] > line.base - 0.3 * line.letter) & (after[:, 1] < line.base)]
        if bool((after[:, 3] - after[:, 1] > 0.95 * line.letter).any()) and not _ends(word, box):
            continue
        found.append(_Mark(box, line, word))
    return found


def _letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _ends(word: OcrWord, box: _Box) -> bool:
    return word.box[2] < box[2] + 0.5 * (box[2] - box[0])


def _before(line: _Line, stats: NDArray[np.int32]) -> _Mark | None:
    """Return the mark at the beginning of a line of a note."""
    first = line.words[0].box[0]
    marks = [box for box in _raised(line, stats) if abs(box[0] - first) < 1.6 * line.letter]
    standing = stats[(np.abs(stats[:, 3] - line.base) < 0.3 * line.letter) & (stats[:, 0] > first - 2 * line.letter)]
    if not marks or not len(standing) or marks[0][2] > standing[:, 0].min() + line.letter:
        return None
    return _Mark(marks[0], line, None)


def _read(page: Cleaned, marks: Sequence[_Mark], engine: DigitEngine, seconds: float) -> list[int | None]:
    """Return the number of every mark, None where it is none: all of them side by side, enlarged to one height."""
    import cv2

    pieces: list[Pixels] = []
    for mark in marks:
        x0, y0, x1, y1 = (round(v) for v in mark.box)
        piece = page.pixels[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2]
        zoom = _TALL / (y1 - y0)
        pieces.append(as_bytes(cv2.resize(piece, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)))
    wide = sum(piece.shape[1] + _GAP for piece in pieces) + _GAP
    paper = int(np.median([np.percentile(piece, 90) for piece in pieces]))
    picture = np.full((max(piece.shape[0] for piece in pieces) + 2 * _GAP, wide), paper, np.uint8)
    middles: list[float] = []
    at = _GAP
    for piece in pieces:
        picture[_GAP : _GAP + piece.shape[0], at : at + piece.shape[1]] = piece
        middles.append(at + piece.shape[1] / 2)
        at += piece.shape[1] + _GAP
    digits = [1 if piece.shape[1] < piece.shape[0] else 2 for piece in pieces]
    texts = [""] * len(marks)
    for word in engine.digits(picture, 200.0, seconds):
        # Marks that stand apart may still come as one word.
        inside = [k for k, middle in enumerate(middles) if word.box[0] <= middle <= word.box[2]]
        if len(word.text) != sum(digits[k] for k in inside):
            continue
        text = iter(word.text)
        for k in inside:
            texts[k] += "".join(next(text) for _ in range(digits[k]))
    return [int(text) if text.isdecimal() and 0 < int(text) < 100 else None for text in texts]


def _as_read(mark: _Mark) -> int | None:
    text = mark.line.words[0].text
    return int(text) if text.isdecimal() and len(text) <= 2 else None


def _for_mark(mark: _Mark) -> bool:
    """Tell whether the word before a mark was read with a sign for it that stands in no directive."""
    return mark.word is not None and _SIGN.search(mark.word.text) is not None


def _agreed(ours: Sequence[int | None], theirs: Sequence[int | None], signs: Sequence[bool] = ()) -> list[int | None]:
    """Return the numbers of the marks in the body, then of those at the notes, None where they are not certain.

    Notes count up by one. Where they do, and the body has as many marks, one misread number follows from the others;
    one that could not be read counts where ``signs`` says that the page's reading has a sign in its place.
    """
    firsts = [number - k for k, number in enumerate(theirs) if number is not None]
    first = max(set(firsts), key=firsts.count) if firsts else None
    if first is None or first < 1 or firsts.count(first) * 2 < len(theirs):
        return [None] * (len(ours) + len(theirs))
    notes = [first + k for k in range(len(theirs))]
    if len(ours) == len(notes):
        same = sum(number == note for number, note in zip(ours, notes, strict=True))
        same += sum(number is None and sign for number, sign in zip(ours, signs, strict=False))
        if same * 2 >= len(notes):
            return [*notes, *notes]
    last, body = 0, list[int | None]()
    for number in ours:
        good = number is not None and number in notes and number >= last
        body.append(number if good else None)
        last = number if good and number is not None else last
    return [*body, *notes]


def _written(words: list[OcrWord], marks: Sequence[tuple[_Mark, int]]) -> list[OcrWord]:
    """Return the words with the numbers of the marks in them."""
    out = {id(word): [word] for word in words}
    for mark, number in marks:
        over = [word for word in mark.line.words if _over(word, mark.box) and word is not mark.word]
        if mark.word is None:
            _begin(out, mark, number, over)
            continue
        rest = ""
        for word in over:
            if _ONLY_MARK.fullmatch(word.text):
                tail = _TAIL.search(word.text)
                rest = tail["rest"] if tail else ""
                out[id(word)] = []
        (word,) = out[id(mark.word)] or [mark.word]
        covers = mark.word.box[2] > (mark.box[0] + mark.box[2]) / 2
        out[id(mark.word)] = [_noted(word, number, rest, covers=covers, right=mark.box[2])]
    return [one for word in words for one in out[id(word)]]


def _over(word: OcrWord, box: _Box) -> bool:
    return word.box[0] < (box[0] + box[2]) / 2 < word.box[2]


def _noted(word: OcrWord, number: int, rest: str, *, covers: bool, right: float) -> OcrWord:
    """Return a word with the number of its note; ``covers``: something was read for the mark, and ends the word."""
    found = _TAIL.search(word.text)
    assert found is not None, "an empty tail is one"
    base, sign, tail = word.text[: found.start()], found["sign"], found["rest"] + rest
    syllables = (core for core in (base + sign, base, base[:-1], base[:-2]) if is_syllable(core.lower()))
    if not covers:
        base += sign
    elif (syllable := next(syllables, None)) is not None:
        base = syllable
    elif not sign:
        base = base.removesuffix(str(number))
    x0, y0, x1, y1 = word.box
    return replace(word, text=f"{base}{number}{tail}", box=(x0, y0, max(x1, right), y1)) if base else word


def _begin(out: dict[int, list[OcrWord]], mark: _Mark, number: int, over: Sequence[OcrWord]) -> None:
    """Put the number of a note before its first word."""
    x0, y0, x1, y1 = mark.box
    alone = OcrWord(str(number), (x0, y0, x1, y1), 0.9, mark.line.words[0].line)
    first = over[0] if over else mark.line.words[0]
    if over and _ONLY_MARK.fullmatch(first.text):
        out[id(first)] = [replace(first, text=str(number))]
        return
    text = first.text.lstrip("!?*°'\"”“’‘^`¹²³0123456789.") if over else first.text
    left = max(first.box[0], x1 + 1) if over else first.box[0]
    kept = [replace(first, text=text, box=(left, *first.box[1:]))] if text else []
    out[id(first)] = [alone, *kept]
