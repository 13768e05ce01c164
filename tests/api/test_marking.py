"""Passages cut and marked: nothing of the text is changed, the marked words stay in sight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.marking import pieces


def spans_in(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    at = sorted({cut % (len(text) + 1) for cut in cuts})
    return [(a, b) for a, b in zip(at[::2], at[1::2], strict=False) if a < b]


@given(
    st.text(alphabet="ab \n", min_size=1, max_size=300),
    st.lists(st.integers(0, 1000), max_size=8),
    st.integers(20, 120),
)
def test_pieces_are_the_text(text: str, cuts: list[int], length: int) -> None:
    spans = spans_in(text, cuts)
    shown = pieces(text, spans, length)
    joined = "".join(piece.text for piece in shown)
    bare = joined.removeprefix("… ").removesuffix(" …")
    assert bare in text
    assert len(bare) <= max(length, len(text) if len(text) <= length else length)
    if len(text) <= length:
        assert joined == text
        assert [piece.text for piece in shown if piece.marked] == [text[a:b] for a, b in spans]


def test_a_long_passage_is_cut_around_the_words() -> None:
    text = "mở đầu " * 60 + "hạn nộp báo cáo" + " kết thúc" * 60
    at = text.index("hạn")
    shown = pieces(text, [(at, at + 15)], 100)
    assert [piece.text for piece in shown if piece.marked] == ["hạn nộp báo cáo"]
    assert shown[0].text == "… " and shown[-1].text == " …"
