"""Which document a citation means: tied to a stored directive by its canonical key (symbol, number, year, issuer).

What the graph needs of one directive is worked out once (``Citing``) and stays true until that directive changes;
which of the stored directives is meant is asked anew whenever any of them does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from corpus.facts import Citation, Facts
from corpus.numbers import DocumentNumber, document_key, parse_number
from corpus.text import fold, squeeze

#: Numbers come back in many directives, and with every change of one.
parsed = lru_cache(maxsize=65_536)(parse_number)


class Info(Protocol):
    """What the graph needs to know of a stored directive (``corpus.store.DocumentInfo`` is one)."""

    @property
    def id(self) -> str:
        """Content id."""
        ...

    @property
    def source(self) -> str:
        """File name as ingested."""
        ...


@dataclass(frozen=True, slots=True)
class Node:
    """A directive (văn bản). ``document`` is None when it is only cited; ``key`` is the canonical key."""

    key: str
    number: str
    document: str | None
    source: str | None
    date: str | None
    issuer: str | None
    level: str | None
    doc_type: str | None
    subject: str | None
    school_year: str | None = None
    effective: str | None = None

    @property
    def since(self) -> str | None:
        """The ISO day from which it is in force: the one that it says, else that of its signing; None: not known."""
        return self.effective or self.date

    @property
    def missing(self) -> bool:
        """Whether the directive is cited but not stored."""
        return self.document is None

    def as_dict(self) -> dict[str, Any]:
        """Return the node as plain data."""
        return {
            "number": self.number,
            "key": self.key,
            "document": self.document,
            "source": self.source,
            "date": self.date,
            "issuer": self.issuer,
            "level": self.level,
            "doc_type": self.doc_type,
            "subject": self.subject,
            "school_year": self.school_year,
            "effective": self.effective,
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True)
class Named:
    """A citation with what does not depend on what is stored: the document as it is told of there, its number and
    symbol alone, and whether an office of the state gave that number."""

    citation: Citation
    node: Node
    bare: str
    central: bool
    surface: str


@dataclass(frozen=True, slots=True)
class Citing:
    """A stored directive with what it cites; ``issuer`` is the office's name, folded."""

    node: Node
    document: str
    issuer: str
    named: tuple[Named, ...]

    @classmethod
    def of(cls, info: Info, facts: Facts) -> Citing:
        """Return what the graph is to know of a directive."""
        named = tuple(map(_named, facts.citations))
        return cls(_stored(info, facts), info.id, fold(facts.header.issuer or ""), named)


def _named(citation: Citation) -> Named:
    number = parsed(citation.number)
    central = number is not None and not number.is_local
    return Named(citation, _cited(citation), bare(citation.key), central, squeeze(citation.evidence.surface))


def _stored(info: Info, facts: Facts) -> Node:
    header = facts.header
    number = parsed(header.number) if header.number else None
    year = int(header.date[:4]) if header.date else None
    key = document_key(number, year=year, issuer=header.issuer) if number else f"file|{info.id}"
    level = header.issuer_level.value if header.issuer_level else None
    shown = str(number) if number else header.number or info.source
    return Node(
        key, shown, info.id, info.source, header.date, header.issuer, level, header.doc_type, _short(header.subject),
        header.school_year, header.effective,
    )  # fmt: skip


def _cited(citation: Citation) -> Node:
    number = parsed(citation.number)
    return Node(
        citation.key,
        str(number) if number else citation.number,
        None,
        None,
        citation.date,
        citation.issuer,
        _level(number),
        citation.doc_type or (number.type_name if number else None),
        _short(citation.subject),
    )


def _level(number: DocumentNumber | None) -> str | None:
    agency = number.agencies[0] if number and number.agencies else None
    if agency is None:
        return None
    if agency.level == "central":
        return "bo" if agency.code.startswith("B") else "trung_uong"
    return {"SGDĐT": "so", "PGDĐT": "phong"}.get(agency.code, "truong" if agency.level == "school" else "dia_phuong")


def _short(text: str | None) -> str | None:
    return squeeze(text) if text else None


def by_symbol(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """Return the stored directives by number and symbol, without year and issuer."""
    found: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.document is not None:
            found[bare(node.key)].append(node)
    return found


@lru_cache(maxsize=65_536)
def bare(key: str) -> str:
    """Return number and symbol of a key: what stays when the issuer and the year are not known."""
    parts = key.rstrip("+").split("|")
    return "|".join(parts[1:3]) if len(parts) == 4 else key


def resolve(named: Named, citing: Citing, stored: dict[str, list[Node]]) -> tuple[str, tuple[str, ...]]:
    """Return the key of the cited node and, where it stays open which stored directive is meant, their keys."""
    key = named.citation.key
    fits = [node for node in stored.get(named.bare, ()) if _agrees(key, node.key)]
    exact = [node for node in fits if node.key == key]
    if len(exact) == 1:
        return exact[0].key, ()
    if len(fits) == 1 and (_names_office(key) or named.central or _own_office(fits[0], citing)):
        return fits[0].key, ()
    return key, tuple(node.key for node in fits)


def _names_office(key: str) -> bool:
    return not key.startswith("|")


def _own_office(node: Node, citing: Citing) -> bool:
    """Whether a stored directive comes from the office that cites it: "Công văn số 602" means its own."""
    return bool(node.issuer and citing.issuer) and _same_office(fold(node.issuer or ""), citing.issuer)


def undated_to_dated(keys: set[str]) -> dict[str, str]:
    """Return, for keys of cited directives without a year, the key with a year that agrees, where only one does."""
    by_symbol: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if not key.endswith("|?"):
            by_symbol[bare(key)].append(key)
    found = {}
    for key in keys:
        fits = [other for other in by_symbol[bare(key)] if _agrees(key, other)] if key.endswith("|?") else []
        if len(fits) == 1:
            found[key] = fits[0]
    return found


def _agrees(cited: str, own: str) -> bool:
    """Whether year and issuer of a citation do not speak against a stored directive."""
    a, b = cited.rstrip("+").split("|"), own.rstrip("+").split("|")
    if len(a) != 4 or len(b) != 4:
        return cited == own
    years = "?" in (a[3], b[3]) or a[3] == b[3]
    offices = not a[0] or not b[0] or a[0] == b[0] or _same_office(a[0], b[0])
    return years and offices


def _same_office(a: str, b: str) -> bool:
    """Whether one name of an office is the other with more said: "so giao duc va dao tao [tinh] x"."""
    small = {"tinh", "thanh", "pho", "huyen", "quan", "thi", "xa", "va"}
    first, second = set(a.split()) - small, set(b.split()) - small
    return first <= second or second <= first
