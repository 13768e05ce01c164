"""Abbreviations take their Đ from the words that explain them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.restore.abbreviations import explained


@pytest.mark.parametrize(
    ("text", "short", "spelled"),
    [
        ("các trung tâm học tập cộng đồng (TTHTCD) hoạt động", "TTHTCD", "TTHTCĐ"),
        ("Phòng Khảo thí và Kiểm định chất lượng giáo dục (KT&KDCLGD) chủ trì", "KT&KDCLGD", "KT&KĐCLGD"),
        ("lập Hội đồng\ntự đánh giá (sau đây gọi tắt là HDTDG) của trường", "HDTDG", "HĐTĐG"),
        ("kiểm định chất lượng (viết tắt là KDCL)", "KDCL", "KĐCL"),
    ],
)
def test_what_the_text_explains_is_spelled_as_its_words_begin(text: str, short: str, spelled: str) -> None:
    assert explained(text) == {short: spelled}


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Giáo dục Trung học (GDTH) tham mưu",  # no Đ in it
        "cơ sở dữ liệu (CSDL) ngành",  # a D that is one
        "danh sách kèm theo (ABCD)",  # not its letters
        "hội đồng tự đánh giá (HDTDG) và hội dạy thêm du giảng (HDTDG)",  # explained in two ways
        "(HDTDG)",
    ],
)
def test_nothing_is_changed_without_a_reason(text: str) -> None:
    assert explained(text) == {}


@given(st.lists(st.sampled_from(["đoàn", "dự", "đề", "án", "hội", "và", "Đảng", "giáo"]), min_size=2, max_size=7))
def test_only_letters_d_ever_change(words: list[str]) -> None:
    short = "".join(w[0].upper() for w in words if w != "và").replace("Đ", "D")
    for source, spelled in explained(f"{' '.join(words)} ({short})").items():
        assert source == short
        assert spelled.replace("Đ", "D") == short
