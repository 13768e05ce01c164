"""Which cited documents are new, which are gone, and which of these a newer one took the place of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.facts import Citation, CitationPlace, Facts, Relation
from corpus.numbers import DocumentNumber, parse_number
from nlp.compare.comparison import CitationChange, Fate
from nlp.compare.terms import abbreviations_of, terms_of, words_of
from nlp.words.folding import folded

#: A newer document has the matter of an older one where it has so many of the pairs of words of the shorter subject.
_MATTER = 0.5
#: What is issued anew every year or term, so that one symbol in the same role is enough.
_YEARLY = frozenset({"CT", "KH", "CTr", None})


def citation_changes(
    old: Facts, new: Facts, replaced_by: Mapping[str, Sequence[str]] | None = None
) -> list[CitationChange]:
    """Return the citations that only one side has, replacements first.

    ``replaced_by`` tells of a number (normal form) by which numbers it was replaced, as the citation graph knows.
    """
    known = {folded(key): [folded(v) for v in values] for key, values in (replaced_by or {}).items()}
    before, after = _cited(old), _cited(new)
    gone = {key: c for key, c in before.items() if not _holds(after, key, c)}
    come = {key: c for key, c in after.items() if not _holds(before, key, c)}
    found: list[CitationChange] = []
    for key, one in list(gone.items()):
        two, why, certain = _successor(one, come, known.get(key, ()), new)
        if two is not None or certain:
            if two is not None:
                del come[_key(two)]
            del gone[key]
            number = two.number if two is not None else new.header.number
            place = two.evidence if two is not None else new.header.evidence.get("number")
            found.append(CitationChange(Fate.REPLACED, one.number, number, one.evidence, place, certain, why))
    found += [CitationChange(Fate.ADDED, None, c.number, None, c.evidence) for c in come.values()]
    found += [CitationChange(Fate.DROPPED, c.number, None, c.evidence, None) for c in gone.values()]
    return found


def _key(citation: Citation) -> str:
    return folded(citation.number)


def _cited(facts: Facts) -> dict[str, Citation]:
    """Return the first citation of each document, one with a date and a subject rather; not of the directive itself."""
    own = folded(facts.header.number or "")
    found: dict[str, Citation] = {}
    for citation in facts.citations:
        key = _key(citation)
        if key == own:
            continue
        held = found.get(key)
        if held is None or (held.subject is None and citation.subject) or (held.date is None and citation.date):
            found[key] = citation
    return found


def _holds(side: Mapping[str, Citation], key: str, citation: Citation) -> bool:
    """Tell whether a side cites a document; the same number of another year is another document."""
    other = side.get(key)
    return other is not None and not (citation.date and other.date and citation.date[:4] != other.date[:4])


def _successor(
    one: Citation, come: Mapping[str, Citation], by: Sequence[str], new: Facts
) -> tuple[Citation | None, str, bool]:
    """Return what took the place of a citation, why (Vietnamese), and whether that is certain; (None, "", False)."""
    for key in by:
        if key in come:
            return come[key], f"{one.number} đã bị {come[key].number} thay thế", True
        if key == folded(new.header.number or ""):
            return None, f"{one.number} đã bị chính {new.header.number} thay thế", True
    number = parse_number(one.number)
    if number is None:
        return None, "", False
    fits = [two for two in come.values() if _same_kind(number, two) and _newer(one, two)]
    matter = sorted(((_matter(one.subject, two.subject), two.number, two) for two in fits), reverse=True)[:2]
    if matter and matter[0][0] >= _MATTER and (len(matter) == 1 or matter[1][0] < matter[0][0]):
        return matter[0][2], "cùng loại, cùng cơ quan, trích yếu gần giống, ban hành sau", False
    role = [two for two in fits if two.relation is one.relation and two.place is one.place is CitationPlace.BODY]
    if number.type in _YEARLY and len(role) == 1 and one.relation is not Relation.MENTIONS:
        return role[0], "cùng loại, cùng cơ quan, cùng vai trò trong văn bản, ban hành sau", False
    return None, "", False


def _same_kind(number: DocumentNumber, two: Citation) -> bool:
    other = parse_number(two.number)
    return other is not None and other.symbol == number.symbol


def _newer(one: Citation, two: Citation) -> bool:
    first, second = _since(one), _since(two)
    return bool(first and second) and first < second


def _since(citation: Citation) -> str:
    number = parse_number(citation.number)
    return citation.date or (str(number.year) if number and number.year else "")


def _matter(one: str | None, two: str | None) -> float:
    """Return how much of the shorter subject's pairs of words the other one has."""
    short = abbreviations_of([one or "", two or ""])
    a, b = ({term for term in terms_of(words_of(text or "", short)) if " " in term} for text in (one, two))
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
