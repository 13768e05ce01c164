"""The directive's own structure: items joined from lines, each with its label, depth and the headings above it.

Labels after Nghị định 30/2020/NĐ-CP, Annex I: Phần, Chương, Mục, Điều, khoản 1., điểm a); plans and công văn use
I. / 1. / 1.1. / a) / - / +. A paragraph that ends with a colon ("Giám đốc sở GDĐT chỉ đạo:") leads the items under it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.facts import CitationPlace, Section
from corpus.text import LOWER, UPPER
from nlp.naming.actors import group_at
from nlp.page.cells import rows_of
from nlp.page.columns import Cell, Column, Row, is_cut_number, merged_titles
from nlp.page.daylines import is_day, is_day_of_programme, is_of_day, opens_day, tells_days
from nlp.page.labels import (
    ARTICLE,
    DIGITAL,
    SHORT,
    is_capital,
    is_cut_name,
    is_set_in,
    is_torn,
    label_fits,
    label_of,
    may_go_on,
)
from nlp.page.lines import Joined, Line, join
from nlp.page.losthead import is_lost_head
from nlp.page.marks import NATION, is_annex_heading, is_task_table_head, is_upper, opens_schedule
from nlp.page.months import Months, opens_calendar, titles_under_month
from nlp.page.rowgaps import numbered_to, unnumbered
from nlp.page.rows import ROW, Rows, begins_headless, is_head, next_labels
from nlp.page.timedrows import begins_dated, with_times_above
from nlp.page.unitcolumns import is_rest_of_head
from nlp.page.zones import Zone, Zoned
from nlp.words.folding import folded, pattern
from nlp.words.verbs import opens_with_verb

_PLAIN = 12
#: An "Điều" that is a sentence of its own, not a title: it is long, dates something or says who must.
_SHORT_TITLE = 110
_TELLS = re.compile(r"\d/\d|ngày \d|phải|chịu trách nhiệm|có hiệu lực|gửi|nộp|báo cáo")
#: Sentences that date something, though nothing ends the last: "… trước ngày 25/5/2020. Phòng GDĐT tổng hợp".
_SENTENCES = re.compile(r"\d/\d{1,2}(?:/\d{4})?(?:\s[^.;]{0,80})?[.;]\s\w")
_LEAD, _WRAPPED = 0.5, 135
_ENDS = (".", ";", ":", "./.", "!", "?", ".”", "”.", ".)")
_MAX_TITLE = 240
#: A day at the head of a line of a schedule: "Thứ Hai 19/12 Ngữ văn", "Sáng thứ Ba, ngày 20/12".
_DAY_OPENS = re.compile(
    r"(?:(?:Sáng|Chiều|Tối)\s)?(?:(?:[Tt]hứ\s\w{1,4}|Chủ nhật)[,\s]{1,2}(?:ngày\s)?|[Nn]gày\s)\d{1,2}/\d{1,2}(?!\d)"
    rf"|\d{{1,2}}/\d{{1,2}}(?:/20\d\d)?\s\((?:[Tt]hứ\s\w{{1,4}}|Chủ nhật)\)[:\s]|\d{{1,2}}/\d{{1,2}}/20\d\d\s[{UPPER}]"
)
#: A line that is but a time, over what is done in it: "Tháng 01, 02/2024:"; without a colon a list stands under it.
_TIME_TITLE = re.compile(
    r"(?:T(?:háng|HÁNG)|Tuần|Quý)\s[\dIV][\dIV ,/.–-]{0,16}(?:và [\d/]{1,7})?(?:năm \d{4})?\s?"
    r"(?:\([^()]{3,30}\))?(?P<colon>:?)"
    r"(?:\s?[-–:.(]?\s?[Cc](?:hủ (?:điểm|đề)|HỦ (?:ĐIỂM|ĐỀ)).{0,120})?"
)
#: What ends a row of a schedule: an hour, a room, a form; prose under it is so much wider.
_CELLS = re.compile(r"(?:\d\s?(?:h|g|giờ)\s?(?:\d{2})?|\bphòng \d+|\d{1,3}\s?phút)$")
_WIDER, _PROSE_WIDTH = 8, 60
#: Titles of a table are no longer than this, in characters.
_HEAD = 180
#: So many lines under titles may hold the first day of a table; labels of so many items above it count on behind it.
_BELOW, _ABOVE = 4, 40
#: Titles that a full stop ends: "5. Thời gian nộp báo cáo.", "2. Thời gian, địa điểm."
_STOPPED_TITLE = pattern(
    r"(?:(?:thoi (?:gian|han)|dia diem|thanh phan|doi tuong|hinh thuc|noi dung|kinh phi|ho so|san pham|yeu cau|lich"
    r"|che do (?:thong tin,? )?bao cao|co cau giai thuong|to chuc thuc hien)(?:, | va | )?){1,4}"
    r"(?:(?:nop|nhan|gui|to chuc|thuc hien|tham gia|tham du|du thi|bao cao|ho so|bai|san pham|thi|kiem tra|kinh phi"
    r"|tap huan|boi duong|hop|hoi (?:nghi|thao|thi))\s?"
    r"){0,3}\.$|(?:giai doan )?(?:tu )?nam 20\d\d(?:\s?(?:-|den)\s?(?:nam )?20\d\d)?\.$"
    r"|giai doan 20\d\d\s?(?:-|den)\s?20\d\d\.$"
)
#: A time behind its label, which is told and leads nothing: "3. Thời gian kiểm tra: Tháng 4/2023" over a paragraph.
_TIMED = pattern(r"(?:thoi (?:gian|han|diem)|han (?:cuoi|nop))(?:,? \w+){0,5}\s?: .{0,60}\d")
#: A lead of a few words in a line of its own, behind a full stop, of a noun: "Thời gian:", "* Lưu ý:", "Hồ sơ gồm:".
_LABEL_ALONE = re.compile(rf"(?:[*+]\s?)?[{UPPER}][{LOWER}]*(?:,?\s[\w&/-]+){{0,5}}\s?:")
#: The end of a line within a day or the name of an office: "của Giám đốc Sở ⏎ Giáo dục và Đào tạo", "ngày ⏎ 12/4/2022".
_CUT_DAY = re.compile(r"(?<!\w)ngày\n\d{1,2}\s?/\s?\d")
#: A line that stops where a phrase must go on, whatever follows: "… tại Phụ lục của Hướng dẫn số ⏎ 1417/…".
_CUT_PHRASE = re.compile(rf"(?<!\w)(?:{DIGITAL}|của|và|tại|theo|về|hoặc|các|ngày)$")
_CUT_OFFICE = re.compile(r"(?<=\w )(?:Sở|Phòng|Bộ)\nGiáo dục")


@dataclass(frozen=True)
class Item:
    """A paragraph, list item, heading, table row or footnote of the directive.

    ``label`` is its number as written, "" for none; ``rank`` its depth in the order of labels; ``heading`` whether
    it only names what follows; ``path`` the headings and leads above it, outermost first; ``note`` its mark where it
    is a footnote. ``above`` is ``path`` with the opening paragraph ("… thực hiện các nội dung sau:") before it;
    ``table``: it is a row of a table of tasks with a column for the time; ``cells`` are its cells in ``text``, where
    they can be told: then ``text`` has the words cell by cell, not line by line; ``head`` are its columns' titles.
    """

    joined: Joined
    start: int
    end: int
    label: str
    rank: float
    heading: bool
    path: tuple[str, ...]
    zone: Zone
    page: int
    note: int | None = None
    above: tuple[str, ...] = ()
    table: bool = False
    cells: tuple[Cell, ...] = ()
    head: str = ""

    @property
    def text(self) -> str:
        """The item's words on one line."""
        return self.joined.text

    @property
    def place(self) -> CitationPlace:
        """The place as citations name it."""
        return {
            Zone.FOOTNOTE: CitationPlace.FOOTNOTE,
            Zone.ANNEX: CitationPlace.APPENDIX,
            Zone.LETTERHEAD: CitationPlace.HEADER,
            Zone.SUBJECT: CitationPlace.HEADER,
            Zone.ADDRESSEES: CitationPlace.HEADER,
        }.get(self.zone, CitationPlace.BODY)

    def section(self) -> Section:
        """Return the item as a section of the facts."""
        title = self.text[len(self.label) :].strip() if self.heading else ""
        return Section(self.start, self.end, self.label, title, self.path, len(self.path), self.place)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of an item: ``item.text[start:end]``."""

    start: int
    end: int


def items_of(zoned: Zoned, document: Document | None = None) -> list[Item]:
    """Return the items of letterhead, body, annexes and footnotes in reading order.

    With ``document``, whose words have places on the page, rows of tables are read cell by cell.
    """
    found: list[Item] = []
    for zones in ((Zone.LETTERHEAD,), (Zone.SUBJECT,), (Zone.BODY,), (Zone.ANNEX,), (Zone.FOOTNOTE,)):
        lines = zoned.of(*zones)
        width = _width(lines)
        groups = _groups(lines, width, zones[0])
        made = [_item(group, zones[0], table) for group, table in groups]
        found += _pathed(made if document is None else _celled(document, groups, made))
    return sorted(found, key=lambda item: item.start)


def _celled(document: Document, groups: list[tuple[list[Line], bool]], items: list[Item]) -> list[Item]:
    """Give the rows of tables their cells."""
    found, gone, more = list(items), set[int](), dict[int, list[Item]]()
    at = 0
    while at < len(groups):
        end = at + 1
        while end < len(groups) and groups[end][1]:
            end += 1
        if end > at + 1 and not groups[at][1]:
            lead = groups[at - 1][0][-1].text if at else ""
            rows = rows_of(document, groups[at][0], [lines for lines, _ in groups[at + 1 : end]], lead)
            for k, row in enumerate(rows, at + 1):
                if row is not None:
                    last = k + row.groups - 1
                    found[k] = replace(items[k], joined=row.joined, cells=row.cells, end=items[last].end)
                    gone.update(range(k + 1, last + 1))
                    more[k] = [_of_list(items[k], other) for other in row.more]
                    found[k] = _of_list(found[k], row) if row.more else found[k]
        at = end
    return [one for k, item in enumerate(found) if k not in gone for one in (item, *more.get(k, ()))]


def _of_list(item: Item, row: Row) -> Item:
    """Return one of several rows that stand in the same lines: it begins and ends where its task does."""
    task = next(cell for cell in row.cells if cell.column is Column.TASK)
    start, end = row.joined.span(task.start, task.end)
    return replace(item, joined=row.joined, cells=row.cells, start=start, end=end)


def _width(lines: list[Line]) -> int | None:
    """Return the usual length of a full line where text is wrapped, None where every line is a whole paragraph."""
    lengths = sorted(len(line.text) for line in lines if "\t" not in line.text)  # a row of cells is as long as it is
    if not lengths or lengths[-1 - len(lengths) // 50] > _WRAPPED:
        return None
    return lengths[int(len(lengths) * 0.8)]


def _groups(lines: list[Line], width: int | None, zone: Zone) -> list[tuple[list[Line], bool]]:
    """Group lines to items; in a table of tasks every row is one."""
    groups: list[tuple[list[Line], bool]] = []
    table: Rows | Months | None = None
    for k, line in enumerate(lines):
        row = groups[-1][0] if groups and groups[-1][1] else []
        below = lines[k + 1 : k + 1 + _BELOW]
        if zone is not Zone.FOOTNOTE and opens_calendar(line, below):
            table = Months(line, next_labels(group[0].text for group, _ in groups[-_ABOVE:]))
            groups.append(([line], False))
            continue
        if groups and not groups[-1][1] and titles_under_month(line, groups[-1][0]):
            table = Months(line, under_month=True)
            groups[-1][0].append(line)
            continue
        if is_task_table_head(line) or (table is None and zone is not Zone.FOOTNOTE and is_head(line, below)):
            above = next_labels(group[0].text for group, _ in groups[-_ABOVE:])
            below = lines[k + 1 :]
            table = Rows(line, above, unnumbered(line, below), numbered_to(line, below))
            groups.append(([line], False))
            continue
        if table is not None and not groups[-1][1] and _is_of_head(groups[-1][0], line):
            groups[-1][0].append(line)
            continue
        ended = table is not None and table.end_before(line, row)
        table = None if ended else table
        if table is None and zone in (Zone.BODY, Zone.ANNEX) and begins_headless(lines, k):
            if groups and len(groups[-1][0]) > 1 and not groups[-1][1] and is_lost_head(groups[-1][0][-1]):
                groups.append(([groups[-1][0].pop()], False))
            above = next_labels(group[0].text for group, _ in groups[-_ABOVE:])
            dated = begins_dated(lines, k)
            rest = lines[k:]
            table, row = Rows(None, above, unnumbered(line, rest), numbered_to(line, rest), timed=dated), []
        if table is not None and table.begins(line, row):
            groups.append(([line], True))
        elif table is not None or (groups and not ended and not _opens(line, groups[-1][0], width, zone)):
            groups[-1][0].append(line)
        else:
            groups.append(([line], False))
    return with_times_above(groups)


def _is_of_head(head: list[Line], line: Line) -> bool:
    """Tell whether a line below a head goes on with it: "… Cơ quan phối ⏎ hợp", "… Khối THPT (trường ⏎ THPT, trung
    tâm)", "ST … ⏎ T", titles under titles."""
    if is_rest_of_head(line.text, head[-1].text) or is_cut_number(head[0].text, line.text):
        return True
    return len(head) == 1 and merged_titles(head[0].text, line.text) is not None


