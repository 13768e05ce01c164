"""The draft as a Word file in the layout of Nghị định 30/2020/NĐ-CP: each paragraph with its source as a comment."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from api.drafted.sentences import comment_of
from api.drafted.setting import (
    COLUMNS,
    INDENT,
    PARAGRAPH_AFTER,
    SPACING,
    WIDTH,
    Page,
    clean,
    count_anew,
    header,
    margins,
    new,
)
from corpus.layout30 import ABOUT_GAP, ELEMENTS, MOTTO, NATION, Align, day_line, open_day_line
from nlp.drafting.draft import Draft, Kind, Line, Paragraph, Run, Task

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ELEMENT = {
    Kind.BASE: "base",
    Kind.BODY: "body",
    Kind.ROMAN: "roman",
    Kind.CLAUSE_TITLE: "clause_title",
    Kind.CLAUSE: "clause",
    Kind.POINT: "point",
}
#: The task table: titles with widths in millimetres.
_TABLE = (("TT", 10.0), ("Nhiệm vụ", 68.0), ("Đơn vị thực hiện", 32.0), ("Thời hạn", 25.0), ("Nơi nhận", 25.0))
_OPEN_NUMBER = "      "
#: A property of a file is no longer.
_TITLE = 250


def as_docx(draft: Draft) -> bytes:
    """Return the draft as a DOCX file."""
    word = new()
    word.core_properties.title = clean(draft.about.text)[:_TITLE]
    page = Page(word)
    _letterhead(page, draft)
    if draft.title is not None:
        _title(page, draft)
    else:
        _addressees(page, draft.to)
    for k, paragraph in enumerate(draft.body):
        _body(page, paragraph, last=k == len(draft.body) - 1)
    _foot(page, draft)
    if draft.tasks:
        _annex(page, draft)
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


def _plain(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def _letterhead(page: Page, draft: Draft) -> None:
    head = draft.letterhead
    page.nothing()
    table = page.columns(2)
    left, right = table.rows[0].cells
    page.paragraph("parent", _plain(head.parent), within=left)
    page.paragraph("issuer", _plain(head.issuer), within=left)
    page.rule("issuer", head.issuer, COLUMNS[0], within=left)
    page.paragraph("nation", _plain(NATION), within=right)
    page.paragraph("motto", _plain(MOTTO), within=right)
    page.rule("motto", MOTTO, COLUMNS[1], within=right)
    left, right = table.rows[1].cells
    page.paragraph("number", (Run(f"Số:{_OPEN_NUMBER}/"), *head.symbol), within=left)
    if draft.title is None:
        about = page.paragraph("about", (Run("V/v "), *draft.about.runs), within=left, before=ABOUT_GAP)
        page.remark(about.runs, comment_of(draft.about.sources, draft.about.changes))
    page.paragraph("place_date", _plain(_day_line(draft)), within=right)


def _day_line(draft: Draft) -> str:
    head = draft.letterhead
    if head.day is None:
        return open_day_line(head.place, date(head.year, head.month, 1))
    return day_line(head.place, date(head.year, head.month, head.day))


def _title(page: Page, draft: Draft) -> None:
    page.paragraph("type", _plain(draft.title or ""), before=14, keep=True)
    about = page.paragraph("subject", draft.about.runs, keep=True)
    page.remark(about.runs, comment_of(draft.about.sources, draft.about.changes))
    page.rule("subject", draft.about.text, WIDTH)


def _addressees(page: Page, to: Sequence[Line]) -> None:
    if len(to) == 1:
        made = page.paragraph("to", (Run("Kính gửi: "), *to[0].runs, Run(".")), before=14, after=10)
        page.remark(made.runs, comment_of(to[0].sources, to[0].changes))
        return
    page.paragraph("to", _plain("Kính gửi:"), align=Align.LEFT, left=28, before=14, keep=True)
    for k, line in enumerate(to):
        last = k == len(to) - 1
        runs = (Run("- "), *line.runs, Run("." if last else ";"))
        made = page.paragraph("to", runs, align=Align.LEFT, left=44, after=10 if last else 0, keep=not last)
        page.remark(made.runs, comment_of(line.sources, line.changes))


def _body(page: Page, paragraph: Paragraph, *, last: bool) -> None:
    key = _ELEMENT[paragraph.kind]
    label = f"{paragraph.label} " if paragraph.label else ""
    heading = paragraph.kind in (Kind.ROMAN, Kind.CLAUSE_TITLE)
    made = page.paragraph(
        key,
        (*((Run(label),) if label else ()), *paragraph.runs),
        align=Align.JUSTIFIED,
        indent=INDENT,
        after=PARAGRAPH_AFTER,
        spacing=SPACING,
        keep=heading or last,
    )
    page.remark(made.runs, comment_of(paragraph.sources, paragraph.changes, paragraph.gaps))


def _foot(page: Page, draft: Draft) -> None:
    table = page.columns(1, (WIDTH * 0.52, WIDTH * 0.48))
    left, right = table.rows[0].cells
    page.paragraph("recipients_head", _plain("Nơi nhận:"), within=left)
    for k, line in enumerate(draft.recipients):
        end = "." if k == len(draft.recipients) - 1 else ";"
        made = page.paragraph("recipients", (Run("- "), *line.runs, Run(end)), within=left, align=Align.LEFT)
        page.remark(made.runs, comment_of(line.sources, line.changes))
    for k, line in enumerate(draft.power):
        made = page.paragraph("power", line.runs, within=right)
        if k == 0:
            page.remark(made.runs, comment_of(line.sources, line.changes))
    for _ in range(5):
        page.paragraph("signer", (), within=right)
    made = page.paragraph("signer", draft.signer.runs, within=right)
    page.remark(made.runs, comment_of(draft.signer.sources, draft.signer.changes))
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(_cannot_split())


def _cannot_split() -> object:
    from docx.oxml import OxmlElement

    return OxmlElement("w:cantSplit")


def _annex(page: Page, draft: Draft) -> None:
    """Add the task table as an annex with pages of its own."""
    from docx.enum.section import WD_SECTION
    from docx.shared import Mm

    section = page.word.add_section(WD_SECTION.NEW_PAGE)
    margins(section)
    header(section, Mm(10))
    count_anew(section)
    head = draft.letterhead
    page.paragraph("annex", _plain("Phụ lục"))
    page.paragraph("annex_title", _plain("TỔNG HỢP NHIỆM VỤ VÀ THỜI HẠN"))
    kind = "Kế hoạch" if draft.title else "Công văn"
    month = f"{head.month:02d}" if head.month < 3 else str(head.month)
    day = f"{head.day:02d}" if head.day is not None else _OPEN_NUMBER
    note = (
        Run(f"(Kèm theo {kind} số{_OPEN_NUMBER}/"),
        *head.symbol,
        Run(f" ngày {day} tháng {month} năm {head.year} của {draft.issuer_full})"),
    )
    page.paragraph("annex_note", note, after=8)
    _tasks(page, draft.tasks)


def _tasks(page: Page, tasks: Sequence[Task]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table = page.columns(1, [width for _, width in _TABLE])
    table.style = "Table Grid"
    for cell, (title, _) in zip(table.rows[0].cells, _TABLE, strict=True):
        page.paragraph("body", _plain(title), within=cell, align=Align.CENTRE, bold=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for k, task in enumerate(tasks, 1):
        cells = table.add_row().cells
        for cell, text in zip(cells, (str(k), task.task, task.who, task.due_text, task.recipient), strict=True):
            align = Align.CENTRE if cell is cells[0] else Align.LEFT
            made = page.paragraph("body", _plain(text), within=cell, align=align)
            if cell is cells[1]:
                source = f"hạn của Bộ: {task.above_text}" if task.above_text else ""
                page.remark(
                    made.runs, comment_of([task.source], ()).splitlines()[0] + (f" ({source})" if source else "")
                )
    from docx.shared import Mm, Pt

    for row in table.rows:
        row._tr.get_or_add_trPr().append(_cannot_split())
        for cell, (_, width) in zip(row.cells, _TABLE, strict=True):
            cell.width = Mm(width)
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(ELEMENTS["body"].sizes.least)
