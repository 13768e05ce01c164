"""The spaCy pipeline keeps every character and marks verbs, units and levels."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.words.language import LEVELS, UNITS, VERBS, load

WORDS = st.sampled_from(
    [
        "phòng",
        "giáo dục",
        "và",
        "đào tạo",
        "  ",
        "\n",
        "gửi",
        "Sở GDĐT",
        ",",
        "15/10/2023",
        "(qua",
        "Cục)",
        "NĐ-\nCP",
        "\t",
        "…",
        "hoà",
        "%",
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=30).map(" ".join)))
def test_the_text_is_kept_character_for_character(text: str) -> None:
    doc = load()(text)
    assert doc.text == text
    assert all(doc.text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_words_of_several_syllables_and_spans() -> None:
    doc = load()("Các phòng giáo dục và đào tạo tổ chức triển khai tới các trường THPT.")
    assert "giáo dục" in [t.text for t in doc]
    assert [s.text for s in doc.spans[VERBS]] == ["tổ chức", "triển khai"]
    assert [s.label_ for s in doc.spans[UNITS]] == ["phong_gddt", "co_so_giao_duc"]
    assert [s.label_ for s in doc.spans[LEVELS]] == ["thpt"]


def test_long_text_is_cut_in_pieces() -> None:
    text = "Các trường tổ chức dạy học trực tuyến, " * 400
    assert load()(text).text == text
