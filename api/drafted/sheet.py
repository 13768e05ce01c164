"""The task table of a draft (phụ lục nhiệm vụ) as a workbook: who, what, by when, beside the upper office's day."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from api.drafted.sentences import place_of
from api.tables import FONT, safe, write_head, write_line
from nlp.drafting.draft import Draft, Task

#: The columns with their widths in characters.
COLUMNS: dict[str, int] = {
    "TT": 5, "Nhiệm vụ": 56, "Đơn vị thực hiện": 26, "Thời hạn": 24, "Ngày": 12, "Nơi nhận": 24, "Hạn của Bộ": 24,
    "Ngày của Bộ": 12, "Nguồn": 34,
}  # fmt: skip


def as_xlsx(draft: Draft) -> bytes:
    """Return the table as a workbook; days are dates, texts are texts whatever they begin with."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Nhiệm vụ"
    sheet["A1"] = "TỔNG HỢP NHIỆM VỤ VÀ THỜI HẠN"
    sheet["A1"].font = Font(name=FONT, size=14, bold=True)
    sheet["A2"] = safe(f"{draft.issuer_full} · dự thảo · {draft.about.text}")
    head = 4
    write_head(sheet, head, COLUMNS)
    for k, task in enumerate(draft.tasks, 1):
        line = _row(k, task)
        write_line(sheet, head + k, line, COLUMNS)
        for column, value in enumerate(line, 1):
            if isinstance(value, date):
                sheet.cell(head + k, column).number_format = "dd/mm/yyyy"
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
