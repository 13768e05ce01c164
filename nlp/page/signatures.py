"""Signatures without "Nơi nhận": the position and the name that end a text, as in schools' plans, and where the edge of
a sheet took "Nơi nhận" away."""

from __future__ import annotations

import re
from itertools import pairwise

from nlp.page.lines import Line, piece
from nlp.page.marks import is_name, is_sign_title
from nlp.page.positions import Position, position_in
from nlp.page.scraps import name_in, name_in_capitals

#: The name stands so many lines below its position at most; a text has so many lines with them at least.
_NEAR, _LEAST = 6, 3
#: How a text ends, and so many letters may be left before an authority under it.
_ENDS = re.compile(r"\./\.?$")
_WORN_MARK = 2
#: So many positions stand before a name at most.
_POSITIONS = 3


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


def signed_in_line(line: Line) -> list[Line]:
    """Return the positions and the name that end one line, each as a line: "… Lưu: VT. KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lê Văn
    An"; the line alone where it ends with no name behind a position."""
    cuts, at = list[int](), 0
    while len(cuts) < _POSITIONS and (found := position_in(line.text, at)) is not None:
        named = name_in(line.text[found.start : found.end], alone=False)  # a post's object that runs into the name
        cuts.append(found.start)
        at = found.start + named[0] if named is not None else found.end
    tail = line.text[at:]
    name = name_in(tail, alone=True) if cuts else None
    if name is None or tail[: name[0]].strip(" .,;") or tail[name[1] :].strip(" ."):
        return [line]
    ends = [0, *(cut for cut in cuts if cut), at, len(line.text)]
    return [piece(line, a, b) for a, b in pairwise(ends) if line.text[a:b].strip(" .,;")]


def small_position(text: str) -> Position | None:
    """Return the position that a line is and nothing else, in whatever letters: "Hiệu trưởng"; None for none."""
    found = position_in(text.upper())
    return found if found is not None and (found.start, found.end) == (0, len(text)) else None
