"""Sections to passages: what a hit shows is one item of the directive, with its place and the facts in it.

One item (khoản, điểm, gạch đầu dòng, dòng của phụ lục) is one passage. The letterhead with its addressees is one, too.
A heading that only names what follows is shown with its first item; an item too long to read at a glance is cut at
sentence ends. A directive without sections is cut by its lines and labels.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.facts import Citation, CitationPlace, Deadline, Facts, Header
from corpus.numbers import find_numbers
from corpus.text import UPPER, squeeze
from index import bound
from index.words import number_terms

#: An item longer than this (characters) is cut at sentence ends.
LONG = 1100
#: What a cut aims at.
PIECE = 650
#: Items of fewer words are shown with the item before them.
TINY = 3
#: A lead ("Giám đốc sở GDĐT chỉ đạo:") of fewer words is shown with its first item, as a heading is.
SHORT_LEAD = 14

_LABEL = re.compile(
    r"(?:#{1,6}\s?)?(?:\*\*)?(?:(?:PHỤ LỤC|Phụ lục|Điều \d|Chương [IVX\d]|CHƯƠNG [IVX\d]|Phần [IVX\d]|PHẦN [IVX\d])"
    r"|[IVX]{1,5}[.)]\s|\d{1,2}(?:\.\d{1,2}){0,2}[.)]\s|[a-zđ][.)]\s|[-+•*]\s)"
)
_SENTENCE_END = re.compile(rf"(?:[.;:!?]|\./\.)[”\"]?\s+(?=[{UPPER}“\"(\-+\d])")
_ENDS = (".", ";", ":", "./.", "!", "?")
_NEXT_PAGE = re.compile(r"\f")


@dataclass(frozen=True, slots=True)
class PassageHeader:
    """The header facts that search filters and shows; see ``corpus.facts.Header``."""

    issuer: str | None
    level: str | None
    doc_type: str | None
    school_year: str | None
    date: str | None
    subject: str | None
    place: str | None
    effective: str | None = None

    @property
    def in_force_from(self) -> str | None:
        """The ISO day from which it is in force, as far as it says: none is before it was issued; None: not known."""
        return max((day for day in (self.date, self.effective) if day), default=None)


@dataclass(frozen=True, slots=True)
class PassageDeadline:
    """A dated duty that stands in a passage."""

    task: str
    due: str | None
    due_text: str
    actor: tuple[str, ...]
    levels: tuple[str, ...]
    recipient: str | None
    via: str | None


@dataclass(frozen=True, slots=True)
class PassageCitation:
    """A cited document that is named in a passage."""

    number: str
    key: str
    relation: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a directive that a hit shows: ``document.text[start:end] == text``.

    ``id`` is a hash of document and content; ``own`` is where the item itself begins in ``text``, behind the
    headings shown with it; ``page`` and lines are those of ``corpus.document.Place``, ``line_to`` on page ``page``;
    ``page_to`` is the page on which the passage ends. ``numbers`` are the document numbers in it in all spellings
    of ``index.words.number_terms``; ``units`` the kinds of unit that its duties bind (``index.bound``).
    """

    id: str
    document: str
    source: str
    number: str | None
    page: int
    page_to: int
    line_from: int
    line_to: int
    start: int
    end: int
    text: str
    own: int
    heading: tuple[str, ...]
    place: str
    header: PassageHeader
    deadlines: tuple[PassageDeadline, ...] = ()
    citations: tuple[PassageCitation, ...] = ()
    numbers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch to become a passage; ``own`` is the offset in the document at which the item itself begins."""

    start: int
    end: int
    own: int
    heading: tuple[str, ...]
    place: CitationPlace
    waits: bool = False


def passages(document: Document, facts: Facts) -> tuple[Passage, ...]:
    """Cut a directive into passages in order of their place. Empty text gives none."""
    cuts = _from_sections(document.text, facts) if facts.sections else _from_lines(document.text)
    pieces = (piece for cut in _merged(document.text, cuts) for piece in _split(document.text, cut))
    header = _header(facts.header)
    found: dict[str, Passage] = {}
    for piece in pieces:
        passage = _passage(document, facts, header, piece)
        if passage is not None:
            found.setdefault(passage.id, passage)
    return tuple(found.values())


def _header(header: Header) -> PassageHeader:
    return PassageHeader(
        header.issuer,
        header.issuer_level.value if header.issuer_level else None,
        header.doc_type,
        header.school_year,
        header.date,
        header.subject,
        header.place,
        header.effective,
    )


def _from_sections(text: str, facts: Facts) -> list[_Cut]:
    """Return the letterhead as one stretch, then every section, then what no section covers (nơi nhận, chữ ký)."""
    sections = sorted(facts.sections, key=lambda s: (s.start, -s.end))
    body = [s for s in sections if s.place is not CitationPlace.HEADER]
    begin = body[0].start if body else len(text)
    cuts = [_Cut(0, begin, 0, (), CitationPlace.HEADER)]
    covered = begin
    for k, section in enumerate(body):
        after = body[k + 1] if k + 1 < len(body) else None
        end = section.end
        if after is not None and after.start < end and after.place is section.place:
            end = after.start
        if section.start > covered:
            cuts.append(_Cut(covered, section.start, covered, (), CitationPlace.BODY))
        lead = _is_lead(text[section.start : end])
        deeper = after is not None and len(after.path) > len(section.path)
        cuts.append(
            _Cut(
                section.start, end, section.start, section.path, section.place, deeper and (bool(section.title) or lead)
            )
        )
        covered = max(covered, end)
    return [*cuts, _Cut(covered, len(text), covered, (), CitationPlace.BODY)]


def _is_lead(text: str) -> bool:
    return text.rstrip().endswith(":") and len(text.split()) < SHORT_LEAD


def _from_lines(text: str) -> list[_Cut]:
    """Cut text of unknown structure: at blank lines, at labels, and where a short line ends a sentence."""
    bounds: list[tuple[int, int]] = []
    at, before = 0, ""
    for line in text.splitlines(keepends=True):
        words = line.strip()
        opens = not before or not bounds or _LABEL.match(words) is not None
        opens = opens or (before.endswith(_ENDS) and len(before) < 60)
        if words and opens:
            bounds.append((at, at + len(line)))
        elif words:
            bounds[-1] = (bounds[-1][0], at + len(line))
        before = words
        at += len(line)
    return [_Cut(a, b, a, (), CitationPlace.BODY) for a, b in bounds]


def _merged(text: str, cuts: list[_Cut]) -> list[_Cut]:
    """Return the stretches without blanks around them; headings join their first item, tiny ones the last."""
    waiting: _Cut | None = None
    done: list[_Cut] = []
    for cut in cuts:
        piece = text[cut.start : cut.end]
        stripped = piece.strip()
        if not any(c.isalnum() for c in stripped):
            continue
        start = cut.start + len(piece) - len(piece.lstrip())
        cut = replace(cut, start=start, end=start + len(stripped), own=max(cut.own, start))
        if waiting is not None:
            near = text[waiting.end : cut.start].strip() == ""
            if near and len(cut.heading) >= len(waiting.heading):
                cut = replace(cut, start=waiting.start)
            else:
                done.append(waiting)
            waiting = None
        if cut.waits:
            waiting = cut
        elif done and _is_tail(text, done[-1], cut):
            done[-1] = replace(done[-1], end=cut.end)
        else:
            done.append(cut)
    return [*done, waiting] if waiting is not None else done


def _is_tail(text: str, last: _Cut, cut: _Cut) -> bool:
    tiny = len(text[cut.start : cut.end].split()) < TINY
    return (
        tiny and last.place is cut.place and text[last.end : cut.start].strip() == "" and last.end - last.start < PIECE
    )


def _split(text: str, cut: _Cut) -> Iterator[_Cut]:
    """Cut a long stretch at sentence ends into pieces of about ``PIECE`` characters."""
    if cut.end - cut.own <= LONG or cut.place is CitationPlace.HEADER:
        yield cut
        return
    ends = [m.end() for m in _SENTENCE_END.finditer(text, cut.own, cut.end)]
    start, own = cut.start, cut.own
    for k, end in enumerate(ends):
        following = ends[k + 1] if k + 1 < len(ends) else cut.end
        if following - own > PIECE and end - own > PIECE // 4:
            yield replace(cut, start=start, own=own, end=end)
            start = own = end
    if start < cut.end:
        yield replace(cut, start=start, own=own, end=cut.end)


def _passage(document: Document, facts: Facts, header: PassageHeader, cut: _Cut) -> Passage | None:
    text = document.text[cut.start : cut.end].rstrip()
    if not text:
        return None
    end = cut.start + len(text)
    first, last = document.place(cut.start), document.place(end - 1)
    own_deadlines = [d for d in facts.deadlines if cut.start <= _spot(d) < end]
    own_duties = [d for d in facts.duties if cut.start <= d.evidence.start < end]
    own_citations = [c for c in facts.citations if cut.start <= c.evidence.start < end]
    numbers = dict.fromkeys(spelling for match in find_numbers(text) for spelling in number_terms(match.number))
    digest = hashlib.sha256(f"{document.id}\0{cut.start}\0{end}\0{text}".encode()).hexdigest()
    return Passage(
        id=digest[:32],
        document=document.id,
        source=document.source,
        number=facts.header.number,
        page=first.page,
        page_to=last.page,
        line_from=first.line,
        line_to=_last_line(document, cut.start, end) if last.line < first.line else last.line,
        start=cut.start,
        end=end,
        text=text,
        own=cut.own - cut.start,
        heading=tuple(squeeze(h) for h in cut.heading),
        place=cut.place.value,
        header=header,
        deadlines=tuple(map(_deadline, own_deadlines)),
        citations=tuple(_citation(c) for c in own_citations),
        numbers=tuple(numbers),
        units=bound.units(facts.header, [*own_deadlines, *own_duties]),
    )


def _spot(deadline: Deadline) -> int:
    """Return the offset that decides in which passage a dated duty stands: that of the date."""
    return deadline.due_evidence.start


def _last_line(document: Document, start: int, end: int) -> int:
    """Return the last line of the stretch on the page on which it begins."""
    broken = _NEXT_PAGE.search(document.text, start, end)
    return document.place(max(start, broken.start() - 1) if broken else end - 1).line


def _deadline(deadline: Deadline) -> PassageDeadline:
    return PassageDeadline(
        squeeze(deadline.task),
        deadline.due,
        squeeze(deadline.due_text),
        deadline.actor,
        tuple(level.value for level in deadline.levels or ()),
        deadline.recipient,
        deadline.via,
    )


def _citation(citation: Citation) -> PassageCitation:
    return PassageCitation(citation.number, citation.key, citation.relation.value)
