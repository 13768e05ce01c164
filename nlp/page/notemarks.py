"""Marks of footnotes that a PDF's text glues to a day: "trước ngày 15/018" over note 8, "25/5/20221" over note 1.

They are told by the note at the foot of the page, or by marks in a row that no month can have ("15/018 … 30/59").
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise

from nlp.page.lines import Line

#: A day or month, and more digits than it can have.
_GLUED = re.compile(
    r"(?<![\d/])(?:(?:\d{1,2}/)?\d{1,2}/20\d\d(?P<long>\d{1,2})"
    r"|(?:0?[1-9]|[12]\d|3[01])/(?:0[1-9]|1[0-2])(?P<two>\d{1,2})|(?:0?[1-9]|[12]\d|3[01])/[1-9](?P<one>\d{1,2}))"
    r"(?![\d/%])"
)
#: How notes open at the foot of a page: "8 Phòng GDĐT …", "8,9 Các đơn vị …".
_NOTES = re.compile(r"(?P<marks>\d{1,2}(?:\s?,\s?\d{1,2})*)(?=\s|$|[^\W\d_])")


def without_note_marks(lines: list[Line]) -> list[Line]:
    """Return lines whose days have lost the marks of notes that stand at the foot of their page."""
    found: list[Line] = []
    row = _in_a_row(lines)
    for _, group in groupby(lines, key=lambda line: line.page):
        page = list(group)
        glued = [k for k, line in enumerate(page) if _GLUED.search(line.text)]
        for k, line in enumerate(page):
            found.append(_cut(line, _marks(page[k + 1 :]) | row) if k in glued else line)
    return found


def _in_a_row(lines: list[Line]) -> set[str]:
    """Return marks behind months that cannot be, each one more than the one before."""
    marks = [day["two"] or day["one"] for line in lines for day in _GLUED.finditer(line.text) if day["long"] is None]
    row = {mark for a, b in pairwise(marks) if int(b) == int(a) + 1 for mark in (a, b)}
    return row if len(marks) <= len(row) + 1 else set()


def _marks(below: list[Line]) -> set[str]:
    """Return the numbers that open lines below."""
    return {
        mark.strip()
        for line in below
        if (note := _NOTES.match(line.text)) is not None
        for mark in note["marks"].split(",")
    }


def _cut(line: Line, marks: set[str]) -> Line:
    text, parts = line.text, line.parts
    for day in reversed(list(_GLUED.finditer(line.text))):
        name = next(name for name in ("long", "two", "one") if day[name] is not None)
        month = f"{day.group()[day.start(name) - day.start() - 1]}{day['one']}" if name == "one" else ""
        if day[name] not in marks or (month.isdigit() and 1 <= int(month) <= 12):
            continue
        start, end = day.span(name)
        moved = [(a - (end - start), b) for a, b in parts if a >= end]
        inside = [(a, b) for a, b in parts if a < end]
        behind = [] if any(a == start for a, _ in moved) else [(start, _at(parts, end))]
        parts = (*(p for p in inside if p[0] < start), *behind, *moved)
        text = text[:start] + text[end:]
    return replace(line, text=text, parts=parts)


def _at(parts: tuple[tuple[int, int], ...], offset: int) -> int:
    a, b = [part for part in parts if part[0] <= offset][-1]
    return b + offset - a
