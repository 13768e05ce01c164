"""What tells a row's cells from prose: times that stand as cells do, strokes, sentences below rows."""

from __future__ import annotations

import re

from corpus.text import UPPER
from nlp.page.lines import Line
from nlp.words.folding import pattern

FULL_DATE = re.compile(r"(?<!\d)\d{1,2}/\d{4}(?!\d)")
LABEL = re.compile(
    rf"(?:\((?:[ivx]{{1,4}}|[a-hđ])\)|[a-zđ]\)|\d{{1,2}}\.\d{{1,2}}\.?|\d{{1,2}}[.)]|[-+•*])\s{{0,2}}(?=[{UPPER}])"
)
#: A time in a row: a day, or what opens a cell with a time.
CELL_OF_TIME = re.compile(
    r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/]|/\d)|(?<![\d/])\d{1,2}/\d{4}(?!\d)|(?<![\d/])\d{1,2}/\d{1,2}/\d{4}"
    r"|\s(?:tháng|quý|tuần|Tháng|Quý|Tuần) [\dIV]"
    r"|\sTrong (?:\d|vòng \d|tháng|quý)"
    r"|\s(?:Trước|Từ|Đến|Chậm nhất|Hằng|Hàng|Thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Sáng thứ|Chiều thứ)(?!\w)"
)
#: A time that begins in the middle of a line with a capital, as a cell does, and little behind it.
_CELL = re.compile(
    r"(?<=[\w);|] )(?:(?:Trước|Từ|Chậm nhất|Đến|Hết)\s(?:ngày|\d)|Trong (?:tháng|quý)"
    r"|(?:Ngày|Tháng|Quý)\s[\dIV]).{0,28}$"
)
_STROKE = re.compile(r"\w.*\s[|}\]]\s.*\d/\d{4}")
#: A sentence under rows that end none has more words than this.
_NOTE_WORDS = 5
#: A day that is not the one of a document: "Công văn số 12/SGDĐT-VP ngày 25/9/2025".
_OWN_DAY = re.compile(rf"^(?!.*\d/\S*[{UPPER}]).*\d/\d")
#: The school level that a row is about, in its first cell.
_LEVEL = pattern(
    r"(?:cap |giao duc )?(?:mam non|mau giao|nha tre|tieu hoc|thcs|thpt|gdtx|thuong xuyen|pho thong)(?!\w)"
)
#: What is left of a cell that names schools: "… các trường | 20/01/2026 ⏎ THPT".
_LEVELS_ONLY = pattern(r"(?:(?:mam non|tieu hoc|thcs|thpt|gdtx|gdnn-gdtx|trung hoc)(?:, | va |\W)?){1,4}")
#: A cell that a line's end cuts: "17/11/2017; Phòng ⏎ Trung tâm KHTC".
_OPEN_CELL = re.compile(r"(?:\s(?:Phòng|Sở|Ban|Vụ|Cục|các|và|của)|,|\s-)$")
#: Longer lines are prose; a paragraph of so many words is no cell.
PROSE, WORDS = 150, 9
#: The first line of a sentence under the rows is so long at least, and no shorter than theirs by more.
SENTENCE, _SHORTER = 50, 8


def has_cells(line: Line) -> bool:
    """Tell whether a line reads as a row of a table of tasks, whatever its head."""
    label = LABEL.match(line.text)
    cell = _CELL.search(line.text, label.end() + 1 if label is not None else 0)  # "a) Trước ngày 20/2:" opens an item
    return len(line.text) <= PROSE and (cell or _STROKE.search(line.text)) is not None


def has_date(row: list[Line]) -> bool:
    """Tell whether a row has a day with its year, or a month with it."""
    return any(FULL_DATE.search(part.text) for part in row)


def is_unparted(line: Line, row: list[Line]) -> bool:
    """Tell whether a sentence as wide as the rows stands below one that is whole and has strokes: it has neither a time
    nor a stroke."""
    if "|" not in row[0].text[3:] or "|" in line.text or not line.text[:1].isupper() or not has_date(row):
        return False
    wide = len(line.text) >= max(SENTENCE, max(len(part.text) for part in row) - _SHORTER)
    return wide and len(line.text.split()) > WORDS and not CELL_OF_TIME.search(line.text) and not has_cells(line)


def is_note(line: Line, row: list[Line]) -> bool:
    """Tell whether a sentence with a day, not a document's, stands below rows that end none: "Số liệu lấy đến hết ngày
    31/12/2023."."""
    ends = line.text.endswith(".") and len(line.text.split()) > _NOTE_WORDS and _OWN_DAY.search(line.text) is not None
    return ends and line.text[:1].isupper() and has_date(row) and not any(p.text.endswith(".") for p in row)


def is_done(row: list[Line], line: Line) -> bool:
    """Tell whether a row whose number was not read begins: the one before has its date, and a capital follows."""
    words = " ".join(part.fold for part in row)
    date = FULL_DATE.search(words)
    if _LEVELS_ONLY.fullmatch(line.fold) or _OPEN_CELL.search(row[-1].text):
        return False
    if date is None or not line.text[:1].isupper():
        return False
    if FULL_DATE.search(line.text[:16]) and _LEVEL.match(line.fold) is None:
        return False
    return "tu ngay" not in words or "den" in words[words.index("tu ngay") :].split()
