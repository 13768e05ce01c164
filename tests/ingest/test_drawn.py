"""Words of a print over the words of the text: in order, out of order, cut otherwise; and prints by LibreOffice."""

# ruff: noqa: F811
# (a fixture of another file is imported, and is an argument by the same name)

from __future__ import annotations

import io
import random
import re
import time
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONS
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Box, Document, Page
from corpus.errors import MissingDependencyError
from ingest import soffice
from ingest.aligning import aligned
from ingest.drawn import PRINTABLE, DrawnPage, Placed, drawn_pages, placed, printed
from ingest.legacy import Scheme
from ingest.pages import Limits, Token
from ingest.pipeline import ReadOptions, read
from tests.ingest import files
from tests.ingest.test_htmlfile import LETTERHEAD
from tests.ingest.test_legacy import coded
from tests.ingest.test_officefile import NEEDS, asked  # noqa: F401  # the fixture
from tests.ingest.test_wordfile import numbered, set_font

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXT = "SỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 12/SGDĐT-VP\nCỘNG HÒA XÃ HỘI\nĐộc lập - Tự do\n" + "\n".join(files.LINES)


def spoken(text: str, words: list[str]) -> dict[str, str]:
    """Return for every word of the text that has a partner what the print says there; words with their place."""
    return {f"{start}:{text[start:end]}": words[k] for start, end, k in aligned(text, words)}


def share(text: str, words: list[str]) -> float:
    """Return how many of the text's words have a partner that says the same."""
    found = {start for start, end, k in aligned(text, words) if words[k] == text[start:end]}
    return len(found) / len(text.split())


def test_the_same_words_are_all_found() -> None:
    assert share(TEXT, TEXT.split()) == 1.0
    assert list(aligned("", ["a"])) == list(aligned("a", [])) == []


def test_a_letterhead_in_rows_is_found_though_the_text_has_columns() -> None:
    words = TEXT.replace("Số: 12/SGDĐT-VP\nCỘNG HÒA XÃ HỘI", "CỘNG HÒA XÃ HỘI\nSố: 12/SGDĐT-VP").split()
    assert share(TEXT, words) == 1.0


def test_words_that_are_cut_otherwise_are_found_by_their_letters() -> None:
    words = TEXT.replace("Số: 12/SGDĐT-VP", "Số:12/SG DĐT-VP").replace("báo cáo kết", "báo cá o kết").split()
    found = spoken(TEXT, words)
    at = TEXT.index("12/SGDĐT-VP")
    assert found[f"{at}:12/SGDĐT-VP"] in ("Số:12/SG", "DĐT-VP")
    assert len({start for start, _, _ in aligned(TEXT, words)}) >= len(TEXT.split()) - 1


def test_page_numbers_and_heads_of_the_print_are_nobodys() -> None:
    words = TEXT.split()
    for at in (40, 20, 5):
        words[at:at] = ["2", "Trang", "chữ", "chìm"]
    assert share(TEXT, words) == 1.0


def test_capitals_and_marks_of_the_print_do_not_matter() -> None:
    assert len(list(aligned("Hoà bình", ["HÒA", "BÌNH"]))) == 2


