"""The cells of a row of a text table whose columns nothing parts, told by what they hold.

"3 Sửa chữa nhà vệ sinh của Phòng Kế hoạch - Các trường THPT Trước ⏎ các trường THPT Tài chính 31/8/2023" under "Nội
dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian": the words of every line are parted so that the time's column holds
times only and what stands in the units' column, line under line, is a chain of units and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from corpus.text import LOWER, UPPER
from nlp.naming.actors import group_at
from nlp.naming.departments import DEPARTMENTS
from nlp.page.columns import JOINT, Cell, Column, Row, titles_of
from nlp.page.lines import Joined, Line
from nlp.page.strokes import crossed, is_parted, words_between
from nlp.words.folding import folded, pattern

DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?!\d)")
NUMBER = re.compile(r"\|?\s?\d{1,3}(?:[.)]|\s?_)?(?=\s|\|)")
#: What an OCR made of a number before its stroke: "i | Số liệu …", "a | Báo cáo …".
_MISREAD = re.compile(rf"\|?\s?[^\W\d_]{{1,2}}(?=\s?[|\]]\s?[{UPPER}])")
#: Words of a time, beside those with a digit.
_TIMES = frozenset(
    "trước từ đến ngày tháng quý tuần chậm nhất trong hoàn thành xong hết cuối đầu giữa năm hằng hàng i ii iii iv"
    " thường xuyên sáng chiều và - – thứ muộn định kỳ giờ cả".split()
)
_A_TIME = pattern(r"\d|(?:trong|ca|cuoi|dau|giua|hang) (?:thang|tuan|quy)")
_OPEN_TIME = pattern(r"(?<!\w)(?:truoc|tu|den|ngay|thang|quy|tuan|nhat|trong|thanh|het|va|hang|[-–])$")
_FROM_ONLY = pattern(r"(?<!\w)tu (?:ngay )?\d{1,2}/\d{1,2}(?:/\d{4})?$")
_CELL = re.compile(rf"[{UPPER}]|[-–]$")
#: How a cell of notes begins: "02 bộ bản giấy", "https://…".
_NOTE = re.compile(rf"[{UPPER}\d]|https?:|[-–]$")
_BRACKET = re.compile(r"\s?\([^()]*\)")
#: What units in a cell do, and who of them: "PGDĐT (tổ phổ thông); mỗi trường TH cử 02 GV dự".
_OF_THEM = re.compile(
    r"\s?\([^()]*\)|\s(?:tổ chức|chủ trì|thực hiện|phối hợp|(?:có )?(?:đăng ký )?(?:tham gia|tham dự|dự)"
    r"|cử (?:[^\s;]+ ){1,4}(?:dự|tham gia|tham dự))(?=;|$)"
)
#: Units in a row without a joint, what tells which units act, and common names that a task holds as well.
_GLUED = re.compile(
    r"(?<![,;(–-])(?<!\bvà)(?<!của)(?<!thuộc)(?<!rưởng)(?<!đốc)(?<!tra)(?<!phòng)(?<!các)(?<!đạo)(?<!LĐ)(?<!môn)"
    r"\s(?:Sở|Phòng|Các|Trường|UBND|Trung tâm|Thanh tra|Văn phòng|Hiệu trưởng)(?!\w)|(?<!\w)(\w+) \1(?!\w)"
    r"|(?:tâm|THPT|THCS|GDTX|GDĐT|học|non)\s(?:đơn vị|nhà trường)(?!\w)"
    r"|Sở\s(?:các\s)?trường(?!\w)|(?:xã|phường|GDĐT|GD&ĐT)\s(?:THCS|THPT|TH|MN|GDTX|tiểu học|mầm non)(?!\w)"
    r"|(?<!nghiệp và )(?<!nguyên và )Môi trường|trường (?:xã|phường|thị trấn|huyện)(?!\w)"
)
_WHICH = re.compile(
    r"\s(?:được (?:chọn|lựa chọn|kiểm tra|giao|phân công)|(?:có )?liên quan|tham gia"
    r"|là (?:cụm trưởng|đầu mối|nòng cốt|đơn vị đăng cai)"
    r"|(?:đặt|đạt(?= điểm)|đăng cai|có) (?!cấp)[^\W\d_]+(?: [^\W\d_]+){1,4}|(?:thuộc )?cụm(?: số)? "
    rf"(?:\d{{1,2}}|[{UPPER}]\w{{0,6}}(?: [{UPPER}]\w{{0,6}})?))$"
)
_PLACES_NAMED = rf"(?:(?!Sở|Phòng|Trường|Hội|Trung|UBND|Nhà)[{UPPER}]\w+ ?){{1,4}}"
#: Where units of a cell are: "Các trường THPT khu vực Bến Lức, Đức Hòa", "UBND các xã, phường khu vực phía Tây".
_REGION = re.compile(rf"\s(?:thuộc )?(?:khu vực|vùng)(?: phía)? {_PLACES_NAMED}(?:, {_PLACES_NAMED})*(?=,|;|$)")
_COMMON = pattern(r"(?:cac |tung |moi )?(?:(?:nha )?truong|don vi|to chuyen mon|giao vien|hieu truong|co so giao duc)$")
#: A bracket that closes what stands in another cell: "UBND xã, Phòng QLCL) phường".
_CLOSED_ALONE = re.compile(r"[^()]*\)")
#: Centres without their kind, which a cell may hold alone.
_CENTRES = ("Trung tâm", "Các trung tâm", "Giám đốc trung tâm")
#: How names of units begin that a line's end may cut.
MAY_BEGIN = pattern(
    r"(?:cac |truong |pho |chanh )*(?:phong|van|thanh|ban|to|hoi|cong|doan|vu|cuc|so|ubnd|uy|trung|tt|bo"
    r"|lanh|giam|hieu|thu|co|nhu tren)(?!\w)"
)
#: A cell that says that its units are those of the row above.
_DITTO = re.compile(r"[-–]?\s?(?:[Nn]hư trên|nt)\s?[-–.;]?")
#: What ends a line of a cell that goes on in the next.
_OPEN = pattern(
    r"(?:\([^()]*|[,;]|[-–]|(?<!\w)(?:va|cac|cua|cap|hoac|duoc)|(?:[,;]|(?<!\w)(?:va|cac|cua)) (?:phong|so|ubnd))$"
)
#: The beginning of a name behind others that a line's end cuts: "Phòng Giáo dục Trung học; Phòng Giáo dục ⏎ Tiểu học".
_NAME_BEGINS = pattern(r"(?:[,;]|(?<!\w)va) (?:cac )?(?:phong|truong|trung tam|van phong)(?: [^\W\d]+(?: [-–])?){1,3}$")
#: How a cell of places begins under "Địa điểm".
_PLACE = pattern(
    r"(?:hoi truong|ht(?!\w)|phong (?:hop|so|gd)|tru so|(?:cac )?truong(?!\w)|th(?!\w)|thcs|thpt|mn(?!\w)|mg(?!\w)"
    r"|mam non|tieu hoc|nha (?!truong)|trung tam|tt(?!\w)|san |ubnd|uy ban|van phong|tai |truc tuyen|so gd|diem cau)"
)
_PLACES = pattern(r"(?<!\w)dia diem(?!\w)")
#: What may be whole and may go on: "… trung tâm ⏎ GDTX".
_MAY_GO_ON = pattern(r"(?<!\w)trung tam$")
_LINK = pattern(r"(?<!\w)(?:cac|cua|cho|ve|voi|tai|den|trong|o|thuoc|tu|boi|do|gui|va|giua)$")
#: Schools that go on with their level: "Các trường ⏎ THPT và TTGDTX".
_SCHOOLS = pattern(
    r"(?:cac |hieu truong )?truong (?:mam non|mau giao|tieu hoc|th|thcs|thpt|trung hoc|pho thong|ptdt\w*|chuyen|dan toc"
    r"|noi tru|lien cap|truc thuoc|tren dia ban)(?!\w)"
)
#: A short name that a line's end cuts: "trung tâm GDNN-⏎GDTX", "Phòng GDMN-⏎GDTH"; not "Phòng Kế hoạch - ⏎ …".
_CUT_NAME = re.compile(rf"(?<!\w)[{UPPER}][{UPPER}{LOWER}&]*[{UPPER}]-$")
#: A row has so many lines of so many characters, a cell so many words below its first line; so many partings are tried.
LINES, WIDE, _WORDS, _TRIES = 5, 160, 6, 2000


class Place(Enum):
    """Where the column of the time stands."""

    FIRST = auto()
    INSIDE = auto()
    LAST = auto()


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line of a row without its time: ``words`` as offsets in ``line.text``, and those of the time.

    ``rest`` are the words of the columns behind the time; ``free``: they stand among ``words``, as there is none;
    ``least`` is where the units begin at the earliest; ``strokes`` are where strokes between columns stand.
    """

    line: Line
    words: tuple[tuple[int, int], ...]
    time: tuple[tuple[int, int], ...]
    rest: tuple[tuple[int, int], ...] = ()
    free: bool = False
    least: int = 0
    strokes: tuple[int, ...] = ()

    def text(self, start: int, end: int) -> str:
        """Return some of the words."""
        return self.line.text[self.words[start][0] : self.words[end - 1][1]] if end > start else ""


