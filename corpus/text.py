"""Vietnamese text as characters: NFC, folding without marks, and what a Vietnamese syllable looks like.

Everything here is pure and cheap; segmentation into words lives in ``nlp.words.language``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKED = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
#: Letters of the highlands' languages (Ê Đê, Gia Rai, Ba Na), as in names of places and persons.
_HIGHLAND = "ĕĭŏŭčñ"
#: Insides of character classes: the small and the capital letters of Vietnamese. A range from "À" to "Ỹ" would hold
#: both, since Unicode has them in turn ("Ạ", "ạ", "Ả", "ả" …).
LOWER = "a-z" + _MARKED + _HIGHLAND
UPPER = "A-Z" + (_MARKED + _HIGHLAND).upper()

#: The five written tone marks as combining characters: huyền, sắc, hỏi, ngã, nặng.
TONES = "\u0300\u0301\u0309\u0303\u0323"

_INITIAL = "(?:ngh|ng|gh|gi|qu|ch|kh|nh|ph|th|tr|[bcdđghklmnprstvx])?"
_NUCLEUS = (
    "(?:iêu|yêu|oai|oay|oeo|uai|uay|uây|uôi|uya|uyê|uyu|ươi|ươu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|yê|iu|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|"
    "[aăâeêioôơuưy])"
)
_FINAL = "(?:ch|ng|nh|[cmnpt])?"
_SYLLABLE = re.compile(f"{_INITIAL}{_NUCLEUS}{_FINAL}")
_STOPPED = re.compile("(?:ch|[cpt])$")


def nfc(text: str) -> str:
    """Return ``text`` in Unicode normal form C, the only form kept after ``ingest``."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return ``text`` in lower case without tones and letter marks (đ → d), for matching only.

    The result has as many characters as the NFC form of ``text``, so offsets carry over.
    """
    return _fold_short(text) if len(text) <= _SHORT else _folded(text)


#: Names and lines are folded again and again; whole pages are not worth remembering.
_SHORT = 120


def _folded(text: str) -> str:
    return "".join(map(_fold_char, nfc(text)))


_fold_short = lru_cache(maxsize=32_768)(_folded)


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    folded = {"đ": "d", "Đ": "d"}.get(base, base.lower())
    return folded if len(folded) == 1 else base


def strip_tone(syllable: str) -> tuple[str, str]:
    """Split an NFC syllable into its toneless form and its tone mark ("" for the level tone, thanh ngang)."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = [c for c in decomposed if c in TONES]
    bare = nfc("".join(c for c in decomposed if c not in TONES))
    return bare, "".join(tones)


def is_syllable(word: str) -> bool:
    """Tell whether ``word`` (letters only, any case) is spelled as a Vietnamese syllable can be.

    Checks initial, nucleus and final, at most one tone, and that stopped finals (c, ch, p, t) bear sắc or nặng.
    """
    bare, tone = strip_tone(nfc(word).lower())
    if len(tone) > 1 or not bare or not _SYLLABLE.fullmatch(bare):
        return False
    return tone in ("\u0301", "\u0323") or not _STOPPED.search(bare)


def squeeze(text: str) -> str:
    """Return ``text`` with runs of white space, line breaks included, as single spaces, and none at the ends."""
    return " ".join(text.split())


def shown_day(iso: str | None) -> str:
    """Return an ISO date as people write it, 31/12/2023; empty for None; anything else as it is."""
    parts = (iso or "").split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else iso or ""
