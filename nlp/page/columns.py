"""The columns of a table of tasks by their titles, and a row's cells under them (tables/columns.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from corpus.text import UPPER
from nlp.page.lines import Joined
from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import Entry, entries

#: What parts the cells of a row in its joined text.
JOINT = " | "
_CAPITAL = re.compile(rf"(?<!\S)[{UPPER}]")
#: What a title goes on behind: "Gồm các Sở", "Gửi về Sở".
_LINKED = re.compile(r"(?<!\w)(?:các|của|thuộc|về|tại)\s$")
#: A first title of months: "Tháng", "Tháng/năm".
_MONTHS = pattern(r"\W{0,3}thang(?:\s?/\s?(?:nam(?: hoc)?)?| nam)?(?=\s)(?!\s?\d)")
#: Titles of the days on which something begins and ends.
_BEGINS = pattern(r"(?:thoi gian |ngay )?(?:tu(?: ngay)?|bat dau)")
_ENDS = pattern(r"(?:thoi gian |ngay )?(?:den(?: het)?(?: ngay)?|ket thuc)")
_PERIOD = pattern(r"(?<!\w)(?:tu(?: ngay)?|bat dau) (?:thoi gian |ngay )?(?:den(?: het)?(?: ngay)?|ket thuc)(?!\w)")
#: A head has so many titles at least, of so many words.
_TITLES, _TITLE_WORDS = 3, 6
#: Words that only tell more of the units' title before them, where all is in capitals.
_ATTEND = "thanh phan"
_OF_UNITS = ("thuc hien", "chu tri", "phu trach")


class Column(StrEnum):
    """What a column of a table of tasks holds."""

    NUMBER = "number"
    TASK = "task"
    UNIT = "unit"
    PARTNER = "partner"
    DUE = "due"
    PRODUCT = "product"
    RECEIVER = "receiver"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: ``text[start:end]`` of the row's joined text."""

    column: Column
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row read cell by cell; ``groups``: how many groups of lines it is made of; ``more``: further rows of these."""

    joined: Joined
    cells: tuple[Cell, ...]
    groups: int = 1
    more: tuple[Row, ...] = ()


def column_of(title: str) -> Column:
    """Return what a column with this header holds."""
    fold = _bare(title)
    return next((Column(e.name) for e in entries("columns", "column") if e.find.match(fold)), Column.OTHER)


def _bare(title: str) -> str:
    """Return a title, alone in its cell, folded without what may stand before its word: "Mốc thời gian"."""
    return folded(title).strip(" .:*").removeprefix("moc ")


def is_known_title(title: str) -> bool:
    """Tell whether a line is the title of a column that is known (tables/columns.toml), whatever the column holds."""
    fold = _bare(title)
    return any(entry.find.match(fold) for entry in entries("columns", "column"))


def are_known(titles: list[str]) -> bool:
    """Tell whether the titles of a head are known, of three and more at least half."""
    known = sum(map(is_known_title, titles))
    return known == len(titles) or (len(titles) >= _TITLES and 2 * known >= len(titles))


def with_months(columns: list[Column], head: str) -> list[Column]:
    """Return columns with the first one as that of the times, where it is of months and no other is: "Tháng | …"."""
    months = columns and Column.DUE not in columns and _MONTHS.match(folded(head)) is not None
    return [Column.DUE, *columns[1:]] if months and columns[0] is Column.OTHER else columns


def helpers_told(columns: list[Column]) -> list[Column]:
    """Return columns with a second one of units as that of those who help: "Đơn vị chủ trì | Đơn vị tham gia"."""
    return [Column.PARTNER if c is Column.UNIT and c in columns[:k] else c for k, c in enumerate(columns)]


def ends_told(columns: list[Column], titles: list[str]) -> list[Column]:
    """Return columns with that of the days on which something begins as one of notes where another has those on which
    it ends: "Từ ngày | Đến ngày", "Bắt đầu | Kết thúc"."""
    ends = [k for k, t in enumerate(titles) if columns[k] is Column.DUE and _ENDS.fullmatch(_bare(t))]
    found = list(columns)
    for k, title in enumerate(titles):
        if ends and k < ends[-1] and columns[k] is Column.DUE and _BEGINS.fullmatch(_bare(title)):
            found[k] = Column.OTHER
    return found


def heads_cells(head: str, row: str) -> bool:
    """Tell whether tabs part a head's titles, one of a time, at least half of them known, and as many cells below."""
    titles = [title.strip() for title in head.split("\t")]
    if len(titles) < 2 or "" in titles or row.count("\t") != len(titles) - 1:
        return False
    return are_known(titles) and Column.DUE in with_months([column_of(title) for title in titles], f"{titles[0]} ")