@dataclass(frozen=True, slots=True)
class _Parting:
    """Where the units' column begins and ends in each line, how well that fits, and what stands in it."""

    cuts: tuple[tuple[int, int], ...]
    score: float
    units: str


@dataclass(slots=True)
class Tries:
    left: int = _TRIES
    known: dict[str, bool] = field(default_factory=dict)

    def whole(self, words: str) -> bool:
        """Tell whether words are a chain of units and nothing else."""
        self.left -= 1
        if words not in self.known:
            bare = _WHICH.sub("", words.rstrip(" .").replace(" (qua ", ", ").replace("GDNN- ", "GDNN-"))
            bare = _REGION.sub("", _OF_THEM.sub("", bare).rstrip(")"))
            group = group_at(bare, folded(bare), 0) if bare[:1].isalpha() else None
            chain = group is not None and group.end == len(bare) and not _GLUED.search(bare)
            chain = chain and not _CLOSED_ALONE.match(bare)
            self.known[words] = chain or bare in _CENTRES or is_ditto(words)
        return self.known[words]


def is_ditto(words: str) -> bool:
    """Tell whether a cell's words say that it holds what the one above holds: "Như trên"."""
    return _DITTO.fullmatch(words) is not None


def row_by_words(head: str, lines: list[Line]) -> Row | None:
    """Return the cells of a row under a head, None where they cannot be told."""
    columns = titles_of(head)
    if len(lines) > LINES or any(len(line.text) > WIDE for line in lines):
        return None
    if any(columns.count(one) != 1 for one in (Column.TASK, Column.UNIT, Column.DUE)):
        return None
    told = [c for c in columns if c is not Column.NUMBER]
    due, task, unit = (told.index(c) for c in (Column.DUE, Column.TASK, Column.UNIT))
    between = (task, due, unit) == (0, 1, 2)
    if not between and [c for c in told if c is not Column.DUE][:2] != [Column.TASK, Column.UNIT]:
        return None
    others = [c for c in told[unit + 1 :] if c is not Column.DUE]
    near = list(told[unit + 1 : due] or others) if due > unit else others
    if len(near) > 1 or len(others) > 2:
        return None
    number = NUMBER.match(lines[0].text) or _MISREAD.match(lines[0].text) if columns[0] is Column.NUMBER else None
    place = Place.FIRST if due == 0 else Place.LAST if due == len(told) - 1 else Place.INSIDE
    parted = without_times(lines, number.end() if number else 0, place, between=between)
    if parted is None:
        return None
    more = bool(near) and (due < unit or due > unit + 1)
    places = more and len(others) == 1 and _PLACES.search(folded(head)) is not None
    best = max(_partings(parted, more, places), key=lambda p: p.score, default=None)
    if best is None:
        return None
    behind = others[0] if len(others) == 1 else Column.OTHER
    return _row(lines[0], number, parted, best, behind, more=more, places=places)


