"""Text in the codes of before Unicode (TCVN3, VNI, VISCII): what it is coded in, and what it says.

The name of the font decides (.VnTime, VNI-Times), unless the text itself says otherwise; where the font says nothing,
or where there is none, text that becomes good Vietnamese by one of the tables of ``tables/legacy.toml`` is taken for
what it becomes. Old tone placement (hoà, thuỷ) stays as written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from corpus.text import is_syllable, nfc
from ingest.evidence import common_syllables
from ingest.quality import TextQuality, Verdict, assess


class Scheme(StrEnum):
    """A way of coding Vietnamese letters, by the name that people know."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    VISCII = "viscii"


NAMES = {Scheme.TCVN3: "TCVN3 (ABC)", Scheme.VNI: "VNI", Scheme.VISCII: "VISCII"}

#: U+0002 is how PDFium gives a hyphen at the end of a line; the soft hyphen is a letter of TCVN3 (ư).
LINE_END_HYPHEN = "\x02"

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"[,-]|\s+(?:bold|italic|regular)\b", re.IGNORECASE)
_WORD_LETTERS = re.compile(r"[^\W\d_]+")

#: Codes in the private use area are those of a symbol font.
_SYMBOL_FONT = range(0xF020, 0xF100)

#: A text is taken for what it becomes when so much larger a share of its words is then Vietnamese, in a text of so
#: many words at least, and when so large a share is then valid.
_LEAST_GAIN, _LEAST_WORDS, _LEAST_VALID = 0.2, 4, 0.8

#: Share of the changed words that may have been good before, by chance.
_MOST_SPOILED = 0.15


@dataclass(frozen=True, slots=True)
class Encoding:
    """A scheme; ``capitals``: the font draws every letter as a capital (.VnTimeH)."""

    scheme: Scheme
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    fonts: re.Pattern[str]
    capitals: re.Pattern[str] | None
    letters: Mapping[str, str]
    coded: re.Pattern[str]


@lru_cache(maxsize=1)
def tables() -> Mapping[Scheme, _Table]:
    """Return the tables by scheme, read once."""
    text = resources.files("ingest").joinpath("tables", "legacy.toml").read_text(encoding="utf-8")
    return {Scheme(name): _table(entry) for name, entry in tomllib.loads(text).items()}


def _table(entry: Mapping[str, str]) -> _Table:
    cells = entry["letters"].split()
    letters: dict[str, str] = {}
    for letter, codes in zip(cells[::2], cells[1::2], strict=True):
        coded = bytes.fromhex(codes).decode("latin-1")
        letters[coded] = letter
        if len(coded) == 2:  # a capital letter with a small mark ("Aùnh") is as good, and the other way round
            letters.setdefault(coded[0] + coded[1].swapcase(), letter)
    longest_first = sorted(letters, key=len, reverse=True)
    return _Table(
        re.compile(entry["fonts"]),
        re.compile(entry["capitals"]) if "capitals" in entry else None,
        letters,
        re.compile("|".join(map(re.escape, longest_first))),
    )


def of_font(name: str) -> Encoding | None:
    """Return the encoding that a font's name stands for (with or without a subset's prefix and a style), or None."""
    # LibreOffice names others behind it, to be taken where it is not there: ".VnTimeH;Courier New"
    bare = _SUBSET.sub("", name.split(";", 1)[0].strip())
    for scheme, table in tables().items():
        if table.fonts.search(bare):
            family = _STYLE.split(bare)[0] if scheme is not Scheme.VNI else bare
            return Encoding(scheme, table.capitals is not None and bool(table.capitals.search(family.strip())))
    return None


def decode(text: str, encoding: Encoding) -> str:
    """Return coded ``text`` in Unicode (NFC). What the scheme has no letter for stays as it is."""
    table = tables()[encoding.scheme]
    coded = _codes(text)
    if LINE_END_HYPHEN in coded:
        coded = _with_line_ends(coded, encoding)
    plain = nfc(table.coded.sub(lambda found: table.letters[found[0]], coded))
    return plain.upper() if encoding.capitals else plain


def _with_line_ends(coded: str, encoding: Encoding) -> str:
    """Tell the letter ư (a soft hyphen in TCVN3) from a hyphen at the end of a line: by what makes a syllable."""

    def letter(found: re.Match[str]) -> str:
        syllables = _WORD_LETTERS.findall(decode(found[1] + "\xad", encoding))
        if encoding.scheme is Scheme.TCVN3 and syllables and is_syllable(syllables[-1]):
            return found[1] + "\xad"
        return found[1] + "-"

    return re.sub(rf"([^\s{LINE_END_HYPHEN}]*){LINE_END_HYPHEN}", letter, coded)


def _codes(text: str) -> str:
    """Return the text with a code below 256 for every character that Windows or a symbol font shows for one."""
    return "".join(c if ord(c) < 256 else _code(c) for c in text)


@lru_cache(maxsize=4096)
def _code(char: str) -> str:
    if ord(char) in _SYMBOL_FONT:
        return chr(ord(char) - 0xF000)
    code = char.encode("cp1252", "ignore")
    # Quotation marks and dashes are themselves in the fonts of every scheme but VISCII.
    return code.decode("latin-1") if code and char.isalpha() else char