@given(st.integers(0, 10_000))
def test_most_words_are_found_whatever_is_lost(seed: int) -> None:
    dice = random.Random(seed)
    words = [word for word in (TEXT * 3).split() if dice.random() > 0.05]
    pairs = list(aligned(TEXT * 3, words))
    assert len(pairs) >= 0.9 * len(words)
    assert len({start for start, _, _ in pairs}) == len(pairs), "a word is told once"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a " * 100_000, ["a"] * 99_000 + ["b"]),
        ("a b " * 50_000, ["b", "a"] * 50_000),
        (" ".join(map(str, range(50_000))), [str(k) for k in reversed(range(50_000))]),
        ("x" * 100_000, ["x" * 99_999]),
        (" ".join(f"{k} {k // 2}" for k in range(30_000)), [str(k // 3) for k in range(60_000)]),
    ],
)
def test_no_text_takes_long(text: str, words: list[str]) -> None:
    begun = time.process_time()
    list(aligned(text, words))
    assert time.process_time() - begun < 10


def test_boxes_are_rows_of_print() -> None:
    def word(text: str, x: float, y: float) -> Token:
        return Token(text, Box(x, y, x + 20, y + 10), 0)

    pages = (
        DrawnPage(595, 842, (word("một", 10, 10), word("hai", 32, 10.5), word("ba", 10, 30))),
        DrawnPage(595, 842, (word("bốn", 10, 10),)),
    )
    text = "một hai\nba bốn"
    found = placed(Document("x", "a.docx", "", (Page(1, text),)), pages)
    assert len(found) == 4
    assert found.boxes(0, len(text)) == [(1, Box(10, 10, 52, 20.5)), (1, Box(10, 30, 30, 40)), (2, Box(10, 10, 30, 20))]
    assert found.boxes(4, 7) == [(1, Box(32, 10.5, 52, 20.5))]
    assert found.boxes(3, 4) == [] == Placed((), []).boxes(0, 5)


def made() -> bytes:
    """Return a DOCX with numbers, a table, an old font and a page break."""
    document = numbered((0, "Mục đích"), (1, "Nâng cao nhận thức"))
    for line in files.LINES:
        document.add_paragraph(line)
    rows = document.add_table(2, 2)
    for k, text in enumerate(("Việc", "Hạn", "Nộp báo cáo", "15/5/2026")):
        rows.cell(k // 2, k % 2).text = text
    document.add_page_break()
    set_font(document.add_paragraph().add_run(coded("Phụ lục kèm theo hướng dẫn", Scheme.TCVN3)), ".VnTime")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def everywhere(data: bytes, name: str) -> tuple[Document, Placed]:
    """Return a file as read and where its words stand; all of them must stand somewhere."""
    document = read(data, name, options=ReadOptions())
    assert document.media_type in PRINTABLE
    found = placed(document, drawn_pages(printed(data, document, Limits()), Limits()))
    nowhere = [m[0] for m in re.finditer(r"\S+", document.text) if not found.words(m.start(), m.end())]
    assert nowhere == []
    return document, found


@pytest.mark.slow
@NEEDS
def test_a_word_file_is_printed_and_every_word_has_its_place() -> None:
    document, found = everywhere(made(), "kế hoạch.docx")
    last = document.text.index("Phụ lục kèm theo")
    assert "TCVN3" in document.pages[0].reason, "it is printed in Unicode, as nobody has the font"
    (page, box), *_ = found.boxes(last, last + len("Phụ lục kèm theo"))
    assert page == 2 and 50 < box.x0 < box.x1 < 500 and 0 < box.y0 < box.y1 < 842
    at = document.text.index("15/5/2026")
    (page, right), *_ = found.boxes(at, at + 9)
    (_, left), *_ = found.boxes(document.text.index("Nộp báo"), document.text.index("Nộp báo") + 4)
    assert page == 1 and right.x0 > left.x1 and abs(right.y0 - left.y0) < 4, "cells of a row stand side by side"


@pytest.mark.slow
@NEEDS
def test_html_and_old_word_files_are_printed() -> None:
    body = "".join(f"<p>{line}</p>" for line in files.LINES)
    everywhere(f"<html>{LETTERHEAD}{body}</html>".encode(), "công văn.doc")
    everywhere(f'<p style="font-family:.VnTime">{coded(files.LINES[0], Scheme.TCVN3)}</p>'.encode(), "a.doc")
    rtf = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in files.LINES[0])
    everywhere(f"{{\\rtf1\\ansi {rtf}\\par}}".encode(), "a.rtf")


def test_without_libreoffice_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = files.docx()
    document = read(data, "a.docx", options=ReadOptions())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(MissingDependencyError, match=r"hình trang.*libreoffice-writer-nogui"):
        printed(data, document, Limits())


@pytest.mark.slow
@NEEDS
@pytest.mark.parametrize("alone", [True, False])
def test_nothing_is_fetched_while_a_file_is_printed(alone: bool, asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A linked picture in a DOCX; ``alone``: in a network of its own."""
    if not alone:
        monkeypatch.setattr(soffice, "_may_be_alone", lambda: False)
    address, paths = asked
    document = docx.Document()
    document.add_paragraph("Một đoạn").add_run().add_picture(io.BytesIO(files.image_bytes(files.drawing())))
    part = document.part
    linked = part.relate_to(f"{address}/a.png", RELATIONS.IMAGE, is_external=True)
    for blip in document.element.body.iter(f"{{{DRAWING}}}blip"):
        blip.attrib.clear()
        blip.set(f"{{{OFFICE}}}link", linked)
    out = io.BytesIO()
    document.save(out)
    data = out.getvalue()
    read_as = read(data, "a.docx", options=ReadOptions())
    assert drawn_pages(printed(data, read_as, Limits()), Limits())[0].tokens[0].text == "Một"
    assert paths == []