def without_times(lines: list[Line], start: int, place: Place, *, between: bool) -> list[CutLine] | None:
    """Return the lines without the time that stands in each; None where the first has none.

    ``between``: the time stands between the task and the units.
    """
    found: list[CutLine] = []
    told = ""
    for k, line in enumerate(lines):
        words, strokes = words_between(line.text, start if k == 0 else 0)
        if place is Place.INSIDE:
            lo, hi = _time_inside(line.text, words, told)
        else:
            last = place is Place.LAST
            n = _time_words(line.text, words[::-1] if last else words, told, last=last)
            lo, hi = (len(words) - n, len(words)) if last else (0, n)
        time, left, right = tuple(words[lo:hi]), tuple(words[:lo]), tuple(words[hi:])
        if k == 0 and (not time or not (left or right)):
            return None
        told = f"{told} {' '.join(line.text[a:b] for a, b in time)}".strip()
        if place is not Place.INSIDE:
            found.append(CutLine(line, left + right, time, strokes=strokes))
        elif between:
            found.append(CutLine(line, left + right, time, least=len(left) if time else 0, strokes=strokes))
        else:
            found.append(CutLine(line, left, time, right, free=not time, strokes=strokes))
    return found if _A_TIME.search(folded(told)) else None


def _time_inside(text: str, words: list[tuple[int, int]], told: str) -> tuple[int, int]:
    """Return the first and the last word of the time in the middle of a line, the last that can be one."""
    open_time = _OPEN_TIME.search(folded(told)) is not None
    if "/" in told and not open_time:
        return len(words), len(words)
    hi = len(words)
    while hi:
        lo = hi
        while lo and _is_of_time(text[slice(*words[lo - 1])]):
            lo -= 1
        while lo < hi and not (open_time or text[words[lo][0]].isupper() or "/" in text[slice(*words[lo])]):
            lo += 1
        behind = text[slice(*words[hi])] if hi < len(words) else ""
        sure = any("/" in text[a:b] for a, b in words[lo:hi]) or open_time
        if lo < hi and (sure or not behind or _CELL.match(behind)):
            return lo, hi
        hi = min(lo, hi - 1)
    return len(words), len(words)


