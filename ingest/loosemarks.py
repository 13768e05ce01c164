"""Marks that text copied out of a PDF has lost from their letters: "kế hoac̣ h", "hê ̣thống", "vớ i", "TT￾BGDĐT".

Where Word composes a letter, its PDFs draw the tone as a glyph of its own; programs that copy the text put it behind
the next letter or behind a blank. A PDF itself is read by the places of its glyphs (``pdftext``); here only the
spelling is left to tell: a tone on a consonant or on nothing is that of the vowels before it.
"""

from __future__ import annotations

import re
import unicodedata

from corpus.text import TONES, is_syllable, nfc, strip_tone
from ingest.lookalikes import LETTERS

_VOWEL = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
#: A tone behind a final consonant, or behind a blank, and the vowels it belongs to.
_LOOSE = re.compile(
    rf"(?P<vowels>[{_VOWEL}]{{1,3}})(?P<final>(?:ng|nh|ch|[bcdđghklmnpqrstvx])?)(?P<gap>[^\S\n]?)(?P<tone>[{TONES}])",
    re.IGNORECASE,
)
#: Consonants with a tone that Unicode has as one letter: "ṇ", "ṭ", "ñ".
_BEARERS = {
    ord(one): f"{letter}{tone}"
    for letter in "bcdghklmnpqrstvxBCDGHKLMNPQRSTVX"
    for tone in TONES
    if len(one := nfc(f"{letter}{tone}")) == 1
}
#: Pairs of vowels that bear their tone on the first; copied it may stand on the second: "taị", "hiêụ", "lưạ".
_FALLING = re.compile(
    rf"(?P<one>[aăâ](?=[iyuo][{TONES}])|[eêô](?=[ui][{TONES}])|[eê](?=o[{TONES}])|[ơư](?=[iua][{TONES}]))"
    rf"(?P<two>[iyuoa])(?P<tone>[{TONES}])(?!\w)",
    re.IGNORECASE,
)
#: Vowels of which the second bears the tone though none follows.
_RISING = ("oa", "oe", "uy", "uê", "uơ")
_HOMELESS = re.compile(rf"(?<![^\W\d_])[{TONES}]")
#: What is left of a final behind the blank that the lost tone has made: "hoạc h", "dựn g".
_CUT_FINAL = re.compile(r"(?<=[cn])[^\S\n](?=[gh](?!\w))")
_LETTER_I = re.compile(r"(?P<head>[^\W\d_]{1,6})[^\S\n]i(?=[\s,.;:)]|$)(?!\.|\))")
#: The hyphen at a line's end, as PDFium gives it to those who copy.
_HYPHEN = re.compile("(?<=\\w)\ufffe(?=\\w)")
_LOOK_ALIKES = str.maketrans(LETTERS)


def with_marks_back(text: str) -> str:
    """Return ``text`` (NFC) with such marks on their vowels; lines stay as many. Other text comes back unchanged."""
    text = _HYPHEN.sub("-", text.translate(_LOOK_ALIKES))
    return "\n".join(_mended(line) if _is_loose(line) else line for line in text.split("\n"))


def _is_loose(line: str) -> bool:
    """Tell whether a line has a tone that stands loose or on a consonant; "ñ" may be a letter of the highlands."""
    return any(tone in line for tone in TONES) or any(ord(char) in _BEARERS and char not in "ñÑ" for char in line)


def _mended(line: str) -> str:
    line = nfc(_LOOSE.sub(_put_back, line.translate(_BEARERS)))
    line = nfc(_FALLING.sub(r"\g<one>\g<tone>\g<two>", _without_tones_apart(line)))
    line = _CUT_FINAL.sub("", _HOMELESS.sub("", line))
    return _LETTER_I.sub(_with_i, line)


def _without_tones_apart(line: str) -> str:
    """Return ``line`` with the tones of its vowels as characters of their own, marks of letters (ê, ơ) left on."""
    return "".join("".join(strip_tone(char)) if not char.isascii() and char.isalpha() else char for char in line)


def _put_back(found: re.Match[str]) -> str:
    """Put a tone on the one of the vowels before it that bears it in Vietnamese: hoạch, tạo, nguyệt, thoại."""
    vowels, final, gap = found["vowels"], found["final"], found["gap"]
    falling = not final and len(vowels) > 1 and vowels[-2:].lower() not in _RISING
    at = len(vowels) - 1 - falling
    blank = gap if gap and not found.string[found.end() :].startswith((" ", "\n")) else ""
    marked = unicodedata.normalize("NFC", f"{vowels[: at + 1]}{found['tone']}{vowels[at + 1 :]}")
    return f"{marked}{final}{blank}"


def _with_i(found: re.Match[str]) -> str:
    """Join an "i" that stands alone to a syllable that cannot end before it: "vớ i", "ngườ i"."""
    head = found["head"]
    bare, tone = strip_tone(head.lower())
    joins = bool(tone) and bare.endswith(("ơ", "ươ", "a", "ô")) and is_syllable(f"{head.lower()}i")
    return f"{head}i" if joins else found.group()
