"""The citation graph as the doors ask it, with its picture."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.graph import CitationGraph
    from index.lineage import Replacement

#: So many pictures of the graph are remembered until a directive changes.
_PICTURES = 64


class GraphRoom:
    """The citation graph with its picture."""

    def __init__(self, graph: CitationGraph) -> None:
        self._graph = graph
        self._overview: dict[str, dict[str, Any]] = {}
        self._pictures: dict[str, str] = {}

    def around(self, number: str, on: str) -> dict[str, Any]:
        """Return the neighbourhood of a directive."""
        from index import lineage

        force = lineage.force(self._graph, number, on)
        before = lineage.last_year(self._graph, number)
        return {
            **self._graph.as_json(number),
            "standing": force.standing.value,
            "in_force": force.in_force,
            "force_reason": force.reason,
            "last_year": before.number if before else None,
            "chain": [
                {"level": level, "documents": [node.as_dict() for node in nodes]}
                for level, nodes in lineage.chain(self._graph, number)
            ],
            "findings": lineage.findings(self._graph, self._graph.find(number)[0].key),
        }

    def overview(self, on: str) -> dict[str, Any]:
        """Return what the whole graph says; asked again for the same day it is remembered."""
        from index import lineage

        if on in self._overview:
            return self._overview[on]
        cited = lineage.most_cited(self._graph)
        found = {
            "most_cited": [{**node.as_dict(), "cited_by_count": count} for node, count in cited],
            "to_fetch": lineage.to_fetch(self._graph),
            "in_force": [node.as_dict() for node in lineage.in_force(self._graph, on)],
            "findings": lineage.findings(self._graph),
        }
        self._overview = {on: found}
        return found

    def earlier(self, number: str) -> list[str]:
        """Return the ids of counterparts of earlier years, latest first."""
        from index import lineage

        own = lineage.year_of(self._graph.find(number)[0]) or ""
        found = lineage.counterparts(self._graph, number)
        return [node.document for node in found if node.document and (lineage.year_of(node) or "") < own]

    def replacements(self) -> list[Replacement]:
        """Return what was replaced."""
        from index import lineage

        return lineage.replacements(self._graph)

    def replacing(self, number: str) -> list[str]:
        """Return the numbers of what replaces a directive."""
        return [node.number for node in self._graph.replaced_by(number)]

    def on_matter(self, subject: str | None, level: str) -> list[dict[str, Any]]:
        """Return the stored directives of a level of office on the same matter."""
        from index import lineage

        return [node.as_dict() for node in lineage.on_matter(self._graph, subject, level)]

    def in_place_of(self, key: str, number: str, on: str) -> dict[str, Any] | None:
        """Return what has taken a directive's place."""
        from index import lineage

        node = lineage.in_place_of(self._graph, key, number, on)
        return None if node is None else node.as_dict()

    def svg(self, number: str) -> str:
        """Draw it, and remember some pictures. Raises MissingDependencyError without Graphviz."""
        from index.picture import svg

        key = self._graph.find(number)[0].key
        if key not in self._pictures:
            if len(self._pictures) >= _PICTURES:
                self._pictures.pop(next(iter(self._pictures)), None)
            self._pictures[key] = svg(self._graph, key)
        return self._pictures[key]

    def held(self) -> dict[str, int]:
        """Count the citations that lead out of each stored directive."""
        out = Counter(edge.document for edge in self._graph.edges)
        return {node.document: out[node.document] for node in self._graph.nodes.values() if node.document}

    def graphml(self) -> str:
        """Return the whole graph."""
        from index.export import graphml

        return graphml(self._graph)
