"""Which words of a passage are marked as those that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from corpus.numbers import find_numbers
from index.nearness import Rarity
from index.passages import Passage
from index.query import Question
from index.words import normal, number_terms, plain

#: A word in this share of the passages tells nothing.
COMMON = 0.3
_WORD = re.compile(r"[^\W_]+")


def highlights(question: Question, passage: Passage, rarity: Rarity | None = None) -> tuple[tuple[int, int], ...]:
    """Return the spans of the passage's text that hold words of the question, neighbours joined.

    Words of the official phrases for office talk ("văn hóa đọc" for "thư viện"), and words that are the question's
    without marks only, count beside a word of the same phrase: else "văn" of every "công văn" is marked. A span of
    words that stand in every other passage says nothing, and is left out where another says more.
    """
    text = passage.text
    numbers = _numbers(question, text)
    found = [(match.span(), normal(match[0])) for match in _WORD.finditer(text)]
    found = [row for row in found if not any(start <= row[0][0] < end for start, end in numbers)]
    joined = [text[one[1] : other[0]].isspace() for (one, _), (other, _) in pairwise(found)]
    asked_for = zip(found, _wanted(question, [word for _, word in found], joined), strict=True)
    marked = [(span, rarity is None or rarity.share(word) < COMMON) for (span, word), asked in asked_for if asked]
    marked = sorted([*marked, *((span, True) for span in numbers)])
    spans: list[tuple[int, int]] = []
    telling: list[bool] = []
    for span, tells in marked:
        if spans and text[spans[-1][1] : span[0]].isspace():
            spans[-1] = (spans[-1][0], span[1])
            telling[-1] |= tells
        else:
            spans.append(span)
            telling.append(tells)
    return tuple(span for span, tells in zip(spans, telling, strict=True) if tells or not any(telling))


def _numbers(question: Question, text: str) -> list[tuple[int, int]]:
    """Return the spans of the document numbers that are asked for."""
    if not question.references:
        return []
    found = ((m.start, m.end, number_terms(m.number)) for m in find_numbers(text))
    return [(start, end) for start, end, terms in found if any(r.among(terms) for r in question.references)]


def _wanted(question: Question, words: list[str], joined: list[bool]) -> list[bool]:
    """Return which words are asked for; ``joined`` tells whether only a blank stands between a word and the next."""
    phrases = [[word for word in map(normal, _WORD.findall(phrase)) if word in question.official_content]
               for phrase in question.official]  # fmt: skip
    lone = question.content | {phrase[0] for phrase in phrases if len(phrase) == 1}
    out = [word in lone for word in words]
    _mark_pairs(out, words, joined, phrases)
    if not question.marked:
        content = {plain(word) for word in question.content}
        bare = [[word for word in map(plain, _WORD.findall(topic)) if word in content] for topic in question.topic]
        if len(content) == 1:
            out = [asked or plain(word) in content for asked, word in zip(out, words, strict=True)]
        _mark_pairs(out, [plain(word) for word in words], joined, bare)
    return out


def _mark_pairs(out: list[bool], words: list[str], joined: list[bool], phrases: Iterable[list[str]]) -> None:
    """Mark both words wherever two neighbours of a phrase stand beside each other."""
    pairs = {pair for phrase in phrases for pair in pairwise(phrase)}
    for at, pair in enumerate(pairwise(words)):
        if joined[at] and pair in pairs:
            out[at] = out[at + 1] = True
