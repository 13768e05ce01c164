"""What makes a passage an answer, beside its topic: the way, the number or the length of time that was asked for.

And what is none: the grounds of a directive and the sentence that leads to its items name the subject in full and say
nothing of it. The words are data (``tables/answers.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.facts import CitationPlace
from corpus.text import fold
from index.passages import Passage, PassageDeadline
from index.payload import CONTEXT
from index.query import Question
from index.words import level_words, loosely, normal, one_spelling, stop_words, table

#: Numbers as directives write them, in digits or, small ones, in words; looked for in text without marks.
_NUMBER = r"(?:\d[\d.,]*|mot|hai|ba|bon)"
#: What stands before an item that is asked how large it is: "tiền … bao nhiêu".
_BEFORE = re.compile(r"(?P<noun>\w+)\W*$")
_GROUNDS = re.compile(
    r"[-+•*\s]*(?:Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị|Để thực hiện|Tiếp theo|Thi hành|Triển khai)\b"
)
_LEAD = re.compile(r"(?:như sau|sau đây|dưới đây|sau)\s*[:.]?$|:$")
_CLOSES = re.compile(
    r"\s*(?:(?:Trên đây là|Nhận được)\b|(?:(?:Sở|Phòng|Bộ|UBND|Ủy ban|UỶ BAN|Uỷ ban|Trường|Nhà trường)\b[^.;:]{0,80})?"
    r"(?:[Yy]êu cầu|[Đđ]ề nghị)\b[^.;:]{0,160}\b(?:triển khai|thực hiện)\b)"
)
#: What a closing sentence may tell beside: where to turn, what to send.
_TURNS = re.compile(r"liên hệ|điện thoại|email|vướng mắc|khó khăn", re.IGNORECASE)
_TELLS = re.compile(rf"{_TURNS.pattern}|gửi|báo cáo|\d", re.IGNORECASE)
#: So long (characters) is a closing sentence at most.
_CLOSING = 320
_RECEIVERS = re.compile(r"\s*(?:\*\*|__)?Nơi nhận\b")


@dataclass(frozen=True, slots=True)
class Wish:
    """What an answer holds beside the topic: patterns for the ways and the counts that were asked for."""

    ways: tuple[re.Pattern[str], ...]
    counts: tuple[re.Pattern[str], ...]

    def way(self, passage: Passage) -> float:
        """Return 1 where the passage holds a way that was asked for, else 0."""
        return float(any(pattern.search(passage.text) for pattern in self.ways))

    def count(self, passage: Passage) -> float:
        """Return 1 where the passage holds a number of what was to be counted, else 0."""
        if not self.counts:
            return 0.0
        text = _bare(passage.text)
        return float(any(pattern.search(text) for pattern in self.counts))


@lru_cache(maxsize=256)
def wish(text: str) -> Wish:
    """Return what an answer to a question holds beside its topic."""
    asked = one_spelling(" ".join(text.lower().split()))
    ways = [held for said, held in _ways() if said.search(asked)]
    return Wish(tuple(dict.fromkeys(ways)), tuple(_counts(asked)))


@lru_cache(maxsize=1)
def _ways() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    return [
        (re.compile(rf"(?<!\w){loosely(said)}(?!\w)"), pattern)
        for row in table("answers")["way"]
        for pattern in [re.compile(row["held"], re.IGNORECASE)]
        for said in map(one_spelling, row["asked"])
    ]


@lru_cache(maxsize=1)
def _counted() -> dict[str, tuple[str, ...]]:
    """Return noun of a question → nouns of directives, all without marks."""
    rows = table("answers")["counted"]
    return {_bare(said): tuple(map(_bare, row["held"])) for row in rows for said in row["said"]}


def _bare(word: str) -> str:
    return fold(one_spelling(word))


@lru_cache(maxsize=1)
def _how_many() -> re.Pattern[str]:
    """Return the words that ask for a number, with the noun behind them; "may" is "mấy" only before a known noun."""
    nouns = "|".join(map(re.escape, _counted()))
    return re.compile(
        rf"(?<!\w)(?:bao nhi[êe]u|mấy|may(?= (?:{nouns})\b)|bao(?= l[âa]u))(?!\w)\s*(?P<noun>\w+(?:\s+\w+)?|%)?"
    )


def _counts(asked: str) -> list[re.Pattern[str]]:
    found = []
    for match in _how_many().finditer(asked):
        nouns = _nouns(match["noun"] or "", asked[: match.start()])
        if nouns:
            either = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
            found.append(re.compile(rf"(?<![\w/.]){_NUMBER}\s*(?:{either})(?!\w)"))
    return found


def _nouns(behind: str, before: str) -> tuple[str, ...]:
    """Return what directives call the thing that is counted: the noun behind the asking word, else the one before."""
    first = behind.split(" ")[0]
    for noun in (behind, first):
        if fold(noun) in _counted():
            return _counted()[fold(noun)]
    if first and first not in stop_words():
        return (fold(first),)
    last = _BEFORE.search(before)
    return _counted().get(fold(last["noun"]), ()) if last else ()


@lru_cache(maxsize=1)
def _level_tokens() -> list[tuple[str, str]]:
    return [(f" {' '.join(map(normal, word.split()))} ", level) for word, level in level_words()]


def levels_held(tokens: Sequence[str]) -> set[str]:
    """Return the school levels that a passage, given as tokens (``index.payload.tokens``), names."""
    own = tokens[: tokens.index(CONTEXT)] if CONTEXT in tokens else tokens
    text = f" {' '.join(own)} "
    return {level for word, level in _level_tokens() if word in text}


def opens(passage: Passage) -> bool:
    """Whether a passage only opens or closes a directive: its grounds, the sentence that leads to the items, the list
    of those who get it. They stand below no heading, in a directive that names its subject."""
    if passage.heading or passage.place != CitationPlace.BODY or not passage.header.subject:
        return False
    own = passage.text[passage.own :].strip()
    if _RECEIVERS.match(own):
        return True
    return _LEAD.search(own) is not None or bool(passage.numbers and _GROUNDS.match(own))


def closes(passage: Passage) -> bool:
    """Whether a passage only ends a directive ("Sở yêu cầu các đơn vị triển khai thực hiện./."): it is no item of the
    section that it happens to stand in."""
    own = passage.text[passage.own :].strip()
    if passage.place != CitationPlace.BODY or passage.deadlines or _CLOSES.match(own) is None:
        return False
    if own.startswith("Trên đây"):
        return _TURNS.search(own) is None
    return len(own) <= _CLOSING and _TELLS.search(own) is None


def unit_fit(question: Question, deadline: PassageDeadline) -> float:
    """Return +1 for the unit and level asked about, less for others, 0 where none is asked about."""
    score = 0.0
    if question.actors and deadline.actor:
        score += 1.0 if any(a.split(":")[0] in question.actors for a in deadline.actor) else -0.5
    if question.receives and deadline.recipient:
        recipient = deadline.recipient.lower()
        score += 1.0 if any(recipient.startswith(r) for r in question.receives) else -0.5
    if question.levels and deadline.levels:
        score += 1.0 if question.levels & set(deadline.levels) else -1.0
    return score
