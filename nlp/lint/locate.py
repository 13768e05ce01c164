"""Where each part of a document stands: Quốc hiệu, Tiêu ngữ, offices, number, date, subject, sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.layout30 import TYPES
from corpus.text import LOWER, UPPER
from nlp.page.lines import Line, join
from nlp.page.marks import BULLET, DATE_LINE, MOTTO, NATION, RECIPIENTS, is_name, is_upper
from nlp.page.positions import position_in
from nlp.page.scraps import name_in
from nlp.page.zones import Zone
from nlp.words.folding import folded, pattern

if TYPE_CHECKING:
    from nlp.lint.view import View

#: The own number of a directive, also one that is left open ("Số:       /SGDĐT-VP").
OWN_NUMBER = re.compile(r"(?<!\w)[Ss]ố\s{0,3}[:.]?(?=[\s\d.…_]{0,24}/|\s{0,3}\d)")
#: The same without its "Số:".
_BARE_NUMBER = re.compile(r"\d{1,5}\s?/\s?[A-ZĐ]{2,}[\w&]*(?:\s?-\s?[A-ZĐ][\w&]*)*")
#: Place and date, also with the day left open.
_DATED = pattern(
    r"ngay[\s\d.…_/]{0,30}thang[\s\d.…_/]{0,20}nam[\s\d.…_]{0,12}|ngay\s{0,3}\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
)
_PLACE = re.compile(rf"[{UPPER}][\w.]*(?:[ -][{UPPER}][\w.]*){{0,5}}\s?,?\s*$")
_ABOUT = re.compile(rf"^\s*(?:[Vv]\s?/\s?[Vv]|[Vv]ề việc|VỀ VIỆC|Về(?=\s[{LOWER}])|Trích yếu)(?!\w)")
#: What an office's name begins with, in capitals.
_OFFICE = re.compile(
    r"(?:BỘ|SỞ|PHÒNG|TRƯỜNG|ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|TRUNG TÂM|VĂN PHÒNG|CỤC|VỤ|BAN|HỘI|CÔNG ĐOÀN|VIỆN|HỌC VIỆN"
    r"|ĐẠI HỌC|TỔNG CỤC|THANH TRA|CHI CỤC|CÔNG TY|LIÊN ĐOÀN|ĐẢNG|TỈNH|THÀNH ỦY|CHI BỘ|ĐOÀN|NHÓM|CƠ SỞ)(?!\w)"
)  # fmt: skip


#: A signature that no Nơi nhận stands beside is among the last so many lines.
_SIGNED_LINES = 8
#: A title in small letters stands among the first so many lines.
_TITLE_LINES = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document: ``document.text[start:end]``, possibly over several lines, and its text on one line."""

    key: str
    start: int
    end: int
    text: str


def find_parts(view: View) -> Iterator[Part]:
    """Yield the parts that a document has, each once."""
    yield from _letterhead(view)
    yield from _title(view)
    to = view.zoned.of(Zone.ADDRESSEES)
    if to:
        yield _part("to", to)
    yield from _foot(view)


def _part(key: str, lines: list[Line], start: int = 0, end: int | None = None) -> Part:
    """Make a part of lines, ``start`` and ``end`` cutting their joined text."""
    joined = join(lines)
    stop = len(joined.text) if end is None else end
    lo, hi = joined.span(start, stop)
    return Part(key, lo, hi, joined.text[start:stop].strip())


def _letterhead(view: View) -> Iterator[Part]:
    number_at: int | None = None
    seen: set[str] = set()
    left: list[Line] = []
    at = view.zoned.title
    title = len(view.document.text) if at is None else view.zoned.lines[at].start
    for k, line in enumerate(view.head):
        for key, find in (("nation", NATION), ("motto", MOTTO)):
            match = find.search(line.fold)
            if match and key not in seen:
                seen.add(key)
                yield _part(key, [line], match.start(), match.end())
        both = [line, *view.head[k + 1 : k + 2]]  # in large letters it goes on in a second line
        match = NATION.fullmatch(join(both).fold) if "nation" not in seen else None
        if match:
            seen.add("nation")
            yield _part("nation", both)
        own = OWN_NUMBER.search(line.text)
        if own and "number" not in seen and own.start() < 60 and not _ABOUT.match(line.text):
            seen.add("number")
            number_at = k
            dated = _DATED.search(line.fold, own.end())
            cut = _place_before(line.text, dated.start()) if dated else _cut(line)
            yield _part("number", [line], own.start(), cut)
        elif "number" not in seen and _BARE_NUMBER.fullmatch(line.text[: _cut(line)].strip()):
            seen.add("number")
            number_at = k
            yield _part("number", [line], 0, _cut(line))
        dated = _DATED.search(line.fold) or DATE_LINE.search(line.fold)
        if dated and "place_date" not in seen and len(line.text) < 140 and not _ABOUT.match(line.text):
            seen.add("place_date")
            yield _part("place_date", [line], _place_before(line.text, dated.start()), dated.end())
        if number_at is None and _is_office(line) and line.start < title:
            left.append(line)
    yield from _offices(left)
    yield from _about(view, number_at)


def _place_before(text: str, at: int) -> int:
    """Return where the place's name before a date begins."""
    match = _PLACE.search(text[:at].rstrip(", ") + ", ")
    return match.start() if match else at


def _cut(line: Line) -> int:
    """Return where the left column of a line ends that has both columns."""
    cuts = [m.start() for m in (NATION.search(line.fold), MOTTO.search(line.fold)) if m and m.start() > 0]
    return min(cuts, default=len(line.text))


