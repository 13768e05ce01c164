"""Calendars of a plan: a table whose first column is of months or weeks, each over the list of what is done in it.

"Tháng | Nội dung công việc | Người thực hiện" over "9/2022 | - Khai giảng … - Hội nghị viên chức … | BGH": every item
of the list is a row of its own, and the month stands in each. Such rows are told line by line, by their bullets; where
tabs, strokes or places part the cells, ``nlp.page.cells`` reads them, else only the month and the task are told.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.text import UPPER
from nlp.page.columns import JOINT, Cell, Column, Row, column_of, titles_of
from nlp.page.lines import Joined, Line, join, piece
from nlp.page.marks import is_upper
from nlp.page.wordcells import Tries
from nlp.words.folding import folded, pattern

#: A first title of months, of weeks, or of times: "Tháng/năm", "Tuần", "THỜI GIAN".
_FIRST_TITLE = pattern(
    r"\W{0,3}(?:(?P<months>thang)|(?P<weeks>tuan)|thoi (?:gian|diem))(?:\s?[/,-]\s?(?:nam(?: hoc)?|tuan|thang|ngay)?"
    r"| nam)?(?=\s|\t|\|)(?!\s?\d)"
)
#: The cell of a month or week at the head of a row; a number alone is one only where marks part the cells.
_M = r"(?:0?[1-9]|1[0-2])"
_MONTH = pattern(
    rf"\W{{0,2}}(?P<month>(?:thang {_M}(?!\d)(?:\s?(?:[,+&-]|va)\s?{_M}(?!\d))?(?:\s?[/.-]\s?20\d\d| nam 20\d\d)?"
    rf"|(?:{_M}\s?[,+&-]\s?)?{_M}\s?[/.-]\s?20\d\d)(?![/\d])|{_M}\s?[+&]\s?{_M}/(?=\s)|tuan (?:thu )?\d{{1,2}}(?!\d))"
)
_BARE_MONTH = pattern(rf"{_M}$")
_BULLET = re.compile(r"[-–+•*]\s{0,2}(?=[^\W\d_]|[“\"(])")
#: Bullets within a cell whose lines were joined: "… (05/9). - Hội nghị viên chức"; dashes of names stand in between.
_BULLETS = re.compile(rf"(?:(?<=^)|(?<=[.;:!)…] )|(?<=[^\W\d_] ))[-–+•]\s?(?=[{UPPER}])")
_SECTION = re.compile(rf"(?:PHẦN|Phần|MỤC|PHỤ LỤC|Phụ lục)\s|[IVXL]{{1,6}}[.)/-]\s{{0,2}}(?=[{UPPER}“\"])|Điều\s\d")
_UNDER = pattern(
    r"\W{0,3}(?:tren day la|ghi chu\W{0,3}:|luu y\W{0,3}:|noi nhan|yeu cau (?:thu truong|cac)|\(kem theo)"
    r"|\W{0,3}(?:can cu|nhan duoc) (?:ke hoach|cong van) nay"
)
_LABEL = re.compile(rf"(?:\d{{1,2}}|[a-zđ])[.)]\s{{0,2}}(?=[{UPPER}])")
#: Lines of a head behind its first, and rows of one month, are no more than so many.
_HEAD_LINES, _REST = 2, 32
#: A sentence without a bullet in a table of tabs is so long at least, in characters.
_SENTENCE = 70
#: The cell at the end of a line of words that nothing parts: "- Kiểm tra nội bộ. Phòng GDĐT".
_LAST_CELL = re.compile(rf"(?<=[.;)]) (?=[{UPPER}])")
_LITERAL = "tháng "


def is_calendar(head: str) -> bool:
    """Tell whether titles are those of a calendar: months, weeks or times first, and what is done then."""
    first = _FIRST_TITLE.match(folded(head))
    return first is not None and len(head) <= 160 and not head.rstrip().endswith((".", ";", ":")) and _tells(head)


def _tells(head: str) -> bool:
    """Tell whether one of the titles is of what is done, and no other than the first of a time; but weeks may have
    their days in a column of their own."""
    first = _FIRST_TITLE.match(folded(head))
    parted = "\t" in head or "|" in head
    rest = [column_of(title) for title in re.split(r"[\t|]", head)[1:]] if parted else titles_of(head)[1:]
    days = Column.DUE in rest and not (parted and first is not None and first["weeks"])
    return Column.TASK in rest and not days and not any(c.isdigit() for c in head)


def has_lists(rows: list[list[Line]]) -> bool:
    """Tell whether lists stand in the rows of a calendar whose cells nothing parts."""
    return any(_BULLET.match(row[0].text) or _BULLETS.search(row[0].text) for row in rows)


def opens_calendar(line: Line, below: list[Line]) -> bool:
    """Tell whether a line is the head of a calendar; ``below`` are some lines under it."""
    parted = "\t" in line.text or "|" in line.text
    if not is_calendar(line.text) or not (parted or has_lists([[later] for later in below])):
        return False
    months = _FIRST_TITLE.match(line.fold)
    for k, later in enumerate(below[: _HEAD_LINES + 1]):
        if _month_at(later, bare=months is not None and months["months"] is not None):
            return True
        if k >= _HEAD_LINES or "\t" in later.text or len(later.text) > _REST:
            return False
    return False


def titles_under_month(line: Line, before: list[Line]) -> bool:
    """Tell whether a line is the titles of a month's own table: "Nội dung | Người thực hiện" under "Tháng 9/2026"."""
    cells = [cell for cell in re.split(r"[\t|]", line.text) if cell.strip()]
    known = [column_of(cell) for cell in cells]
    tasks = len(cells) > 1 and known.count(Column.TASK) == 1 and Column.DUE not in known
    plain = not any(c.isdigit() or c in ".;" for c in line.text)
    return tasks and plain and len(before) == 1 and is_month_alone(before[0])


