"""The words of a directive as comparing counts them: folded syllables and pairs of them, abbreviations written out,
days and school years (which change every year) left out, cited documents as one word each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from corpus.numbers import find_numbers
from nlp.words.folding import folded
from nlp.words.vocabulary import table

_DATE = re.compile(
    r"(?:(?:truoc|sau|cham nhat|den|tu|vao|het)\s)*(?:ngay\s)?\b\d{1,2}(?:[/.-]\d{1,2}[/.-](?:19|20)\d\d"
    r"|\sthang\s\d{1,2}(?:\snam\s(?:19|20)\d\d)?)\b|\bthang\s\d{1,2}(?:/|\snam\s)(?:19|20)\d\d\b|\b\d{1,2}/(?:19|20)\d\d\b"
)
_YEARS = re.compile(r"\b(?:nam hoc\s)?(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d\b|\bnam\s(?:hoc\s)?(?:19|20)\d\d\b")
_WORD = re.compile(r"#[^\s#]+#|\d+(?:[.,]\d+)*%?|[^\W\d_]+")
_ABBREVIATED = re.compile(r"\((?P<short>[A-ZĐ][A-ZĐa-z]{0,2}[A-ZĐ]{1,6})\)")
_BREAK = re.compile(r"[.;:()?!]")
#: What everybody in the field shortens.
_COMMON = {
    "thpt": "trung hoc pho thong", "thcs": "trung hoc co so", "gddt": "giao duc dao tao", "gd&dt": "giao duc dao tao",
    "gdtx": "giao duc thuong xuyen", "ubnd": "uy ban nhan dan", "cntt": "cong nghe thong tin",
    "csdl": "co so du lieu", "gv": "giao vien", "hs": "hoc sinh", "cbql": "can bo quan ly",
    "csvc": "co so vat chat",
}  # fmt: skip


def abbreviations_of(texts: Iterable[str]) -> dict[str, str]:
    """Return the abbreviations that texts introduce ("chuyển đổi số (CĐS)"), folded, with those of the whole field.

    An abbreviation is taken where the words before the bracket begin with its letters.
    """
    found = dict(_COMMON)
    for text in texts:
        for match in _ABBREVIATED.finditer(text):
            letters = folded(match["short"])
            words = re.findall(r"[^\W\d_]+", folded(text[: match.start()]))[-len(letters) :]
            if len(words) == len(letters) and all(w[0] == c for w, c in zip(words, letters, strict=True)):
                found[letters] = " ".join(words)
    return found


def masked(text: str) -> str:
    """Return a text folded, without its days and school years, cited numbers as "#…#"."""
    parts, at = [], 0
    for match in find_numbers(text):
        key = re.sub(r"[\s#]", "", folded(str(match.number)))
        parts += [text[at : match.start], f" #{key}# "]
        at = match.end
    fold = folded("".join([*parts, text[at:]]))
    return _YEARS.sub(" ", _DATE.sub(" ", fold))


def words_of(text: str, abbreviations: dict[str, str]) -> list[str]:
    """Return the words of a text in order, "." where a clause ends; numerals without zeros ahead."""
    found: list[str] = []
    for clause in _BREAK.split(masked(text)):
        for match in _WORD.finditer(clause):
            word = match[0]
            if word[0].isdigit():
                found.append(word.lstrip("0") or "0")
            else:
                found += abbreviations.get(word, word).split()
        found.append(".")
    return found


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return frozenset(table("compare")["empty"]["words"].split())


def terms_of(words: list[str]) -> Counter[str]:
    """Return the countable terms of words: single ones that tell something, and pairs that stand side by side."""
    empty = _empty()
    found = Counter(word for word in words if word != "." and word not in empty)
    for one, two in pairwise(words):
        if "." not in (one, two) and not (one in empty and two in empty):
            found[f"{one} {two}"] += 1
    return found
