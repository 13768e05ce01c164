"""The fields of a header while they are found, each with its place; what was found first stays."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import Document
from corpus.facts import Evidence, evidence
from corpus.numbers import DocumentNumber, NumberMatch
from nlp.page.lines import Line, join
from nlp.page.unread import Unread


@dataclass
class Draft:
    """Fields found so far with the place of each."""

    document: Document
    values: dict[str, object] = field(default_factory=dict)
    places: dict[str, Evidence] = field(default_factory=dict)
    number: DocumentNumber | None = None
    own: NumberMatch | None = None
    unread: Unread | None = None

    def put(self, name: str, value: object, span: tuple[int, int], rule: str, confidence: float = 1.0) -> None:
        """Set a field unless it is set already."""
        if value and name not in self.values:
            self.values[name] = value
            self.places[name] = evidence(self.document, *span, f"header.{rule}", confidence)

    def text(self, name: str) -> str | None:
        """Return a field that is text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None


def span_of(line: Line, start: int = 0, end: int | None = None) -> tuple[int, int]:
    return join([line]).span(start, len(line.text) if end is None else end)
