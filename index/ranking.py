"""The order of hits: words and meaning together, then what the question is after.

Words (BM25) and meaning (cosine) are added, each on a scale of 0 to 1; the kind of the question, its school year,
place, units and document numbers add or take. Every weight is named here and measured by tests/bench/search.py.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.facts import CitationPlace
from corpus.numbers import find_numbers
from corpus.text import fold
from index.answering import Wish, closes, levels_held, opens, unit_fit, wish
from index.clauses import clauses
from index.dutyfit import beside, counts, duty_fit, plain_words
from index.nearness import IN_CONTEXT, Held, Rarity, Wanted
from index.passages import Passage, PassageDeadline, PassageHeader
from index.query import Kind, Question, Steps, content_words
from index.rerank import LOOKED_AT, Looked, Reranker
from index.sameday import classes, named_day
from index.steps import of_what_is_asked
from index.vectors import Candidate
from index.words import number_terms, one_spelling


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the ranking."""

    words: float = 0.3
    meaning: float = 0.65
    #: of short questions: the share of the topic's words that the passage holds
    short_coverage: float = 0.15
    #: what headings and subject add to the share of the topic's words that the passage holds
    context: float = 1.15
    #: how close words of one phrase stand
    close: float = 0.15
    #: of long questions: the share of words and pairs within twelve syllables and within 25, and closeness again
    long_phrase: float = 1.4
    long_sentence: float = 0.35
    long_close: float = 0.55
    #: a dated duty in the passage, and how well it fits the topic
    deadline: float = 0.15
    deadline_fit: float = 0.3
    dated: float = 0.06
    #: all dated duties of the passage are steps before or after the event that is asked for
    step: float = -0.3
    #: the day itself of the event or step that is asked for, named with its headings and its directive
    named_day: float = 2.0
    unit: float = 0.08
    who: float = 0.12
    #: "ai phải nộp …": a dated duty that begins with what is asked for and has a unit that does it
    does: float = 0.25
    #: the wanted school year, another one, and newer ones where none is wanted
    year: float = 0.3
    other_year: float = -0.4
    newer: float = 0.1
    #: a directive that another has replaced, where neither a year nor a number is asked for
    replaced: float = -0.2
    #: a dated duty in a month that is named
    month: float = 0.15
    place: float = 0.2
    number: float = 1.5
    annex: float = -0.02
    letterhead: float = -0.25
    #: the way (where to, through what) and the number of something that the question asks for
    way: float = 0.3
    count: float = 0.2
    #: grounds and leads, which name the subject and say nothing of it
    opening: float = -0.3
    #: "số mấy", "văn bản nào": the letterhead, and what names a document
    head: float = 0.2
    names: float = 0.1
    #: the letterhead of the very document whose number is given
    own_number: float = 0.3
    #: the item names the school level asked about, or only others
    level: float = 0.1
    #: the words of the topic are those of the heading that the item stands below
    heading: float = 0.2
    #: words of the topic that only the heading has, not the item itself
    heading_only: float = -0.1


WEIGHTS = Weights()

