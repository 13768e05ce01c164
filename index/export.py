"""The whole citation graph for other programs: JSON as plain data, GraphML (Gephi, yEd, Cytoscape read it)."""

from __future__ import annotations

from typing import Any

import networkx as nx

from index.graph import CitationGraph


def as_data(graph: CitationGraph) -> dict[str, Any]:
    """Return nodes and edges as plain data; edges name their nodes by key and carry their evidence."""
    return {
        "nodes": [node.as_dict() for node in graph.nodes.values()],
        "edges": [
            {
                "citing": e.citing, "cited": e.cited, "relation": e.relation.value, "document": e.document,
                "page": e.page, "line": e.line, "surface": e.surface, "place": e.place,
                "candidates": list(e.candidates),
            }
            for e in graph.edges
        ],
    }  # fmt: skip


def graphml(graph: CitationGraph) -> str:
    """Return the graph as GraphML, one edge a citation; fields that are not known are left out."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, node in graph.nodes.items():
        made.add_node(key, **{name: _plain(value) for name, value in node.as_dict().items() if value is not None})
    for row in as_data(graph)["edges"]:
        fields = {k: _plain(v) for k, v in row.items() if k not in ("citing", "cited")}
        made.add_edge(row["citing"], row["cited"], **fields)
    return "\n".join(nx.generate_graphml(made)) + "\n"


def _plain(value: Any) -> Any:
    """Return a value that GraphML can hold; signs that XML forbids become blanks."""
    if isinstance(value, bool | int):
        return value
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "".join(c if c >= " " else " " for c in text)
