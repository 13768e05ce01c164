"""Columns of a table that are kinds of units, each with its own time: "Kỳ báo cáo | Trường THPT | PGDĐT"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from corpus.facts import Actor, SchoolLevel
from corpus.text import UPPER
from nlp.naming.actors import Group, group_at, level_group, unit_at
from nlp.naming.levelnames import CLASSES, ORDER, level_at, levels_in
from nlp.page.columns import Column, titles_of
from nlp.words.folding import folded, pattern

_CAPITAL = re.compile(rf"(?<!\S)[{UPPER}]")
#: What joins units to those before them in the same title.
_CHAINED = pattern(r"(?:,|/|-|(?<!\w)va)\s?$")
_NUMBER = re.compile(r"\W{0,3}(?:STT|Stt|TT|Số TT)\W{1,3}")
#: A time of one day or of two that it lies between: "23/9/2022", "xong trước 19/12", "từ 18/12 đến 22/12/2023",
#: "14h00, 03/02/2026".
_TIME = re.compile(
    r"\s(?:[Xx]ong\s)?(?:(?:Trước|Đến|Hết|Chậm nhất|Từ|trước|đến|hết|từ)\s)?(?:\d{1,2}h\d{0,2},?\s)?(?:[Nn]gày\s)?"
    r"\d{1,2}/\d{1,2}(?:/\d{4})?(?:\s(?:đến|-|–)\s(?:hết\s)?(?:ngày\s)?\d{1,2}/\d{1,2}(?:/\d{4})?)?(?![\d/])"
)
#: Times side by side to a line's end: "23/9/2022 28/9/2022", "Trước 13/01/2023 Trước ngày 17/01".
_TIMES = re.compile(rf"(?:{_TIME.pattern}){{2,6}}\.?$")
#: A title that tells its units in a bracket: "Khối THCS (UBND xã, phường)", "Trực thuộc (các trường THPT)".
_BRACKETED = re.compile(
    rf"(?<!\S)(?P<name>(?:(?:Khối|Bảng|Cấp|Bậc|Hệ|Nhóm)\s)?[{UPPER}][^\s()|]{{1,12}}(?:,?\s[^\W\d_{UPPER}][^\s()|]{{0,9}}){{0,3}})\s"
    r"\((?P<units>[^()|]{2,70})\)"
)
#: Centres that a title only calls so: "Nội dung Phòng GDĐT Trường THPT Trung tâm".
_CENTRES = re.compile(r"(?:Các )?(?:Trung tâm|TT)(?=\s*(?:\||\t|$|[A-ZĐ]))")
#: What may stand behind a title's units: "UBND xã (bậc MN, TH, THCS)".
_ASIDE = re.compile(r"[ ,()]*(?:\([^()]*\))?[ ,]*")
#: Communes that a title only calls so: "Bảng THCS (xã, phường)".
_COMMUNES = pattern(r"(?:cac )?xa(?:, phuong(?:, (?:thi tran|dac khu))?)?")
#: What marks a cell, and how long a title is that is but a level.
_MARK = re.compile(r"[xX✓✔√+v]?")
_TITLE = 24
#: The rest of a title in the next line is no longer than this.
_TITLE_REST = 24
#: A head holds no more characters; it has no digits and no mark of a sentence.
_HEAD = 100
_SENTENCE = re.compile(r"\d|[.:;]|,$")


def unit_columns(head: str) -> list[str]:
    """Return the titles of a head that are units, to where the next begins, in order."""
    fold = folded(head)
    starts, end = list[int](), 0
    told = {m.start(): m.end() for m in _BRACKETED.finditer(head) if units_of(m.group()) is not None}
    for match in _CAPITAL.finditer(head):
        at = match.start()
        if at < end:
            continue
        if at in told:
            starts, end = [*starts, at], told[at]
            continue
        unit = unit_at(head, fold, at)
        level = level_at(head, fold, at) if unit is None else None
        classes = CLASSES.match(fold, at) if unit is None and level is None else None
        stop = unit[0] if unit is not None else classes.end() if classes is not None else level
        centres = _CENTRES.match(head, at) if starts and stop is None else None
        stop = centres.end() if centres is not None else stop
        if stop is None:
            continue
        end = stop
        if not starts or _CHAINED.search(fold, starts[-1], at) is None:
            starts.append(at)
    return [head[a:b].rstrip(" |\t") for a, b in pairwise([*starts, len(head)])]


def columns_of_units(head: str) -> list[str]:
    """Return the titles of a head whose columns are units with a time each; none where a column of times is titled."""
    titles = unit_columns(head)
    return titles if len(titles) > 1 and Column.DUE not in titles_of(head) else []


def units_of(title: str) -> Group | None:
    """Return the units of a title; schools may stand there by their level, or all in a bracket behind a name."""
    fold = folded(title)
    bracketed = _BRACKETED.fullmatch(title)
    if bracketed is not None:
        named = group_at(title, fold, 0)
        units = None if named is not None else units_of(bracketed["units"])
        if units is not None and units.end == len(bracketed["units"]):
            return replace(
                units, start=0, end=len(title), levels=units.levels or _levels(bracketed["name"]), bare=False
            )
    if _COMMUNES.fullmatch(fold) is not None:
        return Group(0, len(title), (str(Actor.UBND_XA),), ())
    if _CENTRES.fullmatch(title) is not None:
        return Group(0, len(title), (str(Actor.TRUNG_TAM_GDTX),), (str(SchoolLevel.GDTX),))
    return group_at(title, fold, 0) or level_group(title, fold, 0)


def _levels(name: str) -> tuple[str, ...]:
    """Return the levels that a title names, in school order."""
    said = levels_in(name)
    return tuple(level for level in ORDER if level in said)


def open_head(line: str) -> bool:
    """Tell whether a line ends within a bracket, as a head does that goes on: "… Khối THPT (trường"."""
    return line.count("(") == line.count(")") + 1


def is_rest_of_head(line: str, before: str) -> bool:
    """Tell whether a line goes on with the titles above it: a small letter, or the rest of a bracket that is open."""
    small = line[:1].islower() and len(line) < _TITLE_REST
    return small or (open_head(before) and line.endswith(")") and len(line) < 2 * _TITLE_REST)


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
    bare = CLASSES.sub(" ", folded(head))  # "Công việc Lớp 5 Lớp 9"
    if times is None or len(head) > _HEAD or _SENTENCE.search(bare) or not head[:1].isupper():
        return False
    number = _NUMBER.match(head)
    titles = unit_columns(head)
    if len(titles) < 2 or len(titles) != len(_TIME.findall(times.group())):
        return False
    first = head.index(titles[0])
    return first > (number.end() if number else 0) and all(_is_whole(title) for title in titles)


def ends_with_times(line: str) -> bool:
    """Tell whether a line ends with times side by side."""
    return _TIMES.search(line) is not None


def times_at_end(line: str) -> int | None:
    """Return where the times begin that a line ends with, None where it ends with none side by side."""
    times = _TIMES.search(line)
    return times.start() if times is not None else None


def _is_whole(title: str) -> bool:
    """Tell whether a title is units and nothing else."""
    group = units_of(title)
    return group is not None and _ASIDE.fullmatch(title, group.end) is not None