def _is_of_time(word: str) -> bool:
    return any(c.isdigit() for c in word) or word.lower().strip(".,;:()") in _TIMES


def _time_words(text: str, words: list[tuple[int, int]], told: str, *, last: bool) -> int:
    """Return how many words at the end (``last``) or the start of a line are its time; ``told`` stands above."""
    open_time = _OPEN_TIME.search(folded(told)) is not None
    if _FROM_ONLY.search(folded(told)) is not None:  # "Từ 16/10 ⏎ đến 20/10"
        open_time = open_time or any(text[a:b].lower() == "đến" for a, b in words)
    if "/" in told and not open_time:
        return 0
    best, before = 0, ""
    for n, (a, b) in enumerate(words, 1):
        word, next_word = text[a:b], before
        before = word
        if not _is_of_time(word):
            break
        counts = word.isdigit() and "/" in next_word  # "… lớp 1 và lớp ⏎ 6 | 29/3/2024"
        begins = word[:1].isupper() or "/" in word or (word[:1].isdigit() and not counts and (not told or open_time))
        first = text[words[0][0] :][:1]
        if last and (begins or (open_time and not word[:1].isdigit())):
            best = n
        if not last and (open_time or first.isdigit() or (not told and first.isupper())):
            best = n
    if told and not open_time and not any(c.isdigit() for a, b in words[:best] for c in text[a:b]):
        return 0
    return best


def _partings(lines: list[CutLine], more: bool, places: bool) -> Iterator[_Parting]:
    """Yield the ways to part the lines; ``more``: another column stands behind that of the units, of ``places``."""
    first, tries = lines[0], Tries()
    count = len(first.words)
    for i in [first.least] if first.least else range(1, count):
        rest = first.text(i, count) if i < count else ""
        if not rest[:1].isupper() or not (MAY_BEGIN.match(folded(rest)) or group_at(rest, folded(rest), 0)):
            continue
        ends = [j for j in range(i + 1, count) if _NOTE.match(first.text(j, j + 1))] if more else []
        link = _LINK.search(folded(first.text(0, i))) is not None
        after = any(first.text(p, p + 1)[:1].isupper() and tries.whole(first.text(p, i)) for p in range(1, i))
        for j in [*ends, count]:
            for cuts, units in _continued(lines, 1, ((i, j),), first.text(i, j), tries, more):
                score = (_score(lines, cuts, tries) if more else 0.0) - link - 0.5 * after - _spread(lines, cuts)
                score -= _against_strokes(lines, cuts) + 0.5 * _dangles(lines, cuts)
                if places:
                    score += 2.0 if _PLACE.match(folded(first.text(j, count))) else -1.0
                yield _Parting(cuts, score - 0.02 * i + 0.01 * len(_BRACKET.sub("", units)), units)


