"""Comparing directives: which ones, in which order, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from api.usecases.adding import from_path
from corpus.document import Document
from corpus.errors import BadInputError, CongvanError, NotFoundError
from corpus.facts import Facts
from corpus.numbers import parse_number

if TYPE_CHECKING:
    from api.library import Library
    from nlp.compare.chain import ChainRow
    from nlp.compare.comparison import Comparison

#: So many directives are set side by side at most.
MOST = 3


@dataclass(frozen=True)
class Compared:
    """One of the directives; ``stored`` tells whether it is in the store, so that its page can be opened."""

    document: Document
    facts: Facts
    stored: bool

    @property
    def name(self) -> str:
        """How people call it: its number, else its file."""
        return self.facts.header.number or self.document.source


@dataclass(frozen=True)
class Outcome:
    """Directives from the oldest (or highest) to the newest, each compared with the one before it.

    ``found``: the first one was not named but found as the counterpart of an earlier year. ``chain`` has the items
    through all of them where there are three.
    """

    sides: tuple[Compared, ...]
    comparisons: tuple[Comparison, ...]
    chain: tuple[ChainRow, ...]
    found: bool = False

    @property
    def first(self) -> Comparison:
        """The comparison of the first two."""
        return self.comparisons[0]


def compare(library: Library, references: list[str], *, files: bool = False) -> Outcome:
    """Compare two or three directives, or one with its counterpart of an earlier year.

    ``references`` are ids, numbers or file names of stored directives; with ``files`` also paths of files, which are
    read and not stored. The order in which they are given does not matter: an office above comes before one below, an
    earlier directive before a later one. Raises NotFoundError and BadInputError, in Vietnamese.
    """
    from nlp.compare.chain import chain
    from nlp.compare.compare import compare_parts, is_above
    from nlp.compare.items import parts_of

    named = [text.strip() for text in references if text.strip()]
    if not 1 <= len(named) <= MOST:
        raise BadInputError(f"Cần từ một đến {MOST} văn bản để so sánh.", "Ví dụ: congvan compare 2096/SGDĐT-CTTT")
    sides = [side(library, reference, files=files) for reference in named]
    if len({side.document.id for side in sides}) < len(sides):
        raise BadInputError("Hai văn bản cần so sánh là một.", "Hãy chọn văn bản khác.")
    found = len(sides) == 1
    if found:
        sides.append(_counterpart(library, sides[0]))
    sides.sort(key=lambda side: (side.facts.header.date or "", side.facts.header.school_year or ""))
    sides.sort(key=lambda side: sum(is_above(other.facts, side.facts) for other in sides))
    parts = [parts_of(side.document, side.facts) for side in sides]
    replaced = _replaced(library, sides)
    comparisons = tuple(compare_parts(old, new, replaced_by=replaced) for old, new in pairwise(parts))
    rows = chain(comparisons) if len(comparisons) > 1 else []
    return Outcome(tuple(sides), comparisons, tuple(rows), found)


def side(library: Library, reference: str, *, files: bool) -> Compared:
    """Return a stored directive by id, number or name, or with ``files`` one read from a path. Raises NotFoundError."""
    try:
        # asked for first, so that a file elsewhere makes no store
        stored = library.show(library.one(reference).id)
    except NotFoundError:
        path = Path(reference)
        if not files or not path.is_file():
            raise
        incoming = from_path(path)
        document, facts = library.extract(incoming.fetch(), incoming.source)
        return Compared(document, facts, False)
    return Compared(stored.document, stored.facts, True)


def _counterpart(library: Library, side: Compared) -> Compared:
    """Return the nearest earlier directive of the same office on the same matter. Raises NotFoundError."""
    earlier = library.graph().earlier(side.name) if side.stored and side.facts.header.number else []
    if not earlier:
        raise NotFoundError(
            f"Trong kho không có văn bản năm trước cùng cơ quan, cùng chủ đề với {side.name}.",
            "Hãy nêu rõ văn bản thứ hai cần so sánh, hoặc nạp văn bản năm trước.",
        )
    stored = library.show(earlier[0])
    return Compared(stored.document, stored.facts, True)


def _replaced(library: Library, sides: list[Compared]) -> dict[str, list[str]]:
    """Return what the graph, and the directives themselves, know of replaced documents."""
    from corpus.facts import Relation

    found: dict[str, list[str]] = {}
    for side in sides:
        for citation in side.facts.citations:
            whole = citation.relation is Relation.REPLACES and citation.provision is None
            if whole and side.facts.header.number:
                found.setdefault(citation.number, []).append(side.facts.header.number)
    if not library.has_store():
        return found
    graph = library.graph()
    for number in {c.number for side in sides for c in side.facts.citations if parse_number(c.number)}:
        try:
            found.setdefault(number, []).extend(graph.replacing(number))
        except CongvanError:  # a number that only a file outside the store cites
            continue
    return found
