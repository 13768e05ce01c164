"""The task table of a draft (phụ lục nhiệm vụ) as a workbook: who, what, by when, beside the upper office's day."""

from __future__ import annotations

import io
import textwrap
from datetime import date
from typing import Any

from api.drafted.sentences import place_of
from api.tables import safe
from nlp.drafting.draft import Draft, Task

#: The columns with their widths in characters.
COLUMNS: dict[str, int] = {
    "TT": 5, "Nhiệm vụ": 56, "Đơn vị thực hiện": 26, "Thời hạn": 24, "Ngày": 12, "Nơi nhận": 24, "Hạn của Bộ": 24,
    "Ngày của Bộ": 12, "Nguồn": 34,
}  # fmt: skip
_LINE = 15.0


def as_xlsx(draft: Draft) -> bytes:
    """Return the table as a workbook; days are dates, texts are texts whatever they begin with."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Nhiệm vụ"
    sheet["A1"] = "TỔNG HỢP NHIỆM VỤ VÀ THỜI HẠN"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = safe(f"{draft.issuer_full} · dự thảo · {draft.about.text}")
    thin = Side(style="thin", color="999999")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    head = 4
    for column, (name, width) in enumerate(COLUMNS.items(), 1):
        cell: Any = sheet.cell(head, column, name)
        cell.font, cell.border, cell.fill = Font(bold=True), frame, PatternFill("solid", fgColor="E3EFF0")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for k, task in enumerate(draft.tasks, 1):
        row = _row(k, task)
        sheet.row_dimensions[head + k].height = _height(row)
        for column, value in enumerate(row, 1):
            written: Any = sheet.cell(head + k, column)
            written.value = safe(value) if isinstance(value, str) else value
            if isinstance(value, str):
                written.data_type = "s"
            elif isinstance(value, date):
                written.number_format = "dd/mm/yyyy"
            written.border, written.alignment = frame, Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = sheet.cell(head + 1, 3)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.print_title_rows = f"{head}:{head}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(k: int, task: Task) -> list[Any]:
    return [
        k, task.task, task.who, task.due_text, _day(task.due), task.recipient, task.above_text, _day(task.above),
        place_of(task.source),
    ]  # fmt: skip


def _day(iso: str | None) -> date | str:
    return date.fromisoformat(iso) if iso else ""


def _height(row: list[Any]) -> float:
    pairs = zip(row, COLUMNS.values(), strict=True)
    return _LINE * max(1, *(len(textwrap.wrap(cell, width)) for cell, width in pairs if isinstance(cell, str))) + 3