def detect(text: str) -> Encoding | None:
    """Return the encoding in which ``text`` is good Vietnamese while as it stands it is not; None where there is none.

    Asks for a few words at least; good text, foreign text and text without coded letters give None.
    """
    if text.isascii():
        return None
    before = assess(text)
    if before.verdict is Verdict.GOOD:
        return None
    best: tuple[float, Encoding] | None = None
    for scheme in tables():
        encoding = Encoding(scheme)
        after = assess(decode(text, encoding))
        gain = _rightness(after) - _rightness(before)
        enough = after.words >= _LEAST_WORDS and gain >= _LEAST_GAIN and not _spoils(text, encoding)
        if enough and after.valid >= _LEAST_VALID and (best is None or gain > best[0]):
            best = gain, encoding
    return None if best is None else best[1]


def _rightness(quality: TextQuality) -> float:
    """Say how Vietnamese a text is: the spelling alone is met by many wrong readings, too."""
    return (quality.valid + quality.common) / 2


def _spoils(text: str, encoding: Encoding) -> bool:
    """Tell whether many of the words that would change are good as they are: only a part of the text is coded."""
    pairs = zip(text.split(), decode(text, encoding).split(), strict=False)
    changed = [part.lower() for old, new in pairs if old != new for part in _WORD_LETTERS.findall(old)]
    return sum(part in common_syllables() for part in changed if not part.isascii()) > _MOST_SPOILED * len(changed)


def choose(font: str, text: str) -> Encoding | None:
    """Return the encoding of a text set in ``font`` ("" where nothing is known), None where it is Unicode already."""
    named = of_font(font)
    if named is None:
        return detect(text)
    if text.isascii():
        return named
    after = decode(text, Encoding(named.scheme))
    # A document may name an old font and yet hold Unicode: Word puts another font in its place without a word.
    if after == nfc(text) or _rightness(assess(text)) > _rightness(assess(after)):
        return None
    return named


def plain(text: str, encoding: Encoding) -> str:
    """Return ``decode(text, encoding)`` where the font is not known: words in capitals get capitals with marks, too."""
    if encoding.scheme is not Scheme.TCVN3:
        return decode(text, encoding)
    return "\n".join(_plain_line(line, encoding) for line in text.split("\n"))


def _plain_line(line: str, encoding: Encoding) -> str:
    """TCVN3 has no capitals with marks: "CéNG HOµ" was meant to be "CỘNG HOÀ", drawn by a font of capitals."""
    bare = [c for c in line if c.isascii() and c.isalpha()]
    if len(bare) >= 2 and all(c.isupper() for c in bare):
        return decode(line, encoding).upper()
    words = re.split(r"(\s+)", line)
    return "".join(_plain_word(word, encoding) for word in words)


def _plain_word(word: str, encoding: Encoding) -> str:
    bare = [c for c in word if c.isascii() and c.isalpha()]
    out = decode(word, encoding)
    return out.upper() if len(bare) >= 2 and all(c.isupper() for c in bare) else out


def unmixed(text: str) -> tuple[str, tuple[Scheme, ...]]:
    """Return ``text`` with the lines that are coded in an old scheme in Unicode, and the schemes that were met.

    Lines that are good as they are stay byte for byte. A short line takes the scheme of the other lines when
    it makes sense in it.
    """
    if text.isascii() or (assess(text).verdict is Verdict.GOOD and not _odd(text)):
        return text, ()
    lines = text.split("\n")
    found = [detect(line) for line in lines]
    whole = detect("\n".join(line for line, one in zip(lines, found, strict=True) if one is None))
    met = {one.scheme for one in found if one is not None} | ({whole.scheme} if whole else set())
    if len(met) == 1:
        only = Encoding(next(iter(met)))
        found = [one or (only if makes_sense(line, only) else None) for line, one in zip(lines, found, strict=True)]
    out = [line if one is None else plain(line, one) for line, one in zip(lines, found, strict=True)]
    used = {one.scheme for line, new, one in zip(lines, out, found, strict=True) if one is not None and line != new}
    return "\n".join(out), tuple(sorted(used))


_SIGNS = frozenset("¨©«¬\xad®¶·¸¹")
_LETTERS = frozenset("àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ")


def _odd(text: str) -> bool:
    """Tell whether there are letters that Vietnamese does not have, or the signs that stand for letters in TCVN3."""
    return sum(1 for c in text if c in _SIGNS or (c.isalpha() and not c.isascii() and c.lower() not in _LETTERS)) >= 3


def makes_sense(line: str, encoding: Encoding) -> bool:
    """Tell whether every word that would change becomes one that Vietnamese law text commonly has."""
    pairs = zip(line.split(), plain(line, encoding).split(), strict=True)
    changed = [part for old, new in pairs if old != new for part in _WORD_LETTERS.findall(new)]
    return bool(changed) and all(part.lower() in common_syllables() for part in changed)
