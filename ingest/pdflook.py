"""How a digital PDF is set: the letters of each line as PDFium knows them, and the rules drawn under them.

Only pages whose text layer was kept tell something; the others are pictures of letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from corpus.document import Box, Decision, Document, Page
from corpus.layout30 import Align
from corpus.typeset import POINTS_PER_MM, Look, PageNumber, Paper, Setting, Side, Strip, Typeset
from ingest.pages import Limits
from ingest.pdf import PdfFile
from ingest.pdfletters import Letters

#: So many pages are measured; what a longer document does wrong shows on these.
MOST_PAGES = 40

#: A rule stands so far under its line (points, of the line's height), and is no shorter than this.
_UNDER, _LEAST_RULE = (-0.45, 1.3), 18.0
_NUMBER = re.compile(r"[-–]?\d{1,3}[-–]?|[Tt]rang\d{1,3}(?:/\d{1,3})?")
#: Page numbers stand in the upper or lower tenth of the page; so far (shares of its width) from the middle is off it.
_EDGE, _OFF_MIDDLE = 0.1, 0.08
#: Letters whose middles are no farther apart (points) stand on one line.
_ONE_LINE = 5.0


def pdf_typeset(data: bytes, directive: Document, limits: Limits) -> Typeset:
    """Return how a PDF is set; ``directive`` is what ``ingest.pipeline`` read from the same bytes."""
    told = [p for p in directive.pages if p.decision is Decision.KEEP and p.error is None and p.words]
    blind = frozenset(p.number for p in directive.pages) - {p.number for p in told}
    opened = PdfFile(data, limits)
    settings: list[Setting] = []
    papers: list[Paper] = []
    numbers: list[PageNumber] = []
    try:
        for page in told[:MOST_PAGES]:
            letters = opened.letters(page.number)
            rows = _ruled(list(_settings(page, directive.page_start(page.number), letters)), letters.strokes)
            shown = _page_number(page, letters)
            numbers += [shown] if shown else []
            settings += rows
            papers.append(_paper(page, [row for row in rows if not _is_number(row, page, directive.text)]))
    finally:
        opened.close()
    late = [f"Chỉ kiểm tra cách trình bày của {MOST_PAGES} trang đầu."] if len(told) > MOST_PAGES else []
    return Typeset(
        tuple(settings), tuple(papers), tuple(numbers), True, len(directive.pages), blind, tuple(late)
    )  # fmt: skip


def _settings(page: Page, base: int, letters: Letters) -> Iterator[Setting]:
    """Yield the lines of a page with their looks; words far apart on one line stand in two columns."""
    order = sorted(range(len(letters.middles)), key=lambda k: letters.middles[k][1])
    heights = [letters.middles[k][1] for k in order]
    at = 0
    for line in page.text.split("\n"):
        words = [w for w in page.words if at <= w.start < at + len(line) and w.box is not None]
        at += len(line) + 1
        if not words:
            continue
        strips, box = [], words[0].box
        for word in words:
            assert word.box is not None and box is not None
            box = box.union(word.box)
            look = _look_in(word.box, letters, order, heights)
            if look is not None:
                strips.append(Strip(base + word.start, base + word.end, look))
        merged = tuple(
            Strip(group[0].start, group[-1].end, look)
            for look, group in ((look, list(some)) for look, some in groupby(strips, key=lambda s: s.look))
        )
        assert box is not None
        width = page.width or 595.0
        yield Setting(
            base + words[0].start, base + words[-1].end, page.number, merged, _side(box, width), None, box,
            length=box.x1 - box.x0,
        )  # fmt: skip


def _look_in(box: Box, letters: Letters, order: list[int], heights: list[float]) -> Look | None:
    """Return the look of most letters in a box."""
    counts: Counter[int] = Counter()
    for k in order[bisect_left(heights, box.y0 - 1) :]:
        x, y = letters.middles[k]
        if y > box.y1 + 1:
            break
        if box.x0 - 0.5 <= x <= box.x1 + 0.5:
            counts[letters.looks[k]] += 1
    return letters.kinds[counts.most_common(1)[0][0]] if counts else None


def _side(box: Box, width: float) -> Side:
    """Return the column of a line: one that does not reach into the other half and whose middle is off the page's."""
    middle = (box.x0 + box.x1) / 2
    if box.x1 < 0.56 * width and middle < 0.44 * width:
        return Side.LEFT
    return Side.RIGHT if box.x0 > 0.4 * width and middle > 0.6 * width else Side.WHOLE


