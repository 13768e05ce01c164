"""Columns of a table that are kinds of units, each with its own time: "Kỳ báo cáo | Trường THPT | PGDĐT"."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.facts import Actor, SchoolLevel
from corpus.text import UPPER
from nlp.naming.actors import Group, group_at, level_group, unit_at
from nlp.naming.levelnames import level_at, levels_in
from nlp.words.folding import folded, pattern

_CAPITAL = re.compile(rf"(?<!\S)[{UPPER}]")
#: What joins units to those before them in the same title.
_CHAINED = pattern(r"(?:,|/|-|(?<!\w)va)\s?$")
_NUMBER = re.compile(r"\W{0,3}(?:STT|Stt|TT|Số TT)\W{1,3}")
_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])")
#: Times side by side to a line's end, each of one day: "23/9/2022 28/9/2022", "Trước 13/01/2023 Trước ngày 17/01".
_TIMES = re.compile(
    r"(?:\s(?:(?:Trước|Đến|Hết|Chậm nhất|trước|đến|hết)\s)?(?:(?:[Nn]gày)\s)?"
    r"\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])){2,6}\.?$"
)
#: Centres that a title only calls so: "Nội dung Phòng GDĐT Trường THPT Trung tâm".
_CENTRES = re.compile(r"(?:Các )?(?:Trung tâm|TT)(?=\s*(?:\||\t|$|[A-ZĐ]))")
#: What marks a cell, and how long a title is that is but a level.
_MARK = re.compile(r"[xX✓✔√+v]?")
_TITLE = 24
#: A head holds no more characters; it has no digits and no mark of a sentence.
_HEAD = 100
_SENTENCE = re.compile(r"\d|[.:;]|,$")


def unit_columns(head: str) -> list[str]:
    """Return the titles of a head that are units, to where the next begins, in order."""
    fold = folded(head)
    starts, end = list[int](), 0
    for match in _CAPITAL.finditer(head):
        at = match.start()
        if at < end:
            continue
        unit = unit_at(head, fold, at)
        level = level_at(head, fold, at) if unit is None else None
        stop = unit[0] if unit is not None else level
        centres = _CENTRES.match(head, at) if starts and stop is None else None
        stop = centres.end() if centres is not None else stop
        if stop is None:
            continue
        end = stop
        if not starts or _CHAINED.search(fold, starts[-1], at) is None:
            starts.append(at)
    return [head[a:b].rstrip(" |\t") for a, b in pairwise([*starts, len(head)])]


def units_of(title: str) -> Group | None:
    """Return the units of a title; schools may stand there by their level."""
    fold = folded(title)
    if _CENTRES.fullmatch(title) is not None:
        return Group(0, len(title), (str(Actor.TRUNG_TAM_GDTX),), (str(SchoolLevel.GDTX),))
    return group_at(title, fold, 0) or level_group(title, fold, 0)


def marked_levels(head: str, row: str) -> set[str]:
    """Return the levels whose column a row marks, cells parted by tabs or strokes: "x" under "TT | Nội dung | MN"."""
    titles, cells = _cells(head), _cells(row)
    cells += [""] * (len(titles) - len(cells) == 1 and row.rstrip().endswith("|"))
    if len(titles) != len(cells):
        return set()
    said = [levels_in(title) if len(title) <= _TITLE else set[str]() for title in titles]
    columns = [k for k, levels in enumerate(said) if levels]
    if len(columns) < 2 or any(_MARK.fullmatch(cells[k]) is None for k in columns):
        return set()
    return {level for k in columns if cells[k] for level in said[k]}


def _cells(line: str) -> list[str]:
    """Return the cells between the tabs or the strokes of a line, a stroke at its ends left out."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") and text.count("|") > 1 else text
    return [cell.strip() for cell in text.split("|")]


def heads_times(head: str, after: str) -> bool:
    """Tell whether a line ends with titles that are units, over a row that ends with a time for each of them.

    "TT Loại báo cáo Trường THPT PGDĐT" over "1 Kế hoạch kiểm tra 23/9/2022 28/9/2022".
    """
    times = _TIMES.search(after)
    if times is None or len(head) > _HEAD or _SENTENCE.search(head) or not head[:1].isupper():
        return False
    number = _NUMBER.match(head)
    titles = unit_columns(head)
    if len(titles) < 2 or len(titles) != len(_DAY.findall(times.group())):
        return False
    first = head.index(titles[0])
    return first > (number.end() if number else 0) and all(_is_whole(title) for title in titles)


def ends_with_times(line: str) -> bool:
    """Tell whether a line ends with times side by side."""
    return _TIMES.search(line) is not None


def _is_whole(title: str) -> bool:
    """Tell whether a title is units and nothing else."""
    group = units_of(title)
    return group is not None and not title[group.end :].strip(" ,()")
