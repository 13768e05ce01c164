"""Is this good Vietnamese? A cheap judgement of text by its syllables, with no model behind it.

The question is not "is there text?": a scanned page whose text layer was made by an English OCR has plenty of text, and
all of it is wrong. Shares of words tell whether it is Vietnamese and spelled as such, ``ingest.evidence`` whether marks
were lost or wrong; the limits were set on windows of held-out law text, clean and damaged (docs/decisions/ingest.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import sqrt

from corpus.text import fold, is_syllable, nfc, strip_tone
from ingest.evidence import Loss, common_folded, foreign_words, strongest
from ingest.evidence import common_syllables as common_syllables
from ingest.plausible import EDGE

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
    ``familiar`` would be among them if marks did not count, ``odd`` have letters or signs that no Vietnamese word has,
    ``foreign`` are common English or French. ``damage`` is how strongly the words speak for lost or wrong marks (see
    ``evidence.strongest``). ``reason`` is one Vietnamese sentence for the user.
    """

    words: int
    valid: float
    marked: float
    toned: float
    common: float
    familiar: float
    verdict: Verdict
    reason: str
    odd: float = 0.0
    foreign: float = 0.0
    damage: float = 0.0

    @property
    def readable(self) -> bool:
        """Tell whether this is Vietnamese with its marks, though some may be wrong: a coarse scan well read."""
        slack = 1 / sqrt(max(1, self.words))
        marked = self.marked >= 0.6 - 0.9 * slack and self.toned >= 0.28 - 0.6 * slack
        return self.verdict is Verdict.GOOD or (marked and self.valid >= 0.87 - 0.4 * slack)


#: Above this the words speak for lost or wrong marks beyond what names and chance can do.
_DAMAGED = 3.5


@dataclass(frozen=True, slots=True)
class _Traits:
    """What a single word is, see ``TextQuality``; ``word`` is it without signs around it, in lower case."""

    word: str
    valid: bool
    marked: bool
    toned: bool
    common: bool
    familiar: bool
    odd: bool
    foreign: bool


@lru_cache(maxsize=65536)
def _traits(token: str) -> _Traits | None:
    """Return the traits of a token, None when it is nothing to judge by."""
    core = token.strip(EDGE)
    if not any(c.isalpha() for c in core) or _ADDRESS.search(token):
        return None
    letters = [c for c in core if c.isalpha()]
    plain_code = any(c in "/-_.@" for c in core) or sum(c.isdigit() for c in core) > len(letters)
    if plain_code or len(core) > 24 or (len(core) == 1 and not is_syllable(core)):
        return None
    lower = core.lower()
    valid = is_syllable(lower)
    if not valid and core.isupper() and (len(core) <= 6 or _ROMAN.fullmatch(core)):
        return None  # an abbreviation: UBND, GDĐT, THPT, III
    return _Traits(
        word=lower,
        valid=valid,
        marked=any(ord(c) > 127 for c in lower),
        toned=bool(strip_tone(lower)[1]),
        common=lower in common_syllables(),
        familiar=fold(core) in common_folded(),
        # Names of the highlands (H'Hen, Kpă) are in plain letters, or nearly.
        odd=not valid and not all((c.isascii() and c.isalpha()) or c in "'’ăâêôơưđ" for c in lower),
        foreign=lower in foreign_words(),
    )


def assess(text: str) -> TextQuality:
    """Judge a text, a page or a line. Pure, linear in the length of ``text``, no model is loaded."""
    found = [traits for token in nfc(text).split() if (traits := _traits(token)) is not None]
    count = max(1, len(found))
    loss, damage = strongest(traits.word for traits in found)
    shares = TextQuality(
        words=len(found),
        valid=sum(t.valid for t in found) / count,
        marked=sum(t.marked for t in found) / count,
        toned=sum(t.toned for t in found) / count,
        common=sum(t.common for t in found) / count,
        familiar=sum(t.familiar for t in found) / count,
        verdict=Verdict.EMPTY,
        reason="Không có chữ.",
        odd=sum(t.odd for t in found) / count,
        foreign=sum(t.foreign for t in found) / count,
        damage=damage,
    )
    if not text.strip():
        return shares
    verdict, reason = _judge(shares, loss)
    return replace(shares, verdict=verdict, reason=reason)


def _judge(shares: TextQuality, loss: Loss) -> tuple[Verdict, str]:
    if shares.words == 0:
        return Verdict.GOOD, "Chỉ có số và ký hiệu, không có chữ tiếng Việt để đánh giá."
    slack = 1 / sqrt(shares.words)  # shares of few words scatter
    if shares.familiar < 0.57 - 0.3 * slack and shares.marked < 0.35:
        return Verdict.FOREIGN, "Phần lớn các từ không phải tiếng Việt."
    if shares.marked < 0.06 and shares.words >= 4:
        return Verdict.BROKEN, "Văn bản tiếng Việt bị mất hết dấu."
    if shares.damage > _DAMAGED:
        return Verdict.BROKEN, _LOST[loss]
    # Foreign words and names in good Vietnamese are not damage: the words around them have their marks.
    mixed = shares.damage < 0 and shares.odd < 0.05 + 0.3 * slack and shares.valid > 0.4
    if shares.valid < 0.87 - 0.4 * slack and not mixed:
        return Verdict.BROKEN, f"Chỉ {shares.valid:.0%} số tiếng viết đúng chính tả tiếng Việt."
    if mixed and shares.valid < 0.87:
        return Verdict.GOOD, "Tiếng Việt đọc được bình thường, có xen từ nước ngoài."
    return Verdict.GOOD, "Tiếng Việt đọc được bình thường."


_LOST = {
    Loss.MARKS: "Nhiều tiếng trong văn bản bị mất dấu.",
    Loss.TONES: "Văn bản tiếng Việt bị mất dấu thanh.",
    Loss.WRONG: "Nhiều tiếng có dấu không hợp lý, có thể sai dấu thanh.",
}
