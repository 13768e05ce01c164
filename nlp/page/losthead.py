"""Tables whose head an OCR left unreadable: what the cells of all rows are like tells what their columns hold.

"Bette | ittien | Nevnnan ⏎ 1 | Biểu 01: … | UBND cấp xã | 10/10/2025 | Phòng KHTC": times stand in one column, those
who act before them. Who stands in another column of units receives, where the rows are papers that are handed in and
none of them is a school; else they help. Offices in the only column of units receive, too, where "gửi" stands before
them or a lead has others send these papers ("Các trường gửi các hồ sơ sau:").
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.text import is_syllable
from nlp.page.columns import Column, Row
from nlp.page.lines import Line
from nlp.page.widthcells import rows_by_width
from nlp.page.wordcells import Tries, row_by_words
from nlp.words.folding import folded, pattern

#: The columns that such a table may have.
_HEADS = (
    "TT Nội dung Đơn vị thực hiện Thời gian",
    "TT Nội dung Đơn vị thực hiện Phối hợp Thời gian",
    "TT Nội dung Đơn vị thực hiện Thời gian Phối hợp",
    "TT Nội dung Thời gian Đơn vị thực hiện",
    "TT Nội dung Thời gian Đơn vị thực hiện Ghi chú",
)
#: What a task begins with that is a paper to be handed in, or an act of handing in.
_PAPER = pattern(
    r"\W{0,2}(?:(?:gui|nop|bao cao|trinh|tong hop|giay|ban|bang|bien ban|bieu|mau|cong van|danh (?:sach|muc)|de an"
    r"|de nghi|de xuat|du toan|dang ky|ho so|ke hoach|ket qua|nhu cau|phieu|phuong an|quy che|quyet toan|so lieu"
    r"|so ket|thong ke|thuyet minh|to trinh|tong ket|van ban)(?!\w))"
)
#: Who only receives or sends on; schools and those in them act.
_SCHOOL = pattern(
    r"(?<!\w)(?:truong(?! phong)|hieu truong|trung tam|co so giao duc|don vi|giao vien|thcs|thpt|mam non|tieu hoc)"
    r"(?!\w)"
)
#: What stands before the units of a cell of receivers: "Gửi về Phòng GDĐT".
_SENT_TO = pattern(r"(?<!\w)(?:gui|nop|bao cao|trinh)(?: (?:ve|cho|den|toi|len|tai))?$")
#: What leads to the units of a task itself.
_LEADS = pattern(r"(?<!\w)(?:gui|nop|bao cao|trinh|ve|cho|den|toi|tai|cua|voi|o|do|va|cac)$")
#: A lead that has somebody hand in what stands below it.
_LEAD = pattern(r"(?<!\w)(?:gui|nop|bao cao)(?! vien)(?!\w)")
#: So many rows must be told, and such a share of all; less below what is left of a head, as an OCR loses whole cells.
_LEAST_ROWS, _SHARE, _SHARE_BELOW = 3, 0.6, 0.4
#: A column more that nearly all rows fill counts so much for each.
_FILLED = 0.5
#: A line is no head that is longer, or that has so few words.
_HEAD, _TITLES = 100, 3
_DAY = re.compile(r"\d\s?/\s?\d|[.:;,]$")
_STROKES = re.compile(r"(?<!\S)\S{0,2}[|\[\]](?=\s)|\s[|\[]\S")
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_lost_head(line: Line) -> bool:
    """Tell whether a line right above rows is what an OCR left of their head: strokes between words, or few of its
    words are any."""
    if len(line.text) > _HEAD or _DAY.search(line.text):
        return False
    words = _WORD.findall(line.text)
    if len(_STROKES.findall(line.text)) > 1:
        return True
    return len(words) >= _TITLES and 2 * sum(map(is_syllable, words)) < len(words)


def rows_without_head(lead: str, head: list[Line], rows: list[list[Line]]) -> list[Row | None]:
    """Return the rows of a table whose head was not read, None for those that cannot be told; ``lead`` are the words
    above it, ``head`` the lines that may be left of it."""
    share = _SHARE_BELOW if is_lost_head(head[-1]) else _SHARE
    tries = Tries()
    best: list[Row | None] = [None] * len(rows)
    fitness, assumed = 0.0, ""
    for titles in _HEADS:
        found = [row_by_words(titles, row) for row in rows]
        fits = _fitness([row for row in found if row is not None], tries)
        if fits > fitness:
            best, fitness, assumed = found, fits, titles
    if sum(row is not None for row in best) < max(_LEAST_ROWS, share * len(rows)):
        return [None] * len(rows)
    best = rows_by_width(assumed, rows, best) if any("|" in line.text for row in rows for line in row) else best
    return _with_receivers(lead, rows, best)


def _fitness(rows: list[Row], tries: Tries) -> float:
    """Return how well rows fit the columns assumed: in a column more than need be nearly all have units and no more,
    and no task ends with what leads to them ("Gửi kế hoạch về | UBND xã")."""
    more = [row for row in rows if _words(row, Column.PARTNER)]
    whole = sum(
        tries.whole(_words(row, Column.PARTNER).replace("- ", "-"))
        and _LEADS.search(folded(_words(row, Column.TASK))) is None
        for row in more
    )
    return len(rows) + _FILLED * (whole if whole >= _SHARE * len(rows) else 0) - _FILLED * (len(more) - whole)


def _with_receivers(lead: str, lines: list[list[Line]], rows: list[Row | None]) -> list[Row | None]:
    """Return the rows with a column of units as that of who receives, where all rows together say so."""
    told = [row for row in rows if row is not None]
    more = [_words(row, Column.PARTNER) for row in told]
    papers = sum(_PAPER.match(folded(_words(row, Column.TASK))) is not None for row in told) >= _SHARE * len(told)
    if sum(map(bool, more)) >= _SHARE * len(told):
        schools = sum(_SCHOOL.search(folded(words)) is not None for words in more)
        return _renamed(rows, Column.PARTNER) if papers and 2 * schools < len(told) else rows
    if not papers or not told:
        return rows
    sent = sum(row is not None and _is_sent(row, group) for row, group in zip(rows, lines, strict=True))
    offices = not any(_SCHOOL.search(folded(_words(row, Column.UNIT))) for row in told)
    if sent >= _SHARE * len(told) or (offices and _LEAD.search(folded(lead))):
        return _renamed(rows, Column.UNIT)
    return rows


def _words(row: Row, column: Column) -> str:
    return " ".join(row.joined.text[c.start : c.end] for c in row.cells if c.column is column)


def _is_sent(row: Row, lines: list[Line]) -> bool:
    """Tell whether words of sending stand before a row's units: "… | Gửi về Phòng GDĐT |"."""
    at = next((row.joined.at(c.start) for c in row.cells if c.column is Column.UNIT), None)
    first = lines[0]
    if at is None or not first.start <= at < first.end:
        return False
    starts = [(n, source) for n, source in first.parts if source <= at]
    n, source = starts[-1] if starts else (0, first.start)
    return _SENT_TO.search(folded(first.text[: n + at - source].rstrip(" |"))) is not None


def _renamed(rows: list[Row | None], column: Column) -> list[Row | None]:
    return [
        row
        and replace(
            row,
            cells=tuple(replace(c, column=Column.RECEIVER) if c.column is column else c for c in row.cells),
        )
        for row in rows
    ]
