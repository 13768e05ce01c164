"""Repairing a text file so that every line stays where it is, byte for byte where nothing was wrong."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

from api.usecases.adding import read_bytes
from corpus.errors import CongvanError, EmptyFileError, UnsupportedFileError
from corpus.text import nfc

if TYPE_CHECKING:
    from api.library import Library

_SAVE_AS_UTF8 = "Hãy mở tệp, chọn “Lưu dưới dạng” với bảng mã UTF-8 rồi thử lại."


def restore_file(library: Library, path: Path, *, adapt: bool) -> bytes:
    """Return the repaired bytes of a text file: same lines, line ends, byte order mark and page breaks.

    A file in which nothing was repaired comes back byte for byte.
    """
    data = read_bytes(path)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        written = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnsupportedFileError(f"{path} không phải văn bản UTF-8.", _SAVE_AS_UTF8) from error
    if "\0" in written:
        raise UnsupportedFileError(f"{path} không phải tệp văn bản.", "Với PDF hoặc ảnh, hãy dùng congvan ingest.")
    if not written.strip():
        raise EmptyFileError(f"{path} không có chữ nào.", "Hãy kiểm tra lại tệp nguồn.")
    dos = "\r\n" in written
    text = nfc(written.replace("\r\n", "\n"))
    repaired = library.restore_text(text, adapt=adapt)
    if repaired.text == text:
        return data
    if repaired.text.count("\n") != text.count("\n"):
        raise CongvanError("Bộ phục hồi dấu đã làm lệch dòng của tệp.", "Hãy báo cho người phụ trách phần mềm.")
    body_text, end, tail = repaired.text.rpartition("\n")
    # Blanks behind the last line break, which OCR likes to leave, are no line of their own.
    result = repaired.text if tail.strip(" \t") else body_text + end
    result = result.replace("\n", "\r\n") if dos else result
    return data[: len(data) - len(body)] + result.encode("utf-8")
