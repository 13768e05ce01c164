"""Relative forms ("Thông tư nêu trên", "văn bản dẫn trên", "Quyết định này"): tied to the one document that is meant.

A form is resolved where exactly one document of its kind was cited before it, in the same item or in all that stands
above; "này" behind the directive's own kind is the directive itself. Where several fit, it stays open and is shown
with the candidates; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Document
from corpus.facts import Conflict, Header, Relation, evidence
from nlp.citations import Found
from nlp.folding import pattern
from nlp.relations import relation_before
from nlp.structure import Item
from nlp.vocabulary import entries
from nlp.zones import Zone

_PLURAL = pattern(r"(?:cac|nhung|hai|ba|bon|nhieu|moi|tat ca|0?[2-9])\s(?:loai\s)?$")
_BACK = (
    r"(?P<back>này|(?:nêu|nói|dẫn|kể|vừa nêu|đã nêu|đã dẫn|viện dẫn)\s(?:ở\s)?trên|vừa nêu"
    r"|trên(?=\s?[,.;:)]|\s(?:đã|để|và|phải|cần|được|của)\s|$))"
)
_OWN_KINDS = frozenset({"Công văn", "Văn bản"})


@dataclass(frozen=True, slots=True)
class Open:
    """A relative form that may mean several documents: ``item.text[start:end]`` and the numbers that fit."""

    item: Item
    start: int
    end: int
    candidates: tuple[str, ...]


@lru_cache(maxsize=1)
def _forms() -> re.Pattern[str]:
    names = {e.name for e in entries("types", "type")} - {"Thư", "Báo cáo", "Biên bản", "Dự án", "Luật"}
    words = "|".join(sorted((re.escape(n) for n in [*names, "Văn bản"]), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<kind>{words})\s(?:số\s)?{_BACK}(?!\w)", re.IGNORECASE)


def find_relative(items: Iterable[Item], found: list[Found], header: Header) -> tuple[list[Found], list[Open]]:
    """Return the relative forms that are resolved, as citations, and those that stay open."""
    made: list[Found] = []
    left: list[Open] = []
    by_item: dict[int, list[Found]] = {}
    for one in found:
        by_item.setdefault(id(one.item), []).append(one)
    before: dict[str, Found] = {}
    for item in items:
        own = by_item.get(id(item), [])
        if item.zone in (Zone.BODY, Zone.FOOTNOTE, Zone.ANNEX):
            for match in _forms().finditer(item.text):
                kind = match["kind"].capitalize()
                here = {str(f.number): f for f in own if f.number is not None and f.end <= match.start()}
                if _is_own(kind, match["back"], header, here) or _PLURAL.search(
                    item.joined.fold[: match.start()][-12:]
                ):
                    continue
                fits = _fits(kind, here) or _fits(kind, before)
                if len(fits) == 1:
                    made.append(_resolved(item, match, fits[0], own))
                elif fits:
                    left.append(Open(item, match.start(), match.end(), tuple(str(f.number) for f in fits)))
        before |= {str(f.number): f for f in own if f.number is not None}
    return made, left


def _is_own(kind: str, back: str, header: Header, here: dict[str, Found]) -> bool:
    """Tell whether a form means the directive itself, or may do so: "Kế hoạch này" in a plan, "văn bản này"."""
    if back.lower() != "này":
        return False
    if kind in _OWN_KINDS or kind == header.doc_type or header.doc_type is None:
        return True
    return not any(f.doc_type == kind or f.word == kind for f in here.values())


def _fits(kind: str, cited: dict[str, Found]) -> list[Found]:
    if kind == "Văn bản":
        return list(cited.values())
    return [f for f in cited.values() if kind in (f.doc_type, f.word)]


def _resolved(item: Item, match: re.Match[str], one: Found, own: list[Found]) -> Found:
    before = [f for f in own if f.end <= match.start()]
    relation = relation_before(
        item, match.start(), [f.start for f in before], [f.end for f in before], [f.relation for f in before], None, ""
    )
    return replace(
        one, item=item, start=match.start(), end=match.end(), word=None, word_given=False, subject=None, provision=None,
        relation=relation if relation is not Relation.LISTED else Relation.MENTIONS, rule="relative", confidence=0.75,
        alternatives=(), repaired=False, joined=False, number_at=match.start(),
    )  # fmt: skip


def open_forms(document: Document, left: list[Open]) -> list[Conflict]:
    """Return the forms that stay open as findings with the documents they may mean."""
    return [
        Conflict(
            evidence(document, *one.item.joined.span(one.start, one.end), "citation.open", 0.6),
            f"Chưa rõ “{one.item.text[one.start : one.end]}” là văn bản nào trong các văn bản đã viện dẫn: "
            f"{', '.join(one.candidates[:4])}{' …' if len(one.candidates) > 4 else ''}.",
        )
        for one in left
    ]
