"""Rows of a table whose numbers an OCR lost: the numbers that were read say how many rows stand between them.

"2 Nhập danh sách … 24/02 ⏎ Nộp danh sách … 26/02 ⏎ Gửi danh sách … 22/02 ⏎ 5 Tham mưu …": between 2 and 5 two rows
begin, and they begin where a line reads most like the first one of a row: a capital, a time in its column, a stroke.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.text import UPPER, is_syllable
from nlp.page.columns import Column, titles_of
from nlp.page.lines import Line
from nlp.page.marks import is_upper
from nlp.words.folding import pattern

#: The number of a row, and one with a dot behind it over prose, as a list's.
_NUMBER = re.compile(rf"\|?\s?(?P<at>\d{{1,2}})(?P<dot>[.)])?(?:(?P<stroke>\s?[|_\]])\s?|\s|$)(?=[{UPPER}“\"\[(]|$)")
_TIME = re.compile(
    r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/]|/\d)|(?<![\d/])\d{1,2}/\d{4}(?!\d)|(?<![\d/])\d{1,2}/\d{1,2}/\d{4}"
    r"|\s(?:tháng|quý|tuần|Tháng|Quý|Tuần) [\dIV]|\s(?:Trước|Từ|Chậm nhất|Hằng|Hàng|Trong|Xong|Hết|Dự kiến)(?!\w)"
    r"|\s(?:xong|xong trước|từ|trước ngày|đến hết)$|\s\d{1,2} giờ(?!\w)"
    r"|\s(?:Thứ|thứ|Sáng|Chiều) (?:Hai|Tư|Năm|Sáu|Bảy|thứ)(?!\w)"
)
_DAY = re.compile(r"(?<![\d/])\d{1,2}/(?:\d{1,2}|\d{4})(?!\d)")
#: The year in a document's number, which is no time: "Nghị định số 66/2025/NĐ-CP".
_OF_NUMBER = re.compile(rf"(?<!\d)\d{{1,4}}/20\d\d/[{UPPER}]")
_STROKE = re.compile(r"[|\]]\s")
_SECTION = re.compile(r"(?:(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|PHỤ LỤC|Phụ lục)\s|[IVX]{1,5}[.)]\s|Điều\s\d)")
_CLOSES = pattern(r"\W{0,3}(?:tren day la|(?:can cu|nhan duoc) (?:ke hoach|cong van|thong bao) nay|noi nhan)")
_OPEN = re.compile(r"(?:[,;(–-]|\s(?:và|các|của|đến|từ|cho|về|ngày|tháng|trước|xong|nhất|Trước|Từ|Trong))$")
#: Where the first letters of a line are read wrong, and its number: "ew ký trên …", "| . |Gửi", "i | Số liệu".
_LITTER = re.compile(rf"[^\w]*(?:[^\W\d_]{{1,2}}\s?[|\]]\s?(?=[{UPPER}])|[^\W\d_]\s(?=[{UPPER}]))?")
_WORD = re.compile(r"[^\W\d_]+")
#: A number with a stroke behind it, as only a table has one; rows of a table whose head is lost begin with the first.
_PARTED_NUMBER = re.compile(rf"(?:\|\s?)?(?P<at>\d{{1,2}})[.)]?\s?\|\s?[{UPPER}]")
_BARE_NUMBER = re.compile(rf"(?:\|\s?)?(?P<at>\d{{1,2}})\s?(?:\|\s?|\s)[{UPPER}]")
_FIRST, _SOON = 2, 6
#: A stroke in the middle of a line; so many lines soon after it have one, too, in a table.
_STRIPE = re.compile(r"\w.*\s\S{0,2}\|\s{1,2}\w")
_STRIPED, _STRIPES = 9, 3
#: What speaks for the first line of a row, and how much is enough: a capital and a time, or a time and a stroke.
_CAPITAL, _TIMED, _PARTED, _SMALL, _SHORT, _RUNS_ON, _ENOUGH = 2, 3, 1, -3, -2, -2, 4
_SHORTER, _PROSE, _MOST_LINES, _MOST_LOST = 30, 150, 160, 9


def unnumbered(head: Line, lines: list[Line]) -> frozenset[int]:
    """Return where the lines stand that begin rows without their number; ``lines`` are those under the head.

    None where the numbers that were read leave no gap: then every row has its own.
    """
    rows = _within(lines)
    numbers = _numbers(rows, counted=titles_of(head.text)[:1] == [Column.NUMBER])
    if not numbers:
        return frozenset()
    found: set[int] = set()
    for (at, one), (to, other) in pairwise([(-1, 0), *numbers]):
        lost = other - one - 1
        between = list(range(at + 1, to))
        if at < 0 and between:  # the first line under the head begins a row, whatever it holds
            lost, between = lost - 1, between[1:]
        ranked = sorted(((_likeness(rows[k], rows[k - 1] if k else head), -k) for k in between), reverse=True)
        begun = {-k for likeness, k in ranked[: max(0, lost)] if likeness >= _ENOUGH}
        for k in between:
            above = max((b for b in begun if b < k), default=max(at, 0))
            if len(begun) < lost and k not in begun and _is_whole(rows[k], rows[above:k]):
                begun.add(k)
        found |= {rows[k].start for k in begun}
    return frozenset(found)


def _is_whole(line: Line, row: list[Line]) -> bool:
    """Tell whether a line, though its first letter is small, begins a row where one is missing: it has a stroke and a
    day, and the row above has its own day by then ("thẩm định dự toán … | Phòng KHTC 20/12")."""
    parted = _STROKE.search(line.text) is not None and _TIME.search(line.text, 1) is not None
    return parted and _OPEN.search(row[-1].text) is None and any(_DAY.search(part.text) for part in row)


def numbered_to(head: Line, lines: list[Line]) -> int:
    """Return where the last row begins of a table whose rows are all numbered from 1 on, 0 where a number is missing or
    has several rows (a cell that is merged over them: "1 | Phòng GDTrH | … | 20/5 ⏎ Tập huấn … | 24/5").

    Above it no line without a number begins a row.
    """
    rows = _within(lines)
    numbers = _numbers(rows, counted=titles_of(head.text)[:1] == [Column.NUMBER])
    if len(numbers) < 2 or [number for _, number in numbers] != list(range(1, len(numbers) + 1)):
        return 0
    for (at, _), (to, _) in pairwise(numbers):
        done = next((k for k in range(at, to) if _DAY.search(rows[k].text)), to)  # where the numbered row has its time
        below = [k for k in range(done + 1, to) if not _OF_NUMBER.search(rows[k].text)]
        if any(_likeness(rows[k], rows[k - 1]) >= _ENOUGH for k in below):
            return 0
    return rows[numbers[-1][0]].start


def begins_parted(line: Line, row: list[Line]) -> bool:
    """Tell whether a line with a stroke in it begins a row: a capital and a time, below a row that has its time."""
    if "|" not in line.text[2:] or line.text[:1] == "|" or _OPEN.search(row[-1].text):
        return False
    timed = any(_TIME.search(part.text, 1) and any(c.isdigit() for c in part.text) for part in row)
    return timed and _likeness(line, row[-1]) >= _ENOUGH + (not _is_littered(line.text))


def begins_striped(lines: list[Line], k: int) -> bool:
    """Tell whether rows without numbers begin at a line whose head was not read: a time, and strokes here and below."""
    if not _is_striped(lines[k]) or _likeness(lines[k], lines[k - 1] if k else lines[k]) <= _ENOUGH:
        return False
    return sum(map(_is_striped, lines[k + 1 : k + 1 + _STRIPED])) >= _STRIPES


def _is_striped(line: Line) -> bool:
    return len(line.text) <= _PROSE and _STRIPE.search(line.text) is not None


def begins_numbered(lines: list[Line], k: int, *, is_headed: bool = False) -> bool:
    """Tell whether numbered rows begin at a line whose head was not read: "1 | Họp bàn …", and "2 | …" soon after.

    ``is_headed``: what is left of their head stands above; then no stroke need part the numbers from the words.
    """
    number = _BARE_NUMBER if is_headed else _PARTED_NUMBER
    first = number.match(lines[k].text)
    if first is None or int(first["at"]) > _FIRST:
        return False
    later = (number.match(line.text) for line in lines[k + 1 : k + 1 + _SOON])
    return any(number is not None and int(number["at"]) == int(first["at"]) + 1 for number in later)


def _within(lines: list[Line]) -> list[Line]:
    """Return the lines that may be rows: up to a heading, a closing sentence or prose."""
    found: list[Line] = []
    for line in lines[:_MOST_LINES]:
        over = _SECTION.match(line.text) or _CLOSES.match(line.fold) or len(line.text) > _PROSE
        upper = is_upper(line.text) and sum(c.isalpha() for c in line.text) > 14 and not _DAY.search(line.text)
        if over or upper:  # "THPT và GDTX | GDTX | TT GDNN- | 08/10/2025" are cells
            break
        found.append(line)
    return found


def _numbers(rows: list[Line], *, counted: bool) -> list[tuple[int, int]]:
    """Return the numbers of rows that were read, as (line, number), each greater than the one before.

    A list under the table counts otherwise: with dots, where the rows have none or their head no title for them
    (``counted``).
    """
    found: list[tuple[int, int]] = []
    dotted: bool | None = None if counted else False
    for k, line in enumerate(rows):
        number = _NUMBER.match(line.text)
        if number is None:
            continue
        dot = number["dot"] is not None and number["stroke"] is None
        if dotted is None:
            dotted = dot
        elif dot and not dotted:
            break
        last = found[-1][1] if found else 0
        value = int(number["at"])
        if last < value <= last + _MOST_LOST + 1 and value - last - 1 <= k - (found[-1][0] if found else -1) - 1:
            found.append((k, value))
    return found


def _likeness(line: Line, before: Line) -> int:
    """Return how much a line reads like the first one of a row."""
    words = _bare(line.text)
    first = _WORD.match(words)
    small = first is not None and words[:1].islower() and is_syllable(first.group())
    return (
        (_CAPITAL if words[:1].isupper() else _SMALL if small else 0)
        + (_TIMED if _TIME.search(line.text, 1) else 0)
        + (_PARTED if _STROKE.search(line.text) else 0)
        + (_SHORT if len(line.text) <= _SHORTER else 0)
        + (_RUNS_ON if _OPEN.search(before.text) else 0)
    )


def _bare(text: str) -> str:
    """Return a line without the signs, and the letter before a capital, that an OCR made of a stroke or a number."""
    found = _LITTER.match(text)
    return text[found.end() :] if found is not None else text


def _is_littered(text: str) -> bool:
    """Tell whether a line begins with what is no word: "ew ký trên …", "id quyết hồ sơ …", "ơ Trả lời …"."""
    first = _WORD.match(text)
    return _bare(text) != text or (first is not None and not is_syllable(first.group()) and first.group().islower())
