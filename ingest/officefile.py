"""Word files that are no DOCX (DOC of Word 97–2003, RTF, ODT): what they are, and their text by way of LibreOffice.

They are read as the DOCX that LibreOffice makes of them: that keeps the names of fonts, by which old codes are told,
numbers, tables and notes as they are, which a PDF of them does not (docs/decisions/ingest.md). Identity and download
stay those of the file as it came.
"""

from __future__ import annotations

import io
import zipfile

from corpus.errors import DamagedFileError, EncryptedFileError, LimitError, UnsupportedFileError
from ingest.pages import Limits
from ingest.soffice import as_docx
from ingest.wordfile import WordFile

DOC, RTF, ODT = "application/msword", "application/rtf", "application/vnd.oasis.opendocument.text"

#: The ending by which LibreOffice tells what a file is.
_SUFFIXES = {DOC: ".doc", RTF: ".rtf", ODT: ".odt"}

#: A compound file (the container of old Office files) begins so.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SAVE_AS = "Hãy lưu văn bản thành PDF, DOCX hoặc TXT rồi thử lại."

#: Streams of a compound file that tell whose it is; the first that is met counts.
_STREAMS = {"WordDocument": "", "Workbook": "Excel", "Book": "Excel", "PowerPoint Document": "PowerPoint"}

#: [MS-DOC] 2.5.2, FibBase: the first two bytes of every Word file, and where it says that it is encrypted.
_WORD_MARK, _FLAGS_AT, _ENCRYPTED = b"\xec\xa5", 10, 0x0100


class OfficeFile(WordFile):
    """An open DOC, RTF or ODT. Raises what ``WordFile`` and ``soffice.as_docx`` raise."""

    def __init__(self, data: bytes, media_type: str, limits: Limits) -> None:
        super().__init__(converted(data, media_type, limits), limits)
        self.media_type = media_type


def converted(data: bytes, media_type: str, limits: Limits) -> bytes:
    """Return the DOCX that LibreOffice makes of a file. Raises what ``soffice.as_docx`` raises, and
    ``EncryptedFileError``."""
    if media_type == ODT:
        check_archive(data, limits)
    return as_docx(data, _SUFFIXES[media_type], limits)


def suffix_of(media_type: str) -> str:
    """Return the ending by which LibreOffice tells a Word file of this type; what is none of its own is a DOCX."""
    return _SUFFIXES.get(media_type, ".docx")


def office_type(data: bytes) -> str | None:
    """Return the media type of a file that LibreOffice has to open, None where it is none.

    Raises ``UnsupportedFileError`` for other old Office files, ``EncryptedFileError`` for those with a password.
    """
    if data.startswith(b"{\\rtf"):
        return RTF
    if data.startswith(COMPOUND):
        _check_compound(data)
        return DOC
    if data.startswith(b"PK") and b"mimetype" in data[:64] and ODT.encode() in data[:200]:
        return ODT
    return None


def _locked() -> EncryptedFileError:
    return EncryptedFileError("Tệp Word được đặt mật khẩu.", "Hãy lưu lại bản không có mật khẩu.")


def _check_compound(data: bytes) -> None:
    """Raise for a compound file that is no Word file or one with a password."""
    if _entry(data, "EncryptedPackage") is not None:  # a DOCX with a password
        raise _locked()
    found = next((name for name in _STREAMS if _entry(data, name) is not None), None)
    if found is None:  # the directory stands at the end
        raise UnsupportedFileError(
            "Tệp Office đời cũ không phải Word, hoặc bị cắt cụt.", f"Hãy tải lại tệp. {_SAVE_AS}"
        )
    if _STREAMS[found]:
        raise UnsupportedFileError(f"Tệp thuộc loại {_STREAMS[found]} đời cũ, chưa đọc được.", _SAVE_AS)
    entry = _entry(data, "WordDocument")
    if entry is None:
        return
    sector = 1 << int.from_bytes(data[30:32], "little") if data[30] in (9, 12) else 512
    start = (int.from_bytes(entry[116:120], "little") + 1) * sector
    base = data[start : start + _FLAGS_AT + 2]
    if base[:2] == _WORD_MARK and int.from_bytes(base[_FLAGS_AT:], "little") & _ENCRYPTED:
        raise _locked()


def _entry(data: bytes, name: str) -> bytes | None:
    """Return the directory entry (128 bytes) of a stream of a compound file."""
    coded = name.encode("utf-16-le") + b"\0\0"
    at = data.find(coded)
    while at >= 0:
        # the length of the name in bytes stands behind its 64 bytes
        if at % 128 == 0 and int.from_bytes(data[at + 64 : at + 66], "little") == len(coded):
            return data[at : at + 128]
        at = data.find(coded, at + 2)
    return None


def check_archive(data: bytes, limits: Limits) -> None:
    """Raise for an OpenDocument file that unpacks to too much or needs a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > limits.unpacked_bytes or len(members) > 10_000:
                raise LimitError("Tệp ODT nở ra quá lớn khi giải nén.", _SAVE_AS)
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise _locked()
    except (zipfile.BadZipFile, NotImplementedError, KeyError, ValueError, OSError, RuntimeError) as error:
        raise DamagedFileError("Tệp ODT bị hỏng hoặc bị cắt cụt.", _SAVE_AS) from error
