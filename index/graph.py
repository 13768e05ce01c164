"""Who cites whom: directives as nodes, citations as edges with their evidence; what implements or replaces what.

Nodes are the stored directives and those that are only cited. A citation is tied to a stored directive by its
canonical key (symbol, number, year, issuer). Where several could be meant it stays open, with its candidates; it is
never guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, Protocol

import networkx as nx

from corpus.errors import NotFoundError
from corpus.facts import Citation, Facts, Relation
from corpus.numbers import DocumentNumber, document_key, parse_number
from corpus.text import fold, squeeze
from index.references import find_references
from index.words import number_terms

#: Relations that tie a directive to the one it carries out, for the chain upward and downward.
CHAIN = frozenset({Relation.IMPLEMENTS, Relation.BASED_ON, Relation.PURSUANT_TO, Relation.GUIDES})


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
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True)
class Edge:
    """A citation: ``citing`` and ``cited`` are keys of nodes; the rest is its evidence.

    ``candidates`` are the numbers and keys of stored directives that may be meant where the citation is ambiguous.
    """

    citing: str
    cited: str
    relation: Relation
    document: str
    page: int
    line: int
    surface: str
    place: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class CitationGraph:
    """The graph of all citations. Make one with ``CitationGraph.build``."""

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    _chain: nx.DiGraph[str] = field(repr=False)

    @classmethod
    def build(cls, rows: Iterable[tuple[Info, Facts]]) -> CitationGraph:
        """Build the graph from (directive, facts) pairs, as ``Store.headers`` yields them."""
        given = list(rows)
        nodes: dict[str, Node] = {}
        own: dict[str, str] = {}
        for info, facts in given:
            node = _stored(info, facts)
            while node.key in nodes:
                node = _apart(node)
            nodes[node.key] = node
            own[info.id] = node.key
        stored = _by_symbol(nodes.values())
        cites = [(info, c, *_resolve(c, facts, stored)) for info, facts in given for c in facts.citations]
        same = _undated_to_dated({key for _, _, key, _ in cites if key not in nodes})
        edges: list[Edge] = []
        for info, citation, key, candidates in cites:
            cited = same.get(key, key)
            if cited == own[info.id]:
                continue
            if cited not in nodes or (nodes[cited].missing and not nodes[cited].subject):
                nodes[cited] = _better(nodes.get(cited), _cited(cited, citation))
            edges.append(_edge(own[info.id], cited, info.id, citation, candidates))
        chain: nx.DiGraph[str] = nx.DiGraph()
        chain.add_nodes_from(nodes)
        chain.add_edges_from((e.citing, e.cited) for e in edges if e.relation in CHAIN)
        return cls(nodes, tuple(edges), chain)

    def find(self, reference: str) -> list[Node]:
        """Return the directives that ``reference`` may mean: a number, a part of one ("749", "QĐ 749"), or a key.

        Stored ones come first. Raises NotFoundError when there is none.
        """
        wanted = squeeze(reference)
        if wanted in self.nodes:
            return [self.nodes[wanted]]
        for spelling in _spellings(wanted):
            found = [self.nodes[key] for key in self._spelled.get(spelling, ())]
            if found:
                return sorted(found, key=lambda n: (n.missing, n.date is None, _newest(n.date), n.number))
        raise NotFoundError(
            f"Không có văn bản nào mang số “{wanted[:60]}” trong kho hoặc được viện dẫn.",
            "Hãy xem danh sách bằng lệnh congvan show, hoặc gõ số đầy đủ, ví dụ 749/QĐ-TTg.",
        )

    @cached_property
    def _spelled(self) -> dict[str, list[str]]:
        """The keys of nodes by every spelling under which they are looked up."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, node in self.nodes.items():
            for spelling in {*_terms_of(node.number), fold(node.number)}:
                found[spelling].append(key)
        return found

    @cached_property
    def _places(self) -> tuple[dict[str, list[int]], dict[str, list[int]], dict[str, list[int]]]:
        """Positions in ``edges`` by who cites, by what is cited, and by what else may be meant."""
        citing: dict[str, list[int]] = defaultdict(list)
        cited: dict[str, list[int]] = defaultdict(list)
        maybe: dict[str, list[int]] = defaultdict(list)
        for position, edge in enumerate(self.edges):
            citing[edge.citing].append(position)
            cited[edge.cited].append(position)
            for key in edge.candidates:
                maybe[key].append(position)
        return citing, cited, maybe

    def _at(self, keys: Iterable[str], *tables: dict[str, list[int]]) -> list[Edge]:
        """Return the edges that ``tables`` have for ``keys``, each once, in the order of ``edges``."""
        positions = {at for key in keys for table in tables for at in table.get(key, ())}
        return [self.edges[at] for at in sorted(positions)]

    def out_of(self, keys: Iterable[str]) -> list[Edge]:
        """Return the citations in the directives of these keys, in order of their place."""
        return self._at(keys, self._places[0])

    def into(self, keys: Iterable[str], *, maybe: bool = False) -> list[Edge]:
        """Return the citations of the directives of these keys; with ``maybe`` also those that may mean them."""
        return self._at(keys, self._places[1], *([self._places[2]] if maybe else []))

    def cites(self, reference: str) -> list[Edge]:
        """Return the citations in a directive, in order of their place."""
        return self.out_of(node.key for node in self.find(reference))

    def cited_by(self, reference: str) -> list[Edge]:
        """Return the citations of a directive by others; ambiguous ones that may mean it are among them."""
        return self.into((node.key for node in self.find(reference)), maybe=True)

    def above(self, reference: str) -> list[Node]:
        """Return the directives that this one carries out, directly or through others (văn bản cấp trên)."""
        return self._reach(reference, upward=True)

    def below(self, reference: str) -> list[Node]:
        """Return the directives that carry this one out, directly or through others (văn bản triển khai)."""
        return self._reach(reference, upward=False)

    def replaced_by(self, reference: str) -> list[Node]:
        """Return the directives that replace this one (văn bản thay thế)."""
        edges = self.into(node.key for node in self.find(reference))
        found = [edge.citing for edge in edges if edge.relation is Relation.REPLACES]
        return [self.nodes[key] for key in dict.fromkeys(found)]

    def missing_most_cited(self, limit: int = 20) -> list[tuple[Node, int]]:
        """Return the directives that are cited by most others but not stored, with the number of those others."""
        citing = {(e.citing, e.cited) for e in self.edges if self.nodes[e.cited].missing}
        counts = Counter(cited for _, cited in citing)
        ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
        return [(self.nodes[key], count) for key, count in ranked[:limit]]

    def as_json(self, reference: str) -> dict[str, Any]:
        """Return what a directive cites and what cites it, as plain data. Raises NotFoundError."""
        node, *others = self.find(reference)
        return {
            **node.as_dict(),
            "candidates": [other.as_dict() for other in others],
            "cites": [self._row(e, e.cited) for e in self.out_of([node.key])],
            "cited_by": [self._row(e, e.citing) for e in self.into([node.key], maybe=True)],
            "above": [n.number for n in self.above(node.key)],
            "below": [n.number for n in self.below(node.key)],
            "replaced_by": [n.number for n in self.replaced_by(node.key)],
        }

    def neighbourhood(self, reference: str) -> tuple[Node, list[Node], list[Edge]]:
        """Return a directive, the nodes around it (chain, cites, cited by) and the edges among them, for a picture."""
        node = self.find(reference)[0]
        keys = {node.key, *(n.key for n in self.above(node.key)), *(n.key for n in self.below(node.key))}
        keys |= {e.cited for e in self.out_of([node.key])} | {e.citing for e in self.into([node.key])}
        edges = {(e.citing, e.cited, e.relation): e for e in self.out_of(keys) if e.cited in keys}
        return node, [self.nodes[key] for key in sorted(keys)], list(edges.values())

    def _row(self, edge: Edge, other: str) -> dict[str, Any]:
        node = self.nodes[other]
        citing = self.nodes[edge.citing]
        return {
            "number": node.number,
            "key": node.key,
            "document": node.document,
            "date": node.date,
            "issuer": node.issuer,
            "subject": node.subject,
            "missing": node.missing,
            "relation": edge.relation.value,
            "source": citing.source,
            "page": edge.page,
            "line": edge.line,
            "surface": edge.surface,
            "candidates": list(edge.candidates),
        }

    def _reach(self, reference: str, *, upward: bool) -> list[Node]:
        start = self.find(reference)[0].key
        return [self.nodes[key] for _, key in nx.bfs_edges(self._chain, start, reverse=not upward)]


