"""Words that a converter has glued together ("báocáo", "vàĐào tạo", "năm học2007"): where a blank is missing.

Only what cannot be one word is parted: letters that are no syllable, but in one way two or three of them by the rules
of spelling. Abbreviations, addresses and foreign words without marks stay.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from corpus.text import LOWER, UPPER, is_syllable, strip_tone
from nlp.words.folding import folded

_WORD = re.compile(r"[^\W\d_]{4,24}")
_WORDS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S*(?:@|www\.|://)\S*")
#: A sentence mark without the blank behind it: "chung,Bộ", "bản.Các".
_MARK = re.compile(rf"(?<=[{LOWER}]{{2}})(?:[,;](?=[{LOWER}{UPPER}]{{2}})|\.(?=[{UPPER}][{LOWER}]{{1,6}}(?!\w)))")
#: A year or a day behind a word: "năm học2007-2008", "ngày04/6". One or two digits may be the mark of a footnote.
_FIGURE = re.compile(
    rf"(?<![\w/.-])(?P<word>[{UPPER}{LOWER}][{LOWER}]{{1,6}})(?=(?:19|20)\d\d(?!\d)|\d{{1,2}}/\d{{1,2}}(?!\w))"
)
#: "vàĐào", "cácSở", "PhòngGDĐT": a syllable, then a capital.
_CAPITAL = re.compile(rf"(?P<first>[{UPPER}{LOWER}][{LOWER}]{{1,6}})(?P<rest>[{UPPER}][{LOWER}{UPPER}]+)")
#: What spelling forbids at the head of a syllable and at its end, though ``is_syllable`` lets it pass.
_MISSPELT = re.compile(r"(?:ng|g(?!i)|c)(?=[ieêy])|(?:k|gh|ngh)(?![hieêy])|q(?!u)|p(?!h)")
_NO_END = re.compile(r"(?:(?<![iy])ê|(?<!ư)ơ|[iy])ng$|(?:[ăâeoôơưu]|(?<!u)y)nh$|[ăâeoôơưu]ch$")
_MAX_PARTS = 3
#: A horn that was typed on one of the two vowels alone: "trưòng", "hưóng".
_ONE_HORN = str.maketrans("oòóỏõọ", "ơờớởỡợ")


def missing_blanks(text: str) -> list[int]:
    """Return the offsets at which a blank is missing in ``text``, in order."""
    found: set[int] = set()
    for match in _WORD.finditer(text):
        found.update(match.start() + cut for cut in _cuts(match.group()))
    if any(c.isdigit() for c in text):
        found.update(m.end() for m in _FIGURE.finditer(text) if is_syllable(m["word"]))
    found.update(m.end() for m in _MARK.finditer(text))
    if found and ("@" in text or "www." in text or "://" in text):
        closed = [m.span() for m in _ADDRESS.finditer(text)]
        found = {at for at in found if not any(a < at < b for a, b in closed)}
    return sorted(found)


@lru_cache(maxsize=32_768)
def _cuts(word: str) -> tuple[int, ...]:
    """Return where a word of letters falls apart into syllables, () where it is one, or none, or several ways fit."""
    if is_syllable(word) or not _is_marked(word) or _is_mistyped(word):
        return ()
    capital = _CAPITAL.fullmatch(word)
    if capital is not None:
        rest = capital["rest"]
        whole = rest.isupper() or is_syllable(rest)
        more = () if whole else _cuts(rest)
        if is_syllable(capital["first"]) and _is_marked(capital["first"]) and (whole or more):
            at = len(capital["first"])
            return (at, *(at + cut for cut in more))
        return ()
    if not (word.islower() or word.isupper() or word.istitle()):
        return ()
    for parts in range(2, _MAX_PARTS + 1):
        ways = _ways(word.lower(), parts)
        if len(ways) > 1:  # "ban|giám", not "bang|iám"
            ways = [way for way in ways if all(folded(word[at]) not in "aeiouy" for at in way)] or ways
        if len(ways) > 1:  # "ban|hành", not "ba|nhành"
            usual = [way for way in ways if all(word.lower()[a:b] in _usual() for a, b in pairwise((0, *way, None)))]
            return usual[0] if len(usual) == 1 else ()
        if ways:
            return ways[0]
    return ()


@lru_cache(maxsize=1)
def _usual() -> frozenset[str]:
    """Return the syllables that stand in the vocabularies of this room: those of the language of offices."""
    texts = (f.read_text(encoding="utf-8") for f in (files("nlp") / "tables").iterdir() if f.name.endswith(".toml"))
    return frozenset(word.lower() for text in texts for word in _WORDS.findall(text) if is_syllable(word))


def _is_marked(word: str) -> bool:
    """Tell whether a word bears a mark of Vietnamese on a vowel: foreign words and abbreviations bear none."""
    return any(c not in "đĐ" and folded(c) != c.lower() for c in word)


def _is_mistyped(word: str) -> bool:
    """Tell whether a word is one syllable of "ươ" whose second horn was forgotten."""
    head, horn, tail = word.lower().partition("ư")
    return bool(horn) and is_syllable(f"{head}ư{tail.translate(_ONE_HORN)}")


def _ways(word: str, parts: int) -> list[tuple[int, ...]]:
    """Return the ways in which a word is so many syllables of two letters at least, as the places of the cuts."""
    if parts == 1:
        return [()] if _is_spelled(word) else []
    found = []
    for at in range(2, min(8, len(word) - 1)):
        if _is_spelled(word[:at]):
            found += [(at, *(at + cut for cut in way)) for way in _ways(word[at:], parts - 1)]
    return found


@lru_cache(maxsize=8192)
def _is_spelled(word: str) -> bool:
    """Tell whether letters are a syllable of two letters at least, strictly spelled."""
    bare = strip_tone(word)[0]
    return len(word) > 1 and is_syllable(word) and not (_MISSPELT.match(bare) or _NO_END.search(bare))
