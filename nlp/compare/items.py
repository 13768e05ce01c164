"""A directive's items: what can be told apart as one thing to do, with the headings above it and the facts in it.

An item is a numbered or dashed paragraph, a row of a table of tasks, or a paragraph of its own under a heading.
Headings, the opening ("Thực hiện …, Sở GDĐT hướng dẫn … như sau:") and the closing ("Trong quá trình thực hiện …") are
parts with another role; the list of documents in an annex is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from corpus.document import Document, Place
from corpus.facts import Citation, Deadline, Duty, Evidence, Facts, evidence
from corpus.text import squeeze
from nlp.page.ruledrows import lines_and_rows
from nlp.page.structure import Item as Paragraph
from nlp.page.structure import items_of
from nlp.page.zones import Zone, zone
from nlp.words.folding import folded
from nlp.words.phrases import whole_numbers
from nlp.words.vocabulary import table

#: Rank of a paragraph without a label, as ``nlp.page.structure`` has it; a label's rank is below.
_PLAIN = 12
#: A heading with a colon that says so many words is a thing to do whose details follow.
_SAYS = 14
#: Behind a table, so few words without an end are the rest of a cell.
_SCRAP = 6
_ORDINAL = re.compile(r"(?P<number>\d{1,2}|[a-zđ])(?P<mark>[.)/])$")


_Fact = TypeVar("_Fact", Deadline, Duty, Citation)


class Role(StrEnum):
    """What a part of a directive is."""

    ITEM = "item"
    HEADING = "heading"
    OPENING = "opening"  #: căn cứ, "… hướng dẫn thực hiện như sau:"
    CLOSING = "closing"  #: "Trong quá trình thực hiện …", "Nhận được Công văn này …"


@dataclass(frozen=True)
class Part:
    """A part of a directive.

    ``order`` counts the parts from 0; ``label`` is the number as written ("1.", "a)", "-"), ``text`` the words behind
    it on one line (of a table row cell by cell), ``path`` the headings and leads above, outermost first; ``key`` the
    labels from the outermost one down ("II.1.a"), which names the part for people and is not always unique.
    ``evidence`` is the whole paragraph's place, ``last`` that of its last line.
    """

    order: int
    role: Role
    label: str
    text: str
    path: tuple[str, ...]
    key: str
    evidence: Evidence
    last: Place
    table: bool = False
    deadlines: tuple[Deadline, ...] = ()
    duties: tuple[Duty, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def heading(self) -> str:
        """The heading or lead right above, "" for none."""
        return self.path[-1] if self.path else ""

    @property
    def lines(self) -> str:
        """The place as pages take it: "2-10-12" is page 2, lines 10 to 12 (to its page's end where it goes on)."""
        last = self.last.line if self.last.page == self.evidence.page else self.evidence.line + 400
        return f"{self.evidence.page}-{self.evidence.line}-{last}"


@dataclass(frozen=True)
class Parts:
    """All parts of a directive in reading order."""

    document: Document
    facts: Facts
    parts: tuple[Part, ...]

    @property
    def items(self) -> tuple[Part, ...]:
        """The parts that are items."""
        return tuple(part for part in self.parts if part.role is Role.ITEM)

    @property
    def headings(self) -> tuple[Part, ...]:
        """The parts that are headings."""
        return tuple(part for part in self.parts if part.role is Role.HEADING)


@dataclass(frozen=True)
class _Row:
    """A paragraph on the way to a part."""

    start: int
    end: int
    label: str
    rank: float
    heading: bool
    path: tuple[str, ...]
    text: str
    table: bool
    annex: bool


def parts_of(document: Document, facts: Facts) -> Parts:
    """Return the parts of a directive; ``facts`` are those read from the same document."""
    found = items_of(zone(lines_and_rows(document)), document)
    rows = _unfolded(document, _whole([_row(p) for p in found if p.zone in (Zone.BODY, Zone.ANNEX)]))
    roles = _roles(rows, facts)
    held = _Held(facts, [row.start for row in rows])
    parts: list[Part] = []
    open_labels: list[tuple[float, str]] = []
    for k, (row, role) in enumerate(zip(rows, roles, strict=True)):
        while open_labels and open_labels[-1][0] >= row.rank:
            open_labels.pop()
        if row.label:
            open_labels.append((row.rank, row.label.rstrip(".):/ ")))
        if role is None:
            continue
        deadlines, duties, citations = held.of(k)
        key = ".".join(label for _, label in open_labels)
        place = document.place(max(row.start, row.end - 1))
        shown = evidence(document, row.start, row.end, "section")
        parts.append(
            Part(
                len(parts), role, row.label, _bare(row), row.path, key, shown, place, row.table,
                deadlines, duties, citations,
            )
        )  # fmt: skip
    return Parts(document, facts, tuple(parts))


def _row(paragraph: Paragraph) -> _Row:
    return _Row(
        paragraph.start, paragraph.end, paragraph.label, paragraph.rank, paragraph.heading, paragraph.path,
        squeeze(paragraph.text), paragraph.table, paragraph.zone is Zone.ANNEX,
    )  # fmt: skip


def _bare(row: _Row) -> str:
    text = row.text[len(row.label) :].strip() if row.text.startswith(row.label) else row.text
    return whole_numbers(text)


def _whole(rows: list[_Row]) -> list[_Row]:
    """Put the last words of a cell, which a line break left behind a table, back to its row."""
    found: list[_Row] = []
    for row in rows:
        scrap = not row.label and not row.heading and len(row.text.split()) <= _SCRAP and row.text[-1:] not in ".;:"
        if scrap and found and found[-1].table and not row.table and row.annex == found[-1].annex:
            found[-1] = replace(found[-1], end=row.end, text=f"{found[-1].text} {row.text}")
        else:
            found.append(row)
    return found


def _unfolded(document: Document, rows: list[_Row]) -> list[_Row]:
    """Part a heading from the first item under it where a line break did not tell them apart.

    "b)" without an "a)" before it, and a line that begins with "a)" inside the paragraph above, are the sign.
    """
    found: list[_Row] = []
    for at, row in enumerate(rows):
        before = found[-1] if found else None
        wanted = _previous(row.label)
        if wanted and before is not None and before.rank < row.rank and before.path == row.path and not before.table:
            inside = document.text[before.start : before.end]
            cut = re.search(rf"\n[^\S\n]*(?={re.escape(wanted)}\s)", inside)
            if cut is not None:
                middle = before.start + cut.end()
                title = squeeze(document.text[before.start : before.start + cut.start()])
                path = (*before.path, title)
                text = squeeze(document.text[middle : before.end])
                found[-1] = replace(before, end=before.start + cut.start(), text=title, heading=True)
                found.append(replace(row, start=middle, end=before.end, label=wanted, text=text, path=path))
                _put_under(rows, at, before, title)
                row = rows[at]
        found.append(row)
    return found


def _put_under(rows: list[_Row], at: int, above: _Row, title: str) -> None:
    """Give the rows from ``at`` on that stand under ``above`` its title as a heading."""
    depth = len(above.path)
    for k in range(at, len(rows)):
        if rows[k].rank <= above.rank or rows[k].path[:depth] != above.path:
            return
        rows[k] = replace(rows[k], path=(*above.path, title, *rows[k].path[depth:]))


def _previous(label: str) -> str | None:
    """Return the label before the second one of a series ("b)" → "a)"), None for any other."""
    match = _ORDINAL.match(label)
    if match is None or match["number"] not in ("2", "b"):
        return None
    return ("1" if match["number"] == "2" else "a") + match["mark"]


@lru_cache(maxsize=4)
def _cues(group: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("compare")[group]))


