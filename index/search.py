"""Search: a question in, passages with their place out, best first; a dated question is answered on top.

``Question → candidates by words and by meaning → ranking → hits``. The weights of the ranking are measured on the
questions over the samples (tests/bench/search.py), not assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from types import MappingProxyType

from corpus.errors import BadInputError, NotFoundError
from corpus.text import squeeze
from index.answering import unit_fit
from index.dutyfit import beside, best_deadline
from index.elsewhere import SMALL, asks_elsewhere, day_elsewhere
from index.embedding import Embedder, known_syllables
from index.engine import Condition
from index.filters import SearchFilters, condition
from index.nearness import Rarity, Wanted
from index.overlay import Sheet, TermRarity, laid_over
from index.passages import Passage
from index.query import MAX_QUERY, Kind, Question, Steps, understand
from index.ranking import Ranked, Weights, rank
from index.repeats import arranged
from index.rerank import Reranker, load_reranker
from index.results import (
    NO_YEAR,
    NONE_ALIKE,
    NOTHING,
    OTHER_YEARS,
    WEAK,
    Answer,
    Hit,
    SearchResult,
    hit_of,
    marked_repeats,
)
from index.spelling import Speller, typed_keys
from index.suggest import Suggester, Suggestion
from index.vectors import Candidate, Overview, Probe, VectorIndex, in_order
from index.weighting import query_terms
from index.words import terms

#: Most hits that one question may ask for.
MAX_LIMIT = 100
#: Candidates fetched by words and by meaning for each hit wanted, and at least.
CANDIDATES, AT_LEAST = 6, 80
#: How much the official words for office talk count in the vector of a question.
OFFICIAL_MEANING = 0.5
#: Hits whose dated duties may answer; one that fits the units better may come from a hit of this share of the score.
ANSWERS, NEARLY = 3, 0.75
#: Characters and terms of a passage that "more like this" looks for, and the least score.
SIMILAR, SIMILAR_TERMS, LEAST_ALIKE = 1500, 60, 0.3

#: No directive was replaced.
NO_DIRECTIVES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Standing:
    """Which directives are in force no more (see ``search_batch``), and today, which tells which are not yet."""

    replaced: Mapping[str, str]
    today: date | None

    def marked(self, hit: Hit, passage: Passage) -> Hit:
        """Return a hit with what is to be known of its directive's force."""
        begins = passage.header.effective
        ahead = begins if begins and self.today is not None and begins > self.today.isoformat() else None
        return replace(hit, replaced_by=self.replaced.get(hit.document), in_force_from=ahead)


class _Held:
    """What is made of the overview of an index, each at first need."""

    def __init__(self, overview: Overview) -> None:
        self.overview = overview
        self.rarity = Rarity(overview.counted, overview.words)

    @cached_property
    def speller(self) -> Speller:
        return Speller(self.overview.words, known_syllables())

    @cached_property
    def terms(self) -> TermRarity:
        return TermRarity(self.overview)

    @cached_property
    def suggester(self) -> Suggester:
        return Suggester(self.overview)