_NOTE_MARK = re.compile(rf"(\d{{1,2}})(?:[ ]|(?=[{UPPER}]))")
#: A title of units alone is no longer than this.
_UNITS_ALONE = 48
#: The last word or two of a heading in capitals, in a line of their own.
_LAST_WORD = 12


def _opens(line: Line, group: list[Line], width: int | None, zone: Zone) -> bool:
    """Tell whether ``line`` begins a new item after the lines of ``group``."""
    before = group[-1]
    ended = before.text.endswith(_ENDS)
    first = line.text[:1]
    if "\t" in line.text or "\t" in before.text or is_annex_heading(line, before):
        return True
    if zone is Zone.FOOTNOTE:
        return _NOTE_MARK.match(line.text) is not None
    named = label_of(before.text) if len(group) == 1 and is_upper(line.text) else None
    if named is not None and named[0] in (0, 2) and named[1] == before.text:
        return False  # "Chương I" and its title on the next line
    cut = f"{before.text[-16:]}\n{line.text[:12]}"
    if _CUT_DAY.search(cut) or (not line.gap and (_CUT_OFFICE.search(cut) or is_cut_name(before.text, line.text))):
        return False
    time = _TIME_TITLE.fullmatch(line.text) or _TIME_TITLE.fullmatch(before.text)
    if time is not None and (time["colon"] or ended or label_of(line.text) is not None):
        return True
    if opens_schedule(line.text) or opens_day(line, before):
        return True
    if is_day(group[0].text) and is_of_day(line):
        return False
    if _DAY_OPENS.match(group[0].text) and (_is_day_row(line, group) or _is_under_schedule(line, group)):
        return True
    if label_of(line.text) is not None and label_fits(line, before, ended, width):
        return True
    if is_capital(before.text) and is_upper(line.text) and len(line.text) <= _LAST_WORD:
        return line.gap and ended  # "… ĐẶT HỘI ĐỒNG COI ⏎ THI"
    if is_capital(before.text) != is_capital(line.text) and min(len(before.text), len(line.text)) > 6:
        head = is_capital(group[0].text) or is_capital(line.text)
        if head and (not first.islower()):
            return True
    if is_capital(line.text) and is_capital(before.text):
        return line.gap and ended
    if is_set_in(line, group):
        return True
    if line.gap and not line.new_page:
        return ended or not (first.islower() or is_torn(before, line))
    if first.islower() or first in ",;)%" or (first == "(" and line.new_page and not ended):
        return False
    if ended and _LABEL_ALONE.fullmatch(line.text) and not opens_with_verb(folded(line.text), 0):
        return True  # "… trước ngày 15/5. ⏎ Hoàn thành:" goes on
    if width is None:
        return line.gap or _CUT_PHRASE.search(before.text) is None
    short = len(before.text) < SHORT * width
    # "2. Kỳ cuối năm học (số liệu đến 31/5/2020)" over its paragraph
    ended = ended or (len(group) == 1 and before.text.endswith(")") and label_of(before.text) is not None)
    return (short and (ended or not may_go_on(before.text, line.text))) or (
        ended and len(before.text) < 0.88 * width and not before.text.endswith(";")
    )


