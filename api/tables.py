"""The follow-up table that offices keep (bảng theo dõi nhiệm vụ), as XLSX and CSV.

Cells are text from other people's files: what a spreadsheet would take for a formula is kept from being one.
"""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Mapping
from datetime import date
from typing import Any

from api import wording
from api.placing import has_pages
from api.usecases.asking import Owed
from api.usecases.dutyrows import STATUS_NAMES, DutyRow
from api.usecases.places import label

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

#: The columns with their widths in characters; the first ``PRINTED`` are what offices print, the others say more.
COLUMNS: dict[str, int] = {
    "STT": 5,
    "Nhiệm vụ": 54,
    "Hạn hoàn thành": 13,
    "Đơn vị thực hiện": 22,
    "Nơi nhận": 16,
    "Văn bản": 19,
    "Trang": 7,
    "Tình trạng": 14,
    "Ghi chú": 22,
    "Hạn ghi trong văn bản": 24,
    "Gửi qua": 18,
    "Ngày văn bản": 13,
    "Cơ quan ban hành": 28,
    "Vì sao": 44,
}
PRINTED = 9
#: The one that cells have unless they say otherwise; a font without a name is drawn in another one.
FONT = "Calibri"
#: The height of a line of text in points.
_LINE = 15.0
_DAYS = ("Hạn hoàn thành", "Ngày văn bản")
#: What Excel and LibreOffice may take for a formula, also behind blanks.
_FORMULA = re.compile(r"^\s*[=+\-@|%]|^[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def status(row: DutyRow) -> str:
    """Return the state of a duty in words."""
    if row.done is not None:
        return f"đã xong {wording.day(row.done.day)}"
    return STATUS_NAMES.get(row.status, "")


def lines(owed: Owed) -> list[list[Any]]:
    """Return a line a duty, in the order of ``COLUMNS``; days are dates."""
    return [_line(position, row) for position, row in enumerate(owed.rows, owed.asked.offset + 1)]


def _line(position: int, row: DutyRow) -> list[Any]:
    plain = row.known.plain
    notes = [row.done.note if row.done else "", "" if row.certain else "chưa chắc dành cho đơn vị này"]
    notes += [wording.gone(row.replaced_by)] if row.replaced_by else []
    notes += [f"theo {step.number} (hạn {wording.day(step.due)})" for step in row.chain]
    return [
        position,
        plain["task"],
        _date(row.due) or plain["due_text"] or "",
        wording.for_whom(plain["actor"], plain["levels"]),
        plain["recipient"] or "",
        plain["number"] or plain["source"],
        plain["page"] if has_pages(row.info.media_type) else plain["where"],
        status(row),
        "; ".join(note for note in notes if note),
        plain["due_text"] or "không ghi hạn",
        plain["via"] or "",
        _date(plain["date"]),
        plain["issuer"] or "",
        row.reason,
    ]


def write_head(sheet: Any, at: int, columns: Mapping[str, int]) -> None:
    """Write the head of a table into row ``at``; ``columns``: names with their widths in characters."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    frame = _frame()
    for column, (name, width) in enumerate(columns.items(), 1):
        cell: Any = sheet.cell(at, column, name)
        cell.font, cell.border = Font(name=FONT, size=11, bold=True), frame
        cell.fill = PatternFill("solid", fgColor="E3EFF0")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(column)].width = width


def write_line(sheet: Any, at: int, line: list[Any], columns: Mapping[str, int]) -> None:
    """Write a line of the table into row ``at``, as high as it needs; texts are texts whatever they begin with."""
    from openpyxl.styles import Alignment

    sheet.row_dimensions[at].height = _height(line, columns)
    frame, top = _frame(), Alignment(wrap_text=True, vertical="top")
    middle = Alignment(vertical="top", horizontal="center")
    for column, value in enumerate(line, 1):
        cell: Any = sheet.cell(at, column)
        cell.value = safe(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        cell.border, cell.alignment = frame, top if isinstance(value, str) else middle


def _frame() -> Any:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color="999999")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def _height(line: list[Any], columns: Mapping[str, int]) -> float:
    """Return the height that a line needs in points: programs that open a workbook do not all work it out."""
    cells = zip(line, columns.values(), strict=True)
    wrapped = (len(textwrap.wrap(cell, width)) for cell, width in cells if isinstance(cell, str))
    return _LINE * max(1, *wrapped) + 3


def _date(iso: str | None) -> date | str:
    try:
        return date.fromisoformat(iso) if iso else ""
    except ValueError:
        return iso or ""


def safe(text: str) -> str:
    """Return a cell's text with an apostrophe before what would be a formula, and without control characters."""
    clean = _CONTROL.sub("", text)
    return f"'{clean}" if _FORMULA.match(clean) else clean


def as_csv(owed: Owed) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark, so that Excel shows Vietnamese right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in lines(owed):
        writer.writerow([cell.strftime("%d/%m/%Y") if isinstance(cell, date) else _cell(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    return safe(value) if isinstance(value, str) else value


def as_xlsx(owed: Owed) -> bytes:
    """Return the table as a workbook: dates are dates, the head stays in sight, ready to filter and to print."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Theo dõi nhiệm vụ"
    sheet["A1"] = "BẢNG THEO DÕI NHIỆM VỤ"
    sheet["A1"].font = Font(name=FONT, size=14, bold=True)
    year = f" · năm học {owed.asked.school_year}" if owed.asked.school_year else ""
    day = f"tính đến ngày {owed.asked.as_of:%d/%m/%Y}"
    sheet["A2"] = safe(f"{label(owed.asked.unit)}{year} · {day} · {owed.count} nhiệm vụ")
    head = 4
    red = Font(name=FONT, size=11, color="A5261E", bold=True)
    write_head(sheet, head, COLUMNS)
    for at, (line, row) in enumerate(zip(lines(owed), owed.rows, strict=True), head + 1):
        write_line(sheet, at, line, COLUMNS)
        for column, (name, value) in enumerate(zip(COLUMNS, line, strict=True), 1):
            written: Any = sheet.cell(at, column)
            if name in _DAYS and isinstance(value, date):
                written.number_format = "dd/mm/yyyy"
            if row.status == "overdue" and row.done is None and name in ("Hạn hoàn thành", "Tình trạng"):
                written.font = red
    sheet.row_dimensions[head].height = 2 * _LINE + 3
    last = max(head + len(owed.rows), head)
    sheet.print_area = f"A1:{get_column_letter(PRINTED)}{last}"
    sheet.freeze_panes = sheet.cell(head + 1, 3)
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(COLUMNS))}{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
