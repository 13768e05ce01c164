"""Rows of a text table that begin with those who act: "Phòng Giáo dục | Kiểm tra … | Tháng 12/2023 ⏎ Trung học"."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.page.columns import Column, Row, titles_of
from nlp.page.lines import Line
from nlp.page.wordcells import DAY, LINES, NUMBER, WIDE, CutLine, Place, Tries, is_same, joined_cells, without_times

#: A line of a cell of units has so many words at most.
_WORDS = 6


def row_from_units(head: str, lines: list[Line]) -> Row | None:
    """Return the cells of a row under "Phòng | Nhiệm vụ | Hoàn thành", None where they cannot be told.

    The words that open its lines and make a chain of units together are those of the first column.
    """
    columns = titles_of(head)
    told = [c for c in columns if c is not Column.NUMBER]
    if told != [Column.UNIT, Column.TASK, Column.DUE] or len(lines) > LINES or any(len(x.text) > WIDE for x in lines):
        return None
    number = NUMBER.match(lines[0].text) if columns[0] is Column.NUMBER else None
    parted = without_times(lines, number.end() if number else 0, Place.LAST, between=False)
    if parted is None:
        return None
    cuts, units = max(_partings(parted, 0, "", Tries()), key=lambda found: len(found[1]), default=((), ""))
    spans: dict[Column, list[tuple[Line, int, int]]] = {c: [] for c in (Column.TASK, Column.UNIT, Column.DUE)}
    for line, cut in zip(parted, cuts, strict=False):
        of_cells = (Column.UNIT, line.words[:cut]), (Column.TASK, line.words[cut:]), (Column.DUE, line.time)
        for column, words in of_cells:
            if words:
                spans[column].append((line.line, words[0][0], words[-1][1]))
    task = " ".join(line.text[a:b] for line, a, b in spans[Column.TASK])
    if not units or not task or DAY.search(task) is not None:
        return None  # a task with a day of its own is read as a sentence
    first = [(Column.NUMBER, [(lines[0], number.start(), number.end())])] if number is not None else []
    return joined_cells([*first, *((c, pieces) for c, pieces in spans.items() if pieces)])


def _partings(lines: list[CutLine], k: int, units: str, tries: Tries) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield how many words of every line, from its start, are a chain of units together, and that chain."""
    if k == len(lines) or tries.left <= 0:
        if k == len(lines) and tries.whole(units):
            yield (), units
        return
    line, whole = lines[k], bool(units) and tries.whole(units)
    for cut in range(0 if k else 1, min(len(line.words), _WORDS) + 1):
        words = f"{units} {line.text(0, cut)}".strip()
        if k == 0 and not line.text(cut, cut + 1)[:1].isupper():
            continue  # the task's cell begins with a capital
        if cut and whole and not is_same(units, words):
            continue
        yield from (((cut, *rest), found) for rest, found in _partings(lines, k + 1, words, tries))