def _ruled(rows: list[Setting], strokes: Iterable[Box]) -> list[Setting]:
    """Return the lines of a page with the lengths of the rules under them: each rule belongs to the line above it."""
    lengths: dict[int, float] = {}
    for stroke in strokes:
        middle, long = (stroke.x0 + stroke.x1) / 2, stroke.x1 - stroke.x0
        above = [
            (_depth(stroke, row.box), k)
            for k, row in enumerate(rows)
            if row.box is not None and row.box.x0 <= middle <= row.box.x1
        ]
        _, k = min((d for d in above if _UNDER[0] <= d[0] <= _UNDER[1]), default=(0.0, -1))
        if k >= 0 and long >= _LEAST_RULE:
            lengths[k] = long
    return [replace(row, rule=lengths.get(k, 0.0)) for k, row in enumerate(rows)]


def _depth(stroke: Box, line: Box) -> float:
    """Return how far a stroke lies under a line, in heights of the line."""
    return (stroke.y0 - line.y1) / max(line.y1 - line.y0, 1.0)


def _page_number(page: Page, letters: Letters) -> PageNumber | None:
    """Return the page number that stands alone in the upper or lower margin; reading drops it from the text."""
    width, height = page.width or 595.0, page.height or 842.0
    for top in (True, False):
        edge = [
            k
            for k, (_, y) in enumerate(letters.middles)
            if (y < _EDGE * height if top else y > height - _EDGE * height)
        ]
        for line in _lines(edge, letters):
            text = "".join(letters.text[k] for k in line)
            if _NUMBER.fullmatch(text) is None:
                continue
            places = [letters.middles[k][0] for k in line]
            off = (min(places) + max(places)) / 2 - width / 2
            align = Align.CENTRE if abs(off) < _OFF_MIDDLE * width else Align.LEFT if off < 0 else Align.RIGHT
            return PageNumber(page.number, top, align, letters.kinds[letters.looks[line[0]]].size)
    return None


def _is_number(row: Setting, page: Page, text: str) -> bool:
    """Tell whether a line of the text is a page number in the upper or lower margin."""
    height = page.height or 842.0
    at_edge = row.box is not None and (row.box.y1 < _EDGE * height or row.box.y0 > height - _EDGE * height)
    return at_edge and _NUMBER.fullmatch(text[row.start : row.end].replace(" ", "")) is not None


def _lines(chosen: list[int], letters: Letters) -> list[list[int]]:
    """Group letters by their height, each group from left to right."""
    found: list[list[int]] = []
    for k in sorted(chosen, key=lambda k: letters.middles[k][1]):
        if found and letters.middles[k][1] - letters.middles[found[-1][-1]][1] < _ONE_LINE:
            found[-1].append(k)
        else:
            found.append([k])
    return [sorted(line, key=lambda k: letters.middles[k][0]) for line in found]


def _paper(page: Page, rows: list[Setting]) -> Paper:
    """Return the sheet and the margins that its lines leave."""
    width, height = page.width or 0.0, page.height or 0.0
    boxes = [row.box for row in rows if row.box is not None]
    if not boxes:
        return Paper(page.number, width / POINTS_PER_MM, height / POINTS_PER_MM)
    # a line begins at the margin where several do; the widest lines that end together end at it
    left = _edge([b.x0 for b in boxes], least=True)
    right = _edge([b.x1 for b in boxes], least=False)
    margins = (
        min(b.y0 for b in boxes),
        height - max(b.y1 for b in boxes),
        left,
        None if right is None else width - right,
    )
    top, bottom, west, east = (None if m is None else m / POINTS_PER_MM for m in margins)
    return Paper(page.number, width / POINTS_PER_MM, height / POINTS_PER_MM, top, bottom, west, east)


def _edge(places: list[float], *, least: bool) -> float | None:
    """Return the outermost place at which three lines or more begin (or end), None where lines do not agree."""
    for place in sorted(places, reverse=not least):
        if sum(abs(place - other) < 2.0 for other in places) >= 3:
            return place
    return None
