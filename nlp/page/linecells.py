"""Tables whose cells stand each in a line of its own, with nothing that parts them: rows made of them.

So does a table read that was copied out of a web page or saved as plain text by an office program: "TT ⏎ Nội dung ⏎
Đơn vị thực hiện ⏎ Thời gian ⏎ 1 ⏎ Nộp hồ sơ ⏎ Các trường THPT ⏎ 10/10/2023 ⏎ 2 …". The lines of the head are titles,
at least one of a time. Where the first is that of the running number, the numbers tell where rows begin; where it is
that of the time, the times do; elsewhere every row has as many lines as the head. A row becomes one line with its cells
parted by tabs, as in text files; which line stands in which cell is told by what the columns hold
(``nlp.page.rowfit``). What is no such table stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from nlp.naming.levelnames import levels_in
from nlp.page.columns import Column, are_known, column_of, helpers_told, is_known_title, with_months
from nlp.page.lines import Line
from nlp.page.marks import MOTTO, recipients_head
from nlp.page.portalrows import row_line
from nlp.page.rowfit import BULLETS, OF_DAY, TableHead, goes_on, has_time, in_cells, is_time
from nlp.page.rows import NOTE
from nlp.page.wordcells import Tries
from nlp.words.folding import pattern

#: The letterhead ends within so many lines.
_HEAD = 40
#: A head has so many titles of so many characters and words.
_LEAST, _MOST, _WIDE, _WORDS = 2, 12, 60, 9
#: A row has no more lines than this.
_LINES = 60
_TITLE = re.compile(r"[^\W\d_](?:[^.;:]*[^.;:,])?$")
_NUMBER = re.compile(r"(\d{1,3})[.)]?")
#: The label of a group of rows: "I", "A."
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]?")
#: What opens no cell: headings with their label, the words under a table.
_ENDS = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)/]\s{0,3}[^\W\d_]|[a-zđ]\)\s")
_CLOSES = pattern(r"tren day la|tm[.] |kt[.] |tl[.] ")
#: Rows as their cells, each a list of lines.
_Rows = list[list[list[Line]]]


def with_line_cells(lines: list[Line]) -> list[Line]:
    """Return ``lines`` with the rows of such tables as lines of their own."""
    at = next((k + 1 for k, line in enumerate(lines[:_HEAD]) if MOTTO.search(line.fold)), 0)  # no table above
    found, lines = lines[:at], list(lines)
    while at < len(lines):
        rows, end = _table(lines, at) if _is_title(lines[at]) else ([], at)
        if not rows:
            found.append(lines[at])
            at += 1
            continue
        found += map(row_line, rows)
        if end < len(lines):
            lines[end] = replace(lines[end], gap=True)
        at = end
    return found


def _is_title(line: Line) -> bool:
    """Tell whether a line may be a title: a few words, digits only in one that is known ("Khối 6, khối 7")."""
    text = line.text
    if len(text) > _WIDE or not text[:1].isupper() or _TITLE.match(text) is None or len(text.split()) > _WORDS:
        return False
    return not any(c.isdigit() for c in text) or (is_known_title(text) and not is_time(line))


def _table(lines: list[Line], start: int) -> tuple[_Rows, int]:
    """Return the rows, head first, of the table whose titles begin at ``start``, and its end; none for none."""
    if not is_known_title(lines[start].text):
        return [], start
    titles = list(takewhile(_is_title, lines[start : start + _MOST + 1]))
    if len(titles) < _LEAST:
        return [], start
    if column_of(titles[0].text) is Column.NUMBER:
        return _numbered(lines, start, titles)
    return max(_even(lines, start, titles), _timed(lines, start, titles), key=lambda found: found[1])


def _head(titles: list[Line], start: int) -> TableHead:
    columns = with_months([column_of(title.text) for title in titles], f"{titles[0].text} ")
    return TableHead(tuple(titles), tuple(helpers_told(columns)), start + len(titles))


def _numbered(lines: list[Line], start: int, titles: list[Line]) -> tuple[_Rows, int]:
    """Return the rows of a table whose first column is the running number."""
    at = start + len(titles)
    if at < len(lines) and _GROUP.fullmatch(lines[at - 1].text) and _NUMBER.fullmatch(lines[at].text) is None:
        return [], start
    head = _head(titles, start)
    group = next((k for k, title in enumerate(titles) if k and _GROUP.fullmatch(title.text)), None)
    if group is not None:  # "… ⏎ Ghi chú ⏎ I ⏎ Học kỳ I ⏎ 1 ⏎ …"
        head = _head(titles[:group], start)
    if len(head.titles) < _LEAST:
        return [], start
    rows, at, count = [[[title] for title in head.titles]], head.end, 0
    wide = len(head.columns) - 1
    even = wide
    while at < len(lines):
        titled = _group_at(lines, at, count)
        if titled is not None:
            rows.append([[lines[at]], lines[at + 1 : titled], *([] for _ in head.titles[2:])])
            at, count = titled, 0 if _number(lines[titled]) == 1 else count
        if _number(lines[at]) != count + 1:
            break
        count += 1
        end = _row_end(lines, at + 1, count + 1, head, even if count > 1 else 0)
        even = even if end - at - 1 == wide else 0
        rows.append([[lines[at]], *in_cells(lines[at + 1 : end], head)[1]])
        at = end
    bare = sum(not any(row[1:]) for row in rows)  # numbers that stand together, as a reader of columns gives them
    return (rows, at) if len(rows) > 2 and bare * 3 < len(rows) else ([], start)


def _number(line: Line) -> int | None:
    match = _NUMBER.fullmatch(line.text)
    return int(match[1]) if match is not None else None


def _group_at(lines: list[Line], at: int, count: int) -> int | None:
    """Return where the first row stands of the group that begins at ``at`` behind ``count`` rows; None for none."""
    if _GROUP.fullmatch(lines[at].text) is None:
        return None
    for k in range(at + 2, min(at + 4, len(lines))):
        if _number(lines[k]) in (1, count + 1):
            return k
    return None


def _row_end(lines: list[Line], at: int, following: int, head: TableHead, even: int) -> int:
    """Return where the row ends whose cells begin at ``at``: before the next number, else as those before, all of
    which have ``even`` lines (0: they have not), if that fills its cells, or where they are filled best."""
    most = at
    while most < min(len(lines), at + _LINES):
        if _number(lines[most]) == following or _group_at(lines, most, following - 1) is not None:
            return most
        if _ends_table(lines, most):
            break
        most += 1
    most = min(most, at + len(head.columns) + 1)
    if even and most >= at + even and all(in_cells(lines[at : at + even], head)[1]):
        return at + even
    costs = [(in_cells(lines[at:end], head)[0], end) for end in range(at, most + 1)]
    return min(costs)[1]


def _ends_table(lines: list[Line], k: int) -> bool:
    line = lines[k]
    after = lines[k + 1] if k + 1 < len(lines) else None
    under = _ENDS.match(line.text) is not None or NOTE.match(line.fold) is not None
    return under or _CLOSES.match(line.fold) is not None or recipients_head(line, after) is not None


def _timed(lines: list[Line], start: int, titles: list[Line]) -> tuple[_Rows, int]:
    """Return the rows of a table whose first column is the time: each begins with one."""
    at = start + len(titles)
    head = _head(titles, start)
    if at >= len(lines) or head.columns[0] is not Column.DUE or not is_time(lines[at]) or not _known(titles):
        return [], start
    starts = list(_time_rows(lines, at))
    if len(starts) < _LEAST:
        return [], start
    rows = [[[title] for title in titles]]
    ends = [*starts[1:], _last_end(lines, starts[-1] + 1, head)]
    for row, end in zip(starts, ends, strict=True):
        for part in _by_units(lines[row + 1 : end], head):
            rows.append([[lines[row]], *in_cells(part, head)[1]])
    return rows, ends[-1]


def _last_end(lines: list[Line], at: int, head: TableHead) -> int:
    """Return where the last row ends whose cells begin at ``at``: where it is filled best, lists and units with it."""
    most = min(len(lines), at + _LINES)
    most = next((k for k in range(at, most) if _ends_table(lines, k)), most)
    ends = range(at, min(most, at + len(head.columns)) + 1)
    end = min((in_cells(lines[at:end], head)[0], end) for end in ends)[1]
    tries = Tries()
    while end < most and (lines[end].text[:1] in BULLETS or tries.whole(lines[end].text)):
        end += 1
    return end


def _by_units(lines: list[Line], head: TableHead) -> list[list[Line]]:
    """Return the lines of a time's row in parts, one for each task, where each task has its units under it."""
    if head.columns[-1] is not Column.UNIT:
        return [lines]
    tries, parts = Tries(), [list[Line]()]
    for k, line in enumerate(lines):
        if k and tries.whole(lines[k - 1].text) and not tries.whole(line.text) and not goes_on(lines[k - 1], line):
            parts.append([])
        parts[-1].append(line)
    return parts


