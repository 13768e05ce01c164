"""The second reading of doubtful lines, with engines of known behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from corpus.errors import LimitError
from ingest.ocr import OcrWord
from ingest.pages import Pixels
from ingest.pixels import Cleaned
from ingest.plausible import is_word
from ingest.second import better, read_again


def word(text: str, x: float, confidence: float, line: int = 0, y: float = 100) -> OcrWord:
    return OcrWord(text, (x, y, x + 10 * len(text), y + 20), confidence, line)


@dataclass
class Second:
    """Reads the same words from every picture of lines, and keeps the pictures."""

    read: list[OcrWord]
    seen: list[Pixels] = field(default_factory=list)

    def lines(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        self.seen.append(pixels)
        return self.read


PAGE = Cleaned(np.full((1000, 800), 255, np.uint8), 200, np.eye(3))
SURE = [word("các", 100, 0.97), word("trường", 140, 0.96)]
#: So much that is sure that one doubt does not put the whole page in doubt.
REST = [word("học", 100 + 50 * k, 0.97, 50 + line, 500 + 40 * line) for line in range(4) for k in range(10)]


def test_lines_read_surely_are_not_read_again() -> None:
    engine = Second([])
    assert read_again(PAGE, SURE, engine, 10) == SURE and engine.seen == []


def test_only_the_doubtful_line_is_shown_and_its_words_come_back_in_place() -> None:
    pixels = PAGE.pixels.copy()
    pixels[100:120, 100:200] = 0
    pixels[300:320, 100:130] = 0
    words = [*SURE, word("nhà", 100, 0.3, 1, 300), word("trường", 140, 0.97, 1, 300), *REST]
    engine = Second([])
    assert read_again(Cleaned(pixels, 200, np.eye(3)), words, engine, 10) == words
    (shown,) = engine.seen
    assert shown.shape[0] < 100 and int((shown == 0).sum()) == 20 * 30
    rows, columns = np.nonzero(shown == 0)
    top, left = float(rows.min()), float(columns.min())
    engine.read = [OcrWord("nhả", (left, top, left + 30, top + 20), 0.9, 7)]
    again = read_again(Cleaned(pixels, 200, np.eye(3)), words, engine, 10)
    assert [w.text for w in again] == ["các", "trường", "nhả", "trường", *["học"] * 40]
    assert again[2].box == (100, 300, 130, 320) and again[2].line == 1


def test_columns_on_one_line_are_shown_one_by_one() -> None:
    words = [word("-Nhưtrên", 100, 0.0), word("PHÓ", 500, 0.93), word("GIÁM", 540, 0.93)]
    engine = Second([])
    read_again(PAGE, [*words, *REST], engine, 10)
    assert engine.seen[0].shape[0] < 100 and engine.seen[0].shape[1] < 200, "the surely read column is not shown"


def test_where_much_is_in_doubt_all_lines_are_read_again() -> None:
    engine = Second([])
    read_again(PAGE, [*SURE, *(word("nhà", 100, 0.3, 9 + k, 300 + 40 * k) for k in range(4)), *REST], engine, 10)
    assert engine.seen[0].shape[0] > 9 * 40


def test_what_was_read_is_kept_when_time_is_up() -> None:
    class Slow(Second):
        def lines(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
            raise LimitError("lâu quá")

    doubtful = [word("nhà", 100, 0.2)]
    assert read_again(PAGE, doubtful, Slow([]), 10) == doubtful
    assert read_again(PAGE, doubtful, Second([word("nhả", 0, 0.9)]), 0.0) == doubtful


def texts(first: list[OcrWord], second: list[OcrWord]) -> list[str]:
    return [w.text for w in better(first, second)]


def test_the_surer_word_is_taken() -> None:
    assert texts([word("bấp", 100, 0.8)], [word("bếp", 100, 0.95)]) == ["bếp"]
    assert texts([word("bếp", 100, 0.95)], [word("bấp", 100, 0.8)]) == ["bếp"]


def test_what_is_no_word_gives_way() -> None:
    joined, parted = [word("nêutại", 100, 0.9)], [word("nêu", 100, 0.85), word("tại", 135, 0.85)]
    assert texts(joined, parted) == ["nêu", "tại"] == texts(parted, joined)


def test_numbers_change_only_for_a_surer_one() -> None:
    assert texts([word("31,", 100, 0.93)], [word("37,", 100, 0.94)]) == ["31,"]
    assert texts([word("31,", 100, 0.5)], [word("37,", 100, 0.94)]) == ["37,"]


def test_dirt_that_only_one_saw_goes_and_words_stay() -> None:
    assert texts([word("ỹ#2", 50, 0.2), word("nhà", 100, 0.9)], [word("nhà", 100, 0.9)]) == ["nhà"]
    assert texts([word("số", 50, 0.5), word("nhà", 100, 0.9)], [word("nhà", 100, 0.9)]) == ["số", "nhà"]


@pytest.mark.parametrize(
    "text",
    [
        "trường",
        "Trường",
        "TRƯỜNG",
        "15/9/2023",
        "26/2019/TT-BGDĐT",
        "UBND",
        "p/h",
        "kỳ3;",
        "pgd@phulam.edu.vn",
        "a)",
        "II.",
    ],
)
def test_what_stands_in_directives_is_a_word(text: str) -> None:
    assert is_word(text)


@pytest.mark.parametrize("text", ["Nhưtrên", "TrƯờng", "cttt(@x", "¬¬..`)", "g3x#"])
def test_what_does_not_is_none(text: str) -> None:
    assert not is_word(text)
