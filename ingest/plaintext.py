"""Plain text files: UTF-8 with or without byte order mark, UTF-16 with one; form feeds stand between pages.

Lines and blank lines stay exactly as they are, so that line numbers mean the same in the file and in the document.
"""

from __future__ import annotations

import codecs

from corpus.document import PAGE_BREAK
from corpus.errors import EmptyFileError, NotFoundError, UnsupportedFileError
from corpus.text import nfc
from ingest.pages import Picture, RawPage

_SAVE_AS_UTF8 = "Hãy mở tệp, chọn “Lưu dưới dạng” với bảng mã UTF-8 rồi thử lại."
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Bytes that no text has; white space and escape are left out.
_BINARY = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 27})


class TextFile:
    """An open text file. Raises ``UnsupportedFileError`` for what is not Unicode text, ``EmptyFileError`` for none."""

    media_type = "text/plain"

    def __init__(self, data: bytes) -> None:
        text = nfc(decode(data).replace("\r\n", "\n").replace("\r", "\n"))
        if not text.strip():
            raise EmptyFileError("Tệp không có chữ nào.", "Hãy kiểm tra lại tệp nguồn.")
        # pdftotext ends every page with a form feed, the last one too; nothing follows it.
        self._pages = text.removesuffix(PAGE_BREAK).split(PAGE_BREAK)
        self.page_count = len(self._pages)

    def page(self, number: int) -> RawPage:
        """Return a page; its first line is counted through the whole file."""
        before = sum(page.count("\n") for page in self._pages[: number - 1])
        text = self._pages[number - 1]
        return RawPage(number, text=text, first_line=1 + before, blank=not text.strip())

    def picture(self, number: int, dpi: float | None = None) -> Picture:
        """Raise ``NotFoundError``: text has no picture."""
        raise NotFoundError("Tệp văn bản thuần không có hình trang.", "Hãy xem phần chữ của văn bản.")

    def close(self) -> None:
        """Nothing to free."""


def decode(data: bytes) -> str:
    """Return the text of a file. Raises ``UnsupportedFileError`` with the place of the first byte that is not text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if data.translate(None, _BINARY) != data:
        raise UnsupportedFileError("Tệp không phải là văn bản Unicode (có byte điều khiển).", _SAVE_AS_UTF8)
    return _decoded(data, "utf-8")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnsupportedFileError(
            f"Tệp không phải {encoding.upper()} (byte lạ ở dòng {line}); có thể dùng bảng mã cũ như TCVN3 hoặc VNI.",
            _SAVE_AS_UTF8,
        ) from error
