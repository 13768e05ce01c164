"""Is this good Vietnamese? A cheap judgement of text by its syllables, with no model behind it.

The question is not "is there text?": a scanned page whose text layer was made by an English OCR has plenty of text, and
all of it is wrong. Six shares tell the cases apart; the limits were set on windows of held-out law text, clean and
damaged in the ways named in ``_judge`` (figures in docs/models/restore.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from math import sqrt

from corpus.text import fold, is_syllable, nfc, strip_tone

_EDGE = "\"'“”‘’«».,;:!?…()[]{}<>*/\\|-–—_=+#•·"
_ADDRESS = re.compile(r"@|://|^www\.|\.(?:vn|com|org|net|edu|gov)\b", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLC]+")


class Verdict(StrEnum):
    """What a piece of text is."""

    GOOD = "good"
    BROKEN = "broken"
    FOREIGN = "foreign"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class TextQuality:
    """The judgement of one piece of text.

    ``words`` counts the words judged: addresses, codes, numbers and abbreviations are left out. The shares are in
    0..1 of those words: ``valid`` are spelled as Vietnamese syllables, ``marked`` carry a tone or letter mark,
    ``toned`` carry a tone, ``common`` are among the commonest syllables of administrative Vietnamese, and
    ``familiar`` would be among them if marks did not count. ``reason`` is one Vietnamese sentence for the user.
    """

    words: int
    valid: float
    marked: float
    toned: float
    common: float
    familiar: float
    verdict: Verdict
    reason: str


@lru_cache(maxsize=1)
def common_syllables() -> frozenset[str]:
    """Return the commonest syllables of Vietnamese law text, lower case, NFC."""
    table = resources.files("ingest.restore").joinpath("tables", "common_syllables.txt")
    rows = table.read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


@lru_cache(maxsize=1)
def _common_folded() -> frozenset[str]:
    return frozenset(fold(word) for word in common_syllables())


@lru_cache(maxsize=65536)
def _traits(token: str) -> tuple[bool, bool, bool, bool, bool] | None:
    """Return (valid, marked, toned, common, familiar) of a token, None when it is nothing to judge by."""
    core = token.strip(_EDGE)
    if not any(c.isalpha() for c in core) or _ADDRESS.search(token):
        return None
    letters = [c for c in core if c.isalpha()]
    plain_code = any(c in "/-_.@" for c in core) or sum(c.isdigit() for c in core) > len(letters)
    if plain_code or len(core) > 24 or (len(core) == 1 and not is_syllable(core)):
        return None
    lower = core.lower()
    if not is_syllable(lower) and core.isupper() and (len(core) <= 6 or _ROMAN.fullmatch(core)):
        return None  # an abbreviation: UBND, GDĐT, THPT, III
    folded = fold(core)
    return (
        is_syllable(lower),
        any(ord(c) > 127 for c in lower),
        bool(strip_tone(lower)[1]),
        lower in common_syllables(),
        folded in _common_folded(),
    )


def assess(text: str) -> TextQuality:
    """Judge a text, a page or a line. Pure, linear in the length of ``text``, no model is loaded."""
    found = [traits for token in nfc(text).split() if (traits := _traits(token)) is not None]
    count = len(found)
    valid, marked, toned, common, familiar = (sum(t[k] for t in found) / max(1, count) for k in range(5))
    verdict, reason = _judge(text, count, valid, marked, toned, common, familiar)
    return TextQuality(count, valid, marked, toned, common, familiar, verdict, reason)


def _judge(
    text: str, words: int, valid: float, marked: float, toned: float, common: float, familiar: float
) -> tuple[Verdict, str]:
    if not text.strip():
        return Verdict.EMPTY, "Không có chữ."
    if words == 0:
        return Verdict.GOOD, "Chỉ có số và ký hiệu, không có chữ tiếng Việt để đánh giá."
    slack = 1 / sqrt(words)  # shares of few words scatter
    if familiar < 0.57 - 0.3 * slack and marked < 0.35:
        return Verdict.FOREIGN, "Phần lớn các từ không phải tiếng Việt."
    if marked < 0.06 and words >= 4:
        return Verdict.BROKEN, "Văn bản tiếng Việt bị mất hết dấu."
    if valid < 0.87 - 0.4 * slack:
        return Verdict.BROKEN, f"Chỉ {valid:.0%} số tiếng viết đúng chính tả tiếng Việt."
    if toned < 0.28 - 0.6 * slack and words >= 6:
        return Verdict.BROKEN, "Văn bản tiếng Việt bị mất dấu thanh."
    if marked < 0.66 - 0.9 * slack and words >= 6:
        return Verdict.BROKEN, f"Chỉ {marked:.0%} số tiếng có dấu, ít hơn nhiều so với tiếng Việt bình thường."
    if common < 0.89 - 0.6 * slack and familiar - common > 0.10 + 0.2 * slack:
        return Verdict.BROKEN, "Nhiều tiếng có dấu không hợp lý, có thể sai dấu thanh."
    return Verdict.GOOD, "Tiếng Việt đọc được bình thường."
