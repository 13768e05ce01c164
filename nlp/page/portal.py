"""Text of law portals as the lines of the page: cells parted by strokes, names and labels that a line's end has cut.

A portal gives letterhead, addressees, sign-off and its own data as tables. As text a stroke closes each cell, in the
line itself ("ỦY BAN NHÂN DÂN | CỘNG HÒA … |") or alone in the next, and lines are wrapped anywhere ("Số:⏎12/KH-UBND",
"Cao⏎Sơn, ngày 3"). Here, before any rule looks at them, cells become lines of their own and what was cut is joined;
each line keeps the places of its pieces. Tables of the body stay as they are: they are read cell by cell elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from corpus.text import LOWER, UPPER
from nlp.page.lines import Line, join, piece
from nlp.page.marks import (
    AS_ABOVE,
    BULLET,
    DATE_LINE,
    FILED,
    MOTTO,
    NATION,
    OWN_NUMBER,
    RECIPIENTS,
    TO,
    is_name,
    is_sign_title,
    is_table_head,
    is_upper,
    starts_body,
    title_type,
)
from nlp.page.portalrows import MOST_LINES, STROKE_ALONE, with_recipients, with_rows
from nlp.page.positions import position_in
from nlp.page.strokerows import is_stroke_head
from nlp.page.timetables import with_day_rows
from nlp.words.folding import pattern

#: The letterhead lies within so many lines, data of a portal before it included.
_HEAD = 70
#: A stroke this far under the line with the day is one of a table in the body.
_UNDER_DATE = 12
_STROKES = re.compile(r"\|[\s|:_-]*")
#: What a line of a letterhead begins with; any other goes on with the line above it in its cell.
_BEGINS = pattern(
    r"(?:ubnd|hdnd|u[yi] ban(?: nhan(?: dan)?)?|hoi dong|so|phong|bo|truong|trung tam|cuc|vu|van phong|ban|cong doan|"
    r"lien doan|dang|huyen u[yi]|tinh u[yi]|cong hoa|cong$|doc lap|doc$|v\s?/\s?v|ve viec|ve|kinh gui|kinh$"
    r"|tieu de van ban)(?!\w)"
    r"|(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|thi tran|xa|phuong|dac khu)\s\w|so\s?[:.]|so$"
)
#: Half of what an office is called: "ỦY⏎BAN NHÂN DÂN", "VĂN⏎PHÒNG".
_HALF = pattern(r"(?<!\w)(?:u[yi]|hoi|van|trung|lien|thanh|thi|dac|tinh|cong)$")
#: A label that waits for what it labels in the next line.
_OPEN_NUMBER = pattern(r"so(?:\s?[:.;]{0,2})$|so\s?[:.;]\s?\d{1,5}\s?/[\w/ -]{0,20}[-/]$")
_OPEN_DATE = pattern(r"(?:,|(?<!\w)(?:ngay|thang)(?:\s\d{1,2})?|(?<!\w)nam)$")
#: The second half of a place's name before its date: "Cao⏎Sơn, ngày 3 tháng 4 năm 2020".
_PLACE_HALF = re.compile(rf"[{UPPER}][{LOWER}]{{0,7}}\s?,?\s{{0,2}}ngày\s")
_NAME_HALF = re.compile(rf"(?:^|\s)(?:TP\.?\s)?[{UPPER}][{LOWER}]{{1,7}}$")
_WEEKDAY = pattern(r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),?")
_DAY = re.compile(r"\(?(?:[Nn]gày )?\d{1,2}/\d{1,2}(?:/20\d\d)?\)?")
_KEY = (
    r"(?:so hieu|so ky hieu|loai van ban|ngay ban hanh|noi ban hanh|co quan ban hanh|nguoi ky|ngay cong bao|"
    r"so cong bao|ngay hieu luc|tinh trang(?: hieu luc)?|ngay co hieu luc|linh vuc|trich yeu(?: noi dung)?"
    r"|tieu de van ban|loai tai lieu|nganh|don vi ban hanh)"
)
_KEY_ALONE = pattern(rf"^\W{{0,4}}{_KEY}\s{{0,2}}:?$")
_LEAD_ALONE = re.compile(r"(?:KT|TM|TL|TUQ|Q|[KT]/[TML])\s?[.,:]?")


def laid_out(lines: list[Line]) -> list[Line]:
    """Return ``lines`` as they stand on the page; text that comes from no portal stays as it is."""
    lines = with_recipients(_labelled(lines))
    if not any("|" in line.text for line in lines):
        return lines
    end = _letterhead_end(lines)
    head = _with_values([cell for cell in map(_unwrapped, _cells(lines[:end])) if cell])
    return _signed(with_day_rows(with_rows(_addressed(head + lines[end:], len(head)))))


def _labelled(lines: list[Line]) -> list[Line]:
    """Join labels of letterhead and sign-off that a line's end has cut: "Số:⏎12/KH", "Kính⏎gửi:", "Nơi⏎nhận:"."""
    found: list[Line] = []
    for k, line in enumerate(lines):
        if found and not line.gap and _goes_on(found[-1], line, k < _HEAD):
            found[-1] = _joined(found[-1], line)
            if len(found) > 1 and not found[-1].gap and _goes_on(found[-2], found[-1], k < _HEAD):
                found[-2:] = [_joined(found[-2], found[-1])]  # "Sơn⏎Trà, ngày 4 tháng 4⏎năm 2022"
        else:
            found.append(line)
    return found


