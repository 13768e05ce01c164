"""Which schools take part in what a Phòng or a commune holds, told in a section of its own: "I. ĐƠN VỊ DỰ THI"."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts import Actor, Header
from nlp.naming.actors import named_in
from nlp.naming.levelnames import levels_in
from nlp.naming.people import names_unit
from nlp.page.structure import Item
from nlp.page.zones import Zone
from nlp.whom.bound import Bound
from nlp.words.folding import folded, pattern

#: A heading, or the label of a line, over who takes part.
_WHO = pattern(
    r"\W{0,3}(?:(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})?|[a-h])[.)]\s{0,2}|[-+*]\s{0,2})?(?:cac )?"
    r"(?:(?:don vi|doi tuong|thanh phan|nguoi|giao vien|hoc sinh|thi sinh)"
    r"(?:,? (?:va )?(?:don vi|doi tuong|thanh phan|so luong|dieu kien))?"
    r" (?:du thi|tham (?:du|gia)(?: (?:du thi|thi dau|hoi thi|cuoc thi|giai|hoi khoe))?|thi dau)\s{0,2}(?P<says>:|$)"
    r"|doi tuong\s?(?P<alone>:))"
)
#: For whom an exam is, told in the lead of what a Sở writes to nobody: "kỳ thi nghề dành cho học sinh lớp 9, lớp 11 và
#: học viên GDTX".
_FOR = pattern(
    r"(?<!\w)(?:ky thi|cuoc thi|hoi thi|ky khao sat)(?: [\w-]+){0,8}? (?:danh )?cho (?P<who>"
    r"(?:hoc sinh|hoc vien|giao vien)[^.;:]{4,120}?)(?=[.;:]|\s(?:to chuc|duoc|nhu sau|theo|se|dien ra|vao)(?!\w)|$)"
)
_SO = (str(Actor.SO_GDDT),)
#: Schools whose levels nobody tells.
_PRIVATE = pattern(r"(?<!\w)(?:tu thuc|dan lap|ngoai cong lap)(?!\w)")
_SCHOOLS = {str(Actor.CO_SO_GIAO_DUC)}


def of_entrants(bound: Bound, header: Header, items: list[Item]) -> Bound:
    """Return ``bound`` with the levels of the schools that take part in what an office holds for its schools, where a
    section tells them by level and it is written to nobody else: "các trường" of such a plan are these."""
    if not bound.holds or bound.school or header.addressees or bound.own == ():
        return bound
    if bound.own == _SO and not bound.levels:
        return _of_exam(bound, items)
    if len(bound.levels) < 2:
        return bound
    for k, item in enumerate(items):
        told = _WHO.match(item.joined.fold) if item.zone is Zone.BODY else None
        if told is None or not (told["says"] or told["alone"] or item.heading):
            continue
        titles = [item.text[told.end() :]]
        titles += [one.text for one in items[k + 1 :] if item.text.rstrip(" :.") in {t.rstrip(" :.") for t in one.path}]
        levels = {level for words in titles for level in _levels(words)}
        if levels and levels < bound.levels:
            return replace(bound, levels=frozenset(levels), below=frozenset(levels & bound.below) or bound.below)
    return bound


def _of_exam(bound: Bound, items: list[Item]) -> Bound:
    """Return ``bound`` with the levels of those for whom its lead says that an exam is."""
    opening = next((item for item in items if item.zone is Zone.BODY and not item.above), None)
    told = _FOR.search(opening.joined.fold) if opening is not None else None
    levels = levels_in(opening.text[slice(*told.span("who"))], classes=True) if opening is not None and told else set()
    return replace(bound, levels=frozenset(levels)) if levels else bound


def _levels(words: str) -> set[str]:
    """Return the levels of the schools that words name in their first sentence, none where schools of no level."""
    words = words.partition(". ")[0]
    fold = folded(words)
    schools = [g for g in named_in(words, fold, 0, len(words)) if set(g.actors) <= _SCHOOLS]
    schools = [g for g in schools if g.levels or (names_unit(fold, g) and not _PRIVATE.search(fold, g.start, g.end))]
    return {level for g in schools for level in g.levels} if all(g.levels for g in schools) else set()
