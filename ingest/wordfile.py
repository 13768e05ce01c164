"""DOCX files: paragraphs and tables in the order of the body, footnotes at the end of their page.

Automatic numbers are written out, and text in an old font (.VnTime, VNI-Times) comes as Unicode. A page ends where
the author broke it; where Word would break it is not in the file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from corpus.document import PAGE_BREAK
from corpus.errors import DamagedFileError, EmptyFileError, EncryptedFileError, LimitError, NotFoundError
from corpus.text import fold, nfc
from ingest.legacy import NAMES, Encoding, Scheme, choose, decode, of_font, unmixed
from ingest.pages import Limits, Picture, RawPage
from ingest.wordfonts import MC, Styles, W, part_xml
from ingest.wordlists import lines_of_row
from ingest.wordnumbers import Numbering

if TYPE_CHECKING:
    from docx.document import Document

_AGAIN = "Hãy mở bằng Word và lưu lại thành DOCX hoặc PDF."
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

#: How it is said of a page that some of it was in an old code.
OLD_CODES = "Chữ theo bảng mã cũ"
_PLAIN_FONT = "Times New Roman"

#: Words that tell a table that only places the letterhead or the sign-off from one that holds data.
_LAYOUT_WORDS = ("cong hoa xa hoi", "doc lap", "noi nhan")
#: It has no more rows, and no more columns.
_PLACED_ROWS = 4


class WordFile:
    """An open DOCX. Raises ``DamagedFileError``, ``LimitError`` or ``EmptyFileError`` on opening."""

    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            reader = _Body(_open(data, limits))
            text, schemes = unmixed(nfc(reader.text()))
        except (SyntaxError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
            # The parts of a damaged file are not what they should be in ways that python-docx does not foresee.
            raise DamagedFileError("Tệp Word bị hỏng hoặc bị cắt cụt.", _AGAIN) from error
        self._note = reader.note(schemes)
        if not text.strip():
            raise EmptyFileError("Tệp Word không có chữ nào.", "Hãy kiểm tra lại tệp nguồn.")
        self._pages = [page.strip("\n") for page in text.split(PAGE_BREAK)]
        self.page_count = len(self._pages)

    def page(self, number: int) -> RawPage:
        """Return the text of a page, one line a paragraph."""
        text = self._pages[number - 1]
        return RawPage(number, text=text, blank=not text.strip(), note=self._note)

    def picture(self, number: int, dpi: float | None = None) -> Picture:
        """Raise ``NotFoundError``: what a page looks like is decided by Word, not by the file."""
        raise NotFoundError("Tệp Word không có hình trang.", "Hãy lưu tệp thành PDF nếu cần xem hình trang.")

    def close(self) -> None:
        """Nothing to free."""


def _recode(runs: list[Any], encoding: Encoding) -> None:
    texts = [node for run in runs for node in run.iter(f"{W}t")]
    parts = [decode(node.text or "", encoding) for node in texts]
    whole = decode("".join(node.text or "" for node in texts), encoding)
    if "".join(parts) != whole:  # a letter and its mark in two runs
        parts = [whole, *("" for _ in texts[1:])]
    for node, part in zip(texts, parts, strict=True):
        node.text = part
    for run in runs:
        fonts = run.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for which in ("ascii", "hAnsi", "cs"):
            fonts.set(f"{W}{which}", _PLAIN_FONT)


def unicoded(data: bytes, limits: Limits) -> bytes:
    """Return a DOCX with what is set in old fonts in Unicode, so that it can be shown without these fonts.

    Raises ``DamagedFileError``, ``EncryptedFileError``, ``LimitError``.
    """
    document = _open(data, limits)
    out = io.BytesIO()
    try:
        _Body(document).unicoded()
        document.save(out)
    except (SyntaxError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedFileError("Tệp Word bị hỏng hoặc bị cắt cụt.", _AGAIN) from error
    return out.getvalue()


def check_docx(data: bytes, limits: Limits) -> None:
    """Raise ``LimitError`` for a DOCX that unpacks to too much, ``EncryptedFileError`` for one with a password,
    ``DamagedFileError`` for what is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise DamagedFileError("Tệp Word bị hỏng hoặc bị cắt cụt.", _AGAIN) from error
    if sum(member.file_size for member in members) > limits.unpacked_bytes or len(members) > 10_000:
        raise LimitError("Tệp Word nở ra quá lớn khi giải nén.", _AGAIN)
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedFileError("Tệp Word được đặt mật khẩu.", "Hãy lưu lại bản không có mật khẩu.")


