"""A trích yếu as a field: without its head, years joined, capitals made small letters but for names."""

from __future__ import annotations

import re

from corpus.text import LOWER, squeeze
from nlp.page.marks import is_upper
from nlp.words.casing import sentence_case, with_names

_HEAD = re.compile(rf"^(?:[Vv]ề việc|VỀ VIỆC|V/v|Về(?=\s[{LOWER}])|VỀ(?=\s))\s*:?\s+")
_YEARS = re.compile(r"(?<=\d{4})\s{1,2}[-–]\s{0,2}(?=\d{4})|(?<=\d{4})[-–]\s{1,2}(?=\d{4})|(?<=\d{4})–(?=\d{4})")


def tidy_subject(text: str, places: tuple[str, ...] = ()) -> str:
    """Return a trích yếu as a sentence: first letter large, years joined, no mark at its end.

    One in capitals gets small letters, but for names: of offices, of provinces, of ``places``.
    """
    text = re.sub(rf"(?<=[{LOWER}]) Ngày (?=\d)", " ngày ", text)
    text = _YEARS.sub("-", squeeze(_HEAD.sub("", text.strip()))).strip(" .;,:|_~*’'`")
    if is_upper(text):
        text = with_names(sentence_case(text), places)
    return text[:1].upper() + text[1:]