def _spread(lines: list[CutLine], cuts: tuple[tuple[int, int], ...]) -> float:
    """Return how much words below the first line, that a task may hold as well, speak against a parting."""
    spread = 0.0
    for line, (a, b) in zip(lines[1:], cuts[1:], strict=True):
        fold = folded(line.text(a, b))
        doubt = _COMMON.match(fold) is not None or (a < b and _LINK.search(folded(line.text(0, a))) is not None)
        cut = fold.endswith(",") and line.text(b, b + 1)[:1].isupper() if b < len(line.words) else False
        spread += 0.02 * len(fold.split()) + 0.3 * doubt + 0.3 * cut
    return spread


def _dangles(lines: list[CutLine], cuts: tuple[tuple[int, int], ...]) -> bool:
    """Tell whether the words left to the task end where they cannot: "Báo cáo công tác tháng 3 về"."""
    task = (line.text(0, a) for line, (a, _) in zip(lines, cuts, strict=True))
    return _LINK.search(folded(" ".join(task).rstrip())) is not None


def _against_strokes(lines: list[CutLine], cuts: tuple[tuple[int, int], ...]) -> float:
    """Return how much strokes speak against a parting: those within a cell, less those that stand where one begins."""
    against = 0.0
    for line, (a, b) in zip(lines, cuts, strict=True):
        words, strokes = line.words, line.strokes
        if strokes and a < b:
            within = crossed(words[:a], strokes) + crossed(words[a:b], strokes)
            against += within + 0.5 * crossed(words[b:], strokes) - 0.3 * is_parted(words, a, strokes)
    return against


def _continued(
    lines: list[CutLine], k: int, cuts: tuple[tuple[int, int], ...], units: str, tries: Tries, more: bool
) -> Iterator[tuple[tuple[tuple[int, int], ...], str]]:
    """Yield the places of the units' column in the lines from ``k`` on, where all of it is a chain of units."""
    fold = folded(units)
    is_open = _OPEN.search(fold) is not None
    whole = not is_open and tries.whole(units)
    if whole:
        rest = tuple((len(line.words), len(line.words)) for line in lines[k:])
        yield (*cuts, *rest), units
    if k == len(lines) or tries.left <= 0:
        return
    line, count = lines[k], len(lines[k].words)
    for a in range(line.least, count):
        for b in range(a + 1, min(count, a + _WORDS) + 1) if more or line.free else [count]:
            if b - a > _WORDS:
                continue
            words = f"{units} {line.text(a, b)}"
            if whole and not _MAY_GO_ON.search(fold) and not is_same(units, words):
                continue
            if tries.whole(words) or _OPEN.search(folded(words)) or _NAME_BEGINS.search(folded(words)):
                yield from _continued(lines, k + 1, (*cuts, (a, b)), words, tries, more)


def is_same(units: str, words: str) -> bool:
    """Tell whether words make units that are whole already one longer name: "Phòng Tổ chức ⏎ cán bộ"."""
    department = DEPARTMENTS.match(words)
    if department is not None and DEPARTMENTS.match(units) is not None:
        return department.end() == len(words)
    schools = _SCHOOLS.search(folded(words), max(0, len(units) - 24))
    return schools is not None and schools.start() < len(units) < schools.end()


def _score(lines: list[CutLine], cuts: tuple[tuple[int, int], ...], tries: Tries) -> float:
    """Return how well what is left behind the units fits: a chain of units, or nothing."""
    behind = _behind(lines, cuts, tries)
    words = " ".join(line.text(a, len(line.words)) for line, a in zip(lines, behind, strict=True)).strip()
    if not words:
        return 0.0
    first = lines[0].text(behind[0], len(lines[0].words))
    if not first:
        return -3.0  # a cell does not begin in its second line
    if tries.whole(words) and _OPEN.search(folded(words)) is None:
        return 2.0 + 0.01 * len(words)
    return 0.5 if _NOTE.match(first) else -1.0