def _goes_on(above: Line, line: Line, in_head: bool) -> bool:
    """Tell whether a label, or the date of a letterhead, goes on in the next line."""
    if len(above.text) > 60 or STROKE_ALONE.fullmatch(line.text):
        return False
    if _WEEKDAY.fullmatch(above.fold) and _DAY.fullmatch(line.text):
        return True  # "Thứ Tư ⏎ 30/03/2022" in a timetable's cell
    fold, below = above.fold, line.fold
    if fold in ("kinh", "noi"):
        return (TO if fold == "kinh" else RECIPIENTS).match(f"{fold} {below}") is not None
    if fold.endswith("luu:"):
        return re.match(r"v\.?[tp]|h[cs]", below) is not None
    if not in_head or len(line.text) > 90:
        return False
    if _OPEN_NUMBER.match(fold):
        return re.match(r"\d{1,5}\s?/" if fold[-1] not in "-/" else rf"[{UPPER}]{{2}}", line.text) is not None
    if DATE_LINE.search(fold) or not DATE_LINE.search(f"{fold} {below}"):
        return False
    if DATE_LINE.search(below) is None:
        return _OPEN_DATE.search(fold) is not None
    place = above.text[:1].isupper() and not is_upper(above.text)
    if below.startswith("ngay"):
        return place and len(above.text.split()) <= 5 and above.text.endswith(",")
    half = _PLACE_HALF.match(line.text) and _NAME_HALF.search(above.text)
    return half is not None and place and (len(above.text.split()) <= 2 or OWN_NUMBER.match(fold) is not None)


def _joined(above: Line, line: Line) -> Line:
    whole = join([above, line])
    return replace(above, end=line.end, text=whole.text, parts=whole.parts)


def _letterhead_end(lines: list[Line]) -> int:
    """Return the index behind the last stroke of the letterhead's table, 0 where it is none."""
    last = dated = 0
    for k, line in enumerate(lines[:_HEAD]):
        if TO.search(line.fold) or title_type(line) is not None:
            break
        if DATE_LINE.search(line.fold):
            dated = k + 1
        if dated and is_stroke_head(line):
            break  # "LỊCH CÔNG TÁC" and other titles that no table of types knows
        if "|" in line.text and not last and dated and k > dated + _UNDER_DATE:
            break  # the first stroke is one of a table in the body, whose "Kính gửi" nobody could read
        if "|" in line.text:
            last = k + 1
        elif last and len(line.text) > 60 and starts_body(line.text, line.fold):
            break
    whole = " ".join(line.fold for line in lines[:last])
    told = NATION.search(whole) or MOTTO.search(whole) or DATE_LINE.search(whole)
    return last if told or any(_KEY_ALONE.match(p.fold) for line in lines[:last] for p in _parted(line)[:1]) else 0


