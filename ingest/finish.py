"""The last touch, when all pages are known: running heads and page numbers go, words cut at a line's end are joined.

A head or a number is taken for one only where the sequence of pages proves it: the same line in the same margin on
several pages, or a number that counts with them. What goes leaves an empty block of kind ``MARGIN`` with its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from corpus.document import Block, BlockKind, Box, Edit, Page, Repaired
from corpus.text import fold, is_syllable
from ingest.restorable import moved_blocks, moved_words

#: The margins of Nghị định 30/2020/NĐ-CP are 20 to 25 mm at the top and the bottom of an A4 page.
_MARGIN = 0.085

#: So many pages, and such a share of all, must have the same line; heads of left and right pages may differ.
_LEAST_PAGES, _LEAST_SHARE, _ALIKE = 3, 0.4, 0.85

#: No head is longer, in characters, or has more lines.
_LONGEST, _LINES = 160, 3

_NUMBER = re.compile(r"(\d{1,4})(?:\s*/\s*\d{1,4})?")
_CUT_WORD = re.compile(r"(?<![^\s(“\"])([A-Za-z]{2,})-\n([a-z]{2,}[.,;:)”\"]*)(?: |(?=\n)|$)")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line in the top or bottom margin of a page: ``text[start:end]``."""

    page: int
    top: bool
    start: int
    end: int
    text: str
    box: Box


def finished(pages: Sequence[Page]) -> list[Page]:
    """Return the pages of a document without running heads and page numbers, cut words joined."""
    edges = [edge for index, page in enumerate(pages) for edge in _outer(list(_edges(index, page)))]
    running = _running(edges, len(pages))
    out = []
    for index, page in enumerate(pages):
        found = [edge for edge in running if edge.page == index]
        out.append(_joined(_without(page, found) if found else page))
    return out


def _outer(edges: list[_Edge]) -> list[_Edge]:
    """Return the few outermost lines of a page; more than that is no head."""
    top = sorted((edge for edge in edges if edge.top), key=lambda edge: edge.box.y0)
    bottom = sorted((edge for edge in edges if not edge.top), key=lambda edge: -edge.box.y1)
    return top[:_LINES] + bottom[:_LINES]


def _edges(index: int, page: Page) -> Iterator[_Edge]:
    """Yield the lines that stand in the margins of a page."""
    if not page.height or not page.words:
        return
    starts = [word.start for word in page.words]
    at = 0
    for line in page.text.split("\n"):
        end = at + len(line)
        inside = page.words[bisect_right(starts, at - 1) : bisect_right(starts, end)]
        boxes = [word.box for word in inside if word.start < end and word.box is not None]
        if boxes:
            box = Box(
                min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
            )
            at_edge = box.y1 < _MARGIN * page.height or box.y0 > (1 - _MARGIN) * page.height
            if at_edge and len(line) <= _LONGEST:
                yield _Edge(index, box.y1 < _MARGIN * page.height, at, end, line, box)
        at = end + 1


def _running(edges: list[_Edge], pages: int) -> list[_Edge]:
    """Return those lines that run through the document."""
    least = max(_LEAST_PAGES, round(_LEAST_SHARE * pages))
    return [edge for edge in edges if len(_alike(edge, edges)) >= least]


def _alike(edge: _Edge, edges: list[_Edge]) -> set[int]:
    """Return the pages that have the line in the same margin, with the same number or one that counts with the pages.

    Only pages near by are compared: a head changes with the chapter.
    """
    near = (other for other in edges if other.top == edge.top and abs(other.page - edge.page) <= 40)
    return {other.page for other in near if _same(edge, other)}


def _same(one: _Edge, other: _Edge) -> bool:
    mine, theirs = _NUMBER.search(one.text), _NUMBER.search(other.text)
    counted = mine is None and theirs is None
    if mine is not None and theirs is not None:
        counted = int(theirs[1]) - int(mine[1]) in (0, other.page - one.page)
    ours, others = _bare(one.text), _bare(other.text)
    if not ours and not others:  # a number alone must count
        return mine is not None and theirs is not None and int(theirs[1]) - int(mine[1]) == other.page - one.page
    return counted and (ours == others or SequenceMatcher(None, ours, others).ratio() > _ALIKE)


def _bare(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", fold(text))


def _without(page: Page, lines: Sequence[_Edge]) -> Page:
    """Take whole lines out of a page."""
    for line in sorted(lines, key=lambda line: -line.start):
        start, end = line.start, line.end
        if end < len(page.text):
            end += 1
        elif start > 0:
            start -= 1
        page = _cut_out(page, start, end, Block(BlockKind.MARGIN, start, start, line.box))
    return page


def _cut_out(page: Page, start: int, end: int, left: Block) -> Page:
    size = end - start

    def move(at: int) -> int:
        return at if at <= start else max(start, at - size)

    moved = [replace(block, start=move(block.start), end=move(block.end)) for block in page.blocks]
    kept = [block for block in moved if block.end > block.start or block.kind is BlockKind.MARGIN]
    at = next((k for k, block in enumerate(kept) if block.start >= start), len(kept))
    return replace(
        page,
        text=page.text[:start] + page.text[end:],
        words=tuple(
            replace(word, start=move(word.start), end=move(word.end))
            for word in page.words
            if word.end <= start or word.start >= end
        ),
        blocks=(*kept[:at], left, *kept[at:]),
        edits=tuple(
            replace(edit, start=move(edit.start), end=move(edit.end))
            for edit in page.edits
            if edit.end <= start or edit.start >= end
        ),
    )


def _joined(page: Page) -> Page:
    """Join words that were cut at the end of a line. Lines keep their number: the rest of the word moves up.

    Vietnamese syllables are never cut, so only foreign words are joined; hyphens of document numbers (NĐ-⏎CP) and of
    names stay.
    """
    if not page.words:
        return page
    out, edits, at, shift = list[str](), list[Edit](), 0, 0
    for found in _CUT_WORD.finditer(page.text):
        first, rest = found[1], found[2]
        if is_syllable(first) and is_syllable(rest.rstrip('.,;:)”"')):
            continue
        if any(edit.start < found.end() and edit.end > found.start() for edit in page.edits):
            continue
        new = f"{first}{rest}" + ("\n" if found[0].endswith(" ") else "")
        out += [page.text[at : found.start()], new]
        edits.append(Edit(found.start() + shift, found.start() + shift + len(new), found[0], 1.0, "hyphen"))
        shift += len(new) - len(found[0])
        at = found.end()
    if not edits:
        return page
    result = Repaired("".join(out) + page.text[at:], tuple(edits))
    return replace(
        page,
        text=result.text,
        words=moved_words(page.words, result),
        blocks=moved_blocks(page.blocks, result),
        edits=tuple(sorted([*_shifted(page.edits, result), *edits], key=lambda edit: edit.start)),
    )


def _shifted(edits: Sequence[Edit], result: Repaired) -> Iterator[Edit]:
    """Yield the edits of before at their new places."""
    for edit in edits:
        moved = 0
        for join in result.edits:
            if join.start - moved >= edit.start:
                break
            moved += join.end - join.start - len(join.source)
        yield replace(edit, start=edit.start + moved, end=edit.end + moved)
