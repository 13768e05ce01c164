"""Two directives side by side, on one screen: parts, likeness, alignment, rows, facts, citations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.document import Document
from corpus.facts import Facts, IssuerLevel, Relation
from nlp.compare.align import Link, align
from nlp.compare.changes import fact_changes
from nlp.compare.cited import citation_changes
from nlp.compare.comparison import Comparison, Kind, ListChange, Row
from nlp.compare.items import Part, Parts, parts_of
from nlp.compare.moves import moved
from nlp.compare.similarity import Alike, Embedder, alike, is_report
from nlp.compare.terms import words_of
from nlp.compare.words import Change, compare_words, same_words
from nlp.words.folding import folded

#: Directives speak of the same matter where their subjects share so much of the shorter one's telling words …
SUBJECT = 0.5
#: … or where what is to be done is so much alike, reports apart: these are worded the same everywhere.
MATTER = 0.2
#: Words are laid on each other where so much of the shorter text is the same.
LAID = 0.4
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY = frozenset(
    "ve viec huong dan thuc hien trien khai nhiem vu cong tac cac va cua cho trong nam hoc mot so noi dung tiep tuc "
    "tang cuong to chuc giao duc dao tao nganh bao dam truong hoc sinh so tinh bo phong ke hoach dau den tai"
    " theo".split()
)
_RANK: dict[IssuerLevel | None, int] = {
    IssuerLevel.BO: 0, IssuerLevel.SO: 1, IssuerLevel.PHONG: 2, IssuerLevel.TRUONG: 3,
}  # fmt: skip
_BELOW = {Kind.DROPPED: Kind.LEFT_OUT, Kind.NEW: Kind.ADDED}

#: Citations that tie two directives to one matter.
_TIES = frozenset({Relation.IMPLEMENTS, Relation.BASED_ON, Relation.GUIDES, Relation.REPLACES, Relation.AMENDS})

Side = tuple[Document, Facts]


def compare(
    old: Side,
    new: Side,
    *,
    embedder: Embedder | None = None,
    replaced_by: Mapping[str, Sequence[str]] | None = None,
) -> Comparison:
    """Compare two directives: an older one with a newer one, or an office's with that of an office below.

    ``replaced_by`` is what the citation graph knows of replaced documents, by number. Texts that do not speak of the
    same matter give a comparison without rows that says so.
    """
    return compare_parts(parts_of(*old), parts_of(*new), embedder=embedder, replaced_by=replaced_by)


def compare_parts(
    old: Parts,
    new: Parts,
    *,
    embedder: Embedder | None = None,
    replaced_by: Mapping[str, Sequence[str]] | None = None,
) -> Comparison:
    """Compare two directives whose parts were told before."""
    levels = is_above(old.facts, new.facts)
    if not old.items or not new.items:
        empty = old if not old.items else new
        name = empty.facts.header.number or empty.document.source
        return Comparison(old, new, levels, False, f"Không tìm thấy mục nào để so sánh trong {name}.")
    likeness = alike(old.items, new.items, embedder)
    links = align(old.items, new.items, likeness)
    if not _related(old, new, links):
        note = "Hai văn bản không cùng chủ đề nên không so sánh từng mục."
        return Comparison(old, new, levels, False, note)
    rows = _rows(old, new, links, likeness, levels=levels)
    cited = citation_changes(old.facts, new.facts, replaced_by)
    lists = [] if levels else _lists(old.facts, new.facts)
    share = len({k.old for k in links}) + len({k.new for k in links})
    note = "" if links else "Hai văn bản cùng chủ đề nhưng không có mục nào ứng với nhau."
    return Comparison(
        old, new, levels, True, note, tuple(rows), tuple(cited), tuple(lists), share / (len(old.items) + len(new.items))
    )  # fmt: skip


def is_above(one: Facts, other: Facts) -> bool:
    """Tell whether the first directive is of an office above the second one's (Bộ → Sở → Phòng → trường)."""
    first, second = _RANK.get(one.header.issuer_level), _RANK.get(other.header.issuer_level)
    return first is not None and second is not None and first < second


def _related(old: Parts, new: Parts, links: Sequence[Link]) -> bool:
    """Tell whether two directives speak of the same matter: one carries out or replaces the other, or their subjects
    or what they ask for are alike."""
    if _cites(new.facts, old.facts) or _cites(old.facts, new.facts):
        return True
    one, two = (_subject(side) for side in (old, new))
    if one and two and len(one & two) >= SUBJECT * min(len(one), len(two)) and len(one & two) >= 2:
        return True
    tasks = [[not is_report(part) for part in side.items] for side in (old, new)]
    fewer = min(sum(side) for side in tasks)
    score = sum(link.score for link in links if tasks[0][link.old] and tasks[1][link.new])
    return fewer > 0 and score / fewer >= MATTER


