"""The rows of a table of tasks, line by line: where a row begins, and where the table ends.

A row begins with its number, which goes on from the row before, or with its time where the time is the first column.
A table whose head an OCR did not read is told by its cells: times in capitals in the middle of lines, strokes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.layout30 import POINTS
from corpus.text import LOWER, UPPER
from nlp.naming.actors import units_act
from nlp.naming.dates import find_dates
from nlp.page.columns import Column, heads_cells, is_head_of_titles, titles_of
from nlp.page.lines import Line
from nlp.page.losthead import is_lost_head
from nlp.page.marks import is_upper
from nlp.page.periods import ends_periods, has_periods, heads_periods, periods_of
from nlp.page.rowcells import (
    CELL_OF_TIME,
    FULL_DATE,
    LABEL,
    PROSE,
    SENTENCE,
    WORDS,
    has_cells,
    has_date,
    is_done,
    is_note,
    is_unparted,
)
from nlp.page.rowgaps import begins_numbered, begins_parted, begins_striped
from nlp.page.rowstarts import begins_anew, heads_ranks, is_first_number
from nlp.page.timedrows import (
    begins_dated,
    cuts_period,
    ends_period,
    goes_on_small,
    may_head_times,
    says_same,
    tells_of_units,
)
from nlp.page.unitcolumns import columns_of_units, ends_with_times, heads_times, open_head
from nlp.words.folding import pattern

#: The number of a row, no first day of two: "12 - 14/3/2018".
ROW = re.compile(r"(?!\d{1,2}\s(?:-|–|và)\s\d{1,2}/\d)\|?\s?(\d{1,3})(?:[.)]|\s?_|\.{2,4})?(?:\s|\|)")
_TIMED_HEAD = pattern(r"^\W{0,3}(?:thoi (?:gian|han|diem)|thang|(?:thu ?[/,-]? ?)?ngay|tuan)(?!\w)")
_TIME = pattern(
    r"^\W{0,2}(?:(?:sang|chieu|toi)[\s,]{1,2}(?=ngay|\d{1,2}\s?/))?"
    r"(?:(?:(?:sang|chieu) )?(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)[\s,(]{1,2})?"
    r"(?:\d{1,2}\s?[hg:]\s?\d{0,2},?\s)?(?:(?:tu|truoc|trong|den|cuoi|dau|giua) )?(?:het )?(?:ngay|thang|quy|tuan"
    r"|(?:\d{1,2}(?:, ?\d{1,2}){0,3}\s?(?:[-–]|,|va)\s?)?\d{1,2}\s?/\s?\d)"
)
#: A first cell of a month's table that has no day: "Tuần thứ 3", "Trong tháng", "16 giờ 00 ⏎ ngày 21/3".
_NO_DAY = pattern(
    r"^\W{0,2}(?:(?:trong|ca|cuoi|dau|giua) (?:thang|tuan|quy)|tuan (?:thu )?(?:\d|[iv]{1,3}(?!\w)|cuoi|dau)"
    r"|\d{1,2} gio(?!\w)|hang (?:thang|tuan|ngay)|thuong xuyen)"
)
_WEEKDAY = pattern(r"\W{0,2}(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|sang|chieu|toi)(?!\w)")
#: What goes on behind a time within a cell of a task: "… nâng lương đợt ⏎ 1/2023 về bộ phận Tổ chức".
_LATER = re.compile(r"\s(?!(?:đến|và|năm|tháng|từ|hết|ngày)\s)" + f"[{LOWER}]{{2,}}")
#: A row's time begins at the latest here, behind a day of the week: "Chiều Chủ nhật, 05/10".
_TIME_AT = 18
_OPEN = pattern(r"(?:(?<=\d)-|(?<=\d )-|(?:\d|nay|hoc ky [i12]{1,2}) den|den het|va|,|tu|ngay|den ngay)$")
_HALF = re.compile(r"\d\s(?:-|–|đến|và)$")
_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])")
#: A label that counts on from those above a table: "2. Học kỳ II" behind the table of "1. Học kỳ I".
_COUNTED = re.compile(rf"(?P<at>\d{{1,2}}|[a-zđ]|[IVX]{{1,5}})(?P<end>[.)])\s{{0,2}}(?=[{UPPER}])")
_DOTTED = re.compile(rf"(?P<above>(?:\d{{1,2}}\.){{1,3}})(?P<at>\d{{1,2}})(?P<end>\.?)\s{{1,2}}(?=[{UPPER}])")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
#: Rounds that are numbered, each with its days: "Đợt Ngày thi Coi thi" over "I 16 và 17/4 Trường THPT".
_ROUNDS = pattern(r"\W{0,3}(?:dot|vong|luot|buoi|lan|ky|dot thi) (?:ngay|thoi (?:gian|han)|thang)(?!\w)")
_ROUND = pattern(
    r"\W{0,2}(?:(?:dot|vong|luot|buoi|lan|ky) )?(?:so )?[\divx]{1,4}[\s|]+"
    r"(?:(?:sang|chieu|tu|ngay|trong|truoc|den)\s){0,2}(?:\d{1,2}(?:, ?\d{1,2}){0,3}\s?(?:[-–]|va)\s?)?\d{1,2}\s?/\s?\d"
)
#: A first column whose cells are its title and a number: "Cụm 1", "Đợt II".
_COUNTS = pattern(r"\W{0,3}(?P<title>cum|doan|dot|ca|vong|khoa|buoi|nhom|lop|khoi|bang)(?! (?:hoc|thi)(?!\w))(?!\w)")
_SECTION = re.compile(
    r"(?:(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|PHỤ LỤC|Phụ lục)\s"
    rf"|[IVXLl]{{1,6}}[.)\-/]\s{{0,2}}(?=[{UPPER}“\"])|Điều\s\d)"
)
#: What stands under a table.
NOTE = pattern(r"\W{0,3}(?:ghi chu|luu y|chu thich|chu y)\W{0,3}[:.]|\(kem theo")
#: The sentence that closes a directive.
_CLOSES = pattern(
    r"\W{0,3}(?:tren day la|(?:can cu|nhan duoc) (?:ke hoach|cong van|thong bao|van ban) nay|yeu cau thu truong)\s"
)
#: A sentence behind the rows on where all of it goes: "Bản đăng ký gửi về Phòng GDĐT qua …".
_WHERE_TO = pattern(
    r"(?:(?:tat ca |toan bo )?cac )?(?:ban dang ky|danh sach|bao cao|ho so|san pham|van ban|bieu mau|so lieu|ket qua)"
    r"(?: \S+){0,10}? (?:gui|nop|bao cao) (?:ve|cho|toi|den|tai) "
)
_FROM = re.compile(r"(?<!\w)[Tt]ừ (?:ngày )?\d{1,2}/\d")
_OF_MONTH = re.compile(r"\s(?:tháng|quý|tuần|Tháng|Quý|Tuần) [\dIV]|\d/\d{4}|[Hh][ằà]ng (?:tháng|quý|tuần|ngày)")
#: A heading behind a table: "5. Chế độ báo cáo".
_HEADING = re.compile(r"\d{1,2}\.\s{0,2}[^\W\d_][^\d/]*$")
_AHEAD = 5
_MANY_LINES, _NEXT = 12, 3
#: A line that is so long, and so much longer than those of the row above, in characters, is no cell.
_WIDE, _WIDER, _OVER, _MUCH = 66, 8, 6, 20
#: The rest of a numbered row, in a line of its own without a number or a time, is no longer than this.
_REST = 30


#: Titles that stand side by side over rows told apart by level or unit: "Cấp học Số sản phẩm Hạn gửi Ngày chấm thi".
_TITLED = pattern(
    r"\W{0,3}(?:s?tt\W{1,3})?(?:(?:cap|bac) hoc|cap,? bac hoc|doi tuong|don vi|khoi(?: lop)?|bang thi"
    r"|mon(?: thi)?|noi dung)\s"
)
_TITLE_OF_TIME = pattern(
    r"(?<!\w)(?:han|ngay|thoi (?:gian|han|diem)|bat dau|ket thuc|hoan thanh|tuu truong|(?:khai|be) giang)(?!\w)"
)
#: Titles that are schools' levels over a row of days: "Nội dung Mầm non Phổ thông GDTX" over "Tựu trường 29/8/2023 …".
_TITLE_OF_LEVEL = pattern(
    r"(?<!\w)(?:mam non|mau giao|tieu hoc|thcs|thpt|trung hoc(?: (?:co so|pho thong))?|pho thong|gdtx"
    r"|thuong xuyen)(?!\w)"
)
#: The last title, of a time; what people are born or cards are issued on is none.
_LAST_OF_TIME = pattern(
    r"\s(?:ngay|thoi (?:gian|han|diem)|han|ky han|lich)(?: (?:nop|gui|cuoi|chot|hoan thanh|thuc hien|to chuc|thi|day"
    r"|hoc|kiem tra|duyet|hop|cham|bao cao))?$"
)
_MARKED = re.compile(rf"[.,:;]|^[-+•*]|^[{UPPER}\W]+$")
_ENDS_WITH_DAY = re.compile(r"\s(?:\d{1,2}\s?[-–]\s?)?\d{1,2}/\d{1,2}(?:/\d{4})?\.?$")
#: A day that is the last cell of a row, which no word leads to.
_CELL_OF_DAY = re.compile(
    r"(?<!ngày)(?<!trước)(?<!hạn)(?<!đến)(?<!từ)(?<!\w số)\s(?:\d{1,2}\s?[-–]\s?)?\d{1,2}/\d{1,2}/\d{4}$"
)
_HEAD = 100
#: More titles than these that are known tell a head, whatever stands below.
_KNOWN = 3
_CAPITAL = re.compile(r"(?<!\S)[^\W\d_](?=[^\W\d_])")


def ends_with_time(line: Line) -> bool:
    """Tell whether the last title of a head is of a time: "Trường | Người duyệt | Ngày"."""
    last = _LAST_OF_TIME.search(line.fold) if len(line.text) <= _HEAD and not _MARKED.search(line.text) else None
    return last is not None and line.text[last.start() + 1].isupper()  # not "… gửi UBND quận trước ngày"


def is_head(line: Line, below: list[Line]) -> bool:
    """Tell whether a line holds titles of columns only, one of a time, over a row with its date; ``below`` are some
    lines under it."""
    after = below[0] if below else None
    if may_head_times(line) and after is not None and _TIME.match(after.fold):
        return any(_TIME.match(later.fold) or says_same(later) for later in below[1:])
    if open_head(line.text) and len(below) > 1 and heads_times(f"{line.text} {below[0].text}", below[1].text):
        return True
    if after is None:
        return False
    if heads_times(line.text, after.text) or heads_periods(line.text, [later.text for later in below]):
        return True
    if _ROUNDS.match(line.fold) and line.text[:1].isupper() and _ROUND.match(after.fold):
        return True
    if re.search(r"\d|[.:;,]$", line.text):
        return False
    if heads_cells(line.text, after.text):
        return True
    if len(line.text) <= _HEAD and is_head_of_titles(line.text):
        known = sum(c is not Column.OTHER for c in titles_of(line.text)) > _KNOWN
        if known or CELL_OF_TIME.search(after.text) or any(_DAY.search(later.text) for later in below):
            return True
    titles = sum(m.group().isupper() for m in _CAPITAL.finditer(line.text))
    if titles > 1 and ends_with_time(line) and _ENDS_WITH_DAY.search(after.text) is not None:
        return len(after.text) <= PROSE
    if FULL_DATE.search(after.text) is None:
        return False
    if titles < 3 or _TITLED.match(line.fold) is None:
        return False
    levels = len(_TITLE_OF_LEVEL.findall(line.fold))
    by_level = levels > 1 and len(FULL_DATE.findall(after.text)) > 1
    return by_level or _TITLE_OF_TIME.search(line.fold) is not None


def begins_headless(lines: list[Line], k: int) -> bool:
    """Tell whether rows of a table begin at line ``k`` whose head was not read: a row, and another soon after it."""
    if begins_dated(lines, k):
        return True
    if begins_numbered(lines, k, is_headed=k > 0 and is_lost_head(lines[k - 1])) or begins_striped(lines, k):
        return True
    return has_cells(lines[k]) and any(has_cells(line) for line in lines[k + 1 : k + 1 + _AHEAD])


def next_labels(texts: Iterable[str]) -> frozenset[str]:
    """Return the labels that count on from the last of each kind that texts begin with: "2.", "2.3.", "b)", "III."."""
    found: dict[tuple[int, str], str] = {}
    for text in texts:
        dotted = _DOTTED.match(text)
        if dotted is not None:
            found[len(dotted["above"]), "."] = f"{dotted['above']}{int(dotted['at']) + 1}{dotted['end']}"
        label = _COUNTED.match(text)
        if label is None:
            continue
        for kind, row in enumerate(([str(n) for n in range(1, 100)], POINTS, _ROMAN)):
            if label["at"] in row and label["at"] != row[-1]:
                found[kind, label["end"]] = f"{row[row.index(label['at']) + 1]}{label['end']}"
    return frozenset(found.values())


class Rows:
    """The rows under one head, fed line by line; ``head`` is None where it was not read.

    ``after`` are the labels that count on from those above the table, see ``next_labels``; at ``unnumbered`` stand the
    lines that begin rows whose number was not read, up to ``numbered`` all rows have theirs, see ``nlp.page.rowgaps``;
    ``timed``: they begin with their times though no head says so.
    """

    def __init__(
        self,
        head: Line | None,
        after: frozenset[str] = frozenset(),
        unnumbered: frozenset[int] = frozenset(),
        numbered: int = 0,
        *,
        timed: bool = False,
    ) -> None:
        self._unnumbered, self._numbered = unnumbered, numbered
        counts = _COUNTS.match(head.fold) if head is not None else None
        self._counts = pattern(rf"\W{{0,3}}{counts['title']} (?:so )?[\divx]{{1,4}}(?!\w)") if counts else None
        if head is not None and _ROUNDS.match(head.fold):
            self._counts = _ROUND
        self._after = after
        self._headed = head is not None
        self._ends_timed = head is not None and ends_with_time(head)
        self._by_units = head is not None and len(columns_of_units(head.text)) > 1
        self._timed = timed or (head is not None and _TIMED_HEAD.match(head.fold) is not None)
        self._of_units = head is not None and may_head_times(head) and Column.TASK not in titles_of(head.text)
        self._ranked = head is not None and heads_ranks(head)
        self._periods = periods_of(head.text) if head is not None else 0
        self._last = 0
        self._bare = 0
        self._room = 0

    def end_before(self, line: Line, row: list[Line]) -> bool:
        """Tell whether the table is over before ``line``; ``row`` are the lines of the row above it."""
        if "\t" in line.text or "|" in line.text[:2]:
            return False
        if row and "\t" in row[-1].text:
            return True  # where tabs part the cells, a row is one line
        if NOTE.match(line.fold) or _CLOSES.match(line.fold):
            return True
        if (over := ends_periods(line.text, self._periods, begun=bool(row))) is not None:
            return over
        if self._counts is not None and self._counts.match(line.fold):
            return False
        if self._headed and begins_anew(line, ranked=self._ranked):
            return False
        dotted = _DOTTED.match(line.text)
        if row and dotted is not None and dotted.group().rstrip() in self._after:
            return True
        label = _COUNTED.match(line.text)
        if row and label is not None and f"{label['at']}{label['end']}" in self._after and self._bare == self._last:
            return True
        if _WHERE_TO.match(line.fold) and not FULL_DATE.search(line.text) and has_date(row):
            return True
        upper = is_upper(line.text) and sum(c.isalpha() for c in line.text) > 14 and not FULL_DATE.search(line.text)
        wider = not self._timed and _is_wider(line, row) and not (self._ends_timed and _CELL_OF_DAY.search(line.text))
        if _SECTION.match(line.text) or upper or len(line.text) > PROSE or wider:
            return True
        if self._timed and row and (self._has_no_room(line, row) or _is_prose(line)):
            return True
        if self._of_units and row and tells_of_units(line.text, line.fold):
            return True
        if row and (is_unparted(line, row) or (not self._headed and is_note(line, row))):
            return True
        whole = row and ends_with_times(row[-1].text) if self._last else any(ends_with_times(part.text) for part in row)
        sided = self._last or self._by_units or self._counts is _ROUND
        if sided and (whole or (row and self._counts is _ROUND)) and _is_sentence(line):
            return True
        wide = len(line.text) >= SENTENCE and line.text[:1].isupper()
        if (
            row
            and wide
            and not self._last
            and not self._timed
            and goes_on_small(line)
            and _opens_timed(line, row, bare=True)
        ):
            return True  # "Thanh tra Sở kiểm tra đột xuất …" under rows of "Phòng | Nhiệm vụ | Hoàn thành"
        counted = self._last or self._counts is not None
        if row and counted and wide and units_act(line.text, line.fold, 0):
            return True  # "Các trường tiểu học, THCS đưa học sinh đến …" under a table
        label = LABEL.match(line.text)
        if label is not None and not (self._headed or self._last or "|" in line.text):
            return True  # strokes alone made it a table
        if label is not None and self._bare > 1 and _HEADING.match(line.text) and has_date(row) and not has_cells(line):
            return True  # the rows' numbers have no dot
        if label is None or len(line.text.split()) < WORDS or has_cells(line):
            return False
        number = ROW.match(line.text)
        if number is None or self._timed or not self._last:
            return bool(row) and (self._timed or FULL_DATE.search(" ".join(part.text for part in row)) is not None)
        return not self._goes_on(int(number[1]))

    def begins(self, line: Line, row: list[Line]) -> bool:
        """Tell whether a row begins with ``line``; ``row`` are the lines of the one above, empty under the head."""
        if not row or "\t" in line.text or len(row) > _MANY_LINES:
            if self._counts is not None and not self._counts.match(line.fold):
                self._counts, self._timed = None, self._timed or _TIME.match(line.fold) is not None
            self._count(line)
            self._room = max(self._room, _beside_time(line))
            return True
        if self._headed and begins_anew(line, ranked=self._ranked):
            return True
        if self._periods:
            return has_periods(line.text, self._periods)
        if self._timed and len(row) == 1 and ends_period(row[0].text, line.text):
            return False
        if self._timed:
            begins = self._begins_with_time(line, row[-1])
            self._room = max(self._room, _beside_time(line)) if begins else self._room
            return begins or begins_parted(line, row)
        if self._counts is not None:
            return self._counts.match(line.fold) is not None
        if line.start in self._unnumbered:
            self._count_lost()
            return True
        starts = not line.text[:1].islower() and (not self._last or line.text[:1].isdigit())
        if self._ends_timed and starts and _ENDS_WITH_DAY.search(line.text) and any(map(_ends_with_day, row)):
            self._count(line)
            return True
        number = ROW.match(line.text)
        if number is not None and not line.text[number.end() :][:1].islower():
            first = not self._last and is_first_number(line, number.end(), row)
            if first or self._goes_on(int(number[1])):
                self._count(line)
                return True
        if number is None and self._headed and not self._last:
            return _opens_timed(line, row)
        if number is None and line.start < self._numbered:
            return False
        if number is None and begins_parted(line, row):
            self._count_lost()
            return True
        goes_on = self._last and len(line.text) <= _REST and not any(c.isdigit() for c in line.text)
        return number is None and not goes_on and is_done(row, line)

    def _has_no_room(self, line: Line, row: list[Line]) -> bool:
        """Tell whether a line is longer than what stands beside the times of the rows above: a paragraph below them.

        No cell's second line is longer than its first by more than a word or two.
        """
        if not line.text[:1].isupper() or len(line.text.split()) <= WORDS or has_cells(line):
            return False
        if cuts_period(line.text) or any(find.match(line.fold) for find in (_TIME, _NO_DAY, _WEEKDAY)):
            return False
        own = len(row) == 1 and len(line.text) >= max(SENTENCE, _beside_time(row[0]) + _MUCH)
        return own or len(line.text) >= max(_WIDE, self._room + _OVER)

    def _count(self, line: Line) -> None:
        number = ROW.match(line.text)
        if number is not None:
            self._last = int(number[1])
            self._bare += line.text[number.end(1) :][:1] == " "

    def _count_lost(self) -> None:
        """Count a row whose number was not read."""
        self._last += bool(self._last)
        self._bare += bool(self._bare)

    def _goes_on(self, number: int) -> bool:
        """Tell whether a number can be that of the next row: rows are numbered on, or anew; a few may be unread."""
        return number == 1 or self._last < number <= self._last + _NEXT

    def _begins_with_time(self, line: Line, before: Line) -> bool:
        if not line.text[:1].isupper() and not line.text[:1].isdigit() and not says_same(line):
            return False
        if _NO_DAY.match(line.fold) is not None and not _OPEN.search(before.fold):
            return True
        if says_same(line) or cuts_period(line.text):
            return True
        if _TIME.match(line.fold) is None or _OPEN.search(before.fold):
            return False
        first = next((time for time in find_dates(line.text[:40]) if time.start < _TIME_AT), None)
        return first is not None and _LATER.match(line.text, first.end) is None


#: How the second sentence of a paragraph begins that no cell holds: "… từ 13h30. Để các lớp mở đúng lịch, Sở …".
_NEXT_SENTENCE = re.compile(
    r"[\w)]\.\s(?:Để|Khi|Nếu|Ngoài|Riêng|Trong|Trường hợp|Các|Đề nghị|Yêu cầu|Mọi|Thủ trưởng)"
    rf"\s[{LOWER}]+(?:\s\S+){{3}}"
)


def _is_prose(line: Line) -> bool:
    """Tell whether a line below the rows is of a paragraph: it ends a sentence and begins another."""
    opens = line.text[:1].isupper() and not (_TIME.match(line.fold) or _NO_DAY.match(line.fold))
    return opens and len(line.text) >= SENTENCE and _NEXT_SENTENCE.search(line.text) is not None


def _beside_time(line: Line) -> int:
    """Return how many characters stand behind the time that a row begins with."""
    first = next((time.end for time in find_dates(line.text[:40]) if time.start < _TIME_AT), 0)
    return len(line.text) - first


def _is_sentence(line: Line) -> bool:
    """Tell whether a sentence begins below a row that is whole: a capital, no number, more words than a cell's rest."""
    return line.text[:1].isupper() and len(line.text.split()) > WORDS and not ends_with_times(line.text)


