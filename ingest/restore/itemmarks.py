"""Marks of items that a bad OCR misread, told by their neighbours: numbers that count up, letters of points in order.

"- 2. Các trường …" and "--—s-3. Giao Sở …" where item 1 (2) stands before, "4, Các cơ sở …" after item 3, "TT) Bộ …"
between b) and d). What a ruling or the edge of a sheet leaves before the number goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.layout30 import POINTS
from ingest.restore.decoder import Found

_ITEM = re.compile(r"[ \t]*(?P<number>\d{1,2})\. ?(?=[^\W\d_])")
#: The same with dirt before it or a comma behind it; strokes of tables are no dirt.
_DIRTY = re.compile(
    r"(?P<dirt>[ \t]*(?:(?:[^\w\s|()/]|_){1,4}[ \t]*[a-z]?[^\w\s|()/]{0,2}|[a-z])[ \t]*)?"
    r"(?P<number>(?<![\w/])\d{1,2})(?P<stop>[.,]) ?(?=[^\W\d_]{2})"
)
_POINT = re.compile(r"[ \t]*(?P<mark>[^\W\d_])[.)][ \t]")
#: Letters, signs and digits that are no point's letter, before a bracket and a sentence that begins.
_LOST = re.compile(r"[ \t]*(?P<mark>[^\s()/|]{1,3})\)[ \t]+(?=[^\W\d_])")
_STRAY = re.compile(r"[ \t]*(?P<mark>[a-z])\)[ \t]+(?=[^\W\d_]{2})")
#: So many letters may be lost between the points of a list.
_NEXT = 3
#: What the edge of a sheet leaves before a line that goes on with the one above: a consonant or a sign and a blank.
_EDGE = re.compile(r"[ \t]*(?:(?P<letter>[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z])|(?P<sign>[—|:;.,'’‘`°¥§~^]))[ \t]+(?=\S)")
#: How a line ends whose number or day goes on in the next: "… Thông tư số", "… số 37/2021/TT-".
_CUT = re.compile(r"(?:(?<!\w)s[o6óố0ôéd]|\d/[A-ZĐ&]{2,8}-|(?<!\w)ng[aà]y)$", re.IGNORECASE)
_CODE = re.compile(r"\d{1,5}/|[A-ZĐ]{2,}")
#: A line of prose has more characters.
_FULL = 55
_SURE = 0.85


def item_marks(lines: Sequence[str]) -> Iterator[Found]:
    """Yield the marks of items that are to be read otherwise; what an OCR read as letters of points, too."""
    yield from _numbers(lines)
    yield from _strays(lines)
    yield from _edges(lines)
    yield from _points(lines)


def _numbers(lines: Sequence[str]) -> Iterator[Found]:
    last = 0
    for number, line in enumerate(lines):
        if (item := _ITEM.match(line)) is not None:
            last = int(item["number"])
            continue
        read = _DIRTY.match(line)
        if read is None or not last or int(read["number"]) != last + 1 or not line[read.end()].isupper():
            continue
        dirt, stop = read["dirt"], read["stop"]
        if dirt:
            yield Found(number, 0, read.start("number"), "", _SURE, (dirt,), "speck")
        if stop != ".":
            yield Found(number, *read.span("stop"), ".", _SURE, (stop,), "mark")
        last += 1


def _strays(lines: Sequence[str]) -> Iterator[Found]:
    """Yield what is left of a word at the edge of a sheet and looks like the letter of a point inside a sentence."""
    last = ""
    for number, line in enumerate(lines):
        mark = _STRAY.match(line)
        before = lines[number - 1].rstrip() if number else ""
        if mark is not None and before and before[-1] not in ".;:" and line[mark.end()].islower():
            follows = mark["mark"] == "a" or _counts_on(last, mark["mark"])
            if not follows:
                yield Found(number, 0, mark.end(), "", _SURE, (mark.group().strip(),), "speck")
                continue
        if (point := _POINT.match(line)) is not None:
            last = point["mark"]


def _edges(lines: Sequence[str]) -> Iterator[Found]:
    """Yield what the edge of a sheet left before a line in the middle of a sentence: "… số 37/2021/TT- ⏎ j BGDĐT"."""
    for number, line in enumerate(lines):
        before = lines[number - 1].rstrip() if number else ""
        edge = _EDGE.match(line) if before and before[-1] not in ".;:!?/|" else None
        if edge is None or "|" in before or "|" in line[edge.end() :]:
            continue
        cut = _CUT.search(before) is not None and _CODE.match(line, edge.end()) is not None
        goes_on = edge["sign"] is not None and line[edge.end()].islower() and len(before) > _FULL
        if cut or goes_on:
            yield Found(number, 0, edge.end(), "", _SURE, (edge.group().strip(),), "speck")


def _counts_on(last: str, mark: str) -> bool:
    """Tell whether a letter of a point is one of the next three behind another: "m" does not follow "b"."""
    first, second = (one.translate(_D) for one in (last, mark))
    if first not in _ORDER or second not in _ORDER:
        return False
    return 0 < _ORDER.index(second) - _ORDER.index(first) <= _NEXT


def _points(lines: Sequence[str]) -> Iterator[Found]:
    """Yield the letter of a point that is none, where the points before and behind leave one letter."""
    marks = [(k, m) for k, line in enumerate(lines) if (m := _POINT.match(line) or _LOST.match(line)) is not None]
    for (_, before), (number, mark), (_, behind) in zip(marks, marks[1:], marks[2:], strict=False):
        read = mark["mark"]
        if len(read) == 1 or not lines[number][mark.end()].isupper():
            continue
        first, third = before["mark"].translate(_D), behind["mark"].translate(_D)
        if first in _ORDER and third in _ORDER and _ORDER.index(third) - _ORDER.index(first) == 2:
            letter = _ORDER[_ORDER.index(first) + 1]
            yield Found(number, *mark.span("mark"), letter, _SURE, (read,), "mark")


#: The order of points as an English OCR tells them: d and đ look alike.
_D = str.maketrans("đ", "d")
_ORDER = tuple(dict.fromkeys(letter for letter in POINTS if letter != "đ"))
