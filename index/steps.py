"""Events and their steps: "ngày thi lớp 10" asks for the day of the exam, not for that of registering or of results.

The rows of one calendar have the same heading, and the word of the event stands in many of them; what tells them
apart is the step that a duty begins with. The words are data (``tables/steps.toml``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from corpus.text import fold
from index.words import loosely, one_spelling, table

#: So many words may stand before the event or step that a duty begins with: "Tổ chức lễ …", "Các ngày …".
OPENING = 3
_JOINED = re.compile(r"\bvà $")
_ROUND = re.compile(r"\b(?:cap|vong) (?P<name>truong|cum|xa|huyen|thi xa|thanh pho|tinh|toan quoc|quoc gia)\b")


@lru_cache(maxsize=256)
def asks_for_event(text: str) -> bool:
    """Whether a question names an event and none of its steps; with marks or without, as it is typed."""
    return not asked_steps(text) and _event(_written(text)) is not None


@lru_cache(maxsize=4096)
def is_step(task: str) -> bool:
    """Whether a duty begins with a step before or after an event: it names one before the event, if it names that.
    What stands before a colon is what the duty is part of ("Lịch công tác kỳ thi: công bố kết quả")."""
    text = _written(task)
    parts = [part for part in text.split(": ") if _step(part) is not None or _event(part) is not None]
    if not parts:
        return False
    step, event = _step(parts[-1]), _event(parts[-1])
    return step is not None and (event is None or step < event)


@lru_cache(maxsize=8192)
def names_step(text: str) -> bool:
    """Whether a text names a step before or after an event."""
    return _step(_written(text)) is not None


@lru_cache(maxsize=8192)
def of_what_is_asked(text: str, task: str) -> bool:
    """Whether a duty is the event, or a step of the kind, that a question names: it begins with it."""
    asked, told = _written(text), _written(task)
    steps = asked_steps(text)
    own = told.rpartition(": ")[2]
    step, event = _step(own), _event(own)
    first = min((at for at in (step, event) if at is not None), default=None)
    if first is None or len(own[:first].split()) > OPENING:
        return False
    if steps:
        return step == first and bool(steps & _begun_with(own[first:]))
    if step == first:
        return False
    told_of = set(_all(_events(), own[first:])[0].split())
    asked_for = [set(event.split()) for event in _all(_events(), asked)]
    return any(event <= told_of or told_of <= event for event in asked_for)


@lru_cache(maxsize=256)
def asked_steps(text: str) -> frozenset[str]:
    """Return the kinds of step that a question names."""
    found = _all(_asked_steps(), _written(text))
    return frozenset(name for name in map(_step_name, found) if name)


@lru_cache(maxsize=4096)
def step_words(text: str, task: str) -> frozenset[str]:
    """Return the words of a question that name its step as only questions do ("báo điểm"), where a duty of that step
    says so in words of its own ("công bố kết quả"): it is of what they are asked of."""
    told = _written(task)
    found = [
        match[0]
        for row in table("steps")["step"]
        if any(one_spelling(thing) in told for thing in row.get("asked_of", ()))
        for match in _only_asked(row["name"]).finditer(_written(text))
    ]
    return frozenset(word for step in found for word in step.split())


def _begun_with(own: str) -> set[str]:
    """Return the kinds of the step that a duty begins with and of those joined to it ("chấm thi và báo điểm")."""
    found = [match for match in _steps().finditer(own) if not match["never"]]
    return {_step_name(fold(m[0])) for k, m in enumerate(found) if not k or _JOINED.search(own[: m.start()])}


def is_another(asked: str, task: str) -> bool:
    """Whether a duty is plainly another step or event than those that a question names: what it names first tells.
    Where one of the two names none there is nothing to compare."""
    wanted, told = _written(asked), _written(task).rpartition(": ")[2]
    steps, events = asked_steps(asked), _all(_events(), wanted)
    step, event = _step(told), _event(told)
    if not (steps or events) or (step is None and event is None):
        return False
    if step is not None and (event is None or step < event):
        return not steps & _begun_with(told[step:])
    words = {word for name in _all(_events(), told) for word in name.split()}
    return bool(steps) or not any(set(name.split()) & words for name in events)


def other_round(asked: str, task: str) -> bool:
    """Whether a duty is of another round ("cấp trường", "cấp tỉnh") than those that a question names."""
    wanted = _rounds(asked)
    return bool(wanted) and bool(_rounds(task)) and not wanted & _rounds(task)


@lru_cache(maxsize=4096)
def _rounds(text: str) -> frozenset[str]:
    return frozenset(match["name"] for match in _ROUND.finditer(fold(text)))


def _written(text: str) -> str:
    """Return a question or a duty as the words of the table are compared with it."""
    return one_spelling(" ".join(text.lower().split()))


def _event(text: str) -> int | None:
    """Return where an event is named, None where none is."""
    return _first(_events(), text)


def _step(text: str) -> int | None:
    """Return where a step is named, None where none is."""
    return _first(_steps(), text)


def _all(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the words of a pattern that a text has, without marks."""
    return [fold(match[0]) for match in pattern.finditer(text) if not match["never"]]


@lru_cache(maxsize=1024)
def _step_name(word: str) -> str:
    """Return the kind of step that a word (without marks) names."""
    rows = table("steps")["step"]
    return next((str(r["name"]) for r in rows if word in map(_bare, [*r["words"], *r.get("asked", ())])), "")


def _bare(word: str) -> str:
    return fold(one_spelling(word))


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    return next((match.start() for match in pattern.finditer(text) if not match["never"]), None)


@lru_cache(maxsize=1)
def _events() -> re.Pattern[str]:
    return _pattern([table("steps")["event"]])


@lru_cache(maxsize=1)
def _steps() -> re.Pattern[str]:
    return _pattern(table("steps")["step"])


@lru_cache(maxsize=1)
def _asked_steps() -> re.Pattern[str]:
    rows = table("steps")["step"]
    return _pattern([{**row, "words": [*row["words"], *row.get("asked", ())]} for row in rows])


@lru_cache(maxsize=8)
def _only_asked(name: str) -> re.Pattern[str]:
    """Return the pattern of the words that only questions have for a step that has some."""
    words = next(row["asked"] for row in table("steps")["step"] if row["name"] == name)
    words = sorted(map(one_spelling, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_typed, words))})(?!\w)")


def _pattern(rows: list[dict[str, Any]]) -> re.Pattern[str]:
    """Return the pattern of the words of rows, the longest first, those that only look like one as "never"."""
    words = [(one_spelling(word), name) for name in ("words", "never") for row in rows for word in row.get(name, ())]
    words.sort(key=lambda pair: -len(pair[0]))
    never, meant = ("|".join(_typed(word) for word, name in words if name == kind) for kind in ("never", "words"))
    return re.compile(rf"(?<!\w)(?:(?P<never>{never})|{meant})(?!\w)")


def _typed(word: str) -> str:
    """Return a pattern for a phrase with marks or without; a word of its own may be another one without them."""
    return loosely(word) if " " in word else re.escape(word)
