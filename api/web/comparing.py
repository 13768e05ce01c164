"""The page "So sánh": directives side by side, with links that open each item on its page image."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.compared import sentences
from api.compared.plain import link, spot
from api.routes.deps import TheLibrary
from api.usecases.comparing import Compared, Outcome, compare
from api.web.rendering import page
from corpus.errors import CongvanError
from corpus.facts import Evidence
from nlp.compare.comparison import Comparison, FactChange, Row
from nlp.compare.items import Part

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_Text = Annotated[str, Query(max_length=200)]
#: So many numbers are offered while one is typed.
_OFFERED = 500


@dataclass(frozen=True)
class Side:
    """One side of a row: its items with their links, and its words in pieces (text, changed)."""

    parts: list[tuple[Part, str | None]]
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class Shown:
    """A row as the page shows it."""

    kind: str
    name: str
    heading: str
    old: Side
    new: Side
    facts: list[tuple[str, str | None, str | None, bool]]


@dataclass(frozen=True)
class Pair:
    """Two neighbours with what is to be said of them."""

    comparison: Comparison
    old: Compared
    new: Compared
    summary: list[str]
    changed: list[tuple[FactChange, str | None, str | None]]
    rows: list[Shown]
    counts: dict[str, int]
    citations: list[tuple[str, list[tuple[str, str, str | None, str | None]]]]


@router.get("/so-sanh")
def comparing(
    request: Request, library: TheLibrary, a: _Text = "", b: _Text = "", c: _Text = "", loc: _Text = ""
) -> HTMLResponse:
    """So sánh văn bản."""
    outcome: Outcome | None = None
    problem, status = "", 200
    if a.strip():
        try:
            outcome = compare(library, [a, b, c])
        except CongvanError as error:
            problem, status = str(error), error.http_status
    named = {"a": a, "b": b, "c": c}
    query = urlencode({key: value for key, value in named.items() if value.strip()})
    pairs = [] if outcome is None else [
        _pair(comparison, *two, loc)
        for comparison, two in zip(outcome.comparisons, pairwise(outcome.sides), strict=True)
    ]  # fmt: skip
    return page(
        request,
        "compare.html",
        status,
        **named,
        loc=loc,
        query=query,
        problem=problem,
        outcome=outcome,
        pairs=pairs,
        filters=sentences.FILTERS,
        sentences=sentences,
        link=link,
        numbers=[row for row in library.documents() if row.number][:_OFFERED],
    )


def _pair(comparison: Comparison, old: Compared, new: Compared, loc: str) -> Pair:
    changed = [(fact, spot(old, fact.old_evidence), spot(new, fact.new_evidence)) for _, fact in comparison.facts()]
    rows = [_shown(row, old, new) for row in comparison.rows if sentences.chosen(row, loc)]
    counts = {name: sum(sentences.chosen(row, name) for row in comparison.rows) for name in sentences.FILTERS}
    return Pair(
        comparison, old, new, sentences.summary(comparison), changed, rows, counts, _citations(comparison, old, new)
    )


def _shown(row: Row, old: Compared, new: Compared) -> Shown:
    part = (row.new or row.old)[0]
    facts = [
        (
            sentences.fact_line(f),
            spot(old, f.old_evidence),
            spot(new, f.new_evidence),
            f.earlier is False and bool(f.days),
        )
        for f in row.facts
    ]
    return Shown(
        row.kind.value,
        sentences.name_of(row),
        " › ".join(part.path),
        _side(row, old, True),
        _side(row, new, False),
        facts,
    )


def _side(row: Row, side: Compared, is_old: bool) -> Side:
    parts = row.old if is_old else row.new
    text = row.old_text if is_old else row.new_text
    if not row.words:
        pieces = [(text, False)]
    else:
        spans = [(c.old_start, c.old_end) if is_old else (c.new_start, c.new_end) for c in row.words]
        pieces = [(text[lo:hi], not c.same) for c, (lo, hi) in zip(row.words, spans, strict=True) if hi > lo]
    return Side([(part, link(side, part)) for part in parts], pieces)


def _citations(
    comparison: Comparison, old: Compared, new: Compared
) -> list[tuple[str, list[tuple[str, str, str | None, str | None]]]]:
    names = {"replaced": "Được thay", "added": "Thêm", "dropped": "Bỏ"}
    if comparison.levels:
        names |= {"added": "Cấp dưới viện dẫn thêm", "dropped": "Cấp dưới không nhắc"}

    def place(evidence: Evidence | None, side: Compared) -> str | None:
        return spot(side, evidence)

    found = []
    for fate, name in names.items():
        rows = [
            (sentences.citation_line(c), c.why, place(c.old_evidence, old), place(c.new_evidence, new))
            for c in comparison.citations
            if c.fate.value == fate
        ]
        if rows:
            found.append((name, rows))
    return found