def _is_wider(line: Line, row: list[Line]) -> bool:
    """Tell whether a paragraph begins below a row with its date: a capital, and more words than a row's lines hold."""
    if not line.text[:1].isupper() or _TIME.match(line.fold) or has_cells(line) or not has_date(row):
        return False
    widest = max(len(part.text) for part in row)
    return len(line.text) >= max(_WIDE, widest + _WIDER) and len(line.text.split()) > WORDS


def _ends_with_day(line: Line) -> bool:
    return _ENDS_WITH_DAY.search(line.text) is not None


def _opens_timed(line: Line, row: list[Line], *, bare: bool = False) -> bool:
    """Tell whether a row begins that nothing marks but its time: it begins like a cell, and so does a time in it.

    The row before has its whole time by then: "Từ 25/12 đến ⏎ … 27/12" goes on. ``bare``: the line has no time.
    """
    words = " ".join(part.text for part in row)
    if _HALF.search(row[-1].text):
        return False  # "… 02/01 - ⏎ … 05/01/2024"
    days = len(_DAY.findall(words))
    whole = days > 1 if _FROM.search(words) else days > 0 or _OF_MONTH.search(words) is not None
    timed = CELL_OF_TIME.search(line.text, 1) is not None
    return whole and line.text.lstrip("| ")[:1].isupper() and timed is not bare
