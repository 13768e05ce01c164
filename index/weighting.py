"""How much each term of a passage counts: BM25 with fields, as one sparse vector.

The rarity of a term (IDF) is Qdrant's part (``Modifier.IDF``); here stand saturation and length. The item's own words
count fully; the headings above it and the header of the directive help, but lightly: every item below a heading
shares them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from corpus.text import squeeze
from index.engine import SparseTerms
from index.passages import Passage
from index.words import Term, term_id, term_texts

#: Saturation and length normalisation of BM25. A word that comes back in a passage says little more: long questions
#: are answered by the passage that has most of their words, not one of them often.
K1, B = 0.6, 0.5
#: Length of a usual passage in terms; a constant, so that a passage's vector does not depend on the others.
USUAL_LENGTH = 80.0
#: Weight of the innermost heading, of those above it, and of the header facts beside the item's own words.
INNER, OUTER, HEADER = 0.5, 0.25, 0.2


def passage_terms(passage: Passage) -> SparseTerms:
    """Return the sparse vector of a passage: term ids in order, and their weights."""
    counts: dict[str, float] = defaultdict(float)
    for text, weight in _weighted(passage):
        for term, times in _counted(text) if weight < 1.0 else _count(text):
            counts[term] += weight * times
    length = sum(weight for text, weight in counts.items() if text.startswith("x:"))
    norm = K1 * (1 - B + B * length / USUAL_LENGTH)
    values: dict[int, float] = defaultdict(float)
    for text, count in counts.items():
        values[term_id(text)] += count * (K1 + 1) / (count + norm)
    order = sorted(values)
    return order, [values[k] for k in order]


def _weighted(passage: Passage) -> Iterator[tuple[str, float]]:
    """Yield the texts that a passage is found by, with their weights."""
    yield passage.text[passage.own :], 1.0
    above = list(passage.heading)
    if above:
        yield above[-1], INNER
    for heading in above[:-1]:
        yield heading, OUTER
    header = passage.header
    for text in (header.issuer, header.place, header.subject, header.school_year):
        if text:
            yield text, HEADER


def _count(text: str) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(term_texts(text)).items())


#: Headings and header facts are those of every passage of a directive.
_counted = lru_cache(maxsize=1024)(_count)


def query_terms(weighted: list[Term]) -> SparseTerms:
    """Return the sparse vector of a question; repeated terms add up."""
    values: dict[int, float] = defaultdict(float)
    for term in weighted:
        values[term_id(term.text)] += term.weight
    order = sorted(values)
    return order, [values[k] for k in order]


def dense_text(passage: Passage) -> str:
    """Return what the embedding model reads of a passage: the nearest heading, then the item."""
    above = f"{passage.heading[-1]}. " if passage.heading else ""
    return squeeze(above + passage.text[passage.own :])
