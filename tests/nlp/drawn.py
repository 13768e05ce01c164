"""Whole tables of tasks drawn as offices draw them, in pages as a reader of files hands them over: with the cells of
their ruling, or as lines of words that nothing parts. Offices and places are invented."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from corpus.document import Block, BlockKind, Document, Page, Stretch, Word
from corpus.samples.typeset import wrap

#: Letterheads and sign-offs by office.
_TOP = {
    "so": "UBND TỈNH THANH LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 259/KH-SGDĐT",
    "phong": "UBND HUYỆN YÊN KHÊ\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 259/PGDĐT",
    "truong": "UBND HUYỆN YÊN KHÊ\nTRƯỜNG THCS HÙNG VƯƠNG\nSố: 259/KH-THCSHV",
}
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
_TO = {
    "so": "Phòng GDĐT các huyện, thị xã, thành phố; các trường THPT, trung tâm GDNN-GDTX",
    "xa": "UBND các xã, phường; các trường THPT, trung tâm GDNN-GDTX",
    "phong": "Các trường mầm non, tiểu học, THCS",
}
_SIGNED = {"so": "GIÁM ĐỐC", "phong": "TRƯỞNG PHÒNG", "truong": "HIỆU TRƯỞNG"}
#: Width of the text and room beside the words of a cell, in points; size of the print.
_WIDTH, _PAD, _SIZE = 480.0, 4.0, 11.5
#: A cell that goes on from the one above, and one from its left.
_ABOVE, _LEFT = "^", "_"


@dataclass(frozen=True)
class Right:
    """What is right of a row: its day ("" for one that is but described), who acts, levels, recipient."""

    due: str
    actors: frozenset[str]
    levels: frozenset[str]
    recipient: str | None


@dataclass(frozen=True)
class Drawn:
    """A table: the lines before and after it, its rows of cells, head first, and what is right of each row."""

    name: str
    office: str
    date: str
    lead: list[str]
    after: list[str]
    widths: list[float]
    head: list[list[str]]
    rows: list[list[str]]
    right: list[Right | None]
    plain: int


@dataclass
class _Text:
    """A page as it is written: its lines, words with their columns, and the rows of the table."""

    lines: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    at: int = 0

    def put(self, pieces: list[tuple[int | None, str]]) -> None:
        """Write a line; each piece with the column it stands in."""
        at = self.at
        for column, text in pieces:
            for word in text.split():
                self.words.append(Word(at, at + len(word), None, None, column))
                at += len(word) + 1
        self.lines.append(" ".join(" ".join(text.split()) for _, text in pieces))
        self.at += len(self.lines[-1]) + 1


def tables(path: Path) -> list[Drawn]:
    """Return the tables of a data file."""
    return [_table(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["table"]]


def _table(row: dict[str, Any]) -> Drawn:
    cells = [[cell.strip() for cell in line.split("|")] for line in row["rows"]]
    told = [_right(line) for line in row["right"]]
    head = [[cell.strip() for cell in line.split("|")] for line in row["head"]]
    return Drawn(
        row["name"],
        row["office"],
        row["date"],
        row["lead"],
        row["after"],
        row["widths"],
        head,
        cells,
        told,
        row["plain"],
    )


def _right(line: str) -> Right | None:
    if not line:
        return None
    due, actors, levels, recipient = (part.strip() for part in line.split(";"))
    return Right(due, _set(actors), _set(levels), recipient or None)


def _set(words: str) -> frozenset[str]:
    return frozenset(word.strip() for word in words.split(",") if word.strip())


def document(table: Drawn, *, ruled: bool) -> Document:
    """Return a directive with a table; ``ruled``: the page tells the cells of its words."""
    year, month, day = table.date.split("-")
    page = _Text()
    to = _TO.get("xa" if table.office == "so" and table.date > "2025-07" else table.office)
    place = "Thanh Lâm" if table.office == "so" else "Yên Khê"
    top = (
        f"{_TOP[table.office]}\n{_NATION}\n{place}, ngày {day} tháng {month} năm {year}\nKẾ HOẠCH\nTriển khai nhiệm vụ"
    )
    for line in [*top.split("\n"), *([f"Kính gửi: {to}."] if to else []), *table.lead]:
        page.put([(None, line)])
    _draw(table, page)
    for line in [*table.after, "Nơi nhận:", "- Như trên;", "- Lưu: VT.", _SIGNED[table.office], "Nguyễn Văn Hải"]:
        page.put([(None, line)])
    words, blocks = (tuple(page.words), tuple(page.blocks)) if ruled else ((), ())
    made = Page(1, "\n".join(page.lines), words=words, blocks=blocks)
    return Document("0" * 64, f"{table.name}.pdf", "application/pdf", (made,))


def _draw(table: Drawn, page: _Text) -> None:
    """Write the rows of a table: the first lines of all cells of a row, then the second ones."""
    rows, total = [*table.head, *table.rows], sum(table.widths)
    for row in rows:
        stretches = _stretches(row)
        start, cells = page.at, list[list[tuple[int | None, str]]]()
        for one in stretches:
            room = _WIDTH * sum(table.widths[one.left : one.right]) / total - 2 * _PAD
            words = "" if one.above else row[one.left]
            face = "bold" if row in table.head else "regular"
            cells.append([(one.left, r.piece.text) for r in wrap(words, face, _SIZE, 0.0, room)] if words else [])
        for pieces in zip_longest(*cells):
            page.put([piece for piece in pieces if piece is not None])
        page.blocks.append(Block(BlockKind.TABLE, start, page.at - 1, None, tuple(stretches)))


def _stretches(row: list[str]) -> list[Stretch]:
    found: list[Stretch] = []
    for k, cell in enumerate(row):
        if cell == _LEFT and found:
            found[-1] = Stretch(found[-1].left, k + 1, found[-1].above)
        else:
            found.append(Stretch(k, k + 1, cell == _ABOVE))
    return found
