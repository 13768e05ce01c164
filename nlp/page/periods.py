"""Tables of units by periods: "Đơn vị | Kỳ đầu năm | Kỳ giữa năm", each of whose rows has a time, or none, for each."""

from __future__ import annotations

import re

from corpus.text import LOWER, UPPER

#: Who reports, in the first title.
_WHO = re.compile(
    r"\W{0,3}(?:(?:STT|TT)\s)?(?:Tên )?(?:Đơn vị|Cơ quan|Cấp|Trường|Cơ sở giáo dục|Nơi (?:gửi|báo cáo|nhập))"
    r"(?:\s(?:báo cáo|thực hiện|quản lý|học|nộp|gửi|nhập|duyệt))?(?=\s)"
)
#: A title of a period: "Kỳ đầu năm", "Học kỳ I", "Đợt 2", "Cuối năm", "Cả năm".
_PERIOD = re.compile(
    r"\s(?:Kỳ|Kì|Học k[ỳì]|Đợt|Lần|Vòng|Đầu|Giữa|Cuối|Cả năm|Sơ kết|Tổng kết|Quý)"
    rf"(?:\s(?:[{LOWER}]+|\d{{1,2}}|[IVX]{{1,4}}(?=\s|$))){{0,3}}"
)
_DAY = r"(?:(?:Trước|Đến|Hết|Chậm nhất|trước|đến|hết)\s)?(?:[Nn]gày\s)?(?:\d{1,2}\s?[-–]\s?)?\d{1,2}/\d{1,2}(?:/\d{4})?"
#: A cell of a period: a day, or that there is none.
_CELL = rf"\s(?:{_DAY}|Không(?:\s[{LOWER}]+){{0,3}}|[-–—x/])"
#: More words than the rest of a cell holds.
_REST = 8


def periods_of(head: str) -> int:
    """Return how many periods a head names behind who reports, 0 where it is no such head."""
    who = _WHO.match(head)
    if who is None:
        return 0
    found, at = 0, who.end()
    while (title := _PERIOD.match(head, at)) is not None:
        found, at = found + 1, title.end()
    return found if found > 1 and not head[at:].strip(" .") else 0


def has_periods(line: str, periods: int) -> bool:
    """Tell whether a line opens a row: it begins like a cell and ends with a time, or none, for each of the periods."""
    if not re.match(rf"[{UPPER}\d|]", line):
        return False
    cells = re.search(rf"(?:{_CELL}){{{periods}}}\.?$", line)
    return cells is not None and re.search(r"\d/\d", cells.group()) is not None and cells.start() > 1


def heads_periods(head: str, below: list[str]) -> bool:
    """Tell whether a line is the head of such a table; ``below`` are some lines under it."""
    periods = periods_of(head)
    return periods > 0 and any(has_periods(line, periods) for line in below[:2])


def ends_periods(line: str, periods: int, *, begun: bool) -> bool | None:
    """Tell whether a line ends such a table: a row does not, a paragraph below rows does; None for what is neither.

    ``begun``: rows stand above it.
    """
    if not periods:
        return None
    if has_periods(line, periods):
        return False
    return True if begun and line[:1].isupper() and len(line.split()) > _REST else None
