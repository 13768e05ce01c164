"""``corpus.text.fold`` for long lists of short texts: the same result for NFC text, by one table, much faster."""

from __future__ import annotations

from corpus.text import fold

#: Latin letters with their marks: Latin-1 to Latin Extended-B, and Latin Extended Additional, where Vietnamese is.
_RANGES = ((0x41, 0x250), (0x1E00, 0x1F00))
_TABLE = {code: fold(chr(code)) for first, last in _RANGES for code in range(first, last)}


def quick_fold(text: str) -> str:
    """Return NFC ``text`` in lower case without tones and letter marks (đ → d), for matching only."""
    return text.translate(_TABLE)
