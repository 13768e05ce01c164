"""Plain text files: UTF-8 with or without byte order mark, UTF-16 with one, the old codes (TCVN3, VNI, VISCII, Windows
code page 1258) where what they give is good Vietnamese; form feeds stand between pages.

Lines and blank lines stay exactly as they are, so that line numbers mean the same in the file and in the document.
"""

from __future__ import annotations

import codecs

from corpus.document import PAGE_BREAK
from corpus.errors import EmptyFileError, NotFoundError, UnsupportedFileError
from corpus.text import nfc
from ingest.legacy import NAMES, detect, plain, unmixed
from ingest.loosemarks import with_marks_back
from ingest.pages import Picture, RawPage
from ingest.quality import Verdict, assess

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
        text, code = decode(data)
        text, schemes = unmixed(nfc(text.replace("\r\n", "\n").replace("\r", "\n")))
        text = with_marks_back(text)
        codes = ", ".join(filter(None, (code, *(NAMES[scheme] for scheme in schemes))))
        self._note = f"Chữ theo bảng mã cũ {codes} đã được chuyển sang Unicode." if codes else ""
        if not text.strip():
            raise EmptyFileError("Tệp không có chữ nào.", "Hãy kiểm tra lại tệp nguồn.")
        # pdftotext ends every page with a form feed, the last one too; nothing follows it.
        self._pages = text.removesuffix(PAGE_BREAK).split(PAGE_BREAK)
        self.page_count = len(self._pages)

    def page(self, number: int) -> RawPage:
        """Return a page; its first line is counted through the whole file."""
        before = sum(page.count("\n") for page in self._pages[: number - 1])
        text = self._pages[number - 1]
        return RawPage(number, text=text, first_line=1 + before, blank=not text.strip(), note=self._note)

    def picture(self, number: int, dpi: float | None = None) -> Picture:
        """Raise ``NotFoundError``: text has no picture."""
        raise NotFoundError("Tệp văn bản thuần không có hình trang.", "Hãy xem phần chữ của văn bản.")

    def close(self) -> None:
        """Nothing to free."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of the old code it was written in, "" for Unicode.

    Raises ``UnsupportedFileError`` with the place of the first byte that is not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding), ""
    if data.translate(None, _BINARY) != data:
        raise UnsupportedFileError("Tệp không phải là văn bản Unicode (có byte điều khiển).", _SAVE_AS_UTF8)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        old = _in_old_code(data)
        if old is not None:
            return old
        raise _not_text("utf-8", data, error) from error


def _in_old_code(data: bytes) -> tuple[str, str] | None:
    """Return the text and the code's name if the bytes are good Vietnamese in one of the old codes."""
    coded = data.decode("latin-1")
    encoding = detect(coded)
    if encoding is not None:
        return plain(coded, encoding), NAMES[encoding.scheme]
    windows = nfc(data.decode("cp1258", "replace"))
    if "\ufffd" not in windows and assess(windows).verdict is Verdict.GOOD:
        return windows, "Windows-1258"
    return None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(encoding, data, error) from error


def _not_text(encoding: str, data: bytes, error: UnicodeDecodeError) -> UnsupportedFileError:
    line = data.count(b"\n", 0, error.start) + 1
    return UnsupportedFileError(
        f"Tệp không phải {encoding.upper()} (byte lạ ở dòng {line}) và cũng không đọc được theo các bảng mã cũ.",
        _SAVE_AS_UTF8,
    )
