"""What a citation does, read from the words before it, the list it stands in and the headings above it."""

from __future__ import annotations

import re

from corpus.facts import CitationPlace, Relation
from nlp.folding import folded, pattern
from nlp.structure import Item
from nlp.vocabulary import entries

_SENTENCE = re.compile(r"(?<=[^\d\s][.!?])\s(?=[A-ZÀ-ỸĐ“\"])|;\s|\n")
_LIST = pattern(r"(?:^|[,;]|\sva|\bva)\s{0,2}(?:va\s)?(?:cac\s|so\s)?$")
_OPENS = pattern(r"^[\W\d_]{0,12}(?:[a-z]\)\s?)?(?:cac\s|-\s)?$")
_REACH = 420


def relation_before(
    item: Item,
    start: int,
    starts: list[int],
    ends: list[int],
    relations: list[Relation],
    inherit: Relation | None,
    mark_context: str,
) -> Relation:
    """Return the relation of the citation at ``start``; ``starts``, ``ends``, ``relations`` are those before it."""
    fold = item.joined.fold
    since = max(0, start - _REACH, ends[-1] if ends else 0)
    if not ends and _OPENS.fullmatch(fold[:start]):
        return _of_list(item, inherit, mark_context)
    between = fold[since:start]
    if ends and start - ends[-1] < _REACH and _LIST.search(between):
        return relations[-1]
    cut = max(
        (m.end() for m in _SENTENCE.finditer(item.text, since, start) if item.text[m.start()] != ";"), default=since
    )
    cue = _cue(fold[cut:start])
    if cue is not None:
        return cue
    if ends and cut <= since and start - ends[-1] < _REACH:
        return relations[-1] if relations[-1] is not Relation.LISTED else Relation.MENTIONS
    if item.place is CitationPlace.FOOTNOTE:
        return _cue(folded(mark_context)) or Relation.PURSUANT_TO
    return Relation.MENTIONS


def _cue(before: str) -> Relation | None:
    """Return the relation that the cue nearest to the end of ``before`` tells."""
    best: tuple[int, Relation] | None = None
    for entry in entries("relations", "cue"):
        near = int(entry.row["near"])
        tail = max(0, len(before) - near - 60)
        for match in entry.find.finditer(before, tail):
            far = len(before) - match.end()
            if far <= near and (best is None or match.end() > best[0]):
                best = (match.end(), Relation(entry.name))
    return best[1] if best else None


def _of_list(item: Item, inherit: Relation | None, mark_context: str) -> Relation:
    """Return the relation of a citation that opens its item: one line of a list."""
    if item.place is CitationPlace.FOOTNOTE:
        return _cue(folded(mark_context)) or Relation.PURSUANT_TO
    if item.place is CitationPlace.APPENDIX:
        return Relation.LISTED
    if inherit is not None:
        return inherit
    if item.label and item.above:
        lead = folded(item.above[-1])
        return _cue(lead.rstrip(" :") + " ") or Relation.LISTED
    return Relation.MENTIONS