def is_head_of_titles(head: str) -> bool:
    """Tell whether a line is but titles of columns that are known, each with a capital, one of a time among them."""
    starts = [m.start() for m in _CAPITAL.finditer(head) if _LINKED.search(head, 0, m.start()) is None]
    if len(starts) < _TITLES or starts[0] or head.isupper():
        return False
    titles = [head[a:b].strip() for a, b in pairwise([*starts, len(head)])]
    if any(len(title.split()) > _TITLE_WORDS for title in titles):
        return False
    known = [next((e.name for e in entries("columns", "column") if e.find.match(folded(t))), None) for t in titles]
    return None not in known and (Column.DUE in known or _MONTHS.match(folded(head)) is not None)


def titles_in(head: str) -> list[str]:
    """Return the titles of a head that nothing parts: each begins with a capital behind which a known title stands, or
    with the capital of one that is not known."""
    fold, starts, at = folded(head), list[int](), 0
    for capital in _CAPITAL.finditer(head):
        if capital.start() < at:
            continue
        _, match = _title_at(fold, capital.start())
        at = match.end() if match is not None else capital.end()
        starts.append(capital.start())
    return [head[a:b].strip() for a, b in pairwise([*starts, len(head)])]


def merged_titles(upper: str, lower: str) -> str | None:
    """Return the titles of a head of two lines as of one, None where the second holds none: "TT Nội dung Thời gian Phân
    công ⏎ Bắt đầu Kết thúc Chủ trì Phối hợp" has six columns."""
    under = titles_in(lower)
    kinds = [column_of(title) for title in under]
    if not under or not all(map(is_known_title, under)) or not lower[:1].isupper():
        return None
    found: list[str] = []
    for title in titles_in(upper):
        kind = column_of(title)
        over = [k for k, one in enumerate(kinds) if one is kind or {one, kind} == {Column.PARTNER, Column.UNIT}]
        found += [under[k] for k in over] if len(over) > 1 else [title]
        kinds = [one for k, one in enumerate(kinds) if len(over) < 2 or k not in over]
        under = [title for k, title in enumerate(under) if len(over) < 2 or k not in over]
    return " ".join(found) if not under else None


def is_cut_number(upper: str, lower: str) -> bool:
    """Tell whether the title of the running number goes on in the second line of a head: "ST Nội dung … ⏎ T"."""
    return upper.startswith("ST ") and (lower == "T" or lower.startswith("T "))


def head_of(lines: list[str]) -> str:
    """Return the lines of a head as one."""
    upper, *below = lines
    if below and is_cut_number(upper, below[0]):
        upper, below[0] = f"STT {upper[3:]}", below[0][2:]
    merged = merged_titles(upper, below[0]) if len(below) == 1 and below[0] else None
    return merged or " ".join([upper, *filter(None, below)])


def _title_at(fold: str, at: int, until: int | None = None) -> tuple[Entry | None, re.Match[str] | None]:
    """Return the known title that stands in folded words at ``at``, up to ``until``."""
    end = len(fold) if until is None else until
    for entry in entries("columns", "column"):
        match = entry.find.match(fold, at, end)
        if match is not None:
            return entry, match
    return None, None


def titles_of(head: str) -> list[Column]:
    """Return the columns of a head whose titles nothing parts; each begins with a capital.

    A second column of units is that of those who help; a title that is not known is one of its own.
    """
    fold, found, at = folded(head), list[Column](), 0
    comers: int | None = None
    for capital in _CAPITAL.finditer(head):
        if capital.start() < at:
            continue
        title, match = _title_at(fold, capital.start())
        if title is None:  # "Ngày | Nội dung": what stands behind belongs to the next title
            following = _CAPITAL.search(head, capital.end())
            title, match = _title_at(fold, capital.start(), following.start() - 1 if following else len(fold))
        column = Column(title.name) if title is not None else Column.OTHER
        at = match.end() if match is not None else capital.end()
        if found and found[-1] is Column.UNIT and match is not None and match.group() in _OF_UNITS:
            continue
        if head.isupper() and (title is None or (found and found[-1] is column)):
            continue
        told = match is not None and match.group() == _ATTEND
        comers = len(found) if told else comers
        found.append(Column.PARTNER if column is Column.UNIT and Column.UNIT in found else column)
    if comers is not None and Column.UNIT not in found:
        found[comers] = Column.UNIT  # "Thời gian | Nội dung | Thành phần | Địa điểm"
    return _one_period(with_months(found, head), head)


def spans_period(head: str) -> bool:
    """Tell whether days stand side by side under a head: those on which something begins and those on which it ends."""
    return _PERIOD.search(folded(head)) is not None


def _one_period(columns: list[Column], head: str) -> list[Column]:
    """Return columns with those of days side by side as one: "Từ ngày Đến ngày", "Bắt đầu Kết thúc"."""
    for k, (one, other) in enumerate(pairwise(columns)):
        if one is other is Column.DUE and spans_period(head):
            return [*columns[:k], *columns[k + 1 :]]
    return columns
