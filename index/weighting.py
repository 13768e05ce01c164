"""How much each term of a passage counts: BM25 with fields, as one sparse vector.

The rarity of a term (IDF) is Qdrant's part (``Modifier.IDF``); here stand saturation and length. The item's own words
count fully; the headings above it and the header of the directive help, but lightly: every item below a heading
shares them.
"""

from __future__ import annotations

from collections import defaultdict

from corpus.text import squeeze
from index.engine import SparseTerms
from index.passages import Passage
from index.words import Term, term_id, terms

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
    for term in _weighted(passage):
        counts[term.text] += term.weight
    length = sum(weight for text, weight in counts.items() if text.startswith("x:"))
    norm = K1 * (1 - B + B * length / USUAL_LENGTH)
    values: dict[int, float] = defaultdict(float)
    for text, count in counts.items():
        values[term_id(text)] += count * (K1 + 1) / (count + norm)
    order = sorted(values)
    return order, [round(values[k], 5) for k in order]


def _weighted(passage: Passage) -> list[Term]:
    found = list(terms(passage.text[passage.own :]))
    above = list(passage.heading)
    if above:
        found += terms(above[-1], weight=INNER)
    for heading in above[:-1]:
        found += terms(heading, weight=OUTER)
    header = passage.header
    for text in (header.issuer, header.place, header.subject, header.school_year):
        if text:
            found += terms(text, weight=HEADER)
    return found


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