def _newest(iso: str | None) -> int:
    """Return a number by which newer dates sort first."""
    return -int(iso.replace("-", "")) if iso else 0


def _stored(info: Info, facts: Facts) -> Node:
    header = facts.header
    number = _parsed(header.number) if header.number else None
    year = int(header.date[:4]) if header.date else None
    key = document_key(number, year=year, issuer=header.issuer) if number else f"file|{info.id}"
    level = header.issuer_level.value if header.issuer_level else None
    shown = str(number) if number else header.number or info.source
    return Node(
        key, shown, info.id, info.source, header.date, header.issuer, level, header.doc_type, _short(header.subject),
        header.school_year,
    )  # fmt: skip


def _apart(node: Node) -> Node:
    """Return the node under a key of its own: two stored files bear the same number."""
    return replace(node, key=f"{node.key}+")


def _cited(key: str, citation: Citation) -> Node:
    number = _parsed(citation.number)
    return Node(
        key,
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


def _edge(citing: str, cited: str, document: str, citation: Citation, candidates: tuple[str, ...]) -> Edge:
    found = citation.evidence
    return Edge(
        citing,
        cited,
        citation.relation,
        document,
        found.page,
        found.line,
        squeeze(found.surface),
        citation.place.value,
        candidates,
    )


def _by_symbol(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """Return the stored directives by number and symbol, without year and issuer."""
    found: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.document is not None:
            found[_bare(node.key)].append(node)
    return found


def _bare(key: str) -> str:
    """Return number and symbol of a key: what stays when the issuer and the year are not known."""
    parts = key.rstrip("+").split("|")
    return "|".join(parts[1:3]) if len(parts) == 4 else key


def _resolve(citation: Citation, facts: Facts, stored: dict[str, list[Node]]) -> tuple[str, tuple[str, ...]]:
    """Return the key of the cited node and, where it stays open which stored directive is meant, their keys."""
    fits = [node for node in stored.get(_bare(citation.key), []) if _agrees(citation.key, node.key)]
    exact = [node for node in fits if node.key == citation.key]
    if len(exact) == 1:
        return exact[0].key, ()
    if len(fits) == 1 and (_names_office(citation.key) or _is_central(citation) or _own_office(fits[0], facts)):
        return fits[0].key, ()
    return citation.key, tuple(node.key for node in fits)


def _names_office(key: str) -> bool:
    return not key.startswith("|")


def _is_central(citation: Citation) -> bool:
    number = _parsed(citation.number)
    return number is not None and not number.is_local


def _own_office(node: Node, facts: Facts) -> bool:
    """Whether a stored directive comes from the office that cites it: "Công văn số 602" means its own."""
    return bool(node.issuer and facts.header.issuer) and _same_office(
        fold(node.issuer or ""), fold(facts.header.issuer or "")
    )


def _undated_to_dated(keys: set[str]) -> dict[str, str]:
    """Return, for keys of cited directives without a year, the key with a year that agrees, where only one does."""
    by_symbol: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if not key.endswith("|?"):
            by_symbol[_bare(key)].append(key)
    found = {}
    for key in keys:
        fits = [other for other in by_symbol[_bare(key)] if _agrees(key, other)] if key.endswith("|?") else []
        if len(fits) == 1:
            found[key] = fits[0]
    return found


def _better(known: Node | None, fresh: Node) -> Node:
    """Return the node of a cited directive that tells more: a subject, a date."""
    if known is None:
        return fresh
    return max((known, fresh), key=lambda n: (bool(n.subject), bool(n.date)))


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


@lru_cache(maxsize=65_536)
def _terms_of(number: str) -> tuple[str, ...]:
    parsed = _parsed(number)
    return tuple(number_terms(parsed)) if parsed else ()


#: Numbers are parsed anew with every change of the store; most of them are the same again.
_parsed = lru_cache(maxsize=65_536)(parse_number)


def _spellings(reference: str) -> list[str]:
    """Return the terms under which a typed number is looked up, most exact first."""
    parsed = parse_number(reference)
    if parsed is not None:
        return number_terms(parsed)[:1]
    found = [r.spelling for r in find_references(reference)]
    bare = fold(reference)
    return [*found, bare, bare.lstrip("0")]
