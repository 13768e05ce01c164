"""Who cites whom: directives as nodes, citations as edges with their evidence; what implements or replaces what.

Nodes are the stored directives and those that are only cited. A citation is tied to a stored directive by its
canonical key (symbol, number, year, issuer). Where several could be meant it stays open, with its candidates; it is
never guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from corpus.errors import NotFoundError
from corpus.facts import Facts, Relation
from corpus.numbers import parse_number
from corpus.text import fold, squeeze
from index.references import find_references
from index.tying import Citing, Info, Named, Node, by_symbol, parsed, resolve, undated_to_dated
from index.words import number_terms

#: Relations that tie a directive to the one it carries out, for the chain upward and downward.
CHAIN = frozenset({Relation.IMPLEMENTS, Relation.BASED_ON, Relation.PURSUANT_TO, Relation.GUIDES})


class Edge(NamedTuple):
    """A citation: ``citing`` and ``cited`` are keys of nodes; the rest is its evidence.

    ``candidates`` are the numbers and keys of stored directives that may be meant where the citation is ambiguous.
    A tuple, for all of them are made again whenever a directive changes.
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

    @classmethod
    def build(cls, rows: Iterable[tuple[Info, Facts]]) -> CitationGraph:
        """Build the graph from (directive, facts) pairs, as ``Store.headers`` yields them."""
        return cls.of(Citing.of(info, facts) for info, facts in rows)

    @classmethod
    def of(cls, directives: Iterable[Citing]) -> CitationGraph:
        """Build the graph from directives whose citations were looked at before."""
        given = list(directives)
        nodes: dict[str, Node] = {}
        own: dict[str, str] = {}
        for citing in given:
            node = citing.node
            while node.key in nodes:
                node = _apart(node)
            nodes[node.key] = node
            own[citing.document] = node.key
        stored = by_symbol(nodes.values())
        cites = [(citing, named, *resolve(named, citing, stored)) for citing in given for named in citing.named]
        same = undated_to_dated({key for _, _, key, _ in cites if key not in nodes})
        edges: list[Edge] = []
        for citing, named, key, candidates in cites:
            cited = same.get(key, key)
            if cited == own[citing.document]:
                continue
            known = nodes.get(cited)
            if known is None or (known.missing and not known.subject and _tells(named.node, known)):
                fresh = named.node if named.node.key == cited else replace(named.node, key=cited)
                nodes[cited] = fresh
            edges.append(_edge(own[citing.document], cited, citing.document, named, candidates))
        return cls(nodes, tuple(edges))

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
                return sorted(found, key=lambda n: (n.missing, n.date is None, newest(n.date), n.number))
        raise NotFoundError(
            f"Không có văn bản nào mang số “{wanted[:60]}” trong kho hoặc được viện dẫn.",
            "Hãy xem danh sách ở trang Văn bản (lệnh congvan show), hoặc gõ số đầy đủ, ví dụ 749/QĐ-TTg.",
        )

    @cached_property
    def _spelled(self) -> dict[str, list[str]]:
        """The keys of nodes by every spelling under which they are looked up."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, node in self.nodes.items():
            for spelling in _terms_of(node.number):
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
        """Return the directives that replace this one (văn bản thay thế, bãi bỏ)."""
        return self._tied_to(reference, Relation.REPLACES)

    def amended_by(self, reference: str) -> list[Node]:
        """Return the directives that change this one or abolish a part of it (văn bản sửa đổi, bổ sung)."""
        return self._tied_to(reference, Relation.AMENDS)

    def _tied_to(self, reference: str, relation: Relation) -> list[Node]:
        edges = self.into(node.key for node in self.find(reference))
        return [self.nodes[key] for key in dict.fromkeys(edge.citing for edge in edges if edge.relation is relation)]

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
            "amended_by": [n.number for n in self.amended_by(node.key)],
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
        """Return what is tied to a directive in one direction, the nearest first."""
        start = self.find(reference)[0].key
        found, waiting = {start: None}, deque([start])
        while waiting:
            at = waiting.popleft()
            edges = self.out_of([at]) if upward else self.into([at])
            for edge in edges:
                other = edge.cited if upward else edge.citing
                if edge.relation in CHAIN and other not in found:
                    found[other] = None
                    waiting.append(other)
        return [self.nodes[key] for key in found if key != start]


def newest(iso: str | None) -> int:
    """Return a number by which newer dates sort first."""
    return -int(iso.replace("-", "")) if iso else 0


def _apart(node: Node) -> Node:
    """Return the node under a key of its own: two stored files bear the same number."""
    return replace(node, key=f"{node.key}+")


def _edge(citing: str, cited: str, document: str, named: Named, candidates: tuple[str, ...]) -> Edge:
    citation, found = named.citation, named.citation.evidence
    in_part = citation.relation is Relation.REPLACES and citation.provision  # "bãi bỏ khoản 2 Điều 4 Quyết định …"
    return Edge(
        citing,
        cited,
        Relation.AMENDS if in_part else citation.relation,
        document,
        found.page,
        found.line,
        named.surface,
        citation.place.value,
        candidates,
    )


def _tells(fresh: Node, known: Node) -> bool:
    """Whether one citation of a directive that is not stored tells more of it than another: a subject, a date."""
    return bool(fresh.subject) or (fresh.date is not None and known.date is None)


@lru_cache(maxsize=65_536)
def _terms_of(number: str) -> tuple[str, ...]:
    """Return all spellings under which a number is looked up."""
    found = parsed(number)
    return tuple({*(number_terms(found) if found else ()), fold(number)})


def _spellings(reference: str) -> list[str]:
    """Return the terms under which a typed number is looked up, most exact first."""
    named = find_references(reference)
    found = [r.spelling for r in named]
    parsed = parse_number(reference)
    if parsed is not None and not any(r.office for r in named):
        return number_terms(parsed)[:1]
    bare = fold(reference)
    return [*found, bare, bare.lstrip("0")]
