"""A stored directive prepared for its page: lines with restored words, facts with the places they mark."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from api import wording
from corpus.corrections import duty_keys
from corpus.document import Box, Document, Edit, Page
from corpus.facts import Deadline, Duty, Evidence, Facts, Header

if TYPE_CHECKING:
    from ingest.drawn import Placed

_HEADER_NAMES = {
    "number": "Số ký hiệu",
    "date": "Ngày ban hành",
    "effective": "Có hiệu lực từ",
    "place": "Địa danh",
    "issuer": "Cơ quan ban hành",
    "doc_type": "Loại văn bản",
    "subject": "Trích yếu",
    "addressees": "Kính gửi",
    "school_year": "Năm học",
    "signer_title": "Chức vụ người ký",
    "signer": "Người ký",
    "recipients": "Nơi nhận",
}
_DAYS = ("date", "effective")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line; ``edit`` is set where it was restored."""

    text: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a page with its number as people count it."""

    page: int
    number: int
    runs: tuple[Run, ...]
    on: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on a page that belongs to a fact."""

    fact: str
    box: Box
    on: bool = False


@dataclass(frozen=True, slots=True)
class FactItem:
    """A fact as the page lists it: ``id`` names its marks, ``lines`` are (page, line) that it touches; a duty can be
    corrected by its ``key`` and comes with what it is now (``fact``)."""

    id: str
    label: str
    text: str
    page: int
    line: int
    lines: tuple[tuple[int, int], ...]
    notes: tuple[str, ...] = ()
    number: str | None = None
    overdue: bool = False
    confidence: float = 1.0
    key: str = ""
    fact: Deadline | Duty | None = None
    where: str = ""

    @property
    def places(self) -> str:
        """The lines it touches as "1-12 1-13", for the script."""
        return " ".join(f"{page}-{line}" for page, line in self.lines)


@dataclass(frozen=True)
class PageView:
    """A page with its lines and the boxes of facts; ``picture`` is the number of its picture, which is that of the page
    or, where pages were made by printing, of the print (``printed``)."""

    page: Page
    lines: list[TextLine]
    marks: list[Mark] = field(default_factory=list)
    how: str = ""
    picture: int = 0
    width: float | None = None
    height: float | None = None
    printed: bool = False


@dataclass(frozen=True)
class Reading:
    """All that the page of a directive shows."""

    header: list[FactItem]
    deadlines: list[FactItem]
    duties: list[FactItem]
    citations: list[FactItem]
    conflicts: list[FactItem]
    pages: list[PageView]
    restored: int


def reading(
    document: Document,
    facts: Facts,
    selected: str = "",
    lines: frozenset[tuple[int, int]] = frozenset(),
    placed: Placed | None = None,
) -> Reading:
    """Prepare a directive; the fact ``selected`` and ``lines`` (page, line) are marked from the start. ``placed`` says
    where the text stands on the print of a file that has no pages of its own."""
    numbered = [(_somewhere(document, item, evidence, placed), evidence) for item, evidence in _facts(document, facts)]
    marks: dict[int, list[Mark]] = {}
    for page in document.pages:
        for number, box in _line_boxes(document, page, lines, placed):
            marks.setdefault(number, []).append(Mark("", box, on=True))
    for item, _ in numbered:
        if item.id == selected:
            lines = lines | frozenset(item.lines)
    for item, evidence in numbered:
        for number, box in evidence.boxes if placed is None else placed.boxes(evidence.start, evidence.end):
            marks.setdefault(number, []).append(Mark(item.id, box, item.id == selected))
    items = [item for item, _ in numbered]

    def of(kind: str) -> list[FactItem]:
        return [item for item in items if item.id.startswith(kind)]

    pages = list(_views(document, lines, marks) if placed is None else _printed(document, lines, marks, placed))
    restored = sum(len(page.edits) for page in document.pages)
    return Reading(of("h"), of("d"), of("t"), of("c"), of("x"), pages, restored)


def _somewhere(document: Document, item: FactItem, evidence: Evidence, placed: Placed | None) -> FactItem:
    """Return the item with the words that tell where it stands."""
    if not item.page:
        return item
    where = f"trang {item.page}, dòng {item.line}"
    if placed is not None:
        first = next(iter(placed.boxes(evidence.start, evidence.end)), None)
        where = f"dòng {item.line}" if len(document.pages) == 1 else where
        where += f", hình trang {first[0]}" if first else ""
    return replace(item, where=where)


def _views(document: Document, on: frozenset[tuple[int, int]], marks: dict[int, list[Mark]]) -> Iterator[PageView]:
    for page in document.pages:
        lines, how = list(_lines(page, on)), wording.DECISIONS[page.decision]
        yield PageView(page, lines, marks.get(page.number, []), how, page.number, page.width, page.height)


