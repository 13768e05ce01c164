"""The share of a question in one stretch of a passage: the sliding sum is that of every stretch counted anew."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.nearness import STRETCH, Rarity, Wanted
from index.query import understand
from index.weighting import passage_terms
from index.words import term_id
from tests.index.fixtures import shelf

WORDS = {"học": 1.0, "phí": 0.7, "thu": 0.5}
PAIRS = {("học", "phí"): 1.2, ("thu", "học"): 0.9}


def counted_anew(tokens: list[str]) -> float:
    best = 0.0
    for start in range(len(tokens)):
        inside = range(start, min(len(tokens), start + STRETCH))
        words = {tokens[at] for at in inside if tokens[at] in WORDS}
        pairs = {pair for at in inside if at and (pair := (tokens[at - 1], tokens[at])) in PAIRS}
        best = max(best, sum(WORDS[w] for w in words) + sum(PAIRS[p] for p in pairs))
    return best / (sum(WORDS.values()) + sum(PAIRS.values()))


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["học", "phí", "thu", "các", "|"]), max_size=3 * STRETCH))
def test_the_sliding_sum_is_that_of_the_best_stretch(tokens: list[str]) -> None:
    wanted = Wanted(WORDS, PAIRS, {}, (), False)
    assert wanted.held(tokens)[2] == pytest.approx(counted_anew(tokens))


def test_what_headings_hold_is_told_apart_from_what_the_passage_holds() -> None:
    wanted = Wanted.of(understand("kinh phí thư viện"), Rarity(0, {}))
    own, above, _ = wanted.held("kinh phí mua sách ¦ thư viện".split())
    assert own == pytest.approx(0.5)
    assert 0 < above < 0.5
    assert wanted.held("kinh phí thư viện ¦ thư viện".split())[:2] == (1.0, 0.0)


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
