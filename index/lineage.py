"""What became of a directive: who carries it out, what replaced it, what is in force on a day, last year's counterpart.

All answers come from the citations that the graph holds, with the edge that says so. What the graph does not know
(a document whose date is not known, one replaced by a document that nobody cites) stays open: ``None``, never a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.errors import NotFoundError
from corpus.facts import Relation
from corpus.text import fold, shown_day
from corpus.units import same_office
from index.graph import CHAIN, CitationGraph, Edge
from index.tying import Node

#: Levels from top to bottom, as nodes name them.
LEVELS = ("trung_uong", "bo", "dia_phuong", "so", "phong", "truong")
_CITED_AS_VALID = frozenset({Relation.IMPLEMENTS, Relation.BASED_ON, Relation.PURSUANT_TO, Relation.GUIDES})
_YEARS = re.compile(
    r"(?<!\w)(?:nam hoc|hoc k[yi]|hk|nam|giai doan|qu[yi]|thang|dot)\s?(?:[ivx]{1,4}(?!\w)|\d{1,4})"
    r"(?:\s?[-/]\s?\d{2,4})?|\d+"
)
#: Subjects are alike where so large a share of the words of the shorter one stands in the other …
_ALIKE = 0.6
#: … and of the words of both, unless the symbols agree (the same department writes to the same matter).
_SHARED = 0.4
_EMPTY_WORDS = frozenset(
    "ve viec huong dan thuc hien trien khai nhiem vu cong tac cac va cua cho trong nam hoc mot so noi dung "
    "tiep tuc tang cuong to chuc giao duc dao tao nganh".split()
)


class Standing(StrEnum):
    """How a directive stands on a day."""

    IN_FORCE = "in_force"
    NOT_ISSUED = "not_issued"  #: chưa được ban hành
    NOT_YET = "not_yet"  #: đã ban hành, chưa có hiệu lực
    REPLACED = "replaced"  #: đã bị thay thế hoặc bãi bỏ
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Force:
    """How a directive stands on a day, why (in Vietnamese), and what replaced it."""

    standing: Standing
    reason: str
    replaced_by: tuple[Node, ...] = ()

    @property
    def in_force(self) -> bool | None:
        """Whether it is in force, None: not known."""
        return None if self.standing is Standing.UNKNOWN else self.standing is Standing.IN_FORCE


def _rank(node: Node) -> int:
    return LEVELS.index(node.level) if node.level in LEVELS else len(LEVELS)


#: The offices of the chain that guides a school, and what ties a directive to the one above, the closest tie first.
_GUIDING = ("bo", "so", "phong", "truong")
_TIES = (Relation.IMPLEMENTS, Relation.BASED_ON, Relation.GUIDES, Relation.PURSUANT_TO)


def chain(graph: CitationGraph, reference: str) -> list[tuple[str, list[Node]]]:
    """Return the line Bộ → Sở → Phòng → trường that a directive stands in: per level the directives, top first.

    Above it there is one a level: the one nearest above that it carries out, and what that one carries out in turn.
    Below it are all that carry it out, level by level. Levels without a directive are left out; a directive that no
    office above or below is known of is a line of one.
    """
    start = graph.find(reference)[0]
    if start.level not in _GUIDING:
        return []
    found: dict[str, list[Node]] = {start.level: [start]}
    at: Node | None = start
    while at is not None:
        at = _next_above(graph, at)
        if at is not None:
            found[at.level or ""] = [at]
    layer = [start]
    seen = {start.key}
    while layer:
        below: list[Node] = []
        for upper in layer:
            for edge in graph.into([upper.key]):
                node = graph.nodes[edge.citing]
                if edge.relation in CHAIN and node.key not in seen and _deeper(node, upper):
                    seen.add(node.key)
                    below.append(node)
        for node in below:
            found.setdefault(node.level or "", []).append(node)
        layer = below
    return [
        (level, sorted(found[level], key=lambda n: (n.date or "9999", n.number)))
        for level in _GUIDING
        if level in found
    ]


def _next_above(graph: CitationGraph, node: Node) -> Node | None:
    """Return the directive of the lowest office above that ``node`` carries out, by its closest tie, the newest."""
    ties = [
        (edge.relation, graph.nodes[edge.cited])
        for edge in graph.out_of([node.key])
        if edge.relation in _TIES and _deeper(node, graph.nodes[edge.cited])
    ]
    best = min(
        ties,
        key=lambda tie: (
            -_rank(tie[1]),
            _TIES.index(tie[0]),
            -int((tie[1].date or "0").replace("-", "")),
            tie[1].number,
        ),
        default=None,
    )
    return best[1] if best else None


def _deeper(lower: Node, upper: Node) -> bool:
    return lower.level in _GUIDING and upper.level in _GUIDING and _rank(lower) > _rank(upper)


def force(graph: CitationGraph, reference: str, on: str) -> Force:
    """Tell whether a directive is in force on ISO day ``on``, as far as the graph knows."""
    node = graph.find(reference)[0]
    if node.since is None:
        return Force(Standing.UNKNOWN, "chưa rõ ngày ban hành")
    if node.date is not None and node.date > on:
        return Force(Standing.NOT_ISSUED, "chưa được ban hành vào ngày này")
    if node.since > on:
        return Force(Standing.NOT_YET, f"chưa có hiệu lực vào ngày này, có hiệu lực từ ngày {shown_day(node.since)}")
    replaced = [e for e in graph.into([node.key]) if e.relation is Relation.REPLACES]
    by = [graph.nodes[e.citing] for e in replaced]
    done = tuple(n for n in by if _holds(n, on))
    if done:
        return Force(Standing.REPLACED, f"đã bị thay thế hoặc bãi bỏ bởi {_numbers(done)}", done)
    unknown = tuple(n for n in by if n.since is None)
    if unknown:
        return Force(Standing.UNKNOWN, f"bị thay thế hoặc bãi bỏ bởi {_numbers(unknown)}, chưa rõ từ ngày nào", unknown)
    to_come = [n for n in by if n.date is not None and n.date <= on]
    if to_come:
        told = ", ".join(f"{n.number} từ ngày {shown_day(n.since)}" for n in to_come)
        return Force(Standing.IN_FORCE, f"sẽ bị thay thế hoặc bãi bỏ bởi {told}")
    changed = tuple(n for n in graph.amended_by(node.key) if _holds(n, on))
    if changed:
        told = f"không có văn bản nào trong kho thay thế; được sửa đổi, bổ sung bởi {_numbers(changed)}"
        return Force(Standing.IN_FORCE, told)
    return Force(Standing.IN_FORCE, "không có văn bản nào trong kho thay thế")


def _holds(node: Node, on: str) -> bool:
    """Tell whether a directive is in force by ISO day ``on``, as far as its own day tells."""
    return node.since is not None and node.since <= on


def _numbers(nodes: Iterable[Node]) -> str:
    return ", ".join(node.number for node in nodes)


def in_force(graph: CitationGraph, on: str, *, stored: bool = True) -> list[Node]:
    """Return the directives in force on ISO day ``on``, newest first; with ``stored`` only those of the corpus."""
    gone = {
        edge.cited
        for edge in graph.edges
        if edge.relation is Relation.REPLACES and _holds(graph.nodes[edge.citing], on)
    }
    nodes = (n for n in graph.nodes.values() if not (stored and n.missing))
    valid = [n for n in nodes if _holds(n, on) and n.key not in gone]
    return sorted(valid, key=lambda n: (n.date or "", n.number), reverse=True)


@dataclass(frozen=True, slots=True)
class Replacement:
    """That a stored directive (its id) was replaced: by which number, from which ISO day on (None: not known)."""

    document: str
    by: str
    since: str | None


def replacements(graph: CitationGraph) -> list[Replacement]:
    """Return which stored directives others replaced, the latest replacement last."""
    found = []
    for edge in graph.edges:
        gone, by = graph.nodes[edge.cited].document, graph.nodes[edge.citing]
        if edge.relation is Relation.REPLACES and gone is not None:
            found.append(Replacement(gone, by.number, by.since))
    return sorted(found, key=lambda row: (row.since or "", row.document, row.by))


def counterparts(graph: CitationGraph, reference: str) -> list[Node]:
    """Return the same office's directives on the same subject for other school years, newest first.

    An office that was merged on 2025-07-01 is the same as the one that it went into.
    """
    node = graph.find(reference)[0]
    words = subject_words(node.subject)
    if not words or node.issuer is None:
        return []
    best: dict[str, tuple[float, Node]] = {}
    for other in graph.nodes.values():
        year = year_of(other)
        if other.missing or other.key == node.key or year is None or year == year_of(node):
            continue
        later = max(node.date or "", other.date or "")
        if not same_office(node.issuer, other.issuer, on=later) or other.doc_type != node.doc_type:
            continue
        share = _likeness(words, subject_words(other.subject), symbol=_symbol(node) == _symbol(other))
        share -= 0 if same_office(node.issuer, other.issuer) else 0.01  # of merged offices the namesake first
        if share > best.get(year, (0.0, other))[0]:
            best[year] = (share, other)
    return [best[year][1] for year in sorted(best, reverse=True)]


def _likeness(one: frozenset[str], other: frozenset[str], *, symbol: bool) -> float:
    """Return the share of words that two subjects have in common, 0.0 where they are not alike."""
    both = len(one & other)
    if not both or both / min(len(one), len(other)) < _ALIKE:
        return 0.0
    share = both / len(one | other)
    return share if symbol or share >= _SHARED else 0.0


def _symbol(node: Node) -> str:
    return node.number.partition("/")[2]


def last_year(graph: CitationGraph, reference: str) -> Node | None:
    """Return a directive's counterpart of the school year before its own, None where the corpus has none."""
    year = year_of(graph.find(reference)[0])
    if year is None:
        return None
    wanted = str(int(year[:4]) - 1)
    return next((n for n in counterparts(graph, reference) if (year_of(n) or "").startswith(wanted)), None)


