"""The share of a question in one stretch of a passage: the best is that of every stretch counted anew."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.nearness import MOST, Rarity, Wanted
from index.query import understand
from index.stretches import APART, LENGTHS, best_stretches
from index.weighting import passage_terms
from index.words import term_id
from tests.index.fixtures import shelf

WORDS = {"học": 1.0, "phí": 0.7, "thu": 0.5}
PAIRS = {("học", "phí"): 1.2, ("thu", "học"): 0.9}
MATES = {("học", "phí"): 0.8, ("phí", "thu"): 0.6}


def counted_anew(tokens: list[str], length: int) -> float:
    best = 0.0
    for start in range(len(tokens)):
        inside = range(start, min(len(tokens), start + length))
        words = {tokens[at] for at in inside if tokens[at] in WORDS}
        pairs = {pair for at in inside if at and (pair := (tokens[at - 1], tokens[at])) in PAIRS}
        best = max(best, sum(WORDS[w] for w in words) + sum(PAIRS[p] for p in pairs))
    return best / (sum(WORDS.values()) + sum(PAIRS.values()))


def close_anew(tokens: list[str]) -> float:
    found = 0.0
    for (a, b), weight in MATES.items():
        apart = [abs(i - j) for i, x in enumerate(tokens) for j, y in enumerate(tokens) if (x, y) == (a, b)]
        found += weight / math.sqrt(min(apart)) if apart and min(apart) <= APART else 0.0
    return found / sum(MATES.values())


TOKENS = st.lists(st.sampled_from(["học", "phí", "thu", "các", "|"]), max_size=3 * max(LENGTHS))


@settings(max_examples=200)
@given(st.lists(TOKENS, min_size=1, max_size=3))
def test_the_stretches_of_each_passage_are_those_counted_anew(texts: list[list[str]]) -> None:
    found = best_stretches(texts, WORDS, PAIRS, MATES)
    for row, tokens in zip(found, texts, strict=True):
        assert row.tolist() == pytest.approx([*(counted_anew(tokens, n) for n in LENGTHS), close_anew(tokens)])


def test_a_question_of_many_words_is_looked_for_by_its_heaviest() -> None:
    text = " ".join(f"từ{k}" for k in range(300))
    wanted = Wanted.of(understand(text), Rarity(100, {"từ7": 90}))
    assert max(len(wanted.words), len(wanted.pairs), len(wanted.mates)) <= MOST
    assert "từ7" not in wanted.words
    assert wanted.held([text.split()])[0].phrase > 0


def test_what_headings_hold_is_told_apart_from_what_the_passage_holds() -> None:
    wanted = Wanted.of(understand("kinh phí thư viện"), Rarity(0, {}))
    half, whole = wanted.held(["kinh phí mua sách ¦ thư viện".split(), "kinh phí thư viện ¦ thư viện".split()])
    assert half.cover == pytest.approx(0.5)
    assert 0 < half.above < 0.5
    assert (whole.cover, whole.above) == (1.0, 0.0)


def test_words_that_ask_stay_at_half_their_weight() -> None:
    weights = {term.text: term.weight for term in understand("thời hạn giải quyết đơn khiếu nại").terms}
    assert weights["x:khiếu"] == 1.0
    assert 0 < weights["x:hạn"] <= 0.5


def test_a_heading_that_all_items_share_counts_in_each() -> None:
    from index.passages import passages

    stored = next(iter(shelf().stored()))
    found = [p for p in passages(stored.document, stored.facts) if p.heading]
    assert found
    word = next(w for w in found[0].heading[-1].lower().split() if w.isalpha() and len(w) > 3)
    for passage in [p for p in found if p.heading == found[0].heading]:
        ids, weights = passage_terms(passage)
        assert weights[ids.index(term_id(f"x:{word}"))] > 0
