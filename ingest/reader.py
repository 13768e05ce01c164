"""The one door for files: what kind of file is this (by its content, not its name), and is it safe to read?

Portals and offices hand out HTML, RTF and PDF under names like .doc: what the content tells is read, whatever known
name it has. Only what has no mark of its own must be what its name says, and what is no page must not be called one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from corpus.errors import EmptyFileError, LimitError, UnsupportedFileError
from ingest.htmlfile import HtmlFile
from ingest.imagefile import ImageFile
from ingest.markup import markup_type
from ingest.officefile import OfficeFile, office_type
from ingest.pages import Limits, OpenFile
from ingest.pdf import PdfFile
from ingest.plaintext import TextFile
from ingest.wordfile import WordFile

_SAVE_AS = "Hãy lưu văn bản thành PDF, DOCX hoặc TXT rồi thử lại."


class Kind(StrEnum):
    """The kinds of files that are read."""

    PDF = "pdf"
    DOCX = "docx"
    OFFICE = "office"  #: a Word file that LibreOffice has to open: DOC, RTF, ODT
    HTML = "html"  #: a web page or what Word saves as one, also as an archive (MHT)
    IMAGE = "image"
    TEXT = "text"


#: Names under which each kind may come. Folders are searched for these suffixes.
SUFFIXES: dict[str, Kind] = {
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".doc": Kind.OFFICE,
    ".rtf": Kind.OFFICE,
    ".odt": Kind.OFFICE,
    ".htm": Kind.HTML,
    ".html": Kind.HTML,
    ".mht": Kind.HTML,
    ".mhtml": Kind.HTML,
    ".png": Kind.IMAGE,
    ".jpg": Kind.IMAGE,
    ".jpeg": Kind.IMAGE,
    ".tif": Kind.IMAGE,
    ".tiff": Kind.IMAGE,
    ".txt": Kind.TEXT,
}

_NAMES = {
    Kind.PDF: "PDF",
    Kind.DOCX: "Word (DOCX)",
    Kind.OFFICE: "Word (DOC, RTF, ODT)",
    Kind.HTML: "trang web (HTML)",
    Kind.IMAGE: "ảnh",
    Kind.TEXT: "văn bản thuần",
}

#: Word opens these as text, too; a file of another kind that has no mark at all is damaged.
_MAY_BE_TEXT = frozenset({".doc", ".txt", ".htm", ".html", ".mht", ".mhtml"})
#: A web page in place of these is what a server says when there is no such file.
_NO_PAGE = (Kind.PDF, Kind.IMAGE)

#: Files of offices that hold no directive, by their suffix.
_OTHERS = {
    ".xls": "Excel", ".xlsx": "Excel", ".xlsm": "Excel", ".ods": "bảng tính", ".csv": "bảng tính CSV",
    ".ppt": "PowerPoint", ".pptx": "PowerPoint", ".zip": "tệp nén ZIP", ".rar": "tệp nén RAR", ".7z": "tệp nén 7-Zip",
}  # fmt: skip

_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
)

#: What else offices send, with the first bytes that give it away.
_FOREIGN = (
    (b"GIF8", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"Rar!\x1a\x07", "nén RAR"),
    (b"7z\xbc\xaf'\x1c", "nén 7-Zip"),
    (b"\x1f\x8b", "nén GZIP"),
    (b"MZ", "chương trình Windows"),
    (b"\x7fELF", "chương trình Linux"),
    (b"AT&TFORM", "DjVu"),
    (b"%!PS", "PostScript"),
)

#: PDF readers accept the mark %PDF- anywhere in the first kilobyte, and scanners make use of it.
_PDF_MARK_WITHIN = 1024


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is: its kind and its media type."""

    kind: Kind
    media_type: str


