"""A picture of the citation graph: Graphviz `dot`, levels from top to bottom (Bộ → Sở → Phòng → trường)."""

from __future__ import annotations

import shutil
import subprocess
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from corpus.errors import CongvanError, MissingDependencyError
from corpus.facts import Relation
from corpus.text import shown_day
from index.graph import CitationGraph, Edge, newest
from index.tying import Node

#: Seconds that `dot` may take.
TIMEOUT = 30
#: Fonts that have all Vietnamese letters, best first; what is missing is passed over by the viewer.
FONTS = "Tinos, Liberation Serif, Times New Roman, DejaVu Serif, serif"

_LEVELS = ("trung_uong", "bo", "dia_phuong", "so", "phong", "truong")
#: Name, line, colour and sample of each relation; the line alone tells them apart on a black and white print.
_STYLES = {
    Relation.IMPLEMENTS: ("thực hiện", "style=solid, penwidth=1.6", "#1f5fa8", "━━▶"),
    Relation.BASED_ON: ("căn cứ", "style=solid, penwidth=0.8", "#555555", "──▶"),
    Relation.PURSUANT_TO: ("theo", "style=dashed, penwidth=0.9", "#555555", "- - ▶"),
    Relation.REPLACES: ("thay thế, bãi bỏ", "style=solid, penwidth=2.6, arrowtail=tee", "#b02a2a", "━━┤"),
    Relation.AMENDS: ("sửa đổi", "style=dashed, penwidth=2.2, arrowtail=diamond", "#b06a00", "- - ◆"),
    Relation.GUIDES: ("hướng dẫn", "style=solid, penwidth=1.2, arrowtail=empty", "#2a7a3a", "──▷"),
    Relation.ATTACHED: ("kèm theo", "style=dotted, penwidth=1.4, arrowtail=dot", "#555555", "···●"),
    Relation.LISTED: ("danh mục", "style=dotted, penwidth=0.9, arrowtail=none", "#999999", "····"),
    Relation.MENTIONS: ("nhắc đến", "style=dotted, penwidth=0.9", "#999999", "···▶"),
}
#: Relations from the one that says most to the one that says least.
_ORDER = (
    Relation.REPLACES, Relation.AMENDS, Relation.IMPLEMENTS, Relation.GUIDES, Relation.BASED_ON, Relation.PURSUANT_TO,
    Relation.ATTACHED, Relation.MENTIONS, Relation.LISTED,
)  # fmt: skip
#: Boxes in one row: about the width of a page held upright.
PER_ROW = 5
#: From so many boxes on they stand on a grid of cells of this width and height, in inches.
MANY = 24
_CELL = (2.35, 1.45)


def svg(graph: CitationGraph, reference: str) -> str:
    """Return the surroundings of a directive as SVG.

    Raises NotFoundError for an unknown number, MissingDependencyError when Graphviz is not installed.
    """
    node, nodes, edges = graph.neighbourhood(reference)
    return draw(dot(node, nodes, edges))


def dot(centre: Node, nodes: list[Node], edges: list[Edge]) -> str:
    """Return the picture in Graphviz's language; missing directives are dashed, relations told by the line's style.

    Levels stand one under the other; a level of many directives takes several rows of ``PER_ROW``, so that the
    picture stays as wide as a page. A legend names the lines that occur. From ``MANY`` boxes on they stand on a grid:
    dot would make room for every line beside every row.
    """
    rows = _rows(centre, nodes, edges)
    names = {node.key: f"n{k}" for k, node in enumerate(nodes)}
    at = {node.key: k for k, row in enumerate(rows) for node in row}
    grid = len(nodes) > MANY
    shape = "layout=neato, splines=true" if grid else "rankdir=TB, ranksep=0.55, nodesep=0.22, newrank=true"
    lines = [
        "digraph citations {",
        f'  graph [{shape}, outputorder=edgesfirst, fontname="{FONTS}", tooltip="Quan hệ viện dẫn"];',
        f'  node [shape=box, style="rounded,filled", fillcolor="#f7f9fc", fontname="{FONTS}", fontsize=11, '
        'margin="0.09,0.05"];',
        f'  edge [fontname="{FONTS}", fontsize=9];',
        *(f"  {names[node.key]} [{_node_look(node, node.key == centre.key)}];" for node in nodes),
        *(_on_grid(rows, names) if grid else _on_ranks(rows, names)),
    ]
    for edge in _strongest(edges):
        style, colour = _STYLES[edge.relation][1:3]
        # drawn from the cited directive down to the one that cites it, with the arrow at the cited one
        down = "true" if at[edge.cited] < at[edge.citing] else "false"
        lines.append(
            f'  {names[edge.cited]} -> {names[edge.citing]} [dir=back, constraint={down}, {style}, color="{colour}", '
            f'arrowsize=0.7, tooltip="{_escaped(_about(edge))}"];'
        )
    return "\n".join([*lines, _legend({e.relation for e in _strongest(edges)}, nodes), "}"]) + "\n"