def _is_day_row(line: Line, group: list[Line]) -> bool:
    """Tell whether a line opens with a day as the row above it does: "ngày" in small letters behind "Ngày" goes on."""
    return _DAY_OPENS.match(line.text) is not None and (group[0].text[:1].islower() or not line.text[:1].islower())


def _is_under_schedule(line: Line, row: list[Line]) -> bool:
    """Tell whether prose follows the last row of a schedule: it is wider than the row, whose words end no sentence."""
    wide = len(line.text) > len(row[0].text) + _WIDER and len(line.text) > _PROSE_WIDTH
    return len(row) == 1 and wide and line.text[:1].isupper() and _CELLS.search(row[0].text) is not None


def _item(lines: list[Line], zone: Zone, table: bool = False) -> Item:
    joined = join(lines)
    label, rank, note = "", float(_PLAIN), None
    if zone is Zone.FOOTNOTE:
        match = _NOTE_MARK.match(joined.text)
        if match:
            label, note = match[1], int(match[1])
    elif table:
        match = ROW.match(joined.text)
        label = match[1] if match else ""
    elif zone in (Zone.BODY, Zone.ANNEX):
        found = label_of(joined.text)
        if found:
            rank, label = float(found[0]), found[1]
        elif is_upper(joined.text) and len(joined.text) < _MAX_TITLE and not NATION.search(joined.fold):
            rank = 1.5 if zone is Zone.BODY else 0.5
    return Item(joined, lines[0].start, lines[-1].end, label, rank, False, (), zone, lines[0].page, note, table=table)