def sniff(data: bytes) -> FileKind:
    """Tell what a file is from its bytes.

    Raises ``UnsupportedFileError`` for what is known not to be readable, ``EncryptedFileError`` for an old Word file
    with a password.
    """
    if b"%PDF-" in data[:_PDF_MARK_WITHIN]:
        return FileKind(Kind.PDF, PdfFile.media_type)
    for mark, media_type in _IMAGES:
        if data.startswith(mark):
            return FileKind(Kind.IMAGE, media_type)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise UnsupportedFileError("Tệp là ảnh WebP, chưa đọc được.", "Hãy lưu ảnh thành PNG hoặc JPEG.")
    if data[4:8] == b"ftyp":
        raise UnsupportedFileError("Tệp là ảnh HEIC hoặc video, chưa đọc được.", "Hãy lưu ảnh thành PNG hoặc JPEG.")
    web = markup_type(data)
    if web is not None:
        return FileKind(Kind.HTML, web)
    office = office_type(data)
    if office is not None:
        return FileKind(Kind.OFFICE, office)
    if data.startswith(b"PK"):
        # The parts of a DOCX are named in the zip archive's local headers and again in its directory at the end.
        if b"word/" in data:
            return FileKind(Kind.DOCX, WordFile.media_type)
        raise UnsupportedFileError("Tệp là tệp nén hoặc Excel, PowerPoint; chưa đọc được.", _SAVE_AS)
    for mark, name in _FOREIGN:
        if data.startswith(mark):
            raise UnsupportedFileError(f"Tệp thuộc loại {name}, chưa đọc được.", _SAVE_AS)
    return FileKind(Kind.TEXT, TextFile.media_type)


def check(data: bytes, source: str, limits: Limits) -> FileKind:
    """Return what the file is once it has passed: not empty, not too large, nothing that its name rules out.

    A name without a suffix promises nothing. Raises ``EmptyFileError``, ``LimitError``, ``UnsupportedFileError``.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyFileError("Tệp rỗng.", "Hãy tải hoặc quét lại tệp.")
    if len(data) > limits.bytes:
        raise LimitError(
            f"Tệp lớn {len(data) / 2**20:.0f} MB, quá giới hạn {limits.bytes / 2**20:.0f} MB.",
            "Hãy tách tệp hoặc quét lại ở 300 dpi.",
        )
    suffix = PurePath(source).suffix.lower()
    if suffix in _OTHERS:
        raise UnsupportedFileError(f"Tệp {_OTHERS[suffix]} ({suffix}) chưa đọc được.", _SAVE_AS)
    if suffix and suffix not in SUFFIXES:
        raise UnsupportedFileError(f"Không đọc được tệp có đuôi {suffix}.", _SAVE_AS)
    found = sniff(data)
    named = SUFFIXES.get(suffix, found.kind)
    if found.kind is Kind.HTML and named in _NO_PAGE:
        raise UnsupportedFileError(
            f"Tệp có đuôi {suffix} nhưng bên trong là một trang web, thường là trang báo lỗi hay trang đăng nhập.",
            "Hãy tải lại tệp từ nguồn.",
        )
    if found.kind is Kind.TEXT and suffix and suffix not in _MAY_BE_TEXT:
        raise UnsupportedFileError(
            f"Tên tệp có đuôi {suffix} nhưng nội dung không phải {_NAMES[named]} mà là {_NAMES[found.kind]}.",
            "Hãy kiểm tra lại tệp hoặc đổi đuôi cho đúng.",
        )
    return found


def open_file(data: bytes, source: str, limits: Limits | None = None) -> OpenFile:
    """Open a file of any supported kind. ``source`` is its name.

    Raises the errors of ``check`` and, where the content is broken, ``DamagedFileError``, ``EncryptedFileError``,
    ``EmptyFileError`` (no pages, no content) and ``LimitError``; ``MissingDependencyError`` for what only LibreOffice
    opens where it is not installed.
    """
    limits = limits or Limits()
    found = check(data, source, limits)
    opened: OpenFile
    if found.kind is Kind.PDF:
        opened = PdfFile(data, limits)
    elif found.kind is Kind.IMAGE:
        opened = ImageFile(data, found.media_type, limits)
    elif found.kind is Kind.DOCX:
        opened = WordFile(data, limits)
    elif found.kind is Kind.OFFICE:
        opened = OfficeFile(data, found.media_type, limits)
    elif found.kind is Kind.HTML:
        opened = HtmlFile(data, found.media_type, limits)
    else:
        opened = TextFile(data)
    if opened.page_count > limits.pages:
        opened.close()
        raise LimitError(
            f"Tệp có {opened.page_count} trang, quá giới hạn {limits.pages} trang.", "Hãy tách tệp thành nhiều phần."
        )
    return opened