def _cells(lines: list[Line]) -> list[list[Line]]:
    """Return the cells that strokes part; a line with strokes inside ends its last cell, too."""
    cells: list[list[Line]] = [[]]
    for line in lines:
        pieces = _parted(line)
        cells[-1] += pieces[:1]
        cells += [[p] for p in pieces[1:]]
        if "|" in line.text:
            cells.append([])
    return [cell for cell in cells if cell]


def _parted(line: Line) -> list[Line]:
    """Return what stands between the strokes of a line."""
    if "|" not in line.text:
        return [line]
    cuts = [0, *(at for m in _STROKES.finditer(line.text) for at in m.span()), len(line.text)]
    return [piece(line, a, b) for a, b in pairwise(cuts) if line.text[a:b].strip(" |:_-")]


def _unwrapped(cell: list[Line]) -> list[Line]:
    """Return the lines of a letterhead's cell with those joined that a portal has wrapped."""
    found: list[Line] = []
    for line in cell:
        cut = found and (_HALF.search(found[-1].fold) or not _BEGINS.match(line.fold))
        if cut and not line.gap and not _is_whole(found[-1]):
            found[-1] = _joined(found[-1], line)
        else:
            found.append(line)
    return found


def _is_whole(line: Line) -> bool:
    """Tell whether nothing of a letterhead's line can be missing: quốc hiệu, tiêu ngữ, number and date."""
    fold = line.fold
    ends = [m.end() for m in (NATION.search(fold), MOTTO.search(fold), DATE_LINE.search(fold)) if m]
    if ends and max(ends) >= len(fold) - 2:
        return True
    return OWN_NUMBER.match(fold) is not None and not fold.endswith(("-", "/")) and "/" in fold


def _with_values(cells: list[list[Line]]) -> list[Line]:
    """Return the lines of cells; what a portal says of a document stands in one line with its key."""
    found: list[Line] = []
    for line in (line for cell in cells for line in cell):
        key = found[-1] if found else None
        if key is not None and _KEY_ALONE.match(key.fold) and not _KEY_ALONE.match(line.fold):
            mark = "" if key.text.endswith(":") else ":"
            found[-1] = _joined(replace(key, text=key.text + mark), line)
        else:
            found.append(line)
    return _with_gap(found)


def _addressed(lines: list[Line], since: int) -> list[Line]:
    """Return lines without the strokes of the cells in which the addressees (kính gửi) stand."""
    to = next((k for k in range(max(0, since - 1), min(len(lines), since + 30)) if TO.search(lines[k].fold)), None)
    if to is None:
        return lines
    if "|" in lines[to].text:  # each row in a line
        end = next((k for k in range(to, len(lines)) if "|" not in lines[k].text), len(lines))
        return lines[:to] + [p for line in lines[to:end] for p in _parted(line)] + _with_gap(lines[end:])
    if to + 1 >= len(lines) or not STROKE_ALONE.fullmatch(lines[to + 1].text):
        return lines
    ends = (k for k in range(to + 2, min(len(lines), to + MOST_LINES)) if STROKE_ALONE.fullmatch(lines[k].text))
    for end in ends:
        return lines[: to + 1] + lines[to + 2 : end] + _with_gap(lines[end + 1 :])
    return lines


def _with_gap(lines: list[Line]) -> list[Line]:
    return [replace(lines[0], gap=True), *lines[1:]] if lines else []


