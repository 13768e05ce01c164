"""What people type for short: abbreviations in small letters, and words that only those beside them tell ("nộp hs").

Both are data (``tables/abbreviations.toml``); nothing of it stands in the index.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import fold, is_syllable
from index.words import loosely, one_spelling, table

_WORD = re.compile(r"[^\W_]+")


def abbreviated(text: str) -> str:
    """Return a question with abbreviations as they are written, those that nobody writes ("ktra") as their words."""
    return _WORD.sub(lambda match: _small().get(match[0], match[0]), text)


def written_out(text: str) -> str:
    """Return a question, its numbers of documents taken out, with what was typed for short written out."""
    for pattern, full in _beside():
        text = pattern.sub(full, text)
    return text


@lru_cache(maxsize=1)
def _small() -> dict[str, str]:
    """Return abbreviations as people type them, small and without marks ("cntt", "gddt"), → as they are written; those
    that nobody writes ("ktra") → the words."""
    shorts = [row["short"] for row in table("abbreviations")["abbreviation"] if not row.get("before_number")]
    small = {form: short for short in shorts for form in (fold(short), short.lower())}
    small = {form: short for form, short in small.items() if not is_syllable(form)}
    return small | {form: row["full"] for row in table("abbreviations")["typed"] for form in row["said"]}


@lru_cache(maxsize=1)
def _beside() -> list[tuple[re.Pattern[str], str]]:
    """Return patterns of what is typed for short, each with its words; ``behind`` and ``before`` are the words that it
    must stand behind or before, where either of them is given."""
    found = []
    for row in table("abbreviations")["beside"]:
        behind, before = ("|".join(map(loosely, row.get(name, ()))) for name in ("behind", "before"))
        forms = [rf"(?P<head>(?<!\w)(?:{behind})\s+){row['short']}(?!\w)"] if behind else []
        forms += [rf"(?P<head>(?<!\w)){row['short']}(?=\s+(?:{before})(?!\w))"] if before else []
        forms = forms or [rf"(?P<head>(?<![\w/-])){row['short']}(?![\w/-])"]
        found += [(re.compile(form, re.IGNORECASE), rf"\g<head>{one_spelling(row['full'])}") for form in forms]
    return found
