"""The own number (số) of a letterhead, typed or written by hand: a second look where its reading is unsure.

A pen fills the gap of a form ("Số: … /SGDĐT-VP"), and what Tesseract makes of the writing is rarely the number. Its
confidence tells so where the digits stand alone. Where they touch the symbol, an unusual symbol alone makes the whole
word unsure; there the digits are read once more by themselves: those of print come out the same, those of a pen do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus.errors import LimitError
from ingest.ocr import DigitEngine, OcrWord
from ingest.pages import Pixels
from ingest.pixels import Cleaned

#: So far down a page its own number stands at most, as a share of the height.
_TOP = 0.4
#: A word read with less confidence is looked at again; one whose digits are confirmed has this much, else that.
_UNSURE, CONFIRMED, DENIED = 0.82, 0.82, 0.6
_LABEL = re.compile(r"\W{0,2}[Ss$][^\W\d_]{0,2}\s?[:.;]")
_NUMBER = re.compile(r"(?:[Ss$][^\W\d_]{0,2}[:.;])?(?P<digits>\d{1,5})/[A-ZĐ]{2}")
#: Room around the digits that are cut out, in their heights.
_ROOM = 0.6


def with_confirmed_number(page: Cleaned, words: list[OcrWord], engine: DigitEngine, seconds: float) -> list[OcrWord]:
    """Return the words with a confidence of ``CONFIRMED`` for an own number whose digits are read twice alike, of
    ``DENIED`` at most for one whose digits are not."""
    at = _unsure_number(words, _TOP * page.pixels.shape[0])
    if at is None or seconds <= 0:
        return words
    word = words[at]
    match = _NUMBER.match(word.text)
    assert match is not None
    try:
        read = engine.digits(_cut(page, word, match.start("digits"), match.end("digits")), page.dpi, seconds)
    except LimitError:
        return words
    digits = "".join(found.text for found in read)
    # A part of the stroke behind them may be read as one more.
    alike = digits.startswith(match["digits"]) and len(digits) <= len(match["digits"]) + 1
    sure = CONFIRMED if alike else min(word.confidence, DENIED)
    return [*words[:at], replace(word, confidence=sure), *words[at + 1 :]]


def _unsure_number(words: Sequence[OcrWord], lowest: float) -> int | None:
    """Return the index of the own number, digits and symbol in one word, if it was read without confidence."""
    line, lead = -1, ""
    for at, word in enumerate(words):
        line, lead = (line, lead) if word.line == line else (word.line, "")
        lead += f" {word.text}"
        if word.box[3] < lowest and _LABEL.match(lead.strip()) and _NUMBER.match(word.text):
            return at if word.confidence < _UNSURE else None
    return None


def _cut(page: Cleaned, word: OcrWord, start: int, end: int) -> Pixels:
    """Return the picture of the letters ``start:end`` of a word, by their share of its width, with room around."""
    left, top, right, bottom = word.box
    wide, room = (right - left) / len(word.text), round(_ROOM * (bottom - top))
    x0, x1 = int(left + wide * (start - 0.2)), int(left + wide * (end + 0.2))
    part = page.pixels[max(0, int(top) - 4) : int(bottom) + 4, max(0, x0) : x1]
    return np.pad(part, room, constant_values=255)