def _pathed(items: list[Item]) -> list[Item]:
    """Give every item its headings: those above it in the order of ranks, and leads that end with a colon."""
    stack: list[tuple[float, str]] = []
    found: list[Item] = []
    opening: str | None = None
    head = ""
    for k, item in enumerate(items):
        after = items[k + 1] if k + 1 < len(items) else None
        rank = item.rank
        heading = not item.table and _is_heading(item, after)
        titles = not heading and _is_head(item, after)
        head = item.text if titles else head if item.table else ""
        if rank < _PLAIN:
            while stack and stack[-1][0] >= rank:
                stack.pop()
        elif not (heading or item.table or titles):  # what leads to a table leads its rows
            while (
                stack and stack[-1][0] % 1 == _LEAD and not (after and after.rank < _PLAIN and item.text.endswith(";"))
            ):
                stack.pop()
        path = tuple(title for _, title in stack)
        above = path if opening is None else (opening, *path)
        found.append(replace(item, heading=heading, path=path, above=above, head=head if item.table else ""))
        if item.table or (not heading and not item.text.rstrip().endswith(":")):
            continue
        title = item.text.strip()
        if not heading or len(title) > _MAX_TITLE:
            title = _last_sentence(title)
        if rank >= _PLAIN and not stack and opening is None:
            opening = title
            continue
        if rank >= _PLAIN:
            while stack and stack[-1][0] % 1 == _LEAD:
                stack.pop()
            rank = (stack[-1][0] if stack else 0.0) + _LEAD
        stack.append((rank, title[-_MAX_TITLE:]))
    return found


