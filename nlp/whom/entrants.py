"""Which schools take part in what a Phòng or a commune holds, told in a section of its own: "I. ĐƠN VỊ DỰ THI"."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Actor, Header
from nlp.naming.actors import named_in
from nlp.page.structure import Item
from nlp.page.zones import Zone
from nlp.whom.bound import Bound
from nlp.words.folding import folded, pattern

#: A heading, or the label of a line, over who takes part.
_WHO = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2}|[-+*]\s{0,2})?(?:cac )?"
    r"(?:don vi|doi tuong|thanh phan)(?:,? (?:va )?(?:don vi|doi tuong|thanh phan|so luong|dieu kien))?"
    r" (?:du thi|tham (?:du|gia)(?: (?:du thi|thi dau|hoi thi|cuoc thi|giai|hoi khoe))?|thi dau)\s{0,2}(?P<says>:|$)"
)
_SCHOOLS = {str(Actor.CO_SO_GIAO_DUC)}


def of_entrants(bound: Bound, header: Header, items: list[Item]) -> Bound:
    """Return ``bound`` with the levels of the schools that take part in what an office holds for its schools, where a
    section tells them by level and it is written to nobody else: "các trường" of such a plan are these."""
    if not bound.holds or bound.school or header.addressees or len(bound.levels) < 2 or bound.own == ():
        return bound
    for k, item in enumerate(items):
        told = _WHO.match(item.joined.fold) if item.zone is Zone.BODY else None
        if told is None or not (told["says"] or item.heading):
            continue
        titles = [item.text[told.end() :]]
        titles += [one.text for one in items[k + 1 :] if item.text.rstrip(" :.") in {t.rstrip(" :.") for t in one.path}]
        levels = {level for words in titles for level in _levels(words)}
        if levels and levels < bound.levels:
            return replace(bound, levels=frozenset(levels), below=frozenset(levels & bound.below) or bound.below)
    return bound


def _levels(words: str) -> set[str]:
    """Return the levels of the schools that words name, none where they name schools of no level."""
    schools = [g for g in named_in(words, folded(words), 0, len(words)) if set(g.actors) <= _SCHOOLS]
    return {level for g in schools for level in g.levels} if all(g.levels for g in schools) else set()
