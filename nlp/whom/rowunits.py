"""Who acts in a row of a table of tasks that is read line by line: the units of its cells, not those of its task."""

from __future__ import annotations

import re

from corpus.facts import Actor
from nlp.naming.actors import Group, group_at, in_turn, level_group, unit_at
from nlp.page.columns import Column, titles_of
from nlp.page.structure import Item
from nlp.words.folding import folded, pattern

#: What stands before units that something is done to, or at.
DONE = pattern(
    r"(?<!\w)(?:(?<!thiet )(?<!chuan )bi|duoc|cua|cho|ve|voi|qua|tai|den|gui|bao cao|trong|o|thuoc|tu|boi|do"
    r"|hoi truong|tru so|phong hop)\s{1,2}$"
)
#: A column of units behind that of those who act, and words that bind units to the task.
_RECEIVERS = pattern(
    r"(?<!\w)(?:chu tri|thuc hien|bao cao)(?: \w+){0,2} (?:noi (?:nhan|gui)|(?:don vi|co quan) (?:nhan|phoi)"
    r"|phoi hop)"
)
_ALL = pattern(r"(?:cac|moi|tung|tat ca)\s")
_OF_UNITS = pattern(r"(?<!\w)(?:don vi|co quan|nguoi|bo phan) (?:thuc hien|chu tri|phu trach|bao cao|gui)(?!\w)")
_MEMBERS = pattern(r"(?<!\w)gom(?: co)?(?: cac)? (?:(?P<so>so|tinh)|phong|huyen|quan|thi xa)(?!\w)")
_CUT = pattern(r"(?<!\w)cac co so giao(?= (?!duc))")
#: A head that ends with times and places, and the day of a row: what stands behind it is where it is held.
_THEN_PLACES = pattern(
    r"(?<!\w)(?:thoi gian|ngay|gio)(?: (?:to chuc|thi|thi dau))?[\s|]{1,3}"
    r"(?:dia diem|noi)(?: (?:to chuc|thi|thi dau))?\W*$"
)
_ROW_DAY = pattern(r"(?<![\d/])\d{1,2}[/.-]\d{1,2}(?:[/.-]20\d\d)?(?!\d)")
_LINKS = pattern(r"(?<!\w)(?:cac|cua|cho|ve|voi|tai|den|trong|o|thuoc|tu|boi|do|gui|va|giua)\s$")

#: What joins units in a cell.
_ALSO = r"\s?[,;]\s?|\s(?:va|cung(?: voi)?)\s"
#: What parts the cells of a row.
_PARTS = re.compile(r"\t| \| ")
#: Staff, and their number before them.
_STAFF = pattern(r"(?:giao vien|gv|can bo(?: quan ly)?|cbql|nhan vien|vien chuc|to truong(?: chuyen mon)?)(?!\w)")
_COUNT = pattern(r"(?<!\w)\d{1,2}\s$")


def _is_cell(unit: tuple[int, int, str], text: str, fold: str) -> bool:
    """Tell whether units begin a cell: a capital, and no word before that binds them to the task."""
    cell = fold[unit[0] - 1] == " " and text[unit[0]].isupper()
    return cell and (
        _ALL.match(fold, unit[0]) is not None or _LINKS.search(fold, max(0, unit[0] - 14), unit[0]) is None
    )


def _cut_at(fold: str, until: int) -> list[tuple[int, int, str]]:
    """Return schools whose name a cell's line cuts: "Các cơ sở giáo | Sở GDĐT … dục"."""
    return [(m.start(), m.end(), str(Actor.CO_SO_GIAO_DUC)) for m in _CUT.finditer(fold, 0, until)]


def _first_run(units: list[tuple[int, int, str]], text: str, fold: str) -> list[tuple[int, int, str]]:
    """Return the first units of a row's first line and those joined to them, unless only its task names them."""
    for k, unit in enumerate(units):
        if _is_cell(unit, text, fold):
            end = k + 1
            while end < len(units) and re.fullmatch(_ALSO, fold[units[end - 1][1] : units[end][0]]):
                end += 1
            return units[k:end]
    return []


def _is_invited(text: str, at: int) -> bool:
    """Tell whether units are only invited: "Mời trưởng phòng GDĐT dự" (folded, "mời" is also "mỗi")."""
    return text[max(0, at - 4) : at].lower() == "mời "


def _are_sent(fold: str, at: int) -> bool:
    """Tell whether staff are counted, whom units before them send: "B | Trung tâm GDTX: 02 giáo viên | 07/11"."""
    return _STAFF.match(fold, at) is not None and _COUNT.search(fold, max(0, at - 4), at) is not None


