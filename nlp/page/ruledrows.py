"""Tables whose ruling the reader of the file saw: rows made of them, cell by cell, nothing guessed.

A page tells which words stand in which column of a ruled table, which of its lines are one row, and which cells go on
from row to row (``corpus.document.Word.column``, ``Block.cells``). A row becomes one line with its cells parted by
tabs, as in text files, so that all later rules read it as they read those. What a cell over several rows holds stands
in each of them; titles of two rows are joined; a head that the next page repeats goes, and a row that a page's end
cuts is one. Only tables with a column of times are taken, and no calendars whose cells hold lists (``months``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from corpus.document import BlockKind, Document, Stretch
from corpus.text import UPPER
from nlp.page.columns import Column, are_known, column_of, is_known_title, titles_in, with_months
from nlp.page.lines import Line, lines_of, piece
from nlp.page.months import is_calendar

#: A cell that begins so holds a list.
_BULLET = re.compile(r"[-–+•*]\s")
#: A cell's line that a hyphen ends within a name or a year: "GDNN- ⏎ GDTX", "2023- ⏎ 2024".
_HYPHEN = re.compile(r"(?<=\w)-$")
#: A head has no more rows; a table no more columns.
_HEAD_ROWS, _COLUMNS = 3, 14
#: What dirt and strokes leave beside a title.
_DIRT = " .,:;_'|"
_BEFORE_TITLE = re.compile(rf"(?<!\w)[.,:;_'|]+(?=[{UPPER}])")


@dataclass(slots=True)
class _Row:
    """A row of a ruled table: its cells, and by column the lines in them. ``page`` is the page that it begins on."""

    stretches: tuple[Stretch, ...]
    page: int
    lines: list[Line] = field(default_factory=list)
    cells: dict[int, list[Line]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return max(one.right for one in self.stretches)

    def text(self, column: int) -> str:
        """Return the words of a cell, "" for one without words."""
        return " ".join(line.text for line in self.cells.get(column, ()))


def lines_and_rows(document: Document) -> list[Line]:
    """Return the lines of ``document``, the rows of ruled tables of tasks each as one line."""
    lines = lines_of(document)
    if not any(block.cells for page in document.pages for block in page.blocks):
        return lines
    found: list[Line] = []
    last: list[str] = []
    for ruled, group in groupby(_with_blocks(document, lines), key=lambda pair: pair[1] is not None):
        pairs = list(group)
        rows = list(_rows(document, pairs)) if ruled else []
        if rows and not last and found and found[-1].page < rows[0].page:
            last = _titles_of_page_before(found[-1], rows[0].width)
            found = [*found[:-1], _titled(found[-1:], last)] if last else found
        made, titles = _as_lines(rows, last) if rows else ([], last)
        last = titles if made or not ruled else []
        found += made or [line for line, _ in pairs]
    return found


def _with_blocks(document: Document, lines: list[Line]) -> Iterator[tuple[Line, tuple[int, int] | None]]:
    """Yield every line with the page and the index of the row of a ruled table that it stands in, None outside."""
    starts = [[block.start for block in page.blocks] for page in document.pages]
    for line in lines:
        page = document.pages[line.page - 1]
        k = bisect_right(starts[line.page - 1], line.start - document.page_start(line.page)) - 1
        yield line, (line.page, k) if k >= 0 and page.blocks[k].cells else None


def _rows(document: Document, pairs: list[tuple[Line, tuple[int, int] | None]]) -> Iterator[_Row]:
    """Yield the rows that lines stand in."""
    for key, group in groupby(pairs, key=lambda pair: pair[1]):
        assert key is not None
        row = _Row(document.pages[key[0] - 1].blocks[key[1]].cells, key[0])
        for line, _ in group:
            row.lines.append(line)
            for column, words in _in_columns(document, line):
                row.cells.setdefault(column, []).append(words)
        yield row


def _in_columns(document: Document, line: Line) -> Iterator[tuple[int, Line]]:
    """Yield the parts of a line that stand in one cell each, with the column where that begins."""
    page, base = document.pages[line.page - 1], document.page_start(line.page)
    at = bisect_left(page.words, line.start - base, key=lambda word: word.start)
    end = bisect_left(page.words, line.end - base, key=lambda word: word.start)
    column = 0
    starts: list[tuple[int, int]] = []
    for word in page.words[at:end]:
        if word.column is not None and (not starts or word.column != column):
            column = word.column
            starts.append((_place(line, word.start + base), column))
    for k, (start, column) in enumerate(starts):
        stop = starts[k + 1][0] if k + 1 < len(starts) else len(line.text)
        if line.text[start:stop].strip():
            yield column, piece(line, start if k else 0, stop)


def _place(line: Line, offset: int) -> int:
    """Return where a character of the document stands in the text of a line."""
    k = bisect_right(line.parts, offset, key=lambda part: part[1]) - 1
    at, source = line.parts[max(0, k)]
    return max(0, min(at + offset - source, len(line.text)))


def _as_lines(rows: list[_Row], last: list[str]) -> tuple[list[Line], list[str]]:
    """Return the rows of a table as lines, and its titles; no lines where it is none of tasks.

    ``last`` are the titles of the table before, which goes on where it has as many columns and no head.
    """
    first = next((k for k, row in enumerate(rows) if len(row.stretches) > 1), len(rows))
    above, rows = rows[:first], rows[first:]
    if not rows:
        return [], []
    width, head = rows[0].width, _head_rows(rows)
    titles = [_title(rows[:head], column) for column in range(width)]
    goes_on = not _heads_tasks(titles) and len(last) == width and not above
    if goes_on:
        titles, head = last, 0
    if width > _COLUMNS or any(row.width != width for row in rows) or not _heads_tasks(titles):
        return [], []
    if is_calendar("\t".join(titles)) and any(map(_has_list, rows)):
        return [], []
    columns = [column_of(title) for title in titles]
    made = [line for row in above for line in row.lines]
    made += [_titled([line for row in rows[:head] for line in row.lines], titles)] if head else []
    made += [_line(row, width) for row in _whole_rows(rows[head:], titles, columns)]
    return made, titles


def _has_list(row: _Row) -> bool:
    return any(_BULLET.match(line.text) for cell in row.cells.values() for line in cell)


def _head_rows(rows: list[_Row]) -> int:
    """Return how many rows the head of a table has: more than one where its cells stand over several columns, rows."""
    count, many = 1, any(one.right - one.left > 1 for one in rows[0].stretches)
    while count < min(_HEAD_ROWS, len(rows) - 1) and (many or any(one.above for one in rows[count].stretches)):
        if any(c.isdigit() for column in rows[count].cells for c in rows[count].text(column)):
            break
        many = any(one.right - one.left > 1 for one in rows[count].stretches)
        count += 1
    return count


def _title(head: list[_Row], column: int) -> str:
    """Return the title of a column: what stands right over it, with what stands over that where it is not known."""
    told: list[str] = []
    for row in head:
        over = next((one for one in row.stretches if one.left <= column < one.right), None)
        if over is not None and not over.above and (text := row.text(over.left)):
            told.append(text)
    return told[-1] if told and is_known_title(told[-1]) else " ".join(told)


def _heads_tasks(titles: list[str]) -> bool:
    """Tell whether titles are those of a table with times: one of them a time, half of them known, none empty."""
    columns = with_months([column_of(title) for title in titles], f"{titles[0]} ")
    return len(titles) > 1 and all(titles) and Column.DUE in columns and are_known(titles)


def _whole_rows(rows: list[_Row], titles: list[str], columns: list[Column]) -> Iterator[_Row]:
    """Yield rows whose cells are whole: those over several rows in each of them, those that a page cut joined."""
    before: _Row | None = None
    for row in rows:
        if [row.text(k) for k in range(row.width)] == titles:
            continue  # the head, again on a new page
        if before is not None and row.page > before.page and _is_rest(row, columns):
            for column, lines in row.cells.items():
                before.cells.setdefault(column, []).extend(lines)
            before.lines += row.lines
            continue
        for one in row.stretches:
            if one.above and before is not None and one.left in before.cells and columns[one.left] is not Column.NUMBER:
                row.cells.setdefault(one.left, before.cells[one.left])
        if before is not None:
            yield before
        before = row
    if before is not None:
        yield before


def _is_rest(row: _Row, columns: list[Column]) -> bool:
    """Tell whether the first row of a page goes on with the last one of the page before: it has no number of its own,
    and a cell goes on in the middle or it has no time."""
    if Column.NUMBER not in columns or row.text(columns.index(Column.NUMBER)):
        return False
    small = any(row.text(k)[:1].islower() for k in row.cells)
    return small or not any(row.text(k) for k, column in enumerate(columns) if column is Column.DUE)


def _titles_of_page_before(line: Line, width: int) -> list[str]:
    """Return the titles of a table whose head stands alone on the last line of the page before, where one row is no
    table to who reads pictures; none where the line is no head of so many columns."""
    parted = [title.strip(_DIRT) for title in line.text.split("|")]
    for titles in ([title for title in parted if title], titles_in(_BEFORE_TITLE.sub("", line.text))):
        if len(titles) == width and _heads_tasks(titles):
            return titles
    return []


def _titled(lines: list[Line], titles: list[str]) -> Line:
    """Return lines that are the head of a table as one, its ``titles`` parted by tabs."""
    text = "\t".join(titles)
    return replace(lines[0], end=max(line.end for line in lines), text=text, parts=((0, lines[0].start),), gap=True)


def _line(row: _Row, width: int) -> Line:
    """Return a row as one line, its cells parted by tabs."""
    text: list[str] = []
    parts: list[tuple[int, int]] = []
    at = 0
    for column in range(width):
        cell = row.cells.get(column, [])
        words = ["\t"] if column else []
        for k, line in enumerate(cell):
            if k and not _HYPHEN.search(cell[k - 1].text):
                words.append(" ")
            start = at + sum(map(len, words))
            parts += [(start + a, b) for a, b in line.parts]
            words.append(line.text)
        words += [] if cell else [" "]
        text += words
        at += sum(map(len, words))
    start, end = min(line.start for line in row.lines), max(line.end for line in row.lines)
    return replace(
        row.lines[0], start=start, end=end, text="".join(text), parts=tuple(parts), gap=True, hint=BlockKind.TABLE
    )
