"""Document numbers as people type them in questions: "quyết định 749", "qd 117/qd-ttg", "tt24/2018", "CV 5807"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from corpus.symbols import symbols
from corpus.text import fold

_TYPES = {
    "quyet dinh": "qd", "qd": "qd", "thong tu lien tich": "ttlt", "ttlt": "ttlt", "thong tu": "tt", "tt": "tt",
    "nghi dinh": "nd", "nd": "nd", "nghi quyet": "nq", "nq": "nq", "chi thi": "ct", "ct": "ct", "cong van": "cv",
    "cv": "cv", "ke hoach": "kh", "kh": "kh", "thong bao": "tb", "tb": "tb", "bao cao": "bc", "to trinh": "ttr",
    "huong dan": "hd", "hd": "hd", "luat": "luat", "van ban": "", "vb": "", "de an": "", "chuong trinh": "",
    "so hieu": "", "so": "",
}  # fmt: skip
_GLUED = {name.replace(" ", ""): code for name, code in _TYPES.items()}
_NAMES = "|".join(name.replace(" ", r"\s?") for name in sorted(_TYPES, key=len, reverse=True))
_TYPED = rf"(?<![\w/-])(?:(?P<type>{_NAMES})\s{{0,2}}(?:so\s{{0,2}})?)?(?P<serial>\d{{1,5}})"
_REFERENCE = re.compile(
    _TYPED + r"(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
    r"(?:\s?[/-]\s?(?P<symbol>[a-z][a-z&]{0,9}\d{0,2}(?:\s?[-/]\s?[a-z][a-z&]{0,11}\d{0,2}){0,3}))?(?![\w/])"
)
#: Offices of education, as people write them: so a number without a department ("2214/SGDĐT") means any of theirs.
_OFFICES = ("sgddt", "bgddt", "pgddt", "sgd", "bgd", "pgd")
#: Letters that name an office of the Party, and are words of a question as well ("10 hd tu thien").
_WORDS = frozenset({"tu", "hu", "qu", "du", "thu", "txu", "duk"})
#: A question that is a number and nothing else ("2214"); a year is none.
_ALONE = re.compile(r"\W*(?!(?:19[89]|20[0-4])\d\W*$)(?P<serial>\d{3,5})\W*")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_NOT_BEFORE = re.compile(
    r"(?:ngay|thang|nam|ky|ki|lop|tuan|khoi|quy|hoc ky|hoc ki|muc do|cap|khoan|diem|dieu|chuong|muc|phu luc|mau)\s*$"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document number in a question: ``text[start:end]``; ``spelling`` is the term to look up, folded.

    ``office`` is set where the number tells whose document it is and no more ("2214/sgddt"): how its symbol begins.
    """

    start: int
    end: int
    spelling: str
    exact: bool
    office: str = ""

    def among(self, spellings: Collection[str]) -> float:
        """Return how surely a document number with these ``spellings`` is meant, 0 to 1: of another office 0.5."""
        if self.spelling not in spellings:
            return 0.0
        return 1.0 if not self.office or any(one.startswith(self.office) for one in spellings) else 0.5


def find_references(text: str) -> list[Reference]:
    """Return the document numbers in a question.

    A bare number counts only behind a tên loại, with a ký hiệu, or where nothing else is asked; days, months, terms,
    classes and provisions never.
    """
    folded = fold(text)
    alone = _ALONE.fullmatch(folded)
    if alone is not None:
        return [Reference(alone.start("serial"), alone.end("serial"), alone["serial"].lstrip("0") or "0", False)]
    folded = _slashed(folded)
    found = []
    for match in _REFERENCE.finditer(folded):
        kind, symbol = match["type"] and re.sub(r"\s", "", match["type"]), match["symbol"]
        few = 1 if kind == "tt" else 2  # "TT22" is how teachers call a thông tư
        if kind in ("so", "tt", "hd", "kh", "ct") and not (symbol or match["year"] or len(match["serial"]) > few):
            continue
        if kind is None and not (symbol and (match["year"] or _is_symbol(symbol))):
            continue
        if kind is None and _NOT_BEFORE.search(folded[: match.start()]):
            continue
        found.append(Reference(match.start(), match.end(), *_spelling(kind, match["serial"], match["year"], symbol)))
    return found


def _spelling(kind: str | None, serial: str, year: str | None, symbol: str | None) -> tuple[str, bool, str]:
    """Return the term to look up, whether it is the whole number, and how the symbol begins; see ``Reference``."""
    number = serial.lstrip("0") or "0"
    if symbol:
        clean = re.sub(r"\s|&", "", symbol).replace("/", "-")
        if clean in _OFFICES and not year:
            code = (kind and _GLUED[kind]) or "cv"
            return f"{number}/{code}", False, f"{number}/{clean if code == 'cv' else f'{code}-{clean}'}"
        if clean not in _codes():
            return (f"{number}/{year}/{clean}" if year else f"{number}/{clean}"), True, ""
        return (f"{number}/{year}" if year else f"{number}/{clean}"), bool(year), ""
    if year:
        return f"{number}/{year}", True, ""
    code = _GLUED[kind] if kind else ""
    return (f"{number}/{code}" if code else number), False, ""


def _slashed(folded: str) -> str:
    """Return a question with the marks between the parts of its numbers where blanks were typed for them
    ("2214 sgddt gdtrh", "16 2022 tt bgddt"), every letter in its place."""

    def marked(match: re.Match[str]) -> str:
        count = len(match["serial"]) < 3 or _YEAR.fullmatch(match["serial"])
        if count and not match["code"] and not match["year"] and "/" not in match[0]:
            return match[0]  # "63 SGDĐT" are so many offices
        rest = re.sub(r"[\s-]", "-", match["rest"])
        year = f"/{match['year']}" if match["year"] else ""
        return f"{match['head']}{year}/{rest}"

    return _spaced().sub(marked, folded)


@lru_cache(maxsize=1)
def _spaced() -> re.Pattern[str]:
    known = symbols()
    agencies = {fold(code) for code in known.agencies} - _WORDS
    units = "|".join(sorted({re.escape(fold(unit)) for unit in known.units}, key=len, reverse=True))
    own, any_of = "|".join(_OFFICES), "|".join(sorted(agencies | set(_OFFICES), key=len, reverse=True))
    behind = rf"(?:[\s-](?:{units}|{any_of}))*(?![\w/-])"
    codes = "|".join(sorted(_codes(), key=len, reverse=True))
    return re.compile(
        rf"(?P<head>(?<![\w/-])(?P<serial>\d{{1,5}}))(?:[\s/](?P<year>(?:19|20)\d\d))?[\s/]"
        rf"(?P<rest>(?:(?P<code>{codes})[\s-](?:{any_of})|(?:{own})){behind})"
    )


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset({fold(code) for code in symbols().types})


def _is_symbol(symbol: str) -> bool:
    first = re.split(r"\s?[-/]\s?", symbol)[0].replace("&", "")
    known = _codes() | {fold(code) for code in symbols().agencies} | set(_OFFICES)
    return first in known or "-" in symbol
