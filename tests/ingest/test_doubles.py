"""Words that stand in two lines of an OCR, since one line reaches into the other, are kept once."""

from __future__ import annotations

from ingest.doubles import once
from ingest.ocr import OcrWord


def row(line: int, top: float, *words: tuple[float, str]) -> list[OcrWord]:
    return [OcrWord(text, (x, top, x + 9 * len(text), top + 11), 0.95, line) for x, text in words]


def texts(words: list[OcrWord]) -> list[str]:
    by_line: dict[int, list[OcrWord]] = {}
    for word in words:
        by_line.setdefault(word.line, []).append(word)
    return [" ".join(w.text for w in sorted(line, key=lambda w: w.box[0])) for line in by_line.values()]


def test_a_line_that_reaches_into_the_one_below() -> None:
    below = ((90.0, "Như"), (124.0, "trên"), (166.0, "(để"), (200.0, "biết);"))
    words = [
        *row(1, 100, (80, "Nơi"), (112, "nhận:"), (400, "KT.GIÁM"), (470, "ĐỐC")),
        *row(1, 114, *below[:3], (200.0, "biết)")),
        *row(2, 113, *below),
        *row(3, 128, (90, "Lưu:"), (130, "VT.")),
    ]
    assert texts(once(words)) == ["Nơi nhận: KT.GIÁM ĐỐC", "Như trên (để biết);", "Lưu: VT."]


def test_words_that_stand_under_each_other_or_beside_are_no_doubles() -> None:
    words = [
        *row(1, 100, (80, "các"), (120, "trường"), (180, "các"), (220, "trường")),
        *row(2, 113, (80, "các"), (120, "trường"), (180, "các"), (220, "trường")),
        *row(2, 113, (226, "trường")),
    ]
    assert once(words) == words
    assert once([]) == []