def _time_rows(lines: list[Line], at: int) -> Iterator[int]:
    """Yield where rows begin: a time, and before the next so many lines as a row has at the most."""
    last = at
    for k in range(at, len(lines)):
        if k > last + _LINES or (k > last and _ends_table(lines, k)):
            return
        if is_time(lines[k]) and (k == at or k > last + 1):
            yield k
            last = k


def _even(lines: list[Line], start: int, titles: list[Line]) -> tuple[_Rows, int]:
    """Return the rows of a table each of which has as many lines as the head, its times in the same columns."""
    best, width = 0, 0
    for wide in range(_LEAST, len(titles) + 1):
        head = _head(titles[:wide], start)
        told = _known(titles[:wide]) and {Column.TASK, Column.UNIT, Column.OTHER} & set(head.columns)
        many = _even_rows(lines, head) if told or _of_levels(titles[:wide]) else 0
        if many > 1 and many * wide > best * width:
            best, width = many, wide
    at = start + width
    rows = [[[line] for line in lines[k : k + width]] for k in range(start, at + best * width, width or 1)]
    return (rows, at + best * width) if best else ([], start)


def _known(titles: list[Line]) -> bool:
    return are_known([title.text for title in titles])


def _of_levels(titles: list[Line]) -> bool:
    """Tell whether all titles but the first are levels of schools: "Nội dung | Mầm non | Tiểu học"."""
    return len(titles) > _LEAST and all(levels_in(title.text) for title in titles[1:])


def _even_rows(lines: list[Line], head: TableHead) -> int:
    """Return how many rows of one line a cell stand under a head."""
    wide, many, at = len(head.columns), 0, head.end
    times: set[int] | None = None
    while at + wide <= len(lines):
        row = lines[at : at + wide]
        if any(_ends_table(lines, at + k) for k in range(wide)):
            break
        here = {k for k, line in enumerate(row) if is_time(line)}
        if times is None:
            of_time = all(head.columns[k] is Column.DUE or OF_DAY.search(head.titles[k].fold) for k in here)
            if not here or not (of_time or _of_levels(list(head.titles))):
                return 0
            times = here
        # "Vòng 1: 11/01; vòng 2 (chỉ em đạt từ 60 điểm): 18/01" is in its column, too; what rows begin with is a time
        dated = bool(here & times) or any(has_time(row[k]) for k in times if k)
        if not dated or any(head.columns[k] is not Column.DUE for k in here - times):
            break
        many, at = many + 1, at + wide
    return many
