"""First lines of paragraphs by their indent: offices set them in 1 to 1.27 cm from the left edge of the text."""

from __future__ import annotations

from bisect import bisect_left

from corpus.document import Page

#: A first line stands so far (points) from the left edge of the lines around it, and no farther: a table's cell may.
_LEAST, _MOST = 12.0, 62.0
#: The left edge of the text is that of the lines so many above and below, of which one in so many begins at it; fewer
#: lines with places tell no edge. A scan may lie a little askew, so the edge of a whole page tells less.
_AROUND, _SHARE, _FEW = 8, 6, 4


def indented(page: Page, lines: list[tuple[int, int]]) -> list[float | None]:
    """Return for every line (start, end in the page's text) where it begins, in points from the left, if it is indented
    as the first line of a paragraph is; None for the others, and where the page does not tell places.
    """
    starts = [word.start for word in page.words]
    lefts: list[float | None] = []
    for start, end in lines:
        boxes = [w.box.x0 for w in page.words[bisect_left(starts, start) : bisect_left(starts, end)] if w.box]
        lefts.append(min(boxes) if boxes else None)
    return [_indent(lefts, k) for k in range(len(lefts))]


def _indent(lefts: list[float | None], k: int) -> float | None:
    left = lefts[k]
    around = sorted(x for x in lefts[max(0, k - _AROUND) : k + _AROUND + 1] if x is not None)
    if left is None or len(around) < _FEW:
        return None
    return left if _LEAST <= left - around[len(around) // _SHARE] <= _MOST else None