def _of_members(item: Item) -> Group | None:
    """Return the kind of unit that a title says a cluster is made of, where its row only tells their places: "Cụm |
    Gồm các Sở | Ngày" over "1 | Từ Quảng Bình trở ra | 16/5"."""
    fold = item.joined.fold
    title = _MEMBERS.search(folded(item.head))
    at = len(fold) - len(fold[len(item.label) :].lstrip(" \t|.0123456789"))
    if title is None or unit_at(item.text, fold, at) is not None or level_group(item.text, fold, at) is not None:
        return None
    kind = Actor.SO_GDDT if title["so"] else Actor.PHONG_GDDT
    return Group(at, at, (str(kind),), ())


#: Titles of columns that are acts, over who does them, and units that a row says are not in it.
_ACTS_OVER = pattern(r"(?<!\w)(?:coi (?:thi|kiem tra)|ra de|cham(?: thi| bai)?|lam phach|in sao|giam sat)(?!\w)")
_NOT_THEN = pattern(r"\s(?:chua|khong)(?!\w)")


def units_in_row(item: Item, start: int, end: int) -> Group | None:
    """Return the units in a row of a table of tasks: the last that is named and those joined to it."""
    text, fold = item.text, item.joined.fold
    if (members := _of_members(item)) is not None:
        return members
    found: list[tuple[int, int, str]] = []
    for match in re.finditer(r"(?<!\w)(?=[cdphtvbsug])", fold[start:end]):
        at = start + match.start()
        if found and at < found[-1][1]:
            continue
        unit = unit_at(text, fold, at)
        if unit is not None:
            found.append((at, *unit))
    found = [f for f in found if DONE.search(fold[max(0, f[0] - 10) : f[0]]) is None and not _is_invited(text, f[0])]
    found = [f for f in found if not _are_sent(fold, f[0])] or found
    if found and _THEN_PLACES.search(folded(item.head)) is not None:
        days = [day.end() for day in _ROW_DAY.finditer(fold, start, end)]
        found = [f for f in found if not days or f[0] < days[-1]]
    parts = item.joined.parts
    if len(parts) > 1 and _RECEIVERS.search(folded(item.head)):  # another column of units follows
        first_line = _cut_at(fold, parts[1][0]) + [f for f in found if f[0] < parts[1][0]]
        found = _first_run(sorted(first_line), text, fold) or found
    elif len(parts) > 1 and _OF_UNITS.search(folded(item.head)):
        first_line = [f for f in found if f[0] < parts[1][0]]
        cells = next((k for k, f in enumerate(first_line) if _is_cell(f, text, fold)), len(first_line))
        found = first_line[cells:] or found
    if not found:
        at = len(fold) - len(fold[len(item.label) :].lstrip(" \t|.0123456789"))
        return level_group(text, fold, at)  # "Mầm non | 28/8/2023"
    if len(_ACTS_OVER.findall(folded(item.head))) > 1:  # "Đợt | Ngày thi | Coi thi | Ra đề": each does its part
        found = [f for f in found if _NOT_THEN.match(fold, f[1]) is None]
        groups = [g for f in found if (g := group_at(text, fold, f[0])) is not None]
        return in_turn(groups) if groups else None
    first = len(found) - 1
    while first and re.fullmatch(_ALSO, fold[found[first - 1][1] : found[first][0]]):
        first -= 1
    last = found[-1]
    whole = group_at(text, fold, found[first][0])
    whole = whole if whole is not None and whole.end >= last[1] else group_at(text, fold, last[0])
    levels = whole.levels if whole is not None else ()
    actors = dict.fromkeys(f[2] for f in found[first:])
    return Group(found[first][0], last[1], tuple(actors), levels)


def units_of_column(item: Item) -> Group | None:
    """Return the units of a row whose cells are parted, under the title of those who act where no title is of tasks:
    "Cấp | Đối tượng | Thời gian | Đơn vị tổ chức" over "Cấp tỉnh | Học sinh THCS | 03/3 | Sở GDĐT"."""
    columns = titles_of(item.head)
    if Column.UNIT not in columns or Column.TASK in columns:
        return None
    parts = [m.span() for m in _PARTS.finditer(item.text)]
    if len(parts) != len(columns) - 1:
        return None
    at = columns.index(Column.UNIT)
    start, end = parts[at - 1][1] if at else 0, parts[at][0] if at < len(parts) else len(item.text)
    group = group_at(item.text, item.joined.fold, start)
    return group if group is not None and group.end <= end else None
