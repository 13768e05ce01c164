"""Document numbers as people type them in questions: "quyết định 749", "qd 117/qd-ttg", "tt24/2018", "CV 5807"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.symbols import symbols
from corpus.text import fold

_TYPES = {
    "quyet dinh": "qd", "qd": "qd", "thong tu lien tich": "ttlt", "ttlt": "ttlt", "thong tu": "tt", "tt": "tt",
    "nghi dinh": "nd", "nd": "nd", "nghi quyet": "nq", "nq": "nq", "chi thi": "ct", "ct": "ct", "cong van": "cv",
    "cv": "cv", "ke hoach": "kh", "kh": "kh", "thong bao": "tb", "tb": "tb", "bao cao": "bc", "to trinh": "ttr",
    "huong dan": "hd", "hd": "hd", "luat": "luat", "van ban": "", "vb": "", "de an": "", "chuong trinh": "",
    "so hieu": "", "so": "",
}  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, _TYPES), key=len, reverse=True))
_REFERENCE = re.compile(
    rf"(?<![\w/-])(?:(?P<type>{_NAMES})\s{{0,2}}(?:so\s{{0,2}})?)?"
    r"(?P<serial>\d{1,5})"
    r"(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
    r"(?:\s?[/-]\s?(?P<symbol>[a-z][a-z&]{0,9}\d{0,2}(?:\s?[-/]\s?[a-z][a-z&]{0,11}\d{0,2}){0,3}))?(?![\w/])"
)
_NOT_BEFORE = re.compile(
    r"(?:ngay|thang|nam|ky|ki|lop|tuan|khoi|quy|hoc ky|hoc ki|muc do|cap|khoan|diem|dieu|chuong|muc|phu luc|mau)\s*$"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document number in a question: ``text[start:end]``; ``spelling`` is the term to look up, folded."""

    start: int
    end: int
    spelling: str
    exact: bool


def find_references(text: str) -> list[Reference]:
    """Return the document numbers in a question.

    A bare number counts only behind a tên loại or with a ký hiệu; days, months, terms, classes and provisions never.
    """
    folded = fold(text)
    found = []
    for match in _REFERENCE.finditer(folded):
        kind, symbol = match["type"], match["symbol"]
        if kind in ("so", "tt", "hd", "kh", "ct") and not (symbol or match["year"] or len(match["serial"]) > 2):
            continue
        if kind is None and not (symbol and (match["year"] or _is_symbol(symbol))):
            continue
        if kind is None and _NOT_BEFORE.search(folded[: match.start()]):
            continue
        found.append(Reference(match.start(), match.end(), *_spelling(kind, match["serial"], match["year"], symbol)))
    return found


def _spelling(kind: str | None, serial: str, year: str | None, symbol: str | None) -> tuple[str, bool]:
    number = serial.lstrip("0") or "0"
    if symbol:
        clean = re.sub(r"\s|&", "", symbol).replace("/", "-")
        if clean not in _codes():
            return (f"{number}/{year}/{clean}" if year else f"{number}/{clean}"), True
        return (f"{number}/{year}" if year else f"{number}/{clean}"), bool(year)
    if year:
        return f"{number}/{year}", True
    code = _TYPES[kind] if kind else ""
    return (f"{number}/{code}" if code else number), False


def _codes() -> set[str]:
    return {fold(code) for code in symbols().types}


def _is_symbol(symbol: str) -> bool:
    first = re.split(r"\s?[-/]\s?", symbol)[0].replace("&", "")
    known = _codes() | {fold(code) for code in symbols().agencies}
    return first in known or "-" in symbol
