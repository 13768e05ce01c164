"""Litter: what a pen wrote on the margin of a letter, and a reader of pictures took for words of its lines."""

from __future__ import annotations

from nlp.page.lines import Line, piece
from nlp.page.scraps import is_scrap, is_word
from nlp.words.folding import pattern

_BEFORE_TO = pattern(r"(?:\S{1,8} ){1,4}(?=kinh gui\s?:)")
#: So many lines from its beginning a letter names whom it is for.
_HEAD = 70


def is_litter(text: str) -> bool:
    """Tell whether a piece of a line holds no words and also something that cannot be one: "TA J ị", not "năm"."""
    return is_scrap(text) and not all(map(is_word, text.split()))


def without_litter(lines: list[Line]) -> list[Line]:
    """Return the lines without what stands before "Kính gửi" and is none of it: "%fe-IX u Kính gửi: …"."""
    for k, line in enumerate(lines[:_HEAD]):
        found = _BEFORE_TO.match(line.fold)
        if found is not None and is_scrap(line.text[: found.end()]):
            return [*lines[:k], piece(line, found.end(), len(line.text)), *lines[k + 1 :]]
    return lines