def _is_office(line: Line) -> bool:
    left = line.text[: _cut(line)].strip()
    alone = not NATION.search(line.fold) and not MOTTO.search(line.fold)
    return is_upper(left) and (alone or _cut(line) < len(line.text)) and not _DATED.search(line.fold)


def _offices(lines: list[Line]) -> Iterator[Part]:
    """Yield the parent and the issuing office: the issuing one begins at the last line that begins as offices do."""
    heads = [k for k, line in enumerate(lines) if _OFFICE.match(line.text.strip())]
    if not lines or not heads:
        return
    last = heads[-1]
    if last and folded(lines[last].text).startswith(("tinh", "xa ")):
        last = heads[-2] if len(heads) > 1 else last
    if last:
        yield _part("parent", lines[:last], 0, None if last > 1 else _cut(lines[0]))
    own = lines[last:]
    yield _part("issuer", own, 0, None if len(own) > 1 else _cut(own[0]))


def _about(view: View, number_at: int | None) -> Iterator[Part]:
    """Yield the V/v of a công văn with all its lines in the left column."""
    for k, line in enumerate(view.head):
        if not _ABOUT.match(line.text) or (number_at is not None and k < number_at) or view.zoned.title is not None:
            continue
        place = view.facts.header.evidence.get("subject")
        cut = _DATED.search(line.fold)
        end = place.end if place is not None and place.end > line.start else line.end
        group = [one for one in view.head if line.start <= one.start < end] or [line]
        if cut and len(group) == 1:
            yield _part("about", group, 0, _place_before(line.text, cut.start()))
        else:
            yield _part("about", group)
        return


def _title(view: View) -> Iterator[Part]:
    """Yield tên loại and trích yếu; a title in small letters counts where it stands alone."""
    at = view.zoned.title
    if at is None:
        names = {folded(name) for name in (*TYPES.values(), "Công văn")}
        for line in view.zoned.lines[:_TITLE_LINES]:
            if line.fold.strip(" .:") in names and line.page == 1:
                yield _part("type", [line])
                return
        return
    yield _part("type", [view.zoned.lines[at]], 0, _type_end(view, at))
    subject = view.facts.header.evidence.get("subject")
    if subject is not None and subject.rule == "header.subject":
        lines = [one for one in view.zoned.lines if subject.start <= one.start < subject.end] or [view.zoned.lines[at]]
        text = join(lines).text
        # who issues a decision stands in capitals under its trích yếu, or in its place
        by_whom = is_upper(text) and (_OFFICE.match(text) or position_in(text) is not None)
        if NATION.search(folded(text)):  # the title stands so far left that it was read with the left column
            yield from _under(view, view.zoned.lines[at])
        elif not by_whom:
            yield Part("subject", subject.start, subject.end, text)


def _under(view: View, title: Line) -> Iterator[Part]:
    """Yield the line that stands nearest under the title on its page as the trích yếu."""
    own = view.settings(title.start, title.end)
    if not own or own[0].box is None:
        return
    below = [s for s in view.typeset.settings if s.page == 1 and s.box is not None and s.box.y0 >= own[0].box.y1 - 2]
    nearest = min(below, key=lambda s: s.box.y0 if s.box is not None else 0.0, default=None)
    if nearest is not None:
        yield Part("subject", nearest.start, nearest.end, view.document.text[nearest.start : nearest.end])


def _type_end(view: View, at: int) -> int | None:
    place = view.facts.header.evidence.get("subject")
    line = view.zoned.lines[at]
    return place.start - line.start if place is not None and line.start < place.start < line.end else None


def _foot(view: View) -> Iterator[Part]:
    told = view.facts.header.evidence
    for key, name in (("recipients", "recipients"), ("power", "signer_title"), ("signer", "signer")):
        place = told.get(name)
        if place is not None:
            yield Part(key, place.start, place.end, place.surface)
    yield from _lone_signature(view)
    yield from _loud_name(view)
    for line in view.zoned.of(Zone.SIGNOFF, Zone.BODY):
        match = RECIPIENTS.match(line.fold)
        if match:
            yield _part("recipients_head", [line], 0, match.end())
            return
    for line in view.zoned.of(Zone.SIGNOFF):  # behind a position, where the columns have changed places
        beside = re.search(r"(?<=\s)Nơi nhận\s?:$", line.text)
        if beside:
            yield _part("recipients_head", [line], beside.start(), beside.end())
            return


def _loud_name(view: View) -> Iterator[Part]:
    """Yield the name of who signs where it stands in capitals under the position."""
    told = view.facts.header.evidence
    if "signer" in told or "signer_title" not in told:
        return
    for line in view.zoned.of(Zone.SIGNOFF):
        below = line.start >= told["signer_title"].end and not BULLET.match(line.text)
        if below and is_upper(line.text) and position_in(line.text) is None and is_name(line.text.title()):
            yield _part("signer", [line])
            return


def _lone_signature(view: View) -> Iterator[Part]:
    """Yield position and name of who signs where the other half of the sign-off is missing."""
    told = view.facts.header.evidence
    if "signer_title" in told:
        return
    lines = view.zoned.of(Zone.SIGNOFF) or view.zoned.of(Zone.BODY)[-_SIGNED_LINES:]
    for line in lines:
        found = position_in(line.text)
        if found is not None and is_upper(line.text[: found.end]) and not BULLET.match(line.text):
            yield _part("power", [line], found.start, found.end)
            name = name_in(line.text[found.end :], alone=False)
            if "signer" not in told and name is not None:
                yield _part("signer", [line], found.end + name[0], found.end + name[1])
                return
        elif "signer" not in told and is_name(line.text) and not BULLET.match(line.text):
            yield _part("signer", [line])
            return
