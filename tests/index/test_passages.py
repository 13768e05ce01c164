"""Passages: one item each, with place, headings and facts; nothing of the text is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import Facts, Header
from index.passages import LONG, passages
from index.payload import from_payload, to_payload
from tests.index.fixtures import SO, document, shelf


def test_an_item_is_a_passage_with_its_place() -> None:
    so = shelf().rows[0]
    found = passages(so.document, so.facts)
    library = next(p for p in found if "ngày hội đọc sách" in p.text)
    assert (library.line_from, library.line_to) == (5, 6), "the heading is shown with its first item"
    assert library.text[library.own :].startswith("1. Các trường")
    fire = next(p for p in found if "bình chữa cháy" in p.text)
    assert (fire.line_from, fire.line_to, fire.page) == (7, 7, 1)
    assert fire.heading == ("I. NỘI DUNG",)
    assert so.document.text[fire.start : fire.end] == fire.text


def test_letterhead_and_recipients_are_passages_too() -> None:
    so = shelf().rows[0]
    found = passages(so.document, so.facts)
    assert found[0].text.startswith("SỞ GIÁO DỤC") and "Kính gửi" in found[0].text
    assert any("Lưu: VT" in p.text for p in found)


def test_facts_stand_in_their_passage() -> None:
    so = shelf().rows[0]
    found = passages(so.document, so.facts)
    dated = [p for p in found if p.deadlines]
    assert [p.deadlines[0].due for p in dated] == ["2024-01-12", "2024-05-30"]
    assert dated[0].units == ("mam_non", "tieu_hoc", "thcs", "thpt", "trung_tam_gdtx", "don_vi_truc_thuoc")
    citing = next(p for p in found if p.citations)
    assert citing.citations[0].number == "88/BGDĐT-GDTH"
    assert "88/cv" in citing.numbers


def test_every_word_of_the_text_is_in_some_passage() -> None:
    for stored in shelf().rows:
        covered = " ".join(p.text for p in passages(stored.document, stored.facts)).split()
        assert set(stored.document.text.split()) <= set(covered)


def test_without_sections_labels_and_blank_lines_cut() -> None:
    text = "Mở đầu văn bản\ntiếp theo dòng trên\n\n1. Mục một nói về thư viện\ntiếp mục một\n2. Mục hai nói về bơi lội"
    found = passages(document(text), Facts(Header()))
    assert [(p.line_from, p.line_to) for p in found] == [(1, 2), (4, 5), (6, 6)]


def test_a_long_item_is_cut_at_sentence_ends() -> None:
    text = "1. " + " ".join(f"Câu thứ {k} nói về việc quản lý thư viện trường học." for k in range(60))
    found = passages(document(text), Facts(Header()))
    assert len(found) > 2
    assert all(len(p.text) <= LONG and p.text.endswith(".") for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_lines_over_a_page_break() -> None:
    text = "1. Mục bắt đầu ở trang một\nvà đi sang\ftrang hai rồi hết."
    (found,) = passages(document(text), Facts(Header()))
    assert (found.page, found.page_to, found.line_from) == (1, 2, 1)
    assert found.line_to >= found.line_from


def test_ids_are_stable_and_payload_is_whole() -> None:
    so = shelf().rows[0]
    first, again = passages(so.document, so.facts), passages(document(SO, "so.txt"), so.facts)
    assert [p.id for p in first] == [p.id for p in again]
    for passage in first:
        assert from_payload(to_payload(passage)) == passage


@given(st.text(alphabet="aă1.)\n\f -•I:Đ", max_size=200))
def test_any_text_is_cut_without_fault(text: str) -> None:
    doc = document(text)
    for passage in passages(doc, Facts(Header())):
        assert doc.text[passage.start : passage.end] == passage.text
        assert passage.line_from <= passage.line_to
        assert passage.text.strip()


def test_empty_text_gives_none() -> None:
    assert passages(document(""), Facts(Header())) == ()
