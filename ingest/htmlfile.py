"""HTML files, under whatever name they come: read as the Word file that is made of them (``htmlword``)."""

from __future__ import annotations

from corpus.errors import DamagedFileError, EmptyFileError
from ingest.htmlword import as_word
from ingest.markup import HTML, markup
from ingest.pages import Limits
from ingest.wordfile import WordFile


class HtmlFile(WordFile):
    """An open HTML file. Raises what ``WordFile`` and ``markup`` raise."""

    def __init__(self, data: bytes, media_type: str, limits: Limits) -> None:
        word = html_as_word(data, media_type, limits)
        try:
            super().__init__(word, limits)
        except EmptyFileError as error:
            raise EmptyFileError("Trang HTML không có chữ nào.", "Hãy kiểm tra lại tệp nguồn.") from error
        self.media_type = HTML


def html_as_word(data: bytes, media_type: str, limits: Limits) -> bytes:
    """Return a DOCX with the text of an HTML file or web archive. Raises ``DamagedFileError`` and what ``markup``
    raises."""
    from lxml.etree import LxmlError

    html = markup(data, media_type, limits)
    try:
        return as_word(html)
    except (LxmlError, ValueError, TypeError, RecursionError, AssertionError) as error:
        raise DamagedFileError(
            "Tệp HTML bị hỏng, không đọc được.", "Hãy mở bằng trình duyệt hoặc Word và lưu lại thành DOCX hay PDF."
        ) from error