def _behind(lines: list[CutLine], cuts: tuple[tuple[int, int], ...], tries: Tries) -> list[int]:
    """Return where the last column begins in each line."""
    found = [cuts[0][1]]
    words = lines[0].text(cuts[0][1], len(lines[0].words))
    for line, (a, b) in zip(lines[1:], cuts[1:], strict=True):
        count = len(line.words)
        at = b
        if a == b and words and tries.left > 0:
            is_open = _OPEN.search(folded(words)) is not None or not tries.whole(words)
            fits = (s for s in range(count - 1, -1, -1) if _fits(line, s, words, tries, is_open=is_open))
            at = next(fits, count)
        found.append(at)
        words = f"{words} {line.text(at, count)}".strip()
    return found


def _fits(line: CutLine, start: int, words: str, tries: Tries, *, is_open: bool) -> bool:
    """Tell whether the rest of a line ends a chain of units, and does not begin in the middle of a list."""
    if start and line.text(start - 1, start).endswith((",", "-", "–")):
        return False
    longer = f"{words} {line.text(start, len(line.words))}"
    return (is_open or is_same(words, longer)) and tries.whole(longer)


def _row(
    head: Line,
    number: re.Match[str] | None,
    lines: list[CutLine],
    parting: _Parting,
    behind: Column,
    *,
    more: bool,
    places: bool = False,
) -> Row | None:
    """Return the row with its words cell by cell; ``behind`` is what stands behind the units, ``places`` or else."""
    ends = [b if a < b else len(line.words) for line, (a, b) in zip(lines, parting.cuts, strict=True)]
    ends = _behind(lines, parting.cuts, Tries()) if more else ends
    if places:  # "… | THCS Lê ⏎ Hồng Sơn"
        below = zip(lines[1:], parting.cuts[1:], ends[1:], strict=True)
        ends[1:] = [0 if a == b and line.text(0, 1)[:1].isupper() else end for line, (a, b), end in below]
    cells: list[tuple[Column, list[tuple[Line, int, int]]]] = []
    if number is not None:
        cells.append((Column.NUMBER, [(head, number.start(), number.end())]))
    order = (Column.TASK, Column.UNIT, Column.OTHER, Column.DUE)
    spans: dict[Column, list[tuple[Line, int, int]]] = {column: [] for column in order}
    for line, (a, b), end in zip(lines, parting.cuts, ends, strict=True):
        count = len(line.words)
        task = min(a, end)
        for column, words in (
            (Column.TASK, line.words[:task]),
            (Column.UNIT, line.words[a:b]),
            (Column.OTHER, line.words[end:count]),
            (Column.OTHER, line.rest),
            (Column.DUE, line.time),
        ):
            if words:
                spans[column].append((line.line, words[0][0], words[-1][1]))
    words_of_task = " ".join(line.text[a:b] for line, a, b in spans[Column.TASK])
    if not words_of_task or DAY.search(words_of_task) is not None:
        return None  # a task with a day of its own is read as a sentence
    cells += [(behind if c is Column.OTHER else c, pieces) for c, pieces in spans.items() if pieces]
    return joined_cells(cells)


def joined_cells(cells: list[tuple[Column, list[tuple[Line, int, int]]]]) -> Row:
    """Return a row's cells joined, with the way back to the document."""
    text: list[str] = []
    parts: list[tuple[int, int]] = []
    found: list[Cell] = []
    at = 0
    for k, (column, pieces) in enumerate(cells):
        if k:
            text.append(JOINT)
            at += len(JOINT)
        start = at
        for line, lo, hi in pieces:
            if at > start and _CUT_NAME.search(text[-1]) is None:
                text.append(" ")
                at += 1
            for n, (p, source) in enumerate(line.parts):
                stop = line.parts[n + 1][0] if n + 1 < len(line.parts) else len(line.text)
                if p < hi and stop > lo:
                    parts.append((at + max(p, lo) - lo, source + max(0, lo - p)))
            text.append(line.text[lo:hi])
            at += hi - lo
        found.append(Cell(column, start, at))
    return Row(Joined("".join(text), tuple(parts)), tuple(found))
