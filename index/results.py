"""What a search gives: passages with their place, the answer to a dated question, and what is said in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from index.marking import highlights
from index.nearness import Rarity
from index.passages import PassageDeadline
from index.query import Kind, Question, content_words
from index.ranking import Ranked
from index.repeats import alike

NOTHING = "Không tìm thấy đoạn văn bản nào phù hợp với câu hỏi. Hãy thử từ khác, hoặc bỏ bớt bộ lọc."
WEAK = "Không có đoạn nào khớp hẳn với câu hỏi; dưới đây là những đoạn gần nhất."
OTHER_YEARS = "Không tìm thấy đoạn nào của năm học {}; dưới đây là của năm học khác."
NONE_ALIKE = "Không có đoạn nào khác nói việc tương tự."
NO_YEAR = "Không tìm thấy văn bản nào của năm học {}."


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. ``highlights`` are spans of ``text``; ``start``/``end`` offsets in the document's text.

    ``same_as`` is the number (from 0) of an earlier hit that says nearly the same in another directive, for folding
    what comes back every year; None where there is none. ``subject`` is the directive's trích
    yếu, ``replaced_by`` the number of what replaced it, ``in_force_from`` the ISO day from which the directive is in
    force where that is still to come, ``paged`` whether its file has pages of its own, which who shows the hit knows.
    """

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
    same_as: int | None = None
    replaced_by: str | None = None
    subject: str | None = None
    in_force_from: str | None = None
    paged: bool = True

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
    """Hits best first; ``message`` says in Vietnamese why there are none, that none fits well, or that they are not of
    the school year asked for; ``corrected`` is the topic with typing slips mended, which was searched as well; ``weak``
    tells that there are hits and none fits well; ``like`` is the passage that "more like this" was asked of."""

    hits: tuple[Hit, ...]
    kind: Kind
    answer: Answer | None = None
    message: str = ""
    corrected: str | None = None
    weak: bool = False
    like: Hit | None = None


def marked_repeats(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits, those that say nearly what an earlier one of another directive says marked."""
    bags = [content_words(hit.text) for hit in hits]
    found: list[Hit] = []
    for k, hit in enumerate(hits):
        same = next(
            (
                j
                for j in range(k)
                if found[j].same_as is None and hits[j].document != hit.document and alike(bags[j], bags[k])
            ),
            None,
        )
        found.append(replace(hit, same_as=same))
    return tuple(found)


def hit_of(question: Question, row: Ranked, rarity: Rarity) -> Hit:
    """Return a ranked passage as a hit."""
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
        highlights=highlights(question, passage, rarity),
        passage=passage.id,
        issuer=passage.header.issuer,
        school_year=passage.header.school_year,
        date=passage.header.date,
        subject=passage.header.subject,
        deadlines=passage.deadlines,
    )
