"""Search: a question in, passages with their place out, best first; a dated question is answered on top.

``Question → candidates by words and by meaning → ranking → hits``. The weights of the ranking are measured on the
questions over the samples (tests/bench/search.py), not assumed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from typing import Any

from corpus.errors import BadInputError
from corpus.text import fold, squeeze
from index.engine import Condition
from index.passages import Passage, PassageDeadline
from index.payload import day_number, folded, folded_words
from index.query import Kind, Question, Steps, school_year, understand
from index.ranking import Ranked, best_deadline, rank
from index.vectors import Candidate, Probe, VectorIndex
from index.weighting import query_terms
from index.words import normal

#: Most hits that one question may ask for.
MAX_LIMIT = 100
#: Candidates fetched by words and by meaning for each hit wanted, and at least.
CANDIDATES, AT_LEAST = 6, 80
#: How much the official words for office talk count in the vector of a question.
OFFICIAL_MEANING = 0.5

NOTHING = "Không tìm thấy đoạn văn bản nào phù hợp với câu hỏi. Hãy thử từ khác, hoặc bỏ bớt bộ lọc."
EMPTY = "Chưa có văn bản nào trong chỉ mục. Hãy nạp văn bản bằng lệnh congvan ingest."


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What hits must be: document id, issuer (words of its name), level, type, school year, dates (ISO, inclusive),
    kinds of unit that a dated duty in the passage falls on."""

    document: str | None = None
    issuer: str | None = None
    level: str | None = None
    doc_type: str | None = None
    school_year: str | None = None
    since: str | None = None
    until: str | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. ``highlights`` are spans of ``text``; ``start``/``end`` offsets in the document's text."""

    source: str
    document: str
    number: str | None
    page: int
    page_to: int
    line_from: int
    line_to: int
    start: int
    end: int
    text: str
    score: float
    heading: tuple[str, ...]
    highlights: tuple[tuple[int, int], ...]
    passage: str
    issuer: str | None
    school_year: str | None
    date: str | None
    deadlines: tuple[PassageDeadline, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the hit as plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a dated question: the duty, and the number (from 0) of the hit it stands in."""

    deadline: PassageDeadline
    hit: int

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain data."""
        return {**asdict(self.deadline), "hit": self.hit}


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits best first; ``message`` says in Vietnamese why there are none."""

    hits: tuple[Hit, ...]
    kind: Kind
    answer: Answer | None = None
    message: str = ""


class SearchEngine:
    """Answers questions from an index. ``restore`` gives marks to text typed without them."""

    def __init__(
        self, index: VectorIndex, *, restore: Callable[[str], str] | None = None, steps: Steps | None = None
    ) -> None:
        self._index, self._restore, self._steps = index, restore, steps or Steps()

    def search(
        self, query: str, *, limit: int = 10, filters: SearchFilters | None = None, today: date | None = None
    ) -> SearchResult:
        """Return the passages that answer ``query``. ``today`` gives "năm học này" its meaning.

        Raises BadInputError for a question or filter that cannot be used, IndexMismatchError for a stale index,
        BusyError when the index stays busy.
        """
        return self.search_batch([query], limit=limit, filters=filters, today=today)[0]

    def search_batch(
        self,
        queries: Sequence[str],
        *,
        limit: int = 10,
        filters: SearchFilters | None = None,
        today: date | None = None,
    ) -> list[SearchResult]:
        """Return the result of each query, in one opening of the index."""
        if not 1 <= limit <= MAX_LIMIT:
            raise BadInputError(f"Số kết quả phải từ 1 đến {MAX_LIMIT}.")
        condition = _condition(filters or SearchFilters())
        questions = [understand(q, restore=self._restore, today=today, steps=self._steps) for q in queries]
        vectors = self._vectors(questions)
        probes = [
            Probe(
                terms=query_terms(list(question.terms)) if self._steps.words or question.references else ([], []),
                vector=vector,
                numbers=tuple(r.spelling for r in question.references),
                condition=condition,
                limit=max(AT_LEAST, CANDIDATES * limit),
            )
            for question, vector in zip(questions, vectors, strict=True)
        ]
        found = self._index.search(probes)
        return [_result(q, c, limit, self._steps) for q, c in zip(questions, found, strict=True)]

    def _vectors(self, questions: Sequence[Question]) -> list[list[float] | None]:
        """Return the unit vector of each question: the mean of its readings, with a share of the official words."""
        if not self._steps.meaning:
            return [None] * len(questions)
        embedder = self._index.embedder
        vectors: list[list[float] | None] = []
        for question in questions:
            texts = [t for t in question.topic if t]
            if not texts:
                vectors.append(None)
                continue
            total = embedder.encode(texts).mean(axis=0)
            if question.official:
                total = total + OFFICIAL_MEANING * embedder.encode(list(question.official)).mean(axis=0)
            length = float((total**2).sum() ** 0.5)
            vectors.append((total / length).tolist() if length > 0 else None)
        return vectors


def _result(question: Question, candidates: list[Candidate], limit: int, steps: Steps) -> SearchResult:
    kept = list(islice(_distinct(rank(question, candidates, steps)), limit))
    hits = [_hit(question, row) for row in kept]
    answer = None
    if question.kind is Kind.WHEN:
        for k, row in enumerate(kept[:3]):
            deadline = best_deadline(question, row.passage)
            if deadline is not None:
                answer = Answer(deadline, k)
                break
    return SearchResult(tuple(hits), question.kind, answer, "" if hits else NOTHING)


def _distinct(ranked: list[Ranked]) -> Iterator[Ranked]:
    """Yield the rows without repeats of the same text in the same directive."""
    seen: set[tuple[str, str]] = set()
    for row in ranked:
        same = (row.passage.document, fold(squeeze(row.passage.text)))
        if same not in seen:
            seen.add(same)
            yield row


def _hit(question: Question, row: Ranked) -> Hit:
    passage = row.passage
    return Hit(
        source=passage.source,
        document=passage.document,
        number=passage.number,
        page=passage.page,
        page_to=passage.page_to,
        line_from=passage.line_from,
        line_to=passage.line_to,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=round(row.score, 4),
        heading=passage.heading,
        highlights=highlights(question, passage),
        passage=passage.id,
        issuer=passage.header.issuer,
        school_year=passage.header.school_year,
        date=passage.header.date,
        deadlines=passage.deadlines,
    )


_WORD = re.compile(r"[^\W_]+")


def highlights(question: Question, passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return the spans of the passage's text that hold words of the question, neighbours joined."""
    wanted = {fold(word) for word in question.content | question.official_content}
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(passage.text):
        if fold(normal(match[0])) not in wanted:
            continue
        if spans and passage.text[spans[-1][1] : match.start()].isspace():
            spans[-1] = (spans[-1][0], match.end())
        else:
            spans.append(match.span())
    return tuple(spans)


def _condition(filters: SearchFilters) -> Condition:
    """Return the condition of the filters. Raises BadInputError."""
    equal: list[tuple[str, str]] = []
    if filters.document:
        equal.append(("document", filters.document))
    if filters.level:
        equal.append(("level", filters.level))
    if filters.doc_type:
        equal.append(("doc_type", folded(filters.doc_type)))
    if filters.school_year:
        equal.append(("school_year", school_year(filters.school_year)))
    equal += [("issuer_words", word) for word in folded_words(filters.issuer or "")]
    among = (("kinds", filters.kinds),) if filters.kinds else ()
    return Condition(tuple(equal), among, _day(filters.since), _day(filters.until))


def _day(iso: str | None) -> int | None:
    if iso is None:
        return None
    try:
        return day_number(date.fromisoformat(iso).isoformat())
    except ValueError as error:
        raise BadInputError(f"“{iso[:40]}” không phải là một ngày.", "Hãy viết như 2023-09-15.") from error
