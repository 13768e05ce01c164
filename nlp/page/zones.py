"""The parts of a directive, line by line: letterhead, addressees, body, sign-off, annexes, footnotes, portal data.

Layout after Nghị định 30/2020/NĐ-CP, Annex I. What layout analysis found (``Line.hint``) is used where it is given;
plain text has none, so every part is also found by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import BlockKind
from corpus.text import LOWER, UPPER
from nlp.page.cover import cover_end
from nlp.page.linecells import with_line_cells
from nlp.page.lines import Line
from nlp.page.litter import without_litter
from nlp.page.marks import (
    AS_ABOVE,
    BULLET,
    DASHES,
    FILED,
    NATION,
    STARTER,
    TO,
    is_annex_heading,
    is_name,
    is_schedule_title,
    is_sign_title,
    is_signal,
    is_table_head,
    is_task_table_head,
    is_upper,
    mostly_upper,
    opens_schedule,
    recipients_head,
    starts_body,
    title_type,
)
from nlp.page.misread import with_figures
from nlp.page.notefoot import at_foot, is_small_print, opens_item
from nlp.page.notemarks import without_note_marks
from nlp.page.portal import laid_out
from nlp.page.positions import behind_head, position_in, worn
from nlp.page.scraps import is_scrap, name_in
from nlp.page.signatures import bare_signature, behind_end
from nlp.page.stamps import stamped_title, stamps
from nlp.page.strokerows import with_stroke_rows
from nlp.page.undertitle import subject_end
from nlp.words.folding import folded, pattern


class Zone(StrEnum):
    """What part of the directive a line belongs to."""

    LETTERHEAD = "letterhead"
    SUBJECT = "subject"  #: tên loại and trích yếu in the middle of the page
    ADDRESSEES = "addressees"
    BODY = "body"
    SIGNOFF = "signoff"
    ANNEX = "annex"
    FOOTNOTE = "footnote"
    PORTAL = "portal"  #: metadata that a law portal puts around the text
    MARGIN = "margin"


_PORTAL = pattern(
    r"^\W{0,4}(?:so hieu|so ky hieu|loai van ban|ngay ban hanh|noi ban hanh|co quan ban hanh|nguoi ky|ngay cong bao|"
    r"so cong bao|ngay hieu luc|tinh trang(?: hieu luc)?|ngay co hieu luc|linh vuc|trich yeu(?: noi dung)?"
    r"|tieu de van ban)\s{0,2}:"
)
_PORTAL_HEAD = pattern(
    r"^\W{0,4}(?:hieu luc van ban|thuoc tinh(?: van ban)?|he thong phap luat|thu vien phap luat|tai van ban)\W{0,4}$"
)
_PAGE_NUMBER = re.compile(r"^(?:[-–]\s?)?\d{1,3}(?:\s?[-–])?$|^[Tt]rang\s\d{1,3}(?:\s?/\s?\d{1,3})?$")
#: So many lines from its end a directive is signed, without annexes.
_SIGNED_LINES = 40
#: A footnote's mark and its first word, which a raised figure may touch: "6Công văn số …".
_NOTE = re.compile(rf"^(?P<mark>(?!0)\d{{1,2}})(?:[ ]{{1,3}}(?=[{UPPER}“\"(])|(?P<raised>(?=[{UPPER}][{LOWER}]{{2}})))")
# a line of the body that begins with a bare number and a cited document is a footnote, even if its mark is unreadable
_CITING_NOTE = pattern(
    r"(?:\d{1,2} ?|[!?'*°] )(?:cac )?(?:quyet dinh|thong tu|nghi dinh|nghi quyet|chi thi|cong van|"
    r"van ban|ke hoach|luat)\s(?:\w+\s){0,4}?s?\w?\s?\d{1,5}/"
)
#: The mark of a note as a bad OCR reads a small raised figure; "*" and "-" open items as well.
_WORN_NOTE = re.compile(rf"[!?'’‘`°] ?(?=[{UPPER}][{LOWER}])")
#: A line that ends so goes on with a number: "… theo Điều 5 và Điều ⏎ 8 Nghị định số …".
_NUMBER_NEXT = pattern(r"(?<!\w)(?:dieu|khoan|diem|muc|so|chuong|phu luc|phan|mau)$")
_COUNTED = pattern(
    r"(?<!\w)(?:lop|muc|so|diem|khoan|dieu|ky|phan|quy|cap|dot|nam|thang|ngay|quyen|"
    r"tap|buoi|tiet|bang|bieu|mau|phu luc|nhom|"
    r"tuan|bac|hang|khoi|hoc ky|muc do|giai doan|chuong|trang|dong|to)\s\d{1,2}[.;,]?$"
)
#: What stands under the heading of an annex.
_WITH_ANNEX = pattern(
    r"\W{0,3}(?:ban hanh |gui |dinh )?kem theo (?:cong van|ke hoach|quyet dinh|huong dan|thong bao|van ban)"
)
_WINDOW = 70
#: A trích yếu has at most so many lines.
_TITLE_LINES = 5
#: So many lines down a page a signature may stand that the page before has no room for.
_NEXT_PAGE = 6
#: The end of a directive's text, and a line too long for the columns of a sign-off.
_ENDS_BODY = re.compile(r"\./\.?$")
_PROSE = 66
#: A line of the body is longer than this, and so many times as long as one that is not full.
_FULL, _FULLER = 60, 1.25


@dataclass(frozen=True)
class Zoned:
    """The lines of a document and the zone of each; ``title`` is the index of the tên loại above the trích yếu."""

    lines: list[Line]
    zones: list[Zone]
    title: int | None

    def of(self, *zones: Zone) -> list[Line]:
        """Return the lines of some zones, in order."""
        return [line for line, zone in zip(self.lines, self.zones, strict=True) if zone in zones]


def zone(lines: list[Line]) -> Zoned:
    """Tell the part of the directive that each line belongs to."""
    lines = with_figures(without_note_marks(laid_out(without_litter(lines))))
    lines = with_line_cells(with_stroke_rows(lines))
    zones: list[Zone | None] = [None] * len(lines)
    _portal(lines, zones)
    _margins(lines, zones)
    _mark(zones, 0, cover_end(lines), Zone.MARGIN)
    for k in stamps(lines):
        zones[k] = zones[k] or Zone.MARGIN
    title = _head(lines, zones)
    posted = stamped_title(lines)
    if posted is not None and title is None:
        zones[posted] = zones[posted] or Zone.SUBJECT
    start = next((k for k, z in enumerate(zones) if z is None), len(lines))
    _tail(lines, zones, start)
    _footnotes(lines, zones, start)
    return Zoned(lines, [z or Zone.BODY for z in zones], title)


def _portal(lines: list[Line], zones: list[Zone | None]) -> None:
    hits = [k for k, line in enumerate(lines) if len(line.text) < 300 and _PORTAL.search(line.fold)]
    for k, line in enumerate(lines[:5]):
        if _PORTAL_HEAD.search(line.fold):
            zones[k] = Zone.PORTAL
    if len(hits) < 3 or hits[2] - hits[0] > 15:
        return
    first, last = hits[0], hits[-1]
    head = next((k for k in range(first - 1, max(-1, first - 6), -1) if _PORTAL_HEAD.search(lines[k].fold)), first)
    end = len(lines) if first > len(lines) * 0.4 else last + 1
    for k in range(head, end):
        zones[k] = Zone.PORTAL


def _margins(lines: list[Line], zones: list[Zone | None]) -> None:
    for k, line in enumerate(lines):
        at_edge = line.gap or line.new_page or k + 1 == len(lines) or lines[k + 1].new_page
        if line.hint is BlockKind.MARGIN or (at_edge and _PAGE_NUMBER.match(line.text)):
            zones[k] = zones[k] or Zone.MARGIN


def _head(lines: list[Line], zones: list[Zone | None]) -> int | None:
    """Mark letterhead, subject and addressees; return the index of the line with the tên loại."""
    free = [k for k, z in enumerate(zones) if z is None][:_WINDOW]
    to = next((k for k in free if TO.search(lines[k].fold)), None)
    head = [k for k in free if to is None or k < to]
    signals = [k for k in head if is_signal(lines[k])]
    titles = [k for k in head if _is_title(lines[k]) and k < (signals[-1] if signals else head[0]) + 12]
    title = next(iter(titles), None)
    nation = next((k for k in signals if NATION.search(lines[k].fold)), None)
    if nation is not None and title is not None and title < nation:
        title = next((k for k in titles if k > nation), title)  # the post's title stands above the letterhead
    if to is None and title is None and not signals:
        return None
    if to is None and title is None:
        last = _about_end(lines, signals)
        _mark(zones, free[0], last + 1, Zone.LETTERHEAD)
        return None
    begin = free[0]
    if title is not None:
        _mark(zones, begin, title, Zone.LETTERHEAD)
        begin = subject_end(lines, title, to)
        _mark(zones, title, begin, Zone.SUBJECT)
    if to is not None:
        _mark(zones, begin, to, Zone.LETTERHEAD if title is None else Zone.BODY)
        _mark(zones, to, _addressees_end(lines, to), Zone.ADDRESSEES)
    return title


def _mark(zones: list[Zone | None], start: int, end: int, zone: Zone) -> None:
    for k in range(start, end):
        zones[k] = zones[k] or zone


def _is_title(line: Line) -> bool:
    return title_type(line) is not None


def _about_end(lines: list[Line], signals: list[int]) -> int:
    """Return the last line of a letterhead that no Kính gửi and no tên loại ends: the V/v lines after the number."""
    last = signals[-1]
    for k in range(last + 1, min(len(lines), last + 5)):
        if opens_schedule(lines[k].text) or is_task_table_head(lines[k]) or is_schedule_title(lines[k]):
            break
        if not folded(lines[k].text).startswith("v/v") and (lines[k].gap or STARTER.search(lines[k].fold)):
            break
        last = k
    return last


#: An addressee of its own line, which a body may open with as well: "…; ⏎ Hiệu trưởng các trường THPT;".
_NEXT_OFFICE = pattern(
    r"(?:giam doc|truong phong|chu tich|hieu truong|uy ban nhan dan)(?! \w+ (?:yeu cau|de nghi)) [^:]{5,110}[;.]$"
)


def _addressees_end(lines: list[Line], to: int) -> int:
    """Return the index behind the addressees (kính gửi) that begin at line ``to``."""
    head = TO.sub("", lines[to].fold).strip()
    end = to + 1
    several = not head
    while end < min(len(lines), to + 30):
        line, before = lines[end], lines[end - 1]
        dash = line.text[:1] in DASHES
        if recipients_head(line, None) is not None or _is_prose(line, before):
            break
        if (
            not dash
            and line.gap
            and before.text[:1] in DASHES
            and before.text.endswith((";", "."))
            and len(line.text) > 120
        ):
            break  # the addressees are listed by dashes: a paragraph without one opens the body
        if dash and (several or before.text[:1] in DASHES or end == to + 1 or not head):
            several = True
        elif (
            (several and end == to + 1)
            or (line.text[:1].islower() and (not before.text.endswith((".", "./.")) or len(before.text) < 60))
            or (
                before.text.endswith((",", " và", ";"))
                and (not starts_body(line.text, line.fold) or _NEXT_OFFICE.match(line.fold) is not None)
            )
            or (
                before.text[:1] in DASHES
                and not before.text.endswith((";", "."))
                and not line.gap
                and not STARTER.search(line.fold)
            )
        ):
            pass
        else:
            break
        end += 1
    return end


def _is_prose(line: Line, before: Line) -> bool:
    """Tell whether a line that begins in small letters goes on with none: the one before is far from being full.

    The first words of a body may be lost under what a pen wrote beside them.
    """
    return line.text[:1].islower() and len(line.text) > max(_FULL, _FULLER * len(before.text))


def _tail(lines: list[Line], zones: list[Zone | None], start: int) -> None:
    """Mark sign-off and annexes."""
    body = [k for k in range(start, len(lines)) if zones[k] is None]
    if not body:
        return
    sign = _sign_start(lines, body)
    annex = next((k for k in body[2:] if is_annex_heading(lines[k], lines[k - 1])), None)
    if sign is not None and (annex is None or sign < annex):
        first: int | None = sign
        for k in range(sign - 1, max(body[0], sign - 7), -1):
            if is_sign_title(lines[k]) or (first != sign and is_scrap(lines[k].text)):
                first = k
            elif _ENDS_BODY.search(lines[k].text) or len(lines[k].text) > _PROSE:
                break  # what stands above the last paragraph is none of the seal's scraps
    else:
        led = behind_end(lines, body, annex)
        first = bare_signature(lines, body, annex) if led is None else led
    if first is not None:
        end = _sign_end(lines, zones, first)
        _mark(zones, first, end, Zone.SIGNOFF)
        _mark(zones, end, len(lines), Zone.ANNEX)
    elif annex is not None:
        _mark(zones, annex, len(lines), Zone.ANNEX)


def _sign_start(lines: list[Line], body: list[int]) -> int | None:
    """Return the line of "Nơi nhận", else the one above "Như trên", of the signer's authority, above "Lưu: VT"."""
    for k in body:
        after = lines[k + 1] if k + 1 < len(lines) else None
        if len(lines[k].text) < 120 and recipients_head(lines[k], after) is not None:
            return k
    for k in body:
        if AS_ABOVE.search(lines[k].fold) and BULLET.match(lines[k].text):
            blurred = k > body[0] and (is_sign_title(lines[k - 1]) or position_in(lines[k - 1].text) is not None)
            return k - 1 if blurred else k
    led = next((k for k in body[-_SIGNED_LINES:] if behind_head(lines[k].text) is not None), None)
    if led is not None:
        return led
    filed = next((k for k in body[1:] if len(lines[k].text) < 120 and FILED.search(lines[k].fold[:24])), None)
    if filed is None:
        return None
    first = filed
    while first - 1 > body[0] and filed - first < 16:
        above = lines[first - 1].text
        if position_in(above) is not None and not BULLET.match(above):
            return first - 1
        if not (BULLET.match(above) or is_scrap(above) or is_sign_title(lines[first - 1])) or above.endswith("./."):
            break
        first -= 1
    return first


