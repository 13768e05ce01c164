"""DOCX files: paragraphs and tables in the order of the body, footnotes at the end of their page.

A page ends where the author broke it; where Word would break it is not in the file.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.document import PAGE_BREAK
from corpus.errors import DamagedFileError, EmptyFileError, EncryptedFileError, LimitError, NotFoundError
from corpus.text import fold, nfc
from ingest.pages import Limits, Picture, RawPage

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AGAIN = "Hãy mở bằng Word và lưu lại thành DOCX hoặc PDF."
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

#: Words that tell a table that only places the letterhead or the sign-off from one that holds data.
_LAYOUT_WORDS = ("cong hoa xa hoi", "doc lap", "noi nhan")


class WordFile:
    """An open DOCX. Raises ``DamagedFileError``, ``LimitError`` or ``EmptyFileError`` on opening."""

    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def __init__(self, data: bytes, limits: Limits) -> None:
        text = nfc(_text(_open(data, limits)))
        if not text.strip():
            raise EmptyFileError("Tệp Word không có chữ nào.", "Hãy kiểm tra lại tệp nguồn.")
        self._pages = [page.strip("\n") for page in text.split(PAGE_BREAK)]
        self.page_count = len(self._pages)

    def page(self, number: int) -> RawPage:
        """Return the text of a page, one line a paragraph."""
        text = self._pages[number - 1]
        return RawPage(number, text=text, blank=not text.strip())

    def picture(self, number: int, dpi: float | None = None) -> Picture:
        """Raise ``NotFoundError``: what a page looks like is decided by Word, not by the file."""
        raise NotFoundError("Tệp Word không có hình trang.", "Hãy lưu tệp thành PDF nếu cần xem hình trang.")

    def close(self) -> None:
        """Nothing to free."""


def _open(data: bytes, limits: Limits) -> Document:
    import docx
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > limits.unpacked_bytes or len(members) > 10_000:
                raise LimitError("Tệp Word nở ra quá lớn khi giải nén.", _AGAIN)
            if any(member.flag_bits & 1 for member in members):
                raise EncryptedFileError("Tệp Word được đặt mật khẩu.", "Hãy lưu lại bản không có mật khẩu.")
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, zlib.error, OpcError, SyntaxError, KeyError, ValueError, OSError) as error:
        raise DamagedFileError("Tệp Word bị hỏng hoặc bị cắt cụt.", _AGAIN) from error


def _text(document: Document) -> str:
    from docx.table import Table

    notes = _Footnotes(document)
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += _table_lines(block, notes)
        else:
            paragraph = _paragraph_text(block._p, notes)
            for k, part in enumerate(paragraph.split(PAGE_BREAK)):
                if k:
                    lines += [*notes.take(), PAGE_BREAK]
                lines += [line.rstrip() for line in part.split("\n") if line.strip()]
    lines += notes.take()
    return "\n".join(lines).replace(f"\n{PAGE_BREAK}", PAGE_BREAK).replace(f"{PAGE_BREAK}\n", PAGE_BREAK)


def _paragraph_text(paragraph: BaseOxmlElement, notes: _Footnotes) -> str:
    out: list[str] = []
    properties = paragraph.find(f"{_W}pPr")
    breaks = properties.find(f"{_W}pageBreakBefore") if properties is not None else None
    if breaks is not None and breaks.get(f"{_W}val") not in ("0", "false", "none"):
        out.append(PAGE_BREAK)
    for node in paragraph.iter():
        tag = str(node.tag).removeprefix(_W)
        if tag == "t":
            out.append(node.text or "")
        elif tag == "tab":
            # Tab stops in the paragraph's properties carry the same name and are not text.
            out.append("\t" if node.getparent().tag == f"{_W}r" else "")
        elif tag == "noBreakHyphen":
            out.append("-")
        elif tag in ("br", "cr"):
            out.append(PAGE_BREAK if node.get(f"{_W}type") == "page" else "\n")
        elif tag == "footnoteReference":
            out.append(notes.mark(node.get(f"{_W}id")))
    return "".join(out)


def _table_lines(table: Any, notes: _Footnotes) -> Iterator[str]:
    """Yield one line a row, cells parted by tabs; a table that only places things yields its cells one by one."""
    rows = [[cell for k, cell in enumerate(row.cells) if cell not in row.cells[:k]] for row in table.rows]
    columns = max((len(row) for row in rows), default=0)
    texts = [[_cell_lines(cell, notes) for cell in row] for row in rows]
    folded = fold(" ".join(line for row in texts for cell in row for line in cell))
    if columns == 2 and len(rows) <= 4 and any(word in folded for word in _LAYOUT_WORDS):
        for column in range(columns):
            for row in texts:
                yield from row[column] if column < len(row) else ()
        return
    for row in texts:
        line = "\t".join(" ".join(cell) for cell in row)
        if line.strip():
            yield line


def _cell_lines(cell: Any, notes: _Footnotes) -> list[str]:
    lines: list[str] = []
    for paragraph in cell.paragraphs:
        text = _paragraph_text(paragraph._p, notes).replace(PAGE_BREAK, "\n").replace("\t", " ")
        lines += [line.strip() for line in text.split("\n") if line.strip()]
    for inner in cell.tables:
        lines += [line.replace("\t", " ") for line in _table_lines(inner, notes)]
    return lines


class _Footnotes:
    """The footnotes of a document: numbered as they are met, handed out at the end of each page."""

    def __init__(self, document: Document) -> None:
        from docx.oxml import parse_xml

        self._texts: dict[str, Any] = {}
        self._met = 0
        self._waiting: list[str] = []
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/footnotes") and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).iter(f"{_W}footnote"):
                    self._texts[note.get(f"{_W}id")] = note

    def mark(self, key: str | None) -> str:
        note = self._texts.get(key or "")
        if note is None:
            return ""
        self._met += 1
        mark = str(self._met).translate(_SUPERSCRIPT)
        text = "".join(part.text or "" for part in note.iter(f"{_W}t")).strip()
        self._waiting.append(f"{mark} {text}")
        return mark

    def take(self) -> list[str]:
        waiting, self._waiting = self._waiting, []
        return waiting