def year_of(node: Node) -> str | None:
    """Return the school year that a directive is for: stated, else that of its date (from July on the next one)."""
    if node.school_year:
        return node.school_year
    if node.date is None:
        return None
    first = int(node.date[:4]) - (0 if node.date[5:7] >= "07" else 1)
    return f"{first}-{first + 1}"


def subject_words(subject: str | None) -> frozenset[str]:
    """Return the telling words of a subject (trích yếu), without years and terms, which change from year to year."""
    words = frozenset(re.findall(r"[^\W\d_]+", _YEARS.sub(" ", fold(subject or ""))))
    return words - _EMPTY_WORDS or words


def most_cited(graph: CitationGraph, limit: int = 20) -> list[tuple[Node, int]]:
    """Return the documents that most others cite, stored or not, with the number of those others."""
    pairs = {(e.citing, e.cited) for e in graph.edges}
    counts = Counter(cited for _, cited in pairs)
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return [(graph.nodes[key], count) for key, count in ranked[:limit]]


def to_fetch(graph: CitationGraph, limit: int = 100) -> list[dict[str, Any]]:
    """Return what is cited but not stored, most wanted first: number, kind, date, issuer, subject and who cites it."""
    rows = []
    for node, count in graph.missing_most_cited(limit):
        citing = {graph.nodes[e.citing].number for e in graph.into([node.key])}
        rows.append({**node.as_dict(), "cited_by_count": count, "cited_by": sorted(citing)})
    return rows


