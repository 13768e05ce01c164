"""Laying out a sample directive on A4 pages by Nghị định 30/2020/NĐ-CP.

The lines of a page stand in reading order: left column of the letterhead, right column, body lines as drawn (a row
of a table is one line a visual row), sign-off left column (nơi nhận) then right, footnotes at the bottom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from corpus.layout30 import MOTTO, NATION
from corpus.samples.source import Annex, Block, Source, Table
from corpus.samples.typeset import Piece, Row, Run, parse, string_width, wrap

WIDTH, HEIGHT = 595.28, 841.89


@dataclass(frozen=True)
class Line:
    """One line of text: baseline ``y`` in points from the top, pieces left to right, where in the directive it stands.

    ``block`` is the ordinal of the paragraph it belongs to; ``glued``: the next line continues the same token.
    """

    y: float
    pieces: tuple[Piece, ...]
    place: str
    block: int
    glued: bool = False

    @property
    def text(self) -> str:
        """The line as read, pieces parted by a blank."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass
class Sheet:
    """A page being filled. ``rules`` are strokes (x0, y0, x1, y1, width); ``folio`` is the page number drawn on top."""

    folio: str = ""
    lines: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    rules: list[tuple[float, float, float, float, float]] = field(default_factory=list)
    signature: tuple[float, float] | None = None

    @property
    def reading(self) -> list[Line]:
        """All lines in reading order, without the page number."""
        return [*self.lines, *self.notes]


def lay_out(source: Source, *, cell_mark: str | None = None) -> list[Sheet]:
    """Return the pages of a sample. With ``cell_mark`` tables are not drawn: each row is a line, the mark between its
    cells, as in text files."""
    return _Setter(source, cell_mark).run()