class SearchEngine:
    """Answers questions from an index. ``restore`` gives marks to text typed without them."""

    def __init__(
        self,
        index: VectorIndex,
        *,
        restore: Callable[[str], str] | None = None,
        steps: Steps | None = None,
        weights: Weights | None = None,
        reranker: Callable[[Embedder], Reranker | None] = load_reranker,
    ) -> None:
        """``reranker`` returns what looks at the first hits again, None where nothing does."""
        self._index, self._restore, self._steps, self._weights = index, restore, steps or Steps(), weights
        self._reranker = reranker
        self._known: _Held | None = None

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
        over: Sequence[Sheet] = (),
        replaced: Mapping[str, str] = NO_DIRECTIVES,
    ) -> list[SearchResult]:
        """Return the result of each query, in one opening of the index. ``over`` are directives as who asks has
        corrected them: they take the place of what the index has of them. ``replaced`` are the ids of directives that
        are in force no more, each with the number of what replaced it: they come later unless a year or a number is
        asked for."""
        if not 1 <= limit <= MAX_LIMIT:
            raise BadInputError(f"Số kết quả phải từ 1 đến {MAX_LIMIT}.")
        filters = filters or SearchFilters()
        wanted = condition(filters)
        stored = replace(wanted, without=(*wanted.without, *(sheet.document for sheet in over)))
        held = self._held()
        questions = [
            understand(
                typed_keys(q, held.overview.words) if self._steps.typos else q,
                restore=self._restore,
                correct=held.speller.corrected,
                today=today,
                steps=self._steps,
            )
            for q in queries
        ]
        vectors = self._vectors(questions)
        probes = [
            Probe(
                terms=query_terms(list(question.terms)) if self._steps.words or question.references else ([], []),
                vector=vector,
                numbers=tuple(r.spelling for r in question.references),
                condition=stored,
                limit=max(AT_LEAST, CANDIDATES * limit),
            )
            for question, vector in zip(questions, vectors, strict=True)
        ]
        found = self._index.search(probes)
        if over:
            for question, probe, candidates in zip(questions, probes, found, strict=True):
                own = replace(probe, condition=wanted)
                candidates += laid_over(over, own, held.terms.of(question.terms))

        def items(document: str) -> list[Candidate]:
            for sheet in over:
                if sheet.document == document:
                    return in_order([p.payload for p in sheet.points if wanted.met_by(p.payload)], SMALL)
            return self._index.of_directive(document, stored, SMALL)

        standing = _Standing(replaced, today)
        return [self._result(q, c, limit, held.rarity, standing, items) for q, c in zip(questions, found, strict=True)]

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return what the typed beginning may become: numbers, offices and topics of the index."""
        return self._held().suggester.suggest(typed[:200], limit)

    def similar(self, passage: str, *, limit: int = 10, over: Sequence[Sheet] = ()) -> SearchResult:
        """Return passages that say something like the passage of this id, itself and repeats of it left out; ``over``
        as in ``search_batch``.

        Raises NotFoundError when neither the index nor ``over`` has it.
        """
        if not 1 <= limit <= MAX_LIMIT:
            raise BadInputError(f"Số kết quả phải từ 1 đến {MAX_LIMIT}.")
        source, vector = self._passage(passage, over)
        text = squeeze(source.text[source.own :])[:SIMILAR]
        held = self._held()
        wanted = sorted((t for t in terms(text) if t.text[0] in "xp"), key=lambda term: -held.rarity.of(term.text[2:]))
        rarest = wanted[:SIMILAR_TERMS]
        probe = Probe(query_terms(rarest), list(vector), limit=max(AT_LEAST, 3 * limit))
        stored = replace(probe, condition=Condition(without=tuple(sheet.document for sheet in over)))
        candidates = self._index.search([stored])[0] + laid_over(over, probe, held.terms.of(rarest))
        found = [c for c in candidates if c.passage.id != source.id]
        best = max((c.words for c in found), default=0.0) or 1.0
        rows = [Ranked(c.passage, (c.words / best + max(0.0, c.meaning)) / 2) for c in found]
        rows = [row for row in rows if row.score >= LEAST_ALIKE]
        rows.sort(key=lambda r: (-r.score, r.passage.source, r.passage.start))
        kept = list(islice(_distinct(rows), limit))
        question = understand(text[:MAX_QUERY])
        hits = marked_repeats([hit_of(question, row, held.rarity) for row in kept])
        like = hit_of(question, Ranked(source, 1.0), held.rarity)
        return SearchResult(hits, Kind.WHAT, None, "" if hits else NONE_ALIKE, like=replace(like, highlights=()))

    def _passage(self, passage: str, over: Sequence[Sheet]) -> tuple[Passage, Sequence[float]]:
        """Return a passage with its vector. Raises NotFoundError."""
        for sheet in over:
            laid = sheet.get(passage)
            if laid is not None:
                return laid
        stored = self._index.get(passage)
        if stored is None:
            raise NotFoundError(
                "Không có đoạn văn bản này trong chỉ mục.", "Văn bản có thể đã được đọc lại; hãy tìm lại đoạn này."
            )
        return stored

    def _held(self) -> _Held:
        """Return what is made of the index's words; made again only when they have changed."""
        overview = self._index.overview()
        if self._known is None or self._known.overview is not overview:
            self._known = _Held(overview)
        return self._known

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

    def _result(
        self,
        question: Question,
        candidates: list[Candidate],
        limit: int,
        rarity: Rarity,
        standing: _Standing,
        items: Callable[[str], list[Candidate]],
    ) -> SearchResult:
        again = self._reranker(self._index.embedder)
        ranked = rank(question, candidates, self._steps, self._weights, rarity, standing.replaced, again)
        kept = arranged(question, list(islice(_distinct(ranked), limit)))
        if self._steps.kinds and asks_elsewhere(question, kept):
            told = day_elsewhere(question, kept[0], items(kept[0].passage.document), Wanted.of(question, rarity))
            if told is not None:
                kept = [replace(kept[0], passage=told), *(row for row in kept if row.passage.id != told.id)][:limit]
        hits = marked_repeats([standing.marked(hit_of(question, row, rarity), row.passage) for row in kept])
        answer = _answer(question, kept) if question.kind is Kind.WHEN else None
        weak = bool(hits) and not any(row.fits_well for row in kept)
        message = NOTHING if not hits else WEAK if weak else ""
        if question.years and not any(hit.school_year in question.years for hit in hits):
            weak = False  # what is said is that they are of other years
            hits = hits if question.content else ()
            message = (OTHER_YEARS if hits else NO_YEAR).format(" và ".join(question.years))
        return SearchResult(hits, question.kind, answer if hits else None, message, question.corrected, weak)


def _answer(question: Question, kept: list[Ranked]) -> Answer | None:
    """Return the duty that answers: of the best hit that has one, unless a later one fits the units asked about and
    that one does not. Where an event is asked for, days of its steps would mislead: none of them answers, nor does
    another directive in their place. A hit that lacks a telling word does not answer where the best one has it."""
    found: Answer | None = None
    fit = 0.0
    told: str | None = None
    for k, row in enumerate(kept[:ANSWERS]):
        deadline = best_deadline(question, row.passage)
        if deadline is None or (kept[0].whole and not row.whole):
            continue
        if found is None and told not in (None, row.passage.document):
            continue
        if beside(question, deadline):
            told = told or row.passage.document
            continue
        own = unit_fit(question, deadline)
        if found is None or (fit < 0 < own and row.score > NEARLY * kept[found.hit].score):
            found, fit = Answer(deadline, k), own
    return found


def _distinct(ranked: list[Ranked]) -> Iterator[Ranked]:
    """Yield the rows without repeats of the same text in the same directive."""
    seen: set[tuple[str, str]] = set()
    for row in ranked:
        same = (row.passage.document, squeeze(row.passage.text).lower())
        if same not in seen:
            seen.add(same)
            yield row