def _month_at(line: Line, *, bare: bool) -> bool:
    """Tell whether a line begins with the cell of a month or week, or ``bare`` with its number between marks."""
    if _MONTH.match(line.fold) is not None:
        return True
    cell = re.split(r"[\t|]", line.text.lstrip("| "))[0].strip()
    return bare and cell != line.text and _BARE_MONTH.match(cell) is not None


def begins_with_month(cell: str) -> bool:
    """Tell whether the first cell of a row is that of its month or week."""
    fold = folded(cell.strip())
    return _MONTH.match(fold) is not None or _BARE_MONTH.match(fold) is not None


class Months:
    """The rows of a calendar, fed line by line; the same questions as ``nlp.page.rows.Rows`` answers.

    ``under_month``: it is the table of one month, whose title stands above its head.
    """

    def __init__(self, head: Line, after: frozenset[str] = frozenset(), *, under_month: bool = False) -> None:
        self._after, self._under_month = after, under_month
        first = _FIRST_TITLE.match(head.fold)
        self._bare = first is not None and first["months"] is not None
        self._parted = "\t" in head.text or "|" in head.text

    def end_before(self, line: Line, row: list[Line]) -> bool:
        """Tell whether the table is over before ``line``; ``row`` are the lines of the row above it."""
        if self._under_month and is_month_alone(line):
            return True
        if "\t" in line.text or "|" in line.text[:2] or _month_at(line, bare=False):
            return False
        if _UNDER.match(line.fold) or _SECTION.match(line.text):
            return True
        if is_upper(line.text) and sum(map(str.isalpha, line.text)) > 14:
            return True
        label = _LABEL.match(line.text)
        if label is not None and row and (self._parted or label.group().rstrip() in self._after):
            return True
        return self._parted and _BULLET.match(line.text) is None and len(line.text) >= _SENTENCE

    def begins(self, line: Line, row: list[Line]) -> bool:
        """Tell whether a row begins with ``line``; ``row`` are the lines of the one above, empty under the head."""
        if not row or "\t" in line.text or _month_at(line, bare=False):
            return True
        if len(row) == 1 and is_month_alone(row[0]):
            return False
        return _BULLET.match(line.text) is not None


def is_month_alone(line: Line) -> bool:
    """Tell whether a line is but a month or week: "Tháng 9/2026", "TUẦN 2:"."""
    month = _MONTH.match(line.fold)
    return month is not None and month.end() >= len(line.fold.rstrip(" :.|"))


def rows_by_lines(rows: list[list[Line]]) -> list[Row | None]:
    """Return the rows of a calendar whose cells nothing parts: the month, and what stands behind it."""
    found: list[Row | None] = []
    for row in rows:
        month = _MONTH.match(row[0].fold)
        if month is None:
            found.append(_of_words(row, None))
            continue
        rest = piece(row[0], month.end(), len(row[0].text)) if row[0].text[month.end() :].strip(" :.") else None
        due = join([piece(row[0], month.start("month"), month.end())])
        task = [*([rest] if rest is not None else []), *row[1:]]
        found.append(_of_words(task, due) if task else None)
    return found