def _is_head(item: Item, after: Item | None) -> bool:
    """Tell whether an item holds the titles of a table whose rows follow."""
    ended = item.text.rstrip().endswith(_ENDS)
    return after is not None and after.table and not (item.table or item.label or ended) and len(item.text) <= _HEAD


def _is_heading(item: Item, after: Item | None) -> bool:
    text = item.text.rstrip(" *")
    if "\t" in text or item.zone not in (Zone.BODY, Zone.ANNEX):
        return False
    bare = text[len(item.label) :].strip()
    if not bare:
        return item.rank <= 3
    if is_day_of_programme(bare):
        return False
    if is_upper(bare) and len(text) <= 2 * _MAX_TITLE:
        return True
    if item.rank == ARTICLE and text.endswith((".", ";", ",")):
        return (
            len(text) <= _SHORT_TITLE and after is not None and after.rank > item.rank and _TELLS.search(text) is None
        )
    stopped = _STOPPED_TITLE.match(folded(bare)) is not None or _is_units_alone(bare)
    if after is not None and text.endswith(".") and stopped and item.rank < after.rank:
        return item.rank < _PLAIN  # "5. Thời gian nộp báo cáo. ⏎ - Báo cáo lần 1: …", "2. Phòng GDĐT Hiệp An."
    if after is None or len(text) > _MAX_TITLE or text.endswith((".", ";", ",")):
        return item.rank in (0.0, ARTICLE) and len(text) <= 160
    if text.endswith(":"):
        return len(text) <= _MAX_TITLE
    if item.rank == _PLAIN and (_TIME_TITLE.fullmatch(text) or is_day(text)):
        return after.rank < _PLAIN
    if (after.rank >= _PLAIN and _TIMED.match(folded(bare)) is not None) or tells_days(bare, after.text):
        return False
    if len(text) > _SHORT_TITLE and _SENTENCES.search(bare) is not None:
        return False
    return item.rank < 8 and after.rank > item.rank


def _is_units_alone(words: str) -> bool:
    """Tell whether a title names units, with their place, and nothing else."""
    bare = words.rstrip(".")
    if len(bare) > _UNITS_ALONE or any(c.isdigit() or c in ":;," for c in bare):
        return False
    units = group_at(bare, folded(bare), 0)
    return units is not None and all(word[:1].isupper() for word in bare[units.end :].split())


def _last_sentence(text: str) -> str:
    cut = max(text.rfind(". ", 0, len(text) - 1), text.rfind("; ", 0, len(text) - 1))
    return text[cut + 2 :] if cut >= 0 else text
