"""HTML as it lies in files: saved pages (.htm), law portals' and offices' exports called .doc, web archives (.mht).

Told by what is in the file, whatever it is called, and turned into a string: the byte order mark decides, then what is
valid UTF-8, then the character set that the file names. Old codes stay as they are here; the fonts tell them.
"""

from __future__ import annotations

import codecs
import email
import re

from corpus.errors import DamagedFileError, EmptyFileError, LimitError
from ingest.pages import Limits
from ingest.quality import Verdict, assess

HTML, ARCHIVE = "text/html", "multipart/related"

_SAVE_AS = "Hãy mở tệp rồi lưu lại thành DOCX hoặc PDF."

#: What the first kilobytes of a file say.
_HEAD = 4096
_SPACE = r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
_FIRST = re.compile(
    _SPACE
    + r"<(?:!doctype\s+html|(?:html|head|body|meta|title|style|table|div|p|span|font|center|b|strong|h[1-6]|br)\b)",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}?content-type:\s*multipart/related", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Of the bytes that may be unpacked, an eighth may be text: a tree of it takes some eight times as much memory.
_SHARE = 8


def markup_type(data: bytes) -> str | None:
    """Return the media type of a file that is HTML or a web archive of it, None for anything else."""
    head = data[:_HEAD]
    if _ARCHIVE.match(head.lstrip()):
        return ARCHIVE
    wide = _wide(head)
    text = head[: len(head) // 2 * 2].decode(wide, "ignore") if wide else head.decode("latin-1").removeprefix("ï»¿")
    return HTML if _FIRST.match(text.lstrip("\ufeff\0")) else None


def markup(data: bytes, media_type: str, limits: Limits) -> str:
    """Return the HTML of a file. Raises ``DamagedFileError`` for an archive without any, ``LimitError``,
    ``EmptyFileError``."""
    charset = ""
    if media_type == ARCHIVE:
        data, charset = _of_archive(data)
    if len(data) > limits.unpacked_bytes // _SHARE:
        raise LimitError(f"Trang HTML lớn {len(data) / 2**20:.0f} MB, quá giới hạn.", _SAVE_AS)
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyFileError("Tệp HTML rỗng.", "Hãy tải lại tệp.")
    return _decoded(data, charset)


def _of_archive(data: bytes) -> tuple[bytes, str]:
    """Return the first page of a web archive and the character set that its part names."""
    try:
        for part in email.message_from_bytes(data.lstrip()).walk():
            content = part.get_payload(decode=True) if part.get_content_type() == HTML else None
            if isinstance(content, bytes):
                return content, str(part.get_param("charset") or "")
    except (ValueError, LookupError, RecursionError) as error:
        raise DamagedFileError("Tệp lưu trữ trang web (MHT) bị hỏng.", _SAVE_AS) from error
    raise DamagedFileError("Tệp lưu trữ trang web (MHT) không có trang nào hoặc bị cắt cụt.", _SAVE_AS)


def _wide(head: bytes) -> str | None:
    """Return which UTF-16 the bytes are in, by their mark or, without one, by where their zeros stand."""
    for mark, encoding in _MARKS[1:]:
        if head.startswith(mark):
            return encoding
    first = head.lstrip(b" \r\n\t\0")[:2]
    if head[:2] == b"<\0" or (first == b"<\0" and head[1:2] == b"\0"):
        return "utf-16-le"
    return "utf-16-be" if head[:2] == b"\0<" else None


def _decoded(data: bytes, charset: str) -> str:
    wide = _wide(data[:_HEAD])
    if wide is not None:
        return data.decode(wide, "replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.start > len(data) - 4 or _mostly_utf8(data)
    if cut:  # a file cut within a letter, or one line of another code in a page of UTF-8
        return data.decode("utf-8-sig", "replace")
    named = _CHARSET.search(data[:_HEAD])
    return _narrow(data, charset or (named[1].decode("ascii") if named else ""))


def _mostly_utf8(data: bytes) -> bool:
    sample = data[: 2**20].decode("utf-8", "ignore")
    beyond = sum(1 for byte in data[: 2**20] if byte > 127)
    return sum(len(c.encode()) for c in sample if ord(c) > 127) > 0.9 * beyond


def _narrow(data: bytes, charset: str) -> str:
    """Return text of one byte a letter: in Windows' Vietnamese code page where that is named or what makes sense, else
    as Windows shows it, so that old fonts keep the codes of their letters."""
    name = charset.lower().replace("_", "-")
    if name in ("windows-1258", "cp1258", "x-cp1258"):
        return data.decode("cp1258", "replace")
    if name in ("utf-16", "utf-8", "", "windows-1252", "iso-8859-1", "us-ascii", "x-user-defined", "unicode"):
        vietnamese = data.decode("cp1258", "replace")
        shown = re.sub(r"<[^>]{0,2000}>", " ", vietnamese[:200_000])
        if "\ufffd" not in shown and assess(shown).verdict is Verdict.GOOD:
            return vietnamese
        return _windows(data)
    try:
        return data.decode(name, "replace")
    except (LookupError, ValueError):  # no character set, or one of Python's that are none
        return _windows(data)


def _windows(data: bytes) -> str:
    """Return bytes as Windows' western code page has them; the five that it leaves out keep their code."""
    return "".join(
        chr(byte) if 0x80 <= byte < 0xA0 and byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else c
        for byte, c in zip(data, data.decode("cp1252", "replace"), strict=True)
    )
