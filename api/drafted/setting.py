"""Paragraphs, rules and tables of a Word file, set as ``corpus.layout30`` has each element."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from corpus.layout30 import ELEMENTS, FONT, PARAGRAPH_GAP, SHEET, Align, Case, Element
from ingest.advance import width_of
from nlp.drafting.draft import Run

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as WordParagraph

#: Lengths in millimetres: page margins within the decree's ranges, the first line of a paragraph.
TOP, BOTTOM, LEFT, RIGHT, INDENT = 20.0, 20.0, 30.0, 20.0, 12.7
#: Width between the margins, and the two columns of letterhead and sign-off.
WIDTH = SHEET.width - LEFT - RIGHT
COLUMNS = (66.0, WIDTH - 66.0)
#: Space behind a paragraph of the body, in points.
PARAGRAPH_AFTER = PARAGRAPH_GAP
#: Lines of the body, in lines.
SPACING = 1.15
_POINTS_PER_MM = 72 / 25.4
#: What Word leaves free at the sides of a cell, in points.
_CELL = 10.8
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_AUTHOR, _INITIALS = "congvan", "CV"


def size_of(key: str) -> float:
    """Return the size of an element's letters: of the letterhead the smaller one, so that it fits in its column."""
    element = ELEMENTS[key]
    small = key in ("nation", "motto", "parent", "issuer", "about", "place_date")
    return element.sizes.least if small else element.sizes.most


def new() -> Word:
    """Return an empty document on A4 with the decree's margins and font."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    word = Document()
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size_of("body"))
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:eastAsia", "w:cs", "w:hAnsi", "w:ascii"):
        fonts.set(qn(name), FONT)
    form = normal.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), 1.0
    margins(word.sections[0])
    _modern(word)
    word.core_properties.language = "vi-VN"
    word.core_properties.author = _AUTHOR
    word.core_properties.comments = ""
    header(word.sections[0], Mm(10))
    return word


def _modern(word: Word) -> None:
    """Have Word open the file as one of today, not in compatibility mode with Word 2010."""
    from docx.oxml.ns import qn

    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def margins(section: Any) -> None:
    """Set paper and margins of a section."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(SHEET.width), Mm(SHEET.height)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)


def header(section: Any, distance: Any) -> None:
    """Put the page number into the middle of the top margin, from the second page on."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    section.header_distance = distance
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("number", "2"), ("end", "")):
        run = paragraph.add_run("2" if kind == "number" else "")
        run.font.size = Pt(size_of("page_number"))
        if kind == "number":
            continue
        node = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            node.set(qn("w:fldCharType"), kind)
        else:
            node.text = text
        run._r.append(node)


def count_anew(section: Any) -> None:
    """Have the pages of a section counted from 1."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    node = OxmlElement("w:pgNumType")
    node.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:pgMar")).addnext(node)


def clean(text: str) -> str:
    """Return a text without characters that a Word file cannot hold."""
    return _CONTROL.sub("", text)


class Page:
    """Writes the elements of a document one below the other, into the body or a cell."""

    def __init__(self, word: Word) -> None:
        self.word = word

    def paragraph(
        self,
        key: str,
        runs: Sequence[Run],
        *,
        within: Any = None,
        align: Align | None = None,
        indent: float = 0.0,
        left: float = 0.0,
        before: float = 0.0,
        after: float = 0.0,
        spacing: float = 1.0,
        keep: bool = False,
        bold: bool | None = None,
    ) -> WordParagraph:
        """Add a paragraph set as element ``key``; open places are highlighted and asked about.

        ``within`` is a cell (its first empty paragraph is taken); lengths are in millimetres and points.
        """
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
        from docx.shared import Mm, Pt

        element = ELEMENTS[key]
        made: WordParagraph = _free(within) if within is not None else self.word.add_paragraph()
        made.alignment = {
            Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
            Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
            Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
            Align.JUSTIFIED: WD_ALIGN_PARAGRAPH.JUSTIFY,
        }[align or element.align[0]]
        form = made.paragraph_format
        form.first_line_indent = Mm(indent) if indent else None
        form.left_indent = Mm(left) if left else None
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), spacing
        form.keep_with_next = True if keep else None
        asked: set[str] = set()
        for run in runs:
            text = clean(run.text)
            added = made.add_run(text.upper() if element.case is Case.UPPER and run.gap is None else text)
            added.font.size = Pt(size_of(key))
            added.bold, added.italic = element.bold if bold is None else bold, element.italic
            if run.gap is not None:
                added.font.highlight_color = WD_COLOR_INDEX.YELLOW
                if run.gap.question not in asked:
                    asked.add(run.gap.question)
                    self.remark([added], f"Cần điền: {run.gap.question}")
        return made

    def remark(self, runs: Sequence[Any], text: str) -> None:
        """Hang a comment on runs."""
        if runs:
            self.word.add_comment(list(runs), text=clean(text), author=_AUTHOR, initials=_INITIALS)

    def rule(self, key: str, text: str, column: float, *, within: Any = None) -> None:
        """Draw the rule under an element's last line, as long as the table has it, in the middle of the column."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        element: Element = ELEMENTS[key]
        if element.rule is None:
            return
        inner = column * _POINTS_PER_MM - (_CELL if within is not None else 0)
        line = min(width_of(text, size_of(key), element.bold), inner)
        share = 1.0 if element.rule.least == 1 else (element.rule.least + element.rule.most) / 2
        side = max(0.0, (inner - line * share) / 2)
        made = _free(within) if within is not None else self.word.add_paragraph()
        form = made.paragraph_format
        form.left_indent = form.right_indent = Pt(side)
        form.space_before, form.space_after, form.line_spacing = Pt(3), Pt(4), Pt(3)
        border, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        border.append(top)
        made._p.get_or_add_pPr().insert(0, border)
        run = made.add_run("")
        run.font.size = Pt(2)

    def nothing(self) -> None:
        """Add a paragraph of one point: before a table at a file's start LibreOffice puts an empty line where the file
        has comments, and page 1 would begin below its margin."""
        from docx.shared import Pt

        made = self.word.add_paragraph()
        made.paragraph_format.line_spacing = Pt(1)
        made.add_run("").font.size = Pt(1)

    def columns(self, rows: int, widths: Sequence[float] = COLUMNS) -> Any:
        """Add a table without lines; widths in millimetres."""
        from docx.shared import Mm

        table = self.word.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        return table


def _free(cell: Any) -> Any:
    """Return the empty paragraph that a new cell has, or another."""
    last = cell.paragraphs[-1]
    taken = last.runs or last._p.find(f"{last._p.nsmap['w'] and '{' + last._p.nsmap['w'] + '}'}pPr") is not None
    return cell.add_paragraph() if taken else last
