"""Words as the index counts them: syllables, their pairs, document numbers and school years.

Vietnamese writes blanks between syllables, not words. The index therefore counts syllables and pairs of syllables
that stand side by side ("học phí", "ngân hàng"): pairs do most of what word segmentation would do, need no model,
and are the same for a question of three words as for a page. Every syllable is counted once as it is written and
once without marks, so that text typed without marks finds its passages, and exact text finds them higher.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from corpus.numbers import DocumentNumber, find_numbers
from corpus.text import fold, nfc

#: Changes whenever the terms of a text change; part of the identity of an index.
WORDS_VERSION = "6"

_TOKEN = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.,;:!?()\[\]“”\"/…\n\f\t|]")
# Office spelling for what is compared as text: offices and our tables mostly write y behind these, i behind the others
_TO_Y = re.compile(r"(?<!\w)(?P<head>[klmt]|qu)(?P<i>[iìíỉĩị])(?!\w)", re.IGNORECASE)
_TO_I = re.compile(r"(?<!\w)(?P<head>[hsv])(?P<y>[yỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_BARE = {f"{head}i": f"{head}y" for head in ("k", "l", "m", "t", "qu")} | {f"{head}y": f"{head}i" for head in "hsv"}
_OLD_TONE = re.compile(r"(?<![^\W_])(?:[^\W\d_]*[^\W\d_qQ])?[ouOU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?![^\W_])")
# hoà, hoè, thuý: the tone on the second vowel of an open oa, oe, uy (not after q, where u is no vowel)
_TONE_BEHIND = re.compile("(?P<head>(?:.*[^q])?)(?P<first>[ou])(?P<second>[àáảãạèéẻẽẹỳýỷỹỵ])")
_FINAL_Y = re.compile("(?P<head>h|k|l|m|s|t|v|qu)(?P<y>[yỳýỷỹỵ])")
_ROMAN_TERM = re.compile(r"(?P<name>\b(?:học k[ỳì]|hoc k[yi]) )(?P<term>II?|hai|một)\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(?P<a>20\d\d)\s?[-–—/]\s?(?P<b>20\d\d)(?!\d)")
_MARKED = re.compile(r"[^\W\d_]*[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")


@dataclass(frozen=True, slots=True)
class Term:
    """A countable term with its weight: ``text`` is prefixed by its field (see ``terms``)."""

    text: str
    weight: float


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, str]:
    """Return short form (as written, "CNTT") → full form, from ``tables/abbreviations.toml``."""
    return {row["short"]: row["full"] for row in table("abbreviations")["abbreviation"]}


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the syllables and pairs that carry no topic, in plain lower case, from ``tables/stopwords.toml``."""
    return frozenset(normal(w) for row in table("stopwords")["group"] for w in row["words"])


@lru_cache(maxsize=8)
def table(name: str) -> dict[str, Any]:
    """Return ``index/tables/<name>.toml`` as plain data."""
    return tomllib.loads((files("index") / "tables" / f"{name}.toml").read_text(encoding="utf-8"))


def level_words() -> list[tuple[str, str]]:
    """Return what questions and directives call the school levels: words, level (``tables/units.toml``)."""
    return [(one_spelling(word), row["level"]) for row in table("units")["level"] for word in row["words"]]


def normal(word: str) -> str:
    """Return one spelling for a word: lower case, new-style tone (hòa, not hoà), i for a lone final y (kỹ → kĩ)."""
    return _normal(nfc(word).lower())


def one_spelling(text: str) -> str:
    """Return ``text`` in NFC with each word of several spellings in the one that our tables have: "học kì", "quản lí",
    "sỹ số", "uỷ ban" as "học kỳ", "quản lý", "sĩ số", "ủy ban"; as many characters as before.

    What is compared as text (phrases of tables, names, marks to be restored) is written so on both sides; terms have
    ``normal``, which takes the same words for one.
    """
    text = _TO_Y.sub(lambda m: m["head"] + _like(m["i"], "y"), nfc(text))
    text = _TO_I.sub(lambda m: m["head"] + _like(m["y"], "i"), text)
    return _OLD_TONE.sub(_new_tone, text)


def one_bare_spelling(word: str) -> str:
    """Return a word without marks in the one spelling that ``one_spelling`` has, without its marks."""
    return _BARE.get(word, word)


@lru_cache(maxsize=65536)
def bare_name(name: str) -> str:
    """Return a name for comparing: small, without marks, in one spelling ("Mĩ Đức" and "Mỹ Đức": "my duc")."""
    return " ".join(map(one_bare_spelling, fold(name).split()))


def _like(char: str, base: str) -> str:
    """Return ``base`` with the tone and the case of ``char``."""
    return _with_tone(base.upper() if char.isupper() else base, _tone(char))


def _new_tone(match: re.Match[str]) -> str:
    word = match[0]
    return word[:-2] + _with_tone(word[-2], _tone(word[-1])) + _bare(word[-1])


@lru_cache(maxsize=65536)
def _normal(word: str) -> str:
    if word.isascii() and not word.endswith("y"):
        return word
    old = _TONE_BEHIND.fullmatch(word)
    if old:
        tone = _tone(old["second"])
        word = old["head"] + _with_tone(old["first"], tone) + _bare(old["second"])
    y = _FINAL_Y.fullmatch(word)
    if y:
        word = y["head"] + _with_tone("i", _tone(y["y"]))
    return word


