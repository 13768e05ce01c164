"""Passages of law to ask about: articles of the law text, cut or joined to a length, neighbours of one law together.

``../shared/data/law_sentences.txt.xz`` is read, nothing of it is kept in the project. Half of the laws are for choosing
weights, the other half for reports.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.text import UPPER
from index.training.lawtext import MOST_LINES, Line, law_lines, read_lines

_DULL = re.compile(
    r"^(?:Hiệu lực|Điều khoản|Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Tổ chức thực hiện|Trách nhiệm thi hành|Phạm vi điều chỉnh"
    r"|Đối tượng áp dụng|Quy định chuyển tiếp)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(rf"(?<=[.;:])\s+(?=[{UPPER}]|\d{{1,2}}\.\s|[a-zđ]\)\s)")
_LABEL = re.compile(r"^(?:\d{1,2}\.|[a-zđ]\)|-)\s*")
_TAIL = re.compile(r"[\s,.;:]+$")


#: Body of an article, in syllables.
SHORTEST, LONGEST = 40, 900
LONGEST_TITLE = 130
#: Laws with fewer passages than this are not asked about.
FEWEST = 40
#: Words by which a sentence is known again; share of known sentences from which an article is a repeat.
OPENING, KNOWN = 8, 1 / 3


@dataclass(frozen=True, slots=True)
class Article:
    """An article of law, or a stretch of some: the titles, the text below them, its law, whether that is kept from
    training."""

    titles: tuple[str, ...]
    body: str
    law: str
    held_out: bool


def sentences(text: str) -> list[str]:
    """Return the sentences and items of a text with their labels."""
    return _SENTENCE.split(text)


def statements(text: str) -> list[str]:
    """Return the sentences and items of a text, each without label and closing signs."""
    return [_TAIL.sub("", _LABEL.sub("", sentence)) for sentence in sentences(text)]


def articles(path: Path) -> list[Article]:
    """Return the articles with a title and a body of some length, each body once, in order.

    An article of a held-out law that other laws repeat, a third of its sentences or more, is left out: training would
    have seen it.
    """
    found: list[Article] = []
    seen: set[str] = set()
    shown: set[str] = set()
    for line, body in _raw(path):
        if not line.held_out:
            shown.update(_openings(body))
        title = line.text
        text = " ".join(" ".join(body).split()[:LONGEST])
        if (
            not title
            or _DULL.match(title)
            or len(title) > LONGEST_TITLE
            or text[:80] in seen
            or len(text.split()) < SHORTEST
        ):
            continue
        seen.add(text[:80])
        found.append(Article((title,), text, line.law, line.held_out))
    return [a for a in found if not a.held_out or _known(a.body, shown) < KNOWN]


def _raw(path: Path) -> Iterator[tuple[Line, list[str]]]:
    """Yield the heading and the body lines of every article, and other lines under no heading."""
    head, body = Line("", False, True, ""), list[str]()
    for line in law_lines(read_lines(path)):
        if line.title or line.ends or len(body) >= MOST_LINES:
            yield head, body
            head, body = (line if line.title else Line("", False, True, line.law)), []
        else:
            body.append(line.text)
    yield head, body


def _openings(body: list[str]) -> Iterator[str]:
    """Yield the first words of every sentence, by which it is known again."""
    for sentence in _SENTENCE.split(" ".join(body)):
        words = _LABEL.sub("", sentence).lower().split()
        if len(words) >= OPENING:
            yield " ".join(words[:OPENING])


def _known(body: str, shown: set[str]) -> float:
    openings = list(_openings([body]))
    return sum(o in shown for o in openings) / max(1, len(openings))


def is_for_tuning(law: str) -> bool:
    """Whether questions on a law are for choosing weights; those on the others are for reports only."""
    return zlib.crc32(law.encode()[::-1]) % 2 == 0


def small_set(
    found: list[Article], seed: int, *, tune: bool, unseen: bool, length: int, size: int = 357, laws: int = 2
) -> list[Article]:
    """Return ``size`` passages of about ``length`` syllables of some laws, neighbours and so near to each other;
    ``unseen``: of laws that no training sees."""
    chance = random.Random(seed)
    by_law: dict[str, list[Article]] = defaultdict(list)
    for article in found:
        if is_for_tuning(article.law) == tune and (article.held_out or not unseen):
            by_law[article.law].append(article)
    names = sorted(by_law)
    chance.shuffle(names)
    each = size // laws + 1
    chosen: list[Article] = []
    for name in names:
        cut = pieces(by_law[name], length)
        if len(cut) >= min(each, FEWEST):
            first = chance.randrange(max(1, len(cut) - each))
            chosen += cut[first : first + each]
        if len(chosen) >= size:
            break
    return chosen[:size]


def pieces(articles_of_law: Sequence[Article], length: int) -> list[Article]:
    """Return the articles of a law in passages of whole sentences, ``length`` syllables or a little more."""
    return list(_pieces(articles_of_law, length))


def _pieces(articles_of_law: Sequence[Article], length: int) -> Iterator[Article]:
    piece: list[str] = []
    titles: list[str] = []
    for article in articles_of_law:
        titles += article.titles
        for sentence in sentences(article.body):
            piece += sentence.split()
            if len(piece) >= length:
                yield Article(tuple(titles), " ".join(piece), article.law, article.held_out)
                piece, titles = [], [*article.titles]


def large_set(found: list[Article], seed: int, *, tune: bool, asked: int = 400, size: int = 10_000) -> list[Article]:
    """Return ``asked`` held-out articles first, then other articles as distractors, up to ``size`` in all."""
    chance = random.Random(seed)
    held = [a for a in found if a.held_out and is_for_tuning(a.law) == tune]
    first = chance.sample(held, min(len(held), asked))
    others = [a for a in found if not a.held_out]
    return first + chance.sample(others, min(len(others), size - len(first)))
