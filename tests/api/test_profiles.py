"""Exact lists: every unit of the samples' chain is told what its gold says, none missing and none too many."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

from api.library import Library
from api.usecases.asking import answer, asking
from api.usecases.owing import Owing
from api.usecases.places import Profile, profile
from corpus.facts import Deadline, Facts
from corpus.rows import Cited, DocumentInfo, HeaderSureness, Owed
from corpus.samples.builder import HERE
from corpus.samples.gold import UNITS
from corpus.samples.profiles import Owed as Expected
from corpus.samples.profiles import expected, units
from tests.api.conftest import NOW
from tests.api.gold_facts import directive
from tests.bench import profiles as bench
from tests.floors import assert_floor


class Shelf:
    """Directives as the service of duties asks for them."""

    def __init__(self, given: dict[str, tuple[DocumentInfo, Facts]]) -> None:
        self.given = given

    def fingerprint(self) -> str:
        return "1"

    def revisions(self) -> dict[str, str]:
        return dict.fromkeys(self.given, "1")

    def owed(self, ids: Collection[str]) -> Iterator[tuple[DocumentInfo, Owed]]:
        for key in sorted(ids):
            info, facts = self.given[key]
            cited = tuple(Cited(c.number, c.relation) for c in facts.citations)
            yield info, Owed(HeaderSureness(), facts.deadlines, facts.duties, cited)


@cache
def lists(folder: Path) -> list[bench.Profile]:
    """The lists of a folder of directives."""
    return list(bench.profiles(folder))


@cache
def service() -> Owing:
    """The service with the facts that the gold of the samples has."""
    shelf: dict[str, tuple[DocumentInfo, Facts]] = {}
    for path in sorted((HERE / "gold").glob("*.json")):
        document, facts = directive(json.loads(path.read_text(encoding="utf-8")))
        head = facts.header
        shelf[document.id] = DocumentInfo(
            document.id, path.stem, "text/plain", NOW, head.number, head.date, head.issuer, head.issuer_level,
            head.doc_type, head.subject, head.school_year, len(document.pages), "success",
        ), facts  # fmt: skip
    return Owing(lambda: Shelf(shelf))


@pytest.mark.parametrize("unit", UNITS)
def test_the_list_of_a_unit_is_exact(unit: str) -> None:
    asked = units()[unit]
    issuers = ["Sở Giáo dục và Đào tạo Phú Lâm"]
    given = profile(asked["unit"], **{k: v for k, v in asked.items() if k != "unit"}, issuers=issuers)
    rows = service().duties(given)
    listed = [
        Expected(row.info.source, row.duty.evidence.page, row.duty.evidence.line, row.due or "", row.duty.task)
        for row in rows
    ]
    wanted, chained = expected(unit)
    assert len(wanted) >= 10
    assert sorted(set(wanted) - set(listed)) == [], "missing"
    assert sorted(set(listed) - set(wanted)) == [], "too many"
    assert len(listed) == len(wanted), "each is there once"
    steps = {
        where: [(step.page, step.line, step.due) for step in row.chain]
        for where, row in zip(listed, rows, strict=True)
        if row.chain
    }
    assert steps == {row: [(up.page, up.line, up.due) for up in above] for row, above in chained.items()}


@pytest.mark.parametrize("folder", bench.folders(), ids=lambda folder: folder.name)
def test_the_lists_of_other_offices_directives_are_exact(folder: Path) -> None:
    """Seven units a directive, decided by reading: with true facts the rule whom a duty binds makes no mistake."""
    wrong = {(one.directive, one.name): rows for one in lists(folder) if any(rows := bench.by_rule(one))}
    assert_floor(f"profiles of {folder.name}: exact lists", 1 - len(wrong) / len(lists(folder)))


@pytest.mark.parametrize("folder", bench.folders(), ids=lambda folder: folder.name)
def test_the_service_lists_what_the_rule_says_once_and_in_some_school_year(folder: Path, library: Library) -> None:
    """Whoever asks for the unit's duties gets the dated rows that the rule gives it, of all directives of
    the folder stored together; the school years of the page have them all."""
    stored = {}
    for name, gold in {one.directive: one.gold for one in lists(folder)}.items():
        document, facts = stored[name] = directive(gold)
        library.store.save(document, facts, None, NOW)
    years = library.duty_years()
    for one in lists(folder):
        query, (document, facts) = one.unit, stored[one.directive]
        unit = library.profile(query.kind, query.level, query.province, query.district, None, query.name)
        ruled = sorted(map(_place, bench.owed(one, facts)))
        found = _dated(library, unit, document.id, "")
        assert found == ruled, (one.directive, one.name)
        by_year = {row for year in years for row in _dated(library, unit, document.id, year)}
        assert sorted(by_year) == sorted(set(ruled)), (one.directive, one.name, "by school year")


def _dated(library: Library, unit: Profile, document: str, year: str) -> list[tuple[int, str, str]]:
    asked = asking(library, {"limit": "10000", "school_year": year}, unit)
    duties = [row.duty for row in answer(library, asked).rows if row.info.id == document]
    return sorted(_place(duty) for duty in duties if isinstance(duty, Deadline))


def _place(duty: Deadline) -> tuple[int, str, str]:
    return duty.evidence.start, duty.due or "", duty.task
