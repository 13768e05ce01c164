"""Rows of a table that begin with their time: under which titles they stand, and those whose time is that of the row
above ("nt 13h30 Thi Tin học" under "23/3 7h30 Thi Làm vườn")."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.text import UPPER
from nlp.naming.actors import group_at
from nlp.naming.dates import find_dates
from nlp.page.lines import Line, piece
from nlp.words.folding import pattern
from nlp.words.verbs import opens_with_verb

#: Titles side by side of which the first is of times, whatever the others are of: "Buổi Đơn vị Nơi nộp".
_TITLES = re.compile(
    r"(?:Buổi|Ngày|Thời gian|Thời điểm|Thứ,? ngày|Ngày,? (?:buổi|giờ))"
    r"(?: (?:khám|học|tiêm|thi|dạy|họp|làm việc|kiểm tra|tập huấn|bồi dưỡng|giao|nhận|nộp|đến|đo|khảo sát|thi đấu))?"
    rf"(?:(?: [{UPPER}][^\s\d.;:]*(?: [^\s\d.;:{UPPER}]+){{0,4}}){{2,6}}"
    rf"| (?:Nơi|Đơn vị|Trường)(?: [^\s\d.;:{UPPER}]+){{0,3}})"
)
_HEAD, _SENTENCE = 100, 50
#: What may stand between units and what they do: "Các trường không nộp thẳng cho Sở".
_NOT = pattern(r"\s(?:(?:khong|chua|phai|can|se) ){0,2}")
#: What says that a cell holds what the one above it holds: "nt", "-nt-", "n/t", "Như trên", two strokes.
_DITTO = pattern(r"\W{0,2}(?:n/?t|nhu tren)\W{0,2}\s(?=\S)|(?:\"|”|“|''|〃)\s{1,2}(?=\S)")
#: What stands before the day with which a row begins.
_OPENS = pattern(
    r"(?:\W|\d|sang|chieu|toi|thu|hai|ba|tu|nam|sau|bay|chu|nhat|ngay|truoc|trong|den|het|gio|phut|vao|luc|h|g)*"
)
#: A time ends so far into a row's first line at the latest, with its day of the week.
_NEAR, _AT = 40, 18
#: A row that a day begins, and the part of it: "11/9/2023 Sáng | Các trường …"; so many of them within so many lines.
_DATED = re.compile(
    r"(?:(?:Sáng|Chiều|Ngày)\s)?\d{1,2}/\d{1,2}/20\d\d[,\s|]{1,3}"
    rf"(?:\(?(?:[Ss]áng|[Cc]hiều|[Cc]ả ngày|[Tt]hứ \w+)[^|{UPPER}]{{0,12}}[|\s]{{1,4}})?[{UPPER}]"
)
_ROWS, _WITHIN = 2, 8


def begins_dated(lines: list[Line], k: int) -> bool:
    """Tell whether rows begin at a line, below one that leads to them, whose first cell is a day: no head was read."""
    if not k or not lines[k - 1].text.endswith(":") or _DATED.match(lines[k].text) is None:
        return False
    return sum(_DATED.match(line.text) is not None for line in lines[k + 1 : k + 1 + _WITHIN]) >= _ROWS


def may_head_times(line: Line) -> bool:
    """Tell whether a line is but titles, the first of times, as stand over rows that begin with theirs."""
    return len(line.text) <= _HEAD and _TITLES.fullmatch(line.text) is not None


def tells_of_units(text: str, fold: str) -> bool:
    """Tell whether a sentence begins a line, units and what they do: no cell of units does."""
    group = group_at(text, fold, 0) if len(text) >= _SENTENCE else None
    does = _NOT.match(fold, group.end) if group is not None else None
    return does is not None and text[does.end() : does.end() + 1].islower() and opens_with_verb(fold, does.end())


#: A first cell whose period its line's end cuts, and what is left of it in the next line.
_CUT_PERIOD = re.compile(
    rf"Từ (?:ngày )?\d{{1,2}}(?:/\d{{1,2}})?(?: đến(?: hết)?(?: ngày)?)?\s(?=[{UPPER}]|\d{{2}} trường)"
)
_LAST_DAY = re.compile(r"(?:đến\s)?(?:hết\s)?(?:ngày\s)?\d{1,2}/\d")


def cuts_period(text: str) -> bool:
    """Tell whether a row begins with a period that the end of its cell's line cuts: "Từ 10 đến | Phòng GDĐT …"."""
    return _CUT_PERIOD.match(text) is not None


def ends_period(first: str, text: str) -> bool:
    """Tell whether a line begins with the rest of the period that the line before, ``first``, begins: "13/4/2018 …"."""
    return cuts_period(first) and _LAST_DAY.match(text) is not None


def says_same(line: Line) -> bool:
    """Tell whether a line begins with a word that has a cell hold what stands in the one above."""
    return _DITTO.match(line.fold) is not None


def with_times_above(groups: list[tuple[list[Line], bool]]) -> list[tuple[list[Line], bool]]:
    """Return rows (marked True) with the time of the row above in place of the word that has it hold here, too."""
    found: list[tuple[list[Line], bool]] = []
    for lines, is_row in groups:
        same = _DITTO.match(lines[0].fold) if is_row and found and found[-1][1] else None
        above = found[-1][0][0] if same is not None else lines[0]
        first = next((time for time in find_dates(above.text[:_NEAR]) if time.start < _AT), None)
        end = first.end if first is not None and _OPENS.fullmatch(above.fold, 0, first.start) else 0
        if same is None or not end:
            found.append((lines, is_row))
            continue
        line = lines[0]
        time = replace(piece(above, 0, end), start=line.start, end=line.start, page=line.page, number=line.number)
        found.append(([time, piece(line, same.end(), len(line.text)), *lines[1:]], True))
    return found


def goes_on_small(line: Line) -> bool:
    """Tell whether units and what they do open a line as they do in a sentence, without a capital between them."""
    group = group_at(line.text, line.fold, 0)
    verb = line.text[group.end + 1 : group.end + 2] if group is not None else ""
    return group is not None and verb.islower() and opens_with_verb(line.fold, group.end + 1)
