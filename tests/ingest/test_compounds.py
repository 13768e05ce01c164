"""Compounds that an OCR gets wrong by one mark."""

from __future__ import annotations

import pytest

from corpus.document import Page, Word, source_of
from corpus.text import is_syllable, nfc
from ingest.compounds import changed, compounds, with_compounds
from ingest.restore.confusions import CONFUSIONS


def read(text: str) -> str:
    return with_compounds(Page(1, text)).text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("quy định chỉ tiết một số điều", "quy định chi tiết một số điều"),
        ("QUY ĐỊNH CHỈ TIẾT", "QUY ĐỊNH CHI TIẾT"),
        ("Chỉ phí đào tạo", "Chi phí đào tạo"),
        ("cơ sở đữ liệu về thông tỉn", "cơ sở dữ liệu về thông tin"),
        ("ngành giáo đục", "ngành giáo dục"),
    ],
)
def test_a_pair_that_is_no_compound_becomes_the_one_that_is(text: str, wanted: str) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "quy định chi tiết một số điều",
        "không chỉ tiết kiệm điện mà còn an toàn",  # tiết kiệm is a compound of its own
        "lực lượng bảo vệ tỉnh và huyện",  # so is bảo vệ
        "chỉ tiêu tuyển sinh, chỉ đạo, chỉ thị",
        "chỉ, tiết thứ hai",  # a stop stands between
        "chỉ trả lại hồ sơ khi thiếu giấy tờ",
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert read(text) == text


def test_the_edit_keeps_what_was_read_and_all_places() -> None:
    text = "Sở quy định chỉ tiết\nviệc này"
    page = with_compounds(Page(1, text, words=(Word(12, 15), Word(16, 20))))
    (edit,) = page.edits
    assert (edit.source, page.text[edit.start : edit.end], edit.rule) == ("chỉ", "chi", "compound")
    assert source_of(page.text, page.edits, 0, len(page.text)) == text
    assert page.words == (Word(12, 15), Word(16, 20))


def test_a_word_that_was_corrected_before_is_left_alone() -> None:
    once = with_compounds(Page(1, "chỉ tiết"))
    assert with_compounds(once) == once


def test_every_line_of_the_table_is_one_confusion_away() -> None:
    table = compounds()
    assert len(table.printed) > 300
    pairs = {(c.read, c.true) for c in CONFUSIONS}
    for read_as, printed in table.printed.items():
        assert all(nfc(word) == word and is_syllable(word) for word in printed)
        differ = [(r, p) for a, b in zip(read_as, printed, strict=True) for r, p in zip(a, b, strict=True) if r != p]
        assert len(differ) == 1 and differ[0] in pairs
        assert printed not in table.printed and read_as not in table.kept


def test_the_text_of_the_samples_stays() -> None:
    from corpus.samples.gold import build_gold
    from corpus.samples.layout import lay_out
    from corpus.samples.source import load, names

    for name in names():
        source = load(name)
        for text in build_gold(source, lay_out(source))["pages"]:
            assert list(changed(text)) == []
