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
from corpus.numbers import DocumentNumber, parse_number
from corpus.typeset import Look, Setting, Side, Typeset
from nlp.lint.finding import Finding, Needs, rules
from nlp.lint.locate import OWN_NUMBER, Part, find_parts
from nlp.page.lines import Line, lines_of
from nlp.page.structure import Item, items_of
from nlp.page.zones import Zone, Zoned, zone

#: The letterhead, subject included, has no more lines; where no line of it is known, so many are looked at.
_HEAD_LINES, _OPEN_HEAD = 40, 12
#: The middles of lines in the left and right column, as shares of the page's width.
_LEFT_UNTIL, _RIGHT_FROM = 0.44, 0.56


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
        return {part.key: part for part in find_parts(self)}

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
