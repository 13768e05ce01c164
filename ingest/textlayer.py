"""Per page: keep the text that is there, repair it, or read the picture anew, and why.

The question is not whether there is text but whether it is good Vietnamese (``ingest.quality``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Decision
from ingest.pages import RawPage
from ingest.quality import Verdict, assess

#: A text layer of fewer words than this over a scan is a signature line or a stamp, not the page.
_FEW_WORDS = 25


class Mode(StrEnum):
    """What the user asks for; ``AUTO`` decides page by page."""

    AUTO = "auto"
    KEEP = "keep"
    REPAIR = "repair"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Choice:
    """The decision for a page, and one Vietnamese sentence for the user that says why."""

    decision: Decision
    reason: str


def choose(page: RawPage, text: str, mode: Mode = Mode.AUTO) -> Choice:
    """Decide about a page. ``text`` is its text layer in reading order (or the text of a text file)."""
    has_picture = page.text is None
    if mode is Mode.KEEP:
        return Choice(Decision.KEEP, "Giữ nguyên lớp chữ theo yêu cầu.")
    if mode is Mode.REPAIR:
        return Choice(Decision.REPAIR, "Phục hồi lớp chữ theo yêu cầu.")
    if mode is Mode.OCR and has_picture:
        return Choice(Decision.OCR, "Nhận dạng lại trang theo yêu cầu.")
    if page.blank:
        return Choice(Decision.KEEP, "Trang trắng.")
    quality = assess(text)
    if quality.verdict is Verdict.EMPTY:
        if has_picture:
            return Choice(Decision.OCR, "Trang không có lớp chữ, phải nhận dạng từ hình.")
        return Choice(Decision.KEEP, "Trang trắng.")
    if page.pictured and len(text.split()) < _FEW_WORDS:
        return Choice(Decision.OCR, "Lớp chữ trên trang quét chỉ có vài từ, phải nhận dạng từ hình.")
    if quality.verdict is Verdict.BROKEN:
        if page.pictured:
            return Choice(Decision.OCR, f"{quality.reason} Trang có hình quét nên được nhận dạng lại.")
        return Choice(Decision.REPAIR, f"{quality.reason} Đã phục hồi dấu tiếng Việt.")
    return Choice(Decision.KEEP, quality.reason)
