"""Directives with the facts that their gold says, for tests of what is made of facts: lists, calendars, pages."""

from __future__ import annotations

from typing import Any

from corpus.document import Document, Page, content_id
from corpus.facts import (
    Citation,
    CitationPlace,
    Deadline,
    Duty,
    Evidence,
    Facts,
    Header,
    IssuerLevel,
    Relation,
    SchoolLevel,
    evidence,
)
from corpus.numbers import document_key, parse_number

_HEADER = (
    "number", "date", "issuer", "doc_type", "subject", "school_year", "signer", "signer_title",
)  # fmt: skip


def directive(gold: dict[str, Any]) -> tuple[Document, Facts]:
    """Return a directive as its gold has it: the true text, lines counted on each page, every fact at its line."""
    pages = tuple(Page(number, text) for number, text in enumerate(gold["pages"], 1))
    document = Document(content_id(gold["doc"].encode()), f"{gold['doc']}.txt", "text/plain", pages)
    meta = gold["meta"]
    header = Header(
        issuer_level=IssuerLevel(meta["issuer_level"]) if meta["issuer_level"] in set(IssuerLevel) else None,
        addressees=tuple(meta["addressees"]),
        **{name: meta[name] for name in _HEADER},
    )
    return document, Facts(
        header,
        tuple(_citation(document, row) for row in gold["citations"]),
        tuple(_deadline(document, row) for row in gold["deadlines"]),
        tuple(
            Duty(_at(document, row), row["task"], tuple(row["actor"]), _levels(row), row["target"])
            for row in gold["duties"]
        ),
    )


def _at(document: Document, row: dict[str, Any]) -> Evidence:
    """Return the line of a gold row, which counts the lines of its page."""
    lines = document.pages[row["page"] - 1].text.split("\n")
    start = document.page_start(row["page"]) + sum(len(line) + 1 for line in lines[: row["line"] - 1])
    return evidence(document, start, start + len(lines[row["line"] - 1]), "gold")


def _levels(row: dict[str, Any]) -> tuple[SchoolLevel, ...] | None:
    return tuple(SchoolLevel(level) for level in row["levels"]) if row["levels"] else None


def _deadline(document: Document, row: dict[str, Any]) -> Deadline:
    at = _at(document, row)
    return Deadline(
        at, at, row["task"], row["due"], row["due_text"], tuple(row["actor"]), _levels(row), row["recipient"],
        row["via"],
    )  # fmt: skip


def _citation(document: Document, row: dict[str, Any]) -> Citation:
    number = parse_number(row["number"]) if row["number"] else None
    year = int(row["date"][:4]) if row["date"] else None
    key = document_key(number, year=year, issuer=row["issuer"]) if number else row["number"] or ""
    return Citation(
        _at(document, row), row["number"] or "", key, row["doc_type"], row["date"], row["issuer"],
        Relation(row["relation"]), CitationPlace(row["place"]),
    )  # fmt: skip