def _sign_end(lines: list[Line], zones: list[Zone | None], first: int) -> int:
    """Return the index behind the sign-off that begins at line ``first``."""
    titled = recipients = named = filed = False
    for k in range(first, min(len(lines), first + 60)):
        line = lines[k]
        if zones[k] is not None:
            continue
        if is_annex_heading(line) or (_NOTE.match(line.text) and named) or len(line.text) > 250:
            return k
        dash = line.text[:1] in DASHES
        head = recipients_head(line, None) is not None
        prose = titled and len(line.text) > _PROSE and position_in(line.text) is None
        if filed and not dash and (prose or _heads_annex(lines, k)):
            return k  # an annex, or a note that goes on under the sign-off
        if k > first and not dash and _heads_attached(lines, k):
            return k
        if named and not dash and not head and (recipients or line.gap or line.new_page):
            return k
        if filed and titled and line.new_page and not is_sign_title(line) and not is_name(line.text):
            return k
        if filed and not titled and line.new_page and not any(is_sign_title(one) for one in lines[k : k + _NEXT_PAGE]):
            return k  # nobody signs, and a form begins on the next page
        titled = titled or position_in(line.text) is not None or worn(line.text) is not None
        recipients = recipients or head or bool(AS_ABOVE.search(line.fold))
        filed = filed or bool(FILED.search(line.fold))
        bare = titled and not dash and not is_upper(line.text) and is_name(line.text)
        tail = titled and name_in(line.text, alone=False) is not None and filed
        named = named or bare or tail
    return min(len(lines), first + 60)