def _of_words(lines: list[Line], due: Joined | None) -> Row:
    """Return a row of words that nothing parts, with the units that stand as a cell at its end."""
    words = join(lines)
    cut = next((m.end() for m in _LAST_CELL.finditer(words.text) if Tries().whole(words.text[m.end() :])), None)
    cells = [(Column.TASK, part_of(words, 0, cut if cut is not None else len(words.text)))]
    if cut is not None:
        cells.append((Column.UNIT, part_of(words, cut, len(words.text))))
    if due is not None:
        cells.append((Column.DUE, due))
    return composed(cells)


def part_of(joined: Joined, start: int, end: int) -> Joined:
    """Return ``joined.text[start:end]`` without blanks at its ends, with its way back."""
    text = joined.text[start:end]
    start += len(text) - len(text.lstrip())
    bare = text.strip()
    inner = [(a - start, b) for a, b in joined.parts if start < a < start + len(bare)]
    return Joined(bare, ((0, joined.at(start)), *inner))


def composed(cells: list[tuple[Column, Joined]]) -> Row:
    """Return a row of cells, in this order, joined."""
    text, parts, places = "", list[tuple[int, int]](), list[Cell]()
    for column, cell in cells:
        text += JOINT if text else ""
        parts += [(len(text) + a, b) for a, b in cell.parts]
        places.append(Cell(column, len(text), len(text) + len(cell.text)))
        text += cell.text
    return Row(Joined(text, tuple(parts)), tuple(places))


def with_months(
    rows: list[Row | None], groups: list[list[Line]], head: str, due: Joined | None = None
) -> list[Row | None]:
    """Give every row of a calendar the month above it, the first ones ``due``; a list in one cell becomes rows of its
    own.

    Where no row's cells could be told they get those that their words tell; a row without cells went to another.
    """
    bare = (first := _FIRST_TITLE.match(folded(head))) is not None and first["months"] is not None
    found: list[Row | None] = []
    for one, lines in zip(rows if any(rows) else rows_by_lines(groups), groups, strict=True):
        if len(lines) == 1 and is_month_alone(lines[0]):
            due = join(lines)
            found.append(None)
            continue
        if one is None or not one.cells:
            found.append(None)
            continue
        cells = [(c.column, part_of(one.joined, c.start, c.end)) for c in one.cells if c.end > c.start]
        own = next((cell for column, cell in cells if column is Column.DUE and cell.text), None)
        due = (_said(own) if bare else own) if own is not None else due
        rest: list[tuple[Column, Joined]] = [
            (column, cell) for column, cell in cells if column is not Column.DUE and cell.text
        ]
        tasks = [cell for column, cell in rest if column is Column.TASK]
        found.append(_lists(rest, tasks[0], due) if tasks and due is not None else None)
    return found


def _said(month: Joined) -> Joined:
    """Return the number of a month, told in a column of months, as words of a time: "9" → "tháng 9"."""
    if _BARE_MONTH.match(month.text) is None:
        return month
    at = month.parts[0][1]
    return Joined(_LITERAL + month.text, ((0, at), (len(_LITERAL), at)))


def _lists(cells: list[tuple[Column, Joined]], task: Joined, due: Joined) -> Row:
    """Return a row for the first item of the list in a cell, with those of the others as ``more``."""
    pieces = _items(task)
    others = [(column, cell, _items(cell)) for column, cell in cells if column is not Column.TASK]
    made = []
    for k, one in enumerate(pieces):
        row = [(Column.TASK, one)]
        for column, cell, parts in others:
            if len(parts) == len(pieces):
                row.append((column, parts[k]))
            elif len(parts) == 1:
                row.append((column, cell))
        made.append(composed([*row, (Column.DUE, due)]))
    first = made[0]
    return Row(first.joined, first.cells, more=tuple(made[1:]))


def _items(cell: Joined) -> list[Joined]:
    """Return the items of a list in a cell, without their bullets; the cell where it holds none."""
    starts = [m.start() for m in _BULLETS.finditer(cell.text)]
    if not starts or starts[0]:
        return [cell]
    found = [part_of(cell, a, b) for a, b in pairwise([*starts, len(cell.text)])]
    return [part_of(one, _bullet_end(one.text), len(one.text)) for one in found]


def _bullet_end(text: str) -> int:
    bullet = _BULLET.match(text)
    return bullet.end() if bullet is not None else 0
