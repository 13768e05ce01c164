"""Per page: keep the text that is there, repair it, or read the picture anew, and why.

The question is not whether there is text but whether it is good Vietnamese (``ingest.quality``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Decision
from ingest.pages import RawPage
from ingest.quality import TextQuality, Verdict, assess

#: A text layer of fewer words than this over a scan may be a stamp or the details of a digital signature, not the page.
_FEW_WORDS = 80

#: A foreign text of fewer words than this is not worth a second reading.
_FEW_FOREIGN = 25

#: A page on which more of the words than this have letters that Vietnamese does not have is in a code of its own.
_CODED = 0.3

#: More of the words than this, and not just a few, lack a letter in the layer that the picture has: a font without
#: values for some letters. A reading of the picture gets fewer wrong.
_LOST_LETTERS, _FEW_LOST = 0.03, 4
#: A word that lacks a letter: not a sign that stands alone, as bullets do.
_LACKING = re.compile(r"(?=\S*[^\W\d_])(?<!\S)[^\s\ufffd]*\ufffd\S*")

#: So many of the words of a foreign text are common ones of its language.
_FOREIGN_WORDS = 0.08


class Mode(StrEnum):
    """What the user asks for; ``AUTO`` decides page by page."""

    AUTO = "auto"
    KEEP = "keep"
    REPAIR = "repair"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Choice:
    """The decision for a page, and one Vietnamese sentence for the user that says why.

    ``doubt``: the decision should be weighed against what the page's picture says (see ``ingest.weigh``): a layer that
    is kept may not be all of the page, one to be repaired may be drawn rightly, a picture may read no better.
    """

    decision: Decision
    reason: str
    doubt: bool = False


def choose(page: RawPage, text: str, mode: Mode = Mode.AUTO) -> Choice:
    """Decide about a page. ``text`` is its text layer in reading order (or the text of a text file)."""
    drawable = page.text is None
    if mode is Mode.KEEP:
        return Choice(Decision.KEEP, "Giữ nguyên lớp chữ theo yêu cầu.")
    if mode is Mode.REPAIR:
        return Choice(Decision.REPAIR, "Phục hồi lớp chữ theo yêu cầu.")
    if mode is Mode.OCR and drawable:
        return Choice(Decision.OCR, "Nhận dạng lại trang theo yêu cầu.")
    if page.blank:
        return Choice(Decision.KEEP, "Trang trắng.")
    if drawable and not page.hidden and _lacks_letters(text):
        return Choice(Decision.OCR, "Lớp chữ mất nhiều chữ cái, trang được nhận dạng lại từ hình.", doubt=True)
    quality = assess(text)
    if quality.verdict is Verdict.EMPTY:
        if drawable:
            return Choice(Decision.OCR, "Trang không có lớp chữ, phải nhận dạng từ hình.")
        return Choice(Decision.KEEP, "Trang trắng.")
    if quality.verdict is Verdict.FOREIGN:
        return _foreign(quality, drawable)
    if quality.verdict is Verdict.BROKEN:
        return _broken(page, quality, drawable)
    if drawable and quality.words == 0 and _unreadable(text):
        return Choice(Decision.OCR, "Lớp chữ chỉ có ký hiệu không đọc được, phải nhận dạng từ hình.", doubt=True)
    return Choice(Decision.KEEP, quality.reason, doubt=page.pictured and len(text.split()) < _FEW_WORDS)


def _broken(page: RawPage, quality: TextQuality, drawable: bool) -> Choice:
    if not drawable:
        return Choice(Decision.REPAIR, f"{quality.reason} Đã phục hồi dấu tiếng Việt.")
    if page.pictured or page.hidden:
        return Choice(Decision.OCR, f"{quality.reason} Trang có hình quét nên được nhận dạng lại.", doubt=True)
    if quality.odd > _CODED:
        reason = "Lớp chữ dùng bảng mã phông không xác định được, trang được nhận dạng lại từ hình."
        return Choice(Decision.OCR, reason, doubt=True)
    return Choice(Decision.REPAIR, f"{quality.reason} Đã phục hồi dấu tiếng Việt.", doubt=True)


def _foreign(quality: TextQuality, drawable: bool) -> Choice:
    """Text in a foreign language is kept; letters in no language may be the wreck of Vietnamese."""
    if not drawable or quality.foreign >= _FOREIGN_WORDS or quality.words < _FEW_FOREIGN:
        return Choice(Decision.KEEP, quality.reason)
    reason = "Lớp chữ không phải tiếng Việt hay ngoại ngữ quen thuộc, trang được nhận dạng lại từ hình."
    return Choice(Decision.OCR, reason, doubt=True)


def _lacks_letters(text: str) -> bool:
    """Tell whether many words of a layer lack letters that are drawn."""
    lacking = sum(1 for _ in _LACKING.finditer(text))
    return lacking >= _FEW_LOST and lacking > _LOST_LETTERS * len(text.split())


def _unreadable(text: str) -> bool:
    """Tell whether a text without words is made of signs that stand for letters: unmapped, or for private use."""
    signs = [c for c in text if not c.isspace()]
    private = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or not c.isprintable() for c in signs)
    return private > 0.3 * len(signs)
