"""The cells of a text table whose columns nothing parts, told by how wide they are: lines of a cell are as long as
their column lets them be.

A word begins the next line of its cell because it had no room at the end of the one above. So the lines of all rows
together tell how wide each column is, and that tells where its cell ends in a line. What a column holds (a time, a
chain of units, words that do not end in "của") ranks the ways to part the words of one row; of the best ways of every
row those are taken that fit one width of each column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from corpus.text import UPPER
from nlp.page.columns import Column, Row, titles_of
from nlp.page.lines import Line, join
from nlp.page.rowfit import A_TIME, OF_TIMES
from nlp.page.strokes import words_between
from nlp.page.wordcells import DAY, MAY_BEGIN, NUMBER, Tries, joined_cells
from nlp.words.folding import folded, pattern

#: A row has so many lines of so many words, a table so many columns; so many ways to part a row are kept, and tried.
_LINES, _LINE_WORDS, _COLUMNS = 7, 30, 6
_BEAM, _KEPT, _TRIED, _ALL_TRIED = 80, 24, 8000, 80_000
#: How a cell begins, in its first line.
_CELL = re.compile(rf"[{UPPER}\d“\"‘'(]|[-–+]$|https?:")
_TIME_WORD = pattern(
    r"[\W\d_]*\d[\W\d_]*(?:[hg]\d{0,2}\W?)?$|\W?(?:truoc|sau|tu|den|ngay|thang|quy|tuan|nam|hoc|ky|cham|nhat|trong|hoan|thanh"
    r"|xong|het|cuoi|dau|giua|hang|thuong|xuyen|sang|chieu|toi|va|thu|hai|ba|bay|chu|dinh|gio|phut|ca|khoang|du|kien"
    r"|vao|luc|muon|han|dot|lan|tu,?|i{1,3}|iv)?[/\d]*[\W_]*$"
)
_LINK = pattern(
    r"(?<!\w)(?:cac|cua|cho|ve|voi|tai|den|trong|o|thuoc|tu|boi|do|gui|va|giua|hoac|theo|truoc|ngay|thang|duoc|de)$|[,(–-]$"
)
#: Units whose kind the next words may tell: "Phòng GDĐT, trường ⏎ THPT", "Các trường | MN, TH".
_CUT, _BARE = pattern(r"[,;] truong$"), pattern(r"(?:cac )?truong$")
#: Centres whose kind the next words may tell, and those words: "THPT, trung tâm ⏎ GDNN-GDTX".
_OPEN_CENTRES, _KIND = pattern(r"(?<!\w)trung tam$"), pattern(r"[(\W]{0,2}(?:gdnn|gdtx|gdnn-gdtx|giao duc nghe)(?!\w)")
#: Words that no column parts within a line: "Bộ GDĐT", "đợt 1", "tiểu học", "học viên".
_TOGETHER = pattern(
    r"(?:bo|so|phong|nganh) (?:gddt|gd&dt|gd-dt)|(?:dot|lop|khoi|lan|vong|cum|bieu|mau|buoc) (?:so|[\divx]+)"
    r"|(?:tieu|trung) hoc|(?:mam|mau) (?:non|giao)|hoc (?:sinh|vien|ky)|(?:giao|nhan) vien|trung tam|van phong|can bo"
)
_MARKS = ",;.:)"
_BEGINS_SMALL = 3.0
#: What is not told by a word's letters alone: widths in ems of letters, and what a line may be off by.
_NARROW, _WIDE, _TOLERANCE = frozenset("iljtfIrí ì.,:;|/()-'!"), frozenset("mwMWĐƠÔOQGNDH"), 0.6
_UNITS = (Column.UNIT, Column.PARTNER, Column.RECEIVER)


@lru_cache(maxsize=4096)
def _width(word: str) -> float:
    """Return about how wide a word is, in ems."""
    return sum(0.3 if c in _NARROW else 0.74 if c in _WIDE else 0.62 if c.isupper() else 0.48 for c in word)


#: A blank, in ems; what the way counts more that was told before; so many rounds settle the widths.
_BLANK, _KNOWN, _ROUNDS = 0.25, 100.0, 4
_WORD = re.compile(r"[^\s|]+")
#: A first title that counts the rows: "Lớp" over "Lớp 1".
_COUNTER = re.compile(r"(?:Lớp|Cụm|Đợt|Vòng|Buổi|Đoàn|Nhóm|Ca)(?= )(?! (?:học|thi))")


@dataclass(frozen=True, slots=True)
class _Words:
    """A line's words as offsets, and how far from the line's start each begins and ends, in ems.

    ``apart``: the words that stand apart from the one before; ``wide``: how wide each word is; ``begin``, ``figures``,
    ``timely``: whether it is one as cells begin with, one with a digit first, one that times are made of; ``joined``:
    those that no column parts from the one before; ``closes``: whether it ends with a bracket.
    """

    line: Line
    words: tuple[tuple[int, int], ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    apart: frozenset[int]
    wide: tuple[float, ...]
    begin: tuple[bool, ...]
    figures: tuple[bool, ...]
    timely: tuple[bool, ...]
    joined: frozenset[int]
    closes: tuple[bool, ...]

    def text(self, a: int, b: int) -> str:
        """Return some of the words."""
        return self.line.text[self.words[a][0] : self.words[b - 1][1]] if a < b else ""

    def width(self, a: int, b: int) -> float:
        """Return how wide some of the words are together."""
        return self.ends[b - 1] - self.starts[a]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to part the words of a row: by column its pieces (line, first word, word behind the last)."""

    pieces: tuple[_Cell, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Parted:
    """A row with its number, its words and the ways to part them; ``above``: it stands under the units of the row
    before; ``known`` is the way in which it was parted already."""

    number: re.Match[str] | None
    lines: list[_Words]
    ways: list[_Way]
    above: bool = False
    known: _Way | None = None


def rows_by_width(head: str, rows: list[list[Line]], known: list[Row | None]) -> list[Row | None]:
    """Return the rows of a table under a head, None for those that cannot be told; ``known`` are those told already by
    what their columns hold, which stay where no other way fits the widths of the columns much better."""
    columns = titles_of(head)
    counter = _COUNTER.match(head)
    if columns and columns[0] is Column.OTHER and counter is not None:
        columns = [Column.NUMBER, *columns[1:]]
    told: list[Column] = [c for c in columns if c is not Column.NUMBER]
    if not 1 < len(told) <= _COLUMNS or told.count(Column.DUE) != 1:
        return known
    if Column.UNIT not in told and counter is None:
        return known  # sentences tell who acts
    count = re.compile(rf"{counter[0]} (?:số )?[\dIVX]{{1,4}}:?(?=\s)") if counter is not None else NUMBER
    tries, left = Tries(), _ALL_TRIED
    tries.left = 1 << 30
    parted: list[_Parted] = []
    for group, other in zip(rows, known, strict=True):
        number = count.match(group[0].text) if columns[0] is Column.NUMBER else None
        lines = [_words(line, number.end() if number and k == 0 else 0) for k, line in enumerate(group)]
        above = number is None and columns[0] is Column.NUMBER
        fits = len(lines) <= _LINES and all(0 < len(line.words) <= _LINE_WORDS for line in lines)
        fits = fits and left > 0 and (not above or (told[0] is Column.UNIT and bool(parted)))
        search = _Search(told, lines, tries, min(_TRIED, left), above=above)
        ways = search.ways() if fits else []
        way = search.way_of(other) if fits and other is not None else None
        if way is not None:
            sure = _is_sure(told, _cells(told, _Parted(number, lines, []), way), tries, above=above)
            way = replace(way, score=way.score + _KNOWN) if sure else way
            ways.append(way)
        left -= search.tried
        parted.append(_Parted(number, lines, ways, above, way))
    best = _together(parted, len(told))
    found: list[Row | None] = []
    units: list[tuple[Line, int, int]] = []
    for one, way, row in zip(parted, best, known, strict=True):
        cells = _cells(told, one, way) if way is not None else []
        units = next((spans for column, spans in cells if column is Column.UNIT), units)
        if row is None or (way is not None and way is not one.known):
            sure = bool(cells) and _is_sure(told, cells, tries, above=one.above)
            row = _row(told, one, cells, units) if sure and not _has_bare_units(cells) else row
        found.append(row)
    return found


def _words(line: Line, start: int) -> _Words:
    words, strokes = words_between(line.text, start)
    at, starts, ends, apart = 0.0, list[float](), list[float](), set[int]()
    texts = [line.text[a:b] for a, b in words]
    wide = tuple(map(_width, texts))
    for k, (a, _) in enumerate(words):
        starts.append(at)
        at += wide[k]
        ends.append(at)
        at += _BLANK
        if k and (a - words[k - 1][1] > 1 or any(words[k - 1][0] < stroke < a for stroke in strokes)):
            apart.add(k)
    return _Words(
        line,
        tuple(words),
        tuple(starts),
        tuple(ends),
        frozenset(apart),
        wide,
        begin=tuple(_CELL.match(text) is not None for text in texts),
        figures=tuple(text[:1].isdigit() for text in texts),
        timely=tuple(map(_is_timely, texts, [*texts[1:], ""])),
        joined=frozenset(
            k
            for k, (one, text) in enumerate(pairwise(texts), 1)
            if _TOGETHER.match(folded(f"{one} {text.rstrip(_MARKS)}"))
        ),
        closes=tuple(text.endswith(")") for text in texts),
    )


def _is_timely(word: str, after: str) -> bool:
    """Tell whether times are made of a word: "học" of "học kỳ", not of "tiểu học, Từ 22/12"."""
    of_pupils = after and folded(word.rstrip(_MARKS)) == "hoc" and folded(after.rstrip(_MARKS)) != "ky"
    return not of_pupils and _TIME_WORD.match(folded(word)) is not None


#: The pieces of a cell: line, first word, word behind the last.
_Cell = tuple[tuple[int, int, int], ...]
_State = tuple[tuple[_Cell, ...], float]


class _Search:
    """The search for the ways to part one row."""

    def __init__(self, columns: list[Column], lines: list[_Words], tries: Tries, most: int, *, above: bool) -> None:
        self._columns, self._lines, self._tries, self._most = columns, lines, tries, most
        self._above = above  # the units stand in the row above
        self._scores: dict[tuple[Column, _Cell], float] = {}
        self.tried = 0

    def way_of(self, row: Row) -> _Way | None:
        """Return the way in which a row is parted already; None where its words are not those of these lines."""
        cells: dict[Column, dict[int, list[int]]] = {}
        words = ((k, n, a) for k, line in enumerate(self._lines) for n, (a, _) in enumerate(line.words))
        at = {join([self._lines[k].line]).at(a): (k, n) for k, n, a in words}
        for cell in row.cells:
            for word in _WORD.finditer(row.joined.text, cell.start, cell.end):
                k, n = at.get(row.joined.at(word.start()), (-1, -1))
                if k >= 0:
                    cells.setdefault(cell.column, {}).setdefault(k, []).append(n)
        pieces = tuple(
            tuple((k, min(held), max(held) + 1) for k, held in sorted(cells.get(column, {}).items()))
            for column in self._columns
        )
        if sum(b - a for cell in pieces for _, a, b in cell) != sum(len(line.words) for line in self._lines):
            return None
        return _Way(pieces, self._content(pieces))

    def ways(self) -> list[_Way]:
        """Return the best ways, best first."""
        states: list[_State] = [(tuple(() for _ in self._columns), 0.0)]
        for k in range(len(self._lines)):
            after = [state for one in states for state in self._next(one, k)]
            states = sorted(after, key=lambda state: -state[1])[:_BEAM]
        ways = [_Way(pieces, score + self._content(pieces)) for pieces, score in states]
        return sorted((way for way in ways if way.score > -_BEGINS_SMALL), key=lambda way: -way.score)[:_KEPT]

    def _next(self, state: _State, k: int) -> Iterator[_State]:
        """Yield what a state becomes with the words of line ``k``."""
        pieces, score = state
        for cuts, more in self._cut(pieces, k, 0, 0):
            yield tuple((*old, (k, *new)) if new else old for old, new in zip(pieces, cuts, strict=True)), score + more

    def _cut(
        self, pieces: tuple[_Cell, ...], k: int, column: int, at: int
    ) -> Iterator[tuple[tuple[tuple[int, int] | None, ...], float]]:
        """Yield the ways to part the words of line ``k`` from ``at`` on over the columns from ``column`` on."""
        line = self._lines[k]
        count = len(line.words)
        if column == len(self._columns):
            if at == count:
                yield (), 0.0
            return
        if self.tried > self._most:
            return
        kind = self._columns[column]
        optional = k > 0 or kind in (Column.OTHER, Column.PARTNER, Column.PRODUCT, Column.RECEIVER)
        if self._above and kind is Column.UNIT:
            for rest, more in self._cut(pieces, k, column + 1, at):
                yield (None, *rest), more
            return
        goes_on = k == 0 or (bool(pieces[column]) and pieces[column][-1][0] == k - 1)
        if goes_on and at < count:
            for end in range(at + 1, count + 1):
                self.tried += 1
                if end < count and column == len(self._columns) - 1:
                    continue
                score = self._piece(pieces[column], kind, k, at, end)
                if score is None:
                    if kind is Column.DUE:
                        break
                    continue
                for rest, more in self._cut(pieces, k, column + 1, end):
                    yield ((at, end), *rest), score + more
        if optional:
            for rest, more in self._cut(pieces, k, column + 1, at):
                yield (None, *rest), more - (0.3 if k == 0 else 0.0)

    def _piece(self, above: _Cell, kind: Column, k: int, a: int, b: int) -> float | None:
        """Return how well some words of line ``k`` are a line of a cell under those ``above``; None: they are none."""
        line = self._lines[k]
        begins = line.begin[a] or (kind is Column.DUE and line.timely[a])
        if not above and (not begins or (kind in _UNITS and line.figures[a])):
            return None
        if a in line.joined or (kind is Column.DUE and not line.timely[b - 1]):
            return None
        inside = sum(a < at < b for at in line.apart) if line.apart else 0
        score = -1.0 * inside + (0.8 if a in line.apart else 0.0)
        if above:
            room = max(self._lines[n].width(c, d) for n, c, d in above)
            last = self._lines[above[-1][0]].width(*above[-1][1:])
            lacks = max(room, line.width(a, b)) - _TOLERANCE - (last + _BLANK + line.wide[a])
            if lacks > 0:
                score -= 0.5 + lacks
            score -= 0.3 if self._lines[above[-1][0]].closes[above[-1][2] - 1] else 0.0
        return score if score > -3.0 else None

    def _content(self, pieces: tuple[_Cell, ...]) -> float:
        """Return how well the cells hold what their columns are for."""
        score = 0.0
        for kind, cell in zip(self._columns, pieces, strict=True):
            if not (self._above and kind is Column.UNIT):
                if (kind, cell) not in self._scores:
                    self._scores[kind, cell] = self._cell(kind, cell)
                score += self._scores[kind, cell]
        return score

    def _cell(self, kind: Column, cell: _Cell) -> float:
        words = " ".join(self._lines[k].text(a, b) for k, a, b in cell).replace("- ", "-").replace("  ", " ")
        if not words:
            return {Column.TASK: -9.0, Column.DUE: -9.0, Column.UNIT: -2.0}.get(kind, -0.3)
        fold = folded(words)
        score = -1.0 if _LINK.search(fold) else 0.0
        score -= 1.0 * (words.count("(") != words.count(")"))
        if kind is Column.DUE:
            left = len(OF_TIMES.sub(" ", fold).split())
            return score + (2.0 if A_TIME.search(fold) and left == 0 else -1.0 * left - 1.0)
        if kind in _UNITS:
            if self._tries.whole(words):
                return score + (2.0 if _CUT.search(fold) is None and not self._lacks_kind(fold, cell) else -0.5)
            return score + (0.5 if MAY_BEGIN.match(fold) else -0.7)
        if kind is Column.TASK:
            score -= 1.0 * self._tries.whole(words) + (1.0 if DAY.search(words) else 0.0)
            return score + 0.1 * words[:1].isupper()
        return score

    def _lacks_kind(self, fold: str, cell: _Cell) -> bool:
        """Tell whether units end with centres whose kind stands in the next line, whatever cell got it."""
        after = cell[-1][0] + 1
        if _OPEN_CENTRES.search(fold) is None or after >= len(self._lines):
            return False
        line = self._lines[after]
        return any(_KIND.match(folded(line.text(n, n + 1))) for n in range(len(line.words)))


def _together(rows: list[_Parted], columns: int) -> list[_Way | None]:
    """Return for every row the way that fits best with those of the others: one width for each column."""
    best = [max(row.ways, key=lambda way: way.score, default=None) for row in rows]
    for _ in range(_ROUNDS):
        widths = [_common(best, [row.lines for row in rows], column) for column in range(columns)]
        now = [_fittest(row, widths) for row in rows]
        if now == best:
            break
        best = now
    return best


def _fittest(row: _Parted, widths: list[float]) -> _Way | None:
    return max(row.ways, key=lambda way: way.score - _off(way, row.lines, widths), default=None)


def _bounds(way: _Way, lines: list[_Words], column: int) -> Iterator[tuple[float, float]]:
    """Yield for each line of a cell how wide it is, and how wide with the next word, which had no room (0: none)."""
    cell = way.pieces[column]
    for piece, after in pairwise((*cell, None)):
        assert piece is not None
        k, a, b = piece
        wide = lines[k].width(a, b)
        yield wide, wide + _BLANK + lines[after[0]].wide[after[1]] if after else 0.0


def _common(ways: list[_Way | None], lines: list[list[_Words]], column: int) -> float:
    """Return the width of a column that most lines of its cells fit."""
    bounds = [
        both for way, row in zip(ways, lines, strict=True) if way is not None for both in _bounds(way, row, column)
    ]

    def fits_ill(width: float) -> tuple[float, float]:
        return sum(_misses(width, *both) for both in bounds), width

    return min((wide for wide, _ in bounds), key=fits_ill, default=0.0)


def _misses(width: float, wide: float, more: float) -> float:
    """Return how far a line of a cell is from one of a column of this width, no more than a line counts."""
    over = max(0.0, wide - width - _TOLERANCE)
    lacks = max(0.0, width - _TOLERANCE - more) if more else 0.0
    return min(3.0, over + lacks) + (0.5 if over or lacks else 0.0)


def _off(way: _Way, lines: list[_Words], widths: list[float]) -> float:
    return sum(_misses(widths[column], *both) for column in range(len(widths)) for both in _bounds(way, lines, column))


def _is_sure(columns: list[Column], cells: list[tuple[Column, _Spans]], tries: Tries, *, above: bool) -> bool:
    """Tell whether the cells of a way hold what their columns are for: units and nothing else, a time and no more."""
    for column, spans in cells:
        words = " ".join(line.text[a:b] for line, a, b in spans)
        fold = folded(words)
        if column is Column.DUE and not (A_TIME.search(fold) and not OF_TIMES.sub(" ", fold).split()):
            return False
        whole = tries.whole(words.replace("- ", "-")) and _CUT.search(fold) is None
        if not whole and (column is Column.UNIT or (column is Column.PARTNER and not MAY_BEGIN.match(fold))):
            return False
        if words.count("(") != words.count(")"):
            return False
        if column is Column.TASK and (DAY.search(words) or _LINK.search(fold)):
            return False
    return above or Column.UNIT not in columns or any(column is Column.UNIT for column, _ in cells)


def _has_bare_units(cells: list[tuple[Column, _Spans]]) -> bool:
    units = (" ".join(line.text[a:b] for line, a, b in spans) for column, spans in cells if column is Column.UNIT)
    return any(_BARE.match(folded(words)) for words in units)


_Spans = list[tuple[Line, int, int]]


def _cells(columns: list[Column], row: _Parted, way: _Way) -> list[tuple[Column, _Spans]]:
    """Return the cells of a way as the lines in them and where in these their words begin and end."""
    return [
        (column, [(row.lines[k].line, row.lines[k].words[a][0], row.lines[k].words[b - 1][1]) for k, a, b in cell])
        for column, cell in zip(columns, way.pieces, strict=True)
        if cell
    ]


def _row(columns: list[Column], row: _Parted, cells: list[tuple[Column, _Spans]], units: _Spans) -> Row:
    """Return a row of cells; ``units`` are those that it has, or that stand in the row above it."""
    number = row.number
    told = [(Column.NUMBER, [(row.lines[0].line, number.start(), number.end())])] if number is not None else []
    told += cells
    told += [(Column.UNIT, units)] if row.above and units else []
    made = joined_cells(told)
    return made if Column.TASK in columns else Row(made.joined, ())