def _cites(one: Facts, other: Facts) -> bool:
    number = folded(other.header.number or "")
    return any(c.relation in _TIES and folded(c.number) == number for c in one.citations)


def _subject(parts: Parts) -> frozenset[str]:
    return frozenset(_WORD.findall(folded(parts.facts.header.subject or ""))) - _EMPTY


def _rows(old: Parts, new: Parts, links: Sequence[Link], likeness: Alike, *, levels: bool) -> list[Row]:
    """Return the rows in the new directive's order, what was dropped behind what stood before it."""
    groups = _groups(links)
    single = [(a[0], b[0]) for a, b in groups if len(a) == len(b) == 1]
    elsewhere = set() if levels else moved([(old.items[i], new.items[j]) for i, j in single])
    away = {pair for k, pair in enumerate(single) if k in elsewhere}
    score = {(link.old, link.new): link.score for link in links}
    rows: list[tuple[tuple[float, int], Row]] = []
    place: dict[int, float] = {}
    for a, b in groups:
        ours, theirs = tuple(old.items[i] for i in a), tuple(new.items[j] for j in b)
        likeliest = max(score[i, j] for i in a for j in b if (i, j) in score)
        pair = (a[0], b[0])
        same = len(a) == len(b) == 1 and _same(likeness, ours[0], theirs[0], pair)
        kind = _kind(a, b, same=same, away=pair in away, levels=levels)
        row = Row(kind, ours, theirs, likeliest, pair in away)
        words = () if same else _laid(row)
        facts = tuple(fact_changes(ours, theirs, (old.document, new.document), levels=levels))
        place |= dict.fromkeys(a, float(b[0]))
        rows.append(((float(b[0]), 0), Row(kind, ours, theirs, likeliest, pair in away, words, facts)))
    answered = {j for _, b in groups for j in b}
    for j, part in enumerate(new.items):
        if j not in answered:
            rows.append(((float(j), 0), Row(_below(Kind.NEW, levels), (), (part,))))
    last = -1.0
    for i, part in enumerate(old.items):
        last = place.get(i, last)
        if i not in place:
            rows.append(((last + 0.5, i), Row(_below(Kind.DROPPED, levels), (part,), ())))
    return [row for _, row in sorted(rows, key=lambda row: row[0])]


def _laid(row: Row) -> tuple[Change, ...]:
    """Return the words of one side laid on those of the other, nothing where too few are the same."""
    changes = compare_words(row.old_text, row.new_text)
    kept = sum(c.new_end - c.new_start for c in changes if c.same)
    return tuple(changes) if kept >= LAID * max(1, min(len(row.old_text), len(row.new_text))) else ()


def _kind(a: list[int], b: list[int], *, same: bool, away: bool, levels: bool) -> Kind:
    if levels:
        return Kind.TAKEN_OVER
    if len(a) > 1:
        return Kind.MERGED
    if len(b) > 1:
        return Kind.SPLIT
    if same:
        return Kind.MOVED if away else Kind.SAME
    return Kind.REWORDED


def _below(kind: Kind, levels: bool) -> Kind:
    return _BELOW[kind] if levels else kind


def _same(likeness: Alike, one: Part, two: Part, pair: tuple[int, int]) -> bool:
    """Tell whether two items say the same but for days and school years, the heading before one of them included."""
    first, second = likeness.words[0][pair[0]], likeness.words[1][pair[1]]
    leads = {" ".join(words_of(_title(part), {})) for part in (one, two) if part.path}
    return same_words(first, second) or any(same_words(first, second, lead) for lead in leads)


def _title(part: Part) -> str:
    """Return the heading above an item without its number."""
    return re.sub(r"^\s*(?:[IVXLC]+|\d+|[a-zđ])[.)/]\s*", "", part.heading)


def _groups(links: Sequence[Link]) -> list[tuple[list[int], list[int]]]:
    """Return the items that hang together by links, old and new ones, in order."""
    found: list[tuple[set[int], set[int]]] = []
    for link in links:
        touched = [group for group in found if link.old in group[0] or link.new in group[1]]
        joined = ({link.old}, {link.new})
        for group in touched:
            joined[0].update(group[0])
            joined[1].update(group[1])
            found.remove(group)
        found.append(joined)
    return sorted(((sorted(a), sorted(b)) for a, b in found), key=lambda group: group[1])


def _lists(old: Facts, new: Facts) -> list[ListChange]:
    """Return what changed in kính gửi and nơi nhận."""
    found = []
    for field in ("addressees", "recipients"):
        before, after = getattr(old.header, field), getattr(new.header, field)
        known = [{_entry(text) for text in side} for side in (before, after)]
        added = tuple(text for text in after if _entry(text) not in known[0])
        dropped = tuple(text for text in before if _entry(text) not in known[1])
        if added or dropped:
            found.append(ListChange(field, added, dropped))
    return found


def _entry(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))
