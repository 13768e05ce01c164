"""Figures of days that an OCR read as letters: "ngày 09 tháng II năm 2018", "15 tháng l1 năm 2018", "28/I0/2018".

A month is told in figures (Nghị định 30/2020/NĐ-CP, Annex I): "tháng II" is no Roman one. A colon within a list of
units was a semicolon: "Trường tiểu học, THCS, THPT: TT GDNN-GDTX". Lines keep their length.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.page.lines import Line
from nlp.words.folding import folded, pattern

_FIGURES = str.maketrans({"I": "1", "l": "1", "|": "1", "O": "0", "o": "0", "'": " ", "’": " "})
#: The figures of a month before its year, a stop or the line's end, over folded text; letters are told as written.
_MONTH = pattern(
    r"(?<!\w)thang (?P<figures>[il1|]{2}|[il|][o02]|1o)(?P<mark>['’]?)(?=\s?nam (?:19|20)\d\d|[/-](?:19|20)\d\d)"
)
_DAY = pattern(r"(?<![\w/])(?P<day>[0-3il|o]?[\dil|o])/(?P<month>[01il|o]?[\dil|o])(?=/20\d\d(?!\d))")
#: A month whose figures a converter parted: "30/1 1/2018".
_PARTED = pattern(r"(?<![\w/])[0-3]?\d/1(?P<gap> )[012](?=/20\d\d(?!\d))")
_LAST_DAY, _LAST_MONTH = 31, 12
#: Levels of schools behind a comma, and centres behind a colon.
_UNITS = re.compile(
    r"(?P<before>,\s(?:THCS|THPT|PTDTNT|tiểu học|mầm non)):(?=\s(?:TT|[Tt]rung tâm|các trung tâm)(?:\sG|$))"
)


def with_figures(lines: list[Line]) -> list[Line]:
    """Return lines whose days have figures where letters were read, whose lists of units no colon cuts."""
    return [_listed(_figured(line)) for line in lines]


def _listed(line: Line) -> Line:
    text = _UNITS.sub(r"\g<before>;", line.text) if ":" in line.text else line.text
    return line if text == line.text else replace(line, text=text)


def _figured(line: Line) -> Line:
    text, fold = line.text, folded(line.text)
    if "thang " not in fold and "/20" not in fold:
        return line
    for month in _MONTH.finditer(fold):
        start, end = month.start("figures"), month.end("mark")
        text = text[:start] + text[start:end].translate(_FIGURES) + text[end:]
    for parted in _PARTED.finditer(fold):  # the blank goes behind the month
        gap = parted.start("gap")
        text = f"{text[:gap]}{text[gap + 1]} {text[gap + 2 :]}"
    for day in _DAY.finditer(fold):
        figures = text[slice(*day.span())].translate(_FIGURES)
        first, _, second = figures.partition("/")
        if figures.replace("/", "").isdigit() and 1 <= int(first) <= _LAST_DAY and 1 <= int(second) <= _LAST_MONTH:
            text = text[: day.start()] + figures + text[day.end() :]
    return line if text == line.text else replace(line, text=text)
