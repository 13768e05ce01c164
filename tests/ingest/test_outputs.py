"""What comes out of a document: text, JSON, and PDFs that look as before and say what was read."""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
import pytest

from corpus.document import Box, Decision, Document
from corpus.errors import DamagedFileError, UnsupportedFileError
from ingest.legacy import Scheme
from ingest.outputs import as_json, searchable_pdf
from ingest.pages import Pixels
from ingest.pipeline import ReadOptions, read
from ingest.textlayer import Mode
from tests.ingest import files
from tests.ingest.test_legacy import coded
from tests.ingest.test_pipeline import Marks
from tests.ingest.test_quality import without_marks
from tests.ingest.test_textlayer import GOOD, Eyes


def drawn(data: bytes) -> list[Pixels]:
    with pypdfium2.PdfDocument(data) as document:
        return [np.array(page.render(scale=1.5).to_numpy()) for page in document]


def by_pdfium(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def by_plumber(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [" ".join(word["text"] for word in page.extract_words(use_text_flow=True)) for page in document.pages]


def by_poppler(data: bytes) -> list[str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(data)
        done = subprocess.run(["pdftotext", "-raw", file.name, "-"], capture_output=True, text=True, check=True)
    return done.stdout.removesuffix("\f").split("\f")


def says(data: bytes, texts: Sequence[str]) -> None:
    """Check that three programs find exactly these words in this order."""
    for extract in (by_pdfium, by_plumber, by_poppler):
        assert [text.split() for text in extract(data)] == [text.split() for text in texts], extract.__name__


def reading(data: bytes, name: str, seen: Sequence[str]) -> Document:
    return read(data, name, options=ReadOptions(engine=Eyes(seen), restorer=Marks))


def test_text_and_json() -> None:
    document = reading(files.pdf([GOOD, files.LINES]), "a.pdf", [])
    assert document.text.split("\f") == ["\n".join(GOOD), "\n".join(files.LINES)]
    plain = json.loads(json.dumps(as_json(document)))
    first = plain["pages"][0]
    assert first["decision"] == "keep" and first["reason"] and first["error"] is None
    word = first["words"][3]
    assert first["text"][word["start"] : word["end"]] == word["text"] == "giáo"
    box = document.pages[0].words[3].box
    assert box is not None and word["box"] == pytest.approx([box.x0, box.y0, box.x1, box.y1], abs=0.01)


def test_a_scan_loses_its_wrong_layer_and_looks_the_same() -> None:
    data = files.scanned_pdf(GOOD, [without_marks(line) for line in GOOD])
    document = reading(data, "a.pdf", GOOD)
    assert document.pages[0].decision is Decision.OCR
    out = searchable_pdf(document, data)
    says(out, [document.text])
    assert np.array_equal(drawn(data)[0], drawn(out)[0])


def test_text_under_the_picture_goes_and_visible_text_on_it_stays() -> None:
    wrong = [without_marks(line) for line in GOOD]
    under = files.overlaid(files.pdf([wrong]), files.scanned_pdf(GOOD))
    document = reading(under, "a.pdf", GOOD)
    out = searchable_pdf(document, under)
    assert np.array_equal(drawn(under)[0], drawn(out)[0])
    says(out, [document.text])
    stamped = files.overlaid(files.scanned_pdf(GOOD, wrong), files.pdf([["đóng dấu số 5"]]))
    out = searchable_pdf(reading(stamped, "a.pdf", GOOD), stamped)
    assert np.array_equal(drawn(stamped)[0], drawn(out)[0])
    assert "Cac co so" not in by_pdfium(out)[0] and "đóng dấu số 5" in by_pdfium(out)[0]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_are_where_they_are_on_turned_and_cropped_pages(turn: int) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.scanned_pdf(GOOD))) as source:
        source.pages[0].obj.Rotate = turn
        source.pages[0].obj.CropBox = pikepdf.Array([20, 30, 575, 800])
        source.save(buffer)
    data = buffer.getvalue()
    document = reading(data, "a.pdf", GOOD)
    out = searchable_pdf(document, data)
    assert np.array_equal(drawn(data)[0], drawn(out)[0])
    again = read(out, "b.pdf", options=ReadOptions(engine=Eyes(["khác"]))).pages[0]
    pairs = list(zip(again.words, document.pages[0].words, strict=True))
    for found, wanted in pairs:
        assert found.box is not None and wanted.box is not None
        if wanted.box.x0 > 0:
            assert (found.box.x0, found.box.y0) == pytest.approx((wanted.box.x0, wanted.box.y0), abs=4)


def test_pages_whose_text_is_right_stay_untouched() -> None:
    data = files.pdf([GOOD])
    out = searchable_pdf(reading(data, "a.pdf", []), data)
    with pikepdf.open(io.BytesIO(data)) as before, pikepdf.open(io.BytesIO(out)) as after:
        assert before.pages[0].Contents.read_bytes() == after.pages[0].Contents.read_bytes()
    says(out, ["\n".join(GOOD)])


def test_digital_pages_that_say_something_wrong_become_pictures() -> None:
    data = files.relabelled(files.pdf([GOOD], size=11), lambda c: coded(c, Scheme.TCVN3), ".VnTime")
    document = reading(data, "a.pdf", [])
    assert document.pages[0].decision is Decision.KEEP
    out = searchable_pdf(document, data)
    says(out, ["\n".join(GOOD)])
    difference = np.abs(drawn(data)[0].astype(int) - drawn(out)[0].astype(int))
    assert difference.mean() < 1.0


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("TIFF", "a.tif")])
def test_images_become_pdfs_with_text(kind: str, name: str) -> None:
    image = files.drawing(GOOD)
    data = files.image_bytes(image, kind)
    document = reading(data, name, GOOD)
    out = searchable_pdf(document, data)
    says(out, [document.text])
    with pikepdf.open(io.BytesIO(out)) as made:
        shown = made.pages[0].Resources.XObject.CongvanPage
        if kind == "JPEG":
            assert shown.read_raw_bytes() == data
        else:
            inside = pikepdf.PdfImage(cast(pikepdf.Stream, shown)).as_pil_image().convert("RGB")
            assert np.array_equal(np.array(inside), np.array(image))


