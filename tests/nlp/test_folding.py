"""Folded text: without marks, as long as it was, and the same for two spellings of one syllable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.words.folding import folded


@pytest.mark.parametrize(
    ("text", "fold"),
    [
        ("Học kì II, định kì", "hoc ky ii, dinh ky"),
        ("quản lí, mĩ thuật, lì xì, bột mì", "quan ly, my thuat, li xi, bot mi"),
        ("Tỉ lệ, qui định, Quí IV", "ty le, quy dinh, quy iv"),
        ("kìm hãm, tỉnh, lính", "kim ham, tinh, linh"),
    ],
)
def test_syllables_with_i_and_with_y_fold_to_one(text: str, fold: str) -> None:
    assert folded(text) == fold


@given(st.text("kìlíqui tỉmĩ-\n\tĐđ…Ấ", max_size=400))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(folded(text)) == len(text)