def _heads_annex(lines: list[Line], k: int) -> bool:
    """Tell whether an annex begins at line ``k`` though its heading is unreadable: "0 PHULYC", a title, "(Kèm …"."""
    end = next((n for n in range(k + 1, min(len(lines), k + 4)) if _WITH_ANNEX.match(lines[n].fold)), None)
    if end is None or position_in(lines[k].text) is not None:
        return False
    return all(mostly_upper(line.text) and not is_annex_heading(line) for line in lines[k:end])


def _heads_attached(lines: list[Line], k: int) -> bool:
    """Tell whether what a directive issues begins at line ``k``: "KẾ HOẠCH", its trích yếu, "(Ban hành kèm theo …".

    Where the signer's name is lost under the seal, nothing else tells that the sign-off is over.
    """
    kind = title_type(lines[k])
    if kind is None or not is_upper(lines[k].text) or position_in(lines[k].text) is not None:
        return False
    return any(_WITH_ANNEX.match(line.fold) for line in lines[k + 1 : k + 1 + _TITLE_LINES])


def _footnotes(lines: list[Line], zones: list[Zone | None], start: int) -> None:
    """Mark footnotes: lines that begin with a bare number whose mark stands in the text above."""
    inside = table = False
    seen = 0
    above: set[int] = set()
    for k in range(len(lines)):
        line = lines[k]
        note = _NOTE.match(line.text)
        raised = note is not None and note["raised"] is not None
        cut = k > 0 and not raised and _wants_number(lines[k - 1])
        note = None if cut else note
        hinted = line.hint is BlockKind.FOOTNOTE
        if zones[k] in (Zone.PORTAL, Zone.MARGIN):
            inside = False
            continue
        table = is_table_head(line) or (table and not re.match(r"(?:[IVX]{1,5}|[A-E])\.\s|Điều\s", line.text))
        next_raised = note is not None and raised and int(note["mark"]) == seen + 1 and zones[k] is None
        if (
            note
            and k >= start
            and (
                hinted or (not table and (next_raised or _is_note(lines, k, int(note["mark"]), seen, above, zones[k])))
            )
        ):
            zones[k] = Zone.FOOTNOTE
            inside, seen = True, int(note["mark"])
        elif k >= start and (hinted or (zones[k] is None and _is_worn_note(lines, k, prose=not table and not cut))):
            zones[k] = Zone.FOOTNOTE
            inside = True
        elif inside and not line.gap and not line.new_page and not opens_item(line):
            zones[k] = Zone.FOOTNOTE
        else:
            inside = False
            above.update(_marks(line.text))


