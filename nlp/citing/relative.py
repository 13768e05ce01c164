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
from itertools import islice

from corpus.document import Document
from corpus.facts import Conflict, Header, Relation, evidence
from nlp.citing.citations import Found, provision_before
from nlp.citing.relations import relation_before
from nlp.page.structure import Item
from nlp.page.zones import Zone
from nlp.words.folding import pattern
from nlp.words.vocabulary import entries

_PLURAL = pattern(
    r"(?:cac|nhung|hai|ba|bon|nhieu|moi|tat ca|(?<!dieu )(?<!khoan )(?<!diem )(?<!muc )(?<!\d)0?[2-9])\s(?:loai\s)?$"
)
_BACK = (
    r"(?P<back>này|(?:nêu|nói|dẫn|kể|vừa nêu|đã nêu|đã dẫn|viện dẫn)\s(?:ở\s)?trên|vừa nêu"
    r"|trên(?=\s?[,.;:)]|\s(?:đã|để|và|phải|cần|được|của)\s|$))"
)
_ANY = "Văn bản"
_OWN_KINDS = frozenset({"Công văn", _ANY})
#: So many candidates of a form that stays open are shown.
_SHOWN = 4


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
    before = _Cited()
    for item in items:
        own = sorted(by_item.get(id(item), []), key=lambda f: f.end)
        if item.zone in (Zone.BODY, Zone.FOOTNOTE, Zone.ANNEX):
            here, seen = _Cited(), 0
            for match in _forms().finditer(item.text):
                while seen < len(own) and own[seen].end <= match.start():
                    here.add(own[seen])
                    seen += 1
                kind = match["kind"].capitalize()
                plural = _PLURAL.search(item.joined.fold, max(0, match.start() - 16), match.start())
                if plural or _is_own(kind, match["back"], header, here):
                    continue
                fits = here.of(kind) or before.of(kind)
                if len(fits) == 1:
                    made.append(_resolved(item, match, fits[0], own[seen - 1] if seen else None))
                elif fits:
                    left.append(Open(item, match.start(), match.end(), tuple(str(f.number) for f in fits)))
        for one in own:
            before.add(one)
    return made, left


class _Cited:
    """Documents that were cited so far, by kind."""

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, Found]] = {}

    def add(self, one: Found) -> None:
        """Take a citation; one without a number is no document that can be meant."""
        if one.number is not None:
            for kind in {one.doc_type, one.word, _ANY} - {None}:
                self._kinds.setdefault(str(kind), {})[str(one.number)] = one

    def of(self, kind: str) -> list[Found]:
        """Return the documents of a kind, as many as are shown and one more; "Văn bản" is any of them."""
        return list(islice(self._kinds.get(kind, {}).values(), _SHOWN + 1))


def _is_own(kind: str, back: str, header: Header, here: _Cited) -> bool:
    """Tell whether a form means the directive itself, or may do so: "Kế hoạch này" in a plan, "văn bản này"."""
    if back.lower() != "này":
        return False
    if kind in _OWN_KINDS or kind == header.doc_type or header.doc_type is None:
        return True
    return not here.of(kind)


def _resolved(item: Item, match: re.Match[str], one: Found, before: Found | None) -> Found:
    last = (before.end, before.relation) if before is not None else None
    relation = relation_before(item, match.start(), last, None, "")
    return replace(
        one, item=item, start=match.start(), end=match.end(), word=None, word_given=False, subject=None,
        provision=provision_before(item.text, item.joined.fold, match.start()),
        relation=relation if relation is not Relation.LISTED else Relation.MENTIONS, rule="relative", confidence=0.75,
        alternatives=(), repaired=False, joined=False, number_at=match.start(),
    )  # fmt: skip


def open_forms(document: Document, left: list[Open]) -> list[Conflict]:
    """Return the forms that stay open as findings with the documents they may mean."""
    return [
        Conflict(
            evidence(document, *one.item.joined.span(one.start, one.end), "citation.open", 0.6),
            f"Chưa rõ “{one.item.text[one.start : one.end]}” là văn bản nào trong các văn bản đã viện dẫn: "
            f"{', '.join(one.candidates[:_SHOWN])}{' …' if len(one.candidates) > _SHOWN else ''}.",
        )
        for one in left
    ]