class _Setter:
    """Fills pages from top to bottom; ``y`` is where the next line's top edge goes."""

    def __init__(self, source: Source, cell_mark: str | None = None) -> None:
        self.source, self.style, self.cell_mark = source, source.style, cell_mark
        self.sheets: list[Sheet] = []
        self.place = "body"
        self.block = 0
        self.part = 0
        self.width = WIDTH - self.style.left - self.style.right
        self.y = 0.0
        self.note_height = 0.0
        self.pending: list[str] = []

    def run(self) -> list[Sheet]:
        """Lay out letterhead, title, addressees, body, sign-off and annexes."""
        self._new_page()
        self._letterhead()
        self._title()
        self._addressees()
        for k, block in enumerate(self.source.body):
            self._block(block, self.source.body[k + 1] if k + 1 < len(self.source.body) else None)
        self._sign_off()
        for annex in self.source.annexes:
            self._annex(annex)
        self._finish_notes()
        return self.sheets

    # pages

    def _new_page(self) -> None:
        self._finish_notes()
        self.part += 1
        self.sheets.append(Sheet(folio=str(self.part) if self.part > 1 else ""))
        self.y = self.style.top
        self.note_height = 0.0

    @property
    def _floor(self) -> float:
        return HEIGHT - self.style.bottom - self.note_height

    def _step(self, size: float) -> float:
        return size * self.style.leading

    def _note_rows(self, key: str) -> list[Row]:
        text = self.source.footnotes[key]
        size = self.style.size - 3
        mark = Run(key, "regular", size * 0.62, note=key)
        rows = wrap(text, "regular", size, self.style.left, self.width, indent=mark.width + 3)
        first = rows[0].piece
        joined = Piece(self.style.left, (mark, Run(" ", "regular", size), *first.runs), first.word_space * 0.97)
        return [Row(joined, rows[0].glued), *rows[1:]]

    def _note_room(self, notes: list[str]) -> float:
        """Height that further footnotes take at the foot of the page, with the rule above the first."""
        if not notes:
            return 0.0
        rows = sum(len(self._note_rows(note)) for note in notes)
        return rows * (self.style.size - 3) * 1.15 + (0.0 if self.pending else 14.0)

    def _finish_notes(self) -> None:
        if not self.sheets or not self.pending:
            return
        sheet, size = self.sheets[-1], self.style.size - 3
        y = HEIGHT - self.style.bottom - self.note_height + 8
        sheet.rules.append((self.style.left, y, self.style.left + 140, y, 0.6))
        y += 4
        for key in self.pending:
            self.block += 1
            for row in self._note_rows(key):
                y += size * 1.15
                sheet.notes.append(Line(y, (row.piece,), "footnote", self.block, row.glued))
        self.pending = []

    # lines

    def _put(self, rows: list[Row], size: float, *, before: float = 0.0, keep: float = 0.0) -> None:
        """Place the lines of one paragraph, turning the page where needed; ``keep`` is room wanted after the first."""
        self.block += 1
        step = self._step(size)
        for k, row in enumerate(rows):
            lead = before if k == 0 and self.y > self.style.top else 0.0
            notes = row.piece.notes
            orphan = step if k == 0 and len(rows) > 1 else 0.0
            extra = self._note_room(notes)
            if self.y + lead + step + extra + orphan + (keep if k == 0 else 0.0) > self._floor:
                self._new_page()
                lead, extra = 0.0, self._note_room(notes)
            self.note_height += extra
            self.pending += notes
            self.y += lead + step
            self.sheets[-1].lines.append(Line(self.y - 0.22 * size, (row.piece,), self.place, self.block, row.glued))

    def _wrap(self, text: str, style: str, size: float, **options: object) -> list[Row]:
        return wrap(text, style, size, self.style.left, self.width, **options)  # type: ignore[arg-type]

    def _block(self, block: Block, following: Block | None) -> None:
        size, gap, indent = self.style.size, self.style.gap, self.style.indent
        if block.kind == "pagebreak":
            self._new_page()
        elif block.kind == "table":
            assert block.table is not None
            self._table(block.table)
        elif block.kind == "center":
            self._put(self._wrap(block.text, "bold", size, align="center"), size, before=gap, keep=40)
        elif block.kind in ("h1", "h2"):
            rows = self._wrap(block.text, "bold", size, indent=indent, align="justify")
            self._put(rows, size, before=gap + 1, keep=3 * self._step(size))
        else:
            style = "italic" if block.kind == "base" else "regular"
            rows = self._wrap(block.text, style, size, indent=indent)
            # The signature never stands alone on a page: the last paragraph goes along.
            signed = following is None and self.place == "body"
            room = (len(rows) - 1) * self._step(size) + 14 + self._sign_off_height if signed else 0.0
            self._put(rows, size, before=gap, keep=room)

    # parts

    def _column(self, rows: list[tuple[str, str, float]], x: float, width: float, y: float) -> tuple[float, list[Line]]:
        """Set centred lines in a column of the letterhead or sign-off; return the bottom and the lines."""
        lines = []
        for text, style, size in rows:
            self.block += 1
            for row in wrap(text, style, size, x, width, align="center"):
                y += size * 1.2
                lines.append(Line(y - 0.22 * size, (row.piece,), "header", self.block, row.glued))
        return y, lines

    def _letterhead(self) -> None:
        source, style, sheet = self.source, self.style, self.sheets[-1]
        left_w = self.width * style.column
        right_x, right_w = style.left - 14 + left_w, self.width - left_w + 24
        left_x, small = style.left - 18, 12.5
        upper = [(t, "regular", small) for t in source.parent] + [(t, "bold", small) for t in source.issuer]
        y_left, left = self._column(upper, left_x, left_w, self.y)
        sheet.rules.append(_rule(left_x + left_w / 2, y_left + 2, left_w * 0.36))
        y_right, right = self._column([(NATION, "bold", 12.0), (MOTTO, "bold", 13.0)], right_x, right_w, self.y)
        sheet.rules.append(_rule(right_x + right_w / 2, y_right + 2, string_width(MOTTO, "bold", 13.0)))
        row = max(y_left, y_right) + 7
        rest = [(source.number, "regular", 13.0)] + ([(source.about, "regular", 12.0)] if source.about else [])
        y_left, number = self._column(rest, left_x, left_w, row)
        y_right, date = self._column([(source.place_date, "italic", 13.0)], right_x, right_w, row)
        sheet.lines += [*left, *number, *right, *date]
        self.y = max(y_left, y_right) + 8

    def _title(self) -> None:
        if self.source.title is None:
            return
        kind, subject = self.source.title
        self.y += 4
        self._put(self._wrap(kind, "bold", self.style.size, align="center"), self.style.size)
        for part in subject:
            self._put(self._wrap(part, "bold", self.style.size, align="center"), self.style.size)
        if subject:
            self.sheets[-1].rules.append(_rule(self.style.left + self.width / 2, self.y + 3, self.width * 0.3))
        self.y += 8

    def _addressees(self) -> None:
        to, size = self.source.to, self.style.size
        if len(to) == 1:
            self._put(self._wrap(f"Kính gửi: {to[0]}", "regular", size, align="center"), size, before=4)
        elif to:
            x = self.style.left + 70
            self._put(wrap("Kính gửi:", "regular", size, x, 200, align="left"), size, before=4)
            for text in to:
                rows = wrap(f"- {text}", "regular", size, x + 48, self.width - 118, align="left")
                self._put(rows, size)
        self.y += 4

    @property
    def _sign_off_height(self) -> float:
        return max(len(self.source.recipients) * 14 + 28.0, len(self.source.sign_title) * 18 + 110.0)

    def _sign_off(self) -> None:
        source, style = self.source, self.style
        left_w = self.width * 0.48
        right_x, right_w = style.left + left_w, self.width - left_w
        left: list[tuple[str, str, float]] = [("Nơi nhận:", "bolditalic", 12.0)]
        left += [(f"- {r}", "regular", 11.0) for r in source.recipients]
        if self.y + 14 + self._sign_off_height > self._floor:
            self._new_page()
        sheet, place = self.sheets[-1], self.place
        top = self.y + 12
        y = top
        for text, face, size in left:
            self.block += 1
            for row in wrap(text, face, size, style.left, left_w - 10, align="left"):
                y += size * 1.2
                sheet.lines.append(Line(y - 0.22 * size, (row.piece,), place, self.block, row.glued))
        y_right, right = self._column([(t, "bold", 13.5) for t in source.sign_title], right_x, right_w, top)
        y_name, name = self._column([(source.sign_name, "bold", 13.5)], right_x, right_w, y_right + 62)
        sheet.lines += [Line(r.y, r.pieces, place, r.block, r.glued) for r in [*right, *name]]
        sheet.signature = (right_x + right_w / 2, y_right + 34)
        self.y = max(y, y_name) + 10

    def _annex(self, annex: Annex) -> None:
        self.part = 0
        self._new_page()
        self.place = "appendix"
        size = self.style.size
        self._put(self._wrap(annex.name, "bold", size, align="center"), size)
        for title in annex.title:
            self._put(self._wrap(title, "bold", size, align="center"), size)
        if annex.note:
            self._put(self._wrap(annex.note, "italic", size - 0.5, align="center"), size - 0.5)
        self.y += 8
        for k, block in enumerate(annex.body):
            self._block(block, annex.body[k + 1] if k + 1 < len(annex.body) else None)

    def _rows(self, table: Table, mark: str) -> None:
        """Set each row of a table as one line, however long, ``mark`` between its cells."""
        size = self.style.size - 1.5
        for row in table.rows:
            if self.y + size > self._floor:
                self._new_page()
            self.block += 1
            self.y += size * 1.15
            text = f" {mark} ".join(row)
            pieces = tuple(line.piece for line in wrap(text, "regular", size, 0.0, math.inf))
            self.sheets[-1].lines.append(Line(self.y, pieces, self.place, self.block))

    def _table(self, table: Table) -> None:
        if self.cell_mark is not None:
            self._rows(table, self.cell_mark)
            return
        size, pad = self.style.size - 1.5, 4.0
        step = size * 1.15
        widths = [w / sum(table.widths) * self.width for w in table.widths]
        edges = [self.style.left + sum(widths[:k]) for k in range(len(widths) + 1)]
        self.y += 8
        top = self.y
        for r, row in enumerate(table.rows):
            cells = [self._cell(text, edges[k], widths[k], size, pad, head=r == 0) for k, text in enumerate(row)]
            tall = max(len(cell) for cell in cells)
            if self.y + tall * step + 2 * pad > self._floor:
                self._uprights(edges, top, self.y)
                self._new_page()
                top = self.y
            self._rule_across(edges, self.y)
            self.block += 1
            for k in range(tall):
                pieces = tuple(cell[k].piece for cell in cells if k < len(cell))
                y = self.y + pad + (k + 1) * step - 0.22 * size
                self.sheets[-1].lines.append(Line(y, pieces, self.place, self.block))
            self.y += tall * step + 2 * pad
            self._rule_across(edges, self.y)
        self._uprights(edges, top, self.y)
        self.y += 8

    def _cell(self, text: str, x: float, width: float, size: float, pad: float, *, head: bool) -> list[Row]:
        centred = head or (len(parse(text, "regular", size)) == 1 and len(text) <= 3)
        style = "bold" if head else "regular"
        return wrap(text, style, size, x + pad, width - 2 * pad, align="center" if centred else "left")

    def _rule_across(self, edges: list[float], y: float) -> None:
        self.sheets[-1].rules.append((edges[0], y, edges[-1], y, 0.7))

    def _uprights(self, edges: list[float], top: float, bottom: float) -> None:
        self.sheets[-1].rules += [(x, top, x, bottom, 0.7) for x in edges if bottom > top]


def _rule(centre: float, y: float, length: float) -> tuple[float, float, float, float, float]:
    return (centre - length / 2, y, centre + length / 2, y, 0.7)
