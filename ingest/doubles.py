"""Words that Tesseract read twice: two text lines that lie over each other both hold the words of one of them.

Where a heading on the left stands a little higher than what stands beside it ("Nơi nhận:" beside "KT. GIÁM ĐỐC"), the
line that is found for both may reach into the one below, whose words are then in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ingest.ocr import OcrWord

#: Two boxes are of one word when the smaller one lies in the other by so much of its area.
_SAME = 0.5
#: Marks around a word, which one of two readings may have left out.
_EDGES = " .,;:()-"


def once(words: Sequence[OcrWord]) -> list[OcrWord]:
    """Return the words without those that stand twice; the one on the line whose words lie level stays."""
    lines: dict[int, list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    slope = {line: _unevenness(row) for line, row in lines.items()}
    spelled: dict[str, list[OcrWord]] = {}
    gone: set[int] = set()
    for word in words:
        key = word.text.strip(_EDGES) or word.text
        for other in spelled.setdefault(key, []):
            if other.line != word.line and _overlap(word, other) > _SAME:
                gone.add(id(word if slope[word.line] > slope[other.line] else other))
        spelled[key].append(word)
    return [word for word in words if id(word) not in gone] if gone else list(words)


def _unevenness(row: Sequence[OcrWord]) -> float:
    """Return by how much the words of a line stand above and below each other, on the whole."""
    level = median(_middle(word) for word in row)
    return sum(abs(_middle(word) - level) for word in row) / len(row)


def _middle(word: OcrWord) -> float:
    return (word.box[1] + word.box[3]) / 2


def _overlap(one: OcrWord, other: OcrWord) -> float:
    """Return how much of the smaller box lies in the larger one."""
    wide = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    high = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    least = min((w.box[2] - w.box[0]) * (w.box[3] - w.box[1]) for w in (one, other))
    return wide * high / least if wide > 0 and high > 0 and least > 0 else 0.0