def outdated(graph: CitationGraph, about: str | None = None) -> Iterator[tuple[Edge, Edge]]:
    """Yield (citation, replacement): a directive cites as in force what another had replaced before its own day.

    ``about`` is the key of a directive that cites or is cited; without it all of the graph is looked through.
    """
    edges = graph.edges if about is None else (*graph.out_of([about]), *graph.into([about]))
    gone: dict[str, list[Edge]] = {
        key: [e for e in graph.into([key]) if e.relation is Relation.REPLACES] for key in {e.cited for e in edges}
    }
    for edge in edges:
        day = graph.nodes[edge.citing].date
        if edge.relation not in _CITED_AS_VALID or day is None:
            continue
        for by in gone.get(edge.cited, ()):
            since = graph.nodes[by.citing].since
            if since is not None and since < day and by.citing != edge.citing:
                yield edge, by
                break


def findings(graph: CitationGraph, about: str | None = None) -> list[dict[str, Any]]:
    """Return ``outdated`` as rows for people: ``what`` in Vietnamese with the place of the citation."""
    rows = []
    for edge, by in outdated(graph, about):
        cited, newer, citing = graph.nodes[edge.cited], graph.nodes[by.citing], graph.nodes[edge.citing]
        since = shown_day(newer.since)
        rows.append(
            {
                "document": edge.document, "number": citing.number, "page": edge.page, "line": edge.line,
                "surface": edge.surface, "cited": cited.number, "replaced_by": newer.number,
                "what": f"Văn bản số {cited.number} đã bị {newer.number} (ngày {since}) thay thế hoặc bãi bỏ nhưng "
                f"vẫn được {citing.number} viện dẫn như còn hiệu lực.",
            }
        )  # fmt: skip
    return rows


def on_matter(graph: CitationGraph, subject: str | None, level: str) -> list[Node]:
    """Return the stored directives of one level of office whose subject is alike, the likest first, then the newest."""
    words = subject_words(subject)
    found = []
    for node in graph.nodes.values():
        if not node.missing and node.level == level and words:
            share = _likeness(words, subject_words(node.subject), symbol=False)
            if share:
                found.append((share, node.date or "", node))
    return [node for _, _, node in sorted(found, key=lambda row: (row[0], row[1], row[2].number), reverse=True)]


def in_place_of(graph: CitationGraph, key: str, number: str, on: str) -> Node | None:
    """Return the directive that has taken another's place by ISO day ``on``, through all replacements between.

    ``key`` is the canonical key of the cited directive; where the graph does not have it, its ``number`` must mean one
    directive only. None where it is in force, or where nothing is known.
    """
    if key in graph.nodes:
        node = graph.nodes[key]
    else:
        try:
            named = graph.find(number)
        except NotFoundError:
            return None
        if len(named) != 1:
            return None
        node = named[0]
    seen = {node.key}
    newest: Node | None = None
    while True:
        done = [n for n in force(graph, node.key, on).replaced_by if _holds(n, on)]
        later = [n for n in done if n.key not in seen]
        if not later:
            return newest
        node = newest = max(later, key=lambda n: n.since or "")
        seen.add(node.key)
