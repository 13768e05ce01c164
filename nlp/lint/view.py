"""What the rules look at: the document, its facts, its zones and items, how it is set, and where each part stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from corpus.document import BlockKind, Decision, Document
from corpus.facts import Facts, evidence
from corpus.layout30 import TYPES
from corpus.numbers import DocumentNumber, parse_number
from corpus.typeset import Look, Setting, Side, Typeset
from nlp.folding import folded, pattern
from nlp.lines import Line, join, lines_of
from nlp.lint.finding import Finding, Needs, rules
from nlp.marks import BULLET, DATE_LINE, MOTTO, NATION, RECIPIENTS, is_name, is_upper
from nlp.positions import position_in
from nlp.scraps import name_in
from nlp.structure import Item, items_of
from nlp.zones import Zone, Zoned, zone

#: The own number of a directive, also one that is left open ("Số:       /SGDĐT-VP").
OWN_NUMBER = re.compile(r"(?<!\w)[Ss]ố\s{0,3}[:.]?(?=[\s\d.…_]{0,24}/|\s{0,3}\d)")
#: The same without its "Số:".
_BARE_NUMBER = re.compile(r"\d{1,5}\s?/\s?[A-ZĐ]{2,}[\w&]*(?:\s?-\s?[A-ZĐ][\w&]*)*")
#: Place and date, also with the day left open.
_DATED = pattern(
    r"ngay[\s\d.…_/]{0,30}thang[\s\d.…_/]{0,20}nam[\s\d.…_]{0,12}|ngay\s{0,3}\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
)
_PLACE = re.compile(r"[A-ZÀ-ỸĐ][\w.]*(?:[ -][A-ZÀ-ỸĐ][\w.]*){0,5}\s?,?\s*$")
_ABOUT = re.compile(r"^\s*(?:[Vv]\s?/\s?[Vv]|[Vv]ề việc|VỀ VIỆC|Về(?=\s[a-zà-ỹđ])|Trích yếu)(?!\w)")
#: What an office's name begins with, in capitals.
_OFFICE = re.compile(
    r"(?:BỘ|SỞ|PHÒNG|TRƯỜNG|ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|TRUNG TÂM|VĂN PHÒNG|CỤC|VỤ|BAN|HỘI|CÔNG ĐOÀN|VIỆN|HỌC VIỆN"
    r"|ĐẠI HỌC|TỔNG CỤC|THANH TRA|CHI CỤC|CÔNG TY|LIÊN ĐOÀN|ĐẢNG|TỈNH|THÀNH ỦY|CHI BỘ|ĐOÀN|NHÓM|CƠ SỞ)(?!\w)"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document: ``document.text[start:end]``, possibly over several lines, and its text on one line."""

    key: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class View:
    """A document as the rules see it; ``today`` stands for its day where it bears none."""

    document: Document
    facts: Facts
    typeset: Typeset
    today: date

    @cached_property
    def zoned(self) -> Zoned:
        """The lines and their zones."""
        return zone(lines_of(self.document))

    @cached_property
    def items(self) -> list[Item]:
        """The paragraphs."""
        return items_of(self.zoned, self.document)

    @cached_property
    def body(self) -> list[Item]:
        """The paragraphs of the body, without rows and titles of tables."""
        rows = [i for i in self.items if i.zone is Zone.BODY]
        tabled = {above.start for above, below in pairwise(rows) if below.table and not above.label}
        return [i for i in rows if not (i.table or "\t" in i.text or i.start in tabled or self._in_table(i.start))]

    def _in_table(self, start: int) -> bool:
        """Tell whether layout analysis found a table at an offset."""
        page = self.document.page_at(start)
        at = start - self.document.page_start(page.number)
        return any(block.kind is BlockKind.TABLE and block.start <= at < block.end for block in page.blocks)

    @cached_property
    def head(self) -> list[Line]:
        """The lines above addressees and body, with those that a missing part has made look like body."""
        kept = [line for line, z in zip(self.zoned.lines, self.zoned.zones, strict=True) if z is not Zone.MARGIN]
        first = [line for line in kept if line.page == 1][:_HEAD_LINES]
        zones = dict(zip((line.start for line in self.zoned.lines), self.zoned.zones, strict=True))
        last = max(
            (k for k, line in enumerate(first) if zones[line.start] in (Zone.LETTERHEAD, Zone.SUBJECT)), default=-1
        )
        return first[: last + 1] or first[:_OPEN_HEAD]

    @cached_property
    def parts(self) -> dict[str, Part]:
        """The parts that were found, by the keys of ``corpus.layout30.ELEMENTS``."""
        return {part.key: part for part in _parts(self)}

    @cached_property
    def number(self) -> DocumentNumber | None:
        """The own number, with a serial of 1 where it is left open."""
        part = self.parts.get("number")
        if part is None:
            return None
        bare = re.sub(r"\s", "", OWN_NUMBER.sub("", part.text)).replace("–", "-")
        symbol = bare.partition("/")[2]
        return parse_number(bare) or (parse_number(f"1/{symbol}") if symbol else None)

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn: it says what it is about under its number, or its symbol has no type."""
        if "type" in self.parts:
            return False
        if "about" in self.parts:
            return True
        return self.number is not None and self.number.type is None

    @cached_property
    def issued(self) -> date:
        """The directive's day; the first of its month where the day is left open, today where nothing is said."""
        if self.facts.header.date:
            return date.fromisoformat(self.facts.header.date)
        part = self.parts.get("place_date")
        found = re.search(r"tháng\s*(\d{1,2})\s*năm\s*(\d{4})", part.text) if part else None
        if found and 1 <= int(found[1]) <= 12:
            return date(int(found[2]), int(found[1]), 1)
        year = re.search(r"năm\s*(\d{4})", part.text) if part else None
        return date(int(year[1]), 12, 31) if year and int(year[1]) < self.today.year else self.today

    # what is known of a place

    def printed(self, start: int) -> bool:
        """Whether the text at ``start`` is what the file has, not what was read from a picture or repaired."""
        return self.document.page_at(start).decision is Decision.KEEP

    def settings(self, start: int, end: int) -> list[Setting]:
        """Return the lines or paragraphs that a stretch touches; none where letters are a picture."""
        return self.typeset.on(start, end)

    def look(self, start: int, end: int) -> Look | None:
        """Return the look of most letters of a stretch."""
        counts: Counter[Look] = Counter()
        for setting in self.settings(start, end):
            for strip in setting.strips:
                counts[strip.look] += max(0, min(end, strip.end) - max(start, strip.start))
        return counts.most_common(1)[0][0] if counts and max(counts.values()) > 0 else None

    def side(self, part: Part) -> Side | None:
        """Return the column that a part stands in, None where it is not known."""
        if self.typeset.measured:
            return self._measured_side(part)
        sides = Counter(s.side for s in self.settings(part.start, part.end))
        return sides.most_common(1)[0][0] if sides else None

    def _measured_side(self, part: Part) -> Side | None:
        """Return the column by the place of the words themselves: a line may have both columns."""
        boxes = self.document.boxes(part.start, part.end)
        page = self.document.page_at(part.start)
        if not boxes or page.width is None or page.number in self.typeset.blind:
            return None
        middle = sum((box.x0 + box.x1) / 2 for _, box in boxes) / len(boxes) / page.width
        return Side.LEFT if middle < _LEFT_UNTIL else Side.RIGHT if middle > _RIGHT_FROM else Side.WHOLE

    # findings

    def found(
        self, rule: str, what: str, fix: str, start: int | None = None, end: int | None = None, count: int = 1
    ) -> Iterator[Finding]:
        """Yield a finding, unless its place does not show what the rule needs to know."""
        told = rules()[rule]
        if start is None or end is None:
            if told.needs is Needs.NOTHING or self._all_printed:
                yield Finding(told, what, fix, count=count)
            return
        if told.needs is not Needs.NOTHING and not self.printed(start):
            return
        place = evidence(self.document, start, end, f"lint.{rule}")
        yield Finding(told, what, fix, place, self.paragraph(start), count)

    def at(self, rule: str, part: Part, what: str, fix: str) -> Iterator[Finding]:
        """Yield a finding about a part."""
        return self.found(rule, what, fix, part.start, part.end)

    def paragraph(self, start: int) -> int:
        """Return the number of the paragraph at an offset, from 1."""
        return max(1, bisect_right(self._begun, start))

    @cached_property
    def _begun(self) -> list[int]:
        """Where paragraphs begin: each line of a DOCX; items, and lines of addressees and sign-off, elsewhere."""
        if not self.typeset.measured:
            return [line.start for line in self.zoned.lines]
        lines = self.zoned.of(Zone.ADDRESSEES, Zone.SIGNOFF)
        return sorted({*(item.start for item in self.items), *(line.start for line in lines)})

    @cached_property
    def _all_printed(self) -> bool:
        return all(page.decision is Decision.KEEP for page in self.document.pages)


#: The letterhead, subject included, has no more lines; where no line of it is known, so many are looked at.
_HEAD_LINES, _OPEN_HEAD = 40, 12
#: The middles of lines in the left and right column, as shares of the page's width.
_LEFT_UNTIL, _RIGHT_FROM = 0.44, 0.56
#: A signature that no Nơi nhận stands beside is among the last so many lines.
_SIGNED_LINES = 8


def _parts(view: View) -> Iterator[Part]:
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
        for line in view.zoned.lines[:_HEAD_LINES]:
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