def _printed(
    document: Document, on: frozenset[tuple[int, int]], marks: dict[int, list[Mark]], placed: Placed
) -> Iterator[PageView]:
    """Yield the pages of the print, each with the lines of the text that stand on it."""
    lines: list[TextLine] = []
    found: list[int] = []
    for page in document.pages:
        at = document.page_start(page.number)
        for line in _lines(page, on):
            end = at + sum(len(run.text) for run in line.runs)
            words = placed.words(at, end)
            lines.append(line)
            found.append(words[len(words) // 2].page if words else 0)
            at = end + 1
    where = _rising(found)
    for number, sheet in enumerate(placed.pages, 1):
        held = [line for line, page_number in zip(lines, where, strict=True) if page_number == number]
        page = document.pages[held[0].page - 1 if held else 0]
        how = wording.DECISIONS[page.decision]
        yield PageView(page, held, marks.get(number, []), how, number, sheet.width, sheet.height, printed=True)


def _rising(found: list[int]) -> list[int]:
    """Return a page for every line, never an earlier one than for the line before: lines whose words were found out of
    turn (notes that stand at the end of the text, words that say the same elsewhere) stay with their neighbours."""
    tails: list[int] = []
    kept: list[int] = []
    before: list[int] = []
    for k, number in enumerate(found):
        at = bisect_right(tails, number) if number else 0
        before.append(kept[at - 1] if number and at else -1)
        if not number:
            continue
        tails[at : at + 1], kept[at : at + 1] = [number], [k]
    trusted: set[int] = set()
    k = kept[-1] if kept else -1
    while k >= 0:
        trusted.add(k)
        k = before[k]
    out, last = [], 1
    for k, number in enumerate(found):
        last = number if k in trusted else last
        out.append(last)
    return out


def _facts(document: Document, facts: Facts) -> Iterator[tuple[FactItem, Evidence]]:
    yield from _header(document, facts.header)
    dated, undated = duty_keys(document.id, facts)
    for k, d in enumerate(facts.deadlines):
        notes = [wording.for_whom(d.actor, d.levels)]
        notes += [f"nơi nhận: {d.recipient}"] if d.recipient else []
        notes += [f"qua {d.via}"] if d.via else []
        label = wording.day(d.due) or d.due_text
        item = _item(document, f"d{k}", label, d.task, d.evidence, notes)
        yield replace(item, key=dated[k], fact=d), d.evidence
    for k, t in enumerate(facts.duties):
        notes = [wording.for_whom(t.actor, t.levels)] + ([f"mức: {t.target}"] if t.target else [])
        item = _item(document, f"t{k}", "", t.task, t.evidence, notes)
        yield replace(item, key=undated[k], fact=t), t.evidence
    for k, c in enumerate(facts.citations):
        notes = [wording.RELATIONS[c.relation], wording.PLACES[c.place]]
        notes += [f"ngày {wording.day(c.date)}"] if c.date else []
        notes += [f"cách đọc khác: {', '.join(c.alternatives)}"] if c.alternatives else []
        text = c.subject or " ".join(filter(None, (c.doc_type, f"của {c.issuer}" if c.issuer else "")))
        yield _item(document, f"c{k}", c.number, text, c.evidence, notes, c.number), c.evidence
    for k, x in enumerate(facts.conflicts):
        yield _item(document, f"x{k}", "", x.what, x.evidence, []), x.evidence


def _header(document: Document, header: Header) -> Iterator[tuple[FactItem, Evidence]]:
    values = header.as_dict()
    for name, title in _HEADER_NAMES.items():
        value, evidence = values.get(name), header.evidence.get(name)
        if not value:
            continue
        text = "; ".join(value) if isinstance(value, list) else wording.day(value) if name in _DAYS else str(value)
        if evidence is not None:
            yield _item(document, f"h-{name}", title, text, evidence, []), evidence
        else:
            nowhere = Evidence(0, 0, "", "", 0, 0, "")
            yield FactItem(f"h-{name}", title, text, 0, 0, ()), nowhere


def _item(
    document: Document,
    fact: str,
    label: str,
    text: str,
    evidence: Evidence,
    notes: Iterable[str],
    number: str | None = None,
) -> FactItem:
    first, last = document.place(evidence.start), document.place(max(evidence.start, evidence.end - 1))
    if first.page == last.page:
        lines = tuple((first.page, line) for line in range(first.line, last.line + 1))
    else:
        lines = tuple(_across(document, first.page, first.line, last.page, last.line))
    return FactItem(
        fact, label, text, first.page, first.line, lines, tuple(notes), number, confidence=evidence.confidence
    )


def _across(document: Document, page: int, line: int, last_page: int, last_line: int) -> Iterator[tuple[int, int]]:
    for at in range(page, last_page + 1):
        found = document.pages[at - 1]
        begin = line if at == page else found.first_line
        end = last_line if at == last_page else found.first_line + found.text.count("\n")
        yield from ((at, number) for number in range(begin, end + 1))


def _line_boxes(
    document: Document, page: Page, lines: frozenset[tuple[int, int]], placed: Placed | None
) -> Iterator[tuple[int, Box]]:
    """Yield the boxes of the wanted lines with the number of their picture, so that a search result is marked there."""
    at = 0
    for number, text in enumerate(page.text.split("\n"), page.first_line):
        if (page.number, number) in lines:
            box = page.box_of(at, at + len(text))
            if placed is not None:
                start = document.page_start(page.number) + at
                yield from placed.boxes(start, start + len(text))
            elif box is not None:
                yield page.number, box
        at += len(text) + 1


def _lines(page: Page, on: frozenset[tuple[int, int]]) -> Iterator[TextLine]:
    at = 0
    edits = list(page.edits)
    for number, text in enumerate(page.text.split("\n"), page.first_line):
        end = at + len(text)
        while edits and edits[0].end < at:
            edits.pop(0)
        yield TextLine(page.number, number, tuple(_runs(page.text, at, end, edits)), (page.number, number) in on)
        at = end + 1


def _runs(text: str, start: int, end: int, edits: Iterable[Edit]) -> Iterator[Run]:
    at = start
    for edit in edits:
        if edit.start >= end:
            break
        lo, hi = max(at, edit.start), min(end, edit.end)
        if hi <= lo:
            continue
        if lo > at:
            yield Run(text[at:lo])
        yield Run(text[lo:hi], edit)
        at = hi
    if at < end:
        yield Run(text[at:end])
