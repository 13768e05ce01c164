"""Own numbers that a pen may have written."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.ocr import OcrWord
from ingest.ownnumber import CONFIRMED, with_confirmed_number
from ingest.pages import Pixels
from ingest.pixels import Cleaned

PAGE = Cleaned(np.full((1000, 800), 255, np.uint8), 200.0, np.eye(3))


class Digits:
    """An engine that reads the same digits wherever it looks, and counts how often it does."""

    def __init__(self, read: str) -> None:
        self.read, self.looks = read, 0

    def digits(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        self.looks += 1
        return [OcrWord(self.read, (0, 0, 9, 9), 0.0, 0)] if self.read else []


def line(text: str, sure: float, top: float = 100.0) -> list[OcrWord]:
    words, x = [], 50.0
    for word in text.split():
        words.append(OcrWord(word, (x, top, x + 10 * len(word), top + 20), sure, 7))
        x += 10 * len(word) + 6
    return words


@pytest.mark.parametrize(
    ("text", "read", "sure"),
    [
        ("Số: 1043/QĐ-SGDĐT", "1043", CONFIRMED),
        ("Số: 1043/QĐ-SGDĐT", "10431", CONFIRMED),
        ("Số:207/PGDĐT", "207", CONFIRMED),
        ("Số:52/GM-SGDĐT", "2", 0.6),
        ("Số:52/GM-SGDĐT", "", 0.6),
        ("Số: 12/KH-SGDĐT", "1288", 0.6),
        ("Số: 420 /SGDĐT-VP", "420", 0.6),
        ("Căn cứ 12/KH-UBND", "12", 0.6),
    ],
)
def test_digits_that_are_read_twice_alike_are_sure(text: str, read: str, sure: float) -> None:
    words = line(text, 0.6)
    got = with_confirmed_number(PAGE, words, Digits(read), 9.0)
    assert [w.text for w in got] == [w.text for w in words]
    assert max(w.confidence for w in got) == sure


def test_a_sure_number_costs_no_second_look() -> None:
    engine = Digits("1")
    for words in (line("Số: 412/SGDĐT-VP", 0.9), line("Số: 412/SGDĐT-VP", 0.3, top=900.0)):
        assert with_confirmed_number(PAGE, words, engine, 9.0) == words
    assert engine.looks == 0
