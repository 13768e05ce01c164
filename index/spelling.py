"""Typing slips in a question: Telex and VNI keys that stayed letters, and words that the directives do not have.

Nothing is replaced: the corrected reading is searched beside the typed one, and more lightly. A word is doubted when
the collection does not have it, or has it never beside its neighbours; another word takes its place only when the
collection has that one beside a neighbour.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from corpus.text import is_syllable, nfc
from index.words import normal, plain, stop_words

_WORD = re.compile(r"[^\W_]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiouy"
#: Tone and mark keys of Telex and VNI → the combining mark.
_TELEX = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_HAT, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
#: Shortest word that is corrected by its letters.
SHORT = 3
#: Shortest name that is corrected by its letters alone.
LONG = 6
#: A little word gives way only to one that stands beside its neighbour in so many passages and in so many of its own.
FREQUENT, MOSTLY = 5, 0.3
#: Two syllables are a word where so large a share of the rarer one's passages has them side by side.
BOUND = 0.5


def typed_keys(text: str, known: Mapping[str, int]) -> str:
    """Return ``text`` with words that are bare Telex or VNI keys ("truowngf", "tru7o7ng2") as the words they mean.

    A word that the collection knows ("test") is left alone.
    """
    return _WORD.sub(lambda m: m[0] if m[0].lower() in known else _from_keys(m[0]) or m[0], text)


@lru_cache(maxsize=4096)
def _from_keys(word: str) -> str | None:
    low = word.lower()
    if not word.isascii() or low.isdigit() or (low.isalpha() and (is_syllable(low) or word.isupper())):
        return None
    found = _telex(low) if low.isalpha() else _vni(low)
    return found if found and found != low and is_syllable(found) and not found.isascii() else None


def _telex(word: str) -> str | None:
    tone, letters = "", list[str]()
    for at, key in enumerate(word):
        seen = any(c[0] in _VOWELS for c in letters)
        before = letters[-1] if letters else ""
        if key == "w" and seen:
            _put_horns(letters)
        elif key in "aeo" and before == key:
            letters[-1] = key + _HAT
        elif key in "aeo" and key in letters and at == len(word) - 1:
            letters[letters.index(key)] = (
                key + _HAT
            )  # a circumflex typed at the end: "hocoj" is rare, "tieng" + "e" not
        elif key == "d" and "d" in letters and letters[0] == "d" and len(letters) in (1, at):
            letters[0] = "đ"
        elif key in _TELEX and seen and not tone:
            tone = _TELEX[key]
        else:
            letters.append(key)
    return _with_tone(letters, tone)


def _put_horns(letters: list[str]) -> None:
    """Give the horn to u and o ("uow" → ươ), or the breve to a."""
    joined = "".join(c[0] for c in letters)
    at = joined.rfind("uo")
    if at >= 0:
        letters[at], letters[at + 1] = "u" + _HORN, "o" + _HORN
        return
    for k in range(len(letters) - 1, -1, -1):
        if letters[k] in ("u", "o"):
            letters[k] += _HORN
            return
        if letters[k] == "a":
            letters[k] += _BREVE
            return


def _vni(word: str) -> str | None:
    tone, letters = "", list[str]()
    for key in word:
        if key.isalpha():
            letters.append(key)
        elif key in _VNI and not tone:
            tone = _VNI[key]
        elif key == "9" and "d" in letters:
            letters[letters.index("d")] = "đ"
        elif key in "678":
            wanted, mark = {"6": ("aeo", _HAT), "7": ("uo", _HORN), "8": ("a", _BREVE)}[key]
            at = next((k for k in range(len(letters) - 1, -1, -1) if letters[k] in wanted), None)
            if at is None:
                return None
            letters[at] += mark
        else:
            return None
    return _with_tone(letters, tone)


def _with_tone(letters: list[str], tone: str) -> str | None:
    """Put the tone on the vowel that bears it: a marked one, else the second of three or before a final, else the
    first."""
    vowels = [k for k, c in enumerate(letters) if c[0] in _VOWELS]
    if letters[:2] == ["q", "u"] or (letters[:2] == ["g", "i"] and len(vowels) > 1):
        vowels = [k for k in vowels if k != 1]
    if not vowels:
        return None
    if tone:
        marked = [k for k in vowels if len(letters[k]) > 1]
        closed = vowels[-1] < len(letters) - 1
        at = marked[-1] if marked else vowels[1] if len(vowels) > 2 or (closed and len(vowels) > 1) else vowels[0]
        letters = [c + tone if k == at else c for k, c in enumerate(letters)]
    return unicodedata.normalize("NFC", "".join(letters))


class Speller:
    """Corrects words by those of a collection. ``words`` holds how many passages have a word, or a pair ("a b").

    A word of the language at large (``known``) is never taken for another by its letters, only for one with other
    marks ("ánh sang" → "ánh sáng").
    """

    def __init__(self, words: Mapping[str, int], known: frozenset[str] = frozenset()) -> None:
        self._words, self._known = words, known
        self._forms: dict[str, list[str]] = {}
        for word in words:
            if " " not in word and word.isalpha():
                self._forms.setdefault(plain(word), []).append(word)

    def corrected(self, text: str) -> str | None:
        """Return ``text`` with doubted words replaced by what the collection has beside their neighbours, else None."""
        matches = list(_WORD.finditer(nfc(text)))
        typed = [normal(m[0]) for m in matches]
        words = list(typed)
        for at, word in enumerate(typed):
            before, after = words[at - 1] if at else "", typed[at + 1] if at + 1 < len(typed) else ""
            if at + 2 < len(typed) and self._bound(after, typed[at + 2]):
                after = ""  # "lương | giáo viên": that "chất lượng giáo dục" is frequent tells nothing
            if at > 1 and self._bound(words[at - 2], before):
                before = ""
            if matches[at][0].isupper() and not text.isupper():
                continue  # an abbreviation
            if len(word) < 2 or not word.isalpha() or self._together(before, word, after):
                continue
            if word in stop_words():
                words[at] = self._bound_instead(before, word, after) or word
                continue
            best = max(self._others(word), key=lambda other: self._likely(word, before, other, after), default=None)
            # a word of the language is left alone unless the other one is there more than once
            least = 2 if word in self._known else 1
            if best is not None and (self._is_name(word, best) or self._together(before, best, after) >= least):
                words[at] = best
        if words == typed:
            return None
        found, end = "", 0
        for match, old, new in zip(matches, typed, words, strict=True):
            found += text[end : match.start()] + (match[0] if old == new else new)
            end = match.end()
        return found + text[end:]

    def _is_name(self, word: str, best: str) -> bool:
        """Whether both are names or foreign words ("mobifon", "mobifone"): unlike any syllable, they are told by their
        letters alone, whatever stands beside them."""
        strange = (len(each) >= LONG and not is_syllable(each) for each in (word, best))
        return word not in self._words and word not in self._known and all(strange)

    def _together(self, before: str, word: str, after: str) -> int:
        """Return in how many passages the word stands beside one of its neighbours."""
        stop = stop_words()
        pairs = [f"{before} {word}"] if before and before not in stop else []
        pairs += [f"{word} {after}"] if after and after not in stop else []
        if not pairs:
            return self._words.get(word, 0)
        return sum(self._words.get(pair, 0) for pair in pairs)

    def _bound(self, first: str, second: str) -> bool:
        """Return whether two syllables are a word of the collection: they mostly stand side by side."""
        seen = self._words.get(f"{first} {second}", 0)
        return seen > 1 and seen >= BOUND * min(self._words.get(first, 0), self._words.get(second, 0))

    def _bound_instead(self, before: str, word: str, after: str) -> str | None:
        """Return what a little word was meant to be ("đang kí" → "đăng kí"): with other marks it is a word of the
        collection together with a neighbour beside which it itself never stands."""
        others = [other for other in self._others(word) if plain(other) == plain(word) and other not in stop_words()]
        bound = [
            other
            for other in others
            for one, two in ((before, other), (other, after))
            if self._bound(one, two) and self._words[f"{one} {two}"] >= max(FREQUENT, MOSTLY * self._words[other])
        ]
        return max(bound, key=lambda other: self._likely(word, before, other, after), default=None)

    def _likely(self, word: str, before: str, other: str, after: str) -> tuple[int, bool, int, str]:
        """Return what decides between others: their neighbours, the same letters, how frequent; then the alphabet, so
        that a question always gets the same answer."""
        together = self._together(before, other, after)
        return together, plain(other) == plain(word), self._words.get(other, 0), other

    def _others(self, word: str) -> Iterator[str]:
        """Yield the words that differ in marks, or by one letter."""
        folded = plain(word)
        letters = len(folded) >= SHORT and word not in self._known and word not in self._words
        for form in {folded, *(_near(folded) if letters else ())}:
            yield from (other for other in self._forms.get(form, ()) if other != word)


def _near(word: str) -> Iterator[str]:
    """Yield every string one letter away: left out, swapped, replaced, put in."""
    for k in range(len(word) + 1):
        head, tail = word[:k], word[k:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            if tail:
                yield head + letter + tail[1:]
            yield head + letter + tail