def _on_ranks(rows: list[list[Node]], names: dict[str, str]) -> Iterator[str]:
    """Yield what keeps rows one under the other where dot places the boxes."""
    for row in rows:
        yield f"  {{ rank=same; {'; '.join(names[n.key] for n in row)} }}"
    for upper, lower in pairwise(rows):
        for k in range(max(len(upper), len(lower))):
            above, under = upper[k * len(upper) // max(len(upper), len(lower))], lower[min(k, len(lower) - 1)]
            yield f"  {names[above.key]} -> {names[under.key]} [style=invis, weight=0];"


def _on_grid(rows: list[list[Node]], names: dict[str, str]) -> Iterator[str]:
    """Yield the place of every box, in inches, rows centred."""
    for k, row in enumerate(rows):
        for j, node in enumerate(row):
            x, y = (j - (len(row) - 1) / 2) * _CELL[0], -k * _CELL[1]
            yield f'  {names[node.key]} [pos="{x:.2f},{y:.2f}!"];'


def _strongest(edges: list[Edge]) -> list[Edge]:
    """Return one line for two directives: of several relations the one that says most."""
    best: dict[tuple[str, str], Edge] = {}
    for edge in sorted(edges, key=lambda e: _ORDER.index(e.relation)):
        best.setdefault((edge.citing, edge.cited), edge)
    return list(best.values())


def _rows(centre: Node, nodes: list[Node], edges: list[Edge]) -> list[list[Node]]:
    """Return the nodes row by row: level by level from the top, the newest first, no row longer than ``PER_ROW``.

    The directive in question has a row of its own in its level; of that level those that cite it stand under it.
    """
    citing = {e.citing for e in edges if e.cited == centre.key}
    levels: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        levels[node.level if node.level in _LEVELS else "dia_phuong"].append(node)
    rows: list[list[Node]] = []
    for level in _LEVELS:
        row = sorted(levels[level], key=lambda n: (n.missing, newest(n.date), n.number))
        if centre in row:
            under = [n for n in row if n.key in citing and n != centre]
            rows += _wrapped([n for n in row if n != centre and n not in under])
            rows += [[centre], *_wrapped(under)]
        else:
            rows += _wrapped(row)
    return rows


def _wrapped(row: list[Node]) -> list[list[Node]]:
    """Return a row in pieces of nearly the same length, none longer than ``PER_ROW``."""
    count = -(-len(row) // PER_ROW)
    width = -(-len(row) // count) if count else 1
    return [row[k : k + width] for k in range(0, len(row), width)]


def _legend(used: set[Relation], nodes: list[Node]) -> str:
    """Return the line under the picture that names its lines."""
    told = [
        f'<FONT COLOR="{colour}">{sample} {label}</FONT>'
        for relation, (label, _, colour, sample) in _STYLES.items()
        if relation in used
    ]
    if any(node.missing for node in nodes):
        told.append('<FONT COLOR="#666666">khung nét đứt: chưa có trong kho</FONT>')
    return f"  graph [labelloc=b, fontsize=10, label=<{' &#160;&#160; '.join(told)}>];"


def _about(edge: Edge) -> str:
    """Return what a line says when pointed at: its relation, the words, page and line."""
    return f"{_STYLES[edge.relation][0]}: {edge.surface} (trang {edge.page}, dòng {edge.line})"


def _node_look(node: Node, centre: bool) -> str:
    about = [node.number]
    if node.date:
        about.append(f"ngày {shown_day(node.date)}")
    if node.subject:
        words = node.subject if len(node.subject) <= 76 else node.subject[:75] + "…"
        about += textwrap.wrap(words, 28, break_long_words=False)[:3]
    label = "\\n".join(map(_escaped, about))
    hint = " · ".join(filter(None, (node.number, node.issuer, node.subject)))
    look = f'label="{label}", tooltip="{_escaped(hint)}"'
    if node.missing:
        look += ', style="rounded,dashed,filled", fillcolor="white", color="#999999", fontcolor="#666666"'
    if centre:
        look += ', penwidth=2.2, color="#1f5fa8", fillcolor="#e8f0fb"'
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