def _open(data: bytes, limits: Limits) -> Document:
    import docx
    from docx.opc.exceptions import OpcError

    check_docx(data, limits)
    try:
        return docx.Document(io.BytesIO(data))
    except (
        zipfile.BadZipFile,
        NotImplementedError,  # a byte that makes it a newer kind of archive than there is
        zlib.error,
        OpcError,
        SyntaxError,
        KeyError,
        ValueError,
        OSError,
    ) as error:
        raise DamagedFileError("Tệp Word bị hỏng hoặc bị cắt cụt.", _AGAIN) from error


#: What holds text that is not to be read: deleted or moved away, or a second version of what stands beside it.
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}pPr", f"{W}rPr", f"{W}sectPr", f"{W}tblPr"}

#: Tables in tables, and runs in links in fields, are not nested deeper by people.
_MOST_DEPTH = 40


@dataclass(slots=True)
class _Piece:
    """Text of one run with its font; ``""`` for what Word draws by itself."""

    text: str
    font: str


class _Body:
    """Reads the body of a document once."""

    def __init__(self, document: Document) -> None:
        self._body = document.element.body
        self._styles = Styles(document)
        self._numbering = Numbering(document, self._styles)
        self._notes = _Footnotes(part_xml(document, "footnotes"))
        self._encodings: dict[str, Encoding | None] = {}
        self._met: dict[str, None] = {}
        self._learn(part_xml(document, "footnotes"))

    def _learn(self, footnotes: Any) -> None:
        """Decide for every old font whether its text is coded as its name says, on all that is set in it."""
        texts: dict[str, list[str]] = {}
        for root in (self._body, footnotes):
            for paragraph in root.iter(f"{W}p") if root is not None else ():
                for piece in _pieces(paragraph, self._styles, lambda key: ""):
                    texts.setdefault(piece.font, []).append(piece.text)
        self._encodings = {font: choose(font, " ".join(parts)) for font, parts in texts.items() if of_font(font)}

    def unicoded(self) -> None:
        """Write what is set in old fonts in Unicode and in a font that every machine has."""
        for paragraph in self._body.iter(f"{W}p"):
            runs = ((run, self._styles.font(run, paragraph)) for run in paragraph.iter(f"{W}r"))
            for font, group in groupby(runs, key=lambda pair: pair[1]):
                encoding = self._encodings.get(font)
                if encoding is not None:
                    _recode([run for run, _ in group], encoding)

    def note(self, more: Iterable[Scheme] = ()) -> str:
        """Say in Vietnamese which old codes were met, ``more`` among them, "" where none was."""
        met = dict.fromkeys([*self._met, *(NAMES[scheme] for scheme in more)])
        return f"{OLD_CODES} {', '.join(met)} đã được chuyển sang Unicode." if met else ""

    def text(self) -> str:
        """Return the text of the body with form feeds between pages."""
        lines: list[str] = []
        for block in _blocks(self._body):
            if block.tag == f"{W}tbl":
                lines += self._table(block, 0)
                continue
            for k, part in enumerate(self._paragraph(block).split(PAGE_BREAK)):
                if k:
                    lines += [*self._footnotes(), PAGE_BREAK]
                lines += [line.rstrip() for line in part.split("\n") if line.strip()]
        lines += self._footnotes()
        return "\n".join(lines).replace(f"\n{PAGE_BREAK}", PAGE_BREAK).replace(f"{PAGE_BREAK}\n", PAGE_BREAK)

    def _paragraph(self, paragraph: Any) -> str:
        properties = paragraph.find(f"{W}pPr")
        breaks = properties.find(f"{W}pageBreakBefore") if properties is not None else None
        broken = breaks is not None and breaks.get(f"{W}val") not in ("0", "false", "none")
        text = self._plain(_pieces(paragraph, self._styles, self._notes.mark))
        label = self._numbering.label(paragraph)
        # An empty numbered paragraph is counted, but its number alone says nothing.
        text = f"{label} {text.lstrip()}" if label and text.strip() else text
        for box in _text_boxes(paragraph):
            text += "".join(f"\n{self._paragraph(inner)}" for inner in box.iter(f"{W}p"))
        return PAGE_BREAK + text if broken else text

    def _plain(self, pieces: Iterable[_Piece]) -> str:
        """Join pieces; neighbours in one old font are decoded together, as a letter and its mark may be two runs."""
        out: list[str] = []
        for font, group in groupby(pieces, key=lambda piece: piece.font):
            text = "".join(piece.text for piece in group)
            encoding = self._encodings.get(font)
            if encoding is not None:
                coded, text = text, decode(text, encoding)
                if text != coded:
                    self._met[NAMES[encoding.scheme]] = None
            out.append(text.replace("\xad", ""))
        return "".join(out)

    def _footnotes(self) -> list[str]:
        return [
            f"{mark} {' '.join(self._plain(_pieces(p, self._styles, lambda key: '')).strip() for p in note)}".strip()
            for mark, note in self._notes.take()
        ]

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        """Yield one line a row, cells parted by tabs; a table that only places things yields its cells one by one."""
        rows = [[self._cell(cell, depth) for cell in _cells(row)] for row in _children(table, "tr")]
        columns = max((len(row) for row in rows), default=0)
        folded = fold(" ".join(line for row in rows for cell in row for line in cell))
        placed = len(rows) <= _PLACED_ROWS and any(word in folded for word in _LAYOUT_WORDS)
        if placed and 2 < columns <= _PLACED_ROWS and all(sum(map(bool, row)) <= 2 for row in rows):
            for row in rows:  # cells of several widths: a title under both columns of the letterhead
                yield from (line for cell in row for line in cell)
            return
        if placed and columns == 2:
            for column in range(columns):
                for row in rows:
                    yield from row[column] if column < len(row) else ()
            return
        for row in rows:
            yield from (line for line in lines_of_row(row, rows[0]) if line.strip())

    def _cell(self, cell: Any, depth: int) -> list[str]:
        lines: list[str] = []
        for block in _blocks(cell):
            if block.tag == f"{W}tbl":
                if depth < _MOST_DEPTH:
                    lines += [line.replace("\t", " ") for line in self._table(block, depth + 1)]
                continue
            text = self._paragraph(block).replace(PAGE_BREAK, "\n").replace("\t", " ")
            lines += [line.strip() for line in text.split("\n") if line.strip()]
        return lines


