"""The task of a duty as a sentence: the clause without its date, with what it hangs on put before it."""

from __future__ import annotations

import re

from corpus.text import squeeze
from nlp.folding import folded
from nlp.structure import Item
from nlp.subjects import Clause

_SHORT = 5
_ONLY_TIME = re.compile(r"(?:thoi (?:gian|han|diem)|han)(?: \w{2,8}){0,4}$")
_MAX = 600
_EDGE = re.compile(r"^[\s,;:.\-–+]+|[\s,;:\-–+(]+$")
_HANGING = re.compile(r"(?:\s(?:và|hoàn thành|vào|trong|từ|đến|chậm nhất|là|hạn))+$")


def task_of(item: Item, clauses: list[Clause], k: int, due: tuple[int, int]) -> str:
    """Return what is to be done, without the date at ``due``."""
    clause = clauses[k]
    words = squeeze(f"{item.text[clause.start : due[0]]} {item.text[due[1] : clause.end]}")
    words = tidy(words)
    before = k - 1
    if _ONLY_TIME.match(folded(words)):
        words = ""
    while len(words.split()) < _SHORT and before >= 0:
        earlier = tidy(item.text[clauses[before].start : clauses[before].end])
        if folded(words).startswith(("doi voi", "cap ")) and ": " in earlier:
            earlier = earlier.partition(": ")[0]
            words = f"{earlier}: {words}"
        else:
            words = f"{earlier}; {words}" if words else earlier
        before -= 1
    words = tidy(words)
    if (len(words.split()) < 3 or folded(words).startswith(("thoi gian", "thoi han", "han "))) and item.path:
        words = tidy(f"{bare_title(item.path[-1])}: {words}") if words else bare_title(item.path[-1])
    if not words:
        words = squeeze(item.text[clause.start : clause.end])
    return sentence(words)


def tidy(words: str) -> str:
    """Return words without marks at the edges and without what hung on the date."""
    bare = squeeze(words).removesuffix("./.").strip()
    for _ in range(3):
        bare = _EDGE.sub("", bare).rstrip(".")
        bare = _HANGING.sub("", bare)
    return bare + (")" if bare.count("(") > bare.count(")") else "")


def bare_title(title: str) -> str:
    """Return a heading without its label."""
    return re.sub(r"^(?:[IVX]{1,6}[.)]|\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|[a-zđ][.)]|[-+])\s{0,3}", "", title).strip(" :")


def sentence(words: str) -> str:
    """Return words as a sentence: capital first, full stop last."""
    words = words[:_MAX].strip()
    return words[:1].upper() + words[1:] + "." if words else ""
