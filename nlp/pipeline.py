"""From a document to its facts, on one screen: lines, zones, items, header, citations, dated and other duties,
conflicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.facts import Deadline, Duty, Facts, Header, Relation
from nlp.checks.conflicts import find_conflicts
from nlp.citing.citations import Found, find_citations
from nlp.citing.relative import find_relative, open_forms
from nlp.citing.resolve import resolve
from nlp.dues.aloud import read_alone
from nlp.dues.attending import attendants
from nlp.dues.comers import led_to_take_part
from nlp.dues.context import in_context
from nlp.dues.deadlines import find_deadlines
from nlp.dues.duties import attached_plan, find_duties, has_details
from nlp.dues.runin import titles_in
from nlp.header.header import read_header
from nlp.header.month import issued_about
from nlp.naming import shortnames
from nlp.naming.dates import Calendar, parse_school_year, school_year_of
from nlp.page.ruledrows import lines_and_rows
from nlp.page.structure import Item, items_of
from nlp.page.zones import Zone, zone
from nlp.when.classnames import class_names
from nlp.when.shared import with_shared_times
from nlp.whom.bound import bound_by
from nlp.whom.defined import Defined, called_in, defined_in
from nlp.whom.doerlines import doers_told
from nlp.whom.entrants import of_entrants
from nlp.whom.headings import assigned_units, invited
from nlp.whom.hosts import is_held_by_others
from nlp.whom.once import told_once
from nlp.whom.openings import lead_of
from nlp.whom.ownclasses import of_own_classes
from nlp.whom.reporters import reporters_told
from nlp.whom.schedules import under_visits
from nlp.whom.steps import some_of_those, step_units
from nlp.words.stretches import apart
from nlp.words.vocabulary import union

if TYPE_CHECKING:
    from spacy.language import Language


class Reader:
    """Reads documents; holds the spaCy pipeline, which takes seconds to load."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    @classmethod
    def load(cls) -> Reader:
        """Return a reader with the spaCy pipeline loaded."""
        from nlp.words.language import load

        return cls(load())

    def read(self, document: Document) -> Facts:
        """Return the facts of ``document``; text that is no directive gives empty facts."""
        zoned = zone(lines_and_rows(document))
        items = under_visits(items_of(zoned, document))
        header = read_header(document, zoned)
        found = _citations(items)
        relative, left = find_relative(items, found, header)
        citations = resolve(document, sorted([*found, *relative], key=_place), header)
        known = calendar_of(header, issued_about(header, zoned))
        deadlines, duties = self._duties(document, items, header, found, known)
        conflicts = find_conflicts(document, zoned, items, header, found, citations, deadlines)
        conflicts = tuple(sorted([*conflicts, *open_forms(document, left)], key=lambda c: c.evidence.start))
        sections = tuple(item.section() for item in items)
        return Facts(header, citations, deadlines, duties, conflicts, sections)

    def _duties(
        self, document: Document, items: list[Item], header: Header, found: list[Found], known: Calendar
    ) -> tuple[tuple[Deadline, ...], tuple[Duty, ...]]:
        """Return dated and undated duties; a text without any sign of a directive has none."""
        if not _is_directive(items, header, found):
            return (), ()
        defined = defined_in(items)
        with shortnames.known(called_in(defined, items)):
            return self._dated_and_other(document, items, header, found, defined, known)

    def _dated_and_other(
        self,
        document: Document,
        items: list[Item],
        header: Header,
        found: list[Found],
        defined: Defined,
        known: Calendar,
    ) -> tuple[tuple[Deadline, ...], tuple[Duty, ...]]:
        """Return dated and undated duties, read with the short names (``defined``) that the directive gives units."""
        bound, detailed = (
            bound_by(header, _opening(items), assigned_units(items), invited(items), defined),
            has_details(items),
        )
        bound = of_entrants(of_own_classes(bound, header, items), header, items)
        if bound.holds and is_held_by_others(items):
            bound = replace(bound, holds=False)
        doers = {**reporters_told(items), **doers_told(items)}
        steps, once, lead = {**some_of_those(items), **step_units(items)}, told_once(items), lead_of(items)
        taken = class_names(items)
        for one in found:
            taken[one.item.start].append((one.start, one.end))
        dated, come = list[tuple[Item, Deadline]](), {**led_to_take_part(items), **attendants(items)}
        plan, runs_in = attached_plan(items), titles_in(items)
        duties: list[Duty] = []
        for item in items:
            if item.zone not in (Zone.BODY, Zone.ANNEX):
                continue
            above, told = steps.get(item.start), once.get(item.start)
            here, comers = apart(taken[item.start]), come.get(item.start)
            rows = find_deadlines(document, item, known, bound, here, above, told, comers, doers.get(item.start))
            dated += [(item, in_context(item, row, header.subject)) for row in rows]
            if item.zone is Zone.BODY or item.start in plan:
                skip = [(r.evidence.start, r.evidence.end) for r in rows]
                title = runs_in.get(item.start, 0)
                duties += find_duties(document, item, bound, self.nlp, skip, detailed=detailed, lead=lead, title=title)
        alone = (replace(row, task=read_alone(row.task, row.recipient, row.via)) for row in with_shared_times(dated))
        return tuple(alone), tuple(duties)


def _opening(items: list[Item]) -> str:
    """Return the lead of the body ("… hướng dẫn các trường thực hiện như sau:"), "" for none."""
    return next((item.above[0] for item in items if len(item.above) > len(item.path)), "")


def _place(one: Found) -> tuple[int, int]:
    return one.item.start, one.start


def _is_directive(items: list[Item], header: Header, found: list[Found]) -> bool:
    """Tell whether a text is a directive or a part of one: a header field, a citation, or items that name units."""
    if header.number or header.addressees or header.doc_type or header.issuer or header.subject or found:
        return True
    return any(item.label and union("units", "unit").search(item.joined.fold) for item in items)


def _citations(items: list[Item]) -> list[Found]:
    """Return the citations of all items; a list "Căn cứ …; …;" hands its relation on, a footnote takes its mark's."""
    found: list[Found] = []
    handed: Relation | None = None
    for item in items:
        rows = find_citations(item, inherit=handed, mark_context=_mark_context(item, items))
        found += rows
        goes_on = item.zone is Zone.BODY and item.text.rstrip().endswith(";") and rows
        handed = rows[-1].relation if goes_on and rows[-1].relation is not Relation.MENTIONS else None
    return found


def _mark_context(note: Item, items: list[Item]) -> str:
    """Return the words before the mark of a footnote, "" for what is none."""
    if note.note is None:
        return ""
    for item in items:
        if item.start < note.start and item.zone is not Zone.FOOTNOTE and item.note is None:
            mark = f"{note.note}"
            at = item.text.find(mark)
            while at >= 0:
                before, after = item.text[at - 1 : at], item.text[at + len(mark) : at + len(mark) + 1]
                if before.isalpha() and not after.isalnum():
                    return item.text[max(0, at - 160) : at]
                at = item.text.find(mark, at + 1)
    return ""


def calendar_of(header: Header, issued: date | None) -> Calendar:
    """Return the calendar of a directive: the day it was ``issued`` and its school year, stated or that of this day."""
    year = parse_school_year(f"năm học {header.school_year}") if header.school_year else None
    return Calendar(issued, year or (school_year_of(issued) if issued else None))


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader.load()


def read(document: Document) -> Facts:
    """Return the facts of ``document``; loads the language pipeline on first use."""
    return _reader().read(document)