def _signed(lines: list[Line]) -> list[Line]:
    """Return lines in which the cells of a sign-off are lines of their own."""
    strokes = [k for k, line in enumerate(lines) if "|" in line.text]
    found: list[Line] = []
    at = 0
    for n, k in enumerate(strokes):
        alone = STROKE_ALONE.fullmatch(lines[k].text) is not None
        cell = _sign_start(lines, max(at, k - MOST_LINES), k) if alone else None
        found += lines[at:k] if cell is None else [*lines[at:cell], *_sign_cell(lines[cell:k])]
        after = strokes[n + 1] if n + 1 < len(strokes) else k
        beside = [
            p
            for m in (k - 1, k, k + 1)
            if 0 <= m < len(lines) and "|" in lines[m].text and not is_table_head(lines[m])  # "TT | … | Nơi nhận"
            for p in _parted(lines[m])
        ]
        if cell is not None or (alone and after - k < MOST_LINES and _sign_start(lines, k + 1, after) == k + 1):
            pass
        elif not alone and any(map(_is_of_signoff, beside)):
            found += [line for p in _parted(lines[k]) for line in _positions_apart(p)]
        else:
            found.append(lines[k])
        at = k + 1
    return found + (_with_gap(lines[at:]) if at else lines)


def _sign_start(lines: list[Line], start: int, end: int) -> int | None:
    """Return where a cell of the sign-off begins that ends at ``end``, None where none does."""
    heads = (k for k in range(start, end) if RECIPIENTS.match(lines[k].fold) or _is_listed(lines[k]))
    head = next(heads, None)
    if head is not None:
        return head
    first = end
    while first > start and len(lines[first - 1].text) < 60:
        text = lines[first - 1].text
        if not (
            is_upper(text)
            or _LEAD_ALONE.fullmatch(text)
            or is_name(text)
            or text.startswith("(")
            or (len(text) < 30 and text[-1].isalpha())
        ):
            break
        first -= 1
    return first if any(map(is_sign_title, _sign_cell(lines[first:end]))) else None


def _is_of_signoff(line: Line) -> bool:
    return (
        RECIPIENTS.match(line.fold) is not None or _is_listed(line) or is_sign_title(replace(line, text=line.text[:88]))
    )


def _is_listed(line: Line) -> bool:
    """Tell whether a line is the first or the last recipient (như trên, lưu)."""
    if BULLET.match(line.text) is None:
        return False
    return AS_ABOVE.search(line.fold) is not None or FILED.search(line.fold) is not None


def _sign_cell(cell: list[Line]) -> list[Line]:
    """Return the lines of a sign-off's cell with cut positions and names joined: "KT.⏎GIÁM ĐỐC", "Nguyễn⏎Văn An"."""
    found: list[Line] = []
    titled = False
    for line in cell:
        above = found[-1] if found else None
        if above is not None and len(above.text) < 60 and _is_cut(above, line, titled):
            found[-1] = _joined(above, line)
        else:
            found.append(line)
        titled = titled or is_sign_title(found[-1])
    return [part for line in found for part in _positions_apart(line)]


def _is_cut(above: Line, line: Line, titled: bool) -> bool:
    """Tell whether a position or, behind one, a name goes on in the next line of its cell."""
    whole = f"{above.text} {line.text}"
    if is_upper(line.text):
        if _LEAD_ALONE.fullmatch(above.text):
            return True
        return is_upper(above.text) and position_in(above.text) is None and position_in(whole) is not None
    bare = not is_upper(above.text) and not BULLET.match(above.text) and not above.text.endswith((".", ";", ")"))
    return titled and bare and is_name(whole) and not is_name(line.text)


def _positions_apart(line: Line) -> list[Line]:
    """Return the positions and the name that stand in one line: "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lê Văn An"."""
    if len(line.text) > 250 or not is_sign_title(replace(line, text=line.text[:88])):
        return [line]
    cuts, at = [0], 0
    while (found := position_in(line.text, at)) is not None and len(cuts) < 5:
        cuts.append(found.start)
        at = found.end
    cuts += [at, len(line.text)]
    return [piece(line, a, b) for a, b in pairwise(cuts) if line.text[a:b].strip(" .,;|")]