#: A passage whose fit is less than this is no hit; where none has the second, nothing fits well.
LEAST, WELL = 0.6, 0.95
#: Of a short question what is only near says no more than this: "tết", "giáo viên" of "thưởng tết giáo viên".
HALF = 0.54
#: A topic of more words than this is a sentence: that its words stand together counts the more the longer it is.
SHORT_TOPIC = 4
#: So much of the topic is as good as all of it.
SAID = 0.9
_DATED = re.compile(
    r"trước ngày|chậm nhất|hạn cuối|trong tháng \d|từ ngày \d|đến ngày \d|vào ngày \d|ngày \d{1,2} tháng \d{1,2}"
    r"|\d{1,2}/\d{1,2}/20\d\d|hằng năm|hàng năm|định k[ỳì]|thời điểm|đúng thời hạn",
    re.IGNORECASE,
)
_CITES = re.compile(r"\b(?:nhac|dan|vien dan|trich dan|dan chieu|can cu|dua vao|theo|thuc hien|trien khai|thay the)\b")
_RESPONSIBLE = re.compile(
    r"chịu trách nhiệm|chủ trì|phụ trách|làm đầu mối|là đầu mối|phân công|giao cho|tổ trưởng|tổ chuyên môn|hiệu trưởng"
    r"|phê duyệt|thẩm định|tham mưu|phối hợp",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score; ``fit``: shares of the topic held (in all, in one stretch, in its heading) and cosine
    together, 2 where a wanted document number is in it; ``whole``: no telling word of the question is missing;
    ``said``: of a short question the share of its words that the passage holds with what it stands in."""

    passage: Passage
    score: float
    fit: float = 0.0
    whole: bool = True
    said: float = 1.0

    @property
    def fits_well(self) -> bool:
        """Whether this is what was asked for, not only the nearest there is."""
        return self.fit >= WELL and self.whole and self.said >= HALF


def rank(
    question: Question,
    candidates: list[Candidate],
    steps: Steps,
    weights: Weights | None = None,
    rarity: Rarity | None = None,
    replaced: Container[str] = (),
    reranker: Reranker | None = None,
) -> list[Ranked]:
    """Return the candidates that have something to do with the question, best first.

    ``rarity`` tells how rare words are in the index; without it all count the same. ``replaced`` are the ids of
    directives that are in force no more. ``reranker`` looks at the first ones again.
    """
    weights = weights or WEIGHTS
    wanted = Wanted.of(question, rarity or Rarity(0, {}))
    best = max((c.words for c in candidates), default=0.0) or 1.0
    wanting = wish(question.said)
    long = max(0.0, 1 - SHORT_TOPIC / max(1, len(question.content)))
    dates = sorted({c.passage.header.date for c in candidates if c.passage.header.date})
    beside_it: dict[tuple[str, ...], frozenset[str]] = {}
    for candidate in candidates if question.kind is Kind.WHEN else ():
        if candidate.passage.heading:
            key, named_here = _table(candidate.passage), classes(candidate.passage.text)
            beside_it[key] = beside_it.get(key, frozenset()) | named_here
    found: list[tuple[Ranked, Looked]] = []
    for candidate, held in zip(candidates, wanted.held([c.tokens for c in candidates]), strict=True):
        cover, above, near = held.cover, held.above, held.near
        named, headed = _number(question, candidate.passage), _headed(question, candidate.passage)
        if closes(candidate.passage):
            headed = 0.0
        if headed > SAID:
            above = IN_CONTEXT * headed  # else items whose directive's subject alone says it would have more
        fit = 2.0 if named else cover + above + near + candidate.meaning + headed
        if question.references:
            if not named and not question.content:
                continue
        elif fit < LEAST and steps.words and steps.meaning:
            continue
        score = weights.words * candidate.words / best + weights.meaning * max(0.0, candidate.meaning)
        score += weights.short_coverage * (1 - long) * cover + weights.context * above + weights.number * named
        if steps.nearness:
            score += weights.close * held.close
            score += long * (
                weights.long_phrase * held.phrase
                + weights.long_sentence * held.sentence
                + weights.long_close * held.close
            )
        score += _wanted(question, candidate.passage, held, weights)
        if steps.kinds:
            score += _answers(question, candidate, wanting, weights)
        score += weights.heading * headed
        if question.marked and candidate.passage.heading:
            score += weights.heading_only * _in_heading_only(question.content, candidate.passage)
        if dates and candidate.passage.header.date and not question.years:
            score += weights.newer * dates.index(candidate.passage.header.date) / len(dates)
        if candidate.passage.document in replaced and not question.years and not question.references:
            score += weights.replaced
        if question.kind is Kind.WHEN and candidate.passage.deadlines:
            own, rows = clauses(candidate.passage), beside_it.get(_table(candidate.passage), frozenset())
            score += weights.named_day * named_day(question, candidate.passage, own, wanted, rows)
        said = 1.0 if named or len(question.content) > SHORT_TOPIC else (cover + above / IN_CONTEXT) * held.tied
        signs = (score, candidate.words / best, candidate.meaning)
        ranked = Ranked(candidate.passage, score, fit, held.whole or bool(named), said)
        found.append((ranked, Looked(candidate.tokens, signs, held)))
    found.sort(key=lambda row: _place(row[0]))
    if reranker is not None and steps.again and steps.nearness and steps.words and steps.meaning:
        return _looked_at_again(question, found, reranker, rarity or Rarity(0, {}))
    return [row for row, _ in found]


def _does(question: Question, deadline: PassageDeadline) -> bool:
    """Whether a duty says who takes the step that the question names."""
    return bool(deadline.actor) and of_what_is_asked(question.said, deadline.task)


def _table(passage: Passage) -> tuple[str, ...]:
    """Return what the rows of one table, or the items below one heading, have in common."""
    return (passage.document, *passage.heading)


def _place(row: Ranked) -> tuple[float, str, int]:
    return (-row.score, row.passage.source, row.passage.start)


def _looked_at_again(
    question: Question, found: Sequence[tuple[Ranked, Looked]], reranker: Reranker, rarity: Rarity
) -> list[Ranked]:
    """Return the candidates, the first ones in the order of the second look. What stands below a heading, or in a
    directive with a subject, keeps its score: there more tells the answer than the words of the passage."""
    first = [row for row, _ in found[:LOOKED_AT]]
    looked = [k for k, row in enumerate(first) if not row.passage.heading and not row.passage.header.subject]
    added = reranker.added(question, rarity, [found[k][1] for k in looked])
    usual = sum(added) / max(1, len(added))
    for k, more in zip(looked, added, strict=True):
        first[k] = replace(first[k], score=first[k].score + more - usual)
    return [*sorted(first, key=_place), *(row for row, _ in found[LOOKED_AT:])]


def _answers(question: Question, candidate: Candidate, wanting: Wish, weights: Weights) -> float:
    """Return what it adds that what is asked for beside the topic is there, or takes that the passage only opens."""
    passage = candidate.passage
    score = weights.way * wanting.way(passage) + weights.count * wanting.count(passage)
    if question.kind is Kind.WHICH:
        if not question.references:
            score += weights.head * (passage.place == CitationPlace.HEADER) + weights.names * bool(passage.numbers)
    elif not question.references and (opens(passage) or closes(passage)):
        score += weights.opening
    if question.references and passage.place == CitationPlace.HEADER and not _asks_who_cites(question.text):
        own = _own_number(passage.number)
        score += weights.own_number * max(r.among(own) for r in question.references)
    if question.levels:
        named = levels_held(candidate.tokens)
        if named:
            score += weights.level if named & question.levels else -weights.level
    return score


@lru_cache(maxsize=4096)
def _own_number(number: str | None) -> frozenset[str]:
    """Return the spellings of a directive's own number."""
    return frozenset(spelling for match in find_numbers(number or "") for spelling in number_terms(match.number))


def _asks_who_cites(text: str) -> bool:
    """Whether a question with a number asks for what names that document, not for the document."""
    return _CITES.search(fold(text)) is not None


def _headed(question: Question, passage: Passage) -> float:
    """Return the share of the topic that the nearest heading has, cubed: most of it, or none. Who types what a section
    is called ("phòng chống đuối nước") wants its items, which seldom say it once more; not those of another year than
    the one asked for."""
    words, year = question.content, passage.header.school_year
    if not words or not passage.heading or (question.years and year and year not in question.years):
        return 0.0
    heading = content_words(passage.heading[-1])
    bare = plain_words(heading)
    if question.marked and bare != heading:  # "chữ ký" is no "CHU KỲ"; a word typed without marks fits any
        held = sum(word in heading or (word.isascii() and word in bare) for word in words)
    else:
        held = len(plain_words(words) & bare)
    return float((held / len(words)) ** 3)


#: One letter for i and y, as ``index.words.normal`` has it at the end of a word.
_ONE_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def _in_heading_only(words: frozenset[str], passage: Passage) -> float:
    """Return the share of the words that the nearest heading has and the item itself has not, cubed: most, or none."""
    heading = passage.heading[-1].lower().translate(_ONE_I)
    text = passage.text[passage.own :].lower().translate(_ONE_I)
    spelled = [word.translate(_ONE_I) for word in words]
    return (sum(word in heading and word not in text for word in spelled) / max(1, len(spelled))) ** 3


def _number(question: Question, passage: Passage) -> float:
    """Return the share of the wanted document numbers that the passage names."""
    if not question.references:
        return 0.0
    hits = sum(r.among(passage.numbers) for r in question.references)
    return hits / len(question.references)


def _wanted(question: Question, passage: Passage, held: Held, weights: Weights) -> float:
    """Return what kind, year, place and units of the question add."""
    score = 0.0
    if question.kind is Kind.WHEN:
        score += _when(question, passage, min(1.0, held.cover + held.above), weights)
    if question.kind is Kind.WHO and _RESPONSIBLE.search(passage.text):
        score += weights.who
    if question.kind is Kind.WHO and any(_does(question, d) for d in passage.deadlines):
        score += weights.does * min(1.0, held.cover + held.above)
    year = passage.header.school_year
    if question.years and year:
        score += weights.year if year in question.years else weights.other_year
    if any(d.due and any(m in d.due[:7] for m in question.months) for d in passage.deadlines):
        score += weights.month
    if any(f" {name} " in question.folded for name in proper_names(passage.header)):
        score += weights.place
    if passage.place in (CitationPlace.APPENDIX, CitationPlace.FOOTNOTE):
        score += weights.annex
    if passage.place == CitationPlace.HEADER and question.kind is not Kind.WHICH:
        score += weights.letterhead
    return score


#: Words of offices' names that are not their own name.
_COMMON = frozenset(
    "so phong bo cuc vu ban giao duc va dao tao truong tieu hoc trung co pho thong mam non thcs thpt th mau"
    " tinh huyen quan thi xa phuong thanh uy nhan dan ubnd chuyen dan toc noi tru tam thuong xuyen nghe nghiep".split()
)


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    return fold(one_spelling(name))


def proper_names(header: PassageHeader) -> set[str]:
    """Return the own names in issuer and place, without marks: "phu lam" of Sở Giáo dục và Đào tạo tỉnh Phú Lâm."""
    names = {_bare(header.place)} if header.place else set()
    run: list[str] = []
    for word in [*re.findall(r"[^\W_]+", _bare(header.issuer or "")), "ubnd"]:
        if word not in _COMMON:
            run.append(word)
        elif run:
            names.add(" ".join(run))
            run = []
    return {name for name in names if " " in name}


def _when(question: Question, passage: Passage, share: float, weights: Weights) -> float:
    """Return what a dated duty adds; of a passage with little of the topic it adds little."""
    if not passage.deadlines:
        return weights.dated if _DATED.search(passage.text) else 0.0
    best = max(
        counts(question, d) * duty_fit(question, passage, d, clause)
        for d, clause in zip(passage.deadlines, clauses(passage), strict=True)
    )
    units = max(unit_fit(question, d) for d in passage.deadlines)
    score = weights.deadline * share + weights.deadline_fit * best + weights.unit * units
    if all(beside(question, d) for d in passage.deadlines):
        score += weights.step
    return score