def test_words_that_share_a_box_share_it_out() -> None:
    data = files.scanned_pdf(GOOD[:1])
    document = reading(data, "a.pdf", ["dục và đào tạo"])
    page = document.pages[0]
    around = page.box_of(0, len(page.text))
    words = tuple(replace(word, box=around) for word in page.words)
    merged = replace(document, pages=(replace(page, words=words),))
    says(searchable_pdf(merged, data), ["dục và đào tạo"])


def test_words_that_touch_stay_two_words() -> None:
    data = files.scanned_pdf(GOOD[:1])
    document = reading(data, "a.pdf", ["trường viên y tế"])
    page = document.pages[0]
    boxes = [Box(100, 100, 150, 114), Box(150.2, 101, 180, 114), Box(180.4, 102, 186, 116), Box(187, 100, 200, 114)]
    words = tuple(replace(word, box=box) for word, box in zip(page.words, boxes, strict=True))
    says(searchable_pdf(replace(document, pages=(replace(page, words=words),)), data), ["trường viên y tế"])


def test_lost_pages_and_other_kinds() -> None:
    data = files.pdf([[f"Trang {k}", *files.LINES] for k in range(1, 7)])[:-2000]
    document = reading(data, "a.pdf", [])
    assert [page.number for page in document.failed_pages] == [5, 6]
    assert "Trang 3" in by_pdfium(searchable_pdf(document, data))[2]
    with pytest.raises(UnsupportedFileError):
        searchable_pdf(reading("Công văn".encode(), "a.txt", []), b"")


def test_letters_beyond_latin() -> None:
    data = files.scanned_pdf(GOOD[:1])
    out = searchable_pdf(reading(data, "a.pdf", ["Ỹ ẵ № – “ợ” ½ ≥"]), data)
    says(out, ["Ỹ ẵ № – “ợ” ½ ≥"])


def test_what_a_library_cannot_swallow_is_a_damaged_file() -> None:
    """qpdf wants fewer than 64 bits for a place that PDFium does not look at; ``tests.bench.fuzz_http`` found it."""
    whole = files.pdf([files.LINES])
    data = whole[: whole.rfind(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % 2**63
    document = read(data, "a.pdf", options=ReadOptions(mode=Mode.KEEP))
    assert document.pages[0].text
    with pytest.raises(DamagedFileError):
        searchable_pdf(document, data)