def _tone(char: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", char)[1:])


def _bare(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0]


def _with_tone(char: str, tone: str) -> str:
    return nfc(char + tone)


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """Return a word without marks, small."""
    return fold(word)


def has_marks(text: str) -> bool:
    """Whether any word of ``text`` bears a Vietnamese mark."""
    return _MARKED.search(nfc(text).lower()) is not None


def spell_out(text: str) -> str:
    """Return ``text`` with known abbreviations written out and "học kỳ I" as "học kỳ 1".

    What stands inside document numbers is left alone.
    """
    spans = [(m.start, m.end) for m in find_numbers(text)]

    def full(match: re.Match[str]) -> str:
        if any(start < match.end() and match.start() < end for start, end in spans):
            return match[0]
        return abbreviations()[match[0]]

    return _ROMAN_TERM.sub(_arabic_term, _short_forms().sub(full, text))


def _arabic_term(match: re.Match[str]) -> str:
    return match["name"] + ("2" if match["term"].lower() in ("ii", "hai") else "1")


@lru_cache(maxsize=1)
def _short_forms() -> re.Pattern[str]:
    rows = sorted(table("abbreviations")["abbreviation"], key=lambda row: -len(row["short"]))
    alone = "|".join(re.escape(row["short"]) for row in rows if not row.get("before_number"))
    before = "|".join(re.escape(row["short"]) for row in rows if row.get("before_number"))
    return re.compile(rf"(?<![\w/])(?:(?:{alone})(?!\w|/[A-ZĐ])|(?:{before})(?=\s(?:số\s)?\d))")


def syllables(text: str) -> list[list[str]]:
    """Return the words of ``text`` in their one spelling, in runs between punctuation."""
    found = (_TOKEN.findall(stretch) for stretch in _BREAK.split(nfc(text).lower()))
    return [[*map(_normal, words)] for words in found if words] or [[]]


def number_terms(number: DocumentNumber) -> list[str]:
    """Return the spellings under which a document number is looked up, most exact first, all folded."""
    serial = number.serial.lstrip("0") or "0"
    symbol = fold(number.symbol)
    kind = fold(number.type) if number.type else "luat" if number.year else "cv"
    found = [f"{serial}/{number.year}/{symbol}" if number.year else f"{serial}/{symbol}"]
    if number.year:
        found += [f"{serial}/{number.year}", f"{serial}/{symbol}"]
    return [*found, f"{serial}/{kind}", serial]


def loosely(phrase: str) -> str:
    """Return a pattern for a phrase, each word of it with its marks or with none ("về đâu": also "về dau")."""
    return r"\s+".join(
        word if word.isascii() else f"(?:{word}|{plain(word)})" for word in map(re.escape, phrase.lower().split())
    )


def school_years(text: str) -> list[str]:
    """Return the spans of two following years in ``text`` ("2020 – 2021") in their one form, "2020-2021"."""
    return [f"{m['a']}-{m['b']}" for m in _YEARS.finditer(text) if int(m["b"]) == int(m["a"]) + 1]


def terms(text: str, *, weight: float = 1.0) -> Iterator[Term]:
    """Yield the terms of a question, with repeats; see ``term_texts``."""
    return (Term(term, weight) for term in term_texts(text))


def term_texts(text: str) -> Iterator[str]:
    """Yield the terms of a passage or a question, with repeats.

    Fields: ``x:`` syllable as written · ``p:`` pair as written · ``f:`` and ``g:`` the same without marks ·
    ``n:`` document number in every spelling · ``y:`` school year. Abbreviations are written out. Stop words are
    left out as single syllables, and as pairs of two stop words.
    """
    spelled = spell_out(nfc(text))
    stop = stop_words()
    for run in syllables(spelled):
        last, last_bare, last_stops = "", "", True
        for word in run:
            bare, stops = plain(word), word in stop
            if not stops:
                yield f"x:{word}"
                yield f"f:{bare}"
            if last and not (stops and last_stops):
                yield f"p:{last} {word}"
                yield f"g:{last_bare} {bare}"
            last, last_bare, last_stops = word, bare, stops
    for match in find_numbers(text):
        for spelling in number_terms(match.number):
            yield f"n:{spelling}"
    for year in school_years(text):
        yield f"y:{year}"


@lru_cache(maxsize=131072)
def term_id(term: str) -> int:
    """Return the stable 32-bit id of a term, the index into a sparse vector."""
    return zlib.crc32(term.encode("utf-8"))


def model_tokens(text: str) -> list[str]:
    """Return the tokens that our own embedding model sums: syllables, then pairs as ``a_b``.

    Text without any mark is a language of its own: its tokens bear a tilde (``~hoc``, ``~hoc_phi``).
    """
    spelled = spell_out(nfc(text))
    bare = not has_marks(spelled)
    mark = "~" if bare else ""
    found: list[str] = []
    for run in syllables(spelled):
        words = [plain(w) for w in run] if bare else run
        found += [mark + w for w in words if not w.isdigit() or len(w) <= 2]
        found += [f"{mark}{a}_{b}" for a, b in _pairs(words)]
    return found


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    return pairwise(words)


def prepare(text: str) -> str:
    """Return ``text`` as our own model reads it: its ``model_tokens`` with blanks between them."""
    return " ".join(model_tokens(text))
