"""The list of all stored directives, kept in memory; read again is only what has changed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.usecases.places import code
from api.usecases.years import school_year as parse_year
from api.wording import ISSUER_LEVELS
from corpus.quickfold import quick_fold
from corpus.store import DocumentInfo, Store
from corpus.text import nfc, squeeze
from index.words import bare_name

#: Words of so many directives are kept for looking into.
_KEPT = 20_000
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Sought:
    """Which directives of the list: words of number, title, office and file name (``text``), the office, its level,
    the type (tên loại) and the school year; None for any. Marks and capitals do not matter."""

    text: str | None = None
    issuer: str | None = None
    level: str | None = None
    doc_type: str | None = None
    school_year: str | None = None

    @classmethod
    def of(cls, text: str = "", issuer: str = "", level: str = "", doc_type: str = "", school_year: str = "") -> Sought:
        """Return what a person typed and chose. Raises BadInputError for a level or school year that cannot be."""
        words, kind = (squeeze(quick_fold(nfc(given))) or None for given in (text, doc_type))
        office = bare_name(issuer) or None
        at = code(level, ISSUER_LEVELS, "cấp ban hành") if level.strip() else None
        return cls(words, office, at, kind, parse_year(school_year))

    def among(self, rows: Sequence[DocumentInfo]) -> Sequence[DocumentInfo]:
        """Return those of the rows that are meant, in their order."""
        if self == Sought():
            return rows
        wanted = _parted(self.text or "")
        return [row for row in rows if self._fits(row) and all(word in _words(row) for word in wanted)]

    def _fits(self, row: DocumentInfo) -> bool:
        return (
            (self.school_year is None or row.school_year == self.school_year)
            and (self.level is None or row.issuer_level == self.level)
            and (self.doc_type is None or quick_fold(row.doc_type or "") == self.doc_type)
            and (self.issuer is None or self.issuer in bare_name(row.issuer or ""))
        )


def _parted(typed: str) -> list[str]:
    """Return what must stand in the words of a directive: whole words, of the last one the beginning."""
    *whole, last = _WORD.findall(typed) or [""]
    return [f" {word} " for word in whole] + ([f" {last}"] if last else [])


@lru_cache(maxsize=_KEPT)
def _words(row: DocumentInfo) -> str:
    """Return the words to look into, a blank before and behind each."""
    text = quick_fold(nfc(" ".join(filter(None, (row.number, row.subject, row.issuer, row.source)))))
    return f" {' '.join(_WORD.findall(text))} "


class Listing:
    """Keeps what lists show of every directive."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._fingerprint: str | None = None
        self._tokens: Mapping[str, str] = {}
        self._rows: dict[str, DocumentInfo] = {}
        self._listed: list[DocumentInfo] = []

    def documents(self) -> list[DocumentInfo]:
        """Return all directives, newest date first, undated last; the list is not to be changed."""
        store = self._store()
        fingerprint = store.fingerprint()
        with self._lock:
            if fingerprint != self._fingerprint:
                tokens = store.revisions()
                changed = [key for key, token in tokens.items() if self._tokens.get(key) != token]
                fresh = {info.id: info for info in store.infos(changed)}
                self._rows = {key: row for key, row in (self._rows | fresh).items() if key in tokens}
                self._tokens, self._fingerprint = tokens, fingerprint
                self._listed = newest_first(self._rows.values())
            return self._listed


def newest_first(infos: Iterable[DocumentInfo]) -> list[DocumentInfo]:
    """Return directives by date, the newest first and undated ones last, those of a day by id."""
    found = sorted(infos, key=lambda info: info.id)
    found.sort(key=lambda info: info.date or "", reverse=True)
    return found
