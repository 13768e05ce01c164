"""Checks a draft the whole way: written as a file, read, its facts, how it is set, the rules."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from unittest.mock import patch

from corpus.document import Document
from corpus.facts import Facts
from ingest.looks import typeset
from ingest.pipeline import read
from nlp.lint.content import InForce
from nlp.lint.finding import Report
from nlp.lint.lint import lint
from nlp.pipeline import Reader

TODAY = date(2026, 3, 2)


def facts_of(document: Document) -> Facts:
    """Return the facts of a document without duties that have no day: no rule asks for them, and they alone need the
    language pipeline, which takes seconds to load."""
    with patch("nlp.pipeline.find_duties", return_value=[]):
        return Reader(cast(Any, None)).read(document)


def checked(data: bytes, source: str = "dự thảo.docx", *, today: date = TODAY, store: InForce | None = None) -> Report:
    """Return what the check finds in a file."""
    document = read(data, source)
    return lint(document, facts_of(document), typeset(data, document), today=today, store=store)
