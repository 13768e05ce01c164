"""How a file is set: from a DOCX through its styles, from a PDF by measuring."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.document import Document
from corpus.layout30 import Align
from corpus.typeset import POINTS_PER_MM, Setting, Side, Typeset
from ingest.advance import width_of
from ingest.looks import typeset
from ingest.pipeline import read


def word(make: Callable[[Any], None]) -> tuple[Document, Typeset]:
    """Return a Word file made by ``make``, as read and as set."""
    document = Word()
    make(document)
    out = io.BytesIO()
    document.save(out)
    read_in = read(out.getvalue(), "a.docx")
    return read_in, typeset(out.getvalue(), read_in)


def of(found: tuple[Document, Typeset], words: str) -> Setting:
    document, setting = found
    at = document.text.index(words)
    return setting.on(at, at + len(words))[0]


def test_looks_come_through_styles_and_defaults() -> None:
    def make(document: Any) -> None:
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(14)
        base = document.styles.add_style("Nền", WD_STYLE_TYPE.PARAGRAPH)
        base.font.bold, base.paragraph_format.first_line_indent = True, Mm(10)
        base.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        small = document.styles.add_style("Nhỏ", WD_STYLE_TYPE.PARAGRAPH)
        small.base_style, small.font.size = base, Pt(11)
        document.add_paragraph("Đoạn thường của văn bản.")
        document.add_paragraph("Đoạn nhỏ của văn bản.", style="Nhỏ")
        run = document.add_paragraph("Một phần ", style="Nhỏ").add_run("nghiêng hẳn")
        run.italic, run.bold, run.font.size = True, False, Pt(12)

    found = word(make)
    plain, small, mixed = (of(found, words) for words in ("Đoạn thường", "Đoạn nhỏ", "Một phần"))
    assert [(s.look.size, s.look.bold, s.look.font) for s in plain.strips] == [(14.0, False, "Times New Roman")]
    assert [(s.look.size, s.look.bold) for s in small.strips] == [(11.0, True)]
    assert small.form is not None and small.form.align is Align.JUSTIFIED
    assert small.form.indent == pytest.approx(10, abs=0.05)
    assert [(s.look.size, s.look.bold, s.look.italic) for s in mixed.strips] == [
        (11.0, True, False),
        (12.0, False, True),
    ]
    text = found[0].text
    assert [text[s.start : s.end] for s in mixed.strips] == ["Một phần", "nghiêng hẳn"]


def test_spacing_and_indents() -> None:
    def make(document: Any) -> None:
        first = document.add_paragraph("Đoạn thứ nhất.").paragraph_format
        first.space_before, first.space_after, first.line_spacing = Pt(6), Pt(3), 1.5
        second = document.add_paragraph("Đoạn thứ hai.").paragraph_format
        second.line_spacing_rule, second.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(18)
        second.left_indent, second.first_line_indent = Mm(20), Mm(-10)
        document.add_paragraph("\tĐoạn thứ ba.")

    found = word(make)
    forms = [of(found, f"Đoạn thứ {n}").form for n in ("nhất", "hai", "ba")]
    assert forms[0] is not None and (forms[0].before, forms[0].after, forms[0].spacing) == (6, 3, 1.5)
    assert forms[1] is not None and (forms[1].spacing, forms[1].exact) == (None, 18)
    assert (round(forms[1].left, 1), round(forms[1].indent, 1)) == (20.0, -10.0)
    assert forms[2] is not None and forms[2].indent == pytest.approx(12.7, abs=0.01)  # a tab in place of an indent


def test_broken_styles_leave_the_words() -> None:
    def make(document: Any) -> None:
        run = document.add_paragraph().add_run("Đoạn của văn bản.")
        run.font.size = Pt(14)
        run._r.rPr.find(qn("w:sz")).set(qn("w:val"), "to")

    document, found = word(make)
    assert document.text.strip() == "Đoạn của văn bản."
    assert found.settings == () and len(found.notes) == 1


def _border(paragraph: Any) -> None:
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    bottom.set(qn("w:val"), "single")
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)


def _shape(paragraph: Any, wide: float) -> None:
    run = paragraph.add_run()
    run._r.append(
        parse_xml(
            f'<w:drawing {nsdecls("w", "wp", "a")}><wp:anchor><wp:extent cx="{int(wide * 12700)}" cy="0"/>'
            "</wp:anchor></w:drawing>"
        )
    )


def _vml(paragraph: Any, wide: float) -> None:
    run = paragraph.add_run()
    run._r.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
            f'<v:line from="10pt,2pt" to="{10 + wide}pt,2pt"/></w:pict>'
        )
    )


MOTTO = "Độc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize("way", ["shape", "vml", "shape below", "border", "underline", "dashes", "none"])
def test_rules_are_found_however_they_are_drawn(way: str) -> None:
    def make(document: Any) -> None:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(MOTTO)
        run.font.size, run.bold, run.underline = Pt(14), True, way == "underline"
        below = document.add_paragraph() if way in ("shape below", "dashes") else paragraph
        if way.startswith("shape"):
            _shape(below, 170)
        elif way == "vml":
            _vml(paragraph, 170)
        elif way == "border":
            _border(paragraph)
        elif way == "dashes":
            below.add_run("_" * 24).font.size = Pt(14)
        document.add_paragraph("Đoạn sau.")

    line = of(word(make), "Độc lập")
    assert line.rule is not None and line.length is not None
    assert line.length == pytest.approx(width_of(MOTTO, 14, True))
    if way == "none":
        assert line.rule == 0
    elif way == "border":
        assert line.rule > 400  # over the whole column
    else:
        assert 0.9 < line.rule / line.length < 1.1


def test_columns_paper_and_page_numbers() -> None:
    def make(document: Any) -> None:
        section = document.sections[0]
        section.page_width, section.page_height, section.left_margin = Mm(210), Mm(297), Mm(30)
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "SỞ GIÁO DỤC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        document.add_paragraph("Nội dung.")
        grid = document.add_table(1, 3).rows[0].cells
        for cell, words in zip(grid, ("TT", "Nhiệm vụ", "Thời hạn"), strict=True):
            cell.text = words
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        footer._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )

    found = word(make)
    assert [of(found, w).side for w in ("SỞ", "CỘNG", "Nội dung")] == [Side.LEFT, Side.RIGHT, Side.WHOLE]
    assert [of(found, w).table for w in ("SỞ", "Nội dung", "Nhiệm vụ")] == [False, False, True]
    paper = found[1].papers[0]
    assert (round(paper.width), round(paper.height), round(paper.left or 0)) == (210, 297, 30)
    assert [(n.page, n.top, n.align) for n in found[1].numbers] == [(2, False, Align.RIGHT), (1, False, Align.RIGHT)]


def test_a_pdf_is_measured() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in (1, 2):
        canvas.setFont("Times-Roman", 14)
        if page == 2:
            canvas.drawCentredString(A4[0] / 2, A4[1] - 40, "2")
        for k in range(30):
            y = A4[1] - 25 * POINTS_PER_MM - 14 - 20 * k
            canvas.drawString(30 * POINTS_PER_MM, y, "The units send their reports to the office in time and in full.")
        canvas.setFont("Times-BoldItalic", 11)
        canvas.drawString(30 * POINTS_PER_MM, 150, "A small line in bold italics")
        canvas.setFillColorRGB(1, 0, 0)
        canvas.drawString(30 * POINTS_PER_MM, 130, "A line in red")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.line(30 * POINTS_PER_MM, 146, 30 * POINTS_PER_MM + 60, 146)
        canvas.showPage()
    canvas.save()
    document = read(out.getvalue(), "a.pdf")
    found = document, typeset(out.getvalue(), document)
    line, small, red = (of(found, w) for w in ("The units", "A small line", "A line in red"))
    assert [(s.look.size, s.look.bold, s.look.italic) for s in line.strips] == [(14.0, False, False)]
    assert [(s.look.size, s.look.bold, s.look.italic) for s in small.strips] == [(11.0, True, True)]
    assert small.rule == pytest.approx(60, abs=3) and line.rule == 0
    assert red.strips[0].look.colour == "FF0000"
    assert found[1].measured and found[1].pages == 2 and not found[1].blind
    assert [(n.page, n.top, n.align, n.size) for n in found[1].numbers] == [(2, True, Align.CENTRE, 14.0)]
    assert found[1].papers[0].left == pytest.approx(30, abs=1) and found[1].papers[1].top == pytest.approx(25, abs=3)


def test_widths_are_those_of_times() -> None:
    # Times-Roman and Times-Bold of the PDF standard fonts, as reportlab has them
    from reportlab.pdfbase.pdfmetrics import stringWidth

    for words in ("CONG HOA XA HOI CHU NGHIA VIET NAM", "Doc lap - Tu do - Hanh phuc", "SO GIAO DUC VA DAO TAO"):
        assert width_of(words, 13) == pytest.approx(stringWidth(words, "Times-Roman", 13), rel=0.01)
        assert width_of(words, 13, True) == pytest.approx(stringWidth(words, "Times-Bold", 13), rel=0.05)
