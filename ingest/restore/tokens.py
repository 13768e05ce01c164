"""Cuts a line into the slots that the language model counts and the decoder fills.

A slot is a run of characters between blanks without the punctuation at its edges. Codes that begin with a number and
addresses stay whole; other words are cut at the signs inside them ("và/hoặc", "xảy.ra"). What follows a slot
(nothing, a comma, a stop) is part of the model's context, because punctuation survives a bad OCR better than letters
do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Ids of the model's own tokens; words follow.
BREAK, COMMA, NUMBER, UNKNOWN = 0, 1, 2, 3
SPECIALS = ("<b>", "<,>", "<n>", "<?>")

#: Case shapes of a word: hành chính, Hành, HÀNH, and anything else (TTg).
LOWER, TITLE, UPPER, MIXED = 0, 1, 2, 3
#: The place of a word as far as its case goes: after a stop, or after a word of a shape.
SHAPE_CONTEXTS = 4

#: Punctuation that is never a damaged letter; ambiguous signs (quotes, ?, {, [ …) are left to the channel.
SURE_EDGE = ".,;:()-–—/…+=•·"
#: Signs that an OCR puts where a letter was as often as where a sign was.
UNSURE_EDGE = "'\"‘’“”`´!?*|{}[]<>«»~^_\\°"
#: Tokens that are no word: the dash of a list (gạch đầu dòng) and the rulings of a table, however an OCR read them.
_DASHES = {"~", "=", "~-", "-~", "=-"}
_RULINGS = {"|", "||", "_|", "|_", "‘|", "'|", "=|", "]|", "|["}
_STROKES = _DASHES | _RULINGS
_STOPS = set(".;:!?")
_CHUNK = re.compile(r"\S+")
_CUT = re.compile(r"[^/\-–—.,:;()…]+")
#: Chunks that are one word whatever signs they hold: addresses, codes that begin with a number and a joint, and the
#: codes of forms (mẫu TS-03).
_WHOLE = re.compile(
    r"^\W*(?-i:[A-ZĐ]{1,3})-\d{1,3}\W*$|\w@\w+\.\w|://|www\.|"
    r"^\W*\d+[A-Za-zĐđ]{0,2}[./\-–:,]|^[\W\d]*$|\.(?:vn|com|net|org)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """``line[start:end]`` is a word; ``before`` and ``after`` are BREAK, COMMA or -1 (nothing between the words)."""

    start: int
    end: int
    before: int
    after: int


def shape_of(word: str) -> int:
    """Return the case shape of a word; a single capital counts as TITLE."""
    if word.islower() or not any(c.isalpha() for c in word):
        return LOWER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return TITLE
    return UPPER if word.isupper() else MIXED


def slots(line: str, edge: str = SURE_EDGE + UNSURE_EDGE) -> list[Slot]:
    """Return the slots of one line; ``edge`` are the characters taken as punctuation at the edges of words."""
    found: list[Slot] = []
    pending = -1
    for chunk in _CHUNK.finditer(line):
        text = chunk.group()
        pieces = [(0, len(text))] if _WHOLE.search(text) else [m.span() for m in _CUT.finditer(text)]
        for k, (a, b) in enumerate(pieces):
            a = 0 if k == 0 else a
            b = pieces[k + 1][0] if k + 1 < len(pieces) else len(text)
            piece = text[a:b]
            core = piece.strip(edge)
            if not core or text in _STROKES:
                pending = max(pending, _mark(piece))
                continue
            left = a + len(piece) - len(piece.lstrip(edge))
            if core[0] == "|" and core[1:2].isupper() and len(core) > 2:
                left, core = left + 1, core[1:]  # a stroke between two columns, no letter before a capital
            right = left + len(core)
            after = _mark(text[right:b])
            before = BREAK if "(" in text[a:left] else pending
            found.append(Slot(chunk.start() + left, chunk.start() + right, before, after))
            pending = -1
        if not pieces:
            pending = max(pending, _mark(text))
    return found


def _mark(punctuation: str) -> int:
    if punctuation in _STROKES or any(c in _STOPS or c in "()" for c in punctuation):
        return BREAK
    return COMMA if "," in punctuation else -1


def model_word(core: str) -> str:
    """Return the form under which the language model knows a word: lower case, or the class of a number."""
    return SPECIALS[NUMBER] if any(c.isdigit() for c in core) else core.lower()
