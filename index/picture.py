"""A picture of the citation graph: Graphviz `dot`, levels from top to bottom (Bộ → Sở → Phòng → trường)."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from itertools import pairwise

from corpus.errors import CongvanError, MissingDependencyError
from corpus.facts import Relation
from index.graph import CitationGraph, Edge, Node

#: Seconds that `dot` may take.
TIMEOUT = 30
#: Fonts that have all Vietnamese letters, best first; what is missing is passed over by the viewer.
FONTS = "Tinos, Liberation Serif, Times New Roman, DejaVu Serif, serif"

_LEVELS = ("trung_uong", "bo", "dia_phuong", "so", "phong", "truong")
_STYLES = {
    Relation.IMPLEMENTS: ("thực hiện", "solid", "#1f5fa8"),
    Relation.BASED_ON: ("căn cứ", "solid", "#555555"),
    Relation.PURSUANT_TO: ("theo", "dashed", "#555555"),
    Relation.REPLACES: ("thay thế", "bold", "#b02a2a"),
    Relation.AMENDS: ("sửa đổi", "bold", "#b06a00"),
    Relation.GUIDES: ("hướng dẫn", "solid", "#2a7a3a"),
    Relation.ATTACHED: ("kèm theo", "dotted", "#555555"),
    Relation.LISTED: ("danh mục", "dotted", "#999999"),
    Relation.MENTIONS: ("nhắc đến", "dotted", "#999999"),
}


def svg(graph: CitationGraph, reference: str) -> str:
    """Return the surroundings of a directive as SVG.

    Raises NotFoundError for an unknown number, MissingDependencyError when Graphviz is not installed.
    """
    node, nodes, edges = graph.neighbourhood(reference)
    return draw(dot(node, nodes, edges))


def dot(centre: Node, nodes: list[Node], edges: list[Edge]) -> str:
    """Return the picture in Graphviz's language; missing directives are dashed, relations told by line and label."""
    lines = [
        "digraph citations {",
        f'  graph [rankdir=TB, ranksep=0.7, nodesep=0.3, fontname="{FONTS}", tooltip="Quan hệ viện dẫn"];',
        f'  node [shape=box, style="rounded,filled", fillcolor="#f7f9fc", fontname="{FONTS}", fontsize=11];',
        f'  edge [fontname="{FONTS}", fontsize=9];',
    ]
    names = {node.key: f"n{k}" for k, node in enumerate(nodes)}
    ranks: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        lines.append(f"  {names[node.key]} [{_node_look(node, node.key == centre.key)}];")
        if node.level in _LEVELS:
            ranks[node.level].append(names[node.key])
    present = [level for level in _LEVELS if ranks[level]]
    for level in present:
        lines.append(f"  {{ rank=same; {'; '.join(ranks[level])} }}")
    for upper, lower in pairwise(present):
        lines.append(f"  {ranks[upper][0]} -> {ranks[lower][0]} [style=invis];")
    for edge in edges:
        label, style, colour = _STYLES[edge.relation]
        # drawn from the cited directive down to the one that cites it, with the arrow at the cited one
        lines.append(
            f'  {names[edge.cited]} -> {names[edge.citing]} [dir=back, style={style}, color="{colour}", '
            f'fontcolor="{colour}", label="{label}", tooltip="{_escaped(edge.surface)}"];'
        )
    return "\n".join([*lines, "}"]) + "\n"


def _node_look(node: Node, centre: bool) -> str:
    about = [node.number]
    if node.date:
        about.append("ngày " + "/".join(reversed(node.date.split("-"))))
    if node.subject:
        about.append(node.subject if len(node.subject) <= 46 else node.subject[:45] + "…")
    label = "\\n".join(map(_escaped, about))
    look = f'label="{label}", tooltip="{_escaped(node.issuer or node.number)}"'
    if node.missing:
        look += ', style="rounded,dashed", color="#999999", fontcolor="#666666"'
    if centre:
        look += ', penwidth=2.2, color="#1f5fa8"'
    return look


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', "'").replace("\n", " ")


def draw(source: str) -> str:
    """Return the SVG that Graphviz makes of ``source``."""
    program = shutil.which("dot")
    if program is None:
        raise MissingDependencyError("Thiếu chương trình Graphviz (lệnh dot).", "Hãy cài gói: apt install graphviz.")
    try:
        done = subprocess.run(
            [program, "-Tsvg"], input=source.encode(), capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CongvanError("Vẽ sơ đồ quá lâu.", "Hãy chọn văn bản có ít liên hệ hơn.") from error
    if done.returncode != 0:
        raise CongvanError("Graphviz không vẽ được sơ đồ.", done.stderr.decode(errors="replace")[:200])
    return done.stdout.decode()
