"""The report of a comparison as a Word file: summary, changed facts, items side by side, citations."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from api import wording
from api.compared.sentences import FACTS, FIELDS, citation_line, fact_line, name_of, note_of, side_of, summary
from api.drafted.setting import clean
from api.usecases.comparing import Compared, Outcome
from corpus.text import fold
from nlp.compare.comparison import Comparison, Fate, Row

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import _Cell


#: Colours of words that went and of words that came; both are also marked without colour.
_GONE, _COME = "9C1C1C", "0B5A2A"
_HEAD = "E7EEF0"
#: Widths in centimetres, on A4 across.
_ITEMS, _FACTS, _CITED = (2.6, 11.4, 11.4), (9.0, 2.6, 4.6, 4.6, 4.6), (3.0, 9.0, 13.4)


def file_name(outcome: Outcome) -> str:
    """Return a file name of plain letters for the report."""
    names = "-".join(re.sub(r"[^a-z0-9]+", "-", fold(side.name)).strip("-")[:40] for side in outcome.sides)
    return f"so-sanh-{names}.docx"


def as_docx(outcome: Outcome) -> bytes:
    """Return the report as a DOCX file."""
    word = _new()
    _paragraph(word, "BÁO CÁO SO SÁNH VĂN BẢN", bold=True, size=15, centre=True)
    _table(
        word,
        ("", "Số ký hiệu", "Ngày", "Cơ quan ban hành", "Trích yếu"),
        [_about(k, side, outcome) for k, side in enumerate(outcome.sides, 1)],
        (2.6, 4.4, 2.6, 6.0, 9.8),
    )
    for comparison, (old, new) in zip(outcome.comparisons, pairwise(outcome.sides), strict=True):
        _heading(word, f"{old.name} → {new.name}")
        for sentence in summary(comparison):
            _paragraph(word, sentence, style="List Bullet")
        if comparison.related:
            _facts(word, comparison)
            _items(word, comparison, old, new)
            _citations(word, comparison)
            _lists(word, comparison)
    if outcome.chain:
        _chain(word, outcome)
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


def _about(k: int, side: Compared, outcome: Outcome) -> tuple[str, ...]:
    header = side.facts.header
    name = f"Văn bản {k}" + (" (tự tìm)" if outcome.found and k == 1 else "")
    return name, side.name, wording.day(header.date), header.issuer or "", header.subject or ""


def _new() -> Word:
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    word = Document()
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.paragraph_format.space_after = Pt(3)
    word.core_properties.title, word.core_properties.language = "Báo cáo so sánh văn bản", "vi-VN"
    return word


def _paragraph(
    word: Word,
    text: str,
    *,
    bold: bool = False,
    size: float | None = None,
    centre: bool = False,
    style: str | None = None,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made = word.add_paragraph(style=style)
    run = made.add_run(clean(text))
    run.bold = bold
    if size is not None:
        run.font.size = Pt(size)
    if centre:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _heading(word: Word, text: str) -> None:
    from docx.shared import Pt

    made = word.add_paragraph()
    made.paragraph_format.space_before, made.paragraph_format.keep_with_next = Pt(12), True
    run = made.add_run(clean(text))
    run.bold, run.font.size = True, Pt(13)


def _facts(word: Word, comparison: Comparison) -> None:
    """Add the table of changed facts; where there is none, the summary has said so."""
    rows = [
        (fact.task, FACTS[fact.what], side_of(fact, old=True), side_of(fact, old=False), note_of(fact))
        for _, fact in comparison.facts()
    ]
    if rows:
        _heading(word, "Hạn của hai cấp" if comparison.levels else "Thông tin thay đổi")
        sides = ("Cấp trên", "Cấp dưới") if comparison.levels else ("Trước", "Nay")
        _table(word, ("Việc", "Thông tin", *sides, "Ghi chú"), rows, _FACTS)


def _items(word: Word, comparison: Comparison, old: Compared, new: Compared) -> None:
    _heading(word, "Từng mục")
    _paragraph(word, "Chữ bỏ: gạch ngang; chữ thêm: gạch chân. Số trong ngoặc vuông là trang và dòng của văn bản.")
    table = _frame(word, ("Kết quả", old.name, new.name), _ITEMS)
    for row in comparison.rows:
        cells = table.add_row().cells
        _fill(cells[0], [(name_of(row), "b")])
        _fill(cells[1], list(_side(row, old=True)))
        _fill(cells[2], list(_side(row, old=False)))
        for fact in row.facts:
            _fill(cells[0], [(fact_line(fact), "")], more=True)
    _widths(table, _ITEMS)


def _side(row: Row, *, old: bool) -> Iterator[tuple[str, str]]:
    """Yield the words of one side with how they are marked: "-" gone, "+" come, "b" bold."""
    parts = row.old if old else row.new
    for part in parts:
        yield f"{part.key} [tr. {part.evidence.page}, d. {part.evidence.line}] ", "b"
    if not row.words:
        yield "\n".join(part.text for part in parts), ""
        return
    text = row.old_text if old else row.new_text
    for change in row.words:
        piece = text[change.old_start : change.old_end] if old else text[change.new_start : change.new_end]
        yield piece, "" if change.same else ("-" if old else "+")


def _citations(word: Word, comparison: Comparison) -> None:
    if not comparison.citations:
        return
    _heading(word, "Văn bản viện dẫn")
    names = {Fate.REPLACED: "được thay", Fate.ADDED: "thêm", Fate.DROPPED: "bỏ"}
    if comparison.levels:
        names |= {Fate.ADDED: "cấp dưới thêm", Fate.DROPPED: "cấp dưới không nhắc"}
    rows = [(names[change.fate], citation_line(change), change.why) for change in comparison.citations]
    _table(word, ("Kết quả", "Văn bản", "Vì sao"), rows, _CITED)


def _lists(word: Word, comparison: Comparison) -> None:
    rows = [
        (FIELDS[change.field], name, "; ".join(entries))
        for change in comparison.lists
        for name, entries in (("thêm", change.added), ("bỏ", change.dropped))
        if entries
    ]
    if rows:
        _heading(word, "Kính gửi, nơi nhận")
        _table(word, ("Mục", "Kết quả", "Nội dung"), rows, _CITED)


def _chain(word: Word, outcome: Outcome) -> None:
    _heading(word, "Qua các năm")
    width = 25.4 / len(outcome.sides)
    rows = []
    for row in outcome.chain:
        cells = []
        for k, cell in enumerate(row.cells):
            text = (
                "\n".join(f"{part.key} {part.text[:160]}{' …' if len(part.text) > 160 else ''}" for part in cell) or "–"
            )
            step = row.steps[k - 1] if k else ()
            names = ", ".join(dict.fromkeys(name_of(r) for r in step))
            facts = "".join(f"\n• {fact_line(fact)}" for r in step for fact in r.facts)
            cells.append((f"({names}) " if names else "") + text + facts)
        rows.append(tuple(cells))
    _table(word, [side.name for side in outcome.sides], rows, (width,) * len(outcome.sides))


def _table(word: Word, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    table = _frame(word, head, widths)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _fill(cell, [(text, "")])
    _widths(table, widths)


def _frame(word: Word, head: Sequence[str], widths: Sequence[float]) -> Any:
    """Return a new ruled table whose head comes again on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table = word.add_table(rows=1, cols=len(head))
    table.style, table.autofit = "Table Grid", False
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        _fill(cell, [(text, "b")])
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _HEAD)
        cell._tc.get_or_add_tcPr().append(shade)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    return table


def _widths(table: Any, widths: Sequence[float]) -> None:
    from docx.shared import Cm

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)  # LibreOffice looks here, Word at the cells
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _fill(cell: _Cell, pieces: Sequence[tuple[str, str]], *, more: bool = False) -> None:
    """Write pieces of text into a cell: "b" bold, "-" struck through, "+" underlined."""
    from docx.shared import Pt, RGBColor

    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    for text, how in pieces:
        run = paragraph.add_run(clean(text))
        run.font.size = Pt(10)
        run.bold = how == "b"
        if how in ("-", "+"):
            run.font.strike, run.font.underline = how == "-", how == "+"
            run.font.color.rgb = RGBColor.from_string(_GONE if how == "-" else _COME)