def _roles(rows: list[_Row], facts: Facts) -> list[Role | None]:
    """Return the role of each row, None for what is no part of what the directive asks for (lists in annexes)."""
    dated = sorted(d.evidence.start for d in facts.deadlines)

    def holds_a_deadline(row: _Row) -> bool:
        at = bisect_right(dated, row.end - 1)
        return at > 0 and dated[at - 1] >= row.start

    def asks(row: _Row) -> bool:
        return _says(row) or holds_a_deadline(row)

    def hands_over(row: _Row) -> bool:
        return not row.label and not holds_a_deadline(row) and _cues("lead").search(folded(row.text)) is not None

    body = [k for k, row in enumerate(rows) if not row.annex]
    first = next(
        (k for k in body if rows[k].label or rows[k].table or (rows[k].heading and not hands_over(rows[k]))), None
    )
    if first is None:
        first = next((k + 1 for k in body if rows[k].text.endswith(":")), None)
        first = (body[0] if body else 0) if first is None else first
    roles: list[Role | None] = []
    for k, row in enumerate(rows):
        fold = folded(row.text)
        if row.annex:
            roles.append(Role.ITEM if holds_a_deadline(row) and not row.heading else None)
        elif k < first or (not row.label and _cues("base").match(fold)):
            roles.append(Role.OPENING)
        elif not row.label and not row.table and _cues("closing").search(fold) and not holds_a_deadline(row):
            roles.append(Role.CLOSING)
        elif _heads_a_table(rows, k) or hands_over(row) or (row.heading and not (row.text[-1:] == ":" and asks(row))):
            roles.append(Role.HEADING)
        else:
            roles.append(Role.ITEM)
    return roles


def _heads_a_table(rows: list[_Row], k: int) -> bool:
    """Tell whether a row is the head of a table ("TT, Nhiệm vụ, Thời hạn")."""
    return not rows[k].table and k + 1 < len(rows) and rows[k + 1].table and not rows[k].label


def _says(row: _Row) -> bool:
    """Tell whether a lead asks for something itself: it is long, and no formula."""
    return len(row.text.split()) >= _SAYS and _cues("lead").search(folded(row.text)) is None


class _Held:
    """The facts by the row in which they begin."""

    def __init__(self, facts: Facts, starts: list[int]) -> None:
        self._starts = starts
        self._deadlines = self._by_row(facts.deadlines)
        self._duties = self._by_row(facts.duties)
        self._citations = self._by_row(facts.citations)

    def _by_row(self, rows: Iterable[_Fact]) -> dict[int, list[_Fact]]:
        found: dict[int, list[_Fact]] = defaultdict(list)
        for fact in rows:
            found[bisect_right(self._starts, fact.evidence.start) - 1].append(fact)
        return found

    def of(self, row: int) -> tuple[tuple[Deadline, ...], tuple[Duty, ...], tuple[Citation, ...]]:
        """Return deadlines, duties and citations of a row."""
        return (
            tuple(self._deadlines.get(row, ())), tuple(self._duties.get(row, ())), tuple(self._citations.get(row, ()))
        )  # fmt: skip