def _blocks(parent: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables right below, those in content controls and in kept changes, too."""
    for node in parent:
        if node.tag in (f"{W}p", f"{W}tbl"):
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}smartTag"):
            yield from _blocks(node)


def _children(parent: Any, name: str) -> Iterator[Any]:
    for node in parent:
        if node.tag == f"{W}{name}":
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _children(node, name)


def _cells(row: Any) -> list[Any]:
    """Return the cells of a row; in place of one that goes on from the row above stands an empty one."""
    return [
        cell if (merge := cell.find(f"{W}tcPr/{W}vMerge")) is None or merge.get(f"{W}val") == "restart" else ()
        for cell in _children(row, "tc")
    ]


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """Yield the text boxes that hang on a paragraph, each once (Word writes them twice, for old programs)."""
    for node in _walk(paragraph, 0):
        if node.tag == f"{W}txbxContent":
            yield node


def _walk(node: Any, depth: int) -> Iterator[Any]:
    """Yield what is below in order, without what is not to be read and without going into text boxes."""
    for child in node:
        if child.tag in _SKIPPED or depth > _MOST_DEPTH:
            continue
        yield child
        if child.tag != f"{W}txbxContent":
            yield from _walk(child, depth + 1)


def _pieces(paragraph: Any, styles: Styles, mark: Callable[[str | None], str]) -> Iterator[_Piece]:
    """Yield the text of a paragraph run by run; ``mark`` gives the mark of a footnote."""
    font = ""
    for node in _walk(paragraph, 0):
        tag = str(node.tag).removeprefix(W)
        if tag == "r":
            font = styles.font(node, paragraph)
        elif tag == "t":
            yield _Piece(node.text or "", font)
        elif tag == "sym":
            code = node.get(f"{W}char") or ""
            named = node.get(f"{W}font") or ""
            if of_font(named) is not None and re.fullmatch("[0-9A-Fa-f]{2,4}", code):
                yield _Piece(chr(int(code, 16)), named)
        elif tag in ("tab", "ptab"):
            yield _Piece("\t", font)
        elif tag == "noBreakHyphen":
            yield _Piece("-", "")
        elif tag == "softHyphen":
            yield _Piece("\xad", font)
        elif tag in ("br", "cr"):
            yield _Piece(PAGE_BREAK if node.get(f"{W}type") == "page" else "\n", "")
        elif tag == "footnoteReference":
            yield _Piece(mark(node.get(f"{W}id")), "")


class _Footnotes:
    """The footnotes of a document: numbered as they are met, handed out at the end of each page."""

    def __init__(self, root: Any) -> None:
        notes = () if root is None else root.iter(f"{W}footnote")
        self._notes: dict[str, Any] = {note.get(f"{W}id"): note for note in notes}
        self._met = 0
        self._waiting: list[tuple[str, list[Any]]] = []

    def mark(self, key: str | None) -> str:
        note = self._notes.get(key or "")
        if note is None:
            return ""
        self._met += 1
        mark = str(self._met).translate(_SUPERSCRIPT)
        self._waiting.append((mark, list(note.iter(f"{W}p"))))
        return mark

    def take(self) -> list[tuple[str, list[Any]]]:
        waiting, self._waiting = self._waiting, []
        return waiting
