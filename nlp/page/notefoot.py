"""Notes at the foot of a page whose mark in the text above nobody could read: a small raised figure is soon lost.

"… dữ liệu ngành, Sở … ⏎ 1 Số liệu nêu tại Báo cáo số 96/…: còn 3.218 HS …": an item of a list has a stop behind its
number, a row of a table has none. So the page must show it besides: notes are set in small type, their lines are longer
than those of the text, or the sentence above them goes on behind the page's end in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.page.lines import Line
from nlp.page.marks import is_annex_heading

#: So many lines before its end a page may have the first line of a note.
_FOOT = 6
#: So many lines above a note tell how long a full line of the text is, and how much longer one in small type is.
_ABOVE, _LONGER = 40, 1.12
#: A line of the text is longer than this, with which a column of a table is not taken for it.
_LEAST = 60
_FULL_SHARE = 0.8
_OPENS = re.compile(r"[-–+•]\s?\S|\d{1,2}[.)]\s|[a-zđ]\)\s|[IVX]{1,5}\.\s")
_ENDED = (".", ";", ":", "!", "?", ".”", "”.")
_FOLIO = re.compile(r"\W{0,2}\d{1,3}\W{0,2}$")


def at_foot(lines: Sequence[Line], k: int) -> bool:
    """Tell whether the page ends soon behind a line, with nothing that opens an item before."""
    for line in lines[k + 1 : k + 1 + _FOOT]:
        if line.gap or line.new_page:
            return True
        if opens_item(line):
            return False
    return len(lines) <= k + 1 + _FOOT


def opens_item(line: Line) -> bool:
    """Tell whether a line opens an item of a list, or an annex."""
    return _OPENS.match(line.text) is not None or is_annex_heading(line)


def is_small_print(lines: Sequence[Line], k: int) -> bool:
    """Tell whether a line that begins with a number is the first of a note, by what the page shows."""
    if k == 0 or lines[k].gap or not at_foot(lines, k):
        return False
    end = next((j for j in range(k + 1, len(lines)) if lines[j].gap or lines[j].new_page), len(lines))
    lengths = sorted(len(line.text) for line in lines[max(0, k - _ABOVE) : k])
    full = lengths[int(len(lengths) * _FULL_SHARE)]
    if full >= _LEAST and max(len(line.text) for line in lines[k:end]) > _LONGER * full:
        return True
    behind = next((line for line in lines[end:] if _FOLIO.match(line.text) is None), None)
    cut = len(lines[k - 1].text) >= _LEAST and not lines[k - 1].text.endswith(_ENDED)
    return cut and behind is not None and behind.text[:1].islower()