def _wants_number(line: Line) -> bool:
    """Tell whether a line goes on with a number; "cơ sở" folds as "số" does."""
    return _NUMBER_NEXT.search(line.fold) is not None and not line.text.lower().endswith("sở")


def _is_note(lines: list[Line], k: int, mark: int, seen: int, above: set[int], zone: Zone | None) -> bool:
    """Tell whether a line is a footnote: its mark stands above, or it cites a document as no numbered item does."""
    if seen < mark <= seen + 3 and mark in above:
        return True
    if zone is None and seen < mark <= seen + 2 and is_small_print(lines, k):
        return True
    return zone is None and mark <= seen + 3 and _CITING_NOTE.match(lines[k].fold) is not None


def _is_worn_note(lines: list[Line], k: int, *, prose: bool) -> bool:
    """Tell whether a line is a footnote whose mark nobody can read: it cites a document, or stands at a page's foot."""
    if prose and _CITING_NOTE.match(lines[k].fold):
        return True
    return _WORN_NOTE.match(lines[k].text) is not None and at_foot(lines, k)


_MARK = re.compile(
    rf"[{LOWER}{UPPER})”\"](?P<tight>\d{{1,2}})(?=[\s,.;:)]|$)|[{LOWER}]\s(?P<last>\d{{1,2}})[.;,]?$|\[(?P<boxed>\d{{1,2}})\]"
)


def _marks(text: str) -> Iterator[int]:
    """Yield the footnote marks in a line: "của Bộ2", "đào tạo 1" at its end; "lớp 1" is none."""
    for match in _MARK.finditer(text):
        if match["last"] is None or not _COUNTED.search(folded(text)):
            yield int(match["tight"] or match["last"] or match["boxed"])
