"""Signatures without "Nơi nhận": the position and the name that end a text, as in schools' plans, and where the edge of
a sheet took "Nơi nhận" away."""

from __future__ import annotations

import re
from itertools import pairwise

from nlp.page.lines import Line
from nlp.page.marks import is_name, is_sign_title
from nlp.page.positions import Position, position_in
from nlp.page.scraps import name_in_capitals

#: The name stands so many lines below its position at most; a text has so many lines with them at least.
_NEAR, _LEAST = 6, 3
#: How a text ends, and so many letters may be left before an authority under it.
_ENDS = re.compile(r"\./\.?$")
_WORN_MARK = 2


def bare_signature(lines: list[Line], body: list[int], annex: int | None) -> int | None:
    """Return the line of the signer's position where no Nơi nhận stands, None where nobody signs.

    ``body`` are the lines that may be of the text, ``annex`` is where the first annex begins.
    """
    own = [k for k in body if annex is None or k < annex]
    for k in own[2:]:
        if is_sign_title(lines[k]) and any(is_name(line.text) for line in lines[k + 1 : k + 1 + _NEAR]):
            return k
    if len(own) < _LEAST:
        return None
    title, name = own[-2], lines[own[-1]].text
    signs = small_position(lines[title].text) is not None and (is_name(name) or name_in_capitals(name) is not None)
    return title if signs else None


def behind_end(lines: list[Line], body: list[int], annex: int | None) -> int | None:
    """Return the line of the signer's authority ("KT. BỘ TRƯỞNG") right under the end of a text ("./."), else None."""
    own = [k for k in body if annex is None or k < annex]
    for k, after in pairwise(own):
        found = position_in(lines[after].text) if _ENDS.search(lines[k].text) else None
        if found is not None and found.lead and found.start <= _WORN_MARK and after == k + 1:
            return after
    return None


def small_position(text: str) -> Position | None:
    """Return the position that a line is and nothing else, in whatever letters: "Hiệu trưởng"; None for none."""
    found = position_in(text.upper())
    return found if found is not None and (found.start, found.end) == (0, len(text)) else None
